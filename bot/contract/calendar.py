"""What stands in a member's calendar: meetings, without a word of who comes or who planned them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

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
