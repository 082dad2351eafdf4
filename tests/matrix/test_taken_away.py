"""What was put in the place of a card stands in a room's history for itself, and goes with the card."""

from collections.abc import Mapping
from typing import Any

import pytest

from adapters.matrix.engine import Engine
from adapters.matrix.server import Declined, Trouble, Unclear
from bot.contract.effect import Accepted, Delete, Edit, NotSent, Refused, Say, Unsure
from bot.contract.place import Post, Room
from tests.adapters.contract import VOICE, Bench, card
from tests.matrix.bench import Seen, bench

__all__ = ["bench"]

_ROOMS = "/_matrix/client/v3/rooms/"


def seen(bench: Bench) -> Seen:
    assert isinstance(bench.platform, Seen)
    return bench.platform


def engine(bench: Bench) -> Engine:
    found = seen(bench).adapter._engine
    assert found is not None
    return found


async def in_clear(bench: Bench) -> Room:
    """Return a room in clear that the bot is in."""
    there = seen(bench)
    town, linden = there.town, there.town.people["linden"]
    room = await town.wait(town.found(linden, "hall"))
    await town.wait(town.belongs(linden, bench.space.id, room))
    await town.wait(linden.asks_in(room, there.bot))
    await town.wait(town.until_in(linden, room, there.bot))
    await there.handled()
    return Room("matrix", room)


async def history(bench: Bench, room: Room) -> list[Mapping[str, Any]]:
    """Return what the homeserver has of each message of the bot in a room."""
    there = seen(bench)
    linden = there.town.people["linden"]
    chunk = (await there.town.wait(linden.ask("GET", f"{_ROOMS}{room.id}/messages?dir=b&limit=200")))["chunk"]
    kinds = {"m.room.message", "m.room.encrypted"}
    return [one["content"] for one in chunk if one["sender"] == there.bot and one["type"] in kinds]


async def edited(bench: Bench, room: Room, times: int = 3) -> Post:
    """Say a card in a room, and put others in its place."""
    said = await bench.adapter.perform("k", "m", Say(room, card("canary 0")), VOICE)
    assert isinstance(said, Accepted)
    post = Post(room, said.id)
    for number in range(1, times + 1):
        done = await bench.adapter.perform(f"k{number}", f"m{number}", Edit(post, card(f"canary {number}")), VOICE)
        assert isinstance(done, Accepted)
    return post


@pytest.mark.parametrize("sealed", [True, False])
async def test_nothing_of_a_card_stays_in_the_history(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, sealed: bool
) -> None:
    monkeypatch.setattr("adapters.matrix.effects.EVENTS_A_PAGE", 2)
    room = bench.room if sealed else await in_clear(bench)
    kept = await bench.adapter.perform("other", "other", Say(room, card("stays")), VOICE)
    assert isinstance(kept, Accepted)
    post = await edited(bench, room)
    before = await history(bench, room)
    assert len([one for one in before if one]) == 5
    assert ("canary 2" in str(before)) is not sealed
    assert isinstance(await bench.adapter.perform("d", "d", Delete(post), VOICE), Accepted)
    after = await history(bench, room)
    assert len([one for one in after if one]) == 1, "of five messages one was to stay"
    assert "canary" not in str(after)
    assert isinstance(await bench.adapter.perform("e", "e", Delete(post), VOICE), Accepted)


async def test_what_a_crash_left_goes_with_the_next_try_also_where_the_card_itself_is_gone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = seen(bench)
    linden = there.town.people["linden"]
    room = await in_clear(bench)
    post = await edited(bench, room)
    await there.town.wait(linden.redacts(room.id, post.id))
    assert "canary 3" in str(await history(bench, room)), "a moderator takes away what they see"
    server = engine(bench).server
    real, lost = server.ask, list[str]()

    async def lossy(method: str, address: str, *args: Any, **options: Any) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = await real(method, address, *args, **options)
        if "/redact/" in address and not lost:
            lost.append(address)
            raise Unclear
        return answer

    monkeypatch.setattr(server, "ask", lossy)
    assert await bench.adapter.perform("d", "d", Delete(post), VOICE) == Unsure()
    await there.restart()
    assert isinstance(await bench.adapter.perform("d", "d", Delete(post), VOICE), Accepted)
    assert [one for one in await history(bench, room) if one] == []


@pytest.mark.parametrize(
    ("no", "result"),
    [
        (Declined(429, "M_LIMIT_EXCEEDED", 7.0), NotSent(7.0)),
        (Unclear(), NotSent()),
        (Declined(404, "M_UNRECOGNIZED"), Accepted()),
    ],
)
async def test_where_it_cannot_be_asked_what_was_put_in_its_place_nothing_is_lost(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, no: Trouble, result: object
) -> None:
    room = await in_clear(bench)
    post = await edited(bench, room, 1)
    server = engine(bench).server
    real = server.ask

    async def refuses(method: str, address: str, *args: Any, **options: Any) -> Mapping[str, Any]:
        if "/relations/" in address:
            raise no
        return await real(method, address, *args, **options)

    monkeypatch.setattr(server, "ask", refuses)
    done = await bench.adapter.perform("d", "d", Delete(post), VOICE)
    assert type(done) is type(result)
    if isinstance(result, NotSent):
        assert done == result
        assert len([one for one in await history(bench, room) if one]) == 2, "the card is not gone before they are"
    monkeypatch.setattr(server, "ask", real)
    assert isinstance(await bench.adapter.perform("d", "d", Delete(post), VOICE), Accepted)
    assert [one for one in await history(bench, room) if one] == []


async def test_where_the_bot_cannot_look_the_card_goes_alone_and_the_rest_as_soon_as_it_can(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.matrix.effects.EVENTS_A_PAGE", 2)
    room = await in_clear(bench)
    post = await edited(bench, room)
    server = engine(bench).server
    real = server.ask

    async def refuses(method: str, address: str, *args: Any, **options: Any) -> Mapping[str, Any]:
        if "/relations/" in address or "/messages?" in address:
            raise Declined(403, "M_FORBIDDEN")
        return await real(method, address, *args, **options)

    monkeypatch.setattr(server, "ask", refuses)
    assert isinstance(await bench.adapter.perform("d", "d", Delete(post), VOICE), Accepted)
    assert len([one for one in await history(bench, room) if one]) == 3
    monkeypatch.setattr(server, "ask", real)
    monkeypatch.setattr("adapters.matrix.effects.PAGES", 2)
    for number in range(4):  # what redactions and state bring stands on the same pages
        assert isinstance(await bench.adapter.perform(f"e{number}", f"e{number}", Delete(post), VOICE), Accepted)
    monkeypatch.setattr("adapters.matrix.effects.PAGES", 10)
    assert isinstance(await bench.adapter.perform("f", "f", Delete(post), VOICE), Accepted)
    assert [one for one in await history(bench, room) if one] == []


async def test_only_what_the_bot_wrote_itself_and_may_take_away_is_taken_away(bench: Bench) -> None:
    there = seen(bench)
    birch, linden = there.town.people["birch"], there.town.people["linden"]
    room = await in_clear(bench)
    await there.town.wait(there.town.let_in(linden, room.id, birch))
    post = await edited(bench, room, 1)
    other = await there.town.wait(birch.edits(room.id, post.id, "not mine"))
    await there.town.wait(linden.levels(room.id, {there.bot: -1}))
    assert await bench.adapter.perform("d", "d", Delete(post), VOICE) == Refused("forbidden")
    assert len([one for one in await history(bench, room) if one]) == 2
    await there.town.wait(linden.levels(room.id, {there.bot: 0}))
    assert isinstance(await bench.adapter.perform("e", "e", Delete(post), VOICE), Accepted)
    assert [one for one in await history(bench, room) if one] == []
    found = await there.town.wait(linden.ask("GET", f"{_ROOMS}{room.id}/event/{other}"))
    assert "not mine" in str(found["content"])
