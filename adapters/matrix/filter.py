"""What a homeserver is asked to send, and what is kept where it sends more."""

import json
from collections.abc import Mapping
from typing import Any, Final

from adapters.matrix.pieces import Keep
from adapters.matrix.shapes import mapping

TYPES: Final = (
    "m.room.encrypted",
    "m.reaction",
    "m.room.redaction",
    "m.room.member",
    "m.room.encryption",
    "m.room.power_levels",
    "m.room.create",
    "m.room.tombstone",
    "m.room.name",
    "m.room.join_rules",
    "m.room.history_visibility",
    "m.room.canonical_alias",
    "m.room.pinned_events",
    "m.space.child",
    "m.space.parent",
)
"""All that a homeserver is asked to send. Words in clear (``m.room.message``) are not among them."""

STATE_TYPES: Final = ("m.room.encryption", "m.room.member", "m.room.tombstone")
"""State beside the timeline. Everything else is asked for when it matters."""

FIRST_STATE: Final = tuple(one for one in STATE_TYPES if one != "m.room.member")
"""The same of the first sync. Who is in a room is asked for when it matters, and nothing is remembered yet that could
be stale. A thousand rooms without their members are a megabyte, also where a homeserver knows no lazy members."""

TIMELINE: Final = 50
"""Events of one room that a sync brings; what is between is fetched."""

IN_ROOMS: Final = (*TYPES, "m.room.message")
"""The same, where commands are also read in rooms that are not encrypted."""


def sync_filter(*, first: bool, in_rooms: bool = False) -> str:
    """Return the filter of a sync, as JSON. The first brings no history: what was said before is nobody's command."""
    none: Mapping[str, Any] = {"types": []}
    types = IN_ROOMS if in_rooms else TYPES
    return json.dumps(
        {
            "presence": none,
            "account_data": none,
            "room": {
                "timeline": {"types": types, "limit": 1 if first else TIMELINE, "lazy_load_members": True},
                "state": {"types": FIRST_STATE if first else STATE_TYPES, "lazy_load_members": True},
                "ephemeral": none,
                "account_data": none,
            },
        },
        separators=(",", ":"),
    )


def kept(*, first: bool) -> Keep:
    """Return what is kept of a long sync, whatever its homeserver makes of the filter.

    Of the state beside a timeline what was asked for, and of members the first: that somebody came or went is all
    that is noted. Nothing but the name of a room that the bot is not in any more. Nothing of what was said before the
    first sync.
    """
    types = FIRST_STATE if first else STATE_TYPES
    moved: set[str] = set()

    def keep(names: tuple[str, ...], piece: Any) -> bool:
        match names:
            case ("rooms", "join", room, "state", "events"):
                kind = mapping(piece).get("type")
                again = kind == "m.room.member" and room in moved
                if kind == "m.room.member":
                    moved.add(room)
                return kind in types and not again
            case ("rooms", "join", _, "timeline", "events"):
                return not first
            case ("rooms", "join", *_) | ("rooms", "leave" | "knock", *_) | ("presence" | "account_data", *_):
                return False
            case _:
                return True

    return keep
