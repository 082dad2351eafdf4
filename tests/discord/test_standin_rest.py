"""The stand-in's REST side, used by an unmodified discord.py: what is allowed, how often, and what can go wrong."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from tests.discord.conftest import Client, Starts
from tests.discord.standin import Channel, Guild, Person, StandIn, permissions, shapes

SEND = "POST /channels/{channel_id}/messages"


@pytest.fixture
def porch(there: StandIn) -> Guild:
    return there.guild("Porch")


@pytest.fixture
def birch(there: StandIn, porch: Guild) -> Person:
    return there.person("birch", porch)


@pytest.fixture
def channel(there: StandIn, porch: Guild) -> Channel:
    return there.channel(porch)


async def ask(client: Client, method: str, path: str, **more: Any) -> Any:
    return await client.http.request(discord.http.Route(method, path), **more)


async def refused(doing: Awaitable[object]) -> tuple[int, int]:
    """Return the status and Discord's code with which something was refused."""
    with pytest.raises(discord.HTTPException) as caught:
        await doing
    return caught.value.status, caught.value.code


# -- what a message may be --------------------------------------------------------------------------------------------


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": 10, "content": words, **more}


def button(number: int, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "Yes", "custom_id": f"b{number}", **more}


def row(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(inside)}


def select(options: int) -> dict[str, Any]:
    return {"type": 3, "custom_id": "s", "options": [{"label": str(n), "value": str(n)} for n in range(options)]}


V2 = 1 << 15


@pytest.mark.parametrize(
    ("why", "body", "code"),
    [
        ("2001 characters", {"content": "x" * 2001}, 50035),
        ("1001 emoji are 2002 units", {"content": "🏮" * 1001}, 50035),
        ("nothing at all", {"content": ""}, 50006),
        ("new components without their flag", {"components": [text("x")]}, 50035),
        ("content beside new components", {"content": "x", "components": [text("x")], "flags": V2}, 50035),
        ("4001 characters in all", {"components": [text("x" * 2001), text("x" * 2000)], "flags": V2}, 50035),
        ("41 components", {"components": [text("x")] * 41, "flags": V2}, 50035),
        ("one id twice", {"components": [text("x", id=7), text("y", id=7)], "flags": V2}, 50035),
        ("one button id twice", {"components": [row(button(1), button(1))]}, 50035),
        ("six buttons in a row", {"components": [row(*map(button, range(6)))]}, 50035),
        ("six rows", {"components": [row(button(n)) for n in range(6)]}, 50035),
        ("a long button id", {"components": [row(button(1, custom_id="x" * 101))]}, 50035),
        ("a long label", {"components": [row(button(1, label="x" * 81))]}, 50035),
        (
            "all may be mentioned, and one",
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            50035,
        ),
        ("26 options", {"components": [row(select(26))]}, 50035),
        ("no options", {"components": [row(select(0))]}, 50035),
    ],
)
async def test_a_message_discord_would_refuse(
    starts: Starts, channel: Channel, why: str, body: dict[str, Any], code: int
) -> None:
    client = await starts()
    assert await refused(ask(client, "POST", f"/channels/{channel.id}/messages", json=body)) == (400, code), why
    assert channel.history == []


async def test_the_largest_message(starts: Starts, channel: Channel) -> None:
    client = await starts()
    parts = [text("x" * 3961), *[text("y") for _ in range(38)], text("z", id=2**31 - 1)]
    body = {"components": parts, "flags": V2}
    sent = await ask(client, "POST", f"/channels/{channel.id}/messages", json=body)
    assert len(channel.messages[0].text) == 4000 + 39
    assert [part["id"] for part in sent["components"]] == [*range(1, 40), 2**31 - 1]


async def test_a_mention_reaches_whom_the_sender_allows(starts: Starts, channel: Channel, birch: Person) -> None:
    client = await starts()
    place = client.get_partial_messageable(channel.id)
    words = f"{birch.mention} @everyone"
    await place.send(words, allowed_mentions=discord.AllowedMentions.none())
    await place.send(words, allowed_mentions=discord.AllowedMentions(users=[discord.Object(birch.id)], everyone=True))
    assert [(one.mentions, one.mention_everyone) for one in channel.messages] == [([], False), ([birch.id], False)]


# -- who may do what --------------------------------------------------------------------------------------------------


async def test_unknown_things_have_their_codes(starts: Starts, porch: Guild, channel: Channel) -> None:
    client = await starts()
    assert await refused(ask(client, "GET", "/channels/1")) == (404, 10003)
    assert await refused(ask(client, "GET", f"/channels/{channel.id}/messages/1")) == (404, 10008)
    assert await refused(ask(client, "GET", f"/guilds/{porch.id}/members/1")) == (404, 10013)
    assert await refused(ask(client, "GET", "/users/1")) == (404, 10013)
    assert await refused(ask(client, "GET", "/guilds/1")) == (404, 10004)
    assert await refused(ask(client, "POST", "/users/@me/channels", json={"recipient_id": "1"})) == (400, 50033)
    assert await refused(ask(client, "GET", f"/guilds/{porch.id}/scheduled-events/1")) == (404, 10070)


async def test_who_left_is_an_unknown_member(starts: Starts, porch: Guild, birch: Person) -> None:
    client = await starts()
    await ask(client, "GET", f"/guilds/{porch.id}/members/{birch.id}")
    birch.leave(porch)
    assert await refused(ask(client, "GET", f"/guilds/{porch.id}/members/{birch.id}")) == (404, 10007)


async def test_a_permission_is_taken_away(there: StandIn, starts: Starts, porch: Guild, channel: Channel) -> None:
    client = await starts()
    place = client.get_partial_messageable(channel.id)
    await place.send("before")
    there.accidents.take_from_bot(porch, permissions.SEND_MESSAGES)
    assert await refused(place.send("hello")) == (403, 50013)
    there.accidents.take_from_bot(porch, permissions.READ_MESSAGE_HISTORY)
    assert [one async for one in place.history()] == []
    there.accidents.hide_from_bot(channel)
    assert await refused(place.send("hello")) == (403, 50001)
    assert [one.text for one in channel.history] == ["before"]


async def test_overwrites_add_up_as_discord_adds_them(there: StandIn, porch: Guild, channel: Channel) -> None:
    birch, linden = there.person("birch", porch), there.person("linden", porch, roles=("moderator",))
    there.world.overwrite(channel, porch.roles[porch.id], deny=permissions.VIEW_CHANNEL)
    assert (birch.sees(channel), linden.sees(channel)) == (False, False)
    there.world.overwrite(channel, porch.role("moderator"), allow=permissions.VIEW_CHANNEL)
    assert (birch.sees(channel), linden.sees(channel)) == (False, True)
    there.world.overwrite(channel, linden.user, deny=permissions.VIEW_CHANNEL)
    assert (linden.sees(channel), there.world.may(there.world.owner.id, channel)) == (False, permissions.ALL)


async def test_a_time_out_leaves_reading(there: StandIn, porch: Guild, channel: Channel, birch: Person) -> None:
    birch.timeout(porch, timedelta(minutes=5))
    assert there.world.may(birch.id, channel) == permissions.IN_TIMEOUT
    assert permissions.in_guild(porch, porch.members[birch.id], there.now()) == permissions.IN_TIMEOUT
    there.pass_time(301)
    assert there.world.may(birch.id, channel) & permissions.SEND_MESSAGES


async def test_pins_need_their_permission(there: StandIn, starts: Starts, porch: Guild, channel: Channel) -> None:
    client = await starts()
    place = client.get_partial_messageable(channel.id)
    message = await place.send("the agreement")
    there.accidents.take_from_bot(porch, permissions.PIN_MESSAGES)
    assert await refused(message.pin()) == (403, 50013)
    assert [one.type for one in channel.history] == [0]
    there.accidents.permit_bot(porch)
    await message.pin()
    assert channel.messages[0].pinned is not None
    assert [one.type for one in channel.history] == [0, 6]
    assert [one.id async for one in place.pins()] == [message.id]
    await ask(client, "GET", f"/channels/{channel.id}/pins")
    await message.unpin()
    assert channel.messages[0].pinned is None


async def test_only_own_messages_are_edited_and_deleted(starts: Starts, channel: Channel, birch: Person) -> None:
    client = await starts()
    said = birch.talks(channel, "mine")
    message = client.get_partial_messageable(channel.id).get_partial_message(said.id)
    assert await refused(message.edit(content="yours")) == (403, 50005)
    assert await refused(message.delete()) == (403, 50013)
    assert [one.text for one in channel.messages] == ["mine"]


async def test_messages_are_listed_after_one(starts: Starts, channel: Channel) -> None:
    client = await starts()
    place = client.get_partial_messageable(channel.id)
    sent = [await place.send(str(number)) for number in range(5)]
    listed = await ask(client, "GET", f"/channels/{channel.id}/messages", params={"after": sent[1].id, "limit": 2})
    assert [one["content"] for one in listed] == ["3", "2"]
    assert await refused(ask(client, "GET", f"/channels/{channel.id}/messages", params={"limit": 101})) == (400, 50035)


# -- threads ----------------------------------------------------------------------------------------------------------


async def thread_of(client: Client, channel: Channel) -> discord.Thread:
    parent: Any = client.get_channel(channel.id)
    thread: discord.Thread = await parent.create_thread(name="quiet", type=discord.ChannelType.private_thread)
    return thread


async def test_a_private_thread_is_for_those_in_it(
    there: StandIn, starts: Starts, porch: Guild, channel: Channel, birch: Person
) -> None:
    client = await starts()
    manager = there.person("linden", porch)
    role = there.world.add_role(porch, "manager", permissions.MANAGE_THREADS)
    porch.members[manager.id].roles.append(role.id)
    thread = await thread_of(client, channel)
    assert (birch.sees(there.threads[0]), manager.sees(there.threads[0])) == (False, True)
    await thread.add_user(discord.Object(birch.id))
    assert birch.sees(there.threads[0])
    assert [one.id for one in await client.guilds[0].active_threads()] == [thread.id]
    await thread.remove_user(discord.Object(birch.id))
    assert not birch.sees(there.threads[0])
    birch.leave(porch)
    assert await refused(thread.add_user(discord.Object(birch.id))) == (404, 10007)
    hidden = there.world.add_thread(channel, manager.user, 12, "not yours", {})
    assert await refused(ask(client, "GET", f"/channels/{hidden.id}")) == (403, 50001)


async def test_what_a_bot_may_do_to_its_thread(there: StandIn, starts: Starts, channel: Channel) -> None:
    client = await starts()
    thread = await thread_of(client, channel)
    assert await refused(thread.delete()) == (403, 50013)
    assert await refused(thread.edit(locked=True)) == (403, 50013)
    await thread.edit(archived=True)
    assert there.threads[0].thread is not None
    assert (there.threads[0].thread.archived, there.threads[0].thread.locked) == (True, False)
    parent: Any = client.get_channel(channel.id)
    assert [one.id async for one in parent.archived_threads(private=True, joined=True)] == [thread.id]


async def test_an_archived_thread_takes_new_messages_and_no_edits(
    there: StandIn, starts: Starts, channel: Channel, birch: Person
) -> None:
    client = await starts()
    thread = await thread_of(client, channel)
    message = await thread.send("hello")
    there.accidents.archive(there.threads[0])
    assert await refused(message.edit(content="bye")) == (400, 50083)
    assert await refused(message.delete()) == (400, 50083)
    assert await refused(thread.add_user(discord.Object(birch.id))) == (400, 50083)
    assert await refused(ask(client, "PATCH", f"/channels/{thread.id}", json={"name": "other"})) == (400, 50083)
    state = there.threads[0].thread
    assert state is not None
    assert (state.archived, there.threads[0].name, there.threads[0].messages[0].text) == (True, "quiet", "hello")
    await thread.send("again")
    assert not state.archived
    there.accidents.archive(there.threads[0], locked=True)
    assert await refused(thread.send("once more")) == (403, 160005)
    assert state.archived


async def test_a_thread_is_deleted_under_the_bot(there: StandIn, starts: Starts, channel: Channel) -> None:
    client = await starts()
    thread = await thread_of(client, channel)
    there.accidents.delete_channel(there.threads[0])
    assert await refused(thread.send("hello")) == (404, 10003)
    await there.until(lambda: not client.guilds[0].threads, "the bot to hear of it")


async def test_events_need_a_place_an_end_and_the_permission(there: StandIn, starts: Starts, porch: Guild) -> None:
    client = await starts()
    start = there.now() + timedelta(hours=1)
    event = {
        "name": "Circle",
        "privacy_level": 2,
        "entity_type": 3,
        "scheduled_start_time": start.isoformat(),
        "scheduled_end_time": (start + timedelta(hours=1)).isoformat(),
        "entity_metadata": {"location": "#porch"},
    }
    path = f"/guilds/{porch.id}/scheduled-events"
    past = (there.now() - timedelta(hours=1)).isoformat()
    wrong: dict[str, Any]
    for wrong in ({"entity_metadata": {}}, {"scheduled_end_time": None}, {"scheduled_start_time": past}, {"name": ""}):
        assert await refused(ask(client, "POST", path, json=event | wrong)) == (400, 50035)
    there.accidents.take_from_bot(porch, permissions.CREATE_EVENTS)
    assert await refused(ask(client, "POST", path, json=event)) == (403, 50013)
    assert porch.events == {}


# -- rate limits ------------------------------------------------------------------------------------------------------


async def test_a_limit_for_a_route_slows_the_client_and_loses_nothing(
    there: StandIn, starts: Starts, channel: Channel
) -> None:
    client = await starts()
    there.limits.routes[SEND] = (2, 0.2)
    place = client.get_partial_messageable(channel.id)
    await asyncio.gather(*(place.send(str(number)) for number in range(5)))
    assert len(channel.messages) == 5
    assert [one.status for one in there.requests if one.route.endswith("/messages")].count(200) == 5


async def test_who_does_not_wait_is_refused_for_one_channel_alone(
    there: StandIn, porch: Guild, channel: Channel
) -> None:
    there.limits.routes[SEND] = (1, 60.0)
    other = there.world.add_channel(porch, "garden")
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {there.token}"}) as session:
        paths = [f"{there.api}/channels/{one}/messages" for one in (channel.id, channel.id, other.id)]
        replies = [await session.post(path, json={"content": "hello"}) for path in paths]
        over = await replies[1].json()
    assert [one.status for one in replies] == [200, 429, 200]
    assert (over["global"], replies[1].headers["Via"], replies[1].headers["X-RateLimit-Scope"]) == (
        False,
        "1.1 google",
        "user",
    )
    assert 0 < over["retry_after"] <= 60
    assert (len(channel.messages), len(other.messages), there.limits.refused) == (1, 1, 1)


async def test_a_limit_for_everything_spares_answers(there: StandIn) -> None:
    there.limits.everywhere = 2
    headers = {"Authorization": f"Bot {there.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        replies = [await session.get(f"{there.api}/users/@me") for _ in range(3)]
        spared = await session.post(f"{there.api}/interactions/1/x/callback", json={"type": 5})
        over = await replies[2].json()
    assert [one.status for one in replies] == [200, 200, 429]
    assert (over["global"], replies[2].headers["Via"], replies[2].headers["X-RateLimit-Global"]) == (
        True,
        "1.1 google",
        "true",
    )
    assert spared.status == 404
    assert replies[0].headers["Content-Type"] == "application/json"
    assert {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Bucket"} <= set(replies[0].headers)


# -- what can go wrong ------------------------------------------------------------------------------------------------

Breaks = Callable[[StandIn], object]


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py not wait between its own attempts."""
    sleep = asyncio.sleep
    monkeypatch.setattr("discord.http.asyncio.sleep", lambda _seconds: sleep(0))


@pytest.mark.parametrize(
    ("why", "breaks", "landed"),
    [
        ("a limit for the route", lambda there: there.faults.rate_limit(SEND), 1),
        ("a limit for all", lambda there: there.faults.rate_limit(SEND, everywhere=True), 1),
        ("a wait below zero", lambda there: there.faults.rate_limit(SEND, -5), 1),
        ("an error before the work", lambda there: there.faults.fail(SEND, 500), 1),
        ("an error after it: the nonce is known", lambda there: there.faults.fail(SEND, 502, landed=True), 1),
        ("a page of HTML", lambda there: there.faults.fail(SEND, 504, html=True), 1),
    ],
)
async def test_discord_py_tries_again(
    there: StandIn, starts: Starts, channel: Channel, no_waiting: None, why: str, breaks: Breaks, landed: int
) -> None:
    client = await starts()
    breaks(there)
    await client.get_partial_messageable(channel.id).send("hello")
    assert len(channel.messages) == landed, why
    assert len([one for one in there.requests if one.method == "POST"]) == 2


@pytest.mark.parametrize(
    ("why", "breaks", "landed"),
    [
        ("429 without Via", lambda there: there.faults.rate_limit(SEND, via=False), 0),
        ("503", lambda there: there.faults.fail(SEND, 503), 0),
        ("503 after the work", lambda there: there.faults.fail(SEND, 503, landed=True), 1),
        ("500 each time", lambda there: there.faults.fail(SEND, times=None), 0),
        ("a cut connection", lambda there: there.faults.reset(SEND), 0),
        ("a cut connection after the work", lambda there: there.faults.reset(SEND, landed=True), 1),
        ("refused for no reason", lambda there: there.faults.refuse(SEND, 403, 50001), 0),
    ],
)
async def test_discord_py_gives_up(
    there: StandIn, starts: Starts, channel: Channel, no_waiting: None, why: str, breaks: Breaks, landed: int
) -> None:
    client = await starts()
    breaks(there)
    with pytest.raises((discord.HTTPException, aiohttp.ClientError)):
        await client.get_partial_messageable(channel.id).send("hello")
    assert len(channel.messages) == landed, why
    there.faults.clear()
    await client.get_partial_messageable(channel.id).send("hello")
    assert len(channel.messages) == landed + 1


@pytest.mark.parametrize("landed", [True, False])
async def test_an_answer_is_held_back(there: StandIn, starts: Starts, channel: Channel, landed: bool) -> None:
    client = await starts()
    fault = there.faults.hold(SEND, landed=landed)
    sending = asyncio.create_task(client.get_partial_messageable(channel.id).send("hello"))
    await asyncio.wait_for(fault.met.wait(), 5)
    assert (len(channel.messages), sending.done()) == (int(landed), False)
    assert fault.until is not None
    fault.until.set()
    await sending
    assert len(channel.messages) == 1


async def test_the_gateway_cannot_be_asked_for(there: StandIn, starts: Starts, no_waiting: None) -> None:
    there.faults.fail("GET /gateway/bot", 503)
    client = await starts(ready=False)
    await there.until(lambda: any(one.status == 503 for one in there.requests))
    assert there.identifies == []
    assert not client.is_ready()


async def test_an_unknown_route_is_noted(there: StandIn, starts: Starts) -> None:
    client = await starts()
    assert await refused(ask(client, "GET", "/lampposts")) == (404, 0)
    assert (there.requests[-1].route, there.requests[-1].path) == ("?", "/api/v10/lampposts")


async def test_a_body_nobody_can_read_is_refused_and_noted(there: StandIn, starts: Starts, channel: Channel) -> None:
    client = await starts()
    path = f"/channels/{channel.id}/messages"
    headers = {"Authorization": f"Bot {there.token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:
        reply = await session.post(f"{there.api}{path}", data="{")
        assert (reply.status, (await reply.json())["code"]) == (400, 50109)
    assert await refused(ask(client, "POST", path, json={"components": [{"id": 1}]})) == (400, 50035)
    assert len(there.violations) == 1
    assert channel.history == []
    there.violations.clear()


# -- Discord's OpenAPI file -------------------------------------------------------------------------------------------


async def test_bodies_are_compared_with_discords_file(
    openapi: str, there: StandIn, starts: Starts, monkeypatch: pytest.MonkeyPatch, channel: Channel
) -> None:
    client = await starts()
    place = client.get_partial_messageable(channel.id)
    before = there.checked
    await place.send("hello")
    assert (there.checked.requests, there.checked.replies) == (before.requests + 1, before.replies + 1)
    assert there.violations == []
    right = shapes.message
    monkeypatch.setattr(shapes, "message", lambda *given: right(*given) | {"pinned": "yes"})
    await place.send("hello")
    await ask(client, "POST", f"/channels/{channel.id}/messages", json={"content": "x", "tts": "loud"})
    assert [line.partition(": at ")[2].partition(":")[0] for line in there.violations] == ["/pinned", "/tts", "/pinned"]
    there.violations.clear()


async def test_without_the_file_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_OPENAPI", raising=False)
    async with StandIn() as there, aiohttp.ClientSession() as session:
        reply = await session.get(f"{there.api}/users/@me", headers={"Authorization": f"Bot {there.token}"})
        assert json.loads(await reply.text())["username"] == "porchlight"
        assert there.spec.unchecked.startswith("unchecked")
        assert (there.checked.replies, there.violations) == (0, [])
