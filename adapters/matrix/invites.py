"""Invites that could not be taken at once: a homeserver that says "later" is listened to, also over a restart.

Rooms that go on in another, where that could not be asked, wait in the same way.

An invite is told once. With the limits that homeservers ship, the bot may not join at the very moment in which somebody
opens a conversation with it; who asked in vain would never hear why.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from adapters.matrix.engine import Engine
from adapters.matrix.heard import Heard
from bot.contract.effect import NotSent, Unsure
from bot.contract.ports import Clock

TRIES: Final = 12
"""How often an invite is tried while the process lives; with waits that double, for half an hour at least."""

LONGEST: Final = 300.0
MOST: Final = 100
"""Invites that wait at once. Somebody who sends thousands makes nobody else wait for ever."""


class Waiting:
    """The invites that wait, of one account."""

    def __init__(self, engine: Engine, wire: Clock, again: Callable[[Heard], Awaitable[None]]) -> None:
        """Take the engine, the clock by which the network is waited for, and what hears an invite once more."""
        self._engine: Final = engine
        self._wire: Final = wire
        self._again: Final = again
        self._tries: Final[dict[str, int]] = {}
        self._tasks: Final[set[asyncio.Task[None]]] = set()

    def resume(self) -> None:
        """Go on with what waited when the process ended."""
        for room, (sender, what) in self._engine.state.waiting.items():
            self._tries[room] = 1
            if what.startswith("!"):
                self._begin(Heard("", room, sender, "tombstone", relates_to=what), 0.0)
            else:
                self._begin(Heard("", room, sender, "invite", key=what), 0.0)

    async def later(self, heard: Heard, result: NotSent | Unsure) -> bool:
        """Let an invite be heard again, after as long as the homeserver asks for; False where it is given up.

        Raises:
            OSError: It could not be saved that it waits. It is tried again all the same.
        """
        kept, tries = self._engine.state.waiting, self._tries.get(heard.room, 0)
        new = heard.room not in kept
        forgotten = new and tries > 0  # its sender, while it was tried
        if forgotten or tries >= TRIES or (new and len(kept) >= MOST):
            await self.done(heard.room)
            return False
        self._tries[heard.room] = tries + 1
        kept[heard.room] = [heard.sender, heard.relates_to or heard.key]
        self._begin(heard, max(result.wait if isinstance(result, NotSent) else 0.0, min(2.0**tries, LONGEST)))
        if new:
            await self._engine.save()
        return True

    async def done(self, room: str) -> None:
        """Forget an invite: it was taken, left, or given up."""
        self._tries.pop(room, None)
        if self._engine.state.waiting.pop(room, None) is not None:
            await self._engine.save()

    def _begin(self, heard: Heard, wait: float) -> None:
        task = asyncio.create_task(self._after(heard, wait))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _after(self, heard: Heard, wait: float) -> None:
        await self._wire.sleep_until(self._wire.now() + timedelta(seconds=wait))
        if heard.room in self._engine.state.waiting:  # else its sender was forgotten, or the room is not there any more
            await self._again(heard)
        else:
            self._tries.pop(heard.room, None)

    async def close(self) -> None:
        """End the waiting; what waits is gone on with at the next start."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
