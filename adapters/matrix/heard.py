"""What the engine hears, as plain values: the seam between it and the reading of what people mean.

Nothing is read out of these values before `adapters.matrix.inbound` has looked at their shape, so an engine may hand
over what it got; and nothing of them shows in ``repr`` but the kind.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
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
| ``message``: a picture, a voice, too many words | | | |
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
        return _spoken(html[:LONGEST_BODY]), replied
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


_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,20})(?![A-Za-z0-9-])([^<>]{0,2000})>")
_HREF: Final = re.compile(r"(?<![\w-])href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))", re.IGNORECASE)
_BREAKS: Final = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
)


def _spoken(html: str) -> str:
    """Return the words of HTML, with user ids in the place of pills.

    Knows nothing else of HTML, nests nowhere, and looks at every letter a few times at most: the standard library's
    parser takes seconds over a message of unfinished tags.
    """
    kept: list[str] = []
    quotes, pill, position = 0, False, 0
    clear = _COMMENT.sub("", html)
    for found in _TAG.finditer(clear):
        if not quotes and not pill:
            kept.append(unescape(clear[position : found.start()]))
        position = found.end()
        closes, tag = bool(found[1]), found[2].lower()
        if tag == "mx-reply":
            quotes = max(quotes - 1, 0) if closes else quotes + 1
        elif quotes:
            continue
        elif tag == "a":
            who = "" if closes or pill else _target(found[3])
            kept.append(who)
            pill = bool(who) or (pill and not closes)
        elif tag in _BREAKS and not pill:
            kept.append("\n")
    if not quotes and not pill:
        kept.append(unescape(clear[position:]))
    return re.sub(r"\n{2,}", "\n", "".join(kept)).strip()


def _target(attributes: str) -> str:
    """Return the user id that a link's attributes lead to; empty where there is none."""
    found = _HREF.search(attributes)
    return linked(unescape(next(one for one in found.groups() if one is not None))) if found is not None else ""
