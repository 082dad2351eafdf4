"""A check-in room's life: it is announced, made, looked at, open, and closed when it said it would be.

Everything that follows is in its rows and on the agenda, so a restart changes nothing. With the closing all rows are
gone. Who opened a room is not among them: whoever did holds a choice that knows the room.

Nothing here takes anybody out of an open room but their own wish to leave; the closing ends it for all at once.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.checkins import Checkin, Seat
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Accepted, Invite, Leave, MakeRoom, Refused, Remove, Say, Then
from bot.contract.facts import NAMING_AGE, Act, IsInside, Right, Unreachable
from bot.contract.intent import Done, Due
from bot.contract.place import Room
from bot.contract.ports import Capability
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from bot.domain import checkin as life
from bot.domain import turns
from bot.domain.errors import Refusal
from commands import checkin_words, introducing
from commands.agreement_reminders import opening_lines

FEATURE: Final = "checkins"
DOES: Final = "checkins"
"""What the room does in which check-in rooms are announced."""

OPENS: Final = "checkin.opens"
BEGINS: Final = "checkin.begins"
NOTICE: Final = "checkin.notice"
CLOSES: Final = "checkin.closes"
"""Agenda kinds; their subject is the check-in's id."""

LATEST: Final = timedelta(minutes=15)
"""How late a room that was announced is still opened."""

_OVER_FOR: Final = frozenset({"gone", "forbidden", "impossible"})
"""Why something could not be said in a room, where saying it again would not help."""

LEAVE: Final = text("choice-checkin-leave")
PAUSE: Final = text("choice-checkin-pause")


def joining(checkin: Checkin) -> tuple[Choice, ...]:
    """Return the ways to come in, or not to: all alike."""
    return (
        Choice("checkin.join", text("choice-checkin-join"), checkin.id),
        Choice("checkin.listen", text("choice-checkin-listen"), checkin.id),
        Choice("checkin.skip", text("choice-checkin-skip"), checkin.id),
    )


def always(checkin: Checkin) -> tuple[Choice, ...]:
    """Return what can be pressed on everything that is said in a room."""
    return Choice("checkin.pause", PAUSE, checkin.id), Choice("checkin.leave", LEAVE, checkin.id)


def over() -> Card:
    """Return the answer to whatever is pressed too late, or by somebody who is not in the room."""
    return Card((text("checkin-over"),))


# Saying something in it


def say(tx: Tx, checkin: Checkin, card: Card) -> None:
    """Say something in a room, as a new message."""
    assert checkin.room is not None  # noqa: S101 - nothing is said before there is a room
    tx.outbox.put(
        Say(checkin.room, card),
        then=Then("checkin.said", (checkin.id,)),
        subject=checkin.id,
        urgent=True,
        community=checkin.community,
    )


def _said(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:  # noqa: ARG001 - the shape of what follows an effect
    """End a check-in in whose room, or about which, nothing can be said any more."""
    checkin = tx.checkins.get(str(done.facts[0]))
    if checkin is not None and isinstance(done.result, Refused) and done.result.reason in _OVER_FOR:
        break_off(tx, checkin, text("checkin-broke-off"))


def _tell_where_announced(tx: Tx, checkin: Checkin, card: Card, then: Then | None = None) -> None:
    """Let a card stand where the check-in is announced, as long as it is."""
    tx.outbox.put(
        Say(checkin.card, card, keep=checkin.id),
        then=then,
        subject=checkin.id,
        expires_at=checkin.closes_at,
        urgent=True,
        community=checkin.community,
    )


# Announced and made


def announce(turn: Turn[Any], tx: Tx, checkin: Checkin) -> None:
    """Store a check-in, and open it now or announce it."""
    tx.checkins.put(checkin)
    tx.agenda.put(CLOSES, checkin.id, checkin.closes_at, community=checkin.community)
    if checkin.opens_at <= turn.now:
        _make(tx, checkin)
        return
    card = Card((text("checkin-announced", at=checkin.opens_at, until=checkin.closes_at, kind=kind(checkin)),))
    _tell_where_announced(tx, checkin, card, Then("checkin.said", (checkin.id,)))
    tx.agenda.put(OPENS, checkin.id, checkin.opens_at, community=checkin.community)


def kind(checkin: Checkin) -> str:
    """Return what kind of room it is, as a parameter names it."""
    return "guided" if checkin.guided else "open"


def _opens(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Open what was announced. Much too late, or where check-ins were switched off since, it does not take place."""
    checkin = tx.checkins.get(due.subject)
    if checkin is None or checkin.stage != life.ANNOUNCED:
        return
    community = tx.communities.get(checkin.community)
    if community is None or FEATURE in community.off or turn.now - due.due_at > LATEST:
        break_off(tx, checkin, text("checkin-not-held", at=checkin.opens_at))
        return
    _make(tx, checkin)


def _make(tx: Tx, checkin: Checkin) -> None:
    """Make the room. What announced it gives way to the invitation, once it was looked who can read the room."""
    spaces = tx.communities.spaces(checkin.community)
    space = next((space for space in spaces if space.platform == checkin.card.platform), None)
    if space is None:
        forget(tx, checkin)
        return
    tx.outbox.recall(checkin.id)
    tx.checkins.put(replace(checkin, stage=life.after(checkin.stage, guided=checkin.guided)))
    room = MakeRoom(space, text("checkin-room-name"), visible=tx.checkins.words(checkin.community).visible)
    then = Then("checkin.made", (checkin.id,))
    tx.outbox.put(room, then=then, subject=checkin.id, urgent=True, community=checkin.community)


def _made(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Invite into a room that was made, unless more people can read it than it was made for."""
    checkin = tx.checkins.get(str(done.facts[0]))
    assert isinstance(done.effect, MakeRoom)  # noqa: S101 - as `_make` put it
    room = Room(done.effect.space.platform, done.result.id) if isinstance(done.result, Accepted) else None
    if checkin is None or checkin.closes_at <= turn.now:
        if room is not None:
            tx.outbox.put(Leave(room, close=True))
        return
    if room is None:
        break_off(tx, checkin, text("checkin-not-made"))
        return
    readers = turn.live.readers(room, visible=done.effect.visible)
    checkin = replace(checkin, room=room, stage=life.OPENING if checkin.guided else life.TALK)
    if readers.wider:
        break_off(tx, checkin, text("checkin-too-wide"))
        return
    tx.checkins.put(checkin)
    tx.agenda.put(NOTICE, checkin.id, life.notice_at(checkin.closes_at), community=checkin.community)
    if checkin.guided:
        tx.agenda.put(BEGINS, checkin.id, life.begins_at(turn.now), community=checkin.community)
    say(tx, checkin, _opening(tx, checkin, readers.lines))
    agreed = opening_lines(tx, checkin.community, checkin.card, counts=True)
    if agreed:
        say(tx, checkin, Card(agreed))
    invitation = Card(
        (text("checkin-card", until=checkin.closes_at, kind=kind(checkin)), *readers.lines), choices=joining(checkin)
    )
    _tell_where_announced(tx, checkin, invitation, Then("checkin.said", (checkin.id,)))


def _opening(tx: Tx, checkin: Checkin, readers: tuple[Text, ...]) -> Card:
    """Return the first words in a room."""
    return Card((*_how(tx, checkin), *readers), choices=_ways(checkin))


def _how(tx: Tx, checkin: Checkin) -> tuple[Text, ...]:
    """Return what a room opens with, and how it goes."""
    how = text("checkin-opening", until=checkin.closes_at, kind=kind(checkin))
    return (*checkin_words.opening_words(tx, checkin.community), how)


def _ways(checkin: Checkin) -> tuple[Choice, ...]:
    """Return what can be pressed in a room as it stands now."""
    label = "choice-checkin-begin" if checkin.stage == life.OPENING else "choice-checkin-go-on"
    in_a_round = (
        Choice("checkin.go-on", text(label), f"{checkin.id}-{checkin.invited or checkin.stage}"),
        Choice("checkin.no-prompts", text("choice-checkin-no-prompts"), checkin.id),
    )
    mine = (
        Choice("checkin.host", text("choice-checkin-host"), checkin.id),
        Choice("checkin.guard", text("choice-checkin-guard"), checkin.id),
    )
    return (*(in_a_round if checkin.stage != life.TALK else ()), *mine, *always(checkin))


# Coming in and leaving


def present(turn: Turn[Any], tx: Tx, checkin: Checkin) -> None:
    """Let pass whoever is a member where the check-in is.

    Raises:
        Refusal: ``right-member`` or ``checkin-timed-out``.
    """
    standing = introducing.standing(turn, tx, turn.asker, checkin.community)
    if standing.right < Right.MEMBER:
        raise Refusal("right-member")
    if not standing.able:
        raise Refusal("checkin-timed-out")


def open_now(turn: Turn[Any], tx: Tx) -> Checkin | None:
    """Return the check-in that was pressed, unless it is over."""
    checkin = tx.checkins.get(turn.subject.partition("-")[0])
    return checkin if checkin is not None and turn.now < checkin.closes_at else None


def inside(turn: Turn[Any], tx: Tx) -> tuple[Checkin, Room] | None:
    """Return the check-in that was pressed and its room, if the asker is in there."""
    checkin = open_now(turn, tx)
    if checkin is None or checkin.room is None or not turn.live.inside(checkin.room, turn.asker).here:
        return None
    return checkin, checkin.room


def seat_of(turn: Turn[Any], tx: Tx, checkin: Checkin) -> Seat | None:
    """Return the asker's seat."""
    return next((seat for seat in tx.checkins.seats(checkin.id) if seat.member == turn.asker), None)


def is_full(turn: Turn[Any], tx: Tx, checkin: Checkin) -> bool:
    """Return whether a room is full. The seats of those who left it by the means of their platform are freed before.

    Whoever was asked in and has not come yet keeps theirs. Where the platform does not say, all do.
    """
    seats = tx.checkins.seats(checkin.id)
    if len(seats) < checkin.size or checkin.room is None or tx.outbox.pending(checkin.id):
        return len(seats) >= checkin.size
    try:
        turn.live.expect((IsInside(checkin.room, seat.member) for seat in seats), NAMING_AGE)
        known = {seat.id: turn.live.inside(checkin.room, seat.member) for seat in seats}
    except Unreachable:
        return True
    left = [id_ for id_, now in known.items() if not (now.here or now.asked)]
    for id_ in left:
        tx.checkins.rise(id_)
    if left:
        tx.scrub()
    return not left


def _join(turn: Turn[NoArgs], tx: Tx, *, listens: bool) -> Card:
    """Let somebody in. Twice is once; pressing again lets in again whoever went out by themselves."""
    checkin = open_now(turn, tx)
    if checkin is None:
        return over()
    present(turn, tx, checkin)
    if checkin.room is None:
        return Card((text("checkin-not-yet", at=checkin.opens_at),), choices=joining(checkin))
    mine = seat_of(turn, tx, checkin)
    if mine is None and is_full(turn, tx, checkin):
        another = Choice("checkin.another", text("choice-checkin-another"), checkin.id)
        return Card((text("checkin-full"),), choices=(another, Choice("checkin.skip", text("choice-checkin-skip"))))
    seat = mine or Seat(turn.chance.new_id(), checkin.id, turn.asker, turns.last_place(tx.checkins.seats(checkin.id)))
    tx.checkins.seat(replace(seat, listens=listens))
    then = Then("checkin.entered", (checkin.id,))
    tx.outbox.put(Invite(checkin.room, turn.asker), then=then, subject=checkin.id, urgent=True)
    let_in = text("checkin-let-in", room=checkin.room, until=checkin.closes_at)
    if Capability.READS_BACK in turn.can.get(checkin.room.platform, frozenset()):
        return Card((let_in,), choices=(Choice("checkin.leave", LEAVE, checkin.id),))
    # What was said in it stays closed to whoever comes later, so they have it here.
    agreed = opening_lines(tx, checkin.community, checkin.card)
    return Card((let_in, *_how(tx, checkin), *agreed), choices=_ways(checkin))


def _entered(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:  # noqa: ARG001 - the shape of what follows an effect
    """Tell somebody for whom the room could not be opened, and keep nothing about them."""
    assert isinstance(done.effect, Invite)  # noqa: S101 - as `_join` put it
    if isinstance(done.result, Accepted):
        return
    who = done.effect.member
    for seat in tx.checkins.seats(str(done.facts[0])):
        if seat.member == who:
            tx.checkins.rise(seat.id)
    tx.outbox.put(Say(who, Card((text("checkin-not-let-in"),))), urgent=True)


def _skip(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - nothing is stored
    """Hear that somebody does not come. Nothing is written."""
    return Card((text("checkin-skipped"),))


def _leave(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take the asker out on their own wish. Nothing is posted, and if they were invited to speak, nobody is told."""
    checkin = open_now(turn, tx)
    if checkin is None or checkin.room is None:
        return over()
    mine = seat_of(turn, tx, checkin)
    if mine is None and not turn.live.inside(checkin.room, turn.asker).here:
        return over()
    if mine is not None:
        tx.checkins.rise(mine.id)
        tx.scrub()
    by_themselves = _not_taken_out(turn, tx, checkin, checkin.room)
    if by_themselves:
        return Card((text("checkin-left-seat"), *by_themselves))
    tx.outbox.put(Remove(checkin.room, turn.asker), urgent=True)
    return Card((text("checkin-left"),))


def _not_taken_out(turn: Turn[NoArgs], tx: Tx, checkin: Checkin, room: Room) -> tuple[Text, ...]:
    """Return how somebody leaves a room by themselves, where everybody can look in and the bot cannot take them out."""
    if not tx.checkins.words(checkin.community).visible:
        return ()
    try:
        return turn.live.missing(room, frozenset({Act.TAKE_OUT}))
    except Unreachable:
        return ()


# Closing


def forget(tx: Tx, checkin: Checkin) -> None:
    """Delete all that there is about a check-in."""
    tx.agenda.cancel(checkin.id)
    tx.checkins.remove(checkin.id)
    tx.scrub()


def close(turn: Turn[Any], tx: Tx, checkin: Checkin) -> None:
    """Say the closing words, unless somebody asked for a pause; empty or lock the room; forget it."""
    tx.outbox.recall(checkin.id)
    if checkin.room is not None:
        if not life.silent(checkin.paused_until, turn.now):
            tx.outbox.put(
                Say(checkin.room, Card(checkin_words.closing_words(tx, checkin.community))),
                urgent=True,
                community=checkin.community,
            )
        _shut(tx, checkin, checkin.room)
    forget(tx, checkin)


def _shut(tx: Tx, checkin: Checkin, room: Room) -> None:
    """Empty a room, or lock it, or delete it, as the platform has it and the community wishes."""
    erase = tx.checkins.words(checkin.community).erased
    tx.outbox.put(Leave(room, close=True, erase=erase), urgent=True)


def break_off(tx: Tx, checkin: Checkin, line: Text) -> None:
    """End a check-in that cannot take place, or go on. One line where it was announced says so."""
    tx.outbox.recall(checkin.id)
    if checkin.room is not None:
        _shut(tx, checkin, checkin.room)
    tx.outbox.put(Say(checkin.card, Card((line,))), community=checkin.community)
    forget(tx, checkin)


def _closes(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Close a room when it said that it would be closed."""
    checkin = tx.checkins.get(due.subject)
    if checkin is not None:
        close(turn, tx, checkin)


def _call_off(turn: Turn[NoArgs], tx: Tx) -> Card:
    """End a check-in on the wish of who opened it: nobody else was ever given this choice."""
    checkin = open_now(turn, tx)
    if checkin is None:
        return over()
    if checkin.stage == life.ANNOUNCED:
        break_off(tx, checkin, text("checkin-not-held", at=checkin.opens_at))
    else:
        close(turn, tx, checkin)
    return Card((text("checkin-called-off"),))


def _about(tx: Tx, subject: str) -> str:
    """Return the community of a check-in, or of a standing one."""
    id_ = subject.partition("-")[0]
    found = tx.checkins.get(id_) or tx.checkins.planned(id_)
    return "" if found is None else found.community


def pressed(name: str, run: Any, *, personal: bool = False, **more: Any) -> Command[Any]:
    """Return a command that whoever sees its choice may press; what they may do is looked at when they do."""
    return Command(name, run, right=Right.NONE, community=False, personal=personal, about=_about, **more)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("checkin.join", lambda turn, tx: _join(turn, tx, listens=False)),
    pressed("checkin.listen", lambda turn, tx: _join(turn, tx, listens=True)),
    pressed("checkin.skip", _skip, reads=True),
    pressed("checkin.leave", _leave),
    pressed("checkin.call-off", _call_off, personal=True),
)
JOBS: Final[tuple[Job, ...]] = (Job(OPENS, _opens), Job(CLOSES, _closes))
AFTERS: Final[tuple[After, ...]] = (
    After("checkin.made", _made),
    After("checkin.said", _said),
    After("checkin.entered", _entered),
)
