"""Times as people type them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.times import FARTHEST, NEAR_DAYS, WEEKDAYS, Moment, Placed, place, read

NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)
"""A Thursday; 13:00 in Berlin."""
BERLIN = "Europe/Berlin"
ZONES = (
    "UTC",
    BERLIN,
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Africa/Casablanca",
)
EVENING = time(19, 30)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-09 19:30", Moment(day=date(2027, 3, 9), clock=EVENING)),
        ("2027-03-09T19:30", Moment(day=date(2027, 3, 9), clock=EVENING)),
        ("2027-03-09, 19:30:00", Moment(day=date(2027, 3, 9), clock=EVENING)),
        ("9.3.2027 19:30", Moment(day=date(2027, 3, 9), clock=EVENING)),
        ("9.3. 19:30", Moment(yearly=(3, 9), clock=EVENING)),
        ("Thu 4 Mar 2027 19:30", Moment(day=date(2027, 3, 4), weekday=3, clock=EVENING)),
        ("Do, 4. März um 19:30", Moment(yearly=(3, 4), weekday=3, clock=EVENING)),
        ("noon", Moment(clock=time(12))),
        ("09. 03. 2027, um 19.30 Uhr", Moment(day=date(2027, 3, 9), clock=EVENING)),
        ("19:30", Moment(clock=EVENING)),
        ("um 19 Uhr", Moment(clock=time(19))),
        ("7:30pm", Moment(clock=EVENING)),
        ("7 am", Moment(clock=time(7))),
        ("19h30", Moment(clock=EVENING)),
        ("00:00", Moment(clock=time(0))),
        ("today 19:30", Moment(days=0, clock=EVENING)),
        ("Tomorrow  at 19:30", Moment(days=1, clock=EVENING)),
        ("morgen um 19:30", Moment(days=1, clock=EVENING)),
        ("Übermorgen 19.30", Moment(days=2, clock=EVENING)),
        ("Fri 19:30", Moment(weekday=4, clock=EVENING)),
        ("on Friday, at 7:30 pm", Moment(weekday=4, clock=EVENING)),
        ("Fr. 19:30", Moment(weekday=4, clock=EVENING)),
        ("am Sonnabend um 19:30 Uhr", Moment(weekday=5, clock=EVENING)),
        ("in 3 days", Moment(days=3)),
        ("in 3 Tagen", Moment(days=3)),
        ("in a week", Moment(days=7)),
        ("in 2 Wochen um 19:30", Moment(days=14, clock=EVENING)),
        ("in einer Stunde", Moment(after=timedelta(hours=1))),
        ("in 45 minutes", Moment(after=timedelta(minutes=45))),
        ("+2h", Moment(after=timedelta(hours=2))),
        ("+ 30 min", Moment(after=timedelta(minutes=30))),
        ("+3d", Moment(days=3)),
        ("-0 min", None),
        ("in 0 minutes", Moment(after=timedelta(0))),
    ],
)
def test_what_is_read(typed: str, meant: Moment | None) -> None:
    if meant is None:
        with pytest.raises(Refusal):
            read(typed)
    else:
        assert read(typed) == meant


@pytest.mark.parametrize("names", WEEKDAYS)
def test_every_weekday_by_every_name(names: tuple[str, ...]) -> None:
    assert [read(f"{name} 19:30").weekday for name in names] == [WEEKDAYS.index(names)] * len(names)


def test_every_near_day_by_every_name() -> None:
    assert {name: read(f"{name} 19:30").days for name in NEAR_DAYS} == NEAR_DAYS


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "03/04",
        "3.4 19:30",
        "-5 min",
        "in many days",
        "in 1e9 years",
        "in 99999 days",
        "in 3 fortnights",
        "in 3 days whenever",
        "in 3 hours 19:30",
        "NaN",
        "inf",
        "24:00",
        "23:60",
        "12am",
        "12:30pm",
        "0am",
        "13pm",
        "12:00 noon",
        "mittags",
        "2027-02-30 19:30",
        "31.2.2027 19:30",
        "0000-01-01 19:30",
        "2027-03-09",
        "someday 19:30",
        "٢٠٢٧-٠٣-٠٩ ١٩:٣٠",
        "tomorrow ١٩:٣٠",
        "9" * 300,
        "tomorrow 19:30" + " " * 80,
    ],
)
def test_what_could_mean_two_things_or_none_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(typed)
    assert refused.value.code == "when-unknown"


@pytest.mark.parametrize("typed", ["7", "at 7", "tomorrow 7", "am Freitag um 7", "9.3. 7", "in 3 days at 7"])
def test_a_lone_hour_is_asked_about_with_both(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(typed)
    assert (refused.value.code, refused.value.facts) == ("clock-either", {"near": time(7), "far": time(19)})


@pytest.mark.parametrize(
    ("typed", "day", "weekday"),
    [
        ("Fri 4 Mar 2027 19:30", date(2027, 3, 4), "thu"),
        ("Freitag, 11. März, 19:30", date(2027, 3, 11), "thu"),
        ("Wed 3 March 19:30", date(2028, 3, 3), "fri"),
    ],
)
def test_a_weekday_that_the_date_is_not_is_refused_with_the_one_it_is(typed: str, day: date, weekday: str) -> None:
    with pytest.raises(Refusal) as refused:
        place(read(typed), NOW, BERLIN)
    assert (refused.value.code, refused.value.facts) == ("when-weekday", {"day": day, "weekday": weekday})


@pytest.mark.parametrize(
    ("why", "typed", "at", "shift"),
    [
        ("winter in Berlin is UTC+1", "tomorrow 19:30", datetime(2027, 3, 5, 18, 30, tzinfo=UTC), "none"),
        ("today, when it is still to come", "19:30", datetime(2027, 3, 4, 18, 30, tzinfo=UTC), "none"),
        ("tomorrow, when it is over", "12:59", datetime(2027, 3, 5, 11, 59, tzinfo=UTC), "none"),
        ("this Thursday", "Thu 19:30", datetime(2027, 3, 4, 18, 30, tzinfo=UTC), "none"),
        ("the next Thursday", "Thu 13:00", datetime(2027, 3, 11, 12, tzinfo=UTC), "none"),
        ("a Wednesday lies behind a Thursday", "Wed 19:30", datetime(2027, 3, 10, 18, 30, tzinfo=UTC), "none"),
        ("days are days of the calendar", "in 25 days", datetime(2027, 3, 29, 11, tzinfo=UTC), "none"),
        ("hours are exact", "+600h", datetime(2027, 3, 29, 12, tzinfo=UTC), "none"),
        ("02:30 is skipped, so 03:30", "2027-03-28 02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "gap"),
        ("02:30 twice, so the first", "2027-10-31 02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "twice"),
    ],
)
def test_what_it_comes_to(why: str, typed: str, at: datetime, shift: str) -> None:
    assert place(read(typed), NOW, BERLIN) == Placed(at, shift), why


def test_a_day_that_a_zone_skipped_is_the_one_after() -> None:
    before = datetime(2011, 12, 29, 12, tzinfo=UTC)
    placed = place(read("2011-12-30 19:30"), before, "Pacific/Apia")
    assert placed.shift == "gap"
    assert placed.at.astimezone(ZoneInfo("Pacific/Apia")).replace(tzinfo=None) == datetime(2011, 12, 31, 19, 30)  # noqa: DTZ001 - local


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("today 12:59", "when-past"),
        ("in 0 minutes", "when-past"),
        ("in 0 days", "when-past"),
        ("2026-03-09 19:30", "when-past"),
        ("0001-01-01 19:30", "when-past"),
        ("2029-03-09 19:30", "when-far"),
        ("9999-12-31 23:59", "when-far"),
        ("in 367 days", "when-far"),
        ("+9999w", "when-far"),
        ("+9999h", "when-far"),
    ],
)
def test_what_is_over_or_too_far_ahead_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        place(read(typed), NOW, BERLIN)
    assert refused.value.code == code


@given(st.text(max_size=100))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        moment = read(typed)
    except Refusal:
        return
    assert isinstance(moment, Moment)


_PIECES = st.sampled_from(
    [
        *NEAR_DAYS,
        *(name for names in WEEKDAYS for name in names),
        *("in", "+", "3", "0", "9999", "days", "Wochen", "h", "min", "um", "at", "uhr", "t"),
        *("19:30", "19.30", "02:30", "7pm", "12am", "2027-03-28", "28.3.2027", "9999-12-31"),
    ]
)
_INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@given(st.lists(_PIECES, min_size=1, max_size=5).map(" ".join), _INSTANTS, st.sampled_from(ZONES))
def test_what_is_placed_lies_ahead_but_not_too_far(typed: str, now: datetime, zone: str) -> None:
    try:
        placed = place(read(typed), now, zone)
    except Refusal:
        return
    assert now < placed.at <= now + FARTHEST


@given(_INSTANTS, st.integers(0, 364), st.times(), st.sampled_from(ZONES))
def test_the_wall_clock_shows_what_was_typed_unless_it_says_so(
    now: datetime, days: int, clock: time, zone: str
) -> None:
    clock = clock.replace(second=0, microsecond=0)
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    try:
        placed = place(read(f"{day} {clock:%H:%M}"), now, zone)
    except Refusal:
        assert days <= 1, "only what is over is refused"
        return
    shown = placed.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    meant = datetime.combine(day, clock)
    assert (shown == meant) is (placed.shift != "gap")
    assert shown >= meant
    if placed.shift == "twice":
        again = [placed.at + timedelta(minutes=minutes) for minutes in (30, 60, 180)]
        assert meant in {one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for one in again}
