"""Breach: a recall goes out at the moment when somebody asked for it."""

from datetime import datetime

import pytest

from bot.domain import recalling
from commands import agreement_recall

ID = "a_recall_goes_out_when_it_was_asked_for"
BREAKS = "A8"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = recalling.next_recall

    def next_recall(now: datetime, last: datetime | None, quiet_until: datetime | None) -> datetime:
        usual(now, last, quiet_until)
        return now

    monkeypatch.setattr(agreement_recall, "next_recall", next_recall)
