"""discord.py with its defaults and one command: ``python -m benchmarks.discord_bare API GATEWAY TOKEN [FOLDER]``.

With a folder the command writes to it, else it keeps nothing.
"""

import sys
from pathlib import Path
from typing import Any

import discord
import yarl

from benchmarks.handwritten import Handwritten


class Bare(discord.Client):
    """A client with one command."""

    def __init__(self, kept: Handwritten | None) -> None:
        """Take where to write, if anywhere."""
        super().__init__(intents=discord.Intents.default())
        self._kept = kept
        mine = discord.app_commands.Group(name="mine", description="mine")

        @mine.command(name="limits", description="limits")
        async def _limits(interaction: "discord.Interaction[Any]", budget: int) -> None:
            if kept is not None:
                await kept.save(str(interaction.id), str(interaction.user.id), budget)
            await interaction.response.send_message("Saved.", ephemeral=True)

        discord.app_commands.CommandTree(self).add_command(mine)

    async def setup_hook(self) -> None:
        """Open what is written to."""
        if self._kept is not None:
            await self._kept.open()


if __name__ == "__main__":
    api, gateway, token, *folder = sys.argv[1:]
    # The two places where the library keeps Discord's addresses.
    discord.http.Route.BASE = api
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    Bare(Handwritten(Path(folder[0])) if folder else None).run(token, log_handler=None)
