"""A desk to try commands at: the real store and the real runtime, a platform that is a dictionary, a clock to wind.

```python
async def test_quiet(world: Desk) -> None:
    reply = await world.ask("birch", "mine quiet", quiet_from="22:00", quiet_to="07:00")
    assert "mine-saved" in reply
    await world.press("birch", reply, "mine settings")
```
"""

import itertools
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from bot.app import calendars
from bot.chance import SeededChance
from bot.clock import VirtualClock
from bot.contract.card import Card, Choice, Form
from bot.contract.command import Catalogue
from bot.contract.effect import (
    Absent,
    Accepted,
    Delete,
    Edit,
    Effect,
    Found,
    Invite,
    Leave,
    MakeRoom,
    NotSent,
    Refused,
    Remove,
    Result,
    Say,
)
from bot.contract.facts import (
    Answer,
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
)
from bot.contract.intent import Intent
from bot.contract.params import Raw
from bot.contract.place import Member, Place, Room, Space
from bot.contract.ports import Capability, Sink
from bot.contract.queues import WorkTx
from bot.contract.tables import Profile
from bot.contract.text import Fact, Plain, Text, Voice, text
from bot.i18n import Fluent
from bot.runtime import Runtime
from bot.store.engine import SqlStore
from bot.store.lifetimes import Lifetimes
from bot.store.sealed import Keys, SealedSubjects
from commands import CATALOGUE
from tests.feeds import FEEDS

T = TypeVar("T")

PLATFORM: Final = "local"
START: Final = datetime(2027, 3, 4, 12, tzinfo=UTC)
"""A Thursday at noon."""

GROVE: Final = Space(PLATFORM, "grove")
HALL: Final = Room(PLATFORM, "hall")
MEMBERS: Final = ("birch", "alder", "rowan", "hazel")
MODERATOR: Final = "linden"
STRANGER: Final = "stranger"

SPEAKER: Final = Fluent()


def member(name: str) -> Member:
    """Return somebody by name."""
    return Member(PLATFORM, name)


def _ids(fact: Fact) -> tuple[str, ...]:
    match fact:
        case Text():
            return (fact.id, *(name for inner in fact.facts.values() for name in _ids(inner)))
        case tuple():
            return tuple(name for inner in fact for name in _ids(inner))
        case _:
            return ()


@dataclass(frozen=True)
class Shown:
    """A card as somebody saw it. ``"some-text-id" in shown`` asks for a sentence, or one inside a sentence."""

    card: Card | None
    voice: Voice
    at: datetime

    @property
    def texts(self) -> tuple[Text, ...]:
        """The title and the lines."""
        if self.card is None:
            return ()
        return (*((self.card.title,) if self.card.title else ()), *self.card.lines)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its sentences, those inside others included."""
        return tuple(name for line in self.texts for name in _ids(line))

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says, line by line."""
        return tuple(
            SPEAKER.say(line, self.voice, self.at, Plain(lambda who: who.id)).translate({0x2068: None, 0x2069: None})
            for line in self.texts
        )

    @property
    def words(self) -> str:
        """What it says."""
        return "\n".join(self.lines)

    @property
    def actions(self) -> tuple[str, ...]:
        """What can be pressed."""
        return tuple(choice.action for choice in self.card.choices) if self.card else ()

    def choice(self, action: str, subject: str | None = None) -> Choice:
        """Return a choice by its action, and its subject where that is given."""
        choices = self.card.choices if self.card else ()
        return next(one for one in choices if one.action == action and subject in {None, one.subject})

    def __contains__(self, message: object) -> bool:
        return message in self.ids


@dataclass
class Platform:
    """A platform that is a dictionary (a `bot.contract.ports.Adapter`).

    Attributes:
        standings: Who is in the space, and as what. Change it as you like.
        closed: Names of those who take no private messages.
        away: It answers no question and takes nothing.
        posts: What stands where, by id of the message; what was taken away is not in it.
        said: Everything that was ever posted, in order: id, place and what was shown.
        effects: Every effect that was performed, in order.
        inside: Who is in which room that the bot made, by the room's id.
        shut: Ids of rooms that are closed.
        keeps: What it says that it keeps about somebody.
        lacks: What the bot may not do anywhere (`bot.contract.facts.Act` names).
        wide: More people can read the rooms that the bot makes than they were made for.
        refuses: Why nothing can be said in a room, by its id: ``gone``, ``forbidden``.
        against: Why an effect is refused, by its kind.
        spoken: When somebody last wrote in a room, by its id.
        mute: It does not say when somebody last wrote.
    """

    clock: VirtualClock
    standings: dict[str, Standing] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    away: bool = False
    posts: dict[str, tuple[Place, Shown]] = field(default_factory=dict)
    said: list[tuple[str, Place, Shown]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    done: dict[str, Accepted] = field(default_factory=dict)
    inside: dict[str, set[str]] = field(default_factory=dict)
    shut: set[str] = field(default_factory=set)
    keeps: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    lacks: set[str] = field(default_factory=set)
    wide: bool = False
    refuses: dict[str, str] = field(default_factory=dict)
    against: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, datetime] = field(default_factory=dict)
    mute: bool = False
    platform: str = PLATFORM
    capabilities: frozenset[str] = frozenset(
        {
            Capability.ROOMS,
            Capability.HANDLES,
            Capability.MEMBERS,
            Capability.EDITS,
            Capability.FORMS,
            Capability.PINS,
            Capability.READS_BACK,
        }
    )
    safe: timedelta = timedelta(days=1)

    async def run(self, sink: Sink) -> None:
        """Serve nobody: tests ask through the desk."""
        raise NotImplementedError

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:  # noqa: ARG002, C901 - a port
        """Do it, once a key."""
        if self.away:
            return NotSent(60)
        if key in self.done:
            return self.done[key]
        if why := self._why_not(effect):
            return Refused(why)
        self.effects.append(effect)
        shown = Shown(effect.card, voice, self.clock.now()) if isinstance(effect, Say | Edit) else None
        made = f"m{len(self.effects)}"
        match effect:
            case Say():
                assert shown is not None
                self.posts[made] = (effect.to, shown)
                self.said.append((made, effect.to, shown))
            case Edit():
                assert shown is not None
                self.posts[effect.post.id] = (effect.post.place, shown)
            case Delete():
                self.posts.pop(effect.post.id, None)
            case Leave(room) if effect.close:
                self.shut.add(room.id)
            case Leave():
                self.posts = {name: post for name, post in self.posts.items() if post[0] != effect.room}
            case MakeRoom():
                made = f"room{len(self.effects)}"
            case Invite(room) if room.id in self.shut:
                return Refused("gone")
            case Invite(room) | Remove(room):
                inside = self.inside.setdefault(room.id, set())
                (inside.add if isinstance(effect, Invite) else inside.discard)(effect.member.id)
            case _:
                pass
        self.done[key] = Accepted(made)
        return self.done[key]

    def _why_not(self, effect: Effect) -> str:
        """Return why an effect is refused; empty where it is not."""
        if not isinstance(effect, Say):
            return self.against.get(type(effect).__name__, "")
        to = effect.to
        return "closed" if isinstance(to, Member) and to.id in self.closed else self.refuses.get(to.id, "")

    async def find(self, mark: str, effect: Effect) -> Found:  # noqa: ARG002 - a port
        """Find nothing: what was performed was answered."""
        return Absent()

    async def tell(self, question: Question) -> Answer:  # noqa: PLR0911 - one a question
        """Answer from the dictionary."""
        if isinstance(question, WhatIsKept):
            return Keeps((text("keeps-local"),) if question.member is None else self.keeps.get(question.member.id, ()))
        if self.away:
            return Unanswered()
        match question:
            case WhoIs(who, spaces):
                return self.standings.get(who.id, Standing(Right.NONE)) if GROVE in spaces else Standing(Right.NONE)
            case IsInside(room, who):
                inside = self.inside.get(room.id, set())
                return Inside(who.id in inside, len(inside - {who.id}), closed=room.id in self.shut)
            case WhenSpoken(room):
                return Unanswered() if self.mute else Spoken(self.spoken.get(room.id))
            case WhoIsIn():
                present = (name for name, known in self.standings.items() if known.right > Right.NONE)
                return Present(tuple(member(name) for name in present))
            case WhatIsMissing(place, acts):
                shown = Room(place.platform, place.id)
                return Missing(tuple(text("missing-local", place=shown) for one in sorted(acts) if one in self.lacks))
            case _:
                return Readers((text("who-reads-local-room"),) if self.wide else (), wider=self.wide)


class Desk:
    """The bot, a small community, and a clock."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue = CATALOGUE,
        start: datetime = START,
        seed: int = 1,
        lifetimes: Lifetimes | None = None,
        *,
        feeds: bool = True,
    ) -> None:
        """Put it together; `desk` opens it."""
        self.path = folder / "porchlight.db"
        self.clock = VirtualClock(start)
        self.platform = Platform(self.clock)
        for name in (*MEMBERS, MODERATOR):
            right = Right.MODERATOR if name == MODERATOR else Right.MEMBER
            self.platform.standings[name] = Standing(right, joined_at=start - timedelta(days=100))
        self.keys = Keys.load_or_make(folder / "porchlight.key")
        self.store = SqlStore(self.path, self.keys, self.clock, lifetimes=lifetimes or Lifetimes())
        self.calendars = calendars(self.store, SPEAKER, self.clock, FEEDS if feeds else None, lambda: self.runtime)
        self.runtime = Runtime(
            self.store,
            self.clock,
            catalogue,
            {PLATFORM: self.platform},
            lambda key: SeededChance(f"{seed} {key}"),
            SealedSubjects(self.keys),
            self.keys.relay,
            calendars=self.calendars,
        )
        self._events = itertools.count(1)

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.clock.now()

    def intent(
        self,
        name: str,
        command: str,
        args: Mapping[str, Raw] | None = None,
        *,
        subject: str = "",
        here: bool | Room = False,
        locale: str = "en",
        key: str = "",
    ) -> Intent:
        """Return an intent; ``here``: in the community's hall, or in that room of it; else in private."""
        return Intent(
            key=key or f"event-{next(self._events)}",
            command=command,
            member=member(name),
            args=dict(args or {}),
            subject=subject,
            space=GROVE if here else None,
            room=(here if isinstance(here, Room) else HALL) if here else None,
            locale=locale,
        )

    async def send(self, intent: Intent, *, settle: bool = True) -> Shown:
        """Hand an intent over and return the answer; what is due and what is to leave happens at once."""
        reply = await self.runtime.sink.ask(intent)
        if settle:
            await self.runtime.settle()
        return Shown(reply.card, reply.voice, self.now)

    async def ask(
        self,
        name: str,
        command: str,
        args: Mapping[str, Raw] | None = None,
        *,
        subject: str = "",
        here: bool | Room = False,
        locale: str = "en",
        **more: Raw,
    ) -> Shown:
        """Let somebody type a command, or press a choice by its action and subject.

        Free text is shown back first; this confirms it and returns what came of it.
        """
        given = {**(args or {}), **more}
        shown = await self.send(self.intent(name, command, given, subject=subject, here=here, locale=locale))
        return await self.press(name, shown, "draft.use") if "draft.use" in shown.actions else shown

    async def press(
        self,
        name: str,
        shown: Shown,
        action: str,
        subject: str | None = None,
        *,
        here: bool | Room = False,
        **more: Raw,
    ) -> Shown:
        """Let somebody press a choice they were shown; ``here`` as for `intent`."""
        return await self.ask(name, action, more, subject=shown.choice(action, subject).subject, here=here)

    async def form(self, name: str, command: str, *, subject: str = "", here: bool = False) -> Form:
        """Return the form of a command."""
        form = await self.runtime.sink.form(self.intent(name, command, subject=subject, here=here))
        assert isinstance(form, Form)
        return form

    def sent_to(self, name: str) -> tuple[Shown, ...]:
        """Return everything that was ever posted to a member privately, taken away or not."""
        return tuple(shown for _, place, shown in self.platform.said if place == member(name))

    def standing_before(self, name: str) -> tuple[Shown, ...]:
        """Return what stands in a member's private conversation now, as it was edited last."""
        return tuple(shown for place, shown in self.platform.posts.values() if place == member(name))

    def becomes(self, name: str, **facts: object) -> None:
        """Change what the platform knows of somebody: ``right``, ``able``, ``joined_at``, ``roles``."""
        known = self.platform.standings.get(name, Standing(Right.NONE))
        self.platform.standings[name] = replace(known, **facts)  # type: ignore[arg-type]

    async def wind(self, **length: float) -> None:
        """Let time pass (``hours=1``); what is due on the way happens on the way."""
        await self.runtime.wind(self.now + timedelta(**length))

    async def wind_to(self, at: datetime) -> None:
        """Let time pass until an instant."""
        await self.runtime.wind(at)

    async def settle(self) -> None:
        """Let everything happen that is due now."""
        await self.runtime.settle()

    async def read(self, work: Callable[[WorkTx], T]) -> T:
        """Look into the store."""
        return await self.store.read(work)

    async def write(self, work: Callable[[WorkTx], T]) -> T:
        """Change something in the store behind the bot's back."""
        return await self.store.write(work)

    async def profile(self, name: str) -> Profile | None:
        """Return somebody's profile."""
        return await self.read(lambda tx: tx.members.find(member(name)))

    async def community(self) -> str:
        """Return the id of the community."""
        found = await self.read(lambda tx: tx.communities.of_space(GROVE))
        assert found is not None
        return found.id

    def rows(self, *but: str) -> Mapping[str, tuple[tuple[object, ...], ...]]:
        """Return every row of every table as the file has it, without the keys of events and the tables in ``but``."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                table: tuple(sorted(database.execute(f'SELECT * FROM "{table}"'), key=repr))  # noqa: S608 - our own names
                for table in sorted(tables)
                if table not in {"seen", *but} and not table.startswith("sqlite_")
            }


@asynccontextmanager
async def desk(folder: Path, *, set_up: bool = True, **more: object) -> AsyncIterator[Desk]:
    """Open a desk in a folder; with ``set_up`` the moderator has set the community up.

    When it closes, whatever could be pressed in a room must have had words of its own: on Matrix those are what
    somebody who waves at the card reads.
    """
    opened = Desk(folder, **more)  # type: ignore[arg-type]
    async with opened.store.session():
        if set_up:
            await opened.press(MODERATOR, await opened.ask(MODERATOR, "setup", here=True), "setup.here")
        yield opened
    cards = [shown.card for _, to, shown in opened.platform.said if isinstance(to, Room) and shown.card is not None]
    offered = {choice.action for card in cards for choice in card.choices}
    described = {name: CATALOGUE.commands[name].text_id for name in offered & CATALOGUE.commands.keys()}
    assert sorted(name for name, id_ in described.items() if SPEAKER.plain(text(id_), "en") == id_) == []
