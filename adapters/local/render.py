"""Cards and forms as plain JSON for the page. Pure: words come from a `Speaker`, ids of choices from `Buttons`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Form
from bot.contract.params import Days, Kind, Moments, Picks, Raw, Roles, Whole, Words
from bot.contract.place import Member, Place, Room
from bot.contract.ports import Speaker
from bot.contract.text import Plain, Text, Voice

Rendered = dict[str, Any]


class Render:
    """Renders for one world."""

    def __init__(self, speaker: Speaker, buttons: Buttons, name: Callable[[Member | Room], str]) -> None:
        """Take where words, ids and shown names come from."""
        self._speaker = speaker
        self._buttons = buttons
        self._shows = Plain(name)

    def words(self, text: Text, voice: Voice, now: datetime) -> str:
        """Return a sentence."""
        return self._speaker.say(text, voice, now, self._shows)

    def card(self, card: Card, place: Place, voice: Voice, now: datetime) -> Rendered:
        """Return a card as it is shown at a place.

        ``{lang, title, lines, choices: [{id, label, destroys}], document: {name, type, body} | null}``
        """
        return {
            "lang": voice.locale,
            "title": self.words(card.title, voice, now) if card.title is not None else "",
            "lines": [self.words(line, voice, now) for line in card.lines],
            "choices": [
                {
                    "id": self._buttons.write(choice, place),
                    "label": self.words(choice.label, voice, now),
                    "destroys": choice.destroys,
                }
                for choice in card.choices
            ],
            "document": {"name": card.document.name, "type": card.document.media_type, "body": card.document.body}
            if card.document is not None
            else None,
        }

    def form(self, form: Form, place: Place, voice: Voice, now: datetime) -> Rendered:
        """Return a form as the page shows it; ``token`` brings it back and works like the id of a choice."""
        return {
            "token": self._buttons.write(Choice(form.command, form.title, form.subject), place),
            "command": form.command,
            "lang": voice.locale,
            "title": self.words(form.title, voice, now),
            "fields": [
                {
                    "name": field.name,
                    "label": self.words(field.label, voice, now),
                    "required": field.required,
                    "value": given(field.value),
                    "options": [
                        {"value": option.value, "label": self.words(option.label, voice, now)}
                        for option in field.options
                    ],
                    **kind(field.kind),
                }
                for field in form.fields
            ],
        }


def given(raw: Raw) -> Any:
    """Return what stands in a field, as JSON; members and rooms by id."""
    if isinstance(raw, Member | Room):
        return raw.id
    if isinstance(raw, tuple):
        return [given(part) for part in raw]
    return raw


def kind(kind: Kind) -> Rendered:
    """Return what kind of question it is, with its bounds."""
    shown: Rendered = {"kind": type(kind).__name__.lower()}
    match kind:
        case Whole(low, high):
            shown |= {"low": low, "high": high}
        case Days(most):
            shown |= {"low": 1, "high": most}
        case Picks(_, most) | Roles(most):
            shown |= {"most": most}
        case Words(limit, lines):
            shown |= {"limit": limit, "lines": lines}
        case Moments(_, most):
            shown |= {"lines": most}
        case _:
            pass
    return shown
