"""The rooms of a community that have something to do. A room is given it, or it is taken away, in the room itself."""

from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card
from bot.contract.command import Command, NoArgs, Prepared, Turn
from bot.contract.params import Pick, YesNo, param
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from commands import setup_door
from commands.setup_shared import DOES, back, here, moderator, possible, refused, room_lines, rooms_of


@dataclass(frozen=True, slots=True)
class Duty:
    """What the room is for, and whether that is taken away from it."""

    room_for: str = param(Pick(DOES))
    take_away: bool = param(YesNo(), default=False)


def _room(turn: Turn[Duty], tx: Tx) -> Card:
    room, does = here(turn, tx), turn.args.room_for
    label = text(f"option-room_for-{does}")
    wrong: tuple[Text, ...] = ()
    if not turn.args.take_away:
        possible(turn, does)
        wrong = refused(turn, does, room)
        if does == "door":
            setup_door.stand(turn, tx, room)
        else:
            tx.communities.set_room(turn.community, does, room)
        said = text("setup-room-given", room=room, does=label)
    elif tx.communities.room(turn.community, does, room.platform) == room:
        if does == "door":
            setup_door.take(tx, turn.community, room.platform)
        tx.communities.clear_room(turn.community, does, room.platform)
        said = text("setup-room-taken", room=room, does=label)
    else:
        said = text("setup-room-not", room=room, does=label)
    return Card(
        (said, *wrong, *room_lines(rooms_of(tx, turn.community), room.platform)), choices=(back(turn.community),)
    )


def _room_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    here(turn, tx)
    return Prepared()


COMMANDS: Final[tuple[Command[Any], ...]] = (moderator("setup room", _room, args=Duty, form=True, prepare=_room_now),)
