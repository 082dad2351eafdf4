"""How the loops sleep and are woken."""

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.contract.ports import Clock


class Bell:
    """Wakes one loop. ``idle`` is set while the loop sleeps with nothing left to do."""

    def __init__(self) -> None:
        """Start rung: a loop looks first and sleeps after."""
        self._rung = asyncio.Event()
        self._rung.set()
        self.idle = asyncio.Event()

    def ring(self) -> None:
        """Wake the loop: there may be something to do."""
        self._rung.set()
        self.idle.clear()

    def hush(self) -> None:
        """Say that the loop looks now; what rings from here on wakes it again."""
        self._rung.clear()

    async def wait(self, clock: Clock, until: datetime | None, tasks: Iterable["asyncio.Task[Any]"] = ()) -> None:
        """Return when rung, at ``until``, or when one of ``tasks`` ends."""
        under_way = set(tasks)
        if not self._rung.is_set() and not under_way:
            self.idle.set()
        waiting: set[asyncio.Task[Any]] = {asyncio.create_task(self._rung.wait())}
        if until is not None:
            waiting.add(asyncio.create_task(_sleep(clock, until)))
        try:
            await asyncio.wait(waiting | under_way, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            self.idle.clear()


async def _sleep(clock: Clock, until: datetime) -> None:
    await clock.sleep_until(until)
