"""Rounds in a check-in room: who is invited next, passing, pausing, and what anybody in it may do.

A turn is an invitation, and each is a new message. Whoever is in the room may go on to the next; only whoever is
invited can pass. Nothing says who did not share, and nobody is waited for.

In a pause nothing is said. What falls due in it is said after it.
"""

from dataclasses import replace
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.checkins import Checkin, Seat
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.intent import Due
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from bot.domain import checkin as life
from bot.domain import turns
from commands import checkin_words
from commands.checkin_room import (
    BEGINS,
    NOTICE,
    always,
    inside,
    kind,
    over,
    pressed,
    say,
    seat_of,
)

RESUMES: Final = "checkin.resumes"


# Turns


def _save(tx: Tx, checkin: Checkin, **changes: Any) -> Checkin:
    changed = replace(checkin, **changes)
    tx.checkins.put(changed)
    return changed


def _begin(turn: Turn[Any], tx: Tx, checkin: Checkin, stage: str) -> None:
    """Begin a round: everybody may be invited anew."""
    for seat in tx.checkins.seats(checkin.id):
        tx.checkins.seat(replace(seat, turn=turns.WAITING))
    _invite(turn, tx, _save(tx, checkin, stage=stage, invited=""))


def _invite(turn: Turn[Any], tx: Tx, checkin: Checkin, *before: Text) -> None:
    """Invite whoever is next and in the room; after the last, say that everybody may talk."""
    assert checkin.room is not None  # noqa: S101 - there are no rounds without one
    away: set[str] = set()
    while True:
        there = [seat for seat in tx.checkins.seats(checkin.id) if seat.id not in away]
        seat = turns.invited_next(there)
        if seat is None or turn.live.inside(checkin.room, seat.member).here:
            break
        away.add(seat.id)
    if seat is not None:
        _say_turn(tx, _save(tx, checkin, invited=seat.id, prompted=checkin.prompted + 1), seat, *before)
        return
    said = "checkin-talk" if checkin.stage == life.ROUND else "checkin-checked-out"
    checkin = _save(tx, checkin, invited="", stage=life.after(checkin.stage, guided=checkin.guided))
    say(tx, checkin, Card((*before, text(said, until=checkin.closes_at)), choices=always(checkin)))


def _say_turn(tx: Tx, checkin: Checkin, seat: Seat, *before: Text) -> None:
    """Invite somebody to speak, with a prompt of their own. Said again after a pause it is the same."""
    prompt = checkin_words.prompt_for(tx, replace(checkin, prompted=checkin.prompted - 1))
    off = () if prompt is None else (Choice("checkin.no-prompts", text("choice-checkin-no-prompts"), checkin.id),)
    choices = (
        Choice("checkin.go-on", text("choice-checkin-go-on"), f"{checkin.id}-{seat.id}"),
        Choice("checkin.pass", text("choice-checkin-pass"), checkin.id),
        *always(checkin),
        *off,
    )
    asked = text("checkin-next", who=seat.member)
    say(tx, checkin, Card((*before, *((prompt,) if prompt else ()), asked), choices=choices))


def _begins(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Begin the first round, if nobody did."""
    checkin = tx.checkins.get(due.subject)
    if checkin is None or checkin.stage != life.OPENING or checkin.closes_at <= turn.now:
        return
    checkin = _unless_paused(turn, tx, checkin, BEGINS)
    if checkin is not None:
        _begin(turn, tx, checkin, life.after(checkin.stage, guided=True))


def _unless_paused(turn: Turn[NoArgs], tx: Tx, checkin: Checkin, what: str) -> Checkin | None:
    """Return a room in which something may be said; None in a pause: what is due then is put off until it is over."""
    if checkin.paused_until is None:
        return checkin
    if life.silent(checkin.paused_until, turn.now):
        tx.agenda.put(what, checkin.id, checkin.paused_until, community=checkin.community)
        return None
    return _save(tx, checkin, paused_until=None)


def _go_on(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Go on to whoever is next. The choice knows whose turn it was on, so that two who press skip nobody."""
    found = inside(turn, tx)
    if found is None:
        return over()
    checkin, _ = found
    if life.silent(checkin.paused_until, turn.now):
        return _paused(checkin)
    # Where whoever was invited has been forgotten since, any press goes on.
    lost = checkin.stage in life.ROUNDS and not checkin.invited
    if not lost and turn.subject.partition("-")[2] != (checkin.invited or checkin.stage):
        return Card((text("checkin-moved-on"),))
    if checkin.stage == life.OPENING:
        _begin(turn, tx, checkin, life.after(checkin.stage, guided=True))
    else:
        for seat in tx.checkins.seats(checkin.id):
            if seat.id == checkin.invited:
                tx.checkins.seat(replace(seat, turn=turns.OVER))
        _invite(turn, tx, checkin)
    return Card((text("checkin-goes-on"),))


def _pass(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Pass: once more after the others, and the second time that is all."""
    found = inside(turn, tx)
    if found is None:
        return over()
    checkin, _ = found
    seats = tx.checkins.seats(checkin.id)
    seat = next((seat for seat in seats if seat.id == checkin.invited), None)
    if seat is None:
        return Card((text("checkin-nobodys-turn"),))
    if seat.member != turn.asker:
        return Card((text("checkin-turn-of", who=seat.member),))
    order, then = turns.passes(seat, seats)
    tx.checkins.seat(replace(seat, order=order, turn=then))
    checkin = _save(tx, checkin, invited="")
    if not life.silent(checkin.paused_until, turn.now):
        _invite(turn, tx, checkin)
    return Card((text("checkin-passed-once" if then == turns.PASSED else "checkin-passed-twice"),))


# Pausing


def _paused(checkin: Checkin) -> Card:
    assert checkin.paused_until is not None  # noqa: S101 - there is a pause
    return Card((text("checkin-paused", until=checkin.paused_until),))


def _pause(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Be silent until somebody releases it, or for five minutes."""
    found = inside(turn, tx)
    if found is None:
        return over()
    checkin, _ = found
    if life.silent(checkin.paused_until, turn.now):
        return _paused(checkin)
    until = turn.now + life.PAUSE
    checkin = _save(tx, checkin, paused_until=until)
    tx.agenda.put(RESUMES, checkin.id, until, community=checkin.community)
    release = Choice("checkin.resume", text("choice-checkin-go-on"), checkin.id)
    say(tx, checkin, Card((text("checkin-pause", until=until),), choices=(release,)))
    return _paused(checkin)


def _resume(turn: Turn[NoArgs], tx: Tx) -> Card:
    """End a pause before its time."""
    found = inside(turn, tx)
    if found is None:
        return over()
    checkin, _ = found
    if not life.silent(checkin.paused_until, turn.now):
        return Card((text("checkin-moved-on"),))
    _after_pause(turn, tx, checkin)
    return Card((text("checkin-goes-on"),))


def _resumes(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """End a pause whose time is over."""
    checkin = tx.checkins.get(due.subject)
    if checkin is None or checkin.paused_until is None or turn.now < checkin.paused_until:
        return
    if turn.now < checkin.closes_at:
        _after_pause(turn, tx, checkin)


def _after_pause(turn: Turn[Any], tx: Tx, checkin: Checkin) -> None:
    """Go on: with what fell into the pause, else where it was."""
    assert checkin.paused_until is not None  # noqa: S101 - there was a pause
    until = checkin.paused_until
    tx.agenda.cancel(checkin.id, RESUMES)
    checkin = _save(tx, checkin, paused_until=None)
    if checkin.stage == life.OPENING and life.begins_at(checkin.opens_at) <= turn.now:
        tx.agenda.put(BEGINS, checkin.id, turn.now, community=checkin.community)
    elif life.owed(life.notice_at(checkin.closes_at), until, turn.now):
        tx.agenda.put(NOTICE, checkin.id, turn.now, community=checkin.community)
    elif checkin.stage in life.ROUNDS:
        seats = tx.checkins.seats(checkin.id)
        seat = next((seat for seat in seats if seat.id == checkin.invited), None)
        if seat is None:
            _invite(turn, tx, checkin, text("checkin-after-pause"))
        else:
            _say_turn(tx, checkin, seat, text("checkin-after-pause"))
    else:
        say(tx, checkin, Card((text("checkin-after-pause"),), choices=always(checkin)))


# Before the closing


def _notice(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Say that the room closes soon, offer a second one, and begin the last round."""
    checkin = tx.checkins.get(due.subject)
    if checkin is None or checkin.room is None or checkin.closes_at <= turn.now:
        return
    checkin = _unless_paused(turn, tx, checkin, NOTICE)
    if checkin is None:
        return
    stay = Choice("checkin.another", text("choice-checkin-stay"), checkin.id)
    erased = (text("checkin-notice-erased"),) if tx.checkins.words(checkin.community).erased else ()
    notice = (text("checkin-notice", until=checkin.closes_at, kind=kind(checkin)), *erased)
    card = Card(notice, choices=(stay, *always(checkin)))
    say(tx, checkin, card)
    stage = life.noticed(guided=checkin.guided)
    if checkin.guided:
        _begin(turn, tx, checkin, stage)
    else:
        _save(tx, checkin, stage=stage)


# Hosting, guarding, and doing without prompts


def _offer(turn: Turn[NoArgs], tx: Tx, role: str) -> Card:
    """Volunteer as the host or the guardian of this room, or give that back."""
    found = inside(turn, tx)
    if found is None:
        return over()
    checkin, _ = found
    mine = seat_of(turn, tx, checkin)
    if mine is None:
        return Card((text("checkin-no-seat"),))
    has = mine.host if role == "host" else mine.guardian
    tx.checkins.seat(replace(mine, host=not has) if role == "host" else replace(mine, guardian=not has))
    if has:
        return Card((text("checkin-role-back"),))
    if not life.silent(checkin.paused_until, turn.now):
        say(tx, checkin, Card((text("checkin-role", who=turn.asker, role=role),)))
    return Card((text("checkin-role-yours", role=role),))


def _no_prompts(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Do without prompts from now on, in this room."""
    found = inside(turn, tx)
    if found is None:
        return over()
    checkin, _ = found
    if checkin.prompts:
        checkin = _save(tx, checkin, prompts=False)
        if not life.silent(checkin.paused_until, turn.now):
            say(tx, checkin, Card((text("checkin-without-prompts"),)))
    return Card((text("checkin-prompts-off"),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("checkin.go-on", _go_on),
    pressed("checkin.pass", _pass),
    pressed("checkin.pause", _pause),
    pressed("checkin.resume", _resume),
    pressed("checkin.host", lambda turn, tx: _offer(turn, tx, "host")),
    pressed("checkin.guard", lambda turn, tx: _offer(turn, tx, "guardian")),
    pressed("checkin.no-prompts", _no_prompts),
)
JOBS: Final[tuple[Job, ...]] = (Job(BEGINS, _begins), Job(NOTICE, _notice), Job(RESUMES, _resumes))
AFTERS: Final[tuple[After, ...]] = ()
