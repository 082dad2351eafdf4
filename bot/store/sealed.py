"""Keys, and what is sealed with them: identifiers at rest, facts at rest, subjects of choices.

One master key of 32 bytes lives outside the database. Every use has its own key, derived from it with HKDF (RFC
5869), so that no use can be turned against another.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from bot.contract import codec
from bot.contract.place import Member, Place, Post, Room, Space
from bot.domain.errors import StartError

LENGTH: Final = 32
"""Bytes of the master key."""


class Keys:
    """The master key and those derived from it. Nothing of them shows in ``repr``."""

    def __init__(self, master: bytes) -> None:
        """Derive every key.

        Raises:
            StartError: ``key-length``: the master key has not 32 bytes.
        """
        if len(master) != LENGTH:
            raise StartError("key-length", bytes=len(master), wanted=LENGTH)
        self._master = bytes(master)
        self.buttons: Final = self._derive("buttons")
        self.relay: Final = self._derive("relay")
        self.outbox: Final = self._derive("outbox")
        self.seen: Final = self._derive("seen")
        self.delivered: Final = self._derive("delivered")
        self.pairs: Final = self._derive("pairs")
        self.aparts: Final = self._derive("aparts")
        self.marks: Final = self._derive("marks")
        self.waiting: Final = self._derive("waiting")
        self.check: Final = self._derive("check")
        self.matrix: Final = self._derive("matrix")
        self.subject_tag: Final = self._derive("subject tag")
        self.subject_words: Final = self._derive("subject words")
        self._ids = AESSIV(self._derive("ids", 64))
        self._blobs = ChaCha20Poly1305(self._derive("blobs"))

    def _derive(self, use: str, length: int = LENGTH) -> bytes:
        return HKDF(SHA256(), length, None, f"porchlight 1 {use}".encode()).derive(self._master)

    def seal_id(self, plain: bytes) -> bytes:
        """Seal an identifier: the same one gives the same bytes, so that it can be looked up."""
        return self._ids.encrypt(plain, None)

    def open_id(self, sealed: bytes) -> bytes:
        """Open a sealed identifier."""
        return self._ids.decrypt(sealed, None)

    def seal_blob(self, plain: bytes, use: bytes) -> bytes:
        """Seal something that is never looked up: the same thing gives other bytes each time."""
        nonce = secrets.token_bytes(12)
        return nonce + self._blobs.encrypt(nonce, plain, use)

    def open_blob(self, sealed: bytes, use: bytes) -> bytes:
        """Open what was sealed for the same use."""
        return self._blobs.decrypt(sealed[:12], sealed[12:], use)

    @classmethod
    def load_or_make(cls, path: Path) -> "Keys":
        """Read the master key, or make it where there is none, readable by its owner alone.

        Raises:
            StartError: ``key-open``, ``key-not-a-file``, ``key-unreadable`` or ``key-length``.
        """
        try:
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            return cls(_read(path))
        except OSError:
            raise StartError("key-unreadable", path=str(path)) from None
        master = secrets.token_bytes(LENGTH)
        with os.fdopen(made, "wb") as file:
            file.write(master)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return cls(master)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise StartError("key-not-a-file", path=str(path))
            if about.st_mode & 0o077:
                raise StartError("key-open", path=str(path), mode=f"{stat.S_IMODE(about.st_mode):04o}")
            return file.read(LENGTH + 1)
    except OSError:
        raise StartError("key-unreadable", path=str(path)) from None


_KEYS: Final[WeakKeyDictionary[Dialect, Keys]] = WeakKeyDictionary()
"""Whose keys a database connection uses. Column types are module-level values; a dialect belongs to one engine."""


def unlock(dialect: Dialect, keys: Keys) -> None:
    """Let the columns of an engine's tables be sealed and opened with these keys."""
    _KEYS[dialect] = keys


def identity(value: Place | Space | Post | str) -> bytes:
    """Return an identifier with its kind and platform, in one way only. The same at every place it is used."""
    if isinstance(value, str):
        parts = ["group", value]
    elif isinstance(value, Post):
        parts = ["post", type(value.place).__name__, value.place.platform, value.place.id, value.id]
    else:
        parts = [type(value).__name__, value.platform, value.id]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


_KINDS: Final[dict[str, Callable[[str, str], Member | Room | Space]]] = {"Member": Member, "Room": Room, "Space": Space}


def _identified(plain: bytes) -> Place | Space | Post | str:
    kind, *parts = json.loads(plain)
    if kind == "group":
        return str(parts[0])
    if kind == "post":
        within = Member if parts[0] == "Member" else Room
        return Post(within(parts[1], parts[2]), parts[3])
    return _KINDS[kind](*parts)


class Sealed(TypeDecorator[Any]):
    """An identifier of a platform: sealed deterministically (AES-SIV, RFC 5297), so that equality works.

    Its kind and platform are sealed with it: a member's id never equals a room's, nor that of another platform.
    The empty string, for a group that is not there, is NULL.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal."""
        if value is None or value == "":
            return None
        return _KEYS[dialect].seal_id(identity(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open."""
        return "" if value is None else _identified(_KEYS[dialect].open_id(value))


class SealedBlob(TypeDecorator[Any]):
    """A contract value, sealed as one with a random nonce; ``use`` (table and column) is bound to it.

    None and the empty string are NULL, which reads as ``empty``.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, use: str, empty: Any = None) -> None:
        """Take the use that is bound to what is sealed."""
        super().__init__()
        self.use = use
        self.empty = empty

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal."""
        if value is None or value in ("", ()):
            return None
        return _KEYS[dialect].seal_blob(codec.dumps(value), self.use.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open."""
        return self.empty if value is None else codec.loads(_KEYS[dialect].open_blob(value, self.use.encode()))


_ALPHABETS: Final = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz0123456789._=-/+@: ,|",
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._=-/+@: ,|!#$~",
)
"""Alphabets that platforms write their ids in. An id on Matrix is packed into two thirds of its length."""

_RAW: Final = len(_ALPHABETS)
_BEGINNING: Final = datetime(2020, 1, 1, tzinfo=UTC)
_TAG: Final = 8


def _pack(value: str) -> bytes:
    """Return words in few bytes: which alphabet, then the words as one number in its base."""
    for which, alphabet in enumerate(_ALPHABETS):
        if set(value) <= set(alphabet):
            number = 1
            for letter in value:
                number = number * len(alphabet) + alphabet.index(letter)
            return bytes([which]) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    return bytes([_RAW]) + value.encode()


def _unpack(packed: bytes) -> str:
    if packed[0] == _RAW:
        return packed[1:].decode()
    alphabet = _ALPHABETS[packed[0]]
    number = int.from_bytes(packed[1:], "big")
    letters: list[str] = []
    while number > 1:
        number, letter = divmod(number, len(alphabet))
        letters.append(alphabet[letter])
    return "".join(reversed(letters))


class SealedSubjects:
    """Seals a short value and its end into the subject of a choice, and hashes pairs of people.

    The construction is that of SIV (RFC 5297) with a tag of 64 bits, because the id of a choice has room for no more:
    the tag of the plain bytes is the start of the key stream. The id's own MAC, 72 bits, comes on top.
    """

    def __init__(self, keys: Keys) -> None:
        """Take the keys."""
        self._keys = keys

    def _tag(self, plain: bytes) -> bytes:
        return hmac.digest(self._keys.subject_tag, plain, hashlib.sha256)[:_TAG]

    def _stream(self, tag: bytes, data: bytes) -> bytes:
        cipher = Cipher(algorithms.AES(self._keys.subject_words), modes.CTR(tag + bytes(16 - _TAG))).encryptor()
        return cipher.update(data) + cipher.finalize()

    def seal(self, value: str, until: datetime) -> str:
        """Return an opaque subject that holds ``value`` and cannot be read or made by others."""
        seconds = (until - _BEGINNING) // timedelta(seconds=1)
        plain = min(max(seconds, 0), 2**32 - 1).to_bytes(4, "big") + _pack(value)
        tag = self._tag(plain)
        return base64.urlsafe_b64encode(tag + self._stream(tag, plain)).rstrip(b"=").decode()

    def unseal(self, subject: str, now: datetime) -> str | None:
        """Return the value, or None when the subject is not ours or its time is over."""
        try:
            sealed = base64.b64decode(subject + "=" * (-len(subject) % 4), altchars=b"-_", validate=True)
        except ValueError:
            return None
        if len(sealed) <= _TAG + 4:
            return None
        tag = sealed[:_TAG]
        plain = self._stream(tag, sealed[_TAG:])
        if not hmac.compare_digest(tag, self._tag(plain)):
            return None
        if now >= _BEGINNING + timedelta(seconds=int.from_bytes(plain[:4], "big")):
            return None
        return _unpack(plain[4:])

    def pair(self, one: bytes, other: bytes) -> bytes:
        """Return the keyed hash of two people by their salts, the same in either order (32 bytes)."""
        return hmac.digest(self._keys.pairs, b"".join(sorted((one, other))), hashlib.sha256)

    def one_sided(self, owner: bytes, other: Member) -> bytes:
        """Return the keyed hash by which ``owner`` (their salt) keeps apart from ``other`` (32 bytes)."""
        return hmac.digest(self._keys.aparts, owner + identity(other), hashlib.sha256)
