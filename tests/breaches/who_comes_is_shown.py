"""Breach: the post of every circle shows who comes."""

import pytest

from bot.contract.circles import Circle, Meeting
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from bot.domain import circle as life
from commands import circle_words

ID = "who_comes_is_shown"
BREAKS = "C9"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, state_before = circle_words._who, circle_words.state

    def state(tx: Tx, circle: Circle, meeting: Meeting) -> str:
        return f"{state_before(tx, circle, meeting)}-{len(tx.circles.answers(meeting.id))}"

    def who(tx: Tx, circle: Circle, meeting: Meeting) -> Text:
        come = tuple(one.member for one in tx.circles.answers(meeting.id) if one.answer == life.COME)
        return text("circle-state-names", state=life.OPEN, who=come) if come else usual(tx, circle, meeting)

    monkeypatch.setattr(circle_words, "state", state)
    monkeypatch.setattr(circle_words, "_who", who)
