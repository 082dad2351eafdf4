"""The first five minutes of anyone who meets this project: two people find each other, in a real browser."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from bot.app import DATABASE, Playground
from bot.clock import VirtualClock
from tests.adapters.local.browser import axe, chromium, lights, opened, shot
from tests.promises import drove

pytestmark = pytest.mark.browser

START = datetime(2027, 3, 4, 18, tzinfo=UTC)

STAYS = {"alembic_version", "meta", "community", "community_before", "space", "word", "elsewhere", "member", "met"} | {
    "delivered",
    "seen",
}
"""What may hold rows after an introduction: what the moderator set up, who said yes to being here, and keyed hashes."""


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[tuple[Playground, str]]:
    announced: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    made = Playground(tmp_path / "playground", VirtualClock(START), port=0)
    serving = asyncio.ensure_future(made.serve(announced.set_result))
    either: set[asyncio.Future[Any]] = {serving, announced}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        await serving
    yield made, announced.result()
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def pane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def sends(page: Page, name: str, words: str) -> None:
    box = page.get_by_role("combobox", name=f"A command from {name}")
    await box.fill(words)
    await box.press("Enter")


async def presses(page: Page, name: str, choice: str) -> None:
    await pane(page, name).get_by_role("button", name=choice, exact=True).last.click()


async def they_go_in(page: Page) -> None:
    for name in ("Birch", "Rowan"):
        await presses(page, name, "Enter")
    room = pane(page, "A room for Birch and Rowan")
    await expect(room).to_be_visible()
    for name, talk in (("Birch", "Good to meet you. Tea first?"), ("Rowan", "Always tea first.")):
        await room.get_by_label("Write as").select_option(name)
        await room.get_by_label("Write to the room").fill(talk)
        await room.get_by_role("button", name="Send").click()
        await expect(room.get_by_text(talk)).to_be_visible()
    await shot(page, "evening-room")


async def birch_is_forgotten(page: Page) -> None:
    drawer = page.get_by_role("complementary", name="What the database holds about Birch")
    await page.get_by_role("button", name="What is held: Birch").click()
    await expect(drawer.locator(".line").first).to_be_visible()
    held = len(await drawer.inner_text())
    await shot(page, "evening-held")
    await sends(page, "Birch", "/mine forget")
    await presses(page, "Birch", "Erase everything")
    await expect(pane(page, "Birch").get_by_text("All I held about you is erased", exact=False)).to_be_visible()
    await eventually_shorter(drawer, held)
    await shot(page, "evening-forgotten")


@pytest.mark.promise("X9", platform="local")
async def test_two_people_find_each_other(playground: tuple[Playground, str], tmp_path: Path) -> None:
    local, address = playground
    drove("local")
    async with chromium() as browser, opened(browser, address) as page:
        birch, rowan = pane(page, "Birch"), pane(page, "Rowan")
        # Nobody has been here before, so the tour stands ready.
        tour = page.get_by_role("region", name="Birch would like to talk with someone")
        await sends(page, "Rowan", "/peer light on")
        await expect(rowan.get_by_role("button", name="Put my light out")).to_be_visible()
        await expect(tour.get_by_text("Step 2 of 7")).to_be_visible()
        await sends(page, "Birch", "/peer ask")
        await expect(tour.get_by_text("Step 3 of 7")).to_be_visible()
        await presses(page, "Birch", "Ask like this")

        yes = rowan.get_by_role("button", name="Say yes")
        await expect(yes).to_be_visible()
        await expect(rowan.get_by_text("A member would like to talk with a peer")).to_be_visible()
        assert "Birch" not in await rowan.get_by_role("log").inner_text()
        await expect(tour.get_by_text("Step 4 of 7")).to_be_visible()
        await shot(page, "evening-question")
        await yes.click()

        said = [who.get_by_role("article").filter(has_text="you both said yes").last for who in (birch, rowan)]
        for one in said:
            await expect(one).to_be_visible()
        words = [await one.inner_text() for one in said]
        assert words[0] == words[1]
        assert "Birch" in words[0]
        assert "Rowan" in words[0]
        await expect(tour.get_by_text("Step 5 of 7")).to_be_visible()
        await shot(page, "evening-introduced")
        assert await with_rows(tmp_path) <= STAYS | {"agenda"}, "besides, when the bot leaves their room"

        await they_go_in(page)
        await expect(tour.get_by_text("Step 6 of 7")).to_be_visible()
        await birch_is_forgotten(page)
        now = local.clock.now()
        await page.get_by_role("button", name="+1 day").click()
        await expect(page.get_by_text("5 March")).to_be_visible()
        assert local.clock.now() > now


@pytest.mark.promise("X9", platform="local")
async def test_an_evening_in_a_check_in_room(playground: tuple[Playground, str]) -> None:
    local, address = playground
    drove("local")
    async with chromium() as browser, opened(browser, address) as page:
        porch = pane(page, "porch")
        await pane(page, "Birch").get_by_label("Where it is typed").select_option(label="porch")
        await sends(page, "Birch", "/checkin open")
        for name, choice in (("Birch", "Join"), ("Rowan", "Join"), ("Alder", "Just listen")):
            await press_as(porch, name, choice)
            await expect(pane(page, name).get_by_text("I let you in")).to_be_visible()
        room = pane(page, "A room for Birch, Rowan, and Alder")
        await expect(room.get_by_text("You can talk, listen or pass")).to_be_visible()  # said before anybody was in
        await press_as(room, "Birch", "Begin the round")
        await expect(room.get_by_text("Next, if you like: Birch")).to_be_visible()
        await press_as(room, "Birch", "Go on")
        await expect(room.get_by_text("Next, if you like: Rowan")).to_be_visible()
        await press_as(room, "Rowan", "Pass")
        await expect(room.get_by_text("Next, if you like: Rowan")).to_have_count(2)
        await press_as(room, "Rowan", "Pass")
        await expect(room.get_by_text("The talk is open now")).to_be_visible()
        await shot(page, "checkin-round")
        await page.get_by_role("button", name="+1 hour").click()
        await expect(room.get_by_text("it closes now")).to_be_visible()
        await expect(porch.get_by_role("button", name="Join")).to_have_count(0)
        assert local.clock.now() - START >= timedelta(hours=1)


async def press_as(room: Locator, name: str, choice: str) -> None:
    await room.get_by_label("Write as").select_option(name)
    await room.get_by_role("button", name=choice, exact=True).last.click()


async def with_rows(folder: Path) -> set[str]:
    """Return the tables that hold anything, once the messages have left; looked at from outside, past the store."""
    base = folder / "playground" / DATABASE
    async with asyncio.timeout(10):
        while True:
            with contextlib.closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True)) as rows:
                tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                found = {name for name in tables if rows.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]}  # noqa: S608
            if "outbox" not in found:
                return found
            await asyncio.sleep(0)


async def eventually_shorter(drawer: Locator, than: int) -> None:
    async with asyncio.timeout(10):
        while len(await drawer.inner_text()) >= than:  # noqa: ASYNC110 - the page gives no sign
            await asyncio.sleep(0)


@pytest.mark.parametrize(("name", "context"), list(lights()))
async def test_axe_finds_nothing_in_the_real_thing(
    playground: tuple[Playground, str], name: str, context: dict[str, object]
) -> None:
    local, address = playground
    await local.adapter.type("rowan", "peer light on")
    asked = await local.adapter.type("birch", "peer request", {"place": "room"})
    assert asked is not None
    await local.runtime.settle()
    async with chromium() as browser, opened(browser, address, **context) as page:
        if "narrow" in name:
            await page.get_by_role("navigation", name="People and rooms").get_by_role("button", name="Rowan").click()
        await expect(pane(page, "Rowan").get_by_role("button", name="Say yes")).to_be_visible()
        await shot(page, f"real-{name}")
        assert await axe(page) == []
