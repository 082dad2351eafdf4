"""Breach: what is listed comes ten minutes before its time."""

from datetime import timedelta

import pytest

from bot.contract.command import Turn
from bot.contract.tables import Tx
from bot.domain.openings import Opening
from commands import introducing

ID = "a_message_is_listed_too_late"
BREAKS = "M3"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing.open_up

    def open_up(turn: Turn[object], tx: Tx, opening: Opening) -> None:
        usual(turn, tx, opening)
        if not opening.asks:
            early = opening.ends_at - timedelta(minutes=10)
            tx.agenda.put("peer.ends", opening.id, early, community=opening.community)

    monkeypatch.setattr(introducing, "open_up", open_up)
