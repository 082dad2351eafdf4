"""What works for all who marked a time, and until when one can."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.overlap import FEWEST, MOST_TIMES, ends_by, overlap

NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

ANSWER = st.frozensets(st.integers(1, MOST_TIMES))
ANSWERS = st.lists(ANSWER, max_size=9)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ((), None),
        (({1, 2}, {1, 2}), None),
        (({1, 2}, {1, 2}, ()), None),
        (({1, 2}, {2, 3}, {2}), {2}),
        (({1, 2}, {2, 3}, {2}, ()), {2}),
        (({1, 2}, {2, 3}, {1, 3}), set()),
        (({1, 4}, {1, 2, 3, 4}, {1, 4}), {1, 4}),
    ],
)
def test_what_works_for_all_who_marked_one(answers: tuple[set[int], ...], shown: set[int] | None) -> None:
    assert overlap(answers) == shown


@given(ANSWERS, st.randoms())
def test_it_does_not_matter_who_answered_what(answers: list[frozenset[int]], chance: object) -> None:
    swapped = list(answers)
    chance.shuffle(swapped)  # type: ignore[attr-defined]
    assert overlap(swapped) == overlap(answers)


@given(st.lists(ANSWER, max_size=FEWEST - 1))
def test_of_fewer_than_three_nothing_is_told(answers: list[frozenset[int]]) -> None:
    assert overlap(answers) is None


@given(ANSWERS, ANSWER)
def test_who_marks_none_and_who_marks_all_change_nothing_that_is_shown(
    answers: list[frozenset[int]], other: frozenset[int]
) -> None:
    shown = overlap(answers)
    assert overlap([*answers, frozenset()]) == shown
    if shown is not None:
        assert overlap([*answers, frozenset(range(1, MOST_TIMES + 1))]) == shown
        assert overlap([*answers, shown | other]) == (shown or overlap([*answers, other]))


@given(ANSWERS)
def test_a_time_that_is_shown_works_for_all_and_one_that_is_not_does_not(answers: list[frozenset[int]]) -> None:
    shown, marked = overlap(answers), [one for one in answers if one]
    for time in range(1, MOST_TIMES + 1) if shown is not None else ():
        assert (time in (shown or ())) == all(time in one for one in marked)


@pytest.mark.parametrize(
    ("first", "days", "until"),
    [
        (100 * HOUR, 3, 72 * HOUR),
        (72.5 * HOUR, 3, 71.5 * HOUR),
        (24 * HOUR, 3, 23 * HOUR),
        (HOUR, 3, HOUR / 2),
        (HOUR / 6, 1, HOUR / 12),
    ],
)
def test_until_when_one_can_answer(first: timedelta, days: int, until: timedelta) -> None:
    assert ends_by(NOW, NOW + first, days) == NOW + until
