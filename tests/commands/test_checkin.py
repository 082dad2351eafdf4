"""Opening check-in rooms: now or later, by anybody, and nothing says by whom."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.effect import Leave, MakeRoom
from bot.contract.facts import Act
from bot.contract.ports import Capability
from commands.checkin_room import DOES
from tests.commands.checkin_scene import card, hall, joins, nothing_left, rooms, said
from tests.commands.desk import HALL, MODERATOR, START, Desk, desk


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def test_a_room_opens_now_and_its_card_stands_where_it_was_asked(there: Desk) -> None:
    answer = await there.ask("birch", "checkin open", here=True)
    assert "checkin-opens-now" in answer
    assert answer.actions == ("checkin.call-off",)
    assert card(there).actions == ("checkin.join", "checkin.listen", "checkin.skip")
    assert "birch" not in card(there).words
    opening = said(there)[0]
    assert set(opening.actions) == {
        "checkin.go-on", "checkin.no-prompts", "checkin.host", "checkin.guard", "checkin.pause", "checkin.leave",
    }  # fmt: skip
    assert not there.platform.inside
    await there.wind(minutes=61)
    assert [shown for shown in hall(there) if "checkin-card" in shown] == []
    assert "checkin-closing-words" in said(there)[-1]
    assert Leave(rooms(there)[0], close=True) in there.platform.effects
    nothing_left(there)


async def test_moderators_choose_where_rooms_are_announced_and_then_one_can_ask_in_private(there: Desk) -> None:
    assert "refusal-checkin-nowhere" in await there.ask("birch", "checkin open")
    nothing_left(there)
    community = await there.community()
    await there.write(lambda tx: tx.communities.set_room(community, DOES, HALL))
    assert "checkin-opens-now" in await there.ask("birch", "checkin open", kind="open", minutes="20", size="2")
    assert set(said(there)[0].actions) == {"checkin.host", "checkin.guard", "checkin.pause", "checkin.leave"}


async def test_a_time_is_shown_back_and_announced_and_at_that_time_the_invitation_takes_its_place(there: Desk) -> None:
    understood = await there.send(there.intent("birch", "checkin open", {"when": "tomorrow 19:30"}, here=True))
    assert "checkin-understood" in understood
    nothing_left(there)
    answer = await there.press("birch", understood, "draft.use", here=True)
    assert "checkin-opens-then" in answer
    (announced,) = hall(there)
    assert "checkin-announced" in announced
    assert announced.actions == ()
    assert not rooms(there)
    await there.wind_to(START + timedelta(hours=31.5))
    (invited,) = hall(there)
    assert "checkin-card" in invited
    await there.wind(hours=1)
    assert hall(there) == []
    nothing_left(there)


@pytest.mark.parametrize(
    ("when", "refused"),
    [("in 15 days", "refusal-when-far"), ("2027-03-04 11:59", "refusal-when-past"), ("soon", "refusal-when-unknown")],
)
async def test_a_time_that_cannot_be(there: Desk, when: str, refused: str) -> None:
    assert refused in await there.ask("birch", "checkin open", when=when, here=True)
    nothing_left(there)


async def test_a_time_that_does_not_happen_says_so(there: Desk) -> None:
    await there.wind_to(START + timedelta(days=20))
    await there.ask(MODERATOR, "setup language", language="en", zone="Europe/Berlin")
    shown = await there.send(there.intent("birch", "checkin open", {"when": "2027-03-28 02:30"}, here=True))
    assert "plan-shift" in shown


async def test_a_time_that_went_by_while_it_was_looked_at_is_over(there: Desk) -> None:
    shown = await there.send(there.intent("birch", "checkin open", {"when": "in 5 minutes"}, here=True))
    await there.wind(minutes=6)
    assert "refusal-when-past" in await there.press("birch", shown, "draft.use", here=True)
    nothing_left(there)


async def test_three_at_a_time(there: Desk) -> None:
    for when in ("", "tomorrow 10:00", "tomorrow 12:00"):
        await there.ask("birch", "checkin open", {"when": when}, here=True)
    before = there.rows()
    assert "refusal-checkin-many" in await there.ask("alder", "checkin open", here=True)
    assert there.rows() == before


async def test_what_would_be_refused_to_the_bot_is_said_before(there: Desk) -> None:
    there.platform.lacks = {Act.ROOMS}
    answer = await there.ask("birch", "checkin open", here=True)
    assert "checkin-cannot" in answer
    assert answer.ids.count("missing-local") == 1
    there.platform.lacks = {Act.VISIBLE}
    await there.ask(MODERATOR, "checkin words", visible="yes")
    assert "checkin-cannot" in await there.ask("birch", "checkin open", here=True)
    there.platform.lacks = set()
    there.platform.capabilities -= {Capability.ROOMS}
    assert "refusal-checkin-cannot-here" in await there.ask("birch", "checkin open", here=True)
    nothing_left(there)


async def test_a_community_that_chose_so_has_rooms_to_look_into(there: Desk) -> None:
    for visible in ("yes", "no"):
        await there.ask(MODERATOR, "checkin words", visible=visible)
        await there.ask("birch", "checkin open", here=True)
    made = [effect.visible for effect in there.platform.effects if isinstance(effect, MakeRoom)]
    assert made == [True, False]


async def test_members_alone_open_rooms(there: Desk) -> None:
    assert "refusal-right-member" in await there.ask("stranger", "checkin open", here=True)
    nothing_left(there)


async def test_whoever_opened_it_can_close_it(there: Desk) -> None:
    answer = await there.ask("birch", "checkin open", here=True)
    await joins(there, "alder")
    assert "checkin-called-off" in await there.press("birch", answer, "checkin.call-off")
    assert "checkin-closing-words" in said(there)[-1]
    assert rooms(there)[0].id in there.platform.shut
    assert hall(there) == []
    nothing_left(there)
    assert "checkin-over" in await there.press("birch", answer, "checkin.call-off")


async def test_whoever_announced_it_can_call_it_off_and_one_line_says_so(there: Desk) -> None:
    answer = await there.ask("birch", "checkin open", when="tomorrow 10:00", here=True)
    assert "checkin-called-off" in await there.press("birch", answer, "checkin.call-off")
    (line,) = hall(there)
    assert "checkin-not-held" in line
    nothing_left(there)


async def test_asked_inside_a_check_in_room_it_is_announced_where_that_one_is(there: Desk) -> None:
    await there.ask("birch", "checkin open", here=True)
    assert "checkin-opens-now" in await there.ask("birch", "checkin open", here=rooms(there)[0])
    assert len([shown for shown in hall(there) if "checkin-card" in shown]) == 2
