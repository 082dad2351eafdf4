"""The files of a database: who may read them, who has them open, what lies beside them."""

import fcntl
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.domain.errors import StartError

_FAR: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "afs", "davfs", "fuse.sshfs", "fuse.rclone", "ncpfs"}
)
"""File systems over a network: SQLite's locks and shared memory do not hold there (sqlite.org/wal.html)."""

_STAMP: Final = "%Y%m%dT%H%M%S"


def file_system(path: Path, mounts: str) -> str:
    """Return the kind of file system that a path is on, from the text of ``/proc/self/mounts``."""
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:  # noqa: PLR2004 - device, folder, kind
            continue
        folder = parts[1].replace("\\040", " ")
        inside = folder == "/" or str(path) == folder or str(path).startswith(folder + "/")
        if inside and len(folder) >= len(best):
            best, kind = folder, parts[2]
    return kind


def _refuse_far(folder: Path) -> None:
    try:
        mounts = Path("/proc/self/mounts").read_text()
    except OSError:
        return
    kind = file_system(folder.resolve(), mounts)
    if kind in _FAR:
        raise StartError("store-network", path=str(folder), kind=kind)


def prepare(path: Path) -> None:
    """Make the folder and the file so that only their owner can read them.

    Raises:
        StartError: ``store-network``, ``store-shared-folder``, ``store-unwritable``.
    """
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_far(folder)
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            strangers = [one for one in folder.iterdir() if not one.name.startswith(path.name)]
            if strangers and not path.exists():
                raise StartError("store-shared-folder", path=str(folder))
            folder.chmod(0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for one in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            if one.exists():
                one.chmod(0o600)
    except OSError:
        raise StartError("store-unwritable", path=str(path)) from None


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock beside a database: one process at a time.

    The lock is a file of its own, because closing any handle of the database's file would drop SQLite's locks on it.

    Raises:
        StartError: ``store-in-use``: another process has it, or this one has it twice.
    """
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StartError("store-in-use", path=str(path)) from None
        yield
    finally:
        os.close(lock)


def back_up(path: Path, now: datetime) -> Path:
    """Copy a database to the folder ``backups`` beside it, without its free pages, and check the copy.

    Raises:
        StartError: ``store-backup``: the copy could not be made, or is not whole.
    """
    folder = path.with_name("backups")
    copy = folder / f"{path.name}-{now.astimezone(UTC).strftime(_STAMP)}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        copy.unlink(missing_ok=True)
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(path)) as database:
            database.execute("VACUUM INTO ?", (str(copy),))
        with closing(sqlite3.connect(copy)) as database:
            answer = database.execute("PRAGMA integrity_check").fetchone()
        handle = os.open(copy, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except (OSError, sqlite3.Error):
        raise StartError("store-backup", path=str(folder)) from None
    if answer != ("ok",):
        raise StartError("store-backup", path=str(folder))
    return copy


def restore(copy: Path, path: Path) -> None:
    """Put a copy in the place of a database that nobody has open."""
    ready = path.with_name(path.name + ".restoring")
    handle = os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as target, copy.open("rb") as source:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    ready.replace(path)


def drop_backups(path: Path, now: datetime, life: timedelta) -> int:
    """Delete copies of a database older than ``life``, and return how many that were."""
    gone = 0
    folder = path.with_name("backups")
    for copy in sorted(folder.glob(path.name + "-*")) if folder.is_dir() else ():
        try:
            made = datetime.strptime(copy.name.removeprefix(path.name + "-"), _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        if made <= now - life:
            copy.unlink()
            gone += 1
    return gone
