"""Which community an intent is about, and what its asker may do there."""

from dataclasses import dataclass

from bot.contract.card import Card, Choice
from bot.contract.command import Command
from bot.contract.facts import Live, Question, Right, Standing, Unreachable, Wanting
from bot.contract.intent import Intent
from bot.contract.place import Room, Space
from bot.contract.tables import Community, Tx
from bot.contract.text import text
from bot.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where an intent stands: a community (empty: none) and the asker's right in it."""

    community: str = ""
    right: Right = Right.NONE


def place_of(tx: Tx, live: Live, intent: Intent, command: Command[object]) -> Standpoint | Card:
    """Return the community of an intent and the asker's right there; or a card that asks which one is meant.

    Raises:
        Refusal: There is none, or the asker may not do this there.
        Unreachable: The platform has to be asked and does not answer.
        Wanting: A live fact is needed first.
    """
    if not command.community:
        return _without(tx, live, intent, command)
    found = _meant(tx, live, intent, command)
    if isinstance(found, Card):
        return found
    community = tx.communities.get(found)
    try:
        right = _right(community, live.standing(intent.member, tx.communities.spaces(found)))
    except Unreachable:
        if command.right > Right.NONE:
            raise
        right = Right.NONE
    _allow(command, right)
    if community is not None and command.feature in community.off:
        raise Refusal("switched-off")
    return Standpoint(found, right)


def _right(community: Community | None, standing: Standing) -> Right:
    """Return what somebody may do: what the platform says, and what a community's roles add to it."""
    return standing.right if community is None else community.right(standing)


def _without(tx: Tx, live: Live, intent: Intent, command: Command[object]) -> Standpoint:
    """Return where a command stands that is about no community."""
    if intent.space is None:
        if command.right > Right.NONE:
            raise Refusal("only-in-space")
        about = "" if command.about is None or not intent.subject else command.about(tx, intent.subject)
        return Standpoint(about, Right.NONE)
    community = tx.communities.of_space(intent.space)
    right = Right.NONE
    try:
        right = _right(community, live.standing(intent.member, (intent.space,)))
    except (Wanting, Unreachable):
        if command.right > Right.NONE:
            raise
    _allow(command, right)
    return Standpoint(community.id if community else "", right)


def _allow(command: Command[object], right: Right) -> None:
    if right >= command.right:
        return
    match command.right:
        case Right.MODERATOR:
            raise Refusal("right-moderator")
        case Right.HOST:
            raise Refusal("right-host")
        case _:
            raise Refusal("right-member")


def _meant(tx: Tx, live: Live, intent: Intent, command: Command[object]) -> str | Card:
    """Return the id of the community that is meant, or a card that asks."""
    if intent.subject and (command.typed or tx.communities.get(intent.subject) is not None):
        if tx.communities.get(intent.subject) is None:
            raise Refusal("community-none")
        return intent.subject
    if intent.space is not None:
        community = tx.communities.of_space(intent.space)
        if community is None:
            raise Refusal("community-missing")
        return community.id
    theirs = _theirs(tx, live, intent)
    if not theirs:
        raise Refusal("community-none")
    if len(theirs) == 1:
        return theirs[0][0]
    if not command.typed:  # its subject is taken, so a choice could not carry the answer
        raise Refusal("community-several")
    return Card(
        (text("which-community"),),
        choices=tuple(
            Choice(command.name, text("choice-community", place=Room(space.platform, space.id)), subject=community)
            for community, space in theirs
        ),
    )


def _theirs(tx: Tx, live: Live, intent: Intent) -> tuple[tuple[str, Space], ...]:
    """Return the communities that may be meant in private, each with its first space on the asker's platform."""
    platform = intent.member.platform
    profile = tx.members.find(intent.member)
    usual = profile.usual_community if profile is not None else ""
    if usual and tx.communities.get(usual) is not None:
        spaces = tx.communities.spaces(usual)
        if live.standing(intent.member, spaces).right > Right.NONE:
            return ((usual, next(space for space in spaces if space.platform == platform)),)
    found: list[tuple[str, Space]] = []
    wanted: list[Question] = []
    away = False
    for community in tx.communities.on(platform):
        spaces = tx.communities.spaces(community.id)
        try:
            if live.standing(intent.member, spaces).right > Right.NONE:
                found.append((community.id, next(space for space in spaces if space.platform == platform)))
        except Wanting as wanting:
            wanted.extend(wanting.questions)
        except Unreachable:
            away = True
    if wanted:
        raise Wanting(*wanted)
    if away and not found:
        raise Unreachable
    return tuple(found)
