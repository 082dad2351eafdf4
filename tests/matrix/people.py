"""Members of the tests' homeserver, with the client library and its cryptography as anybody may use it.

```python
birch = await people.member("birch")
room = await birch.direct(bot_id)
asked = await birch.types(room, "!peer ask")
answer = await birch.reads(room, after=asked)
```
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

from nio import AsyncClient, AsyncClientConfig, EnableEncryptionBuilder, Event, MatrixRoom, RoomMessage
from nio.store import SqliteMemoryStore

from tests.matrix.synapse import Homeserver, call
from tests.promises import drove

PATIENCE: Final = 20.0
"""Seconds until something that was waited for counts as not coming."""

PASSWORD: Final = "porch light"  # noqa: S105 - made up for the test


class Person:
    """Somebody with one device.

    Attributes:
        id: Their user id.
        client: Their client.
        events: Every event of a room that they got, decrypted where they could, oldest first: room id and event.
    """

    def __init__(self, homeserver: Homeserver, user: str) -> None:
        """Take an account that is registered."""
        self.id: Final = user
        self.events: Final[list[tuple[str, Event]]] = []
        config = AsyncClientConfig(store=SqliteMemoryStore, encryption_enabled=True, store_sync_tokens=False)
        self.client: Final = AsyncClient(homeserver.url, user, store_path="memory", config=config)
        self.client.add_event_callback(self._got, Event)

    async def _got(self, room: MatrixRoom, event: Event) -> None:
        self.events.append((room.room_id, event))

    async def sign_in(self) -> None:
        """Log in, and look around once."""
        answer = await self.client.login(PASSWORD)
        assert getattr(answer, "access_token", ""), answer
        await self.pump(0)

    async def pump(self, timeout: int = 500) -> None:  # noqa: ASYNC109 - the homeserver waits, in milliseconds
        """Sync once, and do what a client does after it."""
        await self.client.sync(timeout)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        await self.client.send_to_device_messages()

    async def until(self, happened: Callable[[], Any]) -> Any:
        """Sync until something is true, and return it."""
        async with asyncio.timeout(PATIENCE):
            while not (found := happened()):
                await self.pump()
            return found

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Ask the homeserver something as this person, and return the answer; an error of it is one of the test."""
        status, answer = await asyncio.to_thread(
            call, self.client.homeserver + path, method, body, self.client.access_token
        )
        assert status == 200, (status, answer)
        return answer

    # Rooms.

    async def direct(self, other: str, *, encrypted: bool = True) -> str:
        """Make a direct room with somebody, and return its id. They are invited; it is theirs to come."""
        return await self.makes(other, encrypted=encrypted, is_direct=True)

    async def makes(self, *others: str, encrypted: bool = False, is_direct: bool = False, version: str = "") -> str:
        """Make a room, ask others into it, and return its id."""
        made = await self.client.room_create(
            invite=list(others),
            is_direct=is_direct,
            initial_state=[EnableEncryptionBuilder().as_dict()] if encrypted else [],
            room_version=version or None,
        )
        room = str(made.room_id)
        await self.until(lambda: room in self.client.rooms)
        return room

    async def joins(self, room: str) -> None:
        """Accept an invite."""
        await self.client.join(room)
        await self.until(lambda: room in self.client.rooms)

    async def asks_in(self, room: str, other: str) -> None:
        """Ask somebody into a room."""
        await self.ask("POST", f"/_matrix/client/v3/rooms/{room}/invite", {"user_id": other})

    async def leaves(self, room: str) -> None:
        """Leave a room."""
        await self.ask("POST", f"/_matrix/client/v3/rooms/{room}/leave", {})

    async def kicks(self, room: str, other: str) -> None:
        """Take somebody out of a room."""
        await self.ask("POST", f"/_matrix/client/v3/rooms/{room}/kick", {"user_id": other})

    async def sets(self, room: str, kind: str, content: Mapping[str, Any]) -> None:
        """Set a piece of a room's state."""
        await self.ask("PUT", f"/_matrix/client/v3/rooms/{room}/state/{kind}", content)

    async def levels(self, room: str, users: Mapping[str, int]) -> None:
        """Set power levels, by user id."""
        path = f"/_matrix/client/v3/rooms/{room}/state/m.room.power_levels"
        levels = await self.ask("GET", path)
        levels["users"] = {**levels.get("users", {}), **users}
        await self.ask("PUT", path, levels)

    async def sees(self, room: str, other: str, membership: str = "join") -> None:
        """Wait until somebody is in a room (or asked in, or gone), as this person sees it."""

        def there() -> bool:
            known = self.client.rooms.get(room)
            if known is None:
                return False
            if membership == "leave":
                return other not in known.users
            asked = other in known.invited_users
            return other in known.users and asked is (membership == "invite")

        await self.until(there)

    # Talking.

    async def types(self, room: str, words: str, **more: Any) -> str:
        """Write into a room, encrypted where it is, and return the event's id."""
        return await self.sends(room, "m.room.message", {"msgtype": "m.text", "body": words, **more})

    async def sends(self, room: str, kind: str, content: Mapping[str, Any]) -> str:
        """Send any event into a room, encrypted where it is, and return its id."""
        drove("matrix")
        await self.pump(0)
        sent = await self.client.room_send(room, kind, dict(content), ignore_unverified_devices=True)
        assert getattr(sent, "event_id", ""), sent
        return str(sent.event_id)

    async def edits(self, room: str, event: str, words: str) -> str:
        """Put other words in the place of earlier ones."""
        new = {"msgtype": "m.text", "body": words}
        relates = {"rel_type": "m.replace", "event_id": event}
        return await self.types(room, f"* {words}", **{"m.new_content": new, "m.relates_to": relates})

    async def reacts(self, room: str, event: str, key: str) -> str:
        """React to an event."""
        relates = {"rel_type": "m.annotation", "event_id": event, "key": key}
        return await self.sends(room, "m.reaction", {"m.relates_to": relates})

    async def redacts(self, room: str, event: str) -> str:
        """Take an event away."""
        answer = await self.client.room_redact(room, event)
        return str(answer.event_id)

    def seen(self, room: str, *, after: str = "") -> list[Event]:
        """Return what others wrote in a room and this person could read, oldest first."""
        here = [event for name, event in self.events if name == room]
        if after:
            ids = [event.event_id for event in here]
            here = here[ids.index(after) + 1 :] if after in ids else []
        return [event for event in here if isinstance(event, RoomMessage) and event.sender != self.id]

    async def reads(self, room: str, *, after: str = "", number: int = 1) -> str:
        """Wait for what somebody else writes in a room, and return the words of the newest of them.

        Args:
            room: Where.
            after: Only what comes after this event.
            number: How many there must be.
        """
        found = await self.until(lambda: len(got := self.seen(room, after=after)) >= number and got)
        return str(found[-1].body)


class People:
    """Everybody in a test. Their names have the test's own ending, because the homeserver outlives it."""

    def __init__(self, homeserver: Homeserver, ending: str) -> None:
        """Take the homeserver, and the ending."""
        self.homeserver: Final = homeserver
        self._ending: Final = ending
        self._all: Final[list[Person]] = []

    def account(self, name: str) -> str:
        """Register somebody without a client, and return their id. Their password is `PASSWORD`."""
        return self.homeserver.register(f"{name}-{self._ending}", PASSWORD)

    async def member(self, name: str) -> Person:
        """Register somebody, log them in, and return them."""
        person = Person(self.homeserver, await asyncio.to_thread(self.account, name))
        self._all.append(person)
        await person.sign_in()
        return person

    async def close(self) -> None:
        """Close everybody's connections."""
        for person in self._all:
            await person.client.close()
