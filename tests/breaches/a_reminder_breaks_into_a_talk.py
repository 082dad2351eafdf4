"""Breach: a reminder comes when it is due, whoever is writing at that moment."""

from datetime import datetime

import pytest

from commands import agreement_reminders

ID = "a_reminder_breaks_into_a_talk"
BREAKS = "A7"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def waits_until(now: datetime, due: datetime, spoken: datetime | None) -> datetime:
        return now

    monkeypatch.setattr(agreement_reminders, "waits_until", waits_until)
