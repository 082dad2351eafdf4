"""Makes the environments of what we are compared with: each in a git-ignored folder of its own, versions pinned."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.processes import ROOT

NONEBOT: Final = (
    "nonebot2==2.5.0", "nonebot-adapter-discord==1.1.10", "aiohttp==3.14.5", "aiosqlite==0.22.1", "pydantic==2.14.3",
)  # fmt: skip
MAUTRIX: Final = (
    "mautrix[encryption]==0.21.1", "python-olm==3.2.16", "aiohttp==3.14.5", "aiosqlite==0.22.1",
    "pycryptodome==4.4.0", "unpaddedbase64==2.1.0", "base58==2.1.1",
)  # fmt: skip
RUSTWORKX: Final = ("rustworkx==0.18.1", "numpy==2.4.6")
_PATIENCE: Final = 300.0


def nonebot(*, make: bool) -> Path | None:
    """Return the Python of nonebot2's environment: see `_environment`."""
    return _environment("nonebot", NONEBOT, make=make)


def mautrix(*, make: bool) -> Path | None:
    """Return the Python of mautrix' environment: see `_environment`."""
    return _environment("mautrix", MAUTRIX, make=make)


def rustworkx(*, make: bool) -> Path | None:
    """Return the Python of rustworkx' environment: see `_environment`."""
    return _environment("rustworkx", RUSTWORKX, make=make)


def _environment(name: str, packages: tuple[str, ...], *, make: bool) -> Path | None:
    """Return the Python of an environment.

    Args:
        name: Of the folder, less ``.venv-``.
        packages: What is in it.
        make: Make it if it is not there, or holds other versions.

    Returns:
        None: It is not there, and was not to be made or could not be.
    """
    folder = ROOT / f".venv-{name}"
    python, note = folder / "bin" / "python", folder / ".installed"
    pinned = "\n".join(packages)
    if python.exists() and note.exists() and note.read_text() == pinned:
        return python
    if not make:
        return None
    try:
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
        ):
            subprocess.run(command, check=True, timeout=_PATIENCE, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return None
    note.write_text(pinned)
    return python
