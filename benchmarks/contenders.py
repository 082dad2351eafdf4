"""Bots in processes of their own, each at a loopback of its own."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any, Final

from benchmarks.handwritten import FILE, PEOPLE
from benchmarks.loopback import BOT, TOKEN, Loopback
from benchmarks.processes import ROOT
from bot.app import DATABASE

BUDGETS: Final = 21
_BASE: Final = 100_000_000_000_000_000
_CATEGORY: Final = 4
_PATIENCE: Final = 15.0
"""Seconds after which a bot that was told to end is made to."""


def _id(number: int) -> str:
    return str(_BASE + number)


def guild(number: int, channels: int) -> dict[str, Any]:
    """Return a server as GUILD_CREATE tells it: ten roles, ten emojis, a tenth of the channels categories."""
    first = (number + 1) * 1_000_000
    here = _id(first)
    overwrites = [
        {"id": here, "type": 0, "allow": "0", "deny": "1024"},
        {"id": _id(first + 1), "type": 0, "allow": "1024", "deny": "0"},
    ]
    rooms = [
        {
            "id": _id(first + 100 + one), "type": _CATEGORY if one % 10 == 0 and channels >= 10 else 0,
            "name": f"room-{one}", "position": one, "permission_overwrites": overwrites, "nsfw": False, "flags": 0,
            "parent_id": _id(first + 100 + one // 10 * 10) if one % 10 and channels >= 10 else None,
            "topic": f"What room {one} is for, in a few words.", "last_message_id": None, "rate_limit_per_user": 0,
        }
        for one in range(channels)
    ]  # fmt: skip
    roles = [
        {"id": _id(first + one), "name": "@everyone" if not one else f"role {one}", "permissions": "2248473465835073",
         "position": one, "color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0,
         "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}
        for one in range(10)
    ]  # fmt: skip
    emojis = [
        {"id": _id(first + 50 + one), "name": f"emoji{one}", "roles": [], "require_colons": True, "managed": False,
         "animated": False, "available": True}
        for one in range(10)
    ]  # fmt: skip
    me = {"user": BOT, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
    return {
        "id": here, "name": f"server {number}", "owner_id": _id(1), "member_count": 100, "large": True,
        "joined_at": "2026-01-01T00:00:00+00:00", "unavailable": False, "features": [], "preferred_locale": "en-US",
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0,
        "nsfw_level": 0, "premium_tier": 0, "system_channel_flags": 0, "afk_timeout": 300, "icon": None,
        "channels": rooms, "roles": roles, "emojis": emojis, "members": [me], "threads": [], "presences": [],
        "voice_states": [], "stage_instances": [], "guild_scheduled_events": [], "stickers": [],
        "soundboard_sounds": [],
    }  # fmt: skip


def payload(number: int) -> dict[str, Any]:
    """Return what Discord sends when one of 64 people, each in a room of their own, types ``/mine limits``."""
    here, who = guild(0, 0)["id"], number % PEOPLE
    room = {
        "id": _id(1_000_100 + who), "type": 0, "name": f"room-{who}", "guild_id": here, "position": who,
        "permission_overwrites": [], "parent_id": None, "nsfw": False, "flags": 0, "permissions": "2248473465835073",
    }  # fmt: skip
    return {
        "id": _id(10_000_000_000 + number), "application_id": BOT["id"], "type": 2, "token": f"t{number}",
        "version": 1, "guild_id": here, "channel_id": room["id"], "locale": "en-GB", "guild_locale": "en-US",
        "app_permissions": "2248473465835073", "entitlements": [], "context": 0, "channel": room,
        "authorizing_integration_owners": {"0": here}, "attachment_size_limit": 10_485_760,
        "guild": {"id": here, "locale": "en-US", "features": []},
        "member": {"user": {"id": _id(2_000 + who), "username": f"birch{who}", "discriminator": "0", "avatar": None,
                            "global_name": "Birch", "public_flags": 0},
                   "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0,
                   "permissions": "2248473465835073", "nick": None, "avatar": None, "premium_since": None,
                   "pending": False, "communication_disabled_until": None},
        "data": {"id": _id(5_000), "name": "mine", "type": 1, "options": [
            {"name": "limits", "type": 1, "options": [{"name": "budget", "type": 4, "value": number % BUDGETS}]}]},
    }  # fmt: skip


class Contender:
    """A bot that runs."""

    def __init__(self, there: Loopback, pid: int, kept: Path | None) -> None:
        """Take its Discord, its process, and the database that it writes to, if any."""
        self.pid: Final = pid
        self._there = there
        self._kept = kept
        self._calls = 0

    async def call(self, number: int) -> None:
        """Have a command answered.

        Raises:
            AssertionError: The answer is not what it should be.
        """
        self._calls += 1
        said = await self._there.ask(payload(number))
        if b"Saved." not in said:
            raise AssertionError(said[:500])

    def check(self) -> None:
        """Check that everything was written.

        Raises:
            AssertionError: It was not.
        """
        if self._kept is not None:
            with closing(sqlite3.connect(self._kept)) as database:
                if database.execute("SELECT count(*) FROM seen").fetchone() != (self._calls,):
                    raise AssertionError("not written")


@asynccontextmanager
async def _at(
    guilds: Sequence[Any], home: Path, *command: str, kept: Path | None = None, token: str = ""
) -> AsyncIterator[Contender]:
    """Run a bot; ``API`` and ``GATEWAY`` in its command stand for the addresses. It is stopped at the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")}
    environment["PYTHONPATH"] = str(ROOT)
    if token:
        environment["PORCHLIGHT_DISCORD__TOKEN"] = token
    log = home / "log"
    async with Loopback(guilds) as there:
        filled = [{"API": there.api, "GATEWAY": there.gateway}.get(word, word) for word in command]
        with log.open("wb") as noted:
            process = await asyncio.create_subprocess_exec(
                *filled, cwd=home, env=environment, stdout=noted, stderr=noted
            )
        try:
            await there.connected()
            yield Contender(there, process.pid, kept)
        except TimeoutError:
            raise AssertionError(log.read_text(errors="replace")[-2000:]) from None
        finally:
            if process.returncode is None:
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _PATIENCE)
            except TimeoutError:
                process.kill()
                await process.wait()


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    home.mkdir(mode=0o700)
    return home


Running = AbstractAsyncContextManager[Contender]


def ours(folder: Path, name: str, guilds: Sequence[Any]) -> Running:
    """Return our bot, as it is shipped."""
    home = _home(folder, name)
    config = home / "config.toml"
    config.write_text('[bot]\ndata_dir = "data"\n[discord]\nenabled = true\n')
    command = (sys.executable, "-m", "benchmarks.discord_ours", "API", "GATEWAY", str(config))
    return _at(guilds, home, *command, kept=home / "data" / DATABASE, token=TOKEN)


def bare(folder: Path, name: str, guilds: Sequence[Any], *, keeps: bool = False) -> Running:
    """Return discord.py alone; one that ``keeps`` writes by hand."""
    home = _home(folder, name)
    command = (sys.executable, "-m", "benchmarks.discord_bare", "API", "GATEWAY", TOKEN)
    return _at(guilds, home, *command, str(home), kept=home / FILE) if keeps else _at(guilds, home, *command)


def nonebot(python: Path, folder: Path, name: str, guilds: Sequence[Any], *, keeps: bool = False) -> Running:
    """Return nonebot2; one that ``keeps`` writes by hand."""
    home = _home(folder, name)
    command = (str(python), "-m", "benchmarks.discord_nonebot", "API", TOKEN)
    return _at(guilds, home, *command, str(home), kept=home / FILE) if keeps else _at(guilds, home, *command)


@asynccontextmanager
async def all_of(running: Mapping[str, Running]) -> AsyncIterator[Mapping[str, Contender]]:
    """Run several at once, by name."""
    async with AsyncExitStack() as stack:
        async with asyncio.TaskGroup() as tasks:
            begun = {name: tasks.create_task(stack.enter_async_context(one)) for name, one in running.items()}
        yield {name: task.result() for name, task in begun.items()}
