"""The command line, as an operator meets it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PORCHLIGHT = [sys.executable, "-m", "bot"]
ENVIRONMENT = {**{name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")},
               "PYTHONPATH": str(ROOT)}  # fmt: skip


def run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PORCHLIGHT, *arguments],
        cwd=folder,
        env={**ENVIRONMENT, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_good_configuration_is_fine(tmp_path: Path) -> None:
    done = run(tmp_path, "check-config")
    assert (done.returncode, done.stdout, done.stderr) == (0, "The configuration is fine.\n", "")
    assert list(tmp_path.iterdir()) == []


def test_every_mistake_is_printed_and_the_exit_code_says_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[local]\nport = "abcsecret"\n[log]\nlevel = "loud"\n')
    for command in ("check-config", "run", "privacy"):
        done = run(tmp_path, command)
        assert done.returncode == 78
        assert "2 mistakes" in done.stderr
        assert "local.port: " in done.stderr
        assert "log.level: " in done.stderr
        assert "abcsecret" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_with_no_platform_there_is_nothing_to_run(tmp_path: Path) -> None:
    done = run(tmp_path, "run")
    assert done.returncode == 78
    assert "nothing to run" in done.stderr


def test_what_keeps_the_bot_from_starting_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    key = tmp_path / "data" / "porchlight.key"
    key.write_bytes(b"short")
    key.chmod(0o600)
    done = run(tmp_path, "run", PORCHLIGHT_LOCAL__ENABLED="true")
    assert done.returncode == 78
    assert done.stderr.count("\n") == 1
    assert "has 5 bytes and needs 32" in done.stderr


def test_commands_of_an_unknown_platform(tmp_path: Path) -> None:
    done = run(tmp_path, "commands", "--platform", "abcsecret")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "I know commands for: local, discord, matrix. Please name one of them.\n"


MATRIX = {
    "MATRIX__ENABLED": "true",
    "MATRIX__HOMESERVER": "https://matrix.example.org",
    "MATRIX__USER": "@porchlight:example.org",
    "MATRIX__PASSWORD": "x",
}


@pytest.mark.parametrize(("platform", "sign"), [("local", "/"), ("matrix", "!")])
def test_commands_are_printed(tmp_path: Path, platform: str, sign: str) -> None:
    done = run(tmp_path, "commands", "--platform", platform)
    assert done.returncode == 0
    assert f"{sign}peer ask" in done.stdout
    assert "command-" not in done.stdout


def test_the_privacy_page_is_printed_and_nothing_is_made(tmp_path: Path) -> None:
    done = run(tmp_path, "privacy", PORCHLIGHT_LIFETIMES__SEEN_HOURS="5")
    assert done.returncode == 0
    assert "5 hours" in done.stdout
    assert "table-" not in done.stdout
    assert "keeps-" not in done.stdout
    assert "For this playground I keep nothing" not in done.stdout, "it is not switched on"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("switched_on", "said"),
    [
        ({"LOCAL__ENABLED": "true"}, "For this playground I keep nothing besides the database."),
        ({"DISCORD__ENABLED": "true", "DISCORD__TOKEN": "x"}, "For Discord I keep nothing on disk"),
        (MATRIX, "In rooms on Matrix I hear no words."),
        ({**MATRIX, "MATRIX__COMMANDS_IN_ROOMS": "true"}, "Commands on Matrix are read in rooms too"),
    ],
)
def test_the_privacy_page_says_what_each_platform_keeps(tmp_path: Path, switched_on: dict[str, str], said: str) -> None:
    done = run(tmp_path, "privacy", **{f"PORCHLIGHT_{name}": value for name, value in switched_on.items()})
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert "keeps-" not in done.stdout


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("arguments", [("try", "--no-open", "--keep", "kept"), ("run",)])
def test_told_to_stop_it_stops_well(tmp_path: Path, sign: signal.Signals, arguments: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [*PORCHLIGHT, *arguments],
        cwd=tmp_path,
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": "1", "PORCHLIGHT_LOCAL__ENABLED": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as bot:
        assert bot.stdout is not None
        assert bot.stderr is not None
        assert bot.stdout.readline().startswith("Porchlight is here: http://127.0.0.1:")
        limits = Path(f"/proc/{bot.pid}/limits").read_text()
        bot.send_signal(sign)
        assert bot.wait(30) == 0
        said = bot.stderr.read().splitlines()
        assert all(" INFO " in line for line in said), said
    assert next(line for line in limits.splitlines() if "core file" in line).split()[4:6] == ["0", "0"]
    assert not any(path.stat().st_mode & 0o077 for path in tmp_path.rglob("*"))
