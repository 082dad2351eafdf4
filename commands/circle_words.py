"""What is said of circles: when one meets, its post, how it opens and closes.

A post says how full a meeting is and never who comes, unless the circle chose to show that. The time stands in the
circle's own zone, because that is the one it keeps to; beside it where a platform shows each reader their own, that,
and elsewhere UTC.
"""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice
from bot.contract.circles import Circle, Meeting, series
from bot.contract.command import Turn
from bot.contract.place import Member
from bot.contract.ports import Capability
from bot.contract.tables import Tx
from bot.contract.text import Fact, Literal, Said, Text, text
from bot.domain import circle as life
from bot.domain.rhythm import Series, meetings
from bot.domain.wall import clock_changes, on_the_wall
from commands.agreement_reminders import opening_lines

SHOWN: Final = 3
"""Meetings that are said after the first one, so that everybody sees what a rhythm means."""

_FAR: Final = timedelta(days=400)

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def local(at: datetime, zone: str) -> datetime:
    """Return what the clock on the wall shows there, without a zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def on_day(day: date) -> Text:
    """Return a date with its weekday."""
    return text("circle-day", weekday=_DAYS[day.weekday()], day=day)


def by_clock(at: datetime, zone: str) -> Text:
    """Return an instant as the clock on the wall shows it there."""
    there = local(at, zone)
    return text("circle-when", day=on_day(there.date()), wall=there.time(), zone=Literal(zone))


def when(circle: Circle, at: datetime) -> Text:
    """Return an instant as the circle's own clock shows it."""
    return by_clock(at, circle.zone)


def to_member(turn: Turn[Any], tx: Tx, circle: Circle, member: Member, at: datetime) -> Fact:
    """Return an instant as one member alone is told it: never a time without the zone that it is meant in.

    Where their platform shows each reader their own clock, that does it. Elsewhere it is the clock of the zone that
    they gave, or else the circle's own; and which one stands beside it.
    """
    if Capability.STAMPS in turn.can.get(member.platform, frozenset()):
        return at
    profile = tx.members.find(member)
    return by_clock(at, (profile.zone if profile is not None else "") or circle.zone)


def in_full(turn: Turn[Any], tx: Tx, circle: Circle, at: datetime) -> Text:
    """Return an instant as the circle's own clock shows it, with its year: dates of this year are said without it."""
    there = local(at, circle.zone)
    this = turn.now.astimezone(ZoneInfo(tx.voice(turn.asker, turn.community).zone)).year
    day = on_day(there.date())
    if there.year == this:
        day = text("circle-day-in-year", day=day, year=Literal(str(this)))
    return text("circle-when", day=day, wall=there.time(), zone=Literal(circle.zone))


def elsewhere(turn: Turn[Any], platform: str, at: datetime) -> Text:
    """Return an instant as each reader's own clock shows it where the platform can do that, else in UTC."""
    if Capability.STAMPS in turn.can.get(platform, frozenset()):
        return text("circle-for-you", at=at)
    there = at.astimezone(UTC)
    return text("circle-utc", day=on_day(there.date()), wall=there.time())


def rhythm(planned: Series, after: datetime) -> tuple[Text, ...]:
    """Say a rhythm by the days that it means; nothing for once."""
    following = meetings(planned, after, after + _FAR)[:SHOWN]
    if planned.rule is None or not following:
        return ()
    days = tuple(on_day(local(one.at, planned.zone).date()) for one in following)
    rule = planned.rule
    plain = rule.freq == "WEEKLY" and len(rule.weekdays) <= 1
    kind = {1: "weekly", 2: "fortnightly"}.get(rule.interval, "other") if plain else "other"
    return (text("circle-rhythm", kind="daily" if rule.freq == "DAILY" else kind, days=days),)


def shift(circle: Circle, meeting: Meeting) -> tuple[Text, ...]:
    """Say what a clock change does to the time of a meeting; nothing where it does nothing."""
    meant = meeting.moved_to
    day, wall = (meeting.day, circle.wall) if meant is None else (meant.date(), meant.time())
    placed = on_the_wall(day, wall, circle.zone)
    return () if placed.shift == "none" else (text("circle-shift", shift=placed.shift, wall=wall),)


def clocks(turn: Turn[Any], circle: Circle, meeting: Meeting) -> tuple[Text, ...]:
    """Say before clocks are set, and not after, that the circle keeps to its own time."""
    since = max(turn.now, meeting.starts_at - life.BEFORE_CLOCKS)
    change = next(clock_changes(circle.zone, since, meeting.starts_at + life.BEFORE_CLOCKS), None)
    if change is None:
        return ()
    return (text("circle-clocks", day=local(change.at, circle.zone).date(), wall=circle.wall),)


def state(tx: Tx, circle: Circle, meeting: Meeting) -> str:
    """Return what of a post changes with the answers: a short word that differs when the post does."""
    answers = tx.circles.answers(meeting.id)
    come = [one.member for one in answers if circle.shows_names and one.answer == life.COME]
    lent = [(one.role, one.member) for one in tx.circles.roles(meeting.id)]
    named = " ".join(f"{role} {who.platform} {who.id}" for role, who in [*(("", who) for who in come), *lent])
    mark = sha256(named.encode()).hexdigest()[:16]
    return f"{life.fullness(circle.seats, answers)}-{mark}-{meeting.sequence}"


def roles(tx: Tx, meeting: Meeting) -> tuple[Text, ...]:
    """Say who volunteered, and that a role which is free may be taken."""
    lent = {one.role: one.member for one in tx.circles.roles(meeting.id)}
    host = (text("circle-role-lent", role=life.HOST, who=lent[life.HOST]),) if life.HOST in lent else ()
    others = tuple(
        text("circle-role-lent", role=role, who=lent[role]) for role in life.ROLES if role in lent and role != life.HOST
    )
    return (*(host or (text("circle-host-free"),)), *others)


def _who(tx: Tx, circle: Circle, meeting: Meeting) -> Text:
    answers = tx.circles.answers(meeting.id)
    full = life.fullness(circle.seats, answers)
    come = tuple(one.member for one in answers if one.answer == life.COME)
    if circle.shows_names and come:
        return text("circle-state-names", state=full, who=come)
    return text("circle-state", state=full, names=circle.shows_names)


def post(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> Card:
    """Return the card that stands in the room until a meeting starts."""
    every = (Choice("circle.every", text("choice-circle-every"), meeting.id),) if circle.rule else ()
    return Card(
        (
            when(circle, meeting.starts_at),
            elsewhere(turn, circle.room.platform, meeting.starts_at),
            *shift(circle, meeting),
            *clocks(turn, circle, meeting),
            _who(tx, circle, meeting),
            *roles(tx, meeting),
            text("circle-asks"),
        ),
        title=text("circle-title", title=Said(circle.title)),
        choices=(
            Choice("circle.come", text("choice-circle-come"), meeting.id),
            Choice("circle.maybe", text("choice-circle-maybe"), meeting.id),
            Choice("circle.skip", text("choice-circle-skip"), meeting.id),
            *every,
            Choice("circle.more", text("choice-circle-more"), meeting.id),
        ),
    )


def begun(tx: Tx, circle: Circle, meeting: Meeting) -> Card:
    """Return what is said in the room when a meeting starts: what was agreed, where the group wishes that, too."""
    words = (text("circle-begun", title=Said(circle.title), until=local(meeting.ends_at, circle.zone).time()),)
    if not circle.speaks:
        return Card(words)
    agreed = opening_lines(tx, circle.community, circle.room, counts=True)
    return Card((*words, *agreed, *roles(tx, meeting), text("circle-opening")))


def closed(circle: Circle) -> Card:
    """Return what is said in the room when a meeting is over."""
    return Card((text("circle-closing", title=Said(circle.title)),))


def planned_series(circle: Circle, tx: Tx) -> Series:
    """Return a circle's series with what became of its single meetings."""
    return series(circle, tx.circles.meetings(circle.id))
