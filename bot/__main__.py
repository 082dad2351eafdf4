"""The command line: ``porchlight``. It reads the configuration, composes the parts (`bot.app`) and serves.

Exit codes: 0 when told to stop, 78 (EX_CONFIG of sysexits.h) when configuration or surroundings keep it from
starting, 2 for a command line that cannot be read, 1 when a part died.
"""

import asyncio
import errno
import json
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from bot.config import ConfigError, Settings, load
from bot.contract.text import Plain, Text, Voice, text
from bot.domain.errors import StartError
from bot.hardening import harden
from bot.i18n import Fluent

EX_CONFIG: Final = 78
SIGNS: Final = {"local": "/", "discord": "/", "matrix": "!"}
"""What stands before a command, by platform."""

EARLIEST: Final = 2024
"""A clock that shows an earlier year is wrong, and would do everything at the wrong time."""

USUAL_FILE: Final = Path("config.toml")


def _say(what: Text, language: str = "en") -> str:
    from bot.clock import SystemClock

    return Fluent().say(what, Voice(language), SystemClock().now(), Plain())


def _end(code: int, *lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(code)


def _settings(file: Path | None) -> Settings:
    """Return the settings, or say everything that is wrong with them and end."""
    try:
        return load(file or (USUAL_FILE if USUAL_FILE.exists() else None))
    except ConfigError as error:
        found = [f"  {mistake.path}: {_say(mistake.says)}" for mistake in error.mistakes]
        _end(EX_CONFIG, _say(text("config-wrong", count=len(found))), *found)


@contextmanager
def _telling(language: str) -> Iterator[None]:
    """Turn what keeps the bot from starting into one clear line."""
    try:
        yield
    except StartError as error:
        _end(EX_CONFIG, _say(Text(f"start-{error.code}", error.facts), language))
    except BaseExceptionGroup as group:
        start = group.subgroup(StartError)
        while isinstance(start, BaseExceptionGroup):
            start = start.exceptions[0]  # type: ignore[assignment] # groups nest until an error is found
        if isinstance(start, StartError):
            _end(EX_CONFIG, _say(Text(f"start-{start.code}", start.facts), language))
        if group.subgroup(lambda error: isinstance(error, OSError) and error.errno == errno.EADDRINUSE):
            _end(EX_CONFIG, _say(text("start-port-taken"), language))
        _died(group, language)
    except Exception as error:  # noqa: BLE001 - the last place; its text must not be printed
        _died(error, language)


def _died(error: BaseException, language: str) -> NoReturn:
    from bot.logs import log

    log.trouble("died", error)
    _end(1, _say(text("cli-died"), language))


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until it ends or the process is told to stop (SIGTERM, SIGINT), which is a good end."""
    task = asyncio.ensure_future(work)
    told = False

    def stop() -> None:
        nonlocal told
        told = True
        task.cancel()

    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not told:
            raise


def _check_clock(language: str) -> None:
    from bot.clock import SystemClock

    if SystemClock().now().year < EARLIEST:
        _end(EX_CONFIG, _say(text("start-clock"), language))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="porchlight", message="%(prog)s %(version)s")
def main() -> None:
    """Porchlight: a bot for peer-support communities that cannot hear what people say."""
    harden()


_config_option = click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path),
    help="Configuration file; config.toml of this folder unless given.",
)


@main.command()
@_config_option
def run(file: Path | None) -> None:
    """Run the bot on the platforms of the configuration."""
    settings = _settings(file)
    language = settings.bot.language
    _check_clock(language)
    from bot import logs

    logs.setup(settings.log.level.upper())
    if not settings.platforms:
        _end(EX_CONFIG, _say(text("start-no-platform"), language))
    with _telling(language):
        asyncio.run(_until_told(_serve(settings)))


async def _serve(settings: Settings) -> None:
    """Serve the platforms of the configuration with the machine's own clock."""
    from bot.app import Service
    from bot.clock import SystemClock

    def announce(address: str) -> None:
        click.echo(_say(text("cli-open", address=address), settings.bot.language))

    await Service(settings, SystemClock()).serve(announce)


@main.command("try")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; any free one unless given.")
@click.option("--no-open", is_flag=True, help="Only print the address of the page.")
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep everything in this folder, and go on there."
)
def try_(port: int, no_open: bool, keep: Path | None) -> None:
    """Open the playground: a made-up community in the browser, with the real bot, on this computer alone."""
    from bot import logs

    logs.setup("WARNING")
    with _telling("en"):
        if keep is not None:
            _play(keep.absolute(), port, no_open)
        else:
            with tempfile.TemporaryDirectory(prefix="porchlight-") as folder:
                _play(Path(folder), port, no_open)


def _play(folder: Path, port: int, no_open: bool) -> None:
    from bot.app import Playground
    from bot.clock import SystemClock, VirtualClock

    def announce(address: str) -> None:
        click.echo(_say(text("cli-open", address=address)))
        click.echo(_say(text("cli-stop")))
        if not no_open and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform != "linux"):
            webbrowser.open(address)

    async def play() -> None:
        playground = Playground(folder, VirtualClock(SystemClock().now()), port=port)
        await playground.serve(announce)

    asyncio.run(_until_told(play()))


@main.command("check-config")
@_config_option
def check_config(file: Path | None) -> None:
    """Say everything that is wrong with the configuration, and start nothing."""
    settings = _settings(file)
    click.echo(_say(text("config-fine"), settings.bot.language))


@main.command()
@click.option("--platform", required=True, help="Whose commands: local, discord or matrix.")
@_config_option
def commands(platform: str, file: Path | None) -> None:
    """Print the commands as a platform shows them."""
    sign = SIGNS.get(platform)
    if sign is None:
        _end(2, _say(text("cli-platforms", platforms=", ".join(SIGNS))))
    from bot.contract.params import params
    from commands import CATALOGUE

    speaker, language = Fluent(), _settings(file).bot.language
    if platform == "discord":  # what is registered there, as JSON
        from adapters.discord.slash import registration

        click.echo(json.dumps(registration(CATALOGUE, speaker), ensure_ascii=False, indent=2))
        return
    typed = [command for command in CATALOGUE.all_commands if command.typed]
    shown = {
        command.name: " ".join(
            [sign + command.name, *(one.name if one.required else f"[{one.name}]" for one in params(command.args))]
        )
        for command in typed
    }
    longest = max(len(line) for line in shown.values() if len(line) < 40)  # noqa: PLR2004 - wider ones stand alone
    for command in typed:
        usage = shown[command.name]
        if len(usage) > longest:
            click.echo(usage)
            usage = ""
        click.echo(f"{usage:{longest}}  {speaker.plain(text(command.text_id), language)}")


@main.command()
@_config_option
def privacy(file: Path | None) -> None:
    """Print the privacy page, as members see it: made from the data registry and the configuration."""
    settings = _settings(file)
    language = settings.bot.language
    with _telling(language):
        for line in asyncio.run(_privacy(settings)):
            click.echo(_say(line, language) + "\n")


async def _privacy(settings: Settings) -> tuple[Text, ...]:
    """Return the page from an empty database of its own, so that a running bot is not disturbed."""
    from bot.clock import SystemClock
    from bot.store.engine import SqlStore
    from bot.store.lifetimes import Lifetimes
    from bot.store.sealed import LENGTH, Keys
    from commands.about import privacy_page

    lifetimes = Lifetimes(**settings.lifetimes.lengths())
    store = SqlStore(None, Keys(bytes(LENGTH)), SystemClock(), lifetimes=lifetimes)
    async with store.session():
        return await store.read(lambda tx: (text("privacy-title"), *privacy_page(tx, _kept(settings))))


def _kept(settings: Settings) -> dict[str, tuple[Text, ...]]:
    """Return what the adapter of each platform that is switched on itself keeps."""
    kept: dict[str, tuple[Text, ...]] = {}
    if settings.discord.enabled:
        from adapters.discord.keeping import at_all as on_discord

        kept["discord"] = on_discord()
    if settings.matrix.enabled:
        from adapters.matrix.keeping import at_all as on_matrix

        kept["matrix"] = on_matrix(in_rooms=settings.matrix.commands_in_rooms)
    if settings.local.enabled:
        from adapters.local.keeping import at_all as on_local

        kept["local"] = on_local()
    return kept


if __name__ == "__main__":
    main(prog_name="porchlight")
