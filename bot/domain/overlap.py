"""Finding a time: of those that were offered, which work for everybody who marked one.

What is hidden, and what is not. Nobody is shown who answered, how many did, who marked what, or anything at all before
the end, so that nobody can watch what changes with one more answer. What is shown is a set of times, which everybody
who marked one has marked; of a time that is left out nobody learns for whom it did not work. With fewer than `FEWEST`
answers nothing is shown, because what works for two is what the other one marked, to each of them. Who marks none
leaves nothing, so that nobody can keep a group from a time unseen, and standing aside looks like not having come by.

What no rule can hide: whoever knows that somebody answered knows that the times shown work for them. Who marks every
time narrows nothing; two people who do so together are shown what a third one marked. The same times, asked twice of
two groups that differ by one, can tell of that one, to somebody who knows who answered both times. So that nobody is
singled out by ending a search the moment that they have answered, it is open for `OPEN_FOR` at least.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

FEWEST: Final = 3
"""Answers without which nothing is shown."""

FEWEST_TIMES: Final = 2
MOST_TIMES: Final = 6

USUAL_DAYS: Final = 3
LONGEST_DAYS: Final = 14
"""Days to answer in."""

OPEN_FOR: Final = timedelta(hours=12)
"""Whoever began a search cannot end it sooner."""

LEAD: Final = timedelta(hours=1)
"""How long before the first of the times a search is over, so that one can still come to it."""

STAYS: Final = timedelta(days=7)
"""How long what came of it stands, unless the last of its times is past before."""

MOST: Final = 3
"""Searches of a community at a time."""


def overlap(answers: Iterable[Iterable[int]]) -> frozenset[int] | None:
    """Return the times, by their numbers, that everybody marked who marked any; None when those are too few to say.

    Args:
        answers: What each one marked.
    """
    marked = [frozenset(one) for one in answers if one]
    return frozenset.intersection(*marked) if len(marked) >= FEWEST else None


def ends_by(now: datetime, first: datetime, days: int) -> datetime:
    """Return until when one can answer: some days, but not into the hour before the first time.

    Where that is nearer than it is long, half of what is left is for answering.
    """
    return min(now + timedelta(days=days), max(first - LEAD, now + (first - now) / 2))
