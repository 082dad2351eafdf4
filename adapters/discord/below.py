"""The channel of a server below which the bot makes threads, from what the gateway tells and keeps telling."""

from typing import Final

import discord

NEEDED: Final = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, create_private_threads=True
)
"""What the bot needs in that channel for private threads."""

NEEDED_VISIBLE: Final = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, create_public_threads=True
)
"""What it needs there for public ones."""


def below(guild: discord.Guild, *, visible: bool = False) -> str | None:
    """Return the id of the first channel that everybody sees and that the bot may use so; None where there is none.

    Not one of announcements: below those, threads are public whatever is asked for.
    """
    needed = NEEDED_VISIBLE if visible else NEEDED
    for channel in sorted(guild.text_channels, key=lambda one: (one.position, one.id)):
        everybody = channel.permissions_for(guild.default_role)
        if channel.is_news():
            continue
        if everybody.view_channel and channel.permissions_for(guild.me) >= needed:
            return str(channel.id)
    return None
