"""Fills a database with pending work."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

FAR: Final = 4_102_444_800_000_000
"""2100, in microseconds: never due."""


def plan(path: Path, number: int, *, due: int = 0) -> None:
    """Put rows on the agenda: ``number`` in the far future, and ``due`` long ago."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA synchronous = off")
        database.executemany(
            "INSERT INTO agenda (id, kind, subject, due_at, try_at, attempts) VALUES (?, 'mine.note', ?, ?, ?, 0)",
            (
                (f"{one:016}", f"s{one:015}", at, at)
                for one in range(number + due)
                for at in (FAR + one * 1_000_000 if one < number else one,)
            ),
        )
