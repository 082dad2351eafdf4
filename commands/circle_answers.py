"""Coming to a circle, or perhaps, or not: for one meeting, or for all of them.

Each answer is changed with one tap until the start. *Skip this one* leaves nothing: who does not come is nowhere. A
seat that somebody gives up is offered to whoever waits.
"""

from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.circles import Answer, Circle, Meeting
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import circle as life
from commands import circle_notes, circle_steps
from commands import circle_words as words
from commands.circle_steps import pressed, pressed_meeting


def mine(turn: Turn[Any], tx: Tx, meeting: Meeting) -> Answer | None:
    """Return the asker's own answer."""
    return next((one for one in tx.circles.answers(meeting.id) if one.member == turn.asker), None)


def _more(meeting: Meeting) -> Choice:
    return Choice("circle.more", text("choice-circle-more"), meeting.id)


def _enough(tx: Tx, circle: Circle, meeting: Meeting) -> tuple[Text, ...]:
    """Say to somebody who comes whether it is worth meeting, by the circle's own word."""
    enough = life.enough(circle.fewest, tx.circles.answers(meeting.id))
    return () if enough is None else (text("circle-enough", enough=enough),)


def _seated(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting, *, every: bool) -> Card:
    """Give the asker a seat or a place in the line, and say which."""
    before = words.state(tx, circle, meeting)
    given = circle_steps.seat(turn, tx, circle, meeting, turn.asker)
    if every:
        tx.circles.come_regularly(circle.id, turn.asker, turn.now)
    circle_steps.changing(turn, tx, circle, meeting, before)
    circle_notes.plan_again(turn, tx, circle, meeting)
    back = Choice("circle.skip", text("choice-circle-skip"), meeting.id)
    if given == life.WAIT:
        return Card((text("circle-waits", title=Said(circle.title)),), choices=(back, _more(meeting)))
    when = words.to_member(turn, tx, circle, turn.asker, meeting.starts_at)
    lines = (text("circle-comes", title=Said(circle.title), when=when, every=every),)
    shown = (text("circle-names-shown"),) if circle.shows_names else ()
    profile = tx.members.find(turn.asker)
    clocks = circle_notes.clocks_soon(turn, tx, circle, profile) if profile is not None else ()
    remind = Choice("circle.remind", text("choice-circle-remind"), meeting.id)
    return Card((*lines, *shown, *_enough(tx, circle, meeting), *clocks), choices=(back, remind, _more(meeting)))


def _come(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Come to this meeting."""
    circle, meeting = pressed_meeting(turn, tx)
    return _seated(turn, tx, circle, meeting, every=False)


def _every(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Come to this meeting and to all that follow."""
    circle, meeting = pressed_meeting(turn, tx)
    return _seated(turn, tx, circle, meeting, every=True)


def _not_every(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Come to every meeting no more. The answer to this one stays as it is."""
    circle, meeting = pressed_meeting(turn, tx)
    tx.circles.come_no_more(circle.id, turn.asker)
    return Card((text("circle-not-every"),), choices=(_more(meeting),))


def _maybe(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Perhaps come. That takes no seat."""
    circle, meeting = pressed_meeting(turn, tx)
    before = words.state(tx, circle, meeting)
    own = mine(turn, tx, meeting)
    if own is not None:
        circle_steps.call_back(tx, own)
    tx.circles.answer(Answer(meeting.id, turn.asker, life.MAYBE, turn.now))
    circle_steps.changing(turn, tx, circle, meeting, before)
    circle_notes.plan_note_again(turn, tx, circle, meeting)
    come = Choice("circle.come", text("choice-circle-come"), meeting.id)
    when = words.to_member(turn, tx, circle, turn.asker, meeting.starts_at)
    return Card((text("circle-maybe", title=Said(circle.title), when=when),), choices=(come, _more(meeting)))


def _skip(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Not come to this one. What was kept about it goes, with the note before it, and a role in it is free again."""
    circle, meeting = pressed_meeting(turn, tx)
    before = words.state(tx, circle, meeting)
    own = mine(turn, tx, meeting)
    if own is not None:
        circle_steps.call_back(tx, own)
        tx.circles.unanswer(meeting.id, turn.asker)
        tx.scrub()
    for lent in tx.circles.roles(meeting.id):
        if lent.member == turn.asker:
            tx.circles.hand_back(meeting.id, lent.role)
    circle_notes.drop(turn, tx, meeting)
    circle_steps.changing(turn, tx, circle, meeting, before)
    return Card((text("circle-skipped"),), choices=(_more(meeting),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("circle.come", _come),
    pressed("circle.every", _every),
    pressed("circle.not-every", _not_every),
    pressed("circle.maybe", _maybe),
    pressed("circle.skip", _skip),
)
