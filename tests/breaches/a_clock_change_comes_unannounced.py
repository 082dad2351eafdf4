"""Breach: nobody hears beforehand what a clock change does to their own time of a circle."""

from datetime import datetime
from typing import Any

import pytest

from bot.contract.circles import Circle
from bot.contract.command import Turn
from bot.contract.tables import Profile, Tx
from commands import circle_notes

ID = "a_clock_change_comes_unannounced"
BREAKS = "C14"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan_clocks(turn: Turn[Any], tx: Tx, circle: Circle, profile: Profile, after: datetime | None = None) -> None:
        """Plan nothing."""

    monkeypatch.setattr(circle_notes, "plan_clocks", plan_clocks)
