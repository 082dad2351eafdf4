import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from adapters.local import LocalAdapter, World
from bot.contract.place import Member, Room
from tests.adapters.contract import Bench
from tests.adapters.local.fakes import NOW, LocalPlatform, NotingSink, PlainSpeaker, StillClock, buttons


@pytest.fixture
def sink() -> NotingSink:
    return NotingSink()


@pytest.fixture
async def adapter(sink: NotingSink) -> AsyncIterator[LocalAdapter]:
    local = LocalAdapter(World.made_up(NOW), PlainSpeaker(), buttons(), StillClock())
    running = asyncio.ensure_future(local.run(sink))
    yield local
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@pytest.fixture
def bench(adapter: LocalAdapter, sink: NotingSink) -> Bench:
    return Bench(
        adapter,
        LocalPlatform(adapter),
        sink,
        buttons(),
        member=adapter.member("birch"),
        other=adapter.member("rowan"),
        stranger=Member("local", "nobody"),
        moderator=adapter.member("linden"),
        space=adapter.space,
        room=adapter.room,
        nowhere=Room("local", "nowhere"),
    )
