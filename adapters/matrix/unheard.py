"""What came of a room and is not handed over yet, in order: it could not be looked at, or it is more than its share.

It stands in memory alone. The keys are not moved past it, and each room waits for itself: others are heard meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

EVENTS_AT_MOST: Final = 1_000
"""Events of one room that wait."""

ROOMS_AT_MOST: Final = 200
"""Rooms of which anything waits from one sync to the next."""

SOONEST: Final = timedelta(seconds=5)
LATEST: Final = timedelta(minutes=5)
"""After how long a room is tried again that could not be looked at: at first, and at last."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one sync brought of a room.

    Attributes:
        events: Its events, oldest first.
        since: Where that sync began: a gap reaches no further back.
        gap: From where what was left out is fetched; empty where nothing was.
        new: Whether the room was not known yet: what was said before the bot came is not for it.
        skipped: How many of the events came before that.
    """

    events: tuple[Any, ...] = field(repr=False)
    since: str = field(repr=False)
    gap: str = field(default="", repr=False)
    new: bool = False
    skipped: int = 0

    def after(self, done: int) -> "Part":
        """Return what is left when so many of its events were handled."""
        return replace(self, events=self.events[done:], skipped=max(self.skipped - done, 0))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of a room: its parts, from when on it is tried, and how often it was in vain."""

    parts: tuple[Part, ...] = field(repr=False)
    due: datetime
    tries: int = 0

    @property
    def full(self) -> bool:
        """Whether no more of this room is kept."""
        return sum(len(one.events) for one in self.parts) >= EVENTS_AT_MOST

    @property
    def events(self) -> Iterator[Any]:
        """All its events."""
        return (event for part in self.parts for event in part.events)

    def failed(self, now: datetime, at_least: timedelta) -> "Waiting":
        """Return it as it is after a try in vain: later each time."""
        wait = max(min(SOONEST * 2 ** min(self.tries, 10), LATEST), at_least)
        return replace(self, due=now + wait, tries=self.tries + 1)
