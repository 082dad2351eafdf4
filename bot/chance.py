"""Chance and new ids: the only place that draws them."""

import base64
import random
import secrets


def _written(drawn: bytes) -> str:
    """Return ten bytes as 16 letters and digits."""
    return base64.b32encode(drawn).decode().lower()


class SecretChance:
    """Chance that nobody can foresee, from the system."""

    def new_id(self) -> str:
        """Return a random id of 16 letters and digits (80 bits)."""
        return _written(secrets.token_bytes(10))

    def flip(self) -> bool:
        """Return True or False, equally likely."""
        return bool(secrets.randbits(1))

    def salt(self) -> bytes:
        """Return 16 secret random bytes."""
        return secrets.token_bytes(16)


class SeededChance:
    """Chance that can be repeated, for simulated worlds. Nothing secret may come from it."""

    def __init__(self, seed: int | str | bytes) -> None:
        """Begin at a seed: the same seed draws the same."""
        self._random = random.Random(seed)

    def new_id(self) -> str:
        """Return an id of 16 letters and digits."""
        return _written(self._random.randbytes(10))

    def flip(self) -> bool:
        """Return True or False, equally likely."""
        return bool(self._random.getrandbits(1))

    def salt(self) -> bytes:
        """Return 16 bytes."""
        return self._random.randbytes(16)
