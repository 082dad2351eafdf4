"""Where something is, and where a room goes on: what both ends say, over a homeserver that answers as it is told."""

from typing import Any
from urllib.parse import quote, unquote

import pytest

from adapters.matrix.engine import Engine
from adapters.matrix.keys import InMemory
from adapters.matrix.places import MOST, Places
from adapters.matrix.rooms import Rooms
from adapters.matrix.server import Declined, Unreached
from adapters.matrix.session import Account, State
from bot.chance import SecretChance
from bot.contract.effect import Absent, Accepted
from tests.matrix.script import BOT, Asked, Clock, Script, Stage, event, joined, sync

BIRCH = "@birch:localhost"
OLD, NEW, SPACE, ROOM = "!old:localhost", "!new:localhost", "!space:localhost", "!room:localhost"
NO = Declined(404, "M_NOT_FOUND")


class World:
    """Rooms as a homeserver knows them: their state by room, kind and key. In ``closed`` ones the bot may not look.

    Attributes:
        state: The state.
        senders: Who set it; of what is not here, Linden.
        shut: Rooms into which the bot may not come.
        away: Rooms that it left.
    """

    def __init__(self) -> None:
        self.state: dict[tuple[str, str, str], Any] = {}
        self.senders: dict[tuple[str, ...], str] = {}
        self.shut: set[str] = set()
        self.away: list[str] = []
        clock = Clock()
        self.script = Script(clock)
        self.script.answers = {
            "/state/": self._state,
            "/state": self._whole,
            "/join/": self._join,
            "/leave": self._leave,
        }
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
        whole = asked.query.get("format") == "event" and found is not NO
        return {"content": found, "sender": self._sender(room, kind, key)} if whole else found

    def _sender(self, *where: str) -> str:
        return self.senders.get(where, "@linden:localhost")

    def _whole(self, asked: Asked) -> Any:
        room = unquote(asked.path.split("/rooms/")[1].split("/")[0])
        return [
            {"type": kind, "state_key": key, "content": content, "sender": self._sender(where, kind, key)}
            for (where, kind, key), content in self.state.items()
            if where == room
        ]

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
    assert await world.places.communities(BIRCH) == []
    world.state[SPACE, "m.room.member", BIRCH] = {"membership": "join"}
    assert await world.places.communities(BIRCH) == [SPACE]
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


# Which rooms are of a space.

STRANGER, LINDEN = "@stranger:localhost", "@linden:localhost"
VIA = {"via": ["localhost"]}
THEIRS = "!a:localhost"
"""A stranger's space, which comes before every other one by its id."""


@pytest.fixture
def town(world: World) -> World:
    """Return a world with a room that its owner keeps in a space, and a stranger's space beside it."""
    world.there(SPACE, THEIRS, type="m.space")
    world.there(ROOM)
    world.state[ROOM, "m.room.power_levels", ""] = {"users": {LINDEN: 100}}
    world.state[SPACE, "m.space.child", ROOM] = VIA
    for room in (SPACE, THEIRS, ROOM, OLD):
        world.state[room, "m.room.member", BIRCH] = {"membership": "join"}
    names(world, THEIRS, ROOM)
    names(world, THEIRS, OLD)
    return world


def names(world: World, space: str, room: str, sender: str = STRANGER) -> None:
    world.state[space, "m.space.child", room] = VIA
    world.senders[space, "m.space.child", room] = sender


def says(world: World, room: str, space: str, sender: str) -> None:
    world.state[room, "m.space.parent", space] = VIA
    world.senders[room, "m.space.parent", space] = sender


async def test_a_strangers_space_that_names_a_room_does_not_have_it(town: World) -> None:
    assert town.places.rooms()[0] == THEIRS
    assert (await town.places.of(ROOM)).id == SPACE
    assert (await town.places.of(OLD)).id == OLD, "a single room stays a place of its own"
    assert await town.places.communities(BIRCH) == [THEIRS, SPACE, OLD]
    assert await town.places.rooms_of(THEIRS, BIRCH) == frozenset()
    assert await town.places.rooms_of(SPACE, BIRCH) == {ROOM}


async def test_nor_by_a_word_in_the_room_of_somebody_who_does_not_moderate_it(town: World) -> None:
    says(town, ROOM, THEIRS, BIRCH)
    assert not await town.places.has(THEIRS, ROOM)
    town.state[ROOM, "m.room.power_levels", ""]["users"][BIRCH] = 50
    assert await town.places.has(THEIRS, ROOM), "who moderates it says so"
    town.state[ROOM, "m.space.parent", THEIRS] = {}
    assert not await town.places.has(THEIRS, ROOM), "and takes it back"


async def test_nor_where_everybody_may_set_the_state(town: World) -> None:
    del town.state[OLD, "m.room.power_levels", ""]
    assert not await town.places.has(THEIRS, OLD), "the stranger is not in it"
    town.state[OLD, "m.room.member", STRANGER] = {"membership": "join"}
    assert await town.places.has(THEIRS, OLD)


async def test_a_space_has_a_room_that_says_so_whoever_named_it_there(town: World) -> None:
    names(town, SPACE, ROOM, "@rowan:localhost")
    assert not await town.places.has(SPACE, ROOM)
    says(town, ROOM, SPACE, LINDEN)
    assert await town.places.has(SPACE, ROOM)
    del town.state[SPACE, "m.space.child", ROOM]
    town.engine.rooms.forget_children(SPACE)
    assert not await town.places.has(SPACE, ROOM), "the space does not say so any more"


@pytest.mark.parametrize("version", ["11", "12"])
async def test_who_made_a_room_speaks_for_it_from_version_12_on(town: World, version: str) -> None:
    town.created(ROOM, version=version, additional_creators=[STRANGER])
    town.state[ROOM, "m.room.power_levels", ""] = {"state_default": 100}
    assert await town.places.has(THEIRS, ROOM) is (version == "12")


async def test_a_space_that_was_upgraded_is_still_what_its_rooms_say(town: World) -> None:
    names(town, THEIRS, ROOM)
    says(town, ROOM, "!was:localhost", LINDEN)
    town.engine.state.followed["!was:localhost"] = THEIRS
    assert await town.places.has(THEIRS, ROOM)


async def test_rooms_beyond_the_first_are_found_however_many_there_are_besides(town: World) -> None:
    town.there(*(f"!besides{number}:localhost" for number in range(2 * MOST)))
    town.there("!z:localhost")
    town.state[SPACE, "m.space.child", "!z:localhost"] = VIA
    town.state["!z:localhost", "m.room.member", BIRCH] = {"membership": "join"}
    assert await town.places.rooms_of(SPACE, BIRCH) == {ROOM, "!z:localhost"}


async def test_finding_communities_does_not_ask_of_each_room_in_each_space(town: World) -> None:
    spaces, rooms = [f"!s{n}:localhost" for n in range(20)], [f"!r{n}:localhost" for n in range(40)]
    town.there(*spaces, type="m.space")
    town.there(*rooms)
    for room in rooms[:3]:
        town.state[room, "m.room.member", BIRCH] = {"membership": "join"}
    found = await town.places.communities(BIRCH)
    assert set(rooms[:3]) < set(found)
    asked, inside = len(town.script.asked), len(town.places.rooms())
    assert asked < 3 * inside
    await town.places.communities(BIRCH)
    assert len(town.script.asked) - asked < 2 * inside
    assert {one.path.rsplit("/", 1)[1] for one in town.script.asked[asked:]} <= {
        *map(quoted, [BIRCH, ""]),
        *map(quoted, [SPACE, THEIRS]),
    }, "what a space names is not asked again"


def quoted(name: str) -> str:
    return quote(name, safe="")


@pytest.mark.parametrize("kind", ["m.space.child", "m.room.redaction", "gap"])
async def test_what_a_space_names_is_asked_again_where_that_may_have_changed(kind: str) -> None:
    stage, world = Stage(), World()
    stage.server.answers["/state"] = world._whole
    stage.ears.joined.add(SPACE)
    assert await stage.rooms.children(SPACE) == {}
    world.state[SPACE, "m.space.child", ROOM] = VIA
    assert await stage.rooms.children(SPACE) == {}, "it is remembered"
    heard = joined(SPACE, limited=True) if kind == "gap" else joined(SPACE, event(kind, VIA, state_key=ROOM))
    await stage.play(sync(1, **heard))
    assert await stage.rooms.children(SPACE) == {ROOM: LINDEN}


async def test_an_answer_that_was_overtaken_is_not_remembered() -> None:
    stage = Stage()

    def overtaken(_: Asked) -> list[Any]:
        stage.rooms.forget_children(SPACE)
        return []

    stage.server.answers["/state"] = overtaken
    await stage.rooms.children(SPACE)
    await stage.rooms.children(SPACE)
    assert len(stage.server.of("/state")) == 2


async def test_of_so_many_spaces_is_remembered_what_they_name_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.matrix.rooms.REMEMBERED", 1)
    stage = Stage()
    stage.server.answers["/state"] = lambda _: []
    for space in (SPACE, THEIRS, THEIRS, SPACE):
        await stage.rooms.children(space)
    assert len(stage.server.of("/state")) == 3


async def test_who_said_something_in_a_room_is_asked_or_it_is_trouble(town: World) -> None:
    names(town, SPACE, ROOM, "@rowan:localhost")
    right = town.script.answers["/state/"]
    assert callable(right)
    town.script.answers["/state/"] = lambda asked: Unreached() if "m.space.parent" in asked.path else right(asked)
    with pytest.raises(Unreached):
        await town.places.has(SPACE, ROOM)
    town.script.answers["/state/"] = lambda asked: (
        Declined(403, "M_FORBIDDEN") if "m.space.parent" in asked.path else right(asked)
    )
    with pytest.raises(Declined):
        await town.places.has(SPACE, ROOM)
    town.script.answers["/state/"] = Declined(500, "M_UNKNOWN")
    with pytest.raises(Declined):
        await town.places.is_in(ROOM, BIRCH)


async def test_a_room_of_a_listed_space_is_come_into_before_it_can_be_asked(town: World) -> None:
    names(town, SPACE, NEW, "@rowan:localhost")
    town.shut.add(NEW)
    assert await Places(town.engine, (SPACE,)).welcome(NEW, BIRCH, direct=False)
    assert not await Places(town.engine, (THEIRS,)).welcome(NEW, BIRCH, direct=False)


@pytest.mark.parametrize("maker", [BOT, BIRCH])
async def test_a_room_is_ours_if_we_made_it_and_not_if_its_maker_says_so(world: World, maker: str) -> None:
    world.script.answers = {"/directory/": {"room_id": ROOM}, **world.script.answers}
    world.created(ROOM, version="12", additional_creators=[BOT])
    world.senders[ROOM, "m.room.create", ""] = maker
    assert await world.engine.find_room("mark") == (Accepted(ROOM) if maker == BOT else Absent())
