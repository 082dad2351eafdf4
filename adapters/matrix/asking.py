"""Live questions, answered from the homeserver and not from memory."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from adapters.matrix.engine import Engine
from adapters.matrix.places import Places
from adapters.matrix.rooms import Power
from adapters.matrix.server import Declined, Trouble, path
from adapters.matrix.shapes import items, mapping, words
from bot.contract.facts import (
    Act,
    Answer,
    Count,
    HowMany,
    Inside,
    IsInside,
    Missing,
    Present,
    Readers,
    Right,
    Spoken,
    Standing,
    Unanswered,
    WhatIsMissing,
    WhenSpoken,
    WhoIs,
    WhoIsIn,
    WhoReads,
)
from bot.contract.place import Member, Room, Space
from bot.contract.text import text

MOST_CHANGES: Final = 50
"""Changes of somebody's membership (names, pictures) that are followed back to when they came."""

MOST_KNOWN: Final = 2_000
_LATEST: Final = 32_503_680_000_000
"""The year 3000, in milliseconds."""

Asked = WhoIs | WhoReads | WhoIsIn | WhenSpoken | HowMany | IsInside | WhatIsMissing
"""What only the homeserver knows."""

TALK: Final = ("m.room.encrypted",)

WITH_CARDS: Final = ("m.reaction", "m.room.redaction")
"""What the bot sends besides a card: the wave below it, and what takes it away again."""


_HEARD: Final = {
    (True, False): "who-reads-matrix-sealed",
    (True, True): "who-reads-matrix-sealed",
    (False, False): "who-reads-matrix-clear",
    (False, True): "who-reads-matrix-clear-rooms",
}
"""What is said of a room, by whether it is encrypted, and whether commands are read in those that are not."""


class Asking:
    """Answers for one account."""

    def __init__(self, engine: Engine, places: Places, *, in_rooms: bool = False) -> None:
        """Take the engine, what is known of places, and whether commands are read in rooms that are not encrypted."""
        self._in_rooms: Final = in_rooms
        self._engine: Final = engine
        self._places: Final = places
        self._came: OrderedDict[tuple[str, str], tuple[str, datetime | None]] = OrderedDict()

    async def tell(self, question: Asked) -> Answer:  # noqa: PLR0911 - one a question
        """Answer a question; `Unanswered` where the homeserver does not say."""
        try:
            match question:
                case WhoIs(member, spaces):
                    return await self._standing(member, spaces)
                case WhoReads(room):
                    return await self._readers(self._places.now(room.id))
                case WhoIsIn(spaces):
                    return await self._present(spaces)
                case WhenSpoken(room):
                    return await self._spoken(self._places.now(room.id))
                case HowMany(room):
                    return Count(len(await self._joined(self._places.now(room.id))))
                case IsInside(room, member):
                    return await self._inside(self._places.now(room.id), member.id)
                case WhatIsMissing(place, acts):
                    return await self._missing(place, acts)
        except Trouble:
            return Unanswered()

    # Who somebody is.

    async def _standing(self, member: Member, spaces: tuple[Space, ...]) -> Standing:
        """Return the highest standing of a member in some spaces."""
        best = Standing(Right.NONE)
        for space in spaces:
            one = await self._in_space(member, self._places.now(space.id))
            if one.right > best.right:
                best = one
        return best

    async def _in_space(self, member: Member, room: str) -> Standing:
        """Return somebody's standing in a space or a single room.

        A moderator is who may set the room's state by its own default; those who made it stand above all. A member is
        who is joined. A moderator's mute, on Matrix, is a power below everybody else's.
        """
        event = await self._membership(room, member.id)
        if mapping(event.get("content")).get("membership") != "join":
            return Standing(Right.NONE)
        power = await self._engine.power(room)
        may = power.of(member.id) >= power.needed_for("", state=True)
        return Standing(
            Right.MODERATOR if may else Right.MEMBER,
            able=not _muted(power, member.id),
            joined_at=await self._since(room, member.id, event),
            roles=await self._places.rooms_of(room, member.id),
        )

    async def moderates(self, user: str, room: str) -> bool:
        """Return whether somebody who is in a room moderates it at this moment.

        Raises:
            Trouble: It could not be asked.
        """
        power = await self._engine.power(room)
        return power.of(user) >= power.needed_for("", state=True)

    async def _membership(self, room: str, user: str) -> Mapping[str, Any]:
        """Return somebody's newest member event; an empty one where there is none, or the bot is not there to know."""
        address = path("rooms", room, "state", "m.room.member", user, query={"format": "event"})
        try:
            return await self._engine.server.ask("GET", address)
        except Declined as no:
            if no.status in {400, 403, 404}:
                return {}
            raise

    async def _since(self, room: str, user: str, event: Mapping[str, Any]) -> datetime | None:
        """Return when somebody came, following each change of their membership back to the first in a row of joins.

        A new name or picture is a membership event of its own, so the newest says nothing.
        """
        newest = words(event.get("event_id"))
        known = self._came.get((room, user))
        if known is not None and known[0] == newest:
            return known[1]
        first = event
        for _ in range(MOST_CHANGES):
            unsigned = mapping(first.get("unsigned"))
            before = words(unsigned.get("replaces_state"))
            if not before or mapping(unsigned.get("prev_content")).get("membership", "join") != "join":
                break
            try:
                earlier = await self._engine.server.ask("GET", path("rooms", room, "event", before))
            except Declined:
                break  # from before the bot may look: so long at least
            if mapping(earlier.get("content")).get("membership") != "join" or earlier.get("state_key") != user:
                break
            first = earlier
        came = _instant(first.get("origin_server_ts"))
        self._came[room, user] = newest, came
        while len(self._came) > MOST_KNOWN:
            self._came.popitem(last=False)
        return came

    def forget(self, member: Member) -> None:
        """Forget when somebody came."""
        for key in [key for key in self._came if key[1] == member.id]:
            del self._came[key]

    # Who is there, and who reads.

    async def _joined(self, room: str) -> list[str]:
        """Return who is in a room, the bot left out."""
        answer = await self._engine.server.ask("GET", path("rooms", room, "joined_members"))
        return sorted(one for one in mapping(answer.get("joined")) if one != self._engine.state.user)

    async def _inside(self, room: str, user: str) -> Inside:
        joined = set(await self._joined(room))
        here = user in joined
        asked = not here and mapping((await self._membership(room, user)).get("content")).get("membership") == "invite"
        return Inside(here, len(joined - {user}), asked=asked)

    async def _present(self, spaces: tuple[Space, ...]) -> Present:
        found: set[str] = set()
        for space in spaces:
            try:
                found.update(await self._joined(self._places.now(space.id)))
            except Declined as no:
                if no.status not in {400, 403, 404}:
                    raise
        return Present(tuple(Member("matrix", one) for one in sorted(found)))

    async def _readers(self, room: str) -> Answer:
        """Say who can read a room, from its rules at this moment. ``wider``: more than those who are asked in."""
        rooms = self._engine.rooms
        rule = words(mapping(await rooms.state(room, "m.room.join_rules")).get("join_rule")) or "invite"
        visible = mapping(await rooms.state(room, "m.room.history_visibility")).get("history_visibility") or "shared"
        sealed = await rooms.encrypted(room)
        power = await self._engine.power(room)
        joined = await self._joined(room)
        openers = sum(1 for one in joined if power.of(one) >= power.needed("invite"))
        closed = rule in {"invite", "knock", "private"}
        restricted = rule in {"restricted", "knock_restricted"}
        lines = [text("who-reads-matrix-members")]
        if not closed:
            lines.append(text("who-reads-matrix-restricted" if restricted else "who-reads-matrix-open"))
        lines.append(text("who-reads-matrix-may-ask" if openers else "who-reads-matrix-none-ask"))
        if visible == "world_readable":
            lines.append(text("who-reads-matrix-world"))
        elif visible == "shared" and not sealed:
            lines.append(text("who-reads-matrix-later"))
        lines.append(text(_HEARD[sealed, self._in_rooms]))
        return Readers(tuple(lines), wider=not closed or visible == "world_readable" or not sealed)

    async def _missing(self, place: Room | Space, acts: frozenset[str]) -> Missing:
        """Say what the bot's power in a room is too low for. To make and end rooms it must be in the space."""
        shown, room = Room(place.platform, place.id), self._places.now(place.id)
        if not self._places.inside(room):
            return Missing((text("missing-matrix-away", place=shown),))
        if acts <= {Act.ROOMS, Act.VISIBLE, Act.ERASE}:
            return Missing(())
        power = await self._engine.power(room)
        sealed = await self._engine.rooms.encrypted(room)
        cards = ("m.room.encrypted" if sealed else "m.room.message", *WITH_CARDS)
        needed = (
            (Act.WRITE, max(power.needed_for(kind, state=False) for kind in cards), "missing-matrix-write"),
            (Act.PIN, power.needed_for("m.room.pinned_events", state=True), "missing-matrix-pin"),
        )
        own = power.of(self._engine.state.user)
        lacks = (text(id_, place=shown, power=level) for act, level, id_ in needed if act in acts and own < level)
        return Missing(tuple(lacks))

    async def _spoken(self, room: str) -> Answer:
        """Return when somebody last wrote. Only of encrypted rooms: elsewhere the words would come along."""
        if not await self._engine.rooms.encrypted(room):
            return Spoken(None)
        only = {"types": TALK, "not_senders": [self._engine.state.user], "lazy_load_members": True}
        query = {"dir": "b", "limit": "1", "filter": json.dumps(only)}
        answer = await self._engine.server.ask("GET", path("rooms", room, "messages", query=query))
        times = (_instant(mapping(one).get("origin_server_ts")) for one in items(answer.get("chunk")))
        return Spoken(max((one for one in times if one is not None), default=None))


def _muted(power: Power, user: str) -> bool:
    """Return whether somebody's power was put below that of everybody."""
    levels = power.levels or {}
    usual = levels.get("users_default", 0)
    usual = usual if isinstance(usual, int) and not isinstance(usual, bool) else 0
    return power.of(user) < usual


def _instant(written: object) -> datetime | None:
    if isinstance(written, int) and not isinstance(written, bool) and 0 < written < _LATEST:
        return datetime.fromtimestamp(written / 1000, UTC)
    return None
