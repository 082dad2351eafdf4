"""The ports: what the core asks of the world, and what adapters ask of the core."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.contract.card import Form
from bot.contract.command import Catalogue
from bot.contract.effect import Effect, Found, Result
from bot.contract.facts import Answer, Question
from bot.contract.intent import Intent, Reply
from bot.contract.queues import WorkTx
from bot.contract.text import Shows, Text, Voice

T = TypeVar("T")


class Capability:
    """Names of what an adapter can do. The core asks what an adapter can, never which one it is."""

    ROOMS = "rooms"
    """Make private rooms and let people into them."""
    HANDLES = "handles"
    """Give two people each other's handle, so that they can write to each other without the bot."""
    MEMBERS = "members"
    """List the members of a space."""
    EDITS = "edits"
    """Edit and take away what was posted."""
    FORMS = "forms"
    """Show a form of several questions at once."""
    HANDS_OVER = "hands over"
    """Leave a room to the people in it. Elsewhere the bot stays, hearing nothing, so that it can close the room."""
    PINS = "pins"
    """Pin what was posted."""
    READS_BACK = "reads back"
    """Show whoever comes into a room that the bot made what was said there before. Elsewhere they read and press only
    what is said from then on, so what they need of it is told to them privately."""
    EVENTS = "events"
    """Show what takes place in a list of the space's own. Everybody there sees it, with who is interested by name."""
    STAMPS = "stamps"
    """Show each reader an instant in their own zone. Elsewhere a room has to be told whose clock is meant."""


class Clock(Protocol):
    """The only one who knows what time it is."""

    def now(self) -> datetime:
        """Return the aware instant, UTC."""

    async def sleep_until(self, instant: datetime) -> None:
        """Return at ``instant`` or soon after. Callers look at the clock again: a clock may be wound."""


class Speaker(Protocol):
    """Finds the words of a `Text`."""

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages it speaks, English first."""

    def say(self, text: Text, voice: Voice, now: datetime, shows: Shows) -> str:
        """Return the sentence in the reader's language and zone, with what it speaks of as the platform shows it.

        A missing text falls back to English, and then to its id.
        """

    def plain(self, text: Text, locale: str) -> str:
        """Return a sentence that speaks of nobody and no time: labels, names and descriptions of commands."""


class Store(Protocol):
    """The database, as the runtime sees it. Handlers run inside a transaction and see a `Tx`."""

    async def write(self, work: Callable[[WorkTx], T]) -> T:
        """Run ``work`` in a write transaction (immediate) and commit; an exception rolls everything back."""

    async def read(self, work: Callable[[WorkTx], T]) -> T:
        """Run ``work`` in a read-only transaction."""

    async def sweep(self, now: datetime) -> None:
        """Delete what has outlived its lifetime and truncate the side files."""

    def session(self) -> AbstractAsyncContextManager[None]:
        """Hold the database open: lock, back-up, migrations, forget-list first; closed at the end."""


class Winder(Protocol):
    """A clock that can be wound forward, for playground and tests: what is due on the way happens on the way."""

    async def next_due(self) -> datetime | None:
        """Return when the next thing is due."""

    async def settle(self) -> None:
        """Return when everything due by now is done and sent."""

    async def wind(self, to: datetime) -> None:
        """Go forward to ``to``, stopping at each thing due and settling."""


class Sink(Protocol):
    """What an adapter calls when something came in."""

    @property
    def catalogue(self) -> Catalogue:
        """The commands, for completion, registration and help."""

    async def ask(self, intent: Intent) -> Reply:
        """Do what was asked; the reply is for the asker alone, and true: what it says is committed."""

    async def form(self, intent: Intent) -> Form | Reply:
        """Return the form of a command that declares one, filled with what is known; or why there is none."""


class Adapter(Protocol):
    """One platform.

    Its contract, proven by the shared tests in ``tests/adapters/contract.py``: the same key twice gives one message;
    an unknown place is ``Refused("gone")``; what is too long is split; cancelling ``run`` ends it.
    """

    @property
    def platform(self) -> str:
        """Its name: ``local``, ``discord``, ``matrix``."""

    @property
    def capabilities(self) -> frozenset[str]:
        """What it can do, as `Capability` names."""

    @property
    def safe(self) -> timedelta:
        """How long after its first try a key may be sent again and still gives one message.

        That is how long the platform keeps keys, less the minute that a request may be on its way.
        """

    async def run(self, sink: Sink) -> None:
        """Serve until cancelled."""

    async def perform(self, key: str, mark: str, effect: Effect, voice: Voice) -> Result:
        """Make an effect happen.

        Args:
            key: At most 25 characters; the same for every try of the same effect.
            mark: Carried by the message or room itself, so that `find` can find it.
            effect: What to do.
            voice: The reader's language and zone.
        """

    async def find(self, mark: str, effect: Effect) -> Found:
        """Look whether an effect with this mark has happened, in the place's history, at our own marks only."""

    async def tell(self, question: Question) -> Answer:
        """Answer a live question, from the platform and not from memory."""


Failpoint = Callable[[str], None]
"""Called by name before and after every durable write and network call. Does nothing, except in crash tests."""

Adapters = Mapping[str, Adapter]
