"""What is mine, in my own hands: seen, stopped, set, forgotten to the byte."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from bot.contract.params import Raw
from commands import CATALOGUE
from tests.checkins.scene import joins, opens, sealed
from tests.drivers import Evening, every_platform
from tests.drivers.traces import traces

TITLES = {
    "member": "Members and what they chose",
    "opening": "Requests and porch lights",
    "opening_word": "Words chosen for a request or a light",
    "waiting": "How a request or a light is found",
    "comfort": "How a member feels about words",
    "apart": "Whom a member is not introduced to",
    "question": "Questions put to members",
    "round_yes": "Who joined a round",
    "round_word": "Words chosen for a round",
    "seat": "Who is in a check-in room",
    "standing": "Check-ins that come again and again",
    "standing_note": "Who wishes a note before a check-in",
    "agreement_version": "Versions of agreements",
    "suggestion": "Suggested changes to agreements",
    "stance": "Answers in a consent round",
    "concern": "Concerns that are open",
    "circle_answer": "Who comes to a circle's next meeting, or waits for a seat",
    "circle_regular": "Who comes to every meeting of a circle",
    "circle_wish": "Who wishes a note before a circle",
    "circle_role": "Roles lent for one meeting",
    "circle_change": "Changes to circles that wait for a second member",
    "circle_mark": "What a member marked in a search for a time",
    "calendar_feed": "Calendar feeds",
    "agenda": "What is planned",
    "outbox": "Messages on their way",
    "post": "Messages that may still be changed or taken away",
}
"""Tables that can hold something about a member, as members read of them."""

ABOUT_NOBODY = {"meta", "community", "space", "word", "elsewhere", "alembic_version", "delivered", "seen", "met"} | {
    "community_before",
    "round",
    "left_out",
    "checkin",
    "checkin_words",
    "prompt",
    "agreement",
    "agreement_home",
    "consent_round",
    "reminder",
    "recalled",
    "recall_mark",
    "circle",
    "circle_meeting",
    "circle_search",
    "circle_mirror",
}
"""Tables in which nobody can be found: settings, and keyed hashes that name nobody."""

SETTINGS: dict[str, dict[str, Raw]] = {
    "mine language": {"language": "en", "zone": "Europe/Berlin"},
    "mine quiet": {"quiet_from": "02:00", "quiet_to": "03:00"},
    "mine limits": {"budget": "7", "lead": "45"},
    "mine usual": {"languages": ("en", "fr"), "way": "text", "place": "either", "span": "1d"},
    "mine wishes": {"someone_new": "no", "ask_first": "no", "questions": "4"},
    "mine community": {},
}


async def has_everything_open(evening: Evening, name: str, other: str) -> None:
    """Let somebody hold everything that one can: a request, a light, a question, a yes, lists, words, settings."""
    person, asker = evening.person(name), evening.person(other)
    for command, args in SETTINGS.items():
        assert "Saved" in await person.asks(command, args)
    await person.asks("mine called", {"called": "Silver Birch"})
    await person.presses("draft.use")
    await person.asks("peer words", {"word": "a loss", "mark": "not"})
    await person.asks("peer apart", {"member": "linden"})
    await person.asks("peer light on", {"hours": "12", "words": ("night shifts",)})
    await asker.asks("peer request", {"span": "1d", "ask_first": "yes"})
    assert "Thank you" in await person.presses("peer.yes")
    await person.asks("peer request", {"span": "3d", "words": ("new in town",)})
    await person.asks("peer pause", {"day": "9"})


def tables_of_members(evening: Evening) -> set[str]:
    return {table for table, rows in evening.rows().items() if rows} - ABOUT_NOBODY


# M1


@every_platform("M1")
async def test_everything_that_is_held_about_me_is_shown_to_me_and_nothing_of_others(evening: Evening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    held = tables_of_members(evening)
    assert held >= {"member", "opening", "opening_word", "comfort", "apart", "question", "agenda", "post"}
    shown = await evening.person("birch").asks("mine data")
    for table in held:
        assert TITLES[table] in shown, table
    for mine in ("Silver Birch", "Europe/Berlin", "02:00", "45", "a loss", "night shifts", "new in town"):
        assert mine in shown, mine
    for other in ("Hazel", "hazel", "Linden", "linden"):
        assert other not in shown
    assert "I hold nothing about you" in await evening.person("rowan").asks("mine data")


@every_platform("M1")
async def test_each_row_of_mine_is_shown_as_a_row(evening: Evening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    everything = evening.rows()
    await evening.person("hazel").asks("mine forget")
    await evening.person("hazel").presses("mine.forget-yes")
    rows = evening.rows()
    assert rows["waiting"] > rows["opening"]
    rows = {**rows, "waiting": rows["opening"]}  # several rows of one opening, which say the same
    shown = await evening.person("birch").asks("mine data")
    for table, title in TITLES.items():
        # Nobody else holds anything now, so that every row there is must be one of the lines.
        assert sum(line.startswith(title) for line in shown.splitlines()) == rows[table], table
    assert everything["member"] == 2
    assert rows["member"] == 1


@every_platform("M1")
async def test_a_note_that_is_held_for_the_morning_is_shown(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine limits", {"budget": "0"})
    await birch.asks("peer light on", {"hours": "1"})
    await evening.wind(hours=1)
    assert "What is planned" in await birch.asks("mine data")
    assert "notes I kept back for you" in await birch.asks("mine next")


# M2


def sealed_traces(evening: Evening) -> dict[str, str | bytes]:
    """Return what the one member row is known by: the sealed platform id, our id, the salt."""
    with closing(sqlite3.connect(f"file:{evening.folder / 'porchlight.db'}?mode=ro", uri=True)) as look:
        ((id_, sealed, salt),) = look.execute("select id, member, salt from member")
    return {"our id": id_, "the sealed id": sealed, "the salt": salt}


@every_platform("M2")
async def test_forgetting_names_what_goes_is_confirmed_once_and_leaves_no_row_and_no_byte(evening: Evening) -> None:
    birch = evening.person("birch")
    before = evening.rows()
    for command, args in SETTINGS.items():
        await birch.asks(command, args)
    known_by = sealed_traces(evening)
    await has_everything_open(evening, "birch", "hazel")
    await evening.person("hazel").asks("mine stop")
    await evening.person("hazel").asks("mine forget")
    await evening.person("hazel").presses("mine.forget-yes")
    assert traces(known_by, evening.bytes_at_rest()) == set(known_by), (
        "the control: they are found while they are there"
    )
    held = tables_of_members(evening)
    asked = await birch.asks("mine forget")
    for table in held:
        assert TITLES[table] in asked, table
    assert evening.rows()["member"] == 1, "nothing goes before it is confirmed"
    said = await birch.presses("mine.forget-yes")
    assert "erased" in said
    assert "What I cannot remove" in said
    after = evening.rows()
    for table in TITLES:
        assert after[table] == before[table] == 0, table
    assert not traces(known_by, evening.bytes_at_rest())


@every_platform("M1", "M2")
async def test_a_seat_in_a_check_in_room_is_shown_and_forgotten_and_the_room_stays_open(evening: Evening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    assert "A check-in room opens now" in await opens(evening, "hazel")
    await joins(evening, "rowan", "birch")
    birch = evening.person("birch")
    known_by = {name: one for name, one in sealed(evening).items() if name in {"birch", "rowan"}}
    assert TITLES["seat"] in await birch.asks("mine data")
    assert TITLES["seat"] in await birch.asks("mine forget")
    await birch.presses("mine.forget-yes")
    await evening.settle()
    assert "I hold nothing about you" in await birch.asks("mine data")
    assert traces(known_by, evening.bytes_at_rest()) == {"rowan"}, "the other one is still in it"
    assert (evening.rows()["checkin"], evening.rows()["seat"]) == (1, 1)


@every_platform("M2")
async def test_keeping_keeps_everything(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine limits", {"budget": "2"})
    await birch.asks("mine forget")
    assert "stays as it was" in await birch.presses("mine.keep")
    assert evening.rows()["member"] == 1


@every_platform("M2")
async def test_nobody_is_enrolled_again_by_having_been_forgotten(evening: Evening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    birch = evening.person("birch")
    await birch.asks("mine forget")
    await birch.presses("mine.forget-yes")
    sent = len(birch.was_sent())
    for command in ("mine data", "mine next", "mine stop", "mine settings", "peer status", "peer ask", "help"):
        await birch.asks(command)
    await evening.wind(days=10)
    assert len(birch.was_sent()) == sent
    assert "I hold nothing about you" in await birch.asks("mine data")
    assert evening.rows()["member"] == 1, "hazel's"


@every_platform("M2")
async def test_an_old_copy_that_is_put_back_is_forgotten_again_before_anything_is_sent(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("peer light on", {"hours": "6"})
    await birch.asks("peer request", {"span": "1d"})
    await birch.asks("peer pause", {"day": "3"})
    known_by = sealed_traces(evening)
    database = evening.folder / "porchlight.db"
    copy = evening.folder.parent / "old copy.db"

    def copy_it() -> None:
        shutil.copyfile(database, copy)

    def put_it_back() -> None:
        for end in ("-wal", "-shm"):
            database.with_name(database.name + end).unlink(missing_ok=True)
        shutil.copyfile(copy, database)

    await evening.restart(copy_it)
    await birch.asks("mine forget")
    await birch.presses("mine.forget-yes")
    assert not traces(known_by, evening.bytes_at_rest())
    sent = len(birch.was_sent())
    assert traces(known_by, copy.read_bytes()) == set(known_by), "the control: the old copy holds all of it"
    await evening.restart(put_it_back)
    assert not any(evening.rows()[table] for table in TITLES)
    assert not traces(known_by, evening.bytes_at_rest())
    await evening.wind(days=5)
    assert len(birch.was_sent()) == sent
    assert "I hold nothing about you" in await birch.asks("mine data")


@every_platform("M2")
async def test_who_comes_back_after_being_forgotten_is_not_forgotten_by_a_restart(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine limits", {"budget": "2"})
    await birch.asks("mine forget")
    await birch.presses("mine.forget-yes")
    await evening.wind(minutes=1)
    await birch.asks("mine limits", {"budget": "5"})
    await evening.restart()
    assert "at most 5 a day" in await birch.asks("mine settings")


# M4


@every_platform("M4")
async def test_stopping_is_at_once_everywhere_and_without_a_question(evening: Evening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    birch = evening.person("birch")
    assert "This is what I will send you" in await birch.asks("mine next")
    answer = await birch.asks("mine stop")
    assert answer.startswith("Stopped.")
    assert "?" not in answer
    sent = len(birch.was_sent())
    assert "Nothing is planned for you" in await birch.asks("mine next")
    await evening.wind(days=10)
    assert len(birch.was_sent()) == sent
    assert "Nothing is planned for you" in await birch.asks("mine next")


@every_platform("M4")
async def test_stopping_harms_nobody_else(evening: Evening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    hazel = evening.person("hazel")
    before = await hazel.asks("peer status"), await hazel.asks("mine next")
    await evening.person("birch").asks("mine stop")
    assert (await hazel.asks("peer status"), await hazel.asks("mine next")) == before
    await evening.wind(days=2)
    assert sum("without an introduction" in words for _, words in hazel.was_sent()) == 1


@every_platform("M4")
async def test_notes_that_are_held_back_are_stopped_too(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine limits", {"budget": "0"})
    await birch.asks("peer light on", {"hours": "1"})
    await evening.wind(hours=1)
    assert "notes I kept back" in await birch.asks("mine next")
    sent = len(birch.was_sent())
    await birch.asks("mine stop")
    await evening.wind(days=10)
    assert len(birch.was_sent()) == sent


# M5


@every_platform("M5")
async def test_what_is_set_is_shown_in_the_settings_and_stays_after_a_restart(evening: Evening) -> None:
    birch = evening.person("birch")
    for command, args in SETTINGS.items():
        await birch.asks(command, args)
    await birch.asks("mine called", {"called": "Silver Birch"})
    await birch.presses("draft.use")
    await evening.restart()
    shown = await birch.asks("mine settings")
    for words in ("English", "Europe/Berlin", "02:00 to 03:00", "Silver Birch", "at most 7 a day", "45 minutes before"):
        assert words in shown, words


@every_platform("M5")
async def test_the_language_i_choose_is_spoken_in_answers_and_in_what_comes_by_itself(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine language", {"language": "de"})
    assert "Deine Einstellungen" in await birch.asks("mine settings")
    await birch.asks("peer light on", {"hours": "1"})
    await evening.wind(hours=1)
    assert "ohne" in birch.was_sent()[-1][1]
    await birch.asks("mine language", {"language": "en"})
    assert "Your settings" in await birch.asks("mine settings")


@every_platform("M5", but=("discord",))  # there every app shows instants in the zone it stands in
async def test_times_are_told_in_my_own_zone(evening: Evening) -> None:
    alder, birch = evening.person("alder"), evening.person("birch")
    await birch.asks("mine language", {"zone": "America/New_York"})
    assert "09:00" in await birch.asks("peer light on", {"hours": "2"})
    assert "14:00" in await alder.asks("peer light on", {"hours": "2"})


@every_platform("M5")
async def test_in_my_quiet_hours_no_question_reaches_me_and_others_are_asked(evening: Evening) -> None:
    alder, rowan = evening.person("alder"), evening.person("rowan")
    await alder.asks("mine language", {"zone": "Europe/Berlin"})
    # Noon in UTC is one o'clock in Berlin: these hours are quiet in the zone that was set, and in no other.
    await alder.asks("mine quiet", {"quiet_from": "12:30", "quiet_to": "13:30"})
    await alder.asks("peer light on", {"hours": "6"})
    await evening.wind(minutes=1)
    await rowan.asks("peer light on", {"hours": "6"})
    await evening.person("birch").asks("peer request", {"span": "1d"})
    assert "peer.yes" in rowan.choices()
    assert "peer.yes" not in alder.choices()
    await evening.wind(minutes=20)
    assert "peer.yes" not in alder.choices()
    await evening.wind(minutes=40)
    assert "peer.yes" in alder.choices(), "when the quiet hours are over"


@every_platform("M5")
async def test_notes_of_quiet_hours_come_when_they_are_over(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine quiet", {"quiet_from": "12:30", "quiet_to": "15:00"})
    await birch.asks("peer light on", {"hours": "1"})
    sent = len(birch.was_sent())
    await evening.wind(hours=2, minutes=59)
    assert len(birch.was_sent()) == sent
    await evening.wind(minutes=1)
    assert "without an introduction" in birch.was_sent()[-1][1]


async def spends(evening: Evening, name: str, notes: int) -> None:
    """Let a light go out so and so often."""
    for _ in range(notes):
        await evening.person(name).asks("peer light on", {"hours": "1"})
        await evening.wind(hours=1)


def told(evening: Evening, name: str) -> list[str]:
    return [words for _, words in evening.person(name).was_sent() if "without an introduction" in words]


@every_platform("M5")
async def test_three_messages_a_day_come_of_themselves_and_what_is_over_comes_as_one(evening: Evening) -> None:
    await spends(evening, "birch", 6)
    assert len(told(evening, "birch")) == 3
    assert "notes I kept back" in await evening.person("birch").asks("mine next")
    await evening.wind(days=1)
    notes = told(evening, "birch")
    assert len(notes) == 4
    assert notes[3].count("without an introduction") == 3


@every_platform("M5")
@pytest.mark.parametrize("budget", [0, 1, 5])
async def test_how_many_come_a_day_is_mine_to_set(evening: Evening, budget: int) -> None:
    await evening.person("birch").asks("mine limits", {"budget": str(budget)})
    await spends(evening, "birch", 6)
    assert len(told(evening, "birch")) == budget


@every_platform("M5")
@pytest.mark.parametrize("place", ["direct", "room"])
async def test_i_am_introduced_as_i_wish_to_be_called_beside_my_name_here(evening: Evening, place: str) -> None:
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.asks("mine called", {"called": "Silver"})
    await birch.presses("draft.use")
    await alder.asks("peer light on")
    await birch.asks("peer request", {"span": "1d", "place": place})
    assert not any("Silver" in words for words in alder.sees())
    await alder.presses("peer.yes")
    assert "Birch" in alder.sees()[-1].split("both said yes")[0]
    assert "Silver" in alder.sees()[-1]
    assert alder.sees()[-1] == birch.sees()[-1]


@every_platform("M5")
async def test_introductions_are_outside_the_budget(evening: Evening) -> None:
    birch, alder = evening.person("birch"), evening.person("alder")
    await birch.asks("mine limits", {"budget": "0"})
    await alder.asks("peer light on")
    await birch.asks("peer request", {"span": "1d", "place": "direct"})
    await alder.presses("peer.yes")
    assert "both said yes" in birch.sees()[-1]


# M18


@every_platform("M18", set_up=False)
async def test_all_of_mine_works_in_private_where_no_community_is_set_up(evening: Evening) -> None:
    birch = evening.person("birch")
    for command, args in SETTINGS.items():
        if command != "mine community":  # there is none to choose
            assert "Saved" in await birch.asks(command, args), command
    await birch.asks("mine called", {"called": "Silver Birch"})
    assert "Saved" in await birch.presses("draft.use")
    assert "Silver Birch" in await birch.asks("mine settings")
    assert "Silver Birch" in await birch.asks("mine data")
    assert "Nothing is planned" in await birch.asks("mine next")
    assert "Nothing was planned" in await birch.asks("mine stop")
    assert "Put back" in await birch.asks("mine reset", {"what": "called"})
    assert "This would go" in await birch.asks("mine forget")
    assert "erased" in await birch.presses("mine.forget-yes")
    assert evening.rows()["member"] == 0
    tried = {*SETTINGS, "mine called", "mine settings", "mine data", "mine next", "mine stop", "mine reset"}
    assert tried | {"mine forget"} == {name for name in CATALOGUE.commands if name.startswith("mine ")}


@every_platform("M18")
async def test_in_private_no_community_needs_to_be_named(evening: Evening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    birch = evening.person("birch")
    for command in sorted(name for name in CATALOGUE.commands if name.startswith("mine ")):
        args: dict[str, Raw] = {"what": "zone"} if command == "mine reset" else SETTINGS.get(command, {})
        answer = await birch.asks(command, {"called": "B"} if command == "mine called" else args)
        assert answer
        assert "more than one community" not in answer, command
