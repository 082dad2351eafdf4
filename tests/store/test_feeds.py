"""Calendar feeds: of an address there is only a hash, and it is dead with its row."""

from dataclasses import replace

from bot.contract.calendar import Feed
from bot.contract.place import Member
from bot.contract.queues import WorkTx
from bot.domain.feeds import hash_of, token_of
from bot.store.engine import SqlStore
from tests.store.scene import ANNA, BEN, NOW, counts

STRANGER = Member("local", "somebody-without-a-profile")
ADDRESS = token_of(bytes(range(32)))
FEED = Feed(STRANGER, hash_of(ADDRESS), NOW)


def test_an_address_ends_in_256_bits_that_no_hash_shows() -> None:
    assert ADDRESS == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    assert len(hash_of(ADDRESS)) == 32
    assert hash_of(ADDRESS) != hash_of(token_of(bytes(32)))
    assert ADDRESS not in repr(FEED)
    assert str(FEED.token_hash) not in repr(FEED)


async def test_a_feed_is_found_by_its_address_until_that_is_changed(store: SqlStore) -> None:
    other = replace(FEED, token_hash=hash_of("other"), names=True)

    def work(tx: WorkTx) -> None:
        tx.feeds.put(FEED)
        tx.feeds.put(Feed(BEN, hash_of("ben"), NOW))
        assert tx.feeds.of_token(hash_of(ADDRESS)) == FEED
        assert tx.feeds.of_member(STRANGER) == FEED
        assert tx.feeds.of_token(hash_of("wrong")) is None
        assert tx.feeds.of_member(ANNA) is None
        tx.feeds.put(other)
        assert tx.feeds.of_token(hash_of(ADDRESS)) is None
        assert tx.feeds.of_token(hash_of("other")) == other == tx.feeds.of_member(STRANGER)
        tx.feeds.remove(STRANGER)
        assert tx.feeds.of_token(hash_of("other")) is None
        assert counts(tx)["calendar_feed"] == 1

    await store.write(work)


async def test_whoever_is_forgotten_has_no_feed_and_was_shown_it(store: SqlStore) -> None:
    await store.write(lambda tx: tx.feeds.put(FEED))
    await store.write(lambda tx: tx.feeds.put(Feed(BEN, hash_of("ben"), NOW)))
    (held,) = [table for table in await store.read(lambda tx: tx.held(STRANGER)) if table.rows]
    assert held.table == "calendar_feed"
    assert str(FEED.token_hash) not in str(held)
    await store.write(lambda tx: tx.forget(STRANGER, NOW))
    assert await store.read(lambda tx: tx.feeds.of_token(hash_of(ADDRESS))) is None
    assert await store.read(lambda tx: tx.feeds.of_member(BEN)) is not None
