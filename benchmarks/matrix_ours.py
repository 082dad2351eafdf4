"""The bot as it is shipped, no slower than it can: ``python -m benchmarks.matrix_ours CONFIG``.

It sends at most 50 messages a second of its own accord (`adapters.matrix.sending`), which would be all that could be
measured; that limit is lifted here, and nothing else.
"""

import sys

from adapters.matrix import sending
from bot.__main__ import main

UNBOUND = 1e6


def lift() -> None:
    """Lift the limits."""
    sending.FASTEST = UNBOUND  # type: ignore[misc]
    sending.BURST = UNBOUND  # type: ignore[misc]


if __name__ == "__main__":
    lift()
    main(["run", "--config", sys.argv[1]])
