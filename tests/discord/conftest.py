"""The stand-in with a clock that only the test moves, and an unmodified discord.py that talks to it."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
import yarl

from tests.discord.bench import Core, Hurried, Runs, hurry
from tests.discord.standin import Guild, StandIn


class Client(discord.AutoShardedClient):
    """discord.py as it is, but for the five seconds between two introductions, which need no waiting here."""

    answers: Callable[[Any], Awaitable[None]] | None = None

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer as the test says."""
        if self.answers is not None:
            await self.answers(interaction)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing."""


Starts = Callable[..., Awaitable[Client]]


@pytest.fixture
async def there() -> AsyncIterator[StandIn]:
    """A stand-in in which it is one evening, and stays so; nothing may differ from Discord's OpenAPI file."""
    async with StandIn(lambda: datetime(2026, 3, 2, 18, 0, tzinfo=UTC)) as standin:
        yield standin
        assert standin.violations == []


@pytest.fixture
async def starts(there: StandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Starts]:
    """Start a discord.py that comes to the stand-in, and return it when it is ready."""
    monkeypatch.setattr(discord.http.Route, "BASE", there.api)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(there.gateway))
    running: list[tuple[Client, asyncio.Task[None]]] = []

    async def start(*, ready: bool = True, intents: int = 1, **options: Any) -> Client:
        client = Client(
            intents=discord.Intents._from_value(intents),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.01,
            **options,
        )
        running.append((client, asyncio.create_task(client.start(there.token))))
        if ready:
            await there.connected()
            await asyncio.wait_for(client.wait_until_ready(), 10)
        return client

    yield start
    for client, task in running:
        await client.close()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, discord.DiscordException, OSError):
            await task


@pytest.fixture
def openapi() -> str:
    """The path of Discord's OpenAPI file; without one, what is compared with it is skipped."""
    path = os.environ.get("DISCORD_OPENAPI")
    if not path:
        pytest.skip("DISCORD_OPENAPI names no file, so nothing is compared with it")
    return path


@pytest.fixture
def porch(there: StandIn) -> Guild:
    return there.guild("Porch")


@pytest.fixture
def core() -> Core:
    return Core()


@pytest.fixture
async def runs(there: StandIn, core: Core, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Runs]:
    """Adapters as they are shipped, with discord.py, at the stand-in."""
    monkeypatch.setattr(discord.http.Route, "BASE", there.api)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(there.gateway))
    running = Runs(there, core)
    yield running
    await running.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Hurried:
    """Nothing sits out a pause between tries; how long they would have been is noted."""
    return hurry(monkeypatch)
