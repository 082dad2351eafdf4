"""Waves, keys that do not come, files, and answers that are lost: the real adapter at a real homeserver."""

import asyncio
import json
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nio import RoomEncryptedFile
from nio.crypto.attachments import decrypt_attachment

from adapters.matrix.engine import Engine
from adapters.matrix.server import Unclear
from bot.contract.card import Card, Choice
from bot.contract.effect import Accepted, Say
from bot.contract.text import text
from tests.adapters.contract import VOICE, Bench
from tests.drivers.matrix import MatrixEvening, homeserver
from tests.matrix.bench import Seen, bench
from tests.matrix.cut import Way
from tests.matrix.people import PATIENCE
from tests.matrix.town import Resident

__all__ = ["bench"]

YES = Choice("peer.yes", text("say-yes"), "abc")
_ROOMS = "/_matrix/client/v3/rooms/"


def seen(bench: Bench) -> Seen:
    assert isinstance(bench.platform, Seen)
    return bench.platform


def engine(bench: Bench) -> Engine:
    found = seen(bench).adapter._engine
    assert found is not None
    return found


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - the core notes without a word
            await asyncio.sleep(0.01)


def invites(person: Resident) -> list[str]:
    return list(person.client.invited_rooms)


# Waves.


async def test_a_wave_opens_one_direct_room_and_brings_the_choices_there(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = seen(bench)
    town, linden = there.town, there.town.people["linden"]
    posted = await bench.adapter.perform("k1", "m1", Say(bench.room, Card((text("one"),), choices=(YES,))), VOICE)
    assert isinstance(posted, Accepted)
    server = engine(bench).server
    real, lost = server.ask, list[str]()

    async def lossy(method: str, address: str, *args: Any, **options: Any) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = await real(method, address, *args, **options)
        if address.endswith("/createRoom") and not lost:
            lost.append(address)
            raise Unclear
        return answer

    monkeypatch.setattr(server, "ask", lossy)
    await town.wait(linden.reacts(bench.room.id, posted.id, "👋"))
    await town.wait(linden.reacts(bench.room.id, posted.id, "👋🏽"))
    (direct,) = await town.wait(linden.until(lambda: invites(linden)))
    await there.handled()
    await town.wait(linden.pump(0))
    assert lost
    assert invites(linden) == [direct], "a second wave made a second room"
    await town.wait(linden.joins(direct))
    await town.wait(linden.reads(direct, number=2))
    there.direct[linden.id] = direct
    words = there.seen(bench.moderator)
    assert ["1. command-peer-yes" in one for one in words] == [True, True]
    encryption = await town.wait(linden.ask("GET", f"{_ROOMS}{direct}/state/m.room.encryption"))
    assert encryption["algorithm"] == "m.megolm.v1.aes-sha2"
    assert all("abc" not in one for one in words), "an id of a choice was shown"
    await town.wait(linden.types(direct, "1"))
    await until(lambda: "peer.yes" in {one.command for one in bench.sink.intents})
    pressed = bench.sink.intents[-1]
    assert (pressed.member, pressed.subject, pressed.room) == (bench.moderator, "abc", bench.room)


async def test_who_refuses_the_direct_room_is_left_alone_until_they_wave_again(bench: Bench) -> None:
    there = seen(bench)
    town, linden = there.town, there.town.people["linden"]
    posted = await bench.adapter.perform("k1", "m1", Say(bench.room, Card((text("one"),), choices=(YES,))), VOICE)
    assert isinstance(posted, Accepted)
    await town.wait(linden.reacts(bench.room.id, posted.id, "👋"))
    (direct,) = await town.wait(linden.until(lambda: invites(linden)))
    await town.wait(linden.leaves(direct))
    await until(lambda: not there.adapter.knows(linden.id))
    said = await bench.adapter.perform("k2", "m2", Say(bench.moderator, Card((text("two"),))), VOICE)
    assert not isinstance(said, Accepted), "a message invites nobody"
    await there.handled()
    linden.client.invited_rooms.clear()
    await town.wait(linden.reacts(bench.room.id, posted.id, "👋🏽"))
    (again,) = await town.wait(linden.until(lambda: invites(linden)))
    assert again != direct


# Rooms that go on elsewhere.


async def test_what_is_said_to_an_upgraded_room_is_said_where_it_goes_on(bench: Bench) -> None:
    there = seen(bench)
    town, linden, (birch, _) = there.town, there.town.people["linden"], there.who(bench.member)
    asked = await town.wait(linden.ask("POST", f"{_ROOMS}{bench.room.id}/upgrade", {"new_version": "12"}))
    new = asked["replacement_room"]
    await town.wait(linden.asks_in(new, there.bot))
    await town.wait(town.until_in(linden, new, there.bot))
    await town.wait(town.let_in(linden, new, birch))
    await there.handled()
    posted = await bench.adapter.perform("k1", "m1", Say(bench.room, Card((text("one"),), choices=(YES,))), VOICE)
    assert isinstance(posted, Accepted)
    assert (await town.wait(birch.reads(new))).startswith("one")
    await town.wait(birch.reacts(new, posted.id, "👋"))
    await until(lambda: there.seen(bench.member))
    await town.wait(birch.types(there.direct[birch.id], "1"))
    await until(lambda: "peer.yes" in {one.command for one in bench.sink.intents})
    pressed = bench.sink.intents[-1]
    assert (pressed.subject, pressed.room, pressed.space) == ("abc", bench.room, bench.space)


async def test_a_direct_room_that_was_upgraded_is_left_and_a_new_one_may_be_begun(bench: Bench) -> None:
    there = seen(bench)
    person, room = there.who(bench.member)
    await there.town.wait(person.ask("POST", f"{_ROOMS}{room}/upgrade", {"new_version": "12"}))
    await there.town.wait(there.town.until_in(person, room, there.bot, "leave"))
    assert not there.adapter.knows(person.id)
    new = await there.town.wait(person.direct(there.bot))
    await there.town.wait(there.town.until_in(person, new, there.bot))
    await there.town.wait(person.types(new, "!peer light off"))
    await until(lambda: bench.sink.intents)


async def test_where_one_end_says_that_it_follows_a_listed_room_the_bot_looks_and_goes(bench: Bench) -> None:
    there = seen(bench)
    town, linden = there.town, there.town.people["linden"]
    await there.restart(allowed=(bench.space.id,))
    trap = await town.wait(town.found(linden, "trap"))
    await town.wait(linden.sets(bench.room.id, "m.room.tombstone", {"body": "moved", "replacement_room": trap}))
    await there.handled()
    await town.wait(linden.asks_in(trap, there.bot))
    await town.wait(town.until_in(linden, trap, there.bot, "leave"))
    chunk = (await town.wait(linden.ask("GET", f"{_ROOMS}{trap}/messages?dir=f&limit=100")))["chunk"]
    did = [one["content"].get("membership") for one in chunk if one["sender"] == there.bot]
    assert did == ["join", "leave"]
    assert engine(bench).state.followed == {}


# Keys.


async def withheld(person: Resident, room: str, words: str) -> Mapping[str, Any]:
    """Let somebody write a message without its key, and return what brings the key. Runs in the town."""
    olm = person.client.olm
    assert olm is not None
    await person.pump(0)
    if missing := person.client.get_missing_sessions(room):
        await person.client.keys_claim(missing)
    olm.create_outbound_group_session(room)
    _, brings = olm.share_group_session(room, list(person.client.rooms[room].users), ignore_unverified_devices=True)
    olm.outbound_group_sessions[room].shared = True
    await person.types(room, words)
    return dict(brings)


async def given(person: Resident, brings: Mapping[str, Any]) -> None:
    """Let their client send the key after all. Runs in the town."""
    await person.ask("PUT", f"/_matrix/client/v3/sendToDevice/m.room.encrypted/{secrets.token_hex()}", brings)


async def test_what_cannot_be_opened_is_told_kindly_once_and_not_if_the_key_comes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = seen(bench)
    person, room = there.who(bench.member)
    sync = engine(bench).sync
    assert sync is not None
    brings = await there.town.wait(withheld(person, room, "!peer light off"))
    await until(lambda: sync.late.waits)
    assert there.seen(bench.member) == ()
    await there.town.wait(given(person, brings))
    await until(lambda: bench.sink.intents)
    await there.handled()
    assert [one.command for one in bench.sink.intents] == ["peer light off"]
    assert "matrix-unopened" not in there.seen(bench.member)
    monkeypatch.setattr("adapters.matrix.late.GRACE", timedelta(seconds=1))
    brings = await there.town.wait(withheld(person, room, "!peer light on 3"))
    await until(lambda: "matrix-unopened" in there.seen(bench.member))
    await there.town.wait(given(person, brings))
    await there.handled()
    assert there.seen(bench.member).count("matrix-unopened") == 1
    assert {one.command for one in bench.sink.intents} <= {"peer light off", "about.unknown"}, "it was done after all"


# Files, and answers that are lost.


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    server = await asyncio.to_thread(homeserver)
    async with Way(server.url) as made:
        yield made


@pytest.fixture
async def porch(tmp_path: Path, way: Way) -> AsyncIterator[MatrixEvening]:
    evening = MatrixEvening(tmp_path / "evening")
    evening.address = way.address
    await evening.start()
    yield evening
    await evening.stop()


def rooms_made(porch: MatrixEvening) -> int:
    """Return how many rooms the bot has made, by the homeserver's own count."""
    with sqlite3.connect(f"file:{porch.town.homeserver._folder / 'homeserver.db'}?mode=ro", uri=True) as database:
        (number,) = database.execute("SELECT count(*) FROM rooms WHERE creator = ?", (porch.bot_id,)).fetchone()
    database.close()
    return int(number)


async def test_what_is_held_about_somebody_comes_as_a_file_that_only_they_can_open(porch: MatrixEvening) -> None:
    birch = porch.person("birch")
    await birch.asks("mine called", {"called": "Birke"})
    await birch.presses("draft.use")
    await birch.asks("mine data")
    (file,) = await porch.town.wait(
        birch.at.until(lambda: [one for _, one in birch.at.events if isinstance(one, RoomEncryptedFile)])
    )
    address = file.url.removeprefix("mxc://")
    there = f"{birch.at.client.homeserver}/_matrix/client/v1/media/download/{address}"
    session = birch.at.client.client_session
    assert session is not None

    async def downloads() -> tuple[str, bytes]:
        async with session.get(there, headers={"Authorization": f"Bearer {birch.at.client.access_token}"}) as answer:
            assert answer.status == 200
            return answer.content_type, await answer.read()

    kind, stored = await porch.town.wait(downloads())
    assert kind == "application/octet-stream"
    assert b"Birke" not in stored
    opened = decrypt_attachment(stored, file.key["k"], file.hashes["sha256"], file.iv)
    assert "Birke" in json.dumps(json.loads(opened), ensure_ascii=False)
    whole = await porch.town.wait(birch.at.ask("GET", f"{_ROOMS}{file.source['room_id']}/event/{file.event_id}"))
    assert whole["type"] == "m.room.encrypted"
    assert file.key["k"] not in json.dumps(whole)


async def test_what_landed_without_an_answer_is_there_once(porch: MatrixEvening, way: Way) -> None:
    birch, alder = porch.person("birch"), porch.person("alder")
    await alder.asks("peer light on", {"hours": "4"})
    await birch.asks("peer ask")
    made = rooms_made(porch)
    way.lose("/send/m.room.encrypted/", 3)
    await birch.presses("peer.open")
    await porch.wind(minutes=5)
    assert sum("would like to talk with a peer" in one for one in alder.sees()) == 1
    way.lose("/createRoom")
    await alder.presses("peer.yes")
    await porch.wind(minutes=5)
    way.lose("/invite")
    await birch.presses("peer.enter")
    await porch.wind(minutes=5)
    assert ["/send/" in one for one in way.lost] == [True] * 3 + [False] * 2
    for one in (birch, alder):
        words = one.sees()
        assert len(words) == len(set(words)), words
    assert rooms_made(porch) == made + 1
    (room,) = birch.rooms()
    chunk = (await porch.town.wait(birch.at.ask("GET", f"{_ROOMS}{room}/messages?dir=b&limit=100")))["chunk"]
    asked = [one["content"]["membership"] for one in chunk if one.get("state_key") == birch.at.id]
    assert sorted(asked) == ["invite", "join"]
