"""What members can ask for in a community: parts that moderators switch on or off, and what becomes of what is open.

Nothing that a member waits for is cut off: what is open runs to its end, and what is a member's own stays theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.contract.card import Card, Option
from bot.contract.command import Command, NoArgs, Prepared, Turn
from bot.contract.params import Picks, param
from bot.contract.tables import Community, Tx
from bot.contract.text import Text, text
from bot.domain.errors import Refusal
from commands import rounds, setup_door
from commands.setup_shared import FEATURES, community_of, moderator, possible, saved

OFF: Final = {
    "requests": text("off-requests"),
    "lights": text("off-lights"),
    "cards": text("off-cards"),
    "rounds": text("off-rounds"),
    "checkins": text("off-checkins"),
    "agreements": text("off-agreements"),
    "circles": text("off-circles"),
    "plans": text("off-plans"),
    "notes": text("off-notes"),
}
"""What it means that a feature is switched off, for what is open already."""


@dataclass(frozen=True, slots=True)
class Switches:
    """What members can ask for here. What is not named stays as it is."""

    switch_on: tuple[str, ...] = param(Picks(most=len(FEATURES)), default=())
    switch_off: tuple[str, ...] = param(Picks(most=len(FEATURES)), default=())


def meaning(off: Iterable[str]) -> tuple[Text, ...]:
    """Return what it means that features are switched off, a sentence each."""
    return tuple(says for one, says in OFF.items() if one in off)


def switched(turn: Turn[Any], tx: Tx, before: Community, now: Community) -> None:
    """Do what follows: rounds end as when moderators end them, and the front door goes on saying what can be had."""
    if "rounds" in now.off and "rounds" not in before.off:
        rounds.end(turn, tx, now.id, joined_no_more=True)
    if now.off != before.off:
        setup_door.keep_true(tx, now)


def _features(turn: Turn[Switches], tx: Tx) -> Card:
    on, off = frozenset(turn.args.switch_on), frozenset(turn.args.switch_off)
    if not on | off <= frozenset(FEATURES) or on & off:
        raise Refusal("option-unknown")
    for one in sorted(on):
        possible(turn, one)
    now = community_of(turn, tx)
    changed = replace(now, off=tuple(sorted((frozenset(now.off) | off) - on)))
    tx.communities.save(changed)
    switched(turn, tx, now, changed)
    return saved(turn, tx, changed, *meaning(frozenset(changed.off) - frozenset(now.off)))


def _features_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    off = community_of(turn, tx).off
    return Prepared(
        options={
            "switch_on": tuple(Option(one, label) for one, label in FEATURES.items() if one in off),
            "switch_off": tuple(Option(one, label) for one, label in FEATURES.items() if one not in off),
        }
    )


COMMANDS: Final[tuple[Command[Any], ...]] = (
    moderator("setup features", _features, args=Switches, form=True, prepare=_features_now),
)
