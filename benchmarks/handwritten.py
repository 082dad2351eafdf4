"""What a careful author would write by hand: one read and one durable write for each command, on aiosqlite."""

import asyncio
from pathlib import Path
from typing import Final

import aiosqlite

PEOPLE: Final = 64
"""How many people there are."""

FILE: Final = "handwritten.db"
PRAGMAS: Final = (
    "journal_mode=wal", "synchronous=full", "secure_delete=on", "foreign_keys=on", "temp_store=memory",
)  # fmt: skip


class Handwritten:
    """One connection behind a lock: shared without one, transactions of several commands become one."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is opened yet."""
        self._path = folder / FILE
        self._turn = asyncio.Lock()

    async def open(self) -> None:
        """Open it, with everybody in it."""
        self._database = database = await aiosqlite.connect(self._path, isolation_level=None)
        for pragma in PRAGMAS:
            await database.execute(f"PRAGMA {pragma}")
        await database.execute("CREATE TABLE member (number INTEGER PRIMARY KEY, who TEXT UNIQUE, budget INTEGER)")
        await database.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, expires_at INTEGER)")
        await database.execute("CREATE INDEX seen_expires ON seen (expires_at)")

    async def close(self) -> None:
        """Close it: its thread would keep the process from ending."""
        await self._database.close()

    async def save(self, interaction: str, who: str, budget: int) -> None:
        """Read somebody's row, write it anew, and note what was done."""
        async with self._turn:
            database = self._database
            await database.execute("BEGIN IMMEDIATE")
            try:
                found = list(await database.execute_fetchall("SELECT number FROM member WHERE who = ?", (who,)))
                if found:
                    await database.execute("UPDATE member SET budget = ? WHERE number = ?", (budget, found[0][0]))
                else:
                    await database.execute("INSERT INTO member (who, budget) VALUES (?, ?)", (who, budget))
                await database.execute("INSERT INTO seen VALUES (?, 0)", (interaction,))
                await database.execute("COMMIT")
            except BaseException:
                await database.execute("ROLLBACK")
                raise
