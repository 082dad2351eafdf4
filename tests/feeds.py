"""How calendar feeds are switched on in tests: they have an address, and nothing listens there."""

from typing import Final

from bot.config import Calendar

FEEDS: Final = Calendar(enabled=True, public_url="https://example.org")
