"""Ranking the candidates of a new opening among those that wait."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks.bench import CLOCK, KEYS, PLATFORM, store_at
from benchmarks.figures import SEED, Figure, Size, interleave, p50
from bot.chance import SeededChance
from bot.contract.command import NoArgs, Turn
from bot.contract.facts import Live
from bot.contract.place import Member, Space
from bot.contract.queues import WorkTx
from bot.contract.tables import Community, Entry, Profile
from bot.domain.openings import Opening
from bot.store.engine import SqlStore
from bot.store.sealed import SealedSubjects
from commands.introducing import _ranked

HOW: Final = (
    "All that happens in the transaction from a new opening to its candidates in order (read, fit, keep apart, met "
    "before, words in common), on a file, with waiting openings of varied languages, places and words."
)


def _opening(chance: random.Random, number: int) -> Opening:
    now = CLOCK.now()
    return Opening(
        id=f"o{number}", community="c", member=f"m{number}", platform=PLATFORM, asks=False,
        languages=tuple(chance.sample(("en", "de", "fr"), chance.randint(1, 2))),
        way="text", place=chance.choice(("room", "direct", "either")),
        opened_at=now - timedelta(seconds=chance.randint(1, 9_999)), ends_at=now + timedelta(days=1),
        words=frozenset(chance.sample([f"w{n}" for n in range(10)], 2)),
    )  # fmt: skip


def _fill(tx: WorkTx, number: int) -> None:
    chance = random.Random(SEED)
    now = CLOCK.now()
    tx.communities.add(Community("c", now), Space(PLATFORM, "space"))
    tx.communities.set_words("c", [Entry(f"w{n}", f"word {n}") for n in range(10)])
    for one in range(number + 1):
        tx.members.add(Profile(f"m{one}", Member(PLATFORM, str(one)), chance.randbytes(16), now))
        tx.openings.add(_opening(chance, one))


def _find(tx: WorkTx) -> int:
    now = CLOCK.now()
    opening, owner = tx.openings.get("o0"), tx.members.get("m0")
    if opening is None or owner is None:
        raise AssertionError("not there")
    turn = Turn(now, NoArgs(), Live(now, {}), SeededChance(SEED), SealedSubjects(KEYS), {})
    return len(list(_ranked(turn, tx, opening, owner)))


async def _look(store: SqlStore) -> None:
    await store.read(_find)


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    less, more = size.waiting
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-") as name:
        few, many = (store_at(Path(name) / part / "porchlight.db", durable=False) for part in ("few", "many"))
        async with few.session(), many.session():
            await few.write(lambda tx: _fill(tx, less))
            await many.write(lambda tx: _fill(tx, more))
            rounds = max(2, size.rounds // 5)
            small, large = await interleave(rounds, 1, lambda _: _look(few), lambda _: _look(many))
    return (
        Figure(f"matching among {less:,} p50", p50(small, 1e3), "ms"),
        Figure(f"matching among {more:,} p50", p50(large, 1e3), "ms"),
        Figure("matching ratio", p50(large) / p50(small), "x"),
    )
