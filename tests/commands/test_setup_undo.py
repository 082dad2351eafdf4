"""One step back."""

from datetime import timedelta

import pytest

from tests.commands.desk import GROVE, MODERATOR, STRANGER, Desk, Shown


async def _days(world: Desk) -> int:
    community = await world.read(lambda tx: tx.communities.of_space(GROVE))
    assert community is not None
    return community.wait_days


async def _changed(world: Desk) -> Shown:
    await world.ask(MODERATOR, "setup limits", here=True, wait_days="9")
    return await world.ask(MODERATOR, "setup undo", here=True)


async def test_a_step_back_says_what_it_undoes_and_asks_before(world: Desk) -> None:
    assert "setup-undo-nothing" in await world.ask(MODERATOR, "setup undo", here=True)
    asked = await _changed(world)
    assert "setup-undo-asks" in asked
    assert "command-setup-limits" in asked
    assert "after 3 days" in asked.words
    assert await _days(world) == 9
    done = await world.press(MODERATOR, asked, "setup.undo-yes")
    assert "setup-undone" in done
    assert await _days(world) == 3
    again = await world.ask(MODERATOR, "setup undo", here=True)
    assert "command-setup-undo" in again
    await world.press(MODERATOR, again, "setup.undo-yes")
    assert await _days(world) == 9


async def test_words_come_back_with_their_ids(world: Desk) -> None:
    await world.ask(MODERATOR, "setup words", here=True, word_list="night shifts\nnew in town")
    community = await world.community()
    before = await world.read(lambda tx: tx.communities.words(community))
    await world.ask(MODERATOR, "setup clear", here=True, which="words")
    await world.press(MODERATOR, await world.ask(MODERATOR, "setup undo", here=True), "setup.undo-yes")
    assert await world.read(lambda tx: tx.communities.words(community)) == before


async def test_what_is_said_in_check_in_rooms_comes_back_as_well(world: Desk) -> None:
    await world.ask(MODERATOR, "checkin prompts", here=True, prompts="What is near?", starters="no")
    await world.ask(MODERATOR, "checkin words", here=True, opening="Sit down", visible="yes", delete_rooms="yes")
    community = await world.community()
    before = await world.read(lambda tx: tx.checkins.words(community))
    assert before.erased
    await world.ask(MODERATOR, "setup clear", here=True, which="prompts")
    asked = await world.ask(MODERATOR, "setup undo", here=True)
    assert "command-setup-clear" in asked
    assert "one prompt" in asked.words
    assert not (await world.read(lambda tx: tx.checkins.words(community))).prompts
    await world.press(MODERATOR, asked, "setup.undo-yes")
    assert await world.read(lambda tx: tx.checkins.words(community)) == before


async def test_what_changed_nothing_is_no_step(world: Desk) -> None:
    await world.ask(MODERATOR, "setup limits", here=True, wait_days="3")
    assert "setup-undo-nothing" in await world.ask(MODERATOR, "setup undo", here=True)


async def test_a_step_that_was_not_asked_about_is_not_undone(world: Desk) -> None:
    asked = await _changed(world)
    await world.ask(MODERATOR, "setup language", here=True, language="de")
    before = world.rows()
    assert "refusal-undo-over" in await world.press(MODERATOR, asked, "setup.undo-yes")
    await world.wind(hours=2)
    assert "refusal-undo-over" in await world.press(MODERATOR, asked, "setup.undo-yes")
    assert "refusal-undo-over" in await world.ask(MODERATOR, "setup.undo-yes", subject="forged")
    assert world.rows() == before


async def test_the_settings_before_are_gone_after_thirty_days(world: Desk) -> None:
    await _changed(world)
    await world.wind(days=31)
    assert "setup-undo-nothing" in await world.ask(MODERATOR, "setup undo", here=True)
    await world.store.sweep(world.now + timedelta(seconds=1))
    assert world.rows()["community_before"] == ()


@pytest.mark.parametrize("name", ["birch", STRANGER])
async def test_nobody_else_goes_back_with_a_moderators_choice(world: Desk, name: str) -> None:
    asked = await _changed(world)
    before = world.rows()
    assert "refusal-right-moderator" in await world.press(name, asked, "setup.undo-yes")
    assert world.rows() == before


async def test_a_moderator_by_a_role_does_not_bring_roles_back(world: Desk) -> None:
    world.becomes("birch", roles=frozenset({"keepers", "old"}))
    await world.ask(MODERATOR, "setup moderators", here=True, moderator_roles=("keepers", "old"))
    await world.ask(MODERATOR, "setup moderators", here=True, moderator_roles=("keepers",))
    asked = await world.ask("birch", "setup undo", here=True)
    before = world.rows()
    assert "refusal-right-platform" in await world.press("birch", asked, "setup.undo-yes")
    assert world.rows() == before
