"""Cards as the contents of Matrix events. Pure: words come from a `Speaker`, ids of choices from `Buttons`.

A card is said twice in one event: as plain text, and as HTML of a few fixed tags. Both are made from one sentence: what
the sentence speaks of stands in it as a mark while the sentence is escaped, and is put in after that. So nothing that
somebody wrote is ever read as a sentence, a mark or a tag. ``m.mentions`` is always there and always empty: naming
somebody, also in an introduction, calls nobody.

What comes by itself into a direct room is an ``m.text``, because the usual push rules keep notices silent
(Matrix specification, ``.m.rule.suppress_notices``) and whoever is asked something would not know. An answer to
somebody who is there, and whatever stands in a room of several, is an ``m.notice``: nobody is fetched, and other bots
do not answer it.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Final
from urllib.parse import quote

from adapters.matrix import parse
from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Document
from bot.contract.params import clean
from bot.contract.place import Member, Place, Room
from bot.contract.ports import Speaker
from bot.contract.text import Literal, Text, Typed, Voice, text
from bot.domain.errors import Refusal

Content = dict[str, Any]
"""The content of an ``m.room.message``."""

LARGEST: Final = 43_000
"""Bytes of a content as canonical JSON. Encrypted, they become a third more, and the event stays under 60,000 bytes
of the 65,536 that a server takes."""

_MARK: Final = re.compile("\ue010([0-9]{1,6})\ue011")
_LONGEST_SAID: Final = 20_000


@dataclass(frozen=True, slots=True)
class Rendered:
    """A card as events.

    Attributes:
        contents: Contents in the order in which they are sent. Of an edit, the first is the edit.
        ids: Ids of the choices in the order of their numbers, for `adapters.matrix.shown.Shown.put`, with the event
            of the last content.
        reactions: What the bot reacts with to the event of the last content.
        document: What goes with it as a file of its own.
    """

    contents: tuple[Content, ...] = field(repr=False)
    ids: tuple[str, ...] = field(default=(), repr=False)
    reactions: tuple[str, ...] = ()
    document: Document | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of a card that is kept together where there is room: as plain text and as HTML."""

    plain: str
    html: str
    tag: str = "p"


class _Marks:
    """Shows what a sentence speaks of as marks, and keeps what they stand for, twice."""

    def __init__(self, name: Callable[[Member | Room], str], own: str) -> None:
        self._name = name
        self._server = own.partition(":")[2]
        self.kept: list[tuple[str, str]] = []

    def _mark(self, plain: str, html: str) -> str:
        self.kept.append((plain, html))
        return f"\ue010{len(self.kept) - 1}\ue011"

    def name(self, who: Member | Room) -> str:
        """Return a pill. In plain text the address stands beside the name: a name may say it is somebody else."""
        shown = _tame(self._name(who))
        via = f"?via={quote(self._server, safe='')}" if isinstance(who, Room) and self._server else ""
        address = escape(f"https://matrix.to/#/{quote(who.id, safe='!@:.')}{via}")
        pill = f'<a href="{address}">{escape(shown or who.id)}</a>'
        if isinstance(who, Room):
            return self._mark(_isolated(shown) if shown else who.id, pill)
        return self._mark(f"{_isolated(shown)} ({who.id})" if shown and shown != who.id else who.id, pill)

    def command(self, command: str) -> str:
        """Return a command after its sign."""
        typed = parse.SIGN + command
        return self._mark(typed, f"<code>{escape(typed)}</code>")

    def said(self, words: str) -> str:
        """Return words of a person in isolates."""
        tame = _isolated(_tame(words))
        return self._mark(tame, escape(tame))

    def literal(self, words: str) -> str:
        """Return a technical text, to be copied."""
        if re.fullmatch(r"https://[!-~]+", words):
            return self._mark(words, f'<a href="{escape(words)}">{escape(words)}</a>')
        return self._mark(words, f"<code>{escape(words)}</code>")

    def stamp(self, instant: datetime) -> None:  # noqa: ARG002 - Matrix has no stamps
        """Return None: the sentence says it."""
        return


def _isolated(words: str) -> str:
    return f"\u2068{words}\u2069"


def _tame(words: str) -> str:
    """Return words as one line without anything that could turn, hide or break the lines around them."""
    try:
        return clean(words[:_LONGEST_SAID], 2 * _LONGEST_SAID)
    except Refusal:
        return ""


class Render:
    """Renders for one account."""

    def __init__(
        self, speaker: Speaker, buttons: Buttons, name: Callable[[Member | Room], str], own: Callable[[], str]
    ) -> None:
        """Take where words, ids and shown names come from.

        Args:
            speaker: Words.
            buttons: Ids of choices.
            name: What the platform shows of a member or a room at this moment; empty words where it shows nothing.
            own: The bot's user id, which is known after it logged in.
        """
        self._speaker = speaker
        self._buttons = buttons
        self._name = name
        self._own = own

    def words(self, said: Text, voice: Voice, now: datetime) -> str:
        """Return a sentence as plain text: names and topics of rooms."""
        return self._block(said, voice, now).plain

    def say(self, card: Card, place: Place, voice: Voice, now: datetime, *, loud: bool) -> Rendered:
        """Return the events that say a card.

        Args:
            card: The card.
            place: A member: their direct room. There choices are numbered. In a room it carries no choice that would
                be answered before others: it tells how to answer privately.
            voice: The reader's language and zone.
            now: Aware instant.
            loud: It comes by itself, so its reader may be told that it came. In a room nothing is.
        """
        direct = isinstance(place, Member)
        kind = "m.text" if loud and direct else "m.notice"
        blocks = self._blocks(card, direct, voice, now)
        contents = tuple(_content(kind, piece) for piece in _pieces(blocks, kind, None))
        return self._rendered(contents, card, place)

    def edit(self, card: Card, place: Place, event: str, voice: Voice, now: datetime) -> Rendered:
        """Return the events that put a card in the place of the one said by ``event``.

        What does not fit into one event follows as events of its own.
        """
        direct = isinstance(place, Member)
        kind = "m.text" if direct else "m.notice"
        first, *rest = _pieces(self._blocks(card, direct, voice, now), kind, event)
        contents = (_edited(kind, first, event), *(_content(kind, piece) for piece in rest))
        return self._rendered(contents, card, place)

    def offered(self, card: Card, place: Place) -> Rendered:
        """Return what hangs on the events of a card, without them."""
        return self._rendered((), card, place)

    def _rendered(self, contents: tuple[Content, ...], card: Card, place: Place) -> Rendered:
        if not isinstance(place, Member):
            return Rendered(contents, reactions=(parse.WAVE,) if card.choices else (), document=card.document)
        ids = tuple(self._buttons.write(choice, place) for choice in card.choices)
        keycaps = tuple(parse.keycap(number) for number in range(1, len(ids) + 1))
        return Rendered(contents, ids, keycaps if all(keycaps) else (), card.document)

    def _blocks(self, card: Card, direct: bool, voice: Voice, now: datetime) -> list[_Block]:
        blocks: list[_Block] = []
        if card.title is not None:
            title = self._block(card.title, voice, now)
            blocks.append(_Block(title.plain, f"<strong>{title.html}</strong>"))
        blocks += [self._block(one, voice, now) for one in card.lines]
        if card.choices:
            blocks += self._numbered(card.choices, voice, now) if direct else self._paths(card.choices, voice, now)
        return blocks

    def _numbered(self, choices: Sequence[Choice], voice: Voice, now: datetime) -> Iterator[_Block]:
        paths = _typed(choices)
        for number, choice in enumerate(choices, 1):
            label = choice.label
            if choice.action in paths:
                label = text("matrix-label", label=label, command=Typed(choice.action))
            said = self._block(label, voice, now)
            yield _Block(f"{number}. {said.plain}", f"<li>{said.html}</li>", "ol")
        how = "matrix-choose" if parse.keycap(len(choices)) else "matrix-choose-typed"
        yield self._block(text(how), voice, now)

    def _paths(self, choices: Sequence[Choice], voice: Voice, now: datetime) -> Iterator[_Block]:
        paths = _typed(choices)
        for choice in choices:
            if choice.action in paths:
                said = text("matrix-label-more", label=choice.label, command=Typed(choice.action))
                yield self._block(said, voice, now)
        link = Literal(f"https://matrix.to/#/{quote(self._own(), safe='@:.')}")
        yield self._block(text("matrix-privately", link=link), voice, now)

    def _block(self, said: Text, voice: Voice, now: datetime) -> _Block:
        marks = _Marks(self._name, self._own())
        sentence = self._speaker.say(said, voice, now, marks)
        code = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(sentence, quote=False))
        html = _MARK.sub(lambda found: marks.kept[int(found[1])][1], code).replace("\n", "<br>")
        return _Block(_MARK.sub(lambda found: marks.kept[int(found[1])][0], sentence), html)


def _typed(choices: Sequence[Choice]) -> frozenset[str]:
    """Return the actions that can be typed instead: those with a name for it, that only one choice stands for."""
    counted = Counter(choice.action for choice in choices)
    return frozenset(action for action, count in counted.items() if count == 1 and "." not in action)


def canonical(content: Any) -> bytes:
    """Return JSON as it is counted (Matrix specification, appendix "Canonical JSON")."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _content(kind: str, blocks: Sequence[_Block]) -> Content:
    return {
        "msgtype": kind,
        "body": "\n".join(block.plain for block in blocks),
        "format": "org.matrix.custom.html",
        "formatted_body": "".join(_tagged(blocks)),
        "m.mentions": {},
    }


def _tagged(blocks: Sequence[_Block]) -> Iterator[str]:
    """Give blocks in their tags; what stands in one list is one list, counted on where an event before it ended."""
    before = "p"
    for block in blocks:
        if block.tag == "ol" and before != "ol":
            start = block.plain.partition(".")[0]
            yield "<ol>" if start == "1" else f'<ol start="{start}">'
        if before == "ol" and block.tag != "ol":
            yield "</ol>"
        yield block.html if block.tag == "ol" else f"<p>{block.html}</p>"
        before = block.tag
    if before == "ol":
        yield "</ol>"


def _edited(kind: str, blocks: Sequence[_Block], event: str) -> Content:
    new = _content(kind, blocks)
    return {
        **new,
        "body": "* " + new["body"],
        "formatted_body": "* " + new["formatted_body"],
        "m.new_content": new,
        "m.relates_to": {"rel_type": "m.replace", "event_id": event},
    }


def _pieces(blocks: Sequence[_Block], kind: str, event: str | None) -> list[list[_Block]]:
    """Return blocks in as few pieces as fit into events; an edit says everything of its first piece twice."""

    def size(piece: Sequence[_Block]) -> int:
        first = event is not None and not done
        return len(canonical(_edited(kind, piece, event or "") if first else _content(kind, piece)))

    at_most = _PART // 2 if event is not None else _PART
    done: list[list[_Block]] = []
    piece: list[_Block] = []
    for part in (part for block in blocks for part in _parts(block, at_most)):
        if piece and size([*piece, part]) > LARGEST:
            done.append(piece)
            piece = []
        piece.append(part)
    return [*done, piece]


_PART: Final = 20_000
"""Bytes of a block that is kept whole: as JSON, in plain text and in HTML it still fits. An edit says both twice."""


def _parts(block: _Block, at_most: int) -> Iterator[_Block]:
    """Give a block whole, or one that is too long in parts, split between words and without its tags."""
    if len(canonical(block.html)) <= at_most and len(canonical(block.plain)) <= at_most:
        yield block
        return
    part: list[str] = []
    held = 0
    for word in _words(block.plain):
        size = len(canonical(_plain(word).html))
        if part and held + size > at_most:
            yield _plain("".join(part))
            part, held = [], 0
        part.append(word)
        held += size
    yield _plain("".join(part))


def _words(words: str) -> Iterator[str]:
    """Give words with the spaces after them; one without an end in lengths that fit."""
    for found in re.finditer(r"\S{1,500}\s{0,500}|\s{1,500}", words):
        yield found.group()


def _plain(words: str) -> _Block:
    return _Block(words, escape(words, quote=False).replace("\n", "<br>"))
