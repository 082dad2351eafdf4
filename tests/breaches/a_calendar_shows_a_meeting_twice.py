"""Breach: what calendars know a meeting again by is another one each time, so that it stands there twice."""

from itertools import count

import pytest

from adapters.calendar import ics

ID = "a_calendar_shows_a_meeting_twice"
BREAKS = "C10"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    number = count()
    monkeypatch.setattr(ics, "_uid", lambda name: f"{name}-{next(number)}")
