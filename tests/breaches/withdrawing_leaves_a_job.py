"""Breach: a withdrawn request leaves something planned about it behind."""

import pytest

from bot.contract.tables import Tx
from bot.domain.openings import Opening
from commands import introducing

ID = "withdrawing_leaves_a_job"
BREAKS = "P3"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing.end

    def end(tx: Tx, opening: Opening) -> None:
        usual(tx, opening)
        tx.agenda.put("peer.slot", opening.id, opening.ends_at, community=opening.community)

    monkeypatch.setattr(introducing, "end", end)
