"""The store: opens the database, runs transactions, keeps its files as promised. What is SQLite's own is here.

One connection writes, behind a lock, and every write begins immediate: SQLAlchemy's usual way lost three of four
concurrent updates (HOUSE.md). Another connection reads, and cannot write. A database in memory, for simulated worlds
and tests, has one connection, used on the very thread that asks.
"""

import asyncio
import hashlib
import hmac
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import aiosqlite
from sqlalchemy import bindparam, create_engine, func, insert, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool, StaticPool

from bot.chance import SecretChance
from bot.contract.place import Member
from bot.contract.ports import Clock
from bot.contract.queues import WorkTx
from bot.domain.errors import StartError
from bot.logs import log
from bot.store import registry
from bot.store.files import alone, back_up, drop_backups, prepare, restore
from bot.store.forgotten import Forgotten
from bot.store.ground import Ground
from bot.store.lifetimes import Lifetimes
from bot.store.migrations import NewerError, StrangeError, head, migrate, version
from bot.store.schema import (
    agreement_version,
    calendar_feed,
    checkin,
    circle_answer,
    circle_change,
    circle_mark,
    circle_regular,
    circle_role,
    concern,
    consent_round,
    member,
    meta,
    metadata,
    outbox,
    post,
    seat,
    stance,
    suggestion,
)
from bot.store.sealed import Keys, unlock
from bot.store.statement import Db, Driver
from bot.store.tx import SqlTx

T = TypeVar("T")

PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "busy_timeout": 5000,
}
"""As they read back (sqlite.org/pragma.html): FULL is 2, MEMORY is 2."""

SCRUBBED_AT_ONCE: Final = 16 * 2**20
"""Bytes of a database that is written anew after each withdrawal; a larger one is written anew by the daily sweep."""

SCRUBBED_AFTER: Final = 32
"""After so many transactions at the latest, with others waiting all the while; where none waits, after each."""

_CHECK = select(meta.c.value).where(meta.c.name == "key")
_ADD_CHECK = insert(meta)


class SqlStore:
    """The database.

    Nothing may be asked of it outside `session`.
    """

    def __init__(
        self,
        path: Path | None,
        keys: Keys,
        clock: Clock,
        *,
        lifetimes: Lifetimes | None = None,
        forgotten: Path | None = None,
        durable: bool = True,
        new_id: Callable[[], str] | None = None,
    ) -> None:
        """Take what the store works with; nothing is opened yet.

        Args:
            path: The database's file; None: in memory, gone at the end, with nothing ever written to a disk.
            keys: The keys.
            clock: What time it is.
            lifetimes: How long rows stay.
            forgotten: The file of forget-marks; ``forgotten`` beside the database where none is given.
            durable: False: commits do not wait for the disk. For simulation only.
            new_id: Draws ids of rows; for simulated worlds that are to draw the same ones.
        """
        self._path = path
        self._keys = keys
        self._clock = clock
        self._lifetimes = lifetimes or Lifetimes()
        self._durable = durable
        self._new_id = new_id or SecretChance().new_id
        self._forgotten: Forgotten | None = None
        if path is not None:
            self._forgotten = Forgotten(forgotten or path.with_name("forgotten"), keys, self._lifetimes.marks)
        self._writing = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._unclean = False
        self._put_off = 0
        self._waiting = 0
        self._writer: _Line | None = None
        self._reader: _Line | None = None

    # --- Opening --------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def session(self) -> AsyncIterator[None]:
        """Hold the database open: lock, back-up, migrations, forget-list first; closed at the end.

        Raises:
            StartError: It cannot be used; nothing was changed.
        """
        async with AsyncExitStack() as stack:
            if self._path is None:
                self._open_here(stack)
            else:
                prepare(self._path)
                stack.enter_context(alone(self._path))
                await self._open(self._path, stack)
            stack.callback(self._close)
            stack.push_async_callback(self._clean_up)
            await self.write(self._check_key)
            await self._forget_again()
            yield

    async def _clean_up(self) -> None:
        """Leave nothing unclean behind."""
        async with self._writing:
            if self._unclean and self._writer is not None:
                await self._scrub(self._writer)

    def _close(self) -> None:
        self._writer = self._reader = None

    def _open_here(self, stack: AsyncExitStack) -> None:
        engine = create_engine(
            "sqlite://",
            hide_parameters=True,
            poolclass=StaticPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"cached_statements": 512},
        )
        stack.callback(engine.dispose)
        connection = stack.enter_context(engine.connect())
        metadata.create_all(connection)
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - that is what this engine opens
        here = Driver(driver)
        for pragma in ("foreign_keys", "temp_store", "trusted_schema"):
            here.run(f"PRAGMA {pragma} = {PRAGMAS[pragma]}")
        unlock(engine.dialect, self._keys)
        self._writer = _Line(SqlTx(self._ground(Db(here, engine.dialect, {}))), None)

    async def _open(self, path: Path, stack: AsyncExitStack) -> None:
        engine = self._engine(path)
        try:
            await self._migrate(engine, path)
        finally:
            await engine.dispose()
        engine = self._engine(path)
        stack.push_async_callback(engine.dispose)
        unlock(engine.dialect, self._keys)
        ready: dict[Any, Any] = {}
        self._writer = await self._line(engine, stack, ready)
        self._reader = await self._line(engine, stack, ready)
        await self._reader.inside(self._reading_only)

    def _reading_only(self) -> None:
        assert self._reader is not None  # noqa: S101 - just opened
        self._reader.driver.run("PRAGMA query_only = ON")

    @staticmethod
    def _engine(path: Path) -> AsyncEngine:
        return create_async_engine(
            f"sqlite+aiosqlite:///{path}",
            hide_parameters=True,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"timeout": 5.0, "cached_statements": 512},
        )

    async def _line(self, engine: AsyncEngine, stack: AsyncExitStack, ready: dict[Any, Any]) -> "_Line":
        connection = await stack.enter_async_context(engine.connect())
        raw = await connection.get_raw_connection()
        away = raw.driver_connection
        assert isinstance(away, aiosqlite.Connection)  # noqa: S101 - that is what this engine opens
        driver = Driver(away._conn)  # noqa: SLF001 - see _Line
        line = _Line(SqlTx(self._ground(Db(driver, engine.dialect, ready))), away)
        await line.inside(lambda: self._set_up(driver))
        return line

    def _ground(self, db: Db) -> Ground:
        return Ground(db, self._keys, self._clock, self._lifetimes, self._new_id)

    def _set_up(self, driver: Driver) -> None:
        """Set the pragmas and read them back: a misspelt one is silently ignored by SQLite."""
        wanted = PRAGMAS if self._durable else PRAGMAS | {"synchronous": 0}
        for name, value in wanted.items():
            driver.fetch(f"PRAGMA {name} = {value}", ())
        for name, value in wanted.items():
            if driver.fetch(f"PRAGMA {name}", ()) != [(value,)]:
                raise StartError("store-pragma", name=name)

    async def _migrate(self, engine: AsyncEngine, path: Path) -> None:
        """Bring the schema up to this version; an existing database is copied first and put back if that fails."""
        try:
            async with engine.connect() as connection:
                old = await connection.run_sync(version)
                if old == head():
                    return
        except NewerError:
            raise StartError("store-newer", path=str(path)) from None
        except (StrangeError, SQLAlchemyError, sqlite3.Error):
            raise StartError("store-strange", path=str(path)) from None
        copy = back_up(path, self._clock.now()) if old else None
        try:
            async with engine.connect() as connection:
                await connection.run_sync(migrate)
        except Exception as error:  # noqa: BLE001 - whatever it was, the old database comes back
            log.trouble("migration_failed", error)
            await engine.dispose()
            if copy is not None:
                restore(copy, path)
            raise StartError("store-migration", path=str(path)) from None

    def _check_key(self, tx: WorkTx) -> None:
        """Refuse a key that is not this database's, before anything is sealed with it."""
        assert isinstance(tx, SqlTx)  # noqa: S101 - it is our own
        db = tx.ground.db
        mine = hmac.digest(self._keys.check, b"porchlight", hashlib.sha256)
        there = db.value(_CHECK)
        if there is None:
            db.run(_ADD_CHECK, name="key", value=mine)
        elif not hmac.compare_digest(there, mine):
            raise StartError("store-key", path=str(self._path))

    async def _forget_again(self) -> None:
        """Carry out the forget-list: what an old copy brought back goes again."""
        marks = self._forgotten.marks() if self._forgotten is not None else ()
        if not marks:
            return
        latest = {mark.hash: mark.at for mark in sorted(marks, key=lambda mark: mark.at)}
        forgotten = self._forgotten
        assert forgotten is not None  # noqa: S101 - there are marks

        def work(tx: WorkTx) -> int:
            assert isinstance(tx, SqlTx)  # noqa: S101 - it is our own
            gone = 0
            for whom in _people(tx.ground.db):
                at = latest.get(forgotten.hash(whom))
                if at is not None and _brought_back(tx.ground.db, whom, at):
                    registry.forget(tx.ground.db, tx.outbox, whom, at)
                    tx.scrub()
                    gone += 1
            return gone

        gone = await self.write(work)
        if gone:
            log.event("forgotten_again", members=gone)

    # --- Transactions ---------------------------------------------------------------------------------------------

    async def write(self, work: Callable[[WorkTx], T]) -> T:
        """Run ``work`` in a write transaction (immediate) and commit; an exception rolls everything back."""
        self._waiting += 1
        try:
            await self._writing.acquire()
        finally:
            self._waiting -= 1
        try:
            line = self._writer
            if line is None:
                raise RuntimeError("store_closed")
            try:
                return await line.inside(lambda: self._in_transaction(line, work))
            finally:
                self._unclean |= line.tx.scrubbing
                if self._unclean and not self._leaves_it():
                    await self._scrub(line)
        finally:
            self._writing.release()

    def _leaves_it(self) -> bool:
        """Return whether the next who writes may clean up: when much is written at once, once for many is enough."""
        if not self._waiting or self._put_off >= SCRUBBED_AFTER:
            self._put_off = 0
            return False
        self._put_off += 1
        return True

    def _in_transaction(self, line: "_Line", work: Callable[[WorkTx], T]) -> T:
        tx, driver = line.tx, line.driver
        tx.begin()
        length: int | None = None
        driver.run("BEGIN IMMEDIATE")
        try:
            result = work(tx)
            if tx.marks and self._forgotten is not None:
                length = self._forgotten.add(tx.marks)
            driver.run("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                driver.run("ROLLBACK")
            if length is not None and self._forgotten is not None:
                self._forgotten.take_back(length)
            tx.begin()
            raise
        return result

    async def read(self, work: Callable[[WorkTx], T]) -> T:
        """Run ``work`` in a read-only transaction."""
        if self._reader is None:
            return self._read_here(work)
        async with self._reading:
            reader = self._reader
            return await reader.inside(lambda: self._reading_in(reader, work))

    def _read_here(self, work: Callable[[WorkTx], T]) -> T:
        if self._writer is None:
            raise RuntimeError("store_closed")
        driver = self._writer.driver
        driver.run("PRAGMA query_only = ON")
        try:
            return self._reading_in(self._writer, work)
        finally:
            driver.run("PRAGMA query_only = OFF")

    @staticmethod
    def _reading_in(line: "_Line", work: Callable[[WorkTx], T]) -> T:
        line.driver.run("BEGIN")
        try:
            return work(line.tx)
        finally:
            line.driver.run("ROLLBACK")

    # --- Keeping it clean -----------------------------------------------------------------------------------------

    async def _scrub(self, line: "_Line", most: int = SCRUBBED_AT_ONCE) -> None:
        """Make what was deleted unreadable in every file.

        ``secure_delete`` is not enough: where rows moved from page to page, copies of them stay in the gaps (measured:
        a few in a thousand deleted ids). VACUUM writes every page anew, and the write-ahead log is then brought into
        the database and cut to nothing. What was to be done is committed already, so an error here must not say
        otherwise: it is logged, and the next write tries again.
        """
        if self._reader is None:
            return
        async with self._reading:
            try:
                self._unclean = not await line.inside(lambda: self._rewrite(line.driver, most))
            except sqlite3.Error as error:
                self._unclean = True
                log.trouble("scrub_failed", error)

    @staticmethod
    def _rewrite(driver: Driver, most: int) -> bool:
        ((pages,),) = driver.fetch("PRAGMA page_count", ())
        ((size,),) = driver.fetch("PRAGMA page_size", ())
        if pages * size <= most:
            driver.run("VACUUM")
        ((busy, _, _),) = driver.fetch("PRAGMA wal_checkpoint(TRUNCATE)", ())
        return not busy

    async def sweep(self, now: datetime) -> None:
        """Delete what has outlived its lifetime and truncate the side files."""

        def work(tx: WorkTx) -> int:
            assert isinstance(tx, SqlTx)  # noqa: S101 - it is our own
            return registry.sweep(tx.ground.db, self._lifetimes, now)

        rows = await self.write(work)
        async with self._writing:
            if self._writer is not None:
                await self._scrub(self._writer, sys.maxsize)
        copies = marks = 0
        if self._path is not None and self._forgotten is not None:
            async with self._writing:
                # The copies first: a mark may go only when no copy is left that is older than it.
                copies = drop_backups(self._path, now, self._lifetimes.backups)
                marks = self._forgotten.drop(now)
        log.event("swept", rows=rows, backups=copies, marks=marks)


class _Line:
    """One connection with its transaction object.

    What is to be done in a transaction is a plain function, so it runs as a whole on aiosqlite's thread for the
    connection. Going to that thread and back for every statement cost more than the statements did.
    """

    def __init__(self, tx: SqlTx, connection: aiosqlite.Connection | None) -> None:
        """Take both; no connection: it is used on this very thread."""
        self.tx: Final = tx
        self.driver: Final = tx.ground.db.driver
        self._connection = connection

    async def inside(self, work: Callable[[], T]) -> T:
        """Run ``work`` where it may use the connection. It runs to its end, whoever no longer waits for it."""
        if self._connection is None:
            return work()

        def attempt() -> T | _Raised:
            try:
                return work()
            except BaseException as error:  # noqa: BLE001 - on that thread nobody could do anything about it
                return _Raised(error)

        # The way by which each of aiosqlite's own methods reaches its thread; it gives no other.
        there: Callable[[Callable[[], T | _Raised]], Awaitable[T | _Raised]] = self._connection._execute  # noqa: SLF001
        running = asyncio.ensure_future(there(attempt))
        try:
            result = await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise
        if isinstance(result, _Raised):
            raise result.error
        return result


@dataclass(frozen=True, slots=True)
class _Raised:
    """What a piece of work raised."""

    error: BaseException


_PEOPLE = select(member.c.member)
_LINES = select(outbox.c.line).where(outbox.c.line.is_not(None)).distinct()
_POSTED = select(post.c.line).distinct()
_SEATED = select(seat.c.member).distinct()
_AGREEING = tuple(
    select(column).where(column.is_not(None)).distinct()
    for column in (
        stance.c.member, suggestion.c.author, agreement_version.c.author, concern.c.raiser, concern.c.answerer
    )
)  # fmt: skip
_IN_CIRCLES = (circle_answer, circle_regular, circle_role, circle_change, circle_mark, calendar_feed)
_CIRCLING = tuple(select(table.c.member).distinct() for table in _IN_CIRCLES)
_WHOM = bindparam("whom", type_=member.c.member.type)
_SINCE = (
    select(member.c.created_at).where(member.c.member == _WHOM),
    select(outbox.c.created_at).where(outbox.c.line == _WHOM).order_by(outbox.c.created_at).limit(1),
    select(post.c.created_at).where(post.c.line == _WHOM).order_by(post.c.created_at).limit(1),
    # A seat does not say since when it is taken, but nobody has one before its room opens.
    select(checkin.c.opens_at)
    .join(seat, seat.c.checkin == checkin.c.id)
    .where(seat.c.member == _WHOM)
    .order_by(checkin.c.opens_at)
    .limit(1),
    # Nor has anybody an answer before its round opens.
    select(consent_round.c.opens_at)
    .join(stance, stance.c.consent_round == consent_round.c.id)
    .where(stance.c.member == _WHOM)
    .order_by(consent_round.c.opens_at)
    .limit(1),
    select(func.min(agreement_version.c.written_at)).where(agreement_version.c.author == _WHOM),
    select(func.min(suggestion.c.written_at)).where(suggestion.c.author == _WHOM),
    select(func.min(concern.c.raised_at)).where(or_(concern.c.raiser == _WHOM, concern.c.answerer == _WHOM)),
    *(select(func.min(table.c.said_at)).where(table.c.member == _WHOM) for table in _IN_CIRCLES),
)


def _people(db: Db) -> set[Any]:
    rows = [*db.rows(_PEOPLE), *db.rows(_LINES), *db.rows(_POSTED), *db.rows(_SEATED)]
    rows += [row for statement in (*_AGREEING, *_CIRCLING) for row in db.rows(statement)]
    return {place for (place,) in rows if isinstance(place, Member)}


def _brought_back(db: Db, whom: Any, at: datetime) -> bool:
    """Return whether anything about somebody is older than their wish to be forgotten."""
    found = [db.value(statement, whom=whom) for statement in _SINCE]
    return any(since is not None and since <= at for since in found)
