"""What all parts of setting up have in common: whose turn it is, what is kept for one step back, how settings look."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.checkins import Words as CheckinWords
from bot.contract.command import Command, Turn
from bot.contract.facts import Act, Right, Unreachable, WhatIsMissing
from bot.contract.place import Room
from bot.contract.ports import Capability
from bot.contract.tables import Before, Community, Entry, Settings, Tx
from bot.contract.text import Literal, Said, Text, text
from bot.domain.errors import Refusal
from commands import notes

DOES: Final = ("peers", "checkins", "agreements", "circles", "moderators", "door")
"""What a room can be for: requests without a name, check-ins, agreements, circles, notes to moderators, the door."""

NEEDS: Final = dict.fromkeys(
    ("peers", "checkins", "agreements", "circles", "door", "cards", "rounds"), Capability.EDITS
)
"""What a platform must be able to do for something to be had on it: what is for a while must be taken away again."""

FEATURES: Final = {
    "requests": text("feature-requests"),
    "lights": text("feature-lights"),
    "cards": text("feature-cards"),
    "rounds": text("feature-rounds"),
    "checkins": text("feature-checkins"),
    "agreements": text("feature-agreements"),
    "circles": text("feature-circles"),
    "plans": text("feature-plans"),
    "notes": text("feature-notes"),
}
"""What can be switched off (`bot.contract.command.Command.feature`), and what it is called."""

_STEPS: Final = (
    Choice("setup walk", text("choice-setup-walk")),
    Choice("setup language", text("choice-setup-language")),
    Choice("setup words", text("choice-setup-words")),
    Choice("setup limits", text("choice-setup-limits")),
    Choice("setup groups", text("choice-setup-groups")),
    Choice("setup elsewhere", text("choice-setup-elsewhere")),
    Choice("checkin prompts", text("choice-checkin-prompts")),
    Choice("checkin words", text("choice-checkin-words")),
    Choice("setup features", text("choice-setup-features")),
    Choice("setup room", text("choice-setup-room")),
    Choice("setup door", text("choice-setup-door")),
    Choice("setup welcome", text("choice-setup-welcome")),
    Choice("setup moderators", text("choice-setup-moderators")),
    Choice("setup proposals", text("choice-setup-proposals")),
    Choice("setup preview", text("choice-setup-preview")),
    Choice("setup check", text("choice-setup-check")),
    Choice("setup undo", text("choice-setup-undo-ask")),
    Choice("setup clear", text("choice-setup-clear")),
)
"""What can be changed."""

_OF: Final = {"checkin prompts": "checkins", "checkin words": "checkins", "setup welcome": "agreements"}
"""Which feature a step is about: with that switched off, it is not to be had."""


def community_of(turn: Turn[Any], tx: Tx) -> Community:
    """Return the community that is set up."""
    return notes.community_of(tx, turn.community)


def settings_of(tx: Tx, community: str) -> Settings:
    """Return the settings of a community that is there."""
    settings = tx.communities.settings(community)
    assert settings is not None  # noqa: S101 - dispatch found it
    return settings


def entries(turn: Turn[Any], lines: tuple[str, ...], before: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return a new list. A line that stays keeps its id, and with it what members chose about it."""
    ids = {entry.words: entry.id for entry in before}
    return tuple(Entry(ids.get(line) or turn.chance.new_id(), line) for line in lines)


def here(turn: Turn[Any], tx: Tx) -> Room:
    """Return the room of the community that this is asked in.

    Raises:
        Refusal: ``only-in-room``: it is asked in private, or in a room of another community.
    """
    if turn.room is None or turn.space is None or turn.space not in tx.communities.spaces(turn.community):
        raise Refusal("only-in-room")
    return turn.room


def possible(turn: Turn[Any], what: str) -> None:
    """Let pass only what can be had on the asker's platform.

    Raises:
        Refusal: ``platform-cannot``.
    """
    if what in NEEDS and NEEDS[what] not in turn.can[turn.asker.platform]:
        raise Refusal("platform-cannot")


def doing(turn: Turn[Any], does: str, room: Room) -> WhatIsMissing:
    """Return the question what would be refused to the bot in a room that is for something."""
    pins = does in {"agreements", "door"} and Capability.PINS in turn.can[room.platform]
    return WhatIsMissing(room, frozenset({Act.WRITE, Act.PIN} if pins else {Act.WRITE}))


def refused(turn: Turn[Any], does: str, room: Room) -> tuple[Text, ...]:
    """Return what would be refused to the bot in a room that is for something, with how to mend it."""
    try:
        return turn.live.missing(room, doing(turn, does, room).acts)
    except Unreachable:
        return (text("check-room-away", room=room),)


def of_the_platform(turn: Turn[Any], tx: Tx) -> None:
    """Let pass only whom the platform itself says moderates here: a role cannot make others of its kind.

    Raises:
        Refusal: ``right-platform``.
    """
    if turn.live.standing(turn.asker, tx.communities.spaces(turn.community)).right < Right.MODERATOR:
        raise Refusal("right-platform")


def changing(name: str, run: Callable[[Turn[Any], Tx], Card]) -> Callable[[Turn[Any], Tx], Card]:
    """Return a handler that keeps the settings as they were, if it changes any, for one step back."""

    def changed(turn: Turn[Any], tx: Tx) -> Card:
        before = settings_of(tx, turn.community)
        made = run(turn, tx)
        if settings_of(tx, turn.community) != before:
            tx.communities.keep_before(turn.community, Before(turn.chance.new_id(), name, before), turn.now)
        return made

    return changed


def moderator(name: str, run: Callable[[Turn[Any], Tx], Card], **more: Any) -> Command[Any]:
    """Return a command of moderators that may change settings."""
    return Command(name, changing(name, run), right=Right.MODERATOR, **more)


def back(community: str) -> Choice:
    """Return the choice that leads to all settings."""
    return Choice("setup.shown", text("choice-setup-shown"), subject=community)


def room_lines(rooms: tuple[tuple[str, Room], ...], platform: str) -> tuple[Text, ...]:
    """Return what the rooms on a platform are for, a sentence each."""
    return tuple(
        text("setup-is-room", does=text(f"option-room_for-{does}"), room=room)
        for does, room in sorted(rooms, key=lambda one: DOES.index(one[0]))
        if room.platform == platform
    )


def rooms_of(tx: Tx, community: str) -> tuple[tuple[str, Room], ...]:
    """Return the rooms that have something to do, the door among them."""
    return tuple((does, room) for does, rooms in tx.communities.rooms(community).items() for room in rooms)


def lines(settings: Settings, rooms: tuple[tuple[str, Room], ...], platform: str) -> tuple[Text, ...]:
    """Return settings in words."""
    community = settings.community
    off = tuple(FEATURES[one] for one in community.off if one in FEATURES)
    words = tuple(Said(entry.words) for entry in settings.words)
    return (
        text("setup-is-language", language=text(f"language-{community.language}"), zone=Literal(community.zone)),
        text("setup-is-limits", days=community.wait_days),
        text("setup-is-groups", count=len(community.groups)),
        *((text("setup-is-moderators", count=len(community.moderators)),) if community.moderators else ()),
        *((text("setup-is-off", features=off),) if off else ()),
        text("setup-is-words", words=words) if words else text("setup-no-words"),
        text("setup-is-elsewhere", count=len(settings.elsewhere)),
        *(room_lines(rooms, platform) or (text("setup-no-rooms"),)),
        *_checkins(settings.checkins),
        *((text("setup-is-welcome"),) if community.welcome else ()),
    )


def _checkins(words: CheckinWords) -> tuple[Text, ...]:
    own = bool(words.opening or words.closing)
    return (text("setup-is-checkins", prompts=len(words.prompts), words=own),) if own or words.prompts else ()


def present(turn: Turn[Any], tx: Tx, community: Community, *first: Text) -> Card:
    """Return the settings as they are, with what can be changed."""
    settings = settings_of(tx, community.id)
    return Card(
        (*first, *lines(settings, rooms_of(tx, community.id), turn.asker.platform)),
        title=text("setup-title"),
        choices=tuple(
            replace(step, subject=community.id) for step in _STEPS if _OF.get(step.action) not in community.off
        ),
    )


def saved(turn: Turn[Any], tx: Tx, community: Community, *more: Text) -> Card:
    """Say that a setting was saved, as it is now; on the way through all of them, with the way on."""
    card = present(turn, tx, community, text("setup-saved"), *more)
    if not community.step:
        return card
    on = Choice("setup walk", text("choice-walk-on"), subject=community.id)
    return replace(card, choices=(on, back(community.id)))
