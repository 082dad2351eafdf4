"""Bringing an agreement back to mind: recalls that somebody asked for, reminders on a rhythm of the group.

Nobody can learn who asked for a recall. It goes out at a full five minutes and not when it was asked for, so that its
time does not tell who had just looked at their screen; whoever asks hears the same words, whether or not there was
another request before; and that somebody asked today is known by a keyed mark that says neither where nor when, and is
gone at the end of the day.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal

RECALLS: Final = "agreement.recalls"
"""The job by which a recall goes out. Whoever wishes to be named is among its facts."""

GRID: Final = timedelta(minutes=5)
"""Recalls go out at multiples of this, counted from the full hour (UTC)."""

SOONEST: Final = timedelta(minutes=1)
"""A recall that was asked for later than this before such a time goes out at the one after it."""

ROOM_EVERY: Final = timedelta(minutes=30)
"""From one recall in a room to the next."""

CALM: Final = timedelta(minutes=10)
"""How long nobody has written when a reminder is posted, where a platform tells that without telling what."""

PATIENCE: Final = timedelta(hours=6)
"""How long a reminder waits for such a time; after that it is left out until its next turn."""

WHOLE: Final = "whole"
TURN: Final = "turn"
WAYS: Final = (WHOLE, TURN)
"""What a reminder brings: the whole agreement, or one statement after another."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def goes_out_at(asked: datetime) -> datetime:
    """Return when a recall goes out that is asked for at an instant (UTC)."""
    steps = -((_EPOCH - asked - SOONEST) // GRID)
    return _EPOCH + steps * GRID


def next_recall(now: datetime, last: datetime | None, quiet_until: datetime | None) -> datetime:
    """Return when a recall that is asked for now goes out.

    Args:
        now: Aware instant.
        last: When the latest one of this room went out or will go out; None: there was none.
        quiet_until: Until when somebody asked that there be none in this room; None: nobody did.

    Raises:
        Refusal: ``recall-quiet`` or ``recall-lately``: there can be none now. Neither says anything about who asked.
    """
    if quiet_until is not None and now < quiet_until:
        raise Refusal("recall-quiet", until=quiet_until)
    goes_out = goes_out_at(now)
    if last is not None and goes_out < last + ROOM_EVERY:
        raise Refusal("recall-lately", minutes=ROOM_EVERY // timedelta(minutes=1))
    return goes_out


def day_ends(now: datetime, zone: str) -> datetime:
    """Return the end of the local day (UTC). Marks of all who asked on a day end then, whenever they asked."""
    here = ZoneInfo(zone)
    return datetime.combine(now.astimezone(here).date() + timedelta(days=1), time(), here).astimezone(UTC)


def mark_of(community: str, now: datetime, zone: str) -> bytes:
    """Return what the keyed mark of somebody who asked is hashed with: the community and its day, not the room."""
    return f"recall {community} {now.astimezone(ZoneInfo(zone)).date().isoformat()}".encode()


def waits_until(now: datetime, due: datetime, spoken: datetime | None) -> datetime | None:
    """Return until when a reminder waits, because people are talking; ``now`` when it need not; None: it is left out.

    Args:
        now: Aware instant.
        due: When it was due.
        spoken: When somebody last wrote in the room; None: nobody did, or the platform does not tell.
    """
    if now - due > PATIENCE:
        return None
    return now if spoken is None else max(now, spoken + CALM)


def turn(told: int, statements: int) -> int:
    """Return which statement, counted from 0, comes next after so many: each comes once before any comes again."""
    return told % statements
