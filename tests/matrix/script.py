"""Stand-ins for network and clock, where a test is of what goes wrong there."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from adapters.matrix.crypto import Ears
from adapters.matrix.devices import Devices
from adapters.matrix.heard import Heard
from adapters.matrix.pieces import Keep, everything
from adapters.matrix.rooms import Rooms
from adapters.matrix.server import Server
from adapters.matrix.session import State
from adapters.matrix.sync import Sync

NOW: Final = datetime(2027, 3, 4, 18, tzinfo=UTC)
BOT: Final = "@bot:localhost"


class Clock:
    """A clock on which waiting takes no time: whoever sleeps moves it."""

    def __init__(self) -> None:
        self.time = NOW
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep_until(self, instant: datetime) -> None:
        self.slept.append((instant - self.time).total_seconds())
        self.time = max(self.time, instant)
        await asyncio.sleep(0)


class Asked:
    """One request."""

    def __init__(self, method: str, address: str, body: Mapping[str, Any] | None, at: datetime) -> None:
        parts = urlsplit(address)
        self.method, self.path, self.body, self.at = method, parts.path, body, at
        self.query = {name: values[0] for name, values in parse_qs(parts.query).items()}


Answer = Mapping[str, Any] | Exception | Callable[[Asked], Any]


class Script(Server):
    """A homeserver that answers as it is told: by the last part of the path, else an empty object.

    Attributes:
        asked: Every request, oldest first.
        syncs: Answers to the syncs to come; when they are used up, `Ended` is raised.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__("http://localhost:1", "token")
        self.clock = clock
        self.asked: list[Asked] = []
        self.syncs: list[Any] = []
        self.answers: dict[str, Answer] = {}

    async def ask_any(
        self,
        method: str,
        address: str,
        body: Mapping[str, Any] | None = None,
        *,
        timeout: float = 0,  # noqa: ARG002, ASYNC109 - the real one's
        keep: Keep = everything,  # noqa: ARG002 - what comes here is short
    ) -> Any:
        asked = Asked(method, address, body, self.clock.now())
        self.asked.append(asked)
        await asyncio.sleep(0)
        if asked.path.endswith("/sync"):
            if not self.syncs:
                raise Ended
            answer = self.syncs.pop(0)
        else:
            found = (one for name, one in self.answers.items() if name in asked.path)
            answer = next(found, {})
        if callable(answer):
            answer = answer(asked)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def of(self, part: str) -> list[Asked]:
        """Return the requests with something in their path."""
        return [one for one in self.asked if part in one.path]


class Ended(BaseException):
    """The script is over."""


class Stage:
    """The listening half over a script.

    Attributes:
        heard: What was handed over, batch by batch.
        saves: The state at each save: how far was read.
        during: Called with each batch; may raise.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.server = Script(self.clock)
        self.state = State(user=BOT, device="BOT", since="s0")
        self.ears = Ears(self.state, b"p" * 32, self.clock.now)
        self.ears.machine.account.shared = True
        self.rooms = Rooms(self.server)
        self.heard: list[list[Heard]] = []
        self.saves: list[str] = []
        self.during: Callable[[Sequence[Heard]], None] = lambda _: None
        ids = iter(range(10**9))
        self.devices = Devices(self.server, self.ears, self._save, lambda: f"id{next(ids)}")
        self.devices.count(50, fallback=True)
        self.sync = Sync(
            self.server,
            self.state,
            self.ears,
            self.devices,
            self.rooms,
            self.clock,
            self._save,
            lambda: 0.5,
            self._after,
            self._after,
        )

    async def _save(self) -> None:
        self.saves.append(self.state.since)

    async def _after(self) -> None:
        return

    async def _batch(self, heard: Sequence[Heard]) -> None:
        self.during(heard)
        self.heard.append(list(heard))

    async def play(self, *syncs: Any) -> None:
        """Let the homeserver answer syncs one by one, until there are no more."""
        self.server.syncs.extend(syncs)
        try:
            await self.sync.run(self._batch)
        except Ended:
            return

    def everything(self) -> list[Heard]:
        return [one for batch in self.heard for one in batch]


def sync(number: int, **parts: Any) -> dict[str, Any]:
    """Return an answer to a sync."""
    return {"next_batch": f"s{number}", **parts}


def joined(room: str, *events: Any, **timeline: Any) -> dict[str, Any]:
    """Return the part of a sync for events in a room."""
    return {"rooms": {"join": {room: {"timeline": {"events": list(events), **timeline}}}}}


def event(kind: str, content: Any, number: int = 1, **more: Any) -> dict[str, Any]:
    """Return an event."""
    return {
        "type": kind,
        "event_id": f"$e{number}",
        "sender": "@birch:localhost",
        "origin_server_ts": int((NOW - timedelta(minutes=1)).timestamp() * 1000),
        "content": content,
        **more,
    }


def reaction(number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a reaction."""
    relates = {"rel_type": "m.annotation", "event_id": "$card", "key": f"k{number}"}
    return event("m.reaction", {"m.relates_to": relates}, number, **more)
