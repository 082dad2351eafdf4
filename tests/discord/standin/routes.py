"""Routes about the bot itself, guilds, members, events, commands and interactions."""

from datetime import datetime

from . import permissions, shapes
from .commands import register
from .errors import ApiError, Json, bad_form, no, too_long, units
from .rest import Call, Reply, Route
from .state import Event, Guild
from .world import GUILD_SCHEDULED_EVENTS, World


def application(world: World, flags: int) -> Json:
    """Return the application, with its owner."""
    return {
        "id": str(world.application_id),
        "name": "Porchlight",
        "icon": None,
        "description": "",
        "type": None,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": shapes.user(world.owner),
        "bot": shapes.user(world.bot),
        "bot_public": False,
        "bot_require_code_grant": False,
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
    }


def me(call: Call) -> Reply:
    """The account that asks."""
    return 200, shapes.myself(call.there.world.bot)


def my_guilds(call: Call) -> Reply:
    """The guilds the bot is in."""
    world = call.there.world
    return 200, [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(permissions.in_guild(guild, guild.members[world.bot.id], world.now())),
            "features": [],
        }
        for guild in world.guilds.values()
        if world.bot.id in guild.members
    ]


def leave_guild(call: Call) -> Reply:
    """The bot leaves."""
    world = call.there.world
    world.remove_bot(world.guild(call.id("guild_id"), of=world.bot.id))
    return 204, None


def open_dm(call: Call) -> Reply:
    """A private conversation; that it is closed shows only at the first message."""
    world = call.there.world
    user = world.users.get(int(call.body.get("recipient_id") or 0))
    if user is None or user is world.bot:
        raise no(50033)
    return 200, world.dm_shape(world.dm(user))


def get_user(call: Call) -> Reply:
    """Any user."""
    user = call.there.world.users.get(call.id("user_id"))
    if user is None:
        raise no(10013)
    return 200, shapes.user(user)


def get_application(call: Call) -> Reply:
    """The application that asks."""
    return 200, application(call.there.world, call.there.application_flags)


def edit_application(call: Call) -> Reply:
    """Accepts changes and keeps none."""
    return 200, application(call.there.world, call.there.application_flags) | {
        key: call.body[key] for key in ("description",) if key in call.body
    }


def gateway(call: Call) -> Reply:
    """Where the gateway is."""
    return 200, {"url": call.there.gateway}


def gateway_bot(call: Call) -> Reply:
    """Where the gateway is, with how many shards, and how many starts are left today."""
    start_limit = {
        "total": 1000,
        "remaining": call.there.socket.starts_left,
        "reset_after": 86_400_000,
        "max_concurrency": 1,
    }
    return 200, {"url": call.there.gateway, "shards": call.there.shards, "session_start_limit": start_limit}


# -- guilds -----------------------------------------------------------------------------------------------------------


def _guild(call: Call) -> Guild:
    """Return the guild of the path; 50001 where the bot is not in it."""
    guild = call.there.world.guild(call.id("guild_id"))
    if call.there.world.bot.id not in guild.members:
        raise no(50001)
    return guild


def get_guild(call: Call) -> Reply:
    """A guild."""
    guild = _guild(call)
    shape = shapes.guild(guild)
    if call.query.get("with_counts", "false").lower() in {"true", "1"}:
        shape |= {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return 200, shape


def get_member(call: Call) -> Reply:
    """One member; asking for one needs no intent."""
    member = _guild(call).members.get(call.id("user_id"))
    if member is None:
        raise no(10007 if call.id("user_id") in call.there.world.users else 10013)
    return 200, shapes.member(member)


def get_roles(call: Call) -> Reply:
    """All roles."""
    return 200, [shapes.role(one) for one in _guild(call).roles.values()]


def get_channels(call: Call) -> Reply:
    """All channels, threads aside."""
    return 200, [shapes.channel(one) for one in call.there.world.channels_of(_guild(call), threads=False)]


def active_threads(call: Call) -> Reply:
    """The threads that are open and that the bot can see."""
    world = call.there.world
    threads = [
        one
        for one in world.channels_of(_guild(call), threads=True)
        if one.thread and not one.thread.archived and world.may(world.bot.id, one)
    ]
    members = [
        shapes.thread_member(one, world.bot.id) for one in threads if one.thread and world.bot.id in one.thread.members
    ]
    return 200, {"threads": [world.thread_for_bot(one) for one in threads], "members": members, "has_more": False}


# -- scheduled events -------------------------------------------------------------------------------------------------


def _event(call: Call) -> Event:
    event = call.there.world.events_of(_guild(call)).get(call.id("guild_scheduled_event_id"))
    if event is None:
        raise no(10070)
    return event


def _need_events(call: Call, event: Event | None) -> None:
    """Own events need "create events", those of others "manage events"."""
    world, guild = call.there.world, _guild(call)
    may = permissions.in_guild(guild, guild.members[world.bot.id], world.now())
    own = event is None or event.creator_id == world.bot.id
    if not may & permissions.MANAGE_EVENTS and not (own and may & permissions.CREATE_EVENTS):
        raise no(50013)


def _check_place(fields: Json) -> None:
    """Discord's rules for where an event outside is."""
    if fields.get("channel_id") is not None:
        raise bad_form("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_ID_NOT_NULL", "An event outside has no channel.")
    location = (fields.get("entity_metadata") or {}).get("location")
    if not location:
        raise bad_form("entity_metadata.location", "BASE_TYPE_REQUIRED", "This field is required")
    if units(location) > 100:
        raise too_long("entity_metadata.location", 100)


def _check_event(fields: Json, now: datetime) -> None:
    """Discord's rules for an event outside: a place, an end, and a start that is still to come."""
    if not 1 <= units(fields.get("name") or "") <= 100:
        raise bad_form("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    if units(fields.get("description") or "") > 1000:
        raise too_long("description", 1000)
    if fields.get("privacy_level") != 2:
        raise bad_form("privacy_level", "BASE_TYPE_CHOICES", "Value must be one of {2}.")
    if fields.get("entity_type") != 3:
        raise bad_form("entity_type", "BASE_TYPE_CHOICES", "Only events outside of channels are known here.")
    _check_place(fields)
    if not fields.get("scheduled_end_time"):
        raise bad_form("scheduled_end_time", "BASE_TYPE_REQUIRED", "This field is required")
    start = datetime.fromisoformat(fields["scheduled_start_time"])
    if fields.get("status", 1) == 1 and start <= now:
        raise bad_form(
            "scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past."
        )
    if datetime.fromisoformat(fields["scheduled_end_time"]) <= start:
        raise bad_form("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "The end is before the start.")


def _tell_event(call: Call, name: str, event: Event) -> Json:
    shape = shapes.event(event, call.there.world.users.get(event.creator_id))
    call.there.world.emit(name, shape, guild_id=event.guild_id, intents=GUILD_SCHEDULED_EVENTS)
    return shape


def list_events(call: Call) -> Reply:
    """All events that are to come or under way."""
    users = call.there.world.users
    events = call.there.world.events_of(_guild(call))
    return 200, [shapes.event(one, users.get(one.creator_id)) for one in events.values()]


def create_event(call: Call) -> Reply:
    """A new event."""
    world, guild = call.there.world, _guild(call)
    _need_events(call, None)
    _check_event(call.body, world.now())
    if len(world.events_of(guild)) >= 100:
        raise no(30038)
    event = Event(world.new_id(), guild.id, world.bot.id, {"status": 1} | call.body)
    guild.events[event.id] = event
    return 200, _tell_event(call, "GUILD_SCHEDULED_EVENT_CREATE", event)


def get_event(call: Call) -> Reply:
    """One event."""
    event = _event(call)
    return 200, shapes.event(event, call.there.world.users.get(event.creator_id))


def edit_event(call: Call) -> Reply:
    """An event changes; its status goes from planned to under way or called off, and from under way to over."""
    event = _event(call)
    _need_events(call, event)
    before, after = event.fields["status"], call.body.get("status", event.fields["status"])
    if (before, after) not in {(1, 1), (1, 2), (1, 4), (2, 2), (2, 3)}:
        raise ApiError(400, 180000, "Cannot update a finished event")
    if before == 2 and "scheduled_start_time" in call.body:
        raise bad_form("scheduled_start_time", "GUILD_SCHEDULED_EVENT_INVALID_START_BY_STATUS", "It is under way.")
    fields = event.fields | call.body
    _check_event(fields | ({"status": 2} if "scheduled_start_time" not in call.body else {}), call.there.world.now())
    event.fields = fields
    told = _tell_event(call, "GUILD_SCHEDULED_EVENT_UPDATE", event)
    call.there.world.events_of(_guild(call))
    return 200, told


def delete_event(call: Call) -> Reply:
    """An event is gone."""
    event = _event(call)
    _need_events(call, event)
    del call.there.world.guilds[event.guild_id].events[event.id]
    _tell_event(call, "GUILD_SCHEDULED_EVENT_DELETE", event)
    return 204, None


# -- commands and interactions ----------------------------------------------------------------------------------------


def _own_application(call: Call) -> None:
    if call.id("application_id") != call.there.world.application_id:
        raise ApiError(403, 20012, "You are not authorized to perform this action on this application")


def get_commands(call: Call) -> Reply:
    """All registered commands."""
    _own_application(call)
    localised = call.query.get("with_localizations", "false").lower() in {"true", "1"}
    hidden = () if localised else ("name_localizations", "description_localizations")
    return 200, [{key: one[key] for key in one if key not in hidden} for one in call.there.world.commands]


def put_commands(call: Call) -> Reply:
    """Other commands instead of those before."""
    _own_application(call)
    return 200, register(call.there.world, call.listed or [])


def interaction_callback(call: Call) -> Reply:
    """The first answer to an interaction, with JSON only where it is asked for, as Discord does."""
    reply = call.there.interactions.callback(call.id("interaction_id"), call.ids["interaction_token"], call.sent)
    call.there.stirred()
    return (200, reply) if call.query.get("with_response", "").lower() in {"true", "1"} else (204, None)


def follow_up(call: Call) -> Reply:
    """One more message."""
    one = call.there.interactions.open(call.id("webhook_id"), call.ids["webhook_token"])
    message = call.there.interactions.follow_up(one, call.sent)
    return 200, call.there.world.shape(message)


def get_answer(call: Call) -> Reply:
    """One of the messages that answered."""
    one = call.there.interactions.open(call.id("webhook_id"), call.ids["webhook_token"])
    message = call.there.interactions.answer(one, call.ids.get("message_id", "@original"))
    return 200, call.there.world.shape(message)


def edit_answer(call: Call) -> Reply:
    """One of the messages that answered becomes another."""
    one = call.there.interactions.open(call.id("webhook_id"), call.ids["webhook_token"])
    message = call.there.interactions.answer(one, call.ids.get("message_id", "@original"))
    call.there.interactions.edit(one, message, call.sent)
    return 200, call.there.world.shape(message)


def delete_answer(call: Call) -> Reply:
    """One of the messages that answered is gone."""
    one = call.there.interactions.open(call.id("webhook_id"), call.ids["webhook_token"])
    call.there.interactions.delete(one, call.there.interactions.answer(one, call.ids.get("message_id", "@original")))
    return 204, None


_EVENT = "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES: dict[str, Route] = {
    "GET /users/@me": me,
    "GET /users/@me/guilds": my_guilds,
    "DELETE /users/@me/guilds/{guild_id}": leave_guild,
    "POST /users/@me/channels": open_dm,
    "GET /users/{user_id}": get_user,
    "GET /oauth2/applications/@me": get_application,
    "GET /applications/@me": get_application,
    "PATCH /applications/@me": edit_application,
    "GET /gateway": gateway,
    "GET /gateway/bot": gateway_bot,
    "GET /guilds/{guild_id}": get_guild,
    "GET /guilds/{guild_id}/members/{user_id}": get_member,
    "GET /guilds/{guild_id}/roles": get_roles,
    "GET /guilds/{guild_id}/channels": get_channels,
    "GET /guilds/{guild_id}/threads/active": active_threads,
    "GET /guilds/{guild_id}/scheduled-events": list_events,
    "POST /guilds/{guild_id}/scheduled-events": create_event,
    f"GET {_EVENT}": get_event,
    f"PATCH {_EVENT}": edit_event,
    f"DELETE {_EVENT}": delete_event,
    "GET /applications/{application_id}/commands": get_commands,
    "PUT /applications/{application_id}/commands": put_commands,
    "POST /interactions/{interaction_id}/{interaction_token}/callback": interaction_callback,
    f"POST {_WEBHOOK}": follow_up,
    f"GET {_WEBHOOK}/messages/@original": get_answer,
    f"PATCH {_WEBHOOK}/messages/@original": edit_answer,
    f"DELETE {_WEBHOOK}/messages/@original": delete_answer,
    f"GET {_WEBHOOK}/messages/{{message_id}}": get_answer,
    f"PATCH {_WEBHOOK}/messages/{{message_id}}": edit_answer,
    f"DELETE {_WEBHOOK}/messages/{{message_id}}": delete_answer,
}
