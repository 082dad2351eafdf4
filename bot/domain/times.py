"""A time as people type it: ``2027-03-09 19:30``, ``tomorrow 19:30``, ``Fri 19:30``, ``in 3 days``, ``+2h``.

Reading and placing are two steps. `read` needs the words alone and says what was meant; `place` needs the clock and
the reader's zone and says which instant that is. What could mean two things is refused, never guessed: ``03/04/2027``,
``tomorrow 7``, *next Friday* on a Thursday. English and German words are read side by side; no word means one thing in
one and another in the other.

What a clock change does to a time is said with it (`bot.domain.wall.Placed`).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal
from bot.domain.wall import Placed, on_the_wall

__all__ = ["FARTHEST", "LONGEST", "NEAR_DAYS", "WEEKDAYS", "Moment", "Placed", "place", "read"]

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
_NOON: Final = time(12)
_NUMBERED: Final = {name: number for number, names in enumerate(WEEKDAYS) for name in names}

_MONTHS: Final = {
    name: number + 1
    for number, names in enumerate(
        (
            ("january", "jan", "januar", "jänner"),
            ("february", "feb", "februar"),
            ("march", "mar", "märz", "maerz"),
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

_DAY_MONTH: Final = re.compile(
    r"(?:on |am )?(?:the )?([0-9]{1,2})(?:\.|st|nd|rd|th)? (?:of )?([a-zä]+)\.?,?(?: ([0-9]{4}),?)? (.+)"
)
_MONTH_DAY: Final = re.compile(r"(?:on )?([a-z]+)\.? (?:the )?([0-9]{1,2})(?:st|nd|rd|th)?,?(?: ([0-9]{4}),?)? (.+)")
_AHEAD: Final = re.compile(r"(?:in |\+ ?)([0-9]{1,4}|[a-z]+) ?([a-z]+)(?: (.+))?")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:t| |, )(.+)")
_DOTTED: Final = re.compile(r"(?:am )?([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})(?: |, )(.+)")
_SLASHED: Final = re.compile(r"(?:on )?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}),? (.+)")
_NAMED: Final = re.compile(r"(?:on |am )?([a-zäü]+)\.?,? (.+)")
_OF_DAY: Final = re.compile(r"(?:at |um )?([0-9]{1,2})(?:[:.h]([0-9]{2}))?(?::00)?( ?uhr| ?[ap]m)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """What was meant, before it is known when that is. One of these is given, or ``clock`` alone: the next such time.

    Attributes:
        day: A date.
        weekday: A day of the week, 0 for Monday: the next one on which ``clock`` is still to come.
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
        Refusal: ``when-unknown``.
    """
    if len(words) > LONGEST:
        raise Refusal("when-unknown")
    plain = " ".join(words.lower().split())
    for reads in (_ahead, _dated, _spelled, _by_name):
        found = reads(plain)
        if found is not None:
            return found
    return Moment(clock=_clock(plain))


def place(moment: Moment, now: datetime, zone: str) -> Placed:
    """Return the instant of a moment.

    Args:
        moment: What was meant.
        now: The instant it was said, aware.
        zone: IANA zone of who said it.

    Raises:
        Refusal: ``when-past`` when it is not later than now, ``when-far`` when it is more than `FARTHEST` ahead,
            ``when-either`` when it could be one of two days.
    """
    if moment.after is not None:
        if moment.after > FARTHEST:
            raise Refusal("when-far", days=FARTHEST.days)
        return _ahead_of(now, Placed(now.astimezone(UTC) + moment.after))
    shown = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0, fold=0)
    clock = moment.clock if moment.clock is not None else shown.time()
    if moment.day is not None:
        return _ahead_of(now, on_the_wall(moment.day, clock, zone))
    if moment.days is not None:
        if moment.days > FARTHEST.days:
            raise Refusal("when-far", days=FARTHEST.days)
        return _ahead_of(now, on_the_wall(shown.date() + timedelta(days=moment.days), clock, zone))
    if moment.yearly is not None:
        return _ahead_of(now, _of_the_year(moment.yearly, clock, shown.date(), zone, now))
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


def _of_the_year(yearly: tuple[int, int], clock: time, today: date, zone: str, now: datetime) -> Placed:
    """Return the next such day; 29 February only where this year or the next has one."""
    for year in (today.year, today.year + 1):
        try:
            placed = on_the_wall(date(year, *yearly), clock, zone)
        except ValueError:
            continue
        if placed.at > now:
            return placed
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


def _dated(plain: str) -> Moment | None:
    """Read ``2027-03-09 19:30`` and ``9.3.2027 19:30``."""
    iso, dotted = _ISO.fullmatch(plain), _DOTTED.fullmatch(plain)
    if iso is not None:
        return Moment(day=_day(iso[1], iso[2], iso[3]), clock=_clock(iso[4]))
    if dotted is not None:
        return Moment(day=_day(dotted[3], dotted[2], dotted[1]), clock=_clock(dotted[4]))
    slashed = _SLASHED.fullmatch(plain)
    return Moment(day=_slashed(slashed[1], slashed[2], slashed[3]), clock=_clock(slashed[4])) if slashed else None


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


def _spelled(plain: str) -> Moment | None:
    """Read ``4 March 2027 19:30``, ``March 4th at 19:30``, ``4. März um 19:30``; without a year, the next such day."""
    found, other = _DAY_MONTH.fullmatch(plain), _MONTH_DAY.fullmatch(plain)
    if found is not None and found[2] in _MONTHS:
        day, month, year, clock = found[1], _MONTHS[found[2]], found[3], found[4]
    elif other is not None and other[1] in _MONTHS:
        day, month, year, clock = other[2], _MONTHS[other[1]], other[3], other[4]
    else:
        return None
    # A leap year, so that 29 February is a day.
    meant = _day(year or "2000", str(month), day)
    wall = _clock(clock)
    return Moment(day=meant, clock=wall) if year else Moment(yearly=(meant.month, meant.day), clock=wall)


def _by_name(plain: str) -> Moment | None:
    """Read ``tomorrow 19:30`` and ``on friday at 19:30``."""
    found = _NAMED.fullmatch(plain)
    if found is None:
        return None
    if found[1] in NEAR_DAYS:
        clock = _clock(found[2])
        if found[1] == "tonight" and clock < _NOON:
            raise Refusal("when-unknown")
        return Moment(days=NEAR_DAYS[found[1]], clock=clock)
    if found[1] in _NUMBERED:
        return Moment(weekday=_NUMBERED[found[1]], clock=_clock(found[2]))
    which, _, rest = found[2].partition(" ")
    if found[1] in _NEXT | _COMING and which.rstrip(".,") in _NUMBERED:
        return Moment(weekday=_NUMBERED[which.rstrip(".,")], clock=_clock(rest), next_week=found[1] in _NEXT)
    return None


def _day(year: str, month: str, day: str) -> date:
    """Return a date that exists and is not at the end of all years, where days can no longer be added."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Refusal("when-unknown") from None
    if not date(1971, 1, 1) < found < date(9000, 1, 1):
        raise Refusal("when-past" if found.year < 1972 else "when-far", days=FARTHEST.days)  # noqa: PLR2004 - as above
    return found


def _clock(words: str) -> time:
    """Return a time of day: ``19:30``, ``19.30 uhr``, ``19 uhr``, ``7pm``. A lone ``7`` could be morning or evening."""
    found = _OF_DAY.fullmatch(words)
    if found is None or (found[2] is None and found[3] is None):
        raise Refusal("when-unknown")
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").strip()
    if half in {"am", "pm"}:
        if not 1 <= hour <= 11:  # noqa: PLR2004 - 12am and 12pm mean midnight to some and noon to others
            raise Refusal("when-unknown")
        hour += 12 if half == "pm" else 0
    if hour > 23 or minute > 59:  # noqa: PLR2004 - hours and minutes
        raise Refusal("when-unknown")
    return time(hour, minute)
