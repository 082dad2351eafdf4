"""What stands in rows is read again as it was written, also by a version that has learned more."""

import json
from datetime import UTC, datetime

import pytest

from bot.contract.codec import dumps, loads
from bot.contract.effect import EditEvent, Effect, EndEvent, Leave, MakeEvent, MakeRoom
from bot.contract.place import Post, Room, Space
from bot.contract.text import text

NOW = datetime(2027, 3, 4, 12, tzinfo=UTC)
SPACE, ROOM = Space("local", "grove"), Room("local", "room-1")


@pytest.mark.parametrize(
    "effect",
    [
        MakeRoom(SPACE, text("two")),
        MakeRoom(SPACE, text("two"), visible=True),
        Leave(ROOM, close=True),
        MakeEvent(ROOM, text("two"), text("three"), NOW, NOW, Post(ROOM, "post-1")),
        EditEvent(Post(ROOM, "event-1"), NOW, NOW),
        EndEvent(Post(ROOM, "event-1")),
    ],
)
def test_an_effect_is_read_as_it_was_written(effect: Effect) -> None:
    assert loads(dumps(effect)) == effect


def test_a_room_to_be_made_by_an_older_version_is_private() -> None:
    kind, fields = json.loads(dumps(MakeRoom(SPACE, text("two"))))
    del fields["visible"]
    assert loads(json.dumps([kind, fields]).encode()) == MakeRoom(SPACE, text("two"), visible=False)
