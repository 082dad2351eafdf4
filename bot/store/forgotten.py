"""The forget-list: keyed marks of those who were forgotten, outside the database and its backups.

A backup that is older than somebody's wish to be forgotten would bring them back. So the wish is written to a file
of its own before it is carried out, and carried out again at every start, until the oldest backup has expired.
A mark is a keyed hash: it says nothing to anybody without the key.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.contract.place import Member
from bot.domain.errors import StartError
from bot.store.sealed import Keys, identity


@dataclass(frozen=True, slots=True)
class Mark:
    """One line: whom (hashed), when they were forgotten, until when that is remembered."""

    hash: str
    at: datetime
    expires_at: datetime

    def line(self) -> str:
        """Return it as a line of the file."""
        return f"{self.hash} {self.at.isoformat()} {self.expires_at.isoformat()}\n"


class Forgotten:
    """The file of marks."""

    def __init__(self, path: Path, keys: Keys, life: timedelta) -> None:
        """Take the file's path, the keys, and how long a mark stays."""
        self._path = path
        self._keys = keys
        self._life = life

    def hash(self, member: Member) -> str:
        """Return the keyed hash of a member."""
        return hmac.new(self._keys.marks, identity(member), hashlib.sha256).hexdigest()

    def marks(self) -> tuple[Mark, ...]:
        """Return all marks.

        Raises:
            StartError: ``forgotten-unreadable``: a line is not a mark. Nobody is brought back by guessing.
        """
        try:
            lines = self._path.read_text().splitlines() if self._path.exists() else []
            marks = []
            for line in lines:
                hashed, at, expires_at = line.split(" ")
                marks.append(Mark(hashed, datetime.fromisoformat(at), datetime.fromisoformat(expires_at)))
        except (OSError, ValueError):
            raise StartError("forgotten-unreadable", path=str(self._path)) from None
        return tuple(marks)

    def add(self, members: Iterable[tuple[Member, datetime]]) -> int:
        """Write marks down, durably, and return how long the file was before."""
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as file:
            before = os.fstat(file.fileno()).st_size
            for member, at in members:
                file.write(Mark(self.hash(member), at, at + self._life).line())
            file.flush()
            os.fsync(file.fileno())
        self._settle()
        return before

    def take_back(self, length: int) -> None:
        """Cut the file to the length it had: what was to be forgotten was not."""
        os.truncate(self._path, length)

    def drop(self, now: datetime) -> int:
        """Remove marks whose time is over, and return how many that were."""
        marks = self.marks()
        kept = [mark for mark in marks if mark.expires_at > now]
        if len(kept) < len(marks):
            ready = self._path.with_name(self._path.name + ".new")
            handle = os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w") as file:
                file.writelines(mark.line() for mark in kept)
                file.flush()
                os.fsync(file.fileno())
            ready.replace(self._path)
            self._settle()
        return len(marks) - len(kept)

    def _settle(self) -> None:
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
