"""Agreements: what is stored of them, for how long, and what no file of ours can tell."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from sqlite3 import IntegrityError

import pytest
from sqlalchemy import select

from bot.chance import SecretChance
from bot.contract.agreements import (
    Agreement,
    ConsentRound,
    Home,
    OpenConcern,
    Recalled,
    Reminder,
    Suggestion,
    Version,
)
from bot.contract.place import Member, Post, Room
from bot.contract.queues import WorkTx
from bot.contract.tables import Community
from bot.domain import agreement as a
from bot.domain.recalling import RECALLS, day_ends, mark_of
from bot.store.engine import SqlStore
from bot.store.schema import recall_mark, recalled
from bot.store.sealed import SealedSubjects, identity
from tests.store.scene import ANNA, BEN, DAY, HOME, HOUR, KEYS, NOW, a_store, counts, own, say
from tests.store.test_bytes import found

SEALER = SealedSubjects(KEYS)
STRANGER = Member("local", "somebody-without-a-profile")
HERE, THERE = Room("local", "the-room-here"), Room("matrix", "the-room-there")
EVENINGS = Agreement("a-1", "community-1", "Quiet evenings")
LINES = ("We ask before giving advice.", "After ten we are quiet.")
FIRST = Version("v-1", "a-1", 1, a.DRAFT, LINES, NOW, NOW, author=STRANGER)
ROUND = ConsentRound("r-1", "v-1", "room", NOW, NOW + 7 * DAY, 3, NOW + 90 * DAY)
CONCERN = OpenConcern("c-1", "a-1", NOW, STRANGER)
CHANGE = Suggestion("s-1", "v-1", STRANGER, LINES[:1], True, NOW)
WEEKLY = Reminder("m-1", "a-1", HERE, "weekly", date(2027, 3, 4), time(19), "Europe/Berlin", "turn", next_at=NOW + DAY)


def begin(tx: WorkTx) -> None:
    tx.agreements.put(EVENINGS)
    tx.agreements.write(FIRST)


async def test_an_agreement_is_stored_changed_found_and_removed(store: SqlStore) -> None:
    other = Agreement("a-2", "community-1", "Photos")
    home = Home("a-1", HERE)

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.put(other)
        assert tx.agreements.of_community("community-1") == (other, EVENINGS)
        assert tx.agreements.of_community("community-2") == ()
        tx.agreements.put(replace(EVENINGS, title="A quiet evening"))
        assert tx.agreements.get("a-1") == replace(EVENINGS, title="A quiet evening")
        assert tx.agreements.get("a-3") is None
        tx.agreements.settle(home)
        tx.agreements.settle(Home("a-2", HERE))
        tx.agreements.settle(Home("a-1", THERE, Post(THERE, "pinned"), 3))
        assert tx.agreements.homes("a-1") == (home, Home("a-1", THERE, Post(THERE, "pinned"), 3))
        assert [one.id for one in tx.agreements.of_room(HERE)] == ["a-1", "a-2"]
        tx.agreements.settle(Home("a-1", Room("local", "another")))
        assert [one.id for one in tx.agreements.of_room(HERE)] == ["a-2"], "one room a platform"
        tx.agreements.ask(ROUND)
        tx.agreements.answer("r-1", ANNA, "consent")
        tx.agreements.hold(CONCERN)
        tx.agreements.suggest(CHANGE)
        tx.agreements.remind(WEEKLY)
        tx.agreements.remove("a-1")
        assert tx.agreements.of_community("community-1") == (other,)
        left = counts(tx)
        names = ("agreement_version", "consent_round", "stance", "concern", "suggestion", "reminder")
        assert [left[name] for name in names] == [0] * 6
        assert left["agreement_home"] == 1

    await store.write(work)


async def test_every_version_is_kept_and_says_what_it_said(store: SqlStore) -> None:
    second = Version(
        "v-2", "a-1", 2, a.ADOPTED, (), NOW, NOW + DAY, None, 1, True, True, a.SILENCE, NOW, NOW + DAY, 7, 1
    )

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.write(second)
        assert tx.agreements.versions("a-1") == (second, FIRST)
        assert tx.agreements.drafts_of(STRANGER) == (FIRST,)
        assert tx.agreements.drafts_of(ANNA) == ()
        shared = replace(FIRST, state=a.QUESTIONS, touched_at=NOW + HOUR)
        tx.agreements.write(shared)
        assert tx.agreements.version("v-1") == shared
        assert tx.agreements.drafts_of(STRANGER) == ()
        tx.agreements.erase("v-1")
        assert tx.agreements.version("v-1") is None
        assert tx.agreements.versions("a-1") == (second,)

    await store.write(work)


async def test_two_versions_at_once_cannot_have_one_number(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.write(replace(FIRST, id="v-2"))

    with pytest.raises(IntegrityError):
        await store.write(work)
    assert (await store.read(counts))["agreement_version"] == 0


@pytest.mark.parametrize(
    ("state", "brought", "allows", "written"),
    [
        (a.ADOPTED, False, a.SILENCE, {a.SILENCE}),
        (a.REVIEW, False, a.ANSWERING, {a.ANSWERING}),
        (a.ADOPTED, False, "", set()),
        (a.BROUGHT, True, a.SILENCE, set()),
        (a.REVIEW, True, a.SILENCE, set()),
        (a.CONSENT, False, a.SILENCE, set()),
        (a.REPLACED, False, a.SILENCE, set()),
    ],
)
async def test_a_community_wrote_only_what_stands_and_was_agreed_together(
    store: SqlStore, state: str, brought: bool, allows: str, written: set[str]
) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.write(replace(FIRST, state=state, brought=brought, allows=allows))
        assert tx.agreements.written("community-1") == written
        assert tx.agreements.written("community-2") == set()

    await store.write(work)


async def test_suggestions_wait_for_a_second_member_and_no_longer_than_a_month(store: SqlStore) -> None:
    later = replace(CHANGE, id="s-2", written_at=NOW + DAY, meaning=False, allows=a.SILENCE, statements=LINES)

    def work(tx: WorkTx) -> None:
        begin(tx)
        for one in (later, CHANGE, replace(CHANGE, id="s-3")):
            tx.agreements.suggest(one)
        tx.agreements.unsuggest("s-3")
        assert tx.agreements.suggestions("v-1") == (CHANGE, later)
        assert tx.agreements.suggestion("s-2") == later
        assert tx.agreements.suggestion("s-3") is None

    await store.write(work)
    await store.sweep(NOW + 30 * DAY)
    assert await store.read(lambda tx: tx.agreements.suggestions("v-1")) == (later,)


async def test_an_answer_can_be_changed_and_taken_back_and_goes_with_its_round(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.ask(ROUND)
        assert tx.agreements.round("r-1") == tx.agreements.round_about("v-1") == ROUND
        for one, stance in ((ANNA, "later"), (BEN, "aside"), (STRANGER, "consent"), (ANNA, "consent")):
            tx.agreements.answer("r-1", one, stance)
        assert tx.agreements.tally("r-1") == {"consent": 2, "aside": 1}
        tx.agreements.answer("r-1", BEN, "")
        assert (tx.agreements.stance("r-1", ANNA), tx.agreements.stance("r-1", BEN)) == ("consent", "")
        tx.agreements.write(replace(FIRST, id="v-2", number=2))
        tx.agreements.move("r-1", "v-2")
        assert tx.agreements.round_about("v-1") is None
        assert tx.agreements.round_about("v-2") == replace(ROUND, version="v-2")
        assert tx.agreements.tally("r-1") == {"consent": 2}, "answers stay where the wording alone changed"
        afresh = replace(ROUND, id="r-2", version="v-2", review_at=None, silence=True)
        tx.agreements.ask(afresh)
        assert tx.agreements.round("r-1") is None
        assert tx.agreements.round("r-2") == afresh
        assert counts(tx)["stance"] == 0
        tx.agreements.answer("r-2", ANNA, "concern")
        tx.agreements.close("r-2")
        assert (counts(tx)["consent_round"], counts(tx)["stance"]) == (0, 0)

    await store.write(work)


async def test_of_a_concern_it_is_known_that_it_is_open_and_nothing_else(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.hold(replace(CONCERN, id="c-2", raised_at=NOW + HOUR))
        tx.agreements.hold(CONCERN)
        tx.agreements.hold(replace(CONCERN, answerer=BEN))
        assert tx.agreements.concern("c-1") == replace(CONCERN, answerer=BEN)
        assert [one.id for one in tx.agreements.concerns("a-1")] == ["c-1", "c-2"]
        assert [one.id for one in tx.agreements.concerns_of(STRANGER)] == ["c-2", "c-1"], "the latest first"
        assert tx.agreements.concerns_of(BEN) == ()
        assert tx.columns()["concern"] == ("id", "agreement", "raised_at", "raiser", "answerer")
        tx.agreements.let_go("c-1")
        assert tx.agreements.concern("c-1") is None

    await store.write(work)


async def test_a_room_has_one_reminder(store: SqlStore) -> None:
    other = replace(WEEKLY, id="m-2", rhythm="", next_at=None, brings="whole", openings=True)

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.remind(WEEKLY)
        tx.agreements.remind(replace(WEEKLY, told=1))
        tx.agreements.remind(replace(WEEKLY, id="m-3", room=THERE))
        assert tx.agreements.reminder("m-1") == tx.agreements.reminder_of(HERE) == replace(WEEKLY, told=1)
        tx.agreements.remind(other)
        assert tx.agreements.reminder("m-1") is None
        assert tx.agreements.reminder_of(HERE) == other
        assert tx.agreements.reminder_of(THERE) is not None
        tx.agreements.remind_no_more("m-2")
        assert tx.agreements.reminder_of(HERE) is None

    await store.write(work)


# Who asked for a recall.


async def test_somebody_asks_once_a_day_and_the_marks_of_a_day_end_together(store: SqlStore) -> None:
    ends = day_ends(NOW, "UTC")

    def ask(tx: WorkTx) -> list[bool]:
        marks = [SEALER.one_sided(mark_of("community-1", NOW, "UTC"), one) for one in (ANNA, BEN, ANNA)]
        return [tx.agreements.mark(mark, ends) for mark in marks]

    assert await store.write(ask) == [True, True, False]
    await store.sweep(ends - timedelta(seconds=1))
    assert (await store.read(counts))["recall_mark"] == 2
    await store.sweep(ends)
    assert (await store.read(counts))["recall_mark"] == 0


async def test_a_room_knows_when_it_was_recalled_and_forgets_it(store: SqlStore) -> None:
    quiet = Recalled(HERE, "community-1", NOW + DAY, quiet_until=NOW + DAY)

    def work(tx: WorkTx) -> None:
        assert tx.agreements.recalled(HERE) is None
        tx.agreements.keep_recalled(quiet)
        tx.agreements.keep_recalled(replace(quiet, last_at=NOW))
        assert tx.agreements.recalled(HERE) == replace(quiet, last_at=NOW)
        assert tx.agreements.recalled(THERE) is None

    await store.write(work)
    await store.sweep(NOW + DAY)
    assert await store.read(lambda tx: tx.agreements.recalled(HERE)) is None


async def test_two_worlds_that_differ_in_who_asked_differ_in_a_keyed_mark_alone() -> None:
    rows = []
    for asks in (ANNA, BEN):
        store = a_store(None)

        def ask(tx: WorkTx, asks: Member = asks) -> tuple[object, ...]:
            tx.communities.add(Community("community-1", NOW), HOME)
            tx.agreements.mark(SEALER.one_sided(mark_of("community-1", NOW, "UTC"), asks), day_ends(NOW, "UTC"))
            tx.agreements.keep_recalled(Recalled(HERE, "community-1", NOW + DAY, NOW))
            db = own(tx).ground.db
            (mark,) = db.rows(select(*recall_mark.c))
            return (mark[1:], len(mark[0]), db.rows(select(*recalled.c)), counts(tx)), mark[0]

        async with store.session():
            rows.append(await store.write(ask))
    (one, its), (other, theirs) = rows
    assert one == other
    assert its != theirs


# What is forgotten, and what goes by itself.


async def test_who_is_forgotten_is_named_nowhere_and_their_concern_stays_open(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.write(replace(FIRST, id="v-2", number=2, state=a.CONSENT))
        tx.agreements.ask(replace(ROUND, version="v-2"))
        tx.agreements.answer("r-1", STRANGER, "later")
        tx.agreements.answer("r-1", BEN, "later")
        tx.agreements.hold(CONCERN)
        tx.agreements.hold(replace(CONCERN, id="c-2", raiser=BEN, answerer=STRANGER))
        tx.agreements.suggest(replace(CHANGE, version="v-2"))
        held = {table.table: len(table.rows) for table in tx.held(STRANGER)}
        assert [held[name] for name in ("agreement_version", "suggestion", "stance", "concern")] == [2, 1, 1, 2]
        tx.forget(STRANGER, NOW)
        assert not any(table.rows for table in tx.held(STRANGER))
        assert tx.agreements.version("v-1") is None, "a draft is its author's alone"
        assert tx.agreements.version("v-2") == replace(FIRST, id="v-2", number=2, state=a.CONSENT, author=None)
        assert tx.agreements.tally("r-1") == {"later": 1}
        assert tx.agreements.concern("c-1") == replace(CONCERN, raiser=None)
        assert tx.agreements.concern("c-2") == replace(CONCERN, id="c-2", raiser=BEN)
        assert tx.agreements.suggestions("v-2") == ()

    await store.write(work)


async def test_whoever_is_forgotten_is_not_named_by_a_recall_that_is_on_its_way(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        for number, (who, minutes) in enumerate(((STRANGER, 5), (BEN, 5), (STRANGER, 60), (None, 5))):
            facts = (HERE, "v-1", 0) if who is None else (HERE, "v-1", 0, who)
            tx.agenda.put(RECALLS, f"recall-{number}", NOW + timedelta(minutes=minutes), facts=facts)
        (shown,) = (table for table in tx.held(STRANGER) if table.table == "agenda")
        assert len(shown.rows) == 2
        tx.forget(STRANGER, NOW)
        assert {due.subject for due in tx.due.due(NOW + DAY, 9)} == {"recall-1", "recall-2", "recall-3"}, (
            "what they asked for once they were here anew stays, and so does what names others, or nobody"
        )

    await store.write(work)


async def test_an_agreement_of_which_there_was_only_a_draft_is_forgotten_with_it(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.settle(Home("a-1", HERE))
        tx.forget(STRANGER, NOW)
        assert (counts(tx)["agreement"], counts(tx)["agreement_home"]) == (0, 0)

    await store.write(work)


@pytest.mark.parametrize("what", ["version", "suggestion", "stance", "raiser", "answerer"])
async def test_who_was_forgotten_is_forgotten_again_when_an_old_copy_brings_them_back(path: Path, what: str) -> None:
    def bring_back(tx: WorkTx) -> None:
        tx.forget(STRANGER, NOW)
        tx.agreements.put(EVENINGS)
        tx.agreements.write(replace(FIRST, author=STRANGER if what == "version" else None, state=a.CONSENT))
        tx.agreements.ask(ROUND)
        if what == "suggestion":
            tx.agreements.suggest(CHANGE)
        if what == "stance":
            tx.agreements.answer("r-1", STRANGER, "consent")
        if what == "raiser":
            tx.agreements.hold(CONCERN)
        if what == "answerer":
            tx.agreements.hold(replace(CONCERN, raiser=None, answerer=STRANGER))

    def holds(tx: WorkTx) -> bool:
        return any(table.rows for table in tx.held(STRANGER))

    store = a_store(path)
    async with store.session():
        await store.write(lambda tx: tx.communities.add(Community("community-1", NOW), HOME))
        await store.write(bring_back)
        assert await store.read(holds)
    store = a_store(path)
    async with store.session():
        assert not await store.read(holds)


async def test_a_round_that_a_fault_left_behind_goes_and_the_group_can_go_on(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.agreements.put(EVENINGS)
        tx.agreements.write(replace(FIRST, state=a.CONSENT))
        tx.agreements.ask(ROUND)
        tx.agenda.put("agreement.close", "r-1", ROUND.ends_at, community="community-1")

    late = ROUND.ends_at + 3 * DAY
    await store.write(work)
    await store.sweep(late)
    assert await store.read(lambda tx: tx.agreements.round("r-1")) == ROUND, "it is closed first, if it can be"

    def fail(tx: WorkTx) -> None:
        (due,) = tx.due.due(late, 9)
        tx.due.later(due.id, late + HOUR)

    await store.write(fail)
    await store.sweep(late)
    assert await store.read(lambda tx: tx.agreements.round("r-1")) is None
    assert await store.read(lambda tx: tx.agreements.version("v-1")) == replace(FIRST, state=a.AMEND)


async def test_where_a_card_stands_is_known_as_long_as_what_it_is_about(store: SqlStore) -> None:
    subjects = ("a-1", "v-1", "r-1", "m-1", "gone")

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.ask(replace(ROUND, ends_at=NOW + 40 * DAY))
        tx.agreements.remind(WEEKLY)
        for subject in subjects:
            tx.outbox.put(say(HERE, keep=subject))
            tx.leaving.done(tx.leaving.due("local", NOW, 1)[0].id, f"message-{subject}", NOW)

    await store.write(work)
    await store.sweep(NOW + 30 * DAY)
    assert await store.read(lambda tx: [len(tx.outbox.posts(one)) for one in subjects]) == [1, 1, 1, 1, 0]


async def test_once_a_round_is_closed_no_file_tells_who_answered(path: Path) -> None:
    chance = SecretChance()
    crowd = [Member("local", f"one-of-the-crowd-{number:04}") for number in range(60)]
    round_ = replace(ROUND, id=chance.new_id())

    def answer(tx: WorkTx) -> None:
        tx.communities.add(Community("community-1", NOW), HOME)
        tx.agreements.put(EVENINGS)
        tx.agreements.write(replace(FIRST, state=a.CONSENT, author=None))
        tx.agreements.ask(round_)
        for one in crowd:
            tx.agreements.answer(round_.id, one, "consent")
        tx.agreements.hold(replace(CONCERN, raiser=crowd[0]))

    def close(tx: WorkTx) -> None:
        tx.agreements.close(round_.id)
        tx.scrub()

    secrets = [round_.id.encode(), *(KEYS.seal_id(identity(one)) for one in crowd[1:])]
    store = a_store(path)
    async with store.session():
        await store.write(answer)
        assert all(found(path.parent, secret) for secret in secrets), "the control: it stands there before"
        await store.write(close)
        assert [secret for secret in secrets if found(path.parent, secret)] == []
        assert found(path.parent, KEYS.seal_id(identity(crowd[0]))), "whoever has a concern open can let it go"


async def test_answers_do_not_lie_in_the_order_in_which_they_were_given(store: SqlStore) -> None:
    """A table with hidden row numbers would keep it."""
    crowd = [Member("local", f"member-{number}") for number in range(20)]

    def order(people: list[Member]) -> list[Member]:
        return sorted(people, key=lambda one: KEYS.seal_id(identity(one)))

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.agreements.ask(ROUND)
        for one in crowd:
            tx.agreements.answer("r-1", one, "later")
        lying = own(tx).ground.db.driver.fetch("SELECT member FROM stance")
        assert [member for (member,) in lying] == [KEYS.seal_id(identity(one)) for one in order(crowd)]

    await store.write(work)
