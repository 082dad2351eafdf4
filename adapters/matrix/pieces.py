"""Reading a long answer as it comes, piece by piece: nobody waits while it is read, and what is of no use is not held.

The first sync of a thousand rooms whose members are all told is 25 MB. ``json.loads`` holds the loop for most of a
second over it (in a thread it holds the interpreter, which is the same), and a hundred MiB of memory with it. Here
objects are entered down to `DEEPEST_ENTERED` names, the pieces of a list are read one by one by the library's own
scanner, and each is shown to whoever says whether it is kept.
"""

import asyncio
import codecs
import re
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from adapters.matrix.shapes import DECODER, Poison, read_json

Keep = Callable[[tuple[str, ...], Any], bool]
"""Is handed the names that lead to a list, and a piece of it; returns whether it is kept."""

DEEPEST_ENTERED: Final = 6
"""Names that are followed. Five lead to events of a sync: ``rooms``, ``join``, room, ``state``, ``events``."""

STEP: Final = 64 * 1024
"""Letters after which others get their turn: a millisecond's work or two."""

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_STRING_OR_BRACKET: Final = re.compile(r'"(?:[^"\\]|\\.)*"|["\[\]{}]', re.DOTALL)


def everything(_: tuple[str, ...], __: Any) -> bool:
    """Keep every piece."""
    return True


async def read_pieces(begun: bytes, parts: AsyncIterator[bytes], keep: Keep = everything) -> Any:
    """Return what JSON says, less the pieces of lists that are not kept.

    Args:
        begun: What has come of the text, in UTF-8, cut anywhere.
        parts: The rest, in whatever parts it comes.
        keep: Says what is kept.

    Raises:
        Poison: It is no JSON.
    """
    return await _Reader(begun, parts, keep).read()


class _Reader:
    """Reads one text."""

    def __init__(self, begun: bytes, parts: AsyncIterator[bytes], keep: Keep) -> None:
        self._parts = parts
        self._keep = keep
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = self._decoder.decode(begun)
        self._at = 0
        self._since_breath = 0
        self._over = False

    async def read(self) -> Any:
        found = await self._value(())
        if await self._next() is not None:
            raise Poison("json")
        return found

    # What has come.

    async def _more(self) -> None:
        """Wait until as much again has come as waits here, so that trying again costs no more than it brings.

        Raises:
            Poison: Nothing more comes.
        """
        if self._over:
            raise Poison("json")
        rest = self._text[self._at :]
        text, wanted = [rest], 2 * len(rest) + 1
        got = len(rest)
        while got < wanted and not self._over:
            part = await anext(self._parts, None)
            self._over = part is None
            text.append(self._decoder.decode(part or b"", final=self._over))
            got += len(text[-1])
        self._text, self._at = "".join(text), 0

    async def _next(self) -> str | None:
        """Return the next letter that is no space, without taking it; None at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space is not None else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._over:
                return None
            await self._more()

    async def _take(self, letters: str) -> str:
        """Take the next letter, which must be one of ``letters``.

        Raises:
            Poison: It is another one.
        """
        letter = await self._next()
        if letter is None or letter not in letters:
            raise Poison("json")
        self._at += 1
        return letter

    # What it says.

    async def _value(self, names: tuple[str, ...]) -> Any:
        letter = await self._next()
        if letter == "{" and len(names) < DEEPEST_ENTERED:
            return await self._object(names)
        return await (self._list(names) if letter == "[" else self._piece())

    async def _object(self, names: tuple[str, ...]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        self._at += 1
        if await self._next() == "}":
            self._at += 1
            return made
        while True:
            if await self._next() != '"':
                raise Poison("json")
            name = await self._piece()
            await self._take(":")
            made[name] = await self._value((*names, name))
            if await self._take(",}") == "}":
                return made

    async def _list(self, names: tuple[str, ...]) -> list[Any]:
        made: list[Any] = []
        self._at += 1
        if await self._next() == "]":
            self._at += 1
            return made
        while True:
            piece = await self._piece()
            if self._keep(names, piece):
                made.append(piece)
            if await self._take(",]") == "]":
                return made

    async def _piece(self) -> Any:
        """Return the next value, read at once."""
        await self._next()
        while True:
            try:
                found, end = self._scanned()
            except ValueError:  # it is not all there, or never will be
                await self._more()
                continue
            cut = end == len(self._text) or self._text[end] not in ",:]} \t\n\r"  # a number may go on
            if cut and not self._over and not isinstance(found, str | list | dict):
                await self._more()
                continue
            break
        self._since_breath += end - self._at
        self._at = end
        if self._since_breath >= STEP:
            self._since_breath = 0
            await asyncio.sleep(0)
        return found

    def _scanned(self) -> tuple[Any, int]:
        """Return the value that begins here, and where it ends.

        Raises:
            ValueError: There is none, or not all of it has come.
            Poison: It nests deeper than can be read, and is no JSON.
        """
        try:
            return DECODER.raw_decode(self._text, self._at)
        except RecursionError:
            end = self._end()
        return read_json(self._text[self._at : end].encode()), end

    def _end(self) -> int:
        """Return where a value ends that nests deeper than can be read.

        Raises:
            ValueError: It does not end here.
        """
        depth = 0
        for found in _STRING_OR_BRACKET.finditer(self._text, self._at):
            if found.group() == '"':
                break  # a string that is not all there: what looks like a bracket in it is none
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
            if depth == 0:
                return found.end()
        raise ValueError
