"""The turn list: an invitation for everybody who does not just listen, once more after a pass, and then no more."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import turns
from bot.domain.turns import OVER, PASSED, TURNS, WAITING


@dataclass(frozen=True)
class Seat:
    name: str
    order: int
    turn: str = WAITING
    listens: bool = False


def seats(*names: str) -> dict[str, Seat]:
    return {name: Seat(name, order) for order, name in enumerate(names)}


def invited(there: dict[str, Seat], *, passing: frozenset[str] = frozenset()) -> list[str]:
    """Let a round go round; return who was invited, in order."""
    asked = []
    while (seat := turns.invited_next(there.values())) is not None:
        asked.append(seat.name)
        order, turn = turns.passes(seat, there.values()) if seat.name in passing else (seat.order, OVER)
        there[seat.name] = replace(seat, order=order, turn=turn)
    return asked


def test_everybody_is_invited_once_in_the_order_in_which_they_came() -> None:
    assert invited(seats("a", "b", "c")) == ["a", "b", "c"]


def test_whoever_passes_is_invited_once_more_after_the_others() -> None:
    assert invited(seats("a", "b", "c"), passing=frozenset("a")) == ["a", "b", "c", "a"]
    assert invited(seats("a", "b", "c"), passing=frozenset("abc")) == ["a", "b", "c", "a", "b", "c"]
    assert invited(seats("a"), passing=frozenset("a")) == ["a", "a"]


def test_who_listens_is_not_in_the_list_and_an_empty_room_has_none() -> None:
    there = seats("a", "b")
    there["a"] = replace(there["a"], listens=True)
    assert invited(there) == ["b"]
    assert invited({}) == []
    assert turns.last_place(()) == 1


def test_whoever_comes_later_is_invited_later() -> None:
    there = seats("a", "b")
    there["a"] = replace(there["a"], order=turns.last_place(there.values()), turn=PASSED)
    there["c"] = Seat("c", turns.last_place(there.values()))
    assert invited(there) == ["b", "a", "c"]


@pytest.mark.parametrize(("turn", "then"), [(WAITING, (6, PASSED)), (PASSED, (1, OVER)), (OVER, (1, OVER))], ids=TURNS)
def test_what_a_pass_means(turn: str, then: tuple[int, str]) -> None:
    assert turns.passes(Seat("a", 1, turn), [Seat("a", 1, turn), Seat("b", 5)]) == then


@given(st.permutations("abcdef"), st.frozensets(st.sampled_from("abcdef")), st.frozensets(st.sampled_from("abcdef")))
def test_a_round_ends_and_asks_nobody_more_than_twice(
    order: list[str], passing: frozenset[str], listening: frozenset[str]
) -> None:
    there = {name: replace(seat, listens=name in listening) for name, seat in seats(*order).items()}
    asked = invited(there, passing=passing)
    for name in order:
        assert asked.count(name) == (0 if name in listening else 2 if name in passing else 1)
