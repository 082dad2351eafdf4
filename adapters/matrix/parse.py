"""What people type in a direct room, read. Pure; nothing here raises on any input.

``!peer light on 4`` is a command; ``2`` presses the second choice of a card; *back*, *cancel* and the like are words of
the reader's language (``matrix-word-*``). Everything else is not understood, and goes no further.
"""

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, Final, Literal, cast

from adapters.matrix.heard import LINK, LONGEST_ID, linked
from bot.contract.command import Catalogue
from bot.contract.params import Param, Pick, Picks, YesNo
from bot.contract.place import Member
from bot.contract.ports import Speaker
from bot.contract.text import Text, text
from bot.contract.typed import LONGEST, UNKNOWN, Line, Reads
from bot.contract.typed import line as read_line

PLATFORM: Final = "matrix"

SIGN: Final = "!"
"""What stands before a command."""

MOST_NUMBERS: Final = 99
"""The highest number that is read as one of a list."""

Word = Literal["back", "cancel", "skip", "clear", "yes", "no"]
"""A word by which somebody answers or finds their way."""

WORDS: Final[dict[Word, Text]] = {
    "back": text("matrix-word-back"),
    "cancel": text("matrix-word-cancel"),
    "skip": text("matrix-word-skip"),
    "clear": text("matrix-word-clear"),
    "yes": text("matrix-word-yes"),
    "no": text("matrix-word-no"),
}
"""How each word is written, by language."""

_SIGNS: Final = (SIGN, "\uff01")
_IN: Final = "in="
_SIGN: Final = re.compile(r"\s*[!\uff01]\s*")  # keyboards of East Asia write the wide one
_NUMBER: Final = re.compile(r"[!\uff01]?\s*([0-9]{1,2})\s*[.):]?\ufe0f?\u20e3?", re.ASCII)
_MEMBER: Final = re.compile(
    r"@[^\s:\x00-\x1f\x7f]{1,250}:(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?",
    re.ASCII,
)
_NAMED_LINK: Final = re.compile(r"\[[^\]\n]{0,500}\]\((" + LINK.pattern.replace("?P<who>", "?:") + r")\)")
_TEN: Final = "\U0001f51f"
_WAVE: Final = "\U0001f44b"
_TONES: Final = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


def line(typed: str, catalogue: Catalogue, speaker: Speaker, locale: str = "en") -> Line:
    """Read a line that may be a command: ``!peer light on 4 words="new in town"``.

    Args:
        typed: What was typed.
        catalogue: The commands.
        speaker: Knows what options are called.
        locale: The writer's language, as far as it is known.

    Returns:
        The command and its words; `UNKNOWN` without any words when it is not one of ours.
    """
    if len(typed) > LONGEST:
        return Line(UNKNOWN)
    plain = _NAMED_LINK.sub(lambda found: linked(found[1]) or found[0], typed)
    return read_line(plain, catalogue, Reads(_SIGN, member, lambda one, given: option(one, given, speaker, locale)))


def elsewhere(typed: str) -> tuple[str, str]:
    """Return a command without the place as if in which it is asked, and that place; empty where it names none.

    ``!setup in=#porch:example.org``: the place is the last word. Each letter is looked at a few times at most.
    """
    parts = typed.rsplit(None, 1)
    if len(parts) != 2 or not parts[0].lstrip().startswith(_SIGNS) or parts[1][: len(_IN)].lower() != _IN:  # noqa: PLR2004
        return typed, ""
    where = parts[1][len(_IN) :]
    return (parts[0], where) if where else (typed, "")


def member(shown: str) -> Member | None:
    """Return the member whom a user id or a link names; None where it names nobody.

    What a client adds around a name is forgiven: brackets, and the colon or comma after a completed one.
    """
    words = shown.strip().strip("<>").rstrip(",;:")
    if len(words) > 4 * LONGEST_ID:
        return None
    named = _NAMED_LINK.fullmatch(words)
    who = linked(named[1]) if named is not None else linked(words) or words
    return Member(PLATFORM, who) if user(who) else None


def user(name: str) -> bool:
    """Return whether this has the shape of a user id (Matrix specification, appendix "User identifiers").

    Old ids, with letters of every script in them, are ids as well.
    """
    # What cannot be printed is a lone surrogate too, so the rest can be written as UTF-8.
    return name.isprintable() and _MEMBER.fullmatch(name) is not None and len(name.encode()) <= LONGEST_ID


def number(words: str) -> int | None:
    """Return which of a numbered list is meant by ``2``, ``2.`` or a keycap emoji; None for anything else."""
    if len(words) > 12:  # noqa: PLR2004 - far over every number
        return None
    if words.strip() == _TEN:
        return 10
    found = _NUMBER.fullmatch(words.strip())
    chosen = int(found[1]) if found is not None else 0
    return chosen if 0 < chosen <= MOST_NUMBERS else None


def keycap(number: int) -> str:
    """Return the emoji that stands for a number from 1 to 10; empty for others."""
    if number == 10:  # noqa: PLR2004 - it has an emoji of its own
        return _TEN
    return f"{number}\ufe0f\u20e3" if 0 < number < 10 else ""  # noqa: PLR2004 - one digit


WAVE: Final = _WAVE
"""The reaction under a card in a room that means: talk with me privately."""


def waves(key: str) -> bool:
    """Return whether a reaction is the wave, in whatever skin tone."""
    return len(key) <= 4 and _TONES.sub("", key) == _WAVE  # noqa: PLR2004 - the hand, a tone, a selector


def word(words: str, speaker: Speaker, locale: str) -> Word | None:
    """Return the word by which somebody answers, in their language or in English; ``!`` may stand before it."""
    if len(words) > 40:  # noqa: PLR2004 - far over every such word
        return None
    typed = " ".join(words.strip().removeprefix(SIGN).split()).strip(" .").casefold()
    for language in dict.fromkeys((locale, "en")):
        for one, shown in WORDS.items():
            if typed == speaker.plain(shown, language).casefold():
                return one
    return None


def option(declared: Param, given: str, speaker: Speaker, locale: str) -> str:
    """Return the value of the option that somebody names by its label; what is no label is returned as it is."""
    match declared.kind:
        case Pick(options=options) | Picks(options=options):
            offered = options
        case YesNo():
            answer = word(given, speaker, locale)
            if answer in {"yes", "no"}:
                return cast("str", answer)
            offered = ("yes", "no")
        case _:
            return given
    wanted = folded(given)
    for language in dict.fromkeys((locale, *speaker.locales)):
        value = _labels(cast("Hashable", speaker), declared.name, offered, language).get(wanted)
        if value is not None:
            return value
    return given


@lru_cache(maxsize=256)
def _labels(speaker: Any, name: str, offered: tuple[str, ...], language: str) -> Mapping[str, str]:
    """Return the values of options by their labels. Languages are called by their names."""
    kind = "language" if name == "languages" else f"option-{name}"
    return {folded(speaker.plain(Text(f"{kind}-{value}"), language)): value for value in reversed(offered)}


def folded(words: str) -> str:
    """Return words as they are compared: without differences of case, spaces and a full stop."""
    return " ".join(words.split()).rstrip(".").casefold()
