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
from bot.domain.rhythm import Series, meetings, meets_on, next_meeting, plan
from bot.domain.rrule import Rule, written
from bot.domain.times import FARTHEST, Moment, Placed, place
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

    def says(one: Member) -> Text:
        return text("circle-told-skipped", at=words.to_member(turn, tx, circle, one, meeting.starts_at))

    circle_steps.tell(turn, tx, circle, _concerned(tx, meeting), says)
    circle_steps.call_off(turn, tx, meeting, circle.sequence)
    said = text("circle-skipped-here", title=Said(circle.title), when=words.when(circle, meeting.starts_at))
    circle_steps.say(tx, circle, Card((said,)), meeting.ends_at)
    circle_steps.go_on(turn, tx, circle)
    return Card((text("circle-done-skipped"),))


def _placed(turn: Turn[Move], tx: Tx, circle: Circle, meeting: Meeting) -> Placed:
    """Return when a meeting is to be, by the circle's own clock.

    Raises:
        Refusal: ``when-past``, or ``circle-moved-far`` when that is not before the one after it.
    """
    placed = place(turn.args.when, turn.said_at or turn.now, circle.zone)
    if placed.at <= turn.now:
        raise Refusal("when-past")
    others = series(circle, (one for one in tx.circles.meetings(circle.id) if one.id != meeting.id))
    following = next((one for one in meetings(others, turn.now, turn.now + FARTHEST) if one.day > meeting.day), None)
    if following is not None and placed.at >= following.at:
        raise Refusal("circle-moved-far", at=following.at)
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

    def says(one: Member) -> Text:
        before, now = (words.to_member(turn, tx, circle, one, instant) for instant in (was, at))
        return text("circle-told-moved", was=before, at=now)

    again = (Choice("circle.more", text("choice-circle-more"), meeting.id),)
    circle_steps.tell(turn, tx, circle, _concerned(tx, meeting), says, again)
    circle_steps.changing(turn, tx, circle, meeting)
    return Card((text("circle-done-moved", when=words.when(circle, at)),))


# The series


def _about_series(turn: Turn[Any], tx: Tx) -> tuple[Circle, Meeting, life.Asking]:
    """Return the circle whose series is to be changed.

    Raises:
        Refusal: ``circle-not-coming``, or as `pressed_meeting`.
    """
    circle, meeting = pressed_meeting(turn, tx)
    asking = _asking(turn, tx, circle, meeting)
    if not life.may_wish_change(asking):
        raise Refusal("circle-not-coming")
    return circle, meeting, asking


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
    return there.date(), moment.clock if moment.clock is not None else there.time()


def _shifted(turn: Turn[Shift], circle: Circle) -> Series:
    rule, moment = turn.args.meets
    day, wall = meant(moment, rule, turn.now, circle.zone, turn.said_at)
    return plan(rule, day, wall, circle.zone, turn.now)


def _shift_echo(turn: Turn[Shift], tx: Tx) -> tuple[Text, ...]:
    circle, _, _ = _about_series(turn, tx)
    planned = _shifted(turn, circle)
    first = next_meeting(planned, turn.now)
    assert first is not None  # noqa: S101 - `plan` refuses what never meets
    return (text("circle-shift-understood", when=words.when(circle, first.at)), *words.rhythm(planned, first.at))


def _wish(turn: Turn[Any], tx: Tx, circle: Circle, proposal: Proposal, lines: tuple[Text, ...]) -> Card:
    """Keep a change that is wished, and ask in the room for a second one."""
    before = tx.circles.proposal_about(circle.id)
    if before is not None:
        tx.outbox.recall(before.id)
        tx.agenda.cancel(before.id)
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
    circle, _, _ = _about_series(turn, tx)
    planned = _shifted(turn, circle)
    proposal = Proposal(
        turn.chance.new_id(),
        circle.id,
        turn.asker,
        turn.now,
        False,
        written(planned.rule) if planned.rule is not None else "",
        planned.first,
        planned.wall,
        circle.zone,
        turn.args.length or circle.minutes,
    )
    first = next_meeting(planned, turn.now)
    assert first is not None  # noqa: S101 - `plan` refuses what never meets
    asks = text("circle-wish-shift", when=words.when(circle, first.at))
    return _wish(turn, tx, circle, proposal, (asks, *words.rhythm(planned, first.at), text("circle-second")))


def _end(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Wish that the circle ends."""
    circle, _, _ = _about_series(turn, tx)
    now = circle.rule, circle.begins_on, circle.wall, circle.zone, circle.minutes
    proposal = Proposal(turn.chance.new_id(), circle.id, turn.asker, turn.now, True, *now)
    return _wish(turn, tx, circle, proposal, (text("circle-wish-end"), text("circle-second")))


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


def _settle(tx: Tx, proposal: Proposal) -> None:
    tx.outbox.recall(proposal.id)
    tx.agenda.cancel(proposal.id)
    tx.circles.unpropose(proposal.id)


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
    if proposal.ends:
        circle_steps.tell(turn, tx, circle, sorted(whom), lambda _: text("circle-told-ended"))
        _settle(tx, proposal)
        circle_steps.finish(turn, tx, changed)
        said = Card((text("circle-ended-here", title=Said(circle.title)),))
        circle_steps.say(tx, circle, said, turn.now + life.LAPSES_AFTER)
        return Card((text("circle-done-ended"),))
    first = next_meeting(series(changed), turn.now)
    if first is None:
        raise Refusal("rhythm-never")

    def says(one: Member) -> Text:
        return text("circle-told-shifted", at=words.to_member(turn, tx, changed, one, first.at))

    circle_steps.tell(turn, tx, circle, sorted(whom), says)
    _settle(tx, proposal)
    tx.circles.put(changed)
    _put_elsewhere(turn, tx, circle, changed)
    circle_steps.go_on(turn, tx, changed)
    return Card((text("circle-done-shifted", when=words.when(changed, first.at)),))


def _put_elsewhere(turn: Turn[Any], tx: Tx, circle: Circle, changed: Circle) -> None:
    """Let what was to come of a circle go that meets at another time now.

    Where it still meets on that day, calendars know that meeting by the same name; else what they have is called off.
    """
    now, before = series(changed), series(circle)
    for one in tx.circles.to_come(circle.id):
        if one.state == life.PLANNED and one.starts_at > turn.now and not meets_on(now, one.day):
            circle_steps.call_off(turn, tx, one, changed.sequence)
        else:
            circle_steps.clear(tx, replace(one, moved_to=None), life.OVER, changed.sequence)
    for one in tx.circles.meetings(circle.id):
        # It was called off by an earlier change, and takes place again; what was skipped stays so.
        if one.state == life.SKIPPED and meets_on(now, one.day) and not meets_on(before, one.day):
            circle_steps.clear(tx, replace(one, moved_to=None), life.OVER, changed.sequence)


def _leave(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Leave the series as it is: the wish stays for whoever thinks otherwise, unless its own author takes it back."""
    _, proposal = _proposed(turn, tx)
    if proposal.member != turn.asker:
        return Card((text("circle-left-so"),))
    _settle(tx, proposal)
    return Card((text("circle-taken-back"),))


def _lapses(_: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Let a change go for which nobody came."""
    proposal = tx.circles.proposal(due.subject)
    if proposal is not None:
        _settle(tx, proposal)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("circle.skip-one", _skip_one),
    pressed("circle.move-one", _move_one, args=Move, form=True, echo=_move_echo),
    pressed("circle.shift", _shift, args=Shift, form=True, echo=_shift_echo),
    pressed("circle.end", _end),
    pressed("circle.agree", _agree),
    pressed("circle.leave", _leave),
)
JOBS: Final[tuple[Job, ...]] = (Job(LAPSES, _lapses),)
