"""Calls to Discord's REST API through discord.py, and what came of them in our own words.

Payloads are ours (`adapters.discord.render`), so they go through the library's own request functions, which keep the
rate limits: `discord.http.HTTPClient.request`, and for answers to interactions, which have limits of their own, the one
that the library uses for them.
"""

import asyncio
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import async_context

from adapters.discord.render import Rendered
from bot.contract.effect import NotSent, Refused, Unsure
from bot.logs import log

Payload = Mapping[str, Any] | list[dict[str, Any]]

PATIENCE: Final = 45.0
"""Seconds for one call, repetitions by the library included; less than delivery's own patience."""

LONGEST_WAIT: Final = 300.0
"""Seconds. A longer wait that Discord names is not waited for: it is tried again, and told again."""

USUAL_WAIT: Final = 5.0
"""Seconds, where Discord names none that makes sense."""

CLOSED: Final = frozenset({50007, 50278})
"""Cannot send messages to this user; no mutual server to do so."""

GONE: Final = frozenset({10003, 10004, 10007, 10008, 10013, 50033})
"""Unknown channel, guild, member, message, user; no such recipient."""

TOO_FAST: Final = 40003
"""Private conversations are opened too fast: a limit, though it is not told as one."""

NO_MESSAGE: Final = 10008
ANSWERED: Final = 40060
OVER: Final = 50027
"""The first answer to an interaction was given; its quarter of an hour is over."""
ARCHIVED: Final = 50083


class Failed(Exception):  # noqa: N818 - one of the answers
    """A call did not do what it should. Holds no word of what Discord said.

    Attributes:
        result: What that means for an effect.
        code: Discord's code of the error; 0 where there is none.
    """

    def __init__(self, result: Refused | NotSent | Unsure, code: int = 0) -> None:
        """Take what it means."""
        super().__init__(type(result).__name__, code)
        self.result = result
        self.code = code


class Revoked(Failed):
    """Discord no longer takes the token."""


def wait_of(seconds: object) -> float:
    """Return how long to wait: what Discord said, as far as it makes sense."""
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and math.isfinite(seconds) and seconds >= 0:
        return min(max(float(seconds), 1.0), LONGEST_WAIT)
    return USUAL_WAIT


def failed(error: Exception) -> Failed:
    """Return what an exception of discord.py or aiohttp means."""
    match error:
        case discord.RateLimited():
            return Failed(NotSent(wait_of(error.retry_after)))
        case discord.HTTPException() if _by_another(error):
            log.event("discord_answered_by_another", status=error.status)
            return Failed(NotSent(USUAL_WAIT))
        case discord.HTTPException():
            return _answered(error)
        case aiohttp.ClientConnectorError() | aiohttp.ClientConnectorCertificateError():
            return Failed(NotSent())  # nothing was sent: no connection, no name, no certificate
        case _:
            return Failed(Unsure())


def _answered(error: discord.HTTPException) -> Failed:  # noqa: PLR0911 - one return a meaning
    code = error.code
    match error.status:
        case _ if code == TOO_FAST:
            return Failed(NotSent(LONGEST_WAIT), code)
        case 401 if code == OVER:
            return Failed(Refused("gone"), code)
        case 401:
            return Revoked(NotSent(LONGEST_WAIT))
        case 429:
            return Failed(NotSent(wait_of(_number(error.response.headers.get("Retry-After")))), code)
        case status if status >= 500:  # noqa: PLR2004 - the server's own errors
            return Failed(Unsure(), code)
        case _ if code in CLOSED:
            return Failed(Refused("closed"), code)
        case 404:
            return Failed(Refused("gone"), code)
        case _ if code in GONE:
            return Failed(Refused("gone"), code)
        case 403:
            return Failed(Refused("forbidden"), code)
        case status:
            log.event("discord_refused", status=status, code=code)
            return Failed(Refused("impossible"), code)


def _by_another(error: discord.HTTPException) -> bool:
    """Return whether the network before Discord refused: it does so with a page, and Discord itself in JSON."""
    kind = str(error.response.headers.get("Content-Type", "application/json"))
    refused = 400 <= error.status < 500 and error.status != 429  # noqa: PLR2004 - limits are another matter
    return refused and not kind.startswith("application/json")


def _number(words: str | None) -> float | None:
    try:
        return float(words) if words is not None else None
    except ValueError:
        return None


class Rest:
    """Calls of one bot."""

    def __init__(self, client: discord.Client) -> None:
        """Take the client, which is logged in before the first call."""
        self._client = client

    async def call(self, method: str, path: str, body: Payload | None = None, **more: Any) -> Any:
        """Call a route, and return the JSON that it answers.

        Args:
            method: ``GET`` and so on.
            path: With the names of its parts in braces, as `discord.http.Route` takes it.
            body: Sent as JSON, if given.
            more: The parts of the path; ``params`` for a query; ``files`` of a message.

        Raises:
            Failed: It did not work, or nobody knows.
        """
        params, files = more.pop("params", None), more.pop("files", ())
        route = Route(method, path, **more)
        given: dict[str, Any] = {"params": params} if params is not None else {}
        if files:
            given["form"] = _form(body or {}, files)
        elif body is not None:
            given["json"] = body
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._client.http.request(route, **given)
        except asyncio.CancelledError:
            self._give_up()
            raise
        except TimeoutError:
            self._give_up()
            raise Failed(Unsure()) from None
        except (discord.DiscordException, aiohttp.ClientError, OSError, ValueError, KeyError) as error:
            raise failed(error) from None

    def _give_up(self) -> None:
        """Let no other call wait for ever: who is given up while sitting out a limit for all would never end it."""
        self._client.http._global_over.set()  # noqa: SLF001 - the library has no other way to end that wait

    async def send(self, path: str, rendered: Rendered, method: str = "POST", **more: Any) -> Any:
        """Post or edit a message, with its files.

        Raises:
            Failed: As `call`.
        """
        extra = more.pop("extra", {})
        return await self.call(method, path, {**rendered.payload, **extra}, files=rendered.files, **more)

    async def respond(
        self, interaction: "discord.Interaction[Any]", kind: int, data: Rendered | Payload | None
    ) -> None:
        """Give the first answer to an interaction. Discord takes one only, so it can be given again where nobody knows.

        Raises:
            Failed: Its time is over, it was answered before, or nobody knows.
        """
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=interaction.id, webhook_token=interaction.token)
        inner = data.payload if isinstance(data, Rendered) else data
        body: dict[str, Any] = {"type": kind} | ({"data": inner} if inner is not None else {})
        try:
            await self._hook(interaction, route, body, data)
        except Failed as failed:
            if isinstance(failed.result, Refused):
                raise
            try:
                await self._hook(interaction, route, body, data)
            except Failed as again:
                if again.code != ANSWERED:
                    raise

    async def edit_answer(self, interaction: "discord.Interaction[Any]", rendered: Rendered) -> None:
        """Put a message in the place of the first answer.

        Raises:
            Failed: As `respond`.
        """
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        route = Route("PATCH", path, webhook_id=interaction.application_id, webhook_token=interaction.token)
        try:
            await self._hook(interaction, route, rendered.payload, rendered)
        except Failed as failed:
            if isinstance(failed.result, Refused):
                raise
            await self._hook(interaction, route, rendered.payload, rendered)

    async def follow_up(self, interaction: "discord.Interaction[Any]", rendered: Rendered) -> None:
        """Send another message after the first answer. Discord keeps no key of it, so it is not tried again here.

        Raises:
            Failed: As `respond`.
        """
        path = "/webhooks/{webhook_id}/{webhook_token}"
        route = Route("POST", path, webhook_id=interaction.application_id, webhook_token=interaction.token)
        await self._hook(interaction, route, rendered.payload, rendered)

    async def _hook(
        self, interaction: "discord.Interaction[Any]", route: Route, body: Payload, data: Rendered | Payload | None
    ) -> None:
        files = data.files if isinstance(data, Rendered) else ()
        given: dict[str, Any] = {"multipart": _form(body, files)} if files else {"payload": body}
        session = interaction._session  # noqa: SLF001 - the one that the library's own answers use
        try:
            async with asyncio.timeout(PATIENCE):
                await async_context.get().request(route, session, **given)
        except TimeoutError:
            raise Failed(Unsure()) from None
        except (discord.DiscordException, aiohttp.ClientError, OSError, ValueError, KeyError) as error:
            raise failed(error) from None


def _form(body: Payload, files: Iterable[Any]) -> list[dict[str, Any]]:
    """Return a message with files as the parts of a form."""
    parts: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(body)}]
    for number, file in enumerate(files):
        part = {"name": f"files[{number}]", "value": file.body.encode(), "filename": file.name}
        parts.append(part | {"content_type": file.media_type})
    return parts
