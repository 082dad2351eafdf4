"""A real browser for the tests of the page: Debian's Chromium, driven by Playwright."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
IN_CI = os.environ.get("CI", "") == "true"
SHOTS = os.environ.get("PORCHLIGHT_SCREENSHOTS", "")

WIDE = {"width": 1500, "height": 950}
NARROW = {"width": 390, "height": 844}


def without(what: str) -> None:
    """Skip a test with a clear word; in CI that is an error."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():  # noqa: ASYNC240 - one look
        without("needs Debian's chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        try:
            yield browser
        finally:
            await browser.close()


class Watched:
    """A page, and what went wrong on it: errors, complaints, requests that go elsewhere."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("console", lambda said: self.troubles.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("request", lambda sent: None if sent.url.startswith(base) else self.troubles.append(sent.url))


@contextlib.asynccontextmanager
async def opened(browser: Browser, address: str, **context: Any) -> AsyncIterator[Page]:
    """Open the page; at the end, nothing may have gone wrong on it."""
    facts: dict[str, Any] = {"viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce", **context}
    made: BrowserContext = await browser.new_context(**facts)
    made.set_default_timeout(15_000)
    page = await made.new_page()
    watched = Watched(page, address.partition("/?")[0])
    await page.goto(address)
    await page.locator(".pane").first.wait_for(state="attached")
    yield page
    await made.close()
    assert watched.troubles == []


async def shot(page: Page, name: str) -> None:
    """Leave a screenshot, where a folder for them is named."""
    if SHOTS:
        await page.screenshot(path=Path(SHOTS) / f"{name}.png")


async def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong, a line each."""
    if not AXE.exists():
        without("needs axe-core: make axe")
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
        " 'best-practice']})).violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`))"
    )
    return [str(line) for line in found]


def lights() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give light and dark, wide and narrow."""
    for scheme in ("light", "dark"):
        for width, viewport in (("wide", WIDE), ("narrow", NARROW)):
            yield f"{width}-{scheme}", {"viewport": viewport, "color_scheme": scheme}


async def eventually(true: Any) -> None:
    """Wait until something is true, by turns of the loop."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - whatever it is, it gives no sign
            await asyncio.sleep(0)
