"""A homeserver as small and fast as it can be: one account, its syncs, and the few requests that a bot makes.

It checks nothing and keeps nothing on disk, so that what is measured is the bot and not this; what is right is the
business of the tests, which have a real homeserver.
"""

import asyncio
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final, Self
from urllib.parse import parse_qs, unquote, urlsplit

from benchmarks.matrix_people import BOT, DEVICE, MEGOLM, Somebody

TOKEN: Final = "bench"  # noqa: S105 - made up, and good for nothing
PATIENCE: Final = 30.0
"""Seconds after which a bot that does not answer is stuck."""

SPARE: Final = 2
"""One-time keys that are left over; some clients do not make new ones when there are none at all."""

_STARTED: Final = 1_700_000_000_000


def member(user: str, room: str) -> dict[str, Any]:
    """Return that somebody is in a room."""
    return state("m.room.member", user, {"membership": "join", "displayname": user[1:].partition(":")[0]}, room, user)


def state(kind: str, key: str, content: Any, room: str, sender: str = BOT) -> dict[str, Any]:
    """Return a piece of state."""
    return {
        "type": kind, "state_key": key, "content": content, "sender": sender, "origin_server_ts": _STARTED,
        "event_id": f"${kind}{key}{room}",
    }  # fmt: skip


def direct_room(somebody: Somebody) -> dict[str, Any]:
    """Return the state of a direct room, as a sync tells it."""
    room = somebody.room
    events = [
        state("m.room.create", "", {"room_version": "11"}, room, somebody.user),
        member(somebody.user, room),
        member(BOT, room),
        state("m.room.power_levels", "", {"users": {somebody.user: 100}}, room, somebody.user),
        state("m.room.encryption", "", {"algorithm": MEGOLM}, room, somebody.user),
    ]
    return {"state": {"events": events}, "timeline": {"events": [], "limited": False, "prev_batch": "p"}}


class _Line(asyncio.Protocol):
    """One connection. A request that has to wait is answered later; until then no other comes on it."""

    def __init__(self, there: "Homeserver") -> None:
        self._there = there
        self._buffer = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a stream's
        self.transport = transport
        self._there.lines.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's shape
        self._there.lines.discard(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._serve():
            pass

    def _serve(self) -> bool:
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return False
        first, *lines = head.split(b"\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
        length = int(headers.get(b"content-length", b"0"))
        if len(rest) < length:
            return False
        self._buffer = rest[length:]
        method, path, _ = first.decode().split(" ")
        self._there.hear(self, method, path, rest[:length])
        return True

    def answer(self, body: bytes, status: str = "200 OK") -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


class Homeserver:
    """A homeserver for one bot, which is in a direct room with everybody.

    Attributes:
        url: Its address.
        lines: All connections.
        sends: How many events came.
        people: Everybody, by id.
        synced: Set once the bot listens.
    """

    def __init__(self, people: Iterable[Somebody] = (), first: Mapping[str, Any] | None = None) -> None:
        """Take everybody who is there; ``first`` is what the first sync says of rooms, if not the direct ones."""
        self.people: Final = {one.user: one for one in people}
        self._rooms: Final = {one.room: one for one in self.people.values()}
        told = {room: direct_room(one) for room, one in self._rooms.items()} if first is None else first
        self._inside: Final = list(told)
        self.lines: Final[set[_Line]] = set()
        self.sends = 0
        self._device: dict[str, Any] = {}
        self._one_time: list[dict[str, Any]] = []
        self._number = 0
        self._polling: _Line | None = None
        self._to_device: list[Any] = []
        self._timeline: dict[str, list[Any]] = {}
        self._waiting: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self.synced: Final = asyncio.Event()
        self._first: Final = self._batch_of("s0", rooms={"join": told})

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(lambda: _Line(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for line in tuple(self.lines):
            line.transport.abort()
        await self._server.wait_closed()

    # What people do.

    async def connected(self) -> None:
        """Return when the bot has listened once, and everybody gave it the key of their room.

        Raises:
            TimeoutError: It did not listen, or has no keys left by which to reach it.
        """
        async with asyncio.timeout(PATIENCE):
            await self.synced.wait()
            for one in self.people.values():
                while len(self._one_time) <= SPARE:
                    self._tell(always=True)  # it learns how few are left, and uploads more
                    await asyncio.sleep(0.02)
                ((_, one_time),) = self._one_time.pop().items()
                self._to_device.append(one.gives(self._device, one_time["key"]))
            self._tell()

    async def ask(self, somebody: Somebody, words: str) -> str:
        """Let somebody write to the bot, and return the answer, which is a notice.

        Raises:
            TimeoutError: None came.
        """
        answer: asyncio.Future[Mapping[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[somebody.room] = answer
        self._number += 1
        self._timeline.setdefault(somebody.room, []).append(
            {
                "type": "m.room.encrypted",
                "sender": somebody.user,
                "content": somebody.says(words),
                "origin_server_ts": int(time.time() * 1000),
                "event_id": f"$said{self._number}",
            }
        )
        self._tell()
        async with asyncio.timeout(PATIENCE):
            return str((await answer)["body"])

    # What the bot asks.

    def hear(self, line: _Line, method: str, address: str, body: bytes) -> None:
        """Answer a request, now or later."""
        split = urlsplit(address)
        parts = [unquote(one) for one in split.path.split("/")[4:]]
        if parts[:1] == ["sync"]:
            self._sync(line, {name: values[0] for name, values in parse_qs(split.query).items()})
            return
        found = self._found(method, parts, json.loads(body) if body else {})
        if found is None:
            line.answer(b'{"errcode":"M_NOT_FOUND","error":"not here"}', "404 Not Found")
        else:
            line.answer(json.dumps(found, separators=(",", ":")).encode())

    def _sync(self, line: _Line, query: Mapping[str, str]) -> None:
        if "since" not in query:
            line.answer(self._first)
            return
        self._polling = line
        self.synced.set()
        if query.get("timeout", "0") == "0" or self._to_device or self._timeline:
            self._tell(always=True)

    def _tell(self, *, always: bool = False) -> None:
        line = self._polling
        if line is None or not (always or self._to_device or self._timeline):
            return
        told, self._to_device = self._to_device, []
        said, self._timeline = self._timeline, {}
        self._polling = None
        rooms = {room: {"timeline": {"events": events, "limited": False}} for room, events in said.items()}
        line.answer(self._batch(to_device={"events": told}, rooms={"join": rooms}))

    def _batch(self, **parts: Any) -> bytes:
        self._number += 1
        return self._batch_of(f"s{self._number}", **parts)

    def _batch_of(self, name: str, **parts: Any) -> bytes:
        counts = {"signed_curve25519": len(self._one_time)}
        batch = {
            "next_batch": name, "device_one_time_keys_count": counts,
            "device_unused_fallback_key_types": ["signed_curve25519"], **parts,
        }  # fmt: skip
        return json.dumps(batch, separators=(",", ":")).encode()

    def _found(self, method: str, parts: list[str], body: Any) -> Any:  # noqa: C901, PLR0911, PLR0912 - one a request
        match parts:
            case ["login"] | ["account", "whoami"]:
                return {"user_id": BOT, "device_id": DEVICE, "access_token": TOKEN}
            case ["versions"] | []:
                return {"versions": ["v1.11"]}
            case ["keys", "upload"]:
                self._device = body.get("device_keys") or self._device
                self._one_time += [{name: key} for name, key in body.get("one_time_keys", {}).items()]
                return {"one_time_key_counts": {"signed_curve25519": len(self._one_time)}}
            case ["keys", "query"]:
                return {"device_keys": {user: self._devices(user) for user in body["device_keys"]}}
            case ["keys", "claim"]:
                return {"one_time_keys": {user: self._claimed(user) for user in body["one_time_keys"]}}
            case ["sendToDevice", "m.room.encrypted", _]:
                for user, devices in body["messages"].items():
                    for content in devices.values() if user in self.people else ():
                        self.people[user].gets(content)
                return {}
            case ["joined_rooms"]:
                return {"joined_rooms": self._inside}
            case ["user", _, "account_data", "m.direct"] if method == "GET":
                return {one.user: [one.room] for one in self.people.values()}
            case ["user", _, "filter"]:
                return {"filter_id": "1"}
            case ["rooms", room, "send", kind, _]:
                self._came(room, kind, body)
                return {"event_id": f"$sent{self.sends}"}
            case ["rooms", room, "members"]:
                return {"chunk": [member(user, room) for user in (BOT, self._rooms[room].user)]}
            case ["rooms", room, "joined_members"]:
                return {"joined": {user: {} for user in (BOT, self._rooms[room].user)}}
            case ["rooms", _, "state", "m.room.encryption", *_]:
                return {"algorithm": MEGOLM}
            case ["rooms", _, "state", *_] | ["profile", *_]:
                return None
            case _:
                return {}

    def _devices(self, user: str) -> dict[str, Any]:
        if user == BOT:
            return {DEVICE: self._device} if self._device else {}
        return {self.people[user].device: self.people[user].keys()}

    def _claimed(self, user: str) -> dict[str, Any]:
        """Return a one-time key of somebody's device; mautrix asks for one of its own as well."""
        if user == BOT:
            return {DEVICE: self._one_time.pop()}
        return {self.people[user].device: self.people[user].one_time_key()}

    def _came(self, room: str, kind: str, content: Mapping[str, Any]) -> None:
        self.sends += 1
        if kind != "m.room.encrypted":
            return  # the numbers under a card
        waiting = self._waiting.get(room)
        if waiting is not None and not waiting.done():
            said = self._rooms[room].reads(content)
            if said.get("msgtype") == "m.notice":
                waiting.set_result(said)
