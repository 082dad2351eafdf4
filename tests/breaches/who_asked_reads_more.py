"""Breach: who asked reads more in the introduction than who was asked."""

from dataclasses import replace

import pytest

from bot.contract.card import Card
from bot.contract.effect import Say
from bot.contract.place import Member
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import introducing

ID = "who_asked_reads_more"
BREAKS = "P7"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def tell_both(tx: Tx, pair: tuple[Member, Member], card: Card) -> None:
        one, other = pair
        tx.outbox.put(Say(one, replace(card, lines=(*card.lines, text("peer-hello")))), urgent=True)
        tx.outbox.put(Say(other, card), urgent=True)

    monkeypatch.setattr(introducing, "_tell_both", tell_both)
