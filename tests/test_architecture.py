"""The beams of the house: layers, and the few places that may ask for time, chance, SQL or the log."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "commands", "adapters")
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]

VIOLATIONS = [
    ("bot.domain imports only the standard library and itself", "bot/domain/openings.py", "import sqlalchemy"),
    ("bot.domain imports only the standard library and itself", "bot/domain/openings.py", "import bot.contract.card"),
    ("bot.contract sits on bot.domain alone", "bot/contract/place.py", "import bot.i18n"),
    ("bot.contract sits on bot.domain alone", "bot/contract/place.py", "import babel"),
    ("runtime, store, commands and each adapter do not know one another", "bot/runtime/lanes.py", "import commands"),
    ("runtime, store, commands and each adapter do not know one another", "bot/store/tx.py", "import bot.runtime"),
    ("runtime, store, commands and each adapter do not know one another", "commands/help.py", "import adapters.local"),
    ("only bot.store says SQL", "commands/help.py", "import sqlite3"),
    ("only bot.store says SQL", "bot/runtime/lanes.py", "import sqlalchemy"),
    ("only an adapter imports its platform's library", "bot/runtime/lanes.py", "import discord"),
    ("only an adapter imports its platform's library", "commands/help.py", "import aiohttp"),
    ("commands speak only to the contract and the domain", "commands/help.py", "import bot.clock"),
    ("only the composition root opens the store", "adapters/local/world.py", "import bot.store.engine"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the code to plant things in."""
    copy = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(folder: Path) -> str:
    done = subprocess.run(
        LINT, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)}
    )
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


def verdicts(said: str) -> dict[str, bool]:
    """Return whether each contract is kept, by its name; names are wrapped at the terminal's width."""
    found = re.findall(
        r"^(\S.*?) (KEPT|BROKEN)\b", re.sub(r"\n(?=\S.{0,60} (?:KEPT|BROKEN))", "\n", said), re.MULTILINE
    )
    return {name: verdict == "KEPT" for name, verdict in found}


def test_every_contract_is_kept(house: Path) -> None:
    found = verdicts(lint(house))
    assert set(found) == {name for name, _, _ in VIOLATIONS}, "each contract needs a planted violation"
    assert all(found.values()), found


@pytest.mark.parametrize(("contract", "file", "planted"), VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(house: Path, contract: str, file: str, planted: str) -> None:
    target = house / file
    before = target.read_text(encoding="utf-8")
    target.write_text(before + f"\n{planted}\n", encoding="utf-8")
    try:
        assert verdicts(lint(house))[contract] is False
    finally:
        target.write_text(before, encoding="utf-8")


def modules(folder: Path = ROOT) -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for file in sorted((folder / package).rglob("*.py")):
            yield file.relative_to(folder).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    """Return the top names of what is imported."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def called(tree: ast.AST) -> set[str]:
    """Return what is called, as it is written: ``datetime.now``."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


TIME = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "datetime.datetime.now",
}


def asks_the_time(tree: ast.Module) -> bool:
    return bool(called(tree) & TIME)


def draws_chance(tree: ast.Module) -> bool:
    return bool(imported(tree) & {"random", "secrets", "uuid"} or "os.urandom" in called(tree))


def logs(tree: ast.Module) -> bool:
    return "logging" in imported(tree) or bool(called(tree) & {"print", "warnings.warn", "sys.stderr.write"})


def says_sql(tree: ast.Module) -> bool:
    """Return whether a string in it reads like a statement. Docstrings and sentences do not."""
    statement = re.compile(
        r"\s*(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|PRAGMA|VACUUM|BEGIN\s+IMMEDIATE)\b",
        re.IGNORECASE | re.DOTALL,
    )
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
        and statement.match(node.value) is not None
        for node in ast.walk(tree)
    )


RULES: list[tuple[str, Callable[[ast.Module], bool], tuple[str, ...], str]] = [
    ("only bot.clock asks what time it is", asks_the_time, ("bot/clock.py",), "datetime.now(UTC)"),
    (
        "only bot.chance and the sealing draw chance; the page's token is the local adapter's own",
        draws_chance,
        ("bot/chance.py", "bot/store/sealed.py", "adapters/local/server.py"),
        "import random",
    ),
    ("only bot.logs logs", logs, ("bot/logs.py",), "print('x')"),
    ("only bot.store says SQL", says_sql, ("bot/store/",), "x = 'select a from b'"),
]


@pytest.mark.parametrize(("why", "breaks", "allowed", "planted"), RULES)
def test_a_rule_of_the_house(
    why: str, breaks: Callable[[ast.Module], bool], allowed: tuple[str, ...], planted: str
) -> None:
    assert breaks(ast.parse(planted)), "the rule cannot fail"
    assert [name for name, tree in modules() if breaks(tree) and not name.startswith(allowed)] == [], why
