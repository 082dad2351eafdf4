"""Breach: whoever suggests a change can confirm it alone."""

from dataclasses import replace
from typing import Any

import pytest

from commands import agreement_making
from commands.agreement_steps import About, happen

ID = "who_suggests_confirms_it"
BREAKS = "A6"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a change look as if somebody else had written it, whoever confirms."""

    def alone(turn: Any, tx: Any, version: Any, event: str, about: About | None = None) -> Any:
        if about is not None and about.suggestion is not None and event.startswith("confirm"):
            author = replace(turn.asker, id=f"not-{turn.asker.id}")
            about = replace(about, suggestion=replace(about.suggestion, author=author))
        return happen(turn, tx, version, event, about)

    monkeypatch.setattr(agreement_making, "happen", alone)
