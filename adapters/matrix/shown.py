"""Which choices stand under which number: what was shown last in each direct room, good after a restart.

A number typed in a direct room presses a choice of the newest card there; a reaction, or a reply, one of the card that
it hangs on. The ids of choices (`bot.contract.button`) are signed and need no memory, but nobody can be asked to type
one, and the bot does not keep the keys of what it wrote itself. So the ids are remembered by the event they stand in:
in memory, and as bytes for the sealed state of the adapter. Nothing typed by anybody is among them.

A post that is to stay (a front door is pinned) neither ages nor makes room for later ones: it stands in the room for as
long as it is not taken away, and so do its choices.
"""

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.matrix.heard import LONGEST_ID
from bot.contract.button import LONGEST

KEPT_FOR: Final = timedelta(days=30)
MOST_OF_ROOM: Final = 8
"""Cards remembered for one direct room, so that nobody can push out those of others."""
MOST_OF_SHARED: Final = 48
"""Cards remembered for a room of several, where the bot alone says what is said: a round has one for each turn."""
MOST: Final = 2_000
"""Cards remembered in all; the oldest go first."""
MOST_CHOICES: Final = 99
_YEAR_10000: Final = 253_402_300_800


@dataclass(frozen=True, slots=True)
class Card:
    """A card that was shown. ``ids`` in the order of their numbers; none where it was a question of a dialog."""

    room: str = field(repr=False)
    event: str = field(repr=False)
    ids: tuple[str, ...] = field(repr=False)
    at: datetime
    stays: bool = False

    def over(self, now: datetime) -> bool:
        """Return whether it is too old to be pressed."""
        return not self.stays and now - self.at >= KEPT_FOR


class Shown:
    """The cards shown, oldest first."""

    def __init__(self) -> None:
        """Start with none."""
        self._cards: OrderedDict[str, Card] = OrderedDict()
        self._rooms: dict[str, list[str]] = {}
        self._changed = False

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._cards)

    def put(self, room: str, event: str, ids: tuple[str, ...], now: datetime, *, shared: bool = False) -> None:
        """Remember a card with choices; an edited card takes the place of what it was, and keeps its age.

        A card whose choices went is forgotten. ``shared``: the room is no direct one.
        """
        before = self._cards.get(event)
        if ids:
            at, stays = (before.at, before.stays) if before is not None else (now, False)
            most = MOST_OF_SHARED if shared else MOST_OF_ROOM
            self._add(Card(room, event, ids[:MOST_CHOICES], at, stays), now, most)
        else:
            self.forget(event)

    def stay(self, event: str, *, stays: bool) -> None:
        """Note that a card is to stay where it stands, or no longer is."""
        card = self._cards.get(event)
        if card is not None and card.stays != stays:
            self._cards[event] = replace(card, stays=stays)
            self._changed = True

    def stays(self, event: str) -> bool:
        """Return whether a card is to stay where it stands."""
        card = self._cards.get(event)
        return card is not None and card.stays

    def ask(self, room: str, event: str, now: datetime) -> None:
        """Remember that a question of a dialog was shown last: a number typed after it presses nothing older."""
        self._add(Card(room, event, (), now), now)

    def answered(self, room: str) -> bool:
        """Forget the questions of a room; return whether one had been shown after every card with choices."""
        events = self._rooms.get(room, [])
        asked = bool(events) and not self._cards[events[-1]].ids
        for event in [event for event in events if not self._cards[event].ids]:
            self.forget(event)
        return asked

    def asking(self, room: str, now: datetime) -> bool:
        """Return whether a question of a dialog is what was shown last."""
        newest = self._newest(room)
        return newest is not None and not newest.ids and not newest.over(now)

    def pressed(self, room: str, number: int, event: str, now: datetime) -> str | None:
        """Return the id of the choice with a number; None where there is none.

        Args:
            room: Where the number was typed or the reaction was made.
            number: Which one, from 1.
            event: The card's event; empty: the newest card of the room, whatever was said after it.
            now: Aware instant.
        """
        card = self._cards.get(event) if event else self._newest(room)
        if card is None or card.room != room or card.over(now) or not 0 < number <= len(card.ids):
            return None
        return card.ids[number - 1]

    def ids(self, room: str, event: str, now: datetime) -> tuple[str, ...]:
        """Return the ids of the choices of a card; none where it is not known, or not in this room."""
        card = self._cards.get(event)
        return card.ids if card is not None and card.room == room and not card.over(now) else ()

    def any(self, room: str) -> bool:
        """Return whether any card of a room is remembered."""
        return room in self._rooms

    def forget(self, event: str) -> None:
        """Forget a card that was taken away."""
        card = self._cards.pop(event, None)
        if card is not None:
            self._changed = True
            self._rooms[card.room].remove(event)
            if not self._rooms[card.room]:
                del self._rooms[card.room]

    def leave(self, room: str) -> None:
        """Forget a room."""
        for event in self._rooms.pop(room, []):
            self._changed = True
            del self._cards[event]

    def dump(self, now: datetime) -> bytes:
        """Return all of it as bytes, to be sealed. The same content gives the same bytes."""
        self._prune(now)
        rows = [
            [card.room, card.event, int(card.at.timestamp()), *([True] if card.stays else []), *card.ids]
            for card in self._cards.values()
        ]
        return json.dumps(rows, separators=(",", ":"), ensure_ascii=False).encode()

    def news(self, now: datetime) -> bytes | None:
        """Return what `dump` does if that is another than the last time; None if nothing came or went since."""
        self._prune(now)
        if not self._changed:
            return None
        self._changed = False
        return self.dump(now)

    @classmethod
    def load(cls, data: bytes, now: datetime) -> "Shown":
        """Return what `dump` wrote. What is no card is left out: an unknown number is an old button, nothing worse."""
        made = cls()
        try:
            rows = json.loads(data)
        except (ValueError, RecursionError):
            return made
        for row in rows if isinstance(rows, list) else ():
            card = _card(row)
            if card is not None:
                made._add(card, now, MOST_OF_SHARED)
        return made

    def _newest(self, room: str) -> Card | None:
        events = self._rooms.get(room)
        return self._cards[events[-1]] if events else None

    def _add(self, card: Card, now: datetime, most: int = MOST_OF_ROOM) -> None:
        before = self._cards.get(card.event)
        if before is not None and before.room != card.room:
            return  # an event is in one room
        self._changed = True
        self._cards[card.event] = card  # what was edited stays where it stands
        if before is None:
            own = self._rooms.setdefault(card.room, [])
            own.append(card.event)
            if len(own) > most:
                self.forget(self._first(own))
        self._prune(now)

    def _prune(self, now: datetime) -> None:
        """Forget what is too old, or too much. The oldest stand first."""
        for event in [event for event, card in self._cards.items() if card.over(now)]:
            self.forget(event)
        while len(self._cards) > MOST:
            self.forget(self._first(self._cards))

    def _first(self, events: Iterable[str]) -> str:
        """Return which of some cards goes first: the oldest that need not stay, or the oldest; never the newest."""
        return min([*events][:-1], key=lambda event: self._cards[event].stays)


def _card(row: object) -> Card | None:
    match row:
        case [str(), str(), int(), True, *_]:
            card = _card([*row[:3], *row[4:]])
            return replace(card, stays=True) if card is not None else None
        case [str(room), str(event), int(at), *ids] if (
            len(room) <= LONGEST_ID
            and len(event) <= LONGEST_ID
            and 0 <= at < _YEAR_10000
            and len(ids) <= MOST_CHOICES
            and all(isinstance(one, str) and len(one) <= LONGEST for one in ids)
        ):
            return Card(room, event, tuple(str(one) for one in ids), datetime.fromtimestamp(at, UTC))
        case _:
            return None
