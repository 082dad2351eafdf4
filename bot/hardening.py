"""What the process forbids itself: no core dump, no reading of its memory by others (PRIVACY, "Memory")."""

import ctypes
import os
import sys
from typing import Final

PR_SET_DUMPABLE: Final = 4
"""prctl(2). With 0 the kernel writes no core file, and /proc/<pid>/mem belongs to root alone."""


def harden() -> None:
    """Keep keys and drafts in memory from reaching a file: no core dumps, and files made are their owner's alone."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not everywhere

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
