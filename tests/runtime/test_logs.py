"""Nothing that a person wrote, and no platform's id, comes out of the log: real processes, real streams."""

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.logs import Log, _Safe

ROOT = Path(__file__).parents[2]
CANARY = "kanarienvogel"

PROLOGUE = f"""
import asyncio, gc, logging, sys, threading, warnings
from bot.logs import install_loop, log, setup
WORDS = "{CANARY}"
setup("DEBUG", sys.stdout)
def wrong():
    raise ValueError(WORDS)
"""

LEAKS = {
    "a library's record with arguments": 'logging.getLogger("nio").warning("%s said " + WORDS, WORDS)',
    "a library's record at debug": 'logging.getLogger("discord.http").debug(WORDS)',
    "a record that cannot be formatted": 'logging.getLogger("nio").error("%d %d", WORDS)',
    "a record with its exception": """
try:
    wrong()
except ValueError:
    logging.getLogger("nio").exception(WORDS, stack_info=True)
""",
    "a library with a handler of its own": """
own = logging.getLogger("own")
own.addHandler(logging.StreamHandler(sys.stderr))
own.propagate = False
setup("DEBUG", sys.stdout)
own.warning(WORDS)
""",
    "a logger named by what came in": 'logging.getLogger("log " + WORDS).warning("x")',
    "a level named by what came in": 'logging.addLevelName(33, "l " + WORDS); logging.getLogger("x").log(33, "x")',
    "logging before setup": """
logging.root.handlers.clear()
logging.getLogger("nio").error(WORDS)
""",
    "a fact of ours that is no token": 'log.event("said", words="he said " + WORDS)',
    "a fact that is not even a string": 'log.event("said", words=[WORDS])',
    "a name of ours that is no constant": 'log.event("said " + WORDS)',
    "a name of a fact": 'log.event("said", **{"x " + WORDS: 1})',
    "an exception of ours": """
try:
    wrong()
except ValueError as error:
    log.trouble("broke", error)
""",
    "an exception that caused another": """
try:
    try:
        wrong()
    except ValueError as error:
        raise KeyError(WORDS) from error
except KeyError as error:
    log.trouble("broke", error)
""",
    "a group of exceptions": """
try:
    raise ExceptionGroup(WORDS, [ValueError(WORDS), ExceptionGroup(WORDS, [KeyError(WORDS)])])
except ExceptionGroup as error:
    log.trouble("broke", error)
""",
    "a class of exception named by what came in": """
try:
    raise type("Err " + WORDS, (Exception,), {})(WORDS)
except Exception as error:
    log.trouble("broke", error)
""",
    "a note on an exception": """
try:
    wrong()
except ValueError as error:
    error.add_note(WORDS)
    log.trouble("broke", error)
""",
    "an uncaught exception": "wrong()",
    "an uncaught exception in a thread": "t = threading.Thread(target=wrong); t.start(); t.join()",
    "an exception that cannot be raised": """
class Gone:
    def __del__(self):
        wrong()
Gone()
gc.collect()
""",
    "a warning": "warnings.warn(WORDS)",
    "a task nobody awaited": """
async def main():
    install_loop(asyncio.get_running_loop())
    async def broken():
        wrong()
    task = asyncio.create_task(broken(), name=WORDS)
    await asyncio.sleep(0.01)
    del task
    gc.collect()
asyncio.run(main(), debug=True)
""",
    "a callback of the loop": """
async def main():
    loop = asyncio.get_running_loop()
    install_loop(loop)
    loop.call_soon(lambda words: wrong(), WORDS)
    await asyncio.sleep(0.01)
    loop.call_exception_handler({"message": WORDS})
asyncio.run(main(), debug=True)
""",
    "a coroutine nobody awaited": """
async def main(words):
    pass
main(WORDS)
gc.collect()
""",
}


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROLOGUE + program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("leak", LEAKS)
def test_what_was_written_does_not_come_out(leak: str) -> None:
    out = run(LEAKS[leak])
    assert CANARY not in out, leak
    assert re.search(r"^\d{4}-\d\d-\d\dT[\d:]+Z [A-Z0-9]+ ", out, re.MULTILINE), "but something was logged"


def test_the_canary_would_be_heard() -> None:
    assert CANARY in run("print(WORDS)")
    assert CANARY in run('logging.root.handlers[0].setFormatter(None); logging.getLogger("nio").warning(WORDS)')


def written(caplog: pytest.LogCaptureFixture, **facts: object) -> tuple[str, int]:
    caplog.set_level(logging.INFO)
    log = Log()
    log.event("happened", **facts)  # type: ignore[arg-type]
    return _Safe().format(caplog.records[-1]).partition(" INFO ")[2], log.replaced


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (17, "17"),
        (True, "yes"),
        (False, "no"),
        ("due_failed", "due_failed"),
        ("two words", "?"),
        ("", "?"),
        ("x" * 41, "?"),
        ("@ann:example.org", "?"),
        ("123456789012345678", "?"),
        (123456789012345678, "?"),
        (1.5, "?"),
        (None, "?"),
        ("Ü", "?"),
    ],
)
def test_a_fact_is_a_number_or_a_short_token_or_nothing(
    fact: object, shown: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert written(caplog, fact=fact) == (f"happened fact={shown}", int(shown == "?"))


def test_trouble_names_class_and_place_in_our_code() -> None:
    out = run("""
from bot.contract.params import Whole
try:
    Whole(1, 2).parse(WORDS)
except Exception as error:
    log.trouble("broke", error, kind="x")
""")
    assert re.search(r"ERROR broke kind=x error=Refusal at=bot/contract/params\.py:\d+$", out.strip())


def test_records_below_the_level_are_not_written() -> None:
    assert run('setup("ERROR", sys.stdout); log.event("happened"); logging.getLogger("x").warning("x")') == ""


def test_a_record_that_says_that_there_is_no_error_is_written() -> None:
    record = logging.LogRecord("asyncio", logging.ERROR, "file.py", 1, "unclosed", (), None)
    record.exc_info = False  # type: ignore[assignment]  # as asyncio's own handler of troubles does
    assert "library logger=asyncio" in _Safe().format(record)
