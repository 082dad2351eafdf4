"""The page, served to this computer alone.

The address holds a random token, exchanged for a strict cookie. Host and origin are checked, so that no other page in
the same browser can reach it, not even by pointing a name of its own at 127.0.0.1 (DNS rebinding). What comes in is
bounded and checked; what does not fit is answered kindly and never echoed.
"""

import asyncio
import contextlib
import hmac
import json
import re
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSMsgType, web

from adapters.local.render import Rendered, kind
from adapters.local.words import NO_TOKEN, WORDS
from adapters.local.world import Event, Hall, Message, Resident, private
from bot.contract.params import Param, Pick, Picks, Raw, YesNo, params
from bot.contract.text import text
from bot.logs import log

if TYPE_CHECKING:
    from adapters.local.client import LocalAdapter, Outcome

STATIC: Final = Path(__file__).parent / "static"
FILES: Final = {
    "style.css": "text/css",
    "app.js": "text/javascript",
    "view.js": "text/javascript",
    "form.js": "text/javascript",
    "tour.js": "text/javascript",
    "complete.js": "text/javascript",
    "dom.js": "text/javascript",
    "lamp.svg": "image/svg+xml",
}

LARGEST: Final = 64 * 1024
"""Bytes that one message of the page may have."""

MOST_PAGES: Final = 16
"""Pages that may be open at once."""

BEHIND: Final = 500
"""Changes that may wait for a slow page; then it gets everything anew."""

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_KEY: Final = re.compile(r"[A-Za-z0-9-]{8,40}")
_CHANGES: Final = {"open": bool, "timed_out": bool, "present": bool, "locale": str}


class Unfit(Exception):  # noqa: N818 - told to the page as a sentence
    """What the page sent does not fit; ``word`` is the sentence it shows."""

    def __init__(self, word: str = "local-not-understood") -> None:
        """Take the id of the sentence."""
        super().__init__(word)
        self.word = word


class Page:
    """Serves one adapter's page."""

    def __init__(self, adapter: "LocalAdapter", port: int, token: str = "") -> None:
        """Take the adapter, the port (0: any) and the token (empty: a random one)."""
        self._adapter = adapter
        self._world = adapter.world
        self._port = port
        self._token = token or secrets.token_urlsafe(24)
        self._hosts: frozenset[str] = frozenset()
        self._pages: set[_Open] = set()
        self._asked_now: set[asyncio.Future[None]] = set()
        self._winding = False

    async def serve(self) -> None:
        """Serve until cancelled."""
        app = web.Application(middlewares=[self._guard], client_max_size=LARGEST)
        app.router.add_get("/", self._index)
        app.router.add_get("/live", self._live)
        for name in FILES:
            app.router.add_get(f"/{name}", self._file)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            self._port = runner.addresses[0][1]
            self._hosts = frozenset({f"127.0.0.1:{self._port}", f"localhost:{self._port}"})
            self._adapter.served(f"http://127.0.0.1:{self._port}/?token={self._token}")
            stop = self._world.watch(self._happened)
            try:
                await self._tick()
            finally:
                stop()
        finally:
            for task in tuple(self._asked_now):
                task.cancel()
            await asyncio.gather(*(page.end() for page in tuple(self._pages)), return_exceptions=True)
            await runner.cleanup()

    async def _tick(self) -> None:
        """Show every minute that passes on the core's clock, wound or not; until cancelled."""
        clock = self._adapter.clock
        while True:
            await clock.sleep_until(clock.now() + timedelta(minutes=1))
            self._tell_time()

    # Who may come in.

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if request.headers.get("Host", "") not in self._hosts:
            return web.Response(status=421, headers=_HEADERS)
        try:
            response = await handler(request)
        except web.HTTPException as stopped:
            return web.Response(status=stopped.status, headers=_HEADERS)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    @property
    def _cookie(self) -> str:
        """Its name; ports share their cookies."""
        return f"porchlight-{self._port}"

    def _fits(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())

    def _known(self, request: web.Request) -> bool:
        return self._fits(request.cookies.get(self._cookie, ""))

    async def _index(self, request: web.Request) -> web.Response:
        by_address = self._fits(request.query.get("token", ""))
        if not by_address and not self._known(request):
            german = request.headers.get("Accept-Language", "").lower().startswith("de")
            line = self._adapter.speaker.plain(NO_TOKEN, "de" if german else "en")
            return web.Response(text=line + "\n", content_type="text/plain", charset="utf-8")
        response = web.Response(body=(STATIC / "index.html").read_bytes(), content_type="text/html", charset="utf-8")
        if by_address:
            response.set_cookie(self._cookie, self._token, httponly=True, samesite="Strict", path="/")
        return response

    async def _file(self, request: web.Request) -> web.Response:
        name = request.path.removeprefix("/")
        return web.Response(body=(STATIC / name).read_bytes(), content_type=FILES[name], charset="utf-8")

    async def _live(self, request: web.Request) -> web.StreamResponse:
        same = {f"http://{host}" for host in self._hosts if host == request.headers.get("Host")}
        if request.headers.get("Origin", "") not in same or not self._known(request):
            raise web.HTTPForbidden
        if len(self._pages) >= MOST_PAGES:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=LARGEST, heartbeat=30.0)
        socket.headers.update(_HEADERS)
        await socket.prepare(request)
        page = _Open(socket)
        self._pages.add(page)
        page.tell(await self._everything())
        sending = asyncio.ensure_future(page.send(self._everything, self._time))
        try:
            async for message in socket:
                if message.type != WSMsgType.TEXT:
                    page.tell({"type": "answer", "re": 0, "ok": False, "word": "local-not-understood"})
                    continue
                if len(self._asked_now) >= BEHIND:
                    break
                task = asyncio.ensure_future(self._asked(page, message.data))
                self._asked_now.add(task)
                task.add_done_callback(self._asked_now.discard)
        finally:
            self._pages.discard(page)
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await sending
        return socket

    # What the page asks.

    async def _asked(self, page: "_Open", data: str) -> None:
        number = 0
        try:
            number, asked = _read(data)
            answer = await self._do(asked)
        except Unfit as unfit:
            answer = {"ok": False, "word": unfit.word}
        except Exception as trouble:  # noqa: BLE001 - one thing that goes wrong must not close the page
            log.trouble("page_trouble", trouble)
            answer = {"ok": False, "word": "local-not-understood"}
        page.tell({"type": "answer", "re": number, "ok": True, **answer})
        self._tell_time()

    async def _do(self, asked: Mapping[str, Any]) -> Rendered:  # noqa: PLR0911 - one a request
        match asked.get("do"):
            case "wind":
                return await self._wind(asked.get("by"))
            case "line":
                member, words, key = self._member(asked), _string(asked, "words"), _key(asked)
                if asked.get("here") == "room":
                    return _outcome(await self._adapter.line(member, words, key, in_room=True))
                return _outcome(await self._adapter.write(member, words, key=key))
            case "press":
                member, button = self._member(asked), _string(asked, "button")
                return _outcome(await self._adapter.press(member, button, _key(asked)))
            case "submit":
                member, token, args = self._member(asked), _string(asked, "token"), _args(asked.get("args"))
                return _outcome(await self._adapter.submit(member, token, args, _key(asked)))
            case "held":
                return {"held": await self._adapter.held(self._member(asked))}
            case _:
                return self._without_bot(asked)

    def _without_bot(self, asked: Mapping[str, Any]) -> Rendered:
        """Do what people do on the platform alone; the core never hears of it."""
        member, now = self._member(asked), self._adapter.clock.now()
        match asked.get("do"):
            case "talk":
                done = self._world.write(member, _string(asked, "words"), _string(asked, "room"), now)
            case "leave":
                if self._world.go(member, _string(asked, "room"), now) is None:
                    raise Unfit
                return {}
            case "direct":
                done = self._world.write_to(member, _string(asked, "to"), _string(asked, "words"), now)
            case "change":
                return self._change(member, asked.get("name"), asked.get("value"))
            case _:
                raise Unfit
        if done is None:
            raise Unfit("local-not-written")
        return {}

    def _member(self, asked: Mapping[str, Any]) -> str:
        member = _string(asked, "member")
        if member not in self._world.residents:
            raise Unfit
        return member

    def _change(self, member: str, name: object, value: object) -> Rendered:
        if not isinstance(name, str) or name not in _CHANGES or type(value) is not _CHANGES[name]:
            raise Unfit
        if name == "locale" and value not in self._adapter.speaker.locales:
            raise Unfit
        assert isinstance(value, bool | str)  # noqa: S101 - just looked at
        self._world.change(member, self._adapter.clock.now(), **{name: value})
        return {}

    async def _wind(self, by: object) -> Rendered:
        winder = self._adapter.winder
        if winder is None or self._winding:
            return {}
        now = self._adapter.clock.now()
        to = None
        if by == "next":
            to = await winder.next_due()
        elif isinstance(by, str) and by in _STEPS:
            to = now + _STEPS[by]
        if to is None:
            return {}
        self._winding = True
        self._tell_time()
        try:
            await winder.wind(max(to, now))
            self._world.time_is(self._adapter.clock.now())
        finally:
            self._winding = False
        return {}

    # What the page is told.

    def _happened(self, event: Event) -> None:
        change = self._change_of(event)
        for page in self._pages:
            page.tell(change)

    def _tell_time(self) -> None:
        for page in self._pages:
            page.tell(None)

    def _change_of(self, event: Event) -> Rendered | None:
        match event["kind"]:
            case "say" | "write" | "edit" | "pin":
                message = self._world.message(event["id"])
                return {"type": "message", "message": _message(message)} if message is not None else None
            case "delete":
                return {"type": "gone", "id": event["id"]}
            case "join" | "change":
                resident = self._world.residents[event["member"]]
                halls = [_hall(hall) for hall in self._world.halls.values()]
                return {"type": "people", "residents": [_resident(resident)], "halls": halls}
            case "room" | "direct" | "invite" | "remove" | "leave" | "state" | "open":
                return {"type": "people", "residents": [], "halls": [_hall(self._world.halls[event["room"]])]}
            case _:
                return None

    async def _time(self) -> Rendered:
        winder = self._adapter.winder
        due = await winder.next_due() if winder is not None else None
        return {
            "type": "time",
            "now": self._adapter.clock.now().isoformat(),
            "due": due.isoformat() if due is not None else None,
            "winds": winder is not None,
            "winding": self._winding,
        }

    async def _everything(self) -> Rendered:
        places = [*self._world.halls, *(private(member) for member in self._world.residents)]
        return {
            "type": "all",
            "time": await self._time(),
            "words": {
                locale: {word.id.removeprefix("local-"): self._adapter.speaker.plain(word, locale) for word in WORDS}
                for locale in self._adapter.speaker.locales
            },
            "languages": [
                {"code": locale, "name": self._adapter.speaker.plain(text("language-" + locale), locale)}
                for locale in self._adapter.speaker.locales
            ],
            "commands": self._commands(),
            "residents": [_resident(resident) for resident in self._world.residents.values()],
            "halls": [_hall(hall) for hall in self._world.halls.values()],
            "messages": [_message(message) for place in places for message in self._world.messages(place)],
        }

    def _commands(self) -> list[Rendered]:
        """Return the commands that can be typed, from the table that serves every platform."""
        sink = self._adapter.sink
        if sink is None:
            return []
        return [
            {
                "name": command.name,
                "about": self._everywhere(command.text_id),
                "form": command.form,
                "params": [self._param(declared) for declared in params(command.args)],
            }
            for command in sink.catalogue.all_commands
            if command.typed
        ]

    def _param(self, declared: Param) -> Rendered:
        options: tuple[str, ...] = ()
        if isinstance(declared.kind, Pick | Picks):
            options = declared.kind.options
        elif isinstance(declared.kind, YesNo):
            options = ("yes", "no")
        return {
            "name": declared.name,
            "label": self._everywhere(f"param-{declared.name}"),
            "required": declared.required,
            "options": [
                {"value": value, "label": self._everywhere(f"option-{declared.name}-{value}", f"language-{value}")}
                for value in options
            ],
            **kind(declared.kind),
        }

    def _everywhere(self, *words: str) -> dict[str, str]:
        """Return the first of these texts that is written, in every language; empty where none is."""
        found: dict[str, str] = {}
        for locale in self._adapter.speaker.locales:
            spoken = ((word, self._adapter.speaker.plain(text(word), locale)) for word in words)
            found[locale] = next((said for word, said in spoken if said != word), "")
        return found


_STEPS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


Teller = Callable[[], Awaitable[Rendered]]


class _Open:
    """One page that is open: what waits to be sent to it."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._waiting: deque[Rendered] = deque()
        self._wake = asyncio.Event()
        self._anew = False
        self._time_too = False

    def tell(self, change: Rendered | None) -> None:
        """Send a change soon; None: only what time it is."""
        if change is not None:
            self._waiting.append(change)
        self._time_too = True
        if len(self._waiting) > BEHIND:
            self._waiting = deque(waiting for waiting in self._waiting if waiting["type"] == "answer")
            self._anew = True
        self._wake.set()

    async def end(self) -> None:
        """Close it, when the page is no longer served."""
        await self._socket.close(code=1001)

    async def send(
        self, everything: Callable[[], Awaitable[Rendered]], time: Callable[[], Awaitable[Rendered]]
    ) -> None:
        """Send what waits, until cancelled."""
        with contextlib.suppress(ConnectionError):
            while True:
                await self._wake.wait()
                self._wake.clear()
                if self._anew:
                    self._anew = False
                    await self._socket.send_json(await everything())
                while self._waiting:
                    await self._socket.send_json(self._waiting.popleft())
                if self._time_too:
                    self._time_too = False
                    await self._socket.send_json(await time())


def _read(data: str) -> tuple[int, Mapping[str, Any]]:
    try:
        asked = json.loads(data)
    except (ValueError, RecursionError):
        raise Unfit from None
    if not isinstance(asked, dict):
        raise Unfit
    number = asked.get("re")
    return (number if type(number) is int and 0 <= number < 2**31 else 0), asked


def _string(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise Unfit
    return value.encode("utf-8", "replace").decode()


def _key(asked: Mapping[str, Any]) -> str:
    """Return the key by which the same thing, sent again after a lost connection, is known to be the same."""
    key = _string(asked, "key")
    if _KEY.fullmatch(key) is None:
        raise Unfit
    return f"page-{key}"


def _args(given: object) -> Mapping[str, Raw]:
    if not isinstance(given, dict) or len(given) > 50:  # noqa: PLR2004 - no form has as many fields
        raise Unfit
    args: dict[str, Raw] = {}
    for name, value in given.items():
        if isinstance(value, str):
            args[name] = _string(given, name)
        elif isinstance(value, list) and all(isinstance(part, str) for part in value):
            args[name] = tuple(part.encode("utf-8", "replace").decode() for part in value)
        else:
            raise Unfit
    return args


def _outcome(outcome: "Outcome") -> Rendered:
    form = getattr(outcome, "form", None)
    return {"form": form} if form is not None else {}


def _resident(resident: Resident) -> Rendered:
    return {
        "id": resident.id,
        "name": resident.name,
        "moderator": resident.moderator,
        "timed_out": resident.timed_out,
        "open": resident.open,
        "present": resident.present,
        "locale": resident.locale,
        "roles": sorted(resident.roles),
    }


def _hall(hall: Hall) -> Rendered:
    return {
        "id": hall.id,
        "name": hall.name,
        "shared": hall.shared,
        "inside": list(hall.inside),
        "bot": hall.bot,
        "direct": hall.direct,
        "topic": hall.topic,
    }


def _message(message: Message) -> Rendered:
    return {
        "id": message.id,
        "place": message.place,
        "at": message.at.isoformat(),
        "author": message.author,
        "card": message.card or None,
        "words": message.words,
        "only_you": message.only_you,
        "edited": message.edited,
        "pinned": message.pinned,
    }
