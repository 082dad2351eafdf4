"""The queues behind agenda and outbox, as the runtime works them. Handlers never see these."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.contract.effect import Effect, Then
from bot.contract.intent import Due
from bot.contract.tables import Tx
from bot.contract.text import Voice


@dataclass(frozen=True, slots=True)
class Leaving:
    """An effect on its way out.

    Attributes:
        id: Of the row, random; also the mark that the message carries.
        key: For this epoch: ``base32(HMAC(outbox key, id, epoch))[:25]``.
        effect: What to do; for a recalled row only its place is left of it.
        then: Who is told how it ended.
        subject: What it is about.
        keep: The subject under which its message is kept, if any.
        voice: The reader's language and zone.
        epoch: Counts the keys used.
        first: When this key was first tried, committed before the call; None: it has provably not left.
        last: When it was last tried.
        attempts: How often it was tried in all.
        expires_at: After this it is stale.
        recalled: It was called back while it may have been under way: find out, take away, never send again.
    """

    id: str
    key: str
    effect: Effect
    then: Then | None
    subject: str
    keep: str
    voice: Voice
    epoch: int
    first: datetime | None
    last: datetime | None
    attempts: int
    expires_at: datetime | None
    recalled: bool


class LeavingQueue(Protocol):
    """The outbox, from the side of delivery. One place is one line: only its first row is ever offered."""

    def due(self, platform: str, now: datetime, most: int) -> tuple[Leaving, ...]:
        """Return rows that may be tried now: the first of each place, urgent ones first."""

    def get(self, id: str) -> Leaving | None:  # noqa: A002 - the column's name
        """Return a row as it is now; None when it was called back or is done."""

    def trying(self, id: str, first: datetime, last: datetime, epoch: int) -> None:  # noqa: A002
        """Note, before a call, that it is being tried."""

    def later(self, id: str, at: datetime, *, unsent: bool) -> None:  # noqa: A002 - the column's name
        """Put a row off until ``at``; ``unsent``: it provably did not leave, so its first try is forgotten."""

    def done(self, id: str, message: str, now: datetime) -> None:  # noqa: A002 - the column's name
        """Delete a row that arrived, as ``message``. Its keyed hash is kept for 24 h, and its post where it asked so.

        For a recalled row the post is taken away: a `Delete` is put in its place.
        """

    def dead(self, id: str, reason: str, now: datetime) -> None:  # noqa: A002 - the column's name
        """Give a row up: its facts are deleted, its reason stays 7 days."""

    def next_at(self, platform: str, after: datetime | None = None) -> datetime | None:
        """Return when the first row of some place may next be tried, later than ``after`` if that is given."""


class AgendaQueue(Protocol):
    """The agenda, from the side of the scheduler."""

    def due(self, now: datetime, most: int) -> tuple[Due, ...]:
        """Return what is due, soonest first."""

    def take(self, id: str) -> Due | None:  # noqa: A002 - the column's name
        """Delete one row in the transaction that does its work; None when it is gone or was moved."""

    def later(self, id: str, at: datetime) -> None:  # noqa: A002 - the column's name
        """Put a row off after its work failed, counting the attempt."""

    def next_at(self) -> datetime | None:
        """Return when the next row is due."""


class Seen(Protocol):
    """Events that were handled: keyed hashes that expire after 7 days."""

    def first_time(self, platform: str, key: str, now: datetime) -> bool:
        """Note an event; False when it was noted before."""


class WorkTx(Tx, Protocol):
    """A transaction, with the queues."""

    @property
    def leaving(self) -> LeavingQueue:
        """The outbox, from the side of delivery."""

    @property
    def due(self) -> AgendaQueue:
        """The agenda, from the side of the scheduler."""

    @property
    def seen(self) -> Seen:
        """Events that were handled."""
