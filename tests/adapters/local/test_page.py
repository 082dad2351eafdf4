"""The page in a real browser, found by role and label as a person would find things."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from adapters.local import LocalAdapter, World
from bot.contract.card import Card, Choice
from bot.contract.effect import Accepted, Delete, Edit, Invite, MakeRoom, Say
from bot.contract.place import Post, Room
from bot.contract.text import Said, text
from bot.i18n import Fluent
from tests.adapters.contract import VOICE
from tests.adapters.local.browser import NARROW, WIDE, axe, chromium, eventually, lights, opened, shot
from tests.adapters.local.fakes import NOW, NotingSink, StillClock, buttons

pytestmark = pytest.mark.browser


class PlainWinder:
    """Winds a still clock; something is always due in twenty minutes."""

    def __init__(self, clock: StillClock) -> None:
        self.clock = clock
        self.go = asyncio.Event()
        self.go.set()

    async def next_due(self) -> datetime | None:
        return self.clock.now() + timedelta(minutes=20)

    async def settle(self) -> None:
        pass

    async def wind(self, to: datetime) -> None:
        await self.go.wait()
        self.clock.instant = to


@pytest.fixture
async def local(sink: NotingSink) -> AsyncIterator[LocalAdapter]:
    clock = StillClock()
    adapter = LocalAdapter(World.made_up(NOW), Fluent(), buttons(), clock, PlainWinder(clock), port=0)
    running = asyncio.ensure_future(adapter.run(sink))
    await adapter.open()
    yield adapter
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as found:
        yield found


def pane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def said(words: str, *choices: Choice) -> Card:
    return Card((text("peer-word", word=Said(words)),), choices=choices)


YES = Choice("peer.yes", text("choice-say-yes"), "abc")
REQUEST = Choice("peer request", text("choice-change-details"), "c")
STATUS = Choice("peer ask", text("choice-ask-like-this"), "def")


async def post(adapter: LocalAdapter, member: str, key: str, card: Card) -> str:
    done = await adapter.perform(key, key, Say(adapter.member(member), card), VOICE)
    assert isinstance(done, Accepted)
    return done.id


async def test_everyone_has_a_pane_and_the_room_has_one(local: LocalAdapter, browser: Browser) -> None:
    async with opened(browser, local.address) as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("Porchlight playground")
        for name in ("porch", "Birch", "Alder", "Rowan", "Hazel", "Linden"):
            await expect(pane(page, name)).to_be_visible()
        await expect(page.get_by_text("18:00 UTC")).to_be_visible()
        assert "token" not in page.url
        await page.reload()
        await expect(pane(page, "Birch")).to_be_visible()


async def test_what_the_bot_sends_edits_and_takes_away_is_seen_at_once(local: LocalAdapter, browser: Browser) -> None:
    async with opened(browser, local.address) as page:
        birch = pane(page, "Birch")
        message = await post(local, "birch", "k1", said("<b>one</b>", YES))
        await expect(birch.get_by_text("<b>one</b>")).to_be_visible()
        await expect(birch.get_by_role("button", name="Say yes")).to_be_visible()
        place = local.member("birch")
        await local.perform("k2", "k2", Edit(Post(place, message), said("two")), VOICE)
        await expect(birch.get_by_text("two", exact=False)).to_be_visible()
        await expect(birch.get_by_text("changed")).to_be_visible()
        await expect(birch.get_by_role("button", name="Say yes")).to_have_count(0)
        await local.perform("k3", "k3", Delete(Post(place, message)), VOICE)
        await expect(birch.get_by_role("article")).to_have_count(0)
        await expect(pane(page, "Rowan").get_by_role("article")).to_have_count(0)


async def test_a_command_is_completed_by_keyboard_and_answered_to_its_asker_alone(
    local: LocalAdapter, sink: NotingSink, browser: Browser
) -> None:
    async with opened(browser, local.address) as page:
        box = page.get_by_role("combobox", name="A command from Birch")
        await box.press_sequentially("/peer l")
        options = pane(page, "Birch").get_by_role("listbox", name="Commands").get_by_role("option")
        await expect(options).to_have_count(2)
        await box.press("ArrowDown")
        await expect(options.first).to_have_attribute("aria-selected", "true")
        await box.press("Enter")
        await expect(box).to_have_value("/peer light on ")
        await expect(options.first).to_contain_text("hours=")
        await box.press("ArrowDown")
        await box.press("Enter")
        await box.press_sequentially("3")
        await box.press("Enter")
        await expect(pane(page, "Birch").get_by_text("Only Birch sees this")).to_be_visible()
        await expect(box).to_have_value("")
    assert [(one.command, one.args) for one in sink.intents] == [("peer light on", {"hours": "3"})]


async def test_a_form_is_filled_in_and_the_focus_comes_back(
    local: LocalAdapter, sink: NotingSink, browser: Browser
) -> None:
    await post(local, "birch", "k1", said("ready", STATUS))
    async with opened(browser, local.address) as page:
        button = pane(page, "Birch").get_by_role("button", name="Ask like this")
        await button.focus()
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(button).to_be_focused()
        await button.click()
        await dialog.get_by_role("checkbox", name="English").check()
        await dialog.get_by_role("textbox").fill("after nine")
        await dialog.get_by_role("button", name="Send").click()
        await expect(dialog).to_have_count(0)
        await eventually(lambda: sink.intents[-1].args != {})
    assert sink.intents[-1].args == {"languages": ("en",), "note": "after nine"}
    assert sink.intents[-1].subject == "def"


async def test_yes_and_no_are_alike_in_size_and_every_target_is_large_enough(
    local: LocalAdapter, browser: Browser
) -> None:
    no = Choice("peer.no", text("choice-stop-here"), "abc")
    await post(local, "birch", "k1", said("a question", YES, no))
    for viewport in (WIDE, NARROW):
        async with opened(browser, local.address, viewport=viewport) as page:
            if viewport is NARROW:
                await page.get_by_role("button", name="Birch").click()
            sizes = [await one.bounding_box() for one in await pane(page, "Birch").locator(".choice").all()]
            assert len({(round(size["width"]), round(size["height"])) for size in sizes if size}) == 1
            small = [
                (round(size["width"]), round(size["height"]), (await one.inner_text())[:20])
                for one in await page.locator("button:visible, select:visible, summary:visible, input:visible").all()
                if (size := await one.bounding_box()) and (size["height"] < 44 or size["width"] < 44)
            ]
            assert small == []


async def test_people_write_in_rooms_and_the_bot_never_hears(
    local: LocalAdapter, sink: NotingSink, browser: Browser
) -> None:
    async with opened(browser, local.address) as page:
        made = await local.perform("k1", "k1", MakeRoom(local.space, text("peer-room-name")), VOICE)
        assert isinstance(made, Accepted)
        for member in ("birch", "rowan"):
            room = Room("local", made.id)
            await local.perform(f"k-{member}", "m", Invite(room, local.member(member)), VOICE)
        two = pane(page, "A room for Birch and Rowan")
        await two.get_by_label("Write as").select_option("Rowan")
        await two.get_by_label("Write to the room").fill("/peer ask, or rather tea?")
        await two.get_by_role("button", name="Send").click()
        await expect(two.get_by_role("article")).to_contain_text("or rather tea?")
        await expect(two.get_by_label("Write to the room")).to_have_value("")
        await two.get_by_role("button", name="Leave this room").click()
        left = pane(page, "A room for Birch")
        await expect(left.get_by_label("Write as").get_by_role("option")).to_have_text(["Birch"])
        await expect(pane(page, "porch").get_by_role("button", name="Leave this room")).to_have_count(0)
        box = page.get_by_role("combobox", name="A command from Birch")
        await pane(page, "Birch").get_by_label("Where it is typed").select_option("porch")
        await box.fill("good evening, all")
        await box.press("Enter")
        await expect(pane(page, "porch").get_by_text("good evening, all")).to_be_visible()
        await pane(page, "Birch").get_by_label("Where it is typed").select_option("to Alder")
        await box.fill("/peer, is that how one begins?")
        await box.press("Enter")
        await expect(pane(page, "Alder and Birch, directly").get_by_text("how one begins")).to_be_visible()
    assert sink.intents == []


async def test_what_if_changes_the_platform(local: LocalAdapter, browser: Browser) -> None:
    async with opened(browser, local.address) as page:
        rowan = pane(page, "Rowan")
        await rowan.get_by_label("What if Rowan …").first.click()
        await rowan.get_by_label("takes no private messages").check()
        await expect(rowan.locator(".state")).to_have_text("takes no private messages")
        assert not local.world.residents["rowan"].open
        await rowan.get_by_label("leaves the community").check()
        await expect(rowan.locator(".state")).to_contain_text("has left the community")
        await rowan.get_by_label("leaves the community").uncheck()
        await rowan.get_by_label("speaks").select_option("Deutsch")
        await eventually(lambda: local.world.residents["rowan"].locale == "de")
        assert local.world.residents["rowan"].present
        await page.keyboard.press("Escape")
        await expect(rowan.get_by_label("takes no private messages")).to_be_hidden()


async def test_the_clock_is_wound_and_shows_that_it_is(local: LocalAdapter, browser: Browser) -> None:
    winder: Any = local.winder
    async with opened(browser, local.address) as page:
        winder.go.clear()
        await page.get_by_role("button", name="+1 hour").click()
        await expect(page.get_by_text("Winding the clock …")).to_be_visible()
        await expect(page.get_by_role("button", name="+1 day")).to_have_attribute("aria-disabled", "true")
        winder.go.set()
        await expect(page.get_by_text("19:00 UTC")).to_be_visible()
        await page.get_by_role("button", name="To the next thing due").click()
        await expect(page.get_by_text("19:20 UTC")).to_be_visible()
        await page.get_by_role("button", name="+1 day").click()
        await expect(page.get_by_text("5 March")).to_be_visible()


async def test_the_drawer_shows_what_is_held_and_follows(
    local: LocalAdapter, sink: NotingSink, browser: Browser
) -> None:
    async with opened(browser, local.address) as page:
        opener = page.get_by_role("button", name="What is held: Birch")
        await opener.click()
        drawer = page.get_by_role("complementary", name="What the database holds about Birch")
        await expect(drawer).to_contain_text("mine data")
        asked = len(sink.intents)
        await local.type("birch", "peer light on")
        await eventually(lambda: len(sink.intents) > asked + 1)
        assert sink.intents[-1].command == "mine data"
        await page.keyboard.press("Escape")
        await expect(drawer).to_have_count(0)
        await expect(opener).to_be_focused()


async def test_a_lost_connection_loses_nothing(local: LocalAdapter, sink: NotingSink, browser: Browser) -> None:
    async with opened(browser, local.address) as page:
        box = page.get_by_role("combobox", name="A command from Birch")
        await box.fill("/peer half a thou")
        served: Any = local._page
        for connected in tuple(served._pages):
            await connected.end()
        await expect(page.get_by_role("status")).to_contain_text("The connection is gone")
        await post(local, "birch", "k1", said("while away"))
        await expect(pane(page, "Birch").get_by_text("while away")).to_be_visible()
        await expect(page.get_by_role("status")).to_have_text("")
        await expect(box).to_have_value("/peer half a thou")
        await expect(pane(page, "Birch").get_by_role("article")).to_have_count(1)


async def test_the_page_speaks_german(local: LocalAdapter, browser: Browser) -> None:
    async with opened(browser, local.address, locale="de-DE") as page:
        await expect(page.get_by_role("heading", level=1)).to_have_text("Porchlight-Spielwiese")
        await page.get_by_label("Sprache dieser Seite").select_option("English")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Porchlight playground")
        await page.reload()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Porchlight playground")


async def test_on_a_phone_one_pane_at_a_time(local: LocalAdapter, browser: Browser) -> None:
    async with opened(browser, local.address, viewport=NARROW) as page:
        await page.get_by_role("button", name="Close the tour").click()
        await page.get_by_role("navigation", name="People and rooms").get_by_role("button", name="porch").click()
        await expect(pane(page, "porch")).to_be_visible()
        await expect(pane(page, "Birch")).to_be_hidden()
        await post(local, "birch", "k1", said("hello"))
        tab = page.get_by_role("navigation", name="People and rooms").get_by_role("button", name="Birch")
        await expect(tab).to_contain_text("new")
        await tab.click()
        await expect(pane(page, "Birch")).to_be_visible()
        await expect(pane(page, "porch")).to_be_hidden()
        await expect(tab).to_have_attribute("aria-current", "true")
        await expect(tab).not_to_contain_text("new")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_tour_can_be_closed_and_taken_up_again(local: LocalAdapter, browser: Browser) -> None:
    async with opened(browser, local.address) as page:
        tour = page.get_by_role("region", name="Birch would like to talk with someone")
        await expect(tour.get_by_text("Step 1 of 7")).to_be_visible()
        await tour.get_by_role("button", name="Put it in the box").click()
        await expect(page.get_by_role("combobox", name="A command from Rowan")).to_have_value("/peer light on")
        await tour.get_by_role("button", name="Go on").click()
        await expect(tour.get_by_text("Step 2 of 7")).to_be_visible()
        await tour.get_by_role("button", name="Close the tour").click()
        await expect(tour).to_have_count(0)
        await page.reload()
        await page.get_by_role("button", name="Go on with the tour").click()
        await expect(tour.get_by_text("Step 2 of 7")).to_be_visible()
        await post(local, "birch", "k1", said("ready", Choice("peer.open", text("choice-ask-like-this"), "c"), REQUEST))
        await expect(tour.get_by_text("Step 3 of 7")).to_be_visible()
        await expect(page.locator(".tour-target")).to_have_text("Ask like this")


@pytest.mark.parametrize(("name", "context"), list(lights()))
async def test_axe_finds_nothing(local: LocalAdapter, browser: Browser, name: str, context: dict[str, Any]) -> None:
    await post(local, "birch", "k1", said("a question", YES, STATUS))
    await local.type("birch", "peer light on")
    await local.write("hazel", "good evening", "porch")
    async with opened(browser, local.address, **context) as page:
        await shot(page, f"page-{name}")
        assert await axe(page) == []
        await page.get_by_role("button", name="Guided tour").click()
        if context["viewport"] is NARROW:
            await page.get_by_role("navigation", name="People and rooms").get_by_role("button", name="Birch").click()
        await pane(page, "Birch").get_by_label("What if Birch …").first.click()
        await page.get_by_role("combobox", name="A command from Birch").press_sequentially("/p")
        await shot(page, f"busy-{name}")
        assert await axe(page) == []
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="What is held: Birch").click()
        await expect(page.get_by_role("complementary", name="What the database holds about Birch")).to_be_visible()
        await shot(page, f"held-{name}")
        assert await axe(page) == []
        await page.keyboard.press("Escape")
        await pane(page, "Birch").get_by_role("button", name="Ask like this").first.click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await shot(page, f"form-{name}")
        assert await axe(page) == []
