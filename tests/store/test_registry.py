"""What a member is shown, and what is gone when they are forgotten: for every table."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, Table, insert

from bot.contract.agreements import Agreement, ConsentRound, Version
from bot.contract.card import Card
from bot.contract.checkins import Checkin
from bot.contract.circles import Circle, Meeting
from bot.contract.effect import Say, Then
from bot.contract.place import Member, Post, Room
from bot.contract.queues import WorkTx
from bot.contract.searches import Search
from bot.contract.tables import Apart, Entry, Round
from bot.contract.text import Fact, Literal, Said, Text, text
from bot.domain.agreement import CONSENT
from bot.store import registry
from bot.store.engine import SqlStore
from bot.store.schema import Instant, Lines, OfDay, Token, Tokens, metadata
from bot.store.sealed import Sealed
from tests.store.scene import ANNA, BEN, CORA, DAY, HOUR, NOW, counts, opening, own, profile, question, say

MINE = profile(ANNA).id
THEIRS = profile(BEN).id


def everything_of(tx: WorkTx, whom: Member, other: Member, number: int) -> None:
    """A row about a member in every table that can have one, by walking the tables."""
    db = own(tx).ground.db
    for table in metadata.sorted_tables:
        if table.name in registry.SHOWN and table.name != "member":
            db.run(insert(table), **{column.name: value(table, column, whom, other, number) for column in table.c})


def value(table: Table, column: Any, whom: Member, other: Member, number: int) -> Any:
    """Return a value that a column may hold: by its name, by where it points, or by its kind."""
    named = {
        "seq": None,
        "with_member": profile(other).id,
        "mark": "not",
        "id": f"{table.name}-{number}",
        "group": "role-1",
        "line": whom,
        "post": Post(whom, "m"),
        "body": (say(whom), None),
        "facts": (Said("words"),),
        "meeting": "meeting-1",
        "link": "https://example.org/plan",
        "begins_on": "2027-03-04",
        "dead_at": None,
        "recalled": False,
        "reason": "",
        "stance": "later",
        "answer": "come",
    }
    if column.name in named:
        return named[column.name]
    points = {
        "member": profile(whom).id,
        "community": "community-1",
        "opening": f"opening-{number}",
        "word": "w1",
        "round": "round-1",
        "round_yes": f"round_yes-{number}",
        "standing": f"standing-{number}",
        "checkin": "checkin-1",
        "agreement": "agreement-1",
        "agreement_version": f"agreement_version-{number}",
        "consent_round": "round-1",
        "circle": f"circle-{number}",
        "circle_meeting": f"circle-meeting-{number}",
        "circle_search": f"circle-search-{number}",
    }
    for key in column.foreign_keys:
        return points[key.column.table.name]
    kinds = {
        LargeBinary: bytes([number]) * 32,
        Instant: NOW,
        OfDay: time(22),
        Tokens: ("en",),
        Token: f"{column.name}-{number}",
        Boolean: True,
        Integer: number,
        Lines: ("We ask before giving advice.",),
        Sealed: Room("local", "r") if column.name == "card" else whom,
    }
    return kinds[type(column.type)]


@pytest.fixture
async def full(store: SqlStore) -> SqlStore:
    """A store in which two members have a row in every table, each with the other in it."""

    def work(tx: WorkTx) -> None:
        tx.communities.set_words("community-1", (Entry("w1", "night shifts"),))
        tx.rounds.put(Round("round-1", "community-1", "weekly", NOW.date(), time(19), NOW, NOW))
        tx.checkins.put(Checkin("checkin-1", "community-1", Room("local", "r"), True, 12, NOW, NOW + HOUR))
        tx.agreements.put(Agreement("agreement-1", "community-1", "Quiet evenings"))
        tx.agreements.write(Version("round-about", "agreement-1", 9, CONSENT, (), NOW, NOW))
        tx.agreements.ask(ConsentRound("round-1", "round-about", "room", NOW, NOW + DAY, 2))
        for number in (1, 2):
            room = Room("local", "r")
            tx.circles.put(
                Circle(f"circle-{number}", "community-1", "Quiet", room, "", NOW.date(), time(19), "Europe/London", 60)
            )
            tx.circles.hold(Meeting(f"circle-meeting-{number}", f"circle-{number}", NOW.date(), NOW, NOW + HOUR))
            times, until = (NOW + DAY, NOW + 2 * DAY), NOW + HOUR
            tx.searches.put(
                Search(f"circle-search-{number}", "community-1", "Quiet", room, times, "UTC", 60, NOW, until)
            )
        everything_of(tx, ANNA, BEN, 1)
        everything_of(tx, BEN, ANNA, 2)

    await store.write(work)
    return store


async def test_every_table_about_members_is_shown_and_forgotten(full: SqlStore) -> None:
    held = await full.read(lambda tx: tx.held(ANNA))
    assert [table.table for table in held] == list(registry.SHOWN)
    assert [len(table.rows) for table in held] == [1] * len(held)
    await full.write(lambda tx: tx.forget(ANNA, NOW))
    assert all(table.rows == () for table in await full.read(lambda tx: tx.held(ANNA)))
    left = await full.read(counts)
    assert {name: left[name] for name in registry.SHOWN} == dict.fromkeys(registry.SHOWN, 1) | {
        "member": 2,
        "standing": 2,
        "agreement_version": 3,
        "concern": 2,
    }
    assert [one.owner for one in await full.read(lambda tx: tx.checkins.all_planned("community-1"))] == ["", THEIRS]
    versions = await full.read(lambda tx: tx.agreements.versions("agreement-1"))
    assert [one.author for one in versions] == [None, BEN, None]
    concerns = await full.read(lambda tx: tx.agreements.concerns("agreement-1"))
    assert [(one.raiser, one.answerer) for one in concerns] == [(None, None), (BEN, BEN)]
    assert await full.read(lambda tx: tx.members.find(ANNA)) is None
    assert await full.read(lambda tx: tx.members.find(BEN)) == profile(BEN)


def all_facts(fact: Fact) -> list[Fact]:
    if isinstance(fact, tuple):
        return [inner for item in fact for inner in all_facts(item)]
    if isinstance(fact, Text):
        return [fact, *(inner for item in fact.facts.values() for inner in all_facts(item))]
    return [fact]


async def test_what_is_shown_has_no_bytes_and_nobody_elses_id(full: SqlStore) -> None:
    shown = [
        (table.table, column, fact)
        for table in await full.read(lambda tx: tx.held(ANNA))
        for row in table.rows
        for column, value in row.values.items()
        for fact in all_facts(value)
    ]
    known = bool | int | datetime | time | timedelta | Said | Literal | Text | Member
    for table, column, fact in shown:
        assert isinstance(fact, known), (table, column)
        assert not isinstance(fact, Member) or fact == ANNA
    spoken = repr([fact.words if isinstance(fact, Said | Literal) else fact for _, _, fact in shown])
    for kept in (BEN.id, THEIRS, MINE, "opening-1", "opening-2"):
        assert kept not in spoken


async def test_a_question_does_not_tell_which_of_the_two_was_asked_nor_about_whom(full: SqlStore) -> None:
    held = {table.table: table.rows for table in await full.read(lambda tx: tx.held(ANNA))}
    (row,) = held["question"]
    secret = text("held-of-another")
    assert (row.values["opening"], row.values["with_member"], row.values["second"]) == (secret, secret, secret)


async def test_nobody_is_shown_that_others_were_asked_about_them(store: SqlStore) -> None:
    """Whether anybody was asked depends on secrets of others (FEATURES P6)."""

    def work(tx: WorkTx) -> tuple[Any, Any]:
        tx.openings.add(opening("o1", ANNA))
        before = tx.held(ANNA)
        tx.questions.add(question("q", "o1", BEN, ANNA))
        return before, tx.held(ANNA)

    before, after = await store.write(work)
    assert before == after


async def test_what_is_still_owed_to_somebody_who_said_yes_stays_and_names_nobody(store: SqlStore) -> None:
    def work(tx: WorkTx) -> Any:
        tx.openings.add(opening("o1", ANNA))
        tx.questions.add(question("q1", "o1", BEN, ANNA, yes=True))
        tx.questions.add(question("q2", "o1", CORA, ANNA))
        tx.forget(ANNA, NOW)
        return tx.questions.to(THEIRS), tx.questions.to(profile(CORA).id)

    owed, gone = await store.write(work)
    assert owed == (question("q1", "", BEN, None, yes=True),)
    assert gone == ()


async def test_messages_to_others_that_speak_of_somebody_forgotten_do_not_go_out(store: SqlStore) -> None:
    def work(tx: WorkTx) -> Any:

        tx.outbox.put(Say(BEN, Card((text("introduction", one=BEN, other=ANNA),))))
        tx.outbox.put(say(CORA), then=Then("after", ((ANNA,),)))
        tx.outbox.put(say(Room("local", "r")))
        tx.forget(ANNA, NOW)
        return [row.effect for row in tx.leaving.due("local", NOW, 9)]

    assert await store.write(work) == [say(Room("local", "r"))]


async def test_somebody_without_a_profile_can_be_forgotten_too(store: SqlStore) -> None:
    stranger = Member("local", "stranger")

    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(stranger, keep="s"))
        tx.outbox.put(say(stranger))
        tx.leaving.done(tx.leaving.due("local", NOW, 1)[0].id, "m", NOW)

    await store.write(work)
    held = {table.table: len(table.rows) for table in await store.read(lambda tx: tx.held(stranger))}
    assert (held["outbox"], held["post"]) == (1, 1)
    await store.write(lambda tx: tx.forget(stranger, NOW))
    assert not any(table.rows for table in await store.read(lambda tx: tx.held(stranger)))


async def test_apart_lists_of_others_are_theirs_and_stay(store: SqlStore) -> None:
    def work(tx: WorkTx) -> Any:
        tx.aparts.add(THEIRS, Apart("a1", b"1" * 32, NOW))
        tx.aparts.add(MINE, Apart("a2", b"2" * 32, NOW))
        tx.forget(ANNA, NOW)
        return tx.aparts.of(THEIRS), tx.aparts.of(MINE)

    assert await store.write(work) == ((Apart("a1", b"1" * 32, NOW),), ())


async def test_lifetimes_are_carried_out(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.openings.add(opening("ended", ANNA, ends_at=NOW))
        tx.openings.add(opening("open", BEN, ends_at=NOW + 7 * DAY))
        tx.questions.add(question("owed", "", ANNA, None, yes=True, ends_at=NOW))
        tx.questions.add(question("kept", "open", CORA, BEN, ends_at=NOW))
        tx.met.add(b"1" * 32, NOW + 30 * DAY)

    await store.write(work)
    await store.sweep(NOW + 23 * HOUR)
    left = await store.read(counts)
    assert (left["opening"], left["question"], left["met"]) == (2, 2, 1)
    await store.sweep(NOW + 24 * HOUR)
    left = await store.read(counts)
    assert (left["opening"], left["question"], left["met"]) == (1, 1, 1), "a question lives as long as its opening"
    await store.sweep(NOW + 30 * DAY)
    left = await store.read(counts)
    assert (left["opening"], left["question"], left["met"]) == (0, 0, 0)
    assert left["member"] == 3


async def test_everything_that_is_kept_says_how_long(store: SqlStore) -> None:
    lifetimes = await store.read(lambda tx: tx.lifetimes())
    columns = await store.read(lambda tx: tx.columns())
    assert set(columns) <= {lifetime.table for lifetime in lifetimes}
    assert {lifetime.table for lifetime in lifetimes} == {*metadata.tables, *registry.BESIDE}
    assert all(lifetime.text == f"lifetime-{lifetime.table}" for lifetime in lifetimes)
    for name, table in metadata.tables.items():
        assert columns[name] == tuple(column.name for column in table.c)
