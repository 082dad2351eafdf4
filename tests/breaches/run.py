"""Plant each breach and see the tests of its promise turn red. `make soak` runs it.

A breach is a module here with ``ID`` (its name), ``BREAKS`` (the promise it breaks) and ``apply(monkeypatch)``, which
patches the code before any test runs. One that leaves the tests green means that the promise is not really tested.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from tests.promises import rows

ROOT = Path(__file__).parent.parent.parent


def breaches(folder: Path = Path(__file__).parent) -> Mapping[str, str]:
    """Return the promise that each breach breaks, by the breach's name."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.py")):
        if file.stem not in {"run", "__init__"}:
            module = import_module(f"tests.breaches.{file.stem}")
            assert file.stem == module.ID, f"{file.name} calls itself {module.ID}"
            assert module.BREAKS in rows(), f"{file.name} breaks {module.BREAKS}, which is no promise"
            found[file.stem] = module.BREAKS
    return found


def run_tests(promises: list[str], breach: str = "") -> int:
    """Run the tests of some promises, with a breach planted or without; return pytest's exit code."""
    chosen = [f"--promise={promise}" for promise in promises]
    environment = {**os.environ, "PORCHLIGHT_BREACH": breach}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--no-header",
            "-p",
            "no:randomly",
            *(["-x"] if breach else []),
            *chosen,
        ],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if not breach and done.returncode:
        sys.stdout.write(done.stdout)
    return done.returncode


def judge(found: Mapping[str, str], run: Callable[[list[str], str], int]) -> list[str]:
    """Return what is wrong: tests red before anything was planted, or green after."""
    if found and run(sorted(set(found.values())), "") != pytest.ExitCode.OK:
        return ["the tests are not green before any breach is planted"]
    wrong = []
    for breach, promise in found.items():
        code = run([promise], breach)
        # Only failed tests count: a breach that cannot be planted ends with another code.
        caught = code == pytest.ExitCode.TESTS_FAILED
        sys.stdout.write(f"{'caught' if caught else 'MISSED'}  {promise:4} {breach}\n")
        sys.stdout.flush()
        if not caught:
            wrong.append(f"{breach} should turn a test of {promise} red; pytest ended with {code}")
    return wrong


def chosen(arguments: list[str], found: Mapping[str, str]) -> Mapping[str, str]:
    """Return the breaches that are named, or all where none is."""
    parser = argparse.ArgumentParser(prog="python -m tests.breaches.run", description=__doc__)
    parser.add_argument("breach", nargs="*", help="the name of a breach; without any, all are planted")
    names = parser.parse_args(arguments).breach
    unknown = sorted(set(names) - set(found))
    if unknown:
        parser.error(f"there is no breach {unknown[0]}")
    return {name: found[name] for name in names or found}


def main(arguments: list[str]) -> int:
    """Plant breaches, one after the other."""
    found = chosen(arguments, breaches())
    wrong = judge(found, run_tests)
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write(f"{len(found) - len(wrong)} of {len(found)} planted breaches caught\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
