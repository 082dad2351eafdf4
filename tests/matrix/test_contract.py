"""The Matrix adapter keeps the contract of all adapters, against a real homeserver."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from adapters.matrix import Account, MatrixAdapter
from bot.chance import SecretChance
from bot.clock import SystemClock
from bot.contract.effect import Accepted, Say
from bot.contract.place import Member, Place, Room, Space
from tests.adapters.contract import VOICE, AdapterContract, Bench, card
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
    porch: str
    direct: dict[str, str]
    running: "asyncio.Task[None]"
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    async def stop(self) -> None:
        """End the adapter."""
        self.running.cancel()
        with suppress(asyncio.CancelledError):
            await self.running

    def _who(self, place: Place) -> tuple[Resident, str]:
        if isinstance(place, Room):
            return self.town.people["birch"], place.id
        person = next(one for one in self.town.people.values() if one.id == place.id)
        return person, self.direct[place.id]

    def seen(self, place: Place) -> tuple[str, ...]:
        """Return what the bot wrote at a place, as it stands now, oldest first."""
        person, room = self._who(place)
        self.town.do(person.pump(0))
        return tuple(str(content["body"]) for _, content in person.stands(room, self.bot))

    def close(self, member: Member) -> None:
        person, room = self._who(member)
        self.town.do(person.leaves(room))

    async def press(self, member: Member, button: str) -> None:
        """Let somebody press the first key under a message for which this id was noted.

        On Matrix nobody sends an id: what is pressed is an event, and its ids are the adapter's own. So what a forged
        one could be is a forged entry there.
        """
        person, room = self._who(member)
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
    adapter = MatrixAdapter(
        account, tmp_path, b"m" * 32, PlainSpeaker(), buttons(), StillClock(), SecretChance(), wire=SystemClock()
    )
    running = asyncio.create_task(adapter.run(sink))
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
    seen = Seen(town, adapter, sink, bot, porch, direct, running)
    yield Bench(
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
    await seen.stop()
    await asyncio.to_thread(town.close)


class TestMatrix(AdapterContract):
    async def test_cancelling_ends_it(self, bench: Bench) -> None:
        assert isinstance(bench.platform, Seen)
        await bench.platform.stop()  # one process alone has the account's state
        await super().test_cancelling_ends_it(bench)
