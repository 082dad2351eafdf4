"""What was deleted cannot be read in any file, byte by byte; what is sealed cannot be read at all."""

import asyncio
import base64
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.chance import SecretChance, SeededChance
from bot.contract.card import Card
from bot.contract.effect import Say
from bot.contract.place import Member, Room, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Apart, Community, Profile
from bot.contract.text import Said, text
from bot.store.engine import SCRUBBED_AFTER, SqlStore
from bot.store.sealed import identity
from bot.store.statement import Driver
from tests.store.scene import DAY, HOME, KEYS, NOW, a_store, opening, own, question

CHANCE = SecretChance()


def spellings(secret: bytes) -> Iterator[bytes]:
    """A secret as itself, as UTF-16, as hexadecimal in either case, and as base64 at each of its three offsets."""
    yield secret
    yield secret.decode("latin-1").encode("utf-16-le")
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for offset in range(3):
        whole = base64.b64encode(bytes(offset) + secret)
        yield whole[4 if offset else 0 : -4]


def found(folder: Path, secret: bytes) -> set[str]:
    """Return the names of the files in which a secret stands."""
    assert len(secret) >= 12
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if any(one in path.read_bytes() for one in spellings(secret))}


async def test_the_scan_finds_what_is_there(tmp_path: Path) -> None:
    secret = b"a secret that is there"
    for number, spelling in enumerate(spellings(secret)):
        (tmp_path / f"file-{number}").write_bytes(b"before" + spelling + b"after")
    assert len(found(tmp_path, secret)) == 7
    assert found(tmp_path, b"something not written") == set()


async def test_forgetting_leaves_no_byte_of_somebody_behind(path: Path) -> None:
    store = a_store(path)
    whom = Member("local", "platform-id-of-the-forgotten")
    crowd = [Member("local", f"one-of-the-crowd-{number:04}") for number in range(300)]
    mine = Profile(CHANCE.new_id(), whom, CHANCE.salt(), NOW, called="How they are called")
    about = opening(CHANCE.new_id(), whom)
    about = replace(about, member=mine.id)
    apart = CHANCE.salt() + CHANCE.salt()

    def arrive(tx: WorkTx) -> None:
        tx.communities.add(Community("community-1", NOW), HOME)
        for number, member in enumerate(crowd):
            if number == 150:
                tx.members.add(mine)
            tx.members.add(Profile(CHANCE.new_id(), member, CHANCE.salt(), NOW))
        tx.openings.add(about)
        tx.aparts.add(mine.id, Apart(CHANCE.new_id(), apart, NOW))
        for _ in range(30):
            tx.agenda.put("slot", CHANCE.new_id(), NOW + DAY, member=mine.id, facts=(whom,))
            tx.outbox.put(Say(whom, Card((text("hello", to=whom),)), about.id), subject=about.id)
            tx.outbox.put(Say(crowd[0], Card((text("hello", to=whom),))))

    secrets = {
        "our id": mine.id.encode(),
        "salt": mine.salt,
        "sealed id": KEYS.seal_id(identity(whom)),
        "opening": about.id.encode(),
        "apart": apart,
    }
    async with store.session():
        await store.write(arrive)
        assert all(found(path.parent, secret) for secret in secrets.values()), "the control: it stands there before"
        await store.write(lambda tx: tx.forget(whom, NOW))
        assert {name: found(path.parent, secret) for name, secret in secrets.items()} == {
            name: set() for name in secrets
        }
        assert await store.read(lambda tx: tx.members.find(crowd[7])) is not None
    assert not any(found(path.parent, secret) for secret in secrets.values())


async def test_an_opening_that_is_withdrawn_leaves_no_byte_behind(path: Path) -> None:
    store = a_store(path)
    members = [
        Profile(CHANCE.new_id(), Member("local", f"member-{number:03}"), CHANCE.salt(), NOW) for number in range(60)
    ]
    openings = [replace(opening(CHANCE.new_id(), one.member), member=one.id) for one in members]
    gone = openings[::2]

    def arrive(tx: WorkTx) -> None:
        tx.communities.add(Community("community-1", NOW), HOME)
        for mine in members:
            tx.members.add(mine)
        for number, one in enumerate(openings):
            tx.openings.add(one)
            asked = question(CHANCE.new_id(), one.id, members[0].member, None)
            tx.questions.add(replace(asked, member=members[number - 1].id, with_member=one.member))
            tx.outbox.put(Say(members[number - 1].member, Card(()), one.id))

    async with store.session():
        await store.write(arrive)
        assert all(found(path.parent, one.id.encode()) for one in openings)

        def withdraw(tx: WorkTx) -> None:
            for one in gone:
                tx.outbox.recall(one.id)
                tx.openings.remove(one.id)
            tx.scrub()

        await store.write(withdraw)
        assert [found(path.parent, one.id.encode()) for one in gone] == [set()] * len(gone)
        assert all(found(path.parent, one.id.encode()) for one in openings[1::2])


async def test_the_sweep_leaves_nothing_of_what_it_deletes(path: Path) -> None:
    store = a_store(path)
    pairs = [CHANCE.salt() + CHANCE.salt() for _ in range(400)]
    async with store.session():

        def meet(tx: WorkTx) -> None:
            for pair in pairs:
                tx.met.add(pair, NOW + DAY)

        await store.write(meet)
        assert all(found(path.parent, pair) for pair in pairs[:5])
        await store.sweep(NOW + DAY)
        assert not any(found(path.parent, pair) for pair in pairs)


async def test_no_platform_id_and_no_word_of_a_message_is_ever_readable(path: Path) -> None:
    store = a_store(path)
    member, room = Member("local", "platform-id-of-member"), Room("local", "platform-id-of-room")
    space, words = Space("local", "platform-id-of-space"), "words that somebody wrote"

    def work(tx: WorkTx) -> None:
        tx.communities.add(Community("community-1", NOW, groups=("platform-id-of-role",)), space)
        tx.members.add(Profile(CHANCE.new_id(), member, CHANCE.salt(), NOW, called=words))
        mine = tx.members.find(member)
        assert mine is not None
        tx.openings.add(replace(opening("o", member, group="platform-id-of-role"), member=mine.id))
        tx.agenda.put("control-of-the-scan", "s", NOW, facts=(member, room, Said(words)))
        for place in (member, room):
            tx.outbox.put(Say(place, Card((text("hello", words=Said(words)),)), "keep"))
            tx.outbox.put(Say(place, Card((text("hello", words=Said(words)),))))
        for row in tx.leaving.due("local", NOW, 9):
            tx.leaving.done(row.id, "platform-id-of-message", NOW)
        tx.seen.first_time("local", "platform-id-of-event", NOW)
        tx.forget(Member("local", "platform-id-of-forgotten"), NOW)

    async with store.session():
        await store.write(work)
        assert found(path.parent, b"control-of-the-scan")
        for kind in ("member", "room", "space", "role", "message", "event", "forgotten"):
            assert found(path.parent, f"platform-id-of-{kind}".encode()) == set(), kind
        assert found(path.parent, words.encode()) == set()


async def test_rows_that_moved_from_page_to_page_left_no_copy_behind(path: Path) -> None:
    """With secure_delete alone, some of these are found: balancing a tree leaves copies in the gaps of its pages."""
    store = a_store(path)
    drawn, chance = random.Random(4), SeededChance(4)
    alive: dict[Member, tuple[bytes, ...]] = {}
    left: list[bytes] = []
    read = b""

    def arrive(tx: WorkTx) -> None:
        for _ in range(drawn.randint(40, 120)):
            member = Member("local", chance.new_id())
            mine = Profile(chance.new_id(), member, chance.salt(), NOW)
            about = replace(opening(chance.new_id(), member), member=mine.id)
            tx.members.add(mine)
            tx.openings.add(about)
            tx.outbox.put(Say(member, Card((text("x" * drawn.randint(1, 300)),)), about.id), subject=about.id)
            tx.agenda.put("slot", about.id, NOW, member=mine.id, facts=("y" * drawn.randint(0, 900),))
            alive[member] = (mine.id.encode(), mine.salt, about.id.encode())

    def leave(going: list[Member], tx: WorkTx) -> None:
        for member in going:
            tx.forget(member, NOW)

    async with store.session():
        await store.write(lambda tx: tx.communities.add(Community("community-1", NOW), HOME))
        for _ in range(8):
            await store.write(arrive)
            going = drawn.sample(sorted(alive), len(alive) * 2 // 3)
            await store.write(partial(leave, going))
            read = b"".join(one.read_bytes() for one in path.parent.iterdir())
            left += [secret for member in going for secret in alive.pop(member) if secret in read]
        assert all(secret in read for secrets in alive.values() for secret in secrets), "the control"
    assert left == []


async def test_a_scrub_that_could_not_be_is_made_up_for_by_the_next_write(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(path)
    secret = CHANCE.salt() + CHANCE.salt()

    def drop(tx: WorkTx) -> None:
        db = own(tx).ground.db
        db.driver.run("DELETE FROM met")
        tx.scrub()

    def full(*_: object) -> bool:
        raise sqlite3.OperationalError

    async with store.session():
        await store.write(lambda tx: tx.met.add(secret, NOW + DAY))
        with monkeypatch.context() as broken:
            broken.setattr(SqlStore, "_rewrite", staticmethod(full))
            await store.write(drop)
        assert found(path.parent, secret)
        await store.write(lambda tx: tx.outbox.put(Say(Room("local", "r"), Card(()))))
        assert not found(path.parent, secret)


async def test_while_others_wait_to_write_one_scrub_does_for_several(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, scrubs, written = a_store(path), list[int](), 0
    secrets = [CHANCE.salt() + CHANCE.salt() for _ in range(3 * SCRUBBED_AFTER)]
    rewrite = SqlStore._rewrite

    def counted(driver: Driver, most: int) -> bool:
        scrubs.append(written)
        return rewrite(driver, most)

    def drop(tx: WorkTx) -> None:
        nonlocal written
        written += 1
        own(tx).ground.db.driver.run("DELETE FROM met")
        tx.scrub()

    def refuse(_: WorkTx) -> None:
        raise KeyError

    async with store.session():
        for secret in secrets:
            await store.write(lambda tx, secret=secret: tx.met.add(secret, NOW + DAY))  # type: ignore[misc]
        monkeypatch.setattr(SqlStore, "_rewrite", staticmethod(counted))
        many = len(secrets)
        done = await asyncio.gather(
            *(store.write(drop) for _ in range(many)), store.write(refuse), return_exceptions=True
        )
        assert isinstance(done[-1], KeyError)
        assert scrubs == [SCRUBBED_AFTER + 1, 2 * (SCRUBBED_AFTER + 1), many], "the last cleans up, even if it fails"
        assert not any(found(path.parent, secret) for secret in secrets)
        await store.write(drop)
        assert len(scrubs) == 4, "where nobody waits, at once"


async def test_what_could_not_be_scrubbed_is_at_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, secret = a_store(path), CHANCE.salt() + CHANCE.salt()

    def drop(tx: WorkTx) -> None:
        own(tx).ground.db.driver.run("DELETE FROM met")
        tx.scrub()

    def full(*_: object) -> bool:
        raise sqlite3.OperationalError

    async with store.session():
        await store.write(lambda tx: tx.met.add(secret, NOW + DAY))
        with monkeypatch.context() as broken:
            broken.setattr(SqlStore, "_rewrite", staticmethod(full))
            await store.write(drop)
        assert found(path.parent, secret)
    assert not found(path.parent, secret)
