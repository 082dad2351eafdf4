"""Whose turn it is: in order in each place, several places at once, and a limit to all of it.

Order in a place is not mutual exclusion: that is the transaction's matter.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.contract.place import Place

AT_ONCE: Final = 16
"""How many intents are worked on at once."""

IN_A_LANE: Final = 32
"""How many intents may wait in one place."""

IN_ALL: Final = 1024
"""How many intents may wait in all."""


class Full(Exception):  # noqa: N818 - spoken as a refusal
    """So much is waiting that this is not taken on."""


class _Lane:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()  # wakes those who wait in the order in which they came
        self.inside = 0


class Lanes:
    """The lanes; one exists only while somebody is in it."""

    def __init__(self) -> None:
        """Start empty."""
        self._lanes: dict[Place, _Lane] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()

    def __len__(self) -> int:
        """Return how many lanes there are at this moment."""
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, place: Place) -> AsyncIterator[None]:
        """Wait for this place's turn, then hold it.

        Raises:
            Full: Too much is waiting.
        """
        lane = self._lanes.setdefault(place, _Lane())
        if lane.inside >= IN_A_LANE or self._inside >= IN_ALL:
            if not lane.inside:
                del self._lanes[place]
            raise Full
        lane.inside += 1
        self._inside += 1
        self._empty.clear()
        try:
            # The lane first: whoever waits for a place must not hold a slot that others could use.
            async with lane.lock, self._slots:
                yield
        finally:
            lane.inside -= 1
            self._inside -= 1
            if not lane.inside:
                del self._lanes[place]
            if not self._inside:
                self._empty.set()

    async def idle(self) -> None:
        """Return when nothing is being worked on."""
        await self._empty.wait()
