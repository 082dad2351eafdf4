"""The evening on Discord, with a bot killed by signal 9 and started again: nothing is lost, nothing comes twice.

The same evening as in `tests.e2e.evening`, on the real client library. What is looked at is what Discord passed on to
people, every message there ever was, whether or not it was taken away later.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.failpoints import FAILPOINTS
from tests.discord.standin import Channel, permissions
from tests.drivers.discord import DiscordEvening, DiscordPerson, read
from tests.drivers.process import Died
from tests.promises import drove

PARTS, SOAK_PARTS = 2, 8
"""How many tests share the failpoints of every run, and all the others."""

NEVER = 10**9
"""The number of a failpoint that is never passed: names are noted all the same."""

SHORT, LONG = timedelta(seconds=3.1), timedelta(minutes=5)
"""How long the bot is down: Discord still knows its keys, or only a channel's history can tell what was sent."""

A_DELIVERY = 6
"""Failpoints of an effect that is delivered. An intent has two before; so the fourth of the last is passed then."""

SEND = "POST /channels/{channel_id}/messages"

NOT_THIS_EVENING = {
    "due.later.commit": "no job goes wrong",
    "due.later.committed": "no job goes wrong",
    "delivery.find": "without a kill nothing is in doubt",
    "delivery.found": "the same",
    "delivery.later.commit": "Discord is always there",
    "delivery.later.committed": "the same",
}
"""Failpoints that an evening without trouble has no reason to reach."""

EXPECTED = {
    "alder": ["Your light is on", "Would you like to be introduced?", "both said yes"],
    "birch": ["I ask peers one at a time", "both said yes"],
    "rowan": ["Your light is on", "without an introduction"],
}

ENDED = "This talk has ended"
"""Said in the room to the one who is left in it."""

GREETING = "I will write to you here."
"""Sent before somebody's first request is stored, to learn whether they can be written to."""


class Told(DiscordEvening):
    """An evening that keeps everything the bot ever told anybody, and whose people do not mind a bot that dies."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.told: list[tuple[int, str]] = []

    def listen(self) -> None:
        """Keep from now on what is passed on to people."""
        world, emit = self.there.world, self.there.world.emit

        def listening(
            event: str, data: dict[str, Any], *, guild_id: int | None, intents: int = 0, bare: Any = None
        ) -> None:
            if event == "MESSAGE_CREATE" and data["author"]["id"] == str(world.bot.id):
                channel = world.channels[int(data["channel_id"])]
                # What Discord itself says in a thread, of who came and went, stands under the bot's name as well.
                fresh = (one for one in channel.messages[-1:] if str(one.id) == data["id"])
                self.told += ((channel.id, read(self.there, one)) for one in fresh)
            emit(event, data, guild_id=guild_id, intents=intents, bare=bare)

        world.emit = listening

    async def fall(self, going_on: Coroutine[Any, Any, None]) -> None:
        """Let something go on until the bot has killed itself."""
        evening, death = asyncio.create_task(going_on), asyncio.create_task(self.bot.ended())
        await asyncio.wait((evening, death), return_when=asyncio.FIRST_COMPLETED)
        if evening.done() and not isinstance(evening.exception(), Died | None):
            death.cancel()
            evening.result()
        assert await death == -signal.SIGKILL
        evening.cancel()
        with suppress(asyncio.CancelledError, Died):
            await evening

    async def rise(self, after: timedelta, *, die_at: int = NEVER) -> None:
        """Start the bot again, some time after it fell."""
        await self.there.until(lambda: not self.there.socket.connected, "its connection to end")
        self.clock += after
        self.there.stirred()
        self.die_at = die_at
        await self.run()
        await self.settle()

    def points(self) -> list[str]:
        """Return the names of the failpoints that were passed."""
        noted = self.folder / "points"
        return noted.read_text(encoding="utf-8").split() if noted.exists() else []

    async def play(self) -> None:
        """Play the evening. Whoever has been there already goes on from what they see."""
        alder, birch, rowan = (self.person(name) for name in EXPECTED)
        await self.until_seen(alder, "Your light is on", "both said yes", "peer light on", hours="4")
        await self.until_seen(birch, "I ask peers one at a time", "both said yes", "peer request", span="1d")
        await self.press(alder, "peer.yes")
        await self.wind(minutes=30)
        for one in (birch, alder):
            if not one.rooms() and not self.talk_is_over():
                await self.press(one, "peer.enter")
        await self.end_talk()
        # Somebody else's light goes out on its own, so that time does its part too; and a day later there is a sweep.
        await self.until_seen(rowan, "Your light is on", "without an introduction", "peer light on", hours="1")
        await self.wind(hours=25)

    async def end_talk(self) -> None:
        """Let birch end the talk of the two, unless that has been done."""
        birch = self.person("birch")
        if birch.rooms():
            (thread,) = self.there.threads
            card = next(one for one in thread.messages if one.buttons)
            (leave,) = (written for _, written in card.buttons if ".talk.leave." in written)
            await birch.at.click(card, leave)
            await self.settle()

    def cards_there(self) -> int:
        """Return how often the card that stands in their room from the beginning was posted."""
        return sum("This room is for you two" in said for _, said in self.told)

    def talk_is_over(self) -> bool:
        """Return whether the room for two has been closed."""
        return any(made.thread is not None and made.thread.archived for made in self.there.threads)

    async def until_seen(self, who: DiscordPerson, words: str, later: str, command: str, **args: str) -> None:
        """Ask until the card is there, or what comes after it, as somebody does whose app showed nothing."""
        for _ in range(5):
            stands = "\n".join(read(self.there, message) for message in who.at.direct_messages)
            if words in stands or later in stands:
                return
            await who.asks(command, args)
        raise AssertionError(words)

    async def press(self, who: DiscordPerson, action: str) -> None:
        """Press a choice, if it is still there."""
        if action in who.choices():
            await who.presses(action)

    def count(self, who: str, words: str) -> int:
        """Return how many messages with these words the bot ever sent to somebody."""
        place = self.accounts[who].dm.id
        return sum(channel == place and words in said for channel, said in self.told)

    def check(self) -> None:
        """Look at what people were shown, and at what is left."""
        said = {(who, words): self.count(who, words) for who, all_words in EXPECTED.items() for words in all_words}
        assert said == dict.fromkeys(said, 1), "lost (0) or doubled (2)"
        doubled = {one: times for one, times in Counter(self.told).items() if times > 1 and GREETING not in one[1]}
        assert not doubled
        assert [thread.type for thread in self.there.threads] == [Channel.PRIVATE_THREAD]
        (room,) = (thread.thread for thread in self.there.threads if thread.thread is not None)
        assert set(room.members) == {self.accounts["alder"].id, self.there.world.bot.id}, "birch has left it"
        assert room.archived
        (thread,) = self.there.threads
        assert sum(channel == thread.id and ENDED in said for channel, said in self.told) == 1, (
            "lost (0) or doubled (2)"
        )
        with closing(self._look()) as look:
            assert look.execute("pragma integrity_check").fetchone() == ("ok",)
        rows = self.rows()
        for table in ("opening", "opening_word", "question", "agenda", "outbox", "post"):
            assert rows[table] == 0, table
        assert rows["met"] == 1


@pytest.fixture
async def evenings(tmp_path: Path) -> AsyncIterator[Callable[..., Coroutine[Any, Any, Told]]]:
    """Evenings that begin, each in a folder of its own; those that were not ended are, when the test is over."""
    begun: list[Told] = []

    async def begin(die_at: int = 0) -> Told:
        folder = tmp_path / str(len(begun))
        folder.mkdir()
        evening = Told(folder / "evening")
        evening.die_at = die_at
        begun.append(evening)
        await evening.start()
        evening.listen()
        drove("discord")
        return evening

    yield begin
    for evening in begun:
        if evening.bot.runs:
            await evening.bot.kill()
        await evening.there.__aexit__()


async def killed(evening: Told, down: timedelta) -> None:
    """Play an evening in which the bot kills itself, and is started again."""
    await evening.fall(evening.play())
    await evening.rise(down)
    await evening.play()
    evening.check()
    await evening.stop()


def down_at(names: list[str], number: int) -> timedelta:
    """Return for how long the bot is down: of each name by turns shortly and long."""
    return (SHORT, LONG)[names[:number].count(names[number]) % 2]


async def whole(begin: Callable[..., Coroutine[Any, Any, Told]]) -> tuple[int, list[str]]:
    """Play an evening without a kill; return how many failpoints were passed before it, and those in it."""
    evening = await begin(NEVER)
    before = len(evening.points())
    await evening.play()
    evening.check()
    passed = evening.points()
    await evening.stop()
    assert set(passed[before:]) == set(FAILPOINTS) - set(NOT_THIS_EVENING), "a failpoint that nobody reaches"
    return before, passed[before:]


async def kill_at(
    numbers: list[int], begin: Callable[..., Coroutine[Any, Any, Told]], before: int, names: list[str]
) -> int:
    """Kill at some failpoints of an evening, each in an evening of its own; return how often history was read."""
    looked = 0
    for number in numbers:
        evening = await begin(before + number + 1)
        await killed(evening, down_at(names, number))
        assert evening.points()[before + number] == names[number], "the evening went another way"
        looked += evening.points().count("delivery.find")
    return looked


def picked(names: list[str]) -> list[int]:
    """Return the numbers of some failpoints: of each name one, spread evenly over the evening."""
    kinds = sorted(set(names))
    numbers = []
    for step, kind in enumerate(kinds):
        own = [number for number, name in enumerate(names) if name == kind]
        numbers.append(own[len(own) * step // len(kinds)])
    return numbers


@pytest.mark.promise("X3", platform="discord")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(PARTS))
async def test_killed_on_the_way_nothing_is_lost_and_nothing_doubled(
    part: int,
    evenings: Callable[..., Coroutine[Any, Any, Told]],
    record_property: Callable[[str, object], None],
) -> None:
    before, names = await whole(evenings)
    numbers = picked(names)[part::PARTS]
    looked = await kill_at(numbers, evenings, before, names)
    record_property(
        "figure",
        f"Discord, killed at {len(numbers)} of {len(names)} failpoints ({', '.join(names[one] for one in numbers)}), "
        f"history read {looked} times: 0 lost, 0 doubled",
    )


@pytest.mark.promise("P16", platform="discord")
@pytest.mark.promise("X3", platform="discord")
@pytest.mark.parametrize("done", [1, 2, 3], ids=["before the line", "before the room is closed", "before it is known"])
async def test_killed_while_a_talk_ends(done: int, evenings: Callable[..., Coroutine[Any, Any, Told]]) -> None:
    """Once one is taken out of the room, the line is said there, or it is closed, and the bot does not know it."""
    evening = await evenings()
    await evening.person("alder").asks("peer light on", {"hours": "4"})
    await evening.person("birch").asks("peer request", {"span": "1d"})
    await evening.person("alder").presses("peer.yes")
    for name in ("alder", "birch"):
        await evening.person(name).presses("peer.enter")
    assert await evening.bot.stop() == 0
    evening.die_at, before = done * A_DELIVERY, len(evening.points())
    await evening.run()
    await evening.fall(evening.end_talk())
    passed = evening.points()[before:]
    assert (passed[-1], passed.count("delivery.performed")) == ("delivery.performed", done)
    await evening.rise(LONG if done % 2 else SHORT)
    assert evening.talk_is_over()
    await evening.play()
    evening.check()
    await evening.stop()


@pytest.mark.soak
@pytest.mark.promise("X3", platform="discord")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(SOAK_PARTS))
async def test_killed_at_each_other_failpoint(
    part: int,
    evenings: Callable[..., Coroutine[Any, Any, Told]],
    record_property: Callable[[str, object], None],
) -> None:
    before, names = await whole(evenings)
    numbers = [one for one in range(len(names)) if one not in picked(names)][part::SOAK_PARTS]
    looked = await kill_at(numbers, evenings, before, names)
    record_property(
        "figure",
        f"Discord, killed at {len(numbers)} of the other failpoints, history read {looked} times: 0 lost, 0 doubled",
    )


@pytest.mark.promise("X3", platform="discord")
@pytest.mark.parametrize("down", [SHORT, LONG, timedelta(minutes=40)], ids=str)
async def test_killed_between_showing_a_choice_and_its_press(
    down: timedelta, evenings: Callable[..., Coroutine[Any, Any, Told]]
) -> None:
    evening = await evenings()
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.asks("peer light on", {"hours": "4"})
    await birch.asks("peer request", {"span": "1d"})
    say_yes = alder.button("peer.yes")
    await evening.bot.kill()
    await evening.rise(down)
    if down > timedelta(minutes=20):
        assert "The time for this question is over" in alder.sees()[-1], "its slot went by meanwhile; a yes still helps"
    assert "Thank you" in await alder.presses_button(say_yes)
    await evening.wind(minutes=30)
    enter = birch.button("peer.enter")
    await evening.bot.kill()
    await evening.rise(down)
    assert "letting you in" in await birch.presses_button(enter)
    await evening.play()
    evening.check()
    await evening.stop()


@pytest.mark.promise("X3", platform="discord")
@pytest.mark.parametrize("down", [SHORT, LONG], ids=str)
async def test_killed_while_discord_does_the_work_and_says_502(
    down: timedelta, evenings: Callable[..., Coroutine[Any, Any, Told]]
) -> None:
    """What it sent has arrived, it never learned of it, and its next life must."""
    evening = await evenings()
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.asks("peer light on", {"hours": "4"})
    await birch.asks("peer request", {"span": "1d"})
    lost = evening.there.faults.fail(SEND, 502, landed=True, html=True, times=None)
    pressing = asyncio.create_task(alder.presses("peer.yes"))
    await asyncio.wait_for(lost.met.wait(), 10)
    await evening.bot.kill()
    pressing.cancel()
    with suppress(asyncio.CancelledError, Died):
        await pressing
    lost.lift()
    assert evening.cards_there() == 1, "their room has its card, and the bot is dead"
    await evening.rise(down)
    await evening.play()
    evening.check()
    points = evening.points()
    assert ("delivery.find" in points) == (down == LONG), "by its key, or by its mark in the history"
    await evening.stop()


async def test_a_bot_that_may_not_read_history_says_a_notice_rather_twice_than_never(
    evenings: Callable[..., Coroutine[Any, Any, Told]],
) -> None:
    """The control: this is what the history is for, and that the others see a doubled message where there is one."""
    evening = await evenings()
    alder, birch = evening.person("alder"), evening.person("birch")
    await alder.asks("peer light on", {"hours": "4"})
    await birch.asks("peer request", {"span": "1d"})
    lost = evening.there.faults.fail(SEND, 502, landed=True, times=None)
    pressing = asyncio.create_task(alder.presses("peer.yes"))
    await asyncio.wait_for(lost.met.wait(), 10)
    await evening.bot.kill()
    pressing.cancel()
    with suppress(asyncio.CancelledError, Died):
        await pressing
    lost.lift()
    evening.there.faults.refuse("GET /channels/{channel_id}/messages", 403, 50013, times=None)
    evening.there.accidents.take_from_bot(evening.guild, permissions.READ_MESSAGE_HISTORY)
    await evening.rise(LONG)
    await evening.play()
    assert evening.cards_there() == 2
    await evening.stop()
