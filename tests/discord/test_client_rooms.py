"""Rooms for two: nobody else comes into one, wherever it is made and whatever it is called."""

import pytest

from adapters.discord import DiscordAdapter
from bot.contract.effect import Accepted, Invite, Leave, MakeRoom, Refused, Remove
from bot.contract.facts import Readers, Unanswered, WhoReads
from bot.contract.text import Said, Voice, text
from tests.discord.bench import Runs, member, room, say, space
from tests.discord.standin import Channel, Guild, StandIn, permissions

ANNOUNCEMENTS = 5
"""The kind of a channel below which every thread is a public one."""

MAKE = text("said", words=Said("Room"))


@pytest.fixture
async def adapter(runs: Runs, porch: Guild) -> DiscordAdapter:
    return await runs.start()


async def make(there: StandIn, adapter: DiscordAdapter, porch: Guild, mark: str, *, visible: bool = False) -> Channel:
    """Return the room that the adapter makes for a mark."""
    made = await adapter.perform(f"key-{mark}", mark, MakeRoom(space(porch), MAKE, visible), Voice())
    assert isinstance(made, Accepted)
    return there.world.channels[int(made.id)]


async def test_no_room_is_made_below_announcements(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    first = there.channel(porch)
    first.type = ANNOUNCEMENTS
    there.world.tell_channel("CHANNEL_UPDATE", first)
    garden = there.world.add_channel(porch, "garden")
    await there.until(lambda: any(frame.name == "CHANNEL_CREATE" for frame in there.frames))
    await say(adapter, room(garden))  # what the gateway told before is known once this is answered
    made = await make(there, adapter, porch, "mark-1")
    assert (made.type, made.parent_id) == (12, garden.id)


async def test_a_room_in_which_there_are_people_is_nobody_elses(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    birch = there.person("birch", porch)
    theirs = await make(there, adapter, porch, "mark-1")
    assert isinstance(await adapter.perform("key-2", "mark-2", Invite(room(theirs), member(birch)), Voice()), Accepted)
    other = await make(there, adapter, porch, "mark-1")  # as a room with the same letters would be, of another mark
    assert other.id != theirs.id
    assert other.thread is not None
    assert set(other.thread.members) == {there.world.bot.id}


async def may_make_public_threads(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    there.accidents.permit_bot(porch, permissions.NEEDED | permissions.CREATE_PUBLIC_THREADS)
    await there.until(lambda: any(frame.name == "GUILD_ROLE_UPDATE" for frame in there.frames))
    await say(adapter, room(there.channel(porch)))  # what the gateway told before is known once this is answered


async def test_a_visible_room_is_a_public_thread_that_people_come_into_by_themselves(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    await may_make_public_threads(there, adapter, porch)
    birch, rowan = there.person("birch", porch), there.person("rowan", porch)
    made = await make(there, adapter, porch, "mark-1", visible=True)
    assert (made.type, made.parent_id) == (Channel.PUBLIC_THREAD, there.channel(porch).id)
    there.world.thread_members(made, added=birch.id)
    assert isinstance(await adapter.perform("key-2", "mark-2", Invite(room(made), member(rowan)), Voice()), Accepted)
    again = await make(there, adapter, porch, "mark-1", visible=True)
    assert again.id == made.id, "people in it make it no other's: they came by themselves"
    assert made.thread is not None
    assert {birch.id, rowan.id} <= set(made.thread.members)
    told = await adapter.tell(WhoReads(room(made), visible=True))
    assert isinstance(told, Readers)
    assert ([line.id for line in told.lines], told.wider) == (
        ["who-reads-discord-everyone", "who-reads-discord-public", "who-reads-discord-itself"],
        False,
    )
    as_private = await adapter.tell(WhoReads(room(made)))
    assert as_private == Readers(told.lines, wider=True)


async def test_a_visible_room_is_made_where_public_threads_may_be_made(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    visible = MakeRoom(space(porch), MAKE, visible=True)
    assert await adapter.perform("key-1", "mark-1", visible, Voice()) == Refused("forbidden")
    assert there.threads == []
    assert (await make(there, adapter, porch, "mark-2")).type == Channel.PRIVATE_THREAD


async def test_nobody_is_taken_out_of_a_visible_room_without_the_permission_for_it(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    await may_make_public_threads(there, adapter, porch)
    birch = there.person("birch", porch)
    made = await make(there, adapter, porch, "mark-1", visible=True)
    there.world.thread_members(made, added=birch.id)
    out = Remove(room(made), member(birch))
    assert await adapter.perform("key-2", "mark-2", out, Voice()) == Refused("forbidden")
    assert isinstance(await adapter.perform("key-3", "mark-3", Leave(room(made), close=True), Voice()), Accepted)
    assert made.thread is not None
    assert (made.thread.archived, made.thread.locked) == (True, False)


async def test_rooms_are_told_apart_by_letters_that_do_not_come_twice(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    made = await make(there, adapter, porch, "mark-1")
    assert len(made.name.rpartition(" ")[2]) == 8


async def test_who_reads_a_channel_that_the_bot_does_not_see(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    hidden = there.world.add_channel(porch, "staff")
    before = len(there.frames)
    there.world.overwrite(hidden, porch.roles[porch.id], deny=permissions.VIEW_CHANNEL)
    there.world.overwrite(hidden, porch.role("moderator"), allow=permissions.VIEW_CHANNEL)
    there.world.overwrite(hidden, there.person("birch", porch).user, allow=permissions.VIEW_CHANNEL)
    await there.until(lambda: sum(frame.name == "CHANNEL_UPDATE" for frame in there.frames[before:]) == 3)
    await say(adapter, room(there.channel(porch)))  # what the gateway told before is known once this is answered
    told = await adapter.tell(WhoReads(room(hidden)))
    assert told == Readers(
        (text("who-reads-discord-some", count=1, people=1), text("who-reads-discord-itself")), wider=True
    )


async def test_who_reads_a_thread_that_the_bot_is_not_let_into_is_not_known(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    body = {"invitable": False}
    theirs = there.world.add_thread(there.channel(porch), there.person("birch", porch).user, 12, "theirs", body)
    assert await adapter.tell(WhoReads(room(theirs))) == Unanswered()
