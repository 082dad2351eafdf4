"""The fixture ``evening``: a community with the bot in it, on the platform that the test names."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from tests.drivers import Evening
from tests.drivers.discord import DiscordEvening
from tests.drivers.local import LocalEvening
from tests.drivers.prepared import PreparedEvening

EVENINGS: Mapping[str, type[LocalEvening | DiscordEvening | PreparedEvening]] = {
    "local": LocalEvening,
    "discord": DiscordEvening,
    "matrix": PreparedEvening,
}


@pytest.fixture
async def evening(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Evening]:
    """Return an evening on the platform that `tests.drivers.every_platform` chose."""
    platform, _, bare = request.param.partition(" ")
    opened = await EVENINGS[platform](tmp_path / "evening").start(set_up_first=not bare)
    yield opened
    await opened.stop()
