"""Breach: an event comes again every week by Discord's own rule, which drifts when clocks are set."""

from typing import Any

import pytest

from adapters.discord import events
from bot.contract.effect import EditEvent, MakeEvent

ID = "a_rhythm_is_told_to_discord"
BREAKS = "C13"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = events._times

    def times(effect: MakeEvent | EditEvent) -> dict[str, Any]:
        told = usual(effect)
        rule = {"start": told["scheduled_start_time"], "frequency": 2, "interval": 1}
        return {**told, "recurrence_rule": rule}

    monkeypatch.setattr(events, "_times", times)
