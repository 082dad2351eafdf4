"""Who is asked first for a new opening, among those that wait."""

import random
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from benchmarks.bench import CLOCK, KEYS, PLATFORM, Nowhere, store_at
from benchmarks.figures import SEED, Figure, Size, p50
from bot.app import compose
from bot.chance import SeededChance
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live
from bot.contract.place import Member, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Apart, Community, Entry, Profile
from bot.domain import matching
from bot.domain.openings import Opening
from bot.store.engine import SqlStore
from bot.store.ground import Ground
from bot.store.known import ApartRows, MetRows
from bot.store.lifetimes import Lifetimes
from bot.store.members import MemberRows
from bot.store.openings import OpeningRows
from bot.store.sealed import SealedSubjects, unlock
from bot.store.statement import Db, Driver
from commands.introducing import AT_ONCE, _ranked

HOW: Final = (
    "A new opening among others that wait, on a file; nothing waits for the disk. 'Found': from the opening to the "
    "sixteen who are looked up on their platform first (read, fit, keep apart, met before, words in common, waiting). "
    "'First slot': the same in the whole core, from what is due to the question given to the platform, with every "
    "look-up and run of the handler. 'In memory': the rule itself over all of them, as values that are there already. "
    "They differ in languages, places and words; in 'alike' nobody differs. In the other worst cases everybody who "
    "waits would fit but for one thing, so that all are looked at, and nobody is found."
)

SEALER: Final = SealedSubjects(KEYS)
WORDS: Final = [f"w{number}" for number in range(25)]
APART: Final = 500
"""On how many lists the asker is in 'varied', and how many they met; some of those who would be asked first."""
Make = Callable[[random.Random, int], Opening]


def _alike(_: random.Random, number: int) -> Opening:
    now = CLOCK.now()
    return Opening(
        id=f"o{number}", community="c", member=f"m{number}", platform=PLATFORM, asks=False, languages=("en",),
        way="text", place="either", opened_at=now - timedelta(seconds=number % 9_999 + 1),
        ends_at=now + timedelta(days=1), words=frozenset(("w1", "w2")),
    )  # fmt: skip


def _varied(chance: random.Random, number: int) -> Opening:
    return replace(
        _alike(chance, number),
        languages=tuple(chance.sample(("en", "de", "fr"), chance.randint(1, 2))),
        place=chance.choice(("room", "direct", "either")),
        words=frozenset(chance.sample(WORDS, chance.randint(0, 3))),
    )


def _nobody(chance: random.Random, number: int) -> Opening:
    return replace(_varied(chance, number), way="text" if number == 0 else "voice")


def _person(chance: random.Random, number: int) -> Profile:
    return Profile(f"m{number}", Member(PLATFORM, str(number)), chance.randbytes(16), CLOCK.now(), budget=1_000_000)


class World:
    """A database of people who all wait, the first of whom is the one who asks."""

    def __init__(
        self, path: Path, number: int, make: Make, *, met: int = 0, apart: int = 0, paused: bool = False
    ) -> None:
        """Take how many wait, and of how many of them something else is to be said."""
        self.store: Final[SqlStore] = store_at(path, durable=False)
        chance = random.Random(SEED)
        until = CLOCK.now() + timedelta(days=1) if paused else None
        self.people: Final = [
            replace(_person(chance, one), paused_until=until if one else None) for one in range(number + 1)
        ]
        self.openings: Final = [make(chance, one) for one in range(number + 1)]
        others = chance.sample(range(1, number + 1), number)
        self.met: Final = frozenset(others[:met])
        self.apart: Final = frozenset(others[-apart:] if apart else ())
        self._path = path

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Hold it open."""
        async with self.store.session():
            await self.store.write(self._settle)
        with closing(sqlite3.connect(self._path)) as database, database:
            database.execute("PRAGMA synchronous = off")
            self._fill(database)
        async with self.store.session():
            yield

    @staticmethod
    def _settle(tx: WorkTx) -> None:
        tx.communities.add(Community("c", CLOCK.now()), Space(PLATFORM, "space"))
        tx.communities.set_words("c", [Entry(word, f"word {word}") for word in WORDS])

    def _fill(self, database: sqlite3.Connection) -> None:
        """Store everybody by the rows' own ways in, without a thread between."""
        speech = sqlite_dialect()
        unlock(speech, KEYS)
        ground = Ground(Db(Driver(database), speech, {}), KEYS, CLOCK, Lifetimes(), SeededChance(SEED).new_id)
        members, openings, met, aparts = MemberRows(ground), OpeningRows(ground), MetRows(ground), ApartRows(ground)
        owner, now = self.people[0], CLOCK.now()
        for one, (person, opening) in enumerate(zip(self.people, self.openings, strict=True)):
            members.add(person)
            openings.add(opening)
            if one in self.met:
                met.add(SEALER.pair(owner.salt, person.salt), now + timedelta(days=1))
            if one in self.apart:
                aparts.add(person.id, Apart(f"a{one}", SEALER.one_sided(person.salt, owner.member), now))

    def found(self, tx: WorkTx) -> int:
        """Find who is looked up first."""
        now = CLOCK.now()
        turn = Turn(now, NoArgs(), Live(now, {}), SeededChance(SEED), SEALER, {})
        return len(list(islice(_ranked(turn, tx, self.openings[0], self.people[0]), AT_ONCE)))

    def by_the_rule(self) -> int:
        """Find them by looking at everybody."""
        apart, met = ({f"m{one}" for one in some} for some in (self.apart, self.met))
        return len(
            matching.candidates(
                self.openings[0],
                self.openings,
                now=CLOCK.now(),
                apart=lambda other: other.member in apart,
                met=lambda other: other.member in met,
            )
        )

    async def find(self) -> float:
        """Return the seconds until they are found, inside a transaction."""

        def timed(tx: WorkTx) -> float:
            start = perf_counter()
            self.found(tx)
            return perf_counter() - start

        return await self.store.read(timed)


class Slots:
    """Begins first slots of new openings, one after the other, each as if the one before had not been."""

    def __init__(self, world: World) -> None:
        """Take who waits."""
        self._store = world.store
        self._like = world.openings[0]
        self._runtime = compose(world.store, KEYS, CLOCK, {PLATFORM: Nowhere()})

    async def one(self, number: int) -> float:
        """Return the seconds from the moment that a slot is due to the question given to the platform."""
        now = CLOCK.now()
        opening = replace(self._like, id=f"new{number}", asks=True, opened_at=now, ends_at=now + timedelta(days=1))
        await self._store.write(lambda tx: self._open(tx, opening, now))
        start = perf_counter()
        await self._runtime.settle()
        taken = perf_counter() - start
        if not await self._store.write(lambda tx: self._away(tx, opening)):
            raise AssertionError("nobody was asked")
        return taken

    @staticmethod
    def _open(tx: WorkTx, opening: Opening, now: datetime) -> None:
        tx.openings.add(opening)
        tx.agenda.put("peer.slot", opening.id, now, community=opening.community)

    @staticmethod
    def _away(tx: WorkTx, opening: Opening) -> int:
        asked = tx.questions.about(opening.id)
        for one in asked:
            tx.agenda.cancel(one.id)
        tx.agenda.cancel(opening.id)
        tx.openings.remove(opening.id)
        return len(asked)


def _p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[98] * 1e3


async def _varied_figures(world: World, number: int, size: Size) -> tuple[tuple[Figure, ...], float]:
    calls = max(2, size.calls // 10)
    async with world.open():
        slots = Slots(world)
        found: list[float] = []
        first: list[float] = []
        rule: list[float] = []
        for turn in range(size.rounds + 1):
            one = [await world.find() for _ in range(calls)]
            two = [await slots.one(turn * calls + call) for call in range(calls)]
            if turn:
                found += one
                first += two
            if turn % 3 == 1:
                start = perf_counter()
                world.by_the_rule()
                rule.append(perf_counter() - start)
    return (
        Figure(f"matching found among {number:,} p50", p50(found, 1e3), "ms", "at most 1 ms among 100,000"),
        Figure(f"matching found among {number:,} p99", _p99(found), "ms"),
        Figure(f"matching first slot among {number:,} p50", p50(first, 1e3), "ms"),
        Figure(f"matching first slot among {number:,} p99", _p99(first), "ms"),
        Figure(f"matching in memory among {number:,} p50", p50(rule, 1e3), "ms"),
    ), p50(found, 1e3)


async def _worst(name: str, number: int, world: World) -> Figure:
    async with world.open():
        await world.find()
        taken = [await world.find() for _ in range(3)]
    return Figure(f"matching {name} among {number:,} p50", p50(taken, 1e3), "ms")


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    less, more = size.waiting
    figures: list[Figure] = []
    medians: list[float] = []
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:

        def at(part: str) -> Path:
            return Path(name) / part / "porchlight.db"

        for number in (less, more):
            some = min(APART, number // 2)
            world = World(at(f"varied-{number}"), number, _varied, met=some, apart=some)
            found, median = await _varied_figures(world, number, size)
            figures += found
            medians.append(median)
        figures.append(Figure("matching ratio", medians[1] / medians[0], "x"))
        figures.append(await _worst("alike", more, World(at("alike"), more, _alike)))
        figures.append(await _worst("nobody fits", more, World(at("nobody"), more, _nobody)))
        figures.append(await _worst("all were met", less, World(at("met"), less, _alike, met=less)))
        figures.append(await _worst("all keep apart", less, World(at("apart"), less, _alike, apart=less)))
        figures.append(await _worst("all pause", less, World(at("paused"), less, _alike, paused=True)))
    return tuple(figures)
