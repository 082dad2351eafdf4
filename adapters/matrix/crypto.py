"""Keys of rooms: which are taken, which are thrown away, and how those that were used are moved forward.

The library's machine (`nio.crypto.Olm`) does the mathematics of Olm. Around it stands what it must not be trusted
with: it would keep every room's keys for ever, pass them on when asked, and take forwarded ones.

- A room key is taken only for a direct room with the bot, and only from the other one in it. Keys of rooms that are
  known not to be direct are dropped as they arrive. Keys of rooms not known yet wait, bounded, until the sync tells
  what the room is; also over a restart, for a key comes once. One that did not come is asked for once, and taken from
  the device that made it.
- A sender uses one session for up to a hundred messages or a week, so a session cannot be dropped after a message.
  Once a message's effects are committed, its session is exported at the next index and imported again: what was
  handled can then not be opened any more, and what comes next can. Messages still waiting hold that back.
- Nothing is written here: `Ears.write` puts everything into the `State`, which is saved as a whole.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import vodozemac
from nio.crypto import DeviceStore, GroupSessionStore, InboundGroupSession, Olm, OlmAccount, Session, SessionStore
from nio.events import BadEvent, OlmEvent, ToDeviceEvent, UnknownBadEvent

from adapters.matrix.session import State
from adapters.matrix.shapes import Cipher, Poison, mapping, user_id

LIFE: Final = timedelta(days=8)
"""How long a room's key stays after its last use. Clients change keys after a week at the latest."""

OLM_LIFE: Final = timedelta(days=90)
"""How long a session with another device stays after its last use. The next message makes a new one."""

WAITS: Final = timedelta(days=1)
"""How long a key of a room not known yet waits: until an invite is answered."""

MOST_HELD: Final = 200
"""Keys of rooms not known yet that wait."""

MOST_HELD_OF_ONE: Final = 20
"""The same, of one sender."""

MOST_ASKED: Final = 50
"""Keys that were asked for and have not come."""

MOST_IN_ROOM: Final = 50
"""Sessions of one direct room. One device makes about one a week."""

MOST_OLM: Final = 5
"""Olm sessions kept with one device; the library's own grow without end."""


MEGOLM: Final = "m.megolm.v1.aes-sha2"


class Unreadable(Exception):  # noqa: N818 - a state of a message
    """A message cannot be opened: there is no key for it, or it does not fit."""


@dataclass(slots=True)
class Held:
    """A key of a room.

    Attributes:
        room: The room.
        owner: The user whose device made it, by the Olm message that brought it. It reads nobody else's messages.
        sender_key: Identity key (curve25519) of that device.
        session: The key itself.
        used: When it last opened a message, or came.
        waiting: Index of each message that was opened and is not committed, to its event id.
        done: The highest index that is committed; -1 before the first.
    """

    room: str = field(repr=False)
    owner: str = field(repr=False)
    sender_key: str = field(repr=False)
    session: vodozemac.InboundGroupSession = field(repr=False)
    used: datetime
    waiting: dict[int, str] = field(default_factory=dict, repr=False)
    done: int = -1

    def written(self, pickle_key: bytes) -> dict[str, Any]:
        """Return it as it is saved."""
        return {
            "room": self.room,
            "owner": self.owner,
            "key": self.sender_key,
            "pickle": self.session.pickle(pickle_key),
            "used": self.used.isoformat(),
            "done": self.done,
        }

    @classmethod
    def read(cls, written: Mapping[str, Any], pickle_key: bytes) -> "Held":
        """Return what was saved.

        Raises:
            ValueError: It was sealed with another key.
        """
        return cls(
            written["room"],
            written["owner"],
            written["key"],
            vodozemac.InboundGroupSession.from_pickle(written["pickle"], pickle_key),
            datetime.fromisoformat(written["used"]),
            done=written["done"],
        )

    def commit(self, indices: set[int]) -> None:
        """Move past messages whose effects are committed; lower ones still waiting hold it back.

        At the very last index there is no next one: the session is then exported where it stands.
        """
        for index in indices:
            self.waiting.pop(index, None)
            self.done = max(self.done, index)
        target = min([self.done + 1, *self.waiting])
        if target > self.session.first_known_index:
            exported = self.session.export_at(target)
            if exported is not None:
                self.session = vodozemac.InboundGroupSession.import_session(exported)


class _NoStore:
    """What the machine takes for its key store: it is given what was saved, and writes nothing itself."""

    def __init__(self, account: OlmAccount | None, sessions: SessionStore) -> None:
        self._account = account
        self._sessions = sessions

    def load_account(self) -> OlmAccount | None:
        return self._account

    def load_sessions(self) -> SessionStore:
        return self._sessions

    def load_inbound_group_sessions(self) -> GroupSessionStore:
        return GroupSessionStore()

    def load_device_keys(self) -> DeviceStore:
        return DeviceStore()

    def load_outgoing_key_requests(self) -> dict[str, Any]:
        return {}

    def save_account(self, account: OlmAccount) -> None:
        """Nothing: `Ears.write` takes it."""

    def save_session(self, curve_key: str, session: Session) -> None:
        """Nothing: `Ears.write` takes it."""

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        """Nothing: there are none in the machine."""

    def save_device_keys(self, changed: Mapping[str, Any]) -> None:
        """Nothing: device keys are asked for again after a restart."""


class _Machine(Olm):  # type: ignore[misc]  # the library is untyped
    """The library's machine with its ears shut: whatever would keep or pass on a room's key ends in `take`."""

    def __init__(self, user: str, device: str, store: _NoStore) -> None:
        self.take: Callable[[str, str, str, str], None] | None = None
        self.take_asked: Callable[[str, Mapping[str, Any]], None] | None = None
        self.sender = ""
        super().__init__(user, device, store)

    def create_group_session(
        self,
        sender_key: str,
        sender_fp_key: str,  # noqa: ARG002 - the library's signature
        room_id: str,
        session_id: str,
        session_key: str,
    ) -> None:
        """Hand a key that an Olm message brought to `take`. Our own outbound keys come by here too and are dropped."""
        if self.take is not None and self.sender:
            self.take(sender_key, room_id, session_id, session_key)

    def _handle_forwarded_room_key_event(self, sender: str, sender_key: str, payload: Any) -> None:  # noqa: ARG002
        """Hand a forwarded key to `take_asked`, which drops all but those that were asked for."""
        if self.take_asked is not None:
            self.take_asked(sender_key, mapping(payload.get("content")))

    def _handle_key_requests(self, event: Any) -> None:
        """Pass no key on, whoever asks."""

    def handle_key_verification(self, event: Any) -> None:
        """Verification of persons is not offered."""


class Ears:
    """Takes, holds, uses, moves forward and deletes keys of rooms."""

    def __init__(self, state: State, pickle_key: bytes, now: Callable[[], datetime]) -> None:
        """Take the state (`State.direct` says which rooms are direct) and the key its pickles are sealed with.

        Raises:
            ValueError: The pickles were sealed with another key.
        """
        self._state = state
        self._pickle = pickle_key
        self._now = now
        self.joined: set[str] = set()
        """Rooms that the bot is known to be in; keys of those that are not direct are dropped at once."""
        self._held: dict[str, Held] = {}
        self._unknown: OrderedDict[str, Held] = OrderedDict()
        self._asked: OrderedDict[str, tuple[str, str, int]] = OrderedDict()
        self._pickles: dict[str, tuple[datetime, list[str]]] = {}
        self._owners: dict[str, set[str]] = {key: set(users) for key, users in state.owners.items()}
        account = None
        if state.account:
            account = OlmAccount(vodozemac.Account.from_pickle(state.account, pickle_key))
            account.shared = state.shared
        self.machine: Final = _Machine(state.user, state.device, _NoStore(account, self._sessions()))
        self.machine.take = self._take
        self.machine.take_asked = self._take_asked
        self._held.update((name, Held.read(one, pickle_key)) for name, one in state.megolm.items())
        self._unknown.update((name, Held.read(one, pickle_key)) for name, one in state.early.items())

    def _sessions(self) -> SessionStore:
        store = SessionStore()
        for key, pickles in self._state.olm.items():
            if key not in self._owners:
                continue  # nobody could have it forgotten; the next message makes a new one
            for pickle, created, used in pickles:
                session = Session(vodozemac.Session.from_pickle(pickle, self._pickle))
                session.creation_time = datetime.fromisoformat(created)
                session.use_time = datetime.fromisoformat(used)
                store.add(key, session)
        return store

    # What comes to the device.

    def to_device(self, event: Any) -> None:
        """Take one message to our device.

        Raises:
            Poison: It has not the shape it should have.
            Exception: Whatever the library raises on it; the caller goes on with the next.
        """
        raw = mapping(event)
        if raw.get("type") != "m.room.encrypted":
            return  # in clear nothing comes that is used: requests for keys, verification
        sender = user_id(raw.get("sender"))
        parsed = ToDeviceEvent.parse_event(dict(raw))
        if parsed is None or isinstance(parsed, BadEvent | UnknownBadEvent) or not isinstance(parsed, OlmEvent):
            raise Poison("olm")
        self.machine.sender = sender
        try:
            self.machine.handle_to_device_event(parsed)
        finally:
            self.machine.sender = ""
            self.met(sender, parsed.sender_key)
        self._few_sessions(parsed.sender_key)

    def _few_sessions(self, sender_key: str) -> None:
        sessions = self.machine.session_store[sender_key]
        if len(sessions) > MOST_OLM:
            sessions.sort(key=lambda one: one.use_time, reverse=True)
            del sessions[MOST_OLM:]

    def _take(self, sender_key: str, room: str, session_id: str, session_key: str) -> None:
        """Take a key, or let it wait, or drop it."""
        sender = self.machine.sender
        if room not in self._state.direct and room in self.joined:
            return
        try:
            session = vodozemac.InboundGroupSession(vodozemac.SessionKey(session_key))
        except ValueError:
            raise Poison("session") from None
        if session.session_id != session_id:
            raise Poison("session")
        held = Held(room, sender, sender_key, session, self._now())
        if room in self._state.direct:
            self._keep(session_id, held)
            return
        if sum(1 for one in self._unknown.values() if one.owner == sender) >= MOST_HELD_OF_ONE:
            return
        self._unknown.setdefault(session_id, held)
        while len(self._unknown) > MOST_HELD:
            self._unknown.popitem(last=False)

    def missing(self, room: str, sealed: Cipher) -> bool:
        """Note that a message's key is wanted; return whether to ask its sender for it. Each is asked for once."""
        if sealed.session_id in self._held or sealed.session_id in self._asked:
            return False
        try:
            index = vodozemac.MegolmMessage.from_base64(sealed.ciphertext).message_index()
        except ValueError:
            return False
        self._asked[sealed.session_id] = room, sealed.sender, index
        while len(self._asked) > MOST_ASKED:
            self._asked.popitem(last=False)
        return True

    def _take_asked(self, sender_key: str, content: Mapping[str, Any]) -> None:
        """Take a key that we asked for, from the very device that made it, and only from where it is needed on."""
        session_id = content.get("session_id")
        asked = self._asked.get(session_id) if isinstance(session_id, str) else None
        if asked is None or not isinstance(session_id, str):
            return
        room, owner, index = asked
        known = content.get("room_id") == room and self._state.direct.get(room) == owner == self.machine.sender
        if not known or content.get("sender_key") != sender_key or content.get("algorithm") != MEGOLM:
            return
        try:
            whole = vodozemac.InboundGroupSession.import_session(
                vodozemac.ExportedSessionKey(str(content.get("session_key")))
            )
            exported = whole.export_at(max(index, whole.first_known_index))
        except ValueError:
            raise Poison("session") from None
        if whole.session_id != session_id or exported is None:
            raise Poison("session")
        del self._asked[session_id]
        session = vodozemac.InboundGroupSession.import_session(exported)
        self._keep(session_id, Held(room, owner, sender_key, session, self._now()))

    def _keep(self, session_id: str, held: Held) -> None:
        """Keep a key of a direct room: the other one's alone, and never one that opens more than the one we have."""
        if held.owner != self._state.direct.get(held.room) or session_id in self._held:
            return
        self._held[session_id] = held
        of_room = [name for name, one in self._held.items() if one.room == held.room]
        for name in sorted(of_room, key=lambda name: self._held[name].used)[: max(len(of_room) - MOST_IN_ROOM, 0)]:
            del self._held[name]

    # What is known of people.

    def met(self, user: str, key: str) -> None:
        """Note whose device it is with which there may be a session by now. A key may be said to be several users'."""
        if self.machine.session_store.get(key) is not None:
            self._owners.setdefault(key, set()).add(user)

    def early(self, user: str) -> bool:
        """Return whether a key of somebody's waits until its room is known."""
        return any(one.owner == user for one in self._unknown.values())

    def knows(self, user: str) -> bool:
        """Return whether there is a session with a device of somebody's."""
        return any(user in users for users in self._owners.values())

    def forget(self, user: str) -> None:
        """Delete every session with somebody's devices, every key of theirs, and what their devices are."""
        machine = self.machine
        for key in [key for key, users in self._owners.items() if user in users]:
            del self._owners[key]
            machine.session_store[key].clear()
        for store in (self._held, self._unknown):
            for session_id in [name for name, one in store.items() if one.owner == user]:
                del store[session_id]
        for session_id in [name for name, one in self._asked.items() if one[1] == user]:
            del self._asked[session_id]
        machine.device_store[user].clear()
        machine.wedged_devices[:] = [one for one in machine.wedged_devices if one.user_id != user]
        waiting = machine.outgoing_to_device_messages
        waiting[:] = [one for one in waiting if one.recipient != user]

    # What is known of rooms.

    def settle(self, room: str) -> None:
        """Say that it is decided what a room is: keys that waited for it are kept, or dropped."""
        self.joined.add(room)
        for session_id in [name for name, one in self._unknown.items() if one.room == room]:
            held = self._unknown.pop(session_id)
            if room in self._state.direct:
                self._keep(session_id, held)

    def end(self, room: str, *, gone: bool = False) -> None:
        """Delete every key of a room: it is no direct room any more, or (``gone``) the bot is not in it."""
        for store in (self._held, self._unknown):
            for session_id in [name for name, one in store.items() if one.room == room]:
                del store[session_id]
        for session_id in [name for name, one in self._asked.items() if one[0] == room]:
            del self._asked[session_id]
        if gone:
            self.joined.discard(room)
            self.machine.outbound_group_sessions.pop(room, None)

    # Reading.

    def read(self, room: str, sealed: Cipher) -> tuple[bytes, int]:
        """Open a message of a direct room. It then waits for `commit`.

        Returns:
            What was sealed, and the message's index in its session.

        Raises:
            Unreadable: There is no key for it, the key is not its sender's, or the key was moved past it: it was
                handled before, or a later one was.
            Poison: It is no message, or pretends to be another one.
        """
        held = self._held.get(sealed.session_id)
        if held is None or held.room != room or held.owner != sealed.sender:
            raise Unreadable
        try:
            message = vodozemac.MegolmMessage.from_base64(sealed.ciphertext)
            index = message.message_index()
            if held.waiting.get(index, sealed.event_id) != sealed.event_id:
                raise Poison("replay")
            opened = held.session.decrypt(message)
        except ValueError:
            raise Unreadable from None
        held.waiting[index] = sealed.event_id
        held.used = self._now()
        return opened.plaintext, index

    def commit(self, read: Mapping[str, set[int]]) -> None:
        """Move the keys past messages whose effects are committed, so that they open none of them any more.

        Args:
            read: Session ids, and the indices of their messages.
        """
        for session_id, indices in read.items():
            held = self._held.get(session_id)
            if held is not None:
                held.commit(indices)

    # Keeping.

    def sweep(self) -> None:
        """Delete keys whose last use is `LIFE` ago."""
        oldest = self._now() - LIFE
        for session_id in [name for name, one in self._held.items() if one.used <= oldest]:
            del self._held[session_id]
        for session_id in [name for name, one in self._unknown.items() if one.used <= self._now() - WAITS]:
            del self._unknown[session_id]
        long_ago = (self._now() - OLM_LIFE).replace(tzinfo=None)  # the library's instants are naive; a day is no matter
        for sessions in self.machine.session_store.values():
            sessions[:] = [one for one in sessions if one.use_time > long_ago]

    def write(self) -> None:
        """Put everything into the state, to be saved."""
        machine = self.machine
        self._state.account = machine.account._account.pickle(self._pickle)  # noqa: SLF001 - the library hashes a passphrase instead
        self._state.shared = machine.account.shared
        olm: dict[str, list[list[str]]] = {}
        before, self._pickles = self._pickles, {}
        for key, sessions in machine.session_store.items():
            made = [self._session(one, before) for one in sessions if one._session is not None]  # noqa: SLF001 - the same
            if made and key in self._owners:
                olm[key] = made
        self._state.olm = olm
        self._owners = {key: users for key, users in self._owners.items() if key in olm}
        self._state.owners = {key: sorted(users) for key, users in self._owners.items()}
        self._state.megolm = {session_id: one.written(self._pickle) for session_id, one in self._held.items()}
        self._state.early = {session_id: one.written(self._pickle) for session_id, one in self._unknown.items()}

    def _session(self, session: Any, before: Mapping[str, tuple[datetime, list[str]]]) -> list[str]:
        """Return a session as it is saved; one that was not used since is not sealed again."""
        known = before.get(session.id)
        if known is None or known[0] != session.use_time:
            pickle = session._session.pickle(self._pickle)  # noqa: SLF001 - the library hashes a passphrase instead
            known = (session.use_time, [pickle, session.creation_time.isoformat(), session.use_time.isoformat()])
        self._pickles[session.id] = known
        return known[1]
