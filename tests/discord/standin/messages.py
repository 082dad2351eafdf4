"""What happens to messages: sent, edited, deleted, pinned, by whoever does it and as Discord allows it."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from . import permissions, shapes
from .components import check_message, kept
from .errors import Json, bad_form, no, too_long, units
from .state import COMPONENTS_V2, EPHEMERAL, LOADING, Attachment, Channel, Message, User
from .world import DIRECT_MESSAGES, GUILDS, World

SETTABLE = EPHEMERAL | COMPONENTS_V2 | 1 << 2 | 1 << 12
"""Flags an app may set: ephemeral, components, no embeds, silent."""
NONCE_KEPT = timedelta(minutes=3)
"""Discord says "the past few minutes"."""


@dataclass
class Sent:
    """A message on its way: its JSON, and its files by their number."""

    body: Json
    files: dict[int, tuple[str, str, bytes]] = field(default_factory=dict)


class Messages:
    """Everything done to messages. One for a `World`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.nonces: dict[tuple[int, str], tuple[datetime, Message]] = {}

    # -- checking -------------------------------------------------------------------------------------------------

    def may_send(self, user: User, channel: Channel) -> None:
        """Refuse whom a channel, a thread or a person does not take messages from."""
        if channel.type == Channel.DM:
            self._may_whisper(user, channel)
            return
        if channel.thread is None:
            self.world.need(user.id, channel, permissions.SEND_MESSAGES)
            return
        self.world.need(user.id, channel, permissions.SEND_MESSAGES_IN_THREADS)
        if channel.thread.locked and not self.world.may(user.id, channel) & permissions.MANAGE_THREADS:
            raise no(160005)

    def _may_whisper(self, user: User, channel: Channel) -> None:
        if user not in channel.recipients:
            raise no(50001)
        other = next(one for one in channel.recipients if one is not user)
        if not other.dms_open or not self.world.shared(user.id, other.id):
            raise no(50007)

    def _unarchived(self, channel: Channel) -> None:
        if channel.thread is not None and channel.thread.archived:
            raise no(50083)

    def build(self, message: Message, sent: Sent, *, may_ping_all: bool) -> None:
        """Put what was sent into a message, or refuse it and leave the message as it was."""
        body = sent.body
        flags = message.flags | ((body.get("flags") or 0) & SETTABLE)
        new = bool(flags & COMPONENTS_V2)
        content = message.content if "content" not in body else body["content"] or ""
        if units(content) > 2000:
            raise too_long("content", 2000)
        components = message.components if "components" not in body else body["components"] or []
        embeds = message.embeds if "embeds" not in body else body["embeds"] or []
        if new and (content or embeds or body.get("poll") or body.get("sticker_ids")):
            code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
            raise bad_form("content", code, "The content field cannot be used with components v2.")
        check_message(components, new=new)
        _check_mentions(body.get("allowed_mentions"))
        files = self._files(message, sent)
        if not (content or components or embeds or files) or (new and not components):
            raise no(50006)
        urls = {one.filename: shapes.attachment(one, message.channel_id, self.world.files)["url"] for one in files}
        if "components" in body:
            components = kept(components, files, urls)
        message.flags, message.content, message.embeds = flags, content, embeds
        message.components, message.attachments = components, files
        _mention(message, body.get("allowed_mentions"), may_ping_all=may_ping_all)

    def _files(self, message: Message, sent: Sent) -> list[Attachment]:
        """Return the files a message has after this: those it keeps and those newly sent."""
        listed = sent.body.get("attachments")
        kept_ids = {str(one["id"]) for one in listed} if listed is not None else None
        files = [one for one in message.attachments if kept_ids is None or str(one.id) in kept_ids]
        told = {str(one["id"]): one for one in listed or []}
        for number, (filename, content_type, data) in sorted(sent.files.items()):
            about = told.get(str(number), {})
            name = about.get("filename") or filename
            new_id = self.world.new_id()
            files.append(Attachment(new_id, name, content_type, data, about.get("description")))
        if len(files) > 10:
            raise bad_form("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
        return files

    # -- doing ----------------------------------------------------------------------------------------------------

    def draft(self, author: User, channel: Channel) -> Message:
        """Return an empty message that is nowhere yet."""
        return Message(self.world.new_id(), channel.id, author, self.world.now())

    def create(self, author: User, channel: Channel, sent: Sent) -> Message:
        """Send a message. The same nonce again within three minutes gives the same message and sends nothing."""
        self.may_send(author, channel)
        nonce = sent.body.get("nonce")
        key = (author.id, str(nonce)) if nonce is not None and sent.body.get("enforce_nonce") else None
        if key in self.nonces and self.world.now() - self.nonces[key][0] < NONCE_KEPT:
            earlier = self.nonces[key][1]
            return self.world.message(self.world.channel(earlier.channel_id), earlier.id)
        message = self.draft(author, channel)
        sent.body["flags"] = (sent.body.get("flags") or 0) & ~EPHEMERAL
        ping_all = bool(self.world.may(author.id, channel) & permissions.MENTION_EVERYONE)
        if sent.files and channel.guild_id and not self.world.may(author.id, channel) & permissions.ATTACH_FILES:
            raise no(50013)
        self.build(message, sent, may_ping_all=ping_all)
        message.nonce = nonce
        if key is not None:
            self.nonces[key] = (self.world.now(), message)
        self.post(channel, message)
        return message

    def post(self, channel: Channel, message: Message) -> None:
        """Put a message at the end of a channel; an archived thread opens by that."""
        if channel.thread is not None and channel.thread.archived and message.type == 0:
            self.world.archive(channel, archived=False)
        channel.history.append(message)
        if message.author is self.world.bot and channel.thread is not None:
            channel.thread.members.setdefault(message.author.id, self.world.now())
        self.world.tell_message("MESSAGE_CREATE", channel, message)

    def say_itself(self, channel: Channel, author: User, kind: int, words: str = "") -> None:
        """Put in what Discord says itself: 1 added, 2 removed, 4 renamed, 6 pinned, 18 thread made."""
        message = self.draft(author, channel)
        message.type, message.content = kind, words
        self.post(channel, message)

    def edit(self, editor: User, channel: Channel, message: Message, sent: Sent) -> None:
        """Change a message of one's own."""
        if message.author is not editor:
            raise no(50005)
        if message.type not in {0, 19, 20, 23}:
            raise no(50021)
        self._unarchived(channel)
        self.rewrite(message, sent)
        if not message.ephemeral:
            self.world.tell_message("MESSAGE_UPDATE", channel, message)

    def rewrite(self, message: Message, sent: Sent) -> None:
        """Change what a message says; a deferred one is no longer waited for."""
        if "flags" in sent.body:
            sent.body["flags"] = (sent.body["flags"] or 0) & ~EPHEMERAL
        self.build(message, sent, may_ping_all=False)
        message.flags &= ~LOADING
        message.edited = self.world.now()
        message.edits += 1

    def delete(self, user: User, channel: Channel, message: Message) -> None:
        """Take a message away: one's own, or any with permission to manage messages."""
        self._unarchived(channel)
        if message.author is not user:
            if channel.type == Channel.DM:
                raise no(50003)
            self.world.need(user.id, channel, permissions.MANAGE_MESSAGES)
        self.vanish(channel, message)

    def vanish(self, channel: Channel, message: Message) -> None:
        """Let a message be gone, whoever did it."""
        channel.history.remove(message)
        data: Json = {"id": str(message.id), "channel_id": str(channel.id)}
        if channel.guild_id:
            data["guild_id"] = str(channel.guild_id)
        intents = 1 << 9 if channel.guild_id else DIRECT_MESSAGES
        self.world.emit("MESSAGE_DELETE", data, guild_id=channel.guild_id, intents=intents)

    def pin(self, user: User, channel: Channel, message: Message, *, pinned: bool) -> None:
        """Pin a message or take the pin away; Discord says so in the channel."""
        self.world.need(user.id, channel, 0 if channel.type == Channel.DM else permissions.PIN_MESSAGES)
        self._unarchived(channel)
        if (message.pinned is not None) == pinned:
            return
        if pinned and sum(one.pinned is not None for one in channel.history) >= 250:
            raise no(30003)
        message.pinned = self.world.now() if pinned else None
        channel.last_pin = self.world.now() if pinned else channel.last_pin
        data: Json = {"channel_id": str(channel.id), "last_pin_timestamp": shapes.stamp(channel.last_pin)}
        if channel.guild_id:
            data["guild_id"] = str(channel.guild_id)
        intents = GUILDS if channel.guild_id else DIRECT_MESSAGES
        self.world.emit("CHANNEL_PINS_UPDATE", data, guild_id=channel.guild_id, intents=intents)
        if pinned:
            self.say_itself(channel, user, 6)


def _check_mentions(allowed: Json | None) -> None:
    """Refuse what allows all of a kind and names some of it as well."""
    named = [kind for kind in ("users", "roles") if allowed and allowed.get(kind)]
    if allowed and set(named) & set(allowed.get("parse") or []):
        code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
        raise bad_form("allowed_mentions", code, "parse and a list of ids are mutually exclusive.")


def _mention(message: Message, allowed: Json | None, *, may_ping_all: bool) -> None:
    """Note whom a message pings, by what it says and what its sender allows."""
    words = message.text
    users = [int(found) for found in re.findall(r"<@!?(\d+)>", words)]
    roles = [int(found) for found in re.findall(r"<@&(\d+)>", words)]
    everyone = "@everyone" in words or "@here" in words
    if allowed is not None:
        parse = allowed.get("parse") or []
        users = (
            users if "users" in parse else [one for one in users if str(one) in map(str, allowed.get("users") or [])]
        )
        roles = (
            roles if "roles" in parse else [one for one in roles if str(one) in map(str, allowed.get("roles") or [])]
        )
        everyone = everyone and "everyone" in parse
    message.mentions = list(dict.fromkeys(users))
    message.mention_roles = list(dict.fromkeys(roles))
    message.mention_everyone = everyone and may_ping_all
