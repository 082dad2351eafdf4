"""The composition root: the one place that knows all the parts and puts them together."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from adapters.calendar import Feeds
from adapters.local import LocalAdapter, World
from adapters.local.world import Message
from bot.chance import SecretChance
from bot.clock import VirtualClock
from bot.config import Calendar as CalendarSettings
from bot.config import Settings
from bot.contract.button import Buttons
from bot.contract.calendar import Calendar, Calendars
from bot.contract.command import Chance
from bot.contract.ports import Adapter, Clock, Failpoint, Speaker
from bot.i18n import Fluent
from bot.runtime import Runtime
from bot.runtime.failpoints import nothing
from bot.store.engine import SqlStore
from bot.store.lifetimes import Lifetimes
from bot.store.sealed import Keys, SealedSubjects
from commands import CATALOGUE
from commands.circle_feed import OwnerLeft, calendar_of, drop

DATABASE: Final = "porchlight.db"
KEY: Final = "porchlight.key"
WORLD: Final = "playground.jsonl"


def compose(
    store: SqlStore,
    keys: Keys,
    clock: Clock,
    adapters: Mapping[str, Adapter],
    *,
    chance: Callable[[str], Chance] = lambda _: SecretChance(),
    failpoint: Failpoint = nothing,
    calendars: Calendars | None = None,
) -> Runtime:
    """Return the runtime over a store and some adapters."""
    return Runtime(
        store,
        clock,
        CATALOGUE,
        adapters,
        chance,
        SealedSubjects(keys),
        keys.relay,
        failpoint=failpoint,
        calendars=calendars,
    )


def calendars(
    store: SqlStore,
    speaker: Speaker,
    clock: Clock,
    given: CalendarSettings | None = None,
    runtime: Callable[[], Runtime] | None = None,
) -> Feeds:
    """Return what writes calendars over a store, and serves feeds of them where the settings switch that on.

    ``runtime`` gives the bot, which asks where somebody is a member; it is needed where feeds are served.
    """

    async def read(token: str) -> Calendar | None:
        assert runtime is not None  # noqa: S101 - who serves gives it
        try:
            return await runtime().look(lambda tx, live: calendar_of(tx, live, token))
        except OwnerLeft as left:
            await store.write(partial(drop, member=left.member))
            return None

    if given is None or not given.enabled:
        return Feeds(speaker, clock, read, "", 0, "")
    return Feeds(speaker, clock, read, given.host, given.port, given.public_url)


class Service:
    """The bot as an operator runs it: on every platform that the configuration switches on, with one database.

    Attributes:
        adapters: The platforms by name.
        runtime: The bot.
        feeds: Calendars, and feeds of them.
        store: Its database.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Compose what the settings ask for; connects to nothing yet."""
        folder = settings.bot.data_dir
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        given = settings.bot.key.get_secret_value()
        self._keys = Keys(bytes.fromhex(given)) if given else Keys.load_or_make(settings.key_file)
        self._settings = settings
        self._clock = clock
        self._world: World | None = None
        speaker = Fluent(own=settings.bot.decks)
        self.adapters: Mapping[str, Adapter] = dict(self._compose(speaker))
        self.store = SqlStore(settings.database, self._keys, clock, lifetimes=Lifetimes(**settings.lifetimes.lengths()))
        self.feeds = calendars(self.store, speaker, clock, settings.calendar, lambda: self.runtime)
        self.runtime = compose(self.store, self._keys, clock, self.adapters, calendars=self.feeds)

    def _compose(self, speaker: Speaker) -> Iterator[tuple[str, Adapter]]:
        settings, buttons = self._settings, Buttons(self._keys.buttons)
        if settings.discord.enabled:
            from adapters.discord import DiscordAdapter  # noqa: PLC0415 - its library is loaded only where it is used

            token = settings.discord.token.get_secret_value()
            servers = frozenset(settings.discord.servers)
            yield "discord", DiscordAdapter(token, speaker, buttons, self._clock, SecretChance(), servers=servers)
        if settings.matrix.enabled:
            from adapters.matrix import Account, MatrixAdapter  # noqa: PLC0415 - the same

            given = settings.matrix
            account = Account(
                given.homeserver,
                given.user,
                given.password.get_secret_value(),
                given.token.get_secret_value(),
                given.device,
            )
            yield (
                "matrix",
                MatrixAdapter(
                    account,
                    settings.bot.data_dir,
                    self._keys.matrix,
                    speaker,
                    buttons,
                    self._clock,
                    SecretChance(),
                    allowed=given.allowed,
                    commands_in_rooms=given.commands_in_rooms,
                ),
            )
        if settings.local.enabled:
            self._world = World.made_up(self._clock.now(), settings.bot.data_dir / WORLD)
            yield "local", LocalAdapter(self._world, speaker, buttons, self._clock, port=settings.local.port)

    async def serve(self, announce: Callable[[str], None]) -> None:
        """Serve until cancelled; ``announce`` is given the address of the local page, where there is one."""
        try:
            async with self.store.session(), asyncio.TaskGroup() as tasks:
                running = tasks.create_task(self.runtime.run())
                if self.feeds.served:
                    listening = asyncio.Event()
                    tasks.create_task(self.feeds.serve(listening.set))
                    await listening.wait()
                local = self.adapters.get("local")
                if isinstance(local, LocalAdapter):
                    await set_up(local, local.moderator)
                    announce(await local.open())
                await running
        finally:
            if self._world is not None:
                self._world.close()


class Playground:
    """A made-up community in a folder of its own, with the real bot.

    Attributes:
        clock: What time it is; a virtual clock stands still until it is wound forward on the page.
        world: The platform.
        adapter: The adapter, whose ``open()`` gives the address of the page.
        runtime: The bot.
        store: Its database.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        *,
        port: int | None,
        keys: Keys | None = None,
        lifetimes: Lifetimes | None = None,
        failpoint: Failpoint = nothing,
    ) -> None:
        """Open the folder; what it holds is gone on with.

        Args:
            folder: For everything.
            clock: What time it is.
            port: Of the page; None serves none.
            keys: The keys; None: those of a key file in the folder, made if there is none.
            lifetimes: How long rows stay.
            failpoint: For crash tests.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys = keys or Keys.load_or_make(folder / KEY)
        self.world = World.made_up(clock.now(), folder / WORLD)
        if isinstance(clock, VirtualClock) and self.world.latest > clock.now():
            clock.set(self.world.latest)
        self.clock = clock
        self._port = port
        self.store = SqlStore(folder / DATABASE, keys, clock, lifetimes=lifetimes)
        speaker = Fluent()
        self.adapter = LocalAdapter(self.world, speaker, Buttons(keys.buttons), clock, port=port)
        self.runtime = compose(
            self.store,
            keys,
            clock,
            {self.adapter.platform: self.adapter},
            failpoint=failpoint,
            calendars=calendars(self.store, speaker, clock),
        )
        if isinstance(clock, VirtualClock):
            self.adapter.winder = self.runtime

    async def serve(self, announce: Callable[[str], None]) -> None:
        """Serve until cancelled; ``announce`` is given the page's address (empty without a page) once all is set up."""
        try:
            async with self.store.session(), asyncio.TaskGroup() as tasks:
                running = tasks.create_task(self.runtime.run())
                await self._set_up()
                announce(await self.adapter.open() if self._port is not None else "")
                await running
        finally:
            self.world.close()

    async def _set_up(self) -> None:
        """Let the made-up moderator set the community up, by the same commands as any other."""
        await set_up(self.adapter, self.adapter.moderator)


WORDS: Final = "night shifts\nnew in town\ncaring for a parent\na loss\njust company"
"""Words of the made-up community."""

ELSEWHERE: Final = "The open evening at the library, Thursdays (made up)\nThe walking group by the river (made up)"
"""Other places of the made-up community."""


async def set_up(adapter: LocalAdapter, moderator: str) -> None:
    """Let a made-up moderator set the community up, by the commands that any moderator has; once."""
    answer = await adapter.type(moderator, "setup", in_room=True)
    if not isinstance(answer, Message) or "setup.here" not in " ".join(answer.choices.values()):
        return
    await adapter.press(moderator, answer.choice("setup.here"))
    for command, args in (("setup words", {"word_list": WORDS}), ("setup elsewhere", {"elsewhere": ELSEWHERE})):
        shown = await adapter.type(moderator, command, args)
        if isinstance(shown, Message):
            await adapter.press(moderator, shown.choice("draft.use"))
