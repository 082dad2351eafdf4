"""The engine at work in a test, with what it heard and every byte that came to it."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any, Final

from adapters.matrix.engine import Engine
from adapters.matrix.heard import Heard
from adapters.matrix.keys import InMemory
from adapters.matrix.session import Account
from bot.chance import SecretChance
from bot.clock import SystemClock
from bot.contract.effect import Accepted
from tests.matrix.people import PASSWORD, PATIENCE
from tests.matrix.synapse import Homeserver

KEY: Final = b"m" * 32


class Listening:
    """A bot that goes into every room it is asked into, and notes what it hears.

    Attributes:
        id: Its user id.
        saved: Its state.
        heard: What was handed over.
        came: Every answer of the homeserver, as bytes.
        hold: While it is cleared, a batch is not finished.
    """

    def __init__(self, homeserver: Homeserver, user: str, account: Account | None = None) -> None:
        """Take an account that is registered; it signs in by password unless ``account`` says otherwise."""
        self.id: Final = user
        self.saved: Final = InMemory()
        self.heard: Final[list[Heard]] = []
        self.came: Final[list[bytes]] = []
        self.hold: Final = asyncio.Event()
        self.hold.set()
        self.account = account or Account(homeserver.url, user, PASSWORD)
        self._news: Final = asyncio.Condition()
        self._running: asyncio.Future[None] | None = None
        self.engine = self._made()

    def _made(self) -> Engine:
        engine = Engine(self.account, self.saved, KEY, SystemClock(), SecretChance())
        judged: Callable[[int, str, bytes], Any] = engine.server._judged

        def noting(status: int, retry: str, raw: bytes) -> Any:
            self.came.append(raw)
            return judged(status, retry, raw)

        engine.server._judged = noting  # type: ignore[method-assign]
        return engine

    async def _batch(self, heard: Sequence[Heard]) -> None:
        for one in heard:
            if one.kind == "invite":
                assert isinstance(await self.engine.join(one.room), Accepted)
        async with self._news:
            self.heard.extend(heard)
            self._news.notify_all()
        await self.hold.wait()

    async def start(self, *, turn: bool = True) -> None:
        """Start it, and wait until it listens; with ``turn`` until its first sync is handled."""
        self._running = asyncio.ensure_future(self.engine.run(self._batch))
        ready = asyncio.ensure_future(self.engine.ready.wait())
        await asyncio.wait({self._running, ready}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._running.done():
            await self._running
        if turn:
            await self.turn()

    async def turn(self, number: int = 1) -> None:
        """Wait until it has handled so many more syncs."""
        sync = self.engine.sync
        assert sync is not None
        wanted = sync.turns + number
        async with asyncio.timeout(PATIENCE), sync.turned:
            await sync.turned.wait_for(lambda: sync.turns >= wanted)

    async def stop(self) -> None:
        """Stop it, as a process that ends would."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running

    async def restart(self, *, turn: bool = True) -> None:
        """Stop it, and start it with what it saved."""
        await self.stop()
        self.engine = self._made()
        await self.start(turn=turn)

    async def hears(self, kind: str, *, body: str = "", room: str = "", number: int = 1) -> Heard:
        """Wait for something of a kind, and return the newest."""

        def found() -> list[Heard]:
            return [
                one
                for one in self.heard
                if one.kind == kind and (not body or one.body == body) and (not room or one.room == room)
            ]

        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(lambda: len(found()) >= number)
        return found()[-1]

    async def settled(self, room: str) -> None:
        """Wait until a room is known as a direct room, or as none."""
        async with asyncio.timeout(PATIENCE):
            while self.engine.ears is None or room not in self.engine.ears.joined:
                await self.turn()
