"""Circles: what is stored of them, for how long, and that nobody's coming outlasts its meeting."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.contract.circles import Answer, Circle, Meeting, Mirror, Proposal, RoleLent, series
from bot.contract.place import Member, Post, Room
from bot.contract.queues import WorkTx
from bot.domain.circle import OVER, SKIPPED
from bot.domain.rhythm import meetings
from bot.store.engine import SqlStore
from tests.store.scene import ANNA, BEN, DAY, HOUR, NOW, counts, profile

STRANGER = Member("local", "somebody-without-a-profile")
HERE = Room("local", "the-room-here")
FIRST = date(2027, 3, 4)
QUIET = Circle("c-1", "community-1", "Quiet", HERE, "FREQ=WEEKLY", FIRST, time(19), "Europe/London", 90)
TODAY = Meeting("m-1", "c-1", FIRST, NOW + 7 * HOUR, NOW + 8 * HOUR)
COMES = Answer("m-1", STRANGER, "come", NOW)
WISHED = Proposal("p-1", "c-1", ANNA, NOW, False, "FREQ=DAILY", FIRST, time(18), "Europe/London", 60)


def begin(tx: WorkTx) -> None:
    tx.circles.put(QUIET)
    tx.circles.hold(TODAY)


async def test_what_was_moved_to_an_earlier_day_is_kept_until_the_day_that_its_rule_says(store: SqlStore) -> None:
    early = replace(TODAY, id="m-2", day=FIRST + timedelta(days=60), state=OVER)

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.hold(replace(TODAY, state=OVER))
        tx.circles.hold(early)

    await store.write(work)
    for after, stands in ((59, ["m-2"]), (89, ["m-2"]), (91, [])):
        await store.sweep(NOW + after * DAY)
        assert [one.id for one in await store.read(lambda tx: tx.circles.meetings("c-1"))] == stands


async def test_who_wishes_a_change_is_found_by_it(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.propose(WISHED)
        assert tx.circles.proposals_of(ANNA) == (WISHED,)
        assert tx.circles.proposals_of(BEN) == ()

    await store.write(work)


async def test_a_circle_is_stored_changed_found_and_removed_with_all_that_belongs_to_it(store: SqlStore) -> None:
    other = replace(QUIET, id="c-2", title="Books", rule="", seats=8, fewest=3, shows_names=True, speaks=False)

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.put(other)
        assert tx.circles.get("c-2") == other
        assert tx.circles.get("c-3") is None
        assert tx.circles.of_community("community-1") == (other, QUIET)
        assert tx.circles.of_community("community-2") == ()
        tx.circles.put(replace(other, sequence=1, ended_at=NOW))
        assert tx.circles.of_community("community-1") == (QUIET,)
        assert tx.circles.get("c-2") == replace(other, sequence=1, ended_at=NOW)
        tx.circles.answer(COMES)
        tx.circles.come_regularly("c-1", ANNA, NOW)
        tx.circles.wish_note("c-1", profile(BEN).id, 30)
        tx.circles.lend(RoleLent("m-1", "host", BEN, NOW))
        tx.circles.propose(WISHED)
        tx.circles.remove("c-1")
        left = counts(tx)
        names = ("meeting", "answer", "regular", "wish", "role", "change")
        assert [left[f"circle_{name}"] for name in names] == [0] * 6

    await store.write(work)


async def test_meetings_say_what_became_of_single_ones(store: SqlStore) -> None:
    moved = Meeting("m-2", "c-1", FIRST + 7 * DAY, NOW, NOW, datetime(2027, 3, 12, 18), sequence=1)  # noqa: DTZ001 - local, without a zone
    skipped = Meeting("m-3", "c-1", FIRST + 14 * DAY, NOW, NOW, state=SKIPPED, sequence=2)

    def work(tx: WorkTx) -> None:
        begin(tx)
        for one in (skipped, moved):
            tx.circles.hold(one)
        assert tx.circles.meeting("m-2") == moved
        assert tx.circles.meeting("m-9") is None
        assert tx.circles.meetings("c-1") == (TODAY, moved, skipped)
        tx.circles.hold(replace(TODAY, state=OVER))
        assert tx.circles.meeting("m-1") == replace(TODAY, state=OVER)
        days = [one.day.day for one in meetings(series(QUIET, tx.circles.meetings("c-1")), NOW, NOW + 25 * DAY)]
        assert days == [4, 11, 25]
        assert series(replace(QUIET, rule="")).rule is None

    await store.write(work)


async def test_answers_are_the_latest_in_the_order_in_which_they_were_given(store: SqlStore) -> None:
    waits = Answer("m-1", BEN, "wait", NOW - HOUR, NOW + HOUR)

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.answer(replace(COMES, answer="maybe"))
        tx.circles.answer(COMES)
        tx.circles.answer(waits)
        assert tx.circles.answers("m-1") == (waits, COMES)
        assert tx.circles.answers_of(BEN) == (waits,)
        tx.circles.unanswer("m-1", BEN)
        assert tx.circles.answers("m-1") == (COMES,)
        tx.circles.lend(RoleLent("m-1", "host", BEN, NOW))
        tx.circles.finish("m-1")
        assert (tx.circles.answers("m-1"), tx.circles.roles("m-1")) == ((), ())

    await store.write(work)


async def test_who_always_comes_who_wishes_notes_and_who_lends_a_hand(store: SqlStore) -> None:
    anna, ben = profile(ANNA).id, profile(BEN).id

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.come_regularly("c-1", BEN, NOW)
        tx.circles.come_regularly("c-1", ANNA, NOW - HOUR)
        tx.circles.come_regularly("c-1", ANNA, NOW + HOUR)
        assert tx.circles.regulars("c-1") == (ANNA, BEN)
        assert tx.circles.regular_in(BEN) == ("c-1",)
        tx.circles.come_no_more("c-1", BEN)
        assert tx.circles.regular_in(BEN) == ()
        tx.circles.wish_note("c-1", anna, 60)
        tx.circles.wish_note("c-1", anna, 30)
        tx.circles.wish_note("c-1", ben, 10)
        assert set(tx.circles.wishes("c-1")) == {(anna, 30), (ben, 10)}
        tx.circles.unwish("c-1", ben)
        assert tx.circles.wishes_of(anna) == (("c-1", 30),)
        assert tx.circles.wishes_of(ben) == ()
        mine = RoleLent("m-1", "host", BEN, NOW)
        tx.circles.lend(replace(mine, member=ANNA))
        tx.circles.lend(mine)
        assert tx.circles.roles("m-1") == tx.circles.roles_of(BEN) == (mine,)
        tx.circles.hand_back("m-1", "host")
        assert tx.circles.roles("m-1") == ()

    await store.write(work)


async def test_of_a_circle_one_change_at_a_time_is_wished(store: SqlStore) -> None:
    ends = replace(WISHED, id="p-2", ends=True, rule="")

    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.propose(WISHED)
        assert tx.circles.proposal("p-1") == tx.circles.proposal_about("c-1") == WISHED
        tx.circles.propose(ends)
        assert tx.circles.proposal("p-1") is None
        assert tx.circles.proposal_about("c-1") == ends
        tx.circles.unpropose("p-2")
        assert tx.circles.proposal_about("c-1") is None

    await store.write(work)


async def test_that_a_meeting_is_shown_as_an_event_goes_with_it(store: SqlStore) -> None:
    event = Post(HERE, "server/event")

    def work(tx: WorkTx) -> None:
        begin(tx)
        assert tx.circles.mirrored("m-1") is None
        for mirror in (Mirror("m-1", named=True), Mirror("m-1", named=False, event=event)):
            tx.circles.mirror(mirror)
            assert tx.circles.mirrored("m-1") == mirror
        assert counts(tx)["circle_mirror"] == 1
        tx.circles.unmirror("m-1")
        assert tx.circles.mirrored("m-1") is None
        tx.circles.mirror(Mirror("m-1", named=True))
        tx.circles.hold(replace(TODAY, state=OVER))

    await store.write(work)
    await store.sweep(NOW + 8 * HOUR + 30 * DAY)
    assert (await store.read(counts))["circle_mirror"] == 0


@pytest.mark.parametrize(
    ("table", "after"),
    [
        ("circle_answer", 8 * HOUR + DAY),
        ("circle_role", 8 * HOUR + DAY),
        ("circle_change", 30 * DAY),
        ("circle_meeting", 8 * HOUR + 30 * DAY),
        ("circle", 30 * DAY),
    ],
)
async def test_what_is_over_goes(store: SqlStore, table: str, after: timedelta) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.hold(replace(TODAY, state=OVER))
        tx.circles.put(replace(QUIET, id="c-2", ended_at=NOW))
        tx.circles.answer(COMES)
        tx.circles.lend(RoleLent("m-1", "host", BEN, NOW))
        tx.circles.propose(WISHED)

    await store.write(work)
    before = (await store.read(counts))[table]
    await store.sweep(NOW + after - timedelta(seconds=1))
    assert (await store.read(counts))[table] == before
    await store.sweep(NOW + after)
    assert (await store.read(counts))[table] == before - 1


async def test_a_meeting_that_nobody_closed_yet_is_kept_until_its_post_is_taken_away(store: SqlStore) -> None:
    await store.write(begin)
    await store.sweep(NOW + 100 * DAY)
    assert (await store.read(counts))["circle_meeting"] == 1


async def test_a_circle_outlives_whoever_planned_it_and_an_answer_after_a_forgetting_stays(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        begin(tx)
        tx.circles.answer(replace(COMES, member=ANNA))
        tx.circles.come_regularly("c-1", ANNA, NOW)
        tx.forget(ANNA, NOW)
        assert tx.circles.answers("m-1") == ()
        assert tx.circles.get("c-1") == QUIET
        assert not {"owner", "planned_by", "author", "member"} & set(tx.columns()["circle"])

    await store.write(work)
