"""A way to a homeserver that can be cut: then whoever goes it is told by a gateway that nobody is there."""

import asyncio
from contextlib import suppress
from time import monotonic
from typing import Final, Self
from urllib.parse import urlsplit

GONE: Final = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\nConnection: close\r\n\r\nnobody"


class Way:
    """A gateway before a homeserver.

    Attributes:
        address: Where it is.
        asked: When somebody asked while it was cut, in seconds.
    """

    def __init__(self, homeserver: str) -> None:
        """Take the homeserver's address."""
        there = urlsplit(homeserver)
        self._host, self._port = str(there.hostname), there.port
        self._cut = False
        self._lines: Final[set[asyncio.StreamWriter]] = set()
        self.asked: Final[list[float]] = []
        self.address = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.cut()
        await self._server.wait_closed()

    def cut(self) -> None:
        """End every connection, and let none through any more."""
        self._cut = True
        for line in tuple(self._lines):
            line.transport.abort()

    def mend(self) -> None:
        """Let through what comes."""
        self._cut = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            with suppress(OSError):
                await reader.readuntil(b"\r\n\r\n")
                self.asked.append(monotonic())
                writer.write(GONE)
                await writer.drain()
            writer.close()
            return
        back, on = await asyncio.open_connection(self._host, self._port)
        self._lines.update((writer, on))
        await asyncio.gather(_pass(reader, on), _pass(back, writer))
        self._lines.difference_update((writer, on))


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
