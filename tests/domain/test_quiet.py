"""When the bot keeps quiet."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import budget_left, is_quiet, local_day, morning, quiet_ends

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Beirut",
)
times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 1, 15, 30, 45, 59)))
instants = st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
zones = st.sampled_from(ZONES)


def here(zone: str, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("why", "shown", "quiet_from", "quiet_to", "expected"),
    [
        ("within a window of one day", time(13, 30), time(13), time(14), True),
        ("the first moment is quiet", time(13), time(13), time(14), True),
        ("the last moment is not", time(14), time(13), time(14), False),
        ("before the window", time(12, 59), time(13), time(14), False),
        ("across midnight, in the evening", time(23), time(22), time(7), True),
        ("across midnight, in the morning", time(6, 59), time(22), time(7), True),
        ("across midnight, at the end", time(7), time(22), time(7), False),
        ("across midnight, by day", time(12), time(22), time(7), False),
        ("start equal to end means never", time(22), time(22), time(22), False),
        ("no start means never", time(22), None, time(7), False),
        ("no end means never", time(22), time(22), None, False),
    ],
)
def test_the_wall_clock_says_what_is_quiet(
    why: str, shown: time, quiet_from: time | None, quiet_to: time | None, *, expected: bool
) -> None:
    at = datetime.combine(datetime(2026, 6, 1, tzinfo=UTC).date(), shown, ZoneInfo("Europe/Berlin"))
    assert is_quiet(at, "Europe/Berlin", quiet_from, quiet_to) is expected, why


@pytest.mark.parametrize(
    ("why", "at", "zone", "quiet_from", "quiet_to", "expected"),
    [
        (
            "an evening ends in the morning",
            here("Europe/Berlin", 2026, 6, 1, 23),
            "Europe/Berlin", time(22), time(7),
            here("Europe/Berlin", 2026, 6, 2, 7),
        ),
        (
            "2:30 is skipped, so quiet ends when the clock is set",
            here("Europe/Berlin", 2026, 3, 29, 1),
            "Europe/Berlin", time(22), time(2, 30),
            datetime(2026, 3, 29, 1, tzinfo=UTC),
        ),
        (
            "2:30 comes twice, so the first ends it",
            here("Europe/Berlin", 2026, 10, 25, 1),
            "Europe/Berlin", time(22), time(2, 30),
            here("Europe/Berlin", 2026, 10, 25, 2, 30),
        ),
        (
            "and the clock, set back into them, begins them again",
            here("Europe/Berlin", 2026, 10, 25, 2, 10, fold=1),
            "Europe/Berlin", time(22), time(2, 30),
            here("Europe/Berlin", 2026, 10, 25, 2, 30, fold=1),
        ),
        (
            "the only hour that is not quiet is skipped, so the next day's",
            here("Europe/Berlin", 2026, 3, 29, 1),
            "Europe/Berlin", time(3), time(2),
            here("Europe/Berlin", 2026, 3, 30, 2),
        ),
        (
            "an ordinary night over a clock change lasts until the wall says seven",
            here("Europe/Berlin", 2026, 3, 28, 22, 30),
            "Europe/Berlin", time(22), time(7),
            here("Europe/Berlin", 2026, 3, 29, 7),
        ),
        (
            "Lord Howe changes by half an hour",
            here("Australia/Lord_Howe", 2026, 10, 4, 1, 30),
            "Australia/Lord_Howe", time(1), time(2, 15),
            here("Australia/Lord_Howe", 2026, 10, 4, 2, 30),
        ),
        (
            "Santiago skips midnight",
            here("America/Santiago", 2026, 9, 5, 23),
            "America/Santiago", time(22), time(0, 30),
            here("America/Santiago", 2026, 9, 6, 1),
        ),
        (
            "Santiago has the hour before midnight twice",
            here("America/Santiago", 2026, 4, 4, 23, 30, fold=1),
            "America/Santiago", time(23), time(23, 45),
            here("America/Santiago", 2026, 4, 4, 23, 45, fold=1),
        ),
    ],
)  # fmt: skip
def test_quiet_ends_by_the_wall_clock(
    why: str, at: datetime, zone: str, quiet_from: time, quiet_to: time, expected: datetime
) -> None:
    assert quiet_ends(at, zone, quiet_from, quiet_to) == expected, why


@given(instants, zones, times, times)
def test_quiet_ends_is_the_first_instant_that_is_not_quiet(
    at: datetime, zone: str, quiet_from: time, quiet_to: time
) -> None:
    end = quiet_ends(at, zone, quiet_from, quiet_to)
    assert end >= at
    assert end - at <= timedelta(hours=49)
    assert not is_quiet(end, zone, quiet_from, quiet_to)
    if end > at:
        assert is_quiet(end - timedelta(seconds=1), zone, quiet_from, quiet_to) or end - at < timedelta(seconds=1)
    minute = at
    while minute < end:
        assert is_quiet(minute, zone, quiet_from, quiet_to)
        minute += timedelta(minutes=15)


@given(instants, zones, times)
def test_start_equal_to_end_is_never_quiet(at: datetime, zone: str, both: time) -> None:
    assert not is_quiet(at, zone, both, both)
    assert quiet_ends(at, zone, both, both) == at


@given(instants, zones, times, times)
def test_morning_comes_and_is_not_quiet(at: datetime, zone: str, quiet_from: time, quiet_to: time) -> None:
    told = morning(at, zone, quiet_from, quiet_to)
    assert at < told <= at + timedelta(hours=75)
    assert not is_quiet(told, zone, quiet_from, quiet_to)


@pytest.mark.parametrize(
    ("why", "at", "quiet_from", "quiet_to", "expected"),
    [
        ("at night", (2026, 6, 1, 3), None, None, (2026, 6, 1, 9)),
        ("in the evening", (2026, 6, 1, 20), None, None, (2026, 6, 2, 9)),
        ("at nine itself, tomorrow", (2026, 6, 1, 9), None, None, (2026, 6, 2, 9)),
        ("quiet until ten", (2026, 6, 1, 23), time(22), time(10), (2026, 6, 2, 10)),
        ("quiet until seven", (2026, 6, 1, 23), time(22), time(7), (2026, 6, 2, 9)),
        ("over the clock change", (2026, 3, 28, 20), None, None, (2026, 3, 29, 9)),
    ],
)
def test_what_was_held_is_told_in_the_morning(
    why: str, at: tuple[int, ...], quiet_from: time | None, quiet_to: time | None, expected: tuple[int, ...]
) -> None:
    zone = "Europe/Berlin"
    assert morning(here(zone, *at), zone, quiet_from, quiet_to) == here(zone, *expected), why


def test_the_local_day_is_that_of_the_wall() -> None:
    at = datetime(2026, 1, 1, 11, tzinfo=UTC)
    assert local_day(at, "UTC") == "2026-01-01"
    assert local_day(at, "Pacific/Apia") == "2026-01-02"
    assert local_day(at, "Pacific/Pago_Pago") == "2026-01-01"


@pytest.mark.parametrize(
    ("budget", "sent_on", "sent", "expected"),
    [(3, "2026-06-01", 1, 2), (3, "2026-06-01", 3, 0), (1, "2026-06-01", 3, 0), (3, "2026-05-31", 3, 3), (0, "", 0, 0)],
)
def test_a_budget_is_for_one_day(budget: int, sent_on: str, sent: int, expected: int) -> None:
    assert budget_left(budget, sent_on, sent, "2026-06-01") == expected
