"""nonebot2 with its Discord adapter and one command: ``python -m benchmarks.discord_nonebot API TOKEN [FOLDER]``.

Runs in an environment of its own (`benchmarks.peers`). With a folder the command writes to it, else it keeps nothing.
It logs warnings alone: by default it writes several lines for each event. Its usual way to answer, which is taken here,
also fetches the answer back. Its driver is the one on aiohttp, on which
the others stand as well.
"""

import sys
from pathlib import Path
from typing import Any

import nonebot
from nonebot.adapters.discord import Adapter, ApplicationCommandInteractionEvent
from nonebot.adapters.discord.api import IntegerOption, SubCommandOption
from nonebot.adapters.discord.commands import CommandOption, on_slash_command
from yarl import URL

from benchmarks.handwritten import Handwritten


def main(api: str, token: str, folder: str = "") -> None:
    """Run."""
    nonebot.init(
        driver="~aiohttp",
        log_level="WARNING",
        discord_bots=[{"token": token, "application_commands": {"*": ["*"]}}],
    )
    driver = nonebot.get_driver()
    driver.register_adapter(Adapter)
    adapter: Any = nonebot.get_adapter(Adapter)
    adapter.base_url = URL(api)
    kept = Handwritten(Path(folder)) if folder else None
    if kept is not None:
        driver.on_startup(kept.open)
        driver.on_shutdown(kept.close)
    budget_option = IntegerOption(name="budget", description="budget", required=True)
    limits = SubCommandOption(name="limits", description="limits", options=[budget_option])
    mine = on_slash_command("mine", "mine", options=[limits])

    async def _limits(event: ApplicationCommandInteractionEvent, budget: CommandOption[int]) -> None:
        if kept is not None:
            await kept.save(str(event.id), str(event.member.user.id), budget)
        await mine.send_response("Saved.")

    mine.handle_sub_command("limits")(_limits)
    nonebot.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
