"""Where a crash is rehearsed: before and after every durable write and every network call that changes something.

Before a write means: everything is done inside the transaction, commit is next. Live questions and reads change
nothing and have no points.
"""

from typing import Final

FAILPOINTS: Final = (
    "intent.commit",
    "intent.committed",
    "relay.perform",
    "relay.performed",
    "relay.commit",
    "relay.committed",
    "due.commit",
    "due.committed",
    "due.later.commit",
    "due.later.committed",
    "delivery.try.commit",
    "delivery.try.committed",
    "delivery.perform",
    "delivery.performed",
    "delivery.find",
    "delivery.found",
    "delivery.end.commit",
    "delivery.end.committed",
    "delivery.later.commit",
    "delivery.later.committed",
    "sweep.commit",
    "sweep.committed",
)
"""All names, in the order of a life: an intent, its relay, what is due, what leaves, the daily sweep."""


def nothing(name: str) -> None:
    """Do nothing: what a failpoint does outside crash tests."""
    del name
