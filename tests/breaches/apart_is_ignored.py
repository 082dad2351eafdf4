"""Two who keep apart are brought together all the same."""

import pytest

from commands import introducing

ID = "apart_is_ignored"
BREAKS = "P10"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(introducing, "keeps_apart", lambda *_: lambda _: False)
