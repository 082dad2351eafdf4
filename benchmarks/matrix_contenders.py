"""Bots on Matrix in processes of their own, each at a homeserver of its own."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Final

from benchmarks.handwritten import FILE, PEOPLE
from benchmarks.matrix_loopback import PATIENCE, Homeserver
from benchmarks.matrix_people import BOT, Somebody
from benchmarks.processes import ROOT
from bot.app import DATABASE

BUDGETS: Final = 21
NUMBERS: Final = 2
"""Keys that ours puts under the answer."""

_PATIENCE: Final = 15.0
"""Seconds after which a bot that was told to end is made to."""


class Contender:
    """A bot that runs."""

    def __init__(self, there: Homeserver, kept: Path | None, events: int = 1) -> None:
        """Take its homeserver, the database that it writes to, if any, and how many events an answer is."""
        self.there: Final = there
        self._events: Final = events
        self._people: Final = list(there.people.values())
        self._kept: Final = kept
        self._calls = 0

    async def call(self, number: int) -> None:
        """Have a command answered that one of the people types.

        Raises:
            AssertionError: The answer is not what it should be.
        """
        self._calls += 1
        somebody = self._people[number % len(self._people)]
        said = await self.there.ask(somebody, f"!mine limits budget={number % BUDGETS}")
        if not said.startswith("Saved."):
            raise AssertionError("not saved")

    async def check(self) -> None:
        """Check that everything was written, and that every event came.

        Raises:
            AssertionError: It was not.
            TimeoutError: One did not.
        """
        async with asyncio.timeout(PATIENCE):
            while self.there.sends < self._calls * self._events:  # noqa: ASYNC110 - once, at the end
                await asyncio.sleep(0.01)
        if self._kept is not None:
            with closing(sqlite3.connect(self._kept)) as database:
                if database.execute("SELECT count(*) FROM seen").fetchone() != (self._calls,):
                    raise AssertionError("not written")


@asynccontextmanager
async def _at(home: Path, *command: str, kept: Path | None = None, events: int = 1) -> AsyncIterator[Contender]:
    """Run a bot; ``URL`` in its command stands for the homeserver's address. It is stopped at the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")}
    environment |= {"PYTHONPATH": str(ROOT), "PORCHLIGHT_MATRIX__PASSWORD": "bench"}
    log = home / "log"
    async with Homeserver(Somebody(number) for number in range(PEOPLE)) as there:
        environment["PORCHLIGHT_MATRIX__HOMESERVER"] = there.url
        filled = [there.url if word == "URL" else word for word in command]
        with log.open("wb") as noted:
            process = await asyncio.create_subprocess_exec(
                *filled, cwd=home, env=environment, stdout=noted, stderr=noted
            )
        try:
            await there.connected()
            yield Contender(there, kept, events)
        except TimeoutError:
            raise AssertionError(log.read_text(errors="replace")[-2000:]) from None
        finally:
            if process.returncode is None:
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _PATIENCE)
            except TimeoutError:
                process.kill()
                await process.wait()


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    home.mkdir(mode=0o700)
    return home


Running = AbstractAsyncContextManager[Contender]


def ours(folder: Path, name: str) -> Running:
    """Return our bot, as it is shipped but for the limits of its own."""
    home = _home(folder, name)
    config = home / "config.toml"
    config.write_text(f'[bot]\ndata_dir = "data"\n[matrix]\nenabled = true\nuser = "{BOT}"\n')
    command = (sys.executable, "-m", "benchmarks.matrix_ours", str(config))
    return _at(home, *command, kept=home / "data" / DATABASE, events=1 + NUMBERS)


def bare(folder: Path, name: str, *, keeps: bool = False) -> Running:
    """Return matrix-nio alone; one that ``keeps`` writes by hand."""
    return _other(sys.executable, "benchmarks.matrix_bare", folder, name, keeps=keeps)


def mautrix(python: Path, folder: Path, name: str, *, keeps: bool = False) -> Running:
    """Return mautrix; one that ``keeps`` writes by hand."""
    return _other(str(python), "benchmarks.matrix_mautrix", folder, name, keeps=keeps)


def _other(python: str, module: str, folder: Path, name: str, *, keeps: bool) -> Running:
    home = _home(folder, name)
    command = (python, "-m", module, "URL", BOT, str(home))
    return _at(home, *command, "keeps", kept=home / FILE) if keeps else _at(home, *command)


@asynccontextmanager
async def all_of(running: Mapping[str, Running]) -> AsyncIterator[Mapping[str, Contender]]:
    """Run several at once, by name."""
    async with AsyncExitStack() as stack:
        async with asyncio.TaskGroup() as tasks:
            begun = {name: tasks.create_task(stack.enter_async_context(one)) for name, one in running.items()}
        yield {name: task.result() for name, task in begun.items()}
