"""What the bot can hear, against a real homeserver: commands in its direct rooms, and nothing else."""

import asyncio
import json
from typing import Any

import pytest

from adapters.matrix.crypto import Ears, Unreadable
from adapters.matrix.keys import derive
from adapters.matrix.session import State
from adapters.matrix.shapes import cipher
from bot.clock import SystemClock
from bot.contract.effect import Accepted
from tests.matrix.listening import KEY, Listening
from tests.matrix.people import People, Person

CARD = {"msgtype": "m.text", "body": "A light is on."}


def as_saved(bot: Listening) -> Ears:
    """Return keys as a thief of the state and its key would have them."""
    assert bot.saved.state is not None
    return Ears(State.read(bot.saved.state), derive(KEY, "pickle"), SystemClock().now)


def encrypted(bot: Listening, room: str) -> list[dict[str, Any]]:
    """Return every encrypted event of a room that came to the bot."""
    found: dict[str, dict[str, Any]] = {}
    for raw in bot.came:
        rooms = json.loads(raw).get("rooms", {}).get("join", {})
        for event in rooms.get(room, {}).get("timeline", {}).get("events", []):
            if event["type"] == "m.room.encrypted":
                found[event["event_id"]] = event
    return list(found.values())


async def direct(birch: Person, bot: Listening) -> str:
    room = await birch.direct(bot.id)
    await birch.sees(room, bot.id)
    return room


async def test_a_command_in_an_encrypted_direct_room_is_read(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await direct(birch, bot)
    asked = await birch.types(room, "!peer ask")
    heard = await bot.hears("message")
    assert (heard.id, heard.room, heard.sender, heard.body) == (asked, room, birch.id, "!peer ask")
    assert bot.engine.direct(room) == birch.id
    assert bot.engine.direct_with(birch.id) == room
    edited = await birch.edits(room, asked, "!peer withdraw")
    heard = await bot.hears("edit")
    assert (heard.id, heard.relates_to, heard.body) == (edited, asked, "!peer withdraw")
    await birch.reacts(room, asked, "👋")
    heard = await bot.hears("reaction")
    assert (heard.relates_to, heard.key) == (asked, "👋")
    await birch.redacts(room, asked)
    assert (await bot.hears("redaction")).relates_to == asked


@pytest.mark.promise("M8", platform="matrix")
async def test_plain_talk_in_a_group_never_comes_to_the_bot(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await birch.makes(bot.id)
    await birch.sees(room, bot.id)
    said = await birch.types(room, "canary-in-a-plain-room")
    await birch.edits(room, said, "canary-in-an-edit")
    await birch.reacts(room, said, "canary-reaction")
    assert (await bot.hears("reaction")).key == "canary-reaction"
    await bot.turn()
    everything = b"".join(bot.came)
    assert b"canary-reaction" in everything, "the record is of nothing"
    assert b"canary-in-a-plain-room" not in everything
    assert b"canary-in-an-edit" not in everything
    assert not [one for one in bot.heard if one.kind in {"message", "edit", "undecryptable"}]


@pytest.mark.promise("M8", platform="matrix")
async def test_talk_in_an_encrypted_group_cannot_be_opened_with_all_the_bot_has(people: People, bot: Listening) -> None:
    birch, rowan = await people.member("birch"), await people.member("rowan")
    room = await birch.makes(bot.id, rowan.id, encrypted=True)
    await rowan.joins(room)
    await birch.sees(room, bot.id)
    await birch.sees(room, rowan.id)
    said = await birch.types(room, "canary-in-a-group")
    assert await rowan.reads(room) == "canary-in-a-group"
    await birch.reacts(room, said, "👋")
    await bot.hears("reaction")
    (event,) = encrypted(bot, room)
    sealed = cipher(event, SystemClock().now())
    assert bot.engine.ears is not None
    for ears in (bot.engine.ears, as_saved(bot)):
        assert not [one for one in (*ears._held.values(), *ears._unknown.values()) if one.room == room]
        with pytest.raises(Unreadable):
            ears.read(room, sealed)
        assert list(ears.machine.inbound_group_store) == []
    assert not [one for one in bot.heard if one.kind in {"message", "edit", "undecryptable"}]


async def test_a_card_of_the_bot_is_read_in_an_encrypted_group(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await birch.makes(bot.id, encrypted=True)
    await birch.sees(room, bot.id)
    sent = await bot.engine.send(room, "m.room.message", CARD, "tx-1", mark="mark1")
    assert isinstance(sent, Accepted)
    assert await birch.reads(room) == "A light is on."
    assert [one for one in encrypted(bot, room) if "A light" in str(one)] == []


async def test_two_commands_of_one_session_are_read_with_a_restart_between(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await direct(birch, bot)
    await birch.types(room, "!peer ask")
    await bot.hears("message", body="!peer ask")
    await bot.turn()
    await bot.stop()
    session = birch.client.olm.outbound_group_sessions[room].id
    await birch.types(room, "!peer withdraw")
    assert birch.client.olm.outbound_group_sessions[room].id == session, "the second has a key of its own"
    bot.heard.clear()
    await bot.restart()
    await bot.hears("message", body="!peer withdraw")
    assert [one.body for one in bot.heard if one.kind == "message"] == ["!peer withdraw"]


async def test_a_command_whose_key_came_with_the_invite_is_read(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    await bot.stop()
    room = await birch.direct(bot.id)
    await birch.sees(room, bot.id, "invite")
    await birch.types(room, "!peer ask")
    await bot.restart()
    assert (await bot.hears("invite")).key == "direct"
    await bot.hears("message", body="!peer ask")


async def test_what_was_handled_cannot_be_opened_again(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await direct(birch, bot)
    await birch.types(room, "!peer ask")
    await bot.hears("message", body="!peer ask")
    asked = await birch.types(room, "!mine next")
    await bot.hears("message", body="!mine next")
    await birch.reacts(room, asked, "x")
    await bot.hears("reaction")
    await bot.turn()
    events = [cipher(one, SystemClock().now()) for one in encrypted(bot, room)]
    assert len(events) == 2
    ears = as_saved(bot)
    assert [one.room for one in ears._held.values()] == [room], "the key itself is kept, for what comes next"
    for sealed in events:
        with pytest.raises(Unreadable):
            ears.read(room, sealed)


async def test_what_is_not_committed_can_be_opened_after_a_crash(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await direct(birch, bot)
    await bot.settled(room)
    bot.hold.clear()
    await birch.types(room, "!peer ask")
    await bot.hears("message", body="!peer ask")
    await bot.stop()  # in the middle of the batch
    bot.heard.clear()
    bot.hold.set()
    await bot.restart()
    await bot.hears("message", body="!peer ask")


async def test_whoever_dies_between_coming_in_and_saving_still_knows_the_room(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    bot.hold.clear()
    room = await birch.direct(bot.id)
    await birch.sees(room, bot.id)
    await bot.stop()  # it is in, and its batch was not finished
    bot.hold.set()
    await bot.restart()
    await birch.types(room, "!peer ask")
    await bot.hears("message", body="!peer ask")


async def test_a_key_that_came_with_an_invite_comes_again_after_a_crash(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    await bot.stop()
    room = await birch.direct(bot.id)
    await birch.sees(room, bot.id, "invite")
    await birch.types(room, "!peer ask")
    bot.hold.clear()
    await bot.restart(turn=False)
    await bot.hears("invite")
    await bot.stop()  # the key was in that sync, and its batch was not finished
    bot.hold.set()
    await bot.restart()
    await bot.hears("message", body="!peer ask")


async def test_what_was_said_before_the_bot_was_asked_in_is_not_spoken_of(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await birch.makes(encrypted=True)
    await birch.types(room, "canary-before")
    invite = {"membership": "invite", "is_direct": True, "reason": "canary-reason"}
    await birch.ask("PUT", f"/_matrix/client/v3/rooms/{room}/state/m.room.member/{bot.id}", invite)
    await birch.sees(room, bot.id)
    await birch.types(room, "!peer ask")
    await bot.hears("message", body="!peer ask")
    assert bot.engine.sync is not None
    assert not bot.engine.sync.late.waits
    assert not [one for one in bot.heard if one.kind == "undecryptable"]


async def test_a_third_person_ends_a_direct_room(people: People, bot: Listening) -> None:
    birch, rowan = await people.member("birch"), await people.member("rowan")
    room = await direct(birch, bot)
    await birch.types(room, "!peer ask")
    await bot.hears("message")
    await birch.asks_in(room, rowan.id)
    assert (await bot.hears("ended")).key == "crowded"
    await rowan.joins(room)
    await birch.sees(room, rowan.id)
    said = await birch.types(room, "canary-after-the-end")
    assert await rowan.reads(room) == "canary-after-the-end"
    await birch.reacts(room, said, "x")
    await bot.hears("reaction")
    assert [one.body for one in bot.heard if one.kind == "message"] == ["!peer ask"]
    assert bot.engine.direct(room) is None
    assert not as_saved(bot)._held


async def test_who_leaves_ends_a_direct_room(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await direct(birch, bot)
    await birch.types(room, "!peer ask")
    await bot.hears("message")
    await birch.leaves(room)
    assert (await bot.hears("ended")).key == "left"
    assert isinstance(await bot.engine.leave(room), Accepted)
    assert not as_saved(bot)._held


async def test_a_group_that_pretends_to_be_direct_is_none(people: People, bot: Listening) -> None:
    birch, rowan = await people.member("birch"), await people.member("rowan")
    room = await birch.makes(rowan.id, bot.id, encrypted=True, is_direct=True)
    await rowan.joins(room)
    await birch.sees(room, bot.id)
    said = await birch.types(room, "canary-in-a-false-one")
    assert await rowan.reads(room) == "canary-in-a-false-one"
    await birch.reacts(room, said, "x")
    await bot.hears("reaction")
    assert bot.engine.direct(room) is None
    assert not [one for one in bot.heard if one.kind in {"message", "undecryptable"}]


async def test_an_unencrypted_direct_room_says_so_with_its_invite(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    await birch.direct(bot.id, encrypted=False)
    assert (await bot.hears("invite")).key == "direct-clear"


async def test_the_bot_opens_a_direct_room_once(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    marks = [f"mark{number}x" + birch.id[1:9] for number in (1, 2)]
    made, again = await asyncio.gather(*(bot.engine.make_direct(birch.id, mark) for mark in marks))
    assert isinstance(made, Accepted)
    assert again == made
    assert await bot.engine.make_direct(birch.id, "other") == made
    sent = await bot.engine.send(made.id, "m.room.message", CARD, "tx-1")
    assert isinstance(sent, Accepted)
    await birch.joins(made.id)
    assert await birch.reads(made.id) == "A light is on.", "a card that was sent before they came"
    there = birch.client.rooms[made.id]
    assert there.display_name == there.user_name(bot.id), "called by who is in it, not by its address"
    assert made in [await bot.engine.find_room(mark) for mark in marks], "which it has all the same"
    await birch.types(made.id, "!peer ask")
    await bot.hears("message", body="!peer ask")
    listed = await bot.engine.server.ask("GET", f"/_matrix/client/v3/user/{bot.id}/account_data/m.direct")
    assert listed == {birch.id: [made.id]}


async def test_direct_rooms_are_found_again_when_the_state_was_lost(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await direct(birch, bot)
    await birch.types(room, "!peer ask")
    await bot.hears("message")
    await bot.turn()
    await bot.stop()
    bot.saved.state = None
    await bot.restart()
    await bot.settled(room)
    assert bot.engine.direct(room) == birch.id
    await birch.types(room, "!mine next")
    await bot.hears("message", body="!mine next")
