"""Breach: a note before a meeting names its circle, for whoever looks at the screen."""

from typing import Any

import pytest

from bot.contract.command import Turn
from bot.contract.tables import Profile, Tx
from bot.contract.text import Said, Text, text
from commands import circle_words as words
from commands import notes

ID = "a_note_names_the_circle"
BREAKS = "C8"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = notes.note

    def note(turn: Turn[Any], tx: Tx, profile: Profile, line: Text, **more: Any) -> None:
        meeting = tx.circles.meeting(str(more.get("subject", "")).removesuffix(f"-{profile.id}"))
        circle = None if meeting is None else tx.circles.get(meeting.circle)
        if line.id == "circle-note" and meeting is not None and circle is not None:
            when = words.when(circle, meeting.starts_at)
            line = text("circle-comes", title=Said(circle.title), when=when, every=False)
        usual(turn, tx, profile, line, **more)

    monkeypatch.setattr(notes, "note", note)
