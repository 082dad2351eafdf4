"""Other people's devices and our own: uploading our keys, finding out theirs, sharing a room's key with them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

from nio.responses import KeysUploadResponse

from adapters.matrix.crypto import MEGOLM, Ears
from adapters.matrix.server import Server, path
from adapters.matrix.shapes import items, mapping
from bot.logs import log

USERS_A_QUERY: Final = 200
DEVICES_A_REQUEST: Final = 50


class Devices:
    """Keeps our keys on the server, and gives a room's key to the devices in it."""

    def __init__(
        self, server: Server, ears: Ears, save: Callable[[], Awaitable[None]], new_id: Callable[[], str]
    ) -> None:
        """Take the server, the keys, how the state is saved, and how ids of requests are drawn."""
        self._server = server
        self._ears = ears
        self._machine = ears.machine
        self._save = save
        self._new_id = new_id
        self._fallback_wanted = not self._machine.account.shared
        self._stale: set[str] = set()
        self._asked: set[str] = set()

    # Our own keys.

    def count(self, one_time_keys: int | None, *, fallback: bool | None) -> None:
        """Take what a sync says of our keys on the server. A count of none at all is a count too."""
        if one_time_keys is not None:
            self._machine.uploaded_key_count = one_time_keys
        if fallback is not None:
            self._fallback_wanted = not fallback

    @property
    def wanted(self) -> bool:
        """Whether keys should be uploaded."""
        return bool(self._machine.should_upload_keys) or (self._fallback_wanted and self._machine.account.shared)

    async def upload(self) -> None:
        """Upload device keys at first, one-time keys up to what the account holds, and a fallback key.

        A fallback key lets senders reach us when all one-time keys are used up.

        Raises:
            Trouble: It did not work; it is tried again after the next sync.
        """
        account = self._machine.account
        content: dict[str, Any] = self._machine.share_keys() if self._machine.should_upload_keys else {}
        if self._fallback_wanted:
            account._account.generate_fallback_key()  # noqa: SLF001 - the library does not know fallback keys yet
            content["fallback_keys"] = {
                f"signed_curve25519:{name}": self._signed({"key": key.to_base64(), "fallback": True})
                for name, key in account._account.fallback_key.items()  # noqa: SLF001 - the same
            }
        if not content:
            return
        await self._save()  # private halves first: a key that was uploaded and then lost makes senders unreadable
        answer = await self._server.ask("POST", path("keys", "upload"), content)
        count = mapping(answer.get("one_time_key_counts")).get("signed_curve25519", 0)
        self._machine.handle_response(KeysUploadResponse(0, count if isinstance(count, int) else 0))
        self._fallback_wanted = False
        await self._save()

    def _signed(self, value: dict[str, Any]) -> dict[str, Any]:
        signature = self._machine.sign_json(value)
        mine = {f"ed25519:{self._machine.device_id}": signature}
        return {**value, "signatures": {self._machine.user_id: mine}}

    # Theirs.

    def changed(self, users: Iterable[str]) -> None:
        """Note that the devices of some users changed, or are not told of any more."""
        self._stale.update(one for one in users if one in self._asked)

    async def _query(self, users: list[str]) -> None:
        wanted = [one for one in users if one not in self._asked or one in self._stale]
        for start in range(0, len(wanted), USERS_A_QUERY):
            part = wanted[start : start + USERS_A_QUERY]
            answer = await self._server.ask("POST", path("keys", "query"), {"device_keys": {one: [] for one in part}})
            found = mapping(answer.get("device_keys"))
            for user in part:
                self._learn(user, mapping(found.get(user)))
                self._asked.add(user)
                self._stale.discard(user)
            await asyncio.sleep(0)

    def _learn(self, user: str, devices: Mapping[str, Any]) -> None:
        """Take what is said of a user's devices, each by itself: one that is not right hides no other."""
        fit = {name: one for name, one in devices.items() if _fits(user, name, one)}
        try:
            self._machine._handle_key_query(_Queried({user: fit}))  # noqa: SLF001 - its public way parses all or nothing
        except Exception as error:  # noqa: BLE001 - whatever the library raises on what a server sent
            log.trouble("matrix_devices_put_aside", error)

    async def _claim(self, missing: Mapping[str, list[str]]) -> None:
        wanted = [(user, device) for user, devices in missing.items() for device in devices]
        for start in range(0, len(wanted), DEVICES_A_REQUEST):
            asked: dict[str, dict[str, str]] = {}
            for user, device in wanted[start : start + DEVICES_A_REQUEST]:
                asked.setdefault(user, {})[device] = "signed_curve25519"
            answer = await self._server.ask("POST", path("keys", "claim"), {"one_time_keys": asked})
            for user, devices in mapping(answer.get("one_time_keys")).items():
                for device, keys in mapping(devices).items():
                    if device in asked.get(user, {}) and isinstance(keys, dict) and keys:
                        self._meet(user, device, keys)
            await asyncio.sleep(0)

    def _meet(self, user: str, device: str, keys: dict[str, Any]) -> None:
        try:
            self._machine._handle_key_claiming(_Claimed({user: {device: keys}}))  # noqa: SLF001 - as with `_learn`
            self._ears.met(user, self._machine.device_store[user][device].curve25519)
        except Exception as error:  # noqa: BLE001 - whatever the library raises on what a server sent
            log.trouble("matrix_device_put_aside", error)

    def forget(self, user: str) -> None:
        """Forget somebody's devices, and every session with them."""
        self._ears.forget(user)
        self._asked.discard(user)
        self._stale.discard(user)

    # Between us.

    async def greet(self, user: str) -> None:
        """Begin a session with each device of somebody with which there is none, and tell it so with an empty message.

        For somebody who opens a conversation after having been forgotten: their devices still have a session with us
        that we have deleted, and would send the key of their first message by it. By a newer one they do not.

        Raises:
            Trouble: It did not work.
        """
        await self._query([user])
        store = self._machine.session_store
        strangers = [
            one for one in self._machine.device_store.active_user_devices(user) if not store.get(one.curve25519)
        ]
        if not strangers:
            return
        await self._claim({user: [one.id for one in strangers]})
        messages: dict[str, dict[str, Any]] = {}
        for one in strangers:
            olm = store.get(one.curve25519)
            if olm is not None:
                sealed = self._machine._olm_encrypt(olm, one, "m.dummy", {})  # noqa: SLF001 - as with `_give`
                messages.setdefault(user, {})[one.id] = sealed
        if messages:
            await self.post(messages)

    async def share(self, room: str, users: list[str]) -> None:
        """Make sure that everybody's devices have the key of what we send into a room next, and nobody else's.

        A device that left the room, or came to it, means a new key: who left cannot read on, who came not back.

        Raises:
            Trouble: It did not work; nothing was sent into the room.
        """
        await self._query(users)
        devices = {
            (user, device.id): device
            for user in users
            for device in self._machine.device_store.active_user_devices(user)
            if not (user == self._machine.user_id and device.id == self._machine.device_id)
        }
        session = self._machine.outbound_group_sessions.get(room)
        tried = set() if session is None else session.users_shared_with | session.users_ignored
        if session is None or session.expired or tried != set(devices) or not session.shared:
            self._machine.create_outbound_group_session(room)
            session = self._machine.outbound_group_sessions[room]
            await self._give(room, session, devices)
            session.shared = True

    async def _give(self, room: str, session: Any, devices: Mapping[tuple[str, str], Any]) -> None:
        missing: dict[str, list[str]] = {}
        for (user, name), device in devices.items():
            if not self._machine.session_store.get(device.curve25519):
                missing.setdefault(user, []).append(name)
        await self._claim(missing)
        content = {
            "algorithm": MEGOLM,
            "room_id": room,
            "session_id": session.id,
            "session_key": session.session_key,
        }
        todo = [(user, name, device) for (user, name), device in devices.items()]
        for start in range(0, len(todo), DEVICES_A_REQUEST):
            messages: dict[str, dict[str, Any]] = {}
            given: set[tuple[str, str]] = set()
            for user, name, device in todo[start : start + DEVICES_A_REQUEST]:
                olm = self._machine.session_store.get(device.curve25519)
                if olm is None:
                    session.users_ignored.add((user, name))  # it has no keys left to reach it by
                    continue
                self._ears.met(user, device.curve25519)
                sealed = self._machine._olm_encrypt(olm, device, "m.room_key", content)  # noqa: SLF001 - sharing as a whole is the library's own way
                messages.setdefault(user, {})[name] = sealed
                given.add((user, name))
            if messages:
                await self.post(messages)
            session.users_shared_with.update(given)
            await asyncio.sleep(0)

    async def post(self, messages: Mapping[str, Mapping[str, Any]]) -> None:
        """Send encrypted messages to devices. The state is saved first: a key for a message is used once.

        Raises:
            Trouble: It did not work.
        """
        await self._save()
        address = path("sendToDevice", "m.room.encrypted", self._new_id())
        await self._server.ask("PUT", address, {"messages": messages})

    async def mend(self) -> None:
        """Begin anew with devices whose messages could not be opened, and tell them so with an empty message.

        Raises:
            Trouble: It did not work; it is tried again after the next sync.
        """
        if self._machine.wedged_devices:
            missing: dict[str, list[str]] = {}
            for device in self._machine.wedged_devices:
                missing.setdefault(device.user_id, []).append(device.id)
            await self._claim(missing)
            self._machine.wedged_devices.clear()
        messages: dict[str, dict[str, Any]] = {}
        for one in self._machine.outgoing_to_device_messages:
            if one.type == "m.room.encrypted":
                messages.setdefault(one.recipient, {})[one.recipient_device] = one.content
        self._machine.outgoing_to_device_messages.clear()
        if messages:
            await self.post(messages)

    async def ask_key(self, room: str, owner: str, session_id: str) -> None:
        """Ask somebody's devices for the key of a session of theirs in a direct room.

        Raises:
            Trouble: It did not work.
        """
        request = self._new_id()
        body = {"algorithm": MEGOLM, "room_id": room, "session_id": session_id}
        content = {
            "action": "request",
            "body": body,
            "request_id": request,
            "requesting_device_id": self._machine.device_id,
        }
        address = path("sendToDevice", "m.room_key_request", request)
        await self._server.ask("PUT", address, {"messages": {owner: {"*": content}}})

    def encrypt(self, room: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the content of an encrypted event. `share` comes before it, with nothing in between."""
        sealed: dict[str, Any] = self._machine.group_encrypt(room, {"type": kind, "content": content})
        if "m.relates_to" in content:
            sealed["m.relates_to"] = content["m.relates_to"]
        return sealed


class _Queried:
    def __init__(self, device_keys: Mapping[str, Any]) -> None:
        self.device_keys = device_keys
        self.changed: object = None


class _Claimed:
    def __init__(self, one_time_keys: Mapping[str, Any]) -> None:
        self.one_time_keys = one_time_keys


def _fits(user: str, name: str, device: Any) -> bool:
    """Return whether what is said of a device has the shape that the library relies on."""
    said = mapping(device)
    keys = mapping(said.get("keys"))
    unsigned = said.get("unsigned", {})
    return (
        said.get("user_id") == user
        and said.get("device_id") == name
        and all(isinstance(keys.get(f"{kind}:{name}"), str) for kind in ("ed25519", "curve25519"))
        and isinstance(mapping(said.get("signatures")).get(user), dict)
        and isinstance(unsigned, dict)
        and MEGOLM in items(said.get("algorithms"))
    )
