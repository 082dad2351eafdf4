"""When the bot keeps quiet: a member's quiet hours, and how much it may say on its own in a day.

Quiet hours are wall-clock times in the member's zone ("from 22:00 until 7:00"). Whether an instant is quiet depends on
what the clock on the wall shows at it, and on nothing else; so a clock that is set forward over the end of the quiet
hours ends them, and one that is set back into them begins them again.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.wall import offset_change

MORNING: Final = time(9)
"""When what was held back is told."""

_DAY: Final = timedelta(days=1)


def is_quiet(at: datetime, zone: str, quiet_from: time | None, quiet_to: time | None) -> bool:
    """Return whether an instant lies in the quiet hours.

    Args:
        at: Aware instant.
        zone: IANA zone in which the hours are meant.
        quiet_from: Local time at which they begin; None: there are none.
        quiet_to: Local time at which they end. Earlier than ``quiet_from``: on the next day. Equal to it: there are
            none.
    """
    if quiet_from is None or quiet_to is None:
        return False
    shown = at.astimezone(ZoneInfo(zone)).time()
    if quiet_from <= quiet_to:
        return quiet_from <= shown < quiet_to
    return shown >= quiet_from or shown < quiet_to


def quiet_ends(at: datetime, zone: str, quiet_from: time | None, quiet_to: time | None) -> datetime:
    """Return the first instant, from ``at`` on, that is not quiet (UTC); ``at`` itself when it is not."""
    at = at.astimezone(UTC)
    while quiet_to is not None and is_quiet(at, zone, quiet_from, quiet_to):
        end = at + _wall_time_until(at, zone, quiet_to)
        # Up to a clock change the wall clock runs evenly; behind it one has to look again.
        at = offset_change(at, end, zone) or end
    return at


def local_day(at: datetime, zone: str) -> str:
    """Return the local date of an instant, ISO."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat()


def budget_left(budget: int, sent_on: str, sent: int, today: str) -> int:
    """Return how many more messages the bot may send on its own today.

    Args:
        budget: Messages a day.
        sent_on: Local day (ISO) that ``sent`` counts.
        sent: Messages sent on that day.
        today: Local day (ISO).
    """
    return max(0, budget - sent) if sent_on == today else budget


def morning(at: datetime, zone: str, quiet_from: time | None, quiet_to: time | None) -> datetime:
    """Return when what was held back is told (UTC): at the next local 9:00, or when the quiet hours around it end.

    "Next" is strictly later than ``at``. Where the clock skips 9:00, the time after the gap is meant.
    """
    here = ZoneInfo(zone)
    day = at.astimezone(here).date()
    nine = datetime.combine(day, MORNING, here).astimezone(UTC)
    if nine <= at:
        nine = datetime.combine(day + _DAY, MORNING, here).astimezone(UTC)
    return quiet_ends(nine, zone, quiet_from, quiet_to)


def _wall_time_until(at: datetime, zone: str, end: time) -> timedelta:
    """Return how long the wall clock takes from ``at`` to ``end`` if nobody sets it; at most a day."""
    shown = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    left = datetime.combine(shown.date(), end) - shown
    return left if left > timedelta() else left + _DAY
