"""What holds whatever is asked for: choices, rights, help, free text, one copy at a time."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from bot.contract.params import Raw
from commands import CATALOGUE
from commands.help import PARTS
from tests.drivers import Evening, every_platform

ROOT = Path(__file__).parent.parent.parent
OLD = "no longer does anything"
"""What is said to a choice that is none any more. Where choices are numbers, one that was taken away has none."""
PEOPLE = ("birch", "alder", "rowan", "hazel", "linden")


# M6


@every_platform("M6")
async def test_who_can_read_is_told_of_the_place_it_is_asked_in(evening: Evening) -> None:
    birch, before = evening.person("birch"), evening.rows()
    room, private = await birch.asks("who-can-see", in_room=True), await birch.asks("who-can-see")
    assert "can read here" in room
    assert "you and I" in private
    assert room.splitlines()[1] not in private
    assert evening.rows() == before


# X2


@every_platform("X2")
async def test_choices_shown_before_a_restart_work_after_it(evening: Evening) -> None:
    alder, birch = evening.person("alder"), evening.person("birch")
    await birch.asks("peer ask")
    await alder.asks("peer light on", {"hours": "6"})
    ask, out = birch.button("peer.open"), alder.button("peer light off")
    await evening.restart()
    assert "Your request is open" in await birch.presses_button(ask)
    say_yes = alder.button("peer.yes")
    await evening.restart()
    assert "Thank you" in await alder.presses_button(say_yes)
    assert "both said yes" in birch.sees()[-1]
    enter = birch.button("peer.enter")
    await evening.restart()
    assert "letting you in" in await birch.presses_button(enter)
    answer = await alder.presses_button(out)
    assert "nothing to end" in answer or OLD in answer, "its light went out with the introduction"


@every_platform("X2")
async def test_a_choice_of_somebody_else_does_nothing_and_says_so(evening: Evening) -> None:
    alder, rowan = evening.person("alder"), evening.person("rowan")
    await alder.asks("peer light on", {"hours": "6"})
    await evening.person("birch").asks("peer request", {"span": "1d"})
    before = evening.rows()
    seen = {name: evening.person(name).sees() for name in ("alder", "birch")}
    for action in ("peer.yes", "peer.no", "peer light off"):
        assert OLD in await rowan.presses_button(alder.button(action)), action
    assert evening.rows() == before
    assert {name: evening.person(name).sees() for name in seen} == seen
    await evening.person("birch").asks("mine forget")
    assert OLD in await rowan.presses_button(evening.person("birch").button("mine.forget-yes"))
    assert evening.rows() == before


@every_platform("X2")
async def test_an_altered_or_forged_choice_does_nothing_and_says_so(evening: Evening) -> None:
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.asks("peer light on", {"hours": "6"})
    await birch.asks("peer request", {"span": "1d"})
    real, other = alder.button("peer.yes"), birch.button("peer withdraw")
    before = evening.rows()
    last = "A" if real[-1] != "A" else "B"
    forged = (
        real[:-1] + last,
        real.replace("peer.yes", "peer.no"),
        real.replace("peer.yes", "mine.forget-yes"),
        real.replace("v1.", "v2."),
        other.rsplit(".", 1)[0] + "." + real.rsplit(".", 1)[1],
        real + "x",
        real[:-12],
        "",
        "v1",
        "v1.mine.forget-yes..AAAAAAAAAAAA",
        "v1.peer.yes." + "x" * 5000,
        "\0" * 30,
        "🌧" * 40,
    )
    for written in forged:
        assert OLD in await alder.presses_button(written), written[:40]
    assert evening.rows() == before
    assert "Thank you" in await alder.presses_button(real), "the control: the real one works"


@every_platform("X2")
async def test_an_old_choice_does_nothing_and_says_so_kindly(evening: Evening) -> None:
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.asks("peer light on", {"hours": "6"})
    await birch.asks("peer request", {"span": "1d", "ask_first": "yes"})
    late, withdraw = alder.button("peer.yes"), birch.button("peer withdraw")
    await birch.presses_button(withdraw)
    before = {table: rows for table, rows in evening.rows().items() if table != "seen"}
    answer = await alder.presses_button(late)
    assert "nothing came of it" in answer or OLD in answer
    answer = await birch.presses_button(withdraw)
    assert "nothing to end" in answer or OLD in answer
    await birch.asks("mine called", {"called": "Birke"})
    use = birch.button("draft.use")
    await birch.presses_button(use)
    before["member"] = evening.rows()["member"]
    assert "15 minutes" in await birch.presses_button(use)
    assert {table: rows for table, rows in evening.rows().items() if table != "seen"} == before


@every_platform("X2")
async def test_pressing_twice_is_as_pressing_once(evening: Evening) -> None:
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.asks("peer light on", {"hours": "6"})
    await birch.asks("peer ask")
    ask = birch.button("peer.open")
    await birch.presses_button(ask)
    await birch.presses_button(ask)
    assert evening.rows()["opening"] == 2
    say_yes = alder.button("peer.yes")
    await alder.presses_button(say_yes)
    await alder.presses_button(say_yes)
    assert evening.rows()["met"] == 1
    assert sum("both said yes" in words for _, words in birch.was_sent()) == 1


# X4


@every_platform("X4")
async def test_a_second_copy_on_the_same_folder_does_not_start(evening: Evening) -> None:
    before = evening.rows()
    await evening.person("birch").asks("peer light on", {"hours": "6"})
    second = subprocess.run(  # noqa: ASYNC221 - nothing else is to happen meanwhile
        [sys.executable, "-m", "bot", "try", "--no-open", "--keep", str(evening.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 78
    assert "Another Porchlight is using" in second.stderr
    assert "Nothing was started a second time" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    assert "Traceback" not in second.stderr
    # The first goes on as if nothing had been.
    await evening.wind(hours=6)
    told = [words for _, words in evening.person("birch").was_sent() if "without an introduction" in words]
    assert len(told) == 1
    assert evening.rows()["opening"] == before["opening"] == 0


# X5

NOBODY, MEMBER, MODERATOR = "somebody who left", "a member", "a moderator"
ANYBODY = {NOBODY, MEMBER, MODERATOR}
MEMBERS = {MEMBER, MODERATOR}
WHO = {NOBODY: "hazel", MEMBER: "birch", MODERATOR: "linden"}

MAY: dict[str, set[str]] = {
    "about": ANYBODY,
    "about privacy": ANYBODY,
    "agreement amend": MEMBERS,
    "agreement bring-in": {MODERATOR},
    "agreement history": MEMBERS,
    "agreement propose": MEMBERS,
    "agreement read": MEMBERS,
    "agreement recall": MEMBERS,
    "agreement remind": MEMBERS,
    "agreement review": MEMBERS,
    "checkin list": MEMBERS,
    "checkin open": MEMBERS,
    "checkin plan": MEMBERS,
    "checkin prompts": {MODERATOR},
    "checkin words": {MODERATOR},
    "circle calendar": MEMBERS,
    "circle find": MEMBERS,
    "circle list": MEMBERS,
    "circle pick": MEMBERS,
    "circle plan": MEMBERS,
    "circle roles": MEMBERS,
    "elsewhere": ANYBODY,
    "who-can-see": ANYBODY,
    "help": ANYBODY,
    "mine called": ANYBODY,
    "mine community": MEMBERS,
    "mine data": ANYBODY,
    "mine forget": ANYBODY,
    "mine language": ANYBODY,
    "mine limits": ANYBODY,
    "mine next": ANYBODY,
    "mine quiet": ANYBODY,
    "mine reset": ANYBODY,
    "mine settings": ANYBODY,
    "mine stop": ANYBODY,
    "mine usual": ANYBODY,
    "mine wishes": ANYBODY,
    "peer apart": ANYBODY,
    "peer apart-list": ANYBODY,
    "peer ask": MEMBERS,
    "peer light off": ANYBODY,
    "peer light on": MEMBERS,
    "peer pause": ANYBODY,
    "peer propose": MEMBERS,
    "peer request": MEMBERS,
    "peer resume": ANYBODY,
    "peer status": ANYBODY,
    "peer together": ANYBODY,
    "peer withdraw": ANYBODY,
    "peer words": MEMBERS,
    "plan cancel": ANYBODY,
    "plan change": ANYBODY,
    "plan list": ANYBODY,
    "plan remind": MEMBERS,
    "round join": MEMBERS,
    "round leave": ANYBODY,
    "round plan": {MODERATOR},
    "round stop": {MODERATOR},
    "round wishes": MEMBERS,
    "setup": {MODERATOR},
    "setup check": {MODERATOR},
    "setup clear": {MODERATOR},
    "setup door": {MODERATOR},
    "setup elsewhere": {MODERATOR},
    "setup features": {MODERATOR},
    "setup groups": {MODERATOR},
    "setup language": {MODERATOR},
    "setup limits": {MODERATOR},
    "setup moderators": {MODERATOR},
    "setup preview": {MODERATOR},
    "setup proposals": {MODERATOR},
    "setup room": {MODERATOR},
    "setup undo": {MODERATOR},
    "setup walk": {MODERATOR},
    "setup welcome": {MODERATOR},
    "setup willing": {MODERATOR},
    "setup words": {MODERATOR},
    "tell-moderators": MEMBERS,
}
"""Who may type what. Written out, so that a right that changes is changed twice."""

GIVEN: dict[str, dict[str, Raw]] = {
    "agreement bring-in": {"title": "Evenings", "statements": "We are quiet.", "review_day": "9"},
    "agreement propose": {"title": "Evenings", "statements": "We are quiet."},
    "agreement recall": {"statement": "We are quiet.", "asked_by": "unnamed"},
    "agreement remind": {"often": "weekly", "brings": "whole", "wall": "19:00"},
    "checkin plan": {"rhythm": "weekly", "first_day": "2", "wall": "19:00"},
    "checkin prompts": {"starters": "yes"},
    "circle find": {"title": "Books", "times": "in 3 days; in 4 days"},
    "circle pick": {"title": "Books", "weekday": "tue", "hour": "19"},
    "circle plan": {"title": "Books", "meets": "every tuesday 19:30"},
    "checkin words": {"visible": "no"},
    "mine called": {"called": "Somebody"},
    "mine language": {"language": "en"},
    "mine limits": {"budget": "2"},
    "mine quiet": {"quiet_from": "22:00", "quiet_to": "07:00"},
    "mine reset": {"what": "zone"},
    "mine usual": {"span": "2h"},
    "mine wishes": {"questions": "3"},
    "peer apart": {"member": "rowan"},
    "peer light on": {"hours": "2"},
    "peer pause": {"day": "2"},
    "peer propose": {"new_word": "moonlight"},
    "peer request": {"span": "2h"},
    "peer together": {"member": "rowan"},
    "peer words": {"word": "a loss", "mark": "not"},
    "plan remind": {"link": "https://example.org/plan", "when": "in 3 days"},
    "round plan": {"rhythm": "weekly", "first_day": "2", "wall": "19:00"},
    "setup clear": {"which": "words"},
    "setup elsewhere": {"elsewhere": "The open evening"},
    "setup features": {"switch_on": "lights"},
    "setup groups": {"groups": ("adults",)},
    "setup language": {"language": "de"},
    "setup limits": {"wait_days": "1"},
    "setup moderators": {"moderator_roles": ("moderators",)},
    "setup proposals": {"leave": "stars"},
    "setup room": {"room_for": "moderators"},
    "setup welcome": {"welcome": "no"},
    "setup words": {"word_list": "night shifts"},
}

REFUSED = (
    "This is for members",
    "This is for moderators",
    "no community that you and I are both in",
    "only be asked inside a community",
    "no room or space that you moderate",
)


def test_the_matrix_has_every_typed_command() -> None:
    assert set(MAY) == {name for name, command in CATALOGUE.commands.items() if command.typed}


@every_platform("X5")
@pytest.mark.parametrize("in_room", [True, False])
async def test_every_typed_command_by_every_right(evening: Evening, in_room: bool) -> None:
    evening.person(WHO[NOBODY]).becomes(present=False)
    wrong: list[tuple[str, str, str]] = []
    for command, (who, name) in itertools.product(sorted(MAY), WHO.items()):
        before = evening.rows()
        answer = await evening.person(name).asks(command, GIVEN.get(command), in_room=in_room)
        if command == "setup" and "only be asked inside a community" in answer:
            # Whoever asks: in private there is no place to set up, unless the platform tells which they moderate.
            assert not in_room or who == NOBODY
            assert evening.rows() == before
            continue
        refused = any(words in answer for words in REFUSED)
        if refused != (who not in MAY[command]) or (refused and evening.rows() != before):
            wrong.append((command, str(who), answer))
    assert wrong == []


# X8


@every_platform("X8")
async def test_help_fits_one_screen_and_there_is_one_for_each_feature(evening: Evening) -> None:
    birch = evening.person("birch")
    first = await birch.asks("help")
    assert len(first.splitlines()) <= 12
    assert max(map(len, first.splitlines())) <= 120
    named: list[str] = []
    for feature in PARTS:
        assert f"/{feature}" in first
        told = await birch.asks("help", {"feature": feature})
        assert len(told.splitlines()) <= 20
        lines = [line.partition(" – ") for line in told.splitlines()[1:]]  # noqa: RUF001 - as it is written there
        named += [name for name, dash, _ in lines if dash]
    assert sorted(named) == sorted(f"/{name}" for name in MAY if name != "help")


@every_platform("X8")
async def test_help_is_for_the_asker_alone(evening: Evening) -> None:
    room = evening.in_the_room()
    others = {name: evening.person(name).sees() for name in PEOPLE if name != "birch"}
    for feature in ("", *PARTS):
        assert await evening.person("birch").asks("help", {"feature": feature} if feature else None, in_room=True)
    assert evening.in_the_room() == room
    assert {name: evening.person(name).sees() for name in others} == others
    assert evening.rows()["member"] == 0


# X13


@every_platform("X13")
@pytest.mark.parametrize(
    ("name", "command", "param"),
    [
        ("birch", "mine called", "called"),
        ("linden", "setup words", "word_list"),
        ("linden", "setup elsewhere", "elsewhere"),
    ],
)
async def test_free_text_is_shown_back_and_goes_nowhere_before_it_is_confirmed(
    evening: Evening, name: str, command: str, param: str
) -> None:
    person = evening.person(name)
    before = evening.rows()
    typed = "Silver Evenings"
    shown = await person.asks(command, {param: typed})
    assert typed in shown
    assert typed.encode() not in evening.bytes_at_rest()
    assert {table: rows for table, rows in evening.rows().items() if table != "seen"} == {
        table: rows for table, rows in before.items() if table != "seen"
    }
    assert "Saved" in await person.presses("draft.use")
    everywhere = await person.asks("mine settings") + await person.asks("setup", in_room=True)
    everywhere += await person.asks("elsewhere")
    assert typed in everywhere


@every_platform("X13")
async def test_what_was_typed_lapses_after_a_quarter_of_an_hour(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine called", {"called": "Silver Birch"})
    await evening.wind(minutes=15)
    assert "15 minutes" in await birch.presses("draft.use")
    assert evening.rows()["member"] == 0
    await birch.asks("mine called", {"called": "Silver Birch"})
    await evening.wind(minutes=14)
    assert "Saved" in await birch.presses("draft.use")


@every_platform("X13")
async def test_leaving_leaves_nothing(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine called", {"called": "Silver Birch"})
    assert "dropped" in await birch.presses("draft.leave")
    assert "15 minutes" in await birch.presses("draft.use")
    assert evening.rows()["member"] == 0


@every_platform("X13")
async def test_what_is_typed_beside_the_question_is_not_used(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine called", {"called": "Silver Birch"})
    await birch.writes("and then it happened that")
    await birch.writes("and then it happened that", in_room=True)
    assert "Saved" in await birch.presses("draft.use")
    assert "Silver Birch" in await birch.asks("mine settings")
    assert b"happened" not in evening.bytes_at_rest()


@every_platform("X13")
async def test_the_words_of_one_can_be_used_by_nobody_else(evening: Evening) -> None:
    await evening.person("birch").asks("mine called", {"called": "Silver Birch"})
    assert OLD in await evening.person("rowan").presses_button(evening.person("birch").button("draft.use"))
    assert evening.rows()["member"] == 0
    assert "Saved" in await evening.person("birch").presses("draft.use")
