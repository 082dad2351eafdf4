"""The tables. No column can hold what people say to each other.

Column types say what a column may hold: `Id` and `Ref` our own random ids, `Token` a short technical word of ours,
`Words` free text (an allow-list, checked by a test), `Sealed` and `SealedBlob` what is unreadable without the key.
Every table has its entry in `bot.store.registry`.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from bot.store.sealed import Sealed, SealedBlob

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Id(TypeDecorator[str]):
    """A random id of ours."""

    impl = String(32)
    cache_ok = True


class Ref(TypeDecorator[str]):
    """A random id of ours that may be missing: the empty string is NULL."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write."""
        return value or None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:  # noqa: ARG002
        """Read."""
        return value or ""


class Token(TypeDecorator[str]):
    """A short technical word of ours: a language, a zone, a kind. Never something a person typed."""

    impl = String(64)
    cache_ok = True


class Tokens(TypeDecorator[tuple[str, ...]]):
    """Several tokens in order. Tokens have no spaces in them."""

    impl = String(256)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        """Write."""
        return " ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002
        """Read."""
        return tuple((value or "").split())


class Words(TypeDecorator[str]):
    """Words that a person wrote in order to be posted by the bot."""

    impl = Text
    cache_ok = True


class Lines(Words):
    """Several lines that people wrote in order to be posted by the bot. A line has no line break in it."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002
        """Write."""
        return "\n".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Read."""
        return tuple((value or "").splitlines())


class Instant(TypeDecorator[datetime]):
    """An aware instant, as microseconds since 1970, UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class OfDay(TypeDecorator[time]):
    """A local time of day."""

    impl = String(15)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:  # noqa: ARG002
        """Read."""
        return None if value is None else time.fromisoformat(value)


metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[Any]:
    return Column("id", Id, primary_key=True)


def _of(name: str, table: str, *, kept: bool = False, optional: bool = False, index: bool = True) -> Column[Any]:
    """Return a column that points to another table; its row goes when that one goes, unless it is ``kept``."""
    rule = "SET NULL" if kept else "CASCADE"
    nullable = kept or optional
    kind = Ref if nullable else Id
    return Column(name, kind, ForeignKey(f"{table}.id", ondelete=rule), nullable=nullable, index=index)


def _needed(name: str, kind: Any, **more: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **more)


meta: Final = Table("meta", metadata, Column("name", Token, primary_key=True), _needed("value", LargeBinary))

community: Final = Table(
    "community",
    metadata,
    _id(),
    _needed("created_at", Instant),
    _needed("language", Token),
    _needed("zone", Token),
    _needed("wait_days", Integer),
    Column("groups", SealedBlob("community.groups", ())),
    Column("moderators", SealedBlob("community.moderators", ())),
    _needed("off", Tokens),
    _needed("step", Token),
    _needed("welcome", Boolean),
)

community_before: Final = Table(
    "community_before",
    metadata,
    _id(),
    Column("community", Id, ForeignKey("community.id", ondelete="CASCADE"), nullable=False, unique=True),
    _needed("what", Token),
    _needed("settings", SealedBlob("community_before.settings")),
    _needed("expires_at", Instant, index=True),
)

space: Final = Table(
    "space",
    metadata,
    _id(),
    _of("community", "community"),
    _needed("platform", Token, index=True),
    _needed("space", Sealed, unique=True),
    _needed("position", Integer),
)

community_room: Final = Table(
    "community_room",
    metadata,
    Column("community", Id, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True),
    Column("does", Token, primary_key=True),
    Column("platform", Token, primary_key=True),
    _needed("room", Sealed),
    Column("post", Sealed),
)

word: Final = Table(
    "word", metadata, _id(), _of("community", "community"), _needed("position", Integer), _needed("words", Words)
)

proposal: Final = Table(
    "proposal",
    metadata,
    _id(),
    _of("community", "community"),
    _needed("words", Words),
    _needed("expires_at", Instant, index=True),
)

elsewhere: Final = Table(
    "elsewhere", metadata, _id(), _of("community", "community"), _needed("position", Integer), _needed("words", Words)
)

member: Final = Table(
    "member",
    metadata,
    _id(),
    _needed("platform", Token),
    _needed("member", Sealed, unique=True),
    _needed("salt", LargeBinary),
    _needed("created_at", Instant),
    _needed("language", Token),
    _needed("zone", Token),
    Column("quiet_from", OfDay),
    Column("quiet_to", OfDay),
    Column("called", SealedBlob("member.called", "")),
    _needed("budget", Integer),
    _needed("sent_on", Token),
    _needed("sent", Integer),
    _needed("lead", Integer),
    _of("usual_community", "community", kept=True),
    Column("paused_until", Instant),
    _needed("languages", Tokens),
    _needed("way", Token),
    _needed("place", Token),
    _needed("span", Token),
    _needed("someone_new", Boolean),
    _needed("ask_first", Boolean),
    _needed("questions", Integer),
)

opening: Final = Table(
    "opening",
    metadata,
    _id(),
    _of("community", "community", index=False),
    _of("member", "member"),
    _needed("platform", Token),
    _needed("asks", Boolean),
    _needed("languages", Tokens),
    _needed("way", Token),
    _needed("place", Token),
    _needed("opened_at", Instant),
    _needed("ends_at", Instant, index=True),
    _needed("someone_new", Boolean),
    _needed("ask_first", Boolean),
    _needed("stays", Boolean),
    Column("group", Sealed),
    Column("questions", Integer),
    Index("ix_opening_community", "community"),
)

waiting: Final = Table(
    "waiting",
    metadata,
    Column("spot", LargeBinary, primary_key=True),
    Column("opened_at", Instant, primary_key=True),
    Column("opening", Id, ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

opening_word: Final = Table(
    "opening_word",
    metadata,
    Column("opening", Id, ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True),
    Column("word", Id, ForeignKey("word.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("mark", Token, primary_key=True),
    CheckConstraint("mark IN ('chosen', 'not', 'ask')", name="mark"),
)

question: Final = Table(
    "question",
    metadata,
    _id(),
    _of("opening", "opening", optional=True, index=False),
    _of("member", "member", index=False),
    _of("with_member", "member", optional=True, index=False),
    _needed("asked_at", Instant),
    _needed("ends_at", Instant, index=True),
    _needed("place", Token),
    _needed("yes", Boolean),
    _needed("second", Boolean),
    _needed("ask_owner", Boolean),
    _needed("pressed", Boolean),
    Index("ix_question_opening", "opening", "member"),
    Index("ix_question_member", "member", "ends_at"),
    Index("ix_question_with_member", "with_member", "opening"),
)

met: Final = Table(
    "met", metadata, Column("pair", LargeBinary, primary_key=True), _needed("expires_at", Instant, index=True)
)

round_: Final = Table(
    "round",
    metadata,
    _id(),
    Column("community", Id, ForeignKey("community.id", ondelete="CASCADE"), nullable=False, unique=True),
    _needed("rhythm", Token),
    _needed("begins_on", Token),
    _needed("wall", OfDay),
    _needed("opens_at", Instant),
    _needed("meets_at", Instant),
)

round_yes: Final = Table(
    "round_yes",
    metadata,
    _id(),
    _of("round", "round", index=False),
    _of("member", "member"),
    _needed("said_at", Instant),
    _needed("ends_at", Instant, index=True),
    _needed("languages", Tokens),
    _needed("way", Token),
    _needed("place", Token),
    _needed("someone_new", Boolean),
    _needed("trio", Boolean),
    Column("group", Sealed),
    Column("meeting", Ref, index=True),
    UniqueConstraint("round", "member"),
)

round_word: Final = Table(
    "round_word",
    metadata,
    Column("round_yes", Id, ForeignKey("round_yes.id", ondelete="CASCADE"), primary_key=True),
    Column("word", Id, ForeignKey("word.id", ondelete="CASCADE"), primary_key=True, index=True),
)

left_out: Final = Table(
    "left_out", metadata, Column("hash", LargeBinary, primary_key=True), _needed("expires_at", Instant, index=True)
)

standing: Final = Table(
    "standing",
    metadata,
    _id(),
    _of("community", "community"),
    _of("owner", "member", kept=True),
    _needed("card", Sealed),
    _needed("rhythm", Token),
    _needed("begins_on", Token),
    _needed("wall", OfDay),
    _needed("zone", Token),
    _needed("minutes", Integer),
    _needed("guided", Boolean),
    _needed("size", Integer),
    _needed("regular_at", Instant),
    _needed("next_at", Instant),
)

standing_note: Final = Table(
    "standing_note",
    metadata,
    Column("standing", Id, ForeignKey("standing.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Id, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True),
)

checkin: Final = Table(
    "checkin",
    metadata,
    _id(),
    _of("community", "community"),
    _needed("card", Sealed),
    _needed("guided", Boolean),
    _needed("size", Integer),
    _needed("opens_at", Instant),
    _needed("closes_at", Instant, index=True),
    _needed("stage", Token),
    Column("room", Sealed, unique=True),
    _of("standing", "standing", kept=True),
    Column("invited", Ref),
    _needed("prompts", Boolean),
    _needed("prompted", Integer),
    Column("paused_until", Instant),
)

seat: Final = Table(
    "seat",
    metadata,
    _id(),
    _of("checkin", "checkin", index=False),
    _needed("member", Sealed, index=True),
    _needed("order", Integer),
    _needed("turn", Token),
    _needed("listens", Boolean),
    _needed("host", Boolean),
    _needed("guardian", Boolean),
    UniqueConstraint("checkin", "member"),
)

checkin_words: Final = Table(
    "checkin_words",
    metadata,
    Column("community", Id, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True),
    _needed("opens_with", Words),
    _needed("closes_with", Words),
    _needed("starters", Boolean),
    _needed("visible", Boolean),
    _needed("erased", Boolean),
)

prompt: Final = Table(
    "prompt", metadata, _id(), _of("community", "community"), _needed("position", Integer), _needed("words", Words)
)

agreement: Final = Table("agreement", metadata, _id(), _of("community", "community"), _needed("title", Words))

agreement_home: Final = Table(
    "agreement_home",
    metadata,
    Column("agreement", Id, ForeignKey("agreement.id", ondelete="CASCADE"), primary_key=True),
    Column("platform", Token, primary_key=True),
    _needed("room", Sealed, index=True),
    Column("post", Sealed),
    _needed("shown", Integer),
)

agreement_version: Final = Table(
    "agreement_version",
    metadata,
    _id(),
    _of("agreement", "agreement", index=False),
    _needed("number", Integer),
    _needed("state", Token),
    _needed("statements", Lines),
    _needed("written_at", Instant),
    _needed("touched_at", Instant),
    Column("author", Sealed, index=True),
    _needed("follows", Integer),
    _needed("wording", Boolean),
    _needed("brought", Boolean),
    _needed("allows", Token),
    Column("stood_at", Instant),
    Column("review_at", Instant),
    Column("consents", Integer),
    Column("aside", Integer),
    UniqueConstraint("agreement", "number"),
)

suggestion: Final = Table(
    "suggestion",
    metadata,
    _id(),
    _of("version", "agreement_version"),
    _needed("author", Sealed, index=True),
    _needed("statements", Lines),
    _needed("meaning", Boolean),
    _needed("written_at", Instant),
    _needed("allows", Token),
)

consent_round: Final = Table(
    "consent_round",
    metadata,
    _id(),
    Column("version", Id, ForeignKey("agreement_version.id", ondelete="CASCADE"), nullable=False, unique=True),
    _needed("whom", Token),
    _needed("opens_at", Instant),
    _needed("ends_at", Instant, index=True),
    _needed("needs", Integer),
    Column("review_at", Instant),
    _needed("silence", Boolean),
)

stance: Final = Table(
    "stance",
    metadata,
    Column("consent_round", Id, ForeignKey("consent_round.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Sealed, primary_key=True, index=True),
    _needed("stance", Token),
    CheckConstraint("stance IN ('consent', 'concern', 'aside', 'later')", name="stance"),
    sqlite_with_rowid=False,
)

concern: Final = Table(
    "concern",
    metadata,
    _id(),
    _of("agreement", "agreement"),
    _needed("raised_at", Instant),
    Column("raiser", Sealed, index=True),
    Column("answerer", Sealed, index=True),
)

reminder: Final = Table(
    "reminder",
    metadata,
    _id(),
    _of("agreement", "agreement"),
    _needed("room", Sealed, unique=True),
    _needed("rhythm", Token),
    _needed("begins_on", Token),
    _needed("wall", OfDay),
    _needed("zone", Token),
    _needed("brings", Token),
    _needed("openings", Boolean),
    _needed("told", Integer),
    Column("next_at", Instant),
)

recalled: Final = Table(
    "recalled",
    metadata,
    Column("room", Sealed, primary_key=True),
    _of("community", "community"),
    _needed("expires_at", Instant, index=True),
    Column("last_at", Instant),
    Column("quiet_until", Instant),
)

recall_mark: Final = Table(
    "recall_mark",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    _needed("expires_at", Instant, index=True),
    sqlite_with_rowid=False,
)

circle: Final = Table(
    "circle",
    metadata,
    _id(),
    _of("community", "community"),
    _needed("title", Words),
    _needed("room", Sealed),
    _needed("rule", Tokens),
    _needed("begins_on", Token),
    _needed("wall", OfDay),
    _needed("zone", Token),
    _needed("minutes", Integer),
    Column("seats", Integer),
    Column("fewest", Integer),
    _needed("shows_names", Boolean),
    _needed("speaks", Boolean),
    _needed("sequence", Integer),
    Column("ended_at", Instant, index=True),
)

circle_meeting: Final = Table(
    "circle_meeting",
    metadata,
    _id(),
    _of("circle", "circle", index=False),
    _needed("day", Token),
    _needed("starts_at", Instant),
    _needed("ends_at", Instant, index=True),
    _needed("moved_to", Token),
    _needed("state", Token),
    _needed("sequence", Integer),
    UniqueConstraint("circle", "day"),
)

circle_answer: Final = Table(
    "circle_answer",
    metadata,
    Column("circle_meeting", Id, ForeignKey("circle_meeting.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Sealed, primary_key=True, index=True),
    _needed("answer", Token),
    _needed("said_at", Instant),
    Column("offered_until", Instant),
    CheckConstraint("answer IN ('come', 'maybe', 'wait')", name="answer"),
    sqlite_with_rowid=False,
)

circle_regular: Final = Table(
    "circle_regular",
    metadata,
    Column("circle", Id, ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Sealed, primary_key=True, index=True),
    _needed("said_at", Instant),
    sqlite_with_rowid=False,
)

circle_wish: Final = Table(
    "circle_wish",
    metadata,
    Column("circle", Id, ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Id, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True),
    _needed("lead", Integer),
)

calendar_feed: Final = Table(
    "calendar_feed",
    metadata,
    Column("member", Sealed, primary_key=True),
    _needed("token_hash", LargeBinary),
    _needed("said_at", Instant),
    _needed("names", Boolean),
    UniqueConstraint("token_hash"),
    sqlite_with_rowid=False,
)

circle_role: Final = Table(
    "circle_role",
    metadata,
    Column("circle_meeting", Id, ForeignKey("circle_meeting.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Token, primary_key=True),
    _needed("member", Sealed, index=True),
    _needed("said_at", Instant),
)

circle_mirror: Final = Table(
    "circle_mirror",
    metadata,
    Column("circle_meeting", Id, ForeignKey("circle_meeting.id", ondelete="CASCADE"), primary_key=True),
    _needed("named", Boolean),
    Column("event", Sealed),
)

circle_change: Final = Table(
    "circle_change",
    metadata,
    _id(),
    Column("circle", Id, ForeignKey("circle.id", ondelete="CASCADE"), nullable=False, unique=True),
    _needed("member", Sealed, index=True),
    _needed("said_at", Instant, index=True),
    _needed("ends", Boolean),
    _needed("rule", Tokens),
    _needed("begins_on", Token),
    _needed("wall", OfDay),
    _needed("zone", Token),
    _needed("minutes", Integer),
)

circle_search: Final = Table(
    "circle_search",
    metadata,
    _id(),
    _of("community", "community"),
    _needed("title", Words),
    _needed("room", Sealed),
    _needed("times", Tokens),
    _needed("zone", Token),
    _needed("minutes", Integer),
    _needed("opens_at", Instant),
    _needed("ends_at", Instant, index=True),
    _needed("over", Boolean),
)

circle_mark: Final = Table(
    "circle_mark",
    metadata,
    Column("circle_search", Id, ForeignKey("circle_search.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Sealed, primary_key=True, index=True),
    _needed("works", Tokens),
    _needed("said_at", Instant),
    sqlite_with_rowid=False,
)

apart: Final = Table(
    "apart",
    metadata,
    _id(),
    _of("member", "member", index=False),
    _needed("hash", LargeBinary),
    _needed("added_at", Instant),
    UniqueConstraint("member", "hash"),
)

comfort: Final = Table(
    "comfort",
    metadata,
    Column("member", Id, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("word", Id, ForeignKey("word.id", ondelete="CASCADE"), primary_key=True, index=True),
    _needed("mark", Token),
    CheckConstraint("mark IN ('ask', 'not')", name="mark"),
)

plan: Final = Table(
    "plan",
    metadata,
    _id(),
    _of("member", "member"),
    _of("community", "community"),
    Column("link", SealedBlob("plan.link", "")),
    _needed("due_at", Instant, index=True),
)

willing: Final = Table(
    "willing",
    metadata,
    _id(),
    _of("member", "member"),
    _of("community", "community", index=False),
    _needed("added_at", Instant),
    UniqueConstraint("community", "member"),
)

agenda: Final = Table(
    "agenda",
    metadata,
    _id(),
    _needed("kind", Token),
    _needed("subject", Token),
    _needed("due_at", Instant),
    _needed("try_at", Instant, index=True),
    _of("member", "member", optional=True),
    _of("community", "community", optional=True),
    _needed("attempts", Integer),
    Column("facts", SealedBlob("agenda.facts", ())),
    UniqueConstraint("subject", "kind"),
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _needed("id", Id, unique=True),
    _needed("platform", Token),
    Column("line", Sealed),
    Column("body", SealedBlob("outbox.body")),
    _needed("subject", Token),
    _needed("keep", Token),
    _needed("community", Token),
    _needed("urgent", Boolean),
    _needed("created_at", Instant),
    _needed("try_at", Instant),
    Column("expires_at", Instant),
    _needed("epoch", Integer),
    Column("first", Instant),
    Column("last", Instant),
    _needed("attempts", Integer),
    _needed("recalled", Boolean),
    _needed("reason", Token),
    Column("dead_at", Instant),
    Index("ix_outbox_due", "platform", "try_at", sqlite_where=text("dead_at IS NULL")),
    Index("ix_outbox_turn", "platform", "urgent", "seq", "try_at", sqlite_where=text("dead_at IS NULL")),
    Index("ix_outbox_line", "line", "seq", sqlite_where=text("dead_at IS NULL")),
    Index("ix_outbox_subject", "subject", sqlite_where=text("subject != ''")),
    Index("ix_outbox_keep", "keep", sqlite_where=text("keep != ''")),
    Index("ix_outbox_dead", "dead_at", sqlite_where=text("dead_at IS NOT NULL")),
)

delivered: Final = Table(
    "delivered", metadata, Column("hash", LargeBinary, primary_key=True), _needed("expires_at", Instant, index=True)
)

post: Final = Table(
    "post",
    metadata,
    _id(),
    _needed("subject", Token, index=True),
    _needed("line", Sealed, index=True),
    _needed("post", Sealed),
    _needed("created_at", Instant, index=True),
)

seen: Final = Table(
    "seen", metadata, Column("hash", LargeBinary, primary_key=True), _needed("expires_at", Instant, index=True)
)
