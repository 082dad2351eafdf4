"""Secrets stay secret: apart lists, pauses, limits and absence are alike, and so are a no and silence."""

import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.contract.card import Card
from bot.contract.command import Turn
from bot.contract.tables import Party, Profile, Tx
from bot.contract.text import text
from bot.domain.openings import Opening, Question
from commands import cards, introducing, rounds
from tests.breaches import a_press_is_refused_in_other_words
from tests.drivers import PLATFORMS, Evening, Person, every_platform
from tests.drivers.fixtures import EVENINGS
from tests.drivers.local import LocalEvening, LocalPerson, SimulatedEvening
from tests.peers import two_worlds
from tests.promises import drove

SEEDS = 10_000
CHUNKS = 20
IN_THE_ORDINARY_SUITE = 2
"""Chunks that every run of the tests plays; `make soak` plays the others."""


def judge(plan: Callable[[int], two_worlds.Plan], mattered: float, seeds: range) -> two_worlds.Verdict:
    """Play evenings in both worlds, and see that nobody could tell them apart.

    ``mattered``: the share in which the secret at least has to change what comes about, or nothing is proven.
    """
    drove("local")
    verdict = two_worlds.run(seeds, of=plan)
    assert verdict.seeds == len(seeds)
    assert not verdict.differing, f"seeds {verdict.differing[:10]}"
    assert verdict.moved >= mattered * len(seeds)
    return verdict


def judge_chunk(
    what: str,
    plan: Callable[[int], two_worlds.Plan],
    mattered: float,
    chunk: int,
    record_property: Callable[[str, object], None],
) -> None:
    """Judge one of the chunks of all seeds, and record what came of it."""
    each = SEEDS // CHUNKS
    moved = judge(plan, mattered, range(chunk * each, (chunk + 1) * each)).moved
    record_property("figure", f"two {what}: {each} seeds, 0 told apart; the secret mattered in {moved}")


@pytest.mark.promise("P6", platform="local")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "chunk",
    [pytest.param(one, marks=[pytest.mark.soak] if one >= IN_THE_ORDINARY_SUITE else []) for one in range(CHUNKS)],
)
def test_two_evenings_that_differ_in_a_secret_look_the_same_to_everybody_else(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    judge_chunk("evenings", two_worlds.plan, 0.3, chunk, record_property)


@pytest.mark.promise("P6", platform="local")
@pytest.mark.promise("P19", platform="local")
@pytest.mark.timeout(600)
def test_two_rounds_that_differ_in_a_secret_look_the_same_to_everybody_else() -> None:
    judge(two_worlds.round_plan, 0.25, range(120))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_many_rounds_that_differ_in_a_secret_look_the_same(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    judge_chunk("rounds", two_worlds.round_plan, 0.25, chunk, record_property)


@pytest.mark.promise("P6", platform="local")
@pytest.mark.promise("P18", platform="local")
@pytest.mark.timeout(600)
def test_two_cards_that_differ_in_a_secret_look_the_same_to_everybody_else() -> None:
    judge(two_worlds.card_plan, 0.25, range(120))


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_many_cards_that_differ_in_a_secret_look_the_same(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    judge_chunk("cards", two_worlds.card_plan, 0.25, chunk, record_property)


def ask_next_on_a_decline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breach: a no frees the slot, so the next candidate is asked when somebody declines."""

    def say_no(turn: Turn[Any], tx: Tx) -> Card:
        asked = tx.questions.get_for_change(turn.subject)
        opening = tx.openings.get_for_change(asked.opening) if asked is not None else None
        if asked is not None and opening is not None:
            tx.questions.save(replace(asked, ends_at=turn.now))
            introducing._ask_somebody(turn, tx, opening)
        return Card((text("peer-no-heard"),))

    two_worlds.replace_command(monkeypatch, "peer.no", say_no)


def refuse_an_apart_pair_in_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breach: whoever says yes to somebody who keeps apart is told at once that nothing comes of it."""
    usual = introducing.say_yes

    def say_yes(turn: Turn[Any], tx: Tx) -> Card:
        card = usual(turn, tx)
        asked = tx.questions.get_for_change(turn.subject)
        one = tx.members.get(asked.member) if asked is not None else None
        other = tx.members.get(asked.with_member) if asked is not None else None
        if one is not None and other is not None and introducing.keeps_apart(turn, tx, one)(other):
            return Card((text("peer-question-over"),))
        return card

    two_worlds.replace_command(monkeypatch, "peer.yes", say_yes)


def wait_less_where_nobody_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breach: an empty slot is cut short."""
    usual = introducing._ask_somebody

    def ask_somebody(turn: Turn[Any], tx: Tx, opening: Opening) -> None:
        usual(turn, tx, opening)
        if not [asked for asked in tx.questions.about(opening.id) if asked.ends_at > turn.now]:
            tx.agenda.put("peer.slot", opening.id, turn.now + timedelta(minutes=7), community=opening.community)

    monkeypatch.setattr(introducing, "_ask_somebody", ask_somebody)


def notice_too_late_who_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breach: that somebody left is noticed only when a round introduces them, and leaves another alone."""
    monkeypatch.setattr(rounds, "_here", lambda _, __, ___, guests: guests)


def notice_too_late_who_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breach: that somebody pauses is noticed only when a round introduces them, and leaves another alone."""
    usual = rounds._worked_out

    def worked_out(party: Party, *given: Any) -> tuple[tuple[str, ...], ...]:
        return usual(replace(party, guests=tuple(replace(one, paused_until=None) for one in party.guests)), *given)

    monkeypatch.setattr(rounds, "_worked_out", worked_out)


@pytest.mark.parametrize("breach", [notice_too_late_who_left, notice_too_late_who_pauses])
def test_a_planted_breach_of_a_round_is_seen(breach: Callable[[pytest.MonkeyPatch], None]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        breach(monkeypatch)
        assert two_worlds.run(range(120), stop_early=True, of=two_worlds.round_plan).differing


def answer_who_keeps_apart_in_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breach: whoever presses the card of somebody who keeps apart is told so at once."""
    two_worlds.replace_command(monkeypatch, "peer.glad-heard", a_press_is_refused_in_other_words.heard)


def tell_at_once_who_is_not_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breach: those whose yes comes after the best hear so when the slot ends, and not when all others do."""
    usual = cards.best

    def best(turn: Turn[Any], tx: Tx, opening: Opening, owner: Profile, yeses: Iterable[Question]) -> list[Question]:
        ranked = usual(turn, tx, opening, owner, yeses)
        for one in ranked[1:]:
            tx.agenda.put("peer.question-over", one.id, turn.now, member=one.member)
        return ranked

    monkeypatch.setattr(cards, "best", best)


@pytest.mark.parametrize("breach", [answer_who_keeps_apart_in_other_words, tell_at_once_who_is_not_the_best])
def test_a_planted_breach_of_a_card_is_seen(breach: Callable[[pytest.MonkeyPatch], None]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        breach(monkeypatch)
        assert two_worlds.run(range(200), stop_early=True, of=two_worlds.card_plan).differing


@pytest.mark.parametrize(
    "breach", [ask_next_on_a_decline, refuse_an_apart_pair_in_other_words, wait_less_where_nobody_is_free]
)
def test_a_planted_breach_is_seen(breach: Callable[[pytest.MonkeyPatch], None]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        breach(monkeypatch)
        assert two_worlds.run(range(500), stop_early=True).differing


@every_platform("P10")
async def test_apart_is_silent_one_sided_and_undone_only_by_its_owner(evening: Evening) -> None:
    birch, alder = evening.person("birch"), evening.person("alder")
    await alder.asks("peer words", {"word": "a loss", "mark": "not"})
    before = len(alder.was_sent())
    await birch.asks("peer apart", {"member": "alder"})
    assert len(alder.was_sent()) == before
    assert "empty" in await alder.asks("peer apart-list")
    assert "not on your list" in await alder.asks("peer together", {"member": "birch"})
    listed = await birch.asks("peer apart-list")
    assert ("Alder" in listed) is evening.lists_members
    assert "peer.together" in birch.choices()
    await alder.asks("mine forget")
    await alder.presses("mine.forget-yes")
    assert await birch.asks("peer apart-list") == listed, "it is its owner's, and not erased by whom it names"
    await birch.presses("peer.together")
    assert "empty" in await birch.asks("peer apart-list")


@every_platform("P10")
@pytest.mark.parametrize("owner", ["birch", "alder"])
@pytest.mark.parametrize("when", ["before", "while asked"])
async def test_two_who_keep_apart_are_never_introduced(evening: Evening, owner: str, when: str) -> None:
    other = "alder" if owner == "birch" else "birch"
    if when == "before":
        await evening.person(owner).asks("peer apart", {"member": other})
    await evening.person("alder").asks("peer light on")
    await evening.person("birch").asks("peer request", {"span": "1d"})
    if when == "while asked":
        await evening.person(owner).asks("peer apart", {"member": other})
        await evening.person("alder").presses("peer.yes")
    await evening.wind(hours=6)
    for name in ("birch", "alder"):
        assert not any("both said yes" in words for _, words in evening.person(name).was_sent())


@every_platform("P12")
async def test_someone_new_and_anyone_are_the_members_choice(evening: Evening) -> None:
    async def meet(**details: str) -> bool:
        await evening.person("alder").asks("mine stop")
        await evening.person("alder").asks("peer light on")
        await evening.person("birch").asks("peer request", details)
        asked = "peer.yes" in evening.person("alder").choices()
        if asked:
            await evening.person("alder").presses("peer.yes")
        await evening.person("birch").asks("mine stop")
        await evening.wind(days=1)
        return asked

    assert await meet()
    assert await meet(someone_new="no")
    assert not await meet(someone_new="yes")
    await evening.wind(days=30)
    assert evening.rows()["met"] == 0, "the memory of it ended by itself"
    assert await meet(someone_new="yes")


@pytest.mark.promise("P13", platform="local")
@pytest.mark.promise("P10", platform="local")
@pytest.mark.timeout(600)
def test_over_many_evenings_nobody_apart_is_introduced_and_nobody_paused_is_asked() -> None:
    drove("local")
    two_worlds.in_a_loop(many_evenings(range(250)))


async def many_evenings(seeds: range) -> None:
    simulated = await SimulatedEvening().start()
    stage = two_worlds.Stage(simulated)
    introduced = 0
    for seed in seeds:
        introduced += await one_evening(stage, random.Random(f"apart {seed}"))
    await simulated.stop()
    assert introduced > len(seeds) / 4, "evenings without introductions prove nothing"


async def one_evening(stage: two_worlds.Stage, chance: random.Random) -> int:
    """Let everybody do something at random; return how many introductions there were."""
    evening = await stage.fresh()
    told = Told()
    evening.world.watch(told.note)
    for name in two_worlds.PEOPLE[1:]:
        await evening.person(name).asks("peer light on", {"hours": "12", "questions": "5"})
    for _ in range(18):
        name, other = chance.sample(two_worlds.PEOPLE, 2)
        did = chance.choice(("light", "ask", "ask", "yes", "yes", "yes", "yes", "apart", "pause", "resume", "wind"))
        if did in {"apart", "pause"} and chance.random() < 0.5:
            continue
        if did == "yes":
            name = next((who for who in two_worlds.PEOPLE if "peer.yes" in evening.person(who).choices()), name)
        told.now(did, name, other)
        await one_thing(evening, did, evening.person(name), other, ask_first=chance.choice(("yes", "no")))
    assert told.wrong == []
    return len(told.introduced)


class Told:
    """Watches what people are told, and that nobody apart is introduced and nobody paused is asked."""

    def __init__(self) -> None:
        self.apart: set[frozenset[str]] = set()
        self.paused: set[str] = set()
        self.introduced: set[frozenset[str]] = set()
        self.wrong: list[str] = []

    def now(self, did: str, name: str, other: str) -> None:
        """Note what somebody is about to do."""
        if did == "apart":
            self.apart.add(frozenset({name, other}))
        elif did == "pause":
            self.paused.add(name)
        elif did == "resume":
            self.paused.discard(name)

    def note(self, event: Mapping[str, Any]) -> None:
        """Look at what somebody is told."""
        if event["kind"] != "say" or event.get("only_you"):
            return
        words = " ".join(event["card"]["lines"])
        if "both said yes" in words:
            pair = frozenset(name for name in two_worlds.PEOPLE if name.capitalize() in words)
            # Told after the evening: what is raised in here would count as trouble of the platform.
            self.wrong += ["apart"] if pair in self.apart else []
            self.wrong += ["paused"] if pair & self.paused else []
            self.introduced.add(pair)
        if two_worlds.QUESTION in words and str(event["place"])[1:] in self.paused:
            self.wrong.append("asked")


async def one_thing(evening: LocalEvening, did: str, person: LocalPerson, other: str, *, ask_first: str) -> None:
    """Do one thing of a random evening."""
    match did:
        case "light":
            await person.asks("peer light on")
        case "ask":
            await person.asks("peer request", {"place": "direct", "ask_first": ask_first})
        case "yes":
            await two_worlds.press(person, "yes")
        case "apart":
            await person.asks("peer apart", {"member": other})
        case "pause":
            await person.asks("peer pause", {"day": "1"})
        case "resume":
            await person.asks("peer resume")
        case _:
            await evening.wind(minutes=20)


SECRETS: Mapping[str, Callable[[Person], Awaitable[object] | None]] = {
    "no answer": lambda _: None,
    "apart": lambda holder: holder.asks("peer apart", {"member": "birch"}),
    "pause": lambda holder: holder.asks("peer pause", {"day": "2"}),
    "quiet hours": lambda holder: holder.asks("mine quiet", {"quiet_from": "11:00", "quiet_to": "23:00"}),
    "spent budget": lambda holder: holder.asks("mine limits", {"budget": "0"}),
    "left": lambda holder: holder.becomes(present=False),
    "timed out": lambda holder: holder.becomes(timed_out=True),
    "closed": lambda holder: holder.becomes(open=False),
}
"""What somebody may keep to themselves. All but the first keep them from being asked."""


async def what_others_see(evening: Evening, kind: str) -> list[object]:
    """Play one evening in which alder has a secret; return what birch, who asks, and rowan are shown, and when."""
    await evening.person("alder").asks("peer light on", {"hours": "12"})
    await evening.wind(minutes=1)
    await evening.person("rowan").asks("peer light on", {"hours": "12"})
    done = SECRETS[kind](evening.person("alder"))
    if done is not None:
        await done
    await evening.person("birch").asks("peer request", {"span": "2h", "place": "direct"})
    await evening.wind(hours=3)
    return [(evening.person(name).was_sent(), evening.person(name).sees()) for name in ("birch", "rowan")]


@pytest.mark.parametrize(
    "platform", [pytest.param(one, marks=pytest.mark.promise("P6", platform=one)) for one in PLATFORMS]
)
@pytest.mark.timeout(300)
async def test_an_absence_looks_the_same_whatever_its_cause(platform: str, tmp_path: Path) -> None:
    seen: dict[str, list[object]] = {}
    for kind in SECRETS:
        evening = await EVENINGS[platform](tmp_path / kind.replace(" ", "-")).start()
        seen[kind] = await what_others_see(evening, kind)
        asked = any("introduced?" in words for _, words in evening.person("alder").was_sent())
        assert asked is (kind == "no answer"), kind
        await evening.stop()
    absences = {kind: shown for kind, shown in seen.items() if kind != "no answer"}
    assert all(shown == absences["left"] for shown in absences.values()), [
        kind for kind, shown in absences.items() if shown != absences["left"]
    ]
    assert seen["no answer"] != absences["left"], "rowan is asked later, where alder was asked first"
