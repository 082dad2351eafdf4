"""Breach: whoever is being asked by one peer is asked at the same time about another."""

from typing import Any

import pytest

from bot.store.openings import QuestionRows
from commands import introducing

ID = "asks_somebody_who_is_being_asked"
BREAKS = "P5"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = introducing._bring_to_owner

    def bring_to_owner(*given: Any) -> bool:
        with pytest.MonkeyPatch.context() as blind:
            blind.setattr(QuestionRows, "to", lambda *_: ())
            return usual(*given)

    monkeypatch.setattr(introducing, "_bring_to_owner", bring_to_owner)
