"""Bringing a line of an agreement back: somebody asks for it, named or not, and nobody can learn who it was.

A recall leaves nothing that says who asked: it waits on the agenda without them, unless they wish to be named, and goes
out at a time that is not theirs (`bot.domain.recalling`). What limits it is a keyed mark of the day, and two instants
of the room. Whoever asks hears the same words, named or not. Anybody may ask that a room be quiet for today.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from bot.contract.agreements import Agreement, Recalled, Version
from bot.contract.card import Card, Option
from bot.contract.command import Command, Job, NoArgs, Prepared, Turn
from bot.contract.effect import Say
from bot.contract.intent import Due
from bot.contract.params import Pick, param
from bot.contract.place import Member, Room
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import checkin as life
from bot.domain.errors import Refusal
from bot.domain.recalling import GRID, RECALLS, ROOM_EVERY, SOONEST, day_ends, mark_of, next_recall
from commands import agreement_words as cards
from commands.agreement_rooms import FEATURE, member_of, missing, pressed
from commands.agreement_time import standing, zone

WITHIN: Final = GRID + SOONEST
"""How long it takes at most until a recall goes out."""

LATE: Final = timedelta(minutes=30)
"""A recall that could not go out for so long is left out: the talk has gone on."""

Line = tuple[Agreement, Version, int]
"""A statement: its agreement, the version of that which stands, and its place in there, counted from 0."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Which statement is brought back, and whether the name of who asked stands with it."""

    statement: str = param(Pick())
    asked_by: str = param(Pick(("named", "unnamed")))


def here_or_home(turn: Turn[Any], tx: Tx, agreement: Agreement) -> Room:
    """Return the room of the community in which something is asked; asked in private, that of the agreement.

    Raises:
        Refusal: ``recall-nowhere``: the agreement has no room on the asker's platform.
    """
    if turn.room is not None and turn.space in tx.communities.spaces(turn.community):
        return turn.room
    for home in tx.agreements.homes(agreement.id):
        if home.room.platform == turn.asker.platform:
            return home.room
    raise Refusal("recall-nowhere")


def that_stand(turn: Turn[Any], tx: Tx) -> Iterator[tuple[Agreement, Version]]:
    """Yield what stands in the asker's community, that of the room in which it is asked first."""
    here = tx.agreements.of_room(turn.room) if turn.room is not None else ()
    there = tx.agreements.of_community(turn.community)
    for agreement in sorted(there, key=lambda one: one not in here):
        version = standing(tx, agreement)
        if version is not None:
            yield agreement, version


# Asking


def _lines(turn: Turn[Any], tx: Tx) -> tuple[Line, ...]:
    return tuple(
        (agreement, version, place)
        for agreement, version in that_stand(turn, tx)
        for place in range(len(version.statements))
    )


def _name(line: Line) -> str:
    agreement, _, place = line
    return f"{agreement.id}-{place}"


def _words(line: Line) -> str:
    _, version, place = line
    return version.statements[place]


def _to_choose(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Return the form with every statement that stands.

    Raises:
        Refusal: ``recall-nothing``.
    """
    found = _lines(turn, tx)
    if not found:
        raise Refusal("recall-nothing")
    options = tuple(Option(_name(one), text("agreement-statement", words=Said(_words(one)))) for one in found)
    return Prepared(options={"statement": options})


def _meant(turn: Turn[Recall], tx: Tx) -> Line:
    """Return the statement that is meant: picked, or typed as it stands.

    Raises:
        Refusal: ``recall-nothing`` or ``recall-unknown``.
    """
    found, given = _lines(turn, tx), turn.args.statement
    if not found:
        raise Refusal("recall-nothing")
    for one in found:
        if given == _name(one) or given.casefold() == _words(one).casefold():
            return one
    raise Refusal("recall-unknown")


def _echo(turn: Turn[Recall], tx: Tx) -> tuple[Text, ...]:
    """Say what would be posted where, by when, and what is seen of who asked."""
    meant = _meant(turn, tx)
    return (
        text("recall-understood", words=Said(_words(meant)), room=here_or_home(turn, tx, meant[0]), length=WITHIN),
        text("recall-seen", named=turn.args.asked_by, member=turn.asker),
    )


def _recall(turn: Turn[Recall], tx: Tx) -> Card:
    """Let a statement be brought back. Nothing of who asked is stored but the mark of the day, unless they are named.

    Raises:
        Refusal: ``recall-today``, ``recall-quiet`` or ``recall-lately``, or as `_meant` and `here_or_home`.
    """
    turn = member_of(turn, tx, turn.community, posts=True)
    agreement, version, place = _meant(turn, tx)
    room, days = here_or_home(turn, tx, agreement), zone(tx, agreement)
    lacks = missing(turn, room)
    if lacks:
        return Card((text("recall-cannot"), *lacks))
    ends = day_ends(turn.now, days)
    mark = turn.sealer.one_sided(mark_of(turn.community, turn.now, days), turn.asker)
    if not tx.agreements.mark(mark, ends):
        raise Refusal("recall-today")
    before = _recalled(turn, tx, room)
    at = next_recall(turn.now, before.last_at, before.quiet_until)
    tx.agreements.keep_recalled(replace(before, last_at=at, expires_at=at + ROOM_EVERY))
    who = (turn.asker,) if turn.args.asked_by == "named" else ()
    # What names it comes of the room and the time alone, and of nothing that the asker did.
    subject = sha256(turn.sealer.seal(f"{room.platform} {room.id}", at).encode()).hexdigest()[:32]
    facts = (room, version.id, place, *who)
    tx.agenda.put(RECALLS, subject, at, community=turn.community, facts=facts)
    return Card((text("recall-taken", room=room, length=WITHIN),))


def _recalled(turn: Turn[Any], tx: Tx, room: Room) -> Recalled:
    return tx.agreements.recalled(room) or Recalled(room, turn.community, turn.now)


# Bringing it back


def _brings_back(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Say it, if it still stands there and nobody asked for quiet meanwhile."""
    room, id_, place, *who = due.facts
    assert isinstance(room, Room) and isinstance(place, int)  # noqa: S101, PT018 - as `_recall` put it
    asked = tx.agreements.version(str(id_))
    agreement = None if asked is None else tx.agreements.get(asked.agreement)
    if asked is None or agreement is None or _silent(turn, tx, agreement, room):
        return
    version, words = standing(tx, agreement), asked.statements[place]
    if version is None or words not in version.statements:
        return
    named = next((one for one in who if isinstance(one, Member)), None)
    card = cards.recall(version, words, zone(tx, agreement), named)
    tx.outbox.put(Say(room, card), expires_at=due.due_at + LATE, community=agreement.community)


def _silent(turn: Turn[Any], tx: Tx, agreement: Agreement, room: Room) -> bool:
    """Return whether nothing is to be brought back in a room at the moment."""
    community, checkin = tx.communities.get(agreement.community), tx.checkins.of_room(room)
    quiet = _recalled(turn, tx, room).quiet_until
    return (
        (community is not None and FEATURE in community.off)
        or (quiet is not None and turn.now < quiet)
        or (checkin is not None and life.silent(checkin.paused_until, turn.now))
    )


# Quiet


def _quiet(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Let no more be brought back in a room today, one that is on its way neither. Nobody is told whose wish it was.

    Raises:
        Refusal: ``agreement-gone`` or ``right-member``; ``only-in-room``: it was not pressed in a room.
    """
    agreement = tx.agreements.get(turn.subject)
    if agreement is None:
        raise Refusal("agreement-gone")
    turn = member_of(turn, tx, agreement.community)
    if turn.room is None:
        raise Refusal("only-in-room")
    before, until = _recalled(turn, tx, turn.room), day_ends(turn.now, zone(tx, agreement))
    ends = until if before.last_at is None else max(until, before.last_at + ROOM_EVERY)
    tx.agreements.keep_recalled(replace(before, quiet_until=until, expires_at=ends))
    return Card((text("recall-is-quiet", until=until),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("agreement recall", _recall, args=Recall, form=True, prepare=_to_choose, echo=_echo, feature=FEATURE),
    pressed("agreement.quiet", _quiet),
)
JOBS: Final[tuple[Job, ...]] = (Job(RECALLS, _brings_back, grace=LATE),)
