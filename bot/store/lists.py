"""Lists of words and lines that a community keeps in an order of its own."""

from collections.abc import Iterable

from sqlalchemy import Table, bindparam, delete, insert, select, update

from bot.contract.tables import Entry
from bot.store.statement import Db


class ListOf:
    """Lists in a table with the columns ``id``, ``community``, ``position`` and ``words``."""

    def __init__(self, table: Table) -> None:
        """Prepare the statements."""
        self._of = (
            select(table.c.id, table.c.words)
            .where(table.c.community == bindparam("community"))
            .order_by(table.c.position)
        )
        self._put_off = update(table).where(table.c.community == bindparam("community_")).values(position=-1)
        self._move = (
            update(table)
            .where(table.c.id == bindparam("id_"), table.c.community == bindparam("community_"))
            .values(position=bindparam("position"), words=bindparam("words"))
        )
        self._add = insert(table)
        self._clear = delete(table).where(table.c.community == bindparam("community"), table.c.position < 0)

    def read(self, db: Db, community: str) -> tuple[Entry, ...]:
        """Return a community's list, in order."""
        return tuple(Entry(*row) for row in db.rows(self._of, community=community))

    def replace(self, db: Db, community: str, entries: Iterable[Entry]) -> None:
        """Replace a list. Rows that stay keep their id and what points to it; what is gone takes that with it."""
        db.run(self._put_off, community_=community)
        for position, entry in enumerate(entries):
            if not db.run(self._move, id_=entry.id, community_=community, position=position, words=entry.words):
                db.run(self._add, id=entry.id, community=community, position=position, words=entry.words)
        db.run(self._clear, community=community)
