"""Breach: a circle ends without a word, and nobody is asked to check out."""

from datetime import datetime

import pytest

from bot.contract.card import Card
from bot.contract.circles import Circle
from bot.contract.tables import Tx
from commands import circle_steps

ID = "a_circle_just_stops"
BREAKS = "C15"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = circle_steps.say

    def say(tx: Tx, circle: Circle, card: Card, until: datetime) -> None:
        if all(line.id != "circle-closing" for line in card.lines):
            usual(tx, circle, card, until)

    monkeypatch.setattr(circle_steps, "say", say)
