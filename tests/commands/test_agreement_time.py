"""Rounds that end, review dates, what rests, and the pinned copy: time passes at the desk."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.chance import SecretChance
from bot.contract.agreements import Home, Version
from bot.contract.command import NoArgs, Turn
from bot.contract.effect import Delete, Edit, Effect, Pin, Refused, Result
from bot.contract.facts import Live, Right
from bot.contract.place import Room
from bot.contract.queues import WorkTx
from bot.contract.text import Voice
from bot.domain import agreement as a
from bot.domain.agreement import Terms
from bot.store.sealed import SealedSubjects
from commands import agreement_time
from commands import agreement_words as cards
from commands.agreement_rooms import show_round
from commands.agreement_steps import CLOSES, LAPSES, REVIEWS, About, bring_in, happen, propose
from commands.agreement_time import CHECKS, keep_copies
from tests.commands.desk import HALL, PLATFORM, Desk, Shown, desk, member

LINES: Final = ("We ask before giving advice.", "After ten we are quiet.")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk at which agreements are kept, on a platform that knows which messages are gone."""
    async with desk(tmp_path) as opened:
        perform = opened.platform.perform

        async def strict(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
            if isinstance(effect, Edit) and effect.post.id not in opened.platform.posts:
                return Refused("gone")
            if isinstance(effect, Edit) and "edit" in opened.platform.refuses:
                return Refused("forbidden")
            return await perform(key, mark, effect, voice)

        opened.platform.perform = strict  # type: ignore[method-assign]
        yield opened


def turn(world: Desk, name: str, community: str) -> Turn[NoArgs]:
    right = Right.MODERATOR if name == "linden" else Right.MEMBER
    seals = SealedSubjects(world.keys)
    live = Live(world.now, {})
    return Turn(
        world.now, NoArgs(), live, SecretChance(), seals, {}, member=member(name), community=community, right=right
    )


async def does(world: Desk, name: str, event: str, version: Version, about: About | None = None) -> Version:
    community = await world.community()
    after = await world.write(lambda tx: happen(turn(world, name, community), tx, version, event, about))
    assert after is not None
    return after


def terms(world: Desk, review: timedelta = timedelta(days=90)) -> Terms:
    return Terms(world.now + timedelta(days=7), 2, world.now + review)


async def shared(world: Desk) -> Version:
    community = await world.community()
    draft = await world.write(lambda tx: propose(turn(world, "birch", community), tx, "Quiet evenings", LINES, HALL))
    return await does(world, "birch", a.SHARE, draft)


async def asked(world: Desk, version: Version | None = None, *, review: timedelta = timedelta(days=90)) -> Version:
    about = About(terms=terms(world, review))
    return await does(world, "alder", a.OPEN_ROUND, version or await shared(world), about)


async def adopted(world: Desk, *, review: timedelta = timedelta(days=90)) -> Version:
    version = await asked(world, review=review)
    for name in ("birch", "alder"):
        await does(world, name, a.TAKE_CONSENT, version)
    await world.wind(days=7)
    found = await world.read(lambda tx: tx.agreements.version(version.id))
    assert found is not None
    assert found.state == a.ADOPTED
    return found


def in_hall(world: Desk) -> list[Shown]:
    """Return what stands in the hall now."""
    return [shown for place, shown in world.platform.posts.values() if place == HALL]


async def home(world: Desk, version: Version) -> Home:
    (found,) = await world.read(lambda tx: tx.agreements.homes(version.agreement))
    return found


async def test_a_round_that_ends_is_told_and_what_is_agreed_is_pinned(world: Desk) -> None:
    version = await adopted(world)
    ended, copy = in_hall(world)
    assert "Version 1 is agreed." in ended.words
    assert all(line in copy.words for line in LINES)
    assert "agreed together on" in copy.words
    kept = await home(world, version)
    assert kept.post is not None
    assert kept.shown == 1
    assert [effect for effect in world.platform.effects if isinstance(effect, Pin)] == [Pin(kept.post)]


async def test_the_review_date_is_asked_about_once_and_what_stands_stays(world: Desk) -> None:
    await adopted(world, review=timedelta(days=10))
    await world.wind(days=10)
    asked_about = [shown for _, place, shown in world.platform.said if place == HALL and "agreement-review" in shown]
    assert len(asked_about) == 1
    assert asked_about[0].actions == ("agreement.take-up", "agreement.suggest")
    await world.wind(days=5)
    assert sum("agreement-review" in shown for _, _, shown in world.platform.said) == 1
    assert any("Its review date was" in shown.words and "agreement-review" not in shown for shown in in_hall(world))


@pytest.mark.parametrize(("concern", "says"), [(True, "A concern is open"), (False, "fewer consents")])
async def test_a_round_that_does_not_agree_says_why_and_pins_nothing(world: Desk, concern: bool, says: str) -> None:
    version = await asked(world)
    await does(world, "birch", a.TAKE_CONSENT, version)
    if concern:
        await does(world, "alder", a.TAKE_CONSENT, version)
        await does(world, "rowan", a.RAISE, version)
    await world.wind(days=7)
    (ended,) = in_hall(world)
    assert says in ended.words
    assert not [effect for effect in world.platform.effects if isinstance(effect, Pin)]


async def test_a_round_that_is_closed_after_its_review_date_agrees_on_nothing(world: Desk) -> None:
    version = await asked(world, review=timedelta(days=8))
    for name in ("birch", "alder"):
        await does(world, name, a.TAKE_CONSENT, version)
    round_ = await world.read(lambda tx: tx.agreements.round_about(version.id))
    assert round_ is not None
    ends = round_.ends_at + timedelta(days=2)
    # As if the bot had been away for two days: nothing was done when it was due.
    await world.write(lambda tx: tx.agenda.put(CLOSES, round_.id, ends))
    await world.wind(days=9)
    (ended,) = in_hall(world)
    assert "Its review date went by while I was away" in ended.words


async def test_what_nobody_touches_rests_and_a_draft_goes_without_a_word(world: Desk) -> None:
    community = await world.community()
    draft = await world.write(lambda tx: propose(turn(world, "rowan", community), tx, "Photos", LINES, HALL))
    version = await shared(world)
    await world.wind(days=90)
    (rests,) = in_hall(world)
    assert "I put it aside" in rests.words
    assert await world.read(lambda tx: tx.agreements.version(draft.id)) is None
    found = await world.read(lambda tx: tx.agreements.version(version.id))
    assert found is not None
    assert found.state == a.REPLACED


async def test_a_copy_that_somebody_deleted_is_offered_again_once(world: Desk) -> None:
    version = await adopted(world)
    kept = await home(world, version)
    assert kept.post is not None
    del world.platform.posts[kept.post.id]
    await world.wind(days=1)
    assert (await home(world, version)).post is None
    offers = [shown for shown in in_hall(world) if "agreement-copy-gone" in shown]
    assert len(offers) == 1
    await world.wind(days=3)
    assert sum("agreement-copy-gone" in shown for shown in in_hall(world)) == 1
    answer = await world.press("rowan", offers[0], "agreement.copy", here=True)
    assert "agreement-copy-posted" in answer
    again = (await home(world, version)).post
    assert again is not None
    assert again.id in world.platform.posts


async def test_a_copy_that_cannot_be_edited_stays_as_it_is(world: Desk) -> None:
    version = await adopted(world)
    before = await home(world, version)
    world.platform.refuses["edit"] = "forbidden"
    await world.wind(days=2)
    assert await home(world, version) == before
    assert not any("agreement-copy-gone" in shown for shown in in_hall(world))


async def test_a_copy_is_edited_when_the_wording_changes(world: Desk) -> None:
    version = await adopted(world)
    before = await home(world, version)
    await world.write(lambda tx: reworded(tx, version))
    await world.write(lambda tx: copies(world, tx, version))
    await world.settle()
    assert before.post is not None
    assert "Thank you." in world.platform.posts[before.post.id][1].words
    assert (await home(world, version)).post == before.post


def reworded(tx: WorkTx, version: Version) -> None:
    found = tx.agreements.version(version.id)
    assert found is not None
    tx.agreements.write(replace(found, statements=("Thank you.",)))


def copies(world: Desk, tx: WorkTx, version: Version) -> None:
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None
    keep_copies(turn(world, "birch", agreement.community), tx, agreement)


async def test_where_nothing_stands_any_more_the_copy_is_taken_away(world: Desk) -> None:
    community = await world.community()
    brought = await world.write(
        lambda tx: bring_in(turn(world, "linden", community), tx, "House", LINES, HALL, terms(world))
    )
    await world.write(lambda tx: copies(world, tx, brought))
    await world.settle()
    kept = await home(world, brought)
    assert kept.post is not None
    await does(world, "linden", a.TAKE_OUT, brought)
    for _ in range(2):
        await world.write(lambda tx: copies(world, tx, brought))
        await world.settle()
    assert in_hall(world) == []
    assert [effect for effect in world.platform.effects if isinstance(effect, Delete)] == [Delete(kept.post)]
    assert (await home(world, brought)).post is None
    assert "agreement-copy-none" in await world.ask("rowan", "agreement.copy", subject=brought.agreement, here=True)


async def test_what_is_gone_meanwhile_is_nothing_to_do(world: Desk) -> None:
    version = await adopted(world)
    said = len(world.platform.said)

    def late(tx: WorkTx) -> None:
        for kind in (CLOSES, REVIEWS, LAPSES, CHECKS):
            tx.agenda.put(kind, "gone", world.now)
        copies(world, tx, version)
        tx.agreements.remove(version.agreement)

    await world.write(late)
    await world.settle()
    assert len(world.platform.said) == said
    assert await world.read(lambda tx: tx.due.due(world.now, 99)) == ()


async def test_a_copy_that_could_not_be_posted_is_not_there(world: Desk) -> None:
    world.platform.refuses[HALL.id] = "forbidden"
    version = await adopted(world)
    assert await home(world, version) == Home(version.agreement, Room(PLATFORM, HALL.id))


async def test_an_agreement_whose_room_is_gone_moves_to_the_one_that_moderators_chose(world: Desk) -> None:
    community, porch = await world.community(), Room(PLATFORM, "porch")
    version = await asked(world)
    world.platform.refuses[HALL.id] = "gone"
    await world.wind(days=7)
    assert (await home(world, version)).room == HALL, "there is no other"
    await world.write(lambda tx: tx.communities.set_room(community, "agreements", HALL))
    await world.write(lambda tx: told(tx, version))
    await world.settle()
    assert (await home(world, version)).room == HALL, "that is the one that is gone"
    await world.write(lambda tx: tx.communities.clear_room(community, "agreements", PLATFORM))
    await world.write(lambda tx: tx.communities.set_room(community, "agreements", porch))
    await world.write(lambda tx: told(tx, version))
    await world.settle()
    assert (await home(world, version)).room == porch
    (moved,) = [shown for place, shown in world.platform.posts.values() if place == porch]
    assert "agreement-rests" in moved


async def test_a_round_and_a_copy_move_with_their_agreement(world: Desk) -> None:
    community, porch = await world.community(), Room(PLATFORM, "porch")
    await world.write(lambda tx: tx.communities.set_room(community, "agreements", porch))
    version = await asked(world)
    world.platform.refuses[HALL.id] = "gone"
    await world.write(lambda tx: round_shown(tx, version))
    await world.settle()
    (round_,) = [shown for place, shown in world.platform.posts.values() if place == porch]
    assert "agreement-round" in round_
    await world.wind(days=7)
    assert not any("agreement-round" in shown for _, shown in world.platform.posts.values()), "it goes with the round"
    brought = await world.write(
        lambda tx: bring_in(turn(world, "linden", community), tx, "House", LINES, HALL, terms(world))
    )
    await world.write(lambda tx: copies(world, tx, brought))
    await world.settle()
    kept = await home(world, brought)
    assert kept.room == porch
    assert kept.post is not None
    assert "brought in by moderators" in world.platform.posts[kept.post.id][1].words


def told(tx: WorkTx, version: Version) -> None:
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None
    agreement_time.tell(tx, agreement, cards.rests(agreement))


def round_shown(tx: WorkTx, version: Version) -> None:
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None
    show_round(tx, agreement, version)


async def test_where_a_platform_hears_that_something_was_taken_away_it_is_looked_at_at_once(world: Desk) -> None:
    version = await adopted(world)
    kept = await home(world, version)
    assert kept.post is not None
    await world.ask("rowan", "agreement.look-again", here=True)
    assert not any("agreement-copy-gone" in shown for shown in in_hall(world)), "it stands"
    del world.platform.posts[kept.post.id]
    for where in (False, Room(PLATFORM, "porch")):
        assert "agreement-looked" in await world.ask("rowan", "agreement.look-again", here=where)
    assert not any("agreement-copy-gone" in shown for shown in in_hall(world)), "another room"
    for _ in range(2):
        await world.ask("rowan", "agreement.look-again", here=True)
    assert sum("agreement-copy-gone" in shown for shown in in_hall(world)) == 1
    assert (await home(world, version)).post is None


async def test_what_is_said_of_an_agreement_that_is_gone_when_it_arrives_is_the_end_of_it(world: Desk) -> None:
    community = await world.community()

    def late(tx: WorkTx) -> None:
        brought = bring_in(turn(world, "linden", community), tx, "House", LINES, HALL, terms(world))
        copies(world, tx, brought)
        told(tx, brought)
        tx.agreements.remove(brought.agreement)

    await world.write(late)
    await world.settle()
    assert len(in_hall(world)) == 2
    assert not [effect for effect in world.platform.effects if isinstance(effect, Pin)]
