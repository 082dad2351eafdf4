"""What time it is. The only place that asks."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

LONGEST_SLEEP: Final = timedelta(seconds=30)
"""Sleep goes in pieces of at most this, so that a clock that was set, or a machine that slept, is noticed."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the aware instant, UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, instant: datetime) -> None:
        """Return at ``instant`` or soon after, even if the machine's clock is set meanwhile."""
        while (left := instant - self.now()) > timedelta(0):  # noqa: ASYNC110 - time itself is waited for
            await asyncio.sleep(min(left, LONGEST_SLEEP).total_seconds())


class VirtualClock:
    """A clock that goes only when it is told to: for the playground and for tests."""

    def __init__(self, start: datetime) -> None:
        """Stand at ``start``, an aware instant."""
        self._now = _aware(start)
        self._order = count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Return the aware instant, UTC."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Go forward to ``instant`` and wake those who slept until then.

        Raises:
            ValueError: It lies in the past, or is naive.
        """
        instant = _aware(instant)
        if instant < self._now:
            raise ValueError("clock_backwards")
        self._now = instant
        while self._sleepers and self._sleepers[0][0] <= instant:
            _, _, waking = heapq.heappop(self._sleepers)
            if not waking.done():
                waking.set_result(None)

    async def sleep_until(self, instant: datetime) -> None:
        """Return once the clock was set to ``instant`` or later."""
        if instant <= self._now:
            await asyncio.sleep(0)
            return
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (instant, next(self._order), waking))
        try:
            await waking
        finally:
            self._sleepers = [sleeper for sleeper in self._sleepers if sleeper[2] is not waking]
            heapq.heapify(self._sleepers)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("instant_naive")
    return instant.astimezone(UTC)
