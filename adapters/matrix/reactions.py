"""The keys to press under cards: put there when nobody waits for anything else.

They are a convenience: whoever sees a card can type the number that stands in it. So they go out after the answers and
after the next sync was asked for, past the queues in which messages keep their order, and where more cards wait than
can be remembered the oldest go without. Each key has a transaction id of its own, made of the card's: put twice, it is
there once.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from adapters.matrix.engine import Engine
from bot.contract.effect import Accepted
from bot.logs import log

MOST: Final = 2_000
"""Cards that may wait: as many as are remembered with their numbers (`adapters.matrix.shown`)."""

HANDS: Final = 4
"""Cards that are served at once; the keys of one come one after another, in their order."""

HOLD: Final = 0.5
"""Seconds for which a key waits at most while what came is being handled."""


@dataclass(frozen=True, slots=True)
class _Card:
    room: str = field(repr=False)
    event: str = field(repr=False)
    reactions: tuple[str, ...]
    key: str


class Reactions:
    """Puts keys under the cards of one account."""

    def __init__(self, engine: Engine) -> None:
        """Take what sends them."""
        self._engine: Final = engine
        self._waiting: Final[deque[_Card]] = deque(maxlen=MOST)
        self._working = 0
        self._tasks: Final[set[asyncio.Task[None]]] = set()

    def offer(self, room: str, event: str, reactions: tuple[str, ...], key: str) -> None:
        """Have keys put under a card, some time. ``key`` is the card's."""
        if not reactions:
            return
        self._waiting.append(_Card(room, event, reactions, key))
        if self._working < HANDS:
            self._working += 1
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self) -> None:
        """Serve cards until none waits."""
        try:
            while self._waiting:
                await self._put(self._waiting.popleft())
        finally:
            self._working -= 1

    async def _put(self, card: _Card) -> None:
        """Put the keys under one card. Where one is not taken, the rest is left out."""
        try:
            for number, reaction in enumerate(card.reactions, 1):
                await self._engine.rest(HOLD)
                content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": card.event, "key": reaction}}
                result = await self._engine.react(card.room, content, f"{card.key}.k{number}")
                if not isinstance(result, Accepted):
                    return
        except Exception as error:  # noqa: BLE001 - the next card is not to suffer for it
            log.trouble("matrix_reaction_failed", error)

    async def close(self) -> None:
        """Put no more keys."""
        self._waiting.clear()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
