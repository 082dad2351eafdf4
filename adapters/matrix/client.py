"""Matrix as an adapter: what is typed in direct rooms in, answers and effects out.

The parts: `adapters.matrix.engine` signs in, listens and sends; `conversation` goes on in direct rooms, `talk` says
cards, `effects` performs, `asking` answers live questions, `places` knows spaces and invites; `inbound`, `parse`,
`dialog`, `render` and `shown` are pure.
"""

import asyncio
from collections.abc import Awaitable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from adapters.matrix import inbound
from adapters.matrix.asking import Asking
from adapters.matrix.conversation import Conversation
from adapters.matrix.effects import Effects
from adapters.matrix.engine import Engine
from adapters.matrix.heard import Heard
from adapters.matrix.invites import Waiting
from adapters.matrix.keeping import at_all
from adapters.matrix.keys import STATE, kept
from adapters.matrix.names import Names
from adapters.matrix.places import Places
from adapters.matrix.render import Render
from adapters.matrix.server import Declined, Trouble
from adapters.matrix.session import Account
from adapters.matrix.shown import Shown
from adapters.matrix.talk import Talk
from bot.contract.button import Buttons
from bot.contract.card import Card
from bot.contract.command import Chance
from bot.contract.effect import Accepted, Effect, Found, NotSent, Result, Unsure
from bot.contract.facts import Answer, Keeps, Question, Unanswered, WhatIsKept
from bot.contract.place import Member, Room
from bot.contract.ports import Capability, Clock, Sink, Speaker
from bot.contract.text import Text, Voice, text
from bot.domain.errors import StartError
from bot.logs import log

PLATFORM: Final = "matrix"

ROOMS_AT_ONCE: Final = 16
"""Rooms whose events are handled at once. In one room it is one after another."""

LAPSE: Final = timedelta(minutes=1)
"""How often is looked whether somebody's questions have lapsed."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an engine that has signed in is used with."""

    engine: Engine
    talk: Talk
    effects: Effects
    asking: Asking
    places: Places
    conversation: Conversation
    waiting: Waiting


class MatrixAdapter:
    """The Matrix platform."""

    def __init__(
        self,
        account: Account,
        folder: Path,
        key: bytes,
        speaker: Speaker,
        buttons: Buttons,
        clock: Clock,
        chance: Chance,
        *,
        allowed: Collection[str] = (),
        commands_in_rooms: bool = False,
        wire: Clock | None = None,
    ) -> None:
        """Take what the adapter needs; opens and connects to nothing yet.

        Args:
            account: Whom to sign in as.
            folder: The data folder, for the sealed state.
            key: 32 secret bytes, for this use alone.
            speaker: Words.
            buttons: Ids of choices.
            clock: The clock of the core.
            chance: Ids of requests, keys of files; never a seeded one.
            allowed: Who may invite the bot: spaces, rooms, users or servers; empty: everybody.
            commands_in_rooms: Whether commands are also read in rooms that are not direct. Of encrypted ones the bot
                keeps no keys in any case.
            wire: By which the network is waited for; the clock of the core unless given.
        """
        self._account: Final = account
        self._folder: Final = folder
        self._key: Final = key
        self._speaker: Final = speaker
        self._buttons: Final = buttons
        self._clock: Final = clock
        self._chance: Final = chance
        self._allowed: Final = frozenset(allowed)
        self._in_rooms: Final = commands_in_rooms
        self._wire: Final = wire or clock
        self._sink: Sink | None = None
        self._engine: Engine | None = None
        self._made: _Parts | None = None

    # The contract

    @property
    def platform(self) -> str:
        """Its name."""
        return PLATFORM

    @property
    def capabilities(self) -> frozenset[str]:
        """What it can do. It has no forms: what a form asks, it asks one question at a time."""
        return frozenset(
            {
                Capability.ROOMS,
                Capability.HANDLES,
                Capability.MEMBERS,
                Capability.EDITS,
                Capability.PINS,
                Capability.HANDS_OVER,
            }
        )

    @property
    def safe(self) -> timedelta:
        """Twenty minutes: homeservers keep transaction ids of a device for half an hour at least."""
        return timedelta(minutes=20)

    async def run(self, sink: Sink) -> None:
        """Serve until cancelled.

        Raises:
            StartError: Signing in did not work, or another process has the state.
        """
        self._sink = sink
        with kept(self._folder, self._key) as saved:
            where = str(self._folder / STATE)
            self._engine = Engine(
                self._account, saved, self._key, self._wire, self._chance, where=where, in_rooms=self._in_rooms
            )
            beside = [asyncio.create_task(self._lapse()), asyncio.create_task(self._resume())]
            try:
                await self._engine.run(self._batch)
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
                made, self._engine, self._made = self._made, None, None
                if made is not None:
                    await made.waiting.close()
                    await made.talk.close()
                    await made.conversation.close()

    async def ready(self) -> None:
        """Return when it is signed in and has listened once. `run` must have begun."""
        while self._engine is None:  # noqa: ASYNC110 - it begins with the loop's next turns
            await asyncio.sleep(0)
        engine = self._engine
        await engine.ready.wait()
        assert engine.sync is not None  # noqa: S101 - it is ready
        async with engine.sync.turned:
            await engine.sync.turned.wait_for(lambda: engine.sync is not None and engine.sync.turns > 0)

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        """Make an effect happen, once a key."""
        parts = self._parts()
        return NotSent(1.0) if parts is None else await parts.effects.perform(key, mark, effect, voice)

    async def find(self, mark: str, effect: Effect) -> Found:
        """Look whether an effect has happened.

        Raises:
            ConnectionError: The homeserver did not say.
        """
        parts = self._parts()
        if parts is None:
            raise ConnectionError
        return await parts.effects.find(mark, effect)

    async def tell(self, question: Question) -> Answer:
        """Answer a live question. What is kept at all is known without a homeserver."""
        parts = self._parts()
        if isinstance(question, WhatIsKept):
            return self._keeps(question.member, parts)
        return Unanswered() if parts is None else await parts.asking.tell(question)

    def _keeps(self, member: Member | None, parts: _Parts | None) -> Answer:
        if member is None:
            return Keeps(at_all(in_rooms=self._in_rooms))
        return Unanswered() if parts is None else Keeps(parts.conversation.kept(member))

    # Its parts

    def _parts(self) -> _Parts | None:
        """Return the parts, made when the engine has signed in; None before that."""
        engine, sink = self._engine, self._sink
        if engine is None or sink is None or not engine.ready.is_set():
            return None
        if self._made is None:
            names = Names(engine.server, self._clock)
            render = Render(self._speaker, self._buttons, names.shown, lambda: engine.state.user)
            talk = Talk(engine, render, self._buttons, names, self._clock, self._chance)
            places = Places(engine, self._allowed)
            asking = Asking(engine, places, in_rooms=self._in_rooms)
            effects = Effects(engine, talk, places, render, self._clock)
            conversation = Conversation(engine, talk, places, asking, sink, self._speaker, self._buttons, self._clock)
            waiting = Waiting(engine, self._wire, lambda heard: self._batch([heard]))
            self._made = _Parts(engine, talk, effects, asking, places, conversation, waiting)
        return self._made

    def knows(self, user: str) -> bool:
        """Return whether there is a direct room with somebody."""
        return self._engine is not None and self._engine.direct_with(user) is not None

    @property
    def shown(self) -> Shown:
        """Which choices stand under which number, once it is ready."""
        parts = self._parts()
        assert parts is not None  # noqa: S101 - asked of one that is ready
        return parts.talk.shown

    async def _resume(self) -> None:
        """Go on with invites that waited when the process ended."""
        await self.ready()
        parts = self._parts()
        assert parts is not None  # noqa: S101 - it is ready
        parts.waiting.resume()

    async def _lapse(self) -> None:
        """Let questions lapse that nobody answered, though nobody writes."""
        while True:
            await self._clock.sleep_until(self._clock.now() + LAPSE)
            if self._made is not None:
                self._made.conversation.dialogs.lapse(self._clock.now())

    # What is heard

    async def _batch(self, heard: Sequence[Heard]) -> None:
        """Handle what was heard, room by room. When this returns, what came of it is committed."""
        parts = self._parts()
        assert parts is not None  # noqa: S101 - who hears has signed in
        rooms: dict[str, list[Heard]] = {}
        for one in heard:
            rooms.setdefault(one.room, []).append(one)
        slots = asyncio.Semaphore(ROOMS_AT_ONCE)

        async def room(events: list[Heard]) -> None:
            async with slots:
                for one in events:
                    await self._aside(self._hear(parts, one))

        async with asyncio.TaskGroup() as group:
            for events in rooms.values():
                group.create_task(room(events))

    async def _aside(self, work: Awaitable[None]) -> None:
        """Do something with one event; whatever goes wrong with it, the next one is not to suffer for it."""
        try:
            await work
        except StartError:
            raise
        except Exception as error:  # noqa: BLE001 - the last place before the loop
            log.trouble("matrix_event_failed", error)

    async def _hear(self, parts: _Parts, heard: Heard) -> None:  # noqa: C901, PLR0912 - one a kind
        """Handle one event."""
        assert self._sink is not None  # noqa: S101 - set before the engine runs
        talking = parts.conversation
        member = Member(PLATFORM, heard.sender)
        direct = parts.engine.direct(heard.room) or ""
        here = inbound.Here(
            own=parts.engine.state.user,
            direct=direct,
            asking=talking.asking(member) if direct else None,
            commands=self._in_rooms,
            locale=talking.locale(member),
        )
        match inbound.happened(heard, here, self._sink.catalogue, self._speaker):
            case inbound.Typed() as typed:
                await talking.typed(heard, typed)
            case inbound.Answered(words):
                await talking.answered(heard, words)
            case inbound.Pressed() as pressed:
                await talking.pressed(heard, pressed)
            case inbound.Waved(event):
                await talking.waved(heard, event)
            case inbound.Said():
                await talking.said(heard)
            case inbound.Unopened():
                await talking.unopened(heard)
            case inbound.Invited() as invited:
                await self._invited(parts, heard, invited)
            case inbound.Upgraded() if direct:
                await self._ended(parts, heard, crowded=False)  # nobody writes there any more; a new one may be begun
            case inbound.Upgraded(new):
                await self._followed(parts, heard, new)
            case inbound.Ended(crowded):
                await self._ended(parts, heard, crowded=crowded)
            case inbound.TakenAway(event):
                await talking.taken_away(heard, event)
            case inbound.Removed():
                parts.talk.shown.leave(heard.room)
            case _:
                pass

    # Rooms

    async def _invited(self, parts: _Parts, heard: Heard, invited: inbound.Invited) -> None:
        """Accept an invite, or leave it politely. What cannot be asked now is asked later; what is given up is left."""
        try:
            result = await self._welcomed(parts, heard, invited)
        except Trouble as error:
            result = _later(error)
        if isinstance(result, NotSent | Unsure) and await parts.waiting.later(heard, result):
            return
        await parts.waiting.done(heard.room)
        if not isinstance(result, Accepted):
            log.event("matrix_not_joined", outcome=type(result).__name__)
            await parts.engine.leave(heard.room)

    async def _welcomed(self, parts: _Parts, heard: Heard, invited: inbound.Invited) -> Result:
        """Come into a room, or leave it, by who may bring the bot where; return what came of it.

        A room that was to be a direct one and is none is judged when the bot is already inside.

        Raises:
            Trouble: It could not be asked.
        """
        places, engine = parts.places, parts.engine
        direct = invited.direct and heard.room in engine.state.pending  # else nobody would look whether it is one
        welcome = await places.welcome(heard.room, heard.sender, direct=direct)
        if not welcome and (direct or not await places.expected(heard.room)):
            log.event("matrix_invite_left")
            await engine.leave(heard.room)
            return Accepted(heard.room)
        if not places.inside(heard.room):
            joined = await engine.join(heard.room)
            if not isinstance(joined, Accepted):
                return joined
        if direct and not await engine.rooms.encrypted(heard.room):
            engine.state.pending.pop(heard.room, None)
            await self._tell(parts, heard.room, text("matrix-unencrypted"), f"{heard.room} clear", heard.sender)
            await engine.leave(heard.room)
        elif not direct and not await places.came(heard.room) and not welcome:
            await engine.leave(heard.room)  # one end said that it follows a room of ours; the other does not
        elif not direct:
            engine.state.pending.pop(heard.room, None)
        return Accepted(heard.room)

    async def _followed(self, parts: _Parts, heard: Heard, new: str) -> None:
        """Go along to the room in which another goes on; where it cannot be asked now, later."""
        try:
            await parts.places.follow(heard.room, new, heard.sender)
        except Trouble as error:
            if await parts.waiting.later(heard, _later(error)):
                return
        await parts.waiting.done(heard.room)

    async def _ended(self, parts: _Parts, heard: Heard, *, crowded: bool) -> None:
        """Leave a room that is no direct room any more; where a third person came, say why first."""
        if heard.sender:
            parts.conversation.dialogs.forget(Member(PLATFORM, heard.sender))
        if crowded:
            await self._tell(parts, heard.room, text("matrix-crowded"), f"{heard.room} crowded", heard.sender)
        await parts.conversation.leave(heard.room)

    async def _tell(self, parts: _Parts, room: str, said: Text, key: str, whom: str) -> None:
        """Say something in a room that is about to be left, as whoever it is said to was spoken to last."""
        voice = Voice(parts.conversation.locale(Member(PLATFORM, whom)))
        await parts.talk.say(room, Room(PLATFORM, room), Card((said,)), voice, parts.conversation.key(key))


def _later(error: Trouble) -> NotSent | Unsure:
    """Return what it means for an invite that something could not be asked."""
    return NotSent(error.wait) if isinstance(error, Declined) else Unsure()
