"""matrix-nio with its defaults and one answer: ``python -m benchmarks.matrix_bare URL USER FOLDER [KEEPS]``.

With ``keeps`` it writes a row for each command by hand, else it keeps nothing but what the library does.
"""

import asyncio
import logging
import sys
from pathlib import Path

from nio import AsyncClient, AsyncClientConfig, MatrixRoom, RoomMessageText

from benchmarks.handwritten import Handwritten


async def main(url: str, user: str, folder: str, keeps: str = "") -> None:
    """Run."""
    logging.disable(logging.CRITICAL)  # it warns with every event of an account whose keys it does not know
    config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
    client = AsyncClient(url, user, store_path=folder, config=config)
    await client.login("bench")
    kept = Handwritten(Path(folder)) if keeps else None
    if kept is not None:
        await kept.open()

    async def answer(room: MatrixRoom, event: RoomMessageText) -> None:
        words = event.body.split("=")
        if not words[0].startswith("!mine limits"):
            return
        if kept is not None:
            await kept.save(event.event_id, event.sender, int(words[1]))
        content = {"msgtype": "m.notice", "body": "Saved."}
        await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    client.add_event_callback(answer, RoomMessageText)
    await client.sync_forever(timeout=30_000)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
