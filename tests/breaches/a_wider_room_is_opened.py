"""Breach: people are let into a room that more can read than it was made for."""

from dataclasses import replace

import pytest

from bot.contract.facts import Live, Readers
from bot.contract.place import Room

ID = "a_wider_room_is_opened"
BREAKS = "K8"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Live.readers

    def readers(self: Live, room: Room, *, visible: bool = False) -> Readers:
        return replace(usual(self, room, visible=visible), wider=False)

    monkeypatch.setattr(Live, "readers", readers)
