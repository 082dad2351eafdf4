"""Agreements at the desk: drafts, what is shared, what is read, what moderators bring in."""

import ast
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

import commands
from bot.contract.agreements import Agreement, Version
from bot.contract.facts import Act, Right
from bot.contract.place import Room
from bot.contract.queues import WorkTx
from bot.contract.tables import Tx
from bot.domain import agreement as a
from tests.commands.agreement_desk import (
    LINES,
    OTHER,
    TITLE,
    adopts,
    brings_in,
    card,
    hall,
    opens,
    proposes,
    refused,
    shares,
    standing,
    versions,
)
from tests.commands.desk import HALL, MEMBERS, MODERATOR, PLATFORM, Desk

PORCH = Room(PLATFORM, "porch")


async def test_a_draft_is_its_authors_alone_until_it_is_shared_without_a_name(world: Desk) -> None:
    draft = await proposes(world)
    assert TITLE in draft.words
    assert all(line in draft.words for line in LINES)
    assert "Only you can see it" in draft.words
    assert "it stands in hall" in draft.words
    assert draft.actions == (
        "agreement.share", "agreement.share-named", "agreement.anew", "agreement.allows", "agreement.drop",
    )  # fmt: skip
    assert hall(world) == []
    assert "agreement-none" in await world.ask("alder", "agreement read", here=True)
    assert await refused(world, "alder", "agreement.share", draft) == "agreement-not-author"
    listed = await world.ask("birch", "agreement read", here=True)
    assert "agreement-your-draft" in listed
    assert await refused(world, "alder", "agreement.draft", listed) == "agreement-not-author"
    assert "agreement-draft" in await world.press("birch", listed, "agreement.draft")
    answer = await world.press("birch", draft, "agreement.share")
    assert "without your name" in answer.words
    assert answer.actions == ("agreement.withdraw",)
    (talk,) = hall(world)
    assert all(line in talk.words for line in LINES)
    assert "I do not hear what you say" in talk.words
    assert not any(name in talk.words for name in MEMBERS)
    assert talk.actions == ("agreement.suggest", "agreement.discuss", "agreement.open-round")
    assert await refused(world, "birch", "agreement.share", draft) == "agreement-not-now"
    assert "agreement-talk" not in await world.press("birch", listed, "agreement.draft"), "it is no draft any more"
    assert await world.profile("birch") is None, "nobody is enrolled"


async def test_a_draft_is_written_anew_marked_and_dropped(world: Desk) -> None:
    draft = await proposes(world)
    subject = draft.choice("agreement.anew").subject
    form = await world.form("birch", "agreement.anew", subject=subject)
    assert [field.value for field in form.fields] == [TITLE, "\n".join(LINES)]
    anew = await world.press("birch", draft, "agreement.anew", title="Evenings", statements="We are quiet.")
    assert "Evenings" in anew.words
    assert "Line 1: We are quiet." in anew.words
    assert LINES[0] not in anew.words
    marked = await world.press("birch", draft, "agreement.allows", allows="silence")
    assert "may count silence as a yes" in marked.words
    assert (await versions(world))[0].allows == "silence"
    plain = await world.press("birch", draft, "agreement.allows", allows="nothing")
    assert "agreement-allows" not in plain
    dropped = await world.press("birch", draft, "agreement.drop")
    assert "agreement-dropped" in dropped
    assert not world.rows()["agreement"]
    assert not world.rows()["agreement_version"]
    assert "refusal-agreement-gone" in await world.press("birch", draft, "agreement.share")
    assert hall(world) == []


async def test_whoever_wishes_is_named_once_and_kept_nowhere_with_it(world: Desk) -> None:
    draft = await proposes(world)
    assert "with your name" in (await world.press("birch", draft, "agreement.share-named")).words
    assert "birch proposes this" in card(world, "agreement-talk").words
    await world.press("alder", card(world, "agreement-talk"), "agreement.discuss", here=True)
    assert "birch" not in card(world, "agreement-talk").words


async def test_drafts_and_agreements_are_few_enough_to_be_read(world: Desk) -> None:
    drafts = [await proposes(world, title=f"Number {number}") for number in range(3)]
    assert all("agreement-draft" in draft for draft in drafts)
    assert "refusal-agreement-drafts-many" in await proposes(world, title="One more")
    community = await world.community()

    def full(tx: Tx) -> None:
        (one,) = tx.agreements.versions(tx.agreements.of_community(community)[0].id)
        for number in range(20):
            agreement = replace(tx.agreements.of_community(community)[0], id=f"more-{number}", title=f"More {number}")
            tx.agreements.put(agreement)
            shared = replace(one, id=f"version-{number}", agreement=agreement.id, state=a.QUESTIONS, author=None)
            tx.agreements.write(shared)

    await world.write(full)
    assert await refused(world, "birch", "agreement.share", drafts[0]) == "agreement-many"
    assert "refusal-agreement-many" in await brings_in(world)
    listed = await world.ask("alder", "agreement read", here=True)
    assert len(listed.actions) == 20
    assert "agreement-listed" in await world.ask("alder", "agreement history", here=True)


async def test_where_it_stands(world: Desk) -> None:
    given = {"title": TITLE, "statements": LINES[0]}
    nowhere = await world.ask("birch", "agreement propose", given)
    assert nowhere.ids == ("refusal-agreement-nowhere",)
    assert not world.rows()["agreement"]
    community = await world.community()
    await world.write(lambda tx: tx.communities.set_room(community, "agreements", PORCH))
    assert "it stands in porch" in (await world.ask("birch", "agreement propose", given)).words
    assert "it stands in hall" in (await world.ask("birch", "agreement propose", given, here=True)).words
    await world.write(lambda tx: tx.communities.set_room(community, "checkins", HALL))
    await world.ask("rowan", "checkin open", here=True)
    made = next(iter(await world.read(lambda tx: tx.checkins.of_community(community)))).room
    assert made is not None
    inside = await world.ask("rowan", "agreement propose", given, here=made)
    assert "it stands in hall" in inside.words, "a room that closes is no place for it"


async def test_an_agreement_stands_on_every_platform_of_its_community_that_has_a_room_for_it(world: Desk) -> None:
    community = await world.community()
    elsewhere = Room("elsewhere", "study")
    await world.write(lambda tx: tx.communities.set_room(community, "agreements", elsewhere))
    await world.write(lambda tx: tx.communities.set_room(community, "agreements", PORCH))
    await shares(world)
    (one,) = await versions(world)
    homes = await world.read(lambda tx: tx.agreements.homes(one.agreement))
    assert {home.room for home in homes} == {HALL, elsewhere}


async def test_where_the_bot_cannot_post_nothing_is_kept(world: Desk) -> None:
    draft = await proposes(world)
    world.platform.lacks.add(Act.WRITE)
    await world.wind(minutes=2)
    before = {table: rows for table, rows in world.rows().items() if table.startswith("agreement")}
    assert "agreement-cannot" in await proposes(world, "alder")
    assert "agreement-cannot" in await brings_in(world)
    answer = await world.press("birch", draft, "agreement.share")
    assert "agreement-cannot" in answer
    assert "missing-local" in answer
    assert {table: rows for table, rows in world.rows().items() if table.startswith("agreement")} == before
    assert hall(world) == []


async def test_who_is_timed_out_or_left_or_finds_it_switched_off_posts_nothing(world: Desk) -> None:
    draft = await proposes(world)
    world.becomes("birch", able=False)
    await world.wind(minutes=2)
    assert await refused(world, "birch", "agreement.share", draft) == "agreement-timed-out"
    world.becomes("birch", able=True, right=Right.NONE)
    await world.wind(minutes=2)
    assert await refused(world, "birch", "agreement.share", draft) == "right-member"
    world.becomes("birch", right=Right.MEMBER)
    await world.wind(minutes=2)
    await world.ask(MODERATOR, "setup features", here=True, switch_off=("agreements",))
    assert await refused(world, "birch", "agreement.share", draft) == "switched-off"
    assert "refusal-switched-off" in await proposes(world)
    assert "agreement-your-draft" in await world.ask("birch", "agreement read", here=True), "reading stays"
    assert "agreement-dropped" in await world.press("birch", draft, "agreement.drop")


# Reading


async def test_what_stands_is_read_privately_with_how_to_change_it(world: Desk) -> None:
    await adopts(world)
    stands = hall(world)
    read = await world.ask("hazel", "agreement read", here=True)
    assert all(line in read.words for line in LINES)
    assert "agreed together on" in read.words
    assert "Anyone can suggest a change" in read.words
    assert read.actions == ("agreement.suggest", "agreement.suggest-end")
    assert hall(world) == stands
    assert await world.profile("hazel") is None
    review = await world.ask("hazel", "agreement review", here=True)
    assert review.lines == read.lines
    amend = await world.ask("hazel", "agreement amend", here=True)
    assert amend.actions == ("agreement.suggest",)
    assert LINES[0] in amend.words


async def test_one_of_several_is_chosen_by_number_or_by_a_tap(world: Desk) -> None:
    await brings_in(world, title="House")
    await shares(world, title="Photos", lines=("Ask first.",))
    listed = await world.ask("alder", "agreement read", here=True)
    assert "1. House: Version 1, brought in by moderators, not yet agreed together." in listed.words
    assert "2. Photos: Version 1, shared with the group." in listed.words
    second = listed.card.choices[1].subject if listed.card else ""
    assert "Ask first." in (await world.press("alder", listed, "agreement.look", second)).words
    assert "Ask first." in (await world.ask("alder", "agreement read", here=True, agreement="2")).words
    assert "agreement-list" in await world.ask("alder", "agreement read", here=True, agreement="3")
    amends = await world.ask("alder", "agreement amend", here=True)
    assert "Ask first." in (await world.press("alder", amends, "agreement.amends", second)).words
    past = await world.ask("alder", "agreement history", here=True)
    assert "shared with the group" in (await world.press("alder", past, "agreement.past", second)).words
    assert "agreement-stands" in await world.ask("alder", "agreement history", here=True, agreement="1")
    review = await world.ask("alder", "agreement review", here=True)
    assert "Photos" not in review.words, "it does not stand yet"
    await brings_in(world, title="Garden", review_day="10")
    review = await world.ask("alder", "agreement review", here=True)
    assert review.words.index("Garden") < review.words.index("House"), "by their dates"


async def test_where_there_is_nothing_it_says_how_to_begin(world: Desk) -> None:
    for command in ("read", "amend", "history"):
        answer = await world.ask("alder", f"agreement {command}", here=True)
        assert "/agreement propose" in answer.words
    assert "agreement-none-stands" in await world.ask("alder", "agreement review", here=True)
    for action in ("look", "past", "amends", "version", "draft", "earlier", "others"):
        answer = await world.ask("alder", f"agreement.{action}", subject="nothing", here=True)
        assert answer.ids == ("refusal-agreement-gone",)
    draft = await proposes(world)
    community = await world.community()
    (one,) = await world.read(lambda tx: tx.agreements.of_community(community))
    assert draft.card is not None
    answer = await world.ask("alder", "agreement.look", subject=one.id, here=True)
    assert answer.ids == ("refusal-agreement-gone",), "a draft cannot be looked at by its agreement either"


async def test_every_version_can_be_read_with_what_changed_and_the_totals(world: Desk) -> None:
    copy = await adopts(world)
    answer = await world.press(
        "birch", copy, "agreement.suggest", here=True, statements="\n".join(OTHER), changes="meaning"
    )
    assert "agreement-suggestion-posted" in answer
    await world.press("alder", card(world, "agreement-suggested"), "agreement.meaning", here=True)
    read = await world.ask("hazel", "agreement read", here=True)
    assert "The group is working on version 2" in read.words
    second = await world.press("hazel", read, "agreement.version")
    assert f"Changed from: {LINES[0]} To: {OTHER[0]}" in second.words
    assert {"agreement.suggest", "agreement.open-round", "agreement.version", "agreement.past"} <= set(second.actions)
    assert "agreement.withdraw" not in second.actions
    author = await world.press("birch", read, "agreement.version")
    assert "agreement.withdraw" in author.actions
    past = await world.press("hazel", second, "agreement.past")
    assert past.card is not None
    assert [choice.subject for choice in past.card.choices] == [one.id for one in reversed(await versions(world))]
    first = await world.press("hazel", second, "agreement.version")
    assert "agreement-totals" not in first, "so few that numbers would name them"
    before = (await versions(world))[0]
    await world.write(lambda tx: tx.agreements.write(replace(before, consents=6, aside=1)))
    assert "6 consented, and one stood aside" in (await world.press("hazel", second, "agreement.version")).words


async def test_a_long_history_is_read_a_page_after_the_other(world: Desk) -> None:
    await adopts(world)
    (first,) = await versions(world)
    for number in range(2, 20):
        later = replace(first, id=f"version-{number}", number=number, state=a.REPLACED, review_at=None)
        await world.write(partial(write, later, None))
    page = await world.ask("hazel", "agreement history", here=True)
    read: list[int] = []
    while page.card is not None:
        found = [str(choice.label.facts.get("number", "")) for choice in page.card.choices]
        read += [int(number) for number in found if number]
        if "" not in found:
            break
        page = await world.press("hazel", page, "agreement.earlier")
    assert read == list(range(19, 0, -1))


async def test_every_agreement_there_ever_was_is_listed_a_page_after_the_other(world: Desk) -> None:
    await adopts(world)
    (first,) = await versions(world)
    community = await world.community()
    for number in range(41):
        of = Agreement(f"agreement-{number}", community, f"Was {number:02}")
        was = replace(first, id=f"of-{number}", agreement=of.id, state=a.REPLACED, review_at=None)
        await world.write(partial(write, was, of))
    listed: list[str] = []
    page = await world.ask("hazel", "agreement history", here=True)
    for more in (True, True, False):
        assert page.card is not None
        listed += [choice.subject for choice in page.card.choices if choice.action == "agreement.past"]
        assert ("agreement.others" in page.actions) is more
        if more:
            page = await world.press("hazel", page, "agreement.others")
    assert listed == [first.agreement, *(f"agreement-{number}" for number in range(41))]


def write(version: Version, agreement: Agreement | None, tx: WorkTx) -> None:
    """Store a version, as it came about earlier."""
    if agreement is not None:
        tx.agreements.put(agreement)
    tx.agreements.write(version)


async def test_a_round_can_be_answered_from_what_is_read(world: Desk) -> None:
    await opens(world, await shares(world))
    read = await world.ask("hazel", "agreement read", here=True)
    assert read.actions == ("agreement.consent", "agreement.concern", "agreement.aside", "agreement.later")
    assert "until" in read.words


# What moderators bring in


async def test_a_text_that_is_brought_in_always_says_so_and_can_be_taken_up_or_out(world: Desk) -> None:
    answer = await brings_in(world)
    assert "agreement-brought-in" in answer
    (copy,) = hall(world)
    label = "brought in by moderators, not yet agreed together"
    assert label in copy.words
    assert copy.actions == ("agreement.take-up", "agreement.suggest")
    assert "agreement-taken-up" in await world.press("alder", copy, "agreement.take-up", here=True)
    talk = card(world, "agreement-talk")
    assert label in copy.words
    assert "Version 2, shared with the group" in talk.words
    assert await refused(world, "rowan", "agreement.take-up", copy) == "agreement-under-way"
    assert label in (await world.ask("hazel", "agreement read", here=True)).words
    assert "agreement.take-out" not in (await world.ask("hazel", "agreement read", here=True)).actions
    read = await world.ask(MODERATOR, "agreement read", here=True)
    sure = await world.press(MODERATOR, read, "agreement.take-out")
    assert "agreement-take-out" in sure
    assert standing(world, "agreement-how-to-change"), "nothing happens before it is confirmed"
    assert await refused(world, "hazel", "agreement.take-out-yes", sure) == "right-moderator"
    assert "agreement-taken-out-done" in await world.press(MODERATOR, sure, "agreement.take-out-yes")
    assert not standing(world, "agreement-how-to-change")
    assert standing(world, "agreement-taken-out")
    assert [one.state for one in await versions(world)] == [a.REPLACED, a.QUESTIONS]
    assert await refused(world, "alder", "agreement.take-up", copy) == "agreement-not-now"


@pytest.mark.parametrize("day", ["2027-03-04", "2026-01-01", "2029-01-01"])
async def test_what_is_brought_in_has_a_review_date_ahead(world: Desk, day: str) -> None:
    shown = await world.send(
        world.intent(MODERATOR, "agreement bring-in", {"title": "T", "statements": "A", "review_day": day}, here=True)
    )
    assert shown.ids == ("refusal-agreement-review-day",)
    assert not world.rows()["agreement"]


async def test_what_is_brought_in_is_shown_back_first(world: Desk) -> None:
    given = {"title": "House", "statements": "A\nB", "review_day": "10"}
    shown = await world.send(world.intent(MODERATOR, "agreement bring-in", given, here=True))
    assert "Line 2: B" in shown.words
    assert "14 March" in shown.words
    assert not world.rows()["agreement"]
    answer = await world.press(MODERATOR, shown, "draft.use")
    assert "agreement-brought-in" in answer
    (one,) = await versions(world)
    assert one.review_at is not None
    assert one.review_at - world.now == timedelta(days=10), "noon, by the clock of the community"


async def test_the_room_for_agreements_is_given_and_taken(world: Desk) -> None:
    shown = await world.ask(MODERATOR, "setup room", here=True, room_for="agreements")
    assert "setup-room-given" in shown
    community = await world.community()
    assert await world.read(lambda tx: tx.communities.room(community, "agreements", PLATFORM)) == HALL


def test_nothing_about_agreements_takes_anybody_out_of_anything() -> None:
    """Not agreeing never removes access (FEATURES A11): there is no call that could."""
    found = {
        name.id
        for file in (Path(commands.__file__).parent).glob("agreement*.py")
        for name in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(name, ast.Name)
    }
    assert "Say" in found, "the control"
    assert not found & {"Remove", "Leave", "SetState", "Invite"}


async def test_a_review_day_is_noon_by_the_clock_on_the_wall_also_when_clocks_are_set(world: Desk) -> None:
    await world.ask(MODERATOR, "setup language", here=True, language="en", zone="Europe/Berlin")
    await brings_in(world, review_day="2027-03-28")
    (one,) = await versions(world)
    assert one.review_at == datetime(2027, 3, 28, 10, tzinfo=UTC), "summer time since that night"
    assert "Review on 28 March" in card(world, "agreement-how-to-change").words
    await world.wind_to(datetime(2027, 3, 28, 9, 59, tzinfo=UTC))
    assert not standing(world, "agreement-review")
    await world.wind(minutes=1)
    assert standing(world, "agreement-review")
