"""The bot as it is shipped, at the loopback: ``python -m benchmarks.discord_ours API GATEWAY CONFIG``."""

import sys

import discord
import yarl

from bot.__main__ import main

if __name__ == "__main__":
    # The two places where the client library keeps Discord's addresses.
    discord.http.Route.BASE = sys.argv[1]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sys.argv[2])
    main(["run", "--config", sys.argv[3]])
