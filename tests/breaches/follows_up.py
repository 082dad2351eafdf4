"""Breach: a day after an introduction the bot writes to one of the two again."""

from datetime import timedelta

import pytest

from bot.contract.command import Turn
from bot.contract.tables import Tx
from bot.contract.text import text
from bot.domain.openings import Opening, Question
from commands import introducing
from commands.notes import HELD

ID = "follows_up"
BREAKS = "P8"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing._introduce

    def introduce(turn: Turn[object], tx: Tx, opening: Opening, asked: Question) -> None:
        usual(turn, tx, opening, asked)  # type: ignore[arg-type]
        facts = (asked.member, text("peer-hello"), "", turn.now)
        tx.agenda.put(HELD, turn.chance.new_id(), turn.now + timedelta(days=1), member=asked.member, facts=facts)

    monkeypatch.setattr(introducing, "_introduce", introduce)
