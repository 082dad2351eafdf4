"""Circles, as rows: when each meets, what became of single meetings, and who comes.

A circle belongs to nobody: who planned it is not stored, so it outlives them. Who comes is known by their platform id
alone, sealed at rest, so that nobody needs a profile for it, and only until the meeting is over. *Skip this one* is no
row: who does not come is nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.contract.place import Member, Post, Room
from bot.domain.circle import PLANNED, SKIPPED
from bot.domain.rhythm import Series
from bot.domain.rrule import parse_rule


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle: a series of meetings by the clock on the wall (`bot.domain.rhythm`).

    Attributes:
        id: Ours, random. The UID of its meetings in a calendar is made of it.
        community: Id of the community.
        title: What it is called.
        room: Where it is posted, and opens.
        rule: Its rule, as RFC 5545 writes it; empty: it meets once.
        begins_on: The local day from which the rule counts.
        wall: The local time.
        zone: The IANA zone whose clock on the wall it keeps to.
        minutes: How long a meeting is.
        seats: For how many it is; None: for whoever comes.
        fewest: With how many it is worth meeting; None: it says nothing of that.
        shows_names: Whether members see who comes; else only whether it is open, nearly full or full.
        speaks: Whether it opens and closes with words in its room.
        sequence: Counts every change of the series or of a single meeting, as SEQUENCE in a calendar does.
        ended_at: When it was ended, with all its meetings; None: it goes on. It stays for a while, so that calendars
            hear of it.
    """

    id: str
    community: str
    title: str = field(repr=False)
    room: Room
    rule: str
    begins_on: date
    wall: time
    zone: str
    minutes: int
    seats: int | None = None
    fewest: int | None = None
    shows_names: bool = False
    speaks: bool = True
    sequence: int = 0
    ended_at: datetime | None = None

    @property
    def length(self) -> timedelta:
        """How long a meeting is."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a circle, which is posted, was moved or is skipped. Of all others the series says all there is.

    Attributes:
        id: Ours, random. Its posts are kept under it.
        circle: Id of the circle.
        day: The local day that the rule says, by which it is known: RECURRENCE-ID in a calendar.
        starts_at: When it starts (UTC).
        ends_at: When it is over (UTC).
        moved_to: The local time, without a zone, to which it was moved; None: it is when the rule says.
        state: One of `bot.domain.circle.STATES`.
        sequence: The circle's `Circle.sequence` as of its latest change.
    """

    id: str
    circle: str
    day: date
    starts_at: datetime
    ends_at: datetime
    moved_to: datetime | None = None
    state: str = PLANNED
    sequence: int = 0


def series(circle: Circle, changed: Iterable[Meeting] = ()) -> Series:
    """Return a circle's series, with what became of its single meetings.

    Args:
        circle: The circle.
        changed: Its meetings that are stored, whatever state they are in.
    """
    changes = {
        one.day: None if one.state == SKIPPED else one.moved_to
        for one in changed
        if one.state == SKIPPED or one.moved_to is not None
    }
    rule = parse_rule(circle.rule) if circle.rule else None
    return Series(rule, circle.begins_on, circle.wall, circle.zone, changes)


@dataclass(frozen=True, slots=True)
class Answer:
    """That somebody comes to a meeting, may come, or waits for a seat. Gone when it is over.

    Attributes:
        meeting: Id of the meeting.
        member: Who.
        answer: One of `bot.domain.circle.ANSWERS`.
        said_at: When; of those who wait, the first is offered a seat first.
        offered_until: Until when a seat is offered to somebody who waits; None: none is.
    """

    meeting: str
    member: Member
    answer: str
    said_at: datetime
    offered_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RoleLent:
    """A role that somebody volunteered for, for one meeting.

    Attributes:
        meeting: Id of the meeting.
        role: One of `bot.domain.circle.ROLES`.
        member: Who.
        said_at: When they did.
    """

    meeting: str
    role: str
    member: Member
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Mirror:
    """That one meeting is shown among the events of the space its room is in, because somebody asked for that.

    Attributes:
        meeting: Id of the meeting.
        named: Whether it stands there by its circle's name.
        event: The event, where it is known: None while it is on its way.
    """

    meeting: str
    named: bool
    event: Post | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change to a series that one member wishes, and that waits for a second one.

    Attributes:
        id: Ours, random. The card that asks for the second is kept under it.
        circle: Id of the circle.
        member: Who wishes it.
        said_at: When they did.
        ends: It ends the circle; what follows then says what it is now.
        rule: As `Circle.rule`.
        begins_on: As `Circle.begins_on`.
        wall: As `Circle.wall`.
        zone: As `Circle.zone`.
        minutes: As `Circle.minutes`.
    """

    id: str
    circle: str
    member: Member
    said_at: datetime
    ends: bool
    rule: str
    begins_on: date
    wall: time
    zone: str
    minutes: int


class Circles(Protocol):
    """Circles."""

    def put(self, circle: Circle) -> None:
        """Store a circle, new or changed."""

    def get(self, id: str) -> Circle | None:  # noqa: A002 - the column's name
        """Return a circle, in order to change it."""

    def of_community(self, community: str) -> tuple[Circle, ...]:
        """Return the circles of a community that go on, in the order of their names."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a circle with all that belongs to it."""

    def hold(self, meeting: Meeting) -> None:
        """Store a meeting, new or changed."""

    def meeting(self, id: str) -> Meeting | None:  # noqa: A002 - the column's name
        """Return a meeting, in order to change it."""

    def meetings(self, circle: str) -> tuple[Meeting, ...]:
        """Return the meetings of a circle that are stored, in the order of their days."""

    def to_come(self, circle: str) -> tuple[Meeting, ...]:
        """Return of these the one that is posted or going on, and those for which somebody volunteered already."""

    def answer(self, answer: Answer) -> None:
        """Store an answer, in the place of the one before."""

    def unanswer(self, meeting: str, member: Member) -> None:
        """Delete an answer."""

    def answers(self, meeting: str) -> tuple[Answer, ...]:
        """Return the answers to a meeting, the oldest first. For what follows from them: nobody is shown them."""

    def answers_of(self, member: Member) -> tuple[Answer, ...]:
        """Return the answers of a member. For their own eyes."""

    def finish(self, meeting: str) -> None:
        """Delete all answers to a meeting, and all roles lent for it."""

    def come_regularly(self, circle: str, member: Member, said_at: datetime) -> None:
        """Keep that somebody comes to every meeting."""

    def come_no_more(self, circle: str, member: Member) -> None:
        """Delete that somebody comes to every meeting."""

    def regulars(self, circle: str) -> tuple[Member, ...]:
        """Return who comes to every meeting, who said so first at the front."""

    def regular_in(self, member: Member) -> tuple[str, ...]:
        """Return the circles (ids) to whose every meeting a member comes. For their own eyes."""

    def wish_note(self, circle: str, member: str, lead: int) -> None:
        """Keep a member's (our id) wish for a private note before each meeting, so many minutes before it."""

    def unwish(self, circle: str, member: str) -> None:
        """Delete that wish."""

    def wishes(self, circle: str) -> tuple[tuple[str, int], ...]:
        """Return who (our ids) wishes a note before each meeting, and how many minutes before."""

    def wishes_of(self, member: str) -> tuple[tuple[str, int], ...]:
        """Return before the meetings of which circles (ids) a member (our id) wishes a note, and how many minutes."""

    def lend(self, role: RoleLent) -> None:
        """Store a role that is lent."""

    def hand_back(self, meeting: str, role: str) -> None:
        """Delete a role that is lent."""

    def roles(self, meeting: str) -> tuple[RoleLent, ...]:
        """Return the roles that are lent for a meeting."""

    def roles_of(self, member: Member) -> tuple[RoleLent, ...]:
        """Return the roles that are lent to a member."""

    def mirror(self, mirror: Mirror) -> None:
        """Store that a meeting is shown among events, in the place of what was stored of that before."""

    def mirrored(self, meeting: str) -> Mirror | None:
        """Return whether, and how, a meeting is shown among events."""

    def unmirror(self, meeting: str) -> None:
        """Delete that a meeting is shown among events."""

    def propose(self, proposal: Proposal) -> None:
        """Store a change to a series that is wished, in the place of any other of its circle."""

    def proposal(self, id: str) -> Proposal | None:  # noqa: A002 - the column's name
        """Return a change that is wished, in order to decide it."""

    def proposal_about(self, circle: str) -> Proposal | None:
        """Return the change to a circle's series that is wished."""

    def proposals_of(self, member: Member) -> tuple[Proposal, ...]:
        """Return the changes that a member wishes."""

    def unpropose(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a change that is wished."""
