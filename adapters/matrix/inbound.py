"""What something heard means, read. Pure: a `Heard` becomes what happened, or nothing.

Every piece is looked at before it is used, and nothing here raises on any of them. What is not a command, a number, or
the answer to a question that was asked ends here: of it only `Said` goes on, which holds nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from adapters.matrix import parse
from adapters.matrix.heard import LONGEST_BODY, LONGEST_ID, Heard, unquoted
from bot.contract.command import Catalogue
from bot.contract.params import Raw
from bot.contract.ports import Speaker
from bot.contract.typed import UNKNOWN


@dataclass(frozen=True, slots=True)
class Typed:
    """A command was typed; in a direct room perhaps as if in another, whose address is ``where``."""

    command: str
    args: Mapping[str, Raw] = field(default_factory=dict, repr=False)
    where: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """The question of a dialog was answered, in the words typed."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice was pressed by its number; of the card ``event``, or of the newest one where that is empty."""

    number: int
    event: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Waved:
    """Somebody pressed the wave under a card in a room: they would like to talk privately."""

    event: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """Something was written that is not understood. What it was is gone."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """Something was written in a direct room for which no key came."""


@dataclass(frozen=True, slots=True)
class Invited:
    """The bot is invited: into a direct room, which may not be encrypted, or into another."""

    direct: bool
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A room says that it goes on in another. That is not proven."""

    room: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ended:
    """A direct room is none any more: a third person came, or the other one left."""

    crowded: bool


@dataclass(frozen=True, slots=True)
class TakenAway:
    """Something that was said in a room was taken away, by somebody else than the bot."""

    event: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Removed:
    """The bot is no longer in the room."""


Happened = Typed | Answered | Pressed | Waved | Said | Unopened | Invited | Upgraded | Ended | TakenAway | Removed


@dataclass(frozen=True, slots=True)
class Here:
    """What is known of the room in which something was heard.

    Attributes:
        own: The bot's user id.
        direct: The user id of the other person in a direct room; empty in any other room.
        asking: The event of the question that waits for an answer there; empty words where its id is not known yet;
            None where no question waits.
        commands: Commands may be typed there though it is no direct room.
        locale: The writer's language, as far as it is known.
    """

    own: str = field(repr=False)
    direct: str = field(default="", repr=False)
    asking: str | None = field(default=None, repr=False)
    commands: bool = False
    locale: str = "en"


def happened(  # noqa: PLR0911 - one a kind
    heard: Heard, here: Here, catalogue: Catalogue, speaker: Speaker
) -> Happened | None:
    """Return what something heard means; None when it means nothing to the bot.

    What the bot itself did is left out, and so are edits, reactions that are no number and no wave, and
    words that were not written by the one person of a direct room.

    Args:
        heard: What was heard, of any shape.
        here: What is known of its room.
        catalogue: The commands.
        speaker: The words.
    """
    if not _shaped(heard) or (heard.sender == here.own and heard.kind not in _OF_THE_ROOM):
        return None
    match heard.kind:
        case "message":
            return _message(heard, here, catalogue, speaker)
        case "reaction":
            return _reaction(heard, here)
        case "invite":
            return _invite(heard)
        case "tombstone":
            return Upgraded(heard.relates_to) if _room(heard.relates_to) else None
        case "undecryptable":
            return Unopened() if here.direct and heard.sender == here.direct else None
        case "redaction":
            return None if here.direct else TakenAway(heard.relates_to)
        case "ended":
            return Ended(heard.key == "crowded")
        case "removed":
            return Removed()
        case _:
            return None


def _message(heard: Heard, here: Here, catalogue: Catalogue, speaker: Speaker) -> Happened | None:
    body = unquoted(heard.body) if heard.relates_to else heard.body
    if heard.sender != here.direct:
        if here.direct or not here.commands:
            return None
        # Other bots have commands of their own: what is not one of ours was not meant for us.
        read = parse.line(body, catalogue, speaker, here.locale)
        return Typed(read.command, read.args) if read.command != UNKNOWN else None
    typed, where = parse.elsewhere(body)
    read = parse.line(typed, catalogue, speaker, here.locale)
    if read.command != UNKNOWN:
        return Typed(read.command, read.args, where)
    if body and here.asking is not None and heard.relates_to in {"", here.asking}:
        return Answered(body)
    chosen = parse.number(body)
    return Pressed(chosen, heard.relates_to) if chosen is not None else Said()


def _reaction(heard: Heard, here: Here) -> Happened | None:
    if not heard.relates_to.startswith("$"):
        return None
    if here.direct:
        chosen = parse.number(heard.key) if heard.sender == here.direct else None
        return Pressed(chosen, heard.relates_to) if chosen is not None else None
    return Waved(heard.relates_to) if parse.waves(heard.key) else None


def _invite(heard: Heard) -> Happened | None:
    match heard.key:
        case "direct" | "direct-clear":
            return Invited(direct=True, encrypted=heard.key == "direct")
        case "room":
            return Invited(direct=False, encrypted=False)
        case _:
            return None


_OF_THE_ROOM: Final = frozenset({"ended", "removed"})
"""What becomes of a room, whoever brought it about."""


def _shaped(heard: Heard) -> bool:
    """Return whether every piece is of the shape that it should have. Types say so too; what was sent may not."""
    texts: tuple[object, ...] = (heard.id, heard.room, heard.sender, heard.kind, heard.relates_to, heard.key)
    if not all(isinstance(one, str) and len(one) <= LONGEST_ID for one in texts):
        return False
    body: object = heard.body
    if not isinstance(body, str) or len(body) > LONGEST_BODY or not _room(heard.room):
        return False
    if heard.id and not heard.id.startswith("$"):
        return False
    return parse.user(heard.sender) or (not heard.sender and heard.kind in _OF_THE_ROOM)


def _room(name: str) -> bool:
    return name.startswith("!") and len(name) > 1 and name.isprintable() and " " not in name
