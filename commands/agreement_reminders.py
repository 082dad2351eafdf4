"""How a room is reminded of an agreement: on a rhythm by its own clock, and where it is wished when something opens.

Anybody may set a reminder and anybody may end it; both are seen in the room, and whose wish it was is kept nowhere. A
reminder takes the place of the one before it, and waits until nobody has written for a while, where a platform tells
that without telling what. What fell into a time when the bot was away comes once, or is left out until its next turn.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.agreements import Agreement, Reminder, Version
from bot.contract.card import Card, Choice, Option
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.effect import Refused, Say, Then
from bot.contract.facts import Unreachable
from bot.contract.intent import Done, Due
from bot.contract.params import OfDay, Pick, Until, YesNo, param
from bot.contract.place import Room
from bot.contract.tables import Tx
from bot.contract.text import Literal, Said, Text, text
from bot.domain.errors import Refusal
from bot.domain.recalling import CALM, PATIENCE, WAYS, WHOLE, waits_until
from bot.domain.recalling import turn as next_statement
from bot.domain.rhythm import next_time
from commands import agreement_words as cards
from commands.agreement_recall import here_or_home, that_stand
from commands.agreement_rooms import FEATURE, member_of, missing, pressed
from commands.agreement_time import standing, zone

REMINDS: Final = "agreement.reminds"
"""The job by which a room is reminded; its subject is the reminder."""

OPENINGS: Final = "openings"
OFTEN: Final = ("weekly", "fortnightly", "monthly", OPENINGS)
"""How often: on one of `bot.domain.rhythm.RHYTHMS`, or only when something opens."""

FARTHEST: Final = 90
"""Days until the first."""

ASKED_FOR: Final = timedelta(hours=1)
"""How long a platform is asked when somebody last wrote. One that does not answer for so long does not tell."""

_OVER_FOR: Final = frozenset({"gone", "forbidden", "impossible"})
"""Why nothing could be said in a room, where saying it again would not help."""


@dataclass(frozen=True, slots=True)
class Remind:
    """How a room is to be reminded, and of what."""

    often: str = param(Pick(OFTEN))
    brings: str = param(Pick(WAYS))
    wall: time | None = param(OfDay(), default=None)
    first_day: date | int | None = param(Until(FARTHEST), default=None)
    openings: bool = param(YesNo(), default=False)
    remind_of: str = param(Pick(), default="")


# Setting one


def _meant(turn: Turn[Remind], tx: Tx) -> Agreement:
    """Return the agreement that is meant: picked, or by its title; where one alone stands, that.

    Raises:
        Refusal: ``recall-nothing`` or ``reminder-of-which``.
    """
    found, given = tuple(agreement for agreement, _ in that_stand(turn, tx)), turn.args.remind_of
    if not found:
        raise Refusal("recall-nothing")
    if not given and len(found) == 1:
        return found[0]
    for one in found:
        if given == one.id or given.casefold() == one.title.casefold():
            return one
    raise Refusal("reminder-of-which")


def _room(turn: Turn[Any], tx: Tx, agreement: Agreement) -> Room:
    """Return the room that is reminded; in a check-in room, which is soon over, that in which it was announced."""
    room = here_or_home(turn, tx, agreement)
    held = tx.checkins.of_room(room)
    return room if held is None else held.card


def _wished(turn: Turn[Remind], tx: Tx) -> tuple[Agreement, Reminder]:
    """Return the reminder that was asked for, not stored.

    Raises:
        Refusal: As `_meant` and `_room`; ``param-missing`` or ``round-past``.
    """
    args, agreement = turn.args, _meant(turn, tx)
    here = zone(tx, agreement)
    today = (turn.said_at or turn.now).astimezone(ZoneInfo(here)).date()
    day = today if args.first_day is None else args.first_day
    day = today + timedelta(days=day) if isinstance(day, int) else day
    rhythm, at = args.often, None
    if rhythm == OPENINGS:
        rhythm = ""
    elif args.wall is None:
        raise Refusal("param-missing", param="wall")
    else:
        at = next_time(rhythm, day, args.wall, here, turn.now)
        if at is None or not timedelta(0) <= day - today <= timedelta(days=FARTHEST):
            raise Refusal("round-past", days=FARTHEST)
    return agreement, Reminder(
        turn.chance.new_id(),
        agreement.id,
        _room(turn, tx, agreement),
        rhythm,
        day,
        args.wall or time(),
        here,
        args.brings,
        openings=args.openings or not rhythm,
        next_at=at,
    )


def _says(reminder: Reminder) -> tuple[Text, ...]:
    """Return how a room is reminded, in words."""
    said = []
    if reminder.next_at is not None:
        zone_ = Literal(reminder.zone)
        said.append(text("reminder-is", rhythm=reminder.rhythm, at=reminder.next_at, zone=zone_))
    if reminder.openings:
        said.append(text("reminder-openings"))
    return (*said, text("reminder-brings", brings=reminder.brings))


def _stop(reminder: Reminder) -> Choice:
    return Choice("agreement.no-reminders", text("choice-agreement-no-reminders"), reminder.id)


def _echo(turn: Turn[Remind], tx: Tx) -> tuple[Text, ...]:
    """Say how it is understood, and that everybody in the room would see it."""
    agreement, reminder = _wished(turn, tx)
    instead = (text("reminder-instead"),) if tx.agreements.reminder_of(reminder.room) is not None else ()
    about = text("reminder-understood", title=Said(agreement.title), room=reminder.room)
    return (about, *_says(reminder), *instead)


def _remind(turn: Turn[Remind], tx: Tx) -> Card:
    """Set it, in the place of the one that the room has, and say so there."""
    turn = member_of(turn, tx, turn.community, posts=True)
    agreement, reminder = _wished(turn, tx)
    lacks = missing(turn, reminder.room)
    if lacks:
        return Card((text("reminder-cannot"), *lacks))
    before = tx.agreements.reminder_of(reminder.room)
    if before is not None:
        _end(tx, before)
    _keep(tx, reminder, agreement)
    said = (text("reminder-set"), *_says(reminder))
    _say(tx, agreement, reminder, Card(said, title=_title(agreement), choices=(_stop(reminder),)))
    return Card((text("reminder-kept", room=reminder.room),), choices=(_stop(reminder),))


def _title(agreement: Agreement) -> Text:
    return text("agreement-title", title=Said(agreement.title))


def _to_choose(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Return the form with the agreements that stand, where there is more than one."""
    found = tuple(agreement for agreement, _ in that_stand(turn, tx))
    options = tuple(Option(one.id, _title(one)) for one in found)
    return Prepared(options={"remind_of": options}, without=frozenset(() if len(found) > 1 else ("remind_of",)))


def _keep(tx: Tx, reminder: Reminder, agreement: Agreement) -> None:
    tx.agreements.remind(reminder)
    if reminder.next_at is not None:
        tx.agenda.put(REMINDS, reminder.id, reminder.next_at, community=agreement.community)


def _say(tx: Tx, agreement: Agreement, reminder: Reminder, card: Card, expires_at: datetime | None = None) -> None:
    """Say something in the place of what the reminder said before."""
    tx.outbox.recall(reminder.id)
    tx.outbox.put(
        Say(reminder.room, card, keep=reminder.id),
        then=Then("agreement.reminded", (reminder.id,)),
        subject=reminder.id,
        expires_at=expires_at,
        community=agreement.community,
    )


# Ending it


def _end(tx: Tx, reminder: Reminder) -> None:
    """Forget a reminder, and take away what it said last."""
    tx.outbox.recall(reminder.id)
    tx.agenda.cancel(reminder.id)
    tx.agreements.remind_no_more(reminder.id)


def _no_reminders(turn: Turn[NoArgs], tx: Tx) -> Card:
    """End the reminders of a room; it is told so, and not by whom.

    Raises:
        Refusal: ``reminder-gone`` or ``right-member``.
    """
    reminder = tx.agreements.reminder(turn.subject)
    agreement = None if reminder is None else tx.agreements.get(reminder.agreement)
    if reminder is None or agreement is None:
        raise Refusal("reminder-gone")
    member_of(turn, tx, agreement.community)
    _end(tx, reminder)
    told = Card((text("reminder-ended"),), title=_title(agreement))
    tx.outbox.put(Say(reminder.room, told), community=agreement.community)
    return Card((text("reminder-no-more", room=reminder.room),))


def _reminded(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:  # noqa: ARG001 - the shape of what follows an effect
    """End the reminders of a room that is gone, or in which the bot cannot write any more."""
    reminder = tx.agreements.reminder(str(done.facts[0]))
    if reminder is not None and isinstance(done.result, Refused) and done.result.reason in _OVER_FOR:
        _end(tx, reminder)


# Reminding


def _reminds(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Remind a room once, when nobody is writing; plan the next."""
    reminder = tx.agreements.reminder(due.subject)
    agreement = None if reminder is None else tx.agreements.get(reminder.agreement)
    if reminder is None or agreement is None or reminder.next_at is None:
        return
    version = standing(tx, agreement)
    if version is None:
        _end(tx, reminder)
        return
    community = tx.communities.get(agreement.community)
    at = None
    if community is not None and FEATURE not in community.off:
        at = _calm(turn, reminder, reminder.next_at)
    if at is not None and at > turn.now:
        tx.agenda.put(REMINDS, reminder.id, at, community=agreement.community)
        return
    if at is not None:
        card = cards.reminder(agreement, version, zone(tx, agreement), _statement(reminder, version))
        card = replace(card, choices=(_stop(reminder),))
        _say(tx, agreement, reminder, card, expires_at=turn.now + CALM)
        reminder = replace(reminder, told=reminder.told + 1)
    after = next_time(reminder.rhythm, reminder.begins_on, reminder.wall, reminder.zone, turn.now)
    _keep(tx, replace(reminder, next_at=after), agreement)


def _calm(turn: Turn[Any], reminder: Reminder, due: datetime) -> datetime | None:
    """Return when the room is reminded that was to be reminded at ``due``; None: that turn is left out."""
    if turn.now - due > PATIENCE:
        return None
    try:
        return waits_until(turn.now, due, turn.live.spoken(reminder.room))
    except Unreachable:
        return turn.now + CALM if turn.now - due < ASKED_FOR else turn.now


def _statement(reminder: Reminder, version: Version) -> int | None:
    """Return which statement comes next, counted from 0; None for the whole."""
    return None if reminder.brings == WHOLE else next_statement(reminder.told, len(version.statements))


# When something opens


def _for_openings(tx: Tx, community: str, room: Room) -> tuple[Agreement, Version, Reminder] | None:
    """Return what is said when something opens that was announced in a room: by its reminder, or another there is."""
    found = tx.communities.get(community)
    if found is None or FEATURE in found.off:
        return None
    homes = (home.room for one in tx.agreements.of_community(community) for home in tx.agreements.homes(one.id))
    for one in (room, *(home for home in homes if home.platform == room.platform)):
        reminder = tx.agreements.reminder_of(one)
        agreement = tx.agreements.get(reminder.agreement) if reminder is not None and reminder.openings else None
        version = None if agreement is None else standing(tx, agreement)
        if reminder is not None and agreement is not None and version is not None:
            return agreement, version, reminder
    return None


def opening_lines(tx: Tx, community: str, room: Room, *, counts: bool = False) -> tuple[Text, ...]:
    """Return what of an agreement is said when something opens, where the community wishes it; else nothing.

    Args:
        tx: The transaction.
        community: Id of the community.
        room: Where it was announced.
        counts: It opens now, and the next statement has its turn; else it is told to somebody who came later.
    """
    found = _for_openings(tx, community, room)
    if found is None:
        return ()
    agreement, version, reminder = found
    said, which = cards.lines(version), _statement(reminder, version)
    if counts:
        tx.agreements.remind(replace(reminder, told=reminder.told + 1))
    elif which is not None:
        which = next_statement(max(reminder.told - 1, 0), len(version.statements))
    shown = said if which is None else (said[which],)
    return (text("agreement-at-opening", title=Said(agreement.title)), *shown)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("agreement remind", _remind, args=Remind, form=True, prepare=_to_choose, echo=_echo, feature=FEATURE),
    pressed("agreement.no-reminders", _no_reminders),
)
JOBS: Final[tuple[Job, ...]] = (Job(REMINDS, _reminds),)
AFTERS: Final[tuple[After, ...]] = (After("agreement.reminded", _reminded),)
