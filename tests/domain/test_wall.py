"""The clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.wall import ClockChange, Placed, clock_changes, on_the_wall
from tests.domain.zones import ZONES

BERLIN = "Europe/Berlin"
HOUR = timedelta(hours=1)
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("why", "day", "expected"),
    [
        ("winter time is UTC+1", date(2025, 3, 23), Placed(datetime(2025, 3, 23, 1, 30, tzinfo=UTC))),
        ("02:30 is skipped, so 03:30", date(2025, 3, 30), Placed(datetime(2025, 3, 30, 1, 30, tzinfo=UTC), "gap")),
        ("02:30 twice, so the first", date(2025, 10, 26), Placed(datetime(2025, 10, 26, 0, 30, tzinfo=UTC), "twice")),
    ],
)
def test_what_clocks_do_to_a_time(why: str, day: date, expected: Placed) -> None:
    assert on_the_wall(day, time(2, 30), BERLIN) == expected, why


@pytest.mark.parametrize(
    ("zone", "day", "wall", "shown"),
    [
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), datetime(2027, 10, 3, 2, 45)),  # noqa: DTZ001 - local
        ("America/Santiago", date(2027, 9, 5), time(0, 30), datetime(2027, 9, 5, 1, 30)),  # noqa: DTZ001 - local
        ("Antarctica/Troll", date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 3, 30)),  # noqa: DTZ001 - local
        ("Pacific/Apia", date(2011, 12, 30), time(19, 30), datetime(2011, 12, 31, 19, 30)),  # noqa: DTZ001 - local
        ("Africa/Casablanca", date(2027, 3, 14), time(2, 30), datetime(2027, 3, 14, 3, 30)),  # noqa: DTZ001 - local
    ],
)
def test_a_time_that_does_not_happen_is_as_much_later_as_was_left_out(
    zone: str, day: date, wall: time, shown: datetime
) -> None:
    placed = on_the_wall(day, wall, zone)
    assert placed.shift == "gap"
    assert placed.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == shown


@pytest.mark.parametrize(
    ("zone", "after", "before", "changes"),
    [
        (BERLIN, "2027-01-01", "2028-01-01", [("2027-03-28T01:00", 60), ("2027-10-31T01:00", -60)]),
        ("Europe/Dublin", "2027-01-01", "2028-01-01", [("2027-03-28T01:00", 60), ("2027-10-31T01:00", -60)]),
        ("Australia/Lord_Howe", "2027-01-01", "2028-01-01", [("2027-04-03T15:00", -30), ("2027-10-02T15:30", 30)]),
        ("America/Santiago", "2027-01-01", "2028-01-01", [("2027-04-04T03:00", -60), ("2027-09-05T04:00", 60)]),
        ("Antarctica/Troll", "2027-01-01", "2028-01-01", [("2027-03-28T01:00", 120), ("2027-10-31T01:00", -120)]),
        ("Africa/Casablanca", "2027-01-01", "2028-01-01", [("2027-02-07T02:00", -60), ("2027-03-14T02:00", 60)]),
        ("Pacific/Apia", "2011-12-01", "2012-01-01", [("2011-12-30T10:00", 24 * 60)]),
        ("Asia/Kathmandu", "2026-01-01", "2036-01-01", []),
        ("later than", "2027-03-28T01:00", "2027-04-01", []),
        ("not later than", "2027-03-28T00:59:59", "2027-03-28T01:00", [("2027-03-28T01:00", 60)]),
        ("a second before", "2027-03-28T00:00", "2027-03-28T00:59:59", []),
        ("nothing between", "2027-03-28T02:00", "2027-03-28T00:00", []),
    ],
)
def test_when_clocks_are_set(zone: str, after: str, before: str, changes: list[tuple[str, int]]) -> None:
    zone = zone if "/" in zone else BERLIN
    begin, end = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (after, before))
    assert list(clock_changes(zone, begin, end)) == [
        ClockChange(datetime.fromisoformat(at).replace(tzinfo=UTC), timedelta(minutes=by)) for at, by in changes
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_between_two_changes_the_offset_is_one(zone: str) -> None:
    here = ZoneInfo(zone)
    changes = list(clock_changes(zone, BEGIN, END))
    for one in changes:
        before, after = ((one.at + timedelta(seconds=step)).astimezone(here).utcoffset() for step in (-1, 0))
        assert before is not None
        assert after is not None
        assert after - before == one.by
    edges = [BEGIN, *(one.at for one in changes), END]
    for begin, end in pairwise(edges):
        looked = [begin + HOUR * 12 * step for step in range((end - begin) // (HOUR * 12))]
        assert len({at.astimezone(here).utcoffset() for at in looked}) <= 1


@given(st.dates(date(2005, 1, 1), date(2040, 1, 1)), st.times(), st.sampled_from(ZONES))
@settings(deadline=None)
def test_what_is_shown_is_what_was_meant_unless_it_says_so(day: date, wall: time, zone: str) -> None:
    wall = wall.replace(second=0, microsecond=0)
    here, meant = ZoneInfo(zone), datetime.combine(day, wall)
    placed = on_the_wall(day, wall, zone)
    shown = placed.at.astimezone(here).replace(tzinfo=None)
    around = list(clock_changes(zone, placed.at - HOUR * 25, placed.at + HOUR * 25))
    if placed.shift == "gap":
        assert shown - meant in {one.by for one in around}
    else:
        assert shown == meant
    again = {placed.at - one.by for one in around if one.by < timedelta(0)}
    assert (placed.shift == "twice") == any(at.astimezone(here).replace(tzinfo=None) == meant for at in again)
