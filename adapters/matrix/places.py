"""Where something is: which space a room belongs to, which room an address names, who may bring the bot where.

A community is a space (``m.room.create`` of type ``m.space``) or a single room. A room that the bot made is of the
space for which it was made, though neither says so. Any other room is of a space if the bot is in both, the space names
the room (``m.space.child``), and somebody who moderates the room now says the same: by the room's own word
(``m.space.parent``), or because it was they who named it in the space. Neither end is enough: anybody may make a space
that names every room there is, and say of a room of their own that it is of any space.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Final
from urllib.parse import unquote

from adapters.matrix.engine import Engine
from adapters.matrix.heard import LONGEST_ID
from adapters.matrix.server import Declined, path
from adapters.matrix.shapes import items, mapping, words
from bot.contract.place import Room, Space

AT_ONCE: Final = 8
MOST: Final = 30
"""Rooms of one space that are looked at."""

_ROOM_LINK: Final = "https://matrix.to/#/"


class Places:
    """What is known of places, for one account."""

    def __init__(self, engine: Engine, allowed: Collection[str]) -> None:
        """Take the engine, and who may invite the bot: spaces, rooms, users or servers; empty: everybody."""
        self._engine: Final = engine
        self._allowed: Final = frozenset(allowed)
        self._is_space: Final[dict[str, bool]] = {}

    # Rooms that go on elsewhere.

    def now(self, room: str) -> str:
        """Return the room in which one that was upgraded goes on, by the id under which the core knows it."""
        for _ in range(AT_ONCE):
            follows = self._engine.state.followed.get(room)
            if follows is None:
                break
            room = follows
        return room

    def known_as(self, room: str) -> str:
        """Return the id under which the core knows a room: that which it had before it was upgraded."""
        return self._names(room)[-1]

    def _names(self, room: str) -> list[str]:
        """Return the ids that a room has had, the newest first."""
        before = {new: old for old, new in self._engine.state.followed.items()}
        names = [room]
        while names[-1] in before and len(names) <= AT_ONCE:
            names.append(before[names[-1]])
        return names

    # Spaces.

    def rooms(self) -> list[str]:
        """Return the rooms in which the bot is; without direct ones, and without those that go on in another."""
        state, joined = self._engine.state, self._inside()
        closed = {old for old, new in state.followed.items() if new in joined}
        return sorted(joined - set(state.direct) - set(state.pending) - closed)

    def inside(self, room: str) -> bool:
        """Return whether the bot is in a room."""
        return room in self._inside()

    def _inside(self) -> set[str]:
        return self._engine.ears.joined if self._engine.ears is not None else set()

    async def is_space(self, room: str) -> bool:
        """Return whether a room is a space. That never changes."""
        if room not in self._is_space:
            created = mapping(await self._engine.rooms.state(room, "m.room.create"))
            self._is_space[room] = created.get("type") == "m.space"
        return self._is_space[room]

    async def named_by(self, space: str, room: str) -> str:
        """Return who says in a space that a room is of it, by the id that it has or had; empty where nobody does."""
        children = await self._engine.rooms.children(space)
        return next((children[name] for name in self._names(room) if name in children), "")

    async def has(self, space: str, room: str) -> bool:
        """Return whether a room is of a space: both say so (see above).

        Raises:
            Trouble: It could not be asked.
        """
        said_there = await self.named_by(space, room)
        if not said_there:
            return False
        if await self._speaks_for(room, said_there):
            return True
        for name in self._names(space):
            parent, said_here = await self._engine.rooms.told_by(room, "m.space.parent", name)
            if items(parent.get("via")) and await self._speaks_for(room, said_here):
                return True
        return False

    async def _speaks_for(self, room: str, user: str) -> bool:
        """Return whether somebody may set a room's state now. Where everybody may, only who is in it."""
        power = await self._engine.power(room)
        if power.of(user) < power.needed_for("", state=True):
            return False
        return power.of(user) > power.of("") or await self.is_in(room, user)

    async def of(self, room: str) -> Space:
        """Return the space of a room: that for which the bot made it, or the first of its spaces that has it.

        Else the room itself.

        Raises:
            Trouble: It could not be asked.
        """
        made_for = self._engine.state.made.get(room)
        if made_for is not None:
            return Space("matrix", made_for)
        if not await self.is_space(room):
            for one in self.rooms():
                if one != room and await self.is_space(one) and await self.has(one, room):
                    return Space("matrix", self.known_as(one))
        return Space("matrix", self.known_as(room))

    async def rooms_of(self, space: str, user: str) -> frozenset[str]:
        """Return the rooms of a space that somebody is in, among those that the bot is in: they serve as roles.

        By the ids under which the core knows them.
        """
        if not await self.is_space(space):
            return frozenset()
        children = await self._engine.rooms.children(space)
        others = [one for one in self.rooms() if one != space and not children.keys().isdisjoint(self._names(one))]

        async def of_both(room: str) -> bool:
            return await self.is_in(room, user) and await self.has(space, room)

        return frozenset(self.known_as(one) for one in await _those(others[:MOST], of_both))

    async def is_in(self, room: str, user: str) -> bool:
        """Return whether somebody is in a room at this moment.

        Raises:
            Trouble: It could not be asked.
        """
        try:
            content = await self._engine.rooms.state(room, "m.room.member", user)
        except Declined as no:
            if no.status in {400, 403}:
                return False  # the bot is not there to know, or it is no user's name
            raise
        return mapping(content).get("membership") == "join"

    async def communities(self, user: str) -> list[str]:
        """Return the places that may be communities and that somebody is in: spaces, then rooms that are of none.

        Raises:
            Trouble: It could not be asked.
        """

        async def there(room: str) -> bool:
            return await self.is_in(room, user)

        rooms = await _those(self.rooms(), there)
        spaces = [one for one in rooms if await self.is_space(one)]
        others = [one for one in rooms if one not in spaces]
        return spaces + [one for one in others if (await self.of(one)).id == self.known_as(one)]

    # Addresses.

    async def named(self, address: str) -> str:
        """Return the id of the room that an id, an alias or a link names, or goes on in; empty where there is none.

        Raises:
            Trouble: It could not be asked.
        """
        name = address.strip().strip('<>"')
        if name.startswith(_ROOM_LINK):
            name = unquote(name.removeprefix(_ROOM_LINK).partition("?")[0])
        if len(name) > LONGEST_ID or len(name) < 2:  # noqa: PLR2004 - a sigil and more
            return ""
        if name.startswith("!"):
            return self.now(name)
        if not name.startswith("#"):
            return ""
        try:
            answer = await self._engine.server.ask("GET", path("directory", "room", name))
        except Declined as no:
            if no.status in {400, 404}:
                return ""
            raise
        return self.now(words(answer.get("room_id")))

    async def asked_in(self, address: str, user: str) -> tuple[Space, Room | None] | None:
        """Return space and room of an address, where the bot and the asker both are; None for every other."""
        room = await self.named(address)
        if room not in self.rooms() or not await self.is_in(room, user):
            return None
        space = await self.of(room)
        return space, None if await self.is_space(room) else Room("matrix", self.known_as(room))

    # Who may bring the bot where.

    async def welcome(self, room: str, inviter: str, *, direct: bool) -> bool:
        """Return whether an invite is taken.

        It is if its room, who invites, or their server is on the list, or there is no list; a direct room also if its
        person is in one of the bot's rooms, and another also if it is of a space on the list.

        Raises:
            Trouble: It could not be asked.
        """
        if not self._allowed or {room, inviter, inviter.partition(":")[2]} & self._allowed:
            return True
        listed = {one for one in self._allowed if one.startswith("!")}
        for alias in sorted(one for one in self._allowed if one.startswith("#")):
            listed.add(await self.named(alias))
        listed |= {self.now(one) for one in listed}
        if room in listed:
            return True
        rooms = self.rooms()
        if direct:
            for one in rooms:
                if await self.is_in(one, inviter):
                    return True
            return False
        for one in rooms:
            if one in listed and await self.is_space(one) and await self.named_by(one, room):
                return True
        return False

    async def expected(self, room: str) -> bool:
        """Return whether one of the bot's rooms says that it goes on in this one. The other end is still to be asked.

        Raises:
            Trouble: It could not be asked.
        """

        async def closed(one: str) -> bool:
            tombstone = mapping(await self._engine.rooms.state(one, "m.room.tombstone"))
            return tombstone.get("replacement_room") == room

        return bool(await _those(self.rooms(), closed))

    async def follow(self, old: str, new: str, sender: str) -> None:
        """Go along to the room in which one goes on, where it is open to the bot. Else an invite may come.

        Only who had the power to close the old room is believed. Where it leads to a stranger's room, the bot goes out
        again; where it leads to a room in which the bot was before, nothing is changed there.

        Raises:
            Trouble: It could not be asked.
        """
        power = await self._engine.power(old)
        if power.of(sender) < power.needed_for("m.room.tombstone", state=True):
            return
        before = new in self._inside()
        if not before:
            via = {"via": sender.partition(":")[2]}
            try:
                await self._engine.server.ask("POST", path("join", new, query=via), {})
            except Declined as no:
                if no.too_many:
                    raise
                return
        if not await self.came(new) and not before:
            await self._engine.leave(new)

    async def came(self, new: str) -> bool:
        """Note, of a room that the bot came into, that another goes on in it; return whether that is so.

        Both must say so (`Rooms.follows`). Otherwise anybody could lead a community elsewhere.

        Raises:
            Trouble: It could not be asked.
        """
        old = await self._engine.rooms.follows(new)
        if old not in self._inside() or old in self._engine.state.direct:
            return False
        self._engine.state.followed[old] = new
        await self._engine.save()
        return True


async def _those(rooms: Collection[str], which: Callable[[str], Awaitable[bool]]) -> list[str]:
    """Return the rooms of which something is so, asked of a few at a time."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def asked(room: str) -> bool:
        async with slots:
            return await which(room)

    found = await asyncio.gather(*(asked(one) for one in rooms))
    return [one for one, so in zip(rooms, found, strict=True) if so]
