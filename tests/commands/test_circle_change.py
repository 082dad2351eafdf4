"""Changing a circle: one meeting by its host, the series by two; who comes is told once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.contract.facts import Right
from tests.commands.circle_scene import answers, hall, held, plan, posts, says, told
from tests.commands.desk import MODERATOR, START, Desk, Shown, desk, member

AT = START + timedelta(days=7, hours=7)
WEEK = timedelta(days=7)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


def wish(there: Desk) -> Shown:
    """Return the card that asks for a second one."""
    return next(shown for shown in reversed(hall(there)) if "circle-second" in shown)


# One meeting


async def test_one_is_skipped_and_those_who_may_come_are_told_once(there: Desk) -> None:
    await plan(there)
    for name, what in (("alder", "come"), ("rowan", "maybe"), ("hazel", "every"), ("birch", "skip")):
        await says(there, name, what)
    await there.ask("rowan", "mine language", language="en")
    post = posts(there)[-1]
    assert "circle-done-skipped" in await says(there, "alder", "skip-one")
    for name, times in (("alder", 0), ("rowan", 1), ("hazel", 1), ("birch", 0)):
        assert len(told(there, name, "circle-told-skipped")) == times
    assert "circle-stop" in told(there, "hazel", "circle-told-skipped")[0]
    assert "note-stop" in told(there, "rowan", "circle-told-skipped")[0]
    assert any("circle-skipped-here" in one for one in hall(there))
    assert "Thursday, 18 March" in posts(there)[-1].words
    assert await answers(there) == {"hazel": "come"}
    assert "refusal-circle-over" in await there.press("birch", post, "circle.come", here=True)
    await there.wind_to(AT + timedelta(minutes=5))
    assert not [one for one in hall(there) if "circle-begun" in one]


async def test_whoever_is_told_is_told_by_a_clock_that_is_named(there: Desk) -> None:
    await plan(there, zone="America/New_York")
    await there.ask("rowan", "mine language", zone="Europe/Berlin", language="en")
    for name in ("alder", "rowan", "hazel"):
        await says(there, name, "every")
    await says(there, "alder", "move-one", when="2027-03-11 20:00")
    moved = told(there, "rowan", "circle-told-moved")[0].words
    assert "Friday, 12 March, 01:00, Europe/Berlin" in moved
    assert "Friday, 12 March, 02:00, Europe/Berlin" in moved
    moved = told(there, "hazel", "circle-told-moved")[0].words
    assert "Thursday, 11 March, 19:00, America/New_York" in moved
    assert "Thursday, 11 March, 20:00, America/New_York" in moved
    await says(there, "alder", "skip-one")
    assert "Friday, 12 March, 02:00, Europe/Berlin" in told(there, "rowan", "circle-told-skipped")[0].words
    assert "Thursday, 11 March, 20:00, America/New_York" in told(there, "hazel", "circle-told-skipped")[0].words
    await says(there, "alder", "shift", meets="every friday 19:00")
    await there.press("rowan", wish(there), "circle.agree", here=True)
    assert "19:00, America/New_York" in told(there, "hazel", "circle-told-shifted")[0].words


async def test_a_spent_budget_holds_back_nothing_that_would_be_told_too_late(there: Desk) -> None:
    await plan(there, meets="2027-03-04 19:00")
    for name in ("alder", "rowan"):
        await says(there, name, "come")
    await there.ask("rowan", "mine language", language="en")
    for minute in (10, 20, 30):
        await says(there, "alder", "move-one", when=f"2027-03-04 20:{minute}")
    await says(there, "alder", "move-one", when="2027-03-06 20:00")
    assert len(told(there, "rowan", "circle-told-moved")) == 4, "it would have begun today"
    await says(there, "alder", "move-one", when="2027-03-07 20:00")
    assert len(told(there, "rowan", "circle-told-moved")) == 4, "in the morning is in time"
    await says(there, "alder", "move-one", when="2027-03-04 20:00")
    await says(there, "alder", "skip-one")
    assert len(told(there, "rowan", "circle-told-skipped")) == 1


async def test_what_is_told_after_quiet_hours_is_told_as_what_has_been(there: Desk) -> None:
    await plan(there, meets="2027-03-04 17:00")
    for name in ("alder", "rowan"):
        await says(there, name, "come")
    await there.ask("rowan", "mine quiet", quiet_from="11:00", quiet_to="21:00")
    await says(there, "alder", "move-one", when="2027-03-04 19:00")
    await says(there, "alder", "skip-one")
    await there.wind_to(START + timedelta(hours=8))
    assert told(there, "rowan", "circle-told-skipped") == []
    await there.wind_to(START + timedelta(hours=10))
    (one,) = told(there, "rowan", "circle-told-skipped")
    assert "did not take place" in one.words
    assert "was moved before it began" in one.words


async def test_who_has_left_is_told_nothing(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan"):
        await says(there, name, "come")
    await there.wind(minutes=2)
    there.becomes("rowan", right=Right.NONE)
    await says(there, "alder", "skip-one")
    assert told(there, "rowan", "circle-told-skipped") == []


async def test_one_is_moved_answers_stay_and_notes_move_with_it(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan"):
        await says(there, name, "come")
    for name in ("rowan", "hazel"):
        await says(there, name, "remind")
    await says(there, "hazel", "skip")
    assert "circle-done-moved" in await says(there, "alder", "move-one", when="2027-03-12 18:00")
    assert "Friday, 12 March, 18:00" in posts(there)[-1].words
    assert await answers(there) == {"alder": "come", "rowan": "come"}
    (moved,) = told(there, "rowan", "circle-told-moved")
    assert moved.actions == ("circle.more",)
    assert told(there, "hazel", "circle-told-moved") == []
    await there.wind_to(AT + timedelta(hours=22, minutes=30))
    assert len(told(there, "rowan", "circle-note")) == 1
    assert told(there, "hazel", "circle-note") == []
    await there.wind_to(AT + timedelta(hours=26))
    assert len([one for one in hall(there) if "circle-begun" in one]) == 1
    assert "Thursday, 18 March, 19:00" in posts(there)[-1].words, "those after it stay"


@pytest.mark.parametrize(
    ("when", "refused"),
    [
        ("2027-03-18 19:00", "The one after it is 18 March, 19:00, UTC"),
        ("2027-03-18 18:30", "is over by then"),
        ("2027-03-18 17:30", "is over by then"),
        ("2027-03-01 10:00", "refusal-when-past"),
    ],
)
async def test_one_moves_only_so_far_that_it_is_over_before_the_one_after_it(
    there: Desk, when: str, refused: str
) -> None:
    await plan(there)
    before = there.rows()
    answer = await says(there, "alder", "move-one", when=when)
    assert refused in answer or refused in answer.words
    assert there.rows() == before


async def test_one_that_is_over_right_before_the_next_does_not_take_its_place(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "move-one", when="2027-03-18 17:29")
    await there.wind_to(AT + WEEK + timedelta(hours=2))
    assert [one.at for one in hall(there) if "circle-begun" in one] == [AT + WEEK - timedelta(minutes=91), AT + WEEK]


async def test_a_time_is_kept_to_the_minute_and_as_the_clock_on_the_wall_shows_it(there: Desk) -> None:
    there.clock.set(START + timedelta(seconds=43, microseconds=123456))
    await plan(there, meets="in 3 hours")
    circle, meeting = await held(there)
    assert (circle.wall, meeting.starts_at) == (time(15), START + timedelta(hours=3))
    await says(there, "alder", "move-one", when="in 5 hours")
    _, meeting = await held(there)
    assert (meeting.starts_at, meeting.moved_to) == (
        START + timedelta(hours=5),
        (START + timedelta(hours=5)).replace(tzinfo=None),
    )


async def test_of_a_time_that_clocks_show_twice_it_is_the_first(there: Desk) -> None:
    there.clock.set(datetime(2027, 10, 30, 12, tzinfo=UTC))
    await plan(there, meets="2027-10-31 19:00", zone="Europe/Berlin", rhythm="once")
    await there.wind_to(datetime(2027, 10, 31, 0, 15, tzinfo=UTC))
    _, meeting = await held(there)
    # In 75 minutes it is 02:30 for the second time there.
    intent = there.intent("alder", "circle.move-one", {"when": "in 75 minutes"}, subject=meeting.id)
    echo = await there.send(intent)
    assert "plan-shift" in echo
    await there.press("alder", echo, "draft.use")
    _, meeting = await held(there)
    assert meeting.starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert "it is the first" in posts(there)[-1].words
    before = there.rows()
    await there.wind_to(datetime(2027, 10, 31, 0, 29, tzinfo=UTC))
    assert "refusal-when-past" in await says(there, "alder", "move-one", when="in 50 minutes")
    assert there.rows()["circle_meeting"] == before["circle_meeting"]


async def test_a_move_says_what_clocks_do_and_is_looked_at_again_when_confirmed(there: Desk) -> None:
    await plan(there, zone="Europe/Berlin", rhythm="once")
    _, meeting = await held(there)
    intent = there.intent("alder", "circle.move-one", {"when": "2027-03-28 02:30"}, subject=meeting.id)
    assert "plan-shift" in await there.send(intent)
    soon = await there.send(there.intent("alder", "circle.move-one", {"when": "in 5 minutes"}, subject=meeting.id))
    await there.wind(minutes=6)
    before = there.rows()
    assert "refusal-when-past" in await there.press("alder", soon, "draft.use")
    assert there.rows() == before


async def test_its_host_changes_it_and_nobody_else_but_moderators(there: Desk) -> None:
    await plan(there)
    await says(there, "rowan", "come")
    await says(there, "alder", "host")
    before = there.rows()
    for name in ("rowan", "hazel"):
        assert "refusal-circle-not-host" in await says(there, name, "skip-one")
        assert "refusal-circle-not-host" in await says(there, name, "move-one", when="in 2 days")
    assert there.rows() == before
    assert "circle-done-moved" in await says(there, "alder", "move-one", when="in 2 days")
    assert "circle-done-skipped" in await says(there, MODERATOR, "skip-one")


async def test_without_a_host_whoever_comes(there: Desk) -> None:
    await plan(there)
    await says(there, "rowan", "come")
    before = there.rows()
    assert "refusal-circle-not-host" in await says(there, "hazel", "skip-one")
    assert there.rows() == before
    assert "circle-done-skipped" in await says(there, "rowan", "skip-one")


async def test_the_last_one_that_is_skipped_ends_it(there: Desk) -> None:
    await plan(there, rhythm="once")
    await says(there, "rowan", "remind")
    await says(there, "rowan", "skip-one")
    assert posts(there) == []
    assert there.rows()["agenda"] == there.rows()["circle_wish"] == ()
    assert "circle-none" in await there.ask("rowan", "circle list", here=True)


# The series


async def test_another_time_for_all_takes_a_second_one(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan"):
        await says(there, name, "every")
    await says(there, "hazel", "maybe")
    before = there.rows()
    assert "refusal-circle-not-coming" in await says(there, "hazel", "shift", meets="every friday 18:00")
    assert there.rows() == before
    assert "circle-wished" in await says(there, "alder", "shift", meets="every friday 18:00", length="45")
    assert "alder" not in wish(there).words
    assert "Friday, 5 March, 18:00" in wish(there).words
    before = there.rows()
    for name in ("alder", "hazel"):
        assert "refusal-circle-second" in await there.press(name, wish(there), "circle.agree", here=True)
    assert there.rows() == before
    assert "circle-left-so" in await there.press("rowan", wish(there), "circle.leave", here=True)
    asked = wish(there)
    assert "circle-done-shifted" in await there.press("rowan", asked, "circle.agree", here=True)
    assert not [one for one in hall(there) if "circle-second" in one]
    for name, times in (("alder", 1), ("rowan", 0), ("hazel", 1), ("birch", 0)):
        assert len(told(there, name, "circle-told-shifted")) == times
    (post,) = posts(there)
    assert "Friday, 5 March, 18:00" in post.words
    assert await answers(there) == {"alder": "come", "rowan": "come"}
    assert (await held(there))[0].minutes == 45
    await there.wind_to(AT + timedelta(hours=1))
    assert not [one for one in hall(there) if "circle-begun" in one and one.at.hour == 19]
    before = there.rows()
    assert "refusal-circle-change-gone" in await there.press("rowan", asked, "circle.agree", here=True)
    assert there.rows() == before


async def test_two_who_agree_at_once_change_it_once(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan", "hazel"):
        await says(there, name, "every")
    await says(there, "alder", "shift", meets="every friday 18:00")
    asked, (before, _) = wish(there), await held(there)
    subject = asked.choice("circle.agree").subject
    intents = [there.intent(name, "circle.agree", subject=subject, here=True) for name in ("rowan", "hazel")]
    first, second = await asyncio.gather(*(there.send(intent, settle=False) for intent in intents))
    await there.settle()
    assert ["circle-done-shifted" in one for one in (first, second)].count(True) == 1
    assert ["refusal-circle-change-gone" in one for one in (first, second)].count(True) == 1
    after, _ = await held(there)
    assert after.sequence == before.sequence + 1
    (post,) = posts(there)
    assert "Friday, 5 March, 18:00" in post.words
    assert len(told(there, "alder", "circle-told-shifted")) == 1


async def test_the_same_days_at_another_time_and_once_more(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "move-one", when="2027-03-11 20:00")
    await says(there, "alder", "shift", meets="2027-03-11 18:00")
    await there.press("rowan", wish(there), "circle.agree", here=True)
    (post,) = posts(there)
    assert "Thursday, 11 March, 18:00" in post.words
    assert "circle.every" not in post.actions
    await there.wind_to(AT + timedelta(hours=3))
    assert posts(there) == []


async def test_a_circle_is_ended_by_two_and_calendars_hear_of_it(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan"):
        await says(there, name, "every")
    await says(there, "rowan", "remind")
    await says(there, "alder", "end")
    first = wish(there)
    await says(there, "alder", "end")
    assert len([one for one in hall(there) if "circle-second" in one]) == 1
    before = there.rows()
    assert "refusal-circle-change-gone" in await there.press("rowan", first, "circle.agree", here=True)
    assert there.rows() == before
    circle, _ = await held(there)
    assert "circle-done-ended" in await there.press("rowan", wish(there), "circle.agree", here=True)
    assert len(told(there, "alder", "circle-told-ended")) == 1
    assert told(there, "rowan", "circle-told-ended") == []
    assert posts(there) == []
    assert any("circle-ended-here" in one for one in hall(there))
    for table in ("circle_answer", "circle_regular", "circle_wish", "circle_change", "agenda"):
        assert there.rows()[table] == ()
    ended = await there.write(lambda tx: tx.circles.get(circle.id))
    assert ended is not None
    assert ended.ended_at is not None
    assert ended.sequence > circle.sequence
    await there.wind(days=8)
    assert not [one for one in hall(there) if "circle-begun" in one]


async def test_after_one_was_skipped_a_change_to_all_says_the_first_that_comes(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan"):
        await says(there, name, "every")
    await says(there, "alder", "skip-one")
    _, meeting = await held(there)
    given = {"meets": "every thursday 20:00"}
    await there.wind(hours=9)
    echo = await there.send(there.intent("alder", "circle.shift", given, subject=meeting.id))
    assert "Thursday, 18 March, 20:00" in echo.words
    assert "11 March" not in echo.words
    await there.press("alder", echo, "draft.use")
    assert "Thursday, 18 March, 20:00" in wish(there).words
    assert "11 March" not in wish(there).words
    done = await there.press("rowan", wish(there), "circle.agree", here=True)
    assert "Thursday, 18 March, 20:00" in done.words
    assert "Thursday, 18 March, 20:00" in told(there, "alder", "circle-told-shifted")[0].words
    assert "Thursday, 18 March, 20:00" in posts(there)[-1].words


async def test_what_would_meet_only_on_a_day_that_is_skipped_is_refused(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "skip-one")
    before = there.rows()
    assert "refusal-rhythm-never" in await says(there, "alder", "shift", meets="2027-03-11 18:00")
    assert there.rows() == before


async def test_a_wish_waits_until_the_one_before_it_is_decided(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "shift", meets="every friday 18:00")
    before = there.rows()
    assert "refusal-circle-wish-open" in await says(there, "rowan", "end")
    assert "refusal-circle-wish-open" in await says(there, "rowan", "shift", meets="every friday 17:00")
    assert there.rows() == before
    await there.press("alder", wish(there), "circle.leave", here=True)
    assert "circle-wished" in await says(there, "rowan", "end")


async def test_what_is_agreed_while_one_goes_on_comes_after_it(there: Desk) -> None:
    await plan(there)
    for name in ("alder", "rowan"):
        await says(there, name, "every")
    await says(there, "hazel", "host")
    await says(there, "alder", "shift", meets="every friday 18:00")
    await there.wind(days=6)
    card = wish(there)
    await there.wind_to(AT + timedelta(minutes=30))
    assert not [one for one in hall(there) if "circle-second" in one], "it has lapsed"
    await there.wind(days=2)
    await says(there, "alder", "shift", meets="every thursday 18:30")
    card = wish(there)
    await there.wind_to(AT + WEEK + timedelta(minutes=30))
    done = await there.press("rowan", card, "circle.agree", here=True)
    assert "Thursday, 25 March, 18:30" in done.words
    assert "Thursday, 25 March, 18:30" in told(there, "alder", "circle-told-shifted")[0].words
    assert posts(there) == []
    await there.wind_to(AT + WEEK + timedelta(hours=2))
    assert len([one for one in hall(there) if "circle-closing" in one]) == 2
    assert "Thursday, 25 March, 18:30" in posts(there)[-1].words


@pytest.mark.parametrize("speaks", ["yes", "no"])
async def test_what_is_ended_while_it_goes_on_closes_with_its_words_where_it_wished_any(
    there: Desk, speaks: str
) -> None:
    await plan(there, speaks=speaks)
    for name in ("alder", "rowan"):
        await says(there, name, "every")
    await there.wind(days=2)
    await says(there, "alder", "end")
    await there.wind_to(AT + timedelta(minutes=30))
    assert "circle-done-ended" in await there.press("rowan", wish(there), "circle.agree", here=True)
    closing = [one for one in hall(there) if "circle-closing" in one]
    assert len(closing) == (speaks == "yes")
    circle = await there.write(lambda tx: tx.circles.meetings(next(iter(there.rows()["circle"]))[0]))  # type: ignore[arg-type]
    assert [one.state for one in circle] == ["over"], "it took place"


async def test_a_wish_is_taken_back_or_lapses(there: Desk) -> None:
    await plan(there, meets="2027-04-01 19:00")
    await says(there, "alder", "end")
    assert "circle-taken-back" in await there.press("alder", wish(there), "circle.leave", here=True)
    assert there.rows()["circle_change"] == ()
    await says(there, "alder", "end")
    await there.wind(days=7)
    assert not [one for one in hall(there) if "circle-second" in one]
    assert there.rows()["circle_change"] == ()
    assert len(posts(there)) == 1


async def test_a_wish_of_somebody_who_is_forgotten_goes_with_them(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "end")
    card = wish(there)
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    assert not [one for one in hall(there) if "circle-second" in one], "with its card"
    before = there.rows()
    assert "refusal-circle-change-gone" in await there.press("rowan", card, "circle.agree", here=True)
    assert there.rows() == before


async def test_a_card_whose_wish_is_gone_goes_when_it_would_have_lapsed(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "end")
    await there.write(lambda tx: tx.circles.unpropose(tx.circles.proposals_of(member("alder"))[0].id))
    assert [one for one in hall(there) if "circle-second" in one]
    await there.wind(days=7)
    assert not [one for one in hall(there) if "circle-second" in one]


async def test_what_ends_with_its_last_meeting_takes_a_wish_with_it(there: Desk) -> None:
    await plan(there, meets="2027-03-05 19:00", rhythm="once")
    await says(there, "alder", "shift", meets="2027-03-06 19:00")
    card = wish(there)
    await there.wind_to(START + timedelta(days=1, hours=9))
    assert not [one for one in hall(there) if "circle-second" in one]
    assert "refusal-circle-change-gone" in await there.press("rowan", card, "circle.agree", here=True)


async def test_a_time_that_is_over_by_then_changes_nothing(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "shift", meets="2027-03-05 19:00")
    await there.wind(days=2)
    before = there.rows("seen")
    assert "refusal-rhythm-never" in await there.press("rowan", wish(there), "circle.agree", here=True)
    assert there.rows("seen") == before
