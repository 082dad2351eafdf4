"""An outside judge: two members with another client library, in strict mode, hold a whole evening with the bot."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests.drivers.matrix import CAME, START, MatrixEvening
from tests.matrix import strict
from tests.matrix.people import PASSWORD
from tests.matrix.strict import Message, Strict
from tests.matrix.town import Resident


def needed() -> None:
    """Skip a test for which ``make strict`` was not run; where tests decide, fail instead."""
    if not strict.installed():
        words = "the strict client is not here: make strict"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)


@pytest.fixture
async def porch(tmp_path: Path) -> AsyncIterator[MatrixEvening]:
    needed()
    evening = await MatrixEvening(tmp_path / "evening").start()
    yield evening
    await evening.stop()


@pytest.fixture
async def two(porch: MatrixEvening, tmp_path: Path) -> AsyncIterator[tuple[Strict, Strict]]:
    """Return two strict members, in the space and its room since a month."""
    names = ("juniper", "maple")
    users = [await asyncio.to_thread(porch.town.account, name) for name in names]
    linden = porch.town.people["linden"]
    async with AsyncExitStack() as stack:
        made = [Strict(porch.town.homeserver.url, user, PASSWORD, tmp_path / f"{user[1:8]}.log") for user in users]
        await asyncio.gather(*(stack.enter_async_context(one) for one in made))
        for one in made:
            for room in (porch.space, porch.porch):
                await porch.town.wait(linden.asks_in(room, one.id))
                await one.joins(room)
        came = porch.folder.parent / CAME
        known = json.loads(came.read_text(encoding="utf-8"))
        month = {one.id: (START - timedelta(days=30)).isoformat() for one in made}
        came.write_text(json.dumps(known | month), encoding="utf-8")
        yield made[0], made[1]


class Talk:
    """The direct room of a strict member with the bot, and what they do in it."""

    def __init__(self, evening: MatrixEvening, member: Strict, room: str) -> None:
        self.evening = evening
        self.member = member
        self.room = room
        self.last = ""

    @classmethod
    async def begin(cls, evening: MatrixEvening, member: Strict) -> "Talk":
        return cls(evening, member, await member.direct(evening.bot_id))

    async def types(self, words: str) -> str:
        """Write, let everything happen that comes of it, and return the bot's answer."""
        self.last = await self.member.types(self.room, words)
        said = await self.member.reads(self.room, self.evening.bot_id, after=self.last, notice=True)
        await self.evening.settle()
        return said[0].body

    async def presses(self, label: str) -> str:
        """Write the number under which a choice stands in the newest list of them."""
        cards = [one.body for one in await self.member.stands(self.room) if re.search(r"^1\. ", one.body, re.MULTILINE)]
        number = re.search(rf"^(\d+)\. {re.escape(label)}", cards[-1], re.MULTILINE)
        assert number, cards[-1]
        return await self.types(number[1])

    async def told(self, saying: str) -> str:
        """Wait until the bot says something by itself, and return the newest in which it does."""
        said = await self.member.reads(self.room, self.evening.bot_id, after=self.last, notice=False, saying=saying)
        return said[-1].body


def trusted(said: tuple[Message, ...], sender: str) -> bool:
    """Return whether everything is encrypted, could be opened, and stands there without a warning."""
    theirs = [one for one in said if one.sender == sender]
    return bool(theirs) and all(one.encrypted and not one.unread and one.plain for one in theirs)


async def test_two_strict_members_hold_a_whole_evening(porch: MatrixEvening, two: tuple[Strict, Strict]) -> None:
    juniper, maple = two
    waits, shines = await Talk.begin(porch, juniper), await Talk.begin(porch, maple)
    assert "Your light is on" in await shines.types("!peer light on hours=4")
    assert "Ask like this?" in await waits.types("!peer ask")
    await waits.presses("Ask like this")
    assert "Would you like to be introduced?" in await shines.told("A member would like to talk with a peer")
    assert "Thank you" in await shines.presses("Say yes")
    introduced = await waits.told("you both said yes")
    assert introduced == await shines.told("you both said yes")
    assert "It is encrypted." in introduced
    for talk in (waits, shines):
        assert (await talk.presses("Enter")).startswith("I am letting you in")
    room = await juniper.joins(by=porch.bot_id)
    assert await maple.joins(by=porch.bot_id) == room
    everybody = (juniper.id, maple.id, porch.bot_id)
    for one in two:
        await one.holds(room, everybody)
    await porch.wind(hours=1)
    for one in two:
        await one.holds(room, everybody[:2])
    asked = await juniper.types(room, "good evening")
    (heard,) = await maple.reads(room, juniper.id)
    assert (heard.id, heard.body) == (asked, "good evening")
    answered = await maple.types(room, "and to you")
    (heard,) = await juniper.reads(room, maple.id)
    assert (heard.id, heard.body) == (answered, "and to you")
    for talk in (waits, shines):
        assert trusted(await talk.member.stands(talk.room), porch.bot_id)
        assert list((await talk.member.devices(porch.bot_id)).values()) == [True]


async def test_the_strict_members_are_strict(porch: MatrixEvening, two: tuple[Strict, Strict]) -> None:
    juniper, maple = two
    linden = porch.town.people["linden"]
    assert list((await juniper.devices(maple.id)).values()) == [True]
    assert list((await juniper.devices(linden.id)).values()) == [False]
    unsigned = await porch.town.wait(linden.types(porch.porch, "good evening"))
    (withheld,) = await juniper.reads(porch.porch, linden.id)
    assert (withheld.id, withheld.body) == (unsigned, "")
    assert withheld.unread
    await juniper.types(porch.porch, "good evening to you")
    await maple.reads(porch.porch, juniper.id)
    assert await porch.town.wait(linden.until(lambda: _closed(linden, juniper.id)))


def _closed(linden: Resident, sender: str) -> bool:
    """Return whether somebody got what another wrote without being able to open it."""
    return any(event.sender == sender and type(event).__name__ == "MegolmEvent" for _, event in linden.events)


async def test_where_tests_decide_the_judge_must_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(strict, "MODULES", tmp_path)
    monkeypatch.setattr(strict, "NODE", tmp_path / "node")
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="make strict"):
        needed()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="make strict"):
        needed()
