"""What comes in: somebody asked for something, time came for something, something that left has arrived."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.contract.card import Card
from bot.contract.effect import Effect, Result
from bot.contract.facts import Known
from bot.contract.params import Raw
from bot.contract.place import Member, Room, Space
from bot.contract.text import Fact, Voice


@dataclass(frozen=True, slots=True)
class Intent:
    """Somebody asked for something: typed a command, pressed a choice, sent a form.

    Attributes:
        key: The platform's id of the event. The same event may arrive twice; its key says so.
        command: Name in the catalogue. What an adapter could not read becomes ``about.unknown``.
        member: Who asks.
        args: What they gave, as words; dispatch turns words into values.
        subject: What the pressed choice was about.
        space: Where they asked; None in a private conversation.
        room: The room they asked in; None in a private conversation.
        locale: The language their platform shows them, where it says.
        known: Live facts that came with the event.
    """

    key: str = field(repr=False)
    command: str
    member: Member
    args: Mapping[str, Raw] = field(default_factory=dict, repr=False)
    subject: str = ""
    space: Space | None = None
    room: Room | None = None
    locale: str = ""
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """The time for something has come. ``due_at`` is when it was meant; it may be later now."""

    id: str
    kind: str
    subject: str
    due_at: datetime
    attempts: int = 0
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An effect ended: accepted or refused for good. ``facts`` are those of its `Then`."""

    id: str
    effect: Effect
    result: Result
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to an intent, for the asker alone. No card: the same event was answered before."""

    card: Card | None
    voice: Voice
