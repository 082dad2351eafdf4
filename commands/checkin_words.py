"""What a community says in its check-in rooms: its own prompts, and the words a room opens and closes with.

All of it is written by moderators in order to be posted. What is not given stays as it is; ``setup clear`` empties it,
and then what comes with the bot is said again.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.checkins import Checkin
from bot.contract.checkins import Words as Own
from bot.contract.command import Command, NoArgs, Prepared, Turn
from bot.contract.params import Words, YesNo, param
from bot.contract.tables import Tx
from bot.contract.text import Said, Starter, Text, text
from bot.domain.checkin import CHECKOUT
from bot.domain.prompts import IN, OUT, pick
from commands.setup_shared import back, entries, moderator

LONGEST_PROMPT: Final = 160
"""Letters of a prompt: one question that is read at a glance."""

MOST_PROMPTS: Final = 24
"""Prompts of its own that a community may have: as many as fit into one field of a form everywhere."""

LONGEST_WORDS: Final = 300
"""Letters of what a room opens or closes with: about sixty words."""

LISTS: Final = ("prompts", "opening", "closing")
"""What can be emptied (`clear`)."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The community's own prompts, one a line, and whether starters come as well. What is not given stays."""

    prompts: tuple[str, ...] = param(Words(LONGEST_PROMPT, lines=MOST_PROMPTS), default=())
    starters: bool | None = param(YesNo(), default=None)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a room opens and closes with, what kind of room it is, and what becomes of it. What is not given stays."""

    opening: str = param(Words(LONGEST_WORDS), default="")
    closing: str = param(Words(LONGEST_WORDS), default="")
    visible: bool | None = param(YesNo(), default=None)
    delete_rooms: bool | None = param(YesNo(), default=None)


def prompt_for(tx: Tx, checkin: Checkin) -> Text | None:
    """Return the prompt that comes next in a room; None where none is wished, or there is none.

    The community's own are for the round at the beginning. Which ones came before is told by `Checkin.prompted` alone.
    """
    if not checkin.prompts:
        return None
    words, out = tx.checkins.words(checkin.community), checkin.stage == CHECKOUT
    own = {} if out else {entry.id: Said(entry.words) for entry in words.prompts}
    picked = pick(tuple(own), checkin.id, checkin.prompted, starters=words.starters)
    if picked is None:
        return None
    prompt = own[picked] if isinstance(picked, str) else Starter(OUT if out else IN, checkin.id, picked)
    return text("checkin-prompt", prompt=prompt)


def opening_words(tx: Tx, community: str) -> tuple[Text, ...]:
    """Return what a room of a community opens with."""
    return (_opening(tx.checkins.words(community)),)


def closing_words(tx: Tx, community: str) -> tuple[Text, ...]:
    """Return what a room of a community closes with."""
    return (_closing(tx.checkins.words(community)),)


def _opening(words: Own) -> Text:
    own = words.opening
    return text("checkin-own-words", words=Said(own)) if own else text("checkin-opening-words")


def _closing(words: Own) -> Text:
    own = words.closing
    return text("checkin-own-words", words=Said(own)) if own else text("checkin-closing-words")


def _prompts(turn: Turn[Prompts], tx: Tx) -> Card:
    now = tx.checkins.words(turn.community)
    if turn.args.prompts:
        tx.checkins.set_prompts(turn.community, entries(turn, turn.args.prompts, now.prompts))
    if turn.args.starters is not None:
        tx.checkins.set_words(turn.community, replace(now, starters=turn.args.starters))
    return prompts_card(turn, tx)


def prompts_card(turn: Turn[Any], tx: Tx) -> Card:
    """Return a community's prompts as they are now."""
    words = tx.checkins.words(turn.community)
    return Card(
        (
            text("setup-saved"),
            text("checkin-prompts-own" if words.prompts else "checkin-prompts-no-own"),
            *(text("setup-word", word=Said(one.words)) for one in words.prompts),
            text("checkin-starters", starters=words.starters, own=len(words.prompts)),
        ),
        choices=_ways(turn.community),
    )


def _prompts_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    words = tx.checkins.words(turn.community)
    return Prepared(
        {
            "prompts": "\n".join(one.words for one in words.prompts),
            "starters": "yes" if words.starters else "no",
        }
    )


def _words(turn: Turn[Wording], tx: Tx) -> Card:
    given, now = turn.args, tx.checkins.words(turn.community)
    changed = replace(
        now,
        opening=given.opening or now.opening,
        closing=given.closing or now.closing,
        visible=now.visible if given.visible is None else given.visible,
        erased=now.erased if given.delete_rooms is None else given.delete_rooms,
    )
    tx.checkins.set_words(turn.community, changed)
    return words_card(turn, tx)


def words_card(turn: Turn[Any], tx: Tx) -> Card:
    """Return what a community's rooms open and close with now, and what kind of rooms they are."""
    words = tx.checkins.words(turn.community)
    return Card(
        (
            text("setup-saved"),
            text("checkin-opens-with", words=_opening(words)),
            text("checkin-closes-with", words=_closing(words)),
            text("checkin-visible", visible=words.visible),
            text("checkin-erased", erased=words.erased),
        ),
        choices=_ways(turn.community),
    )


def _words_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    words = tx.checkins.words(turn.community)
    return Prepared(
        {
            "opening": words.opening,
            "closing": words.closing,
            "visible": "yes" if words.visible else "no",
            "delete_rooms": "yes" if words.erased else "no",
        },
    )


def clear(turn: Turn[Any], tx: Tx, which: str) -> Card:
    """Empty one of `LISTS`, and return how it is now."""
    if which == "prompts":
        tx.checkins.set_prompts(turn.community, ())
        return prompts_card(turn, tx)
    now = tx.checkins.words(turn.community)
    tx.checkins.set_words(turn.community, replace(now, opening="") if which == "opening" else replace(now, closing=""))
    return words_card(turn, tx)


def _ways(community: str) -> tuple[Choice, ...]:
    return (
        Choice("checkin prompts", text("choice-checkin-prompts"), subject=community),
        Choice("checkin words", text("choice-checkin-words"), subject=community),
        back(community),
    )


COMMANDS: Final[tuple[Command[Any], ...]] = (
    moderator("checkin prompts", _prompts, args=Prompts, form=True, prepare=_prompts_now, feature="checkins"),
    moderator("checkin words", _words, args=Wording, form=True, prepare=_words_now, feature="checkins"),
)
