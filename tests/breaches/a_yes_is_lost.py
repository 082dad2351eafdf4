"""Breach: whoever said yes never hears that nothing came of it."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.tables import Tx
from commands import introducing
from tests.peers.two_worlds import replace_command

ID = "a_yes_is_lost"
BREAKS = "P14"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing.say_yes

    def say_yes(turn: Turn[Any], tx: Tx) -> Card:
        card = usual(turn, tx)
        tx.agenda.cancel(turn.subject, "peer.question-over")
        return card

    replace_command(monkeypatch, "peer.yes", say_yes)
