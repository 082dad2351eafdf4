"""Rounds, the yeses to them, and marks of who stayed alone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.contract.tables import Guest, Party, Round, RoundYes
from bot.store.ground import Ground
from bot.store.schema import Instant, apart, comfort, left_out, member, met, round_, round_word, round_yes

_R = tuple(round_.c[name] for name in ("id", "community", "rhythm", "begins_on", "wall", "opens_at", "meets_at"))
_Y = (
    "id", "round", "member", "said_at", "ends_at", "languages", "way", "place", "someone_new", "trio", "group",
    "meeting",
)  # fmt: skip
_YES = tuple(round_yes.c[name] for name in _Y)
_NOW = bindparam("now", type_=Instant())

_GET = select(*_R).where(round_.c.id == bindparam("id"))
_OF = select(*_R).where(round_.c.community == bindparam("community"))
_ADD = insert(round_)
_SAVE = (
    update(round_)
    .where(round_.c.id == bindparam("id_"))
    .values({column.name: bindparam(column.name, type_=column.type) for column in _R[2:]})
)
_REMOVE_WORDS = delete(round_word).where(
    round_word.c.round_yes.in_(select(round_yes.c.id).where(round_yes.c.round == bindparam("id")))
)
_REMOVE_YESES = delete(round_yes).where(round_yes.c.round == bindparam("id"))
_REMOVE = delete(round_).where(round_.c.id == bindparam("id"))

_JOIN = insert(round_yes)
_JOIN_WORD = insert(round_word)
_YES_GET = select(*_YES).where(round_yes.c.id == bindparam("key"))
_YES_OF = select(*_YES).where(round_yes.c.member == bindparam("key")).order_by(round_yes.c.said_at, round_yes.c.id)
_TOGETHER = select(*_YES).where(round_yes.c.meeting == bindparam("key")).order_by(round_yes.c.said_at, round_yes.c.id)
_WORDS = select(round_word.c.word).where(round_word.c.round_yes == bindparam("key"))
_BRING = update(round_yes).where(round_yes.c.id == bindparam("id_")).values(meeting=bindparam("meeting"))
_PART = update(round_yes).where(round_yes.c.meeting == bindparam("key")).values(meeting=None)
_LEAVE_WORDS = delete(round_word).where(round_word.c.round_yes == bindparam("key"))
_LEAVE = delete(round_yes).where(round_yes.c.id == bindparam("key"))

_IN = round_yes.c.round == bindparam("key")
_MEMBERS_IN = select(round_yes.c.member).where(_IN)
_PARTY = (
    select(*_YES, member.c.member, member.c.salt, member.c.paused_until)
    .join(member, member.c.id == round_yes.c.member)
    .where(_IN)
    .order_by(round_yes.c.said_at, round_yes.c.id)
)
_PARTY_WORDS = (
    select(round_word.c.round_yes, round_word.c.word)
    .join(round_yes, round_yes.c.id == round_word.c.round_yes)
    .where(_IN)
)
_PARTY_APART = select(apart.c.member, apart.c.hash).where(apart.c.member.in_(_MEMBERS_IN))
_PARTY_SHUNNED = select(comfort.c.member, comfort.c.word).where(comfort.c.member.in_(_MEMBERS_IN))
_MET = select(met.c.pair).where(met.c.expires_at > _NOW)
_LEFT_OUT = select(left_out.c.hash).where(left_out.c.expires_at > _NOW)
_LEAVE_OUT_LATER = (
    update(left_out).where(left_out.c.hash == bindparam("hash_")).values(expires_at=bindparam("at", type_=Instant()))
)
_LEAVE_OUT = insert(left_out)


class RoundRows:
    """Rounds, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    @staticmethod
    def _round(row: tuple[Any, ...] | None) -> Round | None:
        return None if row is None else Round(*(*row[:3], date.fromisoformat(row[3]), *row[4:]))

    def of(self, community: str) -> Round | None:
        """Return the rounds of a community."""
        return self._round(self._db.row(_OF, community=community))

    def get(self, id: str) -> Round | None:  # noqa: A002 - the column's name
        """Return a round."""
        return self._round(self._db.row(_GET, id=id))

    def put(self, round: Round) -> None:  # noqa: A002 - what it is
        """Store a round, new or changed."""
        values = {column.name: getattr(round, column.name) for column in _R[2:]}
        values["begins_on"] = round.begins_on.isoformat()
        if not self._db.run(_SAVE, id_=round.id, **values):
            self._db.run(_ADD, id=round.id, community=round.community, **values)

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a round with every yes to it."""
        for statement in (_REMOVE_WORDS, _REMOVE_YESES, _REMOVE):
            self._db.run(statement, id=id)

    def join(self, yes: RoundYes) -> None:
        """Store a yes."""
        self._db.run(_JOIN, **{name: getattr(yes, name) for name in _Y})
        for word in sorted(yes.words):
            self._db.run(_JOIN_WORD, round_yes=yes.id, word=word)

    def _yeses(self, rows: Iterable[tuple[Any, ...]]) -> tuple[RoundYes, ...]:
        return tuple(
            RoundYes(*(*row, frozenset(word for (word,) in self._db.rows(_WORDS, key=row[0])))) for row in rows
        )

    def yes(self, id: str) -> RoundYes | None:  # noqa: A002 - the column's name
        """Return a yes."""
        return next(iter(self._yeses(self._db.rows(_YES_GET, key=id))), None)

    def yeses_of(self, member: str) -> tuple[RoundYes, ...]:
        """Return every yes of a member (our id)."""
        return self._yeses(self._db.rows(_YES_OF, key=member))

    def together(self, meeting: str) -> tuple[RoundYes, ...]:
        """Return the yeses that an introduction on its way brings together, the oldest first."""
        return self._yeses(self._db.rows(_TOGETHER, key=meeting))

    def bring_together(self, meeting: str, yeses: Iterable[str]) -> None:
        """Let yeses (their ids) be brought together."""
        for yes in yeses:
            self._db.run(_BRING, id_=yes, meeting=meeting)

    def part(self, meeting: str) -> None:
        """Let an introduction be on its way no more. The yeses stay."""
        self._db.run(_PART, key=meeting)

    def leave(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a yes."""
        self._db.run(_LEAVE_WORDS, key=id)
        self._db.run(_LEAVE, key=id)

    def party(self, round: str, now: datetime) -> Party:  # noqa: A002 - what it is
        """Return all that a round is worked out from."""
        words: defaultdict[str, set[str]] = defaultdict(set)
        for yes, word in self._db.rows(_PARTY_WORDS, key=round):
            words[yes].add(word)
        kept: defaultdict[str, set[bytes]] = defaultdict(set)
        for owner, hashed in self._db.rows(_PARTY_APART, key=round):
            kept[owner].add(bytes(hashed))
        shunned: defaultdict[str, set[str]] = defaultdict(set)
        for owner, word in self._db.rows(_PARTY_SHUNNED, key=round):
            shunned[owner].add(word)
        return Party(
            tuple(
                Guest(RoundYes(*(*row[: len(_Y)], frozenset(words.get(row[0], ())))), *row[len(_Y) :])
                for row in self._db.rows(_PARTY, key=round)
            ),
            {owner: frozenset(hashes) for owner, hashes in kept.items()},
            {owner: frozenset(some) for owner, some in shunned.items()},
            frozenset(bytes(pair) for (pair,) in self._db.rows(_MET, now=now)),
            frozenset(bytes(mark) for (mark,) in self._db.rows(_LEFT_OUT, now=now)),
        )

    def leave_out(self, mark: bytes, expires_at: datetime) -> None:
        """Remember, by a keyed mark, that somebody stayed alone."""
        if not self._db.run(_LEAVE_OUT_LATER, hash_=mark, at=expires_at):
            self._db.run(_LEAVE_OUT, hash=mark, expires_at=expires_at)
