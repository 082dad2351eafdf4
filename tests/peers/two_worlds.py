"""Two worlds that differ in one secret, and what everybody else sees in them (FEATURES P6).

A seed makes a small evening: who has a light on, who asks, who answers how and when. One person holds a secret. The
evening is run twice, with two kinds of the secret that must look alike from outside, on the real core, the real
database and the real local adapter with a virtual clock; then everything that everybody else was shown, send times
included, is compared byte by byte.
"""

import asyncio
import dataclasses
import json
import random
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.effect import Relay
from bot.contract.params import Raw
from bot.contract.tables import Tx
from commands import CATALOGUE
from tests.drivers.local import START, LocalEvening, LocalPerson, SimulatedEvening

T = TypeVar("T")

SLOT = timedelta(minutes=20)
MOMENT = 0.01
"""Minutes between what different people do: no two things are done at the same instant, or which of them comes first,
and so what is seen of it, would hang on how many other things are done in that world."""

ROUND_IN = 60
"""Minutes until the round introduces people, where there is one."""

PEOPLE = ("birch", "alder", "rowan", "hazel")

ABSENT = ("dark", "apart", "pause", "left", "timed_out", "closed", "quiet", "budget")
"""Kinds of a candidate's secret that must be like absence."""

STILL = ("silent", "no")
"""Kinds of not saying yes that must be like each other."""

REGRET = ("silent", "no", "yes pause", "yes apart", "yes left", "yes timed_out", "yes no", "yes stop")
"""Kinds of no yes, and of a yes that comes to nothing, to a request whose owner is asked again, that must be alike."""

NOT_THERE = ("dark", "leave", "pause", "stop", "forget", "apart", "left", "timed_out")
"""Kinds of a secret of somebody who joined a round, or would have, that must be like not having joined."""

NO_MATTER = ("none", "quiet", "budget")
"""Kinds of a limit of one's own that must be like none in a round: what was promised to those who joined comes."""

NOT_PRESSED = (
    "dark", "apart", "pause", "left", "timed_out", "closed", "stop", "forget", "no", "other_language", "other_place",
)  # fmt: skip
"""Kinds of a secret of somebody who pressed a card without a name, or would have, that must be like not pressing."""

BEFORE = ("closed", "quiet", "budget", "other_place")
"""Those that come true before they press; where to talk is as they wished when they pressed."""

AFTER = ("no", "stop", "forget")
"""Those that take a press back. All others come true before it or after."""

ASKER = ("apart", "pause", "left", "timed_out", "closed")
"""Kinds of an asker's secret, made while a question about their request is open, that must be like each other."""

DOES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "pause": ("peer pause", {"day": "2"}),
    "quiet": ("mine quiet", {"quiet_from": "11:00", "quiet_to": "23:00"}),
    "budget": ("mine limits", {"budget": "0"}),
    "leave": ("round leave", {}),
    "stop": ("mine stop", {}),
    "other_language": ("mine usual", {"languages": "de"}),
    "other_place": ("mine usual", {"place": "room"}),
}
"""What the holder of a secret asks for, by its kind."""

BECOMES: Mapping[str, Mapping[str, bool]] = {
    "left": {"present": False},
    "timed_out": {"timed_out": True},
    "closed": {"open": False},
}
"""What the platform knows of the holder of a secret, by its kind."""

SHOWN = frozenset({"say", "edit", "delete", "invite"})
"""Kinds of events that people see."""

QUESTION = "Would you like to be introduced?"
CARD = "A member would like to talk with a peer"


@dataclass(frozen=True)
class Plan:
    """One evening.

    Attributes:
        holder: Who has the secret.
        kinds: The two kinds of it that are compared.
        asks: Who asks, and after how many minutes.
        lights: Who has a light on, and after how many minutes.
        answers: What anybody but the holder does with their next question: after how many minutes, and what.
        minutes: How long the evening is.
        ask_first: Whether those who ask want to be asked again.
        joins: Who joins the round, and after how many minutes.
        wishes: With which wishes they join.
        presses: Who presses the card without a name that the request stands on, and after how many minutes.
        secret_at: After how many minutes the secret of a presser, or of whose card it is, comes true.
    """

    holder: str
    kinds: tuple[str, str]
    asks: tuple[tuple[int, str], ...]
    lights: tuple[tuple[int, str], ...]
    answers: Mapping[str, tuple[tuple[int, str], ...]]
    minutes: int
    ask_first: bool = False
    joins: tuple[tuple[int, str], ...] = ()
    wishes: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    presses: tuple[tuple[float, str], ...] = ()
    secret_at: float = 0

    @property
    def moves(self) -> bool:
        """Whether the secret decides who can be brought together with whom."""
        keeps = (*ABSENT, *NOT_THERE, *NOT_PRESSED)
        return self.kinds[0] in keeps and not set(self.kinds) <= set(NO_MATTER)

    @property
    def of_asker(self) -> bool:
        """Whether the holder is the one who asks."""
        return any(name == self.holder for _, name in self.asks)


def plan(seed: int) -> Plan:
    """Return the evening of a seed."""
    chance = random.Random(f"two worlds {seed}")
    people = list(PEOPLE)
    chance.shuffle(people)
    asker, holder, *others = people
    sort = chance.random()
    asks = [(2, asker)]
    lights = [(0, holder)]
    kinds: tuple[str, ...] = ABSENT
    if sort > 0.9:
        # The asker holds the secret, towards the one who was asked: nobody else is there to be asked instead.
        lights, holder, others, kinds = [(0, holder)], asker, [], ASKER
    elif sort > 0.75 + 0.07:
        kinds = REGRET
    elif sort > 0.75:
        kinds = STILL
    lights += [(chance.choice((0, 1, 3, 25)), name) for name in others if chance.random() < 0.7]
    # With a second request, absence and silence would rightly differ: the silent one can be asked about it.
    if others and kinds is not REGRET and chance.random() < 0.25:
        second = others[-1]
        lights = [light for light in lights if light[1] != second]
        asks.append((chance.choice((4, 11, 22)), second))
    answers = {
        name: tuple((chance.randint(1, 19), chance.choice(("yes", "no", "silent", "silent"))) for _ in range(4))
        for name in PEOPLE
    }
    first, second_kind = chance.sample(kinds, 2)
    ask_first = kinds is REGRET or chance.random() < 0.2
    return Plan(holder, (first, second_kind), tuple(asks), tuple(lights), answers, 55, ask_first)


def round_plan(seed: int) -> Plan:
    """Return the evening of a seed on which there is a round. Nobody asks, and no light is on."""
    chance = random.Random(f"a round {seed}")
    people = list(PEOPLE)
    chance.shuffle(people)
    holder = people.pop()
    others = people[: chance.choice((1, 2, 2, 3, 3))]
    kinds = chance.choice((NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, NO_MATTER))
    first, second = chance.sample(kinds, 2)
    wishes = {
        name: {
            "trio": chance.choice(("yes", "no")),
            "languages": chance.choice((("en",), ("en",), ("en", "de"), ("de", "en"))),
            "place": chance.choice(("direct", "either")),
        }
        for name in (holder, *others)
    }
    joins = tuple((chance.randint(1, 9), name) for name in (holder, *others))
    return Plan(holder, (first, second), (), (), {}, ROUND_IN + 35, joins=joins, wishes=wishes)


def card_plan(seed: int) -> Plan:
    """Return the evening of a seed on which a request stands on a card without a name, and some press it."""
    chance = random.Random(f"a card {seed}")
    people = list(PEOPLE)
    chance.shuffle(people)
    asker, presser, *others = people
    also = others[: chance.choice((0, 1, 1, 2))]
    presses = [
        (chance.randint(5, 20 if name == presser else 40) + MOMENT * (11 + PEOPLE.index(name)), name)
        for name in (presser, *also)
    ]
    answers = {name: ((chance.randint(1, 19), chance.choice(("yes", "yes", "no", "silent"))),) * 4 for name in PEOPLE}
    ask_first = chance.random() < 0.3
    holder, secret_at = presser, 0.0
    kinds: tuple[str, ...] = NOT_PRESSED
    lights: list[tuple[int, str]] = []
    sort = chance.random()
    if sort > 0.8:
        holder, kinds, secret_at = asker, (*ASKER, *(("quiet", "budget") if ask_first else ())), 3
    elif sort > 0.7:
        kinds = NO_MATTER
    first, second = chance.sample(kinds, 2)
    if holder == presser:
        lights = [(chance.choice((0, 1, 3, 25)), name) for name in others if name not in also and chance.random() < 0.7]
        secret_at = chance.choice((1, presses[0][0] + 0.5))
    return Plan(
        holder, (first, second), ((2, asker),), tuple(lights), answers, 85, ask_first,
        presses=tuple(presses),
        secret_at=secret_at,
    )  # fmt: skip


# An evening with another way to meet is another function from a seed to a `Plan`. What people do in it is a field of
# `Plan` that `_program` reads, and its test stands beside those in `test_secrets`.


class Stage:
    """Where one evening after another is played."""

    def __init__(self, evening: SimulatedEvening) -> None:
        self._evening = evening

    async def fresh(self) -> SimulatedEvening:
        """Return a new evening."""
        await self._evening.again()
        return self._evening

    async def play(self, plan: Plan, kind: str) -> tuple[str, bool]:
        """Play one evening.

        Returns:
            What everybody but the holder was shown, as one text, and whether the holder was asked anything.
        """
        evening = await self.fresh()
        shown: list[Mapping[str, Any]] = []
        asked: set[str] = set()
        todo: list[tuple[datetime, int, Callable[[], Any]]] = []
        left = {name: list(answers) for name, answers in plan.answers.items()}
        order = count()

        def later(minutes: float, what: Callable[[], Any]) -> None:
            todo.append((evening.now + timedelta(minutes=minutes), next(order), what))

        def note(event: Mapping[str, Any]) -> None:
            if event["kind"] not in SHOWN:
                return
            reader = _reader(event)
            if event["kind"] == "say" and QUESTION in " ".join(event["card"]["lines"]):
                asked.add(reader)
                later(*self._answer(evening, plan, kind, reader, left))
            if reader != plan.holder:
                shown.append({"to": reader, "at": event["at"].isoformat(), **_plain(event)})

        evening.world.watch(note)
        for minutes, what in _program(evening, plan, kind):
            later(minutes, what)
        end = evening.now + timedelta(minutes=plan.minutes)
        while evening.now < end:
            todo.sort(key=lambda one: one[:2])
            due = await evening.runtime.next_due() or end
            # Somebody may answer what is asked on the way, so time goes from one thing to the next.
            await evening.runtime.wind(min(end, due, *(at for at, _, _ in todo[:1])))
            while todo and todo[0][0] <= evening.now:
                await todo.pop(0)[2]()
        shown.sort(key=lambda one: (one["to"], one["at"]))
        return json.dumps(shown, indent=0), plan.holder in asked

    def _answer(
        self, evening: LocalEvening, plan: Plan, kind: str, who: str, left: dict[str, list[tuple[int, str]]]
    ) -> tuple[float, Callable[[], Any]]:
        """Return when and how somebody answers the question they were just asked."""
        person = evening.person(who)
        whole, answer = left[who].pop(0) if left[who] else (1, "silent")
        moment = MOMENT * (1 + PEOPLE.index(who))
        minutes = whole + moment
        if who == plan.holder and kind in REGRET:
            if kind.startswith("yes "):
                return 2 + moment, lambda: regret(evening, plan, kind.removeprefix("yes "), person)
            answer = kind
        if plan.of_asker and who != plan.holder:
            return minutes, lambda: yes_after_secret(evening, plan, kind, person)
        return minutes, lambda: press(person, answer)


def _program(evening: LocalEvening, plan: Plan, kind: str) -> Iterator[tuple[float, Callable[[], Any]]]:
    """Yield what people do of themselves, and after how many minutes."""
    for minutes, name in plan.lights:
        if name != plan.holder or kind != "dark":
            yield minutes, partial(evening.person(name).asks, "peer light on", {"hours": "12"})
    if kind in ABSENT and not plan.of_asker and not plan.joins and not plan.presses:
        yield 1, partial(hide, evening, plan, kind)
    if plan.joins:
        linden = evening.person("linden")
        at = START + timedelta(minutes=ROUND_IN)
        rhythm = {"rhythm": "once", "first_day": f"{at:%Y-%m-%d}", "wall": f"{at:%H:%M}"}
        yield 0, partial(linden.asks, "setup room", {"room_for": "peers"}, in_room=True)
        yield 0, partial(linden.asks, "round plan", rhythm, in_room=True)
    for minutes, name in plan.joins:
        if name != plan.holder or kind != "dark":
            yield minutes, partial(evening.person(name).asks, "round wishes", plan.wishes[name])
    if plan.joins and kind not in {"dark", "none"}:
        yield ROUND_IN / 2, partial(hide, evening, plan, kind)
    if plan.presses:
        yield from _around_a_card(evening, plan, kind)
    for minutes, name in plan.asks:
        details = {"place": "direct", "ask_first": "yes" if plan.ask_first else "no"}
        asks = partial(ask_with_card if plan.presses else LocalPerson.asks, evening.person(name))
        yield minutes, partial(asks, "peer request", details)


def _around_a_card(evening: LocalEvening, plan: Plan, kind: str) -> Iterator[tuple[float, Callable[[], Any]]]:
    """Yield what people do about a card without a name, and after how many minutes."""
    yield 0, partial(evening.person("linden").asks, "setup room", {"room_for": "peers"}, in_room=True)
    at = plan.secret_at
    for minutes, name in plan.presses:
        if name == plan.holder:
            at = 1 if kind in BEFORE else minutes + 0.5 if kind in AFTER else at
        if name != plan.holder or kind != "dark":
            yield minutes, partial(press_card, evening, evening.person(name))
    if kind not in {"dark", "none"}:
        yield at, partial(hide, evening, plan, kind)


def _reader(event: Mapping[str, Any]) -> str:
    """Return whom an event reaches."""
    place = str(event.get("place") or str(event.get("id", "")).partition("/")[0] or event.get("member", ""))
    return place.removeprefix("@")


def _plain(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person sees of an event: words and labels, in order, without opaque ids."""
    card = event.get("card") or {}
    return {
        "kind": event["kind"],
        "lines": list(card.get("lines", ())),
        "title": card.get("title", ""),
        "choices": [(str(choice["id"]).split(".")[1], choice["label"]) for choice in card.get("choices", ())],
    }


async def press(person: LocalPerson, answer: str) -> None:
    """Answer a question, if it can still be seen."""
    if answer != "silent" and f"peer.{answer}" in person.choices():
        await person.presses(f"peer.{answer}")


async def hide(evening: LocalEvening, plan: Plan, kind: str) -> None:
    """Make the holder's secret true."""
    holder = evening.person(plan.holder)
    if kind in BECOMES:
        holder.becomes(**BECOMES[kind])
    elif kind in DOES:
        await holder.asks(*DOES[kind])
    elif kind == "apart":
        for _, other in (*plan.asks, *plan.joins, *plan.presses):
            await holder.asks("peer apart", {"member": other})
    elif kind == "forget":
        await holder.asks("mine forget")
        if "mine.forget-yes" in holder.choices():
            await holder.presses("mine.forget-yes")
    elif kind == "no":
        await press(holder, "no")


async def ask_with_card(person: LocalPerson, command: str, details: Mapping[str, Raw]) -> None:
    """Ask, and let the request stand on a card without a name, too."""
    await person.asks(command, {**details, "card": "yes"})
    await person.presses("draft.use")


async def press_card(evening: LocalEvening, person: LocalPerson) -> None:
    """Press the card, if it still stands."""
    if any(CARD in post for post in evening.in_the_room()):
        await person.presses_in_room("peer.glad")


async def regret(evening: LocalEvening, plan: Plan, kind: str, holder: LocalPerson) -> None:
    """Say yes, and then let the secret come true."""
    await press(holder, "yes")
    if kind == "no":
        await press(holder, "no")
    elif kind == "stop":
        await holder.asks("mine stop")
    else:
        await hide(evening, plan, kind)


async def yes_after_secret(evening: LocalEvening, plan: Plan, kind: str, candidate: LocalPerson) -> None:
    """Let the asker's secret come true while the question is open, and then let the candidate say yes."""
    holder = evening.person(plan.holder)
    if kind == "apart":
        await holder.asks("peer apart", {"member": candidate.id})
    else:
        await hide(evening, plan, kind)
    await press(candidate, "yes")


@dataclass(frozen=True)
class Verdict:
    """What came of a run over many seeds.

    Attributes:
        differing: Seeds whose two worlds could be told apart, or in which a question left the grid of its slots.
        moved: How many seeds had a secret that changed who could be asked.
        seeds: How many were played.
    """

    differing: tuple[int, ...]
    moved: int
    seeds: int


async def judge(seeds: range, *, stop_early: bool = False, of: Callable[[int], Plan] = plan) -> Verdict:
    """Play the evenings of these seeds in both worlds, and without the secret."""
    differing: list[int] = []
    moved = 0
    simulated = await SimulatedEvening().start()
    stage = Stage(simulated)
    for seed in seeds:
        evening = of(seed)
        one, asked_one = await stage.play(evening, evening.kinds[0])
        other, asked_other = await stage.play(evening, evening.kinds[1])
        if one != other or not on_the_grid(evening, one):
            differing.append(seed)
            if stop_early:
                break
        if evening.of_asker:
            moved += 1  # without the secret the yes would have been an introduction
        elif seed % 2 == 0 and evening.moves and not asked_one and not asked_other:
            # Played in every other seed only: it is a count, and these already have to make up the share.
            shown, asked = await stage.play(evening, "none")
            moved += shown != one if evening.joins or evening.presses else asked
    await simulated.stop()
    return Verdict(tuple(differing), moved, len(seeds))


def on_the_grid(evening: Plan, shown: str) -> bool:
    """Return whether every question left at the start of a slot of a request."""
    starts = [START + timedelta(minutes=minutes) for minutes, _ in evening.asks]
    sent = [
        datetime.fromisoformat(event["at"])
        for event in json.loads(shown)
        if event["kind"] == "say" and QUESTION in " ".join(event["lines"])
    ]
    return all(any((at - start) % SLOT == timedelta() for start in starts) for at in sent)


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run in an event loop of its own, without asyncio's debugging, which would triple the time."""
    with asyncio.Runner(debug=False) as runner:
        return runner.run(work)


def run(seeds: range, *, stop_early: bool = False, of: Callable[[int], Plan] = plan) -> Verdict:
    """Judge many seeds."""
    return in_a_loop(judge(seeds, stop_early=stop_early, of=of))


def replace_command(monkeypatch: pytest.MonkeyPatch, name: str, run: Callable[[Turn[Any], Tx], Card | Relay]) -> None:
    """Plant another handler in the catalogue that is composed from now on."""
    planted = tuple(
        dataclasses.replace(command, run=run, reads=False) if command.name == name else command
        for command in CATALOGUE.all_commands
    )
    monkeypatch.setattr("bot.app.CATALOGUE", dataclasses.replace(CATALOGUE, all_commands=planted))
