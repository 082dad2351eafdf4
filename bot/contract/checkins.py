"""Check-in rooms, as rows: one that is announced or open, who is in it, the standing ones, and a community's own words.

Nothing about a room outlives it: with its closing the rows of the room and of everybody in it are gone. Who opened it
is never stored: whoever did holds a choice that knows the room.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Protocol

from bot.contract.place import Member, Room
from bot.domain.turns import WAITING

if TYPE_CHECKING:  # settings, which are there, have these words among them
    from bot.contract.tables import Entry


@dataclass(frozen=True, slots=True)
class Checkin:
    """One check-in room, from its announcement to its closing.

    Attributes:
        id: Ours, random.
        community: Id of the community.
        card: The room in which it is announced.
        guided: Whether there are rounds with prompts; else it is open talk.
        size: How many people it is for.
        opens_at: When it opens.
        closes_at: When it closes, as it was announced.
        stage: One of `bot.domain.checkin.STAGES`.
        room: The room itself, once it is made.
        standing: Id of the standing check-in that it belongs to; empty for none.
        invited: Id of the seat that was invited to speak last; empty for none.
        prompts: Whether prompts are still wished.
        prompted: How many prompts there were.
        paused_until: Until when the bot is silent in it at most.
    """

    id: str
    community: str
    card: Room
    guided: bool
    size: int
    opens_at: datetime
    closes_at: datetime
    stage: str = "announced"
    room: Room | None = None
    standing: str = ""
    invited: str = ""
    prompts: bool = True
    prompted: int = 0
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a check-in room, as long as they are in it and the room is open.

    Attributes:
        id: Ours, random.
        checkin: Id of the room.
        member: Who. Nothing else is stored about somebody who only joins.
        order: Their place in the turn list (`bot.domain.turns`).
        turn: Where they stand in the present round.
        listens: Whether they just listen.
        host: Whether they volunteered as the host, for this room.
        guardian: Whether they volunteered as the guardian, for this room.
    """

    id: str
    checkin: str
    member: Member
    order: int
    turn: str = WAITING
    listens: bool = False
    host: bool = False
    guardian: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Check-ins on a rhythm. Each is announced and opened anew; nobody is in it beforehand.

    Attributes:
        id: Ours, random.
        community: Id of the community.
        owner: Our id of who planned it, and may change it besides moderators; empty once they are forgotten.
        card: The room in which each is announced.
        rhythm: One of `bot.domain.rhythm.RHYTHMS`.
        begins_on: The first day, local to ``zone``.
        wall: The local time.
        zone: The IANA zone whose clock on the wall it keeps to.
        minutes: How long each is open.
        guided: As `Checkin.guided`.
        size: As `Checkin.size`.
        regular_at: When the next one is by the rhythm.
        next_at: When the next one really is: somebody may have moved it.
    """

    id: str
    community: str
    owner: str
    card: Room
    rhythm: str
    begins_on: date
    wall: time
    zone: str
    minutes: int
    guided: bool
    size: int
    regular_at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Words:
    """What a community says in its check-in rooms, in its own words; empty: what everybody says.

    Attributes:
        opening: Said when a room opens.
        closing: Said when it closes.
        starters: Whether the prompts that come with the bot are used as well.
        visible: Whether rooms are such as everybody in the community can look into, where a platform has them.
        erased: Whether a room is deleted with its closing, where a platform keeps rooms and lets the bot do so.
        prompts: The community's own prompts, in order.
    """

    opening: str = field(default="", repr=False)
    closing: str = field(default="", repr=False)
    starters: bool = True
    visible: bool = False
    erased: bool = False
    prompts: "tuple[Entry, ...]" = ()


class Checkins(Protocol):
    """Check-in rooms."""

    def put(self, checkin: Checkin) -> None:
        """Store a room, new or changed."""

    def get(self, id: str) -> Checkin | None:  # noqa: A002 - the column's name
        """Return a room, in order to change it."""

    def of_room(self, room: Room) -> Checkin | None:
        """Return the check-in that takes place in a room."""

    def of_community(self, community: str) -> tuple[Checkin, ...]:
        """Return what is announced or open in a community, the soonest first."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a room and everybody's seat in it."""

    def seats(self, checkin: str) -> tuple[Seat, ...]:
        """Return who is in a room, in the order of the turn list."""

    def seat(self, seat: Seat) -> None:
        """Store a seat, new or changed."""

    def rise(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a seat."""

    def plan(self, standing: Standing) -> None:
        """Store a standing check-in, new or changed."""

    def planned(self, id: str) -> Standing | None:  # noqa: A002 - the column's name
        """Return a standing check-in, in order to change it."""

    def all_planned(self, community: str) -> tuple[Standing, ...]:
        """Return the standing check-ins of a community, the next one first."""

    def end(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a standing check-in, with everybody's wish to have a note before it."""

    def noted(self, standing: str) -> tuple[str, ...]:
        """Return who wishes a private note before each (our ids)."""

    def notes_of(self, member: str) -> tuple[str, ...]:
        """Return before which standing check-ins (ids) a member (our id) wishes a note."""

    def wish_note(self, standing: str, member: str, *, wished: bool) -> None:
        """Keep, or delete, a member's wish to have a note before each."""

    def words(self, community: str) -> Words:
        """Return a community's own words."""

    def set_words(self, community: str, words: Words) -> None:
        """Replace them, the prompts left out."""

    def set_prompts(self, community: str, prompts: "Iterable[Entry]") -> None:
        """Replace a community's own prompts."""
