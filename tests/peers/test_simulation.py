"""A made-up community lives for some days: nobody is asked more often, or at other times, than they set."""

import pytest

from benchmarks import simulation
from bot.store.openings import OpeningRows
from tests.peers.two_worlds import in_a_loop

MEMBERS, DAYS, BUSY = 60, 3, 8.0


def lived() -> simulation.Outcome:
    return in_a_loop(simulation.simulate(simulation.ours, MEMBERS, DAYS, BUSY))


def test_nobody_is_asked_more_often_than_they_set() -> None:
    outcome = lived()
    assert outcome.over == []
    assert outcome.questions > outcome.together > 0
    assert set(outcome.waited) <= set(outcome.opened), "every introduction answers a request"


def test_whoever_is_asked_too_often_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpeningRows, "spend", lambda *_: None)
    assert "light" in lived().over
