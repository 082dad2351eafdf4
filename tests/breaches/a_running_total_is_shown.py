"""Breach: whenever somebody answers in a consent round, the room hears how many consent by now."""

import pytest

from bot.contract.agreements import Agreement, ConsentRound, Version
from bot.contract.card import Card
from bot.contract.command import NoArgs, Turn
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import agreement_round
from commands.agreement_time import tell

ID = "a_running_total_is_shown"
BREAKS = "A5"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = agreement_round._answer

    def answers(
        turn: Turn[NoArgs], tx: Tx, about: tuple[Agreement, Version, ConsentRound], event: str, *, asked: bool
    ) -> Card:
        card = usual(turn, tx, about, event, asked=asked)
        agreement, _, round_ = about
        tally = tx.agreements.tally(round_.id)
        said = text("agreement-totals", consents=tally.get("consent", 0), aside=tally.get("aside", 0))
        tell(tx, agreement, Card((said,)))
        return card

    monkeypatch.setattr(agreement_round, "_answer", answers)
