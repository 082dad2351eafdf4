"""Finding a time: several are offered, people mark what works, and only what works for all of them is shown.

While it goes on nothing is shown: neither how many answered, nor what works so far, nor that anything changed. What is
hidden then, and what cannot be, stands in `bot.domain.overlap`. Who marks none leaves nothing. Whoever began a search
is not stored; what they may do with it hangs on the card that they alone were given.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import Command, Job, NoArgs, Turn
from bot.contract.effect import Say
from bot.contract.facts import Act, Right
from bot.contract.params import Moments, Whole, Words, Zone, param
from bot.contract.searches import Mark, Search
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import circle as life
from bot.domain import overlap
from bot.domain.errors import Refusal
from bot.domain.times import Moment, Placed, place
from commands import circle_found, introducing, notes
from commands import circle_words as words
from commands.circle import room_for
from commands.circle_found import at_number, going_on, lines
from commands.circle_steps import FEATURE, pressed


@dataclass(frozen=True, slots=True)
class Find:
    """Which times are offered, for what, by which clock and for how long; and for how many days one can answer."""

    title: str = param(Words(life.LONGEST_NAME))
    times: tuple[Moment, ...] = param(Moments(overlap.FEWEST_TIMES, overlap.MOST_TIMES))
    zone: str = param(Zone(), default="")
    length: int = param(Whole(life.SHORTEST, life.LONGEST), default=life.USUAL)
    answer_days: int = param(Whole(1, overlap.LONGEST_DAYS), default=overlap.USUAL_DAYS)


# Asking


def _zone(turn: Turn[Find], tx: Tx) -> str:
    return turn.args.zone or notes.community_of(tx, turn.community).zone


def _placed(turn: Turn[Find], number: int, moment: Moment, zone: str) -> Placed:
    """Return when one of the times is.

    Raises:
        Refusal: ``times-past``, or as `bot.domain.times.place`.
    """
    try:
        placed = place(moment, turn.said_at or turn.now, zone)
    except Refusal as refusal:
        if refusal.code != "when-past":
            raise
        raise Refusal("times-past", number=number) from None
    if placed.at <= turn.now:
        raise Refusal("times-past", number=number)
    return placed


def _times(turn: Turn[Find], tx: Tx) -> dict[datetime, Placed]:
    """Return the times that are offered, each once, soonest first.

    Raises:
        Refusal: ``times-same``, or as `_placed`.
    """
    zone = _zone(turn, tx)
    placed = [_placed(turn, number, moment, zone) for number, moment in enumerate(turn.args.times, 1)]
    found = {one.at.replace(second=0, microsecond=0): one for one in placed}
    if len(found) < overlap.FEWEST_TIMES:
        raise Refusal("times-same")
    return dict(sorted(found.items()))


def _until(turn: Turn[Find], times: dict[datetime, Placed]) -> datetime:
    return overlap.ends_by(turn.now, min(times), turn.args.answer_days)


def _echo(turn: Turn[Find], tx: Tx) -> tuple[Text, ...]:
    """Say in full which times are understood."""
    room, zone, times = room_for(turn, tx), _zone(turn, tx), _times(turn, tx)
    entries: list[Text] = []
    for number, (at, placed) in enumerate(times.items(), 1):
        entries.append(text("find-time", number=number, when=words.by_clock(at, zone)))
        entries += () if placed.shift == "none" else (text("plan-shift", shift=placed.shift),)
    return (
        text("find-understood", room=room, title=Said(turn.args.title), minutes=turn.args.length),
        *entries,
        *((text("find-same"),) if len(times) < len(turn.args.times) else ()),
        text("find-understood-until", until=words.by_clock(_until(turn, times), zone)),
    )


def _find(turn: Turn[Find], tx: Tx) -> Card:
    """Ask in a room which times work."""
    room, zone, times = room_for(turn, tx), _zone(turn, tx), _times(turn, tx)
    if len(tx.searches.open_in(turn.community)) >= overlap.MOST:
        raise Refusal("find-many", limit=overlap.MOST)
    wrong = turn.live.missing(room, frozenset({Act.WRITE}))
    if wrong:
        return Card((text("find-cannot"), *wrong))
    search = Search(
        turn.chance.new_id(),
        turn.community,
        turn.args.title,
        room,
        tuple(times),
        zone,
        turn.args.length,
        turn.now,
        _until(turn, times),
    )
    tx.searches.put(search)
    tx.agenda.put(circle_found.ENDS, search.id, search.ends_at, community=search.community)
    tx.outbox.put(
        Say(room, _post(turn, search), keep=search.id),
        subject=search.id,
        expires_at=search.ends_at,
        community=search.community,
    )
    hours = overlap.OPEN_FOR.total_seconds() // 3600
    return Card(
        (text("find-asked", room=room, until=words.by_clock(search.ends_at, zone), hours=int(hours)),),
        choices=(
            Choice("circle.end-find", text("choice-find-end"), search.id),
            Choice("circle.drop-find", text("choice-find-drop"), search.id),
        ),
    )


def _post(turn: Turn[Any], search: Search) -> Card:
    """Return the card that stands in the room until the end. Nothing in it depends on any answer."""
    return Card(
        (
            *lines(turn, search),
            text("find-length", minutes=search.minutes, until=words.by_clock(search.ends_at, search.zone)),
            text("find-hidden", fewest=overlap.FEWEST),
        ),
        title=text("find-title", title=Said(search.title)),
        choices=(Choice("circle.mark", text("choice-find-mark"), search.id),),
    )


# Marking


def _mine(turn: Turn[Any], tx: Tx, search: Search) -> frozenset[int]:
    mark = tx.searches.mark_of(search.id, turn.asker)
    return frozenset() if mark is None else mark.works


def _card(turn: Turn[Any], tx: Tx, search: Search) -> Card:
    """Show the times to somebody alone, with what they marked."""
    works = _mine(turn, tx, search)
    entries: list[Text] = []
    choices: list[Choice] = []
    for number, at in enumerate(search.times, 1):
        marked, subject = number in works, at_number(search, number)
        entries.append(text("find-mine", number=number, when=words.by_clock(at, search.zone), marked=marked))
        off = Choice("circle.works-not", text("choice-find-works-not", number=number), subject)
        on = Choice("circle.works", text("choice-find-works", number=number), subject)
        choices.append(off if marked else on)
    choices.append(Choice("circle.works-none", text("choice-find-none"), search.id))
    community = notes.community_of(tx, search.community)
    if community.right(introducing.standing(turn, tx, turn.asker, search.community)) >= Right.MODERATOR:
        choices.append(Choice("circle.drop-find", text("choice-find-drop"), search.id))
    yours = text("find-yours", any=bool(works), until=words.by_clock(search.ends_at, search.zone))
    return Card((*entries, yours), title=text("find-title", title=Said(search.title)), choices=tuple(choices))


def _look(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show the times with one's own marks."""
    search, _ = going_on(turn, tx)
    return _card(turn, tx, search)


def _set(turn: Turn[Any], tx: Tx, search: Search, works: frozenset[int]) -> Card:
    """Keep what somebody marked now; nothing, where that is none."""
    if works:
        tx.searches.mark(Mark(search.id, turn.asker, works, turn.now))
    else:
        tx.searches.unmark(search.id, turn.asker)
    tx.scrub()
    return _card(turn, tx, search)


def _works(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Mark a time. Asked for twice it is as if asked for once."""
    search, number = going_on(turn, tx)
    return _set(turn, tx, search, _mine(turn, tx, search) | {number})


def _works_not(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take one mark back."""
    search, number = going_on(turn, tx)
    return _set(turn, tx, search, _mine(turn, tx, search) - {number})


def _works_none(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Mark none: nothing is kept, as if one had never looked."""
    search, _ = going_on(turn, tx)
    return _set(turn, tx, search, frozenset())


# Ending it


def _end_find(turn: Turn[NoArgs], tx: Tx) -> Card:
    """End a search before its time, if that is not too soon. How many answered changes nothing about whether it is."""
    search, _ = going_on(turn, tx)
    soonest = search.opens_at + overlap.OPEN_FOR
    if turn.now < soonest:
        return Card((text("find-early", until=words.by_clock(soonest, search.zone)),))
    circle_found.conclude(turn, tx, search)
    return Card((text("find-ended", room=search.room),))


def _drop_find(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Call a search off, and say so where it was asked."""
    search, _ = going_on(turn, tx)
    circle_found.drop(tx, search)
    said = Card((text("find-dropped-here", title=Said(search.title)),))
    tx.outbox.put(Say(search.room, said), expires_at=search.ends_at, community=search.community)
    return Card((text("find-dropped"),))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("circle find", _find, args=Find, form=True, echo=_echo, feature=FEATURE),
    pressed("circle.mark", _look, reads=True),
    pressed("circle.works", _works, personal=True),
    pressed("circle.works-not", _works_not, personal=True),
    pressed("circle.works-none", _works_none, personal=True),
    pressed("circle.end-find", _end_find, personal=True),
    pressed("circle.drop-find", _drop_find, personal=True),
    *circle_found.COMMANDS,
)
JOBS: Final[tuple[Job, ...]] = circle_found.JOBS
