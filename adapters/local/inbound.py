"""What people type on the page, read. Pure: a line becomes the name of a command and words for its parameters.

Words stand in the order of the parameters, or as ``name=value``; quotes keep words together. What does not fit a
parameter is refused later, by dispatch, with a sentence. Nothing here raises on any input.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.contract.command import Catalogue
from bot.contract.params import Param, Picks, Raw, Roles, Someone, Words, params
from bot.contract.place import Member

UNKNOWN = "about.unknown"
"""The command for everything that was not understood. The words themselves go no further."""

OLD_BUTTON = "about.old-button"
"""The command for a choice that is not ours for this place."""

LONGEST = 20_000
"""Characters of one line that are looked at; what is longer was not typed."""

MOST_WORDS = 200
"""Words of one line that are looked at."""

_PIECE = re.compile(r'(?:([a-z_]{1,32})=)?(?:"([^"]*)"?|“([^”]*)”?|(\S+))')


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was read."""

    command: str
    args: Mapping[str, Raw] = field(default_factory=dict, repr=False)


def value(declared: Param, given: Raw, who: Callable[[str], Member | None]) -> Raw:
    """Return what was given for a parameter, with a shown name turned into the member."""
    if isinstance(declared.kind, Someone) and isinstance(given, str):
        return who(given.strip().removeprefix("@")) or given
    return given


def line(typed: str, catalogue: Catalogue, who: Callable[[str], Member | None]) -> Typed:
    """Read a line that may be a command: ``/peer light on 4`` or ``/peer ask way=voice``.

    Args:
        typed: What was typed.
        catalogue: The commands.
        who: Finds a member by the name that the platform shows, or by id.

    Returns:
        The command and its words; `UNKNOWN` without any words when it is not one of ours.
    """
    if len(typed) > LONGEST:
        return Typed(UNKNOWN)
    start = re.match(r"\s*/?\s*", typed)
    rest = typed[start.end() :] if start else typed
    lowered = " ".join(rest.lower().split(maxsplit=8))
    names = [name for name, command in catalogue.commands.items() if command.typed]
    fitting = [name for name in names if lowered == name or lowered.startswith(name + " ")]
    if not fitting:
        return Typed(UNKNOWN)
    name = max(fitting, key=len)
    for _ in name.split(" "):
        rest = re.sub(r"^\s*\S+", "", rest, count=1)
    return Typed(name, arguments(rest.strip(), params(catalogue.commands[name].args), who))


def arguments(rest: str, declared: tuple[Param, ...], who: Callable[[str], Member | None]) -> Mapping[str, Raw]:
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
        if name is not None and name in by_name:
            one = by_name[name]
        else:
            words = found.group() if name is not None else words
            waiting = [one for one in declared if one.name not in args]
            if not waiting:
                return {**args, "more": "more"}
            one = waiting[0]
            if isinstance(one.kind, Words) and len(waiting) == 1 and bare is not None:
                words, position = rest[found.start() :], len(rest)
                args[one.name] = value(one, words, who)
                break
        args[one.name] = _several(one, words, who)
        position = _past(rest, found.end())
    return args


def _past(rest: str, position: int) -> int:
    while position < len(rest) and rest[position].isspace():
        position += 1
    return position


def _takes_more(declared: Param) -> bool:
    return isinstance(declared.kind, Picks | Roles)


def _several(declared: Param, words: str, who: Callable[[str], Member | None]) -> Raw:
    if _takes_more(declared):
        return tuple(part.strip() for part in words.split(",") if part.strip())
    return value(declared, words, who)
