"""Slash commands: what Discord checks when they are registered, and how they are kept.

https://discord.com/developers/docs/interactions/application-commands
"""

import re

from .errors import Json, bad_form, units
from .world import World

NAME = re.compile(r"[-_'\w]{1,32}")
SUB, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)


def register(world: World, commands: list[Json]) -> list[Json]:
    """Replace all global commands, or refuse them all with 50035. An id stays with its name."""
    check_all(commands)
    ids = {(one["type"], one["name"]): one["id"] for one in world.commands}
    kept = []
    for one in commands:
        kind = one.get("type") or 1
        known = ids.get((kind, one["name"]))
        shape: Json = {
            "id": known or str(world.new_id()),
            "application_id": str(world.application_id),
            "version": str(world.new_id()),
            "default_member_permissions": None,
            "description": "",
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
        }
        given = {key: value for key, value in one.items() if value is not None}
        shape |= given | {"type": kind}
        if shape["default_member_permissions"] is not None:
            shape["default_member_permissions"] = str(shape["default_member_permissions"])
        kept.append({key: value for key, value in shape.items() if key != "contexts" or value is not None})
    world.commands = kept
    return kept


def check_all(commands: list[Json]) -> None:
    """Refuse with 50035 more than 100 commands, two of one name, or one that is not well made."""
    chat = [one for one in commands if (one.get("type") or 1) == 1]
    if len(chat) > 100:
        raise bad_form("commands", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
    _unique("commands", [f"{one.get('type') or 1} {one['name']}" for one in commands])
    for place, one in enumerate(commands):
        if (one.get("type") or 1) == 1:
            _check_named(f"{place}", one)
            _check_options(f"{place}.options", one.get("options") or [], depth=0)
            if _size(one) > 8000:
                raise bad_form(f"{place}", "APPLICATION_COMMAND_TOO_LARGE", "At most 8000 characters in all.")


def _unique(path: str, names: list[str]) -> None:
    if len(names) != len(set(names)):
        raise bad_form(path, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must be unique.")


def _check_named(path: str, one: Json) -> None:
    """Names are lower case and at most 32 long, descriptions 1 to 100, in every language."""
    for name in (one["name"], *(one.get("name_localizations") or {}).values()):
        if not NAME.fullmatch(name) or name != name.lower():
            raise bad_form(f"{path}.name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid.")
    for words in (one.get("description") or "", *(one.get("description_localizations") or {}).values()):
        if not 1 <= units(words) <= 100:
            raise bad_form(f"{path}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")


def _check_options(path: str, options: list[Json], *, depth: int) -> None:
    if len(options) > 25:
        raise bad_form(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    _unique(path, [one["name"] for one in options])
    kinds = {one["type"] in {SUB, GROUP} for one in options}
    if len(kinds) > 1:
        raise bad_form(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands and options do not mix.")
    needed = [bool(one.get("required")) for one in options]
    if needed != sorted(needed, reverse=True):
        raise bad_form(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options come first.")
    for place, one in enumerate(options):
        here = f"{path}.{place}"
        _check_named(here, one)
        _check_choices(here, one)
        if one["type"] in {SUB, GROUP}:
            if depth > 1 or (one["type"] == GROUP and depth > 0):
                raise bad_form(here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deeply.")
            _check_options(f"{here}.options", one.get("options") or [], depth=depth + 1)


def _check_choices(path: str, one: Json) -> None:
    choices = one.get("choices") or []
    if len(choices) > 25:
        raise bad_form(f"{path}.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    if choices and one.get("autocomplete"):
        raise bad_form(f"{path}.autocomplete", "BASE_TYPE_BAD", "Not together with choices.")
    for choice in choices:
        if not 1 <= units(choice["name"]) <= 100:
            raise bad_form(f"{path}.choices", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        if isinstance(choice["value"], str) and not 1 <= units(choice["value"]) <= 100:
            raise bad_form(f"{path}.choices", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")


def _size(one: Json) -> int:
    """Return the length that a command counts: names, descriptions and choices, its longest language each."""
    own = max(map(units, (one["name"], *(one.get("name_localizations") or {}).values())))
    own += max(map(units, (one.get("description") or "", *(one.get("description_localizations") or {}).values())))
    own += sum(units(choice["name"]) + units(str(choice["value"])) for choice in one.get("choices") or [])
    return own + sum(_size(option) for option in one.get("options") or [])
