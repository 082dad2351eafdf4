"""Breach: a circle that was planned in winter meets an hour later in summer."""

from datetime import date, time, timedelta

import pytest

from bot.domain import rhythm, wall
from bot.domain.wall import Placed

ID = "a_meeting_keeps_to_utc"
BREAKS = "C4"

_WINTER = date(2027, 3, 5)


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = wall.on_the_wall

    def on_the_wall(day: date, wall: time, zone: str) -> Placed:
        return Placed(usual(_WINTER, wall, zone).at + timedelta(days=(day - _WINTER).days))

    monkeypatch.setattr(rhythm, "on_the_wall", on_the_wall)
