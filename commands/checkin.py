"""Check-in rooms: a place to say how one is, or just to sit with others, in which nobody is counted.

Any member opens one, now or later. Who did is told to nobody and kept nowhere; whoever did can close it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice
from bot.contract.checkins import Checkin, Standing
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.facts import Act
from bot.contract.params import Pick, When, Whole, param
from bot.contract.place import Room
from bot.contract.ports import Capability
from bot.contract.tables import Tx
from bot.contract.text import Literal, Text, text
from bot.domain import checkin as life
from bot.domain.errors import Refusal
from bot.domain.times import Moment, Placed, place
from commands import checkin_room, checkin_round, checkin_standing, notes
from commands.checkin_room import DOES, FEATURE
from commands.checkin_standing import Plan

MOST: Final = 3
"""Rooms that are announced or open in a community at a time."""

FARTHEST: Final = timedelta(days=14)
"""How far ahead a room can be announced."""

KINDS: Final = ("guided", "open")


@dataclass(frozen=True, slots=True)
class Open:
    """When a room opens, for how long, what happens in it, and for how many people it is."""

    when: Moment = param(When(), default=Moment())
    minutes: int = param(Whole(life.SHORTEST, life.LONGEST), default=life.USUAL)
    kind: str = param(Pick(KINDS), default=KINDS[0])
    size: int = param(Whole(life.SMALLEST, life.LARGEST), default=life.SIZE)


def announced_in(turn: Turn[Any], tx: Tx) -> Room:
    """Return the room in which a check-in of the asker's community is announced.

    Raises:
        Refusal: ``checkin-nowhere``.
    """
    room = tx.communities.room(turn.community, DOES, turn.asker.platform)
    if room is not None:
        return room
    if turn.room is None or turn.space not in tx.communities.spaces(turn.community):
        raise Refusal("checkin-nowhere")
    held = tx.checkins.of_room(turn.room)
    return turn.room if held is None else held.card


def _wrong(turn: Turn[Any], tx: Tx, card: Room) -> tuple[Text, ...]:
    """Return what would be refused to the bot there, with how to mend it.

    Raises:
        Refusal: ``checkin-cannot-here``.
    """
    if not {Capability.ROOMS, Capability.EDITS} <= turn.can[card.platform]:
        raise Refusal("checkin-cannot-here")
    spaces = (space for space in tx.communities.spaces(turn.community) if space.platform == card.platform)
    visible = tx.checkins.words(turn.community).visible
    acts = frozenset({Act.ROOMS, Act.VISIBLE} if visible else {Act.ROOMS})
    lines = turn.live.missing(card, frozenset({Act.WRITE}))
    for space in spaces:
        lines += turn.live.missing(space, acts)
    return lines


def _placed(turn: Turn[Open], tx: Tx) -> Placed:
    """Return when it opens, by the asker's clock; meant as of when it was shown back, if it was.

    Raises:
        Refusal: ``when-past`` or ``when-far``.
    """
    zone = notes.zone_of(tx, notes.profile_or_new(turn, tx), turn.community)
    placed = place(turn.args.when, turn.said_at or turn.now, zone)
    if placed.at <= turn.now:
        raise Refusal("when-past")
    if placed.at > turn.now + FARTHEST:
        raise Refusal("when-far", days=FARTHEST.days)
    return placed


def _later(turn: Turn[Open]) -> bool:
    return turn.args.when != Moment()


def _echo(turn: Turn[Open], tx: Tx) -> tuple[Text, ...]:
    """Say how a time is understood. A room that opens now needs no asking back."""
    if not _later(turn):
        return ()
    placed = _placed(turn, tx)
    zone = notes.zone_of(tx, notes.profile_or_new(turn, tx), turn.community)
    here = ZoneInfo(zone)
    days = (placed.at.astimezone(here).date() - turn.now.astimezone(here).date()).days
    lines = [text("checkin-understood", at=placed.at, zone=Literal(zone), days=days, room=announced_in(turn, tx))]
    if placed.shift != "none":
        lines.append(text("plan-shift", shift=placed.shift))
    return tuple(lines)


def _open(turn: Turn[Open], tx: Tx) -> Card:
    """Open a room, or announce it."""
    card = announced_in(turn, tx)
    wrong = _wrong(turn, tx, card)
    if wrong:
        return Card((text("checkin-cannot"), *wrong))
    opens_at = _placed(turn, tx).at if _later(turn) else turn.now
    args = turn.args
    return _begun(turn, tx, card, opens_at, timedelta(minutes=args.minutes), args.kind == KINDS[0], args.size)


def _begun(turn: Turn[Any], tx: Tx, card: Room, opens_at: datetime, length: timedelta, guided: bool, size: int) -> Card:
    """Announce a check-in; tell who opened it what happens, and give them alone the choice to close it.

    Raises:
        Refusal: ``checkin-many``.
    """
    if len(tx.checkins.of_community(turn.community)) >= MOST:
        raise Refusal("checkin-many", limit=MOST)
    id_ = turn.chance.new_id()
    checkin = Checkin(id_, turn.community, card, guided, size, opens_at, opens_at + length)
    checkin_room.announce(turn, tx, checkin)
    said = "checkin-opens-then" if opens_at > turn.now else "checkin-opens-now"
    return Card(
        (text(said, at=opens_at, until=checkin.closes_at, room=card), text("checkin-opened-by")),
        choices=(Choice("checkin.call-off", text("choice-checkin-call-off"), checkin.id),),
    )


def _another(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Open a second room like the one that was pressed, or show the one that somebody else opened meanwhile."""
    before = checkin_room.open_now(turn, tx)
    if before is None:
        return checkin_room.over()
    checkin_room.present(turn, tx, before)
    turn = replace(turn, community=before.community)
    for other in tx.checkins.of_community(before.community):
        like = (other.card, other.guided, other.size) == (before.card, before.guided, before.size)
        later = other.opens_at <= turn.now and other.closes_at > max(before.closes_at, turn.now + life.NOTICE)
        if like and later and not checkin_room.is_full(turn, tx, other):
            return Card((text("checkin-is-another", until=other.closes_at),), choices=checkin_room.joining(other))
    if FEATURE in notes.community_of(tx, before.community).off:
        raise Refusal("switched-off")
    wrong = _wrong(turn, tx, before.card)
    if wrong:
        return Card((text("checkin-cannot"), *wrong))
    length = before.closes_at - before.opens_at
    opened = _begun(turn, tx, before.card, turn.now, length, before.guided, before.size)
    (close,) = opened.choices
    return replace(opened, choices=(Choice("checkin.join", text("choice-checkin-join"), close.subject), close))


def _plan(turn: Turn[Plan], tx: Tx) -> Card:
    """Plan standing check-ins. Who did is kept, so that they can change them."""
    card = announced_in(turn, tx)
    wrong = _wrong(turn, tx, card)
    if wrong:
        return Card((text("checkin-cannot"), *wrong))
    args, (day, zone, at) = turn.args, checkin_standing.first_time(turn, tx)
    owner, guided = notes.profile_of(turn, tx).id, args.kind == KINDS[0]
    standing = Standing(
        turn.chance.new_id(), turn.community, owner, card, args.rhythm, day, args.wall, zone, args.minutes, guided,
        args.size, at, at,
    )  # fmt: skip
    return checkin_standing.keep(turn, tx, standing)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("checkin open", _open, args=Open, echo=_echo, feature=FEATURE),
    Command("checkin plan", _plan, args=Plan, form=True, echo=checkin_standing.understood, feature=FEATURE),
    checkin_room.pressed("checkin.another", _another),
    *checkin_room.COMMANDS,
    *checkin_round.COMMANDS,
    *checkin_standing.COMMANDS,
)
JOBS: Final[tuple[Job, ...]] = (*checkin_room.JOBS, *checkin_round.JOBS, *checkin_standing.JOBS)
AFTERS: Final[tuple[After, ...]] = (*checkin_room.AFTERS, *checkin_round.AFTERS, *checkin_standing.AFTERS)
