"""Breach: what is typed is logged, to find faults more easily."""

import logging
from collections.abc import Mapping
from typing import TypeVar

import pytest

from bot.contract.params import Raw, values
from bot.runtime import dispatch

ID = "what_is_typed_is_logged"
BREAKS = "M9"

T = TypeVar("T")


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    def logged(kind: type[T], raw: Mapping[str, Raw]) -> T:
        logging.getLogger("bot").debug("%s", dict(raw))
        return values(kind, raw)

    monkeypatch.setattr(dispatch, "values", logged)
