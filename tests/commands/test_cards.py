"""The card without a name: what it says, who may press it, and what comes of that at the end of the slot."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.contract.card import Form
from bot.contract.effect import Effect, NotSent, Refused, Result, Say
from bot.contract.facts import Answer, Question, Right, Unanswered, WhoIs
from bot.contract.place import Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Community, Held, Profile
from bot.contract.text import Voice
from bot.domain.openings import Opening
from bot.store.lifetimes import Lifetimes
from tests.commands.desk import HALL, MODERATOR, START, Desk, Shown, desk, member

SLOT = timedelta(minutes=20)


def held(name: str, tx: WorkTx) -> tuple[Held, ...]:
    return tx.held(member(name))


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        await opened.ask(MODERATOR, "setup room", here=True, room_for="peers")
        yield opened


def cards(there: Desk) -> list[Shown]:
    return [shown for place, shown in there.platform.posts.values() if place == HALL and "peer-card" in shown]


async def ask(there: Desk, name: str = "birch", **details: str) -> Shown:
    """Ask with a card; return the card."""
    assert "peer-opened" in await there.ask(name, "peer request", {"card": "yes", "place": "direct", **details})
    return cards(there)[-1]


async def press(there: Desk, card: Shown, *names: str) -> list[Shown]:
    return [await there.press(name, card, "peer.glad", here=True) for name in names]


def met(there: Desk, *names: str) -> list[bool]:
    return [any("peer-introduced" in shown for shown in there.sent_to(name)) for name in names]


def over(there: Desk, name: str) -> list[datetime]:
    return [shown.at for shown in there.sent_to(name) if "peer-question-over" in shown]


async def test_a_look_at_the_card_first_and_nothing_is_kept(there: Desk) -> None:
    ready = await there.ask("birch", "peer ask")
    look = await there.press("birch", ready, "peer.card")
    assert look.ids[:2] == ("peer-card-preview", "peer-card")
    assert "hall" in look.words
    assert "birch" not in look.words
    assert there.rows()["member"] == there.rows()["opening"] == ()
    assert "peer-opened" in await there.press("birch", look, "peer.open-card")
    (card,) = cards(there)
    assert card.lines[0] in look.words
    assert "English, text, until 5 March." in card.words
    assert "peer-open-card" in there.sent_to("birch")[-1]
    assert "peer-open-card" in await there.ask("birch", "peer status")
    assert "peer-open" in await there.press("birch", ready, "peer.card"), "one request at a time"


async def test_a_press_is_decided_when_the_slot_ends(there: Desk) -> None:
    card = await ask(there)
    await there.wind(minutes=7)
    (heard,) = await press(there, card, "alder")
    assert "peer-yes-heard" in heard
    assert met(there, "birch", "alder") == [False, False]
    await there.wind_to(START + SLOT)
    assert met(there, "birch", "alder") == [True, True]
    assert not cards(there)
    rows = there.rows()
    assert rows["question"] == rows["opening"] == rows["agenda"] == rows["post"] == ()


async def test_whoever_presses_reads_the_same_and_what_stands_against_it_shows_in_nothing(there: Desk) -> None:
    await there.ask(MODERATOR, "setup words", word_list="night shifts")
    await there.ask("alder", "peer apart", {"member": member("birch")})
    await there.ask("rowan", "mine usual", languages="de")
    await there.ask("hazel", "mine usual", place="room")
    for name in ("aspen", "elm", "oak", "ash", "sorrel", "stranger"):
        there.becomes(name, right=Right.MEMBER, joined_at=START - timedelta(days=50))
    await there.ask("ash", "peer words", word="night shifts", mark="ask")
    there.becomes("aspen", joined_at=START - timedelta(days=1))
    there.becomes("elm", able=False)
    there.becomes("stranger", right=Right.NONE)
    await there.ask("oak", "peer pause", day="2")
    await there.ask("sorrel", "mine limits", budget="0")
    card = await ask(there, words="night shifts")
    before = {name: await there.profile(name) for name in ("sorrel", "hazel")}
    people = ("birch", "alder", "rowan", "hazel", "aspen", "elm", "oak", "ash", "stranger")
    await there.wind(minutes=3)
    answers = await press(there, card, *people)
    assert len({answer.words for answer in answers}) == 1
    assert {answer.actions for answer in answers} == {("peer.no",)}
    assert {name: await there.profile(name) for name in ("sorrel", "hazel")} == before, "a press costs no budget"
    told = START + 2 * SLOT
    await there.wind_to(told - timedelta(seconds=1))
    assert not any(over(there, name) for name in people)
    assert cards(there), "the request goes on, and so does its card"
    await there.wind_to(told)
    assert [over(there, name) for name in people] == [[told]] * len(people)
    assert not any(met(there, *people))
    (sorrel,) = await press(there, card, "sorrel")
    assert "peer-yes-heard" in sorrel
    await there.wind_to(told + SLOT)
    assert met(there, "birch", "sorrel") == [True, True], "the yes was theirs, so no budget holds it back"


async def test_groups_and_those_who_cannot_be_looked_up(there: Desk) -> None:
    await there.ask(MODERATOR, "setup groups", here=True, groups=("adults", "minors"))
    there.becomes("birch", roles=frozenset({"adults"}))
    there.becomes("alder", roles=frozenset({"minors"}))
    card = await ask(there)
    await press(there, card, "alder", "rowan")
    await there.wind(minutes=40)
    assert not any(met(there, "birch", "alder", "rowan"))
    there.becomes("rowan", roles=frozenset({"adults"}), joined_at=None)
    await press(there, card, "rowan")
    await there.wind(minutes=20)
    assert met(there, "birch", "rowan") == [True, True]


async def test_not_met_lately_comes_first_then_who_pressed_first(there: Desk) -> None:
    await press(there, await ask(there), "alder")
    await there.wind(minutes=20)
    assert met(there, "birch", "alder") == [True, True]
    start = there.now
    card = await ask(there)
    await press(there, card, "alder")
    await there.wind(minutes=1)
    await press(there, card, "rowan")
    await there.wind(minutes=1)
    await press(there, card, "hazel")
    await there.wind_to(start + SLOT)
    assert met(there, "rowan", "hazel") == [True, False]
    await there.wind_to(start + 2 * SLOT)
    assert over(there, "alder") == over(there, "hazel") == [start + 2 * SLOT]
    assert not over(there, "rowan")


async def test_where_the_best_may_not_be_introduced_the_next_is_in_the_same_slot(there: Desk) -> None:
    await there.ask("birch", "peer apart", {"member": member("alder")})
    card = await ask(there)
    await press(there, card, "alder")
    await there.wind(minutes=1)
    await press(there, card, "rowan")
    await there.wind(minutes=19)
    assert met(there, "alder", "rowan") == [False, True]


async def test_an_owner_who_wants_to_be_asked_is_asked_when_the_slot_ends(there: Desk) -> None:
    card = await ask(there, ask_first="yes")
    await press(there, card, "alder", "rowan")
    await there.wind(minutes=20)
    question = there.sent_to("birch")[-1]
    assert "peer-question" in question
    assert "alder" not in question.words
    await press(there, card, "hazel")
    assert "peer-yes-heard" in await there.press("birch", question, "peer.yes")
    assert met(there, "birch", "alder", "rowan") == [True, True, False]
    await there.wind(hours=1)
    assert over(there, "rowan") == [START + 2 * SLOT]
    assert over(there, "hazel") == [START + 3 * SLOT]
    assert there.rows()["question"] == ()


async def test_an_older_request_asks_its_owner_again_and_never_twice_about_the_same(there: Desk) -> None:
    card = await ask(there)
    await there.wind(hours=2)
    await press(there, card, "alder")
    await there.wind(minutes=40)
    assert sum("peer-question" in shown for shown in there.sent_to("birch")) == 1
    assert over(there, "alder") == [START + timedelta(hours=2, minutes=40)]
    await press(there, card, "alder")
    await there.wind(minutes=40)
    assert sum("peer-question" in shown for shown in there.sent_to("birch")) == 1
    assert over(there, "alder")[1:] == [START + timedelta(hours=3, minutes=20)]
    assert not any(met(there, "birch", "alder"))


async def test_pressing_twice_is_one_press(there: Desk) -> None:
    card = await ask(there)
    first, again = await press(there, card, "alder", "alder")
    assert first.words == again.words
    assert len(there.rows()["question"]) == 1
    assert sum("peer-hello" in shown for shown in there.sent_to("alder")) == 1
    await there.wind(hours=1)
    assert met(there, "alder") == [True]
    assert not over(there, "alder")


@pytest.mark.parametrize("way", ["peer.no", "peer pause", "mine stop", "peer withdraw", "mine.forget-yes"])
async def test_the_yes_can_be_taken_back_and_given_again(there: Desk, way: str) -> None:
    card = await ask(there)
    (heard,) = await press(there, card, "alder")
    assert "peer-status-yes" in await there.ask("alder", "peer status")
    assert "coming-peer-question-over" in await there.ask("alder", "mine next")
    if way == "peer.no":
        assert "peer-yes-taken-back" in await there.press("alder", heard, way)
    else:
        await there.ask("alder", way, day="2") if way == "peer pause" else await there.ask("alder", way)
    status = await there.ask("alder", "peer status")
    assert not {"peer-status-yes", "peer-status-asked"} & set(status.ids)
    await there.wind(minutes=50)
    assert not any(met(there, "birch", "alder"))
    assert not over(there, "alder")
    assert cards(there)
    await there.ask("alder", "peer resume")
    await press(there, card, "alder")
    await there.wind(minutes=20)
    assert met(there, "birch", "alder") == [True, True]


async def test_the_card_goes_with_the_request_and_who_pressed_hears_at_their_time(there: Desk) -> None:
    card = await ask(there)
    await press(there, card, "alder")
    await there.ask("birch", "peer withdraw")
    assert not cards(there)
    assert "peer-question-over" in (await press(there, card, "rowan"))[0], "an old button"
    assert there.rows()["opening"] == ()
    assert len(there.rows()["question"]) == 1
    await there.wind(hours=1)
    assert over(there, "alder") == [START + 2 * SLOT]
    assert not over(there, "rowan")
    assert there.rows()["question"] == there.rows()["post"] == ()


async def test_a_request_that_ends_takes_its_card_along(there: Desk) -> None:
    card = await ask(there, span="2h")
    await there.wind(hours=2)
    assert not cards(there)
    assert "peer-question-over" in (await press(there, card, "alder"))[0]
    assert there.rows()["question"] == ()


async def test_who_cannot_be_written_to_is_told_how_and_nothing_is_kept(there: Desk) -> None:
    card = await ask(there)
    there.platform.closed.add("alder")
    before = there.rows()
    assert "peer-card-closed" in (await press(there, card, "alder"))[0]
    assert there.rows() == before


async def test_a_request_withdrawn_in_the_very_moment_of_a_press(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    card = await ask(there)
    usual = there.platform.perform

    async def perform(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, Say) and effect.to == member("alder"):
            await there.send(there.intent("birch", "peer withdraw"), settle=False)
        return await usual(key, mark, effect, voice)

    monkeypatch.setattr(there.platform, "perform", perform)
    assert "peer-question-over" in (await press(there, card, "alder"))[0]
    assert there.rows()["question"] == ()
    assert await there.profile("alder") is None


@pytest.mark.parametrize("withdrawn", [False, True])
async def test_a_card_that_cannot_be_posted_is_told_to_its_owner(
    there: Desk, monkeypatch: pytest.MonkeyPatch, withdrawn: bool
) -> None:
    usual = there.platform.perform

    async def perform(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, Say) and effect.to == HALL:
            if withdrawn:
                ((opening, *_),) = there.rows()["opening"]
                await there.write(lambda tx: tx.openings.remove(str(opening)))
            return Refused("forbidden")
        return await usual(key, mark, effect, voice)

    monkeypatch.setattr(there.platform, "perform", perform)
    await there.ask("birch", "peer request", card="yes")
    told = [shown for shown in there.sent_to("birch") if "peer-card-not-posted" in shown]
    assert len(told) == (0 if withdrawn else 1)
    assert bool(there.rows()["opening"]) is not withdrawn
    assert "peer-open-card" not in await there.ask("birch", "peer status")


async def test_somebody_who_was_asked_may_press_instead(there: Desk) -> None:
    await there.ask("alder", "peer light on", hours="6")
    card = await ask(there)
    assert "peer-question" in there.sent_to("alder")[-1]
    assert "peer-yes-heard" in (await press(there, card, "alder"))[0]
    assert len(there.rows()["question"]) == 1
    assert met(there, "alder") == [False]
    await there.wind(minutes=20)
    assert met(there, "birch", "alder") == [True, True]


async def test_a_slot_that_is_filled_anew_does_not_decide_its_own_presses(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await there.ask("rowan", "peer light on", hours="6")
    usual, tried = there.platform.perform, [0]

    async def perform(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, Say) and effect.to == member("rowan"):
            tried[0] += 1
            return NotSent() if tried[0] == 1 else Refused("closed")
        return await usual(key, mark, effect, voice)

    monkeypatch.setattr(there.platform, "perform", perform)
    card = await ask(there)
    await press(there, card, "alder")
    await there.wind(minutes=1)
    assert tried == [2], "it was found out within the slot's first minute that rowan cannot be reached"
    assert met(there, "alder") == [False]
    await there.wind(minutes=19)
    assert met(there, "alder") == [True]


@pytest.mark.parametrize(
    ("at", "span", "until"),
    [
        (timedelta(hours=-4), "2h", "later this morning"),
        (timedelta(), "2h", "this afternoon"),
        (timedelta(hours=6), "2h", "this evening"),
        (timedelta(hours=6), "today", "this evening"),
        (timedelta(hours=11), "2h", "5 March"),
        (timedelta(), "7d", "11 March"),
    ],
)
async def test_a_card_says_only_roughly_until_when(tmp_path: Path, at: timedelta, span: str, until: str) -> None:
    async with desk(tmp_path, start=START + at) as there:
        await there.ask(MODERATOR, "setup room", here=True, room_for="peers")
        card = await ask(there, span=span, way="voice")
        assert f"English, voice, until {until}." in card.words


async def test_without_a_room_for_them_or_switched_off_no_card_is_offered(there: Desk) -> None:
    def fields(form: Form) -> set[str]:
        return {one.name for one in form.fields}

    assert "card" in fields(await there.form("birch", "peer request"))
    ready = await there.ask("birch", "peer ask")
    look = await there.press("birch", ready, "peer.card")
    for done, undone in (
        (("setup features", {"switch_off": "cards"}), ("setup features", {"switch_on": "cards"})),
        (("setup features", {"switch_off": "requests"}), ("setup features", {"switch_on": "requests"})),
        (("setup room", {"room_for": "peers", "take_away": "yes"}), None),
    ):
        await there.ask(MODERATOR, done[0], done[1], here=True)
        no = {"refusal-switched-off", "refusal-card-nowhere"}
        assert no & set((await there.press("birch", ready, "peer.card")).ids)
        assert no & set((await there.press("birch", look, "peer.open-card")).ids)
        assert no & set((await there.ask("birch", "peer request", card="yes")).ids)
        if "requests" not in done[1].values():
            assert "peer.card" not in (await there.ask("birch", "peer ask")).actions
            assert "card" not in fields(await there.form("birch", "peer request"))
        assert there.rows()["opening"] == ()
        if undone is not None:
            await there.ask(MODERATOR, undone[0], undone[1], here=True)


async def test_the_details_of_a_card_are_shown_before_it_is_posted(there: Desk) -> None:
    shown = await there.send(there.intent("birch", "peer request", {"card": "yes", "span": "3d"}))
    assert shown.ids[:2] == ("peer-card-preview", "peer-card")
    assert "7 March" in shown.words
    assert not cards(there)
    assert there.rows()["opening"] == ()
    await there.press("birch", shown, "draft.use")
    assert cards(there)
    assert "peer-open" in await there.ask("birch", "peer request", card="yes")
    assert len(cards(there)) == 1


async def test_a_press_taken_back_is_no_question_that_somebody_has_before_them(there: Desk) -> None:
    theirs = await ask(there, "alder")
    mine = await ask(there, ask_first="yes")
    await press(there, mine, "rowan")
    (heard,) = await press(there, theirs, "birch")
    await there.press("birch", heard, "peer.no")
    await there.wind(minutes=20)
    assert "peer-question" in there.sent_to("birch")[-1]


async def test_a_card_is_taken_away_however_soon_an_operator_lets_posts_be_forgotten(tmp_path: Path) -> None:
    async with desk(tmp_path, lifetimes=Lifetimes(posts=timedelta(hours=1))) as there:
        await there.ask(MODERATOR, "setup room", here=True, room_for="peers")
        await ask(there, span="3d")
        await there.wind(hours=26)
        assert cards(there)
        await there.ask("birch", "peer withdraw")
        assert not cards(there)
        assert there.rows()["post"] == ()


@pytest.mark.parametrize("against", ["new", "apart", "away"])
async def test_however_many_press_and_however_slow_the_platform_is_the_slot_is_decided(
    there: Desk, monkeypatch: pytest.MonkeyPatch, against: str
) -> None:
    card = await ask(there)
    many = tuple(f"new{number}" for number in range(48))
    for name in many:
        there.becomes(name, right=Right.MEMBER, joined_at=START - timedelta(days=0 if against == "new" else 50))
        if against == "apart":
            await there.ask(name, "peer apart", {"member": member("birch")})
    await press(there, card, *many)
    await there.wind(minutes=1)
    await press(there, card, "alder")
    await there.wind(minutes=18)
    usual = there.platform.tell

    async def slow(question: Question) -> Answer:
        there.clock.set(there.now + timedelta(milliseconds=200))
        unknown = against == "away" and isinstance(question, WhoIs) and question.member.id in many
        return Unanswered() if unknown else await usual(question)

    monkeypatch.setattr(there.platform, "tell", slow)
    await there.wind(minutes=2)
    assert met(there, "birch", "alder", *many[:3]) == [True, True, False, False, False]


async def test_who_is_introduced_in_one_community_still_hears_of_their_yes_in_another(there: Desk) -> None:
    meadow = Community("other", START - timedelta(days=400), language="en", zone="UTC")
    rowan = Profile("rowan-id", member("rowan"), b"s" * 16, START)
    theirs = Opening(
        "their-opening", "other", rowan.id, "local", True, ("en",), "text", "direct", START, START + timedelta(days=1)
    )

    def elsewhere(tx: WorkTx) -> None:
        tx.communities.add(meadow, Space("local", "meadow"))
        tx.members.add(rowan)
        tx.openings.add(theirs)

    await there.write(elsewhere)
    assert "peer-yes-heard" in await there.ask("alder", "peer.glad", subject=theirs.id)
    await press(there, await ask(there), "alder")
    await press(there, await ask(there, "hazel"), "alder")
    await there.wind(minutes=20)
    assert met(there, "birch", "hazel", "alder").count(True) == 2
    await there.wind(hours=1)
    assert over(there, "alder") == [START + 2 * SLOT], "of what was open here, the introduction says that it is closed"


async def test_where_ones_card_stands_is_among_what_is_held(there: Desk) -> None:
    await ask(there)
    await there.ask("alder", "plan remind", {"link": "https://example.org/plans/ours", "when": "in 3 days"}, here=True)
    for name, lines in (("birch", ["held-sealed", "held-you"]), ("alder", ["held-sealed"])):
        posts = next(table for table in await there.read(partial(held, name)) if table.table == "post")
        assert sorted(row.values["line"].id for row in posts.rows) == lines  # type: ignore[union-attr]
        data = await there.ask(name, "mine data")
        assert data.ids.count("table-post") == len(lines)
        assert "hall" not in data.words
    await there.write(lambda tx: tx.forget(member("birch"), there.now))
    await there.write(lambda tx: tx.forget(member("alder"), there.now))
    assert there.rows()["post"] == (), "as after an old copy was brought back"


async def test_a_card_speaks_the_language_and_the_hours_of_its_community(there: Desk) -> None:
    await there.ask(MODERATOR, "setup language", here=True, language="de", zone="Asia/Tokyo")
    card = await ask(there, languages="en", span="2h")
    assert "Jemand möchte mit einem anderen Mitglied reden: Englisch, schriftlich, bis heute Abend." in card.words
