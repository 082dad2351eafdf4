"""What a benchmark yields, and how rounds are taken."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Final

SEED: Final = 20270304


@dataclass(frozen=True)
class Figure:
    """One number.

    Attributes:
        name: What was measured.
        value: How much; None: it could not be measured, and ``goal`` says why.
        unit: Of the value.
        goal: The floor it is held against, where there is one.
    """

    name: str
    value: float | None
    unit: str
    goal: str = ""


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Attributes:
        rounds: Interleaved rounds.
        calls: Calls in a round.
        starts: How often a process is started.
        pending: Pending rows at a start; 0: that start is left out.
        few: The smaller number of rows in ``due``.
        many: The larger.
        waiting: The two numbers of waiting openings in ``matching``.
        joined: The two numbers of people in ``rounds``.
        community: How many people live how many days in ``simulation``.
        servers: Servers that a bot is in, in ``servers``.
        peers: Whether peers that need an environment of their own take part.
    """

    rounds: int = 15
    calls: int = 200
    starts: int = 7
    pending: int = 100_000
    few: int = 10_000
    many: int = 1_000_000
    waiting: tuple[int, int] = (10_000, 100_000)
    joined: tuple[int, int] = (3_000, 10_000)
    community: tuple[int, int] = (500, 30)
    servers: int = 1_000
    peers: bool = True


TINY: Final = Size(
    rounds=2, calls=2, starts=1, pending=10, few=60, many=120, waiting=(5, 10), joined=(20, 40), community=(200, 3),
    servers=3, peers=False,
)  # fmt: skip

Call = Callable[[int], Awaitable[object]]


async def interleave(rounds: int, calls: int, *ways: Call, gap: float = 0.0) -> list[list[float]]:
    """Return the seconds of every call, way by way; the ways take turns, so that noise meets all of them alike.

    Each call is given a number that was never given before. The first round only warms up. ``gap`` seconds pass before
    each call, and are not counted.
    """
    taken: list[list[float]] = [[] for _ in ways]
    number = 0
    for turn in range(rounds + 1):
        for way, seconds in zip(ways, taken, strict=True):
            gc.collect()
            for _ in range(calls):
                number += 1
                if gap:
                    await asyncio.sleep(gap)
                start = perf_counter()
                await way(number)
                if turn:
                    seconds.append(perf_counter() - start)
    return taken


def p50(seconds: list[float], per: float = 1e6) -> float:
    """Return the median, in microseconds unless told."""
    return median(seconds) * per


def p90(seconds: list[float], per: float = 1e6) -> float:
    """Return what nine of ten stay below, in microseconds unless told."""
    return quantiles(seconds, n=10)[8] * per if len(seconds) > 1 else seconds[0] * per
