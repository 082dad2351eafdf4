"""A command in an encrypted room with one read and one durable write: event in, encrypted answer out, on loopback."""

import asyncio
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import count, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from benchmarks import peers
from benchmarks.discord_commands import MEMORY
from benchmarks.durable import FULL_LOG, GAP, IN_FLIGHT
from benchmarks.figures import Figure, Size, interleave, p50
from benchmarks.matrix_contenders import Contender, Running, all_of, bare, mautrix, ours

HOW: Final = (
    "`!mine limits` as an encrypted event in a direct room, from the answer to a sync until the encrypted reply stands "
    "at a loopback homeserver, where it is opened and looked at, each bot in a process of its own. Ours: "
    "`porchlight run`, with its database (WAL, synchronous FULL) and its sealed state; it looks up names, moves keys "
    "forward and saves, and its limit of 50 messages a second is lifted. Bare: matrix-nio with its defaults (its keys "
    "in SQLite, by its own store) and one answer; *with aiosqlite*: the same with a hand-written transaction of one "
    f"read and two writes, with the same pragmas. mautrix: the same two ({', '.join(peers.MAUTRIX[:2])}), in an "
    "environment of its own, its keys in memory. Neither moves a key past what it handled, nor puts numbers under its "
    "answer, as ours does: an answer of ours is three events, two of which go out when nobody waits, in part after "
    "what is measured; that all of them came is checked. One at a time: the same pause before every call. 64 in "
    "flight: 64 people in 64 rooms. *Without flush*: the folder in memory (tmpfs)."
)
BARE: Final = "bare nio"
KEPT: Final = "nio with aiosqlite"
MAUTRIX: Final = "mautrix"
MAUTRIX_KEPT: Final = "mautrix with aiosqlite"
OURS_FAST: Final = "ours without flush"
KEPT_FAST: Final = "nio with aiosqlite without flush"
_WHY: Final = dict.fromkeys((MAUTRIX, MAUTRIX_KEPT), "its environment could not be made here") | dict.fromkeys(
    (OURS_FAST, KEPT_FAST), "no file system in memory here"
)
_WARM: Final = 1_000_000
_AT_ONCE: Final = 2_000_000
"""Numbers of the first commands, so that none is given twice."""

_WAYS: Final = ("ours", BARE, KEPT, MAUTRIX, MAUTRIX_KEPT, OURS_FAST, KEPT_FAST)


def _contenders(disk: Path, memory: Path | None, python: Path | None) -> dict[str, Running]:
    found = {"ours": ours(disk, "ours"), BARE: bare(disk, "bare"), KEPT: bare(disk, "kept", keeps=True)}
    if python is not None:
        found[MAUTRIX] = mautrix(python, disk, "mautrix")
        found[MAUTRIX_KEPT] = mautrix(python, disk, "mautrix-kept", keeps=True)
    if memory is not None:
        found[OURS_FAST] = ours(memory, "ours")
        found[KEPT_FAST] = bare(memory, "kept", keeps=True)
    return found


async def _at_once(one: Contender, first: int, many: int) -> float:
    """Return how many commands a second are answered with 64 in flight, each of somebody else."""
    start = perf_counter()

    async def person(number: int) -> None:
        for at in range(first + number, first + many, IN_FLIGHT):
            await one.call(at)

    await asyncio.gather(*(person(number) for number in range(IN_FLIGHT)))
    return many / (perf_counter() - start)


async def _run(
    contenders: Mapping[str, Contender], size: Size
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return the seconds of every call, and the commands a second."""
    for number in range(_WARM, _WARM + min(FULL_LOG, size.calls * 2)):
        for one in contenders.values():
            await one.call(number)
    calls = (one.call for one in contenders.values())
    taken = await interleave(size.rounds, max(2, size.calls // 5), *calls, gap=GAP)
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    many = IN_FLIGHT * max(1, size.calls // 40)
    for first in islice(count(_AT_ONCE, many), max(1, size.rounds // 3)):
        for name, one in contenders.items():
            rates[name].append(await _at_once(one, first, many))
    for one in contenders.values():
        await one.check()
    return dict(zip(contenders, taken, strict=True)), rates


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    python = peers.mautrix(make=True) if size.peers else None
    with ExitStack() as folders:
        disk = Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="porchlight-bench-")))
        memory: Path | None = None
        if MEMORY.is_dir():
            memory = Path(folders.enter_context(tempfile.TemporaryDirectory(prefix="porchlight-bench-", dir=MEMORY)))
        async with all_of(_contenders(disk, memory, python)) as contenders:
            taken, rates = await _run(contenders, size)

    def once(name: str) -> Figure:
        seconds = taken.get(name)
        return Figure(f"matrix {name} p50", p50(seconds) if seconds else None, "us", "" if seconds else _WHY[name])

    def ratio(name: str, by: str) -> Figure:
        value = p50(taken[name]) / p50(taken[by]) if name in taken and by in taken else None
        return Figure(f"matrix {name} to {by}", value, "x", "" if value is not None else _WHY.get(name) or _WHY[by])

    def at_once(name: str) -> Figure:
        value = median(rates[name]) if name in rates else None
        return Figure(f"matrix {name} 64 in flight", value, "a second", "" if value is not None else _WHY[name])

    return (
        *(once(name) for name in _WAYS),
        ratio("ours", BARE),
        ratio("ours", KEPT),
        ratio("ours", MAUTRIX_KEPT),
        ratio(OURS_FAST, KEPT_FAST),
        *(at_once(name) for name in _WAYS),
    )
