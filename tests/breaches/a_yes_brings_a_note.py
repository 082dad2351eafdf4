"""Breach: whoever says that they come to a circle is written to before it."""

from typing import Any

import pytest

from bot.contract.circles import Circle, Meeting
from bot.contract.command import Turn
from bot.contract.tables import Tx
from commands import circle_notes, circle_steps, notes

ID = "a_yes_brings_a_note"
BREAKS = "C7"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def plan_again(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
        profile = notes.profile_of(turn, tx)
        circle_steps.plan_note(turn, tx, circle, meeting, profile.id, profile.lead)

    monkeypatch.setattr(circle_notes, "plan_again", plan_again)
