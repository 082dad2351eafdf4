"""What the table says becomes rows: versions, rounds, answers, concerns, and what is planned about them."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

import pytest

from bot.chance import SecretChance
from bot.contract.agreements import ConsentRound, OpenConcern, Suggestion, Version
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live, Right
from bot.contract.place import Member, Room
from bot.contract.queues import WorkTx
from bot.contract.tables import Community
from bot.domain import agreement as a
from bot.domain.agreement import Terms
from bot.domain.errors import Refusal
from bot.store.engine import SqlStore
from bot.store.sealed import SealedSubjects
from commands.agreement_steps import CLOSES, LAPSES, REVIEWS, About, bring_in, happen, propose
from tests.store.scene import DAY, HOME, KEYS, NOW, a_store, own

T = TypeVar("T")

HERE: Final = Room("local", "here")
LINES: Final = ("We ask before giving advice.", "After ten we are quiet.")
SHORTER: Final = ("We ask before giving advice.",)
PEOPLE: Final = ("ash", "birch", "rowan", "hazel", "alder", "linden")
TERMS: Final = Terms(NOW + 7 * DAY, 2, NOW + 90 * DAY)
END: Final = TERMS.until


def member(name: str) -> Member:
    return Member("local", name)


@dataclass
class Group:
    """A group and its store; what somebody does is one transaction."""

    store: SqlStore
    now: datetime = NOW

    def turn(self, name: str) -> Turn[NoArgs]:
        return Turn(
            self.now,
            NoArgs(),
            Live(self.now, {}),
            SecretChance(),
            SealedSubjects(KEYS),
            {},
            member=member(name) if name else None,
            community="community-1",
            right=Right.MODERATOR if name == "linden" else Right.MEMBER,
        )

    async def does(self, name: str, event: str, version: Version, **about: object) -> Version:
        """Let somebody do something (nobody: time has come), and return the version with which it goes on."""
        what = About(**about)  # type: ignore[arg-type]
        after = await self.store.write(lambda tx: happen(self.turn(name), tx, version, event, what))
        assert after is not None
        return after

    async def read(self, work: Callable[[WorkTx], T]) -> T:
        return await self.store.read(work)

    async def draft(self, name: str = "ash", allows: str = "") -> Version:
        return await self.store.write(
            lambda tx: propose(self.turn(name), tx, "Quiet evenings", LINES, HERE, allows=allows)
        )

    async def shared(self, allows: str = "") -> Version:
        return await self.does("ash", a.SHARE, await self.draft(allows=allows))

    async def asked(self, version: Version | None = None, terms: Terms = TERMS) -> Version:
        """Return a version about which a round is open."""
        return await self.does("birch", a.OPEN_ROUND, version or await self.shared(), terms=terms)

    async def adopted(self, version: Version | None = None, terms: Terms = TERMS) -> Version:
        """Return a version that two agreed to."""
        version = await self.asked(version, terms)
        for name in ("ash", "birch"):
            await self.does(name, a.TAKE_CONSENT, version)
        self.now = terms.until
        return await self.does("", a.CLOSE, version)

    async def suggests(self, name: str, version: Version, lines: tuple[str, ...], *, meaning: bool) -> Suggestion:
        change = Suggestion(f"by-{name}", version.id, member(name), lines, meaning, self.now)
        await self.does(name, a.SUGGEST, version, suggestion=change)
        return change

    async def round(self, version: Version) -> ConsentRound | None:
        return await self.read(lambda tx: tx.agreements.round_about(version.id))

    async def concerns(self, version: Version) -> tuple[OpenConcern, ...]:
        return await self.read(lambda tx: tx.agreements.concerns(version.agreement))

    async def states(self, version: Version) -> list[str]:
        """Return the states of all versions, the first one first."""
        versions = await self.read(lambda tx: tx.agreements.versions(version.agreement))
        return [one.state for one in reversed(versions)]

    async def planned(self) -> list[tuple[str, str, datetime]]:
        """Return what is planned."""
        far = NOW + 9999 * DAY
        return [(due.kind, due.subject, due.due_at) for due in await self.read(lambda tx: tx.due.due(far, 99))]

    async def everything(self) -> list[object]:
        """Return all rows of all tables about agreements, as they lie in the database."""
        names = ("agreement", "agreement_home", "agreement_version", "suggestion", "consent_round", "stance", "concern")
        return await self.read(
            lambda tx: [own(tx).ground.db.driver.fetch(f"SELECT * FROM {name}") for name in (*names, "agenda")]  # noqa: S608 - our names
        )

    async def refuses(self, name: str, event: str, version: Version, **about: object) -> str:
        """Return the code of a refusal, and see that nothing changed by it."""
        before = await self.everything()
        with pytest.raises(Refusal) as refusal:
            await self.does(name, event, version, **about)
        assert await self.everything() == before
        return refusal.value.code


def ends(turn: Turn[NoArgs], draft: Version, event: str, tx: WorkTx) -> Version | None:
    return happen(turn, tx, draft, event)


def suggested(version: Version, tx: WorkTx) -> tuple[Suggestion, ...]:
    return tx.agreements.suggestions(version.id)


@pytest.fixture
async def group() -> AsyncIterator[Group]:
    store = a_store(None)
    async with store.session():
        await store.write(lambda tx: tx.communities.add(Community("community-1", NOW), HOME))
        yield Group(store)


async def test_from_a_draft_to_its_review(group: Group) -> None:
    draft = await group.draft()
    assert (draft.state, draft.author, draft.number) == (a.DRAFT, member("ash"), 1)
    assert await group.planned() == [(LAPSES, draft.id, NOW + a.DRAFT_KEPT)]
    draft = await group.does("ash", a.REWRITE, draft, statements=SHORTER)
    assert draft.statements == SHORTER
    shared = await group.does("ash", a.SHARE, draft)
    assert await group.planned() == [(LAPSES, draft.id, NOW + a.RESTS_AFTER)]
    asked = await group.asked(await group.does("hazel", a.DISCUSS, shared))
    round_ = await group.round(asked)
    assert round_ is not None
    assert (round_.whom, round_.needs, round_.ends_at, round_.review_at) == ("room", 2, END, TERMS.review_at)
    assert await group.planned() == [(CLOSES, round_.id, END)]
    for name in ("ash", "birch", "rowan"):
        await group.does(name, a.TAKE_CONSENT, asked)
    assert (await group.refuses("", a.CLOSE, asked)) == "agreement-not-now"
    group.now = END
    stands = await group.does("", a.CLOSE, asked)
    assert (stands.state, stands.author, stands.stood_at, stands.review_at) == (a.ADOPTED, None, END, TERMS.review_at)
    assert (stands.consents, stands.aside) == (None, None), "of three answers no number is told"
    assert await group.round(stands) is None
    assert await group.planned() == [(REVIEWS, stands.id, TERMS.review_at)]
    assert await group.read(lambda tx: [one.id for one in tx.agreements.of_room(HERE)]) == [stands.agreement]
    assert TERMS.review_at is not None
    group.now = TERMS.review_at
    due = await group.does("", a.COME_DUE, stands)
    assert due == replace(stands, state=a.REVIEW, touched_at=group.now)
    assert await group.planned() == []
    again = await group.does("hazel", a.TAKE_UP, due)
    assert (again.state, again.number, again.statements, again.author) == (a.QUESTIONS, 2, SHORTER, member("hazel"))
    assert (again.stood_at, again.review_at, again.follows, again.wording) == (None, None, 1, False)
    assert await group.states(again) == [a.REVIEW, a.QUESTIONS]


async def test_once_five_answered_numbers_are_told_and_answers_are_gone(group: Group) -> None:
    asked = await group.asked()
    for name in PEOPLE[:4]:
        await group.does(name, a.TAKE_CONSENT, asked)
    await group.does("alder", a.STAND_ASIDE, asked)
    await group.does("linden", a.DECIDE_LATER, asked)
    await group.does("ash", a.TAKE_BACK, asked)
    round_ = await group.round(asked)
    assert round_ is not None
    assert await group.read(lambda tx: tx.agreements.tally(round_.id)) == {"consent": 3, "aside": 1, "later": 1}
    group.now = END
    stands = await group.does("", a.CLOSE, asked)
    assert (stands.state, stands.consents, stands.aside) == (a.ADOPTED, 3, 1)
    assert await group.read(lambda tx: tx.agreements.tally(round_.id)) == {}


async def test_a_concern_keeps_a_round_from_adopting_and_stays_open_until_it_is_let_go(group: Group) -> None:
    asked = await group.asked()
    for name in ("ash", "birch", "rowan"):
        await group.does(name, a.TAKE_CONSENT, asked)
    await group.does("rowan", a.RAISE, asked)
    (concern,) = await group.concerns(asked)
    assert (concern.raiser, concern.raised_at) == (member("rowan"), NOW)
    assert await group.refuses("rowan", a.RAISE, asked) == "agreement-concern-open"
    assert await group.refuses("ash", a.LET_GO, asked, concern=concern) == "agreement-not-raiser"
    assert await group.refuses("ash", a.ANSWER_FOR, asked, concern=concern) == "agreement-raiser-here"
    group.now = END
    back = await group.does("", a.CLOSE, asked)
    assert (back.state, back.author, back.review_at) == (a.AMEND, member("ash"), None)
    assert await group.concerns(back) == (concern,)
    asked = await group.asked(back, replace(TERMS, until=END + 7 * DAY))
    await group.does("rowan", a.LET_GO, asked, concern=concern)
    for name in ("ash", "birch"):
        await group.does(name, a.TAKE_CONSENT, asked)
    group.now = END + 7 * DAY
    assert (await group.does("", a.CLOSE, asked)).state == a.ADOPTED
    assert await group.concerns(asked) == ()


async def test_who_takes_another_stance_has_no_concern_any_more(group: Group) -> None:
    asked = await group.asked()
    round_ = await group.round(asked)
    assert round_ is not None
    for name in ("ash", "rowan"):
        await group.does(name, a.RAISE, asked)
    assert await group.read(lambda tx: tx.agreements.stance(round_.id, member("rowan"))) == "concern"
    await group.does("rowan", a.TAKE_CONSENT, asked)
    assert await group.read(lambda tx: tx.agreements.stance(round_.id, member("rowan"))) == "consent"
    (concern,) = await group.concerns(asked)
    assert concern.raiser == member("ash"), "that of somebody else stays"
    await group.does("ash", a.LET_GO, asked, concern=concern)
    assert await group.read(lambda tx: tx.agreements.stance(round_.id, member("ash"))) == ""
    assert await group.concerns(asked) == ()


async def test_a_concern_that_comes_just_before_the_close_counts(group: Group) -> None:
    asked = await group.asked()
    for name in ("ash", "birch"):
        await group.does(name, a.TAKE_CONSENT, asked)
    group.now = END + timedelta(seconds=1)
    await group.does("hazel", a.RAISE, asked)
    assert await group.refuses("rowan", a.TAKE_CONSENT, asked) == "agreement-over"
    assert (await group.does("", a.CLOSE, asked)).state == a.AMEND
    assert await group.states(asked) == [a.AMEND]


async def test_whom_a_round_is_not_for_cannot_answer(group: Group) -> None:
    asked = await group.asked()
    assert await group.refuses("hazel", a.TAKE_CONSENT, asked, asked=False) == "agreement-not-asked"


async def test_the_concern_of_who_left_is_answered_by_two_and_everybody_is_asked_afresh(group: Group) -> None:
    asked = await group.asked()
    await group.does("ash", a.TAKE_CONSENT, asked)
    await group.does("rowan", a.RAISE, asked)
    (concern,) = await group.concerns(asked)
    before = await group.round(asked)
    assert before is not None
    assert await group.refuses("ash", a.CONFIRM_ANSWER, asked, concern=concern, left=True) == "agreement-second"
    await group.does("ash", a.ANSWER_FOR, asked, concern=concern, left=True)
    (concern,) = await group.concerns(asked)
    assert concern.answerer == member("ash")
    assert await group.refuses("ash", a.CONFIRM_ANSWER, asked, concern=concern, left=True) == "agreement-second"
    terms = replace(TERMS, until=NOW + 8 * DAY)
    afresh = await group.does("birch", a.CONFIRM_ANSWER, asked, concern=concern, left=True, terms=terms)
    assert await group.concerns(afresh) == ()
    round_ = await group.round(afresh)
    assert round_ is not None
    assert (round_.id != before.id, round_.ends_at) == (True, NOW + 8 * DAY)
    assert await group.read(lambda tx: tx.agreements.tally(round_.id)) == {}
    assert await group.planned() == [(CLOSES, round_.id, NOW + 8 * DAY)]


async def test_a_change_of_wording_asks_nobody_again(group: Group) -> None:
    asked = await group.asked()
    await group.does("ash", a.TAKE_CONSENT, asked)
    round_ = await group.round(asked)
    change = await group.suggests("rowan", asked, SHORTER, meaning=False)
    other = await group.suggests("hazel", asked, LINES[1:], meaning=False)
    assert await group.refuses("rowan", a.CONFIRM_WORDING, asked, suggestion=change) == "agreement-second"
    reworded = await group.does("birch", a.CONFIRM_WORDING, asked, suggestion=change)
    assert (reworded.state, reworded.number, reworded.follows, reworded.wording) == (a.CONSENT, 2, 1, True)
    assert (reworded.statements, reworded.author) == (SHORTER, member("ash"))
    assert round_ is not None
    assert await group.round(reworded) == replace(round_, version=reworded.id)
    assert await group.read(lambda tx: tx.agreements.tally(round_.id)) == {"consent": 1}
    assert await group.states(asked) == [a.REPLACED, a.CONSENT]
    assert await group.read(lambda tx: tx.agreements.suggestions(asked.id)) == ()
    # Two changes at once: the second was written on what is not there any more.
    assert await group.refuses("birch", a.CONFIRM_WORDING, reworded, suggestion=other) == "agreement-changed"


async def test_a_change_of_meaning_asks_everybody_again(group: Group) -> None:
    asked = await group.asked()
    await group.does("ash", a.TAKE_CONSENT, asked)
    await group.does("hazel", a.RAISE, asked)
    change = await group.suggests("rowan", asked, SHORTER, meaning=True)
    assert await group.refuses("birch", a.CONFIRM_WORDING, asked, suggestion=change) == "agreement-meaning"
    after = await group.does("birch", a.CONFIRM_MEANING, asked, suggestion=change)
    assert (after.state, after.number, after.wording, after.author) == (a.AMEND, 2, False, member("ash"))
    assert await group.round(asked) is None
    assert await group.round(after) is None
    assert len(await group.concerns(after)) == 1, "what was of concern is taken in, and let go by whoever raised it"
    assert await group.planned() == [(LAPSES, after.id, NOW + a.RESTS_AFTER)]


async def test_what_stands_stays_until_another_version_is_adopted(group: Group) -> None:
    first = await group.adopted()
    change = await group.suggests("rowan", first, SHORTER, meaning=True)
    second = await group.does("birch", a.CONFIRM_MEANING, first, suggestion=change)
    assert (second.state, second.author, second.stood_at) == (a.QUESTIONS, member("rowan"), None)
    assert await group.states(first) == [a.ADOPTED, a.QUESTIONS]
    assert await group.read(lambda tx: tx.agreements.suggestions(first.id)) == ()
    third = await group.suggests("hazel", first, LINES[1:], meaning=True)
    assert await group.refuses("birch", a.CONFIRM_MEANING, first, suggestion=third) == "agreement-under-way"
    reworded = await group.suggests("alder", first, (*LINES, "Thank you."), meaning=False)
    first = await group.does("birch", a.CONFIRM_WORDING, first, suggestion=reworded)
    assert (first.state, first.number, first.author) == (a.ADOPTED, 3, None)
    assert (first.stood_at, first.review_at) == (END, TERMS.review_at)
    assert (REVIEWS, first.id, TERMS.review_at) in await group.planned()
    later = Terms(END + 7 * DAY, 2, END + 200 * DAY)
    stands = await group.adopted(second, later)
    assert await group.states(first) == [a.REPLACED, a.ADOPTED, a.REPLACED]
    assert await group.planned() == [(REVIEWS, stands.id, later.review_at)]


async def test_a_group_can_let_an_agreement_go(group: Group) -> None:
    stands = await group.adopted()
    change = await group.suggests("rowan", stands, (), meaning=True)
    ending = await group.does("birch", a.CONFIRM_MEANING, stands, suggestion=change)
    gone = await group.adopted(ending, Terms(END + 7 * DAY, 2, None))
    assert (gone.state, gone.statements, gone.review_at) == (a.REPLACED, (), None)
    assert await group.states(stands) == [a.REPLACED, a.REPLACED]
    assert await group.planned() == []


async def test_what_moderators_bring_in_says_so_until_the_group_agreed(group: Group) -> None:
    with pytest.raises(Refusal, match="right-moderator"):
        await group.store.write(lambda tx: bring_in(group.turn("ash"), tx, "House", LINES, HERE, TERMS))
    assert await group.read(lambda tx: tx.agreements.of_community("community-1")) == ()
    brought = await group.store.write(lambda tx: bring_in(group.turn("linden"), tx, "House", LINES, HERE, TERMS))
    assert (brought.state, brought.brought, brought.author) == (a.BROUGHT, True, None)
    assert (brought.stood_at, brought.review_at) == (NOW, TERMS.review_at)
    assert await group.planned() == [(REVIEWS, brought.id, TERMS.review_at)]
    change = await group.suggests("rowan", brought, SHORTER, meaning=False)
    brought = await group.does("birch", a.CONFIRM_WORDING, brought, suggestion=change)
    assert (brought.state, brought.brought, brought.number) == (a.BROUGHT, True, 2)
    taken_up = await group.does("hazel", a.TAKE_UP, brought)
    assert (taken_up.state, taken_up.brought) == (a.QUESTIONS, False)
    assert await group.refuses("linden", a.TAKE_OUT, taken_up) == "agreement-not-now"
    assert (await group.adopted(taken_up)).state == a.ADOPTED
    assert await group.states(brought) == [a.REPLACED, a.REPLACED, a.ADOPTED]


async def test_moderators_take_out_what_they_brought_in(group: Group) -> None:
    brought = await group.store.write(lambda tx: bring_in(group.turn("linden"), tx, "House", LINES, HERE, TERMS))
    await group.suggests("rowan", brought, SHORTER, meaning=False)
    gone = await group.does("linden", a.TAKE_OUT, brought)
    assert (gone.state, gone.review_at) == (a.REPLACED, None)
    assert await group.read(lambda tx: tx.agreements.suggestions(brought.id)) == ()
    assert await group.planned() == []


async def test_a_draft_that_is_dropped_leaves_nothing(group: Group) -> None:
    nothing = await group.everything()
    for event, name, later in ((a.DROP, "ash", timedelta()), (a.LAPSE, "", a.DRAFT_KEPT)):
        draft = await group.draft()
        assert await group.refuses("birch", a.DROP, draft) == "agreement-not-author"
        group.now += later
        assert await group.store.write(partial(ends, group.turn(name), draft, event)) is None
        assert await group.everything() == nothing


async def test_a_proposal_that_is_taken_back_or_rests_can_still_be_read_and_names_nobody(group: Group) -> None:
    for event, name, later in ((a.WITHDRAW, "ash", timedelta()), (a.LAPSE, "", a.RESTS_AFTER)):
        asked = await group.asked(terms=replace(TERMS, until=group.now + 7 * DAY, review_at=group.now + 99 * DAY))
        await group.does("rowan", a.RAISE, asked)
        group.now += 7 * DAY
        back = await group.does("", a.CLOSE, asked)
        await group.suggests("hazel", back, SHORTER, meaning=False)
        group.now += later
        gone = await group.does(name, event, back)
        assert (gone.state, gone.author, gone.statements) == (a.REPLACED, None, LINES)
        assert await group.concerns(gone) == ()
        assert await group.read(partial(suggested, gone)) == ()
        assert await group.planned() == []


async def test_silence_counts_only_where_an_agreement_that_stands_says_so(group: Group) -> None:
    silent = replace(TERMS, silence=True)
    shared = await group.shared(allows=a.SILENCE)
    assert await group.refuses("birch", a.OPEN_ROUND, shared, terms=silent) == "agreement-silence"
    await group.adopted(shared, replace(TERMS, whom="everyone"))
    terms = replace(silent, until=group.now + 7 * DAY)
    other = await group.asked(await group.shared(), terms)
    group.now = terms.until
    assert (await group.does("", a.CLOSE, other)).state == a.ADOPTED
