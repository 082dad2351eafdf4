"""What all parts of the runtime stand on: the ports, and the one shape that every transaction has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from bot.contract.calendar import Calendars
from bot.contract.command import Catalogue, Chance, Sealer
from bot.contract.facts import Known, Live, Unreachable, Wanting
from bot.contract.ports import Adapter, Clock, Failpoint, Store
from bot.contract.queues import WorkTx
from bot.runtime.facts import Facts

T = TypeVar("T")

ROUNDS: Final = 40
"""How often one piece of work may come back for more live facts before its platform counts as away."""


@dataclass(frozen=True)
class Ground:
    """The ports, and what is shared.

    Attributes:
        store: The database.
        clock: The time.
        catalogue: What can be done.
        adapters: The platforms by name.
        chance: Ids and chance for an event, by the event's key.
        sealer: Seals values into subjects.
        relay_key: Secret from which the keys of relays are made.
        failpoint: Called before and after every durable write and network call.
        facts: Live facts.
        ring: Wakes scheduler and delivery after a commit.
        calendars: Writes calendars.
    """

    store: Store
    clock: Clock
    catalogue: Catalogue
    adapters: Mapping[str, Adapter]
    chance: Callable[[str], Chance]
    sealer: Sealer
    relay_key: bytes
    failpoint: Failpoint
    facts: Facts
    ring: Callable[[], None]
    calendars: Calendars | None

    @property
    def can(self) -> Mapping[str, frozenset[str]]:
        """What each platform can do."""
        return {name: adapter.capabilities for name, adapter in self.adapters.items()}

    async def write(self, point: str, work: Callable[[WorkTx], T]) -> T:
        """Run ``work`` in a write transaction, with the failpoints ``<point>.commit`` and ``<point>.committed``."""

        def to_commit(tx: WorkTx) -> T:
            made = work(tx)
            self.failpoint(f"{point}.commit")
            return made

        made = await self.store.write(to_commit)
        self.failpoint(f"{point}.committed")
        self.ring()
        return made

    async def with_facts(
        self,
        point: str,
        work: Callable[[WorkTx, Live, datetime], T],
        known: Iterable[Known] = (),
        *,
        lately: bool = True,
    ) -> T:
        """Run ``work`` in a transaction; as often as it wants live facts, roll back, fetch them and run it again.

        Args:
            point: Name of the failpoints; empty for a read-only transaction.
            work: Gets the transaction, the live facts and the instant of this attempt.
            known: Live facts that came along.
            lately: Whether what was asked for others in the last minute will do.

        Raises:
            Unreachable: What was wanted could not be had.
        """
        facts = self.facts.of_turn(known, self.clock.now(), lately=lately)
        for _ in range(ROUNDS):
            now = self.clock.now()
            live = Live(now, facts)

            def attempt(tx: WorkTx, live: Live = live, now: datetime = now) -> T:
                return work(tx, live, now)

            try:
                return await (self.write(point, attempt) if point else self.store.read(attempt))
            except Wanting as wanting:
                questions = wanting.questions
            await self.facts.fetch(questions, facts)
        raise Unreachable
