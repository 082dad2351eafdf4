"""Listening: one sync after another, each taken apart piece by piece, handed over, and only then counted as read.

What came is handed over as `adapters.matrix.heard.Heard` in batches. When the callback returns, the effects are
committed; then the keys are moved past what was handled, and both that and how far was read are saved in one file.
If the process dies before that, the same events come again, with keys that still open them; the core knows them by id.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

from adapters.matrix.backoff import SHORTEST, Backoff
from adapters.matrix.crypto import Ears
from adapters.matrix.devices import Devices
from adapters.matrix.filter import IN_ROOMS, TYPES, kept, sync_filter
from adapters.matrix.gathered import Gathered, by_session
from adapters.matrix.heard import Heard
from adapters.matrix.late import Late
from adapters.matrix.rooms import Rooms
from adapters.matrix.server import Declined, Server, Trouble, path
from adapters.matrix.session import State
from adapters.matrix.shapes import Joined, Poison, Synced, cipher, clear, command, invite, items, mapping, synced, words
from adapters.matrix.unheard import ROOMS_AT_MOST, Part, Waiting
from bot.contract.ports import Clock
from bot.domain.errors import StartError
from bot.logs import log

POLL: Final = 30
"""Seconds that the homeserver may wait for something to happen."""

BACK_AT_MOST: Final = 500
"""Events of one room that are fetched after a gap; older ones are given up."""

BACK_A_PAGE: Final = 100
BREATH: Final = 25
"""Pieces of a sync after which others get their turn."""

QUIET_SAVE: Final = timedelta(minutes=10)
HASTY: Final = timedelta(seconds=0.5)
"""A sync that brings nothing in less than this is one of a server that does not wait."""

LOOK: Final = 10.0
"""Seconds that a room is looked at, while others wait; then it is left for later."""

SHARE: Final = 20
"""Events that one room hands over with a sync; what is more comes with the next, so that nobody waits for a flood."""

PENDING_AT_MOST: Final = 500
PENDING_OF_ONE: Final = 20
"""Invites to become direct rooms that are remembered, and those of one inviter."""

Batch = Callable[[Sequence[Heard]], Awaitable[None]]
"""Is handed what was heard, in order; returns once its effects are committed. If it raises, all comes again."""


class Sync:
    """The loop.

    Attributes:
        late: Messages that wait for their key.
        put_aside: Pieces that were put aside, since the start.
        turns: Syncs that were handled, since the start.
        rest: Set while nothing that came is being handled.
    """

    def __init__(
        self,
        server: Server,
        state: State,
        ears: Ears,
        devices: Devices,
        rooms: Rooms,
        clock: Clock,
        save: Callable[[], Awaitable[None]],
        jitter: Callable[[], float],
        save_rooms: Callable[[], Awaitable[None]],
        after: Callable[[], Awaitable[None]],
        *,
        in_rooms: bool = False,
    ) -> None:
        """Take its parts.

        ``save_rooms`` saves without the keys: those of a sync that is not handled must come again with it. ``after`` is
        awaited when a sync was handled. ``in_rooms``: commands are also read in rooms that are not encrypted.
        """
        self._in_rooms: Final = in_rooms
        self._server: Final = server
        self._state: Final = state
        self._ears: Final = ears
        self._devices: Final = devices
        self._rooms: Final = rooms
        self._clock: Final = clock
        self._save: Final = save
        self._save_rooms: Final = save_rooms
        self._after: Final = after
        self._backoff: Final = Backoff(jitter)
        self._again = clock.now()
        self._saved = clock.now()
        self._refusals = 0
        self._hasty = 0
        self.late: Final = Late(state, ears)
        self._unheard: dict[str, Waiting] = {}
        self.put_aside = 0
        self.turns = 0
        self.turned: Final = asyncio.Condition()
        self.rest: Final = asyncio.Event()
        self.rest.set()

    def away(self) -> float:
        """Return in how many seconds the homeserver is tried again; 0 while it is there."""
        if not self._backoff.failures:
            return 0.0
        return max((self._again - self._clock.now()).total_seconds(), 0.0)

    async def run(self, batch: Batch) -> None:
        """Listen until cancelled.

        Raises:
            StartError: ``matrix-token``: the homeserver does not know the token any more.
        """
        while True:
            wait = await self.turn(batch)
            if wait:
                self._again = self._clock.now() + timedelta(seconds=wait)
                await self._clock.sleep_until(self._again)

    async def turn(self, batch: Batch) -> float:
        """Do one sync, and return how many seconds to wait before the next. Whatever goes wrong is a wait."""
        begun, since = self._clock.now(), self._state.since
        late, unheard = self.late.waits.copy(), self._unheard.copy()
        try:
            found = await self._ask()
            self.rest.clear()
            await self._handle(found, batch)
        except StartError:
            raise
        except Declined as no:
            return self._declined(no)
        except Trouble as error:
            return self._failed("matrix_away", error)
        except Exception as error:  # noqa: BLE001 - a sync that cannot be handled comes again; nothing of it is saved
            if (ends := _ends(error)) is not None:
                raise ends from None
            self.late.waits, self._unheard = late, unheard
            return self._failed("matrix_batch_failed", error)
        finally:
            self.rest.set()
        if self._backoff.failures:
            self._backoff.reset()
            log.event("matrix_back")
        self._refusals = 0
        self.turns += 1
        async with self.turned:
            self.turned.notify_all()
        await self._upkeep()
        nothing = (found.quiet or found.since == since) and self._patience() > 0
        self._hasty = self._hasty + 1 if nothing and self._clock.now() - begun < HASTY else 0
        return SHORTEST if self._hasty > 2 else 0.0  # noqa: PLR2004 - one or two may be chance

    def _declined(self, no: Declined) -> float:
        if no.too_many:
            return no.wait
        self._refusals += 1
        if no.status == 400 and self._refusals > 2 and self._state.since:  # noqa: PLR2004 - bad request, again and again
            # Its database was restored, or is another one: it does not know how far we were.
            log.event("matrix_begins_anew")
            self._state.since = ""
        return self._failed("matrix_refuses", no)

    def _failed(self, name: str, error: Exception) -> float:
        if not self._backoff.failures:
            log.trouble(name, error)
        return self._backoff.next()

    async def _ask(self) -> Synced:
        since = self._state.since
        query = {"filter": sync_filter(first=not since, in_rooms=self._in_rooms), "set_presence": "offline"}
        if since:
            query |= {"since": since, "timeout": str(self._patience())}
        answer = await self._server.ask(
            "GET", path("sync", query=query), timeout=POLL + 60.0, keep=kept(first=not since)
        )
        try:
            return synced(answer)
        except Poison:
            raise Trouble from None

    def _patience(self) -> int:
        """Return for how many milliseconds the homeserver may wait for something to happen.

        The first answer is asked for at once, also after a failure: what waits is known before anything is done. Who
        wrote what cannot be opened is told so on time, though nothing else happens.
        """
        if self._backoff.failures or not self.turns:
            return 0
        waits = [*self.late.dues(), *(one.due for one in self._unheard.values())]
        first = min(waits, default=None)
        left = POLL if first is None else (first - self._clock.now()).total_seconds()
        return max(0, min(POLL * 1000, ceil(left * 1000)))

    async def _handle(self, found: Synced, batch: Batch) -> None:
        first = not self._state.since
        for number, event in enumerate(found.to_device):
            with self._aside("to_device"):
                self._ears.to_device(event)
            await _breathe(number)
        self._devices.changed([*found.changed, *found.gone])
        self._devices.count(found.one_time_keys, fallback=found.fallback)
        gathered = Gathered()
        self.late.try_again(gathered, self._clock.now(), self._aside)
        for room in found.left:
            self._left(room, gathered)
        for number, (room, part) in enumerate(found.invites.items()):
            with self._aside("invite"):
                self._invited(room, part, gathered)
            await _breathe(number)
        for room, joined in found.joined.items():
            self._joined(room, joined, first=first)
        for number, room in enumerate(tuple(self._unheard)):
            await self._room(room, gathered)
            await _breathe(number)
        if found.invites:
            # Whoever joins in the batch, and dies before the end of it, must still know what the room was to become.
            await self._save_rooms()
        pieces = list(gathered.pieces())
        for heard, _ in pieces:
            await batch(heard)
        for (
            _,
            read,
        ) in pieces:  # not before the last: if that one fails, all of them come again, and must be opened again
            self._ears.commit(read)
        self._ears.commit(by_session(gathered.unheard))
        self._state.since = found.since
        self._ears.sweep()
        if first or not found.quiet or gathered.heard or self._clock.now() - self._saved >= QUIET_SAVE:
            await self._save()
            self._saved = self._clock.now()

    @contextmanager
    def _aside(self, what: str) -> Iterator[None]:
        """Put aside what cannot be handled, and go on. No id is logged: ids stand nowhere in the clear."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, the next one is not to suffer for it
            self.put_aside += 1
            log.trouble("matrix_put_aside", error, what=what, number=self.put_aside)

    # Rooms.

    def _left(self, room: str, gathered: Gathered) -> None:
        known = room in self._ears.joined or room in self._state.direct
        self._state.direct.pop(room, None)
        self._state.pending.pop(room, None)
        self._state.made.pop(room, None)
        self._state.go_on_nowhere(room)
        self._unheard.pop(room, None)
        self._ears.end(room, gone=True)
        self._rooms.forget(room)
        if known:
            removed = Heard("", room, self._state.user, "removed", at=self._clock.now())
            gathered.heard.append((removed, None))

    def _invited(self, room: str, part: Any, gathered: Gathered) -> None:
        found = invite(part, self._state.user)
        if found.direct:
            pending = self._state.pending
            pending[room] = found.inviter
            theirs = [one for one, inviter in pending.items() if inviter == found.inviter]
            for one in theirs[:-PENDING_OF_ONE]:
                del pending[one]
            while len(pending) > PENDING_AT_MOST:
                del pending[next(iter(pending))]
        key = ("direct" if found.encrypted else "direct-clear") if found.direct else "room"
        gathered.heard.append((Heard("", room, found.inviter, "invite", key=key, at=self._clock.now()), None))

    def _joined(self, room: str, part: Joined, *, first: bool) -> None:
        """Put what came of a room behind what waits of it. What makes stale what is remembered does so at once."""
        new = room not in self._ears.joined
        for one in (*part.state, *part.timeline):
            self._note(room, mapping(one))
        if part.limited:
            self._rooms.forget_members(room)
            self._doubt(room)
        known = self._unheard.get(room)
        gap = part.before if part.limited and not first and (known is not None or not new) else ""
        skipped = self._came(part.timeline) if new and not gap else 0
        events = () if first else tuple(part.timeline)
        came = Part(events, self._state.since, gap, new, skipped)
        if known is None:
            self._unheard[room] = Waiting((came,), self._clock.now())
        elif known.full:
            self._give_up(room)
        else:
            self._unheard[room] = replace(known, parts=(*known.parts, came))

    def _doubt(self, room: str) -> None:
        """Have a direct room looked at, also after a restart: who came to it may not have been heard."""
        if room in self._state.direct:
            self._state.pending[room] = self._state.direct[room]

    def _give_up(self, room: str) -> None:
        log.event("matrix_room_too_long")
        self._doubt(room)

    async def _room(self, room: str, gathered: Gathered) -> None:
        """Hand over a room's share of what waits. One that cannot be looked at now waits, and the others go on."""
        waiting = self._unheard.pop(room)
        if waiting.due > self._clock.now():
            self._unheard[room] = waiting
            return
        parts, before = list(waiting.parts), self._weight(gathered)
        try:
            async with asyncio.timeout(LOOK):
                await self._look(room, gathered)
            while parts and self._weight(gathered) < before + SHARE:
                async with asyncio.timeout(LOOK):
                    parts[0] = await self._whole(room, parts[0])
                done = await self._hand_over(room, parts[0], gathered, before + SHARE)
                if done < len(parts[0].events):
                    parts[0] = parts[0].after(done)
                    break
                del parts[0]
        except (Trouble, TimeoutError) as error:
            if not waiting.tries:
                log.trouble("matrix_room_later", error)
            self._doubt(room)
            at_least = timedelta(seconds=error.wait if isinstance(error, Declined) else 0)
            left = replace(waiting, parts=tuple(parts)).failed(self._clock.now(), at_least)
        else:
            left = Waiting(tuple(parts), self._clock.now())
        if not left.parts:
            return
        if any(mapping(one).get("type") == "m.room.member" for one in left.events):
            self._doubt(room)
        if len(self._unheard) >= ROOMS_AT_MOST:
            self._give_up(room)
        else:
            self._unheard[room] = left

    def _weight(self, gathered: Gathered) -> int:
        return len(gathered.heard) + len(gathered.unheard) + len(self.late)

    async def _look(self, room: str, gathered: Gathered) -> None:
        """Decide what a room is, where that is not known."""
        other = self._state.pending.get(room)
        if other:
            await self._settle(room, other, gathered)
        else:
            self._ears.settle(room)

    async def _whole(self, room: str, part: Part) -> Part:
        """Return a part with what its gap left out."""
        if not part.gap:
            return part
        events = (*await self._back(room, part), *part.events)
        return replace(part, events=events, gap="", skipped=self._came(events) if part.new else 0)

    async def _hand_over(self, room: str, part: Part, gathered: Gathered, until: int) -> int:
        """Take events apart until the room's share is reached; return how many."""
        for number, event in enumerate(part.events):
            if self._weight(gathered) >= until:
                return number
            with self._aside("event"):
                self._event(room, mapping(event), gathered, ours=number >= part.skipped)
            await _breathe(number)
        return len(part.events)

    def _came(self, timeline: Sequence[Any]) -> int:
        """Return where in a timeline the bot was asked in, or came. What was said before was not said to it."""
        for number, one in enumerate(timeline):
            event = mapping(one)
            if event.get("type") == "m.room.member" and event.get("state_key") == self._state.user:
                return number
        return 0

    async def _settle(self, room: str, other: str, gathered: Gathered) -> None:
        """Decide by the server's word whether a room is a direct room: encrypted, us two in it, nobody else asked in.

        What was to become one and is none is heard as an invite into a room like any other. It stays pending until
        that is answered (`engine.leave`, or the adapter when it stays): nothing is done there before. One of two
        that is not encrypted is heard as an invite into such a room: it is left, and nothing is said there but why.
        """
        there = await self._rooms.ask_members(room)
        if set(there) == {self._state.user, other}:
            encrypted = await self._rooms.encrypted(room)
            self._state.pending.pop(room, None)
            if encrypted:
                self._state.direct[room] = other
            else:
                self._state.direct.pop(room, None)
                clear_one = Heard("", room, other, "invite", key="direct-clear", at=self._clock.now())
                gathered.heard.append((clear_one, None))
        elif room in self._state.direct:
            self._state.pending.pop(room, None)
            self._end(room, "left" if other not in there else "crowded", gathered)
        else:
            gathered.heard.append((Heard("", room, other, "invite", key="room", at=self._clock.now()), None))
        self._ears.settle(room)

    def _end(self, room: str, why: str, gathered: Gathered) -> None:
        other = self._state.direct.pop(room, "")
        self._ears.end(room)
        gathered.heard.append((Heard("", room, other, "ended", key=why, at=self._clock.now()), None))

    def _note(self, room: str, event: Mapping[str, Any]) -> None:
        """Note what makes what we remember of a room stale."""
        match event.get("type"):
            case "m.room.encryption":
                self._rooms.heard_encryption(room)
            case "m.room.member":
                self._rooms.forget_members(room)
            case "m.space.child" | "m.room.redaction":
                self._rooms.forget_children(room)
            case _:
                pass

    async def _back(self, room: str, part: Part) -> list[Any]:
        """Return what a gap left out, oldest first, bounded."""
        at = part.gap
        found: list[Any] = []
        types = IN_ROOMS if self._in_rooms else TYPES
        only = json.dumps({"types": types, "lazy_load_members": True})
        while len(found) < BACK_AT_MOST:
            query = {"dir": "b", "from": at, "to": part.since, "limit": str(BACK_A_PAGE), "filter": only}
            try:
                answer = await self._server.ask("GET", path("rooms", room, "messages", query=query))
            except Declined as no:
                if no.too_many:
                    raise
                break  # the room's history is not for us
            found += items(answer.get("chunk"))
            before, at = at, words(answer.get("end"), 10_000)
            if not at or at == before:
                break
        else:
            log.event("matrix_gap_too_long")
        return found[:BACK_AT_MOST][::-1]

    def _event(self, room: str, event: Mapping[str, Any], gathered: Gathered, *, ours: bool) -> None:
        now = self._clock.now()
        self._note(room, event)
        if event.get("type") == "m.room.encrypted":
            if ours:
                self._sealed(room, event, gathered, now)
            return
        spoken = self._in_rooms and event.get("type") == "m.room.message" and room not in self._state.direct
        if spoken and not ours:
            return  # it was said before the bot came
        heard = command(room, event, now) if spoken else clear(room, event, now)
        if heard is None or (heard.sender == self._state.user and heard.kind != "member"):
            return
        gathered.heard.append((heard, None))
        other = self._state.direct.get(room)
        if heard.kind == "member" and other and heard.relates_to != self._state.user:
            inside = heard.key in {"join", "invite"}
            if heard.relates_to != other and inside:
                self._end(room, "crowded", gathered)
            elif heard.relates_to == other and heard.key in {"leave", "ban"}:
                self._end(room, "left", gathered)

    def _sealed(self, room: str, event: Mapping[str, Any], gathered: Gathered, now: datetime) -> None:
        """Open a message of a direct room. What is encrypted elsewhere is not even looked at."""
        other = self._state.direct.get(room)
        if other is None or event.get("sender") != other:
            return
        self.late.take(room, cipher(event, now), gathered, now)

    # Between two syncs.

    async def _upkeep(self) -> None:
        """Upload keys, and mend what was broken. What does not work now is tried after the next sync."""
        try:
            if self._devices.wanted:
                await self._devices.upload()
            await self._devices.mend()
            while self.late.wanted:
                room, sealed = self.late.wanted.pop()
                await self._devices.ask_key(room, sealed.sender, sealed.session_id)
            await self._after()
        except StartError:
            raise
        except Exception as error:  # noqa: BLE001 - upkeep must not end the listening
            log.trouble("matrix_upkeep", error)


async def _breathe(number: int) -> None:
    """Let others have their turn on the loop from time to time."""
    if number % BREATH == BREATH - 1:
        await asyncio.sleep(0)


def _ends(error: Exception) -> StartError | None:
    """Return the error that ends the listening, where it is among those of a batch."""
    if isinstance(error, StartError):
        return error
    if isinstance(error, ExceptionGroup):
        return next(filter(None, map(_ends, error.exceptions)), None)
    return None
