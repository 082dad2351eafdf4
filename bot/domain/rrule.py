"""Which days a recurrence rule means: the part of RFC 5545 section 3.3.10 that speaks of days.

A rule says days; the time of day stands beside it (`bot.domain.rhythm`), so that the clock on the wall decides and
there is at most one meeting a day. Days are found by looking at each day of a period and asking whether it fits: what
the RFC calls to expand and to limit comes to the same, once it is filled in what the first day says (`_whole`).

Reading is strict. What the RFC forbids is refused, and so is what programs are known to read differently: a day of a
month in a year without its month, days of a year within months, weeks of a year without a weekday, by place, of some
years, from the end or not from Monday on, and as the end a time without a zone. Looking is bounded: after `AHEAD`
without a day there is none.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.domain.errors import Refusal

LONGEST: Final = 200
"""Letters that are looked at; what is longer is no rule."""

AHEAD: Final = timedelta(days=40 * 366)
"""How far a day may lie behind the one before: 29 February on a Monday comes once in 28 years, or in 40 around 2100."""

RAREST: Final = timedelta(days=4 * 366)
"""The longest interval between periods."""

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_END: Final = date(9000, 1, 1)
"""No day is looked for behind it, where days can soon no longer be added."""

_PERIODS: Final = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
"""How many days a period has, about."""
_TOO_OFTEN: Final = {"HOURLY", "MINUTELY", "SECONDLY"}
_OF_DAY: Final = {"BYHOUR", "BYMINUTE", "BYSECOND"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, by the names and numbers of RFC 5545: months from 1, what is negative counts from the end.

    Attributes:
        freq: ``DAILY``, ``WEEKLY``, ``MONTHLY`` or ``YEARLY``: its period.
        interval: Every which period.
        count: How many days it means at most; None: no end by number.
        until: Its last day, local; or an instant (UTC) behind which it means none. Not given with ``count``.
        months: BYMONTH.
        weeks: BYWEEKNO.
        year_days: BYYEARDAY.
        month_days: BYMONTHDAY.
        weekdays: BYDAY: the place of the weekday in its month or year, 0 for every one, and the weekday, 0 for Monday.
        places: BYSETPOS.
        week_start: WKST, 0 for Monday.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()
    week_start: int = 0


# Reading and writing

_LISTS: Final = {
    "BYMONTH": ("months", 1, 12),
    "BYWEEKNO": ("weeks", 1, 53),
    "BYYEARDAY": ("year_days", -366, 366),
    "BYMONTHDAY": ("month_days", -31, 31),
    "BYSETPOS": ("places", -366, 366),
}
_FIELDS: Final = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_LISTS}
_MOST_PLACES: Final = 53


def parse_rule(words: str) -> Rule:
    """Return the rule that is written: ``FREQ=MONTHLY;BYDAY=2TU``.

    Raises:
        Refusal: ``rhythm-often`` for more than one meeting a day, ``rhythm-rare`` for more than four years from period
            to period, ``rhythm-unknown`` for what is no rule.
    """
    parts = _parts(words)
    freq = parts.pop("FREQ", "")
    if freq in _TOO_OFTEN or _OF_DAY & parts.keys():
        raise Refusal("rhythm-often")
    if freq not in _PERIODS or parts.keys() - _FIELDS:
        raise Refusal("rhythm-unknown")
    found: dict[str, tuple[int, ...]] = {
        field: tuple(_number(one, low, high) for one in parts[name].split(","))
        for name, (field, low, high) in _LISTS.items()
        if name in parts
    }
    rule = Rule(
        freq,
        interval=_number(parts.get("INTERVAL", "1"), 1, 9999),
        count=_number(parts["COUNT"], 1, 9999) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        weekdays=tuple(_weekday(one) for one in parts["BYDAY"].split(",")) if "BYDAY" in parts else (),
        week_start=_weekday(parts.get("WKST", "MO"))[1],
        **found,
    )
    if not _allowed(rule) or not parts.get("WKST", "MO").isalpha():
        raise Refusal("rhythm-unknown")
    if rule.interval * _PERIODS[freq] > RAREST.days:
        raise Refusal("rhythm-rare")
    return rule


def written(rule: Rule, last: datetime | None = None) -> str:
    """Return a rule as RFC 5545 writes it; what is usual is left out.

    Args:
        rule: The rule.
        last: Instant to write in the place of its last day, where a calendar wants one.
    """
    until = last if last is not None else rule.until
    ends = until.isoformat().replace("-", "").replace(":", "").replace("+0000", "Z") if until is not None else ""
    parts = {
        "FREQ": rule.freq,
        "INTERVAL": str(rule.interval) if rule.interval > 1 else "",
        "COUNT": str(rule.count or ""),
        "UNTIL": ends,
        **{name: ",".join(map(str, getattr(rule, field))) for name, (field, _, _) in _LISTS.items()},
        "BYDAY": ",".join(f"{place or ''}{WEEKDAYS[weekday]}" for place, weekday in rule.weekdays),
        "WKST": WEEKDAYS[rule.week_start] if rule.week_start else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _parts(words: str) -> dict[str, str]:
    """Return the parts by their names."""
    if len(words) > LONGEST or not words.isascii():
        raise Refusal("rhythm-unknown")
    parts: dict[str, str] = {}
    for part in words.strip().upper().removeprefix("RRULE:").split(";"):
        found = re.fullmatch(r"([A-Z]+)=([A-Z0-9,+-]+)", part)
        if found is None or found[1] in parts:
            raise Refusal("rhythm-unknown")
        parts[found[1]] = found[2]
    return parts


def _number(words: str, low: int, high: int) -> int:
    """Return a whole number, never 0."""
    if re.fullmatch(r"[+-]?[0-9]{1,4}", words) is None or not low <= int(words) <= high or int(words) == 0:
        raise Refusal("rhythm-unknown")
    return int(words)


def _weekday(words: str) -> tuple[int, int]:
    """Return a place and a weekday: ``-1FR``, ``FR``."""
    found = re.fullmatch(r"([+-]?[0-9]{1,2})?([A-Z]{2})", words)
    if found is None or found[2] not in WEEKDAYS:
        raise Refusal("rhythm-unknown")
    place = _number(found[1], -_MOST_PLACES, _MOST_PLACES) if found[1] else 0
    return place, WEEKDAYS.index(found[2])


def _until(words: str) -> date | datetime:
    """Return a day or an instant. A local time is refused: section 3.3.10 wants UTC where there is a zone."""
    found = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})Z)?", words)
    try:
        if found is not None and found[2] is None:
            return datetime.strptime(words, "%Y%m%d").replace(tzinfo=UTC).date()
        if found is not None:
            return datetime.strptime(words, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise Refusal("rhythm-unknown")


def _allowed(rule: Rule) -> bool:
    """Return whether the parts go together (RFC 5545 section 3.3.10), and mean one thing."""
    freq, numbered = rule.freq, any(place for place, _ in rule.weekdays)
    chosen = rule.months or rule.weeks or rule.year_days or rule.month_days or rule.weekdays
    return not (
        (rule.count is not None and rule.until is not None)
        or (numbered and (freq not in {"MONTHLY", "YEARLY"} or rule.weeks))
        or (rule.month_days and freq == "WEEKLY")
        or (rule.year_days and (freq != "YEARLY" or rule.months or rule.month_days))
        or (rule.month_days and freq == "YEARLY" and not rule.months)
        or (rule.weeks and (freq != "YEARLY" or not rule.weekdays))
        or (rule.weeks and (rule.interval > 1 or rule.places or rule.week_start))
        or (rule.places and not chosen)
    )


# Days


def beginnings(rule: Rule, day: date, since: date) -> Iterator[date]:
    """Return the days on which a rule can begin that is planned from a day on, in order, none before ``since``.

    A rule counts its periods from its first day. So a rhythm of every other Tuesday, planned from a Thursday on, begins
    on the Tuesday after it.
    """
    return days(replace(rule, interval=1, count=None), day, since)


def days(rule: Rule, first: date, since: date | None = None) -> Iterator[date]:
    """Return the days of a rule in order, none before ``since``.

    Args:
        rule: The rule. Where its end is an instant, the day after it may come out, too.
        first: The day from which it counts its periods, and before which it means none.
        since: Local day; None: from the first on.
    """
    since = first if since is None else max(first, since)
    if since > _END:
        return
    whole = _whole(rule, first)
    fits, last = _fits(whole), _last_day(rule)
    # What ends by number is counted from the beginning; all else can be begun anywhere.
    latest = since if rule.count is None else first
    start = _number_of(whole, first)
    number = start - (start - _number_of(whole, latest)) // rule.interval * rule.interval
    found = 0
    while (begin := _begin_of(whole, number)) <= last and (begin - latest) <= AHEAD:
        for day in _chosen(whole, fits, begin, _begin_of(whole, number + 1)):
            if day > last:
                return
            if day >= first:
                found, latest = found + 1, max(latest, day)
                if day >= since:
                    yield day
                if found == rule.count:
                    return
        number += rule.interval


def _last_day(rule: Rule) -> date:
    """Return the day behind which there is none in any zone."""
    if rule.until is None:
        return _END
    if isinstance(rule.until, datetime):
        return min(rule.until.date(), _END) + timedelta(days=1)
    return min(rule.until, _END)


def _whole(rule: Rule, first: date) -> Rule:
    """Return a rule with what its first day says where it says nothing itself (RFC 5545 section 3.3.10)."""
    if rule.freq == "DAILY" or rule.weeks or rule.year_days or rule.month_days or rule.weekdays:
        return rule
    if rule.freq == "WEEKLY":
        return replace(rule, weekdays=((0, first.weekday()),))
    months = rule.months if rule.months or rule.freq == "MONTHLY" else (first.month,)
    return replace(rule, months=months, month_days=(first.day,))


def _number_of(rule: Rule, day: date) -> int:
    """Return the number of the period that a day is in."""
    if rule.freq == "DAILY":
        return day.toordinal()
    if rule.freq == "WEEKLY":
        return (day.toordinal() - 1 - rule.week_start) // 7
    return day.year if rule.freq == "YEARLY" else day.year * 12 + day.month - 1


def _begin_of(rule: Rule, number: int) -> date:
    """Return the first day of a period."""
    if rule.freq == "DAILY":
        return date.fromordinal(number)
    if rule.freq == "WEEKLY":
        return date.fromordinal(number * 7 + 1 + rule.week_start)
    return date(number, 1, 1) if rule.freq == "YEARLY" else date(number // 12, number % 12 + 1, 1)


def _chosen(rule: Rule, fits: Callable[[date], bool], begin: date, end: date) -> list[date]:
    """Return the days of a rule in one period, in order."""
    found = [day for day in map(date.fromordinal, range(begin.toordinal(), end.toordinal())) if fits(day)]
    if not rule.places:
        return found
    return sorted({found[place - (place > 0)] for place in rule.places if abs(place) <= len(found)})


def _fits(rule: Rule) -> Callable[[date], bool]:
    """Return what tells whether a day fits all parts of a rule."""
    tests: list[Callable[[date], bool]] = []
    if rule.months:
        tests.append(lambda day: day.month in rule.months)
    if rule.month_days:
        tests.append(lambda day: not set(_in_month(day)).isdisjoint(rule.month_days))
    if rule.year_days:
        tests.append(lambda day: not set(_in_year(day)).isdisjoint(rule.year_days))
    if rule.weeks:
        tests.append(lambda day: day.isocalendar().week in rule.weeks)
    if rule.weekdays:
        around = _in_month if rule.freq == "MONTHLY" or rule.months else _in_year
        tests.append(lambda day: _is_weekday(day, rule.weekdays, around))
    return lambda day: all(test(day) for test in tests)


def _is_weekday(day: date, weekdays: tuple[tuple[int, int], ...], around: Callable[[date], tuple[int, int]]) -> bool:
    """Return whether a day is one of some weekdays, at the right place in its month or year."""
    places = [place for place, weekday in weekdays if weekday == day.weekday()]
    if not places or 0 in places:
        return bool(places)
    begun, left = around(day)
    return (begun + 6) // 7 in places or -((6 - left) // 7) in places


def _in_month(day: date) -> tuple[int, int]:
    """Return which day of its month a day is, and which counted from the end."""
    return day.day, day.day - monthrange(day.year, day.month)[1] - 1


def _in_year(day: date) -> tuple[int, int]:
    """Return which day of its year a day is, and which counted from the end."""
    number = (day - date(day.year, 1, 1)).days + 1
    return number, number - 366 - isleap(day.year)
