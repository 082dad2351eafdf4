"""How long to wait before a homeserver that is away is asked again."""

from collections.abc import Callable
from typing import Final

SHORTEST: Final = 1.0
LONGEST: Final = 300.0
"""Seconds."""


class Backoff:
    """How long to wait after one failure and the next: twice as long each time, from a second to five minutes."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        """Take chance: numbers from 0 up to 1."""
        self._jitter: Final = jitter
        self.failures = 0

    def next(self) -> float:
        """Return the seconds to wait after one more failure; spread, so that not all come back at once."""
        longest = min(LONGEST, SHORTEST * 2.0 ** min(self.failures, 30))
        self.failures += 1
        return max(SHORTEST, longest * (0.75 + self._jitter() / 4))

    def reset(self) -> None:
        """Begin anew: it worked."""
        self.failures = 0
