"""A check-in room's life: announced, made, opening, its rounds or open talk, its closing.

What moves it on is a fixed time, or somebody in it who presses *go on*. Nobody's silence does.
"""

from datetime import datetime, timedelta
from typing import Final

ANNOUNCED: Final = "announced"
MADE: Final = "made"
"""The room is being made, and looked at before anybody is let in."""
OPENING: Final = "opening"
ROUND: Final = "round"
TALK: Final = "talk"
CHECKOUT: Final = "checkout"

STAGES: Final = (ANNOUNCED, MADE, OPENING, ROUND, TALK, CHECKOUT)
ROUNDS: Final = (ROUND, CHECKOUT)
"""Stages with a turn list."""

SHORTEST: Final = 20
LONGEST: Final = 120
USUAL: Final = 60
"""Minutes."""

SMALLEST: Final = 2
LARGEST: Final = 50
SIZE: Final = 12
"""People."""

GATHER: Final = timedelta(minutes=5)
"""How long people come in before the first round begins by itself."""

NOTICE: Final = timedelta(minutes=10)
"""How long before the closing it is said once more when that is."""

PAUSE: Final = timedelta(minutes=5)
"""How long the bot is silent at most when somebody asks for a pause."""


_GUIDED: Final = {
    ANNOUNCED: MADE, MADE: OPENING, OPENING: ROUND, ROUND: TALK, TALK: CHECKOUT, CHECKOUT: TALK
}  # fmt: skip
_OPEN: Final = {ANNOUNCED: MADE, MADE: OPENING, OPENING: TALK, TALK: TALK}


def after(stage: str, *, guided: bool) -> str:
    """Return the stage that follows when a round is over, the people have come in, or the notice is given.

    Raises:
        KeyError: There is no such stage in a room of that kind: open talk has no rounds.
    """
    return (_GUIDED if guided else _OPEN)[stage]


def noticed(*, guided: bool) -> str:
    """Return the stage once it was said that the room closes soon: the last round, however far the first one came."""
    return CHECKOUT if guided else TALK


def begins_at(opens_at: datetime) -> datetime:
    """Return when the first round begins if nobody lets it begin before."""
    return opens_at + GATHER


def notice_at(closes_at: datetime) -> datetime:
    """Return when it is said that the room closes soon."""
    return closes_at - NOTICE


def silent(paused_until: datetime | None, now: datetime) -> bool:
    """Return whether somebody asked for a pause that is not over."""
    return paused_until is not None and now < paused_until


def owed(at: datetime, paused_until: datetime, now: datetime) -> bool:
    """Return whether something fell into a pause that began `PAUSE` before ``paused_until``, and is to be said now."""
    return paused_until - PAUSE < at <= now
