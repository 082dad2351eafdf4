"""Routes about channels, threads and messages."""

from . import permissions, shapes
from .errors import Json, bad_form, no, units
from .rest import Call, Reply, Route
from .state import Channel, Message
from .world import GUILD_MESSAGE_TYPING


def _channel(call: Call, bits: int = 0) -> Channel:
    """Return the channel of the path, if the bot sees it and may do this there."""
    world = call.there.world
    channel = world.channel(call.id("channel_id"))
    world.need(world.bot.id, channel, bits)
    return channel


def _message(call: Call, channel: Channel) -> Message:
    return call.there.world.message(channel, call.id("message_id"))


def _shape(call: Call, channel: Channel) -> Json:
    if channel.type == Channel.DM:
        return call.there.world.dm_shape(channel)
    return shapes.channel(channel) if channel.thread is None else call.there.world.thread_for_bot(channel)


def _read(call: Call, channel: Channel, message: Message) -> Json:
    return call.there.world.for_rest(channel, message, content_allowed=call.there.content_allowed)


def get_channel(call: Call) -> Reply:
    """A channel, thread or private conversation."""
    return 200, _shape(call, _channel(call))


def edit_channel(call: Call) -> Reply:
    """A channel or thread becomes different."""
    channel = _channel(call)
    if channel.type == Channel.DM:
        raise no(50024)
    name = call.body.get("name", channel.name)
    if not 1 <= units(name) <= 100:
        raise bad_form("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    if channel.thread is not None:
        _edit_thread(call, channel, name)
        return 200, _shape(call, channel)
    _channel(call, permissions.MANAGE_CHANNELS)
    channel.name = name
    channel.topic = call.body.get("topic", channel.topic)
    call.there.world.tell_channel("CHANNEL_UPDATE", channel)
    return 200, _shape(call, channel)


def _edit_thread(call: Call, channel: Channel, name: str) -> None:
    """Its owner may name and archive it; locking and slowing take permission to manage threads.

    An archived thread takes no change but the one that opens it.
    """
    world, thread = call.there.world, channel.thread
    assert thread is not None
    may = world.may(world.bot.id, channel)
    manages = bool(may & permissions.MANAGE_THREADS)
    opens = call.body.get("archived") is False and set(call.body) == {"archived"}
    if opens and thread.archived:
        allowed = manages or (not thread.locked and bool(may & permissions.SEND_MESSAGES_IN_THREADS))
    else:
        allowed = manages or (
            thread.owner_id == world.bot.id and not {"locked", "rate_limit_per_user"} & set(call.body)
        )
    if not allowed:
        raise no(50013)
    if thread.archived and call.body.get("archived", True) and set(call.body) - {"archived"}:
        raise no(50083)
    renamed = name != channel.name
    channel.name = name
    channel.slow = call.body.get("rate_limit_per_user") or channel.slow
    thread.auto_archive = call.body.get("auto_archive_duration", thread.auto_archive)
    thread.invitable = call.body.get("invitable", thread.invitable)
    thread.locked = call.body.get("locked", thread.locked)
    if call.body.get("archived", thread.archived) != thread.archived:
        thread.archived = call.body["archived"]
        thread.archive_changed = world.now()
    world.change_thread(channel)
    if renamed:
        call.there.messages.say_itself(channel, world.bot, 4, name)


def delete_channel(call: Call) -> Reply:
    """A channel is gone for all; a private conversation is only closed."""
    channel = _channel(call)
    if channel.type != Channel.DM:
        _channel(call, permissions.MANAGE_CHANNELS if channel.thread is None else permissions.MANAGE_THREADS)
        call.there.world.remove_channel(channel)
    return 200, _shape(call, channel)


def typing(call: Call) -> Reply:
    """The bot is shown to be typing."""
    world = call.there.world
    channel = _channel(call)
    call.there.messages.may_send(world.bot, channel)
    data: Json = {
        "channel_id": str(channel.id),
        "user_id": str(world.bot.id),
        "timestamp": int(world.now().timestamp()),
    }
    intents = GUILD_MESSAGE_TYPING if channel.guild_id else 1 << 14
    world.emit("TYPING_START", data, guild_id=channel.guild_id, intents=intents)
    return 204, None


# -- messages ---------------------------------------------------------------------------------------------------------


def list_messages(call: Call) -> Reply:
    """Messages newest first; those right after ``after``, or before ``before``. Without the permission: none."""
    world = call.there.world
    channel = _channel(call)
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        raise bad_form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    if not world.may(world.bot.id, channel) & permissions.READ_MESSAGE_HISTORY:
        return 200, []
    found = channel.history
    if "after" in call.query:
        found = [one for one in found if one.id > int(call.query["after"])][:limit]
    elif "before" in call.query:
        found = [one for one in found if one.id < int(call.query["before"])][-limit:]
    else:
        found = found[-limit:]
    return 200, [_read(call, channel, one) for one in reversed(found)]


def get_message(call: Call) -> Reply:
    """One message."""
    channel = _channel(call, permissions.READ_MESSAGE_HISTORY)
    return 200, _read(call, channel, _message(call, channel))


def create_message(call: Call) -> Reply:
    """A new message of the bot, or the one that this nonce gave before."""
    world = call.there.world
    channel = world.channel(call.id("channel_id"))
    message = call.there.messages.create(world.bot, channel, call.sent)
    call.there.stirred()
    return 200, world.shape(message)


def edit_message(call: Call) -> Reply:
    """A message of the bot becomes another."""
    channel = _channel(call)
    message = _message(call, channel)
    call.there.messages.edit(call.there.world.bot, channel, message, call.sent)
    return 200, call.there.world.shape(message)


def delete_message(call: Call) -> Reply:
    """A message is gone."""
    channel = _channel(call)
    call.there.messages.delete(call.there.world.bot, channel, _message(call, channel))
    return 204, None


def _pinned(call: Call, channel: Channel) -> list[Message]:
    found = [one for one in channel.history if one.pinned is not None]
    return sorted(found, key=lambda one: (one.pinned, one.id), reverse=True)


def list_pins(call: Call) -> Reply:
    """Pinned messages with when, newest pin first."""
    channel = _channel(call, permissions.READ_MESSAGE_HISTORY)
    limit = int(call.query.get("limit", "50"))
    found = _pinned(call, channel)
    items = [{"pinned_at": shapes.stamp(one.pinned), "message": _read(call, channel, one)} for one in found[:limit]]
    return 200, {"items": items, "has_more": len(found) > limit}


def list_pins_before(call: Call) -> Reply:
    """Pinned messages, as the older route lists them."""
    channel = _channel(call, permissions.READ_MESSAGE_HISTORY)
    return 200, [_read(call, channel, one) for one in _pinned(call, channel)[:50]]


def pin(call: Call) -> Reply:
    """A message is pinned."""
    channel = _channel(call)
    call.there.messages.pin(call.there.world.bot, channel, _message(call, channel), pinned=True)
    return 204, None


def unpin(call: Call) -> Reply:
    """A message is pinned no more."""
    channel = _channel(call)
    call.there.messages.pin(call.there.world.bot, channel, _message(call, channel), pinned=False)
    return 204, None


# -- threads ----------------------------------------------------------------------------------------------------------


def create_thread(call: Call) -> Reply:
    """A thread without a message; private where nothing is said."""
    world = call.there.world
    kind = call.body.get("type", Channel.PRIVATE_THREAD)
    name = call.body.get("name") or ""
    parent = _channel(call)
    if parent.type != Channel.TEXT:
        raise no(50024)
    if kind not in {Channel.PUBLIC_THREAD, Channel.PRIVATE_THREAD}:
        raise bad_form("type", "BASE_TYPE_CHOICES", "Value must be one of {10, 11, 12}.")
    private = kind == Channel.PRIVATE_THREAD
    _channel(call, permissions.CREATE_PRIVATE_THREADS if private else permissions.CREATE_PUBLIC_THREADS)
    if not 1 <= units(name) <= 100:
        raise bad_form("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    thread = world.add_thread(parent, world.bot, kind, name, call.body)
    if not private:
        call.there.messages.say_itself(parent, world.bot, 18, name)
    return 201, world.thread_for_bot(thread)


def _thread(call: Call) -> Channel:
    channel = _channel(call)
    if channel.thread is None:
        raise no(50024)
    return channel


def _open_thread(call: Call) -> Channel:
    channel = _thread(call)
    if channel.thread and channel.thread.archived:
        raise no(50083)
    return channel


def list_thread_members(call: Call) -> Reply:
    """All members of a thread; takes the privileged intent for members."""
    channel = _thread(call)
    if not call.there.members_allowed:
        raise no(50001)
    assert channel.thread is not None
    return 200, [shapes.thread_member(channel, one) for one in channel.thread.members]


def get_thread_member(call: Call) -> Reply:
    """One member of a thread."""
    channel = _thread(call)
    if channel.thread is None or call.id("user_id") not in channel.thread.members:
        raise no(10007)
    return 200, shapes.thread_member(channel, call.id("user_id"))


def add_thread_member(call: Call) -> Reply:
    """Somebody of the guild, who can see the channel, comes into a thread."""
    world = call.there.world
    channel = _open_thread(call)
    _channel(call, permissions.SEND_MESSAGES_IN_THREADS)
    guild, user_id = world.guild_of(channel), call.id("user_id")
    if user_id not in world.users:
        raise no(10013)
    if guild is None or user_id not in guild.members:
        raise no(10007)
    parent = world.channel(channel.parent_id or 0)
    if not world.may(user_id, parent) & permissions.VIEW_CHANNEL:
        raise no(50001)
    assert channel.thread is not None
    manages = world.may(world.bot.id, channel) & permissions.MANAGE_THREADS
    private = channel.type == Channel.PRIVATE_THREAD
    if private and not channel.thread.invitable and channel.thread.owner_id != world.bot.id and not manages:
        raise no(50013)
    fresh = user_id not in channel.thread.members
    world.thread_members(channel, added=user_id)
    if fresh:
        call.there.messages.say_itself(channel, world.bot, 1)
    return 204, None


def remove_thread_member(call: Call) -> Reply:
    """Somebody leaves a thread: takes permission to manage threads, or a private thread of one's own."""
    world = call.there.world
    channel = _open_thread(call)
    assert channel.thread is not None
    own = channel.type == Channel.PRIVATE_THREAD and channel.thread.owner_id == world.bot.id
    if not own and not world.may(world.bot.id, channel) & permissions.MANAGE_THREADS:
        raise no(50013)
    world.thread_members(channel, removed=call.id("user_id"))
    call.there.messages.say_itself(channel, world.bot, 2)
    return 204, None


def join_thread(call: Call) -> Reply:
    """The bot comes in."""
    call.there.world.thread_members(_open_thread(call), added=call.there.world.bot.id)
    return 204, None


def leave_thread(call: Call) -> Reply:
    """The bot leaves."""
    call.there.world.thread_members(_open_thread(call), removed=call.there.world.bot.id)
    return 204, None


def archived_threads(call: Call) -> Reply:
    """Archived private threads that the bot is in."""
    world = call.there.world
    parent = _channel(call, permissions.READ_MESSAGE_HISTORY)
    bot = world.bot.id
    found = [
        one
        for one in world.channels.values()
        if one.parent_id == parent.id and one.thread and one.thread.archived and bot in one.thread.members
    ]
    shown = [world.thread_for_bot(one) for one in found if one.type == Channel.PRIVATE_THREAD]
    members = [shapes.thread_member(one, bot) for one in found if one.type == Channel.PRIVATE_THREAD]
    return 200, {"threads": shown, "members": members, "has_more": False}


_MESSAGES = "/channels/{channel_id}/messages"
_MEMBERS = "/channels/{channel_id}/thread-members"

ROUTES: dict[str, Route] = {
    "GET /channels/{channel_id}": get_channel,
    "PATCH /channels/{channel_id}": edit_channel,
    "DELETE /channels/{channel_id}": delete_channel,
    "POST /channels/{channel_id}/typing": typing,
    f"GET {_MESSAGES}": list_messages,
    f"POST {_MESSAGES}": create_message,
    f"GET {_MESSAGES}/pins": list_pins,
    f"PUT {_MESSAGES}/pins/{{message_id}}": pin,
    f"DELETE {_MESSAGES}/pins/{{message_id}}": unpin,
    "GET /channels/{channel_id}/pins": list_pins_before,
    "PUT /channels/{channel_id}/pins/{message_id}": pin,
    "DELETE /channels/{channel_id}/pins/{message_id}": unpin,
    f"GET {_MESSAGES}/{{message_id}}": get_message,
    f"PATCH {_MESSAGES}/{{message_id}}": edit_message,
    f"DELETE {_MESSAGES}/{{message_id}}": delete_message,
    "POST /channels/{channel_id}/threads": create_thread,
    f"GET {_MEMBERS}": list_thread_members,
    f"PUT {_MEMBERS}/@me": join_thread,
    f"DELETE {_MEMBERS}/@me": leave_thread,
    f"GET {_MEMBERS}/{{user_id}}": get_thread_member,
    f"PUT {_MEMBERS}/{{user_id}}": add_thread_member,
    f"DELETE {_MEMBERS}/{{user_id}}": remove_thread_member,
    "GET /channels/{channel_id}/users/@me/threads/archived/private": archived_threads,
}
