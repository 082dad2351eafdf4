"""Effects made to happen on Discord, each at most once a key; and looking whether one has happened."""

import base64
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

import discord

from adapters.discord.below import below
from adapters.discord.events import Events, number
from adapters.discord.render import Payload, Render, Rendered, mark_id, speaks_of
from adapters.discord.rest import ARCHIVED, CLOSED, NO_MESSAGE, Failed, Rest
from adapters.discord.split import shorten
from bot.contract.card import Card
from bot.contract.effect import (
    Absent,
    Accepted,
    Delete,
    Edit,
    EditEvent,
    Effect,
    EndEvent,
    Found,
    Invite,
    Leave,
    MakeEvent,
    MakeRoom,
    Pin,
    Refused,
    Remove,
    Result,
    Say,
    SetState,
    Unreadable,
)
from bot.contract.place import Member, Place, Room, Space
from bot.contract.text import Voice

PUBLIC_THREAD: Final = 11
PRIVATE_THREAD: Final = 12
LONGEST_NAME: Final = 100
KEPT_OPEN: Final = 10_080
"""Minutes without a word after which Discord archives a thread: a week, the longest it offers."""

SUFFIX: Final = 8
"""Letters by which a thread is told from all others of ours: so many that the same do not come twice."""

LOOK_BACK: Final = 50
"""Messages that are looked through for our own marks."""

MOST_PLACES: Final = 4096
"""Private conversations whose channel is remembered."""

Names = Callable[[frozenset[Member | Room]], Awaitable[Mapping[Member | Room, str]]]


def is_archived(thread: Mapping[str, Any]) -> bool:
    """Return whether a thread, in the JSON of Discord's API, is archived."""
    return _is(thread, "archived")


def _is(thread: Mapping[str, Any], what: str) -> bool:
    about = thread.get("thread_metadata")
    return isinstance(about, Mapping) and about.get(what) is True


class Effects:
    """Performs effects for one bot."""

    def __init__(self, rest: Rest, client: discord.Client, render: Render, names: Names) -> None:
        """Take what they need."""
        self._rest = rest
        self._client = client
        self._render = render
        self._names = names
        self._events = Events(rest, client, render)
        self._private: OrderedDict[str, str] = OrderedDict()

    async def perform(  # noqa: C901, PLR0911 - one return an effect
        self, key: str, mark: str, effect: Effect, voice: Voice, now: datetime
    ) -> Result:
        """Make an effect happen.

        Raises:
            Failed: It did not, or nobody knows.
        """
        match effect:
            case Say(to, card):
                return await self._say(key, mark, to, card, voice, now)
            case Edit(post, card):
                return await self._edit(post.place, post.id, mark, card, voice, now)
            case Delete(post):
                return await self._delete(post.place, post.id)
            case Pin(post, pinned):
                message = number(post.id)
                method = "PUT" if pinned else "DELETE"
                await self._call(method, "/messages/pins/{message_id}", post.place, message_id=message)
                return Accepted(message)
            case MakeRoom(space, name, visible):
                return await self._make_room(space, mark, self._render.words(name, voice, now), visible=visible)
            case Invite(room, member):
                return await self._invite(room, member)
            case Remove(room, member):
                return await self._remove(room, member)
            case Leave(room, close, erase):
                return await self._leave(room, close=close, erase=erase)
            case SetState(room, what, value):
                return await self._set(room, what, self._render.words(value, voice, now))
            case MakeEvent():
                return await self._events.make(effect, voice, now)
            case EditEvent():
                return await self._events.edit(effect)
            case EndEvent(event):
                return await self._events.end(event.id)

    async def find(self, mark: str, effect: Effect) -> Found:
        """Look for an effect's mark.

        Raises:
            Failed: Nobody knows.
        """
        try:
            match effect:
                case Say(to):
                    found = await self._own_message(await self._channel(to), mark_id(mark))
                case MakeRoom(space):
                    found = await self._own_thread(space, mark)
                case MakeEvent():
                    found = await self._events.find(effect)
                case _:
                    return Unreadable()
        except Failed as failed:
            match failed.result:
                case Refused("gone" | "closed"):
                    return Absent()
                case Refused():
                    return Unreadable()
                case _:
                    raise
        return Accepted(found) if found is not None else Absent()

    # Messages

    def knows(self, member: Member) -> bool:
        """Return whether it is remembered where the private conversation with somebody is."""
        return member.id in self._private

    def forget(self, member: Member) -> None:
        """Forget where the private conversation with somebody is."""
        self._private.pop(member.id, None)

    async def _channel(self, place: Place) -> str:
        """Return the id of a channel: a room's own, or that of the private conversation with a member."""
        if isinstance(place, Room):
            return number(place.id)
        kept = self._private.get(place.id)
        if kept is None:
            opened = await self._rest.call("POST", "/users/@me/channels", {"recipient_id": number(place.id)})
            kept = self._private[place.id] = str(opened["id"])
            while len(self._private) > MOST_PLACES:
                self._private.popitem(last=False)
        return kept

    async def _call(self, method: str, path: str, place: Place, body: Payload | None = None, **more: Any) -> Any:
        """Call a route below a place's channel; where that has been archived, it is opened again first."""
        channel = await self._channel(place)
        try:
            return await self._rest.call(method, "/channels/{channel_id}" + path, body, channel_id=channel, **more)
        except Failed as failed:
            if failed.code != ARCHIVED:
                raise
            await self._rest.call("PATCH", "/channels/{channel_id}", {"archived": False}, channel_id=channel)
            return await self._rest.call(method, "/channels/{channel_id}" + path, body, channel_id=channel, **more)

    async def _say(self, key: str, mark: str, to: Place, card: Card, voice: Voice, now: datetime) -> Accepted:
        """Post a card. Each of its messages carries a nonce, so that Discord takes the same try once only."""
        shown = self._render.shown(now, await self._names(speaks_of(card)))
        alone = isinstance(to, Member)
        messages = self._render.messages(card, to, voice, shown, mark=mark, alone=alone)
        posted = ""
        for left, rendered in reversed(list(enumerate(reversed(messages)))):
            posted = await self._post(to, rendered, _nonce(key, left))
        return Accepted(posted)

    async def _post(self, to: Place, rendered: Rendered, nonce: str) -> str:
        extra = {"nonce": nonce, "enforce_nonce": True}
        try:
            channel = await self._channel(to)
            path = "/channels/{channel_id}/messages"
            made = await self._rest.send(path, rendered, extra=extra, channel_id=channel)
        except Failed as failed:
            if failed.code == NO_MESSAGE:
                return ""  # the same nonce was taken before, and that message deleted since
            if failed.code in CLOSED and isinstance(to, Member):
                self._private.pop(to.id, None)
            raise
        return str(made["id"])

    async def _edit(self, place: Place, id_: str, mark: str, card: Card, voice: Voice, now: datetime) -> Accepted:
        message = number(id_)
        shown = self._render.shown(now, await self._names(speaks_of(card)))
        rendered = self._render.one(card, place, voice, shown, mark=mark, alone=isinstance(place, Member))
        await self._call("PATCH", "/messages/{message_id}", place, rendered.payload, message_id=message)
        return Accepted(message)

    async def _delete(self, place: Place, id_: str) -> Accepted:
        try:
            await self._call("DELETE", "/messages/{message_id}", place, message_id=number(id_))
        except Failed as failed:
            if failed.result != Refused("gone"):
                raise
        return Accepted(id_)

    async def _own_message(self, channel: str, wanted: int) -> str | None:
        """Return the id of a message of our own that carries a mark.

        What others wrote is dropped here unread: of each message only its author, its id and the numbers of its
        components are looked at, the latter on our own alone.
        """
        own = str(self._client.user.id) if self._client.user is not None else ""
        latest = await self._rest.call(
            "GET", "/channels/{channel_id}/messages", channel_id=channel, params={"limit": LOOK_BACK}
        )
        for message in latest:
            if str(message["author"]["id"]) == own and any(
                part.get("id") == wanted for part in message.get("components", ())
            ):
                return str(message["id"])
        return None

    # Rooms

    async def _make_room(self, space: Space, mark: str, words: str, *, visible: bool) -> Accepted:
        """Make a thread, unless the one of this mark is there. Its name says nothing of what it is for."""
        made = await self._own_thread(space, mark)
        if made is None:
            name = f"{shorten(words, LONGEST_NAME - SUFFIX - 1)} {_suffix(mark)}"
            kind = {"type": PUBLIC_THREAD} if visible else {"type": PRIVATE_THREAD, "invitable": False}
            body = {"name": name, **kind, "auto_archive_duration": KEPT_OPEN}
            channel = self._below(space, visible=visible)
            thread = await self._rest.call("POST", "/channels/{channel_id}/threads", body, channel_id=channel)
            made = str(thread["id"])
        return Accepted(made)

    def _below(self, space: Space, *, visible: bool) -> str:
        """Return the channel below which such threads are made.

        Raises:
            Failed: There is none.
        """
        guild = self._client.get_guild(int(number(space.id)))
        if guild is None or guild.me is None:
            raise Failed(Refused("gone"))
        found = below(guild, visible=visible)
        if found is None:
            raise Failed(Refused("forbidden"))
        return found

    async def _own_thread(self, space: Space, mark: str) -> str | None:
        """Return the thread of ours that was made for a mark, among those that are active.

        Nobody is let in before it is known which one it is: with people in it, it belongs to another mark. Into a
        public one they may have come by themselves.
        """
        own = str(self._client.user.id) if self._client.user is not None else ""
        active = await self._rest.call("GET", "/guilds/{guild_id}/threads/active", guild_id=number(space.id))
        for thread in active["threads"]:
            named = str(thread.get("owner_id")) == own and str(thread.get("name")).endswith(f" {_suffix(mark)}")
            if named and (thread.get("type") == PUBLIC_THREAD or thread.get("member_count", 0) <= 1):
                return str(thread["id"])
        return None

    async def _invite(self, room: Room, member: Member) -> Accepted:
        """Let somebody into a thread. One that was archived is over, and is not opened again for it."""
        try:
            path = "/channels/{channel_id}/thread-members/{user_id}"
            await self._rest.call("PUT", path, channel_id=number(room.id), user_id=number(member.id))
        except Failed as failed:
            if failed.code == ARCHIVED:
                raise Failed(Refused("gone"), failed.code) from None
            raise
        return Accepted(room.id)

    def _manages(self, thread: Mapping[str, Any]) -> bool:
        """Return whether the bot may lock a thread."""
        guild = self._client.get_guild(int(thread.get("guild_id") or 0))
        parent = guild.get_channel(int(thread.get("parent_id") or 0)) if guild is not None else None
        return parent is not None and guild is not None and parent.permissions_for(guild.me).manage_threads

    async def _remove(self, room: Room, member: Member) -> Accepted:
        try:
            await self._call("DELETE", "/thread-members/{user_id}", room, user_id=number(member.id))
        except Failed as failed:
            if failed.result != Refused("gone") or failed.code not in {10007, 10013}:
                raise
        return Accepted(room.id)

    async def _leave(self, room: Room, *, close: bool, erase: bool) -> Accepted:
        """Close a thread that nobody is in, or that is to be closed; leave one that has people, which is theirs.

        Who is in it can open it again by writing there, unless the bot may lock it, for which it does not ask. Where it
        may, it also deletes one that is to be erased.
        """
        try:
            thread = await self._call("GET", "", room)
            if erase and self._manages(thread):
                await self._call("DELETE", "", room)
            elif close and is_archived(thread) and (_is(thread, "locked") or not self._manages(thread)):
                pass
            elif close or thread.get("member_count", 0) <= 1:
                lock = {"locked": True} if close and self._manages(thread) else {}
                await self._call("PATCH", "", room, {"archived": True, **lock})
            else:
                await self._call("DELETE", "/thread-members/@me", room)
        except Failed as failed:
            over = {"forbidden", "gone"} if erase else {"forbidden"}
            if not isinstance(failed.result, Refused) or failed.result.reason not in over:
                raise
            # Who has left a private thread does not see it any more.
        return Accepted(room.id)

    async def _set(self, room: Room, what: str, value: str) -> Result:
        if what != "name":
            await self._call("GET", "", room)
            return Refused("impossible")  # a thread has no topic
        await self._call("PATCH", "", room, {"name": shorten(value, LONGEST_NAME)})
        return Accepted(room.id)


def _nonce(key: str, left: int) -> str:
    """Return the nonce of a message; the last one's is the key itself."""
    if not left:
        return key
    return base64.b32encode(hashlib.sha256(f"{key} {left}".encode()).digest()).decode().lower()[:25]


def _suffix(mark: str) -> str:
    """Return the letters by which a thread is found again."""
    return base64.b32encode(hashlib.sha256(mark.encode()).digest()).decode().lower()[:SUFFIX]
