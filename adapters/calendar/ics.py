"""Calendar files (RFC 5545), written with icalendar. Pure.

But for its stamps, the same rows give the same file all year.

No attendee, no organiser, no place, no description: who finds the file on a phone reads a time and a title.

**Which meeting is when** must come out as the bot means it (`bot.domain.rhythm`), whatever program reads the file. A
rule, in the zone whose rules the file brings along, says most of it. Written out besides, as a meeting of its own, is
each that is moved or called off, and, for `AHEAD` years, each whose time a clock change leaves out or brings twice:
section 3.3.5 says what such a time means, and not every program has read it. Those are given in UTC.

**What does not take place** is not left out but called off (STATUS, and the title says it too): so it is seen, also
where a program shows the status of nothing. What a member alone does not wish to see is left out (EXDATE).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import icalendar

from adapters.calendar.zones import SURE, changes, vtimezone
from bot.contract.calendar import Calendar, Event
from bot.contract.ports import Speaker
from bot.contract.text import Literal, text
from bot.domain.rhythm import meets_on, recurrence
from bot.domain.wall import on_the_wall

AHEAD: Final = 10
"""For how many years clock changes are looked at."""

REFRESH: Final = timedelta(hours=6)
"""How often a program may well read a feed again."""

_UTC: Final = frozenset({"UTC", "Etc/UTC"})
_DAY: Final = timedelta(days=1)


def write(calendar: Calendar, speaker: Speaker, now: datetime) -> str:
    """Return a calendar as a file.

    Args:
        calendar: What stands in it.
        speaker: Finds the words.
        now: When it is written, which it says. Its year decides for how long clock changes are written out.
    """
    whole = icalendar.Calendar()
    whole.add("prodid", "-//Porchlight//Porchlight//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    name = _line(speaker.plain(text("calendar-name"), calendar.locale))
    whole.add("name", name)  # RFC 7986, and what programs before it read
    whole.add("x-wr-calname", name)
    whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    since: dict[str, int] = defaultdict(lambda: now.year)
    for event in calendar.events:
        since[event.series.zone] = min(since[event.series.zone], event.series.first.year)
    for zone, year in sorted(since.items()):
        if zone not in _UTC:
            # A meeting may lie on either side of New Year, so the year before is in it.
            whole.add_component(vtimezone(zone, year - 1, now.year + SURE))
    for event in calendar.events:
        for part in _Writing(event, calendar.locale, speaker, now).parts():
            whole.add_component(part)
    words: bytes = whole.to_ical()
    return words.decode()


def _line(words: str) -> str:
    """Return words as one line without anything that cannot be seen."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


def _uid(name: str) -> str:
    """Return what programs know an event again by. Made otherwise, everybody's meetings would stand there twice.

    RFC 7986 section 5.3 wants that it tells nothing: our ids are kept out of it.
    """
    return hashlib.sha256(f"porchlight event {name}".encode()).hexdigest()[:32]


class _Writing:
    """One event, being written."""

    def __init__(self, event: Event, locale: str, speaker: Speaker, now: datetime) -> None:
        self._event = event
        self._series = event.series
        self._locale = locale
        self._speaker = speaker
        self._now = now.astimezone(UTC)
        self._last = now.year + AHEAD

    def parts(self) -> Iterator[icalendar.Event]:
        """Yield the event, and what of it differs."""
        event, series = self._event, self._series
        if event.only is not None:
            yield self._one(event.only)
            return
        if series.rule is None:
            yield self._one(series.first)
            return
        whole = self._part(event.id, off=event.ended)
        self._local(whole, "dtstart", series.first, series.wall)
        whole.add("rrule", icalendar.vRecur.from_ical(recurrence(series)))
        left_out = {day for day in event.left_out if meets_on(series, day)}
        for day in sorted(left_out):
            self._local(whole, "exdate", day, series.wall)
        yield whole
        for day in sorted({*self._shifted(), *series.changes} - left_out):
            if meets_on(series, day):
                part = self._meeting(day, event.id)
                self._local(part, "recurrence-id", day, series.wall)
                yield part

    def _one(self, day: date) -> icalendar.Event:
        """Return one meeting alone: under a name of its own, for others of the circle may be in the same calendar."""
        return self._meeting(day, self._event.id if self._series.rule is None else f"{self._event.id} {day}")

    def _meeting(self, day: date, name: str) -> icalendar.Event:
        """Return the meeting of a day, when and whether it really takes place."""
        event, series = self._event, self._series
        to = series.changes.get(day)
        part = self._part(name, off=event.ended or (day in series.changes and to is None))
        on, wall = (to.date(), to.time()) if to is not None else (day, series.wall)
        placed = on_the_wall(on, wall, series.zone)
        if placed.shift == "none":
            self._local(part, "dtstart", on, wall)
        else:
            part.add("dtstart", placed.at)
        return part

    def _part(self, name: str, *, off: bool) -> icalendar.Event:
        """Return an event with all but its time."""
        event, speaker, locale = self._event, self._speaker, self._locale
        title = _line(event.title.words if event.title else speaker.plain(text("calendar-title"), locale))
        part = icalendar.Event()
        part.add("uid", _uid(name))
        part.add("dtstamp", self._now)
        # The same in all parts: one with a lower number than another's might be taken for old.
        part.add("sequence", event.sequence)
        part.add("duration", timedelta(minutes=event.minutes))
        part.add("class", "PRIVATE")
        if off:
            title = _line(speaker.plain(text("calendar-off", title=Literal(title)), locale))
        part.add("summary", title)
        part.add("status", "CANCELLED" if off else "CONFIRMED")
        if off:
            part.add("transp", "TRANSPARENT")
        return part

    def _local(self, part: icalendar.Event, name: str, day: date, wall: time) -> None:
        """Add a time by the clock on the wall."""
        zone, said = self._series.zone, datetime.combine(day, wall)
        if zone in _UTC:
            part.add(name, said.replace(tzinfo=UTC))
        else:
            part.add(name, said, parameters={"TZID": zone})

    def _shifted(self) -> Iterator[date]:
        """Yield the days of the rule whose time a clock change leaves out or brings twice."""
        series = self._series
        for change in changes(series.zone, series.first.year, self._last):
            about = change.at.date()
            for day in (about - _DAY, about, about + _DAY):
                if on_the_wall(day, series.wall, series.zone).shift != "none" and meets_on(series, day):
                    yield day
