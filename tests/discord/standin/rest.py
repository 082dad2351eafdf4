"""The REST side: what every request goes through before and after its route does the work."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from .errors import ApiError, Json, no
from .faults import Fault
from .messages import Sent

if TYPE_CHECKING:
    from . import StandIn

VIA = {"Via": "1.1 google"}
WITHOUT_TOKEN = ("/interactions/", "/webhooks/")
"""Routes that carry a token of their own."""


@dataclass(frozen=True)
class Request:
    """A request as it came, and what it was answered."""

    method: str
    route: str
    path: str
    status: int
    """0 where the connection was cut."""
    body: Any
    code: int | None = None
    """Discord's JSON error code, where it was refused."""

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.status}"


@dataclass
class Call:
    """A request for the route that does its work."""

    there: "StandIn"
    ids: dict[str, str]
    query: dict[str, str]
    sent: Sent
    listed: Any = None
    """The body, where it is a list."""

    def id(self, name: str) -> int:
        """Return an id of the path; 50035 where it is none."""
        if not self.ids[name].isdecimal():
            raise ApiError(400, 50035, "Invalid Form Body")
        return int(self.ids[name])

    @property
    def body(self) -> Json:
        """The body, where it is an object."""
        return self.sent.body


Reply = tuple[int, Any]
Route = Callable[[Call], Reply]


class Rest:
    """All routes, as one handler for aiohttp each."""

    def __init__(self, there: "StandIn", routes: dict[str, Route]) -> None:
        self.there = there
        self.routes = routes

    def add_to(self, app: web.Application) -> None:
        """Serve every route under /api/v10; others are answered with 404, and noted."""
        for name in self.routes:
            method, route = name.split(" ", 1)
            app.router.add_route(method, f"/api/v10{route}", self._handler(name))
        app.router.add_route("*", "/api/{rest:.*}", self._unknown)
        app.router.add_get("/attachments/{channel_id}/{attachment_id}/{filename}", self._file)

    def _handler(self, name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._serve(name, request)

        return handle

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        self._note(request, "?", 404, None, 0)
        return self._json(404, {"message": "404: Not Found", "code": 0}, {})

    async def _serve(self, name: str, request: web.Request) -> web.StreamResponse:
        route = name.split(" ", 1)[1]
        try:
            sent, listed, given = await _read(request)
        except ValueError:
            self._note(request, route, 400, None, 50109)
            return self._json(400, no(50109).body, {})
        fault = self.there.faults.find(name)
        if fault is not None and not fault.landed:
            if fault.until is not None:
                await fault.until.wait()
            if fault.status is not None or fault.reset:
                return self._go_wrong(fault, request, route, given)
        headers, over = self._limit(route, request)
        if over is not None:
            self._note(request, route, 429, given, None)
            return self._json(429, over, headers)
        status, body = self._work(
            name, request, Call(self.there, dict(request.match_info), dict(request.query), sent, listed)
        )
        if status < 400:
            self.there.spec.request(request.method, route, given)
        self.there.spec.reply(request.method, route, status, body)
        if fault is not None and fault.landed:
            if fault.until is not None:
                await fault.until.wait()
            if fault.status is not None or fault.reset:
                return self._go_wrong(fault, request, route, given)
        self._note(request, route, status, given, body.get("code") if status >= 400 else None)
        return self._json(status, body, headers)

    def _limit(self, route: str, request: web.Request) -> tuple[dict[str, str], Json | None]:
        ids = request.match_info
        major = next(
            (ids[key] for key in ("channel_id", "guild_id", "webhook_token", "interaction_id") if key in ids), ""
        )
        return self.there.limits.ask(f"{request.method} {route}", major)

    def _work(self, name: str, request: web.Request, call: Call) -> Reply:
        try:
            if not any(part in name for part in WITHOUT_TOKEN):
                self._authorised(request)
            return self.routes[name](call)
        except ApiError as refused:
            return refused.status, refused.body
        except (KeyError, TypeError, ValueError, AttributeError) as broke:
            self.there.spec.violations.append(f"request {name}: {broke!r} while the stand-in read it")
            return 400, ApiError(400, 50035, "Invalid Form Body").body

    def _authorised(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.there.token}" or self.there.token_revoked:
            raise no(0)

    def _go_wrong(self, fault: Fault, request: web.Request, route: str, given: Any) -> web.StreamResponse:
        if fault.reset:
            self._note(request, route, 0, given, None)
            if request.transport is not None:
                request.transport.abort()
            raise asyncio.CancelledError
        status = fault.status or 500
        self._note(request, route, status, given, fault.body.get("code") if isinstance(fault.body, dict) else None)
        if isinstance(fault.body, str):
            return web.Response(status=status, text=fault.body, content_type="text/html", headers=fault.headers)
        return self._json(status, fault.body, fault.headers, via=False)

    def _note(self, request: web.Request, route: str, status: int, body: Any, code: int | None) -> None:
        self.there.requests.append(Request(request.method, route, request.path, status, body, code))
        self.there.stirred()

    def _json(self, status: int, body: Any, headers: dict[str, str], *, via: bool = True) -> web.Response:
        """Return a reply whose Content-Type is exactly application/json: discord.py compares the whole of it."""
        every = headers | (VIA if via else {})
        if status == 204:
            return web.Response(status=204, headers=every)
        data = json.dumps(body).encode()
        return web.Response(status=status, body=data, headers=every | {"Content-Type": "application/json"})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        wanted = int(request.match_info["attachment_id"])
        world = self.there.world
        shown = [*world.hidden.values(), *(one for channel in world.channels.values() for one in channel.history)]
        for message in shown:
            for one in message.attachments:
                if one.id == wanted:
                    return web.Response(body=one.data, content_type=one.content_type.partition(";")[0])
        return web.Response(status=404)


async def _read(request: web.Request) -> tuple[Sent, Any, Any]:
    """Return what was sent, the body where it is a list, and the body as it was given."""
    if request.content_type.startswith("multipart/"):
        sent = await _read_multipart(request)
        return sent, None, sent.body
    text = await request.text()
    if not text:
        return Sent({}), None, None
    given = json.loads(text)
    return Sent(dict(given) if isinstance(given, dict) else {}), given if isinstance(given, list) else None, given


async def _read_multipart(request: web.Request) -> Sent:
    """Read ``payload_json`` and ``files[n]``."""
    sent = Sent({})
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        name = part.name or ""
        if name == "payload_json":
            sent.body = json.loads(await part.text())
        elif name.startswith("files["):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            data = bytes(await part.read(decode=True))
            sent.files[int(name[6:-1])] = (part.filename or "unknown", kind, data)
    return sent
