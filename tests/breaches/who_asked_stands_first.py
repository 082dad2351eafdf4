"""Breach: the introduction always names the one who asked first."""

import pytest

from bot.chance import SecretChance, SeededChance

ID = "who_asked_stands_first"
BREAKS = "P7"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    for chance in (SeededChance, SecretChance):
        monkeypatch.setattr(chance, "flip", lambda _: True)
