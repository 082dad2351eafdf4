"""Events of a server, made once and taken away: one for one meeting, whatever Discord answers."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from adapters.discord import DiscordAdapter
from bot.contract.effect import (
    Absent,
    Accepted,
    EditEvent,
    Effect,
    EndEvent,
    MakeEvent,
    NotSent,
    Refused,
    Result,
    Unsure,
)
from bot.contract.facts import Act, Missing, WhatIsMissing
from bot.contract.place import Post, Room
from bot.contract.text import Said, Voice, text
from tests.discord.bench import Hurried, Runs, asked, member, room
from tests.discord.standin import Channel, Event, Guild, StandIn, permissions

ROUTE = "/guilds/{guild_id}/scheduled-events"
ONE = ROUTE + "/{guild_scheduled_event_id}"
STARTS = datetime(2026, 3, 5, 19, 30, tzinfo=timezone(timedelta(hours=1)))
ENDS = STARTS + timedelta(minutes=90)
POST = "1234567890123456789"


@pytest.fixture
async def adapter(runs: Runs, porch: Guild) -> DiscordAdapter:
    return await runs.start()


@pytest.fixture
def channel(there: StandIn, porch: Guild) -> Channel:
    return there.channel(porch)


def make(channel: Channel, name: str = "Lanterns", *, post: str = POST) -> MakeEvent:
    about = text("said", words=Said("by name"))
    led = Post(room(channel), post) if post else None
    return MakeEvent(room(channel), text("said", words=Said(name)), about, STARTS, ENDS, led)


async def do(adapter: DiscordAdapter, effect: Effect) -> Result:
    return await adapter.perform("key-9", "mark-9", effect, Voice())


async def made(adapter: DiscordAdapter, channel: Channel) -> Post:
    """Return an event of the bot's."""
    done = await do(adapter, make(channel))
    assert isinstance(done, Accepted)
    return Post(room(channel), done.id)


def only(guild: Guild) -> Event:
    (event,) = guild.events.values()
    return event


async def lacks(adapter: DiscordAdapter, channel: Channel) -> list[str]:
    answer = await adapter.tell(WhatIsMissing(room(channel), frozenset({Act.EVENTS})))
    assert isinstance(answer, Missing)
    assert all(line.facts["place"] == room(channel) for line in answer.lines)
    return [line.id for line in answer.lines]


async def test_an_event_is_of_one_meeting_outside_of_channels_and_names_nobody(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    event = await made(adapter, channel)
    assert event.id == f"{porch.id}/{only(porch).id}"
    assert only(porch).fields == {
        "status": 1,
        "name": "Lanterns",
        "description": "by name",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": f"https://discord.com/channels/{porch.id}/{channel.id}/{POST}"},
        "scheduled_start_time": "2026-03-05T18:30:00+00:00",
        "scheduled_end_time": "2026-03-05T20:00:00+00:00",
    }
    later = EditEvent(event, STARTS + timedelta(days=1, microseconds=7), ENDS + timedelta(days=1))
    assert await do(adapter, later) == Accepted(event.id)
    assert await do(adapter, later) == Accepted(event.id)
    assert only(porch).fields["scheduled_start_time"] == "2026-03-06T18:30:00+00:00"
    assert only(porch).fields["scheduled_end_time"] == "2026-03-06T20:00:00+00:00"
    for _ in range(2):
        assert await do(adapter, EndEvent(event)) == Accepted(event.id)
    assert porch.events == {}


async def test_it_leads_to_the_room_where_there_is_no_post_and_what_is_long_is_cut(
    adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    assert isinstance(await do(adapter, make(channel, "lantern " * 30, post="")), Accepted)
    location = only(porch).fields["entity_metadata"]["location"]
    assert location == f"https://discord.com/channels/{porch.id}/{channel.id}"
    assert (len(only(porch).fields["name"]), only(porch).fields["name"][-1]) == (100, "…")


async def test_it_is_made_once_though_the_answer_was_lost(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    there.faults.reset(f"POST {ROUTE}", landed=True)
    assert await do(adapter, make(channel)) == Unsure()
    event = await made(adapter, channel)
    assert event.id == f"{porch.id}/{only(porch).id}"
    assert await adapter.find("mark-9", make(channel)) == Accepted(event.id)
    assert await adapter.find("mark-9", make(channel, post="77")) == Absent()
    assert asked(there, "POST", ROUTE) == [0]


async def test_it_is_one_though_the_library_repeated_what_had_landed(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel, hurried: Hurried
) -> None:
    there.faults.fail(f"POST {ROUTE}", 502, landed=True)
    event = await made(adapter, channel)
    assert asked(there, "POST", ROUTE) == [502, 200]
    assert asked(there, "DELETE", ONE) == [204]
    assert event.id == f"{porch.id}/{only(porch).id}"


async def test_what_others_made_is_no_event_of_ours(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    event = await made(adapter, channel)
    only(porch).creator_id = there.person("birch", porch).id
    other = await made(adapter, channel)
    assert (len(porch.events), other.id != event.id) == (2, True)
    assert await do(adapter, EndEvent(event)) == Refused("forbidden")
    assert len(porch.events) == 2


async def test_one_that_somebody_deleted_is_gone_and_one_that_is_over_counts_as_taken_away(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    event = await made(adapter, channel)
    there.accidents.delete_event(only(porch))
    assert await do(adapter, EditEvent(event, STARTS, ENDS)) == Refused("gone")
    assert await do(adapter, EndEvent(event)) == Accepted(event.id)
    there.faults.refuse(f"DELETE {ONE}", 400, 180_000)
    assert await do(adapter, EndEvent(event)) == Accepted(event.id)
    assert await do(adapter, EndEvent(Post(room(channel), "nothing"))) == Refused("gone")


async def test_where_there_is_no_server_there_is_no_event(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    birch = there.person("birch", porch)
    private = Room("discord", str(birch.dm.id))
    for where in (private, Room("discord", "1"), Room("discord", "nothing")):
        effect = MakeEvent(where, text("said", words=Said("x")), text("said", words=Said("x")), STARTS, ENDS)
        assert await do(adapter, effect) == Refused("gone")
        assert await adapter.find("mark-9", effect) == Absent()
    assert member(birch).id
    assert porch.events == {}


async def test_without_the_permission_none_is_made_and_it_is_said_which(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    assert await lacks(adapter, channel) == []
    there.world.overwrite(channel, porch.roles[porch.id], deny=permissions.CREATE_EVENTS)
    assert await lacks(adapter, channel) == [], "what a channel says does not count"
    there.accidents.take_from_bot(porch, permissions.CREATE_EVENTS)
    assert await lacks(adapter, channel) == ["missing-discord-events"]
    assert await do(adapter, make(channel)) == Refused("forbidden")
    assert porch.events == {}


async def test_a_server_with_a_hundred_takes_no_more_and_it_is_said(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    await made(adapter, channel)
    first = only(porch)
    for number in range(1, 100):
        one = Event(there.world.new_id(), porch.id, first.creator_id, {**first.fields, "name": str(number)})
        one.fields["entity_metadata"] = {"location": "elsewhere"}
        porch.events[one.id] = one
    assert await lacks(adapter, channel) == ["missing-discord-events-full"]
    assert await do(adapter, make(channel, post="77")) == Refused("impossible")
    assert len(porch.events) == 100


async def test_a_limit_that_stays_is_not_sent_and_nothing_is_lost(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel, hurried: Hurried
) -> None:
    fault = there.faults.rate_limit(f"POST {ROUTE}", 45.0, times=None)
    assert await do(adapter, make(channel)) == NotSent(45.0)
    assert porch.events == {}
    fault.lift()
    await made(adapter, channel)
    fault = there.faults.fail(f"DELETE {ONE}", 503, times=None)
    event = Post(room(channel), f"{porch.id}/{only(porch).id}")
    assert await do(adapter, EndEvent(event)) == Unsure()
    fault.lift()
    assert await do(adapter, EndEvent(event)) == Accepted(event.id)
    assert porch.events == {}


async def test_the_stand_in_begins_and_ends_events_as_discord_does(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, channel: Channel
) -> None:
    event = await made(adapter, channel)
    there.person("birch", porch).is_interested(only(porch))
    there.pass_time((STARTS.astimezone(UTC) - there.now()).total_seconds())
    assert await do(adapter, EditEvent(event, STARTS + timedelta(days=1), ENDS + timedelta(days=1))) == Refused(
        "impossible"
    )
    assert only(porch).fields["status"] == 2
    there.pass_time((ENDS.astimezone(UTC) - there.now()).total_seconds())
    assert await do(adapter, EndEvent(event)) == Accepted(event.id)
    assert (porch.events, [len(one.interested) for one in porch.finished]) == ({}, [1]), "too late: Discord keeps it"
