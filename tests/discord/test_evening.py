"""A whole evening with the bot as it is shipped, in a process of its own: what it hears, tells, and leaves behind."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from adapters.discord import DiscordAdapter
from bot.chance import SecretChance, SeededChance
from bot.contract.text import text
from bot.i18n import Fluent
from tests.adapters.local.fakes import StillClock, buttons
from tests.discord.bench import Core, Hurried, Speaker
from tests.discord.standin import Fault, StandIn, permissions
from tests.discord.standin.components import TEXT_INPUT
from tests.discord.standin.state import walk
from tests.discord.standin.tls import Loopback, certificate
from tests.discord.test_client_ears import GUILDS, HEARD, REVIEWED
from tests.drivers.discord import START, DiscordEvening
from tests.drivers.traces import traces
from tests.mine.test_mine import has_everything_open
from tests.mine.test_privacy import ANYTHING
from tests.promises import drove

NAMES = ("birch", "alder", "rowan", "hazel", "linden")

DEAF = "I receive no messages here. /help shows what I understand."

SENT_AT_LEAST, ANSWERED_AT_LEAST = 65, 175
"""Bodies of one whole evening that are compared with Discord's OpenAPI file: requests of the bot, and replies."""

SEND = "POST /channels/{channel_id}/messages"
ANSWER = "POST /interactions/{interaction_id}/{interaction_token}/callback"


@pytest.fixture
async def evening(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[DiscordEvening]:
    """An evening in a server that has been set up; a parameter says with how many shards."""
    opened = DiscordEvening(tmp_path / "evening")
    opened.shards = getattr(request, "param", 1)
    yield await opened.start()
    drove("discord")
    await opened.stop()


def chatter(evening: DiscordEvening, words: str) -> None:
    """Let everybody talk, in every room they are in and to the bot in private, some with its name in their words."""
    bot = f"<@{evening.there.world.bot.id}>"
    rooms = [evening.porch, *evening.there.threads]
    for name in NAMES:
        who = evening.accounts[name]
        for room in rooms:
            if evening.there.world.may(who.id, room) & permissions.SEND_MESSAGES:
                who.talks(room, words)
                who.talks(room, f"{bot} {words}")
        who.talks(None, words)


async def whole(evening: DiscordEvening, between: Callable[[], None] = lambda: None) -> None:
    """Play everything that people do of an evening; ``between`` is done again and again."""
    alder, birch, linden = (evening.person(name) for name in ("alder", "birch", "linden"))
    for command in ("help", "about", "about privacy", "elsewhere", "who-can-see", "mine settings", "peer status"):
        await birch.asks(command, in_room=command != "help")
        between()
    await alder.asks("peer light on", {"hours": "4"}, in_room=True)
    between()
    await birch.asks("peer ask")
    between()
    await birch.presses("peer.open")
    between()
    await alder.presses("peer.yes")
    await evening.wind(minutes=30)
    for one in (birch, alder):
        between()
        await one.presses("peer.enter")
    between()
    await has_everything_open(evening, "hazel", "rowan")
    between()
    for command in ("mine data", "mine next", "peer apart-list"):
        await evening.person("hazel").asks(command)
    await linden.asks("setup words", {"word_list": "night shifts\nnew in town"}, in_room=True)
    await linden.presses("draft.use")
    between()
    await evening.wind(hours=26)
    await evening.person("hazel").asks("mine forget")
    await evening.person("hazel").presses("mine.forget-yes")
    between()
    await evening.settle()


def left_behind(evening: DiscordEvening) -> bytes:
    """Return everything the bot wrote anywhere."""
    return evening.bytes_at_rest() + evening.bot.log.read_bytes()


# -- M17: what it does not understand ---------------------------------------------------------------------------------


@pytest.mark.promise("M17", platform="discord")
async def test_its_profile_says_that_it_receives_no_messages(evening: DiscordEvening) -> None:
    said = [one.body["description"] for one in evening.there.requests if one.method == "PATCH" and "@me" in one.path]
    assert said == [Fluent().plain(text("discord-profile"), "en")]
    assert "receive no messages" in said[0]


@pytest.mark.promise("M17", platform="discord")
async def test_every_private_message_of_its_own_ends_with_the_same_line(evening: DiscordEvening) -> None:
    await whole(evening)
    sent = [words for name in NAMES for _, words in evening.person(name).was_sent()]
    assert len(sent) >= 10
    assert {words.splitlines()[-1] for words in sent} == {DEAF}


@pytest.mark.promise("M17", platform="discord")
async def test_what_somebody_writes_in_private_gets_no_answer_and_leaves_no_trace(evening: DiscordEvening) -> None:
    await has_everything_open(evening, "birch", "hazel")
    mark = SecretChance().new_id()
    before, frames, asked = evening.rows(), len(evening.there.frames), len(evening.there.requests)
    seen = {name: evening.person(name).sees() for name in NAMES}
    for name in ("birch", "rowan", "linden"):
        for words in (*ANYTHING, mark, f"/{mark} {mark}"):
            assert not await evening.person(name).writes(words)
    assert sum(mark in one.content for one in evening.accounts["rowan"].dm.messages) == 2, "it was written"
    assert {name: evening.person(name).sees() for name in NAMES} == seen
    assert evening.rows() == before
    assert evening.there.requests[asked:] == []
    assert [frame.name for frame in evening.there.frames[frames:] if not frame.name.startswith("op ")] == []
    assert not traces({"what was written": mark}, left_behind(evening))


# -- M8: its ears are shut --------------------------------------------------------------------------------------------


@pytest.mark.promise("M8", platform="discord")
async def test_over_a_whole_evening_no_talk_reaches_it(
    evening: DiscordEvening, record_property: Callable[[str, object], None]
) -> None:
    mark = SecretChance().new_id()
    await whole(evening, lambda: chatter(evening, f"something about {mark}"))
    there = evening.there
    talk = sum(mark in one.content for channel in there.world.channels.values() for one in channel.messages)
    assert talk >= 200, "they talked"
    assert any(mark in one.content for thread in there.threads for one in thread.messages), (
        "in the room for two as well"
    )
    assert [one.intents for one in there.identifies] == [GUILDS]
    assert {f"{one.method} {one.route}" for one in there.requests} <= REVIEWED
    assert {frame.name for frame in there.frames if frame.to_bot and not frame.name.startswith("op ")} <= HEARD
    assert [frame.name for frame in there.frames if mark in str(frame.payload)] == []
    assert not traces({"talk": mark}, left_behind(evening))
    record_property("figure", f"Discord, a whole evening: {talk} messages of people, 0 of them reached the bot")


# -- nothing of people in what it writes ------------------------------------------------------------------------------


class Canaries:
    """Words that occur nowhere else, each with the name of the place it was put."""

    def __init__(self) -> None:
        self.put: dict[str, str | bytes] = {}

    def __call__(self, where: str) -> str:
        self.put[where] = canary = "".join(re.findall(r"[a-z2-7]", SecretChance().new_id().lower()))[:16]
        assert len(canary) >= 8
        return canary


async def test_what_people_are_called_and_type_is_in_no_log_and_not_readable_at_rest(evening: DiscordEvening) -> None:
    canary, there, world = Canaries(), evening.there, evening.there.world
    birch, alder = evening.accounts["birch"], evening.accounts["alder"]
    for user in (birch.user, alder.user):
        user.username, user.global_name = canary(f"username {user.id}"), canary(f"global name {user.id}")
        evening.guild.members[user.id].nick = canary(f"nickname {user.id}")
        world.change_member(evening.guild, user.id)
    evening.guild.name, evening.porch.name = canary("server"), canary("channel")
    evening.porch.topic = canary("topic")
    world.set_role(evening.guild, evening.guild.role("adults"), 0)
    world.tell_channel("CHANNEL_UPDATE", evening.porch)

    await whole(evening)

    thread = there.threads[0]
    thread.name = canary("thread")
    world.tell_channel("THREAD_UPDATE", thread)
    for place in (None, evening.porch, thread):
        await birch.press_raw(f"v1.peer.yes.{canary(f'custom id {place}')}.{canary(f'signature {place}')}", place)
        await birch.press_raw(canary(f"whole custom id {place}"), place)
    shown = next(message for message in reversed(birch.direct_messages) if message.buttons)
    for part in [inner for row in shown.components for inner in row.get("components", ()) if inner["type"] == 2]:
        part["label"] = canary(f"label {part['id']}")
    await birch.click(shown, shown.buttons[0][1])

    options: dict[str, dict[str, Any]] = {
        "peer request": {"span": canary("option span")},
        "mine quiet": {"quiet_from": canary("option from"), "quiet_to": canary("option to")},
        "peer apart": {"member": canary("option member")},
        "peer words": {"word": canary("option word"), "mark": canary("option mark")},
        "mine called": {"called": canary("option called")},
    }
    for command, given in options.items():
        await evening.person("birch").asks(command, given)
    await evening.person("birch").presses("draft.use")
    await birch.slash_raw(
        {"id": "1", "name": canary("command"), "type": 1, "options": [{"name": canary("option name")}]}
    )
    await birch.autocomplete("peer words", "word", canary("half a word"))
    linden = evening.accounts["linden"]
    opened = await linden.slash("setup words", channel=evening.porch)
    assert opened.modal is not None
    field = next(part for part in walk(opened.modal.shape["components"]) if part["type"] == TEXT_INPUT)
    await linden.submit(opened, {field["custom_id"]: canary("form field")})

    faults = (
        (SEND, 400, {"message": canary("json 400"), "code": 0, "errors": {canary("key 400"): canary("value 400")}}),
        (SEND, 502, f"<html>{canary('html 502')}</html>"),
        (ANSWER, 400, {"message": canary("json answer"), "code": 50035}),
        (SEND, 403, f"<html>{canary('html 403')}</html>"),
    )
    for route, status, body in faults:
        fault = there.faults.add(Fault(route, 1, status, body))
        asking = asyncio.create_task(evening.person("rowan").asks("peer light on", {"hours": "1"}))
        await asyncio.wait_for(fault.met.wait(), 20)
        if route == ANSWER:
            there.pass_time(3.1)
        with suppress(AssertionError):
            await asking
        await evening.person("rowan").asks("peer light off")
    assert all(fault.used == 1 for fault in there.faults._waiting)

    log = evening.bot.log.read_text(encoding="utf-8")
    assert " DEBUG " in log
    assert len(canary.put) >= 35
    assert any(where.startswith("label") for where in canary.put), "a choice with another label was pressed"
    assert traces(canary.put, log.encode()) == set()
    assert traces(canary.put, evening.bytes_at_rest()) == set()


# -- every body -------------------------------------------------------------------------------------------------------


async def test_every_body_of_an_evening_is_as_discords_openapi_file_has_it(
    openapi: str, evening: DiscordEvening, record_property: Callable[[str, object], None]
) -> None:
    await whole(evening)
    checked = evening.there.checked
    assert checked.requests >= SENT_AT_LEAST
    assert checked.replies >= ANSWERED_AT_LEAST
    assert evening.there.violations == []
    record_property(
        "figure",
        f"Discord, a whole evening: {checked.requests} requests and {checked.replies} replies compared with Discord's "
        "OpenAPI file, 0 violations",
    )


# -- M6: who can read -------------------------------------------------------------------------------------------------


@pytest.mark.promise("M6", platform="discord")
async def test_who_can_see_follows_the_permissions_of_that_moment(evening: DiscordEvening) -> None:
    birch, guild, world = evening.person("birch"), evening.guild, evening.there.world
    everybody = await birch.asks("who-can-see", in_room=True)
    assert "Everybody on this server can read this channel." in everybody
    own_role = guild.roles[guild.members[world.bot.id].roles[0]]
    world.overwrite(evening.porch, own_role, allow=permissions.VIEW_CHANNEL)
    world.overwrite(evening.porch, guild.roles[guild.id], deny=permissions.VIEW_CHANNEL)
    world.overwrite(evening.porch, guild.role("adults"), allow=permissions.VIEW_CHANNEL)
    await evening.wind(seconds=6)  # who reads a room is asked anew after five seconds
    some = await birch.asks("who-can-see", in_room=True)
    assert "Everybody" not in some
    assert "The owner of the server can read this, and so can everyone with one of the 2 roles that may." in some
    world.overwrite(evening.porch, evening.accounts["rowan"].user, allow=permissions.VIEW_CHANNEL)
    await evening.wind(seconds=6)
    assert "One more account may too." in await birch.asks("who-can-see", in_room=True)
    world.overwrite(evening.porch, guild.roles[guild.id])
    await evening.wind(seconds=6)
    assert await birch.asks("who-can-see", in_room=True) == everybody


# -- shards and TLS ---------------------------------------------------------------------------------------------------


@pytest.mark.timeout(180)
@pytest.mark.parametrize("evening", [1, 3], indirect=True, ids=["one shard", "three shards"])
async def test_it_works_over_shards(evening: DiscordEvening) -> None:
    count = evening.shards
    assert [one.shard for one in evening.there.identifies] == [(number, count) for number in range(count)]
    await whole(evening)
    evening.there.socket.drop(count - 1)
    await evening.there.until(lambda: any(frame.name == "RESUMED" for frame in evening.there.frames), patience=60)
    assert "Your light is on" in await evening.person("rowan").asks("peer light on", {"hours": "1"}, in_room=True)
    assert "Your light is on" in evening.person("rowan").was_sent()[-1][1]
    assert len(evening.there.identifies) == count


async def test_a_token_that_is_no_longer_taken_ends_the_process_with_78(evening: DiscordEvening) -> None:
    evening.there.token_revoked = True
    await evening.there.socket.close(4004)
    assert await evening.bot.ended() == 78
    evening.there.token_revoked = False
    await evening.run()


def over_tls(there: StandIn, trusts: ssl.SSLContext, resolver: Loopback) -> DiscordAdapter:
    """Return the adapter, whose connections are led to the stand-in under Discord's own names."""
    return DiscordAdapter(
        there.token,
        Speaker(),
        buttons(),
        StillClock(there.now()),
        SeededChance("tls"),
        connector=lambda: aiohttp.TCPConnector(resolver=resolver, ssl=trusts, limit=0),
        ready_timeout=0.01,
    )


async def test_with_nothing_changed_in_the_library_it_answers_over_tls(tmp_path: Path) -> None:
    assert discord.http.Route.BASE == "https://discord.com/api/v10"
    assert str(discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"
    server, authority = certificate(tmp_path)
    async with StandIn(lambda: START, tls=server) as there:
        guild = there.guild("Porch")
        birch = there.person("birch", guild)
        resolver, core = Loopback(there.port), Core()
        adapter = over_tls(there, ssl.create_default_context(cafile=str(authority)), resolver)
        running = asyncio.create_task(adapter.run(core))
        await asyncio.wait_for(adapter.ready(), 20)
        answer = await birch.slash("peer light off", channel=there.channel(guild))
        assert (answer.error, answer.ephemeral, core.commands) == (None, True, ["peer light off"])
        assert {"discord.com", "gateway.discord.gg"} <= set(resolver.asked)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        assert there.violations == []


async def test_who_cannot_prove_to_be_discord_is_not_shown_the_token(tmp_path: Path, hurried: Hurried) -> None:
    server, _ = certificate(tmp_path)
    async with StandIn(lambda: datetime(2027, 3, 4, tzinfo=UTC), tls=server) as there:
        there.guild("Porch")
        resolver = Loopback(there.port)
        running = asyncio.create_task(over_tls(there, ssl.create_default_context(), resolver).run(Core()))
        await there.until(lambda: len(hurried.pauses) >= 2, "it to give up twice")
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        assert set(resolver.asked) == {"discord.com"}
        assert (there.requests, there.identifies) == ([], [])
