"""Rhythms of the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.rhythm import (
    RHYTHMS,
    Meeting,
    Series,
    meetings,
    meets_on,
    next_meeting,
    next_time,
    plan,
    recurrence,
    rest,
    rule_of,
)
from bot.domain.rrule import Rule, parse_rule
from bot.domain.wall import on_the_wall
from tests.domain.zones import ZONES

BERLIN = "Europe/Berlin"


def _times(rhythm: str, first: date, number: int, at: time = time(19, 30), zone: str = BERLIN) -> list[datetime]:
    found: list[datetime] = []
    after = datetime.combine(first, time(), UTC) - timedelta(days=2)
    while len(found) < number and (then := next_time(rhythm, first, at, zone, after)) is not None:
        found.append(then)
        after = then
    return found


def _local_days(times: list[datetime]) -> list[str]:
    return [one.astimezone(ZoneInfo(BERLIN)).date().isoformat() for one in times]


@pytest.mark.parametrize(
    ("why", "rhythm", "first", "days"),
    [
        ("once is once", "once", date(2027, 3, 4), ["2027-03-04"]),
        ("every week", "weekly", date(2027, 3, 4), ["2027-03-04", "2027-03-11", "2027-03-18"]),
        ("every other week", "fortnightly", date(2027, 3, 4), ["2027-03-04", "2027-03-18", "2027-04-01"]),
        ("the first Thursday", "monthly", date(2027, 3, 4), ["2027-03-04", "2027-04-01", "2027-05-06"]),
        ("the second Thursday", "monthly", date(2027, 3, 11), ["2027-03-11", "2027-04-08", "2027-05-13"]),
        ("the fifth is the last", "monthly", date(2027, 3, 31), ["2027-03-31", "2027-04-28", "2027-05-26"]),
        (
            "the last again where there are five",
            "monthly",
            date(2027, 7, 29),
            ["2027-07-29", "2027-08-26", "2027-09-30"],
        ),
    ],
)
def test_rhythms(why: str, rhythm: str, first: date, days: list[str]) -> None:
    assert _local_days(_times(rhythm, first, 3)) == days, why


@given(
    st.sampled_from(RHYTHMS),
    st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")),
)
@settings(deadline=None)
def test_every_time_is_later_than_the_one_before_and_none_is_left_out(
    rhythm: str, first: date, at: time, zone: str
) -> None:
    times = _times(rhythm, first, 6, at, zone)
    assert times[0] == on_the_wall(first, at, zone).at
    assert len(times) == (1 if rhythm == "once" else 6)
    most = {"once": 0, "weekly": 7, "fortnightly": 14, "monthly": 35}[rhythm]
    for one, other in pairwise(times):
        assert timedelta(0) < other - one <= timedelta(days=most, hours=1)
        assert one.astimezone(ZoneInfo(zone)).weekday() == other.astimezone(ZoneInfo(zone)).weekday()


EVENING = time(19, 30)
THURSDAY = date(2027, 3, 4)
NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)
"""13:00 in Berlin."""


def _at(day: str, wall: str = "19:30", zone: str = BERLIN) -> datetime:
    return on_the_wall(date.fromisoformat(day), time.fromisoformat(wall), zone).at


@pytest.mark.parametrize(
    ("rhythm", "first", "rule"),
    [
        ("weekly", THURSDAY, "FREQ=WEEKLY"),
        ("fortnightly", THURSDAY, "FREQ=WEEKLY;INTERVAL=2"),
        ("monthly", THURSDAY, "FREQ=MONTHLY;BYDAY=1TH"),
        ("monthly", date(2027, 3, 28), "FREQ=MONTHLY;BYDAY=4SU"),
        ("monthly", date(2027, 3, 29), "FREQ=MONTHLY;BYDAY=-1MO"),
    ],
)
def test_the_rule_of_a_rhythm(rhythm: str, first: date, rule: str) -> None:
    assert rule_of(rhythm, first) == parse_rule(rule)


def test_once_has_no_rule() -> None:
    assert rule_of("once", THURSDAY) is None
    series = plan(None, THURSDAY, EVENING, BERLIN, NOON)
    assert next_meeting(series, NOON) == Meeting(THURSDAY, _at("2027-03-04"))
    assert next_meeting(series, _at("2027-03-04")) is None
    assert recurrence(series) == ""
    assert meets_on(series, THURSDAY)
    assert not meets_on(series, date(2027, 3, 11))


@pytest.mark.parametrize(
    ("why", "rule", "day", "first"),
    [
        ("today, still to come", "FREQ=WEEKLY", "2027-03-04", "2027-03-04"),
        ("today, at that time over", "FREQ=WEEKLY;INTERVAL=2;COUNT=3", "2027-03-03", "2027-03-10"),
        ("the Tuesday after", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2027-03-04", "2027-03-09"),
        ("a year from now", "FREQ=DAILY", "2028-03-03", "2028-03-03"),
        ("long ago", "FREQ=MONTHLY;BYDAY=1TH", "2020-01-01", "2027-03-04"),
        ("29 February, in a year", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2027-03-04", "2028-02-29"),
        ("until just then", "FREQ=WEEKLY;UNTIL=20270304T183000Z", "2027-03-04", "2027-03-04"),
    ],
)
def test_when_a_series_begins(why: str, rule: str, day: str, first: str) -> None:
    series = plan(parse_rule(rule), date.fromisoformat(day), EVENING, BERLIN, NOON)
    assert series == Series(parse_rule(rule), date.fromisoformat(first), EVENING, BERLIN), why


@pytest.mark.parametrize(
    ("rule", "day", "code"),
    [
        ("", "2027-03-03", "when-past"),
        ("", "2028-03-06", "rhythm-far"),
        ("FREQ=WEEKLY", "2028-03-06", "rhythm-far"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-03-01", "rhythm-far"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2028-03-01", "rhythm-far"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2027-03-04", "rhythm-never"),
        ("FREQ=DAILY;UNTIL=20270303", "2027-03-01", "rhythm-never"),
        ("FREQ=WEEKLY;UNTIL=20270304T182959Z", "2027-03-04", "rhythm-never"),
    ],
)
def test_what_never_meets_or_too_late_is_refused(rule: str, day: str, code: str) -> None:
    read = parse_rule(rule) if rule else None
    with pytest.raises(Refusal) as refused:
        plan(read, date.fromisoformat(day), EVENING, BERLIN, NOON)
    assert refused.value.code == code


def _thursdays(**changes: datetime | None) -> Series:
    return Series(
        Rule("WEEKLY"), THURSDAY, EVENING, BERLIN, {date(2027, 3, int(d[1:])): to for d, to in changes.items()}
    )


def test_a_meeting_that_is_skipped_is_left_out() -> None:
    series = _thursdays(d4=None, d18=None)
    found = meetings(series, NOON, _at("2027-04-01"))
    assert [str(one.day) for one in found] == ["2027-03-11", "2027-03-25", "2027-04-01"]
    assert next_meeting(series, NOON) == found[0]
    assert meets_on(series, THURSDAY), "its day is known all the same"


def test_a_meeting_that_is_moved_takes_its_place_in_time() -> None:
    series = _thursdays(d4=datetime(2027, 3, 12, 18), d18=datetime(2027, 3, 2, 9))  # noqa: DTZ001 - local
    found = meetings(series, NOON, _at("2027-03-25"))
    assert found == (
        Meeting(date(2027, 3, 11), _at("2027-03-11")),
        Meeting(THURSDAY, _at("2027-03-12", "18:00"), moved=True),
        Meeting(date(2027, 3, 25), _at("2027-03-25")),
    )
    assert next_meeting(series, _at("2027-03-11")) == found[1]
    assert meetings(series, _at("2027-03-01"), NOON) == (
        Meeting(date(2027, 3, 18), _at("2027-03-02", "09:00"), moved=True),
    )


def test_a_meeting_that_is_moved_into_a_clock_change_says_so() -> None:
    series = _thursdays(d25=datetime(2027, 3, 28, 2, 30))  # noqa: DTZ001 - local
    assert next_meeting(series, _at("2027-03-18")) == Meeting(
        date(2027, 3, 25), _at("2027-03-28", "03:30"), "gap", moved=True
    )


def test_a_change_of_a_day_that_the_rule_does_not_say_has_no_effect() -> None:
    series = _thursdays(d5=datetime(2027, 3, 6, 18), d9=None)  # noqa: DTZ001 - local
    assert meetings(series, NOON, _at("2027-03-20")) == meetings(_thursdays(), NOON, _at("2027-03-20"))


def test_a_series_can_end_by_number_and_by_a_meeting_that_is_moved_behind_its_end() -> None:
    series = Series(
        parse_rule("FREQ=WEEKLY;COUNT=2"),
        THURSDAY,
        EVENING,
        BERLIN,
        {THURSDAY: datetime(2027, 5, 1, 10)},  # noqa: DTZ001
    )
    assert [str(one.day) for one in meetings(series, NOON, _at("2028-01-01"))] == ["2027-03-11", "2027-03-04"]
    assert next_meeting(series, _at("2027-05-01", "10:00")) is None


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=9",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;COUNT=6",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20261001",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;COUNT=7",
    ],
)
def test_the_rest_of_a_series_means_the_same_days(rule: str) -> None:
    series = plan(parse_rule(rule), date(2026, 1, 30), time(19, 30), "Europe/Berlin", datetime(2026, 1, 1, tzinfo=UTC))
    until = datetime(2029, 1, 1, tzinfo=UTC)
    whole = meetings(series, datetime(2026, 1, 1, tzinfo=UTC), until)
    for number in (0, 1, 2, 5):
        assert meetings(rest(series, whole[number].day), datetime(2026, 1, 1, tzinfo=UTC), until) == whole[number:]
    assert rest(Series(None, date(2026, 1, 1), time(19), "UTC"), date(2026, 1, 1)).rule is None


def test_a_series_ends_at_an_instant() -> None:
    series = Series(parse_rule("FREQ=DAILY;UNTIL=20270306T183000Z"), THURSDAY, EVENING, BERLIN)
    assert [one.day.day for one in meetings(series, NOON, _at("2027-04-01"))] == [4, 5, 6]
    assert recurrence(series) == "FREQ=DAILY;UNTIL=20270306T183000Z"


@pytest.mark.parametrize(
    ("rule", "calendar"),
    [
        ("FREQ=DAILY;UNTIL=20270306", "FREQ=DAILY;UNTIL=20270306T183000Z"),
        ("FREQ=DAILY;UNTIL=20270401", "FREQ=DAILY;UNTIL=20270401T173000Z"),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
    ],
)
def test_a_calendar_is_told_the_end_in_utc(rule: str, calendar: str) -> None:
    assert recurrence(Series(parse_rule(rule), THURSDAY, EVENING, BERLIN)) == calendar


def test_a_day_that_a_zone_leaves_out_has_no_second_meeting_on_the_day_after() -> None:
    before, after = datetime(2011, 12, 28, 12, tzinfo=UTC), datetime(2012, 1, 2, 12, tzinfo=UTC)
    daily = Series(Rule("DAILY"), date(2011, 12, 1), EVENING, "Pacific/Apia")
    assert [(one.day.day, one.shift) for one in meetings(daily, before, after)] == [
        (28, "none"), (29, "none"), (31, "none"), (1, "none"), (2, "none"),
    ]  # fmt: skip
    fridays = Series(Rule("WEEKLY"), date(2011, 12, 2), EVENING, "Pacific/Apia")
    found = meetings(fridays, before, after)
    assert [(one.day.day, one.shift) for one in found] == [(30, "gap")]
    assert found[0].at.astimezone(ZoneInfo("Pacific/Apia")).date() == date(2011, 12, 31)


BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
WALLS = (time(0, 0), time(0, 30), time(2, 15), time(2, 30), time(19, 0), time(23, 45))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("wall", WALLS)
def test_for_ten_years_the_clock_on_the_wall_shows_the_same(zone: str, wall: time) -> None:
    here = ZoneInfo(zone)
    # Sundays, on which most clocks are set.
    series = Series(Rule("WEEKLY"), date(2026, 1, 4), wall, zone)
    found = meetings(series, BEGIN, END)
    assert [one.day for one in found] == [date(2026, 1, 4) + timedelta(weeks=week) for week in range(len(found))]
    assert len(found) in {521, 522}
    for one in found:
        shown, meant = one.at.astimezone(here), datetime.combine(one.day, wall)
        if one.shift != "gap":
            assert shown.replace(tzinfo=None) == meant
            assert shown.fold == 0, "the first of two"
            continue
        before, after = ((one.at + timedelta(hours=hours)).astimezone(here).utcoffset() for hours in (-12, 0))
        assert before is not None
        assert after is not None
        assert shown.replace(tzinfo=None) - meant == after - before > timedelta(0)
        never = (meant.replace(tzinfo=UTC) - offset for offset in (before, after))
        assert all(at.astimezone(here).replace(tzinfo=None) != meant for at in never), "it does not happen"


@given(
    st.sampled_from(
        ("FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=SA,SU", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=DAILY;COUNT=40")
    ),
    st.sampled_from(ZONES),
    st.sampled_from(WALLS),
    st.dates(date(2010, 1, 1), date(2034, 1, 1)),
    st.dictionaries(
        st.integers(0, 200), st.none() | st.tuples(st.integers(-40, 40), st.sampled_from(WALLS)), max_size=6
    ),
)
@settings(max_examples=60, deadline=None)
def test_one_after_another_is_the_same_as_all_at_once(
    rule: str, zone: str, wall: time, first: date, drawn: dict[int, tuple[int, time] | None]
) -> None:
    def day(number: int) -> date:
        return first + timedelta(days=number)

    changes = {
        day(number): None if to is None else datetime.combine(day(number + to[0]), to[1])
        for number, to in drawn.items()
    }
    series = Series(parse_rule(rule), first, wall, zone, changes)
    begin = datetime.combine(first, time(), UTC) - timedelta(days=60)
    end = begin + timedelta(days=300)
    found: list[Meeting] = []
    while (one := next_meeting(series, found[-1].at if found else begin)) is not None and one.at <= end:
        found.append(one)
    whole = meetings(series, begin, end)
    assert [one.at for one in found] == sorted({one.at for one in whole})
    assert len({one.day for one in whole}) == len(whole)
    assert not any(one.day in changes and changes[one.day] is None for one in whole)
