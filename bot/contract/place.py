"""Who and where, as one platform knows them.

An id is opaque to everyone but its adapter, and is kept out of ``repr`` so that it cannot reach a log by way of
an exception.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A person as one platform knows them. As a place, their private conversation with the bot."""

    platform: str
    id: str = field(repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Space:
    """A Discord server, a Matrix space or single room, the playground's community."""

    platform: str
    id: str = field(repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Room:
    """A channel, thread or room."""

    platform: str
    id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """A message that the bot sent, so that it can be edited or taken away."""

    place: "Place"
    id: str = field(repr=False)


Place = Member | Room
"""Where a card goes: to a member privately, or into a room."""
