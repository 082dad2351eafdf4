"""A handle on the bot's process: start it, let it do what is due, stop it, kill it."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
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
    _process: asyncio.subprocess.Process | None = None

    async def start(self) -> dict[str, Any]:
        """Start it, and return the first thing it says: that it is ready, or why it ended."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.drivers.bot",
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
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
        process = self._running()
        assert process.stdin is not None
        process.stdin.close()
        try:
            return await asyncio.wait_for(process.wait(), PATIENCE)
        except TimeoutError:
            process.send_signal(signal.SIGUSR1)
            await asyncio.sleep(1)
            await self.kill()
            raise AssertionError(self.log.read_text(encoding="utf-8", errors="replace")[-4000:]) from None

    async def kill(self) -> None:
        """End it with signal 9."""
        process = self._running()
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def ended(self) -> int:
        """Return the exit code of a process that ends by itself."""
        return await asyncio.wait_for(self._running().wait(), PATIENCE)

    @property
    def runs(self) -> bool:
        """Whether it is there."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._running().pid

    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "it was never started"
        return self._process

    async def _at(self, request: Mapping[str, Any]) -> datetime:
        return datetime.fromisoformat(await self._ask(request))

    async def _ask(self, request: Mapping[str, Any]) -> str:
        said = await self._say(request)
        if "at" not in said:
            raise Died
        return str(said["at"])

    async def _say(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Write one line, and return the answer; a process that died says ``{"died": code}``."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            await process.stdin.drain()
            line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        except (BrokenPipeError, ConnectionResetError):
            line = b""
        if not line:
            return {"died": await asyncio.wait_for(process.wait(), PATIENCE)}
        answer: dict[str, Any] = json.loads(line)
        self.performed = answer.get("performed", 0)
        return answer
