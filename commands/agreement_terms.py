"""What is said of a consent round before it is opened, and how everybody is asked then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.agreements import Agreement, Version
from bot.contract.command import Prepared, Turn
from bot.contract.effect import Say
from bot.contract.params import Pick, Until, Whole, YesNo, param
from bot.contract.tables import Tx
from bot.domain import agreement as a
from bot.domain.agreement import Terms
from bot.domain.wall import on_the_wall
from commands import agreement_words as cards
from commands.agreement_time import zone

NOON: Final = time(12)
"""When, on its review day, an agreement is looked at again."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a round says of itself. What is not to be had is not asked (`prepared`)."""

    round_until: date | int = param(Until(a.LONGEST.days))
    round_for: str = param(Pick(a.WHOM))
    consents: int = param(Whole(a.FEWEST, a.MOST))
    review_on: date | int | None = param(Until(a.REVIEW_WITHIN.days), default=None)
    silence: bool = param(YesNo(), default=False)


def prepared(tx: Tx, version: Version) -> Prepared:
    """Return what is asked about a round on a version.

    A group that lets an agreement go sets no review date; silence is spoken of only where the community wrote it down.
    """
    agreement = tx.agreements.get(version.agreement)
    written = tx.agreements.written(agreement.community) if agreement is not None else frozenset()
    there: Mapping[str, bool] = {"review_on": bool(version.statements), "silence": a.SILENCE in written}
    return Prepared(without=frozenset(name for name, asked in there.items() if not asked))


def terms(turn: Turn[Asking], tx: Tx, agreement: Agreement) -> Terms:
    """Return what was given as the table looks at it. A day means that day by the clock of the community."""
    args, here = turn.args, zone(tx, agreement)
    today = turn.now.astimezone(ZoneInfo(here)).date()
    return Terms(
        turn.now + timedelta(days=_days(args.round_until, today)),
        args.consents,
        None if args.review_on is None else _review_at(turn, today, _days(args.review_on, today), here),
        args.round_for,
        args.silence,
    )


def _days(given: date | int, today: date) -> int:
    """Return how far away a day is; of one far outside what the table allows, only that it is."""
    days = given if isinstance(given, int) else (given - today).days
    return max(-1, min(days, a.REVIEW_WITHIN.days + 1))


def _review_at(turn: Turn[Any], today: date, days: int, here: str) -> datetime:
    """Return the noon of the review day; on the last day that may be named, no later than it may be."""
    noon = on_the_wall(today + timedelta(days=days), NOON, here).at
    latest = turn.now + a.REVIEW_WITHIN
    return min(noon, latest) if days == a.REVIEW_WITHIN.days else noon


def ask_everybody(tx: Tx, agreement: Agreement, version: Version) -> None:
    """Post the card of the round that is open about a version in every room of its agreement."""
    round_ = tx.agreements.round_about(version.id)
    assert round_ is not None  # noqa: S101 - it was opened just now, or goes on
    card = cards.asks(agreement, version, round_, zone(tx, agreement))
    for home in tx.agreements.homes(agreement.id):
        tx.outbox.put(
            Say(home.room, card, keep=round_.id),
            subject=round_.id,
            expires_at=round_.ends_at,
            community=agreement.community,
        )
