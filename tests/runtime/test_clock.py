"""What time it is."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import LONGEST_SLEEP, SystemClock, VirtualClock

START = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def test_a_virtual_clock_wakes_those_whose_time_has_come_in_order() -> None:
    clock = VirtualClock(START)
    woken: list[int] = []

    async def sleeper(minutes: int) -> None:
        await clock.sleep_until(START + minutes * MINUTE)
        woken.append(minutes)

    tasks = [asyncio.create_task(sleeper(minutes)) for minutes in (3, 1, 2, 9)]
    await asyncio.sleep(0)
    clock.set(START + 3 * MINUTE)
    await asyncio.wait(tasks[:3])
    assert woken == [1, 2, 3]
    tasks[3].cancel()
    with pytest.raises(asyncio.CancelledError):
        await tasks[3]
    assert clock._sleepers == []


async def test_a_virtual_clock_goes_forward_only_and_knows_its_zone() -> None:
    clock = VirtualClock(START)
    clock.set(START.astimezone(timezone(timedelta(hours=5))))
    assert clock.now() == START
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="clock_backwards"):
        clock.set(START - MINUTE)
    with pytest.raises(ValueError, match="instant_naive"):
        clock.set(START.replace(tzinfo=None))
    with pytest.raises(ValueError, match="instant_naive"):
        VirtualClock(START.replace(tzinfo=None))


async def test_to_sleep_until_the_past_returns() -> None:
    await VirtualClock(START).sleep_until(START)
    await SystemClock().sleep_until(START - timedelta(days=4000))


async def test_a_system_clock_notices_that_it_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    times = iter([START, START + LONGEST_SLEEP, START + timedelta(days=2)])
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(clock, "now", lambda: next(times))
    monkeypatch.setattr("bot.clock.asyncio.sleep", sleep)
    await clock.sleep_until(START + timedelta(days=1))
    assert slept == [30.0, 30.0]


def test_a_system_clock_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
