"""Opening messages; and those of which the key is still on its way, which wait for it, for a while and in bounds."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Final

from adapters.matrix.crypto import Ears, Unreadable
from adapters.matrix.gathered import Gathered
from adapters.matrix.heard import Heard
from adapters.matrix.session import State
from adapters.matrix.shapes import Cipher, Poison, opened

GRACE: Final = timedelta(seconds=30)
"""How long a message waits for a key that is still on its way."""

LATE_AT_MOST: Final = 100
LATE_OF_ONE: Final = 20
"""Messages that wait so, and those of one sender."""

Waits = dict[str, tuple[str, Cipher, datetime]]
"""What waits: event id to its room, itself, and until when."""


class Late:
    """Messages of direct rooms, opened or waiting for their key. They wait in memory alone.

    Attributes:
        waits: What waits.
        wanted: Whose key is to be asked for, once: the room and the message.
    """

    def __init__(self, state: State, ears: Ears) -> None:
        """Take what opens messages, and which rooms are direct."""
        self._state: Final = state
        self._ears: Final = ears
        self.waits: Waits = {}
        self.wanted: Final[list[tuple[str, Cipher]]] = []

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self.waits)

    def dues(self) -> Iterator[datetime]:
        """Give until when each waits."""
        return (until for *_, until in self.waits.values())

    def take(self, room: str, sealed: Cipher, gathered: Gathered, now: datetime) -> None:
        """Open a message; without a key it waits for one."""
        try:
            self._open(room, sealed, gathered)
        except Unreadable:
            self.waits[sealed.event_id] = room, sealed, now + GRACE
            if self._ears.missing(room, sealed):
                self.wanted.append((room, sealed))

    def try_again(
        self, gathered: Gathered, now: datetime, aside: Callable[[str], AbstractContextManager[None]]
    ) -> None:
        """Try all again; those that waited long enough are said to be unreadable, and what is broken is put aside."""
        of_one = Counter(sealed.sender for _, sealed, _ in self.waits.values())
        for name, (room, sealed, until) in list(self.waits.items()):
            with aside("late"):
                if self._state.direct.get(room) != sealed.sender:
                    del self.waits[name]
                    continue
                try:
                    self._open(room, sealed, gathered)
                except Unreadable:
                    if now < until and len(self.waits) <= LATE_AT_MOST and of_one[sealed.sender] <= LATE_OF_ONE:
                        continue
                    of_one[sealed.sender] -= 1
                    mute = Heard(sealed.event_id, room, sealed.sender, "undecryptable", at=sealed.at)
                    gathered.heard.append((mute, None))
                except Poison:
                    del self.waits[name]
                    raise
                del self.waits[name]

    def _open(self, room: str, sealed: Cipher, gathered: Gathered) -> None:
        """Open a message and put it with the others. Raises `Unreadable` where there is no key for it."""
        plain, index = self._ears.read(room, sealed)
        read = sealed.session_id, index
        gathered.unheard.append(read)
        heard = opened(room, sealed, plain)
        if heard is not None:
            gathered.unheard.pop()
            gathered.heard.append((heard, read))
