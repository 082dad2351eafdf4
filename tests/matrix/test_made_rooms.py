"""Rooms that the bot makes and stays in: what it says there, what is asked there, and how they end."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from adapters.matrix.engine import Engine
from adapters.matrix.places import Places
from adapters.matrix.rooms import Rooms
from adapters.matrix.server import Declined, Server, Unclear, Unreached
from bot.contract.card import Card, Choice
from bot.contract.effect import Absent, Accepted, Invite, Leave, MakeRoom, NotSent, Refused, Remove, Result, Say, Unsure
from bot.contract.facts import Count, HowMany, Inside, IsInside, Readers, Unanswered, WhoReads
from bot.contract.place import Room
from bot.contract.text import Said, text
from tests.adapters.contract import VOICE, Bench, card
from tests.matrix.bench import Seen, bench, member
from tests.matrix.people import PATIENCE
from tests.matrix.town import Resident

__all__ = ["bench"]

_ROOMS = "/_matrix/client/v3/rooms/"
MAKE = text("said", words=Said("Room"))
PASS = Choice("peer.yes", text("say-yes"), "abc")


def seen(bench: Bench) -> Seen:
    assert isinstance(bench.platform, Seen)
    return bench.platform


def engine(bench: Bench) -> Engine:
    made = seen(bench).adapter._engine
    assert made is not None
    return made


async def do(bench: Bench, effect: Any, key: str) -> Result:
    return await bench.adapter.perform(key, key, effect, VOICE)


def mark(bench: Bench) -> str:
    """Return a mark that no other test uses: the homeserver outlives them."""
    return "made" + "".join(letter for letter in seen(bench).bot if letter.isalnum())


async def opened(bench: Bench, *inside: Resident, asked: tuple[Resident, ...] = ()) -> Room:
    """Return a room of the bot's, with some people in it and others asked in."""
    made = await do(bench, MakeRoom(bench.space, MAKE, visible=True), mark(bench))
    assert isinstance(made, Accepted)
    room = Room("matrix", made.id)
    for one in (*inside, *asked):
        assert isinstance(await do(bench, Invite(room, member(one)), f"in {one.id}"), Accepted)
    for one in inside:
        await seen(bench).town.wait(comes(one, room.id))
    return room


async def comes(person: Resident, room: str) -> None:
    """Let somebody come into a room that they are asked into. Runs in the town."""
    await person.ask("POST", f"{_ROOMS}{room}/join", {})
    await person.until(lambda: room in person.client.rooms)


class Raises:
    """Stands for a method that cannot be asked."""

    def __init__(self, answer: Exception) -> None:
        self._answer = answer

    async def __call__(self, *_: Any) -> Any:
        raise self._answer


async def not_now(*_: Any) -> Result:
    """Stand for making a room while the homeserver is away."""
    return NotSent(1.0)


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - people look by themselves
            await asyncio.sleep(0.01)


def reads(bench: Bench, who: Resident, room: str) -> tuple[str, ...]:
    """Return what somebody could open of what the bot said in a room."""
    there = seen(bench)
    there.town.do(who.pump(0))
    return tuple(str(content["body"]).split("\n")[0] for _, content in who.stands(room, there.bot))


def inside(bench: Bench, room: str) -> set[str]:
    """Return the names of those who are in a room."""
    town = seen(bench).town
    joined = {name: town.do(one.ask("GET", "/_matrix/client/v3/joined_rooms")) for name, one in town.people.items()}
    return {name for name, rooms in joined.items() if room in rooms["joined_rooms"]}


async def test_what_is_said_there_is_read_by_those_who_are_in_it_then(bench: Bench) -> None:
    people = seen(bench).town.people
    birch, rowan, linden = people["birch"], people["rowan"], people["linden"]
    room = await opened(bench, birch, rowan)
    assert await bench.adapter.tell(HowMany(room)) == Count(2)
    assert await bench.adapter.tell(IsInside(room, bench.member)) == Inside(here=True, others=1)
    assert isinstance(await do(bench, Say(room, card("one")), "say-1"), Accepted)
    for who in (birch, rowan):
        await until(lambda who=who: reads(bench, who, room.id) == ("one",))  # type: ignore[misc]
    assert isinstance(await do(bench, Invite(room, bench.moderator), "in"), Accepted)
    await seen(bench).town.wait(comes(linden, room.id))
    assert isinstance(await do(bench, Remove(room, bench.other), "out"), Accepted)
    assert isinstance(await do(bench, Say(room, card("two")), "say-2"), Accepted)
    await until(lambda: reads(bench, linden, room.id) == ("two",))
    await until(lambda: reads(bench, birch, room.id) == ("one", "two"))
    assert reads(bench, rowan, room.id) == ("one",), "who left reads no further"


async def test_it_is_as_closed_as_any_other_whatever_was_wished(bench: Bench) -> None:
    room = await opened(bench, seen(bench).town.people["birch"])
    for visible in (False, True):
        told = await bench.adapter.tell(WhoReads(room, visible))
        assert isinstance(told, Readers)
        assert [line.id for line in told.lines] == [
            "who-reads-matrix-members",
            "who-reads-matrix-none-ask",
            "who-reads-matrix-sealed",
        ]
        assert not told.wider
    opens = await engine(bench).set_state(room.id, "m.room.join_rules", {"join_rule": "public"})
    assert isinstance(opens, Accepted)
    told = await bench.adapter.tell(WhoReads(room, visible=True))
    assert isinstance(told, Readers)
    assert told.wider


@pytest.mark.promise("M8", platform="matrix")
async def test_what_people_say_there_cannot_be_opened_with_all_the_bot_has(bench: Bench) -> None:
    birch, rowan = (seen(bench).town.people[name] for name in ("birch", "rowan"))
    room = await opened(bench, birch, rowan)
    await seen(bench).town.wait(rowan.sees(room.id, birch.id))
    await seen(bench).town.wait(birch.types(room.id, "canary-in-a-check-in"))
    assert await seen(bench).town.wait(rowan.reads(room.id)) == "canary-in-a-check-in"
    await seen(bench).handled()
    ears = engine(bench).ears
    assert ears is not None
    assert not [one for one in (*ears._held.values(), *ears._unknown.values()) if one.room == room.id]
    assert list(ears.machine.inbound_group_store) == []
    assert bench.sink.intents == []


async def test_what_is_pressed_there_is_asked_there_and_answered_privately(bench: Bench) -> None:
    there, birch = seen(bench), seen(bench).town.people["birch"]
    room = await opened(bench, birch, there.town.people["rowan"])
    first = Card((text("said", words=Said("first")),), choices=(PASS,))
    posted = await do(bench, Say(room, first), "say")
    assert isinstance(posted, Accepted)
    for number in range(20):  # a round has a card for each turn, and the first can still be pressed
        later = Choice("peer.yes", text("say-yes"), f"turn{number}")
        turn = Card((text("said", words=Said(f"turn {number}")),), choices=(later,))
        assert isinstance(await do(bench, Say(room, turn), f"turn-{number}"), Accepted)
    await there.restart()
    await there.town.wait(birch.reacts(room.id, posted.id, "👋"))
    await until(lambda: there.seen(bench.member))
    _, direct = there.who(bench.member)
    await there.town.wait(birch.types(direct, "1"))
    await until(lambda: any(one.command == "peer.yes" for one in bench.sink.intents))
    pressed = bench.sink.intents[-1]
    assert (pressed.command, pressed.subject, pressed.room, pressed.space) == ("peer.yes", "abc", room, bench.space)
    await until(lambda: len(there.seen(bench.member)) == 2)
    assert len(reads(bench, birch, room.id)) == 21, "nothing more was said in the room"


async def test_closing_takes_everybody_out_and_says_nothing_of_why(bench: Bench) -> None:
    people = seen(bench).town.people
    birch, rowan, linden = people["birch"], people["rowan"], people["linden"]
    room = await opened(bench, birch, linden, asked=(rowan,))
    assert engine(bench).state.made == {room.id: bench.space.id}
    for key in ("close", "close again"):
        assert await do(bench, Leave(room, close=True), key) == Accepted(room.id)
    assert inside(bench, room.id) == set()
    for one in (birch, linden):
        own = seen(bench).town.do(one.ask("GET", f"{_ROOMS}{room.id}/state/m.room.member/{one.id}"))
        assert (own["membership"], "reason" in own) == ("leave", False)
    with pytest.raises(AssertionError, match=r"40[34]"):
        seen(bench).town.do(rowan.ask("POST", f"{_ROOMS}{room.id}/join", {}))
    assert engine(bench).state.made == {}
    assert await do(bench, Say(room, card()), "say") == Refused("gone")
    assert isinstance(await bench.adapter.tell(IsInside(room, bench.member)), Unanswered)


async def test_a_room_that_is_handed_over_stays_theirs(bench: Bench) -> None:
    birch, rowan = (seen(bench).town.people[name] for name in ("birch", "rowan"))
    room = await opened(bench, birch, rowan)
    assert await do(bench, Leave(room), "leave") == Accepted(room.id)
    assert inside(bench, room.id) == {"birch", "rowan"}


async def test_a_closing_that_breaks_off_is_gone_on_with(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    birch, linden = (seen(bench).town.people[name] for name in ("birch", "linden"))
    room = await opened(bench, birch, linden)
    ask, asked = Server.ask, 0

    async def second_breaks(self: Server, method: str, address: str, *more: Any, **others: Any) -> Any:
        nonlocal asked
        asked += "/kick" in address
        if "/kick" in address and asked > 1:
            raise Unclear
        return await ask(self, method, address, *more, **others)

    with monkeypatch.context() as patch:
        patch.setattr(Server, "ask", second_breaks)
        assert await do(bench, Leave(room, close=True), "close") == Unsure()
    assert inside(bench, room.id) == {"linden"}, "one was taken out, one is still there"
    await seen(bench).restart()
    assert await do(bench, Leave(room, close=True), "close") == Accepted(room.id)
    assert inside(bench, room.id) == set()


async def test_nobody_is_left_behind_because_the_homeserver_did_not_say_who_is_there(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    birch, linden = (seen(bench).town.people[name] for name in ("birch", "linden"))
    room = await opened(bench, birch, linden)
    later = ((Declined(429, "M_LIMIT_EXCEEDED", 7.0), NotSent(7.0)), (Unreached(), NotSent()))
    for answer, expected in later:
        with monkeypatch.context() as patch:
            patch.setattr(Rooms, "ask_members", Raises(answer))
            assert await do(bench, Leave(room, close=True), "close") == expected
        assert engine(bench).state.made == {room.id: bench.space.id}
    remove = Engine.remove

    async def not_birch(self: Engine, room: str, user: str) -> Result:
        return Refused("forbidden") if user == birch.id else await remove(self, room, user)

    monkeypatch.setattr(Engine, "remove", not_birch)
    assert await do(bench, Leave(room, close=True), "close") == Accepted(room.id)
    assert inside(bench, room.id) == {"birch"}, "whom the bot may not take out keeps nobody else in"


async def test_a_room_that_was_taken_away_is_gone_and_forgotten(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    room = await opened(bench, seen(bench).town.people["birch"])
    with monkeypatch.context() as patch:
        patch.setattr(Rooms, "ask_members", Raises(Declined(403, "M_FORBIDDEN")))
        assert await engine(bench).rooms.encrypted(room.id)
        effects = seen(bench).adapter._parts()
        assert effects is not None
        emptied = await effects.effects._empty(room.id)
    assert emptied == Accepted(room.id), "the bot is not in it any more, so there is nobody to take out"
    await asyncio.to_thread(seen(bench).town.homeserver.delete_room, room.id)
    await until(lambda: room.id not in engine(bench).state.made)
    assert await do(bench, Say(room, card()), "say") == Refused("gone")
    assert await do(bench, Invite(room, bench.other), "in") == Refused("gone")
    assert isinstance(await bench.adapter.tell(WhoReads(room)), Unanswered)
    assert isinstance(await do(bench, Leave(room, close=True), "close"), Accepted | Refused)


async def test_for_which_space_a_room_was_made_is_known_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    room = await opened(bench)
    state = engine(bench).state
    state.made.clear()  # the process died before it was on disk
    assert await bench.adapter.find(mark(bench), MakeRoom(bench.space, MAKE)) == Accepted(room.id)
    assert state.made == {room.id: bench.space.id}
    state.made.clear()
    assert await do(bench, MakeRoom(bench.space, MAKE), mark(bench)) == Accepted(room.id)
    assert state.made == {room.id: bench.space.id}
    assert await bench.adapter.find(mark(bench) + "other", MakeRoom(bench.space, MAKE)) == Absent()
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "make_room", not_now)
        assert await do(bench, MakeRoom(bench.space, MAKE), mark(bench) + "other") == NotSent(1.0)
    assert state.made == {room.id: bench.space.id}
    await seen(bench).restart()
    assert await Places(engine(bench), ()).of(room.id) == bench.space
    assert await do(bench, Leave(room), "leave") == Accepted(room.id)
    await seen(bench).handled()  # what was heard of it while it was left
    assert engine(bench).state.made == {}

    async def found(*_: Any) -> Result:
        return Accepted(room.id)

    monkeypatch.setattr(Engine, "find_room", found)  # the process died before it took away its name
    assert await bench.adapter.find(mark(bench), MakeRoom(bench.space, MAKE)) == Accepted(room.id)
    assert engine(bench).state.made == {}, "a room that the bot is not in is none of its rooms"
