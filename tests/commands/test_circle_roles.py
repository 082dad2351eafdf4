"""The roles of a circle: for one meeting, any that is to come; shown, handed back, empty at the next."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.card import Choice
from bot.contract.facts import Right
from tests.commands.circle_scene import hall, plan, posts, says, told
from tests.commands.desk import MODERATOR, START, Desk, Shown, desk

AT = START + timedelta(days=7, hours=7)
WEEK = timedelta(days=7)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def coming(there: Desk, name: str = "alder", number: int = 3) -> Shown:
    """Return what somebody is shown of one of the next meetings of the only circle."""
    listed = await there.ask(name, "circle roles")
    return await there.ask(name, "circle.roles-for", subject=choices(listed)[number - 1].subject)


def choices(listed: Shown) -> list[Choice]:
    return [one for one in (listed.card.choices if listed.card else ()) if one.action == "circle.roles-for"]


def lent(there: Desk) -> int:
    return len(there.rows()["circle_role"])


async def test_roles_are_for_one_meeting_shown_and_handed_back_with_one_tap(there: Desk) -> None:
    await plan(there)
    assert "circle-host-free" in posts(there)[-1]
    assert "Its post says so." in (await says(there, "alder", "host")).words
    await says(there, "rowan", "scribe")
    assert "Host: alder" in posts(there)[-1].words
    assert "Scribe, who takes a note: rowan" in posts(there)[-1].words
    before = there.rows()
    assert "circle-role-taken" in await says(there, "hazel", "host")
    assert there.rows() == before
    more = await says(there, "alder", "more")
    assert "Hand the role back" in [
        str(choice.label.id).replace("choice-circle-hand-back", "Hand the role back")
        for choice in (more.card.choices if more.card else ())
    ]
    assert "circle-role-back" in await there.press("alder", more, "circle.host")
    assert "circle-host-free" in posts(there)[-1]
    await says(there, "alder", "guardian")
    await there.wind_to(AT)
    begun = next(one for one in hall(there) if "circle-begun" in one)
    assert "Guardian: alder" in begun.words
    await there.wind(hours=2)
    assert "circle-host-free" in posts(there)[-1]
    assert "circle-role-lent" not in posts(there)[-1]
    assert there.rows()["circle_role"] == ()


async def test_whoever_has_a_role_and_no_answer_is_told_so(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "host")
    await says(there, MODERATOR, "skip-one")
    (told_,) = told(there, "alder", "circle-told-skipped")
    assert "or have a role in, does not take place" in told_.words
    assert "/circle roles a role" in told_.words


async def test_any_coming_meeting_is_open_to_volunteers(there: Desk) -> None:
    await plan(there)
    before = there.rows()
    listed = await there.ask("alder", "circle roles")
    assert listed.ids.count("circle-roles-when") == 6
    assert "3. Thursday, 25 March, 19:00: every role is free" in listed.words
    third = await coming(there)
    assert "Thursday, 25 March, 19:00, UTC" in third.words
    assert there.rows()["circle_meeting"] == before["circle_meeting"], "a look keeps nothing"
    assert "Its post will say so." in (await there.press("alder", third, "circle.host")).words
    assert "circle-host-free" in posts(there)[-1], "of the next meeting nothing changed"
    assert "2 roles are free" in (await there.ask("rowan", "circle roles")).words
    seen = await coming(there, "rowan")
    assert "Host: alder" in seen.words
    held = there.rows()
    assert "circle-role-taken" in await there.press("rowan", seen, "circle.host")
    assert there.rows()["circle_role"] == held["circle_role"]
    await there.press("rowan", seen, "circle.scribe")
    await there.wind_to(AT + WEEK + timedelta(hours=2))
    assert "Host: alder" in posts(there)[-1].words, "its post says so"
    await there.wind_to(AT + 2 * WEEK)
    begun = [one for one in hall(there) if "circle-begun" in one][-1]
    assert "Scribe, who takes a note: rowan" in begun.words
    await there.wind(hours=2)
    assert "circle-host-free" in posts(there)[-1]
    assert lent(there) == 0


async def test_it_is_handed_back_before_its_meeting_is_posted(there: Desk) -> None:
    await plan(there)
    await there.press("alder", await coming(there), "circle.guardian")
    mine = await coming(there)
    assert mine.choice("circle.guardian").label.id == "choice-circle-hand-back"
    assert "circle-role-back" in await there.press("alder", mine, "circle.guardian")
    assert lent(there) == 0
    await there.wind_to(AT + WEEK + timedelta(hours=2))
    assert "circle-role-lent" not in posts(there)[-1]


async def test_of_several_circles_one_is_chosen_first(there: Desk) -> None:
    assert "circle-none" in await there.ask("alder", "circle roles")
    await plan(there)
    await plan(there, title="Books", meets="2027-03-10 18:00")
    listed = await there.ask("alder", "circle roles")
    assert listed.ids.count("circle-roles-entry") == 2
    first = await there.press("alder", listed, "circle.roles-of")
    assert "Books" in first.words
    assert "1. Wednesday, 10 March, 18:00: every role is free" in first.words


async def test_what_is_over_ended_or_not_ones_own_lends_nothing(there: Desk) -> None:
    await plan(there, rhythm="once")
    listed = await there.ask("alder", "circle roles")
    (only,) = choices(listed)
    await there.wind_to(AT + timedelta(minutes=1))
    before = there.rows("seen")
    assert "refusal-circle-over" in await there.ask("alder", "circle.host", subject=only.subject)
    assert "refusal-circle-over" in await there.ask("alder", "circle.roles-for", subject="nothing-1")
    assert "refusal-circle-over" in await there.ask("alder", "circle.roles-of", subject="nothing")
    assert there.rows("seen") == before


async def test_who_volunteered_is_told_when_all_meetings_change(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "come")
    await says(there, "rowan", "come")
    await there.press("hazel", await coming(there, "hazel"), "circle.host")
    await says(there, "alder", "shift", meets="every friday 18:00")
    wish = next(shown for shown in reversed(hall(there)) if "circle-second" in shown)
    await there.press("rowan", wish, "circle.agree", here=True)
    assert len(told(there, "hazel", "circle-told-shifted")) == 1
    assert lent(there) == 0
    await there.press("hazel", await coming(there, "hazel", 1), "circle.host")
    assert "Host: hazel" in posts(there)[-1].words
    await there.press("hazel", await coming(there, "hazel"), "circle.scribe")
    await there.press("birch", await coming(there, "birch", 2), "circle.scribe")
    await says(there, MODERATOR, "end")
    wish = next(shown for shown in reversed(hall(there)) if "circle-second" in shown)
    await there.press("alder", wish, "circle.agree", here=True)
    assert len(told(there, "hazel", "circle-told-ended")) == 1
    assert len(told(there, "birch", "circle-told-ended")) == 1
    assert lent(there) == 0


async def test_a_host_is_told_when_their_meeting_is_called_off_by_moderators(there: Desk) -> None:
    await plan(there)
    await says(there, "hazel", "host")
    await says(there, MODERATOR, "skip-one")
    assert len(told(there, "hazel", "circle-told-skipped")) == 1


async def test_a_role_for_a_day_that_a_shift_left_and_another_brought_back(there: Desk) -> None:
    await plan(there)
    await there.press("hazel", await coming(there, "hazel", 2), "circle.host")
    for when in ("every thursday 18:00", "every thursday 19:00"):
        await says(there, "alder", "shift", meets=when)
        wish = next(shown for shown in reversed(hall(there)) if "circle-second" in shown)
        await there.press("rowan", wish, "circle.agree", here=True)
    assert lent(there) == 0
    await there.press("hazel", await coming(there, "hazel"), "circle.host")
    await there.wind_to(AT + timedelta(hours=2))
    assert "Host: hazel" in posts(there)[-1].words


async def test_whoever_skips_a_meeting_hands_back_what_they_had_in_it(there: Desk) -> None:
    await plan(there)
    for what in ("come", "host", "scribe"):
        await says(there, "alder", what)
    await says(there, "rowan", "guardian")
    await there.press("alder", await coming(there), "circle.host")
    await says(there, "alder", "skip")
    assert "circle-host-free" in posts(there)[-1]
    assert "alder" not in posts(there)[-1].words
    assert lent(there) == 2, "rowan's, and alder's in another meeting"
    await says(there, "hazel", "come")
    assert "circle-done-skipped" in await says(there, "hazel", "skip-one")


async def test_a_host_who_left_ties_a_meeting_to_nobody(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "host")
    await there.press("alder", await coming(there), "circle.host")
    await says(there, "rowan", "come")
    assert "refusal-circle-not-host" in await says(there, "rowan", "skip-one")
    there.becomes("alder", right=Right.NONE)
    await there.wind(minutes=2)
    assert "circle-done-moved" in await says(there, "rowan", "move-one", when="2027-03-11 20:00")
    assert "circle-role-yours" in await says(there, "hazel", "host")
    assert "Host: hazel" in posts(there)[-1].words
    await there.wind_to(AT + WEEK + timedelta(hours=2))
    assert "circle-host-free" in posts(there)[-1]
    assert lent(there) == 0


async def test_who_left_before_it_begins_is_not_named_when_it_does(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "guardian")
    there.becomes("alder", right=Right.NONE)
    await there.wind_to(AT)
    (begun,) = [one for one in hall(there) if "circle-begun" in one]
    assert "alder" not in begun.words


async def test_whoever_is_forgotten_hands_back_what_they_had(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "host")
    await there.press("alder", await coming(there), "circle.scribe")
    assert "Host: alder" in posts(there)[-1].words
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    assert "circle-host-free" in posts(there)[-1], "without an answer to the meeting, too"
    assert lent(there) == 0
