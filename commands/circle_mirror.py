"""One meeting of a circle among the events of the server it meets on, kept in step with it.

It stands there because somebody asked for it, for that one meeting: the next does not by itself, and no rhythm is told,
since a platform's own does not keep to the clock on the wall. Whoever is interested may be shown there by name, so it
goes with its meeting, and that list with it. Who asked for it is not kept.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.circles import Circle, Meeting, Mirror
from bot.contract.command import After, Job, NoArgs, Turn
from bot.contract.effect import Accepted, EditEvent, EndEvent, MakeEvent, Refused, Say, Then
from bot.contract.intent import Done, Due
from bot.contract.place import Member, Post
from bot.contract.tables import Tx
from bot.contract.text import Said, text

GOES: Final = "circle.mirror-goes"
"""Agenda kind: an event is taken away."""

BEFORE_END: Final = timedelta(minutes=1)
"""How long before the end of a meeting. A platform ends by itself what is over, and may keep it then for good."""


def _subject(meeting: str) -> str:
    """Return what is put and planned under about an event: not what its meeting's post is, which goes at the start."""
    return f"event-{meeting}"


def put(tx: Tx, circle: Circle, meeting: Meeting, mirror: Mirror, asker: Member | None = None) -> None:
    """Let a meeting be shown among events; whoever asks is told if it cannot be."""
    tx.circles.mirror(mirror)
    room = (one for one in tx.outbox.posts(meeting.id) if one.place == circle.room)
    tx.outbox.put(
        MakeEvent(
            circle.room,
            text("circle-title", title=Said(circle.title)) if mirror.named else text("circle-event"),
            text("circle-event-about"),
            meeting.starts_at,
            meeting.ends_at,
            next(room, None),
        ),
        then=Then("circle.mirrored", (meeting.id, *((asker,) if asker is not None else ()))),
        subject=_subject(meeting.id),
        expires_at=meeting.starts_at,
        community=circle.community,
    )
    _plan(tx, circle, meeting)


def _plan(tx: Tx, circle: Circle, meeting: Meeting) -> None:
    subject, at = _subject(meeting.id), meeting.ends_at - BEFORE_END
    tx.agenda.cancel(subject)
    tx.agenda.put(GOES, subject, at, community=circle.community, facts=(meeting.id,))


def follow(tx: Tx, circle: Circle, meeting: Meeting) -> None:
    """Let an event be when its meeting is. One that is on its way is made anew."""
    mirror = tx.circles.mirrored(meeting.id)
    if mirror is None:
        return
    subject = _subject(meeting.id)
    if mirror.event is None:
        tx.outbox.recall(subject)
        put(tx, circle, meeting, mirror)
        return
    tx.outbox.supersede(subject)
    tx.outbox.put(
        EditEvent(mirror.event, meeting.starts_at, meeting.ends_at),
        then=Then("circle.mirror-moved", (meeting.id,)),
        subject=subject,
        expires_at=meeting.starts_at,
        community=circle.community,
    )
    _plan(tx, circle, meeting)


def take_out(tx: Tx, meeting: str) -> None:
    """Take the event of a meeting away, if it has one."""
    mirror = tx.circles.mirrored(meeting)
    if mirror is None:
        return
    tx.outbox.recall(_subject(meeting))
    tx.agenda.cancel(_subject(meeting))
    tx.circles.unmirror(meeting)
    if mirror.event is not None:
        tx.outbox.put(EndEvent(mirror.event))


def _mirrored(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Keep which event it is, or tell whoever asked that there is none."""
    id_, *asker = done.facts
    meeting, mirror = tx.circles.meeting(str(id_)), tx.circles.mirrored(str(id_))
    assert isinstance(done.effect, MakeEvent)  # noqa: S101 - as `put` put it
    if isinstance(done.result, Accepted):
        event = Post(done.effect.room, done.result.id)
        if mirror is not None:
            tx.circles.mirror(replace(mirror, event=event))
        else:
            tx.outbox.put(EndEvent(event))
        return
    take_out(tx, str(id_))
    assert isinstance(done.result, Refused)  # noqa: S101 - the other way to end
    if meeting is None or meeting.starts_at <= turn.now:
        return
    card = Card(
        (text("circle-not-shown", at=meeting.starts_at, why=done.result.reason),),
        choices=(Choice("circle.more", text("choice-circle-more"), meeting.id),),
    )
    for one in asker:
        assert isinstance(one, Member)  # noqa: S101 - as `put` put it
        tx.outbox.put(Say(one, card), expires_at=meeting.starts_at, urgent=True)


def _moved(turn: Turn[Any], tx: Tx, done: Done) -> None:  # noqa: ARG001 - a continuation
    """Take away what could not be moved: it would say a wrong time. One taken away by somebody else is not put back."""
    if isinstance(done.result, Refused):
        take_out(tx, str(done.facts[0]))


def _goes(_: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Take an event away before the platform ends it."""
    take_out(tx, str(due.facts[0]))


JOBS: Final[tuple[Job, ...]] = (Job(GOES, _goes),)
AFTERS: Final[tuple[After, ...]] = (After("circle.mirrored", _mirrored), After("circle.mirror-moved", _moved))
