"""The bot in a process of its own, for tests: the shipped parts, with a clock that is wound from outside.

Forked by `tests.drivers.forks`, it reads one line of JSON that says what to run (`tests.drivers.process`),
and then one request a line. Nothing happens in the background: what is due is done when it is asked to settle or to go
forward, so that an evening is the same each time. What people do reaches it by its platform alone.
"""

import asyncio
import importlib
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import yarl

from adapters.discord import DiscordAdapter
from adapters.matrix import Account, MatrixAdapter
from adapters.matrix.heard import Heard
from adapters.matrix.keys import SealedFile
from adapters.matrix.server import Server
from bot import logs
from bot.app import DATABASE, KEY, calendars, compose
from bot.chance import SecretChance, SeededChance
from bot.clock import SystemClock, VirtualClock
from bot.contract.button import Buttons
from bot.contract.effect import Accepted, Effect, MakeRoom, Result
from bot.contract.facts import Answer, Question, Standing, WhoIs
from bot.contract.ports import Adapter
from bot.contract.text import Voice
from bot.domain.errors import StartError
from bot.i18n import Fluent
from bot.runtime import Runtime
from bot.store.engine import SqlStore
from bot.store.lifetimes import Lifetimes
from bot.store.sealed import Keys
from tests.feeds import FEEDS

SPEAKER = Fluent()
"""Read once, before the process forks."""

WIRE = (
    "send/m.reaction", "send/m.room", "sendToDevice", "keys/claim", "keys/query", "keys/upload", "createRoom", "invite",
    "join", "leave", "forget", "state/", "account_data", "directory",
)  # fmt: skip
"""What a request is called by that changes something at a homeserver."""

WIDE = "wide"
"""File beside the bot's folder: the rooms that it makes on Matrix are open to anybody."""

Spec = Mapping[str, Any]
"""What to run: platform, folder, now, lifetimes (hours by name), die_at, die_of, log, options (of the platform).

``die_at`` is the number of a failpoint among all; ``die_of`` the name of one, and its number among those of this name.
On Matrix with ``die_of`` there are also those of `rehearse_wire`.
"""


def adapter_of(spec: Spec, keys: Keys, clock: VirtualClock) -> Adapter:
    """Return the adapter of the platform, as it is shipped."""
    options = spec["options"]
    match spec["platform"]:
        case "discord":
            # The two places where the client library keeps Discord's addresses.
            discord.http.Route.BASE = options["api"]
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(options["gateway"])
            return Done(options["token"], SPEAKER, Buttons(keys.buttons), clock, SecretChance(), ready_timeout=0.05)
        case "matrix":
            account = Account(options["homeserver"], options["user"], options["password"])
            folder, speaker, buttons = Path(spec["folder"]), SPEAKER, Buttons(keys.buttons)
            return Dated(
                Path(options["came"]), account, folder, keys.matrix, speaker, buttons, clock, SecretChance(),
                allowed=options["allowed"], commands_in_rooms=options["in_rooms"], wire=QuickClock(options["quick"]),
            )  # fmt: skip
        case _:
            raise ValueError(spec["platform"])


class QuickClock(SystemClock):
    """The machine's clock, some times as fast: an hour without a homeserver need not take one."""

    def __init__(self, times: int) -> None:
        """Begin now."""
        self._began = super().now()
        self._times = times

    def now(self) -> datetime:
        return self._began + (super().now() - self._began) * self._times

    async def sleep_until(self, instant: datetime) -> None:
        await asyncio.sleep(max((instant - self.now()).total_seconds() / self._times, 0.0))


class Done(DiscordAdapter):
    """The adapter as it is shipped. It also says when it is done with what it heard: some answers are many messages."""

    _busy = 0

    async def _hear(self, interaction: "discord.Interaction[Any]") -> None:
        self._busy += 1
        try:
            await super()._hear(interaction)
        finally:
            self._busy -= 1

    async def idle(self) -> None:
        """Return when nothing that was heard is being answered."""
        while self._busy:  # noqa: ASYNC110 - it is for tests, which have no way to be told
            await asyncio.sleep(0.002)


class Dated(MatrixAdapter):
    """The adapter as it is shipped, but for since when people are there: a homeserver's clock cannot be wound.

    It also says when it is done with what it heard, and counts what it was asked to do. Where the file `WIDE` stands
    beside the bot's folder, anybody can come into the rooms that it makes, as a homeserver's own rules might have it.
    """

    performed = 0

    def __init__(self, came: Path, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._came = came
        self._wide = came.with_name(WIDE)
        self._busy = 0

    async def tell(self, question: Question) -> Answer:
        answer = await super().tell(question)
        if isinstance(question, WhoIs) and isinstance(answer, Standing) and answer.joined_at is not None:
            came = json.loads(self._came.read_text(encoding="utf-8")).get(question.member.id)
            return replace(answer, joined_at=datetime.fromisoformat(came)) if came is not None else answer
        return answer

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        self.performed += 1
        result = await super().perform(key, mark, effect, voice)
        if isinstance(effect, MakeRoom) and isinstance(result, Accepted) and self._wide.exists():
            assert self._engine is not None  # it made the room
            await self._engine.set_state(result.id, "m.room.join_rules", {"join_rule": "public"})
        return result

    async def _batch(self, heard: Sequence[Heard]) -> None:
        self._busy += 1
        try:
            await super()._batch(heard)
        finally:
            self._busy -= 1

    async def idle(self) -> None:
        """Return when nothing that was heard is being handled, and what was shown is on disk: people press what is."""
        while self._busy or self._unsaved():  # noqa: ASYNC110 - it is for tests, which have no way to be told
            await asyncio.sleep(0.002)

    def _unsaved(self) -> bool:
        saving = self._engine._saving if self._engine is not None else None
        return saving is not None and bool(saving._writes or saving._timer)


def failpoints(spec: Spec) -> Callable[[str], None]:
    """Return a failpoint that notes each name, and kills the process with signal 9 at the one that is asked for."""
    die_at, (name_of, die_of) = int(spec.get("die_at", 0)), spec.get("die_of", ("", 0))
    passed: Counter[str] = Counter()
    names = Path(spec["folder"]) / "points"

    def at(name: str) -> None:
        passed[name] += 1
        if die_at or die_of:
            with names.open("a", encoding="utf-8") as file:
                file.write(name + "\n")
            if passed.total() == die_at or (name == name_of and passed[name] == die_of):
                os.kill(os.getpid(), signal.SIGKILL)

    return at


def rehearse_wire(at: Callable[[str], None]) -> None:
    """Make failpoints of what the adapter for Matrix asks of the homeserver and brings to disk, before and after each.

    The core has none of its own there: saves of the sealed state, and requests that change something. How they follow
    one another differs a little from evening to evening, because some are done beside others.
    """
    save, send = SealedFile.save, Server._send

    def saving(file: SealedFile, state: bytes) -> None:
        at("state.save")
        save(file, state)
        at("state.saved")

    async def sending(server: Server, method: str, address: str, *more: Any) -> Any:
        if method == "GET":
            return await send(server, method, address, *more)
        what = next((one for one in WIRE if f"/{one}" in address), "other")
        at(f"{what}.ask")
        answer = await send(server, method, address, *more)
        at(f"{what}.answered")
        return answer

    SealedFile.save = saving  # type: ignore[assignment, method-assign]
    Server._send = sending  # type: ignore[assignment, method-assign]


async def answer(runtime: Runtime, adapter: Adapter, clock: VirtualClock, request: Spec) -> str:
    """Do one thing and return an instant, or nothing."""
    match request["do"]:
        case "settle":
            if isinstance(adapter, Done | Dated):
                await adapter.idle()
            await runtime.settle()
        case "wind":
            await runtime.wind(datetime.fromisoformat(request["to"]))
        case "next_due":
            due = await runtime.next_due()
            return due.isoformat() if due is not None else ""
    return clock.now().isoformat()


async def serve(spec: Spec) -> None:
    """Run until standard input ends."""
    folder = Path(spec["folder"])
    clock = VirtualClock(datetime.fromisoformat(spec["now"]))
    keys = Keys.load_or_make(folder / KEY)
    lifetimes = Lifetimes(**{name: timedelta(hours=hours) for name, hours in spec.get("lifetimes", {}).items()})
    store = SqlStore(folder / DATABASE, keys, clock, lifetimes=lifetimes)
    adapter, failpoint = adapter_of(spec, keys, clock), failpoints(spec)
    if "die_of" in spec:
        rehearse_wire(failpoint)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell_what_hangs)
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with store.session():
        runtime = compose(
            store,
            keys,
            clock,
            {adapter.platform: adapter},
            chance=SeededChance,
            failpoint=failpoint,
            calendars=calendars(store, SPEAKER, clock, FEEDS),
        )
        running = asyncio.create_task(adapter.run(runtime.sink))
        if isinstance(adapter, Dated):
            listening = asyncio.create_task(adapter.ready())
            await asyncio.wait((listening, running), return_when=asyncio.FIRST_COMPLETED)
            listening.cancel()
            if running.done():
                await running
        say({"ready": True})
        while True:
            reading = asyncio.create_task(lines.readline())
            await asyncio.wait((reading, running), return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                reading.cancel()
                await running
                return
            if not (line := reading.result()):
                break
            at = await answer(runtime, adapter, clock, json.loads(line))
            say({"at": at, "performed": adapter.performed if isinstance(adapter, Dated) else 0})
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def tell_what_hangs() -> None:
    """Write where every task stands to standard error; the driver asks for it when the process is stuck."""
    for task in asyncio.all_tasks():
        task.print_stack(file=sys.stderr)


def say(what: Mapping[str, Any]) -> None:
    """Answer the driver."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def plant() -> None:
    """Plant the breach that the tests run with, if any: it is in the bot that it shows. Else pytest is not loaded."""
    if name := os.environ.get("PORCHLIGHT_BREACH"):
        importlib.import_module(f"tests.breaches.{name}").apply(importlib.import_module("pytest").MonkeyPatch())


def main() -> None:
    """Run what the first line says; end with 78 where the shipped command line would."""
    plant()
    spec = json.loads(sys.stdin.readline())
    Path(spec["folder"]).mkdir(mode=0o700, exist_ok=True)
    logs.setup(spec.get("log", "DEBUG"))
    try:
        asyncio.run(serve(spec))
    except StartError as error:
        say({"ended": error.code})
        sys.exit(78)


if __name__ == "__main__":
    main()
