"""Calendar files, read by programs that are not ours."""

import os
import re
import subprocess
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import icalendar
import recurring_ical_events
import vobject
from dateutil.tz import tzical

from adapters.calendar import write
from bot.contract.calendar import Calendar, Event
from bot.domain.rhythm import Series
from bot.i18n import Fluent

SPEAKER: Final = Fluent()
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)


def event(series: Series, **changed: Any) -> Event:
    given: dict[str, Any] = {"id": "one", "minutes": 90}
    return Event(series=series, **{**given, **changed})


def file_of(*events: Event, locale: str = "en", now: datetime = NOW) -> str:
    return write(Calendar(events, locale), SPEAKER, now)


def parsed(words: str) -> list[Any]:
    """Return the events of a file, as icalendar reads them."""
    return list(icalendar.Calendar.from_ical(words).walk("VEVENT"))


def by_recurring_ical_events(words: str, after: datetime, before: datetime) -> list[datetime]:
    """Return when something takes place, in the zones that Python knows."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(words)).between(after, before + timedelta(seconds=1))
    on = (one["DTSTART"].dt.astimezone(UTC) for one in found if one["STATUS"] == "CONFIRMED")
    return sorted(at for at in on if after < at <= before)


def by_vobject(words: str, after: datetime, before: datetime) -> list[datetime]:
    """Return when something takes place, in the zones that the file brings along and no other."""
    # Under a name that nobody knows, a zone is what the file says of it.
    strange = f"strange-{uuid4()}-"
    renamed = re.sub(r"TZID([:=])", rf"TZID\1{strange}", words)
    # vobject looks at the years before 2021 to tell zones from UTC, and passes over those that it takes for it.
    for zone in re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", renamed, re.DOTALL):
        read = tzical(StringIO(zone))
        vobject.icalendar.registerTzid(read.keys()[0], read.get())
    events = vobject.readOne(renamed).contents["vevent"]
    differing = {one.recurrence_id.value for one in events if "recurrence-id" in one.contents}
    found = [one.dtstart.value for one in events if "rrule" not in one.contents and one.status.value == "CONFIRMED"]
    for one in events:
        if "rrule" in one.contents:
            said = takewhile(lambda at: at < before + timedelta(days=2), one.getrruleset())
            found += [at for at in said if at not in differing]
    return sorted(at for at in (one.astimezone(UTC) for one in found) if after < at <= before)


_CONFIG: Final = """[calendars]
[[one]]
path = {folder}/cal
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = UTC
local_timezone = UTC
[sqlite]
path = {folder}/db
[default]
default_calendar = one
"""


class Khal:
    """Debian's khal, with a calendar of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "cal").mkdir()
        (folder / "config").write_text(_CONFIG.format(folder=folder), encoding="utf-8")

    def _run(self, *args: str) -> str:
        around = {"HOME": str(self._folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        command = ["khal", "-c", str(self._folder / "config"), *args]
        return subprocess.run(command, capture_output=True, text=True, env=around, timeout=120, check=True).stdout

    def take(self, words: str) -> None:
        """Import a file."""
        file = self._folder / "file.ics"
        file.write_text(words, encoding="utf-8")
        self._run("import", "--batch", "-a", "one", str(file))

    def shows(self, since: date, until: date) -> list[tuple[datetime, str]]:
        """Return what stands in it: when, and the title."""
        said = self._run("list", "--format", "{start-long}|{title}", "--day-format", "", str(since), str(until))
        # What goes on past midnight is listed on both days.
        lines = sorted({line for line in said.splitlines() if line})
        return [
            (datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=UTC), title)
            for at, _, title in (line.partition("|") for line in lines)
        ]
