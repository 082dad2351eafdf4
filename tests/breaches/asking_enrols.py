"""Breach: whoever looks at a ready request is enrolled by looking."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.tables import Tx
from commands import notes, peer
from tests.peers.two_worlds import replace_command

ID = "asking_enrols"
BREAKS = "P1"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(turn: Turn[Any], tx: Tx) -> Card:
        notes.profile_of(turn, tx)
        return peer.ask(turn, tx)

    replace_command(monkeypatch, "peer ask", ask)
