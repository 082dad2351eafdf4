"""The runtime: dispatch, scheduler, delivery and the adapters, put together."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from bot.clock import VirtualClock
from bot.contract.calendar import Calendars
from bot.contract.card import Form
from bot.contract.command import Catalogue, Chance, Sealer
from bot.contract.facts import Live
from bot.contract.intent import Intent, Reply
from bot.contract.ports import Adapter, Clock, Failpoint, Store
from bot.contract.tables import Tx
from bot.runtime.delivery import Delivery
from bot.runtime.dispatch import Dispatch
from bot.runtime.facts import Facts
from bot.runtime.failpoints import nothing
from bot.runtime.ground import Ground
from bot.runtime.scheduler import Scheduler

T = TypeVar("T")


class Ended(Exception):  # noqa: N818 - states what happened
    """An adapter returned though nobody had asked it to."""


class _Sink:
    """What adapters call."""

    def __init__(self, catalogue: Catalogue, dispatch: Dispatch) -> None:
        self._catalogue = catalogue
        self._dispatch = dispatch

    @property
    def catalogue(self) -> Catalogue:
        """The commands, for completion, registration and help."""
        return self._catalogue

    async def ask(self, intent: Intent) -> Reply:
        """Do what was asked; the reply is for the asker alone, and true: what it says is committed."""
        return await self._dispatch.ask(intent)

    async def form(self, intent: Intent) -> Form | Reply:
        """Return the form of a command that declares one, filled with what is known; or why there is none."""
        return await self._dispatch.form(intent)


class Runtime:
    """What makes it run. The store must be open (`Store.session`) before anything is asked.

    Without `run`, nothing happens in the background: `settle` itself does what is due and delivers it. That is how
    simulations run. While `run` is active, `settle` waits until the loops have nothing left to do.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        catalogue: Catalogue,
        adapters: Mapping[str, Adapter],
        chance: Callable[[str], Chance],
        sealer: Sealer,
        relay_key: bytes,
        failpoint: Failpoint = nothing,
        calendars: Calendars | None = None,
    ) -> None:
        """Put the parts together; starts nothing.

        Args:
            store: The database.
            clock: The time; a `VirtualClock` if it is to be wound.
            catalogue: What can be done.
            adapters: The platforms by name.
            chance: Ids and chance for an event, by the event's key.
            sealer: Seals values into subjects.
            relay_key: 32 secret bytes from which the keys of relays are made.
            failpoint: Called by name (`bot.runtime.failpoints`) before and after durable writes and network calls.
            calendars: Writes calendars.
        """
        facts = Facts(adapters, clock)
        self._ground = Ground(
            store, clock, catalogue, adapters, chance, sealer, relay_key, failpoint, facts, self._ring, calendars
        )
        self._dispatch = Dispatch(self._ground)
        self._scheduler = Scheduler(self._ground, self._dispatch)
        self._deliveries = tuple(Delivery(self._ground, self._dispatch, adapter) for adapter in adapters.values())
        self._running = False
        self.sink = _Sink(catalogue, self._dispatch)

    def _ring(self) -> None:
        self._scheduler.bell.ring()
        for delivery in self._deliveries:
            delivery.bell.ring()

    async def run(self) -> None:
        """Run scheduler, delivery and adapters until cancelled. If one of them dies, all go down.

        Raises:
            ExceptionGroup: What one of them died of.
        """
        self._running = True
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._scheduler.run())
                for delivery in self._deliveries:
                    group.create_task(delivery.run())
                for adapter in self._ground.adapters.values():
                    group.create_task(self._serve(adapter))
        finally:
            self._running = False

    async def _serve(self, adapter: Adapter) -> None:
        await adapter.run(self.sink)
        raise Ended

    # Time that can be wound

    async def next_due(self) -> datetime | None:
        """Return when the next thing is due, or may be tried again."""
        times = [await self._scheduler.next_due()]
        times += [await delivery.next_due() for delivery in self._deliveries]
        return min((at for at in times if at is not None), default=None)

    async def look(self, work: Callable[[Tx, Live], T]) -> T:
        """Read something for somebody who asks nothing of the bot, with live facts.

        Raises:
            Unreachable: What was wanted could not be had.
        """
        return await self._ground.with_facts("", lambda tx, live, _: work(tx, live))

    async def settle(self) -> None:
        """Return when everything due by now is done and sent, or cannot be sent now."""
        if self._running:
            await self._wait_for_loops()
            return
        await self._scheduler.sweep_if_due(at_start=False)
        worked = True
        while worked:
            worked = await self._scheduler.work_off()
            for delivery in self._deliveries:
                worked = await delivery.work_off() or worked

    async def _wait_for_loops(self) -> None:
        while True:
            self._ring()
            await self._dispatch.lanes.idle()
            idles = [self._scheduler.bell.idle, *(delivery.bell.idle for delivery in self._deliveries)]
            for idle in idles:
                await idle.wait()
            at = await self.next_due()
            if all(idle.is_set() for idle in idles) and (at is None or at > self._ground.clock.now()):
                return

    async def wind(self, to: datetime) -> None:
        """Go forward to ``to``, stopping at each thing due and settling.

        Raises:
            TypeError: The clock cannot be wound.
        """
        clock = self._ground.clock
        if not isinstance(clock, VirtualClock):
            raise TypeError("clock_not_virtual")
        await self.settle()
        while (at := await self.next_due()) is not None and at <= to:
            clock.set(max(at, clock.now()))
            await self.settle()
        clock.set(to)
        await self.settle()
