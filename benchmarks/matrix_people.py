"""People on Matrix as arithmetic: a device each, and an encrypted room with the bot.

They speak the cryptography itself, on the same library as the bot, so that nothing of a client stands between. Who they
are is known to one `benchmarks.matrix_loopback.Homeserver`.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

import vodozemac

BOT: Final = "@porchlight:localhost"
DEVICE: Final = "BENCH"
MEGOLM: Final = "m.megolm.v1.aes-sha2"
OLM: Final = "m.olm.v1.curve25519-aes-sha2"


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return what is signed of an object."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def _padded(words: str) -> bytes:
    return base64.b64decode(words + "=" * (-len(words) % 4))


class Somebody:
    """A person with a device, in a direct room with the bot.

    Attributes:
        user: Their id.
        device: Their device.
        room: The direct room.
    """

    def __init__(self, number: int) -> None:
        """Make their keys."""
        self.user: Final = f"@birch{number}:localhost"
        self.device: Final = f"BIRCH{number}"
        self.room: Final = f"!direct{number}:localhost"
        self._account: Final = vodozemac.Account()
        self._session: Final = vodozemac.GroupSession()
        self._olm: dict[str, vodozemac.Session] = {}
        self._rooms: dict[str, vodozemac.InboundGroupSession] = {}

    @property
    def _key(self) -> str:
        return self._account.curve25519_key.to_base64()

    def _signed(self, value: dict[str, Any]) -> dict[str, Any]:
        signature = self._account.sign(canonical(value)).to_base64()
        return {**value, "signatures": {self.user: {f"ed25519:{self.device}": signature}}}

    def keys(self) -> dict[str, Any]:
        """Return the device, as a homeserver tells of it."""
        return self._signed(
            {
                "user_id": self.user,
                "device_id": self.device,
                "algorithms": [OLM, MEGOLM],
                "keys": {
                    f"curve25519:{self.device}": self._key,
                    f"ed25519:{self.device}": self._account.ed25519_key.to_base64(),
                },
            }
        )

    def one_time_key(self) -> dict[str, Any]:
        """Return a key by which a device can begin to write to this one."""
        self._account.generate_one_time_keys(1)
        ((name, key),) = self._account.one_time_keys.items()
        self._account.mark_keys_as_published()
        return {f"signed_curve25519:{name}": self._signed({"key": key.to_base64()})}

    def gives(self, bot: Mapping[str, Any], one_time: str) -> dict[str, Any]:
        """Return the message that brings the bot's device the room's key, by one of its one-time keys."""
        theirs = bot["keys"][f"curve25519:{bot['device_id']}"]
        olm = self._account.create_outbound_session(
            vodozemac.Curve25519PublicKey.from_base64(theirs), vodozemac.Curve25519PublicKey.from_base64(one_time)
        )
        self._olm[theirs] = olm
        payload = {
            "type": "m.room_key",
            "content": {
                "algorithm": MEGOLM,
                "room_id": self.room,
                "session_id": self._session.session_id,
                "session_key": self._session.session_key.to_base64(),
            },
            "sender": self.user,
            "sender_device": self.device,
            "keys": {"ed25519": self._account.ed25519_key.to_base64()},
            "recipient": bot["user_id"],
            "recipient_keys": {"ed25519": bot["keys"][f"ed25519:{bot['device_id']}"]},
        }
        kind, raw = olm.encrypt(canonical(payload)).to_parts()
        sealed = {
            "algorithm": OLM,
            "sender_key": self._key,
            "ciphertext": {theirs: {"type": kind, "body": _unpadded(raw)}},
        }
        return {"type": "m.room.encrypted", "sender": self.user, "content": sealed}

    def gets(self, content: Mapping[str, Any]) -> None:
        """Take a message of a device: the key of what the bot writes."""
        theirs, sealed = content["sender_key"], content["ciphertext"][self._key]
        message = vodozemac.AnyOlmMessage.from_parts(sealed["type"], _padded(sealed["body"]))
        first = message.to_pre_key()
        known = self._olm.get(theirs)
        if known is not None and (first is None or known.session_matches(first)):
            words = known.decrypt(message)
        elif first is not None:
            key = vodozemac.Curve25519PublicKey.from_base64(theirs)
            self._olm[theirs], words = self._account.create_inbound_session(key, first)
        else:
            raise AssertionError("from nobody known")
        given = json.loads(words)["content"]
        session = vodozemac.InboundGroupSession(vodozemac.SessionKey(given["session_key"]))
        self._rooms[given["session_id"]] = session

    def says(self, words: str) -> dict[str, Any]:
        """Return the content of a message to the bot."""
        plain = {
            "type": "m.room.message",
            "content": {"msgtype": "m.text", "body": words},
            "room_id": self.room,
        }
        return {
            "algorithm": MEGOLM,
            "sender_key": self._key,
            "device_id": self.device,
            "session_id": self._session.session_id,
            "ciphertext": self._session.encrypt(canonical(plain)).to_base64(),
        }

    def reads(self, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the content of a message of the bot's."""
        message = vodozemac.MegolmMessage.from_base64(content["ciphertext"])
        plain = json.loads(self._rooms[content["session_id"]].decrypt(message).plaintext)
        found: Mapping[str, Any] = plain["content"]
        return found
