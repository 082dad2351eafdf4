"""The loop: what it does when the homeserver is away, slow, wrong or hostile."""

import asyncio
import json
import logging
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import vodozemac

from adapters.matrix.backoff import Backoff
from adapters.matrix.filter import TYPES, sync_filter
from adapters.matrix.gathered import PIECE
from adapters.matrix.heard import Heard
from adapters.matrix.late import LATE_OF_ONE
from adapters.matrix.server import LONGEST_WAIT, Declined, Server, Unclear, Unreached, wait_of
from adapters.matrix.shapes import Poison, read_json, synced
from adapters.matrix.sync import BACK_AT_MOST, PENDING_AT_MOST, PENDING_OF_ONE, SHARE
from adapters.matrix.unheard import EVENTS_AT_MOST
from bot.domain.errors import StartError
from tests.matrix.hands import BIRCH, Hands
from tests.matrix.script import BOT, NOW, Script, Stage, event, joined, reaction, sync

ROOM = "!room:localhost"


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.ears.joined.add(ROOM)
    return made


# What is asked for.


@pytest.mark.parametrize("first", [True, False])
def test_words_in_clear_are_not_asked_for(first: bool) -> None:
    asked = json.loads(sync_filter(first=first))
    assert "m.room.message" not in json.dumps(asked)
    assert asked["room"]["timeline"]["types"] == list(TYPES)
    assert asked["room"]["timeline"]["lazy_load_members"] is True
    assert asked["room"]["state"]["lazy_load_members"] is True
    assert ("m.room.member" in asked["room"]["state"]["types"]) is not first, "a thousand rooms would tell all of them"
    for nothing in (
        asked["presence"],
        asked["account_data"],
        asked["room"]["ephemeral"],
        asked["room"]["account_data"],
    ):
        assert nothing == {"types": []}
    assert {"m.room.encrypted", "m.reaction", "m.room.redaction", "m.room.encryption"} <= set(TYPES)


async def test_words_in_clear_that_come_all_the_same_are_dropped(stage: Stage) -> None:
    said = event("m.room.message", {"msgtype": "m.text", "body": "!peer ask"})
    await stage.play(sync(1, **joined(ROOM, said)))
    assert stage.everything() == []
    assert stage.state.since == "s1"


async def test_the_first_sync_hands_over_no_history(stage: Stage) -> None:
    stage.state.since = ""
    await stage.play(sync(1, **joined(ROOM, reaction())), sync(2, **joined(ROOM, reaction(2))))
    assert [one.key for one in stage.everything()] == ["k2"]


async def test_the_point_of_the_first_sync_is_saved_even_if_nothing_is_in_it(stage: Stage) -> None:
    stage.state.since = ""
    await stage.play(sync(1))
    assert stage.saves == ["s1"]


# Handing over, and saving after.


async def test_how_far_was_read_is_saved_after_the_effects_and_not_before(stage: Stage) -> None:
    seen: list[tuple[str, list[str]]] = []
    stage.during = lambda _: seen.append((stage.state.since, list(stage.saves)))
    await stage.play(sync(1, **joined(ROOM, reaction())))
    assert seen == [("s0", [])]
    assert stage.saves == ["s1"]


async def test_a_batch_that_fails_comes_again_and_nothing_is_saved(stage: Stage) -> None:
    fails = iter([True, True, False])

    def during(_: Sequence[Heard]) -> None:
        assert stage.saves == []
        if next(fails):
            raise LookupError

    stage.during = during
    same = sync(1, **joined(ROOM, reaction()))
    await stage.play(same, same, same)
    assert [asked.query["since"] for asked in stage.server.of("/sync")] == ["s0", "s0", "s0", "s1"]
    assert [one.id for one in stage.everything()] == ["$e1"]
    assert len(stage.clock.slept) == 2


async def test_much_is_handed_over_in_pieces_and_in_order(stage: Stage) -> None:
    many = [reaction(number) for number in range(2 * PIECE + 1)]
    rooms = [joined(f"!r{number}:localhost", one)["rooms"]["join"] for number, one in enumerate(many)]
    await stage.play(sync(1, rooms={"join": {room: part for one in rooms for room, part in one.items()}}))
    assert [len(one) for one in stage.heard] == [PIECE, PIECE, 1]
    assert [one.id for one in stage.everything()] == [one["event_id"] for one in many]
    assert stage.saves == ["s1"]


async def test_a_flood_in_one_room_comes_share_by_share_and_others_come_between(stage: Stage) -> None:
    other = "!other:localhost"
    many = [reaction(number) for number in range(2 * SHARE + 1)]
    await stage.play(
        sync(1, **joined(ROOM, *many)),
        sync(2, **joined(other, reaction(900))),
        sync(3, **joined(ROOM, reaction(901))),
        *[sync(number) for number in range(4, 8)],
    )
    assert [Counter(one.room for one in batch) for batch in stage.heard] == [
        {ROOM: SHARE},
        {ROOM: SHARE, other: 1},
        {ROOM: 2},
    ]
    assert [one.id for one in stage.everything() if one.room == ROOM] == [
        *(one["event_id"] for one in many),
        "$e901",
    ], "in order"
    assert [one.query["timeout"] for one in stage.server.of("/sync")][1:4] == ["0", "0", "30000"]
    assert stage.saves[:3] == ["s1", "s2", "s3"]


async def test_what_was_left_of_a_flood_comes_again_where_its_batch_fails(stage: Stage) -> None:
    fails = iter([False, True, False])

    def during(_: Sequence[Heard]) -> None:
        if next(fails):
            raise LookupError

    stage.during = during
    many = [reaction(number) for number in range(SHARE + 5)]
    await stage.play(sync(1, **joined(ROOM, *many)), sync(2), sync(2))
    assert [one.id for one in stage.everything()] == [one["event_id"] for one in many]


async def test_a_flood_of_secrets_moves_its_key_on_share_by_share(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()
    key = birch.key_of(session)
    many = [said(birch, session, "!peer ask", number) for number in range(SHARE + 5)]
    dones: list[list[int]] = []
    stage.during = lambda _: dones.append([one.done for one in stage.ears._held.values()])
    await stage.play(sync(1, to_device={"events": [key]}, **joined(ROOM, *many)), sync(2))
    assert [one.id for one in stage.everything()] == [one["event_id"] for one in many]
    assert dones == [[-1], [SHARE - 1]]
    assert [one.done for one in stage.ears._held.values()] == [SHARE + 4]


async def test_a_flood_without_end_is_given_up_and_the_room_looked_at(stage: Stage) -> None:
    direct(stage)
    there = [{"state_key": one, "content": {"membership": "join"}} for one in ("@bot:localhost", BIRCH, "@c:localhost")]
    stage.server.answers["/members"] = {"chunk": there}
    many = [reaction(number) for number in range(EVENTS_AT_MOST + SHARE)]
    await stage.play(sync(1, **joined(ROOM, *many)), sync(2, **joined(ROOM, reaction(10**6))))
    assert len(stage.everything()) == 2 * SHARE
    assert [one.key for one in stage.everything() if one.kind == "ended"] == ["crowded"]
    assert stage.state.direct == {}


async def test_who_came_behind_a_flood_is_seen_before_the_flood_is_over(stage: Stage) -> None:
    direct(stage)
    there = [{"state_key": one, "content": {"membership": "join"}} for one in ("@bot:localhost", BIRCH, "@c:localhost")]
    stage.server.answers["/members"] = {"chunk": there}
    came = event("m.room.member", {"membership": "join"}, 10**6, state_key="@c:localhost")
    many = [reaction(number) for number in range(5 * SHARE)]
    await stage.play(sync(1, **joined(ROOM, *many, came)), sync(2))
    assert [one.key for one in stage.everything() if one.kind == "ended"] == ["crowded"]


async def test_rooms_that_wait_are_bounded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.matrix.sync.ROOMS_AT_MOST", 2)
    rooms = {f"!r{n}:localhost": {"timeline": {"events": [reaction(m) for m in range(30)]}} for n in range(4)}
    await stage.play(sync(1, rooms={"join": rooms}), sync(2))
    assert len(stage.sync._unheard) == 0
    assert len(stage.everything()) == 4 * SHARE + 2 * 10


async def test_quiet_syncs_write_nothing_but_once_in_a_while(stage: Stage) -> None:
    def later(_: Any) -> dict[str, Any]:
        stage.clock.time += timedelta(seconds=30)
        return sync(1)

    await stage.play(*[later] * 40)
    assert len(stage.saves) == 2, "twenty minutes"


# Gaps.


async def test_a_gap_is_filled_oldest_first(stage: Stage) -> None:
    pages = {
        "p3": {"chunk": [reaction(4), reaction(3)], "end": "p2"},
        "p2": {"chunk": [reaction(2), reaction(1)]},
    }
    stage.server.answers["/messages"] = lambda asked: pages[asked.query["from"]]
    await stage.play(sync(1, **joined(ROOM, reaction(5), limited=True, prev_batch="p3")))
    assert [one.key for one in stage.everything()] == ["k1", "k2", "k3", "k4", "k5"]
    asked = stage.server.of("/messages")[0].query
    assert asked["to"] == "s0"
    assert json.loads(asked["filter"])["types"] == list(TYPES)


async def test_a_gap_without_end_is_bounded(stage: Stage) -> None:
    numbers = iter(range(10**6))

    def page(_: Any) -> dict[str, Any]:
        chunk = [reaction(next(numbers)) for _ in range(100)]
        return {"chunk": chunk, "end": f"p{next(numbers)}"}

    stage.server.answers["/messages"] = page
    await stage.play(*[sync(1, **joined(ROOM, limited=True, prev_batch="p"))], *[sync(2)] * (BACK_AT_MOST // SHARE + 5))
    assert len(stage.everything()) == BACK_AT_MOST
    assert len(stage.server.of("/messages")) == BACK_AT_MOST // 100


async def test_history_from_before_the_bot_came_is_not_fetched(stage: Stage) -> None:
    await stage.play(sync(1, **joined("!new:localhost", limited=True, prev_batch="p")))
    assert stage.server.of("/messages") == []


# The homeserver is away.


@pytest.mark.parametrize("trouble", [Unreached(), Unclear()])
async def test_a_homeserver_that_is_away_is_asked_at_most_twelve_times_a_minute(
    stage: Stage, trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "porchlight")
    await stage.play(*[trouble] * 60)
    asked = [one.at for one in stage.server.of("/sync")]
    assert asked[-1] - asked[0] > timedelta(hours=3)
    for start in asked:
        assert sum(start <= at < start + timedelta(minutes=1) for at in asked) <= 12
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(asked)]
    assert waits == sorted(waits)
    assert 1 <= waits[0] < 2
    assert waits[-1] <= 300
    assert [one.message for one in caplog.records if one.name == "porchlight"] == ["matrix_away"]


async def test_coming_back_is_said_once_and_listened_to_at_once(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "porchlight")
    away = []

    def during(_: Sequence[Heard]) -> None:
        away.append(stage.sync.away())

    stage.during = during
    await stage.play(Unreached(), Unreached(), sync(1, **joined(ROOM, reaction())), Unreached(), sync(2))
    assert [one.message for one in caplog.records if one.name == "porchlight"] == ["matrix_away", "matrix_back"] * 2
    assert [one.query["timeout"] for one in stage.server.of("/sync")] == ["0", "0", "0", "30000", "0", "30000"]
    assert stage.sync.away() == 0


def test_waits_are_spread_and_bounded() -> None:
    for chance in (0.0, 0.999):
        backoff = Backoff(lambda chance=chance: chance)  # type: ignore[misc]
        waits = [backoff.next() for _ in range(2_000)]
        assert min(waits) >= 1
        assert max(waits) <= 300
    assert Backoff(lambda: 0.0).next() <= Backoff(lambda: 0.999).next()


@pytest.mark.parametrize(
    ("body", "header", "seconds"),
    [
        ({"retry_after_ms": 2_000}, "", 2.0),
        ({"retry_after_ms": 2_000}, "7", 7.0),
        ({"retry_after_ms": -5}, "", 5.0),
        ({"retry_after_ms": 10**30}, "", LONGEST_WAIT),
        ({"retry_after_ms": 1e400}, "", LONGEST_WAIT),
        ({"retry_after_ms": float("nan")}, "", 5.0),
        ({"retry_after_ms": "soon"}, "", 5.0),
        ({"retry_after_ms": True}, "", 5.0),
        ({"retry_after_ms": 0}, "", 0.5),
        ({}, "-3", 5.0),
        ({}, "99999999999", 5.0),
        ({}, "٣", 5.0),
        ({}, "", 5.0),
    ],
)
def test_a_wait_that_the_server_wants_is_kept_within_reason(body: Any, header: str, seconds: float) -> None:
    assert wait_of(body, header) == seconds


async def test_too_many_requests_is_waited_out_as_the_server_says(stage: Stage) -> None:
    await stage.play(Declined(429, "M_LIMIT_EXCEEDED", 7.0), sync(1))
    assert stage.clock.slept == [7.0]


async def test_a_revoked_token_ends_it(stage: Stage) -> None:
    await stage.play(sync(1))
    stage.server.syncs.append(StartError("matrix-token"))
    with pytest.raises(StartError) as no:
        await stage.sync.run(stage._batch)
    assert no.value.code == "matrix-token"


@pytest.mark.parametrize("code", ["M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"])
def test_the_word_for_a_revoked_token_is_understood(code: str) -> None:
    server = Server("http://localhost", "token")
    with pytest.raises(StartError) as no:
        server._judged(401, "", json.dumps({"errcode": code, "error": "canary"}).encode())
    assert no.value.code == "matrix-token"
    assert "canary" not in repr(no.value)


@pytest.mark.parametrize(
    ("status", "raw", "error"),
    [
        (502, b"<html>canary</html>", Unclear),
        (500, b'{"errcode":"M_UNKNOWN"}', Unclear),
        (404, b"<html>canary</html>", Unclear),
        (302, b"{}", Unclear),
        (200, b"<html>canary</html>", Unclear),
        (200, b"", Unclear),
        (403, b'{"errcode":"M_FORBIDDEN"}', Declined),
        (401, b'{"flows":[],"session":"s"}', Declined),
        (429, b"", Declined),
    ],
)
def test_what_a_gateway_says_is_not_taken_for_a_no(status: int, raw: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as no:
        Server("http://localhost", "token")._judged(status, "", raw)
    assert "canary" not in repr(no.value)


async def test_a_point_that_the_server_does_not_know_is_given_up(stage: Stage) -> None:
    no = Declined(400, "M_INVALID_PARAM")
    await stage.play(no, no, no, sync(9))
    assert [one.query.get("since") for one in stage.server.of("/sync")] == ["s0", "s0", "s0", None, "s9"]


@pytest.mark.parametrize(("unchanged", "parts"), [(True, {}), (False, {}), (True, joined(ROOM, reaction()))])
async def test_a_server_that_does_not_wait_is_not_asked_without_end(stage: Stage, unchanged: bool, parts: Any) -> None:
    await stage.play(*[sync(0 if unchanged else number, **parts) for number in range(40)])
    assert len(stage.clock.slept) >= 37
    assert min(stage.clock.slept) >= 1


@pytest.mark.parametrize("answer", [{}, {"next_batch": ""}, {"next_batch": 7}, {"next_batch": "s" * 20_000}, []])
async def test_an_answer_that_is_no_sync_is_waited_out(stage: Stage, answer: Any) -> None:
    await stage.play(answer, answer, sync(1))
    assert len(stage.clock.slept) == 2
    assert stage.state.since == "s1"


# Poison.

DEEP = "[" * 900 + "]" * 900
DEEPER = "[" * 100_000 + "]" * 100_000


def hostile() -> list[Any]:
    """Return events as nobody should send them."""
    strange: list[Any] = [None, 1, "x", [], {}, {"type": 7}, {"type": "m.reaction"}, {"type": "m.room.encrypted"}]
    contents: list[Any] = [None, [], "x", 7, {"m.relates_to": []}, {"m.relates_to": {"rel_type": {}, "key": []}}]
    for content in contents:
        strange += [event(kind, content) for kind in TYPES]
    for sender in (None, 7, "birch", "@", "@a b:c", "@" + "x" * 300 + ":c", "@a:\ud800", {"@a:b": 1}):
        strange.append(reaction(sender=sender))
    for name in (None, "", "e", "$", "$" + "x" * 300, 7, ["$e"]):
        strange.append(reaction(event_id=name))
    for at in (None, "now", -1, 2**63, 10**30, True, 1.5):
        strange.append(reaction(origin_server_ts=at))
    for key in ("x" * 10_000, "", None, 7, "\ud83d"):
        relates = {"rel_type": "m.annotation", "event_id": "$card", "key": key}
        strange.append(event("m.reaction", {"m.relates_to": relates}))
    for membership in (None, "here", 7, {"join": 1}):
        strange.append(event("m.room.member", {"membership": membership}, state_key="@birch:localhost"))
    strange += [
        event("m.room.member", {"membership": "join"}),
        event("m.room.member", {"membership": "join"}, state_key=7),
        event("m.room.tombstone", {"replacement_room": "nowhere"}, state_key=""),
        event("m.room.redaction", {}, redacts=7),
        event("m.room.message", {"msgtype": "m.text", "body": [1]}, state_key=""),
        event("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": 7, "session_id": "s"}),
        event("m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "7", "session_id": {}}),
        event("m.room.encrypted", {"algorithm": "rot13", "ciphertext": "x", "session_id": "s"}),
    ]
    return strange


async def test_poison_is_put_aside_and_the_rest_goes_on(stage: Stage) -> None:
    direct = "!direct:localhost"
    stage.state.direct[direct] = "@birch:localhost"
    stage.ears.joined.add(direct)
    events = [reaction(1), *hostile(), reaction(2)]
    rooms = {"join": {ROOM: {"timeline": {"events": events}}, direct: {"timeline": {"events": events}}, "bad": 7}}
    to_device: list[Any] = [
        None,
        {},
        {"type": "m.room.encrypted"},
        {"type": "m.room.encrypted", "sender": "@a:b", "content": []},
    ]
    to_device += [{"type": "m.key.verification.start", "sender": 7, "content": {"method": []}}]
    lists = {"changed": [None, 7, "@a:b"], "left": {}}
    invites = {"!i:localhost": [], "!j:localhost": {"invite_state": {"events": [None] * 5}}, "no": {}}
    await stage.play(
        sync(
            1,
            rooms={**rooms, "invite": invites, "leave": []},
            to_device={"events": to_device},
            device_lists=lists,
            device_one_time_keys_count={"signed_curve25519": "x"},
        ),
        sync(2, **joined(ROOM, reaction(3))),
    )
    keys = [one.key for one in stage.everything() if one.room == ROOM and one.kind == "reaction"]
    assert keys[0] == "k1"
    assert keys[-2:] == ["k2", "k3"]
    assert stage.sync.put_aside > 50
    assert stage.state.since == "s2"
    assert not stage.clock.slept, "nothing of it stopped the loop"


@pytest.mark.parametrize("at", ["x", -1, 2**63, True, None, int((NOW + timedelta(days=1)).timestamp() * 1000), 1])
async def test_an_instant_that_is_none_or_is_yet_to_come_becomes_now(stage: Stage, at: Any) -> None:
    await stage.play(sync(1, **joined(ROOM, reaction(origin_server_ts=at))))
    assert [one.at for one in stage.everything()] == [NOW]


@pytest.mark.parametrize("deep", [DEEP, DEEPER, DEEPER[:100_000], '{"a":' * 5_000 + "1" + "}" * 5_000])
def test_one_piece_that_nests_without_end_hides_no_other(deep: str) -> None:
    closed = deep.count("[") == deep.count("]")
    raw = f'{{"next_batch":"s1","poison":{deep},"quoted":"[[{{\\"","rooms":{{"leave":{{"!a:b":{{}}}}}}}}'
    if not closed:
        with pytest.raises(Poison):
            read_json(raw.encode())
        return
    assert synced(read_json(raw.encode())).left == ["!a:b"]


@pytest.mark.parametrize("raw", [b'{"a":' + b"9" * 5_000 + b"}", b'{"a":NaN}', b'{"a":1e999}', b'{"a":"\xff"}'])
def test_a_value_that_cannot_be_hides_no_other(raw: bytes) -> None:
    assert list(read_json(raw)) == ["a"]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"<html>", b'{"a":}'])
def test_what_is_no_json_is_poison_and_says_nothing_of_itself(raw: bytes) -> None:
    with pytest.raises(Poison) as no:
        read_json(raw)
    assert no.value.args == ("json",)
    assert no.value.__cause__ is None


def mutated(value: Any, chance: random.Random) -> Any:
    """Return a value in which something is not as it was."""
    strange: list[Any] = [None, True, -1, 2**63, 0.5, "", "\x00", "\ud800", "x" * 300, [], {}, ["$"], {"a": 1}, [[[]]]]
    if chance.random() < 0.15:
        return chance.choice(strange)
    if isinstance(value, dict):
        made = {key: mutated(one, chance) if chance.random() < 0.6 else one for key, one in value.items()}
        for key in [key for key in made if chance.random() < 0.08]:
            del made[key]
        return made
    if isinstance(value, list):
        return [mutated(one, chance) for one in value]
    return value


async def test_twenty_thousand_mutated_events_raise_nothing(stage: Stage) -> None:
    chance = random.Random(20_270_304)
    direct = "!direct:localhost"
    stage.state.direct[direct] = "@birch:localhost"
    stage.ears.joined.add(direct)
    sealed = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg",
        "session_id": "session",
        "sender_key": "key",
        "m.relates_to": {"rel_type": "m.replace", "event_id": "$card"},
    }
    whole = [
        reaction(),
        event("m.room.encrypted", sealed),
        event("m.room.redaction", {"redacts": "$card"}),
        event("m.room.member", {"membership": "join"}, state_key="@birch:localhost"),
        event("m.room.tombstone", {"replacement_room": "!next:localhost"}, state_key=""),
        event("m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}, state_key=""),
    ]
    ours = stage.ears.machine.account.identity_keys["curve25519"]
    ciphertext = {ours: {"type": 0, "body": "AwogAAAA"}}
    olm = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "k", "ciphertext": ciphertext}
    device = {"type": "m.room.encrypted", "sender": "@birch:localhost", "content": olm}
    asked_in = {
        "type": "m.room.member",
        "state_key": "@bot:localhost",
        "sender": "@birch:localhost",
        "content": {"membership": "invite", "is_direct": True},
    }
    syncs = []
    for number in range(400):
        events = [mutated(chance.choice(whole), chance) for _ in range(50)]
        invite = {"invite_state": {"events": [mutated(asked_in, chance) for _ in range(2)]}}
        body = sync(
            number,
            to_device={"events": [mutated(device, chance) for _ in range(3)]},
            rooms={
                "join": {chance.choice([ROOM, direct]): mutated({"timeline": {"events": events}}, chance)},
                "invite": {"!invite:localhost": mutated(invite, chance)},
            },
            device_lists=mutated({"changed": ["@a:b"], "left": ["@c:d"]}, chance),
        )
        syncs.append(body)
    stage.server.answers["/members"] = {"chunk": []}
    await stage.play(*syncs)
    assert stage.state.since == "s399"
    assert not stage.clock.slept, "one of them stopped the loop"
    kinds = Counter(one.kind for one in stage.everything())
    assert kinds["reaction"] > 100, "nothing was read at all"
    assert stage.sync.put_aside > 1_000


# Rooms.


async def test_being_removed_is_heard_and_forgotten(stage: Stage) -> None:
    stage.state.direct[ROOM] = "@birch:localhost"
    await stage.play(sync(1, rooms={"leave": {ROOM: {}, "!never:localhost": {}}}))
    assert [(one.kind, one.room) for one in stage.everything()] == [("removed", ROOM)]
    assert stage.state.direct == {}
    assert ROOM not in stage.ears.joined


async def test_who_came_in_a_gap_ends_a_direct_room(stage: Stage) -> None:
    stage.state.direct[ROOM] = "@birch:localhost"
    there = ["@bot:localhost", "@birch:localhost", "@rowan:localhost"]
    chunk = [{"state_key": one, "content": {"membership": "join"}} for one in there]
    stage.server.answers["/members"] = {"chunk": chunk}
    await stage.play(sync(1, **joined(ROOM, limited=True, prev_batch="p")))
    assert [(one.kind, one.key) for one in stage.everything()] == [("ended", "crowded")]
    assert stage.state.direct == {}


def two(other: str = BIRCH) -> dict[str, Any]:
    """Return the answer about a room with the bot and one other in it."""
    return {"chunk": [{"state_key": one, "content": {"membership": "join"}} for one in ("@bot:localhost", other)]}


@pytest.mark.parametrize("trouble", [Unclear(), Unreached(), Declined(403, "M_FORBIDDEN"), Declined(429, "", 7.0)])
async def test_a_room_that_cannot_be_looked_at_keeps_nobody_else_from_being_heard(
    stage: Stage, trouble: Exception
) -> None:
    new, birch, session = "!new:localhost", Hands(stage.ears), vodozemac.GroupSession()
    stage.state.pending[new] = BIRCH
    answers = iter([trouble, trouble, two()])
    stage.server.answers["/members"] = lambda _: next(answers)
    key = birch.key_of(session, new)
    wrote = [said(birch, session, "!peer ask", number, new) for number in (1, 2)]

    def later(number: int) -> Any:
        def answer(_: Any) -> dict[str, Any]:
            stage.clock.time += timedelta(seconds=30)
            return sync(number)

        return answer

    both = {**joined(new, wrote[0])["rooms"]["join"], **joined(ROOM, reaction(7))["rooms"]["join"]}
    await stage.play(
        sync(1, to_device={"events": [key]}, rooms={"join": both}),
        sync(2, **joined(new, wrote[1])),
    )
    assert [one.key for one in stage.everything()] == ["k7"], "the other room is heard at once"
    assert stage.state.since == "s2"
    assert stage.state.pending == {new: BIRCH}, "and the one is looked at again, also after a restart"
    assert not stage.clock.slept, "nobody waits for it"
    await stage.play(later(3), sync(4), later(5), sync(6))
    assert stage.state.direct == {new: BIRCH}
    assert stage.state.pending == {}
    assert [(one.id, one.body) for one in stage.everything()[1:]] == [("$e1", "!peer ask"), ("$e2", "!peer ask")]


async def test_a_room_that_does_not_answer_is_left_for_later(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.matrix.sync.LOOK", 0.01)
    stage.state.pending["!new:localhost"] = BIRCH

    async def never(_: str) -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(stage.rooms, "ask_members", never)
    rooms = {**joined("!new:localhost", reaction(1)), **joined(ROOM, reaction(7))}
    rooms["rooms"]["join"].update(joined("!new:localhost", reaction(1))["rooms"]["join"])
    await stage.play(sync(1, **rooms))
    assert [one.key for one in stage.everything()] == ["k7"]


@pytest.mark.parametrize("trouble", [Unclear(), Declined(429, "", 7.0)])
async def test_a_gap_that_cannot_be_filled_now_is_filled_later_and_in_order(stage: Stage, trouble: Exception) -> None:
    answers = iter([trouble, {"chunk": [reaction(2), reaction(1)]}])
    stage.server.answers["/messages"] = lambda _: next(answers)
    other = "!other:localhost"
    both = {
        **joined(ROOM, reaction(3), limited=True, prev_batch="p")["rooms"]["join"],
        **joined(other, reaction(7))["rooms"]["join"],
    }

    def later(_: Any) -> dict[str, Any]:
        stage.clock.time += timedelta(seconds=30)
        return sync(3)

    await stage.play(sync(1, rooms={"join": both}), sync(2, **joined(ROOM, reaction(4))))
    assert [one.key for one in stage.everything()] == ["k7"]
    await stage.play(later, sync(4))
    assert [one.key for one in stage.everything()] == ["k7", "k1", "k2", "k3", "k4"]
    assert {one.query["to"] for one in stage.server.of("/messages")} == {"s0"}


async def test_a_direct_room_with_a_gap_that_cannot_be_looked_at_is_looked_at_after_a_restart(stage: Stage) -> None:
    direct(stage)
    stage.server.answers["/members"] = Unclear()
    await stage.play(sync(1, **joined(ROOM, limited=True, prev_batch="p")))
    assert stage.state.pending == {ROOM: BIRCH}
    assert stage.state.direct == {ROOM: BIRCH}


@pytest.mark.parametrize("was", ["pending", "direct"])
async def test_a_room_of_two_that_is_not_encrypted_is_no_direct_room(stage: Stage, was: str) -> None:
    stage.state.pending[ROOM] = BIRCH
    if was == "direct":
        stage.state.direct[ROOM] = BIRCH
    stage.server.answers["/members"] = two()
    stage.server.answers["/state/m.room.encryption"] = Declined(404, "M_NOT_FOUND")
    await stage.play(sync(1, **joined(ROOM)))
    assert (stage.state.direct, stage.state.pending) == ({}, {})
    assert [(one.kind, one.key, one.sender) for one in stage.everything()] == [("invite", "direct-clear", BIRCH)]


async def test_the_token_s_end_is_told_from_within_a_batch(stage: Stage) -> None:
    def during(_: Sequence[Heard]) -> None:
        raise ExceptionGroup("rooms", [LookupError(), ExceptionGroup("room", [StartError("matrix-token")])])

    stage.during = during
    stage.server.syncs.append(sync(1, **joined(ROOM, reaction())))
    with pytest.raises(StartError) as no:
        await stage.sync.run(stage._batch)
    assert no.value.code == "matrix-token"
    assert stage.saves == []


async def test_a_batch_of_rooms_that_fails_comes_again(stage: Stage) -> None:
    fails = iter([True, False])

    def during(_: Sequence[Heard]) -> None:
        if next(fails):
            raise ExceptionGroup("rooms", [LookupError()])

    stage.during = during
    same = sync(1, **joined(ROOM, reaction()))
    await stage.play(same, same)
    assert [one.id for one in stage.everything()] == ["$e1"]


async def test_many_inviters_are_bounded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.matrix.sync.PENDING_AT_MOST", 2)
    content = {"membership": "invite", "is_direct": True}
    for number in range(3):
        asked = {"type": "m.room.member", "state_key": BOT, "sender": f"@p{number}:localhost", "content": content}
        part = {"invite_state": {"events": [asked]}}
        await stage.play(sync(number + 1, rooms={"invite": {f"!p{number}:localhost": part}}))
    assert list(stage.state.pending) == ["!p1:localhost", "!p2:localhost"]


async def test_one_inviter_takes_no_place_of_others(stage: Stage) -> None:
    def asks(who: str, count: int) -> dict[str, Any]:
        content = {"membership": "invite", "is_direct": True}
        invite = {"type": "m.room.member", "state_key": "@bot:localhost", "sender": who, "content": content}
        return {f"!{who[1:4]}{number}:localhost": {"invite_state": {"events": [invite]}} for number in range(count)}

    await stage.play(
        sync(1, rooms={"invite": asks(BIRCH, 1)}),
        sync(2, rooms={"invite": asks("@flood:localhost", PENDING_AT_MOST + 5)}),
    )
    assert Counter(stage.state.pending.values()) == {BIRCH: 1, "@flood:localhost": PENDING_OF_ONE}
    assert list(stage.state.pending)[-1] == f"!flo{PENDING_AT_MOST + 4}:localhost", "the newest stay"


async def test_upkeep_that_fails_does_not_end_the_listening(stage: Stage) -> None:
    stage.server.answers["/keys/upload"] = Unclear()
    none = {"device_one_time_keys_count": {"signed_curve25519": 0}, "device_unused_fallback_key_types": []}
    await stage.play(sync(1, **none), sync(2, **joined(ROOM, reaction())))
    assert len(stage.server.of("/keys/upload")) == 2
    assert [one.key for one in stage.everything()] == ["k1"]


async def test_no_one_time_keys_at_all_means_that_new_ones_are_uploaded(stage: Stage) -> None:
    await stage.play(sync(1, device_one_time_keys_count={}))
    (upload,) = stage.server.of("/keys/upload")
    assert upload.body is not None
    assert len(upload.body["one_time_keys"]) == stage.ears.machine.account.max_one_time_keys


async def test_others_have_their_turn_while_a_large_sync_is_read(stage: Stage) -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.ensure_future(other())
    rooms = {f"!{number}:localhost": {"timeline": {"events": [reaction()]}} for number in range(1_000)}
    await stage.play(sync(1, rooms={"join": rooms}))
    beside.cancel()
    assert turns > 1_000 // 25


def test_the_script_is_a_server() -> None:
    assert issubclass(Script, Server)


# Keys that come late.


def direct(stage: Stage) -> Hands:
    """Make the room a direct room with somebody, and return them."""
    stage.state.direct[ROOM] = BIRCH
    return Hands(stage.ears)


def said(birch: Hands, session: vodozemac.GroupSession, words: str, number: int, room: str = ROOM) -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": words}
    plain = json.dumps({"room_id": room, "type": "m.room.message", "content": content})
    sealed = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": session.encrypt(plain.encode()).to_base64(),
        "session_id": session.session_id,
    }
    return event("m.room.encrypted", sealed, number)


async def test_a_message_waits_for_a_key_that_comes_late(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()
    key = birch.key_of(session)
    await stage.play(
        sync(1, **joined(ROOM, said(birch, session, "!peer ask", 1))),
        sync(2, to_device={"events": [key]}),
    )
    assert [(one.kind, one.id, one.body) for one in stage.everything()] == [("message", "$e1", "!peer ask")]
    assert [one.done for one in stage.ears._held.values()] == [0], "its key is moved past it"


async def test_what_was_handled_opens_again_where_a_later_piece_of_its_sync_fails(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()
    key = birch.key_of(session)
    fails = iter([False, True, False, False])

    def during(_: Sequence[Heard]) -> None:
        if next(fails):
            raise LookupError

    stage.during = during
    rooms = {f"!r{number}:localhost": {"timeline": {"events": [reaction(number)]}} for number in range(PIECE)}
    rooms = {ROOM: {"timeline": {"events": [said(birch, session, "!peer ask", PIECE)]}}, **rooms}
    same = sync(1, rooms={"join": rooms})
    await stage.play(sync(0, to_device={"events": [key]}), same, same)
    assert [len(one) for one in stage.heard] == [PIECE, PIECE, 1]
    assert [one.kind for one in stage.everything() if one.room == ROOM] == ["message"] * 2
    assert [one.done for one in stage.ears._held.values()] == [0]


async def test_a_key_that_did_not_come_is_asked_for_once(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()
    two = [said(birch, session, "x", number) for number in (1, 2)]
    await stage.play(sync(1, **joined(ROOM, *two)), sync(2))
    (asked,) = stage.server.of("sendToDevice/m.room_key_request")
    assert asked.body is not None
    request = asked.body["messages"][BIRCH]["*"]
    assert request["body"] == {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": ROOM,
        "session_id": session.session_id,
    }
    assert request["requesting_device_id"] == "BOT"


async def test_a_message_whose_key_does_not_come_is_said_to_be_unreadable_once(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()

    def later(number: int) -> Any:
        def answer(_: Any) -> dict[str, Any]:
            stage.clock.time += timedelta(seconds=20)
            return sync(number)

        return answer

    await stage.play(sync(1, **joined(ROOM, said(birch, session, "canary", 1))), later(2))
    assert stage.everything() == []
    await stage.play(later(3), later(4))
    assert [(one.kind, one.id, one.body) for one in stage.everything()] == [("undecryptable", "$e1", "")]


async def test_who_wrote_what_cannot_be_opened_is_told_so_on_time_though_nothing_else_happens(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()

    def waits(number: int) -> Any:
        def answer(asked: Any) -> dict[str, Any]:
            stage.clock.time += timedelta(milliseconds=int(asked.query["timeout"]))
            return sync(number)

        return answer

    def ten_later(asked: Any) -> dict[str, Any]:
        stage.clock.time += timedelta(seconds=10)
        return sync(2)

    await stage.play(sync(1, **joined(ROOM, said(birch, session, "canary", 1))), ten_later, waits(3), waits(4))
    assert [int(one.query["timeout"]) for one in stage.server.of("/sync")] == [0, 30_000, 20_000, 30_000, 30_000]
    assert [one.kind for one in stage.everything()] == ["undecryptable"]


async def test_many_messages_without_keys_are_bounded_for_each_sender(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()
    other = "!other:localhost"
    stage.state.direct[other] = "@rowan:localhost"
    stage.ears.joined.add(other)
    rowan = [said(birch, session, "x", number, other) | {"sender": "@rowan:localhost"} for number in (901, 902)]
    many = [said(birch, session, "x", number) for number in range(3 * LATE_OF_ONE)]
    await stage.play(
        sync(1, **joined(other, *rowan)), sync(2, **joined(ROOM, *many)), *[sync(number) for number in range(3, 9)]
    )
    assert {one.room for one in stage.everything()} == {ROOM}, "the other's still wait for their key"
    assert Counter(room for room, *_ in stage.sync.late.waits.values()) == {ROOM: LATE_OF_ONE, other: 2}
    assert len(stage.everything()) == 2 * LATE_OF_ONE


async def test_many_senders_without_keys_are_bounded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.matrix.late.LATE_AT_MOST", 3)
    birch, session = direct(stage), vodozemac.GroupSession()
    many = [said(birch, session, "x", number) for number in range(5)]
    await stage.play(sync(1, **joined(ROOM, *many)), sync(2))
    assert len(stage.everything()) == 2
    assert len(stage.sync.late) == 3


async def test_a_message_for_another_room_is_put_aside(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()
    await stage.play(sync(1, to_device={"events": [birch.key_of(session)]}))
    other = "!other:localhost"
    plain = json.dumps({"room_id": other, "type": "m.room.message", "content": {"msgtype": "m.text", "body": "x"}})
    sealed = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": session.encrypt(plain.encode()).to_base64(),
        "session_id": session.session_id,
    }
    await stage.play(sync(2, **joined(ROOM, event("m.room.encrypted", sealed))))
    assert stage.everything() == []
    assert stage.sync.put_aside == 1
    assert [one.done for one in stage.ears._held.values()] == [0], "its key is moved past it all the same"


async def test_a_message_whose_batch_failed_can_be_opened_again(stage: Stage) -> None:
    birch, session = direct(stage), vodozemac.GroupSession()
    fails = iter([True, False])

    def during(_: Sequence[Heard]) -> None:
        assert [one.done for one in stage.ears._held.values()] == [-1]
        if next(fails):
            raise LookupError

    stage.during = during
    key = birch.key_of(session)
    asked = joined(ROOM, said(birch, session, "!peer ask", 1))
    await stage.play(sync(1, to_device={"events": [key]}, **asked), sync(1, to_device={"events": [key]}, **asked))
    assert [(one.kind, one.body) for one in stage.everything()] == [("message", "!peer ask")]
    assert [one.done for one in stage.ears._held.values()] == [0]
