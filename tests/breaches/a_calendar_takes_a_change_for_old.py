"""Breach: the number by which calendars tell a change from what they have stands still."""

import pytest

from bot.contract.circles import Circle
from bot.contract.tables import Tx
from commands import circle_change

ID = "a_calendar_takes_a_change_for_old"
BREAKS = "C10"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(tx: Tx, circle: Circle) -> Circle:
        return circle

    monkeypatch.setattr(circle_change, "_counted", counted)
