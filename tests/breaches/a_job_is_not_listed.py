"""Breach: one kind of message comes that was never listed."""

import pytest

from commands import JOBS, mine
from tests.peers.two_worlds import replace_command

ID = "a_job_is_not_listed"
BREAKS = "M3"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tuple(job for job in JOBS if job.kind != "peer.light-ends")
    replace_command(monkeypatch, "mine next", mine._next(listed))
