"""The fixture ``evening``: a community with the bot in it, on the platform that the test names."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers import Evening
from tests.drivers.local import LocalEvening


@pytest.fixture
async def evening(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Evening]:
    """Return an evening on the platform that `tests.drivers.every_platform` chose."""
    assert request.param == "local"
    opened = await LocalEvening(tmp_path / "evening").start()
    yield opened
    await opened.stop()
