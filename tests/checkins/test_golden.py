"""K7: eight evenings, word by word, the same on every platform; and what no sentence may speak of.

The transcripts stand in ``golden/``. On Matrix whoever comes in has the opening in the answer that lets
them in. After a change that is meant, ``PORCHLIGHT_GOLDEN=write`` writes them anew, with ``-p no:randomly``.
"""

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.checkins.scene import Transcript
from tests.drivers import Evening, every_platform
from tests.test_locales import facts, messages

COUNTED = re.compile(
    r"\b(?:[0-9]+|one|two|three|nobody|somebody|who) (?:of you |people |has |have )?(?:passed|left|shared|spoke|said)"
)

GOLDEN = Path(__file__).parent / "golden"


async def nobody_comes(there: Transcript) -> None:
    await there.opens()
    await there.wind(minutes=61)


async def one_alone_passes_twice(there: Transcript) -> None:
    await there.opens()
    await there.joins("rowan")
    await there.presses("rowan", "go-on")
    await there.presses("rowan", "pass")
    await there.presses("rowan", "pass")
    await there.wind(minutes=61)


async def everybody_passes_twice(there: Transcript) -> None:
    await there.opens(minutes="30")
    await there.joins("rowan")
    await there.joins("alder")
    await there.wind(minutes=5)
    for name in ("rowan", "alder", "rowan", "alder"):
        await there.presses(name, "pass")
    await there.wind(minutes=26)


async def some_share_and_one_comes_late(there: Transcript) -> None:
    await there.opens()
    for name in ("rowan", "alder"):
        await there.joins(name)
    await there.wind(minutes=5)
    await there.presses("rowan", "pass")
    await there.joins("hazel")
    for name in ("hazel", "rowan", "alder"):
        await there.presses(name, "go-on")
    await there.presses("alder", "pass")
    await there.wind(minutes=61)


async def one_leaves_in_their_turn(there: Transcript) -> None:
    await there.opens()
    for name in ("alder", "rowan"):
        await there.joins(name)
    await there.wind(minutes=5)
    await there.presses("rowan", "pass")
    await there.presses("alder", "leave")
    await there.presses("rowan", "go-on")
    await there.presses("rowan", "go-on")
    await there.wind(minutes=61)


async def all_just_listen(there: Transcript) -> None:
    await there.opens(minutes="20")
    for name in ("rowan", "hazel"):
        await there.joins(name, "checkin.listen")
    await there.joins("alder", "checkin.skip")
    await there.wind(minutes=21)


async def a_pause_runs_out_and_prompts_are_off(there: Transcript) -> None:
    await there.opens()
    for name in ("rowan", "alder"):
        await there.joins(name)
    await there.presses("alder", "no-prompts")
    await there.presses("alder", "go-on")
    await there.presses("alder", "pause")
    await there.presses("rowan", "pass")
    await there.wind(minutes=6)
    await there.presses("rowan", "pause")
    await there.presses("alder", "resume")
    await there.wind(minutes=61)


async def open_talk_with_a_host(there: Transcript) -> None:
    await there.opens(kind="open", minutes="30", size="2")
    for name in ("rowan", "alder"):
        await there.joins(name)
    await there.presses("alder", "host")
    await there.presses("rowan", "guard")
    await there.presses("alder", "host")
    await there.joins("hazel")
    await there.wind(minutes=31)


EVENINGS: dict[str, tuple[str, Callable[[Transcript], Awaitable[None]]]] = {
    "1-nobody-comes": ("", nobody_comes),
    "2-one-alone-passes-twice": ("rowan", one_alone_passes_twice),
    "3-everybody-passes-twice": ("rowan", everybody_passes_twice),
    "4-some-share-and-one-comes-late": ("rowan", some_share_and_one_comes_late),
    "5-one-leaves-in-their-turn": ("rowan", one_leaves_in_their_turn),
    "6-all-just-listen": ("rowan", all_just_listen),
    "7-a-pause-runs-out-and-prompts-are-off": ("rowan", a_pause_runs_out_and_prompts_are_off),
    "8-open-talk-with-a-host": ("rowan", open_talk_with_a_host),
}


def written(name: str, platform: str) -> Path:
    """Return where an evening is written down; a platform has a file of its own where something is read otherwise."""
    own = GOLDEN / platform / f"{name}.txt"
    return own if own.exists() else GOLDEN / f"{name}.txt"


def write(name: str, platform: str, words: str) -> None:
    """Write an evening down as it went: the local platform's is what all others are held against."""
    usual, own = GOLDEN / f"{name}.txt", GOLDEN / platform / f"{name}.txt"
    own.unlink(missing_ok=True)
    if platform == "local":
        usual.write_text(words, encoding="utf-8")
    elif words != usual.read_text(encoding="utf-8"):
        own.parent.mkdir(exist_ok=True)
        own.write_text(words, encoding="utf-8")


@every_platform("K7")
@pytest.mark.parametrize("name", EVENINGS)
async def test_an_evening_is_told_as_it_is_written_down(evening: Evening, name: str) -> None:
    witness, plays = EVENINGS[name]
    there, platform = Transcript(evening, witness), evening.person("birch").member.platform
    await plays(there)
    if os.environ.get("PORCHLIGHT_GOLDEN") == "write":
        write(name, platform, there.words)
    assert there.words == written(name, platform).read_text(encoding="utf-8")


def test_each_transcript_is_of_an_evening_and_another_platform_has_its_own_only_where_it_differs() -> None:
    assert {file.stem for file in GOLDEN.rglob("*.txt")} == set(EVENINGS)
    for own in GOLDEN.glob("*/*.txt"):
        usual = (GOLDEN / own.name).read_text(encoding="utf-8").splitlines()
        lines = own.read_text(encoding="utf-8").splitlines()
        assert lines != usual
        private = " / Welcome. Say something"  # what was said before they came stands in the answer that lets them in
        assert [line.partition(private)[0] for line in lines] == [one for one in usual if "room: Welcome" not in one]


@pytest.mark.parametrize("file", sorted(GOLDEN.rglob("*.txt")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_in_the_room_nobody_is_named_but_who_is_invited_or_offered_something(file: Path) -> None:
    """Whoever passed, left, listened or said nothing is never named for it, nor is anybody counted."""
    for line in file.read_text(encoding="utf-8").splitlines():
        who, _, words = line.partition(": ")
        if who.endswith("alone reads"):
            continue
        named = re.findall(r"\b(?:birch|alder|rowan|hazel|linden)\b", words)
        assert len(named) <= 1
        if named:
            asked = f"Next, if you like: {named[0]}"
            assert asked in words or f"{named[0]} would like to be the" in words
        assert not COUNTED.search(words)


def test_no_sentence_about_a_room_has_a_place_for_a_number_of_people_or_for_who_did_not_share() -> None:
    naming = {
        name for name, message in messages("en").items() if name.startswith("checkin") and "who" in facts(message)
    }
    assert naming == {"checkin-next", "checkin-turn-of", "checkin-role"}
    for name, message in messages("en").items():
        if name.startswith("checkin"):
            assert not facts(message) & {"count", "people", "others", "names", "passed", "left"}, name
