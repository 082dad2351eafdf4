"""Bringing the state to disk: one write at a time, and one for all who ask while another is under way.

Sixteen rooms are served at once, and each must know that what it showed is on disk before it goes on. A write of its
own for each would make all of them wait for one another; so who comes while one is being written shares the next.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from adapters.matrix.keys import Saved
from bot.logs import log

GATHER: Final = 0.1
"""Seconds in which others may join a save that nobody waits for."""


class Saving:
    """Saves the state as a whole."""

    def __init__(self, saved: Saved, written: Callable[[], bytes]) -> None:
        """Take where it is kept, and how it is written; called when a write begins, never while one is under way."""
        self._saved: Final = saved
        self._written: Final = written
        self._one_at_a_time: Final = asyncio.Lock()
        self._next: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._writes: Final[set[asyncio.Task[None]]] = set()

    async def save(self) -> None:
        """Return once the state is on disk, as it was at the call or later.

        A write that has begun is never broken off: who is cancelled leaves it to itself, and no other begins before
        it has ended.

        Raises:
            OSError: It could not be written; what was there before is still there.
        """
        await asyncio.shield(self._begun())

    def soon(self) -> None:
        """Have it saved in a moment, together with what comes until then. Trouble is logged."""
        if self._next is None and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER, self._in_time)

    def _in_time(self) -> None:
        self._begun().add_done_callback(_told)

    def _begun(self) -> "asyncio.Task[None]":
        """Return the save that can still be joined; a new one where there is none."""
        if self._next is None:
            self._next = asyncio.create_task(self._write())
            self._writes.add(self._next)
            self._next.add_done_callback(self._done)
        return self._next

    async def _write(self) -> None:
        async with self._one_at_a_time:
            self._next = None  # from here on it is too late to join
            self._hush()
            await asyncio.to_thread(self._saved.save, self._written())

    def _hush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._writes.discard(task)
        _ = None if task.cancelled() else task.exception()  # whoever waited was told; perhaps nobody is left

    async def close(self) -> None:
        """Save what was to be saved soon, and wait for what is being written."""
        if self._timer is not None:
            self._in_time()
        await asyncio.gather(*self._writes, return_exceptions=True)


def _told(task: "asyncio.Task[None]") -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.trouble("matrix_not_saved", error)
