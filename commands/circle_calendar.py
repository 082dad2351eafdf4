"""Circles in a member's own calendar: a file of one meeting, or a feed of all that they come to.

A feed tells whoever holds its address when its owner meets, so its address is said once, and only a hash of it is kept.
Without being asked it says *Meeting* and no name. What a member has not said yes to does not stand in it.
"""

from dataclasses import replace
from typing import Any, Final

from bot.contract.calendar import Calendar, Calendars, Feed
from bot.contract.card import Card, Choice, Document
from bot.contract.command import Command, NoArgs, Turn
from bot.contract.facts import Right
from bot.contract.tables import Tx
from bot.contract.text import Literal, Said, Text, text
from bot.domain import circle as life
from bot.domain.errors import Refusal
from bot.domain.feeds import hash_of, token_of
from commands import circle_steps
from commands import circle_words as words
from commands.circle_feed import drop, one_of
from commands.circle_steps import FEATURE, present, pressed

# What is asked


def _calendars(turn: Turn[Any]) -> Calendars:
    assert turn.calendars is not None  # noqa: S101 - the composition root gives it
    return turn.calendars


def _look(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Offer a file of each meeting that comes next, and the feed."""
    lines: list[Text] = []
    choices: list[Choice] = []
    here = tx.circles.of_community(turn.community)
    held = ((circle, meeting) for circle in here if (meeting := circle_steps.current(tx, circle)) is not None)
    for number, (circle, meeting) in enumerate(held, 1):
        says = words.when(circle, meeting.starts_at)
        lines.append(text("circle-entry", number=number, title=Said(circle.title), when=says, room=circle.room))
        choices.append(Choice("circle.file", text("choice-circle-file", number=number), meeting.id))
    feed = tx.feeds.of_member(turn.asker)
    files = (text("circle-calendar"), *lines) if lines else ()
    if not _calendars(turn).served:
        return Card(files or (text("circle-none"),), choices=tuple(choices))
    return Card((*files, text("circle-feed", on=feed is not None)), choices=(*choices, *_ways(feed)))


def _ways(feed: Feed | None) -> tuple[Choice, ...]:
    """Return what can be done about a feed."""
    if feed is None:
        return (Choice("circle.feed", text("choice-circle-feed")),)
    return (
        Choice("circle.feed", text("choice-circle-feed-anew")),
        Choice("circle.feed-names", text("choice-circle-feed-names", names=feed.names)),
        Choice("circle.no-feed", text("choice-circle-no-feed")),
    )


def _file(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Hand over a file of one meeting. One that is called off has one, too: it calls off what stands in a calendar."""
    meeting = tx.circles.meeting(turn.subject)
    circle = tx.circles.get(meeting.circle) if meeting is not None else None
    if meeting is None or circle is None or meeting.state == life.OVER:
        raise Refusal("circle-over")
    present(turn, tx, circle)
    feed = tx.feeds.of_member(turn.asker)
    event = one_of(tx, circle, meeting, names=feed is not None and feed.names)
    locale = tx.voice(turn.asker, circle.community).locale
    body = _calendars(turn).write(Calendar((event,), locale), turn.now)
    return Card((text("circle-file"),), document=Document("meeting.ics", "text/calendar", body))


def _feed(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Make a feed, or an address anew: the one before is dead with that."""
    if not _calendars(turn).served:
        raise Refusal("circle-feeds")
    before = tx.feeds.of_member(turn.asker)
    token = token_of(turn.chance.salt() + turn.chance.salt())
    feed = Feed(turn.asker, hash_of(token), turn.now, before is not None and before.names)
    tx.feeds.put(feed)
    address = Literal(_calendars(turn).address(token))
    dead = (text("circle-feed-anew"),) if before is not None else ()
    lines = (text("circle-feed-address"), text("circle-feed-is", address=address), *dead)
    return Card(lines, choices=_ways(feed)[1:])


def _names(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Let circles stand by their names in a feed, or no more."""
    before = tx.feeds.of_member(turn.asker)
    if before is None:
        raise Refusal("circle-feed-gone")
    feed = replace(before, names=not before.names)
    tx.feeds.put(feed)
    return Card((text("circle-feed-names", names=feed.names),), choices=_ways(feed)[1:])


def _no_feed(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Switch a feed off. Asked for twice it is as if asked for once."""
    drop(tx, turn.asker)
    return Card((text("circle-feed-gone"),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("circle calendar", _look, reads=True),
    pressed("circle.file", _file, reads=True),
    Command("circle.feed", _feed, feature=FEATURE),
    Command("circle.feed-names", _names, right=Right.NONE, community=False),
    Command("circle.no-feed", _no_feed, right=Right.NONE, community=False),
)
