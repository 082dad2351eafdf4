"""Help: one screen, and one for each feature, made from the commands themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, Turn
from bot.contract.facts import Right
from bot.contract.params import Pick, param
from bot.contract.tables import Community, Tx
from bot.contract.text import Text, Typed, text


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of help: its title, what it says of itself on the first screen, and the choice that opens it.

    With its ``feature`` switched off it is not on the first screen.
    """

    title: Text
    line: Text
    choice: Text
    feature: str = ""


PARTS: Final = {
    "peer": _Part(text("help-peer"), text("help-about-peer"), text("choice-help-peer")),
    "round": _Part(text("help-round"), text("help-about-round"), text("choice-help-round"), "rounds"),
    "checkin": _Part(text("help-checkin"), text("help-about-checkin"), text("choice-help-checkin"), "checkins"),
    "agreement": _Part(
        text("help-agreement"), text("help-about-agreement"), text("choice-help-agreement"), "agreements"
    ),
    "circle": _Part(text("help-circle"), text("help-about-circle"), text("choice-help-circle"), "circles"),
    "plan": _Part(text("help-plan"), text("help-about-plan"), text("choice-help-plan"), "plans"),
    "mine": _Part(text("help-mine"), text("help-about-mine"), text("choice-help-mine")),
    "setup": _Part(text("help-setup"), text("help-about-setup"), text("choice-help-setup")),
    "about": _Part(text("help-about"), text("help-about-about"), text("choice-help-about")),
}
"""What help is divided into: the first word of the commands. What begins otherwise belongs to ``about``."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What help is wanted with. A pressed choice names it as its subject."""

    feature: str = param(Pick(tuple(PARTS)), default="")


def _feature(command: Command[Any]) -> str:
    first = command.name.split(" ")[0]
    return first if first in PARTS else "about"


def _meant(turn: Turn[Any], tx: Tx) -> tuple[Community, ...]:
    """Return the community where help is asked for; in private, all that one could mean."""
    here = tx.communities.get(turn.community) if turn.community else None
    return (here,) if here is not None else tx.communities.on(turn.asker.platform)


def _off(turn: Turn[Any], tx: Tx) -> frozenset[str]:
    """Return what is switched off wherever one could mean."""
    meant = _meant(turn, tx)
    return frozenset.intersection(*(frozenset(one.off) for one in meant)) if meant else frozenset()


def _limits(turn: Turn[Any], tx: Tx) -> tuple[Text, ...]:
    """Return the limits on asking, where it is known which community is meant."""
    meant = _meant(turn, tx)
    return tuple(text("help-limits", days=one.wait_days, groups=len(one.groups)) for one in meant if len(meant) == 1)


def _line(command: Command[Any]) -> Text:
    return text("help-command", command=Typed(command.name), says=text(command.text_id))


def _help(typed: tuple[Command[Any], ...]) -> Callable[[Turn[Feature], Tx], Card]:
    def run(turn: Turn[Feature], tx: Tx) -> Card:
        feature, off = turn.args.feature or turn.subject, _off(turn, tx)
        if feature in PARTS:
            had = (command for command in typed if command.feature not in off)
            lines = tuple(_line(command) for command in had if _feature(command) == feature)
            lines += _limits(turn, tx) if feature == "peer" else ()
            return Card(lines, title=PARTS[feature].title, choices=(Choice("help", text("choice-help-back")),))
        parts = {name: part for name, part in PARTS.items() if part.feature not in off}
        return Card(
            (text("help-what"), *(part.line for part in parts.values()), text("help-more")),
            title=text("help-title"),
            choices=tuple(Choice("help", part.choice, subject=name) for name, part in parts.items()),
        )

    return run


def commands(others: tuple[Command[Any], ...]) -> tuple[Command[Any], ...]:
    """Return the command.

    Args:
        others: All other commands; help lists those that can be typed.
    """
    listed = tuple(command for command in others if command.typed)
    return (Command("help", _help(listed), args=Feature, right=Right.NONE, community=False, reads=True),)


JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = ()
