"""How effects leave."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.contract.effect import EditEvent, EndEvent, MakeEvent, MakeRoom, Then
from bot.contract.intent import Done
from bot.contract.place import Post
from bot.contract.tables import Tx
from bot.contract.text import text
from tests.runtime.scene import CATALOGUE, HOUR, ROOMS, Scene, follow, say
from tests.runtime.stage import ANN, BEN, HALL, HOME, PORCH, SAFE, START, Stage, until
from tests.runtime.test_scheduler import running

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def faults(scene: Scene, *wanted: str) -> None:
    """Let these happen to the next calls, one after the other; then all goes well."""
    left = list(wanted)
    scene.stage.fault = lambda _: left.pop(0) if left else "ok"


def keys(scene: Scene) -> list[str]:
    return [key for key, _, _ in scene.stage.calls]


async def test_messages_to_a_place_arrive_in_the_order_of_their_rows(scene: Scene) -> None:
    await scene.put(*(say(HALL, "hall", n) for n in range(10)))
    faults(scene, "landed", "notsent", "lost", "raise", "late")
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen(HALL) == [f"hall n={n}" for n in range(10)]


async def test_one_place_does_not_hold_up_another(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1), say(PORCH, "porch", 1))
    faults(scene, "notsent")
    await scene.runtime.settle()
    assert scene.stage.seen() == ["porch n=1"]
    assert START + 3 * SECOND <= (await scene.runtime.next_due() or START) <= START + 4 * SECOND


@pytest.mark.parametrize("fault", ["landed", "lost", "late", "raise", "raise lost", "notsent"])
async def test_what_is_in_doubt_is_sent_again_with_the_same_key_and_seen_once(scene: Scene, fault: str) -> None:
    await scene.put(say(HALL, "hall", 1))
    faults(scene, fault)
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen() == ["hall n=1"]
    assert len(keys(scene)) == 2
    assert len(set(keys(scene))) == 1


@pytest.mark.parametrize("fault", ["landed", "lost", "late"])
async def test_after_an_outage_the_history_decides(scene: Scene, fault: str) -> None:
    await scene.put(say(HALL, "hall", 1))
    faults(scene, fault)
    await scene.runtime.settle()
    scene.clock.set(START + HOUR)
    scene.start()
    await scene.runtime.settle()
    assert scene.stage.seen() == ["hall n=1"]
    assert len(keys(scene)) == (2 if fault == "lost" else 1)
    assert len(set(keys(scene))) == len(keys(scene)), "a new key for what was not there"
    assert await scene.runtime.next_due() is None


async def test_the_history_is_not_read_while_something_may_still_be_on_its_way(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1))
    faults(scene, *["lost"] * 6, "late")
    while len(keys(scene)) < 7:
        await scene.runtime.settle()
        scene.clock.set((await scene.runtime.next_due()) or START)
        if scene.clock.now() > START + SAFE:
            break
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen() == ["hall n=1"]


async def test_no_answer_does_not_forget_an_earlier_try_that_may_have_arrived(scene: Scene) -> None:
    # landed, then "provably not sent" until long after the platform has forgotten the key
    await scene.put(say(HALL, "hall", 1))
    faults(scene, "landed", *["notsent"] * 8)
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen() == ["hall n=1"]


async def test_what_was_provably_not_sent_starts_anew_however_long_it_takes(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1))
    scene.stage.fault = lambda _: "notsent"
    scene.stage.blind = True
    await scene.runtime.wind(START + 2 * DAY)
    tried = len(keys(scene))
    assert tried < 2 * 24 * 12 + 20, "at most every five minutes"
    scene.stage.fault = lambda _: "ok"
    await scene.runtime.wind(START + 3 * DAY)
    assert scene.stage.seen() == ["hall n=1"]
    assert len(set(keys(scene))) == 1


async def test_where_nobody_can_look_a_notice_is_sent_and_what_is_bound_to_a_time_is_not(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1))
    await scene.put(say(PORCH, "porch", 1), expires_at=START + 2 * HOUR)
    faults(scene, "lost", "lost")
    scene.stage.blind = True
    await scene.runtime.settle()
    scene.clock.set(START + HOUR)
    await scene.runtime.settle()
    assert scene.stage.seen() == ["hall n=1"]


async def test_what_is_late_is_missed_and_said_to_be(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1), expires_at=START + HOUR, then=Then("follow", (1,)))
    scene.stage.fault = lambda _: "notsent"
    await scene.runtime.wind(START + HOUR - SECOND)
    scene.stage.fault = lambda _: "ok"
    scene.clock.set(START + HOUR)
    await scene.runtime.wind(START + 2 * HOUR)
    assert scene.stage.seen() == ["refused n=1"]


async def test_what_may_have_arrived_and_is_late_is_looked_for_and_not_sent_again(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1), expires_at=START + SECOND, then=Then("follow", (1,)))
    await scene.put(say(PORCH, "porch", 2), expires_at=START + SECOND, then=Then("follow", (2,)))
    faults(scene, "landed", "lost")
    await scene.runtime.wind(START + HOUR)
    assert sorted(scene.stage.seen()) == ["followed n=1", "hall n=1", "refused n=2"]
    assert len(keys(scene)) == 4


async def test_a_refusal_ends_a_row_and_its_continuation_hears(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1), then=Then("follow", (1,)))
    await scene.put(say(HALL, "hall", 2))
    faults(scene, "refused")
    await scene.runtime.settle()
    assert sorted(scene.stage.seen()) == ["hall n=2", "refused n=1"]


async def test_what_is_called_back_before_it_left_never_leaves(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1), subject="s")
    await scene.store.write(lambda tx: tx.outbox.recall("s"))
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen() == []


@pytest.mark.parametrize("fault", ["landed", "lost", "late"])
async def test_what_is_called_back_under_way_is_taken_away(scene: Scene, fault: str) -> None:
    await scene.put(say(HALL, "hall", 1, keep="s"), subject="s", then=Then("follow", (1,)))
    faults(scene, fault)
    await scene.runtime.settle()
    await scene.store.write(lambda tx: tx.outbox.recall("s"))
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen() == []
    assert await scene.runtime.next_due() is None


async def test_what_is_called_back_while_it_is_being_sent_is_taken_away(scene: Scene) -> None:
    await scene.put(say(HALL, "hall", 1, keep="s"), subject="s", then=Then("follow", (1,)))
    scene.stage.hold = asyncio.Event()
    sending = asyncio.create_task(scene.runtime.settle())
    await until(lambda: scene.stage.held > 0)
    await scene.store.write(lambda tx: tx.outbox.recall("s"))
    scene.stage.hold.set()
    await sending
    await scene.runtime.wind(START + HOUR)
    assert scene.stage.seen() == []


async def test_a_continuation_that_fails_is_tried_again_without_sending_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [3]

    def fragile(turn: object, tx: Tx, done: Done) -> None:
        if broken[0]:
            broken[0] -= 1
            raise KeyError
        follow(turn, tx, done)  # type: ignore[arg-type]

    monkeypatch.setitem(CATALOGUE.afters, "follow", type(CATALOGUE.afters["follow"])("follow", fragile))
    await scene.put(say(HALL, "hall", 1), then=Then("follow", (1,)))
    await scene.runtime.wind(START + DAY)
    assert scene.stage.seen() == ["hall n=1", "followed n=1"]
    assert len(keys(scene)) == 2


async def test_a_continuation_that_never_works_does_not_stop_its_line_for_good(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(turn: object, tx: Tx, done: Done) -> None:
        raise KeyError

    monkeypatch.setitem(CATALOGUE.afters, "follow", type(CATALOGUE.afters["follow"])("follow", broken))
    await scene.put(say(HALL, "hall", 1), then=Then("follow", (1,)))
    await scene.put(say(HALL, "hall", 2))
    await scene.runtime.wind(START + 3 * DAY)
    assert scene.stage.seen() == ["hall n=1", "hall n=2"]


async def test_a_room_is_made_once(scene: Scene) -> None:
    await scene.put(MakeRoom(HOME, text("name")))
    faults(scene, "landed")
    await scene.runtime.settle()
    scene.clock.set(START + HOUR)
    await scene.runtime.settle()
    assert scene.stage.seen() == ["room"]


async def test_an_event_is_made_once_and_holds_up_nothing_that_is_said(scene: Scene) -> None:
    make = MakeEvent(HALL, text("name"), text("about"), START + DAY, START + DAY)
    await scene.put(make, EditEvent(Post(HALL, "e"), START, START), EndEvent(Post(HALL, "e")))
    faults(scene, "landed")
    await scene.put(say(HALL, "hall", 1))
    await scene.runtime.settle()
    assert "hall n=1" in scene.stage.seen()
    scene.clock.set(START + HOUR)
    await scene.runtime.settle()
    assert sorted(scene.stage.seen()) == ["hall n=1", "room"]


async def test_urgent_messages_go_first(scene: Scene) -> None:
    for n in range(20):
        await scene.put(say(ROOMS[n], "plain", n))
    await scene.put(say(ANN, "urgent", 1), urgent=True)
    await scene.runtime.settle()
    assert scene.stage.seen()[0] == "urgent n=1"


async def test_a_dead_platform_does_not_stop_another(scene: Scene) -> None:
    other = Stage(scene.clock, "other")
    scene.others = (other,)
    scene.start()
    scene.stage.hold = asyncio.Event()  # never answers
    async with running(scene):
        await scene.put(say(HALL, "hall", 1))
        await scene.put(*(say(type(HALL)("other", f"r{n}"), "other", n) for n in range(5)))
        scene.runtime._ring()
        await until(lambda: len(other.transcript) == 5)
        assert scene.stage.transcript == []


async def test_while_running_a_slow_place_does_not_hold_up_the_others_of_its_platform(scene: Scene) -> None:
    slow = asyncio.Event()
    perform = scene.stage.perform

    async def sometimes(key: str, mark: str, effect: object, voice: object) -> object:
        if getattr(effect, "to", None) == HALL:
            await slow.wait()
        return await perform(key, mark, effect, voice)  # type: ignore[arg-type]

    scene.stage.perform = sometimes  # type: ignore[assignment, method-assign]
    await scene.put(say(HALL, "hall", 1), *(say(PORCH, "porch", n) for n in range(30)))
    async with running(scene):
        await until(lambda: len(scene.stage.seen(PORCH)) == 30)
        assert scene.stage.seen(HALL) == []
        slow.set()
        await scene.runtime.settle()
    assert scene.stage.seen(HALL) == ["hall n=1"]
    assert scene.stage.seen(PORCH) == [f"porch n={n}" for n in range(30)]


async def test_a_platform_that_is_away_is_asked_twelve_times_a_minute_at_most_and_said_to_be_away_once(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await scene.put(*(say(room, "hello", n) for n, room in enumerate(ROOMS)))
    scene.stage.fault = lambda _: "notsent"
    await scene.runtime.settle()
    assert len(keys(scene)) == 3
    await scene.runtime.wind(START + 10 * timedelta(minutes=1))
    assert 60 < len(keys(scene)) <= 3 + 120
    scene.stage.fault = lambda _: "ok"
    await scene.runtime.wind(START + HOUR)
    assert len(scene.stage.seen()) == len(ROOMS)
    told = [record.message for record in caplog.records if record.name == "porchlight"]
    assert told == ["platform_away", "platform_back"]


async def test_while_running_a_platform_that_is_away_is_asked_as_seldom(scene: Scene) -> None:
    await scene.put(*(say(room, "hello", n) for n, room in enumerate(ROOMS)))
    scene.stage.fault = lambda _: "notsent"
    async with running(scene):
        await scene.runtime.wind(START + 10 * timedelta(minutes=1))
        assert 60 < len(keys(scene)) <= 10 + 120
        scene.stage.fault = lambda _: "ok"
        await scene.runtime.wind(START + HOUR)
    assert len(scene.stage.seen()) == len(ROOMS)


async def test_nothing_is_sent_for_a_platform_that_is_not_there(scene: Scene) -> None:
    await scene.put(say(type(HALL)("gone", "r"), "hall", 1))
    await scene.runtime.settle()
    assert await scene.runtime.next_due() is None


async def test_an_exception_of_an_adapter_is_logged_without_its_text(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.put(say(HALL, "hall", 1), say(BEN, "ben", 1))
    faults(scene, "raise", "raise lost")
    await scene.runtime.settle()
    assert "perform_failed" in caplog.text
    assert "what somebody wrote" not in caplog.text


def test_the_scene_starts_at_noon() -> None:
    assert START.hour == 12
    assert isinstance(START, datetime)
