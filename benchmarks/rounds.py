"""A round: how long it takes to bring everybody together, and how near to the most that can be."""

import random
import subprocess
from array import array
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks import peers
from benchmarks.figures import SEED, Figure, Size, p50
from bot.domain.rounds import Joined, bring_together

HOW: Final = (
    "Who is brought together in a round, worked out from what was read: people of varied languages, ways, places and "
    "words, many of whom do not want to meet some words; one pair in fifty keeps apart, one in twenty met lately. "
    "Nobody is fine with three here: so an exact matching of the same people, by rustworkx, says how many pairs can be."
)
_PATIENCE: Final = 600.0
_WORDS: Final = tuple(f"w{number}" for number in range(25))


def people(number: int) -> list[Joined]:
    """Return those who join."""
    chance = random.Random(SEED)
    joined = []
    for one in range(number):
        words = frozenset(chance.sample(_WORDS, chance.randint(0, 5)))
        joined.append(
            Joined(
                f"{one:05}", "local", tuple(chance.sample(("en", "de", "es", "fr", "pt"), chance.choice((1, 1, 2)))),
                chance.choice(("text", "text", "voice")), chance.choice(("direct", "room", "either")),
                someone_new=chance.random() < 0.4, left_out=chance.random() < 0.05, words=words,
                not_today=frozenset(chance.sample(_WORDS, chance.choice((0, 0, 1, 3)))) - words,
            )
        )  # fmt: skip
    return joined


def apart(one: Joined, other: Joined) -> bool:
    """Return whether two keep apart."""
    return int(one.member) * int(other.member) % 50 == 7


def met(one: Joined, other: Joined) -> bool:
    """Return whether two met lately."""
    return (int(one.member) + int(other.member)) % 20 == 3


def _may(one: Joined, other: Joined) -> bool:
    return bool(
        one.way == other.way
        and {one.place, other.place} != {"direct", "room"}
        and not {*one.languages}.isdisjoint(other.languages)
        and not one.words & other.not_today
        and not other.words & one.not_today
        and not apart(one, other)
        and not (met(one, other) and (one.someone_new or other.someone_new))
    )


def _exact(python: Path | None, joined: list[Joined]) -> tuple[float, float] | None:
    """Return how many pairs there can be, and how many seconds it took to know; None without the library."""
    if python is None:
        return None
    given = array("I", [len(joined)])
    for one, other in combinations(range(len(joined)), 2):
        if _may(joined[one], joined[other]):
            given.extend((one, other))
    script = Path(__file__).with_name("rounds_exact.py")
    done = subprocess.run(
        [str(python), str(script)], input=given.tobytes(), capture_output=True, timeout=_PATIENCE, check=True
    )
    pairs, seconds = done.stdout.split()
    return float(pairs), float(seconds)


def _ours(joined: list[Joined], rounds: int) -> tuple[int, float]:
    """Return how many pairs we find, and the median of how many milliseconds it takes."""
    taken, pairs = [], 0
    for _ in range(rounds):
        began = perf_counter()
        pairs = len(bring_together(joined, apart=apart, met=met, seed=b"seed").together)
        taken.append(perf_counter() - began)
    return pairs, p50(taken, 1e3)


async def measure(size: Size) -> tuple[Figure, ...]:
    """Measure."""
    less, more = size.joined
    few, many = people(less), people(more)
    pairs, small = _ours(few, size.rounds)
    all_pairs, large = _ours(many, size.rounds)
    exact = _exact(peers.rustworkx(make=True) if size.peers else None, few)
    why = "rustworkx could not be had"
    most, seconds = exact or (None, None)
    return (
        Figure(f"rounds ours among {less:,} p50", small, "ms"),
        Figure(f"rounds rustworkx among {less:,}", seconds and seconds * 1e3, "ms", "" if exact else why),
        Figure(
            f"rounds ours to rustworkx among {less:,}",
            most and 100 * pairs / most,
            "%",
            "at least 99" if exact else why,
        ),
        Figure(f"rounds ours among {more:,} p50", large, "ms", "at most 500"),
        Figure(f"rounds ours together among {more:,}", 200 * all_pairs / more, "%"),
    )
