"""The bot's ears are shut: proven on the wire, by what it asks for and by what it is sent."""

from collections.abc import Iterator

import pytest

from adapters.discord import DiscordAdapter
from adapters.discord.connection import INTENTS
from bot.contract.card import Choice
from bot.contract.effect import (
    Accepted,
    Delete,
    Edit,
    Effect,
    Invite,
    Leave,
    MakeRoom,
    Pin,
    Remove,
    Say,
    SetState,
)
from bot.contract.facts import HowMany, WhenSpoken, WhoIs, WhoIsIn, WhoReads
from bot.contract.place import Post
from bot.contract.text import Said, Voice, text
from tests.discord.bench import Core, Hurried, Runs, card, member, room, space
from tests.discord.standin import Channel, Guild, Person, StandIn

GUILDS = 1

REVIEWED = frozenset(
    {
        # who it is, what can be typed, where the gateway is
        "GET /users/@me",
        "GET /applications/@me",
        "GET /oauth2/applications/@me",
        "PATCH /applications/@me",
        "GET /gateway/bot",
        "GET /applications/{application_id}/commands",
        "PUT /applications/{application_id}/commands",
        # answers to people
        "POST /interactions/{interaction_id}/{interaction_token}/callback",
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        "POST /webhooks/{webhook_id}/{webhook_token}",
        # what it says of itself, and finding that again
        "POST /users/@me/channels",
        "POST /channels/{channel_id}/messages",
        "PATCH /channels/{channel_id}/messages/{message_id}",
        "DELETE /channels/{channel_id}/messages/{message_id}",
        "PUT /channels/{channel_id}/messages/pins/{message_id}",
        "DELETE /channels/{channel_id}/messages/pins/{message_id}",
        "GET /channels/{channel_id}/messages",
        # rooms that it makes
        "POST /channels/{channel_id}/threads",
        "GET /guilds/{guild_id}/threads/active",
        "PATCH /channels/{channel_id}",
        "PUT /channels/{channel_id}/thread-members/{user_id}",
        "DELETE /channels/{channel_id}/thread-members/{user_id}",
        "DELETE /channels/{channel_id}/thread-members/@me",
        # live questions
        "GET /channels/{channel_id}",
        "GET /guilds/{guild_id}",
        "GET /guilds/{guild_id}/roles",
        "GET /guilds/{guild_id}/members/{user_id}",
        "GET /users/{user_id}",
        # a server that may not have it
        "DELETE /users/@me/guilds/{guild_id}",
    }
)
"""Every route that the bot may ask for. Whoever adds one says here what for, and what it lets in.

Only two bring in what others wrote or did: the history of a channel, in which `adapters.discord.effects` looks for its
own mark and at nothing else, and a member of a server, of whom it takes roles, rights and when they came.
"""

HEARD = frozenset(
    {
        "READY",
        "RESUMED",
        "GUILD_CREATE",
        "GUILD_ROLE_CREATE",
        "GUILD_ROLE_UPDATE",
        "CHANNEL_CREATE",
        "CHANNEL_UPDATE",
        "CHANNEL_PINS_UPDATE",
        "THREAD_CREATE",
        "THREAD_UPDATE",
        "THREAD_MEMBERS_UPDATE",
        "INTERACTION_CREATE",
    }
)
"""Every event that it is sent in these tests. None of them tells what people say, or who comes and goes."""

WORDS = "a secret word"


@pytest.fixture
async def adapter(runs: Runs, porch: Guild) -> DiscordAdapter:
    return await runs.start()


@pytest.fixture
def birch(there: StandIn, porch: Guild) -> Person:
    return there.person("birch", porch)


def talks(there: StandIn, who: Person, *channels: Channel) -> None:
    """Let somebody talk in every room, to the bot in private, and with its name in their words."""
    for channel in channels:
        who.talks(channel, WORDS)
        who.talks(channel, f"<@{there.world.bot.id}> {WORDS}")
    who.talks(None, WORDS)


def routes(there: StandIn) -> frozenset[str]:
    return frozenset(f"{one.method} {one.route}" for one in there.requests)


def effects(there: StandIn, porch: Guild, birch: Person, thread: Channel, post: Post) -> Iterator[Effect]:
    """Give one effect of every kind."""
    yield Say(member(birch), card())
    yield Edit(post, card("after", Choice("peer.yes", text("say-yes"), "abc")))
    yield Pin(post)
    yield Pin(post, pinned=False)
    yield Delete(post)
    yield Invite(room(thread), member(birch))
    yield SetState(room(thread), "name", text("said", words=Said("Quiet")))
    yield Remove(room(thread), member(birch))
    yield Leave(room(thread))


async def everything(there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person) -> Channel:
    """Let the bot do everything it can, while people talk; return the room it made."""
    channel = there.channel(porch)
    make = MakeRoom(space(porch), text("said", words=Said("Room")))
    made = await adapter.perform("key-room", "mark-room", make, Voice())
    said = await adapter.perform("key-said", "mark-said", Say(room(channel), card()), Voice())
    assert isinstance(made, Accepted)
    assert isinstance(said, Accepted)
    thread = there.world.channels[int(made.id)]
    there.world.thread_members(thread, added=birch.id)
    talks(there, birch, channel, thread)
    for number, effect in enumerate(effects(there, porch, birch, thread, Post(room(channel), said.id))):
        assert isinstance(await adapter.perform(f"key-{number}", f"mark-{number}", effect, Voice()), Accepted)
    assert await adapter.find("mark-0", Say(member(birch), card())) is not None
    assert await adapter.find("mark-room", make) is not None
    for question in (
        WhoIs(member(birch), (space(porch),)),
        WhoReads(room(channel)),
        WhoReads(room(thread)),
        WhenSpoken(room(channel)),
        HowMany(room(thread)),
        WhoIsIn((space(porch),)),
    ):
        await adapter.tell(question)
    answer = await birch.slash("peer light off", channel=channel)
    await birch.click(answer, "say-yes")
    opened = await birch.click(answer, "ask")
    await birch.submit(opened, {"note": "evenings"})
    await birch.autocomplete("peer ask", "languages", "e")
    talks(there, birch, channel)
    return thread


async def test_it_asks_for_nothing_but_guilds(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person, hurried: Hurried
) -> None:
    await everything(there, adapter, porch, birch)
    there.socket.forget()
    there.socket.drop()
    await there.until(lambda: len(there.identifies) == 2, "the bot to introduce itself again")
    await birch.slash("peer light off")
    assert [one.intents for one in there.identifies] == [GUILDS, GUILDS]
    assert INTENTS.value == GUILDS


async def test_no_word_of_people_is_on_the_wire(
    there: StandIn, adapter: DiscordAdapter, core: Core, porch: Guild, birch: Person
) -> None:
    thread = await everything(there, adapter, porch, birch)
    said = [one for place in (there.channel(porch), thread, birch.dm) for one in place.messages]
    assert sum(WORDS in one.content for one in said) >= 8, "people talked"
    assert [frame for frame in there.frames if WORDS in str(frame.payload)] == []
    heard = {frame.name for frame in there.frames if frame.to_bot and not frame.name.startswith("op ")}
    assert heard <= HEARD
    assert [frame.name for frame in there.frames if frame.name == "op 8"] == [], "it asked for members"
    assert WORDS not in f"{core.intents!r} {[intent.args for intent in core.intents]}"


async def test_every_route_is_a_reviewed_one(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    await everything(there, adapter, porch, birch)
    assert routes(there) <= REVIEWED
    missing = REVIEWED - routes(there)
    assert missing <= {
        # only where something goes wrong, is long, or is left
        "GET /oauth2/applications/@me",
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        "POST /webhooks/{webhook_id}/{webhook_token}",
        "GET /guilds/{guild_id}",
        "GET /users/{user_id}",
        "DELETE /users/@me/guilds/{guild_id}",
        "DELETE /channels/{channel_id}/thread-members/@me",
        "GET /gateway/bot",
    }


async def test_history_is_read_for_nothing_but_finding_what_was_sent(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    await everything(there, adapter, porch, birch)
    read = [one for one in there.requests if f"{one.method} {one.route}" == "GET /channels/{channel_id}/messages"]
    assert len(read) == 1


async def test_nothing_that_is_read_in_a_history_is_kept(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    await adapter.perform("key-1", "mark-1", Say(member(birch), card()), Voice())
    birch.talks(None, WORDS)
    found = await adapter.find("mark-1", Say(member(birch), card()))
    assert isinstance(found, Accepted)
    kept = (adapter._effects, adapter._asking, adapter._rest)
    assert WORDS not in str([vars(one) for one in kept if one is not None])
    client = adapter._rest._client if adapter._rest is not None else None
    assert client is not None
    assert not client.cached_messages
    assert client.users == [client.user]
