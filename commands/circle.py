"""Circles: groups that meet again and again, planned in chat, and private about who comes.

Any member plans one. It belongs to nobody then, and outlives whoever did: that is not stored.
"""

from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice
from bot.contract.circles import Circle, Meeting
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.facts import Act
from bot.contract.params import Meets, Pick, Whole, Words, YesNo, Zone, param
from bot.contract.place import Room
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import circle as life
from bot.domain.errors import Refusal
from bot.domain.rhythm import RHYTHMS, Series, next_meeting, plan, rule_of
from bot.domain.rrule import Rule, written
from bot.domain.times import Moment
from bot.domain.wall import on_the_wall
from commands import (
    circle_answers,
    circle_change,
    circle_mirror,
    circle_notes,
    circle_roles,
    circle_show,
    circle_steps,
    notes,
)
from commands import circle_words as words
from commands.circle_steps import DOES, FEATURE, pressed, pressed_meeting

SHOWS: Final = ("state", "names")

_ANSWERS: Final = {
    "circle.come": text("choice-circle-come"),
    "circle.maybe": text("choice-circle-maybe"),
    "circle.skip": text("choice-circle-skip"),
}
_CHANGES: Final = {
    "circle.skip-one": text("choice-circle-skip-one"),
    "circle.move-one": text("choice-circle-move-one"),
    "circle.shift": text("choice-circle-shift"),
    "circle.end": text("choice-circle-end"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A circle: what it is called, when it meets by which clock, for how long and how many, and what is shown."""

    title: str = param(Words(life.LONGEST_NAME))
    meets: tuple[Rule | None, Moment] = param(Meets())
    rhythm: str = param(Pick(RHYTHMS), default="")
    zone: str = param(Zone(), default="")
    length: int = param(Whole(life.SHORTEST, life.LONGEST), default=life.USUAL)
    seats: int = param(Whole(life.SMALLEST, life.LARGEST), default=0)
    fewest: int = param(Whole(life.SMALLEST, life.LARGEST), default=0)
    shows: str = param(Pick(SHOWS), default=SHOWS[0])
    speaks: bool = param(YesNo(), default=True)


def room_for(turn: Turn[Any], tx: Tx) -> Room:
    """Return where a circle is posted: where it is planned, else in the room for circles.

    Raises:
        Refusal: ``circle-nowhere``.
    """
    if turn.room is not None and turn.space in tx.communities.spaces(turn.community):
        return turn.room
    room = tx.communities.room(turn.community, DOES, turn.asker.platform)
    if room is None:
        raise Refusal("circle-nowhere")
    return room


def _planned(turn: Turn[Plan], tx: Tx) -> Series:
    """Return when it would meet.

    Raises:
        Refusal: ``circle-two-rhythms`` when a rhythm was both typed and chosen; else as `bot.domain.rhythm.plan`.
    """
    args, (rule, moment) = turn.args, turn.args.meets
    zone = args.zone or notes.community_of(tx, turn.community).zone
    if rule is not None and args.rhythm:
        raise Refusal("circle-two-rhythms")
    day, wall = circle_change.meant(moment, rule, turn.now, zone, turn.said_at)
    if args.rhythm:
        rule = rule_of(args.rhythm, day)
    return plan(rule, day, wall, zone, turn.now)


def _circle(turn: Turn[Plan], room: Room, planned: Series, id_: str = "") -> Circle:
    args = turn.args
    return Circle(
        id_,
        turn.community,
        args.title,
        room,
        written(planned.rule) if planned.rule is not None else "",
        planned.first,
        planned.wall,
        planned.zone,
        args.length,
        args.seats or None,
        args.fewest or None,
        args.shows == SHOWS[1],
        args.speaks,
    )


def understood(turn: Turn[Plan], tx: Tx) -> tuple[Text, ...]:
    """Say in full how a circle is understood."""
    room, planned = room_for(turn, tx), _planned(turn, tx)
    circle, first = _circle(turn, room, planned), next_meeting(planned, turn.now)
    assert first is not None  # noqa: S101 - `plan` refuses what never meets
    here = ZoneInfo(planned.zone)
    days = (first.at.astimezone(here).date() - turn.now.astimezone(here).date()).days
    placed = on_the_wall(first.day, planned.wall, planned.zone)
    shift = () if placed.shift == "none" else (text("plan-shift", shift=placed.shift),)
    return (
        text("circle-understood", title=Said(circle.title), room=room),
        text(
            "circle-understood-when", when=words.in_full(turn, tx, circle, first.at), days=days, minutes=circle.minutes
        ),
        *words.rhythm(planned, first.at),
        *shift,
        text("circle-understood-seats", seats=turn.args.seats, names=circle.shows_names),
    )


def make(turn: Turn[Plan], tx: Tx) -> Card:
    """Plan a circle, and post its first meeting."""
    room, planned = room_for(turn, tx), _planned(turn, tx)
    if len(tx.circles.of_community(turn.community)) >= life.MOST:
        raise Refusal("circle-many", limit=life.MOST)
    wrong = turn.live.missing(room, frozenset({Act.WRITE}))
    if wrong:
        return Card((text("circle-cannot"), *wrong))
    circle = _circle(turn, room, planned, turn.chance.new_id())
    tx.circles.put(circle)
    meeting = circle_steps.go_on(turn, tx, circle)
    assert meeting is not None  # noqa: S101 - `plan` refuses what never meets
    return Card((text("circle-planned", room=room),), choices=_show(meeting))


def _show(meeting: Meeting, number: int = 0) -> tuple[Choice, ...]:
    label = text("choice-circle-look", number=number) if number else text("choice-circle-more")
    return (Choice("circle.more", label, meeting.id),)


def _list(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show what circles there are, and when each meets next."""
    lines: list[Text] = []
    choices: list[Choice] = []
    here = tx.circles.of_community(turn.community)
    held = ((circle, meeting) for circle in here if (meeting := circle_steps.current(tx, circle)) is not None)
    for number, (circle, meeting) in enumerate(held, 1):
        says = words.when(circle, meeting.starts_at)
        lines.append(text("circle-entry", number=number, title=Said(circle.title), when=says, room=circle.room))
        if meeting.starts_at > turn.now:
            choices += _show(meeting, number)
    if not lines:
        return Card((text("circle-none"),))
    return Card((text("circle-list"), *lines), choices=tuple(choices))


def _more(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show a meeting to somebody alone, with their own answer and all that they can do about it."""
    circle, meeting = pressed_meeting(turn, tx)
    profile = tx.members.find(turn.asker)
    mine = circle_answers.mine(turn, tx, meeting)
    noted = profile is not None and circle.id in dict(tx.circles.wishes_of(profile.id))
    regular = circle.id in tx.circles.regular_in(turn.asker)
    note = Choice("circle.no-notes", text("choice-circle-no-notes"), circle.id)
    ask = Choice("circle.remind", text("choice-circle-remind"), meeting.id)
    no_more = Choice("circle.not-every", text("choice-circle-not-every"), meeting.id)
    every = Choice("circle.every", text("choice-circle-every"), meeting.id)
    choices = (
        *(Choice(action, label, meeting.id) for action, label in _ANSWERS.items()),
        *(((no_more if regular else every),) if circle.rule else ()),
        note if noted else ask,
        *circle_roles.roles_of(turn, tx, meeting, meeting.id),
        Choice("circle.file", text("choice-circle-file", number=0), meeting.id),
        *(Choice(action, label, meeting.id) for action, label in _CHANGES.items()),
        *circle_show.choices(turn, tx, circle, meeting),
    )
    return Card(
        (
            words.when(circle, meeting.starts_at),
            text("circle-you", answer=mine.answer if mine is not None else "none", every=regular),
            *words.roles(tx, meeting),
            *circle_show.lines(tx, meeting),
            text("circle-more"),
        ),
        title=text("circle-title", title=Said(circle.title)),
        choices=choices,
    )


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("circle plan", make, args=Plan, form=True, echo=understood, feature=FEATURE),
    Command("circle list", _list, reads=True),
    pressed("circle.more", _more, reads=True),
    *circle_answers.COMMANDS,
    *circle_notes.COMMANDS,
    *circle_change.COMMANDS,
    *circle_roles.COMMANDS,
    *circle_show.COMMANDS,
)
JOBS: Final[tuple[Job, ...]] = (*circle_steps.JOBS, *circle_notes.JOBS, *circle_change.JOBS, *circle_mirror.JOBS)
AFTERS: Final[tuple[After, ...]] = (*circle_steps.AFTERS, *circle_mirror.AFTERS)
