"""What this adapter itself keeps, as it is said to people: of each part of its state what it is, and how long it stays.

A part of `adapters.matrix.session.State` is named in `SAID`, or is about nobody and stands in `ABOUT_NOBODY`; a test
holds both against the state as it is. Lifetimes are the constants by which things are deleted.
"""

from collections.abc import Mapping
from typing import Final

from adapters.matrix import crypto, dialog, names, shown
from adapters.matrix.engine import Engine
from bot.contract.text import Text, text

SAID: Final[Mapping[str, Text]] = {
    "direct": text("keeps-matrix-direct"),
    "pending": text("keeps-matrix-asked"),
    "waiting": text("keeps-matrix-asked"),
    "shown": text("keeps-matrix-shown", stays=shown.KEPT_FOR),
    "olm": text("keeps-matrix-olm", stays=crypto.OLM_LIFE),
    "owners": text("keeps-matrix-olm", stays=crypto.OLM_LIFE),
    "megolm": text("keeps-matrix-megolm", stays=crypto.LIFE),
    "early": text("keeps-matrix-early", stays=crypto.WAITS),
    "followed": text("keeps-matrix-followed"),
    "made": text("keeps-matrix-made"),
    "leaving": text("keeps-matrix-leaving"),
}
"""What is said of each part of the state; of some two at once."""

ABOUT_NOBODY: Final = frozenset({"user", "device", "token", "since", "signing", "account", "shared"})
"""Parts that are the bot's own: its log-in, its keys, and how far it has read."""

_MEMORY: Final = text("keeps-matrix-memory", answers=dialog.KEPT_FOR, names=names.KEPT)


def at_all(*, in_rooms: bool) -> tuple[Text, ...]:
    """Return what is kept at all, and how it listens.

    Args:
        in_rooms: Whether commands are read in rooms that are not encrypted.
    """
    return (
        text("keeps-matrix-ears-rooms" if in_rooms else "keeps-matrix-ears"),
        text("keeps-matrix-file"),
        *{line.id: line for line in SAID.values()}.values(),
        text("keeps-matrix-own"),
        _MEMORY,
    )


def about(engine: Engine, user: str) -> tuple[Text, ...]:
    """Return what is kept about somebody at this moment."""
    state = engine.state
    room = user in state.direct.values()
    asked = user in state.pending.values() or any(user == inviter for inviter, _ in state.waiting.values())
    lines = (
        (room, text("keeps-matrix-your-room")),
        (asked, text("keeps-matrix-your-invite")),
        # The answer to who asks for this has choices, and keys to be sent with: so these two come with the room.
        (room, text("keeps-matrix-your-numbers", stays=shown.KEPT_FOR)),
        (
            room or (engine.ears is not None and engine.ears.knows(user)),
            text("keeps-matrix-your-devices", stays=crypto.OLM_LIFE),
        ),
        (engine.ears is not None and engine.ears.early(user), text("keeps-matrix-your-early", stays=crypto.WAITS)),
        (room, text("keeps-matrix-your-keys", stays=crypto.LIFE)),
        (room, _MEMORY),
    )
    return tuple(line for there, line in lines if there)
