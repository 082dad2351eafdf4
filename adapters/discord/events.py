"""Events of a server that the bot made: one for one meeting, with no rhythm of Discord's own.

https://docs.discord.com/developers/resources/guild-scheduled-event. An event is *external*: it has a place in words,
and an end. It "will automatically have `status` set to `ACTIVE`" at its start, so nothing is to be done then. At its
end it is set to `COMPLETED`, and nothing there says that it can be deleted after that: the core takes it away before.
To make one takes the permission *Create Events* in the server; to change and delete one's own takes no other.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import discord

from adapters.discord.render import Render
from adapters.discord.rest import Failed, Rest
from adapters.discord.split import shorten
from bot.contract.effect import Accepted, EditEvent, MakeEvent, Refused
from bot.contract.place import Room
from bot.contract.text import Voice

EXTERNAL: Final = 3
"""A kind of event (`entity_type`): one that is in none of Discord's voice channels."""

IN_SERVER: Final = 2
"""Who can see an event (`privacy_level`): the members of the server. Discord has no other."""

LONGEST_NAME: Final = 100
LONGEST_ABOUT: Final = 1000

MOST: Final = 100
"""Events of a server at a time, by all who make them."""

FINISHED: Final = 180_000
"""Cannot update a finished event."""

_ALL = "/guilds/{guild_id}/scheduled-events"
_ONE = _ALL + "/{event_id}"


def number(id_: str) -> str:
    """Return an id of Discord's.

    Raises:
        Failed: It is none, so there is nothing by it.
    """
    if not (id_.isascii() and id_.isdecimal() and len(id_) <= 20):  # noqa: PLR2004 - digits of 64 bits
        raise Failed(Refused("gone"))
    return id_


class Events:
    """The events that one bot makes. The id of one is that of its server and its own, with a stroke between."""

    def __init__(self, rest: Rest, client: discord.Client, render: Render) -> None:
        """Take what it needs."""
        self._rest = rest
        self._client = client
        self._render = render

    async def make(self, effect: MakeEvent, voice: Voice, now: datetime) -> Accepted:
        """Make an event, unless it is there.

        Raises:
            Failed: It did not work, or nobody knows.
        """
        guild = await self._guild(effect.room)
        found = await self._own(guild, effect)
        if not found:
            body = {
                "name": shorten(self._render.words(effect.name, voice, now), LONGEST_NAME),
                "description": shorten(self._render.words(effect.about, voice, now), LONGEST_ABOUT),
                "privacy_level": IN_SERVER,
                "entity_type": EXTERNAL,
                "entity_metadata": {"location": _address(guild, effect)},
                **_times(effect),
            }
            made = await self._rest.call("POST", _ALL, body, guild_id=guild)
            # Discord keeps no key of it, and the library repeats by itself what failed with a 5xx.
            found = await self._own(guild, effect) or [str(made["id"])]
        first, *doubles = found
        for double in doubles:
            await self.end(f"{guild}/{double}")
        return Accepted(f"{guild}/{first}")

    async def find(self, effect: MakeEvent) -> str | None:
        """Return the id of the event that was made for an effect.

        Raises:
            Failed: Nobody knows.
        """
        guild = await self._guild(effect.room)
        found = await self._own(guild, effect)
        return f"{guild}/{found[0]}" if found else None

    async def edit(self, effect: EditEvent) -> Accepted:
        """Give an event another time.

        Raises:
            Failed: It did not work, or nobody knows.
        """
        guild, event = _parts(effect.event.id)
        await self._rest.call("PATCH", _ONE, _times(effect), guild_id=guild, event_id=event)
        return Accepted(effect.event.id)

    async def end(self, id_: str) -> Accepted:
        """Take an event away. One that is not there, or that Discord ended by itself, counts as taken away.

        Raises:
            Failed: It did not work, or nobody knows.
        """
        guild, event = _parts(id_)
        try:
            await self._rest.call("DELETE", _ONE, guild_id=guild, event_id=event)
        except Failed as failed:
            if failed.result != Refused("gone") and failed.code != FINISHED:
                raise
        return Accepted(id_)

    async def _guild(self, room: Room) -> str:
        """Return the server of a channel."""
        channel = await self._rest.call("GET", "/channels/{channel_id}", channel_id=number(room.id))
        return number(str(channel.get("guild_id", "")))

    async def _own(self, guild: str, effect: MakeEvent) -> list[str]:
        """Return the events that were made for an effect, the first at the front.

        They are told by who made them, by their start, and by where they lead: to a message of ours, which no other one
        leads to. Of those of others no more than that is looked at.
        """
        own = str(self._client.user.id) if self._client.user is not None else ""
        wanted = (own, _address(guild, effect), _second(effect.starts_at))
        every = await self._rest.call("GET", _ALL, guild_id=guild)
        return sorted((str(one["id"]) for one in every if _mark(one) == wanted), key=int)


def _mark(event: Mapping[str, Any]) -> tuple[str, str, datetime | None]:
    about = event.get("entity_metadata") or {}
    starts = discord.utils.parse_time(event.get("scheduled_start_time"))
    return str(event.get("creator_id")), str(about.get("location")), starts


def _address(guild: str, effect: MakeEvent) -> str:
    """Return where an event leads: to the post in its room, or to the room. It tells nobody what that is called."""
    way = (guild, effect.room.id, *((effect.post.id,) if effect.post is not None else ()))
    return f"https://discord.com/channels/{'/'.join(way)}"


def _times(effect: MakeEvent | EditEvent) -> dict[str, str]:
    starts, ends = _second(effect.starts_at), _second(effect.ends_at)
    return {"scheduled_start_time": starts.isoformat(), "scheduled_end_time": ends.isoformat()}


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _parts(id_: str) -> tuple[str, str]:
    """Return the server and the event of an id.

    Raises:
        Failed: It is none, so there is nothing by it.
    """
    guild, _, event = id_.partition("/")
    return number(guild), number(event)
