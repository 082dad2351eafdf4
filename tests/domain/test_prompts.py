"""Which prompt comes next in a check-in room."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.prompts import order, pick

DRAWS = st.text("abcdef0123456789", min_size=1, max_size=12)


@given(draw=DRAWS, count=st.integers(0, 60))
def test_an_order_has_every_number_once(draw: str, count: int) -> None:
    assert sorted(order(draw, count)) == list(range(count))


@given(draw=DRAWS, count=st.integers(1, 60))
def test_what_is_added_later_leaves_the_others_in_their_order(draw: str, count: int) -> None:
    assert tuple(one for one in order(draw, count) if one < count - 1) == order(draw, count - 1)


def test_rooms_have_orders_of_their_own_which_stay() -> None:
    assert order("a", 6) == (1, 3, 5, 4, 2, 0), "as it was yesterday, and on every computer"
    assert len({order(draw, 40) for draw in "abcdefgh"}) == 8


@pytest.mark.parametrize(
    ("why", "own", "starters", "expected"),
    [
        ("starters alone", "", True, [0, 1, 2, 3]),
        ("they take turns", "ab", True, ["own", 0, "own", 1, 2, 3]),
        ("one of their own", "a", True, ["own", 0, 1, 2]),
        ("many of their own", "abcd", True, ["own", 0, "own", 1, "own", 2, "own", 3, 4]),
        ("their own alone, again when they are through", "ab", False, ["own", "own", "own"]),
        ("nothing", "", False, [None, None]),
    ],
)
def test_own_prompts_and_starters_take_turns(
    why: str, own: Sequence[str], starters: bool, expected: list[str | int | None]
) -> None:
    picked = [pick(own, "room", number, starters=starters) for number in range(len(expected))]
    assert ["own" if isinstance(one, str) else one for one in picked] == expected, why


@given(draw=DRAWS, own=st.integers(0, 30), starters=st.booleans())
def test_each_of_their_own_comes_once_before_any_comes_again(draw: str, own: int, starters: bool) -> None:
    ids = [str(one) for one in range(own)]
    within = 2 * own if starters else own
    picked = [pick(ids, draw, number, starters=starters) for number in range(within)]
    assert sorted(one for one in picked if isinstance(one, str)) == sorted(ids)
    assert [one for one in picked if isinstance(one, int)] == list(range(within - own))
