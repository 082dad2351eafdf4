"""Recalls and reminders: how often, when, and how little their times tell."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.recalling import (
    CALM,
    GRID,
    PATIENCE,
    ROOM_EVERY,
    SOONEST,
    day_ends,
    goes_out_at,
    mark_of,
    next_recall,
    turn,
    waits_until,
)

NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [
        (NOON, 5),
        (NOON + SECOND, 5),
        (NOON + 4 * MINUTE, 5),
        (NOON + 4 * MINUTE + SECOND, 10),
        (NOON + 5 * MINUTE, 10),
        (NOON - SECOND, 5),
    ],
)
def test_a_recall_goes_out_at_a_full_five_minutes(asked: datetime, minutes: int) -> None:
    assert goes_out_at(asked) == NOON + minutes * MINUTE


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - aware by timezones
def test_its_time_tells_no_more_than_five_minutes(asked: datetime) -> None:
    goes_out = goes_out_at(asked)
    assert SOONEST <= goes_out - asked < SOONEST + GRID
    assert goes_out.minute % 5 == goes_out.second == goes_out.microsecond == 0


def test_a_room_has_one_in_half_an_hour_whether_it_has_gone_out_or_will() -> None:
    assert next_recall(NOON, None, None) == NOON + 5 * MINUTE
    for last in (NOON + 5 * MINUTE, NOON, NOON - 20 * MINUTE):
        with pytest.raises(Refusal) as refusal:
            next_recall(NOON, last, None)
        assert (refusal.value.code, dict(refusal.value.facts)) == ("recall-lately", {"minutes": 30})
    assert next_recall(NOON, NOON + 5 * MINUTE - ROOM_EVERY, None) == NOON + 5 * MINUTE


def test_nothing_is_recalled_where_somebody_asked_for_a_quiet_day() -> None:
    with pytest.raises(Refusal) as refusal:
        next_recall(NOON, NOON, NOON + SECOND)
    assert refusal.value.code == "recall-quiet"
    assert next_recall(NOON, None, NOON) == NOON + 5 * MINUTE


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("UTC", datetime(2027, 3, 5, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2027, 3, 4, 23, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2027, 3, 5, 11, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_the_community_is(zone: str, ends: datetime) -> None:
    assert day_ends(NOON, zone) == ends
    assert day_ends(ends - SECOND, zone) == ends < day_ends(ends, zone)


def test_a_mark_knows_the_day_and_the_community_and_neither_room_nor_hour() -> None:
    assert mark_of("c", NOON, "UTC") == mark_of("c", NOON + 11 * timedelta(hours=1), "UTC")
    assert mark_of("c", NOON, "UTC") != mark_of("d", NOON, "UTC")
    assert mark_of("c", NOON, "UTC") != mark_of("c", NOON + timedelta(days=1), "UTC")
    assert mark_of("c", NOON, "Pacific/Auckland") != mark_of("c", NOON, "UTC")


@pytest.mark.parametrize(
    ("why", "late", "spoken", "expected"),
    [
        ("nobody wrote, or it is not told", timedelta(), None, timedelta()),
        ("somebody wrote a while ago", timedelta(), -CALM, timedelta()),
        ("somebody writes just now", timedelta(), timedelta(), CALM),
        ("somebody wrote three minutes ago", timedelta(), -3 * MINUTE, CALM - 3 * MINUTE),
        ("they talk for hours", PATIENCE, timedelta(), CALM),
        ("they talk for longer", PATIENCE + SECOND, timedelta(), None),
        ("nobody writes, but the bot was away", PATIENCE + SECOND, None, None),
    ],
)
def test_a_reminder_waits_for_a_calm_moment(
    why: str, late: timedelta, spoken: timedelta | None, expected: timedelta | None
) -> None:
    said = None if spoken is None else NOON + spoken
    assert waits_until(NOON, NOON - late, said) == (None if expected is None else NOON + expected), why


@given(st.integers(0, 10**6), st.integers(1, 12))
def test_every_statement_has_its_turn_before_any_comes_again(told: int, statements: int) -> None:
    assert sorted(turn(told + each, statements) for each in range(statements)) == list(range(statements))
