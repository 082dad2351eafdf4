"""Check-in rooms: what is stored of them, and that nothing of it outlives them."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

from bot.chance import SecretChance
from bot.contract.checkins import Checkin, Seat, Standing, Words
from bot.contract.place import Member, Room
from bot.contract.queues import WorkTx
from bot.contract.tables import Community, Entry
from bot.domain.turns import PASSED
from bot.store.engine import SqlStore
from bot.store.sealed import identity
from tests.store.scene import ANNA, BEN, DAY, HOME, HOUR, KEYS, NOW, a_store, counts, profile, say
from tests.store.test_bytes import found

MINE, THEIRS = profile(ANNA).id, profile(BEN).id
STRANGER = Member("local", "somebody-without-a-profile")
CARD, INSIDE = Room("local", "the-room-of-the-card"), Room("local", "the-room-itself")
ROOM = Checkin("c-1", "community-1", CARD, True, 12, NOW, NOW + HOUR)
WEEKLY = Standing(
    "s-1", "community-1", MINE, CARD, "weekly", date(2027, 3, 4), time(19, 30), "Europe/Berlin", 60, True, 12,
    NOW + 7 * DAY, NOW + 8 * DAY,
)  # fmt: skip


def seat(number: int, member: Member, **more: object) -> Seat:
    return replace(Seat(f"seat-{number}", "c-1", member, number), **more)  # type: ignore[arg-type]


async def test_a_room_is_stored_changed_found_and_removed(store: SqlStore) -> None:
    later = replace(ROOM, id="c-2", guided=False, opens_at=NOW + DAY, closes_at=NOW + DAY + HOUR)
    open_ = replace(
        ROOM,
        stage="round",
        room=INSIDE,
        standing="s-1",
        invited="seat-1",
        prompts=False,
        prompted=3,
        paused_until=NOW + timedelta(minutes=5),
    )

    def work(tx: WorkTx) -> None:
        tx.checkins.plan(WEEKLY)
        tx.checkins.put(later)
        tx.checkins.put(ROOM)
        assert tx.checkins.of_community("community-1") == (ROOM, later)
        assert tx.checkins.of_community("community-2") == ()
        assert tx.checkins.of_room(INSIDE) is None
        tx.checkins.put(open_)
        assert tx.checkins.get("c-1") == tx.checkins.of_room(INSIDE) == open_
        assert tx.checkins.get("c-2") == later
        tx.checkins.end("s-1")
        assert tx.checkins.get("c-1") == replace(open_, standing=""), "a room that is open stays open"
        tx.checkins.seat(seat(1, ANNA))
        tx.checkins.remove("c-1")
        assert tx.checkins.get("c-1") is None
        assert tx.checkins.of_room(INSIDE) is None
        assert tx.checkins.of_community("community-1") == (later,)
        assert counts(tx)["seat"] == 0

    await store.write(work)


async def test_seats_stand_in_the_order_of_the_turn_list(store: SqlStore) -> None:
    anna, ben = seat(1, ANNA), seat(2, BEN, listens=True, host=True, guardian=True)

    def work(tx: WorkTx) -> None:
        tx.checkins.put(ROOM)
        tx.checkins.put(replace(ROOM, id="c-2"))
        tx.checkins.seat(ben)
        tx.checkins.seat(anna)
        tx.checkins.seat(Seat("seat-3", "c-2", ANNA, 1))
        assert tx.checkins.seats("c-1") == (anna, ben)
        tx.checkins.seat(replace(anna, order=3, turn=PASSED))
        assert tx.checkins.seats("c-1") == (ben, replace(anna, order=3, turn=PASSED))
        tx.checkins.rise("seat-2")
        assert [one.id for one in tx.checkins.seats("c-1")] == ["seat-1"]
        assert [one.id for one in tx.checkins.seats("c-2")] == ["seat-3"]

    await store.write(work)


async def test_standing_ones_and_wishes_for_a_note(store: SqlStore) -> None:
    other = replace(WEEKLY, id="s-2", owner="", rhythm="monthly", next_at=NOW + DAY)

    def work(tx: WorkTx) -> None:
        tx.checkins.plan(WEEKLY)
        tx.checkins.plan(other)
        assert tx.checkins.planned("s-1") == WEEKLY
        assert tx.checkins.all_planned("community-1") == (other, WEEKLY)
        assert tx.checkins.all_planned("community-2") == ()
        moved = replace(WEEKLY, next_at=NOW, begins_on=date(2027, 4, 1))
        tx.checkins.plan(moved)
        assert tx.checkins.all_planned("community-1") == (moved, other)
        for _ in range(2):
            tx.checkins.wish_note("s-1", MINE, wished=True)
        tx.checkins.wish_note("s-1", THEIRS, wished=True)
        tx.checkins.wish_note("s-2", MINE, wished=True)
        assert tx.checkins.noted("s-1") == tuple(sorted((MINE, THEIRS)))
        assert tx.checkins.notes_of(MINE) == ("s-1", "s-2")
        tx.checkins.wish_note("s-1", MINE, wished=False)
        assert tx.checkins.noted("s-1") == (THEIRS,)
        assert tx.checkins.notes_of(MINE) == ("s-2",)
        tx.checkins.end("s-1")
        assert tx.checkins.planned("s-1") is None
        assert tx.checkins.noted("s-1") == tx.checkins.notes_of(THEIRS) == ()
        assert tx.checkins.planned("s-2") == other

    await store.write(work)


async def test_a_communitys_words_and_prompts_are_replaced_each_by_themselves(store: SqlStore) -> None:
    said = Words("Welcome in.", "Go well.", starters=False, visible=True, erased=True)
    prompts = (Entry("p-1", "What was good today?"), Entry("p-2", "What is on the table?"))

    def work(tx: WorkTx) -> None:
        assert tx.checkins.words("community-1") == Words()
        tx.checkins.set_prompts("community-1", prompts)
        assert tx.checkins.words("community-1") == Words(prompts=prompts)
        tx.checkins.set_words("community-1", said)
        assert tx.checkins.words("community-1") == replace(said, prompts=prompts)
        tx.checkins.set_words("community-1", replace(said, opening="", prompts=()))
        assert tx.checkins.words("community-1") == replace(said, opening="", prompts=prompts)
        tx.checkins.set_prompts("community-1", (prompts[1], replace(prompts[0], words="What is near?")))
        assert tx.checkins.words("community-1").prompts == (prompts[1], replace(prompts[0], words="What is near?"))
        tx.checkins.set_prompts("community-1", prompts[:1])
        assert tx.checkins.words("community-1").prompts == prompts[:1]
        assert "Welcome" not in repr(said)

    await store.write(work)


async def test_who_only_joined_is_shown_their_seat_and_forgotten_with_the_turn_that_was_theirs(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.checkins.put(replace(ROOM, room=INSIDE, invited="seat-1"))
        tx.checkins.put(replace(ROOM, id="c-2", invited="seat-3"))
        tx.checkins.seat(seat(1, STRANGER))
        tx.checkins.seat(seat(2, BEN))
        tx.checkins.seat(Seat("seat-3", "c-2", BEN, 1))
        held = {table.table: table.rows for table in tx.held(STRANGER)}
        (mine,) = held["seat"]
        assert mine.values["member"] == STRANGER
        tx.forget(STRANGER, NOW)
        assert not any(table.rows for table in tx.held(STRANGER))
        assert tx.checkins.seats("c-1") == (seat(2, BEN),)
        assert tx.checkins.get("c-1") == replace(ROOM, room=INSIDE)
        assert tx.checkins.get("c-2") == replace(ROOM, id="c-2", invited="seat-3")

    await store.write(work)


async def test_who_was_forgotten_and_came_to_a_later_room_keeps_their_seat_at_a_restart(path: Path) -> None:
    later = replace(ROOM, id="c-2", opens_at=NOW + HOUR, closes_at=NOW + 2 * HOUR)

    def come(tx: WorkTx) -> None:
        tx.checkins.put(ROOM)
        tx.checkins.put(later)
        tx.checkins.seat(seat(1, STRANGER))

    def go_and_come_back(tx: WorkTx) -> None:
        tx.forget(STRANGER, NOW)
        assert tx.checkins.seats("c-1") == ()
        tx.checkins.seat(Seat("seat-2", "c-2", STRANGER, 1))
        tx.checkins.seat(seat(1, STRANGER))  # as an old copy of the database would bring it back

    store = a_store(path)
    async with store.session():
        await store.write(lambda tx: tx.communities.add(Community("community-1", NOW), HOME))
        await store.write(come)
        await store.write(go_and_come_back)
    store = a_store(path)
    async with store.session():
        assert await store.read(lambda tx: tx.checkins.seats("c-1")) == ()
        assert len(await store.read(lambda tx: tx.checkins.seats("c-2"))) == 1


async def test_a_standing_one_outlives_whoever_planned_it_and_names_them_no_more(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.checkins.plan(WEEKLY)
        tx.checkins.wish_note("s-1", MINE, wished=True)
        tx.checkins.wish_note("s-1", THEIRS, wished=True)
        held = {table.table: table.rows for table in tx.held(ANNA)}
        assert (len(held["standing"]), len(held["standing_note"])) == (1, 1)
        tx.forget(ANNA, NOW)
        assert tx.checkins.planned("s-1") == replace(WEEKLY, owner="")
        assert tx.checkins.noted("s-1") == (THEIRS,)

    await store.write(work)


async def test_what_a_power_cut_left_behind_goes_a_day_after_the_closing(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.checkins.put(ROOM)
        tx.checkins.seat(seat(1, ANNA))

    await store.write(work)
    await store.sweep(ROOM.closes_at + DAY - timedelta(seconds=1))
    assert await store.read(lambda tx: tx.checkins.get("c-1")) == ROOM
    await store.sweep(ROOM.closes_at + DAY)
    left = await store.read(counts)
    assert (left["checkin"], left["seat"]) == (0, 0)


async def test_a_room_that_is_yet_to_be_closed_is_closed_before_it_is_swept(store: SqlStore) -> None:
    """After days without power the sweep comes first; a room without its row would stay open for ever."""

    def work(tx: WorkTx) -> None:
        tx.checkins.put(ROOM)
        tx.agenda.put("checkin.closes", ROOM.id, ROOM.closes_at, community="community-1")

    await store.write(work)
    late = ROOM.closes_at + 3 * DAY
    await store.sweep(late)
    assert await store.read(lambda tx: tx.checkins.get("c-1")) == ROOM

    def fail(tx: WorkTx) -> None:
        (due,) = tx.due.due(late, 9)
        tx.due.later(due.id, late + HOUR)

    await store.write(fail)
    await store.sweep(late)
    assert await store.read(lambda tx: tx.checkins.get("c-1")) is None, "what cannot be closed does not stay either"


async def test_where_the_cards_stand_is_known_as_long_as_what_they_announce(store: SqlStore) -> None:
    far = replace(ROOM, opens_at=NOW + 40 * DAY, closes_at=NOW + 41 * DAY)

    def work(tx: WorkTx) -> None:
        tx.checkins.put(far)
        tx.checkins.plan(WEEKLY)
        for subject in ("c-1", "s-1", "gone"):
            tx.outbox.put(say(CARD, keep=subject))
            tx.leaving.done(tx.leaving.due("local", NOW, 1)[0].id, f"message-{subject}", NOW)

    def standing(tx: WorkTx) -> list[int]:
        return [len(tx.outbox.posts(subject)) for subject in ("c-1", "s-1", "gone")]

    await store.write(work)
    assert await store.read(standing) == [1, 1, 1]
    await store.sweep(NOW + 30 * DAY)
    assert await store.read(standing) == [1, 1, 0]


async def test_nothing_of_a_room_or_who_was_in_it_can_be_read_once_it_is_closed(path: Path) -> None:
    chance = SecretChance()
    crowd = [Member("local", f"one-of-the-crowd-{number:04}") for number in range(80)]
    rooms = [replace(ROOM, id=chance.new_id(), room=Room("local", f"room-number-{number}")) for number in range(2)]
    ours, other = rooms
    seats = [Seat(chance.new_id(), rooms[number % 2].id, one, number) for number, one in enumerate(crowd)]

    def come(tx: WorkTx) -> None:
        tx.communities.add(Community("community-1", NOW), HOME)
        for room in rooms:
            tx.checkins.put(room)
        for one in seats:
            tx.checkins.seat(one)
        tx.checkins.put(replace(ours, invited=seats[0].id))
        tx.agenda.put("checkin.closes", ours.id, ours.closes_at)

    def close(tx: WorkTx) -> None:
        tx.agenda.cancel(ours.id)
        tx.checkins.remove(ours.id)
        tx.scrub()

    assert ours.room is not None
    secrets = [ours.id.encode(), KEYS.seal_id(identity(ours.room))]
    secrets += [one.id.encode() for one in seats[::2]]
    secrets += [KEYS.seal_id(identity(one.member)) for one in seats[::2]]
    store = a_store(path)
    async with store.session():
        await store.write(come)
        assert all(found(path.parent, secret) for secret in secrets), "the control: it stands there before"
        assert found(path.parent, crowd[0].id.encode()) == set(), "no id of a platform is ever readable"
        await store.write(close)
        assert [secret for secret in secrets if found(path.parent, secret)] == []
        assert all(found(path.parent, KEYS.seal_id(identity(one.member))) for one in seats[1::2])
        assert found(path.parent, other.id.encode())
