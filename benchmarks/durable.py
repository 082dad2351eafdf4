"""A command with one read and one durable write, beside sqlite3 alone doing the same in one transaction."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks.bench import PLATFORM, running
from benchmarks.figures import Figure, Size, interleave, p50, p90
from bot.contract.intent import Intent
from bot.contract.place import Member

HOW: Final = (
    "`/mine limits` through the sink on a real file (WAL, synchronous FULL, one flush a commit), the bot's loops "
    "running. Bare: sqlite3 with the same settings on a file beside it: BEGIN IMMEDIATE, read the row, update it, "
    "insert what was seen, COMMIT. No network and no discord.py on either side. How long a flush takes is a matter of "
    "the disk and of who else uses it: look at how far p90 of the bare way lies from its p50 before a ratio is "
    "believed. 64 in flight: 64 members at once for ours, one thread after another's work for the bare way."
)
IN_FLIGHT: Final = 64


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=full", "secure_delete=on", "foreign_keys=on", "temp_store=memory"):
        database.execute(f"PRAGMA {pragma}")
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


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    calls = max(2, size.calls // 4)
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:
        folder = Path(name)
        async with running(folder / "ours" / "porchlight.db") as runtime:
            with closing(_open(folder / "bare.db")) as database:
                for number in range(IN_FLIGHT):
                    reply = await runtime.sink.ask(_intent(-1 - number))
                    if reply.card is None or reply.card.lines[0].id != "mine-saved":
                        raise AssertionError("not saved")

                async def bare(number: int) -> None:
                    _once(database, number)

                async def ours(number: int) -> object:
                    return await runtime.sink.ask(_intent(number))

                mine, theirs = await interleave(size.rounds, calls, ours, bare)
                rates: tuple[list[float], list[float]] = [], []
                number = 10_000_000
                for _ in range(max(1, size.rounds // 3)):
                    many = IN_FLIGHT * max(1, calls // 10)
                    left = iter(range(number, number + many))

                    async def worker(left: Iterator[int] = left) -> None:
                        for one in left:
                            await runtime.sink.ask(_intent(one))

                    start = perf_counter()
                    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
                    rates[0].append(many / (perf_counter() - start))
                    start = perf_counter()
                    for one in range(number, number + many):
                        _once(database, one)
                    rates[1].append(many / (perf_counter() - start))
                    number += many
    return (
        Figure("durable ours p50", p50(mine), "us"),
        Figure("durable ours p90", p90(mine), "us"),
        Figure("durable bare sqlite3 p50", p50(theirs), "us"),
        Figure("durable bare sqlite3 p90", p90(theirs), "us"),
        Figure("durable ratio", p50(mine) / p50(theirs), "x"),
        Figure("durable ours 64 in flight", p50(rates[0], 1), "a second", "at least 400; the aim is 1,500"),
        Figure("durable bare sqlite3 one thread", p50(rates[1], 1), "a second"),
    )
