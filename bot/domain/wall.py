"""The clock on the wall: which instant a local time is, and when a zone sets its clocks.

Clock changes follow RFC 5545 section 3.3.5: a time that happens twice means the first of the two, and a time that does
not happen is read with the offset before the gap (02:30 becomes 03:30). Both are said (`Placed.shift`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

GAP: Final = "gap"
"""That time does not happen on that day."""
TWICE: Final = "twice"
"""It happens twice on that day."""

_SECOND: Final = timedelta(seconds=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placed:
    """An instant (UTC), and what a clock change did to the time that was meant.

    ``shift`` is ``none``, ``gap`` (that time does not happen on that day; this is the one after it) or ``twice`` (it
    happens twice; this is the first).
    """

    at: datetime
    shift: str = "none"


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A zone sets its clocks at an instant (UTC), forward by ``by`` or back where that is negative."""

    at: datetime
    by: timedelta


def on_the_wall(day: date, wall: time, zone: str) -> Placed:
    """Return the instant at which the clock on the wall shows a time on a day.

    Args:
        day: Local day.
        wall: Local time.
        zone: IANA zone.
    """
    here = ZoneInfo(zone)
    meant = datetime.combine(day, wall)
    first, second = (meant.replace(tzinfo=here, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(here).replace(tzinfo=None) != meant:
        return Placed(first, GAP)
    return Placed(first, TWICE if first < second else "none")


def clock_changes(zone: str, after: datetime, before: datetime) -> Iterator[ClockChange]:
    """Return when a zone sets its clocks, strictly later than ``after`` and not later than ``before``, in order.

    Args:
        zone: IANA zone.
        after: Aware instant.
        before: Aware instant.
    """
    here = ZoneInfo(zone)
    at, before = after.astimezone(UTC), before.astimezone(UTC)
    while at < before:
        until = min(at + _DAY, before)
        changed = offset_change(at, until, zone)
        if changed is not None:
            yield ClockChange(changed, _offset(changed, here) - _offset(at, here))
        at = until if changed is None else changed


def offset_change(after: datetime, until: datetime, zone: str) -> datetime | None:
    """Return the instant, later than ``after`` and not later than ``until``, at which the zone's offset changes.

    Found by halving, to the second. A zone that changes twice within a day, back to where it was, reads as unchanged;
    none does.
    """
    here = ZoneInfo(zone)
    before = _offset(after, here)
    if _offset(until, here) == before:
        return None
    low, high = after.replace(microsecond=0), until
    while high - low > _SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if _offset(middle, here) == before:
            low = middle
        else:
            high = middle
    return high


def _offset(at: datetime, here: ZoneInfo) -> timedelta:
    return at.astimezone(here).utcoffset() or timedelta(0)
