"""A check-in room at the desk: who comes in, what is said in it, what is left of it."""

from bot.contract.effect import MakeRoom
from bot.contract.place import Room
from tests.commands.desk import HALL, PLATFORM, Desk, Shown

ROWS = ("checkin", "seat", "agenda", "outbox", "post")


def hall(there: Desk) -> list[Shown]:
    """Return what stands in the hall."""
    return [shown for place, shown in there.platform.posts.values() if place == HALL]


def card(there: Desk) -> Shown:
    """Return the newest invitation."""
    return next(shown for shown in reversed(hall(there)) if "checkin-card" in shown)


def rooms(there: Desk) -> list[Room]:
    """Return the rooms that were made."""
    made = [key for key, effect in enumerate(there.platform.effects, 1) if isinstance(effect, MakeRoom)]
    return [Room(PLATFORM, f"room{key}") for key in made]


def said(there: Desk, number: int = 0) -> list[Shown]:
    """Return what was said in a room."""
    return [shown for _, place, shown in there.platform.said if place == rooms(there)[number]]


async def joins(there: Desk, *names: str, how: str = "checkin.join") -> None:
    """Let people in from the card."""
    for name in names:
        assert "checkin-let-in" in await there.press(name, card(there), how, here=True)


async def opened(there: Desk, *names: str, **args: str) -> Room:
    """Open a room, let people in, and return it."""
    assert "checkin-opens-now" in await there.ask("birch", "checkin open", args, here=True)
    await joins(there, *names)
    return rooms(there)[-1]


async def presses(there: Desk, name: str, action: str, number: int = 0) -> Shown:
    """Let somebody press the newest choice of a kind in a room."""
    shown = next(shown for shown in reversed(said(there, number)) if action in shown.actions)
    return await there.press(name, shown, action, here=rooms(there)[number])


def invited(there: Desk) -> list[str]:
    """Return who was invited to speak, in order."""
    return [str(line.facts["who"].id) for shown in said(there) for line in shown.texts if line.id == "checkin-next"]  # type: ignore[union-attr]


def nothing_left(there: Desk, *but: str) -> None:
    """Assert that no row is left of any check-in; ``outbox`` keeps for a while why something was refused."""
    rows = there.rows()
    assert [table for table in ROWS if rows[table] and table not in but] == []
