"""The front door, the steps, the preview, and looking over all of it."""

from dataclasses import replace

import pytest

from bot.contract.effect import Effect, Pin, Refused, Result, Say
from bot.contract.facts import Act, Answer, Question, Unanswered, WhatIsMissing, WhoReads
from bot.contract.place import Place, Room
from bot.contract.ports import Capability
from bot.contract.text import Voice
from commands.setup_walk import STEPS
from tests.commands.agreement_desk import brings_in
from tests.commands.desk import HALL, MODERATOR, PLATFORM, Desk, Shown

ATTIC = Room(PLATFORM, "attic")


def doors(world: Desk) -> list[tuple[str, Place]]:
    return [(id_, place) for id_, (place, shown) in world.platform.posts.items() if "door-what" in shown]


def pins(world: Desk) -> list[tuple[str, bool]]:
    return [(one.post.id, one.pinned) for one in world.platform.effects if isinstance(one, Pin)]


async def _in(world: Desk, room: Room, command: str, **args: str) -> Shown:
    return await world.send(replace(world.intent(MODERATOR, command, args, here=True), room=room))


async def test_the_door_is_put_up_pinned_replaced_moved_and_taken_away(world: Desk) -> None:
    assert "setup-door-stands" in await world.ask(MODERATOR, "setup door", here=True)
    ((first, place),) = doors(world)
    assert place == HALL
    assert pins(world) == [(first, True)]
    await _in(world, ATTIC, "setup door")
    ((second, place),) = doors(world)
    assert place == HALL, "it stays where it is"
    assert pins(world)[1:] == [(first, False), (second, True)]
    await _in(world, ATTIC, "setup room", room_for="door")
    ((_, place),) = doors(world)
    assert place == ATTIC
    taken = await world.ask(MODERATOR, "setup door", here=True, take_door="yes")
    assert "setup-door-taken" in taken
    assert doors(world) == []
    before = world.rows()
    assert "refusal-no-door" in await world.ask(MODERATOR, "setup door", here=True, take_door="yes")
    assert world.rows() == before


async def test_a_room_that_is_no_door_any_more_has_none(world: Desk) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="door")
    assert len(doors(world)) == 1
    await world.ask(MODERATOR, "setup room", here=True, room_for="door", take_away="yes")
    assert doors(world) == []


async def test_a_door_on_its_way_is_called_back(world: Desk) -> None:
    await world.send(world.intent(MODERATOR, "setup door", {}, here=True), settle=False)
    await world.send(world.intent(MODERATOR, "setup door", {"take_door": "yes"}, here=True), settle=False)
    await world.settle()
    assert doors(world) == []


async def test_a_door_needs_a_room(world: Desk) -> None:
    before = world.rows()
    assert "refusal-only-in-room" in await world.ask(MODERATOR, "setup door")
    assert world.rows() == before


async def test_everybody_can_press_what_is_on_the_door(world: Desk) -> None:
    await world.ask(MODERATOR, "setup door", here=True)
    (shown,) = (shown for _, shown in world.platform.posts.values() if "door-what" in shown)
    assert shown.actions == ("peer ask", "checkin list", "who-can-see", "elsewhere")
    for name in ("birch", "alder"):
        assert "peer-ready" in await world.press(name, shown, "peer ask", here=True)
        assert "who-can-see" in await world.press(name, shown, "who-can-see", here=True)
    assert world.rows()["member"] == ()


async def test_a_check_in_room_is_found_by_the_door_and_only_whoever_pressed_is_told(world: Desk) -> None:
    await world.ask(MODERATOR, "setup door", here=True)
    (door,) = (shown for _, shown in world.platform.posts.values() if "door-what" in shown)
    before = world.rows()
    assert "checkin-none" in await world.press("birch", door, "checkin list", here=True)
    assert world.rows() == before
    await world.ask("alder", "checkin open", when="in 2 hours", here=True)
    await world.ask("alder", "checkin open", here=True)
    posted = len(world.platform.said)
    found = await world.press("birch", door, "checkin list", here=True)
    assert {"checkin-is-open", "checkin-is-announced"} <= set(found.ids)
    assert "checkin-let-in" in await world.press("birch", found, "checkin.join", here=True)
    assert len(world.platform.said) == posted, "nobody else reads any of it"


async def test_check_says_what_is_missing_and_who_reads(world: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = await world.ask(MODERATOR, "setup check", here=True)
    assert {"check-no-words", "check-no-elsewhere", "check-no-room"} <= set(empty.ids)
    await world.ask(MODERATOR, "setup words", here=True, word_list="moon")
    await world.ask(MODERATOR, "setup elsewhere", here=True, elsewhere="Night line")
    for does in ("peers", "moderators", "door"):
        await world.ask(MODERATOR, "setup room", here=True, room_for=does)
    whole = await world.ask(MODERATOR, "setup check", here=True)
    assert "check-all-there" in whole
    assert whole.ids.count("check-room") == 3
    assert "check-door-not-there" not in whole
    perform = world.platform.perform

    async def closed(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, Say):
            return Refused("forbidden")
        return await perform(key, mark, effect, voice)

    monkeypatch.setattr(world.platform, "perform", closed)
    await world.ask(MODERATOR, "setup door", here=True)
    assert "check-door-not-there" in await world.ask(MODERATOR, "setup check", here=True)


async def test_check_says_which_room_it_cannot_look_at(world: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    tell = world.platform.tell

    async def lost(question: Question) -> Answer:
        return Unanswered() if isinstance(question, WhoReads) else await tell(question)

    monkeypatch.setattr(world.platform, "tell", lost)
    assert "check-room-away" in await world.ask(MODERATOR, "setup check", here=True)


async def test_the_steps_can_be_left_out_left_and_taken_up_again(world: Desk) -> None:
    shown = await world.ask(MODERATOR, "setup walk", here=True)
    seen = [shown.texts[1].id]
    while len(seen) < len(STEPS):
        step = next(action for action in shown.actions if action.startswith("setup.to-"))
        shown = await world.press(MODERATOR, shown, step)
        seen.append(shown.texts[1].id)
        if len(seen) == 4:
            again = await world.ask(MODERATOR, "setup walk", here=True)
            assert again.texts[1].id == seen[-1], "where it was left"
            saved = await world.ask(MODERATOR, "setup limits", here=True, wait_days="5")
            assert "setup walk" in saved.actions
    assert seen == [f"walk-{step}" for step in STEPS]
    over = await world.press(MODERATOR, shown, "setup.to-end")
    assert "walk-end" in over
    assert "walk-language" in await world.ask(MODERATOR, "setup walk", here=True)


async def test_the_preview_shows_what_members_will_see(world: Desk) -> None:
    bare = await world.ask(MODERATOR, "setup preview", here=True)
    assert "setup-no-words" in bare
    assert "Talk with a peer" in bare.words
    await world.ask(MODERATOR, "setup words", here=True, word_list="moon")
    await world.ask(MODERATOR, "setup elsewhere", here=True, elsewhere="Night line")
    shown = await world.ask(MODERATOR, "setup preview", here=True)
    assert "• moon" in shown.words
    assert "• Night line" in shown.words


async def test_what_would_be_refused_is_said_where_a_room_is_given_and_looked_over(world: Desk) -> None:
    world.platform.lacks = {Act.WRITE}
    assert "missing-local" in await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    assert "missing-local" in await world.ask(MODERATOR, "setup door", here=True)
    looked = await world.ask(MODERATOR, "setup check", here=True)
    assert looked.ids.count("missing-local") == 2
    world.platform.lacks = {Act.PIN}
    await world.wind(minutes=2)
    assert "missing-local" not in await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    assert "missing-local" in await world.ask(MODERATOR, "setup room", here=True, room_for="door")
    world.platform.lacks = {Act.ROOMS}
    await world.wind(minutes=2)
    looked = await world.ask(MODERATOR, "setup check", here=True)
    assert looked.ids.count("missing-local") == 1
    assert "check-all-there" not in looked
    taken = await world.ask(MODERATOR, "setup room", here=True, room_for="peers", take_away="yes")
    assert "missing-local" not in taken


async def test_where_nothing_is_missing_but_something_would_be_refused_all_is_not_there(world: Desk) -> None:
    await world.ask(MODERATOR, "setup words", here=True, word_list="moon")
    await world.ask(MODERATOR, "setup elsewhere", here=True, elsewhere="Night line")
    for does in ("peers", "moderators", "door"):
        await world.ask(MODERATOR, "setup room", here=True, room_for=does)
    assert "check-all-there" in await world.ask(MODERATOR, "setup check", here=True)
    for act in (Act.WRITE, Act.PIN, Act.ROOMS):
        world.platform.lacks = {act}
        await world.wind(minutes=2)
        assert "check-all-there" not in await world.ask(MODERATOR, "setup check", here=True)


async def test_whether_rooms_to_look_into_can_be_made_is_asked_where_a_community_wishes_them(world: Desk) -> None:
    world.platform.lacks = {Act.VISIBLE}
    assert "missing-local" not in await world.ask(MODERATOR, "setup check", here=True)
    await world.ask(MODERATOR, "checkin words", here=True, visible="yes")
    await world.wind(minutes=2)
    assert "missing-local" in await world.ask(MODERATOR, "setup check", here=True)


async def test_whether_rooms_can_be_deleted_is_asked_where_a_community_wishes_it(world: Desk) -> None:
    world.platform.lacks = {Act.ERASE}
    assert "missing-local" not in await world.ask(MODERATOR, "setup check", here=True)
    await world.ask(MODERATOR, "checkin words", here=True, delete_rooms="yes")
    await world.wind(minutes=2)
    assert "missing-local" in await world.ask(MODERATOR, "setup check", here=True)


async def test_that_newcomers_are_shown_what_is_agreed_is_looked_over_and_previewed(world: Desk) -> None:
    for command, says in (("setup check", "check-no-agreement"), ("setup preview", "setup-is-welcome")):
        assert says not in await world.ask(MODERATOR, command, here=True)
    await world.ask(MODERATOR, "setup welcome", here=True, welcome="yes")
    for command, says in (("setup check", "check-no-agreement"), ("setup preview", "setup-is-welcome")):
        assert says in await world.ask(MODERATOR, command, here=True)
    await brings_in(world)
    assert "check-no-agreement" not in await world.ask(MODERATOR, "setup check", here=True)
    await world.ask(MODERATOR, "setup features", here=True, switch_off="agreements")
    for command, says in (("setup check", "check-no-agreement"), ("setup preview", "setup-is-welcome")):
        assert says not in await world.ask(MODERATOR, command, here=True)


async def test_a_platform_that_makes_no_rooms_is_not_asked_whether_it_may(world: Desk) -> None:
    world.platform.capabilities -= {Capability.ROOMS}
    world.platform.lacks = {Act.ROOMS}
    assert "missing-local" not in await world.ask(MODERATOR, "setup check", here=True)


async def test_check_says_that_it_could_not_find_out(world: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tell = world.platform.tell

    async def lost(question: Question) -> Answer:
        return Unanswered() if isinstance(question, WhatIsMissing) else await tell(question)

    monkeypatch.setattr(world.platform, "tell", lost)
    given = await world.ask(MODERATOR, "setup room", here=True, room_for="peers")
    assert {"setup-room-given", "check-room-away"} <= set(given.ids), "it is given all the same"
    looked = await world.ask(MODERATOR, "setup check", here=True)
    assert {"check-room-away", "check-rooms-for-two-away"} <= set(looked.ids)


async def test_what_a_platform_cannot_do_is_refused(world: Desk) -> None:
    world.platform.capabilities -= {Capability.EDITS}
    before = world.rows()
    assert "refusal-platform-cannot" in await world.ask(MODERATOR, "setup door", here=True)
    for does in ("peers", "door"):
        assert "refusal-platform-cannot" in await world.ask(MODERATOR, "setup room", here=True, room_for=does)
    assert world.rows() == before
    assert "setup-room-given" in await world.ask(MODERATOR, "setup room", here=True, room_for="moderators")
    world.platform.capabilities -= {Capability.PINS}
    world.platform.capabilities |= {Capability.EDITS}
    world.platform.lacks = {Act.PIN}
    assert "missing-local" not in await world.ask(MODERATOR, "setup door", here=True), "it stands there unpinned"
