"""What the bot may not do in a channel or a thread, from what its server allows. Pure.

https://docs.discord.com/developers/topics/permissions. Each sentence names the one permission that mends it, as
Discord's own settings name it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from adapters.discord.readers import (
    ADMINISTRATOR,
    ALL,
    MANAGE_THREADS,
    PUBLIC_THREAD,
    THREADS,
    VIEW_CHANNEL,
    bits,
    overwrites,
)
from bot.contract.facts import Act
from bot.contract.place import Room
from bot.contract.text import Text, text

SEND_MESSAGES: Final = 1 << 11
READ_MESSAGE_HISTORY: Final = 1 << 16
SEND_MESSAGES_IN_THREADS: Final = 1 << 38
CREATE_EVENTS: Final = 1 << 44
PIN_MESSAGES: Final = 1 << 51


def of_server(roles: Sequence[Mapping[str, Any]], guild_id: str, own: Iterable[str]) -> int:
    """Return what somebody may do in a server, whatever its channels say; the arguments are those of `allowed`."""
    each = {str(role.get("id")): bits(role.get("permissions"), 0) for role in roles}
    may = 0
    for role in (guild_id, *own):
        may |= each.get(role, 0)
    return ALL if may & ADMINISTRATOR else may


def allowed(
    channel: Mapping[str, Any], roles: Sequence[Mapping[str, Any]], guild_id: str, member: str, own: Iterable[str]
) -> int:
    """Return what somebody may do in a channel, as permission bits, in Discord's order.

    Args:
        channel: The channel, or the one above a thread, whose overwrites are the thread's too.
        roles: The roles of the server.
        guild_id: The server, whose id is that of the role @everyone as well.
        member: Whose account.
        own: The ids of their roles, @everyone left out.
    """
    theirs = (guild_id, *own)
    may = of_server(roles, guild_id, theirs[1:])
    if may == ALL:
        return ALL
    written = overwrites(channel)
    denied = given = 0
    for role in theirs[1:]:
        allow, deny = written.get((True, role), (0, 0))
        given, denied = given | allow, denied | deny
    for allow, deny in (written.get((True, guild_id), (0, 0)), (given, denied), written.get((False, member), (0, 0))):
        may = (may & ~deny) | allow
    return may


def missing(
    room: Room, channel: Mapping[str, Any], may: int, everywhere: int, acts: frozenset[str]
) -> tuple[Text, ...]:
    """Return what would be refused in a channel.

    Args:
        room: The channel, as it is shown.
        channel: The channel or thread, from the JSON of Discord's API.
        may: What the bot may do there (`allowed`).
        everywhere: What it may do in the server (`of_server`), by which events go.
        acts: `bot.contract.facts.Act` names.
    """
    if not may & VIEW_CHANNEL:
        return (text("missing-discord-view", place=room),)
    thread = channel.get("type") in THREADS
    public = channel.get("type") == PUBLIC_THREAD
    about = channel.get("thread_metadata")
    locked = isinstance(about, Mapping) and about.get("locked") is True and not may & MANAGE_THREADS
    write = SEND_MESSAGES_IN_THREADS if thread else SEND_MESSAGES
    found = (
        (Act.WRITE, not may & write, "missing-discord-threads" if thread else "missing-discord-send"),
        (Act.WRITE, locked, "missing-discord-locked"),
        (Act.WRITE, not may & READ_MESSAGE_HISTORY, "missing-discord-history"),
        (Act.PIN, not may & PIN_MESSAGES, "missing-discord-pin"),
        (Act.EVENTS, not everywhere & CREATE_EVENTS, "missing-discord-events"),
        (Act.TAKE_OUT, public and not may & MANAGE_THREADS, "missing-discord-take-out"),
    )
    return tuple(text(id_, place=room) for act, lacks, id_ in found if act in acts and lacks)
