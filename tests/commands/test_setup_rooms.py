"""What the rooms of a community are for."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.contract.place import Room, Space
from tests.commands.desk import HALL, MODERATOR, PLATFORM, Desk


async def _rooms(world: Desk) -> Mapping[str, tuple[Room, ...]]:
    community = await world.community()
    return await world.read(lambda tx: tx.communities.rooms(community))


async def test_a_room_is_given_something_to_do_and_it_is_taken_away(world: Desk) -> None:
    assert "setup-no-rooms" in await world.ask(MODERATOR, "setup", here=True)
    given = await world.ask(MODERATOR, "setup room", here=True, room_for="moderators")
    assert "setup-room-given" in given
    assert await _rooms(world) == {"moderators": (HALL,)}
    shown = await world.press(MODERATOR, given, "setup.shown")
    assert "Notes to moderators: hall" in shown.words
    assert "setup-no-rooms" not in shown
    assert "setup-room-not" in await world.ask(MODERATOR, "setup room", here=True, room_for="peers", take_away="yes")
    assert await _rooms(world) == {"moderators": (HALL,)}
    taken = await world.ask(MODERATOR, "setup room", here=True, room_for="moderators", take_away="yes")
    assert "setup-room-taken" in taken
    assert await _rooms(world) == {}


async def test_what_another_room_is_for_is_not_taken_from_there(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    attic = Room(PLATFORM, "attic")
    asked = world.intent(MODERATOR, "setup room", {"room_for": "peers", "take_away": "yes"}, here=True)
    assert "setup-room-not" in await world.send(replace(asked, room=attic))
    assert await _rooms(world) == {"peers": (HALL,)}
    asked = world.intent(MODERATOR, "setup room", {"room_for": "peers"}, here=True)
    await world.send(replace(asked, room=attic))
    assert await _rooms(world) == {"peers": (attic,)}


async def test_the_form_offers_what_a_room_can_be_for(world: Desk) -> None:
    form = await world.form(MODERATOR, "setup room", here=True)
    assert [option.value for option in form.fields[0].options] == [
        "peers",
        "checkins",
        "agreements",
        "circles",
        "moderators",
        "door",
    ]


@pytest.mark.parametrize("space", [None, Space(PLATFORM, "meadow")])
async def test_in_no_room_of_the_community_nothing_is_given(world: Desk, space: Space | None) -> None:
    before = world.rows()
    community = await world.community()
    intent = replace(
        world.intent(MODERATOR, "setup room", {"room_for": "peers"}, subject=community),
        space=space,
        room=HALL if space else None,
    )
    assert "refusal-only-in-room" in await world.send(intent)
    assert world.rows() == before
