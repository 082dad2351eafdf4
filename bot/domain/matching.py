"""Who might talk with whom.

Hard limits first; they are all alike from outside: whoever does not fit is as if absent. Among those who fit, first
those who were not introduced to each other lately, then those with more words in common, then who has waited longest.
Nothing here depends on chance or on how many others there are, so one person's secret cannot change the order of
the rest.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from bot.domain.openings import PLACES, Opening, Question


def fits(asking: Opening, other: Opening, *, now: datetime, apart: bool, met: bool) -> bool:
    """Return whether these two openings may be brought together.

    Args:
        asking: The opening that looks for a peer.
        other: Another opening.
        now: Aware instant.
        apart: Either of the two keeps apart from the other.
        met: The two were introduced in the last 30 days.
    """
    return (
        asking.member != other.member
        and asking.community == other.community
        and asking.platform == other.platform
        and asking.group == other.group
        and other.ends_at > now
        and (other.questions is None or other.questions > 0)
        and bool(shared_languages(asking, other))
        and asking.way == other.way
        and shared_place(asking, other) is not None
        and not asking.not_today & other.words
        and not other.not_today & asking.words
        and not apart
        and not (met and (asking.someone_new or other.someone_new))
    )


def shared_languages(one: Opening, other: Opening) -> tuple[str, ...]:
    """Return the languages both talk in, in the order of ``one``."""
    return tuple(language for language in one.languages if language in other.languages)


def shared_place(one: Opening, other: Opening) -> str | None:
    """Return where the two would talk, ``direct`` or ``room``; None when they want different places.

    Two who do not mind get a room, where nobody learns a handle.
    """
    wanted = {one.place, other.place} - {"either"}
    if len(wanted) > 1:
        return None
    return next(iter(wanted), "room")


def places_with(place: str) -> tuple[str, ...]:
    """Return what others may want who can talk with somebody who wants ``place``: those with a `shared_place`."""
    return tuple(other for other in PLACES if other == place or "either" in (place, other))


def candidates(
    asking: Opening,
    others: Iterable[Opening],
    *,
    now: datetime,
    apart: Callable[[Opening], bool],
    met: Callable[[Opening], bool],
) -> tuple[Opening, ...]:
    """Return the openings that fit, the one to ask first at the front; each member once.

    Args:
        asking: The opening that looks for a peer.
        others: The openings that might do.
        now: Aware instant.
        apart: Whether either of the two keeps apart from the other.
        met: Whether the two were introduced in the last 30 days.
    """
    ranked = sorted(
        (other for other in others if fits(asking, other, now=now, apart=apart(other), met=met(other))),
        key=lambda other: (met(other), -len(asking.words & other.words), other.opened_at, other.id),
    )
    once: dict[str, Opening] = {}
    for other in ranked:
        once.setdefault(other.member, other)
    return tuple(once.values())


def one_by_one(
    asking: Opening,
    others: Iterable[Opening],
    *,
    now: datetime,
    apart: Callable[[Opening], bool],
    met: Callable[[Opening], bool],
) -> Iterator[Opening]:
    """Yield the `candidates`, looking no further than whoever is wanted next.

    Args:
        asking: The opening that looks for a peer.
        others: The openings that might do, those with more words in common first, then those who have waited longer;
            at the same moment by id.
        now: Aware instant.
        apart: As in `candidates`; asked only about those who come.
        met: As in `candidates`, likewise.
    """
    once: set[str] = set()
    later: list[Opening] = []
    for other in others:
        if other.member not in once and fits(asking, other, now=now, apart=apart(other), met=met(other)):
            once.add(other.member)
            if met(other):
                later.append(other)
            else:
                yield other
    yield from later


def asks_owner(asking: Opening, other: Opening) -> bool:
    """Return whether the owner wants to be asked before this peer: always, or about a word that the peer brings."""
    return asking.ask_first or bool(asking.ask_about & other.words)


def implied_yes(asking: Opening, asked: Question, now: datetime) -> bool:
    """Return whether the request itself is its owner's yes to the peer who was asked: while it is fresh."""
    return asking.fresh(now) and not asked.ask_owner
