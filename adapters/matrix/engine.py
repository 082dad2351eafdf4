"""The engine of the Matrix adapter: one object that signs in, listens, and does what is asked of it.

```python
engine = Engine(account, saved, key, clock, chance, where="...")
await engine.run(batch)          # until cancelled; hands over what it hears
await engine.send(room, "m.room.message", content, tx_id, mark=mark)
```
It knows nothing of commands and cards. What `adapters.matrix.heard.Heard` says is handed to ``batch``; when that
returns, its effects are committed.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from adapters.matrix.backoff import Backoff
from adapters.matrix.crypto import Ears
from adapters.matrix.devices import Devices
from adapters.matrix.keys import Saved, derive
from adapters.matrix.rooms import Power, Rooms
from adapters.matrix.saving import Saving
from adapters.matrix.sending import Sender
from adapters.matrix.server import Declined, Server, Trouble, Unreached, path
from adapters.matrix.session import Account, State, load, sign_in
from adapters.matrix.shapes import items, words
from adapters.matrix.signing import cross_sign
from adapters.matrix.sync import Batch, Sync
from bot.contract.command import Chance
from bot.contract.effect import Absent, Accepted, Found, NotSent, Refused, Result, Unreadable, Unsure
from bot.contract.ports import Clock
from bot.domain.errors import StartError
from bot.logs import log

TRIES: Final = 3
"""How often a direct room is asked for whose making was not answered."""

LOOKED_AT_ONCE: Final = 8
"""Rooms that are looked at side by side, where it must be found out what they are."""

ALIAS: Final = "porchlight-"
"""How the address of a room begins that was made with a mark."""


class Engine:
    """A Matrix account at work. Before `ready` is set, everything asked of it is `NotSent` or `Unreadable`.

    Attributes:
        server: Asks the homeserver things that are not offered here.
        rooms: What the server knows of rooms.
        ready: Set once it is signed in and listens.
        put_down: Called before each save: puts into `state` what is kept elsewhere.
    """

    def __init__(
        self,
        account: Account,
        saved: Saved,
        key: bytes,
        clock: Clock,
        chance: Chance,
        *,
        where: str = "matrix.state",
        in_rooms: bool = False,
    ) -> None:
        """Take what it needs. Nothing is opened or asked yet.

        Args:
            account: Whom to sign in as.
            saved: Where the sealed state is kept; its lock is the caller's (`adapters.matrix.keys.alone`).
            key: 32 secret bytes; the keys inside the state are sealed with one derived from it.
            clock: The time.
            chance: Ids of requests, and how much waits are spread.
            where: The state's path, for the operator to read in errors.
            in_rooms: Whether commands are also read in rooms that are not direct and not encrypted.
        """
        self.server: Final = Server(account.homeserver)
        self.rooms: Final = Rooms(self.server)
        self.ready: Final = asyncio.Event()
        self.state = State()
        self.ears: Ears | None = None
        self.sync: Sync | None = None
        self._account: Final = account
        self.put_down: Callable[[], None] | None = None
        self._saved: Final = saved
        self._pickle: Final = derive(key, "pickle")
        self._clock: Final = clock
        self._chance: Final = chance
        self._where: Final = where
        self._in_rooms: Final = in_rooms
        self._sender: Sender | None = None
        self._saving: Final = Saving(saved, self._written)
        self._keys_too = False
        self._devices: Devices | None = None
        self._opening: Final[WeakValueDictionary[str, asyncio.Lock]] = WeakValueDictionary()
        self._listed: dict[str, str] | None = None

    # Beginning and listening.

    async def start(self) -> None:
        """Sign in, make keys and have the device signed, and find out which rooms there are. Once.

        Raises:
            StartError: See `adapters.matrix.session.load` and `sign_in`.
            Trouble: The homeserver could not be asked; it can be tried again.
        """
        state = load(self._saved, self._account, self._where)
        await sign_in(self.server, self._account, state)
        self.state = state
        try:
            ears = Ears(state, self._pickle, self._clock.now)
        except (ValueError, KeyError, TypeError):
            raise StartError("matrix-store-key", path=self._where) from None
        self.ears = ears
        await self._save()
        self._devices = devices = Devices(self.server, ears, self._save, self._chance.new_id)
        if devices.wanted:
            await devices.upload()
        try:
            await cross_sign(self.server, self._account, state, self._save)
        except Declined as no:
            log.trouble("matrix_not_cross_signed", no)
        answer = await self.server.ask("GET", path("joined_rooms"))
        ears.joined.update(words(one) for one in items(answer.get("joined_rooms")))
        if not state.since:
            await self._remember_direct()
            await self._remember_followed()
        ears.joined.difference_update(state.pending)
        self.sync = Sync(
            self.server,
            state,
            ears,
            devices,
            self.rooms,
            self._clock,
            self._save,
            self._jitter,
            self._save_rooms,
            self._tidy,
            in_rooms=self._in_rooms,
        )
        self._sender = Sender(
            self.server,
            self.rooms,
            devices,
            self._clock,
            self.sync.away,
            ears.joined.__contains__,
            lambda room: self.direct(room) is not None,
            state.user,
        )
        self.ready.set()

    async def run(self, batch: Batch) -> None:
        """Start, and listen until cancelled. A homeserver that is away is waited for.

        Raises:
            StartError: Signing in did not work, or the token is no longer known.
        """
        try:
            backoff = Backoff(self._jitter)
            while not self.ready.is_set():
                try:
                    await self.start()
                except Trouble as error:
                    if not backoff.failures:
                        log.trouble("matrix_away", error)
                    wait = max(backoff.next(), error.wait if isinstance(error, Declined) else 0.0)
                    await self._clock.sleep_until(self._clock.now() + timedelta(seconds=wait))
            log.event("matrix_connected")
            assert self.sync is not None  # noqa: S101 - start made it
            await self.sync.run(batch)
        finally:
            self.ready.clear()
            await self.close()

    async def save(self) -> None:
        """Save what was changed in `state`, in the same instant as all the rest.

        Raises:
            OSError: It could not be written; what was there before is still there.
        """
        await self._save()

    def save_soon(self) -> None:
        """Have it saved with the next save, or in a moment; nobody waits for it, and trouble is logged."""
        self._saving.soon()

    async def close(self) -> None:
        """Close its connections, and let what is being saved be saved."""
        await self._saving.close()
        await self.server.close()

    def _jitter(self) -> float:
        return self._chance.salt()[0] / 256

    async def _save(self) -> None:
        self._keys_too = True
        await self._saving.save()

    async def _save_rooms(self) -> None:
        await self._saving.save()

    def _written(self) -> bytes:
        """Return the state as bytes; with the keys as they are now where anybody asked for that."""
        keys, self._keys_too = self._keys_too, False
        if keys and self.ears is not None:
            self.ears.write()
        if self.put_down is not None:
            self.put_down()
        return self.state.written()

    async def _remember_direct(self) -> None:
        """Take direct rooms from the account's own list, where our state was lost. Each is looked at first."""
        try:
            listed = await self.server.ask("GET", path("user", self.state.user, "account_data", "m.direct"))
        except Declined:
            return
        joined = self.ears.joined if self.ears is not None else set[str]()
        for user, rooms in listed.items():
            for room in items(rooms):
                if isinstance(room, str) and room in joined:
                    self.state.pending.setdefault(room, user)

    async def _remember_followed(self) -> None:
        """Find out which rooms go on in which, where our state was lost: the core knows rooms by their first ids."""
        joined = self.ears.joined if self.ears is not None else set[str]()
        slots = asyncio.Semaphore(LOOKED_AT_ONCE)

        async def look(room: str) -> None:
            async with slots:
                old = await self.rooms.follows(room)
            if old in joined:
                self.state.followed[old] = room

        looking = (look(room) for room in sorted(joined - set(self.state.pending)))
        for failed in filter(None, await asyncio.gather(*looking, return_exceptions=True)):
            raise failed

    # Rooms.

    def direct(self, room: str) -> str | None:
        """Return with whom a room is a direct room; None where it is none."""
        return self.state.direct.get(room)

    def direct_with(self, user: str) -> str | None:
        """Return the newest direct room with somebody."""
        return next((room for room, other in reversed(self.state.direct.items()) if other == user), None)

    async def join(self, room: str) -> Result:
        """Accept an invite. Whether the room is a direct one is decided with the sync that follows."""
        if room in self.state.leaving:
            self.state.leaving.remove(room)
        if room in self.state.pending and self._devices is not None and not self._not_now():
            try:
                await self._devices.greet(self.state.pending[room])
            except Trouble as error:
                log.trouble("matrix_not_greeted", error)
        return await self._post(path("join", room), {}, room)

    async def leave(self, room: str) -> Result:
        """Leave a room and forget it; its keys are deleted. A room that the bot is not in counts as left.

        What does not work now is tried again after every sync.
        """
        self.state.direct.pop(room, None)
        self.state.pending.pop(room, None)
        self.state.made.pop(room, None)
        self.state.go_on_nowhere(room)
        if self.ears is not None:
            self.ears.end(room, gone=True)
        self.rooms.forget(room)
        result = await self._post(path("rooms", room, "leave"), {}, room)
        if isinstance(result, Refused):
            result = Accepted(room)
        if isinstance(result, Accepted):
            await self._post(path("rooms", room, "forget"), {}, room)
            if room in self.state.leaving:
                self.state.leaving.remove(room)
            await self._save()
        elif room not in self.state.leaving:
            self.state.leaving.append(room)
            await self._save()
        return result

    async def forget(self, user: str) -> None:
        """Delete all that is kept about somebody, and leave the rooms with them.

        Before the first room is left, it is on disk that they are forgotten and which rooms are to be left. Whatever
        happens after that, each of those is left: it is tried again after every sync.

        Raises:
            OSError: It could not be written. They are forgotten with the next save.
        """
        assert self.ears is not None  # noqa: S101 - who is to be forgotten was heard
        assert self._devices is not None  # noqa: S101 - the same
        state = self.state
        theirs = [room for rooms in (state.direct, state.pending) for room, other in rooms.items() if other == user]
        asked = [(room, what) for room, (sender, what) in state.waiting.items() if sender == user]
        theirs += [room for room, what in asked if not what.startswith("!")]
        for room, _ in asked:
            del state.waiting[room]
        for room in dict.fromkeys(theirs):
            state.direct.pop(room, None)
            state.pending.pop(room, None)
            self.rooms.forget(room)
            self.ears.end(room, gone=True)
            state.leaving.append(room)
        self._devices.forget(user)
        await self._save()
        await self._go()

    async def _go(self) -> None:
        """Leave the rooms that are to be left."""
        for room in tuple(self.state.leaving):
            await self.leave(room)

    async def leave_again(self, room: str) -> Result:
        """Leave and forget a room that was left before, perhaps by a process that died over it.

        Only the homeserver knows which rooms those are; any other is ``gone``.
        """
        result = await self._post(path("rooms", room, "leave"), {}, room)
        return await self.leave(room) if isinstance(result, Accepted) else result

    async def invite(self, room: str, user: str) -> Result:
        """Ask somebody into a room. Who is in it, or is asked already, counts as asked."""
        return await self._membership("invite", room, user, {"join", "invite"})

    async def remove(self, room: str, user: str) -> Result:
        """Take somebody out of a room. Who is not in it counts as taken out."""
        return await self._membership("kick", room, user, {"leave", "ban", ""})

    async def _membership(self, what: str, room: str, user: str, done: set[str]) -> Result:
        result = await self._post(path("rooms", room, what), {"user_id": user}, room)
        if isinstance(result, Refused):
            try:
                there = await self.rooms.ask_members(room)
            except Trouble:
                return result
            return Accepted(room) if there.get(user, "") in done else result
        return result

    async def make_room(self, content: Mapping[str, Any], mark: str) -> Result:
        """Make a room, once a mark: the mark is in its address, and an address is given once.

        Args:
            content: Of ``createRoom``. Use the preset ``private_chat``: with ``trusted_private_chat`` those invited
                become creators from room version 12 on, and could never be taken out.
            mark: At most 60 letters and digits.
        """
        if (not_now := self._not_now()) is not None:
            return not_now
        try:
            answer = await self.server.ask("POST", path("createRoom"), {**content, "room_alias_name": ALIAS + mark})
        except Trouble as error:
            if not isinstance(error, Declined) or error.code != "M_ROOM_IN_USE":
                return self._result(error, "")
            found = await self.find_room(mark)
            room = found.id if isinstance(found, Accepted) else ""
        else:
            room = words(answer.get("room_id"))
        if room and self.ears is not None:
            self.ears.joined.add(room)
        return Accepted(room) if room else Unsure()

    async def made_for(self, room: str, space: str) -> None:
        """Remember for which space a room was made: neither of them says so, and what is asked in it is asked there.

        Raises:
            OSError: It could not be written; it is with the next save.
        """
        if self.state.made.get(room) != space:
            self.state.made[room] = space
            await self._save()

    async def find_room(self, mark: str) -> Found:
        """Look for a room that we made with a mark. Whom its maker names beside themselves did not make it."""
        server_name = self.state.user.partition(":")[2]
        try:
            answer = await self.server.ask("GET", path("directory", "room", f"#{ALIAS}{mark}:{server_name}"))
            room = words(answer.get("room_id"))
            made_by = await self.rooms.made_by(room) if room else ""
        except Declined as no:
            return Absent() if no.status in {403, 404} else Unreadable()  # not there, or a room that is not ours
        except Trouble:
            return Unreadable()
        return Accepted(room) if self.state.user == made_by else Absent()

    async def make_direct(self, user: str, mark: str) -> Result:
        """Make an encrypted direct room with somebody and invite them; an existing one is returned instead.

        Where the answer is lost, it is asked for again: the room may be there, and they are invited into it.
        """
        async with self._opening.setdefault(user, asyncio.Lock()):
            result: Result = Unsure()
            for _ in range(TRIES):
                if isinstance(result, Unsure):
                    result = await self._make_direct(user, mark)
            return result

    async def _make_direct(self, user: str, mark: str) -> Result:
        known = self.direct_with(user)
        if known is not None:
            return Accepted(known)
        content = {
            "preset": "private_chat",
            "is_direct": True,
            "invite": [user],
            "initial_state": [
                {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}},
                # A room without a name is called by its address, if it has a main one: it shall be called by the bot's.
                {"type": "m.room.canonical_alias", "state_key": "", "content": {}},
            ],
        }
        result = await self.make_room(content, mark)
        if isinstance(result, Accepted):
            self.state.direct[result.id] = user
            await self._save()
        return result

    async def _tidy(self) -> None:
        """Do what is left to do when a sync was handled."""
        await self._go()
        await self._list()

    async def _list(self) -> None:
        """Write the account's own list of direct rooms (``m.direct``), as clients read it, where it changed.

        It is also what is left to go by if our own state is lost.
        """
        if self._listed == self.state.direct:
            return
        listed: dict[str, list[str]] = {}
        for room, user in self.state.direct.items():
            listed.setdefault(user, []).append(room)
        now = dict(self.state.direct)
        await self.server.ask("PUT", path("user", self.state.user, "account_data", "m.direct"), listed)
        self._listed = now

    async def power(self, room: str) -> Power:
        """Return who may do what in a room, by the server's word of now. Raises `Trouble`."""
        return await self.rooms.power(room)

    # Sending.

    async def send(
        self, room: str, kind: str, content: Mapping[str, Any], tx_id: str, *, mark: str = "", urgent: bool = False
    ) -> Result:
        """Send an event: see `adapters.matrix.sending.Sender.send`."""
        if self._sender is None:
            return NotSent(1.0)
        return await self._sender.send(room, kind, content, tx_id, mark=mark, urgent=urgent)

    async def react(self, room: str, content: Mapping[str, Any], tx_id: str) -> Result:
        """Send a reaction, when there is time: see `adapters.matrix.sending.Sender.react`."""
        return NotSent(1.0) if self._sender is None else await self._sender.react(room, content, tx_id)

    async def rest(self, within: float) -> None:
        """Return when nothing that came is being handled, or after so many seconds."""
        if self.sync is not None and not self.sync.rest.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await self.sync.rest.wait()

    async def redact(self, room: str, event: str, tx_id: str) -> Result:
        """Take an event away that we sent."""
        return NotSent(1.0) if self._sender is None else await self._sender.redact(room, event, tx_id)

    async def set_state(self, room: str, kind: str, content: Mapping[str, Any], key: str = "") -> Result:
        """Set a piece of a room's state."""
        return NotSent(1.0) if self._sender is None else await self._sender.set_state(room, kind, content, key)

    async def find_mark(self, room: str, mark: str) -> Found:
        """Look for an event of ours by its mark: see `adapters.matrix.sending.Sender.find_mark`."""
        return Unreadable() if self._sender is None else await self._sender.find_mark(room, mark)

    def _not_now(self) -> NotSent | None:
        if self.sync is None:
            return NotSent(1.0)
        wait = self.sync.away()
        return NotSent(wait) if wait > 0 else None

    async def _post(self, address: str, content: Mapping[str, Any], accepted: str) -> Result:
        if (not_now := self._not_now()) is not None:
            return not_now
        try:
            await self.server.ask("POST", address, content)
        except Trouble as error:
            return self._result(error, accepted)
        return Accepted(accepted)

    def _result(self, error: Trouble, room: str) -> Result:
        """Return what a trouble means for an effect in a room, or (empty) for one that makes a room."""
        if isinstance(error, Declined) and self._sender is not None:
            refused = self._sender.declined(error, room)
            return Refused("forbidden") if not room and isinstance(refused, Refused) else refused
        return NotSent() if isinstance(error, Unreached) else Unsure()
