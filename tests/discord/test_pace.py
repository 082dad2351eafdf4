"""How fast requests leave, by a loop whose time goes as fast as there is nothing to do."""

import asyncio
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

from adapters.discord.pace import GAP, MOST, SECOND, Pace, somebody_waits
from tests.hasty import Hasty


def played(evening: Callable[[Pace, list[float]], Coroutine[Any, Any, None]]) -> list[float]:
    """Play an evening and return when each request left."""
    left: list[float] = []
    with asyncio.Runner(loop_factory=Hasty) as runner:
        runner.run(evening(Pace(), left))
    return left


async def leave(pace: Pace, left: list[float]) -> None:
    await pace.turn()
    left.append(asyncio.get_running_loop().time())


async def awaited(pace: Pace, left: list[float]) -> None:
    somebody_waits()
    await leave(pace, left)


def spread(left: list[float]) -> int:
    """Return how many left within one second, at most."""
    return max(sum(at - SECOND + 1e-9 < one <= at for one in left) for at in left)


def test_what_leaves_by_itself_leaves_evenly_below_the_limit() -> None:
    async def evening(pace: Pace, left: list[float]) -> None:
        await asyncio.gather(*(leave(pace, left) for _ in range(200)))

    left = played(evening)
    assert len(left) == 200
    assert left[0] == 0
    assert all(abs(after - before - GAP) < 1e-6 for before, after in pairwise(left))
    assert spread(left) < MOST


def test_after_a_pause_nothing_waits() -> None:
    async def evening(pace: Pace, left: list[float]) -> None:
        for _ in range(3):
            await leave(pace, left)
            await asyncio.sleep(0.5)

    assert played(evening) == [0, 0.5, 1]


def test_who_waits_comes_before_all_that_leaves_by_itself() -> None:
    async def evening(pace: Pace, left: list[float]) -> None:
        others = [asyncio.create_task(leave(pace, [])) for _ in range(300)]
        await asyncio.sleep(2)
        for _ in range(3):
            await asyncio.create_task(awaited(pace, left))
        await asyncio.gather(*others)

    left = played(evening)
    assert left[0] == 2
    assert left[-1] < 2 + 3 * GAP


def test_several_who_wait_leave_at_once_and_the_rest_makes_up_for_it() -> None:
    async def evening(pace: Pace, left: list[float]) -> None:
        await asyncio.gather(*(awaited(pace, left) for _ in range(20)))
        assert set(left) == {0}
        await asyncio.gather(*(leave(pace, left) for _ in range(100)))

    left = played(evening)
    assert abs(left[20] - 20 * GAP) < 1e-6
    assert spread(left) <= MOST


def test_more_than_the_limit_is_not_taken_of_those_who_wait_either() -> None:
    async def evening(pace: Pace, left: list[float]) -> None:
        await asyncio.gather(*(awaited(pace, left) for _ in range(MOST + 10)))

    left = played(evening)
    assert left == [0] * MOST + [SECOND] * 10


def test_who_has_gone_takes_no_turn() -> None:
    async def evening(pace: Pace, left: list[float]) -> None:
        await leave(pace, left)
        gone = [asyncio.create_task(leave(pace, [])) for _ in range(30)]
        last = asyncio.create_task(leave(pace, left))
        await asyncio.sleep(0)
        for one in gone:
            one.cancel()
        await last

    assert played(evening) == [0, GAP]
