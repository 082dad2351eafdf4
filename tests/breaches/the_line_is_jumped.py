"""Breach: a seat that is free is offered to whoever came to the line last."""

import pytest

from bot.contract.circles import Answer
from bot.store.circles import CircleRows

ID = "the_line_is_jumped"
BREAKS = "C6"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = CircleRows.answers

    def answers(self: CircleRows, meeting: str) -> tuple[Answer, ...]:
        return tuple(reversed(usual(self, meeting)))

    monkeypatch.setattr(CircleRows, "answers", answers)
