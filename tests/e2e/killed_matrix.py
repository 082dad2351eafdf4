"""An evening on Matrix whose bot may be killed at any moment, and what is looked at when it is over.

The same evening as in `tests.e2e.evening`, at a real homeserver. People who get no answer because the bot has died look
what is there when it is back, as people do, and ask again only if nothing came of it. What counts is every message of
the bot that ever came to their clients, whether or not it was changed or taken away later.
"""

import signal
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

from tests.drivers.matrix import MatrixPerson, read
from tests.drivers.prepared import PreparedEvening
from tests.drivers.process import Died

NEVER: Final = ("never", 1)
"""A failpoint that is never passed: names are noted all the same."""

SHORT, LONG = timedelta(seconds=3.1), timedelta(minutes=25)
"""How long the bot is down, by its own clock: the homeserver still knows its transactions, or (as far as the bot may
trust) only a room's history can tell what was sent."""

GREETING: Final = "I will write to you here."
"""Said before somebody's first request is stored, to learn whether they can be written to. So it is in no outbox; whose
request was lost with it asks again, and is greeted again."""

TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "alder": ("Your light is on", "Would you like to be introduced?", "both said yes"),
    "birch": ("I ask peers one at a time", "both said yes"),
    "rowan": ("Your light is on", "without an introduction"),
}
"""What each of them is told by itself: this, once each, in this order, and nothing else."""


class Patient(MatrixPerson):
    """Somebody who waits no longer for an answer when the bot has died."""

    async def _until(self, happened: Callable[[], Any]) -> Any:
        def found() -> Any:
            if got := happened():
                return got
            if not self.evening.bot.runs:
                raise Died
            return None

        return await self.at.until(found)

    async def _open(self) -> str:
        await self.looks()
        if not self.direct:
            self.direct = await self.at.direct(self.evening.bot_id)
        room = self.at.client.rooms[self.direct]
        bot = self.evening.bot_id
        await self._until(lambda: bot in room.users and bot not in room.invited_users)
        return self.direct

    async def _answered(self, doing: Any) -> str:
        cast("Told", self.evening).answered[self.id] += 1
        try:
            await self._open()
            before = {event for event, _ in self._answers()}
        except Died:
            doing.close()
            raise
        await doing
        return "\n".join(await self._until(lambda: [words for event, words in self._answers() if event not in before]))

    def _answers(self) -> list[tuple[str, str]]:
        stands = self.at.stands(self.direct, self.evening.bot_id)
        return [(event, read(content)) for event, content in stands if content["msgtype"] == "m.notice"]


class Told(PreparedEvening):
    """The evening.

    Attributes:
        answered: How often each of them did something that is answered.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.answered: Counter[str] = Counter()
        self._over = False

    def person(self, name: str) -> MatrixPerson:
        return self._people.setdefault(name, Patient(self, name))

    # What happens.

    async def play(self) -> None:
        """Play the evening. Whoever has been there already goes on from what they see."""
        alder, birch, rowan = (self.person(name) for name in TOLD)
        await self.until_seen(alder, "Your light is on", "both said yes", "peer light on", hours="4")
        await self.until_seen(birch, "I ask peers one at a time", "both said yes", "peer request", span="1d")
        await self.press(alder, "peer.yes")
        await self.wind(minutes=30)
        for one in (birch, alder):
            if not one.rooms():
                await self.press(one, "peer.enter")
        assert alder.rooms() == birch.rooms() != ()
        await self.wind(hours=1)
        # Somebody else's light goes out on its own, so that time does its part too; and a day later there is a sweep.
        await self.until_seen(rowan, "Your light is on", "without an introduction", "peer light on", hours="1")
        await self.wind(hours=25)

    async def until_seen(self, who: MatrixPerson, words: str, later: str, command: str, **args: str) -> None:
        """Ask until the card is there, or what comes after it, as somebody does whose app showed nothing."""
        for _ in range(5):
            stands = "\n".join(who.sees())
            if words in stands or later in stands:
                return
            await who.asks(command, args)
        raise AssertionError(words)

    async def press(self, who: MatrixPerson, action: str) -> None:
        """Press a choice, if it is still there."""
        if action in who.choices():
            await who.presses(action)

    async def fall(self) -> None:
        """Play until the bot has killed itself."""
        with suppress(Died):
            if self.bot.runs:
                await self.play()
        assert not self.bot.runs, "it was never killed"
        assert await self.bot.ended() == -signal.SIGKILL

    async def rise(self, after: timedelta, dies_of: tuple[str, int] = NEVER) -> None:
        """Start the bot again, some time after it fell, and let everybody look what it did meanwhile.

        It may fall at once: what waited for it is done first.
        """
        self.clock += after
        self.rehearsed = {"die_of": dies_of}
        try:
            await self.run()
            await self.settle()
            for name in TOLD:
                self.person(name).sees()
        except (AssertionError, Died):
            if dies_of == NEVER or self.bot.runs:
                raise

    def waits(self) -> bool:
        """Return whether somebody is to be asked what soon is too old to be asked, and does not see it yet.

        After a long time that is not sent any more, and rightly so: then the evening would be another one.
        """
        self.person("alder").sees()
        asked = any("Would you like to be introduced?" in one for one in self.told("alder", "m.text"))
        return self.rows()["question"] > 0 and not asked

    def points(self) -> list[str]:
        """Return the names of the failpoints that were passed, in all its lives."""
        noted = self.folder / "points"
        return noted.read_text(encoding="utf-8").split() if noted.exists() else []

    # What is looked at.

    def told(self, name: str, kind: str) -> list[str]:
        """Return every message of a kind that somebody's client ever got from the bot, oldest first."""
        who = self.person(name)
        found: list[str] = []
        for room, event in who.at.events:
            content = event.source.get("content", {})
            edit = "m.new_content" in content
            if room == who.direct and event.sender == self.bot_id and content.get("msgtype") == kind and not edit:
                found.append(read(content))
        return found

    def check(self) -> None:
        """Look at what people were shown, and at what is left."""
        for name, expected in TOLD.items():
            everything = self.told(name, "m.text")
            said = [one for one in everything if GREETING not in one]
            assert 1 <= len(everything) - len(said) <= self.answered[name], (name, "greeted for no reason")
            assert len(said) == len(expected), (name, "lost or doubled", said)
            assert all(words in one for words, one in zip(expected, said, strict=True)), (name, "out of order", said)
            assert len(self.told(name, "m.notice")) <= self.answered[name], (name, "answered twice")
        alder, birch = self.person("alder"), self.person("birch")
        (room,) = alder.rooms()
        assert birch.rooms() == (room,)
        inside = self.town.do(alder.at.ask("GET", f"/_matrix/client/v3/rooms/{room}/joined_members"))["joined"]
        assert set(inside) == {alder.at.id, birch.at.id}, "both, and not the bot that made it"
        with closing(self._look()) as look:
            assert look.execute("pragma integrity_check").fetchone() == ("ok",)
        rows = self.rows()
        for table in ("opening", "opening_word", "question", "agenda", "outbox", "post"):
            assert rows[table] == 0, table
        assert rows["met"] == 1

    async def give_up(self) -> None:
        """End an evening that went wrong, and the community with it."""
        if not self._over:
            await self.bot.kill()
            self._spoilt = True
            with suppress(AssertionError):
                await self.stop()

    async def stop(self) -> None:
        self._over = True
        await super().stop()
