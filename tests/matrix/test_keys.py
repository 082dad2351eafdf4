import stat
from pathlib import Path

import pytest

from adapters.matrix.keys import STATE as NAME
from adapters.matrix.keys import SealedFile, alone, derive, kept
from adapters.matrix.session import Account, State, load
from bot.domain.errors import StartError

KEY = b"k" * 32
STATE = State(user="@porch:example.org", device="D", signing={"master": "canary"}, direct={"!canary:a": "@canary:b"})


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "matrix.state"
    assert SealedFile(file, KEY).load() is None
    SealedFile(file, KEY).save(STATE.written())
    written = SealedFile(file, KEY).load()
    assert written is not None
    assert State.read(written) == STATE


def test_the_file_is_its_owners_and_says_nothing_without_the_key(tmp_path: Path) -> None:
    file = tmp_path / "matrix.state"
    SealedFile(file, KEY).save(STATE.written())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"canary" not in file.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["matrix.state"]


def test_nothing_of_what_was_there_before_stays(tmp_path: Path) -> None:
    file = tmp_path / "matrix.state"
    SealedFile(file, KEY).save(b"a" * 10_000)
    SealedFile(file, KEY).save(b"b")
    assert file.stat().st_size < 100
    assert SealedFile(file, KEY).load() == b"b"


@pytest.mark.parametrize("how", ["another key", "torn", "empty", "changed"])
def test_a_file_that_does_not_open_is_refused_and_left_as_it_is(tmp_path: Path, how: str) -> None:
    file = tmp_path / "matrix.state"
    SealedFile(file, KEY).save(STATE.written())
    whole = file.read_bytes()
    changed = bytes([whole[40] ^ 1])
    broken = {"torn": whole[:-10], "empty": b"", "changed": whole[:40] + changed + whole[41:]}.get(how, whole)
    file.write_bytes(broken)
    with pytest.raises(StartError) as no:
        SealedFile(file, b"o" * 32 if how == "another key" else KEY).load()
    assert no.value.code == "matrix-store-key"
    assert "canary" not in str(no.value.facts)
    assert file.read_bytes() == broken


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "matrix.state").mkdir()
    with pytest.raises(StartError) as no:
        SealedFile(tmp_path / "matrix.state", KEY).load()
    assert (no.value.code, no.value.facts["path"]) == ("matrix-store-unreadable", str(tmp_path / "matrix.state"))


def test_a_write_that_breaks_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "matrix.state"
    SealedFile(file, KEY).save(b"before")

    def full(_: int) -> None:
        raise OSError

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError):  # noqa: PT011 - of whatever kind
        SealedFile(file, KEY).save(b"after")
    monkeypatch.undo()
    assert SealedFile(file, KEY).load() == b"before"
    SealedFile(file, KEY).save(b"after")
    assert SealedFile(file, KEY).load() == b"after"


def test_one_process_has_the_state(tmp_path: Path) -> None:
    file = tmp_path / "made" / "matrix.state"
    with alone(file):
        with pytest.raises(StartError) as no, alone(file):
            pass
        assert no.value.code == "matrix-store-busy"
    with alone(file):
        pass


def test_the_state_of_a_folder_is_kept_by_one_process_and_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with kept(folder, KEY) as saved:
        saved.save(b"state")
        with pytest.raises(StartError) as no, kept(folder, KEY):
            pass
        assert no.value.code == "matrix-store-busy"
    with kept(folder, KEY) as saved:
        assert saved.load() == b"state"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {one.name for one in folder.iterdir()} == {NAME, NAME + ".lock"}


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError) as no, kept(tmp_path / "file" / "data", KEY):
        pass
    assert no.value.code == "matrix-store-unreadable"


def test_each_use_has_a_key_of_its_own() -> None:
    assert len({derive(KEY, "pickle"), derive(KEY, "state"), derive(b"o" * 32, "pickle"), KEY}) == 4
    with pytest.raises(ValueError, match="matrix_key_length"):
        derive(b"short", "pickle")


class Written:
    def __init__(self, state: bytes) -> None:
        self._state = state

    def load(self) -> bytes | None:
        return self._state

    def save(self, state: bytes) -> None:
        raise AssertionError(state)


@pytest.mark.parametrize(
    ("written", "user", "code"),
    [
        (STATE.written(), "@other:example.org", "matrix-account"),
        (b"{", "@porch:example.org", "matrix-store-key"),
        (b'{"version":99}', "@porch:example.org", "matrix-store-key"),
        (b"[]", "@porch:example.org", "matrix-store-key"),
    ],
)
def test_a_state_of_another_account_or_version_is_refused(written: bytes, user: str, code: str) -> None:
    with pytest.raises(StartError) as no:
        load(Written(written), Account("http://localhost", user), "matrix.state")
    assert no.value.code == code


def test_nothing_secret_shows_in_a_repr() -> None:
    assert "canary" not in repr(STATE)
    assert "canary" not in repr(Account("http://localhost", "@a:b", "canary-password", "canary-token"))
