"""One task in a process of its own, figures out as JSON: ``python -m benchmarks.matrix_probe TASK WHO URL``.

``first`` does a first sync and says how the event loop and the memory took it; ``sends`` writes into encrypted rooms as
fast as it can. ``WHO`` is ``ours`` or ``bare`` (matrix-nio with its defaults).
"""

import asyncio
import gc
import json
import logging
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from nio import AsyncClient, AsyncClientConfig

from adapters.matrix import Account, MatrixAdapter
from benchmarks.bench import CLOCK, KEYS, store_at
from benchmarks.handwritten import PEOPLE
from benchmarks.matrix_ours import lift
from benchmarks.matrix_people import BOT, Somebody
from benchmarks.processes import resident
from bot.app import compose
from bot.chance import SecretChance
from bot.contract.button import Buttons
from bot.contract.effect import Accepted
from bot.i18n import Fluent

TICK = 0.001
SENDS = 20
"""Messages into each room."""

Send = Callable[[str, int], Awaitable[object]]


async def _lag(lags: list[float]) -> None:
    """Note by how many seconds whatever is due in each millisecond comes too late: a long stop holds up many."""
    while True:
        start = perf_counter()
        await asyncio.sleep(TICK)
        late = max(perf_counter() - start - TICK, 0.0)
        lags.extend(late - one * TICK for one in range(int(late / TICK) + 1))


@asynccontextmanager
async def _ours(url: str, folder: Path) -> AsyncIterator[MatrixAdapter]:
    """Run the whole bot over a store in memory."""
    lift()
    account = Account(url, BOT, "bench")
    adapter = MatrixAdapter(account, folder, KEYS.matrix, Fluent(), Buttons(KEYS.buttons), CLOCK, SecretChance())
    store = store_at(None)
    async with store.session():
        running = asyncio.create_task(compose(store, KEYS, CLOCK, {"matrix": adapter}).run())
        try:
            yield adapter
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


@asynccontextmanager
async def _bare(url: str, folder: Path) -> AsyncIterator[AsyncClient]:
    logging.disable(logging.CRITICAL)
    config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
    client = AsyncClient(url, BOT, store_path=str(folder), config=config)
    try:
        yield client
    finally:
        await client.close()


async def _watched(listening: Awaitable[object]) -> dict[str, float]:
    """Return how late turns came while something was waited for, and by how much the process grew."""
    gc.collect()
    before, lags = resident("self"), list[float]()
    watching = asyncio.create_task(_lag(lags))
    start = perf_counter()
    await listening
    taken = perf_counter() - start
    await asyncio.sleep(0.1)
    watching.cancel()
    gc.collect()
    return {
        "p99": quantiles(lags, n=100, method="inclusive")[98],
        "max": max(lags),
        "seconds": taken,
        "grown": resident("self") - before,
    }


async def _first(who: str, url: str, folder: Path) -> dict[str, float]:
    if who == "ours":
        async with _ours(url, folder) as adapter:
            return await _watched(adapter.ready())
    async with _bare(url, folder) as client:
        await client.login("bench")
        return await _watched(client.sync(timeout=0))


async def _at_once(send: Send) -> dict[str, float]:
    """Write into all rooms at once, in each one after another; the first of each brings the key, and is not counted."""
    rooms = [Somebody(number).room for number in range(PEOPLE)]
    for room in rooms:
        await send(room, 0)
    start = perf_counter()

    async def room_after(room: str) -> None:
        for number in range(1, SENDS + 1):
            await send(room, number)

    await asyncio.gather(*(room_after(room) for room in rooms))
    return {"rate": PEOPLE * SENDS / (perf_counter() - start)}


async def _sends(who: str, url: str, folder: Path) -> dict[str, float]:
    content = {"msgtype": "m.text", "body": "Somebody would like to talk with a peer."}
    if who == "ours":
        async with _ours(url, folder) as adapter:
            await adapter.ready()
            engine = adapter._engine  # noqa: SLF001 - what sends
            if engine is None:
                raise AssertionError("not ready")

            async def ours(room: str, number: int) -> None:
                sent = await engine.send(room, "m.room.message", content, f"{room}{number}")
                if not isinstance(sent, Accepted):
                    raise AssertionError("not sent")  # noqa: TRY004 - a result, not a type

            return await _at_once(ours)
    async with _bare(url, folder) as client:
        await client.login("bench")
        await client.sync(timeout=0)
        await client.keys_upload()
        await client.keys_query()

        async def bare(room: str, number: int) -> None:
            sent = await client.room_send(
                room, "m.room.message", content, tx_id=f"{room}{number}", ignore_unverified_devices=True
            )
            if not getattr(sent, "event_id", ""):
                raise AssertionError("not sent")

        return await _at_once(bare)


async def main(task: str, who: str, url: str) -> None:
    """Do it."""
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:
        print(json.dumps(await {"first": _first, "sends": _sends}[task](who, url, Path(name))))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
