"""Every benchmark runs, and yields the figures it promises. None asserts a time."""

import asyncio
import math
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import contenders, loopback, matrix_contenders, matrix_first, matrix_loopback, peers
from benchmarks.figures import TINY, Figure
from benchmarks.handwritten import FILE

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)  # discord.py on Python 3.11
    from benchmarks.__main__ import ALL, _cell

FIGURES = {
    "dispatch": ("ours p50", "ours with words p50", "bare discord.py p50", "ratio", "ratio with words"),
    "durable": (
        "ours p50", "ours p90", "bare sqlite3 p50", "bare sqlite3 p90", "bare flush p50", "bare flush p90", "ratio",
        "ours 64 in flight", "bare sqlite3 one thread", "ours without flush p50", "bare sqlite3 without flush p50",
        "ratio without flush", "ours 64 in flight without flush",
    ),
    "discord": (
        "ours p50", "bare discord.py p50", "bare with aiosqlite p50", "nonebot2 p50", "nonebot2 with aiosqlite p50",
        "ours without flush p50", "bare with aiosqlite without flush p50",
        "bare discord.py without pause p50", "ours to bare discord.py",
        "bare with aiosqlite to bare discord.py", "ours to bare with aiosqlite", "nonebot2 to bare discord.py",
        "nonebot2 with aiosqlite to bare discord.py", "ours without flush to bare discord.py without pause",
        "bare with aiosqlite without flush to bare discord.py without pause",
        "ours 64 in flight", "bare discord.py 64 in flight",
        "bare with aiosqlite 64 in flight", "nonebot2 64 in flight", "nonebot2 with aiosqlite 64 in flight",
        "ours without flush 64 in flight", "bare with aiosqlite without flush 64 in flight", "loopback busy",
    ),
    "matrix": (
        "ours p50", "bare nio p50", "nio with aiosqlite p50", "mautrix p50", "mautrix with aiosqlite p50",
        "ours without flush p50", "nio with aiosqlite without flush p50", "ours to bare nio",
        "ours to nio with aiosqlite", "ours to mautrix with aiosqlite",
        "ours without flush to nio with aiosqlite without flush", "ours 64 in flight", "bare nio 64 in flight",
        "nio with aiosqlite 64 in flight", "mautrix 64 in flight", "mautrix with aiosqlite 64 in flight",
        "ours without flush 64 in flight", "nio with aiosqlite without flush 64 in flight",
    ),
    "matrix-first": (
        "ours as asked lag p99", "ours as asked lag max", "ours as asked more memory", "bare nio as asked lag p99",
        "bare nio as asked lag max", "bare nio as asked more memory", "ours told all lag p99", "ours told all lag max",
        "ours told all more memory", "bare nio told all lag p99", "bare nio told all lag max",
        "bare nio told all more memory", "ours sends", "bare nio sends",
    ),
    "start": ("fresh", "import discord", "ratio", "with 10 pending"),
    "memory": ("playground idle", "import discord, nio", "python alone"),
    "servers": (
        "ours idle", "ours in 3", "ours more", "bare discord.py idle", "bare discord.py in 3", "bare discord.py more",
    ),
    "due": ("among 60 p50", "among 120 p50", "ratio"),
    "rounds": (
        "ours among 20 p50", "rustworkx among 20", "ours to rustworkx among 20", "ours among 40 p50",
        "ours together among 40",
    ),
    "simulation": (
        "requests of 200",
        *(
            f"{order} {figure}"
            for order in ("ours", "first come", "at random")
            for figure in ("met", "waited p50", "waited p90", "questions", "words in common", "asked as set")
        ),
    ),
    "matching": (
        "found among 5 p50", "found among 5 p99", "first slot among 5 p50", "first slot among 5 p99",
        "in memory among 5 p50", "found among 10 p50", "found among 10 p99", "first slot among 10 p50",
        "first slot among 10 p99", "in memory among 10 p50", "ratio", "alike among 10 p50", "nobody fits among 10 p50",
        "all were met among 5 p50", "all keep apart among 5 p50", "all pause among 5 p50",
    ),
}  # fmt: skip


LEFT_OUT = ("nonebot2", "mautrix", "rustworkx")
"""What needs an environment of its own is tried below, where that environment is there."""

MAY_SHRINK = ("more", "more memory")
"""A difference of two processes, or of two moments, which can be nothing where little is told."""


def test_each_benchmark_is_tried() -> None:
    assert set(FIGURES) == set(ALL)


@pytest.mark.parametrize("name", FIGURES)
async def test_a_benchmark_yields_its_figures(name: str) -> None:
    how, measure = ALL[name]
    found = await measure(TINY)
    assert how
    assert [one.name for one in found] == [f"{name} {figure}" for figure in FIGURES[name]]
    for one in found:
        if any(name in one.name for name in LEFT_OUT):
            assert (one.value, bool(one.goal)) == (None, True)
        else:
            assert one.value is not None
            assert math.isfinite(one.value)
            assert one.value > 0 or one.name.endswith(MAY_SHRINK)


async def test_the_other_bots_answer_and_write_like_ours(tmp_path: Path) -> None:
    guilds = [contenders.guild(0, 64)]
    bots = {
        "ours": contenders.ours(tmp_path, "ours", guilds),
        "kept": contenders.bare(tmp_path, "kept", guilds, keeps=True),
    }
    async with contenders.all_of(bots) as running:
        for one in running.values():
            await one.call(1)
            await one.call(2)
            one.check()


async def test_what_was_not_written_is_found(tmp_path: Path) -> None:
    bots = {"kept": contenders.bare(tmp_path, "kept", [contenders.guild(0, 64)], keeps=True)}
    async with contenders.all_of(bots) as running:
        await running["kept"].call(1)
        with closing(sqlite3.connect(tmp_path / "kept" / FILE)) as database, database:
            database.execute("DELETE FROM seen")
        with pytest.raises(AssertionError, match="not written"):
            running["kept"].check()


async def test_a_bot_that_does_not_start_is_told_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loopback, "_PATIENCE", 0.01)
    with pytest.raises(AssertionError):
        async with contenders.bare(tmp_path, "bare", []):
            pass


async def test_nonebot2_takes_part(tmp_path: Path) -> None:
    python = peers.nonebot(make=False)
    if python is None:
        pytest.skip("its environment is made by make bench")
    bots = {"nonebot": contenders.nonebot(python, tmp_path, "nonebot", [contenders.guild(0, 64)], keeps=True)}
    async with contenders.all_of(bots) as running:
        await running["nonebot"].call(1)
        running["nonebot"].check()


async def test_an_answer_that_was_announced_first_counts_when_it_is_there() -> None:
    async with loopback.Loopback([]) as there:
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        there._waiting["token"] = answer
        there.reply("POST", "/api/v10/interactions/1/token/callback", b'{"type": 5, "data": {"flags": 64}}')
        assert not answer.done()
        there.reply("PATCH", "/api/v10/webhooks/3/token/messages/@original", b"words")
        assert await answer == b"words"


def test_what_was_not_measured_says_so() -> None:
    assert _cell(Figure("discord nonebot2 p50", None, "us", "why")) == "not measured"
    assert _cell(Figure("discord ours p50", 1234.0, "us")) == "1,234 us"


async def test_on_matrix_they_answer_and_write_alike(tmp_path: Path) -> None:
    bots = {
        "ours": matrix_contenders.ours(tmp_path, "ours"),
        "kept": matrix_contenders.bare(tmp_path, "kept", keeps=True),
    }
    if (python := peers.mautrix(make=False)) is not None:
        bots["mautrix"] = matrix_contenders.mautrix(python, tmp_path, "mautrix", keeps=True)
    async with matrix_contenders.all_of(bots) as running:
        for one in running.values():
            await one.call(1)
            await one.call(2)
            await one.check()
        with closing(sqlite3.connect(tmp_path / "kept" / FILE)) as database, database:
            database.execute("DELETE FROM seen")
        with pytest.raises(AssertionError, match="not written"):
            await running["kept"].check()


async def test_a_bot_on_matrix_that_does_not_start_is_told_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix_loopback, "PATIENCE", 0.01)
    with pytest.raises(AssertionError):
        async with matrix_contenders.bare(tmp_path, "bare"):
            pass


async def test_a_probe_that_fails_is_told_with_what_it_wrote() -> None:
    with pytest.raises(AssertionError, match="KeyError: 'nothing'"):
        await matrix_first.probe("nothing", "ours", matrix_loopback.Homeserver())
