"""A discord.py in which nothing is changed at all finds the stand-in under Discord's own names."""

import asyncio
import contextlib
import ssl
import sys
from pathlib import Path

import aiohttp
import discord

from tests.discord.standin import StandIn
from tests.discord.standin.tls import Loopback, certificate


async def test_discords_own_names_lead_here(tmp_path: Path) -> None:
    server, authority = certificate(tmp_path)
    async with StandIn(tls=server) as there:
        there.guild("Porch")
        resolver = Loopback(there.port)
        trusts = ssl.create_default_context(cafile=str(authority))
        connector = aiohttp.TCPConnector(resolver=resolver, ssl=trusts, limit=0)
        client = discord.AutoShardedClient(
            intents=discord.Intents(guilds=True), connector=connector, guild_ready_timeout=0.01
        )
        running = asyncio.create_task(client.start(there.token))
        await there.connected()
        await asyncio.wait_for(client.wait_until_ready(), 10)
        there.socket.drop()
        await there.until(lambda: any(frame.name == "RESUMED" for frame in there.frames))
        assert {"discord.com", "gateway.discord.gg", "gateway-us-east1-b.discord.gg"} == set(resolver.asked)
        assert [guild.name for guild in client.guilds] == ["Porch"]
        await client.close()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        assert there.violations == []


async def test_it_runs_as_a_program() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.discord.standin", stdout=asyncio.subprocess.PIPE
    )
    assert program.stdout is not None
    said = dict([(await asyncio.wait_for(program.stdout.readline(), 20)).decode().split() for _ in range(3)])
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {said['token']}"}) as session:
        reply = await session.get(f"{said['api']}/gateway/bot")
        assert (await reply.json())["url"] == said["gateway"]
    program.terminate()
    await program.wait()
