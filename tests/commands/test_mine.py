"""What a member holds in their own hands."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.contract.card import Card
from bot.contract.effect import Say
from bot.contract.tables import Profile, Tx
from bot.contract.text import text
from bot.domain.languages import SPOKEN
from bot.i18n import Fluent
from commands import CATALOGUE
from commands.mine import RESETS
from tests.commands.desk import START, Desk, member

ALL_SETTINGS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "mine language": {"language": "de", "zone": "europe/berlin"},
    "mine quiet": {"quiet_from": "22:00", "quiet_to": "7:30"},
    "mine called": {"called": "Birke"},
    "mine limits": {"budget": "1", "lead": "90"},
    "mine usual": {"languages": ("de", "fr"), "way": "voice", "place": "direct", "span": "3d"},
    "mine wishes": {"someone_new": "yes", "ask_first": "yes", "questions": "5"},
    "mine community": {},
}


async def _set_all(world: Desk, name: str) -> None:
    for command, args in ALL_SETTINGS.items():
        assert "mine-saved" in await world.ask(name, command, args)


def _settings(profile: Profile | None) -> Profile:
    assert profile is not None
    return replace(profile, id="", salt=b"", created_at=START)


# --- Nobody is enrolled by looking --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        "mine data",
        "mine next",
        "mine settings",
        "mine forget",
        "mine stop",
        "mine reset",
        "mine.keep",
        "mine.forget-yes",
    ],
)
async def test_looking_makes_no_row(world: Desk, command: str) -> None:
    before = world.rows()
    assert (await world.ask("birch", command)).card is not None
    assert world.rows() == before


async def test_a_form_that_is_sent_empty_makes_no_row(world: Desk) -> None:
    before = world.rows()
    for command in ("mine language", "mine quiet", "mine limits", "mine usual", "mine wishes"):
        assert "mine-unchanged" in await world.ask("birch", command)
    assert world.rows() == before


# --- Settings -----------------------------------------------------------------------------------------------------


async def test_the_first_setting_that_is_saved_is_the_first_row(world: Desk) -> None:
    assert await world.profile("birch") is None
    await world.ask("birch", "mine quiet", quiet_from="22:00", quiet_to="7:00")
    profile = await world.profile("birch")
    assert profile is not None
    assert (profile.quiet_from, profile.quiet_to) == (time(22), time(7))
    assert profile.created_at == world.now


async def test_every_setting_is_saved_shown_and_offered_again_in_its_form(world: Desk) -> None:
    await _set_all(world, "birch")
    profile = await world.profile("birch")
    assert profile is not None
    assert _settings(profile) == Profile(
        "",
        member("birch"),
        b"",
        START,
        language="de",
        zone="Europe/Berlin",
        quiet_from=time(22),
        quiet_to=time(7, 30),
        called="Birke",
        budget=1,
        lead=90,
        usual_community=await world.community(),
        languages=("de", "fr"),
        way="voice",
        place="direct",
        span="3d",
        someone_new=True,
        ask_first=True,
        questions=5,
    )
    shown = await world.ask("birch", "mine settings")
    for words in ("Deutsch", "Europe/Berlin", "22:00", "07:30", "Birke", "30 Minuten", "Französisch", "höchstens 1 am"):
        assert words in shown.words
    for command, args in ALL_SETTINGS.items():
        if args:
            form = await world.form("birch", command)
            values = {one.name: one.value for one in form.fields}
            # Sent back as it was filled in, the form changes nothing.
            await world.ask("birch", command, values)
    assert _settings(await world.profile("birch")) == _settings(profile)


async def test_what_is_not_given_stays_as_it_is(world: Desk) -> None:
    await _set_all(world, "birch")
    await world.ask("birch", "mine language", zone="Europe/London")
    await world.ask("birch", "mine quiet", quiet_to="8:00")
    await world.ask("birch", "mine usual", span="2h")
    profile = await world.profile("birch")
    assert profile is not None
    assert (profile.language, profile.zone) == ("de", "Europe/London")
    assert (profile.quiet_from, profile.quiet_to) == (time(22), time(8))
    assert (profile.languages, profile.span) == (("de", "fr"), "2h")


@pytest.mark.parametrize("what", RESETS)
async def test_every_setting_can_be_put_back_by_pressing_and_by_typing(world: Desk, what: str) -> None:
    await _set_all(world, "birch")
    await _set_all(world, "alder")
    shown = await world.ask("birch", "mine reset")
    pressed = await world.press("birch", shown, "mine reset", what)
    assert "mine-reset-done" in pressed
    assert "mine-reset-done" in await world.ask("alder", "mine reset", what=what)
    pressed_profile, typed_profile = await world.profile("birch"), await world.profile("alder")
    assert pressed_profile is not None
    assert typed_profile is not None
    assert _settings(pressed_profile) == replace(_settings(typed_profile), member=member("birch"))
    fresh = Profile("", member("birch"), b"", START)
    changed = {
        name
        for name in Profile.__dataclass_fields__
        if getattr(_settings(pressed_profile), name) == getattr(fresh, name)
    } - {"id", "member", "salt", "created_at", "sent_on", "sent", "paused_until"}
    columns = {
        "language": {"language"}, "zone": {"zone"}, "quiet": {"quiet_from", "quiet_to"}, "called": {"called"},
        "limits": {"budget", "lead"}, "usual": {"languages", "way", "place", "span"},
        "wishes": {"someone_new", "ask_first", "questions"}, "community": {"usual_community"},
    }  # fmt: skip
    assert changed == columns[what]


async def test_the_language_chosen_is_spoken_at_once(world: Desk) -> None:
    await world.ask("birch", "mine language", language="de")
    assert (await world.ask("birch", "mine settings")).lines[0] == "Deine Einstellungen"


def test_the_languages_offered_are_those_that_have_words() -> None:
    assert set(SPOKEN) == set(Fluent().locales)


async def test_settings_offer_every_setting(world: Desk) -> None:
    shown = await world.ask("birch", "mine settings")
    typed = {name for name in CATALOGUE.commands if name.startswith("mine ")}
    assert set(shown.actions) == typed - {"mine data", "mine next", "mine stop", "mine forget", "mine settings"}


@pytest.mark.parametrize(
    ("args", "refusal"),
    [
        ({"quiet_from": "22:00"}, "refusal-quiet-half"),
        ({"quiet_from": "7:00", "quiet_to": "07:00"}, "refusal-quiet-same"),
    ],
)
async def test_quiet_hours_need_two_different_times(world: Desk, args: dict[str, str], refusal: str) -> None:
    before = world.rows()
    assert refusal in await world.ask("birch", "mine quiet", args)
    assert world.rows() == before


# --- What is held -------------------------------------------------------------------------------------------------


async def test_data_shows_everything_held_and_nothing_of_others(world: Desk) -> None:
    await _set_all(world, "birch")
    await world.ask("alder", "mine called", called="Erle")
    await world.ask("birch", "peer apart", member=member("hazel"))
    shown = await world.ask("birch", "mine data")
    assert shown.card is not None
    assert shown.card.document is not None
    told = json.loads(shown.card.document.body)
    held = await world.read(lambda tx: tx.held(member("birch")))
    assert set(told) == {table.table for table in held if table.rows}
    for table in held:
        for row, plain in zip(table.rows, told.get(table.table, ()), strict=True):
            assert set(row.values) == set(plain)
    rows = sum(len(table.rows) for table in held)
    assert rows >= 2
    assert shown.ids.count("mine-row") == rows
    assert "Birke" in shown.words
    assert "Birke" in shown.card.document.body
    assert "Erle" not in shown.words + shown.card.document.body
    assert "mine-data-nothing" in await world.ask("rowan", "mine data")


async def test_every_column_held_has_a_name_in_every_language(world: Desk) -> None:
    await _set_all(world, "birch")
    await world.ask("birch", "peer ask")
    shown = await world.ask("birch", "mine data")
    for words in shown.lines:
        assert "column-" not in words
        assert "table-" not in words


# --- What will come -----------------------------------------------------------------------------------------------


async def _hold(world: Desk, name: str, line: str = "peer-pause-over") -> None:
    """Plan a note that is held for tomorrow morning."""

    def put(tx: Tx) -> None:
        profile = tx.members.find(member(name))
        assert profile is not None
        tx.agenda.put(
            "mine.note",
            "about",
            world.now + timedelta(hours=21),
            member=profile.id,
            facts=(profile.id, text(line), "", world.now),
        )

    await world.write(put)


async def test_next_lists_what_will_come_with_its_time(world: Desk) -> None:
    assert "mine-next-nothing" in await world.ask("birch", "mine next")
    await world.ask("birch", "mine limits", budget="2")
    assert "mine-next-nothing" in await world.ask("birch", "mine next")
    await _hold(world, "birch")
    shown = await world.ask("birch", "mine next")
    assert shown.ids == ("mine-next", "coming-mine-note")
    assert "09:00 on Friday" in shown.words
    assert shown.actions == ("mine stop",)


async def test_next_counts_what_is_on_its_way(world: Desk) -> None:
    await world.ask("birch", "mine limits", budget="2")
    world.platform.away = True
    await _say(world, "birch")
    assert "mine-next-waiting" in await world.ask("birch", "mine next")


async def _say(world: Desk, name: str) -> None:
    def put(tx: Tx) -> None:
        profile = tx.members.find(member(name))
        assert profile is not None
        tx.outbox.put(Say(profile.member, Card((text("peer-pause-over"),))), subject=profile.id)

    await world.write(put)


def test_every_job_that_writes_to_a_member_is_announced() -> None:
    said = Fluent()
    for job in CATALOGUE.all_jobs:
        if job.announces:
            assert said.plain(text(job.announces, at=datetime(2027, 1, 1, tzinfo=UTC)), "de") != job.announces


async def test_stop_stops_everything_at_once_and_asks_nothing(world: Desk) -> None:
    await world.ask("birch", "mine limits", budget="2")
    await _hold(world, "birch")
    world.platform.away = True
    await _say(world, "birch")
    assert "mine-stopped" in await world.ask("birch", "mine stop")
    assert "mine-next-nothing" in await world.ask("birch", "mine next")
    world.platform.away = False
    await world.wind(days=10)
    assert world.sent_to("birch") == ()
    assert "mine-stop-nothing" in await world.ask("birch", "mine stop")


async def test_stop_stops_only_mine(world: Desk) -> None:
    for name in ("birch", "alder"):
        await world.ask(name, "mine limits", budget="2")
    await _hold(world, "alder")
    await world.ask("birch", "mine stop")
    await world.wind(days=2)
    assert len(world.sent_to("alder")) == 1


async def test_stop_ends_openings(world: Desk) -> None:
    shown = await world.ask("birch", "peer ask")
    await world.press("birch", shown, "peer.open")
    assert await world.read(lambda tx: tx.openings.of_member(_id(tx, "birch")))
    assert "mine-stopped" in await world.ask("birch", "mine stop")
    assert not await world.read(lambda tx: tx.openings.of_member(_id(tx, "birch")))


def _id(tx: Tx, name: str) -> str:
    profile = tx.members.find(member(name))
    return profile.id if profile is not None else ""


# --- Forgetting ---------------------------------------------------------------------------------------------------


async def test_forget_names_what_goes_and_asks_once(world: Desk) -> None:
    await _set_all(world, "birch")
    shown = await world.ask("birch", "mine forget")
    assert "mine-forget-what" in shown
    assert shown.card is not None
    assert [(one.action, one.destroys) for one in shown.card.choices] == [
        ("mine.forget-yes", True),
        ("mine.keep", False),
    ]
    before = world.rows()
    assert "mine-kept" in await world.press("birch", shown, "mine.keep")
    assert world.rows() == before


async def test_forget_erases_every_row_and_enrols_nobody_again(world: Desk) -> None:
    before = world.rows()
    await _set_all(world, "birch")
    await world.ask("birch", "peer apart", member=member("hazel"))
    shown = await world.press("birch", await world.ask("birch", "peer ask"), "peer.open")
    assert shown.card is not None
    await _hold(world, "birch")
    forgotten = await world.press("birch", await world.ask("birch", "mine forget"), "mine.forget-yes")
    assert {"mine-forgotten", "mine-forgotten-mark", "mine-forgotten-rest"} <= set(forgotten.ids)
    assert "18. März" in forgotten.words
    assert await world.profile("birch") is None
    assert not any(table.rows for table in await world.read(lambda tx: tx.held(member("birch"))))
    after = world.rows("forgotten", "outbox", "delivered")
    assert after == {table: rows for table, rows in before.items() if table in after}
    sent = len(world.sent_to("birch"))
    await world.wind(days=10)
    assert len(world.sent_to("birch")) == sent
    assert "mine-data-nothing" in await world.ask("birch", "mine data")
    assert "mine-data-nothing" in await world.ask("birch", "mine forget")
    assert await world.profile("birch") is None


KEPT = (text("keeps-matrix-your-numbers", stays=timedelta(days=30)),)
"""What a platform's adapter may say that it keeps."""


async def test_what_the_adapter_keeps_is_shown_and_handed_over_with_the_rest(world: Desk) -> None:
    world.platform.keeps["birch"] = KEPT
    alone = await world.ask("birch", "mine data")
    assert alone.ids == ("mine-data-kept-alone", "keeps-matrix-your-numbers")
    assert "I hold nothing about you, besides what our conversation needs" in alone.words
    assert "which choices here: 30 days" in alone.words
    assert alone.actions == ("mine forget",)
    await world.ask("birch", "mine limits", budget="2")
    shown = await world.ask("birch", "mine data")
    assert shown.ids[-3:] == ("mine-data-kept", "keeps-matrix-your-numbers", "mine-data-others")
    assert shown.card is not None
    assert shown.card.document is not None
    handed = json.loads(shown.card.document.body)
    assert handed["conversation"] == [["keeps-matrix-your-numbers", {"stays": 30 * 86_400.0}]]
    assert "conversation" not in await _document(world, "alder"), "another's adapter keeps nothing"


async def _document(world: Desk, name: str) -> dict[str, object]:
    await world.ask(name, "mine limits", budget="2")
    shown = await world.ask(name, "mine data")
    assert shown.card is not None
    assert shown.card.document is not None
    found: dict[str, object] = json.loads(shown.card.document.body)
    return found


async def test_what_the_adapter_keeps_is_told_as_it_is_and_not_as_it_was_a_moment_ago(world: Desk) -> None:
    world.platform.keeps["birch"] = KEPT
    assert "keeps-matrix-your-numbers" in await world.ask("birch", "mine data")
    del world.platform.keeps["birch"]
    assert (await world.ask("birch", "mine data")).ids == ("mine-data-nothing",)


async def test_who_is_known_to_the_adapter_alone_can_be_forgotten_too(world: Desk) -> None:
    world.platform.keeps["birch"] = KEPT
    shown = await world.ask("birch", "mine forget")
    assert "what our conversation here needs" in shown.words
    done = await world.press("birch", shown, "mine.forget-yes")
    assert "mine-forgotten" in done
    assert done.card is not None
    assert done.card.farewell


async def test_the_last_yes_is_done_again_when_its_event_comes_again(world: Desk) -> None:
    """The process may have died after it was done here and before the adapter forgot."""
    await _set_all(world, "birch")
    first = await world.send(world.intent("birch", "mine.forget-yes", key="the press"))
    before = world.rows()
    again = await world.send(world.intent("birch", "mine.forget-yes", key="the press"))
    assert first.card is not None
    assert first.card.farewell
    assert again.card == first.card
    assert world.rows() == before
    assert (await world.send(world.intent("birch", "mine stop", key="another"))).card is not None
    assert (await world.send(world.intent("birch", "mine stop", key="another"))).card is None, "what is not so is not"


async def test_forget_leaves_others_alone(world: Desk) -> None:
    for name in ("birch", "alder"):
        await _set_all(world, name)
    other = await world.profile("alder")
    await world.ask("birch", "mine.forget-yes")
    assert await world.profile("alder") == other


async def test_all_of_it_works_where_there_is_no_community(bare: Desk) -> None:
    for command, args in ALL_SETTINGS.items():
        if args:
            assert "mine-saved" in await bare.ask("stranger", command, args)
    for command in ("mine data", "mine next", "mine settings", "mine stop"):
        shown = await bare.ask("stranger", command)
        assert not any(name.startswith("refusal-") for name in shown.ids)
    assert "mine-forgotten" in await bare.ask("stranger", "mine.forget-yes")


async def test_the_same_event_twice_saves_once_and_says_nothing_the_second_time(world: Desk) -> None:
    intent = world.intent("birch", "mine limits", {"budget": "1"}, key="twice")
    assert (await world.send(intent)).card is not None
    before = world.rows()
    assert (await world.send(intent)).card is None
    assert world.rows() == before
