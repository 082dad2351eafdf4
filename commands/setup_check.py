"""Looking over a community's setup: what is missing, who can read its rooms now, how to mend it."""

from typing import Any, Final

from bot.contract.card import Card
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.facts import NAMING_AGE, Right, Unreachable, WhoReads
from bot.contract.place import Room
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from commands.setup_shared import DOES, back, rooms_of, settings_of


def _missing(turn: Turn[NoArgs], tx: Tx) -> tuple[Text, ...]:
    """Return what is not there, and what then cannot be had."""
    settings, platform = settings_of(tx, turn.community), turn.asker.platform
    have = {does for does, room in rooms_of(tx, turn.community) if room.platform == platform}
    return (
        *(() if settings.words else (text("check-no-words"),)),
        *(() if settings.elsewhere else (text("check-no-elsewhere"),)),
        *(text("check-no-room", does=text(f"option-room_for-{does}")) for does in DOES if does not in have),
    )


def _room(turn: Turn[NoArgs], tx: Tx, does: str, room: Room) -> tuple[Text, ...]:
    """Return what can be known of a room at this moment."""
    try:
        readers = turn.live.readers(room).lines
    except Unreachable:
        return (text("check-room-away", room=room),)
    said: tuple[Text, ...] = (text("check-room", does=text(f"option-room_for-{does}"), room=room), *readers)
    if does == "door" and tx.communities.post(turn.community, does, room.platform) is None:
        said = (*said, text("check-door-not-there", room=room))
    return said


def _check(turn: Turn[NoArgs], tx: Tx) -> Card:
    platform = turn.asker.platform
    rooms = sorted(
        (one for one in rooms_of(tx, turn.community) if one[1].platform == platform),
        key=lambda one: DOES.index(one[0]),
    )
    turn.live.expect((WhoReads(room) for _, room in rooms), NAMING_AGE)
    found = tuple(line for does, room in rooms for line in _room(turn, tx, does, room))
    missing = _missing(turn, tx)
    return Card(
        (*found, *missing) if missing else (*found, text("check-all-there")),
        title=text("check-title"),
        choices=(back(turn.community),),
    )


COMMANDS: Final[tuple[Command[Any], ...]] = (Command("setup check", _check, right=Right.MODERATOR, reads=True),)
