"""What handlers may read and write: the tables of one transaction, as protocols.

`bot.store` implements them. Every method runs at once, inside the transaction; ``..._for_change`` reads in order to
change and locks the row where the database does so. Ids are ours and random, unless a type of
`bot.contract.place` says otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.contract.checkins import Words
from bot.contract.effect import Effect, Then
from bot.contract.facts import Right, Standing
from bot.contract.intent import Due
from bot.contract.place import Member, Place, Post, Room, Space
from bot.contract.text import Fact, Voice
from bot.domain.openings import Opening, Question

if TYPE_CHECKING:
    from bot.contract.agreements import Agreements
    from bot.contract.calendar import Feeds
    from bot.contract.checkins import Checkins
    from bot.contract.circles import Circles
    from bot.contract.searches import Searches


@dataclass(frozen=True, slots=True)
class Profile:
    """What a member chose. There is none before their own first yes.

    Attributes:
        id: Ours, random.
        member: As the platform knows them (sealed at rest).
        salt: 16 secret bytes; with them goes all that could link a keyed hash to this person.
        created_at: When the row was made.
        language: How the bot speaks to them; empty: as the community.
        zone: Their IANA zone; empty: the community's.
        quiet_from: Local time from which no question reaches them; None: never quiet.
        quiet_to: Local time until which.
        called: How they wish to be called (sealed free text); empty: as the platform shows them.
        budget: Messages a day that the bot may send on its own.
        sent_on: The local day (ISO) that ``sent`` counts.
        sent: Messages sent on its own on that day.
        lead: Minutes before something planned at which they like to be reminded.
        usual_community: Id of the community that is meant in private when there are several; may be empty.
        paused_until: Nobody is introduced to them before.
        languages: Languages they usually talk in.
        way: Their usual way of talking.
        place: Their usual place.
        span: How long their requests usually stay open.
        someone_new: Whether they usually want to meet someone new.
        ask_first: Whether they usually want to be asked again.
        questions: How often their light may be asked.
    """

    id: str
    member: Member
    salt: bytes = field(repr=False)
    created_at: datetime
    language: str = ""
    zone: str = ""
    quiet_from: time | None = None
    quiet_to: time | None = None
    called: str = field(default="", repr=False)
    budget: int = 3
    sent_on: str = ""
    sent: int = 0
    lead: int = 60
    usual_community: str = ""
    paused_until: datetime | None = None
    languages: tuple[str, ...] = ()
    way: str = "text"
    place: str = "either"
    span: str = "1d"
    someone_new: bool = False
    ask_first: bool = False
    questions: int = 2


@dataclass(frozen=True, slots=True)
class Community:
    """What settings, words and lists belong to.

    Attributes:
        id: Ours, random.
        created_at: When it was set up.
        language: The language of posts in its rooms.
        zone: Its IANA zone.
        wait_days: Days in the community before somebody may ask or light.
        groups: Opaque ids of the roles that form introduction groups; people meet within a group only.
        moderators: Opaque ids of roles whose members moderate here, besides those whom the platform says moderate.
        off: Features that are switched off (`bot.contract.command.Command.feature`).
        step: How far a moderator came on the way through the settings; empty when nobody is on it.
        welcome: Whether whoever is new is shown, once and privately, what is agreed here.
    """

    id: str
    created_at: datetime
    language: str = "en"
    zone: str = "UTC"
    wait_days: int = 3
    groups: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    step: str = ""
    welcome: bool = False

    def right(self, standing: Standing) -> Right:
        """Return what somebody may do here: what the platform says, raised by a role of the moderators.

        The platform says first whether they are here at all, and whether a time-out keeps them from speaking.
        """
        if standing.right > Right.NONE and standing.able and standing.roles & frozenset(self.moderators):
            return max(standing.right, Right.MODERATOR)
        return standing.right

    def open_from(self, standing: Standing) -> datetime | None:
        """Return from when on somebody may open anything here; None where it is not known when they came."""
        return None if standing.joined_at is None else standing.joined_at + timedelta(days=self.wait_days)

    def group(self, standing: Standing) -> str | None:
        """Return somebody's introduction group; empty where there are none, None where they are in none of them."""
        return next((group for group in self.groups if group in standing.roles), None) if self.groups else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or a line of a community's lists, with its id."""

    id: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a moderator can set and take back: the community, its lists, what its rooms are for, and its check-ins.

    What stands in a room (the front door) is not among it: that is taken away where it was put.
    """

    community: Community
    words: tuple[Entry, ...] = ()
    elsewhere: tuple[Entry, ...] = ()
    rooms: tuple[tuple[str, Room], ...] = ()
    checkins: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class Before:
    """The settings before the latest change.

    Attributes:
        id: Ours, random; another change has another.
        what: The command that changed them.
        settings: As they were.
    """

    id: str
    what: str
    settings: Settings = field(repr=False)


@dataclass(frozen=True, slots=True)
class Apart:
    """One entry of somebody's *not with this person* list: a keyed hash and when it was made."""

    id: str
    hash: bytes = field(repr=False)
    added_at: datetime


@dataclass(frozen=True, slots=True)
class PlanReminder:
    """A reminder of a plan that lives somewhere else: one person's own, whoever asked for it first.

    Attributes:
        id: Ours, random.
        member: Whom it reminds (our id).
        community: Id of the community in which they asked; who is no longer there is not reminded.
        link: Where the plan is (sealed at rest). What the plan says is not known here.
        due_at: When they wish to be reminded.
    """

    id: str
    member: str
    community: str
    link: str = field(repr=False)
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Willing:
    """A moderator who said that members may write to them by way of the bot.

    Attributes:
        id: Ours, random.
        community: Id of the community.
        profile: Who (our id).
        member: Who, as their platform knows them.
    """

    id: str
    community: str
    profile: str
    member: Member


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row of ours about a member, for their eyes: values by column, identifiers in words."""

    values: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Held:
    """All rows of one table about a member."""

    table: str
    rows: tuple[HeldRow, ...]


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long rows of a table live, as the registry states it; ``text`` is the id of the sentence."""

    table: str
    text: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will be sent to a member: the agenda's kind and when."""

    kind: str
    at: datetime
    facts: tuple[Fact, ...] = ()


class Members(Protocol):
    """Profiles."""

    def find(self, member: Member) -> Profile | None:
        """Return the profile of a member, if they ever said yes to anything."""

    def get(self, id: str) -> Profile | None:  # noqa: A002 - the column's name
        """Return a profile by our id."""

    def add(self, profile: Profile) -> None:
        """Store a new profile."""

    def save(self, profile: Profile) -> None:
        """Store a changed profile."""


class Communities(Protocol):
    """Communities, their spaces, words and lists."""

    def get(self, id: str) -> Community | None:  # noqa: A002 - the column's name
        """Return a community."""

    def of_space(self, space: Space) -> Community | None:
        """Return the community that a space belongs to."""

    def on(self, platform: str) -> tuple[Community, ...]:
        """Return all communities with a space on a platform."""

    def spaces(self, id: str) -> tuple[Space, ...]:  # noqa: A002 - the column's name
        """Return the spaces of a community."""

    def add(self, community: Community, space: Space) -> None:
        """Store a new community with its first space."""

    def save(self, community: Community) -> None:
        """Store a changed community."""

    def words(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return a community's words, in order."""

    def set_words(self, id: str, entries: Iterable[Entry]) -> None:  # noqa: A002 - the column's name
        """Replace a community's words. Choices of words that are gone go with them."""

    def rooms(self, id: str) -> Mapping[str, tuple[Room, ...]]:  # noqa: A002 - the column's name
        """Return the rooms that a community gave something to do, by what that is: one a platform."""

    def room(self, id: str, does: str, platform: str) -> Room | None:  # noqa: A002 - the column's name
        """Return the room of a community on a platform that does something."""

    def set_room(self, id: str, does: str, room: Room) -> None:  # noqa: A002 - the column's name
        """Give a room something to do. What did it before on that platform does it no more."""

    def clear_room(self, id: str, does: str, platform: str) -> None:  # noqa: A002 - the column's name
        """Let no room of a platform do something."""

    def post(self, id: str, does: str, platform: str) -> Post | None:  # noqa: A002 - the column's name
        """Return the message that stands in the room of a community that does something."""

    def set_post(self, id: str, does: str, platform: str, post: Post | None) -> None:  # noqa: A002
        """Keep where the message stands in the room that does something; None: it stands no more."""

    def settings(self, id: str) -> Settings | None:  # noqa: A002 - the column's name
        """Return all that a moderator can set and take back."""

    def restore(self, settings: Settings) -> None:
        """Put all that back as it was."""

    def before(self, id: str, now: datetime) -> Before | None:  # noqa: A002 - the column's name
        """Return the settings of a community before the latest change, as long as they are kept."""

    def keep_before(self, id: str, before: Before, now: datetime) -> None:  # noqa: A002 - the column's name
        """Keep the settings before a change, in the place of those before an earlier one."""

    def proposals(self, id: str, now: datetime) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return the words that were proposed to a community, in the order of the alphabet: not who, not when."""

    def propose(self, id: str, entry: Entry, now: datetime) -> None:  # noqa: A002 - the column's name
        """Keep a word that was proposed."""

    def drop_proposal(self, id: str, proposal: str) -> None:  # noqa: A002 - the column's name
        """Delete a word that was proposed to a community."""

    def elsewhere(self, id: str) -> tuple[Entry, ...]:  # noqa: A002 - the column's name
        """Return a community's list of other places to turn, in order."""

    def set_elsewhere(self, id: str, entries: Iterable[Entry]) -> None:  # noqa: A002 - the column's name
        """Replace a community's list of other places."""


@dataclass(frozen=True, slots=True)
class Round:
    """The rounds of a community: each asks again.

    Attributes:
        id: Random.
        community: Whose.
        rhythm: One of `bot.domain.rhythm.RHYTHMS`.
        begins_on: The first day, local to the community.
        wall: The local time at which people are introduced.
        opens_at: From when one can join the next of them.
        meets_at: When it introduces those who joined.
    """

    id: str
    community: str
    rhythm: str
    begins_on: date
    wall: time
    opens_at: datetime
    meets_at: datetime


@dataclass(frozen=True, slots=True)
class RoundYes:
    """Somebody's yes to one round.

    Attributes:
        id: Random.
        round: The round (`Round.id`).
        member: Whose (our id).
        said_at: When.
        ends_at: When they hear at the latest that nothing came of it.
        languages: Those they can talk in.
        way: How they would talk.
        place: Where they would talk.
        someone_new: Not with somebody met in the last 30 days.
        trio: Three are fine as well.
        group: The community's introduction group of theirs when they joined.
        meeting: The introduction that is on its way; empty for none.
        words: Ids of the community's words chosen for this round.
    """

    id: str
    round: str
    member: str
    said_at: datetime
    ends_at: datetime
    languages: tuple[str, ...]
    way: str
    place: str
    someone_new: bool
    trio: bool
    group: str = ""
    meeting: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who joined a round: their yes, and what of their profile a round is worked out from."""

    yes: RoundYes
    member: Member
    salt: bytes = field(repr=False)
    paused_until: datetime | None


@dataclass(frozen=True, slots=True)
class Party:
    """All that a round is worked out from.

    Attributes:
        guests: Those who joined, those who did first at the front.
        apart: Their *not with this person* lists, by their id.
        shunned: Words they do not want to meet unasked, by their id.
        met: All pairs that were introduced lately.
        left_out: All marks of those who stayed alone the last time.
    """

    guests: tuple[Guest, ...]
    apart: Mapping[str, frozenset[bytes]]
    shunned: Mapping[str, frozenset[str]]
    met: frozenset[bytes] = field(repr=False)
    left_out: frozenset[bytes] = field(repr=False)


class Rounds(Protocol):
    """Rounds and the yeses to them."""

    def of(self, community: str) -> Round | None:
        """Return the rounds of a community."""

    def get(self, id: str) -> Round | None:  # noqa: A002 - the column's name
        """Return a round."""

    def put(self, round: Round) -> None:  # noqa: A002 - what it is
        """Store a round, new or changed."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a round with every yes to it."""

    def join(self, yes: RoundYes) -> None:
        """Store a yes."""

    def yes(self, id: str) -> RoundYes | None:  # noqa: A002 - the column's name
        """Return a yes."""

    def yeses_of(self, member: str) -> tuple[RoundYes, ...]:
        """Return every yes of a member (our id)."""

    def together(self, meeting: str) -> tuple[RoundYes, ...]:
        """Return the yeses that an introduction on its way brings together, the oldest first."""

    def bring_together(self, meeting: str, yeses: Iterable[str]) -> None:
        """Let yeses (their ids) be brought together."""

    def part(self, meeting: str) -> None:
        """Let an introduction be on its way no more. The yeses stay."""

    def leave(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a yes."""

    def party(self, round: str, now: datetime) -> Party:  # noqa: A002 - what it is
        """Return all that a round is worked out from."""

    def leave_out(self, mark: bytes, expires_at: datetime) -> None:
        """Remember, by a keyed mark, that somebody stayed alone."""


class Openings(Protocol):
    """Openings with their words."""

    def add(self, opening: Opening) -> None:
        """Store a new opening."""

    def get(self, id: str) -> Opening | None:  # noqa: A002 - the column's name
        """Return an opening."""

    def get_for_change(self, id: str) -> Opening | None:  # noqa: A002 - the column's name
        """Return an opening in order to change or end it."""

    def of_member(self, member: str) -> tuple[Opening, ...]:
        """Return all openings of a member (our id), oldest first."""

    def others(self, opening: Opening, now: datetime) -> Iterator[tuple[tuple[Opening, Profile], ...]]:
        """Yield, page by page, the openings that an asking opening might be matched with, each with whose it is.

        Those with most words in common come first, then who has waited longest, then by id. All that `matching.fits`
        asks holds, except what it is told about the two: apart and met. Besides, its member is not paused and not
        being asked anything at this moment, may be told something (as far as their day is that of the community), and
        was never yet brought together with this opening, either way round.

        What follows is read only when it is wanted, in the same transaction.
        """

    def spend(self, id: str) -> None:  # noqa: A002 - the column's name
        """Take one question off an opening's number, where it has one; after the last nobody finds it."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete an opening, its words and its questions."""


class Questions(Protocol):
    """Questions that were put to somebody."""

    def add(self, question: Question) -> None:
        """Store a new question."""

    def get_for_change(self, id: str) -> Question | None:  # noqa: A002 - the column's name
        """Return a question in order to answer or end it."""

    def save(self, question: Question) -> None:
        """Store a changed question."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a question."""

    def about(self, opening: str) -> tuple[Question, ...]:
        """Return the questions about an opening."""

    def to(self, member: str) -> tuple[Question, ...]:
        """Return the questions put to a member (our id)."""

    def naming(self, member: str) -> tuple[Question, ...]:
        """Return the questions put to others, with this member as the other of the two."""


class Met(Protocol):
    """Who was introduced to whom: keyed hashes that expire, and nothing else."""

    def add(self, pair: bytes, expires_at: datetime) -> None:
        """Remember a pair."""

    def known(self, pairs: Iterable[bytes], now: datetime) -> frozenset[bytes]:
        """Return which of these pairs are remembered."""


class Aparts(Protocol):
    """*Not with this person* lists."""

    def add(self, owner: str, entry: Apart) -> None:
        """Add an entry to a member's list; an entry that is there already stays as it is."""

    def of(self, owner: str) -> tuple[Apart, ...]:
        """Return a member's list, oldest first."""

    def among(self, hashes: Mapping[str, bytes]) -> frozenset[str]:
        """Return which of these members (our ids) have the hash given for them on their list."""

    def remove(self, owner: str, id: str) -> bool:  # noqa: A002 - the column's name
        """Delete an entry of a member's own list; False when it is not there."""


class Comforts(Protocol):
    """How a member feels about meeting a word: ``welcome``, ``ask`` (ask me first) or ``not`` (not today)."""

    def of(self, member: str) -> Mapping[str, str]:
        """Return the marks of a member by the id of the word."""

    def mark(self, member: str, word: str, mark: str) -> None:
        """Set a mark; ``welcome``, which is how every word starts, deletes it."""


class Plans(Protocol):
    """Reminders of plans."""

    def add(self, reminder: PlanReminder) -> None:
        """Store a new reminder."""

    def get(self, id: str) -> PlanReminder | None:  # noqa: A002 - the column's name
        """Return a reminder."""

    def of_member(self, member: str) -> tuple[PlanReminder, ...]:
        """Return the reminders of a member (our id), soonest first."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a reminder."""


class Willings(Protocol):
    """Moderators who are willing to be written to."""

    def add(self, one: Willing, now: datetime) -> None:
        """Store that a moderator is willing."""

    def get(self, id: str) -> Willing | None:  # noqa: A002 - the column's name
        """Return who is willing, by the row's id."""

    def of_community(self, community: str, platform: str) -> tuple[Willing, ...]:
        """Return who is willing in a community on a platform, in the order in which they said so."""

    def of_member(self, member: str) -> tuple[Willing, ...]:
        """Return where a member (our id) is willing."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a row."""


class Agenda(Protocol):
    """Work with a time on it."""

    def put(
        self,
        kind: str,
        subject: str,
        due_at: datetime,
        *,
        member: str = "",
        community: str = "",
        facts: tuple[Fact, ...] = (),
    ) -> None:
        """Plan a job about a subject. One row per kind and subject: planning it again moves it.

        ``member`` (our id) is whom it will write to, so that ``/mine next`` lists it and ``/mine stop`` cancels it.
        """

    def cancel(self, subject: str, kind: str = "") -> None:
        """Delete what is planned about a subject; of one kind only, if given."""

    def of_member(self, member: str, kind: str = "") -> tuple[Due, ...]:
        """Return what is planned for a member (our id), soonest first; of one kind only, if given."""

    def stop(self, member: str) -> None:
        """Delete everything that is planned for a member (our id)."""


class Outbox(Protocol):
    """What is to leave after commit."""

    def put(
        self,
        effect: Effect,
        *,
        then: Then | None = None,
        subject: str = "",
        expires_at: datetime | None = None,
        urgent: bool = False,
        community: str = "",
    ) -> None:
        """Hand over an effect.

        Args:
            effect: What to do.
            then: Who is told how it ended, in a transaction of its own.
            subject: What it is about, so that it can be called back with `recall`.
            expires_at: After this it is stale, and is not sent but counted as missed. None: whenever.
            urgent: Goes before what is not (answers to people before reminders).
            community: Id of the community it is about: it is said in that one's language and zone, as far as its reader
                has chosen none. A room has none of its own, so what is said there needs this.
        """

    def recall(self, subject: str) -> None:
        """Call back what has not left yet, and take away the posts that have, for everything about a subject.

        What may be under way is taken away as soon as it is known to have arrived: of an edit, the post.
        """

    def supersede(self, subject: str) -> None:
        """Drop what has not left yet about a subject, because what is put next says it anew.

        What may be under way goes on, and stands until the next arrives, which is sent after it.
        """

    def posts(self, subject: str) -> tuple[Post, ...]:
        """Return the messages that were posted with ``keep=subject``."""

    def release(self, subject: str) -> None:
        """Forget the posts of a subject and leave them standing. Rows still to be sent are sent, but not kept."""

    def waiting(self, place: Place) -> int:
        """Return how many messages to a place have not left yet."""

    def pending(self, subject: str) -> bool:
        """Return whether something about a subject has not left yet."""


class Tx(Protocol):
    """One transaction."""

    @property
    def members(self) -> Members:
        """Profiles."""

    @property
    def communities(self) -> Communities:
        """Communities."""

    @property
    def openings(self) -> Openings:
        """Openings."""

    @property
    def questions(self) -> Questions:
        """Questions."""

    @property
    def rounds(self) -> Rounds:
        """Rounds."""

    @property
    def met(self) -> Met:
        """Who met whom."""

    @property
    def aparts(self) -> Aparts:
        """*Not with this person* lists."""

    @property
    def comforts(self) -> Comforts:
        """Marks on words."""

    @property
    def plans(self) -> Plans:
        """Reminders of plans."""

    @property
    def willing(self) -> Willings:
        """Moderators who are willing to be written to."""

    @property
    def checkins(self) -> "Checkins":
        """Check-in rooms."""

    @property
    def agreements(self) -> "Agreements":
        """Agreements."""

    @property
    def circles(self) -> "Circles":
        """Circles."""

    @property
    def searches(self) -> "Searches":
        """Searches for a time."""

    @property
    def feeds(self) -> "Feeds":
        """Calendar feeds."""

    @property
    def agenda(self) -> Agenda:
        """Planned work."""

    @property
    def outbox(self) -> Outbox:
        """What is to leave."""

    def voice(self, place: Place, community: str = "") -> Voice:
        """Return how to speak at a place: the member's own language and zone, else the community's, else English."""

    def held(self, member: Member) -> tuple[Held, ...]:
        """Return everything held about a member, table by table, from the registry."""

    def forget(self, member: Member, now: datetime) -> None:
        """Delete every row about a member and leave a keyed mark that outlives the oldest backup."""

    def lifetimes(self) -> tuple[Lifetime, ...]:
        """Return the registry's table of lifetimes."""

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Return the columns of every table, in order, as the database really has them."""

    def scrub(self) -> None:
        """Ask that, after commit, nothing deleted in this transaction can be read in any file."""
