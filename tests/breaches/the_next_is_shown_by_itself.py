"""Breach: once a meeting was shown among the server's events, the next one is as well."""

from typing import Any

import pytest

from bot.contract.circles import Circle, Meeting, Mirror
from bot.contract.command import Turn
from bot.contract.tables import Tx
from bot.domain.circle import OVER
from commands import circle_mirror, circle_steps

ID = "the_next_is_shown_by_itself"
BREAKS = "C13"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, gone, mirrored = circle_steps._post, circle_mirror.take_out, set[str]()

    def take_out(tx: Tx, meeting: str) -> None:
        if tx.circles.mirrored(meeting) is not None:
            mirrored.add(meeting)
        gone(tx, meeting)

    def post(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
        usual(turn, tx, circle, meeting)
        if any(one.id in mirrored and one.state == OVER for one in tx.circles.meetings(circle.id)):
            circle_mirror.put(tx, circle, meeting, Mirror(meeting.id, named=True))

    monkeypatch.setattr(circle_mirror, "take_out", take_out)
    monkeypatch.setattr(circle_steps, "_post", post)
