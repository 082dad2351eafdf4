"""An invite is told once, so one that cannot be taken at once waits, whatever happens meanwhile."""

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix.engine import Engine
from adapters.matrix.heard import Heard
from adapters.matrix.invites import MOST, TRIES, Waiting
from adapters.matrix.keys import InMemory
from adapters.matrix.server import Declined, Server, Trouble, Unreached
from adapters.matrix.session import Account
from bot.chance import SecretChance
from bot.contract.effect import NotSent, Unsure
from tests.adapters.contract import Bench
from tests.matrix.bench import bench
from tests.matrix.listening import KEY
from tests.matrix.script import Clock
from tests.matrix.test_client import seen, until

__all__ = ["bench"]


class Doors:
    """Lets nobody into a room while it is closed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.closed: Trouble | None = None
        self.tried = 0
        ask = Server.ask

        async def asked(server: Server, method: str, address: str, *more: Any, **named: Any) -> Mapping[str, Any]:
            if "/join/" in address:
                self.tried += 1
                if self.closed is not None:
                    raise self.closed
            return await ask(server, method, address, *more, **named)

        monkeypatch.setattr(Server, "ask", asked)


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch) -> Doors:
    return Doors(monkeypatch)


def waiting(bench: Bench) -> dict[str, list[str]]:
    engine = seen(bench).adapter._engine
    assert engine is not None
    return engine.state.waiting


@pytest.mark.parametrize("trouble", [Declined(429, "M_LIMIT_EXCEEDED", 0.5), Unreached()])
async def test_an_invite_waits_as_long_as_the_homeserver_asks_for(bench: Bench, doors: Doors, trouble: Trouble) -> None:
    there, linden = seen(bench), seen(bench).town.people["linden"]
    doors.closed = trouble
    room = await there.town.wait(linden.direct(there.bot))
    await until(lambda: doors.tried >= 2)
    assert waiting(bench) == {room: [linden.id, "direct"]}
    doors.closed = None
    await there.town.wait(there.town.until_in(linden, room, there.bot))
    await until(lambda: not waiting(bench) and there.adapter.knows(linden.id))
    await there.town.wait(linden.types(room, "!peer light on 3"))
    await until(lambda: [one.command for one in bench.sink.intents] == ["peer light on"])


async def test_an_invite_waits_over_a_restart(bench: Bench, doors: Doors) -> None:
    there, linden = seen(bench), seen(bench).town.people["linden"]
    doors.closed = Declined(429, "M_LIMIT_EXCEEDED", 300.0)
    space = await there.town.wait(there.town.found(linden, "Another", space=True))
    await there.town.wait(linden.asks_in(space, there.bot))
    await until(lambda: waiting(bench))
    await there.handled()  # and read past: the homeserver does not tell it again
    await there.stop()
    doors.closed = None
    await there.start()
    await there.town.wait(there.town.until_in(linden, space, there.bot))
    await until(lambda: not waiting(bench))


async def test_a_door_that_stays_shut_is_tried_once(
    bench: Bench, doors: Doors, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "porchlight")
    there, linden = seen(bench), seen(bench).town.people["linden"]
    doors.closed = Declined(403, "M_FORBIDDEN")
    await there.town.wait(linden.direct(there.bot))
    await until(lambda: "matrix_not_joined" in [one.message for one in caplog.records])
    await there.handled()
    assert (doors.tried, waiting(bench)) == (1, {})


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    account = Account("http://localhost", "@bot:localhost")
    return Engine(account, InMemory(), KEY, Clock(), SecretChance(), where=str(tmp_path))


async def test_what_is_tried_long_enough_is_given_up(engine: Engine) -> None:
    heard: list[str] = []
    clock = Clock()
    results: list[NotSent | Unsure] = [NotSent(400.0), *([Unsure()] * (TRIES - 1))]

    async def again(one: Heard) -> None:
        heard.append(one.room)

    waits = Waiting(engine, clock, again)
    invite = Heard("", "!one:localhost", "@birch:localhost", "invite", key="direct")
    for number, result in enumerate(results, 1):
        assert await waits.later(invite, result)
        while len(heard) < number:  # noqa: ASYNC110 - it is heard with the loop's next turns
            await asyncio.sleep(0)
    assert not await waits.later(invite, Unsure())
    assert engine.state.waiting == {}
    assert clock.slept[0] == 400.0
    assert clock.slept[1:] == [min(2.0**number, 300.0) for number in range(1, TRIES)]
    await waits.close()
    assert len(heard) == TRIES


async def test_no_more_wait_than_can_be_served(engine: Engine) -> None:
    async def again(_: Heard) -> None:
        raise AssertionError("nothing waited long enough")

    class Still(Clock):
        async def sleep_until(self, _: Any) -> None:
            await asyncio.Event().wait()

    waits = Waiting(engine, Still(), again)
    done = [
        await waits.later(Heard("", f"!{number}:localhost", "@birch:localhost", "invite", key="room"), NotSent())
        for number in range(MOST + 1)
    ]
    assert done == [True] * MOST + [False]
    assert len(engine.state.waiting) == MOST
    await waits.close()
