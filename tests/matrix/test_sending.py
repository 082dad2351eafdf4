"""Sending: in order, never in clear into an encrypted room, once a transaction id, and no faster than is liked."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any

import pytest

from adapters.matrix.rooms import ABOVE_ALL, power
from adapters.matrix.sending import BURST, CALM, FASTEST, MARK, SLOWEST, Pace, Sender
from adapters.matrix.server import Declined, Trouble, Unclear, Unreached
from adapters.matrix.shapes import Poison
from bot.contract.effect import Absent, Accepted, NotSent, Refused, Result, Unreadable, Unsure
from tests.matrix.listening import Listening
from tests.matrix.people import People
from tests.matrix.script import BOT, Asked, Clock, Stage

ROOM = "!room:localhost"
NONE = Declined(404, "M_NOT_FOUND")


def text(words: str) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": words}


# On a real homeserver.


@pytest.mark.parametrize("encrypted", [True, False])
async def test_what_is_sent_arrives_in_order_and_is_found_by_its_mark(
    people: People, bot: Listening, encrypted: bool
) -> None:
    birch = await people.member("birch")
    room = await birch.makes(bot.id, encrypted=encrypted)
    await birch.sees(room, bot.id)
    sent = await asyncio.gather(
        *(
            bot.engine.send(room, "m.room.message", text(f"{number}"), f"tx{number}", mark=f"mark{number}")
            for number in range(8)
        )
    )
    assert all(isinstance(one, Accepted) for one in sent)
    await birch.reads(room, number=8)
    assert [event.body for event in birch.seen(room)] == [f"{number}" for number in range(8)]
    assert [await bot.engine.find_mark(room, f"mark{number}") for number in range(8)] == sent
    assert await bot.engine.find_mark(room, "mark8") == Absent()


@pytest.mark.parametrize("encrypted", [True, False])
async def test_the_same_transaction_id_gives_one_message_after_a_restart_too(
    people: People, bot: Listening, encrypted: bool
) -> None:
    birch = await people.member("birch")
    room = await birch.makes(bot.id, encrypted=encrypted)
    await birch.sees(room, bot.id)
    first = await bot.engine.send(room, "m.room.message", text("once"), "tx1", mark="m")
    assert isinstance(first, Accepted)
    assert await bot.engine.send(room, "m.room.message", text("once"), "tx1", mark="m") == first
    await bot.restart()
    assert await bot.engine.send(room, "m.room.message", text("once"), "tx1", mark="m") == first
    other = await bot.engine.send(room, "m.room.message", text("twice"), "tx2", mark="m2")
    assert other != first
    await birch.until(lambda: "twice" in [event.body for event in birch.seen(room)])
    assert [event.body for event in birch.seen(room)] == ["once", "twice"]


async def test_a_room_that_became_encrypted_unheard_gets_nothing_in_clear(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await birch.makes(bot.id)
    await birch.sees(room, bot.id)
    assert isinstance(await bot.engine.send(room, "m.room.message", text("plain"), "tx1"), Accepted)
    await birch.reads(room)
    await bot.stop()  # it hears nothing from here on
    await birch.sets(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    sent = await bot.engine.send(room, "m.room.message", text("canary-sealed"), "tx2")
    assert isinstance(sent, Accepted)
    raw = await birch.ask("GET", f"/_matrix/client/v3/rooms/{room}/event/{sent.id}")
    assert raw["type"] == "m.room.encrypted"
    assert "canary-sealed" not in json.dumps(raw)
    await birch.until(lambda: birch.seen(room)[-1].body == "canary-sealed")
    await bot.engine.close()


async def test_nothing_in_clear_stands_beside_the_ciphertext_but_mark_and_relation(
    people: People, bot: Listening
) -> None:
    birch = await people.member("birch")
    room = await birch.makes(bot.id, encrypted=True)
    await birch.sees(room, bot.id)
    relates = {"rel_type": "m.thread", "event_id": "$root"}
    sent = await bot.engine.send(room, "m.room.message", {**text("canary"), "app.porchlight.x": "canary"}, "tx0")
    assert isinstance(sent, Accepted)
    relates["event_id"] = sent.id
    sent = await bot.engine.send(room, "m.room.message", {**text("canary"), "m.relates_to": relates}, "tx", mark="m")
    assert isinstance(sent, Accepted)
    content = (await birch.ask("GET", f"/_matrix/client/v3/rooms/{room}/event/{sent.id}"))["content"]
    known = {"algorithm", "ciphertext", "device_id", "sender_key", "session_id"}
    assert set(content) == known | {"m.relates_to", MARK}
    assert content[MARK] == "m"
    assert "canary" not in json.dumps(content)


async def test_who_left_cannot_read_on_and_who_came_not_back(people: People, bot: Listening) -> None:
    birch, rowan, linden = [await people.member(name) for name in ("birch", "rowan", "linden")]
    room = await birch.makes(bot.id, rowan.id, encrypted=True)
    await rowan.joins(room)
    await birch.sees(room, bot.id)
    await bot.engine.send(room, "m.room.message", text("one"), "tx1")
    assert await rowan.reads(room) == "one"
    assert bot.engine.ears is not None
    sessions = bot.engine.ears.machine.outbound_group_sessions
    first = sessions[room].id
    await bot.engine.send(room, "m.room.message", text("again"), "tx1b")
    assert sessions[room].id == first
    await birch.kicks(room, rowan.id)
    await bot.hears("member", room=room, number=len([one for one in bot.heard if one.kind == "member"]) + 1)
    await bot.engine.send(room, "m.room.message", text("two"), "tx2")
    second = sessions[room]
    assert second.id != first
    assert rowan.id not in {user for user, _ in second.users_shared_with}
    await birch.asks_in(room, linden.id)
    await linden.joins(room)
    await bot.turn(2)
    await bot.engine.send(room, "m.room.message", text("three"), "tx3")
    assert sessions[room].id != second.id
    assert await linden.reads(room) == "three"
    assert [event.body for event in linden.seen(room)] == ["three"]


async def test_refusals_have_their_reason(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    foreign = await birch.makes()
    room = await birch.makes(bot.id)
    await birch.sees(room, bot.id)
    sent = await bot.engine.send(room, "m.room.message", text("here"), "tx1")
    assert isinstance(sent, Accepted)
    assert await bot.engine.send(foreign, "m.room.message", text("x"), "tx2") == Refused("gone")
    assert await bot.engine.send("!nowhere:localhost", "m.room.message", text("x"), "tx3") == Refused("gone")
    assert await bot.engine.send(room, "m.room.message", text("x" * 70_000), "tx4") == Refused("impossible")
    assert await bot.engine.set_state(room, "m.room.name", {"name": "x"}) == Refused("forbidden")
    assert await bot.engine.remove(room, birch.id) == Refused("forbidden")
    assert isinstance(await bot.engine.remove(room, "@nobody:localhost"), Accepted)
    assert isinstance(await bot.engine.redact(room, sent.id, "tx5"), Accepted)
    assert isinstance(await bot.engine.redact(room, sent.id, "tx5"), Accepted)
    await birch.levels(room, {bot.id: 100})
    assert isinstance(await bot.engine.set_state(room, "m.room.name", {"name": "x"}), Accepted)
    assert isinstance(await bot.engine.invite(room, birch.id), Accepted), "is in already"
    assert isinstance(await bot.engine.leave(room), Accepted)
    assert isinstance(await bot.engine.leave(room), Accepted)
    assert isinstance(await bot.engine.send(room, "m.room.message", text("x"), "tx6"), Refused)
    assert await bot.engine.find_mark(foreign, "m") == Unreadable()
    assert [event.body for event in birch.seen(room)] in (["here"], [])


async def test_a_room_is_made_once_a_mark_and_found_again(people: People, bot: Listening, name: str) -> None:
    content = {"preset": "private_chat", "name": "A room for two"}
    made = await bot.engine.make_room(content, f"mark{name}")
    assert isinstance(made, Accepted)
    assert await bot.engine.make_room(content, f"mark{name}") == made
    assert await bot.engine.find_room(f"mark{name}") == made
    assert await bot.engine.find_room(f"nomark{name}") == Absent()
    birch = await people.member("birch")
    assert isinstance(await bot.engine.invite(made.id, birch.id), Accepted)
    await birch.joins(made.id)
    assert isinstance(await bot.engine.remove(made.id, birch.id), Accepted)
    assert isinstance(await bot.engine.remove(made.id, birch.id), Accepted)
    await birch.ask(
        "PUT",
        f"/_matrix/client/v3/directory/room/%23porchlight-forged{name}%3Alocalhost",
        {"room_id": await birch.makes()},
    )
    assert await bot.engine.find_room(f"forged{name}") == Absent(), "somebody else's room with such an address"


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_power_is_what_the_server_says_now(people: People, bot: Listening, version: str) -> None:
    birch, rowan = await people.member("birch"), await people.member("rowan")
    room = await birch.makes(bot.id, rowan.id, version=version)
    await birch.sees(room, bot.id)
    creator = ABOVE_ALL if version == "12" else 100
    assert await bot.engine.rooms.power_of(room, birch.id) == creator
    assert await bot.engine.rooms.power_of(room, rowan.id) == 0
    await birch.levels(room, {rowan.id: 50})
    assert await bot.engine.rooms.power_of(room, rowan.id) == 50
    await birch.levels(room, {rowan.id: 0})
    assert await bot.engine.rooms.power_of(room, rowan.id) == 0


async def test_power_of_a_room_that_is_not_ours_is_not_guessed(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    with pytest.raises(Trouble):
        await bot.engine.rooms.power_of(await birch.makes(), birch.id)


async def test_a_homeserver_that_was_away_is_come_back_to(people: People, bot: Listening) -> None:
    birch = await people.member("birch")
    room = await birch.makes(bot.id)
    await birch.sees(room, bot.id)
    people.homeserver.stop()
    try:
        result = await bot.engine.send(room, "m.room.message", text("x"), "tx1")
        assert isinstance(result, NotSent)
    finally:
        people.homeserver.start()
    async with asyncio.timeout(60):
        while not isinstance(result := await bot.engine.send(room, "m.room.message", text("x"), "tx1"), Accepted):
            await bot.turn()
    said = await birch.types(room, "hello")
    await birch.reacts(room, said, "👋")
    await bot.hears("reaction")


# Power, by the book.

MADE_10 = {"type": "m.room.create", "sender": "@a:x", "content": {"room_version": "10", "creator": "@a:x"}}
MADE_11 = {"type": "m.room.create", "sender": "@a:x", "content": {"room_version": "11"}}
MADE_12 = {
    "type": "m.room.create",
    "sender": "@a:x",
    "content": {"room_version": "12", "additional_creators": ["@b:x", 7]},
}


@pytest.mark.parametrize(
    ("create", "levels", "user", "expected"),
    [
        (MADE_10, None, "@a:x", 100),
        (MADE_10, None, "@c:x", 0),
        (MADE_10, {"users": {"@a:x": 50}}, "@a:x", 50),
        (MADE_11, {"users": {}}, "@a:x", 0),
        (MADE_11, {"users": {}, "users_default": 10}, "@c:x", 10),
        (MADE_12, {"users": {"@c:x": 100}}, "@a:x", ABOVE_ALL),
        (MADE_12, {"users": {"@a:x": 0}}, "@b:x", ABOVE_ALL),
        (MADE_12, None, "@c:x", 0),
        (MADE_12, {"users": {"@c:x": "100"}}, "@c:x", 0),
        (MADE_12, {"users": {"@c:x": 2**53 + 1}}, "@c:x", 0),
        (MADE_12, {"users": {"@c:x": True}}, "@c:x", 0),
        (MADE_12, {"users": {"@c:x": -1}}, "@c:x", -1),
        (MADE_12, {"users": []}, "@c:x", 0),
        (MADE_12, {"users": {}, "users_default": "50"}, "@c:x", 0),
        ({"sender": "@a:x", "content": {"room_version": {}}}, None, "@a:x", 100),
        ({"sender": "@a:x", "content": None}, None, "@a:x", 100),
    ],
)
def test_power(create: Mapping[str, Any], levels: Mapping[str, Any] | None, user: str, expected: int) -> None:
    assert power(create, levels).of(user) == expected


def test_what_is_needed_has_its_usual_values() -> None:
    bare = power(MADE_11, {})
    assert [bare.needed(one) for one in ("kick", "ban", "redact", "invite")] == [50, 50, 50, 0]
    assert bare.needed_for("m.room.name", state=True) == 50
    assert bare.needed_for("m.room.message", state=False) == 0
    written = power(MADE_11, {"kick": 10, "events": {"m.room.name": 70}, "events_default": 20, "state_default": 30})
    assert written.needed("kick") == 10
    assert written.needed_for("m.room.name", state=True) == 70
    assert written.needed_for("m.room.topic", state=True) == 30
    assert written.needed_for("m.room.message", state=False) == 20
    with pytest.raises(Poison):
        power({"content": {}}, None)


# What goes wrong.


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.ears.joined.add(ROOM)
    made.server.answers["/state/m.room.encryption"] = NONE
    return made


def sender(stage: Stage) -> Sender:
    return Sender(
        stage.server,
        stage.rooms,
        stage.devices,
        stage.clock,
        stage.sync.away,
        stage.ears.joined.__contains__,
        stage.state.direct.__contains__,
        BOT,
    )


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ({"event_id": "$e"}, Accepted("$e")),
        ({}, Unsure()),
        (Unreached(), NotSent()),
        (Unclear(), Unsure()),
        (Declined(429, "M_LIMIT_EXCEEDED", 7.0), NotSent(7.0)),
        (Declined(403, "M_FORBIDDEN"), Refused("forbidden")),
        (Declined(404, "M_NOT_FOUND"), Refused("gone")),
        (Declined(413, "M_TOO_LARGE"), Refused("impossible")),
    ],
)
async def test_what_became_of_it(stage: Stage, answer: Any, result: Result) -> None:
    stage.server.answers["/send/"] = answer
    assert await sender(stage).send(ROOM, "m.room.message", text("x"), "tx") == result
    (put,) = stage.server.of("/send/")
    assert put.path.endswith("/send/m.room.message/tx")


@pytest.mark.parametrize("trouble", [Unreached(), Unclear(), Declined(429, "M_LIMIT_EXCEEDED", 1.0)])
async def test_whoever_does_not_know_whether_a_room_is_encrypted_sends_nothing(
    stage: Stage, trouble: Exception
) -> None:
    stage.server.answers["/state/m.room.encryption"] = trouble
    assert isinstance(await sender(stage).send(ROOM, "m.room.message", text("x"), "tx"), NotSent)
    assert stage.server.of("/send/") == []


async def test_nothing_goes_in_clear_into_a_direct_room_whatever_the_server_says_of_it(stage: Stage) -> None:
    stage.state.direct[ROOM] = "@birch:localhost"
    assert await sender(stage).send(ROOM, "m.room.message", text("canary"), "tx", mark="m") == Refused("closed")
    assert stage.server.of("/send/") == []
    assert await sender(stage).send("!plain:localhost", "m.room.message", text("x"), "tx") != Refused("closed")


async def test_every_send_into_a_plain_room_asks_whether_it_still_is(stage: Stage) -> None:
    stage.server.answers["/send/"] = {"event_id": "$e"}
    sending = sender(stage)
    await sending.send(ROOM, "m.room.message", text("x"), "tx1")
    await sending.send(ROOM, "m.room.message", text("x"), "tx2")
    assert len(stage.server.of("/state/m.room.encryption")) == 2


@pytest.mark.parametrize("content", [{}, {"algorithm": "rot13"}])
async def test_a_strange_encryption_is_encryption_too(stage: Stage, content: Any) -> None:
    stage.server.answers["/state/m.room.encryption"] = content
    stage.server.answers["/send/"] = {"event_id": "$e"}
    assert await sender(stage).send(ROOM, "m.room.message", text("canary"), "tx") == Accepted("$e")
    (put,) = stage.server.of("/send/")
    assert put.path.endswith("/send/m.room.encrypted/tx")
    assert "canary" not in json.dumps(put.body)


async def test_nothing_is_asked_while_the_homeserver_is_away(stage: Stage) -> None:
    await stage.play(Unreached())
    stage.sync._backoff.failures = 3
    stage.sync._again = stage.clock.now().replace(minute=30)
    before = len(stage.server.asked)
    result = await sender(stage).send(ROOM, "m.room.message", text("x"), "tx")
    assert isinstance(result, NotSent)
    assert result.wait > 60
    assert len(stage.server.asked) == before


async def test_a_limit_is_kept_for_all_rooms_until_it_is_over(stage: Stage) -> None:
    stage.server.answers["/send/"] = Declined(429, "M_LIMIT_EXCEEDED", 60.0)
    sending = sender(stage)
    await sending.send(ROOM, "m.room.message", text("x"), "tx1")
    result = await sending.send("!other:localhost", "m.room.message", text("x"), "tx2")
    assert isinstance(result, NotSent)
    assert 0 < result.wait <= 60
    assert len(stage.server.of("/send/")) == 1


async def test_where_it_was_too_much_reactions_are_left_out_and_words_are_not(stage: Stage) -> None:
    sending, relates = sender(stage), {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$e", "key": "1"}}
    stage.server.answers["/send/"] = Declined(429, "M_LIMIT_EXCEEDED", 7.0)
    assert await sending.react(ROOM, relates, "tx0") == NotSent(7.0)
    stage.server.answers["/send/"] = {"event_id": "$e"}
    stage.clock.time += timedelta(seconds=8)
    assert isinstance(await sending.react(ROOM, relates, "tx1"), NotSent)
    assert await sending.send(ROOM, "m.room.message", text("x"), "tx2") == Accepted("$e")
    stage.clock.time += CALM
    assert await sending.react(ROOM, relates, "tx3") == Accepted("$e")
    assert [one.path.rpartition("/")[2] for one in stage.server.of("/send/")] == ["tx0", "tx2", "tx3"]


@pytest.mark.parametrize("slow", ["m.room.message", "m.reaction"])
async def test_a_reaction_waits_for_no_message_and_no_message_for_a_reaction(stage: Stage, slow: str) -> None:
    sending, going, held = sender(stage), asyncio.Event(), asyncio.Event()
    ask = stage.server.ask_any

    async def asked(method: str, address: str, *more: Any, **named: Any) -> Any:
        if f"/send/{slow}/" in address:
            going.set()
            await held.wait()
        return await ask(method, address, *more, **named)

    stage.server.ask_any = asked  # type: ignore[method-assign]
    stage.server.answers["/send/"] = {"event_id": "$e"}
    ways: dict[str, Callable[[], Coroutine[Any, Any, Result]]] = {
        "m.room.message": lambda: sending.send(ROOM, "m.room.message", text("x"), "tx0"),
        "m.reaction": lambda: sending.react(ROOM, {}, "tx1"),
    }
    first = asyncio.create_task(ways.pop(slow)())
    await going.wait()
    (other,) = ways.values()
    assert await other() == Accepted("$e")
    held.set()
    assert await first == Accepted("$e")
    assert len(stage.server.of("/send/")) == 2


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (Declined(400, "M_DUPLICATE_ANNOTATION"), Accepted()),
        (Declined(404, "M_NOT_FOUND"), Refused("gone")),
        (Unclear(), Unsure()),
    ],
)
async def test_a_reaction_that_is_there_is_there(stage: Stage, answer: Any, result: Result) -> None:
    stage.server.answers["/send/"] = answer
    assert await sender(stage).react(ROOM, {}, "tx") == result


async def test_no_reaction_is_sent_while_the_homeserver_is_away(stage: Stage) -> None:
    stage.sync._backoff.failures = 3
    stage.sync._again = stage.clock.now().replace(minute=30)
    assert isinstance(await sender(stage).react(ROOM, {}, "tx"), NotSent)
    assert stage.server.asked == []


def test_the_pace_halves_when_told_and_rises_again() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(40):
        pace.too_fast(1.0)
    assert pace.rate == SLOWEST
    before = pace.rate
    pace.taken()
    assert before < pace.rate < before * 2
    for _ in range(5_000):
        pace.taken()
    assert pace.rate == FASTEST


def test_part_of_a_burst_is_kept_for_answers_to_people() -> None:
    pace = Pace(Clock())
    usual = 0
    while not pace.wait(urgent=False):
        usual += 1
    urgent = 0
    while not pace.wait(urgent=True):
        urgent += 1
    assert usual + urgent == int(BURST)
    assert urgent >= 3


async def test_a_mark_of_somebody_else_is_not_found(stage: Stage) -> None:
    def page(asked: Asked) -> dict[str, Any]:
        assert json.loads(asked.query["filter"])["senders"] == [BOT]
        events = [
            {"sender": "@birch:localhost", "event_id": "$1", "content": {MARK: "mark"}},
            {"sender": BOT, "event_id": "$2", "content": None},
            {"sender": BOT, "event_id": "$3", "content": {MARK: ["mark"]}},
            7,
        ]
        return {"chunk": events}

    stage.server.answers["/messages"] = page
    assert await sender(stage).find_mark(ROOM, "mark") == Absent()


@pytest.mark.parametrize("trouble", [Unreached(), Unclear(), Declined(403, "M_FORBIDDEN")])
async def test_a_history_that_cannot_be_read_says_so(stage: Stage, trouble: Exception) -> None:
    stage.server.answers["/messages"] = trouble
    assert await sender(stage).find_mark(ROOM, "mark") == Unreadable()


async def test_a_history_without_end_is_not_read_to_its_end(stage: Stage) -> None:
    numbers = iter(range(10**6))
    stage.server.answers["/messages"] = lambda _: {"chunk": [], "end": f"p{next(numbers)}"}
    assert await sender(stage).find_mark(ROOM, "mark") == Unreadable()


async def test_devices_that_are_not_right_hide_no_others(stage: Stage) -> None:
    stage.server.answers["/state/m.room.encryption"] = {"algorithm": "m.megolm.v1.aes-sha2"}
    stage.server.answers["/members"] = {"chunk": [{"state_key": "@a:b", "content": {"membership": "join"}}]}
    strange: dict[str, Any] = {"D1": None, "D2": {"keys": []}, "D3": {"user_id": "@a:b", "device_id": "D3"}}
    stage.server.answers["/keys/query"] = {"device_keys": {"@a:b": strange, "@c:d": 7, "x": {}}}
    stage.server.answers["/send/"] = {"event_id": "$e"}
    assert await sender(stage).send(ROOM, "m.room.message", text("x"), "tx") == Accepted("$e")
