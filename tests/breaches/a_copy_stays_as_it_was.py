"""Breach: the pinned copy goes on showing what stood before the wording changed."""

from typing import Any

import pytest

from commands import agreement_making

ID = "a_copy_stays_as_it_was"
BREAKS = "A12"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no copy in step when somebody confirms a change."""

    def nothing(*_: Any) -> None:
        pass

    monkeypatch.setattr(agreement_making, "keep_copies", nothing)
