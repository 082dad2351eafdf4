"""Which rooms the bot stays in and which it leaves: no answer comes, or a room is not what was said of it.

The shipped adapter over a homeserver that answers as it is told.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from adapters.matrix import MatrixAdapter
from adapters.matrix.client import _Parts
from adapters.matrix.heard import Heard
from adapters.matrix.inbound import Invited
from adapters.matrix.invites import TRIES, Waiting
from adapters.matrix.keys import InMemory
from adapters.matrix.places import Places
from adapters.matrix.server import Declined, Unclear
from adapters.matrix.session import Account, State
from bot.chance import SecretChance
from bot.contract.effect import Accepted, Unsure
from tests.adapters.local.fakes import PlainSpeaker, buttons
from tests.matrix.script import BOT, Clock, Stage, joined, sync
from tests.matrix.test_places import BIRCH, NEW, OLD, ROOM, World, follows

LINDEN = "@linden:localhost"


class Held(Clock):
    """A clock that stands still until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.goes = asyncio.Event()

    async def sleep_until(self, instant: datetime) -> None:
        await self.goes.wait()
        await super().sleep_until(instant)


class Adapter:
    """An adapter whose engine asks a world."""

    def __init__(self, allowed: Sequence[str], folder: Path) -> None:
        self.world = World()
        self.world.there(OLD)
        self.clock = Held()
        account = Account("http://localhost:1", BOT)
        self.adapter = MatrixAdapter(
            account, folder, b"k" * 32, PlainSpeaker(), buttons(), self.clock, SecretChance(), allowed=allowed
        )
        engine = self.world.engine
        self.waiting = Waiting(engine, self.clock, self._again)
        made = SimpleNamespace(engine=engine, places=Places(engine, allowed), waiting=self.waiting)
        self.parts = cast("_Parts", made)
        self.again: list[Heard] = []

    @property
    def state(self) -> State:
        return self.world.engine.state

    async def _again(self, heard: Heard) -> None:
        self.again.append(heard)
        if heard.kind == "tombstone":
            await self.adapter._followed(self.parts, heard, heard.relates_to)
        else:
            await self.hears(heard)

    async def hears(self, heard: Heard) -> None:
        direct = heard.key != "room"
        await self.adapter._invited(self.parts, heard, Invited(direct=direct, encrypted=direct))

    async def rest(self) -> None:
        """Let time go on, until nothing waits any more."""
        self.clock.goes.set()
        async with asyncio.timeout(10):
            while self.waiting._tasks:
                await asyncio.gather(*self.waiting._tasks)


@pytest.fixture
def adapter(tmp_path: Path) -> Adapter:
    return Adapter((OLD,), tmp_path)


def invite(key: str = "room", room: str = ROOM, sender: str = BIRCH) -> Heard:
    return Heard("", room, sender, "invite", key=key)


async def settled(stage: Stage, *there: str) -> list[Heard]:
    """Return what is heard of a room that was to be a direct one, where those are in it."""
    stage.state.pending[ROOM] = BIRCH
    stage.server.answers["/members"] = {
        "chunk": [{"state_key": one, "content": {"membership": "join"}} for one in there]
    }
    await stage.play(sync(1, **joined(ROOM)))
    return stage.everything()


@pytest.mark.parametrize("there", [(BOT, BIRCH, LINDEN), (BOT,)])
async def test_a_room_that_turns_out_not_to_be_direct_is_judged_as_any_other(there: tuple[str, ...]) -> None:
    stage = Stage()
    (heard,) = await settled(stage, *there)
    assert (heard.kind, heard.key, heard.room, heard.sender) == ("invite", "room", ROOM, BIRCH)
    assert stage.state.direct == {}
    assert stage.state.pending == {ROOM: BIRCH}, "nothing is done there before it is judged"


@pytest.mark.parametrize("listed", [True, False])
async def test_by_the_list_it_is_stayed_in_or_left(tmp_path: Path, listed: bool) -> None:
    adapter = Adapter((OLD, BIRCH) if listed else (OLD,), tmp_path)
    adapter.world.there(ROOM)
    adapter.world.state[OLD, "m.room.member", BIRCH] = {"membership": "join"}
    adapter.state.pending[ROOM] = BIRCH
    assert ROOM not in adapter.parts.places.rooms()
    await adapter.hears(invite())
    assert adapter.world.away == ([] if listed else [ROOM])
    assert (ROOM in adapter.parts.places.rooms()) is listed
    assert adapter.state.pending == {}
    assert adapter.world.script.of("/join/") == []


async def test_an_invite_of_which_is_not_remembered_that_it_is_direct_is_judged_as_any_other(adapter: Adapter) -> None:
    adapter.world.state[OLD, "m.room.member", BIRCH] = {"membership": "join"}
    await adapter.hears(invite("direct"))
    assert adapter.world.script.of("/join/") == []
    assert adapter.world.away == [ROOM]


@pytest.mark.parametrize("trouble", [Unclear(), Declined(429, "M_LIMIT_EXCEEDED", 7.0)])
async def test_an_invite_that_cannot_be_judged_now_is_judged_later(adapter: Adapter, trouble: Exception) -> None:
    adapter.world.state[OLD, "m.room.member", BIRCH] = {"membership": "join"}
    adapter.world.state[ROOM, "m.room.encryption", ""] = {"algorithm": "m.megolm.v1.aes-sha2"}
    adapter.state.pending[ROOM] = BIRCH
    answers = adapter.world.script.answers
    right, answers["/state/"] = answers["/state/"], trouble
    await adapter.hears(invite("direct"))
    assert adapter.state.waiting == {ROOM: [BIRCH, "direct"]}
    answers["/state/"] = right
    await adapter.rest()
    assert adapter.clock.slept == [max(getattr(trouble, "wait", 0.0), 1.0)]
    assert len(adapter.world.script.of("/join/")) == 1
    assert (adapter.state.waiting, adapter.state.pending, adapter.world.away) == ({}, {ROOM: BIRCH}, [])


async def test_an_invite_that_is_given_up_leaves_nothing(adapter: Adapter) -> None:
    adapter.state.pending[ROOM] = BIRCH
    adapter.world.script.answers["/state/"] = Unclear()
    await adapter.hears(invite("direct"))
    await adapter.rest()
    assert len(adapter.again) == TRIES
    assert (adapter.state.waiting, adapter.state.pending, adapter.world.away) == ({}, {}, [ROOM])


async def test_who_is_forgotten_while_their_invite_waits_does_not_come_back(adapter: Adapter) -> None:
    adapter.state.pending[ROOM] = BIRCH
    adapter.world.script.answers["/state/"] = Unclear()
    await adapter.hears(invite("direct"))
    del adapter.state.waiting[ROOM], adapter.state.pending[ROOM]
    await adapter.rest()
    assert (adapter.again, adapter.state.waiting, adapter.waiting._tries) == ([], {}, {})


async def test_nor_while_it_is_tried(adapter: Adapter) -> None:
    assert await adapter.waiting.later(invite("direct"), Unsure())
    del adapter.state.waiting[ROOM]
    assert not await adapter.waiting.later(invite("direct"), Unsure())
    assert (adapter.state.waiting, adapter.waiting._tries) == ({}, {})


# Rooms that go on in another.


async def closes(adapter: Adapter) -> Heard:
    """Let the old room say that it goes on, while nothing can be asked."""
    adapter.world.state[OLD, "m.room.power_levels", ""] = {"users": {LINDEN: 100}}
    adapter.world.closed(OLD, NEW)
    follows(adapter.world)
    return Heard("$closed", OLD, LINDEN, "tombstone", relates_to=NEW)


@pytest.mark.parametrize("restarted", [True, False])
@pytest.mark.parametrize("trouble", [Unclear(), Declined(429, "M_LIMIT_EXCEEDED", 7.0)])
async def test_a_room_that_cannot_be_followed_now_is_followed_later(
    adapter: Adapter, restarted: bool, trouble: Exception
) -> None:
    heard = await closes(adapter)
    answers = adapter.world.script.answers
    right, answers["/state/"] = answers["/state/"], trouble
    await adapter.adapter._followed(adapter.parts, heard, NEW)
    assert adapter.state.waiting == {OLD: [LINDEN, NEW]}
    answers["/state/"] = right
    if restarted:
        await adapter.waiting.close()
        adapter.waiting.resume()
    await adapter.rest()
    assert (adapter.state.followed, adapter.state.waiting) == ({OLD: NEW}, {})


async def test_a_door_that_is_asked_at_too_often_is_tried_later(adapter: Adapter) -> None:
    heard = await closes(adapter)
    answers = adapter.world.script.answers
    right, answers["/join/"] = answers["/join/"], Declined(429, "M_LIMIT_EXCEEDED", 7.0)
    await adapter.adapter._followed(adapter.parts, heard, NEW)
    assert adapter.state.waiting == {OLD: [LINDEN, NEW]}
    answers["/join/"] = right
    await adapter.rest()
    assert (adapter.state.followed, adapter.clock.slept) == ({OLD: NEW}, [7.0])


async def test_a_room_that_can_never_be_followed_is_stayed_in(adapter: Adapter) -> None:
    heard = await closes(adapter)
    adapter.world.script.answers["/state/"] = Unclear()
    await adapter.adapter._followed(adapter.parts, heard, NEW)
    await adapter.rest()
    assert (adapter.state.followed, adapter.state.waiting, adapter.world.away) == ({}, {}, [])


async def test_who_closed_a_room_and_is_forgotten_does_not_take_the_bot_out_of_it(adapter: Adapter) -> None:
    engine = adapter.world.engine
    adapter.state.waiting |= {OLD: [BIRCH, NEW], ROOM: [BIRCH, "room"]}
    engine._devices = cast("Any", SimpleNamespace(forget=lambda _: None))
    await engine.forget(BIRCH)
    assert (adapter.state.waiting, adapter.world.away) == ({}, [ROOM])


# Leaving.


async def test_a_room_that_cannot_be_left_now_is_left_later(adapter: Adapter) -> None:
    engine, answers = adapter.world.engine, adapter.world.script.answers
    adapter.world.there(NEW)
    adapter.state.followed[OLD] = NEW
    right, answers["/leave"] = answers["/leave"], Unclear()
    for _ in range(2):
        assert not isinstance(await engine.leave(NEW), Accepted)
    assert adapter.state.leaving == [NEW]
    assert adapter.state.followed == {}, "the old one goes on nowhere"
    saved = cast("InMemory", engine._saved).state
    assert saved is not None
    assert State.read(saved).leaving == [NEW]
    answers["/leave"] = right
    await engine._go()
    assert (adapter.state.leaving, adapter.world.away) == ([], [NEW])


async def test_who_is_taken_out_of_the_room_that_follows_follows_no_more() -> None:
    stage = Stage()
    stage.state.followed |= {OLD: NEW, NEW: ROOM}
    stage.ears.joined.add(ROOM)
    await stage.play(sync(1, rooms={"leave": {ROOM: {}}}))
    assert stage.state.followed == {OLD: NEW}
