"""When something meets again and again: "Thursdays at 19:30 in Berlin".

What is kept is the local day and time, and the rule. Instants are derived from it one at a time, because the zone's
rules may change in between. What clocks do to a time is in `bot.domain.wall`; which days a rule means, in
`bot.domain.rrule`. A meeting is known by the day that its rule says, whatever becomes of it: so it can be skipped or
moved by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Final

from bot.domain.errors import Refusal
from bot.domain.rrule import Rule, beginnings, days, written
from bot.domain.times import FARTHEST
from bot.domain.wall import GAP, Placed, on_the_wall

RHYTHMS: Final = ("once", "weekly", "fortnightly", "monthly")
"""``monthly`` is the same weekday of the month: the second Tuesday. The fifth is the last."""

_LAST: Final = 5
"""The place in its month of a weekday that not every month has."""
_MARGIN: Final = timedelta(days=3)
"""More than a local day can lie behind the day in UTC, with a day that a zone leaves out."""


@dataclass(frozen=True, slots=True)
class Series:
    """A wall-clock rhythm.

    Attributes:
        rule: Its rule; None: it meets once.
        first: Local day from which the rule counts.
        wall: Local time.
        zone: IANA zone.
        changes: What becomes of single meetings, by the day that the rule says: None for one that is skipped, a local
            time (naive) for one that is moved. Days that the rule does not say have no effect.
    """

    rule: Rule | None
    first: date
    wall: time
    zone: str
    changes: Mapping[date, datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting.

    Attributes:
        day: The local day that the rule says, by which it is known.
        at: When it is (UTC).
        shift: What a clock change did to its time, as in `Placed`.
        moved: Whether it is at another time than the rule says.
    """

    day: date
    at: datetime
    shift: str = "none"
    moved: bool = False


def rule_of(rhythm: str, first: date) -> Rule | None:
    """Return the rule of one of `RHYTHMS` that begins on a day."""
    if rhythm == "once":
        return None
    if rhythm == "monthly":
        place = (first.day + 6) // 7
        return Rule("MONTHLY", weekdays=((-1 if place == _LAST else place, first.weekday()),))
    return Rule("WEEKLY", interval={"weekly": 1, "fortnightly": 2}[rhythm])


def plan(rule: Rule | None, day: date, wall: time, zone: str, now: datetime) -> Series:
    """Return the series that meets by a rule from a day on.

    Args:
        rule: The rule; None for once.
        day: Local day from when on. The first meeting is on it, or on the first day after it that the rule says, and is
            still to come.
        wall: Local time.
        zone: IANA zone.
        now: Aware instant.

    Raises:
        Refusal: ``rhythm-never`` when it never meets, ``when-past`` when the one time it meets is over, ``rhythm-far``
            when its first meeting is more than `FARTHEST` ahead.
    """
    said = iter([day]) if rule is None else beginnings(rule, day, _day_before(now))
    first = next((one for one in said if on_the_wall(one, wall, zone).at > now), None)
    series = Series(rule, first or day, wall, zone)
    meeting = next_meeting(series, now)
    if first is None or meeting is None:
        raise Refusal("when-past" if rule is None else "rhythm-never")
    if meeting.at > now + FARTHEST:
        raise Refusal("rhythm-far", days=FARTHEST.days)
    return series


def next_meeting(series: Series, after: datetime) -> Meeting | None:
    """Return the first meeting strictly later than an instant; None when there is none any more."""
    after = after.astimezone(UTC)
    regular = next(_regular(series, after), None)
    moved = [meeting for meeting in _moved(series) if meeting.at > after]
    return min(moved if regular is None else [regular, *moved], key=_order, default=None)


def meetings(series: Series, after: datetime, before: datetime) -> tuple[Meeting, ...]:
    """Return the meetings strictly later than ``after`` and not later than ``before``, in order."""
    after = after.astimezone(UTC)
    found = [meeting for meeting in _moved(series) if after < meeting.at <= before]
    for meeting in _regular(series, after):
        if meeting.at > before:
            break
        found.append(meeting)
    return tuple(sorted(found, key=_order))


def meets_on(series: Series, day: date) -> bool:
    """Return whether the rule says a day, whatever became of that meeting."""
    return series.first == day if series.rule is None else next(days(series.rule, series.first, day), None) == day


def recurrence(series: Series) -> str:
    """Return the value of RRULE in a calendar; empty for once.

    The last day is written as the instant of the meeting on it: RFC 5545 section 3.3.10 wants UTC there.
    """
    if series.rule is None:
        return ""
    until = series.rule.until
    if until is None or isinstance(until, datetime):
        return written(series.rule)
    return written(series.rule, on_the_wall(until, series.wall, series.zone).at)


def rest(series: Series, day: date) -> Series:
    """Return what is left of a series from one of the days on that its rule says; the rule means the same days."""
    rule = series.rule
    if rule is not None and rule.count is not None:
        passed = sum(1 for _ in takewhile(lambda one: one < day, days(rule, series.first)))
        rule = replace(rule, count=rule.count - passed)
    return replace(series, rule=rule, first=day)


def next_time(rhythm: str, first: date, at: time, zone: str, after: datetime) -> datetime | None:
    """Return the first instant of a rhythm strictly later than ``after`` (UTC); None when there is none any more.

    Args:
        rhythm: One of `RHYTHMS`.
        first: The local day on which it begins.
        at: The local time.
        zone: IANA zone.
        after: Aware instant.
    """
    meeting = next_meeting(Series(rule_of(rhythm, first), first, at, zone), after)
    return meeting.at if meeting is not None else None


def _order(meeting: Meeting) -> tuple[datetime, date]:
    return meeting.at, meeting.day


def _regular(series: Series, after: datetime) -> Iterator[Meeting]:
    """Return in order what the rule says and nobody changed, strictly later than an instant."""
    said = iter([series.first]) if series.rule is None else days(series.rule, series.first, _day_before(after))
    for day in said:
        placed = on_the_wall(day, series.wall, series.zone)
        if _ended(series, placed.at):
            return
        if placed.at > after and day not in series.changes and not _is_the_next(series, day, placed):
            yield Meeting(day, placed.at, placed.shift)


def _moved(series: Series) -> Iterator[Meeting]:
    for day, to in series.changes.items():
        if to is not None and meets_on(series, day):
            placed = on_the_wall(to.date(), to.time(), series.zone)
            yield Meeting(day, placed.at, placed.shift, moved=True)


def _day_before(at: datetime) -> date:
    """Return a local day that is before that of every meeting later than an instant, in any zone."""
    return at.astimezone(UTC).date() - _MARGIN


def _ended(series: Series, at: datetime) -> bool:
    until = series.rule.until if series.rule is not None else None
    return isinstance(until, datetime) and at > until


def _is_the_next(series: Series, day: date, placed: Placed) -> bool:
    """Return whether a zone left out a whole day, and so a daily meeting falls together with that of the day after."""
    after = day + timedelta(days=1)
    return (
        placed.shift == GAP and on_the_wall(after, series.wall, series.zone).at == placed.at and meets_on(series, after)
    )
