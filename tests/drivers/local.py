"""The local platform's driver: the real adapter over its world, the real bot, a real database, a virtual clock."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from adapters.local import LocalAdapter, World
from adapters.local.client import Opened, Outcome
from adapters.local.world import Message, private
from bot.app import calendars, compose, set_up
from bot.chance import SeededChance
from bot.clock import VirtualClock
from bot.contract.button import Buttons
from bot.contract.params import Raw
from bot.contract.place import Member, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Community
from bot.i18n import Fluent
from bot.runtime import Runtime
from bot.runtime.failpoints import nothing
from bot.store.engine import SqlStore
from bot.store.lifetimes import Lifetimes
from bot.store.schema import metadata
from bot.store.sealed import Keys
from bot.store.tx import SqlTx
from tests.drivers.files import Kept
from tests.feeds import FEEDS
from tests.promises import drove

START = datetime(2027, 3, 4, 12, tzinfo=UTC)
"""A Thursday, noon."""

SPEAKER = Fluent()


@dataclass
class LocalPerson:
    """Somebody in the made-up community."""

    evening: "LocalEvening"
    id: str
    sent: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.evening.world.residents[self.id].name

    @property
    def member(self) -> Member:
        return self.evening.adapter.member(self.id)

    async def asks(self, command: str, args: Mapping[str, Raw] | None = None, *, in_room: bool = False) -> str:
        answer = await self.evening.adapter.type(self.id, command, args, in_room=in_room)
        if isinstance(answer, Opened):
            answer = await self.evening.adapter.submit(self.id, answer, args)
        return await self.evening.answer(answer)

    async def presses(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        return await self._presses(private(self.id), action, args)

    async def presses_in_room(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        return await self._presses(self.evening.adapter.room.id, action, args)

    async def _presses(self, room: str, action: str, args: Mapping[str, Raw] | None) -> str:
        for message in reversed(self.evening.world.messages(room)):
            with suppress(KeyError):
                answer = await self.evening.adapter.press(self.id, message.choice(action))
                if isinstance(answer, Opened):
                    answer = await self.evening.adapter.submit(self.id, answer, args)
                return await self.evening.answer(answer)
        raise AssertionError(f"{self.name} sees no choice {action}; there is {self.choices()}")

    async def writes(self, words: str, *, in_room: bool = False) -> str:
        room = "porch" if in_room else ""
        return await self.evening.answer(await self.evening.adapter.write(self.id, words, room))

    def sees(self) -> tuple[str, ...]:
        return tuple(message.text for message in self.evening.world.messages(private(self.id)))

    def was_sent(self) -> tuple[tuple[datetime, str], ...]:
        return tuple(self.sent)

    def choices(self) -> tuple[str, ...]:
        return tuple(
            _action(choice)
            for message in self.evening.world.messages(private(self.id))
            for choice in message.card.get("choices", ())
        )

    def choice_subject(self, action: str) -> str:
        for message in reversed(self.evening.world.messages(private(self.id))):
            with suppress(KeyError):
                return message.choice(action).rsplit(".", 2)[1]
        raise AssertionError(f"{self.name} sees no choice {action}")

    def button(self, action: str) -> str:
        for message in reversed(self.evening.world.messages(private(self.id))):
            with suppress(KeyError):
                return message.choice(action)
        raise AssertionError(f"{self.name} sees no choice {action}")

    async def presses_button(self, written: str) -> str:
        return await self.evening.answer(await self.evening.adapter.press(self.id, written))

    def rooms(self) -> tuple[str, ...]:
        halls = self.evening.world.halls
        return tuple(room for room in self.evening.world.rooms_of(self.id) if not halls[room].shared)

    def sees_in(self, room: str) -> tuple[str, ...]:
        return tuple(message.text for message in self._in(room))

    def choices_in(self, room: str) -> tuple[str, ...]:
        return tuple(_action(choice) for message in self._in(room) for choice in message.card.get("choices", ()))

    async def presses_in(self, room: str, action: str, args: Mapping[str, Raw] | None = None) -> str:
        for message in reversed(self._in(room)):
            with suppress(KeyError):
                answer = await self.evening.adapter.press(self.id, message.choice(action))
                if isinstance(answer, Opened):
                    answer = await self.evening.adapter.submit(self.id, answer, args)
                return await self.evening.answer(answer)
        raise AssertionError(f"{self.name} sees no choice {action} there; there is {self.choices_in(room)}")

    async def writes_in(self, room: str, words: str) -> None:
        await self.evening.answer(await self.evening.adapter.write(self.id, words, room))

    async def leaves(self, room: str) -> None:
        self.evening.world.go(self.id, room, self.evening.now)
        await self.evening.settle()

    def _in(self, room: str) -> tuple[Message, ...]:
        """Return what stands in a room, if they can look into it."""
        hall = self.evening.world.halls.get(room)
        can = hall is not None and (hall.open or room in self.evening.world.rooms_of(self.id))
        return self.evening.world.messages(room) if can else ()

    def becomes(self, **facts: bool | str) -> None:
        self.evening.world.change(self.id, self.evening.now, **facts)


def _action(choice: Mapping[str, Any]) -> str:
    """Return the action of a choice that was rendered."""
    return str(choice["id"]).split(".", 1)[1].rsplit(".", 2)[0]


class LocalEvening(Kept):
    """A community with the bot running inline: what is due happens when time is wound or settled."""

    def __init__(self, folder: Path, *, failpoint: Callable[[str], None] = nothing) -> None:
        self.folder = folder
        self.clock = VirtualClock(START)
        self.world = World.made_up(START)
        self._failpoint = failpoint
        self._lifetimes = Lifetimes()
        self._people: dict[str, LocalPerson] = {}
        self._wide = False
        self.world.watch(self._note)

    async def start(self, *, set_up_first: bool = True) -> Self:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.keys = Keys.load_or_make(self.folder / "porchlight.key")
        self.store = SqlStore(self.folder / "porchlight.db", self.keys, self.clock, lifetimes=self._lifetimes)
        self._session = self.store.session()
        await self._session.__aenter__()
        self.compose()
        if set_up_first:
            await set_up(self.adapter, "linden")
            await self.settle()
        return self

    def compose(self) -> None:
        """Put bot and adapter together over store, world and clock."""
        self.adapter = LocalAdapter(self.world, SPEAKER, Buttons(self.keys.buttons), self.clock)
        self.runtime: Runtime = compose(
            self.store,
            self.keys,
            self.clock,
            {"local": self.adapter},
            chance=SeededChance,
            failpoint=self._failpoint,
            calendars=calendars(self.store, SPEAKER, self.clock, FEEDS),
        )
        self._listening = asyncio.create_task(self.adapter.run(self.runtime.sink))

    async def hush(self) -> None:
        """Stop the adapter."""
        self._listening.cancel()
        with suppress(asyncio.CancelledError):
            await self._listening

    async def stop(self) -> None:
        await self.hush()
        await self._session.__aexit__(None, None, None)

    async def restart(self, meanwhile: Callable[[], None] | None = None, lifetimes: Lifetimes | None = None) -> None:
        await self.stop()
        if meanwhile is not None:
            meanwhile()
        self._lifetimes = lifetimes or self._lifetimes
        await self.start(set_up_first=False)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def person(self, name: str) -> LocalPerson:
        return self._people.setdefault(name, LocalPerson(self, name))

    async def wind(self, **length: float) -> None:
        await self.runtime.wind(self.now + timedelta(**length))

    async def settle(self) -> None:
        await self.runtime.settle()

    async def answer(self, outcome: Outcome) -> str:
        drove("local")
        await self.settle()
        return outcome.text if isinstance(outcome, Message) else ""

    def in_the_room(self) -> tuple[str, ...]:
        return tuple(message.text for message in self.world.messages(self.adapter.room.id))

    def pinned(self) -> tuple[str, ...]:
        return tuple(message.text for message in self.world.messages(self.adapter.room.id) if message.pinned)

    def deletes_post(self, words: str) -> None:
        found = [message for message in self.world.messages(self.adapter.room.id) if words in message.text]
        self.world.delete(found[-1].id, self.now, "taken-away")

    @property
    def hears_deletions(self) -> bool:
        return False

    @property
    def lists_members(self) -> bool:
        return True

    def takes_writing_away(self) -> None:
        self.world.leave(self.adapter.room.id, self.now, "hush")

    def newcomer(self, name: str, days: int) -> LocalPerson:
        self.world.join(name, name.title(), self.now - timedelta(days=days))
        return self.person(name)

    def bot_is_in(self, room: str) -> bool:
        return self.world.halls[room].bot

    def people_in(self, room: str) -> tuple[str, ...]:
        hall = self.world.halls.get(room)
        return tuple(sorted(hall.inside)) if hall is not None else ()

    def is_over(self, room: str) -> bool:
        return room not in self.world.halls or not self.world.halls[room].bot

    def is_locked(self, room: str) -> bool:
        return room not in self.world.halls or self.world.halls[room].closed

    def is_visible(self, room: str) -> bool:
        return self.world.halls[room].open

    def lets_bot_manage(self) -> None:
        """There is nothing that the bot may not do here."""

    def lets_bot_pin(self) -> None:
        """There is nothing that the bot may not do here."""

    def widens_room(self) -> None:
        self._wide = True

    def deletes_room(self, room: str) -> None:
        self.world.take_down(room, self.now)

    def shuts_bot_out(self, room: str) -> None:
        self.world.leave(room, self.now, "out")

    def _note(self, event: Mapping[str, Any]) -> None:
        if event["kind"] == "say" and not event.get("only_you") and str(event["place"]).startswith("@"):
            card = event["card"]
            words = "\n".join([*([card["title"]] if card.get("title") else []), *card.get("lines", ())])
            self.person(str(event["place"])[1:]).sent.append((event["at"], words))
        if event["kind"] == "room" and self._wide and not event["shared"]:
            self.world.open_room(event["room"], event["at"])


class SimulatedEvening(LocalEvening):
    """One evening after another on one database in memory, for simulations of thousands.

    Each begins at the same instant, in a new world and on empty tables.
    """

    def __init__(self) -> None:
        super().__init__(Path())
        self.keys = Keys(bytes(32))

    async def start(self, *, set_up_first: bool = False) -> Self:  # noqa: ARG002 - each evening is set up anew
        self.store = SqlStore(None, self.keys, self.clock, new_id=SeededChance("rows").new_id)
        self._session = self.store.session()
        await self._session.__aenter__()
        self.compose()
        return self

    async def again(self) -> None:
        """Begin a new evening, in a community that has just been set up."""
        await self.hush()
        self.clock, self.world, self._people = VirtualClock(START), World.made_up(START), {}
        self.store._clock = self.clock
        self.world.watch(self._note)
        await self.store.write(self._wipe)
        self.compose()

    def _wipe(self, tx: WorkTx) -> None:
        assert isinstance(tx, SqlTx)
        for table in reversed(metadata.sorted_tables):
            if table.name != "meta":
                tx.ground.db.driver.run(f'DELETE FROM "{table.name}"')  # noqa: S608
        tx.communities.add(Community("c" * 16, START), Space("local", self.world.space))
