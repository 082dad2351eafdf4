"""Breach: nobody is told that a meeting does not take place."""

import pytest

from commands import circle_steps

ID = "a_meeting_is_called_off_in_silence"
BREAKS = "C5"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circle_steps, "tell", lambda *_: None)
