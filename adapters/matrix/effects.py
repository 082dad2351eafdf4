"""Effects made to happen on Matrix, each at most once a key; and looking whether one has happened."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from adapters.matrix.engine import ALIAS, Engine
from adapters.matrix.places import Places
from adapters.matrix.render import Render
from adapters.matrix.sending import EVENTS_A_PAGE, PAGES
from adapters.matrix.server import RELATIONS, Declined, Trouble, path
from adapters.matrix.shapes import items, mapping, words
from adapters.matrix.talk import GONE, Talk
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
    NotSent,
    Pin,
    Refused,
    Remove,
    Result,
    Say,
    SetState,
    Unreadable,
    Unsure,
)
from bot.contract.place import Member, Place, Room
from bot.contract.ports import Clock
from bot.contract.text import Text, Voice
from bot.logs import log

LONGEST_NAME: Final = 255
STATES: Final = {"name": "m.room.name", "topic": "m.room.topic"}
NOBODY: Final = 100
"""Power that nobody has in a room once the bot, which made it, has left."""

LEVELS: Final[dict[str, Any]] = {
    "users_default": 0,
    "events_default": 0,
    "state_default": NOBODY,
    "invite": NOBODY,
    "kick": NOBODY,
    "ban": NOBODY,
    "redact": NOBODY,
    "events": {"m.room.name": 0, "m.room.topic": 0, "m.room.avatar": 0, "m.room.pinned_events": 0},
}
"""Who may do what in a room that the bot made. Those in it are equals: neither can take the other out, ask a third in,
or open the room to others, and when the bot has left nobody can. What was true of its readers stays true."""


class Effects:
    """Performs effects for one account."""

    def __init__(self, engine: Engine, talk: Talk, places: Places, render: Render, clock: Clock) -> None:
        """Take its parts."""
        self._engine: Final = engine
        self._talk: Final = talk
        self._places: Final = places
        self._render: Final = render
        self._clock: Final = clock

    async def perform(  # noqa: PLR0911, C901 - one an effect
        self, key: str, mark: str, effect: Effect, voice: Voice
    ) -> Result:
        """Make an effect happen."""
        match effect:
            case Say(to, card):
                return await self._say(key, mark, to, card, voice)
            case Edit(post, card):
                return await self._edit(key, post.place, post.id, card, voice)
            case Delete(post):
                return await self._delete(key, post.place, post.id)
            case Pin(post, pinned):
                return await self._pin(post.place, post.id, pinned=pinned)
            case MakeRoom(space, name):
                if not self._inside(self._places.now(space.id)):
                    return GONE
                made = await self._engine.make_room(await self._room(name, voice), mark)
                if isinstance(made, Accepted):
                    await self._engine.made_for(made.id, space.id)
                return made
            case Invite(room, member):
                return await self._engine.invite(room.id, member.id)
            case Remove(room, member):
                return await self._engine.remove(room.id, member.id)
            case Leave(room, close):
                return await self._leave(room.id, close=close)
            case SetState(room, what, value):
                return await self._set(room.id, what, await self._words(value, voice))
            case MakeEvent() | EditEvent() | EndEvent():
                return Refused("impossible")  # Matrix has no list of events

    async def find(self, mark: str, effect: Effect) -> Found:
        """Look for an effect's mark.

        Raises:
            ConnectionError: The homeserver did not say.
        """
        match effect:
            case Say(to, card):
                room = self._where(to)
                found = Absent() if room is None else await self._engine.find_mark(room, mark)
                if room is not None and isinstance(found, Accepted):
                    await self._talk.found(room, to, card, found.id, mark)
            case MakeRoom(space):
                found = await self._engine.find_room(mark)
                if isinstance(found, Accepted) and self._inside(found.id):
                    await self._engine.made_for(found.id, space.id)
            case _:
                return Unreadable()
        if isinstance(found, Unreadable):
            await self._there()
        return found

    def _inside(self, room: str) -> bool:
        return self._engine.ears is not None and room in self._engine.ears.joined

    def _where(self, place: Place) -> str | None:
        """Return the room of a place, or that in which it goes on; None where the bot is in none."""
        if isinstance(place, Member):
            return self._engine.direct_with(place.id)
        room = self._places.now(place.id)
        return room if self._inside(room) else None

    async def _there(self) -> None:
        """Tell an answer that was a no from one that did not come.

        Raises:
            ConnectionError: The homeserver is away.
        """
        try:
            await self._engine.server.ask("GET", path("account", "whoami"))
        except Trouble:
            raise ConnectionError from None

    # Messages

    async def _say(self, key: str, mark: str, to: Place, card: Card, voice: Voice) -> Result:
        if isinstance(to, Room):
            return await self._talk.say(self._places.now(to.id), to, card, voice, key, mark=mark, loud=True)
        room = await self._talk.reach(to)
        if not isinstance(room, str):
            return room
        return await self._talk.say(room, to, card, voice, key, mark=mark, loud=True)

    async def _edit(self, key: str, place: Place, id_: str, card: Card, voice: Voice) -> Result:
        room, events = self._where(place), id_.split(" ")
        stands = await self._stands(room, events[-1])
        if room is None or stands != Accepted():
            return GONE if room is None else stands
        return await self._talk.edit(room, place, card, events, voice, key)

    async def _delete(self, key: str, place: Place, id_: str) -> Result:
        """Take a message away. Where the bot is no longer, or what is not there, counts as taken away."""
        room = self._where(place)
        for number, event in enumerate(id_.split(" ") if room is not None else ()):
            assert room is not None  # noqa: S101 - no rounds without one
            self._talk.shown.forget(event)
            result = await self._take_away(room, event, f"{key}.{number}")
            if result not in (Accepted(), GONE):
                return result
        return Accepted(id_)

    async def _take_away(self, room: str, event: str, key: str) -> Result:
        """Take an event away, and first what was put in its place: each stays in the room's history for itself.

        What is taken away relates to nothing any more. So after a crash it is gone on with those that are left.
        """
        try:
            edits = await self._edits(room, event)
        except Declined as no:
            if no.too_many:
                return NotSent(no.wait)
            edits = ()  # the bot cannot look there
        except Trouble:
            return NotSent()
        for one, tx in (*((edit, f"{key}.{edit}") for edit in edits), (event, key)):
            result = await self._engine.redact(room, one, tx)
            if not isinstance(result, Accepted) and result != GONE:
                return result
        return Accepted()

    async def _edits(self, room: str, event: str) -> tuple[str, ...]:
        """Return what we put in the place of an event and still stands.

        Of an event that is gone homeservers do not say it, and some never do: then the bot's own events are looked
        through.

        Raises:
            Trouble: It could not be asked.
        """
        asked = path("rooms", room, "relations", event, "m.replace", base=RELATIONS), "next_batch"
        try:
            found = await self._those(event, *asked, {})
            if found or await self._stands(room, event) == Accepted():
                return found
        except Declined as no:
            if no.too_many:
                raise
        only = json.dumps({"senders": [self._engine.state.user], "lazy_load_members": True})
        return await self._those(event, path("rooms", room, "messages"), "end", {"filter": only})

    async def _those(self, event: str, address: str, follows: str, more: Mapping[str, str]) -> tuple[str, ...]:
        """Return the events of ours on some pages that take an event's place. Of all that is read only ids go on."""
        found: list[str] = []
        at = ""
        for _ in range(PAGES):
            query = {"dir": "b", "limit": str(EVENTS_A_PAGE), **more, **({"from": at} if at else {})}
            answer = await self._engine.server.ask("GET", f"{address}?{urlencode(query)}")
            for one in (mapping(each) for each in items(answer.get("chunk"))):
                relates = mapping(mapping(one.get("content")).get("m.relates_to"))
                replaces = (relates.get("rel_type"), relates.get("event_id")) == ("m.replace", event)
                if one.get("sender") == self._engine.state.user and replaces:
                    found.append(words(one.get("event_id")))
            at, before = words(answer.get(follows), 10_000), at
            if not at or at == before:
                break
        return tuple(found)

    async def _pin(self, place: Place, id_: str, *, pinned: bool) -> Result:
        room, event = self._where(place), id_.rsplit(" ", 1)[-1]
        self._talk.shown.stay(event, stays=pinned)  # also where the bot may not pin: it is meant to stay
        stands = await self._stands(room, event)
        if room is None or stands != Accepted():
            return GONE if room is None else stands
        try:
            content = await self._engine.rooms.state(room, "m.room.pinned_events")
        except Trouble:
            return NotSent()
        now = [one for one in items(mapping(content).get("pinned")) if isinstance(one, str)]
        if pinned == (event in now):
            return Accepted(id_)
        then = [*now, event] if pinned else [one for one in now if one != event]
        result = await self._engine.set_state(room, "m.room.pinned_events", {"pinned": then})
        return Accepted(id_) if isinstance(result, Accepted) else result

    async def _stands(self, room: str | None, event: str) -> Result:
        """Return `Accepted` if a message of ours still stands in a room. Of it only whose it is is looked at."""
        if room is None or not event.startswith("$"):
            return GONE
        try:
            found = await self._engine.server.ask("GET", path("rooms", room, "event", event))
        except Declined as no:
            return NotSent(no.wait) if no.too_many else GONE
        except Trouble:
            return NotSent()
        gone = "redacted_because" in mapping(found.get("unsigned"))
        return Accepted() if found.get("sender") == self._engine.state.user and not gone else GONE

    # Rooms

    async def _room(self, name: Text, voice: Voice) -> dict[str, Any]:
        """Return what a new room is: encrypted from its first event on, for those asked in, equals in it."""
        return {
            "preset": "private_chat",
            "visibility": "private",
            "name": (await self._words(name, voice))[:LONGEST_NAME],
            "power_level_content_override": LEVELS,
            "initial_state": [
                _state("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}),
                _state("m.room.join_rules", {"join_rule": "invite"}),
                _state("m.room.history_visibility", {"history_visibility": "invited"}),
                _state("m.room.guest_access", {"guest_access": "forbidden"}),
            ],
        }

    async def _words(self, said: Text, voice: Voice) -> str:
        await self._talk.names.look_up(said)
        return self._render.words(said, voice, self._clock.now())

    async def _leave(self, room: str, *, close: bool) -> Result:
        if not self._inside(room):
            return await self._engine.leave_again(room)
        if close and not isinstance(emptied := await self._empty(room), Accepted):
            return emptied
        await self._unname(room)
        self._talk.shown.leave(room)
        return await self._engine.leave(room)

    async def _empty(self, room: str) -> Result:
        """Take everybody out of a room, also who was asked in and has not come. Nothing is said of why.

        Done again, it goes on with those who are left. Whom the homeserver does not let the bot take out stays.
        """
        try:
            there = await self._engine.rooms.ask_members(room)
        except Declined as no:
            return NotSent(no.wait) if no.too_many else Accepted(room)  # the bot is not in it any more
        except Trouble:
            return NotSent()
        for user in sorted(there.keys() - {self._engine.state.user}):
            result = await self._engine.remove(room, user)
            if isinstance(result, NotSent | Unsure):
                return result
            if isinstance(result, Refused):
                log.event("matrix_not_taken_out", reason=result.reason)
        return Accepted(room)

    async def _unname(self, room: str) -> None:
        """Take away the address by which the room was found while it was ours. It is theirs now."""
        try:
            alias = words(mapping(await self._engine.rooms.state(room, "m.room.canonical_alias")).get("alias"))
            if alias.startswith(f"#{ALIAS}"):
                await self._engine.server.ask("DELETE", path("directory", "room", alias))
        except Trouble:
            return  # it leads nobody in who was not asked in

    async def _set(self, room: str, what: str, value: str) -> Result:
        if what not in STATES:
            return Refused("impossible")
        return await self._engine.set_state(
            room, STATES[what], {what: value[:LONGEST_NAME] if what == "name" else value}
        )


def _state(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "state_key": "", "content": content}
