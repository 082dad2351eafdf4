"""`python -m tests.discord.standin`: a stand-in to try by hand, with one guild and one person in it."""

import argparse
import asyncio
import sys

from . import StandIn


async def main(port: int, shards: int) -> None:
    """Serve until interrupted; say where."""
    async with StandIn(port=port, shards=shards) as there:
        guild = there.guild("Porch")
        birch = there.person("birch", guild, roles=("moderator",))
        sys.stdout.write(
            f"api {there.api}\ngateway {there.gateway}\ntoken {there.token}\n"
            f"guild {guild.id}\nchannel {there.channel(guild).id}\nbirch {birch.id}\n"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="which port to listen on; 0: any that is free")
    parser.add_argument("--shards", type=int, default=1, help="how many shards to recommend")
    chosen = parser.parse_args()
    try:
        asyncio.run(main(chosen.port, chosen.shards))
    except KeyboardInterrupt:
        sys.exit(0)
