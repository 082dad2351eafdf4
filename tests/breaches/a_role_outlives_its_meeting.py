"""Breach: who was the host of a meeting is kept when it is over."""

import pytest

from bot.contract.circles import Meeting
from bot.contract.tables import Tx
from commands import circle_steps

ID = "a_role_outlives_its_meeting"
BREAKS = "C11"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = circle_steps.clear

    def clear(tx: Tx, meeting: Meeting, state: str, sequence: int | None = None) -> None:
        lent = tx.circles.roles(meeting.id)
        usual(tx, meeting, state, sequence)
        for one in lent:
            tx.circles.lend(one)

    monkeypatch.setattr(circle_steps, "clear", clear)
