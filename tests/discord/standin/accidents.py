"""What happens to the bot's world without the bot: things are deleted, archived, taken away."""

from . import permissions
from .messages import Messages
from .state import Channel, Event, Guild, Message
from .world import World


class Accidents:
    """Each is what some moderator could do."""

    def __init__(self, world: World, messages: Messages) -> None:
        self._world = world
        self._messages = messages

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel or thread."""
        self._world.remove_channel(channel)

    def delete_message(self, message: Message) -> None:
        """Delete a message, whoever wrote it."""
        self._messages.vanish(self._world.channel(message.channel_id), message)

    def delete_event(self, event: Event) -> None:
        """Delete an event, whoever made it."""
        del self._world.guilds[event.guild_id].events[event.id]

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Archive a thread, or lock it as well."""
        self._world.archive(thread, archived=True, locked=locked)

    def kick_bot(self, guild: Guild) -> None:
        """Take the bot out of a guild."""
        self._world.remove_bot(guild)

    def permit_bot(self, guild: Guild, bits: int = permissions.NEEDED) -> None:
        """Give the bot's role exactly these permissions."""
        bot = guild.members[self._world.bot.id]
        self._world.set_role(guild, guild.roles[bot.roles[0]], bits)

    def take_from_bot(self, guild: Guild, bits: int) -> None:
        """Take permissions away from the bot: from its role, and from everyone."""
        bot = guild.members[self._world.bot.id]
        for role_id in (guild.id, *bot.roles):
            role = guild.roles[role_id]
            if role.permissions & bits:
                self._world.set_role(guild, role, role.permissions & ~bits)

    def hide_from_bot(self, channel: Channel) -> None:
        """Let the bot not see a channel any more."""
        self._world.overwrite(channel, self._world.bot, deny=permissions.VIEW_CHANNEL)
