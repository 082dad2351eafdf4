"""What is agreed, shown once to whoever is new: where moderators switched that on, beneath a newcomer's first answer.

It is part of a private answer to something the newcomer asked for, so it is no message that the bot sends on its own.
That it was shown is a keyed mark, which ends with a day on which nothing need have happened: nothing says who came.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from bot.contract.card import Card
from bot.contract.command import Command, NoArgs, Prepared, Turn
from bot.contract.effect import Relay
from bot.contract.facts import Right, Unreachable
from bot.contract.params import YesNo, param
from bot.contract.tables import Community, Tx
from bot.contract.text import Said, Text, text
from bot.domain.recalling import day_ends
from commands import agreement_words as cards
from commands.agreement_recall import that_stand
from commands.agreement_rooms import FEATURE
from commands.setup_shared import community_of, moderator, saved

NEW_FOR: Final = timedelta(days=14)
"""How long somebody is new."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Whether newcomers are shown what is agreed."""

    welcome: bool = param(YesNo())


def _welcome(turn: Turn[Welcome], tx: Tx) -> Card:
    changed = replace(community_of(turn, tx), welcome=turn.args.welcome)
    tx.communities.save(changed)
    return saved(turn, tx, changed)


def _welcome_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"welcome": "yes" if community_of(turn, tx).welcome else "no"})


def _is_new(turn: Turn[Any], tx: Tx) -> bool:
    try:
        standing = turn.live.standing(turn.asker, tx.communities.spaces(turn.community))
    except Unreachable:
        return False  # what was asked for is answered all the same
    return standing.joined_at is not None and turn.now < standing.joined_at + NEW_FOR


def _first_time(turn: Turn[Any], tx: Tx, community: Community) -> bool:
    """Mark that somebody was shown it. The mark ends with a day, at a time that is that of everybody of this day."""
    mark = turn.sealer.one_sided(f"welcome {community.id}".encode(), turn.asker)
    return tx.agreements.mark(mark, day_ends(turn.now, community.zone) + NEW_FOR)


def _shown(turn: Turn[Any], tx: Tx) -> tuple[Text, ...]:
    """Return what a newcomer is shown of what stands, with how to read and change it; nothing if it is not their turn.

    Moderators know what stands, so it is for members alone.
    """
    community = tx.communities.get(turn.community) if Right.NONE < turn.right < Right.MODERATOR else None
    if community is None or not community.welcome or FEATURE in community.off or not _is_new(turn, tx):
        return ()
    found = next(that_stand(turn, tx), None)
    if found is None or not _first_time(turn, tx, community):
        return ()
    agreement, version = found
    return (
        text("welcome-agreement", title=Said(agreement.title)),
        *cards.lines(version),
        cards.stands(version, community.zone),
        text("welcome-how"),
    )


def welcoming(command: Command[Any]) -> Command[Any]:
    """Return a command whose answer welcomes whoever is new. What only reads keeps no mark, so it stays as it is.

    What somebody does about their own things (``mine``) is about no community.
    """
    if command.reads or command.name.startswith("mine"):
        return command
    run = command.run

    @wraps(run)
    def welcomes(turn: Turn[Any], tx: Tx) -> Card | Relay:
        made = run(turn, tx)
        return replace(made, lines=(*made.lines, *_shown(turn, tx))) if isinstance(made, Card) else made

    return replace(command, run=welcomes)


def all_welcoming(commands: Iterable[Command[Any]]) -> tuple[Command[Any], ...]:
    """Return commands, each as `welcoming` makes it."""
    return tuple(welcoming(one) for one in commands)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    moderator("setup welcome", _welcome, args=Welcome, form=True, prepare=_welcome_now),
)
