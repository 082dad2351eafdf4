"""The connection to Discord's gateway: kept up through everything but a token that is not taken."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

import aiohttp
import discord
from discord.http import Route

from adapters.discord.pace import Pace
from bot.contract.command import Chance
from bot.domain.errors import StartError
from bot.logs import log

INTENTS: Final = discord.Intents(guilds=True)
"""Servers, their channels and roles: no member lists, no messages. A test compares the number with 1."""

STARTS_LEFT: Final = 200
"""Discord resets the token of a bot that starts more than 1,000 times a day; with so few left it waits."""

LONGEST_LIMIT: Final = 30.0
"""Seconds. A longer rate limit is an answer of its own, and not sat out inside a call."""

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = timedelta(minutes=5).total_seconds()

_TOKEN: Final = 4004
_NOT_ALLOWED: Final = frozenset({4013, 4014})


class Client(discord.AutoShardedClient):
    """discord.py's client, which hands every interaction to one place and repeats nothing that people typed.

    Also for a single shard: the plain client ends when its first connection is refused.
    """

    def __init__(
        self,
        heard: "Callable[[discord.Interaction[Any]], Awaitable[None]]",
        ready: Callable[[], None],
        joined: Callable[[discord.Guild], Awaitable[None]],
        *,
        connector: aiohttp.BaseConnector | None,
        ready_timeout: float,
    ) -> None:
        """Take who hears of what; connects to nothing yet."""
        super().__init__(
            intents=INTENTS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=ready_timeout,
            connector=connector,
            max_ratelimit_timeout=LONGEST_LIMIT,
            http_trace=Pace().trace(),
        )
        self._heard, self._is_ready, self._joined = heard, ready, joined
        parsers = self._connection.parsers
        parsers.update({name: _aside(name, parse) for name, parse in parsers.items() if name != "READY"})
        self.up: Callable[[], None] = lambda: None

    async def on_interaction(self, interaction: "discord.Interaction[Any]") -> None:
        """Hand it over."""
        await self._heard(interaction)

    async def on_ready(self) -> None:
        """Say that it is connected, and look at the servers that are there already."""
        self.up()
        self._is_ready()
        for guild in self.guilds:
            await self._joined(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Look at a server that invited the bot."""
        await self._joined(guild)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """Note that a handler broke. The library's own way prints what it was given."""
        error = sys.exc_info()[1]
        log.trouble("discord_event_failed", error or RuntimeError(), event=event_method.replace("_", "-")[:30])

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait where too few starts are left for today: beyond the last one Discord resets the token."""
        await super().before_identify_hook(shard_id, initial=initial)
        try:
            about = await self.http.request(Route("GET", "/gateway/bot"))
            limit = about["session_start_limit"]
            left, pause = int(limit["remaining"]), float(limit["reset_after"]) / 1000
        except (discord.DiscordException, aiohttp.ClientError, OSError, KeyError, TypeError, ValueError):
            return  # then the connection itself will tell
        if left <= STARTS_LEFT:
            log.event("discord_starts_spent", left=left)
            await asyncio.sleep(min(max(pause, 1.0), 86_400.0))


async def keep(
    make: Callable[[], Client],
    use: Callable[[Client], Awaitable[None]],
    token: str,
    chance: Chance,
    *,
    pause: float = FIRST_PAUSE,
) -> None:
    """Stay connected until cancelled.

    Args:
        make: Makes a client that was never connected.
        use: Is given each client once it is logged in.
        token: The bot's.
        chance: Spreads the waits.
        pause: Seconds to wait after the first failure; each further one doubles it, up to five minutes.

    Raises:
        StartError: ``discord-token`` or ``discord-intents``: it would be refused again and again.
    """
    failures = 0

    def up() -> None:
        nonlocal failures
        if failures:
            log.event("discord_back")
        failures = 0

    while True:
        client = make()
        client.up = up
        try:
            await client.login(token)
            await use(client)
            await client.connect()
        except discord.LoginFailure:
            raise StartError("discord-token") from None
        except discord.PrivilegedIntentsRequired:
            raise StartError("discord-intents") from None
        except discord.ConnectionClosed as closed:
            _refuse(closed.code)
            failures = _count(failures)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError):
            failures = _count(failures)
        except Exception as error:  # noqa: BLE001 - what the library could not bear is over with a new connection
            log.trouble("discord_ended", error)
            failures = _count(failures)
        finally:
            await _close(client)
        longest = min(pause * 2 ** min(failures, 20), LONGEST_PAUSE)
        await asyncio.sleep(longest * (0.5 + chance.salt()[0] / 510))


async def _close(client: Client) -> None:
    """Close a client to the end, even if told to stop meanwhile."""
    closing = asyncio.create_task(client.close())
    try:
        await asyncio.shield(closing)
    except asyncio.CancelledError:
        await closing
        raise


def _aside(name: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return a parser of events that puts aside what it cannot read. The library's own would end the connection."""

    def parsed(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001 - whatever is in it
            log.trouble("discord_event_aside", error, event=name.lower())

    return parsed


def _refuse(code: int | None) -> None:
    """End where the same would be refused again.

    Raises:
        StartError: It would.
    """
    if code == _TOKEN:
        raise StartError("discord-token") from None
    if code in _NOT_ALLOWED:
        raise StartError("discord-intents") from None


def _count(failures: int) -> int:
    """Count a failure, and say once that Discord is away."""
    if not failures:
        log.event("discord_away")
    return failures + 1
