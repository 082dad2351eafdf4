"""Work with a time on it: as handlers plan it, and as the scheduler does it."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, func, insert, select, update

from bot.contract.intent import Due
from bot.contract.text import Fact
from bot.store.ground import Ground
from bot.store.schema import Instant, agenda

_DUE = (agenda.c.id, agenda.c.kind, agenda.c.subject, agenda.c.due_at, agenda.c.attempts, agenda.c.facts)
_ORDER = (agenda.c.due_at, agenda.c.kind, agenda.c.subject)

_IS = agenda.c.id == bindparam("id")
_CLEAR = delete(agenda).where(agenda.c.subject == bindparam("subject"), agenda.c.kind == bindparam("kind"))
_ADD = insert(agenda)
_CANCEL = delete(agenda).where(agenda.c.subject == bindparam("subject"))
_OF = select(*_DUE).where(agenda.c.member == bindparam("member")).order_by(*_ORDER)
_OF_KIND = (
    select(*_DUE).where(agenda.c.member == bindparam("member"), agenda.c.kind == bindparam("kind")).order_by(*_ORDER)
)
_STOP = delete(agenda).where(agenda.c.member == bindparam("member"))

_READY = (
    select(*_DUE)
    .where(agenda.c.try_at <= bindparam("now", type_=Instant()))
    .order_by(agenda.c.try_at, *_ORDER)
    .limit(bindparam("most", type_=Integer()))
)
_GET = select(*_DUE).where(_IS).with_for_update()
_TAKE = delete(agenda).where(_IS)
_LATER = (
    update(agenda)
    .where(agenda.c.id == bindparam("id_"))
    .values(try_at=bindparam("try_at", type_=agenda.c.try_at.type), attempts=agenda.c.attempts + 1)
)
_NEXT = select(func.min(agenda.c.try_at, type_=Instant()))


class AgendaRows:
    """Planned work, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db
        self._new_id = ground.new_id

    def put(
        self,
        kind: str,
        subject: str,
        due_at: datetime,
        *,
        member: str = "",
        community: str = "",
        facts: tuple[Fact, ...] = (),
    ) -> None:
        """Plan a job about a subject. Planning it again moves it: the row is another one then, see `DueRows.take`."""
        self._db.run(_CLEAR, subject=subject, kind=kind)
        self._db.run(
            _ADD,
            id=self._new_id(),
            kind=kind,
            subject=subject,
            due_at=due_at,
            try_at=due_at,
            member=member,
            community=community,
            attempts=0,
            facts=facts,
        )

    def cancel(self, subject: str, kind: str = "") -> None:
        """Delete what is planned about a subject; of one kind only, if given."""
        if kind:
            self._db.run(_CLEAR, subject=subject, kind=kind)
        else:
            self._db.run(_CANCEL, subject=subject)

    def of_member(self, member: str, kind: str = "") -> tuple[Due, ...]:
        """Return what is planned for a member (our id), soonest first; of one kind only, if given."""
        statement = _OF_KIND if kind else _OF
        return tuple(Due(*row) for row in self._db.rows(statement, member=member, kind=kind))

    def stop(self, member: str) -> None:
        """Delete everything that is planned for a member (our id)."""
        self._db.run(_STOP, member=member)


class DueRows:
    """The agenda, from the side of the scheduler."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def due(self, now: datetime, most: int) -> tuple[Due, ...]:
        """Return what is due, soonest first."""
        return tuple(Due(*row) for row in self._db.rows(_READY, now=now, most=most))

    def take(self, id: str) -> Due | None:  # noqa: A002 - the column's name
        """Delete one row in the transaction that does its work; None when it is gone or was moved."""
        row = self._db.row(_GET, id=id)
        if row is None:
            return None
        self._db.run(_TAKE, id=id)
        return Due(*row)

    def later(self, id: str, at: datetime) -> None:  # noqa: A002 - the column's name
        """Put a row off after its work failed, counting the attempt. When it was meant stays as it is."""
        self._db.run(_LATER, id_=id, try_at=at)

    def next_at(self) -> datetime | None:
        """Return when the next row is due."""
        found: datetime | None = self._db.value(_NEXT)
        return found
