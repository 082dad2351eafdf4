"""Who can read a channel or a thread, from what its server allows. Pure.

https://docs.discord.com/developers/topics/permissions
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.contract.facts import Readers
from bot.contract.text import Text, text

ADMINISTRATOR: Final = 1 << 3
VIEW_CHANNEL: Final = 1 << 10
MANAGE_THREADS: Final = 1 << 34
ALL: Final = (1 << 63) - 1

PUBLIC_THREADS: Final = frozenset({10, 11})
PRIVATE_THREAD: Final = 12

FOR_ROLE: Final = 0
"""Kind of an overwrite."""

ANYBODY, SOME = "who-reads-discord-everyone", "who-reads-discord-some"


def right(roles: Iterable[int], of_server: Mapping[int, int], *, owner: bool, everyone: int) -> int:
    """Return what somebody may do in a server, as permission bits.

    Args:
        roles: Ids of their roles.
        of_server: What each role of the server may.
        owner: Whether it is theirs.
        everyone: What everybody may.
    """
    if owner:
        return ALL
    may = everyone
    for role in roles:
        may |= of_server.get(role, 0)
    return ALL if may & ADMINISTRATOR else may


def readers(
    channel: Mapping[str, Any], parent: Mapping[str, Any] | None, roles: Sequence[Mapping[str, Any]], guild_id: str
) -> Readers:
    """Return who can read a channel, from the JSON of Discord's API.

    Args:
        channel: The channel or thread.
        parent: The channel above a thread.
        roles: The roles of the server.
        guild_id: The server.
    """
    above = parent if parent is not None else channel
    may = {str(role["id"]): int(role["permissions"]) for role in roles}
    kind = channel.get("type")
    last = text("who-reads-discord-itself")
    if kind == PRIVATE_THREAD:
        managing = sum(bool(bits & MANAGE_THREADS) for bits in _of_roles(above, may, guild_id).values())
        invitable = bool((channel.get("thread_metadata") or {}).get("invitable"))
        return Readers((text("who-reads-discord-thread"), _roles(managing), last), wider=invitable)
    return Readers((*_of_channel(above, may, guild_id), last), wider=True)


def _roles(managing: int) -> Text:
    return text("who-reads-discord-managers", count=managing)


def _of_channel(channel: Mapping[str, Any], may: Mapping[str, int], guild_id: str) -> tuple[Text, ...]:
    reading = {role for role, bits in _of_roles(channel, may, guild_id).items() if bits & VIEW_CHANNEL}
    if guild_id in reading:
        return (text(ANYBODY),)
    people = sum(
        int(one.get("type", FOR_ROLE)) != FOR_ROLE and bool(int(one.get("allow", 0)) & VIEW_CHANNEL)
        for one in channel.get("permission_overwrites", ())
    )
    return (text(SOME, count=len(reading), people=people),)


def _of_roles(channel: Mapping[str, Any], may: Mapping[str, int], guild_id: str) -> dict[str, int]:
    """Return what somebody with one role alone may do in a channel, by role. That of everyone has the server's id."""
    found: dict[str, int] = {}
    written = {
        str(one["id"]): (int(one.get("allow", 0)), int(one.get("deny", 0)))
        for one in channel.get("permission_overwrites", ())
        if int(one.get("type", FOR_ROLE)) == FOR_ROLE
    }
    for role, bits in may.items():
        base = may.get(guild_id, 0) | bits
        if base & ADMINISTRATOR:
            found[role] = ALL
            continue
        for id_ in dict.fromkeys((guild_id, role)):
            allow, deny = written.get(id_, (0, 0))
            base = (base & ~deny) | allow
        found[role] = base
    return found
