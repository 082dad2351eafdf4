"""What Discord checks of components (rows, buttons, texts, containers, forms) beyond its OpenAPI file.

https://discord.com/developers/docs/components/reference
"""

from .errors import Json, bad_form, too_long, units
from .state import Attachment, walk

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = range(1, 9)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
NEW = frozenset({SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER})
"""What only a message with the components flag may hold."""
LINK, PREMIUM = 5, 6


def check_message(components: list[Json], *, new: bool) -> None:
    """Refuse with 50035 what a message may not hold. ``new``: whether the message has the components flag."""
    everything = walk(components)
    kinds = {part.get("type") for part in everything}
    if not new and kinds & NEW:
        raise bad_form("components.0", "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1,).")
    if kinds & {TEXT_INPUT, LABEL}:
        raise bad_form("components.0", "UNION_TYPE_CHOICES", "This component is for modals.")
    if not new and len(components) > 5:
        raise bad_form("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    if len(everything) > 40:
        raise bad_form("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "At most 40 components in total.")
    if sum(units(part["content"]) for part in everything if part["type"] == TEXT) > 4000:
        raise bad_form("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "At most 4000 characters in total.")
    _check_parts(everything)


def check_modal(data: Json) -> None:
    """Refuse with 50035 a form with a long title or id, or with more than five parts."""
    if not 1 <= units(data.get("title") or "") <= 45:
        raise bad_form("data.title", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
    if not 1 <= units(data.get("custom_id") or "") <= 100:
        raise bad_form("data.custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    parts = data.get("components") or []
    if not 1 <= len(parts) <= 5:
        raise bad_form("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    everything = walk(parts)
    for part in everything:
        if part["type"] == LABEL and not 1 <= units(part.get("label") or "") <= 45:
            raise bad_form("data.components.label", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length.")
        if part["type"] == LABEL and units(part.get("description") or "") > 100:
            raise too_long("data.components.description", 100)
        if part["type"] == BUTTON:
            raise bad_form("data.components", "UNION_TYPE_CHOICES", "No buttons in modals.")
    _check_parts(everything)


def _check_parts(everything: list[Json]) -> None:
    """Check each part by its kind, then that ids are used once."""
    for part in everything:
        if part["type"] == ROW:
            _check_row(part)
        elif part["type"] == BUTTON:
            _check_button(part)
        elif part["type"] in SELECTS:
            _check_select(part)
        elif part["type"] == TEXT_INPUT:
            _check_text_input(part)
    for key, code in (("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"), ("id", "COMPONENT_ID_DUPLICATED")):
        used = [part[key] for part in everything if part.get(key)]
        if len(used) != len(set(used)):
            raise bad_form("components", code, f"Each {key} is used once.")


def _check_row(row: Json) -> None:
    inside = row.get("components") or []
    kinds = {part["type"] for part in inside}
    if not 1 <= len(inside) <= 5 or (kinds - {BUTTON} and len(inside) > 1):
        raise bad_form(
            "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A row is five buttons or one select."
        )


def _check_custom_id(part: Json) -> None:
    if not 1 <= units(part.get("custom_id") or "") <= 100:
        raise bad_form("components.custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")


def _check_button(button: Json) -> None:
    if units(button.get("label") or "") > 80:
        raise too_long("components.label", 80)
    if button.get("style") == LINK:
        if not button.get("url") or button.get("custom_id"):
            raise bad_form("components.url", "BASE_TYPE_REQUIRED", "A link button has a url and no custom_id.")
    elif button.get("style") != PREMIUM:
        _check_custom_id(button)
        if not button.get("label") and not button.get("emoji"):
            raise bad_form("components.label", "BASE_TYPE_REQUIRED", "A button has a label or an emoji.")


def _check_select(select: Json) -> None:
    _check_custom_id(select)
    if units(select.get("placeholder") or "") > 150:
        raise too_long("components.placeholder", 150)
    low, high = select.get("min_values", 1), select.get("max_values", 1)
    options = select.get("options") or []
    if not 0 <= low <= high <= 25:
        raise bad_form("components.max_values", "NUMBER_TYPE_MAX", "At most 25, and not below min_values.")
    if select["type"] != STRING_SELECT:
        return
    if not 1 <= len(options) <= 25 or high > len(options):
        raise bad_form("components.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    values = [option["value"] for option in options]
    if len(values) != len(set(values)):
        raise bad_form("components.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Each value is used once.")
    for option in options:
        for key in ("label", "value", "description"):
            if units(option.get(key) or "") > 100:
                raise too_long(f"components.options.{key}", 100)


def _check_text_input(part: Json) -> None:
    _check_custom_id(part)
    if units(part.get("placeholder") or "") > 100:
        raise too_long("components.placeholder", 100)
    low, high = part.get("min_length") or 0, part.get("max_length") or 4000
    if not 0 <= low <= high <= 4000:
        raise bad_form("components.max_length", "NUMBER_TYPE_MAX", "At most 4000, and not below min_length.")
    if part.get("value") and not low <= units(part["value"]) <= high:
        raise bad_form("components.value", "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")


def kept(components: list[Json], files: list[Attachment], urls: dict[str, str]) -> list[Json]:
    """Return components as Discord keeps them: each with an id and its defaults, files by their address.

    Raises:
        ApiError: A file component names a file that was not sent.
    """
    taken = {part["id"] for part in walk(components) if part.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)

    def one(part: Json) -> Json:
        shape = {key: value for key, value in part.items() if value is not None}
        shape["id"] = part.get("id") or next(free)
        shape |= _DEFAULTS.get(part["type"], {}) | {key: shape[key] for key in shape}
        for key in ("components",):
            if key in part:
                shape[key] = [one(inner) for inner in part[key]]
        if isinstance(part.get("accessory"), dict):
            shape["accessory"] = one(part["accessory"])
        if part["type"] == FILE:
            shape |= _file(part, files, urls)
        return shape

    return [one(part) for part in components]


_DEFAULTS: dict[int, Json] = {
    STRING_SELECT: {"min_values": 1, "max_values": 1},
    USER_SELECT: {"min_values": 1, "max_values": 1},
    ROLE_SELECT: {"min_values": 1, "max_values": 1},
    MENTIONABLE_SELECT: {"min_values": 1, "max_values": 1},
    CHANNEL_SELECT: {"min_values": 1, "max_values": 1},
    SEPARATOR: {"spacing": 1, "divider": True},
    CONTAINER: {"accent_color": None, "spoiler": False},
    FILE: {"spoiler": False},
}


def _file(part: Json, files: list[Attachment], urls: dict[str, str]) -> Json:
    url = part["file"]["url"]
    name = url.removeprefix("attachment://")
    sent = next((one for one in files if one.filename == name), None)
    if "id" in part["file"] and not url.startswith("attachment://"):
        return {}
    if sent is None:
        raise bad_form("components.file", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "No such attachment.")
    address = urls[name]
    media = {"id": str(sent.id), "url": address, "proxy_url": address, "attachment_id": str(sent.id)}
    return {"file": media | {"content_type": sent.content_type}, "name": name, "size": len(sent.data)}
