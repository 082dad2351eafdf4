"""Breach: the room hears who passed."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import checkin_room, checkin_round
from tests.peers.two_worlds import replace_command

ID = "a_pass_is_named"
BREAKS = "K7"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = checkin_round._pass

    def passes(turn: Turn[Any], tx: Tx) -> Card:
        found = checkin_room.inside(turn, tx)
        if found is not None:
            checkin_room.say(tx, found[0], Card((text("checkin-turn-of", who=turn.asker),)))
        return usual(turn, tx)

    replace_command(monkeypatch, "checkin.pass", passes)
