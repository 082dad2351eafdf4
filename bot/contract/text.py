"""Words that are not yet words.

Code never holds a sentence: it holds the id of one and the facts it speaks of. The words are found at the
edge, in the reader's language and time zone, by a `Speaker`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Union

from bot.contract.place import Member, Room


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a person wrote in order to be posted, or about themselves.

    Only texts from the allow-list of free-text columns (docs/architecture.md) and a person's own draft, shown
    back to them, travel so. They are kept out of ``repr``; adapters escape them for their platform.
    """

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """A technical text to be copied exactly: a typed command, a zone name, an address. Never isolated."""

    words: str


Fact = Union[int, str, bool, date, datetime, time, timedelta, Said, Literal, Member, Room, "Text", "tuple[Fact, ...]"]
"""What a sentence may speak of.

``str`` is a token of ours (a language code, an option), used to choose a wording, never something typed by a
person (`Said`). ``datetime`` is an aware instant, spoken in the reader's zone. A `Member` is spoken as the name
the platform shows at that moment: names are never stored. A tuple is spoken as a list.
"""


@dataclass(frozen=True, slots=True)
class Text:
    """The id of a message in ``bot/locales`` and the facts that it speaks of."""

    id: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def text(message: str, /, **facts: Fact) -> Text:
    """Return a `Text`; the short way to write one."""
    return Text(message, facts)


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody is spoken to: a language (``en``, ``de``) and an IANA time zone."""

    locale: str = "en"
    zone: str = "UTC"
