"""Breach: what works is shown when two answered, and so tells each of them what the other one marked."""

import pytest

from bot.domain import overlap

ID = "what_works_for_two_is_shown"
BREAKS = "C12"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlap, "FEWEST", 2)
