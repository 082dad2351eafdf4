"""The bot as an operator runs it on Matrix: the command line in a process of its own, at a real homeserver."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from aiohttp import web

from adapters.matrix.keys import STATE
from bot.contract.params import params
from bot.contract.text import text
from bot.i18n import Fluent
from commands import CATALOGUE
from tests.discord.standin import StandIn
from tests.matrix.cut import Way
from tests.matrix.people import PASSWORD, PATIENCE, People
from tests.matrix.synapse import ROOT, Homeserver
from tests.matrix.test_faults_whole import saved
from tests.promises import drove

LINE: Final = "matrix_connected"

BESIDE_DISCORD: Final = """
import sys, discord, yarl
discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = sys.argv.pop(1), yarl.URL(sys.argv.pop(1))
from bot.__main__ import main
main()
"""
"""The command line, with the two places changed where the client library keeps Discord's addresses."""


class Bot:
    """The command line at work.

    Attributes:
        said: What it said so far, line by line, without times.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Take the process."""
        self._process: Final = process
        self.said: Final[list[str]] = []

    async def says(self, word: str) -> str:
        """Wait for a line with a word in it, and return that."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await self._process.stdout.readline()).decode():
                self.said.append(line.partition("Z ")[2].strip() or line.strip())
                if word in line:
                    return self.said[-1]
        raise AssertionError(self.said)

    async def ends(self) -> int:
        """Wait for its end, and return its exit code."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            async for line in self._process.stdout:
                self.said.append(line.decode().strip())
            return await self._process.wait()

    async def stop(self) -> int:
        """Tell it to stop, and return its exit code."""
        self._process.terminate()
        return await self.ends()

    async def close(self) -> None:
        """End it, however it is."""
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


class Operator:
    """Somebody with an account on a homeserver, a folder, and what the README says."""

    def __init__(self, folder: Path, server: Homeserver, user: str) -> None:
        """Take an empty folder and a registered account."""
        self.folder: Final = folder
        self.server: Final = server
        self.user: Final = user
        self.config: Final = folder / "config.toml"
        self.data: Final = folder / "data"

    def writes(self, *, homeserver: str = "", password: str | None = PASSWORD, more: str = "") -> None:
        """Write the configuration, and the password into a file beside it."""
        lines = [
            "[matrix]",
            "enabled = true",
            f'homeserver = "{homeserver or self.server.url}"',
            f'user = "{self.user}"',
        ]
        if password is not None:
            file = self.folder / "matrix.password"
            file.touch(0o600)
            file.write_text(password + "\n")
            lines.append(f'password_file = "{file.name}"')
        self.config.write_text("\n".join([*lines, more]) + "\n")

    def state(self) -> Mapping[str, str]:
        """Return what the bot keeps of its account."""
        kept = saved(self.data)
        return {"device": kept.device, "token": kept.token, "user": kept.user}

    @asynccontextmanager
    async def runs(self, *program: str, **environment: str) -> AsyncIterator[Bot]:
        """Run the bot; at the end of the block it is gone."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(program or ("-m", "bot")),
            "run",
            "--config",
            str(self.config),
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        bot = Bot(process)
        try:
            yield bot
        finally:
            await bot.close()


@pytest.fixture
async def operator(people: People, tmp_path: Path) -> Operator:
    return Operator(tmp_path, people.homeserver, await asyncio.to_thread(people.account, "bot"))


async def devices(operator: Operator) -> list[str]:
    """Return the devices of the bot's account."""
    answer = await asyncio.to_thread(
        operator.server.call, "GET", "/_matrix/client/v3/devices", None, operator.state()["token"]
    )
    return [str(one["device_id"]) for one in answer[1]["devices"]]


async def test_the_password_is_for_the_first_log_in_and_everything_is_answered_after_a_restart_without_it(
    operator: Operator, people: People
) -> None:
    operator.writes()
    async with operator.runs() as bot:
        await bot.says(LINE)
        assert "INFO matrix_cross_signed" in bot.said
        birch = await people.member("birch")
        room = await birch.direct(operator.user)
        await birch.sees(room, operator.user)
        asked = await birch.types(room, "!about")
        first = await birch.reads(room, after=asked)
        assert await bot.stop() == 0
    before = operator.state()
    (operator.folder / "matrix.password").unlink()
    operator.writes(password=None)
    async with operator.runs() as bot:
        await bot.says(LINE)
        assert "INFO matrix_cross_signed" not in bot.said
        asked = await birch.types(room, "!about")
        assert await birch.reads(room, after=asked) == first
        assert await bot.stop() == 0
    assert operator.state() == before
    assert PASSWORD.encode() not in b"".join(one.read_bytes() for one in operator.data.iterdir())


async def test_who_was_logged_out_logs_in_again_with_the_password_and_goes_on_as_the_same_device(
    operator: Operator, people: People
) -> None:
    operator.writes()
    async with operator.runs() as bot:
        await bot.says(LINE)
        birch = await people.member("birch")
        room = await birch.direct(operator.user)
        await birch.sees(room, operator.user)
        first = await birch.reads(room, after=await birch.types(room, "!about"))
        assert await bot.stop() == 0
    before = operator.state()
    path = "/_matrix/client/v3/logout"
    status, _ = await asyncio.to_thread(operator.server.call, "POST", path, {}, before["token"])
    assert status == 200
    (operator.folder / "matrix.password").unlink()
    operator.writes(password=None)
    async with operator.runs() as bot:
        assert await bot.ends() == 78
    assert "no longer knows the bot's token" in bot.said[-1]
    assert operator.state() == before
    operator.writes()
    async with operator.runs() as bot:
        await bot.says(LINE)
        assert await birch.reads(room, after=await birch.types(room, "!about")) == first
        keys = await birch.ask("POST", "/_matrix/client/v3/keys/query", {"device_keys": {operator.user: []}})
        assert await bot.stop() == 0
    signatures = keys["device_keys"][operator.user][before["device"]]["signatures"]
    assert len(signatures[operator.user]) == 2, "signed by itself and by the account, as before"
    assert operator.state()["device"] == before["device"]
    assert await devices(operator) == [before["device"]]


async def test_user_token_and_device_may_be_given_instead(operator: Operator) -> None:
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": operator.user},
        "password": PASSWORD,
    }
    _, given = await asyncio.to_thread(operator.server.call, "POST", "/_matrix/client/v3/login", body)
    operator.writes(password=None, more=f'device = "{given["device_id"]}"')
    async with operator.runs(PORCHLIGHT_MATRIX__TOKEN=given["access_token"]) as bot:
        await bot.says(LINE)
        assert await bot.stop() == 0
    assert operator.state() == {
        "user": operator.user,
        "device": given["device_id"],
        "token": given["access_token"],
    }
    assert await devices(operator) == [given["device_id"]]


async def test_a_wrong_password_ends_it_with_one_line_and_nothing_is_kept(operator: Operator) -> None:
    operator.writes(password="canary word")  # noqa: S106 - it opens nothing
    async with operator.runs() as bot:
        assert await bot.ends() == 78
    (line,) = [one for one in bot.said if " INFO " not in one]
    assert "did not take the name and password" in line
    assert "canary" not in "\n".join(bot.said)
    assert not (operator.data / STATE).exists()


async def test_a_homeserver_that_is_not_there_is_waited_for_with_one_line(operator: Operator) -> None:
    async with Way(operator.server.url) as way:
        way.cut()
        operator.writes(homeserver=way.address)
        async with operator.runs() as bot:
            assert "matrix_away error=Unclear" in await bot.says("matrix_")
            async with asyncio.timeout(PATIENCE):
                while len(way.asked) < 2:  # noqa: ASYNC110 - it is another process
                    await asyncio.sleep(0.05)
            way.mend()
            await bot.says(LINE)
            assert len([one for one in bot.said if "matrix_away" in one]) == 1
            assert await bot.stop() == 0


async def test_a_website_at_the_address_is_told_from_a_homeserver(operator: Operator) -> None:
    asked: list[str] = []

    async def page(request: web.Request) -> web.Response:
        asked.append(await request.text())
        return web.Response(text="<html>Welcome</html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    operator.writes(homeserver=f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        async with operator.runs() as bot:
            assert "matrix_away error=AnotherAnswered" in await bot.says("matrix_")
            assert await bot.stop() == 0
    finally:
        await runner.cleanup()
    assert asked
    assert not (operator.data / STATE).exists()


@pytest.mark.promise("X4", platform="matrix")
async def test_a_second_copy_on_the_same_data_is_refused_and_the_first_goes_on(
    operator: Operator, people: People
) -> None:
    drove("matrix")
    operator.writes()
    async with operator.runs() as bot:
        await bot.says(LINE)
        async with operator.runs() as second:
            assert await second.ends() == 78
        (line,) = second.said
        assert "Another Porchlight is using" in line
        birch = await people.member("birch")
        room = await birch.direct(operator.user)
        await birch.sees(room, operator.user)
        assert await birch.reads(room, after=await birch.types(room, "!about"))
        assert await bot.stop() == 0


async def test_discord_and_matrix_are_served_by_one_process(operator: Operator, people: People) -> None:
    async with StandIn() as there:
        porch = there.guild("Porch")
        rowan = there.person("rowan", porch)
        operator.writes(more="[discord]\nenabled = true")
        program = ("-c", BESIDE_DISCORD, there.api, there.gateway)
        async with operator.runs(*program, PORCHLIGHT_DISCORD__TOKEN=there.token) as bot:
            await there.connected()
            await bot.says(LINE)
            answer = await rowan.slash("help", channel=there.channel(porch))
            birch = await people.member("birch")
            room = await birch.direct(operator.user)
            await birch.sees(room, operator.user)
            said = await birch.reads(room, after=await birch.types(room, "!help"))
            assert "What you can ask for" in said
            assert answer.error is None
            assert answer.message is not None
            assert "What you can ask for" in answer.message.text
            assert await bot.stop() == 0
        assert there.violations == []


@pytest.mark.parametrize("language", ["en", "de"])
async def test_every_command_that_can_be_typed_is_printed(tmp_path: Path, language: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "commands", "--platform", "matrix",
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORCHLIGHT_BOT__LANGUAGE": language},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE):
        out, _ = await process.communicate()
    words, speaker = " ".join(out.decode().split()), Fluent()
    assert process.returncode == 0
    typed = [command for command in CATALOGUE.all_commands if command.typed]
    assert words.count("!") == len(typed)
    for command in typed:
        given = params(command.args)
        usage = [f"!{command.name}", *(one.name if one.required else f"[{one.name}]" for one in given)]
        assert f"{' '.join(usage)} {speaker.plain(text(command.text_id), language)}" in words
