"""What every repository stands on."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.contract.ports import Clock
from bot.store.lifetimes import Lifetimes
from bot.store.sealed import Keys
from bot.store.statement import Db


@dataclass(frozen=True, slots=True)
class Ground:
    """One connection and what goes with it.

    Attributes:
        db: Runs statements.
        keys: The keys.
        clock: What time it is, for rows that are stored without being told.
        lifetimes: How long rows stay.
        new_id: Returns a new random id.
    """

    db: Db
    keys: Keys
    clock: Clock
    lifetimes: Lifetimes
    new_id: Callable[[], str]
