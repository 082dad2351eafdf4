"""The rules of a time zone, as a calendar file brings them along: VTIMEZONE, RFC 5545 section 3.6.5.

They are read off the zone's real clock changes. What repeats by the weekday of a month in each of the last `SURE` years
is written as a rule, and so holds for ever, as programs know zones; anything else is written date by date: changes by
the moon, changes on the first Sunday after a day, and what was once and is no more.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from bot.domain.rrule import WEEKDAYS
from bot.domain.wall import ClockChange, clock_changes

SURE: Final = 12
"""Years after which the days of a yearly change are told apart: within them its weekday falls on each day it can."""

_LAST: Final = -1


@dataclass(frozen=True, slots=True)
class _Kind:
    """Changes that are alike: the offsets before and after, and what the time after is called."""

    before: timedelta
    after: timedelta
    name: str
    saving: bool


@lru_cache(maxsize=256)
def changes(zone: str, first: int, last: int) -> tuple[ClockChange, ...]:
    """Return when a zone sets its clocks from a year to another, both included."""
    return tuple(clock_changes(zone, datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)))


@lru_cache(maxsize=256)
def vtimezone(zone: str, first: int, last: int) -> Timezone:
    """Return a zone's rules. What is returned is shared: it may not be changed.

    Args:
        zone: IANA zone.
        first: The year with which they begin.
        last: The last year in which changes are looked at; `SURE` years after the first at least, where rules are
            to be found.
    """
    here, begin = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC)
    now = begin.astimezone(here)
    offset = now.utcoffset() or timedelta(0)
    whole = Timezone()
    whole.add("tzid", zone)
    kind = _Kind(offset, offset, now.tzname() or zone, _saves(now))
    whole.add_component(_observance(kind, [begin.replace(tzinfo=None) + offset], ""))
    alike: dict[_Kind, list[datetime]] = defaultdict(list)
    for change in changes(zone, first, last):
        after = change.at.astimezone(here)
        offset = after.utcoffset() or timedelta(0)
        kind = _Kind(offset - change.by, offset, after.tzname() or zone, _saves(after))
        # The clock that is still shown when it is set (section 3.6.5: DTSTART counts by TZOFFSETFROM).
        alike[kind].append(change.at.replace(tzinfo=None) + kind.before)
    for kind, onsets in alike.items():
        for rule, of_rule in _told_apart(onsets, last):
            whole.add_component(_observance(kind, of_rule, rule))
    return whole


def _saves(at: datetime) -> bool:
    return (at.dst() or timedelta(0)) > timedelta(0)


def _observance(kind: _Kind, onsets: list[datetime], rule: str) -> TimezoneStandard | TimezoneDaylight:
    """Return one part of a zone: a rule from its first onset on, or the onsets themselves."""
    part = TimezoneDaylight() if kind.saving else TimezoneStandard()
    part.add("dtstart", onsets[0])
    part.add("tzoffsetfrom", kind.before)
    part.add("tzoffsetto", kind.after)
    part.add("tzname", kind.name)
    if rule:
        part.add("rrule", vRecur.from_ical(rule))
    elif onsets[1:]:
        part.add("rdate", onsets[1:])
    return part


def _told_apart(onsets: list[datetime], last: int) -> Iterator[tuple[str, list[datetime]]]:
    """Yield onsets with the rule that they follow up to the last year, and the others without one."""
    alike: dict[tuple[object, ...], list[datetime]] = defaultdict(list)
    for onset in onsets:
        alike[onset.month, onset.weekday(), onset.time()].append(onset)
    rest: list[datetime] = []
    for some in alike.values():
        since, place = _place(some, last)
        rest += some[:since]
        if place:
            day = some[since]
            yield f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={place}{WEEKDAYS[day.weekday()]}", some[since:]
    if rest:
        yield "", sorted(rest)


def _place(onsets: list[datetime], last: int) -> tuple[int, int]:
    """Return from which of some onsets on they are one a year at the same place in their month, and the place.

    The place is 0, and all are left, where that is not so for `SURE` years up to the last.
    """
    places, since = {1, 2, 3, 4, _LAST}, len(onsets)
    while since > 0 and onsets[since - 1].year == last - (len(onsets) - since):
        still = places & _places(onsets[since - 1])
        if not still:
            break
        places, since = still, since - 1
    if len(onsets) - since < SURE or len(places) > 1:
        return len(onsets), 0
    return since, places.pop()


def _places(day: datetime) -> set[int]:
    """Return at which places in its month a weekday is: the last can be the fourth as well."""
    from_end = {_LAST} if (day + timedelta(days=7)).month != day.month else set()
    return {(day.day + 6) // 7} | from_end
