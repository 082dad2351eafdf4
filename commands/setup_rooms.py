"""The rooms of a community that have something to do. A room is given it, or it is taken away, in the room itself."""

from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.facts import Right
from bot.contract.params import Pick, YesNo, param
from bot.contract.place import Room
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from bot.domain.errors import Refusal

DOES: Final = ("peers", "moderators", "door")
"""What a room can be for: cards of requests without a name, notes to moderators, the front door."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What the room is for, and whether that is taken away from it."""

    room_for: str = param(Pick(DOES))
    take_away: bool = param(YesNo(), default=False)


def here(turn: Turn[Any], tx: Tx) -> Room:
    """Return the room of the community that this is asked in.

    Raises:
        Refusal: ``only-in-room``: it is asked in private, or in a room of another community.
    """
    if turn.room is None or turn.space is None or turn.space not in tx.communities.spaces(turn.community):
        raise Refusal("only-in-room")
    return turn.room


def lines(tx: Tx, community: str, platform: str) -> tuple[Text, ...]:
    """Return what the rooms of a community on a platform are for, a sentence each."""
    found = ((does, tx.communities.room(community, does, platform)) for does in DOES)
    return tuple(
        text("setup-is-room", does=text(f"option-room_for-{does}"), room=room)
        for does, room in found
        if room is not None
    )


def _room(turn: Turn[Duty], tx: Tx) -> Card:
    room, does = here(turn, tx), turn.args.room_for
    label = text(f"option-room_for-{does}")
    if not turn.args.take_away:
        tx.communities.set_room(turn.community, does, room)
        said = text("setup-room-given", room=room, does=label)
    elif tx.communities.room(turn.community, does, room.platform) == room:
        tx.communities.clear_room(turn.community, does, room.platform)
        said = text("setup-room-taken", room=room, does=label)
    else:
        said = text("setup-room-not", room=room, does=label)
    return Card((said, *lines(tx, turn.community, room.platform)), choices=(back(turn.community),))


def back(community: str) -> Choice:
    """Return the choice that leads to all settings."""
    return Choice("setup.shown", text("choice-setup-shown"), subject=community)


def _room_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    here(turn, tx)
    return Prepared()


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("setup room", _room, args=Duty, right=Right.MODERATOR, form=True, prepare=_room_now),
)
JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = ()
