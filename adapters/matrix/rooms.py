"""What the server knows of a room at this moment: who is in it, whether it is encrypted, who may do what.

Nothing is believed that was only heard: power is taken away, rooms become encrypted, and what a sync left out goes
stale. What is remembered is what cannot change back (a room stays encrypted), members until somebody comes or goes, and
what rooms a space names until it names others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adapters.matrix.server import Declined, Server, Unclear, path
from adapters.matrix.shapes import Poison, items, mapping, user_id, words

ABOVE_ALL: Final = 2**53
"""The power of those who made a room of version 12 or later: above every level that can be written."""

LARGEST_LEVEL: Final = 2**53 - 1
"""The largest integer of canonical JSON, and so of power levels."""

CREATORS_ABOVE: Final = 12
"""First room version in which creators stand above all power levels (MSC4289)."""

REMEMBERED: Final = 500
"""Rooms whose members are remembered, and spaces whose rooms are."""

CHILDREN: Final = 5_000
"""Rooms that one space may name."""


@dataclass(frozen=True, slots=True)
class Power:
    """Who may do what in a room. ``levels`` is empty where none were ever set."""

    creators: frozenset[str]
    above: bool
    levels: Mapping[str, Any] | None

    def of(self, user: str) -> int:
        """Return somebody's power. A level that is no whole number counts as the lowest default."""
        if user in self.creators and (self.above or self.levels is None):
            return ABOVE_ALL if self.above else 100
        if self.levels is None:
            return 0
        usual = _level(self.levels.get("users_default"), 0)
        return _level(mapping(self.levels.get("users")).get(user), usual)

    def needed(self, action: str, *, usual: int = 50) -> int:
        """Return the power that ``kick``, ``ban``, ``redact``, ``invite`` need."""
        return _level((self.levels or {}).get(action), 0 if action == "invite" else usual)

    def needed_for(self, kind: str, *, state: bool) -> int:
        """Return the power that sending an event of a kind needs."""
        levels = self.levels or {}
        usual = _level(levels.get("state_default"), 50 if self.levels is not None else 0) if state else 0
        usual = usual if state else _level(levels.get("events_default"), 0)
        return _level(mapping(levels.get("events")).get(kind), usual)


def _level(value: Any, usual: int) -> int:
    """Return a power level. Text counted as one until room version 10; it is not taken here."""
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_LEVEL
    return value if fits else usual


def power(create: Mapping[str, Any], levels: Mapping[str, Any] | None) -> Power:
    """Return who may do what, from a room's ``m.room.create`` event and the content of its ``m.room.power_levels``.

    Up to version 10 the creator stands in the content, from 11 on it is the event's sender.

    Raises:
        Poison: The event does not say who made the room.
    """
    content = mapping(create.get("content"))
    written = content.get("room_version", "1")
    version = int(written) if isinstance(written, str) and written.isascii() and written.isdigit() else 0
    if version == 0 and isinstance(written, str) and written.startswith("org.matrix.hydra"):
        version = CREATORS_ABOVE
    made = create.get("sender") or content.get("creator")
    creators = {user_id(made)}
    if version >= CREATORS_ABOVE:
        creators |= {one for one in items(content.get("additional_creators")) if isinstance(one, str)}
    return Power(frozenset(creators), version >= CREATORS_ABOVE, levels)


def _of_child(_: tuple[str, ...], event: Any) -> bool:
    return mapping(event).get("type") == "m.space.child"


class Rooms:
    """Asks the server about rooms."""

    def __init__(self, server: Server) -> None:
        """Take the server."""
        self._server: Final = server
        self._encrypted: set[str] = set()
        self._members: dict[str, dict[str, str]] = {}
        self._children: dict[str, dict[str, str]] = {}
        self._changes = 0

    async def state(self, room: str, kind: str, key: str = "") -> Mapping[str, Any] | None:
        """Return the content of a piece of state; None where there is none.

        Raises:
            Trouble: It could not be asked; `Declined` with 403 where the bot is not in the room.
        """
        try:
            return await self._server.ask("GET", path("rooms", room, "state", kind, key))
        except Declined as no:
            if no.status == 404:  # noqa: PLR2004 - not there
                return None
            raise

    async def told_by(self, room: str, kind: str, key: str) -> tuple[Mapping[str, Any], str]:
        """Return the content of a piece of state, and who set it; nothing and nobody where there is none.

        Raises:
            Trouble: It could not be asked.
        """
        try:
            event = await self._server.ask("GET", path("rooms", room, "state", kind, key, query={"format": "event"}))
        except Declined as no:
            if no.status == 404:  # noqa: PLR2004 - not there
                return {}, ""
            raise
        return mapping(event.get("content")), words(event.get("sender"))

    async def children(self, space: str) -> Mapping[str, str]:
        """Return the rooms that a space says are of it, and who says so. That proves nothing.

        Raises:
            Trouble: It could not be asked.
        """
        known = self._children.get(space)
        if known is None:
            changes = self._changes
            answer = await self._server.ask_any("GET", path("rooms", space, "state"), keep=_of_child)
            events = [mapping(one) for one in items(answer) if _of_child((), one)]
            named = [one for one in events if items(mapping(one.get("content")).get("via"))][:CHILDREN]
            known = {words(one.get("state_key")): words(one.get("sender")) for one in named}
            if changes == self._changes:  # else it may be another answer by now
                while len(self._children) >= REMEMBERED:
                    del self._children[next(iter(self._children))]
                self._children[space] = known
        return known

    def forget_children(self, space: str) -> None:
        """Forget which rooms a space names: it may name others."""
        self._changes += 1
        self._children.pop(space, None)

    async def encrypted(self, room: str) -> bool:
        """Return whether a room is encrypted, asking the server unless it is known to be.

        Any ``m.room.encryption`` counts, whatever stands in it: then nothing is sent in clear.

        Raises:
            Trouble: It could not be asked.
        """
        if room not in self._encrypted and await self.state(room, "m.room.encryption") is not None:
            self._encrypted.add(room)
        return room in self._encrypted

    def heard_encryption(self, room: str) -> None:
        """Note that a room became encrypted. There is no way back."""
        self._encrypted.add(room)

    async def members(self, room: str) -> Mapping[str, str]:
        """Return who is in a room (``join``) or is asked in (``invite``), by user id.

        Raises:
            Trouble: It could not be asked.
        """
        known = self._members.get(room)
        if known is None:
            known = await self.ask_members(room)
            while len(self._members) >= REMEMBERED:
                del self._members[next(iter(self._members))]
            self._members[room] = known
        return known

    async def ask_members(self, room: str) -> dict[str, str]:
        """Return what `members` does, asking the server in any case."""
        answer = await self._server.ask("GET", path("rooms", room, "members", query={"not_membership": "leave"}))
        found: dict[str, str] = {}
        for one in items(answer.get("chunk")):
            event = mapping(one)
            membership = mapping(event.get("content")).get("membership")
            if membership in {"join", "invite"}:
                try:
                    found[user_id(event.get("state_key"))] = membership
                except Poison:
                    continue
        return found

    async def follows(self, room: str) -> str:
        """Return the room that goes on in this one; empty unless both say so: this one what it follows, that one where.

        Raises:
            Trouble: It could not be asked.
        """
        created = mapping(await self.state(room, "m.room.create"))
        old = words(mapping(created.get("predecessor")).get("room_id"))
        if not old:
            return ""
        try:
            closed = mapping(await self.state(old, "m.room.tombstone"))
        except Declined:
            return ""  # the bot is not in it
        return old if closed.get("replacement_room") == room else ""

    def forget_members(self, room: str) -> None:
        """Forget who is in a room: somebody came or went, or something was left out of what was heard of it."""
        self._members.pop(room, None)
        self.forget_children(room)

    def forget(self, room: str) -> None:
        """Forget a room."""
        self.forget_members(room)
        self._encrypted.discard(room)

    async def power(self, room: str) -> Power:
        """Return who may do what in a room, as the server knows it now.

        Raises:
            Trouble: It could not be asked, or did not say who made the room.
        """
        levels = await self.state(room, "m.room.power_levels")
        create = await self._server.ask(
            "GET", path("rooms", room, "state", "m.room.create", "", query={"format": "event"})
        )
        if "content" not in create or "sender" not in create:  # a server that gives the content alone
            create = await self._whole_create(room)
        try:
            return power(create, levels)
        except Poison:
            raise Unclear from None

    async def made_by(self, room: str) -> str:
        """Return who sent the event that made a room; empty where the server does not say. Raises `Trouble`."""
        return words((await self._whole_create(room)).get("sender"))

    async def _whole_create(self, room: str) -> Mapping[str, Any]:
        for one in items(await self._server.ask_any("GET", path("rooms", room, "state"))):
            event = mapping(one)
            if event.get("type") == "m.room.create":
                return event
        raise Unclear

    async def power_of(self, room: str, user: str) -> int:
        """Return somebody's power in a room, as the server knows it now. `ABOVE_ALL` for creators from version 12 on.

        Raises:
            Trouble: It could not be asked.
        """
        return (await self.power(room)).of(user)
