"""Numbers find their choices: of the newest card, of the card replied to, after a restart too; bounded, and ended."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from adapters.matrix.shown import KEPT_FOR, MOST, MOST_CHOICES, MOST_OF_ROOM, Shown
from bot.contract.button import Buttons
from bot.contract.card import Choice
from bot.contract.place import Member
from bot.contract.text import text

NOW = datetime(2027, 3, 4, 18, tzinfo=UTC)
ROOM = "!birch:localhost"
OTHER = "!rowan:localhost"


def restarted(shown: Shown, now: datetime = NOW) -> Shown:
    return Shown.load(shown.dump(now), now)


@pytest.mark.parametrize("restart", [False, True])
def test_a_number_presses_the_newest_card_and_a_reply_its_own(restart: bool) -> None:
    shown = Shown()
    shown.put(ROOM, "$first", ("a", "b"), NOW)
    shown.put(ROOM, "$second", ("c",), NOW)
    shown.put(OTHER, "$other", ("d", "e", "f"), NOW)
    if restart:
        shown = restarted(shown)
    assert shown.pressed(ROOM, 1, "", NOW) == "c"
    assert shown.pressed(ROOM, 2, "", NOW) is None
    assert shown.pressed(ROOM, 2, "$first", NOW) == "b"
    assert shown.pressed(ROOM, 0, "$first", NOW) is None
    assert shown.pressed(ROOM, -1, "$first", NOW) is None
    assert shown.pressed(ROOM, 1, "$other", NOW) is None
    assert shown.pressed(ROOM, 1, "$nothing", NOW) is None
    assert shown.pressed("!nowhere:localhost", 1, "", NOW) is None


@pytest.mark.parametrize("restart", [False, True])
def test_a_number_typed_after_a_question_presses_nothing_older(restart: bool) -> None:
    shown = Shown()
    shown.put(ROOM, "$card", ("a", "b"), NOW)
    shown.ask(ROOM, "$question", NOW)
    if restart:
        shown = restarted(shown)
    assert shown.asking(ROOM, NOW)
    assert not shown.asking(OTHER, NOW)
    assert shown.pressed(ROOM, 1, "", NOW) is None
    assert shown.pressed(ROOM, 1, "$card", NOW) == "a"
    assert shown.answered(ROOM)
    assert not shown.asking(ROOM, NOW)
    assert not shown.answered(ROOM)
    assert shown.pressed(ROOM, 1, "", NOW) == "a"


def test_a_card_shown_after_a_question_is_the_newest() -> None:
    shown = Shown()
    shown.ask(ROOM, "$question", NOW)
    shown.put(ROOM, "$card", ("a",), NOW)
    assert not shown.asking(ROOM, NOW)
    assert shown.pressed(ROOM, 1, "", NOW) == "a"


def test_an_edit_changes_the_choices_and_not_the_age_or_the_place() -> None:
    shown = Shown()
    shown.put(ROOM, "$first", ("a",), NOW)
    shown.put(ROOM, "$second", ("b",), NOW)
    shown.put(ROOM, "$first", ("c",), NOW + timedelta(days=29))
    assert shown.pressed(ROOM, 1, "", NOW) == "b"
    assert shown.pressed(ROOM, 1, "$first", NOW) == "c"
    assert shown.pressed(ROOM, 1, "$first", NOW + KEPT_FOR) is None
    shown.put(ROOM, "$second", (), NOW)
    assert shown.pressed(ROOM, 1, "", NOW) == "c"


def test_a_card_taken_away_and_a_room_that_ended_are_forgotten() -> None:
    shown = Shown()
    shown.put(ROOM, "$first", ("a",), NOW)
    shown.put(ROOM, "$second", ("b",), NOW)
    shown.put(OTHER, "$other", ("d",), NOW)
    shown.forget("$second")
    shown.forget("$second")
    assert shown.pressed(ROOM, 1, "", NOW) == "a"
    shown.leave(ROOM)
    assert shown.pressed(ROOM, 1, "", NOW) is None
    assert b"birch" not in shown.dump(NOW)
    assert shown.pressed(OTHER, 1, "", NOW) == "d"


def test_after_thirty_days_it_is_gone_from_memory_and_from_the_bytes() -> None:
    shown = Shown()
    shown.put(ROOM, "$card", ("a",), NOW)
    late = NOW + KEPT_FOR
    assert shown.pressed(ROOM, 1, "", late - timedelta(seconds=1)) == "a"
    assert shown.pressed(ROOM, 1, "", late) is None
    assert len(restarted(shown, late)) == 0
    assert shown.dump(late) == b"[]"


def test_there_are_only_so_many_of_a_room_and_in_all() -> None:
    shown = Shown()
    shown.put(OTHER, "$other", ("d",), NOW)
    for number in range(MOST_OF_ROOM + 3):
        shown.put(ROOM, f"${number}", ("a",), NOW)
    assert shown.pressed(ROOM, 1, "$2", NOW) is None
    assert shown.pressed(ROOM, 1, "$3", NOW) == "a"
    assert shown.pressed(OTHER, 1, "", NOW) == "d"
    for number in range(MOST):
        shown.put(f"!{number}:localhost", f"$x{number}", ("a",), NOW)
    assert len(shown) == MOST
    assert shown.pressed(OTHER, 1, "", NOW) is None
    shown.put(ROOM, "$long", ("a",) * 500, NOW)
    assert shown.pressed(ROOM, MOST_CHOICES, "", NOW) == "a"
    assert shown.pressed(ROOM, MOST_CHOICES + 1, "", NOW) is None


@pytest.mark.parametrize("restart", [False, True])
def test_a_post_that_is_to_stay_neither_ages_nor_makes_room(restart: bool) -> None:
    shown = Shown()
    shown.put(ROOM, "$door", ("d",), NOW)
    shown.news(NOW)
    assert not shown.stays("$door")
    shown.stay("$door", stays=True)
    assert shown.stays("$door")
    assert not shown.stays("$nothing")
    assert shown.news(NOW) is not None
    shown.stay("$door", stays=True)
    shown.stay("$nothing", stays=True)
    assert shown.news(NOW) is None
    late = NOW + 2 * KEPT_FOR
    for number in range(MOST_OF_ROOM + 1):
        shown.put(ROOM, f"${number}", ("a",), late)
    for number in range(MOST):
        shown.put(f"!{number}:localhost", f"$x{number}", ("a",), late)
    shown.put(ROOM, "$door", ("e",), late)
    if restart:
        shown = restarted(shown, late)
    assert len(shown) == MOST
    assert shown.ids(ROOM, "$door", late) == ("e",)
    assert shown.ids(ROOM, "$0", late) == ()
    shown.stay("$door", stays=False)
    assert shown.ids(ROOM, "$door", late) == ()


def test_too_many_that_are_to_stay_make_room_for_one_another() -> None:
    shown = Shown()
    for number in range(MOST_OF_ROOM + 1):
        shown.put(ROOM, f"${number}", ("a",), NOW)
        shown.stay(f"${number}", stays=True)
    assert shown.ids(ROOM, "$0", NOW) == ()
    assert shown.ids(ROOM, "$1", NOW) == ("a",)


def test_the_bytes_are_the_same_again_and_small() -> None:
    shown = Shown()
    buttons = Buttons(b"k" * 32)
    ids = tuple(
        buttons.write(Choice(action, text("x"), "abcdefghijklmnop"), Member("matrix", "@birch:localhost"))
        for action in ("peer.yes", "peer.no", "peer light off")
    )
    for number in range(MOST):
        shown.put(f"!{number % 700:060}", f"${number:043}", ids, NOW)
    first = shown.dump(NOW)
    assert restarted(shown).dump(NOW) == first
    assert len(first) < 1_000_000
    assert restarted(shown).pressed(f"!{699:060}", 1, "", NOW) == ids[0]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", b"null", b"{}", b"[1]", b"[[]]", b"[[1,2,3]]", b'[["!a","$b"]]', b'[["!a","$b","1","c"]]',
        b'[["!a","$b",-1,"c"]]', b'[["!a","$b",1e400,"c"]]', b'[["!a","$b",99999999999999,"c"]]', b'[["!a","$b",1,2]]',
        b'[["!a","$b",1,true,2]]', b"[" * 100_000, b"\xff\xfe", json.dumps([["!" + "a" * 300, "$b", 1, "c"]]).encode(),
        json.dumps([["!a", "$b", int(NOW.timestamp()), "c" * 101]]).encode(),
    ],
)  # fmt: skip
def test_what_is_no_card_is_left_out(data: bytes) -> None:
    assert len(Shown.load(data, NOW)) == 0


def test_the_good_ones_among_bad_ones_are_kept() -> None:
    rows = [["!a:localhost", "$a", int(NOW.timestamp()), "c"], None, ["!a:localhost"], [1, 2, 3]]
    assert Shown.load(json.dumps(rows).encode(), NOW).pressed("!a:localhost", 1, "", NOW) == "c"


def test_no_id_is_in_a_repr() -> None:
    shown = Shown()
    shown.put(ROOM, "$4127", ("v1.peer.yes.4127.x",), NOW)
    assert "4127" not in repr(shown._cards["$4127"])
