"""A note to moderators, by way of the bot, which keeps nothing of it.

Who will read it is said first: the moderators' room, from its permissions at this moment, or one moderator who said
that they are willing. What was written is shown back with what they will see, and relayed from memory; only when the
platform has it, the writer is told so. How often is not counted: that would be a list of who wrote to moderators, who
take the room away (`/setup room`) or themselves (`/setup willing`) when they want peace.
"""

from dataclasses import dataclass
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Accepted, Relay, Say
from bot.contract.facts import Right
from bot.contract.params import Pick, Words, param
from bot.contract.place import Member, Place, Room
from bot.contract.tables import Profile, Tx, Willing
from bot.contract.text import Fact, Said, Text, text
from bot.domain.errors import Refusal
from commands import introducing, notes

DOES: Final = "moderators"
"""What the room does that notes go to."""

FEATURE: Final = "notes"
"""The feature of a community that notes belong to."""

LONGEST: Final = 1000
"""Letters of a note."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is written, and whether its writer's name stands with it."""

    note: str = param(Words(LONGEST))
    named: str = param(Pick(("named", "unnamed")))


def _willing_now(turn: Turn[Any], tx: Tx, community: str) -> tuple[Willing, ...]:
    """Return who is willing and moderates at this moment, the asker left out."""
    return tuple(
        one
        for one in tx.willing.of_community(community, turn.asker.platform)
        if one.member != turn.asker and _moderates(turn, tx, one)
    )


def _moderates(turn: Turn[Any], tx: Tx, one: Willing) -> bool:
    standing = introducing.standing(turn, tx, one.member, one.community)
    return notes.community_of(tx, one.community).right(standing) >= Right.MODERATOR


def _who(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Say who can be written to, and who would read it."""
    room = tx.communities.room(turn.community, DOES, turn.asker.platform)
    lines: list[Text] = []
    choices: list[Choice] = []
    if room is not None:
        lines += [text("tell-room", room=room), *turn.live.readers(room).lines]
        choices.append(Choice("tell.write", text("choice-tell-room"), subject=turn.community))
    for one in _willing_now(turn, tx, turn.community):
        lines.append(text("tell-willing", member=one.member))
        choices.append(Choice("tell.write", text("choice-tell-member", member=one.member), subject=one.id))
    if not choices:
        return Card((text("tell-nobody"),), choices=(Choice("elsewhere", text("choice-about-elsewhere")),))
    return Card((text("tell-what"), *lines), choices=tuple(choices))


def _reader(turn: Turn[Any], tx: Tx) -> tuple[str, Place]:
    """Return the community that a note is about, and where it goes.

    Raises:
        Refusal: ``tell-gone`` when nobody reads there any more, ``right-member`` when its writer is no member,
            ``switched-off``.
    """
    place: Place | None = None
    if tx.communities.get(turn.subject) is not None:
        community = turn.subject
        place = tx.communities.room(community, DOES, turn.asker.platform)
    else:
        one = tx.willing.get(turn.subject)
        community = one.community if one is not None else ""
        if one is not None and one.member.platform == turn.asker.platform and _moderates(turn, tx, one):
            place = one.member
    if place is None:
        raise Refusal("tell-gone")
    if introducing.standing(turn, tx, turn.asker, community).right < Right.MEMBER:
        raise Refusal("right-member")
    if FEATURE in notes.community_of(tx, community).off:
        raise Refusal("switched-off")
    return community, place


def _echo(turn: Turn[Note], tx: Tx) -> tuple[Text, ...]:
    """Show what was written, who will read it, and what they will see of its writer."""
    _, place = _reader(turn, tx)
    if isinstance(place, Room):
        reads = (text("tell-room", room=place), *turn.live.readers(place).lines)
    else:
        reads = (text("tell-willing", member=place),)
    seen = text("tell-seen", named=turn.args.named, member=turn.asker)
    return (text("draft-shown", words=Said(turn.args.note)), *reads, seen)


def _write(turn: Turn[Note], tx: Tx) -> Relay:
    """Relay the note, from memory."""
    community, place = _reader(turn, tx)
    spaces = (space for space in tx.communities.spaces(community) if space.platform == turn.asker.platform)
    facts: dict[str, Fact] = {"place": next(Room(space.platform, space.id) for space in spaces)}
    named = turn.args.named == "named"
    lines = [
        text("tell-note-named", member=turn.asker, **facts) if named else text("tell-note-unnamed", **facts),
        text("tell-note-words", words=Said(turn.args.note)),
    ]
    if isinstance(place, Member):
        lines.append(text("tell-note-stop"))
    return Relay(Say(place, Card(tuple(lines))), "tell.sent")


def _sent(turn: Turn[Note], _: Tx) -> Card:
    """Say whether the platform has it."""
    return Card((text("tell-sent" if isinstance(turn.outcome, Accepted) else "tell-not-sent"),))


# Being willing


def _mine(turn: Turn[Any], tx: Tx) -> tuple[Willing, ...]:
    profile = tx.members.find(turn.asker)
    return tx.willing.of_member(profile.id) if profile is not None else ()


def _willing(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show whether the asker may be written to, and what that means."""
    mine = any(one.community == turn.community for one in _mine(turn, tx))
    return Card(
        (text("tell-are-you", willing="yes" if mine else "no"), text("tell-willing-means")),
        choices=(
            Choice("tell.willing", text("choice-tell-be-willing"), subject=turn.community),
            Choice("tell.unwilling", text("choice-tell-be-not"), subject=turn.community),
        ),
    )


def _be_willing(turn: Turn[NoArgs], _: Tx) -> Relay:
    """Take somebody's being willing, once it is known that they can be written to privately."""
    return notes.hello(turn, "tell.willing-kept")


def _willing_kept(turn: Turn[NoArgs], tx: Tx) -> Card:
    if not isinstance(turn.outcome, Accepted):
        return Card((text("tell-closed"),))
    profile = notes.profile_of(turn, tx)
    if not any(one.community == turn.community for one in tx.willing.of_member(profile.id)):
        tx.willing.add(Willing(turn.chance.new_id(), turn.community, profile.id, turn.asker), turn.now)
    return Card((text("tell-now-willing"),))


def _be_not(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take it back; also for who no longer moderates."""
    for one in _mine(turn, tx):
        if turn.subject in {"", one.community}:
            tx.willing.remove(one.id)
    return Card((text("tell-now-not"),))


def take_back(tx: Tx, profile: Profile) -> bool:
    """Take back everything that somebody is willing to; return whether there was anything."""
    mine = tx.willing.of_member(profile.id)
    for one in mine:
        tx.willing.remove(one.id)
    return bool(mine)


COMMANDS: Final = (
    Command("tell-moderators", _who, reads=True, feature=FEATURE),
    Command("tell.write", _write, args=Note, right=Right.NONE, community=False, form=True, echo=_echo),
    Command("tell.sent", _sent, args=Note, right=Right.NONE, community=False),
    Command("setup willing", _willing, right=Right.MODERATOR, reads=True),
    Command("tell.willing", _be_willing, right=Right.MODERATOR),
    Command("tell.willing-kept", _willing_kept, right=Right.MODERATOR),
    Command("tell.unwilling", _be_not, right=Right.NONE, community=False),
)
JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = ()
