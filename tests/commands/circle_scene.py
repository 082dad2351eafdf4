"""A circle at the desk: planned, posted, answered."""

from collections.abc import Callable
from typing import Final

from bot.contract.circles import Answer, Circle, Meeting
from bot.contract.queues import WorkTx
from tests.commands.desk import HALL, Desk, Shown

TITLE: Final = "Quiet evening"
FIRST: Final = "2027-03-11 19:00"
"""A Thursday, a week from the desk's first day; the desk's community is in UTC."""


def hall(there: Desk) -> list[Shown]:
    """Return what stands in the hall."""
    return [shown for place, shown in there.platform.posts.values() if place == HALL]


def posts(there: Desk) -> list[Shown]:
    """Return the posts of circles that stand."""
    return [shown for shown in hall(there) if "circle-asks" in shown]


async def plan(there: Desk, name: str = "birch", **args: str) -> Shown:
    """Plan a circle in the hall, and return its post."""
    given = {"title": TITLE, "meets": FIRST, "rhythm": "weekly", **args}
    answer = await there.ask(name, "circle plan", given, here=True)
    assert "circle-planned" in answer, answer.ids
    return posts(there)[-1]


async def says(there: Desk, name: str, what: str, **args: str) -> Shown:
    """Let somebody press a choice on the newest post, or behind *see more* on it."""
    post = posts(there)[-1]
    if f"circle.{what}" in post.actions:
        return await there.press(name, post, f"circle.{what}", here=True)
    more = await there.press(name, post, "circle.more", here=True)
    subject = more.choice(f"circle.{what}").subject
    return await there.ask(name, f"circle.{what}", args, subject=subject)


async def held(there: Desk) -> tuple[Circle, Meeting]:
    """Return the one circle there is, and its meeting that is posted."""
    community = await there.community()

    def work(tx: WorkTx) -> tuple[Circle, Meeting]:
        (circle,) = tx.circles.of_community(community)
        return circle, next(one for one in tx.circles.meetings(circle.id) if one.state == "planned")

    return await there.write(work)


async def answers(there: Desk) -> dict[str, str]:
    """Return who answered what."""
    _, meeting = await held(there)
    look: Callable[[WorkTx], tuple[Answer, ...]] = lambda tx: tx.circles.answers(meeting.id)  # noqa: E731 - one line
    return {one.member.id: one.answer for one in await there.write(look)}


def told(there: Desk, name: str, what: str) -> list[Shown]:
    """Return what somebody was told privately."""
    return [shown for shown in there.sent_to(name) if what in shown]
