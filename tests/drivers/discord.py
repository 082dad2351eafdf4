"""Discord's driver: people in the stand-in's app, and the bot in a process of its own on the real client library."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from bot.app import ELSEWHERE, WORDS
from bot.contract.params import Raw
from bot.contract.place import Member
from bot.store.lifetimes import Lifetimes
from tests.discord.standin import Answer, ClientRefused, Message, Modal, Request, StandIn, permissions
from tests.discord.standin.client import Resolved, find, nested
from tests.discord.standin.interactions import COMMAND
from tests.discord.standin.people import Person
from tests.discord.standin.state import Channel, Thread, walk
from tests.drivers.files import Kept
from tests.drivers.process import BotProcess
from tests.promises import drove

START: Final = datetime(2027, 3, 4, 12, tzinfo=UTC)
"""A Thursday, noon."""

PEOPLE: Final = (("birch", 40), ("rowan", 30), ("alder", 35), ("hazel", 24), ("linden", 60))
"""Who is there, and since how many days."""

LONGEST_TALK: Final = 1000
"""Letters that are written at once; the app sends no more than 2,000 units."""

LATER: Final = timedelta(days=27)


def read(there: StandIn, message: Message) -> str:
    """Return what a person reads in a message, in an app that speaks English and stands in UTC."""

    def mention(found: re.Match[str]) -> str:
        kind, number = found[1], int(found[2])
        if kind == "@":
            user = there.world.users.get(number)
            return f"@{user.global_name or user.username}" if user is not None else "@unknown-user"
        channel = there.world.channels.get(number)
        return f"#{channel.name}" if channel is not None else "#unknown"

    def stamp(found: re.Match[str]) -> str:
        at = datetime.fromtimestamp(int(found[1]), UTC)
        return f"{at:%H:%M}" if found[2] == "t" else f"{at:%H:%M} on {at.day} {at:%B}"

    words = re.sub(r"^(?:#{1,3}|-#) ", "", message.text, flags=re.MULTILINE)
    words = re.sub(r"</([a-z][a-z -]*):\d+>", r"/\1", words)
    words = re.sub(r"<([@#])(\d+)>", mention, words)
    words = re.sub(r"(/[a-z]+) show\b", r"\1", words)
    words = re.sub(r"<t:(-?\d+)(?::([a-zA-Z]))?>", stamp, words)
    words = re.sub(r"`([^`]*)`", r"\1", words)
    return re.sub(r"\\([^\w\s])", r"\1", words).translate({0x2068: None, 0x2069: None, 0x200B: None})


@dataclass
class DiscordPerson:
    """Somebody with an account at the stand-in."""

    evening: "DiscordEvening"
    id: str
    sent: list[int] = field(default_factory=list)

    @property
    def at(self) -> Person:
        """Them, in their app."""
        return self.evening.accounts[self.id]

    @property
    def name(self) -> str:
        return self.at.user.global_name or self.at.user.username

    @property
    def member(self) -> Member:
        return Member("discord", str(self.at.id))

    async def asks(self, command: str, args: Mapping[str, Raw] | None = None, *, in_room: bool = False) -> str:
        world, owner = self.evening.there.world, self.evening.there.world.owner
        try:
            registered, options, way = find(world, command, owner, self.evening.porch, self.evening.guild)
        except ClientRefused:
            registered, options, way = find(world, f"{command} show", owner, self.evening.porch, self.evening.guild)
        kinds = {one["name"]: one for one in options}
        # Roles can be picked in a server alone; who is not in it can only write privately.
        in_room = in_room or any(one["type"] == 8 for one in options)
        in_room = in_room and self.at.id in self.evening.guild.members
        place = self.evening.porch if in_room else self.at.dm
        given = {name: value for name, value in (args or {}).items() if value not in {"", ()}}
        if not set(given) <= set(kinds) or any(isinstance(one, tuple) and len(one) > 1 for one in given.values()):
            given = {}
        resolved = Resolved(world, self.evening.guild)
        filled = [
            {"name": name, "type": kinds[name]["type"], "value": self._value(kinds[name]["type"], value, resolved)}
            for name, value in given.items()
        ]
        data = nested(registered, way, filled) | resolved.shape
        return await self._go_on(await self.at._ask(place, COMMAND, data), args)

    def _value(self, kind: int, value: Raw, resolved: Resolved) -> Any:
        """Return what the app sends for an option. No app offers everything that tests try, but anybody can send it."""
        if isinstance(value, Member):
            value = value.id
        if isinstance(value, tuple):
            value = ", ".join(str(one) for one in value)
        words = str(value)
        match kind:
            case 6:
                user = str(self.evening.accounts[words].id) if words in self.evening.accounts else words
                if user.isdecimal():
                    resolved.user(int(user))
                return user
            case 8:
                role = self.evening.role(words)
                if role.isdecimal():
                    resolved.role(int(role))
                return role
            case 4:
                return int(words) if re.fullmatch(r"-?[0-9]{1,9}", words, re.ASCII) else words
            case 5:
                return {"yes": True, "no": False}.get(words, words)
            case _:
                return words

    def sees_in(self, room: str) -> tuple[str, ...]:
        return tuple(read(self.evening.there, message) for message in self._in(room))

    def choices_in(self, room: str) -> tuple[str, ...]:
        return tuple(_action(written) for message in self._in(room) for _, written in message.buttons)

    async def presses_in(self, room: str, action: str, args: Mapping[str, Raw] | None = None) -> str:
        for message in reversed(self._in(room)):
            for _, written in message.buttons:
                if _action(written) == action:
                    return await self._go_on(await self.at.click(message, written), args)
        raise AssertionError(f"{self.name} sees no choice {action} there; there is {self.choices_in(room)}")

    async def writes_in(self, room: str, words: str) -> None:
        self.at.talks(self.evening.there.world.channels[int(room)], words[:LONGEST_TALK])
        await self.evening.settle()

    async def leaves(self, room: str) -> None:
        self.at.leave_thread(self.evening.there.world.channels[int(room)])
        await self.evening.settle()

    def _in(self, room: str) -> list[Message]:
        """Return what accounts wrote in a thread, if they can look into it."""
        channel = self.evening.there.world.channels.get(int(room))
        return channel.messages if channel is not None and self.at.sees(channel) else []

    async def presses(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        for message in reversed(self._messages()):
            for _, written in message.buttons:
                if _action(written) == action:
                    return await self._go_on(await self.at.click(message, written), args)
        raise AssertionError(f"{self.name} sees no choice {action}; there is {self.choices()}")

    async def presses_in_room(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        for message in reversed(self.evening.porch.messages):
            for _, written in message.buttons:
                if _action(written) == action:
                    return await self._go_on(await self.at.click(message, written), args)
        raise AssertionError(f"no choice {action} in the room")

    async def writes(self, words: str, *, in_room: bool = False) -> str:
        self.at.talks(self.evening.porch if in_room else None, words[:LONGEST_TALK])
        await self.evening.settle()
        return ""

    def sees(self) -> tuple[str, ...]:
        return tuple(read(self.evening.there, message) for message in self._messages())

    def was_sent(self) -> tuple[tuple[datetime, str], ...]:
        return tuple(self.evening.sent.get(self.at.id, ()))

    def choices(self) -> tuple[str, ...]:
        return tuple(_action(written) for message in self._messages() for _, written in message.buttons)

    def choice_subject(self, action: str) -> str:
        return self.button(action).rsplit(".", 2)[1]

    def button(self, action: str) -> str:
        for message in reversed(self._messages()):
            for _, written in message.buttons:
                if _action(written) == action:
                    return written
        raise AssertionError(f"{self.name} sees no choice {action}")

    async def presses_button(self, written: str) -> str:
        for message in self._messages():
            if any(written == own for _, own in message.buttons):
                return await self._go_on(await self.at.click(message, written), None)
        return await self._go_on(await self.at.press_raw(written), None)

    def rooms(self) -> tuple[str, ...]:
        return tuple(
            str(one.id) for one in self.evening.there.threads if one.thread and self.at.id in one.thread.members
        )

    def becomes(self, **facts: bool | str) -> None:
        there, guild = self.evening.there, self.evening.guild
        match facts:
            case {"present": False}:
                self.at.leave(guild)
            case {"present": True}:
                self.at.join(guild, *self.evening.roles(self.id))
            case {"timed_out": bool(out)}:
                self.at.timeout(guild, LATER if out else None)
            case {"open": bool(opened)}:
                self.at.user.dms_open = opened
            case {"locale": str(locale)}:
                self.at.user.locale = "en-US" if locale == "en" else locale
        there.stirred()

    def _messages(self) -> list[Message]:
        """Return what stands in their private conversation, with the answers that only they see."""
        own = {one.id: one for one in (*self.at.direct_messages, *self.at.ephemeral_messages)}
        return [own[number] for number in sorted(own)]

    async def _go_on(self, answer: Answer, args: Mapping[str, Raw] | None) -> str:
        """Fill in what forms the bot opens, one after another, and return the last answer."""
        left = dict(args or {})
        while answer.modal is not None:
            asked = _fields(answer.modal)
            page = {name: self._field(asked[name], left.pop(name)) for name in list(left) if name in asked}
            answer = await self.at.submit(answer.modal, page)
            further = {_action(written): written for _, written in answer.buttons}
            if "form.use" in further:
                wanted = "form.more" if left and "form.more" in further else "form.use"
                answer = await self.at.click(answer, further[wanted])
        drove("discord")
        await self.evening.settle()
        assert answer.error is None, answer.error
        shown = [message for message in (answer.message, *answer.followups) if message is not None]
        return "\n".join(read(self.evening.there, message) for message in shown)

    def _field(self, kind: int, value: Raw) -> Any:
        if isinstance(value, tuple):
            return [self.evening.role(str(one)) if kind == 6 else str(one) for one in value]
        if isinstance(value, Member):
            return [value.id]
        if kind == 5:
            return [self.evening.accounts[str(value)].id]
        return value


def _fields(modal: Modal) -> dict[str, int]:
    """Return the names of a form's fields, each with its kind of component."""
    return {part["custom_id"]: part["type"] for part in walk(modal.shape["components"]) if "custom_id" in part}


def may_mention(request: Request) -> bool:
    """Return whether a request posts or edits a message without saying that it mentions nobody."""
    body = request.body if isinstance(request.body, dict) else {}
    message = body["data"] if isinstance(body.get("data"), dict) else body
    is_message = "components" in message and "title" not in message
    return is_message and message.get("allowed_mentions") != {"parse": []}


def _action(written: str) -> str:
    """Return the action of a choice's id."""
    return written.split(".", 1)[1].rsplit(".", 2)[0] if written.startswith("v1.") else ""


class DiscordEvening(Kept):
    """A server with the bot in it. People use the stand-in's app; the bot's clock goes only as far as it is wound.

    ``die_at`` is the failpoint at which a process of the bot kills itself (0: at none), for those started from then on.
    ``shards`` is how many shards Discord asks the bot for.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = START
        self.sent: dict[int, list[tuple[datetime, str]]] = {}
        self.die_at = 0
        self.shards = 1
        self._lifetimes = Lifetimes()
        self._people: dict[str, DiscordPerson] = {}
        self._known: set[int] = set()

    async def start(self, *, set_up_first: bool = True) -> Self:
        """Open the server, let everybody in, start the bot, and let the moderator set the community up."""
        self.clock = START - timedelta(days=61)
        self.there = await StandIn(lambda: self.clock, shards=self.shards).__aenter__()
        self.guild = self.there.guild("Porch")
        self.porch = self.there.channel(self.guild)
        self.there.world.add_role(self.guild, "adults", 0)
        self.accounts: dict[str, Person] = {}
        for name, days in sorted(PEOPLE, key=lambda one: -one[1]):
            self.clock = START - timedelta(days=days)
            self.accounts[name] = self.there.person(name, self.guild, locale="en-US", roles=self.roles(name))
        self.clock = START
        await self.run()
        if set_up_first:
            linden = self.person("linden")
            assert "setup.here" in (await linden.asks("setup", in_room=True), linden.choices())[1]
            await linden.presses("setup.here")
            for command, args in (("setup words", {"word_list": WORDS}), ("setup elsewhere", {"elsewhere": ELSEWHERE})):
                await linden.asks(command, args, in_room=True)
                await linden.presses("draft.use")
            await self.settle()
        return self

    async def run(self) -> None:
        """Start the bot's process."""
        spec = {
            "platform": "discord",
            "folder": str(self.folder),
            "now": self.clock.isoformat(),
            "die_at": self.die_at,
            "lifetimes": {name: length / timedelta(hours=1) for name, length in asdict(self._lifetimes).items()},
            "options": {"api": self.there.api, "gateway": self.there.gateway, "token": self.there.token},
        }
        self.bot = BotProcess(spec, self.folder.parent / "bot.log")
        assert await self.bot.start() == {"ready": True}
        await self.there.connected(self.shards, patience=60)  # the library lets five seconds pass between two shards
        await self.there.until(lambda: self.there.world.commands, "the commands to be registered")

    async def stop(self) -> None:
        """End the bot, and close the server."""
        code = await self.bot.stop()
        await self.there.__aexit__()
        assert code == 0, "the bot ended badly"
        assert self.there.violations == []
        assert [str(one) for one in self.there.requests if may_mention(one)] == []

    async def restart(self, meanwhile: Callable[[], None] | None = None, lifetimes: Lifetimes | None = None) -> None:
        assert await self.bot.stop() == 0
        if meanwhile is not None:
            meanwhile()
        self._lifetimes = lifetimes or self._lifetimes
        await self.run()

    @property
    def now(self) -> datetime:
        return self.clock

    def person(self, name: str) -> DiscordPerson:
        return self._people.setdefault(name, DiscordPerson(self, name))

    async def settle(self) -> None:
        await self.bot.settle()
        self._note()

    async def wind(self, **length: float) -> None:
        to = self.clock + timedelta(**length)
        await self.settle()
        while (due := await self.bot.next_due()) is not None and due <= to:
            self.clock = max(due, self.clock)
            await self.bot.wind(self.clock)
            self._note()
        self.clock = to
        await self.bot.wind(to)
        self._note()

    def in_the_room(self) -> tuple[str, ...]:
        return tuple(read(self.there, message) for message in self.porch.messages)

    def pinned(self) -> tuple[str, ...]:
        return tuple(read(self.there, message) for message in self.porch.messages if message.pinned is not None)

    def deletes_post(self, words: str) -> None:
        found = [message for message in self.porch.messages if words in read(self.there, message)]
        self.there.accidents.delete_message(found[-1])

    @property
    def hears_deletions(self) -> bool:
        return False

    @property
    def lists_members(self) -> bool:
        return False

    def takes_writing_away(self) -> None:
        self.there.accidents.take_from_bot(self.guild, permissions.SEND_MESSAGES)

    def newcomer(self, name: str, days: int) -> DiscordPerson:
        at = self.clock
        self.clock = at - timedelta(days=days)
        self.accounts[name] = self.there.person(name, self.guild, roles=("adults",))
        self.clock = at
        return self.person(name)

    def bot_is_in(self, room: str) -> bool:
        thread = self.there.world.channels[int(room)].thread
        return thread is not None and self.there.world.bot.id in thread.members

    def people_in(self, room: str) -> tuple[str, ...]:
        thread = self._thread(room)
        members = thread.members if thread is not None else {}
        return tuple(sorted(name for name, account in self.accounts.items() if account.id in members))

    def is_over(self, room: str) -> bool:
        thread = self._thread(room)
        return thread is None or thread.archived

    def is_locked(self, room: str) -> bool:
        thread = self._thread(room)
        return thread is None or thread.locked

    def is_visible(self, room: str) -> bool:
        return self.there.world.channels[int(room)].type == Channel.PUBLIC_THREAD

    def lets_bot_manage(self) -> None:
        more = permissions.MANAGE_THREADS | permissions.CREATE_PUBLIC_THREADS
        self.there.accidents.permit_bot(self.guild, permissions.NEEDED | more)

    def lets_bot_pin(self) -> None:
        """Do nothing: its invite asks for that."""

    def widens_room(self) -> None:
        everybody = self.guild.roles[self.guild.id]
        self.there.world.set_role(self.guild, everybody, everybody.permissions | permissions.MANAGE_THREADS)

    def deletes_room(self, room: str) -> None:
        self.there.accidents.delete_channel(self.there.world.channels[int(room)])

    def shuts_bot_out(self, room: str) -> None:
        above = self.there.world.channels[self.there.world.channels[int(room)].parent_id or 0]
        self.there.world.overwrite(above, self.there.world.bot, deny=permissions.SEND_MESSAGES_IN_THREADS)

    def _thread(self, room: str) -> Thread | None:
        channel = self.there.world.channels.get(int(room))
        return channel.thread if channel is not None else None

    def roles(self, name: str) -> tuple[str, ...]:
        """Return the names of somebody's roles."""
        return ("adults", "moderator") if name == "linden" else ("adults",)

    def role(self, name: str) -> str:
        """Return the id of a role; what is no role's name stays as it is."""
        wanted = name.removesuffix("s") if name == "moderators" else name
        return next((str(role.id) for role in self.guild.roles.values() if role.name == wanted), name)

    def _note(self) -> None:
        """Note what the bot newly wrote to people in private."""
        for account in self.accounts.values():
            for message in account.dm.messages:
                fresh = message.id not in self._known and message.author is self.there.world.bot
                if fresh and not message.ephemeral:
                    self._known.add(message.id)
                    self.sent.setdefault(account.id, []).append((message.timestamp, read(self.there, message)))
