"""A handle on the bot's process: start it, let it do what is due, stop it, kill it."""

import asyncio
import json
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.drivers import forks

PATIENCE = 60.0
"""Seconds after which a process that says nothing counts as stuck."""


class Died(Exception):  # noqa: N818 - that it dies is what some tests want
    """The process ended instead of doing what it was asked."""


@dataclass
class BotProcess:
    """The bot, running.

    Attributes:
        spec: What it runs (`tests.drivers.bot.Spec`).
        log: Where everything goes that it writes to standard error.
        performed: How many effects its adapter was asked to perform so far, where it counts them.
    """

    spec: Mapping[str, Any]
    log: Path
    performed: int = 0
    _talk: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _number: int = 0
    _code: "asyncio.Task[int] | None" = None

    async def start(self) -> dict[str, Any]:
        """Start it, and return the first thing it says: that it is ready, or why it ended."""
        talk, told = await asyncio.to_thread(forks.start, self.log)
        ends = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(ends), os.fdopen(told, "rb"))
        self._number = int(await asyncio.wait_for(ends.readline(), PATIENCE))
        self._code = asyncio.create_task(_code_of(ends))
        self._talk = await asyncio.open_connection(sock=talk)
        return await self._say(self.spec)

    async def settle(self) -> datetime:
        """Let everything happen that is due now."""
        return await self._at({"do": "settle"})

    async def wind(self, to: datetime) -> datetime:
        """Let time pass; what is due on the way happens on the way."""
        return await self._at({"do": "wind", "to": to.isoformat()})

    async def next_due(self) -> datetime | None:
        """Return when the next thing is due."""
        said = await self._ask({"do": "next_due"})
        return datetime.fromisoformat(said) if said else None

    async def stop(self) -> int:
        """Let it end, and return its exit code."""
        _, writer = self._running()
        if writer.can_write_eof() and not writer.is_closing():
            writer.write_eof()
        try:
            return await self.ended()
        except TimeoutError:
            os.kill(self._number, signal.SIGUSR1)
            await asyncio.sleep(1)
            await self.kill()
            raise AssertionError(self.log.read_text(encoding="utf-8", errors="replace")[-4000:]) from None

    async def kill(self) -> None:
        """End it with signal 9."""
        if self.runs:
            os.kill(self._number, signal.SIGKILL)
        await self.ended()

    async def ended(self) -> int:
        """Return the exit code of a process that ends by itself, or was told to."""
        assert self._code is not None, "it was never started"
        _, writer = self._running()
        code = await asyncio.wait_for(asyncio.shield(self._code), PATIENCE)
        writer.close()
        return code

    @property
    def runs(self) -> bool:
        """Whether it is there."""
        return self._code is not None and not self._code.done()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._number

    def _running(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        assert self._talk is not None, "it was never started"
        return self._talk

    async def _at(self, request: Mapping[str, Any]) -> datetime:
        return datetime.fromisoformat(await self._ask(request))

    async def _ask(self, request: Mapping[str, Any]) -> str:
        said = await self._say(request)
        if "at" not in said:
            raise Died
        return str(said["at"])

    async def _say(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Write one line, and return the answer; a process that died says ``{"died": code}``."""
        reader, writer = self._running()
        try:
            writer.write(json.dumps(request).encode() + b"\n")
            await writer.drain()
            line = await asyncio.wait_for(reader.readline(), PATIENCE)
        except (BrokenPipeError, ConnectionResetError):
            line = b""
        if not line:
            return {"died": await self.ended()}
        answer: dict[str, Any] = json.loads(line)
        self.performed = answer.get("performed", 0)
        return answer


async def _code_of(ends: asyncio.StreamReader) -> int:
    """Return the exit code that is told when the process has ended."""
    line = await ends.readline()
    await ends.read()  # to the end, so that nothing of it stays open
    return int(line)
