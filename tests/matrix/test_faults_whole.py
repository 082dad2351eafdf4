"""What goes wrong around the bot, as a whole: its shipped parts in a process of its own, at a real homeserver."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from adapters.matrix.keys import STATE, SealedFile
from adapters.matrix.session import State
from bot.app import KEY
from bot.store.sealed import Keys
from tests.drivers.matrix import MatrixEvening, homeserver
from tests.matrix.cut import Way
from tests.matrix.people import PASSWORD, PATIENCE, People
from tests.matrix.synapse import ROOT

TIMES: Final = 360
"""How fast the clock goes by which the bot waits for the network: an hour is ten seconds."""


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    server = await asyncio.to_thread(homeserver)
    async with Way(server.url) as made:
        yield made


@pytest.fixture
async def porch(tmp_path: Path, way: Way) -> AsyncIterator[MatrixEvening]:
    evening = MatrixEvening(tmp_path / "evening")
    evening.address, evening.quick = way.address, TIMES
    await evening.start()
    yield evening
    if evening.bot.runs:
        await evening.stop()
    else:
        await asyncio.to_thread(evening.town.close)


def said(porch: MatrixEvening) -> list[str]:
    """Return what the bot logged of the homeserver, without times."""
    lines = porch.bot.log.read_text(encoding="utf-8").splitlines()
    words = (word for line in lines for word in line.split()[2:3])
    return [one for one in words if one.startswith("matrix_")]


async def logs(porch: MatrixEvening, name: str) -> None:
    """Wait until the bot has logged something."""
    async with asyncio.timeout(PATIENCE):
        while name not in said(porch):  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.02)


async def test_an_hour_without_a_homeserver_is_one_line_and_everything_is_caught_up(
    porch: MatrixEvening, way: Way
) -> None:
    birch, rowan = porch.person("birch"), porch.person("rowan")
    await birch.asks("mine limits", {"budget": "3"})
    await rowan.asks("peer light on", {"hours": "1"})
    before = len(said(porch))
    way.cut()
    await logs(porch, "matrix_away")
    for budget in (4, 5):
        await porch.town.wait(birch.at.types(birch.direct, f"!mine limits budget={budget}"))
    await porch.wind(hours=2)
    async with asyncio.timeout(PATIENCE):
        while (way.asked[-1] - way.asked[0]) * TIMES < 3600:  # noqa: ASYNC110 - what is waited for is that bot's clock
            await asyncio.sleep(0.1)
    for start in way.asked:
        assert sum(start <= at < start + 60 / TIMES for at in way.asked) <= 12
    assert said(porch)[before:] == ["matrix_away"]
    way.mend()
    await logs(porch, "matrix_back")

    def answers() -> list[str]:
        found = [str(content["body"]) for _, content in birch.at.stands(birch.direct, porch.bot_id)]
        return [one for one in found if " a day." in one]

    await porch.town.wait(birch.at.until(lambda: len(answers()) >= 3))
    assert [one.partition(" a day.")[0][-1] for one in answers()] == ["3", "4", "5"]
    await porch.wind(hours=1)
    assert len([one for one in rowan.sees() if "ended at 13:00" in one]) == 1
    assert said(porch)[before:] == ["matrix_away", "matrix_back"]


async def test_a_revoked_token_ends_it_with_one_line(people: People, tmp_path: Path) -> None:
    user = await asyncio.to_thread(people.account, "bot")
    server, data, config = people.homeserver, tmp_path / "data", tmp_path / "config.toml"
    config.write_text(
        f'[bot]\ndata_dir = "{data}"\n[matrix]\nenabled = true\nhomeserver = "{server.url}"\nuser = "{user}"\n'
    )
    own = {"PATH": os.environ["PATH"], "PORCHLIGHT_MATRIX__PASSWORD": PASSWORD}
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(config),
        cwd=ROOT, env=own, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        assert bot.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while b"matrix_connected" not in await bot.stdout.readline():
                pass
            while not (token := saved(data).token) or not saved(data).since:  # noqa: ASYNC110 - it is a file
                await asyncio.sleep(0.05)
            status, _ = await asyncio.to_thread(server.call, "POST", "/_matrix/client/v3/logout", {}, token)
            assert status == 200
            (last, *more) = [line async for line in bot.stdout]
            assert await bot.wait() == 78
        assert more == []
        assert b"no longer knows the bot's token" in last
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()


def saved(data: Path) -> State:
    """Return what the bot has on disk of its account."""
    written = SealedFile(data / STATE, Keys.load_or_make(data / KEY).matrix).load()
    return State.read(written) if written is not None else State()


async def test_a_third_person_ends_a_direct_room_and_nothing_is_answered_there(porch: MatrixEvening) -> None:
    birch, alder = porch.person("birch"), porch.person("alder")
    await birch.asks("mine limits", {"budget": "3"})
    room = birch.direct
    await porch.town.wait(birch.at.asks_in(room, alder.at.id))
    await porch.town.wait(porch.town.until_in(birch.at, room, porch.bot_id, "leave"))
    stood = birch.at.stands(room, porch.bot_id)
    await porch.town.wait(birch.at.types(room, "!mine limits budget=4"))
    assert "at most 3 a day" in await birch.asks("mine settings")
    assert birch.direct != room
    assert birch.at.stands(room, porch.bot_id)[: len(stood)] == stood
    assert all("at most 4" not in content["body"] for _, content in birch.at.stands(room, porch.bot_id))


async def test_a_space_that_was_upgraded_goes_on_with_those_who_came_along(porch: MatrixEvening) -> None:
    birch, alder, linden = porch.person("birch"), porch.person("alder"), porch.town.people["linden"]
    address = f"/_matrix/client/v3/rooms/{porch.space}/upgrade"
    new = (await porch.town.wait(linden.ask("POST", address, {"new_version": "11"})))["replacement_room"]
    await porch.town.wait(linden.asks_in(new, porch.bot_id))
    await porch.town.wait(porch.town.until_in(linden, new, porch.bot_id))
    await porch.town.wait(porch.town.let_in(linden, new, birch.at))
    for one in (birch.at, alder.at):
        await porch.town.wait(linden.kicks(porch.space, one.id))
    assert "Ask like this?" in await birch.asks("peer ask")
    assert "Ask like this?" not in await alder.asks("peer ask")
