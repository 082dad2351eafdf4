"""Many circles that meet at one instant, the bot as it is on Discord, and Discord as far as its limits go.

The adapter and the client library are the ones that are shipped; only the wire is ours (`Wire`). Nothing here waits by
a clock of its own, so that a test may bring an event loop whose time goes as it likes.
"""

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any, Final, Self

import aiohttp
import discord
import yarl
from multidict import CIMultiDict

from adapters.discord import DiscordAdapter, asking, effects, rest
from benchmarks.bench import KEYS
from benchmarks.loopback import BOT
from bot.chance import SecretChance, SeededChance
from bot.contract.button import Buttons
from bot.contract.card import Choice
from bot.contract.circles import Circle
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live
from bot.contract.place import Member, Room, Space
from bot.contract.ports import Capability, Clock, Sink
from bot.contract.queues import WorkTx
from bot.contract.tables import Community, Profile
from bot.contract.text import text
from bot.domain import circle as life
from bot.i18n import Fluent
from bot.store.sealed import SealedSubjects
from commands import circle_steps

PLATFORM: Final = "discord"
ZONES: Final = ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome")
"""Clocks that show the same, by rules of their own."""

EVERYWHERE: Final = 50
"""Requests a second that Discord takes of a bot, over all routes."""
SECOND: Final = 1.0

IN_A_CHANNEL: Final = (5, 5.0)
"""Messages into a channel, and within how many seconds."""

_GENEROUS: Final = (1000, 999)
"""Requests to any other route, and how many are left of them."""

_BASE: Final = 300_000_000_000_000_000
_SPACES, _ROOMS, _CIRCLES, _PEOPLE = (_BASE + 10_000_000 * kind for kind in range(1, 5))
_PRIVATE: Final = 50_000_000
"""What the id of a private conversation is above that of the one whom it is with."""
_NO_HEADERS: Final[CIMultiDict[str]] = CIMultiDict()
_EXEMPT: Final = ("/interactions/", "/webhooks/")
_BOTH: Final = "2248473465835073"


# Who meets


@dataclass(frozen=True)
class Many:
    """Circles that meet at one time on the wall, as many in a community as may be, a few of whose members wish a note.

    Attributes:
        number: How many circles.
        wall: When each begins, by the clock of its zone.
        minutes: How long each is.
        told: How many of each wish a note.
        lead: How many minutes before it.
    """

    number: int
    wall: time = time(19, 0)
    minutes: int = 90
    told: int = 2
    lead: int = 3

    @property
    def spaces(self) -> range:
        """The servers, by their ids."""
        return range(_SPACES, _SPACES - -self.number // life.MOST)

    def space(self, circle: int) -> Space:
        """Return the server of a circle."""
        return Space(PLATFORM, str(_SPACES + circle // life.MOST))

    def room(self, circle: int) -> Room:
        """Return the room of a circle: all of a community's circles share one."""
        return Room(PLATFORM, str(_ROOMS + circle // life.MOST))

    def member(self, circle: int, one: int) -> Member:
        """Return one of those who wish a note before a circle."""
        return Member(PLATFORM, str(_PEOPLE + circle * self.told + one))

    @staticmethod
    def title(circle: int) -> str:
        """Return what a circle is called."""
        return f"Circle {circle:04}."

    def plan(self, tx: WorkTx, now: datetime, day: date) -> None:
        """Plan all of them, from a day on, each by its own clock. Their invitations are out already, somewhere else."""
        for one in self.spaces:
            tx.communities.add(Community(f"c{one}", now, zone=ZONES[0]), Space(PLATFORM, str(one)))
        can = {PLATFORM: frozenset({Capability.ROOMS, Capability.EDITS, Capability.STAMPS})}
        for number in range(self.number):
            turn = Turn(now, NoArgs(), Live(now, {}), SeededChance(f"circle {number}"), SealedSubjects(KEYS), can)
            zone = ZONES[number % len(ZONES)]
            circle = Circle(
                f"k{number:015}", f"c{self.space(number).id}", self.title(number), self.room(number),
                f"FREQ=WEEKLY;BYDAY={day:%a}".upper()[:-1], day, self.wall, zone, self.minutes,
            )  # fmt: skip
            tx.circles.put(circle)
            for one in range(self.told):
                member = self.member(number, one)
                tx.members.add(Profile(f"m{member.id}", member, turn.chance.salt(), now, language="en", zone=zone))
                tx.circles.wish_note(circle.id, f"m{member.id}", self.lead)
            meeting = circle_steps.go_on(turn, tx, circle)
            if meeting is not None:
                tx.outbox.recall(meeting.id)

    def meeting(self, tx: WorkTx, circle: int) -> str:
        """Return the meeting (id) of a circle that is to come."""
        return next(one.id for one in tx.circles.meetings(f"k{circle:015}") if one.state == life.PLANNED)


# Discord


@dataclass(frozen=True)
class Asked:
    """A request that arrived.

    Attributes:
        at: When, by the event loop's time.
        method: ``POST`` and so on.
        path: Below the version of the API.
        said: Its body.
        taken: Whether it was within the limits.
    """

    at: float
    method: str
    path: str
    said: str
    taken: bool

    @property
    def answers(self) -> bool:
        """Whether it answers somebody, and so counts towards no limit."""
        return self.path.startswith(_EXEMPT)

    @property
    def says(self) -> bool:
        """Whether it posts a message."""
        return self.method == "POST" and self.path.endswith("/messages")

    @property
    def channel(self) -> int:
        """Into which channel."""
        return int(self.path.split("/")[2])

    @property
    def privately(self) -> bool:
        """Whether it posts a message that one person alone reads."""
        return self.says and self.channel >= _PRIVATE + _PEOPLE


class Wire:
    """What the client library takes for its HTTP session: Discord as far as its limits go, some way off.

    Answers to interactions count towards no limit. One for everything slides over any second; one for each channel
    counts messages. What is beyond is refused as Discord refuses it.
    """

    closed = False

    def __init__(self, trip: float) -> None:
        """Take how many seconds a request is on its way, there and back."""
        self.asked: list[Asked] = []
        self.trace: aiohttp.TraceConfig | None = None
        self._trip = trip
        self._lately: deque[float] = deque(maxlen=EVERYWHERE)
        self._channels: dict[str, tuple[float, int]] = {}
        self._answered: dict[str, asyncio.Future[None]] = {}

    async def close(self) -> None:
        """End nothing."""

    async def starts(self, method: str, path: str) -> None:
        """Let who traces requests know of one, as aiohttp's session does."""
        given = aiohttp.TraceRequestStartParams(method, yarl.URL(f"https://discord.com/api/v10{path}"), _NO_HEADERS)
        if self.trace is not None:
            self.trace.freeze()
            await self.trace.on_request_start.send(self, SimpleNamespace(), given)  # type: ignore[arg-type]

    def request(self, method: str, url: str, **given: Any) -> "_Reply":
        """Take a request, as aiohttp's session does."""
        return _Reply(self, method, url.partition("/api/v10")[2], given)

    def answer(self, token: str) -> "asyncio.Future[None]":
        """Return what is done once an interaction has been answered."""
        return self._answered.setdefault(token, asyncio.get_running_loop().create_future())

    async def take(self, method: str, path: str, given: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Return status, headers and body of the reply to a request, some time later."""
        await asyncio.sleep(self._trip / 2)
        now = asyncio.get_running_loop().time()
        status, headers, body = self._judge(now, method, path)
        data = given.get("data")
        said = data if isinstance(data, str) else data.decode() if isinstance(data, bytes) else ""
        asked = Asked(now, method, path, said, taken=status < 400)
        self.asked.append(asked)
        if asked.answers and (waiting := self._answered.get(path.split("/")[3])) is not None and not waiting.done():
            waiting.set_result(None)
        await asyncio.sleep(self._trip / 2)
        return status, headers, body if body is not None else self._body(method, path, said)

    def _judge(self, now: float, method: str, path: str) -> tuple[int, dict[str, str], Any]:
        if path.startswith(_EXEMPT):
            return 200, {}, {"interaction": {"id": "1", "type": 2}, "resource": {"type": 4}}
        if len(self._lately) == EVERYWHERE and now - self._lately[0] < SECOND - 1e-6:
            return _over(SECOND - now + self._lately[0], everywhere=True)
        self._lately.append(now)
        if method != "POST" or not path.endswith("/messages"):
            return 200, _left(*_GENEROUS, SECOND, f"{method} {path.split('/')[1]}"), None
        most, span = IN_A_CHANNEL
        began, used = self._channels.get(path, (now, 0))
        if now - began >= span:
            began, used = now, 0
        self._channels[path] = (began, used + 1)
        if used >= most:
            return _over(began + span - now, everywhere=False)
        return 200, _left(most, most - used - 1, began + span - now, "messages"), None

    def _body(self, method: str, path: str, said: str) -> Any:
        """Return what Discord answers, as far as it is looked at."""
        match method, path.strip("/").split("/"):
            case "POST", ["users", "@me", "channels"]:
                return {"id": str(int(json.loads(said)["recipient_id"]) + _PRIVATE)}
            case "POST", ["channels", _, "messages"]:
                return {"id": str(_BASE + 90_000_000 + len(self.asked))}
            case "GET", ["guilds", _, "members", who]:
                return {"user": {"id": who}, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00"}
        return {}


def _left(most: int, left: int, after: float, bucket: str) -> dict[str, str]:
    """Return the headers by which Discord says what is left of a limit."""
    said = {"Limit": most, "Remaining": left, "Reset-After": f"{after + 0.001:.3f}", "Bucket": bucket}
    return {f"X-RateLimit-{name}": str(value) for name, value in said.items()}


def _over(left: float, *, everywhere: bool) -> tuple[int, dict[str, str], Any]:
    wait = max(round(left, 3), 0.001)
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
    return 429, {"Via": "1.1 google", "Retry-After": str(wait)}, body


class _Reply:
    """A reply, as aiohttp gives it."""

    def __init__(self, wire: Wire, method: str, path: str, given: dict[str, Any]) -> None:
        self._wire = wire
        self._asked = method, path, given
        self._words = ""
        self.status = 0
        self.reason = ""
        self.headers: CIMultiDict[str] = CIMultiDict()

    async def __aenter__(self) -> Self:
        method, path, _ = self._asked
        await self._wire.starts(method, path)
        self.status, headers, body = await self._wire.take(*self._asked)
        self.headers = CIMultiDict({"Content-Type": "application/json", **headers})
        self._words = json.dumps(body)
        return self

    async def __aexit__(self, *_: object) -> None:
        """End nothing."""

    async def text(self, encoding: str = "utf-8") -> str:  # noqa: ARG002 - aiohttp's shape
        return self._words


class Wired(DiscordAdapter):
    """The adapter as it is shipped, connected to a wire of ours."""

    def __init__(self, wire: Wire, clock: Clock, many: Many) -> None:
        """Take the wire, and whose servers it is in."""
        self.buttons = Buttons(KEYS.buttons)
        super().__init__("token", Fluent(), self.buttons, clock, SecretChance())
        self._wire = wire
        self._many = many
        self._numbers = iter(range(1, 1_000_000))
        self._parse: Any = None

    async def run(self, sink: Sink) -> None:
        """Be connected at once, without a gateway, until cancelled."""
        self._sink = sink
        client = self._make()
        client.loop = asyncio.get_running_loop()
        http, state = client.http, client._connection  # noqa: SLF001 - what a login and a gateway would fill
        http._HTTPClient__session = self._wire  # type: ignore[attr-defined] # noqa: SLF001
        self._wire.trace = http.http_trace
        http._global_over = asyncio.Event()  # noqa: SLF001
        http._global_over.set()  # noqa: SLF001
        state.user = discord.ClientUser(state=state, data=BOT)
        for one in self._many.spaces:
            state._add_guild_from_data(_guild(one))  # noqa: SLF001 - as GUILD_CREATE does
        self._rest = rest.Rest(client)
        self._asking = asking.Asking(self._rest, client, self._clock)
        self._effects = effects.Effects(self._rest, client, self._render, self._asking.names)
        self._parse = state.parsers["INTERACTION_CREATE"]
        self._connected()
        await asyncio.Event().wait()

    def press(self, who: int, circle: int, action: str, subject: str) -> "asyncio.Future[None]":
        """Let somebody press a choice in the room of a circle; return what is done once they are answered."""
        number = next(self._numbers)
        room, here = self._many.room(circle), self._many.space(circle).id
        pressed = self.buttons.write(Choice(action, text("choice-circle-come"), subject), room)
        answered = self._wire.answer(f"t{number}")
        channel = {**_room(int(room.id), here), "permissions": _BOTH}
        self._parse(
            {
                "id": str(_BASE + number), "application_id": BOT["id"], "type": 3, "token": f"t{number}",
                "version": 1, "guild_id": here, "channel_id": room.id, "locale": "en-GB", "guild_locale": "en-US",
                "app_permissions": _BOTH, "entitlements": [], "context": 0, "channel": channel,
                "authorizing_integration_owners": {"0": here}, "attachment_size_limit": 10_485_760,
                "guild": {"id": here, "locale": "en-US", "features": []}, "member": _member(who),
                "data": {"component_type": 2, "custom_id": pressed},
                "message": {
                    "id": "1", "channel_id": room.id, "type": 0, "author": BOT, "content": "", "mentions": [],
                    "mention_roles": [], "mention_everyone": False, "attachments": [], "embeds": [], "pinned": False,
                    "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "components": [],
                },
            }
        )  # fmt: skip
        return answered


def somebody(number: int) -> int:
    """Return the id of somebody who wishes no note."""
    return _BASE + 80_000_000 + number


def _member(who: int) -> dict[str, Any]:
    user = {"id": str(who), "username": "birch", "discriminator": "0", "avatar": None, "global_name": "Birch",
            "public_flags": 0}  # fmt: skip
    return {
        "user": user, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0,
        "permissions": _BOTH, "nick": None, "avatar": None, "premium_since": None, "pending": False,
        "communication_disabled_until": None,
    }  # fmt: skip


def _room(id_: int, here: str) -> dict[str, Any]:
    return {
        "id": str(id_), "type": 0, "name": "circles", "guild_id": here, "position": 0, "permission_overwrites": [],
        "parent_id": None, "nsfw": False, "flags": 0, "topic": None, "last_message_id": None, "rate_limit_per_user": 0,
    }  # fmt: skip


def _guild(id_: int) -> Any:
    everyone = {"id": str(id_), "name": "@everyone", "permissions": _BOTH, "position": 0, "color": 0, "hoist": False,
                "managed": False, "mentionable": False, "flags": 0}  # fmt: skip
    return {
        "id": str(id_), "name": "porch", "owner_id": "1", "member_count": 100, "features": [], "emojis": [],
        "roles": [everyone], "channels": [_room(id_ - _SPACES + _ROOMS, str(id_))],
        "members": [{"user": BOT, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False,
                     "flags": 0}],
        "threads": [], "presences": [], "voice_states": [], "stage_instances": [], "guild_scheduled_events": [],
        "stickers": [], "soundboard_sounds": [],
    }  # fmt: skip
