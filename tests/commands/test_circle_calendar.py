"""Circles in a member's own calendar: a file of one meeting, and an address that tells what they come to."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.contract.calendar import Calendar
from bot.contract.facts import Right, Unreachable
from bot.contract.place import Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Community
from tests.calendar.reading import parsed
from tests.commands.circle_scene import TITLE, hall, held, plan, posts, says
from tests.commands.desk import MEMBERS, MODERATOR, SPEAKER, Desk, Shown, desk, member

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


async def read(there: Desk, token: str) -> Calendar | None:
    """Return what a program gets that reads an address."""
    return await there.calendars._read(token)


async def events(there: Desk, token: str) -> list[Any]:
    """Return what stands in a feed, as another program reads it."""
    calendar = await read(there, token)
    assert calendar is not None
    return parsed(there.calendars.write(calendar, there.now))


async def stands(there: Desk, token: str) -> list[tuple[str, str, str]]:
    """Return what stands in a feed: title, when, and how it repeats."""

    return [
        (
            one["SUMMARY"],
            one["DTSTART"].to_ical().decode(),
            one["RRULE"].to_ical().decode() if "RRULE" in one else "",
        )
        for one in await events(there, token)
    ]


async def dead(there: Desk, token: str) -> bool:
    return await read(there, token) is None


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
    calendar = await read(there, token)
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


# What is called off


async def agreed(there: Desk, what: str, **args: str) -> None:
    """Let alder wish a change of all meetings, and rowan make it, who comes."""
    await says(there, "rowan", "come")
    await says(there, "alder", what, **args)
    wish = next(one for one in reversed(hall(there)) if "circle-second" in one)
    assert "refusal" not in str((await there.press("rowan", wish, "circle.agree", here=True)).ids)


def said(one: Any) -> tuple[str, str, str]:
    """Return whether it takes place, when, and how it repeats."""
    rule = one["RRULE"].to_ical().decode() if "RRULE" in one else ""
    return one["STATUS"], one["DTSTART"].to_ical().decode(), rule


async def kept(there: Desk) -> dict[str, set[str]]:
    """Return of whom it is kept that they come."""

    def look(tx: WorkTx) -> dict[str, set[str]]:
        names = (*MEMBERS, MODERATOR)
        return {
            "circle_regular": {name for name in names if tx.circles.regular_in(member(name))},
            "circle_answer": {name for name in names if tx.circles.answers_of(member(name))},
        }

    return await there.read(look)


async def test_a_circle_that_ended_is_called_off_in_every_feed_it_stood_in_while_it_is_kept(there: Desk) -> None:
    await plan(there)
    tokens = {name: (await makes(there, name))[1] for name in ("alder", "rowan", "hazel")}
    await says(there, "rowan", "come")
    for name in ("alder", "birch"):
        await says(there, name, "every")
    await there.wind(days=8)
    await says(there, "rowan", "come")
    before = {name: await events(there, token) for name, token in tokens.items()}
    assert [said(one) for one in before["alder"]] == [("CONFIRMED", "20270311T190000Z", "FREQ=WEEKLY")]
    await agreed(there, "end")
    after = {name: await events(there, token) for name, token in tokens.items()}
    # What took place stays so; what was to come is called off, under the name by which calendars know it.
    assert [said(one) for one in after["alder"]] == [("CANCELLED", "20270318T190000Z", "FREQ=WEEKLY")]
    assert [said(one) for one in after["rowan"]] == [("CANCELLED", "20270318T190000Z", "")]
    assert after["hazel"] == []
    for name in ("alder", "rowan"):
        ((one,), (off,)) = before[name], after[name]
        assert one["UID"] == off["UID"]
        assert off["SEQUENCE"] > one["SEQUENCE"]
    # Of who has no feed nothing is kept.
    assert await kept(there) == {"circle_regular": {"alder"}, "circle_answer": {"alder", "rowan"}}
    await there.wind(days=29)
    assert [said(one)[0] for one in await events(there, tokens["alder"])] == ["CANCELLED"]
    await there.wind(days=2)
    assert [await events(there, token) for token in tokens.values()] == [[], [], []]
    for table in ("circle", "circle_meeting", "circle_regular", "circle_answer"):
        assert there.rows()[table] == ()


async def test_a_rule_that_is_over_calls_off_nothing_that_took_place(there: Desk) -> None:
    await plan(there, meets="FREQ=WEEKLY;COUNT=3 19:00", rhythm="")
    _, token = await makes(there, "alder")
    await says(there, "alder", "every")
    await there.wind(days=40)
    assert await stands(there, token) == []
    assert there.rows()["circle_regular"] == ()


async def test_what_is_left_of_a_rule_that_ends_by_number_is_called_off_and_no_more(there: Desk) -> None:
    await plan(there, meets="FREQ=WEEKLY;COUNT=3 19:00", rhythm="")
    _, token = await makes(there, "alder")
    await says(there, "alder", "every")
    await there.wind(days=1)
    await agreed(there, "end")
    (off,) = await events(there, token)
    assert said(off)[0::2] == ("CANCELLED", "FREQ=WEEKLY;COUNT=2")


async def test_the_last_meeting_of_a_rule_stays_called_off_where_it_was_skipped_or_moved_to(there: Desk) -> None:
    await plan(there, meets="FREQ=WEEKLY;COUNT=2 19:00", rhythm="")
    _, token = await makes(there, "alder")
    await says(there, "alder", "every")
    await there.wind(days=1)
    (meeting,) = await events(there, token)
    day = (await held(there))[1].day
    await says(there, "alder", "move-one", when=f"{day + timedelta(days=2)} 20:30")
    await says(there, "alder", "skip-one")
    whole, off = await events(there, token)
    assert (whole["STATUS"], said(off)[0], off["DTSTART"].dt.day) == ("CANCELLED", "CANCELLED", day.day + 2)
    assert whole["UID"] == off["UID"] == meeting["UID"]
    assert whole["RRULE"]["COUNT"] == [1]


async def test_a_meeting_that_is_skipped_stays_called_off_in_the_feed_of_who_came_to_it_alone(there: Desk) -> None:
    await plan(there)
    _, token = await makes(there, "rowan")
    await says(there, "rowan", "maybe")
    await says(there, "birch", "come")
    (one,) = await events(there, token)
    await says(there, "birch", "skip-one")
    (off,) = await events(there, token)
    assert said(off) == ("CANCELLED", "20270311T190000Z", "")
    assert (off["UID"], off["SEQUENCE"] > one["SEQUENCE"]) == (one["UID"], True)
    assert len(there.rows()["circle_answer"]) == 1
    assert "You have not answered" in (await there.press("rowan", posts(there)[-1], "circle.more", here=True)).words
    await there.wind(days=9)
    assert await stands(there, token) == []
    assert there.rows()["circle_answer"] == ()


async def test_what_is_kept_for_a_feed_goes_with_it(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "hazel"):
        await makes(there, name)
    shown, token = await makes(there, "rowan")
    await says(there, "hazel", "every")
    await says(there, "alder", "every")
    await says(there, "rowan", "come")
    await agreed(there, "end")
    assert len(await events(there, token)) == 1
    await there.ask("rowan", "circle plan", {"title": "Tea", "meets": "fri 19:30", "rhythm": "weekly"}, here=True)
    await says(there, "rowan", "every")
    await there.press("rowan", shown, "circle.no-feed")
    await there.ask("hazel", "circle.no-feed")
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    # What goes on is theirs as before.
    assert await kept(there) == {"circle_regular": {"rowan"}, "circle_answer": {"rowan"}}


async def test_what_meets_on_another_day_now_is_called_off_where_it_stood(there: Desk) -> None:
    await plan(there)
    tokens = {name: (await makes(there, name))[1] for name in ("alder", "hazel")}
    await says(there, "hazel", "come")
    await says(there, "alder", "every")
    before = {name: await events(there, token) for name, token in tokens.items()}
    file = (await there.press("hazel", posts(there)[-1], "circle.more", here=True)).choice("circle.file")
    await agreed(there, "shift", meets="every friday 20:00")
    (whole,) = await events(there, tokens["alder"])
    assert said(whole) == ("CONFIRMED", "20270305T200000Z", "FREQ=WEEKLY;BYDAY=FR")
    assert whole["UID"] == before["alder"][0]["UID"]
    assert whole["SEQUENCE"] > before["alder"][0]["SEQUENCE"]
    (off,) = await events(there, tokens["hazel"])
    assert (said(off), off["UID"]) == (("CANCELLED", "20270311T190000Z", ""), before["hazel"][0]["UID"])
    assert off["SEQUENCE"] > before["hazel"][0]["SEQUENCE"]
    got = await there.ask("hazel", "circle.file", subject=file.subject)
    assert got.card is not None
    assert got.card.document is not None
    (filed,) = parsed(got.card.document.body)
    assert (said(filed), filed["UID"]) == (said(off), off["UID"])
    # Put back, it takes place.
    await agreed(there, "shift", meets="every thursday 20:00")
    await there.wind_to(there.now + timedelta(hours=1))
    assert "Thursday, 4 March, 20:00" in posts(there)[-1].words
    await there.wind(days=1)
    assert "Thursday, 11 March, 20:00" in posts(there)[-1].words


async def test_what_meets_once_and_is_put_to_another_day_is_the_same_to_a_calendar(there: Desk) -> None:
    await plan(there, rhythm="once")
    _, token = await makes(there, "hazel")
    await says(there, "hazel", "come")
    (one,) = await events(there, token)
    await says(there, "alder", "come")
    await agreed(there, "shift", meets="2027-03-12 19:00")
    (off,) = await events(there, token)
    assert (said(off), off["UID"]) == (("CANCELLED", "20270311T190000Z", ""), one["UID"])
    await says(there, "hazel", "come")
    (new,) = await events(there, token)
    assert (said(new), new["UID"]) == (("CONFIRMED", "20270312T190000Z", ""), one["UID"])


# Whoever left


async def test_who_left_a_community_sees_nothing_of_its_circles_and_has_no_feed_without_any(there: Desk) -> None:
    await plan(there)
    _, token = await makes(there, "alder")
    await says(there, "alder", "every")
    assert len(await stands(there, token)) == 1
    await there.wind(minutes=2)
    there.platform.away = True
    before = there.rows()
    with pytest.raises(Unreachable):
        await read(there, token)
    assert there.rows() == before
    there.platform.away = False
    there.becomes("alder", right=Right.NONE)
    assert await dead(there, token)
    assert there.rows()["calendar_feed"] == ()
    there.becomes("alder", right=Right.MEMBER)
    assert await dead(there, token)


async def test_of_communities_only_those_are_in_it_where_its_owner_is_a_member(there: Desk) -> None:
    await plan(there)
    circle, _ = await held(there)
    _, token = await makes(there, "alder")
    await says(there, "alder", "every")

    def elsewhere(tx: WorkTx) -> None:
        tx.communities.add(Community("other", there.now), Space("local", "glade"))
        tx.circles.put(replace(circle, id="other", community="other", minutes=30))
        tx.circles.come_regularly("other", member("alder"), there.now)

    await there.write(elsewhere)
    (one,) = await events(there, token)
    assert one["DURATION"].dt == circle.length
