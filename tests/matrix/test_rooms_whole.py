"""Rooms, rights and invites as a whole: the shipped adapter in a process of its own, at a real homeserver."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix.keys import STATE
from tests.drivers.matrix import MatrixEvening, MatrixPerson
from tests.matrix.town import Resident

_ROOMS = "/_matrix/client/v3/rooms/"

FOR_MODERATORS = "This is for moderators"


class Listed(MatrixEvening):
    """An evening on which only the space may bring the bot somewhere."""

    async def _settle(self) -> None:
        await super()._settle()
        self.allowed = (self.space,)


class InRooms(MatrixEvening):
    """An evening on which commands are also read in rooms that are not encrypted."""

    in_rooms = True


@pytest.fixture
async def porch(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[MatrixEvening]:
    kind: type[MatrixEvening] = getattr(request, "param", MatrixEvening)
    evening = await kind(tmp_path / "evening").start()
    yield evening
    await evening.stop()


# How things are done here.


async def made(owner: Resident, **asked: Any) -> str:
    """Let somebody make a room that is for those asked in. Runs in the town."""
    content = {"preset": "private_chat", "name": "somewhere", **asked}
    return str((await owner.ask("POST", "/_matrix/client/v3/createRoom", content))["room_id"])


async def asked_in(porch: MatrixEvening, owner: Resident, room: str, *, comes: bool = True) -> None:
    """Let somebody ask the bot in, and wait until it has come, or gone. Runs in the town."""
    await owner.asks_in(room, porch.bot_id)
    await porch.town.until_in(owner, room, porch.bot_id, "join" if comes else "leave")


async def types(who: MatrixPerson, line: str) -> str:
    """Let somebody type a line into their direct room, and return the answer."""
    return await who._act(who._types(line))


async def upgraded(owner: Resident, room: str) -> str:
    """Let somebody upgrade a room, and return the new one. Runs in the town."""
    return str((await owner.ask("POST", f"{_ROOMS}{room}/upgrade", {"new_version": "12"}))["replacement_room"])


async def membership(person: Resident, room: str, user: str) -> str:
    """Return what somebody is in a room; empty if they never were anything. Runs in the town."""
    chunk = (await person.ask("GET", f"{_ROOMS}{room}/members"))["chunk"]
    return next((str(one["content"]["membership"]) for one in chunk if one["state_key"] == user), "")


async def of_bot(porch: MatrixEvening, person: Resident, room: str) -> list[str]:
    """Return the kinds of events in a room that are the bot's. Runs in the town."""
    chunk = (await person.ask("GET", f"{_ROOMS}{room}/messages?dir=b&limit=100"))["chunk"]
    return [one["type"] for one in chunk if one["sender"] == porch.bot_id]


# Who may do what.


@pytest.mark.promise("X5", platform="matrix")
async def test_who_moderates_is_what_the_server_says_at_that_moment(porch: MatrixEvening) -> None:
    town, linden = porch.town, porch.town.people["linden"]
    rowan, alder, birch, hazel = (porch.person(name) for name in ("rowan", "alder", "birch", "hazel"))
    for version in ("10", "11", "12"):
        more = {"additional_creators": [alder.at.id]} if version == "12" else {}
        room = await town.wait(made(rowan.at, room_version=version, creation_content=more))
        await town.wait(town.let_in(rowan.at, room, alder.at, birch.at, hazel.at))
        await town.wait(asked_in(porch, rowan.at, room))
        before = porch.rows()
        for refused in (birch, hazel, *(() if more else (alder,))):
            assert FOR_MODERATORS in await types(refused, f"!setup in={room}")
        assert porch.rows() == before
        await town.wait(rowan.at.levels(room, {hazel.at.id: 50}))
        for may in (rowan, hazel, *((alder,) if more else ())):
            answer = await types(may, f"!setup in={room}")
            assert "setup.here" in may.choices(), (version, answer)
        await town.wait(rowan.at.levels(room, {hazel.at.id: 0}))
        assert FOR_MODERATORS in await hazel.presses("setup.here")
        assert FOR_MODERATORS in await types(hazel, f"!setup in={room}")
        assert porch.rows() == before
        await rowan.presses("setup.here")
        assert porch.rows()["community"] == before["community"] + 1
    await town.wait(linden.levels(porch.space, {hazel.at.id: 50}))
    await types(hazel, f"!setup words word_list=gardens in={porch.porch}")
    await hazel.presses("draft.use")
    await types(hazel, f"!setup words word_list=quiet in={porch.porch}")
    await town.wait(linden.levels(porch.space, {hazel.at.id: 0}))
    before = porch.rows()
    assert FOR_MODERATORS in await hazel.presses("draft.use")
    assert FOR_MODERATORS in await types(hazel, f"!setup words word_list=quiet in={porch.porch}")
    assert porch.rows() == before
    assert "gardens" in await types(porch.person("linden"), f"!setup in={porch.porch}")


@pytest.mark.promise("X5", platform="matrix")
async def test_a_strangers_space_that_names_our_room_moderates_nothing(porch: MatrixEvening) -> None:
    town, linden, birch = porch.town, porch.town.people["linden"], porch.person("birch")
    stranger = porch.person("hazel")
    single = await town.wait(made(linden))
    await town.wait(town.let_in(linden, single, birch.at, stranger.at))
    await town.wait(asked_in(porch, linden, single))
    theirs = await town.wait(made(stranger.at, creation_content={"type": "m.space"}))
    for room in (single, porch.porch):
        await town.wait(town.belongs(stranger.at, theirs, room))
    await town.wait(asked_in(porch, stranger.at, theirs))
    before = porch.rows()
    for room in (single, porch.porch):
        assert FOR_MODERATORS in await types(stranger, f"!setup in={room}")
        assert "setup.here" not in stranger.choices()
    assert porch.rows() == before
    await types(porch.person("linden"), f"!setup in={single}")
    assert "setup.here" in porch.person("linden").choices(), "it is a place of its own as before"
    await types(stranger, f"!setup in={theirs}")
    assert "setup.here" in stranger.choices(), "their own is theirs"
    assert "Ask like this?" in await birch.asks("peer ask", in_room=True)


# Who may bring the bot where.


@pytest.mark.promise("X6", platform="matrix")
@pytest.mark.parametrize("porch", [Listed], indirect=True)
async def test_a_room_of_three_is_no_direct_one_whatever_its_invite_says(porch: MatrixEvening) -> None:
    town, birch, rowan = porch.town, porch.person("birch"), porch.person("rowan")
    before = porch.rows()
    room = await town.wait(birch.at.makes(rowan.at.id, porch.bot_id, encrypted=True, is_direct=True))
    await town.wait(town.until_in(birch.at, room, porch.bot_id, "leave"))
    assert await town.wait(of_bot(porch, birch.at, room)) == ["m.room.member"] * 2, "it came, looked, and went"
    assert "Ask like this?" in await birch.asks("peer ask")
    assert await town.wait(membership(birch.at, room, porch.bot_id)) == "leave"
    assert porch.rows()["community"] == before["community"]


@pytest.mark.promise("X6", platform="matrix")
@pytest.mark.parametrize("porch", [Listed], indirect=True)
async def test_only_the_listed_space_brings_the_bot_somewhere(porch: MatrixEvening) -> None:
    town, linden = porch.town, porch.town.people["linden"]
    stranger = await town.wait(town.come("ash"))
    before = porch.rows()
    elsewhere = await town.wait(made(stranger, creation_content={"type": "m.space"}))
    room = await town.wait(made(stranger))
    await town.wait(town.belongs(stranger, elsewhere, room))
    for one in (elsewhere, room):
        await town.wait(asked_in(porch, stranger, one, comes=False))
        assert await town.wait(of_bot(porch, stranger, one)) == ["m.room.member"], "it came, or said something"
    direct = await town.wait(stranger.direct(porch.bot_id))
    await town.wait(town.until_in(stranger, direct, porch.bot_id, "leave"))
    assert await town.wait(of_bot(porch, stranger, direct)) == ["m.room.member"]
    kitchen = await town.wait(made(linden))
    await town.wait(town.belongs(linden, porch.space, kitchen))
    await town.wait(asked_in(porch, linden, kitchen))
    assert porch.rows() == before
    assert "Ask like this?" in await porch.person("birch").asks("peer ask")
    # The space goes on in another, whose id is on no list: both say so.
    false = {"type": "m.space", "predecessor": {"room_id": porch.space, "event_id": "$none"}}
    posing = await town.wait(made(stranger, creation_content=false))
    await town.wait(asked_in(porch, stranger, posing, comes=False))
    new = await town.wait(upgraded(linden, porch.space))
    await town.wait(asked_in(porch, linden, new))
    await town.wait(town.let_in(linden, new, porch.person("birch").at))
    cellar = await town.wait(made(linden))
    await town.wait(town.belongs(linden, new, cellar))
    await town.wait(asked_in(porch, linden, cellar))


# Rooms that go on elsewhere.


async def test_a_tombstone_is_followed_if_both_ends_agree(porch: MatrixEvening) -> None:
    town, linden, hazel = porch.town, porch.town.people["linden"], porch.person("hazel")
    birch, alder = porch.person("birch"), porch.person("alder")
    trap = await town.wait(made(hazel.at, preset="public_chat"))
    own = await town.wait(made(hazel.at))
    await town.wait(asked_in(porch, hazel.at, own))
    await town.wait(linden.levels(porch.porch, {hazel.at.id: 150}))
    # Where it leads to a room that says nothing of it, the bot looks and goes, and nothing comes of it.
    closed = {"body": "we moved", "replacement_room": trap}
    await town.wait(hazel.at.sets(porch.porch, "m.room.tombstone", closed))
    await town.wait(town.until_in(hazel.at, trap, porch.bot_id, "leave"))
    assert await town.wait(of_bot(porch, hazel.at, trap)) == ["m.room.member"] * 2
    # Where it leads to a room in which the bot is already, it stays there.
    closed = {"body": "we moved", "replacement_room": porch.space}
    await town.wait(hazel.at.sets(own, "m.room.tombstone", closed))
    assert "Setting up" in await types(hazel, f"!setup in={own}")
    assert await town.wait(membership(linden, porch.space, porch.bot_id)) == "join"
    # A room that says of itself that it follows is a room like any other.
    false = {"type": "m.space", "predecessor": {"room_id": porch.space, "event_id": "$none"}}
    posing = await town.wait(made(hazel.at, creation_content=false))
    await town.wait(asked_in(porch, hazel.at, posing))
    await town.wait(town.let_in(hazel.at, posing, alder.at))
    await town.wait(linden.kicks(porch.space, alder.at.id))
    assert "Ask like this?" not in await alder.asks("peer ask")
    assert "Ask like this?" in await birch.asks("peer ask")
    # What is open to the bot is come into without being asked.
    await town.wait(linden.sets(porch.space, "m.room.join_rules", {"join_rule": "public"}))
    new = await town.wait(upgraded(linden, porch.space))
    await town.wait(town.until_in(linden, new, porch.bot_id))
    await town.wait(town.let_in(linden, new, birch.at))
    await town.wait(linden.kicks(porch.space, birch.at.id))
    assert "Ask like this?" in await birch.asks("peer ask")
    assert "gardens" in await types(porch.person("linden"), "!setup words word_list=gardens"), "which place is clear"
    # That it goes on there is found out again where what the adapter kept is lost.
    await porch.restart((porch.folder / STATE).unlink)
    assert "Ask like this?" in await birch.asks("peer ask")
    assert "Ask like this?" not in await alder.asks("peer ask")


# Commands in rooms.


@pytest.mark.parametrize("porch", [InRooms], indirect=True)
async def test_a_command_in_a_room_in_clear_is_answered_privately(porch: MatrixEvening) -> None:
    town, linden, birch = porch.town, porch.town.people["linden"], porch.person("birch")
    room = await town.wait(made(linden))
    await town.wait(town.belongs(linden, porch.space, room))
    await town.wait(town.let_in(linden, room, birch.at))
    await town.wait(asked_in(porch, linden, room))
    before = porch.rows()
    await town.wait(birch.at.types(porch.porch, "!mine limits budget=5"))
    for words in ("good evening", "mine limits budget=6", "!weather tomorrow"):
        await town.wait(birch.at.types(room, words))
    await town.wait(birch.at.types(room, "!mine limits budget=4"))
    (direct,) = await town.wait(birch.at.until(lambda: list(birch.at.client.invited_rooms)))
    await town.wait(birch.at.joins(direct))
    birch.direct = direct
    assert "at most 4 a day" in await town.wait(birch.at.reads(direct))
    assert len(birch.sees()) == 1
    assert porch.rows()["member"] == before["member"] + 1
    assert await town.wait(of_bot(porch, linden, room)) == ["m.room.member"]
    assert "at most 4 a day" in await birch.asks("mine settings")
    assert b"weather" not in porch.bot.log.read_bytes()


# A room for two.


async def test_the_two_of_a_room_are_equals_and_nobody_asks_a_third_in(porch: MatrixEvening) -> None:
    town, birch, alder, rowan = porch.town, porch.person("birch"), porch.person("alder"), porch.person("rowan")
    await alder.asks("peer light on", {"hours": "4"})
    await birch.asks("peer ask")
    await birch.presses("peer.open")
    await alder.presses("peer.yes")
    assert alder.sees()[-1] == birch.sees()[-1]
    await birch.presses("peer.enter")
    (room,) = birch.rooms()

    async def state(kind: str) -> dict[str, Any]:
        return await birch.at.ask("GET", f"{_ROOMS}{room}/state/{kind}")

    async def asks_in(who: MatrixPerson) -> list[int]:
        def do(other: MatrixPerson) -> int:
            body = {"user_id": other.at.id}
            return town.homeserver.call("POST", f"{_ROOMS}{room}/invite", body, who.at.client.access_token)[0]

        return [await asyncio.to_thread(do, other) for other in (rowan, alder)]

    levels = await town.wait(state("m.room.power_levels"))
    powers = [levels["users"].get(one.at.id, levels["users_default"]) for one in (birch, alder)]
    create = await town.wait(state("m.room.create"))
    assert powers == [0, 0]
    assert {levels[what] for what in ("invite", "kick", "ban", "redact", "state_default")} == {100}
    assert not create.get("additional_creators")
    assert (await town.wait(state("m.room.encryption")))["algorithm"] == "m.megolm.v1.aes-sha2"
    assert (await town.wait(state("m.room.join_rules")))["join_rule"] == "invite"
    assert await town.wait(asks_in(birch)) == [403, 403]
    await porch.wind(hours=24, minutes=1)
    assert not porch.bot_is_in(room)
    assert await town.wait(asks_in(birch)) == [403, 403]
    assert alder.rooms() == ()
    members = await town.wait(birch.at.ask("GET", f"{_ROOMS}{room}/joined_members"))
    assert list(members["joined"]) == [birch.at.id]
