"""Setting up step by step: a step can be left out, the way left and taken up again. And a preview."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.facts import Right
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from commands import setup_door, setup_features
from commands.agreement_rooms import FEATURE as AGREEMENTS
from commands.setup_shared import back, community_of

STEPS: Final = {
    "language": ("setup language", text("walk-language"), text("choice-setup-language")),
    "features": ("setup features", text("walk-features"), text("choice-setup-features")),
    "limits": ("setup limits", text("walk-limits"), text("choice-setup-limits")),
    "words": ("setup words", text("walk-words"), text("choice-setup-words")),
    "groups": ("setup groups", text("walk-groups"), text("choice-setup-groups")),
    "elsewhere": ("setup elsewhere", text("walk-elsewhere"), text("choice-setup-elsewhere")),
    "rooms": ("setup room", text("walk-rooms"), text("choice-setup-room")),
    "moderators": ("setup moderators", text("walk-moderators"), text("choice-setup-moderators")),
    "door": ("setup door", text("walk-door"), text("choice-setup-door")),
    "check": ("setup check", text("walk-check"), text("choice-setup-check")),
}
"""Every step in order: the command that does it, what it says, and what its choice says."""

_ORDER: Final = tuple(STEPS)


def _show(turn: Turn[Any], tx: Tx, step: str) -> Card:
    """Show a step, and remember that the moderators of this community are there."""
    community = community_of(turn, tx)
    tx.communities.save(replace(community, step=step))
    command, says, label = STEPS[step]
    place = _ORDER.index(step)
    after = f"setup.to-{_ORDER[place + 1]}" if place + 1 < len(_ORDER) else "setup.to-end"
    return Card(
        (says, text("walk-leave")),
        title=text("walk-title", step=place + 1, steps=len(_ORDER)),
        choices=(
            Choice(command, label, subject=community.id),
            Choice(after, text("choice-walk-next"), subject=community.id),
            back(community.id),
        ),
    )


def _walk(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Go on where the way was left, or begin."""
    step = community_of(turn, tx).step
    return _show(turn, tx, step if step in STEPS else _ORDER[0])


def _to(step: str) -> Callable[[Turn[NoArgs], Tx], Card]:
    return lambda turn, tx: _show(turn, tx, step)


def _end(turn: Turn[NoArgs], tx: Tx) -> Card:
    community = community_of(turn, tx)
    tx.communities.save(replace(community, step=""))
    return Card(
        (text("walk-end"),),
        choices=(Choice("setup preview", text("choice-setup-preview"), subject=community.id), back(community.id)),
    )


def _preview(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show what members will see: what they choose from, and the front door as it will stand there."""
    community = community_of(turn, tx)
    words = tx.communities.words(community.id)
    places = tx.communities.elsewhere(community.id)
    card = setup_door.door(turn.asker.platform, community.off)
    shown: tuple[Text, ...] = (
        text("setup-preview") if words else text("setup-no-words"),
        *(text("setup-word", word=Said(one.words)) for one in words),
        *((text("elsewhere"),) if places else ()),
        *(text("elsewhere-line", line=Said(one.words)) for one in places),
        text("setup-preview-door"),
        *((card.title,) if card.title is not None else ()),
        *card.lines,
        text("setup-preview-choices", choices=tuple(choice.label for choice in card.choices)),
        *((text("setup-is-welcome"),) if community.welcome and AGREEMENTS not in community.off else ()),
        *setup_features.meaning(community.off),
    )
    return Card(shown, title=text("setup-preview-title"), choices=(back(community.id),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("setup walk", _walk, right=Right.MODERATOR),
    *(Command(f"setup.to-{step}", _to(step), right=Right.MODERATOR) for step in STEPS),
    Command("setup.to-end", _end, right=Right.MODERATOR),
    Command("setup preview", _preview, right=Right.MODERATOR, reads=True),
)
