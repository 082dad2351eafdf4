"""Long answers, read as they come."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from adapters.matrix.filter import STATE_TYPES, kept
from adapters.matrix.pieces import DEEPEST_ENTERED, STEP, everything, read_pieces
from adapters.matrix.server import LARGEST, SHORT, Declined, Server, Unclear, path
from adapters.matrix.shapes import DEEPEST, Poison, read_json
from tests.matrix.script import event, reaction
from tests.matrix.synapse import free_port


async def cut(text: bytes, *places: int) -> AsyncIterator[bytes]:
    for begin, end in zip((0, *places), (*places, len(text)), strict=True):
        yield text[begin:end]


async def read(text: bytes, *places: int) -> Any:
    return await read_pieces(b"", cut(text, *places))


VALUES: list[Any] = [
    {},
    [],
    "words",
    12.5,
    None,
    {"a": [], "b": {}, "": [{}], 'ü\U0001f44b\\"\n': ["\U0001f44b", "\ud800", "[{", 'a"']},
    [1, -2.5e-7, 12345678901234567890, True, False, None, "1"],
    {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": [{"i": [1]}]}}}}}}}},
    [[[["a"]], {"b": [[]]}]],
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("written", [{}, {"indent": 1}, {"ensure_ascii": False}])
async def test_it_says_what_is_said_wherever_it_is_cut(value: Any, written: dict[str, Any]) -> None:
    text = json.dumps(value, **written).encode(errors="replace")
    wanted = read_json(text)
    for place in range(len(text) + 1):
        assert await read(text, place) == wanted
    assert await read(text, *range(1, len(text))) == wanted, "letter by letter"
    assert await read_pieces(text, cut(b"")) == wanted


@pytest.mark.parametrize(
    "text",
    [
        b"", b" ", b"{", b'{"a"', b'{"a":', b'{"a":}', b'{"a":1,}', b'{"a":1 "b":2}', b"{1:2}", b"[1,]", b"[1 2]", b"[",
        b"[}", b"nul", b"{}{}", b"{} x", b'"', b"<html>", b"\xff\xfe", b"-", b'{"a":[1.]}', b'{"a":[{]}]}',
    ],
)  # fmt: skip
async def test_what_is_no_json_is_poison_and_says_nothing_of_itself(text: bytes) -> None:
    for places in ((), range(1, len(text))):
        with pytest.raises(Poison) as no:
            await read(text, *places)
        assert no.value.args == ("json",)
        assert no.value.__cause__ is None


async def test_it_agrees_with_the_library_about_whatever_is_broken() -> None:
    chance = random.Random(20_270_305)
    whole = json.dumps(VALUES, ensure_ascii=False).encode(errors="replace")
    for _ in range(2_000):
        text = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            text[chance.randrange(len(text))] = chance.choice(b'[]{},:"\\ 0e.x\xf0')
        places = sorted(chance.sample(range(len(text)), 3))
        try:
            wanted = read_json(bytes(text))
        except Poison:
            with pytest.raises(Poison):
                await read(bytes(text), *places)
        else:
            assert await read(bytes(text), *places) == wanted


@pytest.mark.parametrize("deep", [DEEPEST_ENTERED, DEEPEST, 5_000, 100_000])
@pytest.mark.parametrize(("left", "right"), [('{"a":', "}"), ("[", "]"), ('{"a]}":["\\"[",', "]}")])
async def test_what_nests_without_end_hides_nothing_beside_it(deep: int, left: str, right: str) -> None:
    poison = left * deep + "1" + right * deep
    text = f'{{"one":1,"poison":[{poison},2],"too":{poison},"two":2}}'.encode()
    for places in ((), (len(text) // 2,), range(1, len(text), max(len(text) // 50, 1))):
        found = await read(text, *places)
        assert (found["one"], found["poison"][1], found["two"]) == (1, 2, 2)
    with pytest.raises(Poison):
        await read(text[: len(text) // 4])


async def test_brackets_in_a_string_that_is_cut_end_nothing() -> None:
    text = ("[" + "[" * 5_000 + '"' + "]" * 9_000 + '"' + "]" * 5_000 + ",1]").encode()
    assert (await read(text, 12_000))[1] == 1


async def test_a_value_that_cannot_be_hides_no_other() -> None:
    text = b'{"a":' + b"9" * 5_000 + b',"b":NaN,"c":"\xff","d":[1e999,-Infinity]}'
    found = await read(text, 3_000, 5_007)
    assert (found["a"], found["b"], list(found)) == (0, None, ["a", "b", "c", "d"])


async def test_others_get_their_turn_while_much_is_read() -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    text = json.dumps({"events": [reaction(number) for number in range(5_000)]}).encode()
    beside = asyncio.create_task(other())
    found = await read_pieces(text, cut(b""))
    beside.cancel()
    assert len(found["events"]) == 5_000
    assert turns >= len(text) // STEP


async def test_what_is_not_kept_is_not_there() -> None:
    names: list[tuple[str, ...]] = []

    def keep(leading: tuple[str, ...], piece: Any) -> bool:
        names.append(leading)
        return bool(piece != 2)

    assert await read_pieces(b'{"a":{"b":[1,2,3]},"c":[2],"d":2}', cut(b""), keep) == {
        "a": {"b": [1, 3]},
        "c": [],
        "d": 2,
    }
    assert names == [("a", "b")] * 3 + [("c",)]
    assert everything((), None)


# Of a sync.


def member(number: int) -> dict[str, Any]:
    return event("m.room.member", {"membership": "join"}, number, state_key=f"@m{number}:localhost")


def told() -> dict[str, Any]:
    """Return a sync of a homeserver that makes nothing of filters."""
    state = [
        member(1),
        event("m.room.encryption", {}),
        event("m.room.name", {}),
        7,
        member(2),
        event("m.room.tombstone", {}),
    ]
    part = {"state": {"events": state}, "timeline": {"events": [member(3), reaction()]}, "ephemeral": {"events": [{}]}}
    return {
        "next_batch": "s1",
        "to_device": {"events": [event("m.room.encrypted", {})]},
        "device_lists": {"changed": ["@birch:localhost"]},
        "presence": {"events": [{}]},
        "account_data": {"events": [{}]},
        "rooms": {
            "join": {"!a:localhost": part, "!b:localhost": part},
            "leave": {"!c:localhost": part},
            "invite": {"!d:localhost": {"invite_state": {"events": [member(4)]}}},
        },
    }


@pytest.mark.parametrize("first", [True, False])
async def test_what_nobody_asked_for_is_not_held(first: bool) -> None:
    found = await read_pieces(json.dumps(told()).encode(), cut(b""), kept(first=first))
    for room in ("!a:localhost", "!b:localhost"):
        part = found["rooms"]["join"][room]
        kinds = [one["type"] for one in part["state"]["events"]]
        assert kinds == (["m.room.member"] if not first else []) + ["m.room.encryption", "m.room.tombstone"]
        assert set(kinds) <= set(STATE_TYPES)
        assert [one["type"] for one in part["timeline"]["events"]] == ([] if first else ["m.room.member", "m.reaction"])
        assert part["ephemeral"] == {"events": []}
    assert found["rooms"]["leave"]["!c:localhost"]["timeline"] == {"events": []}
    assert found["presence"] == found["account_data"] == {"events": []}
    same = told()
    for what in ("to_device", "device_lists", "next_batch"):
        assert found[what] == same[what]
    assert found["rooms"]["invite"] == same["rooms"]["invite"]


# Over the wire.


@pytest.mark.parametrize("size", [10, SHORT - 30, SHORT, 3 * SHORT])
@pytest.mark.parametrize("broken", [False, True])
async def test_long_answers_and_short_ones_say_the_same(size: int, broken: bool) -> None:
    async def answer(request: web.Request) -> web.Response:
        body = json.dumps({"errcode": "M_LONG", "list": ["x" * 9] * (size // 12 + 1)})
        status = 403 if request.path.endswith("declined") else 200
        return web.Response(text=body[: -1 if broken else None], status=status)

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    server = Server(f"http://127.0.0.1:{port}")
    try:
        if broken:
            with pytest.raises(Unclear):
                await server.ask("GET", path("sync"))
        else:
            assert len((await server.ask("GET", path("sync")))["list"]) == size // 12 + 1
            with pytest.raises(Declined):
                await server.ask("GET", path("declined"))
    finally:
        await server.close()
        await runner.cleanup()
    assert size < LARGEST
