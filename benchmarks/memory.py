"""Memory that an idle bot holds."""

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.figures import Figure, Size
from benchmarks.processes import playground, python, resident

HOW: Final = (
    "Resident memory of the playground's process once its size stands still, beside a Python that imports discord.py "
    "and nio, and one that imports nothing. The goal is meant for a bot with both adapters; with Discord's alone it is "
    "measured in *servers*."
)
_SHOW: Final = "print(next(l for l in open('/proc/self/status') if l.startswith('VmRSS:')).split()[1])"


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    ours: list[float] = []
    imports: list[float] = []
    empty: list[float] = []
    for _ in range(max(1, size.starts // 2)):
        with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name, playground(Path(name)) as bot:
            before, now = 0.0, resident(bot.pid)
            while now != before:
                time.sleep(0.5)  # noqa: ASYNC251 - nothing else goes on here
                before, now = now, resident(bot.pid)
            ours.append(now)
        imports.append(int(python(f"import discord, nio; {_SHOW}")[1]) / 1024)
        empty.append(int(python(_SHOW)[1]) / 1024)
    return (
        Figure("memory playground idle", median(ours), "MiB", "at most 90"),
        Figure("memory import discord, nio", median(imports), "MiB"),
        Figure("memory python alone", median(empty), "MiB"),
    )
