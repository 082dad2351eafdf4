"""The gateway: the websocket by which the bot hears, with sessions that outlive a lost connection.

https://discord.com/developers/docs/events/gateway
"""

import asyncio
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from . import shapes
from .errors import Json
from .world import GUILD_MEMBERS, GUILDS, MESSAGE_CONTENT

if TYPE_CHECKING:
    from . import StandIn

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = (
    0,
    1,
    2,
    3,
    4,
    6,
    7,
    8,
    9,
    10,
    11,
)
UNKNOWN_OPCODE, DECODE_ERROR, NOT_YET, BAD_TOKEN, TWICE, BAD_SEQUENCE = 4001, 4002, 4003, 4004, 4005, 4007
BAD_SHARD, BAD_INTENTS, INTENTS_REFUSED = 4010, 4013, 4014
PRIVILEGED = GUILD_MEMBERS | 1 << 8 | MESSAGE_CONTENT
KNOWN_INTENTS = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))


@dataclass(frozen=True)
class Frame:
    """One frame, as it went."""

    to_bot: bool
    shard: int | None
    payload: Json

    @property
    def name(self) -> str:
        """The event's name, or "op 11"."""
        return self.payload.get("t") or f"op {self.payload.get('op')}"


@dataclass(frozen=True)
class Identify:
    """How a session introduced itself."""

    intents: int
    shard: tuple[int, int]
    properties: Json


@dataclass(eq=False)
class Wire:
    """One websocket connection."""

    ws: web.WebSocketResponse
    request: web.Request
    compress: bool
    session: "Session | None" = None
    closed_here: bool = False
    _zlib: Any = field(default_factory=zlib.compressobj)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def send(self, payload: Json) -> None:
        """Send a frame; one after the other, since compression runs through the whole connection."""
        text = json.dumps(payload)
        async with self._turn:
            try:
                if self.compress:
                    packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.ws.send_bytes(packed)
                else:
                    await self.ws.send_str(text)
            except ConnectionError:
                return

    async def close(self, code: int) -> None:
        """Close the connection with a code."""
        self.closed_here = True
        await self.ws.close(code=code)

    def cut(self) -> None:
        """Let the connection be gone without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass(eq=False)
class Session:
    """What the gateway knows of a shard: everything said to it, so that it can be said again."""

    id: str
    intents: int
    shard: tuple[int, int]
    wire: Wire | None
    seq: int = 0
    said: list[Json] = field(default_factory=list)

    def hears(self, guild_id: int | None, intents: int) -> bool:
        """Return whether an event is for this session."""
        mine = (guild_id or 0) >> 22
        return mine % self.shard[1] == self.shard[0] and (not intents or bool(self.intents & intents))


class Gateway:
    """All connections and sessions, and what can be done to them."""

    def __init__(self, there: "StandIn") -> None:
        self.there = there
        self.sessions: dict[str, Session] = {}
        self.wires: list[Wire] = []
        self.refusing = False
        self.refused = 0
        self.starts_left = 1000
        self.heartbeat_interval = 41_250
        self._made = 0
        self._sending: set[asyncio.Task[None]] = set()

    # -- telling --------------------------------------------------------------------------------------------------

    def emit(self, event: str, data: Json, *, guild_id: int | None, intents: int = 0, bare: Json | None = None) -> None:
        """Tell an event to the sessions that may hear it: the guild's shard, or shard 0 for what is private."""
        for session in self.sessions.values():
            if session.hears(guild_id, intents):
                blind = bare is not None and not session.intents & MESSAGE_CONTENT
                self._say(session, event, bare if blind and bare is not None else data)

    def _say(self, session: Session, event: str, data: Json) -> None:
        session.seq += 1
        payload = {"op": DISPATCH, "t": event, "s": session.seq, "d": data}
        session.said.append(payload)
        if session.wire is not None:
            self._post(session.wire, payload)

    def _post(self, wire: Wire, payload: Json) -> None:
        """Send soon, in order: tasks start in the order they were made, and take the wire's lock in that order."""
        shard = wire.session.shard[0] if wire.session else None
        self.there.frames.append(Frame(True, shard, json.loads(json.dumps(payload))))
        task = asyncio.get_running_loop().create_task(wire.send(payload))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        self.there.stirred()

    # -- hearing --------------------------------------------------------------------------------------------------

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until it ends."""
        if self.refusing:
            self.refused += 1
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=503)
        ws = web.WebSocketResponse(max_msg_size=0, autoping=True)
        await ws.prepare(request)
        wire = Wire(ws, request, request.query.get("compress") == "zlib-stream")
        self.wires.append(wire)
        self._post(wire, {"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_interval, "_trace": []}})
        try:
            async for message in ws:
                if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                    break
                await self._hear(wire, message.data)
        finally:
            self._gone(wire)
        return ws

    def _gone(self, wire: Wire) -> None:
        """Note a lost connection. A session ends by it only where the bot said goodbye (1000 or 1001)."""
        self.wires.remove(wire)
        session = wire.session
        if session is not None and session.wire is wire:
            session.wire = None
            if wire.ws.close_code in {1000, 1001} and not wire.closed_here:
                self.sessions.pop(session.id, None)
        self.there.stirred()

    async def _hear(self, wire: Wire, text: str | bytes) -> None:
        try:
            payload = json.loads(text)
            opcode, data = payload["op"], payload.get("d")
        except (ValueError, TypeError, KeyError):
            await wire.close(DECODE_ERROR)
            return
        self.there.frames.append(Frame(False, wire.session.shard[0] if wire.session else None, _without_token(payload)))
        self.there.stirred()
        handler: Callable[[Wire, Any], int | None] | None = {
            HEARTBEAT: self._heartbeat,
            IDENTIFY: self._identify,
            RESUME: self._resume,
            MEMBERS: self._members,
            PRESENCE: self._nothing,
            VOICE: self._nothing,
        }.get(opcode)
        if handler is None:
            refused: int | None = UNKNOWN_OPCODE
        elif wire.session is None and opcode not in {HEARTBEAT, IDENTIFY, RESUME}:
            refused = NOT_YET
        else:
            refused = handler(wire, data)
        if refused is not None:
            await wire.close(refused)

    def _nothing(self, wire: Wire, data: Any) -> None:
        """Accept, and do nothing."""

    def _heartbeat(self, wire: Wire, _data: Any) -> None:
        self._post(wire, {"op": ACK})

    def _identify(self, wire: Wire, data: Json) -> int | None:
        """Open a session, or return why not."""
        shard = tuple(data.get("shard") or (0, 1))
        intents: Any = data.get("intents")
        refused = self._may_not_identify(wire, data, shard, intents)
        if refused is not None:
            return refused
        self.starts_left -= 1
        self._made += 1
        session = Session(f"{self._made:032x}", intents, (shard[0], shard[1]), wire)
        wire.session = session
        self.sessions[session.id] = session
        self._welcome(session)
        return None

    def _may_not_identify(self, wire: Wire, data: Json, shard: tuple[int, ...], intents: Any) -> int | None:
        """Return the close code for who may not open a session; beyond the day's starts the token is revoked."""
        known = isinstance(intents, int) and not intents & ~KNOWN_INTENTS
        if known and len(shard) == 2:
            self.there.identifies.append(Identify(intents, (shard[0], shard[1]), data.get("properties") or {}))
        self.there.token_revoked = self.there.token_revoked or self.starts_left <= 0
        checks = (
            (wire.session is not None, TWICE),
            (data.get("token", "").removeprefix("Bot ") != self.there.token or self.there.token_revoked, BAD_TOKEN),
            (len(shard) != 2 or not 0 <= shard[0] < shard[-1], BAD_SHARD),
            (not known, BAD_INTENTS),
            (known and intents & PRIVILEGED & ~self.there.privileged, INTENTS_REFUSED),
        )
        return next((code for wrong, code in checks if wrong), None)

    def _welcome(self, session: Session) -> None:
        world = self.there.world
        guilds = [
            guild for guild in world.guilds.values() if world.bot.id in guild.members and session.hears(guild.id, 0)
        ]
        ready: Json = {
            "v": 10,
            "user": shapes.myself(world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.there.resume_gateway,
            "session_type": "normal",
            "shard": list(session.shard),
            "application": {"id": str(world.application_id), "flags": self.there.application_flags},
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
            "presences": [],
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "auth": {},
            "_trace": [],
        }
        self._say(session, "READY", ready)
        if session.intents & GUILDS:
            everybody = bool(session.intents & GUILD_MEMBERS)
            for guild in guilds:
                self._say(session, "GUILD_CREATE", world.guild_create(guild, everybody=everybody))

    def _resume(self, wire: Wire, data: Json) -> int | None:
        """Say again what was missed, or that the session is no more."""
        if data.get("token", "").removeprefix("Bot ") != self.there.token or self.there.token_revoked:
            return BAD_TOKEN
        session = self.sessions.get(data.get("session_id") or "")
        if session is None:
            self._post(wire, {"op": INVALID, "d": False})
            return None
        heard = data.get("seq") or 0
        if heard > session.seq:
            self.sessions.pop(session.id)
            return BAD_SEQUENCE
        if session.wire is not None:
            session.wire.cut()
        session.wire, wire.session = wire, session
        for payload in session.said[heard:]:
            self._post(wire, payload)
        self._say(session, "RESUMED", {"_trace": []})
        return None

    def _members(self, wire: Wire, data: Json) -> None:
        """Tell members: those asked for by id, or all, which takes the privileged intent."""
        world, session = self.there.world, wire.session
        guild = world.guilds.get(int(data.get("guild_id") or 0))
        if guild is None or session is None:
            return
        asked = data.get("user_ids")
        wanted = {int(one) for one in (asked if isinstance(asked, list) else [asked])} if asked else None
        if wanted is None and not session.intents & GUILD_MEMBERS:
            return
        found = [one for one in guild.members.values() if wanted is None or one.user.id in wanted]
        chunk: Json = {"guild_id": str(guild.id), "members": [shapes.member(one) for one in found]}
        chunk |= {"chunk_index": 0, "chunk_count": 1, "not_found": [], "nonce": data.get("nonce")}
        self._say(session, "GUILD_MEMBERS_CHUNK", chunk)

    # -- what can go wrong ----------------------------------------------------------------------------------------

    @property
    def connected(self) -> list[Session]:
        """The sessions that have a connection now."""
        return [session for session in self.sessions.values() if session.wire is not None]

    def drop(self, shard: int | None = None) -> None:
        """Cut the connections (of one shard) without a word."""
        for wire in self._of(shard):
            wire.cut()
            if wire.session is not None and wire.session.wire is wire:
                wire.session.wire = None

    def ask_reconnect(self, shard: int | None = None) -> None:
        """Ask the bot to come again: opcode 7."""
        for wire in self._of(shard):
            self._post(wire, {"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool, shard: int | None = None) -> None:
        """Tell that the session is invalid: opcode 9. Not resumable: it is gone."""
        for wire in self._of(shard):
            if not resumable and wire.session is not None:
                self.sessions.pop(wire.session.id, None)
            self._post(wire, {"op": INVALID, "d": resumable})

    async def close(self, code: int, shard: int | None = None) -> None:
        """Close with a code."""
        for wire in self._of(shard):
            await wire.close(code)

    def forget(self) -> None:
        """Forget all sessions, so that RESUME is refused."""
        self.sessions.clear()

    def _of(self, shard: int | None) -> list[Wire]:
        return [wire for wire in self.wires if shard is None or (wire.session and wire.session.shard[0] == shard)]

    async def stop(self) -> None:
        """End every connection."""
        for wire in list(self.wires):
            wire.cut()
        if self._sending:
            await asyncio.wait(self._sending, timeout=1)


def _without_token(payload: Json) -> Json:
    """Return a frame without the token, which no failing test should print."""
    data = payload.get("d")
    return payload | {"d": {**data, "token": "…"}} if isinstance(data, dict) and "token" in data else payload
