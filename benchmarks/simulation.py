"""A made-up community over virtual days, through the whole core: who meets, after how long, and asked how often."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from statistics import mean, median, quantiles
from typing import Any, Final
from unittest.mock import patch
from zoneinfo import ZoneInfo

from benchmarks.bench import KEYS, PLATFORM, Nowhere
from benchmarks.figures import SEED, Figure, Size
from bot.app import compose
from bot.chance import SeededChance
from bot.clock import VirtualClock
from bot.contract.effect import Effect, Result, Say
from bot.contract.intent import Intent
from bot.contract.params import Raw
from bot.contract.place import Member, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Apart, Community, Entry, Profile, Tx
from bot.contract.text import Voice
from bot.domain.openings import Opening
from bot.domain.quiet import is_quiet, local_day
from bot.store.engine import SqlStore
from bot.store.sealed import SealedSubjects
from commands import introducing

HOW: Final = (
    "A made-up community over virtual days, through the whole core: people with languages, zones, quiet hours, words, "
    "pauses, apart lists and daily budgets of their own. Some ask, some leave a light on, and whoever is asked says "
    "yes, no or nothing after a while, a yes being likelier the more words the question shares with them. The same "
    "people with the same wishes and moods: once with candidates in our order, once first come first served, once at "
    "random. All else, hard limits and questions without names included, is the same core. What people are like is "
    "invented, so this says how the orders compare, not how a real community fares."
)

BEGIN: Final = datetime(2027, 3, 1, tzinfo=UTC)
HOME: Final = "c"
SPACE: Final = Space(PLATFORM, "space")
WORDS: Final = tuple(f"w{number}" for number in range(12))
ZONES: Final = ("UTC", "UTC", "Europe/Berlin", "America/New_York")
WEIGHED: Final = ("en", "en", "en", "de", "es")

Ranked = Iterator[tuple[Opening, Profile]]
Order = Callable[[Ranked], Ranked]


def ours(ranked: Ranked) -> Ranked:
    """Leave candidates in the order in which the core asks them."""
    return ranked


def first_come(ranked: Ranked) -> Ranked:
    """Let who has waited longest be asked first, whatever the words and whoever met."""
    return iter(sorted(ranked, key=lambda found: (found[0].opened_at, found[0].id)))


def at_random(ranked: Ranked) -> Ranked:
    """Let chance decide who is asked first."""
    found = sorted(ranked, key=lambda one: one[0].id)
    random.Random("".join(opening.id for opening, _ in found)).shuffle(found)
    return iter(found)


@dataclass(frozen=True)
class Person:
    """Somebody of the community, as they are, and as they have set things.

    Attributes:
        profile: Their settings.
        words: Ids of words that they like to choose.
        shuns: Ids of words that they do not want to meet.
        keeps_from: Whom they keep apart from.
        kind: How likely they say yes to a question that shares no word with them.
        asks: How often they ask, a day.
        lights: How often they leave a light on, a day.
    """

    profile: Profile
    words: tuple[str, ...]
    shuns: tuple[str, ...]
    keeps_from: tuple[str, ...]
    kind: float
    asks: float
    lights: float

    @property
    def name(self) -> str:
        """How the platform knows them."""
        return self.profile.member.id


def person(number: int, members: int, busy: float) -> Person:
    """Return somebody. The same number is the same person."""
    chance = random.Random(f"{SEED} person {number}")
    quiet = chance.random() < 0.4
    profile = Profile(
        f"m{number}", Member(PLATFORM, str(number)), chance.randbytes(16), BEGIN,
        language="en",
        zone=chance.choice(ZONES),
        quiet_from=time(22) if quiet else None,
        quiet_to=time(8) if quiet else None,
        budget=chance.choice((1, 2, 3, 3, 3, 5)),
        languages=tuple(dict.fromkeys(chance.choice(WEIGHED) for _ in range(chance.choice((1, 1, 2))))),
        way=chance.choice(("text", "text", "text", "voice")),
        place=chance.choice(("direct", "room", "either", "either")),
        span=chance.choice(("2h", "2h", "today", "1d")),
        someone_new=chance.random() < 0.3,
        ask_first=chance.random() < 0.2,
        questions=chance.choice((1, 2, 2, 4)),
    )  # fmt: skip
    words = tuple(chance.sample(WORDS, chance.randint(0, 4)))
    return Person(
        profile,
        words,
        tuple(chance.sample([word for word in WORDS if word not in words], chance.choice((0, 0, 0, 1)))),
        tuple({str(chance.randrange(members)) for _ in range(chance.choice((0, 0, 0, 1, 2)))} - {str(number)}),
        kind=chance.uniform(0.2, 0.7),
        asks=busy * chance.expovariate(1 / 0.025),
        lights=busy * chance.expovariate(1 / 0.1),
    )


@dataclass
class Outcome:
    """What came of it all.

    Attributes:
        opened: When each request was opened, by its id.
        waited: Minutes until its owner was introduced to somebody, by the id of each request that met.
        questions: How many questions were asked.
        together: How many introductions there were.
        shared: How many words each introduction shared.
        over: Which questions came though their reader's own settings were against it.
    """

    opened: dict[str, datetime] = field(default_factory=dict)
    waited: dict[str, float] = field(default_factory=dict)
    questions: int = 0
    together: int = 0
    shared: list[int] = field(default_factory=list)
    over: list[str] = field(default_factory=list)


class Town(Nowhere):
    """The platform they all are on. What they are sent leads to what they do."""

    def __init__(self) -> None:
        """Have nobody listen yet."""
        self.sent: Callable[[Say, str], Awaitable[None]] | None = None

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        """Let everything arrive."""
        if self.sent is not None and isinstance(effect, Say) and isinstance(effect.to, Member):
            await self.sent(effect, effect.to.id)
        return await super().perform(key, mark, effect, voice)


class Life:
    """The days of a community."""

    def __init__(self, members: int, days: int, busy: float) -> None:
        """Let there be people; nothing happens before `live`."""
        self.people = {one.name: one for one in (person(number, members, busy) for number in range(members))}
        self.days = days
        self.clock = VirtualClock(BEGIN)
        self.outcome = Outcome()
        self._town = Town()
        self._town.sent = self._sent
        self._store = SqlStore(None, KEYS, self.clock, new_id=SeededChance("rows").new_id)
        self._runtime = compose(self._store, KEYS, self.clock, {PLATFORM: self._town}, chance=SeededChance)
        self._to_do: list[tuple[datetime, int, Callable[[], Awaitable[object]]]] = []
        self._numbers = count(1)
        self._asked: Counter[tuple[str, str]] = Counter()
        self._through: Counter[str] = Counter()
        self._paused: dict[str, datetime] = {}
        self._told: set[tuple[datetime, frozenset[str]]] = set()

    async def live(self) -> Outcome:
        """Let the days pass; return what came of them."""
        async with self._store.session():
            await self._store.write(self._settle_in)
            for one in self.people.values():
                self._plan(one)
            end = BEGIN + timedelta(days=self.days + 1)
            while True:
                due = await self._runtime.next_due()
                at = min(
                    (one for one in (due, *(to_do[0] for to_do in self._to_do[:1])) if one is not None), default=end
                )
                if at >= end:
                    return self.outcome
                self.clock.set(max(at, self.clock.now()))
                while self._to_do and self._to_do[0][0] <= self.clock.now():
                    await heappop(self._to_do)[2]()
                await self._runtime.settle()

    def _settle_in(self, tx: WorkTx) -> None:
        tx.communities.add(Community(HOME, BEGIN), SPACE)
        tx.communities.set_words(HOME, [Entry(word, f"word {word}") for word in WORDS])
        sealer = SealedSubjects(KEYS)
        for one in self.people.values():
            tx.members.add(one.profile)
            for word in one.shuns:
                tx.comforts.mark(one.profile.id, word, "not")
            for other in one.keeps_from:
                hashed = sealer.one_sided(one.profile.salt, Member(PLATFORM, other))
                tx.aparts.add(one.profile.id, Apart(f"{one.name}-{other}", hashed, BEGIN))

    # What they do of themselves

    def _later(self, at: datetime, what: Callable[[], Awaitable[object]]) -> None:
        heappush(self._to_do, (at, next(self._numbers), what))

    def _plan(self, one: Person) -> None:
        """Plan a member's days: when they ask, leave a light on, or pause."""
        chance = random.Random(f"{SEED} days of {one.name}")
        here = ZoneInfo(one.profile.zone)
        for day in range(self.days):
            at = datetime.combine(BEGIN.date() + timedelta(days=day), time(), here).astimezone(UTC)
            words = tuple(chance.sample(one.words, min(len(one.words), chance.randint(0, 3))))
            awake = [at + timedelta(minutes=chance.randint(8 * 60, 22 * 60)) for _ in range(3)]
            happens = [chance.random() < often for often in (one.asks, one.lights, 0.005)]
            if at < BEGIN:
                continue
            if happens[0]:
                self._later(awake[0], partial(self._asks, one, "peer.open", {"words": words}))
            if happens[1]:
                hours = str(chance.choice((2, 4, 4, 8)))
                self._later(awake[1], partial(self._asks, one, "peer light on", {"hours": hours, "words": words}))
            if happens[2]:
                self._later(awake[2], partial(self._pauses, one))

    async def _asks(self, one: Person, command: str, args: dict[str, Raw]) -> None:
        await self._runtime.sink.ask(
            Intent(f"event {next(self._numbers)}", command, one.profile.member, args=args, space=None, room=None)
        )

    async def _pauses(self, one: Person) -> None:
        here = self.clock.now().astimezone(ZoneInfo(one.profile.zone))
        self._paused[one.name] = datetime.combine(here.date() + timedelta(days=3), time(), here.tzinfo)
        await self._asks(one, "peer pause", {"day": "3"})

    # What they are sent, and what they do then

    async def _sent(self, effect: Say, to: str) -> None:
        choices = {choice.action: choice.subject for choice in effect.card.choices}
        lines = {line.id for line in effect.card.lines}
        if "peer-open" in lines:
            self.outcome.opened[choices["peer withdraw"]] = self.clock.now()
        elif "peer-question" in lines:
            await self._answers(self.people[to], choices)
        elif "peer-introduced" in lines:
            await self._met(to)

    async def _answers(self, one: Person, choices: dict[str, str]) -> None:
        """Decide what somebody says to a question, and when. What they are set to is held against it."""
        now, profile, id_ = self.clock.now(), one.profile, choices["peer.yes"]
        self.outcome.questions += 1
        through = choices.get("peer light off") or ""
        opening, other, second = await self._store.read(partial(_about, id_))
        today = local_day(now, profile.zone)
        self._asked[one.name, today] += 1
        self._through[through] += bool(through)
        against = {
            "budget": self._asked[one.name, today] > profile.budget,
            "light": bool(through) and self._through[through] > profile.questions,
            "quiet": is_quiet(now, profile.zone, profile.quiet_from, profile.quiet_to),
            "paused": self._paused.get(one.name, now) > now,
        }
        self.outcome.over += [why for why, true in against.items() if true]
        # The same mood whatever the order: of these two, on this day.
        mood = random.Random(f"{SEED} {one.name} {other} {today}")
        shared = len(opening.words & set(one.words))
        likely = 0.85 if second else min(0.95, one.kind + 0.12 * shared)
        says = mood.random()
        after = timedelta(minutes=1 + min(40, int(mood.expovariate(1 / 6))))
        if says < likely:
            self._later(now + after, partial(self._presses, one, "peer.yes", id_))
        elif says < likely + (1 - likely) / 2:
            self._later(now + after, partial(self._presses, one, "peer.no", id_))

    async def _presses(self, one: Person, action: str, subject: str) -> None:
        await self._runtime.sink.ask(
            Intent(f"event {next(self._numbers)}", action, one.profile.member, subject=subject)
        )

    async def _met(self, to: str) -> None:
        """Note an introduction when the first of the two reads it: every request that either has open has met."""
        now = self.clock.now()
        found = await self._store.read(partial(_introduced, self.people[to].profile.id, now))
        for one, other, requests in found:
            pair = frozenset((one, other))
            if (now, pair) in self._told:
                continue
            self._told.add((now, pair))
            self.outcome.together += 1
            self.outcome.shared.append(len({*self._of(one).words} & {*self._of(other).words}))
            for id_, opened_at in requests:
                self.outcome.waited.setdefault(id_, (now - opened_at) / timedelta(minutes=1))

    def _of(self, id_: str) -> Person:
        return self.people[id_.removeprefix("m")]


def _about(id_: str, tx: Tx) -> tuple[Opening, str, bool]:
    """Return what a question is about, the other of the two, and whether it is to the owner."""
    asked = tx.questions.get_for_change(id_)
    opening = tx.openings.get(asked.opening) if asked is not None else None
    if asked is None or opening is None:
        raise AssertionError("a question about nothing")
    return opening, asked.with_member, asked.second


def _introduced(id_: str, now: datetime, tx: Tx) -> list[tuple[str, str, list[tuple[str, datetime]]]]:
    """Return whom somebody is being introduced to, and both's open requests; nothing once that is written down."""
    yeses = [
        asked
        for asked in (*tx.questions.to(id_), *tx.questions.naming(id_))
        if asked.yes and asked.second and asked.ends_at > now
    ]
    return [
        (
            asked.member,
            asked.with_member,
            [
                (opening.id, opening.opened_at)
                for member in (asked.member, asked.with_member)
                for opening in tx.openings.of_member(member)
                if opening.asks
            ],
        )
        for asked in yeses
    ]


async def simulate(order: Order, members: int, days: int, busy: float = 1.0) -> Outcome:
    """Let a community live, its candidates asked in an order. ``busy``: so many times as much happens."""
    usual = introducing._ranked  # noqa: SLF001 - the one place where it is decided who is asked first

    def ranked(*given: Any) -> Ranked:
        return order(usual(*given))

    with patch.object(introducing, "_ranked", ranked):
        return await Life(members, days, busy).live()


def figures(name: str, outcome: Outcome) -> Iterator[Figure]:
    """Give the figures of one order."""
    waited = sorted(outcome.waited.values())
    yield Figure(f"simulation {name} met", 100 * len(waited) / len(outcome.opened), "% of requests")
    yield Figure(f"simulation {name} waited p50", median(waited), "min")
    yield Figure(f"simulation {name} waited p90", quantiles(waited, n=10)[8], "min")
    yield Figure(f"simulation {name} questions", outcome.questions / outcome.together, "an introduction")
    yield Figure(f"simulation {name} words in common", mean(outcome.shared), "an introduction")
    within = 100 * (outcome.questions - len(outcome.over)) / outcome.questions
    yield Figure(f"simulation {name} asked as set", within, "% of questions", "100")


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    members, days = size.community
    found = {name: await simulate(order, members, days) for name, order in ORDERS.items()}
    requests = Figure(f"simulation requests of {members}", len(found["ours"].opened), f"in {days} days")
    return (requests, *(figure for name, outcome in found.items() for figure in figures(name, outcome)))


ORDERS: Final[dict[str, Order]] = {"ours": ours, "first come": first_come, "at random": at_random}
"""What is compared."""
