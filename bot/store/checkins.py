"""Check-in rooms, who is in them, the standing ones, and what a community says in them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, Update, bindparam, delete, insert, select, update

from bot.contract.checkins import Checkin, Seat, Standing, Words
from bot.contract.place import Room
from bot.contract.tables import Entry
from bot.store.ground import Ground
from bot.store.lists import ListOf
from bot.store.schema import checkin, checkin_words, prompt, seat, standing, standing_note

_CHECKIN = tuple(Checkin.__dataclass_fields__)
_SEAT = tuple(Seat.__dataclass_fields__)
_STANDING = tuple(Standing.__dataclass_fields__)
_ROOM = _CHECKIN.index("room")
_DAY = _STANDING.index("begins_on")


def _columns(table: Table, names: tuple[str, ...]) -> tuple[ColumnElement[Any], ...]:
    return tuple(table.c[name] for name in names)


def _saving(table: Table, names: tuple[str, ...]) -> Update:
    """Return the statement that changes every column of a row but its id."""
    return (
        update(table)
        .where(table.c.id == bindparam("id_"))
        .values({name: bindparam(name, type_=table.c[name].type) for name in names[1:]})
    )


_ROWS = select(*_columns(checkin, _CHECKIN))
_GET = _ROWS.where(checkin.c.id == bindparam("id"))
_OF_ROOM = _ROWS.where(checkin.c.room == bindparam("room"))
_OF_COMMUNITY = _ROWS.where(checkin.c.community == bindparam("community")).order_by(checkin.c.opens_at, checkin.c.id)
_ADD, _SAVE = insert(checkin), _saving(checkin, _CHECKIN)
_REMOVE = delete(checkin).where(checkin.c.id == bindparam("id"))

_SEATS = select(*_columns(seat, _SEAT)).where(seat.c.checkin == bindparam("checkin")).order_by(seat.c.order, seat.c.id)
_SIT, _MOVE = insert(seat), _saving(seat, _SEAT)
_RISE = delete(seat).where(seat.c.id == bindparam("id"))
_EMPTY = delete(seat).where(seat.c.checkin == bindparam("id"))

_PLANS = select(*_columns(standing, _STANDING))
_PLANNED = _PLANS.where(standing.c.id == bindparam("id"))
_ALL_PLANNED = _PLANS.where(standing.c.community == bindparam("community")).order_by(standing.c.next_at, standing.c.id)
_PLAN, _PLAN_ANEW = insert(standing), _saving(standing, _STANDING)
_END = delete(standing).where(standing.c.id == bindparam("id"))
_END_NOTES = delete(standing_note).where(standing_note.c.standing == bindparam("id"))

_NOTED = (
    select(standing_note.c.member)
    .where(standing_note.c.standing == bindparam("standing"))
    .order_by(standing_note.c.member)
)
_NOTES_OF = (
    select(standing_note.c.standing)
    .where(standing_note.c.member == bindparam("member"))
    .order_by(standing_note.c.standing)
)
_NOTE = insert(standing_note)
_NO_NOTE = delete(standing_note).where(
    standing_note.c.standing == bindparam("standing"), standing_note.c.member == bindparam("member")
)

_SAYS = select(*_columns(checkin_words, ("opens_with", "closes_with", "starters", "visible", "erased"))).where(
    checkin_words.c.community == bindparam("community")
)
_SAY = insert(checkin_words)
_SAY_NO_MORE = delete(checkin_words).where(checkin_words.c.community == bindparam("community"))
_PROMPTS = ListOf(prompt)


class CheckinRows:
    """Check-in rooms, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    @staticmethod
    def _checkin(row: tuple[Any, ...]) -> Checkin:
        return Checkin(*(*row[:_ROOM], row[_ROOM] or None, *row[_ROOM + 1 :]))

    @staticmethod
    def _standing(row: tuple[Any, ...]) -> Standing:
        return Standing(*(*row[:_DAY], date.fromisoformat(row[_DAY]), *row[_DAY + 1 :]))

    def put(self, checkin: Checkin) -> None:
        """Store a room, new or changed."""
        values = {name: getattr(checkin, name) for name in _CHECKIN[1:]}
        if not self._db.run(_SAVE, id_=checkin.id, **values):
            self._db.run(_ADD, id=checkin.id, **values)

    def get(self, id: str) -> Checkin | None:  # noqa: A002 - the column's name
        """Return a room, in order to change it."""
        row = self._db.row(_GET, id=id)
        return None if row is None else self._checkin(row)

    def of_room(self, room: Room) -> Checkin | None:
        """Return the check-in that takes place in a room."""
        row = self._db.row(_OF_ROOM, room=room)
        return None if row is None else self._checkin(row)

    def of_community(self, community: str) -> tuple[Checkin, ...]:
        """Return what is announced or open in a community, the soonest first."""
        return tuple(self._checkin(row) for row in self._db.rows(_OF_COMMUNITY, community=community))

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a room and everybody's seat in it."""
        for statement in (_EMPTY, _REMOVE):
            self._db.run(statement, id=id)

    def seats(self, checkin: str) -> tuple[Seat, ...]:
        """Return who is in a room, in the order of the turn list."""
        return tuple(Seat(*row) for row in self._db.rows(_SEATS, checkin=checkin))

    def seat(self, seat: Seat) -> None:
        """Store a seat, new or changed."""
        values = {name: getattr(seat, name) for name in _SEAT[1:]}
        if not self._db.run(_MOVE, id_=seat.id, **values):
            self._db.run(_SIT, id=seat.id, **values)

    def rise(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a seat."""
        self._db.run(_RISE, id=id)

    def plan(self, standing: Standing) -> None:
        """Store a standing check-in, new or changed."""
        values = {name: getattr(standing, name) for name in _STANDING[1:]}
        values["begins_on"] = standing.begins_on.isoformat()
        if not self._db.run(_PLAN_ANEW, id_=standing.id, **values):
            self._db.run(_PLAN, id=standing.id, **values)

    def planned(self, id: str) -> Standing | None:  # noqa: A002 - the column's name
        """Return a standing check-in, in order to change it."""
        row = self._db.row(_PLANNED, id=id)
        return None if row is None else self._standing(row)

    def all_planned(self, community: str) -> tuple[Standing, ...]:
        """Return the standing check-ins of a community, the next one first."""
        return tuple(self._standing(row) for row in self._db.rows(_ALL_PLANNED, community=community))

    def end(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a standing check-in, with everybody's wish to have a note before it."""
        for statement in (_END_NOTES, _END):
            self._db.run(statement, id=id)

    def noted(self, standing: str) -> tuple[str, ...]:
        """Return who wishes a private note before each (our ids)."""
        return tuple(found for (found,) in self._db.rows(_NOTED, standing=standing))

    def notes_of(self, member: str) -> tuple[str, ...]:
        """Return before which standing check-ins (ids) a member (our id) wishes a note."""
        return tuple(found for (found,) in self._db.rows(_NOTES_OF, member=member))

    def wish_note(self, standing: str, member: str, *, wished: bool) -> None:
        """Keep, or delete, a member's wish to have a note before each."""
        self._db.run(_NO_NOTE, standing=standing, member=member)
        if wished:
            self._db.run(_NOTE, standing=standing, member=member)

    def words(self, community: str) -> Words:
        """Return a community's own words."""
        row = self._db.row(_SAYS, community=community)
        own = Words() if row is None else Words(*row)
        return replace(own, prompts=_PROMPTS.read(self._db, community))

    def set_words(self, community: str, words: Words) -> None:
        """Replace them, the prompts left out."""
        self._db.run(_SAY_NO_MORE, community=community)
        self._db.run(
            _SAY,
            community=community,
            opens_with=words.opening,
            closes_with=words.closing,
            starters=words.starters,
            visible=words.visible,
            erased=words.erased,
        )

    def set_prompts(self, community: str, prompts: Iterable[Entry]) -> None:
        """Replace a community's own prompts."""
        _PROMPTS.replace(self._db, community, prompts)
