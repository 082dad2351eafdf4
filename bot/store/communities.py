"""Communities, their spaces, words and lists."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, update

from bot.contract.place import Room, Space
from bot.contract.tables import Community, Entry
from bot.store.ground import Ground
from bot.store.schema import community, community_room, elsewhere, space, word

COLUMNS = (
    community.c.id,
    community.c.created_at,
    community.c.language,
    community.c.zone,
    community.c.wait_days,
    community.c.groups,
)
_GET = select(*COLUMNS).where(community.c.id == bindparam("id"))
_OF_SPACE = select(*COLUMNS).join(space, space.c.community == community.c.id).where(space.c.space == bindparam("space"))
_ON = (
    select(*COLUMNS)
    .where(community.c.id.in_(select(space.c.community).where(space.c.platform == bindparam("platform"))))
    .order_by(community.c.created_at, community.c.id)
)
_SPACES = select(space.c.space).where(space.c.community == bindparam("community")).order_by(space.c.position)
_ADD = insert(community)
_ADD_SPACE = insert(space)
_SAVE = (
    update(community)
    .where(community.c.id == bindparam("id_"))
    .values(
        language=bindparam("language"),
        zone=bindparam("zone"),
        wait_days=bindparam("wait_days"),
        groups=bindparam("groups", type_=community.c.groups.type),
    )
)


_ROOMS = (
    select(community_room.c.does, community_room.c.room)
    .where(community_room.c.community == bindparam("community"))
    .order_by(community_room.c.does, community_room.c.platform)
)
_IS = (
    community_room.c.community == bindparam("community"),
    community_room.c.does == bindparam("does"),
    community_room.c.platform == bindparam("platform"),
)
_ROOM = select(community_room.c.room).where(*_IS)
_ADD_ROOM = insert(community_room)
_CLEAR_ROOM = delete(community_room).where(*_IS)


class _List:
    """The statements of a community's list in a table."""

    def __init__(self, table: Table) -> None:
        self.of = (
            select(table.c.id, table.c.words)
            .where(table.c.community == bindparam("community"))
            .order_by(table.c.position)
        )
        self.put_off = update(table).where(table.c.community == bindparam("community_")).values(position=-1)
        self.move = (
            update(table)
            .where(table.c.id == bindparam("id_"), table.c.community == bindparam("community_"))
            .values(position=bindparam("position"), words=bindparam("words"))
        )
        self.add = insert(table)
        self.clear = delete(table).where(table.c.community == bindparam("community"), table.c.position < 0)


_WORDS = _List(word)
_ELSEWHERE = _List(elsewhere)
_COUNT = select(func.count()).select_from(space).where(space.c.community == bindparam("community"))


class CommunityRows:
    """Communities, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db
        self._new_id = ground.new_id

    def _one(self, row: tuple[Any, ...] | None) -> Community | None:
        return None if row is None else Community(*row)

    def get(self, id: str) -> Community | None:  # noqa: A002 - the column's name
        """Return a community."""
        return self._one(self._db.row(_GET, id=id))

    def of_space(self, space: Space) -> Community | None:
        """Return the community that a space belongs to."""
        return self._one(self._db.row(_OF_SPACE, space=space))

    def on(self, platform: str) -> tuple[Community, ...]:
        """Return all communities with a space on a platform."""
        return tuple(Community(*row) for row in self._db.rows(_ON, platform=platform))

    def spaces(self, id: str) -> tuple[Space, ...]:  # noqa: A002 - the column's name
        """Return the spaces of a community."""
        return tuple(found for (found,) in self._db.rows(_SPACES, community=id))

    def add(self, community: Community, space: Space) -> None:
        """Store a new community with its first space."""
        self._db.run(
            _ADD,
            id=community.id,
            created_at=community.created_at,
            language=community.language,
            zone=community.zone,
            wait_days=community.wait_days,
            groups=community.groups,
        )
        self._db.run(
            _ADD_SPACE,
            id=self._new_id(),
            community=community.id,
            platform=space.platform,
            space=space,
            position=self._db.value(_COUNT, community=community.id),
        )

    def save(self, community: Community) -> None:
        """Store a changed community."""
        self._db.run(
            _SAVE,
            id_=community.id,
            language=community.language,
            zone=community.zone,
            wait_days=community.wait_days,
            groups=community.groups,
        )

    def rooms(self, id: str) -> Mapping[str, tuple[Room, ...]]:  # noqa: A002 - the column's name
        """Return the rooms that a community gave something to do, by what that is: one a platform."""
        found: dict[str, tuple[Room, ...]] = {}
        for does, room in self._db.rows(_ROOMS, community=id):
            found[does] = (*found.get(does, ()), room)
        return found

    def room(self, id: str, does: str, platform: str) -> Room | None:  # noqa: A002 - the column's name
        """Return the room of a community on a platform that does something."""
        found: Room | None = self._db.value(_ROOM, community=id, does=does, platform=platform)
        return found

    def set_room(self, id: str, does: str, room: Room) -> None:  # noqa: A002 - the column's name
        """Give a room something to do. What did it before on that platform does it no more."""
        self.clear_room(id, does, room.platform)
        self._db.run(_ADD_ROOM, community=id, does=does, platform=room.platform, room=room)

    def clear_room(self, id: str, does: str, platform: str) -> None:  # noqa: A002 - the column's name
        """Let no room of a platform do something."""
        self._db.run(_CLEAR_ROOM, community=id, does=does, platform=platform)

    def _entries(self, of: _List, community: str) -> tuple[Entry, ...]:
        return tuple(Entry(*row) for row in self._db.rows(of.of, community=community))

    def _replace(self, of: _List, community: str, entries: Iterable[Entry]) -> None:
        """Replace a list. Rows that stay keep their id and what points to it; what is gone takes that with it."""
        self._db.run(of.put_off, community_=community)
        for position, entry in enumerate(entries):
            if not self._db.run(of.move, id_=entry.id, community_=community, position=position, words=entry.words):
                self._db.run(of.add, id=entry.id, community=community, position=position, words=entry.words)
        self._db.run(of.clear, community=community)

    def words(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return a community's words, in order."""
        return self._entries(_WORDS, id)

    def set_words(self, id: str, entries: Iterable[Entry]) -> None:  # noqa: A002 - the column's name
        """Replace a community's words. Choices of words that are gone go with them."""
        self._replace(_WORDS, id, entries)

    def elsewhere(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return a community's list of other places to turn, in order."""
        return self._entries(_ELSEWHERE, id)

    def set_elsewhere(self, id: str, entries: Iterable[Entry]) -> None:  # noqa: A002 - the column's name
        """Replace a community's list of other places."""
        self._replace(_ELSEWHERE, id, entries)
