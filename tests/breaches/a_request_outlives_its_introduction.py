"""Breach: a request goes on looking after it has led to an introduction."""

import pytest

from bot.contract.command import NoArgs, Turn
from bot.contract.tables import Tx
from commands import introducing

ID = "a_request_outlives_its_introduction"
BREAKS = "P5"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing.end

    def over(turn: Turn[NoArgs], tx: Tx, first_id: str) -> None:
        with pytest.MonkeyPatch.context() as kept:
            kept.setattr(introducing, "end", lambda tx, opening: None if opening.asks else usual(tx, opening))
            introducing._over(turn, tx, first_id)

    monkeypatch.setitem(vars(introducing.TWO), "over", over)
