"""Help: one screen, and one for each feature, made from the commands themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, Turn
from bot.contract.facts import Right
from bot.contract.params import Pick, param
from bot.contract.tables import Tx
from bot.contract.text import Text, Typed, text


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of help: its title, what it says of itself on the first screen, and the choice that opens it."""

    title: Text
    line: Text
    choice: Text


PARTS: Final = {
    "peer": _Part(text("help-peer"), text("help-about-peer"), text("choice-help-peer")),
    "round": _Part(text("help-round"), text("help-about-round"), text("choice-help-round")),
    "plan": _Part(text("help-plan"), text("help-about-plan"), text("choice-help-plan")),
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


def _line(command: Command[Any]) -> Text:
    return text("help-command", command=Typed(command.name), says=text(command.text_id))


def _help(typed: tuple[Command[Any], ...]) -> Callable[[Turn[Feature], Tx], Card]:
    def run(turn: Turn[Feature], _: Tx) -> Card:
        feature = turn.args.feature or turn.subject
        if feature in PARTS:
            lines = tuple(_line(command) for command in typed if _feature(command) == feature)
            return Card(lines, title=PARTS[feature].title, choices=(Choice("help", text("choice-help-back")),))
        return Card(
            (text("help-what"), *(part.line for part in PARTS.values()), text("help-more")),
            title=text("help-title"),
            choices=tuple(Choice("help", part.choice, subject=name) for name, part in PARTS.items()),
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
