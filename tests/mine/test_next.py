"""Over many evenings: whatever the bot sends somebody of itself, ``mine next`` had listed just before."""

import random
from datetime import datetime, timedelta

import pytest

from tests.drivers import Evening, every_platform
from tests.drivers.local import LocalEvening, LocalPerson, SimulatedEvening
from tests.peers import two_worlds
from tests.promises import drove

EVENINGS = 60

LISTED = {
    "Would you like to be introduced?": ("I may ask you", "or ask you again"),
    "both said yes": ("I may introduce you", "I tell you what came of the question"),
    "Your opening ended": ("your request ends", "your light goes out", "notes I kept back"),
    "The time for this question is over": ("I tell you what came of the question", "notes I kept back"),
    "Your light went out": ("your light goes out", "notes I kept back"),
    "Your pause has ended": ("your pause ends", "notes I kept back"),
}
"""What the bot may say of itself, and the lines one of which must then have been there."""

AT_ITS_TIME = ("your request ends", "your light goes out", "your pause ends", "By ", "notes I kept back")
"""Lines that tell when."""

NOTHING = "Nothing is planned for you"


@every_platform("M3")
async def test_what_comes_by_itself_stood_in_the_list_with_its_time(evening: Evening) -> None:
    birch, alder = evening.person("birch"), evening.person("alder")
    assert NOTHING in await birch.asks("mine next")
    await birch.asks("peer request", {"span": "2h"})
    await alder.asks("peer light on", {"hours": "4"})
    asked, lit = await birch.asks("mine next"), await alder.asks("mine next")
    assert "your request ends" in asked
    assert "14:00" in asked
    assert "your light goes out" in lit
    assert "16:00" in lit
    before = len(birch.was_sent()), len(alder.was_sent())
    await evening.wind(hours=5)
    assert [f"{at:%H:%M}" for at, _ in birch.was_sent()[before[0] :]] == ["14:00"]
    assert f"{alder.was_sent()[-1][0]:%H:%M}" == "16:00"
    for person in (birch, alder):
        assert NOTHING in await person.asks("mine next")


@pytest.mark.promise("M3", platform="local")
@pytest.mark.timeout(900)
def test_over_many_evenings_everything_that_came_had_been_listed() -> None:
    drove("local")
    two_worlds.in_a_loop(_many())


async def _many() -> None:
    simulated = await SimulatedEvening().start()
    heard: set[str] = set()
    silent = 0
    for seed in range(EVENINGS):
        await simulated.again()
        watched = _Watched(simulated)
        await _evening(watched, random.Random(f"next {seed}"))
        heard |= watched.heard
        silent += await watched.nothing_comes_to_whom_nothing_is_planned_for()
    await simulated.stop()
    assert heard == set(LISTED), "every kind of message must have come"
    assert silent > EVENINGS / 2


class _Watched:
    """An evening in which everybody asks what will come before anything can."""

    def __init__(self, evening: LocalEvening) -> None:
        self.evening = evening
        self.people = {name: evening.person(name) for name in two_worlds.PEOPLE}
        self.listed: dict[str, str] = {}
        self.sent: dict[str, int] = {}
        self.heard: set[str] = set()

    async def look(self) -> None:
        for name, person in self.people.items():
            self.listed[name] = await person.asks("mine next")
            self.sent[name] = len(person.was_sent())

    def compare(self, actor: str = "") -> None:
        """See that what came since was listed; what somebody did themselves is answered to them besides."""
        for name, person in self.people.items():
            for at, words in person.was_sent()[self.sent[name] :]:
                kinds = [kind for kind in LISTED if kind in words]
                if name == actor:
                    continue
                assert kinds, words
                self.heard |= set(kinds)
                for kind in kinds:
                    lines = [
                        line
                        for line in self.listed[name].splitlines()
                        if any(expected in line for expected in LISTED[kind])
                    ]
                    assert lines, (name, kind, self.listed[name])
                    if kind not in {"Would you like to be introduced?", "both said yes"}:
                        assert any(_clock(at) in line for line in lines), (name, at, lines)

    async def wind(self, minutes: int) -> None:
        """Let time pass, from one thing that is due to the next."""
        end = self.evening.now + timedelta(minutes=minutes)
        while self.evening.now < end:
            due = await self.evening.runtime.next_due() or end
            await self.look()
            await self.evening.runtime.wind(min(end, max(due, self.evening.now + timedelta(microseconds=1))))
            self.compare()

    async def nothing_comes_to_whom_nothing_is_planned_for(self) -> int:
        await self.look()
        nothing = [name for name in self.people if NOTHING in self.listed[name]]
        await self.evening.wind(days=3)
        for name in nothing:
            assert len(self.people[name].was_sent()) == self.sent[name], name
        return len(nothing)


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"


async def _evening(watched: _Watched, chance: random.Random) -> None:
    for name in two_worlds.PEOPLE[1:]:
        await watched.people[name].asks("peer light on", {"hours": chance.choice(("1", "6", "12")), "questions": "5"})
    for person in watched.people.values():
        if chance.random() < 0.3:
            await person.asks("mine limits", {"budget": str(chance.randint(0, 2))})
        if chance.random() < 0.2:
            await person.asks("mine quiet", {"quiet_from": "13:00", "quiet_to": "14:30"})
    for _ in range(14):
        name = chance.choice(two_worlds.PEOPLE)
        did = chance.choice(
            ("light", "ask", "ask first", "yes", "yes", "yes", "no", "pause", "withdraw", "wind", "wind")
        )
        if did == "pause" and chance.random() < 0.6:
            continue
        if did in {"yes", "no"}:
            name = next((who for who in two_worlds.PEOPLE if "peer.yes" in watched.people[who].choices()), name)
        if did == "wind":
            await watched.wind(chance.choice((5, 20, 40, 90)))
            continue
        await watched.look()
        await _does(watched.people[name], did)
        watched.compare(actor=name)
    if chance.random() < 0.4:
        await watched.wind(14 * 60)  # past midnight, where pauses end


async def _does(person: LocalPerson, did: str) -> None:
    match did:
        case "light":
            await person.asks("peer light on", {"hours": "2", "stays": "yes"})
        case "ask":
            await person.asks("peer request", {"place": "direct", "span": "2h"})
        case "ask first":
            await person.asks("peer request", {"ask_first": "yes"})
        case "pause":
            await person.asks("peer pause", {"day": "1"})
        case "withdraw":
            await person.asks("peer withdraw")
        case answer:
            await two_worlds.press(person, answer)
