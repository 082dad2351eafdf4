"""Live facts: asked of the adapters, kept for a minute at most."""

import asyncio
from collections import ChainMap, OrderedDict
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.contract.facts import (
    USUAL_AGE,
    Answer,
    Count,
    HowMany,
    Inside,
    IsInside,
    Keeps,
    Known,
    Missing,
    Present,
    Question,
    Readers,
    Spoken,
    Standing,
    Unanswered,
    WhatIsKept,
    WhatIsMissing,
    WhenSpoken,
    WhoIs,
    WhoIsIn,
    WhoReads,
)
from bot.contract.place import Member
from bot.contract.ports import Adapter, Clock
from bot.logs import log

MOST: Final = 4096
"""How many answers are kept."""

PATIENCE: Final = 10.0
"""Seconds after which a platform that was asked counts as away."""

AT_ONCE: Final = 8
"""How many questions are asked at once."""

_FITTING: Final[Mapping[type, type]] = {
    WhoIs: Standing,
    WhoReads: Readers,
    WhoIsIn: Present,
    WhenSpoken: Spoken,
    HowMany: Count,
    IsInside: Inside,
    WhatIsKept: Keeps,
    WhatIsMissing: Missing,
}


class Facts:
    """The answers of the last minute, by question. How old one may be is judged where it is used (`Live`)."""

    def __init__(self, adapters: Mapping[str, Adapter], clock: Clock) -> None:
        """Know whom to ask."""
        self._adapters = adapters
        self._clock = clock
        self._kept: OrderedDict[Question, Known] = OrderedDict()

    def of_turn(self, known: Iterable[Known], now: datetime, *, lately: bool = True) -> MutableMapping[Question, Known]:
        """Return the facts of one turn: what came along with it first, what was asked lately (if wished) behind it."""
        own: dict[Question, Known] = {}
        for one in known:
            sound = replace(one, at=min(one.at, now))  # from a clock that is ahead of ours it would never grow old
            own[one.question] = sound
            if not isinstance(one.answer, Unanswered):
                self._keep(sound)
        return ChainMap(own, self._kept) if lately else own

    async def fetch(self, questions: Iterable[Question], into: MutableMapping[Question, Known]) -> None:
        """Ask the platforms; that one did not answer counts for this turn only."""
        slots = asyncio.Semaphore(AT_ONCE)

        async def ask(question: Question) -> None:
            async with slots:
                answer = await self._answer(question)
            known = Known(question, answer, self._clock.now())
            into[question] = known
            if not isinstance(answer, Unanswered):
                self._keep(known)

        wanted = tuple(questions)
        if len(wanted) == 1:
            await ask(wanted[0])
            return
        async with asyncio.TaskGroup() as group:
            for question in wanted:
                group.create_task(ask(question))

    def _keep(self, known: Known) -> None:
        if isinstance(known.question, WhatIsKept):
            return  # it is the adapter's own memory, which forgets at once and costs nothing to ask
        before = self._kept.pop(known.question, None)
        self._kept[known.question] = known if before is None or before.at <= known.at else before
        oldest = self._clock.now() - USUAL_AGE
        while self._kept and (len(self._kept) > MOST or next(iter(self._kept.values())).at < oldest):
            self._kept.popitem(last=False)

    async def _answer(self, question: Question) -> Answer:
        if isinstance(question, WhoIsIn) and len({space.platform for space in question.spaces}) != 1:
            return await self._across(question)
        platform = _platform(question)
        adapter = self._adapters.get(platform)
        if adapter is None:
            return Unanswered()
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await adapter.tell(question)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong over there, we do not know
            log.trouble("tell_failed", error, platform=platform)
            return Unanswered()
        return answer if isinstance(answer, _FITTING[type(question)]) else Unanswered()

    async def _across(self, question: WhoIsIn) -> Answer:
        """Put together who is in spaces of several platforms."""
        members: list[Member] = []
        for platform in sorted({space.platform for space in question.spaces}):
            answer = await self._answer(
                WhoIsIn(tuple(space for space in question.spaces if space.platform == platform))
            )
            if not isinstance(answer, Present):
                return answer
            if answer.members is None:
                return Present(None)
            members.extend(answer.members)
        return Present(tuple(members))


def _platform(question: Question) -> str:
    match question:
        case WhoIs():
            return question.member.platform
        case WhoReads() | WhenSpoken() | HowMany() | IsInside():
            return question.room.platform
        case WhoIsIn():
            return question.spaces[0].platform
        case WhatIsKept():
            return question.platform
        case WhatIsMissing():
            return question.place.platform
