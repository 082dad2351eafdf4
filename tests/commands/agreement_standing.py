"""What stands in a community, for tests of what is done with it: brought in by linden, without a card in any room."""

from datetime import timedelta
from typing import Final

from bot.chance import SecretChance
from bot.contract.agreements import Version
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live, Right
from bot.contract.place import Room
from bot.domain import agreement as a
from bot.domain.agreement import Terms
from bot.store.sealed import SealedSubjects
from commands.agreement_steps import bring_in, happen
from tests.commands.desk import HALL, MODERATOR, Desk, Shown, member

LINES: Final = ("We ask before giving advice.", "After ten we are quiet.")


async def as_moderator(world: Desk) -> Turn[NoArgs]:
    """Return a turn of linden."""
    return Turn(
        world.now, NoArgs(), Live(world.now, {}), SecretChance(), SealedSubjects(world.keys), {},
        member=member(MODERATOR), community=await world.community(), right=Right.MODERATOR,
    )  # fmt: skip


async def stands(
    world: Desk, title: str = "Quiet evenings", lines: tuple[str, ...] = LINES, room: Room = HALL
) -> Version:
    """Let an agreement stand that is kept in a room."""
    turn = await as_moderator(world)
    terms = Terms(world.now + timedelta(days=7), 2, world.now + timedelta(days=90))
    return await world.write(lambda tx: bring_in(turn, tx, title, lines, room, terms))


async def stands_no_more(world: Desk, version: Version) -> None:
    """Let moderators take out what they brought in."""
    turn = await as_moderator(world)
    await world.write(lambda tx: happen(turn, tx, version, a.TAKE_OUT))


def said_in(world: Desk, room: Room = HALL) -> tuple[Shown, ...]:
    """Return all that was ever said in a room, taken away or not."""
    return tuple(shown for _, place, shown in world.platform.said if place == room)


def stands_in(world: Desk, room: Room = HALL) -> tuple[Shown, ...]:
    """Return what stands in a room now."""
    return tuple(shown for place, shown in world.platform.posts.values() if place == room)
