"""A round: everybody who joined it is brought together with one other, as many of them as can be.

The limits are those of `bot.domain.matching`, and they are hard: whoever does not fit is as if absent. Within them as
few as possible stay without a partner, as few of those as possible had none last time either, and those who met lately
are brought together again only where somebody would stay alone otherwise. A third joins two only if all three said
that this is fine.

First each takes the best of the next who fit, the scarcest first. Then augmenting paths (Edmonds, "Paths, trees, and
flowers", 1965) mend what that spoilt. Who fits whom is never written down, since among 10,000 that is 50 million
pairs: it is looked up lazily, among those who share a language. What mending may cost is bounded; up to `EXACT_UP_TO`
people it is always carried through, so that no better round exists.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

EXACT_UP_TO: Final = 60
"""People up to whom no round could leave fewer of them without a partner, third places apart."""

_LOOKS: Final = EXACT_UP_TO * EXACT_UP_TO * 3
"""How many pairs one search looks at."""

_ALL_LOOKS: Final = 100_000
"""How many pairs all searches of a pass look at together where there are more people than that."""

_NEXT: Final = 5
"""Among how many who fit somebody takes the one with most words in common."""

_TRIED: Final = 64
"""How many somebody looks at in order to find those."""

_STAND_INS: Final = 40
"""How many are tried in the place of somebody who stays alone, to see whether they can be a third."""

_PLACES: Final = {"direct": 1, "room": 2, "either": 3}


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who said yes to a round.

    Attributes:
        member: Whose yes it is (our id).
        platform: Where they can be met.
        group: The community's introduction group of theirs; empty where there are none.
        languages: Those they can talk in.
        way: One of `bot.domain.openings.WAYS`.
        place: One of `bot.domain.openings.PLACES`.
        someone_new: Not with somebody met in the last 30 days.
        trio: Three are fine as well.
        left_out: They stayed without a partner last time.
        words: Ids of the community's words chosen for this round.
        not_today: Ids of words that they do not want to meet today. Never shown.
    """

    member: str
    platform: str
    languages: tuple[str, ...]
    way: str
    place: str
    group: str = ""
    someone_new: bool = False
    trio: bool = False
    left_out: bool = False
    words: frozenset[str] = frozenset()
    not_today: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a round: who is introduced, two or three at a time, and who stays without a partner."""

    together: tuple[tuple[Joined, ...], ...]
    left: tuple[Joined, ...]


Pair = Callable[[Joined, Joined], bool]


def bring_together(joined: Iterable[Joined], *, apart: Pair, met: Pair, seed: bytes) -> Result:
    """Return who is introduced to whom.

    Args:
        joined: Everybody who joined, each member once.
        apart: Whether either of two keeps apart from the other.
        met: Whether two were introduced in the last 30 days.
        seed: Random bytes that break ties. With the same seed the same people give the same round, in whatever order
            they come.
    """
    people = sorted(joined, key=lambda one: hashlib.sha256(seed + one.member.encode()).digest())
    table = _Table(people, apart, met)
    for again in (False, True):
        table.again = again
        table.greedy()
        table.mend()
    table.make_up()
    table.thirds()
    return table.result()


class _Table:
    """Everybody by number, the scarcest first; who is with whom; and what decides who may be."""

    def __init__(self, people: list[Joined], apart: Pair, met: Pair) -> None:
        bits: defaultdict[str, int] = defaultdict(lambda: 1 << len(bits))
        tongues: defaultdict[str, int] = defaultdict(lambda: 1 << len(tongues))
        sizes: defaultdict[tuple[str, ...], int] = defaultdict(int)
        for one in people:
            for key in _keys(one):
                sizes[key] += 1
        # Stable: chance decides among those who are as scarce. Who was left out before comes first.
        people = sorted(people, key=lambda one: (not one.left_out, sum(sizes[key] for key in _keys(one))))
        self.people = people
        self.apart, self.met = apart, met
        self.again = False  # whether two who met lately may meet again
        self.left = 0  # how many pairs may still be looked at
        self.mate: list[int | None] = [None] * len(people)
        self.third: dict[int, int] = {}  # who joined two, and one of the two
        self.settled: set[int] = set()  # those in threes: nothing moves them
        self.words = [sum(bits[word] for word in one.words) for one in people]
        self.shuns = [sum(bits[word] for word in one.not_today) for one in people]
        self.tongue = [sum(tongues[language] for language in one.languages) for one in people]
        self.place = [_PLACES[one.place] for one in people]
        self.scene = [(one.platform, one.group, one.way) for one in people]
        self.rooms: dict[tuple[str, ...], list[int]] = {key: [] for key in sizes}
        for number, one in enumerate(people):
            for key in _keys(one):
                self.rooms[key].append(number)
        self.judged: dict[tuple[int, int], int] = {}

    # Who may be together

    def might(self, one: int, other: int) -> bool:
        """Return whether nothing stands between two that needs no looking up."""
        return bool(
            one != other
            and self.tongue[one] & self.tongue[other]
            and self.place[one] & self.place[other]
            and not self.shuns[one] & self.words[other]
            and not self.shuns[other] & self.words[one]
            and self.scene[one] == self.scene[other]
        )

    def fits(self, one: int, other: int) -> bool:
        """Return whether two may be together; unless ``again``, they must not have met lately."""
        return self.might(one, other) and self._rank(one, other) <= self.again

    def _rank(self, one: int, other: int) -> int:
        """Return 0 for two who did not meet lately, 1 for two who may meet again, 2 for two who may not."""
        pair = (one, other) if one < other else (other, one)
        rank = self.judged.get(pair)
        if rank is None:
            mine, theirs = self.people[one], self.people[other]
            if self.apart(mine, theirs):
                rank = 2
            elif self.met(mine, theirs):
                rank = 2 if mine.someone_new or theirs.someone_new else 1
            else:
                rank = 0
            self.judged[pair] = rank
        return rank

    def neighbours(self, one: int) -> Iterable[int]:
        """Return everybody who shares a language with somebody; some may come twice."""
        return chain.from_iterable(self.rooms[key] for key in _keys(self.people[one]))

    def free(self) -> list[int]:
        """Return who is with nobody, the scarcest first."""
        return [one for one, mate in enumerate(self.mate) if mate is None and one not in self.third]

    # The first pass

    def greedy(self) -> None:
        """Let each who is free take the best of the next who fit."""
        waiting = {key: [one for one in reversed(room) if self.mate[one] is None] for key, room in self.rooms.items()}
        for one in self.free():
            if self.mate[one] is None:
                other = self._choose(one, [waiting[key] for key in _keys(self.people[one])])
                if other is not None:
                    self.mate[one], self.mate[other] = other, one

    def _choose(self, one: int, rooms: list[list[int]]) -> int | None:
        """Return a free partner for somebody: of the first few who fit the one with most words in common."""
        found: list[int] = []
        for room in rooms:
            _tidy(room, self.mate)
            for other in islice(reversed(room), _TRIED):
                if self.might(one, other) and self.mate[other] is None and other not in found:
                    found.append(other)
                    if len(found) == _NEXT:
                        break
        words = self.words[one]
        found.sort(key=lambda other: -(words & self.words[other]).bit_count())
        return next((other for other in found if self._rank(one, other) <= self.again), None)

    # Mending

    def search(self, one: int, free: "_Free") -> "_Search":
        """Look for a way to change partners, as far as that may still cost something."""
        search = _Search(self, one, free, min(_LOOKS, self.left))
        self.left -= search.looked if len(self.people) > EXACT_UP_TO else 0
        return search

    def mend(self) -> None:
        """Find a partner for everybody for whom there is one if others change theirs."""
        self.left = _ALL_LOOKS
        free = {key: [one for one in room if self.mate[one] is None] for key, room in self.rooms.items()}
        for one in self.free():
            if self.mate[one] is None and self.left > 0:
                search = self.search(one, free)
                if search.end is not None:
                    search.flip(search.end)
                    for placed in (one, search.end):
                        for key in _keys(self.people[placed]):
                            free[key].remove(placed)

    def make_up(self) -> None:
        """Let those who had no partner last time change places with somebody who had one."""
        self.left = _ALL_LOOKS
        for one in self.free():
            if self.people[one].left_out and self.left > 0:
                search = self.search(one, {})
                other = next((other for other in search.outer if not self.people[other].left_out), None)
                if other is not None:
                    search.give_way(other)

    # Threes

    def thirds(self) -> None:
        """Let those who stay alone join two others, if all three said that this is fine."""
        self.left = _ALL_LOOKS
        some = any(one.trio for one in self.people)
        for one in self.free() if some else ():
            if self._join(one) or self.left <= 0:
                continue
            search = self.search(one, {})
            for other in [other for other in search.outer[1:] if self.people[other].trio][:_STAND_INS]:
                before = list(self.mate)
                search.give_way(other)
                if self._join(other):
                    break
                self.mate = before

    def _join(self, one: int) -> bool:
        """Let somebody join the first two whom they may; those they did not meet lately come first."""
        if not self.people[one].trio:
            return False
        found: tuple[int, int, int] | None = None
        for other in islice(self.neighbours(one), _LOOKS):
            mate = self.mate[other]
            if mate is None or other in self.settled or not self._three(one, other, mate):
                continue
            again = self._rank(one, other) + self._rank(one, mate)
            if found is None or again < found[0]:
                found = (again, other, mate)
            if not again:
                break
        if found is None:
            return False
        self.third[one] = found[1]
        self.settled.update((one, *found[1:]))
        return True

    def _three(self, one: int, other: int, mate: int) -> bool:
        """Return whether somebody may join two: pairwise, and all three in one language and at one place."""
        return bool(
            self.people[other].trio
            and self.people[mate].trio
            and self.tongue[one] & self.tongue[other] & self.tongue[mate]
            and self.place[one] & self.place[other] & self.place[mate]
            and self.fits(one, other)
            and self.fits(one, mate)
        )

    def result(self) -> Result:
        """Return what came of it."""
        thirds = {host: one for one, host in self.third.items()}
        together = []
        for one, mate in enumerate(self.mate):
            if mate is not None and one < mate:
                joins = [thirds[host] for host in (one, mate) if host in thirds]
                together.append(tuple(self.people[each] for each in (one, mate, *joins)))
        return Result(tuple(together), tuple(self.people[one] for one in self.free()))


_Free = dict[tuple[str, ...], list[int]]
"""Those who are free, by the language they share with others."""


class _Search:
    """A search for an augmenting path that begins with somebody who is free, flowers shrunk (Edmonds).

    Attributes:
        end: Somebody free at the other end; None if none was found.
        outer: Those who could be free in the place of the first, without anybody else being free for it.
        looked: How many pairs were looked at.
    """

    def __init__(self, table: _Table, root: int, free: "_Free", most: int) -> None:
        self._table = table
        self._root = root
        self._by: dict[int, int] = {}  # from whom somebody is reached who then changes their partner
        self._base: dict[int, int] = {}  # of the flower that somebody is in; without one it is themselves
        self._tree = [root]
        self._is_outer = {root}
        self.outer = [root]
        self.looked = 0
        self.end = self._run(free, most)

    def _run(self, free: "_Free", most: int) -> int | None:
        table = self._table
        for one in self.outer:  # grows meanwhile
            for key in _keys(table.people[one]):
                for other in free.get(key, ()):
                    self.looked += 1
                    if other != self._root and table.fits(one, other):
                        self._by[other] = one
                        return other
            for other in table.neighbours(one):
                self.looked += 1
                if self.looked > most:
                    return None
                mate = table.mate[other]
                if other in self._is_outer:
                    if mate != one and self._of(one) != self._of(other) and table.fits(one, other):
                        self._shrink(one, other)
                elif (
                    mate is not None and other not in self._by and other not in table.settled and table.fits(one, other)
                ):
                    self._by[other] = one
                    self._tree += (other, mate)
                    self._reach(mate)
        return None

    def _of(self, one: int) -> int:
        return self._base.get(one, one)

    def _reach(self, one: int) -> None:
        self._is_outer.add(one)
        self.outer.append(one)

    def _mate(self, one: int) -> int:
        mate = self._table.mate[one]
        assert mate is not None  # noqa: S101 - of everybody in the tree but its root, which is never asked for
        return mate

    def _shrink(self, one: int, other: int) -> None:
        """Make one of a ring of an odd number of people: each of them could be the one who is free."""
        base = self._meeting_point(one, other)
        ring: set[int] = set()
        self._mark(one, base, other, ring)
        self._mark(other, base, one, ring)
        self.looked += len(self._tree) // 4
        for each in self._tree:
            if self._of(each) in ring:
                self._base[each] = base
                if each not in self._is_outer:
                    self._reach(each)

    def _meeting_point(self, one: int, other: int) -> int:
        """Return where the ways from two back to the root come together."""
        passed = set()
        here = self._of(one)
        while here != self._of(self._root):
            passed.add(here)
            here = self._of(self._by[self._mate(here)])
        passed.add(here)
        here = self._of(other)
        while here not in passed:
            here = self._of(self._by[self._mate(here)])
        return here

    def _mark(self, one: int, base: int, child: int, ring: set[int]) -> None:
        while self._of(one) != base:
            mate = self._mate(one)
            ring.update((self._of(one), self._of(mate)))
            self._by[one] = child
            one, child = self._by[mate], mate

    def flip(self, end: int) -> None:
        """Let everybody on the way from the root to ``end`` change their partner."""
        table, here = self._table, end
        while True:
            before = self._by[here]
            then = table.mate[before]
            table.mate[here], table.mate[before] = before, here
            if then is None:
                return
            here = then

    def give_way(self, other: int) -> None:
        """Let one of the outer be free in the place of the root."""
        mate = self._mate(other)
        self._table.mate[other] = None
        self.flip(mate)


def _keys(one: Joined) -> tuple[tuple[str, ...], ...]:
    return tuple((one.platform, one.group, one.way, language) for language in one.languages)


def _tidy(room: list[int], mate: list[int | None]) -> None:
    """Take those who have a partner off the end of a list, and out of what is looked at once they are half of it."""
    while room and mate[room[-1]] is not None:
        room.pop()
    looked_at = room[-_TRIED:]
    free = [one for one in looked_at if mate[one] is None]
    if len(free) * 2 <= len(looked_at):
        room[-_TRIED:] = free
