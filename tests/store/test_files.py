"""The files: whose they are, who may open them, what happens before a migration and after a restore."""

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.clock import VirtualClock
from bot.contract.queues import WorkTx
from bot.domain.errors import StartError
from bot.store import engine, files, migrations
from bot.store.engine import PRAGMAS, SqlStore
from bot.store.forgotten import Forgotten
from bot.store.lifetimes import Lifetimes
from bot.store.sealed import Keys
from tests.store.scene import ANNA, BEN, DAY, HOUR, KEYS, NOW, a_store, counts, own, profile, say, settle


def content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


async def refused(store: SqlStore) -> StartError:
    with pytest.raises(StartError) as raised:
        async with store.session():
            pass
    return raised.value


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def old_database(path: Path) -> None:
    """Write a database as an earlier version of the bot might have left it."""
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("CREATE TABLE older (words TEXT)")
        database.execute("INSERT INTO older VALUES ('kept as it was')")
        database.commit()


async def test_everything_belongs_to_its_owner_alone(path: Path) -> None:
    store = a_store(path)
    async with store.session():
        await store.write(settle)
        await store.write(lambda tx: tx.forget(BEN, NOW))
        await store.write(lambda tx: tx.outbox.put(say(ANNA)))
        there = sorted(one.name for one in path.parent.iterdir())
        assert {"porchlight.db", "porchlight.db-wal", "porchlight.db-shm", "porchlight.db.lock", "forgotten"} == set(
            there
        )
        assert {mode(one) for one in path.parent.iterdir()} == {0o600}
        assert mode(path.parent) == 0o700


async def test_a_folder_that_others_can_read_is_closed_if_it_is_the_bots_alone(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "holiday.txt").touch()
    assert (await refused(a_store(folder / "porchlight.db"))).code == "store-shared-folder"
    assert (mode(folder), sorted(one.name for one in folder.iterdir())) == (0o755, ["holiday.txt"])
    (folder / "holiday.txt").unlink()
    async with a_store(folder / "porchlight.db").session():
        assert mode(folder) == 0o700


@pytest.mark.parametrize("durable", [True, False])
async def test_the_pragmas_are_as_promised_on_both_connections(path: Path, durable: bool) -> None:
    store = a_store(path, durable=durable)
    wanted = PRAGMAS | {} if durable else PRAGMAS | {"synchronous": 0}

    def pragmas(tx: WorkTx) -> dict[str, object]:
        driver = own(tx).ground.db.driver
        return {name: driver.fetch(f"PRAGMA {name}", ())[0][0] for name in wanted}

    async with store.session():
        assert await store.write(pragmas) == wanted
        assert await store.read(pragmas) == wanted


async def test_a_pragma_that_did_not_take_keeps_the_bot_from_starting(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "secure_deleet", 1)
    wrong = await refused(a_store(path))
    assert (wrong.code, wrong.facts) == ("store-pragma", {"name": "secure_deleet"})


async def test_a_second_one_on_the_same_database_refuses_to_start(path: Path) -> None:
    first = a_store(path)
    async with first.session():
        assert (await refused(a_store(path))).code == "store-in-use"
        await first.write(settle)
    async with a_store(path).session():
        pass


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/data/porch", "nfs4"),
        ("/srv/database", "ext4"),
        ("/srv/data", "nfs4"),
        ("/srv/data/near/porch", "xfs"),
        ("/with space/x", "cifs"),
    ],
)
def test_the_file_system_of_a_path_is_that_of_its_closest_mount(path: str, kind: str) -> None:
    mounts = (
        "/dev/sda / ext4 rw 0 0\nhost:/x /srv/data nfs4 rw 0 0\n/dev/sdb /srv/data/near xfs rw 0 0\n"
        "//host/y /with\\040space cifs rw 0 0\nbroken\n"
    )
    assert files.file_system(Path(path), mounts) == kind


async def test_a_database_on_a_network_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "file_system", lambda *_: "nfs4")
    wrong = await refused(a_store(path))
    assert (wrong.code, wrong.facts["kind"]) == ("store-network", "nfs4")
    assert content(path) == b""


async def test_another_key_is_noticed_at_start_and_nothing_is_changed(path: Path) -> None:
    store = a_store(path)
    async with store.session():
        await store.write(settle)
    before = content(path)
    assert (await refused(a_store(path, keys=Keys(bytes(32))))).code == "store-key"
    assert content(path) == before
    async with store.session():
        assert await store.read(lambda tx: tx.members.find(ANNA)) == profile(ANNA)


async def test_a_database_of_a_later_version_is_refused_and_left_alone(path: Path) -> None:
    async with a_store(path).session():
        pass
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    before = content(path)
    assert (await refused(a_store(path))).code == "store-newer"
    assert content(path) == before


def no_database(path: Path) -> None:
    path.write_text("no database at all, whatever its name says" * 40)


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE recipes (words TEXT)")


@pytest.mark.parametrize("make", [no_database, of_another_program])
async def test_what_is_not_ours_is_refused_and_left_alone(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir(mode=0o700)
    make(path)
    before = content(path)
    assert (await refused(a_store(path))).code == "store-strange"
    assert content(path) == before


async def test_before_a_migration_a_copy_is_made_and_checked(path: Path) -> None:
    old_database(path)
    store = a_store(path)
    async with store.session():
        await store.write(settle)
        (copy,) = path.with_name("backups").iterdir()
        assert (mode(copy), mode(copy.parent)) == (0o600, 0o700)
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("SELECT words FROM older").fetchall() == [("kept as it was",)]
            assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'member'").fetchall()
        await store.sweep(NOW + 13 * DAY)
        assert copy.exists()
        await store.sweep(NOW + 14 * DAY)
        assert not copy.exists()
    async with store.session():
        assert not list(path.with_name("backups").iterdir()), "no migration, no copy"


async def test_a_migration_that_breaks_off_brings_the_old_database_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_database(path)

    def breaks(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM older")
        connection.exec_driver_sql("PRAGMA user_version = 5")
        raise RuntimeError

    monkeypatch.setattr(engine, "migrate", breaks)
    assert (await refused(a_store(path))).code == "store-migration"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT words FROM older").fetchall() == [("kept as it was",)]
        assert database.execute("PRAGMA user_version").fetchone() == (0,)
    monkeypatch.undo()
    async with a_store(path).session():
        pass


async def test_a_migration_is_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_database(path)
    monkeypatch.setattr(migrations, "_whole", lambda _: 1 / 0)
    assert (await refused(a_store(path))).code == "store-migration"
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert sorted(tables) == [("alembic_version",), ("older",)]


async def test_no_room_for_the_copy_no_migration(path: Path) -> None:
    old_database(path)
    path.with_name("backups").write_text("a file in the way")
    assert (await refused(a_store(path))).code == "store-backup"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT words FROM older").fetchall() == [("kept as it was",)]


async def test_an_old_copy_does_not_bring_back_who_was_forgotten(path: Path, tmp_path: Path) -> None:
    store = a_store(path)
    async with store.session():
        await store.write(settle)
        await store.write(lambda tx: tx.outbox.put(say(ANNA, keep="s")))
    shutil.copy(path, tmp_path / "copy")
    clock = VirtualClock(NOW + HOUR)
    async with a_store(path, clock=clock).session():
        pass
    store = a_store(path, clock=clock)
    async with store.session():
        await store.write(lambda tx: tx.forget(ANNA, NOW + HOUR))
        await store.write(lambda tx: tx.members.add(profile(ANNA, created_at=NOW + 2 * HOUR)))
    line = path.with_name("forgotten").read_text()
    assert ANNA.id not in line
    assert datetime.fromisoformat(line.split()[2]) == NOW + HOUR + 14 * DAY
    async with store.session():
        assert await store.read(lambda tx: tx.members.find(ANNA)) is not None, "who came back since then stays"
    shutil.copy(tmp_path / "copy", path)
    async with store.session():
        assert await store.read(lambda tx: tx.members.find(ANNA)) is None
        left = await store.read(counts)
        assert (left["member"], left["outbox"]) == (2, 0)


async def test_marks_go_when_their_time_is_over_and_not_before(path: Path) -> None:
    store = a_store(path)
    marks = path.with_name("forgotten")
    async with store.session():
        await store.write(settle)
        await store.write(lambda tx: tx.forget(ANNA, NOW))
        await store.write(lambda tx: tx.forget(BEN, NOW + DAY))
        await store.sweep(NOW + 14 * DAY - HOUR)
        assert len(marks.read_text().splitlines()) == 2
        await store.sweep(NOW + 14 * DAY)
        (left,) = marks.read_text().splitlines()
        assert left.startswith(Forgotten(marks, KEYS, DAY).hash(BEN))
        assert mode(marks) == 0o600


async def test_a_forget_list_that_cannot_be_read_keeps_the_bot_from_starting(path: Path) -> None:
    async with a_store(path).session():
        pass
    path.with_name("forgotten").write_text("not a mark\n")
    assert (await refused(a_store(path))).code == "forgotten-unreadable"


async def test_lifetimes_of_the_operator_are_used(path: Path) -> None:
    store = a_store(path, lifetimes=Lifetimes(seen=HOUR, backups=DAY, marks=2 * DAY))
    async with store.session():
        await store.write(settle)
        await store.write(lambda tx: tx.seen.first_time("local", "1", NOW))
        await store.write(lambda tx: tx.forget(ANNA, NOW))
        await store.sweep(NOW + HOUR)
        assert (await store.read(counts))["seen"] == 0
        await store.sweep(NOW + 2 * DAY)
        assert path.with_name("forgotten").read_text() == ""
