"""A thousand circles that meet at 19:00 on one evening, on Discord as far as its limits go."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.bench import KEYS
from benchmarks.crowd import EVERYWHERE, PLATFORM, SECOND, Asked, Many, Wire, Wired, somebody
from bot.app import compose
from commands.circle_steps import LATEST
from tests.hasty import Hasty, HastyClock, HastyStore

NOON = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)
SEVEN = datetime(2027, 3, 5, 18, 0, tzinfo=UTC)
"""19:00 where they meet."""
MANY = Many(1000, told=1, lead=2)
END = SEVEN + timedelta(minutes=MANY.minutes)
TRIP = 0.15
"""Seconds to Discord and back."""

PRESSES = 200
EVERY = 0.3
"""Seconds between two of them."""

BESIDE = 6
"""How many requests of the bot's own may arrive between a press and its answer: as many as do in half of `TRIP`, and
two. None of them holds it up."""
BESIDE_TWO = 21
"""The same where somebody is to be written to privately first, which are two requests there and back."""


@dataclass(frozen=True)
class Evening:
    """What came of it.

    Attributes:
        asked: All requests, in their order.
        beside: Of each press what it was, and how many other requests arrived before its answer.
        waiting: How much did not leave.
    """

    asked: list[Asked]
    beside: list[tuple[str, int]]
    waiting: int

    def posted(self, words: str, *, after: datetime = NOON) -> list[tuple[str, datetime]]:
        """Return what was posted with such words after an instant, and when."""
        said = [(one, NOON + timedelta(seconds=one.at)) for one in self.asked if one.says and one.taken]
        return [(one.said, at) for one, at in said if words in one.said and at >= after]


def _own(asked: Iterable[Asked]) -> int:
    return sum(not one.answers for one in asked)


async def _play(folder: Path) -> Evening:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, Hasty)
    clock, wire = HastyClock(loop, NOON), Wire(TRIP)
    store = HastyStore(loop, folder / "porchlight.db", KEYS, clock)
    adapter = Wired(wire, clock, MANY)
    beside = []
    async with store.session():
        await store.write(lambda tx: MANY.plan(tx, NOON, NOON.date()))
        meetings = await store.read(lambda tx: [MANY.meeting(tx, one) for one in range(MANY.number)])
        running = asyncio.create_task(compose(store, KEYS, clock, {PLATFORM: adapter}).run())
        await adapter.ready()
        await clock.sleep_until(SEVEN - timedelta(minutes=MANY.lead))
        for number in range(PRESSES):
            before, circle = _own(wire.asked), number * (MANY.number // PRESSES)
            action = "circle.come" if number % 10 else "circle.remind"
            await adapter.press(somebody(number), circle, action, meetings[circle])
            beside.append((action, _own(wire.asked) - before))
            await asyncio.sleep(EVERY)
        await clock.sleep_until(END + LATEST)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        waiting = await store.read(lambda tx: len(tx.leaving.due(PLATFORM, clock.now(), MANY.number)))
    return Evening(wire.asked, beside, waiting)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    with asyncio.Runner(loop_factory=Hasty) as runner:
        return runner.run(_play(tmp_path_factory.mktemp("many")))


def test_every_note_comes_once_and_before_the_meeting(evening: Evening) -> None:
    notes = [one for one in evening.asked if one.privately and one.taken]
    wished = {(one, who) for one in range(MANY.number) for who in range(MANY.told)}
    told = Counter(one.channel for one in notes if "A note you asked for" in one.said)
    assert len(told) == len(wished)
    assert set(told.values()) == {1}
    times = [at for _, at in evening.posted("A note you asked for")]
    assert min(times) >= SEVEN - timedelta(minutes=MANY.lead)
    assert max(times) < SEVEN
    assert evening.waiting == 0


def test_it_leaves_no_faster_than_discord_takes_it(evening: Evening) -> None:
    assert all(one.taken for one in evening.asked)
    times = [one.at for one in evening.asked if not one.answers]
    assert all(later - first >= SECOND - 1e-6 for first, later in zip(times, times[EVERYWHERE:], strict=False))


@pytest.mark.parametrize(("words", "due"), [("begins now", SEVEN), ("comes to its end", END)])
def test_every_circle_opens_and_closes_once_and_in_time(evening: Evening, words: str, due: datetime) -> None:
    posted = evening.posted(words)
    for number in range(MANY.number):
        title = json.dumps(Many.title(number))[1:-2]
        assert sum(title in said for said, _ in posted) == 1
    assert len(posted) == MANY.number
    assert min(at for _, at in posted) >= due
    assert max(at for _, at in posted) <= due + LATEST


def test_every_circle_is_posted_again_once(evening: Evening) -> None:
    assert len(evening.posted("Will you come?")) == len(evening.posted("Will you come?", after=END)) == MANY.number


def test_who_presses_meanwhile_is_answered_beside_it_all(evening: Evening) -> None:
    answers = [one for one in evening.asked if one.answers]
    assert len(answers) == len(evening.beside) == PRESSES
    assert {"You come to" in one.said or "I will write to you" in one.said for one in answers} == {True}
    assert max(many for what, many in evening.beside if what == "circle.come") <= BESIDE
    assert max(many for what, many in evening.beside if what == "circle.remind") <= BESIDE_TWO
