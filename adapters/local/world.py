"""The small made-up platform itself: what Discord or a homeserver would hold, and nothing of the bot's.

Every change is an event. With a journal, an event is on disk before the platform has accepted it, so that killing
the process loses nothing that was accepted. The bot's own database is elsewhere and knows none of this.
"""

import copy
import hashlib
import json
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

PLATFORM: Final = "local"

LONGEST_TALK: Final = 4_000
"""Characters that one line of talk in a room may have."""

Event = Mapping[str, Any]
"""One change: ``kind``, ``at`` and what else belongs to it, as JSON could hold it (``at`` is an aware instant)."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A made-up person.

    Attributes:
        id: As the platform knows them.
        name: What the platform shows.
        joined_at: When they came into the space.
        moderator: They look after the space.
        roles: Ids of their roles.
        timed_out: A moderator keeps them from speaking for a while.
        open: The bot may write to them privately.
        present: They are in the space.
        locale: The language that their app speaks.
        events: How many events they made that were given no key of their own.
    """

    id: str
    name: str
    joined_at: datetime
    moderator: bool = False
    roles: frozenset[str] = frozenset()
    timed_out: bool = False
    open: bool = True
    present: bool = True
    locale: str = "en"
    events: int = 0


@dataclass(frozen=True, slots=True)
class Hall:
    """A room.

    Attributes:
        id: As the platform knows it.
        name: What the platform shows.
        shared: Everybody in the space is in it.
        inside: Ids of those who were let in, where it is not shared.
        bot: The bot is in it.
        direct: It is what two people write to each other, without anybody else.
        topic: What is written above it.
        open: Everybody in the space can look into it, though it is not shared.
        closed: It is over: what stands in it can be read by those inside, and nobody writes there any more.
    """

    id: str
    name: str
    shared: bool = False
    inside: tuple[str, ...] = ()
    bot: bool = True
    direct: bool = False
    topic: str = ""
    open: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message as people see it.

    Attributes:
        id: Of the message.
        place: Id of its conversation (`private`, or a room's id).
        at: When it was sent.
        author: Id of the person; empty for the bot.
        card: What the bot said, rendered (`adapters.local.render`); empty for people.
        words: What a person wrote; empty for the bot.
        only_you: An answer that only its reader sees and that needs no private conversation.
        edited: It was changed after it was sent.
        pinned: It is pinned.
    """

    id: str
    place: str
    at: datetime
    author: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)
    words: str = field(default="", repr=False)
    only_you: bool = False
    edited: bool = False
    pinned: bool = False

    @property
    def text(self) -> str:
        """All that can be read in it, choices left out, line by line."""
        if self.author:
            return self.words
        title = [self.card["title"]] if self.card.get("title") else []
        return "\n".join([*title, *self.card.get("lines", ())])

    @property
    def choices(self) -> Mapping[str, str]:
        """Ids of its choices by what they say."""
        return {choice["label"]: choice["id"] for choice in self.card.get("choices", ())}

    def choice(self, action: str) -> str:
        """Return the id of its choice for an action.

        Raises:
            KeyError: There is no such choice.
        """
        for choice in self.card.get("choices", ()):
            if str(choice["id"]).startswith(f"v1.{action}."):
                return str(choice["id"])
        raise KeyError(action)


def private(member: str) -> str:
    """Return the id of the conversation between a member and the bot."""
    return f"@{member}"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


class World:
    """The platform: people, rooms, messages.

    Attributes:
        residents: Everybody, by id, in the order in which they came.
        halls: All rooms, by id, in the order in which they were made.
        space: Id of the one space.
        latest: The latest instant it knows of; a clock that goes on after a restart starts here.
    """

    def __init__(
        self,
        *,
        space: str = "grove",
        journal: Path | None = None,
        keep: int = 1_000,
        keys: int = 100_000,
        rooms: int = 1_000,
    ) -> None:
        """Open the platform, with what its journal holds.

        Args:
            space: Id of the one space.
            journal: Append-only file of JSON lines; None keeps everything in memory alone.
            keep: How many messages a conversation keeps; the oldest go first.
            keys: How many delivery keys and marks are remembered; the oldest go first.
            rooms: How many rooms there are at most; the oldest that are not shared go first.
        """
        self.space: Final = space
        self.residents: dict[str, Resident] = {}
        self.halls: dict[str, Hall] = {}
        self.latest = datetime.min.replace(tzinfo=UTC)
        self._keep = keep
        self._most_keys = keys
        self._most_rooms = rooms
        self._talk: dict[str, OrderedDict[str, Message]] = {}
        self._numbers: dict[str, int] = {}
        self._keys: OrderedDict[str, str] = OrderedDict()
        self._marks: OrderedDict[str, str] = OrderedDict()
        self._watchers: list[Callable[[Event], None]] = []
        self._journal: int | None = None
        if journal is not None:
            self._go_on(journal)

    @classmethod
    def made_up(cls, now: datetime, journal: Path | None = None) -> "World":
        """Return the made-up community: four members and a moderator, grown-ups, here for weeks; one shared room.

        A journal that already holds a community is gone on with.
        """
        world = cls(journal=journal)
        if world.residents:
            return world
        world.time_is(now)
        for days, name, moderator in (
            (40, "Birch", False),
            (30, "Rowan", False),
            (35, "Alder", False),
            (24, "Hazel", False),
            (60, "Linden", True),
        ):
            roles = frozenset({"adults", "moderators"} if moderator else {"adults"})
            world.join(name.lower(), name, now - timedelta(days=days), moderator=moderator, roles=roles)
        world.make_room("porch", "porch", now, shared=True)
        return world

    # What happens.

    def join(
        self,
        member: str,
        name: str,
        joined_at: datetime,
        *,
        moderator: bool = False,
        roles: Iterable[str] = (),
        locale: str = "en",
    ) -> None:
        """Let a new person in."""
        facts = {"moderator": moderator, "roles": sorted(roles), "locale": locale}
        self._happen("join", at=joined_at, member=member, name=name, **facts)

    def change(self, member: str, at: datetime, **facts: bool | str) -> None:
        """Change what a person's app says: ``open``, ``timed_out``, ``present``, ``locale``.

        Who comes back after leaving has joined anew.

        Raises:
            KeyError: There is no such person.
        """
        resident = self.residents[member]
        if set(facts) - {"open", "timed_out", "present", "locale"}:
            raise KeyError
        if any(getattr(resident, name) != value for name, value in facts.items()):
            self._happen("change", at=at, member=member, facts=facts)

    def make_room(
        self, room: str, name: str, at: datetime, *, shared: bool = False, key: str = "", mark: str = ""
    ) -> str:
        """Make a room; return its id."""
        self._happen("room", at=at, room=room, name=name, shared=shared, key=key, mark=mark)
        return room

    def room_for(self, key: str) -> str:
        """Return the id that the platform gives to a room made with this key."""
        return "room-" + hashlib.sha256(key.encode()).hexdigest()[:12]

    def say(
        self, place: str, card: Mapping[str, Any], at: datetime, key: str, mark: str = "", *, only_you: bool = False
    ) -> str:
        """Post what the bot says; return the message's id. A key that was used before posts nothing."""
        known = self._keys.get(key)
        if known is not None:
            return known
        message = self._number(place)
        self._happen("say", at=at, place=place, id=message, card=card, key=key, mark=mark, only_you=only_you)
        return message

    def edit(self, message: str, card: Mapping[str, Any], at: datetime, key: str, mark: str = "") -> None:
        """Put another card in the place of one."""
        self._happen("edit", at=at, id=message, card=card, key=key, mark=mark)

    def delete(self, message: str, at: datetime, key: str, mark: str = "") -> None:
        """Take a message away."""
        self._happen("delete", at=at, id=message, key=key, mark=mark)

    def pin(self, message: str, pinned: bool, at: datetime, key: str, mark: str = "") -> None:
        """Pin or unpin a message."""
        self._happen("pin", at=at, id=message, pinned=pinned, key=key, mark=mark)

    def invite(self, room: str, member: str, at: datetime, key: str, mark: str = "") -> None:
        """Let a person into a room."""
        self._happen("invite", at=at, room=room, member=member, key=key, mark=mark)

    def remove(self, room: str, member: str, at: datetime, key: str, mark: str = "") -> None:
        """Take a person out of a room; also when they go by themselves."""
        self._happen("remove", at=at, room=room, member=member, key=key, mark=mark)

    def leave(self, room: str, at: datetime, key: str, mark: str = "", *, close: bool = False) -> None:
        """Let the bot leave a room; the people stay, and where it is closed nobody writes there any more."""
        self._happen("leave", at=at, room=room, close=close, key=key, mark=mark)

    def open_room(self, room: str, at: datetime) -> None:
        """Let everybody in the space look into a room."""
        self._happen("open", at=at, room=room)

    def take_down(self, room: str, at: datetime) -> None:
        """Take a room away, with all that stands in it."""
        self._happen("gone", at=at, room=room)

    def set_state(self, room: str, name: str, value: str, at: datetime, key: str, mark: str = "") -> None:
        """Set a room's ``name`` or ``topic``."""
        self._happen("state", at=at, room=room, name=name, value=value, key=key, mark=mark)

    def write(self, member: str, words: str, room: str, at: datetime) -> str | None:
        """Let a person write in a room they are in; return the message's id, or None when the platform will not."""
        resident = self.residents.get(member)
        words = "".join(letter for letter in words if letter >= " " and not "\ud800" <= letter <= "\udfff").strip()
        fits = bool(words) and len(words) <= LONGEST_TALK
        if resident is None or resident.timed_out or not fits or room not in self.rooms_of(member):
            return None
        if self.halls[room].closed:
            return None
        message = self._number(room)
        self._happen("write", at=at, place=room, id=message, member=member, words=words)
        return message

    def write_to(self, member: str, other: str, words: str, at: datetime) -> str | None:
        """Let a person write to another directly, without the bot; as `write`."""
        if member == other or not all(one in self.residents and self.residents[one].present for one in (member, other)):
            return None
        room = "direct-" + "-".join(sorted((member, other)))
        if room not in self.halls:
            self._happen("direct", at=at, room=room, members=sorted((member, other)))
        elif set(self.halls[room].inside) != {member, other}:
            for one in sorted((member, other)):
                self.invite(room, one, at, "")
        return self.write(member, words, room, at)

    def go(self, member: str, room: str, at: datetime) -> str | None:
        """Let a person leave a room that they were let into; return its id, or None when the platform will not."""
        hall = self.halls.get(room)
        if hall is None or hall.shared or hall.direct or member not in hall.inside:
            return None
        self.remove(room, member, at, "")
        return room

    def time_is(self, at: datetime) -> None:
        """Note what time it is, so that a restart does not go back in time."""
        if at > self.latest:
            self._happen("time", at=at)

    def event_of(self, member: str, at: datetime) -> str:
        """Return a key for something that a person did, unlike every other."""
        self._happen("event", at=at, member=member)
        return f"{member}-{self.residents[member].events}"

    # What can be seen.

    def messages(self, place: str) -> tuple[Message, ...]:
        """Return the messages of a conversation, oldest first."""
        return tuple(self._talk.get(place, {}).values())

    def message(self, id: str) -> Message | None:  # noqa: A002 - what everyone calls it
        """Return a message that is still there."""
        return self._talk.get(id.rpartition("/")[0], OrderedDict[str, Message]()).get(id)

    def done(self, key: str) -> str | None:
        """Return the id that an effect with this key brought about; None when the key was never used."""
        return self._keys.get(key)

    def marked(self, mark: str) -> str | None:
        """Return the id of what carries a mark; None when nothing ever did."""
        return self._marks.get(mark)

    def rooms_of(self, member: str) -> tuple[str, ...]:
        """Return the ids of the rooms a person is in."""
        resident = self.residents.get(member)
        if resident is None or not resident.present:
            return ()
        return tuple(hall.id for hall in self.halls.values() if hall.shared or member in hall.inside)

    def watch(self, watcher: Callable[[Event], None]) -> Callable[[], None]:
        """Call ``watcher`` with every event from now on; return what ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def copy(self) -> "World":
        """Return a copy in memory, without journal and watchers: what the platform holds at this moment."""
        twin = World(space=self.space, keep=self._keep, keys=self._most_keys, rooms=self._most_rooms)
        for name in ("residents", "halls", "latest", "_numbers", "_keys", "_marks"):
            setattr(twin, name, copy.copy(getattr(self, name)))
        twin._talk = {place: talk.copy() for place, talk in self._talk.items()}
        return twin

    def close(self) -> None:
        """Close the journal."""
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None

    # How it is kept.

    def _go_on(self, journal: Path) -> None:
        self._journal = os.open(journal, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(os.dup(self._journal), "rb") as lines:
            held = lines.read()
        whole = held.rfind(b"\n") + 1  # what follows was never accepted: the line was torn
        os.ftruncate(self._journal, whole)
        os.lseek(self._journal, 0, os.SEEK_END)
        for line in held[:whole].splitlines():
            event = json.loads(line)
            self._apply({**event, "at": datetime.fromisoformat(event["at"])})

    def _keep_line(self, line: bytes) -> None:
        assert self._journal is not None  # noqa: S101 - asked by the one caller
        start = os.lseek(self._journal, 0, os.SEEK_END)
        try:
            while line:
                line = line[os.write(self._journal, line) :]
            os.fsync(self._journal)
        except OSError:
            os.ftruncate(self._journal, start)  # not accepted, so no part of it may stay
            raise

    def _happen(self, kind: str, *, at: datetime, **facts: Any) -> None:
        event = {"kind": kind, "at": at, **facts}
        if self._journal is not None:
            self._keep_line(json.dumps(event, default=_plain, separators=(",", ":")).encode() + b"\n")
        self._apply(event)
        for watcher in tuple(self._watchers):
            watcher(event)

    def _apply(self, event: Event) -> None:
        at: datetime = event["at"]
        self.latest = max(self.latest, at)
        key, mark = event.get("key", ""), event.get("mark", "")
        about = event.get("id") or event.get("room") or ""
        getattr(self, f"_{event['kind']}")(event)
        for known, name in ((self._keys, key), (self._marks, mark)):
            if name:
                known[name] = about
                if len(known) > self._most_keys:
                    known.popitem(last=False)

    def _number(self, place: str) -> str:
        return f"{place}/{self._numbers.get(place, 0) + 1}"

    def _add(self, message: Message) -> None:
        talk = self._talk.setdefault(message.place, OrderedDict())
        self._numbers[message.place] = self._numbers.get(message.place, 0) + 1
        talk[message.id] = message
        if len(talk) > self._keep:
            talk.popitem(last=False)

    def _put(self, message: Message) -> None:
        self._talk[message.place][message.id] = message

    def _time(self, event: Event) -> None:
        """Nothing but the instant changed."""

    def _event(self, event: Event) -> None:
        resident = self.residents[event["member"]]
        self.residents[resident.id] = replace(resident, events=resident.events + 1)

    def _join(self, event: Event) -> None:
        self.residents[event["member"]] = Resident(
            event["member"],
            event["name"],
            event["at"],
            moderator=event["moderator"],
            roles=frozenset(event["roles"]),
            locale=event["locale"],
        )

    def _change(self, event: Event) -> None:
        resident = self.residents[event["member"]]
        came_back = event["facts"].get("present") is True
        joined_at = event["at"] if came_back else resident.joined_at
        self.residents[resident.id] = replace(resident, **event["facts"], joined_at=joined_at)
        if event["facts"].get("present") is False:
            for hall in tuple(self.halls.values()):
                self._without(hall, resident.id)

    def _room(self, event: Event) -> None:
        self._add_hall(Hall(event["room"], event["name"], shared=event["shared"]))

    def _direct(self, event: Event) -> None:
        room = event["room"]
        self._add_hall(Hall(room, "", inside=tuple(event["members"]), bot=False, direct=True))

    def _add_hall(self, hall: Hall) -> None:
        self.halls[hall.id] = hall
        if len(self.halls) > self._most_rooms:
            oldest = next(one.id for one in self.halls.values() if not one.shared)
            del self.halls[oldest]
            self._talk.pop(oldest, None)

    def _say(self, event: Event) -> None:
        self._add(Message(event["id"], event["place"], event["at"], card=event["card"], only_you=event["only_you"]))

    def _write(self, event: Event) -> None:
        self._add(Message(event["id"], event["place"], event["at"], author=event["member"], words=event["words"]))

    def _edit(self, event: Event) -> None:
        message = self.message(event["id"])
        if message is not None:
            self._put(replace(message, card=event["card"], edited=True))

    def _delete(self, event: Event) -> None:
        self._talk.get(event["id"].rpartition("/")[0], OrderedDict[str, Message]()).pop(event["id"], None)

    def _pin(self, event: Event) -> None:
        message = self.message(event["id"])
        if message is not None:
            self._put(replace(message, pinned=event["pinned"]))

    def _invite(self, event: Event) -> None:
        hall = self.halls[event["room"]]
        if event["member"] not in hall.inside:
            self.halls[hall.id] = replace(hall, inside=(*hall.inside, event["member"]))

    def _without(self, hall: Hall, member: str) -> None:
        self.halls[hall.id] = replace(hall, inside=tuple(other for other in hall.inside if other != member))

    def _remove(self, event: Event) -> None:
        self._without(self.halls[event["room"]], event["member"])

    def _leave(self, event: Event) -> None:
        hall = self.halls[event["room"]]
        self.halls[hall.id] = replace(hall, bot=False, closed=hall.closed or event.get("close", False))

    def _open(self, event: Event) -> None:
        self.halls[event["room"]] = replace(self.halls[event["room"]], open=True)

    def _gone(self, event: Event) -> None:
        del self.halls[event["room"]]
        self._talk.pop(event["room"], None)

    def _state(self, event: Event) -> None:
        hall = self.halls[event["room"]]
        self.halls[hall.id] = replace(hall, **{event["name"]: event["value"]})
