"""Memory of a bot on Discord: in one server, and in a thousand."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.contenders import Running, bare, guild, ours
from benchmarks.figures import Figure, Size
from benchmarks.processes import resident

CHANNELS: Final = 50
HOW: Final = (
    "Resident memory of `porchlight run` on Discord alone, connected and in one server, once its size stands still; "
    f"and the same in 1,000 servers of {CHANNELS} channels, 10 roles and 10 emojis each, two overwrites a channel, all "
    "told by GUILD_CREATE. Beside bare discord.py with its defaults (all intents that need no permission) and one "
    "command."
)
_STILL: Final = 1.0
"""Seconds between two looks at a size that is to stand still: longer than a start goes on in the background."""


async def _settled(pid: int) -> float:
    """Return the memory of a process once two looks agree to a tenth of a MiB."""
    before, now = 0.0, resident(pid)
    while abs(now - before) > 0.1:
        await asyncio.sleep(_STILL)
        before, now = now, resident(pid)
    return now


async def _held(make: Callable[[Path, str, list[Any]], Running], servers: int) -> float:
    """Return the memory of a bot in so many servers, after it answered a command."""
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:
        async with make(Path(name), "bot", [guild(number, CHANNELS) for number in range(servers)]) as bot:
            await bot.call(1)
            return await _settled(bot.pid)


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    held: dict[tuple[str, int], list[float]] = {}
    for _ in range(max(1, size.starts // 2)):
        for who, make in (("ours", ours), ("bare discord.py", bare)):
            for servers in (1, size.servers):
                held.setdefault((who, servers), []).append(await _held(make, servers))

    def figures(who: str, idle_goal: str = "", more_goal: str = "") -> tuple[Figure, ...]:
        idle, full = median(held[who, 1]), median(held[who, size.servers])
        return (
            Figure(f"servers {who} idle", idle, "MiB", idle_goal),
            Figure(f"servers {who} in {size.servers:,}", full, "MiB"),
            Figure(f"servers {who} more", full - idle, "MiB", more_goal),
        )

    return (*figures("ours", "at most 90 with both adapters", "at most 30"), *figures("bare discord.py"))
