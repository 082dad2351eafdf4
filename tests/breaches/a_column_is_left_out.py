"""Breach: the privacy page leaves out a column that the database has."""

from collections.abc import Mapping

import pytest

from bot.store.tx import SqlTx

ID = "a_column_is_left_out"
BREAKS = "M7"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = SqlTx.columns

    def columns(tx: SqlTx) -> Mapping[str, tuple[str, ...]]:
        return {
            table: tuple(name for name in names if (table, name) != ("member", "paused_until"))
            for table, names in usual(tx).items()
        }

    monkeypatch.setattr(SqlTx, "columns", columns)
