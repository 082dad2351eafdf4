"""Contract values as JSON, for rows that hold an effect or the facts of a job. Only our own types, by name."""

import base64
import dataclasses
import json
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.contract import card, effect, place, text

_TYPES: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        place.Member, place.Space, place.Room, place.Post, text.Said, text.Literal, text.Starter, text.Text,
        card.Choice, card.Document, card.Card, effect.Say, effect.Edit, effect.Delete, effect.MakeRoom, effect.Invite,
        effect.Remove, effect.Leave, effect.Pin, effect.SetState, effect.MakeEvent, effect.EditEvent, effect.EndEvent,
        effect.Then,
    )
}  # fmt: skip


def _plain(value: Any) -> Any:  # noqa: PLR0911 - one return a type
    """Return a value as JSON can hold it: everything that is not a string, number or null is a pair [type, data]."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, tuple):
        return ["tuple", [_plain(item) for item in value]]
    if isinstance(value, datetime | date | time):
        return [type(value).__name__, value.isoformat()]
    if isinstance(value, timedelta):
        return ["timedelta", [value.days, value.seconds, value.microseconds]]
    if isinstance(value, bytes):
        return ["bytes", base64.b64encode(value).decode()]
    if isinstance(value, dict):
        return ["dict", {key: _plain(item) for key, item in value.items()}]
    if type(value).__name__ in _TYPES:
        fields = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return [type(value).__name__, fields]
    raise TypeError(type(value).__name__)


def _value(plain: Any) -> Any:  # noqa: PLR0911 - one return a type
    if not isinstance(plain, list):
        return plain
    kind, data = plain
    match kind:
        case "tuple":
            return tuple(_value(item) for item in data)
        case "datetime":
            return datetime.fromisoformat(data)
        case "date":
            return date.fromisoformat(data)
        case "time":
            return time.fromisoformat(data)
        case "timedelta":
            return timedelta(*data)
        case "bytes":
            return base64.b64decode(data)
        case "dict":
            return {key: _value(item) for key, item in data.items()}
        case _:
            return _TYPES[kind](**{key: _value(item) for key, item in data.items()})


def dumps(value: Any) -> bytes:
    """Return a contract value as UTF-8 JSON.

    Raises:
        TypeError: It holds something that is not of the contract.
    """
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def loads(data: bytes) -> Any:
    """Return the contract value that `dumps` wrote."""
    return _value(json.loads(data))
