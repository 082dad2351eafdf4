"""Who is forgotten is left and forgotten by the adapter too, wherever on the way the process dies."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.matrix.keeping import at_all
from adapters.matrix.keys import STATE, SealedFile
from adapters.matrix.session import State
from bot.app import KEY
from bot.contract.text import Plain, Voice
from bot.i18n import Fluent
from bot.store.sealed import Keys
from tests.drivers.matrix import MatrixPerson
from tests.drivers.prepared import PreparedEvening
from tests.matrix.people import PATIENCE
from tests.promises import drove

SPEAKER = Fluent()

POINTS = (
    ("intent.committed", 1),  # the core has forgotten; nobody was told, and the adapter knows nothing of it
    ("send/m.room.answered", 1),  # they were told
    ("leave.ask", 1),  # the adapter has forgotten them, and is still in the room with them
    ("leave.answered", 1),  # it has left, and does not know it
    ("account_data.ask", 1),  # only the account's own list on the homeserver still names them
)
"""Where the process dies, counted from the press on: a name, and which one of that name. Those that differ most."""

OTHERS = (
    ("intent.commit", 1),
    ("sendToDevice.ask", 1),
    ("sendToDevice.answered", 1),
    ("send/m.room.ask", 1),
    ("state.save", 1),
    ("state.saved", 1),
    ("state.save", 2),
    ("state.saved", 2),
    ("forget.ask", 1),
    ("forget.answered", 1),
    ("state.save", 3),
    ("state.saved", 3),
    ("account_data.answered", 1),
)
"""The rest of what is done outside the process."""


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[PreparedEvening]:
    opened = PreparedEvening(tmp_path / "evening")
    opened.in_rooms = True
    opened.rehearsed = {"die_of": ("never", 1)}
    await opened.start()
    yield opened
    await opened.stop()


def unsealed(evening: PreparedEvening) -> bytes:
    """Return what the adapter has on disk."""
    written = SealedFile(evening.folder / STATE, Keys.load_or_make(evening.folder / KEY).matrix).load()
    assert written is not None
    return written


def known_by(person: MatrixPerson) -> tuple[bytes, bytes, bytes]:
    """Return what somebody would be found by: their address, their device's key, and their room with the bot."""
    key = str(person.at.client.olm.account.identity_keys["curve25519"])
    return person.at.id.encode(), key.encode(), person.direct.encode()


def listed(evening: PreparedEvening) -> bool:
    """Return whether somebody stands on the list of conversations that the bot's account has at the homeserver."""
    token = State.read(unsealed(evening)).token
    address = f"/_matrix/client/v3/user/{evening.bot_id}/account_data/m.direct"
    _, answer = evening.town.homeserver.call("GET", address, token=token)
    return evening.person("birch").at.id in answer


async def last_yes(evening: PreparedEvening, point: tuple[str, int]) -> None:
    """Let somebody press the last yes, to a process that dies at a point after it."""
    birch = evening.person("birch")
    await birch.asks("mine limits", {"budget": "2"})
    await birch.asks("mine forget")
    noted = evening.folder / "points"
    noted.unlink(missing_ok=True)
    # Its beginning is played through once, so as to know how many points of each name it passes.
    await evening.restart()
    await evening.settle()
    before = Counter(noted.read_text(encoding="utf-8").split())
    assert await evening.bot.stop() == 0
    evening.rehearsed = {"die_of": (point[0], before[point[0]] + point[1])}
    await evening.run()
    evening.rehearsed = {"die_of": ("never", 1)}
    (card,) = [card for card in birch._cards() if any("mine.forget-yes" in one for one in card.ids)]
    await evening.town.wait(birch.at.reacts(birch.direct, card.event, "1\ufe0f\u20e3"))
    assert await evening.bot.ended() == -signal.SIGKILL, point


async def gone(evening: PreparedEvening, marks: tuple[bytes, bytes, bytes], room: str) -> None:
    """Wait until the bot has left somebody, and look that nothing of them is left."""
    birch = evening.person("birch")
    await evening.town.wait(evening.town.until_in(birch.at, room, evening.bot_id, "leave"))
    async with asyncio.timeout(PATIENCE):
        while listed(evening) or any(mark in unsealed(evening) for mark in marks):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    await evening.settle()
    assert evening.rows()["member"] == 0


@pytest.mark.promise("M2", platform="matrix")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("points", [POINTS, pytest.param(OTHERS, marks=pytest.mark.soak)], ids=["some", "all others"])
async def test_who_was_forgotten_stays_so_if_the_process_dies_on_the_way(
    evening: PreparedEvening, points: tuple[tuple[str, int], ...]
) -> None:
    drove("matrix")
    birch = evening.person("birch")
    for point in points:
        await birch.asks("help")
        marks, room = known_by(birch), birch.direct
        held = unsealed(evening)
        assert all(mark in held for mark in marks), "the control: they are found while they are there"
        await last_yes(evening, point)
        await evening.run()
        await gone(evening, marks, room)
        assert "I hold nothing about you" in await birch.asks("mine data"), "and they can begin anew"
        assert birch.direct != room


@pytest.mark.promise("M7", platform="matrix")
async def test_the_privacy_page_says_what_the_adapter_keeps_and_that_commands_are_read_in_rooms(
    evening: PreparedEvening,
) -> None:
    page = await evening.person("birch").asks("about privacy")
    for line in at_all(in_rooms=True):
        assert SPEAKER.say(line, Voice(), evening.now, Plain()) in page, line.id
    assert "words written there in the clear reach me" in page


@pytest.mark.promise("M1", platform="matrix")
async def test_what_the_adapter_keeps_about_me_is_shown_to_me_before_i_ever_set_anything(
    evening: PreparedEvening,
) -> None:
    shown = await evening.person("birch").asks("mine data")
    assert evening.rows()["member"] == 0
    for words in ("I hold nothing about you, besides", "in which room", "which choices here: 30 days", "your devices"):
        assert words in shown, words
    assert "mine forget" in evening.person("birch").choices()
