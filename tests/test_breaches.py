"""Every promise that no comparable project keeps is guarded twice: by a test, and by a breach that turns it red."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.breaches.run import breaches, chosen
from tests.promises import rows

TESTS = Path(__file__).parent


def marked(source: str) -> Iterator[str]:
    """Give the promises that the tests of a file are marked with."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for call in node.decorator_list:
            if isinstance(call, ast.Call):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if name in {"every_platform", "promise"}:
                    yield from (str(one.value) for one in call.args if isinstance(one, ast.Constant))


def test_every_promise_of_ours_alone_that_has_a_test_has_a_breach() -> None:
    tested = {promise for file in TESTS.rglob("test_*.py") for promise in marked(file.read_text(encoding="utf-8"))}
    assert tested >= {"P6", "M1"}, "the marks are found"
    alone = {promise for promise, row in rows().items() if row.none}
    assert not (tested & alone) - set(breaches().values())


def test_every_breach_breaks_a_promise_that_has_a_test() -> None:
    tested = {promise for file in TESTS.rglob("test_*.py") for promise in marked(file.read_text(encoding="utf-8"))}
    assert set(breaches().values()) <= tested


def test_some_breaches_can_be_chosen_by_name_and_help_plants_none(capsys: pytest.CaptureFixture[str]) -> None:
    found = breaches()
    assert chosen([], found) == found
    assert chosen(["a_pass_is_named"], found) == {"a_pass_is_named": "K7"}
    for arguments, code in ((["--help"], 0), (["no_such_breach"], 2)):
        with pytest.raises(SystemExit) as ended:
            chosen(arguments, found)
        assert ended.value.code == code
    assert "no_such_breach" in capsys.readouterr().err
