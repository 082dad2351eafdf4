"""Where agreements are made: whose turn it is in which room, and the cards that stand there while one is under way.

Whoever presses something is looked up at that moment. What can be taken back can always be taken back; what is new can
be had only where agreements are switched on, and posted only by whom the community lets speak.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.agreements import Agreement, ConsentRound, Home, Version
from bot.contract.command import Command, Prepared, Turn
from bot.contract.facts import Act, Right
from bot.contract.params import Pick, Until, Whole, YesNo, param
from bot.contract.place import Member, Room
from bot.contract.tables import Tx
from bot.contract.text import Text
from bot.domain import agreement as a
from bot.domain.agreement import Terms
from bot.domain.errors import Refusal
from commands import agreement_words as cards
from commands import introducing, notes
from commands.agreement_time import DOES, tell, zone

FEATURE: Final = "agreements"

NOON: Final = time(12)
"""When a review date comes: no clock is set at noon."""


def _about(tx: Tx, subject: str) -> str:
    """Return the community of an agreement, or of whatever belongs to one."""
    rows = tx.agreements
    round_, change = rows.round(subject), rows.suggestion(subject)
    about = round_.version if round_ is not None else change.version if change is not None else subject
    part = rows.version(about) or rows.concern(subject) or rows.reminder(subject)
    agreement = rows.get(subject if part is None else part.agreement)
    return "" if agreement is None else agreement.community


def pressed(name: str, run: Any, *, personal: bool = False, **more: Any) -> Command[Any]:
    """Return a command that whoever sees its choice may press; what they may do is looked at when they do."""
    return Command(name, run, right=Right.NONE, community=False, personal=personal, about=_about, **more)


def private(name: str, run: Any, **more: Any) -> Command[Any]:
    """Return a command that only they may press to whom its choice was shown."""
    return pressed(name, run, personal=True, **more)


def member_of(turn: Turn[Any], tx: Tx, community: str, *, posts: bool = False, goes_on: bool = False) -> Turn[Any]:
    """Return the turn as one of a member of a community.

    Args:
        turn: The turn.
        tx: The transaction.
        community: Id of the community.
        posts: They want something new, which the bot is to post for them.
        goes_on: It belongs to a round that is open, which goes on to its end where agreements are switched off.

    Raises:
        Refusal: ``right-member``; ``switched-off`` or ``agreement-timed-out`` for something new.
    """
    here, standing = notes.community_of(tx, community), introducing.standing(turn, tx, turn.asker, community)
    if standing.right < Right.MEMBER:
        raise Refusal("right-member")
    if posts and not goes_on and FEATURE in here.off:
        raise Refusal("switched-off")
    if posts and not standing.able:
        raise Refusal("agreement-timed-out")
    return replace(turn, community=community, right=here.right(standing))


def meant(turn: Turn[Any], tx: Tx) -> tuple[Agreement, Version]:
    """Return the version that was pressed, and its agreement.

    Raises:
        Refusal: ``agreement-gone``; or ``agreement-not-author``: it is a draft of somebody else.
    """
    version = tx.agreements.version(turn.subject)
    agreement = None if version is None else tx.agreements.get(version.agreement)
    if version is None or agreement is None:
        raise Refusal("agreement-gone")
    if version.state == a.DRAFT and version.author != turn.asker:
        raise Refusal("agreement-not-author")
    return agreement, version


def under_way(tx: Tx, agreement: Agreement) -> Version | None:
    """Return the version that the group works on."""
    return next((one for one in tx.agreements.versions(agreement.id) if one.state in a.UNDER_WAY), None)


def room_for(turn: Turn[Any], tx: Tx) -> Room:
    """Return the room in which a new agreement stands: where it is asked, or where moderators chose.

    Raises:
        Refusal: ``agreement-nowhere``.
    """
    if turn.room is not None and turn.space in tx.communities.spaces(turn.community):
        held = tx.checkins.of_room(turn.room)
        return turn.room if held is None else held.card
    room = tx.communities.room(turn.community, DOES, turn.asker.platform)
    if room is None:
        raise Refusal("agreement-nowhere")
    return room


def missing(turn: Turn[Any], room: Room) -> tuple[Text, ...]:
    """Return what keeps the bot from posting in a room, with how to mend it."""
    return turn.live.missing(room, frozenset({Act.WRITE}))


def settle_everywhere(tx: Tx, agreement: Agreement) -> None:
    """Let an agreement stand on the other platforms of its community as well, where a room for agreements is."""
    here = {home.room.platform for home in tx.agreements.homes(agreement.id)}
    for room in tx.communities.rooms(agreement.community).get(DOES, ()):
        if room.platform not in here:
            tx.agreements.settle(Home(agreement.id, room))


# The cards that stand


def show(
    tx: Tx, agreement: Agreement, version: Version, *, who: Member | None = None, asks_again: bool = False
) -> None:
    """Post the card of a version that the group talks about. It goes when the version does."""
    card = cards.talk(agreement, version, zone(tx, agreement), who=who, asks_again=asks_again)
    tell(tx, agreement, card, keep=version.id)


def show_round(tx: Tx, agreement: Agreement, version: Version) -> None:
    """Post the card of the round that is open about a version, in the place of one that stands already."""
    round_ = tx.agreements.round_about(version.id)
    assert round_ is not None  # noqa: S101 - whoever calls this has just opened or moved it
    tx.outbox.recall(round_.id)
    card = cards.asks(agreement, version, round_, zone(tx, agreement))
    tell(tx, agreement, card, keep=round_.id, until=round_.ends_at)


# What a round says beforehand


@dataclass(frozen=True, slots=True)
class Asking:
    """What a round says of itself: until when, for whom, how many consents it needs, when it is looked at again."""

    round_days: int = param(Whole(a.SHORTEST.days, a.LONGEST.days))
    for_whom: str = param(Pick(a.WHOM))
    needs: int = param(Whole(a.FEWEST, a.MOST))
    review_day: date | int | None = param(Until(a.REVIEW_WITHIN.days), default=None)
    silence: bool = param(YesNo(), default=False)


def review_at(turn: Turn[Any], day: date | int, zone_: str) -> datetime:
    """Return the instant of a review date: noon of that day, by the clock of the community."""
    here = ZoneInfo(zone_)
    today = (turn.said_at or turn.now).astimezone(here).date()
    return datetime.combine(today + timedelta(days=day) if isinstance(day, int) else day, NOON, here)


def terms(turn: Turn[Asking], tx: Tx, agreement: Agreement, version: Version) -> Terms:
    """Return what was asked for as the terms of a round. Whether they will do, says the table."""
    args = turn.args
    day = args.review_day if version.statements else None
    at = None if day is None else review_at(turn, day, zone(tx, agreement))
    return Terms(turn.now + timedelta(days=args.round_days), args.needs, at, args.for_whom, args.silence)


def not_asked(tx: Tx, agreement: Agreement, version: Version) -> Prepared:
    """Return the form of a round without what there is not to choose."""
    without = set() if a.SILENCE in tx.agreements.written(agreement.community) else {"silence"}
    return Prepared(without=frozenset(without if version.statements else without | {"review_day"}))


def proposed_round(turn: Turn[Asking], tx: Tx, agreement: Agreement, version: Version) -> tuple[Text, ...]:
    """Return what a round would say of itself, to be shown back before it is opened."""
    of = terms(turn, tx, agreement, version)
    round_ = ConsentRound("", version.id, of.whom, turn.now, of.until, of.needs, of.review_at, of.silence)
    return cards.round_says(version, round_, zone(tx, agreement))
