"""A slash command with one read and one durable write: gateway text in, HTTP reply out, on loopback."""

import asyncio
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import count, islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

from benchmarks import peers
from benchmarks.contenders import Contender, Running, all_of, bare, guild, nonebot, ours
from benchmarks.durable import FULL_LOG, GAP, IN_FLIGHT
from benchmarks.figures import Figure, Size, interleave, p50
from benchmarks.handwritten import PEOPLE

HOW: Final = (
    "`/mine limits` as the same INTERACTION_CREATE, a text frame on a loopback gateway, until the whole reply stands "
    "at a loopback REST API, each bot in a process of its own. Ours: `porchlight run`, with its database (WAL, "
    "synchronous FULL). Bare: discord.py with its defaults and one command that answers with one word and keeps "
    "nothing; *with aiosqlite*: the same with a hand-written transaction of one read and two writes (the row, and what "
    "was seen) on a connection with the same pragmas. nonebot2: the same two, with its Discord adapter "
    f"({', '.join(peers.NONEBOT[:2])}), in an environment of its own, logging warnings alone; its usual way to "
    "answer also fetches the answer back. Every answer is "
    "looked at (one that takes so long that it is announced first counts until it is there), and at the end that "
    "everything was written. One at a time: the same pause before every call, "
    "which adds the same to all and so makes ratios smaller. 64 in "
    "flight: 64 people in 64 rooms, the next command as soon as one is answered. **What a flush costs is the disk's "
    "matter**, as under *durable*; *without flush* is the same program with its folder in memory (tmpfs), where a "
    "flush costs nothing; there no pause is made, and that ratio "
    "says what the code costs. *loopback busy*: the share of its time that the other side "
    "works while bare discord.py has 64 in flight; far below 100 % it is not what is measured."
)
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - what is in it is this run's alone, in a folder of its own
BARE: Final = "bare discord.py"
BARE_QUICK: Final = "bare discord.py without pause"
KEPT: Final = "bare with aiosqlite"
NONEBOT: Final = "nonebot2"
NONEBOT_KEPT: Final = "nonebot2 with aiosqlite"
OURS_FAST: Final = "ours without flush"
KEPT_FAST: Final = "bare with aiosqlite without flush"
_WHY: Final = dict.fromkeys((NONEBOT, NONEBOT_KEPT), "its environment could not be made here") | dict.fromkeys(
    (OURS_FAST, KEPT_FAST), "no file system in memory here"
)
_WARM: Final = 1_000_000
_AT_ONCE: Final = 2_000_000
"""Numbers of the first commands, so that none is given twice."""

_WAYS: Final = ("ours", BARE, KEPT, NONEBOT, NONEBOT_KEPT, OURS_FAST, KEPT_FAST)


def _contenders(disk: Path, memory: Path | None, python: Path | None) -> dict[str, Running]:
    guilds = (guild(0, PEOPLE),)
    found = {
        "ours": ours(disk, "ours", guilds),
        BARE: bare(disk, "bare", guilds),
        KEPT: bare(disk, "kept", guilds, keeps=True),
    }
    if python is not None:
        found[NONEBOT] = nonebot(python, disk, "nonebot", guilds)
        found[NONEBOT_KEPT] = nonebot(python, disk, "nonebot-kept", guilds, keeps=True)
    if memory is not None:
        found[OURS_FAST] = ours(memory, "ours", guilds)
        found[KEPT_FAST] = bare(memory, "kept", guilds, keeps=True)
    return found


async def _at_once(one: Contender, first: int, many: int) -> float:
    """Return how many commands a second are answered with 64 in flight."""
    numbers = iter(range(first, first + many))

    async def person() -> None:
        for number in numbers:
            await one.call(number)

    start = perf_counter()
    await asyncio.gather(*(person() for _ in range(IN_FLIGHT)))
    return many / (perf_counter() - start)


async def _run(
    contenders: Mapping[str, Contender], size: Size
) -> tuple[dict[str, list[float]], dict[str, list[float]], float]:
    """Return the seconds of every call, the commands a second, and the share of its time that the loopback worked."""
    for number in range(_WARM, _WARM + min(FULL_LOG, size.calls * 2)):
        for one in contenders.values():
            await one.call(number)
    taken: dict[str, list[float]] = {}
    quick = {BARE_QUICK: BARE, OURS_FAST: OURS_FAST, KEPT_FAST: KEPT_FAST}
    paused = {name: name for name in contenders if name not in quick}
    for which, gap in ((paused, GAP), (quick, 0.0)):
        there = {name: contenders[who].call for name, who in which.items() if who in contenders}
        found = await interleave(size.rounds, max(2, size.calls // 5), *there.values(), gap=gap)
        taken |= dict(zip(there, found, strict=True))
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    busy: list[float] = []
    many = IN_FLIGHT * max(1, size.calls // 40)
    for first in islice(count(_AT_ONCE, many), max(1, size.rounds // 3)):
        for name, one in contenders.items():
            began, worked = perf_counter(), process_time()
            rates[name].append(await _at_once(one, first, many))
            if name == BARE:
                busy.append((process_time() - worked) / (perf_counter() - began))
    for one in contenders.values():
        one.check()
    return taken, rates, median(busy)


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    python = peers.nonebot(make=True) if size.peers else None
    with ExitStack() as folders:
        disk = Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="porchlight-bench-")))
        memory: Path | None = None
        if MEMORY.is_dir():
            memory = Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="porchlight-bench-", dir=MEMORY)))
        async with all_of(_contenders(disk, memory, python)) as contenders:
            taken, rates, busy = await _run(contenders, size)

    def once(name: str) -> Figure:
        seconds = taken.get(name)
        return Figure(f"discord {name} p50", p50(seconds) if seconds else None, "us", "" if seconds else _WHY[name])

    def ratio(name: str, by: str, goal: str = "") -> Figure:
        value = p50(taken[name]) / p50(taken[by]) if name in taken and by in taken else None
        return Figure(f"discord {name} to {by}", value, "x", goal if value is not None else _WHY[name])

    def at_once(name: str, goal: str = "") -> Figure:
        value = median(rates[name]) if name in rates else None
        goal = goal if value is not None else _WHY[name]
        return Figure(f"discord {name} 64 in flight", value, "a second", goal)

    return (
        *(once(name) for name in _WAYS),
        once(BARE_QUICK),
        ratio("ours", BARE, "at most 6.5; the aim is 3.5"),
        ratio(KEPT, BARE),
        ratio("ours", KEPT),
        ratio(NONEBOT, BARE),
        ratio(NONEBOT_KEPT, BARE),
        ratio(OURS_FAST, BARE_QUICK),
        ratio(KEPT_FAST, BARE_QUICK),
        at_once("ours", "at least 400; the aim is 1,500"),
        *(at_once(name) for name in _WAYS[1:]),
        Figure("discord loopback busy", busy * 100, "%"),
    )
