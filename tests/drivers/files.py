"""What any driver can tell of the folder in which the bot keeps its database: past the store, from outside."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path


class Kept:
    """The folder of an evening."""

    folder: Path

    def bytes_at_rest(self) -> bytes:
        """Return every byte of the database and its side files."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())

    def rows(self) -> Mapping[str, int]:
        """Return how many rows each table holds."""
        with closing(self._look()) as look:
            return {table: look.execute(f'select count(*) from "{table}"').fetchone()[0] for table in self.columns()}  # noqa: S608

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Return the columns of every table."""
        with closing(self._look()) as look:
            tables = [row[0] for row in look.execute("select name from sqlite_master where type = 'table'")]
            return {table: tuple(row[1] for row in look.execute(f'pragma table_info("{table}")')) for table in tables}

    def _look(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.folder / 'porchlight.db'}?mode=ro", uri=True)
