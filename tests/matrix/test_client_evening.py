"""A whole evening on Matrix: the shipped adapter in its own process, a real homeserver, people with real clients."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers.matrix import MatrixEvening


@pytest.fixture
async def porch(tmp_path: Path) -> AsyncIterator[MatrixEvening]:
    evening = await MatrixEvening(tmp_path / "evening").start()
    yield evening
    await evening.stop()


async def test_two_find_each_other_and_the_bot_leaves_their_room(porch: MatrixEvening) -> None:
    birch, alder = porch.person("birch"), porch.person("alder")
    assert "Your light is on" in await alder.asks("peer light on", {"hours": "4"})
    assert "Ask like this?" in await birch.asks("peer ask")
    await birch.presses("peer.open")
    assert "A member would like to talk with a peer" in alder.sees()[-1]
    assert "Thank you" in await alder.presses("peer.yes")
    assert alder.sees()[-1] == birch.sees()[-1]
    assert "Birch" in birch.sees()[-1]
    assert "It is encrypted." in birch.sees()[-1]
    assert "None of them can invite others." in birch.sees()[-1]
    await alder.presses("peer.enter")
    await birch.presses("peer.enter")
    assert alder.rooms() == birch.rooms()
    (room,) = birch.rooms()
    assert porch.bot_is_in(room)
    await porch.wind(hours=1)
    assert not porch.bot_is_in(room)
    said = porch.town.do(birch.at.types(room, "good evening"))
    assert said
    assert porch.town.do(alder.at.reads(room)) == "good evening"
