"""A search for a time at the desk: asked, marked, and what came of it."""

from collections.abc import Mapping
from typing import Final

from bot.contract.searches import Search
from tests.commands.circle_scene import hall
from tests.commands.desk import Desk, Shown

TIMES: Final = "2027-03-09 19:00; 2027-03-11 19:00; 2027-03-13 10:00"
"""A Tuesday, a Thursday and a Saturday; the desk begins on Thursday, 4 March, at noon."""


def asked(there: Desk) -> list[Shown]:
    """Return the posts that ask which times work."""
    return [shown for shown in hall(there) if "find-hidden" in shown]


def found(there: Desk) -> list[Shown]:
    """Return what came of searches, as it stands in the hall."""
    return [shown for shown in hall(there) if "find-erased" in shown]


async def begin(there: Desk, name: str = "birch", **args: str) -> Shown:
    """Ask in the hall, and return what whoever asked was answered."""
    answer = await there.ask(name, "circle find", {"title": "Books", "times": TIMES, **args}, here=True)
    assert "find-asked" in answer, answer.ids
    return answer


async def marks(there: Desk, name: str, *numbers: int) -> Shown:
    """Let somebody mark some times on the newest post, and return what they see then."""
    shown = await there.press(name, asked(there)[-1], "circle.mark", here=True)
    for number in numbers:
        shown = await there.ask(name, "circle.works", subject=f"{shown.choice('circle.works-none').subject}-{number}")
    return shown


async def search(there: Desk) -> Search:
    """Return the one search there is."""
    ((id_, *_),) = there.rows()["circle_search"]
    one = await there.read(lambda tx: tx.searches.get(str(id_)))
    assert one is not None
    return one


async def marked(there: Desk) -> Mapping[str, set[int]]:
    """Return who marked what."""
    one = await search(there)
    return {mark.member.id: set(mark.works) for mark in await there.read(lambda tx: tx.searches.marks(one.id))}
