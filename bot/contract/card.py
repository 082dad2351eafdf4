"""What we say: cards, the choices on them, and the forms that ask several questions at once."""

from dataclasses import dataclass, field

from bot.contract.params import Kind, Raw
from bot.contract.text import Text, Voice


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press.

    Attributes:
        action: Name of the command that pressing it asks for (``peer.yes``, or a typed one such as ``peer ask``).
        label: What it says; the verb comes first.
        subject: What it is about: a random id, never a counter or a name.
        destroys: Pressing it destroys something. Only such a choice may look different from its neighbours.
    """

    action: str
    label: Text
    subject: str = ""
    destroys: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a card, made for its reader alone."""

    name: str
    media_type: str
    body: str


@dataclass(frozen=True, slots=True)
class Card:
    """One message: a title if it needs one, lines of text, choices.

    Where it is read is not a property of a card. A card that a handler returns is read by the asker alone; a
    card in a `bot.contract.effect.Say` is read where that is sent. ``farewell``: once it is said to its asker, the
    adapter forgets them as well: their private conversation, what was shown there, what they are called. The command
    that returns it is done again when its event comes again (`bot.contract.command.Command.again`), so that a process
    that dies before the adapter has forgotten them does so after its restart.
    """

    lines: tuple[Text, ...]
    title: Text | None = None
    choices: tuple[Choice, ...] = ()
    document: Document | None = None
    farewell: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values a field offers."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form: what is asked, what is offered, what stands there already."""

    name: str
    kind: Kind
    label: Text
    required: bool
    value: Raw = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Several questions. Filled in, it comes back as an intent for ``command`` with ``subject``.

    ``voice`` is how its reader is spoken to, as in a `bot.contract.intent.Reply`.
    """

    command: str
    title: Text
    fields: tuple[Field, ...]
    subject: str = ""
    voice: Voice = field(default_factory=Voice)
