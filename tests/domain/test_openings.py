"""Openings: slots that nothing can move, and ends in the member's own zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.openings import FRESH, SHORT_SLOT, SLOT, SPANS, Opening, ends_at

NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)


def opening(hours: float = 24) -> Opening:
    return Opening(
        id="o",
        community="c",
        member="m",
        platform="local",
        asks=True,
        languages=("en",),
        way="text",
        place="either",
        opened_at=NOON,
        ends_at=NOON + timedelta(hours=hours),
    )


@pytest.mark.parametrize(("hours", "slot"), [(2, SHORT_SLOT), (3.9, SHORT_SLOT), (4, SLOT), (24, SLOT), (168, SLOT)])
def test_a_short_request_has_short_slots(hours: float, slot: timedelta) -> None:
    assert opening(hours).slot == slot


@given(st.integers(0, 10**9), st.sampled_from([2.0, 24.0]))
def test_a_slot_begins_on_the_grid_of_its_opening_and_strictly_later(microseconds: int, hours: float) -> None:
    asking = opening(hours)
    now = NOON + timedelta(microseconds=microseconds)
    begins = asking.next_slot(now)
    assert now < begins <= now + asking.slot
    assert (begins - asking.opened_at) % asking.slot == timedelta()


def test_a_request_is_its_owners_yes_for_two_hours_unless_they_want_to_be_asked() -> None:
    assert opening().fresh(NOON + FRESH - timedelta(seconds=1))
    assert not opening().fresh(NOON + FRESH)
    assert not replace(opening(), ask_first=True).fresh(NOON)


@pytest.mark.parametrize(
    ("span", "zone", "expected"),
    [
        ("2h", "UTC", datetime(2027, 3, 4, 14, tzinfo=UTC)),
        ("1d", "UTC", datetime(2027, 3, 5, 12, tzinfo=UTC)),
        ("3d", "UTC", datetime(2027, 3, 7, 12, tzinfo=UTC)),
        ("7d", "UTC", datetime(2027, 3, 11, 12, tzinfo=UTC)),
        ("today", "UTC", datetime(2027, 3, 5, tzinfo=UTC)),
        ("today", "Europe/Berlin", datetime(2027, 3, 4, 23, tzinfo=UTC)),
        ("today", "Pacific/Auckland", datetime(2027, 3, 5, 11, tzinfo=UTC)),
        ("today", "America/Los_Angeles", datetime(2027, 3, 5, 8, tzinfo=UTC)),
    ],
)
def test_an_opening_ends_when_its_span_says(span: str, zone: str, expected: datetime) -> None:
    assert ends_at(span, NOON, zone) == expected


def test_today_is_refused_when_less_than_half_an_hour_of_it_is_left() -> None:
    late = datetime(2027, 3, 4, 23, 31, tzinfo=UTC)
    with pytest.raises(Refusal, match="today-over"):
        ends_at("today", late, "UTC")
    assert ends_at("today", late - timedelta(minutes=1), "UTC") == datetime(2027, 3, 5, tzinfo=UTC)


def test_every_span_that_is_offered_ends_later_than_now() -> None:
    assert all(ends_at(span, NOON, "Asia/Kathmandu") > NOON for span in SPANS)
