"""Calendar feeds, as rows: of an address nothing but its hash."""

import hmac
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from bot.contract.calendar import Feed
from bot.contract.place import Member
from bot.store.ground import Ground
from bot.store.schema import calendar_feed

_COLUMNS = tuple(Feed.__dataclass_fields__)
_ROWS = select(*(calendar_feed.c[name] for name in _COLUMNS))
_PUT = insert(calendar_feed)
_OF_MEMBER = _ROWS.where(calendar_feed.c.member == bindparam("member"))
_OF_TOKEN = _ROWS.where(calendar_feed.c.token_hash == bindparam("token_hash"))
_REMOVE = delete(calendar_feed).where(calendar_feed.c.member == bindparam("member"))


class FeedRows:
    """Calendar feeds."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    @staticmethod
    def _feed(row: tuple[Any, ...] | None) -> Feed | None:
        return None if row is None else Feed(*row)

    def put(self, feed: Feed) -> None:
        """Store a member's feed, in the place of the one before, whose address is dead with that."""
        self.remove(feed.member)
        self._db.run(_PUT, **{name: getattr(feed, name) for name in _COLUMNS})

    def of_member(self, member: Member) -> Feed | None:
        """Return the feed of a member."""
        return self._feed(self._db.row(_OF_MEMBER, member=member))

    def of_token(self, token_hash: bytes) -> Feed | None:
        """Return the feed with an address.

        The index has looked for a hash, whose letters tell nothing of the address; what it found is compared whole.
        """
        found = self._feed(self._db.row(_OF_TOKEN, token_hash=token_hash))
        return found if found is not None and hmac.compare_digest(found.token_hash, token_hash) else None

    def remove(self, member: Member) -> None:
        """Delete the feed of a member."""
        self._db.run(_REMOVE, member=member)
