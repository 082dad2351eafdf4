"""How one feels about meeting a word: *welcome*, *ask me first* or *not today*.

Every word is welcome until its reader says otherwise; what they say is theirs alone. It is honoured where people are
brought together (`bot.domain.matching`, `commands.rounds`), and is never given as a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.facts import Right
from bot.contract.params import Pick, param
from bot.contract.tables import Entry, Tx
from bot.contract.text import Said, Text, text
from bot.domain.openings import MARKS
from commands import notes, peer


@dataclass(frozen=True, slots=True)
class Mark:
    """A word and how one feels about meeting it."""

    word: str = param(Pick())
    mark: str = param(Pick(MARKS))


@dataclass(frozen=True, slots=True)
class MaybeMark:
    """The same; with nothing given, it is what stands already that is wanted."""

    word: str = param(Pick(), default="")
    mark: str = param(Pick(MARKS), default="")


SHOW: Final = Choice("peer words", text("choice-show-marks"))


def _marked(tx: Tx, turn: Turn[Any], community: str) -> tuple[Mapping[str, str], tuple[Entry, ...]]:
    """Return the asker's marks by the id of the word, and the words of a community that they marked."""
    profile = tx.members.find(turn.asker)
    marks = tx.comforts.of(profile.id) if profile is not None else {}
    return marks, tuple(entry for entry in tx.communities.words(community) if entry.id in marks)


def _words(turn: Turn[MaybeMark], tx: Tx) -> Card:
    """Mark a word, if one is given with how it feels; else show the words that the asker has marked here."""
    if turn.args.word and turn.args.mark:
        return _keep(turn, tx, turn.args.word, turn.args.mark)
    marks, words = _marked(tx, turn, turn.community)
    again = (
        (Choice("peer.mark", text("choice-mark-word"), turn.community),) if tx.communities.words(turn.community) else ()
    )
    if not words:
        return Card((text("peer-marks-none"),), choices=again)
    lines: list[Text] = [text("peer-marks")]
    choices: list[Choice] = []
    for number, entry in enumerate(words, 1):
        lines.append(text("peer-mark", number=number, word=Said(entry.words), mark=marks[entry.id]))
        choices.append(Choice("peer.clear", text("choice-clear-mark", number=number), entry.id))
    choices.append(Choice("peer.clear-all", text("choice-clear-marks"), turn.community))
    return Card(tuple(lines), choices=(*choices, *again))


def _mark(turn: Turn[Mark], tx: Tx) -> Card:
    """Mark the word that was picked in the form."""
    return _keep(turn, tx, turn.args.word, turn.args.mark)


def _keep(turn: Turn[Any], tx: Tx, word: str, mark: str) -> Card:
    """Keep how the asker feels about meeting a word. It holds for openings made from now on."""
    (found,) = peer.word_ids(tx, notes.community_of(tx, turn.community), (word,))
    tx.comforts.mark(notes.profile_of(turn, tx).id, found, mark)
    tx.scrub()
    return Card((text("peer-word-marked", mark=mark),), choices=(SHOW,))


def _form(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Return what can be chosen: the community's words."""
    return Prepared(options={"word": peer.word_options(tx, notes.community_of(tx, turn.community).id)})


def _clear(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Clear the asker's mark on the word that was pressed."""
    profile = tx.members.find(turn.asker)
    if profile is None or turn.subject not in tx.comforts.of(profile.id):
        return Card((text("peer-mark-missing"),), choices=(SHOW,))
    tx.comforts.mark(profile.id, turn.subject, "welcome")
    tx.scrub()
    return Card((text("peer-word-marked", mark="welcome"),), choices=(SHOW,))


def _clear_all(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Clear all marks of the asker on the words of a community."""
    profile = tx.members.find(turn.asker)
    _, words = _marked(tx, turn, turn.subject)
    if profile is None or not words:
        return Card((text("peer-mark-missing"),), choices=(SHOW,))
    for entry in words:
        tx.comforts.mark(profile.id, entry.id, "welcome")
    tx.scrub()
    return Card((text("peer-marks-cleared"),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("peer words", _words, args=MaybeMark, prepare=_form),
    Command("peer.mark", _mark, args=Mark, form=True, prepare=_form),
    Command("peer.clear", _clear, right=Right.NONE, community=False),
    Command("peer.clear-all", _clear_all, right=Right.NONE, community=False),
)

JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = ()
