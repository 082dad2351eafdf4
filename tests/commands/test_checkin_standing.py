"""Standing check-ins: each asked anew, skipped, moved, stopped, and a note beforehand for whoever wishes one."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.checkins import Checkin
from bot.contract.facts import Right
from bot.contract.place import Room
from bot.domain.checkin import TALK
from tests.commands.checkin_scene import ROWS, card, hall, rooms
from tests.commands.desk import MODERATOR, START, Desk, Shown, desk

AT = START + timedelta(hours=31)  # tomorrow at 19:00
WEEK = timedelta(days=7)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def plan(there: Desk, name: str = "birch", **args: str) -> Shown:
    given = {"rhythm": "weekly", "first_day": "1", "wall": "19:00", **args}
    return await there.ask(name, "checkin plan", given, here=True)


def notes(there: Desk, name: str) -> list[Shown]:
    return [shown for shown in there.sent_to(name) if "checkin-note" in shown]


async def test_it_is_shown_back_then_opens_every_week_and_nobody_is_in_it_beforehand(there: Desk) -> None:
    given = {"rhythm": "weekly", "first_day": "1", "wall": "19:00", "minutes": "30"}
    shown = await there.send(there.intent("birch", "checkin plan", given, here=True))
    assert "checkin-plan-understood" in shown
    assert there.rows()["standing"] == there.rows()["member"] == ()
    assert "checkin-planned" in await there.press("birch", shown, "draft.use", here=True)
    for week in range(2):
        await there.wind_to(AT + week * WEEK)
        assert "checkin-card" in card(there)
        assert there.rows()["seat"] == ()
        await there.press("alder", card(there), "checkin.join", here=True)
        await there.wind(minutes=31)
        assert not [one for one in hall(there) if "checkin-card" in one]
        assert there.rows()["checkin"] == there.rows()["seat"] == ()
    assert len(rooms(there)) == 2
    assert len(there.rows()["standing"]) == 1


async def test_it_keeps_to_its_own_clock_when_clocks_change(there: Desk) -> None:
    await plan(there, zone="Europe/Berlin", first_day="2027-03-25")
    await there.wind_to(START.replace(day=25, hour=18))
    assert len(rooms(there)) == 1
    await there.wind_to(START.replace(month=4, day=1, hour=17))
    assert len(rooms(there)) == 2, "one hour earlier by UTC"


async def test_once_is_once_and_leaves_nothing(there: Desk) -> None:
    await plan(there, rhythm="once", kind="open")
    await there.wind_to(AT + timedelta(hours=2))
    assert len(rooms(there)) == 1
    assert {there.rows()[table] for table in ("standing", *ROWS)} == {()}


async def test_who_planned_it_and_moderators_skip_move_and_stop(there: Desk) -> None:
    planned = await plan(there)
    skipped = await there.press("birch", planned, "checkin.skip-next")
    assert "checkin-next-is" in skipped
    await there.wind_to(AT)
    assert rooms(there) == []
    listed = await there.ask(MODERATOR, "checkin list", here=True)
    moved = await there.press(MODERATOR, listed, "checkin.move", when="2027-03-12 18:00")
    assert "checkin-next-is" in moved
    await there.wind_to(AT + WEEK - timedelta(hours=1))
    assert len(rooms(there)) == 1
    await there.wind_to(AT + WEEK + timedelta(minutes=30))
    assert len(rooms(there)) == 1, "that was this one"
    assert "checkin-stopped" in await there.press("birch", planned, "checkin.stop")
    assert "refusal-checkin-plan-gone" in await there.press("birch", planned, "checkin.stop")
    await there.wind(days=15)
    assert len(rooms(there)) == 1
    assert there.rows()["standing"] == there.rows()["agenda"] == ()


async def test_others_change_nothing(there: Desk) -> None:
    planned = await plan(there)
    listed = await there.ask("alder", "checkin list", here=True)
    assert "checkin-stands" in listed
    assert set(listed.actions) == {"checkin.note-me"}
    before = there.rows()
    for action in ("checkin.skip-next", "checkin.stop"):
        subject = planned.choice(action).subject
        assert "refusal-checkin-not-yours" in await there.ask("alder", action, subject=subject)
    there.becomes("birch", right=Right.NONE)
    assert "refusal-checkin-not-yours" in await there.press("birch", planned, "checkin.stop")
    assert there.rows() == before


@pytest.mark.parametrize(
    ("when", "refused"),
    [("2027-03-12 19:00", "refusal-checkin-moved-far"), ("2027-03-01 10:00", "refusal-when-past")],
)
async def test_one_moves_only_up_to_the_one_after_it(there: Desk, when: str, refused: str) -> None:
    planned = await plan(there)
    before = there.rows()
    assert refused in await there.press("birch", planned, "checkin.move", when=when)
    assert there.rows() == before


async def test_a_move_says_what_clocks_do_and_is_looked_at_again_when_it_is_confirmed(there: Desk) -> None:
    await there.wind_to(START.replace(day=25))
    planned = await plan(there, zone="Europe/Berlin", rhythm="once", first_day="20")
    subject = planned.choice("checkin.move").subject
    intent = there.intent("birch", "checkin.move", {"when": "2027-03-28 02:30"}, subject=subject)
    assert "plan-shift" in await there.send(intent)
    soon = await there.send(there.intent("birch", "checkin.move", {"when": "in 5 minutes"}, subject=subject))
    await there.wind(minutes=6)
    assert "refusal-when-past" in await there.press("birch", soon, "draft.use")
    assert "checkin-stopped" in await there.press("birch", planned, "checkin.skip-next")
    assert there.rows()["standing"] == ()


async def test_what_cannot_be_planned(there: Desk) -> None:
    assert "refusal-round-past" in await plan(there, first_day="2027-03-01")
    there.platform.lacks = {"rooms"}
    assert "checkin-cannot" in await plan(there)
    assert there.rows()["standing"] == ()
    there.platform.lacks = set()
    await there.wind(minutes=1)
    for _ in range(5):
        await plan(there)
    assert "refusal-checkin-plans-many" in await plan(there)
    assert len(there.rows()["standing"]) == 5


async def test_late_or_switched_off_it_is_passed_over_and_the_next_comes(there: Desk) -> None:
    await plan(there)
    there.clock.set(AT + timedelta(hours=1))
    await there.settle()
    assert rooms(there) == []
    await there.ask(MODERATOR, "setup features", switch_off="checkins")
    await there.wind_to(AT + WEEK)
    assert rooms(there) == []
    await there.ask(MODERATOR, "setup features", switch_on="checkins")
    there.clock.set(AT + 5 * WEEK)
    await there.settle()
    assert rooms(there) == []
    await there.wind_to(AT + 6 * WEEK)
    assert len(rooms(there)) == 1


async def test_the_list_shows_what_is_open_and_announced_and_leads_in(there: Desk) -> None:
    assert "checkin-none" in await there.ask("alder", "checkin list", here=True)
    await there.ask("birch", "checkin open", here=True)
    await there.ask("birch", "checkin open", when="in 3 days", here=True)
    listed = await there.ask("alder", "checkin list")
    assert "checkin-is-open" in listed
    assert "checkin-is-announced" in listed
    assert listed.actions == ("checkin.join", "checkin.listen")
    assert "checkin-let-in" in await there.press("alder", listed, "checkin.join")


async def test_of_several_each_is_shown_alone_before_anything_is_done_about_it(there: Desk) -> None:
    await plan(there)
    await plan(there, wall="21:00")
    await there.ask("birch", "checkin open", here=True)
    listed = await there.ask("birch", "checkin list", here=True)
    assert listed.ids.count("checkin-numbered") == 3
    assert listed.actions == ("checkin.look",) * 3
    assert listed.card is not None
    opened, _, second = (choice.subject for choice in listed.card.choices)
    alone = await there.ask("birch", "checkin.look", subject=second)
    assert alone.actions == ("checkin.note-me", "checkin.skip-next", "checkin.move", "checkin.stop")
    assert "checkin-stopped" in await there.press("birch", alone, "checkin.stop")
    community = await there.community()
    (left,) = await there.write(lambda tx: tx.checkins.all_planned(community))
    assert left.wall.hour == 19
    assert "refusal-checkin-plan-gone" in await there.ask("birch", "checkin.look", subject=second)
    assert (await there.ask("alder", "checkin.look", subject=opened)).actions == ("checkin.join", "checkin.listen")
    await there.wind(minutes=1)
    there.becomes("alder", right=Right.NONE)
    assert "refusal-right-member" in await there.ask("alder", "checkin.look", subject=opened)


async def test_two_who_skip_the_same_one_skip_one(there: Desk) -> None:
    planned = await plan(there)
    listed = await there.ask(MODERATOR, "checkin list", here=True)
    assert "checkin-next-is" in await there.press("birch", planned, "checkin.skip-next")
    before = there.rows()
    assert "refusal-checkin-next-other" in await there.press(MODERATOR, listed, "checkin.skip-next")
    subject = planned.choice("checkin.move").subject
    assert "refusal-checkin-next-other" in await there.ask("birch", "checkin.move", when="in 2 days", subject=subject)
    assert there.rows() == before


async def test_what_is_open_on_another_platform_cannot_be_entered_from_here(there: Desk) -> None:
    one = Checkin("c" * 16, await there.community(), Room("discord", "7"), True, 12, START, AT, TALK)
    await there.write(lambda tx: tx.checkins.put(one))
    assert "checkin-none" in await there.ask("alder", "checkin list", here=True)


# Notes


async def wishes(there: Desk, name: str) -> Shown:
    listed = await there.ask(name, "checkin list", here=True)
    return await there.press(name, listed, "checkin.note-me")


async def test_a_note_comes_before_each_to_whoever_wishes_it_and_nobody_else(there: Desk) -> None:
    await plan(there)
    assert "checkin-noted" in await wishes(there, "alder")
    assert "coming-checkin-note" in await there.ask("alder", "mine next")
    for week in range(2):
        await there.wind_to(AT + week * WEEK)
        assert notes(there, "alder")[-1].at == AT + week * WEEK - timedelta(hours=1)
        assert len(notes(there, "alder")) == week + 1
        assert there.rows()["seat"] == ()
    assert notes(there, "birch") == notes(there, "rowan") == []
    last = notes(there, "alder")[-1]
    assert "checkin-no-note" in await there.press("alder", last, "checkin.no-note")
    await there.wind_to(AT + 2 * WEEK)
    assert len(notes(there, "alder")) == 2
    assert there.rows()["standing_note"] == ()
    assert "checkin-no-note" in await there.press("alder", last, "checkin.no-note")


@pytest.mark.parametrize("how", ["stop", "off", "left", "stopped"])
async def test_no_note_comes_any_more(there: Desk, how: str) -> None:
    planned = await plan(there)
    await wishes(there, "alder")
    match how:
        case "stop":
            assert "mine-stopped" in await there.ask("alder", "mine stop")
        case "off":
            listed = await there.ask("alder", "checkin list", here=True)
            await there.press("alder", listed, "checkin.no-note")
        case "left":
            there.becomes("alder", right=Right.NONE)
        case _:
            await there.press("birch", planned, "checkin.stop")
    await there.wind_to(AT + WEEK)
    assert notes(there, "alder") == []
    assert (there.rows()["standing_note"] == ()) is (how != "left")


async def test_a_note_moves_with_its_check_in_and_none_comes_too_late(there: Desk) -> None:
    planned = await plan(there)
    await there.ask("alder", "mine quiet", quiet_from="17:00", quiet_to="23:00")
    await wishes(there, "alder")
    await there.wind_to(AT + timedelta(hours=5))
    assert notes(there, "alder") == [], "the hours are quiet, and afterwards it is over"
    await there.ask("alder", "mine reset", what="quiet")
    assert "refusal-checkin-next-other" in await there.press("birch", planned, "checkin.move", when="in 30 minutes")
    listed = await there.ask("birch", "checkin list", here=True)
    await there.press("birch", listed, "checkin.move", when="in 30 minutes")
    await there.wind(hours=1)
    assert notes(there, "alder") == [], "that was too near for a note"
    await there.wind_to(AT + 2 * WEEK)
    assert [one.at for one in notes(there, "alder")] == [AT + 2 * WEEK - timedelta(hours=1)]


async def test_who_cannot_be_written_to_gets_no_note_and_no_row(there: Desk) -> None:
    planned = await plan(there)
    there.platform.closed.add("alder")
    assert "checkin-not-noted" in await wishes(there, "alder")
    assert there.rows()["standing_note"] == ()
    listed = await there.ask("alder", "checkin list", here=True)
    await there.press("birch", planned, "checkin.stop")
    assert "refusal-checkin-plan-gone" in await there.press("alder", listed, "checkin.note-me")
    assert "checkin-no-note" in await there.ask("alder", "checkin.no-note", subject="x" * 16)
