"""A check-in room on any platform: opened, entered, and told as a transcript that is the same everywhere."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from bot.store.sealed import Keys, identity
from tests.drivers import Evening
from tests.drivers.traces import traces

ROOT = Path(__file__).parent.parent.parent
NAMES = ("birch", "alder", "rowan", "hazel", "linden")
ABOUT = ("checkin", "seat", "agenda", "outbox", "post")

_STARTERS = tuple(
    prompt
    for deck in tomllib.loads((ROOT / "bot/decks/en.toml").read_text(encoding="utf-8")).values()
    for prompt in (deck if isinstance(deck, list) else ())
)


async def opens(evening: Evening, name: str = "birch", **args: str) -> str:
    """Let somebody open a room now, where all can see its card; return the answer."""
    answer = await evening.person(name).asks("checkin open", args or {"minutes": "60"}, in_room=True)
    await evening.settle()
    return answer


async def joins(evening: Evening, *names: str, how: str = "checkin.join") -> str:
    """Let people in by the newest card; return the room, as the last of them knows it."""
    room = ""
    for name in names:
        before = set(evening.person(name).rooms())
        assert "I let you in" in await evening.person(name).presses_in_room(how)
        await evening.settle()
        (room,) = set(evening.person(name).rooms()) - before
    return room


async def opened(evening: Evening, *names: str, **args: str) -> str:
    """Open a room and let people in."""
    assert "A check-in room opens now" in await opens(evening, **args)
    return await joins(evening, *names)


def plain(evening: Evening, words: str) -> str:
    """Return words in which people are called as `Evening.person` takes it, however a platform shows them."""
    for name in NAMES:
        words = re.sub(rf"@?{re.escape(evening.person(name).name)}(?: \({name}\))?", name, words)
    return words


def last(evening: Evening, name: str, room: str) -> str:
    """Return what somebody reads at the end of a room."""
    return plain(evening, evening.person(name).sees_in(room)[-1])


def card(evening: Evening) -> str:
    """Return the newest invitation; empty when none stands."""
    return next((said for said in reversed(evening.in_the_room()) if "is open until" in said), "")


def kept(evening: Evening) -> set[str]:
    """Return the tables that hold anything about a check-in."""
    rows = evening.rows()
    return {table for table in ABOUT if rows[table]}


def sealed(evening: Evening) -> dict[str, str | bytes]:
    """Return how members are known where ids are sealed, by their names."""
    keys = Keys.load_or_make(evening.folder / "porchlight.key")
    return {name: keys.seal_id(identity(evening.person(name).member)) for name in NAMES}


def at_rest(evening: Evening) -> set[str]:
    """Return the names of those who stand anywhere in the database as somebody who is known by their id."""
    return traces(sealed(evening), evening.bytes_at_rest())


_READERS = (
    "Those who were let in", "The people in this room", "The owner of", "So can", "None of them", "Some of them",
    "It is encrypted", "Discord keeps", "Everybody", "All of them", "It is a public", "Who comes later",
)  # fmt: skip
"""How sentences of adapters begin that say who can read a room."""

_PRESSED = "To answer, write to me privately"
"""How a line of an adapter begins that says how something is pressed where there are no buttons."""

_TIME = re.compile(
    r"<t:[0-9]+(?::[a-zA-Z])?>|(?:today at |tomorrow at )?[0-9]{1,2}:[0-9]{2}(?:\u202f?\s?[ap]m)?", re.IGNORECASE
)


@dataclass
class Transcript:
    """Everything that is read in an evening, by whom, in order: without clocks, and without what differs by platform.

    Attributes:
        evening: The evening.
        witness: Whose eyes the room is seen with: the first who comes in and stays to the end; empty for nobody.
        lines: What was read.
    """

    evening: Evening
    witness: str
    lines: list[str] = field(default_factory=list)
    room: str = ""
    _seen: dict[str, int] = field(default_factory=dict)

    async def opens(self, **args: str) -> None:
        """Open a room."""
        self._seen["hall"] = len(self.evening.in_the_room())
        self._alone("birch", await opens(self.evening, **args))

    async def joins(self, name: str, how: str = "checkin.join") -> None:
        """Let somebody in by the card."""
        before = set(self.evening.person(name).rooms())
        answer = await self.evening.person(name).presses_in_room(how)
        await self.evening.settle()
        self.room = next(iter(set(self.evening.person(name).rooms()) - before), self.room)
        self._alone(name, answer)

    async def presses(self, name: str, action: str) -> None:
        """Let somebody press something in the room."""
        answer = await self.evening.person(name).presses_in(self.room, f"checkin.{action}")
        await self.evening.settle()
        self._alone(name, answer)

    async def wind(self, **length: float) -> None:
        """Let time pass."""
        await self.evening.wind(**length)
        self._look()

    @property
    def words(self) -> str:
        """The whole of it."""
        return "".join(f"{line}\n" for line in self.lines)

    def _alone(self, name: str, answer: str) -> None:
        self.lines.append(f"{name} alone reads: {self._plain(answer)}")
        self._look()

    def _look(self) -> None:
        hall = self.evening.in_the_room()
        self._new("all read in the hall", "hall", hall)
        if self.room and self.witness:
            self._new("read in the room", self.room, self.evening.person(self.witness).sees_in(self.room))

    def _new(self, where: str, place: str, said: tuple[str, ...]) -> None:
        new = said[self._seen.get(place, 0) :]
        self._seen[place] = len(said)
        self.lines += [f"{where}: {self._plain(words)}" for words in new]

    def _plain(self, words: str) -> str:
        kept: list[str] = []
        for line in words.splitlines():
            same = "(who can read it)" if line.startswith(_READERS) else line
            if line.startswith(_PRESSED):
                continue
            if kept[-1:] != [same]:
                kept.append(same)
        words = _TIME.sub("(a time)", " / ".join(kept))
        words = re.sub(r"(?<=I let you in: ).*?(?=\. It is open)", "(the room)", words)
        words = re.sub(r"(?<=everybody in ).*?(?=\. You come)", "(the hall)", words)
        words = plain(self.evening, words)
        for starter in sorted(_STARTERS, key=len, reverse=True):
            words = words.replace(starter, "(a prompt)")
        return words
