"""Breach: a circle is planned before anybody saw how its words were understood."""

from typing import Any

import pytest

from bot.contract.command import Command, Turn
from bot.contract.tables import Tx
from bot.contract.text import Text
from bot.runtime import dispatch

ID = "a_circle_is_planned_unseen"
BREAKS = "C1"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = dispatch._echo

    def echo(command: Command[Any], turn: Turn[Any], tx: Tx) -> tuple[Text, ...]:
        return () if command.name == "circle plan" else usual(command, turn, tx)

    monkeypatch.setattr(dispatch, "_echo", echo)
