"""A command with one read and one durable write, beside sqlite3 alone doing the same in one transaction."""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from itertools import count, islice
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.bench import PLATFORM, running
from benchmarks.figures import Figure, Size, interleave, p50, p90
from bot.contract.intent import Intent
from bot.contract.place import Member
from bot.runtime import Runtime

HOW: Final = (
    "`/mine limits` through the sink on a real file (WAL, synchronous FULL, one flush a commit), the bot's loops "
    "running. Bare: sqlite3 with the same settings on a file beside it: BEGIN IMMEDIATE, read the row, update it, "
    "insert what was seen, COMMIT. No network and no discord.py on either side. "
    "**What a flush costs is the disk's matter and can swallow the ratio.** On the machine these were made on, flushes "
    "back to back take a whole tick of 4 ms at times and 0.15 ms at others, and one that comes after a pause is often "
    "quicker, so that whoever is slower between flushes can look faster. Therefore the same pause comes before every "
    "flushed call of both ways, both logs are written full before anything is counted, a bare flush is measured beside "
    "them, and the pair *without flush* (synchronous OFF, no pause) says what the code itself costs: that ratio is the "
    "one to follow from version to version. 64 in flight: 64 members at once, one transaction and so one flush for "
    "each command; it cannot exceed what one thread of bare sqlite3 reaches on the same disk at that moment."
)
IN_FLIGHT: Final = 64
GAP: Final = 0.006
"""Seconds before a flushed call: longer than a disk's tick."""

FULL_LOG: Final = 400
"""Commits after which a write-ahead log has been full once and is written over: growing it costs more."""


def _open(path: Path, synchronous: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=wal", "secure_delete=on", "foreign_keys=on", "temp_store=memory"):
        database.execute(f"PRAGMA {pragma}")
    database.execute(f"PRAGMA synchronous={synchronous}")
    database.execute("CREATE TABLE member (id TEXT PRIMARY KEY, who BLOB UNIQUE, budget INTEGER, lead INTEGER)")
    database.execute("CREATE TABLE seen (hash BLOB PRIMARY KEY, expires_at INTEGER)")
    database.execute("CREATE INDEX seen_expires ON seen (expires_at)")
    database.executemany(
        "INSERT INTO member VALUES (?, ?, 3, 60)", [(f"m{n}", n.to_bytes(16, "big")) for n in range(IN_FLIGHT)]
    )
    return database


def _once(database: sqlite3.Connection, number: int) -> None:
    database.execute("BEGIN IMMEDIATE")
    who = (number % IN_FLIGHT).to_bytes(16, "big")
    row = database.execute("SELECT id, budget, lead FROM member WHERE who = ?", (who,)).fetchone()
    database.execute("UPDATE member SET budget = ? WHERE id = ?", (number % 21, row[0]))
    database.execute("INSERT INTO seen VALUES (?, ?)", (number.to_bytes(32, "big"), number))
    database.execute("COMMIT")


def _intent(number: int) -> Intent:
    member = Member(PLATFORM, str(number % IN_FLIGHT))
    return Intent(str(number), "mine limits", member, {"budget": str(number % 21)}, locale="en")


def _flusher(path: Path) -> Callable[[], None]:
    """Return a call that writes one page over and waits for the disk; its folder is made."""
    path.parent.mkdir(mode=0o700)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def flush() -> None:
        os.pwrite(file, bytes(4096), 0)
        os.fdatasync(file)

    flush()
    return flush


async def _at_once(runtime: Runtime, numbers: Iterator[int]) -> None:
    async def worker() -> None:
        for number in numbers:
            await runtime.sink.ask(_intent(number))

    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))


async def _rate(many: int, work: Awaitable[None]) -> float:
    start = perf_counter()
    await work
    return many / (perf_counter() - start)


async def _pair(
    folder: Path, size: Size, *, durable: bool
) -> tuple[list[list[float]], tuple[list[float], list[float]]]:
    """Return the seconds of ours, bare and a flush; and the commands a second of ours and bare."""
    calls = max(2, size.calls // 5)
    flush = _flusher(folder / "probe")
    async with running(folder / "ours" / "porchlight.db", durable=durable) as runtime:
        with closing(_open(folder / "bare.db", "full" if durable else "off")) as database:
            numbers = count(10_000_000)

            async def ours(number: int) -> None:
                reply = await runtime.sink.ask(_intent(number))
                if reply.card is None or reply.card.lines[0].id != "mine-saved":
                    raise AssertionError("not saved")

            async def bare(number: int) -> None:
                _once(database, number)

            async def probe(_: int) -> None:
                flush()

            async def one_thread(some: Iterator[int]) -> None:
                for number in some:
                    _once(database, number)

            for number in islice(numbers, min(FULL_LOG, size.calls * 2)):
                await ours(number)
                await bare(number)
            taken = await interleave(size.rounds, calls, ours, bare, probe, gap=GAP if durable else 0.0)
            rates: tuple[list[float], list[float]] = [], []
            many = IN_FLIGHT * max(1, calls // 10)
            for _ in range(max(1, size.rounds // 3)):
                rates[0].append(await _rate(many, _at_once(runtime, islice(numbers, many))))
                rates[1].append(await _rate(many, one_thread(islice(numbers, many))))
    return taken, rates


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:
        (ours, bare, flush), rates = await _pair(Path(name) / "full", size, durable=True)
        (code, bare_code, _), code_rates = await _pair(Path(name) / "off", size, durable=False)
    return (
        Figure("durable ours p50", p50(ours), "us"),
        Figure("durable ours p90", p90(ours), "us"),
        Figure("durable bare sqlite3 p50", p50(bare), "us"),
        Figure("durable bare sqlite3 p90", p90(bare), "us"),
        Figure("durable bare flush p50", p50(flush), "us"),
        Figure("durable bare flush p90", p90(flush), "us"),
        Figure("durable ratio", p50(ours) / p50(bare), "x"),
        Figure("durable ours 64 in flight", p50(rates[0], 1), "a second", "at least 400; the aim is 1,500"),
        Figure("durable bare sqlite3 one thread", p50(rates[1], 1), "a second"),
        Figure("durable ours without flush p50", p50(code), "us"),
        Figure("durable bare sqlite3 without flush p50", p50(bare_code), "us"),
        Figure("durable ratio without flush", p50(code) / p50(bare_code), "x"),
        Figure("durable ours 64 in flight without flush", p50(code_rates[0], 1), "a second"),
    )
