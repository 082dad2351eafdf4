"""Breach: whatever is planned stands among the server's events at once, the next one as well."""

from typing import Any

import pytest

from bot.contract.circles import Circle, Meeting, Mirror
from bot.contract.command import Turn
from bot.contract.tables import Tx
from commands import circle_mirror, circle_steps

ID = "an_event_is_made_without_a_request"
BREAKS = "C13"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = circle_steps._post

    def post(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
        usual(turn, tx, circle, meeting)
        circle_mirror.put(tx, circle, meeting, Mirror(meeting.id, named=True))

    monkeypatch.setattr(circle_steps, "_post", post)
