"""A stand-in for Discord on this machine: REST API v10 and gateway, for an unmodified client. See README.md."""

import asyncio
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from aiohttp import web

from . import channels, permissions, routes, shapes
from .accidents import Accidents
from .client import ClientRefused
from .errors import ApiError
from .faults import Fault, Faults
from .gateway import Frame, Gateway, Identify
from .interactions import Interactions
from .limits import Limits
from .messages import Messages
from .people import NO_ANSWER, PATIENCE, Answer, Modal, Person
from .rest import Request, Rest
from .spec import Spec
from .state import Channel, Event, Guild, Message, Role, User
from .world import GUILD_MEMBERS, MESSAGE_CONTENT, World

__all__ = [
    "NO_ANSWER",
    "Answer",
    "ApiError",
    "Channel",
    "ClientRefused",
    "Event",
    "Fault",
    "Frame",
    "Guild",
    "Identify",
    "Message",
    "Modal",
    "Person",
    "Request",
    "Role",
    "StandIn",
    "User",
    "permissions",
    "shapes",
]


@dataclass(frozen=True)
class Checked:
    """How many bodies were compared with Discord's OpenAPI file."""

    requests: int
    replies: int


class StandIn:
    """Discord, as far as one bot can tell.

    ``clock`` returns aware datetimes and rules everything but rate limits. ``privileged`` are the privileged intents
    that the app may ask for. With ``tls`` the addresses are Discord's own, and the client's resolver leads them here.
    """

    def __init__(
        self,
        clock: Callable[[], datetime] | None = None,
        *,
        shards: int = 1,
        privileged: int = 0,
        tls: ssl.SSLContext | None = None,
        port: int = 0,
    ) -> None:
        self._clock = clock or (lambda: datetime.now(UTC))
        self._passed = timedelta()
        self.shards = shards
        self.privileged = privileged
        self.tls = tls
        self.port = port
        self.token = "MTE.stand-in.token"  # noqa: S105 -- opens nothing
        self.token_revoked = False
        self.requests: list[Request] = []
        self.frames: list[Frame] = []
        self.identifies: list[Identify] = []
        self.spec = Spec()
        self.faults = Faults()
        self.limits = Limits()
        self._stir = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=30 * 1024 * 1024)
        self.rest = Rest(self, routes.ROUTES | channels.ROUTES)
        self.socket = Gateway(self)
        self.rest.add_to(app)
        app.router.add_get("/", self.socket.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, ssl_context=self.tls)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world = World(self.now, self.socket.emit, self.files)
        self.messages = Messages(self.world)
        self.interactions = Interactions(self.world, self.messages)
        self.accidents = Accidents(self.world, self.messages)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    # -- addresses ------------------------------------------------------------------------------------------------

    @property
    def api(self) -> str:
        """Where the REST API is."""
        return "https://discord.com/api/v10" if self.tls else f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway(self) -> str:
        """Where the gateway is."""
        return "wss://gateway.discord.gg" if self.tls else f"ws://127.0.0.1:{self.port}"

    @property
    def resume_gateway(self) -> str:
        """Where a session is resumed; under TLS another host, as with Discord."""
        return "wss://gateway-us-east1-b.discord.gg" if self.tls else f"ws://127.0.0.1:{self.port}"

    @property
    def files(self) -> str:
        """Where files are served."""
        return "https://cdn.discordapp.com" if self.tls else f"http://127.0.0.1:{self.port}"

    # -- time -----------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return what time it is here."""
        return self._clock() + self._passed

    def pass_time(self, passed: timedelta | float) -> None:
        """Let time pass here, at once: a timedelta, or seconds."""
        self._passed += passed if isinstance(passed, timedelta) else timedelta(seconds=passed)
        self.stirred()

    def stirred(self) -> None:
        """Wake who waits for something to happen."""
        self._stir.set()

    async def until(self, happened: Callable[[], object], what: str = "it", *, patience: float = PATIENCE) -> None:
        """Wait until something has happened; AssertionError after ten real seconds, or as many as ``patience`` says."""
        end = time.monotonic() + patience
        while not happened():
            left = end - time.monotonic()
            assert left > 0, f"waited {patience:.0f} s for {what}"
            self._stir.clear()
            try:
                await asyncio.wait_for(self._stir.wait(), min(left, 0.1))
            except TimeoutError:
                continue

    async def connected(self, sessions: int = 1, *, patience: float = PATIENCE) -> None:
        """Wait until the bot's shards are connected."""
        await self.until(lambda: len(self.socket.connected) >= sessions, "the bot to connect", patience=patience)

    # -- who and what ---------------------------------------------------------------------------------------------

    def guild(self, name: str, bot_permissions: int | None = permissions.NEEDED) -> Guild:
        """Return a new guild with #porch, a moderator role, and the bot (unless its permissions are None)."""
        return self.world.add_guild(name, bot_permissions)

    def person(
        self, name: str, guild: Guild | None = None, *, locale: str = "en-US", roles: tuple[str, ...] = ()
    ) -> Person:
        """Return somebody new, in a guild and with roles by name."""
        person = Person(self, self.world.add_user(name, locale=locale))
        return person if guild is None else person.join(guild, *roles)

    def channel(self, guild: Guild, name: str = "porch") -> Channel:
        """Return a guild's channel or thread by its name."""
        return next(one for one in self.world.channels.values() if one.guild_id == guild.id and one.name == name)

    @property
    def threads(self) -> list[Channel]:
        """All threads, archived ones too."""
        return [one for one in self.world.channels.values() if one.thread is not None]

    def sees(self, person: Person, channel: Channel) -> bool:
        """Return whether a person can read a channel."""
        return bool(self.world.may(person.id, channel) & permissions.VIEW_CHANNEL)

    # -- what the app may, and what was seen of it ----------------------------------------------------------------

    @property
    def application_flags(self) -> int:
        """The app's flags: which privileged intents it may use."""
        return (1 << 15 if self.privileged & GUILD_MEMBERS else 0) | (1 << 19 if self.content_allowed else 0)

    @property
    def content_allowed(self) -> bool:
        """Whether the app may read what people write."""
        return bool(self.privileged & MESSAGE_CONTENT)

    @property
    def members_allowed(self) -> bool:
        """Whether the app may list members."""
        return bool(self.privileged & GUILD_MEMBERS)

    @property
    def violations(self) -> list[str]:
        """Bodies that are not as Discord's OpenAPI file has them."""
        return self.spec.violations

    @property
    def checked(self) -> Checked:
        """How many bodies were compared."""
        return Checked(self.spec.requests, self.spec.replies)
