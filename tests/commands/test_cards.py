"""The card without a name: what it says, who may press it, and what comes of that at the end of the slot."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.commands.desk import HALL, MODERATOR, START, Desk, Shown, desk

SLOT = timedelta(minutes=20)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as opened:
        await opened.ask(MODERATOR, "setup room", here=True, room_for="peers")
        yield opened


def cards(there: Desk) -> list[Shown]:
    return [shown for place, shown in there.platform.posts.values() if place == HALL and "peer-card" in shown]


async def ask(there: Desk, name: str = "birch", **details: str) -> Shown:
    """Ask with a card; return the card."""
    assert "peer-opened" in await there.ask(name, "peer request", {"card": "yes", "place": "direct", **details})
    return cards(there)[-1]


async def press(there: Desk, card: Shown, *names: str) -> list[Shown]:
    return [await there.press(name, card, "peer.glad", here=True) for name in names]


def met(there: Desk, *names: str) -> list[bool]:
    return [any("peer-introduced" in shown for shown in there.sent_to(name)) for name in names]


def over(there: Desk, name: str) -> list[datetime]:
    return [shown.at for shown in there.sent_to(name) if "peer-question-over" in shown]


async def test_a_look_at_the_card_first_and_nothing_is_kept(there: Desk) -> None:
    ready = await there.ask("birch", "peer ask")
    look = await there.press("birch", ready, "peer.card")
    assert look.ids[:2] == ("peer-card-preview", "peer-card")
    assert "hall" in look.words
    assert "birch" not in look.words
    assert there.rows()["member"] == there.rows()["opening"] == ()
    assert "peer-opened" in await there.press("birch", look, "peer.open-card")
    (card,) = cards(there)
    assert card.lines[0] in look.words
    assert "English, text, until 5 March." in card.words
    assert "peer-open-card" in there.sent_to("birch")[-1]
    assert "peer-open-card" in await there.ask("birch", "peer status")
    assert "peer-open" in await there.press("birch", ready, "peer.card"), "one request at a time"


async def test_a_press_is_decided_when_the_slot_ends(there: Desk) -> None:
    card = await ask(there)
    await there.wind(minutes=7)
    (heard,) = await press(there, card, "alder")
    assert "peer-yes-heard" in heard
    assert met(there, "birch", "alder") == [False, False]
    await there.wind_to(START + SLOT)
    assert met(there, "birch", "alder") == [True, True]
    assert not cards(there)
    rows = there.rows()
    assert rows["question"] == rows["opening"] == rows["agenda"] == rows["post"] == ()
