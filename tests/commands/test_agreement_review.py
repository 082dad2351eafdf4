"""A round of which its group can be sure: no concern is kept out of it, and none is lost for another."""

from bot.contract.effect import Effect, Refused, Result, Say
from bot.contract.text import Voice
from bot.domain import agreement as a
from tests.commands.agreement_desk import proposes
from tests.commands.agreement_scene import asked, concerns, raises, round_about, stance, stands, state, writes
from tests.commands.desk import Desk


async def test_switched_off_in_the_middle_of_a_round_a_concern_is_heard_as_a_consent_is(world: Desk) -> None:
    version = await asked(world)
    await world.ask("linden", "setup features", switch_off=("agreements",), here=True)
    for name in ("birch", "alder"):
        await stands(world, name, "consent")
    assert (await raises(world, "rowan")).texts[0].facts["stance"] == "concern"
    assert len(await concerns(world, version)) == 1
    await world.wind(days=7)
    assert await state(world, version) == a.AMEND, "nothing is agreed over an open concern"


async def test_one_that_did_not_arrive_takes_none_along_that_is_open_about_another_agreement(world: Desk) -> None:
    first = await asked(world)
    await raises(world, "rowan")
    second = await asked(world)
    back = await writes(world, "rowan")
    round_ = await round_about(world, second)
    assert round_ is not None
    usual = world.platform.perform

    async def consents_meanwhile(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, Say) and any(line.id == "agreement-concern-words" for line in effect.card.lines):
            await world.send(world.intent("rowan", "agreement.consent", subject=round_.id, here=True))
            return Refused("forbidden")
        return await usual(key, mark, effect, voice)

    world.platform.perform = consents_meanwhile  # type: ignore[method-assign]
    assert "agreement-concern-not-sent" in await world.press("rowan", back, "draft.use", here=True)
    assert len(await concerns(world, first)) == 1, "the one about the other agreement is open as before"
    assert await concerns(world, second) == ()
    assert await stance(world, second, "rowan") == "consent"


async def test_before_it_is_shared_a_draft_says_who_will_read_it(world: Desk) -> None:
    draft = await proposes(world)
    assert "every member of this community can read it" in draft.words
    await world.press("birch", draft, "agreement.share")
    assert "We ask before giving advice." in (await world.ask("hazel", "agreement read")).words
