"""A community's settings: one step back, words that were proposed, what stands in a room, who moderates."""

from dataclasses import replace
from datetime import timedelta

from bot.contract.checkins import Words
from bot.contract.facts import Right, Standing
from bot.contract.place import Post, Room, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Before, Community, Entry, Settings
from bot.store.engine import SqlStore
from tests.store.scene import NOW

PLACE = Community("community-9", NOW, "de", "Europe/Berlin", 5, ("adults",), ("keepers",), ("lights",), welcome=True)
HALL, ATTIC = Room("local", "hall-9"), Room("local", "attic-9")
SAID = Words("Come in", "Go well", starters=False, visible=True, erased=True, prompts=(Entry("p-1", "What is near?"),))
WORDS = (Entry("word-1", "night shifts"), Entry("word-2", "new in town"))


def _fill(tx: WorkTx) -> None:
    tx.communities.add(PLACE, Space("local", "grove-9"))
    tx.communities.set_words(PLACE.id, WORDS)
    tx.communities.set_elsewhere(PLACE.id, (Entry("line-1", "Night line"),))
    tx.communities.set_room(PLACE.id, "peers", HALL)
    tx.communities.set_room(PLACE.id, "door", HALL)


async def test_settings_are_put_back_as_they_were(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        _fill(tx)
        tx.checkins.set_words(PLACE.id, SAID)
        tx.checkins.set_prompts(PLACE.id, SAID.prompts)
        before = tx.communities.settings(PLACE.id)
        assert before == Settings(PLACE, WORDS, (Entry("line-1", "Night line"),), (("peers", HALL),), SAID)
        tx.checkins.set_words(PLACE.id, Words())
        tx.checkins.set_prompts(PLACE.id, ())
        tx.communities.save(
            replace(PLACE, language="en", moderators=(), off=(), groups=(), step="words", welcome=False)
        )
        tx.communities.set_words(PLACE.id, (Entry("word-3", "grief"),))
        tx.communities.set_elsewhere(PLACE.id, ())
        tx.communities.set_room(PLACE.id, "peers", ATTIC)
        tx.communities.set_room(PLACE.id, "moderators", ATTIC)
        tx.communities.set_room(PLACE.id, "door", ATTIC)
        tx.communities.restore(before)
        assert tx.communities.settings(PLACE.id) == before
        back = tx.communities.get(PLACE.id)
        assert back is not None
        assert back.step == "words", "how far somebody came is not a setting"
        assert tx.communities.room(PLACE.id, "door", "local") == ATTIC, "what stands in a room is taken away there"
        assert tx.communities.settings("community-none") is None

    await store.write(work)


async def test_settings_of_a_community_that_is_gone_are_put_back_all_the_same(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        tx.communities.restore(Settings(replace(PLACE, id="community-gone")))
        assert tx.communities.get("community-gone") is None

    await store.write(work)


async def test_one_step_back_is_kept_sealed_for_thirty_days(store: SqlStore) -> None:
    def keep(tx: WorkTx) -> None:
        _fill(tx)
        settings = tx.communities.settings(PLACE.id)
        assert settings is not None
        for id_ in ("before-1", "before-2"):
            tx.communities.keep_before(PLACE.id, Before(id_, "setup words", settings), NOW)
        almost = NOW + timedelta(days=30) - timedelta(seconds=1)
        assert tx.communities.before(PLACE.id, almost) == Before("before-2", "setup words", settings)
        assert tx.communities.before(PLACE.id, NOW + timedelta(days=30)) is None

    await store.write(keep)
    await store.sweep(NOW + timedelta(days=30))
    assert await store.read(lambda tx: tx.communities.before(PLACE.id, NOW)) is None


async def test_proposals_are_listed_by_the_alphabet_until_their_time_is_over(store: SqlStore) -> None:
    def propose(tx: WorkTx) -> None:
        _fill(tx)
        for id_, words in (("p-1", "Zoo"), ("p-2", "ants"), ("p-3", "moon")):
            tx.communities.propose(PLACE.id, Entry(id_, words), NOW)
        assert [one.words for one in tx.communities.proposals(PLACE.id, NOW)] == ["ants", "moon", "Zoo"]
        tx.communities.drop_proposal("community-other", "p-2")
        tx.communities.drop_proposal(PLACE.id, "p-3")
        assert [one.id for one in tx.communities.proposals(PLACE.id, NOW)] == ["p-2", "p-1"]
        assert tx.communities.proposals(PLACE.id, NOW + timedelta(days=30)) == ()

    await store.write(propose)
    await store.sweep(NOW + timedelta(days=30))
    assert await store.read(lambda tx: tx.communities.proposals(PLACE.id, NOW)) == ()


async def test_where_a_message_stands_is_kept_with_the_room(store: SqlStore) -> None:
    def work(tx: WorkTx) -> None:
        _fill(tx)
        assert tx.communities.post(PLACE.id, "door", "local") is None
        stands = Post(HALL, "message-1")
        tx.communities.set_post(PLACE.id, "door", "local", stands)
        assert tx.communities.post(PLACE.id, "door", "local") == stands
        assert tx.communities.post(PLACE.id, "peers", "local") is None
        tx.communities.set_post(PLACE.id, "door", "local", None)
        assert tx.communities.post(PLACE.id, "door", "local") is None

    await store.write(work)


def test_a_role_raises_members_who_may_speak_and_nobody_else() -> None:
    roles = frozenset({"keepers", "walkers"})
    assert PLACE.right(Standing(Right.MEMBER, roles=roles)) == Right.MODERATOR
    assert PLACE.right(Standing(Right.MEMBER, roles=frozenset({"walkers"}))) == Right.MEMBER
    assert PLACE.right(Standing(Right.MEMBER, able=False, roles=roles)) == Right.MEMBER
    assert PLACE.right(Standing(Right.NONE, roles=roles)) == Right.NONE
    assert PLACE.right(Standing(Right.MODERATOR)) == Right.MODERATOR
