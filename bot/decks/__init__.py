"""Starter prompts for check-in rooms: a deck a language, each written anew in it.

A deck is a file ``<language>.toml`` with a list for each of `bot.domain.prompts.KINDS`. A new file is picked up by
itself; a language without one speaks those of English. They are words, and so they are found at the edge like all
others (`bot.i18n`): a handler says how many came before, not which one comes.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.domain.prompts import KINDS

DECKS: Final = Path(__file__).parent
"""Where the decks are."""

Deck = Mapping[str, tuple[str, ...]]
"""The prompts of one language, by what they are for."""


def load(folder: Path = DECKS) -> Mapping[str, Deck]:
    """Return every deck in ``folder``, by its language.

    Raises:
        KeyError: A deck lacks a list.
    """
    return {file.stem: _deck(file) for file in sorted(folder.glob("*.toml"))}


def _deck(file: Path) -> Deck:
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    return {kind: tuple(lists[kind]) for kind in KINDS}
