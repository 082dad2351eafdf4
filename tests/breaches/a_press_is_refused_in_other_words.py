"""Breach: whoever presses the card without a name of somebody whom they keep apart from is told so at once."""

import dataclasses
from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import CATALOGUE, cards, introducing

ID = "a_press_is_refused_in_other_words"
BREAKS = "P18"


_usual = cards._heard


def heard(turn: Turn[Any], tx: Tx) -> Card:
    """Answer a press, in other words where the two keep apart."""
    answer = _usual(turn, tx)
    opening, me = tx.openings.get(turn.subject), tx.members.find(turn.asker)
    owner = tx.members.get(opening.member) if opening is not None else None
    apart = me is not None and owner is not None and introducing.keeps_apart(turn, tx, owner)(me)
    return Card((text("peer-question-over"),)) if apart else answer


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = tuple(
        dataclasses.replace(command, run=heard) if command.name == "peer.glad-heard" else command
        for command in CATALOGUE.all_commands
    )
    monkeypatch.setattr("bot.app.CATALOGUE", dataclasses.replace(CATALOGUE, all_commands=planted))
