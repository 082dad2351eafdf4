"""A circle whose day and hour are picked from menus, for whoever would rather not write a time.

What is picked means what `/circle plan` reads in the same words, and is echoed and confirmed as there. What is not
asked about is as usual, and can be changed by those who come.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from bot.contract.card import Card
from bot.contract.command import Command, Turn
from bot.contract.params import Pick, Words, Zone, param
from bot.contract.tables import Tx
from bot.contract.text import Text
from bot.domain import circle as life
from bot.domain.rhythm import RHYTHMS
from bot.domain.times import read
from commands import circle
from commands.circle_steps import FEATURE

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS: Final = tuple(str(hour) for hour in range(24))


@dataclass(frozen=True, slots=True)
class Picked:
    """A circle: what it is called, on which weekday and at what hour by which clock, and how often."""

    title: str = param(Words(life.LONGEST_NAME))
    weekday: str = param(Pick(WEEKDAYS))
    hour: str = param(Pick(HOURS))
    rhythm: str = param(Pick(RHYTHMS), default="")
    zone: str = param(Zone(), default="")


def _as_plan(turn: Turn[Picked]) -> Turn[circle.Plan]:
    """Return the turn in which such a circle is planned."""
    args = turn.args
    moment = read(f"{args.weekday} {int(args.hour):02}:00")
    planning: Turn[Any] = turn
    return replace(planning, args=circle.Plan(args.title, (None, moment), args.rhythm, args.zone))


def _echo(turn: Turn[Picked], tx: Tx) -> tuple[Text, ...]:
    return circle.understood(_as_plan(turn), tx)


def _pick(turn: Turn[Picked], tx: Tx) -> Card:
    """Plan a circle at the next such time."""
    return circle.make(_as_plan(turn), tx)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("circle pick", _pick, args=Picked, form=True, echo=_echo, feature=FEATURE),
)
