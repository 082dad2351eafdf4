"""Finding a time: asked as people type, marked by each alone, and nothing shown while it goes on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.contract.facts import Right
from bot.contract.params import Moments, Raw
from bot.contract.place import Room
from bot.contract.ports import Capability
from bot.domain import overlap
from bot.domain.errors import Refusal
from tests.commands.desk import HALL, MODERATOR, Desk, desk
from tests.commands.find_scene import TIMES, asked, begin, found, marked, marks, search


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


# Asking


async def test_the_times_are_echoed_in_full_and_nobody_is_asked_until_it_is_confirmed(there: Desk) -> None:
    before = there.rows()
    times = "Sat 10:00\n2027-03-28 02:30; Tue 19:00;tue 7pm\n"
    args = {"title": "Books", "times": times, "zone": "Europe/Berlin", "length": "60", "answer_days": "2"}
    shown = await there.send(there.intent("birch", "circle find", args, here=True))
    assert [line for line in shown.lines if line[0].isdigit()] == [
        "1. Saturday, 6 March, 10:00, Europe/Berlin",
        "2. Tuesday, 9 March, 19:00, Europe/Berlin",
        "3. Sunday, 28 March, 03:30, Europe/Berlin",
    ]
    assert "skip the time you wrote" in shown.words
    assert "Some were the same time" in shown.words
    assert "for Books, for 60 minutes each" in shown.words
    assert "until Saturday, 6 March, 09:00, Europe/Berlin" in shown.words, "an hour before the first"
    assert there.rows() == before
    assert "find-asked" in await there.press("birch", shown, "draft.use", here=True)
    assert len(asked(there)) == 1


@pytest.mark.parametrize(
    ("args", "refused"),
    [
        ({"times": "Fri 19:30"}, "refusal-times-number"),
        ({"times": "; ".join(f"2027-03-0{day} 19:30" for day in range(1, 8))}, "refusal-times-number"),
        ({"times": "; ;\n;"}, "refusal-times-number"),
        ({"times": "Fri 19:30; Fri 7:30pm"}, "refusal-times-same"),
        ({"times": "Fri 19:30; soon"}, "refusal-times-unknown"),
        ({"times": "Fri 19:30; every tuesday 19:30"}, "refusal-times-unknown"),
        ({"times": "Fri 19:30; 03/04/2027 19:30"}, "refusal-when-either"),
        ({"times": "Fri 19:30; 2027-03-01 19:30"}, "refusal-times-past"),
        ({"times": "Fri 19:30; in 400 days"}, "refusal-when-far"),
        ({"times": ";" * 601}, "refusal-when-unknown"),
        ({"times": HALL}, "refusal-when-unknown"),
        ({"times": ""}, "refusal-param-missing"),
        ({"zone": "EST"}, "refusal-zone-unknown"),
        ({"answer_days": "15"}, "refusal-number-between"),
        ({"length": "9"}, "refusal-number-between"),
    ],
)
async def test_what_cannot_be_asked_says_why(there: Desk, args: dict[str, Raw], refused: str) -> None:
    before = there.rows()
    assert refused in await there.ask("birch", "circle find", {"title": "Books", "times": TIMES, **args}, here=True)
    assert there.rows() == before
    assert asked(there) == []


def test_of_a_time_that_cannot_be_read_it_is_said_which() -> None:
    with pytest.raises(Refusal) as refused:
        Moments(2, 6).parse("Fri 19:30\nsoon")
    assert refused.value.facts == {"number": 2}


async def test_what_was_meant_when_it_was_shown_back_is_looked_at_again_when_it_is_confirmed(there: Desk) -> None:
    args = {"title": "Books", "times": "in 5 minutes; tomorrow 10:00"}
    shown = await there.send(there.intent("birch", "circle find", args, here=True))
    await there.wind(minutes=5)
    before = there.rows()
    assert "refusal-times-past" in await there.press("birch", shown, "draft.use", here=True)
    assert there.rows() == before


async def test_it_is_asked_where_it_is_typed_or_in_the_room_for_circles_and_only_where_the_bot_may(there: Desk) -> None:
    args = {"title": "Books", "times": TIMES}
    before = there.rows()
    assert "refusal-circle-nowhere" in await there.ask("birch", "circle find", args)
    assert there.rows() == before
    room, community = Room("local", "circles"), await there.community()
    await there.write(lambda tx: tx.communities.set_room(community, "circles", room))
    await there.ask("birch", "circle find", args)
    assert [place for place, shown in there.platform.posts.values() if "find-hidden" in shown] == [room]
    there.platform.lacks = {"write"}
    await there.wind(minutes=1)
    before = there.rows("outbox", "seen")
    assert "find-cannot" in await there.ask("birch", "circle find", args, here=True)
    assert there.rows("outbox", "seen") == before


async def test_three_at_a_time_and_no_more(there: Desk) -> None:
    answer = [await begin(there) for _ in range(overlap.MOST)][-1]
    before = there.rows()
    args = {"title": "Books", "times": TIMES}
    assert "refusal-find-many" in await there.ask("rowan", "circle find", args, here=True)
    assert there.rows() == before
    await there.press("birch", answer, "circle.drop-find")
    await begin(there, "rowan")


async def test_switched_off_no_other_is_begun(there: Desk) -> None:
    await there.ask(MODERATOR, "setup features", switch_off="circles")
    before = there.rows()
    args = {"title": "Books", "times": TIMES}
    assert "refusal-switched-off" in await there.ask("birch", "circle find", args, here=True)
    assert there.rows() == before


async def test_a_post_says_the_times_by_both_clocks_and_what_will_be_shown(there: Desk) -> None:
    await begin(there, zone="America/New_York")
    (post,) = asked(there)
    assert "1. Tuesday, 9 March, 19:00, America/New_York (Wednesday, 10 March, 00:00 UTC)" in post.words
    assert "You can answer until Sunday, 7 March, 07:00, America/New_York" in post.words
    assert "if 3 or more did. Nobody is shown who marked what" in post.words
    assert post.actions == ("circle.mark",)
    there.platform.capabilities |= {Capability.STAMPS}
    await begin(there)
    assert "circle-for-you" in asked(there)[-1]


async def test_who_asked_is_nowhere(there: Desk) -> None:
    answer = await begin(there)
    assert answer.actions == ("circle.end-find", "circle.drop-find")
    assert there.keys.seal_id(b"local\0birch") not in repr(there.rows()).encode()
    assert "mine-data-nothing" in await there.ask("birch", "mine forget")
    assert (await search(there)).title == "Books"


# Marking


async def test_marking_is_said_in_words_and_changed_with_one_tap_and_none_leaves_nothing(there: Desk) -> None:
    await begin(there)
    before = there.rows()
    shown = await marks(there, "alder")
    assert there.rows() == before, "looking leaves nothing"
    assert shown.words.count(": not marked") == 3
    assert "You marked none" in shown.words
    assert shown.actions == (*("circle.works",) * 3, "circle.works-none")
    shown = await marks(there, "alder", 3, 1, 1)
    assert "1. Tuesday, 9 March, 19:00, UTC: marked" in shown.words
    assert "2. Thursday, 11 March, 19:00, UTC: not marked" in shown.words
    assert "erased when the search ends" in shown.words
    assert await marked(there) == {"alder": {1, 3}}
    shown = await there.press("alder", shown, "circle.works-not")
    assert "1. Tuesday, 9 March, 19:00, UTC: not marked" in shown.words
    assert await marked(there) == {"alder": {3}}
    shown = await there.press("alder", shown, "circle.works-not")
    assert there.rows() == before, "no mark left, and nothing of it"
    await marks(there, "alder", 2)
    shown = await marks(there, "alder")
    assert "You marked none" in (await there.press("alder", shown, "circle.works-none")).words
    assert there.rows() == before
    assert there.rows()["member"] == (), "nobody needs a profile for it"


async def test_the_post_does_not_change_with_any_answer(there: Desk) -> None:
    await begin(there)
    (post,) = asked(there)
    before = list(there.platform.effects)
    for name, numbers in (("alder", (1, 2)), ("rowan", (2,)), ("hazel", (2, 3)), ("birch", (1, 2, 3))):
        await marks(there, name, *numbers)
    shown = await marks(there, "birch")
    assert there.platform.effects == before, "nothing was sent, edited or taken away"
    assert asked(there) == [post]
    assert not any(name in shown.words for name in ("alder", "rowan", "hazel"))


async def test_who_is_not_there_cannot_look_or_mark(there: Desk) -> None:
    await begin(there)
    (post,) = asked(there)
    there.becomes("rowan", right=Right.NONE)
    before = there.rows()
    one = await search(there)
    for action in ("circle.mark", "circle.works-none"):
        assert "refusal-right-member" in await there.ask("rowan", action, subject=one.id)
    assert "refusal-right-member" in await there.ask("rowan", "circle.works", subject=f"{one.id}-1")
    assert "refusal-find-over" in await there.ask("alder", "circle.mark", subject="x" * 16)
    assert there.rows() == before
    assert asked(there) == [post]


async def test_what_one_marked_is_shown_to_them_alone_and_forgotten_with_them(there: Desk) -> None:
    await begin(there)
    for name in ("alder", "rowan"):
        await marks(there, name, 1, 2)
    assert "What a member marked in a search" in (await there.ask("alder", "mine data")).words
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    assert await marked(there) == {"rowan": {1, 2}}
    assert "mine-data-nothing" in await there.ask("alder", "mine forget")


# Ending it early


async def test_it_can_be_ended_after_half_a_day_however_many_answered(there: Desk) -> None:
    answer = await begin(there)
    await there.wind(hours=11, minutes=59)
    before = there.rows()
    early = await there.press("birch", answer, "circle.end-find")
    assert "It stays open until Friday, 5 March, 00:00, UTC at least" in early.words
    for name in ("alder", "rowan", "hazel"):
        await marks(there, name, 1)
    again = await there.press("birch", answer, "circle.end-find")
    assert again.words == early.words, "it tells nothing about how many did"
    for name in ("alder", "rowan", "hazel"):
        await there.press(name, await marks(there, name), "circle.works-none")
    assert there.rows() == before
    await there.wind(minutes=1)
    assert "find-ended" in await there.press("birch", answer, "circle.end-find")
    (result,) = found(there)
    assert "find-few" in result
    assert "refusal-find-over" in await there.press("birch", answer, "circle.end-find")


async def test_it_can_be_called_off_and_all_that_was_marked_goes_with_it(there: Desk) -> None:
    answer = await begin(there)
    await marks(there, "alder", 1)
    card = await marks(there, "alder")
    assert "find-dropped" in await there.press("birch", answer, "circle.drop-find")
    assert asked(there) == []
    assert [one.ids for _, _, one in there.platform.said][-1] == ("find-dropped-here",)
    rows = there.rows()
    assert (rows["circle_search"], rows["circle_mark"], rows["agenda"]) == ((), (), ())
    for action in ("circle.end-find", "circle.drop-find"):
        assert "refusal-find-over" in await there.press("birch", answer, action)
    assert "refusal-find-over" in await there.press("alder", card, "circle.works")
    assert there.rows() == rows


async def test_moderators_can_call_it_off(there: Desk) -> None:
    await begin(there)
    assert "circle.drop-find" not in await marked_actions(there, "alder")
    assert "circle.drop-find" in await marked_actions(there, MODERATOR)
    await there.press(MODERATOR, await marks(there, MODERATOR), "circle.drop-find")
    assert asked(there) == []


async def marked_actions(there: Desk, name: str) -> tuple[str, ...]:
    return (await marks(there, name)).actions
