"""Seats, the line of those who wait, and who may change what."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import circle as c
from bot.domain.circle import (
    Asking,
    answer_by,
    enough,
    free,
    fullness,
    may_change_meeting,
    may_confirm,
    may_wish_change,
)

NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class One:
    answer: str
    offered_until: datetime | None = None


def coming(number: int) -> list[One]:
    return [One(c.COME)] * number


@pytest.mark.parametrize(
    ("seats", "come", "left", "says"),
    [
        (None, 99, None, c.OPEN),
        (8, 0, 8, c.OPEN),
        (8, 5, 3, c.OPEN),
        (8, 6, 2, c.NEARLY),
        (8, 8, 0, c.FULL),
        (8, 9, 0, c.FULL),
        (2, 1, 1, c.OPEN),
        (4, 3, 1, c.NEARLY),
    ],
)
def test_how_full_it_is_is_said_without_a_number(seats: int | None, come: int, left: int | None, says: str) -> None:
    answers = [*coming(come), One(c.MAYBE), One(c.WAIT)]
    assert free(seats, answers) == left
    assert fullness(seats, answers) == says


def test_a_seat_that_is_offered_is_nobody_elses() -> None:
    assert free(3, [*coming(2), One(c.WAIT, NOW)]) == 0
    assert fullness(3, [*coming(2), One(c.WAIT, NOW)]) == c.FULL


@pytest.mark.parametrize(("fewest", "come", "says"), [(None, 0, None), (3, 2, False), (3, 3, True)])
def test_enough_is_what_the_circle_says(fewest: int | None, come: int, says: bool | None) -> None:
    assert enough(fewest, [*coming(come), One(c.MAYBE)]) is says


@pytest.mark.parametrize(
    ("ahead", "until"),
    [
        (96 * HOUR, 24 * HOUR),
        (48 * HOUR, 24 * HOUR),
        (10 * HOUR, 5 * HOUR),
        (15 * MINUTE, 10 * MINUTE),
        (10 * MINUTE, 10 * MINUTE),
        (9 * MINUTE, None),
    ],
)
def test_an_offer_leaves_time_for_the_next_one(ahead: timedelta, until: timedelta | None) -> None:
    assert answer_by(NOW, NOW + ahead) == (None if until is None else NOW + until)


@given(ahead=st.timedeltas(timedelta(0), timedelta(days=60)))
def test_an_offer_never_outlasts_the_start(ahead: timedelta) -> None:
    until = answer_by(NOW, NOW + ahead)
    assert until is None or NOW + c.SOONEST <= until <= NOW + ahead


@pytest.mark.parametrize(
    ("asking", "may"),
    [
        (Asking("a"), True),
        (Asking("a", ("a", "b")), True),
        (Asking("c", ("a", "b")), False),
        (Asking("a", ("a", "b"), host="b"), False),
        (Asking("b", ("a",), host="b"), True),
        (Asking("c", ("a",), host="b", moderates=True), True),
    ],
)
def test_one_meeting_is_changed_by_its_host_or_where_there_is_none_by_whoever_comes(asking: Asking, may: bool) -> None:
    assert may_change_meeting(asking) is may


@pytest.mark.parametrize(
    ("asking", "may"),
    [
        (Asking("a"), True),
        (Asking("a", ("a",)), True),
        (Asking("c", ("a",)), False),
        (Asking("b", ("a",), host="b"), False),
        (Asking("c", ("a",), moderates=True), True),
    ],
)
def test_a_change_to_the_series_is_wished_by_whoever_comes(asking: Asking, may: bool) -> None:
    assert may_wish_change(asking) is may


@pytest.mark.parametrize(
    ("asking", "may"),
    [
        (Asking("a"), False),
        (Asking("a", moderates=True), False),
        (Asking("b"), True),
        (Asking("b", ("a",)), True),
        (Asking("b", ("a", "c")), False),
        (Asking("b", ("a", "c"), moderates=True), True),
        (Asking("c", ("a", "c")), True),
    ],
)
def test_it_needs_a_second_one_who_is_not_the_first(asking: Asking, may: bool) -> None:
    assert may_confirm(asking, "a") is may


def test_people_are_not_in_what_could_be_printed() -> None:
    assert "anna" not in repr(Asking("anna", ("anna",), "anna"))
