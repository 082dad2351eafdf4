"""What a command asks to know, declared once as a dataclass and read by every adapter.

```python
@dataclass(frozen=True, slots=True)
class LightOn:
    hours: int = param(Whole(1, 12), default=4)
```

An adapter brings words (`Raw`); `values` turns them into the dataclass or refuses with a sentence. Labels are found
by name: ``param-<name>``, and ``option-<name>-<value>`` for the values of a `Pick`.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any, ClassVar, TypeVar, Union
from zoneinfo import available_timezones

from bot.contract.place import Member, Room
from bot.domain import times
from bot.domain.errors import Refusal
from bot.domain.rhythm_words import read_rhythm

Raw = Union[str, Member, Room, "tuple[Raw, ...]"]
"""What an adapter hands over: words, a member, a room, or several of them. Empty words mean *not given*."""

A = TypeVar("A")

_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
_MARKS_AT_MOST = 8


def clean(words: str, at_most: int) -> str:
    """Return words that a person wrote, made safe to post: one line, composed, without control or bidi characters.

    Joiners stay inside a word (Persian and family emoji need them). Marks piled on one letter are cut to eight.

    Args:
        words: What was typed.
        at_most: Limit in UTF-16 units, which is how the strictest platform counts.

    Raises:
        Refusal: ``words-empty`` when nothing visible is left, ``words-long`` when it is over the limit.
    """
    if len(words) > 20_000:  # noqa: PLR2004 - far over every limit; not worth normalising
        raise Refusal("words-long", limit=at_most)
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", re.sub(r"[\s\x85]+", " ", words)):
        category = unicodedata.category(letter)
        if category in _CONTROL and letter not in _JOINERS:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= _MARKS_AT_MOST:
            kept.append(letter)
    cleaned = "".join(kept).strip(" " + _JOINERS)
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in cleaned):
        raise Refusal("words-empty")
    if len(cleaned.encode("utf-16-le")) // 2 > at_most:
        raise Refusal("words-long", limit=at_most)
    return cleaned


@dataclass(frozen=True, slots=True)
class Pick:
    """One of a few. With no ``options`` of its own, the form's preparation brings them (a community's words)."""

    options: tuple[str, ...] = ()

    def parse(self, raw: Raw) -> str:
        """Return the option."""
        if isinstance(raw, str) and (raw in self.options or (not self.options and raw)):
            return raw
        raise Refusal("option-unknown")


@dataclass(frozen=True, slots=True)
class Picks:
    """Up to ``most`` of several. With no ``options`` of its own, the form's preparation brings them."""

    options: tuple[str, ...] = ()
    most: int = 5

    def parse(self, raw: Raw) -> tuple[str, ...]:
        """Return the options, each once, in the order given."""
        given = raw if isinstance(raw, tuple) else tuple(part.strip() for part in str(raw).split(","))
        picked: list[str] = []
        for value in given:
            if not isinstance(value, str) or (self.options and value not in self.options):
                raise Refusal("option-unknown")
            if value and value not in picked:
                picked.append(value)
        if len(picked) > self.most:
            raise Refusal("options-many", limit=self.most)
        return tuple(picked)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number. Digits are those of ASCII: ``int`` takes digits of every script."""

    low: int
    high: int

    def parse(self, raw: Raw) -> int:
        """Return the number."""
        if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,9}", raw.strip(), re.ASCII):
            number = int(raw)
            if self.low <= number <= self.high:
                return number
        raise Refusal("number-between", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    def parse(self, raw: Raw) -> bool:
        """Return True for yes."""
        if raw in {"yes", "no"}:
            return raw == "yes"
        raise Refusal("option-unknown")


@dataclass(frozen=True, slots=True)
class Someone:
    """A member, as the platform lets one name them."""

    def parse(self, raw: Raw) -> Member:
        """Return the member."""
        if isinstance(raw, Member):
            return raw
        raise Refusal("member-unknown")


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles or rooms of the platform, as its opaque ids."""

    most: int = 5

    def parse(self, raw: Raw) -> tuple[str, ...]:
        """Return the ids."""
        return Picks(most=self.most).parse(raw)


@dataclass(frozen=True, slots=True)
class Words:
    """Free text that will be posted, or kept about its writer. Shown back and confirmed before it goes anywhere.

    ``limit`` is in UTF-16 units; ``lines`` how many lines (each one entry of a list) it may have.
    """

    limit: int
    lines: int = 1

    def parse(self, raw: Raw) -> Any:
        """Return the cleaned words; a tuple of lines where several are allowed."""
        if not isinstance(raw, str):
            raise Refusal("words-empty")
        if self.lines == 1:
            return clean(raw, self.limit)
        parts = [part for part in re.split(r"[\n\r\u2028\u2029\x85]+", raw) if part.strip()]
        if len(parts) > self.lines:
            raise Refusal("lines-many", limit=self.lines)
        if not parts:
            raise Refusal("words-empty")
        cleaned: list[str] = []
        for part in parts:
            words = clean(part, self.limit)
            if words not in cleaned:
                cleaned.append(words)
        return tuple(cleaned)


@cache
def _zones() -> Mapping[str, str]:
    """Return every zone name that we take, by its name in lower case.

    Looked up in this set and nowhere else: handing typed text to ``ZoneInfo`` opens files by that name. Names
    without a place (``EST``, ``Etc/GMT+5`` with its turned sign, ``localtime``) are not taken, except UTC.
    """
    fit = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    return {name.lower(): name for name in fit | {"UTC"}}


def zone_names() -> tuple[str, ...]:
    """Return the names of all zones that can be given, in order."""
    return tuple(sorted(_zones().values()))


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA time zone with a place in its name."""

    def parse(self, raw: Raw) -> str:
        """Return the zone's name as IANA writes it."""
        name = _zones().get(raw.strip().lower().replace(" ", "_")) if isinstance(raw, str) else None
        if name is None:
            raise Refusal("zone-unknown")
        return name


@dataclass(frozen=True, slots=True)
class OfDay:
    """A time of day, ``21:30``."""

    def parse(self, raw: Raw) -> time:
        """Return the time of day, without a zone."""
        found = (
            re.fullmatch(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])", raw.strip(), re.ASCII)
            if isinstance(raw, str)
            else None
        )
        if found is None:
            raise Refusal("time-unknown")
        return time(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class Days:
    """A length of days, up to ``most``: ``3``."""

    most: int

    def parse(self, raw: Raw) -> int:
        """Return the number of days."""
        return Whole(1, self.most).parse(raw)


@dataclass(frozen=True, slots=True)
class Until:
    """A day in the future: a date (``2027-03-04``) or a number of days (``3``), at most ``most`` days away."""

    most: int

    def parse(self, raw: Raw) -> date | int:
        """Return the date, or the number of days; the handler knows today and the zone."""
        if isinstance(raw, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw.strip(), re.ASCII):
            try:
                return date.fromisoformat(raw.strip())
            except ValueError:
                raise Refusal("date-unknown") from None
        if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,4}", raw.strip(), re.ASCII):
            return Whole(1, self.most).parse(raw)
        raise Refusal("date-unknown")


@dataclass(frozen=True, slots=True)
class When:
    """A time to come, as people type it (`bot.domain.times`): ``2027-03-09 19:30``, ``Fri 19:30``, ``in 3 days``."""

    def parse(self, raw: Raw) -> times.Moment:
        """Return what was meant; the handler knows now and the zone, and places it (`bot.domain.times.place`)."""
        if not isinstance(raw, str):
            raise Refusal("when-unknown")
        return times.read(raw)


@dataclass(frozen=True, slots=True)
class Meets(When):
    """When something meets, once or again and again (`bot.domain.rhythm_words`): ``every other Tuesday 19:30``.

    To an adapter it is a time like any other: words that people type.
    """

    def parse(self, raw: Raw) -> Any:
        """Return the rule, None for once, and the moment; the handler knows now and the zone, and plans it."""
        if not isinstance(raw, str):
            raise Refusal("when-unknown")
        return read_rhythm(raw)


@dataclass(frozen=True, slots=True)
class Moments(When):
    """Several times to come, each as `When` reads one, parted by semicolons or new lines: ``Fri 19:30; Sat 10:00``.

    To an adapter it is a time like any other, though a longer one that may have several lines.
    """

    fewest: int
    most: int
    longest: ClassVar[int] = 600
    """Letters in all."""

    def parse(self, raw: Raw) -> Any:
        """Return what was meant, in the order given; the handler knows now and the zone, and places each."""
        if not isinstance(raw, str) or len(raw) > self.longest:
            raise Refusal("when-unknown")
        parts = [part for part in re.split(r"[;\n\r\u2028\u2029\x85]+", raw) if part.strip()]
        if not self.fewest <= len(parts) <= self.most:
            raise Refusal("times-number", low=self.fewest, high=self.most)
        return tuple(_moment(number, part) for number, part in enumerate(parts, 1))


def _moment(number: int, words: str) -> times.Moment:
    """Return one of several times; of one that cannot be read it is said which it is."""
    try:
        return times.read(words)
    except Refusal as refusal:
        if refusal.code != "when-unknown":
            raise
    raise Refusal("times-unknown", number=number)


Kind = Pick | Picks | Whole | YesNo | Someone | Roles | Words | Zone | OfDay | Days | Until | When

_REQUIRED: Any = object()


def param(kind: Kind, *, default: Any = _REQUIRED) -> Any:
    """Declare a parameter of a command's arguments. Without a default it must be given."""
    if default is _REQUIRED:
        return dataclasses.field(metadata={"kind": kind})
    return dataclasses.field(default=default, metadata={"kind": kind})


@dataclass(frozen=True, slots=True)
class Param:
    """One declared parameter."""

    name: str
    kind: Kind
    required: bool


def params(args: type[Any]) -> tuple[Param, ...]:
    """Return the parameters of an arguments class, in order."""
    return tuple(
        Param(field.name, field.metadata["kind"], field.default is dataclasses.MISSING)
        for field in dataclasses.fields(args)
    )


def values(args: type[A], raw: Mapping[str, Raw]) -> A:
    """Turn words into values.

    Raises:
        Refusal: A word does not fit its parameter, one is missing (``param-missing``), or one is not known
            (``param-unknown``).
    """
    known = {declared.name for declared in params(args)}
    if set(raw) - known:
        raise Refusal("param-unknown")
    made: dict[str, object] = {}
    for declared in params(args):
        given = raw.get(declared.name, "")
        if given not in {"", ()}:
            made[declared.name] = declared.kind.parse(given)
        elif declared.required:
            raise Refusal("param-missing", param=declared.name)
    return args(**made)


def free_texts(args: type[Any]) -> tuple[Param, ...]:
    """Return the parameters that take free text, which is shown back before it is used."""
    return tuple(declared for declared in params(args) if isinstance(declared.kind, Words))
