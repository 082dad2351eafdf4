"""How an agreement changes on its way: somebody suggests, a second member confirms, a round is opened, or not.

Whoever suggests marks a change as one of wording or of meaning; somebody else confirms that, or says that the meaning
changes after all. Nobody's name stands with it.
"""

from dataclasses import dataclass
from typing import Any, Final

from bot.contract.agreements import Agreement, Suggestion, Version
from bot.contract.card import Card, Choice
from bot.contract.command import Command, NoArgs, Prepared, Turn
from bot.contract.params import Pick, Words, param
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from bot.domain import agreement as a
from bot.domain import statements
from bot.domain.errors import Refusal
from commands import agreement_words as cards
from commands.agreement_rooms import (
    Asking,
    meant,
    member_of,
    not_asked,
    pressed,
    private,
    proposed_round,
    show,
    show_round,
    terms,
)
from commands.agreement_steps import About, happen, may
from commands.agreement_time import keep_copies, tell

SUGGESTIONS: Final = 6
"""Changes to a version that wait for a second member at a time; of each author one."""

WORDING: Final = "wording"
MEANING: Final = "meaning"


@dataclass(frozen=True, slots=True)
class Change:
    """What the agreement would say, a statement a line, and what its author says of the change."""

    statements: tuple[str, ...] = param(Words(statements.LONGEST, lines=statements.MOST))
    changes: str = param(Pick((WORDING, MEANING)))


# Suggesting


def _change_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Return the form with what stands there already; of a version that is over there is nothing to change."""
    _, version = meant(turn, tx)
    if version.state == a.REPLACED:
        raise Refusal("agreement-changed")
    return Prepared({"statements": "\n".join(version.statements)})


def _suggestion(turn: Turn[Any], version: Version, said: tuple[str, ...], *, marked: bool) -> Suggestion:
    """Return a change, as one of meaning where it is more than wording whatever its author says.

    Raises:
        Refusal: ``agreement-same``.
    """
    if said == version.statements:
        raise Refusal("agreement-same")
    meaning = a.of_meaning(
        marked=marked, before=len(version.statements), after=len(said), allowed=version.allows, allows=version.allows
    )
    id_ = turn.chance.new_id()
    return Suggestion(id_, version.id, turn.asker, said, meaning, turn.now, version.allows)


def _written(turn: Turn[Change], version: Version) -> Suggestion:
    return _suggestion(turn, version, turn.args.statements, marked=turn.args.changes == MEANING)


def _possible(turn: Turn[Any], tx: Tx, agreement: Agreement, version: Version, suggestion: Suggestion) -> Turn[Any]:
    """Let pass only what can be suggested; return the turn as one of a member.

    Raises:
        Refusal: The table says no, or ``agreement-suggestions-many``.
    """
    turn = member_of(turn, tx, agreement.community, posts=True)
    may(turn, tx, version, a.SUGGEST, About(suggestion=suggestion))
    if sum(one.author != turn.asker for one in tx.agreements.suggestions(version.id)) >= SUGGESTIONS:
        raise Refusal("agreement-suggestions-many", limit=SUGGESTIONS)
    return turn


def _change_echo(turn: Turn[Change], tx: Tx) -> tuple[Text, ...]:
    """Show what would be different, and how it is marked."""
    agreement, version = meant(turn, tx)
    suggestion = _written(turn, version)
    _possible(turn, tx, agreement, version, suggestion)
    return (*cards.changed(version.statements, suggestion.statements), _marked(suggestion))


def _marked(suggestion: Suggestion) -> Text:
    return text("agreement-marked", kind=MEANING if suggestion.meaning else WORDING)


def _suggest(turn: Turn[Change], tx: Tx) -> Card:
    """Post a change, for a second member to look at."""
    agreement, version = meant(turn, tx)
    return _post(turn, tx, agreement, version, _written(turn, version))


def _post(turn: Turn[Any], tx: Tx, agreement: Agreement, version: Version, suggestion: Suggestion) -> Card:
    """Keep a change in the place of any other of its author's, and post it."""
    turn = _possible(turn, tx, agreement, version, suggestion)
    for one in tx.agreements.suggestions(version.id):
        if one.author == turn.asker:
            _take_back(tx, one)
    happen(turn, tx, version, a.SUGGEST, About(suggestion=suggestion))
    tell(tx, agreement, cards.suggested(agreement, version, suggestion), keep=suggestion.id)
    return Card(
        (text("agreement-suggestion-posted"),),
        choices=(Choice("agreement.unsuggest", text("choice-agreement-unsuggest"), suggestion.id),),
    )


def _take_back(tx: Tx, suggestion: Suggestion) -> None:
    tx.outbox.recall(suggestion.id)
    tx.agreements.unsuggest(suggestion.id)
    tx.scrub()


def _unsuggest(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take a suggestion back, on its author's wish."""
    suggestion = tx.agreements.suggestion(turn.subject)
    if suggestion is None:
        raise Refusal("agreement-changed")
    if suggestion.author != turn.asker:
        raise Refusal("agreement-not-author")
    _take_back(tx, suggestion)
    return Card((text("agreement-suggestion-back"),))


def _end_echo(turn: Turn[NoArgs], tx: Tx) -> tuple[Text, ...]:
    agreement, version = meant(turn, tx)
    _possible(turn, tx, agreement, version, _suggestion(turn, version, (), marked=True))
    return (text("agreement-end"),)


def _end(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Suggest that the group lets an agreement go."""
    agreement, version = meant(turn, tx)
    return _post(turn, tx, agreement, version, _suggestion(turn, version, (), marked=True))


# A second member


def _confirm(turn: Turn[NoArgs], tx: Tx, event: str) -> Card:
    """Take a change over, as one of wording or of meaning. Of two at once the second is told that the text changed."""
    suggestion = tx.agreements.suggestion(turn.subject)
    version = None if suggestion is None else tx.agreements.version(suggestion.version)
    agreement = None if version is None else tx.agreements.get(version.agreement)
    if suggestion is None or version is None or agreement is None:
        raise Refusal("agreement-changed")
    turn = member_of(turn, tx, agreement.community, posts=True)
    asked = tx.agreements.round_about(version.id) is not None
    after = happen(turn, tx, version, event, About(suggestion=suggestion))
    assert after is not None  # noqa: S101 - a change leaves a version
    if after.state in a.STANDING:
        keep_copies(turn, tx, agreement)
        tell(tx, agreement, cards.reworded(agreement, version, after))
    elif after.state == a.CONSENT:
        show_round(tx, agreement, after)
    else:
        show(tx, agreement, after, asks_again=asked)
    return Card((text("agreement-confirmed", kind=WORDING if event == a.CONFIRM_WORDING else MEANING),))


# From talking to asking


def _discuss(turn: Turn[NoArgs], tx: Tx, event: str) -> Card:
    """Say that it is time for changes, or for questions again."""
    agreement, version = meant(turn, tx)
    turn = member_of(turn, tx, agreement.community, posts=True)
    after = happen(turn, tx, version, event)
    assert after is not None  # noqa: S101 - it goes on
    show(tx, agreement, after)
    return Card((text("agreement-moved"),))


def _asking_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    agreement, version = meant(turn, tx)
    if version.state == a.REPLACED:
        raise Refusal("agreement-changed")
    return not_asked(tx, agreement, version)


def _asking_echo(turn: Turn[Asking], tx: Tx) -> tuple[Text, ...]:
    """Show what the round would say of itself."""
    agreement, version = meant(turn, tx)
    turn = member_of(turn, tx, agreement.community, posts=True)
    may(turn, tx, version, a.OPEN_ROUND, About(terms=terms(turn, tx, agreement, version)))
    return proposed_round(turn, tx, agreement, version)


def _open_round(turn: Turn[Asking], tx: Tx) -> Card:
    """Ask everybody where they stand."""
    agreement, version = meant(turn, tx)
    turn = member_of(turn, tx, agreement.community, posts=True)
    after = happen(turn, tx, version, a.OPEN_ROUND, About(terms=terms(turn, tx, agreement, version)))
    assert after is not None  # noqa: S101 - a round is about something
    show_round(tx, agreement, after)
    return Card((text("agreement-round-opened"),))


def _withdraw(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take a proposal back, on its author's wish."""
    agreement, version = meant(turn, tx)
    happen(turn, tx, version, a.WITHDRAW)
    tell(tx, agreement, cards.gone(agreement, text("agreement-withdrawn")))
    return Card((text("agreement-withdrawn-yours"),))


# What stands


def _take_up(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take up again what stands: everybody will be asked."""
    agreement, version = meant(turn, tx)
    turn = member_of(turn, tx, agreement.community, posts=True)
    after = happen(turn, tx, version, a.TAKE_UP)
    assert after is not None  # noqa: S101 - a version begins
    show(tx, agreement, after)
    return Card((text("agreement-taken-up"),))


def _take_out(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Ask back before a text that moderators brought in is taken out."""
    agreement, version = meant(turn, tx)
    turn = member_of(turn, tx, agreement.community)
    may(turn, tx, version, a.TAKE_OUT)
    sure = Choice("agreement.take-out-yes", text("choice-agreement-take-out-yes"), version.id, destroys=True)
    keep = Choice("agreement.version", text("choice-agreement-keep"), version.id)
    return Card((*cards.lines(version), text("agreement-take-out")), choices=(sure, keep))


def _take_out_yes(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take out a text that moderators brought in."""
    agreement, version = meant(turn, tx)
    turn = member_of(turn, tx, agreement.community)
    happen(turn, tx, version, a.TAKE_OUT)
    keep_copies(turn, tx, agreement)
    tell(tx, agreement, cards.gone(agreement, text("agreement-taken-out")))
    return Card((text("agreement-taken-out-done"),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("agreement.suggest", _suggest, args=Change, form=True, prepare=_change_now, echo=_change_echo),
    private("agreement.unsuggest", _unsuggest),
    private("agreement.suggest-end", _end, echo=_end_echo),
    pressed("agreement.just-wording", lambda turn, tx: _confirm(turn, tx, a.CONFIRM_WORDING)),
    pressed("agreement.meaning", lambda turn, tx: _confirm(turn, tx, a.CONFIRM_MEANING)),
    pressed("agreement.discuss", lambda turn, tx: _discuss(turn, tx, a.DISCUSS)),
    pressed("agreement.ask", lambda turn, tx: _discuss(turn, tx, a.ASK)),
    pressed("agreement.open-round", _open_round, args=Asking, form=True, prepare=_asking_now, echo=_asking_echo),
    private("agreement.withdraw", _withdraw),
    pressed("agreement.take-up", _take_up),
    private("agreement.take-out", _take_out, reads=True),
    private("agreement.take-out-yes", _take_out_yes),
)
