"""Breach: whoever said that they come hears of a change to a circle twice."""

from typing import Any

import pytest

from commands import circle_steps

ID = "a_change_is_told_twice"
BREAKS = "C5"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = circle_steps.tell

    def tell(*given: Any) -> None:
        usual(*given)
        usual(*given)

    monkeypatch.setattr(circle_steps, "tell", tell)
