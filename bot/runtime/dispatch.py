"""From an intent to its reply; from what is due, and from what has left, to what follows. One way for all of them.

The way of an intent: seen before? -> words to values -> community -> right -> handler, in one transaction, which is
rolled back and run again for every live fact that is wanted. The reply is made after commit.
"""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from bot.contract.card import Card, Choice, Field, Form, Option
from bot.contract.codec import dumps
from bot.contract.command import Command, NoArgs, Prepared, Turn
from bot.contract.effect import Accepted, NotSent, Refused, Relay, Result, Unsure
from bot.contract.facts import Live, Right, Unreachable
from bot.contract.intent import Done, Due, Intent, Reply
from bot.contract.params import Param, Pick, Picks, Raw, YesNo, free_texts, params, values
from bot.contract.place import Place
from bot.contract.queues import Leaving, WorkTx
from bot.contract.tables import Tx
from bot.contract.text import Fact, Said, Text, Voice, text
from bot.domain.errors import Refusal
from bot.logs import log
from bot.runtime.community import Standpoint, place_of
from bot.runtime.drafts import Drafts
from bot.runtime.ground import Ground
from bot.runtime.lanes import Full, Lanes
from bot.runtime.sending import send

RELAY_TRIES: Final = 3
RELAY_PATIENCE: Final = 8.0
"""Seconds for each try: somebody waits for the answer, and meanwhile takes one of the places for all (`Lanes`)."""
RELAY_WAIT: Final = 8.0
"""Seconds in all that a platform may ask to wait before it takes something: where one must go slowly, for instance."""


@dataclass
class _Speech:
    """How the asker is spoken to, as far as is known by now: a refusal must be spoken as well."""

    voice: Voice


@dataclass(frozen=True, slots=True)
class _Shown:
    """What was given is to be shown back first."""

    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Where:
    """It has to be asked first which community is meant."""

    card: Card


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the first transaction came to. ``made`` is None when the event was handled before."""

    made: Card | Relay | _Shown | _Where | None
    stand: Standpoint = field(default_factory=Standpoint)
    args: Any = None


@dataclass(frozen=True)
class _Ask:
    """An intent on its way, with the words to be used for it."""

    intent: Intent
    command: Command[Any]
    raw: Mapping[str, Raw]
    speech: _Speech
    said_at: datetime | None = None
    """When its words were shown back, if they have been confirmed."""


class _NotYet(Exception):  # noqa: N818 - rolls back
    """A row was moved into the future while it was being picked up."""


class Dispatch:
    """Runs what handlers there are."""

    def __init__(self, ground: Ground) -> None:
        """Start with no drafts and empty lanes."""
        self._ground = ground
        self.drafts = Drafts()
        self.lanes = Lanes()

    # What people ask

    async def ask(self, intent: Intent) -> Reply:
        """Do what was asked."""
        speech = _Speech(Voice(locale=intent.locale or Voice().locale))
        try:
            async with self.lanes.turn(self._lane(intent)):
                card = await self._guarded(intent, speech)
        except Full:
            log.event("lane_full", platform=intent.member.platform)
            card = _no(Refusal("busy"))
        return Reply(card, speech.voice)

    def _lane(self, intent: Intent) -> Place:
        """Return whose turn it is: what somebody asks for themselves waits for nobody else who is in the same room."""
        command = self._ground.catalogue.commands.get(intent.command)
        if intent.room is None or command is None or command.personal:
            return intent.member
        return intent.room

    async def _guarded(self, intent: Intent, speech: _Speech) -> Card | None:
        try:
            match intent.command:
                case "draft.use":
                    return await self._use(intent, speech)
                case "draft.leave":
                    self.drafts.take(intent.subject, intent.member, self._ground.clock.now())
                    await self._tune(intent, speech)
                    return Card((text("draft-left"),))
                case _:
                    return await self._run(self._asked(intent, speech))
        except Refusal as refusal:
            return _no(refusal)
        except Unreachable:
            return _no(Refusal("platform-away"))
        except Exception as error:  # noqa: BLE001 - a bug in one handler ends with its intent
            log.trouble("handler_failed", error, command=self._name(intent.command))
            return Card((text("went-wrong"),))

    def _name(self, command: str) -> str:
        return command.replace(" ", "-") if command in self._ground.catalogue.commands else "unknown"

    def _asked(self, intent: Intent, speech: _Speech) -> _Ask:
        command = self._ground.catalogue.commands.get(intent.command)
        if command is None:
            return _Ask(intent, self._ground.catalogue.commands["about.unknown"], {}, speech)
        raw = intent.args
        if command.typed and command.community and intent.subject:
            before = self.drafts.told_where(intent, self._ground.clock.now())
            raw = raw or before
        return _Ask(intent, command, raw, speech)

    async def _run(self, ask: _Ask) -> Card | None:
        """Run a command in its transaction, and do what follows commit."""
        point = "" if ask.command.reads else "intent"
        asked = await self._ground.with_facts(
            point, lambda tx, live, now: self._first(ask, tx, live, now), ask.intent.known, lately=_lately(ask.command)
        )
        match asked.made:
            case _Shown(lines):
                return self._show(ask, lines)
            case _Where(card):
                if ask.raw:
                    self.drafts.ask_where(ask.intent, ask.raw, self._ground.clock.now())
                return card
            case Relay():
                return await self._relay(ask, asked, asked.made)
            case made:
                return made

    def _first(self, ask: _Ask, tx: WorkTx, live: Live, now: datetime) -> _Asked:
        """Do what a command does, inside its transaction."""
        intent, command = ask.intent, ask.command
        if not (command.reads or command.again) and not tx.seen.first_time(intent.member.platform, intent.key, now):
            return _Asked(None)
        ask.speech.voice = _voice(tx, intent, "")
        args = values(command.args, ask.raw)
        stand = place_of(tx, live, intent, command)
        if isinstance(stand, Card):
            return _Asked(_Where(stand))
        if stand.community:
            ask.speech.voice = _voice(tx, intent, stand.community)
        turn = replace(self._turn(intent, stand, args, live, now, "intent"), said_at=ask.said_at)
        if ask.said_at is None and (lines := _echo(command, turn, tx)):
            return _Asked(_Shown(lines))
        return _Asked(command.run(turn, tx), stand, args)

    def _turn(self, intent: Intent, stand: Standpoint, args: Any, live: Live, now: datetime, stage: str) -> Turn[Any]:
        return Turn(
            now=now,
            args=args,
            live=live,
            chance=self._ground.chance(f"{stage} {intent.member.platform} {intent.key}"),
            sealer=self._ground.sealer,
            can=self._ground.can,
            calendars=self._ground.calendars,
            member=intent.member,
            community=stand.community,
            subject=intent.subject,
            space=intent.space,
            room=intent.room,
            locale=intent.locale,
            right=stand.right,
        )

    async def _tune(self, intent: Intent, speech: _Speech) -> None:
        speech.voice = await self._ground.store.read(lambda tx: _voice(tx, intent, ""))

    # Drafts

    def _show(self, ask: _Ask, lines: tuple[Text, ...]) -> Card:
        """Keep what was typed and show it back."""
        intent = replace(ask.intent, args=ask.raw)
        token = self._ground.chance(f"draft {intent.member.platform} {intent.key}").new_id()
        self.drafts.keep(token, intent, self._ground.clock.now())
        return Card(
            lines,
            choices=(
                Choice("draft.use", text("choice-draft-use"), subject=token),
                Choice(intent.command, text("choice-draft-again"), subject=intent.subject),
                Choice("draft.leave", text("choice-draft-leave"), subject=token),
            ),
        )

    async def _use(self, pressed: Intent, speech: _Speech) -> Card | None:
        """Run the command whose words were confirmed. The event that counts is the press."""
        now = self._ground.clock.now()
        draft = self.drafts.take(pressed.subject, pressed.member, now)
        if draft is None:
            first = await self._ground.write(
                "intent", lambda tx: tx.seen.first_time(pressed.member.platform, pressed.key, now)
            )
            await self._tune(pressed, speech)
            return Card((text("draft-lost"),)) if first else None
        intent = replace(draft.intent, key=pressed.key, known=pressed.known, locale=pressed.locale)
        command = self._ground.catalogue.commands[intent.command]
        try:
            return await self._run(_Ask(intent, command, intent.args, speech, draft.shown_at))
        except Exception:
            self.drafts.put_back(draft, now)  # nothing came of it, so nothing need be typed again
            raise

    # Relays

    async def _relay(self, ask: _Ask, asked: _Asked, relay: Relay) -> Card:
        """Send what must not be stored, and only then let the handler say that it was sent."""
        intent = ask.intent
        secret = f"{intent.member.platform}\0{intent.key}".encode()
        key = _short(hmac.digest(self._ground.relay_key, b"key\0" + secret, hashlib.sha256), 25)
        mark = _short(hmac.digest(self._ground.relay_key, b"mark\0" + secret, hashlib.sha256), 16)
        # The asker is spoken to as ever; without a profile only their platform says in which language.
        own = relay.effect.to == intent.member
        voice = (
            ask.speech.voice
            if own
            else await self._ground.store.read(lambda tx: tx.voice(relay.effect.to, asked.stand.community))
        )
        adapter = self._ground.adapters.get(relay.effect.to.platform)
        outcome: Result = NotSent()
        landed, may_wait = False, RELAY_WAIT
        for _ in range(RELAY_TRIES if adapter is not None else 0):
            assert adapter is not None  # noqa: S101 - no rounds without one
            self._ground.failpoint("relay.perform")
            outcome = await send(adapter, key, mark, relay.effect, voice, patience=RELAY_PATIENCE)
            self._ground.failpoint("relay.performed")
            landed = landed or isinstance(outcome, Unsure)
            if isinstance(outcome, Accepted | Refused):
                break
            if isinstance(outcome, NotSent) and outcome.wait:
                if outcome.wait > may_wait:
                    break
                may_wait -= outcome.wait
                await asyncio.sleep(outcome.wait)
        if isinstance(outcome, Accepted | Refused):
            return await self._after_relay(ask, asked, relay, outcome)
        if landed:
            raise Refusal("relay-unsure")
        if relay.takes_back:
            await self._after_relay(ask, asked, relay, NotSent())
        raise Refusal("platform-away")

    async def _after_relay(self, ask: _Ask, asked: _Asked, relay: Relay, outcome: Accepted | Refused | NotSent) -> Card:
        """Let the handler say how it ended."""
        intent, then = ask.intent, self._ground.catalogue.commands[relay.then]

        def after(tx: WorkTx, live: Live, now: datetime) -> Card | Relay:
            turn = self._turn(intent, asked.stand, asked.args, live, now, "relay")
            return then.run(replace(turn, outcome=outcome, said_at=ask.said_at), tx)

        try:
            card = await self._ground.with_facts("relay", after, intent.known)
        except Exception as error:
            if not isinstance(outcome, Accepted):
                raise
            # It is there, whatever happened here: to say that nothing was done would be untrue.
            log.trouble("after_relay_failed", error, command=self._name(relay.then))
            return Card((text("relay-sent"),))
        if isinstance(card, Relay):
            raise TypeError("relay_after_relay")
        return card

    # Forms

    async def form(self, intent: Intent) -> Form | Reply:
        """Return the form of a command, or why there is none."""
        speech = _Speech(Voice(locale=intent.locale or Voice().locale))
        command = self._ground.catalogue.commands.get(intent.command)
        if command is None:
            return await self.ask(intent)
        asked: Command[Any] = command
        typed = self.drafts.typed(intent.member, command.name, self._ground.clock.now())
        try:
            async with self.lanes.turn(self._lane(intent)):
                made = await self._ground.with_facts(
                    "",
                    lambda tx, live, now: self._form(asked, intent, speech, typed, tx, live, now),
                    intent.known,
                    lately=_lately(asked),
                )
        except Full:
            made = _no(Refusal("busy"))
        except Refusal as refusal:
            made = _no(refusal)
        except Unreachable:
            made = _no(Refusal("platform-away"))
        except Exception as error:  # noqa: BLE001 - a bug in one preparation ends with its intent
            log.trouble("form_failed", error, command=self._name(intent.command))
            made = Card((text("went-wrong"),))
        return Reply(made, speech.voice) if isinstance(made, Card) else made

    def _form(
        self,
        command: Command[Any],
        intent: Intent,
        speech: _Speech,
        typed: Sequence[Intent],
        tx: Tx,
        live: Live,
        now: datetime,
    ) -> Form | Card:
        speech.voice = _voice(tx, intent, "")
        stand = place_of(tx, live, intent, command)
        if isinstance(stand, Card):
            return stand
        if stand.community:
            speech.voice = _voice(tx, intent, stand.community)
        turn = self._turn(intent, stand, NoArgs(), live, now, "form")
        prepared = command.prepare(turn, tx) if command.prepare is not None else Prepared()
        subject = intent.subject or (stand.community if command.typed and command.community else "")
        before: Mapping[str, Raw] = next((one.args for one in typed if one.subject in {"", subject}), {})
        return Form(
            command.name,
            Text(command.text_id),
            tuple(
                Field(
                    name=one.name,
                    kind=one.kind,
                    label=Text(f"param-{one.name}"),
                    required=one.required,
                    value=before.get(one.name, prepared.values.get(one.name, "")),
                    options=prepared.options.get(one.name, _options(one)),
                )
                for one in params(command.args)
                if one.name not in prepared.without
            ),
            subject,
            speech.voice,
        )

    # What is due, and what has left

    async def due(self, row: Due) -> None:
        """Take a row off the agenda and do its work, in one transaction; what is heavy in it before, in a thread.

        Raises:
            Exception: What the job raised; then the row is still there.
        """
        worked_out = await self._worked_out(row)

        def work(tx: WorkTx, live: Live, now: datetime) -> bool:
            due = tx.due.take(row.id)
            if due is None:
                return True
            if due.due_at > now:
                raise _NotYet
            job = self._ground.catalogue.jobs[due.kind]
            if job.grace is not None and now - due.due_at > job.grace:
                return False
            turn = self._plain_turn(f"due {due.kind} {due.subject} {due.due_at.isoformat()}", live, now)
            job.run(replace(turn, worked_out=worked_out), tx, due)
            return True

        try:
            in_time = await self._ground.with_facts("due", work)
        except _NotYet:
            return
        if not in_time:
            log.event("missed", kind=row.kind)

    async def _worked_out(self, row: Due) -> object:
        """Do what a job has for a thread: the loop goes on meanwhile, and no transaction is open."""
        heavy = self._ground.catalogue.jobs[row.kind].heavy
        if heavy is None:
            return None
        event = f"heavy {row.kind} {row.subject} {row.due_at.isoformat()}"
        work = await self._ground.with_facts(
            "", lambda tx, live, now: heavy(self._plain_turn(event, live, now), tx, row)
        )
        return await asyncio.to_thread(work)

    async def done(self, row: Leaving, result: Accepted | Refused, *, follow: bool = True) -> None:
        """End a row of the outbox and tell its continuation, in one transaction.

        Args:
            row: The row.
            result: How it ended.
            follow: Whether the continuation is run.

        Raises:
            Exception: What the continuation raised; then the row is still there.
        """

        def work(tx: WorkTx, live: Live, now: datetime) -> None:
            there = tx.leaving.get(row.id)
            if there is None:
                return
            if isinstance(result, Accepted):
                tx.leaving.done(row.id, result.id, now)
            else:
                tx.leaving.dead(row.id, result.reason, now)
            # What was called back meanwhile is over: nobody waits for how it ended.
            if follow and there.then is not None and not there.recalled:
                after = self._ground.catalogue.afters[there.then.name]
                done = Done(row.id, there.effect, result, there.then.facts)
                event = f"done {there.then.name} {now.isoformat()} {fingerprint((row.effect, there.then.facts))}"
                after.run(self._plain_turn(event, live, now), tx, done)

        await self._ground.with_facts("delivery.end", work)

    def _plain_turn(self, event: str, live: Live, now: datetime) -> Turn[NoArgs]:
        return Turn(
            now=now,
            args=NoArgs(),
            live=live,
            chance=self._ground.chance(event),
            sealer=self._ground.sealer,
            can=self._ground.can,
            calendars=self._ground.calendars,
        )


def fingerprint(value: Any) -> str:
    """Return a short name of a contract value: for chance that is the same for the same event in every world."""
    return hashlib.sha256(dumps(value)).hexdigest()[:16]


def _lately(command: Command[Any]) -> bool:
    """Return whether what was true in the last minute will do.

    It does for what members do for themselves, and for what anybody may look at. The right of a moderator can be taken
    away at any moment, and some commands that anybody may press look for it on their own.
    """
    return command.right == Right.MEMBER or (command.right == Right.NONE and command.reads)


def _no(refusal: Refusal) -> Card:
    facts: dict[str, Fact] = dict(refusal.facts)
    if "param" in facts:
        facts["param"] = Text(f"param-{facts['param']}")  # spoken by its label, not by its name in the code
    return Card((Text(f"refusal-{refusal.code}", facts),))


def _voice(tx: Tx, intent: Intent, community: str) -> Voice:
    """Return how to speak to the asker: as they chose, else as their platform shows them."""
    voice = tx.voice(intent.member, community)
    if intent.locale and tx.members.find(intent.member) is None:
        return Voice(intent.locale, voice.zone)
    return voice


def _echo(command: Command[Any], turn: Turn[Any], tx: Tx) -> tuple[Text, ...]:
    """Return what is shown back before a command is done: what it says itself, else the free text it was given."""
    if command.echo is not None:
        return command.echo(turn, tx)
    words = _words(command, turn.args)
    shown: Fact = words[0] if len(words) == 1 else words
    return (text("draft-shown", words=shown),) if words else ()


def _words(command: Command[Any], args: Any) -> tuple[Said, ...]:
    """Return the free text among a command's values."""
    found: list[Said] = []
    for one in free_texts(command.args):
        given = getattr(args, one.name)
        several = given if isinstance(given, tuple) else (given,)
        found.extend(Said(words) for words in several if isinstance(words, str) and words)
    return tuple(found)


def _options(declared: Param) -> tuple[Option, ...]:
    match declared.kind:
        case Pick(options=options) | Picks(options=options):
            offered = options
        case YesNo():
            offered = ("yes", "no")
        case _:
            offered = ()
    return tuple(Option(value, Text(f"option-{declared.name}-{value}")) for value in offered)


def _short(digest: bytes, length: int) -> str:
    return base64.b32encode(digest).decode().lower()[:length]
