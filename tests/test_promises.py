"""The machinery that says which promises are kept must itself be able to say no."""

import json
import re
from pathlib import Path

import pytest

from tests import promises
from tests.breaches.run import judge

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
DRIVER = "from tests.promises import drove\n"


@pytest.fixture
def house(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a folder with a test run of its own, in which the plugin is loaded."""
    pytester.makeini(
        f"""
        [pytest]
        testpaths = .
        pythonpath = {ROOT}
        markers = promise
        asyncio_default_fixture_loop_scope = function
        """
    )
    pytester.makeconftest("pytest_plugins = ['tests.promises']")
    return pytester


def run(house: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return house.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", *arguments)


def record(house: pytest.Pytester) -> dict[str, dict[str, list[str]]]:
    return promises.kept(json.loads((house.path / "build" / promises.RECORD).read_text()))


GOOD = """
import pytest
from tests.promises import drove

@pytest.mark.promise("P3", platform="local")
def test_one():
    drove("local")

@pytest.mark.promise("P3", platform="local")
@pytest.mark.promise("P4", platform="local")
def test_two():
    drove("local")

def test_unmarked():
    assert True
"""


@pytest.mark.parametrize("how", [(), ("-n", "2")])
def test_a_full_run_records_what_is_kept(house: pytest.Pytester, how: tuple[str, ...]) -> None:
    house.makepyfile(test_it=GOOD)
    run(house, *how).assert_outcomes(passed=3)
    assert record(house) == {
        "P3": {"local": ["test_it.py::test_one", "test_it.py::test_two"]},
        "P4": {"local": ["test_it.py::test_two"]},
    }


@pytest.mark.parametrize(
    "more",
    [
        "    assert False",
        "    pytest.skip('not today')",
        "    pytest.xfail('one day')",
    ],
)
def test_one_test_that_fails_or_is_skipped_breaks_its_promises_alone(house: pytest.Pytester, more: str) -> None:
    house.makepyfile(test_it=GOOD.replace("def test_two():\n    drove('local')", "").replace(
        'def test_two():\n    drove("local")', f'def test_two():\n    drove("local")\n{more}'
    ))  # fmt: skip
    run(house)
    assert record(house) == {}


def test_a_mark_without_its_driver_fails(house: pytest.Pytester) -> None:
    house.makepyfile(test_it=GOOD.replace('def test_one():\n    drove("local")', "def test_one():\n    pass"))
    result = run(house)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*nothing drove that platform*"])
    assert record(house) == {"P4": {"local": ["test_it.py::test_two"]}}


def test_driving_in_one_test_does_not_count_for_the_next(house: pytest.Pytester) -> None:
    house.makepyfile(test_it=GOOD.replace('def test_two():\n    drove("local")', "def test_two():\n    pass"))
    run(house).assert_outcomes(passed=2, failed=1)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ('"P99", platform="local"', "*there is no promise 'P99'*"),
        ('"C13", platform="local"', "*C13 holds on discord, not on 'local'*"),
        ('"P3", platform="telegram"', "*not on 'telegram'*"),
        ('"P3"', "*not on ''*"),
    ],
)
@pytest.mark.parametrize("how", [(), ("-n", "1")])
def test_a_mark_of_nothing_stops_the_run(house: pytest.Pytester, mark: str, said: str, how: tuple[str, ...]) -> None:
    house.makepyfile(test_it=f"import pytest\n@pytest.mark.promise({mark})\ndef test_it():\n    pass\n")
    result = run(house, *how)
    assert result.ret == (pytest.ExitCode.TESTS_FAILED if how else pytest.ExitCode.USAGE_ERROR)
    assert re.search(said.strip("*").replace("*", ".*"), result.stdout.str() + result.stderr.str())
    assert not how or not record(house)


@pytest.mark.parametrize("part", [("test_it.py",), ("-k", "one"), ("--promise", "P4"), ("--collect-only",)])
def test_half_a_run_is_not_recorded(house: pytest.Pytester, part: tuple[str, ...]) -> None:
    house.makepyfile(test_it=GOOD)
    run(house, *part)
    assert not (house.path / "build").exists()


def test_only_the_tests_of_a_promise_can_be_run(house: pytest.Pytester) -> None:
    house.makepyfile(test_it=GOOD)
    run(house, "--promise", "P4").assert_outcomes(passed=1, deselected=2)


def test_json_is_the_kept_promises_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "promises.json"
    tests = {
        "t::a": {"promises": [["P3", "local"]], "outcome": "passed"},
        "t::b": {"promises": [["P3", "local"], ["P4", "local"]], "outcome": "passed"},
        "t::c": {"promises": [["P4", "local"]], "outcome": "failed"},
    }
    file.write_text(json.dumps({"tests": tests}))
    assert promises.main(["--format", "json"], file) == 0
    assert json.loads(capsys.readouterr().out) == {"P3": {"local": ["t::a", "t::b"]}}
    assert promises.main([], file) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^P3 +kept 2", shown, re.MULTILINE)
    assert re.search(r"^P4 +broken", shown, re.MULTILINE)
    assert re.search(r"^local: 1 of \d+ promises kept$", shown, re.MULTILINE)


def test_without_a_full_run_nothing_is_claimed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert promises.main(["--format", "json"], tmp_path / "none.json") == 1
    assert capsys.readouterr().out == ""


def test_every_promise_says_something_once() -> None:
    found = promises.rows()
    assert len(found) == 100
    assert len({row.says for row in found.values()}) == len(found)
    assert all(len(row.says) <= 200 and row.says.endswith(".") for row in found.values())
    assert found["C13"].platforms == ("discord",)
    assert found["M8"].platforms == ("discord", "matrix")
    assert found["X9"].platforms == ("local",)


# --- breaches


def test_a_breach_that_turns_nothing_red_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def always_green(promises: list[str], breach: str) -> int:
        return pytest.ExitCode.OK

    def cannot_be_planted(promises: list[str], breach: str) -> int:
        return pytest.ExitCode.INTERNAL_ERROR if breach else pytest.ExitCode.OK

    def caught(promises: list[str], breach: str) -> int:
        return pytest.ExitCode.TESTS_FAILED if breach else pytest.ExitCode.OK

    def red_before(promises: list[str], breach: str) -> int:
        return pytest.ExitCode.TESTS_FAILED

    assert len(judge({"x": "P3"}, always_green)) == 1
    assert len(judge({"x": "P3"}, cannot_be_planted)) == 1
    assert len(judge({"x": "P3"}, red_before)) == 1
    assert judge({"x": "P3"}, caught) == []
    assert "caught" in capsys.readouterr().out


def test_a_planted_breach_is_applied_before_the_tests(house: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    house.makepyfile(
        test_it="import json\nfrom tests.promises import drove\nimport pytest\n"
        "@pytest.mark.promise('P3', platform='local')\ndef test_it():\n    drove('local')\n"
        "    assert json.dumps(1) == '1'\n"
    )
    planted = ROOT / "tests" / "breaches" / "planted_for_this_test.py"
    monkeypatch.setenv("PORCHLIGHT_BREACH", planted.stem)
    folder = house.path / "planted"
    folder.mkdir()
    (folder / planted.name).write_text(
        f"ID = '{planted.stem}'\nBREAKS = 'P3'\n"
        "def apply(patch):\n    patch.setattr('json.dumps', lambda value: 'broken')\n"
    )
    house.makeconftest(
        f"import tests.breaches\ntests.breaches.__path__.append({str(folder)!r})\npytest_plugins = ['tests.promises']"
    )
    assert run(house).ret == pytest.ExitCode.TESTS_FAILED
    assert not (house.path / "build").exists()
    monkeypatch.setenv("PORCHLIGHT_BREACH", "../secrets")
    assert run(house).ret == pytest.ExitCode.USAGE_ERROR
