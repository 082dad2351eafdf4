"""Breach: whoever asks for a recall gets a profile by it."""

from typing import Any

import pytest

from bot.contract.command import Turn
from bot.contract.tables import Tx
from commands import agreement_recall, agreement_rooms, notes

ID = "a_recall_enrols_who_asked"
BREAKS = "A8"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = agreement_rooms.member_of

    def member_of(turn: Turn[Any], tx: Tx, community: str, *, posts: bool = False) -> Turn[Any]:
        notes.profile_of(turn, tx)
        return usual(turn, tx, community, posts=posts)

    monkeypatch.setattr(agreement_recall, "member_of", member_of)
