"""Keys and what is sealed with them."""

import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from bot.contract.button import Buttons
from bot.contract.card import Choice
from bot.contract.place import Member, Post, Room, Space
from bot.contract.text import text
from bot.domain.errors import StartError
from bot.store.sealed import Keys, SealedSubjects, identity
from tests.store.scene import ANNA, HOUR, KEYS, MASTER, NOW

SEALER = SealedSubjects(KEYS)


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    made = Keys.load_or_make(tmp_path / "key")
    again = Keys.load_or_make(tmp_path / "key")
    assert made.buttons == again.buttons
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert Keys.load_or_make(tmp_path / "other").buttons != made.buttons


@pytest.mark.parametrize("content", [b"", MASTER[:-1], MASTER + b"\n"])
def test_a_key_of_another_length_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(StartError) as refused:
        Keys.load_or_make(path)
    assert refused.value.code == "key-length"
    assert path.read_bytes() == content


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    path.write_bytes(MASTER)
    path.chmod(mode)
    with pytest.raises(StartError) as refused:
        Keys.load_or_make(path)
    assert refused.value.code == "key-open"
    assert refused.value.facts["mode"] == f"{mode:04o}"


def test_a_folder_in_the_place_of_the_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(StartError) as refused:
        Keys.load_or_make(tmp_path / "key")
    assert refused.value.code in {"key-not-a-file", "key-unreadable"}


def test_every_use_has_a_key_of_its_own() -> None:
    values = [value for value in vars(KEYS).values() if isinstance(value, bytes)]
    assert len(values) == len(set(values)) == 14
    assert MASTER.hex() not in repr(KEYS)


def test_an_identifier_is_sealed_the_same_way_at_every_place_and_never_as_another() -> None:
    known: list[Member | Room | Space | Post | str] = [
        Member("local", "a"),
        Room("local", "a"),
        Space("local", "a"),
        Member("other", "a"),
        Post(Member("local", "a"), "1"),
        Post(Room("local", "a"), "1"),
        "a",
    ]
    sealed = [KEYS.seal_id(identity(one)) for one in known]
    assert len(set(sealed)) == len(known)
    assert sealed == [KEYS.seal_id(identity(one)) for one in known]
    assert KEYS.seal_id(identity(ANNA)) != Keys(bytes(32)).seal_id(identity(ANNA))


def test_a_blob_is_sealed_anew_each_time_and_only_opens_for_its_use() -> None:
    one, other = KEYS.seal_blob(b"facts", b"outbox.body"), KEYS.seal_blob(b"facts", b"outbox.body")
    assert one != other
    assert KEYS.open_blob(one, b"outbox.body") == b"facts"
    with pytest.raises(InvalidTag):
        KEYS.open_blob(one, b"agenda.facts")


@given(st.text(max_size=60))
def test_what_is_sealed_into_a_choice_comes_back(value: str) -> None:
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
        return
    sealed = SEALER.seal(value, NOW + HOUR)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", sealed)
    assert SEALER.unseal(sealed, NOW) == value


@pytest.mark.parametrize("value", ["8" * 40, "@somebody.long:matrix.example.org/room1234", "Ab9_" * 10])
def test_a_value_of_forty_characters_leaves_room_for_the_rest_of_the_id(value: str) -> None:
    assert len(value) >= 40
    subject = SEALER.seal(value, NOW + HOUR)
    written = Buttons(KEYS.buttons).write(Choice("setup.elsewhere-remove", text("x"), subject), ANNA)
    assert len(written) <= 100


def test_what_is_sealed_into_a_choice_lapses_and_cannot_be_changed_or_read() -> None:
    sealed = SEALER.seal("anna", NOW + HOUR)
    assert SEALER.unseal(sealed, NOW + HOUR - timedelta(seconds=1)) == "anna"
    assert SEALER.unseal(sealed, NOW + HOUR) is None
    assert "anna" not in sealed
    for at in range(len(sealed)):
        other = "A" if sealed[at] != "A" else "B"
        changed = sealed[:at] + other + sealed[at + 1 :]
        if changed[:-1] != sealed[:-1]:
            assert SEALER.unseal(changed, NOW) is None
    for nothing in ("", "A", "no such thing", "ü", "=" * 40, sealed[:-4]):
        assert SEALER.unseal(nothing, NOW) is None
    assert SealedSubjects(Keys(bytes(32))).unseal(sealed, NOW) is None


def test_a_pair_hashes_the_same_in_either_order_and_apart_does_not() -> None:
    one, other = b"1" * 16, b"2" * 16
    assert SEALER.pair(one, other) == SEALER.pair(other, one)
    assert len(SEALER.pair(one, other)) == 32
    assert SEALER.pair(one, other) != SEALER.pair(one, b"3" * 16)
    assert SEALER.one_sided(one, ANNA) != SEALER.one_sided(other, ANNA)
    assert SEALER.one_sided(one, ANNA) != SEALER.one_sided(one, Member("other", ANNA.id))
