"""A room is reminded of an agreement: set by anybody, seen by all, on a clock on the wall, when nobody is writing."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.contract.agreements import Reminder
from bot.contract.facts import Act, Right
from bot.contract.params import Raw
from bot.contract.place import Room
from tests.commands.agreement_standing import LINES, said_in, stands, stands_in, stands_no_more
from tests.commands.desk import HALL, PLATFORM, Desk, Shown, member

LOUNGE: Final = Room(PLATFORM, "lounge")
WEEKLY: Final[Mapping[str, Raw]] = {"often": "weekly", "brings": "whole", "wall": "19:00"}
"""Set on Thursday, 4 March 2027, at noon."""
FIRST: Final = datetime(2027, 3, 4, 19, tzinfo=UTC)
WEEK: Final = timedelta(days=7)


async def sets(world: Desk, name: str = "birch", *, room: Room | None = HALL, **more: Raw) -> Shown:
    return await world.ask(name, "agreement remind", {**WEEKLY, **more}, here=room or False)


def reminders(world: Desk, room: Room = HALL) -> list[Shown]:
    return [one for one in said_in(world, room) if "agreement-reminder" in one]


async def reminder(world: Desk, room: Room = HALL) -> Reminder | None:
    return await world.read(lambda tx: tx.agreements.reminder_of(room))


async def speaks(world: Desk, room: Room = HALL) -> None:
    world.platform.spoken[room.id] = world.now


async def no_change(world: Desk, before: Mapping[str, object], answer: Shown, refusal: str) -> None:
    assert f"refusal-{refusal}" in answer
    assert world.rows() == before


async def test_anybody_sets_one_the_room_sees_it_and_not_whose_wish_it_was(world: Desk) -> None:
    await stands(world)
    shown = await world.send(world.intent("birch", "agreement remind", dict(WEEKLY), here=True))
    for words in (
        "I would remind hall of this: Quiet evenings",
        "Every week, first",
        "19:00",
        "All of its lines",
        "UTC",
    ):
        assert words in shown.words
    assert said_in(world) == ()
    answer = await world.press("birch", shown, "draft.use")
    assert "I told hall how it is reminded" in answer.words
    (told,) = stands_in(world)
    assert "From now on I remind you of this here. Anyone may stop it." in told.words
    assert "birch" not in told.words
    assert told.actions == answer.actions == ("agreement.no-reminders",)
    assert await world.profile("birch") is None


async def test_each_takes_the_place_of_the_one_before_and_says_how_to_stop(world: Desk) -> None:
    await stands(world)
    await sets(world, brings="turn")
    for number in range(3):
        await world.wind_to(FIRST + number * WEEK)
        (there,) = stands_in(world)
        assert there.at == FIRST + number * WEEK
        assert LINES[number % 2] in there.words
        assert LINES[1 - number % 2] not in there.words
        assert "brought in by moderators, not yet agreed together" in there.words
        assert there.actions == ("agreement.no-reminders",)
    assert len(reminders(world)) == 3


async def test_the_whole_of_it_comes_on_the_day_by_the_clock_on_the_wall_when_clocks_are_set(world: Desk) -> None:
    await world.ask("linden", "setup language", language="en", zone="Europe/Berlin", here=True)
    await stands(world)
    await sets(world, first_day="2027-03-21", wall="02:30")
    await world.wind_to(datetime(2027, 4, 5, tzinfo=UTC))
    assert [one.at for one in reminders(world)] == [
        datetime(2027, 3, 21, 1, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),  # 02:30 does not happen there on that day: 03:30 instead
        datetime(2027, 4, 4, 0, 30, tzinfo=UTC),
    ]
    assert all(line in reminders(world)[0].words for line in LINES)


async def test_it_waits_until_nobody_has_written_for_ten_minutes(world: Desk) -> None:
    await stands(world)
    await sets(world)
    await world.wind_to(FIRST - timedelta(minutes=4))
    await speaks(world)
    await world.wind(minutes=9)
    await speaks(world)
    await world.wind(minutes=9)
    assert reminders(world) == []
    await world.wind(minutes=1)
    assert [one.at for one in reminders(world)] == [FIRST + timedelta(minutes=15)]
    await world.wind_to(FIRST + WEEK)
    assert len(reminders(world)) == 2, "the next is as the rhythm says"


async def test_where_they_write_for_hours_that_turn_is_left_out(world: Desk) -> None:
    await stands(world)
    await sets(world)
    await world.wind_to(FIRST - timedelta(minutes=1))
    for _ in range(41):
        await speaks(world)
        await world.wind(minutes=9)
    assert reminders(world) == []
    await world.wind_to(FIRST + WEEK - timedelta(minutes=1))
    assert reminders(world) == []
    await world.wind(minutes=1)
    assert len(reminders(world)) == 1


async def test_after_a_time_away_one_comes_and_not_many(world: Desk) -> None:
    await stands(world)
    await sets(world)
    world.clock.set(FIRST + 3 * WEEK + timedelta(hours=2))
    await world.settle()
    assert reminders(world) == [], "what is weeks late is left out"
    await world.wind_to(FIRST + 4 * WEEK)
    assert len(reminders(world)) == 1
    world.clock.set(FIRST + 5 * WEEK + timedelta(hours=2))
    await world.settle()
    assert len(reminders(world)) == 2, "what is two hours late is not"


async def test_a_platform_that_does_not_say_when_somebody_wrote_is_asked_for_an_hour(world: Desk) -> None:
    await stands(world)
    await sets(world)
    world.platform.mute = True
    await world.wind_to(FIRST + timedelta(minutes=50))
    assert reminders(world) == []
    await world.wind(minutes=10)
    assert len(reminders(world)) == 1


@pytest.mark.parametrize("why", ["gone", "forbidden"])
async def test_a_room_that_is_gone_is_reminded_no_more(world: Desk, why: str) -> None:
    await stands(world)
    await sets(world)
    world.platform.refuses[HALL.id] = why
    await world.wind_to(FIRST)
    assert await reminder(world) is None
    world.platform.refuses.clear()
    await world.wind(days=8)
    assert reminders(world) == []


async def test_what_was_missed_ends_nothing(world: Desk) -> None:
    await stands(world)
    await sets(world)
    await world.wind_to(FIRST - timedelta(minutes=1))
    world.platform.away = True
    await world.wind(days=1)
    world.platform.away = False
    await world.wind_to(FIRST + WEEK)
    assert [one.at for one in reminders(world)] == [FIRST + WEEK]


async def test_anybody_ends_it_and_the_room_is_told(world: Desk) -> None:
    await stands(world)
    answer = await sets(world)
    await world.wind_to(FIRST)
    (there,) = stands_in(world)
    before = world.rows()
    await no_change(
        world, before, await world.press("stranger", there, "agreement.no-reminders", here=True), "right-member"
    )
    said = await world.press("alder", there, "agreement.no-reminders", here=True)
    assert "I told the room, and not that it was you." in said.words
    (ended,) = stands_in(world)
    assert "Someone stopped these reminders" in ended.words
    assert "alder" not in ended.words
    assert await reminder(world) is None
    before = world.rows()
    await no_change(world, before, await world.press("birch", answer, "agreement.no-reminders"), "reminder-gone")
    await world.wind(days=15)
    assert len(reminders(world)) == 1


async def test_a_room_has_one_and_the_new_one_takes_the_place_of_the_other(world: Desk) -> None:
    await stands(world)
    photos = await stands(world, "Photos", ("We ask before we take photos.",), LOUNGE)
    await sets(world, remind_of="quiet EVENINGS")
    form = await world.form("alder", "agreement remind", here=True)
    (which,) = (field for field in form.fields if field.name == "remind_of")
    assert len(which.options) == 2
    values = {**WEEKLY, "remind_of": which.options[1].value, "often": "fortnightly"}
    shown = await world.send(world.intent("alder", "agreement remind", values, here=True))
    assert "It takes the place of the reminder that this room has now." in shown.words
    await world.press("alder", shown, "draft.use")
    (there,) = stands_in(world)
    assert "Photos" in there.words
    await world.wind_to(FIRST + 2 * WEEK)
    assert [one.at for one in reminders(world)] == [FIRST, FIRST + 2 * WEEK]
    assert all("Photos" in one.words for one in reminders(world))
    await stands_no_more(world, photos)
    await world.wind_to(FIRST + 4 * WEEK)
    assert stands_in(world) == (), "what stands no more is not told"
    assert await reminder(world) is None


async def test_switched_off_it_rests_and_goes_on_later(world: Desk) -> None:
    version = await stands(world)
    await sets(world)
    await world.ask("linden", "setup features", switch_off=("agreements",), here=True)
    await world.wind_to(FIRST + WEEK)
    assert reminders(world) == []
    await world.ask("linden", "setup features", switch_on=("agreements",), here=True)
    await world.wind_to(FIRST + 2 * WEEK)
    assert len(reminders(world)) == 1
    await world.write(lambda tx: tx.agreements.remove(version.agreement))
    await world.wind_to(FIRST + 3 * WEEK)
    assert len(reminders(world)) == 1


async def test_what_cannot_be_is_refused_and_changes_nothing(world: Desk) -> None:
    before = world.rows()
    await no_change(world, before, await sets(world), "recall-nothing")
    await stands(world)
    assert "remind_of" not in [one.name for one in (await world.form("birch", "agreement remind", here=True)).fields]
    await stands(world, "Photos", room=LOUNGE)
    before = world.rows()
    await no_change(world, before, await sets(world), "reminder-of-which")
    await no_change(world, before, await sets(world, remind_of="Cats"), "reminder-of-which")
    await no_change(world, before, await sets(world, remind_of="Photos", wall=""), "param-missing")
    for day in ("2027-03-03", "2027-08-01"):
        await no_change(world, before, await sets(world, remind_of="Photos", first_day=day), "round-past")
    world.platform.lacks = {Act.WRITE}
    assert "reminder-cannot" in await sets(world, remind_of="Photos")
    assert world.rows() == before
    world.becomes("birch", right=Right.NONE)
    await world.wind(minutes=2)
    await no_change(world, before, await sets(world, remind_of="Photos"), "right-member")


async def test_asked_in_private_the_room_of_the_agreement_is_reminded(world: Desk) -> None:
    await stands(world, room=LOUNGE)
    await sets(world, room=None, first_day="1")
    assert await reminder(world) is None
    found = await reminder(world, LOUNGE)
    assert found is not None
    assert found.next_at == FIRST + timedelta(days=1)


# When a check-in opens


async def opens(world: Desk, room: Room = HALL) -> Room:
    """Open a check-in that is announced in a room, and return its own."""
    known = {place for _, place, _ in world.platform.said}
    assert "checkin-opens-now" in await world.ask("birch", "checkin open", minutes="20", kind="open", here=room)
    (made,) = {place for _, place, _ in world.platform.said} - known - {room, member("birch")}
    assert isinstance(made, Room)
    return made


def opened_with(world: Desk, room: Room) -> list[str]:
    return [one.words for one in said_in(world, room) if "agreement-at-opening" in one]


async def test_where_it_is_wished_a_check_in_opens_with_a_line_in_its_turn(world: Desk) -> None:
    await stands(world, room=LOUNGE)
    assert opened_with(world, await opens(world)) == []
    await world.wind(minutes=30)
    await sets(world, room=LOUNGE, often="openings", brings="turn", wall="")
    assert (await world.read(lambda tx: tx.due.next_at())) is not None
    for number in range(3):
        (words,) = opened_with(world, await opens(world))
        assert "What we agreed on, Quiet evenings:" in words
        assert LINES[number % 2] in words
        assert LINES[1 - number % 2] not in words
        await world.wind(minutes=30)
    assert reminders(world, LOUNGE) == []


@pytest.mark.parametrize("brings", ["turn", "whole"])
async def test_whoever_comes_later_has_it_privately_where_nobody_reads_what_was_said_before(
    world: Desk, brings: str
) -> None:
    world.platform.capabilities -= {"reads back"}
    await stands(world)
    await sets(world, brings=brings, openings="yes")
    made = await opens(world)
    card = next(one for one in said_in(world) if "checkin-card" in one)
    joined = await world.press("alder", card, "checkin.join", here=True)
    for words in (joined.words, opened_with(world, made)[0]):
        assert [line in words for line in LINES] == [True, brings == "whole"]


async def test_all_of_it_or_nothing_where_it_was_switched_off(world: Desk) -> None:
    await stands(world)
    await sets(world, openings="yes")
    made = await opens(world)
    assert all(line in opened_with(world, made)[0] for line in LINES)
    await sets(world, room=made)
    assert await reminder(world, made) is None, "a room that is soon over is not reminded, the one around it is"
    await world.wind(minutes=30)
    await sets(world, openings="yes")
    await world.ask("linden", "setup features", switch_off=("agreements",), here=True)
    assert opened_with(world, await opens(world)) == []
