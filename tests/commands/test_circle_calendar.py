"""Circles in a member's own calendar: a file of one meeting, and an address that tells what they come to."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.contract.calendar import Calendar
from bot.contract.facts import Right
from commands.circle_feed import calendar_of
from tests.calendar.reading import parsed
from tests.commands.circle_scene import TITLE, held, plan, posts, says
from tests.commands.desk import SPEAKER, Desk, Shown, desk, member

ADDRESS = re.compile(r"https://example\.org/calendar/([A-Za-z0-9_-]{43})\.ics")


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def makes(there: Desk, name: str) -> tuple[Shown, str]:
    """Let somebody make an address, or a new one; return the card and the token."""
    shown = await there.press(name, await there.ask(name, "circle calendar"), "circle.feed")
    found = ADDRESS.search(shown.words)
    assert found is not None, shown.words
    return shown, found[1]


async def stands(there: Desk, token: str) -> list[tuple[str, str, str]]:
    """Return what stands in a feed: title, when, and how it repeats."""

    def work(calendar: Calendar | None) -> list[tuple[str, str, str]]:
        assert calendar is not None
        words = there.calendars.write(calendar, there.now)
        return [
            (
                one["SUMMARY"],
                one["DTSTART"].to_ical().decode(),
                one["RRULE"].to_ical().decode() if "RRULE" in one else "",
            )
            for one in parsed(words)
        ]

    return work(await there.read(lambda tx: calendar_of(tx, token)))


async def dead(there: Desk, token: str) -> bool:
    return await there.read(lambda tx: calendar_of(tx, token)) is None


# Files


async def test_a_file_of_a_meeting_says_when_and_nothing_else(there: Desk) -> None:
    await plan(there)
    shown = await there.ask("alder", "circle calendar")
    assert "1. Quiet evening: Thursday, 11 March, 19:00" in shown.words
    before = there.rows()
    got = await there.press("alder", shown, "circle.file")
    assert there.rows() == before, "who takes a file is nowhere"
    assert got.card is not None
    assert got.card.document is not None
    assert (got.card.document.name, got.card.document.media_type) == ("meeting.ics", "text/calendar")
    (one,) = parsed(got.card.document.body)
    assert (one["SUMMARY"], one["DTSTART"].to_ical(), one["STATUS"]) == ("Meeting", b"20270311T190000Z", "CONFIRMED")
    assert TITLE not in got.card.document.body
    circle, meeting = await held(there)
    assert circle.id not in got.card.document.body
    assert meeting.id not in got.card.document.body


async def test_the_file_of_a_meeting_that_is_called_off_calls_it_off(there: Desk) -> None:
    await plan(there)
    shown = await there.ask("alder", "circle calendar")
    (first,) = parsed((await file_of(there, shown))[0])
    await says(there, "birch", "come")
    await says(there, "birch", "skip-one")
    (off,) = parsed((await file_of(there, shown))[0])
    assert (off["UID"], off["STATUS"]) == (first["UID"], "CANCELLED")
    assert off["SEQUENCE"] > first["SEQUENCE"]


async def test_see_more_of_a_meeting_offers_the_same_file(there: Desk) -> None:
    await plan(there)
    (whole,) = parsed((await file_of(there, await there.ask("alder", "circle calendar")))[0])
    more = await there.press("alder", posts(there)[-1], "circle.more", here=True)
    assert SPEAKER.plain(more.choice("circle.file").label, "en") == "Get its calendar file"
    before = there.rows()
    assert parsed((await file_of(there, more))[0]) == [whole]
    assert there.rows() == before


async def file_of(there: Desk, shown: Shown) -> tuple[str, Shown]:
    got = await there.press("alder", shown, "circle.file")
    assert got.card is not None
    assert got.card.document is not None, got.ids
    return got.card.document.body, got


async def test_there_is_no_file_of_a_meeting_that_is_over_or_for_who_is_no_member(there: Desk) -> None:
    await plan(there)
    shown = await there.ask("alder", "circle calendar")
    there.becomes("alder", right=Right.NONE)
    await there.wind(hours=1)
    before = there.rows()
    assert "refusal-right-member" in await there.press("alder", shown, "circle.file")
    assert there.rows() == before
    there.becomes("alder", right=Right.MEMBER)
    await there.wind(days=8)
    before = there.rows()
    assert "refusal-circle-over" in await there.press("alder", shown, "circle.file")
    assert there.rows() == before


async def test_without_circles_there_is_the_address_alone(there: Desk) -> None:
    shown = await there.ask("alder", "circle calendar")
    assert shown.actions == ("circle.feed",)
    assert "circle-calendar" not in shown


async def test_where_addresses_are_not_switched_on_there_are_files_alone(tmp_path: Path) -> None:
    async with desk(tmp_path, feeds=False) as there:
        assert "circle-none" in await there.ask("alder", "circle calendar")
        await plan(there)
        shown = await there.ask("alder", "circle calendar")
        assert shown.actions == ("circle.file",)
        assert "circle-feed" not in shown
        before = there.rows("seen")
        assert "refusal-circle-feeds" in await there.ask("alder", "circle.feed")
        assert there.rows("seen") == before


# The feed


async def test_what_a_member_comes_to_stands_in_it_and_nothing_else(there: Desk) -> None:
    await plan(there)
    _, token = await makes(there, "alder")
    assert await stands(there, token) == []
    await says(there, "alder", "maybe")
    assert await stands(there, token) == [("Meeting", "20270311T190000Z", "")]
    await says(there, "alder", "every")
    assert await stands(there, token) == [("Meeting", "20270311T190000Z", "FREQ=WEEKLY")]
    await says(there, "alder", "skip")
    calendar = await there.read(lambda tx: calendar_of(tx, token))
    assert calendar is not None
    assert [sorted(event.left_out) for event in calendar.events] == [[(await held(there))[1].day]]
    await says(there, "alder", "not-every")
    assert await stands(there, token) == []


async def test_who_waits_for_a_seat_has_no_meeting_in_it(there: Desk) -> None:
    await plan(there, seats="2")
    for name in ("birch", "rowan", "alder"):
        await says(there, name, "come")
    _, token = await makes(there, "alder")
    assert await stands(there, token) == []


async def test_a_new_address_kills_the_one_before(there: Desk) -> None:
    first, token = await makes(there, "alder")
    assert "circle-feed-anew" not in first
    before = await there.read(lambda tx: tx.feeds.of_member(member("alder")))
    shown, other = await makes(there, "alder")
    assert "circle-feed-anew" in shown
    assert await dead(there, token)
    assert not await dead(there, other)
    assert before != await there.read(lambda tx: tx.feeds.of_member(member("alder")))


async def test_an_address_is_said_once_and_kept_nowhere(there: Desk) -> None:
    _, token = await makes(there, "alder")
    assert token not in str(there.rows())
    shown = await there.ask("alder", "circle calendar")
    assert shown.actions == ("circle.feed", "circle.feed-names", "circle.no-feed")
    assert ADDRESS.search(shown.words) is None
    for file in there.path.parent.iterdir():
        assert token.encode() not in file.read_bytes()


async def test_names_stand_in_it_where_its_owner_wishes_and_stay_with_a_new_address(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "come")
    shown, token = await makes(there, "alder")
    assert "by their names" in (await there.press("alder", shown, "circle.feed-names")).words
    assert [title for title, *_ in await stands(there, token)] == [TITLE]
    shown, token = await makes(there, "alder")
    assert [title for title, *_ in await stands(there, token)] == [TITLE]
    body, _ = await file_of(there, await there.ask("alder", "circle calendar"))
    assert TITLE in body
    assert "have no name" in (await there.press("alder", shown, "circle.feed-names")).words
    assert [title for title, *_ in await stands(there, token)] == ["Meeting"]


async def test_switched_off_it_is_dead_and_cannot_be_changed(there: Desk) -> None:
    shown, token = await makes(there, "alder")
    _, others = await makes(there, "birch")
    assert "circle-feed-gone" in await there.press("alder", shown, "circle.no-feed")
    assert await dead(there, token)
    assert not await dead(there, others)
    before = there.rows("seen")
    assert "refusal-circle-feed-gone" in await there.press("alder", shown, "circle.feed-names")
    assert there.rows("seen") == before
    assert "circle-feed-gone" in await there.press("alder", shown, "circle.no-feed")


async def test_it_is_dead_once_its_owner_is_forgotten(there: Desk) -> None:
    _, token = await makes(there, "alder")
    _, others = await makes(there, "birch")
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    assert await dead(there, token)
    assert not await dead(there, others)


async def test_it_speaks_the_language_of_its_owner(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "come")
    await there.ask("alder", "mine language", {"language": "de", "zone": "Europe/Berlin"})
    shown = await there.ask("alder", "circle calendar")
    token = (await there.press("alder", shown, "circle.feed")).words
    found = ADDRESS.search(token)
    assert found is not None
    assert [title for title, *_ in await stands(there, found[1])] == ["Treffen"]
