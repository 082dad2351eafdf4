"""What changed from one version of an agreement to the next: everything is told once, in order."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.statements import ADDED, CHANGED, GONE, KEPT, Difference, differences

ASK = "We ask before giving advice."
QUIET = "Evenings after ten are quiet."
HERE = "What is said here stays here."


@pytest.mark.parametrize(
    ("why", "before", "after", "expected"),
    [
        ("nothing changed", [ASK, QUIET], [ASK, QUIET], [(KEPT, ASK, ASK), (KEPT, QUIET, QUIET)]),
        ("a line more", [ASK], [ASK, HERE], [(KEPT, ASK, ASK), (ADDED, "", HERE)]),
        ("a line less", [ASK, HERE], [HERE], [(GONE, ASK, ""), (KEPT, HERE, HERE)]),
        (
            "a line said differently",
            [ASK, QUIET],
            [ASK, "Evenings after nine are quiet."],
            [(KEPT, ASK, ASK), (CHANGED, QUIET, "Evenings after nine are quiet.")],
        ),
        ("quite another line", [QUIET], ["No photos."], [(GONE, QUIET, ""), (ADDED, "", "No photos.")]),
        (
            "a line said differently, behind a new one",
            [QUIET],
            ["No photos.", "Evenings after nine are quiet."],
            [(ADDED, "", "No photos."), (CHANGED, QUIET, "Evenings after nine are quiet.")],
        ),
        ("everything goes", [ASK], [], [(GONE, ASK, "")]),
    ],
)
def test_what_became_of_each_statement(
    why: str, before: list[str], after: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert differences(before, after) == tuple(Difference(*one) for one in expected), why


_lines = st.lists(st.sampled_from([ASK, QUIET, HERE, "Evenings after nine are quiet.", "No photos.", "x"]), max_size=12)


@given(_lines, _lines)
def test_both_versions_can_be_read_from_what_changed(before: list[str], after: list[str]) -> None:
    told = differences(before, after)
    assert [one.before for one in told if one.kind != ADDED] == before
    assert [one.after for one in told if one.kind != GONE] == after
    assert all((one.before == one.after) == (one.kind == KEPT) for one in told)
    assert all(
        SequenceMatcher(None, one.before, one.after, autojunk=False).ratio() >= 0.5
        for one in told
        if one.kind == CHANGED
    )


def test_what_people_wrote_is_in_no_repr() -> None:
    assert ASK not in repr(differences([ASK], [HERE, QUIET]))
