"""What the tests of the Discord adapter stand on: a core that notes, a library that never waits, and what is seen."""

import asyncio
import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import discord
import pytest

from adapters.discord import DiscordAdapter, connection
from bot.chance import SeededChance
from bot.contract.card import Card, Choice
from bot.contract.effect import Result, Say
from bot.contract.intent import Intent, Reply
from bot.contract.place import Member, Place, Room, Space
from bot.contract.text import Fact, Said, Shows, Text, Voice, text
from bot.domain.errors import StartError
from tests.adapters.local.fakes import NotingSink, PlainSpeaker, StillClock, buttons
from tests.discord.standin import Channel, Guild, Message, Person, StandIn, permissions

PLATFORM = "discord"
PATIENCE = 10.0
NOWHERE = "1"
"""An id that nothing has."""

SEND = "POST /channels/{channel_id}/messages"
ANSWER = "POST /interactions/{interaction_id}/{interaction_token}/callback"


class Speaker(PlainSpeaker):
    """Says the facts as the platform shows them, or the id where there are none."""

    def say(self, text: Text, voice: Voice, now: datetime, shows: Shows) -> str:  # noqa: ARG002 - the port's
        def spoken(fact: Fact) -> str:
            match fact:
                case Said():
                    return shows.said(fact.words)
                case Member() | Room():
                    return shows.name(fact)
                case _:
                    return str(fact)

        return " ".join(spoken(fact) for fact in text.facts.values()) or text.id


@dataclass
class Core(NotingSink):
    """A core that notes what it is asked, and can be made to answer otherwise, late or not at all."""

    answers: Callable[[Intent], Reply] | None = None
    held: asyncio.Event | None = None
    """What it waits for before it answers."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, intent: Intent) -> Reply:
        reply = await super().ask(intent)
        self.asked.set()
        if self.held is not None:
            await self.held.wait()
        return self.answers(intent) if self.answers is not None and reply.card is not None else reply

    @property
    def commands(self) -> list[str]:
        """What it was asked for."""
        return [intent.command for intent in self.intents]


class Hurried:
    """Stands for ``asyncio`` in modules that wait by the clock: they wait for nothing, and how long is noted.

    ``waits`` are those of the client library, ``pauses`` those of our own connection.
    """

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.pauses: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)


def hurry(monkeypatch: pytest.MonkeyPatch) -> Hurried:
    """Let discord.py and our own connection sit out no pause between tries."""
    hurried, ours = Hurried(), Hurried()
    hurried.pauses = ours.waits
    for module in (discord.http, discord.client, discord.shard, discord.webhook.async_):
        monkeypatch.setattr(module, "asyncio", hurried)
    monkeypatch.setattr(connection, "asyncio", ours)
    return hurried


class Runs:
    """Adapters at the stand-in, each in a task of its own."""

    def __init__(self, there: StandIn, core: Core) -> None:
        self._there = there
        self._core = core
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def begin(self, *, token: str = "", **options: Any) -> DiscordAdapter:
        """Return an adapter that begins to run."""
        clock = StillClock(self._there.now())
        token = token or self._there.token
        adapter = DiscordAdapter(token, Speaker(), buttons(), clock, SeededChance(1), ready_timeout=0.01, **options)
        self._tasks[id(adapter)] = asyncio.create_task(adapter.run(self._core))
        return adapter

    async def start(self, **options: Any) -> DiscordAdapter:
        """Return an adapter that is connected."""
        adapter = self.begin(**options)
        await self.ready(adapter)
        return adapter

    async def ready(self, adapter: DiscordAdapter) -> None:
        """Wait until an adapter is connected."""
        connected = asyncio.create_task(adapter.ready())
        await asyncio.wait((connected, self._tasks[id(adapter)]), timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        assert connected.done(), "the adapter did not become ready"

    def running(self, adapter: DiscordAdapter) -> bool:
        """Return whether an adapter runs still."""
        return not self._tasks[id(adapter)].done()

    async def end_of(self, adapter: DiscordAdapter) -> str:
        """Wait until an adapter ends by itself, and return the code of its reason."""
        with pytest.raises(StartError) as caught:
            await asyncio.wait_for(self._tasks[id(adapter)], PATIENCE)
        return caught.value.code

    async def stop(self, adapter: DiscordAdapter) -> None:
        """End an adapter, as the bot does when it is told to stop."""
        task = self._tasks[id(adapter)]
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def close(self) -> None:
        """End all."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


def read(message: Message) -> str:
    """Return what a person reads, without marks of the text and the line that stands under private messages."""
    lines = [line for line in message.text.split("\n") if not line.startswith("-# ")]
    words = re.sub(r"^#{1,3} ", "", "\n".join(lines), flags=re.MULTILINE)
    return re.sub(r"\\([^\w\s])", r"\1", words).translate({0x2068: None, 0x2069: None, 0x200B: None})


@dataclass
class Seen:
    """The stand-in, as the shared contract looks at it."""

    there: StandIn
    people: dict[str, Person]

    def channel(self, place: Place) -> Channel:
        if isinstance(place, Member):
            return self.people[place.id].dm
        return self.there.world.channels[int(place.id)]

    def seen(self, place: Place) -> tuple[str, ...]:
        """Return what the bot wrote at a place, oldest first."""
        bot = self.there.world.bot
        return tuple(read(message) for message in self.channel(place).messages if message.author is bot)

    def close(self, member: Member) -> None:
        self.people[member.id].close_dms()

    async def hush(self, room: Room) -> None:
        guild = self.there.world.guilds[self.channel(room).guild_id or 0]
        self.there.accidents.take_from_bot(guild, permissions.SEND_MESSAGES | permissions.PIN_MESSAGES)

    async def press(self, member: Member, button: str) -> None:
        await self.people[member.id].press_raw(button)


def member(person: Person) -> Member:
    return Member(PLATFORM, str(person.id))


def room(channel: Channel) -> Room:
    return Room(PLATFORM, str(channel.id))


def space(guild: Guild) -> Space:
    return Space(PLATFORM, str(guild.id))


def card(words: str = "hello", *choices: Choice) -> Card:
    return Card((text("said", words=Said(words)),), choices=choices)


async def say(adapter: DiscordAdapter, to: Place, *, key: str = "key-1", words: str = "hello") -> Result:
    """Let the adapter say something."""
    return await adapter.perform(key, "mark-1", Say(to, card(words)), Voice())


def asked(there: StandIn, method: str, route: str) -> list[int]:
    """Return how each request to a route was answered."""
    return [one.status for one in there.requests if (one.method, one.route) == (method, route)]
