"""The Discord adapter keeps the contract of all adapters, with the real client library against the stand-in."""

import pytest

from adapters.discord import DiscordAdapter
from bot.contract.place import Member, Room
from tests.adapters.contract import AdapterContract, Bench
from tests.adapters.local.fakes import buttons
from tests.discord.bench import NOWHERE, PLATFORM, Core, Runs, Seen, member, room, space
from tests.discord.standin import Guild, StandIn, permissions


@pytest.fixture
async def adapter(there: StandIn, runs: Runs, porch: Guild) -> DiscordAdapter:
    there.accidents.permit_bot(porch, permissions.NEEDED | permissions.CREATE_PUBLIC_THREADS)
    return await runs.start()


@pytest.fixture
async def bench(there: StandIn, porch: Guild, adapter: DiscordAdapter, core: Core) -> Bench:
    birch, rowan = there.person("birch", porch), there.person("rowan", porch)
    linden = there.person("linden", porch, roles=("moderator",))
    people = {str(one.id): one for one in (birch, rowan, linden)}
    return Bench(
        adapter,
        Seen(there, people),
        core,
        buttons(),
        member=member(birch),
        other=member(rowan),
        stranger=Member(PLATFORM, NOWHERE),
        moderator=member(linden),
        space=space(porch),
        room=room(there.channel(porch)),
        nowhere=Room(PLATFORM, NOWHERE),
    )


class TestDiscord(AdapterContract):
    pass
