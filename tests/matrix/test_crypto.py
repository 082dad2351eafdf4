"""Keys: whose are taken, how they move forward, and that others give us theirs."""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
import vodozemac
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nio.crypto import OlmDevice, OutgoingKeyRequest, TrustState
from nio.event_builders import ToDeviceMessage

from adapters.matrix.crypto import LIFE, MOST_ASKED, MOST_HELD, MOST_HELD_OF_ONE, MOST_IN_ROOM, WAITS, Ears, Unreadable
from adapters.matrix.session import State
from adapters.matrix.shapes import Cipher, Poison
from adapters.matrix.signing import Identity, canonical
from tests.matrix.hands import BIRCH, NOW, ROOM, Hands
from tests.matrix.listening import Listening
from tests.matrix.people import People, Person

KEY = b"p" * 32


class Time:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def state() -> State:
    return State(user="@bot:localhost", device="BOT", direct={ROOM: BIRCH})


@pytest.fixture
def ears(state: State, time: Time) -> Ears:
    return Ears(state, KEY, time)


def again(ears: Ears, state: State, time: Time) -> Ears:
    """Return what a restart makes of it."""
    ears.write()
    return Ears(State.read(state.written()), KEY, time)


def reads(ears: Ears, *sealed: Cipher, room: str = ROOM) -> list[str]:
    """Return the words of messages, or a question mark for each that cannot be read."""
    found = []
    for one in sealed:
        try:
            found.append(ears.read(room, one)[0].decode())
        except Unreadable:
            found.append("?")
    return found


# Moving forward.


def test_after_a_commit_what_was_handled_is_closed_and_what_comes_is_open(ears: Ears) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    birch.gives(session)
    one, two, three = (birch.says(session, words) for words in ("one", "two", "three"))
    assert reads(ears, one, two) == ["one", "two"]
    assert reads(ears, one, two) == ["one", "two"], "not committed: it may come again"
    ears.commit({session.session_id: {0, 1}})
    assert reads(ears, one, two, three) == ["?", "?", "three"]


def test_a_lower_message_still_waiting_holds_the_key_back(ears: Ears) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    birch.gives(session)
    one, two, three = (birch.says(session, words) for words in ("one", "two", "three"))
    assert reads(ears, one, two, three) == ["one", "two", "three"]
    ears.commit({session.session_id: {0, 2}})
    assert reads(ears, one, two) == ["?", "two"]
    ears.commit({session.session_id: {1}})
    assert reads(ears, one, two, three) == ["?", "?", "?"]


def test_what_is_saved_opens_nothing_that_was_handled(ears: Ears, state: State, time: Time) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    birch.gives(session)
    one, two = (birch.says(session, words) for words in ("one", "two"))
    assert reads(ears, one) == ["one"]
    assert reads(again(ears, state, time), one, two) == ["one", "two"]
    ears.commit({session.session_id: {0}})
    assert reads(again(ears, state, time), one, two) == ["?", "two"]


def test_a_key_given_again_does_not_open_what_was_handled(ears: Ears) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    first_key = vodozemac.GroupSession.from_pickle(session.pickle(KEY), KEY)
    birch.gives(session)
    one = birch.says(session, "one")
    assert reads(ears, one) == ["one"]
    ears.commit({session.session_id: {0}})
    birch.gives(first_key)
    assert reads(ears, one) == ["?"]


# Whose keys are taken.


def test_keys_of_a_room_known_not_to_be_direct_are_dropped(ears: Ears) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    ears.joined.add("!group:localhost")
    birch.gives(session, "!group:localhost")
    assert not ears._held
    assert not ears._unknown


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize("restart", [True, False])
def test_keys_of_an_unknown_room_wait_until_it_is_known(
    ears: Ears, state: State, time: Time, direct: bool, restart: bool
) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    birch.gives(session, "!new:localhost")
    said = birch.says(session, "one")
    assert reads(ears, said, room="!new:localhost") == ["?"]
    assert ears.early(BIRCH)
    assert not ears.early("@rowan:localhost")
    if restart:
        ears.write()
        state = State.read(state.written())
        ears = Ears(state, KEY, time)
        assert ears.early(BIRCH)
    if direct:
        state.direct["!new:localhost"] = BIRCH
    ears.settle("!new:localhost")
    assert reads(ears, said, room="!new:localhost") == (["one"] if direct else ["?"])
    assert not ears.early(BIRCH)
    ears.write()
    assert state.early == {}


def test_keys_of_an_unknown_room_are_deleted_from_the_state_too(ears: Ears, state: State, time: Time) -> None:
    birch = Hands(ears)
    birch.gives(vodozemac.GroupSession(), "!new:localhost")
    ears.write()
    assert [one["owner"] for one in state.early.values()] == [BIRCH]
    time.now += WAITS
    after = again(ears, state, time)
    after.sweep()
    after.write()
    assert after._state.early == {}
    ears.forget(BIRCH)
    ears.write()
    assert state.early == {}


def test_keys_of_unknown_rooms_are_bounded_for_each_and_for_all(ears: Ears, time: Time) -> None:
    birch = Hands(ears)
    for number in range(MOST_HELD_OF_ONE + 5):
        birch.gives(vodozemac.GroupSession(), f"!{number}:localhost")
    assert len(ears._unknown) == MOST_HELD_OF_ONE
    for person in range(MOST_HELD // MOST_HELD_OF_ONE + 1):
        other = Hands(ears, f"@other{person}:localhost")
        for number in range(MOST_HELD_OF_ONE):
            other.gives(vodozemac.GroupSession(), f"!{number}:localhost")
    assert len(ears._unknown) == MOST_HELD
    time.now += timedelta(days=2)
    ears.sweep()
    assert not ears._unknown


def test_a_key_from_somebody_else_is_not_taken_for_a_direct_room(ears: Ears) -> None:
    rowan, session = Hands(ears, "@rowan:localhost"), vodozemac.GroupSession()
    rowan.gives(session)
    assert not ears._held


def test_a_message_is_read_only_as_its_key_owners_and_in_its_room(ears: Ears, state: State) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    birch.gives(session)
    said = birch.says(session, "one", sender="@rowan:localhost")
    assert reads(ears, said) == ["?"]
    state.direct["!other:localhost"] = BIRCH
    assert reads(ears, birch.says(session, "two"), room="!other:localhost") == ["?"]


def test_another_event_with_a_message_used_before_is_put_aside(ears: Ears) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    birch.gives(session)
    said = birch.says(session, "one")
    assert reads(ears, said) == ["one"]
    replayed = Cipher("$other", said.sender, said.at, said.sender_key, said.session_id, said.ciphertext)
    with pytest.raises(Poison, match="replay"):
        ears.read(ROOM, replayed)


def test_a_forwarded_key_is_dropped_even_from_a_device_that_the_library_trusts(ears: Ears) -> None:
    ours, session = Hands(ears, ears.machine.user_id), vodozemac.GroupSession()
    keys = {"ed25519": ours.account.ed25519_key.to_base64(), "curve25519": ours.key}
    device = OlmDevice(ours.user, "OTHER", keys, trust_state=TrustState.verified)
    ears.machine.device_store.add(device)
    asked = OutgoingKeyRequest("id", session.session_id, ROOM, "m.megolm.v1.aes-sha2")
    ears.machine.outgoing_key_requests[session.session_id] = asked
    exported = vodozemac.InboundGroupSession(session.session_key).export_at(0)
    assert exported is not None
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": ROOM,
        "session_id": session.session_id,
        "session_key": exported.to_base64(),
        "sender_key": ours.key,
        "sender_claimed_ed25519_key": keys["ed25519"],
        "forwarding_curve25519_key_chain": [],
    }
    ears.to_device(ours.sealed("m.forwarded_room_key", content))
    assert not ears._held
    assert not ears._unknown
    assert not list(ears.machine.inbound_group_store)
    assert session.session_id in ears.machine.outgoing_key_requests, "nothing was made of it"


def test_nobody_is_given_a_key_who_asks_for_one(ears: Ears) -> None:
    body = {"algorithm": "m.megolm.v1.aes-sha2", "room_id": ROOM, "sender_key": "k", "session_id": "s"}
    content = {"action": "request", "body": body, "request_id": "r", "requesting_device_id": "D"}
    ears.to_device({"type": "m.room_key_request", "sender": BIRCH, "content": content})
    assert not ears.machine.received_key_requests
    assert not ears.machine.outgoing_to_device_messages


def test_our_own_key_of_a_room_is_not_kept(ears: Ears, state: State) -> None:
    ears.machine.create_outbound_group_session(ROOM)
    assert not list(ears.machine.inbound_group_store)
    assert not ears._held
    assert not ears._unknown
    ears.write()
    assert not state.megolm


def test_a_key_that_says_it_is_another_is_put_aside(ears: Ears) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": ROOM,
        "session_id": "another",
        "session_key": session.session_key.to_base64(),
    }
    with pytest.raises(Poison):
        ears.to_device(birch.sealed("m.room_key", content))
    assert not ears._held


def test_an_olm_message_that_names_another_sender_is_not_believed(ears: Ears) -> None:
    rowan, session = Hands(ears, "@rowan:localhost"), vodozemac.GroupSession()
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": ROOM,
        "session_id": session.session_id,
        "session_key": session.session_key.to_base64(),
    }
    event = rowan.sealed("m.room_key", content)
    event["sender"] = BIRCH
    ears.to_device(event)
    assert not ears._held


# Keys that were asked for.


def forwarded(birch: Hands, session: vodozemac.GroupSession, at: int = 0, **more: Any) -> dict[str, Any]:
    exported = vodozemac.InboundGroupSession(session.session_key).export_at(at)
    assert exported is not None
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": ROOM,
        "session_id": session.session_id,
        "session_key": exported.to_base64(),
        "sender_key": birch.key,
        "sender_claimed_ed25519_key": birch.account.ed25519_key.to_base64(),
        "forwarding_curve25519_key_chain": [],
        **more,
    }
    return birch.sealed("m.forwarded_room_key", content)


def test_a_key_that_was_asked_for_opens_the_message_and_nothing_before_it(ears: Ears) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    start = vodozemac.GroupSession.from_pickle(session.pickle(KEY), KEY)
    one, two, three = (birch.says(session, words) for words in ("one", "two", "three"))
    assert ears.missing(ROOM, two)
    assert not ears.missing(ROOM, two), "once is enough"
    ears.to_device(forwarded(birch, start))
    assert reads(ears, one, two, three) == ["?", "two", "three"]
    ears.commit({session.session_id: {1, 2}})
    ears.to_device(forwarded(birch, start))
    assert reads(ears, one, two, three) == ["?", "?", "?"], "it was not asked for again"


@pytest.mark.parametrize("how", ["unasked", "another person", "another device", "another room", "ended", "torn"])
def test_a_key_is_taken_only_as_it_was_asked_for(ears: Ears, state: State, how: str) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    start = vodozemac.GroupSession.from_pickle(session.pickle(KEY), KEY)
    said = birch.says(session, "one")
    if how != "unasked":
        assert ears.missing(ROOM, said)
    giver = Hands(ears, "@rowan:localhost") if how == "another person" else birch
    more: dict[str, Any] = {}
    if how == "another device":
        more["sender_key"] = Hands(ears).key
    if how == "another room":
        more["room_id"] = "!other:localhost"
    if how == "torn":
        more["session_key"] = "canary"
    if how == "ended":
        ears.end(ROOM)
        del state.direct[ROOM]
    event = forwarded(giver, start, **more)
    if how == "torn":
        with pytest.raises(Poison):
            ears.to_device(event)
    else:
        ears.to_device(event)
    assert reads(ears, said) == ["?"]
    assert not ears._held


def test_what_is_asked_for_is_bounded(ears: Ears) -> None:
    birch = Hands(ears)
    for _ in range(MOST_ASKED + 5):
        assert ears.missing(ROOM, birch.says(vodozemac.GroupSession(), "x"))
    assert len(ears._asked) == MOST_ASKED


# How long they stay.


def test_a_key_stays_eight_days_after_its_last_use(ears: Ears, time: Time) -> None:
    birch, session = Hands(ears), vodozemac.GroupSession()
    birch.gives(session)
    time.now += timedelta(days=7)
    assert reads(ears, birch.says(session, "one")) == ["one"]
    time.now += LIFE - timedelta(seconds=1)
    ears.sweep()
    assert len(ears._held) == 1
    time.now += timedelta(seconds=1)
    ears.sweep()
    assert not ears._held


def test_a_room_that_ended_leaves_no_key(ears: Ears, state: State, time: Time) -> None:
    birch = Hands(ears)
    for room in (ROOM, "!new:localhost"):
        birch.gives(vodozemac.GroupSession(), room)
    ears.end(ROOM)
    assert [one.room for one in ears._unknown.values()] == ["!new:localhost"]
    ears.end("!new:localhost", gone=True)
    assert not ears._unknown
    assert not again(ears, state, time)._held


def test_a_room_has_a_bounded_number_of_keys(ears: Ears, time: Time) -> None:
    birch = Hands(ears)
    sessions = [vodozemac.GroupSession() for _ in range(MOST_IN_ROOM + 3)]
    for session in sessions:
        time.now += timedelta(seconds=1)
        birch.gives(session)
    assert set(ears._held) == {one.session_id for one in sessions[3:]}


def test_sessions_with_devices_survive_a_restart(ears: Ears, state: State, time: Time) -> None:
    birch = Hands(ears)
    birch.gives(vodozemac.GroupSession())
    later = again(ears, state, time)
    birch.ears = later
    session = vodozemac.GroupSession()
    birch.gives(session)
    assert reads(later, birch.says(session, "one")) == ["one"]


def test_another_key_opens_no_pickles(ears: Ears, state: State, time: Time) -> None:
    ears.write()
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own
        Ears(State.read(state.written()), b"o" * 32, time)


# On a real homeserver.


def verified(value: Mapping[str, Any], user: str, key: str) -> bool:
    signature = value["signatures"][user][f"ed25519:{key}"]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key + "="))
    public.verify(base64.b64decode(signature + "=="), canonical(value))
    return True


async def keys_of(asker: Person, user: str) -> dict[str, Any]:
    return await asker.ask("POST", "/_matrix/client/v3/keys/query", {"device_keys": {user: []}})


def strictly_signed(answer: Mapping[str, Any], user: str, device: str) -> str:
    """Prove the chain from the master key to the device, as a strict client does; return the master key."""
    (master,) = answer["master_keys"][user]["keys"].values()
    (self_signing,) = answer["self_signing_keys"][user]["keys"].values()
    assert answer["master_keys"][user]["usage"] == ["master"]
    assert answer["self_signing_keys"][user]["usage"] == ["self_signing"]
    assert verified(answer["self_signing_keys"][user], user, master)
    assert verified(answer["device_keys"][user][device], user, self_signing)
    return str(master)


async def test_the_device_is_signed_by_the_bots_own_identity(people: People, bot: Listening) -> None:
    asker = await people.member("asker")
    answer = await keys_of(asker, bot.id)
    master = strictly_signed(answer, bot.id, bot.engine.state.device)
    await bot.restart()
    assert strictly_signed(await keys_of(asker, bot.id), bot.id, bot.engine.state.device) == master, "once is enough"


@pytest.mark.parametrize("lost", ["state", "keys"])
async def test_an_identity_that_is_not_ours_any_more_is_made_anew_with_the_password(
    people: People, bot: Listening, lost: str
) -> None:
    asker = await people.member("asker")
    master = strictly_signed(await keys_of(asker, bot.id), bot.id, bot.engine.state.device)
    await bot.stop()
    assert bot.saved.state is not None
    state = State.read(bot.saved.state)
    state.signing = Identity(bot.id, {}).private
    bot.saved.state = None if lost == "state" else state.written()
    await bot.restart()
    assert strictly_signed(await keys_of(asker, bot.id), bot.id, bot.engine.state.device) != master


async def test_a_bot_without_one_time_keys_is_reached_by_its_fallback_key(people: People, bot: Listening) -> None:
    birch, asker = await people.member("birch"), await people.member("asker")
    device = bot.engine.state.device
    await bot.stop()
    claim = {"one_time_keys": {bot.id: {device: "signed_curve25519"}}}
    fallback = False
    for _ in range(200):
        answer = await asker.ask("POST", "/_matrix/client/v3/keys/claim", claim)
        (key,) = answer["one_time_keys"][bot.id][device].values()
        fallback = key.get("fallback", False)
        if fallback:
            break
    assert fallback, "no fallback key was there"
    room = await birch.direct(bot.id)
    await birch.sees(room, bot.id, "invite")
    await birch.types(room, "!peer ask")
    await bot.restart()
    await bot.hears("message", body="!peer ask")
    await bot.turn()
    answer = await asker.ask("POST", "/_matrix/client/v3/keys/claim", claim)
    (key,) = answer["one_time_keys"][bot.id][device].values()
    assert "fallback" not in key, "a count of none at all was not noticed"


def test_what_a_restart_needs_is_saved(bot: Listening) -> None:
    assert bot.saved.state is not None
    saved = State.read(bot.saved.state)
    assert saved.shared
    assert saved.signing.keys() == {"master", "self_signing", "user_signing"}
    assert saved.token


# Forgetting somebody.


def test_who_is_forgotten_leaves_nothing_behind_and_others_stay(ears: Ears, state: State, time: Time) -> None:
    other_room, unknown = "!other:localhost", "!unknown:localhost"
    state.direct[other_room] = "@rowan:localhost"
    birch, rowan = Hands(ears), Hands(ears, "@rowan:localhost")
    for hands, room in ((birch, ROOM), (rowan, other_room)):
        hands.gives(vodozemac.GroupSession(), room)
        hands.gives(vodozemac.GroupSession(), unknown)
        assert ears.missing(room, hands.says(vodozemac.GroupSession(), "x"))
    machine = ears.machine
    devices = [OlmDevice(hands.user, "DEVICE", {"curve25519": hands.key, "ed25519": "key"}) for hands in (birch, rowan)]
    for device in devices:
        machine.device_store.add(device)
        machine.wedged_devices.append(device)
        machine.outgoing_to_device_messages.append(ToDeviceMessage("m.room.encrypted", device.user_id, "DEVICE", {}))
    ears.write()
    assert all(one.key in state.written().decode() for one in (birch, rowan)), "the control"
    assert ears.knows(BIRCH)
    ears.forget(BIRCH)
    ears.write()
    assert birch.key not in state.written().decode()
    assert rowan.key in state.written().decode()
    assert not ears.knows(BIRCH)
    assert ears.knows(rowan.user)
    for kept in (
        [one.owner for one in (*ears._held.values(), *ears._unknown.values())],
        [owner for _, owner, _ in ears._asked.values()],
        [one.user_id for one in (*machine.wedged_devices, *machine.device_store)],
        [one.recipient for one in machine.outgoing_to_device_messages],
    ):
        assert set(kept) == {rowan.user}
    later = again(ears, state, time)
    assert not later.knows(BIRCH)
    assert later.knows(rowan.user)


def test_a_key_that_two_say_is_theirs_goes_with_either(ears: Ears, state: State) -> None:
    birch = Hands(ears)
    birch.gives(vodozemac.GroupSession())
    ears.met("@rowan:localhost", birch.key)
    ears.met("@rowan:localhost", "a key with which there is no session")
    ears.write()
    assert state.owners == {birch.key: [BIRCH, "@rowan:localhost"]}
    ears.forget("@rowan:localhost")
    ears.write()
    assert (state.owners, state.olm) == ({}, {})


def test_a_session_of_which_nobody_knows_whose_it_is_is_not_taken_up_again(
    ears: Ears, state: State, time: Time
) -> None:
    birch = Hands(ears)
    birch.gives(vodozemac.GroupSession())
    ears.write()
    state.owners.clear()
    later = again(Ears(State.read(state.written()), KEY, time), state, time)
    assert later.machine.session_store.get(birch.key) is None
