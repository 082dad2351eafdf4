"""Introducing people who all said yes: a room of theirs or each other's names, one told first and then the rest.

Requests (`commands.introducing`) and rounds (`commands.rounds`) bring people here, each as a `Kind`. Everybody gets the
same card. Until the first has been told, everything is looked at again before each step, so that any of them can still
take their yes back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final

from bot.contract.card import Card
from bot.contract.command import After, NoArgs, Turn
from bot.contract.effect import Accepted, Leave, MakeRoom, Say, Then
from bot.contract.intent import Done, Due
from bot.contract.place import Member, Room
from bot.contract.ports import Capability
from bot.contract.tables import Profile, RoundYes, Tx
from bot.contract.text import Text, text
from bot.domain.openings import MET_FOR
from commands import peer_words, talk

ENTER_WITHIN: Final = timedelta(hours=24)
"""How long the choice to enter their room works, and how long the bot waits in it for the last of them at most.

Nothing is stored for the choice: the room is sealed into it.
"""

LOOK_IN: Final = timedelta(minutes=5)
"""When the bot first looks whether all are in their room; then ever more rarely."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An introduction that is on its way.

    Attributes:
        id: By which it is found again.
        community: Id of the community.
        way: How they talk.
        place: Where: ``direct`` or ``room``.
        people: Whom it brings together; the one whose yes is older, for their private messages may be closed by now,
            is told first and stands at the front.
    """

    id: str
    community: str
    way: str
    place: str
    people: tuple[Profile, ...]


@dataclass(frozen=True)
class Kind:
    """What brings people together.

    Attributes:
        name: Its continuations are ``<name>.room-made`` and ``<name>.told``.
        find: Returns a meeting by its id, if at this moment all yeses stand and nothing stands against it. Without
            ``look`` the platform is not asked again: one of them has just been told, so the rest must be, too.
        off: Nothing comes of it: not all yeses stand, or the first could not be told.
        gone: Nothing comes of it any more, now that their room is made.
        over: It has come about: erases what led to it.
        names: Says who they are.
        room: Id of the sentence on their room.
        no_room: Id of the sentence for those who should have one and do not.
    """

    name: str
    find: Callable[[Turn[NoArgs], Tx, str, bool], Meeting | None]
    off: Callable[[Turn[NoArgs], Tx, str], None]
    gone: Callable[[Turn[NoArgs], Tx, str], None]
    over: Callable[[Turn[NoArgs], Tx, str], None]
    names: Callable[[Tx, tuple[Member, ...]], Text]
    room: str = "peer-introduced-room"
    no_room: str = "peer-no-room"
    room_name: str = "peer-room-name"

    @property
    def afters(self) -> tuple[After, ...]:
        """What follows its effects."""
        return (
            After(f"{self.name}.room-made", lambda turn, tx, done: _room_made(self, turn, tx, done)),
            After(f"{self.name}.told", lambda turn, tx, done: _told(self, turn, tx, done)),
        )


def under_way(meeting: str) -> str:
    """Return the subject of what introduces people, apart from the cards that led to it."""
    return f"{meeting}-met"


def break_off(tx: Tx, yes: RoundYes) -> None:
    """Call back the introduction of a round that a yes is part of, if one is on its way. The yeses stay."""
    if yes.meeting:
        tx.outbox.recall(under_way(yes.meeting))
        tx.rounds.part(yes.meeting)


def leave_rounds(tx: Tx, member: str) -> bool:
    """Take back every yes of a member (our id) to a round. Return whether there was one."""
    yeses = tx.rounds.yeses_of(member)
    for yes in yeses:
        break_off(tx, yes)
        tx.agenda.cancel(yes.id)
        tx.rounds.leave(yes.id)
    if yeses:
        tx.scrub()
    return bool(yeses)


def begin(kind: Kind, turn: Turn[NoArgs], tx: Tx, meeting: str) -> None:
    """Begin to introduce people who all said yes, unless something stands against it at this moment."""
    found = kind.find(turn, tx, meeting, True)
    if found is None:
        kind.off(turn, tx, meeting)
        return
    named = tuple(one.member for one in found.people)
    if not turn.chance.flip():
        named = named[::-1]
    platform = named[0].platform
    if found.place == "room" and Capability.ROOMS in turn.can.get(platform, frozenset()):
        space = next(space for space in tx.communities.spaces(found.community) if space.platform == platform)
        then = Then(f"{kind.name}.room-made", (found.id, found.way, *named))
        room = MakeRoom(space, text(kind.room_name))
        tx.outbox.put(room, then=then, subject=under_way(found.id), urgent=True, community=found.community)
    else:
        _tell(kind, tx, found, peer_words.introduced(kind.names(tx, named), found.way))


def _room_made(kind: Kind, turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Introduce people whose room is made, after looking who can read it. Without one they get each other's handle."""
    meeting, way, *who = done.facts
    named = tuple(one for one in who if isinstance(one, Member))
    room = Room(named[0].platform, done.result.id) if isinstance(done.result, Accepted) else None
    found = kind.find(turn, tx, str(meeting), True)
    if room is not None and (found is None or turn.live.readers(room).wider):
        tx.outbox.put(Leave(room))
        room = None
    if found is None:
        kind.gone(turn, tx, str(meeting))
        return
    names = kind.names(tx, named)
    if room is None:
        _tell(kind, tx, found, peer_words.introduced(names, str(way), text(kind.no_room)))
        return
    people, door = len(found.people), turn.now + ENTER_WITHIN
    if talk.stays(turn, room.platform):
        # Before anybody can be let in: a room's effects happen in their order.
        card = talk.in_the_room(turn, room, [one.member for one in found.people], door)
        tx.outbox.put(Say(room, card), subject=under_way(found.id), urgent=True, community=found.community)
    card = peer_words.introduced_in_room(
        names,
        (text(kind.room, way=str(way)), talk.how_it_ends(turn, room.platform, people)),
        turn.live.readers(room),
        turn.sealer.seal(room.id, door),
    )
    _tell(kind, tx, found, card, room)


def _tell(kind: Kind, tx: Tx, found: Meeting, card: Card, *room: Room) -> None:
    """Tell the first of them."""
    subject = under_way(found.id)
    then = Then(f"{kind.name}.told", (found.id, *room))
    tx.outbox.put(Say(found.people[0].member, card, keep=subject), subject=subject, then=then, urgent=True)


def _told(kind: Kind, turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Tell the rest the same, and erase everything but the keyed hashes of the pairs."""
    meeting, *rooms = done.facts
    found = kind.find(turn, tx, str(meeting), False) if isinstance(done.result, Accepted) else None
    if found is None:
        tx.outbox.recall(under_way(str(meeting)))
        kind.off(turn, tx, str(meeting))
        for room in rooms:
            assert isinstance(room, Room)  # noqa: S101 - as `_room_made` put it
            tx.outbox.put(Leave(room))
        return
    assert isinstance(done.effect, Say)  # noqa: S101 - as `_tell` put it
    for room in () if talk.stays(turn, done.effect.to.platform) else rooms:
        facts = (room, turn.now, len(found.people))
        tx.agenda.put("peer.room", turn.chance.new_id(), turn.now + LOOK_IN, facts=facts)
    for one in found.people:
        if one.member != done.effect.to:
            tx.outbox.put(Say(one.member, done.effect.card), urgent=True)
    tx.outbox.release(under_way(found.id))
    for one, other in combinations(found.people, 2):
        tx.met.add(turn.sealer.pair(one.salt, other.salt), turn.now + MET_FOR)
    kind.over(turn, tx, found.id)


def room_of_theirs(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Leave a room once all are in it, or after a day: it is theirs, and the bot no part of it.

    Planned only where a room can be handed over so.
    """
    room, since, people = due.facts
    assert isinstance(room, Room) and isinstance(since, datetime) and isinstance(people, int)  # noqa: S101, PT018
    last = since + ENTER_WITHIN
    if turn.now >= last or (turn.live.people(room) or 0) >= people:
        tx.outbox.put(Leave(room))
        return
    again = turn.now + max(LOOK_IN, turn.now - since)
    tx.agenda.put(due.kind, due.subject, min(again, last), facts=due.facts)
