"""Concerns: raised in words that go to the group, open until they are let go, answered by two where nobody else can.

The words are relayed from memory and kept nowhere. That a concern is open is kept before they leave, so that no round
can end in agreement while they are on their way. It stays only with them: where the platform did not take them, it is
taken back, and the answer that was given before stands. Where nobody knows whether they arrived, after a crash for
instance, it stays, for that is the side on which nothing is agreed over somebody's head; and the group is told so,
without a name, that whoever raised it can raise it again or let it go.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.contract.agreements import Agreement, ConsentRound, OpenConcern, Version
from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.effect import Accepted, NotSent, Refused, Relay, Say
from bot.contract.facts import Right
from bot.contract.intent import Due
from bot.contract.params import Pick, Words, param
from bot.contract.place import Member, Room
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import agreement as a
from bot.domain.errors import Refusal
from commands import agreement_words as cards
from commands import introducing
from commands.agreement_rooms import (
    Asking,
    member_of,
    not_asked,
    pressed,
    private,
    proposed_round,
    show_round,
    terms,
    under_way,
)
from commands.agreement_round import is_for, open_round, own_concern, told_let_go, where
from commands.agreement_steps import About, happen, may
from commands.agreement_time import tell

LONGEST: Final = 1000
"""Letters of a concern."""

IN_DOUBT: Final = "agreement.in-doubt"
"""The job that speaks of a concern whose words may not have arrived; its subject is the concern."""
DOUBTED_AFTER: Final = timedelta(minutes=5)
"""Longer than a relay takes."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What the concern is, and whether its raiser's name stands with it."""

    concern: str = param(Words(LONGEST))
    raised_by: str = param(Pick(("named", "unnamed")))


# Raising


def _ready(turn: Turn[Any], tx: Tx) -> tuple[Turn[Any], Agreement, Version, ConsentRound]:
    """Return the round in which the asker can raise a concern now.

    Raises:
        Refusal: They cannot. What was kept of one in doubt is taken back, so that it can be sent again.
    """
    agreement, version, round_ = open_round(turn, tx)
    # Switching agreements off keeps nobody's concern from a round whose consents still count.
    turn = member_of(turn, tx, agreement.community, posts=True, goes_on=True)
    before = own_concern(tx, agreement.id, turn.asker)
    if before is None or not _in_doubt(tx, round_, before, turn.asker):
        may(turn, tx, version, a.RAISE, About(asked=is_for(turn, tx, round_)))
    return turn, agreement, version, round_


def _in_doubt(tx: Tx, round_: ConsentRound, concern: OpenConcern, raiser: Member) -> bool:
    """Return whether it is not known that the words of a concern arrived: else its raiser would stand there."""
    return concern.raised_at >= round_.opens_at and tx.agreements.stance(round_.id, raiser) != "concern"


def _room(turn: Turn[Any], tx: Tx, agreement: Agreement) -> Room:
    """Return the room that the words go to: the one where it was asked, if the agreement stands there."""
    rooms = [home.room for home in tx.agreements.homes(agreement.id)]
    near = [room for room in rooms if room.platform == turn.asker.platform]
    return next((room for room in near if room == turn.room), (near or rooms)[0])


def _prepare(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Say before anything is written if nothing can be raised."""
    _ready(turn, tx)
    return Prepared()


def _echo(turn: Turn[Raised], tx: Tx) -> tuple[Text, ...]:
    """Show what was written, where it goes, who reads it there, and what they see of whoever wrote it."""
    turn, agreement, *_ = _ready(turn, tx)
    room = _room(turn, tx, agreement)
    return (
        text("draft-shown", words=Said(turn.args.concern)),
        text("agreement-concern-goes", room=room),
        *turn.live.readers(room).lines,
        text("agreement-concern-seen", named=turn.args.raised_by, member=turn.asker),
    )


def _raise(turn: Turn[Raised], tx: Tx) -> Relay:
    """Keep that a concern is open, and relay its words. Until they arrived, the answer given before stands."""
    turn, agreement, version, round_ = _ready(turn, tx)
    stood = tx.agreements.stance(round_.id, turn.asker)
    before = own_concern(tx, agreement.id, turn.asker)
    if before is not None:
        _drop(tx, before)
    happen(turn, tx, version, a.RAISE, About(asked=is_for(turn, tx, round_)))
    tx.agreements.answer(round_.id, turn.asker, stood)
    concern = own_concern(tx, agreement.id, turn.asker)
    assert concern is not None  # noqa: S101 - it was raised just now
    tx.agenda.put(IN_DOUBT, concern.id, turn.now + DOUBTED_AFTER, community=agreement.community)
    who = turn.asker if turn.args.raised_by == "named" else None
    said = Say(_room(turn, tx, agreement), _card(agreement, version, concern, turn.args.concern, who))
    return Relay(said, "agreement.concern-sent", takes_back=True)


def _card(agreement: Agreement, version: Version, concern: OpenConcern, words: str, who: Member | None) -> Card:
    """Return what the group reads of a concern."""
    raised = text("agreement-concern-unnamed", number=version.number)
    if who is not None:
        raised = text("agreement-concern-named", who=who, number=version.number)
    return Card(
        (raised, text("agreement-concern-words", words=Said(words)), text("agreement-concern-open")),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=(_let_it_go(concern), Choice("agreement.answer-for", text("choice-agreement-answer-for"), concern.id)),
    )


def _let_it_go(concern: OpenConcern) -> Choice:
    return Choice("agreement.let-go", text("choice-agreement-let-go"), concern.id)


def _on_its_way(turn: Turn[Raised], tx: Tx) -> OpenConcern | None:
    """Return the concern whose words were sent, and none that its raiser has open about another agreement.

    Where the round is over, nothing says any more what it was about: then it is their latest.
    """
    round_ = tx.agreements.round(turn.subject)
    version = None if round_ is None else tx.agreements.version(round_.version)
    if version is not None:
        return own_concern(tx, version.agreement, turn.asker)
    return next(iter(tx.agreements.concerns_of(turn.asker)), None)


def _sent(turn: Turn[Raised], tx: Tx) -> Card:
    """Say whether the group has it; take it back if they have not."""
    concern = _on_its_way(turn, tx)
    agreement = None if concern is None else tx.agreements.get(concern.agreement)
    if not isinstance(turn.outcome, Accepted):
        if concern is not None and isinstance(turn.outcome, Refused | NotSent):
            _drop(tx, concern)
        return Card((text("agreement-concern-not-sent"),))
    if concern is None or agreement is None:
        return Card((text("agreement-let-go-yours"),))
    tx.agenda.cancel(concern.id)
    _tell_elsewhere(turn, tx, agreement)
    round_ = tx.agreements.round(turn.subject)
    if round_ is None:
        return Card((text("agreement-concern-is-open"),), choices=(_let_it_go(concern),))
    tx.agreements.answer(round_.id, turn.asker, "concern")
    return where(turn, tx, agreement, round_)


def _tell_elsewhere(turn: Turn[Any], tx: Tx, agreement: Agreement) -> None:
    """Say in the other rooms of an agreement that a concern was raised: words that are not kept go to one place."""
    card = cards.gone(agreement, text("agreement-concern-elsewhere"))
    there = _room(turn, tx, agreement)
    for home in tx.agreements.homes(agreement.id):
        if home.room != there:
            tx.outbox.put(Say(home.room, card), community=agreement.community)


def _drop(tx: Tx, concern: OpenConcern) -> None:
    """Take a concern back of which nobody heard."""
    tx.agenda.cancel(concern.id)
    tx.outbox.recall(concern.id)
    tx.agreements.let_go(concern.id)


def _doubted(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:  # noqa: ARG001 - the shape of a job
    """Tell the group of a concern whose words may not have arrived."""
    concern = tx.agreements.concern(due.subject)
    agreement = None if concern is None else tx.agreements.get(concern.agreement)
    if concern is not None and agreement is not None:
        card = Card(
            (text("agreement-concern-doubted"),),
            title=text("agreement-title", title=Said(agreement.title)),
            choices=(_let_it_go(concern),),
        )
        for home in tx.agreements.homes(agreement.id):
            tx.outbox.put(Say(home.room, card, keep=concern.id), subject=concern.id, community=agreement.community)


# Letting go


def _open(turn: Turn[Any], tx: Tx) -> tuple[Agreement, Version, OpenConcern]:
    """Return the concern that was pressed, and the version that it keeps from being agreed.

    Raises:
        Refusal: ``agreement-concern-gone``.
    """
    concern = tx.agreements.concern(turn.subject)
    agreement = None if concern is None else tx.agreements.get(concern.agreement)
    version = None if agreement is None else under_way(tx, agreement)
    if concern is None or agreement is None or version is None:
        raise Refusal("agreement-concern-gone")
    return agreement, version, concern


def _let_go(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Let a concern go; whoever raised it can, also once they have left."""
    agreement, version, concern = _open(turn, tx)
    happen(turn, tx, version, a.LET_GO, About(concern=concern))
    tx.scrub()
    told_let_go(tx, agreement, concern)
    round_ = tx.agreements.round_about(version.id)
    return Card((text("agreement-let-go-yours"),)) if round_ is None else where(turn, tx, agreement, round_)


# Answering for somebody


def _about(turn: Turn[Any], tx: Tx) -> tuple[Turn[Any], Agreement, Version, About]:
    """Return what two would answer together, with who is still here at this moment.

    Raises:
        Refusal: ``agreement-concern-gone``; or as `member_of`.
    """
    agreement, version, concern = _open(turn, tx)
    turn = member_of(turn, tx, agreement.community, posts=True)
    left = concern.raiser is not None and not _here(turn, tx, agreement, concern.raiser)
    if concern.answerer is not None and not _here(turn, tx, agreement, concern.answerer):
        concern = OpenConcern(concern.id, concern.agreement, concern.raised_at, concern.raiser)
    return turn, agreement, version, About(concern=concern, left=left)


def _here(turn: Turn[Any], tx: Tx, agreement: Agreement, member: Member) -> bool:
    return introducing.standing(turn, tx, member, agreement.community).right > Right.NONE


def _answer(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Be the first of two who answer a concern; or hear how one is the second."""
    turn, agreement, version, about = _about(turn, tx)
    concern = about.concern
    assert concern is not None  # noqa: S101 - as `_about` returns it
    may(turn, tx, version, a.ANSWER_FOR, about)
    if concern.answerer is None:
        happen(turn, tx, version, a.ANSWER_FOR, about)
        _invite_second(tx, agreement, concern, left=about.left or concern.raiser is None)
    elif concern.answerer != turn.asker:
        return Card((text("agreement-answer-second"),), choices=(_second(concern),))
    return Card((text("agreement-answer-first"),))


def _second(concern: OpenConcern) -> Choice:
    return Choice("agreement.answer-second", text("choice-agreement-answer-second"), concern.id)


def _invite_second(tx: Tx, agreement: Agreement, concern: OpenConcern, *, left: bool) -> None:
    """Say to the group that somebody would answer a concern, without a name, and that it takes a second member."""
    why = "left" if left else "written"
    card = Card(
        (text("agreement-answer-open", why=why, days=a.ANSWERED_AFTER.days),),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=(_second(concern),),
    )
    tx.outbox.recall(concern.id)
    for home in tx.agreements.homes(agreement.id):
        tx.outbox.put(Say(home.room, card, keep=concern.id), subject=concern.id, community=agreement.community)


def _second_form(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Say before anything is filled in if it cannot be answered."""
    turn, agreement, version, about = _about(turn, tx)
    may(turn, tx, version, a.ANSWER_FOR, about)
    return not_asked(tx, agreement, version)


def _second_echo(turn: Turn[Asking], tx: Tx) -> tuple[Text, ...]:
    """Show what the round would say of itself."""
    agreement, version, _ = _open(turn, tx)
    return proposed_round(turn, tx, agreement, version)


def _confirm(turn: Turn[Asking], tx: Tx) -> Card:
    """Be the second of two who answer a concern. Everybody is asked afresh."""
    turn, agreement, version, about = _about(turn, tx)
    concern = about.concern
    assert concern is not None  # noqa: S101 - as `_about` returns it
    of = terms(turn, tx, agreement, version)
    after = happen(turn, tx, version, a.CONFIRM_ANSWER, About(of, concern, left=about.left))
    assert after is not None  # noqa: S101 - a round about it is open
    tx.outbox.recall(concern.id)
    tell(tx, agreement, cards.gone(agreement, text("agreement-answered")))
    show_round(tx, agreement, after)
    return Card((text("agreement-answered-yours"),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("agreement.concern", _raise, args=Raised, form=True, prepare=_prepare, echo=_echo),
    private("agreement.concern-sent", _sent, args=Raised),
    pressed("agreement.let-go", _let_go),
    pressed("agreement.answer-for", _answer),
    pressed("agreement.answer-second", _confirm, args=Asking, form=True, prepare=_second_form, echo=_second_echo),
)
JOBS: Final[tuple[Job, ...]] = (Job(IN_DOUBT, _doubted),)
AFTERS: Final[tuple[After, ...]] = ()
