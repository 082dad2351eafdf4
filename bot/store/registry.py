"""For every table: what a member is shown of it, how it is forgotten, how long its rows stay.

A table without an entry fails a test. `about privacy`, `mine data` and `mine forget` read only this.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)  # fmt: skip
from sqlalchemy.sql.dml import UpdateBase

from bot.contract.place import Member, Room
from bot.contract.tables import Held, HeldRow, Lifetime
from bot.contract.text import Fact, Literal, Said, Text, text
from bot.domain.agreement import AMEND, CONSENT, DRAFT
from bot.domain.circle import PLANNED
from bot.domain.recalling import GRID, RECALLS, SOONEST
from bot.store import schema
from bot.store.lifetimes import Lifetimes
from bot.store.outbox import OutboxRows, mentions
from bot.store.schema import Instant
from bot.store.sealed import Sealed, SealedBlob
from bot.store.statement import Db

_NOW = bindparam("now", type_=Instant())
_BEFORE = bindparam("before", type_=Instant())
_DAY: Final = timedelta(days=1)

Facts = Callable[[Lifetimes], Mapping[str, Fact]]
Sweep = tuple[UpdateBase, Callable[[Lifetimes], timedelta]]


def _at_once(_: Lifetimes) -> timedelta:
    return timedelta(0)


@dataclass(frozen=True)
class Entry:
    """What the registry says of a table.

    Attributes:
        table: The table.
        held: Selects a member's rows; None: its rows are about nobody, or nobody can be found in them.
        forget: Deletes a member's rows, or what says of a row that it is about them.
        says: Columns that are told by a sentence rather than by their value.
        facts: What the sentence on its lifetime speaks of.
        sweep: Deletes the rows that have outlived it: a statement with ``now`` and how long before now that is.
    """

    table: Table
    held: Select[Any] | None = None
    forget: tuple[UpdateBase, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)
    facts: Facts = lambda _: {}
    sweep: tuple[Sweep, ...] = ()


def _span(length: timedelta) -> timedelta:
    return length


_HIM: BindParameter[str] = bindparam("member_id")
"""Our id of the member."""
_PLACE = bindparam("whom", type_=Sealed())
"""The member as their platform knows them; as a place, their private conversation."""


def _mine(table: Table, column: str) -> Select[Any]:
    return select(*table.c).where(table.c[column] == _HIM)


def _clear(table: Table, column: str) -> UpdateBase:
    return delete(table).where(table.c[column] == _HIM)


_member, _opening, _question = schema.member, schema.opening, schema.question
_opening_word, _waiting = schema.opening_word, schema.waiting
_outbox, _post, _agenda = schema.outbox, schema.post, schema.agenda
_my_openings = select(_opening.c.id).where(_opening.c.member == _HIM)
_my_plans = select(schema.plan.c.id).where(schema.plan.c.member == _HIM)
_my_questions = select(_question.c.id).where(_question.c.member == _HIM)
_round_yes, _round_word = schema.round_yes, schema.round_word
_my_yeses = select(_round_yes.c.id).where(_round_yes.c.member == _HIM)
_my_meetings = select(_round_yes.c.meeting).where(_round_yes.c.member == _HIM, _round_yes.c.meeting.is_not(None))
_planned_for_me = or_(
    _agenda.c.member == _HIM,
    _agenda.c.subject.in_(_my_openings),
    _agenda.c.subject.in_(_my_questions),
    _agenda.c.subject.in_(_my_yeses),
)
"""What will write to the member, and what is planned about something of theirs."""

_of_mine = or_(_post.c.subject.in_(_my_openings), _post.c.subject.in_(_my_plans))
"""A message in a room about something of the member's: a card without a name, the offer of a reminder."""

_checkin, _seat = schema.checkin, schema.seat
_standing, _standing_note = schema.standing, schema.standing_note
_mine_by_then = and_(
    _seat.c.member == _PLACE, _seat.c.checkin.in_(select(_checkin.c.id).where(_checkin.c.opens_at <= _BEFORE))
)
"""A seat does not say since when it is taken, but nobody has one before its room opens: in a room that opened after
they were forgotten, they came anew."""

_still_to_close = exists().where(_agenda.c.subject == _checkin.c.id, _agenda.c.attempts == 0)
"""After a long power cut it is swept before what is due is done. Deleted then, its room would never be closed."""

_agreement, _version, _suggestion = schema.agreement, schema.agreement_version, schema.suggestion
_consent, _stance, _concern = schema.consent_round, schema.stance, schema.concern
_round_still_to_close = exists().where(_agenda.c.subject == _consent.c.id, _agenda.c.attempts == 0)
_asked_by_then = select(_consent.c.id).where(_consent.c.opens_at <= _BEFORE)
"""An answer does not say since when it is there, but nobody has one before its round opens."""

_circle, _circle_meeting, _answer = schema.circle, schema.circle_meeting, schema.circle_answer
_regular, _wish, _role, _change = (
    schema.circle_regular, schema.circle_wish, schema.circle_role, schema.circle_change
)  # fmt: skip
_search, _mark = schema.circle_search, schema.circle_mark
_search_still_to_end = exists().where(_agenda.c.subject == _search.c.id, _agenda.c.attempts == 0)
_searched_by_now = select(_search.c.id).where(_search.c.ends_at <= _NOW, ~_search_still_to_end)
_on_day = cast(func.strftime("%s", _circle_meeting.c.day), BigInteger) * 1_000_000
"""When the day that a rule says begins, as an `Instant` is stored."""
# One that was moved to an earlier day keeps its rule from meeting on that day: so it stays until then. And one that
# nobody closed, because the bot was not running, has a post that stands yet.
_long_met = and_(_circle_meeting.c.ends_at <= _NOW, _on_day <= _NOW, _circle_meeting.c.state != PLANNED)
_met_by_now = select(_circle_meeting.c.id).where(_circle_meeting.c.ends_at <= _NOW)

_left_behind = tuple(
    ~exists().where(about.c.id == _post.c.subject)
    for about in (
        _opening, _question, schema.round_, schema.plan, _checkin, _standing, _agreement, _version, _consent,
        schema.reminder, _circle_meeting, _change, _search,
    )
)  # fmt: skip
"""What a message was about is gone. Forgotten before, it could not be taken away any more, and would stand for ever."""

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(schema.meta),
    Entry(schema.community),
    Entry(schema.space),
    Entry(schema.community_room),
    Entry(schema.word),
    Entry(schema.elsewhere),
    Entry(
        schema.community_before,
        facts=lambda lives: {"stays": _span(lives.before)},
        sweep=((delete(schema.community_before).where(schema.community_before.c.expires_at <= _NOW), _at_once),),
    ),
    Entry(
        schema.proposal,
        facts=lambda lives: {"stays": _span(lives.proposals)},
        sweep=((delete(schema.proposal).where(schema.proposal.c.expires_at <= _NOW), _at_once),),
    ),
    Entry(
        _agenda,
        held=select(*_agenda.c).where(_planned_for_me),
        forget=(delete(_agenda).where(_planned_for_me),),
        says={"subject": "held-id", "facts": "held-facts"},
    ),
    Entry(
        _question,
        # A second question that was never put stands for the yes of a fresh request: its owner answered nothing.
        held=_mine(_question, "member").where(or_(~_question.c.second, _question.c.ask_owner)),
        forget=(
            update(_question)
            .where(_question.c.with_member == bindparam("member_id"), _question.c.yes)
            .values(opening=None, with_member=None),
            delete(_question).where(_question.c.with_member == _HIM),
            _clear(_question, "member"),
        ),
        says=dict.fromkeys(("opening", "with_member", "second", "ask_owner"), "held-of-another"),
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=(
            (
                delete(_question).where(_question.c.opening.is_(None), _question.c.ends_at <= _NOW),
                lambda lives: lives.leftover,
            ),
        ),
    ),
    Entry(
        _opening_word,
        held=select(_opening_word.c.opening, schema.word.c.words.label("word"), _opening_word.c.mark)
        .join(schema.word, schema.word.c.id == _opening_word.c.word)
        .where(_opening_word.c.opening.in_(_my_openings)),
        forget=(delete(_opening_word).where(_opening_word.c.opening.in_(_my_openings)),),
    ),
    Entry(
        _waiting,
        # One row for each language and each choice of words: they say the same.
        held=select(_waiting.c.opening, _waiting.c.opened_at).where(_waiting.c.opening.in_(_my_openings)).distinct(),
        forget=(delete(_waiting).where(_waiting.c.opening.in_(_my_openings)),),
    ),
    Entry(
        _opening,
        held=_mine(_opening, "member"),
        forget=(
            delete(_question).where(_question.c.opening.in_(_my_openings)),
            delete(_post).where(_post.c.subject.in_(_my_openings)),
            _clear(_opening, "member"),
        ),
        says={"group": "held-sealed"},
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=((delete(_opening).where(_opening.c.ends_at <= _NOW), lambda lives: lives.leftover),),
    ),
    Entry(schema.round_),
    Entry(
        _round_word,
        held=select(schema.word.c.words.label("word"), _round_word.c.round_yes)
        .join(schema.word, schema.word.c.id == _round_word.c.word)
        .where(_round_word.c.round_yes.in_(_my_yeses)),
        forget=(delete(_round_word).where(_round_word.c.round_yes.in_(_my_yeses)),),
    ),
    Entry(
        _round_yes,
        held=_mine(_round_yes, "member"),
        forget=(
            update(_round_yes).where(_round_yes.c.meeting.in_(_my_meetings)).values(meeting=None),
            _clear(_round_yes, "member"),
        ),
        says={"group": "held-sealed", "meeting": "held-of-another"},
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=((delete(_round_yes).where(_round_yes.c.ends_at <= _NOW), lambda lives: lives.leftover),),
    ),
    Entry(
        _seat,
        held=select(*_seat.c).where(_seat.c.member == _PLACE),
        forget=(
            update(_checkin)
            .where(_checkin.c.invited.in_(select(_seat.c.id).where(_mine_by_then)))
            .values(invited=None),
            delete(_seat).where(_mine_by_then),
        ),
    ),
    Entry(
        _checkin,
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=((delete(_checkin).where(_checkin.c.closes_at <= _NOW, ~_still_to_close), lambda lives: lives.leftover),),
    ),
    Entry(_standing_note, held=_mine(_standing_note, "member"), forget=(_clear(_standing_note, "member"),)),
    Entry(
        _standing,
        held=_mine(_standing, "owner"),
        forget=(update(_standing).where(_standing.c.owner == _HIM).values(owner=None),),
    ),
    Entry(schema.checkin_words),
    Entry(schema.prompt),
    Entry(
        _stance,
        held=select(*_stance.c).where(_stance.c.member == _PLACE),
        forget=(delete(_stance).where(_stance.c.member == _PLACE, _stance.c.consent_round.in_(_asked_by_then)),),
    ),
    Entry(
        _consent,
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=(
            (delete(_consent).where(_consent.c.ends_at <= _NOW, ~_round_still_to_close), lambda lives: lives.leftover),
        ),
    ),
    Entry(
        _concern,
        held=select(*_concern.c).where(or_(_concern.c.raiser == _PLACE, _concern.c.answerer == _PLACE)),
        # It stays open: two others may answer it now.
        forget=(
            update(_concern).where(_concern.c.raiser == _PLACE, _concern.c.raised_at <= _BEFORE).values(raiser=None),
            update(_concern)
            .where(_concern.c.answerer == _PLACE, _concern.c.raised_at <= _BEFORE)
            .values(answerer=None),
        ),
    ),
    Entry(
        _suggestion,
        held=select(*_suggestion.c).where(_suggestion.c.author == _PLACE),
        forget=(delete(_suggestion).where(_suggestion.c.author == _PLACE, _suggestion.c.written_at <= _BEFORE),),
        facts=lambda lives: {"stays": _span(lives.proposals)},
        sweep=((delete(_suggestion).where(_suggestion.c.written_at <= _NOW), lambda lives: lives.proposals),),
    ),
    Entry(
        _version,
        held=select(*_version.c).where(_version.c.author == _PLACE),
        forget=(
            delete(_version).where(
                _version.c.author == _PLACE, _version.c.written_at <= _BEFORE, _version.c.state == DRAFT
            ),
            update(_version).where(_version.c.author == _PLACE, _version.c.written_at <= _BEFORE).values(author=None),
            delete(_agreement).where(~exists().where(_version.c.agreement == _agreement.c.id)),
        ),
        # A round that a fault took away leaves its version where the group can go on.
        sweep=(
            (
                update(_version)
                .where(
                    _version.c.state == CONSENT,
                    _version.c.touched_at <= _NOW,
                    ~exists().where(_consent.c.version == _version.c.id),
                )
                .values(state=AMEND),
                _at_once,
            ),
        ),
    ),
    Entry(schema.agreement_home),
    Entry(schema.reminder),
    Entry(_agreement),
    Entry(schema.recalled, sweep=((delete(schema.recalled).where(schema.recalled.c.expires_at <= _NOW), _at_once),)),
    Entry(
        schema.recall_mark,
        sweep=((delete(schema.recall_mark).where(schema.recall_mark.c.expires_at <= _NOW), _at_once),),
    ),
    Entry(
        _answer,
        held=select(*_answer.c).where(_answer.c.member == _PLACE),
        forget=(delete(_answer).where(_answer.c.member == _PLACE, _answer.c.said_at <= _BEFORE),),
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=((delete(_answer).where(_answer.c.circle_meeting.in_(_met_by_now)), lambda lives: lives.leftover),),
    ),
    Entry(
        _role,
        held=select(*_role.c).where(_role.c.member == _PLACE),
        forget=(delete(_role).where(_role.c.member == _PLACE, _role.c.said_at <= _BEFORE),),
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=((delete(_role).where(_role.c.circle_meeting.in_(_met_by_now)), lambda lives: lives.leftover),),
    ),
    Entry(
        _regular,
        held=select(*_regular.c).where(_regular.c.member == _PLACE),
        forget=(delete(_regular).where(_regular.c.member == _PLACE, _regular.c.said_at <= _BEFORE),),
        facts=lambda lives: {"stays": _span(lives.circles)},
    ),
    Entry(_wish, held=_mine(_wish, "member"), forget=(_clear(_wish, "member"),)),
    Entry(
        schema.calendar_feed,
        held=select(*schema.calendar_feed.c).where(schema.calendar_feed.c.member == _PLACE),
        forget=(
            delete(schema.calendar_feed).where(
                schema.calendar_feed.c.member == _PLACE, schema.calendar_feed.c.said_at <= _BEFORE
            ),
        ),
        says={"token_hash": "held-hash"},
    ),
    Entry(
        _change,
        held=select(*_change.c).where(_change.c.member == _PLACE),
        forget=(delete(_change).where(_change.c.member == _PLACE, _change.c.said_at <= _BEFORE),),
        facts=lambda lives: {"stays": _span(lives.proposals)},
        sweep=((delete(_change).where(_change.c.said_at <= _NOW), lambda lives: lives.proposals),),
    ),
    Entry(schema.circle_mirror, facts=lambda lives: {"stays": _span(lives.circles)}),
    Entry(
        _circle_meeting,
        facts=lambda lives: {"stays": _span(lives.circles)},
        sweep=((delete(_circle_meeting).where(_long_met), lambda lives: lives.circles),),
    ),
    Entry(
        _circle,
        facts=lambda lives: {"stays": _span(lives.circles)},
        sweep=((delete(_circle).where(_circle.c.ended_at <= _NOW), lambda lives: lives.circles),),
    ),
    Entry(
        _mark,
        held=select(*_mark.c).where(_mark.c.member == _PLACE),
        forget=(delete(_mark).where(_mark.c.member == _PLACE, _mark.c.said_at <= _BEFORE),),
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=((delete(_mark).where(_mark.c.circle_search.in_(_searched_by_now)), lambda lives: lives.leftover),),
    ),
    Entry(
        _search,
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=(
            (delete(_search).where(_search.c.ends_at <= _NOW, ~_search_still_to_end), lambda lives: lives.leftover),
        ),
    ),
    Entry(schema.left_out, sweep=((delete(schema.left_out).where(schema.left_out.c.expires_at <= _NOW), _at_once),)),
    Entry(schema.met, sweep=((delete(schema.met).where(schema.met.c.expires_at <= _NOW), _at_once),)),
    Entry(schema.apart, held=_mine(schema.apart, "member"), forget=(_clear(schema.apart, "member"),)),
    Entry(
        schema.comfort,
        held=select(schema.comfort.c.member, schema.word.c.words.label("word"), schema.comfort.c.mark)
        .join(schema.word, schema.word.c.id == schema.comfort.c.word)
        .where(schema.comfort.c.member == _HIM),
        forget=(_clear(schema.comfort, "member"),),
    ),
    Entry(
        schema.plan,
        held=_mine(schema.plan, "member"),
        forget=(delete(_post).where(_post.c.subject.in_(_my_plans)), _clear(schema.plan, "member")),
        facts=lambda lives: {"left": _span(lives.leftover)},
        sweep=((delete(schema.plan).where(schema.plan.c.due_at <= _NOW), lambda lives: lives.leftover),),
    ),
    Entry(schema.willing, held=_mine(schema.willing, "member"), forget=(_clear(schema.willing, "member"),)),
    Entry(
        _outbox,
        held=select(*_outbox.c).where(_outbox.c.line == _PLACE),
        forget=(delete(_outbox).where(_outbox.c.line == _PLACE, _outbox.c.created_at <= _BEFORE),),
        says={"seq": "held-order", "line": "held-you", "body": "held-message", "subject": "held-id", "keep": "held-id"},
        facts=lambda lives: {"unsent": _span(lives.unsent), "failed": _span(lives.failed)},
        sweep=(
            (
                update(_outbox)
                .where(_outbox.c.dead_at.is_(None), _outbox.c.created_at <= _NOW)
                .values(
                    dead_at=bindparam("at", type_=Instant()),
                    reason="stale",
                    line=None,
                    body=None,
                    subject="",
                    keep="",
                    first=None,
                    last=None,
                    expires_at=None,
                ),
                lambda lives: lives.unsent,
            ),
            (delete(_outbox).where(_outbox.c.dead_at <= _NOW), lambda lives: lives.failed),
        ),
    ),
    Entry(
        schema.delivered,
        facts=lambda lives: {"stays": _span(lives.delivered)},
        sweep=((delete(schema.delivered).where(schema.delivered.c.expires_at <= _NOW), _at_once),),
    ),
    Entry(
        _post,
        held=select(*_post.c).where(or_(_post.c.line == _PLACE, _of_mine)),
        forget=(delete(_post).where(_post.c.line == _PLACE, _post.c.created_at <= _BEFORE),),
        says={"line": "held-you", "post": "held-posted", "subject": "held-id"},
        facts=lambda lives: {"stays": _span(lives.posts)},
        sweep=((delete(_post).where(_post.c.created_at <= _NOW, *_left_behind), lambda lives: lives.posts),),
    ),
    Entry(
        schema.seen,
        facts=lambda lives: {"stays": _span(lives.seen)},
        sweep=((delete(schema.seen).where(schema.seen.c.expires_at <= _NOW), _at_once),),
    ),
    Entry(
        _member,
        held=select(*_member.c).where(_member.c.member == _PLACE),
        forget=(delete(_member).where(_member.c.member == _PLACE, _member.c.created_at <= _BEFORE),),
    ),
)
"""In the order in which a member is forgotten: what points to something comes before it."""

BESIDE: Final = ("alembic_version", "forgotten", "backups")
"""What is kept besides our tables: the version of the schema, and files. Each has a lifetime as well."""

SHOWN: Final = (
    "member",
    "opening",
    "opening_word",
    "waiting",
    "comfort",
    "apart",
    "question",
    "round_yes",
    "round_word",
    "seat",
    "standing",
    "standing_note",
    "agreement_version",
    "suggestion",
    "stance",
    "concern",
    "circle_answer",
    "circle_regular",
    "circle_wish",
    "circle_role",
    "circle_change",
    "circle_mark",
    "calendar_feed",
    "plan",
    "willing",
    "agenda",
    "outbox",
    "post",
)
"""The order in which a member is shown what is held."""

_BY_NAME: Final = {entry.table.name: entry for entry in ENTRIES}


def _fact(entry: Entry, name: str, value: Any, whom: Member) -> Fact | None:  # noqa: PLR0911 - one return a type
    """Return a value in words: no raw bytes, nobody else's id, and nothing where nothing is."""
    if name in entry.says and not isinstance(value, Room):
        # Also where nothing is: that would say something as well.
        return text(entry.says[name])
    if value is None or value in ("", ()):
        return None
    column = entry.table.c[name]
    if isinstance(value, bytes):
        return text("held-secret")
    if isinstance(column.type, Sealed):
        return value if value == whom else text("held-sealed")
    if isinstance(column.type, SealedBlob):
        return Said(value) if isinstance(value, str) else text("held-facts")
    if name == "word":
        return Said(value)
    if isinstance(column.type, schema.Id | schema.Ref):
        return text("held-id")
    if isinstance(value, bool | int | datetime | time | Text):
        return value
    if isinstance(value, tuple):
        spoken = Said if isinstance(column.type, schema.Lines) else Literal
        return tuple(spoken(item) for item in value)
    return Literal(str(value))


_RECALLS = select(*_agenda.c).where(_agenda.c.kind == RECALLS)
_UNNAME = delete(_agenda).where(_agenda.c.id == bindparam("id"))
_DUE_AT, _FACTS = (_agenda.c.keys().index(name) for name in ("due_at", "facts"))


def _to_name(db: Db, whom: Member) -> list[tuple[Any, ...]]:
    """Return the recalls on their way that are to name a member: their facts are sealed, and they need no profile."""
    return [row for row in db.rows(_RECALLS) if mentions(row[_FACTS], whom)]


def held(db: Db, whom: Member, member_id: str) -> tuple[Held, ...]:
    """Return everything held about a member, table by table."""
    found = []
    for name in SHOWN:
        entry = _BY_NAME[name]
        assert entry.held is not None  # noqa: S101 - a test shows that exactly these have one
        columns = [column.name for column in entry.held.selected_columns]
        rows = []
        named = _to_name(db, whom) if entry.table is _agenda else []
        for row in (*db.rows(entry.held, member_id=member_id, whom=whom), *named):
            facts = {column: _fact(entry, column, value, whom) for column, value in zip(columns, row, strict=True)}
            rows.append(HeldRow({column: fact for column, fact in facts.items() if fact is not None}))
        found.append(Held(name, tuple(rows)))
    return tuple(found)


_WHO = select(_member.c.id).where(_member.c.member == _PLACE, _member.c.created_at <= _BEFORE)


def forget(db: Db, outbox: OutboxRows, whom: Member, before: datetime) -> None:
    """Delete every row about a member that was stored until ``before``, whatever table it is in."""
    outbox.recall_mentions(whom)
    for row in _to_name(db, whom):
        if row[_DUE_AT] <= before + GRID + SOONEST:
            db.run(_UNNAME, id=row[0])
    member_id = db.value(_WHO, whom=whom, before=before) or ""
    for entry in ENTRIES:
        for statement in entry.forget:
            db.run(statement, member_id=member_id, whom=whom, before=before)


def sweep(db: Db, lifetimes: Lifetimes, now: datetime) -> int:
    """Delete what has outlived its lifetime, and return how many rows that were."""
    gone = 0
    for entry in ENTRIES:
        for statement, age in entry.sweep:
            gone += db.run(statement, now=now - age(lifetimes), at=now)
    return gone


def lifetimes(lives: Lifetimes) -> tuple[Lifetime, ...]:
    """Return how long rows of every table stay, in words; and the same of what is kept beside the tables."""
    beside: dict[str, Mapping[str, Fact]] = {
        "alembic_version": {},
        "forgotten": {"stays": _span(lives.marks)},
        "backups": {"stays": _span(lives.backups)},
    }
    tables = [Lifetime(entry.table.name, f"lifetime-{entry.table.name}", entry.facts(lives)) for entry in ENTRIES]
    return (*tables, *(Lifetime(name, f"lifetime-{name}", beside[name]) for name in BESIDE))
