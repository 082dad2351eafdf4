import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import discord
import pytest
import yarl

from tests.discord.standin import StandIn


class HandClock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def tick(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def there(hand_clock: HandClock) -> AsyncIterator[StandIn]:
    async with StandIn(hand_clock) as standin:
        yield standin
        assert standin.violations == []
