"""Breach: the card of a proposal says who proposes, though they chose to share it without their name."""

from typing import Any

import pytest

from commands import agreement, agreement_rooms

ID = "a_proposal_names_its_author"
BREAKS = "A1"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name whoever wrote it, whatever they chose."""
    shown = agreement_rooms.show

    def show(tx: Any, one: Any, version: Any, **_: Any) -> None:
        shown(tx, one, version, who=version.author)

    monkeypatch.setattr(agreement, "show", show)
