"""A circle's post, its private note, the file and the feed say the same instant, and it begins then."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.times import place, read
from tests.calendar.reading import by_recurring_ical_events, by_vobject
from tests.commands.circle_scene import hall, plan, posts, says, told
from tests.commands.desk import Desk, Shown, desk
from tests.commands.test_circle_calendar import file_of, makes
from tests.commands.test_circle_calendar import read as feed

BERLIN = ZoneInfo("Europe/Berlin")
GAP = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
"""02:30 in Berlin does not happen: it is 03:30."""
TWICE = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
"""02:30 in Berlin happens twice: it is the first."""
SUNDAYS = (GAP, *(datetime(2027, month, day, 0, 30, tzinfo=UTC) for month, day in ((4, 25), (5, 30), (6, 27))))
FAR = datetime(2028, 1, 1, tzinfo=UTC)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


def by_post(there: Desk, post: Shown) -> datetime:
    """Return when a post says that it is, of which its own clock and UTC are one instant."""
    (wall,) = [line.removesuffix(", Europe/Berlin") for line in post.lines if line.endswith(", Europe/Berlin")]
    (utc,) = [line.removesuffix(" UTC") for line in post.lines if line.endswith(" UTC")]
    at = place(read(utc), there.now, "UTC").at
    assert place(read(wall), there.now, "Europe/Berlin").at == at
    return at


def by_note(shown: Shown) -> datetime:
    """Return when a private note says that it is."""
    found = re.search(r": (\w+, .+), Europe/Berlin\.", shown.words)
    assert found is not None, shown.words
    return place(read(found[1]), shown.at, "Europe/Berlin").at


async def by_feed(there: Desk, token: str) -> list[datetime]:
    """Return when a feed says that it is, from now on, as two programs read it that are not ours."""

    calendar = await feed(there, token)
    assert calendar is not None
    words = there.calendars.write(calendar, there.now)
    found = by_recurring_ical_events(words, there.now, FAR)
    assert by_vobject(words, there.now, FAR) == found
    return found


async def test_through_a_gap_and_a_fold_all_say_one_instant(there: Desk) -> None:
    await plan(there, meets="every last sunday 02:30", rhythm="", zone="Europe/Berlin", length="30")
    await there.ask("alder", "mine language", {"language": "en", "zone": "Europe/Berlin"})
    await says(there, "alder", "every")
    await says(there, "alder", "remind")
    _, token = await makes(there, "alder")
    said: list[datetime] = []
    while not said or said[-1] < TWICE:
        at = by_post(there, posts(there)[-1])
        body, _ = await file_of(there, await there.ask("alder", "circle calendar"))
        assert by_recurring_ical_events(body, there.now, FAR) == by_vobject(body, there.now, FAR) == [at]
        fed = await by_feed(there, token)
        assert fed[0] == at
        assert [one.astimezone(BERLIN).time() for one in fed[1:]] == [datetime(2027, 1, 1, 2, 30).time()] * len(fed[1:])  # noqa: DTZ001 - local
        await there.wind_to(at + timedelta(minutes=40))
        note = told(there, "alder", "circle-note")[-1]
        assert (note.at, by_note(note)) == (at - timedelta(hours=1), at)
        begun = [shown.at for shown in hall(there) if "circle-begun" in shown]
        assert begun[-1] == at
        said.append(at)
    assert tuple(said[:4]) == SUNDAYS
    assert said[-1] == TWICE
