"""Breach: at the end of a search for a time it is shown who marked what."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.effect import Say
from bot.contract.searches import Search
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import circle_found

ID = "who_is_free_when_is_shown"
BREAKS = "C12"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = circle_found.conclude

    def conclude(turn: Turn[Any], tx: Tx, search: Search) -> None:
        marks = tx.searches.marks(search.id)
        usual(turn, tx, search)
        who = tuple(one.member for one in marks)
        tx.outbox.put(Say(search.room, Card((text("circle-state-names", state="open", who=who),))))

    monkeypatch.setattr(circle_found, "conclude", conclude)
