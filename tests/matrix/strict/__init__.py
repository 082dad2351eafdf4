"""Members who are strict: matrix-js-sdk with its Rust cryptography, set to exclude devices that nobody signed.

They are the outside judge of the bot on Matrix, because neither their client nor its cryptography has anything in
common with the bot's. ``make strict`` fetches the library, and the Node that it needs.

```python
async with Strict(homeserver.url, user, PASSWORD, log) as birch:
    room = await birch.direct(bot)
    asked = await birch.types(room, "!help")
    (said, *_) = await birch.reads(room, bot, after=asked)
```
"""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

HERE: Final = Path(__file__).parent
MODULES: Final = HERE.parents[2] / ".strict" / "node_modules"
NODE: Final = MODULES / ".bin" / "node"
PATIENCE: Final = 60.0
"""Seconds until a client that says nothing counts as stuck."""


def installed() -> bool:
    """Return whether ``make strict`` was run."""
    return NODE.exists() and (MODULES / "matrix-js-sdk").is_dir()


@dataclass(frozen=True)
class Message:
    """A message as a strict client shows it.

    Attributes:
        id: Of the event.
        sender: Who wrote it.
        body: Its words; empty when it could not be opened.
        notice: Whether it is a notice.
        unread: Why it could not be opened; empty when it could.
        encrypted: Whether it was encrypted.
        plain: Whether it stands there without a shield that warns.
    """

    id: str
    sender: str
    body: str
    notice: bool
    unread: str
    encrypted: bool
    plain: bool


class Strict:
    """Somebody with one device, in a process of its own.

    Attributes:
        id: Their user id.
        device: Their device, once they are there.
    """

    def __init__(self, homeserver: str, user: str, password: str, log: Path) -> None:
        """Take an account that is registered, and where everything goes that the client writes by itself."""
        self.id: Final = user
        self.device = ""
        self._own: Final = {
            "HOMESERVER": homeserver,
            "MEMBER": user,
            "PASSWORD": password,
            "MODULES": str(MODULES),
        }
        self._log: Final = log
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        """Start the client, and let it sign in, sign its device and listen once."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                str(NODE),
                str(HERE / "member.mjs"),
                env={"PATH": os.environ["PATH"], **self._own},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=2**24,
            )
        try:
            self.device = await self._answer()
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        await self._end()

    async def _end(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    # What they do.

    async def direct(self, user: str) -> str:
        """Make an encrypted direct room with somebody, wait until they are in, and return its id."""
        return str(await self._ask("direct", user=user))

    async def joins(self, room: str = "", by: str = "") -> str:
        """Wait to be asked into a room (by its id, or by who asks), come, and return its id."""
        return str(await self._ask("joins", room=room, by=by))

    async def types(self, room: str, words: str) -> str:
        """Write into an encrypted room, and return the event's id."""
        return str(await self._ask("types", room=room, words=words))

    # What they see.

    async def reads(
        self, room: str, sender: str, *, after: str = "", notice: bool | None = None, saying: str = ""
    ) -> tuple[Message, ...]:
        """Wait for what somebody writes in a room after an event, and return it, oldest first.

        ``notice`` waits for a notice, or for what is none; answers of the bot are notices. ``saying`` waits for words.
        """
        more: dict[str, object] = {"saying": saying} if notice is None else {"saying": saying, "notice": notice}
        found = await self._ask("reads", room=room, after=after, **more, **{"from": sender})
        return tuple(Message(**one) for one in found)

    async def stands(self, room: str) -> tuple[Message, ...]:
        """Return what stands in a room, oldest first."""
        return tuple(Message(**one) for one in await self._ask("stands", room=room))

    async def holds(self, room: str, users: Sequence[str]) -> None:
        """Wait until exactly these people are in a room."""
        assert await self._ask("holds", room=room, users=list(users))

    async def devices(self, user: str) -> dict[str, bool]:
        """Return somebody's devices, and whether their owner signed each."""
        return dict(await self._ask("devices", user=user))

    # How.

    async def _ask(self, what: str, **more: Any) -> Any:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": what, **more}).encode() + b"\n")
        await self._process.stdin.drain()
        return await self._answer()

    async def _answer(self) -> Any:
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        except TimeoutError:
            line = b""
        said = json.loads(line) if line else {"error": "nothing was said"}
        if "error" in said:
            raise AssertionError(f"{said['error']}\n{self._log.read_text(errors='replace')[-4000:]}")
        return said["answer"]
