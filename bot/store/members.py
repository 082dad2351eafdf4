"""Profiles."""

from dataclasses import fields

from sqlalchemy import bindparam, insert, select, update

from bot.contract.place import Member
from bot.contract.tables import Profile
from bot.store.ground import Ground
from bot.store.schema import member

_FIELDS = tuple(field.name for field in fields(Profile))
COLUMNS = tuple(member.c[name] for name in _FIELDS)

_FIND = select(*COLUMNS).where(member.c.member == bindparam("member"))
_GET = select(*COLUMNS).where(member.c.id == bindparam("id"))
_ADD = insert(member)
_SAVE = (
    update(member)
    .where(member.c.id == bindparam("id_"))
    .values({name: bindparam(name, type_=member.c[name].type) for name in _FIELDS if name != "id"})
)


def _values(profile: Profile) -> dict[str, object]:
    return {name: getattr(profile, name) for name in _FIELDS}


class MemberRows:
    """Profiles, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def find(self, member: Member) -> Profile | None:
        """Return the profile of a member, if they ever said yes to anything."""
        row = self._db.row(_FIND, member=member)
        return None if row is None else Profile(*row)

    def get(self, id: str) -> Profile | None:  # noqa: A002 - the column's name
        """Return a profile by our id."""
        row = self._db.row(_GET, id=id)
        return None if row is None else Profile(*row)

    def add(self, profile: Profile) -> None:
        """Store a new profile."""
        self._db.run(_ADD, platform=profile.member.platform, **_values(profile))

    def save(self, profile: Profile) -> None:
        """Store a changed profile."""
        self._db.run(_SAVE, id_=profile.id, **_values(profile))
