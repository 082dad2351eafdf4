"""Searches for a time, as rows: which times are offered, and who marked which of them.

Who began a search is not stored. Whoever marks a time is known by their platform id alone, sealed at rest, and only
until the search ends; whoever marks none is nowhere.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.contract.place import Member, Room


@dataclass(frozen=True, slots=True)
class Search:
    """A search for a time.

    Attributes:
        id: Ours, random. Its post, and what came of it, are kept under it.
        community: Id of the community.
        title: What the time is for.
        room: Where it is asked.
        times: The times (UTC, whole minutes), soonest first; when it is over, those that work for all who marked one.
        zone: The IANA zone whose clock on the wall they are said by.
        minutes: How long a meeting would be.
        opens_at: Since when one can answer.
        ends_at: Until when.
        over: Whether it is over.
    """

    id: str
    community: str
    title: str = field(repr=False)
    room: Room
    times: tuple[datetime, ...]
    zone: str
    minutes: int
    opens_at: datetime
    ends_at: datetime
    over: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody marked. Gone when the search is over.

    Attributes:
        search: Id of the search.
        member: Who.
        works: The numbers of the times that they marked, as the post has them; at least one.
        said_at: When they did so last.
    """

    search: str
    member: Member
    works: frozenset[int] = field(repr=False)
    said_at: datetime


class Searches(Protocol):
    """Searches for a time."""

    def put(self, search: Search) -> None:
        """Store a search, new or changed."""

    def get(self, id: str) -> Search | None:  # noqa: A002 - the column's name
        """Return a search, in order to change it."""

    def open_in(self, community: str) -> tuple[Search, ...]:
        """Return the searches of a community that are not over."""

    def remove(self, id: str) -> None:  # noqa: A002 - the column's name
        """Delete a search with all that belongs to it."""

    def mark(self, mark: Mark) -> None:
        """Store what somebody marked, in the place of what they did before."""

    def unmark(self, search: str, member: Member) -> None:
        """Delete what somebody marked."""

    def marks(self, search: str) -> tuple[Mark, ...]:
        """Return what was marked. For what follows from it: nobody is shown it."""

    def mark_of(self, search: str, member: Member) -> Mark | None:
        """Return what somebody marked. For their own eyes."""

    def finish(self, search: str) -> None:
        """Delete all that was marked."""
