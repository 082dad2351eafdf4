"""Starts the playground as anybody does, and says how long it took and how much memory it holds."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
_ENVIRONMENT: Final = {
    **{name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")},
    "PYTHONPATH": str(ROOT),
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True)
class Started:
    """A playground that is ready: after how many seconds, and its process."""

    seconds: float
    pid: int


@contextmanager
def playground(folder: Path, *arguments: str) -> Iterator[Started]:
    """Start a playground; it is stopped at the end."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "try", "--no-open", *arguments],
        cwd=folder, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as bot:  # fmt: skip
        try:
            line = bot.stdout.readline() if bot.stdout is not None else ""
            if "http://127.0.0.1:" not in line:
                raise AssertionError("not started")
            yield Started(time.perf_counter() - start, bot.pid)
        finally:
            bot.send_signal(signal.SIGTERM)
            bot.wait(60)


def python(code: str) -> tuple[float, str]:
    """Run Python with some code; return seconds and what it printed."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_ENVIRONMENT)
    return time.perf_counter() - start, done.stdout


def resident(pid: int | str) -> float:
    """Return the resident memory of a process, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) / 1024
