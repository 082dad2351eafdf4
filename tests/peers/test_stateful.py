"""Whatever members do, in whatever order: what was promised to each of them holds after every step.

Hypothesis makes up evenings of asking, answering, keeping apart, pausing, rounds, forgetting and time that passes, on
the real core, the real local adapter and the real store. What leaves is watched where it leaves, and compared with what
people themselves did.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import combinations, count
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from adapters.local.world import private
from bot.contract.effect import Effect, Result, Say
from bot.contract.place import Member
from bot.contract.queues import WorkTx
from bot.contract.tables import Tx
from bot.contract.text import Fact, Text, Voice
from bot.domain.openings import Opening, Question
from bot.store.sealed import identity
from bot.store.tx import SqlTx
from tests.drivers.local import LocalEvening, SimulatedEvening
from tests.peers.two_worlds import QUESTION, in_a_loop
from tests.promises import drove

T = TypeVar("T")

PEOPLE: Final = ("birch", "alder", "rowan", "hazel")
TWO: Final = "peer-introduced"
ROUND: Final = "round-introduced"
QUIET: Final = (time(14), time(16))
"""The quiet hours that somebody sets who sets any."""

who = st.sampled_from(PEOPLE)
which = st.integers(0, 7)
yes_or_no = st.sampled_from(("yes", "no"))
spans = st.sampled_from(("2h", "1d", "3d"))
places = st.sampled_from(("direct", "either"))
seconds = st.sampled_from(
    (
        "withdraw", "put_out", "leave", "keep_apart", "come_together", "pause", "resume", "spend_less", "be_quiet",
        "time_out", "stop", "forget",
    )
)  # fmt: skip
"""What somebody may think again, as the name of a step."""


@dataclass(frozen=True)
class Owed:
    """An answer that somebody who said yes was promised, and until when."""

    member: str
    other: str
    due: datetime


@dataclass
class Book:
    """What people did, as they know it themselves; what they were told; and what was wrong about that.

    Attributes:
        apart: Who keeps apart from whom, by their own list.
        paused: Until when somebody is paused.
        out: Who is timed out.
        quiet: Who has quiet hours.
        owed: What those who said yes to a question were promised, by the question.
        joined: Who joined a round, and when they hear what came of it at the latest.
        numbers: How often a light may be asked, by its id.
        asked: How many questions came through an opening, and how many to a member on a day.
        telling: Who has still to be told of an introduction.
        closed: The openings that an introduction closed, by their ids.
        may_hear: Who was introduced, and may all the same hear of another yes that nothing came of it.
        wrong: What broke a promise.
        seen: What came about, by name: an evening in which nothing does proves nothing.
    """

    apart: set[tuple[str, str]] = field(default_factory=set)
    paused: dict[str, datetime] = field(default_factory=dict)
    out: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)
    owed: dict[str, Owed] = field(default_factory=dict)
    joined: dict[str, datetime] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    asked: Counter[object] = field(default_factory=Counter)
    telling: dict[tuple[str, frozenset[str]], set[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    may_hear: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def may_not(self, one: str, other: str, now: datetime) -> Iterator[str]:
        """Give what stands against bringing two together."""
        if {(one, other), (other, one)} & self.apart:
            yield "apart"
        for name in (one, other):
            if name in self.paused and self.paused[name] > now:
                yield "paused"
            if name in self.out:
                yield "timed out"

    def take_back(self, name: str) -> None:
        """Note that somebody took back every yes to a question."""
        self.owed = {id_: owed for id_, owed in self.owed.items() if owed.member != name}

    def forget(self, name: str) -> None:
        """Note that somebody was forgotten: what they set is gone, what others set about them is theirs."""
        self.take_back(name)
        self.apart = {pair for pair in self.apart if pair[0] != name}
        self.paused.pop(name, None)
        self.joined.pop(name, None)
        self.quiet.discard(name)
        for kept in [one for one in self.asked if isinstance(one, tuple) and one[0] == name]:
            del self.asked[kept]

    # What they are told

    def question(self, now: datetime, look: "Asked") -> None:
        """Note a question that reaches somebody."""
        self.seen["question"] += 1
        self.wrong += [f"asked, though {why}" for why in self.may_not(look.member, look.other, now)]
        if look.opening in self.closed:
            self.wrong.append("asked for a request that is over")
        if look.open_already:
            self.wrong.append("asked twice at a time")
        if look.member in self.quiet and QUIET[0] <= now.time() < QUIET[1]:
            self.wrong.append("asked in quiet hours")
        self.asked[look.through] += 1
        self.asked[look.member, now.date()] += 1
        if self.asked[look.member, now.date()] > look.budget:
            self.wrong.append("asked over budget")

    def introduction(
        self, kind: str, to: str, people: frozenset[str], now: datetime, stay: set[str], closes: set[str]
    ) -> None:
        """Note an introduction that reaches somebody; the first of them shows whom it brings together."""
        still = self.telling.get((kind, people))
        if still is not None:
            still.discard(to)
            if not still:
                del self.telling[kind, people]
            return
        self.telling[kind, people] = set(people - {to})
        self.seen[kind] += 1
        for one, other in combinations(sorted(people), 2):
            self.wrong += [f"introduced, though {why}" for why in self.may_not(one, other, now)]
        if kind == ROUND:
            self.wrong += ["introduced without a yes" for name in people if self.joined.pop(name, None) is None]
            return
        if closes & self.closed:
            self.wrong.append("introduced twice in one slot")
        self.closed |= closes
        theirs = {id_ for id_, owed in self.owed.items() if {owed.member, owed.other} == people}
        if not theirs:
            self.wrong.append("introduced without a yes")
        gone = theirs | {id_ for id_, owed in self.owed.items() if owed.member in people - stay}
        # What is due at this very moment may be on its way already; and a light that stays leaves other yeses standing.
        self.may_hear.update(self.owed[id_].member for id_ in gone if self.owed[id_].due == now or stay)
        self.owed = {id_: owed for id_, owed in self.owed.items() if id_ not in gone}

    def nothing_came(self, name: str, now: datetime) -> None:
        """Note that somebody who said yes hears that nothing came of it."""
        self.seen["nothing came of it"] += 1
        found = next((id_ for id_, owed in self.owed.items() if (owed.member, owed.due) == (name, now)), None)
        if found is not None:
            del self.owed[found]
        elif self.may_hear[name]:
            self.may_hear[name] -= 1
        else:
            self.wrong.append("told of a yes that was not given")

    def alone(self, name: str, now: datetime) -> None:
        """Note that somebody hears that they stayed alone in a round."""
        self.seen["stayed alone"] += 1
        if self.joined.pop(name, None) != now:
            self.wrong.append("told of a round at another time")

    def check(self, now: datetime) -> None:
        """See that everything promised by now was kept."""
        assert not self.wrong, self.wrong
        assert not self.telling, "somebody was introduced to one who was not told"
        assert not [owed for owed in self.owed.values() if owed.due <= now], "a yes was lost"
        assert not [name for name, due in self.joined.items() if due <= now], "a yes to a round was lost"
        over = [id_ for id_, number in self.numbers.items() if self.asked[id_] > number]
        assert not over, "a light was asked more often than its owner set"


@dataclass(frozen=True)
class Asked:
    """A question, as the store has it when it leaves."""

    member: str
    other: str
    opening: str
    through: str
    open_already: bool
    budget: int


def text_of(effect: Say, *ids: str) -> Text | None:
    """Return the sentence with one of these ids, if a card has it."""
    return next((line for line in effect.card.lines if line.id in ids), None)


def members(fact: Fact) -> frozenset[str]:
    """Return whom a fact names."""
    match fact:
        case Member():
            return frozenset({fact.id})
        case Text():
            return frozenset().union(*(members(inner) for inner in fact.facts.values()))
        case tuple():
            return frozenset().union(*(members(inner) for inner in fact))
        case _:
            return frozenset()


def name_of(tx: Tx, id_: str) -> str:
    """Return whose profile this is."""
    profile = tx.members.get(id_)
    return profile.member.id if profile is not None else ""


def openings_of(tx: Tx, name: str) -> tuple[Opening, ...]:
    """Return what somebody has open."""
    profile = tx.members.find(Member("local", name))
    return tx.openings.of_member(profile.id) if profile is not None else ()


class Watched:
    """An evening, and the book that is kept of it."""

    def __init__(self, evening: LocalEvening) -> None:
        """Watch what leaves."""
        self.evening = evening
        self.book = Book()
        perform = evening.adapter.perform

        async def watched(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
            if isinstance(effect, Say) and isinstance(effect.to, Member):
                await self._note(effect, effect.to.id)
            return await perform(key, mark, effect, voice)

        # Where the core hands over, below every path that leads there.
        evening.adapter.perform = watched  # type: ignore[method-assign]

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.evening.now

    async def read(self, work: Callable[[WorkTx], T]) -> T:
        """Look into the store."""
        return await self.evening.store.read(work)

    async def _note(self, effect: Say, to: str) -> None:
        if text_of(effect, "peer-question") is not None:
            choices = {choice.action: choice.subject for choice in effect.card.choices}
            through = choices.get("peer light off") or choices.get("peer withdraw") or ""
            self.book.question(self.now, await self.read(lambda tx: self._asked(tx, choices["peer.yes"], through)))
        elif (line := text_of(effect, TWO, ROUND)) is not None:
            people = members(line)
            open_ = await self.read(lambda tx: [(name, one) for name in people for one in openings_of(tx, name)])
            stay = {name for name, one in open_ if one.stays}
            closes = {one.id for _, one in open_ if not one.stays}
            self.book.introduction(line.id, to, people, self.now, stay, closes)
        elif text_of(effect, "peer-question-over") is not None:
            self.book.nothing_came(to, self.now)
        elif text_of(effect, "round-alone") is not None:
            self.book.alone(to, self.now)

    def _asked(self, tx: WorkTx, id_: str, through: str) -> Asked:
        asked = tx.questions.get_for_change(id_)
        assert asked is not None
        profile = tx.members.get(asked.member)
        assert profile is not None
        open_already = [
            one
            for one in tx.questions.to(asked.member)
            if one.id != id_ and one.ends_at > self.now and not (one.yes or one.pressed)
        ]
        return Asked(
            profile.member.id, name_of(tx, asked.with_member), asked.opening, through, bool(open_already),
            profile.budget,
        )  # fmt: skip

    # What people do

    async def asks(self, name: str, command: str, **args: str) -> str:
        """Let somebody ask for something; what is due then happens."""
        return await self.evening.person(name).asks(command, args)

    def buttons(self, action: str) -> list[tuple[str, str, str]]:
        """Return who can press a choice with this action, what it is about, and the choice, each once."""
        found = {}
        for name in PEOPLE:
            for message in self.evening.world.messages(private(name)):
                for choice in message.card.get("choices", ()):
                    _, rest = str(choice["id"]).split(".", 1)
                    what, subject, _ = rest.rsplit(".", 2)
                    if what == action:
                        found[name, subject] = (name, subject, str(choice["id"]))
        return list(found.values())

    async def answers(self, name: str, question: str, button: str) -> Question | None:
        """Let somebody press; return their question as it is before anything else happens."""
        await self.evening.adapter.press(name, button)
        return await self.read(lambda tx: tx.questions.get_for_change(question))

    def cards(self) -> list[tuple[str, str]]:
        """Return the requests that stand on a card without a name in the room, and the choice to press."""
        here = self.evening.world.messages(self.evening.adapter.room.id)
        buttons = [str(choice["id"]) for message in here for choice in message.card.get("choices", ())]
        return [(one.rsplit(".", 2)[1], one) for one in buttons if ".peer.glad." in one]

    async def presses_card(self, name: str, opening: str, button: str) -> Question | None:
        """Let somebody press a card; return their question as it is before anything else happens."""
        await self.evening.adapter.press(name, button)

        def mine(tx: WorkTx) -> Question | None:
            about = [one for one in tx.questions.about(opening) if not one.second]
            return next((one for one in about if name_of(tx, one.member) == name), None)

        return await self.read(mine)

    async def traces(self, name: str) -> dict[str, str | bytes]:
        """Return what the store has that is somebody's alone."""

        def look(tx: WorkTx) -> dict[str, str | bytes]:
            whom = Member("local", name)
            profile = tx.members.find(whom)
            if profile is None:
                return {}
            return {
                "our id": profile.id,
                "salt": profile.salt,
                "sealed id": self.evening.keys.seal_id(identity(whom)),
                **{f"opening {one.id}": one.id for one in openings_of(tx, name)},
                **{f"question {one.id}": one.id for one in tx.questions.to(profile.id)},
                **{f"yes {one.id}": one.id for one in tx.rounds.yeses_of(profile.id)},
                **{f"apart {one.id}": one.hash for one in tx.aparts.of(profile.id)},
            }

        return await self.read(look)

    async def left_behind(self, traces: dict[str, str | bytes]) -> set[str]:
        """Return which of these can still be found: in a row of any table, or in a byte of any file."""

        def rows(tx: WorkTx) -> list[str | bytes]:
            assert isinstance(tx, SqlTx)
            fetch = tx.ground.db.driver.fetch
            tables = [name for (name,) in fetch("SELECT name FROM sqlite_master WHERE type = 'table'", ())]
            return [
                value
                for table in tables
                for row in fetch(f'SELECT * FROM "{table}"', ())  # noqa: S608 - our own names
                for value in row
                if isinstance(value, str | bytes)
            ]

        files = b"" if isinstance(self.evening, SimulatedEvening) else self.evening.bytes_at_rest()
        plain = {name: one if isinstance(one, bytes) else one.encode() for name, one in traces.items()}
        whole = [files, *(one if isinstance(one, bytes) else one.encode() for one in await self.read(rows))]
        return {name for name, trace in plain.items() if any(trace in one for one in whole)}


class Evenings(RuleBasedStateMachine):
    """One evening after another, step by step."""

    runner: ClassVar[asyncio.Runner]
    fresh: ClassVar[Callable[[], Coroutine[Any, Any, LocalEvening]]]

    def __init__(self) -> None:
        super().__init__()
        self.there = Watched(self._do(type(self).fresh()))
        self.book = self.there.book

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def _asks(self, name: str, command: str, **args: str) -> str:
        return self._do(self.there.asks(name, command, **args))

    # Asking

    @initialize(
        lit=st.sets(who, min_size=2),
        keeps=st.lists(st.tuples(who, who), max_size=2),
        asks=st.sets(who, min_size=1),
        pauses=st.sets(who, max_size=1),
        joins=st.sets(who),
        ask_first=yes_or_no,
    )
    def begin(
        self,
        lit: set[str],
        keeps: list[tuple[str, str]],
        asks: set[str],
        pauses: set[str],
        joins: set[str],
        ask_first: str,
    ) -> None:
        """Begin with people there, so that something comes about, and with something that stands against it."""
        self._do(self.there.evening.person("linden").asks("setup room", {"room_for": "peers"}, in_room=True))
        for name in sorted(lit):
            self.light(name, 3, "no")
        for name, other in keeps:
            self.keep_apart(name, other)
        for name in sorted(asks):
            self.ask(name, "2h", ask_first, "direct", card=True)
        self.plan_a_round(2)
        for name in sorted(joins):
            self.join(name, "yes")
        for name in sorted(pauses):
            self.pause(name, name)

    @rule(name=who, span=spans, ask_first=yes_or_no, place=places, card=st.booleans())
    def ask(self, name: str, span: str, ask_first: str, place: str, *, card: bool) -> None:
        with_card = {"card": "yes"} if card else {}
        self._asks(name, "peer request", span=span, ask_first=ask_first, place=place, **with_card)
        if card and "draft.use" in self.there.evening.person(name).choices():
            self._do(self.there.evening.person(name).presses("draft.use"))

    @rule(name=who, questions=st.integers(1, 3), stays=yes_or_no)
    def light(self, name: str, questions: int, stays: str) -> None:
        before = self._openings(name, asks=False)
        self._asks(name, "peer light on", hours="12", questions=str(questions), stays=stays)
        self.book.numbers |= dict.fromkeys(self._openings(name, asks=False) - before, questions)

    def _openings(self, name: str, *, asks: bool) -> set[str]:
        return self._do(self.there.read(lambda tx: {one.id for one in openings_of(tx, name) if one.asks is asks}))

    # Answering

    @precondition(lambda self: self.there.buttons("peer.yes"))
    @rule(which=which)
    def say_yes(self, which: int) -> None:
        buttons = self.there.buttons("peer.yes")
        name, id_, button = buttons[-1 - which % len(buttons)]
        asked = self._do(self.there.answers(name, id_, button))
        if asked is not None and asked.yes:
            other = self._do(self.there.read(lambda tx: name_of(tx, asked.with_member)))
            self.book.owed[id_] = Owed(name, other, asked.ends_at)
        self._do(self.there.evening.settle())

    @precondition(lambda self: self.there.buttons("peer.yes"))
    @rule()
    def say_yes_to_the_newest(self) -> None:
        self.say_yes(0)

    @precondition(lambda self: self.there.buttons("peer.no"))
    @rule(which=which)
    def say_no(self, which: int) -> None:
        buttons = self.there.buttons("peer.no")
        name, id_, button = buttons[-1 - which % len(buttons)]
        asked = self._do(self.there.answers(name, id_, button))
        if asked is None or not asked.yes:
            self.book.owed.pop(id_, None)
        self._do(self.there.evening.settle())

    @precondition(lambda self: self.there.cards())
    @rule(name=who, which=which)
    def press_a_card(self, name: str, which: int) -> None:
        cards = self.there.cards()
        opening, button = cards[which % len(cards)]
        asked = self._do(self.there.presses_card(name, opening, button))
        if asked is not None and asked.yes:
            self.book.seen["pressed"] += 1
            other = self._do(self.there.read(lambda tx: name_of(tx, asked.with_member)))
            self.book.owed[asked.id] = Owed(name, other, asked.ends_at)
        self._do(self.there.evening.settle())

    # Rounds

    @rule(hours=st.integers(1, 3))
    def plan_a_round(self, hours: int) -> None:
        at = self.there.now + timedelta(hours=hours)
        self._asks("linden", "round plan", rhythm="once", first_day=f"{at:%Y-%m-%d}", wall=f"{at:%H:%M}")

    @rule(name=who, trio=yes_or_no)
    def join(self, name: str, trio: str) -> None:
        self._asks(name, "round wishes", trio=trio)

        def look(tx: WorkTx) -> datetime | None:
            profile = tx.members.find(Member("local", name))
            return next((yes.ends_at for yes in tx.rounds.yeses_of(profile.id)), None) if profile else None

        due = self._do(self.there.read(look))
        if due is not None:
            self.book.joined[name] = due

    # Second thoughts, and limits of one's own. One rule, so that they do not outnumber what they are about

    @rule(name=who, other=who, what=seconds)
    def think_again(self, name: str, other: str, what: str) -> None:
        getattr(self, what)(name, other)

    def withdraw(self, name: str, _: str) -> None:
        self._end(name, "peer withdraw", asks=True)

    def put_out(self, name: str, _: str) -> None:
        self._end(name, "peer light off", asks=False)

    def _end(self, name: str, command: str, *, asks: bool) -> None:
        traces: dict[str, str | bytes] = {id_: id_ for id_ in self._openings(name, asks=asks)}
        self._asks(name, command)
        self.book.take_back(name)
        assert self._do(self.there.left_behind(traces)) == set()

    def leave(self, name: str, _: str) -> None:
        self.book.joined.pop(name, None)
        self._asks(name, "round leave")

    def keep_apart(self, name: str, other: str) -> None:
        if name != other:
            self.book.apart.add((name, other))
        self._asks(name, "peer apart", member=other)

    def come_together(self, name: str, other: str) -> None:
        self._asks(name, "peer together", member=other)
        self.book.apart.discard((name, other))

    def pause(self, name: str, _: str) -> None:
        self.book.paused[name] = self.there.now.replace(hour=0, minute=0) + timedelta(days=1)
        self.book.take_back(name)
        self._asks(name, "peer pause", day="1")

    def resume(self, name: str, _: str) -> None:
        self.book.paused.pop(name, None)
        self._asks(name, "peer resume")

    def spend_less(self, name: str, _: str) -> None:
        self._asks(name, "mine limits", budget="1")

    def be_quiet(self, name: str, _: str) -> None:
        self.book.quiet.add(name)
        self._asks(name, "mine quiet", quiet_from=f"{QUIET[0]:%H:%M}", quiet_to=f"{QUIET[1]:%H:%M}")

    def time_out(self, name: str, _: str) -> None:
        """Let a moderator keep somebody from speaking, or let them speak again."""
        self.book.out ^= {name}
        self.there.evening.person(name).becomes(timed_out=name in self.book.out)
        self.pass_time(1)  # what the platform said a moment ago may be believed for a moment

    def stop(self, name: str, _: str) -> None:
        self.book.take_back(name)
        self.book.joined.pop(name, None)
        self._asks(name, "mine stop")

    def forget(self, name: str, _: str) -> None:
        traces = self._do(self.there.traces(name))
        self._asks(name, "mine forget")
        if traces:
            self.book.seen["forgotten"] += 1
            self.book.forget(name)
            self._do(self.there.evening.person(name).presses("mine.forget-yes"))
            assert self._do(self.there.left_behind(traces)) == set()

    # Time

    @rule()
    def pass_a_slot(self) -> None:
        self.pass_time(20)

    @rule(minutes=st.sampled_from((1, 5, 45, 130, 600)))
    def pass_time(self, minutes: int) -> None:
        self._do(self.there.evening.wind(minutes=minutes))

    @invariant()
    def everything_holds(self) -> None:
        self.book.check(self.there.now)

    def teardown(self) -> None:
        """Let everything that was promised come about, and everybody be forgotten."""
        self._do(self.there.evening.wind(hours=5))
        self.book.check(self.there.now)
        for name in PEOPLE:
            self.forget(name, name)
        SEEN.update(self.book.seen)


BRIEFLY: Final[dict[str, Any]] = {"derandomize": True, "phases": (Phase.generate,)}
"""Always the same evenings; one that goes wrong is told as it was, for to make it shorter takes minutes."""

SEEN: Counter[str] = Counter()
"""What came about in all evenings of a run."""


def play(begin: Callable[[], Coroutine[Any, Any, LocalEvening]], runner: asyncio.Runner, **how: Any) -> Counter[str]:
    """Play many evenings; return what came about in them."""
    drove("local")
    SEEN.clear()
    chosen = settings(
        deadline=None, suppress_health_check=list(HealthCheck), stateful_step_count=40, database=None, **how
    )
    Evenings.runner, Evenings.fresh = runner, begin
    run_state_machine_as_test(Evenings, settings=chosen)
    return Counter(SEEN)


def in_memory(**how: Any) -> Counter[str]:
    """Play many evenings on one database in memory."""
    with asyncio.Runner(debug=False) as runner:
        evening = runner.run(SimulatedEvening().start())

        async def begin() -> LocalEvening:
            await evening.again()
            return evening

        try:
            return play(begin, runner, **how)
        finally:
            runner.run(evening.stop())


def on_disk(folder: Path, **how: Any) -> Counter[str]:
    """Play some evenings, each on a database of its own in a file."""
    with asyncio.Runner(debug=False) as runner:
        opened: list[LocalEvening] = []
        number = count()

        async def begin() -> LocalEvening:
            if opened:
                await opened.pop().stop()
            opened.append(await LocalEvening(folder / f"{next(number)}").start())
            return opened[0]

        try:
            return play(begin, runner, **how)
        finally:
            for evening in opened:
                runner.run(evening.stop())


@pytest.mark.promise("P2", platform="local")
@pytest.mark.promise("P5", platform="local")
@pytest.mark.promise("P10", platform="local")
@pytest.mark.promise("P13", platform="local")
@pytest.mark.promise("P14", platform="local")
@pytest.mark.promise("P19", platform="local")
@pytest.mark.timeout(600)
def test_whatever_members_do_what_was_promised_to_each_of_them_holds() -> None:
    seen = in_memory(max_examples=30, **BRIEFLY)
    for came_about in (TWO, ROUND, "question", "pressed", "nothing came of it", "stayed alone"):
        assert seen[came_about], f"evenings without {came_about} prove little"


@pytest.mark.promise("P3", platform="local")
@pytest.mark.promise("M2", platform="local")
def test_whoever_is_forgotten_is_in_no_row_and_no_byte_of_any_file(tmp_path: Path) -> None:
    seen = on_disk(tmp_path, max_examples=4, **BRIEFLY)
    assert seen["forgotten"], "evenings in which nobody is forgotten prove nothing"


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_same_over_many_evenings(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    seen = in_memory(max_examples=1_500) + on_disk(tmp_path, max_examples=150)
    record_property("figure", f"evenings at random: {dict(seen)}")


async def busy_owner() -> None:
    """Let somebody whose peer said yes be asked by another, before they can be asked about that peer."""
    evening = await SimulatedEvening().start()
    await evening.again()
    birch, alder, rowan = (evening.person(name) for name in ("birch", "alder", "rowan"))
    await alder.asks("peer light on")
    await birch.asks("peer request", {"span": "2h", "ask_first": "yes"})
    await alder.presses("peer.yes")
    await evening.wind(minutes=5)
    await rowan.asks("peer request", {"span": "2h", "ask_first": "yes"})
    await evening.wind(minutes=9)
    asked = [words for _, words in birch.was_sent() if QUESTION in words]
    assert len(asked) == 1, "asked by rowan until 12:15; so not about alder at 12:10"
    await evening.wind(minutes=6)
    assert "nothing came of it" in alder.was_sent()[-1][1], "as after any yes of which nothing comes"
    await evening.stop()


@pytest.mark.promise("P5", platform="local")
def test_somebody_who_is_being_asked_is_not_asked_about_their_own_request_meanwhile() -> None:
    drove("local")
    in_a_loop(busy_owner())
