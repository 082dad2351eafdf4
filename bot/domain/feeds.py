"""Addresses of calendar feeds: who holds one reads the calendar, so nobody can guess or find it."""

import base64
import hashlib


def token_of(chance: bytes) -> str:
    """Return what the address of a feed ends in.

    Args:
        chance: 32 secret random bytes.
    """
    return base64.urlsafe_b64encode(chance).rstrip(b"=").decode()


def hash_of(token: str) -> bytes:
    """Return what is stored of it (32 bytes).

    A plain hash is enough: of 256 random bits none can be found by trying.
    """
    return hashlib.sha256(token.encode()).digest()
