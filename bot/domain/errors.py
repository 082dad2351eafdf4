"""The one way a rule says no."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

RefusalFact = int | str | date | datetime | timedelta


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
