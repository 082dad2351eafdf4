"""Breach: of what is late after a power cut, each note is a message of its own."""

from datetime import datetime
from typing import Any

import pytest

from bot.contract.command import Turn
from bot.contract.tables import Profile, Tx
from bot.contract.text import Text
from commands import notes

ID = "a_late_note_comes_by_itself"
BREAKS = "C16"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def gather(
        turn: Turn[Any],
        tx: Tx,
        profile: Profile,
        line: Text,
        *,
        community: str,
        subject: str,
        by: datetime | None = None,
    ) -> None:
        notes.note(turn, tx, profile, line, community=community, subject=subject, by=by)

    monkeypatch.setattr(notes, "gather", gather)
