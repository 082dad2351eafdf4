"""Breach: something planned about somebody outlives their being forgotten."""

from datetime import datetime, timedelta

import pytest

from bot.contract.tables import Profile, Tx
from commands import introducing

ID = "forgetting_leaves_a_row"
BREAKS = "M2"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing.forget

    def forget(tx: Tx, profile: Profile, now: datetime) -> None:
        usual(tx, profile, now)
        tx.agenda.put("peer.left", profile.id, now + timedelta(days=1))

    monkeypatch.setattr(introducing, "forget", forget)
