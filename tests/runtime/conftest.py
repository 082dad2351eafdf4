from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.clock import VirtualClock
from bot.store.engine import SqlStore
from bot.store.sealed import Keys
from tests.runtime.scene import Scene
from tests.runtime.stage import START


@pytest.fixture(scope="session", autouse=True)
def impatience() -> Iterator[None]:
    """A platform that asks to wait for seconds is not waited for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.runtime.dispatch.RELAY_WAIT", 0.1)
        yield


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock = VirtualClock(START)
    store = SqlStore(tmp_path / "porchlight.db", Keys(b"k" * 32), clock, durable=False)
    async with store.session():
        scene = Scene(store, clock)
        await scene.settle_in()
        yield scene
