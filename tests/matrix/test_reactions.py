"""The keys to press under cards: in order, after everything else, bounded, and over at the end."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from adapters.matrix import reactions
from adapters.matrix.engine import Engine
from adapters.matrix.keys import InMemory
from adapters.matrix.reactions import HANDS, Reactions
from adapters.matrix.session import Account
from bot.chance import SecretChance
from bot.contract.effect import Accepted, NotSent, Refused, Result
from tests.matrix.script import Clock, Stage, joined, reaction, sync

ROOM = "!room:localhost"
PATIENCE = 5


class Noted(Engine):
    """An engine that notes what it is to send.

    Attributes:
        sent: Event, reaction and transaction id of each.
        result: What became of each.
        pause: Awaited before each.
    """

    def __init__(self) -> None:
        super().__init__(
            Account("http://localhost:1", "@bot:localhost"), InMemory(), b"k" * 32, Clock(), SecretChance()
        )
        self.sent: list[tuple[str, str, str]] = []
        self.result: Callable[[str], Result] = lambda _: Accepted("$r")
        self.pause = asyncio.Event()
        self.pause.set()
        self.news = asyncio.Condition()

    async def react(self, room: str, content: Mapping[str, Any], tx_id: str) -> Result:
        assert room == ROOM
        await self.pause.wait()
        relates = content["m.relates_to"]
        assert relates["rel_type"] == "m.annotation"
        async with self.news:
            self.sent.append((relates["event_id"], relates["key"], tx_id))
            self.news.notify_all()
        return self.result(tx_id)

    async def until(self, number: int) -> None:
        async with asyncio.timeout(PATIENCE), self.news:
            await self.news.wait_for(lambda: len(self.sent) >= number)


@pytest.fixture
def engine() -> Noted:
    return Noted()


async def test_keys_come_in_their_order_with_an_id_each(engine: Noted) -> None:
    keys = Reactions(engine)
    keys.offer(ROOM, "$card", ("1", "2", "3"), "tx")
    keys.offer(ROOM, "$bare", (), "ty")
    await engine.until(3)
    await keys.close()
    assert engine.sent == [("$card", "1", "tx.k1"), ("$card", "2", "tx.k2"), ("$card", "3", "tx.k3")]


async def test_where_a_key_is_not_taken_the_rest_of_its_card_is_left_out_and_the_next_card_served(
    engine: Noted, caplog: pytest.LogCaptureFixture
) -> None:
    def result(tx: str) -> Result:
        if tx == "c.k1":
            raise LookupError("canary")
        not_taken: dict[str, Result] = {"a.k2": NotSent(1.0), "b.k1": Refused("gone")}
        return not_taken.get(tx, Accepted("$r"))

    engine.result = result
    keys = Reactions(engine)
    for name in "abcd":
        keys.offer(ROOM, f"${name}", ("1", "2", "3"), name)
    with caplog.at_level(logging.WARNING):
        await engine.until(7)
    await keys.close()
    assert sorted(tx for _, _, tx in engine.sent) == ["a.k1", "a.k2", "b.k1", "c.k1", "d.k1", "d.k2", "d.k3"]
    assert [one.message for one in caplog.records if one.name == "porchlight"] == ["matrix_reaction_failed"]
    assert "canary" not in caplog.text


async def test_they_are_few_at_once_and_the_oldest_go_without(engine: Noted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "MOST", HANDS)
    engine.pause.clear()
    keys = Reactions(engine)
    for number in range(HANDS):
        keys.offer(ROOM, f"${number}", ("1",), f"{number}")
    await asyncio.sleep(0)
    for number in range(HANDS, HANDS + 5):
        keys.offer(ROOM, f"${number}", ("1",), f"{number}")
    assert len(keys._tasks) == HANDS
    engine.pause.set()
    await engine.until(2 * HANDS)
    await keys.close()
    served = sorted(int(event[1:]) for event, _, _ in engine.sent)
    assert served == [*range(HANDS), *range(HANDS + 1, HANDS + 5)]


async def test_an_end_leaves_nothing_under_way(engine: Noted) -> None:
    engine.pause.clear()
    keys = Reactions(engine)
    for number in range(2 * HANDS):
        keys.offer(ROOM, f"${number}", ("1",), f"{number}")
    await asyncio.sleep(0)
    under_way = set(keys._tasks)
    await keys.close()
    assert len(under_way) == HANDS
    assert all(one.cancelled() for one in under_way)
    assert not keys._tasks
    engine.pause.set()
    keys.offer(ROOM, "$after", ("1",), "after")
    await engine.until(1)
    await keys.close()
    assert [event for event, _, _ in engine.sent] == ["$after"]


async def test_they_wait_while_what_came_is_handled(engine: Noted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "HOLD", 60.0)
    stage = Stage()
    stage.ears.joined.add(ROOM)
    engine.sync = stage.sync
    keys = Reactions(engine)
    seen: list[bool] = []

    def during(_: object) -> None:
        keys.offer(ROOM, "$card", ("1",), "tx")
        seen.append(stage.sync.rest.is_set())

    stage.during = during
    await stage.play(sync(1, **joined(ROOM, reaction())))
    assert seen == [False]
    assert stage.sync.rest.is_set()
    await engine.until(1)
    stage.sync.rest.clear()
    keys.offer(ROOM, "$held", ("1",), "tz")
    for _ in range(5):
        await asyncio.sleep(0)
    assert len(engine.sent) == 1
    stage.sync.rest.set()
    await engine.until(2)
    stage.sync.rest.clear()
    monkeypatch.setattr(reactions, "HOLD", 0.0)
    keys.offer(ROOM, "$long", ("1",), "ty")
    await engine.until(3)
    await keys.close()


async def test_a_batch_that_fails_holds_nothing_up() -> None:
    stage = Stage()
    stage.ears.joined.add(ROOM)

    def during(_: object) -> None:
        raise LookupError

    stage.during = during
    await stage.play(sync(1, **joined(ROOM, reaction())))
    assert stage.sync.rest.is_set()
