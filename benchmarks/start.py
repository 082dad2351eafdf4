"""From the start of the process to a page that can be opened."""

import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.figures import Figure, Size
from benchmarks.processes import playground, python
from benchmarks.rows import plan

HOW: Final = (
    "`porchlight try --no-open` in an empty place until its address is printed (database made, community set up), and "
    "the same on a kept place whose agenda holds pending rows; beside a Python that only imports discord.py."
)


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    fresh: list[float] = []
    bare: list[float] = []
    full: list[float] = []
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:
        folder = Path(name)
        if size.pending:
            with playground(folder, "--keep", "kept"):
                pass
            plan(folder / "kept" / "porchlight.db", size.pending)
        for _ in range(size.starts):
            bare.append(python("import discord")[0])
            with playground(folder) as bot:
                fresh.append(bot.seconds)
            if size.pending:
                with playground(folder, "--keep", "kept") as bot:
                    full.append(bot.seconds)
    found = [
        Figure("start fresh", median(fresh), "s"),
        Figure("start import discord", median(bare), "s"),
        Figure("start ratio", median(fresh) / median(bare), "x"),
    ]
    if full:
        found.append(Figure(f"start with {size.pending:,} pending", median(full), "s", "at most 2 with 1,000,000"))
    return tuple(found)
