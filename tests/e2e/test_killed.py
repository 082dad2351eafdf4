"""Killed with signal 9 at each failpoint of an evening and started again: nothing is lost, nothing comes twice."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.runtime.failpoints import FAILPOINTS
from tests.promises import drove

ROOT = Path(__file__).parent.parent.parent

PARTS = 4
"""How many tests share the failpoints among them."""

NOT_THIS_EVENING = {
    "due.later.commit": "no job goes wrong",
    "due.later.committed": "no job goes wrong",
    "delivery.find": "the playground's platform remembers its keys, so its history is never searched",
    "delivery.found": "the same",
    "delivery.later.commit": "the playground's platform is always there",
    "delivery.later.committed": "the same",
}
"""Failpoints that this evening has no reason to reach; tests/runtime reaches them with a platform that goes away."""

EXPECTED = {
    "alder": ["Your light is on", "Would you like to be introduced?", "both said yes"],
    "birch": ["I ask peers one at a time", "both said yes"],
    "rowan": ["Your light is on", "without an introduction"],
}


CARD, MET = "A member would like to talk with a peer", "both said yes"
OF_A_CARD = (CARD, MET, "nothing came of it")


class Evenings:
    """Lets evenings be played, each in a process of its own."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.evening"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def play(self, folder: Path, die_at: int, scene: str = "two") -> int:
        """Play one to its end, or to the failpoint; return how the process ended."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{folder} {die_at} {scene}\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline())

    def end(self) -> None:
        """End the parent of all evenings."""
        self._parent.communicate()


@pytest.fixture
def evenings() -> Iterator[Evenings]:
    opened = Evenings()
    yield opened
    opened.end()


def points(folder: Path) -> list[str]:
    return (folder / "points").read_text(encoding="utf-8").split()


def check(folder: Path) -> None:
    """Look only at what the platform holds: what people were shown."""
    said: Counter[tuple[str, str]] = Counter()
    rooms: Counter[str] = Counter()
    for line in (folder / "playground.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["kind"] == "say" and not event["only_you"]:
            for words in EXPECTED.get(event["place"].removeprefix("@"), ()):
                said[event["place"].removeprefix("@"), words] += words in " ".join(event["card"]["lines"])
        rooms[event["kind"]] += 1
    wrong = {key: count for key, count in said.items() if count != 1}
    assert not wrong, "lost (0) or doubled (2)"
    assert set(said) == {(who, words) for who, all_words in EXPECTED.items() for words in all_words}
    assert rooms["room"] == 2, "the shared room, and one for two"
    assert rooms["invite"] == 2
    with closing(sqlite3.connect(folder / "porchlight.db")) as look:
        assert look.execute("pragma integrity_check").fetchone() == ("ok",)
        for table in ("opening", "opening_word", "question", "agenda", "outbox", "post"):
            assert look.execute(f"select count(*) from {table}").fetchone() == (0,), table  # noqa: S608
        assert look.execute("select count(*) from met").fetchone() == (1,)


def check_card(folder: Path) -> None:
    """Look at what people were shown of a card without a name, and of what came of it."""
    said: Counter[tuple[str, str]] = Counter()
    standing: set[str] = set()
    for line in (folder / "playground.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["kind"] == "say" and not event["only_you"]:
            where = event["place"].removeprefix("@")
            found = [words for words in OF_A_CARD if words in " ".join(event["card"]["lines"])]
            said.update((where, words) for words in found)
            standing |= {event["id"]} if CARD in found else set()
        elif event["kind"] == "delete":
            standing.discard(event["id"])
    assert dict(said) == dict.fromkeys(
        (("porch", CARD), ("birch", MET), ("alder", MET), ("rowan", "nothing came of it")), 1
    ), "lost or doubled"
    assert not standing, "a card is left behind"
    with closing(sqlite3.connect(folder / "porchlight.db")) as look:
        for table in ("opening", "opening_word", "question", "agenda", "outbox", "post"):
            assert look.execute(f"select count(*) from {table}").fetchone() == (0,), table  # noqa: S608


@pytest.mark.promise("X3", platform="local")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.soak), 4])
def test_killed_with_a_card_in_a_room_nothing_is_doubled_and_nothing_left_behind(
    every: int, evenings: Evenings, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    drove("local")
    whole = tmp_path / "whole"
    whole.mkdir(mode=0o700)
    assert evenings.play(whole, 0, "card") == 0
    check_card(whole)
    passed = points(whole)
    for number in range(every, len(passed) + 1, every):
        folder = tmp_path / f"killed-{number}"
        folder.mkdir(mode=0o700)
        assert evenings.play(folder, number, "card") == -signal.SIGKILL
        assert evenings.play(folder, 0, "card") == 0
        check_card(folder)
    record_property(
        "figure", f"a card, killed at {len(passed) // every} of {len(passed)} failpoints: 0 lost, 0 doubled"
    )


def heard_in_a_room(folder: Path) -> Counter[str]:
    """Return what was said in a check-in room and where it was announced, and what was done about people there.

    Which prompts come is a matter of the room's id, and no matter here.
    """
    heard: Counter[str] = Counter()
    standing: set[str] = set()
    for line in (folder / "playground.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["kind"] == "say" and not event["only_you"] and not event["place"].startswith("@"):
            heard["Next, if you like" if "Next, if" in (said := " ".join(event["card"]["lines"])) else said] += 1
            standing |= {event["id"]} if event["place"] == "porch" else set()
        elif event["kind"] == "delete":
            standing.discard(event["id"])
        elif event["kind"] in {"invite", "remove"}:
            heard[f"{event['kind']} {event['member']}"] += 1
        elif event["kind"] in {"room", "leave"}:
            heard[event["kind"]] += 1
    assert not standing, "an invitation is left behind"
    with closing(sqlite3.connect(folder / "porchlight.db")) as look:
        for table in ("checkin", "seat", "agenda", "outbox", "post", "member"):
            assert look.execute(f"select count(*) from {table}").fetchone() == (0,), table  # noqa: S608
    return heard


@pytest.mark.promise("K11", platform="local")
@pytest.mark.promise("X3", platform="local")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.soak), 17])
def test_killed_in_a_check_in_room_it_goes_on_closes_on_time_and_is_forgotten(
    every: int, evenings: Evenings, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    drove("local")
    whole = tmp_path / "whole"
    whole.mkdir(mode=0o700)
    assert evenings.play(whole, 0, "room") == 0
    heard, passed = heard_in_a_room(whole), points(whole)
    assert heard["Next, if you like"] == 4, "alder, rowan, alder once more, and rowan in the last round"
    assert heard["invite alder"] == heard["invite rowan"] == heard["remove alder"] == heard["leave"] == 1
    for number in range(every, len(passed) + 1, every):
        folder = tmp_path / f"killed-{number}"
        folder.mkdir(mode=0o700)
        assert evenings.play(folder, number, "room") == -signal.SIGKILL
        assert evenings.play(folder, 0, "room") == 0
        assert heard_in_a_room(folder) == heard, f"lost or doubled, killed at {number}"
    record_property(
        "figure", f"a check-in room, killed at {len(passed) // every} of {len(passed)} failpoints: 0 lost, 0 doubled"
    )


@pytest.mark.promise("X3", platform="local")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_each_failpoint_nothing_is_lost_and_nothing_doubled(
    part: int, evenings: Evenings, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    drove("local")
    whole = tmp_path / "whole"
    whole.mkdir(mode=0o700)
    assert evenings.play(whole, 0) == 0
    check(whole)
    passed = points(whole)
    assert set(passed) == set(FAILPOINTS) - set(NOT_THIS_EVENING), "a failpoint that nobody reaches proves nothing"
    numbers = range(1 + part, len(passed) + 1, PARTS)
    for number in numbers:
        folder = tmp_path / f"killed-{number}"
        folder.mkdir(mode=0o700)
        assert evenings.play(folder, number) == -signal.SIGKILL
        assert evenings.play(folder, 0) == 0
        assert (folder / "done").exists()
        check(folder)
    names = len(set(passed))
    record_property(
        "figure",
        f"killed at {len(numbers)} of the {len(passed)} failpoints of an evening ({names} names): 0 lost, 0 doubled",
    )
