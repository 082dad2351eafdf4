"""Configuration: one TOML file, and the environment (``PORCHLIGHT_<SECTION>__<KEY>``) over it.

Every mistake is found at once and told with the path of its key. What was written there is never repeated: it may
be a secret that got into the wrong line.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from bot.contract.text import Fact, Text, text
from bot.contract.text import Literal as Copied
from bot.decks import wrong

PREFIX: Final = "PORCHLIGHT_"
_SAYS: Final = {
    "path": "config-path",
    "secret_key": "config-key",
    "secret": "config-secret",
    "discord_id": "config-discord-id",
    "address": "config-address",
    "matrix_id": "config-matrix-id",
    "matrix_allowed": "config-matrix-allowed",
    "host": "config-host",
}
"""The sentence of each kind of mistake that is found here."""

SECRETS: Final = (("bot", "key"), ("discord", "token"), ("matrix", "password"), ("matrix", "token"))
"""What comes from the environment, or from a file of its own, and never stands in the configuration."""

LARGEST: Final = 256 * 1024
"""Bytes of a configuration file. One that is larger is something else."""

_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGES: Final = tuple(
    sorted(path.name for path in (Path(__file__).parent / "locales").iterdir() if any(path.glob("*.ftl")))
)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _plain_path(value: object) -> object:
    if not isinstance(value, str):
        raise PydanticCustomError("path", "a path")
    words = value.strip()
    if not words or not words.isprintable() or len(words) > 1000:  # noqa: PLR2004 - far over any path in use
        raise PydanticCustomError("path", "a path")
    return Path(words).expanduser()


def _language(value: object) -> object:
    if value not in _LANGUAGES:
        raise PydanticCustomError("one_of", "one of", {"options": ", ".join(_LANGUAGES)})
    return value


def _key(value: object) -> object:
    """Return 64 hexadecimal digits, without what copying adds around them: a BOM, a line end, quotes."""
    words = value.strip().strip("\ufeff").strip().strip("\"'") if isinstance(value, str) else ""
    if words and not re.fullmatch(r"[0-9A-Fa-f]{64}", words, re.ASCII):
        raise PydanticCustomError("secret_key", "64 hexadecimal digits")
    return words.lower()


def _secret(value: object) -> object:
    """Return a secret without what copying adds around it: a BOM, a line end, quotes. None may hold anything else."""
    words = value.strip().strip("\ufeff").strip().strip("\"'") if isinstance(value, str) else None
    if words is None or not re.fullmatch(r"[\x21-\x7e]{0,4096}", words, re.ASCII):
        raise PydanticCustomError("secret", "one word")
    return words


def _password(value: object) -> object:
    """Return a password as it is, without the line end that a file adds."""
    words = value.lstrip("\ufeff").rstrip("\r\n") if isinstance(value, str) else None
    if words is None or not words.isprintable() or len(words) > 4096:  # noqa: PLR2004 - far over any in use
        raise PydanticCustomError("secret", "one line")
    return words


def _snowflake(value: object) -> object:
    """Return an id of Discord's: 15 to 20 digits, written as text or as a number."""
    words = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"[0-9]{15,20}", words, re.ASCII):
        raise PydanticCustomError("discord_id", "an id")
    return words


def _homeserver(value: object) -> object:
    words = value.strip().rstrip("/") if isinstance(value, str) else "?"
    if words and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~/-]*)?", words, re.ASCII):
        raise PydanticCustomError("address", "an address")
    return words


def _host(value: object) -> object:
    words = value.strip() if isinstance(value, str) else ""
    try:
        return str(ip_address(words))
    except ValueError:
        raise PydanticCustomError("host", "an IP address") from None


def _matrix_user(value: object) -> object:
    words = value.strip() if isinstance(value, str) else "?"
    if words and not re.fullmatch(r"@[!-9;-~]+:[A-Za-z0-9.\-\[\]:]+", words, re.ASCII):
        raise PydanticCustomError("matrix_id", "a user id")
    return words


def _matrix_space(value: object) -> object:
    words = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"[!#@]\S{1,254}|[A-Za-z0-9.\-]+(:[0-9]+)?", words, re.ASCII):
        raise PydanticCustomError("matrix_allowed", "a room, a space, a user or a server")
    return words


_Path = Annotated[Path, BeforeValidator(_plain_path)]
_OptionalPath = Annotated[Path | None, BeforeValidator(lambda value: None if value == "" else _plain_path(value))]
_Secret = Annotated[SecretStr, BeforeValidator(_secret)]


class Bot(_Section):
    """The bot itself.

    Attributes:
        data_dir: Where database, key and backups are. A relative path starts at the configuration file's folder.
        key_file: The key that seals who is who; empty: ``porchlight.key`` in ``data_dir``. Made if it is not there.
        key: The same key, as 64 hexadecimal digits; from the environment alone.
        language: In which command line and start speak.
        decks: A folder with prompts of one's own for check-in rooms, in the place of those that come with the bot.
    """

    data_dir: _Path = Path("data")
    key_file: _OptionalPath = None
    key: Annotated[SecretStr, BeforeValidator(_key)] = SecretStr("")
    language: Annotated[str, BeforeValidator(_language)] = "en"
    decks: _OptionalPath = None


class Log(_Section):
    """What is logged. At every level no more than names, numbers and places in the code."""

    level: Literal["debug", "info", "warning", "error"] = "info"


def _hours(most: int) -> Any:
    return Field(default=most, ge=1, le=most)


class Lifetimes(_Section):
    """How long things are kept, in hours. Each can be lowered and none raised: the defaults are a promise."""

    delivered_hours: int = _hours(24)
    failed_hours: int = _hours(168)
    unsent_hours: int = _hours(720)
    posts_hours: int = _hours(720)
    seen_hours: int = _hours(168)
    leftover_hours: int = _hours(24)
    before_hours: int = _hours(720)
    proposals_hours: int = _hours(720)
    circles_hours: int = _hours(720)
    backups_hours: int = _hours(336)
    marks_hours: int = _hours(336)

    def lengths(self) -> Mapping[str, timedelta]:
        """Return each lifetime by the name that the store gives it."""
        return {name.removesuffix("_hours"): timedelta(hours=getattr(self, name)) for name in type(self).model_fields}


class Local(_Section):
    """The page on this computer."""

    enabled: bool = False
    port: Annotated[int, Field(ge=0, le=65535)] = 0


class Discord(_Section):
    """Discord.

    Attributes:
        enabled: Whether the bot is there.
        token: The bot's token; from the environment alone.
        token_file: A file that holds the token and nobody else can read.
        servers: Ids of the servers that may have it; empty: every server that invites it.
    """

    enabled: bool = False
    token: _Secret = SecretStr("")
    token_file: _OptionalPath = None
    servers: tuple[Annotated[str, BeforeValidator(_snowflake)], ...] = ()


class Matrix(_Section):
    """Matrix.

    Attributes:
        enabled: Whether the bot is there.
        homeserver: Address of the homeserver's client API.
        user: The bot's account, ``@porchlight:example.org``.
        password: Of the account, for the first log-in; from the environment alone.
        password_file: A file that holds the password and nobody else can read.
        token: An access token instead, with the device it belongs to; from the environment alone.
        token_file: A file that holds the token.
        device: The device of the token.
        allowed: Who may invite the bot: spaces, rooms, users or servers; empty: everybody.
        commands_in_rooms: Whether commands are also read in rooms that are not direct.
    """

    enabled: bool = False
    homeserver: Annotated[str, BeforeValidator(_homeserver)] = ""
    user: Annotated[str, BeforeValidator(_matrix_user)] = ""
    password: Annotated[SecretStr, BeforeValidator(_password)] = SecretStr("")
    password_file: _OptionalPath = None
    token: _Secret = SecretStr("")
    token_file: _OptionalPath = None
    device: Annotated[str, BeforeValidator(_secret)] = ""
    allowed: tuple[Annotated[str, BeforeValidator(_matrix_space)], ...] = ()
    commands_in_rooms: bool = False


class Calendar(_Section):
    """Calendar feeds: what a member's calendar program reads by an address of their own.

    Attributes:
        enabled: Whether feeds are served.
        host: The address of this machine at which they are; that of the machine itself: nobody else reaches them.
        port: The port.
        public_url: Where the world finds that, by way of a web server that speaks https; empty: nowhere but here.
    """

    enabled: bool = False
    host: Annotated[str, BeforeValidator(_host)] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8770
    public_url: Annotated[str, BeforeValidator(_homeserver)] = ""


class Settings(BaseSettings):
    """All settings, checked."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

    bot: Bot = Bot()
    log: Log = Log()
    lifetimes: Lifetimes = Lifetimes()
    local: Local = Local()
    discord: Discord = Discord()
    matrix: Matrix = Matrix()
    calendar: Calendar = Calendar()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands over the file, and nothing else is read."""
        return env_settings, init_settings

    @property
    def database(self) -> Path:
        """Where the database is."""
        return self.bot.data_dir / "porchlight.db"

    @property
    def matrix_state(self) -> Path:
        """Where the Matrix adapter keeps its device and token from the first log-in on."""
        return self.bot.data_dir / "matrix.state"

    @property
    def platforms(self) -> frozenset[str]:
        """Names of the platforms that are switched on."""
        return frozenset(name for name in ("discord", "matrix", "local") if getattr(self, name).enabled)

    @property
    def key_file(self) -> Path:
        """Where the sealing key is."""
        return self.bot.key_file or self.bot.data_dir / "porchlight.key"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is not right: where, and the sentence about it."""

    path: str
    says: Text


class ConfigError(Exception):
    """The configuration cannot be used. Holds every mistake in it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        """Take all mistakes."""
        super().__init__(len(mistakes))
        self.mistakes = tuple(mistakes)


def _mistake(path: str, code: str, **facts: Fact) -> Mistake:
    return Mistake(path, text(code, **facts))


def load(file: Path | None) -> Settings:
    """Return the settings from a file, and from the environment of the process over it.

    Args:
        file: The configuration file; None: none, all defaults.

    Raises:
        ConfigError: With every mistake at once.
    """
    written = _read(file) if file is not None else {}
    mistakes = [*_secrets_in_file(written), *_unknown_sections(os.environ)]
    settings = None
    try:
        settings = Settings(**written)
    except ValidationError as error:
        mistakes += [_tell(dict(detail)) for detail in error.errors(include_input=False, include_url=False)]
    except SettingsError:
        mistakes.append(_mistake(PREFIX + "*", "config-environment"))
    if settings is not None:
        settings = _placed(settings, file.absolute().parent if file is not None else Path.cwd())
        mistakes += _paths(settings)
        mistakes += _decks(settings.bot.decks)
        settings, found = _with_secrets(settings)
        mistakes += found
        mistakes += _needs(settings)
        if settings.lifetimes.marks_hours < settings.lifetimes.backups_hours:
            mistakes.append(_mistake("lifetimes.marks_hours", "config-marks"))
    if mistakes or settings is None:
        raise ConfigError(sorted(mistakes, key=lambda mistake: (mistake.path, mistake.says.id))) from None
    return settings


def _read(file: Path) -> dict[str, Any]:
    path = file.name
    try:
        if file.stat().st_size > LARGEST:
            raise ConfigError([_mistake(path, "config-large")])
        words = file.read_bytes().decode("utf-8-sig")  # editors on some systems begin files with a BOM
        return tomllib.loads(words)
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError([_mistake(path, "config-no-file")]) from None
    except OSError:
        raise ConfigError([_mistake(path, "config-unreadable")]) from None
    except UnicodeDecodeError:
        raise ConfigError([_mistake(path, "config-encoding")]) from None
    except tomllib.TOMLDecodeError as error:
        # Its text repeats what stands there, so only the number of the line is taken from it.
        line = re.search(r"\(at line (\d+),", str(error))
        at = int(line[1]) if line else file.read_bytes().count(b"\n") + 1
        raise ConfigError([_mistake(path, "config-toml", line=at)]) from None
    except RecursionError:
        raise ConfigError([_mistake(path, "config-toml", line=1)]) from None


def _secrets_in_file(written: Mapping[str, Any]) -> Iterator[Mistake]:
    for section, key in SECRETS:
        there = written.get(section)
        if isinstance(there, dict) and key in there:
            variable = Copied(f"{PREFIX}{section.upper()}__{key.upper()}")
            yield _mistake(f"{section}.{key}", "config-secret-here", variable=variable)


def _unknown_sections(environment: Mapping[str, str]) -> Iterator[Mistake]:
    """Find variables for sections that do not exist, which the library passes over."""
    for name in environment:
        if name.startswith(PREFIX) and "__" in name:
            path = tuple(name.removeprefix(PREFIX).lower().split("__"))
            if path[0] not in Settings.model_fields:
                yield _mistake(_path(path), "config-unknown")


def _path(parts: Sequence[object]) -> str:
    """Return a key's path; parts that do not look like keys are left out, for they may be anything."""
    return ".".join(part if isinstance(part, str) and _KEY.fullmatch(part) else "?" for part in parts)


def _tell(error: Mapping[str, Any]) -> Mistake:  # noqa: PLR0911 - one return a kind of mistake
    """Return the sentence about what pydantic found. Never what stood there."""
    path, kind, facts = _path(error["loc"]), error["type"], error.get("ctx", {})
    match kind:
        case "extra_forbidden":
            return _mistake(path, "config-unknown")
        case _ if kind in _SAYS:
            return _mistake(path, _SAYS[kind])
        case "one_of":
            return _mistake(path, "config-one-of", options=str(facts["options"]))
        case "literal_error":
            options = re.findall(r"'([a-z]+)'", str(facts["expected"]))
            return _mistake(path, "config-one-of", options=", ".join(options))
        case "greater_than_equal":
            return _mistake(path, "config-at-least", number=int(facts["ge"]))
        case "less_than_equal":
            return _mistake(path, "config-at-most", number=int(facts["le"]))
        case "model_type" | "model_attributes_type" | "dict_type":
            return _mistake(path, "config-section")
        case _ if kind.startswith(("int", "finite")):
            return _mistake(path, "config-whole")
        case _ if kind.startswith("bool"):
            return _mistake(path, "config-yes-no")
        case _:
            return _mistake(path, "config-other")


def _placed(settings: Settings, folder: Path) -> Settings:
    """Return settings whose relative paths start at ``folder``: where one stood when starting does not matter."""
    bot = settings.bot
    changed = bot.model_copy(
        update={
            "data_dir": folder / bot.data_dir,
            "key_file": bot.key_file and folder / bot.key_file,
            "decks": bot.decks and folder / bot.decks,
        }
    )
    placed = {"bot": changed}
    for section, names in {"discord": ("token_file",), "matrix": ("password_file", "token_file")}.items():
        given = getattr(settings, section)
        files = {name: folder / file for name in names if (file := getattr(given, name)) is not None}
        placed[section] = given.model_copy(update=files)
    return settings.model_copy(update=placed)


def _with_secrets(settings: Settings) -> tuple[Settings, list[Mistake]]:
    """Return settings with the secrets that stand in files of their own, and what is wrong with those files."""
    mistakes: list[Mistake] = []
    read: dict[str, dict[str, SecretStr]] = {}
    for section, key, check in (
        ("discord", "token", _secret),
        ("matrix", "password", _password),
        ("matrix", "token", _secret),
    ):
        given = getattr(settings, section)
        file: Path | None = getattr(given, f"{key}_file")
        if file is None or getattr(given, key).get_secret_value():
            continue
        try:
            if not file.exists() and not file.is_symlink():
                mistakes.append(_mistake(f"{section}.{key}_file", "config-no-secret-file"))
            elif file.is_symlink() or not file.is_file():
                mistakes.append(_mistake(f"{section}.{key}_file", "config-link"))
            elif file.stat().st_mode & 0o077:
                mistakes.append(_mistake(f"{section}.{key}_file", "config-open"))
            else:
                words = str(check(file.read_bytes()[:LARGEST].decode("utf-8-sig")))
                if not words:
                    mistakes.append(_mistake(f"{section}.{key}_file", "config-empty"))
                read.setdefault(section, {})[key] = SecretStr(words)
        except (OSError, UnicodeDecodeError):
            mistakes.append(_mistake(f"{section}.{key}_file", "config-unreadable"))
        except PydanticCustomError:
            mistakes.append(_mistake(f"{section}.{key}_file", "config-secret"))
    changed = {section: getattr(settings, section).model_copy(update=keys) for section, keys in read.items()}
    return settings.model_copy(update=changed), mistakes


def _needs(settings: Settings) -> Iterator[Mistake]:
    """Find what a platform, or the calendar, cannot do without when it is switched on."""
    discord, matrix, calendar = settings.discord, settings.matrix, settings.calendar
    if calendar.enabled and not calendar.public_url and not ip_address(calendar.host).is_loopback:
        yield _mistake("calendar.public_url", "config-needs")
    if calendar.enabled and re.match(r"http://(?!(127\.[0-9.]+|localhost|\[::1\])(:|/|$))", calendar.public_url):
        yield _mistake("calendar.public_url", "config-https")
    if discord.enabled and not (discord.token.get_secret_value() or discord.token_file):
        yield _mistake("discord.token", "config-needs-secret", variable=Copied(f"{PREFIX}DISCORD__TOKEN"))
    if not matrix.enabled:
        return
    for key in ("homeserver", "user"):
        if not getattr(matrix, key):
            yield _mistake(f"matrix.{key}", "config-needs")
    token = bool(matrix.token.get_secret_value() or matrix.token_file)
    if token and not matrix.device:
        yield _mistake("matrix.device", "config-needs-device")
    logged_in = settings.matrix_state.is_file()
    if not token and not logged_in and not (matrix.password.get_secret_value() or matrix.password_file):
        yield _mistake("matrix.password", "config-needs-secret", variable=Copied(f"{PREFIX}MATRIX__PASSWORD"))


def _decks(folder: Path | None) -> Iterator[Mistake]:
    """Find what is not right with prompts of the operator's own, in every file at once."""
    if folder is None:
        return
    if not folder.is_dir():
        yield _mistake("bot.decks", "config-not-a-folder")
        return
    for file in sorted(folder.glob("*.toml")):
        path = ("bot", "decks", file.stem)
        if file.stem not in _LANGUAGES:
            yield _mistake(_path(path), "config-one-of", options=", ".join(_LANGUAGES))
            continue
        try:
            lists = _read(file)
        except ConfigError as error:
            yield from (replace(mistake, path=_path(path)) for mistake in error.mistakes)
            continue
        for kind, code, facts in wrong(lists):
            yield _mistake(_path((*path, kind)), code, **facts)


def _paths(settings: Settings) -> Iterator[Mistake]:
    folder = settings.bot.data_dir
    if folder.is_symlink() or settings.database.is_symlink():
        yield _mistake("bot.data_dir", "config-link")
    elif folder.exists() and not folder.is_dir():
        yield _mistake("bot.data_dir", "config-not-a-folder")
    key = settings.key_file
    try:
        mode = key.lstat().st_mode
    except OSError:
        return  # it is made at the first start, or that says why not
    if key.is_symlink() or not key.is_file():
        yield _mistake("bot.key_file", "config-link")
    elif mode & 0o077:
        yield _mistake("bot.key_file", "config-open")
