"""Where one stands in a consent round. It is answered, shown, changed and taken back privately.

Nothing of it is told to anybody else before the round is over, and nothing in the room changes when somebody answers:
not a number, not a card, not an instant. Only a concern is heard at once, because its words go to the group
(`commands.agreement_concern`); so it is also told when it was let go.
"""

from typing import Any, Final

from bot.contract.agreements import Agreement, ConsentRound, OpenConcern, Version
from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.place import Member
from bot.contract.tables import Tx
from bot.contract.text import text
from bot.domain import agreement as a
from bot.domain.errors import Refusal
from commands import agreement_words as cards
from commands.agreement_rooms import member_of, pressed, private
from commands.agreement_steps import About, happen
from commands.agreement_time import tell


def open_round(turn: Turn[Any], tx: Tx) -> tuple[Agreement, Version, ConsentRound]:
    """Return the round that was pressed, and what it is about now: its wording may have changed since.

    Raises:
        Refusal: ``agreement-round-over``.
    """
    round_ = tx.agreements.round(turn.subject)
    version = None if round_ is None else tx.agreements.version(round_.version)
    agreement = None if version is None else tx.agreements.get(version.agreement)
    if round_ is None or version is None or agreement is None:
        raise Refusal("agreement-round-over")
    return agreement, version, round_


def is_for(turn: Turn[Any], tx: Tx, round_: ConsentRound) -> bool:
    """Return whether a round is for the asker, a member: for everybody, or for whoever is in a room where it stands.

    Its card can be pressed by those alone who are in the room, on every platform. Whoever has answered can do so anew
    from anywhere.
    """
    if round_.whom != "room" or tx.agreements.stance(round_.id, turn.asker):
        return True
    version = tx.agreements.version(round_.version)
    homes = () if version is None else tx.agreements.homes(version.agreement)
    return any(home.room == turn.room for home in homes)


def own_concern(tx: Tx, agreement: str, raiser: Member) -> OpenConcern | None:
    """Return the concern that somebody has open about an agreement."""
    return next((one for one in tx.agreements.concerns_of(raiser) if one.agreement == agreement), None)


def where(turn: Turn[Any], tx: Tx, agreement: Agreement, round_: ConsentRound) -> Card:
    """Say to the asker alone where they stand, and how they change that or take it back."""
    concern = own_concern(tx, agreement.id, turn.asker)
    if concern is not None:
        let_go = Choice("agreement.let-go", text("choice-agreement-let-go"), concern.id)
        return Card((text("agreement-you", stance="concern", until=round_.ends_at),), choices=(let_go,))
    stance = tx.agreements.stance(round_.id, turn.asker)
    others = tuple(one for one in cards.round_choices(round_) if one.action != f"agreement.{stance}")
    back = Choice("agreement.take-back", text("choice-agreement-take-back"), round_.id)
    return Card(
        (text("agreement-you", stance=stance or "none", until=round_.ends_at),),
        choices=(*(others if is_for(turn, tx, round_) else ()), *((back,) if stance else ())),
    )


def told_let_go(tx: Tx, agreement: Agreement, concern: OpenConcern) -> None:
    """Tell the group that a concern is not open any more. What was asked about it goes."""
    tx.agenda.cancel(concern.id)
    tx.outbox.recall(concern.id)
    left = len(tx.agreements.concerns(agreement.id))
    tell(tx, agreement, cards.gone(agreement, text("agreement-let-go", left=left)))


def _stand(turn: Turn[NoArgs], tx: Tx, event: str) -> Card:
    """Keep where somebody stands, instead of before."""
    agreement, version, round_ = open_round(turn, tx)
    turn = member_of(turn, tx, agreement.community)
    return _answer(turn, tx, (agreement, version, round_), event, asked=is_for(turn, tx, round_))


def _take_back(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Let somebody stand nowhere any more, to the byte. Also whoever has left meanwhile can do so."""
    tx.scrub()
    return _answer(turn, tx, open_round(turn, tx), a.TAKE_BACK, asked=True)


def _answer(
    turn: Turn[NoArgs], tx: Tx, about: tuple[Agreement, Version, ConsentRound], event: str, *, asked: bool
) -> Card:
    agreement, version, round_ = about
    before = own_concern(tx, agreement.id, turn.asker)
    happen(turn, tx, version, event, About(asked=asked))
    if before is not None:
        told_let_go(tx, agreement, before)
    return where(turn, tx, agreement, round_)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("agreement.consent", lambda turn, tx: _stand(turn, tx, a.TAKE_CONSENT)),
    pressed("agreement.aside", lambda turn, tx: _stand(turn, tx, a.STAND_ASIDE)),
    pressed("agreement.later", lambda turn, tx: _stand(turn, tx, a.DECIDE_LATER)),
    private("agreement.take-back", _take_back),
)
JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = ()
