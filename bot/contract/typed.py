"""A typed line, read: the name of a command and words for its parameters. Pure, and the same on every platform.

Words stand in the order of the parameters, or as ``name=value``; quotes keep words together. What does not fit a
parameter is refused later, by dispatch, with a sentence. Nothing here raises on any input.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.contract.command import Catalogue
from bot.contract.params import Param, Pick, Picks, Raw, Roles, Someone, When, Words, YesNo, params
from bot.contract.place import Member

UNKNOWN: Final = "about.unknown"
"""The command for everything that was not understood. The words themselves go no further."""

OLD_BUTTON: Final = "about.old-button"
"""The command for a choice that is not ours for this place."""

LOOK_AGAIN: Final = "agreement.look-again"
"""The command for what an adapter hears by itself: in this room somebody took away what the bot had pinned there."""

LONGEST: Final = 20_000
"""Characters of one line that are looked at; what is longer was not typed."""

MOST_WORDS: Final = 200
"""Words of one line that are looked at."""

_QUOTES: Final = (
    r'"([^"]*)"?',
    r"[“”]([^“”]*)[“”]?",
    r"„([^“”„\"]*)[“”\"]?",
    r"«([^»]*)»?",
    r"»([^«]*)«?",
    r"「([^」]*)」?",
)
"""Words kept together, as keyboards of several languages write them. Apostrophes are letters of words."""

_PIECE: Final = re.compile(rf"(?:([A-Za-z_]{{1,32}})=)?(?:{'|'.join(_QUOTES)}|(\S+))")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was read."""

    command: str
    args: Mapping[str, Raw] = field(default_factory=dict, repr=False)


def _as_given(_: Param, given: str) -> str:
    return given


@dataclass(frozen=True, slots=True)
class Reads:
    """How a platform's lines are read.

    Attributes:
        sign: What stands before a command, matched at the start of a line.
        who: Finds a member by what the platform shows of them, or by id.
        option: Finds the value of an option by what the platform shows of it; returns what it does not know as it is.
    """

    sign: re.Pattern[str]
    who: Callable[[str], Member | None]
    option: Callable[[Param, str], str] = _as_given


def line(typed: str, catalogue: Catalogue, reads: Reads) -> Line:
    """Read a line that may be a command: ``/peer light on 4`` or ``!peer ask way=voice``.

    Args:
        typed: What was typed.
        catalogue: The commands.
        reads: How the platform's lines are read.

    Returns:
        The command and its words; `UNKNOWN` without any words when it is not one of ours.
    """
    start = reads.sign.match(typed) if len(typed) <= LONGEST else None
    if start is None:
        return Line(UNKNOWN)
    rest = typed[start.end() :]
    lowered = " ".join(rest.lower().split(maxsplit=8))
    names = [name for name, command in catalogue.commands.items() if command.typed]
    fitting = [name for name in names if lowered == name or lowered.startswith(name + " ")]
    if not fitting:
        return Line(UNKNOWN)
    name = max(fitting, key=len)
    for _ in name.split(" "):
        rest = re.sub(r"^\s*\S+", "", rest, count=1)
    return Line(name, arguments(rest.strip(), params(catalogue.commands[name].args), reads))


def arguments(rest: str, declared: tuple[Param, ...], reads: Reads) -> Mapping[str, Raw]:
    """Return the words after a command, by parameter. Words for which there is no parameter are kept as ``more``."""
    by_name = {one.name: one for one in declared}
    args: dict[str, Raw] = {}
    position = 0
    for _ in range(MOST_WORDS):
        found = _PIECE.match(rest, position)
        if found is None:
            break
        name, *quoted, bare = found.groups()
        words = next((words for words in (*quoted, bare) if words is not None), "")
        if name is not None and name.lower() in by_name:
            one = by_name[name.lower()]
        else:
            words = found.group() if name is not None else words
            waiting = [one for one in declared if one.name not in args]
            if not waiting:
                return {**args, "more": "more"}
            one = waiting[0]
            if isinstance(one.kind, Words | When) and len(waiting) == 1 and bare is not None:
                words, position = rest[found.start() :], len(rest)
                args[one.name] = value(one, words, reads)
                break
        args[one.name] = value(one, words, reads)
        position = _past(rest, found.end())
    return args


def value(declared: Param, given: str, reads: Reads) -> Raw:
    """Return what was given for a parameter, with shown names turned into the members and values they stand for."""
    match declared.kind:
        case Someone():
            return reads.who(given.strip()) or given
        case Picks() | Roles():
            return tuple(_option(declared, part.strip(), reads) for part in given.split(",") if part.strip())
        case Pick() | YesNo():
            return _option(declared, given, reads)
        case _:
            return given


def _option(declared: Param, given: str, reads: Reads) -> str:
    """Return the option that is meant, in whatever case it was typed."""
    known = declared.kind.options if isinstance(declared.kind, Pick | Picks) else ()
    if isinstance(declared.kind, YesNo):
        known = ("yes", "no")
    folded = given.strip().casefold()
    return next((one for one in known if one.casefold() == folded), None) or reads.option(declared, given)


def _past(rest: str, position: int) -> int:
    while position < len(rest) and rest[position].isspace():
        position += 1
    return position
