"""Live questions are answered by Discord at that moment; where it does not say, nothing is taken for known."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord import DiscordAdapter
from bot.contract.effect import Accepted, Invite, MakeRoom, Refused, Say
from bot.contract.facts import (
    Act,
    Answer,
    Count,
    HowMany,
    Inside,
    IsInside,
    Missing,
    Present,
    Question,
    Readers,
    Right,
    Spoken,
    Standing,
    Unanswered,
    WhatIsMissing,
    WhenSpoken,
    WhoIs,
    WhoIsIn,
    WhoReads,
)
from bot.contract.place import Member, Room, Space
from bot.contract.text import Said, Voice, text
from tests.discord.bench import NOWHERE, PLATFORM, Hurried, Runs, card, member, room, space
from tests.discord.standin import Channel, Guild, Person, StandIn, permissions

MEMBER = "GET /guilds/{guild_id}/members/{user_id}"


@pytest.fixture
async def adapter(runs: Runs, porch: Guild) -> DiscordAdapter:
    return await runs.start()


@pytest.fixture
def birch(there: StandIn, porch: Guild) -> Person:
    return there.person("birch", porch)


async def standing(adapter: DiscordAdapter, who: Person, *guilds: Guild) -> Standing:
    answer = await adapter.tell(WhoIs(member(who), tuple(space(guild) for guild in guilds)))
    assert isinstance(answer, Standing)
    return answer


async def made(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> Channel:
    result = await adapter.perform("key-1", "mark-1", MakeRoom(space(porch), text("said", words=Said("Room"))), Voice())
    assert isinstance(result, Accepted)
    return there.world.channels[int(result.id)]


# -- standing ---------------------------------------------------------------------------------------------------------


async def test_what_discord_knows_of_a_member(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    adults = there.world.add_role(porch, "adults", 0)
    porch.members[birch.id].roles.append(adults.id)
    found = await standing(adapter, birch, porch)
    assert (found.right, found.able, found.roles) == (Right.MEMBER, True, frozenset({str(adults.id)}))
    assert found.joined_at == porch.members[birch.id].joined


async def test_a_right_counts_from_the_next_question_on(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    porch.members[birch.id].roles.append(porch.role("moderator").id)
    assert (await standing(adapter, birch, porch)).right == Right.MODERATOR
    porch.members[birch.id].roles.clear()
    assert (await standing(adapter, birch, porch)).right == Right.MEMBER
    administrators = there.world.add_role(porch, "administrators", permissions.ADMINISTRATOR)
    porch.members[birch.id].roles.append(administrators.id)
    assert (await standing(adapter, birch, porch)).right == Right.MODERATOR


async def test_the_owner_is_a_moderator(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    assert (await standing(adapter, Person(there, there.world.owner), porch)).right == Right.MODERATOR


async def test_who_left_or_is_banned_is_nobody(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    rowan = there.person("rowan", porch)
    birch.leave(porch)
    rowan.ban(porch)
    assert await standing(adapter, birch, porch) == Standing(Right.NONE)
    assert await standing(adapter, rowan, porch) == Standing(Right.NONE)


async def test_a_time_out_is_known_while_it_lasts(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    birch.timeout(porch, timedelta(minutes=5))
    assert not (await standing(adapter, birch, porch)).able
    birch.timeout(porch, None)
    assert (await standing(adapter, birch, porch)).able


async def test_the_highest_right_of_several_servers_counts(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    garden = there.guild("Garden")
    birch.join(garden, "moderator")
    assert (await standing(adapter, birch, porch, garden)).right == Right.MODERATOR
    birch.leave(garden)
    assert (await standing(adapter, birch, porch, garden)).right == Right.MEMBER


async def test_out_of_a_server_nothing_is_known_of_its_members(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    there.accidents.kick_bot(porch)
    assert await adapter.tell(WhoIs(member(birch), (space(porch),))) == Unanswered()


@pytest.mark.parametrize("status", [500, 503])
async def test_a_server_in_trouble_makes_nobody_leave(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person, hurried: Hurried, status: int
) -> None:
    there.faults.fail("*", status, times=None)
    questions: tuple[Question, ...] = (
        WhoIs(member(birch), (space(porch),)),
        WhoReads(room(there.channel(porch))),
        HowMany(room(there.channel(porch))),
        IsInside(room(there.channel(porch)), member(birch)),
        WhenSpoken(room(there.channel(porch))),
        WhatIsMissing(room(there.channel(porch)), frozenset({Act.WRITE})),
    )
    for question in questions:
        assert await adapter.tell(question) == Unanswered()


async def test_a_limit_makes_nobody_leave(there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person) -> None:
    there.faults.rate_limit(MEMBER, 60.0)
    assert await adapter.tell(WhoIs(member(birch), (space(porch),))) == Unanswered()
    assert (await standing(adapter, birch, porch)).right == Right.MEMBER


async def test_a_token_taken_back_makes_nobody_leave(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    there.token_revoked = True
    assert await adapter.tell(WhoIs(member(birch), (space(porch),))) == Unanswered()


async def test_before_it_is_connected_nothing_is_known(there: StandIn, runs: Runs, porch: Guild, birch: Person) -> None:
    there.socket.refusing = True
    there.faults.hold("GET /users/@me", times=None)
    adapter = runs.begin()
    assert await adapter.tell(WhoIs(member(birch), (space(porch),))) == Unanswered()


async def test_ids_that_are_none(adapter: DiscordAdapter, porch: Guild) -> None:
    for odd in ("", "x", "1/../2", "9" * 30, "-1", "\uff11\uff12"):
        assert await adapter.tell(WhoIs(Member(PLATFORM, odd), (space(porch),))) == Standing(Right.NONE)
        assert await adapter.tell(WhoIs(Member(PLATFORM, NOWHERE), (Space(PLATFORM, odd),))) == Standing(Right.NONE)
        assert await adapter.tell(WhoReads(Room(PLATFORM, odd))) == Unanswered()


# -- rooms ------------------------------------------------------------------------------------------------------------


async def test_who_reads_a_room_for_two(there: StandIn, adapter: DiscordAdapter, porch: Guild) -> None:
    thread = await made(there, adapter, porch)
    answer = await adapter.tell(WhoReads(room(thread)))
    assert isinstance(answer, Readers)
    assert not answer.wider
    there.accidents.delete_channel(thread)
    assert await adapter.tell(WhoReads(room(thread))) == Unanswered()


async def test_how_many_are_in_a_room(there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person) -> None:
    thread = await made(there, adapter, porch)
    assert await adapter.tell(HowMany(room(thread))) == Count(0)
    await adapter.perform("key-2", "mark-2", Invite(room(thread), member(birch)), Voice())
    assert await adapter.tell(HowMany(room(thread))) == Count(1)
    birch.leave_thread(thread)
    assert await adapter.tell(HowMany(room(thread))) == Count(0)


async def test_who_asks_in_a_room_is_in_it_or_not(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    thread, alder = await made(there, adapter, porch), there.person("alder", porch)
    asked, others = IsInside(room(thread), member(birch)), IsInside(room(thread), member(alder))
    assert await adapter.tell(asked) == Inside(here=False, others=0)
    await adapter.perform("key-2", "mark-2", Invite(room(thread), member(birch)), Voice())
    assert (await adapter.tell(asked), await adapter.tell(others)) == (Inside(True, 0), Inside(False, 1))
    await adapter.perform("key-3", "mark-3", Invite(room(thread), member(alder)), Voice())
    assert await adapter.tell(asked) == Inside(True, 1)
    there.accidents.archive(thread)
    assert await adapter.tell(asked) == Inside(True, 1, closed=True)
    there.faults.refuse("GET /channels/{channel_id}/thread-members/{user_id}", 403, 50001)
    assert await adapter.tell(asked) == Unanswered()


async def test_who_is_in_a_server_is_kept_from_bots(adapter: DiscordAdapter, porch: Guild) -> None:
    assert await adapter.tell(WhoIsIn((space(porch),))) == Present(None)


async def test_when_somebody_spoke_is_known_without_what(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, birch: Person
) -> None:
    channel = there.channel(porch)
    assert await adapter.tell(WhenSpoken(room(channel))) == Spoken(None)
    birch.talks(channel, "a secret word")
    answer = await adapter.tell(WhenSpoken(room(channel)))
    assert isinstance(answer, Spoken)
    assert answer.at is not None
    assert abs(answer.at - there.now()) < timedelta(seconds=1)
    assert not [one for one in there.requests if one.route == "/channels/{channel_id}/messages"]


# -- what would be refused --------------------------------------------------------------------------------------------


def ids(answer: Answer) -> list[str]:
    assert isinstance(answer, Missing)
    return [line.id for line in answer.lines]


async def test_what_is_missing_is_known_from_the_next_question_on(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    channel = there.channel(porch)
    asked = WhatIsMissing(room(channel), frozenset({Act.WRITE, Act.PIN}))
    there.accidents.take_from_bot(porch, permissions.PIN_MESSAGES)
    assert ids(await adapter.tell(asked)) == ["missing-discord-pin"]
    there.accidents.permit_bot(porch)
    assert ids(await adapter.tell(asked)) == []
    there.accidents.hide_from_bot(channel)
    await adapter.perform("key-1", "mark-1", Say(room(channel), card()), Voice())
    assert ids(await adapter.tell(asked)) == ["missing-discord-view"]


async def test_a_thread_takes_what_is_missing_from_the_channel_above_it(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    thread = await made(there, adapter, porch)
    asked = WhatIsMissing(room(thread), frozenset({Act.WRITE}))
    assert ids(await adapter.tell(asked)) == []
    there.accidents.take_from_bot(porch, permissions.SEND_MESSAGES_IN_THREADS)
    assert ids(await adapter.tell(asked)) == ["missing-discord-threads"]


async def test_whether_rooms_can_be_made_is_told_as_they_are_made(
    there: StandIn, adapter: DiscordAdapter, porch: Guild
) -> None:
    asked = WhatIsMissing(space(porch), frozenset({Act.ROOMS}))
    assert ids(await adapter.tell(asked)) == []
    there.accidents.take_from_bot(porch, permissions.CREATE_PRIVATE_THREADS)
    while not ids(await adapter.tell(asked)):  # noqa: ASYNC110 - the gateway tells of it
        await asyncio.sleep(0)
    make = MakeRoom(space(porch), text("said", words=Said("Room")))
    assert await adapter.perform("key-1", "mark-1", make, Voice()) == Refused("forbidden")
    both = frozenset({Act.ROOMS, Act.VISIBLE})
    for place in (space(porch), Space(PLATFORM, NOWHERE)):
        assert ids(await adapter.tell(WhatIsMissing(place, both))) == [
            "missing-discord-rooms",
            "missing-discord-visible",
        ]
    there.accidents.permit_bot(porch, permissions.NEEDED | permissions.CREATE_PUBLIC_THREADS)
    while ids(await adapter.tell(WhatIsMissing(space(porch), both))):  # noqa: ASYNC110 - the same
        await asyncio.sleep(0)


@pytest.mark.parametrize("visible", [False, True])
async def test_whether_rooms_can_be_deleted_is_told_where_they_can_be_made(
    there: StandIn, adapter: DiscordAdapter, porch: Guild, visible: bool
) -> None:
    both = permissions.NEEDED | permissions.CREATE_PUBLIC_THREADS
    made = {Act.ROOMS, Act.VISIBLE} if visible else {Act.ROOMS}
    asked, kept = (WhatIsMissing(space(porch), frozenset(acts)) for acts in (made, {*made, Act.ERASE}))
    there.accidents.permit_bot(porch, both)
    while ids(await adapter.tell(asked)):  # noqa: ASYNC110 - the gateway tells of it
        await asyncio.sleep(0)
    assert ids(await adapter.tell(kept)) == ["missing-discord-erase"]
    there.accidents.permit_bot(porch, both | permissions.MANAGE_THREADS)
    while ids(await adapter.tell(kept)):  # noqa: ASYNC110 - the same
        await asyncio.sleep(0)
    assert ids(await adapter.tell(WhatIsMissing(Space(PLATFORM, NOWHERE), frozenset({Act.ROOMS, Act.ERASE})))) == [
        "missing-discord-rooms"
    ]


@pytest.mark.parametrize("feature", ["", "DISCOVERABLE", "PREVIEW_ENABLED"])
async def test_where_people_look_in_before_they_join_what_everybody_sees_is_read_by_more(
    there: StandIn, runs: Runs, feature: str
) -> None:
    garden = there.guild("Garden")
    garden.features = {feature} - {""}
    there.accidents.permit_bot(garden, permissions.NEEDED | permissions.CREATE_PUBLIC_THREADS)
    there.channel(garden)
    adapter = await runs.start()
    make = MakeRoom(space(garden), text("said", words=Said("Room")), visible=True)
    visible = await adapter.perform("key-1", "mark-1", make, Voice())
    private = await adapter.perform("key-2", "mark-2", replace(make, visible=False), Voice())
    assert isinstance(visible, Accepted)
    assert isinstance(private, Accepted)
    told = await adapter.tell(WhoReads(Room(PLATFORM, visible.id), visible=True))
    assert isinstance(told, Readers)
    assert (told.wider, "who-reads-discord-guests" in [line.id for line in told.lines]) == (
        bool(feature),
        bool(feature),
    )
    told = await adapter.tell(WhoReads(Room(PLATFORM, private.id)))
    assert isinstance(told, Readers)
    assert not told.wider


async def test_a_private_conversation_is_no_room(there: StandIn, adapter: DiscordAdapter, birch: Person) -> None:
    for asked in (WhatIsMissing(room(birch.dm), frozenset({Act.WRITE})), WhoReads(room(birch.dm))):
        assert await adapter.tell(asked) == Unanswered()
