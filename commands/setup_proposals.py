"""Words that members propose. Who proposed one is not kept; moderators take it, or leave it."""

from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card, Option
from bot.contract.command import Command, NoArgs, Prepared, Turn
from bot.contract.params import Picks, Words, param
from bot.contract.tables import Entry, Tx
from bot.contract.text import Said, text
from bot.domain.errors import Refusal
from commands.setup_shared import back, moderator

MOST_WORDS: Final = 25
"""Words a community may have: as many as every platform shows in one list, and as anybody likes to read."""

LONGEST_WORD: Final = 40
"""Letters of a word."""

MOST_PROPOSALS: Final = 25
"""Words that may wait for the moderators of a community."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that somebody would like to choose from."""

    new_word: str = param(Words(LONGEST_WORD))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which proposals become words, and which go. What is named in neither waits on."""

    take: tuple[str, ...] = param(Picks(most=MOST_PROPOSALS), default=())
    leave: tuple[str, ...] = param(Picks(most=MOST_PROPOSALS), default=())


def _propose(turn: Turn[Proposal], tx: Tx) -> Card:
    """Keep a word for the moderators. A word that is there already, or waits already, is answered alike."""
    waiting = tx.communities.proposals(turn.community, turn.now)
    there = {entry.words.casefold() for entry in (*waiting, *tx.communities.words(turn.community))}
    if turn.args.new_word.casefold() not in there:
        if len(waiting) >= MOST_PROPOSALS:
            raise Refusal("proposals-full")
        tx.communities.propose(turn.community, Entry(turn.chance.new_id(), turn.args.new_word), turn.now)
    return Card((text("peer-proposed", word=Said(turn.args.new_word)),))


def _picked(waiting: tuple[Entry, ...], given: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return proposals given by their ids, or as they are written."""
    by_name = {entry.words.casefold(): entry for entry in waiting} | {entry.id: entry for entry in waiting}
    found = tuple(by_name.get(one, by_name.get(one.casefold())) for one in given)
    if None in found:
        raise Refusal("option-unknown")
    return tuple(entry for entry in found if entry is not None)


def _proposals(turn: Turn[Verdict], tx: Tx) -> Card:
    waiting = tx.communities.proposals(turn.community, turn.now)
    taken, left = _picked(waiting, turn.args.take), _picked(waiting, turn.args.leave)
    words = tx.communities.words(turn.community)
    known = {entry.words.casefold() for entry in words}
    added = tuple(one for one in taken if one.words.casefold() not in known and one not in left)
    if len(words) + len(added) > MOST_WORDS:
        raise Refusal("lines-many", limit=MOST_WORDS)
    if added:
        tx.communities.set_words(turn.community, (*words, *added))
    for one in (*taken, *left):
        tx.communities.drop_proposal(turn.community, one.id)
    rest = tx.communities.proposals(turn.community, turn.now)
    return Card(
        (
            text("setup-proposals-done", taken=len(added), waiting=len(rest)),
            *(text("setup-word", word=Said(one.words)) for one in rest),
        ),
        choices=(back(turn.community),),
    )


def _waiting(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    waiting = tx.communities.proposals(turn.community, turn.now)
    if not waiting:
        raise Refusal("no-proposals")
    options = tuple(Option(one.id, text("peer-word", word=Said(one.words))) for one in waiting)
    return Prepared(options={"take": options, "leave": options})


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("peer propose", _propose, args=Proposal, form=True),
    moderator("setup proposals", _proposals, args=Verdict, form=True, prepare=_waiting),
)
