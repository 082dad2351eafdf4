"""Breach: what was marked in a search for a time is kept when it is over."""

import pytest

from bot.store.searches import SearchRows

ID = "a_mark_outlives_its_search"
BREAKS = "C12"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SearchRows, "finish", lambda _self, _search: None)
