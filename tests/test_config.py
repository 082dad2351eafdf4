"""Configuration: everything that is wrong is told at once, with its key, and never what stood there."""

import os
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from adapters.matrix.keys import STATE
from bot.config import ConfigError, Settings, load
from bot.i18n import Fluent
from bot.store.lifetimes import Lifetimes as StoreLifetimes

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "config.example.toml"
CANARY = "zk7hq2canary"
SPEAKER = Fluent()


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("PORCHLIGHT_"):
            monkeypatch.delenv(name)


def write(folder: Path, words: str | bytes) -> Path:
    file = folder / "config.toml"
    file.write_bytes(words.encode() if isinstance(words, str) else words)
    return file


def mistakes(file: Path | None) -> list[str]:
    """Return each mistake as the operator reads it; nothing that stood in the file may be in it."""
    with pytest.raises(ConfigError) as caught:
        load(file)
    error = caught.value
    said = [f"{mistake.path}: {SPEAKER.plain(mistake.says, 'en')}" for mistake in error.mistakes]
    shown = "\n".join([*said, repr(error), str(error)])
    assert CANARY not in shown
    assert not re.search(r"config-[a-z]+\b(?!\.)", " ".join(said)), "a sentence is missing"
    assert error.__suppress_context__ or error.__context__ is None, "its cause would show what stood there"
    return said


def test_the_example_is_exactly_the_defaults() -> None:
    written = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    by_section = {
        section: set(field.annotation.model_fields) - {"key", "token", "password"}  # type: ignore[union-attr]
        for section, field in Settings.model_fields.items()
    }
    assert {section: set(keys) for section, keys in written.items()} == by_section
    assert load(EXAMPLE).model_dump(exclude={"bot": {"data_dir"}}) == load(None).model_dump(
        exclude={"bot": {"data_dir"}}
    )
    assert written["bot"]["data_dir"] == str(Settings().bot.data_dir)


def test_every_key_of_the_example_is_explained() -> None:
    before = ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if re.match(r"[a-z_]+ =", line):
            assert before.startswith("#"), line
        before = line


def test_lifetimes_are_those_of_the_store() -> None:
    assert dict(load(None).lifetimes.lengths()) == {field.name: field.default for field in fields(StoreLifetimes)}


def test_relative_paths_start_at_the_files_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, '[bot]\ndata_dir = "here"\nkey_file = "keys/one.key"\n')
    monkeypatch.chdir("/")
    settings = load(file)
    assert settings.database == tmp_path / "here" / "porchlight.db"
    assert settings.key_file == tmp_path / "keys" / "one.key"


def test_the_environment_stands_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_LOG__LEVEL", "debug")
    monkeypatch.setenv("PORCHLIGHT_LOCAL__PORT", "8123")
    monkeypatch.setenv("PORCHLIGHT_BREACH", "some other variable")
    settings = load(write(tmp_path, '[log]\nlevel = "error"\n[local]\nenabled = false\n'))
    assert (settings.log.level, settings.local.port, settings.local.enabled) == ("debug", 8123, False)


@pytest.mark.parametrize("words", ["ab" * 32, "\ufeff" + "ab" * 32 + "\r\n", f'"{"AB" * 32}"\n', f" '{'ab' * 32}' "])
def test_a_secret_may_bring_a_bom_a_line_end_and_quotes(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_BOT__KEY", words)
    settings = load(None)
    assert settings.bot.key.get_secret_value() == "ab" * 32
    assert "abab" not in repr(settings)


def test_a_bom_before_the_file_is_no_matter(tmp_path: Path) -> None:
    assert load(write(tmp_path, b'\xef\xbb\xbf[log]\nlevel = "error"\n')).log.level == "error"


def test_all_mistakes_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_BOT__KEY", CANARY)
    monkeypatch.setenv("PORCHLIGHT_LOCL__PORT", CANARY)
    words = f"""
        {CANARY} = 1
        [bot]
        data_dir = 7
        language = "{CANARY}"
        [log]
        level = "{CANARY}"
        [lifetimes]
        seen_hours = 169
        failed_hours = 0
        posts_hours = "{CANARY}"
        [local]
        enabled = "{CANARY}"
        port = 65536
        colour = "{CANARY}"
        """
    said = [line.partition(":")[0] for line in mistakes(write(tmp_path, words.replace(f"{CANARY} = 1", "x = 1")))]
    assert said == sorted(said)
    assert set(said) == {
        "x", "bot.data_dir", "bot.key", "bot.language", "log.level", "lifetimes.seen_hours", "lifetimes.failed_hours",
        "lifetimes.posts_hours", "local.enabled", "local.port", "local.colour", "locl.port",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("why", "words", "said"),
    [
        ("an unknown section", "[tokens]\nx = 1", "tokens: There is no such setting"),
        ("an unknown key that may be a secret", f'[bot]\n"{CANARY}.x y" = 1', "bot.?: There is no such setting"),
        ("a section given as a value", "log = 7", "log: This is a section"),
        ("a section given as a list", "[[log]]\nlevel = 'info'", "log: This is a section"),
        ("a key given twice", f'[log]\nlevel = "info"\nlevel = "{CANARY}"', "Line 3"),
        ("a missing quote", f'[log]\nlevel = "{CANARY}', "Line 2"),
        ("a control character", f'[log]\nlevel = "\x00{CANARY}"', "Line 2"),
        ("no toml at all", CANARY, "Line 1"),
        ("not utf-8", b"[log]\nlevel = '\xff\xfe'", "not UTF-8"),
        ("utf-16", "[log]".encode("utf-16"), "not UTF-8"),
        ("a value of one mebibyte", f'[bot]\ndata_dir = "{"x" * 2**20}"', "too large"),
        ("a path of 100 kB", f'[bot]\ndata_dir = "{"x" * 100_000}"', "bot.data_dir: This needs a path"),
        ("an empty path", '[bot]\ndata_dir = ""', "bot.data_dir: This needs a path"),
        ("a path with a line end", f'[bot]\ndata_dir = "a\\n{CANARY}"', "bot.data_dir: This needs a path"),
        ("a language that is not there", '[bot]\nlanguage = "xx"', "bot.language: This needs one of: de, en"),
        ("a language that is a path", '[bot]\nlanguage = "../en"', "bot.language: This needs one of"),
        ("a level that is not there", '[log]\nlevel = "INFO!"', "log.level: This needs one of: debug, info, warning"),
        ("a longer lifetime", "[lifetimes]\nseen_hours = 169", "lifetimes.seen_hours: This needs 168 or less"),
        ("no lifetime", "[lifetimes]\nseen_hours = 0", "lifetimes.seen_hours: This needs 1 or more"),
        ("not a number", "[lifetimes]\nseen_hours = nan", "lifetimes.seen_hours: This needs a whole number"),
        ("endless", "[lifetimes]\nseen_hours = inf", "lifetimes.seen_hours: This needs a whole number"),
        ("other digits", '[local]\nport = "\u0661.5"', "local.port: This needs a whole number"),
        ("marks shorter than backups", "[lifetimes]\nmarks_hours = 24", "lifetimes.marks_hours: Marks must be kept"),
        ("a token in the file", f'[discord]\ntoken = "{CANARY}"', "discord.token: A secret does not belong"),
        ("a password in the file", f'[matrix]\npassword = "{CANARY}"', "matrix.password: A secret does not belong"),
        ("a secret in the file", f'[bot]\nkey = "{CANARY}"', "bot.key: A secret does not belong in this file"),
        ("a very deep value", "x = " + "[" * 20_000, "Line"),
    ],
)
def test_a_mistake_is_told_kindly(tmp_path: Path, why: str, words: str | bytes, said: str) -> None:
    assert any(said in line for line in mistakes(write(tmp_path, words))), why


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "none.toml") == ["none.toml: There is no such file. Copy config.example.toml to begin."]


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    assert "cannot be opened" in mistakes(tmp_path)[0]


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    file = write(tmp_path, '[bot]\ndata_dir = "link"')
    assert mistakes(file) == ["bot.data_dir: This is a link, or no plain file. Name the place itself."]
    (tmp_path / "real" / "porchlight.db").symlink_to(tmp_path / "elsewhere.db")
    assert "bot.data_dir" in mistakes(write(tmp_path, '[bot]\ndata_dir = "real"'))[0]


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert "bot.data_dir: This is not a folder." in mistakes(write(tmp_path, ""))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    (tmp_path / "own.key").write_bytes(b"x" * 32)
    (tmp_path / "own.key").chmod(mode)
    file = write(tmp_path, '[bot]\nkey_file = "own.key"')
    assert mistakes(file) == ["bot.key_file: Others on this computer can read this file. Run chmod 600 on it."]
    (tmp_path / "own.key").chmod(0o600)
    assert load(file).key_file == tmp_path / "own.key"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("[discord]\nenabled = true", {"discord.token"}),
        ("[matrix]\nenabled = true", {"matrix.homeserver", "matrix.user", "matrix.password"}),
        ('[matrix]\nenabled = true\nhomeserver = "https://h.org"\nuser = "@p:h.org"', {"matrix.password"}),
    ],
)
def test_what_a_platform_needs_is_told_at_once(tmp_path: Path, words: str, missing: set[str]) -> None:
    assert {line.partition(":")[0] for line in mistakes(write(tmp_path, words))} == missing


def test_a_token_of_matrix_needs_its_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_MATRIX__TOKEN", "syt_one")
    file = write(tmp_path, '[matrix]\nenabled = true\nhomeserver = "https://h.org/"\nuser = "@p:h.org"')
    assert [line.partition(":")[0] for line in mistakes(file)] == ["matrix.device"]
    monkeypatch.setenv("PORCHLIGHT_MATRIX__DEVICE", "ONE")
    assert load(file).matrix.homeserver == "https://h.org"


def test_a_password_is_needed_for_the_first_log_in_alone(tmp_path: Path) -> None:
    file = write(tmp_path, '[matrix]\nenabled = true\nhomeserver = "https://h.org"\nuser = "@p:h.org"')
    assert [line.partition(":")[0] for line in mistakes(file)] == ["matrix.password"]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / STATE).write_bytes(b"sealed")
    assert load(file).matrix_state == tmp_path / "data" / STATE


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("enabled = 7", "matrix.enabled"),
        ('enabled = "{canary}"', "matrix.enabled"),
        ("homeserver = 3", "matrix.homeserver"),
        ("user = true", "matrix.user"),
        ('user = "porchlight"', "matrix.user"),
        ('password = "{canary}"', "matrix.password"),
        ("password_file = 3", "matrix.password_file"),
        ('token = "{canary}"', "matrix.token"),
        ("token_file = []", "matrix.token_file"),
        ("device = 3", "matrix.device"),
        ('allowed = "!one:h.org"', "matrix.allowed"),
        ("allowed = [3]", "matrix.allowed"),
        ('commands_in_rooms = "{canary}"', "matrix.commands_in_rooms"),
        ('passwort = "{canary}"', "matrix.passwort"),
    ],
)
def test_every_mistake_about_matrix_is_told_with_its_key(tmp_path: Path, words: str, key: str) -> None:
    told = mistakes(write(tmp_path, "[matrix]\n" + words.replace("{canary}", CANARY)))
    assert [line.partition(":")[0].removesuffix(".?") for line in told] == [key]


@pytest.mark.parametrize("key", ["password", "token"])
def test_every_secret_of_matrix_may_stand_in_a_file_of_its_own(tmp_path: Path, key: str) -> None:
    given = 'enabled = true\nhomeserver = "https://h.org"\nuser = "@p:h.org"\ndevice = "D"'
    file = write(tmp_path, f'[matrix]\n{given}\n{key}_file = "it"')
    assert [line.partition(":")[0] for line in mistakes(file)] == [f"matrix.{key}_file"]
    (tmp_path / "it").write_text(CANARY + "\n")
    (tmp_path / "it").chmod(0o644)
    assert [line.partition(":")[0] for line in mistakes(file)] == [f"matrix.{key}_file"]
    (tmp_path / "it").chmod(0o600)
    settings = load(file)
    assert getattr(settings.matrix, key).get_secret_value() == CANARY
    assert CANARY not in repr(settings)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("discord.servers", '["1234"]'),
        ("discord.servers", "[true]"),
        ("discord.servers", f'["{CANARY}"]'),
        ("matrix.homeserver", f'"ftp://{CANARY}"'),
        ("matrix.homeserver", f'"https://h.org/ {CANARY}"'),
        ("matrix.user", f'"{CANARY}"'),
        ("matrix.allowed", f'["{CANARY} {CANARY}"]'),
        ("matrix.device", f'"{CANARY} x"'),
    ],
)
def test_what_is_no_id_is_told(tmp_path: Path, key: str, value: str) -> None:
    section, name = key.split(".")
    told = mistakes(write(tmp_path, f"[{section}]\n{name} = {value}"))
    assert [line.partition(":")[0].removesuffix(".?") for line in told] == [key]


def test_a_secret_comes_from_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "token"
    secret.write_bytes(f"\ufeff{CANARY}\r\n".encode())
    secret.chmod(0o600)
    file = write(tmp_path, '[discord]\nenabled = true\ntoken_file = "token"')
    settings = load(file)
    assert settings.discord.token.get_secret_value() == CANARY
    assert CANARY not in repr(settings)
    monkeypatch.setenv("PORCHLIGHT_DISCORD__TOKEN", "another")
    assert load(file).discord.token.get_secret_value() == "another"


@pytest.mark.parametrize(
    ("why", "words", "mode", "said"),
    [
        ("others can read it", CANARY.encode(), 0o640, "Others on this computer"),
        ("two words", f"{CANARY} {CANARY}".encode(), 0o600, "the secret alone"),
        ("nothing was pasted", b"\r\n", 0o600, "is empty"),
        ("no text", b"\xff\xfe" + CANARY.encode(), 0o600, "cannot be opened"),
        ("a control character", f"{CANARY}\x00".encode(), 0o600, "the secret alone"),
    ],
)
def test_a_file_with_a_secret_that_cannot_be_used(tmp_path: Path, why: str, words: bytes, mode: int, said: str) -> None:
    secret = tmp_path / "token"
    secret.write_bytes(words)
    secret.chmod(mode)
    told = mistakes(write(tmp_path, '[discord]\nenabled = true\ntoken_file = "token"'))
    assert [line.partition(":")[0] for line in told] == ["discord.token_file"], why
    assert said in told[0], why


def test_a_secrets_file_that_is_not_there(tmp_path: Path) -> None:
    told = mistakes(write(tmp_path, '[discord]\nenabled = true\ntoken_file = "token"'))
    assert told == [
        "discord.token_file: There is no such file. A relative path starts at the configuration file's folder."
    ]


def test_a_password_may_hold_spaces_and_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_MATRIX__PASSWORD", " two words ")
    assert load(None).matrix.password.get_secret_value() == " two words "


def test_a_section_in_one_variable_that_is_no_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORCHLIGHT_LOG", "{" + CANARY)
    assert "environment variable" in mistakes(None)[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('host = "localhost"', "calendar.host: This needs an IP address of this machine"),
        ('host = "{canary}"', "calendar.host: This needs an IP address of this machine"),
        ("host = 3", "calendar.host: This needs an IP address of this machine"),
        ("port = 0", "calendar.port: This needs 1 or more"),
        ("port = 65536", "calendar.port: This needs 65,535 or less"),
        ('public_url = "{canary}"', "calendar.public_url: This needs an address"),
        ('enabled = true\nhost = "0.0.0.0"', "calendar.public_url: This is needed"),
        ('enabled = true\npublic_url = "http://example.org"', "calendar.public_url: This needs to begin with https://"),
        ('enabled = true\npublic_url = "http://localhost.example.org"', "calendar.public_url: This needs to begin"),
        ('enabled = true\npublic_url = "http://127.0.0.1.example.org"', "calendar.public_url: This needs to begin"),
        ('token = "{canary}"', "calendar.token:"),
    ],
)
def test_every_mistake_about_the_calendar_is_told_with_its_key(tmp_path: Path, words: str, said: str) -> None:
    (told,) = mistakes(write(tmp_path, "[calendar]\n" + words.replace("{canary}", CANARY)))
    assert told.startswith(said)


@pytest.mark.parametrize(
    "words",
    [
        "enabled = true",
        'enabled = true\nhost = "::1"',
        'enabled = true\npublic_url = "http://localhost:8770"',
        'enabled = true\npublic_url = "http://127.0.0.1:8770/"',
        'enabled = true\nhost = "0.0.0.0"\npublic_url = "https://example.org/porch/"',
        'host = "0.0.0.0"',
    ],
)
def test_a_calendar_that_is_reached_from_here_or_by_https_is_fine(tmp_path: Path, words: str) -> None:
    assert not load(write(tmp_path, "[calendar]\n" + words)).calendar.public_url.endswith("/")
