"""Agreements, as rows: their versions, what is asked about them, and how a group is reminded of them.

Whoever proposed, answered or has a concern is known by their platform id alone, sealed at rest, so that nobody needs a
profile for it; and only as long as it is needed. The words of a concern are nowhere: they go to the group.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol

from bot.contract.place import Member, Post, Room


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement: a line of versions (`bot.domain.agreement`).

    Attributes:
        id: Ours, random.
        community: Id of the community.
        title: What it is called.
    """

    id: str
    community: str
    title: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Home:
    """A room in which an agreement is made and kept: one a platform.

    Attributes:
        agreement: Id of the agreement.
        room: The room.
        post: The pinned copy; None where none stands.
        shown: The number of the version that the copy shows; 0 for none.
    """

    agreement: str
    room: Room
    post: Post | None = None
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an agreement.

    Attributes:
        id: Ours, random.
        agreement: Id of the agreement.
        number: Counted from 1.
        state: One of `bot.domain.agreement.STATES`.
        statements: What it says; none: it says to let the agreement go.
        written_at: When it was written.
        touched_at: When something last happened to it.
        author: Who proposed it, as long as it is a draft or under way; None once it is settled, or they are forgotten.
        follows: The number of the version that it was made from; 0 for none.
        wording: It differs from that one by its wording alone.
        brought: It was brought in by moderators.
        allows: What of `bot.domain.agreement.WRITTEN` it is marked with; empty for nothing.
        stood_at: When it came to stand; None: it never did.
        review_at: When it is looked at again; None where it does not stand.
        consents: How many consented; None where that is not told.
        aside: How many stood aside; None where that is not told.
    """

    id: str
    agreement: str
    number: int
    state: str
    statements: tuple[str, ...] = field(repr=False)
    written_at: datetime
    touched_at: datetime
    author: Member | None = None
    follows: int = 0
    wording: bool = False
    brought: bool = False
    allows: str = ""
    stood_at: datetime | None = None
    review_at: datetime | None = None
    consents: int | None = None
    aside: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that somebody wrote and a second member has not yet confirmed.

    Attributes:
        id: Ours, random.
        version: Id of the version that it changes.
        author: Who wrote it. It goes with them.
        statements: What the agreement would say.
        meaning: It changes the meaning.
        allows: As `Version.allows`.
        written_at: When.
    """

    id: str
    version: str
    author: Member
    statements: tuple[str, ...] = field(repr=False)
    meaning: bool
    written_at: datetime
    allows: str = ""


@dataclass(frozen=True, slots=True)
class ConsentRound:
    """A consent round that is open, with what it said of itself when it was opened.

    Attributes:
        id: Ours, random.
        version: Id of the version.
        whom: Whom it is for: one of `bot.domain.agreement.WHOM`.
        opens_at: When it was opened.
        ends_at: When it is over.
        needs: How many consents it needs.
        review_at: When the agreement is looked at again; None where it is let go.
        silence: Who says nothing counts as consenting.
    """

    id: str
    version: str
    whom: str
    opens_at: datetime
    ends_at: datetime
    needs: int
    review_at: datetime | None = None
    silence: bool = False


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """That a concern is open. Whether its raiser was named is not kept, nor what it says.

    Attributes:
        id: Ours, random.
        agreement: Id of the agreement.
        raised_at: When.
        raiser: Who can let it go; None once they are forgotten.
        answerer: The first of the two who answer it in the place of somebody who left; None for nobody.
    """

    id: str
    agreement: str
    raised_at: datetime
    raiser: Member | None = None
    answerer: Member | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """How a room is reminded of an agreement. A room has one at most, so that it hears one thing a period.

    Attributes:
        id: Ours, random.
        agreement: Id of the agreement.
        room: The room.
        rhythm: One of `bot.domain.rhythm.RHYTHMS`; empty: not on a rhythm.
        begins_on: The first day, local to ``zone``.
        wall: The local time.
        zone: The IANA zone whose clock on the wall it keeps to.
        brings: One of `bot.domain.recalling.WAYS`.
        openings: Also when a check-in room or a circle opens.
        told: How many times it was.
        next_at: When it is next; None: not on a rhythm.
    """

    id: str
    agreement: str
    room: Room
    rhythm: str
    begins_on: date
    wall: time
    zone: str
    brings: str
    openings: bool = False
    told: int = 0
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What of recalls a room knows. Nothing says who asked for them.

    Attributes:
        room: The room.
        community: Id of the community.
        expires_at: When nothing of it matters any more.
        last_at: When the latest went out or will go out; None: there was none.
        quiet_until: Until when somebody asked that there be none; None: nobody did.
    """

    room: Room
    community: str
    expires_at: datetime
    last_at: datetime | None = None
    quiet_until: datetime | None = None


class Agreements(Protocol):
    """Agreements."""

    def put(self, agreement: Agreement) -> None:
        """Store an agreement, new or changed."""

    def get(self, id: str) -> Agreement | None:  # noqa: A002 - the column's name
        """Return an agreement, in order to change it."""

    def of_community(self, community: str) -> tuple[Agreement, ...]:
        """Return the agreements of a community, in the order of their titles."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete an agreement with all that belongs to it."""

    def homes(self, agreement: str) -> tuple[Home, ...]:
        """Return the rooms of an agreement."""

    def settle(self, home: Home) -> None:
        """Store a room of an agreement, new or changed: one a platform."""

    def of_room(self, room: Room) -> tuple[Agreement, ...]:
        """Return the agreements that are kept in a room, in the order of their titles."""

    def write(self, version: Version) -> None:
        """Store a version, new or changed."""

    def version(self, id: str) -> Version | None:  # noqa: A002 - the column's name
        """Return a version, in order to change it."""

    def versions(self, agreement: str) -> tuple[Version, ...]:
        """Return the versions of an agreement, the latest first; drafts as well."""

    def drafts_of(self, author: Member) -> tuple[Version, ...]:
        """Return the drafts of a member, the oldest first."""

    def erase(self, version: str) -> None:
        """Delete a version: a draft that is dropped. Nothing of any other may be deleted but with its agreement."""

    def written(self, community: str) -> frozenset[str]:
        """Return what of `bot.domain.agreement.WRITTEN` is marked on agreements that stand, agreed together."""

    def suggest(self, suggestion: Suggestion) -> None:
        """Store a suggestion."""

    def suggestion(self, id: str) -> Suggestion | None:  # noqa: A002 - the column's name
        """Return a suggestion, in order to confirm it."""

    def suggestions(self, version: str) -> tuple[Suggestion, ...]:
        """Return what is suggested about a version, the oldest first."""

    def unsuggest(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a suggestion."""

    def ask(self, round: ConsentRound) -> None:  # noqa: A002 - what it is
        """Store a round. One that was open about the version goes, with all answers to it."""

    def round(self, id: str) -> ConsentRound | None:  # noqa: A002 - the column's name
        """Return a round, in order to answer or to close it."""

    def round_about(self, version: str) -> ConsentRound | None:
        """Return the round that is open about a version."""

    def move(self, round: str, version: str) -> None:  # noqa: A002 - what it is
        """Let a round go on about another version: its wording changed."""

    def close(self, round: str) -> None:  # noqa: A002 - what it is
        """Delete a round with all answers to it."""

    def answer(self, round: str, member: Member, stance: str) -> None:  # noqa: A002 - what it is
        """Keep where somebody stands (`bot.domain.agreement.STANCES`), instead of before; empty: nowhere any more."""

    def stance(self, round: str, member: Member) -> str:  # noqa: A002 - what it is
        """Return where somebody stands; empty for nowhere. For their own eyes."""

    def tally(self, round: str) -> Mapping[str, int]:  # noqa: A002 - what it is
        """Return how many stand where. For the close of a round alone: until then nobody is told."""

    def concern(self, id: str) -> OpenConcern | None:  # noqa: A002 - the column's name
        """Return a concern that is open, in order to change it."""

    def concerns(self, agreement: str) -> tuple[OpenConcern, ...]:
        """Return the concerns that are open about an agreement, the oldest first."""

    def concerns_of(self, raiser: Member) -> tuple[OpenConcern, ...]:
        """Return the concerns that somebody has open, the latest first. For their own eyes."""

    def hold(self, concern: OpenConcern) -> None:
        """Store that a concern is open, new or changed."""

    def let_go(self, concern: str) -> None:
        """Delete a concern."""

    def remind(self, reminder: Reminder) -> None:
        """Store a reminder, new or changed, in the place of any other of its room."""

    def reminder(self, id: str) -> Reminder | None:  # noqa: A002 - the column's name
        """Return a reminder, in order to change it."""

    def reminder_of(self, room: Room) -> Reminder | None:
        """Return the reminder of a room."""

    def remind_no_more(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a reminder."""

    def recalled(self, room: Room) -> Recalled | None:
        """Return what of recalls a room knows, in order to change it."""

    def keep_recalled(self, recalled: Recalled) -> None:
        """Store it, new or changed."""

    def mark(self, mark: bytes, expires_at: datetime) -> bool:
        """Keep the keyed mark of somebody who asked for a recall today; False where it is there already."""
