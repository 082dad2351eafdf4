"""One meeting among the events of the server: on request, for that one alone, kept in step, gone with it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.circles import Mirror
from bot.contract.effect import EditEvent, Effect, EndEvent, MakeEvent
from bot.contract.facts import Act
from bot.contract.place import Post
from bot.contract.ports import Capability
from bot.contract.text import Said, Text, text
from commands import circle_mirror, circle_steps
from tests.commands.circle_scene import TITLE, held, plan, posts, says
from tests.commands.desk import HALL, START, Desk, Shown, desk, member

AT = START + timedelta(days=7, hours=7)
ENDS = AT + timedelta(minutes=90)
LENGTH = ENDS - AT
Events = MakeEvent | EditEvent | EndEvent


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        opened.platform.capabilities |= {Capability.EVENTS}
        yield opened


def events(there: Desk) -> list[Effect]:
    """Return what was done to events, in order."""
    return [one for one in there.platform.effects if isinstance(one, Events)]


def stands(there: Desk) -> Post:
    """Return the one event that was made last."""
    made = [number for number, one in enumerate(there.platform.effects, 1) if isinstance(one, MakeEvent)]
    return Post(HALL, f"m{made[-1]}")


def rows(there: Desk) -> int:
    return len(there.rows()["circle_mirror"])


async def more(there: Desk, name: str) -> Shown:
    """Let somebody see more of the newest post."""
    return await there.press(name, posts(there)[-1], "circle.more", here=True)


async def show(there: Desk, name: str = "alder", how: str = "named") -> Shown:
    """Let somebody ask for an event, and say by which name."""
    return await there.press(name, await says(there, name, "show"), f"circle.show-{how}")


async def test_before_it_is_done_it_is_said_what_it_means_and_both_names_and_leaving_it_are_alike(there: Desk) -> None:
    await plan(there)
    before = there.rows("agenda")
    asked = await says(there, "alder", "show")
    assert "circle-show" in asked
    assert asked.actions == ("circle.show-named", "circle.show-neutral", "circle.more")
    assert "circle.show" in (await there.press("alder", asked, "circle.more")).actions
    assert there.rows("agenda") == before
    assert events(there) == []


@pytest.mark.parametrize(
    ("how", "name"), [("named", text("circle-title", title=Said(TITLE))), ("neutral", text("circle-event"))]
)
async def test_it_stands_there_by_the_name_that_was_chosen_and_names_nobody(there: Desk, how: str, name: Text) -> None:
    await plan(there)
    (post,) = [Post(HALL, id_) for id_, (_, shown) in there.platform.posts.items() if "circle-asks" in shown]
    answer = await show(there, how=how)
    assert "circle-showing" in answer
    assert answer.actions == ("circle.unshow", "circle.more")
    (made,) = events(there)
    assert made == MakeEvent(HALL, name, text("circle-event-about"), AT, ENDS, post)
    assert rows(there) == 1
    assert member("alder").id not in repr(there.rows()["outbox"])
    assert "circle-shown" in await more(there, "rowan")


async def test_where_there_is_no_such_list_it_is_not_offered_and_an_old_choice_does_nothing(there: Desk) -> None:
    await plan(there)
    asked = await says(there, "alder", "show")
    there.platform.capabilities -= {Capability.EVENTS}
    assert not {"circle.show", "circle.unshow"} & set((await more(there, "alder")).actions)
    before = there.rows()
    assert "refusal-circle-no-events" in await there.press("alder", asked, "circle.show-named")
    assert (there.rows(), events(there)) == (before, [])


async def test_who_may_not_change_the_meeting_shows_nothing_and_takes_nothing_out(there: Desk) -> None:
    await plan(there)
    await says(there, "rowan", "come")
    before = there.rows()
    assert "refusal-circle-not-host" in await says(there, "hazel", "show")
    assert there.rows() == before
    await show(there, "rowan")
    before = there.rows()
    assert "refusal-circle-not-host" in await says(there, "hazel", "unshow")
    assert (there.rows(), len(events(there))) == (before, 1)


async def test_what_the_bot_may_not_is_said_and_nothing_is_done(there: Desk) -> None:
    await plan(there)
    asked = await says(there, "alder", "show")
    await there.wind(minutes=1)
    there.platform.lacks.add(Act.EVENTS)
    before = there.rows()
    for answer in (await says(there, "alder", "show"), await there.press("alder", asked, "circle.show-neutral")):
        assert "circle-cannot-show" in answer
        assert "missing-local" in answer
        assert answer.actions == ("circle.more",)
    assert (there.rows(), events(there)) == (before, [])


async def test_twice_is_once(there: Desk) -> None:
    await plan(there)
    asked = await says(there, "alder", "show")
    await there.press("alder", asked, "circle.show-named")
    before = there.rows()
    assert "circle-shown-already" in await there.press("alder", asked, "circle.show-neutral")
    assert (there.rows(), len(events(there))) == (before, 1)
    for _ in range(2):
        answer = await there.ask("alder", "circle.unshow", subject=asked.choice("circle.show-named").subject)
        assert "circle-unshown" in answer
        assert events(there)[1:] == [EndEvent(stands(there))]
    assert rows(there) == 0


async def test_a_move_moves_it(there: Desk) -> None:
    await plan(there)
    await show(there)
    await says(there, "alder", "move-one", when="2027-03-12 18:00")
    at = AT + timedelta(hours=23)
    assert events(there)[1:] == [EditEvent(stands(there), at, at + LENGTH)]
    await there.wind_to(at + LENGTH - timedelta(minutes=2))
    assert rows(there) == 1, "it goes when the meeting does, not when it was to"
    await there.wind(minutes=2)
    assert events(there)[2:] == [EndEvent(stands(there))]


async def test_it_goes_before_the_end_and_the_next_is_not_shown_by_itself(there: Desk) -> None:
    await plan(there)
    await show(there)
    await there.wind_to(AT + timedelta(minutes=1))
    assert len(events(there)) == 1, "it stands there while the meeting goes on"
    await there.wind_to(ENDS - timedelta(seconds=30))
    assert events(there)[1:] == [EndEvent(stands(there))]
    assert rows(there) == 0
    await there.wind_to(ENDS + timedelta(days=1))
    assert "Thursday, 18 March" in posts(there)[-1].words
    assert len(events(there)) == 2
    assert "circle.show" in (await more(there, "alder")).actions


async def test_what_is_skipped_shifted_or_ended_is_taken_out(there: Desk) -> None:
    await plan(there)
    await show(there)
    await says(there, "alder", "skip-one")
    assert events(there)[1:] == [EndEvent(stands(there))]
    await show(there)
    await says(there, "alder", "shift", meets="every friday 18:00")
    wish = next(shown for _, shown in reversed(there.platform.posts.values()) if "circle-second" in shown)
    await there.press("rowan", wish, "circle.agree", here=True)
    assert events(there)[3:] == [EndEvent(stands(there))]
    await show(there)
    await says(there, "alder", "end")
    wish = next(shown for _, shown in reversed(there.platform.posts.values()) if "circle-second" in shown)
    await there.press("rowan", wish, "circle.agree", here=True)
    assert events(there)[5:] == [EndEvent(stands(there))]
    assert rows(there) == 0


@pytest.mark.parametrize("why", ["forbidden", "gone", "impossible"])
async def test_whoever_asked_is_told_privately_when_it_was_refused(there: Desk, why: str) -> None:
    await plan(there)
    there.platform.against["MakeEvent"] = why
    assert "circle-showing" in await show(there)
    (told,) = [shown for shown in there.sent_to("alder") if "circle-not-shown" in shown]
    assert told.actions == ("circle.more",)
    assert rows(there) == 0
    assert there.sent_to("rowan") == ()
    there.platform.against.clear()
    assert "circle-showing" in await show(there)
    assert rows(there) == 1


async def put(there: Desk, *, asked: bool = True) -> None:
    """Let it be asked for while the platform is away: it is on its way then."""
    there.platform.away = True
    circle, meeting = await held(there)
    mirror, asker = Mirror(meeting.id, named=True), member("alder") if asked else None
    await there.write(lambda tx: circle_mirror.put(tx, circle, meeting, mirror, asker))
    await there.settle()


async def test_what_does_not_arrive_in_time_is_not_sent_and_nobody_is_told_when_it_is_over(there: Desk) -> None:
    await plan(there)
    await put(there)
    await there.wind_to(AT + timedelta(minutes=1))
    there.platform.away = False
    await there.wind(minutes=30)
    assert (events(there), rows(there)) == ([], 0)
    assert [shown for shown in there.sent_to("alder") if "circle-not-shown" in shown] == []


async def test_what_is_on_its_way_goes_out_as_the_meeting_is_by_then(there: Desk) -> None:
    await plan(there)
    await put(there)
    circle, meeting = await held(there)
    moved = replace(meeting, starts_at=AT + timedelta(days=1), ends_at=ENDS + timedelta(days=1))
    await there.write(lambda tx: circle_steps.schedule(tx, circle, moved))
    there.platform.away = False
    await there.wind(minutes=10)
    made = [one for one in events(there) if isinstance(one, MakeEvent)]
    assert [one.starts_at for one in made] == [moved.starts_at]
    assert rows(there) == 1


async def test_what_is_on_its_way_and_taken_out_again_is_taken_away_should_it_arrive(there: Desk) -> None:
    await plan(there)
    await put(there)
    _, meeting = await held(there)
    await there.write(lambda tx: circle_mirror.take_out(tx, meeting.id))
    there.platform.away = False
    await there.wind(hours=1)
    assert (events(there), rows(there)) == ([], 0)


async def test_an_event_whose_meeting_is_no_more_is_taken_away_as_it_arrives(there: Desk) -> None:
    await plan(there)
    await put(there)
    circle, _ = await held(there)
    await there.write(lambda tx: tx.circles.remove(circle.id))
    there.platform.away = False
    await there.wind(minutes=10)
    assert events(there)[1:] == [EndEvent(stands(there))]


async def test_nobody_is_told_of_what_nobody_asked_for(there: Desk) -> None:
    await plan(there)
    there.platform.against["MakeEvent"] = "forbidden"
    await put(there, asked=False)
    there.platform.away = False
    await there.wind(minutes=10)
    assert (rows(there), there.sent_to("alder")) == (0, ())


async def test_one_that_cannot_be_moved_is_taken_out_since_it_would_say_a_wrong_time(there: Desk) -> None:
    await plan(there)
    await show(there)
    there.platform.against["EditEvent"] = "gone"
    await says(there, "alder", "move-one", when="2027-03-12 18:00")
    assert events(there)[1:] == [EndEvent(stands(there))]
    assert rows(there) == 0
    assert "circle.show" in (await more(there, "alder")).actions
