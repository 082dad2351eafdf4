"""Agreements, their versions, what is asked about them, and how rooms are reminded of them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, Update, bindparam, delete, func, insert, or_, select, update

from bot.contract.agreements import (
    Agreement,
    ConsentRound,
    Home,
    OpenConcern,
    Recalled,
    Reminder,
    Suggestion,
    Version,
)
from bot.contract.place import Member, Room
from bot.domain.agreement import DRAFT, STANDING
from bot.store.ground import Ground
from bot.store.schema import (
    agreement,
    agreement_home,
    agreement_version,
    concern,
    consent_round,
    recall_mark,
    recalled,
    reminder,
    stance,
    suggestion,
)

_AGREEMENT = tuple(Agreement.__dataclass_fields__)
_HOME = tuple(Home.__dataclass_fields__)
_VERSION = tuple(Version.__dataclass_fields__)
_SUGGESTION = tuple(Suggestion.__dataclass_fields__)
_ROUND = tuple(ConsentRound.__dataclass_fields__)
_CONCERN = tuple(OpenConcern.__dataclass_fields__)
_REMINDER = tuple(Reminder.__dataclass_fields__)
_RECALLED = tuple(Recalled.__dataclass_fields__)
_AUTHOR = _VERSION.index("author")
_DAY = _REMINDER.index("begins_on")


def _columns(table: Table, names: tuple[str, ...]) -> tuple[ColumnElement[Any], ...]:
    return tuple(table.c[name] for name in names)


def _saving(table: Table, names: tuple[str, ...]) -> Update:
    """Return the statement that changes every column of a row but its id."""
    return (
        update(table)
        .where(table.c.id == bindparam("id_"))
        .values({name: bindparam(name, type_=table.c[name].type) for name in names[1:]})
    )


def _one(table: Table, names: tuple[str, ...]) -> Any:
    return select(*_columns(table, names)).where(table.c.id == bindparam("id"))


_PUT, _SAVE = insert(agreement), _saving(agreement, _AGREEMENT)
_GET = _one(agreement, _AGREEMENT)
_OF_COMMUNITY = (
    select(*_columns(agreement, _AGREEMENT))
    .where(agreement.c.community == bindparam("community"))
    .order_by(agreement.c.title, agreement.c.id)
)
_REMOVE = delete(agreement).where(agreement.c.id == bindparam("id"))

_HOMES = (
    select(*_columns(agreement_home, _HOME))
    .where(agreement_home.c.agreement == bindparam("agreement"))
    .order_by(agreement_home.c.platform)
)
_SETTLE = insert(agreement_home)
_UNSETTLE = delete(agreement_home).where(
    agreement_home.c.agreement == bindparam("agreement"), agreement_home.c.platform == bindparam("platform")
)
_OF_ROOM = (
    select(*_columns(agreement, _AGREEMENT))
    .join(agreement_home, agreement_home.c.agreement == agreement.c.id)
    .where(agreement_home.c.room == bindparam("room"))
    .order_by(agreement.c.title, agreement.c.id)
)

_WRITE, _REWRITE = insert(agreement_version), _saving(agreement_version, _VERSION)
_A_VERSION = _one(agreement_version, _VERSION)
_VERSIONS = (
    select(*_columns(agreement_version, _VERSION))
    .where(agreement_version.c.agreement == bindparam("agreement"))
    .order_by(agreement_version.c.number.desc())
)
_DRAFTS = (
    select(*_columns(agreement_version, _VERSION))
    .where(agreement_version.c.author == bindparam("author"), agreement_version.c.state == DRAFT)
    .order_by(agreement_version.c.written_at, agreement_version.c.id)
)
_ERASE = delete(agreement_version).where(agreement_version.c.id == bindparam("id"))
_WRITTEN = (
    select(agreement_version.c.allows)
    .join(agreement, agreement.c.id == agreement_version.c.agreement)
    .where(
        agreement.c.community == bindparam("community"),
        or_(*(agreement_version.c.state == state for state in sorted(STANDING))),
        ~agreement_version.c.brought,
        agreement_version.c.allows != "",
    )
)

_SUGGEST = insert(suggestion)
_A_SUGGESTION = _one(suggestion, _SUGGESTION)
_SUGGESTIONS = (
    select(*_columns(suggestion, _SUGGESTION))
    .where(suggestion.c.version == bindparam("version"))
    .order_by(suggestion.c.written_at, suggestion.c.id)
)
_UNSUGGEST = delete(suggestion).where(suggestion.c.id == bindparam("id"))

_ASK = insert(consent_round)
_A_ROUND = _one(consent_round, _ROUND)
_ROUND_ABOUT = select(*_columns(consent_round, _ROUND)).where(consent_round.c.version == bindparam("version"))
_MOVE = update(consent_round).where(consent_round.c.id == bindparam("id_")).values(version=bindparam("version"))
_CLOSE = delete(consent_round).where(consent_round.c.id == bindparam("id"))
_CLOSE_ABOUT = delete(consent_round).where(consent_round.c.version == bindparam("version"))

_IN_ROUND = stance.c.consent_round == bindparam("round")
_MEMBERS = stance.c.member == bindparam("member")
_STAND = insert(stance)
_STAND_NOWHERE = delete(stance).where(_IN_ROUND, _MEMBERS)
_STANCE = select(stance.c.stance).where(_IN_ROUND, _MEMBERS)
_TALLY = select(stance.c.stance, func.count()).where(_IN_ROUND).group_by(stance.c.stance)

_HOLD, _HOLD_ANEW = insert(concern), _saving(concern, _CONCERN)
_A_CONCERN = _one(concern, _CONCERN)
_CONCERNS = (
    select(*_columns(concern, _CONCERN))
    .where(concern.c.agreement == bindparam("agreement"))
    .order_by(concern.c.raised_at, concern.c.id)
)
_CONCERNS_OF = (
    select(*_columns(concern, _CONCERN))
    .where(concern.c.raiser == bindparam("raiser"))
    .order_by(concern.c.raised_at.desc(), concern.c.id)
)
_LET_GO = delete(concern).where(concern.c.id == bindparam("id"))

_REMIND, _REMIND_ANEW = insert(reminder), _saving(reminder, _REMINDER)
_A_REMINDER = _one(reminder, _REMINDER)
_REMINDER_OF = select(*_columns(reminder, _REMINDER)).where(reminder.c.room == bindparam("room"))
_NO_OTHER = delete(reminder).where(reminder.c.room == bindparam("room"), reminder.c.id != bindparam("id"))
_REMIND_NO_MORE = delete(reminder).where(reminder.c.id == bindparam("id"))

_RECALLED_IN = select(*_columns(recalled, _RECALLED)).where(recalled.c.room == bindparam("room"))
_KEEP = insert(recalled)
_KEEP_NOT = delete(recalled).where(recalled.c.room == bindparam("room"))
_MARK = insert(recall_mark).prefix_with("OR IGNORE")


def _home(row: tuple[Any, ...]) -> Home:
    agreement, room, post, shown = row
    return Home(agreement, room, post or None, shown)


def _version(row: tuple[Any, ...]) -> Version:
    return Version(*(*row[:_AUTHOR], row[_AUTHOR] or None, *row[_AUTHOR + 1 :]))


def _concern(row: tuple[Any, ...]) -> OpenConcern:
    id_, about, raised_at, raiser, answerer = row
    return OpenConcern(id_, about, raised_at, raiser or None, answerer or None)


def _reminder(row: tuple[Any, ...]) -> Reminder:
    return Reminder(*(*row[:_DAY], date.fromisoformat(row[_DAY]), *row[_DAY + 1 :]))


class AgreementRows:
    """Agreements, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def _save(self, anew: Update, add: Any, names: tuple[str, ...], row: Any, **other: Any) -> None:
        values = {name: getattr(row, name) for name in names[1:]} | other
        if not self._db.run(anew, id_=row.id, **values):
            self._db.run(add, id=row.id, **values)

    def put(self, agreement: Agreement) -> None:
        """Store an agreement, new or changed."""
        self._save(_SAVE, _PUT, _AGREEMENT, agreement)

    def get(self, id: str) -> Agreement | None:  # noqa: A002 - the column's name
        """Return an agreement, in order to change it."""
        row = self._db.row(_GET, id=id)
        return None if row is None else Agreement(*row)

    def of_community(self, community: str) -> tuple[Agreement, ...]:
        """Return the agreements of a community, in the order of their titles."""
        return tuple(Agreement(*row) for row in self._db.rows(_OF_COMMUNITY, community=community))

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete an agreement with all that belongs to it."""
        self._db.run(_REMOVE, id=id)

    def homes(self, agreement: str) -> tuple[Home, ...]:
        """Return the rooms of an agreement."""
        return tuple(_home(row) for row in self._db.rows(_HOMES, agreement=agreement))

    def settle(self, home: Home) -> None:
        """Store a room of an agreement, new or changed: one a platform."""
        key = {"agreement": home.agreement, "platform": home.room.platform}
        self._db.run(_UNSETTLE, **key)
        self._db.run(_SETTLE, **key, room=home.room, post=home.post, shown=home.shown)

    def of_room(self, room: Room) -> tuple[Agreement, ...]:
        """Return the agreements that are kept in a room, in the order of their titles."""
        return tuple(Agreement(*row) for row in self._db.rows(_OF_ROOM, room=room))

    def write(self, version: Version) -> None:
        """Store a version, new or changed."""
        self._save(_REWRITE, _WRITE, _VERSION, version)

    def version(self, id: str) -> Version | None:  # noqa: A002 - the column's name
        """Return a version, in order to change it."""
        row = self._db.row(_A_VERSION, id=id)
        return None if row is None else _version(row)

    def versions(self, agreement: str) -> tuple[Version, ...]:
        """Return the versions of an agreement, the latest first; drafts as well."""
        return tuple(_version(row) for row in self._db.rows(_VERSIONS, agreement=agreement))

    def drafts_of(self, author: Member) -> tuple[Version, ...]:
        """Return the drafts of a member, the oldest first."""
        return tuple(_version(row) for row in self._db.rows(_DRAFTS, author=author))

    def erase(self, version: str) -> None:
        """Delete a version: a draft that is dropped."""
        self._db.run(_ERASE, id=version)

    def written(self, community: str) -> frozenset[str]:
        """Return what of `bot.domain.agreement.WRITTEN` is marked on agreements that stand, agreed together."""
        return frozenset(allows for (allows,) in self._db.rows(_WRITTEN, community=community))

    def suggest(self, suggestion: Suggestion) -> None:
        """Store a suggestion."""
        self._db.run(_SUGGEST, **{name: getattr(suggestion, name) for name in _SUGGESTION})

    def suggestion(self, id: str) -> Suggestion | None:  # noqa: A002 - the column's name
        """Return a suggestion, in order to confirm it."""
        row = self._db.row(_A_SUGGESTION, id=id)
        return None if row is None else Suggestion(*row)

    def suggestions(self, version: str) -> tuple[Suggestion, ...]:
        """Return what is suggested about a version, the oldest first."""
        return tuple(Suggestion(*row) for row in self._db.rows(_SUGGESTIONS, version=version))

    def unsuggest(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a suggestion."""
        self._db.run(_UNSUGGEST, id=id)

    def ask(self, round: ConsentRound) -> None:  # noqa: A002 - what it is
        """Store a round. One that was open about the version goes, with all answers to it."""
        self._db.run(_CLOSE_ABOUT, version=round.version)
        self._db.run(_ASK, **{name: getattr(round, name) for name in _ROUND})

    def round(self, id: str) -> ConsentRound | None:  # noqa: A002 - the column's name
        """Return a round, in order to answer or to close it."""
        row = self._db.row(_A_ROUND, id=id)
        return None if row is None else ConsentRound(*row)

    def round_about(self, version: str) -> ConsentRound | None:
        """Return the round that is open about a version."""
        row = self._db.row(_ROUND_ABOUT, version=version)
        return None if row is None else ConsentRound(*row)

    def move(self, round: str, version: str) -> None:  # noqa: A002 - what it is
        """Let a round go on about another version: its wording changed."""
        self._db.run(_MOVE, id_=round, version=version)

    def close(self, round: str) -> None:  # noqa: A002 - what it is
        """Delete a round with all answers to it."""
        self._db.run(_CLOSE, id=round)

    def answer(self, round: str, member: Member, stance: str) -> None:  # noqa: A002 - what it is
        """Keep where somebody stands, instead of before; empty: nowhere any more."""
        self._db.run(_STAND_NOWHERE, round=round, member=member)
        if stance:
            self._db.run(_STAND, consent_round=round, member=member, stance=stance)

    def stance(self, round: str, member: Member) -> str:  # noqa: A002 - what it is
        """Return where somebody stands; empty for nowhere. For their own eyes."""
        return self._db.value(_STANCE, round=round, member=member) or ""

    def tally(self, round: str) -> Mapping[str, int]:  # noqa: A002 - what it is
        """Return how many stand where. For the close of a round alone: until then nobody is told."""
        return dict(self._db.rows(_TALLY, round=round))

    def concern(self, id: str) -> OpenConcern | None:  # noqa: A002 - the column's name
        """Return a concern that is open, in order to change it."""
        row = self._db.row(_A_CONCERN, id=id)
        return None if row is None else _concern(row)

    def concerns(self, agreement: str) -> tuple[OpenConcern, ...]:
        """Return the concerns that are open about an agreement, the oldest first."""
        return tuple(_concern(row) for row in self._db.rows(_CONCERNS, agreement=agreement))

    def concerns_of(self, raiser: Member) -> tuple[OpenConcern, ...]:
        """Return the concerns that somebody has open, the latest first. For their own eyes."""
        return tuple(_concern(row) for row in self._db.rows(_CONCERNS_OF, raiser=raiser))

    def hold(self, concern: OpenConcern) -> None:
        """Store that a concern is open, new or changed."""
        self._save(_HOLD_ANEW, _HOLD, _CONCERN, concern)

    def let_go(self, concern: str) -> None:
        """Delete a concern."""
        self._db.run(_LET_GO, id=concern)

    def remind(self, reminder: Reminder) -> None:
        """Store a reminder, new or changed, in the place of any other of its room."""
        self._db.run(_NO_OTHER, room=reminder.room, id=reminder.id)
        self._save(_REMIND_ANEW, _REMIND, _REMINDER, reminder, begins_on=reminder.begins_on.isoformat())

    def reminder(self, id: str) -> Reminder | None:  # noqa: A002 - the column's name
        """Return a reminder, in order to change it."""
        row = self._db.row(_A_REMINDER, id=id)
        return None if row is None else _reminder(row)

    def reminder_of(self, room: Room) -> Reminder | None:
        """Return the reminder of a room."""
        row = self._db.row(_REMINDER_OF, room=room)
        return None if row is None else _reminder(row)

    def remind_no_more(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a reminder."""
        self._db.run(_REMIND_NO_MORE, id=id)

    def recalled(self, room: Room) -> Recalled | None:
        """Return what of recalls a room knows, in order to change it."""
        row = self._db.row(_RECALLED_IN, room=room)
        return None if row is None else Recalled(*row)

    def keep_recalled(self, recalled: Recalled) -> None:
        """Store it, new or changed."""
        self._db.run(_KEEP_NOT, room=recalled.room)
        self._db.run(_KEEP, **{name: getattr(recalled, name) for name in _RECALLED})

    def mark(self, mark: bytes, expires_at: datetime) -> bool:
        """Keep the keyed mark of somebody who asked for a recall today; False where it is there already."""
        return bool(self._db.run(_MARK, hash=mark, expires_at=expires_at))
