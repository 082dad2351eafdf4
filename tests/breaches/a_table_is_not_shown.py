"""Breach: one table is left out of what a member is shown."""

import pytest

from bot.store import registry

ID = "a_table_is_not_shown"
BREAKS = "M1"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "SHOWN", tuple(table for table in registry.SHOWN if table != "apart"))
