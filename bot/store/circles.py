"""Circles, their meetings, who comes, who wishes a note, which roles are lent, and what change is wished."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, Update, bindparam, delete, insert, select, update

from bot.contract.circles import Answer, Circle, Meeting, Mirror, Proposal, RoleLent
from bot.contract.place import Member
from bot.domain.circle import COMING, PLANNED
from bot.store.ground import Ground
from bot.store.schema import (
    circle,
    circle_answer,
    circle_change,
    circle_meeting,
    circle_mirror,
    circle_regular,
    circle_role,
    circle_wish,
)

_CIRCLE = tuple(Circle.__dataclass_fields__)
_MEETING = tuple(Meeting.__dataclass_fields__)
_CHANGE = tuple(Proposal.__dataclass_fields__)


def _columns(table: Table, names: tuple[str, ...]) -> tuple[ColumnElement[Any], ...]:
    return tuple(table.c[name] for name in names)


def _saving(table: Table, names: tuple[str, ...]) -> Update:
    """Return the statement that changes every column of a row but its id."""
    return (
        update(table)
        .where(table.c.id == bindparam("id_"))
        .values({name: bindparam(name, type_=table.c[name].type) for name in names[1:]})
    )


_CIRCLES = select(*_columns(circle, _CIRCLE))
_PUT, _SAVE = insert(circle), _saving(circle, _CIRCLE)
_GET = _CIRCLES.where(circle.c.id == bindparam("id"))
_OF_COMMUNITY = _CIRCLES.where(
    circle.c.community == bindparam("community"), circle.c.ended_at.is_(None)
).order_by(circle.c.title, circle.c.id)  # fmt: skip
_REMOVE = delete(circle).where(circle.c.id == bindparam("id"))

_MEETING_ROWS = select(*_columns(circle_meeting, _MEETING))
_HOLD, _HOLD_ANEW = insert(circle_meeting), _saving(circle_meeting, _MEETING)
_A_MEETING = _MEETING_ROWS.where(circle_meeting.c.id == bindparam("id"))
_MEETINGS = _MEETING_ROWS.where(circle_meeting.c.circle == bindparam("circle")).order_by(circle_meeting.c.day)

_TO_MEETING = circle_answer.c.circle_meeting == bindparam("meeting")
_ANSWER_ROWS = select(
    circle_answer.c.circle_meeting,
    circle_answer.c.member,
    circle_answer.c.answer,
    circle_answer.c.said_at,
    circle_answer.c.offered_until,
)
_ANSWER = insert(circle_answer)
_UNANSWER = delete(circle_answer).where(_TO_MEETING, circle_answer.c.member == bindparam("member"))
_ANSWERS = _ANSWER_ROWS.where(_TO_MEETING).order_by(circle_answer.c.said_at, circle_answer.c.member)
_ANSWERS_OF = _ANSWER_ROWS.where(circle_answer.c.member == bindparam("member")).order_by(circle_answer.c.circle_meeting)
_NO_ANSWERS = delete(circle_answer).where(_TO_MEETING)
_NO_ROLES = delete(circle_role).where(circle_role.c.circle_meeting == bindparam("meeting"))

_COME = insert(circle_regular).prefix_with("OR IGNORE")
_COME_NO_MORE = delete(circle_regular).where(
    circle_regular.c.circle == bindparam("circle"), circle_regular.c.member == bindparam("member")
)
_REGULARS = (
    select(circle_regular.c.member)
    .where(circle_regular.c.circle == bindparam("circle"))
    .order_by(circle_regular.c.said_at, circle_regular.c.member)
)
_REGULAR_IN = (
    select(circle_regular.c.circle)
    .where(circle_regular.c.member == bindparam("member"))
    .order_by(circle_regular.c.circle)
)

_WISH = insert(circle_wish)
_UNWISH = delete(circle_wish).where(
    circle_wish.c.circle == bindparam("circle"), circle_wish.c.member == bindparam("member")
)
_WISHES = (
    select(circle_wish.c.member, circle_wish.c.lead)
    .where(circle_wish.c.circle == bindparam("circle"))
    .order_by(circle_wish.c.member)
)
_WISHES_OF = (
    select(circle_wish.c.circle, circle_wish.c.lead)
    .where(circle_wish.c.member == bindparam("member"))
    .order_by(circle_wish.c.circle)
)

_ROLE_ROWS = select(circle_role.c.circle_meeting, circle_role.c.role, circle_role.c.member, circle_role.c.said_at)
_LEND = insert(circle_role)
_HAND_BACK = delete(circle_role).where(
    circle_role.c.circle_meeting == bindparam("meeting"), circle_role.c.role == bindparam("role")
)
_ROLES = _ROLE_ROWS.where(circle_role.c.circle_meeting == bindparam("meeting")).order_by(circle_role.c.role)
_ROLES_OF = _ROLE_ROWS.where(circle_role.c.member == bindparam("member")).order_by(
    circle_role.c.circle_meeting, circle_role.c.role
)

_MIRROR = insert(circle_mirror)
_MIRRORED = select(circle_mirror.c.circle_meeting, circle_mirror.c.named, circle_mirror.c.event).where(
    circle_mirror.c.circle_meeting == bindparam("meeting")
)
_UNMIRROR = delete(circle_mirror).where(circle_mirror.c.circle_meeting == bindparam("meeting"))

_CHANGES = select(*_columns(circle_change, _CHANGE))
_PROPOSE = insert(circle_change)
_PROPOSED = _CHANGES.where(circle_change.c.id == bindparam("id"))
_PROPOSED_ABOUT = _CHANGES.where(circle_change.c.circle == bindparam("circle"))
_PROPOSED_BY = _CHANGES.where(circle_change.c.member == bindparam("member")).order_by(circle_change.c.id)
_UNPROPOSE = delete(circle_change).where(circle_change.c.id == bindparam("id"))
_UNPROPOSE_ABOUT = delete(circle_change).where(circle_change.c.circle == bindparam("circle"))


def _parts(rule: str) -> tuple[str, ...]:
    return tuple(rule.split(";")) if rule else ()


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the columns of a circle, or of a change to one."""
    other = {"rule": _parts(row.rule), "begins_on": row.begins_on.isoformat()}
    return {name: getattr(row, name) for name in names} | other


def _given(row: tuple[Any, ...], names: tuple[str, ...]) -> dict[str, Any]:
    values = dict(zip(names, row, strict=True))
    return values | {"rule": ";".join(values["rule"]), "begins_on": date.fromisoformat(values["begins_on"])}


def _meeting(row: tuple[Any, ...]) -> Meeting:
    values = dict(zip(_MEETING, row, strict=True))
    moved = datetime.fromisoformat(values["moved_to"]) if values["moved_to"] else None
    return Meeting(**values | {"day": date.fromisoformat(values["day"]), "moved_to": moved})


class CircleRows:
    """Circles, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def _save(self, anew: Update, add: Any, id_: str, values: dict[str, Any]) -> None:
        values = {name: value for name, value in values.items() if name != "id"}
        if not self._db.run(anew, id_=id_, **values):
            self._db.run(add, id=id_, **values)

    def put(self, circle: Circle) -> None:
        """Store a circle, new or changed."""
        self._save(_SAVE, _PUT, circle.id, _values(circle, _CIRCLE))

    def get(self, id: str) -> Circle | None:  # noqa: A002 - the column's name
        """Return a circle, in order to change it."""
        row = self._db.row(_GET, id=id)
        return None if row is None else Circle(**_given(row, _CIRCLE))

    def of_community(self, community: str) -> tuple[Circle, ...]:
        """Return the circles of a community that go on, in the order of their names."""
        return tuple(Circle(**_given(row, _CIRCLE)) for row in self._db.rows(_OF_COMMUNITY, community=community))

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a circle with all that belongs to it."""
        self._db.run(_REMOVE, id=id)

    def hold(self, meeting: Meeting) -> None:
        """Store a meeting, new or changed."""
        moved = meeting.moved_to.isoformat() if meeting.moved_to is not None else ""
        values = {name: getattr(meeting, name) for name in _MEETING}
        self._save(
            _HOLD_ANEW, _HOLD, meeting.id, values | {"day": meeting.day.isoformat(), "moved_to": moved}
        )  # fmt: skip

    def meeting(self, id: str) -> Meeting | None:  # noqa: A002 - the column's name
        """Return a meeting, in order to change it."""
        row = self._db.row(_A_MEETING, id=id)
        return None if row is None else _meeting(row)

    def meetings(self, circle: str) -> tuple[Meeting, ...]:
        """Return the meetings of a circle that are stored, in the order of their days."""
        return tuple(_meeting(row) for row in self._db.rows(_MEETINGS, circle=circle))

    def to_come(self, circle: str) -> tuple[Meeting, ...]:
        """Return of these the one that is posted or going on, and those for which somebody volunteered already."""
        return tuple(one for one in self.meetings(circle) if one.state in (PLANNED, COMING))

    def answer(self, answer: Answer) -> None:
        """Store an answer, in the place of the one before."""
        self.unanswer(answer.meeting, answer.member)
        self._db.run(
            _ANSWER,
            circle_meeting=answer.meeting,
            member=answer.member,
            answer=answer.answer,
            said_at=answer.said_at,
            offered_until=answer.offered_until,
        )

    def unanswer(self, meeting: str, member: Member) -> None:
        """Delete an answer."""
        self._db.run(_UNANSWER, meeting=meeting, member=member)

    def answers(self, meeting: str) -> tuple[Answer, ...]:
        """Return the answers to a meeting, the oldest first."""
        return tuple(Answer(*row) for row in self._db.rows(_ANSWERS, meeting=meeting))

    def answers_of(self, member: Member) -> tuple[Answer, ...]:
        """Return the answers of a member. For their own eyes."""
        return tuple(Answer(*row) for row in self._db.rows(_ANSWERS_OF, member=member))

    def finish(self, meeting: str) -> None:
        """Delete all answers to a meeting, and all roles lent for it."""
        self._db.run(_NO_ANSWERS, meeting=meeting)
        self._db.run(_NO_ROLES, meeting=meeting)

    def come_regularly(self, circle: str, member: Member, said_at: datetime) -> None:
        """Keep that somebody comes to every meeting."""
        self._db.run(_COME, circle=circle, member=member, said_at=said_at)

    def come_no_more(self, circle: str, member: Member) -> None:
        """Delete that somebody comes to every meeting."""
        self._db.run(_COME_NO_MORE, circle=circle, member=member)

    def regulars(self, circle: str) -> tuple[Member, ...]:
        """Return who comes to every meeting, who said so first at the front."""
        return tuple(member for (member,) in self._db.rows(_REGULARS, circle=circle))

    def regular_in(self, member: Member) -> tuple[str, ...]:
        """Return the circles (ids) to whose every meeting a member comes. For their own eyes."""
        return tuple(id_ for (id_,) in self._db.rows(_REGULAR_IN, member=member))

    def wish_note(self, circle: str, member: str, lead: int) -> None:
        """Keep a member's (our id) wish for a private note before each meeting, so many minutes before it."""
        self.unwish(circle, member)
        self._db.run(_WISH, circle=circle, member=member, lead=lead)

    def unwish(self, circle: str, member: str) -> None:
        """Delete that wish."""
        self._db.run(_UNWISH, circle=circle, member=member)

    def wishes(self, circle: str) -> tuple[tuple[str, int], ...]:
        """Return who (our ids) wishes a note before each meeting, and how many minutes before."""
        return tuple((member, lead) for member, lead in self._db.rows(_WISHES, circle=circle))

    def wishes_of(self, member: str) -> tuple[tuple[str, int], ...]:
        """Return before the meetings of which circles (ids) a member (our id) wishes a note, and how many minutes."""
        return tuple((id_, lead) for id_, lead in self._db.rows(_WISHES_OF, member=member))

    def lend(self, role: RoleLent) -> None:
        """Store a role that is lent."""
        self.hand_back(role.meeting, role.role)
        self._db.run(_LEND, circle_meeting=role.meeting, role=role.role, member=role.member, said_at=role.said_at)

    def hand_back(self, meeting: str, role: str) -> None:
        """Delete a role that is lent."""
        self._db.run(_HAND_BACK, meeting=meeting, role=role)

    def roles(self, meeting: str) -> tuple[RoleLent, ...]:
        """Return the roles that are lent for a meeting."""
        return tuple(RoleLent(*row) for row in self._db.rows(_ROLES, meeting=meeting))

    def roles_of(self, member: Member) -> tuple[RoleLent, ...]:
        """Return the roles that are lent to a member."""
        return tuple(RoleLent(*row) for row in self._db.rows(_ROLES_OF, member=member))

    def mirror(self, mirror: Mirror) -> None:
        """Store that a meeting is shown among events, in the place of what was stored of that before."""
        self.unmirror(mirror.meeting)
        self._db.run(_MIRROR, circle_meeting=mirror.meeting, named=mirror.named, event=mirror.event)

    def mirrored(self, meeting: str) -> Mirror | None:
        """Return whether, and how, a meeting is shown among events."""
        row = self._db.row(_MIRRORED, meeting=meeting)
        return None if row is None else Mirror(row[0], row[1], row[2] or None)

    def unmirror(self, meeting: str) -> None:
        """Delete that a meeting is shown among events."""
        self._db.run(_UNMIRROR, meeting=meeting)

    def propose(self, proposal: Proposal) -> None:
        """Store a change to a series that is wished, in the place of any other of its circle."""
        self._db.run(_UNPROPOSE_ABOUT, circle=proposal.circle)
        self._db.run(_PROPOSE, **_values(proposal, _CHANGE))

    def proposal(self, id: str) -> Proposal | None:  # noqa: A002 - the column's name
        """Return a change that is wished, in order to decide it."""
        row = self._db.row(_PROPOSED, id=id)
        return None if row is None else Proposal(**_given(row, _CHANGE))

    def proposal_about(self, circle: str) -> Proposal | None:
        """Return the change to a circle's series that is wished."""
        row = self._db.row(_PROPOSED_ABOUT, circle=circle)
        return None if row is None else Proposal(**_given(row, _CHANGE))

    def proposals_of(self, member: Member) -> tuple[Proposal, ...]:
        """Return the changes that a member wishes."""
        return tuple(Proposal(**_given(row, _CHANGE)) for row in self._db.rows(_PROPOSED_BY, member=member))

    def unpropose(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a change that is wished."""
        self._db.run(_UNPROPOSE, id=id)
