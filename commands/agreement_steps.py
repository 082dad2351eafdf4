"""What an event does to the rows of an agreement. Whether it may happen, and what comes of it, says the table.

`bot.domain.agreement.TABLE` knows nothing of rows, and commands nothing of the table: they name an event, and here the
two are brought together, in one transaction. So two who press at once are one after the other, and the second is judged
by what the first has done.

Cards that stand for something go with it: they are posts of the version, the suggestion or the round that they are
about (`bot.contract.effect.Say.keep`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.contract.agreements import Agreement, ConsentRound, Home, OpenConcern, Suggestion, Version
from bot.contract.command import Turn
from bot.contract.facts import Right
from bot.contract.place import Member, Room
from bot.contract.tables import Tx
from bot.domain import agreement as a
from bot.domain.agreement import Change, Concern, Moment, Step, Terms, step, totals

CLOSES: Final = "agreement.closes"
"""The job at the end of a round; its subject is the round."""
REVIEWS: Final = "agreement.reviews"
"""The job at the review date; its subject is the version."""
LAPSES: Final = "agreement.lapses"
"""The job for what nobody touches; its subject is the version."""

_ANSWERS: Final = {a.TAKE_CONSENT: "consent", a.STAND_ASIDE: "aside", a.DECIDE_LATER: "later", a.TAKE_BACK: ""}
_LAPSES_AFTER: Final = {a.DRAFT: a.DRAFT_KEPT, a.QUESTIONS: a.RESTS_AFTER, a.AMEND: a.RESTS_AFTER}


@dataclass(frozen=True, slots=True)
class About:
    """What an event is about, besides the version.

    Attributes:
        terms: Of the round that is to be opened.
        concern: The concern.
        left: Whoever raised it is not in the community any more.
        suggestion: The change.
        statements: What a draft says now.
        asked: Whether the round is for whoever asks.
    """

    terms: Terms | None = None
    concern: OpenConcern | None = None
    left: bool = False
    suggestion: Suggestion | None = None
    statements: tuple[str, ...] = ()
    asked: bool = True


def propose(turn: Turn[Any], tx: Tx, title: str, statements: tuple[str, ...], room: Room, allows: str = "") -> Version:
    """Store a new agreement as its author's draft, and return that.

    Raises:
        Refusal: The table says no.
    """
    return _begin(turn, tx, a.PROPOSE, title, statements, room, allows=allows)


def bring_in(turn: Turn[Any], tx: Tx, title: str, statements: tuple[str, ...], room: Room, terms: Terms) -> Version:
    """Store a text that moderators bring in, with its review date, and return it.

    Raises:
        Refusal: The table says no.
    """
    return _begin(turn, tx, a.BRING_IN, title, statements, room, terms=terms)


def _begin(
    turn: Turn[Any],
    tx: Tx,
    event: str,
    title: str,
    statements: tuple[str, ...],
    room: Room,
    *,
    allows: str = "",
    terms: Terms | None = None,
) -> Version:
    review_at = None if terms is None else terms.review_at
    moment = Moment(
        turn.now,
        by=_mark(turn.member),
        moderates=turn.right >= Right.MODERATOR,
        statements=len(statements),
        allows=bool(allows),
        review_at=review_at,
    )
    came = step(a.NOTHING, event, moment)
    agreement = Agreement(turn.chance.new_id(), turn.community, title)
    version = Version(
        turn.chance.new_id(),
        agreement.id,
        1,
        came.next,
        statements,
        turn.now,
        turn.now,
        author=turn.member if came.next == a.DRAFT else None,
        brought=came.next == a.BROUGHT,
        allows=allows,
        stood_at=turn.now if came.next == a.BROUGHT else None,
        review_at=review_at,
    )
    tx.agreements.put(agreement)
    tx.agreements.settle(Home(agreement.id, room))
    _keep(tx, version, agreement.community)
    return version


def happen(turn: Turn[Any], tx: Tx, version: Version, event: str, about: About | None = None) -> Version | None:
    """Let an event happen to a version, and return the one with which it goes on; None where nothing of it is kept.

    Raises:
        Refusal: The table says no. Nothing is changed.
    """
    return _happening(turn, tx, version, event, about).run()


def may(turn: Turn[Any], tx: Tx, version: Version, event: str, about: About | None = None) -> None:
    """Ask whether an event may happen to a version, and change nothing: before somebody is asked for words, say.

    Raises:
        Refusal: The table says no.
    """
    step(version.state, event, _happening(turn, tx, version, event, about).moment({}))


def _happening(turn: Turn[Any], tx: Tx, version: Version, event: str, about: About | None) -> "_Happening":
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None  # noqa: S101 - a version goes with its agreement
    round_ = tx.agreements.round_about(version.id)
    return _Happening(turn, tx, version, event, about or About(), round_, agreement.community)


@dataclass(frozen=True, slots=True)
class _Happening:
    """An event, the version it happens to, and the round that is open about that."""

    turn: Turn[Any]
    tx: Tx
    version: Version
    event: str
    about: About
    round: ConsentRound | None
    community: str

    def run(self) -> Version | None:
        """Ask the table, and do what it says."""
        tx, version = self.tx, self.version
        tally = tx.agreements.tally(self.round.id) if self.round is not None and self.event == a.CLOSE else {}
        came = step(version.state, self.event, self.moment(tally))
        if came.next == a.NOTHING:
            _erase(tx, version)
            return None
        if version.state in a.UNDER_WAY and (came.next != version.state or came.begins):
            tx.outbox.recall(version.id)
        self.take_in()
        if came.displaces:
            self.displace()
        after = self.after(came, tally)
        if came.round == "ends" and self.round is not None:
            _close(tx, self.round)
        _keep(tx, after, self.community)
        if came.round == "begins":
            self.ask()
        if came.begins:
            after = self.begin(came)
        elif version.state in a.UNDER_WAY and came.next not in a.UNDER_WAY:
            for concern in tx.agreements.concerns(version.agreement):
                tx.agreements.let_go(concern.id)
        self.tidy(came)
        return after

    def tidy(self, came: Step) -> None:
        """Take away what was suggested about a version that is over. Who wrote it is in no file any more."""
        if came.next == a.REPLACED:
            _unsuggest(self.tx, self.version)
        if came.begins or came.next not in {self.version.state, a.CONSENT}:
            self.tx.scrub()

    def moment(self, tally: Mapping[str, int]) -> Moment:
        """Return what the table looks at."""
        turn, tx, version, about = self.turn, self.tx, self.version, self.about
        terms = about.terms
        if terms is None and self.round is not None:
            open_ = self.round
            terms = Terms(open_.ends_at, open_.needs, open_.review_at, open_.whom, open_.silence)
        concerns = tx.agreements.concerns(version.agreement)
        others = (one for one in tx.agreements.versions(version.agreement) if one.id != version.id)
        return Moment(
            turn.now,
            by=_mark(turn.member),
            moderates=turn.right >= Right.MODERATOR,
            asked=about.asked,
            author=_mark(version.author),
            number=version.number,
            statements=len(version.statements),
            allows=bool(version.allows),
            brought=version.brought,
            another=any(one.state in a.UNDER_WAY for one in others),
            touched_at=version.touched_at,
            review_at=version.review_at,
            terms=terms,
            consents=tally.get("consent", 0),
            concerns=len(concerns),
            theirs=turn.member is not None and any(one.raiser == turn.member for one in concerns),
            concern=_concern(about),
            change=self.change(),
            written=tx.agreements.written(self.community),
        )

    def change(self) -> Change | None:
        """Return the change as the table looks at it."""
        change = self.about.suggestion
        if change is None:
            return None
        # What was written on another version changes none: there is no version 0.
        number = self.version.number if change.version == self.version.id else 0
        return Change(_mark(change.author), number, change.meaning)

    def after(self, came: Step, tally: Mapping[str, int]) -> Version:
        """Return the version as it is then."""
        after = replace(self.version, state=came.next, touched_at=self.turn.now)
        if self.event == a.REWRITE:
            after = replace(after, statements=self.about.statements)
        if self.event == a.CLOSE:
            others = tally.get("concern", 0) + tally.get("later", 0)
            told = totals(tally.get("consent", 0), tally.get("aside", 0), others)
            after = after if told is None else replace(after, consents=told.consents, aside=told.aside)
        if came.next == a.ADOPTED and self.round is not None:
            after = replace(after, stood_at=self.turn.now, review_at=self.round.review_at)
        if came.next == a.REPLACED:
            after = replace(after, review_at=None)
        return after if came.next in {a.DRAFT, *a.UNDER_WAY} else replace(after, author=None)

    def take_in(self) -> None:
        """Keep where somebody stands, what is suggested, and what became of a concern."""
        tx, event, concern = self.tx, self.event, self.about.concern
        if event in _ANSWERS:
            # Whoever stands somewhere else now has no concern any more: they changed their own answer.
            for one in tx.agreements.concerns(self.version.agreement):
                if one.raiser == self.turn.asker:
                    tx.agreements.let_go(one.id)
        if self.round is not None and event in {a.RAISE, a.LET_GO, *_ANSWERS}:
            stance = "concern" if event == a.RAISE else _ANSWERS.get(event, "")
            tx.agreements.answer(self.round.id, self.turn.asker, stance)
        if event == a.RAISE:
            new = OpenConcern(self.turn.chance.new_id(), self.version.agreement, self.turn.now, self.turn.asker)
            tx.agreements.hold(new)
        if event == a.SUGGEST and self.about.suggestion is not None:
            tx.agreements.suggest(self.about.suggestion)
        if concern is not None:
            if event == a.ANSWER_FOR:
                tx.agreements.hold(replace(concern, answerer=self.turn.asker))
            else:
                tx.agreements.let_go(concern.id)

    def displace(self) -> None:
        """Let what stood until now stand no more."""
        for one in self.tx.agreements.versions(self.version.agreement):
            if one.id != self.version.id and one.state in a.STANDING:
                _unsuggest(self.tx, one)
                gone = replace(one, state=a.REPLACED, touched_at=self.turn.now, review_at=None)
                _keep(self.tx, gone, self.community)

    def ask(self) -> None:
        """Open a round. One that was open is over: everybody is asked afresh."""
        terms = self.about.terms
        assert terms is not None  # noqa: S101 - the table opens no round without
        if self.round is not None:
            _close(self.tx, self.round)
        round_ = ConsentRound(
            self.turn.chance.new_id(),
            self.version.id,
            terms.whom,
            self.turn.now,
            terms.until,
            terms.needs,
            terms.review_at,
            terms.silence,
        )
        self.tx.agreements.ask(round_)
        self.tx.agenda.put(CLOSES, round_.id, round_.ends_at, community=self.community)

    def begin(self, came: Step) -> Version:
        """Store the version that begins, and return it."""
        tx, version, change = self.tx, self.version, self.about.suggestion
        stands = came.begins in a.STANDING
        proposed = self.turn.asker if change is None else change.author
        after = Version(
            self.turn.chance.new_id(),
            version.agreement,
            tx.agreements.versions(version.agreement)[0].number + 1,
            came.begins,
            version.statements if change is None else change.statements,
            self.turn.now,
            self.turn.now,
            author=None if stands else version.author if came.next == a.REPLACED else proposed,
            follows=version.number,
            wording=self.event == a.CONFIRM_WORDING,
            brought=stands and version.brought,
            allows=version.allows if change is None else change.allows,
            stood_at=version.stood_at if stands else None,
            review_at=version.review_at if stands else None,
        )
        _keep(tx, after, self.community)
        if came.begins == a.CONSENT and self.round is not None:
            tx.agreements.move(self.round.id, after.id)
        if change is not None:
            tx.outbox.recall(change.id)
            tx.agreements.unsuggest(change.id)
        return after


def _mark(member: Member | None) -> str:
    return "" if member is None else f"{member.platform} {member.id}"


def _concern(about: About) -> Concern | None:
    if about.concern is None:
        return None
    concern = about.concern
    return Concern(_mark(concern.raiser), concern.raised_at, left=about.left, first=_mark(concern.answerer))


def _keep(tx: Tx, version: Version, community: str) -> None:
    """Store a version, with what is planned about it."""
    tx.agreements.write(version)
    tx.agenda.cancel(version.id)
    after = _LAPSES_AFTER.get(version.state)
    if after is not None:
        tx.agenda.put(LAPSES, version.id, version.touched_at + after, community=community)
    if version.state in {a.BROUGHT, a.ADOPTED} and version.review_at is not None:
        tx.agenda.put(REVIEWS, version.id, version.review_at, community=community)


def _erase(tx: Tx, version: Version) -> None:
    """Delete a draft; it was the whole of its agreement."""
    tx.agenda.cancel(version.id)
    tx.agreements.remove(version.agreement)
    tx.scrub()


def _unsuggest(tx: Tx, version: Version) -> None:
    for one in tx.agreements.suggestions(version.id):
        tx.outbox.recall(one.id)
        tx.agreements.unsuggest(one.id)


def _close(tx: Tx, round_: ConsentRound) -> None:
    """Delete a round with all answers to it, so that no file can tell them. Its card goes, too."""
    tx.outbox.recall(round_.id)
    tx.agenda.cancel(round_.id)
    tx.agreements.close(round_.id)
    tx.scrub()
