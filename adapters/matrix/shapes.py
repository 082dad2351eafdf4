"""Reading what a homeserver sends, piece by piece, trusting none of it.

Nothing here raises for what stands in an event, except `Poison`, and nothing keeps anything of what it does not
understand. Events come from anybody on any server: a piece that has not the shape it should have is put aside, and
the rest goes on.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, cast

from adapters.matrix.heard import LONGEST_ID, Heard, Kind, words_of

DEEPEST: Final = 60
"""Levels of nesting that are read. Events have a handful."""

LONGEST_KEY: Final = 64
"""Letters of a reaction that are kept: an emoji of a family has eleven."""

EARLIEST: Final = datetime(2014, 1, 1, tzinfo=UTC)
"""Before Matrix there was no event."""

_STRING_OR_BRACKET: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_USER: Final = re.compile(r"@[^\s:\x00]{0,250}:[A-Za-z0-9.:\[\]-]{1,230}")
_LATEST: Final = 253_402_300_799_000  # the last millisecond of the year 9999


class Poison(Exception):  # noqa: N818 - a word for a piece that is put aside
    """A piece has not the shape it should have. Says what it should have been, never what it was."""


def _whole(digits: str) -> int:
    """Return a whole number, and 0 for one that is longer than any there is: ``int`` refuses those of 4,300 digits."""
    return int(digits) if len(digits) < 20 else 0  # noqa: PLR2004 - 2**63 has 19


DECODER: Final = json.JSONDecoder(parse_int=_whole, parse_constant=lambda _: None)
"""Reads JSON, and raises ``ValueError`` or ``RecursionError``."""


def _loads(text: bytes) -> Any:
    return DECODER.decode(text.decode(errors="replace"))


def _pruned(text: bytes) -> bytes:
    """Return JSON with ``null`` in the place of everything that nests deeper than is read."""
    kept: list[bytes] = []
    depth, begin = 0, 0
    for found in _STRING_OR_BRACKET.finditer(text):
        match text[found.start() : found.start() + 1]:
            case b"[" | b"{":
                depth += 1
                if depth == DEEPEST + 1:
                    kept.append(text[begin : found.start()] + b"null")
            case b"]" | b"}":
                depth -= 1
                if depth == DEEPEST:
                    begin = found.end()
            case _:
                pass
    return b"".join(kept) + text[begin:] if depth <= DEEPEST else b""


def read_json(text: bytes) -> Any:
    """Return what JSON says. One event that nests without end does not keep the others from being read.

    Raises:
        Poison: It is no JSON.
    """
    try:
        return _loads(text)
    except RecursionError:
        pass
    except ValueError:
        raise Poison("json") from None
    try:
        return _loads(_pruned(text))
    except (ValueError, RecursionError):
        raise Poison("json") from None


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object, or an empty one where there is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Return a list, or an empty one where there is none."""
    return value if isinstance(value, list) else []


def words(value: Any, at_most: int = LONGEST_ID) -> str:
    """Return a string of at most ``at_most`` letters that can be written as UTF-8, or an empty one."""
    if not isinstance(value, str) or len(value) > at_most:
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        return ""
    return value


def _id(value: Any, sigil: str) -> str:
    found = words(value)
    if len(found) < 2 or not found.startswith(sigil) or not found.isprintable() or " " in found:  # noqa: PLR2004 - sigil and more
        raise Poison("id")
    return found


def user_id(value: Any) -> str:
    """Return a user id, or raise `Poison`."""
    found = _id(value, "@")
    if not _USER.fullmatch(found):
        raise Poison("user")
    return found


def event_id(value: Any) -> str:
    """Return an event id, or raise `Poison`."""
    return _id(value, "$")


def room_id(value: Any) -> str:
    """Return a room id, or raise `Poison`."""
    return _id(value, "!")


def instant(value: Any, now: datetime) -> datetime:
    """Return when an event was sent; ``now`` where its server wrote no instant, or one yet to come."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= _LATEST:
        return now
    at = datetime.fromtimestamp(value / 1000, UTC)
    return at if EARLIEST <= at <= now else now


@dataclass(frozen=True, slots=True)
class Cipher:
    """An encrypted event of a room: what is needed to open it."""

    event_id: str = field(repr=False)
    sender: str = field(repr=False)
    at: datetime = field(repr=False)
    sender_key: str = field(repr=False)
    session_id: str = field(repr=False)
    ciphertext: str = field(repr=False)
    relates: Mapping[str, Any] = field(default_factory=dict, repr=False)


def relation(content: Mapping[str, Any]) -> tuple[str, str]:
    """Return the kind of an event's relation and the event it relates to; empty words where there is none."""
    relates = mapping(content.get("m.relates_to"))
    return words(relates.get("rel_type"), LONGEST_KEY), words(relates.get("event_id"))


def cipher(event: Mapping[str, Any], now: datetime) -> Cipher:
    """Return what an ``m.room.encrypted`` event of a room holds.

    Raises:
        Poison: It is none, or is encrypted in a way that we do not speak.
    """
    content = mapping(event.get("content"))
    if content.get("algorithm") != "m.megolm.v1.aes-sha2":
        raise Poison("algorithm")
    ciphertext = words(content.get("ciphertext"), 65_536)
    session = words(content.get("session_id"))
    if not ciphertext or not session:
        raise Poison("cipher")
    return Cipher(
        event_id(event.get("event_id")),
        user_id(event.get("sender")),
        instant(event.get("origin_server_ts"), now),
        words(content.get("sender_key")),
        session,
        ciphertext,
        mapping(content.get("m.relates_to")),
    )


def opened(room: str, sealed: Cipher, plain: bytes) -> Heard | None:
    """Return what a decrypted event says: a message or an edit of one. None for everything else.

    What a person sent that has no words to read (a picture, a voice, more letters than any command has) is a message
    without words, so that it is answered; nothing else of it is looked at.

    Raises:
        Poison: It is not what an encrypted event must hold, or was encrypted for another room.
    """
    event = mapping(read_json(plain))
    if event.get("room_id") != room:
        raise Poison("room")
    content = mapping(event.get("content"))
    if event.get("type") not in {"m.room.message", "m.sticker"}:
        return None
    if sealed.relates and not mapping(content.get("m.relates_to")):
        content = {**content, "m.relates_to": sealed.relates}  # some clients write it outside alone
    kind, target = relation(content)
    replaces = kind == "m.replace"
    said = words_of(content.get("m.new_content") if replaces else content)
    if said is None and (replaces or content.get("msgtype") == "m.notice"):
        return None
    if said is None:
        return Heard(sealed.event_id, room, sealed.sender, "message", at=sealed.at)
    about = event_id(target) if replaces else said[1]
    what: Kind = "edit" if replaces else "message"
    return Heard(sealed.event_id, room, sealed.sender, what, said[0], relates_to=about, at=sealed.at)


def command(room: str, event: Mapping[str, Any], now: datetime) -> Heard | None:
    """Return words in clear, where commands are read in rooms, if they begin like a command. All others end here.

    Raises:
        Poison: It has not the shape of its kind.
    """
    content = event.get("content")
    body = mapping(content).get("body")
    if not isinstance(body, str) or not body.lstrip().startswith(("!", "\uff01")):
        return None
    said = words_of(content)
    if said is None:
        return None
    name, sender = event_id(event.get("event_id")), user_id(event.get("sender"))
    return Heard(
        name, room, sender, "message", said[0], relates_to=said[1], at=instant(event.get("origin_server_ts"), now)
    )


def clear(room: str, event: Mapping[str, Any], now: datetime) -> Heard | None:
    """Return what an event that came in clear says. None for kinds of which nothing is made.

    Words in clear are none of those kinds: should a homeserver send them all the same, they end here.

    Raises:
        Poison: It has not the shape of its kind.
    """
    kind = event.get("type")
    if kind not in {"m.reaction", "m.room.redaction", "m.room.member", "m.room.tombstone"}:
        return None
    content = mapping(event.get("content"))
    name, sender = event_id(event.get("event_id")), user_id(event.get("sender"))
    at = instant(event.get("origin_server_ts"), now)
    if kind == "m.reaction":
        if not content:
            return None  # it was taken back before we read it
        relates = mapping(content.get("m.relates_to"))
        key = words(relates.get("key"), LONGEST_KEY)
        if relates.get("rel_type") != "m.annotation" or not key:
            raise Poison("reaction")
        return Heard(name, room, sender, "reaction", relates_to=event_id(relates.get("event_id")), key=key, at=at)
    if kind == "m.room.redaction":
        # Since room version 11 the target stands in the content.
        target = event_id(content.get("redacts", event.get("redacts")))
        return Heard(name, room, sender, "redaction", relates_to=target, at=at)
    if "state_key" not in event:
        raise Poison("state")
    if kind == "m.room.member":
        membership = content.get("membership")
        if membership not in {"join", "invite", "leave", "ban", "knock"}:
            raise Poison("membership")
        return Heard(name, room, sender, "member", relates_to=user_id(event.get("state_key")), key=membership, at=at)
    return Heard(name, room, sender, "tombstone", relates_to=room_id(content.get("replacement_room")), at=at)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invite: by whom, and what it is meant to be."""

    inviter: str = field(repr=False)
    direct: bool
    encrypted: bool


MOST_STRIPPED: Final = 200
"""Pieces of an invite that are looked at. It is no longer than its server wants, and needs a dozen."""


def invite(part: Any, me: str) -> Invited:
    """Return what an invite says.

    Raises:
        Poison: It does not invite ``me``.
    """
    encrypted, found = False, None
    for one in items(mapping(mapping(part).get("invite_state")).get("events"))[:MOST_STRIPPED]:
        event = mapping(one)
        content = mapping(event.get("content"))
        if event.get("type") == "m.room.encryption":
            encrypted = True
        mine = event.get("type") == "m.room.member" and event.get("state_key") == me
        if mine and content.get("membership") == "invite":
            found = user_id(event.get("sender")), content.get("is_direct") is True
    if found is None or found[0] == me:
        raise Poison("invite")
    return Invited(found[0], found[1], encrypted)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a sync says about a room that the bot is in."""

    state: list[Any] = field(repr=False)
    timeline: list[Any] = field(repr=False)
    limited: bool
    before: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Synced:
    """A sync, taken apart. Its pieces are not looked at yet.

    ``one_time_keys`` is None where the server says nothing about them; ``fallback`` likewise.
    """

    since: str = field(repr=False)
    to_device: list[Any] = field(repr=False)
    changed: list[str] = field(repr=False)
    gone: list[str] = field(repr=False)
    one_time_keys: int | None
    fallback: bool | None
    invites: Mapping[str, Any] = field(repr=False)
    joined: Mapping[str, Joined] = field(repr=False)
    left: list[str] = field(repr=False)

    @property
    def quiet(self) -> bool:
        """Whether nothing is in it."""
        return not (self.to_device or self.changed or self.gone or self.invites or self.joined or self.left)


def _rooms(value: Any) -> Iterator[tuple[str, Any]]:
    for room, part in mapping(value).items():
        try:
            yield room_id(room), part
        except Poison:
            continue


def _joined(part: Any) -> Joined:
    room = mapping(part)
    timeline = mapping(room.get("timeline"))
    return Joined(
        items(mapping(room.get("state")).get("events")),
        items(timeline.get("events")),
        timeline.get("limited") is True,
        words(timeline.get("prev_batch"), 10_000),
    )


def _users(value: Any) -> list[str]:
    return [one for one in items(value) if isinstance(one, str) and _USER.fullmatch(one) and words(one)]


def synced(answer: Any) -> Synced:
    """Take the answer to a sync apart.

    Raises:
        Poison: It is no sync: it does not say how to go on.
    """
    body = mapping(answer)
    since = words(body.get("next_batch"), 10_000)
    if not since:
        raise Poison("next_batch")
    rooms = mapping(body.get("rooms"))
    lists = mapping(body.get("device_lists"))
    counts = body.get("device_one_time_keys_count")
    count = mapping(counts).get("signed_curve25519", 0)
    fallback = body.get("device_unused_fallback_key_types")
    return Synced(
        since,
        items(mapping(body.get("to_device")).get("events")),
        _users(lists.get("changed")),
        _users(lists.get("left")),
        max(count, 0) if isinstance(counts, dict) and isinstance(count, int) and not isinstance(count, bool) else None,
        "signed_curve25519" in fallback if isinstance(fallback, list) else None,
        dict(_rooms(rooms.get("invite"))),
        {room: _joined(part) for room, part in _rooms(rooms.get("join"))},
        [room for room, _ in _rooms(rooms.get("leave"))],
    )
