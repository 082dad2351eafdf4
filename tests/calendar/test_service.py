"""The feed, served by the bot as an operator runs it."""

import asyncio
import socket
from datetime import UTC, date, datetime, time
from pathlib import Path

import aiohttp
import pytest

from bot.app import Service
from bot.clock import VirtualClock
from bot.config import Bot, Local, Settings
from bot.config import Calendar as CalendarSettings
from bot.contract.calendar import Feed
from bot.contract.circles import Circle
from bot.contract.place import Member, Room
from bot.contract.queues import WorkTx
from bot.domain.feeds import hash_of, token_of
from tests.calendar.reading import parsed

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TOKEN = token_of(bytes(range(32)))
BIRCH = Member("local", "birch")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def comes_to_a_circle(tx: WorkTx) -> None:
    (here,) = tx.communities.on("local")
    room = Room("local", "r")
    tx.circles.put(
        Circle("one", here.id, "Quiet", room, "FREQ=WEEKLY", date(2026, 3, 5), time(19), "Europe/London", 90)
    )
    tx.circles.come_regularly("one", BIRCH, NOW)
    tx.feeds.put(Feed(BIRCH, hash_of(TOKEN), NOW))


@pytest.mark.parametrize("enabled", [True, False])
async def test_it_is_served_where_it_is_switched_on(tmp_path: Path, enabled: bool) -> None:
    port = free_port()
    settings = Settings(
        bot=Bot.model_validate({"data_dir": str(tmp_path)}),
        local=Local(enabled=True),
        calendar=CalendarSettings(enabled=enabled, port=port),
    )
    service, ready = Service(settings, VirtualClock(NOW)), asyncio.Event()
    running = asyncio.ensure_future(service.serve(lambda _: ready.set()))
    try:
        await asyncio.wait_for(ready.wait(), 60)
        await service.store.write(comes_to_a_circle)
        async with aiohttp.ClientSession() as session:
            if not enabled:
                assert not service.feeds.served
                with pytest.raises(aiohttp.ClientConnectorError):
                    await session.get(f"http://127.0.0.1:{port}/calendar/{TOKEN}.ics")
                return
            assert service.feeds.address(TOKEN) == f"http://127.0.0.1:{port}/calendar/{TOKEN}.ics"
            async with session.get(service.feeds.address(TOKEN)) as response:
                assert response.status == 200
                (one,) = parsed(await response.text())
                assert one["RRULE"].to_ical() == b"FREQ=WEEKLY"
            await service.store.write(lambda tx: tx.forget(BIRCH, NOW))
            async with session.get(service.feeds.address(TOKEN)) as response:
                assert response.status == 404
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
