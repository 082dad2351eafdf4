"""What of circles stands in a member's calendar: what they said yes to, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TypeVar

from bot.contract.calendar import Calendar, Event, Feed
from bot.contract.circles import Circle, series
from bot.contract.tables import Tx
from bot.contract.text import Said
from bot.domain import circle as life
from bot.domain.feeds import hash_of

T = TypeVar("T")

_SEEN: Final = (life.COME, life.MAYBE)
"""Answers with which a meeting stands in a calendar."""


def calendar_of(tx: Tx, token: str) -> Calendar | None:
    """Return what stands in the feed with an address; None where there is none, or none any more."""
    feed = tx.feeds.of_token(hash_of(token))
    if feed is None:
        return None
    found = tuple(_events(tx, feed))
    community = found[0][0].community if found else ""
    return Calendar(tuple(event for _, event in found), tx.voice(feed.member, community).locale)


def _events(tx: Tx, feed: Feed) -> Iterator[tuple[Circle, Event]]:
    """Yield the circles to whose every meeting a member comes, and the single meetings that they come to."""
    answered = {one.meeting: one.answer for one in tx.circles.answers_of(feed.member)}
    regular = tx.circles.regular_in(feed.member)
    for id_ in regular:
        circle = _held(tx.circles.get(id_))
        # They are asked anew for each meeting that is posted, as coming; whoever skips it has no answer to it.
        posted = (one for one in tx.circles.meetings(id_) if one.state == life.PLANNED)
        left_out = frozenset(one.day for one in posted if answered.get(one.id) not in _SEEN)
        yield circle, replace(event_of(tx, circle, names=feed.names), left_out=left_out)
    for id_, answer in answered.items():
        meeting = _held(tx.circles.meeting(id_))
        circle = _held(tx.circles.get(meeting.circle))
        if circle.id not in regular and answer in _SEEN:
            yield circle, replace(event_of(tx, circle, names=feed.names), only=meeting.day)


def _held(row: T | None) -> T:
    """Return a row that another one points at, and so is there."""
    assert row is not None  # noqa: S101 - foreign keys
    return row


def event_of(tx: Tx, circle: Circle, *, names: bool) -> Event:
    """Return a circle's meetings, by its name or by none."""
    return Event(
        circle.id,
        series(circle, tx.circles.meetings(circle.id)),
        circle.minutes,
        Said(circle.title) if names else None,
        circle.sequence,
        ended=circle.ended_at is not None,
    )
