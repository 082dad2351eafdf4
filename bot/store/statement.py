"""Statements, compiled once and run in one step each.

SQLAlchemy writes the SQL and knows the types. What it does at each run is done here once per statement: a statement
becomes its text, how its values go in and how they come out.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import CompoundSelect, Dialect, Select
from sqlalchemy.sql.dml import UpdateBase

Process = Callable[[Any], Any] | None
Query = Select[Any] | CompoundSelect[Any]
Statement = Query | UpdateBase


class Driver:
    """An open connection to SQLite, below SQLAlchemy; only ever used on the thread that it lives on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take the open connection."""
        self._connection = connection

    def fetch(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run a statement and return its rows."""
        return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement and return how many rows it changed."""
        return self._connection.execute(sql, values).rowcount


@dataclass(frozen=True, slots=True)
class _Ready:
    """A compiled statement: its text, each value's name, way in and default, and the ways out where there are any."""

    sql: str
    binds: tuple[tuple[str, Process, Any], ...]
    columns: tuple[tuple[int, Callable[[Any], Any]], ...]


def _ready(statement: Statement, dialect: Dialect) -> _Ready:
    compiled = statement.compile(dialect=dialect)
    names = list(getattr(compiled, "positiontup", None) or ())
    binds = tuple(
        (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect), compiled.params[name])
        for name in names
    )
    columns: tuple[tuple[int, Callable[[Any], Any]], ...] = ()
    if isinstance(statement, Select | CompoundSelect):
        ways = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.selected_columns
        ]
        columns = tuple((place, way) for place, way in enumerate(ways) if way is not None)
    return _Ready(str(compiled), binds, columns)


def _out(row: tuple[Any, ...], columns: tuple[tuple[int, Callable[[Any], Any]], ...]) -> tuple[Any, ...]:
    values = list(row)
    for place, process in columns:
        values[place] = process(values[place])
    return tuple(values)


class Db:
    """Runs statements on one connection, inside the transaction that is open there."""

    def __init__(self, driver: Driver, dialect: Dialect, ready: dict[Statement, _Ready]) -> None:
        """Take a connection, its dialect and the store's compiled statements."""
        self.driver: Final = driver
        self.dialect: Final = dialect
        self._compiled = ready

    def _prepare(self, statement: Statement, values: dict[str, Any]) -> tuple[_Ready, list[Any]]:
        ready = self._compiled.get(statement)
        if ready is None:
            ready = self._compiled[statement] = _ready(statement, self.dialect)
        given = []
        for name, process, default in ready.binds:
            value = values.get(name, default)
            given.append(value if process is None else process(value))
        return ready, given

    def rows(self, statement: Query, /, **values: Any) -> list[tuple[Any, ...]]:
        """Return all rows, each column as its Python value."""
        ready, given = self._prepare(statement, values)
        found = self.driver.fetch(ready.sql, given)
        return [_out(row, ready.columns) for row in found] if ready.columns else found

    def row(self, statement: Query, /, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row, or None."""
        rows = self.rows(statement, **values)
        return rows[0] if rows else None

    def value(self, statement: Query, /, **values: Any) -> Any:
        """Return the first column of the first row, or None."""
        rows = self.rows(statement, **values)
        return rows[0][0] if rows else None

    def run(self, statement: UpdateBase, /, **values: Any) -> int:
        """Run a statement that changes rows, and return how many it changed."""
        ready, given = self._prepare(statement, values)
        return self.driver.run(ready.sql, given)
