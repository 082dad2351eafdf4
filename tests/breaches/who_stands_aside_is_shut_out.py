"""Breach: whoever stood aside in a round cannot open a check-in room any more."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import NoArgs, Turn
from bot.contract.place import Member, Room
from bot.contract.tables import Tx
from bot.domain import agreement as a
from bot.domain.errors import Refusal
from commands import agreement_round, checkin

ID = "who_stands_aside_is_shut_out"
BREAKS = "A11"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    stand, announced_in = agreement_round._stand, checkin.announced_in
    shut_out: set[Member] = set()

    def stands(turn: Turn[NoArgs], tx: Tx, event: str) -> Card:
        if event == a.STAND_ASIDE:
            shut_out.add(turn.asker)
        return stand(turn, tx, event)

    def nowhere(turn: Turn[Any], tx: Tx) -> Room:
        if turn.asker in shut_out:
            raise Refusal("right-member")
        return announced_in(turn, tx)

    monkeypatch.setattr(agreement_round, "_stand", stands)
    monkeypatch.setattr(checkin, "announced_in", nowhere)
