"""What this adapter itself keeps: nothing on disk, and in memory what it needs to answer."""

from typing import Final

from adapters.discord import asking, pages
from bot.contract.text import Text, text

NAME: Final = text("keeps-discord-name", names=asking.NAME_KEPT)
PLACE: Final = text("keeps-discord-place")
FORM: Final = text("keeps-discord-form", forms=pages.KEPT_FOR)


def at_all() -> tuple[Text, ...]:
    """Return what is kept at all, and how it listens."""
    return (text("keeps-discord-ears"), text("keeps-discord"), NAME, PLACE, FORM)


def about(*, named: bool, placed: bool, forms: bool) -> tuple[Text, ...]:
    """Return what is kept about somebody, of whom it is known what of it there is."""
    return tuple(line for there, line in ((named, NAME), (placed, PLACE), (forms, FORM)) if there)
