"""What of circles stands in a member's calendar: what they said yes to where they are a member, and nothing else.

What they said yes to and is called off stays there, called off. So a circle keeps who came to it as long as calendars
are to hear of its end, of those alone who have a feed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final, TypeVar

from bot.contract.calendar import Calendar, Event, Feed
from bot.contract.circles import Answer, Circle, Meeting, series
from bot.contract.facts import Live, Right, WhoIs
from bot.contract.place import Member
from bot.contract.tables import Tx
from bot.contract.text import Said
from bot.domain import circle as life
from bot.domain.feeds import hash_of
from bot.domain.rhythm import meets_on, next_meeting, rest
from commands.circle_words import local

T = TypeVar("T")

SEEN: Final = (life.COME, life.MAYBE)
"""Answers with which a meeting stands in a calendar."""


class OwnerLeft(Exception):  # noqa: N818 - states what happened
    """Whose feed it is is in no community of the bot any more."""

    def __init__(self, member: Member) -> None:
        """Say who, to whoever deletes it."""
        super().__init__()
        self.member: Final = member


def calendar_of(tx: Tx, live: Live, token: str) -> Calendar | None:
    """Return what stands in the feed with an address; None where there is none, or none any more.

    Whoever left a community, or was put out of it, sees nothing of its circles.

    Raises:
        OwnerLeft: They are in no community any more: the feed is to go (`drop`).
        Unreachable: Their platform does not say where they are a member. What their calendar shows is to stay.
    """
    feed = tx.feeds.of_token(hash_of(token))
    if feed is None:
        return None
    whole = tuple(_events(tx, feed))
    here = _here(tx, live, feed.member, {circle.community for circle, _ in whole})
    if not here and not _here(tx, live, feed.member, (one.id for one in tx.communities.on(feed.member.platform))):
        raise OwnerLeft(feed.member)
    found = tuple((circle, event) for circle, event in whole if circle.community in here)
    community = found[0][0].community if found else ""
    return Calendar(tuple(event for _, event in found), tx.voice(feed.member, community).locale)


def _here(tx: Tx, live: Live, member: Member, communities: Iterable[str]) -> frozenset[str]:
    """Return of which of some communities somebody is a member now."""
    where = {
        one: tuple(space for space in tx.communities.spaces(one) if space.platform == member.platform)
        for one in sorted(communities)
    }
    live.expect(WhoIs(member, spaces) for spaces in where.values() if spaces)
    return frozenset(one for one, spaces in where.items() if live.standing(member, spaces).right >= Right.MEMBER)


def _events(tx: Tx, feed: Feed) -> Iterator[tuple[Circle, Event]]:
    """Yield the circles to whose every meeting a member comes, and the single meetings that they come to."""
    answered = {one.meeting: one.answer for one in tx.circles.answers_of(feed.member) if one.answer in SEEN}
    regular = tx.circles.regular_in(feed.member)
    for id_ in regular:
        circle = _held(tx.circles.get(id_))
        whole = event_of(tx, circle, names=feed.names)
        if circle.ended_at is not None:
            yield circle, _ended(tx, circle, whole, circle.ended_at)
            continue
        # They are asked anew for each meeting that is posted, as coming; whoever skips it has no answer to it.
        posted = (one for one in tx.circles.meetings(id_) if one.state == life.PLANNED)
        left_out = frozenset(one.day for one in posted if one.id not in answered)
        yield circle, replace(whole, left_out=left_out)
    meetings = tuple(_held(tx.circles.meeting(id_)) for id_ in answered)
    again = {one.circle for one in meetings if one.state == life.PLANNED}
    for meeting in meetings:
        circle = _held(tx.circles.get(meeting.circle))
        # Of one that meets once, the meeting before it was put to another day is the same to a calendar.
        moved = not circle.rule and meeting.state == life.SKIPPED and circle.id in again
        if circle.id not in regular and not moved:
            yield circle, one_of(tx, circle, meeting, names=feed.names)


def _held(row: T | None) -> T:
    """Return what must be there, as a row that another one points at is."""
    assert row is not None  # noqa: S101 - foreign keys, and who is kept after an end
    return row


def event_of(tx: Tx, circle: Circle, *, names: bool) -> Event:
    """Return a circle's meetings, by its name or by none."""
    return Event(
        circle.id,
        series(circle, tx.circles.meetings(circle.id)),
        circle.minutes,
        Said(circle.title) if names else None,
        circle.sequence,
    )


def one_of(tx: Tx, circle: Circle, meeting: Meeting, *, names: bool) -> Event:
    """Return one meeting; called off, at the time at which it would have been, if it does not take place."""
    event = replace(event_of(tx, circle, names=names), only=meeting.day)
    if meeting.state != life.SKIPPED:
        return event
    there = {meeting.day: local(meeting.starts_at, circle.zone)}
    return replace(event, series=replace(event.series, changes=there), ended=True)


def coming(tx: Tx, circle: Circle, at: datetime) -> date | None:
    """Return the day of the first meeting that an end at an instant calls off; None if there is none."""
    following = next_meeting(series(circle), at)
    return min([*_called_off(tx, circle, at), *([] if following is None else [following.day])], default=None)


def _called_off(tx: Tx, circle: Circle, at: datetime) -> dict[date, Meeting]:
    """Return the meetings that would have been after an instant, by the days of the rule."""
    stored = (one for one in tx.circles.meetings(circle.id) if one.state == life.SKIPPED and one.starts_at > at)
    return {one.day: one for one in stored if meets_on(series(circle), one.day)}


def _ended(tx: Tx, circle: Circle, whole: Event, at: datetime) -> Event:
    """Return what the end of a circle called off. What took place did; where nothing was to come, nobody is kept."""
    first = _held(coming(tx, circle, at))
    moved = {day: one.moved_to for day, one in _called_off(tx, circle, at).items() if one.moved_to is not None}
    return replace(whole, series=replace(rest(series(circle), first), changes=moved), ended=True)


def in_feeds(tx: Tx, meeting: Meeting) -> tuple[Answer, ...]:
    """Return the answers with which a meeting stands in somebody's feed."""
    seen = (one for one in tx.circles.answers(meeting.id) if one.answer in SEEN)
    return tuple(one for one in seen if tx.feeds.of_member(one.member) is not None)


def drop(tx: Tx, member: Member) -> None:
    """Delete a member's feed, and what is kept for it alone."""
    tx.feeds.remove(member)
    for one in tx.circles.answers_of(member):
        if _held(tx.circles.meeting(one.meeting)).state != life.PLANNED:
            tx.circles.unanswer(one.meeting, member)
    for id_ in tx.circles.regular_in(member):
        if _held(tx.circles.get(id_)).ended_at is not None:
            tx.circles.come_no_more(id_, member)
    tx.scrub()
