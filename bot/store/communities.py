"""Communities, their spaces, words and lists."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.contract.checkins import Words
from bot.contract.place import Post, Room, Space
from bot.contract.tables import Before, Community, Entry, Settings
from bot.store.checkins import CheckinRows
from bot.store.ground import Ground
from bot.store.lists import ListOf
from bot.store.schema import (
    Instant,
    community,
    community_before,
    community_room,
    elsewhere,
    proposal,
    space,
    word,
)

COLUMNS = (
    community.c.id,
    community.c.created_at,
    community.c.language,
    community.c.zone,
    community.c.wait_days,
    community.c.groups,
    community.c.moderators,
    community.c.off,
    community.c.step,
    community.c.welcome,
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
        moderators=bindparam("moderators", type_=community.c.moderators.type),
        off=bindparam("off", type_=community.c.off.type),
        step=bindparam("step"),
        welcome=bindparam("welcome"),
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
_POST = select(community_room.c.post).where(*_IS)
_SET_POST = (
    update(community_room)
    .where(
        community_room.c.community == bindparam("community_"),
        community_room.c.does == bindparam("does_"),
        community_room.c.platform == bindparam("platform_"),
    )
    .values(post=bindparam("post", type_=community_room.c.post.type))
)

_NOW = bindparam("now", type_=Instant())
_BEFORE = select(community_before.c.id, community_before.c.what, community_before.c.settings).where(
    community_before.c.community == bindparam("community"), community_before.c.expires_at > _NOW
)
_ADD_BEFORE = insert(community_before)
_CLEAR_BEFORE = delete(community_before).where(community_before.c.community == bindparam("community"))

_PROPOSALS = (
    select(proposal.c.id, proposal.c.words)
    .where(proposal.c.community == bindparam("community"), proposal.c.expires_at > _NOW)
    .order_by(func.lower(proposal.c.words), proposal.c.words)
)
_PROPOSE = insert(proposal)
_DROP = delete(proposal).where(proposal.c.community == bindparam("community"), proposal.c.id == bindparam("id"))

_DOOR: Final = "door"
"""What a room does in which something stands; that is taken away where it was put, and not by a step back."""


def _packed(settings: Settings) -> dict[str, Any]:
    """Return settings as a contract value, to be sealed."""
    community, checkins = settings.community, settings.checkins
    return {
        "created_at": community.created_at,
        "language": community.language,
        "zone": community.zone,
        "wait_days": community.wait_days,
        "groups": community.groups,
        "moderators": community.moderators,
        "off": community.off,
        "welcome": community.welcome,
        "words": tuple((one.id, one.words) for one in settings.words),
        "elsewhere": tuple((one.id, one.words) for one in settings.elsewhere),
        "rooms": settings.rooms,
        "prompts": tuple((one.id, one.words) for one in checkins.prompts),
        "checkins": (checkins.opening, checkins.closing, checkins.starters, checkins.visible, checkins.erased),
    }


def _opened(id_: str, packed: dict[str, Any]) -> Settings:
    lists = {name: tuple(Entry(*one) for one in packed[name]) for name in ("words", "elsewhere", "prompts")}
    own = {name: value for name, value in packed.items() if name not in {*lists, "rooms", "checkins"}}
    checkins = replace(Words(*packed["checkins"]), prompts=lists["prompts"])
    return Settings(Community(id_, **own), lists["words"], lists["elsewhere"], packed["rooms"], checkins)


_WORDS = ListOf(word)
_ELSEWHERE = ListOf(elsewhere)
_COUNT = select(func.count()).select_from(space).where(space.c.community == bindparam("community"))


class CommunityRows:
    """Communities, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db
        self._new_id = ground.new_id
        self._lives = ground.lifetimes
        self._checkins = CheckinRows(ground)

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
            moderators=community.moderators,
            off=community.off,
            step=community.step,
            welcome=community.welcome,
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
            moderators=community.moderators,
            off=community.off,
            step=community.step,
            welcome=community.welcome,
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

    def post(self, id: str, does: str, platform: str) -> Post | None:  # noqa: A002 - the column's name
        """Return the message that stands in the room of a community that does something."""
        found = self._db.value(_POST, community=id, does=does, platform=platform)
        return found if isinstance(found, Post) else None

    def set_post(self, id: str, does: str, platform: str, post: Post | None) -> None:  # noqa: A002
        """Keep where the message stands in the room that does something; None: it stands no more."""
        self._db.run(_SET_POST, community_=id, does_=does, platform_=platform, post=post)

    def settings(self, id: str) -> Settings | None:  # noqa: A002 - the column's name
        """Return all that a moderator can set and take back."""
        community = self.get(id)
        if community is None:
            return None
        rooms = tuple((does, room) for does, rooms in self.rooms(id).items() if does != _DOOR for room in rooms)
        checkins = self._checkins.words(id)
        return Settings(replace(community, step=""), self.words(id), self.elsewhere(id), rooms, checkins)

    def restore(self, settings: Settings) -> None:
        """Put all that back as it was."""
        community = settings.community
        now = self.get(community.id)
        self.save(replace(community, step=now.step if now is not None else ""))
        self.set_words(community.id, settings.words)
        self.set_elsewhere(community.id, settings.elsewhere)
        for does, rooms in self.rooms(community.id).items():
            for room in rooms if does != _DOOR else ():
                self.clear_room(community.id, does, room.platform)
        for does, room in settings.rooms:
            self.set_room(community.id, does, room)
        if now is not None:
            self._checkins.set_words(community.id, settings.checkins)
            self._checkins.set_prompts(community.id, settings.checkins.prompts)

    def before(self, id: str, now: datetime) -> Before | None:  # noqa: A002 - the column's name
        """Return the settings of a community before the latest change, as long as they are kept."""
        row = self._db.row(_BEFORE, community=id, now=now)
        return None if row is None else Before(row[0], row[1], _opened(id, row[2]))

    def keep_before(self, id: str, before: Before, now: datetime) -> None:  # noqa: A002 - the column's name
        """Keep the settings before a change, in the place of those before an earlier one."""
        self._db.run(_CLEAR_BEFORE, community=id)
        self._db.run(
            _ADD_BEFORE,
            id=before.id,
            community=id,
            what=before.what,
            settings=_packed(before.settings),
            expires_at=now + self._lives.before,
        )

    def proposals(self, id: str, now: datetime) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return the words that were proposed to a community, in the order of the alphabet: not who, not when."""
        return tuple(Entry(*row) for row in self._db.rows(_PROPOSALS, community=id, now=now))

    def propose(self, id: str, entry: Entry, now: datetime) -> None:  # noqa: A002 - the column's name
        """Keep a word that was proposed. Its end is cut to the hour: the row does not say when somebody was here."""
        ends = (now + self._lives.proposals).replace(minute=0, second=0, microsecond=0)
        self._db.run(_PROPOSE, id=entry.id, community=id, words=entry.words, expires_at=ends)

    def drop_proposal(self, id: str, proposal: str) -> None:  # noqa: A002 - the column's name
        """Delete a word that was proposed to a community."""
        self._db.run(_DROP, community=id, id=proposal)

    def words(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return a community's words, in order."""
        return _WORDS.read(self._db, id)

    def set_words(self, id: str, entries: Iterable[Entry]) -> None:  # noqa: A002 - the column's name
        """Replace a community's words. Choices of words that are gone go with them."""
        _WORDS.replace(self._db, id, entries)

    def elsewhere(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return a community's list of other places to turn, in order."""
        return _ELSEWHERE.read(self._db, id)

    def set_elsewhere(self, id: str, entries: Iterable[Entry]) -> None:  # noqa: A002 - the column's name
        """Replace a community's list of other places."""
        _ELSEWHERE.replace(self._db, id, entries)
