"""What people can ask, what is done when time comes, and what follows an effect: three tables, written out by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from bot.contract.calendar import Calendars
from bot.contract.card import Card, Option
from bot.contract.effect import Accepted, NotSent, Refused, Relay
from bot.contract.facts import Live, Right
from bot.contract.intent import Done, Due
from bot.contract.params import Raw
from bot.contract.place import Member, Room, Space
from bot.contract.tables import Tx
from bot.contract.text import Text

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


class Chance(Protocol):
    """Chance and new ids, as an argument."""

    def new_id(self) -> str:
        """Return a random id of 16 letters and digits."""

    def flip(self) -> bool:
        """Return True or False, equally likely."""

    def salt(self) -> bytes:
        """Return 16 secret random bytes."""


class Sealer(Protocol):
    """Seals a short value into the subject of a choice, so that nothing need be stored for it."""

    def seal(self, value: str, until: datetime) -> str:
        """Return an opaque subject that holds ``value`` and cannot be read or made by others."""

    def unseal(self, subject: str, now: datetime) -> str | None:
        """Return the value, or None when the subject is not ours or its time is over."""

    def pair(self, one: bytes, other: bytes) -> bytes:
        """Return the keyed hash of two people, the same in either order (32 bytes)."""

    def one_sided(self, owner: bytes, other: Member) -> bytes:
        """Return the keyed hash by which ``owner`` (their salt) keeps apart from ``other`` (32 bytes)."""


@dataclass(frozen=True, slots=True)
class NoArgs:
    """A command that asks nothing."""


@dataclass(frozen=True, slots=True)
class Turn(Generic[A_co]):
    """What a handler works with, besides the transaction.

    Attributes:
        now: The one instant of this turn, aware, UTC.
        args: What the asker gave, as values.
        live: Live facts.
        chance: Ids and chance.
        sealer: Seals values into subjects.
        can: What each platform's adapter can do (`bot.contract.ports.Capability` names).
        member: Who asks; None when nobody does (time came, an effect ended).
        community: Id of the community this is about; empty where the command needs none and none was found.
        subject: What the pressed choice was about.
        space: Where it was asked; None in private.
        room: The room it was asked in; None in private.
        locale: The language the platform shows the asker.
        right: The asker's right in the community.
        outcome: How the relay ended, when this turn follows one; `NotSent` only for one that `Relay.takes_back`.
        said_at: When what was given was shown back, if it was and has been confirmed since. What was typed was meant
            as of then: ``tomorrow`` confirmed after midnight is still the same day.
        worked_out: What a job's `Job.heavy` came to.
        calendars: Writes calendars; None only where a test needs none.
    """

    now: datetime
    args: A_co
    live: Live
    chance: Chance
    sealer: Sealer
    can: Mapping[str, frozenset[str]]
    member: Member | None = None
    community: str = ""
    subject: str = ""
    space: Space | None = None
    room: Room | None = None
    locale: str = ""
    right: Right = Right.NONE
    outcome: Accepted | Refused | NotSent | None = None
    said_at: datetime | None = None
    worked_out: object = None
    calendars: Calendars | None = None

    @property
    def asker(self) -> Member:
        """Who asks, where somebody must have."""
        assert self.member is not None  # noqa: S101 - dispatch gives every command its asker
        return self.member


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a form shows before it is filled in: values that stand there already, options found in the store.

    ``without`` names what is not asked, because it is not to be had here.
    """

    values: Mapping[str, Raw] = field(default_factory=dict)
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Command(Generic[A]):
    """Something people can ask for.

    Attributes:
        name: Words that are typed (``peer ask``), or a dotted name that can only be pressed (``peer.yes``). Its
            description is the text ``command-<name with hyphens>``.
        run: The handler. Returns the card for the asker, or a `Relay`.
        args: Dataclass of its parameters.
        right: What the asker must be. ``NONE``: anybody who can write to the bot.
        community: Whether it is about one community, which is then found (or asked for) before it runs.
        form: Asked for without arguments, it opens a form.
        prepare: Brings the values and options of the form, in a read-only transaction.
        echo: Says how what was given is understood, and what would be done with it: shown back, before it is done, in
            the place of the free text alone. No sentences: nothing need be shown. May refuse.
        reads: Changes nothing: runs in a read-only transaction and is answered as often as it is asked.
        again: Done twice it is as if done once, and so it is done whenever its event comes. For what must also happen
            after commit, when the process may have died in between: the event comes again then, and is not passed over.
        feature: The feature of a community that it belongs to; where that is switched off, it is not to be had. What
            takes something back belongs to none, so that it can always be asked for.
        personal: Its choice may be pressed only by the member it was posted to. Choices in a room are not.
        about: Returns the community (id; empty: none) of what is pressed, so that whoever presses it in private and has
            said no language of their own is answered in that community's.
    """

    name: str
    run: Callable[[Turn[A], Tx], Card | Relay]
    args: type[A] = NoArgs  # type: ignore[assignment]
    right: Right = Right.MEMBER
    community: bool = True
    form: bool = False
    prepare: Callable[[Turn[NoArgs], Tx], Prepared] | None = None
    echo: Callable[[Turn[A], Tx], tuple[Text, ...]] | None = None
    reads: bool = False
    again: bool = False
    feature: str = ""
    personal: bool = True
    about: Callable[[Tx, str], str] | None = None

    @property
    def typed(self) -> bool:
        """Whether it can be typed."""
        return "." not in self.name

    @property
    def text_id(self) -> str:
        """The id of its description."""
        return "command-" + self.name.replace(" ", "-").replace(".", "-")


@dataclass(frozen=True)
class Job:
    """Something done when its time comes.

    Attributes:
        kind: Its name on the agenda.
        run: The handler.
        grace: How late it may still be done; None: whenever.
        announces: Id of the sentence by which ``/mine next`` lists it, for jobs that write to a member.
        heavy: For what takes longer than a transaction may: reads what it needs in a read-only transaction and returns
            what is to be worked out from that. It is called in a thread, where it must touch nothing but what it
            holds; ``run`` gets its result as `Turn.worked_out`. Much may have changed meanwhile: it looks again.
        together: Several that are due at one instant may be done at once and in any order: none changes what another
            of them finds, and nobody can tell from their order anything that is not theirs to know. For what is due
            for many at once and must ask the platform about each.
    """

    kind: str
    run: Callable[[Turn[NoArgs], Tx, Due], None]
    grace: timedelta | None = None
    announces: str = ""
    heavy: Callable[[Turn[NoArgs], Tx, Due], Callable[[], object]] | None = None
    together: bool = False


@dataclass(frozen=True)
class After:
    """Something done when an effect has ended, named by the effect's `bot.contract.effect.Then`."""

    name: str
    run: Callable[[Turn[NoArgs], Tx, Done], None]


@dataclass(frozen=True)
class Catalogue:
    """All commands, jobs and continuations."""

    all_commands: tuple[Command[Any], ...]
    all_jobs: tuple[Job, ...]
    all_afters: tuple[After, ...]

    @cached_property
    def commands(self) -> Mapping[str, Command[Any]]:
        """The commands by name."""
        return {command.name: command for command in self.all_commands}

    @cached_property
    def jobs(self) -> Mapping[str, Job]:
        """The jobs by kind."""
        return {job.kind: job for job in self.all_jobs}

    @cached_property
    def afters(self) -> Mapping[str, After]:
        """The continuations by name."""
        return {after.name: after for after in self.all_afters}
