from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import VirtualClock
from bot.store.engine import SqlStore
from bot.store.sealed import Keys
from tests.runtime.scene import Scene
from tests.runtime.stage import START


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock = VirtualClock(START)
    store = SqlStore(tmp_path / "porchlight.db", Keys(b"k" * 32), clock, durable=False)
    async with store.session():
        scene = Scene(store, clock)
        await scene.settle_in()
        yield scene
