import pytest

from bot.contract.ports import Store
from tests.runtime.memory import MemoryStore
from tests.runtime.scene import Scene


@pytest.fixture
def store() -> Store:
    return MemoryStore()


@pytest.fixture
async def scene(store: Store) -> Scene:
    scene = Scene(store)
    await scene.settle_in()
    return scene
