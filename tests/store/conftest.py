"""Stores to try."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.engine import SqlStore
from tests.store.scene import a_store, settle


@pytest.fixture(params=["file", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A store with a community and three members, on a disk and in memory."""
    made = a_store(tmp_path / "data" / "porchlight.db" if request.param == "file" else None)
    async with made.session():
        await made.write(settle)
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be."""
    return tmp_path / "data" / "porchlight.db"
