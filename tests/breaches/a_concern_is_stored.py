"""Breach: the words of a concern are kept, with what it is about."""

from dataclasses import replace

import pytest

from bot.contract.command import Turn
from bot.contract.effect import Relay
from bot.contract.tables import Tx
from commands import agreement_concern
from commands.agreement_concern import Raised
from tests.peers.two_worlds import replace_command

ID = "a_concern_is_stored"
BREAKS = "A3"


def apply(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = agreement_concern._raise

    def raises(turn: Turn[Raised], tx: Tx) -> Relay:
        relay = usual(turn, tx)
        concern, *_ = tx.agreements.concerns_of(turn.asker)
        agreement = tx.agreements.get(concern.agreement)
        assert agreement is not None
        tx.agreements.put(replace(agreement, title=turn.args.concern))
        return relay

    replace_command(monkeypatch, "agreement.concern", raises)
