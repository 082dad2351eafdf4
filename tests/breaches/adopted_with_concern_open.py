"""Breach: with enough consents an agreement is adopted, whoever has a concern open."""

from dataclasses import replace

import pytest

from bot.domain import agreement

ID = "adopted_with_concern_open"
BREAKS = "A4"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    table = tuple(
        replace(row, guards=tuple(guard for guard in row.guards if guard.says != "no concern is open"))
        for row in agreement.TABLE
    )
    assert table != agreement.TABLE
    monkeypatch.setattr(agreement, "TABLE", table)
