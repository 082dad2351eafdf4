"""Who comes to a circle: changed with a tap, hidden, gone with the meeting; seats, and the line of those who wait."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.contract.circles import Answer
from bot.contract.effect import Edit
from bot.contract.facts import Right
from bot.contract.ports import Capability
from bot.contract.queues import WorkTx
from tests.commands.circle_scene import answers, held, plan, posts, says, told
from tests.commands.desk import HALL, PLATFORM, START, Desk, desk, member

AT = START + timedelta(days=7, hours=7)
WEEK = timedelta(days=7)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def test_an_answer_is_changed_with_one_tap_and_skipping_leaves_nothing(there: Desk) -> None:
    await plan(there)
    before = there.rows()
    for what, card, kept in (
        ("come", "circle-comes", {"alder": "come"}),
        ("maybe", "circle-maybe", {"alder": "maybe"}),
        ("come", "circle-comes", {"alder": "come"}),
        ("come", "circle-comes", {"alder": "come"}),
    ):
        answer = await says(there, "alder", what)
        assert card in answer
        assert await answers(there) == kept
    assert "Changes are told once" in (await says(there, "alder", "come")).words
    assert "circle-skipped" in await says(there, "alder", "skip")
    assert "circle-skipped" in await says(there, "alder", "skip")
    assert there.rows("outbox") == {table: rows for table, rows in before.items() if table != "outbox"}
    assert there.rows()["member"] == (), "nobody needs a profile for it"


async def test_to_every_meeting_until_it_is_taken_back(there: Desk) -> None:
    await plan(there)
    assert "You come to Quiet evening every time" in (await says(there, "alder", "every")).words
    await says(there, "rowan", "come")
    await there.wind_to(AT + timedelta(hours=2))
    assert await answers(there) == {"alder": "come"}
    await says(there, "alder", "skip")
    assert await answers(there) == {}
    await there.wind_to(AT + WEEK + timedelta(hours=2))
    assert await answers(there) == {"alder": "come"}, "that was for one"
    more = await there.press("alder", posts(there)[-1], "circle.more", here=True)
    assert "You come to every one" in more.words
    assert "circle-not-every" in await there.press("alder", more, "circle.not-every")
    assert await answers(there) == {"alder": "come"}
    await there.wind_to(AT + 2 * WEEK + timedelta(hours=2))
    assert await answers(there) == {}


async def test_an_answer_says_when_by_the_circles_own_clock(there: Desk) -> None:
    await plan(there, zone="America/New_York")
    await there.ask("rowan", "mine language", zone="Europe/Berlin", language="en")
    await there.ask("hazel", "mine language", language="en")
    for what in ("come", "maybe", "every"):
        assert "Thursday, 11 March, 19:00, America/New_York" in (await says(there, "alder", what)).words
        assert "Thursday, 11 March, 19:00, America/New_York" in (await says(there, "hazel", what)).words
        assert "Friday, 12 March, 01:00, Europe/Berlin" in (await says(there, "rowan", what)).words, "by their own"


async def test_where_a_platform_shows_each_reader_their_own_clock_it_does(there: Desk) -> None:
    there.platform.capabilities |= {Capability.STAMPS}
    await plan(there, zone="America/New_York")
    _, meeting = await held(there)
    for what in ("come", "maybe"):
        assert (await says(there, "alder", what)).texts[0].facts["when"] == meeting.starts_at


async def test_a_post_says_how_full_it_is_and_never_who_comes(there: Desk) -> None:
    await plan(there, seats="4")
    for name, state in (("alder", "Open."), ("rowan", "Open."), ("hazel", "Nearly full."), ("birch", "Full;")):
        await says(there, name, "come")
        (post,) = posts(there)
        assert state in post.words
        assert not any(one in post.words for one in ("alder", "rowan", "hazel", "birch"))
        assert "Who comes is not shown" in post.words
    await says(there, "alder", "skip")
    assert "Nearly full." in posts(there)[-1].words


async def test_a_circle_may_choose_names_and_says_so_beforehand(there: Desk) -> None:
    post = await plan(there, shows="names")
    assert "Who comes is shown here" in post.words
    assert "circle-names-shown" in await says(there, "alder", "come")
    await says(there, "rowan", "maybe")
    assert "Coming: alder" in posts(there)[-1].words
    assert "rowan" not in posts(there)[-1].words


async def test_whether_it_is_worth_meeting_is_told_to_those_who_come(there: Desk) -> None:
    await plan(there, fewest="2")
    assert "You are not yet enough" in (await says(there, "alder", "come")).words
    assert "circle-enough" not in await says(there, "rowan", "maybe")
    assert "You are enough to meet" in (await says(there, "rowan", "come")).words
    assert "circle-enough" not in posts(there)[-1]


async def test_a_post_that_was_on_its_way_says_how_it_is_by_now(there: Desk) -> None:
    there.platform.away = True
    community = await there.community()
    await there.write(lambda tx: tx.communities.set_room(community, "circles", HALL))
    there.platform.away = False
    shown = await there.send(
        there.intent("birch", "circle plan", {"title": "Quiet", "meets": "fri 19:30", "seats": "2"}, here=True)
    )
    await there.send(
        there.intent("birch", "draft.use", subject=shown.choice("draft.use").subject, here=True), settle=False
    )
    _, meeting = await held(there)
    for name in ("alder", "rowan"):
        await there.send(there.intent(name, "circle.come", subject=meeting.id, here=True), settle=False)
    await there.settle()
    (post,) = posts(there)
    assert "Full;" in post.words


async def test_a_post_that_was_on_its_way_names_nobody_who_skips(there: Desk) -> None:
    await plan(there, shows="names")
    await says(there, "alder", "every")
    await there.wind(minutes=1)
    await says(there, "birch", "every")
    _, first = await held(there)
    there.platform.away = True
    there.clock.set(first.ends_at)
    await there.settle()
    _, meeting = await held(there)
    there.platform.away = False
    there.clock.set(first.ends_at + timedelta(minutes=1))
    for name, what in (("alder", "skip"), ("rowan", "come")):
        await there.send(there.intent(name, f"circle.{what}", subject=meeting.id, here=True), settle=False)
    await there.wind(minutes=5)
    assert "Coming: birch and rowan" in posts(there)[-1].words


# Who is not there any more


async def test_who_left_is_given_no_seat_at_the_next(there: Desk) -> None:
    await plan(there, seats="2", shows="names")
    for name in ("alder", "rowan"):
        await says(there, name, "every")
    there.becomes("alder", right=Right.NONE)
    await there.wind_to(AT + timedelta(hours=2))
    assert await answers(there) == {"rowan": "come"}
    assert "alder" not in posts(there)[-1].words
    assert len(there.rows()["circle_regular"]) == 1
    assert "circle-comes" in await says(there, "birch", "come")


async def test_a_platform_that_is_away_says_of_nobody_that_they_left(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "every")
    await there.wind_to(AT + timedelta(minutes=1))
    there.platform.away = True
    await there.wind(hours=2)
    assert (await held(there))[1].starts_at == AT + WEEK, "the circle goes on meanwhile"
    there.platform.away = False
    await there.wind(hours=1)
    assert await answers(there) == {"alder": "come"}
    assert "Thursday, 18 March" in posts(there)[-1].words


async def test_a_seat_is_offered_to_nobody_who_left(there: Desk) -> None:
    await full(there)
    there.becomes("hazel", right=Right.NONE)
    await there.wind(minutes=2)
    await says(there, "alder", "skip")
    assert told(there, "hazel", "circle-offer") == []
    assert len(told(there, "birch", "circle-offer")) == 1
    assert await answers(there) == {"rowan": "come", "birch": "wait"}


# The line


async def full(there: Desk) -> None:
    """Let two have the two seats, and two wait, alder and rowan first."""
    await plan(there, seats="2")
    for name in ("alder", "rowan", "hazel", "birch"):
        await there.wind(minutes=1)
        answer = await says(there, name, "come")
        assert ("circle-waits" in answer) is (name in {"hazel", "birch"})


async def test_a_seat_that_is_free_is_offered_in_the_order_of_the_line_and_silence_passes_it_on(there: Desk) -> None:
    await full(there)
    assert "circle-waits" in await says(there, "hazel", "come"), "once is enough"
    await says(there, "alder", "skip")
    (offer,) = told(there, "hazel", "circle-offer")
    assert offer.actions == ("circle.come", "circle.skip", "circle.more")
    assert {"circle-offer", "circle-stop"} < set(offer.ids)
    assert "that you waited for: Thursday, 11 March, 19:00, UTC" in offer.words
    assert "Quiet" not in offer.words, "a lock screen tells nothing"
    assert told(there, "birch", "circle-offer") == []
    await there.wind(minutes=1)
    assert "circle-waits" in await says(there, "alder", "come"), "it is offered, and so nobody else's"
    assert "You wait for a seat" in (await says(there, "hazel", "more")).words
    before = len(there.sent_to("hazel"))
    await there.wind(hours=24)
    assert len(there.sent_to("hazel")) == before, "not a word"
    assert len(told(there, "birch", "circle-offer")) == 1
    assert await answers(there) == {"rowan": "come", "birch": "wait", "alder": "wait"}
    assert "circle-comes" in await there.press("birch", told(there, "birch", "circle-offer")[0], "circle.come")
    assert await answers(there) == {"rowan": "come", "birch": "come", "alder": "wait"}
    await there.wind(hours=25)
    assert told(there, "alder", "circle-offer") == []


async def test_at_the_next_meeting_the_line_is_of_those_who_said_first_that_they_always_come(there: Desk) -> None:
    await plan(there, seats="2")
    names = ("rowan", "birch", "linden", "alder", "hazel")
    for name in names:
        await there.wind(minutes=1)
        await says(there, name, "every")
    await there.wind_to(AT + timedelta(hours=2))
    assert list((await answers(there)).items()) == [(name, "come" if name in names[:2] else "wait") for name in names]


async def test_an_offer_is_passed_on_at_once_by_a_tap(there: Desk) -> None:
    await full(there)
    await says(there, "alder", "maybe")
    (offer,) = told(there, "hazel", "circle-offer")
    assert "circle-skipped" in await there.press("hazel", offer, "circle.skip")
    assert len(told(there, "birch", "circle-offer")) == 1


async def test_a_seat_that_cannot_be_offered_goes_to_the_next(there: Desk) -> None:
    await full(there)
    there.platform.closed.add("hazel")
    await says(there, "alder", "skip")
    assert len(told(there, "birch", "circle-offer")) == 1
    assert await answers(there) == {"rowan": "come", "birch": "wait"}


async def test_in_quiet_hours_nobody_is_asked_and_others_are(there: Desk) -> None:
    await there.ask("hazel", "mine quiet", quiet_from="10:00", quiet_to="15:00")
    await full(there)
    await says(there, "alder", "skip")
    assert told(there, "hazel", "circle-offer") == []
    assert len(told(there, "birch", "circle-offer")) == 1
    await says(there, "rowan", "skip")
    assert told(there, "hazel", "circle-offer") == []
    await there.wind(hours=4)
    assert len(told(there, "hazel", "circle-offer")) == 1


async def test_an_offer_counts_for_the_day_and_waits_for_the_morning_where_the_day_is_spent(there: Desk) -> None:
    await there.ask("hazel", "mine limits", budget="1")
    await full(there)
    await says(there, "alder", "skip")
    (offer,) = told(there, "hazel", "circle-offer")
    hazel = await there.profile("hazel")
    assert hazel is not None
    assert hazel.sent == 1
    await there.press("hazel", offer, "circle.skip")
    await says(there, "hazel", "come")
    await there.press("birch", told(there, "birch", "circle-offer")[0], "circle.come")
    await says(there, "birch", "skip")
    assert len(told(there, "hazel", "circle-offer")) == 1, "no second one today"
    assert await answers(there) == {"rowan": "come", "hazel": "wait"}
    await there.wind_to(START.replace(day=5, hour=8, minute=59))
    assert len(told(there, "hazel", "circle-offer")) == 1
    await there.wind(minutes=1)
    assert len(told(there, "hazel", "circle-offer")) == 2


async def test_who_waits_may_take_a_free_seat_that_is_offered_to_nobody_yet(there: Desk) -> None:
    await there.ask("hazel", "mine quiet", quiet_from="10:00", quiet_to="15:00")
    await plan(there, seats="2")
    for name in ("alder", "rowan", "hazel"):
        await says(there, name, "come")
    await says(there, "alder", "skip")
    assert await answers(there) == {"rowan": "come", "hazel": "wait"}
    assert "circle-comes" in await says(there, "hazel", "come")
    assert "circle-waits" in await says(there, "birch", "come")


async def test_at_the_same_instant_one_has_the_last_seat_and_all_others_wait(there: Desk) -> None:
    await plan(there, seats="2")
    await says(there, "alder", "come")
    _, meeting = await held(there)
    rush = [there.intent(name, "circle.come", subject=meeting.id, here=True) for name in ("rowan", "hazel", "birch")]
    shown = await asyncio.gather(*(there.send(one, settle=False) for one in (*rush, *rush)))
    await there.settle()
    given = list((await answers(there)).values())
    assert sorted(given) == ["come", "come", "wait", "wait"]
    assert sum("circle-comes" in one for one in shown[:3]) == 1
    (post,) = posts(there)
    assert "Full;" in post.words


async def test_two_who_give_their_seats_up_at_the_same_instant_are_followed_by_two_who_wait(there: Desk) -> None:
    await full(there)
    _, meeting = await held(there)
    gone = [there.intent(name, "circle.skip", subject=meeting.id, here=True) for name in ("alder", "rowan")]
    await asyncio.gather(*(there.send(one, settle=False) for one in gone))
    await there.settle()
    assert [len(told(there, name, "circle-offer")) for name in ("hazel", "birch")] == [1, 1]
    taken = [there.intent(name, "circle.come", subject=meeting.id) for name in ("birch", "hazel", "linden", "alder")]
    await asyncio.gather(*(there.send(one, settle=False) for one in taken))
    assert await answers(there) == {"birch": "come", "hazel": "come", "linden": "wait", "alder": "wait"}


async def test_an_offer_that_has_not_left_is_called_back(there: Desk) -> None:
    await full(there)
    _, meeting = await held(there)

    async def does(name: str, what: str) -> None:
        await there.send(there.intent(name, f"circle.{what}", subject=meeting.id, here=True), settle=False)

    await does("alder", "skip")
    await does("hazel", "skip")
    await does("birch", "maybe")
    await there.settle()
    assert told(there, "hazel", "circle-offer") == told(there, "birch", "circle-offer") == []
    await says(there, "linden", "come")
    await says(there, "hazel", "come")
    await does("linden", "skip")
    await does("hazel", "come")
    await there.settle()
    assert told(there, "hazel", "circle-offer") == [], "it was taken on the post"
    await says(there, "birch", "come")
    await does("hazel", "skip")
    await does("rowan", "skip-one")
    await there.settle()
    assert told(there, "birch", "circle-offer") == []
    assert len(told(there, "birch", "circle-told-skipped")) == 1


async def test_a_seat_that_was_taken_meanwhile_is_not_lost_when_its_offer_cannot_be_sent(there: Desk) -> None:
    await full(there)
    _, meeting = await held(there)
    there.platform.closed.add("hazel")
    await there.send(there.intent("alder", "circle.skip", subject=meeting.id, here=True), settle=False)
    taken = Answer(meeting.id, member("hazel"), "come", there.now)
    await there.write(lambda tx: tx.circles.answer(taken))
    await there.settle()
    assert await answers(there) == {"rowan": "come", "hazel": "come", "birch": "wait"}


async def test_an_offer_is_made_anew_where_its_meeting_moves_to_before_its_time_is_over(there: Desk) -> None:
    await full(there)
    await says(there, "alder", "skip")
    await says(there, "rowan", "move-one", when="2027-03-09 19:00")
    assert len(told(there, "hazel", "circle-offer")) == 1, "its time to answer is over well before"
    await says(there, "rowan", "move-one", when="2027-03-04 16:00")
    first, anew = told(there, "hazel", "circle-offer")
    assert "by Friday, 5 March, 12:04, UTC" in first.words
    assert "Thursday, 4 March, 16:00, UTC. It is yours if you take it by Thursday, 4 March, 14:02, UTC" in anew.words
    assert told(there, "birch", "circle-offer") == []
    await there.wind_to(START + timedelta(hours=2, minutes=3))
    assert len(told(there, "birch", "circle-offer")) == 1


async def test_whoever_skips_and_then_may_come_has_their_note_again(there: Desk) -> None:
    await plan(there)
    for what in ("come", "remind", "skip", "maybe"):
        await says(there, "rowan", what)
    await says(there, "alder", "remind")
    await there.wind_to(AT)
    assert len(told(there, "rowan", "circle-note")) == 1


async def test_just_before_the_start_a_free_seat_is_for_whoever_comes(there: Desk) -> None:
    await full(there)
    await there.wind_to(AT - timedelta(minutes=5))
    await says(there, "alder", "skip")
    assert told(there, "hazel", "circle-offer") == []
    assert "circle-comes" in await says(there, "hazel", "come"), "those who wait are no worse off than others"
    assert "circle-waits" in await says(there, "linden", "come")
    await there.wind(minutes=6)
    assert told(there, "birch", "circle-offer") == []


async def test_whoever_is_forgotten_leaves_their_seat_and_role_to_others(there: Desk) -> None:
    await full(there)
    await says(there, "alder", "every")
    await says(there, "alder", "host")
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    assert len(told(there, "hazel", "circle-offer")) == 1
    assert await answers(there) == {"rowan": "come", "hazel": "wait", "birch": "wait"}
    assert there.rows()["circle_regular"] == there.rows()["circle_role"] == ()
    assert there.keys.seal_id(b"local\0alder") not in repr(there.rows()).encode()


async def test_a_forgotten_answer_to_what_has_begun_frees_nothing(there: Desk) -> None:
    await full(there)
    await there.wind_to(AT + timedelta(minutes=1))
    await there.press("alder", await there.ask("alder", "mine forget"), "mine.forget-yes")
    assert told(there, "hazel", "circle-offer") == []


async def test_others_answers_are_in_nobodys_data(there: Desk) -> None:
    await plan(there)
    await says(there, "alder", "come")
    assert "mine-data-nothing" in await there.ask("rowan", "mine data")
    assert "table-circle_answer" in await there.ask("alder", "mine data")


async def test_who_is_not_there_cannot_answer(there: Desk) -> None:
    post = await plan(there)
    await there.wind(minutes=1)
    there.becomes("alder", right=Right.NONE)
    before = there.rows()
    for action in ("come", "maybe", "skip", "every"):
        assert "refusal-right-member" in await there.press("alder", post, f"circle.{action}", here=True)
    assert there.rows() == before


async def test_what_was_offered_for_a_meeting_that_is_gone_is_nothing(there: Desk) -> None:
    await full(there)
    await says(there, "alder", "skip")
    circle, _ = await held(there)
    await there.write(lambda tx: tx.circles.remove(circle.id))
    await there.wind(days=8)
    assert told(there, "birch", "circle-offer") == []


async def test_a_post_stands_whose_look_changes_again_while_it_is_on_its_way(there: Desk) -> None:
    """A look that is under way is not called back, which would take the post away: the next one comes after it."""
    subject = (await plan(there)).choice("circle.come").subject

    def under_way(tx: WorkTx) -> None:
        (edit,) = (row for row in tx.leaving.due(PLATFORM, there.now, 9) if isinstance(row.effect, Edit))
        tx.leaving.trying(edit.id, there.now, there.now, 0)

    await there.send(there.intent("alder", "circle.host", {}, subject=subject), settle=False)
    await there.write(under_way)
    await there.send(there.intent("rowan", "circle.scribe", {}, subject=subject), settle=False)
    await there.settle()
    assert "Scribe, who takes a note: rowan" in posts(there)[-1].words
