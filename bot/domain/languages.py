"""Which languages the bot itself speaks."""

from typing import Final

SPOKEN: Final = ("en", "de")
"""One folder each in ``bot/locales``."""
