"""An event loop whose time goes as fast as there is nothing to do, for evenings that would take hours."""

import asyncio
import selectors
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.contract.queues import WorkTx
from bot.store.engine import SqlStore
from bot.store.sealed import Keys

T = TypeVar("T")


class Hasty(asyncio.SelectorEventLoop):
    """Goes on to the next thing that is waited for, at once; what a thread does takes no time, and is waited for."""

    def __init__(self) -> None:
        self.busy = 0
        """How much is done in threads at this moment."""
        self._at = 0.0
        super().__init__(_Skipping(self))

    def time(self) -> float:
        """Return how many seconds have gone by."""
        return self._at

    def skip(self, seconds: float | None) -> None:
        """Let so many seconds go by.

        Raises:
            AssertionError: Nothing would ever happen.
        """
        assert seconds is not None, "what is waited for does not come"
        self._at += seconds


class _Skipping(selectors.DefaultSelector):
    """Waits for threads alone."""

    def __init__(self, loop: Hasty) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self._loop.busy:
            return super().select(None)
        self._loop.skip(timeout)
        return []


class HastyClock:
    """The clock on the wall, beside such a loop."""

    def __init__(self, loop: Hasty, start: datetime) -> None:
        self._loop = loop
        self._start = start

    def now(self) -> datetime:
        """Return the aware instant, UTC."""
        return self._start + timedelta(seconds=self._loop.time())

    async def sleep_until(self, instant: datetime) -> None:
        """Return at ``instant``."""
        await asyncio.sleep(max((instant - self.now()).total_seconds(), 0.0))


class HastyStore(SqlStore):
    """The store on a file, whose threads such a loop waits for."""

    def __init__(self, loop: Hasty, path: Path, keys: Keys, clock: HastyClock) -> None:
        super().__init__(path, keys, clock, durable=False)
        self._loop = loop

    @asynccontextmanager
    async def session(self) -> AsyncIterator[None]:
        """Hold the database open; opening and closing take no time."""
        self._loop.busy += 1
        try:
            async with super().session():
                self._loop.busy -= 1
                try:
                    yield
                finally:
                    self._loop.busy += 1
        finally:
            self._loop.busy -= 1

    async def write(self, work: Callable[[WorkTx], T]) -> T:
        """Run a write transaction, in no time."""
        self._loop.busy += 1
        try:
            return await super().write(work)
        finally:
            self._loop.busy -= 1

    async def read(self, work: Callable[[WorkTx], T]) -> T:
        """Run a read-only transaction, in no time."""
        self._loop.busy += 1
        try:
            return await super().read(work)
        finally:
            self._loop.busy -= 1
