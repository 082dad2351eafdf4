"""Sending into rooms: in order in each, never in clear into an encrypted one, no faster than the server takes it."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from nio.exceptions import EncryptionError, LocalProtocolError

from adapters.matrix.devices import Devices
from adapters.matrix.rooms import Rooms
from adapters.matrix.server import Declined, Server, Trouble, Unclear, Unreached, path
from adapters.matrix.shapes import items, mapping, words
from bot.contract.effect import Absent, Accepted, Found, NotSent, Refused, Result, Unreadable, Unsure
from bot.contract.ports import Clock
from bot.logs import log

MARK: Final = "app.porchlight.mark"
"""Field in which a message carries its mark in clear, beside the ciphertext."""

FASTEST: Final = 50.0
SLOWEST: Final = 0.1
"""Messages a second: how many at most, and how few at least, however often the server says that it is too much."""

BURST: Final = 10.0
"""Messages that may go at once; a third of them is kept for answers to people."""

PATIENCE: Final = 2.0
"""Seconds that a message waits here for its turn; for longer it goes back to the outbox."""

CALM: Final = timedelta(minutes=10)
"""After a word that it was too much, reactions are left out for as long: what can be sent is kept for what is said."""

PAGES: Final = 10
EVENTS_A_PAGE: Final = 100
_GONE: Final = frozenset({"M_NOT_FOUND", "M_UNKNOWN"})
"""The second is how Synapse says that the event to which another relates is not there."""

_TOO_LARGE: Final = frozenset({"M_TOO_LARGE", "M_BAD_JSON", "M_INVALID_PARAM"})


class Pace:
    """How fast we may send: a bucket whose rate rises by steps and is halved when the server says so (AIMD)."""

    def __init__(self, clock: Clock) -> None:
        """Begin fast; the server says when it is too fast."""
        self._clock: Final = clock
        self.rate = FASTEST
        self._tokens = BURST
        self._at = clock.now()
        self._hold = datetime.min.replace(tzinfo=UTC)

    @property
    def calm(self) -> bool:
        """Whether the server has not said for a while that it was too much."""
        return self._clock.now() >= self._hold + CALM

    def wait(self, *, urgent: bool) -> float:
        """Take a turn and return 0, or return how many seconds to wait first."""
        now = self._clock.now()
        if now < self._hold:
            return (self._hold - now).total_seconds()
        gone = max((now - self._at).total_seconds(), 0.0)
        self._tokens, self._at = min(BURST, self._tokens + gone * self.rate), now
        kept = 0.0 if urgent else BURST / 3
        if self._tokens - kept >= 1:
            self._tokens -= 1
            return 0.0
        return (1 + kept - self._tokens) / self.rate

    def taken(self) -> None:
        """Note that the server took a message: a little faster then."""
        self.rate = min(FASTEST, self.rate + max(self.rate / 50, 0.02))

    def too_fast(self, wait: float) -> None:
        """Note that the server wants us to wait: half as fast after that."""
        self.rate = max(SLOWEST, self.rate / 2)
        self._tokens = 0.0
        self._hold = max(self._hold, self._clock.now() + timedelta(seconds=wait))


class Sender:
    """Sends events into rooms, and finds again what it sent."""

    def __init__(
        self,
        server: Server,
        rooms: Rooms,
        devices: Devices,
        clock: Clock,
        away: Callable[[], float],
        inside: Callable[[str], bool],
        direct: Callable[[str], bool],
        me: str,
    ) -> None:
        """Take its parts.

        Args:
            server: The homeserver.
            rooms: What it knows of rooms.
            devices: Who gets a room's key.
            clock: The time.
            away: Seconds until the homeserver is tried again, 0 while it is there.
            inside: Whether the bot is in a room: a no elsewhere means that the room is not there for us.
            direct: Whether it is a direct room: what is said to one person is never said in clear.
            me: The bot's user id.
        """
        self._server: Final = server
        self._rooms: Final = rooms
        self._devices: Final = devices
        self._clock: Final = clock
        self._away: Final = away
        self._inside: Final = inside
        self._direct: Final = direct
        self._me: Final = me
        self.pace: Final = Pace(clock)
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(
        self, room: str, kind: str, content: Mapping[str, Any], tx_id: str, *, mark: str = "", urgent: bool = False
    ) -> Result:
        """Send an event, in the order in which `send` was called for this room.

        Args:
            room: Where to.
            kind: The event's type.
            content: Its content. In an encrypted room all of it is sealed but ``m.relates_to``.
            tx_id: The same for every try of the same event: the server then makes one of them.
            mark: Stands in clear on the event, so that `find_mark` finds it.
            urgent: An answer somebody waits for; it may use what is kept back for such.

        Returns:
            `Accepted` with the event's id. `NotSent`: it provably did not arrive. `Unsure`: the answer was lost.
            `Refused`: ``gone``, ``forbidden``, ``closed`` (a direct room of which the server says that it is not
            encrypted), or ``impossible`` (too large for an event).
        """
        return await self._in_turn(room, urgent=urgent, work=lambda: self._send(room, kind, content, tx_id, mark))

    async def react(self, room: str, content: Mapping[str, Any], tx_id: str) -> Result:
        """Send a reaction, past the room's queue: nothing that somebody waits for is to wait for it.

        It stays in clear: the server counts reactions, and no client looks for them elsewhere.
        """
        if not self.pace.calm:
            return NotSent(CALM.total_seconds())
        if (wait := self._away() or await self._pace(urgent=False)) > 0:
            return NotSent(wait)
        return await self._put(room, path("rooms", room, "send", "m.reaction", tx_id), content)

    async def redact(self, room: str, event: str, tx_id: str) -> Result:
        """Take an event away that we sent. What is already away counts as taken away."""
        address = path("rooms", room, "redact", event, tx_id)
        return await self._in_turn(room, urgent=False, work=lambda: self._put(room, address, {}))

    async def set_state(self, room: str, kind: str, content: Mapping[str, Any], key: str = "") -> Result:
        """Set a piece of state. The same content twice is one event."""
        address = path("rooms", room, "state", kind, key)
        return await self._in_turn(room, urgent=False, work=lambda: self._put(room, address, content))

    async def _in_turn(self, room: str, *, urgent: bool, work: Callable[[], Any]) -> Result:
        if (wait := self._away()) > 0:
            return NotSent(wait)
        queue = self._queues.setdefault(room, asyncio.Lock())
        async with queue:
            if (wait := await self._pace(urgent=urgent)) > 0:
                return NotSent(wait)
            result: Result = await work()
            return result

    async def _pace(self, *, urgent: bool) -> float:
        """Wait for a turn and return 0; or return how many seconds to wait first, where that is long."""
        while 0 < (wait := self.pace.wait(urgent=urgent)) <= PATIENCE:
            await self._clock.sleep_until(self._clock.now() + timedelta(seconds=wait))
        return wait

    async def _send(self, room: str, kind: str, content: Mapping[str, Any], tx_id: str, mark: str) -> Result:
        try:
            if await self._rooms.encrypted(room):
                await self._devices.share(room, list(await self._rooms.members(room)))
                content, kind = self._devices.encrypt(room, kind, content), "m.room.encrypted"
            elif self._direct(room):
                log.event("matrix_not_in_clear")
                return Refused("closed")
        except Declined as no:
            return self.declined(no, room)
        except Trouble:
            return NotSent()  # whatever went wrong, nothing of the event itself was sent
        except (EncryptionError, LocalProtocolError, OSError) as error:  # the last: the state could not be saved
            log.trouble("matrix_not_sealed", error)
            return NotSent(1.0)
        if mark:
            content = {**content, MARK: mark}
        return await self._put(room, path("rooms", room, "send", kind, tx_id), content)

    async def _put(self, room: str, address: str, content: Mapping[str, Any]) -> Result:
        try:
            answer = await self._server.ask("PUT", address, content)
        except Unreached:
            return NotSent()
        except Declined as no:
            if no.code == "M_DUPLICATE_ANNOTATION":
                return Accepted()  # the same reaction of ours is there, under another transaction id
            return self.declined(no, room)
        except Unclear:
            return Unsure()
        self.pace.taken()
        event = words(answer.get("event_id"))
        return Accepted(event) if event else Unsure()

    def declined(self, no: Declined, room: str) -> Result:
        """Return what a no means for an effect in a room, and slow down where it was said too fast."""
        if no.too_many:
            self.pace.too_fast(no.wait)
            return NotSent(no.wait)
        if no.status == 413 or no.code in _TOO_LARGE:  # noqa: PLR2004 - too large
            return Refused("impossible")
        if no.status == 404 or no.code in _GONE or not self._inside(room):  # noqa: PLR2004 - not there
            return Refused("gone")
        return Refused("forbidden")

    async def find_mark(self, room: str, mark: str) -> Found:
        """Look for an event of ours by its mark, in the newest of our own events in a room.

        The server is asked for the bot's own events alone, and nothing of them leaves this function but the id of
        the one with the mark.
        """
        only = json.dumps({"senders": [self._me], "lazy_load_members": True})
        at = ""
        for _ in range(PAGES):
            query = {"dir": "b", "limit": str(EVENTS_A_PAGE), "filter": only, **({"from": at} if at else {})}
            try:
                answer = await self._server.ask("GET", path("rooms", room, "messages", query=query))
            except Trouble:
                return Unreadable()
            for one in items(answer.get("chunk")):
                event = mapping(one)
                if event.get("sender") == self._me and mapping(event.get("content")).get(MARK) == mark:
                    return Accepted(words(event.get("event_id")))
            at, before = words(answer.get("end"), 10_000), at
            if not at or at == before:
                return Absent()
        return Unreadable()
