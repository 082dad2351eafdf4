"""Rounds: planned by moderators, joined anew each time, and nobody learns who joined."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.contract.effect import Effect, Leave, MakeRoom, NotSent, Result
from bot.contract.facts import Answer, Question, Right, Unanswered, WhoIs
from bot.contract.params import Raw
from bot.contract.ports import Capability
from bot.contract.tables import Tx
from bot.contract.text import Voice
from commands import meeting, rounds
from tests.commands.desk import HALL, MODERATOR, START, Desk, desk, member

HOUR = timedelta(hours=1)
AT = START + timedelta(hours=31)  # tomorrow at 19:00
TOLD = AT + timedelta(minutes=30)
ABOUT = ("round", "round_yes", "round_word", "agenda", "outbox", "post", "left_out", "met")


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        yield opened


async def plan(there: Desk, rhythm: str = "weekly", day: str = "1") -> None:
    assert "round-planned" in await there.ask(MODERATOR, "round plan", rhythm=rhythm, first_day=day, wall="19:00")


async def join(there: Desk, *names: str, **wishes: Raw) -> None:
    for name in names:
        assert "round-joined" in await there.ask(name, "round wishes", dict(wishes))


def introductions(there: Desk, name: str) -> list[str]:
    return [shown.words for shown in there.sent_to(name) if "round-introduced" in shown]


def alone(there: Desk, name: str) -> list[datetime]:
    return [shown.at for shown in there.sent_to(name) if "round-alone" in shown]


async def test_a_round_introduces_those_who_joined_and_goes_on_to_the_next(there: Desk) -> None:
    await there.ask(MODERATOR, "setup room", here=True, room_for="peers")
    await plan(there)
    (post,) = [shown for place, shown in there.platform.posts.values() if place == HALL and "round-card" in shown]
    look = await there.press("birch", post, "round join", here=True)
    assert "round-ready" in look
    assert there.rows()["round_yes"] == (), "nothing is stored before a yes"
    assert "round-joined" in await there.press("birch", look, "round.yes")
    assert "round-joined" in await there.ask("birch", "round join")
    assert "round-joined" in await there.ask("birch", "round wishes")
    await join(there, "alder", words="")
    assert len(there.rows()["round_yes"]) == 2
    await there.wind_to(AT)
    assert not [shown for place, shown in there.platform.posts.values() if place == HALL and "round-card" in shown]
    (mine,), (theirs,) = introductions(there, "birch"), introductions(there, "alder")
    assert mine == theirs
    assert "birch" in mine
    assert "alder" in mine
    assert [effect for effect in there.platform.effects if isinstance(effect, MakeRoom)]
    await there.wind_to(TOLD + HOUR)
    rows = there.rows()
    assert rows["round_yes"] == rows["left_out"] == ()
    assert len(rows["met"]) == 1
    assert not alone(there, "birch")
    assert len(rows["agenda"]) == 3
    await there.wind_to(AT + timedelta(days=5))
    assert [shown for place, shown in there.platform.posts.values() if place == HALL and "round-card" in shown]


async def test_who_stays_alone_is_told_and_comes_first_the_next_time(there: Desk) -> None:
    await plan(there)
    await join(there, "birch", "alder", "rowan")
    await there.wind_to(TOLD)
    (left,) = [name for name in ("birch", "alder", "rowan") if alone(there, name)]
    assert alone(there, left) == [TOLD]
    assert not introductions(there, left)
    assert len(there.rows()["left_out"]) == 1
    assert there.rows()["round_yes"] == ()
    await there.wind_to(AT + timedelta(days=5))
    assert there.rows()["round_yes"] == (), "nobody is carried over"
    await join(there, "birch", "alder", "rowan")
    await there.wind_to(TOLD + timedelta(days=7))
    assert introductions(there, left)
    assert len(alone(there, left)) == 1


async def test_of_three_nobody_stays_alone_twice_in_a_row(there: Desk) -> None:
    await plan(there)
    lonely: list[str] = []
    for week in range(8):
        await there.wind_to(AT - HOUR + timedelta(days=7 * week))
        await join(there, "birch", "alder", "rowan")
        await there.wind_to(TOLD + timedelta(days=7 * week))
        told = TOLD + timedelta(days=7 * week)
        lonely += [name for name in ("birch", "alder", "rowan") if told in alone(there, name)]
    assert len(lonely) == 8
    assert all(one != other for one, other in pairwise(lonely))


async def test_once_is_once(there: Desk) -> None:
    await plan(there, "once")
    await join(there, "birch")
    await there.wind_to(TOLD)
    assert alone(there, "birch") == [TOLD]
    rows = there.rows()
    assert {rows[table] for table in ABOUT if table != "left_out"} == {()}
    await there.wind(days=41)
    await there.store.sweep(there.now)
    assert there.rows()["left_out"] == ()


async def test_three_only_if_all_three_said_so(there: Desk) -> None:
    await plan(there)
    await join(there, "birch", "alder", trio="yes")
    await join(there, "rowan", trio="yes", words="")
    await there.wind_to(TOLD)
    for name in ("birch", "alder", "rowan"):
        (said,) = introductions(there, name)
        assert all(who in said for who in ("birch", "alder", "rowan"))
    assert len(there.rows()["met"]) == 3


async def test_what_stands_against_an_introduction_holds_and_looks_the_same(there: Desk) -> None:
    await plan(there)
    await join(there, "birch", "alder")
    await there.ask("birch", "peer apart", {"member": member("alder")})
    await there.wind_to(TOLD)
    for name in ("birch", "alder"):
        assert not introductions(there, name)
        assert alone(there, name) == [TOLD]


@pytest.mark.parametrize("cause", ["left", "gone", "away", "closed", "pause", "forgotten"])
async def test_somebody_whose_peer_is_missing_is_told_at_the_same_time(there: Desk, cause: str) -> None:
    await plan(there)
    await join(there, "birch")
    await there.wind(minutes=1)  # who said yes first is told first
    await join(there, "alder")
    match cause:
        case "left":
            assert "round-left" in await there.ask("birch", "round leave")
        case "gone":
            there.becomes("birch", right=Right.NONE)
        case "away":
            there.becomes("birch", able=False)
        case "closed":
            there.platform.closed.add("birch")
        case "pause":
            await there.ask("birch", "peer pause", day="3")
        case _:
            await there.press("birch", await there.ask("birch", "mine forget"), "mine.forget-yes")
    await there.wind_to(TOLD)
    assert not introductions(there, "alder")
    assert alone(there, "alder") == [TOLD]


@pytest.mark.parametrize("cause", ["gone", "away", "pause", "nobody knows"])
async def test_whoever_is_not_there_is_as_if_they_had_not_joined(
    there: Desk, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    tell = there.platform.tell

    async def unsure(question: Question) -> Answer:
        return Unanswered() if isinstance(question, WhoIs) and question.member.id == "birch" else await tell(question)

    await plan(there)
    await join(there, "birch", "alder", "rowan")
    match cause:
        case "gone":
            there.becomes("birch", right=Right.NONE)
        case "away":
            there.becomes("birch", able=False)
        case "pause":
            await there.ask("birch", "peer pause", day="3")
        case _:
            monkeypatch.setattr(there.platform, "tell", unsure)
    await there.wind_to(TOLD)
    (mine,), (theirs,) = introductions(there, "alder"), introductions(there, "rowan")
    assert mine == theirs
    assert alone(there, "birch") == [TOLD]


async def test_a_round_waits_for_a_platform_that_is_away(there: Desk) -> None:
    await plan(there)
    await join(there, "birch", "alder")
    there.platform.away = True
    await there.wind_to(AT + timedelta(minutes=2))
    assert not introductions(there, "birch")
    there.platform.away = False
    await there.wind_to(TOLD)
    (mine,), (theirs,) = introductions(there, "alder"), introductions(there, "birch")
    assert mine == theirs
    assert not alone(there, "birch")


@pytest.mark.parametrize("by_hand", [True, False])
async def test_a_yes_that_goes_while_the_introduction_is_under_way(
    there: Desk, monkeypatch: pytest.MonkeyPatch, by_hand: bool
) -> None:
    await plan(there)
    await join(there, "birch", "alder")
    perform = there.platform.perform

    def birch_leaves(tx: Tx) -> None:
        profile = tx.members.find(member("birch"))
        assert profile is not None
        if by_hand:
            meeting.leave_rounds(tx, profile.id)
        for yes in tx.rounds.yeses_of(profile.id):
            tx.rounds.leave(yes.id)  # the row alone, as when somebody is forgotten again after an old copy was put back

    async def slow(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, MakeRoom):
            await there.write(birch_leaves)
        return await perform(key, mark, effect, voice)

    monkeypatch.setattr(there.platform, "perform", slow)
    await there.wind_to(TOLD)
    assert [effect for effect in there.platform.effects if isinstance(effect, Leave)], "the room is left again"
    for name in ("birch", "alder"):
        assert not introductions(there, name)
    assert alone(there, "alder") == [TOLD]
    assert not alone(there, "birch")


async def test_an_introduction_that_cannot_be_made_in_time_is_called_back(
    there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plan(there)
    await join(there, "birch", "alder")
    perform = there.platform.perform

    async def no_rooms_yet(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, MakeRoom) and there.now < TOLD:
            return NotSent(60)
        return await perform(key, mark, effect, voice)

    monkeypatch.setattr(there.platform, "perform", no_rooms_yet)
    await there.wind_to(TOLD + HOUR)
    assert not [effect for effect in there.platform.effects if isinstance(effect, MakeRoom)]
    for name in ("birch", "alder"):
        assert not introductions(there, name)
        assert alone(there, name) == [TOLD]


async def test_keeping_apart_while_the_introduction_is_under_way(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await plan(there)
    await join(there, "birch", "alder")
    perform = there.platform.perform

    async def slow(key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        if isinstance(effect, MakeRoom):
            await there.send(there.intent("birch", "peer apart", {"member": member("alder")}), settle=False)
        return await perform(key, mark, effect, voice)

    monkeypatch.setattr(there.platform, "perform", slow)
    await there.wind_to(TOLD)
    for name in ("birch", "alder"):
        assert not introductions(there, name)
        assert alone(there, name) == [TOLD]


async def test_without_rooms_they_get_each_others_names(there: Desk) -> None:
    there.platform.capabilities -= {Capability.ROOMS}
    await plan(there)
    await join(there, "birch", "alder")
    await there.wind_to(TOLD)
    assert introductions(there, "alder")


async def test_planning_is_refused_where_it_makes_no_sense(there: Desk) -> None:
    await plan(there, day="20")
    before = there.rows()
    for wrong in ({"first_day": "2027-03-04", "wall": "11:00", "rhythm": "once"}, {"first_day": "2029-01-01"}):
        args = {"rhythm": "weekly", "wall": "19:00", **wrong}
        assert "refusal-round-past" in await there.ask(MODERATOR, "round plan", args)
    assert there.rows() == before
    assert "refusal-round-not-yet" in await there.ask("birch", "round join")
    await plan(there, day="1")
    assert len(there.rows()["round"]) == 1
    before = there.rows()
    assert "refusal-round-open" in await there.ask(MODERATOR, "round plan", rhythm="once", first_day="9", wall="19:00")
    assert there.rows() == before


async def test_stopping_leaves_an_open_round_to_take_place_and_takes_the_rest_away(there: Desk) -> None:
    assert "round-none" in await there.ask(MODERATOR, "round stop")
    assert "refusal-round-none" in await there.ask("birch", "round join")
    await plan(there, day="20")
    assert "round-stopped" in await there.ask(MODERATOR, "round stop")
    assert {there.rows()[table] for table in ABOUT} == {()}
    await plan(there)
    await join(there, "birch", "alder")
    assert "round-stopped" in await there.ask(MODERATOR, "round stop")
    await there.wind_to(TOLD + HOUR)
    assert introductions(there, "birch")
    assert there.rows()["round"] == ()


async def test_who_cannot_be_written_to_has_not_joined(there: Desk) -> None:
    await plan(there)
    there.platform.closed.add("birch")
    assert "round-closed" in await there.ask("birch", "round wishes")
    assert there.rows()["round_yes"] == there.rows()["member"] == ()


async def test_no_and_stay_store_nothing(there: Desk) -> None:
    await plan(there)
    before = there.rows()
    assert "round-not-joined" in await there.press("birch", await there.ask("birch", "round join"), "round.not")
    assert "round-not-joined" in await there.ask("birch", "round leave")
    assert there.rows() == before
    await join(there, "birch")
    assert "round-stays" in await there.press("birch", await there.ask("birch", "round join"), "round.stay")


async def test_leaving_leaves_nothing_of_the_yes(there: Desk) -> None:
    await plan(there)
    before = there.rows("member", "delivered")
    await join(there, "birch", way="voice")
    assert there.rows("member", "delivered") != before
    await there.ask("birch", "round leave")
    assert there.rows("member", "delivered") == before


async def test_a_round_of_more_than_a_page(there: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "PAGE", 1)
    await plan(there)
    await join(there, "birch", "alder", "rowan", "hazel")
    await there.wind_to(TOLD)
    for name in ("birch", "alder", "rowan", "hazel"):
        assert len(introductions(there, name)) == 1


async def test_what_is_held_is_shown_announced_and_stopped(there: Desk) -> None:
    await there.ask(MODERATOR, "setup words", word_list="night shifts")
    await plan(there)
    form = await there.form("birch", "round wishes")
    assert {field.name for field in form.fields} == {"languages", "way", "place", "someone_new", "trio", "words"}
    await join(there, "birch", words="night shifts")
    assert "night shifts" in (await there.ask("birch", "mine data")).words
    assert "coming-round-yours" in await there.ask("birch", "mine next")
    await there.ask("birch", "mine stop")
    rows = there.rows()
    assert rows["round_yes"] == rows["round_word"] == ()
    await there.wind_to(TOLD)
    assert not alone(there, "birch")


async def test_words_that_are_not_for_today_keep_two_apart(there: Desk) -> None:
    await there.ask(MODERATOR, "setup words", word_list="night shifts")
    await plan(there)
    await there.ask("alder", "peer words", word="night shifts", mark="ask")
    await join(there, "birch", words="night shifts")
    await join(there, "alder")
    await there.wind_to(TOLD)
    assert not introductions(there, "birch")
    assert alone(there, "alder") == alone(there, "birch") == [TOLD]


async def test_someone_new_is_not_somebody_met_lately(there: Desk) -> None:
    await plan(there)
    for week in range(2):
        await there.wind_to(AT - HOUR + timedelta(days=7 * week))
        await join(there, "birch", "alder", someone_new="yes")
        await there.wind_to(TOLD + timedelta(days=7 * week))
    assert len(introductions(there, "birch")) == 1
    assert alone(there, "birch") == [TOLD + timedelta(days=7)]


async def test_down_over_a_round_everybody_is_told_that_it_found_nobody(there: Desk) -> None:
    await plan(there)
    await join(there, "birch", "alder")
    there.clock.set(AT + timedelta(days=1))
    await there.settle()
    for name in ("birch", "alder"):
        assert not introductions(there, name)
        assert len(alone(there, name)) == 1
    assert there.rows()["round_yes"] == ()
    assert there.rows()["round"] != ()
