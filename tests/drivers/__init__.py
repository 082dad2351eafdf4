"""People for tests: one way to speak of an evening with the bot, on every platform.

A promise is tested once, against `Evening` and `Person`; each platform brings a driver that does the same on its real
client library. `every_platform` runs a test on all of them and marks it with the promise.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest

from bot.contract.params import Raw
from bot.contract.place import Member
from bot.store.lifetimes import Lifetimes

PLATFORMS = ("local", "discord", "matrix")
"""The platforms that have a driver."""

F = TypeVar("F", bound=Callable[..., Any])


class Person(Protocol):
    """Somebody, as their platform lets them act and see."""

    @property
    def name(self) -> str:
        """What the platform shows of them."""

    @property
    def member(self) -> Member:
        """Them, for a command that names a member."""

    async def asks(self, command: str, args: Mapping[str, Raw] | None = None, *, in_room: bool = False) -> str:
        """Type a command (and fill in its form); return the answer only they see."""

    async def presses(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        """Press the newest choice with this action that they can see (and fill in its form); return the answer."""

    async def presses_in_room(self, action: str, args: Mapping[str, Raw] | None = None) -> str:
        """Press the newest choice with this action in the room that all share (and fill in its form).

        Return the answer only they see.
        """

    async def writes(self, words: str, *, in_room: bool = False) -> str:
        """Write plain talk; return the answer only they see, if any."""

    def sees(self) -> tuple[str, ...]:
        """Return what stands in their private conversation now, oldest first."""

    def was_sent(self) -> tuple[tuple[datetime, str], ...]:
        """Return everything that the bot ever posted to them privately on its own, with times."""

    def choices(self) -> tuple[str, ...]:
        """Return the actions they can press now."""

    def choice_subject(self, action: str) -> str:
        """Return what the newest choice with this action is about."""

    def button(self, action: str) -> str:
        """Return the newest choice with this action as the platform would send it when pressed."""

    async def presses_button(self, written: str) -> str:
        """Press a choice as the platform would send it, whoever it was shown to; return the answer."""

    def rooms(self) -> tuple[str, ...]:
        """Return the rooms they are in that are not shared by all. One that is over may be among them."""

    def sees_in(self, room: str) -> tuple[str, ...]:
        """Return what was written in a room that the bot made, by whomever, as far as they can read it; oldest first.

        What a platform itself says there (who came, who was taken out) is not among it.
        """

    def choices_in(self, room: str) -> tuple[str, ...]:
        """Return the actions they can press in a room that the bot made.

        Where the platform shows nobody what was said before they came, also those that they were given privately.
        """

    async def presses_in(self, room: str, action: str, args: Mapping[str, Raw] | None = None) -> str:
        """Press the newest choice with this action in a room that the bot made; return the answer only they see.

        Where the platform shows nobody what was said before they came, it may be one that they were given privately.
        """

    async def writes_in(self, room: str, words: str) -> None:
        """Write plain talk in a room that the bot made."""

    async def leaves(self, room: str) -> None:
        """Leave a room that the bot made by the means of their platform, past the bot."""

    def becomes(self, **facts: bool | str) -> None:
        """Change what the platform knows of them: ``present``, ``timed_out``, ``open``, ``locale``."""


class Evening(Protocol):
    """A community with the bot in it, and a clock."""

    @property
    def folder(self) -> Path:
        """Where the bot keeps its database, with the side files and the key beside it."""

    @property
    def now(self) -> datetime:
        """What time it is."""

    def person(self, name: str) -> Person:
        """Return somebody: birch, alder, rowan, hazel (members) or linden (moderator)."""

    async def wind(self, **length: float) -> None:
        """Let time pass (``hours=1``); what is due on the way happens on the way."""

    async def settle(self) -> None:
        """Let everything happen that is due now."""

    async def restart(self, meanwhile: Callable[[], None] | None = None, lifetimes: Lifetimes | None = None) -> None:
        """Stop the bot and start it again on the same database, perhaps configured otherwise.

        ``meanwhile`` is done while it is stopped.
        """

    def in_the_room(self) -> tuple[str, ...]:
        """Return what stands in the room that all share, oldest first."""

    def pinned(self) -> tuple[str, ...]:
        """Return what is pinned in the room that all share, as it stands now."""

    def deletes_post(self, words: str) -> None:
        """Let the newest post with these words in the room that all share be taken away, past the bot."""

    @property
    def hears_deletions(self) -> bool:
        """Whether the platform tells a bot at once that a message of its own was taken away."""

    @property
    def lists_members(self) -> bool:
        """Whether the platform lets a bot know who is in a community."""

    def takes_writing_away(self) -> None:
        """Let the bot not write any more in the room that all share."""

    def newcomer(self, name: str, days: int) -> Person:
        """Let somebody else be there, since some days."""

    def bot_is_in(self, room: str) -> bool:
        """Return whether the bot is in a room, by the id that `Person.rooms` gives."""

    def people_in(self, room: str) -> tuple[str, ...]:
        """Return who is in a room that the bot made, by the names that `person` takes, in their order."""

    def is_over(self, room: str) -> bool:
        """Return whether a room that the bot made is over: archived, or empty and left, or not there any more."""

    def is_locked(self, room: str) -> bool:
        """Return whether those who are still in a room that is over can neither write nor open it again."""

    def is_visible(self, room: str) -> bool:
        """Return whether members of the community can look into a room without having been let in."""

    def lets_bot_manage(self) -> None:
        """Let the bot do what it does not ask for: lock rooms, make such as all can look into; where there is that."""

    def lets_bot_pin(self) -> None:
        """Let the bot pin in the room that all share, where its coming alone does not give it that."""

    def widens_room(self) -> None:
        """Let the rooms that are made from now on be readable by more than they are made for."""

    def deletes_room(self, room: str) -> None:
        """Let a room that the bot made be taken away, by somebody who looks after the platform."""

    def shuts_bot_out(self, room: str) -> None:
        """Let the bot not write any more in a room that it made."""

    def rows(self) -> Mapping[str, int]:
        """Return how many rows each table holds."""

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Return the columns of every table."""

    def bytes_at_rest(self) -> bytes:
        """Return every byte of the database and its side files."""


def every_platform(*promises: str, set_up: bool = True, but: tuple[str, ...] = ()) -> Callable[[F], F]:
    """Run a test on every platform that has a driver (fixture ``evening``), as a proof of these promises.

    Without ``set_up`` no community has been set up: the bot is there, and knows of nobody. ``but`` names platforms on
    which the promise is kept in another way, proven elsewhere.
    """
    return pytest.mark.parametrize(
        "evening",
        [
            pytest.param(
                platform if set_up else f"{platform} bare",
                id=platform,
                marks=[pytest.mark.promise(promise, platform=platform) for promise in promises],
            )
            for platform in PLATFORMS
            if platform not in but
        ],
        indirect=True,
    )
