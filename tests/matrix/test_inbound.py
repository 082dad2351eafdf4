"""What something heard means, and that nothing heard can break the reading of it."""

import random
import string
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from adapters.matrix.heard import LONGEST_BODY, Heard, Kind
from adapters.matrix.inbound import (
    Answered,
    Ended,
    Happened,
    Here,
    Invited,
    Pressed,
    Removed,
    Said,
    TakenAway,
    Typed,
    Unopened,
    Upgraded,
    Waved,
    happened,
)
from bot.i18n import Fluent
from tests.adapters.local.fakes import CATALOGUE

SPEAKER = Fluent()
OWN = "@lamp:localhost"
BIRCH = "@birch:localhost"
ROWAN = "@rowan:localhost"
NOW = datetime(2027, 3, 4, 18, tzinfo=UTC)
DIRECT = Here(OWN, BIRCH)
ROOM = Here(OWN)


def heard(kind: Kind, sender: str = BIRCH, **more: Any) -> Heard:
    return Heard("$event", "!room:localhost", sender, kind, at=NOW, **more)


def wrote(body: str, relates_to: str = "", sender: str = BIRCH) -> Heard:
    return heard("message", sender, body=body, relates_to=relates_to)


def meant(one: Heard, here: Here = DIRECT) -> Happened | None:
    return happened(one, here, CATALOGUE, SPEAKER)


@pytest.mark.parametrize(
    ("one", "here", "expected"),
    [
        (wrote("!peer light on 4"), DIRECT, Typed("peer light on", {"hours": "4"})),
        (wrote("!mine data in=#porch:x.org"), DIRECT, Typed("mine data", where="#porch:x.org")),
        (wrote("\uff01mine data\n IN=!a:x.org \n"), DIRECT, Typed("mine data", where="!a:x.org")),
        (wrote("!peer light on 4 in="), DIRECT, Typed("peer light on", {"hours": "4", "more": "more"})),
        (wrote("mine data in=#porch:x.org"), DIRECT, Said()),
        (wrote("!" + " " * 19_000), DIRECT, Said()),
        (wrote("hello, are you there?"), DIRECT, Said()),
        (wrote("!peer.yes"), DIRECT, Said()),
        (wrote(""), DIRECT, Said()),
        (wrote("cancel"), DIRECT, Said()),
        (wrote("2"), DIRECT, Pressed(2)),
        (wrote("2", "$card"), DIRECT, Pressed(2, "$card")),
        (wrote("> <@lamp:localhost> 1. Say yes\n> 2. Say no\n\n2", "$card"), DIRECT, Pressed(2, "$card")),
        (wrote("> <@lamp:localhost> !peer light on\n\n2"), DIRECT, Said()),
        # A question waits.
        (wrote("2"), replace(DIRECT, asking=""), Answered("2")),
        (wrote("after nine"), replace(DIRECT, asking="$question"), Answered("after nine")),
        (wrote("!none today in=7"), replace(DIRECT, asking="$question"), Answered("!none today in=7")),
        (wrote(""), replace(DIRECT, asking="$question"), Said()),
        (wrote("!cancel"), replace(DIRECT, asking="$question"), Answered("!cancel")),
        (wrote("2", "$question"), replace(DIRECT, asking="$question"), Answered("2")),
        (wrote("2", "$card"), replace(DIRECT, asking="$question"), Pressed(2, "$card")),
        (wrote("after nine", "$card"), replace(DIRECT, asking="$question"), Said()),
        (wrote("!mine data"), replace(DIRECT, asking="$question"), Typed("mine data")),
        # Others, and other rooms.
        (wrote("!mine data", sender=ROWAN), DIRECT, None),
        (wrote("hello", sender=ROWAN), DIRECT, None),
        (wrote("!mine data", sender=OWN), DIRECT, None),
        (wrote("!mine data", sender=ROWAN), replace(DIRECT, commands=True), None),
        (wrote("!mine data", sender=OWN), replace(ROOM, commands=True), None),
        (heard("reaction", OWN, key="\U0001f44b", relates_to="$card"), ROOM, None),
        (wrote("!mine data"), ROOM, None),
        (wrote("2"), ROOM, None),
        (wrote("!mine data"), replace(ROOM, commands=True), Typed("mine data")),
        (wrote("!weather"), replace(ROOM, commands=True), None),
        (wrote("hello"), replace(ROOM, commands=True), None),
        (wrote("2"), replace(ROOM, commands=True), None),
        # Reactions.
        (heard("reaction", key="2\ufe0f\u20e3", relates_to="$card"), DIRECT, Pressed(2, "$card")),
        (heard("reaction", key="2", relates_to="$card"), DIRECT, Pressed(2, "$card")),
        (heard("reaction", key="\U0001f49b", relates_to="$card"), DIRECT, None),
        (heard("reaction", key="\U0001f44b", relates_to="$card"), DIRECT, None),
        (heard("reaction", key="2", relates_to=""), DIRECT, None),
        (heard("reaction", key="2", relates_to="!room:localhost"), DIRECT, None),
        (heard("reaction", ROWAN, key="2", relates_to="$card"), DIRECT, None),
        (heard("reaction", OWN, key="2", relates_to="$card"), DIRECT, None),
        (heard("reaction", key="\U0001f44b\U0001f3fe", relates_to="$card"), ROOM, Waved("$card")),
        (heard("reaction", key="2\ufe0f\u20e3", relates_to="$card"), ROOM, None),
        (heard("reaction", key="\U0001f44b" * 2_500, relates_to="$card"), ROOM, None),
        # What is never meant for the bot.
        (heard("edit", body="!mine forget", relates_to="$event"), DIRECT, None),
        (heard("edit", ROWAN, body="!mine forget", relates_to="$event"), DIRECT, None),
        (heard("redaction", relates_to="$event"), DIRECT, None),
        (heard("redaction", relates_to="$event"), ROOM, TakenAway("$event")),
        # People and rooms.
        (heard("member", relates_to=ROWAN, key="join"), ROOM, None),
        (heard("invite", key="direct"), ROOM, Invited(direct=True, encrypted=True)),
        (heard("invite", key="direct-clear"), ROOM, Invited(direct=True, encrypted=False)),
        (heard("invite", key="room"), ROOM, Invited(direct=False, encrypted=False)),
        (heard("invite", key="other"), ROOM, None),
        (heard("tombstone", relates_to="!next:localhost"), ROOM, Upgraded("!next:localhost")),
        (heard("tombstone", relates_to="$next"), ROOM, None),
        (heard("tombstone", relates_to="!a b"), ROOM, None),
        (heard("undecryptable"), DIRECT, Unopened()),
        (heard("undecryptable", ROWAN), DIRECT, None),
        (heard("undecryptable"), ROOM, None),
        (Heard("", "!room:localhost", "", "ended", key="crowded"), DIRECT, Ended(crowded=True)),
        (Heard("", "!room:localhost", "", "ended", key="left"), DIRECT, Ended(crowded=False)),
        (Heard("", "!room:localhost", "", "removed"), DIRECT, Removed()),
        (Heard("", "!room:localhost", OWN, "removed"), DIRECT, Removed()),
        (Heard("", "!room:localhost", OWN, "ended", key="left"), DIRECT, Ended(crowded=False)),
        (heard("invite", OWN, key="direct"), ROOM, None),
        (Heard("", "!room:localhost", "", "message", body="!mine data"), Here(OWN, ""), None),
    ],
)
def test_what_it_means(one: Heard, here: Here, expected: Happened | None) -> None:
    assert meant(one, here) == expected


@pytest.mark.parametrize("field", ["id", "room", "sender", "kind", "body", "relates_to", "key"])
@pytest.mark.parametrize(
    "value", [None, 4, -1, 2**63, True, 1.5, [], ["x"], {}, {"x": "y"}, b"x", "x" * (LONGEST_BODY + 1)]
)
def test_what_has_not_its_shape_means_nothing(field: str, value: object) -> None:
    assert meant(wrote("!mine data")) == Typed("mine data")
    assert meant(replace(wrote("!mine data"), **{field: value})) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "event"), ("room", "room:localhost"), ("room", "!"), ("room", ""), ("room", "!a\nb"), ("room", "!a b"),
        ("sender", ""), ("sender", "birch"), ("sender", "@birch"), ("sender", "@:localhost"),
        ("sender", "@\x00:localhost"),
        ("sender", "@birch:localhost "), ("sender", "@" + "b" * 300 + ":localhost"), ("kind", "m.room.message"),
        ("kind", ""), ("relates_to", "x" * 256), ("key", "\U0001f44b" * 2_500),
    ],
)  # fmt: skip
def test_what_has_false_names_means_nothing(field: str, value: str) -> None:
    assert meant(replace(wrote("!mine data"), **{field: value})) is None  # type: ignore[arg-type]


def test_when_it_was_sent_changes_nothing() -> None:
    for at in (None, "yesterday", -1, 2**63):
        assert meant(replace(wrote("!mine data"), at=at)) == Typed("mine data")  # type: ignore[arg-type]


def test_of_what_is_not_understood_nothing_goes_on() -> None:
    said = meant(wrote("do you know why 4127"))
    assert said == Said()
    assert not [name for name in dir(said) if not name.startswith("__")]
    for one in (wrote("!mine data 4127"), wrote("4127"), heard("reaction", key="4127", relates_to="$4127")):
        assert "4127" not in repr(one)
        assert "4127" not in repr(meant(one))
        assert "4127" not in repr(meant(one, replace(DIRECT, asking="")))


WORDS = (
    "!peer light on 4",
    '!peer ask en note="x"',
    "2",
    "2.",
    "\ufe0f\u20e3",
    "cancel",
    "> ",
    "\n",
    "!",
    "\uff01",
    "@birch:localhost",
    "https://matrix.to/#/@birch:localhost",
    "[a](https://matrix.to/#/%40a:b)",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ud800",
    "\x00",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "e" + "\u0301" * 50,
    "<a href=",
    "„",
    "”",
    "=",
    ",",
    '="',
    "%",
    "%ff",
    "\u0664",
)
ODD: tuple[object, ...] = (None, 0, -1, 2**63, 2**53 + 1, 1.5, float("nan"), True, [], {}, [[]], {"a": {}}, b"", "")


def mutated(chance: random.Random) -> Heard:
    kinds = get_args(Kind)

    def words() -> str:
        parts = [chance.choice(WORDS) for _ in range(chance.randrange(6))]
        parts += ["".join(chance.choices(string.printable, k=chance.randrange(8)))]
        chance.shuffle(parts)
        return "".join(parts)

    made: dict[str, object] = {
        "id": chance.choice(("$event", "", "$", words())),
        "room": chance.choice(("!room:localhost", "!", words())),
        "sender": chance.choice((BIRCH, BIRCH, BIRCH, ROWAN, OWN, "", words())),
        "kind": chance.choice((*kinds, *kinds, words())),
        "body": words(),
        "relates_to": chance.choice(("", "$card", "$question", ROWAN, "!next:localhost", words())),
        "key": chance.choice(("join", "leave", "direct", "2\ufe0f\u20e3", "\U0001f44b", words())),
        "at": chance.choice((NOW, None)),
    }
    if chance.random() < 0.3:
        made[chance.choice(sorted(made))] = chance.choice(ODD)
    return Heard(**made)  # type: ignore[arg-type]


def test_twenty_thousand_broken_pieces_break_nothing() -> None:
    chance = random.Random(20_270_304)
    places = (
        DIRECT,
        ROOM,
        replace(DIRECT, asking=""),
        replace(DIRECT, asking="$question"),
        replace(ROOM, commands=True),
    )
    seen: dict[type[object], int] = {}
    for _ in range(20_000):
        result = meant(mutated(chance), chance.choice(places))
        assert result is None or isinstance(result, Happened)
        seen[type(result)] = seen.get(type(result), 0) + 1
    # All of it was met, so the pieces were not all put aside at the door.
    assert set(seen) == {type(None), *get_args(Happened)}
