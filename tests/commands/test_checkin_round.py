"""Rounds in a check-in room: an invitation each, a pass, a pause, and nothing about who did not share."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.effect import Delete, Edit
from bot.contract.ports import Capability
from tests.commands.checkin_scene import card, hall, invited, joins, nothing_left, opened, presses, rooms, said
from tests.commands.desk import MODERATOR, START, Desk, Shown, desk

THREE = ("alder", "rowan", "hazel")


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def begun(there: Desk, *names: str) -> None:
    """Open a room and wait until its round begins."""
    await opened(there, *names)
    await there.wind(minutes=5)


def newest(there: Desk) -> Shown:
    return said(there)[-1]


async def test_the_round_begins_after_five_minutes_and_invites_in_turn_until_the_talk_is_open(there: Desk) -> None:
    await begun(there, *THREE)
    assert set(newest(there).actions) == {
        "checkin.go-on", "checkin.pass", "checkin.pause", "checkin.leave", "checkin.no-prompts",
    }  # fmt: skip
    assert "checkin-prompt" in newest(there)
    for _ in THREE:
        assert "checkin-goes-on" in await presses(there, "hazel", "checkin.go-on")
    assert invited(there) == list(THREE)
    assert "checkin-talk" in newest(there)
    assert newest(there).actions == ("checkin.pause", "checkin.leave")
    assert not any(isinstance(effect, Edit | Delete) for effect in there.platform.effects), "each is a new message"


async def test_anybody_lets_the_round_begin_before_and_it_does_not_begin_twice(there: Desk) -> None:
    await opened(there, *THREE)
    opening = newest(there)
    assert "checkin-goes-on" in await there.press("rowan", opening, "checkin.go-on", here=rooms(there)[0])
    assert "checkin-moved-on" in await there.press("alder", opening, "checkin.go-on", here=rooms(there)[0])
    await there.wind(minutes=6)
    assert invited(there) == ["alder"]


async def test_two_who_go_on_at_once_skip_nobody(there: Desk) -> None:
    await begun(there, *THREE)
    turn = newest(there)
    await there.press("rowan", turn, "checkin.go-on", here=rooms(there)[0])
    assert "checkin-moved-on" in await there.press("hazel", turn, "checkin.go-on", here=rooms(there)[0])
    assert invited(there) == ["alder", "rowan"]


async def test_a_pass_is_asked_once_more_and_the_second_ends_it_in_words_as_warm(there: Desk) -> None:
    await begun(there, "alder", "rowan")
    once = await presses(there, "alder", "checkin.pass")
    assert "checkin-passed-once" in once
    assert invited(there) == ["alder", "rowan"]
    await presses(there, "rowan", "checkin.go-on")
    twice = await presses(there, "alder", "checkin.pass")
    assert "checkin-passed-twice" in twice
    assert invited(there) == ["alder", "rowan", "alder"]
    assert "checkin-talk" in newest(there)
    assert abs(len(once.words.split()) - len(twice.words.split())) <= 3
    assert "alder" not in newest(there).words
    assert "checkin-nobodys-turn" in await presses(there, "alder", "checkin.pass")


async def test_alone_one_may_pass_twice_as_well(there: Desk) -> None:
    await begun(there, "alder")
    await presses(there, "alder", "checkin.pass")
    await presses(there, "alder", "checkin.pass")
    assert invited(there) == ["alder", "alder"]
    assert "checkin-talk" in newest(there)


async def test_who_is_not_invited_hears_whose_turn_it_is(there: Desk) -> None:
    await begun(there, "alder", "rowan")
    before = there.rows("outbox")
    answer = await presses(there, "rowan", "checkin.pass")
    assert "checkin-turn-of" in answer
    assert "alder" in answer.words
    assert there.rows("outbox") == before


async def test_who_just_listens_is_not_invited_and_a_room_of_them_has_no_round(there: Desk) -> None:
    await opened(there)
    await joins(there, "alder", "rowan", how="checkin.listen")
    await there.wind(minutes=5)
    assert invited(there) == []
    assert "checkin-talk" in newest(there)


async def test_whoever_comes_later_is_invited_later(there: Desk) -> None:
    await begun(there, "alder")
    await joins(there, "rowan")
    await presses(there, "alder", "checkin.go-on")
    assert invited(there) == ["alder", "rowan"]


async def test_whoever_left_is_not_named_and_leaving_in_ones_turn_posts_nothing(there: Desk) -> None:
    await begun(there, *THREE)
    lines = len(said(there))
    await presses(there, "alder", "checkin.leave")
    assert len(said(there)) == lines
    there.platform.inside[rooms(there)[0].id].discard("rowan")  # by the platform's own means
    assert "checkin-nobodys-turn" in await presses(there, "hazel", "checkin.pass")
    await presses(there, "hazel", "checkin.go-on")
    assert invited(there) == ["alder", "hazel"]


async def test_whoever_is_forgotten_in_their_turn_holds_up_nobody(there: Desk) -> None:
    await begun(there, *THREE)
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    turn = newest(there)
    assert "checkin-goes-on" in await there.press("rowan", turn, "checkin.go-on", here=rooms(there)[0])
    assert "checkin-moved-on" in await there.press("hazel", turn, "checkin.go-on", here=rooms(there)[0])
    assert invited(there) == ["alder", "rowan"]


@pytest.mark.parametrize("paused", [False, True])
async def test_after_a_long_outage_nothing_but_the_closing_is_said(there: Desk, paused: bool) -> None:
    await opened(there, *THREE)
    if paused:
        await presses(there, "alder", "checkin.pause")
    before = len(said(there))
    there.clock.set(START + timedelta(hours=2))
    await there.settle()
    assert [shown.ids for shown in said(there)[before:]] == [("checkin-closing-words",)]
    nothing_left(there)


async def test_who_is_not_in_the_room_does_nothing_there(there: Desk) -> None:
    await begun(there, "alder")
    before, posted = there.rows(), len(there.platform.said)
    for action in ("go-on", "pass", "pause", "no-prompts"):
        assert "checkin-over" in await presses(there, "birch", f"checkin.{action}")
    for action in ("host", "guard"):
        assert "checkin-over" in await presses(there, "birch", f"checkin.{action}")
    assert there.rows() == before
    assert len(there.platform.said) == posted


# Pausing


async def test_anybody_pauses_and_the_bot_is_silent_until_somebody_goes_on(there: Desk) -> None:
    await begun(there, *THREE)
    turn = newest(there)
    assert "checkin-paused" in await presses(there, "hazel", "checkin.pause")
    assert "checkin-pause" in newest(there)
    assert newest(there).actions == ("checkin.resume",)
    lines = len(said(there))
    assert "checkin-paused" in await presses(there, "alder", "checkin.pause")
    assert "checkin-paused" in await there.press("rowan", turn, "checkin.go-on", here=rooms(there)[0])
    assert "checkin-passed-once" in await there.press("alder", turn, "checkin.pass", here=rooms(there)[0])
    assert "checkin-role-yours" in await presses(there, "alder", "checkin.host")
    assert "checkin-prompts-off" in await presses(there, "alder", "checkin.no-prompts")
    await there.wind(minutes=4)
    assert len(said(there)) == lines
    assert "checkin-over" in await presses(there, "birch", "checkin.resume")
    assert "checkin-goes-on" in await presses(there, "rowan", "checkin.resume")
    assert "checkin-after-pause" in newest(there)
    assert invited(there) == ["alder", "rowan"]
    assert "checkin-moved-on" in await presses(there, "rowan", "checkin.resume")
    await there.wind(minutes=2)
    assert len(said(there)) == lines + 1


async def test_a_pause_ends_by_itself_and_the_turn_is_said_again(there: Desk) -> None:
    await begun(there, *THREE)
    await presses(there, "hazel", "checkin.pause")
    await there.wind(minutes=5)
    assert "checkin-after-pause" in newest(there)
    assert invited(there) == ["alder", "alder"]
    await presses(there, "hazel", "checkin.pause")
    assert "checkin-pause" in newest(there), "there may be another"


@pytest.mark.parametrize("released", [True, False])
async def test_a_round_that_was_to_begin_in_a_pause_begins_after_it(there: Desk, released: bool) -> None:
    await opened(there, *THREE)
    await there.wind(minutes=3)
    await presses(there, "hazel", "checkin.pause")
    await there.wind(minutes=3)
    assert invited(there) == []
    if released:
        await presses(there, "hazel", "checkin.resume")
    else:
        await there.wind(minutes=2)
    assert invited(there) == ["alder"]
    await there.wind(minutes=3)
    assert invited(there) == ["alder"]


@pytest.mark.parametrize("released", [True, False])
async def test_a_notice_that_falls_into_a_pause_comes_after_it_once(there: Desk, released: bool) -> None:
    await opened(there, *THREE, kind="open", minutes="30")
    await there.wind(minutes=18)
    await presses(there, "hazel", "checkin.pause")
    await there.wind(minutes=3)
    assert "checkin-notice" not in newest(there)
    if released:
        await presses(there, "hazel", "checkin.resume")
    else:
        await there.wind(minutes=2)
    await there.wind(minutes=4)
    assert ["checkin-notice" in shown for shown in said(there)].count(True) == 1


async def test_a_pause_in_open_talk_ends_with_one_line(there: Desk) -> None:
    await opened(there, "alder", kind="open")
    await presses(there, "alder", "checkin.pause")
    await presses(there, "alder", "checkin.resume")
    assert newest(there).ids == ("checkin-after-pause",)


async def test_a_closing_in_a_pause_is_on_time_and_silent(there: Desk) -> None:
    room = await opened(there, "alder", minutes="20")
    await there.wind(minutes=17)
    await presses(there, "alder", "checkin.pause")
    lines = len(said(there))
    await there.wind(minutes=4)
    assert len(said(there)) == lines
    assert room.id in there.platform.shut
    nothing_left(there)


# Before the closing


async def test_ten_minutes_before_it_is_said_and_a_last_round_begins(there: Desk) -> None:
    await begun(there, "alder", "rowan")
    for _ in range(2):
        await presses(there, "alder", "checkin.go-on")
    await there.wind(minutes=45)
    notice, last = said(there)[-2:]
    assert "checkin-notice" in notice
    assert notice.actions == ("checkin.another", "checkin.pause", "checkin.leave")
    assert "checkin-prompt" in last
    assert invited(there) == ["alder", "rowan", "alder"]
    for _ in range(2):
        await presses(there, "alder", "checkin.go-on")
    assert "checkin-checked-out" in newest(there)
    await there.wind(minutes=10)
    assert "checkin-closing-words" in newest(there)
    assert hall(there) == []


async def test_whoever_would_like_to_stay_opens_a_second_room_with_one_tap(there: Desk) -> None:
    await opened(there, "alder", kind="open", minutes="30")
    await there.wind(minutes=20)
    second = await presses(there, "alder", "checkin.another")
    assert "checkin-opens-now" in second
    assert len(rooms(there)) == 2
    assert "checkin-is-another" in await presses(there, "rowan", "checkin.another")
    await there.wind(minutes=11)
    assert there.platform.shut == {rooms(there)[0].id}
    assert "checkin-let-in" in await there.press("rowan", card(there), "checkin.join", here=True)


async def test_no_second_room_opens_where_check_ins_were_switched_off(there: Desk) -> None:
    await opened(there, "alder", kind="open")
    await there.ask(MODERATOR, "setup features", switch_off="checkins")
    await there.wind(minutes=51)
    assert "refusal-switched-off" in await presses(there, "alder", "checkin.another")
    assert len(rooms(there)) == 1


async def test_who_comes_where_nobody_reads_what_was_said_before_has_it_privately(there: Desk) -> None:
    there.platform.capabilities -= {Capability.READS_BACK}
    await opened(there)
    first = await there.press("alder", card(there), "checkin.join", here=True)
    assert first.ids == ("checkin-let-in", "checkin-opening-words", "checkin-opening")
    ways = {"checkin.go-on", "checkin.no-prompts", "checkin.host", "checkin.guard", "checkin.pause", "checkin.leave"}
    assert set(first.actions) == ways == set(said(there)[0].actions)
    assert "checkin-goes-on" in await there.press("alder", first, "checkin.go-on")
    assert invited(there) == ["alder"]
    second = await there.press("rowan", card(there), "checkin.join", here=True)
    assert set(second.actions) == ways
    assert "checkin-moved-on" in await there.press("alder", first, "checkin.go-on")
    assert "checkin-goes-on" in await there.press("rowan", second, "checkin.go-on"), "from where it stands"
    assert invited(there) == ["alder", "rowan"]
    assert "checkin-goes-on" in await presses(there, "rowan", "checkin.go-on")
    assert "checkin-talk" in newest(there)
    third = await there.press("hazel", card(there), "checkin.join", here=True)
    assert set(third.actions) == ways - {"checkin.go-on", "checkin.no-prompts"}


# Roles and prompts


async def test_host_and_guardian_are_volunteered_for_and_given_back(there: Desk) -> None:
    room = await opened(there, "alder")
    assert "checkin-role-yours" in await presses(there, "alder", "checkin.host")
    assert "checkin-role-yours" in await presses(there, "alder", "checkin.guard")
    assert [shown.ids for shown in said(there)[1:]] == [("checkin-role",)] * 2
    assert "alder" in newest(there).words
    for action in ("checkin.host", "checkin.guard"):
        assert "checkin-role-back" in await presses(there, "alder", action)
    assert len(said(there)) == 3
    there.platform.inside[room.id].add("rowan")
    assert "checkin-no-seat" in await presses(there, "rowan", "checkin.host")


async def test_the_host_leaves_and_nothing_is_said_of_it_and_the_round_goes_on(there: Desk) -> None:
    await opened(there, "alder", "rowan")
    await presses(there, "alder", "checkin.host")
    await there.wind(minutes=6)
    posted = len(said(there))
    assert "checkin-left" in await presses(there, "alder", "checkin.leave")
    assert len(said(there)) == posted
    await presses(there, "rowan", "checkin.go-on")
    assert invited(there) == ["alder", "rowan"]
    community = await there.community()
    (seat,) = await there.read(lambda tx: tx.checkins.seats(tx.checkins.of_community(community)[0].id))
    assert not seat.host, "nobody is made the host in their place"


async def test_each_has_a_prompt_of_their_own_and_after_a_pause_it_is_the_same(there: Desk) -> None:
    await begun(there, *THREE)
    await presses(there, "alder", "checkin.go-on")
    await presses(there, "alder", "checkin.pause")
    await presses(there, "alder", "checkin.resume")
    first, second, again = (
        next(line.facts["prompt"] for line in shown.texts if line.id == "checkin-prompt")
        for shown in said(there)
        if "checkin-prompt" in shown
    )
    assert first != second
    assert again == second


async def test_prompts_are_switched_off_in_the_middle_by_anybody_and_once(there: Desk) -> None:
    await begun(there, *THREE)
    assert "checkin-prompts-off" in await presses(there, "hazel", "checkin.no-prompts")
    assert "checkin-without-prompts" in newest(there)
    lines = len(said(there))
    assert "checkin-prompts-off" in await presses(there, "rowan", "checkin.no-prompts")
    assert len(said(there)) == lines
    await presses(there, "alder", "checkin.go-on")
    assert "checkin-prompt" not in newest(there)
    assert "checkin.no-prompts" not in newest(there).actions
