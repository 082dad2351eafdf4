"""How Discord shows what a sentence speaks of: mentions, command links, time stamps, and words that stay words."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from adapters.discord import slash
from bot.contract.place import Member, Room

_LINK: Final = re.compile(r"(https?://[A-Za-z0-9/._:?&=%+~#!@$,;-]+)", re.IGNORECASE)
_MARKUP: Final = re.compile(r"([\\*_~`|<>\[\]()#])")
_TO_MANY: Final = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_START: Final = re.compile(r"^(\s*)([-+]|\d+\.)(?=\s)", re.MULTILINE)

_SOON: Final = timedelta(hours=20)
"""Within this an hour alone says which instant is meant."""


def plain(words: str) -> str:
    """Return words that stay what they are: no markup, mention, time stamp or masked link of Discord's comes of them.

    An address that stands there openly stays one.
    """
    parts = _LINK.split(words)
    escaped = (part if at % 2 else _MARKUP.sub(r"\\\1", part) for at, part in enumerate(parts))
    return _START.sub(r"\1\\\2", _TO_MANY.sub("@\u200b", "".join(escaped)))


@dataclass(frozen=True, slots=True)
class Shown:
    """Shows for one message (a `bot.contract.text.Shows`).

    Attributes:
        now: The instant of the message.
        names: Names that were looked up for it, of members and of spaces.
        commands: The commands that can be typed.
        ids: What Discord calls each top-level command; empty until they are registered.
    """

    now: datetime
    names: Mapping[Member | Room, str] = field(default_factory=dict)
    commands: Collection[str] = ()
    ids: Mapping[str, str] = field(default_factory=dict)

    def name(self, who: Member | Room) -> str:
        """Return a mention, beside the account's name where it was looked up: a mention may not resolve everywhere."""
        known = self.names.get(who)
        if isinstance(who, Room):
            return self.said(" ".join(known.split())) if known is not None else f"<#{who.id}>"
        return f"<@{who.id}> ({plain(known)})" if known is not None else f"<@{who.id}>"

    def command(self, command: str) -> str:
        """Return a link that types the command, or the command itself where there is no such link."""
        path = slash.shown_as(command, self.commands)
        number = self.ids.get(path.split(" ", 1)[0])
        return f"</{path}:{number}>" if number is not None and command in self.commands else f"/{path}"

    def said(self, words: str) -> str:
        """Return somebody's words, isolated and without any effect."""
        return f"\u2068{plain(words)}\u2069"

    def literal(self, words: str) -> str:
        """Return a technical text so that it can be copied."""
        return f"`{words.replace('`', chr(0x02CB))}`"

    def stamp(self, instant: datetime) -> str | None:
        """Return a time stamp, which every reader's app shows in their own zone and language."""
        style = "t" if abs(instant - self.now) < _SOON else "f"
        return f"<t:{int(instant.timestamp())}:{style}>"
