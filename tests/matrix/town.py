"""People of Matrix for tests that cannot wait: everybody's client runs in a thread of its own.

The shared tests of adapters and the drivers look at what people see by plain functions. So the people live on a loop
beside the test's own, and `Town.do` brings the answer across.
"""

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final, TypeVar

from nio import Event, MegolmEvent, RedactedEvent, RoomMessage, SyncResponse
from nio.exceptions import EncryptionError

from tests.matrix.people import PASSWORD, PATIENCE, Person
from tests.matrix.synapse import Homeserver

T = TypeVar("T")

FILTER: Final = {"presence": {"types": []}, "room": {"timeline": {"limit": 500}, "ephemeral": {"types": []}}}


class Resident(Person):
    """Somebody whose app shows messages as they stand now: edited, or gone."""

    def __init__(self, homeserver: Homeserver, user: str) -> None:
        super().__init__(homeserver, user)
        self.raw: Final[dict[str, dict[str, Any]]] = {}

    async def pump(self, timeout: int = 500) -> None:  # noqa: ASYNC109 - the homeserver waits, in milliseconds
        """Sync once, however much has happened, and do what a client does after it."""
        answer = await self.client.sync(timeout, sync_filter=FILTER)
        left = answer.rooms.leave if isinstance(answer, SyncResponse) else {}
        for room, part in left.items():  # the library leaves out what was said in a room before one was taken out
            for event in part.timeline.events:
                self.events.append((room, self._opened(room, event)))
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        await self.client.send_to_device_messages()

    def _opened(self, room: str, event: Event) -> Event:
        """Return an event as it is shown: decrypted, where there is a key for it."""
        if isinstance(event, MegolmEvent):
            event.room_id = room
            with suppress(EncryptionError):
                return self.client.decrypt_event(event)
        return event

    def stands(self, room: str, sender: str) -> list[tuple[str, dict[str, Any]]]:
        """Return what somebody wrote in a room as it stands now, oldest first: event id and content.

        Without a sender, what anybody wrote.
        """
        found: dict[str, dict[str, Any]] = {}
        for name, event in self.events:
            if name != room:
                continue
            if type(event).__name__ == "RedactionEvent":
                found.pop(str(event.redacts), None)
            if sender not in {"", event.sender} or isinstance(event, RedactedEvent) or not _message(event):
                continue
            content = event.source.get("content", {})
            relates = content.get("m.relates_to") or {}
            if relates.get("rel_type") == "m.replace":
                if relates["event_id"] in found:
                    found[relates["event_id"]] = content["m.new_content"]
            else:
                found[event.event_id] = content
        return list(found.items())


def _message(event: Event) -> bool:
    return isinstance(event, RoomMessage) or event.source.get("type") == "m.room.message"


class Town:
    """A loop in a thread, with everybody's client on it."""

    def __init__(self, homeserver: Homeserver, ending: str) -> None:
        """Begin the loop; ``ending`` makes names unlike those of other tests."""
        self.homeserver: Final = homeserver
        self.ending: Final = ending
        self.people: Final[dict[str, Resident]] = {}
        self.loop: Final = asyncio.new_event_loop()
        self._thread: Final = threading.Thread(target=self.loop.run_forever, name="town", daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Let something happen in the town, and return what came of it. The caller stands still meanwhile."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(3 * PATIENCE)

    async def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """The same, while the caller's own loop goes on."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    def account(self, name: str) -> str:
        """Register somebody, and return their id."""
        return self.homeserver.register(f"{name}-{self.ending}", PASSWORD)

    async def come(self, name: str) -> Resident:
        """Register somebody and log them in. Runs in the town."""
        user = await asyncio.to_thread(self.account, name)
        person = Resident(self.homeserver, user)
        self.people[name] = person
        await person.sign_in()
        return person

    async def found(self, owner: Resident, name: str, *, space: bool = False, encrypted: bool = False) -> str:
        """Let somebody make a space, or a room of one, that others are asked into. Runs in the town."""
        sealed = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
        asked = {
            "name": name,
            "preset": "private_chat",
            "creation_content": {"type": "m.space"} if space else {},
            "initial_state": [sealed] if encrypted else [],
        }
        return str((await owner.ask("POST", "/_matrix/client/v3/createRoom", asked))["room_id"])

    async def belongs(self, owner: Resident, space: str, room: str) -> None:
        """Let a room be of a space. Runs in the town."""
        address = f"/_matrix/client/v3/rooms/{space}/state/m.space.child/{room}"
        await owner.ask("PUT", address, {"via": ["localhost"]})

    async def let_in(self, owner: Resident, room: str, *guests: Resident) -> None:
        """Let people be asked into a room, and come. Runs in the town."""
        for guest in guests:
            await owner.asks_in(room, guest.id)
            await guest.ask("POST", f"/_matrix/client/v3/rooms/{room}/join", {})

    async def until_in(self, person: Resident, room: str, user: str, membership: str = "join") -> None:
        """Wait until somebody is in a room, by the homeserver's word. Runs in the town."""
        address = f"/_matrix/client/v3/rooms/{room}/members"
        async with asyncio.timeout(PATIENCE):
            while True:
                members = (await person.ask("GET", address))["chunk"]
                if any(one["state_key"] == user and one["content"]["membership"] == membership for one in members):
                    return
                await asyncio.sleep(0.05)

    def close(self) -> None:
        """Close everybody's connections, and end the loop."""

        async def away() -> None:
            for person in self.people.values():
                await person.client.close()

        self.do(away())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()
