"""Every benchmark runs, and yields the figures it promises. None asserts a time."""

import math
import warnings

import pytest

from benchmarks.figures import TINY

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)  # discord.py on Python 3.11
    from benchmarks.__main__ import ALL

FIGURES = {
    "dispatch": ("ours p50", "ours with words p50", "bare discord.py p50", "ratio", "ratio with words"),
    "durable": (
        "ours p50", "ours p90", "bare sqlite3 p50", "bare sqlite3 p90", "bare flush p50", "bare flush p90", "ratio",
        "ours 64 in flight", "bare sqlite3 one thread", "ours without flush p50", "bare sqlite3 without flush p50",
        "ratio without flush", "ours 64 in flight without flush",
    ),
    "start": ("fresh", "import discord", "ratio", "with 10 pending"),
    "memory": ("playground idle", "import discord, nio", "python alone"),
    "due": ("among 60 p50", "among 120 p50", "ratio"),
    "matching": ("among 5 p50", "among 10 p50", "ratio"),
}  # fmt: skip


def test_each_benchmark_is_tried() -> None:
    assert set(FIGURES) == set(ALL)


@pytest.mark.parametrize("name", FIGURES)
async def test_a_benchmark_yields_its_figures(name: str) -> None:
    how, measure = ALL[name]
    found = await measure(TINY)
    assert how
    assert [one.name for one in found] == [f"{name} {figure}" for figure in FIGURES[name]]
    assert all(math.isfinite(one.value) and one.value > 0 for one in found)
