"""Changing a circle: one meeting by its host, the series by two.

Who comes is told once. A change to one meeting leaves the next as it is. A change to the series is wished by somebody
who comes, and made by a second one; a circle belongs to nobody.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.circles import Circle, Meeting, Proposal, series
from bot.contract.command import Command, Job, NoArgs, Turn
from bot.contract.effect import Say
from bot.contract.facts import Right
from bot.contract.intent import Due
from bot.contract.params import Meets, When, Whole, param
from bot.contract.place import Member
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import circle as life
from bot.domain.errors import Refusal
from bot.domain.rhythm import Meeting as Occurrence
from bot.domain.rhythm import Series, meetings, meets_on, next_meeting, plan
from bot.domain.rrule import Rule, written
from bot.domain.times import FARTHEST, Moment, Placed, place
from bot.domain.wall import on_the_wall
from commands import circle_steps, introducing
from commands import circle_words as words
from commands.circle_steps import present, pressed, pressed_meeting

LAPSES: Final = "circle.lapses"
"""Agenda kind: a change for which no second one came goes. Its subject is the change."""


@dataclass(frozen=True, slots=True)
class Move:
    """When a meeting is, this once."""

    when: Moment = param(When())


@dataclass(frozen=True, slots=True)
class Shift:
    """When a circle meets from now on."""

    meets: tuple[Rule | None, Moment] = param(Meets())
    length: int = param(Whole(life.SHORTEST, life.LONGEST), default=0)


def _mark(member: Member) -> str:
    return f"{member.platform} {member.id}"


def _asking(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> life.Asking:
    """Return who asks for a change, and who has a say in it."""
    answers = tx.circles.answers(meeting.id)
    comes = {one.member for one in answers if one.answer == life.COME} | set(tx.circles.regulars(circle.id))
    lent = [one.member for one in tx.circles.roles(meeting.id) if one.role == life.HOST]
    host = next(map(_mark, circle_steps.still_here(turn, tx, circle, lent)), "")
    community = tx.communities.get(circle.community)
    now = introducing.standing(turn, tx, turn.asker, circle.community)
    moderates = community is not None and community.right(now) >= Right.MODERATOR
    return life.Asking(_mark(turn.asker), tuple(sorted(map(_mark, comes))), host, moderates)


def _concerned(tx: Tx, *held: Meeting) -> tuple[Member, ...]:
    """Return who answered, or volunteered, and so is told."""
    answered = {one.member for meeting in held for one in tx.circles.answers(meeting.id)}
    return tuple(sorted(answered | {one.member for meeting in held for one in tx.circles.roles(meeting.id)}))


# One meeting


def to_change(turn: Turn[Any], tx: Tx) -> tuple[Circle, Meeting]:
    """Return the meeting that is to be changed.

    Raises:
        Refusal: ``circle-not-host``, or as `pressed_meeting`.
    """
    circle, meeting = pressed_meeting(turn, tx)
    if not life.may_change_meeting(_asking(turn, tx, circle, meeting)):
        raise Refusal("circle-not-host")
    return circle, meeting


def _counted(tx: Tx, circle: Circle) -> Circle:
    """Count a change, and return the circle as it is kept now."""
    circle = replace(circle, sequence=circle.sequence + 1)
    tx.circles.put(circle)
    return circle


def _skip_one(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Let one meeting not take place."""
    circle, meeting = to_change(turn, tx)
    circle = _counted(tx, circle)

    def says(one: Member, late: bool) -> Text:
        at = words.to_member(turn, tx, circle, one, meeting.starts_at)
        return text("circle-told-skipped", at=at, late=late)

    circle_steps.tell(turn, tx, circle, _concerned(tx, meeting), says, meeting.starts_at)
    circle_steps.call_off(turn, tx, meeting, circle.sequence)
    said = text("circle-skipped-here", title=Said(circle.title), when=words.when(circle, meeting.starts_at))
    circle_steps.say(tx, circle, Card((said,)), meeting.ends_at)
    circle_steps.go_on(turn, tx, circle)
    return Card((text("circle-done-skipped"),))


def _placed(turn: Turn[Move], tx: Tx, circle: Circle, meeting: Meeting) -> Placed:
    """Return when a meeting is to be, by the circle's own clock.

    What is kept is what the clock on the wall shows, to the minute; so that is what it is.

    Raises:
        Refusal: ``when-past``, or ``circle-moved-far`` when it would not be over before the one after it.
    """
    typed = place(turn.args.when, turn.said_at or turn.now, circle.zone)
    there = words.local(typed.at, circle.zone).replace(second=0, microsecond=0)
    placed = on_the_wall(there.date(), there.time(), circle.zone)
    if typed.shift != "none":
        placed = replace(placed, shift=typed.shift)
    if placed.at <= turn.now:
        raise Refusal("when-past")
    others = series(circle, (one for one in tx.circles.meetings(circle.id) if one.id != meeting.id))
    following = next((one for one in meetings(others, turn.now, turn.now + FARTHEST) if one.day > meeting.day), None)
    if following is not None and placed.at + circle.length >= following.at:
        after = words.local(following.at, circle.zone)
        raise Refusal("circle-moved-far", day=after.date(), wall=f"{after:%H:%M}", zone=circle.zone)
    return placed


def _move_echo(turn: Turn[Move], tx: Tx) -> tuple[Text, ...]:
    circle, meeting = to_change(turn, tx)
    placed = _placed(turn, tx, circle, meeting)
    lines = (text("circle-move-understood", when=words.when(circle, placed.at)),)
    return lines if placed.shift == "none" else (*lines, text("plan-shift", shift=placed.shift))


def _move_one(turn: Turn[Move], tx: Tx) -> Card:
    """Move one meeting. Answers stay, and whoever gave one is told once."""
    circle, meeting = to_change(turn, tx)
    at = _placed(turn, tx, circle, meeting).at
    circle = _counted(tx, circle)
    was, planned = meeting.starts_at, dict(tx.circles.wishes(circle.id))
    answered = {one.member for one in tx.circles.answers(meeting.id)}
    meeting = replace(
        meeting,
        starts_at=at,
        ends_at=at + circle.length,
        moved_to=words.local(at, circle.zone),
        sequence=circle.sequence,
    )
    tx.circles.hold(meeting)
    circle_steps.schedule(tx, circle, meeting)
    circle_steps.offer_anew(turn, tx, meeting)
    for id_, lead in planned.items():
        subject = circle_steps.note_subject(meeting.id, id_)
        profile = tx.members.get(id_)
        due = any(due.subject == subject for due in tx.agenda.of_member(id_, circle_steps.NOTE))
        # Whoever skips this one has none planned, and shall have none. Of whoever answered it may have come already.
        if due or (profile is not None and profile.member in answered):
            circle_steps.plan_note(turn, tx, circle, meeting, id_, lead)

    def says(one: Member, late: bool) -> Text:
        before, now = (words.to_member(turn, tx, circle, one, instant) for instant in (was, at))
        return text("circle-told-moved", was=before, at=now, late=late)

    again = (Choice("circle.more", text("choice-circle-more"), meeting.id),)
    circle_steps.tell(turn, tx, circle, _concerned(tx, meeting), says, min(was, at), again)
    circle_steps.changing(turn, tx, circle, meeting)
    return Card((text("circle-done-moved", when=words.when(circle, at)),))


# The series


def _about_series(turn: Turn[Any], tx: Tx) -> Circle:
    """Return the circle whose series is to be changed.

    Raises:
        Refusal: ``circle-not-coming``, ``circle-wish-open`` while somebody else's wish is, or as `pressed_meeting`.
    """
    circle, meeting = pressed_meeting(turn, tx)
    if not life.may_wish_change(_asking(turn, tx, circle, meeting)):
        raise Refusal("circle-not-coming")
    before = tx.circles.proposal_about(circle.id)
    if before is not None and before.member != turn.asker:
        raise Refusal("circle-wish-open")
    return circle


def meant(moment: Moment, rule: Rule | None, now: datetime, zone: str, said_at: datetime | None) -> tuple[Any, time]:
    """Return from which day on, and at what local time, something meets that was typed.

    Raises:
        Refusal: As `bot.domain.times.place`.
    """
    if rule is not None and moment.clock is not None:
        return words.local(said_at or now, zone).date(), moment.clock
    placed = place(moment, said_at or now, zone)
    there = words.local(placed.at, zone)
    # What clocks skip is kept as it was meant: by the next time they may not.
    clock = moment.clock if moment.clock is not None else there.time()
    return there.date(), clock.replace(second=0, microsecond=0)


def _shifted(turn: Turn[Shift], circle: Circle) -> Circle:
    """Return a circle as it is wished."""
    rule, moment = turn.args.meets
    day, wall = meant(moment, rule, turn.now, circle.zone, turn.said_at)
    planned = plan(rule, day, wall, circle.zone, turn.now)
    said = written(planned.rule) if planned.rule is not None else ""
    minutes = turn.args.length or circle.minutes
    return replace(circle, rule=said, begins_on=planned.first, wall=planned.wall, minutes=minutes)


def _anew(turn: Turn[Any], tx: Tx, circle: Circle, changed: Circle) -> tuple[Series, Occurrence]:
    """Return the series of a circle that is changed, and its first meeting.

    What is skipped stays skipped, and what is over stays over. A meeting that is going on comes to its end first.

    Raises:
        Refusal: ``rhythm-never``.
    """
    gone = (*_dropped(turn, tx, circle), *_back(tx, circle, changed))
    dropped = {one.id for one in gone}
    kept = [one for one in tx.circles.meetings(changed.id) if one.id not in dropped]
    planned = series(changed, kept)
    first = next_meeting(planned, max([turn.now, *(one.ends_at for one in kept if one.state == life.PLANNED)]))
    if first is None:
        raise Refusal("rhythm-never")
    return planned, first


def _dropped(turn: Turn[Any], tx: Tx, circle: Circle) -> tuple[Meeting, ...]:
    """Return the meetings to come, as they were planned: not the one that is going on."""
    return tuple(one for one in tx.circles.to_come(circle.id) if not _goes_on(turn, one))


def _back(tx: Tx, circle: Circle, changed: Circle) -> tuple[Meeting, ...]:
    """Return what an earlier change called off, and this one lets take place again; what was skipped stays so."""
    now, before = series(changed), series(circle)
    rows = (one for one in tx.circles.meetings(circle.id) if one.state == life.SKIPPED)
    return tuple(one for one in rows if meets_on(now, one.day) and not meets_on(before, one.day))


def _goes_on(turn: Turn[Any], meeting: Meeting) -> bool:
    return meeting.state == life.PLANNED and meeting.starts_at <= turn.now


def _shift_echo(turn: Turn[Shift], tx: Tx) -> tuple[Text, ...]:
    circle = _about_series(turn, tx)
    planned, first = _anew(turn, tx, circle, _shifted(turn, circle))
    return (text("circle-shift-understood", when=words.when(circle, first.at)), *words.rhythm(planned, first.at))


def _wish(turn: Turn[Any], tx: Tx, circle: Circle, proposal: Proposal, lines: tuple[Text, ...]) -> Card:
    """Keep a change that is wished, and ask in the room for a second one."""
    before = tx.circles.proposal_about(circle.id)
    if before is not None:
        circle_steps.settle(tx, before.id)
    tx.circles.propose(proposal)
    until = turn.now + life.LAPSES_AFTER
    tx.agenda.put(LAPSES, proposal.id, until, community=circle.community)
    card = Card(
        lines,
        title=text("circle-title", title=Said(circle.title)),
        choices=(
            Choice("circle.agree", text("choice-circle-agree"), proposal.id),
            Choice("circle.leave", text("choice-circle-leave"), proposal.id),
        ),
    )
    say = Say(circle.room, card, keep=proposal.id)
    tx.outbox.put(say, subject=proposal.id, expires_at=until, community=circle.community)
    return Card((text("circle-wished", room=circle.room, days=life.LAPSES_AFTER.days),))


def _shift(turn: Turn[Shift], tx: Tx) -> Card:
    """Wish that the circle meets at another time from now on."""
    circle = _about_series(turn, tx)
    changed = _shifted(turn, circle)
    planned, first = _anew(turn, tx, circle, changed)
    proposal = _proposal(turn, changed, ends=False)
    asks = text("circle-wish-shift", when=words.when(circle, first.at))
    return _wish(turn, tx, circle, proposal, (asks, *words.rhythm(planned, first.at), text("circle-second")))


def _end(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Wish that the circle ends."""
    circle = _about_series(turn, tx)
    proposal = _proposal(turn, circle, ends=True)
    return _wish(turn, tx, circle, proposal, (text("circle-wish-end"), text("circle-second")))


def _proposal(turn: Turn[Any], changed: Circle, *, ends: bool) -> Proposal:
    """Return the wish that a circle be as it is given."""
    now = changed.rule, changed.begins_on, changed.wall, changed.zone, changed.minutes
    return Proposal(turn.chance.new_id(), changed.id, turn.asker, turn.now, ends, *now)


def _proposed(turn: Turn[Any], tx: Tx) -> tuple[Circle, Proposal]:
    """Return the change that was pressed.

    Raises:
        Refusal: ``circle-change-gone``, or as `present`.
    """
    proposal = tx.circles.proposal(turn.subject)
    circle = tx.circles.get(proposal.circle) if proposal is not None else None
    if proposal is None or circle is None:
        raise Refusal("circle-change-gone")
    present(turn, tx, circle)
    return circle, proposal


def _agree(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Be the second one, and make the change.

    Raises:
        Refusal: ``circle-second``, or what `plan` says by now.
    """
    circle, proposal = _proposed(turn, tx)
    meeting = circle_steps.current(tx, circle)
    assert meeting is not None  # noqa: S101 - a circle that goes on has a meeting, and a wish goes with the circle
    if not life.may_confirm(_asking(turn, tx, circle, meeting), _mark(proposal.member)):
        raise Refusal("circle-second")
    changed = replace(
        circle,
        rule=proposal.rule,
        begins_on=proposal.begins_on,
        wall=proposal.wall,
        minutes=proposal.minutes,
        sequence=circle.sequence + 1,
    )
    to_come = tx.circles.to_come(circle.id)
    whom = {*tx.circles.regulars(circle.id), *_concerned(tx, *to_come)}
    coming = next_meeting(words.planned_series(circle, tx), turn.now)
    soon = coming.at if coming is not None else turn.now
    if proposal.ends:
        circle_steps.tell(turn, tx, circle, sorted(whom), lambda *_: text("circle-told-ended"), soon)
        circle_steps.settle(tx, proposal.id)
        if circle.speaks and _goes_on(turn, meeting):
            circle_steps.say(tx, circle, words.closed(circle), meeting.ends_at)
        circle_steps.finish(turn, tx, changed)
        said = Card((text("circle-ended-here", title=Said(circle.title)),))
        circle_steps.say(tx, circle, said, turn.now + life.LAPSES_AFTER)
        return Card((text("circle-done-ended"),))
    _, first = _anew(turn, tx, circle, changed)

    def says(one: Member, _: bool) -> Text:
        return text("circle-told-shifted", at=words.to_member(turn, tx, changed, one, first.at))

    circle_steps.tell(turn, tx, circle, sorted(whom), says, min(soon, first.at))
    circle_steps.settle(tx, proposal.id)
    tx.circles.put(changed)
    _put_elsewhere(turn, tx, circle, changed)
    if not _goes_on(turn, meeting):
        circle_steps.go_on(turn, tx, changed)
    return Card((text("circle-done-shifted", when=words.when(changed, first.at)),))


def _put_elsewhere(turn: Turn[Any], tx: Tx, circle: Circle, changed: Circle) -> None:
    """Let what was to come of a circle go that meets at another time now.

    Where it still meets on that day, calendars know that meeting by the same name; else what they have is called off.
    """
    back = _back(tx, circle, changed)
    for one in _dropped(turn, tx, circle):
        if one.state == life.PLANNED and not meets_on(series(changed), one.day):
            circle_steps.call_off(turn, tx, one, changed.sequence)
        else:
            circle_steps.clear(tx, replace(one, moved_to=None), life.OVER, changed.sequence)
    for one in back:
        circle_steps.clear(tx, replace(one, moved_to=None), life.OVER, changed.sequence)


def _leave(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Leave the series as it is: the wish stays for whoever thinks otherwise, unless its own author takes it back."""
    _, proposal = _proposed(turn, tx)
    if proposal.member != turn.asker:
        return Card((text("circle-left-so"),))
    circle_steps.settle(tx, proposal.id)
    return Card((text("circle-taken-back"),))


def _lapses(_: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Let a change go for which nobody came, and the card that asks for it, whose ever it was."""
    circle_steps.settle(tx, due.subject)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("circle.skip-one", _skip_one),
    pressed("circle.move-one", _move_one, args=Move, form=True, echo=_move_echo),
    pressed("circle.shift", _shift, args=Shift, form=True, echo=_shift_echo),
    pressed("circle.end", _end),
    pressed("circle.agree", _agree),
    pressed("circle.leave", _leave),
)
JOBS: Final[tuple[Job, ...]] = (Job(LAPSES, _lapses),)
