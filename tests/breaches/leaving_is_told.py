"""Breach: whoever leaves a check-in room is seen off there."""

from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.tables import Tx
from bot.contract.text import text
from commands import checkin_room
from tests.peers.two_worlds import replace_command

ID = "leaving_is_told"
BREAKS = "K3"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = checkin_room._leave

    def leave(turn: Turn[Any], tx: Tx) -> Card:
        checkin = checkin_room.open_now(turn, tx)
        if checkin is not None:
            checkin_room.say(tx, checkin, Card((text("talk-smaller"),)))
        return usual(turn, tx)

    replace_command(monkeypatch, "checkin.leave", leave)
