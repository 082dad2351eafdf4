"""The commands as Discord registers them, and what people gave to one. Pure.

The payload is a function of the catalogue alone, and is sent only when it differs from what Discord has
(https://docs.discord.com/developers/interactions/application-commands).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from adapters.discord.split import shorten
from bot.contract.command import Catalogue, Command
from bot.contract.facts import Right
from bot.contract.params import (
    Days,
    Kind,
    Moments,
    Param,
    Pick,
    Picks,
    Raw,
    Roles,
    Someone,
    Whole,
    Words,
    YesNo,
    Zone,
    params,
    zone_names,
)
from bot.contract.place import Member
from bot.contract.ports import Speaker
from bot.contract.text import Text, text

Payload = dict[str, Any]

SUB, GROUP, STRING, INTEGER, USER, ROLE = 1, 2, 3, 4, 6, 8
"""Kinds of options."""

IN_SERVERS, IN_PRIVATE = 0, 1
"""Where a command can be used."""

MANAGE_SERVER: Final = 1 << 5
"""Who is shown a command for moderators. Servers may show it to others: the right itself is looked at by the core."""

SHOW: Final = "show"
"""What a command is called below itself when it is the beginning of others: Discord has no other place for it."""

FAR: Final = 10**9
"""Numbers from here on fit no parameter, and longer ones cannot even be written as words."""

LONGEST: Final = 100
"""Of a description, and of what is offered while one types."""
MOST_CHOICES: Final = 25


def shown_as(name: str, names: Collection[str]) -> str:
    """Return a command's name as it is typed on Discord."""
    return f"{name} {SHOW}" if name in names and any(one.startswith(f"{name} ") for one in names) else name


def registration(catalogue: Catalogue, speaker: Speaker) -> list[Payload]:
    """Return what is registered: every command that can be typed, in an order of its own."""
    typed = {name: command for name, command in catalogue.commands.items() if command.typed}
    tree: dict[str, list[tuple[list[str], Command[Any]]]] = {}
    for name, command in typed.items():
        first, *rest = shown_as(name, typed).split(" ")
        tree.setdefault(first, []).append((rest, command))
    return [_top(name, commands, speaker) for name, commands in sorted(tree.items())]


def _top(name: str, commands: list[tuple[list[str], Command[Any]]], speaker: Speaker) -> Payload:
    moderators = all(command.right >= Right.MODERATOR for _, command in commands)
    alone = len(commands) == 1 and not commands[0][0]
    what = Text(commands[0][1].text_id) if alone else text(f"help-{name}")
    options = _options(commands[0][1], speaker) if alone else _below(commands, speaker)
    top: Payload = {
        "name": name,
        "type": 1,
        **_described(what, speaker),
        "contexts": [IN_SERVERS] if moderators else [IN_SERVERS, IN_PRIVATE],
        "integration_types": [0],
        "options": options,
    }
    return top | ({"default_member_permissions": MANAGE_SERVER} if moderators else {})


def _below(commands: list[tuple[list[str], Command[Any]]], speaker: Speaker) -> list[Payload]:
    """Return the subcommands of a command, those that share a second word as a group."""
    found: dict[str, Payload] = {}
    for (second, *third), command in commands:
        sub = {"type": SUB, **_described(Text(command.text_id), speaker), "options": _options(command, speaker)}
        if not third:
            found[second] = {"name": second, **sub}
            continue
        group = found.setdefault(
            second, {"name": second, "type": GROUP, **_described(Text(command.text_id), speaker), "options": []}
        )
        group["options"].append({"name": third[0], **sub})
    return list(found.values())


def _described(what: Text, speaker: Speaker) -> Payload:
    """Return a description in every language. ``en`` is what Discord calls two languages."""
    said = {locale: shorten(speaker.plain(what, locale), LONGEST) for locale in speaker.locales}
    first = next(iter(said))
    others = {locale: words for locale, words in said.items() if locale != first}
    return {"description": said[first]} | ({"description_localizations": others} if others else {})


def _options(command: Command[Any], speaker: Speaker) -> list[Payload]:
    """Return a command's options, required ones first. One that has a form can be typed without any."""
    declared = [one for one in params(command.args) if not (isinstance(one.kind, Words) and one.kind.lines > 1)]
    made = [_option(one, speaker, required=one.required and not command.form) for one in declared]
    return sorted(made, key=lambda option: not option["required"])


def _option(one: Param, speaker: Speaker, *, required: bool) -> Payload:
    what = {"name": one.name, **_described(text(f"param-{one.name}"), speaker), "required": required}
    return what | _kind(one, speaker)


def _kind(one: Param, speaker: Speaker) -> Payload:  # noqa: PLR0911 - one return a kind
    match one.kind:
        case Pick(options) if options and len(options) <= MOST_CHOICES:
            return {"type": STRING, "choices": [_choice(one.name, value, speaker) for value in options]}
        case Pick() | Picks() | Zone():
            return {"type": STRING, "autocomplete": True}
        case Whole(low, high):
            return {"type": INTEGER, "min_value": low, "max_value": high}
        case Days(most):
            return {"type": INTEGER, "min_value": 1, "max_value": most}
        case YesNo():
            return {"type": STRING, "choices": [_choice(one.name, value, speaker) for value in ("yes", "no")]}
        case Someone():
            return {"type": USER}
        case Roles():
            return {"type": ROLE}
        case Words(limit):
            return {"type": STRING, "max_length": limit}
        case Moments():
            return {"type": STRING, "max_length": Moments.longest}
        case _:
            return {"type": STRING, "max_length": LONGEST}


def _choice(param: str, value: str, speaker: Speaker) -> Payload:
    label = text(f"option-{param}-{value}")
    said = {locale: shorten(speaker.plain(label, locale), LONGEST) for locale in speaker.locales}
    first, *others = said
    return {
        "name": said[first],
        "value": value,
        "name_localizations": {locale: said[locale] for locale in others},
    }


def same(ours: Sequence[Payload], theirs: object) -> bool:
    """Return whether the list that Discord has means the same as ours."""
    if not isinstance(theirs, list) or not all(isinstance(one, dict) for one in theirs):
        return False
    by_name = sorted((_plain(one) for one in theirs), key=lambda one: str(one.get("name")))
    return by_name == sorted((_plain(one) for one in ours), key=lambda one: str(one["name"]))


_COMPARED: Final = {
    "name", "type", "description", "description_localizations", "name_localizations", "contexts", "integration_types",
    "options", "default_member_permissions", "required", "choices", "value", "autocomplete", "min_value", "max_value",
    "min_length", "max_length",
}  # fmt: skip


def _plain(shape: Mapping[str, Any]) -> Payload:
    """Return what matters of a command, an option or a choice; what is empty or no counts as not there."""
    kept: Payload = {}
    for key, value in shape.items():
        if key not in _COMPARED or value in (None, False, [], {}):
            continue
        if key == "default_member_permissions":
            kept[key] = str(value)  # sent as a number, as Discord's own file has it, and answered as a text
            continue
        deeper = isinstance(value, list) and all(isinstance(one, dict) for one in value)
        kept[key] = [_plain(one) for one in value] if deeper else value
    return kept


# What comes in


def _parts(data: object) -> tuple[list[str], list[Mapping[str, Any]]]:
    """Return the words of a command that came in, and its options. Empty where it is not shaped like one."""
    words: list[str] = []
    at: Any = data
    for _ in range(3):
        if not isinstance(at, Mapping) or not isinstance(at.get("name"), str):
            return [], []
        words.append(at["name"])
        given = at.get("options")
        inner = [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
        if len(inner) != 1 or inner[0].get("type") not in (SUB, GROUP):  # a tuple: it may be a list, without a hash
            return words, inner
        at = inner[0]
    return [], []


def arguments(data: object, catalogue: Catalogue) -> tuple[str, dict[str, Raw]]:
    """Return the name of the command that came in (empty: none of ours), and what was given to it."""
    words, options = _parts(data)
    name = " ".join(words)
    if name not in catalogue.commands and words and words[-1] == SHOW:
        name = " ".join(words[:-1])
    command = catalogue.commands.get(name)
    if command is None or not command.typed:
        return "", {}
    kinds = {one.name: one.kind for one in params(command.args)}
    given: dict[str, Raw] = {}
    for option in options:
        key, value = option.get("name"), option.get("value")
        if isinstance(key, str):
            given[key] = _raw(kinds.get(key), value)
    return name, given


def _raw(kind: Kind | None, value: object) -> Raw:  # noqa: PLR0911 - one return a kind
    """Return what was given as words; what has no words is given as words that fit no kind."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return str(value) if abs(value) < FAR else "?"
        case str() if isinstance(kind, Someone):
            return Member("discord", value) if value.isascii() and value.isdecimal() else value
        case str() if isinstance(kind, Roles):
            return (value,)
        case str() if isinstance(kind, Picks):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        case str():
            return value
        case _:
            return "?"


def declared(name: str, option: str, catalogue: Catalogue) -> Param | None:
    """Return a parameter of a command."""
    command = catalogue.commands.get(name)
    return next((one for one in params(command.args) if one.name == option), None) if command is not None else None


def focused(data: object) -> tuple[str, str]:
    """Return the option in which somebody is typing, and what stands there so far."""
    for option in _parts(data)[1]:
        if option.get("focused") is True and isinstance(option.get("name"), str):
            value = option.get("value")
            return option["name"], value if isinstance(value, str) else ""
    return "", ""


def zones(typed: str) -> list[Payload]:
    """Return the time zones that are meant by what was typed so far: places are known by their last word."""
    wanted = typed.strip().lower().replace(" ", "_")
    found = [name for name in zone_names() if wanted in name.lower()]
    found.sort(key=lambda name: (not name.lower().rpartition("/")[2].startswith(wanted), name))
    return _offered((name, name) for name in found)


def offers(kind: Kind, labels: Mapping[str, str], typed: str) -> list[Payload]:
    """Return the options that are meant by what was typed so far; of several, the last is being typed.

    Args:
        kind: Of the parameter.
        labels: What each value is called.
        typed: What stands there.
    """
    before, _, last = typed.rpartition(",") if isinstance(kind, Picks) else ("", "", typed)
    # Discord writes the label of what was chosen into the line, so a part before is a label or a value.
    values = {label.casefold(): value for value, label in labels.items()}
    parts = [part.strip() for part in before.split(",") if part.strip()]
    chosen = [values.get(part.casefold(), part) for part in parts]
    wanted = last.strip().casefold()
    shown, start = ("".join(f"{one}, " for one in which) for which in (parts, chosen))
    left = {value: label for value, label in labels.items() if value not in chosen}
    return _offered((shown + label, start + value) for value, label in left.items() if wanted in label.casefold())


def _offered(pairs: Iterable[tuple[str, str]]) -> list[Payload]:
    fitting = ((label, value) for label, value in pairs if len(value) <= LONGEST)
    return [{"name": shorten(label, LONGEST), "value": value} for label, value in fitting][:MOST_CHOICES]
