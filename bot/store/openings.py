"""Openings with their words, and the questions that were put to somebody."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, exists, insert, or_, select, update

from bot.domain.openings import Opening, Question
from bot.store.ground import Ground
from bot.store.schema import Instant, member, opening, opening_word, question

_NAMES = (
    "id", "community", "member", "platform", "asks", "languages", "way", "place", "opened_at", "ends_at",
    "someone_new", "ask_first", "stays", "group", "questions",
)  # fmt: skip
_COLUMNS = tuple(opening.c[name] for name in _NAMES)
_WORD = (opening_word.c.opening, opening_word.c.mark, opening_word.c.word)

_ADD = insert(opening)
_ADD_WORD = insert(opening_word)
_IS = opening.c.id == bindparam("id")
_GET = select(*_COLUMNS).where(_IS)
_GET_FOR_CHANGE = select(*_COLUMNS).where(_IS).with_for_update()
_OF = select(*_COLUMNS).where(opening.c.member == bindparam("member")).order_by(opening.c.opened_at, opening.c.id)
_WORDS = select(*_WORD).where(opening_word.c.opening == bindparam("id"))
_WORDS_OF = select(*_WORD).where(
    opening_word.c.opening.in_(select(opening.c.id).where(opening.c.member == bindparam("member")))
)

_NOW = bindparam("now", type_=Instant())
_THIS: BindParameter[str] = bindparam("id")
_MINE: BindParameter[str] = bindparam("member")
_asked = question.alias("asked")
_about_this = question.alias("about_this")
_about_theirs = question.alias("about_theirs")
_MIGHT = (
    opening.c.community == bindparam("community"),
    opening.c.platform == bindparam("platform"),
    opening.c.member != _MINE,
    opening.c.ends_at > _NOW,
    or_(opening.c.questions.is_(None), opening.c.questions > 0),
    or_(member.c.paused_until.is_(None), member.c.paused_until <= _NOW),
    ~exists().where(_asked.c.member == opening.c.member, _asked.c.ends_at > _NOW),
    ~exists().where(
        _about_this.c.opening == _THIS,
        or_(_about_this.c.member == opening.c.member, _about_this.c.with_member == opening.c.member),
    ),
    ~exists().where(
        _about_theirs.c.opening == opening.c.id,
        or_(_about_theirs.c.member == _MINE, _about_theirs.c.with_member == _MINE),
    ),
)
_OTHERS = (
    select(*_COLUMNS)
    .join(member, member.c.id == opening.c.member)
    .where(*_MIGHT)
    .order_by(opening.c.opened_at, opening.c.id)
)
_WORDS_OF_OTHERS = (
    select(*_WORD)
    .join(opening, opening.c.id == opening_word.c.opening)
    .join(member, member.c.id == opening.c.member)
    .where(*_MIGHT)
)
_SPEND = (
    update(opening)
    .where(opening.c.id == bindparam("id_"), opening.c.questions > 0)
    .values(questions=opening.c.questions - 1)
)
_REMOVE_QUESTIONS = delete(question).where(question.c.opening == bindparam("id"))
_REMOVE_WORDS = delete(opening_word).where(opening_word.c.opening == bindparam("id"))
_REMOVE = delete(opening).where(_IS)


class OpeningRows:
    """Openings, as rows."""

    def __init__(self, ground: Ground) -> None:
        """Stand on a connection."""
        self._db = ground.db

    def add(self, opening: Opening) -> None:
        """Store a new opening."""
        self._db.run(_ADD, **{name: getattr(opening, name) for name in _NAMES})
        for mark, words in (("chosen", opening.words), ("not", opening.not_today), ("ask", opening.ask_about)):
            for word in sorted(words):
                self._db.run(_ADD_WORD, opening=opening.id, word=word, mark=mark)

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

    def others(self, opening: Opening, now: datetime) -> tuple[Opening, ...]:
        """Return the openings that an asking opening might be matched with."""
        about = {
            "community": opening.community,
            "platform": opening.platform,
            "member": opening.member,
            "id": opening.id,
            "now": now,
        }
        rows = self._db.rows(_OTHERS, **about)
        return self._with_words(rows, self._db.rows(_WORDS_OF_OTHERS, **about) if rows else ())

    def spend(self, id: str) -> None:  # noqa: A002 - the column's name
        """Take one question off an opening's number, where it has one."""
        self._db.run(_SPEND, id_=id)

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete an opening, its words and its questions."""
        self._db.run(_REMOVE_QUESTIONS, id=id)
        self._db.run(_REMOVE_WORDS, id=id)
        self._db.run(_REMOVE, id=id)


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
