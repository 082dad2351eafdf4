"""What has no words to read is answered like all that is not understood, and nothing of it stays."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix.heard import LONGEST_BODY, Heard
from adapters.matrix.keys import STATE, SealedFile
from adapters.matrix.shapes import Cipher, opened
from bot.chance import SecretChance
from tests.adapters.contract import Bench
from tests.drivers.traces import traces
from tests.matrix.bench import bench
from tests.matrix.script import NOW
from tests.matrix.test_client import seen, typed, until

__all__ = ["bench"]

ROOM = "!direct:localhost"
BIRCH = "@birch:localhost"
LONG = {"msgtype": "m.text", "body": "a" * (LONGEST_BODY + 1)}
REPLACES = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$before"}}


def read(content: Any, kind: str = "m.room.message") -> Heard | None:
    sealed = Cipher("$event", BIRCH, NOW, "key", "session", "text")
    return opened(ROOM, sealed, json.dumps({"type": kind, "room_id": ROOM, "content": content}).encode())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"msgtype": "m.image", "body": "canary.png", "url": "mxc://localhost/canary"}, "m.room.message"),
        ({"msgtype": "m.audio", "body": "canary", "org.matrix.msc3245.voice": {}}, "m.room.message"),
        ({"msgtype": "m.emote", "body": "canary", "m.relates_to": {"m.in_reply_to": "$x"}}, "m.room.message"),
        ({"body": "canary", "url": "mxc://localhost/canary"}, "m.sticker"),
        (LONG, "m.room.message"),
        ("canary", "m.room.message"),
    ],
)
def test_what_has_no_words_is_heard_without_any(content: Any, kind: str) -> None:
    assert read(content, kind) == Heard("$event", ROOM, BIRCH, "message", at=NOW)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"msgtype": "m.notice", "body": "another bot"}, "m.room.message"),
        ({"msgtype": "m.image", "body": "x.png", **REPLACES}, "m.room.message"),
        ({"msgtype": "m.text", "body": "* x", "m.new_content": LONG, **REPLACES}, "m.room.message"),
        ({"msgtype": "m.text", "body": "hello"}, "m.other"),
    ],
)
def test_notices_and_edits_without_words_are_left_alone(content: Any, kind: str) -> None:
    assert read(content, kind) is None


@pytest.mark.promise("M9", platform="matrix")
@pytest.mark.promise("M17", platform="matrix")
async def test_a_picture_is_answered_as_all_that_is_not_understood_and_leaves_no_trace(
    bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    there = seen(bench)
    person, room = there.who(bench.member)
    mark = SecretChance().new_id()
    answers = set(await typed(bench, f"good evening {mark}"))
    assert len(answers) == 1
    contents: list[tuple[str, dict[str, Any]]] = [
        ("m.room.message", {"msgtype": "m.image", "body": f"{mark}.png", "url": f"mxc://localhost/{mark}"}),
        ("m.room.message", {"msgtype": "m.audio", "body": mark, "url": f"mxc://localhost/{mark}"}),
        ("m.room.message", {"msgtype": "m.emote", "body": f"waves {mark}"}),
        ("m.room.message", {"msgtype": "m.text", "body": mark + "a" * LONGEST_BODY}),
        ("m.sticker", {"body": mark, "info": {}, "url": f"mxc://localhost/{mark}"}),
    ]
    for number, (kind, content) in enumerate(contents, 2):
        await there.town.wait(person.sends(room, kind, content))
        await until(lambda number=number: len(there.seen(bench.member)) == number)  # type: ignore[misc]
    assert set(there.seen(bench.member)) == answers
    assert {(one.command, len(one.args)) for one in bench.sink.intents} == {("about.unknown", 0)}
    await there.handled()
    printed = "".join(capfd.readouterr())
    state = SealedFile(tmp_path / STATE, b"m" * 32).load()
    assert state
    assert not traces({"what was sent": mark}, state + (caplog.text + printed + repr(bench.sink.intents)).encode())
