"""Words, found at the edge: Project Fluent for sentences, the CLDR (by way of Babel) for times, lists and languages.

Sentences live in ``bot/locales/<language>/*.ftl``; a new file or a new folder is picked up by itself. Everything a
sentence speaks of is made into a ready string here, in the reader's language and zone, before Fluent sees it, so
that translators place words and never write formats. Prompts are in ``bot/decks`` (`bot.decks`).

What a platform shows in its own way (names, commands, times, words that a person wrote) comes from its
`bot.contract.text.Shows`; so a sentence names a command as ``{ COMMAND("peer ask") }``.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import FunctionReference, Pattern, TextElement, VariableReference

from bot.contract.place import Member, Room
from bot.contract.text import Fact, Literal, Plain, Said, Shows, Starter, Text, Typed, Voice
from bot.decks import DECKS, load
from bot.domain.prompts import order

LOCALES: Final = Path(__file__).parent / "locales"
"""Where the words are."""

FIRST: Final = "en"
"""The language that has every sentence; the others fall back to it."""

_LANGUAGE: Final = "language-"
_REGIONS: Final = {"en": "en_GB"}
"""Whose habits of writing dates a language takes: "4 March", not "Mar 4"."""

_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))

_GAP: Final = re.compile("\ue000([A-Za-z][A-Za-z0-9_-]*)\ue001|\ue002([a-z][a-z -]*)\ue003")
"""Where a fact goes that no sentence chooses by, or a command. Fluent refuses facts over 2,500 letters, and a list may
be longer."""


@lru_cache(maxsize=64)
def _babel(locale: str) -> Locale:
    """Return the CLDR's data on a language, English where it has none."""
    try:
        return Locale.parse(_REGIONS.get(locale, locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_REGIONS[FIRST])


@lru_cache(maxsize=256)
def _zone(zone: str) -> ZoneInfo:
    """Return a zone. Names are checked where they are typed; one that has gone since then is spoken as UTC."""
    try:
        return ZoneInfo(zone)
    except (OSError, ValueError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=4096)
def _number(number: int, locale: str) -> str:
    return format_decimal(number, locale=_babel(locale))


@lru_cache(maxsize=4096)
def _date(day: date, locale: str, with_year: bool) -> str:
    if with_year:
        return format_date(day, "long", locale=_babel(locale))
    return format_skeleton("MMMMd", day, locale=_babel(locale))


@lru_cache(maxsize=1024)
def _length(length: timedelta, locale: str) -> str:
    """Return a length of time, exact to the second and in the largest units that say it: "1 hour and 30 minutes".

    Whole hours up to two days stay hours ("24 hours"): that is how people were told how long something lasts.
    """
    seconds = int(abs(length).total_seconds())
    if seconds % 3_600 == 0 and 0 < seconds <= 48 * 3_600:
        return _unit(seconds, "hour", locale)
    parts: list[str] = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count or (unit == "second" and not parts):
            parts.append(_unit(count * size, unit, locale))
    return format_list(parts, locale=_babel(locale))


def _unit(seconds: int, unit: str, locale: str) -> str:
    # A threshold no length reaches keeps Babel from rounding up to the next larger unit.
    return format_timedelta(timedelta(seconds=seconds), unit, threshold=10**9, locale=_babel(locale))  # type: ignore[arg-type]


def language_name(code: str, locale: str) -> str:
    """Return what a language is called in another: ``("de", "en")`` is "German". An unknown code names itself."""
    names: Mapping[str, str] = _babel(locale).languages
    return names.get(code.replace("-", "_")) or names.get(code.split("-", 1)[0]) or code


_Parts = tuple[str | tuple[str] | Typed, ...]
"""A message of words, facts and commands alone: names of facts stand in tuples of one."""


def _command(words: Any) -> Any:
    """Fluent's function ``COMMAND``: marks where a command goes."""
    return f"\ue002{words}\ue003"


class _Language:
    """The sentences of one language."""

    def __init__(self, code: str, folder: Path) -> None:
        self.code = code
        # Isolation is done here, for `Said` alone, and not by Fluent for everything.
        self.bundle = FluentBundle([code], use_isolating=False, functions={"COMMAND": _command})
        self._simple: dict[str, _Parts | None] = {}
        for file in sorted(folder.glob("*.ftl")):
            self.bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    def has(self, message: str) -> bool:
        """Return whether it has the sentence."""
        return self.bundle.has_message(message)

    def simple(self, message: str) -> _Parts | None:
        """Return the parts of a message that selects nothing; None for one that Fluent must work out."""
        try:
            return self._simple[message]
        except KeyError:
            parts = self._simple[message] = self._take_apart(self.bundle.get_message(message).value)
            return parts

    @staticmethod
    def _take_apart(pattern: Pattern | None) -> _Parts | None:
        parts: list[str | tuple[str] | Typed] = []
        # Fluent keeps a pattern of one element as that element.
        for element in () if pattern is None else getattr(pattern, "elements", (pattern,)):
            if isinstance(element, TextElement):
                parts.append(element.value)
            elif isinstance(expression := getattr(element, "expression", None), VariableReference):
                parts.append((expression.id.name,))
            elif isinstance(expression, FunctionReference) and expression.id.name == "COMMAND":
                parts.append(Typed(str(getattr(expression.arguments.positional[0], "value", ""))))
            else:
                return None
        return tuple(parts)


@cache
def _language(code: str, folder: Path) -> _Language:
    """Return a language. Reading its sentences takes most of a second, and they are the same as long as we run."""
    return _Language(code, folder)


class Fluent:
    """Finds the words of a `Text` (a `bot.contract.ports.Speaker`)."""

    def __init__(self, folder: Path = LOCALES, decks: Path = DECKS, own: Path | None = None) -> None:
        """Load every language below ``folder``, and every deck in ``decks``; those in ``own`` take their place."""
        codes = sorted(path.name for path in folder.iterdir() if path.is_dir() and any(path.glob("*.ftl")))
        codes.sort(key=lambda code: code != FIRST)
        self._languages = {code: _language(code, folder / code) for code in codes}
        self._own = load(own) if own is not None else {}
        self._decks = {**load(decks), **self._own}
        self._chosen: dict[str, tuple[_Language, ...]] = {}

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages it speaks, English first."""
        return tuple(self._languages)

    def say(self, text: Text, voice: Voice, now: datetime, shows: Shows) -> str:
        """Return the sentence in the reader's language and zone.

        A missing text falls back to English, and then to its id; nothing that a text holds makes this raise.

        Args:
            text: What to say.
            voice: The reader's language and zone.
            now: Aware instant; times are spoken relative to its day in the reader's zone.
            shows: How the platform shows what the sentence speaks of.
        """
        message = text.id
        for language in self._choose(voice.locale):
            if language.has(message):
                return self._format(language, message, text.facts, voice, now, shows)
        if message.startswith(_LANGUAGE):
            return language_name(message.removeprefix(_LANGUAGE), self._choose(voice.locale)[0].code)
        return message

    def plain(self, text: Text, locale: str) -> str:
        """Return a sentence that speaks of nobody and no time: labels, names and descriptions of commands."""
        return self.say(text, Voice(locale), datetime.fromtimestamp(0, UTC), Plain())

    def _choose(self, locale: str) -> tuple[_Language, ...]:
        """Return the languages in which to look: the reader's own (``de`` for ``de-AT``), then English."""
        try:
            return self._chosen[locale]
        except KeyError:
            codes = dict.fromkeys((locale, locale.replace("_", "-").split("-", 1)[0].lower(), FIRST))
            found = tuple(self._languages[code] for code in codes if code in self._languages)
            if len(self._chosen) < 100:  # noqa: PLR2004 - whoever names more is not a platform
                self._chosen[locale] = found
            return found

    def _format(
        self, language: _Language, message: str, facts: Mapping[str, Fact], voice: Voice, now: datetime, shows: Shows
    ) -> str:
        parts = language.simple(message)
        if parts is not None:
            if len(parts) == 1 and isinstance(parts[0], str):
                return parts[0]
            return "".join(self._part(part, facts, language.code, voice, now, shows) for part in parts)
        given: dict[str, int | str] = {}
        for key, value in facts.items():
            if isinstance(value, bool):
                given[key] = "yes" if value else "no"
            else:
                given[key] = value if isinstance(value, int | str) else f"\ue000{key}\ue001"
        pattern = language.bundle.get_message(message).value
        spoken, _ = language.bundle.format_pattern(pattern, given) if pattern is not None else (message, [])

        def fill(gap: re.Match[str]) -> str:
            return self._part(Typed(gap[2]) if gap[2] else (gap[1],), facts, language.code, voice, now, shows)

        return _GAP.sub(fill, str(spoken))

    def _part(
        self,
        part: str | tuple[str] | Typed,
        facts: Mapping[str, Fact],
        locale: str,
        voice: Voice,
        now: datetime,
        shows: Shows,
    ) -> str:
        match part:
            case str():
                return part
            case Typed(command):
                return shows.command(command)
            case (key,):
                return self._fact(key, facts, locale, voice, now, shows)

    def _fact(self, key: str, facts: Mapping[str, Fact], locale: str, voice: Voice, now: datetime, shows: Shows) -> str:
        # A sentence that speaks of a fact nobody gave shows its name: a test finds it, and nothing breaks.
        return self._words(facts[key], locale, voice, now, shows) if key in facts else "{$" + key + "}"

    def _words(  # noqa: PLR0911, PLR0912, C901 - one return a kind of fact
        self, value: Fact, locale: str, voice: Voice, now: datetime, shows: Shows
    ) -> str:
        match value:
            case str():
                return value
            case bool():
                return "yes" if value else "no"
            case int():
                return _number(value, locale)
            case Said():
                return shows.said(value.words)
            case Literal():
                return shows.literal(value.words)
            case Typed():
                return shows.command(value.command)
            case Member() | Room():
                return shows.name(value)
            case Starter():
                language = locale if locale in self._decks else FIRST
                deck = self._decks[language][value.kind]
                words = deck[order(value.draw, len(deck))[value.number % len(deck)]]
                return shows.said(words) if language in self._own else words
            case Text():
                return self.say(value, voice, now, shows)
            case datetime():
                return shows.stamp(value) or self._instant(value, locale, voice, now)
            case date():
                return _date(value, locale, value.year != now.astimezone(_zone(voice.zone)).year)
            case time():
                return value.strftime("%H:%M")
            case timedelta():
                return _length(value, locale)
            case _:
                return format_list(
                    [self._words(item, locale, voice, now, shows) for item in value], locale=_babel(locale)
                )

    def _instant(self, instant: datetime, locale: str, voice: Voice, now: datetime) -> str:
        """Return an instant in the reader's zone: "22:00", "22:00 on Friday", "22:00 on 4 March (2028)".

        A weekday stands for the coming six days only, so that it cannot be mistaken for another week's.
        """
        zone = _zone(voice.zone)
        there, here = instant.astimezone(zone), now.astimezone(zone).date()
        days = (there.date() - here).days
        return self._when(there.strftime("%H:%M"), there.date(), locale, days, here.year)

    @lru_cache(maxsize=4096)  # noqa: B019 - one speaker lives as long as the program
    def _when(self, clock: str, day: date, locale: str, days: int, year: int) -> str:
        if days == 0:
            kind, spoken = "time-today", ""
        elif 0 < days < 7:  # noqa: PLR2004 - a week
            kind, spoken = "time-weekday", _babel(locale).days["format"]["wide"][day.weekday()]
        else:
            kind, spoken = "time-date", _date(day, locale, day.year != year)
        return self.plain(Text(kind, {"clock": clock, "day": spoken}), locale)
