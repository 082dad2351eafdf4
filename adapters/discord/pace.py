"""How fast requests leave: within what Discord takes of a bot, and what somebody waits for first.

Discord takes 50 requests a second of a bot, over all routes; answers to interactions do not count. The client library
learns of that limit by running into it, and then holds up everything, also what somebody waits for. So what leaves by
itself, a thousand notes before an evening, goes one after another, evenly and a little slower than that. What is asked
for the sake of somebody who waits for an answer goes first, and several at once, as long as fewer than 50 went in the
last second; what leaves by itself makes up for it.
"""

import asyncio
from collections import deque
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Final

import aiohttp

MOST: Final = 50
"""Requests within `SECOND`, over all routes.
https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
"""
SECOND: Final = 1.0

GAP: Final = SECOND / 49
"""Seconds between two requests that leave by themselves."""

_API: Final = "/api/"
_EXEMPT: Final = frozenset({"interactions", "webhooks"})

_AWAITED: Final[ContextVar[bool]] = ContextVar("awaited", default=False)


def somebody_waits() -> None:
    """Say that all that this task asks of Discord, from here on, is for somebody who waits for an answer."""
    _AWAITED.set(True)


class Pace:
    """Whose turn it is, of the requests of one bot."""

    def __init__(self) -> None:
        """Start with nothing sent."""
        self._sent: deque[float] = deque(maxlen=MOST)
        self._even = 0.0
        self._awaited: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    async def turn(self) -> None:
        """Return when a request may leave."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._awaited if _AWAITED.get() else self._others).append(mine)
        self._go_on()
        await mine

    def _go_on(self) -> None:
        """Let go whose time has come, and look again when the next one's does."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        loop = asyncio.get_running_loop()
        for line in (self._awaited, self._others):
            while line:
                if line[0].done():  # nobody waits for it any more
                    line.popleft()
                    continue
                at = self._next(evenly=line is self._others)
                if at > loop.time():
                    self._alarm = loop.call_at(at, self._go_on)
                    return
                self._take(loop.time())
                line.popleft().set_result(None)

    def _next(self, *, evenly: bool) -> float:
        """Return when the next request may leave."""
        room = self._sent[0] + SECOND if len(self._sent) == MOST else 0.0
        return max(room, self._even) if evenly else room

    def _take(self, now: float) -> None:
        self._sent.append(now)
        self._even = max(self._even, now) + GAP

    def trace(self) -> aiohttp.TraceConfig:
        """Return what lets every request of a session wait for its turn.

        There, and not where a call is made: in between, the library itself holds requests up and tries them again.
        """
        traced = aiohttp.TraceConfig()
        traced.on_request_start.append(self._starts)
        return traced

    async def _starts(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, asked: aiohttp.TraceRequestStartParams
    ) -> None:
        api, _, below = asked.url.path.partition(_API)
        counts = not api and below.partition("/")[2].partition("/")[0] not in _EXEMPT
        if counts and asked.url.scheme.startswith("http"):
            await self.turn()
