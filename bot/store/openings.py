"""Openings with their words, and the questions that were put to somebody.

Who might answer an opening is found in an order, without looking at everybody who waits. So every opening waits at
*spots*. A spot stands for what has to be the same in two who may be brought together (community, platform, way, place,
introduction group, one language) and for some of an opening's words, from none to all of them. Whoever has exactly
these words in common with somebody is found at the spot of these words, in the order of waiting; a few spots, read
together, hold all who have a certain number of words in common. What may change from one moment to the next (a pause, a
question under way, quiet hours) is looked at in the rows on the way.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, combinations, product, repeat
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
    update,
)

from bot.contract.tables import Profile
from bot.domain import matching
from bot.domain.openings import Opening, Question
from bot.domain.quiet import local_day
from bot.store.ground import Ground
from bot.store.members import COLUMNS as PROFILE
from bot.store.schema import Id, Instant, OfDay, community, member, opening, opening_word, question, waiting
from bot.store.statement import Query

_NAMES = (
    "id", "community", "member", "platform", "asks", "languages", "way", "place", "opened_at", "ends_at",
    "someone_new", "ask_first", "stays", "group", "questions",
)  # fmt: skip
_COLUMNS = tuple(opening.c[name] for name in _NAMES)
_WORD = (opening_word.c.opening, opening_word.c.mark, opening_word.c.word)

_ADD = insert(opening)
_ADD_WORD = insert(opening_word)
_ADD_WAITING = insert(waiting)
_IS = opening.c.id == bindparam("id")
_GET = select(*_COLUMNS).where(_IS)
_GET_FOR_CHANGE = select(*_COLUMNS).where(_IS).with_for_update()
_OF = select(*_COLUMNS).where(opening.c.member == bindparam("member")).order_by(opening.c.opened_at, opening.c.id)
_WORDS = select(*_WORD).where(opening_word.c.opening == bindparam("id"))
_WORDS_OF = select(*_WORD).where(
    opening_word.c.opening.in_(select(opening.c.id).where(opening.c.member == bindparam("member")))
)
_ZONE = select(community.c.zone).where(community.c.id == bindparam("id"))
_SPEND = (
    update(opening)
    .where(opening.c.id == bindparam("id_"), opening.c.questions > 0)
    .values(questions=opening.c.questions - 1)
)
_SPENT = delete(waiting).where(
    waiting.c.opening == bindparam("id"), exists().where(opening.c.id == waiting.c.opening, opening.c.questions <= 0)
)
_REMOVE_QUESTIONS = delete(question).where(question.c.opening == bindparam("id"))
_REMOVE_WORDS = delete(opening_word).where(opening_word.c.opening == bindparam("id"))
_REMOVE_WAITING = delete(waiting).where(waiting.c.opening == bindparam("id"))
_REMOVE = delete(opening).where(_IS)

# Who might answer

WINDOWS: Final = (28, 144, 576, 2304)
"""How many who wait are looked at in one statement after the other; in all further ones as many as in the last."""

_PAGE: Final = 18
"""How many of those who might answer are given out together: a few more than are then looked up side by side."""
_OF_PAGE: Final[list[BindParameter[str]]] = [bindparam(f"id_{number}") for number in range(_PAGE)]
_ROWS_OF_PAGE = (
    select(*_COLUMNS, *PROFILE).join(member, member.c.id == opening.c.member).where(opening.c.id.in_(_OF_PAGE))
)
_WORDS_OF_PAGE = select(*_WORD).where(opening_word.c.opening.in_(_OF_PAGE))

_SPOTS: Final = (1, 2, 3, 4, 6, 9, 12, 18, 30, 60, 90)
"""From how many spots a statement reads; a spot where nobody is fills it up. Five words, three languages and three
places make ninety."""
_NOWHERE: Final = b""
_SINCE = type_coerce(waiting.c.opened_at, BigInteger).label("since")
"""An instant as it is stored, so that nothing is made of it for those who are passed over."""

_NOW = bindparam("now", type_=Instant())
_THIS: BindParameter[str] = bindparam("id")
_MINE: BindParameter[str] = bindparam("member")
_SHOWN = bindparam("shown", type_=OfDay())
_FROM, _TO = member.c.quiet_from, member.c.quiet_to
_QUIET = or_(
    and_(_FROM <= _TO, _FROM <= _SHOWN, _SHOWN < _TO),
    and_(_FROM > _TO, or_(_SHOWN >= _FROM, _SHOWN < _TO)),
)
"""As `bot.domain.quiet.is_quiet`."""
_TOLD_ENOUGH = or_(and_(member.c.sent_on == bindparam("today"), member.c.sent >= member.c.budget), member.c.budget < 1)
"""As `bot.domain.quiet.budget_left`."""
_MEMBER_MIGHT = and_(
    member.c.id == opening.c.member,
    or_(member.c.paused_until.is_(None), member.c.paused_until <= _NOW),
    # The day of those who live by a zone of their own is counted by whoever reads this.
    not_(
        and_(
            or_(member.c.zone == "", member.c.zone == bindparam("zone")),
            or_(_TOLD_ENOUGH, and_(_FROM.is_not(None), _TO.is_not(None), _QUIET)),
        )
    ),
)
_asked = question.alias("asked")
_about = question.alias("about")
_not_mine = opening_word.alias("not_mine")
_OPENING_MIGHT: Final[tuple[ColumnElement[bool], ...]] = (
    opening.c.member != _MINE,
    opening.c.ends_at > _NOW,
    or_(opening.c.questions.is_(None), opening.c.questions > 0),
    ~exists().where(_asked.c.member == opening.c.member, _asked.c.ends_at > _NOW),
    ~exists().where(_about.c.opening == _THIS, _about.c.member == opening.c.member),
    ~exists().where(_about.c.opening == _THIS, _about.c.with_member == opening.c.member),
    ~exists().where(_about.c.opening == opening.c.id, _about.c.member == _MINE),
    ~exists().where(_about.c.opening == opening.c.id, _about.c.with_member == _MINE),
)
_HAS = and_(opening_word.c.opening == opening.c.id, opening_word.c.mark == "chosen")
_SHUNS = and_(opening_word.c.opening == opening.c.id, opening_word.c.mark == "not")
_NOT_SHUNNED = ~exists().where(
    _HAS,
    exists().where(_not_mine.c.opening == _THIS, _not_mine.c.word == opening_word.c.word, _not_mine.c.mark == "not"),
)


@cache
def _window(spots: int, words: int, *, exact: bool, shuns: bool) -> Query:
    """Return the statement that reads the next who wait at some spots, merged in the order of waiting.

    Each comes with their place in this order, and with whose it is where they might answer, else with nothing: so it is
    known where to go on, and that nobody is left. They come in no order.

    Args:
        spots: How many spots.
        words: How many words the asking opening has.
        exact: Only those might answer who have ``shared`` of them. False: at these spots nobody has fewer, nor more.
        shuns: The asking opening has words that its owner does not want to meet today.
    """
    after = tuple_(bindparam("after", type_=BigInteger()), bindparam("after_id", type_=Id()))
    at = [
        select(_SINCE, waiting.c.opening).where(
            waiting.c.spot == bindparam(f"spot_{number}"), tuple_(waiting.c.opened_at, waiting.c.opening) > after
        )
        for number in range(spots)
    ]
    merged: Any = at[0] if spots == 1 else union_all(*at)
    here = merged.order_by("since", "opening").limit(bindparam("most")).subquery("here")
    mine = opening_word.c.word.in_([bindparam(f"word_{number}") for number in range(words)])
    might = [opening.c.id == here.c.opening, *_OPENING_MIGHT]
    if words:
        might.append(~exists().where(_SHUNS, mine))
    if exact:
        might.append(select(func.count()).where(_HAS, mine).scalar_subquery() == bindparam("shared"))
    if shuns:
        might.append(_NOT_SHUNNED)
    return (
        select(here.c.since, here.c.opening, member.c.id)
        .select_from(here)
        .outerjoin(opening, and_(*might))
        .outerjoin(member, _MEMBER_MIGHT)
    )


class OpeningRows:
    """Openings, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db
        self._key = ground.keys.waiting

    def add(self, opening: Opening) -> None:
        """Store a new opening."""
        self._db.run(_ADD, **{name: getattr(opening, name) for name in _NAMES})
        for mark, words in (("chosen", opening.words), ("not", opening.not_today), ("ask", opening.ask_about)):
            for word in sorted(words):
                self._db.run(_ADD_WORD, opening=opening.id, word=word, mark=mark)
        if opening.questions is None or opening.questions > 0:
            for number in range(len(opening.words) + 1):
                for spot in self._spots(opening, (opening.place,), number):
                    self._db.run(_ADD_WAITING, spot=spot, opened_at=opening.opened_at, opening=opening.id)

    def _spots(self, opening: Opening, places: Iterable[str], number: int) -> list[bytes]:
        """Return the spots of an opening for so many of its words, in these places."""
        return [
            hmac.digest(
                self._key,
                "\0".join(
                    (opening.community, opening.platform, opening.way, place, language, opening.group, *words)
                ).encode(),
                hashlib.sha256,
            )[:16]
            for words, language, place in product(
                combinations(sorted(opening.words), number), sorted(set(opening.languages)), places
            )
        ]

    @staticmethod
    def _with_words(rows: Iterable[tuple[Any, ...]], words: Iterable[tuple[Any, ...]]) -> tuple[Opening, ...]:
        marked: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for of, mark, word in words:
            marked[of, mark].add(word)
        return tuple(
            Opening(*row, *(frozenset(marked.get((row[0], mark), ())) for mark in ("chosen", "not", "ask")))
            for row in rows
        )

    def _one(self, row: tuple[Any, ...] | None) -> Opening | None:
        return None if row is None else self._with_words([row], self._db.rows(_WORDS, id=row[0]))[0]

    def get(self, id: str) -> Opening | None:  # noqa: A002 - the column's name
        """Return an opening."""
        return self._one(self._db.row(_GET, id=id))

    def get_for_change(self, id: str) -> Opening | None:  # noqa: A002 - the column's name
        """Return an opening in order to change or end it."""
        return self._one(self._db.row(_GET_FOR_CHANGE, id=id))

    def of_member(self, member: str) -> tuple[Opening, ...]:
        """Return all openings of a member (our id), oldest first."""
        rows = self._db.rows(_OF, member=member)
        return self._with_words(rows, self._db.rows(_WORDS_OF, member=member) if rows else ())

    def others(self, opening: Opening, now: datetime) -> Iterator[tuple[tuple[Opening, Profile], ...]]:
        """Yield those that an asking opening might be matched with, page by page.

        First those with most words in common, then who has waited longest; an opening may come again.
        """
        zone = self._db.value(_ZONE, id=opening.community)
        words = sorted(opening.words)
        about: dict[str, Any] = {
            "id": opening.id,
            "member": opening.member,
            "now": now,
            "zone": zone,
            "today": local_day(now, zone),
            "shown": now.astimezone(ZoneInfo(zone)).time(),
            **{f"word_{number}": word for number, word in enumerate(words)},
        }
        waits: list[str] = []
        windows = chain(WINDOWS, repeat(WINDOWS[-1]))
        for number in range(len(words), -1, -1):
            spots = self._spots(opening, matching.places_with(opening.place), number)
            many = next(many for many in _SPOTS if many >= len(spots))
            spots += [_NOWHERE] * (many - len(spots))
            window = _window(many, len(words), exact=number < len(words), shuns=bool(opening.not_today))
            at = {f"spot_{which}": spot for which, spot in enumerate(spots)}
            last: tuple[int, str] | None = (-1, "")
            while last is not None:
                after, after_id = last
                most = next(windows)
                rows = self._db.rows(window, **about, **at, shared=number, after=after, after_id=after_id, most=most)
                might = {row[:2]: row[2] for row in rows}
                order = sorted(might)
                last = order[-1] if len(rows) == most else None
                waits += [place[1] for place in order if might[place]]
                # Pages are filled beyond one number of words: so there are fewer, and less is looked up for each alone.
                for start in range(0, len(waits) - _PAGE + 1, _PAGE):
                    yield self._page(waits[start : start + _PAGE])
                del waits[: len(waits) // _PAGE * _PAGE]
        if waits:
            yield self._page(waits)

    def _page(self, ids: Sequence[str]) -> tuple[tuple[Opening, Profile], ...]:
        """Return openings, at most a page of them, and whose they are."""
        given = {f"id_{number}": id_ for number, id_ in enumerate([*ids, *[ids[-1]] * (_PAGE - len(ids))])}
        rows = {row[0]: row for row in self._db.rows(_ROWS_OF_PAGE, **given)}
        openings = self._with_words((rows[id_][: len(_COLUMNS)] for id_ in ids), self._db.rows(_WORDS_OF_PAGE, **given))
        people = (Profile(*rows[id_][len(_COLUMNS) :]) for id_ in ids)
        return tuple(zip(openings, people, strict=True))

    def spend(self, id: str) -> None:  # noqa: A002 - the column's name
        """Take one question off an opening's number, where it has one; after the last nobody finds it."""
        self._db.run(_SPEND, id_=id)
        self._db.run(_SPENT, id=id)

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete an opening, its words and its questions."""
        for statement in (_REMOVE_QUESTIONS, _REMOVE_WORDS, _REMOVE_WAITING, _REMOVE):
            self._db.run(statement, id=id)


_Q = ("id", "opening", "member", "with_member", "asked_at", "ends_at", "place", "yes", "second", "ask_owner", "pressed")
_QUESTION = tuple(question.c[name] for name in _Q)
_Q_ADD = insert(question)
_Q_GET = select(*_QUESTION).where(question.c.id == bindparam("id")).with_for_update()
_Q_SAVE = (
    update(question)
    .where(question.c.id == bindparam("id_"))
    .values({name: bindparam(name, type_=question.c[name].type) for name in _Q if name != "id"})
)
_Q_REMOVE = delete(question).where(question.c.id == bindparam("id"))
_Q_ORDER = (question.c.asked_at, question.c.id)
_Q_ABOUT = select(*_QUESTION).where(question.c.opening == bindparam("key")).order_by(*_Q_ORDER)
_Q_TO = select(*_QUESTION).where(question.c.member == bindparam("key")).order_by(*_Q_ORDER)
_Q_NAMING = select(*_QUESTION).where(question.c.with_member == bindparam("key")).order_by(*_Q_ORDER)


class QuestionRows:
    """Questions, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def add(self, question: Question) -> None:
        """Store a new question."""
        self._db.run(_Q_ADD, **{name: getattr(question, name) for name in _Q})

    def get_for_change(self, id: str) -> Question | None:  # noqa: A002 - the column's name
        """Return a question in order to answer or end it."""
        row = self._db.row(_Q_GET, id=id)
        return None if row is None else Question(*row)

    def save(self, question: Question) -> None:
        """Store a changed question."""
        self._db.run(_Q_SAVE, id_=question.id, **{name: getattr(question, name) for name in _Q})

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a question."""
        self._db.run(_Q_REMOVE, id=id)

    def about(self, opening: str) -> tuple[Question, ...]:
        """Return the questions about an opening."""
        return tuple(Question(*row) for row in self._db.rows(_Q_ABOUT, key=opening))

    def to(self, member: str) -> tuple[Question, ...]:
        """Return the questions put to a member (our id)."""
        return tuple(Question(*row) for row in self._db.rows(_Q_TO, key=member))

    def naming(self, member: str) -> tuple[Question, ...]:
        """Return the questions put to others, with this member as the other of the two."""
        return tuple(Question(*row) for row in self._db.rows(_Q_NAMING, key=member))
