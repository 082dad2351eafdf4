"""Stand-ins for the core, for tests of the local adapter alone."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from adapters.local import LocalAdapter, World
from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Field, Form
from bot.contract.command import Catalogue, Command, Turn
from bot.contract.effect import Relay
from bot.contract.intent import Intent, Reply
from bot.contract.params import Picks, Someone, Whole, Words, YesNo, param, params
from bot.contract.place import Member, Place, Room
from bot.contract.tables import Tx
from bot.contract.text import Fact, Said, Shows, Text, Voice, text

NOW = datetime(2027, 3, 4, 18, tzinfo=UTC)
KEY = b"k" * 32


class PlainSpeaker:
    """Says the facts, or the id where there are none."""

    locales = ("en", "de")

    def say(self, text: Text, voice: Voice, now: datetime, shows: Shows) -> str:  # noqa: ARG002
        def spoken(fact: Fact) -> str:
            if isinstance(fact, Said):
                return fact.words
            return shows.name(fact) if isinstance(fact, Member | Room) else str(fact)

        return " ".join(spoken(fact) for fact in text.facts.values()) or text.id

    def plain(self, text: Text, locale: str) -> str:  # noqa: ARG002 - the port's
        return text.id


@dataclass
class StillClock:
    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant

    async def sleep_until(self, instant: datetime) -> None:  # noqa: ARG002 - it stands still
        await asyncio.Event().wait()


@dataclass(frozen=True, slots=True)
class LightOn:
    hours: int = param(Whole(1, 12), default=4)


@dataclass(frozen=True, slots=True)
class Apart:
    member: Member = param(Someone())
    sure: bool = param(YesNo(), default=True)


@dataclass(frozen=True, slots=True)
class Many:
    languages: tuple[str, ...] = param(Picks(("en", "de")), default=())
    note: str = param(Words(100), default="")


def nothing(_: Turn[object], __: Tx) -> Card | Relay:
    raise AssertionError


CATALOGUE = Catalogue(
    (
        Command("peer ask", nothing, args=Many, form=True),
        Command("peer apart", nothing, args=Apart),
        Command("peer light on", nothing, args=LightOn),
        Command("peer light off", nothing),
        Command("peer.yes", nothing),
        Command("mine data", nothing, reads=True, community=False),
        Command("about.unknown", nothing, reads=True, community=False),
        Command("about.old-button", nothing, reads=True, community=False),
    ),
    (),
    (),
)


@dataclass
class NotingSink:
    """A core that notes what it is asked and answers with the command's name and one choice."""

    intents: list[Intent] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    catalogue: Catalogue = CATALOGUE

    async def ask(self, intent: Intent) -> Reply:
        self.intents.append(intent)
        if intent.key in self.seen and intent.command != "mine data":
            return Reply(None, Voice("en"))
        self.seen.add(intent.key)
        yes = Choice("peer.yes", text("say-yes"), "abc")
        ask = Choice("peer ask", text("ask"), "def")
        return Reply(Card((text("said", words=Said(intent.command)),), choices=(yes, ask)), Voice("en"))

    async def form(self, intent: Intent) -> Form | Reply:
        self.intents.append(intent)
        asked = tuple(
            Field(one.name, one.kind, text(f"param-{one.name}"), one.required)
            for one in params(self.catalogue.commands[intent.command].args)
        )
        return Form(intent.command, text("title"), asked, intent.subject)


@dataclass
class LocalPlatform:
    """The world, as the shared tests look at it."""

    adapter: LocalAdapter

    @property
    def world(self) -> World:
        return self.adapter.world

    def seen(self, place: Place) -> tuple[str, ...]:
        where = f"@{place.id}" if isinstance(place, Member) else place.id
        return tuple(message.text for message in self.world.messages(where))

    def close(self, member: Member) -> None:
        self.world.change(member.id, NOW, open=False)

    async def hush(self, room: Room) -> None:
        self.world.leave(room.id, NOW, "hush")

    async def press(self, member: Member, button: str) -> None:
        await self.adapter.press(member.id, button)


def buttons() -> Buttons:
    return Buttons(KEY)
