"""Who is asked first, read in order from an index, is who the rule says, in any world; and nothing is read in full.

The rule is `bot.domain.matching.candidates`, which looks at everybody. The store looks at a few who wait at a time.
"""

import asyncio
import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.chance import SeededChance
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live
from bot.contract.place import Member, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Apart, Community, Entry, Profile
from bot.domain import matching
from bot.domain.openings import Opening, Question
from bot.domain.quiet import budget_left, is_quiet, local_day
from bot.store import openings
from bot.store.sealed import SealedSubjects
from bot.store.statement import Driver
from commands import introducing
from tests.store.scene import DAY, HOUR, KEYS, NOW, a_store, own

ZONE = "Europe/London"
FAR = "Pacific/Kiritimati"
"""Where it is 2:00 on the next day at `NOW`, while it is noon in London."""
WORDS = [f"w{number}" for number in range(6)]
SEALER = SealedSubjects(KEYS)


@dataclass(frozen=True)
class World:
    """Everybody, what they have open, and what is between them; the first one asks through the first opening."""

    people: list[Profile]
    openings: list[Opening]
    questions: list[Question] = field(default_factory=list)
    met: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    shunned: frozenset[str] = frozenset()

    @property
    def asking(self) -> Opening:
        return self.openings[0]


class UndoneError(Exception):
    """Takes back what a world put into the database."""


def person(number: int, **more: Any) -> Profile:
    return Profile(f"m{number}", Member("local", f"person-{number}"), bytes([number]) * 16, NOW, **more)


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """What nearly always is alike, so that many fit but for one thing."""
    return st.integers(0, 9).flatmap(lambda number: st.just(usual) if number else st.sampled_from(others))


quiet_hours = mostly((None, None), (22, 7), (11, 13), (13, 11), (12, 12), (12, 13), (23, 13), (11, 9), (9, None))
people = st.builds(
    lambda quiet, zone, budget, sent_on, sent, paused: {
        "quiet_from": quiet[0] and time(quiet[0]),
        "quiet_to": quiet[1] and time(quiet[1]),
        "zone": zone,
        "budget": budget,
        "sent_on": sent_on,
        "sent": sent,
        "paused_until": paused,
    },
    quiet_hours,
    mostly("", ZONE, "Asia/Tokyo"),
    mostly(2, 1, 0),
    st.sampled_from(["2027-03-03", "2027-03-04"]),
    mostly(0, 1, 2),
    mostly(None, NOW, NOW + HOUR),
)
some_words = st.frozensets(st.sampled_from(WORDS), max_size=5)
openings_of = st.builds(
    lambda **chosen: {**chosen, "not_today": chosen["not_today"] - chosen["words"]},
    member=st.integers(0, 7),
    community=mostly("c", "d"),
    platform=mostly("local", "other"),
    languages=st.lists(st.sampled_from(["en", "de", "fr"]), min_size=1, max_size=3, unique=True).map(tuple),
    way=mostly("text", "voice"),
    place=mostly("either", "room", "direct"),
    group=mostly("", "role-1"),
    opened_at=st.sampled_from([NOW - HOUR, NOW - 2 * HOUR, NOW - 3 * HOUR]),
    ends_at=mostly(NOW + DAY, NOW + timedelta(microseconds=1), NOW),
    questions=mostly(None, 2, 1, 0),
    someone_new=mostly(False, True),
    words=some_words,
    not_today=st.frozensets(st.sampled_from(WORDS), max_size=1),
)
questions_of = st.tuples(
    st.integers(0, 15), st.integers(0, 7), st.integers(0, 7), st.sampled_from([NOW - HOUR, NOW + HOUR]), st.booleans()
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    everybody = [person(number, **draw(people)) for number in range(8)]
    ids = [one.id for one in everybody]
    given_openings = draw(st.lists(openings_of, min_size=1, max_size=16))
    opened = [
        Opening(**{**chosen, "id": f"o{number}", "member": ids[chosen["member"] if number else 0], "asks": True})
        for number, chosen in enumerate(given_openings)
    ]
    asked = [
        Question(f"q{number}", opened[about % len(opened)].id, ids[one], ids[other], NOW - HOUR, ends, second=second)
        for number, (about, one, other, ends, second) in enumerate(draw(st.lists(questions_of, max_size=4)))
    ]
    among = st.frozensets(st.sampled_from(ids[1:]), max_size=4)
    return World(everybody, opened, asked, draw(among), draw(among), draw(among))


def fill(tx: WorkTx, world: World) -> None:
    owner = world.people[0]
    for one in world.people:
        tx.members.add(one)
        if one.id in world.met:
            tx.met.add(SEALER.pair(owner.salt, one.salt), NOW + DAY)
        if one.id in world.apart:
            tx.aparts.add(one.id, Apart(f"a-{one.id}", SEALER.one_sided(one.salt, owner.member), NOW))
        if one.id in world.shunned:
            tx.aparts.add(owner.id, Apart(f"b-{one.id}", SEALER.one_sided(owner.salt, one.member), NOW))
    for opened in world.openings:
        tx.openings.add(opened)
    for asked in world.questions:
        tx.questions.add(asked)


def by_the_rule(world: World) -> list[str]:
    """Return whom the rule finds among all of them, and who may be asked at this moment."""

    def about_both(asked: Question, other: Opening) -> bool:
        one, two = (asked.member, asked.with_member), world.asking
        return (asked.opening == two.id and other.member in one) or (asked.opening == other.id and two.member in one)

    def free(other: Opening) -> bool:
        who = profiles[other.member]
        zone = who.zone or ZONE
        return (
            (who.paused_until is None or who.paused_until <= NOW)
            and not is_quiet(NOW, zone, who.quiet_from, who.quiet_to)
            and budget_left(who.budget, who.sent_on, who.sent, local_day(NOW, zone)) > 0
            and not any(asked.member == other.member and asked.ends_at > NOW for asked in world.questions)
            and not any(about_both(asked, other) for asked in world.questions)
        )

    profiles = {one.id: one for one in world.people}
    found = matching.candidates(
        world.asking,
        [other for other in world.openings if free(other)],
        now=NOW,
        apart=lambda other: other.member in world.apart | world.shunned,
        met=lambda other: other.member in world.met,
    )
    return [other.id for other in found]


def as_read(tx: WorkTx, world: World) -> list[str]:
    turn = Turn(NOW, NoArgs(), Live(NOW, {}), SeededChance(1), SEALER, {})
    asking = tx.openings.get(world.asking.id)
    assert asking is not None
    return [other.id for other, _ in introducing._ranked(turn, tx, asking, world.people[0])]


def settle(tx: WorkTx) -> None:
    for id_, zone in (("c", ZONE), ("d", ZONE), ("far", FAR)):
        tx.communities.add(Community(id_, NOW, zone=zone), Space("local", id_))
    tx.communities.set_words("c", tuple(Entry(word, f"word {word}") for word in WORDS))


Run = Callable[[Callable[[WorkTx], Any]], Any]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Return what runs work in a database in memory, and takes back what it did."""
    store = a_store(None)
    found: list[Any] = []

    async def undone(work: Callable[[WorkTx], Any]) -> None:
        def whole(tx: WorkTx) -> None:
            found.append(work(tx))
            raise UndoneError

        with contextlib.suppress(UndoneError):
            await store.write(whole)

    def now(work: Callable[[WorkTx], Any]) -> Any:
        runner.run(undone(work))
        return found.pop()

    with asyncio.Runner(debug=False) as runner:
        session = store.session()
        runner.run(session.__aenter__())
        runner.run(store.write(settle))
        yield now
        runner.run(session.__aexit__(None, None, None))


@hypothesis_settings(max_examples=200, deadline=None)
@given(worlds(), st.sampled_from([(1,), (2, 3), openings.WINDOWS]))
def test_who_is_read_from_the_index_is_who_the_rule_finds_in_the_same_order(
    run: Run, world: World, windows: tuple[int, ...]
) -> None:
    def work(tx: WorkTx) -> list[str]:
        fill(tx, world)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(openings, "WINDOWS", windows)
            ids = [other.id for page in tx.openings.others(world.asking, NOW) for other, _ in page]
            assert len(ids) == len(set(ids)), "nobody is read twice"
            return as_read(tx, world)

    assert run(work) == by_the_rule(world)


def alike(number: int, **more: Any) -> World:
    """A world in which everybody wants the same."""
    crowd = [person(one % 256, **more) for one in range(number)]
    everybody = [replace(one, id=f"m{n}", member=Member("local", f"person-{n}")) for n, one in enumerate(crowd)]
    wanted = Opening(
        id="", community="c", member="", platform="local", asks=True, languages=("en", "de"), way="text",
        place="either", opened_at=NOW - HOUR, ends_at=NOW + DAY, words=frozenset({"w1", "w2"}),
        not_today=frozenset({"w3"}),
    )  # fmt: skip
    return World(everybody, [replace(wanted, id=f"o{n:04}", member=one.id) for n, one in enumerate(everybody)])


def quiet(begins: int | None, ends: int | None, **more: Any) -> dict[str, Any]:
    hours = [None if hour is None else time(hour) for hour in (begins, ends)]
    return {"quiet_from": hours[0], "quiet_to": hours[1], **more}


def told(sent: int, budget: int, day: str = "2027-03-04", **more: Any) -> dict[str, Any]:
    return {"sent": sent, "budget": budget, "sent_on": day, **more}


NOT_NOW: list[tuple[str, dict[str, Any]]] = [
    ("c", quiet(11, 13)),
    ("c", quiet(12, 13)),
    ("c", quiet(23, 13)),
    ("c", quiet(11, 9)),
    ("c", quiet(12, 9)),
    ("c", quiet(11, 13, zone=ZONE)),
    ("c", quiet(1, 3, zone=FAR)),
    ("far", quiet(1, 3)),
    ("far", quiet(22, 7)),
    ("far", quiet(11, 13, zone=ZONE)),
    ("c", told(2, 2)),
    ("c", told(3, 2)),
    ("c", told(2, 2, zone=ZONE)),
    ("c", told(2, 2, "2027-03-05", zone=FAR)),
    ("c", told(0, 0)),
    ("c", told(0, 0, "2027-03-03")),
    ("far", told(2, 2, "2027-03-05")),
    ("far", told(2, 2, zone=ZONE)),
    ("c", {"paused_until": NOW + timedelta(microseconds=1)}),
]
"""Each in one way somebody who may not be asked at `NOW`, and in which community."""

NOW_AS_EVER: list[tuple[str, dict[str, Any]]] = [
    ("c", quiet(11, 12)),
    ("c", quiet(13, 14)),
    ("c", quiet(13, 11)),
    ("c", quiet(13, 12)),
    ("c", quiet(12, 12)),
    ("c", quiet(9, None)),
    ("c", quiet(None, 13)),
    ("c", quiet(1, 3)),
    ("c", quiet(11, 13, zone=FAR)),
    ("far", quiet(11, 13)),
    ("far", quiet(1, 3, zone=ZONE)),
    ("c", told(1, 2)),
    ("c", told(2, 2, "2027-03-03")),
    ("c", told(2, 2, zone=FAR)),
    ("far", told(2, 2)),
    ("far", told(2, 2, "2027-03-05", zone=ZONE)),
    ("c", {"paused_until": NOW}),
]
"""Each in one way somebody who nearly may not be asked."""


@pytest.mark.parametrize(
    ("community", "lives", "asked"),
    [(*case, False) for case in NOT_NOW] + [(*case, True) for case in NOW_AS_EVER],
)
def test_nobody_is_asked_in_quiet_hours_or_in_a_pause_or_once_they_were_told_enough(
    run: Run, community: str, lives: dict[str, Any], asked: bool
) -> None:
    def work(tx: WorkTx) -> None:
        world = alike(3)
        here = [replace(one, community=community) for one in world.openings]
        first, one, *rest = world.people
        world = replace(world, people=[first, replace(one, **lives), *rest], openings=here)
        fill(tx, world)
        assert as_read(tx, world) == (["o0001", "o0002"] if asked else ["o0002"])
        by_the_store = [other.id for page in tx.openings.others(world.asking, NOW) for other, _ in page]
        known_to_it = lives.get("zone", "") in ("", ZONE if community == "c" else FAR)
        assert by_the_store == (["o0001", "o0002"] if asked or not known_to_it else ["o0002"])

    run(work)


def test_who_keeps_apart_is_left_out_either_way_and_who_was_met_comes_last(run: Run) -> None:
    def work(tx: WorkTx) -> None:
        everybody = alike(7)
        world = replace(
            everybody,
            shunned=frozenset({"m1", "m3"}),
            apart=frozenset({"m2", "m3"}),
            met=frozenset({"m1", "m2", "m4"}),
        )
        fill(tx, world)
        assert as_read(tx, world) == ["o0005", "o0006", "o0004"] == by_the_rule(world)
        picky = [replace(one, someone_new=one.id == "o0004") for one in world.openings]
        world = replace(world, openings=picky)
        tx.openings.remove("o0004")
        tx.openings.add(picky[4])
        assert as_read(tx, world) == ["o0005", "o0006"] == by_the_rule(world)

    run(work)


class Watched:
    """Notes what a database is asked, and how many rows it gives."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.asked: list[tuple[str, Sequence[Any], int]] = []

    def fetch(self, sql: str, values: Sequence[Any]) -> list[Any]:
        rows = self.driver.fetch(sql, values)
        self.asked.append((sql, values, len(rows)))
        return rows

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        return self.driver.run(sql, values)


def watched(tx: WorkTx, world: World, most: int) -> tuple[Watched, list[str]]:
    """Take so many of those who are found, and watch."""
    db = own(tx).ground.db
    turn = Turn(NOW, NoArgs(), Live(NOW, {}), SeededChance(1), SEALER, {})
    watch = Watched(db.driver)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "driver", watch)
        ranked = introducing._ranked(turn, tx, world.asking, world.people[0])
        return watch, [other.id for other, _ in islice(ranked, most)]


@pytest.mark.parametrize("number", [50, 400])
def test_the_first_are_found_by_looking_at_a_few_however_many_wait(run: Run, number: int) -> None:
    def work(tx: WorkTx) -> None:
        world = alike(number)
        fill(tx, world)
        watch, found = watched(tx, world, introducing.AT_ONCE)
        assert found == [f"o{n:04}" for n in range(1, 1 + introducing.AT_ONCE)]
        assert len(watch.asked) <= 12
        assert sum(rows for _, _, rows in watch.asked) < 400

    run(work)


@pytest.mark.parametrize(
    "nobody",
    [
        {"way": "voice"},
        {"group": "role-1"},
        {"languages": ("fr",)},
        {"questions": 0},
        {"platform": "other"},
        {"community": "d"},
    ],
)
def test_who_cannot_fit_is_not_even_looked_at(run: Run, nobody: dict[str, Any]) -> None:
    def work(tx: WorkTx) -> None:
        world = alike(60)
        world = replace(world, openings=[world.asking, *(replace(one, **nobody) for one in world.openings[1:])])
        fill(tx, world)
        watch, found = watched(tx, world, 1)
        assert found == []
        assert sum(rows for _, _, rows in watch.asked) < 20

    run(work)


def test_nothing_is_read_in_full_or_sorted_by_the_database(run: Run) -> None:
    """Also where nobody who is looked at fits: all keep apart, were met, pause or were told enough."""

    def work(tx: WorkTx) -> None:
        worlds_of = [
            alike(60),
            replace(alike(60), met=frozenset(f"m{n}" for n in range(60))),
            replace(alike(60), apart=frozenset(f"m{n}" for n in range(60))),
            alike(60, paused_until=NOW + HOUR),
            alike(60, budget=0),
        ]
        for world in worlds_of:
            driver = own(tx).ground.db.driver
            driver.run("SAVEPOINT world")
            fill(tx, world)
            watch, _ = watched(tx, world, 1)
            for sql, values, _ in watch.asked:
                plan = [row[3] for row in driver.fetch(f"EXPLAIN QUERY PLAN {sql}", values)]
                assert plan
                for step in plan:
                    # `here` are the few in the window; the asker's own list is sorted as it is shown to them.
                    few = step == "SCAN here" or "ORDER BY apart.added_at" in sql
                    assert few or not re.search("SCAN|TEMP B-TREE|AUTOMATIC", step), step
            driver.run("ROLLBACK TO world")

    run(work)


def test_an_opening_is_found_until_its_last_question_is_spent_and_leaves_nothing(run: Run) -> None:
    def left(tx: WorkTx) -> int:
        return int(own(tx).ground.db.driver.fetch("SELECT count(*) FROM waiting", ())[0][0])

    def work(tx: WorkTx) -> None:
        world = alike(2)
        world = replace(world, openings=[world.asking, replace(world.openings[1], questions=2)])
        fill(tx, world)
        assert left(tx) == 2 * 4 * 2, "each of two: four choices of two words, in two languages"
        for still in (["o0001"], []):
            tx.openings.spend("o0001")
            assert as_read(tx, world) == still
        assert left(tx) == 4 * 2
        tx.openings.remove("o0000")
        assert left(tx) == 0

    run(work)
