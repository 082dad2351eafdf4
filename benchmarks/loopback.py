"""Discord as small and fast as it can be: the gateway and the few routes that a bot needs to answer a command.

It checks nothing and keeps nothing, so that what is measured is the bot and not this; what is right is the business of
the tests' stand-in. Frames go out as text, uncompressed, to whoever asks for whatever.
"""

import asyncio
import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final, Self

TOKEN: Final = "MTAwMw.bench.bench"  # noqa: S105 - made up, and good for nothing
APPLICATION: Final = 100_000_000_000_001_003
BOT: Final[Any] = {
    "id": str(APPLICATION), "username": "porchlight", "discriminator": "0", "avatar": None, "global_name": None,
    "bot": True, "verified": True, "mfa_enabled": False, "locale": "en-US", "email": None, "flags": 0,
}  # fmt: skip
_APPLICATION: Final[Any] = {
    "id": str(APPLICATION), "name": "porchlight", "icon": None, "description": "x", "bot_public": True,
    "bot_require_code_grant": False, "owner": {**BOT, "bot": False}, "team": None, "verify_key": "0" * 64, "flags": 0,
    "summary": "", "rpc_origins": [],
}  # fmt: skip
_MESSAGE: Final[Any] = {
    "id": "100000000000009000", "channel_id": "100000000001000100", "type": 20, "author": BOT, "content": "Saved.",
    "mentions": [], "mention_roles": [], "mention_everyone": False, "attachments": [], "embeds": [], "components": [],
    "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "flags": 64, "pinned": False, "tts": False,
}  # fmt: skip
_GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_PATIENCE: Final = 30.0
"""Seconds after which a bot that does not answer is stuck."""

_ANSWERED: Final = json.dumps({"interaction": {"id": "1", "type": 2}, "resource": {"type": 4}}).encode()

_ANNOUNCED: Final = (b'{"type":5', b'{"type": 5')
_NOTHING: Final = b"HTTP/1.1 204 No Content\r\n\r\n"


def _http(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _frame(words: bytes, opcode: int = 1) -> bytes:
    """Return a frame as a server sends it: whole and unmasked (RFC 6455, section 5.2)."""
    length = len(words)
    if length < 126:
        return bytes((0x80 | opcode, length)) + words
    if length < 65_536:
        return bytes((0x80 | opcode, 126)) + length.to_bytes(2, "big") + words
    return bytes((0x80 | opcode, 127)) + length.to_bytes(8, "big") + words


class _Line(asyncio.Protocol):
    """One connection: HTTP until it asks to be a websocket."""

    def __init__(self, there: "Loopback") -> None:
        self._there = there
        self._buffer = b""
        self._socket = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a stream's
        self.transport = transport
        self._there.lines.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's shape
        self._there.lines.discard(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._buffer and (self._hear() if self._socket else self._serve()):
            pass

    # HTTP

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
        if headers.get(b"upgrade", b"").lower() == b"websocket":
            self._upgrade(headers[b"sec-websocket-key"])
        else:
            self.transport.write(self._there.reply(method, path, rest[:length]))
        return True

    def _upgrade(self, key: bytes) -> None:
        accepted = base64.b64encode(hashlib.sha1(key + _GUID).digest())  # noqa: S324 - as the RFC has it
        lines = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self.transport.write(lines + b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n")
        self._socket = True
        self.say({"op": 10, "d": {"heartbeat_interval": 41_250}})

    # The gateway

    def say(self, payload: Any) -> None:
        self.transport.write(_frame(json.dumps(payload).encode()))

    def _hear(self) -> bool:
        """Take one frame of the client's, which is masked and, from these clients, never in parts."""
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        length, at = buffer[1] & 0x7F, 2
        if length >= 126:
            at = 4 if length == 126 else 10
            length = int.from_bytes(buffer[2:at], "big")
        if len(buffer) < at + 4 + length:
            return False
        mask, masked = buffer[at : at + 4], buffer[at + 4 : at + 4 + length]
        self._buffer = buffer[at + 4 + length :]
        words = bytes(byte ^ mask[place % 4] for place, byte in enumerate(masked))
        opcode = buffer[0] & 0xF
        if opcode == 8:
            self.transport.write(_frame(words, 8))
            self.transport.close()
        elif opcode == 9:
            self.transport.write(_frame(words, 10))
        elif opcode in {1, 2}:
            self._understand(json.loads(words))
        return True

    def _understand(self, payload: Any) -> None:
        if payload["op"] == 1:
            self.say({"op": 11})
        elif payload["op"] == 2:
            self._there.welcome(self)


class Loopback:
    """Discord for one bot. What is asked of the bot is a frame on the gateway, its answer a POST.

    Attributes:
        api: Address of the REST API.
        gateway: Address of the gateway.
        lines: All connections.
    """

    def __init__(self, guilds: Iterable[Any]) -> None:
        """Take the servers that the bot is in, as GUILD_CREATE tells them."""
        self._guilds = guilds
        self.lines: set[_Line] = set()
        self._bot: _Line | None = None
        self._connected = asyncio.Event()
        self._said = 0
        self._waiting: dict[str, asyncio.Future[bytes]] = {}

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(lambda: _Line(self), "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.api, self.gateway = f"http://127.0.0.1:{port}/api/v10", f"ws://127.0.0.1:{port}/gateway"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for line in tuple(self.lines):
            line.transport.abort()
        await self._server.wait_closed()

    async def connected(self) -> None:
        """Return when the bot was told of every server."""
        await asyncio.wait_for(self._connected.wait(), _PATIENCE)

    async def ask(self, payload: Any) -> bytes:
        """Let somebody type a command, and return the body of the answer; one that is announced first is waited for.

        Raises:
            TimeoutError: None came.
        """
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[payload["token"]] = answer
        self._emit("INTERACTION_CREATE", payload)
        async with asyncio.timeout(_PATIENCE):
            return await answer

    def _emit(self, event: str, data: Any) -> None:
        if self._bot is None:
            raise AssertionError("not connected")
        self._said += 1
        self._bot.say({"op": 0, "t": event, "s": self._said, "d": data})

    def welcome(self, line: _Line) -> None:
        """Tell a bot that introduced itself where it is."""
        self._bot = line
        ready = {
            "v": 10, "user": BOT, "session_id": "s", "resume_gateway_url": self.gateway, "session_type": "normal",
            "shard": [0, 1], "application": {"id": str(APPLICATION), "flags": 0}, "private_channels": [],
            "relationships": [], "guilds": [{"id": guild["id"], "unavailable": True} for guild in self._guilds],
        }  # fmt: skip
        self._emit("READY", ready)
        for guild in self._guilds:
            self._emit("GUILD_CREATE", guild)
        self._connected.set()

    def _answered(self, token: str, body: bytes) -> None:
        answer = self._waiting.pop(token, None)
        if answer is not None and not answer.done():
            answer.set_result(body)

    def reply(self, method: str, path: str, body: bytes) -> bytes:
        """Answer a request."""
        path, _, query = path.partition("?")
        parts = path.split("/")
        if parts[-1] == "callback":
            if not body.startswith(_ANNOUNCED):
                self._answered(parts[-2], body)
            # As Discord has it: nothing, unless it is asked for.
            return _http("200 OK", _ANSWERED) if "with_response=" in query else _NOTHING
        if method == "PATCH" and parts[-1] == "@original":
            self._answered(parts[-3], body)
        known: dict[str, Any] = {
            "/users/@me": BOT,
            "/oauth2/applications/@me": _APPLICATION,
            "/applications/@me": _APPLICATION,
            "/gateway/bot": {
                "url": self.gateway, "shards": 1,
                "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1},
            },
        }  # fmt: skip
        if parts[-1] == "@original":
            found: Any = _MESSAGE
        elif parts[-1] == "commands":
            given = json.loads(body) if method == "PUT" else []
            found = [
                {**one, "id": str(number), "application_id": str(APPLICATION), "version": "1"}
                for number, one in enumerate(given, APPLICATION + 1)
            ]
        else:
            found = known.get(path.removeprefix("/api/v10"))
        if found is None:
            return _http("404 Not Found", b'{"message": "404: Not Found", "code": 0}')
        return _http("200 OK", json.dumps(found).encode())
