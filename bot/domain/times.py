"""A time as people type it: ``2027-03-09 19:30``, ``tomorrow 19:30``, ``Fri 19:30``, ``in 3 days``, ``+2h``.

Reading and placing are two steps. `read` needs the words alone and says what was meant; `place` needs the clock and
the reader's zone and says which instant that is. What could mean two things is refused with both, never guessed:
``03/04/2027``, ``tomorrow 7``, *next Friday* on a Thursday. English and German words are read side by side; no word
means one thing in one and another in the other. Whatever the bot itself says a day or a time to be is read, too.

What a clock change does to a time is said with it (`bot.domain.wall.Placed`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal
from bot.domain.wall import Placed, on_the_wall

__all__ = ["FARTHEST", "LONGEST", "NEAR_DAYS", "TIME", "WEEKDAYS", "Moment", "Placed", "place", "read", "read_day"]

FARTHEST: Final = timedelta(days=366)
"""How far ahead a time may lie."""

LONGEST: Final = 80
"""Letters that are looked at; what is longer is no time."""

WEEKDAYS: Final = (
    ("monday", "mon", "montag", "mo"),
    ("tuesday", "tue", "tues", "dienstag", "di"),
    ("wednesday", "wed", "mittwoch", "mi"),
    ("thursday", "thu", "thur", "thurs", "donnerstag", "do"),
    ("friday", "fri", "freitag", "fr"),
    ("saturday", "sat", "samstag", "sonnabend", "sa"),
    ("sunday", "sun", "sonntag", "so"),
)
"""The days of the week, Monday first, in every spelling that is read."""

NEAR_DAYS: Final = {"today": 0, "tonight": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "übermorgen": 2, "uebermorgen": 2}
"""Days by what they are called from today."""

_UNITS: Final = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hour", "hours", "std", "stunde", "stunden"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days", "t", "tag", "tage", "tagen"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks", "woche", "wochen"), timedelta(weeks=1)),
}
_WORDS: Final = {
    **dict.fromkeys(("a", "an", "one", "einem", "einer", "ein", "eine"), 1),
    **dict.fromkeys(("two", "zwei"), 2),
    **dict.fromkeys(("three", "drei"), 3),
    **dict.fromkeys(("four", "vier"), 4),
}
_DAY: Final = timedelta(days=1)
_NUMBERED: Final = {name: number for number, names in enumerate(WEEKDAYS) for name in names}
_SHORT: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTHS: Final = {
    name: number + 1
    for number, names in enumerate(
        (
            ("january", "jan", "januar", "jänner"),
            ("february", "feb", "februar"),
            ("march", "mar", "märz", "maerz", "mär", "mrz"),
            ("april", "apr"),
            ("may", "mai"),
            ("june", "jun", "juni"),
            ("july", "jul", "juli"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct", "oktober", "okt"),
            ("november", "nov"),
            ("december", "dec", "dezember", "dez"),
        )
    )
    for name in names
}
_NEXT: Final = {"next", "nächsten", "nächster", "naechsten"}
_COMING: Final = {"this", "coming", "diesen", "kommenden"}

_PARTS: Final = {
    **dict.fromkeys(("morning", "früh", "frueh", "vormittag", "vormittags"), range(5, 12)),
    **dict.fromkeys(("afternoon", "nachmittag", "nachmittags"), range(12, 18)),
    **dict.fromkeys(("evening", "abend", "abends"), range(17, 24)),
}
"""Parts of a day, and the hours that lie in them."""
_EVENING_OF: Final = {"tonight": "evening"}
"""Days that say a part of them."""


def _one_of(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_PART: Final = rf"(?:in the )?(?:{_one_of(_PARTS)})"
TIME: Final = (
    rf"(?:{_PART},? )?(?:at |um )?"
    rf"(?:(?:12 )?noon|[0-9]{{1,2}}(?:[:.h][0-9]{{2}}(?::00)?)?(?: ?uhr| ?[ap]m)?)(?: {_PART})?"
)
"""What looks like a time of day, as a part of a pattern."""

_OF_DAY: Final = re.compile(
    rf"(?:(?:in the )?(?P<part>{_one_of(_PARTS)}),? )?(?:at |um )?"
    r"(?:(?P<noon>(?:12 )?noon)|(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2})(?::00)?)?(?P<half> ?uhr| ?[ap]m)?)"
    rf"(?: (?:in the )?(?P<after>{_one_of(_PARTS)}))?"
)
_AHEAD: Final = re.compile(r"(?:in |\+ ?)([0-9]{1,4}|[a-z]+) ?([a-z]+)(?: (.+))?")
_DAY_FIRST: Final = re.compile(rf"(?:(?P<day>.+?)(?:,? |t(?=[0-9])))??(?P<time>{TIME})")
_TIME_FIRST: Final = re.compile(rf"(?P<time>{TIME}) (?=on |am )(?P<day>.+)")
_ON: Final = re.compile(r"^(?:on |am )?(?:the )?")
_NAMED: Final = re.compile(rf"(?P<weekday>{_one_of(_NUMBERED)})\b\.?,?(?: (?:the |den |dem )?(?P<date>.+))?")
_MONTH: Final = rf"(?P<month>{_one_of(_MONTHS)})\b\.?"
_SLASHED: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_DATES: Final = tuple(
    map(
        re.compile,
        (
            r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
            r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\.(?: ?(?P<year>[0-9]{4}))?",
            rf"(?P<day>[0-9]{{1,2}})(?:\.|st|nd|rd|th)? (?:of )?{_MONTH},?(?: (?P<year>[0-9]{{4}}))?",
            rf"{_MONTH} (?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?(?: (?P<year>[0-9]{{4}}))?",
        ),
    )
)
"""Dates, each as it is written. Without a year it is the next such day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was meant, before it is known when that is. One of these is given, or ``clock`` alone: the next such time.

    Attributes:
        day: A date.
        weekday: A day of the week, 0 for Monday: the next one on which ``clock`` is still to come; beside ``day`` or
            ``yearly``, what that has to be.
        days: So many days from today, by the calendar.
        after: So long from now. Exact, whatever clocks do.
        yearly: A month and a day of it: the next one on which ``clock`` is still to come.
        next_week: The weekday was called the next one: some mean the one that comes first, some that of next week.
        clock: The time of day; None: the same as now.
    """

    day: date | None = None
    weekday: int | None = None
    days: int | None = None
    after: timedelta | None = None
    clock: time | None = None
    yearly: tuple[int, int] | None = None
    next_week: bool = False


def read(words: str) -> Moment:
    """Return what is meant.

    Raises:
        Refusal: ``when-unknown``, ``when-either`` or ``clock-either``.
    """
    if len(words) > LONGEST:
        raise Refusal("when-unknown")
    plain = re.sub(rf"\bthis (?={_PART})", "today ", " ".join(words.lower().split()))
    ahead = _ahead(plain)
    if ahead is not None:
        return ahead
    found = _DAY_FIRST.fullmatch(plain) or _TIME_FIRST.fullmatch(plain)
    if found is None:
        raise Refusal("when-unknown")
    day = found["day"] or ""
    meant = read_day(day) if day else Moment()
    return replace(meant, clock=_clock(found["time"], _EVENING_OF.get(day, "")))


def read_day(words: str) -> Moment:
    """Return what day is meant: ``tomorrow``, ``on friday``, ``thursday, 11 march 2027``, ``next tuesday``.

    Args:
        words: In lower case, with single spaces.

    Raises:
        Refusal: ``when-unknown``, or ``when-either`` for ``03/04/2027``.
    """
    plain = _ON.sub("", words, count=1)
    if plain in NEAR_DAYS:
        return Moment(days=NEAR_DAYS[plain])
    named = _NAMED.fullmatch(plain)
    if named is not None:
        meant = _date(named["date"]) if named["date"] else Moment()
        return replace(meant, weekday=_NUMBERED[named["weekday"]])
    which, _, rest = plain.partition(" ")
    if which in _NEXT | _COMING and rest.rstrip(".,") in _NUMBERED:
        return Moment(weekday=_NUMBERED[rest.rstrip(".,")], next_week=which in _NEXT)
    return _date(plain)


def place(moment: Moment, now: datetime, zone: str) -> Placed:
    """Return the instant of a moment.

    Args:
        moment: What was meant.
        now: The instant it was said, aware.
        zone: IANA zone of who said it.

    Raises:
        Refusal: ``when-past`` when it is not later than now, ``when-far`` when it is more than `FARTHEST` ahead,
            ``when-either`` when it could be one of two days, ``when-weekday`` when the date is not that weekday.
    """
    if moment.after is not None:
        if moment.after > FARTHEST:
            raise Refusal("when-far", days=FARTHEST.days)
        return _ahead_of(now, Placed(now.astimezone(UTC) + moment.after))
    shown = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0, fold=0)
    clock = moment.clock if moment.clock is not None else shown.time()
    if moment.day is not None or moment.yearly is not None:
        day = moment.day or _of_the_year(moment.yearly or (1, 1), clock, shown.date(), zone, now)
        if moment.weekday not in {None, day.weekday()}:
            raise Refusal("when-weekday", day=day, weekday=_SHORT[day.weekday()])
        return _ahead_of(now, on_the_wall(day, clock, zone))
    if moment.days is not None:
        if moment.days > FARTHEST.days:
            raise Refusal("when-far", days=FARTHEST.days)
        return _ahead_of(now, on_the_wall(shown.date() + timedelta(days=moment.days), clock, zone))
    step = 1 if moment.weekday is None else 7
    first = shown.date() + timedelta(days=0 if moment.weekday is None else (moment.weekday - shown.weekday()) % step)
    if moment.next_week and first == shown.date():
        first += timedelta(days=step)
    elif moment.next_week and first.isocalendar()[:2] == shown.isocalendar()[:2]:
        raise Refusal("when-either", near=first, far=first + timedelta(days=step))
    soon = on_the_wall(first, clock, zone)
    return soon if soon.at > now else _ahead_of(now, on_the_wall(first + timedelta(days=step), clock, zone))


def _ahead_of(now: datetime, placed: Placed) -> Placed:
    if placed.at <= now:
        raise Refusal("when-past")
    if placed.at > now + FARTHEST:
        raise Refusal("when-far", days=FARTHEST.days)
    return placed


def _of_the_year(yearly: tuple[int, int], clock: time, today: date, zone: str, now: datetime) -> date:
    """Return the next such day; 29 February only where this year or the next has one."""
    for year in (today.year, today.year + 1):
        try:
            day = date(year, *yearly)
        except ValueError:
            continue
        if on_the_wall(day, clock, zone).at > now:
            return day
    raise Refusal("when-far", days=FARTHEST.days)


def _ahead(plain: str) -> Moment | None:
    """Read ``in 3 days``, ``in einer stunde``, ``+2h``, ``in 3 days at 19:30``."""
    found = _AHEAD.fullmatch(plain)
    unit = _UNITS.get(found[2]) if found is not None else None
    if found is None or unit is None:
        return None
    if not found[1].isdigit() and found[1] not in _WORDS:
        return None
    length = unit * (int(found[1]) if found[1].isdigit() else _WORDS[found[1]])
    if unit < _DAY:
        if found[3] is not None:
            raise Refusal("when-unknown")
        return Moment(after=length)
    return Moment(days=length.days, clock=_clock(found[3]) if found[3] is not None else None)


def _date(plain: str) -> Moment:
    """Read ``2027-03-09``, ``9.3.2027``, ``9.3.``, ``4 march 2027``, ``march 4th``, ``4. märz``, ``13/04/2027``."""
    slashed = _SLASHED.fullmatch(plain)
    if slashed is not None:
        return Moment(day=_slashed(slashed[1], slashed[2], slashed[3]))
    found = next((one for form in _DATES if (one := form.fullmatch(plain)) is not None), None)
    if found is None:
        raise Refusal("when-unknown")
    month = str(_MONTHS.get(found["month"], found["month"]))
    # A leap year, so that 29 February is a day.
    meant = _day(found["year"] or "2000", month, found["day"])
    return Moment(day=meant) if found["year"] else Moment(yearly=(meant.month, meant.day))


def _slashed(one: str, other: str, year: str) -> date:
    """Return the date of ``13/04/2027``, which can be one day alone.

    Raises:
        Refusal: ``when-either``, with both.
    """
    last_month = 12
    if int(one) > last_month or one == other:
        return _day(year, other, one)
    if int(other) > last_month:
        return _day(year, one, other)
    near, far = sorted((_day(year, one, other), _day(year, other, one)))
    raise Refusal("when-either", near=near, far=far)


def _day(year: str, month: str, day: str) -> date:
    """Return a date that exists and is not at the end of all years, where days can no longer be added."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Refusal("when-unknown") from None
    if not date(1971, 1, 1) < found < date(9000, 1, 1):
        raise Refusal("when-past" if found.year < 1972 else "when-far", days=FARTHEST.days)  # noqa: PLR2004 - as above
    return found


def _clock(words: str, part: str = "") -> time:
    """Return a time of day: ``19:30``, ``19.30 uhr``, ``19 uhr``, ``7pm``, ``noon``, ``evening 7:30``.

    Args:
        words: What looks like one.
        part: The part of the day that was said with the day.

    Raises:
        Refusal: ``clock-either`` for a lone ``7``, which could be morning or evening; else ``when-unknown``.
    """
    found = _OF_DAY.fullmatch(words)
    if found is None:
        raise Refusal("when-unknown")
    if found["noon"]:
        return time(12)
    part = found["part"] or found["after"] or part
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").strip()
    morning = 1 <= hour <= 11  # noqa: PLR2004 - 12am and 12pm mean midnight to some and noon to others
    if half in {"am", "pm"}:
        if not morning:
            raise Refusal("when-unknown")
        hour += 12 if half == "pm" else 0
    elif part:
        hour += 12 if morning and hour + 12 in _PARTS[part] else 0
    elif not half and not found["minute"]:
        if morning:
            raise Refusal("clock-either", near=time(hour), far=time(hour + 12))
        raise Refusal("when-unknown")
    if hour > 23 or minute > 59 or (part and hour not in _PARTS[part]):  # noqa: PLR2004 - hours and minutes
        raise Refusal("when-unknown")
    return time(hour, minute)
