"""Cards as messages of Discord's, forms as its modals. Pure: words in, payloads out.

Messages are made of components (https://docs.discord.com/developers/components/reference): text, rows of buttons, a
file. Every payload, of an edit too, carries ``allowed_mentions`` that mention nobody.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from adapters.discord.shown import Shown
from adapters.discord.split import pieces, shorten, units
from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Document, Field, Option
from bot.contract.params import (
    Days,
    Moments,
    OfDay,
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
)
from bot.contract.place import Member, Place, Room
from bot.contract.ports import Speaker
from bot.contract.text import Fact, Text, Voice, text

Payload = dict[str, Any]

COMPONENTS_V2: Final = 1 << 15
EPHEMERAL: Final = 1 << 6

ROW, BUTTON, SELECT, INPUT, USERS, ROLES, TEXT, FILE, LABEL = 1, 2, 3, 4, 5, 6, 10, 13, 18
"""Kinds of components."""

SECONDARY, DANGER = 2, 4
"""Styles of buttons. All are alike, but for one that destroys."""

MOST_TEXT: Final = 4000
"""Units of text in a message."""
MOST_IN_ROW: Final = 5
MOST_BUTTONS: Final = 25
"""Buttons of a message: more would not be found again, and with their rows a message holds 40 parts."""
LONGEST_BUTTON: Final = 80
LONGEST_TITLE: Final = 45
"""Of a form, and of the label of a question."""
LONGEST_HINT: Final = 100
LONGEST_OPTION: Final = 100
MOST_OPTIONS: Final = 25
LONGEST_ANSWER: Final = 4000

NO_MENTIONS: Final[Payload] = {"parse": []}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message: its payload, and the files that go with it."""

    payload: Payload = field(repr=False)
    files: tuple[Document, ...] = field(default=(), repr=False)


def mark_id(mark: str) -> int:
    """Return the id of a component by which a message of ours is found again: nobody sees it."""
    return int.from_bytes(hashlib.sha256(mark.encode()).digest()[:4], "big") >> 2 | 1 << 30


def speaks_of(card: Card) -> frozenset[Member | Room]:
    """Return the members and rooms that a card names, so that their names can be looked up first."""

    def within(fact: Fact) -> Iterator[Member | Room]:
        match fact:
            case Member() | Room():
                yield fact
            case Text():
                for inner in fact.facts.values():
                    yield from within(inner)
            case tuple():
                for inner in fact:
                    yield from within(inner)
            case _:
                pass

    texts = (*((card.title,) if card.title else ()), *card.lines, *(choice.label for choice in card.choices))
    return frozenset(found for one in texts for found in within(one))


class Render:
    """Renders for one bot."""

    def __init__(self, speaker: Speaker, buttons: Buttons, commands: Collection[str]) -> None:
        """Take where words and ids come from, and the commands that can be typed."""
        self._speaker = speaker
        self._buttons = buttons
        self._commands = commands
        self.ids: Mapping[str, str] = {}
        """What Discord calls each top-level command, once they are registered."""

    def shown(self, now: datetime, names: Mapping[Member | Room, str] | None = None) -> Shown:
        """Return how things are shown in a message of this instant."""
        return Shown(now, names or {}, self._commands, self.ids)

    def words(self, what: Text, voice: Voice, now: datetime) -> str:
        """Return a sentence for where there is no markup: a button, a form, the name of a thread."""
        return self._speaker.plain(what, voice.locale) if not what.facts else _bare(self._say(what, voice, now))

    def _say(self, what: Text, voice: Voice, now: datetime) -> str:
        return self._speaker.say(what, voice, now, _Bare(now, commands=self._commands))

    def messages(
        self, card: Card, place: Place, voice: Voice, shown: Shown, *, mark: str = "", alone: bool = False
    ) -> list[Rendered]:
        """Return a card as messages, in order; the choices stand under the last of the text.

        Args:
            card: What to say.
            place: Where it will stand: the ids of choices are bound to it.
            voice: The reader's language and zone.
            shown: How things are shown.
            mark: By which the last message is found again.
            alone: It comes by itself into a private conversation, and so says that nobody listens there.
        """
        blocks = [f"### {self._speaker.say(card.title, voice, shown.now, shown)}"] if card.title is not None else []
        blocks += [self._speaker.say(line, voice, shown.now, shown) for line in card.lines]
        if alone:
            blocks.append(f"-# {self._speaker.say(text('discord-deaf'), voice, shown.now, shown)}")
        bodies: list[list[Payload]] = [
            [{"type": TEXT, "content": body or "\u200b"}] for body in pieces(blocks, MOST_TEXT)
        ]
        for at, rows in enumerate(self._rows(card.choices, place, voice, shown)):
            if at:
                bodies.append([])
            bodies[-1] += rows
        if card.document is not None:
            bodies[-1].append({"type": FILE, "file": {"url": f"attachment://{card.document.name}"}})
        if mark:
            bodies[-1][0]["id"] = mark_id(mark)
        rendered = [
            Rendered({"flags": COMPONENTS_V2, "components": body, "allowed_mentions": NO_MENTIONS}) for body in bodies
        ]
        if card.document is not None:
            attachments = [{"id": 0, "filename": card.document.name}]
            rendered[-1] = Rendered(rendered[-1].payload | {"attachments": attachments}, (card.document,))
        return rendered

    def one(
        self, card: Card, place: Place, voice: Voice, shown: Shown, *, mark: str = "", alone: bool = False
    ) -> Rendered:
        """Return a card as one message, for an edit: what would be in others is left out, and its choices stay."""
        first, *more = self.messages(card, place, voice, shown, mark=mark, alone=alone)
        if not more:
            return first
        rows = [part for other in more for part in other.payload["components"] if part["type"] == ROW][:MOST_IN_ROW]
        words = first.payload["components"][0] | {"id": mark_id(mark)} if mark else first.payload["components"][0]
        return Rendered(first.payload | {"components": [words, *rows]})

    def _rows(self, choices: tuple[Choice, ...], place: Place, voice: Voice, shown: Shown) -> Iterator[list[Payload]]:
        """Give the rows of buttons, those of one message at a time."""
        buttons = [
            {
                "type": BUTTON,
                "style": DANGER if choice.destroys else SECONDARY,
                "label": shorten(self._label(choice.label, voice, shown), LONGEST_BUTTON),
                "custom_id": self._buttons.write(choice, place),
            }
            for choice in choices
        ]
        for start in range(0, len(buttons), MOST_BUTTONS):
            here = buttons[start : start + MOST_BUTTONS]
            yield [{"type": ROW, "components": here[at : at + MOST_IN_ROW]} for at in range(0, len(here), MOST_IN_ROW)]

    def _label(self, label: Text, voice: Voice, shown: Shown) -> str:
        """Return the words of a button, which knows neither markup nor mentions."""
        bare = _Bare(shown.now, shown.names, self._commands)
        return _bare(self._speaker.say(label, voice, shown.now, bare)) or "…"

    # Forms

    def modal(self, title: Text, fields: tuple[Field, ...], custom_id: str, voice: Voice, now: datetime) -> Payload:
        """Return a form of up to five questions."""
        return {
            "title": shorten(self.words(title, voice, now), LONGEST_TITLE),
            "custom_id": custom_id,
            "components": [self._question(one, voice, now) for one in fields],
        }

    def _question(self, one: Field, voice: Voice, now: datetime) -> Payload:
        label = self.words(one.label, voice, now)
        asked: Payload = {
            "type": LABEL,
            "label": shorten(label, LONGEST_TITLE),
            "component": {"custom_id": one.name, "required": one.required, **self._answer(one, voice, now)},
        }
        if units(label) > LONGEST_TITLE:
            asked["description"] = shorten(label, LONGEST_HINT)
        return asked

    def _answer(self, one: Field, voice: Voice, now: datetime) -> Payload:  # noqa: PLR0911 - one return a kind
        """Return what is filled in, by the kind of question."""
        match one.kind:
            case Pick() | YesNo() if 0 < len(one.options) <= MOST_OPTIONS:
                return self._select(one, 1, voice, now)
            case Picks(_, most) if 0 < len(one.options) <= MOST_OPTIONS:
                return self._select(one, most, voice, now)
            case Someone():
                return {"type": USERS, "max_values": 1, **_least(one)}
            case Roles(most):
                given = one.value if isinstance(one.value, tuple) else ()
                chosen = [{"id": str(role), "type": "role"} for role in given if str(role).isdecimal()][:most]
                shape: Payload = {"type": ROLES, "max_values": most, **_least(one)}
                return shape | ({"default_values": chosen} if chosen else {})
            case Words(limit, lines):
                longest = min(LONGEST_ANSWER, (limit + 1) * lines)
                return _input(one, longest, long=lines > 1 or limit > LONGEST_HINT)
            case Whole() | Days():
                return _input(one, 9)
            case OfDay() | Until():
                return _input(one, 20)
            case Zone():
                return _input(one, 64)
            case Moments():
                return _input(one, Moments.longest, long=True)
            case _:  # more to pick from than a select holds: written, and separated by commas
                return _input(one, LONGEST_ANSWER)

    def _select(self, one: Field, most: int, voice: Voice, now: datetime) -> Payload:
        given = one.value[:most] if isinstance(one.value, tuple) else (one.value,)
        options = [self._option(option, option.value in given, voice, now) for option in one.options]
        return {"type": SELECT, "options": options, "max_values": min(most, len(options)), **_least(one)}

    def _option(self, option: Option, chosen: bool, voice: Voice, now: datetime) -> Payload:
        label = shorten(self.words(option.label, voice, now) or option.value, LONGEST_OPTION)
        return {"label": label, "value": option.value[:LONGEST_OPTION], "default": chosen}


class _Bare(Shown):
    """Shows for where there is no markup."""

    def name(self, who: Member | Room) -> str:
        return self.names.get(who, "")

    def said(self, words: str) -> str:
        return words

    def literal(self, words: str) -> str:
        return words

    def stamp(self, instant: datetime) -> str | None:  # noqa: ARG002 - without markup there are none
        return None


def _bare(words: str) -> str:
    return " ".join(words.split())


def _least(one: Field) -> Payload:
    return {"min_values": 1 if one.required else 0}


def _input(one: Field, longest: int, *, long: bool = False) -> Payload:
    shape: Payload = {"type": INPUT, "style": 2 if long else 1, "max_length": longest}
    value = _written(one.value, "\n" if long else ", ")
    if units(value) > longest:
        # What stands there is never cut or left out unseen: it would be saved so.
        shape["max_length"] = min(units(value), LONGEST_ANSWER)
    return shape | ({"value": value} if value else {})


def _written(value: Raw, between: str) -> str:
    match value:
        case str():
            return value
        case tuple():
            return between.join(_written(part, between) for part in value)
        case _:
            return value.id
