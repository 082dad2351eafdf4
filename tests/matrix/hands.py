"""Somebody's device, made of the same mathematics as a client's, without a homeserver between."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import vodozemac

from adapters.matrix.crypto import Ears
from adapters.matrix.shapes import Cipher

NOW: Final = datetime(2027, 3, 4, 18, tzinfo=UTC)
ROOM: Final = "!room:localhost"
BIRCH: Final = "@birch:localhost"


class Hands:
    """Somebody's end of an Olm session with the bot, and their keys of rooms."""

    def __init__(self, ears: Ears, user: str = BIRCH) -> None:
        self.ears, self.user = ears, user
        self.account = vodozemac.Account()
        machine = ears.machine
        machine.account.generate_one_time_keys(1)
        one_time = next(iter(machine.account.one_time_keys["curve25519"].values()))
        machine.mark_keys_as_published()
        self.olm = self.account.create_outbound_session(
            vodozemac.Curve25519PublicKey.from_base64(machine.account.identity_keys["curve25519"]),
            vodozemac.Curve25519PublicKey.from_base64(one_time),
        )

    @property
    def key(self) -> str:
        return self.account.curve25519_key.to_base64()

    def sealed(self, kind: str, content: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        """Return a message to the bot's device."""
        mine = self.ears.machine.account.identity_keys
        payload = {
            "type": kind,
            "content": content,
            "sender": self.user,
            "recipient": self.ears.machine.user_id,
            "recipient_keys": {"ed25519": mine["ed25519"]},
            "keys": {"ed25519": self.account.ed25519_key.to_base64()},
            **more,
        }
        number, ciphertext = self.olm.encrypt(json.dumps(payload).encode()).to_parts()
        body = base64.b64encode(ciphertext).decode().rstrip("=")
        return {
            "type": "m.room.encrypted",
            "sender": self.user,
            "content": {
                "algorithm": "m.olm.v1.curve25519-aes-sha2",
                "sender_key": self.key,
                "ciphertext": {mine["curve25519"]: {"type": number, "body": body}},
            },
        }

    def gives(self, session: vodozemac.GroupSession, room: str = ROOM) -> None:
        """Give the bot a room's key."""
        self.ears.to_device(self.key_of(session, room))

    def key_of(self, session: vodozemac.GroupSession, room: str = ROOM) -> dict[str, Any]:
        """Return the message to the bot's device that brings a room's key."""
        content = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "room_id": room,
            "session_id": session.session_id,
            "session_key": session.session_key.to_base64(),
        }
        return self.sealed("m.room_key", content)

    def says(self, session: vodozemac.GroupSession, words: str, sender: str = "", name: str = "") -> Cipher:
        """Return a message encrypted with a room's key."""
        number = session.message_index
        return Cipher(
            name or f"${session.session_id}-{number}",
            sender or self.user,
            NOW,
            self.key,
            session.session_id,
            session.encrypt(words.encode()).to_base64(),
        )
