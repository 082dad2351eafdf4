"""Small lists: who met, who keeps apart, how words are felt about, which events were handled."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from bot.contract.tables import Apart
from bot.store.ground import Ground
from bot.store.schema import Instant, apart, comfort, met, seen

_NOW = bindparam("now", type_=Instant())
_AT_ONCE = 32
"""Hashes looked up in one statement, whose text is then always the same."""

_MET_LATER = (
    update(met)
    .where(met.c.pair == bindparam("pair_"))
    .values(expires_at=bindparam("expires_at", type_=met.c.expires_at.type))
)
_MET_ADD = insert(met)
_MET_KNOWN = select(met.c.pair).where(
    met.c.pair.in_([bindparam(f"pair_{number}", type_=met.c.pair.type) for number in range(_AT_ONCE)]),
    met.c.expires_at > _NOW,
)


class MetRows:
    """Who was introduced to whom, as keyed hashes."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def add(self, pair: bytes, expires_at: datetime) -> None:
        """Remember a pair."""
        if not self._db.run(_MET_LATER, pair_=pair, expires_at=expires_at):
            self._db.run(_MET_ADD, pair=pair, expires_at=expires_at)

    def known(self, pairs: Iterable[bytes], now: datetime) -> frozenset[bytes]:
        """Return which of these pairs are remembered."""
        wanted = list(pairs)
        found: set[bytes] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            some += some[-1:] * (_AT_ONCE - len(some))
            named = {f"pair_{number}": pair for number, pair in enumerate(some)}
            found.update(bytes(pair) for (pair,) in self._db.rows(_MET_KNOWN, now=now, **named))
        return frozenset(found)


_APART_HAS = select(apart.c.id).where(apart.c.member == bindparam("member"), apart.c.hash == bindparam("hash"))
_APART_ADD = insert(apart)
_APART_OF = (
    select(apart.c.id, apart.c.hash, apart.c.added_at)
    .where(apart.c.member == bindparam("member"))
    .order_by(apart.c.added_at, apart.c.id)
)
_APART_AMONG = select(apart.c.member).where(
    or_(
        *(
            and_(
                apart.c.member == bindparam(f"member_{number}", type_=apart.c.member.type),
                apart.c.hash == bindparam(f"hash_{number}", type_=apart.c.hash.type),
            )
            for number in range(_AT_ONCE)
        )
    )
)
_APART_REMOVE = delete(apart).where(apart.c.member == bindparam("member"), apart.c.id == bindparam("id"))


class ApartRows:
    """*Not with this person* lists."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def add(self, owner: str, entry: Apart) -> None:
        """Add an entry to a member's list; an entry that is there already stays as it is."""
        if self._db.row(_APART_HAS, member=owner, hash=entry.hash) is None:
            self._db.run(_APART_ADD, id=entry.id, member=owner, hash=entry.hash, added_at=entry.added_at)

    def of(self, owner: str) -> tuple[Apart, ...]:
        """Return a member's list, oldest first."""
        return tuple(Apart(*row) for row in self._db.rows(_APART_OF, member=owner))

    def among(self, hashes: Mapping[str, bytes]) -> frozenset[str]:
        """Return which of these members (our ids) have the hash given for them on their list."""
        wanted = list(hashes.items())
        found: set[str] = set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            some += some[-1:] * (_AT_ONCE - len(some))
            named: dict[str, Any] = {}
            for number, (owner, hashed) in enumerate(some):
                named[f"member_{number}"], named[f"hash_{number}"] = owner, hashed
            found.update(owner for (owner,) in self._db.rows(_APART_AMONG, **named))
        return frozenset(found)

    def remove(self, owner: str, id: str) -> bool:  # noqa: A002 - the column's name
        """Delete an entry of a member's own list; False when it is not there."""
        return self._db.run(_APART_REMOVE, member=owner, id=id) > 0


_COMFORT_OF = select(comfort.c.word, comfort.c.mark).where(comfort.c.member == bindparam("member"))
_COMFORT_CLEAR = delete(comfort).where(comfort.c.member == bindparam("member"), comfort.c.word == bindparam("word"))
_COMFORT_ADD = insert(comfort)


class ComfortRows:
    """How members feel about meeting words."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def of(self, member: str) -> Mapping[str, str]:
        """Return the marks of a member by the id of the word."""
        return {word: mark for word, mark in self._db.rows(_COMFORT_OF, member=member)}  # noqa: C416 - typed so

    def mark(self, member: str, word: str, mark: str) -> None:
        """Set a mark; ``welcome``, which is how every word starts, deletes it."""
        self._db.run(_COMFORT_CLEAR, member=member, word=word)
        if mark != "welcome":
            self._db.run(_COMFORT_ADD, member=member, word=word, mark=mark)


_SEEN_HAS = select(seen.c.expires_at).where(seen.c.hash == bindparam("hash"))
_SEEN_ADD = insert(seen)


class SeenRows:
    """Events that were handled, as keyed hashes."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db
        self._key = ground.keys.seen
        self._life = ground.lifetimes.seen

    def first_time(self, platform: str, key: str, now: datetime) -> bool:
        """Note an event; False when it was noted before."""
        hashed = hmac.digest(self._key, f"{platform}\0{key}".encode(), hashlib.sha256)
        if self._db.row(_SEEN_HAS, hash=hashed) is not None:
            return False
        self._db.run(_SEEN_ADD, hash=hashed, expires_at=now + self._life)
        return True
