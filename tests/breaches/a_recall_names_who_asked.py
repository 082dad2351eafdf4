"""Breach: whoever asks for a recall is named, also where they asked not to be."""

from dataclasses import replace
from typing import Any

import pytest

from bot.contract.command import Turn
from bot.contract.tables import Tx
from commands import agreement_recall, agreement_rooms
from commands.agreement_recall import Recall

ID = "a_recall_names_who_asked"
BREAKS = "A8"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = agreement_rooms.member_of

    def member_of(turn: Turn[Any], tx: Tx, community: str, *, posts: bool = False) -> Turn[Any]:
        args = Recall(turn.args.statement, "named") if isinstance(turn.args, Recall) else turn.args
        return replace(usual(turn, tx, community, posts=posts), args=args)

    monkeypatch.setattr(agreement_recall, "member_of", member_of)
