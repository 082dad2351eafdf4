"""Reminders of a plan that people made together and keep in a room of their own.

The bot holds a link and a time, never the plan. Each reminder is one person's own: whoever asks in a room lets the
others there press for the same, and nobody is told who did. A reminder comes at the very time its owner chose, in quiet
hours too, because they chose it; it counts as one of the day's messages, so that other notes step back for it.

So it ends as its owner wishes: by ``/plan cancel``, ``/mine stop``, ``/mine forget``, or when they leave the community.
Leaving the room or thread where it was asked for does not end it. They accepted for themselves, it reaches them alone
and privately, and the plan may well live on without that room. To end it then the bot would have to watch who goes out
of a room of people's own; it does not, and on Discord cannot. Where moderators switch reminders off, no new one can be
had, and what members asked for before still comes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.effect import Accepted, Relay, Say
from bot.contract.facts import Right
from bot.contract.intent import Due
from bot.contract.params import When, Whole, Words, param
from bot.contract.tables import PlanReminder, Tx
from bot.contract.text import Literal, Text, text
from bot.domain import links
from bot.domain.errors import Refusal
from bot.domain.quiet import is_quiet
from bot.domain.times import Moment, Placed, place
from commands import introducing, notes

MOST: Final = 10
"""Reminders that one member may have at a time."""

REMIND: Final = "plan.remind"
"""Agenda kind of a reminder; its subject is the reminder's id."""

LATEST: Final = timedelta(hours=24)
"""How late a reminder is still of use."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the plan is, and when to be reminded of it."""

    link: str = param(Words(links.LONGEST))
    when: Moment = param(When())


@dataclass(frozen=True, slots=True)
class Which:
    """One of the asker's reminders, by its number in their list. A pressed choice names it as its subject."""

    number: int = param(Whole(1, MOST), default=0)


@dataclass(frozen=True, slots=True)
class Change:
    """One of the asker's reminders, and its new time."""

    number: int = param(Whole(1, MOST), default=0)
    when: Moment = param(When(), default=Moment())


def _own(turn: Turn[Any], tx: Tx) -> tuple[PlanReminder, ...]:
    profile = tx.members.find(turn.asker)
    return tx.plans.of_member(profile.id) if profile is not None else ()


def _placed(turn: Turn[Any], tx: Tx, moment: Moment, community: str) -> Placed:
    """Return when it is, by the asker's clock; meant as of when it was shown back, if it was."""
    return place(moment, turn.said_at or turn.now, notes.zone_of(tx, notes.profile_or_new(turn, tx), community))


def _understood(turn: Turn[Any], tx: Tx, link: str, moment: Moment, community: str) -> list[Text]:
    """Say how a reminder is understood, with its zone and what clocks do to it."""
    placed, profile = _placed(turn, tx, moment, community), notes.profile_or_new(turn, tx)
    zone = notes.zone_of(tx, profile, community)
    here = ZoneInfo(zone)
    days = (placed.at.astimezone(here).date() - turn.now.astimezone(here).date()).days
    lines = [text("plan-understood", at=placed.at, zone=Literal(zone), days=days, link=Literal(link))]
    if placed.shift != "none":
        lines.append(text("plan-shift", shift=placed.shift))
    if is_quiet(placed.at, zone, profile.quiet_from, profile.quiet_to):
        lines.append(text("plan-quiet"))
    return lines


def _already(turn: Turn[Any], tx: Tx, link: str, at: datetime) -> Card | None:
    """Return the card of what is planned already.

    Raises:
        Refusal: ``plan-many``.
    """
    own = _own(turn, tx)
    if any((one.link, one.due_at) == (link, at) for one in own):
        return Card((text("plan-kept", at=at),), choices=(Choice("plan list", text("choice-plan-list")),))
    if len(own) >= MOST:
        raise Refusal("plan-many", limit=MOST)
    return None


def _keep(turn: Turn[Any], tx: Tx, link: str, at: datetime, community: str) -> PlanReminder:
    reminder = PlanReminder(turn.chance.new_id(), notes.profile_of(turn, tx).id, community, link, at)
    tx.plans.add(reminder)
    tx.agenda.put(REMIND, reminder.id, at, member=reminder.member, community=community)
    return reminder


def _kept(reminder: PlanReminder) -> Card:
    return Card(
        (text("plan-kept", at=reminder.due_at),),
        choices=(
            Choice("plan list", text("choice-plan-list")),
            Choice("plan cancel", text("choice-plan-cancel"), subject=reminder.id),
        ),
    )


# Asking for one


def _echo(turn: Turn[Plan], tx: Tx) -> tuple[Text, ...]:
    link = links.read(turn.args.link)
    lines = _understood(turn, tx, link, turn.args.when, turn.community)
    if turn.room is not None:
        lines.append(text("plan-asks-here"))
    return tuple(lines)


def _remind(turn: Turn[Plan], tx: Tx) -> Card | Relay:
    """Take a reminder, once it is known that its owner can be written to privately."""
    at = _placed(turn, tx, turn.args.when, turn.community).at
    if at <= turn.now:
        raise Refusal("when-past")
    return _already(turn, tx, links.read(turn.args.link), at) or notes.hello(turn, "plan.kept")


def _asked(turn: Turn[Plan], tx: Tx) -> Card:
    """Keep the reminder; where it was asked in a room, let the others there press for the same."""
    if not isinstance(turn.outcome, Accepted):
        return Card((text("plan-closed"),))
    at = _placed(turn, tx, turn.args.when, turn.community).at
    reminder = _keep(turn, tx, links.read(turn.args.link), at, turn.community)
    if turn.room is not None:
        offer = Card(
            (text("plan-offer", at=at, link=Literal(reminder.link)),),
            choices=(Choice("plan.too", text("choice-plan-too"), subject=reminder.id),),
        )
        tx.outbox.put(
            Say(turn.room, offer, keep=reminder.id), subject=reminder.id, expires_at=at, community=turn.community
        )
    return _kept(reminder)


def _offered(turn: Turn[NoArgs], tx: Tx) -> PlanReminder | None:
    offer = tx.plans.get(turn.subject)
    return offer if offer is not None and offer.community == turn.community and offer.due_at > turn.now else None


def _too(turn: Turn[NoArgs], tx: Tx) -> Card | Relay:
    """Take the same reminder for whoever pressed, for themselves alone."""
    offer = _offered(turn, tx)
    if offer is None:
        return Card((text("plan-over"),))
    return _already(turn, tx, offer.link, offer.due_at) or notes.hello(turn, "plan.joined")


def _joined(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Keep the same reminder for whoever pressed."""
    if not isinstance(turn.outcome, Accepted):
        return Card((text("plan-closed"),))
    offer = _offered(turn, tx)
    if offer is None:
        return Card((text("plan-over"),))
    return _kept(_keep(turn, tx, offer.link, offer.due_at, offer.community))


# What is planned


def _list(turn: Turn[Any], tx: Tx) -> Card:
    own = _own(turn, tx)
    if not own:
        return Card((text("plan-none"),))
    lines, choices = [text("plan-list")], []
    for number, one in enumerate(own, 1):
        lines.append(text("plan-entry", number=number, at=one.due_at, link=Literal(one.link)))
        choices.append(Choice("plan change", text("choice-plan-change-number", number=number), subject=one.id))
        choices.append(Choice("plan cancel", text("choice-plan-cancel-number", number=number), subject=one.id))
    return Card(tuple(lines), choices=tuple(choices))


def _meant(turn: Turn[Any], tx: Tx) -> PlanReminder | None:
    """Return the asker's reminder that was pressed or numbered; without a number, the only one there is."""
    own = _own(turn, tx)
    if turn.subject:
        return next((one for one in own if one.id == turn.subject), None)
    number = turn.args.number or (1 if len(own) == 1 else 0)
    return own[number - 1] if 0 < number <= len(own) else None


def _cancel(turn: Turn[Which], tx: Tx) -> Card:
    """Cancel a reminder. The card that offered it to others goes with it; theirs stay theirs."""
    reminder = _meant(turn, tx)
    if reminder is None:
        return _list(turn, tx)
    drop(tx, reminder)
    return Card((text("plan-cancelled"),))


def _change_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    numbers = {one.id: str(number) for number, one in enumerate(_own(turn, tx), 1)}
    return Prepared({"number": numbers[turn.subject]} if turn.subject in numbers else {})


def _change_echo(turn: Turn[Change], tx: Tx) -> tuple[Text, ...]:
    reminder = _meant(turn, tx)
    if reminder is None or turn.args.when == Moment():
        return ()
    return tuple(_understood(turn, tx, reminder.link, turn.args.when, reminder.community))


def _change(turn: Turn[Change], tx: Tx) -> Card:
    """Move a reminder. What was offered to others in a room was the old time, so that card goes."""
    reminder = _meant(turn, tx)
    if reminder is None or turn.args.when == Moment():
        return _list(turn, tx)
    at = _placed(turn, tx, turn.args.when, reminder.community).at
    if at <= turn.now:
        raise Refusal("when-past")
    drop(tx, reminder)
    return _kept(_keep(turn, tx, reminder.link, at, reminder.community))


def drop(tx: Tx, reminder: PlanReminder) -> None:
    """Delete a reminder, with what is planned for it and the card that offered it to others."""
    tx.plans.remove(reminder.id)
    tx.agenda.cancel(reminder.id, REMIND)
    tx.outbox.recall(reminder.id)


def _due(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Remind somebody who is still there, and delete the reminder."""
    reminder = tx.plans.get(due.subject)
    profile = tx.members.get(reminder.member) if reminder is not None else None
    if reminder is None or profile is None:
        return
    here = introducing.standing(turn, tx, profile.member, reminder.community).right >= Right.MEMBER
    drop(tx, reminder)
    if not here or turn.now - due.due_at > LATEST:
        return
    notes.count(turn, tx, profile, reminder.community)
    told = text("plan-reminder", at=due.due_at, link=Literal(reminder.link))
    card = Card((told, text("plan-reminder-stop")))
    tx.outbox.put(Say(profile.member, card), subject=profile.id, community=reminder.community)


COMMANDS: Final = (
    Command("plan remind", _remind, args=Plan, form=True, echo=_echo, feature="plans"),
    Command("plan.kept", _asked, args=Plan),
    Command("plan.too", _too, personal=False, feature="plans"),
    Command("plan.joined", _joined),
    Command("plan list", _list, right=Right.NONE, community=False, reads=True),
    Command("plan change", _change, args=Change, right=Right.NONE, community=False, form=True, prepare=_change_now,
            echo=_change_echo),
    Command("plan cancel", _cancel, args=Which, right=Right.NONE, community=False),
)  # fmt: skip
JOBS: Final = (Job(REMIND, _due, announces="coming-plan-remind"),)
AFTERS: Final[tuple[After, ...]] = ()
