"""A pause is kept in mind, and nobody minds it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contract.command import Turn
from bot.contract.tables import Profile, Tx
from commands import introducing, notes

ID = "pause_is_ignored"
BREAKS = "P13"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing.group_now

    def group_now(turn: Turn[object], tx: Tx, community: str, who: Profile, *age: timedelta) -> str | None:
        return usual(turn, tx, community, replace(who, paused_until=None), *age)

    monkeypatch.setattr(introducing, "group_now", group_now)
    monkeypatch.setattr(notes, "may_be_asked", lambda *_: True)
