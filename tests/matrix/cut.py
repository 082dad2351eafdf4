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
        lost: First lines of the requests that landed and whose answers were lost.
    """

    def __init__(self, homeserver: str) -> None:
        """Take the homeserver's address."""
        there = urlsplit(homeserver)
        self._host, self._port = str(there.hostname), there.port
        self._cut = False
        self._lines: Final[set[asyncio.StreamWriter]] = set()
        self.asked: Final[list[float]] = []
        self.lost: Final[list[str]] = []
        self._losing, self._number = "", 0
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

    def lose(self, part: str, number: int = 1) -> None:
        """Lose the answers of the next requests with something in their first line. The requests land."""
        self._losing, self._number = part, number

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
        landed: list[str] = []
        await asyncio.gather(self._there(reader, on, landed), self._back(back, writer, landed))
        self._lines.difference_update((writer, on))

    async def _there(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, landed: list[str]) -> None:
        """Pass requests on; each begins a piece of its own, for nobody asks before they are answered."""
        with suppress(OSError):
            while data := await reader.read(65_536):
                line = data.partition(b"\r\n")[0].decode("latin-1")
                if self._number and self._losing in line and line.endswith("HTTP/1.1"):
                    self._number -= 1
                    landed.append(line)
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, landed: list[str]) -> None:
        """Pass answers back, but for those that are to be lost: there the connection ends."""
        with suppress(OSError):
            while data := await reader.read(65_536):
                if landed:
                    self.lost.extend(landed)
                    writer.transport.abort()
                    break
                writer.write(data)
                await writer.drain()
        writer.close()
