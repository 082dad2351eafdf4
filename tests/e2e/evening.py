"""The evening on which two find each other, in a process that can be killed at any failpoint.

Run as ``python -m tests.e2e.evening FOLDER [N]``: everything lives in FOLDER, and at the N-th failpoint the process
kills itself with signal 9. Started again on the same folder, the people go on as people do: they look at what they
see, ask again if nothing came of it, and press what is still there. Each name of a failpoint that is passed is
written to FOLDER/points, and FOLDER/done is written at the end.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.local.client import Opened
from adapters.local.world import private
from bot.app import Playground
from bot.clock import VirtualClock

START = datetime(2027, 3, 4, 12, tzinfo=UTC)


class People:
    """The made-up people of the evening, over the real adapter."""

    def __init__(self, playground: Playground) -> None:
        self._adapter = playground.adapter
        self._world = playground.world
        self._runtime = playground.runtime

    def sees(self, who: str, words: str) -> bool:
        """Whether somebody sees a card of the bot that holds these words."""
        return any(words in message.text for message in self._world.messages(private(who)) if not message.only_you)

    async def until_seen(self, who: str, words: str, command: str, **args: str) -> None:
        """Ask until the card is there, as somebody does whose app showed nothing."""
        for _ in range(5):
            if self.sees(who, words) or self.sees(who, "both said yes"):
                return
            answer = await self._adapter.type(who, command, args or None)
            if isinstance(answer, Opened):
                await self._adapter.submit(who, answer, args)
            await self._runtime.settle()
        raise AssertionError(words)

    async def press(self, who: str, action: str) -> None:
        """Press a choice, if it is still there; always with the same key, as a platform repeats an event."""
        for message in self._world.messages(private(who)):
            with suppress(KeyError):
                await self._adapter.press(who, message.choice(action), key=f"{who} {action}")
        await self._runtime.settle()


async def play(folder: Path, die_at: int) -> None:
    """Play the evening to its end, or to the failpoint."""
    passed = 0
    points = os.open(folder / "points", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def failpoint(name: str) -> None:
        nonlocal passed
        passed += 1
        os.write(points, f"{name}\n".encode())
        if passed == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    playground = Playground(folder, VirtualClock(START), port=None, failpoint=failpoint)
    ready = asyncio.Event()
    serving = asyncio.create_task(playground.serve(lambda _: ready.set()))
    await asyncio.wait({serving, asyncio.create_task(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    people, runtime = People(playground), playground.runtime
    await runtime.settle()
    await people.until_seen("alder", "Your light is on", "peer light on", hours="4")
    await people.until_seen("birch", "I ask peers one at a time", "peer request", span="1d")
    await people.press("alder", "peer.yes")
    await runtime.wind(playground.clock.now() + timedelta(minutes=30))
    await people.press("birch", "peer.enter")
    await people.press("alder", "peer.enter")
    # Somebody else's light goes out on its own, so that time does its part too.
    await people.until_seen("rowan", "Your light is on", "peer light on", hours="1")
    await runtime.wind(max(playground.clock.now(), START + timedelta(hours=12)))
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    (folder / "done").touch()


if __name__ == "__main__":
    asyncio.run(play(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
