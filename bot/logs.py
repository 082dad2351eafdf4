"""The only way to log, built so that nothing a person wrote and no platform's id can come out.

Our own records are a constant name with facts that are numbers, booleans or short tokens. Records of libraries are
cut down to level, logger, file, line and exception class: their messages and arguments are never formatted.
What goes past logging (uncaught exceptions, warnings, what the event loop complains of) is routed here as well.
"""

import asyncio
import logging
import re
import sys
import threading
import time
import traceback
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

_ROOT: Final = Path(__file__).resolve().parent.parent
_OURS: Final = tuple(str(_ROOT / package) + "/" for package in ("bot", "commands", "adapters"))
_NAME: Final = re.compile(r"[a-z_]{1,40}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_ID_LIKE: Final = re.compile(r"[0-9]{12,}")
_LARGEST: Final = 10**12
_FRAMES: Final = 3
_CAUSES: Final = 3
_LEAVES: Final = 5
_KEY: Final = "porchlight_line"
_WARNED: Final = "porchlight_warned"


def _token(words: object) -> str:
    """Return short technical words as they are, anything else as a question mark."""
    made = str(words) if isinstance(words, str | int) else "?"
    return made if _TOKEN.fullmatch(made) and not _ID_LIKE.search(made) else "?"


def _kind(error: BaseException) -> str:
    """Return the class of an exception, of those in a group, and of what caused it. Never its text."""
    names: list[str] = []
    at: BaseException | None = error
    while at is not None and len(names) < _CAUSES:
        name = _token(type(at).__name__)
        if isinstance(at, BaseExceptionGroup):
            name += "(" + "+".join(_kind(one) for one in at.exceptions[:_LEAVES]) + ")"
        names.append(name)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "<".join(names)


def _leaf(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _where(trace: TracebackType | None) -> str:
    """Return file and line of the innermost frames that are ours, innermost first; else of the innermost one."""
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    ours = [f"{Path(file).relative_to(_ROOT).as_posix()}:{line}" for file, line in frames if file.startswith(_OURS)]
    if ours:
        return "<".join(reversed(ours[-_FRAMES:]))
    return _place(*frames[-1]) if frames else "nowhere"


def _place(file: str, line: int) -> str:
    return f"{_token(Path(file).name)}:{line}"


class Log:
    """The one log. ``replaced`` counts facts that were not fit to be written."""

    def __init__(self) -> None:
        """Start with nothing replaced."""
        self.replaced = 0
        self._logger = logging.getLogger("porchlight")

    def event(self, name: str, **facts: int | bool | str) -> None:
        """Write that something happened: a constant name and numbers, booleans or short tokens."""
        self._write(logging.INFO, name, facts, "")

    def trouble(self, name: str, error: BaseException, **facts: int | bool | str) -> None:
        """Write that something went wrong: with the exception's class and the place in our code, never its text."""
        self._write(logging.ERROR, name, facts, f" error={_kind(error)} at={_where(_leaf(error).__traceback__)}")

    def _write(self, level: int, name: str, facts: dict[str, int | bool | str], tail: str) -> None:
        if not self._logger.isEnabledFor(level):
            return
        if not _NAME.fullmatch(name):
            self.replaced += 1
            name = "unnamed"
        parts = [name, *(f"{self._fact_name(key)}={self._fact(value)}" for key, value in facts.items())]
        self._logger.log(level, name, extra={_KEY: " ".join(parts) + tail})

    def _fact_name(self, key: str) -> str:
        return key if _NAME.fullmatch(key) else self._fact(None)

    def _fact(self, value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int) and abs(value) < _LARGEST:
            return str(value)
        if isinstance(value, str) and (token := _token(value)) != "?":
            return token
        self.replaced += 1
        return "?"


log: Final = Log()
"""The one log."""


class _Safe(logging.Formatter):
    """Renders a record without its message, unless it is one of ours."""

    def format(self, record: logging.LogRecord) -> str:
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        level = record.levelname if _TOKEN.fullmatch(record.levelname) else str(record.levelno)
        ours = getattr(record, _KEY, None)
        if record.name == "porchlight" and isinstance(ours, str):
            return f"{when} {level} {ours}"
        line = f"{when} {level} library logger={_token(record.name)} from={_place(record.pathname, record.lineno)}"
        warned = getattr(record, _WARNED, None)
        if record.name == "warnings" and isinstance(warned, str):
            return f"{when} {level} warning {warned}"
        if record.exc_info and record.exc_info[1] is not None:  # asyncio passes False where there is no error
            line += f" error={_kind(record.exc_info[1])} at={_where(record.exc_info[2])}"
        return line


def setup(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send everything that is logged, by us or by others, through here, to ``stream`` (standard error).

    Args:
        level: Name of the least level that is written.
        stream: Where to.
    """
    logging.raiseExceptions = False  # otherwise a message that cannot be formatted is printed with its arguments
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    handler.setFormatter(_Safe())
    if level.upper() != "DEBUG":
        # Reduced to a place in its code, what a library merely mentions tells nobody anything.
        handler.addFilter(lambda record: hasattr(record, _KEY) or record.levelno >= logging.WARNING)
    for other in list(logging.root.manager.loggerDict.values()):
        if isinstance(other, logging.Logger):
            other.handlers.clear()
            other.propagate = True
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level.upper())
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned


def install_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Route what an event loop complains of here: its own handler prints exception texts and arguments."""
    loop.set_exception_handler(_loop_trouble)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        log.event("interrupted")
    else:
        log.trouble("uncaught", error.with_traceback(trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        log.trouble("uncaught_in_thread", args.exc_value)


def _unraisable(args: "sys.UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        log.trouble("unraisable", args.exc_value)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - the shape that Python asks for
    line: str | None = None,  # noqa: ARG001 - the same
) -> None:
    del message
    logging.getLogger("warnings").warning(
        "", extra={_WARNED: f"kind={_token(category.__name__)} from={_place(filename, lineno)}"}
    )


def _loop_trouble(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    del loop
    error = context.get("exception")
    if isinstance(error, BaseException):
        log.trouble("loop_trouble", error)
    else:
        log.event("loop_trouble")


# What is logged before `setup`, and by whoever imports us without it, must be as safe.
_last_resort = logging.StreamHandler()
_last_resort.setLevel(logging.WARNING)
_last_resort.setFormatter(_Safe())
logging.lastResort = _last_resort
