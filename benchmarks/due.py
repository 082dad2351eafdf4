"""Finding what is due among few and among many rows that are not."""

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.bench import CLOCK, store_at
from benchmarks.figures import Figure, Size, interleave, p50
from benchmarks.rows import plan
from bot.store.engine import SqlStore

HOW: Final = (
    "What the scheduler asks (the 50 rows that are due, then when the next one is) of two databases that differ only "
    "in how many rows are pending; 50 are due in both."
)
DUE: Final = 50


async def _look(store: SqlStore) -> None:
    now = CLOCK.now()
    if len(await store.read(lambda tx: tx.due.due(now, DUE))) != DUE:
        raise AssertionError("not found")
    await store.read(lambda tx: tx.due.next_at())


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:
        few, many = (store_at(Path(name) / part / "porchlight.db", durable=False) for part in ("few", "many"))
        async with few.session(), many.session():
            plan(Path(name) / "few" / "porchlight.db", size.few, due=DUE)
            plan(Path(name) / "many" / "porchlight.db", size.many, due=DUE)
            calls = max(2, size.calls // 2)
            small, large = await interleave(size.rounds, calls, lambda _: _look(few), lambda _: _look(many))
    return (
        Figure(f"due among {size.few:,} p50", p50(small), "us"),
        Figure(f"due among {size.many:,} p50", p50(large), "us"),
        Figure("due ratio", p50(large) / p50(small), "x", "at most 1.2"),
    )
