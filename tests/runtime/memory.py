"""A store in memory for simulations of very many worlds: the same protocols, the same rules, no disk."""
# ruff: noqa: ARG002 - it has the shape of the ports

import base64
import copy
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar, cast

from bot.contract.effect import Delete, Effect, Say, Then
from bot.contract.intent import Due
from bot.contract.place import Member, Place, Post, Space
from bot.contract.queues import Leaving, WorkTx
from bot.contract.tables import Community, Profile
from bot.contract.text import Fact, Voice
from bot.runtime.delivery import place_of

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    leaving: Leaving
    order: int
    urgent: bool
    platform: str
    at: datetime | None = None


@dataclass
class State:
    rows: dict[str, Row] = field(default_factory=dict)
    posts: dict[str, tuple[Post, ...]] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)
    agenda: dict[str, tuple[Due, datetime]] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    profiles: dict[Member, Profile] = field(default_factory=dict)
    communities: dict[str, tuple[Community, tuple[Space, ...]]] = field(default_factory=dict)

    def twin(self) -> "State":
        return State(**{name: copy.copy(value) for name, value in vars(self).items()})


class MemoryTx:
    """Everything that the runtime uses of a transaction, and what the tests' handlers do."""

    def __init__(self, state: State, ids: Callable[[], str]) -> None:
        self.state = state
        self._ids = ids
        self.members = self.communities = self.agenda = self.outbox = self.seen = self
        self.leaving = _Leaving(state, ids)
        self.due = _Agenda(state)

    def find(self, member: Member) -> Profile | None:
        return self.state.profiles.get(member)

    def get(self, id: str) -> Community | None:  # noqa: A002
        return self.state.communities[id][0] if id in self.state.communities else None

    def of_space(self, space: Space) -> Community | None:
        return next((one for one, spaces in self.state.communities.values() if space in spaces), None)

    def on(self, platform: str) -> tuple[Community, ...]:
        held = self.state.communities.values()
        return tuple(one for one, spaces in held if any(space.platform == platform for space in spaces))

    def spaces(self, id: str) -> tuple[Space, ...]:  # noqa: A002
        return self.state.communities[id][1]

    def add(self, row: Any, space: Space | None = None) -> None:
        if isinstance(row, Profile):
            self.state.profiles[row.member] = row
        elif space is not None:
            self.state.communities[row.id] = (row, (space,))

    def voice(self, place: Place, community: str = "") -> Voice:
        profile = self.state.profiles.get(place) if isinstance(place, Member) else None
        home = self.get(community)
        return Voice(
            (profile.language if profile else "") or (home.language if home else "en"),
            (profile.zone if profile else "") or (home.zone if home else "UTC"),
        )

    def first_time(self, platform: str, key: str, now: datetime) -> bool:
        if (platform, key) in self.state.seen:
            return False
        self.state.seen.add((platform, key))
        return True

    def put(self, what: Any, *args: Any, **facts: Any) -> None:
        if isinstance(what, str):
            self._plan(what, *args, **facts)
        else:
            self._hand_over(what, **facts)

    def _plan(self, kind: str, subject: str, due_at: datetime, *, facts: tuple[Fact, ...] = (), **_: Any) -> None:
        for id_, (due, _at) in list(self.state.agenda.items()):
            if (due.kind, due.subject) == (kind, subject):
                del self.state.agenda[id_]
        id_ = self._ids()
        self.state.agenda[id_] = (Due(id_, kind, subject, due_at, 0, facts), due_at)

    def _hand_over(
        self,
        effect: Effect,
        *,
        then: Then | None = None,
        subject: str = "",
        expires_at: datetime | None = None,
        urgent: bool = False,
        community: str = "",
    ) -> None:
        id_ = self._ids()
        keep = effect.keep if isinstance(effect, Say) else ""
        voice = self.voice(effect.to, community) if isinstance(effect, Say) else Voice()
        leaving = Leaving(
            id_, key(id_, 0), effect, then, subject, keep, voice, 0, None, None, 0, expires_at, recalled=False
        )
        self.state.rows[id_] = Row(leaving, int(id_, 36), urgent, place_of(effect).platform)

    def recall(self, subject: str) -> None:
        for id_, row in list(self.state.rows.items()):
            if row.leaving.subject == subject:
                if row.leaving.first is None:
                    del self.state.rows[id_]
                else:
                    self.state.rows[id_] = replace(row, leaving=replace(row.leaving, recalled=True, then=None))
        for post in self.state.posts.pop(subject, ()):
            self._hand_over(Delete(post))


class _Leaving:
    def __init__(self, state: State, ids: Callable[[], str]) -> None:
        self._state = state
        self._ids = ids

    def _lines(self, platform: str) -> list[Row]:
        first: dict[Any, Row] = {}
        for row in sorted(self._state.rows.values(), key=lambda row: row.order):
            if row.platform == platform:
                first.setdefault(place_of(row.leaving.effect), row)
        return sorted(first.values(), key=lambda row: (not row.urgent, row.order))

    def due(self, platform: str, now: datetime, most: int) -> tuple[Leaving, ...]:
        ready = [row.leaving for row in self._lines(platform) if row.at is None or row.at <= now]
        return tuple(ready[:most])

    def get(self, id: str) -> Leaving | None:  # noqa: A002
        row = self._state.rows.get(id)
        return row.leaving if row else None

    def _change(self, id_: str, at: datetime | None, **changes: Any) -> None:
        row = self._state.rows[id_]
        self._state.rows[id_] = replace(row, at=at, leaving=replace(row.leaving, **changes))

    def trying(self, id: str, first: datetime, last: datetime, epoch: int) -> None:  # noqa: A002
        row = self._state.rows[id]
        attempts = row.leaving.attempts + 1
        self._change(id, row.at, first=first, last=last, epoch=epoch, key=key(id, epoch), attempts=attempts)

    def later(self, id: str, at: datetime, *, unsent: bool) -> None:  # noqa: A002
        if id in self._state.rows:
            self._change(id, at, **({"first": None} if unsent else {}))

    def done(self, id: str, message: str, now: datetime) -> None:  # noqa: A002
        row = self._state.rows.pop(id).leaving
        if isinstance(row.effect, Say) and (row.keep or row.recalled):
            post = Post(row.effect.to, message)
            if row.recalled:
                MemoryTx(self._state, self._ids)._hand_over(Delete(post))
            else:
                self._state.posts[row.keep] = (*self._state.posts.get(row.keep, ()), post)

    def dead(self, id: str, reason: str, now: datetime) -> None:  # noqa: A002
        del self._state.rows[id]
        self._state.dead[id] = reason

    def next_at(self, platform: str, after: datetime | None = None) -> datetime | None:
        start = datetime.min.replace(tzinfo=UTC)
        times = [row.at or start for row in self._lines(platform)]
        return min((at for at in times if after is None or at > after), default=None)


class _Agenda:
    def __init__(self, state: State) -> None:
        self._state = state

    def due(self, now: datetime, most: int) -> tuple[Due, ...]:
        ready = sorted((at, due.id) for due, at in self._state.agenda.values() if at <= now)
        return tuple(self._state.agenda[id_][0] for _, id_ in ready[:most])

    def take(self, id: str) -> Due | None:  # noqa: A002
        return self._state.agenda.pop(id, (None, None))[0]

    def later(self, id: str, at: datetime) -> None:  # noqa: A002
        if id in self._state.agenda:
            due = self._state.agenda[id][0]
            self._state.agenda[id] = (replace(due, attempts=due.attempts + 1), at)

    def next_at(self) -> datetime | None:
        return min((at for _, at in self._state.agenda.values()), default=None)


def key(id_: str, epoch: int) -> str:
    return base64.b32encode(hmac.digest(b"k" * 32, f"{id_}.{epoch}".encode(), hashlib.sha256)).decode().lower()[:25]


class MemoryStore:
    def __init__(self) -> None:
        self.state = State()
        self.sweeps = 0
        self._count = count(1)

    def _id(self) -> str:
        return f"{next(self._count):016d}"

    async def write(self, work: Callable[[WorkTx], T]) -> T:
        twin = self.state.twin()
        made = work(cast("WorkTx", MemoryTx(twin, self._id)))
        self.state = twin
        return made

    async def read(self, work: Callable[[WorkTx], T]) -> T:
        return work(cast("WorkTx", MemoryTx(self.state.twin(), self._id)))

    async def sweep(self, now: datetime) -> None:
        self.sweeps += 1

    @asynccontextmanager
    async def session(self) -> AsyncIterator[None]:
        yield
