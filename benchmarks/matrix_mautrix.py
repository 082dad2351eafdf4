"""mautrix with encryption and one answer: ``python -m benchmarks.matrix_mautrix URL USER FOLDER [KEEPS]``.

Runs in an environment of its own (`benchmarks.peers`). Its keys are kept in memory. With ``keeps`` it writes a row for
each command by hand.
"""

import asyncio
import logging
import sys
from pathlib import Path
from typing import Any

from mautrix.client import Client
from mautrix.client.state_store import MemoryStateStore
from mautrix.crypto import MemoryCryptoStore, OlmMachine
from mautrix.types import EventType, MessageType, TextMessageEventContent

from benchmarks.handwritten import Handwritten


class Known(MemoryStateStore):  # type: ignore[misc] # no types
    """What is known of rooms, and, as the cryptography wants, which of them somebody shares."""

    async def find_shared_rooms(self, user_id: str) -> list[str]:
        """Return the rooms that somebody shares with the bot."""
        return [room for room, members in self.members.items() if user_id in members]


async def main(url: str, user: str, folder: str, keeps: str = "") -> None:
    """Run."""
    logging.disable(logging.CRITICAL)
    crypto, known = MemoryCryptoStore("bench", "bench"), Known()
    client: Any = Client(base_url=url, sync_store=crypto, state_store=known)
    await client.login(identifier=user, password="bench")  # noqa: S106 - made up
    await crypto.put_device_id(client.device_id)
    client.crypto = OlmMachine(client, crypto, known)
    await client.crypto.load()
    await client.crypto.share_keys()
    kept = Handwritten(Path(folder)) if keeps else None
    if kept is not None:
        await kept.open()

    async def answer(event: Any) -> None:
        words = event.content.body.split("=")
        if not words[0].startswith("!mine limits") or event.sender == user:
            return
        if kept is not None:
            await kept.save(event.event_id, event.sender, int(words[1]))
        content = TextMessageEventContent(msgtype=MessageType.NOTICE, body="Saved.")
        await client.send_message_event(event.room_id, EventType.ROOM_MESSAGE, content)

    client.add_event_handler(EventType.ROOM_MESSAGE, answer)
    await client.start(None)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
