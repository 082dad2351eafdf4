"""The Matrix adapter keeps the contract of all adapters, against a real homeserver."""

from tests.adapters.contract import AdapterContract, Bench
from tests.matrix.bench import Seen, bench

__all__ = ["bench"]


class TestMatrix(AdapterContract):
    async def test_cancelling_ends_it(self, bench: Bench) -> None:
        assert isinstance(bench.platform, Seen)
        await bench.platform.stop()  # one process alone has the account's state
        await super().test_cancelling_ends_it(bench)
