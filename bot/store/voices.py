"""How to speak at a place."""

from sqlalchemy import bindparam, select

from bot.contract.place import Member, Place
from bot.contract.text import Voice
from bot.store.ground import Ground
from bot.store.schema import community, member, space

_OWN = select(member.c.language, member.c.zone, member.c.usual_community).where(member.c.member == bindparam("member"))
_COMMUNITY = select(community.c.language, community.c.zone).where(community.c.id == bindparam("id"))
_ON = (
    select(community.c.language, community.c.zone)
    .where(community.c.id.in_(select(space.c.community).where(space.c.platform == bindparam("platform"))))
    .limit(2)
)


class Voices:
    """Finds the language and the zone that a reader is spoken to in."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def at(self, place: Place, community: str = "") -> Voice:
        """Return a member's own language and zone, else the community's, else English and UTC."""
        own = self._db.row(_OWN, member=place) if isinstance(place, Member) else None
        return self.of(place.platform, own, community)

    def of(self, platform: str, own: tuple[str | None, str | None, str | None] | None, community: str = "") -> Voice:
        """Return the voice of somebody whose own language, zone and usual community have been read."""
        language, zone, usual = own or ("", "", "")
        if language and zone:
            return Voice(language, zone)
        theirs = self._community(platform, community or usual or "")
        return Voice(language or theirs.locale, zone or theirs.zone)

    def _community(self, platform: str, community: str) -> Voice:
        if community:
            row = self._db.row(_COMMUNITY, id=community)
        else:
            rows = self._db.rows(_ON, platform=platform)
            row = rows[0] if len(rows) == 1 else None
        return Voice() if row is None else Voice(*row)
