"""Circles in a member's own calendar, on every platform."""

import re
from datetime import datetime
from typing import Any

import pytest

from adapters.calendar.server import Feeds
from bot.contract.calendar import Calendar
from tests.calendar.reading import parsed
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


@every_platform("C10", but=("discord", "matrix"))  # there the bot runs in a process of its own: no file is seen
async def test_a_calendar_knows_a_meeting_again_and_that_it_was_changed(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    usual = Feeds.write

    def write(feeds: Feeds, calendar: Calendar, now: datetime) -> str:
        given.append(usual(feeds, calendar, now))
        return given[-1]

    monkeypatch.setattr(Feeds, "write", write)

    async def file() -> Any:
        await alder.asks("circle calendar")
        assert "Open this file with your calendar" in await then(evening, "alder", "file")
        (one,) = parsed(given[-1])
        return one

    await planned(evening)
    await says(evening, "alder", "come")
    alder = evening.person("alder")
    first = await file()
    await says(evening, "alder", "more")
    await alder.presses("circle.move-one", {"when": "2027-03-05 21:00"})
    assert "21:00" in await alder.presses("draft.use")
    await evening.settle()
    moved = await file()
    assert (moved["UID"], moved["STATUS"]) == (first["UID"], "CONFIRMED")
    assert moved["DTSTART"].dt.hour == 21
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    for one in (first, moved):
        assert not {"ATTENDEE", "ORGANIZER"} & set(one)
