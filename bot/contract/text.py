"""Words that are not yet words.

Code never holds a sentence: it holds the id of one and the facts it speaks of. The words are found at the
edge, in the reader's language and time zone, by a `Speaker`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol, Union

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
    """A technical text to be copied exactly: a zone name, an address. Never isolated."""

    words: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, named as it is typed there: ``peer ask`` is ``/peer ask`` on one platform, ``!peer ask`` on another.

    In a sentence of ``bot/locales`` it is written ``{ COMMAND("peer ask") }``.
    """

    command: str


@dataclass(frozen=True, slots=True)
class Starter:
    """One of the prompts that come with the bot, in the language it is spoken in: a deck may be longer in another.

    Attributes:
        kind: What it is for (`bot.domain.prompts.KINDS`).
        draw: What it is drawn for: a random id of ours. All of a draw come once before any comes again.
        number: How many of the draw came before it.
    """

    kind: str
    draw: str
    number: int


Fact = Union[
    int,
    str,
    bool,
    date,
    datetime,
    time,
    timedelta,
    Said,
    Literal,
    Typed,
    Starter,
    Member,
    Room,
    "Text",
    "tuple[Fact, ...]",
]
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


class Shows(Protocol):
    """How a platform shows what a sentence speaks of. The sentence itself is never touched."""

    def name(self, who: Member | Room, /) -> str:
        """Return what the platform shows of a member or a room: a mention, a link, a name."""

    def command(self, command: str, /) -> str:
        """Return a command as it is typed there."""

    def said(self, words: str, /) -> str:
        """Return words that a person wrote, isolated and harmless whatever they hold."""

    def literal(self, words: str, /) -> str:
        """Return a technical text to be copied exactly."""

    def stamp(self, instant: datetime, /) -> str | None:
        """Return an instant by the platform's own means; None where it has none and the sentence says it."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Shows everything as plain text, and so what has no markup of its own: the local page, the command line.

    Words of people are wrapped in U+2068 and U+2069, so that a right-to-left title does not turn the line around.
    """

    name: Callable[[Member | Room], str] = lambda _: ""

    def command(self, command: str) -> str:
        """Return the command after a slash."""
        return f"/{command}"

    def said(self, words: str) -> str:
        """Return the words in isolates."""
        return f"\u2068{words}\u2069"

    def literal(self, words: str) -> str:
        """Return the words."""
        return words

    def stamp(self, instant: datetime) -> str | None:  # noqa: ARG002 - plain text has no stamps
        """Return None."""
        return None
