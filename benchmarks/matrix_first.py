"""A first sync of many rooms with many members, and how many messages a second can leave."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from statistics import median
from typing import Any, Final

from benchmarks.figures import Figure, Size
from benchmarks.handwritten import PEOPLE
from benchmarks.matrix_loopback import Homeserver, member, state
from benchmarks.matrix_people import MEGOLM, Somebody
from benchmarks.processes import ROOT

MEMBERS: Final = 100
HOW: Final = (
    f"A first sync of 1,000 encrypted rooms with {MEMBERS} members each, at a loopback homeserver, in a process of its "
    "own: by how much what is due on the event loop in each millisecond comes too late until the sync is handled, "
    "and by how much the process grows. *As asked*: the homeserver tells what our filter asks for (lazy members). "
    "*Told all*: it tells every member all the same. Bare: one sync of matrix-nio, of the same two. Ours: the whole "
    "bot from its start, over a store in memory, so its start-up is in its figures. *Sends*: into "
    f"{PEOPLE} encrypted rooms at once, in each one after another, our own limit of 50 a second lifted; bare is "
    "matrix-nio's `room_send`. Ours saves nothing here that the library does not."
)
_PATIENCE: Final = 180.0


def rooms(number: int, *, lazy: bool) -> dict[str, Any]:
    """Return rooms, as a first sync tells them: with every member, or (``lazy``) with who is in the timeline alone."""
    found = {}
    for one in range(number):
        room = f"!room{one}:localhost"
        last = state("m.room.name", "", {"name": f"room {one}"}, room, f"@m{one}-0:localhost")
        there = [member(f"@m{one}-{who}:localhost", room) for who in range(1 if lazy else MEMBERS)]
        sealed = state("m.room.encryption", "", {"algorithm": MEGOLM}, room)
        found[room] = {
            "state": {"events": [sealed, *there]},
            "timeline": {"events": [last], "limited": True, "prev_batch": "p"},
        }
    return found


async def probe(task: str, who: str, there: Homeserver) -> Mapping[str, float]:
    """Let a process do a task at a homeserver, and return its figures.

    Raises:
        AssertionError: It did not.
    """
    async with there:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.matrix_probe", task, who, there.url,
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            out, trouble = await asyncio.wait_for(process.communicate(), _PATIENCE)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode:
        raise AssertionError(trouble.decode(errors="replace")[-2000:])
    found: Mapping[str, float] = json.loads(out)
    return found


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    told = {"as asked": rooms(size.servers, lazy=True), "told all": rooms(size.servers, lazy=False)}
    found: dict[tuple[str, str], list[Mapping[str, float]]] = {}
    for _ in range(max(1, size.starts // 2)):
        for how, first in told.items():
            for who in ("ours", "bare"):
                found.setdefault((who, how), []).append(await probe("first", who, Homeserver(first=first)))
        for who in ("ours", "bare"):
            people = (Somebody(number) for number in range(PEOPLE))
            found.setdefault((who, "sends"), []).append(await probe("sends", who, Homeserver(people)))

    def of(who: str, how: str, what: str, per: float, unit: str, goal: str = "") -> Figure:
        named = {"ours": "ours", "bare": "bare nio"}[who]
        word = {"p99": "lag p99", "max": "lag max", "grown": "more memory", "rate": ""}[what]
        name = " ".join(one for one in ("matrix-first", named, how, word) if one)
        return Figure(name, median(one[what] for one in found[who, how]) * per, unit, goal)

    goals = {("ours", "p99"): "at most 20", ("ours", "max"): "at most 50", ("ours", "grown"): "at most 10"}
    return (
        *(
            of(who, how, what, *((1, "MiB") if what == "grown" else (1000, "ms")), goals.get((who, what), ""))
            for how in told
            for who in ("ours", "bare")
            for what in ("p99", "max", "grown")
        ),
        *(of(who, "sends", "rate", 1, "a second") for who in ("ours", "bare")),
    )
