"""Circles in a member's own calendar, on every platform."""

import re

from tests.circles.test_circles import planned, says, then
from tests.drivers import Evening, every_platform

ADDRESS = re.compile(r"https://example\.org/calendar/([A-Za-z0-9_-]{43})\.ics")


def token(words: str) -> str:
    found = ADDRESS.search(words)
    assert found is not None, words
    return found[1]


@every_platform("C10")
async def test_a_meeting_is_a_file_and_a_feed_dies_with_its_address(evening: Evening) -> None:
    await planned(evening)
    await says(evening, "alder", "come")
    alder = evening.person("alder")
    offered = await alder.asks("circle calendar")
    assert "Lantern circle" in offered
    assert "names no circle" in offered
    kept = evening.rows()
    assert "Open this file with your calendar" in await then(evening, "alder", "file")
    assert evening.rows() == kept, "who takes a file is nowhere"
    await alder.asks("circle calendar")
    first = token(await then(evening, "alder", "feed"))
    assert evening.rows()["calendar_feed"] == 1
    anew = await then(evening, "alder", "feed")
    assert token(anew) != first
    assert "The address before this one is dead" in anew
    assert evening.rows()["calendar_feed"] == 1
    assert "by their names" in await then(evening, "alder", "feed-names")
    assert "Its address is dead" in await then(evening, "alder", "no-feed")
    assert evening.rows()["calendar_feed"] == 0
    await alder.asks("circle calendar")
    token(await then(evening, "alder", "feed"))
    await alder.asks("mine forget")
    await alder.presses("mine.forget-yes")
    await evening.settle()
    assert evening.rows()["calendar_feed"] == 0
