"""Matrix's driver: people with clients of their own at a real homeserver, and the bot in a process of its own.

On Matrix nobody sees the id of a choice: they see numbers. Which id stands under which number only the bot knows, in
its sealed state; the driver has the key and looks it up there, so that a test can say what is pressed.
"""

import asyncio
import atexit
import itertools
import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Self

from nio import RedactionEvent

from adapters.matrix.keys import STATE, SealedFile
from adapters.matrix.parse import WAVE, keycap
from adapters.matrix.session import State
from adapters.matrix.shown import Card, Shown
from bot.app import ELSEWHERE, KEY, WORDS
from bot.contract.params import Param, Raw, Roles, Someone, params
from bot.contract.place import Member
from bot.store.lifetimes import Lifetimes
from bot.store.sealed import Keys
from commands import CATALOGUE
from tests.drivers.bot import WIDE
from tests.drivers.files import Kept
from tests.drivers.process import BotProcess
from tests.matrix.people import PASSWORD, PATIENCE
from tests.matrix.synapse import Homeserver
from tests.matrix.town import Resident, Town
from tests.promises import drove

START: Final = datetime(2027, 3, 4, 12, tzinfo=UTC)
"""A Thursday, noon."""

PEOPLE: Final = (("birch", 40), ("rowan", 30), ("alder", 35), ("hazel", 24), ("linden", 60))
"""Who is there, and since how many days."""

ROLES: Final = ("adults", "moderators")
"""Rooms of the space that serve as roles."""

CAME: Final = "came.json"
"""File beside the bot's folder in which stands since when people are there: a homeserver's clock cannot be wound."""

NO_CARDS: Final = ("m.room.create", "m.room.power_levels", "m.room.join_rules")
"""Events of every room to which nobody is offered a reaction."""

LARGEST_KEYCAP: Final = 10

_NUMBERS: Final = itertools.count(1)
_PLACE: Final = "/_matrix/client/v3/rooms/"


@cache
def homeserver() -> Homeserver:
    """Return the homeserver of this test process, started when it is first needed."""
    folder = tempfile.TemporaryDirectory(prefix="synapse-")
    made = Homeserver(Path(folder.name))
    made.start()

    def end() -> None:
        made.stop()
        folder.cleanup()

    atexit.register(end)
    return made


TYPED: Final = re.compile(
    "!(?=(?:{})\\b)".format(
        "|".join({command.name.split(" ")[0] for command in CATALOGUE.all_commands if command.typed})
    )
)
"""The mark before a command as it is typed on Matrix."""


def _position(batch: str) -> int:
    """Return how far a position in the sync of Synapse is in its stream of events."""
    return int(re.findall(r"[0-9]+", batch)[0])


def read(content: Mapping[str, Any]) -> str:
    """Return what a person reads in a message, the list of its choices left out."""
    lines = str(content.get("body", "")).split("\n")
    choices = str(content.get("formatted_body", "")).count("<li>")
    if choices:
        lines = lines[: -choices - 1]
    words = re.sub("\u2068([^\u2069]*)\u2069 \\(@[^)]*\\)", r"\1", "\n".join(lines))
    words = TYPED.sub("/", words)
    return words.replace("\u2068", "").replace("\u2069", "")


def _action(written: str) -> str:
    return written.split(".", 1)[1].rsplit(".", 2)[0] if written.startswith("v1.") else ""


@dataclass
class MatrixPerson:
    """Somebody with an account, a client and a device."""

    evening: "MatrixEvening"
    id: str
    direct: str = ""
    before: list[str] = field(default_factory=list)
    sent: list[tuple[datetime, str]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    nothings: int = 0
    waves: dict[str, str] = field(default_factory=dict)

    @property
    def at(self) -> Resident:
        """Them, with their client."""
        return self.evening.town.people[self.id]

    @property
    def name(self) -> str:
        return self.id.title()

    @property
    def member(self) -> Member:
        return Member("matrix", self.at.id)

    # What they do.

    async def asks(self, command: str, args: Mapping[str, Raw] | None = None, *, in_room: bool = False) -> str:
        given = {name: value for name, value in (args or {}).items() if value not in {"", ()}}
        known = CATALOGUE.commands.get(command)
        line = f"!{command}"
        by_form = (
            known is not None and known.form and any("\n" in str(one) or '"' in str(one) for one in given.values())
        )
        if not by_form:
            declared = {one.name: one for one in params(known.args)} if known is not None else {}
            for name, value in given.items():
                words = self._words(declared.get(name), value)
                line += f" {name}=«{words}»" if '"' in words else f' {name}="{words}"'
        # Who is not in a room can only write privately.
        line += f" in={self.evening.porch}" if in_room and self.is_in(self.evening.porch) else ""
        return await self._goes_on(await self._act(self._types(line)), command, given)

    async def presses(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        for card in reversed(self._cards()):
            for number, written in enumerate(card.ids, 1):
                if _action(written) == action:
                    return await self._goes_on(await self._act(self._presses(card, number)), action, args or {})
        raise AssertionError(f"{self.name} sees no choice {action}; there is {self.choices()}")

    async def presses_in_room(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        for card in reversed(self.evening.shown(self.evening.porch)):
            if any(_action(written) == action for written in card.ids):
                await self._act(self._waves(self.evening.porch, card.event))
                return await self.presses(action, args)
        raise AssertionError(f"no choice {action} in the room")

    async def presses_in(self, room: str, action: str, args: Mapping[str, Raw] | None = None) -> str:
        for card in reversed(self._cards_in(room)):
            for written in card.ids:
                if _action(written) == action:
                    await self._act(self._waves(room, card.event))
                    return await self._presses_written(written, args or {})
        if action in self.choices_in(room):  # they came later than the card, and were given it privately
            return await self.presses(action, args)
        raise AssertionError(f"{self.name} sees no choice {action} there; there is {self.choices_in(room)}")

    async def _presses_written(self, written: str, args: Mapping[str, Raw]) -> str:
        """Press a choice on the newest card of the direct room that has it."""
        card = next(card for card in reversed(self._cards()) if written in card.ids)
        answer = await self._act(self._presses(card, card.ids.index(written) + 1))
        return await self._goes_on(answer, _action(written), args)

    async def writes_in(self, room: str, words: str) -> None:
        drove("matrix")
        await self.evening.town.wait(self.at.types(room, words))
        await self.evening.settle()

    async def leaves(self, room: str) -> None:
        await self.evening.town.wait(self.at.leaves(room))
        await self.evening.settle()

    async def writes(self, words: str, *, in_room: bool = False) -> str:
        if not in_room:
            return await self._act(self._types(words))
        drove("matrix")
        await self.evening.town.wait(self.at.types(self.evening.porch, words))
        await self.evening.settle()
        return ""

    async def presses_button(self, written: str) -> str:
        if any(written in card.ids for card in self._cards()):
            return await self._presses_written(written, {})
        # Nobody can send an id here. What can be done is to press what no choice of theirs stands under.
        return await self._act(self._presses_nothing())

    def becomes(self, **facts: bool | str) -> None:
        match facts:
            case {"present": False}:
                self.evening.town.do(self._goes())
            case {"present": True}:
                self.evening.town.do(self.evening.let_in(self.id))
                self.evening.note_came(self.id, self.evening.now)
            case {"timed_out": bool(out)}:
                linden = self.evening.town.people["linden"]
                self.evening.town.do(linden.levels(self.evening.space, {self.at.id: -1 if out else 0}))
            case {"open": False} if self.direct:
                self.evening.town.do(self.at.leaves(self.direct))
                self._over()
            case {"locale": str(locale)}:
                self.evening.town.do(self._answered(self._types(f"!mine language language={locale}")))

    # What they see.

    def sees(self) -> tuple[str, ...]:
        return tuple(read(content) for _, content in self._messages())

    def was_sent(self) -> tuple[tuple[datetime, str], ...]:
        return tuple(self.sent)

    def choices(self) -> tuple[str, ...]:
        return tuple(_action(written) for card in self._cards() for written in card.ids)

    def choice_subject(self, action: str) -> str:
        return self.button(action).rsplit(".", 2)[1]

    def button(self, action: str) -> str:
        for card in reversed(self._cards()):
            for written in card.ids:
                if _action(written) == action:
                    return written
        raise AssertionError(f"{self.name} sees no choice {action}")

    def rooms(self) -> tuple[str, ...]:
        self.evening.town.do(self.looks())
        own = {self.direct, *self.before, *self.evening.places()}
        there = self._joined()
        return tuple(room for room in self.at.client.rooms if room not in own and room in there)

    def sees_in(self, room: str) -> tuple[str, ...]:
        self.evening.town.do(self.looks())
        return tuple(read(content) for _, content in self.at.stands(room, ""))

    def choices_in(self, room: str) -> tuple[str, ...]:
        there = tuple(_action(written) for card in self._cards_in(room) for written in card.ids)
        return (*there, *self.choices()) if self.is_in(room) else ()

    def _cards_in(self, room: str) -> list[Card]:
        """Return the cards with choices that stand in a room, if they are in it."""
        self.evening.town.do(self.looks())
        there = {event for event, _ in self.at.stands(room, self.evening.bot_id)}
        cards = [card for card in self.evening.shown(room) if card.ids and card.event in there]
        return cards if self.is_in(room) else []

    def is_in(self, room: str) -> bool:
        """Return whether they are in a room."""
        return room in self._joined()

    def _joined(self) -> frozenset[str]:
        there = self.evening.town.do(self.at.ask("GET", "/_matrix/client/v3/joined_rooms"))
        return frozenset(there["joined_rooms"])

    def _inside(self, room: str) -> tuple[str, ...]:
        return tuple(self.at.client.rooms[room].users)

    def _messages(self) -> list[tuple[str, dict[str, Any]]]:
        if not self.direct and not self.before:
            return []
        self.evening.town.do(self.looks())
        rooms = [*self.before, *([self.direct] if self.direct else [])]
        return [message for room in rooms for message in self.at.stands(room, self.evening.bot_id)]

    def _over(self) -> None:
        """Note that a direct room is none any more. What stands in it stays to be read."""
        self.before.append(self.direct)
        self.direct = ""

    def _cards(self) -> list[Card]:
        """Return the cards with choices that stand in their direct room."""
        if not self.direct:
            return []
        there = {event for event, _ in self._messages()}
        return [card for card in self.evening.shown(self.direct) if card.ids and card.event in there]

    # How. All of these run in the town.

    async def looks(self) -> None:
        """Sync, and accept invites into rooms that the bot made."""
        await self.at.pump(0)
        if self.direct and self.evening.bot_id not in self._inside(self.direct):
            self._over()  # the bot has left it
        asked_in = [
            room
            for room, asked in self.at.client.invited_rooms.items()
            if getattr(asked, "inviter", "") == self.evening.bot_id
        ]
        for room in asked_in:
            await self.at.ask("POST", f"{_PLACE}{room}/join", {})
        if asked_in:
            await self.at.pump(0)

    async def _open(self) -> str:
        """Return their direct room with the bot, begun if there is none."""
        await self.looks()
        if not self.direct:
            self.direct = await self.at.direct(self.evening.bot_id)
            await self.at.sees(self.direct, self.evening.bot_id)
        return self.direct

    async def _types(self, line: str) -> str:
        return await self.at.types(await self._open(), line)

    async def _presses(self, card: Card, number: int) -> str:
        newest = self.evening.shown(self.direct)[-1].event == card.event
        if newest or not keycap(number):
            return await self._types(str(number))
        return await self.at.reacts(self.direct, card.event, keycap(number))

    async def _waves(self, room: str, event: str) -> str:
        """Wave at a card. Nobody can wave at the same thing twice: who has takes it back first."""
        if event in self.waves:
            await self.at.redacts(room, self.waves[event])
        self.waves[event] = await self.at.reacts(room, event, WAVE)
        return self.waves[event]

    async def _presses_nothing(self) -> str:
        """React to something that is no card. Nobody can react to the same thing twice in the same way."""
        room = await self._open()
        what, number = divmod(self.nothings, LARGEST_KEYCAP)
        self.nothings += 1
        address = f"{_PLACE}{room}/state/{NO_CARDS[what]}/?format=event"
        return await self.at.reacts(room, (await self.at.ask("GET", address))["event_id"], keycap(number + 1))

    async def _answered(self, doing: Any) -> str:
        """Do something, and return the answer to it: answers are notices, what comes by itself is not."""
        await self._open()
        before = {event for event, _ in self.at.stands(self.direct, self.evening.bot_id)}
        await doing

        def found() -> list[str]:
            return [
                read(content)
                for event, content in self.at.stands(self.direct, self.evening.bot_id)
                if event not in before and content["msgtype"] == "m.notice"
            ]

        return "\n".join(await self.at.until(found))

    async def _act(self, doing: Any) -> str:
        """Do something, let everything happen that comes of it, and return the answer."""
        drove("matrix")
        first = await self.evening.town.wait(self._answered(doing))
        await self.evening.settle()
        return first

    async def _goes_on(self, answer: str, command: str, args: Mapping[str, Raw]) -> str:
        """Answer the bot's questions one by one, and return what it says at the end."""
        known = CATALOGUE.commands.get(command)
        asked = params(known.args) if known is not None else ()
        for number, one in enumerate(asked, 1):
            if not self.direct or not self.evening.asking(self.direct):
                return answer
            if f"({number} of " not in answer:  # of how many depends on what this form leaves out, at its end
                break  # it was asked again: what was answered does not fit
            given = args.get(one.name, "")
            words = self._words(one, given) if given not in {"", ()} else "skip"
            answer = await self._act(self._types(words))
        if self.direct and self.evening.asking(self.direct):
            await self._act(self._types("cancel"))
        return answer

    def _words(self, declared: Param | None, value: Raw) -> str:
        """Return a value as it is typed."""
        kind = declared.kind if declared is not None else None
        if isinstance(value, tuple):
            return ", ".join(self._words(declared, one) for one in value)
        if isinstance(value, Member):
            return value.id
        words = str(value)
        if isinstance(kind, Someone) and words in self.evening.town.people:
            return self.evening.town.people[words].id
        if isinstance(kind, Roles):
            return self.evening.town.do(self.evening.role(words))
        return words

    async def _goes(self) -> None:
        await self.at.pump(0)
        for room in self.evening.places():
            if room in self.at.client.rooms:
                await self.at.leaves(room)


class MatrixEvening(Kept):
    """A space with the bot in it. The bot's clock goes only as far as it is wound.

    Attributes:
        address: Where the bot finds the homeserver, if not where everybody does.
        quick: How many times faster than the machine's the clock goes by which the bot waits for the network.
        allowed: Who may invite the bot, as configured.
        in_rooms: Whether commands are also read in rooms that are not encrypted, as configured.
        rehearsed: At which failpoint the bot kills itself, if at any (`tests.drivers.bot.Spec`).
    """

    address = ""
    quick = 1
    allowed: tuple[str, ...] = ()
    in_rooms = False
    rehearsed: Mapping[str, Any] = {}

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = START
        self.roles: dict[str, str] = {}
        self._lifetimes = Lifetimes()
        self._people: dict[str, MatrixPerson] = {}
        self._came: dict[str, str] = {}
        self._noted = 0

    async def start(self, *, set_up_first: bool = True) -> Self:
        """Open the space, let everybody in, start the bot, and let the moderator set the community up."""
        server = await asyncio.to_thread(homeserver)
        self.town = Town(server, f"e{os.getpid()}x{next(_NUMBERS)}")
        self.bot_id = await asyncio.to_thread(self.town.account, "bot")
        await self.town.wait(self._settle())
        for name, days in PEOPLE:
            self.note_came(name, START - timedelta(days=days))
        await self.run()
        await self.town.wait(self._ask_in())
        if set_up_first:
            linden = self.person("linden")
            assert "setup.here" in (await linden.asks("setup", in_room=True), linden.choices())[1]
            await linden.presses("setup.here")
            for command, args in (("setup words", {"word_list": WORDS}), ("setup elsewhere", {"elsewhere": ELSEWHERE})):
                await linden.asks(command, args)
                await linden.presses("draft.use")
            await self.settle()
        return self

    async def _settle(self) -> None:
        town = self.town
        await asyncio.gather(*(town.come(name) for name, _ in PEOPLE))
        await asyncio.gather(*(self._named(name) for name, _ in PEOPLE))
        linden = town.people["linden"]
        self.space = await town.found(linden, "Porch", space=True)
        self.porch = await town.found(linden, "porch", encrypted=True)
        await town.belongs(linden, self.space, self.porch)
        await asyncio.gather(*(self.let_in(name) for name, _ in PEOPLE if name != "linden"))

    async def role(self, name: str) -> str:
        """Return the id of the room that serves as a role; made when it is first spoken of. Runs in the town."""
        if name in ROLES and name not in self.roles:
            linden = self.town.people["linden"]
            room = await self.town.found(linden, name)
            await self.town.belongs(linden, self.space, room)
            there = [one for one in self.town.people.values() if one is not linden and name == "adults"]
            await self.town.let_in(linden, room, *there)
            await linden.asks_in(room, self.bot_id)
            await self.town.until_in(linden, room, self.bot_id)
            self.roles[name] = room
        return self.roles.get(name, name)

    async def _named(self, name: str) -> None:
        person = self.town.people[name]
        address = f"/_matrix/client/v3/profile/{person.id}/displayname"
        await person.ask("PUT", address, {"displayname": name.title()})

    async def let_in(self, name: str) -> None:
        """Let somebody into the space, its shared room and the room of grown-ups. Runs in the town."""
        grown_up = (self.roles["adults"],) if "adults" in self.roles else ()
        for room in (self.space, self.porch, *grown_up):
            await self.town.let_in(self.town.people["linden"], room, self.town.people[name])

    async def _ask_in(self) -> None:
        linden = self.town.people["linden"]
        for room in self.places():
            await linden.asks_in(room, self.bot_id)
        for room in self.places():
            await self.town.until_in(linden, room, self.bot_id)

    def places(self) -> tuple[str, ...]:
        """Return the space and its rooms."""
        return (self.space, self.porch, *self.roles.values())

    async def run(self) -> None:
        """Start the bot's process."""
        spec = {
            "platform": "matrix",
            "folder": str(self.folder),
            "now": self.clock.isoformat(),
            **self.rehearsed,
            "lifetimes": {name: length / timedelta(hours=1) for name, length in asdict(self._lifetimes).items()},
            "options": {
                "homeserver": self.address or self.town.homeserver.url,
                "user": self.bot_id,
                "password": PASSWORD,
                "came": str(self.folder.parent / CAME),
                "quick": self.quick,
                "allowed": self.allowed,
                "in_rooms": self.in_rooms,
            },
        }
        self.bot = BotProcess(spec, self.folder.parent / "bot.log")
        self._noted = 0
        assert await self.bot.start() == {"ready": True}

    async def stop(self) -> None:
        """End the bot, and everybody's clients."""
        code = await self.bot.stop()
        await asyncio.to_thread(self.town.close)
        assert code == 0, "the bot ended badly"

    async def restart(self, meanwhile: Callable[[], None] | None = None, lifetimes: Lifetimes | None = None) -> None:
        assert await self.bot.stop() == 0
        if meanwhile is not None:
            meanwhile()
        self._lifetimes = lifetimes or self._lifetimes
        await self.run()

    @property
    def now(self) -> datetime:
        return self.clock

    @property
    def hears_deletions(self) -> bool:
        return True

    @property
    def lists_members(self) -> bool:
        return True

    def takes_writing_away(self) -> None:
        self.town.do(self.town.people["linden"].levels(self.porch, {self.bot_id: -1}))

    def person(self, name: str) -> MatrixPerson:
        return self._people.setdefault(name, MatrixPerson(self, name))

    def newcomer(self, name: str, days: int) -> MatrixPerson:
        self.town.do(self._comes(name))
        self.note_came(name, self.now - timedelta(days=days))
        return self.person(name)

    async def _comes(self, name: str) -> None:
        await self.town.come(name)
        await self._named(name)
        await self.let_in(name)

    def note_came(self, name: str, at: datetime) -> None:
        """Say since when somebody is there."""
        self._came[self.town.people[name].id] = at.isoformat()
        (self.folder.parent / CAME).write_text(json.dumps(self._came), encoding="utf-8")

    async def settle(self) -> None:
        await self.bot.settle()
        await self._note()

    async def wind(self, **length: float) -> None:
        to = self.clock + timedelta(**length)
        await self.settle()
        while (due := await self.bot.next_due()) is not None and due <= to:
            self.clock = max(due, self.clock)
            await self.bot.wind(self.clock)
            await self._note()
        self.clock = to
        await self.bot.wind(to)
        await self._note()

    def _standing(self) -> dict[str, str]:
        """Return what stands in the room that all share, by the ids of its events."""
        linden = self.town.people["linden"]
        self.town.do(linden.pump(0))
        gone = {str(event.redacts) for _, event in linden.events if isinstance(event, RedactionEvent)}
        return {
            event.event_id: read(event.source["content"])
            for room, event in linden.events
            if room == self.porch and event.event_id not in gone and "body" in event.source.get("content", {})
        }

    def in_the_room(self) -> tuple[str, ...]:
        return tuple(self._standing().values())

    def pinned(self) -> tuple[str, ...]:
        linden, standing = self.town.people["linden"], self._standing()
        state = self.town.do(linden.ask("GET", f"{_PLACE}{self.porch}/state/m.room.pinned_events"))
        return tuple(standing[event] for event in state.get("pinned", ()) if event in standing)

    def deletes_post(self, words: str) -> None:
        event = [event for event, said in self._standing().items() if words in said][-1]
        linden = self.town.people["linden"]
        self.town.do(linden.redacts(self.porch, event))
        self.town.do(linden.pump(0))
        self.town.do(self._heard_up_to(str(linden.client.next_batch)))

    def bot_is_in(self, room: str) -> bool:
        there = self.people_in(room)
        if not there:
            return room in self._bot().made
        someone = self.town.people[there[0]]
        return self.bot_id in self.town.do(someone.ask("GET", f"{_PLACE}{room}/joined_members"))["joined"]

    def people_in(self, room: str) -> tuple[str, ...]:
        people = [self.person(name) for name in self.town.people]
        self.town.do(_all(people))
        return tuple(sorted(one.id for one in people if one.is_in(room)))

    def is_over(self, room: str) -> bool:
        return not self.people_in(room) and room not in self._bot().made

    def is_locked(self, room: str) -> bool:
        return self.is_over(room)

    def is_visible(self, room: str) -> bool:
        someone = self.town.people[self.people_in(room)[0]]
        rule = self.town.do(someone.ask("GET", f"{_PLACE}{room}/state/m.room.join_rules"))
        return bool(rule["join_rule"] != "invite")

    def lets_bot_manage(self) -> None:
        """The bot manages the rooms that it makes, and no others."""

    def lets_bot_pin(self) -> None:
        self.town.do(self.town.people["linden"].levels(self.porch, {self.bot_id: 50}))

    def widens_room(self) -> None:
        (self.folder.parent / WIDE).touch()

    def deletes_room(self, room: str) -> None:
        self.town.homeserver.delete_room(room)
        self.town.do(self._hears_it_has_left(room))

    def shuts_bot_out(self, room: str) -> None:
        """Let whoever has the bot's password take it out of a room: in one that it made, nobody else can."""
        call = self.town.homeserver.call
        who = {"type": "m.id.user", "user": self.bot_id}
        asked = {"type": "m.login.password", "identifier": who, "password": PASSWORD}
        _, session = call("POST", "/_matrix/client/v3/login", asked)
        assert call("POST", f"{_PLACE}{room}/leave", {}, session["access_token"])[0] == HTTPStatus.OK
        call("POST", "/_matrix/client/v3/logout", {}, session["access_token"])
        self.town.do(self._hears_it_has_left(room))

    async def _heard_up_to(self, batch: str) -> None:
        """Wait until the bot has handled all that happened up to a position in the sync of the homeserver."""
        async with asyncio.timeout(PATIENCE):
            while _position(self._bot().since) < _position(batch):  # noqa: ASYNC110 - it says nothing about it
                await asyncio.sleep(0.05)

    async def _hears_it_has_left(self, room: str) -> None:
        """Wait until the bot has heard that it is no longer in a room."""
        async with asyncio.timeout(PATIENCE):
            while room in self._bot().made:  # noqa: ASYNC110 - it says nothing about it
                await asyncio.sleep(0.05)

    # What the bot knows.

    def _bot(self) -> State:
        key = Keys.load_or_make(self.folder / KEY).matrix
        written = SealedFile(self.folder / STATE, key).load()
        assert written is not None
        return State.read(written)

    def _state(self) -> Shown:
        return Shown.load(self._bot().shown.encode(), self.clock)

    def shown(self, room: str) -> list[Card]:
        """Return the cards of a room whose choices the bot knows, and its questions, oldest first."""
        return [card for card in self._state()._cards.values() if card.room == room]

    def asking(self, room: str) -> bool:
        """Return whether a question is what was shown there last."""
        return self._state().asking(room, self.clock)

    async def _note(self) -> None:
        """Note what the bot newly wrote to people on its own."""
        if self.bot.performed == self._noted:
            return  # nothing was sent meanwhile, so nobody need look
        self._noted = self.bot.performed
        there = [(person, person.direct) for person in self._people.values() if person.direct]
        await self.town.wait(_all([person for person, _ in there]))
        for person, room in there:
            for event, content in person.at.stands(room, self.bot_id):
                if event not in person.known:
                    person.known.add(event)
                    if content["msgtype"] == "m.text":
                        person.sent.append((self.clock, read(content)))


async def _all(people: list[MatrixPerson]) -> None:
    await asyncio.gather(*(one.looks() for one in people))
