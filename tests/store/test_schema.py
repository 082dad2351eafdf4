"""What the tables can hold, and what they cannot."""

import re
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, Text, create_engine

from bot.domain.errors import StartError
from bot.store import migrations, registry
from bot.store.lifetimes import Lifetimes
from bot.store.schema import Id, Instant, OfDay, Ref, Token, Tokens, Words, metadata
from bot.store.sealed import Sealed, SealedBlob
from tests.store.scene import DAY, HOUR, a_store, settle

FREE_TEXT = {
    ("word", "words"),
    ("elsewhere", "words"),
    ("proposal", "words"),
    ("checkin_words", "opens_with"),
    ("checkin_words", "closes_with"),
    ("prompt", "words"),
    ("agreement", "title"),
    ("agreement_version", "statements"),
    ("suggestion", "statements"),
    ("circle", "title"),
    ("circle_search", "title"),
}
SEALED_TEXT = {("community_before", "settings"), ("member", "called"), ("plan", "link")}
CONTRACT_VALUES = {("community", "groups"), ("community", "moderators"), ("agenda", "facts"), ("outbox", "body")}
OUR_BYTES = {
    ("meta", "value"),
    ("member", "salt"),
    ("met", "pair"),
    ("apart", "hash"),
    ("calendar_feed", "token_hash"),
    ("waiting", "spot"),
    ("left_out", "hash"),
    ("recall_mark", "hash"),
    ("delivered", "hash"),
    ("seen", "hash"),
}
"""Keyed hashes and salts: bytes that we made."""

COLUMNS = [(table.name, column) for table in metadata.sorted_tables for column in table.columns]


def test_free_text_stands_only_in_the_columns_of_the_allow_list() -> None:
    assert {(table, column.name) for table, column in COLUMNS if isinstance(column.type, Words)} == FREE_TEXT
    blobs = {(table, column.name) for table, column in COLUMNS if isinstance(column.type, SealedBlob)}
    assert blobs == SEALED_TEXT | CONTRACT_VALUES


def test_every_other_column_is_of_a_kind_that_cannot_hold_what_people_say() -> None:
    known = (Id, Ref, Token, Tokens, Instant, OfDay, Sealed, SealedBlob, Words)
    for table, column in COLUMNS:
        if isinstance(column.type, known) or column.type.python_type in {int, bool}:
            continue
        assert isinstance(column.type, LargeBinary), (table, column.name)
        assert (table, column.name) in OUR_BYTES
    assert not [column for _, column in COLUMNS if isinstance(column.type, Text)]


def test_no_column_says_who_asked_who_helped_or_how_somebody_did() -> None:
    words = (
        r"requester|responder|helper|helpee|seeker|score|rating|mood|last_seen|streak|count|attend|declin|refus|_no$"
    )
    for table, column in COLUMNS:
        assert not re.search(words, f"{table}.{column.name}"), (table, column.name)


def test_the_registry_has_every_table_once() -> None:
    assert sorted(entry.table.name for entry in registry.ENTRIES) == sorted(metadata.tables)


def test_what_points_to_a_member_is_in_the_registry_with_a_way_to_show_and_to_forget_it() -> None:
    entries = {entry.table.name: entry for entry in registry.ENTRIES}
    about = {
        table.name
        for table in metadata.sorted_tables
        if any(key.column.table.name in {"member", "opening"} for key in table.foreign_keys)
    }
    assert {"opening", "opening_word", "question", "apart", "comfort", "agenda"} <= about
    for name in about | {"member", "outbox", "post"}:
        assert entries[name].held is not None
        assert entries[name].forget
        assert name in registry.SHOWN
    assert {name for name, entry in entries.items() if entry.held is not None} == set(registry.SHOWN)


async def test_the_migrations_make_the_same_tables_as_the_schema_says(path: Path) -> None:
    async with a_store(path).session():
        pass
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert migrations.version(connection) == migrations.head()
        assert migrations.differences(connection) == []
        connection.exec_driver_sql("ALTER TABLE met ADD COLUMN note TEXT")
        assert migrations.differences(connection) != []
    engine.dispose()


async def test_migrated_and_made_at_once_are_the_same_to_the_letter(path: Path) -> None:
    texts = []
    for at in (path, None):
        store = a_store(at)
        async with store.session():
            await store.write(settle)
            texts.append(await store.read(lambda tx: tx.columns()))
    assert texts[0] == dict(sorted({**texts[1], "alembic_version": ("version_num",)}.items()))


def test_lifetimes_may_be_lowered_and_never_raised() -> None:
    assert Lifetimes(seen=DAY).seen == DAY
    for wrong, code in (
        ({"seen": 8 * DAY}, "lifetime-longer"),
        ({"posts": 31 * DAY}, "lifetime-longer"),
        ({"delivered": 0 * HOUR}, "lifetime-none"),
        ({"marks": 3 * DAY}, "lifetime-marks"),
    ):
        with pytest.raises(StartError) as refused:
            Lifetimes(**wrong)
        assert refused.value.code == code
