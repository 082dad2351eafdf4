"""Standing check-ins: on a rhythm, each of them announced and opened anew, and nobody in one beforehand.

Whoever planned one, and moderators, skip one, move one, or stop them all. Anybody can have a private note before each:
a yes of its own, which is taken back as easily, and which brings nobody into a room.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice
from bot.contract.checkins import Checkin, Standing
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Accepted, Relay
from bot.contract.facts import Right
from bot.contract.intent import Due
from bot.contract.params import OfDay, Pick, Until, When, Whole, Zone, param
from bot.contract.tables import Profile, Tx
from bot.contract.text import Literal, Text, text
from bot.domain import checkin as life
from bot.domain.errors import Refusal
from bot.domain.rhythm import RHYTHMS, next_time
from bot.domain.times import Moment, Placed, place
from commands import introducing, notes
from commands.checkin_room import FEATURE, LATEST, announce, joining, pressed

MOST: Final = 5
"""Standing check-ins of a community at a time."""

FARTHEST: Final = 90
"""Days until the first."""

STANDS: Final = "checkin.stands"
NOTE: Final = "checkin.note"
"""Agenda kinds: the next one opens; somebody who wished it is told beforehand."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When standing check-ins are, by which clock, and what they are like."""

    rhythm: str = param(Pick(RHYTHMS))
    first_day: date | int = param(Until(FARTHEST))
    wall: time = param(OfDay())
    zone: str = param(Zone(), default="")
    minutes: int = param(Whole(life.SHORTEST, life.LONGEST), default=life.USUAL)
    kind: str = param(Pick(("guided", "open")), default="guided")
    size: int = param(Whole(life.SMALLEST, life.LARGEST), default=life.SIZE)


@dataclass(frozen=True, slots=True)
class Move:
    """When the next one is, this once."""

    when: Moment = param(When())


# Planning


def first_time(turn: Turn[Plan], tx: Tx) -> tuple[date, str, datetime]:
    """Return the first day, the zone, and when the first one is.

    Raises:
        Refusal: ``round-past``.
    """
    args = turn.args
    zone = args.zone or notes.community_of(tx, turn.community).zone
    today = (turn.said_at or turn.now).astimezone(ZoneInfo(zone)).date()
    day = today + timedelta(days=args.first_day) if isinstance(args.first_day, int) else args.first_day
    at = next_time(args.rhythm, day, args.wall, zone, turn.now)
    if at is None or not timedelta(0) <= day - today <= timedelta(days=FARTHEST):
        raise Refusal("round-past", days=FARTHEST)
    return day, zone, at


def understood(turn: Turn[Plan], tx: Tx) -> tuple[Text, ...]:
    """Say how a rhythm is understood."""
    _, zone, at = first_time(turn, tx)
    return (text("checkin-plan-understood", rhythm=turn.args.rhythm, at=at, zone=Literal(zone)),)


def keep(turn: Turn[Plan], tx: Tx, standing: Standing) -> Card:
    """Keep a standing check-in.

    Raises:
        Refusal: ``checkin-plans-many``.
    """
    if len(tx.checkins.all_planned(turn.community)) >= MOST:
        raise Refusal("checkin-plans-many", limit=MOST)
    _schedule(turn, tx, standing)
    return Card((text("checkin-planned", at=standing.next_at, room=standing.card),), choices=_changes(standing))


def _schedule(turn: Turn[Any], tx: Tx, standing: Standing) -> None:
    """Store a standing check-in; plan the next one, and a note before it for everybody who wishes one."""
    tx.checkins.plan(standing)
    tx.agenda.put(STANDS, standing.id, standing.next_at, community=standing.community)
    for member in tx.checkins.noted(standing.id):
        _plan_note(turn, tx, standing, member)


def _skipped(standing: Standing) -> Standing | None:
    """Return a standing check-in without the next one; None when that was the last."""
    regular = next_time(standing.rhythm, standing.begins_on, standing.wall, standing.zone, standing.regular_at)
    return None if regular is None else replace(standing, regular_at=regular, next_at=regular)


def _end(tx: Tx, standing: Standing) -> None:
    for member in tx.checkins.noted(standing.id):
        _drop_note(tx, standing.id, member)
    tx.agenda.cancel(standing.id)
    tx.checkins.end(standing.id)


def _stands(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Open one, and plan the next."""
    standing = tx.checkins.planned(due.subject)
    if standing is None:
        return
    community = tx.communities.get(standing.community)
    if community is not None and FEATURE not in community.off and turn.now - due.due_at <= LATEST:
        at = standing.next_at
        length = timedelta(minutes=standing.minutes)
        id_, card = turn.chance.new_id(), standing.card
        one = Checkin(id_, standing.community, card, standing.guided, standing.size, turn.now, at + length)
        announce(turn, tx, replace(one, standing=standing.id))
    following = _skipped(standing)
    for member in tx.checkins.noted(standing.id):
        _drop_note(tx, standing.id, member)
    while following is not None and following.next_at <= turn.now:
        following = _skipped(following)
    if following is None:
        _end(tx, standing)
    else:
        _schedule(turn, tx, following)


# Changing


def _may_change(turn: Turn[Any], tx: Tx, standing: Standing) -> bool:
    """Return whether the asker planned it, or moderates."""
    community = notes.community_of(tx, standing.community)
    profile = tx.members.find(turn.asker)
    now = introducing.standing(turn, tx, turn.asker, standing.community)
    mine = profile is not None and profile.id == standing.owner
    return community.right(now) >= (Right.MEMBER if mine else Right.MODERATOR)


def _changed(turn: Turn[Any], tx: Tx) -> Standing:
    """Return the standing check-in that was pressed.

    Raises:
        Refusal: ``checkin-plan-gone`` or ``checkin-not-yours``.
    """
    standing = tx.checkins.planned(turn.subject.partition("-")[0])
    if standing is None:
        raise Refusal("checkin-plan-gone")
    if not _may_change(turn, tx, standing):
        raise Refusal("checkin-not-yours")
    return standing


def _next_changed(turn: Turn[Any], tx: Tx) -> Standing:
    """Return the standing check-in that was pressed, while the next one is still the one that was shown.

    Raises:
        Refusal: ``checkin-next-other``, or as `_changed`.
    """
    standing = _changed(turn, tx)
    if turn.subject != _next_of(standing):
        raise Refusal("checkin-next-other", at=standing.next_at)
    return standing


def _next_of(standing: Standing) -> str:
    """Return the subject of a choice about the next one: two who press it change one, and not two."""
    return f"{standing.id}-{int(standing.next_at.timestamp())}"


def _changes(standing: Standing) -> tuple[Choice, ...]:
    return (
        Choice("checkin.skip-next", text("choice-checkin-skip-next"), _next_of(standing)),
        Choice("checkin.move", text("choice-checkin-move"), _next_of(standing)),
        Choice("checkin.stop", text("choice-checkin-stop"), standing.id),
    )


def _skip_next(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Leave the next one out."""
    standing = _next_changed(turn, tx)
    following = _skipped(standing)
    if following is None:
        _end(tx, standing)
        return Card((text("checkin-stopped"),))
    _schedule(turn, tx, following)
    return Card((text("checkin-next-is", at=following.next_at),), choices=_changes(following))


def _moved(turn: Turn[Move], standing: Standing) -> Placed:
    """Return when the next one is to be, by the clock that the standing check-in keeps to.

    Raises:
        Refusal: ``checkin-moved-far``: that is not before the one after it.
    """
    placed = place(turn.args.when, turn.said_at or turn.now, standing.zone)
    if placed.at <= turn.now:
        raise Refusal("when-past")
    following = _skipped(standing)
    if following is not None and placed.at >= following.next_at:
        raise Refusal("checkin-moved-far", at=following.next_at)
    return placed


def _move_echo(turn: Turn[Move], tx: Tx) -> tuple[Text, ...]:
    standing = _next_changed(turn, tx)
    placed = _moved(turn, standing)
    lines = (text("checkin-move-understood", at=placed.at, zone=Literal(standing.zone)),)
    return lines if placed.shift == "none" else (*lines, text("plan-shift", shift=placed.shift))


def _move(turn: Turn[Move], tx: Tx) -> Card:
    """Move the next one, this once."""
    standing = _next_changed(turn, tx)
    standing = replace(standing, next_at=_moved(turn, standing).at)
    _schedule(turn, tx, standing)
    return Card((text("checkin-next-is", at=standing.next_at),), choices=_changes(standing))


def _stop(turn: Turn[NoArgs], tx: Tx) -> Card:
    """End them. One that is open goes on until its closing."""
    _end(tx, _changed(turn, tx))
    return Card((text("checkin-stopped"),))


# What there is


Shown = tuple[str, Text, tuple[Choice, ...]]
"""One of a list: its id, what is said of it, and what the asker can do about it."""


def _open_ones(turn: Turn[NoArgs], tx: Tx, community: str) -> Iterator[Shown]:
    for one in tx.checkins.of_community(community):
        if one.stage == life.ANNOUNCED:
            yield one.id, text("checkin-is-announced", at=one.opens_at, room=one.card), ()
        elif one.card.platform == turn.asker.platform:
            yield one.id, text("checkin-is-open", until=one.closes_at, room=one.card), joining(one)[:2]


def _standing_ones(turn: Turn[NoArgs], tx: Tx, community: str) -> Iterator[Shown]:
    profile = tx.members.find(turn.asker)
    noted = tx.checkins.notes_of(profile.id) if profile is not None else ()
    for one in tx.checkins.all_planned(community):
        says = text("checkin-stands", rhythm=one.rhythm, at=one.next_at, zone=Literal(one.zone))
        if one.id in noted:
            note = Choice("checkin.no-note", text("choice-checkin-no-note"), one.id)
        else:
            note = Choice("checkin.note-me", text("choice-checkin-note-me"), one.id)
        yield one.id, says, (note, *(_changes(one) if _may_change(turn, tx, one) else ()))


def _list(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show what is open, announced and standing, with what the asker can do about it.

    Where that is more than one, each has a number, and a choice by which it is shown alone: what is pressed is then
    about that one, without a doubt.
    """
    here = (*_open_ones(turn, tx, turn.community), *_standing_ones(turn, tx, turn.community))
    if not here:
        return Card((text("checkin-none"),))
    if len([choices for _, _, choices in here if choices]) <= 1:
        lines = tuple(says for _, says, _ in here)
        return Card((text("checkin-list"), *lines), choices=tuple(one for _, _, choices in here for one in choices))
    lines = tuple(text("checkin-numbered", number=number, says=says) for number, (_, says, _) in enumerate(here, 1))
    looks = tuple(
        Choice("checkin.look", text("choice-checkin-look", number=number), id_)
        for number, (id_, _, choices) in enumerate(here, 1)
        if choices
    )
    return Card((text("checkin-list"), *lines), choices=looks)


def _look(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show one of the list alone."""
    found = tx.checkins.get(turn.subject) or tx.checkins.planned(turn.subject)
    if found is None:
        raise Refusal("checkin-plan-gone")
    if introducing.standing(turn, tx, turn.asker, found.community).right < Right.MEMBER:
        raise Refusal("right-member")
    all_ = (*_open_ones(turn, tx, found.community), *_standing_ones(turn, tx, found.community))
    says, choices = next((says, choices) for id_, says, choices in all_ if id_ == found.id)
    return Card((says,), choices=choices)


# Notes


def _subject(standing: str, member: str) -> str:
    return f"{standing}-{member}"


def _plan_note(turn: Turn[Any], tx: Tx, standing: Standing, member: str) -> None:
    """Plan the note before the next one, unless it is too near for one."""
    profile = tx.members.get(member)
    subject = _subject(standing.id, member)
    at = standing.next_at - timedelta(minutes=profile.lead if profile is not None else 0)
    if profile is None or at <= turn.now:
        tx.agenda.cancel(subject)
        return
    facts = (standing.id, profile.id)
    tx.agenda.put(NOTE, subject, at, member=member, community=standing.community, facts=facts)


def _drop_note(tx: Tx, standing: str, member: str) -> None:
    """Take away a note that is planned, or held for the morning."""
    tx.agenda.cancel(_subject(standing, member))


def no_notes(tx: Tx, profile: Profile) -> None:
    """Take back every wish of a member to have a note."""
    for id_ in tx.checkins.notes_of(profile.id):
        _drop_note(tx, id_, profile.id)
        tx.checkins.wish_note(id_, profile.id, wished=False)


def _note_me(turn: Turn[NoArgs], tx: Tx) -> Card | Relay:
    """Keep a wish, once it is known that its owner can be written to privately."""
    if tx.checkins.planned(turn.subject) is None:
        raise Refusal("checkin-plan-gone")
    return notes.hello(turn, "checkin.noted")


def _noted(turn: Turn[NoArgs], tx: Tx) -> Card:
    standing = tx.checkins.planned(turn.subject)
    if not isinstance(turn.outcome, Accepted) or standing is None:
        return Card((text("checkin-not-noted"),))
    profile = notes.profile_of(turn, tx)
    tx.checkins.wish_note(standing.id, profile.id, wished=True)
    _plan_note(turn, tx, standing, profile.id)
    return Card(
        (text("checkin-noted", minutes=profile.lead),),
        choices=(Choice("checkin.no-note", text("choice-checkin-no-note"), standing.id),),
    )


def _no_note(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take a wish back."""
    standing, profile = tx.checkins.planned(turn.subject), tx.members.find(turn.asker)
    if standing is not None and profile is not None:
        tx.checkins.wish_note(standing.id, profile.id, wished=False)
        _drop_note(tx, standing.id, profile.id)
    return Card((text("checkin-no-note"),))


def _tell(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Tell somebody who is still there that the next one opens soon."""
    id_, member = (str(fact) for fact in due.facts)
    standing, profile = tx.checkins.planned(id_), tx.members.get(member)
    if standing is None or profile is None or standing.next_at <= turn.now:
        return
    if introducing.standing(turn, tx, profile.member, standing.community).right < Right.MEMBER:
        return
    line = text("checkin-note", at=standing.next_at, room=standing.card)
    stop = (Choice("checkin.no-note", text("choice-checkin-no-note"), standing.id),)
    notes.note(turn, tx, profile, line, choices=stop, community=standing.community, subject=due.subject)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("checkin list", _list, right=Right.MEMBER, reads=True),
    pressed("checkin.look", _look, personal=True, reads=True),
    pressed("checkin.skip-next", _skip_next, personal=True),
    pressed("checkin.move", _move, args=Move, personal=True, form=True, echo=_move_echo),
    pressed("checkin.stop", _stop, personal=True),
    pressed("checkin.note-me", _note_me, personal=True),
    pressed("checkin.noted", _noted, personal=True),
    pressed("checkin.no-note", _no_note, personal=True),
)
JOBS: Final[tuple[Job, ...]] = (Job(STANDS, _stands), Job(NOTE, _tell, announces="coming-checkin-note"))
AFTERS: Final[tuple[After, ...]] = ()
