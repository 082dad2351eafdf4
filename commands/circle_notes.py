"""Notes before a meeting, for whoever asked for them; and before clocks are set, for whom that changes something.

To say that one comes brings no note. A note names no circle, so that a lock screen tells nothing. What is late by a
power cut says so, comes with all else that is late as one message, and does not come once the meeting is over. A note
comes at its time, also when the day's budget of messages is spent, if it would come too late in the morning.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.circles import Circle, Meeting
from bot.contract.command import Command, Job, NoArgs, Turn
from bot.contract.effect import Accepted, Relay
from bot.contract.facts import Right
from bot.contract.intent import Due
from bot.contract.params import Whole, param
from bot.contract.tables import Profile, Tx
from bot.contract.text import Literal, Text, text
from bot.domain import circle as life
from bot.domain.rhythm import meetings, next_meeting
from bot.domain.wall import clock_changes
from commands import circle_words as words
from commands import introducing, notes
from commands.circle_steps import NOTE, clocks_subject, note_subject, plan_note, pressed, pressed_meeting

CLOCKS: Final = "circle.clocks"
"""Agenda kind of the note before clocks are set."""

LATE: Final = timedelta(minutes=5)
"""From when on a note says that it is late."""

_LOOKED_AHEAD: Final = timedelta(days=400)
_LOOKED_BACK: Final = (timedelta(days=62), timedelta(days=400))
"""How far back the meeting before a clock change is looked for: most circles meet often, some once a year."""

LONGEST_LEAD: Final = 2880
"""Minutes before a meeting at most: two days."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before each meeting."""

    lead: int = param(Whole(0, LONGEST_LEAD))


def _wished(tx: Tx, circle: Circle, profile: Profile) -> int | None:
    """Return how many minutes before each meeting a member wishes a note; None: not at all."""
    return dict(tx.circles.wishes_of(profile.id)).get(circle.id)


def plan_again(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
    """Plan the asker's notes, as far as they wish any, after they said that they come."""
    profile = tx.members.find(turn.asker)
    if profile is None:
        return
    lead = _wished(tx, circle, profile)
    if lead is not None:
        plan_note(turn, tx, circle, meeting, profile.id, lead)
    plan_clocks(turn, tx, circle, profile)


def plan_note_again(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
    """Plan the asker's note before one meeting, if they wish any, after they said that they may come."""
    profile = tx.members.find(turn.asker)
    lead = _wished(tx, circle, profile) if profile is not None else None
    if profile is not None and lead is not None:
        plan_note(turn, tx, circle, meeting, profile.id, lead)


def drop(turn: Turn[Any], tx: Tx, meeting: Meeting) -> None:
    """Take away the asker's note before one meeting."""
    profile = tx.members.find(turn.asker)
    if profile is not None:
        tx.agenda.cancel(note_subject(meeting.id, profile.id))


def no_notes(tx: Tx, profile: Profile) -> None:
    """Take back every wish of a member to have notes, and what is planned for them."""
    for id_, _ in tx.circles.wishes_of(profile.id):
        for meeting in tx.circles.meetings(id_):
            tx.agenda.cancel(note_subject(meeting.id, profile.id))
            tx.outbox.recall(note_subject(meeting.id, profile.id))
        tx.circles.unwish(id_, profile.id)
    for due in tx.agenda.of_member(profile.id, CLOCKS):
        tx.agenda.cancel(due.subject, CLOCKS)


# Asking for them


def _remind(turn: Turn[NoArgs], tx: Tx) -> Card | Relay:
    """Keep a wish, once it is known that its owner can be written to privately."""
    pressed_meeting(turn, tx)
    return notes.hello(turn, "circle.reminded")


def _keep(turn: Turn[Any], tx: Tx, lead: int | None) -> Card:
    circle, meeting = pressed_meeting(turn, tx)
    profile = notes.profile_of(turn, tx)
    lead = profile.lead if lead is None else lead
    tx.circles.wish_note(circle.id, profile.id, lead)
    plan_note(turn, tx, circle, meeting, profile.id, lead)
    length = timedelta(minutes=lead)
    return Card(
        (text("circle-noted", length=length, posted=_outlasts(turn, tx, circle, length)),),
        choices=(
            Choice("circle.lead", text("choice-circle-lead"), meeting.id),
            Choice("circle.no-notes", text("choice-circle-no-notes"), circle.id),
        ),
    )


def _outlasts(turn: Turn[Any], tx: Tx, circle: Circle, lead: timedelta) -> bool:
    """Return whether some meeting is posted only when the time for a note before it has passed."""
    coming = meetings(words.planned_series(circle, tx), turn.now, turn.now + _LOOKED_BACK[0])
    return any(later.at - lead < sooner.at + circle.length for sooner, later in pairwise(coming))


def _reminded(turn: Turn[NoArgs], tx: Tx) -> Card:
    if not isinstance(turn.outcome, Accepted):
        return Card((text("circle-not-noted"),))
    return _keep(turn, tx, None)


def _lead(turn: Turn[Lead], tx: Tx) -> Card:
    """Change how long before; only for whoever has notes already, so it is known that they can be reached."""
    circle, _ = pressed_meeting(turn, tx)
    profile = tx.members.find(turn.asker)
    if profile is None or _wished(tx, circle, profile) is None:
        return Card((text("circle-no-notes"),))
    return _keep(turn, tx, turn.args.lead)


def _no_notes(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take a wish back."""
    profile = tx.members.find(turn.asker)
    if profile is not None:
        for meeting in tx.circles.meetings(turn.subject):
            tx.agenda.cancel(note_subject(meeting.id, profile.id))
        tx.circles.unwish(turn.subject, profile.id)
    return Card((text("circle-no-notes"),))


# Sending them


def _tell(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Tell somebody who is still there that a meeting starts soon, or did."""
    id_, member = (str(fact) for fact in due.facts)
    meeting, profile = tx.circles.meeting(id_), tx.members.get(member)
    circle = tx.circles.get(meeting.circle) if meeting is not None else None
    if meeting is None or profile is None or circle is None:
        return
    waits = any(one.member == profile.member and one.answer == life.WAIT for one in tx.circles.answers(meeting.id))
    if meeting.state != life.PLANNED or meeting.ends_at <= turn.now or waits:
        return
    if introducing.standing(turn, tx, profile.member, circle.community).right < Right.MEMBER:
        return
    if turn.now - due.due_at > LATE:
        _late(turn, tx, profile, circle, meeting, due.subject)
        return
    choices = (
        Choice("circle.more", text("choice-circle-more"), meeting.id),
        Choice("circle.no-notes", text("choice-circle-no-notes"), circle.id),
    )
    at = words.to_member(turn, tx, circle, profile.member, meeting.starts_at)
    notes.note(
        turn,
        tx,
        profile,
        text("circle-note", at=at),
        choices=choices,
        community=circle.community,
        subject=due.subject,
        by=meeting.starts_at,
        after=text("circle-note-begun", at=at),
        until=meeting.ends_at,
    )


def _late(turn: Turn[NoArgs], tx: Tx, profile: Profile, circle: Circle, meeting: Meeting, subject: str) -> None:
    """Tell what is late, so that all that is late comes as one message; before the meeting is over, budget or not."""
    at = words.to_member(turn, tx, circle, profile.member, meeting.starts_at)
    line = text("circle-note-late", at=at, begun=meeting.starts_at <= turn.now)
    notes.gather(turn, tx, profile, line, community=circle.community, subject=subject, by=meeting.ends_at)


# Before clocks are set


@dataclass(frozen=True, slots=True)
class _Change:
    """What a clock change does to somebody's own time of a circle: from when on, what it was, what it will be."""

    at: datetime
    line: Text


def _change(tx: Tx, circle: Circle, profile: Profile, after: datetime) -> _Change | None:
    """Return the next clock change that moves a circle's meetings on somebody's own clock."""
    zone = notes.zone_of(tx, profile, circle.community)
    planned = words.planned_series(circle, tx)
    ends = after + _LOOKED_AHEAD
    changes = {one.at for each in {circle.zone, zone} for one in clock_changes(each, after, ends)}
    for at in sorted(changes):
        held = (meetings(planned, at - back, at)[-1:] for back in _LOOKED_BACK)
        before, following = next(filter(None, held), ()), next_meeting(planned, at)
        if not before or following is None or before[0].moved or following.moved:
            continue
        was, now = words.local(before[0].at, zone), words.local(following.at, zone)
        if was.time() != now.time():
            day, here = words.on_day(now.date()), Literal(zone)
            return _Change(at, text("circle-clocks-you", day=day, now=now.time(), was=was.time(), zone=here))
    return None


def _comes(tx: Tx, circle: Circle, profile: Profile) -> bool:
    if circle.id in tx.circles.regular_in(profile.member):
        return True
    own = {one.id for one in tx.circles.meetings(circle.id) if one.state == life.PLANNED}
    return any(one.meeting in own and one.answer == life.COME for one in tx.circles.answers_of(profile.member))


def plan_clocks(turn: Turn[Any], tx: Tx, circle: Circle, profile: Profile, after: datetime | None = None) -> None:
    """Plan the note that tells somebody who comes what the next clock change does to their own time."""
    subject = clocks_subject(circle.id, profile.id)
    tx.agenda.cancel(subject, CLOCKS)
    change = _change(tx, circle, profile, max(turn.now + life.BEFORE_CLOCKS, after or turn.now))
    if change is not None:
        at = change.at - life.BEFORE_CLOCKS
        facts = (circle.id, profile.id, change.at)
        tx.agenda.put(CLOCKS, subject, at, member=profile.id, community=circle.community, facts=facts)


def clocks_soon(turn: Turn[Any], tx: Tx, circle: Circle, profile: Profile) -> tuple[Text, ...]:
    """Say what a clock change does to somebody's own time that is too near for a note two weeks before it."""
    change = _change(tx, circle, profile, turn.now)
    return (change.line,) if change is not None and change.at <= turn.now + life.BEFORE_CLOCKS else ()


def zone_changed(turn: Turn[Any], tx: Tx, profile: Profile) -> tuple[Text, ...]:
    """Plan the notes before clock changes anew for somebody who named another zone; return what changes soon."""
    answered = (tx.circles.meeting(one.meeting) for one in tx.circles.answers_of(profile.member))
    ids = {*tx.circles.regular_in(profile.member), *(one.circle for one in answered if one is not None)}
    lines: list[Text] = []
    for circle in filter(None, map(tx.circles.get, sorted(ids))):
        if _comes(tx, circle, profile):
            plan_clocks(turn, tx, circle, profile)
            lines += (line for line in clocks_soon(turn, tx, circle, profile) if line not in lines)
    return tuple(lines)


def _clocks(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Tell somebody who comes, and is still there, what changes for them; plan the note before the next change."""
    id_, member, at = due.facts
    circle, profile = tx.circles.get(str(id_)), tx.members.get(str(member))
    if circle is None or circle.ended_at is not None or profile is None or not _comes(tx, circle, profile):
        return
    assert isinstance(at, datetime)  # noqa: S101 - as `plan_clocks` put it
    change = _change(tx, circle, profile, at - timedelta(seconds=1))
    here = introducing.standing(turn, tx, profile.member, circle.community).right >= Right.MEMBER
    if here and at > turn.now and change is not None and change.at == at:
        late = turn.now - due.due_at > LATE
        line = text("circle-late", line=change.line) if late else change.line
        # In how many circles they come: it is one change.
        notes.gather(turn, tx, profile, line, community=circle.community, subject=due.subject, by=at)
    plan_clocks(turn, tx, circle, profile, at)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("circle.remind", _remind),
    pressed("circle.reminded", _reminded),
    pressed("circle.lead", _lead, args=Lead, form=True),
    pressed("circle.no-notes", _no_notes),
)
JOBS: Final[tuple[Job, ...]] = (
    Job(NOTE, _tell, announces="coming-circle-note", together=True),
    Job(CLOCKS, _clocks, announces="coming-circle-clocks"),
)
