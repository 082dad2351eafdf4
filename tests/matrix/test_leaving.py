"""Leaving people who were forgotten, and meeting people, where the homeserver does not do as it is asked."""

import pytest

from adapters.matrix.server import Server, Unclear
from adapters.matrix.session import State
from tests.matrix.listening import Listening
from tests.matrix.people import People, Person


async def begun(people: People, bot: Listening) -> tuple[Person, str]:
    """Let somebody begin a conversation with the bot and be heard in it."""
    birch = await people.member("birch")
    room = await birch.direct(bot.id)
    await birch.sees(room, bot.id)
    await birch.types(room, "!help")
    await bot.hears("message", room=room)
    return birch, room


def deaf(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Lose every answer of the homeserver to requests with something in their address."""
    ask = Server.ask

    async def asked(self: Server, method: str, address: str, *more: object, **others: object) -> object:
        if part in address:
            raise Unclear
        return await ask(self, method, address, *more, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(Server, "ask", asked)


def saved(bot: Listening) -> State:
    assert bot.saved.state is not None
    return State.read(bot.saved.state)


async def test_a_room_that_cannot_be_left_now_is_left_after_a_later_sync(
    people: People, bot: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    birch, room = await begun(people, bot)
    with monkeypatch.context() as patch:
        deaf(patch, "/leave")
        await bot.engine.forget(birch.id)
        assert saved(bot).leaving == [room]
        assert birch.id not in bot.saved.state.decode()  # type: ignore[union-attr]
        await bot.turn(2)
        assert saved(bot).leaving == [room], "it is tried again"
    await bot.restart()
    await birch.sees(room, bot.id, "leave")
    await bot.turn()
    assert saved(bot).leaving == []


async def test_who_asks_the_bot_back_into_a_room_that_it_was_to_leave_is_not_left_again(
    people: People, bot: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    birch, room = await begun(people, bot)
    bot.engine.state.direct.pop(room)
    await bot.engine.leave(room)

    async def later() -> None:
        """Leave it later than the invite comes: the answer of the homeserver was lost, say."""

    with monkeypatch.context() as patch:
        patch.setattr(bot.engine, "_go", later)
        bot.engine.state.leaving.append(room)
        await birch.sees(room, bot.id, "leave")
        await birch.asks_in(room, bot.id)
        await birch.sees(room, bot.id)
    await bot.turn(2)
    assert bot.engine.state.leaving == []
    assert room in bot.engine.ears.joined  # type: ignore[union-attr]


@pytest.mark.parametrize("part", ["keys/query", "keys/claim", "sendToDevice"])
async def test_somebody_who_cannot_be_greeted_is_joined_all_the_same(
    people: People, bot: Listening, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    birch = await people.member("birch")
    with monkeypatch.context() as patch:
        deaf(patch, part)
        room = await birch.direct(bot.id)
        await birch.sees(room, bot.id)
    await birch.types(room, "!help")
    assert (await bot.hears("message", room=room)).body == "!help"


async def test_a_device_without_keys_is_not_greeted_and_one_that_is_known_not_again(
    people: People, bot: Listening
) -> None:
    birch = await people.member("birch")
    devices = bot.engine._devices
    assert devices is not None
    posted: list[object] = []
    post = devices.post

    async def noting(messages: object) -> None:
        posted.append(messages)
        await post(messages)  # type: ignore[arg-type]

    devices.post = noting  # type: ignore[method-assign]
    await devices.greet(birch.id)
    assert len(posted) == 1
    await devices.greet(birch.id)
    assert len(posted) == 1
    devices.forget(birch.id)

    async def none(missing: object) -> None:
        """Claim no key: there is none left."""

    devices._claim = none  # type: ignore[method-assign]
    await devices.greet(birch.id)
    assert len(posted) == 1
