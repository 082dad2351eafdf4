"""What the adapter of the playground itself keeps: nothing. The made-up platform is none of the bot's."""

from bot.contract.text import Text, text


def at_all() -> tuple[Text, ...]:
    """Return what is kept at all, and how it listens."""
    return (text("keeps-local"),)
