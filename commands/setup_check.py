"""Looking over a community's setup: what is missing, who reads its rooms now, what would be refused, how to mend it."""

from typing import Any, Final

from bot.contract.card import Card
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.facts import NAMING_AGE, Act, Right, Unreachable, WhatIsMissing, WhoReads
from bot.contract.place import Room, Space
from bot.contract.ports import Capability
from bot.contract.tables import Community, Tx
from bot.contract.text import Text, text
from commands.agreement_recall import that_stand
from commands.agreement_rooms import FEATURE as AGREEMENTS
from commands.setup_shared import DOES, back, doing, refused, rooms_of, settings_of

_SERVES: Final = {"peers": frozenset({"cards", "rounds"}), "moderators": frozenset({"notes"})}
"""Which features a room is there for: with all of them switched off, none is missing."""

_WITHOUT: Final = frozenset({"checkins", "agreements", "circles"})
"""What can be had without a room that is for it: it then stands in the room where somebody asked."""


def _welcomes_with_nothing(turn: Turn[NoArgs], tx: Tx, community: Community) -> bool:
    """Return whether newcomers are to be shown what is agreed, and nothing is."""
    return community.welcome and AGREEMENTS not in community.off and next(that_stand(turn, tx), None) is None


def _missing(turn: Turn[NoArgs], tx: Tx) -> tuple[Text, ...]:
    """Return what is not there, and what then cannot be had."""
    settings, platform = settings_of(tx, turn.community), turn.asker.platform
    have = {does for does, room in rooms_of(tx, turn.community) if room.platform == platform}
    off = frozenset(settings.community.off)
    off |= {"cards"} if "requests" in off else set()  # cards are of requests
    idle = {does for does, features in _SERVES.items() if features <= off}
    return (
        *(() if settings.words else (text("check-no-words"),)),
        *(() if settings.elsewhere else (text("check-no-elsewhere"),)),
        *((text("check-no-agreement"),) if _welcomes_with_nothing(turn, tx, settings.community) else ()),
        *(
            text("check-no-room", does=text(f"option-room_for-{does}"))
            for does in DOES
            if does not in have | idle | _WITHOUT
        ),
    )


def _room(turn: Turn[NoArgs], tx: Tx, does: str, room: Room) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return what can be known of a room at this moment: who reads it, and what stands against its use."""
    try:
        readers = turn.live.readers(room).lines
    except Unreachable:
        return (), (text("check-room-away", room=room),)
    wrong = refused(turn, does, room)
    if does == "door" and tx.communities.post(turn.community, does, room.platform) is None:
        wrong = (*wrong, text("check-door-not-there", room=room))
    return (text("check-room", does=text(f"option-room_for-{does}"), room=room), *readers), wrong


def _making(tx: Tx, community: str) -> frozenset[str]:
    """Return what a community has done with rooms: makes private ones; others, and deletes them, if it chose so."""
    words = tx.checkins.words(community)
    chosen = {Act.VISIBLE: words.visible, Act.ERASE: words.erased}
    return frozenset({Act.ROOMS, *(act for act, is_chosen in chosen.items() if is_chosen)})


def _rooms(turn: Turn[NoArgs], tx: Tx, space: Space) -> tuple[Text, ...]:
    """Return what stands against making rooms."""
    try:
        return turn.live.missing(space, _making(tx, turn.community))
    except Unreachable:
        return (text("check-rooms-for-two-away"),)


def _check(turn: Turn[NoArgs], tx: Tx) -> Card:
    platform = turn.asker.platform
    rooms = sorted(
        (one for one in rooms_of(tx, turn.community) if one[1].platform == platform),
        key=lambda one: DOES.index(one[0]),
    )
    spaces = tuple(space for space in tx.communities.spaces(turn.community) if space.platform == platform)
    made_in = spaces[:1] if Capability.ROOMS in turn.can[platform] else ()  # as `commands.meeting` takes it
    turn.live.expect(
        (
            *(WhoReads(room) for _, room in rooms),
            *(doing(turn, does, room) for does, room in rooms),
            *(WhatIsMissing(space, _making(tx, turn.community)) for space in made_in),
        ),
        NAMING_AGE,
    )
    lines: list[Text] = []
    wrong: list[Text] = []
    for does, room in rooms:
        found, stands_against = _room(turn, tx, does, room)
        lines += (*found, *stands_against)
        wrong += stands_against
    more = (*(line for space in made_in for line in _rooms(turn, tx, space)), *_missing(turn, tx))
    return Card(
        (*lines, *more) if wrong or more else (*lines, text("check-all-there")),
        title=text("check-title"),
        choices=(back(turn.community),),
    )


COMMANDS: Final[tuple[Command[Any], ...]] = (Command("setup check", _check, right=Right.MODERATOR, reads=True),)
