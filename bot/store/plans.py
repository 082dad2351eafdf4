"""Reminders of plans, each one person's own, and who is willing to be written to by members."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.contract.tables import PlanReminder, Willing
from bot.store.ground import Ground
from bot.store.schema import member, plan, willing

_PLAN = (plan.c.id, plan.c.member, plan.c.community, plan.c.link, plan.c.due_at)
_PLAN_GET = select(*_PLAN).where(plan.c.id == bindparam("id"))
_PLAN_OF = select(*_PLAN).where(plan.c.member == bindparam("member")).order_by(plan.c.due_at, plan.c.id)
_PLAN_ADD = insert(plan)
_PLAN_REMOVE = delete(plan).where(plan.c.id == bindparam("id"))


class PlanRows:
    """Reminders of plans, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def add(self, reminder: PlanReminder) -> None:
        """Store a new reminder."""
        self._db.run(
            _PLAN_ADD,
            id=reminder.id,
            member=reminder.member,
            community=reminder.community,
            link=reminder.link,
            due_at=reminder.due_at,
        )

    def get(self, id: str) -> PlanReminder | None:  # noqa: A002 - the column's name
        """Return a reminder."""
        row = self._db.row(_PLAN_GET, id=id)
        return None if row is None else PlanReminder(*row)

    def of_member(self, member: str) -> tuple[PlanReminder, ...]:
        """Return the reminders of a member (our id), soonest first."""
        return tuple(PlanReminder(*row) for row in self._db.rows(_PLAN_OF, member=member))

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a reminder."""
        self._db.run(_PLAN_REMOVE, id=id)


_WILLING = select(willing.c.id, willing.c.community, member.c.id, member.c.member).join(
    member, member.c.id == willing.c.member
)
_WILLING_GET = _WILLING.where(willing.c.id == bindparam("id"))
_WILLING_IN = _WILLING.where(
    willing.c.community == bindparam("community"), member.c.platform == bindparam("platform")
).order_by(willing.c.added_at, willing.c.id)
_WILLING_OF = _WILLING.where(willing.c.member == bindparam("member_id")).order_by(willing.c.added_at, willing.c.id)
_WILLING_ADD = insert(willing)
_WILLING_REMOVE = delete(willing).where(willing.c.id == bindparam("id"))


class WillingRows:
    """Who is willing to be written to, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def add(self, one: Willing, now: datetime) -> None:
        """Store that a moderator is willing."""
        self._db.run(_WILLING_ADD, id=one.id, community=one.community, member=one.profile, added_at=now)

    def get(self, id: str) -> Willing | None:  # noqa: A002 - the column's name
        """Return who is willing, by the row's id."""
        row = self._db.row(_WILLING_GET, id=id)
        return None if row is None else Willing(*row)

    def of_community(self, community: str, platform: str) -> tuple[Willing, ...]:
        """Return who is willing in a community on a platform, in the order in which they said so."""
        return tuple(Willing(*row) for row in self._db.rows(_WILLING_IN, community=community, platform=platform))

    def of_member(self, member: str) -> tuple[Willing, ...]:
        """Return where a member (our id) is willing."""
        return tuple(Willing(*row) for row in self._db.rows(_WILLING_OF, member_id=member))

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a row."""
        self._db.run(_WILLING_REMOVE, id=id)
