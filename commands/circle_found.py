"""How a search for a time ends: what was marked is erased, what works for all is said, and a circle can be planned.

The answers are erased in the transaction that says what came of them. A search whose end passed while the bot was not
running ends late, in the same words; one of whose times none is still to come goes in silence.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.contract.card import Card, Choice, Option
from bot.contract.command import Command, Job, NoArgs, Prepared, Turn
from bot.contract.effect import Say
from bot.contract.facts import USUAL_AGE, Right, Unreachable, WhoIs
from bot.contract.intent import Due
from bot.contract.params import Pick, Whole, Words, param
from bot.contract.searches import Mark, Search
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import circle as life
from bot.domain import overlap
from bot.domain.errors import Refusal
from bot.domain.rhythm import RHYTHMS
from bot.domain.times import Moment
from commands import circle, notes
from commands import circle_words as words
from commands.circle_steps import FEATURE, present, pressed

ENDS: Final = "circle.find-ends"
GOES: Final = "circle.find-goes"
"""Agenda kinds. Their subject is the search."""


def at_number(search: Search, number: int) -> str:
    """Return what a choice about one of the times is about."""
    return f"{search.id}-{number}"


def going_on(turn: Turn[Any], tx: Tx) -> tuple[Search, int]:
    """Return the search that was pressed, before its end, and the number of the time that it was about; 0: about none.

    Raises:
        Refusal: ``find-over``, or as `present`.
    """
    id_, _, number = turn.subject.partition("-")
    search = tx.searches.get(id_)
    if search is None or search.over or search.ends_at <= turn.now:
        raise Refusal("find-over")
    present(turn, tx, search)
    return search, int(number or 0)


def lines(turn: Turn[Any], search: Search) -> tuple[Text, ...]:
    """Return the times, numbered, by the search's own clock and by that of each reader or UTC."""
    return tuple(
        text(
            "find-time-elsewhere",
            number=number,
            when=words.by_clock(at, search.zone),
            here=words.elsewhere(turn, search.room.platform, at),
        )
        for number, at in enumerate(search.times, 1)
    )


# The end


def drop(tx: Tx, search: Search) -> None:
    """Let go of a search and all that speaks of it."""
    tx.outbox.recall(search.id)
    tx.agenda.cancel(search.id)
    tx.searches.remove(search.id)
    tx.scrub()


def _still_there(turn: Turn[Any], tx: Tx, search: Search) -> tuple[Mark, ...]:
    """Return what was marked by those who have not left since. Where that cannot be known now, nobody has."""
    marks, spaces = tx.searches.marks(search.id), tx.communities.spaces(search.community)
    here = {one: tuple(space for space in spaces if space.platform == one.member.platform) for one in marks}
    turn.live.expect((WhoIs(one.member, where) for one, where in here.items()), USUAL_AGE)

    def there(mark: Mark) -> bool:
        try:
            return turn.live.standing(mark.member, here[mark]).right >= Right.MEMBER
        except Unreachable:
            return True

    return tuple(one for one in marks if there(one))


def conclude(turn: Turn[Any], tx: Tx, search: Search) -> None:
    """End a search: erase what was marked, and say in its place what works for all."""
    ahead = {number: at for number, at in enumerate(search.times, 1) if at > turn.now}
    if not ahead:
        drop(tx, search)
        return
    shared = overlap.overlap(one.works for one in _still_there(turn, tx, search))
    found = tuple(at for number, at in ahead.items() if shared is not None and number in shared)
    tx.outbox.recall(search.id)
    tx.agenda.cancel(search.id)
    tx.searches.finish(search.id)
    search = replace(search, times=found, over=True)
    tx.searches.put(search)
    until = min(turn.now + overlap.STAYS, max(found or ahead.values()))
    tx.agenda.put(GOES, search.id, until, community=search.community)
    tx.outbox.put(
        Say(search.room, _result(turn, search, few=shared is None), keep=search.id),
        subject=search.id,
        expires_at=until,
        community=search.community,
    )
    tx.scrub()


def _result(turn: Turn[Any], search: Search, *, few: bool) -> Card:
    """Return the card that says what came of a search."""
    title = text("find-title", title=Said(search.title))
    if not search.times:
        says = text("find-few", fewest=overlap.FEWEST) if few else text("find-none")
        return Card((says, text("find-erased")), title=title)
    return Card(
        (text("find-works", times=len(search.times)), *lines(turn, search), text("find-erased")),
        title=title,
        choices=(Choice("circle.then", text("choice-find-then"), search.id),),
    )


def _ends(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    search = tx.searches.get(due.subject)
    if search is not None:
        conclude(turn, tx, search)


def _goes(_: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Take away what came of a search, when there is nothing more to do about it."""
    search = tx.searches.get(due.subject)
    if search is not None:
        drop(tx, search)


# A circle at a time that was found


@dataclass(frozen=True, slots=True)
class Then:
    """Which of the times, and what the circle is like; all else is as it was asked."""

    slot: str = param(Pick())
    title: str = param(Words(life.LONGEST_NAME))
    rhythm: str = param(Pick(RHYTHMS), default="")
    seats: int = param(Whole(life.SMALLEST, life.LARGEST), default=0)


def _found(turn: Turn[Any], tx: Tx) -> tuple[Search, dict[str, datetime]]:
    """Return the search whose result was pressed, and the times of it that are still to come, by their numbers.

    Raises:
        Refusal: ``find-over`` where there is none any more, ``switched-off``, or as `present`.
    """
    search = tx.searches.get(turn.subject)
    times = {} if search is None or not search.over else dict(enumerate(search.times, 1))
    ahead = {str(number): at for number, at in times.items() if at > turn.now}
    if search is None or not ahead:
        raise Refusal("find-over")
    present(turn, tx, search)
    if FEATURE in notes.community_of(tx, search.community).off:
        raise Refusal("switched-off")
    return search, ahead


def _then_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    search, ahead = _found(turn, tx)
    options = tuple(Option(number, words.by_clock(at, search.zone)) for number, at in ahead.items())
    return Prepared({"slot": options[0].value, "title": search.title}, {"slot": options})


def _as_plan(turn: Turn[Then], tx: Tx) -> Turn[circle.Plan]:
    """Return the turn in which such a circle is planned.

    Raises:
        Refusal: ``option-unknown``, or as `_found`.
    """
    search, ahead = _found(turn, tx)
    args, at = turn.args, ahead.get(turn.args.slot)
    if at is None:
        raise Refusal("option-unknown")
    there = words.local(at, search.zone)
    moment = Moment(day=there.date(), clock=there.time())
    plan = circle.Plan(args.title, (None, moment), args.rhythm, search.zone, search.minutes, args.seats)
    spaces = tx.communities.spaces(search.community)
    space = next((one for one in spaces if one.platform == search.room.platform), None)
    planning: Turn[Any] = turn
    return replace(planning, args=plan, community=search.community, room=search.room, space=space)


def _then_echo(turn: Turn[Then], tx: Tx) -> tuple[Text, ...]:
    return circle.understood(_as_plan(turn, tx), tx)


def _then(turn: Turn[Then], tx: Tx) -> Card:
    """Plan a circle at a time that was found. What came of the search stays for others who would plan another."""
    return circle.make(_as_plan(turn, tx), tx)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    pressed("circle.then", _then, args=Then, form=True, prepare=_then_now, echo=_then_echo),
)
JOBS: Final[tuple[Job, ...]] = (Job(ENDS, _ends), Job(GOES, _goes))
