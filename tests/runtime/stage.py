"""A platform of paper, with a transcript of what people would see; and what else a runtime needs around it."""
# ruff: noqa: ARG002 - it has the shape of the ports

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.clock import VirtualClock
from bot.contract.card import Card
from bot.contract.effect import (
    Absent,
    Accepted,
    Delete,
    Effect,
    Found,
    MakeEvent,
    MakeRoom,
    NotSent,
    Refused,
    Result,
    Say,
    Unreadable,
    Unsure,
)
from bot.contract.facts import Answer, Present, Question, Readers, Right, Standing, WhoIs, WhoReads
from bot.contract.intent import Intent, Reply
from bot.contract.params import Raw
from bot.contract.place import Member, Place, Room, Space
from bot.contract.ports import Sink
from bot.contract.text import Fact, Said, Voice

START = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
SAFE = timedelta(seconds=60)
ANN = Member("stage", "ann")
BEN = Member("stage", "ben")
HOME = Space("stage", "home")
HALL = Room("stage", "hall")
PORCH = Room("stage", "porch")


class Chances:
    """Chance that is the same for the same event."""

    def __init__(self, key: str) -> None:
        self._random = random.Random(key)

    def new_id(self) -> str:
        return "".join(self._random.choices("abcdefghijklmnop234567", k=16))

    def flip(self) -> bool:
        return self._random.random() < 0.5

    def salt(self) -> bytes:
        return self._random.randbytes(16)


class NoSealer:
    def seal(self, value: str, until: datetime) -> str:
        return value

    def unseal(self, subject: str, now: datetime) -> str | None:
        return subject

    def pair(self, one: bytes, other: bytes) -> bytes:
        return bytes(32)

    def one_sided(self, owner: bytes, other: Member) -> bytes:
        return bytes(32)


@dataclass(frozen=True)
class Line:
    """One message that people see."""

    place: Place
    words: str
    id: str
    mark: str


Fault = str
"""What happens to a call: ``ok``, ``landed`` (arrived, answer lost), ``lost`` (neither), ``late`` (answer lost, arrives
within the quarantine), ``notsent``, ``refused``, ``raise`` (arrived, the adapter raises), ``raise lost``."""


class Stage:
    """The platform and its adapter in one. It outlives the crashes of the runtime."""

    def __init__(self, clock: VirtualClock, platform: str = "stage", safe: timedelta = SAFE) -> None:
        self.clock = clock
        self.transcript: list[Line] = []
        self.fault: Callable[[str], Fault] = lambda _key: "ok"
        self.rights: dict[str, Right] = {"ann": Right.MEMBER, "ben": Right.MEMBER}
        self.away = False
        self.blind = False
        self.told: list[Question] = []
        self.calls: list[tuple[str, str, Effect]] = []
        self.sink: Sink | None = None
        self.hold: asyncio.Event | None = None
        self.held = 0
        self.listening = asyncio.Event()
        self.listening.set()
        self._platform = platform
        self._safe = safe
        self._keys: dict[str, tuple[datetime, str]] = {}
        self._late: list[tuple[datetime, str, str, Effect]] = []

    @property
    def platform(self) -> str:
        return self._platform

    @property
    def capabilities(self) -> frozenset[str]:
        return frozenset({"rooms"})

    @property
    def safe(self) -> timedelta:
        return self._safe

    async def run(self, sink: Sink) -> None:
        self.sink = sink
        await asyncio.Event().wait()

    async def tell(self, question: Question) -> Answer:
        self.told.append(question)
        await self.listening.wait()
        if self.away:
            raise ConnectionError
        match question:
            case WhoIs(member=member):
                return Standing(self.rights.get(member.id, Right.NONE))
            case WhoReads():
                return Readers(())
        return Present(None)

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if self.hold is not None:
            self.held += 1
            await self.hold.wait()
        self.calls.append((key, mark, effect))
        self.pass_time()
        match self.fault(key):
            case "landed":
                self._land(key, mark, effect)
                return Unsure()
            case "lost":
                return Unsure()
            case "late":
                self._late.append((self.clock.now() + self._safe / 2, key, mark, effect))
                return Unsure()
            case "notsent" | "notsent soon" as how:
                return NotSent(3.0 if how == "notsent" else 0.01)
            case "refused":
                return Refused("closed")
            case "raise":
                self._land(key, mark, effect)
                raise ConnectionError("what somebody wrote")
            case "raise lost":
                raise ConnectionError("what somebody wrote")
        return Accepted(self._land(key, mark, effect))

    def pass_time(self) -> None:
        for late in sorted((one for one in self._late if one[0] <= self.clock.now()), key=lambda one: one[:2]):
            self._late.remove(late)
            at, key, mark, effect = late
            self._land(key, mark, effect, at)

    def _land(self, key: str, mark: str, effect: Effect, at: datetime | None = None) -> str:
        """Make it seen, unless its key was seen within the platform's window."""
        now = at or self.clock.now()
        before = self._keys.get(key)
        # Platforms keep keys for longer than they may be used, by as much as a call may be on its way.
        if before is not None and now - before[0] <= self._safe * 1.5:
            return before[1]
        id_ = f"message{len(self.transcript)}"
        self._keys[key] = (now, id_)
        match effect:
            case Say():
                self.transcript.append(Line(effect.to, words(effect.card), id_, mark))
            case MakeRoom() | MakeEvent():
                self.transcript.append(Line(Room(self._platform, id_), "room", id_, mark))
            case Delete():
                self.transcript = [line for line in self.transcript if line.id != effect.post.id]
        return id_

    async def find(self, mark: str, effect: Effect) -> Found:
        self.pass_time()
        if self.away:
            raise ConnectionError
        if self.blind:
            return Unreadable()
        return next((Accepted(line.id) for line in self.transcript if line.mark == mark), Absent())

    def seen(self, place: Place | None = None) -> list[str]:
        self.pass_time()
        return [line.words for line in self.transcript if place in {None, line.place}]


def words(card: Card | None) -> str:
    """What a card says, for tests: ids of texts with their facts."""
    if card is None:
        return "-"
    return " | ".join(
        " ".join([line.id, *(f"{name}={_fact(value)}" for name, value in line.facts.items())]) for line in card.lines
    )


def _fact(value: Fact) -> str:
    if isinstance(value, tuple):
        return "+".join(_fact(one) for one in value)
    return value.words if isinstance(value, Said) else str(value)


async def until(true: Callable[[], bool]) -> None:
    """Let the loops go on until something is so."""
    while not true():  # noqa: ASYNC110 - what is waited for are the loops themselves
        await asyncio.sleep(0)


def ask(key: str, command: str, subject: str = "", **args: Raw) -> Intent:
    """An intent of Ann's in the hall of her community."""
    return Intent(key, command, ANN, args, subject, HOME, HALL, "en")


def private(intent: Intent, member: Member = ANN) -> Intent:
    return replace(intent, space=None, room=None, member=member)


def said(reply: Reply) -> str:
    return words(reply.card)
