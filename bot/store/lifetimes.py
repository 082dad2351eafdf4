"""How long rows stay. Operators may lower these, never raise them."""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from bot.domain.errors import StartError


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """Lifetimes, with the defaults of the promise.

    Attributes:
        delivered: The keyed hash of a delivered message.
        failed: The reason why a message could not be sent.
        unsent: A message that could not be sent so far; then it is given up, and counted.
        posts: Where a message stands that may yet be edited or taken away.
        seen: The keyed hash of an event that was handled.
        leftover: What a fault left behind after its end: openings, questions.
        before: A community's settings as they were before the latest change, for one step back.
        proposals: A word that was proposed to a community's moderators; a change to an agreement that nobody confirmed.
        circles: A circle's meeting that is over, and a circle that was ended: calendars hear of it that long.
        backups: Copies of the database made before a migration.
        marks: Keyed marks of those who were forgotten. At least as long as backups.

    Raises:
        StartError: ``lifetime-longer``, ``lifetime-none`` or ``lifetime-marks``.
    """

    delivered: timedelta = timedelta(hours=24)
    failed: timedelta = timedelta(days=7)
    unsent: timedelta = timedelta(days=30)
    posts: timedelta = timedelta(days=30)
    seen: timedelta = timedelta(days=7)
    leftover: timedelta = timedelta(hours=24)
    before: timedelta = timedelta(days=30)
    proposals: timedelta = timedelta(days=30)
    circles: timedelta = timedelta(days=30)
    backups: timedelta = timedelta(days=14)
    marks: timedelta = timedelta(days=14)

    def __post_init__(self) -> None:
        """Refuse what is longer than promised."""
        for field in fields(self):
            given: timedelta = getattr(self, field.name)
            longest: Any = field.default
            if given > longest:
                raise StartError("lifetime-longer", name=field.name, hours=int(longest.total_seconds() // 3600))
            if given <= timedelta(0):
                raise StartError("lifetime-none", name=field.name)
        if self.marks < self.backups:
            raise StartError("lifetime-marks", days=self.backups.days)
