"""What happens when time comes: one loop over the agenda; never a timer in memory."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Final

from bot.contract.facts import Unreachable
from bot.contract.intent import Due
from bot.logs import log
from bot.runtime.bell import Bell
from bot.runtime.dispatch import Dispatch
from bot.runtime.ground import Ground

MOST: Final = 50
"""How many rows are looked at at once."""

AT_ONCE: Final = 8
"""How many rows are done at once, where their kind allows it (`bot.contract.command.Job.together`). One after the
other, a thousand of them would take a thousand times as long as the platform takes to answer a question."""

PUT_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""How long a row waits after its work failed for the first, second ... time. Always the same: no chance in it,
since a time that people see must not tell of anything (FEATURES P6)."""

PAUSE: Final = timedelta(seconds=10)
"""How long the loop waits when the database itself is in trouble."""

SWEEP_EVERY: Final = timedelta(days=1)
SWEEP_AGAIN: Final = timedelta(hours=1)


def put_off(attempts: int) -> timedelta:
    """Return how long to wait after work has failed ``attempts`` times before and once more now."""
    return PUT_OFF[min(attempts, len(PUT_OFF) - 1)]


class Scheduler:
    """Does what is due, and sweeps once a day."""

    def __init__(self, ground: Ground, dispatch: Dispatch) -> None:
        """Take what it stands on."""
        self._ground = ground
        self._dispatch = dispatch
        self._sweep_at: datetime | None = None
        self.bell = Bell()

    async def work_off(self) -> bool:
        """Do what is due now, each row in its own transaction; return whether there was anything."""
        now = self._ground.clock.now()
        rows = await self._ground.store.read(lambda tx: tx.due.due(now, MOST))
        for some in self._steps(rows):
            if len(some) == 1:
                await self._one(some[0])
                continue
            async with asyncio.TaskGroup() as group:
                for row in some:
                    group.create_task(self._one(row))
        return bool(rows)

    def _steps(self, rows: Iterable[Due]) -> Iterator[list[Due]]:
        """Give rows in their order, those together that may be done at once."""
        for (kind, _), alike in groupby(rows, lambda row: (row.kind, row.due_at)):
            job = self._ground.catalogue.jobs.get(kind)
            most = AT_ONCE if job is not None and job.together else 1
            while some := list(islice(alike, most)):
                yield some

    async def _one(self, row: Due) -> None:
        try:
            await self._dispatch.due(row)
        except Unreachable:
            log.event("due_waits", kind=row.kind, attempts=row.attempts)
        except Exception as error:  # noqa: BLE001 - one row's bug must not hold up the others
            log.trouble("due_failed", error, kind=row.kind, attempts=row.attempts)
        else:
            return
        at = self._ground.clock.now() + put_off(row.attempts)
        await self._ground.write("due.later", lambda tx: tx.due.later(row.id, at))

    async def next_due(self) -> datetime | None:
        """Return when the next row is due."""
        return await self._ground.store.read(lambda tx: tx.due.next_at())

    async def sweep_if_due(self, *, at_start: bool) -> None:
        """Sweep once a day; the first time at once if ``at_start``, else a day from now."""
        now = self._ground.clock.now()
        if self._sweep_at is None:
            self._sweep_at = now if at_start else now + SWEEP_EVERY
        if now < self._sweep_at:
            return
        self._sweep_at = now + SWEEP_AGAIN
        self._ground.failpoint("sweep.commit")
        try:
            await self._ground.store.sweep(now)
        except Exception as error:  # noqa: BLE001 - tried again in an hour; what is due must not wait for it
            log.trouble("sweep_failed", error)
            return
        self._ground.failpoint("sweep.committed")
        self._sweep_at = now + SWEEP_EVERY

    async def run(self) -> None:
        """Work until cancelled."""
        clock = self._ground.clock
        while True:
            self.bell.hush()
            lapse = self._dispatch.drafts.lapse(clock.now())
            wake: datetime | None
            try:
                await self.sweep_if_due(at_start=True)
                if await self.work_off():
                    continue
                wake = await self.next_due()
            except Exception as error:  # noqa: BLE001 - a database in trouble may come back
                log.trouble("scheduler_trouble", error)
                wake = clock.now() + PAUSE
                self.bell.hush()
            times = [at for at in (wake, lapse, self._sweep_at) if at is not None]
            await self.bell.wait(clock, min(times, default=None))
