"""The world: who and what is there, and what changes when somebody does something.

Each change tells the gateway (`emit`), with the intents any of which lets a session hear of it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from . import permissions, shapes
from .errors import Json, no
from .state import Channel, Event, Guild, Member, Message, Overwrite, Role, Thread, User

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_MODERATION = 1 << 2
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_TYPING = 1 << 11
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15
GUILD_SCHEDULED_EVENTS = 1 << 16

DISCORD_EPOCH_MS = 1_420_070_400_000
FIRST_GUILD = 157_766_400_000
"""Guild number k has the id (this + k) << 22: with up to five shards it lies on shard k modulo their number."""


class Emit(Protocol):
    """The gateway's ear: tell an event to the sessions that may hear it."""

    def __call__(
        self, event: str, data: Json, *, guild_id: int | None, intents: int = 0, bare: Json | None = None
    ) -> None:
        """Tell it. ``intents`` 0: to every session; ``bare``: what a session without message content gets."""


class World:
    """Everything there is. Made by `StandIn`; tests reach it as ``there.world``."""

    def __init__(self, now: Callable[[], datetime], emit: Emit, files: str) -> None:
        self.now = now
        self.emit = emit
        self.files = files
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.hidden: dict[int, Message] = {}
        """Ephemeral messages: in no channel's history."""
        self.commands: list[Json] = []
        self._last = 0
        self.bot = self.add_user("porchlight", bot=True)
        self.application_id = self.new_id()
        self.owner = self.add_user("keeper")

    def new_id(self) -> int:
        """Return a snowflake of this moment, larger than every one before."""
        milliseconds = int(self.now().timestamp() * 1000) - DISCORD_EPOCH_MS
        self._last = max(self._last + 1, milliseconds << 22 | 1)
        return self._last

    def add_user(self, username: str, *, bot: bool = False, locale: str = "en-US") -> User:
        """Return a new account."""
        shown = None if bot else username.title()
        one = User(self.new_id(), username, shown, bot=bot, locale=locale)
        self.users[one.id] = one
        return one

    # -- looking things up ----------------------------------------------------------------------------------------

    def channel(self, channel_id: int) -> Channel:
        """Return a channel; 10003 where there is none."""
        if channel_id not in self.channels:
            raise no(10003)
        return self.channels[channel_id]

    def guild(self, guild_id: int, *, of: int | None = None) -> Guild:
        """Return a guild; 10004 where there is none, or where ``of`` is not in it."""
        found = self.guilds.get(guild_id)
        if found is None or (of is not None and of not in found.members):
            raise no(10004)
        return found

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return the guild of a channel, None for a private conversation."""
        return None if channel.guild_id is None else self.guilds.get(channel.guild_id)

    def message(self, channel: Channel, message_id: int) -> Message:
        """Return a message; 10008 where it is not (any more)."""
        for found in channel.history:
            if found.id == message_id:
                return found
        raise no(10008)

    def channels_of(self, guild: Guild, *, threads: bool) -> list[Channel]:
        """Return a guild's channels, or its threads."""
        return [
            one for one in self.channels.values() if one.guild_id == guild.id and (one.thread is not None) == threads
        ]

    def may(self, user_id: int, channel: Channel) -> int:
        """Return what a user may do in a channel, as permission bits."""
        if channel.type == Channel.DM:
            return permissions.ALL if any(one.id == user_id for one in channel.recipients) else 0
        guild = self.guild_of(channel)
        if guild is None or user_id not in guild.members:
            return 0
        parent = self.channels.get(channel.parent_id or 0) if channel.thread else None
        return permissions.in_channel(guild, guild.members[user_id], channel, parent, self.now())

    def need(self, user_id: int, channel: Channel, bits: int) -> None:
        """Refuse with 50001 what cannot be seen, with 50013 what is not allowed."""
        has = self.may(user_id, channel)
        if not has & permissions.VIEW_CHANNEL:
            raise no(50001)
        if has & bits != bits:
            raise no(50013)

    def shared(self, user_id: int, other_id: int) -> bool:
        """Return whether two users are in one guild."""
        return any(user_id in guild.members and other_id in guild.members for guild in self.guilds.values())

    # -- guilds ---------------------------------------------------------------------------------------------------

    def add_guild(self, name: str, bot_permissions: int | None = permissions.NEEDED) -> Guild:
        """Return a new guild with @everyone, a moderator role, #porch, and the bot unless its permissions are None."""
        guild_id = (FIRST_GUILD + len(self.guilds)) << 22
        guild = Guild(guild_id, name, self.owner.id, self.now())
        guild.roles[guild_id] = Role(guild_id, "@everyone", permissions.EVERYONE, 0)
        self.guilds[guild_id] = guild
        self.add_role(guild, "moderator", permissions.MANAGE_GUILD)
        guild.members[self.owner.id] = Member(self.owner, self.now())
        self.add_channel(guild, "porch")
        if bot_permissions is not None:
            self.invite_bot(guild, bot_permissions)
        return guild

    def invite_bot(self, guild: Guild, bot_permissions: int = permissions.NEEDED) -> None:
        """Add the bot to a guild, with a role of its own as Discord makes it."""
        role = Role(self.new_id(), self.bot.username, bot_permissions, len(guild.roles), managed=True)
        guild.roles[role.id] = role
        guild.members[self.bot.id] = Member(self.bot, self.now(), [role.id])
        # ``unavailable`` tells that a guild was known and is there again; of one that is new Discord says nothing.
        fresh = {key: value for key, value in self.guild_create(guild).items() if key != "unavailable"}
        self.emit("GUILD_CREATE", fresh, guild_id=guild.id, intents=GUILDS)

    def remove_bot(self, guild: Guild) -> None:
        """Take the bot out of a guild; it hears of that."""
        self.leave(guild, self.bot.id)
        data = {"id": str(guild.id)}
        self.emit("GUILD_DELETE", data, guild_id=guild.id, intents=GUILDS)

    def guild_create(self, guild: Guild, *, everybody: bool = False) -> Json:
        """Return a guild as GUILD_CREATE tells it: with channels, the bot's threads, itself as member."""
        threads = [one for one in self.channels_of(guild, threads=True) if one.thread and not one.thread.archived]
        members = guild.members.values() if everybody else [guild.members[self.bot.id]]
        return shapes.guild(guild) | {
            "joined_at": shapes.stamp(guild.members[self.bot.id].joined),
            "large": False,
            "unavailable": False,
            "member_count": len(guild.members),
            "members": [shapes.member(one) for one in members],
            "channels": [shapes.channel(one) for one in self.channels_of(guild, threads=False)],
            "threads": [self.thread_for_bot(one) for one in threads if self.may(self.bot.id, one)],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "soundboard_sounds": [],
            "guild_scheduled_events": [shapes.event(one, None) for one in self.events_of(guild).values()],
        }

    def add_role(self, guild: Guild, name: str, bits: int) -> Role:
        """Return a new role."""
        role = Role(self.new_id(), name, bits, len(guild.roles))
        guild.roles[role.id] = role
        data = {"guild_id": str(guild.id), "role": shapes.role(role)}
        self.emit("GUILD_ROLE_CREATE", data, guild_id=guild.id, intents=GUILDS)
        return role

    def set_role(self, guild: Guild, role: Role, bits: int) -> None:
        """Give a role other permissions."""
        role.permissions = bits
        data = {"guild_id": str(guild.id), "role": shapes.role(role)}
        self.emit("GUILD_ROLE_UPDATE", data, guild_id=guild.id, intents=GUILDS)

    def add_channel(self, guild: Guild, name: str) -> Channel:
        """Return a new text channel."""
        position = len(self.channels_of(guild, threads=False))
        channel = Channel(self.new_id(), Channel.TEXT, name, guild.id, position=position)
        self.channels[channel.id] = channel
        self.tell_channel("CHANNEL_CREATE", channel)
        return channel

    def overwrite(self, channel: Channel, whom: User | Role, *, allow: int = 0, deny: int = 0) -> None:
        """Allow or deny something in one channel."""
        channel.overwrites[whom.id] = Overwrite(whom.id, isinstance(whom, User), allow, deny)
        self.tell_channel("CHANNEL_UPDATE", channel)

    def tell_channel(self, event: str, channel: Channel) -> None:
        """Tell of a channel or, to who may see it, of a thread."""
        self.emit(event, shapes.channel(channel), guild_id=channel.guild_id, intents=GUILDS)

    def events_of(self, guild: Guild) -> dict[int, Event]:
        """Return the events of a guild that are to come or under way, each as far as it is by now.

        Discord begins an event outside of its channels at its start, and ends it at its end, by itself.
        """
        for event in list(guild.events.values()):
            now = self.now()
            if event.fields["status"] == 1 and datetime.fromisoformat(event.fields["scheduled_start_time"]) <= now:
                event.fields["status"] = 2
            if event.fields["status"] == 2 and datetime.fromisoformat(event.fields["scheduled_end_time"]) <= now:
                event.fields["status"] = 3
            if event.fields["status"] > 2:
                guild.finished.append(guild.events.pop(event.id))
        return guild.events

    # -- members --------------------------------------------------------------------------------------------------

    def join(self, guild: Guild, user: User) -> None:
        """Let a user into a guild."""
        if user.id in guild.bans:
            raise no(40007)
        guild.members[user.id] = Member(user, self.now())
        data = shapes.member(guild.members[user.id]) | {"guild_id": str(guild.id)}
        self.emit("GUILD_MEMBER_ADD", data, guild_id=guild.id, intents=GUILD_MEMBERS)

    def leave(self, guild: Guild, user_id: int) -> None:
        """Take a user out of a guild, and with that out of its threads."""
        gone = guild.members.pop(user_id, None)
        if gone is None:
            raise no(10007)
        for channel in self.channels_of(guild, threads=True):
            if channel.thread:
                channel.thread.members.pop(user_id, None)
        data = {"guild_id": str(guild.id), "user": shapes.user(gone.user)}
        self.emit("GUILD_MEMBER_REMOVE", data, guild_id=guild.id, intents=GUILD_MEMBERS)

    def ban(self, guild: Guild, user: User) -> None:
        """Take a user out of a guild for good."""
        guild.bans.add(user.id)
        if user.id in guild.members:
            self.leave(guild, user.id)
        data = {"guild_id": str(guild.id), "user": shapes.user(user)}
        self.emit("GUILD_BAN_ADD", data, guild_id=guild.id, intents=GUILD_MODERATION)

    def change_member(self, guild: Guild, user_id: int) -> None:
        """Tell that a member is different now; the bot always hears it about itself."""
        data = shapes.member(guild.members[user_id]) | {"guild_id": str(guild.id)}
        intents = 0 if user_id == self.bot.id else GUILD_MEMBERS
        self.emit("GUILD_MEMBER_UPDATE", data, guild_id=guild.id, intents=intents)

    # -- private conversations ------------------------------------------------------------------------------------

    def dm(self, user: User) -> Channel:
        """Return the private conversation of the bot and a user."""
        for channel in self.channels.values():
            if channel.type == Channel.DM and user in channel.recipients:
                return channel
        channel = Channel(self.new_id(), Channel.DM, recipients=[user, self.bot])
        self.channels[channel.id] = channel
        return channel

    def dm_shape(self, channel: Channel) -> Json:
        """Return a private conversation as the bot sees it: the recipient is the other one."""
        others = [one for one in channel.recipients if one is not self.bot]
        return shapes.channel(channel) | {"recipients": [shapes.user(one) for one in others]}

    # -- threads --------------------------------------------------------------------------------------------------

    def thread_for_bot(self, channel: Channel) -> Json:
        """Return a thread, with the bot's own place in it."""
        assert channel.thread is not None
        if self.bot.id not in channel.thread.members:
            return shapes.channel(channel)
        return shapes.channel(channel) | {"member": shapes.thread_member(channel, self.bot.id)}

    def add_thread(self, parent: Channel, owner: User, kind: int, name: str, body: Json) -> Channel:
        """Return a new thread with its owner in it."""
        now = self.now()
        thread = Thread(owner.id, now, now, invitable=body.get("invitable", True), members={owner.id: now})
        thread.auto_archive = body.get("auto_archive_duration") or thread.auto_archive
        channel = Channel(self.new_id(), kind, name, parent.guild_id, parent.id, thread=thread)
        self.channels[channel.id] = channel
        if self.may(self.bot.id, channel):
            data = self.thread_for_bot(channel) | {"newly_created": True}
            self.emit("THREAD_CREATE", data, guild_id=channel.guild_id, intents=GUILDS)
        return channel

    def change_thread(self, channel: Channel) -> None:
        """Tell that a thread is different now."""
        if self.may(self.bot.id, channel):
            self.emit("THREAD_UPDATE", self.thread_for_bot(channel), guild_id=channel.guild_id, intents=GUILDS)

    def archive(self, channel: Channel, *, archived: bool, locked: bool | None = None) -> None:
        """Archive a thread or open it again."""
        assert channel.thread is not None
        channel.thread.archived = archived
        channel.thread.archive_changed = self.now()
        if locked is not None:
            channel.thread.locked = locked
        self.change_thread(channel)

    def thread_members(self, channel: Channel, *, added: int | None = None, removed: int | None = None) -> None:
        """Change who is in a thread. Without the privileged intent the bot hears of itself alone."""
        assert channel.thread is not None
        thread = channel.thread
        whom = added or removed or 0
        if added and added in thread.members:
            return
        if removed and removed not in thread.members:
            raise no(10007)
        if added:
            thread.members[added] = self.now()
        else:
            thread.members.pop(whom)
        data: Json = {"id": str(channel.id), "guild_id": str(channel.guild_id), "member_count": len(thread.members)}
        if added:
            data["added_members"] = [shapes.thread_member(channel, added)]
        else:
            data["removed_member_ids"] = [str(whom)]
        intents = GUILDS if whom == self.bot.id else GUILD_MEMBERS
        self.emit("THREAD_MEMBERS_UPDATE", data, guild_id=channel.guild_id, intents=intents)
        if added == self.bot.id:
            shape = self.thread_for_bot(channel)
            self.emit("THREAD_CREATE", shape, guild_id=channel.guild_id, intents=GUILDS)

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel with its threads, or a thread."""
        del self.channels[channel.id]
        if channel.thread is None:
            for one in [each for each in self.channels.values() if each.parent_id == channel.id]:
                del self.channels[one.id]
            self.tell_channel("CHANNEL_DELETE", channel)
            return
        data: Json = {"id": str(channel.id), "type": channel.type}
        data |= {"guild_id": str(channel.guild_id), "parent_id": str(channel.parent_id)}
        self.emit("THREAD_DELETE", data, guild_id=channel.guild_id, intents=GUILDS)

    # -- what the bot hears of messages ---------------------------------------------------------------------------

    def shape(self, message: Message) -> Json:
        """Return a message in JSON."""
        return shapes.message(message, self.users, self.files)

    def tell_message(self, event: str, channel: Channel, message: Message) -> None:
        """Tell of a message, with its words only to who may have them.

        Without the privileged intent those are the bot's own messages, private conversations and messages that
        mention the bot: https://discord.com/developers/docs/events/gateway#message-content-intent
        """
        if message.type == 0 and not self.may(self.bot.id, channel):
            return
        shape = self.shape(message)
        guild = self.guild_of(channel)
        if guild is None:
            self.emit(event, shape | {"channel_type": channel.type}, guild_id=None, intents=DIRECT_MESSAGES)
            return
        shape |= {"guild_id": str(guild.id), "channel_type": channel.type}
        if message.author.id in guild.members:
            shape["member"] = shapes.member(guild.members[message.author.id], with_user=False)
        open_to_bot = message.author is self.bot or self.bot.id in message.mentions
        bare = None if open_to_bot else shapes.bare(shape)
        self.emit(event, shape, guild_id=guild.id, intents=GUILD_MESSAGES, bare=bare)

    def for_rest(self, channel: Channel, message: Message, *, content_allowed: bool) -> Json:
        """Return a message as the bot may read it by REST: the same rule holds there."""
        shape = self.shape(message)
        own = message.author is self.bot or self.bot.id in message.mentions or channel.type == Channel.DM
        return shape if own or content_allowed else shapes.bare(shape)

    def in_minutes(self, minutes: float) -> datetime:
        """Return the moment so many minutes from now."""
        return self.now() + timedelta(minutes=minutes)
