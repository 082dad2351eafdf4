"""Breach: the card without a name is not kept as a post of its request, so that nothing takes it away."""

import pytest

from bot.contract.card import Card, Choice
from bot.contract.effect import Say
from bot.contract.place import Room
from bot.contract.tables import Tx
from bot.contract.text import text
from bot.domain.openings import Opening
from commands import cards

ID = "a_card_stays_behind"
BREAKS = "P18"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def post(tx: Tx, opening: Opening, room: Room) -> None:
        choice = Choice("peer.glad", text("choice-glad"), opening.id)
        tx.outbox.put(Say(room, Card((cards._says(tx, opening),), choices=(choice,))))

    monkeypatch.setattr(cards, "post", post)
