"""The Matrix adapter at a real homeserver, with a core that notes, and people whose clients see what it says."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix import Account, MatrixAdapter
from bot.chance import SecretChance
from bot.clock import SystemClock
from bot.contract.effect import Accepted, Say
from bot.contract.place import Member, Place, Room, Space
from tests.adapters.contract import VOICE, Bench, card
from tests.adapters.local.fakes import NOW, NotingSink, PlainSpeaker, StillClock, buttons
from tests.matrix.people import PASSWORD, PATIENCE
from tests.matrix.synapse import Homeserver
from tests.matrix.town import Resident, Town


def member(person: Resident) -> Member:
    return Member("matrix", person.id)


@dataclass
class Seen:
    """The homeserver, as the shared contract looks at it: through the people's own clients."""

    town: Town
    adapter: MatrixAdapter
    sink: NotingSink
    bot: str
    direct: dict[str, str]
    running: "asyncio.Task[None]"
    make: Callable[..., MatrixAdapter]
    bench: Bench | None = None
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def stop(self) -> None:
        """End the adapter."""
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running

    async def start(self, **options: Any) -> None:
        """Start an adapter on what the one before it kept."""
        self.adapter = self.make(**options)
        self.running = asyncio.create_task(self.adapter.run(self.sink))
        await asyncio.wait_for(self.adapter.ready(), PATIENCE)
        if self.bench is not None:
            self.bench.adapter = self.adapter

    async def handled(self) -> None:
        """Wait until what was heard so far is handled, and that is on disk."""
        assert self.adapter._engine is not None
        sync = self.adapter._engine.sync
        assert sync is not None
        wanted = sync.turns + 2
        async with asyncio.timeout(PATIENCE), sync.turned:
            await sync.turned.wait_for(lambda: sync.turns >= wanted)

    async def restart(self, **options: Any) -> None:
        """End the adapter, and start another on what it kept."""
        await self.stop()
        await self.start(**options)

    def who(self, place: Place) -> tuple[Resident, str]:
        if isinstance(place, Room):
            return self.town.people["birch"], place.id
        person = next(one for one in self.town.people.values() if one.id == place.id)
        return person, self.direct[place.id]

    def seen(self, place: Place) -> tuple[str, ...]:
        """Return what the bot wrote at a place, as it stands now, oldest first."""
        person, room = self.who(place)
        self.town.do(person.pump(0))
        return tuple(str(content["body"]) for _, content in person.stands(room, self.bot))

    def close(self, member: Member) -> None:
        person, room = self.who(member)
        self.town.do(person.leaves(room))

    async def hush(self, room: Room) -> None:
        linden = self.town.people["linden"]
        await self.town.wait(linden.levels(room.id, {self.bot: -1}))

    async def press(self, member: Member, button: str) -> None:
        """Let somebody press the first key under a message for which this id was noted.

        On Matrix nobody sends an id: what is pressed is an event, and its ids are the adapter's own. So what a forged
        one could be is a forged entry there.
        """
        person, room = self.who(member)
        key = f"to press {next(self.numbers)}"
        said = await self.adapter.perform(key, key, Say(member, card()), VOICE)
        assert isinstance(said, Accepted)
        self.adapter.shown.put(room, said.id, (button,), NOW)
        before = len(self.sink.intents)
        await self.town.wait(person.reacts(room, said.id, "1\ufe0f\u20e3"))
        async with asyncio.timeout(PATIENCE):
            while len(self.sink.intents) == before:  # noqa: ASYNC110 - the core notes without a word
                await asyncio.sleep(0.01)


@pytest.fixture
async def bench(
    homeserver: Homeserver, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bench]:
    monkeypatch.setattr("adapters.matrix.sync.POLL", 1)
    town = Town(homeserver, name)
    sink = NotingSink()
    bot = await asyncio.to_thread(town.account, "bot")
    account = Account(homeserver.url, bot, PASSWORD)

    def make(**options: Any) -> MatrixAdapter:
        return MatrixAdapter(
            account,
            tmp_path,
            b"m" * 32,
            PlainSpeaker(),
            buttons(),
            StillClock(),
            SecretChance(),
            wire=SystemClock(),
            **options,
        )

    adapter = make()
    seen = Seen(town, adapter, sink, bot, {}, asyncio.create_task(adapter.run(sink)), make)
    await asyncio.wait_for(adapter.ready(), PATIENCE)

    async def settle() -> tuple[str, str, dict[str, str]]:
        birch, rowan, linden = await asyncio.gather(*(town.come(one) for one in ("birch", "rowan", "linden")))
        space, porch = await asyncio.gather(
            town.found(linden, "Porch", space=True), town.found(linden, "porch", encrypted=True)
        )
        await town.belongs(linden, space, porch)
        direct = {}
        for room in (space, porch):
            await linden.asks_in(room, bot)
            await town.let_in(linden, room, birch, rowan)
            await town.until_in(linden, room, bot)
        await linden.levels(porch, {bot: 50})
        for one in (birch, rowan):
            direct[one.id] = await one.direct(bot)
            await town.until_in(one, direct[one.id], bot)
        return space, porch, direct

    space, porch, direct = await town.wait(settle())
    people = town.people
    async with asyncio.timeout(PATIENCE):
        while not all(adapter.knows(one) for one in direct):  # noqa: ASYNC110 - rooms settle without a word
            await asyncio.sleep(0.01)
    seen.direct = direct
    seen.bench = Bench(
        adapter,
        seen,
        sink,
        buttons(),
        member=member(people["birch"]),
        other=member(people["rowan"]),
        stranger=Member("matrix", f"@nobody-{name}:localhost"),
        moderator=member(people["linden"]),
        space=Space("matrix", space),
        room=Room("matrix", porch),
        nowhere=Room("matrix", "!nowhere:localhost"),
    )
    yield seen.bench
    await seen.stop()
    await asyncio.to_thread(town.close)
