"""Who may do what: Discord's permission bits, and how roles and overwrites add up.

https://discord.com/developers/docs/topics/permissions
"""

from datetime import datetime

from .state import Channel, Guild, Member

ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_EVENTS = 1 << 33
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_MESSAGES_IN_THREADS = 1 << 38
CREATE_EVENTS = 1 << 44
PIN_MESSAGES = 1 << 51

ALL = (1 << 53) - 1
IN_TIMEOUT = VIEW_CHANNEL | READ_MESSAGE_HISTORY
"""What is left to a member whose time-out has not ended."""
NEEDED = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | SEND_MESSAGES_IN_THREADS
    | CREATE_PRIVATE_THREADS
    | CREATE_EVENTS
    | READ_MESSAGE_HISTORY
    | PIN_MESSAGES
)
"""What the bot asks for when it is invited: 2269735597181952."""
EVERYONE = VIEW_CHANNEL | SEND_MESSAGES | SEND_MESSAGES_IN_THREADS | READ_MESSAGE_HISTORY | USE_APPLICATION_COMMANDS
"""What @everyone has in a made-up guild."""


def in_guild(guild: Guild, member: Member, now: datetime) -> int:
    """Return a member's permissions before any channel's overwrites."""
    if guild.owner_id == member.user.id:
        return ALL
    sum_of_roles = 0
    for role_id in (guild.id, *member.roles):
        sum_of_roles |= guild.roles[role_id].permissions
    if sum_of_roles & ADMINISTRATOR:
        return ALL
    if member.timeout is not None and member.timeout > now:
        return sum_of_roles & IN_TIMEOUT
    return sum_of_roles


def in_channel(guild: Guild, member: Member, channel: Channel, parent: Channel | None, now: datetime) -> int:
    """Return a member's permissions in a channel, or 0 where it cannot be seen.

    A thread takes its parent's overwrites; a private one is open to its members and to who may manage threads.
    """
    everywhere = in_guild(guild, member, now)
    if everywhere == ALL:
        return ALL
    here = _overwritten(everywhere, guild, member, parent or channel)
    if member.timeout is not None and member.timeout > now:
        here &= IN_TIMEOUT
    if not here & VIEW_CHANNEL:
        return 0
    closed = channel.thread is not None and channel.type == Channel.PRIVATE_THREAD
    if closed and channel.thread and member.user.id not in channel.thread.members and not here & MANAGE_THREADS:
        return 0
    return here


def _overwritten(permissions: int, guild: Guild, member: Member, channel: Channel) -> int:
    """Apply a channel's overwrites in Discord's order: @everyone, then roles together, then the member."""
    everyone = channel.overwrites.get(guild.id)
    if everyone:
        permissions = permissions & ~everyone.deny | everyone.allow
    of_roles = [channel.overwrites[role] for role in member.roles if role in channel.overwrites]
    denied = allowed = 0
    for overwrite in of_roles:
        denied |= overwrite.deny
        allowed |= overwrite.allow
    permissions = permissions & ~denied | allowed
    own = channel.overwrites.get(member.user.id)
    if own:
        permissions = permissions & ~own.deny | own.allow
    return permissions
