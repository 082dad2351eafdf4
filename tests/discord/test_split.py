"""Long texts in pieces: everything arrives, and nothing is torn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.split import pieces, shorten, units

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAG = "\U0001f1e9\U0001f1ea"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), max_size=8), st.integers(20, 200))
def test_everything_arrives_in_order_and_no_piece_is_too_long(blocks: list[str], most: int) -> None:
    found = pieces(blocks, most)
    assert all(units(piece) <= most for piece in found)
    assert "".join("".join(found).split()) == "".join("".join(blocks).split())


@given(st.lists(st.sampled_from(["a", " ", "\U0001f600", "e\u0301", FAMILY, FLAG]), max_size=200).map("".join))
def test_no_piece_begins_or_ends_in_half_a_letter(words: str) -> None:
    for piece in pieces([words], 60):
        piece.encode("utf-16-le")
        assert not piece.startswith(("\u200d", "\u0301", "\ufe0f"))
        assert not piece.endswith("\u200d")
        assert sum("\U0001f1e6" <= letter <= "\U0001f1ff" for letter in piece) % 2 == 0


def test_blocks_that_fit_stand_together() -> None:
    assert pieces(["one", "two", "three"], 8) == ["one\ntwo", "three"]
    assert pieces([], 8) == [""]


@pytest.mark.parametrize("whole", ["</peer light on:123456789012345678>", "<@123456789012345678>", "<t:1804161600:f>"])
def test_a_mention_is_never_cut(whole: str) -> None:
    for before in range(60):
        found = pieces(["x " * before + whole + " y" * 40], 60)
        assert sum(whole in piece for piece in found) == 1, before


def test_what_stands_alone_and_is_too_long_is_cut_at_the_limit() -> None:
    assert pieces(["x" * 25], 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert pieces(["\U0001f600" * 6], 5) == ["\U0001f600" * 2] * 3


@pytest.mark.parametrize(
    ("words", "most", "short"),
    [
        ("four", 4, "four"),
        ("fives", 4, "fiv…"),
        ("ab\U0001f600\U0001f600", 5, "ab\U0001f600…"),
        (FLAG * 3, 7, FLAG + "…"),
        ("one two", 5, "one…"),
    ],
)
def test_what_is_shortened_shows_it(words: str, most: int, short: str) -> None:
    assert units(shorten(words, most)) <= most
    assert shorten(words, most) == short
