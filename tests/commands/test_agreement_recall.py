"""A line of an agreement is brought back: when, where, how often, and what nobody can learn."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from bot.contract.facts import Act, Right
from bot.contract.params import Pick
from bot.contract.place import Room
from tests.commands.agreement_standing import LINES, said_in, stands, stands_no_more
from tests.commands.desk import HALL, PLATFORM, Desk, Shown, desk

LOUNGE: Final = Room(PLATFORM, "lounge")
WITHIN: Final = timedelta(minutes=6)


async def asks(world: Desk, name: str, line: str = LINES[0], by: str = "unnamed", *, room: Room | None = HALL) -> Shown:
    return await world.ask(name, "agreement recall", statement=line, asked_by=by, here=room or False)


def recalls(world: Desk, room: Room = HALL) -> list[Shown]:
    return [one for one in said_in(world, room) if {"agreement-recall", "agreement-recall-named"} & set(one.ids)]


async def test_a_line_is_brought_back_unnamed_at_a_time_that_is_nobodys(world: Desk) -> None:
    await stands(world)
    await world.wind(minutes=2)
    shown = await world.send(
        world.intent("birch", "agreement recall", {"statement": LINES[0], "asked_by": "unnamed"}, here=True)
    )
    assert "Nobody learns that it was you" in shown.words
    assert LINES[0] in shown.words
    assert recalls(world) == [], "nothing is done before it was confirmed"
    answer = await world.press("birch", shown, "draft.use")
    assert "I bring it back in hall, within 6 minutes." in answer.words
    assert recalls(world) == []
    await world.wind(minutes=3)
    (recall,) = recalls(world)
    assert recall.at == datetime(2027, 3, 4, 12, 5, tzinfo=UTC), "a full five minutes"
    assert f"A member asked me to bring this back: {LINES[0]}" in recall.words
    assert "brought in by moderators, not yet agreed together" in recall.words
    assert recall.actions == ("agreement.quiet",)
    assert await world.profile("birch") is None, "nobody is enrolled"


async def test_who_wishes_to_be_named_is_and_hears_the_same(world: Desk) -> None:
    await stands(world)
    unnamed = await asks(world, "birch")
    await world.wind(minutes=36)
    named = await asks(world, "alder", by="named")
    assert named.words == unnamed.words
    await world.wind(minutes=6)
    assert "alder asked me to bring this back" in recalls(world)[1].words


async def test_who_is_forgotten_meanwhile_is_not_named(world: Desk) -> None:
    await stands(world)
    await asks(world, "birch", by="named")
    await world.press("birch", await world.ask("birch", "mine forget"), "mine.forget-yes")
    await world.wind(minutes=6)
    assert recalls(world) == []


async def test_the_form_offers_what_stands_that_of_the_room_first(world: Desk) -> None:
    await stands(world, "Photos", ("We ask before we take photos.",), LOUNGE)
    gone = await stands(world, "Dogs", ("Dogs are welcome.",))
    await stands(world)
    await stands_no_more(world, gone)
    form = await world.form("birch", "agreement recall", here=True)
    statement, asked_by = form.fields
    assert [str(option.label.facts["words"]) for option in statement.options] == ["Said()"] * 3, "words are kept out"
    words = [getattr(option.label.facts["words"], "words", "") for option in statement.options]
    assert words == [*LINES, "We ask before we take photos."]
    assert (asked_by.value, asked_by.required) == ("", True), "neither is chosen beforehand"
    assert isinstance(asked_by.kind, Pick)
    await asks(world, "birch", statement.options[2].value)
    await world.wind(minutes=6)
    assert "We ask before we take photos." in recalls(world)[0].words, "here, wherever it is kept"


async def test_asked_in_private_it_comes_in_the_room_of_the_agreement(world: Desk) -> None:
    await stands(world, room=LOUNGE)
    await asks(world, "birch", room=None)
    await world.wind(minutes=6)
    assert len(recalls(world, LOUNGE)) == 1


async def no_change(world: Desk, before: Mapping[str, object], answer: Shown, refusal: str) -> None:
    assert f"refusal-{refusal}" in answer
    assert world.rows() == before


async def test_what_cannot_be_brought_back_is_refused(world: Desk) -> None:
    before = world.rows()
    reply = await world.runtime.sink.form(world.intent("birch", "agreement recall", here=True))
    assert "refusal-recall-nothing" in Shown(getattr(reply, "card", None), reply.voice, world.now)
    await no_change(world, before, await asks(world, "birch"), "recall-nothing")
    await stands(world, room=Room("matrix", "elsewhere"))
    before = world.rows()
    await no_change(world, before, await asks(world, "birch", "Something else."), "recall-unknown")
    await no_change(world, before, await asks(world, "birch", room=None), "recall-nowhere")
    world.becomes("birch", able=False)
    await world.wind(minutes=2)
    await no_change(world, before, await asks(world, "birch"), "agreement-timed-out")
    world.becomes("birch", right=Right.NONE)
    await world.wind(minutes=2)
    await no_change(world, before, await asks(world, "birch"), "right-member")
    world.platform.lacks = {Act.WRITE}
    assert "recall-cannot" in await asks(world, "alder")
    assert world.rows() == before


async def test_once_a_day_a_person_and_once_a_half_hour_a_room(world: Desk) -> None:
    await stands(world)
    await asks(world, "birch")
    before = world.rows()
    await no_change(world, before, await asks(world, "birch", room=LOUNGE), "recall-today")
    await no_change(world, before, await asks(world, "alder"), "recall-lately")
    assert "recall-taken" in await asks(world, "alder", room=LOUNGE), "a refusal took nothing away from them"
    await world.wind(minutes=29)
    before = world.rows()
    await no_change(world, before, await asks(world, "rowan"), "recall-lately")
    await world.wind(minutes=1)
    assert "recall-taken" in await asks(world, "rowan")
    await world.wind_to(datetime(2027, 3, 5, 0, 0, tzinfo=UTC))
    assert "recall-taken" in await asks(world, "birch"), "it is another day"
    await world.wind(minutes=6)
    times = [one.at for one in recalls(world)]
    assert len(times) == 3
    assert all(later - earlier >= timedelta(minutes=30) for earlier, later in pairwise(times))


async def test_anybody_can_ask_for_quiet_and_what_is_on_its_way_is_left_out(world: Desk) -> None:
    await stands(world)
    await asks(world, "birch")
    await world.wind(minutes=31)
    await asks(world, "alder")
    (first,) = recalls(world)
    answer = await world.press("rowan", first, "agreement.quiet", here=True)
    assert "Nobody is told that you asked" in answer.words
    before = world.rows()
    await no_change(world, before, await asks(world, "hazel"), "recall-quiet")
    await world.wind(hours=1)
    assert len(recalls(world)) == 1
    assert "recall-taken" in await asks(world, "hazel", room=LOUNGE), "one room is quiet, not all"
    await world.wind_to(datetime(2027, 3, 5, 0, 0, tzinfo=UTC))
    assert "recall-taken" in await asks(world, "hazel")


async def test_quiet_can_be_asked_for_before_anything_was_brought_back_there_by_members_in_the_room(
    world: Desk,
) -> None:
    version = await stands(world)
    await asks(world, "birch")
    await world.wind(minutes=6)
    (first,) = recalls(world)
    before = world.rows()
    await no_change(world, before, await world.press("stranger", first, "agreement.quiet", here=True), "right-member")
    await no_change(world, before, await world.press("birch", first, "agreement.quiet"), "only-in-room")
    gone = await world.ask("birch", "agreement.quiet", subject="gone", here=True)
    await no_change(world, before, gone, "agreement-gone")
    await world.ask("birch", "agreement.quiet", subject=version.agreement, here=LOUNGE)
    assert "refusal-recall-quiet" in await asks(world, "alder", room=LOUNGE)


@pytest.mark.parametrize("what", ["taken out", "switched off", "replaced", "removed", "late"])
async def test_what_does_not_stand_any_more_or_comes_too_late_is_left_out(world: Desk, what: str) -> None:
    version = await stands(world)
    await asks(world, "birch")
    if what == "taken out":
        await stands_no_more(world, version)
    elif what == "switched off":
        await world.ask("linden", "setup features", switch_off=("agreements",), here=True)
    elif what == "replaced":
        other = replace(version, id="another", number=2, statements=LINES[1:])
        await stands_no_more(world, version)
        await world.write(lambda tx: tx.agreements.write(other))
    elif what == "removed":
        await world.write(lambda tx: tx.agreements.remove(version.agreement))
    elif what == "late":
        world.clock.set(world.now + timedelta(minutes=40))
    await world.wind(minutes=6)
    assert recalls(world) == []


async def test_in_a_check_in_the_bot_is_silent_during_a_pause(world: Desk) -> None:
    await stands(world)
    opened = await world.ask("birch", "checkin open", kind="open", here=True)
    assert "checkin-opens-now" in opened
    card = next(one for one in said_in(world) if "checkin-card" in one)
    await world.press("alder", card, "checkin.join", here=True)
    room = next(place for _, place, _ in world.platform.said if isinstance(place, Room) and place != HALL)
    await asks(world, "alder", room=room)
    await world.wind(minutes=3)
    (id_,) = {choice.subject for choice in said_in(world, room)[0].card.choices if choice.action == "checkin.pause"}  # type: ignore[union-attr]
    await world.ask("alder", "checkin.pause", subject=id_, here=room)
    await world.wind(minutes=10)
    assert recalls(world, room) == []


async def test_two_worlds_that_differ_in_who_asked_look_alike(tmp_path: Path) -> None:
    seen, rows = [], []
    for name in ("birch", "alder"):
        folder = tmp_path / name
        folder.mkdir(mode=0o700)
        async with desk(folder) as world:
            await stands(world, room=LOUNGE)
            await world.wind(minutes=7)
            answer = await asks(world, name)
            waiting = {table: len(rows) for table, rows in world.rows().items()}
            planned = await world.read(lambda tx: [due.facts[2:] for due in tx.due.due(world.now + 2 * WITHIN, 9)])
            await world.wind(minutes=60)
            at_rest = {table: len(rows) for table, rows in world.rows().items()}
            seen.append((answer.words, [(one.at, one.words, one.card) for one in recalls(world)]))
            rows.append((waiting, planned, at_rest))
    (words, shown), (other_words, other_shown) = seen
    assert words == other_words
    assert [one[:2] for one in shown] == [one[:2] for one in other_shown]
    assert len(shown) == 1
    assert rows[0] == rows[1]
