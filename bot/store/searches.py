"""Searches for a time, and who marked what."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.contract.place import Member
from bot.contract.searches import Mark, Search
from bot.store.ground import Ground
from bot.store.schema import circle_mark, circle_search

_SEARCH = tuple(Search.__dataclass_fields__)

_ROWS = select(*(circle_search.c[name] for name in _SEARCH))
_PUT = insert(circle_search)
_SAVE = (
    update(circle_search)
    .where(circle_search.c.id == bindparam("id_"))
    .values({name: bindparam(name, type_=circle_search.c[name].type) for name in _SEARCH[1:]})
)
_GET = _ROWS.where(circle_search.c.id == bindparam("id"))
_OPEN_IN = _ROWS.where(
    circle_search.c.community == bindparam("community"), circle_search.c.over.is_(False)
).order_by(circle_search.c.ends_at, circle_search.c.id)  # fmt: skip
_REMOVE = delete(circle_search).where(circle_search.c.id == bindparam("id"))

_OF_IT = circle_mark.c.circle_search == bindparam("search")
_THEIRS = circle_mark.c.member == bindparam("member")
_MARKS = select(
    circle_mark.c.circle_search, circle_mark.c.member, circle_mark.c.works, circle_mark.c.said_at
).where(_OF_IT)  # fmt: skip
_MARK = insert(circle_mark)
_UNMARK = delete(circle_mark).where(_OF_IT, _THEIRS)
_ALL = _MARKS.order_by(circle_mark.c.member)
_ONE = _MARKS.where(_THEIRS)
_FINISH = delete(circle_mark).where(_OF_IT)


def _written(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%MZ}"


def _read(token: str) -> datetime:
    return datetime.strptime(token, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)


def _search(row: tuple[Any, ...]) -> Search:
    values = dict(zip(_SEARCH, row, strict=True))
    return Search(**values | {"times": tuple(_read(one) for one in values["times"])})


def _mark(row: tuple[Any, ...]) -> Mark:
    search, member, works, said_at = row
    return Mark(search, member, frozenset(int(one) for one in works), said_at)


class SearchRows:
    """Searches for a time, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def put(self, search: Search) -> None:
        """Store a search, new or changed."""
        values = {name: getattr(search, name) for name in _SEARCH[1:]}
        values["times"] = tuple(_written(one) for one in search.times)
        if not self._db.run(_SAVE, id_=search.id, **values):
            self._db.run(_PUT, id=search.id, **values)

    def get(self, id: str) -> Search | None:  # noqa: A002 - the column's name
        """Return a search, in order to change it."""
        row = self._db.row(_GET, id=id)
        return None if row is None else _search(row)

    def open_in(self, community: str) -> tuple[Search, ...]:
        """Return the searches of a community that are not over, which ends first at the front."""
        return tuple(_search(row) for row in self._db.rows(_OPEN_IN, community=community))

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a search with all that belongs to it."""
        self._db.run(_REMOVE, id=id)

    def mark(self, mark: Mark) -> None:
        """Store what somebody marked, in the place of what they did before."""
        self.unmark(mark.search, mark.member)
        works = tuple(str(number) for number in sorted(mark.works))
        self._db.run(_MARK, circle_search=mark.search, member=mark.member, works=works, said_at=mark.said_at)

    def unmark(self, search: str, member: Member) -> None:
        """Delete what somebody marked."""
        self._db.run(_UNMARK, search=search, member=member)

    def marks(self, search: str) -> tuple[Mark, ...]:
        """Return what was marked, in an order that tells nothing."""
        return tuple(_mark(row) for row in self._db.rows(_ALL, search=search))

    def mark_of(self, search: str, member: Member) -> Mark | None:
        """Return what somebody marked. For their own eyes."""
        row = self._db.row(_ONE, search=search, member=member)
        return None if row is None else _mark(row)

    def finish(self, search: str) -> None:
        """Delete all that was marked."""
        self._db.run(_FINISH, search=search)
