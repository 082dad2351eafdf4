"""Breach: whoever stands aside in a consent round can open no check-in room any more."""

import pytest

from bot.contract.agreements import Agreement, ConsentRound, Version
from bot.contract.card import Card
from bot.contract.command import NoArgs, Turn
from bot.contract.place import Member, Room
from bot.contract.tables import Tx
from bot.domain import agreement
from bot.domain.errors import Refusal
from commands import agreement_round, checkin

ID = "standing_aside_shuts_out"
BREAKS = "A11"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, announced_in = agreement_round._answer, checkin.announced_in
    aside: set[Member] = set()

    def answers(
        turn: Turn[NoArgs], tx: Tx, about: tuple[Agreement, Version, ConsentRound], event: str, *, asked: bool
    ) -> Card:
        if event == agreement.STAND_ASIDE:
            aside.add(turn.asker)
        return usual(turn, tx, about, event, asked=asked)

    def announced(turn: Turn[NoArgs], tx: Tx) -> Room:
        if turn.asker in aside:
            raise Refusal("right-member")
        return announced_in(turn, tx)

    monkeypatch.setattr(agreement_round, "_answer", answers)
    monkeypatch.setattr(checkin, "announced_in", announced)
