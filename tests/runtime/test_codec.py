"""What stands in rows is read again as it was written, also by a version that has learned more."""

import json

import pytest

from bot.contract.codec import dumps, loads
from bot.contract.effect import Effect, Leave, MakeRoom
from bot.contract.place import Room, Space
from bot.contract.text import text

SPACE, ROOM = Space("local", "grove"), Room("local", "room-1")


@pytest.mark.parametrize(
    "effect", [MakeRoom(SPACE, text("two")), MakeRoom(SPACE, text("two"), visible=True), Leave(ROOM, close=True)]
)
def test_an_effect_is_read_as_it_was_written(effect: Effect) -> None:
    assert loads(dumps(effect)) == effect


def test_a_room_to_be_made_by_an_older_version_is_private() -> None:
    kind, fields = json.loads(dumps(MakeRoom(SPACE, text("two"))))
    del fields["visible"]
    assert loads(json.dumps([kind, fields]).encode()) == MakeRoom(SPACE, text("two"), visible=False)
