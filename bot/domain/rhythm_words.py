"""A rhythm as people type it: ``every other Tuesday 19:30``, ``jeden ersten Donnerstag im Monat um 19 Uhr``.

What begins like a rhythm is read as one; all else is a single time (`bot.domain.times`). English and German words are
read side by side. What could mean two things is refused with what it could mean, never guessed: *every second Tuesday*
is every other one to some, and the second of a month to others.
"""

import re
from collections.abc import Callable
from typing import Final

from bot.domain import times
from bot.domain.errors import Refusal
from bot.domain.rrule import Rule, parse_rule
from bot.domain.times import Moment

LONGEST: Final = 240
"""Letters that are looked at."""

_WEEKDAYS: Final = {name: number for number, names in enumerate(times.WEEKDAYS) for name in names}
_EACH: Final = {name + "s": number for name, number in _WEEKDAYS.items() if len(name) > 5}  # noqa: PLR2004 - whole names
"""Tuesdays, dienstags."""
_DAY: Final = "|".join(sorted((*_WEEKDAYS, *_EACH), key=len, reverse=True))
_ORDINALS: Final = {
    **dict.fromkeys(("first", "1st", "ersten", "1."), 1),
    **dict.fromkeys(("second", "2nd", "zweiten", "2."), 2),
    **dict.fromkeys(("third", "3rd", "dritten", "3."), 3),
    **dict.fromkeys(("fourth", "4th", "vierten", "4."), 4),
    **dict.fromkeys(("fifth", "5th", "fünften", "5."), 5),
    **dict.fromkeys(("last", "letzten"), -1),
}
_PLACE: Final = "|".join(re.escape(name) for name in _ORDINALS)
_NUMBERS: Final = {
    **dict.fromkeys(("two", "zwei"), 2),
    **dict.fromkeys(("three", "drei"), 3),
    **dict.fromkeys(("four", "vier"), 4),
    **dict.fromkeys(("six", "sechs"), 6),
}
_WORKING: Final = tuple((0, number) for number in range(5))

_EVERY: Final = r"(?:every|each|jeden|jede|jeder)"
_ON: Final = r"(?:on |on the |am |an jedem |jeweils )?"
_AND: Final = r"(?:, ?| and | und | & )"
_DAYS: Final = rf"(?P<days>(?:{_DAY})(?:{_AND}(?:{_DAY}))*)"
_OF_MONTH: Final = r"(?: (?:of|in) (?:the|every|each|a) month| im monat| des monats| jedes monats| jeden monats)"
_NUMBER: Final = rf"(?P<number>[0-9]{{1,2}}|{'|'.join(_NUMBERS)})"

_WEEKLY: Final = re.compile(rf"(?:{_EVERY} |on |am |(?:weekly|wöchentlich|{_EVERY} (?:week|woche)),? {_ON})?{_DAYS}")
_FORTNIGHTLY: Final = re.compile(
    rf"(?:(?:every|each) other |(?:every|each|jede) (?:other|second|zweite|2\.) (?:week|woche),? {_ON}"
    rf"|(?:fortnightly|zweiwöchentlich|vierzehntägig|14-tägig),? {_ON}){_DAYS}"
)
_SOME_WEEKS: Final = re.compile(rf"(?:every|alle) {_NUMBER} (?:weeks|wochen),? {_ON}{_DAYS}")
_WEEKS_IN_DAYS: Final = re.compile(rf"(?:every|alle) (?P<number>7|14|21|28) (?:days|tage),? {_ON}{_DAYS}")
_DAILY: Final = re.compile(r"(?:every day|each day|daily|jeden tag|täglich)")
_SOME_DAYS: Final = re.compile(
    rf"(?:(?:every|alle) {_NUMBER} (?:days|tage)|{_EVERY} (?P<other>other|second|2nd|zweiten|2\.) (?:day|tag))"
)
_WORKDAYS: Final = re.compile(r"(?:every weekday|weekdays|jeden werktag von montag bis freitag|monday to friday)")
_MONTHLY: Final = re.compile(
    rf"(?:{_EVERY} |on the |on |am |(?:monthly|every month|each month),? on the |(?:monatlich|jeden monat),? am )?"
    rf"(?P<places>(?:{_PLACE})(?:{_AND}(?:{_PLACE}))*) (?P<days>{_DAY})(?P<month>{_OF_MONTH})?"
)
_MONTH_DAY: Final = re.compile(
    r"(?:(?:monthly|every month|each month|monatlich|jeden monat),? (?:on the|am) (?P<one>[0-9]{1,2})(?:st|nd|rd|th|\.)"
    rf"|(?:on the|am) (?P<other>[0-9]{{1,2}})(?:st|nd|rd|th|\.){_OF_MONTH})"
)
_YEARLY: Final = re.compile(r"(?:yearly|annually|every year|each year|jährlich|jedes jahr),? (?P<date>(?:on |am )?.+)")
_TWO_WAYS: Final = re.compile(rf"(?:biweekly|bi-weekly|bimonthly|bi-monthly)\b.*|{_EVERY} (?:weeks|wochen)\b.*")
_CLOCK: Final = re.compile(rf"(?P<rhythm>.+?),? (?P<clock>{times.TIME})")
_MONTHLY_MARK: Final = re.compile(r"(?:monthly|monatlich|(?:every|each) month|jeden monat)\b.*")


def read_rhythm(words: str) -> tuple[Rule | None, Moment]:
    """Return the rule that is meant, None for a single time, and the moment.

    With a rule the moment is a time of day alone: the series begins on the first day from today on that the rule says
    (`bot.domain.rhythm.plan`).

    Raises:
        Refusal: ``rhythm-either`` for what could be every other week or once a month, ``rhythm-unknown`` and what
            `parse_rule` raises for what begins like a rhythm and is none, else as `times.read`.
    """
    if len(words) > LONGEST:
        raise Refusal("when-unknown")
    plain = " ".join(words.lower().split())
    if re.match(r"(?:rrule:)?[a-z]+=", plain):
        rule, _, clock = plain.partition(" ")
        return parse_rule(rule), _wall(clock)
    if re.fullmatch(_TWO_WAYS, plain):
        raise Refusal("rhythm-either")
    parts = _CLOCK.fullmatch(plain)
    rule_of_it = _rule(parts["rhythm"]) if parts is not None else None
    if parts is not None and rule_of_it is not None:
        return rule_of_it, _wall(parts["clock"])
    if re.match(rf"{_EVERY}\b|jedes\b|alle\b|weekly\b|daily\b|fortnightly\b|monthly\b|yearly\b", plain):
        raise Refusal("rhythm-unknown")
    return None, times.read(plain)


def _wall(words: str) -> Moment:
    """Return a time of day, which a rhythm has to have."""
    moment = times.read(words)
    if moment != Moment(clock=moment.clock) or moment.clock is None:
        raise Refusal("when-unknown")
    return moment


def _rule(plain: str) -> Rule | None:
    """Return the rule that some words say; None when they say none."""
    if _DAILY.fullmatch(plain):
        return Rule("DAILY")
    if _WORKDAYS.fullmatch(plain):
        return Rule("WEEKLY", weekdays=_WORKING)
    some = _SOME_DAYS.fullmatch(plain)
    if some is not None:
        return Rule("DAILY", 2 if some["other"] else _number(some["number"]))
    for pattern, weeks in _WEEKS:
        found = pattern.fullmatch(plain)
        if found is not None and (pattern is not _WEEKLY or _is_each(plain)):
            return Rule("WEEKLY", weeks(found), weekdays=_weekdays(found["days"]))
    return _monthly(plain) or _yearly(plain)


def _is_each(plain: str) -> bool:
    """Return whether weekdays are a habit: ``tuesday 19:30`` is one Tuesday, ``tuesdays 19:30`` are all of them."""
    first, *_, last = plain.split(" ") * 2
    return first in {"every", "each", "jeden", "jede", "jeder", "weekly", "wöchentlich"} or last in _EACH


def _monthly(plain: str) -> Rule | None:
    found = _MONTHLY.fullmatch(plain)
    if found is not None:
        places = [_ORDINALS[place] for place in re.findall(_PLACE, found["places"])]
        weekday = _weekdays(found["days"])[0][1]
        of_month = found["month"] is not None or _MONTHLY_MARK.fullmatch(plain) is not None
        if not of_month and not plain.startswith(("every", "each", "jede")):
            return None
        if not of_month and len(places) == 1 and places[0] not in {1, -1}:
            raise Refusal("rhythm-either")
        return Rule("MONTHLY", weekdays=tuple((place, weekday) for place in dict.fromkeys(places)))
    numbered = _MONTH_DAY.fullmatch(plain)
    if numbered is None:
        return None
    return parse_rule(f"FREQ=MONTHLY;BYMONTHDAY={numbered['one'] or numbered['other']}")


def _yearly(plain: str) -> Rule | None:
    """Read ``yearly on 5 march``; a year beside it would say that it is once."""
    found = _YEARLY.fullmatch(plain)
    try:
        day = times.read_day(found["date"]) if found is not None else Moment()
    except Refusal:
        return None
    if day.yearly is None or day.weekday is not None:
        return None
    return Rule("YEARLY", months=(day.yearly[0],), month_days=(day.yearly[1],))


def _weekdays(words: str) -> tuple[tuple[int, int], ...]:
    found = [_EACH.get(name, _WEEKDAYS.get(name, 0)) for name in re.findall(_DAY, words)]
    return tuple((0, number) for number in sorted(set(found)))


def _number(words: str) -> int:
    number = _NUMBERS.get(words) or int(words)
    return parse_rule(f"FREQ=WEEKLY;INTERVAL={number}").interval


_WEEKS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...]] = (
    (_WEEKLY, lambda _: 1),
    (_FORTNIGHTLY, lambda _: 2),
    (_SOME_WEEKS, lambda found: _number(found["number"])),
    (_WEEKS_IN_DAYS, lambda found: int(found["number"]) // 7),
)
"""Rhythms of weeks: how each is written, and how many weeks it says."""
