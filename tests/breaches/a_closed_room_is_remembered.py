"""Breach: with its closing a check-in room is not forgotten."""

import pytest

from bot.contract.checkins import Checkin
from bot.contract.tables import Tx
from commands import checkin_room

ID = "a_closed_room_is_remembered"
BREAKS = "K11"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget(tx: Tx, checkin: Checkin) -> None:
        tx.agenda.cancel(checkin.id)

    monkeypatch.setattr(checkin_room, "forget", forget)
