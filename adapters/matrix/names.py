"""What people and rooms are called at this moment. Looked up when a card speaks of them, and kept a minute."""

import dataclasses
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from adapters.matrix.server import Server, Trouble, path
from adapters.matrix.shapes import words
from bot.contract.card import Card
from bot.contract.place import Member, Room
from bot.contract.ports import Clock
from bot.contract.text import Text

KEPT: Final = timedelta(minutes=1)
MOST: Final = 1_000
AT_ONCE: Final = 20
"""Names looked up for one card; who is named after them stands there by address alone."""


class Names:
    """Names for one account."""

    def __init__(self, server: Server, clock: Clock) -> None:
        """Take the homeserver and the time."""
        self._server: Final = server
        self._clock: Final = clock
        self._kept: OrderedDict[Member | Room, tuple[str, datetime]] = OrderedDict()

    def shown(self, who: Member | Room) -> str:
        """Return the name that was looked up; empty where there is none."""
        return self._kept[who][0] if who in self._kept else ""

    async def look_up(self, card: Card | Text) -> None:
        """Look up every name of which a card speaks. Who is not found stands there by address."""
        now = self._clock.now()
        for who in list(dict.fromkeys(_spoken(card)))[:AT_ONCE]:
            kept = self._kept.pop(who, None)
            if kept is None or now - kept[1] > KEPT:
                kept = await self._ask(who), now
            self._kept[who] = kept
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def forget(self, who: Member) -> None:
        """Forget what somebody is called."""
        self._kept.pop(who, None)

    async def _ask(self, who: Member | Room) -> str:
        try:
            if isinstance(who, Member):
                answer = await self._server.ask("GET", path("profile", who.id, "displayname"))
                return words(answer.get("displayname"))
            answer = await self._server.ask("GET", path("rooms", who.id, "state", "m.room.name", ""))
            return words(answer.get("name"))
        except Trouble:
            return ""


def _spoken(of: object) -> Iterator[Member | Room]:
    """Give everybody, and every room, of which something speaks."""
    match of:
        case Member() | Room():
            yield of
        case Text(facts=facts):
            for fact in facts.values():
                yield from _spoken(fact)
        case tuple():
            for one in of:
                yield from _spoken(one)
        case _ if dataclasses.is_dataclass(of) and not isinstance(of, type):
            for one in dataclasses.fields(of):
                yield from _spoken(getattr(of, one.name))
