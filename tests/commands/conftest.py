"""The desk that commands are tried at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.commands.desk import Desk, desk


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with a community that is set up: birch, alder, rowan, hazel are members, linden moderates."""
    async with desk(tmp_path) as opened:
        yield opened


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk where nothing is set up yet."""
    async with desk(tmp_path, set_up=False) as opened:
        yield opened
