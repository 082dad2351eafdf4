"""The stand-in's gateway, heard by an unmodified discord.py: intents, shards, lost connections."""

import asyncio
from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.discord.conftest import Starts
from tests.discord.standin import Guild, Person, StandIn

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1, 1 << 9, 1 << 12, 1 << 15
EVENTS = 1 << 16


@pytest.fixture
def porch(there: StandIn) -> Guild:
    return there.guild("Porch")


@pytest.fixture
def birch(there: StandIn, porch: Guild) -> Person:
    return there.person("birch", porch)


def heard(there: StandIn, *names: str) -> list[Any]:
    """Return what the bot was told, of these events."""
    return [frame.payload["d"] for frame in there.frames if frame.to_bot and frame.name in names]


# -- intents ----------------------------------------------------------------------------------------------------------


async def test_with_guilds_alone_no_word_is_on_the_wire(
    there: StandIn, starts: Starts, porch: Guild, birch: Person
) -> None:
    await starts(intents=GUILDS)
    birch.talks(there.channel(porch), "a secret word")
    birch.talks(None, "another secret word")
    birch.talks(there.channel(porch), f"<@{there.world.bot.id}> a secret word to you")
    there.world.add_role(porch, "end", 0)
    assert heard(there, "GUILD_ROLE_CREATE")
    assert not heard(there, "MESSAGE_CREATE")
    assert "secret" not in str(there.frames)


async def test_words_come_only_in_private_or_with_a_mention(
    there: StandIn, starts: Starts, porch: Guild, birch: Person
) -> None:
    client = await starts(intents=GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES)
    channel = there.channel(porch)
    birch.talks(channel, "to all")
    birch.talks(None, "to you")
    birch.talks(channel, f"<@{there.world.bot.id}> hello")
    there.world.add_role(porch, "end", 0)
    assert [one["content"] for one in heard(there, "MESSAGE_CREATE")] == [
        "",
        "to you",
        f"<@{there.world.bot.id}> hello",
    ]
    read = [one.content async for one in client.get_partial_messageable(channel.id).history()]
    assert read == [f"<@{there.world.bot.id}> hello", ""]


async def test_words_come_with_the_privileged_intent(
    starts: Starts, there: StandIn, porch: Guild, birch: Person
) -> None:
    there.privileged = MESSAGE_CONTENT
    await starts(intents=GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT)
    birch.talks(there.channel(porch), "to all")
    assert [one["content"] for one in heard(there, "MESSAGE_CREATE")] == ["to all"]


async def test_a_privileged_intent_that_is_not_allowed_ends_the_client(there: StandIn, starts: Starts) -> None:
    client = await starts(ready=False, intents=GUILDS | MESSAGE_CONTENT)
    await there.until(client.is_closed, "the client to end")
    assert (there.identifies[0].intents, there.socket.sessions) == (GUILDS | MESSAGE_CONTENT, {})


async def test_nobody_is_heard_of_without_the_intent(
    there: StandIn, starts: Starts, porch: Guild, birch: Person
) -> None:
    await starts()
    rowan = there.person("rowan", porch)
    rowan.leave(porch)
    birch.ban(porch)
    assert not heard(there, "GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE", "GUILD_BAN_ADD")
    members = [one["user"]["username"] for one in heard(there, "GUILD_CREATE")[0]["members"]]
    assert members == ["porchlight"]


async def test_threads_are_told_to_who_is_in_them(there: StandIn, starts: Starts, porch: Guild, birch: Person) -> None:
    client = await starts()
    there.world.add_thread(there.channel(porch), birch.user, 12, "among us", {})
    channel: Any = client.get_channel(there.channel(porch).id)
    thread = await channel.create_thread(name="quiet", type=discord.ChannelType.private_thread)
    await thread.add_user(discord.Object(birch.id))
    assert [one["name"] for one in heard(there, "THREAD_CREATE")] == ["quiet"]
    assert not heard(there, "THREAD_MEMBERS_UPDATE")
    assert "among us" not in str(there.frames)


# -- shards -----------------------------------------------------------------------------------------------------------


async def test_each_guild_lies_on_its_shard_and_private_matters_on_the_first(there: StandIn, starts: Starts) -> None:
    guilds = [there.guild(f"guild {number}") for number in range(3)]
    birch = there.person("birch", guilds[1])
    there.shards = 2
    client = await starts(ready=False)
    await there.connected(2)
    await asyncio.wait_for(client.wait_until_ready(), 10)
    assert sorted(one.shard for one in there.identifies) == [(0, 2), (1, 2)]
    told = [(frame.shard, frame.payload["d"]["name"]) for frame in there.frames if frame.name == "GUILD_CREATE"]
    assert sorted(told) == [(0, "guild 0"), (0, "guild 2"), (1, "guild 1")]
    there.interactions.ask(birch.user, birch.dm, 3, {"custom_id": "x", "component_type": 2})
    there.interactions.ask(birch.user, there.channel(guilds[1]), 3, {"custom_id": "x", "component_type": 2})
    assert [frame.shard for frame in there.frames if frame.name == "INTERACTION_CREATE"] == [0, 1]


# -- lost connections -------------------------------------------------------------------------------------------------


def opcodes(there: StandIn) -> list[int]:
    """Return how the bot introduced itself, each time: 2 new, 6 resumed."""
    return [frame.payload["op"] for frame in there.frames if not frame.to_bot and frame.payload["op"] in {2, 6}]


async def test_what_was_missed_is_said_again(there: StandIn, starts: Starts, porch: Guild, birch: Person) -> None:
    asked = asyncio.Event()

    async def answer(interaction: Any) -> None:
        await interaction.response.send_message("heard", ephemeral=True)
        asked.set()

    client = await starts()
    client.answers = answer
    there.socket.drop()
    assert there.socket.connected == []
    pressed = await birch.press_raw("missed")
    assert (pressed.text, opcodes(there)) == ("heard", [2, 6])
    assert heard(there, "RESUMED")
    assert len({one["id"] for one in heard(there, "INTERACTION_CREATE")}) == 1


@pytest.mark.parametrize("fault", ["drop", "opcode 7", "opcode 9, resumable", "close 4000"])
async def test_a_session_is_resumed(there: StandIn, starts: Starts, fault: str) -> None:
    await starts()
    match fault:
        case "drop":
            there.socket.drop()
        case "opcode 7":
            there.socket.ask_reconnect()
        case "opcode 9, resumable":
            there.socket.invalidate(resumable=True)
        case _:
            await there.socket.close(4000)
    await there.until(lambda: heard(there, "RESUMED"), "the session to be resumed")
    assert (opcodes(there), len(there.socket.sessions)) == ([2, 6], 1)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py not wait before it introduces itself anew."""
    monkeypatch.setattr(discord.backoff.ExponentialBackoff, "delay", lambda _: 0.01)


async def test_a_session_that_is_no_more_begins_anew(there: StandIn, starts: Starts, at_once: None) -> None:
    await starts()
    there.socket.invalidate(resumable=False)
    await there.until(lambda: len(there.identifies) == 2, "a new session")
    assert opcodes(there) == [2, 2]


async def test_a_refused_resume_begins_anew(there: StandIn, starts: Starts, at_once: None) -> None:
    await starts()
    there.socket.forget()
    there.socket.drop()
    await there.until(lambda: len(there.identifies) == 2, "a new session")
    assert opcodes(there) == [2, 6, 2]
    assert len(heard(there, "READY")) == 2


@pytest.mark.parametrize("code", [4004, 4014])
async def test_some_codes_end_the_client(there: StandIn, starts: Starts, code: int) -> None:
    client = await starts()
    await there.socket.close(code)
    await there.until(client.is_closed, "the client to end")
    assert opcodes(there) == [2]


async def test_a_refused_gateway_is_tried_again(there: StandIn, starts: Starts, at_once: None) -> None:
    client = await starts()
    there.socket.refusing = True
    there.socket.drop()
    await there.until(lambda: there.socket.refused, "a connection to be refused")
    assert there.socket.connected == []
    there.socket.refusing = False
    await there.connected()
    assert (client.is_closed(), opcodes(there)) == (False, [2, 2])


async def test_a_revoked_token_lets_nobody_in(there: StandIn, starts: Starts) -> None:
    client = await starts()
    there.token_revoked = True
    with pytest.raises(discord.HTTPException) as refused:
        await client.fetch_user(there.world.owner.id)
    there.socket.forget()
    there.socket.drop()
    await there.until(client.is_closed, "the client to end")
    assert refused.value.status == 401


async def test_beyond_the_starts_of_a_day_the_token_is_void(there: StandIn, starts: Starts) -> None:
    there.socket.starts_left = 0
    client = await starts(ready=False)
    await there.until(client.is_closed, "the client to end")
    assert (there.token_revoked, there.socket.sessions) == (True, {})


# -- the world changes under the bot ----------------------------------------------------------------------------------


async def test_the_bot_is_taken_out(there: StandIn, starts: Starts, porch: Guild) -> None:
    client = await starts()
    there.accidents.kick_bot(porch)
    await there.until(lambda: not client.guilds, "the bot to hear of it")
    with pytest.raises(discord.Forbidden) as refused:
        await client.fetch_channel(there.channel(porch).id)
    assert refused.value.code == 50001


async def test_scheduled_events_are_told_with_their_intent(there: StandIn, starts: Starts, porch: Guild) -> None:
    client = await starts(intents=GUILDS | EVENTS)
    start = there.now() + timedelta(hours=1)
    event = await client.guilds[0].create_scheduled_event(
        name="Circle",
        start_time=start,
        end_time=start + timedelta(hours=1),
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
        location="#porch",
    )
    await event.edit(name="A circle")
    await event.delete()
    told = heard(there, "GUILD_SCHEDULED_EVENT_CREATE", "GUILD_SCHEDULED_EVENT_UPDATE", "GUILD_SCHEDULED_EVENT_DELETE")
    assert [one["name"] for one in told] == ["Circle", "A circle", "A circle"]
    assert porch.events == {}
