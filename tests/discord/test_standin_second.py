"""A second client, discord.js, gets on with the stand-in as well. `make second` fetches it."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.discord.standin import StandIn, permissions

MODULES = Path(__file__).parents[2] / ".second" / "node_modules"
PROGRAM = Path(__file__).parent / "standin" / "second.js"


@pytest.mark.skipif(not (MODULES / "discord.js").is_dir() and "CI" not in os.environ, reason="make second was not run")
async def test_discord_js_gets_on_with_it() -> None:
    async with StandIn() as there:
        porch = there.guild("Porch")
        there.accidents.take_from_bot(porch, permissions.PIN_MESSAGES)
        birch = there.person("birch", porch)
        own = {
            "NODE_PATH": str(MODULES),
            "API": there.api.removesuffix("/v10"),
            "TOKEN": there.token,
            "SOMEBODY": str(birch.id),
        }
        client = await asyncio.create_subprocess_exec(
            "node", str(PROGRAM), env=os.environ | own, stdout=asyncio.subprocess.PIPE
        )
        assert client.stdout is not None
        try:
            assert await asyncio.wait_for(client.stdout.readline(), 30) == b"done 50013\n"
            assert [one.text for one in birch.direct_messages] == ["two"]
            assert there.threads[0].thread is not None
            assert (there.threads[0].thread.archived, birch.sees(there.threads[0])) == (True, True)
            answer = await birch.slash("peer", {"hours": 3}, there.channel(porch))
            assert (answer.text, answer.buttons, answer.ephemeral) == ("3 hours", [("Go", "go")], True)
            there.socket.drop()
            pressed = await birch.click(answer, "Go")
            said = await birch.submit(pressed, {"Which?": "night"})
            await there.until(lambda: said.followups)
            assert (said.text, said.followups[0].text) == ("You said night.", "And more.")
            assert any(frame.name == "RESUMED" for frame in there.frames)
        finally:
            client.kill()
            await client.wait()
        assert there.violations == []
