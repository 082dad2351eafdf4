"""Rounds of speaking: who is invited next, and what a pass means.

A talking piece goes round by invitation. Nobody has to take it, nobody is muted while somebody else has it, and
whoever listens is not in the list. A pass moves somebody to the end, once; a second pass ends it for this round.
Whoever comes later is invited later.
"""

from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

WAITING: Final = "waiting"
PASSED: Final = "passed"
"""Passed once, and invited once more after the others."""
OVER: Final = "over"

TURNS: Final = (WAITING, PASSED, OVER)


class Seated(Protocol):
    """Somebody in a room, as far as a round is concerned."""

    @property
    def order(self) -> int:
        """Their place in the list; the lowest is invited first."""

    @property
    def turn(self) -> str:
        """Where they stand in this round: one of `TURNS`."""

    @property
    def listens(self) -> bool:
        """Whether they just listen."""


S = TypeVar("S", bound=Seated)


def invited_next(seats: Iterable[S]) -> S | None:
    """Return who is invited next; None when the round is over."""
    asked = (seat for seat in seats if not seat.listens and seat.turn != OVER)
    return min(asked, key=lambda seat: seat.order, default=None)


def last_place(seats: Iterable[Seated]) -> int:
    """Return the place at the end of the list."""
    return max((seat.order for seat in seats), default=0) + 1


def passes(seat: Seated, seats: Iterable[Seated]) -> tuple[int, str]:
    """Return the place and the turn of somebody who passes: the end of the list, or, the second time, over."""
    return (last_place(seats), PASSED) if seat.turn == WAITING else (seat.order, OVER)
