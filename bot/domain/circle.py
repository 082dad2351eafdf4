"""A circle's meetings: their seats, the line of those who wait for one, and who may change what.

Nobody is counted aloud: of who comes a group sees *open*, *nearly full* or *full*. A seat that becomes free is offered,
to one after another, with a time by which to answer; silence passes it on, and is no answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

COMING: Final = "coming"
"""Not posted yet, but somebody volunteered for a role in it."""
PLANNED: Final = "planned"
SKIPPED: Final = "skipped"
"""This one does not take place."""
OVER: Final = "over"

STATES: Final = (COMING, PLANNED, SKIPPED, OVER)
"""States of a meeting."""

COME: Final = "come"
MAYBE: Final = "maybe"
WAIT: Final = "wait"
"""Waits for a seat, or has one offered."""

ANSWERS: Final = (COME, MAYBE, WAIT)
"""What is kept of an answer. *Skip this one* is none."""

HOST: Final = "host"
ROLES: Final = (HOST, "guardian", "scribe")
"""Lent for one meeting. A note is taken only where somebody is the scribe."""

OPEN: Final = "open"
NEARLY: Final = "nearly"
FULL: Final = "full"

SHORTEST: Final = 15
LONGEST: Final = 480
USUAL: Final = 90
"""Minutes."""

SMALLEST: Final = 2
LARGEST: Final = 500
"""Seats."""

MOST: Final = 30
"""Circles of a community at a time."""

LONGEST_NAME: Final = 80

OFFERED_FOR: Final = timedelta(hours=24)
"""How long a seat is offered to one at most."""
SOONEST: Final = timedelta(minutes=10)
"""How long at least. Nearer to the start a free seat is offered to nobody: it is there for whoever comes."""

BEFORE_CLOCKS: Final = timedelta(days=14)
"""How long before clocks are set members who come hear what changes for them."""

LAPSES_AFTER: Final = timedelta(days=7)
"""A change to a series for which no second member came."""


class Given(Protocol):
    """An answer, as far as it takes a seat or a place in the line."""

    @property
    def answer(self) -> str:
        """One of `ANSWERS`."""

    @property
    def offered_until(self) -> datetime | None:
        """Until when a seat is offered; None: none is."""


def free(seats: int | None, answers: Iterable[Given]) -> int | None:
    """Return how many seats are neither taken nor offered; None where there is no number of them."""
    if seats is None:
        return None
    return max(0, seats - sum(one.answer == COME or one.offered_until is not None for one in answers))


def fullness(seats: int | None, answers: Iterable[Given]) -> str:
    """Return how full a meeting is: `OPEN`, `NEARLY` (at most a quarter of its seats is free) or `FULL`."""
    left = free(seats, answers)
    if seats is None or left is None or left * 4 > seats:
        return OPEN
    return NEARLY if left else FULL


def enough(fewest: int | None, answers: Iterable[Given]) -> bool | None:
    """Return whether enough come for a meeting to be worth it; None where a circle says nothing of that."""
    return None if fewest is None else sum(one.answer == COME for one in answers) >= fewest


def answer_by(now: datetime, starts_at: datetime) -> datetime | None:
    """Return by when to answer an offer made now, half-way to the start at the latest; None when it is too late."""
    until = now + min(OFFERED_FOR, max((starts_at - now) / 2, SOONEST))
    return until if until <= starts_at else None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who wishes to change something, and who has a say in it. People are opaque marks here.

    Attributes:
        by: Who.
        comes: Who comes to the meeting, or to all.
        host: Who volunteered as its host; empty: nobody.
        moderates: Whether they moderate.
    """

    by: str = field(repr=False)
    comes: Sequence[str] = field(default=(), repr=False)
    host: str = field(default="", repr=False)
    moderates: bool = False


def may_change_meeting(asking: Asking) -> bool:
    """Return whether somebody may skip or move one meeting: its host; where there is none, whoever comes.

    Where nobody comes yet, any member; and always who moderates. One is enough: a change to one meeting is told at once
    to those who come, and the next is as ever.
    """
    if asking.moderates:
        return True
    if asking.host:
        return asking.by == asking.host
    return not asking.comes or asking.by in asking.comes


def may_wish_change(asking: Asking) -> bool:
    """Return whether somebody may wish a change to the series: whoever comes; where nobody does, any member."""
    return asking.moderates or not asking.comes or asking.by in asking.comes


def may_confirm(asking: Asking, first: str) -> bool:
    """Return whether somebody may be the second, who makes a change to the series: not the first, and as for wishing.

    Where the first alone comes, any other member may.
    """
    others = [one for one in asking.comes if one != first]
    return asking.by != first and (asking.moderates or not others or asking.by in others)
