"""Which languages there are: those the bot speaks, and those people may name to talk in."""

from typing import Final

SPOKEN: Final = ("en", "de")
"""The languages of the bot itself: one folder each in ``bot/locales``."""

TALKED: Final = (
    "en", "de", "es", "fr", "pt", "it", "nl", "pl", "tr", "uk", "ru", "ar", "fa", "hi", "zh", "ja",
    "ro", "el", "cs", "sv", "hu", "vi", "ko", "he", "fi",
)  # fmt: skip
"""Languages a member may name; 25, since that is how many options Discord lists."""
