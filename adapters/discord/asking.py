"""Live questions, answered from Discord and not from memory."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import discord

from adapters.discord import inbound
from adapters.discord.below import below
from adapters.discord.effects import is_archived
from adapters.discord.events import MOST, number
from adapters.discord.missing import allowed, missing, of_server
from adapters.discord.readers import FOR_ROLE, readers, right
from adapters.discord.rest import Failed, Rest
from bot.contract.effect import Refused
from bot.contract.facts import (
    Act,
    Answer,
    Count,
    HowMany,
    Inside,
    IsInside,
    Missing,
    Present,
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
from bot.contract.ports import Clock
from bot.contract.text import Text, text

GONE: Final = Refused("gone")
THREADS: Final = frozenset({10, 11, 12})

Asked = WhoIs | WhoReads | WhoIsIn | WhenSpoken | HowMany | IsInside | WhatIsMissing
"""What only Discord knows."""

LOOKED_INTO: Final = frozenset({"DISCOVERABLE", "PREVIEW_ENABLED"})
"""Features of a server into which people may look before they join it."""

NAME_KEPT: Final = timedelta(minutes=1)
MOST_NAMES: Final = 1000


class Asking:
    """Answers for one bot."""

    def __init__(self, rest: Rest, client: discord.Client, clock: Clock) -> None:
        """Take what it needs."""
        self._rest = rest
        self._client = client
        self._clock = clock
        self._named: OrderedDict[Member, tuple[str, datetime]] = OrderedDict()

    async def tell(self, question: Asked) -> Answer:  # noqa: PLR0911 - one a question
        """Answer a question; `Unanswered` where Discord does not say."""
        try:
            match question:
                case WhoIs(member, spaces):
                    return await self._standing(member, spaces)
                case WhoReads(room, visible):
                    return await self._readers(room, visible=visible)
                case HowMany(room):
                    return Count((await self._thread(room))[0])
                case IsInside(room, member):
                    return await self._inside(room, member)
                case WhatIsMissing(Room() as room, acts):
                    return await self._missing(room, acts)
                case WhatIsMissing(place, acts):
                    return self._rooms(number(place.id), acts)
                case WhenSpoken(room):
                    return await self._spoken(room)
                case WhoIsIn():
                    return Present(None)  # the list of members is behind a privileged intent
        except Failed:
            return Unanswered()

    async def names(self, who: frozenset[Member | Room]) -> Mapping[Member | Room, str]:
        """Return names of accounts and of servers, for one message. What is not found is left out."""
        found: dict[Member | Room, str] = {}
        now = self._clock.now()
        for one in who:
            if isinstance(one, Room):
                guild = self._client.get_guild(int(one.id)) if one.id.isdecimal() else None
                if guild is not None:
                    found[one] = guild.name
                continue
            kept = self._named.get(one)
            if kept is None or now - kept[1] > NAME_KEPT:
                try:
                    user = await self._rest.call("GET", "/users/{user_id}", user_id=number(one.id))
                except Failed:
                    continue
                kept = self._named[one] = (str(user["username"]), now)
                while len(self._named) > MOST_NAMES:
                    self._named.popitem(last=False)
            found[one] = kept[0]
        return found

    def knows(self, member: Member) -> bool:
        """Return whether it is remembered what somebody is called."""
        return member in self._named

    def forget(self, member: Member) -> None:
        """Forget what somebody is called."""
        self._named.pop(member, None)

    async def _standing(self, member: Member, spaces: tuple[Space, ...]) -> Standing:
        """Return the highest standing of a member in some servers."""
        best = Standing(Right.NONE)
        for space in spaces:
            one = await self._in_guild(member, space)
            best = one if one.right > best.right else best
        return best

    async def _in_guild(self, member: Member, space: Space) -> Standing:
        try:
            path, guild_id = "/guilds/{guild_id}/members/{member_id}", number(space.id)
            found = await self._rest.call("GET", path, guild_id=guild_id, member_id=number(member.id))
            roles, owner = await self._roles(guild_id)
        except Failed as failed:
            if failed.result == GONE:
                return Standing(Right.NONE)
            raise
        own = [int(role) for role in found.get("roles", ())]
        may = right(own, roles, owner=owner == member.id, everyone=roles.get(int(guild_id), 0))
        return inbound.standing(
            may,
            _instant(found.get("joined_at")),
            own,
            timed_out_until=_instant(found.get("communication_disabled_until")),
            pending=bool(found.get("pending")),
            now=self._clock.now(),
        )

    async def _roles(self, guild_id: str) -> tuple[dict[int, int], str]:
        """Return what each role of a server may, and the owner's id. The gateway keeps both true while connected."""
        guild = self._client.get_guild(int(guild_id))
        if guild is not None and not guild.unavailable:
            return {role.id: role.permissions.value for role in guild.roles}, str(guild.owner_id)
        raw = await self._rest.call("GET", "/guilds/{guild_id}", guild_id=guild_id)
        return {int(role["id"]): int(role["permissions"]) for role in raw["roles"]}, str(raw["owner_id"])

    async def _readers(self, room: Room, *, visible: bool) -> Answer:
        channel, parent, guild_id = await self._shape(room)
        if not guild_id:
            return Unanswered()
        roles = await self._rest.call("GET", "/guilds/{guild_id}/roles", guild_id=guild_id)
        guild = self._client.get_guild(int(guild_id))
        guests = guild is None or not LOOKED_INTO.isdisjoint(guild.features)
        return readers(channel, parent, roles, guild_id, visible=visible, guests=guests)

    async def _shape(self, room: Room) -> tuple[Mapping[str, Any], Mapping[str, Any] | None, str]:
        """Return a channel, the one above it if it is a thread, and the id of its server; empty where it has none."""
        channel = await self._seen(number(room.id))
        parent: Mapping[str, Any] | None = None
        if channel.get("type") in THREADS and channel.get("parent_id"):
            parent = await self._rest.call("GET", "/channels/{channel_id}", channel_id=str(channel["parent_id"]))
        return channel, parent, str(channel["guild_id"]) if channel.get("guild_id") else ""

    async def _missing(self, room: Room, acts: frozenset[str]) -> Answer:
        """Say what the bot may not do in a channel at this moment."""
        channel, parent, guild_id = await self._shape(room)
        if not guild_id:
            return Unanswered()
        own = str(self._client.user.id) if self._client.user is not None else ""
        roles = await self._rest.call("GET", "/guilds/{guild_id}/roles", guild_id=guild_id)
        path = "/guilds/{guild_id}/members/{member_id}"
        me = await self._rest.call("GET", path, guild_id=guild_id, member_id=own)
        theirs = [str(role) for role in me.get("roles", ())]
        may = allowed(parent or channel, roles, guild_id, own, theirs)
        wrong = missing(room, channel, may, of_server(roles, guild_id, theirs), acts)
        if Act.EVENTS in acts and not wrong:
            every = await self._rest.call("GET", "/guilds/{guild_id}/scheduled-events", guild_id=guild_id)
            wrong = (text("missing-discord-events-full", place=room, most=MOST),) if len(every) >= MOST else ()
        return Missing(wrong)

    def _rooms(self, guild_id: str, acts: frozenset[str]) -> Missing:
        """Say whether there are channels below which threads can be made, by the way they are made, and deleted."""
        guild = self._client.get_guild(int(guild_id))
        lines: list[Text] = []
        for act, visible, line in (
            (Act.ROOMS, False, "missing-discord-rooms"),
            (Act.VISIBLE, True, "missing-discord-visible"),
        ):
            channel = guild.get_channel(int(below(guild, visible=visible) or 0)) if guild is not None else None
            if act in acts and (guild is None or channel is None):
                lines.append(text(line))
            elif guild is not None and channel is not None and visible == (Act.VISIBLE in acts) and Act.ERASE in acts:
                may = channel.permissions_for(guild.me).manage_threads
                lines += () if may else (text("missing-discord-erase", place=Room("discord", str(channel.id))),)
        return Missing(tuple(lines))

    async def _seen(self, channel_id: str) -> Mapping[str, Any]:
        """Return a channel; one that the bot may not look into as the gateway told of it, and keeps telling.

        People can ask who reads a channel from which the bot is shut out.
        """
        try:
            found: Mapping[str, Any] = await self._rest.call("GET", "/channels/{channel_id}", channel_id=channel_id)
        except Failed as failed:
            kept = self._client.get_channel(int(channel_id))
            if failed.result != Refused("forbidden") or not isinstance(kept, discord.abc.GuildChannel):
                raise
            found = _told(kept)
        return found

    async def _thread(self, room: Room) -> tuple[int | None, bool]:
        """Return how many people are in a thread, where Discord says so, and whether it is archived."""
        thread = await self._rest.call("GET", "/channels/{channel_id}", channel_id=number(room.id))
        inside = thread.get("member_count")
        return max(inside - 1, 0) if isinstance(inside, int) else None, is_archived(thread)

    async def _inside(self, room: Room, member: Member) -> Inside:
        """Return where somebody stands towards a thread. The list of all who are in it is not asked for."""
        people, closed = await self._thread(room)
        path, here = "/channels/{channel_id}/thread-members/{user_id}", True
        try:
            await self._rest.call("GET", path, channel_id=number(room.id), user_id=number(member.id))
        except Failed as failed:
            if failed.result != GONE:
                raise
            here = False
        return Inside(here, None if people is None else max(people - here, 0), closed)

    async def _spoken(self, room: Room) -> Spoken:
        """Return when the last message of a channel was written; whose it is is not looked at."""
        channel = await self._rest.call("GET", "/channels/{channel_id}", channel_id=number(room.id))
        last = channel.get("last_message_id")
        return Spoken(discord.utils.snowflake_time(int(last)) if last is not None else None)


def _told(channel: discord.abc.GuildChannel) -> Mapping[str, Any]:
    """Return a channel in the shape of Discord's API, as far as who reads it is concerned."""
    written = []
    for whom, overwrite in channel.overwrites.items():
        allow, deny = overwrite.pair()
        role = isinstance(whom, discord.Role) or (isinstance(whom, discord.Object) and whom.type is discord.Role)
        bits = {"allow": str(allow.value), "deny": str(deny.value)}
        written.append({"id": str(whom.id), "type": FOR_ROLE if role else FOR_ROLE + 1, **bits})
    return {"type": channel.type.value, "guild_id": str(channel.guild.id), "permission_overwrites": written}


def _instant(written: object) -> datetime | None:
    return discord.utils.parse_time(written) if isinstance(written, str) else None
