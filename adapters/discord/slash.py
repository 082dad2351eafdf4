"""Slash commands: what is registered, and what comes back when one is typed. Pure.

Commands are declared once, in the catalogue; this is how Discord shows them
(https://docs.discord.com/developers/interactions/application-commands). Their names are the same in every language,
so that people can tell each other what to type; what describes them is in the reader's. Nothing here raises on
anything that Discord, or somebody in its name, sends.
"""

import math
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from adapters.discord.split import shorten, units
from bot.contract.command import Catalogue, Command
from bot.contract.facts import Right
from bot.contract.params import (
    Days,
    Kind,
    OfDay,
    Param,
    Pick,
    Picks,
    Raw,
    Roles,
    Someone,
    Until,
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

Json = dict[str, Any]

SUB, GROUP, STRING, INTEGER, USER, ROLE = 1, 2, 3, 4, 6, 8
"""Kinds of options."""

CHAT_INPUT: Final = 1
"""The kind of a command that is typed."""

IN_GUILDS, WITH_THE_BOT = 0, 1
"""Where a command can be used: in a server, in the private conversation with the bot."""

INSTALLED_IN_GUILDS: Final = 0
"""How the bot comes: into a server, never with one person into places that did not ask for it."""

MANAGE_SERVER: Final = "32"
"""Whom Discord offers moderators' commands. A server may change it: what counts is checked when one is used."""

SHOW: Final = "show"
"""Added to a command that is also the beginning of others, which Discord does not have: ``/about show``."""

MOST: Final = 25
"""Options of a command, choices of an option, answers to what was typed so far."""

LONGEST: Final = 100
"""Of a description, and of the name and the value of a choice."""

DEEPEST: Final = 3
"""Words of a command: its own, a group's, a sub-command's."""

READ: Final = 1_000
"""Letters that are looked at while somebody is typing."""

PARTS: Final = 50
"""Parts between commas that are looked at."""

_FAR: Final = 10**15
"""Whole numbers from here on were not typed by a person."""

_LOCALES: Final[Mapping[str, tuple[str, ...]]] = {
    **{
        code: (code,)
        for code in (
            *("id", "da", "de", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "ro", "fi", "vi", "tr", "cs", "el"),
            *("bg", "ru", "uk", "hi", "th", "ja", "ko"),
        )
    },
    "en": ("en-GB", "en-US"),
    "es": ("es-ES", "es-419"),
    "nb": ("no",),
    "pt": ("pt-BR",),
    "sv": ("sv-SE",),
    "zh": ("zh-CN", "zh-TW"),
}
"""What Discord calls a language (https://docs.discord.com/developers/reference#locales)."""


def shown_as(name: str, catalogue_names: Collection[str]) -> str:
    """Return a command as it is typed on Discord, after the slash.

    Args:
        name: Its name in the catalogue.
        catalogue_names: The names of all commands that can be typed.
    """
    begins = name in catalogue_names and any(other.startswith(name + " ") for other in catalogue_names)
    return f"{name} {SHOW}" if begins else name


def declared(name: str, option: str, catalogue: Catalogue) -> Param | None:
    """Return what a command declares of one of its options, if it has both."""
    command = catalogue.commands.get(name)
    if command is None:
        return None
    return next((one for one in params(command.args) if one.name == option), None)


# What is registered


def registration(catalogue: Catalogue, speaker: Speaker) -> list[Json]:
    """Return all commands as Discord registers them, the same for the same commands and words.

    Raises:
        ValueError: A command has a name that Discord cannot have.
    """
    tops: dict[str, Json] = {}
    rights: dict[str, set[bool]] = {}
    for path, command in _paths(catalogue).items():
        top, *below = path.split(" ")
        if len(below) >= DEEPEST:
            raise ValueError(command.name)
        if top not in tops:
            tops[top] = {"type": CHAT_INPUT, "name": top} | (_described(_feature(top), speaker, top) if below else {})
        made = tops[top]
        for at, word in enumerate(below):
            last = at == len(below) - 1
            into = made.setdefault("options", [])
            made = next((one for one in into if one["name"] == word), {})
            if not made:
                # A group must have a description, though Discord does not show it.
                made = {"type": SUB if last else GROUP, "name": word}
                made |= {} if last else {"description": " ".join((top, *below[: at + 1]))}
                into.append(made)
        made |= _described(Text(command.text_id), speaker, command.name)
        if options := _options(command, speaker):
            made["options"] = options
        rights.setdefault(top, set()).add(command.right >= Right.MODERATOR)
    return [one | _where(moderators=rights[top] == {True}) for top, one in tops.items()]


def _paths(catalogue: Catalogue) -> Mapping[str, Command[Any]]:
    """Return the commands that can be typed, by how they are typed."""
    typed = {command.name: command for command in catalogue.all_commands if command.typed}
    paths = {shown_as(name, typed.keys()): command for name, command in typed.items()}
    if len(paths) != len(typed):
        raise ValueError(SHOW)
    return paths


def _where(*, moderators: bool) -> Json:
    shape: Json = {
        "contexts": [IN_GUILDS] if moderators else [IN_GUILDS, WITH_THE_BOT],
        "integration_types": [INSTALLED_IN_GUILDS],
    }
    return shape | ({"default_member_permissions": MANAGE_SERVER} if moderators else {})


def _feature(top: str) -> Text:
    return Text(f"option-feature-{top}")


def _everywhere(what: Text, speaker: Speaker, otherwise: str) -> dict[str, str]:
    """Return a text in every language, each cut to what Discord takes; ``otherwise`` where it is not written."""
    found: dict[str, str] = {}
    for locale in speaker.locales:
        said = " ".join(speaker.plain(what, locale).split())
        found[locale] = shorten(said if said not in {"", what.id} else otherwise, LONGEST)
    return found


def _localised(what: Text, speaker: Speaker, key: str, otherwise: str) -> Json:
    """Return a text under ``key``, and in the other languages that Discord has beside it."""
    first, *others = (said := _everywhere(what, speaker, otherwise))
    elsewhere = {theirs: said[ours] for ours in others for theirs in _LOCALES.get(ours, ())}
    return {key: said[first]} | ({f"{key}_localizations": elsewhere} if elsewhere else {})


def _described(what: Text, speaker: Speaker, otherwise: str) -> Json:
    return _localised(what, speaker, "description", otherwise)


def _options(command: Command[Any], speaker: Speaker) -> list[Json]:
    """Return a command's options, needed ones first, as Discord wants them. Where there is a form, none is needed."""
    made: list[Json] = []
    for one in params(command.args):
        if (shape := _option(one, speaker)) is not None:
            needed = {"required": True} if one.required and not command.form else {}
            made.append({"name": one.name, **_described(_label(one), speaker, one.name), **shape, **needed})
    return sorted(made, key=lambda option: not option.get("required", False))[:MOST]


def _label(one: Param) -> Text:
    """Return what an option is described by: its label, and how it is written where that must be known."""
    label = Text(f"param-{one.name}")
    match one.kind:
        case OfDay():
            return text("discord-option-time", label=label)
        case Until(most):
            return text("discord-option-until", label=label, most=most)
        case Picks(_, most):
            return text("discord-option-several", label=label, most=most)
        case _:
            return label


def _option(one: Param, speaker: Speaker) -> Json | None:  # noqa: PLR0911 - one return a kind
    """Return the shape of an option by its kind; None where only the form asks for it."""
    match one.kind:
        case Pick(options) if 0 < len(options) <= MOST:
            return {"type": STRING, "choices": _choices(one.name, options, speaker)}
        case YesNo():  # its two answers have words of their own, which "True" and "False" do not say
            return {"type": STRING, "choices": _choices(one.name, ("yes", "no"), speaker)}
        case Pick() | Picks() | Zone():
            return {"type": STRING, "autocomplete": True}
        case Whole(low, high):
            return {"type": INTEGER, "min_value": low, "max_value": high}
        case Days(most):
            return {"type": INTEGER, "min_value": 1, "max_value": most}
        case Someone():
            return {"type": USER}
        case Roles():
            return {"type": ROLE}
        case Words(limit, lines):
            return {"type": STRING, "max_length": limit} if lines == 1 else None
        case OfDay() | Until():
            return {"type": STRING, "max_length": 20}


def _choices(name: str, options: Iterable[str], speaker: Speaker) -> list[Json]:
    """Return choices by their labels. Languages are called by their names where nothing else is written."""
    made: list[Json] = []
    for value in options:
        written = Text(f"option-{name}-{value}")
        if speaker.plain(written, speaker.locales[0]) == written.id:
            written = Text(f"language-{value}")
        made.append({**_localised(written, speaker, "name", value), "value": value})
    return made


# Whether it has changed


_BESIDE: Final[Mapping[str, Any]] = {
    "type": CHAT_INPUT,
    "default_member_permissions": None,
    "required": False,
    "autocomplete": False,
}
"""What is meant where nothing is said."""

_TOLD: Final = (
    *("name", "name_localizations", "description", "description_localizations", "type", "required", "autocomplete"),
    *("options", "choices", "value", "min_value", "max_value", "max_length", "min_length", "channel_types"),
    *("contexts", "integration_types", "default_member_permissions"),
)
"""What is compared. Everything else is Discord's own: ids, versions, what it adds some day."""


def same(ours: Sequence[Mapping[str, Any]], theirs: object) -> bool:
    """Return whether Discord's list of commands (with all localisations) means what ours means."""
    if not isinstance(theirs, list) or not all(isinstance(one, Mapping) for one in theirs):
        return False
    return _by_name(ours) == _by_name(theirs)


def _by_name(commands: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Return commands in an order of our own: Discord's is not promised."""
    return sorted((_meaning(one) for one in commands), key=lambda one: str(one.get("name")))


def _meaning(one: Any, depth: int = 0) -> Any:
    """Return a command or an option without what makes no difference."""
    if not isinstance(one, Mapping) or depth > DEEPEST + 1:
        return one
    kept: Json = {}
    for key in _TOLD:
        value = one.get(key)
        match key, value:
            case (("options" | "choices"), list()):
                value = [_meaning(inner, depth + 1) for inner in value]
            case (("contexts" | "integration_types"), list()):
                value = sorted(map(str, value))
            case "default_member_permissions", int() | str():
                value = str(value)
        if value not in (None, [], {}) and value != _BESIDE.get(key):
            kept[key] = value
    return kept


# What comes back


def arguments(data: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, dict[str, Raw]]:
    """Return which command was typed, by its name in the catalogue, and what was given with it.

    Args:
        data: ``data`` of an interaction, as it came.
        catalogue: The commands.

    Returns:
        An empty name when it is no command of ours. An option that the command does not have is named ``more``, so that
        it is refused with a sentence and nothing is done without it.
    """
    words, options = _way(data)
    command = _paths(catalogue).get(" ".join(words)) if words else None
    if command is None:
        return "", {}
    known = {one.name: one for one in params(command.args)}
    found: dict[str, Raw] = {}
    for option in options:
        name = option.get("name")
        if isinstance(name, str) and name in known:
            found[name] = _given(known[name].kind, option.get("value"))
        else:
            found["more"] = "more"
    return command.name, found


def focused(data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the option in which somebody is typing, and what they typed so far."""
    _, options = _way(data)
    for option in options:
        name, typed = option.get("name"), option.get("value")
        if option.get("focused") is True and isinstance(name, str):
            return name, _whole(typed)[:READ] if isinstance(typed, str) else ""
    return "", ""


def _way(data: Mapping[str, Any]) -> tuple[list[str], list[Mapping[str, Any]]]:
    """Return the words of a command and its own options; no words where it was not typed or is not well made."""
    if data.get("type", CHAT_INPUT) != CHAT_INPUT or not isinstance(name := data.get("name"), str):
        return [], []
    words, here = [name], _listed(data)
    while len(words) < DEEPEST and len(here) == 1 and here[0].get("type") in (SUB, GROUP):
        below = here[0].get("name")
        if not isinstance(below, str):
            return [], []
        words.append(below)
        here = _listed(here[0])
    return words, here


def _listed(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    options = one.get("options")
    return [option for option in options[:MOST] if isinstance(option, Mapping)] if isinstance(options, list) else []


def _given(kind: Kind, value: object) -> Raw:  # noqa: PLR0911 - one return a kind
    """Return a value as words. What does not fit its kind is left for the kind to refuse."""
    match kind, value:
        case _, bool():
            return "yes" if value else "no"
        case _, int():
            return str(value) if abs(value) < _FAR else "-"
        case _, float():
            return str(int(value)) if math.isfinite(value) and value.is_integer() and abs(value) < _FAR else "-"
        case Someone(), str() if value.isascii() and value.isdecimal():
            return Member("discord", value)
        case ((Picks() | Roles()), str()):
            return tuple(part.strip() for part in _whole(value).split(",") if part.strip())
        case _, str():
            return _whole(value)
        case _:
            return "-"


def _whole(words: str) -> str:
    """Return words without halves of letters, which nothing can be written of."""
    return words.encode("utf-8", "replace").decode()


# What is offered while somebody types


def offers(kind: Kind, labels: Mapping[str, str], typed: str) -> list[dict[str, str]]:
    """Return what fits what was typed so far, best first, as Discord takes it.

    Of several answers the last is completed, and those before it are kept. Discord puts an answer's *name* into the
    line when it is chosen, so a part before may be a label as well as a value.

    Args:
        kind: Of the option.
        labels: What each value is called.
        typed: What was typed so far.
    """
    if not isinstance(kind, Picks):
        fitting = _fitting(typed, labels)
        return _answers((labels[value], value) for value in fitting)
    *before, last = typed[:READ].split(",")[:PARTS]
    kept = list(dict.fromkeys(_meant(before, labels)))
    named = [labels.get(value, value) for value in kept]
    if len(kept) >= kind.most:
        return _answers([(", ".join(named), ", ".join(kept))])
    left = {value: label for value, label in labels.items() if value not in kept}
    return _answers(
        (", ".join([*named, label]), ", ".join([*kept, value]))
        for value, label in ((value, left[value]) for value in _fitting(last, left))
    )


def zones(typed: str) -> list[dict[str, str]]:
    """Return the time zones that fit what was typed so far, as Discord takes them."""
    names = {name: name.replace("_", " ") for name in zone_names()}
    return _answers((label, value) for value, label in ((one, names[one]) for one in _fitting(typed, names)))


def meant(name: str, given: Mapping[str, Raw], catalogue: Catalogue, speaker: Speaker) -> dict[str, Raw]:
    """Return what was given, with labels in the place of values where somebody typed those by hand.

    Only of options that the commands themselves list: a community's own words are known to the community.
    """
    found = dict(given)
    for option in given:
        one = declared(name, option, catalogue)
        if one is None or not isinstance(one.kind, Pick | Picks):
            continue
        for locale in speaker.locales:
            choices = _choices(option, one.kind.options, _Alone(speaker, locale))
            labels = {choice["value"]: choice["name"] for choice in choices}
            now = found[option]
            parts = now if isinstance(now, tuple) else (now,)
            said = tuple(_meant([part for part in parts if isinstance(part, str)], labels))
            found[option] = said if isinstance(now, tuple) else "".join(said)
    return found


class _Alone:
    """A speaker of one language."""

    def __init__(self, speaker: Speaker, locale: str) -> None:
        self.locales = (locale,)
        self.say, self.plain = speaker.say, speaker.plain


def _answers(found: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Return at most as many as Discord takes. A value that it does not take whole is not offered."""
    fit = ({"name": shorten(name, LONGEST), "value": value} for name, value in found if 0 < units(value) <= LONGEST)
    return list(islice((one for one in fit if one["name"].strip()), MOST))


def _folded(words: str) -> str:
    """Return words without case and accents, by which what is typed in a hurry is found as well."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(one for one in apart if not unicodedata.combining(one)).replace("_", " ").split())


def _fitting(typed: str, labels: Mapping[str, str]) -> Iterator[str]:
    """Give the values whose label or value holds what was typed: first where it begins, then where a word does."""
    wanted = _folded(typed[:READ])
    ranked: tuple[list[str], ...] = ([], [], [])
    for value, label in labels.items():
        names = (_folded(label), _folded(value))
        if any(name.startswith(wanted) for name in names):
            ranked[0].append(value)
        elif any(word.startswith(wanted) for name in names for word in _words(name)):
            ranked[1].append(value)
        elif any(wanted in name for name in names):
            ranked[2].append(value)
    for rank in ranked:
        yield from rank


def _words(name: str) -> Iterator[str]:
    """Give what remains of a name from the beginning of each of its words."""
    for at, letter in enumerate(name):
        if not letter.isalnum():
            yield name[at + 1 :]


def _meant(parts: Sequence[str], labels: Mapping[str, str]) -> Iterator[str]:
    """Give the values that parts between commas stand for; what is unknown is given as it is.

    A label may hold commas itself, so the most parts that make a label are taken together.
    """
    values = {_folded(label): value for value, label in labels.items()} | {_folded(one): one for one in labels}
    most = 1 + max((name.count(",") for name in values), default=0)
    at = 0
    while at < len(parts):
        for to in range(min(at + most, len(parts)), at, -1):
            joined = ",".join(part.strip() for part in parts[at:to])
            known = values.get(_folded(joined)) or values.get(_folded(joined.replace(",", ", ")))
            if known is not None or to == at + 1:
                if known is not None or joined:
                    yield known if known is not None else _whole(joined)
                at = to
                break
