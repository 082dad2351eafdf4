"""The card without a name: a request that also stands in the community's room for requests.

Whoever reads it there may press *I'd be glad to*. That is a yes to this one request, given unasked: a question that is
answered already. It is heard privately, in the same words whoever presses, and decided at the end of the slot, on the
way that every yes takes (`commands.introducing`). What stands against a presser (they keep apart, are too new, of
another group, paused, the owner themselves) is looked at only then, and comes to the same as any other cause.

What the card shows is what pressing says yes to. What it does not show is as the presser usually wishes it. It goes
with the request: it is a post of the opening's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, NoArgs, Turn
from bot.contract.effect import Accepted, Refused, Relay, Say, Then
from bot.contract.facts import Right
from bot.contract.intent import Done
from bot.contract.place import Room
from bot.contract.tables import Profile, Tx
from bot.contract.text import Fact, Text, text
from bot.domain import matching
from bot.domain.errors import Refusal
from bot.domain.openings import Opening, Question
from commands import notes, peer_words

DOES: Final = "peers"
"""What the room does that cards stand in."""

FEATURE: Final = "cards"

NOON: Final = 12
EVENING: Final = 18


# The card


def room_of(turn: Turn[Any], tx: Tx) -> Room | None:
    """Return the room where cards stand on the asker's platform; None where this community has none."""
    community = tx.communities.get(turn.community)
    if community is None or {FEATURE, "requests"} & set(community.off):
        return None
    return tx.communities.room(community.id, DOES, turn.asker.platform)


def needed_room(turn: Turn[Any], tx: Tx) -> Room:
    """Return that room.

    Raises:
        Refusal: ``card-nowhere``: there is none.
    """
    room = room_of(turn, tx)
    if room is None:
        raise Refusal("card-nowhere")
    return room


def _until(opening: Opening, now: datetime, zone: str) -> Mapping[str, Fact]:
    """Return until when, so roughly that it does not tell when somebody asked."""
    here = ZoneInfo(zone)
    last = (opening.ends_at - timedelta(minutes=1)).astimezone(here)  # what ends at midnight ends on the day before
    if last.date() != now.astimezone(here).date():
        part = "day"
    elif last.hour < NOON:
        part = "morning"
    else:
        part = "afternoon" if last.hour < EVENING else "evening"
    return {"part": part, "day": last.date()}


def _says(tx: Tx, opening: Opening) -> Text:
    """Return all that a card says of a request."""
    until = _until(opening, opening.opened_at, notes.community_of(tx, opening.community).zone)
    return text("peer-card", languages=peer_words.languages(opening.languages), way=opening.way, **until)


def preview(turn: Turn[Any], tx: Tx, opening: Opening) -> tuple[Text, ...]:
    """Return what would be seen of a request, where, and by whom.

    Raises:
        Refusal: ``card-nowhere``.
    """
    room = needed_room(turn, tx)
    return (
        text("peer-card-preview", room=room),
        _says(tx, opening),
        *turn.live.readers(room).lines,
        text("peer-card-about"),
    )


def post(tx: Tx, opening: Opening, room: Room) -> None:
    """Post the card of a request that is open."""
    card = Card((_says(tx, opening),), choices=(Choice("peer.glad", text("choice-glad"), opening.id),))
    tx.outbox.put(
        Say(room, card, keep=opening.id),
        subject=opening.id,
        expires_at=opening.ends_at,
        then=Then("peer.carded", (opening.id,)),
        community=opening.community,
    )


def _carded(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Tell the owner if their card could not be posted. Their request is open all the same."""
    opening = tx.openings.get(str(done.facts[0])) if isinstance(done.result, Refused) else None
    owner = tx.members.get(opening.member) if opening is not None else None
    if opening is not None and owner is not None:
        line = text("peer-card-not-posted")
        notes.note(turn, tx, owner, line, community=opening.community, subject=opening.id)


# Pressing it


def _open(turn: Turn[NoArgs], tx: Tx) -> Opening | None:
    """Return the request whose card was pressed, if it is still open."""
    opening = tx.openings.get_for_change(turn.subject)
    return opening if opening is not None and opening.ends_at > turn.now else None


def _mine(tx: Tx, opening: Opening, profile: Profile | None) -> Question | None:
    """Return what the presser was asked about this request already, or pressed before."""
    me = profile.id if profile is not None else ""
    return next((one for one in tx.questions.about(opening.id) if one.member == me and not one.second), None)


def _glad(turn: Turn[NoArgs], tx: Tx) -> Card | Relay:
    """Take a yes from a room, once it is known that whose it is can be written to privately."""
    opening = _open(turn, tx)
    if opening is None:
        return peer_words.over()
    mine = _mine(tx, opening, tx.members.find(turn.asker))
    if mine is not None and mine.yes and mine.ends_at > turn.now:
        return peer_words.yes_heard(mine)
    return notes.hello(turn, "peer.glad-heard")


def _heard(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Keep the yes, or say what to do when private messages are closed.

    It is kept whoever presses, and nothing that stands against them is looked at yet.
    """
    if not isinstance(turn.outcome, Accepted):
        return Card((text("peer-card-closed"),))
    opening = _open(turn, tx)
    if opening is None:
        return peer_words.over()
    profile = notes.profile_of(turn, tx)
    mine = _mine(tx, opening, profile)
    if mine is None:
        theirs = matching.shared_place(opening, replace(opening, place=profile.place)) or profile.place
        mine = Question(
            turn.chance.new_id(), opening.id, profile.id, opening.member, turn.now, turn.now, theirs, pressed=True
        )  # fmt: skip
        tx.questions.add(mine)
    ends_at = opening.next_slot(turn.now) + opening.slot
    mine = replace(mine, yes=True, with_member=opening.member, asked_at=turn.now, ends_at=ends_at)
    tx.questions.save(mine)
    tx.agenda.put("peer.question-over", mine.id, ends_at, member=profile.id, community=opening.community)
    return peer_words.yes_heard(mine)


# Whose yes is brought to the owner first


def best(turn: Turn[Any], tx: Tx, opening: Opening, owner: Profile, yeses: Iterable[Question]) -> list[Question]:
    """Return those who pressed in a slot that is over and would fit, the one to introduce first at the front.

    What only the platform or their apart lists can say is looked at when their yes is used, as for every other.
    """
    begun = opening.next_slot(turn.now) - opening.slot
    pressed = {one.id: one for one in yeses if one.pressed and one.asked_at < begun}
    found = {one.id: tx.members.get(one.member) for one in pressed.values()}
    people = {id_: profile for id_, profile in found.items() if profile is not None}
    pairs = {id_: turn.sealer.pair(owner.salt, profile.salt) for id_, profile in people.items()}
    known = tx.met.known(pairs.values(), turn.now)
    ranked = matching.candidates(
        opening,
        [_as_opening(tx, opening, pressed[id_], profile) for id_, profile in people.items()],
        now=turn.now,
        apart=lambda _: False,
        met=lambda other: pairs[other.id] in known,
    )
    return [pressed[one.id] for one in ranked]


def _as_opening(tx: Tx, opening: Opening, one: Question, profile: Profile) -> Opening:
    """Return what a press says, as the opening that a light of its owner would be."""
    return Opening(
        id=one.id,
        community=opening.community,
        member=one.member,
        platform=profile.member.platform,
        asks=False,
        languages=profile.languages or (notes.community_of(tx, opening.community).language,),
        way=opening.way,
        place=one.place,
        opened_at=one.asked_at,
        ends_at=one.ends_at,
        someone_new=profile.someone_new,
        group=opening.group,
        # The card shows no words, so what they want to be asked about first is not for today.
        not_today=frozenset(tx.comforts.of(profile.id)),
    )


def _about(tx: Tx, subject: str) -> str:
    opening = tx.openings.get(subject)
    return "" if opening is None else opening.community


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("peer.glad", _glad, right=Right.NONE, community=False, about=_about),
    Command("peer.glad-heard", _heard, right=Right.NONE, community=False, about=_about),
)

AFTERS: Final[tuple[After, ...]] = (After("peer.carded", _carded),)
