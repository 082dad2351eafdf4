"""What is to leave: as handlers hand it over, and as delivery works it off.

One place is one line: only the first row of it is ever offered, so that nobody reads an answer before the question.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Integer, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from bot.contract.card import Card
from bot.contract.effect import (
    Delete,
    Edit,
    EditEvent,
    Effect,
    EndEvent,
    Leave,
    MakeEvent,
    MakeRoom,
    Pin,
    Remove,
    Say,
    SetState,
    Then,
    events_of,
)
from bot.contract.place import Member, Place, Post, Room, Space
from bot.contract.queues import Leaving
from bot.contract.text import Text
from bot.store.ground import Ground
from bot.store.schema import Instant, delivered, member, outbox, post
from bot.store.voices import Voices

KEY_LENGTH = 25
"""The longest nonce that Discord takes."""

_ALIVE = outbox.c.dead_at.is_(None)
_IS = outbox.c.id == bindparam("id_")
_ABOUT = or_(outbox.c.subject == bindparam("subject"), outbox.c.keep == bindparam("subject"))
_ADD = insert(outbox)
_OF_SUBJECT = select(outbox.c.id, outbox.c.first, outbox.c.body, outbox.c.recalled).where(_ALIVE, _ABOUT)
_ALL = select(outbox.c.id, outbox.c.first, outbox.c.body, outbox.c.recalled).where(_ALIVE)
_REMOVE = delete(outbox).where(_IS)
_RECALL = (
    update(outbox)
    .where(_IS)
    .values(
        recalled=bindparam("recalled", type_=Boolean()),
        body=bindparam("body", type_=outbox.c.body.type),
        subject="",
        keep="",
    )
)
_RELEASE_ROWS = update(outbox).where(outbox.c.keep == bindparam("subject_")).values(keep="")
_WAITING = select(func.count()).select_from(outbox).where(_ALIVE, outbox.c.line == bindparam("line"))

_POSTS = select(post.c.post).where(post.c.subject == bindparam("subject")).order_by(post.c.created_at, post.c.id)
_ADD_POST = insert(post)
_REMOVE_POSTS = delete(post).where(post.c.subject == bindparam("subject"))
_REMOVE_POST = delete(post).where(post.c.post == bindparam("post"))


def line_of(effect: Effect) -> Place | Space:
    """Return where an effect happens: the line it stands in."""
    match effect:
        case Say():
            return effect.to
        case Edit() | Delete() | Pin():
            return effect.post.place
        case MakeRoom():
            return effect.space
        case MakeEvent():
            return events_of(effect.room)
        case EditEvent() | EndEvent():
            return events_of(effect.event.place)
        case _:
            return effect.room


def mentions(value: Any, whom: Member) -> bool:
    """Return whether a contract value speaks of a member, anywhere in it."""
    if value == whom:
        return True
    if isinstance(value, tuple):
        return any(mentions(item, whom) for item in value)
    if isinstance(value, dict):
        return any(mentions(item, whom) for item in value.values())
    names = getattr(type(value), "__dataclass_fields__", ())
    return any(mentions(getattr(value, name), whom) for name in names)


def stub(effect: Effect) -> Effect:
    """Return what is left of an effect that was called back: where it was going, so that it can be taken away."""
    match effect:
        case Say():
            return Say(effect.to, Card(()))
        case Edit():
            return Edit(effect.post, Card(()))
        case MakeRoom():
            return MakeRoom(effect.space, Text(""))
        case SetState():
            return SetState(effect.room, effect.name, Text(""))
        case MakeEvent():
            return replace(effect, name=Text(""), about=Text(""))
        case _:
            return effect


def undone(effect: Effect, arrived: str) -> Effect | None:
    """Return the effect that takes away what a called-back effect brought; None when nothing is to be taken away."""
    match effect:
        case Say() if arrived:
            return Delete(Post(effect.to, arrived))
        case Edit():
            return Delete(effect.post)
        case MakeRoom() if arrived:
            return Leave(Room(effect.space.platform, arrived))
        case MakeEvent() if arrived:
            return EndEvent(Post(effect.room, arrived))
        case _:
            return None


class OutboxRows:
    """What is to leave after commit, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db
        self._clock = ground.clock
        self._new_id = ground.new_id

    def put(
        self,
        effect: Effect,
        *,
        then: Then | None = None,
        subject: str = "",
        expires_at: datetime | None = None,
        urgent: bool = False,
        community: str = "",
    ) -> None:
        """Hand over an effect."""
        line = line_of(effect)
        now = self._clock.now()
        self._db.run(
            _ADD,
            seq=None,
            id=self._new_id(),
            platform=line.platform,
            line=line,
            body=(effect, then),
            subject=subject,
            keep=effect.keep if isinstance(effect, Say) else "",
            community=community,
            urgent=urgent,
            created_at=now,
            try_at=now,
            expires_at=expires_at,
            epoch=0,
            attempts=0,
            recalled=False,
            reason="",
        )

    def recall(self, subject: str) -> None:
        """Call back what has not left yet, and take away the posts that have, for everything about a subject."""
        if not subject:
            return
        for row in self._db.rows(_OF_SUBJECT, subject=subject):
            self._call_back(*row)
        for (posted,) in self._db.rows(_POSTS, subject=subject):
            self.put(Delete(posted))
        self._db.run(_REMOVE_POSTS, subject=subject)

    def supersede(self, subject: str) -> None:
        """Drop what has not left yet about a subject, because what is put next says it anew."""
        for id_, first, _, _ in self._db.rows(_OF_SUBJECT, subject=subject):
            if first is None:
                self._db.run(_REMOVE, id_=id_)

    def recall_mentions(self, whom: Member) -> None:
        """Call back whatever speaks of a member to somebody else. What takes something away, or them out, goes on."""
        for id_, first, body, recalled in self._db.rows(_ALL):
            if mentions(body, whom):
                self._call_back(id_, first, body, recalled)

    def _call_back(self, id_: str, first: datetime | None, body: tuple[Effect, Then | None], recalled: bool) -> None:
        """Delete a row that has not left; of one that may have, leave only where it was going."""
        effect, then = body
        if isinstance(effect, Delete | Remove | EndEvent) or recalled:
            return
        for fact in then.facts if then is not None else ():
            if isinstance(fact, Room):
                self.put(Leave(fact))
        if first is None:
            self._db.run(_REMOVE, id_=id_)
        else:
            self._db.run(_RECALL, id_=id_, recalled=True, body=(stub(effect), None))

    def posts(self, subject: str) -> tuple[Post, ...]:
        """Return the messages that were posted with ``keep=subject``."""
        return tuple(found for (found,) in self._db.rows(_POSTS, subject=subject))

    def release(self, subject: str) -> None:
        """Forget the posts of a subject and leave them standing. Rows still to be sent are sent, but not kept."""
        if not subject:
            return
        self._db.run(_REMOVE_POSTS, subject=subject)
        self._db.run(_RELEASE_ROWS, subject_=subject)

    def waiting(self, place: Place) -> int:
        """Return how many messages to a place have not left yet."""
        return int(self._db.value(_WAITING, line=place))

    def pending(self, subject: str) -> bool:
        """Return whether something about a subject has not left yet."""
        return bool(self._db.rows(_OF_SUBJECT, subject=subject))


_ahead = outbox.alias("ahead")
_FIRST_IN_LINE = ~exists().where(
    _ahead.c.line == outbox.c.line, _ahead.c.dead_at.is_(None), _ahead.c.seq < outbox.c.seq
)
_ROW = (
    outbox.c.id, outbox.c.body, outbox.c.subject, outbox.c.keep, outbox.c.epoch, outbox.c.first, outbox.c.last,
    outbox.c.attempts, outbox.c.expires_at, outbox.c.recalled, outbox.c.platform, outbox.c.community,
    member.c.language, member.c.zone, member.c.usual_community,
)  # fmt: skip
_ROWS = select(*_ROW).outerjoin(member, member.c.member == outbox.c.line).where(_ALIVE)
# In the order in which they go, so that of thousands only the first few are looked at: the plus keeps SQLite from
# gathering all that are due, and sorting them, for each that leaves (sqlite.org/optoverview.html#uplus).
_ANY_TIME: UnaryExpression[datetime] = UnaryExpression(outbox.c.try_at, operator=custom_op("+"), type_=Instant())
_DUE = (
    _ROWS.where(
        outbox.c.platform == bindparam("platform"),
        outbox.c.urgent == bindparam("urgent", type_=Boolean()),
        bindparam("now", type_=Instant()) >= _ANY_TIME,
        _FIRST_IN_LINE,
    )
    .order_by(outbox.c.seq)
    .limit(bindparam("most", type_=Integer()))
)
_GET = _ROWS.where(_IS).with_for_update(of=outbox)
_TRYING = (
    update(outbox)
    .where(_IS)
    .values(
        first=bindparam("first", type_=outbox.c.first.type),
        last=bindparam("last", type_=outbox.c.last.type),
        epoch=bindparam("epoch", type_=outbox.c.epoch.type),
        attempts=outbox.c.attempts + 1,
    )
)
_LATER = update(outbox).where(_IS).values(try_at=bindparam("at", type_=outbox.c.try_at.type))
_UNSENT = _LATER.values(first=None)
_DEAD = (
    update(outbox)
    .where(_IS)
    .values(
        line=None,
        body=None,
        subject="",
        keep="",
        community="",
        first=None,
        last=None,
        expires_at=None,
        reason=bindparam("reason", type_=outbox.c.reason.type),
        dead_at=bindparam("dead_at", type_=outbox.c.dead_at.type),
    )
)
_NEXT = select(outbox.c.try_at).where(_ALIVE, outbox.c.platform == bindparam("platform"), _FIRST_IN_LINE)
_NEXT_OF_ALL = _NEXT.order_by(outbox.c.try_at).limit(1)
_NEXT_AFTER = _NEXT.where(outbox.c.try_at > bindparam("after", type_=Instant())).order_by(outbox.c.try_at).limit(1)
_DELIVERED = insert(delivered)
_DELIVERED_HAS = select(delivered.c.expires_at).where(delivered.c.hash == bindparam("hash"))


@dataclass(frozen=True, slots=True)
class _Row:
    """One alive row as it stands in the outbox."""

    id: str
    body: tuple[Effect, Then | None]
    subject: str
    keep: str
    epoch: int
    first: datetime | None
    last: datetime | None
    attempts: int
    expires_at: datetime | None
    recalled: bool
    platform: str
    community: str
    language: str | None
    zone: str | None
    usual_community: str | None


class LeavingRows:
    """The outbox, from the side of delivery."""

    def __init__(self, ground: Ground, put: Callable[[Effect], None]) -> None:
        """Stand on a connection; ``put`` hands over another effect."""
        self._db = ground.db
        self._keys = ground.keys
        self._new_id = ground.new_id
        self._life = ground.lifetimes.delivered
        self._voices = Voices(ground)
        self._put = put

    def _key(self, id_: str, epoch: int) -> str:
        drawn = hmac.digest(self._keys.outbox, f"{id_}\0{epoch}".encode(), hashlib.sha256)
        return base64.b32encode(drawn).decode().lower()[:KEY_LENGTH]

    def _leaving(self, row: _Row) -> Leaving:
        effect, then = row.body
        return Leaving(
            id=row.id,
            key=self._key(row.id, row.epoch),
            effect=effect,
            then=then,
            subject=row.subject,
            keep=row.keep,
            voice=self._voices.of(row.platform, (row.language, row.zone, row.usual_community), row.community),
            epoch=row.epoch,
            first=row.first,
            last=row.last,
            attempts=row.attempts,
            expires_at=row.expires_at,
            recalled=row.recalled,
        )

    def due(self, platform: str, now: datetime, most: int) -> tuple[Leaving, ...]:
        """Return rows that may be tried now: the first of each place, urgent ones first."""
        about = {"platform": platform, "now": now}
        rows = self._db.rows(_DUE, urgent=True, most=most, **about)
        rows += self._db.rows(_DUE, urgent=False, most=most - len(rows), **about)
        return tuple(self._leaving(_Row(*row)) for row in rows)

    def _row(self, id_: str) -> _Row | None:
        row = self._db.row(_GET, id_=id_)
        return None if row is None else _Row(*row)

    def get(self, id: str) -> Leaving | None:  # noqa: A002 - the column's name
        """Return a row as it is now; None when it was called back or is done."""
        row = self._row(id)
        return None if row is None else self._leaving(row)

    def trying(self, id: str, first: datetime, last: datetime, epoch: int) -> None:  # noqa: A002
        """Note, before a call, that it is being tried."""
        self._db.run(_TRYING, id_=id, first=first, last=last, epoch=epoch)

    def later(self, id: str, at: datetime, *, unsent: bool) -> None:  # noqa: A002 - the column's name
        """Put a row off until ``at``; ``unsent``: it provably did not leave, so its first try is forgotten."""
        self._db.run(_UNSENT if unsent else _LATER, id_=id, at=at)

    def done(self, id: str, message: str, now: datetime) -> None:  # noqa: A002 - the column's name
        """Delete a row that arrived, as ``message``; keep its keyed hash, and its post where it asked so."""
        row = self._row(id)
        if row is None:
            return
        effect, _ = row.body
        self._db.run(_REMOVE, id_=id)
        hashed = hmac.digest(self._keys.delivered, id.encode(), hashlib.sha256)
        if self._db.row(_DELIVERED_HAS, hash=hashed) is None:
            self._db.run(_DELIVERED, hash=hashed, expires_at=now + self._life)
        if row.recalled:
            undoing = undone(effect, message)
            if undoing is not None:
                self._put(undoing)
        elif isinstance(effect, Delete):
            self._db.run(_REMOVE_POST, post=effect.post)
        elif isinstance(effect, Say) and row.keep and message:
            self._db.run(
                _ADD_POST,
                id=self._new_id(),
                subject=row.keep,
                line=effect.to,
                post=Post(effect.to, message),
                created_at=now,
            )

    def dead(self, id: str, reason: str, now: datetime) -> None:  # noqa: A002 - the column's name
        """Give a row up: its facts are deleted, its reason stays 7 days."""
        self._db.run(_DEAD, id_=id, reason=reason, dead_at=now)

    def next_at(self, platform: str, after: datetime | None = None) -> datetime | None:
        """Return when the first row of some place may next be tried, later than ``after`` if that is given."""
        statement = _NEXT_OF_ALL if after is None else _NEXT_AFTER
        found: datetime | None = self._db.value(statement, platform=platform, after=after)
        return found
