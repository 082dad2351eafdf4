"""How a rule says no, and how the start of the bot does."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

RefusalFact = int | str | date | datetime | time | timedelta


class Refusal(Exception):  # noqa: N818 - a no from a rule is not an error of anybody
    """A rule said no; nothing was changed.

    The sentence that people read is the text ``refusal-<code>`` in the locales: what happened, what was not
    done, and what to try. A code and facts, never free text: nothing that somebody typed may travel in an
    exception.
    """

    def __init__(self, code: str, **facts: RefusalFact) -> None:
        """Take the code of the sentence and the values that it speaks of."""
        super().__init__(code)
        self.code: Final = code
        self.facts: Final[Mapping[str, RefusalFact]] = facts


class StartError(Exception):
    """Something keeps the bot from starting; nothing was changed.

    The sentence for the operator is the text ``start-<code>`` in the locales, with the facts in it: paths, numbers
    and names from the configuration, never anything that a member typed and never a secret.
    """

    def __init__(self, code: str, **facts: int | str) -> None:
        """Take the code of the sentence and the values that it speaks of."""
        super().__init__(code)
        self.code: Final = code
        self.facts: Final[Mapping[str, int | str]] = facts
