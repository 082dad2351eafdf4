"""Cross-signing: the bot's device is signed by the bot's own identity, so that strict clients send it keys.

Clients that share keys with signed devices alone would otherwise leave the bot deaf, and others show a red shield.
Matrix specification, client-server API, "Cross-signing".
"""

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.matrix.server import Declined, Server, path
from adapters.matrix.session import Account, State
from adapters.matrix.shapes import mapping
from bot.logs import log

USES: Final = ("master", "self_signing", "user_signing")


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of an object, less what is not signed (specification, appendix "Signing JSON")."""
    signed = {key: one for key, one in value.items() if key not in {"signatures", "unsigned"}}
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


class Identity:
    """The three cross-signing keys of the bot."""

    def __init__(self, user: str, private: Mapping[str, str]) -> None:
        """Take the private keys of `State.signing`; where there are none, make new ones."""
        self._user: Final = user
        self._keys: Final = {
            use: Ed25519PrivateKey.from_private_bytes(base64.b64decode(private[use]))
            if use in private
            else Ed25519PrivateKey.generate()
            for use in USES
        }

    @property
    def private(self) -> dict[str, str]:
        """The private keys, to be kept sealed."""
        return {use: base64.b64encode(key.private_bytes_raw()).decode() for use, key in self._keys.items()}

    def public(self, use: str) -> str:
        """Return a public key."""
        return _base64(self._keys[use].public_key().public_bytes_raw())

    def signed(self, value: Mapping[str, Any], use: str) -> dict[str, Any]:
        """Return an object with our signature, and only ours."""
        signature = _base64(self._keys[use].sign(canonical(value)))
        return {**value, "signatures": {self._user: {f"ed25519:{self.public(use)}": signature}}}

    def keys(self) -> dict[str, Any]:
        """Return the public keys as they are uploaded: the second and third signed by the first."""
        made: dict[str, Any] = {}
        for use in USES:
            public = self.public(use)
            key = {"user_id": self._user, "usage": [use], "keys": {f"ed25519:{public}": public}}
            made[f"{use}_key"] = key if use == "master" else self.signed(key, "master")
        return made


async def cross_sign(server: Server, account: Account, state: State, save: Callable[[], Awaitable[None]]) -> None:
    """Make sure that the bot's device is signed.

    New private keys are saved before their public halves are uploaded: an identity that was uploaded and then lost
    could only be replaced, and who had verified it would be warned.

    Raises:
        Trouble: The homeserver could not be asked. It is tried again at the next start.
        StartError: The token is no longer known.
        OSError: The keys could not be saved; none were uploaded.
    """
    answer = await server.ask("POST", path("keys", "query"), {"device_keys": {state.user: []}})
    master = mapping(mapping(answer.get("master_keys")).get(state.user)).get("keys")
    device = mapping(mapping(mapping(answer.get("device_keys")).get(state.user)).get(state.device))
    identity = Identity(state.user, state.signing)
    ours = f"ed25519:{identity.public('master')}" in mapping(master)
    if state.signing != identity.private:
        state.signing = identity.private
        await save()
    if not ours and not await _upload(server, account, state, identity):
        log.event("matrix_not_cross_signed")
        return
    by = mapping(mapping(device.get("signatures")).get(state.user))
    if device and (not ours or f"ed25519:{identity.public('self_signing')}" not in by):
        signed = identity.signed({key: one for key, one in device.items() if key != "unsigned"}, "self_signing")
        await server.ask("POST", path("keys", "signatures", "upload"), {state.user: {state.device: signed}})
        log.event("matrix_cross_signed")


async def _upload(server: Server, account: Account, state: State, identity: Identity) -> bool:
    """Upload the public keys; a homeserver that wants to be sure who we are is given the password, if there is one."""
    keys = identity.keys()
    try:
        await server.ask("POST", path("keys", "device_signing", "upload"), keys)
    except Declined as no:
        session = no.body.get("session")
        if no.status != 401 or not account.password or not isinstance(session, str):  # noqa: PLR2004 - asks for more
            return False
        auth = {
            "type": "m.login.password",
            "session": session,
            "identifier": {"type": "m.id.user", "user": state.user},
            "password": account.password,
        }
        try:
            await server.ask("POST", path("keys", "device_signing", "upload"), {**keys, "auth": auth})
        except Declined:
            return False
    return True
