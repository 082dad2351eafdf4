"""What one sync brought, taken apart and not handed over yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from adapters.matrix.heard import Heard

PIECE: Final = 100
"""Events that are handed over at once."""


@dataclass(slots=True)
class Gathered:
    """What one sync brought, in order.

    Attributes:
        heard: What is handed over, and with which key each piece was read: session id and index.
        unheard: Keys with which something was read that is nothing for the core.
    """

    heard: list[tuple[Heard, tuple[str, int] | None]] = field(default_factory=list)
    unheard: list[tuple[str, int]] = field(default_factory=list)

    def pieces(self) -> Iterator[tuple[list[Heard], dict[str, set[int]]]]:
        """Give it in pieces to hand over: what was heard, and with which keys it was read (`by_session`)."""
        for start in range(0, len(self.heard), PIECE):
            part = self.heard[start : start + PIECE]
            yield [one for one, _ in part], by_session([key for _, key in part if key is not None])


def by_session(read: Sequence[tuple[str, int]]) -> dict[str, set[int]]:
    """Return which messages of which session were read, as `adapters.matrix.crypto.Ears.commit` takes it."""
    found: dict[str, set[int]] = {}
    for session, index in read:
        found.setdefault(session, set()).add(index)
    return found
