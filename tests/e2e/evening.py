"""The evening on which two find each other, in a process that can be killed at any failpoint.

Run as ``python -m tests.e2e.evening``, it reads lines ``FOLDER N SCENE``, and for each lets a process of its own play
the scene and prints how that ended: 0, or -9. Everything lives in FOLDER, and at the N-th failpoint (0: never) the
process kills itself with signal 9, with no chance to tidy up. Started again on the same folder, the people go on as
people do: they look at what they see, ask again if nothing came of it, and press what is still there. Each name of a
failpoint that is passed is written to FOLDER/points, and FOLDER/done is written at the end.
"""

import asyncio
import os
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

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

    async def until_seen(self, who: str, words: str, later: str, command: str, **args: str) -> None:
        """Ask until the card is there, or what comes after it, as somebody does whose app showed nothing."""
        for _ in range(5):
            if self.sees(who, words) or self.sees(who, later):
                return
            answer = await self._adapter.type(who, command, args or None)
            if isinstance(answer, Opened):
                await self._adapter.submit(who, answer, args)
            await self._runtime.settle()
        raise AssertionError(words)

    async def types(self, who: str, command: str, *, in_room: bool = False, **args: str) -> None:
        """Type a command."""
        await self._adapter.type(who, command, args or None, in_room=in_room)
        await self._runtime.settle()

    async def press_anew(self, who: str, action: str, place: str) -> None:
        """Press a choice, if it is there, as often as this is called: each time it is another event."""
        for message in self._world.messages(place):
            with suppress(KeyError):
                await self._adapter.press(who, message.choice(action))
        await self._runtime.settle()

    def reads(self, place: str, words: str) -> bool:
        """Whether these words stand anywhere at a place."""
        return any(words in message.text for message in self._world.messages(place))

    def rooms(self) -> list[str]:
        """Return the rooms that the bot ever made."""
        return [hall.id for hall in self._world.halls.values() if not hall.shared]

    async def press_once(self, who: str, action: str, place: str) -> None:
        """Press a choice on the newest message that has it, and on that one once, however often this is called."""
        for message in reversed(self._world.messages(place)):
            with suppress(KeyError):
                await self._adapter.press(who, message.choice(action), key=f"{who} {action} {message.id}")
                break
        await self._runtime.settle()

    async def press(self, who: str, action: str) -> None:
        """Press a choice, if it is still there; always with the same key, as a platform repeats an event."""
        for message in self._world.messages(private(who)):
            with suppress(KeyError):
                await self._adapter.press(who, message.choice(action), key=f"{who} {action}")
        await self._runtime.settle()


async def _two_meet(playground: Playground, people: People) -> None:
    """Two find each other; somebody else's light goes out on its own, so that time does its part too."""
    runtime = playground.runtime
    await people.until_seen("alder", "Your light is on", "both said yes", "peer light on", hours="4")
    await people.until_seen("birch", "I ask peers one at a time", "both said yes", "peer request", span="1d")
    await people.press("alder", "peer.yes")
    await runtime.wind(playground.clock.now() + timedelta(minutes=30))
    await people.press("birch", "peer.enter")
    await people.press("alder", "peer.enter")
    await people.until_seen("rowan", "Your light is on", "without an introduction", "peer light on", hours="1")


async def _a_card(playground: Playground, people: People) -> None:
    """A request stands on a card without a name; two press it, and one of them is introduced."""
    porch = playground.adapter.room.id
    await people.types("linden", "setup room", in_room=True, room_for="peers")
    for _ in range(5):
        if people.sees("birch", "I ask peers one at a time") or people.sees("birch", "both said yes"):
            break
        await people.types("birch", "peer ask")
        await people.press_anew("birch", "peer.card", private("birch"))
        await people.press_anew("birch", "peer.open-card", private("birch"))
    for one in ("alder", "rowan"):
        await people.press_anew(one, "peer.glad", porch)
        await playground.runtime.wind(playground.clock.now() + timedelta(minutes=1))
    await playground.runtime.wind(playground.clock.now() + timedelta(minutes=30))
    for one in ("birch", "alder"):
        await people.press(one, "peer.enter")


async def _a_room(playground: Playground, people: People) -> None:
    """A check-in room is opened; two come in, one of them passes, and it closes when it said it would."""
    porch, runtime = playground.adapter.room.id, playground.runtime
    for _ in range(5):
        if people.rooms():
            break
        await people.types("birch", "checkin open", in_room=True, minutes="30")
    (room,) = people.rooms()
    for one in ("alder", "rowan"):
        await people.press_once(one, "checkin.join", porch)
    await runtime.wind(max(playground.clock.now(), START + timedelta(minutes=6)))
    for who, action in (("alder", "pass"), ("rowan", "go-on"), ("rowan", "go-on"), ("alder", "leave")):
        if not people.reads(room, "stay longer"):
            await people.press_once(who, f"checkin.{action}", room)


SCENES: Final[Mapping[str, Callable[[Playground, People], Awaitable[None]]]] = {
    "two": _two_meet,
    "card": _a_card,
    "room": _a_room,
}


async def play(folder: Path, die_at: int, scene: str) -> None:
    """Play a scene to its end, or to the failpoint."""
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
    if serving.done():
        serving.result()
    people, runtime = People(playground), playground.runtime
    await runtime.settle()
    await SCENES[scene](playground, people)
    await runtime.wind(max(playground.clock.now(), START + timedelta(hours=12)))
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    (folder / "done").touch()


def one_process(folder: Path, die_at: int, scene: str) -> int:
    """Play a scene in a process of its own; return its exit status, negative for a signal."""
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(play(folder, die_at, scene))
        except BaseException:  # noqa: BLE001 - whatever it was, the child ends here
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    for line in sys.stdin:
        where, number, played = line.rsplit(maxsplit=2)
        sys.stdout.write(f"{one_process(Path(where), int(number), played)}\n")
        sys.stdout.flush()
