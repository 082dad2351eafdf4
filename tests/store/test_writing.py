"""Transactions: whole or not at all, one after another, and reading changes nothing."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.contract.queues import WorkTx
from bot.domain.errors import Refusal
from bot.store.engine import SqlStore
from bot.store.statement import Driver
from tests.store.scene import ANNA, BEN, NOW, a_store, counts, own, profile, say, settle


@pytest.mark.parametrize("error", [Refusal("no"), RuntimeError(), KeyboardInterrupt(), asyncio.CancelledError()])
async def test_whatever_is_raised_nothing_of_the_transaction_stays(store: SqlStore, error: BaseException) -> None:
    before = await store.read(counts)

    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA))
        tx.agenda.put("kind", "subject", NOW)
        raise error

    with pytest.raises(type(error)):
        await store.write(work)
    assert await store.read(counts) == before
    await store.write(lambda tx: tx.outbox.put(say(ANNA)))
    assert (await store.read(counts))["outbox"] == 1


async def test_a_broken_promise_of_the_tables_is_an_error_and_changes_nothing(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA))
        tx.members.add(replace(profile(ANNA), id="another"))

    with pytest.raises(sqlite3.IntegrityError) as raised:
        await store.write(work)
    assert ANNA.id not in str(raised.value)
    assert (await store.read(counts))["outbox"] == 0


async def test_a_row_about_nobody_there_is_refused(store: SqlStore) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await store.write(lambda tx: tx.agenda.put("kind", "subject", NOW, member="nobody"))


async def test_reading_cannot_write(store: SqlStore) -> None:
    with pytest.raises(sqlite3.OperationalError):
        await store.read(lambda tx: tx.outbox.put(say(ANNA)))
    assert (await store.read(counts))["outbox"] == 0
    await store.write(lambda tx: tx.outbox.put(say(ANNA)))


async def test_two_who_read_and_then_change_lose_nothing(path: Path) -> None:
    """SQLAlchemy's usual transaction on SQLite lost three of four of these."""
    store = a_store(path)

    def add_one(tx: WorkTx) -> None:
        there = tx.members.find(ANNA)
        assert there is not None
        tx.members.save(replace(there, sent=there.sent + 1))

    async with store.session():
        await store.write(settle)
        await asyncio.gather(*(store.write(add_one) for _ in range(40)))
        found = await store.read(lambda tx: tx.members.find(ANNA))
    assert found is not None
    assert found.sent == 40


async def test_a_reader_sees_only_what_is_committed_and_does_not_wait(path: Path) -> None:
    store = a_store(path)
    seen: list[int] = []
    begun, looked = threading.Event(), threading.Event()
    async with store.session():
        await store.write(settle)

        def work(tx: WorkTx) -> None:
            tx.outbox.put(say(ANNA))
            begun.set()
            assert looked.wait(timeout=60), "who reads waits for who writes"

        async def look() -> None:
            await asyncio.to_thread(begun.wait)
            seen.append((await store.read(counts))["outbox"])
            looked.set()

        await asyncio.gather(store.write(work), look())
        seen.append((await store.read(counts))["outbox"])
    assert seen == [0, 1]


async def test_whoever_is_cancelled_in_the_middle_waits_for_the_end_and_the_next_comes_after(path: Path) -> None:
    store = a_store(path)
    begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []
    async with store.session():
        await store.write(settle)

        def work(tx: WorkTx) -> None:
            tx.outbox.put(say(ANNA))
            begun.set()
            assert go_on.wait(timeout=60)
            tx.outbox.put(say(BEN))
            order.append("cancelled")

        task = asyncio.ensure_future(store.write(work))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        after = asyncio.ensure_future(store.write(lambda tx: order.append(f"next sees {counts(tx)['outbox']}")))
        done, _ = await asyncio.wait([task, after], timeout=0.05)
        assert not done
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        await after
    assert order == ["cancelled", "next sees 2"], "all of it or nothing, whoever still waits for it"


async def test_what_is_forgotten_by_one_who_no_longer_waits_is_written_over_all_the_same(path: Path) -> None:
    store = a_store(path)
    begun, go_on = threading.Event(), threading.Event()
    async with store.session():
        await store.write(settle)

        def work(tx: WorkTx) -> None:
            tx.scrub()
            begun.set()
            assert go_on.wait(timeout=60)

        task = asyncio.ensure_future(store.write(work))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0


class Broken(Driver):
    """A disk that fails at the statement that ``fails`` picks."""

    fails: Callable[[str], bool] = staticmethod(lambda _: False)

    def run(self, sql: str, values: object = ()) -> int:
        if self.fails(sql):
            raise sqlite3.OperationalError
        return super().run(sql, values)  # type: ignore[arg-type]


@pytest.mark.parametrize("where", ["INSERT INTO outbox", "COMMIT", "BEGIN"])
async def test_a_disk_that_fails_leaves_everything_as_it_was(
    path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.engine.Driver", Broken)
    store = a_store(path)

    def work(tx: WorkTx) -> None:
        tx.agenda.put("kind", "subject", NOW)
        tx.outbox.put(say(ANNA))
        tx.forget(BEN, NOW)

    async with store.session():
        await store.write(settle)
        before = await store.read(counts)
        monkeypatch.setattr(Broken, "fails", staticmethod(lambda sql: sql.startswith(where)))
        with pytest.raises(sqlite3.OperationalError):
            await store.write(work)
        monkeypatch.setattr(Broken, "fails", staticmethod(lambda _: False))
        assert await store.read(counts) == before
        forgotten = path.with_name("forgotten")
        assert not forgotten.exists() or forgotten.read_text() == "", "nobody is marked who was not forgotten"
        await store.write(work)


async def test_a_closed_store_says_so(path: Path) -> None:
    store = a_store(path)
    async with store.session():
        pass
    for ask in (store.write, store.read):
        with pytest.raises(RuntimeError, match="store_closed"):
            await ask(counts)
    async with store.session():
        assert (await store.read(counts))["member"] == 0


async def test_due_is_found_by_an_index_however_much_is_planned(store: SqlStore) -> None:
    def work(tx: WorkTx) -> list[str]:
        driver = own(tx).ground.db.driver
        asked = (
            "SELECT id FROM agenda WHERE try_at <= 1 ORDER BY try_at",
            "SELECT min(try_at) FROM agenda",
            "SELECT id FROM outbox WHERE dead_at IS NULL AND platform = 'local' AND try_at <= 1",
        )
        return [row[3] for sql in asked for row in driver.fetch(f"EXPLAIN QUERY PLAN {sql}", ())]

    plans = await store.read(work)
    assert all("INDEX" in plan for plan in plans), plans
