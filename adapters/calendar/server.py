"""The feed: calendars for whoever holds the address of one. Off unless switched on, and on this computer alone.

An address ends in a token of 256 random bits, of which only a hash is stored. All that is not the address of a feed
gets the same answer, whether it never was one or is one no more. Nothing of a request is logged, and there is no record
of who read what when.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from aiohttp import web

from adapters.calendar.ics import write
from bot.contract.calendar import Calendar
from bot.contract.ports import Clock, Speaker
from bot.logs import log

PATH: Final = "/calendar/"
"""What the path of a feed begins with."""

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 bits in base64url, unpadded."""

BURST: Final = 60
"""Requests that are answered at once after a quiet time."""

PACE: Final = timedelta(milliseconds=100)
"""Time after which one more is. Programs read a feed a few times a day."""

AT_ONCE: Final = 4
"""Requests that are worked on at the same time; more would keep members waiting for the database."""

LONGEST: Final = timedelta(seconds=20)
"""How long one request may take, the wait for its turn with it."""

_HEADERS: Final = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

Read = Callable[[str], Awaitable[Calendar | None]]
"""Returns the calendar of a token; None when there is none."""


class Feeds:
    """Writes calendars, and serves feeds of them where that is switched on."""

    def __init__(self, speaker: Speaker, clock: Clock, read: Read, host: str, port: int, public_url: str) -> None:
        """Take what finds words and time, what reads a calendar, where to listen (port 0: any), and how it is reached.

        ``public_url`` is where the world finds it, without a slash at its end; empty: where it listens.
        """
        self._speaker = speaker
        self._clock = clock
        self._read = read
        self._host = host
        self._port = port
        self._public_url = public_url
        self._left = float(BURST)
        self._counted_at = clock.now()
        self._turns = asyncio.Semaphore(AT_ONCE)

    @property
    def served(self) -> bool:
        """Whether feeds are served at all."""
        return bool(self._host)

    def write(self, calendar: Calendar, now: datetime) -> str:
        """Return a calendar as a file (RFC 5545)."""
        return write(calendar, self._speaker, now)

    def address(self, token: str) -> str:
        """Return the address of the feed with a token."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{self._public_url or f'http://{host}:{self._port}'}{PATH}{token}.ics"

    async def serve(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until cancelled; ``ready`` is called once it listens."""
        app = web.Application(client_max_size=1024)
        app.router.add_route("*", "/{any:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0, keepalive_timeout=15.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
            self._port = runner.addresses[0][1]
            ready()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        if not self._may_come():
            return web.Response(status=429, headers={**_HEADERS, "Retry-After": "60"})
        try:
            async with asyncio.timeout(LONGEST.total_seconds()), self._turns:
                return await self._found(request)
        except Exception as error:  # noqa: BLE001 - aiohttp would log it, with the request
            log.trouble("feed_not_answered", error)
            return web.Response(status=503, headers={**_HEADERS, "Retry-After": "60"})

    async def _found(self, request: web.Request) -> web.Response:
        path = request.path
        token = path.removeprefix(PATH).removesuffix(".ics")
        asked = request.method in {"GET", "HEAD"} and path == f"{PATH}{token}.ics" and TOKEN.fullmatch(token)
        calendar = await self._read(token) if asked else None
        if calendar is None:
            return web.Response(status=404, headers=_HEADERS)
        # Pure work of some milliseconds, or of some hundred for many circles: not on the loop that members wait for.
        words = await asyncio.to_thread(self.write, calendar, self._clock.now())
        mark = _mark(words)
        headers = {**_HEADERS, "ETag": f'W/"{mark}"'}
        known = request.headers.get("If-None-Match", "")
        if known.strip() == "*" or mark in re.findall(r'"([^"]*)"', known):
            return web.Response(status=304, headers=headers)
        headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
        return web.Response(body=words.encode(), content_type="text/calendar", charset="utf-8", headers=headers)

    def _may_come(self) -> bool:
        """Take one from what may be asked, which grows with time; False when nothing is left."""
        now = self._clock.now()
        self._left = min(float(BURST), self._left + max(timedelta(0), now - self._counted_at) / PACE)
        self._counted_at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def _mark(words: str) -> str:
    """Return what tells a file from another one: all of it but when it was written."""
    return hashlib.sha256(re.sub(r"DTSTAMP:.*\r\n", "", words).encode()).hexdigest()[:32]
