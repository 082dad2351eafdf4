"""Where one stands in a consent round, at the desk: answered privately, seen by nobody, told only at the end."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.place import Room
from bot.domain import agreement as a
from commands.agreement_steps import CLOSES
from tests.commands.agreement_scene import (
    adopted,
    asked,
    at_rest,
    card,
    in_hall,
    reworded,
    round_about,
    sealed,
    stance,
    stands,
    state,
)
from tests.commands.desk import HALL, PLATFORM, Desk, Shown, desk

YARD = Room(PLATFORM, "yard")


@pytest.mark.parametrize("where", ["consent", "aside", "later"])
async def test_a_stance_is_answered_privately_and_can_be_taken_back(world: Desk, where: str) -> None:
    version = await asked(world)
    shown = await stands(world, "rowan", where)
    assert shown.texts[0].facts["stance"] == where
    others = [one for one in ("consent", "concern", "aside", "later") if one != where]
    assert shown.actions == (*(f"agreement.{one}" for one in others), "agreement.take-back")
    assert await stance(world, version, "rowan") == where
    # From there it can be changed as well, in private.
    other = next(one for one in others if one != "concern")
    assert (await world.press("rowan", shown, f"agreement.{other}")).texts[0].facts["stance"] == other
    assert await stance(world, version, "rowan") == other
    back = await world.press("rowan", shown, "agreement.take-back")
    assert "You stand nowhere in this round" in back.words
    assert back.actions == ()
    assert await stance(world, version, "rowan") == ""
    assert world.rows()["stance"] == ()


async def test_a_stance_can_be_changed_at_any_time_and_the_last_one_counts(world: Desk) -> None:
    version = await asked(world)
    for name in ("birch", "alder", "birch"):
        await stands(world, name, "consent")
    first = await stands(world, "rowan", "consent")
    assert (await stands(world, "rowan", "aside")).texts[0].facts["stance"] == "aside"
    assert await stance(world, version, "rowan") == "aside"
    assert len(world.rows()["stance"]) == 3
    await world.press("rowan", first, "agreement.take-back")
    assert await stance(world, version, "rowan") == "", "an older answer takes back what is there now"
    assert world.rows()["member"] == (), "nobody needs a profile for it"


async def test_nothing_in_the_room_changes_when_somebody_answers(world: Desk) -> None:
    await asked(world)
    before, effects = in_hall(world), len(world.platform.effects)
    for name, where in (("birch", "consent"), ("alder", "aside"), ("rowan", "later"), ("birch", "aside")):
        await world.press(name, await stands(world, name, where), "agreement.take-back")
        await stands(world, name, where)
    assert in_hall(world) == before
    assert len(world.platform.effects) == effects


async def evening(folder: Path, answers: tuple[tuple[str, str], ...]) -> list[tuple[Shown, str]]:
    """Return everything that was ever said to anybody in an evening with these answers, to whom."""
    async with desk(folder) as world:
        await asked(world)
        for name, where in answers:
            await world.wind(minutes=7)
            await stands(world, name, where)
        await world.wind_to(world.now + timedelta(days=6))
        return [(shown, str(place)) for _, place, shown in world.platform.said]


async def test_two_evenings_that_differ_in_who_answered_what_look_the_same_from_outside(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    one = await evening(tmp_path_factory.mktemp("one"), (("birch", "consent"), ("alder", "aside")))
    other = await evening(
        tmp_path_factory.mktemp("other"), (("rowan", "later"), ("rowan", "consent"), ("hazel", "aside"))
    )
    nobody = await evening(tmp_path_factory.mktemp("nobody"), ())
    assert one
    # Ids and so the subjects of choices are drawn anew; all that can be read, where, when and in which order, is alike.
    seen = [[(place, shown.words, shown.actions, shown.at) for shown, place in world] for world in (one, other, nobody)]
    assert seen[0] == seen[1] == seen[2]


async def test_before_anybody_answers_there_is_no_row_about_anybody(world: Desk) -> None:
    await asked(world, "everyone")
    rows = world.rows()
    assert (rows["stance"], rows["member"], rows["concern"]) == ((), (), ())
    assert not any(sealed(world, name) in at_rest(world) for name in ("rowan", "hazel"))


async def test_a_round_for_a_room_is_for_those_who_are_in_it(world: Desk) -> None:
    await asked(world, "room")
    before = world.rows()
    subject = card(world).choice("agreement.consent").subject
    for where in (YARD, False):
        shown = await world.ask("rowan", "agreement.consent", subject=subject, here=where)
        assert "refusal-agreement-not-asked" in shown
    assert world.rows() == before


async def test_a_round_for_everybody_is_for_members_wherever_they_press_and_for_nobody_else(world: Desk) -> None:
    version = await asked(world, "everyone")
    subject = card(world).choice("agreement.consent").subject
    shown = await world.ask("rowan", "agreement.consent", subject=subject, here=YARD)
    back = await world.press("rowan", shown, "agreement.take-back")
    assert back.actions == ("agreement.consent", "agreement.concern", "agreement.aside", "agreement.later")
    assert "agreement-you" in await world.press("rowan", back, "agreement.consent")
    before = world.rows()
    assert "refusal-right-member" in await stands(world, "stranger", "consent")
    assert world.rows() == before
    assert await stance(world, version, "rowan") == "consent"


async def test_who_has_left_can_still_take_their_answer_back(world: Desk) -> None:
    version = await asked(world)
    shown = await stands(world, "rowan", "consent")
    del world.platform.standings["rowan"]
    await world.wind(minutes=2)
    assert "refusal-right-member" in await stands(world, "rowan", "aside")
    assert await stance(world, version, "rowan") == "consent"
    await world.press("rowan", shown, "agreement.take-back")
    assert await stance(world, version, "rowan") == ""


async def test_an_answer_to_a_round_that_is_over_is_answered_kindly_and_kept_nowhere(world: Desk) -> None:
    version = await asked(world)
    old = card(world)
    mine = await stands(world, "birch", "consent")
    await world.wind(days=7)
    assert await state(world, version) == a.AMEND
    before = world.rows()
    for action in ("agreement.consent", "agreement.aside", "agreement.later"):
        shown = await world.press("rowan", old, action, here=True)
        assert "refusal-agreement-round-over" in shown
    assert "refusal-agreement-round-over" in await world.press("birch", mine, "agreement.take-back")
    assert world.rows() == before


async def test_after_a_stop_over_the_end_no_consent_counts_and_what_was_answered_decides(world: Desk) -> None:
    version = await asked(world)
    for name in ("birch", "alder"):
        await stands(world, name, "consent")
    round_ = await round_about(world, version)
    assert round_ is not None
    # As if the bot had been away: it is called back an hour after the end, and somebody presses before it looked.
    world.platform.away = True
    await world.write(lambda tx: tx.agenda.put(CLOSES, round_.id, round_.ends_at + timedelta(hours=1)))
    await world.wind(days=7, minutes=1)
    world.platform.away = False
    assert "refusal-agreement-over" in await stands(world, "rowan", "consent")
    assert await stance(world, version, "rowan") == ""
    assert "agreement-you" in await stands(world, "alder", "later"), "what says no to nothing is heard to the last"
    await world.wind(hours=1)
    assert await state(world, version) == a.AMEND, "alder had taken the second consent away"


async def test_once_a_round_is_over_its_answers_are_gone_from_every_file(world: Desk) -> None:
    version = await asked(world)
    people = ("birch", "alder", "rowan", "hazel", "linden")
    for name, where in zip(people, ("consent", "consent", "consent", "aside", "later"), strict=True):
        await stands(world, name, where)
    assert all(sealed(world, name) in at_rest(world) for name in people)
    await world.wind(days=7)
    assert await state(world, version) == a.ADOPTED
    assert world.rows()["stance"] == ()
    # Whoever proposed is not named by what stands, either.
    assert not any(sealed(world, name) in at_rest(world) for name in people)
    ended = next(shown for shown in in_hall(world) if "agreement-ended" in shown)
    assert "3 consented" in ended.words
    assert "one stood aside" in ended.words


async def test_of_a_small_round_only_the_outcome_is_told(world: Desk) -> None:
    await adopted(world)
    ended = next(shown for shown in in_hall(world) if "agreement-ended" in shown)
    assert "is agreed" in ended.words
    assert "agreement-totals" not in ended
    assert "consented" not in ended.words


async def test_a_change_of_wording_keeps_answers_and_one_of_meaning_erases_them(world: Desk) -> None:
    version = await asked(world)
    old = card(world)
    await stands(world, "birch", "consent")
    after = await reworded(world, version)
    assert await stance(world, after, "birch") == "consent"
    assert "agreement-you" in await world.press("alder", old, "agreement.consent", here=True)
    assert await stance(world, after, "alder") == "consent"
    await reworded(world, after, meaning=True)
    assert world.rows()["stance"] == ()
    assert "refusal-agreement-round-over" in await world.press("rowan", old, "agreement.consent", here=True)


async def test_a_round_speaks_the_language_of_its_community_in_the_room(world: Desk) -> None:
    await world.ask("linden", "setup language", here=True, language="de")
    await asked(world)
    assert "Wo stehst du?" in card(world).words
    assert card(world).voice.locale == "de"
    assert (HALL, card(world)) in world.platform.posts.values()
