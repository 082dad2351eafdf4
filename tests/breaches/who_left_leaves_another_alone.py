"""Breach: that somebody left is noticed only when a round introduces them, and leaves another alone."""

import pytest

from commands import rounds

ID = "who_left_leaves_another_alone"
BREAKS = "P6"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_here", lambda _, __, ___, guests: guests)
