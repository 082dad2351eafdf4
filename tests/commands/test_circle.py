"""Circles: planned as people type, posted, started and closed; and nothing left of who came."""

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.contract.agreements import Agreement, Home, Reminder, Version
from bot.contract.facts import Right
from bot.contract.params import Raw
from bot.contract.place import Room
from bot.contract.ports import Capability
from bot.contract.queues import WorkTx
from bot.domain import circle as life
from bot.domain.agreement import ADOPTED
from tests.commands.circle_scene import TITLE, answers, hall, held, plan, posts, says, told
from tests.commands.desk import HALL, MODERATOR, START, Desk, desk

AT = START + timedelta(days=7, hours=7)
"""When the first meeting starts."""
WEEK = timedelta(days=7)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("given", "says_", "days"),
    [
        ({"meets": "2027-03-11 19:00"}, "Thursday, 11 March 2027, 19:00, UTC, in 7 days", ""),
        ({"meets": "2028-01-05 19:00"}, "Wednesday, 5 January 2028, 19:00, UTC, in 307 days", ""),
        ({"meets": "Thu 4 Mar 2027 19:00"}, "Thursday, 4 March 2027, 19:00, UTC, today", ""),
        ({"meets": "tomorrow 19:30"}, "Friday, 5 March 2027, 19:30, UTC, tomorrow", ""),
        ({"meets": "in 3 hours"}, "Thursday, 4 March 2027, 15:00, UTC, today", ""),
        (
            {"meets": "every tuesday 19:30", "zone": "Europe/London"},
            "Tuesday, 9 March 2027, 19:30, Europe/London, in 5 days",
            "Every week. Then: Tuesday, 16 March",
        ),
        ({"meets": "every other thursday 19:30"}, "Thursday, 4 March", "Every two weeks. Then: Thursday, 18 March"),
        ({"meets": "every day 19:30"}, "Thursday, 4 March", "Every day. Then: Friday, 5 March"),
        ({"meets": "FREQ=MONTHLY;BYDAY=2TU 19:30"}, "Tuesday, 9 March", "Then: Tuesday, 13 April"),
        ({"meets": "fri 19:30", "rhythm": "monthly"}, "Friday, 5 March", "Then: Friday, 2 April"),
        (
            {"meets": "2027-03-28 02:30", "zone": "Europe/Berlin"},
            "Sunday, 28 March 2027, 03:30",
            "skip the time you wrote",
        ),
    ],
)
async def test_a_circle_is_echoed_in_full_and_nothing_is_planned_until_it_is_confirmed(
    there: Desk, given: dict[str, str], says_: str, days: str
) -> None:
    before = there.rows()
    shown = await there.send(there.intent("birch", "circle plan", {"title": TITLE, **given}, here=True))
    assert says_ in shown.words
    assert days in shown.words
    assert TITLE in shown.words
    assert there.rows() == before
    assert "circle-planned" in await there.press("birch", shown, "draft.use", here=True)
    assert len(posts(there)) == 1


async def test_a_day_and_an_hour_are_picked_from_menus_and_echoed_as_if_they_were_written(there: Desk) -> None:
    before = there.rows()
    picked = {"title": TITLE, "weekday": "tue", "hour": "7", "rhythm": "fortnightly", "zone": "Europe/London"}
    echo = await there.send(there.intent("birch", "circle pick", picked, here=True))
    assert "Tuesday, 9 March 2027, 07:00, Europe/London, in 5 days, for 90 minutes" in echo.words
    assert "Every two weeks. Then: Tuesday, 23 March" in echo.words
    assert there.rows() == before
    assert "circle-planned" in await there.press("birch", echo, "draft.use", here=True)
    assert "Tuesday, 9 March, 07:00, Europe/London" in posts(there)[-1].words


async def test_an_hour_that_has_passed_today_is_that_of_the_same_day_in_a_week(there: Desk) -> None:
    for hour, day in (("13", "Thursday, 4 March 2027, 13:00"), ("11", "Thursday, 11 March 2027, 11:00")):
        picked = {"title": TITLE, "weekday": "thu", "hour": hour}
        assert day in (await there.send(there.intent("birch", "circle pick", picked, here=True))).words


@pytest.mark.parametrize("wrong", [{"weekday": "someday"}, {"hour": "24"}, {"hour": "7 pm"}, {"weekday": ""}])
async def test_what_no_menu_offers_plans_nothing(there: Desk, wrong: dict[str, str]) -> None:
    before = there.rows("seen")
    picked = {"title": TITLE, "weekday": "tue", "hour": "19", **wrong}
    answer = await there.send(there.intent("birch", "circle pick", picked, here=True))
    assert any(id_.startswith("refusal-") for id_ in answer.ids), answer.ids
    assert there.rows("seen") == before


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"meets": "every tuesday 19:30", "rhythm": "weekly"}, "refusal-circle-two-rhythms"),
        ({"meets": "biweekly tuesday 19:30"}, "refusal-rhythm-either"),
        ({"meets": "every other tuesday at 7"}, "refusal-clock-either"),
        ({"meets": "Fri 11 March 2027 19:00"}, "refusal-when-weekday"),
        ({"meets": "2027-03-01 19:00"}, "refusal-when-past"),
        ({"meets": ""}, "refusal-param-missing"),
        ({"meets": "tuesday"}, "refusal-when-unknown"),
        ({"length": "5"}, "refusal-number-between"),
    ],
)
async def test_what_cannot_be_planned_says_why(there: Desk, given: dict[str, str], refused: str) -> None:
    before = there.rows()
    args = {"title": TITLE, "meets": "fri 19:30", **given}
    assert refused in await there.ask("birch", "circle plan", args, here=True)
    assert there.rows() == before


async def test_a_time_that_is_no_words_is_refused(there: Desk) -> None:
    before = there.rows()
    args: dict[str, Raw] = {"title": TITLE, "meets": HALL}
    assert "refusal-when-unknown" in await there.ask("birch", "circle plan", args, here=True)
    assert there.rows() == before


async def test_it_is_posted_where_it_is_planned_or_in_the_room_for_circles(there: Desk) -> None:
    given = {"title": TITLE, "meets": "fri 19:30"}
    before = there.rows()
    assert "refusal-circle-nowhere" in await there.ask("birch", "circle plan", given)
    assert there.rows() == before
    room, community = Room("local", "circles"), await there.community()
    await there.write(lambda tx: tx.communities.set_room(community, "circles", room))
    await there.ask("birch", "circle plan", given)
    assert [place for place, shown in there.platform.posts.values() if "circle-asks" in shown] == [room]
    there.platform.lacks = {"write"}
    await there.wind(minutes=1)
    before = there.rows("outbox", "seen")
    assert "circle-cannot" in await there.ask("birch", "circle plan", given, here=True)
    assert there.rows("outbox", "seen") == before


async def test_there_are_so_many_circles_and_no_more(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(life, "MOST", 1)
    await plan(there)
    before = there.rows()
    answer = await there.ask("birch", "circle plan", {"title": "Books", "meets": "fri 19:30"}, here=True)
    assert "refusal-circle-many" in answer
    assert there.rows() == before


async def test_a_post_says_the_circles_own_time_and_that_in_utc(there: Desk) -> None:
    post = await plan(there, zone="America/New_York", meets="every thursday 19:00", rhythm="")
    assert "Thursday, 4 March, 19:00, America/New_York" in post.words
    assert "Friday, 5 March, 00:00 UTC" in post.words


async def test_a_post_says_each_readers_own_time_where_that_can_be(there: Desk) -> None:
    there.platform.capabilities |= {Capability.STAMPS}
    post = await plan(there)
    assert "circle-for-you" in post
    assert "circle-utc" not in post


async def test_a_meeting_starts_is_closed_and_the_next_is_posted_with_nobody_in_it(there: Desk) -> None:
    await plan(there, length="60")
    await says(there, "alder", "come")
    await there.wind_to(AT - timedelta(minutes=1))
    (post,) = posts(there)
    await there.wind_to(AT)
    assert posts(there) == []
    assert "circle-begun" in hall(there)[-1]
    assert "circle-opening" in hall(there)[-1]
    assert "refusal-circle-over" in await there.press("rowan", post, "circle.come", here=True)
    assert "circle-entry" in await there.ask("rowan", "circle list", here=True)
    assert (await there.ask("rowan", "circle list", here=True)).actions == ()
    await there.wind(minutes=60)
    assert "circle-closing" in hall(there)[-2]
    (post,) = posts(there)
    assert "Thursday, 18 March, 19:00" in post.words
    assert there.rows()["circle_answer"] == ()
    assert there.rows()["member"] == ()
    await there.wind_to(AT + WEEK)
    assert len([one for one in hall(there) if "circle-begun" in one]) == 2


async def test_it_opens_with_what_was_agreed_where_the_group_wishes_that(there: Desk) -> None:
    await plan(there)
    community = await there.community()

    def agree(tx: WorkTx) -> None:
        tx.agreements.put(Agreement("a" * 16, community, "Evenings"))
        version = Version("v" * 16, "a" * 16, 1, ADOPTED, ("We ask before giving advice.",), START, START)
        tx.agreements.write(version)
        tx.agreements.settle(Home("a" * 16, HALL))
        reminder = Reminder("r" * 16, "a" * 16, HALL, "", START.date(), time(19), "UTC", "turn", openings=True)
        tx.agreements.remind(reminder)

    await there.write(agree)
    await there.wind_to(AT)
    begun = next(one for one in hall(there) if "circle-begun" in one)
    assert "agreement-at-opening" in begun
    assert "We ask before giving advice." in begun.words


async def test_a_circle_without_words_only_begins_and_once_is_once(there: Desk) -> None:
    await plan(there, rhythm="once", speaks="no")
    assert "circle.every" not in posts(there)[-1].actions
    await there.wind_to(AT + timedelta(hours=2))
    said = [one.ids for one in hall(there) if "circle-begun" in one]
    assert said == [("circle-begun",)]
    assert not [one for one in hall(there) if "circle-closing" in one]
    assert posts(there) == []
    assert "circle-none" in await there.ask("birch", "circle list", here=True)
    assert there.rows()["agenda"] == ()
    await there.store.sweep(AT + timedelta(hours=1, days=31))
    assert there.rows()["circle"] == there.rows()["circle_meeting"] == ()


async def test_down_for_three_days_what_is_over_is_silent_and_the_next_is_posted(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "come")
    before = len(there.platform.said)
    there.clock.set(AT + timedelta(days=3))
    await there.settle()
    assert [shown.ids[0] for _, _, shown in there.platform.said[before:]] == ["circle-title"]
    assert "Thursday, 18 March" in posts(there)[-1].words
    assert there.rows()["circle_answer"] == ()


async def test_the_list_leads_to_each_circle_and_shows_nobody_who_comes(there: Desk) -> None:
    await plan(there)
    await plan(there, title="Books", rhythm="once")
    await says(there, "alder", "come")
    listed = await there.ask("rowan", "circle list", here=True)
    assert listed.ids.count("circle-entry") == 2
    assert listed.actions == ("circle.more", "circle.more")
    assert "alder" not in listed.words
    assert listed.card is not None
    more = await there.ask("rowan", "circle.more", subject=listed.card.choices[1].subject)
    assert "You have not answered" in more.words
    assert "alder" not in more.words
    await there.wind(minutes=1)
    there.becomes("rowan", right=Right.NONE)
    before = there.rows()
    assert "refusal-right-member" in await there.ask("rowan", "circle.more", subject=listed.card.choices[1].subject)
    assert "refusal-circle-over" in await there.ask("alder", "circle.more", subject="x" * 16)
    assert there.rows() == before


async def test_clocks_that_are_set_are_said_and_the_circle_keeps_to_its_own(there: Desk) -> None:
    await plan(there, zone="Europe/Berlin", meets="2027-03-25 19:00")
    assert "Clocks are set on 28 March. The circle keeps to its own time, 19:00." in posts(there)[-1].words
    await there.wind_to(START.replace(day=26))
    assert "17:00 UTC" in posts(there)[-1].words
    assert "circle-clocks" in posts(there)[-1]
    await plan(there, title="Night", zone="Europe/Berlin", meets="2027-03-28 02:30", rhythm="once")
    assert "skip 02:30" in posts(there)[-1].words
    await there.wind(days=3)
    await plan(there, title="Later", zone="Europe/Berlin", meets="2027-06-01 19:00", rhythm="once")
    assert "circle-clocks" not in posts(there)[-1]


async def test_once_clocks_are_set_a_post_says_nothing_of_them_any_more(there: Desk) -> None:
    await plan(there, zone="Europe/Berlin", meets="2027-03-25 19:00")
    await there.wind_to(START.replace(day=26))
    assert "circle-clocks" in posts(there)[-1]
    await there.wind_to(START.replace(day=28))
    await says(there, "alder", "host")
    assert "circle-clocks" not in posts(there)[-1]


async def test_who_planned_it_is_nowhere_and_it_outlives_them(there: Desk) -> None:
    await plan(there)
    assert there.rows()["member"] == ()
    asked = await there.ask("birch", "mine forget")
    assert "mine-data-nothing" in asked
    assert there.keys.seal_id(b"local\0birch") not in repr(there.rows()).encode()
    assert (await held(there))[0].title == TITLE


async def test_who_left_every_community_and_is_forgotten_leaves_their_seat_to_others(there: Desk) -> None:
    await plan(there, seats="2")
    for name in ("birch", "rowan", "alder"):
        await says(there, name, "come")
    assert await answers(there) == {"birch": "come", "rowan": "come", "alder": "wait"}
    await there.ask("rowan", "mine language", language="en")
    profile = await there.profile("rowan")
    assert profile is not None
    there.becomes("rowan", right=Right.NONE)
    await there.write(lambda tx: tx.agenda.put("peer.left", profile.id, there.now + timedelta(minutes=5)))
    await there.wind(minutes=4)
    assert len(await answers(there)) == 3
    await there.wind(minutes=2)
    assert set(await answers(there)) == {"birch", "alder"}
    assert len(told(there, "alder", "circle-offer")) == 1
    assert await there.profile("rowan") is None


async def test_switched_off_no_other_is_planned_and_what_is_there_goes_on(there: Desk) -> None:
    await plan(there)
    await there.ask(MODERATOR, "setup features", switch_off="circles")
    before = there.rows()
    refused = await there.ask("birch", "circle plan", {"title": "Books", "meets": "fri 19:30"}, here=True)
    assert "refusal-switched-off" in refused
    assert there.rows() == before
    assert "circle-comes" in await says(there, "alder", "come")
    assert await answers(there) == {"alder": "come"}


async def test_a_circle_whose_room_is_gone_ends_and_who_comes_hears_it_once(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "every")
    await says(there, "alder", "remind")
    listed = await there.ask("rowan", "circle roles")
    assert listed.card is not None
    coming = await there.press("rowan", listed, "circle.roles-for", listed.card.choices[2].subject)
    await there.press("rowan", coming, "circle.host")
    await says(there, "hazel", "come")
    there.platform.refuses["hall"] = "forbidden"
    await there.wind_to(AT + timedelta(hours=3))
    assert told(there, "alder", "circle-told-no-room") == [], "that may be mended"
    there.platform.refuses["hall"] = "gone"
    await there.wind(days=40)
    for name, times in (("alder", 1), ("rowan", 1), ("hazel", 0), ("birch", 0)):
        assert len(told(there, name, "circle-told-no-room")) == times
    assert "circle-none" in await there.ask("rowan", "circle list")
    assert there.rows()["circle_regular"] == there.rows()["circle_wish"] == there.rows()["circle_role"] == ()


@pytest.mark.parametrize("meets", ["FREQ=WEEKLY;COUNT=9 19:00", "FREQ=WEEKLY;COUNT=2 19:00"])
async def test_down_for_longer_than_meetings_are_kept_no_post_is_left_behind(there: Desk, meets: str) -> None:
    await plan(there, meets=meets, rhythm="")
    await says(there, "alder", "come")
    there.clock.set(START + timedelta(days=40))
    await there.store.sweep(there.now)
    await there.settle()
    assert there.rows()["circle_answer"] == ()
    assert [shown.lines[1] for shown in posts(there)] == (["Thursday, 15 April, 19:00, UTC"] if "=9" in meets else [])
    assert len(there.rows()["post"]) == len(posts(there))
    await there.store.sweep(there.now + timedelta(days=1))
    assert len(there.rows()["circle_meeting"]) == len(posts(there))
