"""The evening on Matrix, with a bot killed by signal 9 and started again: nothing is lost, nothing comes twice.

Here the way to people is longer than what the core has failpoints for: an answer is no row of the outbox, a card's
choices live in the adapter's own state, keys must reach a device before a message is of use. So a bot is also killed
before and after each request that changes something at the homeserver, and each save of that state.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.failpoints import FAILPOINTS
from tests.e2e.killed_matrix import LONG, NEVER, SHORT, Told
from tests.promises import drove

Begin = Callable[..., Coroutine[Any, Any, Told]]

PLACES = 2
"""How many rooms of the community the bot has joined when the evening begins."""

SOAK_PARTS = 16
"""How many tests share all failpoints."""

LIVES = (
    ("join.answered", SHORT),  # it is in a direct room, and does not know yet what that room is
    ("sendToDevice.answered", SHORT),  # a device has the key of a message that was never sent, from a life that is over
    ("relay.performed", SHORT),  # the one message that is in no outbox was sent, and nothing is stored
    ("intent.committed", SHORT),  # what was asked for is done, and who asked was not answered
    ("delivery.performed", SHORT),  # it was sent; the homeserver still knows under which transaction
    ("send/m.room.answered", LONG),  # the same, before the card's choices were noted, and only the history tells
    ("delivery.try.committed", SHORT),  # it stands there as tried, and nobody ever sent it
    ("send/m.room.ask", SHORT),  # the press: handled, and sealed with a key that nobody else ever gets to know
    ("createRoom.answered", LONG),  # there is a room for two of which nothing is noted
    ("invite.answered", SHORT),  # one of them is asked in
    ("state.saved", SHORT),  # how far the sync was read is on disk, one way or the other
    ("due.commit", SHORT),  # the time has come
    ("leave.answered", SHORT),  # it has left their room, and does not know it
    ("delivery.end.commit", SHORT),  # all is done but the end of the row
    ("sweep.commit", SHORT),  # the daily sweep
)
"""Where the bot dies in one evening, life after life, and for how long it is then down: each at its next such point.

Chosen to differ most: one of every kind of thing that is done outside a transaction of the core, on the side on which
something was done that nothing at rest tells; and of the core's own, one of an intent, a relay, what is due, the sweep,
and each step of what leaves. All other points are those of `test_killed_at_each_failpoint`, one a whole evening.
"""

NOT_THIS_EVENING = {
    "due.later.commit": "no job goes wrong",
    "due.later.committed": "no job goes wrong",
    "delivery.find": "without a kill nothing is in doubt",
    "delivery.found": "the same",
    "delivery.later.commit": "the homeserver is always there",
    "delivery.later.committed": "the same",
}
"""Failpoints that an evening without trouble has no reason to reach."""


@pytest.fixture
async def evenings(tmp_path: Path) -> AsyncIterator[Begin]:
    """Evenings that begin, each in a folder of its own; those that were not ended are, when the test is over."""
    begun: list[Told] = []

    async def begin(dies_of: tuple[str, int] = NEVER) -> Told:
        folder = tmp_path / str(len(begun))
        folder.mkdir()
        evening = Told(folder / "evening")
        evening.rehearsed = {"die_of": dies_of}
        await evening.start()
        begun.append(evening)
        drove("matrix")
        return evening

    yield begin
    for evening in begun:
        await evening.give_up()


async def whole(begin: Begin) -> list[tuple[str, int]]:
    """Play an evening without a kill; return the failpoints passed in it: a name, and its number among those of it."""
    evening = await begin()
    before = Counter(evening.points())
    await evening.play()
    evening.check()
    passed = Counter(evening.points())
    await evening.stop()
    assert set(passed) >= set(FAILPOINTS) - set(NOT_THIS_EVENING), "a failpoint that nobody reaches"
    return [(name, number) for name, last in sorted(passed.items()) for number in range(before[name] + 1, last + 1)]


@pytest.mark.promise("X3", platform="matrix")
async def test_killed_life_after_life_in_one_evening(
    evenings: Begin, record_property: Callable[[str, object], None]
) -> None:
    evening = await evenings((LIVES[0][0], PLACES + 1))
    for number, (name, down) in enumerate(LIVES):
        await evening.fall()
        assert evening.points()[-1] == name
        following = LIVES[number + 1][0] if number + 1 < len(LIVES) else ""
        await evening.rise(down, (following, 1) if following else NEVER)
    await evening.play()
    evening.check()
    assert "delivery.found" in evening.points(), "the history was never needed"
    await evening.stop()
    record_property("figure", f"Matrix, killed {len(LIVES)} times in one evening: 0 lost, 0 doubled")


@pytest.mark.soak
@pytest.mark.promise("X3", platform="matrix")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(SOAK_PARTS))
async def test_killed_at_each_failpoint(
    part: int, evenings: Begin, record_property: Callable[[str, object], None]
) -> None:
    points = (await whole(evenings))[part::SOAK_PARTS]
    looked = 0
    for name, number in points:
        evening = await evenings((name, number))
        await evening.fall()
        assert evening.points()[-1] == name
        await evening.rise(SHORT if evening.waits() else (SHORT, LONG)[number % 2])
        await evening.play()
        evening.check()
        looked += evening.points().count("delivery.find")
        await evening.stop()
    record_property("figure", f"Matrix, killed at {len(points)} points, history read {looked} times: 0 lost, 0 doubled")
