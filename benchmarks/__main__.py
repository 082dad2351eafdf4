"""Run all benchmarks, or those named; print the figures and write RESULTS.md and results.json beside this file."""

import argparse
import asyncio
import json
import os
import platform
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks import (
    discord_commands,
    discord_servers,
    dispatch,
    due,
    durable,
    matching,
    matrix_commands,
    matrix_first,
    memory,
    rounds,
    simulation,
    start,
)
from benchmarks.figures import Figure, Size

HERE: Final = Path(__file__).parent
ALL: Final[Mapping[str, tuple[str, Callable[[Size], Awaitable[tuple[Figure, ...]]]]]] = {
    "dispatch": (dispatch.HOW, dispatch.measure),
    "durable": (durable.HOW, durable.measure),
    "discord": (discord_commands.HOW, discord_commands.measure),
    "matrix": (matrix_commands.HOW, matrix_commands.measure),
    "matrix-first": (matrix_first.HOW, matrix_first.measure),
    "start": (start.HOW, start.measure),
    "memory": (memory.HOW, memory.measure),
    "servers": (discord_servers.HOW, discord_servers.measure),
    "due": (due.HOW, due.measure),
    "matching": (matching.HOW, matching.measure),
    "rounds": (rounds.HOW, rounds.measure),
    "simulation": (simulation.HOW, simulation.measure),
}


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _cell(one: Figure) -> str:
    return "not measured" if one.value is None else f"{_shown(one.value)} {one.unit}"


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _table(found: Mapping[str, list[Figure]], about: Mapping[str, Any]) -> str:
    lines = [
        "# Figures",
        "",
        "Written by `make bench`. Machines are noisy: whatever is compared took turns in one run, medians are quoted,",
        "and a ratio says more than a time.",
        "",
        f"{about['date']}, Python {about['python']}, SQLite {about['sqlite']}, {about['cpus']} x {about['cpu']}.",
        f"Load of the machine before: {about['load']}.",
    ]
    for name, figures in found.items():
        lines += ["", f"## {name}", "", ALL[name][0], "", "| figure | median | goal |", "|---|---:|---|"]
        lines += [f"| {one.name} | {_cell(one)} | {one.goal} |" for one in figures]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run."""
    asked = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ALL))
    asked.add_argument("--full", action="store_true", help="start with 1,000,000 pending rows")
    asked.add_argument("--dry", action="store_true", help="write nothing")
    given = asked.parse_args()
    unknown = sorted(set(given.names) - set(ALL))
    if unknown:
        asked.error(f"there is {', '.join(ALL)}")
    size = replace(Size(), pending=1_000_000) if given.full else Size()
    about = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "cpu": _cpu(),
        "cpus": os.cpu_count(),
        "load": f"{os.getloadavg()[0]:.1f}",
    }
    found: dict[str, list[Figure]] = {}
    for name in given.names or ALL:
        found[name] = list(asyncio.run(_measure(name, size)))
        for one in found[name]:
            print(f"{one.name:<60} {_cell(one):>20} {one.goal}", flush=True)
    if not given.names and not given.dry:
        (HERE / "RESULTS.md").write_text(_table(found, about))
        body = {"about": about, "figures": {name: [asdict(one) for one in them] for name, them in found.items()}}
        (HERE / "results.json").write_text(json.dumps(body, indent=2) + "\n")


async def _measure(name: str, size: Size) -> tuple[Figure, ...]:
    return await ALL[name][1](size)


if __name__ == "__main__":
    main()
