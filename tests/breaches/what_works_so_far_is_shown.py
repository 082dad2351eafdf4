"""Breach: while a search for a time goes on, its post shows what works so far."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.effect import Edit
from bot.contract.searches import Search
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import circle_find

ID = "what_works_so_far_is_shown"
BREAKS = "C12"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = circle_find._set

    def keep(turn: Turn[Any], tx: Tx, search: Search, works: frozenset[int]) -> Card:
        card = usual(turn, tx, search, works)
        shared = frozenset.intersection(*(one.works for one in tx.searches.marks(search.id)), frozenset(range(1, 7)))
        post = circle_find._post(turn, search)
        line = text("find-works", times=len(shared))
        for one in tx.outbox.posts(search.id):
            tx.outbox.put(Edit(one, Card((*post.lines, line), title=post.title, choices=post.choices)))
        return card

    monkeypatch.setattr(circle_find, "_set", keep)
