"""The roles of a circle: host, guardian and scribe, volunteered for, for one meeting, any that is to come.

They are lent for that meeting and no other, handed back with one tap, and begin empty at each. Nobody is asked to take
one: a role that is free is an open invitation, and without a host a meeting takes place all the same.
"""

from dataclasses import replace
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.circles import Circle, Meeting, RoleLent
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import circle as life
from bot.domain.errors import Refusal
from bot.domain.rhythm import meetings
from bot.domain.times import FARTHEST
from commands import circle_steps
from commands import circle_words as words
from commands.circle_steps import current, present, pressed

AHEAD: Final = 6
"""So many meetings of a circle are shown, the next one first."""

_LABELS: Final = {
    "circle.host": text("choice-circle-host"),
    "circle.guardian": text("choice-circle-guardian"),
    "circle.scribe": text("choice-circle-scribe"),
}


def roles_of(turn: Turn[Any], tx: Tx, meeting: Meeting, subject: str) -> tuple[Choice, ...]:
    """Return what somebody can do about the roles of a meeting: take one, or hand back what is theirs."""
    lent = {f"circle.{one.role}" for one in tx.circles.roles(meeting.id) if one.member == turn.asker}
    back = text("choice-circle-hand-back")
    return tuple(Choice(action, back if action in lent else label, subject) for action, label in _LABELS.items())


# Which meeting. One that is not posted yet has a row only from when somebody volunteered for it: until then it is known
# by its circle and its day.


def _subject(meeting: Meeting) -> str:
    return f"{meeting.circle}-{meeting.day.toordinal()}"


def _coming(turn: Turn[Any], tx: Tx, circle: Circle) -> tuple[Meeting, ...]:
    """Return the next meetings of a circle, as they are stored, or would be."""
    held = {one.day: one for one in tx.circles.meetings(circle.id)}
    found: list[Meeting] = []
    for one in meetings(words.planned_series(circle, tx), turn.now, turn.now + FARTHEST)[:AHEAD]:
        anew = Meeting("", circle.id, one.day, one.at, one.at + circle.length, state=life.COMING)
        row = held.get(one.day, anew)
        # A row of a day that was cleared when the circle shifted, and that the new rule says again, is as none.
        state = row.state if row.state == life.PLANNED else life.COMING
        found.append(replace(row, starts_at=anew.starts_at, ends_at=anew.ends_at, state=state))
    return tuple(found)


def _circle(turn: Turn[Any], tx: Tx, id_: str) -> Circle:
    """Return the circle that was pressed.

    Raises:
        Refusal: ``circle-over``, or as `present`.
    """
    circle = tx.circles.get(id_)
    if circle is None or circle.ended_at is not None:
        raise Refusal("circle-over")
    present(turn, tx, circle)
    return circle


def _meeting(turn: Turn[Any], tx: Tx) -> tuple[Circle, Meeting]:
    """Return the meeting that was pressed, posted or not, and its circle.

    Raises:
        Refusal: As `pressed_meeting`.
    """
    id_, parted, day = turn.subject.rpartition("-")
    if not parted:
        return circle_steps.pressed_meeting(turn, tx)
    circle = _circle(turn, tx, id_)
    found = next((one for one in _coming(turn, tx, circle) if str(one.day.toordinal()) == day), None)
    if found is None:
        raise Refusal("circle-over")
    return circle, found


# What is shown


def _list(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show of which circles there are roles to take; of the only one, at once its meetings."""
    held = [one for one in tx.circles.of_community(turn.community) if current(tx, one) is not None]
    if not held:
        return Card((text("circle-none"),))
    if len(held) == 1:
        return _shown(turn, tx, held[0])
    lines = tuple(text("circle-roles-entry", number=n, title=Said(one.title)) for n, one in enumerate(held, 1))
    choices = (
        Choice("circle.roles-of", text("choice-circle-look", number=number), one.id)
        for number, one in enumerate(held, 1)
    )
    return Card((text("circle-list"), *lines), choices=tuple(choices))


def _of_circle(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show the next meetings of a circle."""
    return _shown(turn, tx, _circle(turn, tx, turn.subject))


def _shown(turn: Turn[Any], tx: Tx, circle: Circle) -> Card:
    coming = _coming(turn, tx, circle)
    lines: list[Text] = []
    for number, one in enumerate(coming, 1):
        at = words.local(one.starts_at, circle.zone)
        day, free = words.on_day(at.date()), _free(tx, one)
        lines.append(text("circle-roles-when", number=number, day=day, wall=at.time(), free=free))
    return Card(
        (*lines, text("circle-roles")),
        title=text("circle-title", title=Said(circle.title)),
        choices=tuple(
            Choice("circle.roles-for", text("choice-circle-look", number=number), _subject(one))
            for number, one in enumerate(coming, 1)
        ),
    )


def _free(tx: Tx, meeting: Meeting) -> int:
    return len(life.ROLES) - len(tx.circles.roles(meeting.id))


def _for_meeting(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show who volunteered for a meeting, and what is free."""
    circle, meeting = _meeting(turn, tx)
    return Card(
        (words.when(circle, meeting.starts_at), *words.roles(tx, meeting), text("circle-roles-named")),
        title=text("circle-title", title=Said(circle.title)),
        choices=roles_of(turn, tx, meeting, _subject(meeting)),
    )


# What is done


def _lend(role: str) -> Any:
    def run(turn: Turn[NoArgs], tx: Tx) -> Card:
        """Take a role for a meeting, or hand it back; one that somebody else has stays theirs."""
        circle, meeting = _meeting(turn, tx)
        lent = next((one for one in tx.circles.roles(meeting.id) if one.role == role), None)
        if lent is not None and lent.member not in circle_steps.still_here(turn, tx, circle, (lent.member,)):
            lent = None  # Who is not there any more has it no more.
        if lent is not None and lent.member != turn.asker:
            return Card((text("circle-role-taken", role=role),))
        if lent is None:
            meeting = replace(meeting, id=meeting.id or turn.chance.new_id())
            tx.circles.hold(meeting)
            tx.circles.lend(RoleLent(meeting.id, role, turn.asker, turn.now))
        else:
            tx.circles.hand_back(meeting.id, role)
        posted = meeting.state == life.PLANNED
        if posted:
            circle_steps.changing(turn, tx, circle, meeting)
        when = words.when(circle, meeting.starts_at)
        yours = text("circle-role-yours", role=role, posted=posted)
        return Card((when, yours if lent is None else text("circle-role-back")))

    return run


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("circle roles", _list, reads=True),
    pressed("circle.roles-of", _of_circle, reads=True),
    pressed("circle.roles-for", _for_meeting, reads=True),
    *(pressed(f"circle.{role}", _lend(role)) for role in life.ROLES),
)
