"""The feed, asked over a real connection."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta

import aiohttp
import pytest
from multidict import CIMultiDict

from adapters.calendar import Feeds
from adapters.calendar.server import BURST, PACE
from bot.clock import VirtualClock
from bot.contract.calendar import Calendar
from bot.domain.rhythm import Series
from bot.domain.rrule import parse_rule
from bot.logs import _Safe
from tests.calendar.reading import SPEAKER, event, parsed

GOOD = "a" * 43
NOW = datetime(2026, 3, 1, tzinfo=UTC)
CIRCLE = event(Series(parse_rule("FREQ=WEEKLY"), date(2026, 3, 5), time(19, 30), "Europe/Berlin"))


class Shelf:
    """Calendars by their token."""

    def __init__(self) -> None:
        self.calendars = {GOOD: Calendar((CIRCLE,))}
        self.asked: list[str] = []
        self.broken = False

    async def read(self, token: str) -> Calendar | None:
        self.asked.append(token)
        if self.broken:
            raise RuntimeError(token)
        return self.calendars.get(token)


class Served:
    """A feed that listens, and somebody who asks it."""

    def __init__(self, feeds: Feeds, shelf: Shelf, clock: VirtualClock, session: aiohttp.ClientSession) -> None:
        self.feeds, self.shelf, self.clock, self._session = feeds, shelf, clock, session

    async def asks(
        self, token: str = GOOD, method: str = "GET", path: str = "", **headers: str
    ) -> tuple[int, CIMultiDict[str], str]:
        address = self.feeds.address(token)
        if path:
            address = address.partition("/calendar/")[0] + path
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.request(method, address, headers=sent) as response:
            got = CIMultiDict((name, value) for name, value in response.headers.items() if name != "Date")
            return response.status, got, await response.text()


@asynccontextmanager
async def serving(host: str = "127.0.0.1") -> AsyncIterator[Served]:
    shelf, clock, ready = Shelf(), VirtualClock(NOW), asyncio.Event()
    feeds = Feeds(SPEAKER, clock, shelf.read, host, 0, "")
    task = asyncio.ensure_future(feeds.serve(ready.set))
    try:
        await asyncio.wait_for(ready.wait(), 30)
        async with aiohttp.ClientSession() as session:
            yield Served(feeds, shelf, clock, session)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_whoever_holds_the_address_reads_the_calendar() -> None:
    async with serving() as served:
        status, headers, words = await served.asks()
    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Cache-Control"] == "private, no-cache"
    assert [one["SUMMARY"] for one in parsed(words)] == ["Meeting"]


async def test_a_head_is_a_get_without_the_words() -> None:
    async with serving() as served:
        status, headers, words = await served.asks(method="HEAD")
        _, same, whole = await served.asks()
    assert (status, words) == (200, "")
    assert headers == same
    assert headers["Content-Length"] == str(len(whole.encode()))


async def test_what_has_not_changed_is_not_sent_again() -> None:
    async with serving() as served:
        _, headers, _ = await served.asks()
        served.clock.set(NOW + timedelta(hours=6))
        for known in (headers["ETag"], f'"old", {headers["ETag"]}', "*"):
            status, again, words = await served.asks(If_None_Match=known)
            assert (status, words, again["ETag"]) == (304, "", headers["ETag"])
        served.shelf.calendars[GOOD] = Calendar((), "de")
        status, changed, _ = await served.asks(If_None_Match=headers["ETag"])
        assert status == 200
        assert changed["ETag"] != headers["ETag"]


async def test_a_wrong_token_a_dead_one_and_any_other_address_get_the_same() -> None:
    async with serving() as served:
        wrong = await served.asks("b" * 43)
        del served.shelf.calendars[GOOD]
        answers = [
            await served.asks(GOOD),
            await served.asks("short"),
            await served.asks("a" * 42 + "%2F"),
            await served.asks(GOOD, "POST"),
            await served.asks(path="/"),
            await served.asks(path=f"/calendar/{GOOD}"),
            await served.asks(path=f"/calendar/{GOOD}.ics.ics"),
            await served.asks(path=f"/other/{GOOD}.ics"),
        ]
    assert wrong[0] == 404
    assert wrong[2] == ""
    assert all(answer == wrong for answer in answers)
    assert served.shelf.asked == ["b" * 43, GOOD], "what cannot be a token asks nothing of the database"


async def test_who_asks_too_often_waits_and_nothing_is_read() -> None:
    async with serving() as served:
        for _ in range(BURST):
            assert (await served.asks("short"))[0] == 404
        status, headers, words = await served.asks()
        assert (status, headers["Retry-After"], words) == (429, "60", "")
        assert served.shelf.asked == []
        served.clock.set(NOW + PACE)
        assert (await served.asks())[0] == 200
        assert (await served.asks())[0] == 429
        served.clock.set(NOW + timedelta(days=1))
        assert [(await served.asks())[0] for _ in range(3)] == [200] * 3


async def test_a_fault_is_told_to_nobody_and_logged_without_the_token() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(_Safe())
    logging.root.addHandler(handler)
    before = logging.root.level
    logging.root.setLevel(logging.DEBUG)
    try:
        async with serving() as served:
            await served.asks()
            await served.asks("b" * 43)
            served.shelf.broken = True
            status, _, words = await served.asks()
            served.shelf.broken = False
            assert (await served.asks())[0] == 200
    finally:
        logging.root.removeHandler(handler)
        logging.root.setLevel(before)
    assert (status, words) == (503, "")
    said = written.getvalue()
    assert "feed_not_answered error=RuntimeError" in said
    assert GOOD not in said
    assert "b" * 43 not in said
    assert ".ics" not in said


@pytest.mark.parametrize(
    ("host", "public_url", "address"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8770/calendar/t.ics"),
        ("::1", "", "http://[::1]:8770/calendar/t.ics"),
        ("127.0.0.1", "https://example.org/porch", "https://example.org/porch/calendar/t.ics"),
    ],
)
def test_its_address_is_where_the_world_finds_it(host: str, public_url: str, address: str) -> None:
    feeds = Feeds(SPEAKER, VirtualClock(NOW), Shelf().read, host, 8770, public_url)
    assert feeds.address("t") == address
    assert feeds.served


def test_without_a_feed_files_are_written_all_the_same() -> None:
    feeds = Feeds(SPEAKER, VirtualClock(NOW), Shelf().read, "", 0, "")
    assert not feeds.served
    assert len(parsed(feeds.write(Calendar((CIRCLE,)), NOW))) == 1
