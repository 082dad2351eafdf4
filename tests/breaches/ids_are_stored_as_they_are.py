"""Breach: ids of the platform are stored as they are."""

import pytest

from bot.store.sealed import Keys

ID = "ids_are_stored_as_they_are"
BREAKS = "M10"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keys, "seal_id", lambda _, plain: plain)
    monkeypatch.setattr(Keys, "open_id", lambda _, sealed: sealed)
