"""Discord as an adapter. See README.md."""

from adapters.discord.client import DiscordAdapter

__all__ = ["DiscordAdapter"]
