"""What somebody typed, shown back before it goes anywhere: in memory, for a quarter of an hour, never stored."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.contract.intent import Intent
from bot.contract.params import Raw
from bot.contract.place import Member

KEPT_FOR: Final = timedelta(minutes=15)
MOST: Final = 1000
"""How many are kept in all; the oldest go first."""
MOST_OF_ONE: Final = 3
"""How many of one member are kept, so that nobody can push out those of others."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Something typed. ``intent`` is as it came, arguments included."""

    token: str
    intent: Intent = field(repr=False)
    until: datetime

    @property
    def shown_at(self) -> datetime:
        """When it was shown back."""
        return self.until - KEPT_FOR


class Drafts:
    """The drafts of everyone, oldest first. Not to be touched inside a transaction, which has a thread of its own."""

    def __init__(self) -> None:
        """Start empty."""
        self._drafts: OrderedDict[str, Draft] = OrderedDict()
        self._pending: OrderedDict[tuple[Member, str], tuple[Mapping[str, Raw], datetime]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many things somebody typed are in memory."""
        return len(self._drafts) + len(self._pending)

    def keep(self, token: str, intent: Intent, now: datetime) -> None:
        """Keep something typed under ``token``."""
        self.put_back(Draft(token, intent, now + KEPT_FOR), now)

    def put_back(self, draft: Draft, now: datetime) -> None:
        """Keep a draft that was taken out, because it could not be used."""
        self._prune(now)
        self._drafts[draft.token] = draft
        own = [token for token, one in self._drafts.items() if one.intent.member == draft.intent.member]
        for token in own[:-MOST_OF_ONE]:
            del self._drafts[token]
        while len(self._drafts) > MOST:
            self._drafts.popitem(last=False)

    def take(self, token: str, member: Member, now: datetime) -> Draft | None:
        """Take a draft out; None when there is none of this member by that token (any more)."""
        self._prune(now)
        draft = self._drafts.get(token)
        if draft is None or draft.intent.member != member:
            return None
        return self._drafts.pop(token)

    def typed(self, member: Member, command: str, now: datetime) -> tuple[Intent, ...]:
        """Return what a member typed into a form, the last first, so that it need not be typed again."""
        self._prune(now)
        intents = (draft.intent for draft in reversed(self._drafts.values()))
        return tuple(one for one in intents if (one.member, one.command) == (member, command))

    def ask_where(self, intent: Intent, args: Mapping[str, Raw], now: datetime) -> None:
        """Keep arguments while their writer is asked which community is meant."""
        self._prune(now)
        self._pending.pop((intent.member, intent.command), None)
        self._pending[intent.member, intent.command] = (args, now + KEPT_FOR)
        while len(self._pending) > MOST:
            self._pending.popitem(last=False)

    def told_where(self, intent: Intent, now: datetime) -> Mapping[str, Raw]:
        """Take the arguments that were given before the community was."""
        self._prune(now)
        return self._pending.pop((intent.member, intent.command), ({}, now))[0]

    def lapse(self, now: datetime) -> datetime | None:
        """Drop what is over, and return when the next one will be."""
        self._prune(now)
        ends = [draft.until for draft in self._drafts.values()] + [until for _, until in self._pending.values()]
        return min(ends, default=None)

    def _prune(self, now: datetime) -> None:
        for token in [token for token, draft in self._drafts.items() if draft.until <= now]:
            del self._drafts[token]
        for key in [key for key, (_, until) in self._pending.items() if until <= now]:
            del self._pending[key]
