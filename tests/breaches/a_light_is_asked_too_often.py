"""Breach: a light is asked more often than its owner set."""

import pytest

from bot.store.openings import OpeningRows

ID = "a_light_is_asked_too_often"
BREAKS = "P2"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpeningRows, "spend", lambda *_: None)
