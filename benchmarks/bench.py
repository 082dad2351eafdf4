"""The bot around a store, on a platform that does nothing: what every in-process benchmark stands on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from bot.app import compose
from bot.clock import SystemClock
from bot.contract.effect import Absent, Accepted, Effect, Found, Result
from bot.contract.facts import Answer, Question, Right, Standing
from bot.contract.ports import Sink
from bot.contract.text import Voice
from bot.runtime import Runtime
from bot.store.engine import SqlStore
from bot.store.sealed import LENGTH, Keys

PLATFORM = "bench"
KEYS = Keys(bytes(LENGTH))
CLOCK = SystemClock()


class Nowhere:
    """A platform without a network: everybody is a member, everything arrives at once."""

    platform = PLATFORM
    capabilities: frozenset[str] = frozenset()
    safe = timedelta(minutes=1)

    async def run(self, sink: Sink) -> None:  # noqa: ARG002 - the port's shape
        await asyncio.Event().wait()

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:  # noqa: ARG002
        return Accepted(key)

    async def find(self, mark: str, effect: Effect) -> Found:  # noqa: ARG002
        return Absent()

    async def tell(self, question: Question) -> Answer:  # noqa: ARG002
        return Standing(Right.MEMBER)


def store_at(path: Path | None, *, durable: bool = True) -> SqlStore:
    """Return a store, not yet open; no path: in memory."""
    return SqlStore(path, KEYS, CLOCK, durable=durable)


@asynccontextmanager
async def running(path: Path | None, *, durable: bool = True) -> AsyncIterator[Runtime]:
    """Run the whole bot over a store, with its loops."""
    store = store_at(path, durable=durable)
    async with store.session():
        runtime = compose(store, KEYS, CLOCK, {PLATFORM: Nowhere()})
        loops = asyncio.create_task(runtime.run())
        try:
            yield runtime
        finally:
            loops.cancel()
            with suppress(asyncio.CancelledError):
                await loops
