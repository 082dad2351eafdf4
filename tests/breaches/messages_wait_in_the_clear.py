"""Breach: messages and plans are stored in the clear while they wait."""

import pytest

from bot.store.sealed import Keys

ID = "messages_wait_in_the_clear"
BREAKS = "M10"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keys, "seal_blob", lambda _, plain, __: plain)
    monkeypatch.setattr(Keys, "open_blob", lambda _, sealed, __: sealed)
