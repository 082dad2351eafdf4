"""Concerns, at the desk: their words go to the group and are kept nowhere; while one is open nothing is agreed."""

from datetime import timedelta
from functools import partial

import pytest

from bot.contract.agreements import Home, Version
from bot.contract.effect import Effect, Result, Say, Unsure
from bot.contract.facts import Right, Standing
from bot.contract.place import Room
from bot.contract.text import Voice
from bot.domain import agreement as a
from commands.agreement_concern import DOUBTED_AFTER, IN_DOUBT
from commands.agreement_steps import CLOSES
from tests.commands.agreement_scene import (
    WORDS,
    about,
    adopted,
    asked,
    at_rest,
    card,
    concerns,
    in_hall,
    raises,
    reworded,
    round_about,
    stance,
    stands,
    state,
    writes,
)
from tests.commands.desk import HALL, Desk, Shown, member

AGAIN = {"round_days": "7", "for_whom": "everyone", "needs": "2", "review_day": "90"}
OTHER = Room("elsewhere", "their hall")


def posted(world: Desk, line: str = "agreement-concern-words") -> list[Shown]:
    """Return the cards in the hall that say something."""
    return [shown for shown in in_hall(world) if line in shown]


@pytest.mark.parametrize("by", ["named", "unnamed"])
async def test_a_concern_goes_to_the_group_as_its_raiser_chose_and_its_words_are_kept_nowhere(
    world: Desk, by: str
) -> None:
    version = await asked(world)
    subject = card(world).choice("agreement.concern").subject
    form = await world.form("rowan", "agreement.concern", subject=subject, here=True)
    assert [(one.name, one.required, one.value) for one in form.fields] == [
        ("concern", True, ""),
        ("raised_by", True, ""),
    ]
    back = await writes(world, "rowan", by=by)
    assert {"draft-shown", "agreement-concern-goes", "agreement-concern-seen"} <= set(back.ids)
    assert "I keep none of them" in back.words
    assert ("rowan" in back.words) is (by == "named")
    assert posted(world) == []
    shown = await world.press("rowan", back, "draft.use", here=True)
    assert "The group has its words, and I kept none of them." in shown.words
    assert shown.actions == ("agreement.let-go",)
    (concern,) = posted(world)
    assert WORDS in concern.words
    assert ("rowan" in concern.words) is (by == "named")
    assert concern.actions == ("agreement.let-go", "agreement.answer-for")
    assert WORDS.encode() not in at_rest(world)
    assert world.rows()["member"] == ()
    assert await stance(world, version, "rowan") == "concern"
    await world.wind(minutes=10)
    assert posted(world, "agreement-concern-doubted") == []


async def test_while_a_concern_is_open_nothing_is_agreed(world: Desk) -> None:
    version = await asked(world)
    for name in ("birch", "alder", "hazel"):
        await stands(world, name, "consent")
    await raises(world, "rowan")
    await world.wind(days=7)
    assert await state(world, version) == a.AMEND
    assert len(await concerns(world, version)) == 1
    assert "A concern is open" in posted(world, "agreement-ended")[0].words


@pytest.mark.parametrize("where", ["answer", "card"])
async def test_whoever_raised_a_concern_lets_it_go_and_the_group_hears_that(world: Desk, where: str) -> None:
    version = await asked(world)
    for name in ("birch", "alder"):
        await stands(world, name, "consent")
    mine = await raises(world, "rowan")
    (concern,) = posted(world)
    shown = concern if where == "card" else mine
    gone = await world.press("rowan", shown, "agreement.let-go", here=where == "card")
    assert "You stand nowhere in this round" in gone.words
    assert await concerns(world, version) == ()
    (told,) = posted(world, "agreement-let-go")
    assert "None is open now." in told.words
    assert "rowan" not in told.words
    before = about(world)
    assert "refusal-agreement-concern-gone" in await world.press("rowan", mine, "agreement.let-go")
    assert about(world) == before
    await world.wind(days=7)
    assert await state(world, version) == a.ADOPTED


async def test_nobody_else_lets_it_go_and_there_is_one_of_each(world: Desk) -> None:
    await asked(world)
    await raises(world, "rowan")
    (concern,) = posted(world)
    before = about(world)
    for name in ("birch", "linden"):
        assert "refusal-agreement-not-raiser" in await world.press(name, concern, "agreement.let-go", here=True)
    assert "refusal-agreement-concern-open" in await writes(world, "rowan", "Another one")
    subject = card(world).choice("agreement.concern").subject
    formed = await world.runtime.sink.form(world.intent("rowan", "agreement.concern", subject=subject, here=True))
    assert "refusal-agreement-concern-open" in Shown(formed.card, formed.voice, world.now)  # type: ignore[union-attr]
    assert about(world) == before
    assert len(posted(world)) == 1


async def test_another_stance_takes_the_concern_along_and_the_group_hears_that(world: Desk) -> None:
    version = await asked(world)
    await raises(world, "hazel", "Mine stays")
    mine = await raises(world, "rowan")
    shown = await stands(world, "rowan", "consent")
    assert shown.texts[0].facts["stance"] == "consent"
    assert [one.raiser for one in await concerns(world, version)] == [member("hazel")]
    assert "One more is open." in posted(world, "agreement-let-go")[0].words
    assert "refusal-agreement-concern-gone" in await world.press("rowan", mine, "agreement.let-go")


async def test_a_concern_that_outlived_its_round_is_let_go_all_the_same(world: Desk) -> None:
    version = await asked(world)
    mine = await raises(world, "rowan")
    await world.wind(days=7)
    del world.platform.standings["rowan"]
    assert "agreement-let-go-yours" in await world.press("rowan", mine, "agreement.let-go")
    assert await concerns(world, version) == ()


async def test_only_those_whom_the_round_is_for_raise_one_and_nobody_once_it_is_over(world: Desk) -> None:
    await asked(world)
    before = about(world)
    assert "refusal-right-member" in await writes(world, "stranger")
    given = {"concern": WORDS, "raised_by": "named"}
    subject = card(world).choice("agreement.concern").subject
    assert "refusal-agreement-not-asked" in await world.ask("rowan", "agreement.concern", given, subject=subject)
    world.becomes("rowan", able=False)
    await world.wind(seconds=10)
    assert "refusal-agreement-timed-out" in await writes(world, "rowan")
    assert about(world) == before
    world.becomes("rowan", able=True)
    await world.wind(days=6, hours=23, minutes=55)
    back = await writes(world, "hazel")
    await world.wind(minutes=5)
    before = about(world)
    assert "refusal-agreement-round-over" in await world.press("hazel", back, "draft.use", here=True)
    assert about(world) == before
    assert posted(world) == []
    assert WORDS.encode() not in at_rest(world)


# Words that do not arrive


async def test_where_the_room_takes_no_words_no_concern_is_open_and_the_answer_before_stands(world: Desk) -> None:
    version = await asked(world)
    await stands(world, "rowan", "aside")
    world.platform.refuses[HALL.id] = "forbidden"
    assert "agreement-concern-not-sent" in await raises(world, "rowan")
    assert await concerns(world, version) == ()
    assert await stance(world, version, "rowan") == "aside"
    assert not [
        due
        for due in await world.read(lambda tx: tx.due.due(world.now + timedelta(days=1), 99))
        if due.kind == IN_DOUBT
    ]


async def test_while_the_platform_is_away_nothing_is_kept_and_it_can_be_sent_again(world: Desk) -> None:
    version = await asked(world)
    await stands(world, "rowan", "consent")
    back = await writes(world, "rowan")
    usual = world.platform.perform

    async def away(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        world.platform.away = True
        result = await usual(key, mark, effect, voice)
        world.platform.away = False
        return result

    world.platform.perform = away  # type: ignore[method-assign]
    assert "refusal-platform-away" in await world.press("rowan", back, "draft.use", here=True)
    assert await concerns(world, version) == ()
    assert await stance(world, version, "rowan") == "consent"
    world.platform.perform = usual  # type: ignore[method-assign]
    assert "The group has its words" in (await world.press("rowan", back, "draft.use", here=True)).words
    assert len(posted(world)) == 1
    assert len(await concerns(world, version)) == 1


async def unsure(world: Desk, *, landed: bool) -> Shown:
    """Let rowan raise a concern of which nobody knows whether its words arrived."""
    usual = world.platform.perform

    async def lost(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if landed:
            await usual(key, mark, effect, voice)
        return Unsure()

    back = await writes(world, "rowan")
    world.platform.perform = lost  # type: ignore[method-assign]
    shown = await world.press("rowan", back, "draft.use", here=True)
    world.platform.perform = usual  # type: ignore[method-assign]
    assert "refusal-relay-unsure" in shown
    return shown


@pytest.mark.parametrize("landed", [True, False])
async def test_where_nobody_knows_whether_it_arrived_it_stays_open_and_the_group_is_told_without_a_name(
    world: Desk, landed: bool
) -> None:
    version = await asked(world)
    for name in ("birch", "alder", "rowan"):
        await stands(world, name, "consent")
    await unsure(world, landed=landed)
    assert len(posted(world)) == (1 if landed else 0)
    assert await stance(world, version, "rowan") == "consent"
    await world.wind_to(world.now + DOUBTED_AFTER)
    (told,) = posted(world, "agreement-concern-doubted")
    assert told.actions == ("agreement.let-go",)
    assert "rowan" not in told.words
    assert WORDS.encode() not in at_rest(world)
    assert "refusal-agreement-not-raiser" in await world.press("birch", told, "agreement.let-go", here=True)
    # Sent again, it takes the place of the one in doubt, which had no words.
    assert "The group has its words" in (await raises(world, "rowan")).words
    assert posted(world, "agreement-concern-doubted") == []
    assert len(await concerns(world, version)) == 1
    await world.wind(days=7)
    assert await state(world, version) == a.AMEND


async def test_one_in_doubt_that_is_let_go_is_spoken_of_no_more(world: Desk) -> None:
    version = await asked(world)
    await unsure(world, landed=True)
    (concern,) = posted(world)
    await world.press("rowan", concern, "agreement.let-go", here=True)
    await world.wind(hours=1)
    assert posted(world, "agreement-concern-doubted") == []
    assert await concerns(world, version) == ()


# Races


async def test_a_round_that_ends_while_the_words_are_on_their_way_is_not_agreed(world: Desk) -> None:
    version = await asked(world)
    for name in ("birch", "alder"):
        await stands(world, name, "consent")
    back = await writes(world, "rowan")
    usual = world.platform.perform

    async def slow(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, Say) and any(line.id == "agreement-concern-words" for line in effect.card.lines):
            await world.wind(days=7)
        return await usual(key, mark, effect, voice)

    world.platform.perform = slow  # type: ignore[method-assign]
    shown = await world.press("rowan", back, "draft.use", here=True)
    assert "agreement-concern-is-open" in shown
    assert shown.actions == ("agreement.let-go",)
    assert await state(world, version) == a.AMEND
    assert len(await concerns(world, version)) == 1
    assert len(posted(world)) == 1


async def test_a_concern_that_comes_after_the_round_ended_is_told_so(world: Desk) -> None:
    version = await asked(world)
    for name in ("birch", "alder"):
        await stands(world, name, "consent")
    await world.wind(days=6, hours=23, minutes=55)
    back = await writes(world, "rowan")
    await world.wind(minutes=5)
    assert "refusal-agreement-round-over" in await world.press("rowan", back, "draft.use", here=True)
    assert await state(world, version) == a.ADOPTED
    assert await concerns(world, version) == ()
    assert posted(world) == []


async def test_a_concern_between_the_end_and_the_close_still_counts(world: Desk) -> None:
    version = await asked(world)
    for name in ("birch", "alder"):
        await stands(world, name, "consent")
    round_ = await round_about(world, version)
    assert round_ is not None
    await world.write(lambda tx: tx.agenda.put(CLOSES, round_.id, round_.ends_at + timedelta(hours=1)))
    await world.wind(days=7, minutes=1)
    mine = await raises(world, "rowan")
    assert mine.actions == ("agreement.let-go",)
    await world.wind(hours=1)
    assert await state(world, version) == a.AMEND


async def test_one_that_was_taken_back_while_it_was_on_its_way_is_not_open(world: Desk) -> None:
    version = await asked(world)
    back = await writes(world, "rowan")
    usual = world.platform.perform

    async def meanwhile(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        (found,) = await concerns(world, version)
        await world.write(lambda tx: tx.agreements.let_go(found.id))
        return await usual(key, mark, effect, voice)

    world.platform.perform = meanwhile  # type: ignore[method-assign]
    assert "agreement-let-go-yours" in await world.press("rowan", back, "draft.use", here=True)
    world.platform.perform = usual  # type: ignore[method-assign]
    await world.wind(minutes=10)
    assert await concerns(world, version) == ()


async def test_what_only_follows_a_relay_does_nothing_by_itself(world: Desk) -> None:
    version = await asked(world)
    await raises(world, "rowan")
    given = {"concern": WORDS, "raised_by": "named"}
    await world.ask("rowan", "agreement.concern-sent", given)
    assert len(await concerns(world, version)) == 1
    assert "agreement-concern-not-sent" in await world.ask("hazel", "agreement.concern-sent", given)


# Two who answer


async def who_left(world: Desk) -> tuple[Version, Shown]:
    """Return a version about which rowan has a concern open, and the concern's card. Rowan has left."""
    version = await asked(world)
    for name in ("birch", "alder", "hazel"):
        await stands(world, name, "consent")
    await raises(world, "rowan")
    world.platform.standings["rowan"] = Standing(Right.NONE)
    await world.wind(minutes=2)
    return version, posted(world)[0]


async def test_two_answer_the_concern_of_who_has_left_and_everybody_is_asked_afresh(world: Desk) -> None:
    version, concern = await who_left(world)
    before = await round_about(world, version)
    assert before is not None
    assert "agreement-answer-first" in await world.press("birch", concern, "agreement.answer-for", here=True)
    (invited,) = posted(world, "agreement-answer-open")
    assert "birch" not in invited.words
    assert "has left" in invited.words
    assert "agreement-answer-first" in await world.press("birch", concern, "agreement.answer-for", here=True)
    assert len(posted(world, "agreement-answer-open")) == 1
    rows = about(world)
    mine = invited.choice("agreement.answer-second").subject
    given = world.intent("birch", "agreement.answer-second", AGAIN, subject=mine, here=True)
    shown = await world.press("birch", await world.send(given), "draft.use", here=True)
    assert "refusal-agreement-second" in shown
    assert about(world) == rows
    second = await world.press("alder", concern, "agreement.answer-for", here=True)
    assert "agreement-answer-second" in second
    form = await world.form("alder", "agreement.answer-second", subject=mine, here=True)
    assert [one.name for one in form.fields] == ["round_days", "for_whom", "needs", "review_day"]
    given = world.intent("alder", "agreement.answer-second", AGAIN, subject=mine, here=True)
    told = await world.press("alder", await world.send(given), "draft.use", here=True)
    assert "agreement-answered-yours" in told
    after = await round_about(world, version)
    assert after is not None
    assert (after.id != before.id, after.whom) == (True, "everyone")
    assert await concerns(world, version) == ()
    assert world.rows()["stance"] == ()
    assert posted(world, "agreement-answer-open") == []
    assert len(posted(world, "agreement-answered")) == 1
    cards = [shown for shown in in_hall(world) if "agreement.consent" in shown.actions]
    assert [shown.choice("agreement.consent").subject for shown in cards] == [after.id]
    assert "refusal-agreement-concern-gone" in await world.press("hazel", concern, "agreement.answer-for", here=True)


async def test_the_concern_of_who_is_here_is_answered_by_nobody_else(world: Desk) -> None:
    version = await asked(world)
    await raises(world, "rowan")
    (concern,) = posted(world)
    before = about(world)
    assert "refusal-agreement-raiser-here" in await world.press("birch", concern, "agreement.answer-for", here=True)
    assert "refusal-agreement-second" in await world.press("rowan", concern, "agreement.answer-for", here=True)
    subject = concern.choice("agreement.answer-for").subject
    formed = await world.runtime.sink.form(world.intent("alder", "agreement.answer-second", subject=subject, here=True))
    assert "refusal-agreement-raiser-here" in Shown(formed.card, formed.voice, world.now)  # type: ignore[union-attr]
    await world.wind(days=20)
    assert "refusal-agreement-raiser-here" in await world.press("birch", concern, "agreement.answer-for", here=True)
    assert len(await concerns(world, version)) == 1
    assert before["concern"] == about(world)["concern"]


async def test_one_who_is_forgotten_has_left_and_one_who_comes_back_has_not(world: Desk) -> None:
    version, concern = await who_left(world)
    world.becomes("rowan", right=Right.MEMBER)
    await world.wind(minutes=2)
    assert "refusal-agreement-raiser-here" in await world.press("birch", concern, "agreement.answer-for", here=True)
    await world.ask("rowan", "mine.forget-yes")
    (kept,) = await concerns(world, version)
    assert kept.raiser is None
    assert "agreement-answer-first" in await world.press("birch", concern, "agreement.answer-for", here=True)
    assert "has left" in posted(world, "agreement-answer-open")[0].words


async def test_where_the_first_of_two_has_left_somebody_else_is_the_first(world: Desk) -> None:
    version, concern = await who_left(world)
    await world.press("birch", concern, "agreement.answer-for", here=True)
    world.platform.standings["birch"] = Standing(Right.NONE)
    await world.wind(minutes=2)
    subject = concern.choice("agreement.answer-for").subject
    given = world.intent("alder", "agreement.answer-second", AGAIN, subject=subject, here=True)
    shown = await world.press("alder", await world.send(given), "draft.use", here=True)
    assert "refusal-agreement-second" in shown
    assert "agreement-answer-first" in await world.press("alder", concern, "agreement.answer-for", here=True)
    assert [one.answerer for one in await concerns(world, version)] == [member("alder")]
    assert len(posted(world, "agreement-answer-open")) == 1


async def test_after_two_weeks_it_is_answered_where_the_community_wrote_so(world: Desk) -> None:
    await adopted(world, allows=a.ANSWERING)
    version = await asked(world, lasts=timedelta(days=20))
    await raises(world, "rowan")
    (concern,) = posted(world)
    await world.wind(days=13)
    assert "refusal-agreement-raiser-here" in await world.press("birch", concern, "agreement.answer-for", here=True)
    await world.wind(days=1)
    assert "agreement-answer-first" in await world.press("birch", concern, "agreement.answer-for", here=True)
    assert "open for 14 days" in posted(world, "agreement-answer-open")[0].words
    assert len(await concerns(world, version)) == 1


async def test_in_the_other_rooms_of_an_agreement_it_is_said_that_there_is_one(world: Desk) -> None:
    version = await asked(world, "everyone")
    await world.write(lambda tx: tx.agreements.settle(Home(version.agreement, OTHER)))
    await raises(world, "rowan")
    due = await world.read(lambda tx: tx.leaving.due(OTHER.platform, world.now, 9))
    (said,) = [one.effect for one in due if isinstance(one.effect, Say)]
    assert [line.id for line in said.card.lines] == ["agreement-concern-elsewhere"]
    assert WORDS.encode() not in at_rest(world)


async def test_a_change_of_meaning_leaves_the_concern_open_for_its_raiser(world: Desk) -> None:
    version = await asked(world)
    mine = await raises(world, "rowan")
    after = await reworded(world, version, meaning=True)
    assert len(await concerns(world, after)) == 1
    assert "agreement-let-go-yours" in await world.press("rowan", mine, "agreement.let-go")
    again = await asked(world, version=after)
    await raises(world, "rowan", "It is still too late")
    assert len(await concerns(world, again)) == 1


async def test_a_concern_from_an_earlier_round_is_let_go_before_another_is_raised(world: Desk) -> None:
    version = await asked(world)
    await raises(world, "rowan")
    await world.wind(days=7)
    again = await asked(world, version=await world.read(partial(version_now, version.id)))
    before = about(world)
    assert "refusal-agreement-concern-open" in await writes(world, "rowan", "Another one")
    assert about(world) == before
    await stands(world, "rowan", "later")
    assert await concerns(world, again) == ()


def version_now(id_: str, tx: object) -> Version:
    found = tx.agreements.version(id_)  # type: ignore[attr-defined]
    assert isinstance(found, Version)
    return found


async def test_what_is_gone_meanwhile_is_nothing_to_speak_of(world: Desk) -> None:
    version = await asked(world)
    mine = await raises(world, "rowan")
    said = len(world.platform.said)
    await world.write(lambda tx: tx.agenda.put(IN_DOUBT, "gone", world.now))
    await world.settle()
    assert len(world.platform.said) == said
    await world.write(lambda tx: tx.agreements.remove(version.agreement))
    assert "refusal-agreement-concern-gone" in await world.press("rowan", mine, "agreement.let-go")
