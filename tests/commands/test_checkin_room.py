"""A check-in room's life: made and looked at, open, full, left, closed, and gone."""

import ast
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.contract.checkins import Checkin
from bot.contract.effect import Effect, Invite, Leave, MakeRoom, NotSent, Refused, Remove, Result, Say
from bot.contract.facts import Act, Answer, Inside, IsInside, Question, Right, Unanswered, WhatIsMissing
from bot.contract.place import Room
from bot.contract.tables import Tx
from bot.contract.text import Voice
from commands import checkin
from tests.commands.checkin_scene import card, hall, invited, joins, nothing_left, opened, presses, rooms, said
from tests.commands.desk import MODERATOR, START, Desk, Platform, desk, member


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


def inside(there: Desk, number: int = 0) -> set[str]:
    return there.platform.inside.get(rooms(there)[number].id, set())


def refusing(there: Desk, monkeypatch: pytest.MonkeyPatch, kind: type[Effect], why: str) -> None:
    """Let the platform refuse effects of a kind."""
    perform = Platform.perform

    async def refuses(self: Platform, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        return Refused(why) if isinstance(effect, kind) else await perform(self, key, mark, effect, voice)

    monkeypatch.setattr(Platform, "perform", refuses)


# Made, and looked at


async def test_a_room_that_more_can_read_is_closed_before_anybody_is_let_in(there: Desk) -> None:
    there.platform.wide = True
    await there.ask("birch", "checkin open", here=True)
    (line,) = hall(there)
    assert "checkin-too-wide" in line
    assert line.actions == ()
    assert said(there) == []
    assert there.platform.shut == {rooms(there)[0].id}
    assert not any(isinstance(effect, Invite) for effect in there.platform.effects)
    nothing_left(there)


async def test_a_room_that_cannot_be_made_is_told_where_it_was_announced(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(there, monkeypatch, MakeRoom, "forbidden")
    await there.ask("birch", "checkin open", here=True)
    (line,) = hall(there)
    assert "checkin-not-made" in line
    nothing_left(there, "outbox")


async def test_what_was_announced_is_not_held_much_too_late(there: Desk) -> None:
    await there.ask("birch", "checkin open", when="in 30 minutes", here=True)
    there.clock.set(START + timedelta(minutes=50))
    await there.settle()
    (line,) = hall(there)
    assert "checkin-not-held" in line
    assert rooms(there) == []
    nothing_left(there)


async def test_what_was_announced_is_not_held_where_check_ins_were_switched_off_since(there: Desk) -> None:
    await there.ask("birch", "checkin open", when="in 30 minutes", here=True)
    await there.ask(MODERATOR, "setup features", switch_off="checkins")
    await there.wind(minutes=31)
    (line,) = hall(there)
    assert "checkin-not-held" in line
    assert rooms(there) == []
    nothing_left(there)


async def test_a_room_that_is_made_when_nobody_wants_it_any_more_is_left(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform is away for longer than the check-in would have been open."""
    perform = Platform.perform

    async def away(*_: object) -> Result:
        return NotSent(60)

    monkeypatch.setattr(Platform, "perform", away)
    await there.ask("birch", "checkin open", here=True)
    monkeypatch.setattr(Platform, "perform", perform)
    await there.wind(hours=2)
    assert there.platform.inside == {}
    assert all(room.id in there.platform.shut for room in rooms(there))
    assert "checkin-card" not in [id_ for shown in hall(there) for id_ in shown.ids]
    nothing_left(there)


# Coming in and leaving


async def test_joining_is_one_row_and_one_invitation_however_often_it_is_pressed(there: Desk) -> None:
    await opened(there, "alder", "alder")
    (seat,) = there.rows()["seat"]
    assert inside(there) == {"alder"}
    assert there.rows()["member"] == (), "nobody is enrolled"
    assert said(there)[1:] == [], "nothing is posted"
    listens = await there.press("alder", card(there), "checkin.listen", here=True)
    assert "checkin-let-in" in listens
    assert len(there.rows()["seat"]) == 1
    assert there.rows()["seat"] != (seat,)


async def test_not_today_is_heard_and_stored_nowhere(there: Desk) -> None:
    await opened(there)
    before = there.rows()
    assert "checkin-skipped" in await there.press("alder", card(there), "checkin.skip", here=True)
    assert there.rows() == before
    assert inside(there) == set()


async def test_leaving_posts_nothing_and_takes_the_row(there: Desk) -> None:
    await opened(there, "alder", "rowan")
    posted = len(there.platform.said)
    assert "checkin-left" in await presses(there, "alder", "checkin.leave")
    assert len(there.platform.said) == posted
    assert inside(there) == {"rowan"}
    assert len(there.rows()["seat"]) == 1
    assert "checkin-over" in await presses(there, "alder", "checkin.leave")
    await joins(there, "alder")
    assert inside(there) == {"alder", "rowan"}


async def test_one_leaves_privately_by_the_answer_to_joining(there: Desk) -> None:
    await opened(there)
    answer = await there.press("alder", card(there), "checkin.join", here=True)
    assert "checkin-left" in await there.press("alder", answer, "checkin.leave", here=True)
    assert inside(there) == set()
    await there.wind(hours=2)
    assert "checkin-over" in await there.press("alder", answer, "checkin.leave", here=True)


async def test_whoever_cannot_be_taken_out_of_a_room_that_all_can_look_into_is_told_how_to_leave(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await there.ask(MODERATOR, "checkin words", here=True, visible="yes")
    await opened(there, "alder", "rowan", "hazel")
    there.platform.lacks = {Act.TAKE_OUT}
    left = await presses(there, "alder", "checkin.leave")
    assert {"checkin-left-seat", "missing-local"} <= set(left.ids)
    assert not any(isinstance(effect, Remove) for effect in there.platform.effects)
    assert len(there.rows()["seat"]) == 2, "nothing is kept of them all the same"
    tell = Platform.tell

    async def away(self: Platform, question: Question) -> Answer:
        return Unanswered() if isinstance(question, WhatIsMissing) else await tell(self, question)

    monkeypatch.setattr(Platform, "tell", away)
    await there.wind(minutes=1)
    assert "checkin-left" in await presses(there, "rowan", "checkin.leave"), "it is tried"
    monkeypatch.setattr(Platform, "tell", tell)
    there.platform.lacks = set()
    await there.wind(minutes=1)
    assert "checkin-left" in await presses(there, "hazel", "checkin.leave")
    assert inside(there) == {"alder"}


async def test_whoever_came_in_by_themselves_leaves_as_quietly(there: Desk) -> None:
    room = await opened(there)
    there.platform.inside[room.id] = {"alder"}
    assert "checkin-left" in await presses(there, "alder", "checkin.leave")
    assert inside(there) == set()


async def test_members_alone_come_in(there: Desk) -> None:
    await opened(there)
    before = there.rows()
    assert "refusal-right-member" in await there.press("stranger", card(there), "checkin.join", here=True)
    there.becomes("hazel", able=False)
    assert "refusal-checkin-timed-out" in await there.press("hazel", card(there), "checkin.listen", here=True)
    assert there.rows() == before


async def test_who_cannot_be_let_in_is_told_and_nothing_is_kept(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(there, "rowan")
    refusing(there, monkeypatch, Invite, "gone")
    await there.press("alder", card(there), "checkin.join", here=True)
    assert "checkin-not-let-in" in there.sent_to("alder")[-1]
    assert len(there.rows()["seat"]) == 1


async def test_a_full_room_offers_a_second_one_and_the_twentieth_finds_it(there: Desk) -> None:
    await opened(there, "alder", "rowan", size="2", minutes="30")
    full = await there.press("hazel", card(there), "checkin.join", here=True)
    assert "checkin-full" in full
    assert full.actions == ("checkin.another", "checkin.skip")
    assert "checkin-skipped" in await there.press("hazel", full, "checkin.skip", here=True)
    await there.wind(minutes=1)
    second = await there.press("hazel", full, "checkin.another", here=True)
    assert "checkin-opens-now" in second
    assert second.actions == ("checkin.join", "checkin.call-off")
    assert "checkin-let-in" in await there.press("hazel", second, "checkin.join", here=True)
    assert inside(there, 1) == {"hazel"}
    found = await there.press("birch", full, "checkin.another", here=True)
    assert "checkin-is-another" in found
    assert "checkin-let-in" in await there.press("birch", found, "checkin.listen", here=True)
    await there.press(MODERATOR, full, "checkin.another", here=True)
    assert len(rooms(there)) == 3, "the second one is full as well"
    there.becomes("birch", right=Right.NONE)
    assert "refusal-right-member" in await there.press("birch", full, "checkin.another", here=True)
    await there.wind(hours=2)
    assert "checkin-over" in await there.press("hazel", full, "checkin.another", here=True)
    nothing_left(there)


def answering(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """Let the platform say the same of everybody about whom it is asked whether they are in a room."""
    tell = Platform.tell

    async def tells(self: Platform, question: Question) -> Answer:
        return answer if isinstance(question, IsInside) else await tell(self, question)

    monkeypatch.setattr(Platform, "tell", tells)


async def test_whoever_left_a_full_room_past_the_bot_has_no_seat_in_it_any_more(there: Desk) -> None:
    room = await opened(there, "alder", "rowan", size="2", minutes="30")
    there.platform.inside[room.id].discard("alder")
    assert "checkin-let-in" in await there.press("hazel", card(there), "checkin.join", here=True)
    assert inside(there) == {"hazel", "rowan"}
    assert len(there.rows()["seat"]) == 2
    await there.wind(minutes=1)
    full = await there.press("alder", card(there), "checkin.join", here=True)
    assert "checkin-full" in full, "the seat is somebody else's now"
    assert inside(there) == {"hazel", "rowan"}
    await there.press("alder", full, "checkin.another", here=True)
    await joins(there, "alder", "birch")
    there.platform.inside[rooms(there)[1].id].discard("birch")
    await there.wind(minutes=1)
    found = await there.press("linden", full, "checkin.another", here=True)
    assert "checkin-is-another" in found, "there is a free seat in the second one"


@pytest.mark.parametrize("answer", [Inside(here=False, asked=True), Inside(here=True), Unanswered()])
async def test_a_full_room_stays_full_as_long_as_nobody_is_known_to_have_left(
    there: Desk, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    """Whoever was asked in and has not come yet keeps their seat; so does everybody where the platform does not say."""
    await opened(there, "alder", "rowan", size="2")
    answering(monkeypatch, answer)
    before = there.rows()
    assert "checkin-full" in await there.press("hazel", card(there), "checkin.join", here=True)
    assert there.rows() == before


async def test_whoever_is_just_being_let_in_has_a_seat(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    room = await opened(there, "alder", size="2")
    perform = Platform.perform

    async def away(*_: object) -> Result:
        return NotSent(60)

    monkeypatch.setattr(Platform, "perform", away)
    await joins(there, "rowan")
    there.platform.inside[room.id].discard("alder")
    before = there.rows()
    assert "checkin-full" in await there.press("hazel", card(there), "checkin.join", here=True)
    assert there.rows() == before
    monkeypatch.setattr(Platform, "perform", perform)
    await there.wind(minutes=2)
    assert inside(there) == {"rowan"}
    assert "checkin-let-in" in await there.press("hazel", card(there), "checkin.join", here=True)


async def test_a_second_room_that_cannot_be_opened_says_why(there: Desk) -> None:
    await opened(there, "alder", "rowan", size="2")
    full = await there.press("hazel", card(there), "checkin.join", here=True)
    there.platform.lacks = {"rooms"}
    assert "checkin-cannot" in await there.press("hazel", full, "checkin.another", here=True)
    assert len(rooms(there)) == 1


async def test_whoever_presses_before_the_room_was_looked_at_presses_again(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(there, "alder", "rowan", size="2")
    full = await there.press("hazel", card(there), "checkin.join", here=True)
    perform = Platform.perform

    async def away(*_: object) -> Result:
        return NotSent(1)

    monkeypatch.setattr(Platform, "perform", away)
    second = await there.press("hazel", full, "checkin.another", here=True)
    early = await there.press("hazel", second, "checkin.join", here=True)
    assert "checkin-not-yet" in early
    assert "checkin-over" in await there.ask("hazel", "checkin.leave", subject=second.choice("checkin.join").subject)
    monkeypatch.setattr(Platform, "perform", perform)
    await there.wind(minutes=2)
    assert "checkin-let-in" in await there.press("hazel", early, "checkin.join", here=True)


@pytest.mark.parametrize("wished", ["yes", "no"])
async def test_a_room_is_deleted_with_its_closing_where_the_community_wishes_that_and_says_so_before(
    there: Desk, wished: str
) -> None:
    await there.ask(MODERATOR, "checkin words", here=True, delete_rooms=wished)
    room = await opened(there, "alder", minutes="30", kind="open")
    await there.wind(minutes=21)
    assert ("checkin-notice-erased" in said(there)[-1]) == (wished == "yes")
    await there.wind(minutes=10)
    (left,) = (effect for effect in there.platform.effects if isinstance(effect, Leave))
    assert left == Leave(room, close=True, erase=wished == "yes")
    nothing_left(there)


# What goes wrong


@pytest.mark.parametrize("why", ["gone", "forbidden"])
async def test_a_room_in_which_nothing_can_be_said_any_more_is_over(there: Desk, why: str) -> None:
    room = await opened(there, "alder", "rowan")
    there.platform.refuses[room.id] = why
    await there.wind(minutes=6)
    (line,) = hall(there)
    assert "checkin-broke-off" in line
    assert Leave(room, close=True) in there.platform.effects
    nothing_left(there, "outbox")
    assert "checkin-over" in await presses(there, "alder", "checkin.pause")


async def test_where_the_card_cannot_stand_nobody_could_come(there: Desk) -> None:
    there.platform.refuses["hall"] = "forbidden"
    await there.ask("birch", "checkin open", here=True)
    assert rooms(there)[0].id in there.platform.shut
    nothing_left(there, "outbox")


async def test_everybody_leaves_and_it_closes_on_time_all_the_same(there: Desk) -> None:
    room = await opened(there, "alder", "rowan")
    await there.wind(minutes=6)
    for name in ("alder", "rowan"):
        await presses(there, name, "checkin.leave")
    lines = len(said(there))
    await presses(there, "alder", "checkin.go-on")
    assert len(said(there)) == lines
    await there.wind(minutes=53)
    assert room.id not in there.platform.shut
    await there.wind(minutes=2)
    assert room.id in there.platform.shut
    nothing_left(there)


async def test_nothing_but_their_own_wish_takes_anybody_out(there: Desk) -> None:
    await opened(there, "alder", "rowan", "hazel")
    await there.wind(minutes=6)
    for action in ("checkin.pass", "checkin.pause", "checkin.resume", "checkin.go-on", "checkin.no-prompts"):
        await presses(there, invited(there)[-1], action)
    await there.wind(hours=1)
    assert not any(isinstance(effect, Remove) for effect in there.platform.effects)
    assert not [effect for effect in there.platform.effects if isinstance(effect, Say) and effect.to == member("alder")]
    nothing_left(there)


def test_no_code_of_check_ins_takes_anybody_out_but_leaving() -> None:
    removing = set()
    for file in Path(checkin.__file__).parent.glob("checkin*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and "Remove(" in ast.unparse(node):
                removing.add(node.name)
    assert removing == {"_leave"}


async def test_clocks_change_while_a_room_is_open(tmp_path: Path) -> None:
    """Two hours are two hours: in Berlin, clocks go from 02:00 to 03:00 meanwhile."""
    at = START.replace(month=3, day=28, hour=0, minute=30)
    async with desk(tmp_path, start=at) as there:
        await there.ask(MODERATOR, "setup language", language="en", zone="Europe/Berlin")
        room = await opened(there, "alder", minutes="60")
        assert "03:30" in card(there).words
        await there.wind(minutes=59)
        assert room.id not in there.platform.shut
        await there.wind(minutes=2)
        assert room.id in there.platform.shut


async def test_two_that_are_opened_at_once_stay_apart(there: Desk) -> None:
    first = await opened(there, "alder")
    second = await opened(there, "rowan", kind="open")
    assert (inside(there, 0), inside(there, 1)) == ({"alder"}, {"rowan"})
    assert first != second
    assert "checkin-over" in await there.press("rowan", said(there, 0)[0], "checkin.pause", here=first)
    await there.wind(minutes=61)
    assert {first.id, second.id} <= there.platform.shut
    nothing_left(there)


async def test_what_is_due_of_a_check_in_that_is_gone_does_nothing(there: Desk) -> None:
    kinds = [job.kind for job in checkin.JOBS]
    for kind in kinds:
        put = partial(lambda kind, tx: tx.agenda.put(kind, "x" * 16, there.now, facts=("x" * 16, "y" * 16)), kind)
        await there.write(put)
    done = list(there.platform.effects)
    await there.settle()
    assert there.platform.effects == done
    nothing_left(there)


async def test_a_community_that_left_the_platform_meanwhile_has_no_room_there(there: Desk) -> None:
    community, elsewhere = await there.community(), Room("discord", "7")
    at = there.now + timedelta(minutes=1)
    one = Checkin("c" * 16, community, elsewhere, True, 12, at, at + timedelta(hours=1))

    def announced(tx: Tx) -> None:
        tx.checkins.put(one)
        tx.agenda.put("checkin.opens", one.id, at)

    await there.write(announced)
    done = list(there.platform.effects)
    await there.wind(minutes=2)
    assert there.platform.effects == done
    nothing_left(there)


@pytest.mark.parametrize("made", [True, False])
async def test_a_room_that_is_made_after_it_should_have_closed_is_closed(
    there: Desk, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    perform = Platform.perform

    async def slow(self: Platform, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, MakeRoom):
            there.clock.set(there.now + timedelta(hours=1))
            if not made:
                return Refused("forbidden")
        return await perform(self, key, mark, effect, voice)

    monkeypatch.setattr(Platform, "perform", slow)
    await there.ask("birch", "checkin open", here=True)
    await there.wind(minutes=1)
    assert there.platform.shut == {room.id for room in rooms(there)}
    assert len(rooms(there)) == made
    assert hall(there) == []
    nothing_left(there, "outbox")


async def test_called_off_while_it_is_made_it_never_was(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    perform = Platform.perform

    async def away(*_: object) -> Result:
        return NotSent(1)

    monkeypatch.setattr(Platform, "perform", away)
    answer = await there.ask("birch", "checkin open", here=True)
    assert "checkin-called-off" in await there.press("birch", answer, "checkin.call-off")
    monkeypatch.setattr(Platform, "perform", perform)
    await there.wind(minutes=5)
    assert {room.id for room in rooms(there)} == there.platform.shut
    assert hall(there) == []
    nothing_left(there)


async def test_a_card_that_is_pressed_too_late_says_so(there: Desk) -> None:
    await opened(there)
    late = card(there)
    await there.wind(hours=2)
    for action in ("checkin.join", "checkin.listen"):
        assert "checkin-over" in await there.press("alder", late, action, here=True)
    nothing_left(there)
