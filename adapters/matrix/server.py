"""Talking to the homeserver: one request, one answer, and a plain word for whatever went wrong.

Requests go out through matrix-nio's ``AsyncClient.send``, which tries exactly once. Its higher methods repeat on their
own without end, log what they could not read, and keep a picture of every room; none of them is used.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, Final
from urllib.parse import quote, urlencode

from aiohttp import ClientConnectorError, ClientError, ClientSession, DummyCookieJar, InvalidURL, TraceConfig
from nio import AsyncClient, AsyncClientConfig

from adapters.matrix.pieces import Keep, everything, read_pieces
from adapters.matrix.shapes import Poison, mapping, read_json
from bot.domain.errors import StartError

BASE: Final = "/_matrix/client/v3"
RELATIONS: Final = "/_matrix/client/v1"
"""Where it is asked what relates to an event: there has never been a third version of that."""
TIMEOUT: Final = 60.0
"""Seconds until an answer is given up."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of an answer. Nothing a homeserver has to say is longer."""
OK: Final = 200
"""The one good answer of the client API."""
SHORT: Final = 64 * 1024
"""Bytes of an answer that is read at once; a longer one is read as it comes."""
LONGEST_WAIT: Final = 300.0
SHORTEST_WAIT: Final = 0.5
USUAL_WAIT: Final = 5.0
_TOO_MANY: Final = 429
_NO_TOKEN: Final = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"})


class Trouble(Exception):  # noqa: N818 - the common name of three outcomes
    """A request did not bring what was asked. Says nothing of what was in it."""


class Unreached(Trouble):
    """There was no connection: the request provably did not arrive."""


class Unclear(Trouble):
    """Nobody knows whether it arrived: the answer was lost, was no JSON, or was the server's fault (5xx)."""


class AnotherAnswered(Unclear):
    """Something answered that is no homeserver: a website, a login page, a gateway. Its name tells the operator so."""


class Declined(Trouble):
    """The homeserver said no.

    Attributes:
        status: The HTTP status.
        code: The Matrix error code (``M_FORBIDDEN``); empty when there was none.
        wait: For 429, seconds to wait: between half a second and five minutes, whatever the server wrote.
        body: The answer, where a next step stands in it (401 of user-interactive authentication).
    """

    def __init__(self, status: int, code: str, wait: float = 0.0, body: Mapping[str, Any] | None = None) -> None:
        """Take what was answered."""
        super().__init__()
        self.status: Final = status
        self.code: Final = code
        self.wait: Final = wait
        self.body: Final[Mapping[str, Any]] = body or {}

    @property
    def too_many(self) -> bool:
        """Whether it only said that requests came too fast: it is there, and says how long to wait."""
        return self.status == _TOO_MANY


def path(*parts: str, query: Mapping[str, str] | None = None, base: str = BASE) -> str:
    """Return an address of the client API, every part quoted."""
    written = base + "/" + "/".join(quote(part, safe="") for part in parts)
    return written + ("?" + urlencode(query) if query else "")


def wait_of(body: Mapping[str, Any], header: str = "") -> float:
    """Return how long a 429 asks us to wait, in seconds, within bounds.

    Takes ``Retry-After`` (in the place of the field since version 1.10 of the specification), else
    ``retry_after_ms``. What is missing, negative or absurd becomes something sensible.
    """
    written = body.get("retry_after_ms")
    seconds = -1.0
    if header.isascii() and header.isdigit() and len(header) < 10:  # noqa: PLR2004 - longer is no wait
        seconds = float(header)
    elif isinstance(written, int | float) and not isinstance(written, bool) and written >= 0:
        seconds = min(written, LONGEST_WAIT * 1000) / 1000
    return min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT) if seconds >= 0 else USUAL_WAIT


class _RedirectedError(ClientError):
    """The homeserver sent us elsewhere. We talk with nobody but it."""


async def _refuse(*_: Any) -> None:
    raise _RedirectedError


class Server:
    """A homeserver, as one account.

    Attributes:
        url: Its address.
        token: Access token; empty before the log-in.
        requests: How many requests went out, for tests and figures.
    """

    def __init__(self, url: str, token: str = "") -> None:
        """Take the address of the homeserver."""
        self.url: Final = url.rstrip("/")
        self.token = token
        self.requests = 0
        self._client: Final = AsyncClient(
            self.url, config=AsyncClientConfig(encryption_enabled=False, store_sync_tokens=False)
        )

    async def ask(
        self,
        method: str,
        address: str,
        body: Mapping[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - it is aiohttp's
        keep: Keep = everything,
    ) -> Mapping[str, Any]:
        """Ask once, and return the answer.

        Args:
            method: ``GET``, ``PUT``, ``POST``.
            address: From `path`.
            body: Sent as JSON; None sends nothing.
            timeout: Seconds until the answer is given up.
            keep: What is kept of the lists in a long answer (`adapters.matrix.pieces`); a short one is left whole.

        Raises:
            Unreached: No connection.
            Unclear: The answer was lost, was no JSON object, or was the server's fault.
            Declined: The homeserver said no.
            StartError: ``matrix-token``: it does not know the token any more. Nothing can go on.
        """
        answer = await self.ask_any(method, address, body, timeout=timeout, keep=keep)
        if not isinstance(answer, dict):
            raise Unclear
        return answer

    async def ask_any(
        self,
        method: str,
        address: str,
        body: Mapping[str, Any] | None = None,
        *,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - it is aiohttp's
        keep: Keep = everything,
    ) -> Any:
        """Ask as `ask` does, where the answer may be a list."""
        data = None if body is None else json.dumps(body, separators=(",", ":"))
        return await self._send(method, address, data, "application/json", timeout, keep)

    async def upload(self, data: bytes) -> str:
        """Upload something sealed, and return its address (``mxc://``). The homeserver learns its size and no more.

        Raises:
            Trouble: It did not work.
        """
        address = "/_matrix/media/v3/upload"
        answer = await self._send("POST", address, data, "application/octet-stream", TIMEOUT)
        found = mapping(answer).get("content_uri")
        if not isinstance(found, str) or not found.startswith("mxc://"):
            raise Unclear
        return found

    async def _send(
        self,
        method: str,
        address: str,
        data: str | bytes | None,
        media: str,
        within: float,
        keep: Keep = everything,
    ) -> Any:
        headers = {"Content-Type": media}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self.requests += 1
        if self._client.client_session is None:
            elsewhere = TraceConfig()
            elsewhere.on_request_redirect.append(_refuse)
            self._client.client_session = ClientSession(trace_configs=[elsewhere], cookie_jar=DummyCookieJar())
        try:
            response = await self._client.send(method, address, data, headers, None, within)
            async with response, aclosing(_bounded(response.content)) as parts:
                raw = await _begin(parts, SHORT if response.status == OK else LARGEST)
                if len(raw) >= SHORT and response.status == OK:
                    return await read_pieces(raw, parts, keep)
        except Poison:
            raise Unclear from None
        except (ClientConnectorError, InvalidURL):
            raise Unreached from None
        except _RedirectedError:
            raise AnotherAnswered from None
        except (ClientError, OSError, TimeoutError, asyncio.LimitOverrunError):
            raise Unclear from None
        return self._judged(response.status, response.headers.get("Retry-After", ""), raw)

    def _judged(self, status: int, retry: str, raw: bytes) -> Any:
        try:
            body = read_json(raw)
        except Poison:
            body = None
        if status == OK:
            if body is None:
                raise AnotherAnswered
            return body
        said = mapping(body)
        code = said.get("errcode")
        code = code if isinstance(code, str) and code.isascii() and code.replace("_", "").isalnum() else ""
        if self.token and code in _NO_TOKEN:
            raise StartError("matrix-token")
        if status == _TOO_MANY:
            raise Declined(status, code, wait_of(said, retry))
        asks_who = status == 401 and "flows" in said  # noqa: PLR2004 - user-interactive authentication has no code
        if status >= 500:  # noqa: PLR2004 - the server's fault, or that of a gateway before it
            raise Unclear
        if status < 400 or not (code or asks_who):  # noqa: PLR2004 - no homeserver says so
            raise AnotherAnswered
        raise Declined(status, code, body=said)

    async def close(self) -> None:
        """Close its connections."""
        session = self._client.client_session
        if session is not None:
            await session.close()
            self._client.client_session = None


async def _bounded(content: Any) -> AsyncGenerator[bytes, None]:
    """Give the parts of a body as they come.

    Raises:
        ConnectionError: It is longer than anything a homeserver has to say.
    """
    size = 0
    async for part in content.iter_any():
        size += len(part)
        if size > LARGEST:
            raise ConnectionError
        yield part


async def _begin(parts: AsyncIterator[bytes], enough: int) -> bytes:
    """Return a body up to its end, or up to a part with which it is ``enough``."""
    found: list[bytes] = []
    size = 0
    while size < enough and (part := await anext(parts, None)) is not None:
        found.append(part)
        size += len(part)
    return b"".join(found)
