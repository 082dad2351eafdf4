"""What goes on in direct rooms: commands, numbers and answers become intents, and what comes of them is said there."""

import asyncio
import base64
import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from adapters.matrix import inbound, keeping, parse
from adapters.matrix.asking import Asking
from adapters.matrix.dialog import LOST, Dialogs, Filled, Over, Question, Step
from adapters.matrix.engine import Engine
from adapters.matrix.heard import Heard
from adapters.matrix.places import Places
from adapters.matrix.server import Trouble, path
from adapters.matrix.shapes import mapping
from adapters.matrix.talk import Talk
from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Form
from bot.contract.command import Command
from bot.contract.effect import Accepted, NotSent, Unsure
from bot.contract.facts import Right
from bot.contract.intent import Intent, Reply
from bot.contract.place import Member, Room, Space
from bot.contract.ports import Clock, Sink, Speaker
from bot.contract.text import Literal, Text, Typed, Voice, text
from bot.contract.typed import LOOK_AGAIN, OLD_BUTTON, UNKNOWN
from bot.logs import log

MOST: Final = 2_000
"""People of whom it is remembered in which language they were spoken to last."""

MOST_PLACES: Final = 10
"""Places that are listed where several may be meant."""

TRIES: Final = 6
"""How often an answer is sent that could not be sent; with waits between, a minute."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where something was asked, and where it is answered.

    Attributes:
        key: The event.
        member: Who asked.
        direct: The direct room in which it is answered.
        space: As in an intent.
        room: As in an intent.
    """

    key: str
    member: Member
    direct: str
    space: Space | None = None
    room: Room | None = None

    def intent(self, command: str, **more: Any) -> Intent:
        return Intent(self.key, command, self.member, space=self.space, room=self.room, **more)


class Conversation:
    """The direct rooms of one account."""

    def __init__(
        self,
        engine: Engine,
        talk: Talk,
        places: Places,
        asking: Asking,
        sink: Sink,
        speaker: Speaker,
        buttons: Buttons,
        clock: Clock,
    ) -> None:
        """Take its parts."""
        self._engine: Final = engine
        self._talk: Final = talk
        self._places: Final = places
        self._asking: Final = asking
        self._sink: Final = sink
        self._buttons: Final = buttons
        self._clock: Final = clock
        self.dialogs: Final = Dialogs(speaker)
        self._begun: OrderedDict[Member, _Asked] = OrderedDict()
        self._voices: OrderedDict[Member, Voice] = OrderedDict()
        self._again: Final[dict[asyncio.Task[None], Member]] = {}

    # What is known of somebody.

    def locale(self, member: Member) -> str:
        """Return the language in which somebody was spoken to last; English before that."""
        return self._voices.get(member, Voice()).locale

    def asking(self, member: Member) -> str | None:
        """Return the event of the question that waits for somebody's answer (`Dialogs.asking`)."""
        return self.dialogs.asking(member, self._clock.now())

    async def forget(self, member: Member) -> None:
        """Forget somebody, and end the direct room with them.

        Done again after a crash, it does what is left to be done. Once it is on disk, the event that asked for it is
        not read any more (`Engine.forget`); until then it comes again (`bot.contract.command.Command.again`).
        """
        await _cancel([task for task, whose in self._again.items() if whose == member])
        self.dialogs.forget(member)
        self._begun.pop(member, None)
        self._voices.pop(member, None)
        self._talk.names.forget(member)
        self._asking.forget(member)
        for room in [room for room, other in self._engine.state.direct.items() if other == member.id]:
            self._talk.shown.leave(room)
        await self._engine.forget(member.id)

    def kept(self, member: Member) -> tuple[Text, ...]:
        """Return what is kept about somebody."""
        return keeping.about(self._engine, member.id)

    async def leave(self, room: str) -> None:
        """Leave a direct room and forget what was shown there."""
        self._talk.shown.leave(room)
        await self._talk.keep()
        await self._engine.leave(room)

    # What comes in.

    async def typed(self, heard: Heard, what: inbound.Typed) -> None:
        """Do what was typed: in a direct room, or in another, whose answer goes into the direct one."""
        asked = await self._asked(heard)
        if asked is None:
            return
        await self._leave_dialog(asked)
        command = self._sink.catalogue.commands.get(what.command)
        if what.where:
            found = await self._places.asked_in(what.where, asked.member.id)
            if found is None:
                await self._say(asked, Card((text("matrix-not-there"),)))
                return
            asked = replace(asked, space=found[0], room=found[1])
        elif asked.space is None and command is not None and _needs_place(command):
            place = await self._place(asked.member, command.name)
            if isinstance(place, Card):
                await self._say(asked, place)
                return
            asked = replace(asked, space=place)
        intent = asked.intent(what.command, args=what.args)
        if command is not None and command.form and not what.args:
            await self._open(asked, intent)
        else:
            await self._ask(asked, intent)

    async def answered(self, heard: Heard, words: str) -> None:
        """Take the answer to a question."""
        asked = _Asked(heard.id, Member("matrix", heard.sender), heard.room)
        now, chosen = self._clock.now(), parse.number(words)
        newer = self._talk.shown.any(heard.room) and not self._talk.shown.asking(heard.room, now)
        if chosen is not None and newer and self.dialogs.lapsed(asked.member, now):
            self.dialogs.forget(asked.member)
            await self.pressed(heard, inbound.Pressed(chosen))  # a card came after the questions
            return
        step = self.dialogs.answer(asked.member, words, self._clock.now())
        if step is None:
            await self.said(heard)
        else:
            await self._step(asked, step)

    async def pressed(self, heard: Heard, what: inbound.Pressed) -> None:
        """Press the choice with a number."""
        asked = _Asked(heard.id, Member("matrix", heard.sender), heard.room)
        written = self._talk.shown.pressed(heard.room, what.number, what.event, self._clock.now())
        if written is None and not what.event and not self._talk.shown.any(heard.room):
            await self._ask(asked, asked.intent(UNKNOWN))
            return
        if written is None and not what.event and await self._lost(asked):
            return
        read = await self._read(asked, written) if written is not None else None
        command = self._sink.catalogue.commands.get(read[1]) if read is not None else None
        if read is None or (command is None and not read[1].startswith("draft.")):
            await self._ask(asked, asked.intent(OLD_BUTTON))
            return
        asked, action, subject = read
        await self._leave_dialog(asked)
        intent = asked.intent(action, subject=subject)
        if command is not None and command.form:
            await self._open(asked, intent)
        else:
            await self._ask(asked, intent)

    async def waved(self, heard: Heard, event: str) -> None:
        """Show in the direct room what can be chosen on a card in a room. Other waves are between people."""
        now = self._clock.now()
        room = Room("matrix", self._places.known_as(heard.room))
        ids = self._talk.shown.ids(heard.room, event, now)
        read = [(one, self._buttons.read(one, room)) for one in ids]
        offered = [
            (one, Choice(found[0], Text(self._sink.catalogue.commands[found[0]].text_id), found[1]))
            for one, found in read
            if found is not None and found[0] in self._sink.catalogue.commands
        ]
        member = Member("matrix", heard.sender)
        if not offered and not await self._ours(heard.room, event):
            return
        if not await self._places.is_in(heard.room, heard.sender):
            return
        direct = await self._direct(member, heard.id)
        if direct is None:
            return
        asked = _Asked(heard.id, member, direct)
        if not offered:
            await self._ask(asked, asked.intent(OLD_BUTTON))
            return
        card = Card((text("matrix-waved", room=room),), choices=tuple(choice for _, choice in offered))
        await self._say(asked, card, ids=tuple(one for one, _ in offered))

    async def taken_away(self, heard: Heard, event: str) -> None:
        """Let the core look again at what is pinned in a room, when somebody took something of ours away that stays."""
        if not self._talk.shown.stays(event):
            return
        room = Room("matrix", self._places.known_as(heard.room))
        await self._sink.ask(Intent(heard.id, LOOK_AGAIN, Member("matrix", heard.sender), room=room))

    async def _ours(self, room: str, event: str) -> bool:
        """Return whether something in a room was said by us and still stands. Of it only that is looked at."""
        try:
            found = await self._engine.server.ask("GET", path("rooms", room, "event", event))
        except Trouble:
            return False
        ours = found.get("type") in {"m.room.message", "m.room.encrypted"} and "redacted_because" not in mapping(
            found.get("unsigned")
        )
        return ours and found.get("sender") == self._engine.state.user

    async def said(self, heard: Heard) -> None:
        """Answer something that was not understood. A question that waits goes on waiting."""
        asked = _Asked(heard.id, Member("matrix", heard.sender), heard.room)
        if self.asking(asked.member) is not None or not await self._lost(asked):
            await self._ask(asked, asked.intent(UNKNOWN))

    async def unopened(self, heard: Heard) -> None:
        """Say that no key came for a message."""
        asked = _Asked(heard.id, Member("matrix", heard.sender), heard.room)
        await self._say(asked, Card((text("matrix-unopened"),)), "unopened")  # a reply may follow, if its key comes

    # Where.

    async def _asked(self, heard: Heard) -> _Asked | None:
        """Return where something was asked; None where its asker cannot be answered."""
        member = Member("matrix", heard.sender)
        if self._engine.direct(heard.room) == heard.sender:
            return _Asked(heard.id, member, heard.room)
        direct = await self._direct(member, heard.id)
        if direct is None:
            return None
        space = await self._places.of(heard.room)
        return _Asked(heard.id, member, direct, space, Room("matrix", self._places.known_as(heard.room)))

    async def _direct(self, member: Member, key: str) -> str | None:
        """Return the direct room with somebody, opened if need be: they did something that is answered there."""
        made = await self._engine.make_direct(member.id, _short(f"direct {member.id} {key}"))
        if isinstance(made, Accepted):
            return made.id
        log.event("matrix_direct_not_made")
        return None

    async def _place(self, member: Member, command: str) -> Space | Card:
        """Return the one place that somebody moderates and the bot is in; or a card that asks which one is meant."""
        found = [
            self._places.known_as(room)
            for room in await self._places.communities(member.id)
            if await self._asking.moderates(member.id, room)
        ]
        if len(found) == 1:
            return Space("matrix", found[0])
        if not found:
            return Card((text("matrix-no-place"),))
        lines = (
            text("matrix-place", room=Room("matrix", one), command=Typed(command), address=Literal(f"in={one}"))
            for one in found[:MOST_PLACES]
        )
        return Card((text("matrix-which-place"), *lines))

    async def _read(self, asked: _Asked, written: str) -> tuple[_Asked, str, str] | None:
        """Return action and subject of a choice of ours: its presser's own, or one of a room that they are in."""
        read = self._buttons.read(written, asked.member)
        if read is not None:
            return asked, *read
        for room in self._places.rooms():
            place = Room("matrix", self._places.known_as(room))
            read = self._buttons.read(written, place)
            if read is not None and await self._places.is_in(room, asked.member.id):
                return replace(asked, space=await self._places.of(room), room=place), *read
        return None

    # Asking the core, and answering.

    async def _ask(self, asked: _Asked, intent: Intent) -> None:
        await self._answer(asked, await self._sink.ask(intent))

    async def _answer(self, asked: _Asked, reply: Reply) -> None:
        self._spoken(asked.member, reply.voice)
        if reply.card is None:
            return  # it was answered before
        if not reply.card.farewell:
            await self._say(asked, reply.card)
            return
        await self._say(asked, replace(reply.card, lines=(*reply.card.lines, text("matrix-farewell"))))
        # Where it had to wait it goes first: whoever is forgotten is told nothing any more.
        await asyncio.gather(*(task for task, whose in self._again.items() if whose == asked.member))
        await self.forget(asked.member)

    async def _open(self, asked: _Asked, intent: Intent) -> None:
        """Begin to ask what a form asks."""
        form = await self._sink.form(intent)
        if not isinstance(form, Form):
            await self._answer(asked, form)
            return
        self._spoken(asked.member, form.voice)
        self._begun[asked.member] = asked
        while len(self._begun) > MOST:
            self._begun.popitem(last=False)
        await self._step(asked, self.dialogs.begin(asked.member, form, self._clock.now()))

    async def _step(self, asked: _Asked, step: Step) -> None:
        match step:
            case Question(card):
                event = await self._say(asked, card)
                if event:
                    self.dialogs.asked(asked.member, event)
                    self._talk.shown.ask(asked.direct, event, self._clock.now())
                    self._talk.keep_soon()
            case Filled(command, subject, args):
                self._talk.shown.answered(asked.direct)
                begun = self._begun.pop(asked.member, asked)
                asked = replace(asked, space=begun.space, room=begun.room)
                await self._ask(asked, asked.intent(command, subject=subject, args=args))
            case Over(card):
                self._talk.shown.answered(asked.direct)
                self._begun.pop(asked.member, None)
                await self._say(asked, card)

    async def _leave_dialog(self, asked: _Asked) -> None:
        """End the questions of somebody who asks for something else."""
        left = self.dialogs.leave(asked.member)
        self._talk.shown.answered(asked.direct)
        if left is not None:
            await self._say(asked, left.card, "left")

    async def _lost(self, asked: _Asked) -> bool:
        """Say that a question was lost, if one had been the last thing shown and is not known any more."""
        if not self._talk.shown.answered(asked.direct):
            return False
        self._talk.keep_soon()
        await self._say(asked, LOST)
        return True

    def _spoken(self, member: Member, voice: Voice) -> None:
        self._voices[member] = voice
        self._voices.move_to_end(member)
        while len(self._voices) > MOST:
            self._voices.popitem(last=False)

    async def _voice(self, asked: _Asked) -> Voice:
        """Return how somebody is spoken to; only the core knows."""
        if asked.member not in self._voices:
            self._spoken(asked.member, (await self._sink.ask(Intent(asked.key, UNKNOWN, asked.member))).voice)
        return self._voices[asked.member]

    async def _say(self, asked: _Asked, card: Card, use: str = "reply", ids: tuple[str, ...] = ()) -> str:
        """Say a card in a direct room, and return its event. The same answer to the same event is there once.

        What cannot be said now is tried again beside, for a while; what was done is done.
        """
        voice = await self._voice(asked)
        key = _short(f"{use} {asked.key}")
        said = await self._talk.say(asked.direct, asked.member, card, voice, key)
        if isinstance(said, Accepted):
            event = said.id.rsplit(" ", 1)[-1]
            if ids:
                await self._talk.note(asked.direct, event, ids)
            return event
        if isinstance(said, NotSent | Unsure):
            task = asyncio.create_task(self._repeat(asked, card, voice, key, said))
            self._again[task] = asked.member
            task.add_done_callback(lambda done: self._again.pop(done, None))
        return ""

    async def _repeat(self, asked: _Asked, card: Card, voice: Voice, key: str, said: NotSent | Unsure) -> None:
        wait = 1.0
        for _ in range(TRIES):
            await asyncio.sleep(max(said.wait if isinstance(said, NotSent) else 0.0, wait))
            wait *= 2
            result = await self._talk.say(asked.direct, asked.member, card, voice, key)
            if not isinstance(result, NotSent | Unsure):
                return
            said = result
        log.event("matrix_answer_lost")

    def key(self, use: str) -> str:
        """Return a key for something said besides answers: the same for the same use."""
        return _short(use)

    async def close(self) -> None:
        """End what is tried again."""
        await _cancel(self._again)


async def _cancel(tasks: "Iterable[asyncio.Task[None]]") -> None:
    tasks = tuple(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _needs_place(command: Command[Any]) -> bool:
    """Return whether a command is about the very place where it is asked. A direct room is none."""
    return not command.community and command.right > Right.NONE


def _short(words: str) -> str:
    """Return a transaction id, or the mark of a room, that is the same for the same event."""
    return base64.b32encode(hashlib.sha256(words.encode()).digest()).decode().lower()[:25]
