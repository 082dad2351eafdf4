"""The connection, through everything that happens to it: what people asked meanwhile is done once."""

import asyncio
from typing import Any

import pytest

from adapters.discord.connection import FIRST_PAUSE, LONGEST_PAUSE, STARTS_LEFT
from bot.contract.effect import Accepted
from bot.logs import log
from tests.discord.bench import Core, Hurried, Runs, asked, room, say
from tests.discord.standin import NO_ANSWER, Guild, Person, StandIn

BOT = "GET /gateway/bot"
LOGIN = "GET /users/@me"
RESUME = "op 6"


@pytest.fixture
def birch(there: StandIn, porch: Guild) -> Person:
    return there.person("birch", porch)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of what is logged."""
    names: list[str] = []
    monkeypatch.setattr(log, "event", lambda name, **_: names.append(name))
    return names


def frames(there: StandIn, name: str, *, to_bot: bool = False) -> int:
    return sum(frame.name == name and frame.to_bot == to_bot for frame in there.frames)


def frames_from(there: StandIn, start: int, name: str) -> int:
    return sum(frame.name == name for frame in there.frames[start:])


async def works(there: StandIn, core: Core, birch: Person) -> None:
    """Assert that one command is answered once."""
    before = len(core.intents)
    answer = await birch.slash("peer light off")
    assert (answer.error, answer.ephemeral) == (None, True)
    assert len(core.intents) == before + 1


# -- lost and found ---------------------------------------------------------------------------------------------------


async def test_what_is_asked_while_the_connection_is_lost_is_done_once_it_is_back(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried
) -> None:
    await runs.start()
    there.socket.drop()
    answer = await birch.slash("peer light off")
    assert (answer.error, core.commands) == (None, ["peer light off"])
    assert (len(there.identifies), frames(there, RESUME)) == (1, 1)
    await works(there, core, birch)


async def test_the_gateway_is_away_for_long(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried
) -> None:
    """The client library forgets its session at the second failure; what was asked meanwhile was never answered."""
    adapter = await runs.start()
    there.socket.refusing = True
    there.socket.drop()
    asking = asyncio.create_task(birch.slash("peer light off"))
    await there.until(lambda: there.socket.refused >= 3, "the bot to come back in vain")
    there.pass_time(3.1)
    assert (await asking).error == NO_ANSWER
    there.socket.refusing = False
    await there.until(lambda: len(there.identifies) == 2, "the bot to introduce itself again")
    await works(there, core, birch)
    assert core.commands == ["peer light off"]
    assert runs.running(adapter)


async def test_a_session_that_cannot_be_resumed_is_begun_anew(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried
) -> None:
    adapter = await runs.start()
    there.socket.forget()
    there.socket.drop()
    await there.until(lambda: len(there.identifies) == 2, "the bot to introduce itself again")
    await there.connected()
    await works(there, core, birch)
    assert runs.running(adapter)


async def test_opcode_7_is_followed(there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried) -> None:
    await runs.start()
    there.socket.ask_reconnect()
    await there.until(lambda: frames(there, "RESUMED", to_bot=True), "the session to be resumed")
    await works(there, core, birch)
    assert len(there.identifies) == 1


@pytest.mark.parametrize("resumable", [True, False])
async def test_opcode_9_is_followed(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried, resumable: bool
) -> None:
    await runs.start()
    start = len(there.frames)
    there.socket.invalidate(resumable=resumable)
    name = "RESUMED" if resumable else "READY"
    await there.until(lambda: frames_from(there, start, name), f"{name} to be told")
    await works(there, core, birch)
    assert len(there.identifies) == (1 if resumable else 2)


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4001, 4008, 4009])
async def test_a_close_that_passes(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried, code: int
) -> None:
    adapter = await runs.start()
    start = len(there.frames)
    await there.socket.close(code)
    await there.until(
        lambda: frames_from(there, start, "RESUMED") or frames_from(there, start, "READY"), "the bot to be back"
    )
    await works(there, core, birch)
    assert runs.running(adapter)


@pytest.mark.parametrize(
    ("code", "reason"), [(4004, "discord-token"), (4013, "discord-intents"), (4014, "discord-intents")]
)
async def test_a_close_for_good_ends_it(
    there: StandIn, runs: Runs, porch: Guild, hurried: Hurried, code: int, reason: str
) -> None:
    adapter = await runs.start()
    await there.socket.close(code)
    assert await runs.end_of(adapter) == reason
    assert len(there.identifies) == 1


async def test_an_event_twice_is_answered_once(there: StandIn, runs: Runs, core: Core, birch: Person) -> None:
    await runs.start()
    await birch.slash("peer light off")
    again = next(frame.payload for frame in there.frames if frame.name == "INTERACTION_CREATE")
    session = there.socket.connected[0]
    there.socket._say(session, "INTERACTION_CREATE", again["d"])
    await there.until(lambda: len(core.intents) == 2, "it to be heard again")
    await works(there, core, birch)
    assert core.intents[0].key == core.intents[1].key
    assert len(birch.ephemeral_messages) == 2


# -- the start --------------------------------------------------------------------------------------------------------


async def test_the_first_connection_is_refused(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried, told: list[str]
) -> None:
    there.socket.refusing = True
    adapter = runs.begin()
    await there.until(lambda: there.socket.refused >= 4, "the bot to come in vain")
    there.socket.refusing = False
    await runs.ready(adapter)
    await works(there, core, birch)


@pytest.mark.parametrize("status", [500, 502, 503, 429])
@pytest.mark.parametrize("route", [LOGIN, BOT])
async def test_discord_is_away_at_first(
    there: StandIn,
    runs: Runs,
    core: Core,
    birch: Person,
    hurried: Hurried,
    told: list[str],
    route: str,
    status: int,
) -> None:
    if status == 429:
        fault = there.faults.rate_limit(route, 60.0, via=False, times=None)
    else:
        fault = there.faults.fail(route, status, html=status == 502, times=None)
    adapter = runs.begin()
    await there.until(lambda: fault.used >= 12, "the bot to come in vain")
    fault.lift()
    await runs.ready(adapter)
    await works(there, core, birch)
    assert told.count("discord_away") == 1


async def test_pauses_grow_and_end(there: StandIn, runs: Runs, porch: Guild, hurried: Hurried, told: list[str]) -> None:
    fault = there.faults.fail(LOGIN, 503, times=None)
    adapter = runs.begin()
    await there.until(lambda: len(hurried.pauses) >= 14, "the bot to come in vain")
    fault.lift()
    await runs.ready(adapter)
    for number, wait in enumerate(hurried.pauses[:14], start=1):
        longest = min(FIRST_PAUSE * 2**number, LONGEST_PAUSE)
        assert longest / 2 <= wait <= longest
    assert told.count("discord_away") == told.count("discord_back") == 1


async def test_a_wrong_token_ends_it(there: StandIn, runs: Runs, porch: Guild) -> None:
    adapter = runs.begin(token="a.wrong.token")  # noqa: S106 - opens nothing
    assert await runs.end_of(adapter) == "discord-token"
    assert there.identifies == []


async def test_a_token_taken_back_ends_it_at_the_next_call(there: StandIn, runs: Runs, porch: Guild) -> None:
    adapter = await runs.start()
    there.token_revoked = True
    await say(adapter, room(there.channel(porch)))
    assert await runs.end_of(adapter) == "discord-token"
    assert there.channel(porch).messages == []


async def test_few_starts_left_are_not_spent_at_once(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried, told: list[str]
) -> None:
    there.socket.starts_left = STARTS_LEFT
    await runs.start()
    assert told.count("discord_starts_spent") == 1
    assert 86_400.0 in hurried.pauses
    await works(there, core, birch)


async def test_with_starts_left_there_is_no_wait(
    there: StandIn, runs: Runs, porch: Guild, hurried: Hurried, told: list[str]
) -> None:
    there.socket.starts_left = STARTS_LEFT + 1
    await runs.start()
    assert "discord_starts_spent" not in told
    assert 86_400.0 not in hurried.pauses


async def test_the_list_of_commands_is_sent_when_it_is_another(
    there: StandIn, runs: Runs, core: Core, birch: Person
) -> None:
    adapter = await runs.start()
    await runs.stop(adapter)
    adapter = await runs.start()
    route = "/applications/{application_id}/commands"
    assert asked(there, "PUT", route) == [200]
    assert asked(there, "GET", route) == [200, 200]
    await runs.stop(adapter)
    there.world.commands.pop()
    await runs.start()
    assert asked(there, "PUT", route) == [200, 200]
    await works(there, core, birch)


async def test_without_its_list_of_commands_it_works_on(
    there: StandIn, runs: Runs, porch: Guild, hurried: Hurried
) -> None:
    there.faults.fail("PUT /applications/{application_id}/commands", 503, times=None)
    there.faults.fail("GET /applications/@me", 503, times=None)
    adapter = await runs.start()
    assert isinstance(await say(adapter, room(there.channel(porch))), Accepted)


async def test_a_list_of_commands_that_was_not_taken_is_sent_again(
    there: StandIn, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.client.PRESENT_AGAIN", 0.01)
    there.faults.fail("PUT /applications/{application_id}/commands", 503, times=2)
    await runs.start()
    await there.until(lambda: there.world.commands, "the commands to be registered")


async def test_where_the_bot_may_not_be_nothing_is_answered(
    there: StandIn, runs: Runs, core: Core, porch: Guild
) -> None:
    other = there.guild("Elsewhere")
    there.faults.fail("DELETE /users/@me/guilds/{guild_id}", 503, times=None)
    await runs.start(servers=frozenset({str(porch.id)}))
    asking = asyncio.create_task(there.person("birch", other).slash("peer light off", channel=there.channel(other)))
    await there.until(lambda: frames(there, "INTERACTION_CREATE", to_bot=True), "the command to arrive")
    there.pass_time(4)
    assert (await asking).error is not None
    assert core.intents == []


async def test_shards(there: StandIn, runs: Runs, core: Core, hurried: Hurried) -> None:
    there.shards = 2
    people = [there.person(name, there.guild(name)) for name in ("birch", "rowan")]
    await runs.start()
    for person, guild in zip(people, there.world.guilds.values(), strict=True):
        answer = await person.slash("peer light off", channel=there.channel(guild))
        assert answer.error is None
    there.socket.drop(1)
    await there.until(lambda: frames(there, "RESUMED", to_bot=True), "the session to be resumed")
    for person, guild in zip(people, there.world.guilds.values(), strict=True):
        answer = await person.slash("peer light off", channel=there.channel(guild))
        assert answer.error is None
    assert [one.shard for one in there.identifies] == [(0, 2), (1, 2)]
    assert len(core.intents) == 4


# -- servers ----------------------------------------------------------------------------------------------------------


async def test_a_server_that_may_not_have_it_is_left(there: StandIn, runs: Runs, porch: Guild) -> None:
    other, later = there.guild("Other"), there.guild("Later", None)
    bot = there.world.bot.id
    await runs.start(servers=frozenset({str(porch.id)}))
    await there.until(lambda: bot not in other.members, "the bot to leave")
    there.world.invite_bot(later)
    await there.until(lambda: bot not in later.members, "the bot to leave")
    assert bot in porch.members


async def test_the_loss_of_a_server_is_survived(
    there: StandIn, runs: Runs, core: Core, birch: Person, porch: Guild
) -> None:
    adapter = await runs.start()
    garden = there.guild("Garden")
    rowan = there.person("rowan", garden)
    there.accidents.kick_bot(porch)
    there.accidents.delete_channel(there.channel(garden))
    there.world.add_channel(garden, "meadow")
    answer = await rowan.slash("peer light off", channel=there.channel(garden, "meadow"))
    assert (answer.error, runs.running(adapter)) == (None, True)


@pytest.mark.parametrize(
    "event",
    [
        {"t": "CHANNEL_CREATE", "d": {"id": "x"}},
        {"t": "GUILD_ROLE_UPDATE", "d": []},
        {"t": "INTERACTION_CREATE", "d": {"id": "1", "type": 99}},
        {"t": "INTERACTION_CREATE", "d": None},
        {"t": "SOMETHING_NEW", "d": {"a": 1}},
        {"t": "THREAD_CREATE", "d": {"guild_id": "7"}},
    ],
)
async def test_an_event_that_cannot_be_read_is_put_aside(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried, event: dict[str, Any]
) -> None:
    adapter = await runs.start()
    there.socket._say(there.socket.connected[0], event["t"], event["d"])
    await works(there, core, birch)
    assert runs.running(adapter)


async def test_what_the_library_cannot_bear_begins_the_connection_anew(
    there: StandIn, runs: Runs, core: Core, birch: Person, hurried: Hurried, told: list[str]
) -> None:
    adapter = await runs.start()
    there.socket._say(there.socket.connected[0], "READY", {})
    await there.until(lambda: told.count("discord_back") == 1, "the bot to be back")
    await works(there, core, birch)
    assert runs.running(adapter)
    assert (told.count("discord_away"), len(there.identifies)) == (1, 2)
