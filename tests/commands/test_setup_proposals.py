"""Words that members propose."""

import pytest

from bot.contract.intent import Reply
from tests.commands.desk import MODERATOR, Desk


async def _words(world: Desk) -> list[str]:
    community = await world.community()
    return [entry.words for entry in await world.read(lambda tx: tx.communities.words(community))]


async def test_a_word_is_shown_back_kept_without_who_and_taken(world: Desk) -> None:
    before = world.rows()
    shown = await world.send(world.intent("birch", "peer propose", {"new_word": "moon walks"}))
    assert "draft-shown" in shown
    assert world.rows() == before
    assert "peer-proposed" in await world.press("birch", shown, "draft.use")
    assert world.rows()["member"] == ()
    await world.ask("alder", "peer propose", new_word="ants")
    form = await world.form(MODERATOR, "setup proposals", here=True)
    assert [[len(one.options) for one in form.fields], form.fields[0].options] == [[2, 2], form.fields[1].options]
    ants, moon = (option.value for option in form.fields[0].options)
    done = await world.ask(MODERATOR, "setup proposals", here=True, take=(moon,))
    assert "One word was added. One more waits:" in done.words
    assert "• ants" in done.words
    assert await _words(world) == ["moon walks"]
    assert "No word was added" in (await world.ask(MODERATOR, "setup proposals", here=True, leave="ANTS")).words
    assert await _words(world) == ["moon walks"]
    assert world.rows()["proposal"] == ()
    assert ants


async def test_what_is_there_already_is_answered_alike_and_not_kept_twice(world: Desk) -> None:
    await world.ask(MODERATOR, "setup words", here=True, word_list="Moon")
    for word in ("moon", "sun", "SUN"):
        assert "peer-proposed" in await world.ask("birch", "peer propose", new_word=word)
    assert len(world.rows()["proposal"]) == 1


async def test_a_word_that_came_on_another_way_is_not_added_twice(world: Desk) -> None:
    await world.ask("birch", "peer propose", new_word="moon")
    await world.ask(MODERATOR, "setup words", here=True, word_list="Moon")
    assert "No word was added" in (await world.ask(MODERATOR, "setup proposals", here=True, take="moon")).words
    assert await _words(world) == ["Moon"]


async def test_there_is_an_end_to_what_waits_and_to_the_words(world: Desk) -> None:
    for number in range(25):
        await world.ask("birch", "peer propose", new_word=f"word {number}")
    before = world.rows()
    assert "refusal-proposals-full" in await world.ask("birch", "peer propose", new_word="one more")
    assert world.rows() == before
    await world.ask(MODERATOR, "setup words", here=True, word_list="a")
    taken = tuple(f"word {number}" for number in range(25))
    assert "refusal-lines-many" in await world.ask(MODERATOR, "setup proposals", here=True, take=taken)
    assert await _words(world) == ["a"]
    await world.wind(days=31)
    answer = await world.runtime.sink.form(world.intent(MODERATOR, "setup proposals", here=True))
    assert isinstance(answer, Reply)
    assert answer.card is not None
    assert answer.card.lines[0].id == "refusal-no-proposals"


@pytest.mark.parametrize("given", [{"take": "sun"}, {"leave": "sun"}])
async def test_a_word_that_nobody_proposed_is_refused(world: Desk, given: dict[str, str]) -> None:
    await world.ask("birch", "peer propose", new_word="moon")
    before = world.rows()
    assert "refusal-option-unknown" in await world.ask(MODERATOR, "setup proposals", given, here=True)
    assert world.rows() == before
