"""Changes on the way: suggested by one, confirmed by another, asked about, withdrawn; and what comes in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.contract.facts import Right
from bot.contract.queues import WorkTx
from bot.domain import agreement as a
from tests.commands.agreement_desk import (
    ASKING,
    LINES,
    OTHER,
    adopts,
    brings_in,
    card,
    consent,
    hall,
    opens,
    refused,
    shares,
    standing,
    versions,
)
from tests.commands.desk import MEMBERS, Desk, Shown, member

SAID = "\n".join(OTHER)


async def suggests(world: Desk, on: Shown, name: str = "rowan", said: str = SAID, changes: str = "wording") -> Shown:
    """Let somebody suggest a change; return its card."""
    answer = await world.press(name, on, "agreement.suggest", here=True, statements=said, changes=changes)
    assert "agreement-suggestion-posted" in answer, answer.ids
    return card(world, "agreement-suggested")


async def test_a_change_of_wording_goes_on_in_the_same_state_and_nobody_is_named(world: Desk) -> None:
    talk = await shares(world)
    subject = talk.choice("agreement.suggest").subject
    form = await world.form("rowan", "agreement.suggest", subject=subject, here=True)
    assert form.fields[0].value == "\n".join(LINES), "what stands there can be edited"
    shown = await world.send(
        world.intent(
            "rowan", "agreement.suggest", {"statements": SAID, "changes": "wording"}, subject=subject, here=True
        )
    )
    assert "Only the wording" not in shown.words
    assert f"Changed from: {LINES[0]} To: {OTHER[0]}" in shown.words
    assert "agreement-marked" in shown
    assert not world.rows()["suggestion"]
    assert "agreement-suggestion-posted" in await world.press("rowan", shown, "draft.use")
    change = card(world, "agreement-suggested")
    assert f"Changed from: {LINES[0]} To: {OTHER[0]}" in change.words
    assert "it is just wording" in change.words
    assert not any(name in change.words for name in MEMBERS)
    assert change.actions == ("agreement.just-wording", "agreement.meaning")
    assert await refused(world, "rowan", "agreement.just-wording", change) == "agreement-second"
    assert await refused(world, "rowan", "agreement.meaning", change) == "agreement-second"
    answer = await world.press("hazel", change, "agreement.just-wording", here=True)
    assert "agreement-confirmed" in answer
    (after,) = hall(world)
    assert OTHER[0] in after.words
    assert "Version 2, shared with the group" in after.words
    assert [(one.state, one.wording) for one in await versions(world)] == [(a.REPLACED, False), (a.QUESTIONS, True)]
    assert not world.rows()["suggestion"]


async def test_whoever_looks_second_can_say_that_the_meaning_changes_and_not_that_it_does_not(world: Desk) -> None:
    change = await suggests(world, await shares(world))
    assert "agreement-confirmed" in await world.press("hazel", change, "agreement.meaning", here=True)
    assert (await versions(world))[-1].state == a.AMEND
    change = await suggests(world, card(world, "agreement-talk"), said="We are kind.", changes="meaning")
    assert "the meaning changes" in change.words
    assert await refused(world, "hazel", "agreement.just-wording", change) == "agreement-meaning"
    assert "agreement-confirmed" in await world.press("hazel", change, "agreement.meaning", here=True)
    assert (await versions(world))[-1].statements == ("We are kind.",)


async def test_of_two_changes_at_once_the_second_is_told_that_the_text_changed(world: Desk) -> None:
    talk = await shares(world)
    first = await suggests(world, talk)
    second = await suggests(world, talk, "alder", said="We are kind.")
    await world.press("hazel", first, "agreement.just-wording", here=True)
    assert not standing(world, "agreement-suggested"), "their cards are gone"
    assert await refused(world, "hazel", "agreement.just-wording", second) == "agreement-changed"
    given = {"statements": "We are kind.", "changes": "meaning"}
    assert await refused(world, "alder", "agreement.suggest", talk, **given) == "agreement-not-now"
    for action in ("agreement.suggest", "agreement.open-round"):
        form = await world.runtime.sink.form(
            world.intent("alder", action, subject=talk.choice(action).subject, here=True)
        )
        assert type(form).__name__ == "Reply", "nobody is asked for words that cannot be used"


async def test_a_change_is_taken_back_by_its_author_alone_and_replaced_by_their_next(world: Desk) -> None:
    talk = await shares(world)
    given = {"statements": SAID, "changes": "wording"}
    answer = await world.press("rowan", talk, "agreement.suggest", here=True, **given)
    assert await refused(world, "alder", "agreement.unsuggest", answer) == "agreement-not-author"
    again = await world.press(
        "rowan", talk, "agreement.suggest", here=True, statements="We are kind.", changes="wording"
    )
    assert sum("agreement-suggested" in shown for shown in hall(world)) == 1
    assert "agreement-suggestion-back" in await world.press("rowan", again, "agreement.unsuggest")
    assert not standing(world, "agreement-suggested")
    assert not world.rows()["suggestion"]
    assert await refused(world, "rowan", "agreement.unsuggest", again) == "agreement-changed"


async def test_what_says_the_same_and_what_is_one_too_many_is_not_posted(world: Desk) -> None:
    talk = await shares(world)
    same = {"statements": "\n".join(LINES), "changes": "meaning"}
    assert await refused(world, "rowan", "agreement.suggest", talk, **same) == "agreement-same"
    (one,) = await versions(world)
    await suggests(world, talk)

    def full(tx: WorkTx) -> None:
        (first,) = tx.agreements.suggestions(one.id)
        for number in range(5):
            tx.agreements.suggest(replace(first, id=f"more-{number}", author=member(f"somebody-{number}")))

    await world.write(full)
    given = {"statements": "We are kind.", "changes": "wording"}
    assert await refused(world, "alder", "agreement.suggest", talk, **given) == "agreement-suggestions-many"
    assert "agreement-suggestion-posted" in await world.press("rowan", talk, "agreement.suggest", here=True, **given)


async def test_the_wording_of_what_stands_changes_in_the_pinned_copy_and_the_group_hears_it(world: Desk) -> None:
    copy = await adopts(world)
    change = await suggests(world, copy)
    await world.press("hazel", change, "agreement.just-wording", here=True)
    copy = card(world, "agreement-how-to-change")
    assert OTHER[0] in copy.words
    assert "Version 2, agreed together on" in copy.words
    told = card(world, "agreement-reworded")
    assert f"Changed from: {LINES[0]} To: {OTHER[0]}" in told.words
    assert [one.state for one in await versions(world)] == [a.REPLACED, a.ADOPTED]


async def test_a_change_of_meaning_of_what_stands_is_talked_about_while_it_stands(world: Desk) -> None:
    copy = await adopts(world)
    one, other = (
        await suggests(world, copy, changes="meaning"),
        await suggests(world, copy, "alder", "Be kind.", "meaning"),
    )
    await world.press("hazel", one, "agreement.meaning", here=True)
    assert [one.state for one in await versions(world)] == [a.ADOPTED, a.QUESTIONS]
    assert standing(world, "agreement-how-to-change")
    assert OTHER[0] in card(world, "agreement-talk").words
    assert await refused(world, "hazel", "agreement.meaning", other) == "agreement-under-way"
    round_ = await opens(world, card(world, "agreement-talk"))
    assert not standing(world, "agreement-talk")
    assert "Version 2" in round_.words
    await consent(world, "rowan", "hazel")
    await world.wind(days=7)
    assert [one.state for one in await versions(world)] == [a.REPLACED, a.ADOPTED]
    assert not standing(world, "agreement-suggested"), "what was suggested about the old one is gone with it"


async def test_in_a_round_a_change_of_wording_keeps_the_answers_and_one_of_meaning_ends_it(world: Desk) -> None:
    round_ = await opens(world, await shares(world))
    await consent(world, "birch")
    (one,) = await versions(world)
    stands = await world.read(lambda tx: tx.agreements.round_about(one.id))
    assert stands is not None
    change = {"statements": SAID, "changes": "wording"}
    await world.ask("rowan", "agreement.suggest", change, subject=one.id, here=True)
    await world.press("hazel", card(world, "agreement-suggested"), "agreement.just-wording", here=True)
    moved = card(world, "agreement-round")
    assert sum("agreement-round" in shown for shown in hall(world)) == 1
    assert OTHER[0] in moved.words
    assert moved.choice("agreement.consent") == round_.choice("agreement.consent"), "the same round"
    assert len(world.rows()["stance"]) == 1
    latest = (await versions(world))[-1]
    change = {"statements": "We are kind.", "changes": "meaning"}
    await world.ask("rowan", "agreement.suggest", change, subject=latest.id, here=True)
    await world.press("hazel", card(world, "agreement-suggested"), "agreement.meaning", here=True)
    assert not standing(world, "agreement-round")
    talk = card(world, "agreement-talk")
    assert "agreement-asks-again" in talk
    assert "We are kind." in talk.words
    assert not world.rows()["stance"]
    assert not world.rows()["consent_round"]


async def test_the_group_goes_from_questions_to_changes_and_back_and_one_card_stands(world: Desk) -> None:
    talk = await shares(world)
    assert "agreement-moved" in await world.press("alder", talk, "agreement.discuss", here=True)
    (amend,) = hall(world)
    assert "Now is the time to change it" in amend.words
    assert "agreement.ask" in amend.actions
    assert await refused(world, "rowan", "agreement.discuss", talk) == "agreement-not-now"
    await world.press("rowan", amend, "agreement.ask", here=True)
    (talk,) = hall(world)
    assert "Now is the time to ask" in talk.words


async def test_a_round_is_shown_back_and_says_all_that_it_must(world: Desk) -> None:
    talk = await shares(world)
    subject = talk.choice("agreement.open-round").subject
    form = await world.form("alder", "agreement.open-round", subject=subject, here=True)
    assert [field.name for field in form.fields] == ["round_days", "for_whom", "needs", "review_day"]
    assert all(field.value == "" for field in form.fields), "nothing is ticked beforehand"
    intent = world.intent("alder", "agreement.open-round", ASKING, subject=subject, here=True)
    shown = await world.send(intent)
    assert "It needs 2 consents" in shown.words
    assert "2 June" in shown.words
    assert not world.rows()["consent_round"]
    assert "agreement-round-opened" in await world.press("alder", shown, "draft.use")
    (round_,) = hall(world)
    assert "for those in this room" in round_.words
    again = await world.runtime.sink.form(intent)
    assert type(again).__name__ == "Form", "the table says no when it is sent, since a round ends"
    assert await refused(world, "rowan", "agreement.open-round", talk, **ASKING) == "agreement-not-now"
    assert await refused(world, "birch", "agreement.withdraw", withdrawing(talk)) == "agreement-not-now"


def withdrawing(talk: Shown) -> Shown:
    """Return a card with the choice that its author alone was given."""
    assert talk.card is not None
    choice = replace(talk.card.choices[0], action="agreement.withdraw")
    return replace(talk, card=replace(talk.card, choices=(choice,)))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"review_day": ""}, "agreement-review-between"),
        ({"review_day": "7"}, "agreement-review-between"),
        ({"round_days": "31"}, "number-between"),
        ({"round_days": "0"}, "number-between"),
        ({"needs": "1"}, "number-between"),
        ({"for_whom": "nobody"}, "option-unknown"),
        ({"silence": "yes"}, "agreement-silence"),
    ],
)
async def test_a_round_that_does_not_say_enough_is_not_opened(world: Desk, given: dict[str, str], why: str) -> None:
    talk = await shares(world)
    assert await refused(world, "alder", "agreement.open-round", talk, **{**ASKING, **given}) == why


async def test_where_the_community_wrote_that_silence_counts_a_round_may_be_held_so_and_says_it(world: Desk) -> None:
    draft = await world.ask("birch", "agreement propose", here=True, title="How", statements="Silence is a yes here.")
    await world.press("birch", draft, "agreement.allows", allows="silence")
    await world.press("birch", draft, "agreement.share")
    talk = card(world, "agreement-talk")
    here = {**ASKING, "for_whom": "room"}
    why = "agreement-for-everyone"
    assert await refused(world, "alder", "agreement.open-round", talk, **here) == why, "not by those in one room"
    await opens(world, talk, for_whom="everyone")
    await consent(world, "birch", "alder")
    await world.wind(days=7)
    talk = await shares(world, title="Other")
    form = await world.form(
        "alder", "agreement.open-round", subject=talk.choice("agreement.open-round").subject, here=True
    )
    assert "silence" in [field.name for field in form.fields]
    assert "silence counts as a yes" in (await opens(world, talk, silence="yes")).words


async def test_to_let_an_agreement_go_takes_a_second_member_and_a_round_without_a_review(world: Desk) -> None:
    await adopts(world)
    read = await world.ask("rowan", "agreement read", here=True)
    shown = await world.send(
        world.intent("rowan", "agreement.suggest-end", subject=read.choice("agreement.suggest-end").subject)
    )
    assert "agreement-end" in shown
    assert not world.rows()["suggestion"]
    assert "agreement-suggestion-posted" in await world.press("rowan", shown, "draft.use")
    change = card(world, "agreement-suggested")
    assert "It says to let this agreement go" in change.words
    await world.press("hazel", change, "agreement.meaning", here=True)
    talk = card(world, "agreement-talk")
    form = await world.form(
        "alder", "agreement.open-round", subject=talk.choice("agreement.open-round").subject, here=True
    )
    assert "review_day" not in [field.name for field in form.fields]
    round_ = await opens(world, talk, review_day="")
    assert "agreement-round-review" not in round_
    await consent(world, "rowan", "hazel")
    await world.wind(days=7)
    assert standing(world, "agreement-ended")
    assert not standing(world, "agreement-how-to-change"), "the copy is gone"
    assert [one.state for one in await versions(world)] == [a.REPLACED, a.REPLACED]
    assert "agreement-none" in await world.ask("rowan", "agreement read", here=True)
    past = await world.ask("rowan", "agreement history", here=True)
    assert len(past.actions) == 2
    gone = await world.press("rowan", past, "agreement.version")
    assert "does not stand any more" in gone.words
    assert "agreement.suggest" not in gone.actions
    assert await refused(world, "rowan", "agreement.suggest-end", read) == "agreement-not-now"


async def test_its_author_withdraws_it_until_a_round_is_open(world: Desk) -> None:
    draft = await world.ask("birch", "agreement propose", here=True, title="T", statements="A")
    answer = await world.press("birch", draft, "agreement.share")
    await suggests(world, card(world, "agreement-talk"))
    assert await refused(world, "alder", "agreement.withdraw", answer) == "agreement-not-author"
    assert "agreement-withdrawn-yours" in await world.press("birch", answer, "agreement.withdraw")
    (told,) = hall(world)
    assert "This proposal was withdrawn" in told.words
    assert "birch" not in told.words
    assert [one.author for one in await versions(world)] == [None]


async def test_a_round_that_did_not_agree_leaves_the_ways_on_with_its_outcome(world: Desk) -> None:
    await opens(world, await shares(world))
    await world.wind(days=7)
    ended = card(world, "agreement-ended")
    assert "agreement.open-round" in ended.actions
    await opens(world, ended)
    assert standing(world, "agreement-round")


@pytest.mark.parametrize(
    "action",
    ["agreement.suggest", "agreement.discuss", "agreement.open-round", "agreement.take-up", "agreement.meaning"],
)
async def test_who_is_not_a_member_any_more_changes_nothing(world: Desk, action: str) -> None:
    await brings_in(world)
    talk = await shares(world, title="Other")
    shown = {"agreement.take-up": card(world, "agreement-how-to-change")}.get(action, talk)
    if action == "agreement.meaning":
        shown = await suggests(world, talk)
    world.becomes("hazel", right=Right.NONE)
    await world.wind(minutes=2)
    given: dict[str, str] = {}
    if action == "agreement.suggest":
        given = {"statements": SAID, "changes": "wording"}
    if action == "agreement.open-round":
        given = ASKING
    assert await refused(world, "hazel", action, shown, **given) == "right-member"


async def test_a_review_that_came_while_the_bot_was_away_is_asked_once_and_taken_up(world: Desk) -> None:
    await brings_in(world, review_day="10")
    (one,) = await versions(world)
    assert one.review_at is not None
    later = one.review_at + timedelta(days=3)
    # As if the bot had been away for three days: nothing was done when it was due.
    await world.write(lambda tx: tx.agenda.put("agreement.reviews", one.id, later))
    await world.wind(days=14)
    asked = [shown for shown in hall(world) if "agreement-review" in shown]
    assert len(asked) == 1
    assert "agreement-taken-up" in await world.press("alder", asked[0], "agreement.take-up", here=True)
    assert [one.state for one in await versions(world)] == [a.REVIEW, a.QUESTIONS]
