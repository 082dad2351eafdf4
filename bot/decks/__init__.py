"""Starter prompts for check-in rooms: a deck a language, each written anew in it.

A deck is a file ``<language>.toml`` with a list for each of `bot.domain.prompts.KINDS`. A new file is picked up by
itself; a language without one speaks those of English. An operator can put others into their place (`wrong`). They are
words, and so they are found at the edge like all others (`bot.i18n`): a handler says how many came before, not which
one comes.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bot.domain.prompts import KINDS

DECKS: Final = Path(__file__).parent
"""Where the decks are."""

Deck = Mapping[str, tuple[str, ...]]
"""The prompts of one language, by what they are for."""


LONGEST: Final = 160
"""Letters of a prompt: one question that is read at a glance."""

MOST: Final = 500
"""Prompts of one list of a deck."""


def load(folder: Path = DECKS) -> Mapping[str, Deck]:
    """Return every deck in ``folder``, by its language.

    Raises:
        KeyError: A deck lacks a list.
    """
    return {file.stem: _deck(file) for file in sorted(folder.glob("*.toml"))}


def wrong(lists: Mapping[str, object]) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Find all that is not right in a deck that an operator wrote.

    Yields:
        The list, what is said about it (``config-*``), and the facts of that: never what stands there.
    """
    for kind in sorted({*lists, *KINDS}):
        prompts = lists.get(kind)
        if kind not in KINDS or not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST:
            yield kind, "config-deck", {"most": MOST}
            continue
        for number, prompt in enumerate(prompts, 1):
            if not isinstance(prompt, str) or not prompt.strip() or not prompt.isprintable() or len(prompt) > LONGEST:
                yield kind, "config-prompt", {"number": number, "longest": LONGEST}


def _deck(file: Path) -> Deck:
    lists = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    return {kind: tuple(lists[kind]) for kind in KINDS}
