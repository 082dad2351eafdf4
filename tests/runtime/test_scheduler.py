"""What happens when time comes."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.contract.command import Job, NoArgs, Turn
from bot.contract.facts import NAMING_AGE
from bot.contract.intent import Due
from bot.contract.place import Member, Space
from bot.contract.tables import Tx
from bot.runtime.scheduler import AT_ONCE, put_off
from tests.runtime.scene import CATALOGUE, HOUR, Scene, later
from tests.runtime.stage import ANN, BEN, HOME, START, ask, said, until

MINUTE = timedelta(minutes=1)


@contextlib.asynccontextmanager
async def running(scene: Scene) -> AsyncIterator[None]:
    task = asyncio.create_task(scene.runtime.run())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_what_is_due_is_done_at_its_time_and_in_its_order(scene: Scene) -> None:
    for n, minutes in ((3, 30), (1, 10), (2, 20)):
        await scene.plan("later", minutes, n)
    await scene.runtime.wind(START + 9 * MINUTE)
    assert scene.stage.seen() == []
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen() == ["later n=1", "later n=2", "later n=3"]


async def test_one_bad_row_is_put_off_and_the_rest_goes_on(scene: Scene) -> None:
    await scene.plan("bad", 1)
    for n in range(5):
        await scene.plan("later", 2, n)
    await scene.plan("unheard of", 1)
    await scene.runtime.wind(START + 2 * MINUTE)
    assert len(scene.stage.seen(BEN)) == 5
    assert scene.stage.seen() == scene.stage.seen(BEN), "what the bad row wrote was rolled back"
    rows = await scene.store.read(lambda tx: tx.due.due(START + HOUR, 10))
    assert sorted((row.kind, row.attempts, row.due_at) for row in rows) == [
        ("bad", 2, START + MINUTE),
        ("unheard of", 2, START + MINUTE),
    ]


def test_a_row_is_put_off_longer_each_time_and_never_for_more_than_six_hours() -> None:
    minutes = [put_off(attempts) // MINUTE for attempts in range(8)]
    assert minutes == [1, 5, 30, 120, 360, 360, 360, 360]


async def test_a_job_later_than_its_grace_is_not_done(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    await scene.plan("graced", 0, 1)
    await scene.plan("later", 0, 2)
    scene.clock.set(START + 11 * MINUTE)
    await scene.runtime.settle()
    assert scene.stage.seen() == ["later n=2"]
    assert await scene.runtime.next_due() is None
    assert [record.message for record in caplog.records if record.name == "porchlight"] == ["missed"]


@pytest.mark.parametrize(("together", "at_once"), [(True, AT_ONCE), (False, 1)])
async def test_what_may_be_done_together_asks_the_platform_together(scene: Scene, together: bool, at_once: int) -> None:
    def asks(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
        turn.live.standing(Member("stage", due.subject), (HOME,), NAMING_AGE)
        later(turn, tx, due)

    scene.catalogue = replace(CATALOGUE, all_jobs=(*CATALOGUE.all_jobs, Job("asks", asks, together=together)))
    scene.start()
    for n in range(AT_ONCE + 2):
        await scene.plan("asks", 1, n)
    await scene.plan("asks", 2, 99)
    scene.stage.listening.clear()
    async with running(scene):
        scene.clock.set(START + 2 * MINUTE)
        await until(lambda: len(scene.stage.told) >= at_once)
        await asyncio.sleep(0.05)
        assert len(scene.stage.told) == at_once
        scene.stage.listening.set()
        await scene.runtime.settle()
    assert sorted(scene.stage.seen(BEN)) == sorted(f"later n={n}" for n in (*range(AT_ONCE + 2), 99))
    assert scene.stage.seen(BEN)[-1] == "later n=99", "what is due later is done later"


async def test_a_job_within_its_grace_is_done(scene: Scene) -> None:
    await scene.plan("graced", 0, 1)
    scene.clock.set(START + 10 * MINUTE)
    await scene.runtime.settle()
    assert scene.stage.seen() == ["later n=1"]


async def test_a_job_whose_platform_is_away_is_tried_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def careful(turn: Turn, tx: Tx, due: Due) -> None:  # type: ignore[type-arg]
        turn.live.standing(ANN, (HOME,), NAMING_AGE)
        later(turn, tx, due)

    job = CATALOGUE.jobs["later"]
    object.__setattr__(job, "run", careful)
    monkeypatch.setattr(scene.stage, "away", True)
    try:
        await scene.plan("later", 1)
        await scene.runtime.wind(START + 3 * MINUTE)
        assert scene.stage.seen() == []
        scene.stage.away = False
        await scene.runtime.wind(START + HOUR)
        assert scene.stage.seen() == ["later n=1"]
    finally:
        object.__setattr__(job, "run", later)


async def test_what_is_heavy_is_worked_out_in_a_thread_with_no_transaction_open(scene: Scene) -> None:
    at_work, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()
    told: list[object] = []

    def read(turn: Turn[NoArgs], tx: Tx, due: Due) -> Callable[[], object]:
        turn.live.standing(ANN, (HOME,), NAMING_AGE)  # live facts are to be had as ever
        (n,) = due.facts
        assert isinstance(n, int)

        def work() -> object:
            loop.call_soon_threadsafe(at_work.set)
            assert go_on.wait(10)
            return n * 2

        return work

    def write(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
        told.append(turn.worked_out)
        later(turn, tx, due)

    scene.catalogue = replace(CATALOGUE, all_jobs=(Job("heavy", write, heavy=read),))
    scene.start()
    await scene.plan("heavy", 0, 21)
    settling = asyncio.create_task(scene.runtime.settle())
    await asyncio.wait_for(at_work.wait(), 10)
    await scene.settle_in("c2", Space("stage", "elsewhere"))  # a write transaction, meanwhile
    assert told == []
    go_on.set()
    await settling
    assert told == [42]
    assert scene.stage.seen() == ["later n=21"]


async def test_a_row_is_done_once_by_two_at_a_time(scene: Scene) -> None:
    await scene.plan("later", 0)
    (row,) = await scene.store.read(lambda tx: tx.due.due(START, 10))
    await asyncio.gather(scene.runtime._dispatch.due(row), scene.runtime._dispatch.due(row))
    await scene.runtime.settle()
    assert scene.stage.seen() == ["later n=1"]


async def test_winding_stops_at_everything_on_the_way(scene: Scene) -> None:
    await scene.runtime.sink.ask(ask("e1", "line up", n="1"))
    await scene.runtime.wind(START + 59 * MINUTE)
    assert await scene.runtime.next_due() == START + HOUR
    scene.stage.fault = lambda _: "notsent"
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen(BEN) == []
    assert (await scene.runtime.next_due() or START) > START + HOUR
    scene.stage.fault = lambda _: "ok"
    await scene.runtime.wind(START + 2 * HOUR)
    assert scene.stage.seen(BEN) == ["later n=1"]


async def test_only_a_clock_that_can_be_wound_is_wound(scene: Scene) -> None:
    scene.clock = SystemClock()  # type: ignore[assignment]
    scene.start()
    with pytest.raises(TypeError):
        await scene.runtime.wind(START)


async def test_while_running_settling_waits_for_the_loops(scene: Scene) -> None:
    async with running(scene):
        for n in range(5):
            assert said(await scene.runtime.sink.ask(ask(f"e{n}", "line up", n=str(n)))) == f"lined n={n}"
        await scene.runtime.settle()
        assert len(scene.stage.seen()) == 15
        await scene.runtime.wind(START + HOUR)
        assert scene.stage.seen(BEN) == [f"later n={n}" for n in range(5)]
        assert scene.stage.sink is scene.runtime.sink


async def test_while_running_what_is_asked_is_sent_without_anyone_settling(scene: Scene) -> None:
    async with running(scene):
        await scene.runtime.sink.ask(ask("e1", "line up", n="1"))
        await until(lambda: len(scene.stage.transcript) == 3)


async def test_a_dying_adapter_takes_all_down(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def die(_sink: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(scene.stage, "run", die)
    with pytest.raises(ExceptionGroup) as died:
        await scene.runtime.run()
    assert died.value.subgroup(ConnectionError) is not None


async def test_an_adapter_that_just_ends_takes_all_down(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def end(_sink: object) -> None:
        return

    monkeypatch.setattr(scene.stage, "run", end)
    with pytest.raises(ExceptionGroup):
        await scene.runtime.run()


async def test_the_database_is_swept_at_start_and_every_day(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    sweeps: list[datetime] = []

    async def sweep(now: datetime) -> None:
        sweeps.append(now)

    monkeypatch.setattr(scene.store, "sweep", sweep)
    async with running(scene):
        await scene.runtime.settle()
        assert len(sweeps) == 1
        await scene.runtime.wind(START + timedelta(hours=23))
        assert len(sweeps) == 1
        await scene.runtime.wind(START + timedelta(hours=25))
        assert len(sweeps) == 2


async def test_a_database_in_trouble_is_waited_for(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    store = scene.store
    await scene.plan("later", 0)
    read, refused = store.read, [0]

    async def trouble(work: object) -> object:
        refused[0] += 1
        raise OSError

    async with running(scene):
        monkeypatch.setattr(store, "read", trouble)
        for _ in range(20):
            await asyncio.sleep(0)
        assert 0 < refused[0] < 10
        monkeypatch.setattr(store, "read", read)
        scene.clock.set(START + MINUTE)
        await scene.runtime.settle()
        assert scene.stage.seen() == ["later n=1"]
