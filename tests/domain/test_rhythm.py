"""Rhythms of the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rhythm import RHYTHMS, next_time, on_the_wall

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


@pytest.mark.parametrize(
    ("why", "day", "expected"),
    [
        ("winter time is UTC+1", date(2025, 3, 23), datetime(2025, 3, 23, 1, 30, tzinfo=UTC)),
        ("02:30 is skipped, so 03:30", date(2025, 3, 30), datetime(2025, 3, 30, 1, 30, tzinfo=UTC)),
        ("02:30 twice, so the first", date(2025, 10, 26), datetime(2025, 10, 26, 0, 30, tzinfo=UTC)),
    ],
)
def test_clock_changes(why: str, day: date, expected: datetime) -> None:
    assert on_the_wall(day, time(2, 30), BERLIN) == expected, why


@given(
    st.sampled_from(RHYTHMS),
    st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")),
)
def test_every_time_is_later_than_the_one_before_and_none_is_left_out(
    rhythm: str, first: date, at: time, zone: str
) -> None:
    times = _times(rhythm, first, 6, at, zone)
    assert times[0] == on_the_wall(first, at, zone)
    assert len(times) == (1 if rhythm == "once" else 6)
    most = {"once": 0, "weekly": 7, "fortnightly": 14, "monthly": 35}[rhythm]
    for one, other in pairwise(times):
        assert timedelta(0) < other - one <= timedelta(days=most, hours=1)
        assert one.astimezone(ZoneInfo(zone)).weekday() == other.astimezone(ZoneInfo(zone)).weekday()
