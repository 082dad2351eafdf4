"""What comes of a search for a time: what works for all, all marks erased, and a circle planned from there."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.facts import Right
from bot.contract.queues import WorkTx
from tests.commands.circle_scene import hall, held, posts
from tests.commands.desk import MODERATOR, START, Desk, Shown, desk
from tests.commands.find_scene import asked, begin, found, marked, marks, search

ENDS = START + timedelta(days=3)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def three(there: Desk) -> None:
    """Let three people mark times: the second works for all of them."""
    for name, numbers in (("alder", (1, 2)), ("rowan", (2,)), ("hazel", (2, 3))):
        await marks(there, name, *numbers)


async def result(there: Desk, **args: str) -> Shown:
    """Return what came of a search that three answered."""
    await begin(there, **args)
    await three(there)
    await there.wind_to(ENDS)
    (shown,) = found(there)
    return shown


async def test_at_its_end_only_what_works_for_all_is_shown_and_every_mark_is_erased(there: Desk) -> None:
    await begin(there)
    await three(there)
    await there.wind_to(ENDS - timedelta(minutes=1))
    assert found(there) == []
    card = await marks(there, "birch")
    await there.wind_to(ENDS)
    assert asked(there) == []
    (shown,) = found(there)
    assert shown.lines[1:] == (
        "This time works for all who marked one:",
        "1. Thursday, 11 March, 19:00, UTC (Thursday, 11 March, 19:00 UTC)",
        "What each one marked is erased.",
    )
    assert there.rows()["circle_mark"] == ()
    assert (await search(there)).times == (START + timedelta(days=7, hours=7),)
    before = there.rows()
    assert "refusal-find-over" in await there.press("birch", card, "circle.works")
    assert there.rows() == before


async def test_the_result_is_the_same_whoever_marked_what(there: Desk) -> None:
    for order in (("alder", "rowan", "hazel"), ("hazel", "alder", "rowan")):
        await begin(there)
        for name, numbers in zip(order, ((1, 2), (2,), (2, 3)), strict=True):
            await marks(there, name, *numbers)
        await there.wind(days=3)
    one, other = found(there)
    assert one.words == other.words


async def test_of_two_answers_nothing_is_told_of_the_times(there: Desk) -> None:
    await begin(there)
    for name in ("alder", "rowan"):
        await marks(there, name, 2)
    await there.press("hazel", await marks(there, "hazel"), "circle.works-none")
    await there.wind_to(ENDS)
    (shown,) = found(there)
    assert "Fewer than 3 people marked a time" in shown.words
    assert "March" not in shown.words
    assert shown.actions == ()
    assert (await search(there)).times == ()
    assert there.rows()["circle_mark"] == ()


async def test_where_none_works_for_all_none_is_named(there: Desk) -> None:
    await begin(there)
    for name, number in (("alder", 1), ("rowan", 1), ("hazel", 1), ("birch", 2)):
        await marks(there, name, number)
    await there.wind_to(ENDS)
    (shown,) = found(there)
    assert "find-none" in shown
    assert "March" not in shown.words


async def test_who_has_left_counts_no_more_and_who_cannot_be_looked_up_does(there: Desk) -> None:
    await begin(there)
    await three(there)
    await marks(there, "birch", 1)
    there.becomes("birch", right=Right.NONE)
    await there.wind_to(ENDS)
    assert "This time works" in found(there)[-1].words
    await begin(there, "alder", times="2027-03-20 10:00; 2027-03-21 10:00")
    await three(there)
    await there.wind(hours=71)
    there.platform.away = True
    await there.wind(hours=1)
    there.platform.away = False
    await there.wind(minutes=20)
    assert "Sunday, 21 March" in found(there)[-1].words


async def test_it_goes_after_a_week_or_with_the_last_of_its_times(there: Desk) -> None:
    await result(there)
    await there.wind_to(START + timedelta(days=7, hours=6, minutes=59))
    assert len(found(there)) == 1
    await there.wind_to(START + timedelta(days=7, hours=7))
    assert found(there) == []
    rows = there.rows()
    assert (rows["circle_search"], rows["agenda"], rows["post"]) == ((), (), ())
    await begin(there, times="2027-04-20 10:00; 2027-04-21 10:00")
    await there.wind(days=9, hours=23)
    assert len(found(there)) == 1
    await there.wind(hours=1)
    assert found(there) == []


async def test_down_for_three_days_it_ends_late_in_the_same_words(there: Desk) -> None:
    await begin(there, answer_days="2")
    await three(there)
    there.clock.set(START + timedelta(days=2, hours=73))
    await there.store.sweep(there.now)
    await there.settle()
    (shown,) = found(there)
    assert "This time works for all" in shown.words
    assert "11 March" in shown.words, "the first is past, and this one works"
    assert asked(there) == []


async def test_down_until_all_its_times_are_past_it_goes_in_silence(there: Desk) -> None:
    await begin(there)
    await three(there)
    before = len(there.platform.said)
    there.clock.set(START + timedelta(days=10))
    await there.store.sweep(there.now)
    await there.settle()
    assert len(there.platform.said) == before
    assert hall(there) == []
    rows = there.rows()
    assert (rows["circle_search"], rows["circle_mark"], rows["agenda"]) == ((), (), ())


async def test_down_over_some_of_its_times_those_that_are_past_are_left_out(there: Desk) -> None:
    await begin(there)
    for name in ("alder", "rowan", "hazel"):
        await marks(there, name, 1)
    there.clock.set(START + timedelta(days=6))
    await there.settle()
    assert "No time that is still to come" in found(there)[-1].words


async def test_what_was_swept_or_called_off_meanwhile_is_passed_over(there: Desk) -> None:
    community = await there.community()

    def left_over(tx: WorkTx) -> None:
        for kind in ("circle.find-ends", "circle.find-goes"):
            tx.agenda.put(kind, "x" * 16, START, community=community)

    await there.write(left_over)
    await there.settle()
    assert there.rows()["agenda"] == ()
    assert there.platform.said == []


# A circle at a time that was found


async def test_a_circle_is_planned_then_by_whoever_likes_filled_in_and_confirmed(there: Desk) -> None:
    shown = await result(there, zone="Europe/Berlin", length="60")
    subject = shown.choice("circle.then").subject
    form = await there.form("alder", "circle.then", subject=subject, here=True)
    assert {field.name: field.value for field in form.fields} == {
        "slot": "1",
        "title": "Books",
        "rhythm": "",
        "seats": "",
    }
    (option,) = form.fields[0].options
    assert option.label.id == "circle-when"
    before = there.rows()
    args = {"slot": "1", "title": "Books", "rhythm": "weekly"}
    echo = await there.send(there.intent("alder", "circle.then", args, subject=subject))
    assert "Thursday, 11 March 2027, 19:00, Europe/Berlin" in echo.words
    assert "for 60 minutes" in echo.words
    assert there.rows() == before
    assert "circle-planned" in await there.press("alder", echo, "draft.use")
    circle, meeting = await held(there)
    assert (circle.zone, circle.minutes, circle.rule) != ("UTC", 90, "")
    assert meeting.starts_at == START + timedelta(days=7, hours=6)
    assert "Books" in posts(there)[-1].words
    assert len(found(there)) == 1, "others may plan another"


@pytest.mark.parametrize("slot", ["2", "0", "x"])
async def test_another_time_than_those_shown_is_none(there: Desk, slot: str) -> None:
    shown = await result(there)
    before = there.rows()
    args = {"slot": slot, "title": "Books"}
    subject = shown.choice("circle.then").subject
    assert "refusal-option-unknown" in await there.ask("alder", "circle.then", args, subject=subject)
    assert there.rows() == before


async def test_nothing_is_planned_where_it_is_over_switched_off_or_one_is_not_there(there: Desk) -> None:
    shown = await result(there)
    subject, args = shown.choice("circle.then").subject, {"slot": "1", "title": "Books"}
    there.becomes("rowan", right=Right.NONE)
    before = there.rows()
    assert "refusal-right-member" in await there.ask("rowan", "circle.then", args, subject=subject)
    assert there.rows() == before
    await there.ask(MODERATOR, "setup features", switch_off="circles")
    before = there.rows()
    assert "refusal-switched-off" in await there.ask("alder", "circle.then", args, subject=subject)
    assert there.rows() == before
    await there.wind(days=7)
    before = there.rows()
    assert "refusal-find-over" in await there.ask("alder", "circle.then", args, subject=subject)
    assert there.rows() == before


async def test_before_its_end_nothing_can_be_planned_from_it(there: Desk) -> None:
    await begin(there)
    await three(there)
    one, before = await search(there), there.rows()
    args = {"slot": "1", "title": "Books"}
    assert "refusal-find-over" in await there.ask("alder", "circle.then", args, subject=one.id)
    assert there.rows() == before
    assert len(await marked(there)) == 3
