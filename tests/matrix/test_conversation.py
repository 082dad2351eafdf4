"""What goes on in a direct room, without a homeserver."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from adapters.matrix import inbound
from adapters.matrix.conversation import Conversation
from adapters.matrix.heard import Heard
from adapters.matrix.shown import Shown
from bot.contract.card import Card
from bot.contract.effect import Accepted, NotSent, Result
from bot.contract.intent import Intent, Reply
from bot.contract.place import Member
from bot.contract.text import Voice, text
from bot.i18n import Fluent
from tests.adapters.local.fakes import NotingSink, buttons
from tests.matrix.script import Clock

ROOM, BIRCH = "!direct:localhost", Member("matrix", "@birch:localhost")


class Porch:
    """A conversation with Birch; ``told`` is what happened, oldest first."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.results: list[Result] = []
        self.keys: list[str] = []
        self.clock = Clock()
        self.shown = Shown()
        self.sink = NotingSink()
        names = SimpleNamespace(forget=lambda _: None)
        engine: Any = SimpleNamespace(direct=lambda _: BIRCH.id, state=SimpleNamespace(direct={}), forget=self._forget)
        talk: Any = SimpleNamespace(
            shown=self.shown, say=self._say, note=self._note, keep_soon=lambda: None, names=names
        )
        asking: Any = SimpleNamespace(forget=lambda _: None)
        places: Any = SimpleNamespace(rooms=tuple)
        self.talking = Conversation(engine, talk, places, asking, self.sink, Fluent(), buttons(), self.clock)

    async def _forget(self, _: str) -> None:
        self.told.append("forgotten")

    async def _note(self, *_: Any) -> None:
        return

    async def _say(self, _: str, __: Member, card: Card, ___: Voice, key: str) -> Result:
        self.keys.append(key)
        result = self.results.pop(0) if self.results else Accepted(f"$said{len(self.keys)}")
        if isinstance(result, Accepted):
            self.told.append(card.lines[-1].id)
        return result


def heard(number: int, body: str = "") -> Heard:
    return Heard(f"$e{number}", ROOM, BIRCH.id, "message", body)


@pytest.mark.parametrize("newer", [True, False])
async def test_a_number_after_questions_that_lapsed_presses_the_card_that_came_since(newer: bool) -> None:
    porch = Porch()
    await porch.talking.typed(heard(1), inbound.Typed("peer ask"))
    assert porch.talking.asking(BIRCH)
    porch.clock.time += timedelta(minutes=16)
    if newer:
        porch.shown.put(ROOM, "$card", ("a forged id",), porch.clock.time)
    porch.told.clear()
    porch.sink.intents.clear()
    await porch.talking.answered(heard(2, "1"), "1")
    pressed = [one.command for one in porch.sink.intents if one.command != "about.unknown"]
    assert pressed == (["about.old-button"] if newer else [])
    assert ("matrix-lapsed" in porch.told) is not newer
    assert porch.talking.asking(BIRCH) is None


async def test_who_is_forgotten_is_told_first_also_where_sending_must_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    porch = Porch()

    async def farewell(_: Intent) -> Reply:
        return Reply(Card((text("bye"),), farewell=True), Voice())

    pause = asyncio.sleep
    monkeypatch.setattr("asyncio.sleep", lambda _: pause(0))
    monkeypatch.setattr(porch.sink, "ask", farewell)
    porch.results = [NotSent(3.0), NotSent(3.0)]
    await porch.talking.typed(heard(1), inbound.Typed("mine forget", {"sure": "yes"}))
    assert porch.told == ["matrix-farewell", "forgotten"]


async def test_a_reply_to_what_could_not_be_opened_at_first_is_another_than_being_told_so() -> None:
    porch = Porch()
    porch.talking._spoken(BIRCH, Voice())
    await porch.talking.unopened(heard(1))
    await porch.talking.said(heard(1))
    assert len(set(porch.keys)) == len(porch.keys) == 2
