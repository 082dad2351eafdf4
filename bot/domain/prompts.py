"""Prompts: which one comes next in a check-in room.

A community's own and the starters, those that come with the bot, take turns; its own are through first, each once.
What comes is drawn anew for every room, and worked out from the room and a number alone: nothing is stored but how many
there were, and a restart changes nothing.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

IN: Final = "in"
"""For the round at the beginning."""
OUT: Final = "out"
"""For the round before the closing."""

KINDS: Final = (IN, OUT)
"""What a starter is for. A community's own are for the beginning."""


def order(draw: str, count: int) -> tuple[int, ...]:
    """Return the numbers below ``count`` in an order that another draw does not have.

    The order of those that are there stays as it is when more are added.
    """
    return tuple(sorted(range(count), key=lambda one: hashlib.sha256(f"{draw} {one}".encode()).digest()))


def pick(own: Sequence[str], draw: str, number: int, *, starters: bool) -> str | int | None:
    """Return the prompt that comes as the ``number``-th, from 0 on.

    Args:
        own: Ids of the community's own.
        draw: What is drawn for: the room's id.
        number: How many there were before.
        starters: Whether starters are used.

    Returns:
        The id of one of their own; or how many starters came before the one that comes now (which one that is depends
        on how many the deck has in the language of the room); or None where there is nothing to draw from.
    """
    if not starters:
        return own[order(draw, len(own))[number % len(own)]] if own else None
    half, odd = divmod(number, 2)
    if not odd and half < len(own):
        return own[order(draw, len(own))[half]]
    return number - min(len(own), half + odd)
