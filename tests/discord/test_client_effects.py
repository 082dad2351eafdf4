"""Effects through a Discord that fails: nothing is lost, nothing is doubled, and the right thing is told."""

import asyncio
import ssl
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from adapters.discord import DiscordAdapter, rest
from adapters.discord.rest import LONGEST_WAIT, USUAL_WAIT, Failed, failed, wait_of
from bot.contract.card import Card
from bot.contract.effect import (
    Accepted,
    Delete,
    Edit,
    Effect,
    Invite,
    Leave,
    MakeRoom,
    NotSent,
    Pin,
    Refused,
    Remove,
    Result,
    Say,
    SetState,
    Unsure,
)
from bot.contract.place import Post
from bot.contract.text import Said, Voice, text
from tests.discord.bench import SEND, Hurried, Runs, asked, card, member, read, room, say, space
from tests.discord.standin import Channel, Guild, Person, StandIn, permissions

LONG = "porch " * 1_500
"""More than one message holds."""


@pytest.fixture
async def adapter(runs: Runs, porch: Guild) -> DiscordAdapter:
    return await runs.start()


@pytest.fixture
def channel(there: StandIn, porch: Guild) -> Channel:
    return there.channel(porch)


def words(channel: Channel) -> list[str]:
    """Return what stands in a channel."""
    return [read(message) for message in channel.messages]


def pins(channel: Channel) -> list[bool]:
    return [message.pinned is not None for message in channel.messages]


def archived(thread: Channel) -> bool:
    return thread.thread is not None and thread.thread.archived


async def do(adapter: DiscordAdapter, effect: Effect, key: str = "key-9") -> Result:
    return await adapter.perform(key, "mark-9", effect, Voice())


async def posted(adapter: DiscordAdapter, channel: Channel) -> Post:
    """Return a message that stands in a channel."""
    said = await say(adapter, room(channel), key="key-0")
    assert isinstance(said, Accepted)
    return Post(room(channel), said.id)


async def opened(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> Channel:
    """Return a private thread that the bot made."""
    made = await do(adapter, MakeRoom(space(porch), text("said", words=Said("Room"))), "key-room")
    assert isinstance(made, Accepted)
    return there.world.channels[int(made.id)]


# -- rate limits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_short_limit_is_sat_out(
    there: StandIn, adapter: DiscordAdapter, channel: Channel, hurried: Hurried, everywhere: bool
) -> None:
    there.faults.rate_limit(SEND, 0.7, everywhere=everywhere)
    assert isinstance(await say(adapter, room(channel)), Accepted)
    assert 0.7 in hurried.waits
    assert words(channel) == ["hello"]


@pytest.mark.parametrize(
    ("why", "limit", "wait"),
    [
        ("a long wait is an answer of its own", {"retry_after": 45.0}, 45.0),
        ("for all routes as well", {"retry_after": 45.0, "everywhere": True}, 45.0),
        ("an absurd wait is cut", {"retry_after": 1e9}, LONGEST_WAIT),
        ("a negative one is none", {"retry_after": -5.0}, USUAL_WAIT),
        ("nothing is no wait", {"retry_after": 0.0}, 1.0),
        ("not Discord answers, but what stands before it", {"retry_after": 20.0, "via": False}, 20.0),
        ("absurdly", {"retry_after": 1e9, "via": False}, LONGEST_WAIT),
        ("negatively", {"retry_after": -1.0, "via": False}, USUAL_WAIT),
        ("with no number", {"retry_after": float("nan"), "via": False}, USUAL_WAIT),
    ],
)
async def test_a_limit_that_stays_is_not_sent(
    there: StandIn,
    adapter: DiscordAdapter,
    channel: Channel,
    hurried: Hurried,
    why: str,
    limit: dict[str, Any],
    wait: float,
) -> None:
    fault = there.faults.rate_limit(SEND, **limit, times=None)
    assert await say(adapter, room(channel)) == NotSent(wait), why
    assert words(channel) == []
    fault.lift()
    assert isinstance(await say(adapter, room(channel)), Accepted)
    assert words(channel) == ["hello"]


async def test_what_discord_tells_of_its_limits_is_kept(
    there: StandIn, adapter: DiscordAdapter, channel: Channel
) -> None:
    there.limits.routes[SEND] = (2, 0.2)
    saying = [say(adapter, room(channel), key=f"key-{number}", words=str(number)) for number in range(5)]
    assert all(isinstance(result, Accepted) for result in await asyncio.gather(*saying))
    assert sorted(words(channel)) == ["0", "1", "2", "3", "4"]


async def test_the_limit_for_all_is_kept(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    people = [there.person(name, porch) for name in ("birch", "rowan", "alder")]
    there.limits.everywhere = 3
    saying = [say(adapter, member(one), key=f"key-{one.id}") for one in people]
    assert all(isinstance(result, Accepted) for result in await asyncio.gather(*saying))
    assert [words(one.dm) for one in people] == [["hello"]] * 3
    assert there.limits.refused


async def test_a_limit_in_one_room_does_not_hold_up_another(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    garden = there.world.add_channel(porch, "garden")
    held = there.faults.hold(SEND)
    waiting = asyncio.create_task(say(adapter, room(channel), key="key-1"))
    await held.met.wait()
    assert isinstance(await say(adapter, room(garden), key="key-2"), Accepted)
    assert not waiting.done()
    assert held.until is not None
    held.until.set()
    assert isinstance(await waiting, Accepted)
    assert (words(channel), words(garden)) == (["hello"], ["hello"])


async def test_a_call_given_up_during_a_limit_for_all_holds_up_no_other(
    there: StandIn, adapter: DiscordAdapter, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "PATIENCE", 0.3)
    there.faults.rate_limit(SEND, 25.0, everywhere=True)
    assert await say(adapter, room(channel)) == Unsure()
    assert isinstance(await say(adapter, room(channel)), Accepted)
    assert words(channel) == ["hello"]


async def test_a_call_cancelled_during_a_limit_for_all_holds_up_no_other(
    there: StandIn, adapter: DiscordAdapter, channel: Channel
) -> None:
    limited = there.faults.rate_limit(SEND, 25.0, everywhere=True)
    given_up = asyncio.create_task(say(adapter, room(channel)))
    await limited.met.wait()
    client = adapter._rest._client if adapter._rest is not None else None
    assert client is not None
    await there.until(lambda: not client.http._global_over.is_set(), "the library to know of the limit")
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert isinstance(await asyncio.wait_for(say(adapter, room(channel)), 5), Accepted)
    assert words(channel) == ["hello"]


# -- a server in trouble ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_broken_answer_gives_one_message(
    there: StandIn,
    adapter: DiscordAdapter,
    porch: Guild,
    channel: Channel,
    hurried: Hurried,
    status: int,
    landed: bool,
    private: bool,
) -> None:
    birch = there.person("birch", porch)
    to, place = (member(birch), birch.dm) if private else (room(channel), channel)
    fault = there.faults.fail(SEND, status, landed=landed, times=None, html=status == 502)
    assert await say(adapter, to) == Unsure()
    assert len(place.messages) == landed
    fault.lift()
    again = await say(adapter, to)
    assert again == Accepted(str(place.messages[0].id))
    assert words(place) == ["hello"]


@pytest.mark.parametrize("landed", [True, False])
async def test_one_broken_answer_is_made_good_at_once(
    there: StandIn, adapter: DiscordAdapter, channel: Channel, hurried: Hurried, landed: bool
) -> None:
    there.faults.fail(SEND, 500, landed=landed)
    assert isinstance(await say(adapter, room(channel)), Accepted)
    assert words(channel) == ["hello"]


@pytest.mark.parametrize("landed", [True, False])
async def test_a_connection_cut_while_waiting_gives_one_message(
    there: StandIn, adapter: DiscordAdapter, channel: Channel, landed: bool
) -> None:
    there.faults.reset(SEND, landed=landed)
    assert await say(adapter, room(channel)) == Unsure()
    assert isinstance(await say(adapter, room(channel)), Accepted)
    assert words(channel) == ["hello"]


@pytest.mark.parametrize("landed", [True, False])
async def test_an_answer_that_does_not_come_gives_one_message(
    there: StandIn, adapter: DiscordAdapter, channel: Channel, monkeypatch: pytest.MonkeyPatch, landed: bool
) -> None:
    monkeypatch.setattr(rest, "PATIENCE", 0.3)
    held = there.faults.hold(SEND, landed=landed)
    assert await say(adapter, room(channel)) == Unsure()
    monkeypatch.setattr(rest, "PATIENCE", 30.0)  # the second is answered, however busy this machine is
    assert isinstance(await say(adapter, room(channel)), Accepted)
    assert held.until is not None
    held.until.set()
    await there.until(lambda: len(asked(there, "POST", "/channels/{channel_id}/messages")) == 2, "the late one")
    assert words(channel) == ["hello"]


async def test_a_long_card_broken_off_in_the_middle_is_whole_afterwards(
    there: StandIn, adapter: DiscordAdapter, channel: Channel
) -> None:
    second = there.faults.hold(SEND)
    third = there.faults.reset(SEND, landed=True)
    assert second.until is not None
    second.until.set()
    assert await say(adapter, room(channel), words=LONG) == Unsure()
    assert third.used == 1
    assert len(channel.messages) == 2
    assert isinstance(await say(adapter, room(channel), words=LONG), Accepted)
    assert "".join("".join(words(channel)).split()) == "".join(LONG.split())


async def test_without_a_connection_nothing_is_sent(
    there: StandIn, adapter: DiscordAdapter, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1/api/v10")
    assert isinstance(await say(adapter, room(channel)), NotSent)
    assert words(channel) == []


async def test_before_it_is_connected_nothing_is_sent(there: StandIn, runs: Runs, channel: Channel) -> None:
    login = there.faults.hold("GET /users/@me", times=None)
    adapter = runs.begin()
    await login.met.wait()
    assert isinstance(await say(adapter, room(channel)), NotSent)
    with pytest.raises(ConnectionError):
        await adapter.find("mark-1", Edit(Post(room(channel), "1"), card()))
    assert words(channel) == []


def _key(host: str = "discord.com") -> Any:
    return SimpleNamespace(host=host, port=443, ssl=True, is_ssl=True)


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (aiohttp.ClientConnectorError(_key(), OSError(111, "refused")), NotSent()),
        (aiohttp.ClientConnectorDNSError(_key(), OSError(-2, "unknown")), NotSent()),
        (aiohttp.ClientConnectorCertificateError(_key(), ssl.SSLCertVerificationError()), NotSent()),
        (aiohttp.ClientConnectorSSLError(_key(), ssl.SSLError()), NotSent()),
        (aiohttp.ServerDisconnectedError(), Unsure()),
        (aiohttp.ClientOSError(104, "reset"), Unsure()),
        (ConnectionResetError(), Unsure()),
        (aiohttp.ClientPayloadError(), Unsure()),
        (ValueError("no JSON"), Unsure()),
        (discord.RateLimited(7.0), NotSent(7.0)),
    ],
)
def test_what_an_error_of_the_connection_means(error: Exception, result: Result) -> None:
    assert failed(error).result == result


@pytest.mark.parametrize(
    ("status", "code", "result"),
    [
        (401, 0, NotSent(LONGEST_WAIT)),
        (400, 50035, Refused("impossible")),
        (403, 50007, Refused("closed")),
        (403, 50278, Refused("closed")),
        (403, 50001, Refused("forbidden")),
        (403, 50013, Refused("forbidden")),
        (403, 160005, Refused("forbidden")),
        (403, 40003, NotSent(LONGEST_WAIT)),
        (400, 40003, NotSent(LONGEST_WAIT)),
        (404, 10003, Refused("gone")),
        (404, 10008, Refused("gone")),
        (400, 50033, Refused("gone")),
        (502, 0, Unsure()),
        (599, 0, Unsure()),
    ],
)
def test_what_an_answer_means(status: int, code: int, result: Result) -> None:
    response = Mock(status=status, reason="", headers={})
    made = failed(discord.HTTPException(response, {"code": code, "message": "somebody's secret"}))
    assert (made.result, made.code) == (result, 0 if status == 401 else code)
    assert "secret" not in f"{made!r} {made}"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
def test_what_stands_before_discord_refuses_nothing_for_good(status: int) -> None:
    """A page instead of JSON comes from the network before Discord, which has seen nothing of the request."""
    response = Mock(status=status, reason="", headers={"Content-Type": "text/html; charset=UTF-8"})
    made = failed(discord.HTTPException(response, "<html>error code: 1020</html>"))
    assert made.result == NotSent(USUAL_WAIT)
    assert type(made) is Failed


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        (0.2, 1.0),
        (12, 12.0),
        (1e12, LONGEST_WAIT),
        (-3, USUAL_WAIT),
        (float("nan"), USUAL_WAIT),
        (float("inf"), USUAL_WAIT),
        (None, USUAL_WAIT),
        ("soon", USUAL_WAIT),
        (True, USUAL_WAIT),
    ],
)
def test_how_long_to_wait(said: object, wait: float) -> None:
    assert wait_of(said) == wait


# -- refused ----------------------------------------------------------------------------------------------------------


async def test_closed_private_messages_and_open_again(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    birch = there.person("birch", porch)
    birch.close_dms()
    assert await say(adapter, member(birch)) == Refused("closed")
    assert words(birch.dm) == []
    birch.open_dms()
    assert isinstance(await say(adapter, member(birch), key="key-2"), Accepted)
    assert words(birch.dm) == ["hello"]


async def test_who_left_the_server_is_not_reached(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    birch = there.person("birch", porch)
    birch.leave(porch)
    assert await say(adapter, member(birch)) == Refused("closed")
    assert words(birch.dm) == []


async def test_opening_private_conversations_too_fast_is_no_refusal(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    birch = there.person("birch", porch)
    there.faults.refuse("POST /users/@me/channels", 403, 40003)
    assert await say(adapter, member(birch)) == NotSent(LONGEST_WAIT)
    assert isinstance(await say(adapter, member(birch)), Accepted)
    assert words(birch.dm) == ["hello"]


async def test_a_private_message_says_that_nobody_listens_there_after_an_edit_too(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    birch = there.person("birch", porch)
    said = await say(adapter, member(birch))
    assert isinstance(said, Accepted)
    assert birch.dm.messages[-1].text.endswith("\n-# discord-deaf")
    edit = Edit(Post(member(birch), said.id), card("other words"))
    assert isinstance(await do(adapter, edit), Accepted)
    assert read(birch.dm.messages[-1]) == "other words"
    assert birch.dm.messages[-1].text.endswith("\n-# discord-deaf")
    post = await posted(adapter, channel)
    assert isinstance(await do(adapter, Edit(post, card("other words")), "key-8"), Accepted)
    assert "discord-deaf" not in channel.messages[-1].text


async def test_a_permission_taken_away(there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel) -> None:
    there.accidents.take_from_bot(porch, permissions.SEND_MESSAGES)
    assert await say(adapter, room(channel)) == Refused("forbidden")
    there.accidents.hide_from_bot(channel)
    assert await say(adapter, room(channel), key="key-2") == Refused("forbidden")
    assert words(channel) == []


async def test_a_channel_deleted_under_the_bot(there: StandIn, adapter: DiscordAdapter, channel: Channel) -> None:
    post = await posted(adapter, channel)
    there.accidents.delete_channel(channel)
    for effect in (Edit(post, card()), Pin(post)):
        assert await do(adapter, effect) == Refused("gone")
    assert await say(adapter, room(channel)) == Refused("gone")
    assert isinstance(await do(adapter, Delete(post)), Accepted)


async def test_a_message_deleted_under_the_bot(there: StandIn, adapter: DiscordAdapter, channel: Channel) -> None:
    post = await posted(adapter, channel)
    there.accidents.delete_message(channel.messages[0])
    assert await do(adapter, Edit(post, card("after"))) == Refused("gone")
    assert await do(adapter, Pin(post)) == Refused("gone")
    assert isinstance(await do(adapter, Delete(post)), Accepted)
    assert words(channel) == []


async def test_what_was_sent_and_then_deleted_counts_as_sent(
    there: StandIn, adapter: DiscordAdapter, channel: Channel
) -> None:
    there.faults.reset(SEND, landed=True)
    assert await say(adapter, room(channel)) == Unsure()
    there.accidents.delete_message(channel.messages[0])
    assert isinstance(await say(adapter, room(channel)), Accepted)
    assert words(channel) == []


async def test_who_was_written_to_before_and_closes_is_refused(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    birch = there.person("birch", porch)
    assert isinstance(await say(adapter, member(birch), key="key-1"), Accepted)
    birch.close_dms()
    assert await say(adapter, member(birch), key="key-2") == Refused("closed")
    birch.open_dms()
    assert isinstance(await say(adapter, member(birch), key="key-3"), Accepted)
    assert words(birch.dm) == ["hello", "hello"]


async def test_pinning_needs_a_permission_of_its_own(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    post = await posted(adapter, channel)
    there.accidents.take_from_bot(porch, permissions.PIN_MESSAGES)
    assert await do(adapter, Pin(post)) == Refused("forbidden")
    assert pins(channel) == [False]
    there.accidents.permit_bot(porch)
    assert isinstance(await do(adapter, Pin(post)), Accepted)
    assert pins(channel) == [True]
    assert isinstance(await do(adapter, Pin(post, pinned=False)), Accepted)
    assert pins(channel) == [False]


# -- rooms ------------------------------------------------------------------------------------------------------------


async def test_a_room_is_private_and_only_the_bot_lets_people_in(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    birch = there.person("birch", porch)
    made = await opened(there, adapter, porch)
    assert made.thread is not None
    assert (made.type, made.thread.invitable, set(made.thread.members)) == (12, False, {there.world.bot.id})
    assert made.name.startswith("Room ")
    assert not birch.sees(made)
    assert isinstance(await do(adapter, Invite(room(made), member(birch))), Accepted)
    assert birch.sees(made)
    assert isinstance(await do(adapter, Remove(room(made), member(birch))), Accepted)
    assert isinstance(await do(adapter, Remove(room(made), member(birch))), Accepted)
    assert not birch.sees(made)


async def test_a_room_is_made_once_though_the_answer_was_lost(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    there.faults.reset("POST /channels/{channel_id}/threads", landed=True)
    make = MakeRoom(space(porch), text("said", words=Said("Room")))
    assert await do(adapter, make, "key-room") == Unsure()
    made = await do(adapter, make, "key-room")
    assert made == Accepted(str(there.threads[0].id))
    assert len(there.threads) == 1
    assert await adapter.find("mark-9", make) == made


async def test_rooms_are_made_where_everybody_looks(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    hidden = there.channel(porch)
    there.world.overwrite(hidden, porch.roles[porch.id], deny=permissions.VIEW_CHANNEL)
    garden = there.world.add_channel(porch, "garden")
    await there.until(lambda: any(frame.name == "CHANNEL_CREATE" for frame in there.frames))
    await say(adapter, room(garden))  # what the gateway told before is known once this is answered
    made = await opened(there, adapter, porch)
    assert made.parent_id == garden.id


async def test_no_room_where_threads_are_not_allowed(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    there.accidents.take_from_bot(porch, permissions.CREATE_PRIVATE_THREADS)
    make = MakeRoom(space(porch), text("said", words=Said("Room")))
    assert await do(adapter, make) == Refused("forbidden")
    assert there.threads == []


async def test_an_archived_room_opens_for_what_is_done_in_it(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    made = await opened(there, adapter, porch)
    post = await posted(adapter, made)
    assert made.thread is not None
    there.accidents.archive(made)
    assert isinstance(await do(adapter, Edit(post, card("after"))), Accepted)
    assert (words(made), archived(made)) == (["after"], False)
    there.accidents.archive(made)
    assert isinstance(await do(adapter, SetState(room(made), "name", text("said", words=Said("Quiet")))), Accepted)
    assert made.name == "Quiet"
    there.accidents.archive(made)
    assert isinstance(await say(adapter, room(made), key="key-5"), Accepted)
    there.accidents.archive(made)
    assert isinstance(await do(adapter, Delete(post)), Accepted)
    assert words(made) == ["hello"]


async def test_a_locked_room_stays_closed(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    made, birch = await opened(there, adapter, porch), there.person("birch", porch)
    post = await posted(adapter, made)
    there.accidents.archive(made, locked=True)
    assert await do(adapter, Edit(post, card("after"))) == Refused("forbidden")
    assert await do(adapter, Invite(room(made), member(birch))) == Refused("gone")
    assert await say(adapter, room(made), key="key-5") == Refused("forbidden")
    assert words(made) == ["hello"]


async def test_nobody_is_let_into_a_room_that_is_over(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    made, birch = await opened(there, adapter, porch), there.person("birch", porch)
    there.accidents.archive(made)
    assert await do(adapter, Invite(room(made), member(birch))) == Refused("gone")
    assert made.thread is not None
    assert birch.id not in made.thread.members
    assert archived(made)


@pytest.mark.parametrize("manages", [False, True])
async def test_a_room_is_closed_with_somebody_in_it_and_locked_where_the_bot_may(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, manages: bool
) -> None:
    made, birch = await opened(there, adapter, porch), there.person("birch", porch)
    await do(adapter, Invite(room(made), member(birch)))
    if manages:
        there.accidents.permit_bot(porch, permissions.NEEDED | permissions.MANAGE_THREADS)
        await there.until(lambda: any(frame.name == "GUILD_ROLE_UPDATE" for frame in there.frames))
        await say(adapter, room(made))  # what the gateway told before is known once this is answered
    for key in ("key-1", "key-2"):
        assert isinstance(await do(adapter, Leave(room(made), close=True), key), Accepted)
    assert made.thread is not None
    assert (set(made.thread.members), archived(made)) == ({birch.id, there.world.bot.id}, True)
    assert made.thread.locked is manages


async def test_a_room_that_was_archived_before_is_locked_as_well_where_the_bot_may(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    made = await opened(there, adapter, porch)
    there.accidents.permit_bot(porch, permissions.NEEDED | permissions.MANAGE_THREADS)
    await there.until(lambda: any(frame.name == "GUILD_ROLE_UPDATE" for frame in there.frames))
    await say(adapter, room(made))  # what the gateway told before is known once this is answered
    there.accidents.archive(made)
    for key in ("key-1", "key-2"):
        assert isinstance(await do(adapter, Leave(room(made), close=True), key), Accepted)
        assert made.thread is not None
        assert (archived(made), made.thread.locked) == (True, True)


@pytest.mark.parametrize("manages", [False, True])
async def test_a_room_is_deleted_where_that_is_wished_and_the_bot_may_else_archived(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, manages: bool
) -> None:
    made, birch = await opened(there, adapter, porch), there.person("birch", porch)
    await do(adapter, Invite(room(made), member(birch)))
    if manages:
        there.accidents.permit_bot(porch, permissions.NEEDED | permissions.MANAGE_THREADS)
        await there.until(lambda: any(frame.name == "GUILD_ROLE_UPDATE" for frame in there.frames))
        await say(adapter, room(made))  # what the gateway told before is known once this is answered
    for key in ("key-1", "key-2"):
        assert isinstance(await do(adapter, Leave(room(made), close=True, erase=True), key), Accepted)
    assert (made.id in there.world.channels) is not manages
    assert archived(made) is not manages


async def test_who_left_the_server_cannot_be_let_in(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    made, birch = await opened(there, adapter, porch), there.person("birch", porch)
    birch.leave(porch)
    assert await do(adapter, Invite(room(made), member(birch))) == Refused("gone")
    assert isinstance(await do(adapter, Remove(room(made), member(birch))), Accepted)


async def test_an_empty_room_is_closed_and_one_with_people_is_left_to_them(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    made, birch = await opened(there, adapter, porch), there.person("birch", porch)
    assert made.thread is not None
    await do(adapter, Invite(room(made), member(birch)))
    for key in ("key-1", "key-2"):
        assert isinstance(await do(adapter, Leave(room(made)), key), Accepted)
    assert (set(made.thread.members), archived(made)) == ({birch.id}, False)


async def test_an_empty_room_is_closed(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    made = await opened(there, adapter, porch)
    for key in ("key-1", "key-2"):
        assert isinstance(await do(adapter, Leave(room(made)), key), Accepted)
    assert archived(made)


async def test_the_bot_is_taken_out_of_the_server(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    made, birch = await opened(there, adapter, porch), there.person("birch", porch)
    there.accidents.kick_bot(porch)
    await there.until(lambda: adapter._effects is not None and not adapter._effects._client.guilds, "it to be heard")
    assert await say(adapter, room(channel)) == Refused("forbidden")
    assert await do(adapter, Invite(room(made), member(birch))) == Refused("forbidden")
    assert await do(adapter, MakeRoom(space(porch), text("said", words=Said("Room")))) == Refused("forbidden")
    assert (words(channel), len(there.threads)) == ([], 1)
    there.world.invite_bot(porch)
    await there.until(lambda: adapter._effects is not None and adapter._effects._client.guilds, "it to be heard")
    assert isinstance(await say(adapter, room(channel), key="key-2"), Accepted)


# -- what is sent -----------------------------------------------------------------------------------------------------


async def test_nobody_is_pinged_by_anything(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    there.accidents.permit_bot(porch, permissions.NEEDED | permissions.MENTION_EVERYONE)
    birch = there.person("birch", porch)
    await say(adapter, room(channel), words=f"@everyone {birch.mention}")
    naming = Card((text("named", who=member(birch)),))
    assert isinstance(await do(adapter, Edit(Post(room(channel), str(channel.messages[0].id)), naming)), Accepted)
    assert birch.mention in channel.messages[0].text
    assert (channel.messages[0].mentions, channel.messages[0].mention_everyone) == ([], False)


async def test_a_name_is_looked_up_for_the_message_and_a_missing_one_stops_nothing(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel, hurried: Hurried
) -> None:
    birch = there.person("birch", porch)
    naming = Card((text("named", who=member(birch)),))
    broken = there.faults.fail("GET /users/{user_id}", 503)
    for key in ("key-1", "key-2"):
        assert isinstance(await do(adapter, Say(room(channel), naming), key), Accepted)
    assert broken.used == 1
    assert [read(one) for one in channel.messages] == [f"<@{birch.id}>", f"<@{birch.id}> (birch)"]


async def test_history_is_looked_through_for_our_own_marks_alone(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    birch: Person = there.person("birch", porch)
    said = await say(adapter, room(channel))
    for _ in range(30):
        birch.talks(channel, "words of others")
    find = Say(room(channel), card())
    assert await adapter.find("mark-1", find) == said
    assert await adapter.find("mark-2", find) != said
    queries = [one for one in there.requests if (one.method, one.route) == ("GET", "/channels/{channel_id}/messages")]
    assert len(queries) == 2
