"""Breach: who asked reads more in the introduction than who was asked."""

from dataclasses import replace

import pytest

from bot.contract.card import Card
from bot.contract.effect import Say
from bot.contract.place import Room
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import meeting
from commands.meeting import Kind, Meeting

ID = "who_asked_reads_more"
BREAKS = "P7"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(kind: Kind, tx: Tx, found: Meeting, card: Card, *room: Room) -> None:
        more = replace(card, lines=(*card.lines, text("peer-hello")))
        owner, candidate = found.people
        tx.outbox.put(Say(owner.member, more), urgent=True)
        tx.outbox.put(Say(candidate.member, card), urgent=True)

    monkeypatch.setattr(meeting, "_tell", tell)
