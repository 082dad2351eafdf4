"""Signing in: once, with the device kept, and with a plain word for the operator where it does not work."""

from dataclasses import replace

import pytest

from adapters.matrix.engine import Engine
from adapters.matrix.keys import InMemory
from adapters.matrix.session import Account, State, sign_in
from bot.chance import SecretChance
from bot.contract.effect import NotSent, Unreadable
from bot.domain.errors import StartError
from tests.matrix.listening import KEY, Listening
from tests.matrix.people import PASSWORD, People
from tests.matrix.script import Clock, Script
from tests.matrix.synapse import Homeserver


async def test_the_device_is_kept_over_restarts(people: People, bot: Listening) -> None:
    device, token = bot.engine.state.device, bot.engine.state.token
    bot.account = replace(bot.account, password="")
    await bot.restart()
    assert (bot.engine.state.device, bot.engine.state.token) == (device, token)
    devices = await bot.engine.server.ask("GET", "/_matrix/client/v3/devices")
    assert [one["device_id"] for one in devices["devices"]] == [device]


async def test_a_wrong_password_is_told_and_nothing_is_saved(people: People) -> None:
    user = people.account("bot")
    bot = Listening(people.homeserver, user, Account(people.homeserver.url, user, "canary"))
    with pytest.raises(StartError) as no:
        await bot.start()
    assert no.value.code == "matrix-login"
    assert "canary" not in repr(no.value) + str(no.value.facts)
    assert bot.saved.state is None


async def test_a_given_token_is_used(people: People, homeserver: Homeserver) -> None:
    user = people.account("bot")
    body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": PASSWORD}
    answer = homeserver.call("POST", "/_matrix/client/v3/login", body)[1]
    account = Account(homeserver.url, user, token=answer["access_token"], device=answer["device_id"])
    bot = Listening(homeserver, user, account)
    try:
        await bot.start()
        assert bot.engine.state.device == answer["device_id"]
    finally:
        await bot.stop()


@pytest.mark.parametrize("wrong", ["device", "user"])
async def test_a_token_of_another_device_or_account_is_told(people: People, homeserver: Homeserver, wrong: str) -> None:
    user, other = people.account("bot"), people.account("other")
    body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": PASSWORD}
    answer = homeserver.call("POST", "/_matrix/client/v3/login", body)[1]
    device = "ANOTHER" if wrong == "device" else answer["device_id"]
    named = other if wrong == "user" else user
    bot = Listening(homeserver, user, Account(homeserver.url, named, token=answer["access_token"], device=device))
    with pytest.raises(StartError) as no:
        await bot.start()
    assert no.value.code == "matrix-device"
    assert bot.saved.state is None


async def test_a_token_that_was_revoked_ends_the_bot_with_a_word(people: People, bot: Listening) -> None:
    token = bot.engine.state.token
    assert people.homeserver.call("POST", "/_matrix/client/v3/logout", {}, token)[0] == 200
    assert bot._running is not None
    with pytest.raises(StartError) as no:
        await bot._running
    assert no.value.code == "matrix-token"
    bot._running = None
    bot.account = replace(bot.account, password="")
    with pytest.raises(StartError):
        await bot.restart()
    assert bot.engine.server.requests == 1, "it is asked once and not again"
    bot._running = None


async def test_with_a_password_a_bot_that_was_logged_out_logs_in_again_and_brings_its_keys(
    people: People, bot: Listening
) -> None:
    device, token = bot.engine.state.device, bot.engine.state.token
    await bot.stop()
    assert people.homeserver.call("POST", "/_matrix/client/v3/logout", {}, token)[0] == 200
    await bot.start()
    assert bot.engine.state.device == device
    assert bot.engine.state.token != token
    found = await bot.engine.server.ask("POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot.id: []}})
    assert list(found["device_keys"][bot.id]) == [device]


async def test_before_it_is_ready_nothing_is_sent_and_nothing_is_guessed() -> None:
    engine = Engine(Account("http://localhost:1", "@bot:localhost", "x"), InMemory(), KEY, Clock(), SecretChance())
    assert isinstance(await engine.send("!a:b", "m.room.message", {}, "tx"), NotSent)
    assert isinstance(await engine.redact("!a:b", "$e", "tx"), NotSent)
    assert isinstance(await engine.set_state("!a:b", "m.room.name", {}), NotSent)
    assert isinstance(await engine.join("!a:b"), NotSent)
    assert isinstance(await engine.make_room({}, "m"), NotSent)
    assert await engine.find_mark("!a:b", "m") == Unreadable()


async def test_a_log_in_as_somebody_else_is_none() -> None:
    clock = Clock()
    server = Script(clock)
    server.token = ""
    state = State()
    server.answers["/login"] = {"user_id": "@other:localhost", "device_id": "D", "access_token": "t"}
    with pytest.raises(StartError) as no:
        await sign_in(server, Account("http://localhost", "@bot:localhost", "x"), state)
    assert no.value.code == "matrix-login"
    assert state == State()


async def test_a_state_sealed_with_another_key_is_not_touched(bot: Listening) -> None:
    await bot.stop()
    before = bot.saved.state
    engine = Engine(bot.account, bot.saved, b"o" * 32, Clock(), SecretChance())
    try:
        with pytest.raises(StartError) as no:
            await engine.start()
    finally:
        await engine.close()
    assert no.value.code == "matrix-store-key"
    assert bot.saved.state == before
