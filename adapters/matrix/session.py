"""Who the bot is on Matrix, and everything it must know again after a restart.

The bot logs in once and keeps its device: people's clients send keys to a device, and transaction ids count per
device. So the first log-in is by name and password (or by a token made elsewhere), and every later start takes
what was saved.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adapters.matrix.keys import Saved
from adapters.matrix.server import Declined, Server, path
from bot.domain.errors import StartError

DEVICE_NAME: Final = "Porchlight"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Account:
    """What the operator configured.

    Attributes:
        homeserver: Address of the homeserver (``https://matrix.example.org``).
        user: User id (``@porchlight:example.org``).
        password: For the first log-in; empty where a token is given.
        token: An access token made elsewhere, with ``device``; empty where a password is given.
        device: The device of the token.
    """

    homeserver: str
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    device: str = ""


@dataclass(slots=True)
class State:
    """Everything that survives a restart. Saved as a whole, so that its parts are always of the same moment.

    Attributes:
        user: The bot's user id.
        device: Its device.
        token: Its access token.
        since: How far the sync was handled; empty before the first.
        direct: Direct rooms with the bot: room id to the other one's user id.
        pending: Invites to become direct rooms: room id to who invited. Settled once the bot is inside.
        waiting: Invites that could not be taken at once: room id to who invited, and into what kind of room. Also rooms
            that go on in another, where that could not be asked: room id to who says so, and the other room's id.
        signing: Private cross-signing keys, base64: ``master``, ``self_signing``, ``user_signing``.
        account: The device's own keys, as the crypto library pickles them.
        shared: Whether the account's keys were uploaded.
        olm: Sessions with other devices: their key to pickles, newest last; each with two instants (created, used).
        owners: Whose devices those are: the same keys to user ids.
        megolm: Keys of direct rooms: session id to what `adapters.matrix.crypto.Held` writes.
        early: Keys of rooms of which it is not known yet whether they are direct: the same.
        shown: Which choices stand under which number, as `adapters.matrix.shown.Shown` writes it.
        followed: Rooms that were upgraded: room id to that of the room which follows.
        made: Rooms that the bot made and has not left: room id to that of the space for which it was made.
        leaving: Rooms that are to be left (direct ones of people who were forgotten, and where an invite was not
            welcome), until the bot has left them.
    """

    user: str = field(default="", repr=False)
    device: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    since: str = field(default="", repr=False)
    direct: dict[str, str] = field(default_factory=dict, repr=False)
    pending: dict[str, str] = field(default_factory=dict, repr=False)
    waiting: dict[str, list[str]] = field(default_factory=dict, repr=False)
    signing: dict[str, str] = field(default_factory=dict, repr=False)
    account: str = field(default="", repr=False)
    shared: bool = False
    olm: dict[str, list[list[str]]] = field(default_factory=dict, repr=False)
    owners: dict[str, list[str]] = field(default_factory=dict, repr=False)
    megolm: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    early: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    shown: str = field(default="", repr=False)
    followed: dict[str, str] = field(default_factory=dict, repr=False)
    made: dict[str, str] = field(default_factory=dict, repr=False)
    leaving: list[str] = field(default_factory=list, repr=False)

    def go_on_nowhere(self, room: str) -> None:
        """Forget which room one follows: the bot is not in it any more."""
        for old in [old for old, new in self.followed.items() if new == room]:
            del self.followed[old]

    def written(self) -> bytes:
        """Return it as bytes to be sealed."""
        made: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({"version": _VERSION, **made}, separators=(",", ":")).encode()

    @classmethod
    def read(cls, written: bytes) -> "State":
        """Return what was written.

        Raises:
            ValueError: It was written by a version that is not known here.
        """
        made: Mapping[str, Any] = json.loads(written)
        if made["version"] != _VERSION:
            raise ValueError("matrix_state_version")
        return cls(**{name: made[name] for name in cls.__slots__ if name in made})


def load(saved: Saved, account: Account, where: str) -> State:
    """Return the saved state, or a new one.

    Args:
        saved: Where it is kept.
        account: Whose it must be.
        where: Path to name in errors.

    Raises:
        StartError: ``matrix-account``: it is another account's. ``matrix-store-key``: it cannot be read.
    """
    written = saved.load()
    if written is None:
        return State()
    try:
        state = State.read(written)
    except (ValueError, KeyError, TypeError):
        raise StartError("matrix-store-key", path=where) from None
    if state.user and state.user != account.user:
        raise StartError("matrix-account", path=where)
    return state


async def sign_in(server: Server, account: Account, state: State) -> None:
    """Make ``server`` speak as the account: with what was saved, with a given token, or by password, in this order.

    A token that is configured anew, with the same device, takes the place of a saved one. Where the saved one is not
    known any more, the password logs in again, as the same device: who wrote to it need not begin anew.

    Raises:
        StartError: ``matrix-login``, ``matrix-token``, ``matrix-device`` (the token is another account's or device's,
            or the device differs from the one whose keys are held).
        Trouble: The homeserver could not be asked. Nothing was changed; it can be tried again.
    """
    if account.token:
        state.token = account.token
    if state.token:
        server.token = state.token
        try:
            await _check(server, account, state)
        except StartError as no:
            if no.code != "matrix-token" or account.token or not account.password:
                raise
            server.token = ""
            state.shared = False  # with the device, the homeserver dropped the keys that were uploaded for it
        else:
            return
    asked = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": account.user},
        "password": account.password,
        "initial_device_display_name": DEVICE_NAME,
        **({"device_id": state.device} if state.device else {}),
    }
    try:
        answer = await server.ask("POST", path("login"), asked)
    except Declined as no:
        if no.too_many:
            raise
        raise StartError("matrix-login") from None
    user, device, token = (answer.get(name) for name in ("user_id", "device_id", "access_token"))
    if user != account.user or not isinstance(device, str) or not isinstance(token, str) or not device or not token:
        raise StartError("matrix-login")
    state.user, state.device, state.token = account.user, device, token
    server.token = token


async def _check(server: Server, account: Account, state: State) -> None:
    """Ask whose token it is: with another device's, every key that is held would be wrong."""
    answer = await server.ask("GET", path("account", "whoami"))
    device = answer.get("device_id")
    known = state.device or account.device
    if answer.get("user_id") != account.user or not isinstance(device, str) or (known and device != known):
        raise StartError("matrix-device")
    if account.token and account.device and account.device != device:
        raise StartError("matrix-device")
    state.user, state.device = account.user, device
