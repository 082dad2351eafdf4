"""A check-in room on Discord, with a bot killed by signal 9 at its stages and started again on the same database.

What is looked at is what Discord passed on to people: each thing is said once, the room closes when it said it would,
and with its closing nothing is left of it.
"""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.checkins.scene import at_rest, card, joins, kept, opens
from tests.drivers import Evening
from tests.e2e.test_killed_discord import LONG, SHORT, Told
from tests.promises import drove

LENGTH = 30
"""Minutes for which the room is open."""

OPENING, TURN, CLOSING = "opening", "turn", "closing"

POINTS = {OPENING: 16, TURN: 7, CLOSING: 12}
"""Failpoints that each stage passes for certain, from the start of the bot on."""

QUICK = {OPENING: (6, 13), TURN: (6,), CLOSING: (4, 11)}
"""Those at which it is killed in every run: among them such where Discord has it already, and the bot does not know."""


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Told]:
    """An evening whose people do not mind a bot that dies."""
    begun = Told(tmp_path / "evening")
    await begun.start()
    begun.listen()
    drove("discord")
    yield begun
    if begun.bot.runs:
        await begun.bot.kill()
    await begun.there.__aexit__()


async def dies_at(evening: Told, number: int) -> None:
    """Start the bot anew, so that it kills itself at a failpoint from now."""
    assert await evening.bot.stop() == 0
    evening.die_at = number
    await evening.run()


async def open_room(evening: Evening) -> None:
    """Open the room, unless it is there already: a card that stands needs no second one."""
    if not card(evening):
        await opens(evening, minutes=str(LENGTH))


async def begin_round(evening: Evening, room: str) -> None:
    """Let the round begin, unless somebody is invited already."""
    rowan = evening.person("rowan")
    if "Next, if you like" not in rowan.sees_in(room)[-1]:
        await rowan.presses_in(room, "checkin.go-on")
        await evening.settle()


@pytest.mark.promise("K11", platform="discord")
@pytest.mark.promise("X3", platform="discord")
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("stage", "number"),
    [
        pytest.param(stage, number, marks=() if number in QUICK[stage] else pytest.mark.soak)
        for stage, last in POINTS.items()
        for number in range(1, last + 1)
    ],
)
async def test_killed_at_a_stage_of_a_check_in_it_goes_on_and_each_thing_is_said_once(
    evening: Told, stage: str, number: int
) -> None:
    down, before = (SHORT, LONG)[number % 2], at_rest(evening)
    if stage == OPENING:
        await dies_at(evening, number)
        await evening.fall(open_room(evening))
        await evening.rise(down)
    await open_room(evening)
    room = await joins(evening, "alder", "rowan")
    if stage == TURN:
        await dies_at(evening, number)
        await evening.fall(begin_round(evening, room))
        await evening.rise(down)
    await begin_round(evening, room)
    assert len(evening.there.threads) == 1
    assert evening.people_in(room) == ("alder", "rowan")
    if stage == CLOSING:
        await evening.wind(minutes=LENGTH - 6)
        await dies_at(evening, number)
        await evening.fall(evening.wind(minutes=10))
        await evening.rise(down)
    await evening.wind(minutes=LENGTH + 1)
    told = Counter(said for channel, said in evening.told if channel == int(room))
    assert [words for words, times in told.items() if times > 1] == [], "doubled"
    for words in ("Welcome.", "A last round begins now", "The time we gave this room is over"):
        assert sum(words in said for said in told) == 1, words
    assert sum(channel == evening.porch.id and "is open until" in said for channel, said in evening.told) == 1
    assert evening.is_over(room)
    assert card(evening) == ""
    assert kept(evening) == set()
    assert at_rest(evening) == before
