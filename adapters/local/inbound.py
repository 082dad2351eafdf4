"""What people type on the page, read: a line after ``/``, which may be left out in the command box."""

import re
from collections.abc import Callable
from typing import Final

from bot.contract.command import Catalogue
from bot.contract.params import Param, Raw, Someone
from bot.contract.place import Member
from bot.contract.typed import LONGEST, MOST_WORDS, OLD_BUTTON, UNKNOWN, Line, Reads
from bot.contract.typed import line as read_line

__all__ = ["LONGEST", "MOST_WORDS", "OLD_BUTTON", "UNKNOWN", "Line", "line", "value"]

_SIGN: Final = re.compile(r"\s*/?\s*")


def value(declared: Param, given: Raw, who: Callable[[str], Member | None]) -> Raw:
    """Return what a form gave for a parameter, with a shown name turned into the member."""
    if isinstance(declared.kind, Someone) and isinstance(given, str):
        return _found(who, given.strip()) or given
    return given


def line(typed: str, catalogue: Catalogue, who: Callable[[str], Member | None]) -> Line:
    """Read a line that may be a command: ``/peer light on 4`` or ``/peer ask way=voice``.

    Args:
        typed: What was typed.
        catalogue: The commands.
        who: Finds a member by the name that the platform shows, or by id.

    Returns:
        The command and its words; `UNKNOWN` without any words when it is not one of ours.
    """
    return read_line(typed, catalogue, Reads(_SIGN, lambda shown: _found(who, shown)))


def _found(who: Callable[[str], Member | None], shown: str) -> Member | None:
    return who(shown.removeprefix("@"))
