"""The one call by which anything leaves."""

import asyncio
from typing import Final

from bot.contract.effect import Effect, Result, Unsure
from bot.contract.ports import Adapter
from bot.contract.text import Voice
from bot.logs import log

PATIENCE: Final = 60.0
"""Seconds after which nobody knows any more whether something arrived."""


async def send(
    adapter: Adapter, key: str, mark: str, effect: Effect, voice: Voice, *, patience: float = PATIENCE
) -> Result:
    """Perform an effect. Whatever an adapter raises means that nobody knows whether it arrived."""
    try:
        async with asyncio.timeout(patience):
            return await adapter.perform(key, mark, effect, voice)
    except Exception as error:  # noqa: BLE001 - not to know is one of the answers
        log.trouble("perform_failed", error, platform=adapter.platform, effect=type(effect).__name__)
        return Unsure()
