"""Wall-clock rhythms: "Thursdays at 19:30 in Berlin".

What is kept is the local day and time. Instants are derived from it one at a time, because the zone's rules may change
in between. Clock changes follow RFC 5545 section 3.3.5: a time that happens twice means the first of the two, and a
time that does not happen is read with the offset before the gap (02:30 becomes 03:30).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

RHYTHMS: Final = ("once", "weekly", "fortnightly", "monthly")
"""``monthly`` is the same weekday of the month: the second Tuesday. The fifth is the last."""

_WEEKS: Final = {"weekly": 1, "fortnightly": 2}
_LAST: Final = 4
"""The place in its month, counted from 0, of a weekday that not every month has."""


def on_the_wall(day: date, at: time, zone: str) -> datetime:
    """Return the instant (UTC) at which the clock on the wall shows a time on a day."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def next_time(rhythm: str, first: date, at: time, zone: str, after: datetime) -> datetime | None:
    """Return the first instant of a rhythm strictly later than ``after`` (UTC); None when there is none any more.

    Args:
        rhythm: One of `RHYTHMS`.
        first: The local day on which it begins.
        at: The local time.
        zone: IANA zone.
        after: Aware instant.
    """
    return next((instant for day in _days(rhythm, first) if (instant := on_the_wall(day, at, zone)) > after), None)


def _days(rhythm: str, first: date) -> Iterator[date]:
    if rhythm == "once":
        yield first
    elif rhythm == "monthly":
        place = (first.day - 1) // 7
        month = first.replace(day=1)
        while True:
            yield _weekday_of(month, first.weekday(), place)
            month = (month + timedelta(days=31)).replace(day=1)
    else:
        day = first
        while True:
            yield day
            day += timedelta(weeks=_WEEKS[rhythm])


def _weekday_of(month: date, weekday: int, place: int) -> date:
    day = month + timedelta(days=(weekday - month.weekday()) % 7, weeks=place)
    return day if place < _LAST or day.month == month.month else day - timedelta(weeks=1)
