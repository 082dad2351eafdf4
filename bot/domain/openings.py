"""Openings: "I'd be glad to talk". One kind of record for those who ask and those whose light is on.

Time in an opening that asks runs in slots of fixed length, counted from when it was opened. A question goes out
only at the start of a slot, and what a candidate does, does not do, or why there is none, never moves a slot.
So no time that anybody sees can tell one secret from another (FEATURES P6).
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal

SPANS: Final = ("2h", "today", "1d", "3d", "7d")
"""How long a request may stay open."""

WAYS: Final = ("text", "voice")
"""How to talk. For voice the two find their own call."""

PLACES: Final = ("direct", "room", "either")
"""Where to talk."""

MARKS: Final = ("welcome", "ask", "not")
"""How a member may feel about a word: welcome, ask me first, not today."""

LONGEST_LIGHT: Final = 12
"""Hours a porch light may burn."""

FRESH: Final = timedelta(hours=2)
"""A request younger than this is its owner's yes to the first peer who says yes."""

SLOT: Final = timedelta(minutes=20)
SHORT_SLOT: Final = timedelta(minutes=10)
SHORT: Final = timedelta(hours=4)
"""A request shorter than this has short slots."""

MET_FOR: Final = timedelta(days=30)
"""How long it is remembered that two people were introduced."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody would be glad to talk.

    Attributes:
        id: Random.
        community: Where.
        member: Whose (our id of the member, not the platform's).
        platform: Where its owner can be met.
        asks: It looks for a peer by itself, slot by slot. A porch light does not: it waits to be asked.
        languages: Those its owner can talk in, one to three.
        way: One of `WAYS`.
        place: One of `PLACES`.
        someone_new: Not with somebody met in the last 30 days.
        ask_first: Its owner is asked again before every introduction, however fresh it is.
        stays: It stays open after an introduction (lights only).
        group: The community's introduction group of its owner; empty where there are none.
        opened_at: When, aware UTC.
        ends_at: Until when.
        questions: How many more questions its owner will take through it; None for no limit.
        words: Ids of the community's words chosen for this one opening.
        not_today: Ids of words that its owner does not want to meet today. Never shown.
        ask_about: Ids of words before which its owner wants to be asked. Never shown.
    """

    id: str
    community: str
    member: str
    platform: str
    asks: bool
    languages: tuple[str, ...]
    way: str
    place: str
    opened_at: datetime
    ends_at: datetime
    someone_new: bool = False
    ask_first: bool = False
    stays: bool = False
    group: str = ""
    questions: int | None = None
    words: frozenset[str] = frozenset()
    not_today: frozenset[str] = field(default=frozenset(), repr=False)
    ask_about: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def slot(self) -> timedelta:
        """The length of its slots."""
        return SHORT_SLOT if self.ends_at - self.opened_at < SHORT else SLOT

    def next_slot(self, after: datetime) -> datetime:
        """Return the start of the first slot strictly later than ``after``."""
        passed = (after - self.opened_at) // self.slot
        return self.opened_at + (passed + 1) * self.slot

    def fresh(self, now: datetime) -> bool:
        """Return whether the request itself still counts as its owner's yes."""
        return not self.ask_first and now - self.opened_at < FRESH


@dataclass(frozen=True, slots=True)
class Question:
    """A member was asked whether they would like to be introduced, without any name.

    The one who is asked first and the owner of an older request, who is asked second, get the same words. A no
    is not kept anywhere: it is the same as silence.

    Attributes:
        id: Random.
        opening: The opening it is about; empty once that is withdrawn and only an answer is still owed.
        member: Who is asked.
        with_member: The other of the two; empty once the opening is withdrawn or the question is closed: then no
            yes to it counts any more.
        asked_at: When, aware UTC.
        ends_at: The end of the slot.
        place: Where the two would talk, as the question says: ``direct`` or ``room``.
        yes: They said yes and nothing has come of it yet.
        second: It is to the owner of the opening, about a peer who said yes.
        ask_owner: The owner is asked before this one is introduced, however fresh the request is. In a second
            question: they were asked; otherwise it stands for the yes that the request itself is.
        pressed: Nobody put it to them: they said yes of their own accord, to the card without a name in a room.
    """

    id: str
    opening: str
    member: str
    with_member: str
    asked_at: datetime
    ends_at: datetime
    place: str = "room"
    yes: bool = False
    second: bool = False
    ask_owner: bool = False
    pressed: bool = False


def ends_at(span: str, now: datetime, zone: str) -> datetime:
    """Return when an opening of this span ends.

    ``today`` ends at the coming midnight in the member's zone.

    Raises:
        Refusal: ``today-over``: less than half an hour is left of today.
    """
    if span == "today":
        here = ZoneInfo(zone)
        midnight = datetime.combine(now.astimezone(here).date() + timedelta(days=1), time(), here).astimezone(
            now.tzinfo
        )
        if midnight - now < timedelta(minutes=30):
            raise Refusal("today-over")
        return midnight
    hours = {"2h": 2, "1d": 24, "3d": 72, "7d": 168}[span]
    return now + timedelta(hours=hours)
