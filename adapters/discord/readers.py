"""Who can read a channel or a thread, from what its server allows. Pure.

https://docs.discord.com/developers/topics/permissions. What Discord does not say, or says in a shape that is not its
own, counts as allowed: nobody is told of fewer readers than there may be.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.contract.facts import Readers
from bot.contract.text import Text, text

ADMINISTRATOR: Final = 1 << 3
VIEW_CHANNEL: Final = 1 << 10
MANAGE_THREADS: Final = 1 << 34
ALL: Final = (1 << 63) - 1

PUBLIC_THREAD: Final = 11
PRIVATE_THREAD: Final = 12
THREADS: Final = (10, PUBLIC_THREAD, PRIVATE_THREAD)

FOR_ROLE: Final = 0
"""Kind of an overwrite; any other is for one account."""

LONGEST: Final = 20
"""Digits of 64 bits."""

ANYBODY, SOME = "who-reads-discord-everyone", "who-reads-discord-some"
THREAD, MANAGERS, OPEN = "who-reads-discord-thread", "who-reads-discord-managers", "who-reads-discord-open"
PUBLIC, GUESTS = "who-reads-discord-public", "who-reads-discord-guests"
ITSELF: Final = "who-reads-discord-itself"


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
    channel: Mapping[str, Any],
    parent: Mapping[str, Any] | None,
    roles: Sequence[Mapping[str, Any]],
    guild_id: str,
    *,
    visible: bool = False,
    guests: bool = False,
) -> Readers:
    """Return who can read a channel, from the JSON of Discord's API.

    Args:
        channel: The channel or thread.
        parent: The channel above a thread.
        roles: The roles of the server.
        guild_id: The server, whose id is that of the role @everyone as well.
        visible: Whether it was made for everybody on the server to look into.
        guests: Whether people may look into what everybody sees before they join the server.

    Returns:
        ``wider`` for all but a private thread that nobody can enter unless they were let in or manage threads, and,
        where that was what it was made for, a public one that only who is on the server can read.
    """
    kind = channel.get("type")
    above = parent if kind in THREADS else channel
    if above is None:
        return Readers((text(ANYBODY), text(ITSELF)), wider=True)
    written = overwrites(above)
    may = _of_roles(written, roles, guild_id)
    if kind != PRIVATE_THREAD:
        outside = (text(GUESTS),) if guests and may[guild_id] & VIEW_CHANNEL else ()
        enter = (text(PUBLIC),) if kind == PUBLIC_THREAD else ()
        lines = (_seen_by(written, may, guild_id), *outside, *enter, text(ITSELF))
        return Readers(lines, wider=bool(outside) or not (visible and enter))
    if may[guild_id] & MANAGE_THREADS:
        return Readers((_seen_by(written, may, guild_id), text(OPEN), text(ITSELF)), wider=not visible)
    about = channel.get("thread_metadata")
    closed = isinstance(about, Mapping) and about.get("invitable") is False
    managers = text(MANAGERS, **_count(written, may, MANAGE_THREADS))
    return Readers((text(THREAD), managers, text(ITSELF)), wider=not (closed or visible))


Written = Mapping[tuple[bool, str], tuple[int, int]]
"""What a channel allows and denies unlike the server, by whether that is for a role, and id."""


def _seen_by(written: Written, may: Mapping[str, int], guild_id: str) -> Text:
    return text(ANYBODY) if may[guild_id] & VIEW_CHANNEL else text(SOME, **_count(written, may, VIEW_CHANNEL))


def _count(written: Written, may: Mapping[str, int], bit: int) -> dict[str, int]:
    """Return how many roles, and how many accounts of themselves, may do something that not everybody may."""
    people = sum(not for_role and bool(allow & bit) for (for_role, _), (allow, _) in written.items())
    return {"count": sum(bool(own & bit) for own in may.values()), "people": people}


def _of_roles(written: Written, roles: Sequence[Mapping[str, Any]], guild_id: str) -> Mapping[str, int]:
    """Return what somebody with one role alone may do in a channel, by role.

    Whoever has several may do nothing that none of their roles may alone: what one role is denied is taken from what
    all of them have by the server, and what one is allowed is given back.
    """
    of_server = {str(role.get("id")): bits(role.get("permissions"), ALL) for role in roles}
    everyone = of_server.setdefault(guild_id, ALL)
    found: dict[str, int] = {}
    for role, own in of_server.items():
        base = everyone | own
        for one in dict.fromkeys((guild_id, role)):
            allow, deny = written.get((True, one), (0, 0))
            base = (base & ~deny) | allow
        found[role] = ALL if (everyone | own) & ADMINISTRATOR else base
    return found


def overwrites(channel: Mapping[str, Any]) -> Written:
    """Return the overwrites of a channel."""
    listed = channel.get("permission_overwrites")
    return {
        (one.get("type") == FOR_ROLE, str(one.get("id"))): (bits(one.get("allow"), ALL), bits(one.get("deny"), 0))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, Mapping)
    }


def bits(written: object, otherwise: int) -> int:
    """Return permission bits, which Discord writes as digits."""
    fits = isinstance(written, str) and written.isascii() and written.isdecimal() and len(written) <= LONGEST
    return int(str(written)) if fits else otherwise
