"""What stands in a member's calendar: meetings, without a word of who comes or who planned them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.contract.place import Member
from bot.contract.text import Said
from bot.domain.rhythm import Series


@dataclass(frozen=True, slots=True)
class Event:
    """A circle's meetings, or one of them.

    Attributes:
        id: From which a calendar knows it again: the circle's. It does not stand there itself.
        series: When it meets. A change to None is a meeting that does not take place.
        minutes: How long each meeting is.
        title: The circle's own name, where the member wishes to see it; None: words that tell nothing.
        sequence: How often any of it was changed.
        left_out: Days of meetings that this member does not wish to see.
        ended: Whether none of it takes place any more.
        only: The day of the one meeting that is meant; None: all.
    """

    id: str
    series: Series
    minutes: int
    title: Said | None = None
    sequence: int = 0
    left_out: frozenset[date] = frozenset()
    ended: bool = False
    only: date | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A whole calendar, for one reader.

    Attributes:
        events: What stands in it.
        locale: The language of ours that its words are in.
    """

    events: tuple[Event, ...]
    locale: str = "en"


class Calendars(Protocol):
    """Writes calendars, and knows where feeds are served."""

    @property
    def served(self) -> bool:
        """Whether feeds are served at all."""

    def write(self, calendar: Calendar, now: datetime) -> str:
        """Return a calendar as a file (RFC 5545)."""

    def address(self, token: str) -> str:
        """Return the address of the feed with a token."""


@dataclass(frozen=True, slots=True)
class Feed:
    """That a member has a calendar feed. Its address is known to them alone.

    Attributes:
        member: Whose.
        token_hash: The hash of what its address ends in (`bot.domain.feeds.hash_of`).
        said_at: When they wished it, or its address was changed last.
        names: Whether circles stand in it by their names.
    """

    member: Member
    token_hash: bytes = field(repr=False)
    said_at: datetime
    names: bool = False


class Feeds(Protocol):
    """Calendar feeds."""

    def put(self, feed: Feed) -> None:
        """Store a member's feed, in the place of the one before, whose address is dead with that."""

    def of_member(self, member: Member) -> Feed | None:
        """Return the feed of a member."""

    def of_token(self, token_hash: bytes) -> Feed | None:
        """Return the feed with an address."""

    def remove(self, member: Member) -> None:
        """Delete the feed of a member."""
