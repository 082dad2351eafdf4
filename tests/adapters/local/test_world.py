import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.local import World, private
from adapters.local.world import LONGEST_TALK, Event
from tests.adapters.local.fakes import NOW

CARD = {"lang": "en", "title": "", "lines": ["hello"], "choices": [], "document": None}


def everything(world: World) -> object:
    places = ["porch", *(hall for hall in world.halls), *(private(member) for member in world.residents)]
    return (world.residents, world.halls, world.latest, [world.messages(place) for place in places])


def eventful(world: World) -> None:
    message = world.say("@birch", CARD, NOW, "key-1", "mark-1")
    world.edit(message, {**CARD, "lines": ["changed"]}, NOW, "key-2")
    gone = world.say("porch", CARD, NOW, "key-3", "mark-3")
    world.delete(gone, NOW, "key-4")
    room = world.make_room(world.room_for("key-5"), "two", NOW, key="key-5", mark="mark-5")
    world.invite(room, "birch", NOW, "key-6")
    world.write("birch", "good evening", room, NOW)
    world.open_room(room, NOW)
    world.leave(room, NOW, "key-7", close=True)
    world.take_down(world.make_room("short", "short", NOW), NOW)
    world.change("alder", NOW + timedelta(hours=1), open=False)
    world.event_of("hazel", NOW)


def test_the_made_up_community_is_adults_who_came_long_ago_and_one_moderator() -> None:
    world = World.made_up(NOW)
    assert [one.name for one in world.residents.values()] == ["Birch", "Rowan", "Alder", "Hazel", "Linden"]
    assert [one.id for one in world.residents.values() if one.moderator] == ["linden"]
    assert all(NOW - one.joined_at > timedelta(days=20) for one in world.residents.values())
    assert all("adults" in one.roles for one in world.residents.values())
    assert [hall.id for hall in world.halls.values() if hall.shared] == ["porch"]


def test_a_key_posts_once_also_after_the_message_was_taken_away() -> None:
    world = World.made_up(NOW)
    first = world.say("@birch", CARD, NOW, "key-1")
    world.delete(first, NOW, "key-2")
    assert world.say("@birch", CARD, NOW, "key-1") == first
    assert world.messages("@birch") == ()


def test_a_killed_platform_has_everything_that_it_accepted(tmp_path: Path) -> None:
    journal = tmp_path / "world.jsonl"
    world = World.made_up(NOW, journal)
    eventful(world)
    again = World.made_up(NOW, journal)
    assert everything(again) == everything(world)
    assert again.done("key-5") == world.done("key-5") is not None
    assert again.marked("mark-3") == world.marked("mark-3") is not None
    assert again.say("@birch", CARD, NOW, "key-8") == "@birch/2"
    assert journal.stat().st_mode & 0o077 == 0


def test_a_torn_last_line_was_never_accepted_and_harms_nothing(tmp_path: Path) -> None:
    journal = tmp_path / "world.jsonl"
    world = World.made_up(NOW, journal)
    world.say("@birch", CARD, NOW, "key-1")
    before = everything(world)
    world.say("@birch", CARD, NOW, "key-2")
    world.close()
    os.truncate(journal, journal.stat().st_size - 9)
    torn = World.made_up(NOW, journal)
    assert everything(torn) == before
    torn.say("@birch", CARD, NOW, "key-3")
    assert [json.loads(line)["kind"] for line in journal.read_text().splitlines()][-2:] == ["say", "say"]
    assert len(World.made_up(NOW, journal).messages("@birch")) == 2


def test_a_write_that_fails_halfway_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = tmp_path / "world.jsonl"
    world = World.made_up(NOW, journal)
    held = journal.read_bytes()
    whole = os.write

    def full(file: int, data: bytes) -> int:
        whole(file, data[:5])
        raise OSError

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError):  # noqa: PT011 - the disk is full; that is all there is to it
        world.say("@birch", CARD, NOW, "key-1")
    monkeypatch.undo()
    assert journal.read_bytes() == held
    assert world.messages("@birch") == ()


def test_talk_stays_where_people_are() -> None:
    world = World.made_up(NOW)
    room = world.make_room("two", "two", NOW)
    world.invite(room, "birch", NOW, "key-1")
    assert world.write("birch", "hello", room, NOW)
    assert world.write("rowan", "hello", room, NOW) is None
    assert world.write("birch", "hello", "nowhere", NOW) is None
    assert world.write("birch", " \n", "porch", NOW) is None
    assert world.write("birch", "x" * (LONGEST_TALK + 1), "porch", NOW) is None
    assert world.write("birch", "\ud800", "porch", NOW) is None
    world.change("birch", NOW, timed_out=True)
    assert world.write("birch", "hello", "porch", NOW) is None


def test_who_leaves_is_out_of_every_room_and_who_comes_back_is_new() -> None:
    world = World.made_up(NOW)
    world.invite(world.make_room("two", "two", NOW), "birch", NOW, "key-1")
    world.change("birch", NOW, present=False)
    assert world.rooms_of("birch") == ()
    world.change("birch", NOW + timedelta(days=1), present=True)
    assert world.rooms_of("birch") == ("porch",)
    assert world.residents["birch"].joined_at == NOW + timedelta(days=1)


def test_it_is_bounded() -> None:
    world = World(keep=3, keys=5, rooms=3)
    world.make_room("porch", "porch", NOW, shared=True)
    for number in range(5):
        world.make_room(f"room-{number}", "two", NOW)
    assert list(world.halls) == ["porch", "room-3", "room-4"]
    for number in range(10):
        world.say("porch", CARD, NOW, f"key-{number}")
    assert [message.id for message in world.messages("porch")] == ["porch/8", "porch/9", "porch/10"]
    assert world.done("key-0") is None
    assert world.done("key-9") == "porch/10"


def test_watchers_hear_of_every_change_until_they_stop() -> None:
    world = World.made_up(NOW)
    heard: list[Event] = []
    stop = world.watch(heard.append)
    world.say("porch", CARD, NOW, "key-1")
    stop()
    world.say("porch", CARD, NOW, "key-2")
    assert [event["kind"] for event in heard] == ["say"]


def test_a_copy_goes_its_own_way() -> None:
    world = World.made_up(NOW)
    eventful(world)
    twin = world.copy()
    assert everything(twin) == everything(world)
    twin.say("porch", CARD, NOW, "key-9")
    twin.change("birch", NOW, open=False)
    assert everything(twin) != everything(world)
    assert world.residents["birch"].open
    assert world.done("key-9") is None


def test_two_people_write_to_each_other_without_the_bot(tmp_path: Path) -> None:
    world = World.made_up(NOW, tmp_path / "world.jsonl")
    assert world.write_to("rowan", "birch", "hello", NOW)
    assert world.write_to("birch", "rowan", "hello to you", NOW)
    assert world.write_to("birch", "birch", "hello", NOW) is None
    assert world.write_to("birch", "nobody", "hello", NOW) is None
    again = World.made_up(NOW, tmp_path / "world.jsonl")
    assert [message.words for message in again.messages("direct-birch-rowan")] == ["hello", "hello to you"]
    assert not again.halls["direct-birch-rowan"].bot
    world.change("rowan", NOW, present=False)
    assert world.write_to("birch", "rowan", "hello?", NOW) is None
    world.change("rowan", NOW, present=True)
    assert world.write_to("birch", "rowan", "welcome back", NOW)
    assert set(world.halls["direct-birch-rowan"].inside) == {"birch", "rowan"}
