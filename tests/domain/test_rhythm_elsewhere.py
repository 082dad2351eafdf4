"""When a series meets, against programs that are not ours: recurring-ical-events in zones, libical for days."""

import ctypes
from collections.abc import Iterator
from ctypes.util import find_library
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur

from bot.domain.rhythm import Series, meetings, meets_on, recurrence
from bot.domain.rrule import Rule, beginnings, days, parse_rule, written
from tests.domain.test_rrule import EXPLORED, FIRSTS, YEARS, rules
from tests.domain.zones import ZONES, ten_years

WALLS = (time(0, 30), time(2, 15), time(2, 30), time(19, 30))


def calendar(series: Series) -> Calendar:
    """Return a series as a calendar file says it."""
    here = ZoneInfo(series.zone)
    event = Event()
    event.add("uid", "one")
    event.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
    event.add("dtstart", datetime.combine(series.first, series.wall, here))
    event.add("rrule", vRecur.from_ical(recurrence(series)))
    whole = Calendar()
    whole.add_component(event)
    for day, to in series.changes.items():
        said = datetime.combine(day, series.wall, here)
        if to is None:
            event.add("exdate", said)
        elif meets_on(series, day):
            moved = Event()
            moved.add("uid", "one")
            moved.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
            moved.add("recurrence-id", said)
            moved.add("dtstart", to.replace(tzinfo=here))
            whole.add_component(moved)
    return Calendar.from_ical(whole.to_ical())


def by_recurring_ical_events(series: Series, after: datetime, before: datetime) -> list[datetime]:
    found = recurring_ical_events.of(calendar(series)).between(after, before + timedelta(seconds=1))
    return sorted(one["DTSTART"].dt.astimezone(UTC) for one in found if after < one["DTSTART"].dt <= before)


RULES = (
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    "FREQ=WEEKLY;BYDAY=SA,SU;COUNT=150",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20320401",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
)


def begun(rule: str, first: date) -> date:
    """Return the first day of a rule: a calendar takes the day of its start for one in any case."""
    return next(days(parse_rule(rule), first))


@given(
    st.sampled_from(RULES),
    st.sampled_from(ZONES),
    st.sampled_from(WALLS),
    st.dates(date(2026, 1, 1), date(2026, 3, 31)),
    st.dictionaries(st.integers(0, 40), st.none() | st.integers(1, 9), max_size=4),
)
@settings(max_examples=25, deadline=None)
def test_recurring_ical_events_finds_the_same(
    rule: str, zone: str, wall: time, begins: date, changed: dict[int, int | None]
) -> None:
    first = begun(rule, begins)
    series = Series(parse_rule(rule), first, wall, zone)
    said = [one.day for one in meetings(series, datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))]
    changes = {
        said[number]: None if by is None else datetime.combine(said[number] + timedelta(days=by), time(18, 5))
        for number, by in changed.items()
        if number < len(said)
    }
    series = Series(series.rule, first, wall, zone, changes)
    after, before = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    ours = [one.at for one in meetings(series, after, before)]
    assert by_recurring_ical_events(series, after, before) == ours


@pytest.mark.parametrize(("rule", "zone"), ten_years(RULES))
def test_recurring_ical_events_finds_the_same_for_ten_years(rule: str, zone: str) -> None:
    for wall in WALLS:
        series = Series(parse_rule(rule), begun(rule, date(2026, 1, 1)), wall, zone)
        after, before = datetime(2025, 12, 31, tzinfo=UTC), datetime(2036, 1, 2, tzinfo=UTC)
        ours = [one.at for one in meetings(series, after, before)]
        assert by_recurring_ical_events(series, after, before) == ours


def by_libical(rule: Rule, first: date, at_most: int) -> Iterator[date]:
    """Expand with libical, a third implementation, written in C."""
    found = find_library("ical")
    if found is None:
        pytest.skip("needs Debian's libical3")
    expand = ctypes.CDLL(found).icalrecur_expand_recurrence
    expand.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.POINTER(ctypes.c_long)]
    expand.restype = ctypes.c_int
    array = (ctypes.c_long * at_most)()
    begin = int(datetime.combine(first, time(9), UTC).timestamp())
    assert expand(written(rule).encode(), begin, at_most, array) == 1
    return (datetime.fromtimestamp(at, UTC).date() for at in array if at)


@pytest.mark.soak
@given(rules(), FIRSTS)
@settings(EXPLORED, max_examples=1000)
def test_libical_finds_the_same_days(rule: Rule, begins: date) -> None:
    # Version 3 errs in weeks of a year, takes no day from the end of a month in a daily rule, and counts a day twice
    # that is said from both ends.
    assume(not rule.weeks)
    assume(not (min(rule.month_days, default=1) < 0 and (rule.freq == "DAILY" or rule.places)))
    first = next(beginnings(rule, begins, begins), None)
    assume(first is not None)
    assert first is not None
    ours = list(islice(takewhile(lambda day: day < first + YEARS, days(rule, first)), 12))
    assert list(islice(by_libical(rule, first, 12), len(ours))) == ours
