"""The rules of a zone that a file brings along, against the zones that Python knows."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from adapters.calendar.zones import SURE, changes, vtimezone
from tests.domain.zones import ZONES

FIRST, LAST = 2025, 2038


def words(zone: str, first: int = FIRST, last: int = LAST) -> str:
    return bytes(vtimezone(zone, first, last).to_ical()).decode()


@pytest.mark.parametrize("zone", ZONES)
def test_each_hour_about_each_clock_change_is_as_the_zone_has_it(zone: str) -> None:
    read = tzical(StringIO(words(zone))).get()
    here = ZoneInfo(zone)
    seen = [datetime(FIRST, 1, 2, tzinfo=UTC) + timedelta(days=20 * step) for step in range(18 * (LAST - FIRST + 1))]
    for change in changes(zone, FIRST, LAST):
        seen += [change.at + timedelta(minutes=minutes) for minutes in (-600, -1, 0, 1, 600)]
    for at in seen:
        shown = at.astimezone(here)
        # dateutil takes the clock of a time that comes twice for the first; which hour it is does not differ.
        theirs = shown.replace(tzinfo=read, fold=shown.fold)
        assert (theirs.utcoffset(), theirs.tzname()) == (shown.utcoffset(), shown.tzname()), at


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/Berlin", ["FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"]),
        ("America/New_York", ["FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"]),
        ("Africa/Cairo", ["FREQ=YEARLY;BYDAY=-1FR;BYMONTH=4"]),  # and back in the night after the last Thursday
        ("Asia/Kathmandu", []),
        ("Africa/Casablanca", []),
        ("America/Santiago", []),  # the first Sunday after the first of the month
    ],
)
def test_what_repeats_by_the_weekday_of_a_month_is_a_rule_for_ever(zone: str, rules: list[str]) -> None:
    found = [line.removeprefix("RRULE:") for line in words(zone).splitlines() if line.startswith("RRULE:")]
    assert found == rules


def test_a_rule_holds_behind_the_years_that_were_looked_at() -> None:
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll"):
        read, here = tzical(StringIO(words(zone))).get(), ZoneInfo(zone)
        for change in changes(zone, 2050, 2079):
            for away in (-timedelta(hours=6), timedelta(hours=6)):
                shown = (change.at + away).astimezone(here)
                assert shown.replace(tzinfo=read).utcoffset() == shown.utcoffset()


def test_fewer_years_than_are_sure_give_no_rule() -> None:
    assert "RRULE" in words("Europe/Berlin", 2030, 2030 + SURE - 1)
    few = words("Europe/Berlin", 2030, 2030 + SURE - 2)
    assert "RRULE" not in few
    assert few.count("RDATE") == 2


def test_a_rule_begins_where_a_zone_took_it_up() -> None:
    # Until 2006 the United States set their clocks in April and October.
    said = words("America/New_York", 2005, 2025)
    assert "DTSTART:20050403T020000\r\nRDATE:20060402T020000" in said
    assert "DTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in said


def test_a_change_is_at_the_time_that_the_clock_still_shows() -> None:
    # RFC 5545 section 3.6.5: DTSTART counts by TZOFFSETFROM. In Santiago clocks go from midnight to one.
    assert "DTSTART:20250907T000000" in words("America/Santiago")
    assert "DTSTART:20250907T010000" not in words("America/Santiago")
