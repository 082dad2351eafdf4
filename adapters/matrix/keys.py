"""What is kept between runs: one small sealed file, and a lock so that one process alone has it.

Everything that must survive a restart stands in that one file: the device and its token, how far we have read,
which rooms are private conversations, and all keys. It is written as a whole, so that "read up to here" and "these
keys open nothing before here" become true in the same instant, and nothing of an earlier version stays behind in it.
The library's own key store keeps ids of rooms and people and the names of their devices in the clear, and copies of
what was deleted; it is not used.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import StartError

LENGTH: Final = 32
"""Bytes of the key that the composition root hands over."""

STATE: Final = "matrix.state"
"""Name of the file in the data folder."""


def derive(key: bytes, use: str, length: int = LENGTH) -> bytes:
    """Return a key for one use alone (HKDF, RFC 5869), so that no use can be turned against another.

    Raises:
        ValueError: ``key`` has not 32 bytes.
    """
    if len(key) != LENGTH:
        raise ValueError("matrix_key_length")
    return HKDF(SHA256(), length, None, f"porchlight matrix 1 {use}".encode()).derive(key)


class Saved(Protocol):
    """Where the adapter's state is kept."""

    def load(self) -> bytes | None:
        """Return what was saved last; None where nothing ever was."""

    def save(self, state: bytes) -> None:
        """Keep ``state`` in the place of what was there, durably and whole."""


class SealedFile:
    """A file of mode 0600, sealed with a key, replaced as a whole."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Take the path and the adapter's key (32 bytes)."""
        self._path: Final = path
        self._seal: Final = AESSIV(derive(key, "state", 64))

    def load(self) -> bytes | None:
        """Return what was saved last.

        Raises:
            StartError: ``matrix-store-unreadable``: it cannot be read, or ``matrix-store-key``: it was sealed with
                another key or is torn. It is left as it is.
        """
        try:
            sealed = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise StartError("matrix-store-unreadable", path=str(self._path)) from None
        try:
            return self._seal.decrypt(sealed, [STATE.encode()])
        except (InvalidTag, ValueError):
            raise StartError("matrix-store-key", path=str(self._path)) from None

    def save(self, state: bytes) -> None:
        """Write it beside, bring it to the disk, and move it into place.

        Raises:
            OSError: It could not be written; what was there before is still there.
        """
        beside = self._path.with_name(self._path.name + ".new")
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(self._seal.encrypt(state, [STATE.encode()]))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class InMemory:
    """Keeps the state as long as the process lives: for tests, and for trying an account out."""

    def __init__(self, state: bytes | None = None) -> None:
        """Begin with a state, or with none."""
        self.state = state
        self.saves = 0

    def load(self) -> bytes | None:
        """Return what was saved last."""
        return self.state

    def save(self, state: bytes) -> None:
        """Keep it."""
        self.state = state
        self.saves += 1


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock beside a state file: two processes with one device would spoil each other's keys.

    Raises:
        StartError: ``matrix-store-busy``: another process has it. ``matrix-store-unreadable``: no lock can be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        raise StartError("matrix-store-unreadable", path=str(path)) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StartError("matrix-store-busy", path=str(path)) from None
        yield
    finally:
        os.close(lock)


@contextmanager
def kept(folder: Path, key: bytes) -> Iterator[SealedFile]:
    """Give the state file in a data folder, held by this process alone.

    Args:
        folder: The data folder; made, and its owner's alone, where it is not there.
        key: The adapter's key, 32 bytes.

    Raises:
        StartError: ``matrix-store-busy``, ``matrix-store-unreadable``.
    """
    with alone(folder / STATE):
        yield SealedFile(folder / STATE, key)
