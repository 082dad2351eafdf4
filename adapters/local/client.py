"""The playground as an adapter: the same contract as Discord and Matrix, over a `World` in the place of a network."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from adapters.local.inbound import OLD_BUTTON, UNKNOWN, line, value
from adapters.local.keeping import at_all
from adapters.local.render import Render, Rendered
from adapters.local.world import PLATFORM, Message, World, private
from bot.contract.button import Buttons
from bot.contract.card import Form
from bot.contract.command import Command
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
)
from bot.contract.facts import (
    Answer,
    Count,
    HowMany,
    Inside,
    IsInside,
    Keeps,
    Missing,
    Present,
    Question,
    Readers,
    Right,
    Spoken,
    Standing,
    Unanswered,
    WhatIsKept,
    WhatIsMissing,
    WhenSpoken,
    WhoIs,
    WhoIsIn,
    WhoReads,
)
from bot.contract.intent import Intent, Reply
from bot.contract.params import Raw, params
from bot.contract.place import Member, Place, Room, Space
from bot.contract.ports import Capability, Clock, Sink, Speaker, Winder
from bot.contract.text import Voice, text

GONE: Final = Refused("gone")


@dataclass(frozen=True, slots=True)
class Opened:
    """A form was opened for somebody: as JSON (`adapters.local.render.Render.form`)."""

    form: Rendered

    @property
    def token(self) -> str:
        """What brings the filled-in form back."""
        return str(self.form["token"])


Outcome = Message | Opened | None
"""What came of something a person did: an answer only they see, a form, or nothing (it was answered before)."""


class LocalAdapter:
    """The local platform, with its page.

    Attributes:
        world: What the platform holds.
        winder: Winds the clock; None where it is not to be wound.
        address: Where the page is, once it is served; empty before.
    """

    def __init__(
        self,
        world: World,
        speaker: Speaker,
        buttons: Buttons,
        clock: Clock,
        winder: Winder | None = None,
        *,
        port: int | None = None,
        token: str = "",
    ) -> None:
        """Take the world and what the adapter needs of the core.

        Args:
            world: The platform.
            speaker: Words.
            buttons: Ids of choices.
            clock: The clock of the core; the platform has no other.
            winder: May be set later: it is the runtime, which knows its adapters.
            port: Of the page on 127.0.0.1; 0 takes any that is free; None serves no page.
            token: Opens the page; a random one unless it is given.
        """
        self.world: Final = world
        self.speaker: Final = speaker
        self.clock: Final = clock
        self.winder = winder
        self.address = ""
        self._buttons = buttons
        self._render = Render(speaker, buttons, self.name)
        self._port = port
        self._token = token
        self._sink: Sink | None = None
        self._page: object = None
        self._ready = asyncio.Event()
        self._serving = asyncio.Event()

    # The contract.

    @property
    def platform(self) -> str:
        """Its name."""
        return PLATFORM

    @property
    def capabilities(self) -> frozenset[str]:
        """Everything there is."""
        return frozenset(
            {
                Capability.ROOMS,
                Capability.HANDLES,
                Capability.MEMBERS,
                Capability.EDITS,
                Capability.FORMS,
                Capability.HANDS_OVER,
                Capability.PINS,
                Capability.READS_BACK,
            }
        )

    @property
    def safe(self) -> timedelta:
        """A day, like a homeserver; the world in truth remembers its keys for longer."""
        return timedelta(days=1)

    async def run(self, sink: Sink) -> None:
        """Serve until cancelled."""
        self._sink = sink
        self._ready.set()
        try:
            if self._port is None:
                await asyncio.Event().wait()
            else:
                from adapters.local.server import Page  # noqa: PLC0415 - without a page, no web server is loaded

                page = Page(self, self._port, self._token)
                self._page = page
                await page.serve()
        finally:
            self._ready.clear()
            self._serving.clear()
            self.address = ""

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:  # noqa: PLR0911 - one an effect
        """Make an effect happen, once a key."""
        done = self.world.done(key)
        if done is not None:
            return Accepted(done)
        now = self.clock.now()
        match effect:
            case Say(to, card):
                refused = self._closed(to)
                if refused is not None:
                    return refused
                rendered = self._render.card(card, to, voice, now)
                return Accepted(self.world.say(_conversation(to), rendered, now, key, mark))
            case MakeRoom(space, name):  # nobody looks into a room here who was not let in
                if space != self.space:
                    return GONE
                named = self._render.words(name, voice, now)
                return Accepted(self.world.make_room(self.world.room_for(key), named, now, key=key, mark=mark))
            case Edit() | Delete() | Pin():
                return self._to_message(key, mark, effect, voice, now)
            case Invite() | Remove() | Leave() | SetState():
                return self._to_room(key, mark, effect, voice, now)
            case MakeEvent() | EditEvent() | EndEvent():
                return Refused("impossible")  # the page has no list of events

    async def find(self, mark: str, effect: Effect) -> Found:  # noqa: ARG002 - marks are known world-wide here
        """Look for a mark. The world knows every one it was given, also on what was taken away since."""
        found = self.world.marked(mark)
        return Accepted(found) if found is not None else Absent()

    async def tell(self, question: Question) -> Answer:  # noqa: C901, PLR0911 - one a question
        """Answer a live question from the world as it is now."""
        match question:
            case WhoIs(member, spaces):
                return self._standing(member) if self.space in spaces else Standing(Right.NONE)
            case WhoReads(room, visible):
                hall = self.world.halls.get(room.id)
                if hall is None or room.platform != PLATFORM:
                    return Unanswered()
                everybody = hall.shared or hall.open
                line = text("who-reads-local-porch" if everybody else "who-reads-local-room")
                return Readers((line,), wider=hall.open and not visible)
            case WhenSpoken(room):
                written = (one.at for one in self.world.messages(room.id) if one.author)
                return Spoken(max(written, default=None))
            case HowMany(room):
                hall = self.world.halls.get(room.id)
                return Count(len(hall.inside) if hall is not None and hall.bot and not hall.shared else None)
            case IsInside(room, member):
                hall = self.world.halls.get(room.id)
                if hall is None or hall.shared:
                    return Unanswered()
                return Inside(member.id in hall.inside, len(set(hall.inside) - {member.id}), closed=not hall.bot)
            case WhoIsIn(spaces):
                here = (resident for resident in self.world.residents.values() if resident.present)
                return Present(tuple(self.member(one.id) for one in here) if self.space in spaces else ())
            case WhatIsKept(_, member):
                return Keeps(at_all() if member is None else ())
            case WhatIsMissing(Room() as room, _):
                there = self._closed(room) is None
                return Missing(() if there else (text("missing-local", place=room),))
            case WhatIsMissing(place, _):
                there = place == self.space
                return Missing(() if there else (text("missing-local", place=Room(place.platform, place.id)),))

    # What people do. The page and the tests both come this way.

    async def type(
        self,
        member_id: str,
        command: str,
        args: Mapping[str, Raw] | None = None,
        key: str | None = None,
        *,
        in_room: bool = False,
    ) -> Outcome:
        """Ask for a command by name, as if it had been typed: privately, or in the shared room.

        Without arguments, a command that declares a form opens it. Ids or shown names stand for members.
        """
        sink = await self._core()
        known = sink.catalogue.commands.get(command)
        if known is None or not known.typed:
            return await self._ask(self._intent(member_id, UNKNOWN, key, in_room=in_room))
        intent = self._intent(member_id, command, key, args=self._args(known, args or {}), in_room=in_room)
        return await (self._form(intent) if known.form and not args else self._ask(intent))

    async def line(self, member_id: str, typed: str, key: str | None = None, *, in_room: bool = False) -> Outcome:
        """Type a line into a command box."""
        sink = await self._core()
        read = line(typed, sink.catalogue, self.who)
        if read.command == UNKNOWN:
            return await self._ask(self._intent(member_id, UNKNOWN, key, in_room=in_room))
        return await self.type(member_id, read.command, read.args, key, in_room=in_room)

    async def press(self, member_id: str, button_id: str, key: str | None = None) -> Outcome:
        """Press a choice that was shown to this member, privately or in a room they are in."""
        sink = await self._core()
        read = self._own(member_id, button_id)
        command = sink.catalogue.commands.get(read[0]) if read is not None else None
        if read is None or (command is None and not read[0].startswith("draft.")):
            return await self._ask(self._intent(member_id, OLD_BUTTON, key))
        action, subject, room = read
        intent = self._intent(member_id, action, key, subject=subject, room=room)
        return await (self._form(intent) if command is not None and command.form else self._ask(intent))

    async def submit(
        self, member_id: str, form: Opened | str, args: Mapping[str, Raw] | None = None, key: str | None = None
    ) -> Outcome:
        """Send a form that was filled in; ``form`` is what was opened, or its token."""
        sink = await self._core()
        read = self._own(member_id, form.token if isinstance(form, Opened) else form)
        command = sink.catalogue.commands.get(read[0]) if read is not None else None
        if read is None or command is None:
            return await self._ask(self._intent(member_id, OLD_BUTTON, key))
        _, subject, room = read
        given = self._args(command, args or {})
        return await self._ask(self._intent(member_id, command.name, key, args=given, subject=subject, room=room))

    async def write(self, member_id: str, words: str, room: str = "", key: str | None = None) -> Outcome:
        """Write plain talk. In a room it stays on the platform: the core never hears of it.

        In the private conversation a line that begins with ``/`` is a command; of anything else the core learns only
        that something was written.
        """
        if room:
            self.world.write(member_id, words, room, self.clock.now())
            return None
        if words.lstrip().startswith("/"):
            return await self.line(member_id, words, key)
        await self._core()
        return await self._ask(self._intent(member_id, UNKNOWN, key))

    async def pane(self, member_id: str) -> tuple[Message, ...]:
        """Return what a member sees in their private conversation, oldest first."""
        return self.world.messages(private(member_id))

    async def held(self, member_id: str) -> Rendered:
        """Return what the database holds about a member: their answer to ``mine data``, posted nowhere."""
        sink = await self._core()
        reply = await sink.ask(self._intent(member_id, "mine data", f"held-{member_id}"))
        if reply.card is None:
            return {"lang": reply.voice.locale, "title": "", "lines": [], "choices": [], "document": None}
        return self._render.card(reply.card, self.member(member_id), reply.voice, self.clock.now()) | {"choices": []}

    async def open(self) -> str:
        """Return the page's address as soon as it is served."""
        await self._serving.wait()
        return self.address

    # What the platform is.

    @property
    def space(self) -> Space:
        """The one space."""
        return Space(PLATFORM, self.world.space)

    @property
    def room(self) -> Room:
        """The shared room."""
        return Room(PLATFORM, next(hall.id for hall in self.world.halls.values() if hall.shared))

    @property
    def moderator(self) -> str:
        """The id of a made-up moderator."""
        return next(one.id for one in self.world.residents.values() if one.moderator)

    def member(self, member_id: str) -> Member:
        """Return a member by id."""
        return Member(PLATFORM, member_id)

    def who(self, shown: str) -> Member | None:
        """Return the member with a shown name or an id; None when there is none."""
        wanted = shown.casefold()
        for resident in self.world.residents.values():
            if wanted in {resident.id, resident.name.casefold()}:
                return self.member(resident.id)
        return None

    def name(self, who: Member | Room) -> str:
        """Return what the platform shows of a member or a room at this moment."""
        if isinstance(who, Member):
            resident = self.world.residents.get(who.id)
            return resident.name if resident is not None else "?"
        hall = self.world.halls.get(who.id)
        return hall.name if hall is not None else "?"

    def served(self, address: str) -> None:
        """Note where the page is; called by the page."""
        self.address = address
        self._serving.set()

    @property
    def sink(self) -> Sink | None:
        """The core, while it is there."""
        return self._sink if self._ready.is_set() else None

    # How.

    async def _core(self) -> Sink:
        await self._ready.wait()
        assert self._sink is not None  # noqa: S101 - set before the event
        return self._sink

    def _intent(
        self,
        member_id: str,
        command: str,
        key: str | None,
        *,
        args: Mapping[str, Raw] | None = None,
        subject: str = "",
        room: str = "",
        in_room: bool = False,
    ) -> Intent:
        resident = self.world.residents[member_id]
        where = self.room if in_room else Room(PLATFORM, room) if room else None
        return Intent(
            key=key or self.world.event_of(member_id, self.clock.now()),
            command=command,
            member=self.member(member_id),
            args=args or {},
            subject=subject,
            space=self.space if where is not None else None,
            room=where,
            locale=resident.locale,
        )

    def _args(self, command: Command[Any], args: Mapping[str, Raw]) -> dict[str, Raw]:
        declared = {one.name: one for one in params(command.args)}
        return {
            name: value(declared[name], given, self.who) if name in declared else given for name, given in args.items()
        }

    async def _ask(self, intent: Intent) -> Outcome:
        return self._answer(intent, await (await self._core()).ask(intent))

    async def _form(self, intent: Intent) -> Outcome:
        answer = await (await self._core()).form(intent)
        if isinstance(answer, Form):
            place: Place = intent.room if intent.room is not None else intent.member
            voice = Voice(intent.locale or "en")
            return Opened(self._render.form(answer, place, voice, self.clock.now()))
        return self._answer(intent, answer)

    def _answer(self, intent: Intent, reply: Reply) -> Message | None:
        """Show a reply to its asker alone, once a key; it needs no open private conversation."""
        if reply.card is None:
            return None
        now = self.clock.now()
        rendered = self._render.card(reply.card, intent.member, reply.voice, now)
        posted = self.world.say(private(intent.member.id), rendered, now, f"reply-{intent.key}", only_you=True)
        return self.world.message(posted)

    def _own(self, member_id: str, written: str) -> tuple[str, str, str] | None:
        """Return action, subject and room (empty: private) of an id that was shown to this member."""
        read = self._buttons.read(written, self.member(member_id))
        if read is not None:
            return (*read, "")
        for room in self.world.rooms_of(member_id):
            read = self._buttons.read(written, Room(PLATFORM, room))
            if read is not None:
                return (*read, room)
        return None

    def _standing(self, member: Member) -> Standing:
        resident = self.world.residents.get(member.id)
        if resident is None or member.platform != PLATFORM or not resident.present:
            return Standing(Right.NONE)
        right = Right.MODERATOR if resident.moderator else Right.MEMBER
        return Standing(right, able=not resident.timed_out, joined_at=resident.joined_at, roles=resident.roles)

    def _closed(self, to: Place) -> Refused | None:
        """Return why nothing can be posted to a place; None when it can."""
        if to.platform != PLATFORM:
            return GONE
        if isinstance(to, Room):
            hall = self.world.halls.get(to.id)
            return None if hall is not None and hall.bot else GONE
        resident = self.world.residents.get(to.id)
        if resident is None or not resident.present:
            return GONE
        return None if resident.open else Refused("closed")

    def _to_message(
        self, key: str, mark: str, effect: Edit | Delete | Pin, voice: Voice, now: datetime
    ) -> Accepted | Refused:
        post = effect.post
        message = self.world.message(post.id)
        there = message is not None and message.place == _conversation(post.place) and not message.author
        match effect:
            case Delete():
                if there:
                    self.world.delete(post.id, now, key, mark)
            case _ if not there:
                return GONE
            case Edit(_, card):
                self.world.edit(post.id, self._render.card(card, post.place, voice, now), now, key, mark)
            case Pin(_, pinned):
                self.world.pin(post.id, pinned, now, key, mark)
        return Accepted(post.id)

    def _to_room(
        self, key: str, mark: str, effect: Invite | Remove | Leave | SetState, voice: Voice, now: datetime
    ) -> Accepted | Refused:
        room = effect.room
        hall = self.world.halls.get(room.id)
        if hall is None or room.platform != PLATFORM or not (hall.bot or isinstance(effect, Leave)):
            return GONE
        match effect:
            case Invite(_, member):
                resident = self.world.residents.get(member.id)
                if resident is None or member.platform != PLATFORM or not resident.present:
                    return GONE
                self.world.invite(room.id, member.id, now, key, mark)
            case Remove(_, member):
                self.world.remove(room.id, member.id, now, key, mark)
            case Leave(_, close, erase):
                self.world.leave(room.id, now, key, mark, close=close)
                if erase:
                    self.world.take_down(room.id, now)
            case SetState(_, name, value_of):
                if name not in {"name", "topic"}:
                    return Refused("impossible")
                self.world.set_state(room.id, name, self._render.words(value_of, voice, now), now, key, mark)
        return Accepted(room.id)


def _conversation(place: Place) -> str:
    return private(place.id) if isinstance(place, Member) else place.id
