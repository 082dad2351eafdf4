"""A small catalogue, and a runtime around a store and a platform of paper."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.clock import VirtualClock
from bot.contract.card import Card, Option
from bot.contract.command import After, Catalogue, Command, Job, NoArgs, Prepared, Turn
from bot.contract.effect import NotSent, Refused, Relay, Say, Then
from bot.contract.facts import NAMING_AGE, Right
from bot.contract.intent import Done, Due
from bot.contract.params import Pick, Whole, Words, YesNo, param
from bot.contract.place import Room
from bot.contract.ports import Store
from bot.contract.tables import Community, Tx
from bot.contract.text import Said, text
from bot.domain.errors import Refusal
from bot.runtime import Runtime
from bot.runtime.failpoints import nothing
from tests.runtime.stage import ANN, BEN, HALL, HOME, PORCH, START, Chances, NoSealer, Stage

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Numbered:
    n: int = param(Whole(0, 999), default=0)


@dataclass(frozen=True, slots=True)
class Written:
    words: str = param(Words(200))
    more: tuple[str, ...] = param(Words(200, lines=3), default=())


@dataclass(frozen=True, slots=True)
class Formed:
    way: str = param(Pick(("text", "voice")))
    word: str = param(Pick(), default="")
    sure: bool = param(YesNo(), default=False)


def say(where: Any, what: str, n: int, **facts: Any) -> Say:
    return Say(where, Card((text(what, n=n),)), **facts)


def line(turn: Turn[Numbered], tx: Tx) -> Card:
    """Two messages, a job and a continuation: everything that a command may leave behind."""
    n = turn.args.n
    tx.outbox.put(say(HALL, "hall", n), then=Then("follow", (n,)))
    tx.outbox.put(say(PORCH, "porch", n))
    tx.agenda.put("later", f"subject{n}", turn.now + HOUR, facts=(n,))
    return Card((text("lined", n=n),))


def follow(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    (n,) = done.facts
    assert isinstance(n, int)
    tx.outbox.put(say(ANN, "refused" if isinstance(done.result, Refused) else "followed", n))


def later(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    (n,) = due.facts
    assert isinstance(n, int)
    tx.outbox.put(say(BEN, "later", n))


def refuse(turn: Turn[NoArgs], tx: Tx) -> Card:
    tx.outbox.put(say(HALL, "hall", 0))
    raise Refusal("busy")


def break_down(turn: Turn[NoArgs], tx: Tx) -> Card:
    tx.outbox.put(say(HALL, "hall", 0))
    raise KeyError("what somebody wrote")


def need(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Three live facts, and something written before the last is asked for."""
    turn.live.standing(ANN, (HOME,), NAMING_AGE)
    turn.live.readers(HALL)
    tx.outbox.put(say(HALL, "hall", 7))
    turn.live.present((HOME,))
    return Card((text("needed"),))


def relay(turn: Turn[Written], tx: Tx) -> Relay:
    return Relay(Say(BEN, Card((text("relayed", words=Said(turn.args.words)),))), "relay.after")


def relayed(turn: Turn[Written], tx: Tx) -> Card:
    tx.agenda.put("later", "relayed", turn.now + HOUR, facts=(1,))
    return Card((text("refused" if isinstance(turn.outcome, Refused) else "accepted", words=turn.args.words),))


def relay_kept(turn: Turn[Written], tx: Tx) -> Relay:
    tx.agenda.put("later", "kept", turn.now + HOUR, facts=(1,))
    return Relay(Say(BEN, Card((text("relayed", words=Said(turn.args.words)),))), "relay.kept", takes_back=True)


def kept(turn: Turn[Written], tx: Tx) -> Card:
    if isinstance(turn.outcome, NotSent):
        tx.agenda.cancel("kept")
    return Card((text("kept", words=turn.args.words),))


def write(turn: Turn[Written], tx: Tx) -> Card:
    tx.outbox.put(Say(HALL, Card((text("written", words=Said(turn.args.words)),))))
    return Card((text("done", words=turn.args.words, lines=len(turn.args.more)),))


def about(turn: Turn[Any], tx: Tx) -> Card:
    return Card((text("about", community=turn.community, right=int(turn.right), subject=turn.subject),))


def prepare(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"way": "voice"}, {"word": (Option("w1", text("common")),)})


def bad_job(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    tx.outbox.put(say(HALL, "hall", 0))
    raise ValueError("what somebody wrote")


CATALOGUE = Catalogue(
    all_commands=(
        Command("line up", line, Numbered, personal=False),
        Command("refuse", refuse),
        Command("break", break_down),
        Command("need", need),
        Command("tell", relay, Written),
        Command("relay.after", relayed, Written),
        Command("tell on", relay_kept, Written),
        Command("relay.kept", kept, Written),
        Command("write", write, Written),
        Command("about", about, right=Right.NONE),
        Command("about.unknown", about, right=Right.NONE, community=False),
        Command("here", about, community=False),
        Command("rule", about, right=Right.MODERATOR),
        Command("look", about, reads=True),
        Command("press.me", about),
        Command("fill", about, Formed, form=True, prepare=prepare),
    ),
    all_jobs=(Job("later", later), Job("bad", bad_job), Job("graced", later, grace=timedelta(minutes=10))),
    all_afters=(After("follow", follow),),
)


@dataclass
class Scene:
    """A runtime, and the world around it."""

    store: Store
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(START))
    catalogue: Catalogue = CATALOGUE
    failpoint: Callable[[str], None] = nothing

    def __post_init__(self) -> None:
        self.stage = Stage(self.clock)
        self.others: tuple[Stage, ...] = ()
        self.start()

    def start(self) -> Runtime:
        """Start anew, as after a crash: nothing that was in memory is left."""
        adapters = {stage.platform: stage for stage in (self.stage, *self.others)}
        self.runtime = Runtime(
            self.store, self.clock, self.catalogue, adapters, Chances, NoSealer(), b"r" * 32, self.failpoint
        )
        return self.runtime

    async def settle_in(self, community: str = "c1", space: Any = HOME) -> None:
        await self.store.write(lambda tx: tx.communities.add(Community(community, START), space))

    async def put(self, *effects: Any, **facts: Any) -> None:
        def work(tx: Tx) -> None:
            for effect in effects:
                tx.outbox.put(effect, **facts)

        await self.store.write(work)

    async def plan(self, kind: str, minutes: int, n: int = 1) -> None:
        at = self.clock.now() + timedelta(minutes=minutes)
        await self.store.write(lambda tx: tx.agenda.put(kind, f"{kind}{n}", at, facts=(n,)))


ROOMS = tuple(Room("stage", f"room{n}") for n in range(30))
