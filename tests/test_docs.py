"""What is not written down does not exist: promises, commands, settings and targets, each where it is looked for."""

import re
from pathlib import Path

from bot.__main__ import main
from bot.config import Settings
from tests.promises import rows

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LAST = {"P": 21, "K": 12, "A": 12, "C": 16, "M": 18, "X": 13, "O": 8}
NAMES = [f"{letter}{number}" for letter, last in LAST.items() for number in range(1, last + 1)]


def test_every_promise_is_written_and_walked_through_once() -> None:
    assert list(rows()) == NAMES
    assert re.findall(r"^\| ([A-Z]\d+) \| .+ \|$", ARCHITECTURE, re.MULTILINE) == NAMES


def test_the_readme_names_every_command_of_the_command_line() -> None:
    missing = [name for name in main.commands if f"porchlight {name}" not in README]
    assert missing == []


def test_the_readmes_first_screen_has_the_two_commands() -> None:
    first = "\n".join(README.splitlines()[:25])
    assert "make try" in first
    assert "make test" in first


def test_every_target_is_named() -> None:
    targets = set(re.findall(r"^\.PHONY: ([a-z]+)$", MAKEFILE, re.MULTILINE)) - {"help", "axe"}
    assert {"install", "try", "test", "check", "bench", "soak", "promises", "lock"} <= targets
    assert [target for target in sorted(targets) if f"make {target}" not in README] == []


def test_every_section_and_key_of_the_configuration_is_told() -> None:
    example = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    for section, field in Settings.model_fields.items():
        assert f"[{section}]" in example
        assert f"`{section}`" in ARCHITECTURE
        for key in set(field.annotation.model_fields) - {"key", "token", "password"}:  # type: ignore[union-attr]
            assert re.search(rf"^{key} = ", example, re.MULTILINE), key


def test_files_that_documents_point_to_are_there() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name} points to {link}"


def test_nothing_names_a_machine_or_a_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(-i|--index|--extra-index|--find-links|-f)\b|://|/opt/|@ file", lock, re.MULTILINE)
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", lock.strip()))
