"""A talk: how it may begin, and how any of them ends it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.effect import Leave, MakeRoom, NotSent, Remove, Result, Say
from bot.contract.place import Room
from bot.contract.ports import Capability
from tests.commands.desk import MODERATOR, PLATFORM, START, Desk, Shown, desk, member

PEOPLE = ("birch", "alder", "rowan")
LEFT, OVER, ENDED, SMALLER = "talk-left", "talk-over", "talk-ended", "talk-smaller"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


def introduction(there: Desk, name: str) -> Shown:
    return next(shown for shown in reversed(there.sent_to(name)) if "choice-talk-openers" in labels(shown))


def labels(shown: Shown) -> tuple[str, ...]:
    return tuple(choice.label.id for choice in shown.card.choices) if shown.card else ()


def in_room(there: Desk, room: Room) -> list[Shown]:
    return [shown for _, place, shown in there.platform.said if place == room]


async def two(there: Desk, *inside: str) -> Room:
    """Introduce birch and alder, and let some of them in; return their room."""
    await there.ask("alder", "peer light on", hours="6")
    await there.ask("birch", "peer request", span="1d")
    question = next(shown for shown in reversed(there.sent_to("alder")) if "peer.yes" in shown.actions)
    await there.press("alder", question, "peer.yes")
    return await entered(there, *inside)


async def three(there: Desk, *inside: str) -> Room:
    """Introduce three in a round, and let some of them in; return their room."""
    await there.ask(MODERATOR, "round plan", rhythm="once", first_day="1", wall="19:00")
    for name in PEOPLE:
        assert "round-joined" in await there.ask(name, "round wishes", trio="yes", place="room")
    await there.wind_to(START + timedelta(hours=31))
    return await entered(there, *inside)


async def entered(there: Desk, *inside: str) -> Room:
    (made,) = [key for key, effect in enumerate(there.platform.effects, 1) if isinstance(effect, MakeRoom)]
    for name in inside:
        await there.press(name, introduction(there, name), "peer.enter")
    return Room(PLATFORM, f"room{made}")


async def leaves(there: Desk, name: str, room: Room) -> Shown:
    return await there.press(name, in_room(there, room)[0], "talk.leave", here=room)


async def test_one_of_two_leaves_and_the_other_reads_one_line(there: Desk) -> None:
    room = await two(there, "birch", "alder")
    (card,) = in_room(there, room)
    assert card.actions == ("talk.openers", "talk.leave")
    before, sent = there.rows("outbox", "delivered"), {name: len(there.sent_to(name)) for name in PEOPLE}
    assert LEFT in await leaves(there, "birch", room)
    assert [shown.ids for shown in in_room(there, room)[1:]] == [(ENDED,)]
    assert "birch" not in in_room(there, room)[1].words
    done = there.platform.effects[-3:]
    assert [type(effect) for effect in done] == [Remove, Say, Leave]
    assert done[0] == Remove(room, member("birch"))
    assert done[2] == Leave(room, close=True)
    assert there.platform.inside[room.id] == {"alder"}
    assert there.rows("outbox", "delivered") == before
    assert {name: len(there.sent_to(name)) for name in PEOPLE} == sent


async def test_what_is_pressed_when_it_is_over_says_so_and_does_nothing(there: Desk) -> None:
    room = await two(there, "birch", "alder")
    await leaves(there, "birch", room)
    done = list(there.platform.effects)
    for name in ("birch", "alder", "hazel"):
        assert OVER in await leaves(there, name, room)
    assert OVER in await there.ask("birch", "talk.leave")
    assert there.platform.effects == done


async def test_who_is_not_in_the_room_ends_nothing_there(there: Desk) -> None:
    room = await two(there, "birch", "alder")
    done = list(there.platform.effects)
    assert OVER in await leaves(there, MODERATOR, room)
    assert there.platform.effects == done


async def test_a_moderator_who_came_into_a_room_of_two_neither_holds_the_talk_up_nor_ends_it(there: Desk) -> None:
    room = await two(there, "birch", "alder")
    there.platform.inside[room.id] |= {MODERATOR, "hazel"}
    assert LEFT in await leaves(there, "hazel", room)
    assert there.platform.inside[room.id] == {"birch", "alder", MODERATOR}
    assert len(in_room(there, room)) == 1, "the talk of the two goes on, and nobody is told"
    assert room.id not in there.platform.shut
    assert LEFT in await leaves(there, "birch", room)
    assert [shown.ids for shown in in_room(there, room)[1:]] == [(ENDED,)]
    assert room.id in there.platform.shut
    assert there.platform.inside[room.id] == {"alder", MODERATOR}


async def test_one_leaves_before_the_other_has_come_who_is_told_at_the_door(there: Desk) -> None:
    room = await two(there, "birch")
    assert LEFT in await leaves(there, "birch", room)
    sent = len(there.sent_to("alder"))
    assert "peer-room-entered" in await there.press("alder", introduction(there, "alder"), "peer.enter")
    assert [shown.ids for shown in there.sent_to("alder")[sent:]] == [(ENDED,)]
    assert there.platform.inside[room.id] == set()


async def test_pressing_twice_at_once_is_pressing_once(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    room = await two(there, "birch", "alder")
    perform = type(there.platform).perform

    async def away(*_: object) -> Result:
        return NotSent(1)

    monkeypatch.setattr(type(there.platform), "perform", away)
    assert LEFT in await leaves(there, "birch", room)
    assert OVER in await leaves(there, "birch", room)
    monkeypatch.setattr(type(there.platform), "perform", perform)
    await there.wind(minutes=5)
    assert [shown.ids for shown in in_room(there, room)[1:]] == [(ENDED,)]


async def test_forgetting_right_after_leaving_still_takes_one_out(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    room = await two(there, "birch", "alder")
    perform = type(there.platform).perform

    async def away(*_: object) -> Result:
        return NotSent(1)

    monkeypatch.setattr(type(there.platform), "perform", away)
    await leaves(there, "birch", room)
    await there.press("birch", await there.ask("birch", "mine forget"), "mine.forget-yes")
    monkeypatch.setattr(type(there.platform), "perform", perform)
    await there.wind(minutes=5)
    assert there.platform.inside[room.id] == {"alder"}


async def test_of_three_two_stay_and_the_talk_ends_with_the_second_who_leaves(there: Desk) -> None:
    room = await three(there, *PEOPLE)
    assert LEFT in await leaves(there, "birch", room)
    assert [shown.ids for shown in in_room(there, room)[1:]] == [(SMALLER,)]
    assert room.id not in there.platform.shut
    await there.wind(hours=25)
    assert LEFT in await leaves(there, "alder", room)
    assert [shown.ids for shown in in_room(there, room)[1:]] == [(SMALLER,), (ENDED,)]
    assert room.id in there.platform.shut
    assert there.platform.inside[room.id] == {"rowan"}


async def test_while_the_third_may_still_come_the_room_stays_open(there: Desk) -> None:
    room = await three(there, "birch", "alder")
    await leaves(there, "birch", room)
    assert room.id not in there.platform.shut
    await there.press("rowan", introduction(there, "rowan"), "peer.enter")
    assert there.platform.inside[room.id] == {"alder", "rowan"}
    await there.press("birch", introduction(there, "birch"), "peer.enter")
    assert there.platform.inside[room.id] == set(PEOPLE), "who left may change their mind"


async def test_a_platform_that_cannot_be_asked_leaves_all_as_it_is(there: Desk) -> None:
    room = await two(there, "birch", "alder")
    there.platform.away = True
    done = list(there.platform.effects)
    assert "refusal-platform-away" in await leaves(there, "birch", room)
    there.platform.away = False
    await there.wind(hours=1)
    assert there.platform.effects == done


async def test_how_it_ends_is_said_before_and_where_the_bot_goes_it_puts_nothing_into_the_room(there: Desk) -> None:
    there.platform.capabilities |= {Capability.HANDS_OVER}
    room = await two(there)
    assert in_room(there, room) == []
    for name in ("birch", "alder"):
        assert "talk-ends-by-leaving" in introduction(there, name)


async def test_ways_to_begin_are_offered_to_both_alike_and_kept_nowhere(there: Desk) -> None:
    room = await two(there, "birch", "alder")
    assert "talk-ends-by-tap" in introduction(there, "birch")
    assert introduction(there, "birch").card == introduction(there, "alder").card
    before, done = there.rows(), list(there.platform.effects)
    private = await there.press("birch", introduction(there, "birch"), "talk.openers")
    shared = await there.press("alder", in_room(there, room)[0], "talk.openers", here=room)
    assert private.ids == shared.ids
    assert 4 <= len(private.lines) <= 6
    assert len(private.words.split()) <= 60
    assert there.rows() == before
    assert there.platform.effects == done


async def test_two_who_write_to_each_other_are_told_that_not_answering_is_theirs(there: Desk) -> None:
    await there.ask("alder", "peer light on", hours="6")
    await there.ask("birch", "peer request", span="1d", place="direct")
    question = next(shown for shown in reversed(there.sent_to("alder")) if "peer.yes" in shown.actions)
    await there.press("alder", question, "peer.yes")
    for name in ("birch", "alder"):
        assert "Not to answer, or to block" in introduction(there, name).words
        assert introduction(there, name).actions == ("talk.openers",)
