"""What the engine hears, as plain values: the seam between it and the reading of what people mean.

Nothing is read out of these values before `adapters.matrix.inbound` has looked at their shape, so an engine may hand
over what it got; and nothing of them shows in ``repr`` but the kind.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any, Final, Literal
from urllib.parse import unquote

LONGEST_BODY: Final = 20_000
"""Letters of a message that are read; over that no command is."""

LONGEST_ID: Final = 255
"""Bytes of an event, user or room id (Matrix specification, appendix "Identifier grammar")."""

Kind = Literal[
    "message", "edit", "reaction", "redaction", "member", "invite", "tombstone", "undecryptable", "ended", "removed"
]
"""What happened.

| kind | ``body`` | ``relates_to`` | ``key`` |
|---|---|---|---|
| ``message``: words (``m.text``) | the words (`words_of`) | the event replied to | |
| ``edit``: other words in the place of earlier ones | the new words | the event edited | |
| ``reaction`` | | the event it hangs on | the emoji |
| ``redaction`` | | the event taken away | |
| ``member``: somebody's membership changed | | that user id | ``join``, ``leave``, ``ban``, ``invite``, ``knock`` |
| ``invite``: of the bot, by ``sender`` | | | ``direct`` (encrypted), ``direct-clear``, ``room`` |
| ``tombstone``: the room was upgraded | | the room that follows (unproven) | |
| ``undecryptable``: words for which no key came | | | |
| ``ended``: no direct room any more | | | ``crowded`` (a third person came) or ``left`` |
| ``removed``: the bot is no longer in the room | | | |
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that happened. See `Kind`.

    Attributes:
        id: The platform's id of the event; empty where it has none (``invite``, ``ended``, ``removed``).
        room: Where.
        sender: Who did it; a user id.
        kind: What it is.
        body: See `Kind`.
        relates_to: See `Kind`.
        key: See `Kind`.
        at: When, by the sender's server; None where that is no instant.
    """

    id: str = field(repr=False)
    room: str = field(repr=False)
    sender: str = field(repr=False)
    kind: Kind
    body: str = field(default="", repr=False)
    relates_to: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    at: datetime | None = field(default=None, repr=False)


def words_of(content: Any) -> tuple[str, str] | None:
    """Return the words of a message's content and the event that it replies to (empty: none).

    A pill is read as the user id it links to, never as the name it shows: the name may be a false one. Whatever else
    the HTML says is not looked at. The quote that older clients put before a reply is taken away.

    Args:
        content: The content of an ``m.room.message``, decrypted where it was encrypted; of any shape.

    Returns:
        None when it is no message of a person (a notice, a picture, an edit), or of no shape that is read.
    """
    if not isinstance(content, Mapping) or content.get("msgtype") != "m.text":
        return None
    body = content.get("body")
    if not isinstance(body, str) or len(body) > LONGEST_BODY:
        return None
    relates = content.get("m.relates_to")
    replied = ""
    if isinstance(relates, Mapping):
        if relates.get("rel_type") == "m.replace":
            return None
        reply = relates.get("m.in_reply_to")
        named = reply.get("event_id") if isinstance(reply, Mapping) else None
        replied = named if isinstance(named, str) and named.startswith("$") and len(named) <= LONGEST_ID else ""
    html = content.get("formatted_body")
    if (
        content.get("format") == "org.matrix.custom.html"
        and isinstance(html, str)
        and _PILL.search(html, 0, LONGEST_BODY)
    ):
        try:
            return _Words.of(html[:LONGEST_BODY]), replied
        except AssertionError:
            pass  # the parser of the standard library says so to a marked section it does not know
    return (unquoted(body) if replied else body), replied


def unquoted(body: str) -> str:
    """Return the words of a reply without the lines quoted before them."""
    lines = body.split("\n")
    quoted = 0
    while quoted < len(lines) and lines[quoted].startswith(">"):
        quoted += 1
    return "\n".join(lines[quoted:]).lstrip("\n") if quoted else body


LINK: Final = re.compile(
    r"(?:https://matrix\.to/#/|matrix:)(?P<who>(?:@|%40|u/)[^\s?)\]>\"'<]{1,900})(?:\?[^\s)\]>\"'<]*)?"
)
"""A link to a user: the one clients write, and the URI of the Matrix specification (appendix "URIs")."""

_PILL: Final = re.compile(r"href\s*=\s*[\"']?(?:https://matrix\.to/#/(?:@|%40)|matrix:u/)", re.IGNORECASE)


def linked(address: str) -> str:
    """Return the user id that an address links to; empty where it links to none."""
    found = LINK.fullmatch(address.strip()) if len(address) <= 4 * LONGEST_ID else None
    if found is None:
        return ""
    name = unquote(found["who"])
    return "@" + name.removeprefix("u/") if name.startswith("u/") else name


class _Words(HTMLParser):
    """The words of HTML, with user ids in the place of pills. Knows nothing else of HTML, and nests nowhere."""

    _BREAKS: Final = frozenset(
        {"br", "p", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._kept: list[str] = []
        self._skips = 0
        self._pill = False

    @classmethod
    def of(cls, html: str) -> str:
        """Return the words of ``html``."""
        parser = cls()
        parser.feed(html)
        parser.close()
        return re.sub(r"\n{2,}", "\n", "".join(parser._kept)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "mx-reply":
            self._skips += 1
        elif tag in self._BREAKS:
            self.handle_data("\n")
        elif tag == "a" and not self._pill:
            who = linked(next((value or "" for name, value in attrs if name == "href"), ""))
            if who:
                self.handle_data(who)
                self._pill = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "mx-reply":
            self._skips = max(self._skips - 1, 0)
        elif tag == "a":
            self._pill = False
        elif tag in self._BREAKS and tag != "br":
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        if not self._skips and not self._pill:
            self._kept.append(data)
