"""Never lost, never doubled, in order: under crashes at every point and under everything a network does.

The checker reads what people see, the platform's transcript and the replies to the askers, and no table of ours.
Most worlds keep their rows in memory, so that there can be thousands; the same is shown of fewer on the real database.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import VirtualClock
from bot.contract.queues import Leaving, WorkTx
from bot.runtime.delivery import Delivery
from bot.runtime.failpoints import FAILPOINTS
from bot.runtime.sending import send
from bot.store.engine import SqlStore
from bot.store.sealed import Keys
from tests.runtime.memory import MemoryStore
from tests.runtime.scene import HOUR, Scene
from tests.runtime.stage import ANN, BEN, HALL, PORCH, START, Chances, ask, said

FAULTS = ("landed", "lost", "late", "raise", "raise lost", "notsent")
KEYS = Keys(b"k" * 32)


class Crash(BaseException):
    """The process ends here."""


class World:
    """A scene whose runtime may crash at any failpoint, and an asker who asks until answered."""

    def __init__(
        self, at: Callable[[str, int], bool], down: Callable[[], timedelta], seed: int = 0, *, real: bool = False
    ) -> None:
        self.hits: list[str] = []
        self.crashes = 0
        self.answered: list[int] = []
        self._at = at
        self._down = down
        clock = VirtualClock(START)
        store = SqlStore(None, KEYS, clock, new_id=Chances(str(seed)).new_id) if real else MemoryStore()
        self.scene = Scene(store, clock, failpoint=self.failpoint)

    def failpoint(self, name: str) -> None:
        self.hits.append(name)
        if self._at(name, len(self.hits)):
            self.crashes += 1
            raise Crash

    async def surviving(self, what: Callable[[], Any]) -> Any:
        while True:
            try:
                return await what()
            except Crash:
                self.scene.clock.set(self.scene.clock.now() + self._down())
                self.scene.start()

    async def line_up(self, n: int) -> None:
        reply = await self.surviving(lambda: self.scene.runtime.sink.ask(ask(f"e{n}", "line up", n=str(n))))
        while said(reply) == "refusal-platform-away":
            self.scene.stage.away = False
            reply = await self.surviving(lambda: self.scene.runtime.sink.ask(ask(f"e{n}", "line up", n=str(n))))
        assert said(reply) in {f"lined n={n}", "-"}, "an asker is told the truth"
        self.answered.append(n)

    async def wind(self, hours: float) -> None:
        to = self.scene.clock.now() + hours * HOUR
        await self.surviving(lambda: self.scene.runtime.wind(max(to, self.scene.clock.now())))

    def troubles(self) -> list[str]:
        """Compare what people see with what they were told would be."""
        stage = self.scene.stage
        found: list[str] = []
        seen = Counter(stage.seen())
        for n in self.answered:
            for what in (f"hall n={n}", f"porch n={n}", f"followed n={n}", f"later n={n}"):
                found += [f"lost: {what}"] * (seen[what] == 0) + [f"doubled: {what}"] * (seen[what] > 1)
        for place in (HALL, PORCH, ANN, BEN):
            order = [int(line.rpartition("=")[2]) for line in dict.fromkeys(stage.seen(place))]
            if order != sorted(order):
                found.append(f"order: {order}")
        if left := set(seen) - {f"{what} n={n}" for n in self.answered for what in KINDS}:
            found.append(f"unasked: {sorted(left)}")
        return found


KINDS = ("hall", "porch", "followed", "later")


async def small(world: World) -> None:
    """Two commands with all they leave behind, an answer that is lost, and a day for everything to arrive."""
    await world.scene.settle_in()
    faults = ["lost", "landed"]
    world.scene.stage.fault = lambda _: faults.pop() if faults else "ok"
    for n in range(2):
        await world.line_up(n)
        await world.wind(0.001)
    await world.wind(24)


async def _inside(world: World, story: Callable[[World], Any]) -> None:
    async with world.scene.store.session():
        await story(world)


def run(world: World, story: Callable[[World], Any]) -> World:
    with asyncio.Runner(debug=False) as runner:
        runner.run(_inside(world, story))
    return world


def at_hits(*wanted: int) -> Callable[[str, int], bool]:
    return lambda _name, hit: hit in wanted


@pytest.mark.parametrize("down", [timedelta(seconds=5), HOUR])
def test_a_crash_at_every_point_and_at_every_pair_of_points(down: timedelta) -> None:
    calm = run(World(at_hits(), lambda: down), small)
    assert calm.troubles() == []
    hits = len(calm.hits)
    assert hits > 40
    for one in range(1, hits + 1):
        single = run(World(at_hits(one), lambda: down, real=True), small)
        assert single.crashes == 1
        assert single.troubles() == [], f"crash at {one}, {calm.hits[one - 1]}"
    for one in range(1, hits + 1):
        for other in range(one + 1, hits + 11):
            double = run(World(at_hits(one, other), lambda: down), small)
            assert double.troubles() == [], f"crashes at {one} and {other}"


@pytest.mark.parametrize("point", [name for name in FAILPOINTS if name.startswith("relay")])
@pytest.mark.parametrize("fault", ["ok", "landed", "refused"])
def test_after_a_crash_nobody_is_told_that_a_relay_was_sent_and_nothing_of_it_is_kept(point: str, fault: str) -> None:
    async def story(world: World) -> None:
        scene = world.scene
        await scene.settle_in()
        scene.stage.fault = lambda _: fault
        reply = await scene.runtime.sink.ask(ask("e1", "tell", words="a worry"))
        assert reply.card is not None
        token = reply.card.choices[0].subject
        told = []
        try:
            told.append(said(await scene.runtime.sink.ask(ask("e2", "draft.use", token))))
        except Crash:
            scene.start()
            told.append(said(await scene.runtime.sink.ask(ask("e2", "draft.use", token))))
        assert told in (["-"], ["refusal-relay-unsure"])  # answered before, as far as anyone can know
        assert len(scene.stage.seen(BEN)) <= 1
        await scene.runtime.settle()
        assert await scene.runtime.next_due() is None or told == ["-"]
        assert len(scene.runtime._dispatch.drafts) <= 1

    # An answer that is lost ends before there is anything to commit.
    crashed = run(World(lambda name, _hit: name == point, lambda: HOUR), story).crashes
    assert crashed == (0 if fault == "landed" and "commit" in point else 1)


async def seeded_story(world: World, chance: random.Random) -> None:
    stage = world.scene.stage
    await world.scene.settle_in()
    bad = chance.choice([0.0, 0.2, 0.5])
    stage.fault = lambda _: chance.choice(FAULTS) if chance.random() < bad else "ok"
    for n in range(chance.randint(1, 5)):
        await world.line_up(n)
        if chance.random() < 0.7:
            await world.wind(chance.choice([0.0, 0.001, 0.01, 0.5]))
        if chance.random() < 0.1:
            stage.away = not stage.away
    stage.away = False
    await world.wind(2)
    stage.fault = lambda _: "ok"
    world._at = at_hits()
    await world.wind(72)


def seeded(seed: int, *, real: bool = False) -> World:
    chance = random.Random(seed)
    crashing = chance.choice([0.0, 0.01, 0.05, 0.15])
    downs = [timedelta(seconds=seconds) for seconds in (1, 30, 70, 1000, 7200)]
    world = World(lambda _name, _hit: chance.random() < crashing, lambda: chance.choice(downs), seed, real=real)
    return run(world, lambda world: seeded_story(world, chance))


def broken_seeds(seeds: Iterable[int], *, real: bool = False) -> dict[int, list[str]]:
    found = {seed: seeded(seed, real=real).troubles() for seed in seeds}
    return {seed: troubles for seed, troubles in found.items() if troubles}


def test_nothing_is_lost_doubled_or_out_of_order_in_many_seeded_worlds() -> None:
    assert broken_seeds(range(2_000)) == {}


def test_nor_on_the_real_database() -> None:
    assert broken_seeds(range(100), real=True) == {}


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_nor_in_ten_thousand_on_the_real_database() -> None:
    assert broken_seeds(range(10_000), real=True) == {}


def test_the_seeds_meet_crashes_and_every_failpoint_of_delivery() -> None:
    worlds = [seeded(seed) for seed in range(200)]
    assert sum(world.crashes for world in worlds) > 100
    met = {name for world in worlds for name in world.hits}
    assert {name for name in FAILPOINTS if name.startswith(("intent", "due.c", "delivery"))} <= met
    assert met <= set(FAILPOINTS)


# The checker must be able to fail: three ways in which others deliver.


def test_the_checker_catches_mark_then_send(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Delivery._send

    async def breach(self: Delivery, row: Leaving, *, fresh: bool) -> None:
        await self._ground.write("delivery.end", lambda tx: tx.leaving.dead(row.id, "sent", START))
        await original(self, row, fresh=fresh)

    monkeypatch.setattr(Delivery, "_send", breach)
    assert any("lost" in trouble for troubles in broken_seeds(range(60)).values() for trouble in troubles)


def test_the_checker_catches_send_then_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Delivery._decide

    def breach(self: Delivery, tx: WorkTx, id_: str, now: Any) -> Any:
        decided = original(self, tx, id_, now)
        if tx.leaving.get(id_) is not None:
            tx.leaving.later(id_, now, unsent=True)
        return decided

    monkeypatch.setattr(Delivery, "_decide", breach)
    assert any("doubled" in trouble for troubles in broken_seeds(range(60)).values() for trouble in troubles)


def test_the_checker_catches_a_random_key(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)

    async def breach(adapter: Any, key: str, *rest: Any) -> Any:
        return await send(adapter, f"{key}{chance.random()}", *rest)

    monkeypatch.setattr("bot.runtime.delivery.send", breach)
    assert any("doubled" in trouble for troubles in broken_seeds(range(60)).values() for trouble in troubles)
