"""Rows go in and come out as they were, and the rules that belong to the tables hold."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.contract.effect import Then
from bot.contract.place import Member, Room, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Apart, Community, Entry
from bot.contract.text import Said, Voice, text
from bot.domain.openings import Opening
from bot.store.engine import SqlStore
from tests.store.scene import ANNA, BEN, CORA, DAY, HOME, HOUR, NOW, a_store, counts, opening, profile, question, say


async def test_a_profile_comes_back_as_it_was_and_as_it_was_changed(store: SqlStore) -> None:
    changed = replace(
        profile(ANNA),
        language="de",
        zone="Europe/Berlin",
        quiet_from=time(22, 30),
        quiet_to=time(7),
        called="Anni",
        budget=1,
        sent_on="2027-03-04",
        sent=1,
        lead=15,
        usual_community="community-1",
        paused_until=NOW + DAY,
        languages=("de", "en"),
        way="voice",
        place="room",
        span="2h",
        someone_new=True,
        ask_first=True,
        questions=5,
    )
    assert await store.read(lambda tx: tx.members.find(ANNA)) == profile(ANNA)
    await store.write(lambda tx: tx.members.save(changed))
    assert await store.read(lambda tx: tx.members.find(ANNA)) == changed
    assert await store.read(lambda tx: tx.members.get(changed.id)) == changed
    assert await store.read(lambda tx: tx.members.find(Member("elsewhere", ANNA.id))) is None
    assert await store.read(lambda tx: tx.members.find(BEN)) == profile(BEN)


async def test_a_community_its_spaces_and_its_lists(store: SqlStore) -> None:
    first = Community("community-1", NOW, zone="Europe/London")
    second = Community("community-2", NOW + HOUR, "de", "Europe/Berlin", 0, ("role-1", "role 2"))
    there = Space("local", "another")

    def work(tx: WorkTx) -> None:
        tx.communities.add(second, there)
        assert tx.communities.of_space(HOME) == first
        assert tx.communities.of_space(there) == second
        assert tx.communities.of_space(Space("other", HOME.id)) is None
        assert tx.communities.on("local") == (first, second)
        assert tx.communities.on("other") == ()
        assert tx.communities.spaces("community-2") == (there,)
        tx.communities.save(replace(second, wait_days=7, groups=()))
        assert tx.communities.get("community-2") == replace(second, wait_days=7, groups=())
        words = (Entry("w1", "night shifts"), Entry("w2", "a loss"))
        tx.communities.set_words("community-1", words)
        tx.communities.set_words("community-2", (Entry("w9", "moving"),))
        assert tx.communities.words("community-1") == words
        tx.communities.set_elsewhere("community-1", (Entry("e1", "the library"),))
        assert tx.communities.elsewhere("community-1") == (Entry("e1", "the library"),)
        assert tx.communities.elsewhere("community-2") == ()

    await store.write(work)


async def test_a_room_of_a_community_does_something_once_a_platform(store: SqlStore) -> None:
    hall, yard, far = Room("local", "hall"), Room("local", "yard"), Room("other", "hall")

    def work(tx: WorkTx) -> None:
        assert tx.communities.rooms("community-1") == {}
        for does, room in (("peers", hall), ("peers", far), ("door", hall), ("peers", yard)):
            tx.communities.set_room("community-1", does, room)
        assert tx.communities.rooms("community-1") == {"door": (hall,), "peers": (yard, far)}
        assert tx.communities.room("community-1", "peers", "local") == yard
        assert tx.communities.room("community-2", "peers", "local") is None
        tx.communities.clear_room("community-1", "peers", "local")
        assert tx.communities.rooms("community-1") == {"door": (hall,), "peers": (far,)}

    await store.write(work)


async def test_a_word_that_goes_takes_its_choices_along_and_the_others_stay(store: SqlStore) -> None:
    mine = profile(ANNA).id

    def work(tx: WorkTx) -> None:
        tx.communities.set_words("community-1", (Entry("w1", "one"), Entry("w2", "two"), Entry("w3", "three")))
        tx.comforts.mark(mine, "w1", "not")
        tx.comforts.mark(mine, "w2", "ask")
        tx.openings.add(opening("o1", ANNA, words=frozenset({"w1", "w2"}), not_today=frozenset({"w3"})))
        tx.communities.set_words("community-1", (Entry("w3", "three, newly"), Entry("w2", "two")))

    await store.write(work)
    words = await store.read(lambda tx: tx.communities.words("community-1"))
    assert words == (Entry("w3", "three, newly"), Entry("w2", "two"))
    assert await store.read(lambda tx: tx.comforts.of(mine)) == {"w2": "ask"}
    kept = await store.read(lambda tx: tx.openings.get("o1"))
    assert kept is not None
    assert (kept.words, kept.not_today) == (frozenset({"w2"}), frozenset({"w3"}))


async def test_welcome_is_no_row(store: SqlStore) -> None:
    mine = profile(ANNA).id

    def work(tx: WorkTx) -> None:
        tx.communities.set_words("community-1", (Entry("w1", "one"),))
        tx.comforts.mark(mine, "w1", "not")
        tx.comforts.mark(mine, "w1", "ask")
        assert tx.comforts.of(mine) == {"w1": "ask"}
        tx.comforts.mark(mine, "w1", "welcome")

    await store.write(work)
    assert (await store.read(counts))["comfort"] == 0


async def test_an_opening_comes_back_as_it_was_and_goes_with_its_words_and_questions(store: SqlStore) -> None:
    full = opening(
        "o1",
        ANNA,
        asks=False,
        languages=("en", "de"),
        way="voice",
        someone_new=True,
        ask_first=True,
        stays=True,
        group="role-1",
        questions=2,
        words=frozenset({"w1"}),
        not_today=frozenset({"w2"}),
        ask_about=frozenset({"w1"}),
    )

    def add(tx: WorkTx) -> None:
        tx.communities.set_words("community-1", (Entry("w1", "one"), Entry("w2", "two")))
        tx.openings.add(full)
        tx.openings.add(opening("o2", BEN))
        tx.questions.add(question("q1", "o1", BEN, ANNA))
        tx.questions.add(question("q2", "o2", CORA, BEN, yes=True, place="direct"))

    await store.write(add)
    assert await store.read(lambda tx: tx.openings.get("o1")) == full
    assert await store.read(lambda tx: tx.openings.of_member(profile(ANNA).id)) == (full,)
    assert await store.read(lambda tx: tx.questions.about("o1")) == (question("q1", "o1", BEN, ANNA),)
    assert await store.read(lambda tx: tx.questions.to(profile(BEN).id)) == (question("q1", "o1", BEN, ANNA),)
    assert await store.read(lambda tx: tx.questions.naming(profile(ANNA).id)) == (question("q1", "o1", BEN, ANNA),)
    owed = question("q2", "", CORA, None, yes=True, place="direct")

    def remove(tx: WorkTx) -> None:
        tx.openings.remove("o1")
        tx.questions.save(owed)
        tx.openings.remove("o2")

    await store.write(remove)
    left = await store.read(counts)
    assert (left["opening"], left["opening_word"], left["question"]) == (0, 0, 1)
    assert await store.write(lambda tx: tx.questions.get_for_change("q2")) == owed
    await store.write(lambda tx: tx.questions.remove("q2"))
    assert (await store.read(counts))["question"] == 0


async def test_questions_are_spent_down_to_none_and_never_below(store: SqlStore) -> None:
    def work(tx: WorkTx) -> tuple[Opening | None, Opening | None]:
        tx.openings.add(opening("o1", ANNA, questions=1))
        tx.openings.add(opening("o2", BEN))
        for _ in range(3):
            tx.openings.spend("o1")
            tx.openings.spend("o2")
        return tx.openings.get_for_change("o1"), tx.openings.get("o2")

    one, endless = await store.write(work)
    assert one is not None
    assert one.questions == 0
    assert endless is not None
    assert endless.questions is None


ASKING = opening("asks", ANNA)
SOON = NOW + timedelta(minutes=5)


def others(tx: WorkTx, now: datetime) -> list[Opening]:
    return [other for page in tx.openings.others(ASKING, now) for other, _ in page]


@pytest.mark.parametrize(
    ("why", "there", "found"),
    [
        ("somebody waits", {}, True),
        ("a light may be asked", {"asks": False, "questions": 1}, True),
        ("no questions left", {"questions": 0}, False),
        ("ended this moment", {"ends_at": SOON}, False),
        ("ends a moment later", {"ends_at": SOON + timedelta(microseconds=1)}, True),
        ("another platform", {"platform": "other"}, False),
    ],
)
async def test_whom_an_opening_might_be_matched_with(
    store: SqlStore, why: str, there: dict[str, Any], found: bool
) -> None:
    def work(tx: WorkTx) -> list[Opening]:
        tx.openings.add(ASKING)
        tx.openings.add(opening("mine-too", ANNA))
        tx.openings.add(opening("theirs", BEN, **there))
        return others(tx, SOON)

    assert [other.id for other in await store.write(work)] == (["theirs"] if found else []), why


async def test_nobody_of_another_community_who_pauses_or_is_being_asked_is_found(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.communities.add(Community("community-2", NOW), Space("local", "there"))
        tx.communities.set_words("community-1", (Entry("w1", "one"),))
        tx.openings.add(ASKING)
        theirs = opening("theirs", BEN, words=frozenset({"w1"}))
        tx.openings.add(theirs)
        tx.openings.add(opening("far", CORA, community="community-2"))
        assert others(tx, SOON) == [theirs]
        tx.members.save(profile(BEN, paused_until=SOON + HOUR))
        assert others(tx, SOON) == []
        assert others(tx, SOON + HOUR) == [theirs], "a pause ends by itself"
        tx.members.save(profile(BEN))
        tx.questions.add(question("q", "far", BEN, CORA))
        assert others(tx, SOON) == [], "asked by another at this moment"
        assert others(tx, NOW + HOUR) == [theirs]

    await store.write(work)


@pytest.mark.parametrize(
    "before",
    [
        question("q", "asks", BEN, ANNA),
        question("q", "theirs", ANNA, BEN),
        question("q", "asks", ANNA, BEN, second=True),
        question("q", "theirs", BEN, ANNA, second=True),
    ],
)
async def test_the_same_two_are_never_brought_together_twice_whoever_was_asked(store: SqlStore, before: Any) -> None:
    def work(tx: WorkTx) -> None:
        tx.openings.add(ASKING)
        tx.openings.add(opening("theirs", BEN))
        later = NOW + HOUR
        assert [other.id for other in others(tx, later)] == ["theirs"]
        tx.questions.add(before)
        assert others(tx, later) == []
        tx.questions.remove("q")
        assert [other.id for other in others(tx, later)] == ["theirs"]

    await store.write(work)


async def test_pairs_are_known_until_they_expire_and_can_be_met_again(store: SqlStore) -> None:
    pairs = [bytes([number]) * 32 for number in range(70)]

    def work(tx: WorkTx) -> None:
        for pair in pairs[::2]:
            tx.met.add(pair, NOW + DAY)
        tx.met.add(pairs[0], NOW + 2 * DAY)
        assert tx.met.known(pairs, NOW) == frozenset(pairs[::2])
        assert tx.met.known(pairs, NOW + DAY) == {pairs[0]}
        assert tx.met.known([], NOW) == frozenset()

    await store.write(work)


async def test_a_list_of_apart_is_its_owners_alone(store: SqlStore) -> None:
    one, two = Apart("a1", b"1" * 32, NOW), Apart("a2", b"2" * 32, NOW + HOUR)
    anna, ben = profile(ANNA).id, profile(BEN).id

    def work(tx: WorkTx) -> None:
        tx.aparts.add(anna, two)
        tx.aparts.add(anna, one)
        tx.aparts.add(anna, Apart("a3", one.hash, NOW + DAY))
        assert tx.aparts.of(anna) == (one, two)
        assert tx.aparts.of(ben) == ()
        assert not tx.aparts.remove(ben, "a1")
        assert tx.aparts.remove(anna, "a1")
        assert not tx.aparts.remove(anna, "a1")
        assert tx.aparts.of(anna) == (two,)

    await store.write(work)


async def test_an_event_is_new_once_on_its_platform(store: SqlStore) -> None:
    assert await store.write(lambda tx: tx.seen.first_time("local", "event-1", NOW))
    assert not await store.write(lambda tx: tx.seen.first_time("local", "event-1", NOW))
    assert await store.write(lambda tx: tx.seen.first_time("other", "event-1", NOW))
    await store.sweep(NOW + 8 * DAY)
    assert (await store.read(counts))["seen"] == 0


async def test_the_agenda_has_one_row_a_kind_and_subject_and_a_moved_one_is_another(store: SqlStore) -> None:
    anna = profile(ANNA).id
    facts = (ANNA, Room("local", "r"), Said("words"), NOW, text("hello"))

    def work(tx: WorkTx) -> None:
        tx.agenda.put("later", "s1", NOW + HOUR, member=anna, community="community-1", facts=facts)
        tx.agenda.put("sooner", "s1", NOW, member=anna)
        tx.agenda.put("sooner", "s2", NOW + 2 * HOUR)
        assert [due.kind for due in tx.agenda.of_member(anna)] == ["sooner", "later"]
        (later,) = tx.agenda.of_member(anna, "later")
        assert (later.facts, later.due_at, later.attempts) == (facts, NOW + HOUR, 0)
        assert tx.due.next_at() == NOW
        (due,) = tx.due.due(NOW, 10)
        tx.agenda.put("sooner", "s1", NOW + timedelta(minutes=1), member=anna)
        assert tx.due.take(due.id) is None, "it was moved"
        (moved,) = tx.due.due(NOW + timedelta(minutes=1), 10)
        tx.due.later(moved.id, NOW + 3 * HOUR)
        assert tx.due.due(NOW + timedelta(minutes=1), 10) == ()
        taken = tx.due.take(moved.id)
        assert taken is not None
        assert (taken.due_at, taken.attempts) == (NOW + timedelta(minutes=1), 1), "when it was meant is kept"
        assert tx.due.take(moved.id) is None
        assert len(tx.due.due(NOW + DAY, 1)) == 1
        tx.agenda.cancel("s1", "nothing like it")
        assert len(tx.agenda.of_member(anna)) == 1
        tx.agenda.cancel("s1")
        tx.agenda.put("more", "s3", NOW, member=anna)
        tx.agenda.stop(anna)
        assert tx.agenda.of_member(anna) == ()
        assert [due.subject for due in tx.due.due(NOW + DAY, 10)] == ["s2"]

    await store.write(work)


async def test_how_somebody_is_spoken_to(store: SqlStore) -> None:
    room, stranger = Room("local", "r"), Member("local", "new")

    def work(tx: WorkTx) -> None:
        here = Voice("en", "Europe/London")
        assert tx.voice(room) == tx.voice(stranger) == tx.voice(ANNA) == here, "the only community there is"
        assert tx.voice(Room("other", "r")) == Voice()
        tx.members.save(profile(ANNA, language="de"))
        assert tx.voice(ANNA) == Voice("de", "Europe/London")
        tx.communities.add(Community("community-2", NOW, "de", "Europe/Berlin"), Space("local", "there"))
        assert tx.voice(room) == Voice(), "one of two"
        assert tx.voice(room, "community-2") == Voice("de", "Europe/Berlin")
        tx.members.save(profile(BEN, usual_community="community-2"))
        assert tx.voice(BEN) == Voice("de", "Europe/Berlin")
        assert tx.voice(BEN, "community-1") == here
        tx.members.save(profile(ANNA, language="de", zone="Asia/Tokyo"))
        assert tx.voice(ANNA, "community-1") == Voice("de", "Asia/Tokyo")
        tx.outbox.put(say(BEN))
        tx.outbox.put(say(ANNA), then=Then("after", (ANNA,)))
        assert [row.voice for row in tx.leaving.due("local", NOW, 9)] == [tx.voice(BEN), tx.voice(ANNA)]

    await store.write(work)


async def test_a_store_in_memory_keeps_nothing() -> None:
    for _ in range(2):
        store = a_store(None)
        async with store.session():
            assert (await store.read(counts))["member"] == 0
            await store.write(lambda tx: tx.members.add(profile(ANNA)))
