"""How things look in JSON, as Discord's OpenAPI file has them."""

from datetime import UTC, datetime

from .errors import Json
from .state import Attachment, Channel, Event, Guild, Member, Message, Role, User


def stamp(when: datetime | None) -> str | None:
    """Return an instant as Discord writes it."""
    return None if when is None else when.astimezone(UTC).isoformat(timespec="microseconds")


def user(one: User) -> Json:
    """Return a user."""
    shape: Json = {
        "id": str(one.id),
        "username": one.username,
        "global_name": one.global_name,
        "avatar": None,
        "discriminator": "0000" if one.bot else "0",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    return shape | ({"bot": True} if one.bot else {})


def myself(one: User) -> Json:
    """Return the account that asks."""
    return user(one) | {"mfa_enabled": True, "locale": one.locale, "verified": True, "email": None}


def role(one: Role) -> Json:
    """Return a role."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": one.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def member(one: Member, *, with_user: bool = True) -> Json:
    """Return a member of a guild."""
    shape: Json = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": stamp(one.timeout),
        "flags": 0,
        "joined_at": stamp(one.joined),
        "nick": one.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role_id) for role_id in one.roles],
        "mute": False,
        "deaf": False,
    }
    return shape | ({"user": user(one.user)} if with_user else {})


def channel(one: Channel) -> Json:
    """Return a channel of any type; ``position`` is always there, as discord.py ends without it."""
    last = str(one.history[-1].id) if one.history else None
    shape: Json = {"id": str(one.id), "type": one.type, "flags": 0, "last_message_id": last}
    shape["last_pin_timestamp"] = stamp(one.last_pin)
    if one.type == Channel.DM:
        return shape | {"recipients": [user(each) for each in one.recipients]}
    shape |= {
        "guild_id": str(one.guild_id),
        "name": one.name,
        "parent_id": None if one.parent_id is None else str(one.parent_id),
        "rate_limit_per_user": one.slow,
    }
    if one.thread is None:
        overwrites = [
            {"id": str(each.id), "type": int(each.of_member), "allow": str(each.allow), "deny": str(each.deny)}
            for each in one.overwrites.values()
        ]
        return shape | {
            "position": one.position,
            "topic": one.topic,
            "nsfw": one.nsfw,
            "permission_overwrites": overwrites,
        }
    thread = one.thread
    metadata = {
        "archived": thread.archived,
        "archive_timestamp": stamp(thread.archive_changed),
        "auto_archive_duration": thread.auto_archive,
        "locked": thread.locked,
        "create_timestamp": stamp(thread.created),
    }
    if one.type == Channel.PRIVATE_THREAD:
        metadata["invitable"] = thread.invitable
    return shape | {
        "owner_id": str(thread.owner_id),
        "thread_metadata": metadata,
        "message_count": len(one.history),
        "total_message_sent": len(one.history),
        "member_count": min(len(thread.members), 50),
    }


def thread_member(thread: Channel, user_id: int) -> Json:
    """Return somebody's place in a thread."""
    assert thread.thread is not None
    joined = stamp(thread.thread.members[user_id])
    return {"id": str(thread.id), "user_id": str(user_id), "join_timestamp": joined, "flags": 1}


def attachment(one: Attachment, channel_id: int, files: str) -> Json:
    """Return a file; ``files`` is where files are served."""
    url = f"{files}/attachments/{channel_id}/{one.id}/{one.filename}"
    shape: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.data),
        "url": url,
        "proxy_url": url,
        "content_type": one.content_type,
    }
    return shape | ({"description": one.description} if one.description else {})


def message(one: Message, users: dict[int, User], files: str) -> Json:
    """Return a message."""
    shape: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel_id),
        "type": one.type,
        "author": user(one.author),
        "content": one.content,
        "mentions": [user(users[each]) for each in one.mentions if each in users],
        "mention_roles": [str(each) for each in one.mention_roles],
        "mention_everyone": one.mention_everyone,
        "attachments": [attachment(each, one.channel_id, files) for each in one.attachments],
        "embeds": one.embeds,
        "components": one.components,
        "timestamp": stamp(one.timestamp),
        "edited_timestamp": stamp(one.edited),
        "flags": one.flags,
        "pinned": one.pinned is not None,
        "tts": False,
    }
    if one.nonce is not None:
        shape["nonce"] = one.nonce
    if one.interaction is not None:
        shape |= one.interaction
    return shape


def bare(shape: Json) -> Json:
    """Return a message without what was written, as an app without the privileged intent gets it."""
    return shape | {"content": "", "embeds": [], "attachments": [], "components": []}


def guild(one: Guild, application_id: int | None = None) -> Json:
    """Return a guild, without its channels and members."""
    unset = (
        "icon",
        "description",
        "home_header",
        "splash",
        "discovery_splash",
        "banner",
        "afk_channel_id",
        "system_channel_id",
        "widget_channel_id",
        "max_presences",
        "vanity_url_code",
        "rules_channel_id",
        "safety_alerts_channel_id",
        "public_updates_channel_id",
        "incidents_data",
    )
    nothing = (
        "system_channel_flags",
        "verification_level",
        "default_message_notifications",
        "mfa_level",
        "explicit_content_filter",
        "premium_tier",
        "premium_subscription_count",
        "nsfw_level",
    )
    return {
        **dict.fromkeys(unset),
        **dict.fromkeys(nothing, 0),
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner_id),
        "application_id": application_id and str(application_id),
        "features": sorted(one.features),
        "region": "deprecated",
        "afk_timeout": 300,
        "widget_enabled": False,
        "roles": [role(each) for each in one.roles.values()],
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "preferred_locale": one.locale,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "emojis": [],
        "stickers": [],
    }


def event(one: Event, creator: User | None) -> Json:
    """Return a scheduled event."""
    shape: Json = {
        "id": str(one.id),
        "guild_id": str(one.guild_id),
        "channel_id": None,
        "creator_id": str(one.creator_id),
        "description": None,
        "image": None,
        "scheduled_end_time": None,
        "status": 1,
        "entity_id": None,
        "recurrence_rule": None,
        "guild_scheduled_event_exceptions": [],
        "entity_metadata": None,
    } | one.fields
    return shape | ({"creator": user(creator)} if creator else {})
