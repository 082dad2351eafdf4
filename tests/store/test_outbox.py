"""What leaves: lines, keys, calling back, posts."""

from datetime import timedelta

from bot.contract.card import Card
from bot.contract.effect import (
    Delete,
    Edit,
    EditEvent,
    EndEvent,
    Invite,
    Leave,
    MakeEvent,
    MakeRoom,
    Pin,
    Remove,
    Say,
    SetState,
    Then,
)
from bot.contract.place import Post, Room
from bot.contract.queues import Leaving, WorkTx
from bot.contract.text import Text, text
from bot.store.engine import SqlStore
from tests.store.scene import ANNA, BEN, CORA, DAY, HOME, HOUR, NOW, a_store, counts, say

MINUTE = timedelta(minutes=1)


def due(tx: WorkTx, now: object = NOW, most: int = 100) -> tuple[Leaving, ...]:
    return tx.leaving.due("local", NOW if now is NOW else now, most)  # type: ignore[arg-type]


async def test_a_place_is_a_line_and_answers_go_before_the_rest(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA, words="one"))
        tx.outbox.put(say(ANNA, words="two"), urgent=True)
        tx.outbox.put(say(BEN, words="three"), urgent=True)
        tx.outbox.put(say(CORA, words="four"))
        assert [row.effect for row in due(tx)] == [
            say(BEN, words="three"),
            say(ANNA, words="one"),
            say(CORA, words="four"),
        ]
        assert len(due(tx, most=2)) == 2
        assert tx.leaving.due("other", NOW, 9) == ()
        assert (tx.outbox.waiting(ANNA), tx.outbox.waiting(BEN), tx.outbox.waiting(Room("local", ANNA.id))) == (2, 1, 0)
        first = due(tx)[1]
        tx.leaving.later(first.id, NOW + HOUR, unsent=False)
        assert [row.effect for row in due(tx)] == [say(BEN, words="three"), say(CORA, words="four")], "the line waits"
        tx.leaving.done(first.id, "m", NOW)
        assert say(ANNA, words="two") in [row.effect for row in due(tx)]

    await store.write(work)


async def test_next_at_speaks_only_of_the_first_of_a_line(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        assert tx.leaving.next_at("local") is None
        tx.outbox.put(say(ANNA))
        tx.outbox.put(say(ANNA))
        assert tx.leaving.next_at("local") == NOW
        assert tx.leaving.next_at("local", NOW) is None
        tx.leaving.later(due(tx)[0].id, NOW + HOUR, unsent=False)
        assert tx.leaving.next_at("local") == tx.leaving.next_at("local", NOW) == NOW + HOUR
        assert tx.leaving.next_at("other") is None

    await store.write(work)


async def test_the_key_is_the_same_for_every_try_of_an_epoch_and_another_for_the_next(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA), then=Then("after", (BEN,)), subject="s", expires_at=NOW + DAY)
        (row,) = due(tx)
        assert (row.then, row.subject, row.expires_at) == (Then("after", (BEN,)), "s", NOW + DAY)
        assert (row.first, row.last, row.epoch, row.attempts, row.recalled) == (None, None, 0, 0, False)
        tx.leaving.trying(row.id, NOW, NOW, 0)
        tried = tx.leaving.get(row.id)
        assert tried is not None
        assert (tried.key, tried.first, tried.attempts) == (row.key, NOW, 1)
        tx.leaving.trying(row.id, NOW + MINUTE, NOW + MINUTE, 1)
        again = tx.leaving.get(row.id)
        assert again is not None
        assert (len(again.key), again.key != row.key, again.attempts) == (25, True, 2)
        tx.leaving.later(row.id, NOW + HOUR, unsent=True)
        unsent = tx.leaving.get(row.id)
        assert unsent is not None
        assert unsent.first is None
        assert due(tx) == ()

    await store.write(work)


async def test_what_arrived_leaves_only_a_keyed_hash_and_its_post(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA, keep="o1"))
        tx.outbox.put(say(BEN))
        for row in due(tx):
            tx.leaving.done(row.id, "message-" + row.id, NOW)
            tx.leaving.done(row.id, "message-" + row.id, NOW)
            assert tx.leaving.get(row.id) is None
        (post,) = tx.outbox.posts("o1")
        assert post.place == ANNA

    await store.write(work)
    left = await store.read(counts)
    assert (left["outbox"], left["delivered"], left["post"]) == (0, 2, 1)
    await store.sweep(NOW + DAY)
    assert (await store.read(counts))["delivered"] == 0
    await store.sweep(NOW + 30 * DAY)
    assert (await store.read(counts))["post"] == 0


async def test_what_is_given_up_loses_its_facts_and_keeps_its_reason_for_a_week(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA), subject="s")
        tx.outbox.put(say(ANNA, words="next"))
        (row,) = due(tx)
        tx.leaving.dead(row.id, "closed", NOW)
        assert tx.leaving.get(row.id) is None
        assert [left.effect for left in due(tx)] == [say(ANNA, words="next")]
        assert tx.outbox.waiting(ANNA) == 1

    await store.write(work)
    assert (await store.read(counts))["outbox"] == 2
    await store.sweep(NOW + 8 * DAY)
    assert (await store.read(counts))["outbox"] == 1


async def test_what_cannot_be_sent_for_thirty_days_is_given_up(store: SqlStore) -> None:
    await store.write(lambda tx: tx.outbox.put(say(ANNA)))
    await store.sweep(NOW + 29 * DAY)
    assert len(await store.read(due)) == 1
    await store.sweep(NOW + 30 * DAY)
    assert await store.read(due) == ()
    assert (await store.read(counts))["outbox"] == 1
    await store.sweep(NOW + 38 * DAY)
    assert (await store.read(counts))["outbox"] == 0


async def test_calling_back_deletes_what_has_not_left_and_takes_away_what_has(store: SqlStore) -> None:
    room = Room("local", "r")

    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA, keep="o1"))
        tx.leaving.done(due(tx)[0].id, "posted", NOW)
        tx.outbox.put(say(ANNA, words="about it"), subject="o1")
        tx.outbox.put(say(BEN, words="about something else"), subject="o2")
        tx.outbox.put(say(room, keep="o1", words="tried"), then=Then("after", (ANNA,)), subject="x")
        tried = next(row for row in due(tx) if row.effect == say(room, "o1", "tried"))
        tx.leaving.trying(tried.id, NOW, NOW, 0)
        tx.outbox.recall("o1")
        assert tx.outbox.posts("o1") == ()
        other, stub, undo = due(tx)
        assert (other.effect, undo.effect) == (say(BEN, words="about something else"), Delete(Post(ANNA, "posted")))
        assert stub.effect == Say(room, Card(()))
        assert (stub.recalled, stub.then, stub.subject, stub.keep, stub.key) == (True, None, "", "", tried.key)
        tx.outbox.recall("o1")
        assert len(due(tx)) == 3, "calling back twice is calling back once"
        tx.leaving.done(stub.id, "landed", NOW)
        assert Delete(Post(room, "landed")) in [row.effect for row in due(tx)]
        tx.outbox.recall("")
        assert len(due(tx)) == 3

    await store.write(work)


async def test_a_called_back_edit_or_room_is_taken_away_as_well_and_other_things_are_not_done(store: SqlStore) -> None:
    room = Room("local", "r")
    effects = (
        Edit(Post(ANNA, "m"), Card((text("edited"),))),
        MakeRoom(HOME, text("name")),
        SetState(room, "topic", text("value")),
        Invite(Room("local", "r2"), ANNA),
        Pin(Post(Room("local", "r3"), "p")),
        MakeEvent(Room("local", "r4"), text("name"), text("about"), NOW, NOW + HOUR, Post(Room("local", "r4"), "p")),
        MakeEvent(Room("local", "r5"), text("name"), text("about"), NOW, NOW + HOUR),
        EditEvent(Post(Room("local", "r6"), "e"), NOW, NOW + HOUR),
        EndEvent(Post(Room("local", "r7"), "e")),
    )

    def work(tx: WorkTx) -> None:
        for effect in effects:
            tx.outbox.put(effect, subject="s")
        tried = due(tx)
        assert len(tried) == len(effects)
        for row in tried:
            tx.leaving.trying(row.id, NOW, NOW, 0)
        tx.outbox.recall("s")
        left = due(tx)
        assert [row.effect for row in left if not row.recalled] == [EndEvent(Post(Room("local", "r7"), "e"))]
        stub = MakeEvent(Room("local", "r4"), Text(""), Text(""), NOW, NOW + HOUR, Post(Room("local", "r4"), "p"))
        assert stub in [row.effect for row in left], "it can still be found"
        for row in left:
            arrived = isinstance(row.effect, MakeRoom) or row.effect == stub
            tx.leaving.done(row.id, "made" if arrived else "", NOW)
        assert [row.effect for row in due(tx)] == [
            Delete(Post(ANNA, "m")),
            Leave(Room("local", "made")),
            EndEvent(Post(Room("local", "r4"), "made")),
        ]

    await store.write(work)


async def test_what_is_said_anew_takes_the_place_of_what_has_not_left_and_of_nothing_else(store: SqlStore) -> None:
    room = Room("local", "r")
    stands = Post(room, "post")
    first, second, third = (Edit(stands, Card((text(words),))) for words in ("first", "second", "third"))

    def work(tx: WorkTx) -> None:
        tx.outbox.put(first, subject="look")
        (row,) = due(tx)
        tx.leaving.trying(row.id, NOW, NOW, 0)
        for edit in (second, third):
            tx.outbox.supersede("look")
            tx.outbox.put(edit, subject="look")
        tx.leaving.done(row.id, "", NOW)
        (row,) = due(tx)
        assert row.effect == third, "the one under way went on, and took away nothing"
        tx.leaving.done(row.id, "", NOW)
        assert due(tx) == ()

    await store.write(work)


async def test_events_stand_in_a_line_of_their_own(store: SqlStore) -> None:
    room = Room("local", "r")
    make = MakeEvent(room, text("name"), text("about"), NOW, NOW + HOUR)
    edit, end = EditEvent(Post(room, "e"), NOW, NOW + HOUR), EndEvent(Post(room, "e"))

    def work(tx: WorkTx) -> None:
        for effect in (make, edit, end, say(room)):
            tx.outbox.put(effect)
        assert [row.effect for row in due(tx)] == [make, say(room)], "what is said in the room waits for none of them"
        for following in (edit, end):
            tx.leaving.done(due(tx)[0].id, "", NOW)
            assert due(tx)[0].effect == following

    await store.write(work)


async def test_what_is_about_a_subject_is_pending_until_it_has_left(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        assert not tx.outbox.pending("s")
        tx.outbox.put(Remove(Room("local", "r"), ANNA), subject="s")
        assert tx.outbox.pending("s")
        assert not tx.outbox.pending("t")
        tx.forget(ANNA, NOW)
        (row,) = due(tx)
        assert row.effect == Remove(Room("local", "r"), ANNA), "who wants out is taken out, whoever forgets them"
        tx.leaving.done(row.id, "", NOW)
        assert not tx.outbox.pending("s")

    await store.write(work)


async def test_released_posts_stand_and_rows_still_to_be_sent_are_sent_but_not_kept(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA, keep="o1"))
        tx.leaving.done(due(tx)[0].id, "posted", NOW)
        tx.outbox.put(say(BEN, keep="o1"))
        tx.outbox.release("o1")
        assert tx.outbox.posts("o1") == ()
        (row,) = due(tx)
        tx.leaving.done(row.id, "posted too", NOW)
        assert tx.outbox.posts("o1") == ()
        tx.outbox.recall("o1")
        assert due(tx) == ()

    await store.write(work)


async def test_a_post_taken_away_by_its_own_delete_is_forgotten(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.outbox.put(say(ANNA, keep="o1"))
        tx.leaving.done(due(tx)[0].id, "posted", NOW)
        tx.outbox.put(Delete(Post(ANNA, "posted")))
        tx.leaving.done(due(tx)[0].id, "", NOW)
        assert tx.outbox.posts("o1") == ()

    await store.write(work)


async def test_order_survives_a_start(path: object) -> None:
    store = a_store(path)  # type: ignore[arg-type]
    async with store.session():
        for number in range(3):
            await store.write(lambda tx, number=number: tx.outbox.put(say(ANNA, words=f"w{number}")))  # type: ignore[misc]
    async with store.session():
        for number in range(3):
            (row,) = await store.read(due)
            assert row.effect == say(ANNA, words=f"w{number}")
            await store.write(lambda tx, id_=row.id: tx.leaving.done(id_, "m", NOW))  # type: ignore[misc]
