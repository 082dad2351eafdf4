"""What an agreement says: short plain lines, and what changed from one version to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

MOST: Final = 12
"""Statements of one agreement."""

LONGEST: Final = 160
"""UTF-16 units of a statement: what one can say in one breath."""

TITLE: Final = 80
"""UTF-16 units of the name of an agreement."""

_ALIKE: Final = 0.5
"""From this ratio on (`difflib.SequenceMatcher.ratio`) a line in the place of another is that line, changed."""

KEPT: Final = "kept"
ADDED: Final = "added"
GONE: Final = "gone"
CHANGED: Final = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a statement.

    Attributes:
        kind: ``kept``, ``added``, ``gone`` or ``changed``.
        before: How it was; empty if it was added.
        after: How it is; empty if it is gone.
    """

    kind: str
    before: str = field(repr=False)
    after: str = field(repr=False)


def differences(before: Sequence[str], after: Sequence[str]) -> tuple[Difference, ...]:
    """Return what became of each statement from one version to the next, in the order in which they are read."""
    return tuple(_differences(before, after))


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    for what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = before[start:end], after[new_start:new_end]
        if what == "equal":
            yield from (Difference(KEPT, line, line) for line in old)
        else:
            yield from _replaced(old, new)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Yield what became of lines in whose place others stand: the first that is alike is the same line, changed."""
    rest = list(new)
    for line in old:
        place = next((number for number, other in enumerate(rest) if _alike(line, other)), None)
        if place is None:
            yield Difference(GONE, line, "")
        else:
            yield from (Difference(ADDED, "", other) for other in rest[:place])
            yield Difference(CHANGED, line, rest[place])
            del rest[: place + 1]
    yield from (Difference(ADDED, "", other) for other in rest)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
