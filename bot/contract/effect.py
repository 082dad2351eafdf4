"""What leaves: effects, and what became of them.

Handlers put effects into the outbox inside their transaction; delivery performs them after commit, each with a
key that never changes between tries. What happened comes back through dispatch as a `Done`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.contract.card import Card
from bot.contract.place import Member, Place, Post, Room, Space
from bot.contract.text import Fact, Text


@dataclass(frozen=True, slots=True)
class Say:
    """Post a card: to a member privately, or into a room.

    ``keep`` names what the posted message belongs to (an opening, a question). If it is given, the message's
    place and id are kept, sealed, as a post of that subject, so that it can be edited or taken away later.
    """

    to: Place
    card: Card
    keep: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put another card in the place of one we posted."""

    post: Post
    card: Card


@dataclass(frozen=True, slots=True)
class Delete:
    """Take away a message we posted. A message that is already gone counts as taken away."""

    post: Post


@dataclass(frozen=True, slots=True)
class MakeRoom:
    """Make a private room in a space, empty but for the bot. The result's id is the room's.

    ``visible``: one into which the members of the space may look, and come, without having been let in, where a
    platform has such rooms; elsewhere it is as private as any other.
    """

    space: Space
    name: Text
    visible: bool = False


@dataclass(frozen=True, slots=True)
class Invite:
    """Let a member into a room that the bot made."""

    room: Room
    member: Member


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a member out of a room that the bot made; on the member's own wish, or because the room closes."""

    room: Room
    member: Member


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave and forget a room that the bot made, or archive it where a bot cannot leave.

    ``close``: it is over for those who are still in it, too, and nobody is let in any more. Where rooms can be
    archived, that is done with them in it; where they cannot, the bot takes everybody out, also who was asked in and
    has not come, before it leaves.

    ``erase``: where rooms can be archived, it is deleted instead, with all that was written in it, if the platform lets
    the bot do so. It goes with ``close``.
    """

    room: Room
    close: bool = False
    erase: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """Pin, or unpin, a message we posted."""

    post: Post
    pinned: bool = True


@dataclass(frozen=True, slots=True)
class SetState:
    """Set a property of a room that the bot made: its name or its topic."""

    room: Room
    name: str
    value: Text


@dataclass(frozen=True, slots=True)
class MakeEvent:
    """Show something among the events of the space that a room is in. The result's id is the event's.

    Everybody in the space sees it there, and may be shown by name as interested, so it is made only where somebody asks
    for it. It takes place once: there is no rhythm in it.

    Attributes:
        room: Where it takes place.
        name: What it is called.
        about: What else is said of it. Nobody is named in it.
        starts_at: When it starts (UTC).
        ends_at: When it is over (UTC).
        post: Our message in the room that tells of it. The event leads there, and is found again by that.
    """

    room: Room
    name: Text
    about: Text
    starts_at: datetime
    ends_at: datetime
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class EditEvent:
    """Give an event that we made another time. It is a `Post` in its room, with the id that `MakeEvent` came to."""

    event: Post
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class EndEvent:
    """Take away an event that we made, with the list of who is interested. One already gone counts as taken away."""

    event: Post


def events_of(room: Place) -> Space:
    """Return the line in which what is done to the events of a room stands.

    It is no place, and one of its own, so that whatever goes wrong with events holds up nothing that is said there.
    """
    return Space(room.platform, f"events {room.id}")


Effect = Say | Edit | Delete | MakeRoom | Invite | Remove | Leave | Pin | SetState | MakeEvent | EditEvent | EndEvent


@dataclass(frozen=True, slots=True)
class Relay:
    """Something that must not be stored, or whose acceptance decides what happens next.

    Returned by a handler in the place of a card. Dispatch performs ``effect`` at once, from memory, and only then
    asks the command ``then`` for the reply, with the outcome in ``turn.outcome`` and with the asker's arguments. After
    a crash in between, nothing was stored and nobody was told that anything was sent.

    ``takes_back``: something was kept already, which stands only with what is sent. Where it is known that nothing
    was, because the platform is away, ``then`` is asked as well, with `NotSent`, and takes it back; the refusal is said
    in the place of its card.
    """

    effect: Say
    then: str
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Then:
    """The continuation of an effect: the name of a handler in the catalogue and what it needs to know.

    A `Room` among its facts was made for this effect: if the effect is called back, the room is left.
    """

    name: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform has it. ``id`` is the message's, the room's or the event's, where there is one."""

    id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will not have it, now or later.

    ``reason`` is one of ``closed`` (this member takes no private messages), ``gone`` (member, room or message is
    not there), ``forbidden`` (a permission is missing), ``impossible`` (this platform cannot). Delivery itself adds
    ``missed``: its time was over before it could be sent.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """It provably did not arrive (no connection, 429). Try again, after ``wait`` seconds at least."""

    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody knows whether it arrived (the answer was lost). Delivery finds out or repeats it with the same key."""


Result = Accepted | Refused | NotSent | Unsure


@dataclass(frozen=True, slots=True)
class Absent:
    """The history of a place was read and the mark is not in it."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The history of a place cannot be read."""


Found = Accepted | Absent | Unreadable
