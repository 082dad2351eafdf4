"""Circles after the bot was down: one message a person at most, what is late says so, what is over is passed over."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands.circle_scene import hall, plan, posts, says, told
from tests.commands.desk import START, Desk, desk

AT = START + timedelta(days=7, hours=7)
WEEK = timedelta(days=7)
NEW_YORK = datetime(2027, 3, 14, 7, tzinfo=UTC)
"""When New York sets its clocks."""
BERLIN = datetime(2027, 3, 28, 1, tzinfo=UTC)
"""When Berlin does."""


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def down_until(there: Desk, at: datetime) -> None:
    """Let time pass in which the bot is not running."""
    there.clock.set(at)
    await there.settle()


async def abroad(there: Desk, *titles: str) -> None:
    """Let alder, who lives in New York, come to circles that are at home in Berlin."""
    await there.ask("alder", "mine language", zone="America/New_York", language="en")
    for title in titles:
        await plan(there, title=title, zone="Europe/Berlin", meets="every thursday 19:00", rhythm="")
        await says(there, "alder", "every")


async def test_words_of_clocks_and_notes_that_are_late_are_one_message(there: Desk) -> None:
    await abroad(there, "One", "Two", "Three")
    await plan(there, title="Late", meets="2027-03-17 11:00", rhythm="once", length="240")
    await says(there, "alder", "remind")
    before = len(there.sent_to("alder"))
    await down_until(there, datetime(2027, 3, 17, 12, tzinfo=UTC))
    (late,) = there.sent_to("alder")[before:]
    assert (
        late.ids.count("circle-note-late") == late.ids.count("circle-late") == late.ids.count("circle-clocks-you") == 1
    )
    assert late.words.count("because I was not running") == 2
    await there.wind(days=3)
    assert len(there.sent_to("alder")) == before + 1


async def test_one_clock_change_is_one_message_however_many_circles(there: Desk) -> None:
    await abroad(there, "One", "Two", "Three", "Four", "Five")
    await there.wind(days=14)
    (word,) = there.sent_to("alder")
    assert word.ids == ("circle-clocks-you", "circle-day", "note-stop")
    assert "circle-late" not in word
    profile = await there.profile("alder")
    assert profile is not None
    assert profile.sent == 1


async def test_what_changes_differently_is_said_of_each(there: Desk) -> None:
    await abroad(there, "One")
    await plan(there, title="Two", zone="Europe/Berlin", meets="every friday 20:30", rhythm="")
    await says(there, "alder", "every")
    await there.wind(days=14)
    (word,) = there.sent_to("alder")
    assert "14:00" in word.words
    assert "15:30" in word.words


async def test_a_clock_change_that_is_over_is_passed_over(there: Desk) -> None:
    await abroad(there, "One")
    await down_until(there, BERLIN + timedelta(hours=1))
    assert there.sent_to("alder") == ()


async def test_next_notes_that_are_late_as_well_are_in_the_same_message(there: Desk) -> None:
    for number in range(3):
        await plan(there, title=f"{number}", meets=f"every day 19:{number}0", rhythm="", length="60")
        await says(there, "alder", "remind")
    before = len(there.sent_to("alder"))
    await down_until(there, AT - timedelta(minutes=30))
    (late,) = there.sent_to("alder")[before:]
    assert late.ids.count("circle-note-late") == 3
    await there.wind(hours=2)
    assert len(there.sent_to("alder")) == before + 1


async def test_late_notes_come_though_the_budget_of_the_day_is_spent(there: Desk) -> None:
    await there.ask("alder", "mine limits", budget="0")
    await plan(there)
    await says(there, "alder", "remind")
    await down_until(there, AT + timedelta(minutes=10))
    assert [one.at for one in told(there, "alder", "circle-note-late")] == [there.now]


async def test_down_for_an_hour_over_the_time_of_a_note(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "remind")
    await there.wind_to(AT - timedelta(minutes=65))
    await down_until(there, AT - timedelta(minutes=5))
    (late,) = told(there, "alder", "circle-note-late")
    assert "it began" not in late.words
    await there.wind_to(AT + timedelta(hours=3))
    assert [one for one in hall(there) if "circle-begun" in one]
    assert [one for one in hall(there) if "circle-closing" in one]
    assert told(there, "alder", "circle-note") == []


async def test_down_while_clocks_skip_the_time_of_a_note_and_of_its_meeting(there: Desk) -> None:
    await plan(there, meets="every sunday 02:30", rhythm="", zone="Europe/Berlin", length="30")
    await says(there, "alder", "every")
    await says(there, "alder", "remind")
    await there.wind_to(BERLIN - timedelta(hours=5))
    notes = len(told(there, "alder", "circle-note"))
    # 02:30 is skipped: it starts at 03:30, at 01:30 UTC, and its note was due at 01:30 there, at 00:30 UTC.
    await down_until(there, BERLIN + timedelta(minutes=40))
    (late,) = told(there, "alder", "circle-note-late")
    assert "it began" in late.words
    assert "until 04:00" in hall(there)[-1].words
    await there.wind(days=8)
    assert [one.at for one in told(there, "alder", "circle-note")[notes:]] == [BERLIN + WEEK - timedelta(minutes=90)]
    assert "Sunday, 11 April, 02:30" in posts(there)[-1].words


@pytest.mark.parametrize(("minutes", "closes"), [(10, True), (20, False)])
async def test_what_was_not_opened_is_not_closed(there: Desk, minutes: int, closes: bool) -> None:
    await plan(there, length="15")
    await down_until(there, AT + timedelta(minutes=minutes))
    await there.wind_to(AT + timedelta(minutes=40))
    assert any("circle-begun" in one for one in hall(there)) is closes
    assert any("circle-closing" in one for one in hall(there)) is closes
    await there.wind_to(AT + WEEK + timedelta(hours=1))
    assert any("circle-begun" in one for one in hall(there))
    assert any("circle-closing" in one for one in hall(there)), "the next one is"


async def test_running_again_in_the_middle_of_a_meeting_it_is_neither_opened_nor_closed(there: Desk) -> None:
    await plan(there)
    await down_until(there, AT + timedelta(minutes=40))
    await there.wind_to(AT + timedelta(hours=3))
    assert not any(one in shown for shown in hall(there) for one in ("circle-begun", "circle-closing"))
    assert len(posts(there)) == 1
