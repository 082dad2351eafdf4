"""What a person's app does before it sends anything: it offers only what is registered, and checks what is typed.

https://discord.com/developers/docs/interactions/application-commands
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import permissions, shapes
from .commands import ATTACHMENT, BOOLEAN, CHANNEL, GROUP, INTEGER, MENTIONABLE, NUMBER, ROLE, STRING, SUB, USER
from .components import LABEL, MENTIONABLE_SELECT, ROLE_SELECT, STRING_SELECT, TEXT_INPUT, USER_SELECT
from .errors import Json, units
from .state import Channel, walk
from .world import World

if TYPE_CHECKING:
    from .state import Guild, User


class ClientRefused(Exception):  # noqa: N818 -- it is the app that refuses, nothing is broken
    """The app does not let a person do this."""


def find(
    world: World, words: str, user: "User", channel: Channel, guild: "Guild | None"
) -> tuple[Json, list[Json], list[str]]:
    """Return a command, the options it takes, and the way there through its groups.

    Raises:
        ClientRefused: It is not registered, not for this place, or not for this person.
    """
    name, *way = words.removeprefix("/").split()
    command = next((one for one in world.commands if one["name"] == name and one["type"] == 1), None)
    if command is None:
        raise ClientRefused(f"no command /{name} is registered")
    contexts = command.get("contexts")
    here = 0 if guild else 1
    if (contexts is not None and here not in contexts) or (guild is None and not command["dm_permission"]):
        raise ClientRefused(f"/{name} is not for this place")
    needed = command["default_member_permissions"]
    if needed is not None and guild is not None:
        may = world.may(user.id, channel)
        if may != permissions.ALL and (may & int(needed) != int(needed) or not int(needed)):
            raise ClientRefused(f"/{name} is not shown to this person")
    options = command.get("options") or []
    for part in way:
        inner = next((one for one in options if one["name"] == part and one["type"] in {SUB, GROUP}), None)
        if inner is None:
            raise ClientRefused(f"/{words} is not registered")
        options = inner.get("options") or []
    if any(one["type"] in {SUB, GROUP} for one in options):
        raise ClientRefused(f"/{words} is not a whole command")
    return command, options, way


def command_data(
    world: World,
    command: Json,
    way: Sequence[str],
    options: Sequence[Json],
    given: Mapping[str, Any],
    guild: "Guild | None",
) -> Json:
    """Return the data of a command's interaction, everything typed being in order.

    Raises:
        ClientRefused: Something is unknown, missing, or not within its bounds.
    """
    unknown = set(given) - {one["name"] for one in options}
    if unknown:
        raise ClientRefused(f"no option {sorted(unknown)}")
    missing = [one["name"] for one in options if one.get("required") and one["name"] not in given]
    if missing:
        raise ClientRefused(f"required: {missing}")
    resolved = Resolved(world, guild)
    filled = [filled_option(one, given[one["name"]], resolved) for one in options if one["name"] in given]
    return nested(command, way, filled) | resolved.shape


def nested(command: Json, way: Sequence[str], filled: list[Json]) -> Json:
    """Return a command's name and options, inside its groups."""
    for depth, name in reversed(list(enumerate(way))):
        kind = GROUP if len(way) == 2 and depth == 0 else SUB
        filled = [{"type": kind, "name": name, "options": filled}]
    return {"id": command["id"], "name": command["name"], "type": 1, "options": filled}


class Resolved:
    """What ids stand for, sent along with them."""

    def __init__(self, world: World, guild: "Guild | None") -> None:
        self._world = world
        self._guild = guild
        self._found: dict[str, Json] = {}

    @property
    def shape(self) -> Json:
        """The part of the data, where there is any."""
        return {"resolved": self._found} if self._found else {}

    def user(self, user_id: int) -> bool:
        """Add a user, with the membership here; return whether there is one."""
        user = self._world.users.get(user_id)
        if user is None:
            return False
        self._found.setdefault("users", {})[str(user_id)] = shapes.user(user)
        if self._guild and user_id in self._guild.members:
            member = shapes.member(self._guild.members[user_id], with_user=False) | {"permissions": "0"}
            self._found.setdefault("members", {})[str(user_id)] = member
        return True

    def role(self, role_id: int) -> bool:
        """Add a role; return whether there is one."""
        role = self._guild.roles.get(role_id) if self._guild else None
        if role is not None:
            self._found.setdefault("roles", {})[str(role_id)] = shapes.role(role)
        return role is not None

    def channel(self, channel_id: int) -> bool:
        """Add a channel; return whether there is one."""
        channel = self._world.channels.get(channel_id)
        if channel is None:
            return False
        shape = shapes.channel(channel)
        kept = {key: shape[key] for key in ("id", "name", "type", "parent_id", "thread_metadata") if key in shape}
        self._found.setdefault("channels", {})[str(channel_id)] = kept | {"permissions": "0"}
        return True

    def either(self, any_id: int) -> bool:
        """Add a user or a role; return whether there is one."""
        return self.user(any_id) or self.role(any_id)


def filled_option(option: Json, value: Any, resolved: Resolved) -> Json:
    """Return an option with what was typed, or refuse that."""
    kind = option["type"]
    if kind in {USER, ROLE, CHANNEL, MENTIONABLE}:
        number = int(getattr(value, "id", value))
        add = {USER: resolved.user, ROLE: resolved.role, CHANNEL: resolved.channel, MENTIONABLE: resolved.either}[kind]
        if not add(number):
            raise ClientRefused(f"{option['name']}: nobody and nothing has this id")
        return {"name": option["name"], "type": kind, "value": str(number)}
    if kind == ATTACHMENT:
        raise ClientRefused("files cannot be given here")
    value = _chosen(option, value)
    fits = {STRING: (str,), BOOLEAN: (bool,), INTEGER: (int,), NUMBER: (int, float)}
    if type(value) not in fits[kind]:
        raise ClientRefused(f"{option['name']}: not of this kind")
    size, low, high = value, "min_value", "max_value"
    if kind == STRING:
        size, low, high = units(value), "min_length", "max_length"
        if not 1 <= size <= 6000:
            raise ClientRefused(f"{option['name']}: a text has 1 to 6000 characters")
    if option.get(low) is not None and size < option[low]:
        raise ClientRefused(f"{option['name']}: below {option[low]}")
    if option.get(high) is not None and size > option[high]:
        raise ClientRefused(f"{option['name']}: above {option[high]}")
    return {"name": option["name"], "type": kind, "value": value}


def _chosen(option: Json, value: Any) -> Any:
    """Return the value of a choice, given by value or name; anything, where there are no choices."""
    choices = option.get("choices")
    if not choices:
        return value
    for one in choices:
        if value in (one["value"], one["name"]):
            return one["value"]
    raise ClientRefused(f"{option['name']}: not one of the choices")


# -- forms ------------------------------------------------------------------------------------------------------------


def form_data(modal: Json, given: Mapping[str, Any], resolved: Resolved) -> Json:
    """Return the data of a form that was filled in, by the labels or ids of its fields.

    Raises:
        ClientRefused: A field is unknown, missing, or not within its bounds.
    """
    left = dict(given)
    parts: list[Json] = []
    for number, part in enumerate(modal["components"], start=1):
        about: Json = {"type": part["type"], "id": part.get("id") or number}
        fields = [one for one in walk([part]) if "custom_id" in one]
        if not fields:
            parts.append(about)
            continue
        field = fields[0]
        names = (field["custom_id"], part.get("label"), field.get("label"))
        name = next((one for one in names if one in left), None)
        filled = _filled_field(field, left.pop(name) if name is not None else None, resolved)
        parts.append(about | ({"component": filled} if part["type"] == LABEL else {"components": [filled]}))
    if left:
        raise ClientRefused(f"no field {sorted(left)}")
    return {"custom_id": modal["custom_id"], "components": parts} | resolved.shape


def _filled_field(field: Json, value: Any, resolved: Resolved) -> Json:
    shape: Json = {"type": field["type"], "custom_id": field["custom_id"], "id": field.get("id") or 100}
    required = field.get("required", True)
    if field["type"] == TEXT_INPUT:
        words = str(value) if value is not None else field.get("value") or ""
        size = units(words)
        if (required and not size) or (size and size < (field.get("min_length") or 0)):
            raise ClientRefused(f"{field['custom_id']}: too short")
        if size > (field.get("max_length") or 4000):
            raise ClientRefused(f"{field['custom_id']}: too long")
        return shape | {"value": words}
    if field["type"] == 23:
        return shape | {"value": bool(value)}
    values = picked(field, value, resolved, required=required)
    if field["type"] == 21:
        return shape | {"value": values[0] if values else None}
    return shape | {"values": values}


def picked(field: Json, value: Any, resolved: Resolved, *, required: bool = True) -> list[str]:
    """Return the values picked in a select, or refuse them."""
    given = [] if value is None else list(value) if isinstance(value, list | tuple) else [value]
    if value is None and field["type"] in {STRING_SELECT, 21, 22}:
        given = [one["value"] for one in field.get("options") or [] if one.get("default")]
    values = [str(getattr(one, "id", one)) for one in given]
    low = field.get("min_values", 1) if required or values else 0
    if not low <= len(values) <= field.get("max_values", 1):
        raise ClientRefused(f"{field['custom_id']}: {len(values)} picked")
    options = field.get("options")
    if options is not None:
        by_label = {one["label"]: one["value"] for one in options}
        known = set(by_label.values())
        values = [one if one in known else by_label.get(one, one) for one in values]
        if not set(values) <= known:
            raise ClientRefused(f"{field['custom_id']}: not one of the options")
        return values
    add = {USER_SELECT: resolved.user, ROLE_SELECT: resolved.role, MENTIONABLE_SELECT: resolved.either}
    for one in values:
        if not add.get(field["type"], resolved.channel)(int(one)):
            raise ClientRefused(f"{field['custom_id']}: nobody and nothing has this id")
    return values
