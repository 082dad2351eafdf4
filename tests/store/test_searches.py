"""Searches for a time: what is stored of them, for how long, and that no mark outlasts its search."""

from dataclasses import replace
from datetime import timedelta

from bot.contract.place import Member, Room
from bot.contract.queues import WorkTx
from bot.contract.searches import Mark, Search
from bot.contract.text import Literal
from bot.store.engine import SqlStore
from tests.store.scene import ANNA, BEN, DAY, HOUR, NOW, counts

STRANGER = Member("local", "somebody-without-a-profile")
HERE = Room("local", "the-room-here")
TIMES = tuple(NOW.replace(second=0, microsecond=0) + number * DAY for number in (4, 5, 9, 300, 301, 302))
WHEN = Search("s-1", "community-1", "Books", HERE, TIMES, "Europe/London", 90, NOW, NOW + 3 * DAY)
ANNAS = Mark("s-1", ANNA, frozenset({1, 6}), NOW)
BENS = Mark("s-1", BEN, frozenset({2}), NOW)


async def test_a_search_is_stored_changed_found_and_removed_with_what_was_marked(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.searches.put(WHEN)
        soon = replace(WHEN, id="s-2", ends_at=NOW + DAY)
        tx.searches.put(soon)
        assert tx.searches.get("s-1") == WHEN
        assert tx.searches.get("s-3") is None
        assert tx.searches.open_in("community-1") == (soon, WHEN)
        assert tx.searches.open_in("community-2") == ()
        over = replace(WHEN, times=(), over=True)
        tx.searches.put(over)
        assert tx.searches.get("s-1") == over
        assert tx.searches.open_in("community-1") == (soon,)
        tx.searches.mark(ANNAS)
        tx.searches.remove("s-1")
        assert tx.searches.marks("s-1") == ()
        assert not {"owner", "asker", "author", "member"} & set(tx.columns()["circle_search"])

    await store.write(work)


async def test_what_is_marked_is_changed_taken_back_and_erased(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.searches.put(WHEN)
        tx.searches.mark(replace(ANNAS, works=frozenset({3})))
        tx.searches.mark(ANNAS)
        tx.searches.mark(BENS)
        assert set(tx.searches.marks("s-1")) == {ANNAS, BENS}
        assert tx.searches.mark_of("s-1", BEN) == BENS
        assert tx.searches.mark_of("s-1", STRANGER) is None
        assert tx.searches.mark_of("s-2", BEN) is None
        tx.searches.unmark("s-1", BEN)
        assert tx.searches.marks("s-1") == (ANNAS,)
        tx.searches.finish("s-1")
        assert tx.searches.marks("s-1") == ()

    await store.write(work)


async def test_what_is_over_and_has_nothing_planned_goes(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        for id_ in ("s-1", "s-2"):
            tx.searches.put(replace(WHEN, id=id_))
            tx.searches.mark(replace(ANNAS, search=id_))
        tx.agenda.put("circle.find-ends", "s-2", WHEN.ends_at)

    await store.write(work)
    for length, left in ((-timedelta(seconds=1), 2), (timedelta(0), 1), (9 * DAY, 1)):
        await store.sweep(WHEN.ends_at + 24 * HOUR + length)
        found = await store.read(counts)
        assert (found["circle_search"], found["circle_mark"]) == (left, left)
    assert await store.read(lambda tx: tx.searches.get("s-1")) is None


async def test_what_somebody_without_a_profile_marked_is_shown_to_them_and_forgotten(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.searches.put(WHEN)
        tx.searches.mark(replace(ANNAS, member=STRANGER))
        (held,) = [one for one in tx.held(STRANGER) if one.table == "circle_mark"]
        assert held.rows[0].values["works"] == (Literal("1"), Literal("6"))
        tx.forget(STRANGER, NOW)
        assert tx.searches.marks("s-1") == ()
        assert tx.searches.get("s-1") == WHEN

    await store.write(work)
