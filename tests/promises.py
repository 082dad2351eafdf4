"""Promises that can be traced: which rows of docs/promises.toml are kept, by which tests, on which platform.

As a pytest plugin it reads ``@pytest.mark.promise("P3", platform="local")``, stops at a mark that names no promise,
fails a marked test that did not drive its platform, and writes what a full run found. As a program it prints that.
"""

import argparse
import importlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
EVERYWHERE = ("local", "discord", "matrix")
RECORD = "promises.json"


@dataclass(frozen=True)
class Row:
    """A promise."""

    id: str
    says: str
    none: bool
    platforms: tuple[str, ...]


@cache
def rows() -> Mapping[str, Row]:
    """Return the promises by id, in order."""
    found = tomllib.loads((ROOT / "docs" / "promises.toml").read_text(encoding="utf-8"))
    return {
        promise: Row(promise, row["says"], bool(row.get("none")), tuple(row.get("platforms", EVERYWHERE)))
        for promise, row in found.items()
    }


# --- what drivers call

_driven: set[str] = set()


def drove(platform: str) -> None:
    """Note that the running test had the driver of a platform do something. Called by drivers alone."""
    _driven.add(platform)


# --- the plugin

_WRONG = pytest.StashKey[str]()


def marks(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """Give promise and platform of each mark on a test."""
    for mark in item.iter_markers("promise"):
        yield (mark.args[0] if len(mark.args) == 1 else ""), str(mark.kwargs.get("platform", ""))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promise", action="append", default=[], metavar="ID", help="only tests that prove this promise")
    parser.addini("promises_record", "where a full run writes which promises it proved", default="build")


def pytest_configure(config: pytest.Config) -> None:
    if name := os.environ.get("PORCHLIGHT_BREACH"):
        if not re.fullmatch(r"[a-z0-9_]+", name):
            raise pytest.UsageError("PORCHLIGHT_BREACH names no breach")
        patch = pytest.MonkeyPatch()
        importlib.import_module(f"tests.breaches.{name}").apply(patch)
        config.add_cleanup(patch.undo)
    config.pluginmanager.register(_Recorder(config), "promises-recorder")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wrong: list[str] = []
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    wanted = set(config.getoption("--promise"))
    for item in items:
        marked = list(dict.fromkeys(marks(item)))
        for promise, platform in marked:
            row = rows().get(promise)
            if row is None:
                item.stash[_WRONG] = f"{item.nodeid}: there is no promise {promise!r} in docs/promises.toml"
            elif platform not in row.platforms:
                where = ", ".join(row.platforms)
                item.stash[_WRONG] = f"{item.nodeid}: {promise} holds on {where}, not on {platform!r}"
        if _WRONG in item.stash:
            wrong.append(item.stash[_WRONG])
        item.user_properties.extend(("promise", list(pair)) for pair in marked)
        (kept if not wanted or wanted & {promise for promise, _ in marked} else dropped).append(item)
    if wrong and not hasattr(config, "workerinput"):
        raise pytest.UsageError("\n".join(wrong))
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    _driven.clear()
    if _WRONG in item.stash:  # in a worker of xdist, which would swallow what a usage error says
        pytest.fail(item.stash[_WRONG], pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call" and report.passed:
        idle = sorted({platform for _, platform in marks(item)} - _driven)
        if idle:
            report.outcome = "failed"
            report.longrepr = f"marked as a proof on {', '.join(idle)}, but nothing drove that platform"
    return report


class _Recorder:
    """Keeps what became of marked tests, and writes it down when all were run; with xdist its controller does."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.tests: dict[str, dict[str, Any]] = {}
        self.broken = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.broken |= report.failed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        pairs = [value for name, value in report.user_properties if name == "promise"]
        if not pairs:
            return
        test = self.tests.setdefault(report.nodeid, {"promises": pairs, "outcome": "passed"})
        if report.failed:
            test["outcome"] = "failed"
        elif report.skipped and test["outcome"] == "passed":
            test["outcome"] = "skipped"

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if hasattr(self.config, "workerinput") or not self._full(session, exitstatus):
            return
        folder = self.config.rootpath / self.config.getini("promises_record")
        folder.mkdir(parents=True, exist_ok=True)
        record = {"tests": dict(sorted(self.tests.items()))}
        (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")

    def _full(self, session: pytest.Session, exitstatus: int) -> bool:
        """Return whether every test but the long ones was run: half a run proves nothing about a promise."""
        option = self.config.option
        return (
            exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
            and self.config.args_source != pytest.Config.ArgsSource.ARGS
            and not (option.keyword or option.promise or option.collectonly or self.broken)
            and option.markexpr in {"", "not soak"}
            and not (getattr(option, "lf", False) or getattr(option, "deselect", None))
            and not (session.shouldstop or session.shouldfail or os.environ.get("PORCHLIGHT_BREACH"))
        )


# --- the program


def proofs(record: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """Return by promise and platform what became of each test."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for test, result in record["tests"].items():
        for promise, platform in result["promises"]:
            found.setdefault(promise, {}).setdefault(platform, {})[test] = result["outcome"]
    return found


def kept(record: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """Return the kept promises: at least one test passed, and none failed or was skipped."""
    found = proofs(record)
    return {
        promise: platforms
        for promise in rows()
        if (
            platforms := {
                platform: sorted(tests)
                for platform, tests in found.get(promise, {}).items()
                if set(tests.values()) == {"passed"}
            }
        )
    }


def table(record: Mapping[str, Any]) -> str:
    """Return the table for people: a row a promise, a column a platform, and the totals."""
    found, proven = proofs(record), kept(record)
    lines = [f"{'':5}{'local':9}{'discord':9}{'matrix':9}"]
    for row in rows().values():
        cells = []
        for platform in EVERYWHERE:
            if platform not in row.platforms:
                cells.append("")
            elif platform in proven.get(row.id, {}):
                cells.append(f"kept {len(proven[row.id][platform])}")
            else:
                cells.append("broken" if platform in found.get(row.id, {}) else "-")
        lines.append(f"{row.id:5}" + "".join(f"{cell:9}" for cell in cells) + row.says)
    lines.append("")
    for platform in EVERYWHERE:
        here = [row for row in rows().values() if platform in row.platforms]
        count = sum(platform in proven.get(row.id, {}) for row in here)
        lines.append(f"{platform}: {count} of {len(here)} promises kept")
    lines.append('"kept 3": three tests prove it; "broken": one failed or was skipped; "-": not there yet.')
    return "\n".join(lines)


def main(arguments: list[str], record: Path = ROOT / "build" / RECORD) -> int:
    """Print which promises are kept, by the record of the last full run."""
    parser = argparse.ArgumentParser(prog="make promises")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    chosen = parser.parse_args(arguments)
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except FileNotFoundError:
        sys.stderr.write("No full run is recorded here yet. `make test` makes one.\n")
        return 1
    sys.stdout.write((json.dumps(kept(found)) if chosen.format == "json" else table(found)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
