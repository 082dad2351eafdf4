"""Breach: the question to a candidate says who asks."""

from dataclasses import replace

import pytest

from bot.contract.card import Card
from bot.contract.tables import Tx
from bot.contract.text import text
from bot.domain.openings import Opening, Question
from commands import peer_words

ID = "a_question_names_who_asks"
BREAKS = "P5"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = peer_words.question

    def question(tx: Tx, opening: Opening, asked: Question, shared: tuple[str, ...], own: Opening | None) -> Card:
        card = usual(tx, opening, asked, shared, own)
        owner = tx.members.get(opening.member)
        assert owner is not None
        return replace(card, lines=(*card.lines, text("peer-apart-entry", number=1, member=owner.member, added="")))

    monkeypatch.setattr(peer_words, "question", question)
