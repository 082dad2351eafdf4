"""Live facts: what only the platform knows at this moment.

A handler is a plain function inside a transaction and cannot wait for a network. It asks `Live`; where the
answer is not there yet, or is too old, `Wanting` ends the attempt, dispatch rolls back, fetches what was wanted
and runs the handler again. So a handler reads from top to bottom, no network call sits inside a transaction, and
which facts a command needs is said once: where it uses them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from bot.contract.place import Member, Room, Space
from bot.contract.text import Text

USUAL_AGE = timedelta(seconds=60)
"""How old a live fact may be where nobody is named on its strength."""

NAMING_AGE = timedelta(seconds=5)
"""How old a live fact may be where somebody is about to be asked or named."""


class Right(IntEnum):
    """What somebody may do in a community, in rising order. A host is one by a row of ours, never by the platform."""

    NONE = 0
    MEMBER = 1
    HOST = 2
    MODERATOR = 3


@dataclass(frozen=True, slots=True)
class WhoIs:
    """Is this member in one of these spaces, and as what?"""

    member: Member
    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's standing in a community, read from the platform.

    Attributes:
        right: ``NONE`` when they are not in any of the spaces, or are banned.
        able: False while a moderator's time-out keeps them from speaking.
        joined_at: When they first came; None where the platform cannot tell.
        roles: Opaque ids of the platform's roles or rooms they belong to, for introduction groups.
    """

    right: Right
    able: bool = True
    joined_at: datetime | None = None
    roles: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class WhoReads:
    """Who can read this room, besides those who are invited into it?

    ``visible``: it was made to be looked into by the members of its space (`bot.contract.effect.MakeRoom`), so that
    they are not more than it was made for.
    """

    room: Room
    visible: bool = False


@dataclass(frozen=True, slots=True)
class Readers:
    """Who can read a room, as sentences of the adapter's own (``who-reads-*``) that are true on its platform.

    ``wider`` says that more people can read than the room was made for; then nobody is let in.
    """

    lines: tuple[Text, ...]
    wider: bool = False


@dataclass(frozen=True, slots=True)
class WhoIsIn:
    """Which members are in these spaces, where the platform lets a bot know?"""

    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """The members of a space; None where the platform keeps that from bots."""

    members: tuple[Member, ...] | None


@dataclass(frozen=True, slots=True)
class WhenSpoken:
    """When did a person last write in this room, where the platform shows that without their text?"""

    room: Room


@dataclass(frozen=True, slots=True)
class Spoken:
    """When a person last wrote; None where nobody did, or where a bot cannot know without reading."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many people are in a room that the bot made? Not who: that is not for a bot to list."""

    room: Room


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, the bot itself left out; None where the platform keeps that from bots."""

    number: int | None


@dataclass(frozen=True, slots=True)
class IsInside:
    """Is this member, who asks for something there, in a room that the bot made?"""

    room: Room
    member: Member


@dataclass(frozen=True, slots=True)
class Inside:
    """Where somebody stands towards a room that the bot made.

    Attributes:
        here: They are in it.
        others: How many people are in it besides them, the bot left out; None where the platform keeps that from bots.
        closed: It is archived: nobody is let in.
        asked: They are not in it yet, but were asked in, where a platform lets people come when they like.
    """

    here: bool
    others: int | None = None
    closed: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class WhatIsKept:
    """What does the adapter of a platform itself keep, besides what the core's tables hold?

    With a ``member``: about them, at this moment. Without: what it keeps at all, for how long, and how it listens.
    """

    platform: str
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class Keeps:
    """What an adapter keeps, as sentences of its own (``keeps-*``).

    Lifetimes and numbers in them are facts, taken from the constants by which things are deleted.

    About a member, no sentence means that nothing is kept.
    """

    lines: tuple[Text, ...]


class Act:
    """Names of what the bot does at a place of a community, and may be kept from."""

    WRITE = "write"
    """See a room, and post and take away cards there."""
    PIN = "pin"
    """Pin what was posted in a room."""
    ROOMS = "rooms"
    """Make private rooms in a space."""
    VISIBLE = "visible"
    """Make rooms in a space into which its members may look, where a platform has such."""
    ERASE = "erase"
    """Delete rooms that the bot made, where a platform keeps them; with `VISIBLE`, those that members may look into."""
    TAKE_OUT = "take out"
    """Take somebody out of a room that the bot made, on their own wish. What is missing says how they leave without."""
    EVENTS = "events"
    """Show what takes place in a room among the events of its space, where a platform has such."""


@dataclass(frozen=True, slots=True)
class WhatIsMissing:
    """What stands against the bot's doing something at a place, at this moment?

    Attributes:
        place: A room; for `Act.ROOMS`, `Act.VISIBLE` and `Act.ERASE` a space.
        acts: `Act` names.
    """

    place: Room | Space
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Missing:
    """What would be refused, as sentences of the adapter's own (``missing-*``) that say how to mend it.

    No sentence means that nothing stands against it, as far as a platform tells before it is done.
    """

    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The platform could not be asked. Nothing is done on the strength of not knowing."""


Question = WhoIs | WhoReads | WhoIsIn | WhenSpoken | HowMany | IsInside | WhatIsKept | WhatIsMissing
Answer = Standing | Readers | Present | Spoken | Count | Inside | Keeps | Missing | Unanswered


@dataclass(frozen=True, slots=True)
class Known:
    """An answer and when it was true. Adapters send those that came with an event along with its intent."""

    question: Question
    answer: Answer
    at: datetime


class Wanting(Exception):  # noqa: N818 - not an error: a request to dispatch
    """A handler needs live facts that are not there, or are too old."""

    def __init__(self, *questions: Question) -> None:
        """Name what is wanted; several at once where that is known, since they are asked side by side."""
        super().__init__()
        self.questions = questions


class Unreachable(Exception):  # noqa: N818 - spoken as a refusal
    """A live fact was needed and its platform did not answer. Dispatch says so kindly; jobs are tried again."""


class Live:
    """The live facts of one turn."""

    def __init__(self, now: datetime, known: Mapping[Question, Known]) -> None:
        """Take what is known so far; ``now`` is the turn's."""
        self._now = now
        self._known = known

    def _answer(self, question: Question, age: timedelta) -> Answer:
        known = self._known.get(question)
        if known is None or self._now - known.at > age:
            raise Wanting(question)
        if isinstance(known.answer, Unanswered):
            raise Unreachable
        return known.answer

    def expect(self, questions: Iterable[Question], age: timedelta = USUAL_AGE) -> None:
        """Make sure of several answers at once, before they are looked at one by one."""
        missing = [one for one in questions if one not in self._known or self._now - self._known[one].at > age]
        if missing:
            raise Wanting(*missing)

    def standing(self, member: Member, spaces: tuple[Space, ...], age: timedelta = USUAL_AGE) -> Standing:
        """Return a member's standing in the spaces of a community on the member's platform."""
        here = tuple(space for space in spaces if space.platform == member.platform)
        if not here:
            return Standing(Right.NONE)
        answer = self._answer(WhoIs(member, here), age)
        assert isinstance(answer, Standing)  # noqa: S101 - the adapter's contract test proves it
        return answer

    def readers(self, room: Room, *, visible: bool = False) -> Readers:
        """Return who can read a room; ``visible`` says what it was made for, and so what is wider (`WhoReads`)."""
        answer = self._answer(WhoReads(room, visible), NAMING_AGE)
        assert isinstance(answer, Readers)  # noqa: S101 - the adapter's contract test proves it
        return answer

    def present(self, spaces: tuple[Space, ...]) -> tuple[Member, ...] | None:
        """Return the members of the spaces, or None where the platform keeps that from bots."""
        answer = self._answer(WhoIsIn(spaces), USUAL_AGE)
        assert isinstance(answer, Present)  # noqa: S101 - the adapter's contract test proves it
        return answer.members

    def people(self, room: Room) -> int | None:
        """Return how many people are in a room that the bot made; None where that cannot be known."""
        answer = self._answer(HowMany(room), NAMING_AGE)
        assert isinstance(answer, Count)  # noqa: S101 - the adapter's contract test proves it
        return answer.number

    def inside(self, room: Room, member: Member) -> Inside:
        """Return where somebody stands towards a room that the bot made."""
        answer = self._answer(IsInside(room, member), NAMING_AGE)
        assert isinstance(answer, Inside)  # noqa: S101 - the adapter's contract test proves it
        return answer

    def kept(self, platform: str, member: Member | None = None) -> tuple[Text, ...]:
        """Return what a platform's adapter itself keeps, about a member or at all."""
        answer = self._answer(WhatIsKept(platform, member), NAMING_AGE)
        assert isinstance(answer, Keeps)  # noqa: S101 - the adapter's contract test proves it
        return answer.lines

    def missing(self, place: Room | Space, acts: frozenset[str]) -> tuple[Text, ...]:
        """Return what would be refused if the bot did something at a place now, with how to mend it."""
        answer = self._answer(WhatIsMissing(place, acts), NAMING_AGE)
        assert isinstance(answer, Missing)  # noqa: S101 - the adapter's contract test proves it
        return answer.lines

    def spoken(self, room: Room) -> datetime | None:
        """Return when a person last wrote in a room; None where nobody did, or where that cannot be known."""
        answer = self._answer(WhenSpoken(room), USUAL_AGE)
        assert isinstance(answer, Spoken)  # noqa: S101 - the adapter's contract test proves it
        return answer.at
