"""The front door: one card in a room of the community, pinned, from which everything can be reached.

It stands for everyone, so it names nobody and changes for nobody. What is pressed on it is answered privately.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, NoArgs, Turn
from bot.contract.effect import Accepted, Delete, Edit, Pin, Say, Then
from bot.contract.facts import Right
from bot.contract.intent import Done
from bot.contract.params import YesNo, param
from bot.contract.place import Post, Room
from bot.contract.tables import Community, Tx
from bot.contract.text import text
from bot.domain.errors import Refusal
from commands.setup_shared import back, community_of, here, possible, refused

DOOR: Final = "door"


@dataclass(frozen=True, slots=True)
class Door:
    """Whether the door is taken away."""

    take_door: bool = param(YesNo(), default=False)


def door(platform: str, off: Collection[str] = ()) -> Card:
    """Return the card: the same for everyone who comes by. What is switched off (``off``) is not offered on it."""
    rooms = () if "checkins" in off else (Choice("checkin list", text("choice-door-checkins")),)
    others = (
        *rooms,
        Choice("who-can-see", text("choice-door-see")),
        Choice("elsewhere", text("choice-door-elsewhere")),
    )
    reach = text(f"door-reach-{platform}")
    if "requests" in off:
        what = text("door-others-rooms" if rooms else "door-others")
        return Card((what, reach), title=text("door-title-others"), choices=others)
    asks = Choice("peer ask", text("choice-door-peer"))
    return Card((text("door-what"), reach), title=text("door-title"), choices=(asks, *others))


def _subject(community: str, platform: str) -> str:
    return f"door-{community}-{platform}"


def take(tx: Tx, community: str, platform: str) -> None:
    """Take away what stands at the door of a platform, or is on its way there."""
    tx.outbox.recall(_subject(community, platform))
    stands = tx.communities.post(community, DOOR, platform)
    if stands is not None:
        tx.outbox.put(Pin(stands, pinned=False))
        tx.outbox.put(Delete(stands))
        tx.communities.set_post(community, DOOR, platform, None)


def stand(turn: Turn[Any], tx: Tx, room: Room) -> None:
    """Put the door up in a room, in the place of the one that stood anywhere on the platform."""
    take(tx, turn.community, room.platform)
    tx.communities.set_room(turn.community, DOOR, room)
    off = community_of(turn, tx).off
    tx.outbox.put(
        Say(room, door(room.platform, off)),
        then=Then("setup.door-stands", (turn.community,)),
        subject=_subject(turn.community, room.platform),
        community=turn.community,
    )


def keep_true(tx: Tx, community: Community) -> None:
    """Let the doors of a community say what can be had there now. One on its way is looked at when it stands."""
    for room in tx.communities.rooms(community.id).get(DOOR, ()):
        stands = tx.communities.post(community.id, DOOR, room.platform)
        if stands is not None:
            tx.outbox.put(Edit(stands, door(room.platform, community.off)), community=community.id)


def _door(turn: Turn[Door], tx: Tx) -> Card:
    """Put the door up where it was, else in the room this is asked in; or take it away."""
    platform = turn.asker.platform
    room = tx.communities.room(turn.community, DOOR, platform)
    if turn.args.take_door:
        if room is None:
            raise Refusal("no-door")
        take(tx, turn.community, platform)
        tx.communities.clear_room(turn.community, DOOR, platform)
        return Card((text("setup-door-taken", room=room),), choices=(back(turn.community),))
    room = room or here(turn, tx)
    possible(turn, DOOR)
    wrong = refused(turn, DOOR, room)
    stand(turn, tx, room)
    return Card((text("setup-door-stands", room=room), *wrong), choices=(back(turn.community),))


def _stands(_: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Keep where the door stands, and pin it. Where it could not be put up, ``setup check`` says so."""
    (community,) = done.facts
    if not isinstance(done.result, Accepted) or not isinstance(done.effect, Say):
        return
    stands = Post(done.effect.to, done.result.id)
    tx.communities.set_post(str(community), DOOR, stands.place.platform, stands)
    tx.outbox.put(Pin(stands))  # where that is not allowed it stands all the same
    now = tx.communities.get(str(community))
    if now is not None and done.effect.card != (card := door(stands.place.platform, now.off)):
        tx.outbox.put(Edit(stands, card), community=now.id)  # something was switched while it was on its way


COMMANDS: Final[tuple[Command[Any], ...]] = (Command("setup door", _door, args=Door, right=Right.MODERATOR),)
AFTERS: Final[tuple[After, ...]] = (After("setup.door-stands", _stands),)
