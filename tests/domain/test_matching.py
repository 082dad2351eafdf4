"""Matching: hard limits that look alike from outside, then an order that one person's secret cannot change."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import matching
from bot.domain.openings import FRESH, PLACES, Opening, Question

NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)

ASKING = Opening(
    id="asking",
    community="c",
    member="a",
    platform="local",
    asks=True,
    languages=("en", "de"),
    way="text",
    place="either",
    opened_at=NOW,
    ends_at=NOW + timedelta(days=1),
    words=frozenset({"night"}),
)
LIGHT = replace(ASKING, id="light", member="b", asks=False, questions=2, words=frozenset())


def fits(one: Opening, other: Opening, *, apart: bool = False, met: bool = False) -> bool:
    return matching.fits(one, other, now=NOW, apart=apart, met=met)


def test_two_with_nothing_against_it_fit() -> None:
    assert fits(ASKING, LIGHT)


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("somebody cannot meet themselves", replace(LIGHT, member="a")),
        ("another community", replace(LIGHT, community="d")),
        ("another platform: they share no place", replace(LIGHT, platform="matrix")),
        ("another introduction group", replace(LIGHT, group="young")),
        ("ended", replace(LIGHT, ends_at=NOW)),
        ("no questions left", replace(LIGHT, questions=0)),
        ("no language in common", replace(LIGHT, languages=("fr",))),
        ("another way of talking", replace(LIGHT, way="voice")),
        ("does not want my word today", replace(LIGHT, not_today=frozenset({"night"}))),
    ],
)
def test_a_hard_limit_keeps_two_apart(why: str, other: Opening) -> None:
    assert not fits(ASKING, other), why


def test_not_today_counts_both_ways() -> None:
    assert not fits(replace(ASKING, not_today=frozenset({"loss"})), replace(LIGHT, words=frozenset({"loss"})))


def test_two_who_keep_apart_never_fit() -> None:
    assert not fits(ASKING, LIGHT, apart=True)


def test_someone_new_is_the_choice_of_either() -> None:
    assert fits(ASKING, LIGHT, met=True)
    assert not fits(replace(ASKING, someone_new=True), LIGHT, met=True)
    assert not fits(ASKING, replace(LIGHT, someone_new=True), met=True)
    assert fits(replace(ASKING, someone_new=True), LIGHT, met=False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("either", "either", "room"),
        ("either", "direct", "direct"),
        ("room", "either", "room"),
        ("direct", "direct", "direct"),
        ("room", "direct", None),
    ],
)
def test_where_two_talk(one: str, other: str, expected: str | None) -> None:
    assert matching.shared_place(replace(ASKING, place=one), replace(LIGHT, place=other)) == expected
    assert fits(replace(ASKING, place=one), replace(LIGHT, place=other)) is (expected is not None)


@pytest.mark.parametrize("place", PLACES)
def test_places_that_go_together_are_those_where_two_can_talk(place: str) -> None:
    with_it = [one for one in PLACES if matching.shared_place(replace(ASKING, place=place), replace(LIGHT, place=one))]
    assert list(matching.places_with(place)) == with_it


def test_shared_languages_stand_in_the_order_of_the_first() -> None:
    assert matching.shared_languages(ASKING, replace(LIGHT, languages=("de", "en", "fr"))) == ("en", "de")


def order(*others: Opening, met: frozenset[str] = frozenset(), apart: frozenset[str] = frozenset()) -> list[str]:
    found = matching.candidates(
        ASKING, others, now=NOW, apart=lambda other: other.member in apart, met=lambda other: other.member in met
    )
    return [other.id for other in found]


def test_first_who_was_not_met_lately_then_shared_words_then_who_waited_longest() -> None:
    waited = replace(LIGHT, id="waited", member="w", opened_at=NOW - timedelta(hours=3))
    shares = replace(LIGHT, id="shares", member="s", words=frozenset({"night"}))
    met = replace(LIGHT, id="met", member="m", words=frozenset({"night"}), opened_at=NOW - timedelta(hours=5))
    assert order(met, LIGHT, waited, shares, met=frozenset({"m"})) == ["shares", "waited", "light", "met"]


def test_a_member_with_two_openings_is_asked_through_the_better_one() -> None:
    own_request = replace(LIGHT, id="request", asks=True, questions=None, words=frozenset({"night"}))
    assert order(LIGHT, own_request) == ["request"]


people = st.builds(
    lambda n, words, age, language: replace(
        LIGHT,
        id=f"o{n}",
        member=f"m{n}",
        words=frozenset(words),
        opened_at=NOW - timedelta(minutes=age),
        languages=(language,),
    ),
    st.integers(0, 30),
    st.sets(st.sampled_from(["night", "loss", "work"])),
    st.integers(0, 600),
    st.sampled_from(["en", "de", "fr"]),
)


@given(st.lists(people, max_size=12, unique_by=lambda one: one.member), st.data())
def test_whoever_is_kept_apart_is_as_if_absent_and_moves_nobody_else(
    others: list[Opening], data: st.DataObject
) -> None:
    secret = frozenset(data.draw(st.sets(st.sampled_from([o.member for o in others] or ["nobody"]))))
    without = [other for other in others if other.member not in secret]
    shuffled = data.draw(st.permutations(without))
    assert order(*others, apart=secret) == order(*shuffled)


@given(st.lists(people, max_size=12, unique_by=lambda one: one.id), st.data())
def test_one_by_one_they_are_the_same_and_nobody_is_looked_at_too_early(
    others: list[Opening], data: st.DataObject
) -> None:
    others = [replace(one, member=data.draw(st.sampled_from(["b", one.member]))) for one in others]
    some = st.frozensets(st.sampled_from([one.member for one in others] or ["nobody"]))
    met, apart = data.draw(some), data.draw(some)
    waiting = sorted(others, key=lambda one: (-len(ASKING.words & one.words), one.opened_at, one.id))
    looked: list[str] = []

    def watched() -> Iterator[Opening]:
        for one in waiting:
            looked.append(one.id)
            yield one

    found: list[str] = []
    for one in matching.one_by_one(
        ASKING, watched(), now=NOW, apart=lambda one: one.member in apart, met=lambda one: one.member in met
    ):
        found.append(one.id)
        assert one.member in met or looked[-1] == one.id
    assert found == order(*others, met=met, apart=apart)


@given(st.lists(people, max_size=12, unique_by=lambda one: one.member), st.data())
def test_nobody_apart_is_ever_a_candidate(others: list[Opening], data: st.DataObject) -> None:
    secret = frozenset(data.draw(st.sets(st.sampled_from([o.member for o in others] or ["nobody"]))))
    by_id = {other.id: other.member for other in others}
    assert not {by_id[found] for found in order(*others, apart=secret)} & secret


ASKED = Question("q", "asking", "b", "a", NOW, NOW + timedelta(minutes=20))


def test_the_owner_is_asked_always_or_about_a_word_that_the_peer_brings() -> None:
    marked = replace(ASKING, ask_about=frozenset({"loss"}))
    brings = replace(LIGHT, words=frozenset({"loss"}))
    assert not matching.asks_owner(ASKING, brings)
    assert not matching.asks_owner(marked, LIGHT)
    assert matching.asks_owner(marked, brings)
    assert matching.asks_owner(replace(ASKING, ask_first=True), LIGHT)


def test_the_request_is_a_yes_while_it_is_fresh_and_its_owner_need_not_be_asked() -> None:
    assert matching.implied_yes(ASKING, ASKED, NOW)
    assert not matching.implied_yes(ASKING, ASKED, NOW + FRESH)
    assert not matching.implied_yes(ASKING, replace(ASKED, ask_owner=True), NOW)
