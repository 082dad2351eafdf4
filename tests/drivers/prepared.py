"""Matrix evenings that share one community: people, space and rooms are made once a test process.

What differs from evening to evening is the bot: each has an account, a device and a database of its own. The database
is a copy of one in which the moderator had set the community up, in chat. When an evening ends, its bot is taken out
and the people leave every room but those of the community, so that the next one finds nothing of it.
"""

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from adapters.matrix.keys import STATE
from tests.drivers.matrix import PEOPLE, START, MatrixEvening, MatrixPerson, homeserver
from tests.matrix.town import Resident, Town

_PLACE: Final = "/_matrix/client/v3/rooms/"


@dataclass
class _Community:
    """Everybody and their rooms, and the database of a bot for which they were set up."""

    town: Town
    space: str
    porch: str
    database: Path


class PreparedEvening(MatrixEvening):
    """An evening in the community that this test process shares."""

    _ready: ClassVar[_Community | None] = None
    _bots: ClassVar[int] = 0
    _spoilt = False

    async def start(self, *, set_up_first: bool = True) -> Self:
        kept = await self._community()
        self.town, self.space, self.porch = kept.town, kept.space, kept.porch
        if set_up_first:
            await asyncio.to_thread(shutil.copytree, kept.database, self.folder)
        PreparedEvening._bots += 1
        self.bot_id = await asyncio.to_thread(self.town.account, f"bot{PreparedEvening._bots}")
        for name, days in PEOPLE:
            self.note_came(name, START - timedelta(days=days))
        await self.run()
        await self.town.wait(self._ask_in())
        await self.settle()
        return self

    @staticmethod
    async def _community() -> _Community:
        """Return the community; it is made when there is none, or none that is as it was."""
        if PreparedEvening._ready is not None:
            return PreparedEvening._ready
        await asyncio.to_thread(homeserver)
        folder = tempfile.TemporaryDirectory(prefix="community-")
        atexit.register(folder.cleanup)
        first = MatrixEvening(Path(folder.name) / "first")
        await first.start()
        assert await first.bot.stop() == 0
        (first.folder / STATE).unlink()  # the keys of the bot that was there
        await first.town.wait(_tidy(first))
        PreparedEvening._ready = _Community(first.town, first.space, first.porch, first.folder)
        return PreparedEvening._ready

    def newcomer(self, name: str, days: int) -> MatrixPerson:
        self._spoilt = True
        return super().newcomer(name, days)

    async def role(self, name: str) -> str:
        known = len(self.roles)
        room = await super().role(name)
        self._spoilt = self._spoilt or len(self.roles) > known
        return room

    async def stop(self) -> None:
        """End the bot, and leave the community as it was; one that is no longer so is given up."""
        code = await self.bot.stop()
        if self._spoilt:
            PreparedEvening._ready = None
            await asyncio.to_thread(self.town.close)
        else:
            await self.town.wait(_tidy(self))
        assert code == 0, "the bot ended badly"


async def _tidy(evening: MatrixEvening) -> None:
    """Take the bot out, and let everybody be where they were. Runs in the town."""
    linden = evening.town.people["linden"]
    for room in evening.places():
        await linden.kicks(room, evening.bot_id)
    for name in evening.town.people:
        there = await evening.town.people[name].ask("GET", "/_matrix/client/v3/joined_rooms")
        if not set(evening.places()) <= set(there["joined_rooms"]):
            await evening.let_in(name)
    levels: Mapping[str, Any] = await linden.ask("GET", f"{_PLACE}{evening.space}/state/m.room.power_levels")
    low = {user: 0 for user, level in levels.get("users", {}).items() if level < 0}
    if low:
        await linden.levels(evening.space, low)
    await asyncio.gather(*(_away(one, evening.places()) for one in evening.town.people.values()))


async def _away(person: Resident, places: tuple[str, ...]) -> None:
    """Let somebody leave and forget every room but these, and forget what they read."""
    await person.pump(0)
    joined = set((await person.ask("GET", "/_matrix/client/v3/joined_rooms"))["joined_rooms"])
    for room in {*person.client.rooms, *person.client.invited_rooms} - set(places):
        if room in joined or room in person.client.invited_rooms:
            await person.leaves(room)
        with suppress(AssertionError):  # it is not there any more
            await person.ask("POST", f"{_PLACE}{room}/forget", {})
    await person.pump(0)
    for known in (person.client.rooms, person.client.invited_rooms):
        for room in set(known) - set(places):
            del known[room]  # the library keeps what was left
    person.events.clear()
