"""How effects leave: never lost, never doubled, never stale.

An outbox without a "doing" state. That a row is being tried is committed before the call, and a row ends only in the
transaction that knows how it ended. What is in doubt is settled by the platform:

- within ``SAFE`` of the first try of a key the platform keeps the same key from giving two messages: send again;
- later, when nothing can be on its way any more (``QUARANTINE`` after the last try), its history says whether the
  row's mark is there; if not, the row gets a new key and starts anew.

Rules for each row, first match wins:

- how it ended is known, only its continuation failed: the continuation again;
- called back, never tried: dropped;
- its time is over, never tried: missed;
- called back, or its time is over: wait for quarantine, look; there: done, otherwise dropped or missed;
- never tried: note, send;
- within safe, or repeating it is harmless: note, send with the same key;
- otherwise: wait for quarantine, look; there: done; absent: new key, send; unreadable: missed if it is bound to a
  time, otherwise send.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from bot.contract.effect import (
    Absent,
    Accepted,
    Delete,
    Edit,
    EditEvent,
    Effect,
    EndEvent,
    Invite,
    Leave,
    MakeEvent,
    MakeRoom,
    NotSent,
    Pin,
    Refused,
    Remove,
    Result,
    Say,
    SetState,
    Unreadable,
    events_of,
)
from bot.contract.place import Member, Room, Space
from bot.contract.ports import Adapter
from bot.contract.queues import Leaving, WorkTx
from bot.logs import log
from bot.runtime.bell import Bell
from bot.runtime.dispatch import Dispatch, fingerprint
from bot.runtime.ground import Ground
from bot.runtime.scheduler import PAUSE, put_off
from bot.runtime.sending import PATIENCE, send

AT_ONCE: Final = 8
"""How many places of one platform are served at once."""

FOLLOW_AT_MOST: Final = 8
"""How often a continuation that fails is tried before its row ends without it."""

WAIT_FIRST: Final = timedelta(seconds=2)
WAIT_LONGEST: Final = timedelta(minutes=5)

AWAY_AFTER: Final = 3
"""After so many calls in a row without an answer a platform counts as away."""

PROBE_EVERY: Final = timedelta(seconds=5)
"""While a platform is away, one row is tried at a time, and no more often than this: twelve calls a minute."""

_HARMLESS: Final = (Edit, Delete, Pin, SetState, Remove, Leave, EditEvent, EndEvent)
"""Effects that come to the same when they are repeated: no need to find out whether they happened."""


class _Step(Enum):
    NOTHING = auto()
    SEND = auto()
    LOOK = auto()
    MISSED = auto()
    RECALLED = auto()


@dataclass(frozen=True, slots=True)
class _Next:
    """What is to be done with a row. ``fresh``: nothing of this key can have arrived before this try."""

    step: _Step
    row: Leaving | None = None
    fresh: bool = False


class Delivery:
    """Delivers what is in the outbox to one platform."""

    def __init__(self, ground: Ground, dispatch: Dispatch, adapter: Adapter) -> None:
        """Take what it stands on."""
        self._ground = ground
        self._dispatch = dispatch
        self._adapter = adapter
        self._ended: dict[str, tuple[Accepted | Refused, int]] = {}
        self._pause_until: datetime | None = None
        self._unanswered = 0
        self._probe_at: datetime | None = None
        self.bell = Bell()

    # The loop

    async def work_off(self) -> bool:
        """Take every row that may be tried now one step further, one after the other; return whether there was any."""
        served = False
        for row in await self._due(AT_ONCE):
            if not self._may_start():
                break
            await self._serve(row.id)
            served = True
        return served

    async def next_due(self, after: datetime | None = None) -> datetime | None:
        """Return when the next row may be tried, later than ``after`` if that is given."""
        at = await self._ground.store.read(lambda tx: tx.leaving.next_at(self._adapter.platform, after))
        probe = self._probe_at
        if probe is None:
            return at
        if after is None:
            return None if at is None else max(at, probe)
        return min((one for one in (at, probe) if one is not None and one > after), default=None)

    async def run(self) -> None:
        """Work until cancelled, several places at once."""
        under_way: dict[asyncio.Task[None], Leaving] = {}
        clock = self._ground.clock
        async with asyncio.TaskGroup() as group:
            while True:
                self.bell.hush()
                wake: datetime | None
                try:
                    self._reap(under_way)
                    now = clock.now()
                    if self._pause_until is not None and now < self._pause_until:
                        await self.bell.wait(clock, self._pause_until, under_way)
                        continue
                    if len(under_way) >= AT_ONCE:  # what is due is looked at once there is room for it
                        await self.bell.wait(clock, None, under_way)
                        continue
                    for row in await self._due(AT_ONCE + len(under_way)):
                        busy = {place_of(one.effect) for one in under_way.values()}
                        if len(under_way) >= AT_ONCE:
                            break
                        if place_of(row.effect) not in busy and self._may_start():
                            under_way[group.create_task(self._guarded(row.id))] = row
                    wake = await self.next_due(now)
                except Exception as error:  # noqa: BLE001 - a database in trouble may come back
                    log.trouble("delivery_trouble", error, platform=self._adapter.platform)
                    wake = clock.now() + PAUSE
                await self.bell.wait(clock, wake, under_way)

    async def _guarded(self, id_: str) -> None:
        """Serve a row. What is raised here comes from the database: wait a little, then look again."""
        try:
            await self._serve(id_)
        except Exception as error:  # noqa: BLE001 - a database in trouble may come back
            log.trouble("delivery_trouble", error, platform=self._adapter.platform)
            self._pause_until = self._ground.clock.now() + PAUSE

    def _reap(self, under_way: dict["asyncio.Task[None]", Leaving]) -> None:
        for task in [task for task in under_way if task.done()]:
            del under_way[task]

    async def _due(self, most: int) -> tuple[Leaving, ...]:
        now = self._ground.clock.now()
        return await self._ground.store.read(lambda tx: tx.leaving.due(self._adapter.platform, now, most))

    def _may_start(self) -> bool:
        """Whether a row may be tried now; while the platform is away, that is one every few seconds."""
        if self._probe_at is None:
            return True
        now = self._ground.clock.now()
        if now < self._probe_at:
            return False
        self._probe_at = now + PROBE_EVERY
        return True

    def _heard(self, *, answered: bool) -> None:
        """Keep account of whether the platform answers; say so once when that changes."""
        self._unanswered = 0 if answered else self._unanswered + 1
        if answered and self._probe_at is not None:
            self._probe_at = None
            log.event("platform_back", platform=self._adapter.platform)
        elif self._unanswered >= AWAY_AFTER and self._probe_at is None:
            self._probe_at = self._ground.clock.now() + PROBE_EVERY
            log.event("platform_away", platform=self._adapter.platform)

    # One row

    async def _serve(self, id_: str) -> None:
        """Take a row one step further. Afterwards it is gone, or its next try lies in the future."""
        if id_ in self._ended:
            row = await self._ground.store.read(lambda tx: tx.leaving.get(id_))
            if row is None:
                del self._ended[id_]
            else:
                await self._end(row, self._ended[id_][0])
            return
        now = self._ground.clock.now()
        decided = await self._ground.write("delivery.try", lambda tx: self._decide(tx, id_, now))
        if decided.row is None:
            return
        match decided.step:
            case _Step.SEND:
                await self._send(decided.row, fresh=decided.fresh)
            case _Step.LOOK:
                await self._look(decided.row)
            case _Step.MISSED:
                await self._miss(decided.row)
            case _Step.RECALLED:
                await self._end(decided.row, Refused("recalled"))
            case _Step.NOTHING:
                pass

    def _decide(self, tx: WorkTx, id_: str, now: datetime) -> _Next:
        """Decide what to do with a row, and note it when that is to send."""
        row = tx.leaving.get(id_)
        if row is None:
            return _Next(_Step.NOTHING)
        over = row.expires_at is not None and row.expires_at <= now
        if row.first is None or row.last is None:
            if row.recalled:
                return _Next(_Step.RECALLED, row)
            if over:
                return _Next(_Step.MISSED, row)
            tx.leaving.trying(id_, now, now, row.epoch)
            return _Next(_Step.SEND, row, fresh=True)
        safe = now - row.first <= self._adapter.safe or isinstance(row.effect, _HARMLESS)
        if safe and not over and not row.recalled:
            tx.leaving.trying(id_, row.first, now, row.epoch)
            return _Next(_Step.SEND, row)
        return self._doubt(tx, row, row.last, now)

    def _doubt(self, tx: WorkTx, row: Leaving, last: datetime, now: datetime) -> _Next:
        """Decide when to find out whether a row has arrived: when nothing of it can be on its way any more."""
        calm = last + max(self._adapter.safe, timedelta(seconds=PATIENCE))
        if now >= calm:
            return _Next(_Step.LOOK, row)
        tx.leaving.later(row.id, calm, unsent=False)
        return _Next(_Step.NOTHING, row)

    async def _send(self, row: Leaving, *, fresh: bool) -> None:
        self._ground.failpoint("delivery.perform")
        result = await send(self._adapter, row.key, row.id, row.effect, row.voice)
        self._ground.failpoint("delivery.performed")
        self._heard(answered=isinstance(result, Accepted | Refused))
        if isinstance(result, Accepted | Refused):
            await self._end(row, result)
        else:
            await self._later(row, result, fresh=fresh)

    async def _look(self, row: Leaving) -> None:
        """Find out from the place's history whether a row has arrived."""
        self._ground.failpoint("delivery.find")
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._adapter.find(row.id, row.effect)
        except Exception as error:  # noqa: BLE001 - not to be able to ask is not to know
            log.trouble("find_failed", error, platform=self._adapter.platform)
            self._heard(answered=False)
            await self._later(row, None, fresh=False)
            return
        self._ground.failpoint("delivery.found")
        self._heard(answered=True)
        now = self._ground.clock.now()
        if isinstance(found, Accepted):
            await self._end(row, found)
        elif row.recalled:
            await self._end(row, Refused("recalled"))
        elif row.expires_at is not None and (isinstance(found, Unreadable) or row.expires_at <= now):
            await self._miss(row)
        else:
            # Where nobody can look, a notice is rather sent twice than not at all, and its old key may still help.
            absent = isinstance(found, Absent)
            again = await self._ground.write("delivery.try", lambda tx: _anew(tx, row, now, absent=absent))
            if again is not None:
                await self._send(again, fresh=absent)

    async def _miss(self, row: Leaving) -> None:
        log.event("missed", platform=self._adapter.platform, effect=type(row.effect).__name__)
        await self._end(row, Refused("missed"))

    async def _end(self, row: Leaving, result: Accepted | Refused) -> None:
        """End a row; if its continuation fails, keep in mind how it ended and try that again later."""
        failed = self._ended.get(row.id, (result, 0))[1]
        try:
            await self._dispatch.done(row, result, follow=failed < FOLLOW_AT_MOST)
        except Exception as error:  # noqa: BLE001 - a bug in a continuation must not stop the line for good
            log.trouble("continuation_failed", error, platform=self._adapter.platform, attempts=failed)
            self._ended[row.id] = (result, failed)
            at = self._ground.clock.now() + put_off(failed)
            await self._ground.write("delivery.later", lambda tx: tx.leaving.later(row.id, at, unsent=False))
            # Counted only now: a database in trouble fails here as well, and is no reason to end without it.
            self._ended[row.id] = (result, failed + 1)
        else:
            self._ended.pop(row.id, None)

    async def _later(self, row: Leaving, result: Result | None, *, fresh: bool) -> None:
        """Put a row off. Only what has no earlier try of the same key behind it is provably unsent."""
        least = timedelta(seconds=max(result.wait, 0.0)) if isinstance(result, NotSent) else timedelta(0)
        wait = max(min(WAIT_FIRST * 2 ** min(row.attempts, 10), WAIT_LONGEST), min(least, timedelta(days=1)))
        spread = self._ground.chance(f"wait {fingerprint(row.effect)} {row.attempts}").salt()[0] / 255
        at = self._ground.clock.now() + wait * (1 + spread / 4)
        unsent = fresh and isinstance(result, NotSent)
        await self._ground.write("delivery.later", lambda tx: tx.leaving.later(row.id, at, unsent=unsent))


def _anew(tx: WorkTx, row: Leaving, now: datetime, *, absent: bool) -> Leaving | None:
    """Note that a row starts anew, under a new key if the old one was never seen; return it as it is then."""
    if (there := tx.leaving.get(row.id)) is None or there.recalled:
        return None
    tx.leaving.trying(row.id, now, now, there.epoch + 1 if absent else there.epoch)
    return tx.leaving.get(row.id)


def place_of(effect: Effect) -> Member | Room | Space:
    """Return the place whose line an effect stands in."""
    match effect:
        case Say():
            return effect.to
        case Edit() | Delete() | Pin():
            return effect.post.place
        case MakeRoom():
            return effect.space
        case MakeEvent():
            return events_of(effect.room)
        case EditEvent() | EndEvent():
            return events_of(effect.event.place)
        case Invite() | Remove() | Leave() | SetState():
            return effect.room
