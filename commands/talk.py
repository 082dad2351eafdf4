"""A talk between people who were introduced: how it may begin, and how any of them ends it.

Where the bot hands a room over (`Capability.HANDS_OVER`) it is gone by then, and leaving the room is the way; the
introduction says so beforehand. Where it stays, its card in the room has a choice to leave. Nothing is stored for that:
what has to be known of a room is asked of the platform when somebody presses.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Leave, Remove, Say
from bot.contract.facts import Right
from bot.contract.place import Member, Room
from bot.contract.ports import Capability
from bot.contract.tables import Tx
from bot.contract.text import Text, text

BEGIN: Final = Choice("talk.openers", text("choice-talk-openers"))
"""Offered to all alike, privately and in a room of theirs; nobody waits for an answer."""

_PAIR: Final = 2
_TWO: Final = "two-"


def _size(people: int) -> str:
    return "two" if people <= _PAIR else "more"


def stays(turn: Turn[Any], platform: str) -> bool:
    """Return whether the bot stays in the rooms that it makes on a platform."""
    return Capability.HANDS_OVER not in turn.can.get(platform, frozenset())


def how_it_ends(turn: Turn[Any], platform: str, people: int) -> Text:
    """Return the sentence that says, before anybody goes in, how to end a talk in a room."""
    if stays(turn, platform):
        return text("talk-ends-by-tap", people=_size(people))
    return text("talk-ends-by-leaving")


def in_the_room(turn: Turn[Any], room: Room, people: Sequence[Member], door: datetime) -> Card:
    """Return the card that stands in a room from the beginning.

    Args:
        turn: The turn.
        room: The room.
        people: Who is introduced. Somebody else may come to be in a room of two, such as a moderator; so the choice
            knows, as keyed marks, with whose leaving the talk ends.
        door: Until when they can be let in. While more than two are expected, one who leaves may be followed by one who
            has yet to come; so the choice knows, sealed, until when.
    """
    if len(people) > _PAIR:
        knows = turn.sealer.seal("more", door)
    else:
        knows = _TWO + "".join(sorted(_mark(turn, room, one) for one in people))
    return Card(
        (text("talk-room", people=_size(len(people))),),
        choices=(BEGIN, Choice("talk.leave", text("choice-talk-leave"), knows)),
    )


def over() -> Card:
    """Return the one line for whoever is left in a talk of two, and for whoever comes when it has ended."""
    return Card((text("talk-ended"),))


def openers(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - nothing is stored
    """Show some ways to begin."""
    ways = ("talk-opener-length", "talk-opener-pause", "talk-opener-private", "talk-opener-now")
    return Card((text("talk-openers"), *(text(way) for way in ways)))


def leave(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take the asker out of the room in which they pressed. The others read one line there, without name or cause.

    With that a talk of two ends, whoever else is in the room, and the room is closed; one of more than two unless two
    or more are left in it, or may still come.
    """
    room = turn.room
    if room is None:
        return Card((text("talk-over"),))
    theirs = _theirs(turn, room)
    there = turn.live.inside(room, turn.asker)
    others = there.others or 0
    if not there.here or (there.closed and not others) or tx.outbox.pending(theirs):
        return Card((text("talk-over"),))
    tx.outbox.put(Remove(room, turn.asker), subject=theirs, urgent=True)
    if turn.subject.startswith(_TWO):
        ends = _mark(turn, room, turn.asker) in turn.subject
        if not ends:
            return Card((text("talk-left"),))  # the talk is that of two others, and goes on
    else:
        ends = others < _PAIR and turn.sealer.unseal(turn.subject, turn.now) is None
    line = over() if ends else Card((text("talk-smaller"),))
    tx.outbox.put(Say(room, line), subject=theirs, urgent=True, community=turn.community)
    if ends:
        tx.outbox.put(Leave(room, close=True), subject=theirs, urgent=True)
    return Card((text("talk-left"),))


def _theirs(turn: Turn[NoArgs], room: Room) -> str:
    """Return the subject of somebody's leaving a room while that is under way, so that pressing twice is once."""
    return "talk-" + _mark(turn, room, turn.asker)


def _mark(turn: Turn[Any], room: Room, who: Member) -> str:
    """Return a keyed mark of somebody, which means nothing beyond one room."""
    return turn.sealer.one_sided(room.id.encode(), who).hex()[:16]


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("talk.openers", openers, right=Right.NONE, community=False, reads=True, personal=False),
    Command("talk.leave", leave, right=Right.NONE, community=False, personal=False),
)

JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = ()
