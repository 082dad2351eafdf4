"""Breach: an event is left to Discord when its meeting ends, with the list of who was interested."""

from typing import Any

import pytest

from bot.contract.tables import Tx
from commands import circle_mirror

ID = "an_event_outlives_its_meeting"
BREAKS = "C13"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def take_out(tx: Tx, meeting: str) -> Any:
        tx.circles.unmirror(meeting)

    monkeypatch.setattr(circle_mirror, "take_out", take_out)
