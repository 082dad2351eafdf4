"""A round: never two who must not meet, nobody left over who need not be, the same for the same chance."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import rounds
from bot.domain.rounds import Joined, Result, bring_together

Pair = Callable[[Joined, Joined], bool]


def _among(pairs: frozenset[frozenset[str]]) -> Pair:
    return lambda one, other: frozenset((one.member, other.member)) in pairs


_NEVER = _among(frozenset())


def _some(*names: str, trio: bool = False) -> list[Joined]:
    return [Joined(name, "local", ("en",), "text", "either", trio=trio) for name in names]


def _only(*pairs: str) -> Pair:
    """Return who keeps apart so that of all pairs only these may meet."""
    may = {frozenset(pair) for pair in pairs}
    return lambda one, other: frozenset((one.member, other.member)) not in may


def _round(people: list[Joined], apart: Pair = _NEVER, met: Pair = _NEVER, seed: int = 1) -> Result:
    return bring_together(people, apart=apart, met=met, seed=bytes([seed]))


def _names(result: Result) -> set[frozenset[str]]:
    return {frozenset(one.member for one in some) for some in result.together}


_words = st.frozensets(st.sampled_from("xyz"), max_size=2)


@st.composite
def _worlds(
    draw: st.DrawFn, most: int = 9
) -> tuple[list[Joined], frozenset[frozenset[str]], frozenset[frozenset[str]]]:
    names = "abcdefghijklmnopqrstuvwxyz"[: draw(st.integers(0, most))]
    people = [
        Joined(
            name,
            draw(st.sampled_from(("local", "local", "other"))),
            tuple(draw(st.sets(st.sampled_from(("de", "en", "fr")), min_size=1))),
            draw(st.sampled_from(("text", "text", "voice"))),
            draw(st.sampled_from(("direct", "room", "either", "either"))),
            group=draw(st.sampled_from(("", "", "adults"))),
            someone_new=draw(st.booleans()),
            trio=draw(st.booleans()),
            left_out=draw(st.booleans()),
            words=draw(_words),
            not_today=draw(_words),
        )
        for name in names
    ]
    pairs = [frozenset(pair) for pair in combinations(names, 2)]
    some = st.frozensets(st.sampled_from(pairs)) if pairs else st.just(frozenset[frozenset[str]]())
    return people, draw(some), draw(some)


def _may(one: Joined, other: Joined, apart: Pair, met: Pair) -> bool:
    """Say the limits once more, in other words than the rule does."""
    return (
        one.platform == other.platform
        and one.group == other.group
        and one.way == other.way
        and bool(set(one.languages) & set(other.languages))
        and {one.place, other.place} != {"direct", "room"}
        and not one.words & other.not_today
        and not other.words & one.not_today
        and not apart(one, other)
        and not (met(one, other) and (one.someone_new or other.someone_new))
    )


@given(_worlds(), st.integers(0, 3))
def test_only_who_may_meet_does_and_everybody_has_one_place(
    world: tuple[list[Joined], frozenset[frozenset[str]], frozenset[frozenset[str]]], seed: int
) -> None:
    people, kept, known = world
    apart, met = _among(kept), _among(known)
    result = _round(people, apart, met, seed)
    placed = [one.member for some in result.together for one in some] + [one.member for one in result.left]
    assert sorted(placed) == sorted(one.member for one in people)
    for some in result.together:
        assert len(some) in {2, 3}
        assert all(_may(one, other, apart, met) for one, other in combinations(some, 2))
        if len(some) == 3:
            assert all(one.trio for one in some)
            assert set.intersection(*(set(one.languages) for one in some))
            assert {"direct", "room"} - {one.place for one in some}


@settings(max_examples=150)
@given(_worlds(most=10))
def test_nobody_is_left_over_who_need_not_be(
    world: tuple[list[Joined], frozenset[frozenset[str]], frozenset[frozenset[str]]],
) -> None:
    people, kept, known = world
    people = [Joined(**{**{name: getattr(one, name) for name in one.__slots__}, "trio": False}) for one in people]
    apart, met = _among(kept), _among(known)
    may = {frozenset((a, b)) for a, b in combinations(range(len(people)), 2) if _may(people[a], people[b], apart, met)}

    @cache
    def best(rest: frozenset[int]) -> tuple[int, int]:
        """Return how few are left alone, and how few of them again."""
        if not rest:
            return 0, 0
        first = min(rest)
        alone = best(rest - {first})
        found = [(alone[0] + 1, alone[1] + people[first].left_out)]
        found += [best(rest - {first, other}) for other in rest if frozenset((first, other)) in may]
        return min(found)

    left = _round(people, apart, met).left
    assert (len(left), sum(one.left_out for one in left)) == best(frozenset(range(len(people))))


@given(_worlds(), st.integers(0, 9))
def test_the_same_seed_gives_the_same_round(
    world: tuple[list[Joined], frozenset[frozenset[str]], frozenset[frozenset[str]]], seed: int
) -> None:
    people, kept, known = world
    apart, met = _among(kept), _among(known)
    assert _round(people, apart, met, seed) == _round(people[::-1], apart, met, seed)


def test_chance_decides_among_equals() -> None:
    people = _some("a", "b", "c", "d")
    assert len({frozenset(_names(_round(people, seed=seed))) for seed in range(50)}) == 3


def test_an_odd_ring_is_mended() -> None:
    # a-b-c-d-e-a is a ring of five, and f hangs on c: whoever begins with b-c spoils it.
    people = _some(*"abcdef")
    may = ("ab", "bc", "cd", "de", "ea", "cf")
    for seed in range(30):
        assert not _round(people, _only(*may), seed=seed).left


def test_those_who_met_lately_meet_again_only_where_somebody_would_stay_alone() -> None:
    people = _some("a", "b", "c", "d")
    met = _among(frozenset({frozenset("ab"), frozenset("cd"), frozenset("ac"), frozenset("bd")}))
    for seed in range(10):
        assert _names(_round(people, met=met, seed=seed)) == {frozenset("ad"), frozenset("bc")}
    assert _names(_round(people[:2], met=met)) == {frozenset("ab")}


def test_more_words_in_common_come_first() -> None:
    people = [
        Joined(name, "local", ("en",), "text", "either", words=frozenset(words))
        for name, words in (("a", "xy"), ("b", "x"), ("c", "xy"), ("d", ""))
    ]
    begun_with_a = [_names(_round(people, seed=seed)) for seed in range(20)]
    assert begun_with_a.count({frozenset("ac"), frozenset("bd")}) > 10


def test_who_stayed_alone_last_time_does_not_again_where_that_can_be() -> None:
    last = Joined("z", "local", ("en",), "text", "either", left_out=True)
    for seed in range(20):
        (left,) = _round([*_some(*"abcdef"), last], seed=seed).left
        assert left.member != "z"


def test_one_of_those_who_stayed_alone_gives_way_through_others() -> None:
    # A star: z and a may only meet b.
    last = Joined("z", "local", ("en",), "text", "either", left_out=True)
    for seed in range(10):
        assert [one.member for one in _round([*_some(*"ab"), last], _only("ab", "bz"), seed=seed).left] == ["a"]
    # y may meet b and c, z only b, and d only c. If y takes b, z stays alone, and d has to give way.
    people = [replace(last, member="y"), last, *_some(*"bcd")]
    for seed in range(10):
        assert [one.member for one in _round(people, _only("yb", "yc", "zb", "cd"), seed=seed).left] == ["d"]


def test_a_third_joins_only_if_all_three_said_so() -> None:
    assert _names(_round(_some("a", "b", "c", trio=True))) == {frozenset("abc")}
    for wary in range(3):
        people = _some("a", "b", "c", trio=True)
        people[wary] = _some("abc"[wary])[0]
        assert len(_round(people).left) == 1


def test_a_third_may_take_the_place_of_somebody_who_cannot_be_one() -> None:
    people = [*_some("x"), *_some(*"abcd", trio=True)]
    for seed in range(20):
        # x does not want to be three; one of the others can be.
        assert not _round(people, seed=seed).left


def test_three_have_a_language_and_a_place_in_common() -> None:
    tongues = (("de", "en"), ("en", "fr"), ("fr", "de"))
    people = [
        Joined(name, "local", known, "text", "either", trio=True) for name, known in zip("abc", tongues, strict=True)
    ]
    assert len(_round(people).left) == 1


def test_a_third_whom_they_met_lately_comes_after_one_they_did_not() -> None:
    people = _some(*"abcde", trio=True)
    met = _among(frozenset(frozenset((one, "e")) for one in "ab"))
    may = _only("ab", "cd", "ae", "be", "ce", "de")
    for seed in range(20):
        assert _names(_round(people, may, met, seed=seed)) == {frozenset("ab"), frozenset("cde")}


def test_a_third_whom_they_met_lately_is_better_than_nobody() -> None:
    people = _some(*"abc", trio=True)
    met = _among(frozenset(frozenset(pair) for pair in ("ab", "bc", "ac")))
    assert not _round(people, met=met).left


def _crowd(number: int) -> list[Joined]:
    """Return a crowd in which most fit few: many words, and many that are not for today."""
    chance = Random(5)
    words = [f"w{each}" for each in range(12)]
    return [
        Joined(
            f"m{each:05}",
            "local",
            tuple(chance.sample(("en", "de", "fr"), chance.choice((1, 2)))),
            "text",
            chance.choice(("direct", "room", "either")),
            trio=chance.random() < 0.2,
            left_out=chance.random() < 0.1,
            words=frozenset(chance.sample(words, 3)),
            not_today=frozenset(chance.sample(words, chance.choice((0, 2)))),
        )
        for each in range(number)
    ]


def test_a_large_round_leaves_nearly_nobody_over() -> None:
    people = _crowd(1501)
    result = _round(people)
    assert len(result.left) <= 15
    assert all(_may(one, other, _NEVER, _NEVER) for some in result.together for one, other in combinations(some, 2))


@pytest.mark.parametrize("left_out", [False, True])
@pytest.mark.parametrize("trio", [False, True])
def test_what_mending_may_cost_is_bounded(monkeypatch: pytest.MonkeyPatch, *, left_out: bool, trio: bool) -> None:
    # Far more of one kind, who want none of their own: most stay alone, and no search can change that.
    many, few = frozenset({"many"}), frozenset({"few"})
    people = [
        Joined(f"m{each}", "local", ("en",), "text", "either", left_out=left_out, trio=trio, words=many, not_today=many)
        for each in range(150)
    ] + [Joined(f"f{each}", "local", ("en",), "text", "either", words=few, not_today=few) for each in range(20)]
    looks = 0
    fits = rounds._Table.might

    def counted(table: rounds._Table, one: int, other: int) -> bool:
        nonlocal looks
        looks += 1
        return fits(table, one, other)

    monkeypatch.setattr(rounds._Table, "might", counted)
    monkeypatch.setattr(rounds, "_ALL_LOOKS", 2_000)
    monkeypatch.setattr(rounds, "_LOOKS", 700)
    result = _round(people)
    assert len(result.together) == 20
    assert looks < 60_000


def test_many_small_circles_are_each_mended() -> None:
    # In each of 500 a-b-c-d in a row, where only neighbours may meet: whoever begins with b-c spoils it. And many are
    # there who fit nobody at all.
    people = [
        Joined(f"{circle:03}{name}", "local", (f"l{circle}",), "text", "either")
        for circle in range(500)
        for name in "abcdxyz"
    ]
    may = {frozenset(pair) for pair in ("ab", "bc", "cd")}
    result = _round(people, lambda one, other: frozenset((one.member[-1], other.member[-1])) not in may)
    assert {one.member[-1] for one in result.left} == set("xyz")
