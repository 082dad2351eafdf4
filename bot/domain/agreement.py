"""How an agreement comes about: by consent, in steps that anybody can follow.

An agreement is a line of versions. One of them may *stand* (agreed together, or brought in by moderators) while another
is *under way*. `TABLE` says all that can happen to a version: who may, what must hold, what it is then. Nothing else
changes one. docs/agreements.md prints the table, and a test holds the two together.

The practice is that of sociocracy and of consensus decision-making: propose, clarify, react and amend, consent round,
integrate concerns, adopt with a review date. Consent means "I can live with this for now". Silence is not consent,
unless the community itself agreed that it is, in an agreement that everybody can read (`WRITTEN`).

People are opaque marks here, kept out of ``repr``, and a `Moment` holds only what the table looks at. Who answered what
is not in it: of a round only the number of consents and of open concerns counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.errors import Refusal

# The states of a version.

NOTHING: Final = "nothing"
"""Before a version is there, and where nothing of it is kept."""
DRAFT: Final = "draft"
"""Its author alone sees it."""
QUESTIONS: Final = "questions"
"""The group reads it and asks what it means."""
AMEND: Final = "amend"
"""The group changes it until it may fit."""
CONSENT: Final = "consent round"
"""Everybody it is for is asked where they stand."""
BROUGHT: Final = "brought in"
"""It stands, brought in by moderators, not yet agreed together; and always says so."""
ADOPTED: Final = "adopted"
"""It stands, agreed together."""
REVIEW: Final = "review due"
"""It stands; its review date has come."""
REPLACED: Final = "replaced"
"""It stands no more, or never came to stand. It can still be read."""

STATES: Final = (NOTHING, DRAFT, QUESTIONS, AMEND, CONSENT, BROUGHT, ADOPTED, REVIEW, REPLACED)
UNDER_WAY: Final = frozenset({QUESTIONS, AMEND, CONSENT})
"""The group works on it. Of each agreement at most one version is."""
STANDING: Final = frozenset({BROUGHT, ADOPTED, REVIEW})
"""It is what is read, recalled and pinned. Of each agreement at most one version is."""

SAME: Final = "same"
"""In the table: the state in which it was."""

# What a community may write for itself. An agreement that stands, agreed together, and is marked so, makes it so.

SILENCE: Final = "silence"
"""A round may count those who say nothing as consenting."""
ANSWERING: Final = "answering"
"""Two members may answer a concern that has been open for `ANSWERED_AFTER`, though its raiser is still here."""
WRITTEN: Final = (SILENCE, ANSWERING)

STANCES: Final = ("consent", "concern", "aside", "later")
"""Where somebody may stand in a round. A concern comes in words, which go to the group and are not kept."""

WHOM: Final = ("everyone", "room")
"""Whom a round is for: everybody in the community, or those in the room where it is asked."""

SHORTEST: Final = timedelta(days=1)
"""A round gives everybody a day at least."""
LONGEST: Final = timedelta(days=30)
FEWEST: Final = 2
"""Consents that a round needs at least: nobody agrees alone."""
MOST: Final = 1000
REVIEW_WITHIN: Final = timedelta(days=366)
"""A review date is no further away than this."""
ANSWERED_AFTER: Final = timedelta(days=14)
DRAFT_KEPT: Final = timedelta(days=30)
"""A draft that nobody touched for so long is erased."""
RESTS_AFTER: Final = timedelta(days=90)
"""A version under way that nobody touched for so long makes room for another."""
TOLD_FROM: Final = 5
"""Of a round in which fewer said where they stand, only the outcome is told (DECISIONS: small rounds)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that somebody wrote and a second member has not yet looked at.

    Attributes:
        author: Who wrote it.
        version: The number of the version that it changes.
        meaning: It changes the meaning (`of_meaning`); else the wording alone.
    """

    author: str = field(repr=False)
    version: int
    meaning: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern that is open. Its words are not here: they went to the group.

    Attributes:
        raiser: Who raised it; empty once they are forgotten.
        raised_at: When.
        left: Whoever raised it is not in the community any more.
        first: The first of the two members who answer it in their place; empty for nobody.
    """

    raiser: str = field(repr=False)
    raised_at: datetime
    left: bool = False
    first: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a consent round says of itself before anybody answers; it stays so until it is over.

    Attributes:
        until: When it is over.
        needs: How many consents it needs.
        review_at: When the agreement is looked at again; None only where the agreement is let go.
        whom: Whom it is for: one of `WHOM`.
        silence: Who says nothing counts as consenting, because the community wrote so.
    """

    until: datetime
    needs: int
    review_at: datetime | None
    whom: str = "room"
    silence: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """What the table looks at: a version, who asks for something, and what it is about.

    Attributes:
        now: The instant.
        by: Who asks; empty: nobody does, time has come.
        moderates: They are a moderator here.
        asked: The round is for them.
        author: Who proposed the version; empty once they are forgotten.
        number: The number of the version.
        statements: How many statements it has; none: it says to let the agreement go.
        allows: It is marked with something of `WRITTEN`.
        brought: It was brought in by moderators.
        another: Another version of the agreement is under way.
        touched_at: When something last happened to it.
        review_at: Its review date, if it stands.
        terms: Those of its round: the one that is open, or is to be opened.
        consents: How many consent.
        concerns: How many concerns are open.
        theirs: Whoever asks has a concern open already.
        concern: The concern it is about.
        change: The change it is about.
        written: What of `WRITTEN` is marked on agreements of the community that stand, agreed together (`agreed`).
    """

    now: datetime
    by: str = field(default="", repr=False)
    moderates: bool = False
    asked: bool = False
    author: str = field(default="", repr=False)
    number: int = 1
    statements: int = 1
    allows: bool = False
    brought: bool = False
    another: bool = False
    touched_at: datetime | None = None
    review_at: datetime | None = None
    terms: Terms | None = None
    consents: int = 0
    concerns: int = 0
    theirs: bool = False
    concern: Concern | None = None
    change: Change | None = None
    written: frozenset[str] = frozenset()


No = Callable[[], Refusal]


@dataclass(frozen=True, slots=True)
class Who:
    """Who may do something, as documentation says it."""

    says: str
    may: Callable[[Moment], bool]
    no: No


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold, as documentation says it."""

    says: str
    holds: Callable[[Moment], bool]
    no: No


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        event: What happens.
        states: In which states it can.
        who: Who may.
        guards: What must hold besides.
        next: What the version is then.
        begins: The state in which a new version begins by it; empty: none does.
        round: ``begins``: everybody is asked, afresh. ``ends``: a round that was open is over, its stances are erased.
        displaces: The version that stood until now is replaced.
    """

    event: str
    states: tuple[str, ...]
    who: Who
    guards: tuple[Guard, ...]
    next: str
    begins: str = ""
    round: str = ""
    displaces: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of an event: as `Row`, with the states said in full."""

    next: str
    begins: str = ""
    round: str = ""
    displaces: bool = False


# Who.


def _not_now() -> Refusal:
    return Refusal("agreement-not-now")


_MEMBER = Who("any member", lambda m: m.by != "", _not_now)
_AUTHOR = Who("its author", lambda m: m.by != "" and m.by == m.author, lambda: Refusal("agreement-not-author"))
_MODERATOR = Who("a moderator", lambda m: m.by != "" and m.moderates, lambda: Refusal("right-moderator"))
_SECOND = Who(
    "a member other than who wrote the change",
    lambda m: m.by != "" and m.change is not None and m.change.author != m.by,
    lambda: Refusal("agreement-second"),
)
_ASKED = Who("whoever the round is for", lambda m: m.by != "" and m.asked, lambda: Refusal("agreement-not-asked"))
_RAISER = Who(
    "whoever raised it",
    lambda m: m.by != "" and m.concern is not None and m.concern.raiser == m.by,
    lambda: Refusal("agreement-not-raiser"),
)
_OTHER = Who(
    "a member other than who raised it",
    lambda m: m.by != "" and m.concern is not None and m.concern.raiser != m.by,
    lambda: Refusal("agreement-second"),
)
_SECOND_OTHER = Who(
    "a second member other than who raised it",
    lambda m: _OTHER.may(m) and m.concern is not None and m.concern.first not in {"", m.by},
    lambda: Refusal("agreement-second"),
)
_TIME = Who("time", lambda m: m.by == "", _not_now)


# What must hold. What time alone asks for is refused to nobody, so its guards have no sentence of their own.


def _in_time(m: Moment) -> bool:
    return m.terms is not None and m.now + SHORTEST <= m.terms.until <= m.now + LONGEST


def _reviewed(m: Moment) -> bool:
    at = None if m.terms is None else m.terms.review_at
    return not m.statements or (m.terms is not None and at is not None and m.terms.until < at <= m.now + REVIEW_WITHIN)


def _silence_written(m: Moment) -> bool:
    return m.terms is not None and (not m.terms.silence or SILENCE in m.written)


def _raiser_left(m: Moment) -> bool:
    return m.concern is not None and (
        m.concern.left
        or not m.concern.raiser
        or (ANSWERING in m.written and m.now - m.concern.raised_at >= ANSWERED_AFTER)
    )


def _enough(m: Moment) -> bool:
    return m.terms is not None and (
        m.consents >= max(m.terms.needs, FEWEST) or (m.terms.silence and SILENCE in m.written)
    )


def _review_ahead(m: Moment) -> bool:
    return m.terms is not None and m.terms.review_at is not None and m.now < m.terms.review_at


_SOME_STATEMENTS = Guard("it has a statement", lambda m: m.statements > 0, lambda: Refusal("agreement-empty"))
_ALLOWS_NOTHING = Guard(
    "it changes nothing about how agreements are made",
    lambda m: not m.allows,
    lambda: Refusal("agreement-brought-allows"),
)
_REVIEW_NAMED = Guard(
    "it names a review date within a year",
    lambda m: m.review_at is not None and m.now < m.review_at <= m.now + REVIEW_WITHIN,
    lambda: Refusal("agreement-review-between", days=REVIEW_WITHIN.days),
)
_NO_OTHER = Guard("no other version is under way", lambda m: not m.another, lambda: Refusal("agreement-under-way"))
_ON_THIS = Guard(
    "the change was written on this very version",
    lambda m: m.change is not None and m.change.version == m.number,
    lambda: Refusal("agreement-changed"),
)
_JUST_WORDING = Guard(
    "its author marked it as wording, and it is no more than that",
    lambda m: m.change is not None and not m.change.meaning,
    lambda: Refusal("agreement-meaning"),
)
_SAYS_UNTIL = Guard(
    f"the round says until when: {SHORTEST.days} to {LONGEST.days} days",
    _in_time,
    lambda: Refusal("agreement-until-between", low=SHORTEST.days, high=LONGEST.days),
)
_SAYS_FOR_WHOM = Guard(
    "it says for whom", lambda m: m.terms is not None and m.terms.whom in WHOM, lambda: Refusal("option-unknown")
)
_SAYS_NEEDS = Guard(
    f"it says how many consents it needs, {FEWEST} at least",
    lambda m: m.terms is not None and FEWEST <= m.terms.needs <= MOST,
    lambda: Refusal("number-between", low=FEWEST, high=MOST),
)
_SAYS_REVIEW = Guard(
    "it names a review date after its end, within a year, unless it is to let the agreement go",
    _reviewed,
    lambda: Refusal("agreement-review-between", days=REVIEW_WITHIN.days),
)
_SILENCE_WRITTEN = Guard(
    "silence counts only if the community agreed so, in writing",
    _silence_written,
    lambda: Refusal("agreement-silence"),
)
_FOR_EVERYONE = Guard(
    "it is for everyone, if the agreement says how agreements are made",
    lambda m: not m.allows or (m.terms is not None and m.terms.whom == WHOM[0]),
    lambda: Refusal("agreement-for-everyone"),
)
"""What binds everybody's rounds is not agreed by two in a room that the others do not see."""
_ROUND = (_SAYS_UNTIL, _SAYS_FOR_WHOM, _SAYS_NEEDS, _SAYS_REVIEW, _SILENCE_WRITTEN, _FOR_EVERYONE)
_NOT_OVER = Guard(
    "its end has not come", lambda m: m.terms is not None and m.now < m.terms.until, lambda: Refusal("agreement-over")
)
_ONE_EACH = Guard("none of theirs is open already", lambda m: not m.theirs, lambda: Refusal("agreement-concern-open"))
_LEFT = Guard(
    "whoever raised it has left; or it has been open for "
    f"{ANSWERED_AFTER.days} days and the community agreed, in writing, that this will do",
    _raiser_left,
    lambda: Refusal("agreement-raiser-here"),
)
_BROUGHT = Guard("it was brought in", lambda m: m.brought, _not_now)
_ROUND_OVER = Guard("its end has come", lambda m: m.terms is not None and m.terms.until <= m.now, _not_now)
_NO_CONCERN = Guard("no concern is open", lambda m: m.concerns == 0, _not_now)
_ENOUGH = Guard("there are enough consents, or the written word on silence", _enough, _not_now)
_REVIEW_AHEAD = Guard("its review date is ahead", _review_ahead, _not_now)
_NO_STATEMENTS = Guard("it says to let the agreement go", lambda m: m.statements == 0, _not_now)
_REVIEW_CAME = Guard("its review date has come", lambda m: m.review_at is not None and m.review_at <= m.now, _not_now)
_OLD_DRAFT = Guard(
    f"nothing happened to it for {DRAFT_KEPT.days} days",
    lambda m: m.touched_at is not None and m.now - m.touched_at >= DRAFT_KEPT,
    _not_now,
)
_RESTED = Guard(
    f"nothing happened to it for {RESTS_AFTER.days} days",
    lambda m: m.touched_at is not None and m.now - m.touched_at >= RESTS_AFTER,
    _not_now,
)


# The events.

PROPOSE: Final = "propose"
BRING_IN: Final = "bring in"
REWRITE: Final = "rewrite"
DROP: Final = "drop"
SHARE: Final = "share"
DISCUSS: Final = "open for changes"
ASK: Final = "go back to questions"
WITHDRAW: Final = "withdraw"
SUGGEST: Final = "suggest a change"
CONFIRM_WORDING: Final = "confirm: just wording"
CONFIRM_MEANING: Final = "confirm: the meaning changes"
TAKE_UP: Final = "take up again"
TAKE_OUT: Final = "take out"
OPEN_ROUND: Final = "open a round"
TAKE_CONSENT: Final = "consent"
STAND_ASIDE: Final = "stand aside"
DECIDE_LATER: Final = "decide later"
TAKE_BACK: Final = "take an answer back"
RAISE: Final = "raise a concern"
LET_GO: Final = "let a concern go"
ANSWER_FOR: Final = "answer for somebody"
CONFIRM_ANSWER: Final = "confirm such an answer"
CLOSE: Final = "the round ends"
COME_DUE: Final = "the review comes due"
LAPSE: Final = "it lapses"

_BEFORE_ROUND = (QUESTIONS, AMEND)
_ON_ITS_WAY = (QUESTIONS, AMEND, CONSENT)
_STANDS = (BROUGHT, ADOPTED, REVIEW)

# An answer has no guard but for a consent, and a concern none at all that time could shut: a round that is closed late,
# after a stop, still hears whoever has a concern, and whoever takes something back. Two rows with the same event are
# tried in order: the round ends by the first of its three that holds.
TABLE: Final = (
    Row(PROPOSE, (NOTHING,), _MEMBER, (_SOME_STATEMENTS,), DRAFT),
    Row(BRING_IN, (NOTHING,), _MODERATOR, (_SOME_STATEMENTS, _REVIEW_NAMED, _ALLOWS_NOTHING), BROUGHT),
    Row(REWRITE, (DRAFT,), _AUTHOR, (_SOME_STATEMENTS,), SAME),
    Row(DROP, (DRAFT,), _AUTHOR, (), NOTHING),
    Row(SHARE, (DRAFT,), _AUTHOR, (_SOME_STATEMENTS, _NO_OTHER), QUESTIONS),
    Row(DISCUSS, (QUESTIONS,), _MEMBER, (), AMEND),
    Row(ASK, (AMEND,), _MEMBER, (), QUESTIONS),
    Row(WITHDRAW, _BEFORE_ROUND, _AUTHOR, (), REPLACED),
    Row(SUGGEST, (*_ON_ITS_WAY, *_STANDS), _MEMBER, (_ON_THIS,), SAME),
    Row(CONFIRM_WORDING, (*_ON_ITS_WAY, *_STANDS), _SECOND, (_ON_THIS, _JUST_WORDING), REPLACED, begins=SAME),
    Row(CONFIRM_MEANING, _BEFORE_ROUND, _SECOND, (_ON_THIS,), REPLACED, begins=AMEND),
    Row(CONFIRM_MEANING, (CONSENT,), _SECOND, (_ON_THIS,), REPLACED, begins=AMEND, round="ends"),
    Row(CONFIRM_MEANING, _STANDS, _SECOND, (_ON_THIS, _NO_OTHER), SAME, begins=QUESTIONS),
    Row(TAKE_UP, (BROUGHT, REVIEW), _MEMBER, (_NO_OTHER,), SAME, begins=QUESTIONS),
    Row(TAKE_OUT, (BROUGHT, REVIEW), _MODERATOR, (_BROUGHT,), REPLACED),
    Row(OPEN_ROUND, _BEFORE_ROUND, _MEMBER, _ROUND, CONSENT, round="begins"),
    Row(TAKE_CONSENT, (CONSENT,), _ASKED, (_NOT_OVER,), SAME),
    Row(STAND_ASIDE, (CONSENT,), _ASKED, (), SAME),
    Row(DECIDE_LATER, (CONSENT,), _ASKED, (), SAME),
    Row(TAKE_BACK, (CONSENT,), _ASKED, (), SAME),
    Row(RAISE, (CONSENT,), _ASKED, (_ONE_EACH,), SAME),
    Row(LET_GO, _ON_ITS_WAY, _RAISER, (), SAME),
    Row(ANSWER_FOR, _ON_ITS_WAY, _OTHER, (_LEFT,), SAME),
    Row(CONFIRM_ANSWER, _ON_ITS_WAY, _SECOND_OTHER, (_LEFT, *_ROUND), CONSENT, round="begins"),
    Row(
        CLOSE, (CONSENT,), _TIME, (_ROUND_OVER, _NO_CONCERN, _ENOUGH, _SOME_STATEMENTS, _REVIEW_AHEAD), ADOPTED,
        round="ends", displaces=True,
    ),
    Row(
        CLOSE, (CONSENT,), _TIME, (_ROUND_OVER, _NO_CONCERN, _ENOUGH, _NO_STATEMENTS), REPLACED,
        round="ends", displaces=True,
    ),
    Row(CLOSE, (CONSENT,), _TIME, (_ROUND_OVER,), AMEND, round="ends"),
    Row(COME_DUE, (BROUGHT, ADOPTED), _TIME, (_REVIEW_CAME,), REVIEW),
    Row(LAPSE, (DRAFT,), _TIME, (_OLD_DRAFT,), NOTHING),
    Row(LAPSE, _BEFORE_ROUND, _TIME, (_RESTED,), REPLACED),
)  # fmt: skip

EVENTS: Final = tuple(dict.fromkeys(row.event for row in TABLE))


def step(state: str, event: str, moment: Moment) -> Step:
    """Return what comes of an event.

    Args:
        state: The state of the version: one of `STATES`.
        event: One of `EVENTS`.
        moment: What the table looks at.

    Raises:
        Refusal: It cannot happen in this state, not by them, or something does not hold. Nothing is changed.
    """
    refusal = _not_now()
    for row in TABLE:
        if row.event == event and state in row.states:
            found = _against(row, moment)
            if found is None:
                begins = state if row.begins == SAME else row.begins
                return Step(state if row.next == SAME else row.next, begins, row.round, row.displaces)
            refusal = found
    raise refusal


def _against(row: Row, moment: Moment) -> Refusal | None:
    """Return what stands against a row, the first there is."""
    if not row.who.may(moment):
        return row.who.no()
    return next((guard.no() for guard in row.guards if not guard.holds(moment)), None)


def of_meaning(*, marked: bool, before: int, after: int, allowed: str, allows: str) -> bool:
    """Return whether a change is one of meaning, whatever its author marked it as.

    Args:
        marked: Its author says so.
        before: How many statements there were.
        after: How many there would be; none lets the agreement go.
        allowed: What of `WRITTEN` it was marked with; empty for nothing.
        allows: What it would be marked with.
    """
    return marked or bool(before) != bool(after) or allowed != allows


def agreed(state: str, *, brought: bool) -> bool:
    """Return whether a version stands because people agreed on it together, and not because it was brought in."""
    return state in STANDING and not brought


@dataclass(frozen=True, slots=True)
class Totals:
    """What is told of a round once it is over: how many, never who."""

    consents: int
    aside: int


def totals(consents: int, aside: int, others: int) -> Totals | None:
    """Return what may be told of a round that is over; None where so few answered that numbers would name them.

    Args:
        consents: How many consented.
        aside: How many stand aside.
        others: How many others answered: with a concern, or that they decide later.
    """
    return Totals(consents, aside) if consents + aside + others >= TOLD_FROM else None
