"""Where something is, and where a room goes on: what both ends say, over a homeserver that answers as it is told."""

from typing import Any
from urllib.parse import unquote

import pytest

from adapters.matrix.engine import Engine
from adapters.matrix.keys import InMemory
from adapters.matrix.places import Places
from adapters.matrix.rooms import Rooms
from adapters.matrix.server import Declined, Unreached
from adapters.matrix.session import Account, State
from bot.chance import SecretChance
from tests.matrix.script import BOT, Asked, Clock, Script, Stage

BIRCH = "@birch:localhost"
OLD, NEW, SPACE, ROOM = "!old:localhost", "!new:localhost", "!space:localhost", "!room:localhost"
NO = Declined(404, "M_NOT_FOUND")


class World:
    """Rooms as a homeserver knows them: their state by room, kind and key. In ``closed`` ones the bot may not look.

    Attributes:
        state: The state.
        shut: Rooms into which the bot may not come.
        away: Rooms that it left.
    """

    def __init__(self) -> None:
        self.state: dict[tuple[str, str, str], Any] = {}
        self.shut: set[str] = set()
        self.away: list[str] = []
        clock = Clock()
        self.script = Script(clock)
        self.script.answers = {"/state/": self._state, "/join/": self._join, "/leave": self._leave}
        self.engine = Engine(Account("http://localhost:1", BOT), InMemory(), b"k" * 32, clock, SecretChance())
        stage = Stage()
        self.engine.server = self.script  # type: ignore[misc]
        self.engine.rooms = Rooms(self.script)  # type: ignore[misc]
        self.engine.state, self.engine.ears = stage.state, stage.ears
        self.engine.sync = stage.sync
        self.places = Places(self.engine, ())

    def there(self, *rooms: str, version: str = "11", **created: Any) -> None:
        """Let the bot be in rooms that somebody else made."""
        assert self.engine.ears is not None
        for room in rooms:
            self.engine.ears.joined.add(room)
            self.created(room, version=version, **created)

    def created(self, room: str, version: str = "11", **created: Any) -> None:
        self.state[room, "m.room.create", ""] = {"room_version": version, **created}

    def closed(self, old: str, new: str) -> None:
        self.state[old, "m.room.tombstone", ""] = {"replacement_room": new}

    def _state(self, asked: Asked) -> Any:
        room, kind, key = unquote(asked.path.split("/rooms/")[1]).replace("/state/", "/").split("/")
        if room in self.shut:
            return Declined(403, "M_FORBIDDEN")
        found = self.state.get((room, kind, key), NO)
        whole = asked.query.get("format") == "event"
        return {"content": found, "sender": "@linden:localhost"} if whole else found

    def _join(self, asked: Asked) -> Any:
        room = unquote(asked.path.rsplit("/", 1)[1])
        return Declined(403, "M_FORBIDDEN") if room in self.shut else {"room_id": room}

    def _leave(self, asked: Asked) -> Any:
        self.away.append(unquote(asked.path.split("/rooms/")[1].split("/")[0]))
        return {}


@pytest.fixture
def world() -> World:
    made = World()
    made.there(OLD)
    made.state[OLD, "m.room.power_levels", ""] = {
        "users": {"@linden:localhost": 100},
        "events": {"m.room.tombstone": 99},
    }
    made.closed(OLD, NEW)
    return made


def follows(world: World) -> None:
    world.created(NEW, predecessor={"room_id": OLD})


async def test_who_may_not_close_a_room_leads_nobody_elsewhere(world: World) -> None:
    follows(world)
    await world.places.follow(OLD, NEW, BIRCH)
    assert world.script.of("/join/") == []
    assert world.engine.state.followed == {}


async def test_where_both_ends_agree_it_is_gone_along(world: World) -> None:
    follows(world)
    await world.places.follow(OLD, NEW, "@linden:localhost")
    assert world.engine.state.followed == {OLD: NEW}
    assert world.away == []
    assert world.places.rooms() == [OLD], "it is not in the new one before the homeserver says so"
    world.there(NEW, predecessor={"room_id": OLD})
    assert world.places.rooms() == [NEW]
    assert (world.places.now(OLD), world.places.known_as(NEW)) == (NEW, OLD)


async def test_a_room_that_is_shut_is_waited_for(world: World) -> None:
    follows(world)
    world.shut.add(NEW)
    await world.places.follow(OLD, NEW, "@linden:localhost")
    assert (world.engine.state.followed, world.away) == ({}, [])


@pytest.mark.parametrize("before", [True, False])
async def test_a_room_that_follows_nothing_is_left_unless_the_bot_was_there_before(world: World, before: bool) -> None:
    world.created(NEW)
    if before:
        world.there(NEW)
    await world.places.follow(OLD, NEW, "@linden:localhost")
    assert world.engine.state.followed == {}
    assert world.away == ([] if before else [NEW])
    assert len(world.script.of("/join/")) == (0 if before else 1)


@pytest.mark.parametrize("what", ["nothing", "another", "unseen", "outside", "direct"])
async def test_what_one_end_says_is_not_enough(world: World, what: str) -> None:
    follows(world)
    match what:
        case "nothing":
            del world.state[OLD, "m.room.tombstone", ""]
        case "another":
            world.closed(OLD, ROOM)
        case "unseen":
            world.shut.add(OLD)
        case "outside":
            assert world.engine.ears is not None
            world.engine.ears.joined.clear()
        case "direct":
            world.engine.state.direct[OLD] = BIRCH
    assert not await world.places.came(NEW)
    assert world.engine.state.followed == {}


async def test_a_room_is_of_a_space_by_the_id_that_it_had(world: World) -> None:
    follows(world)
    world.there(SPACE, type="m.space")
    world.there(NEW, predecessor={"room_id": OLD})
    assert await world.places.came(NEW)
    world.state[SPACE, "m.space.child", OLD] = {"via": ["localhost"]}
    world.state[NEW, "m.room.member", BIRCH] = {"membership": "join"}
    assert await world.places.has(SPACE, NEW)
    assert not await world.places.has(SPACE, ROOM)
    assert (await world.places.of(NEW)).id == SPACE
    assert await world.places.rooms_of(SPACE, BIRCH) == {OLD}, "a role that was set keeps its id"
    assert await world.places.communities() == [SPACE]
    assert await world.places.named(OLD) == NEW


async def test_a_room_is_expected_where_one_of_ours_goes_on_in_it(world: World) -> None:
    assert await world.places.expected(NEW)
    assert not await world.places.expected(ROOM)


async def test_an_allowed_space_is_allowed_where_it_goes_on(world: World) -> None:
    places = Places(world.engine, (OLD,))
    assert not await places.welcome(NEW, BIRCH, direct=False)
    world.engine.state.followed[OLD] = NEW
    assert await places.welcome(NEW, BIRCH, direct=False)


async def test_which_rooms_go_on_is_found_out_where_the_state_was_lost(world: World) -> None:
    world.there(NEW, predecessor={"room_id": OLD})
    world.there(ROOM, predecessor={"room_id": SPACE})
    assert isinstance(world.engine.state, State)
    await world.engine._remember_followed()
    assert world.engine.state.followed == {OLD: NEW}


async def test_rooms_of_which_nothing_is_said_are_asked_of_again(world: World) -> None:
    world.there(NEW, predecessor={"room_id": OLD})
    world.script.answers["/state/"] = lambda _: Unreached()
    with pytest.raises(Unreached):
        await world.engine._remember_followed()
    assert world.engine.state.followed == {}


async def test_an_alias_names_a_room_or_none(world: World) -> None:
    told: list[Any] = [{"room_id": OLD}, NO, Declined(403, "M_FORBIDDEN")]
    world.script.answers["/directory/"] = lambda _: told.pop(0)
    world.engine.state.followed[OLD] = NEW
    assert await world.places.named("#porch:localhost") == NEW, "where it goes on"
    assert await world.places.named("https://matrix.to/#/%23porch:localhost?via=localhost") == ""
    with pytest.raises(Declined):
        await world.places.named("#porch:localhost")
    assert [await world.places.named(one) for one in ("", "porch", "#" + "p" * 300)] == ["", "", ""]


async def test_rooms_that_lead_to_one_another_are_followed_no_further(world: World) -> None:
    world.engine.state.followed |= {OLD: NEW, NEW: OLD}
    assert world.places.now(OLD) in {OLD, NEW}
    assert world.places.known_as(OLD) in {OLD, NEW}


async def test_a_room_that_is_of_no_space_stands_for_itself(world: World) -> None:
    world.there(SPACE, type="m.space")
    assert (await world.places.of(OLD)).id == OLD
    assert await world.places.rooms_of(OLD, BIRCH) == frozenset()
    world.shut.add(OLD)
    assert not await world.places.is_in(OLD, BIRCH)


async def test_who_shares_no_room_with_the_bot_begins_nothing_where_there_is_a_list(world: World) -> None:
    world.script.answers["/directory/"] = {"room_id": OLD}
    places = Places(world.engine, ("#porch:localhost",))
    assert not await places.welcome("!direct:localhost", BIRCH, direct=True)
    world.state[OLD, "m.room.member", BIRCH] = {"membership": "join"}
    assert await places.welcome("!direct:localhost", BIRCH, direct=True)
    assert await places.welcome(OLD, BIRCH, direct=False)
