"""Breach: going on takes whoever goes on out of the room."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.effect import Remove
from bot.contract.tables import Tx
from commands import checkin_room, checkin_round
from tests.peers.two_worlds import replace_command

ID = "who_had_their_turn_is_taken_out"
BREAKS = "K4"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = checkin_round._go_on

    def go_on(turn: Turn[Any], tx: Tx) -> Card:
        found = checkin_room.inside(turn, tx)
        if found is not None:
            tx.outbox.put(Remove(found[1], turn.asker))
        return usual(turn, tx)

    replace_command(monkeypatch, "checkin.go-on", go_on)
