"""Makes the environments of what we are compared with: each in a git-ignored folder of its own, versions pinned."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.processes import ROOT

NONEBOT: Final = (
    "nonebot2==2.5.0", "nonebot-adapter-discord==1.1.10", "aiohttp==3.14.5", "aiosqlite==0.22.1", "pydantic==2.14.3",
)  # fmt: skip
_FOLDER: Final = ROOT / ".venv-nonebot"
_PATIENCE: Final = 300.0


def nonebot(*, make: bool) -> Path | None:
    """Return the Python of nonebot2's environment.

    Args:
        make: Make it if it is not there, or holds other versions.

    Returns:
        None: It is not there, and was not to be made or could not be.
    """
    python, note = _FOLDER / "bin" / "python", _FOLDER / ".installed"
    pinned = "\n".join(NONEBOT)
    if python.exists() and note.exists() and note.read_text() == pinned:
        return python
    if not make:
        return None
    try:
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(_FOLDER)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *NONEBOT],
        ):
            subprocess.run(command, check=True, timeout=_PATIENCE, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return None
    note.write_text(pinned)
    return python
