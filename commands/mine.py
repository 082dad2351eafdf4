"""What a member holds in their own hands: what is kept, what will come, stopping, forgetting, settings.

All of it works from a private conversation, in no community or in many. Whatever is not given stays as it is;
``mine reset`` brings a setting back to how it was before it was ever touched.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.contract.card import Card, Choice, Document, Option
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.facts import Right
from bot.contract.intent import Due
from bot.contract.params import OfDay, Pick, Picks, Whole, Words, YesNo, Zone, param
from bot.contract.place import Member, Room
from bot.contract.tables import Held, Profile, Tx
from bot.contract.text import Fact, Literal, Said, Text, text
from bot.domain.errors import Refusal
from bot.domain.languages import SPOKEN, TALKED
from bot.domain.openings import MARKS, PLACES, SPANS, WAYS
from commands import checkin_standing, circle_notes, circle_steps, introducing, plan, tell
from commands.notes import profile_of, profile_or_new

RESETS: Final = ("language", "zone", "quiet", "called", "limits", "usual", "wishes", "community")
"""What can be brought back, one by one."""

_BACK: Final = {
    "language": text("choice-mine-reset-language"),
    "zone": text("choice-mine-reset-zone"),
    "quiet": text("choice-mine-reset-quiet"),
    "called": text("choice-mine-reset-called"),
    "limits": text("choice-mine-reset-limits"),
    "usual": text("choice-mine-reset-usual"),
    "wishes": text("choice-mine-reset-wishes"),
    "community": text("choice-mine-reset-community"),
}

# --- What is held -------------------------------------------------------------------------------------------------


OFFERED: Final = {"way": WAYS, "place": PLACES, "span": SPANS, "mark": MARKS}
"""Columns whose values are answers that a form offers, and so have words."""


def _said(column: str, value: Fact) -> Fact:
    """Return a value in the reader's words, where it has some."""
    match value:
        case bool():
            return text("mine-yes" if value else "mine-no")
        case Literal(words) if words in OFFERED.get(column, ()):
            return text(f"option-{column}-{words}")
        case Literal(words) if column == "language":
            return text(f"language-{words}")
        case tuple() if column == "languages":
            return tuple(text(f"language-{one.words}") for one in value if isinstance(one, Literal))
        case _:
            return value


def _words(table: str, values: Mapping[str, Fact]) -> Text:
    """Return one row as a sentence: what the table is, and each value by its name."""
    named = tuple(
        text("mine-value", name=text(f"column-{column}"), value=_said(column, value))
        for column, value in values.items()
        if value not in ("", ())
    )
    return text("mine-row", table=text(f"table-{table}"), values=named)


def _plain(value: Fact) -> Any:  # noqa: PLR0911 - one return a kind of fact
    """Return a fact as JSON can hold it."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Said() | Literal():
            return value.words
        case Member() | Room():
            return {"platform": value.platform, "id": value.id}
        case Text():
            return value.id if not value.facts else [value.id, {key: _plain(fact) for key, fact in value.facts.items()}]
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _kept(turn: Turn[Any]) -> tuple[Text, ...]:
    """Return what the adapter of the asker's platform keeps about them."""
    return turn.live.kept(turn.asker.platform, turn.asker)


def _data(turn: Turn[NoArgs], tx: Tx) -> Card:
    held = [table for table in tx.held(turn.asker) if table.rows]
    kept = _kept(turn)
    if not held and not kept:
        return Card((text("mine-data-nothing"),))
    erase = (Choice("mine forget", text("choice-mine-forget")),)
    if not held:
        return Card((text("mine-data-kept-alone"), *kept), choices=erase)
    rows = tuple(_words(table.table, row.values) for table in held for row in table.rows)
    body: dict[str, Any] = {
        table.table: [{column: _plain(value) for column, value in row.values.items()} for row in table.rows]
        for table in held
    }
    if kept:
        body["conversation"] = [_plain(line) for line in kept]
    document = Document(
        "porchlight-mine.json", "application/json", json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    )
    return Card(
        (
            text("mine-data-all"),
            *rows,
            *((text("mine-data-kept"), *kept) if kept else ()),
            text("mine-data-others"),
        ),
        choices=erase,
        document=document,
    )


# --- What will come -----------------------------------------------------------------------------------------------


def _next(jobs: tuple[Job, ...]) -> Callable[[Turn[NoArgs], Tx], Card]:
    announces = {job.kind: job.announces for job in jobs if job.announces}

    def run(turn: Turn[NoArgs], tx: Tx) -> Card:
        profile = tx.members.find(turn.asker)
        coming = tx.agenda.of_member(profile.id) if profile is not None else ()
        lines = [text(announces[due.kind], at=due.due_at) for due in coming if due.kind in announces]
        waiting = tx.outbox.waiting(turn.asker)
        if waiting:
            lines.insert(0, text("mine-next-waiting", count=waiting))
        if circle_steps.answered(tx, turn.asker):
            lines.append(text("mine-next-circles"))
        if not lines:
            return Card((text("mine-next-nothing"),))
        return Card((text("mine-next"), *lines), choices=(Choice("mine stop", text("choice-mine-stop")),))

    return run


def _stop(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Stop everything. Answers to circles go, too: whoever has one is told of changes, and offered seats."""
    profile = tx.members.find(turn.asker)
    circles = circle_steps.answered(tx, turn.asker)
    if circles:
        circle_steps.leave_all(turn, tx, turn.asker)
        tx.scrub()
    openings = planned = waiting = 0
    willing = False
    if profile is not None:
        openings, planned = len(tx.openings.of_member(profile.id)), len(tx.agenda.of_member(profile.id))
        waiting = tx.outbox.waiting(turn.asker)
        willing = _stop_all(turn, tx, profile)
    if not openings and not planned and not waiting and not willing and not circles:
        return Card((text("mine-stop-nothing"),))
    taken_back = (text("mine-stopped-circles"),) if circles else ()
    return Card((text("mine-stopped", openings=openings), *taken_back))


def _stop_all(turn: Turn[Any], tx: Tx, profile: Profile) -> bool:
    """Stop everything that would write to somebody; return whether members could write to them by way of the bot."""
    introducing.withdraw_all(tx, profile, turn.now)
    for reminder in tx.plans.of_member(profile.id):
        plan.drop(tx, reminder)
    checkin_standing.no_notes(tx, profile)
    circle_notes.no_notes(tx, profile)
    tx.agenda.stop(profile.id)
    tx.outbox.recall(profile.id)
    return tell.take_back(tx, profile)


# --- Forgetting ---------------------------------------------------------------------------------------------------


def _kinds(held: tuple[Held, ...]) -> tuple[Fact, ...]:
    return tuple(text(f"table-{table.table}") for table in held if table.rows)


def _forget(turn: Turn[NoArgs], tx: Tx) -> Card:
    kinds = _kinds(tx.held(turn.asker))
    if _kept(turn):
        kinds += (text("mine-forget-kept"),)
    if not kinds:
        return Card((text("mine-data-nothing"),))
    return Card(
        (text("mine-forget-what", tables=kinds), text("mine-forget-all")),
        choices=(
            Choice("mine.forget-yes", text("choice-mine-forget-yes"), destroys=True),
            Choice("mine.keep", text("choice-mine-keep")),
        ),
    )


def _forget_yes(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Forget the asker, also if nothing is left here: their platform's adapter may have died before it forgot them."""
    profile = tx.members.find(turn.asker)
    circle_steps.leave_all(turn, tx, turn.asker)
    if profile is not None:
        _stop_all(turn, tx, profile)
        introducing.forget(tx, profile, turn.now)
    else:
        tx.forget(turn.asker, turn.now)
    tx.scrub()
    return Card(
        (
            text("mine-forgotten"),
            text("mine-forgotten-mark", until=(turn.now + _mark_stays(tx)).date()),
            text("mine-forgotten-rest", platform=text(f"platform-{turn.asker.platform}")),
        ),
        farewell=True,
    )


def _left(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Forget somebody who left every community; others can have their seats."""
    profile = introducing.gone(turn, tx, due)
    if profile is not None:
        circle_steps.leave_all(turn, tx, profile.member)
        introducing.forget(tx, profile, turn.now)


def _mark_stays(tx: Tx) -> timedelta:
    """Return how long the mark stays that forgets again after a restore, from the registry."""
    for lifetime in tx.lifetimes():
        for fact in lifetime.facts.values():
            if lifetime.table == "forgotten" and isinstance(fact, timedelta):
                return fact
    return timedelta()


def _keep(_: Turn[NoArgs], __: Tx) -> Card:
    return Card((text("mine-kept"),))


# --- Settings -----------------------------------------------------------------------------------------------------

_AS_COMMUNITY: Final = text("mine-as-community")


def _line(profile: Profile, what: str) -> Text:  # noqa: PLR0911 - one return a setting
    """Return a setting as a sentence."""
    match what:
        case "language":
            return text(
                "mine-is-language", language=text(f"language-{profile.language}") if profile.language else _AS_COMMUNITY
            )
        case "zone":
            return text("mine-is-zone", zone=Literal(profile.zone) if profile.zone else _AS_COMMUNITY)
        case "quiet" if profile.quiet_from is not None and profile.quiet_to is not None:
            return text("mine-is-quiet", start=profile.quiet_from, end=profile.quiet_to)
        case "quiet":
            return text("mine-is-never-quiet")
        case "called" if profile.called:
            return text("mine-is-called", name=Said(profile.called))
        case "called":
            return text("mine-is-called-as-shown")
        case "limits":
            return text("mine-is-limits", budget=profile.budget, lead=timedelta(minutes=profile.lead))
        case "usual":
            return text(
                "mine-is-usual",
                languages=tuple(text(f"language-{code}") for code in profile.languages) or text("mine-no-languages"),
                way=text(f"option-way-{profile.way}"),
                place=text(f"option-place-{profile.place}"),
                span=text(f"option-span-{profile.span}"),
            )
        case "wishes":
            return text(
                "mine-is-wishes",
                someone_new=text(f"option-someone_new-{_yes(profile.someone_new)}"),
                ask_first=text(f"option-ask_first-{_yes(profile.ask_first)}"),
                questions=profile.questions,
            )
        case _:
            return text("mine-is-community" if profile.usual_community else "mine-is-no-community")


def _yes(value: bool) -> str:
    return "yes" if value else "no"


_OPENS: Final = (
    Choice("mine language", text("choice-mine-language")),
    Choice("mine quiet", text("choice-mine-quiet")),
    Choice("mine called", text("choice-mine-called")),
    Choice("mine limits", text("choice-mine-limits")),
    Choice("mine usual", text("choice-mine-usual")),
    Choice("mine wishes", text("choice-mine-wishes")),
    Choice("mine community", text("choice-mine-community")),
    Choice("mine reset", text("choice-mine-reset")),
)


def _settings(turn: Turn[NoArgs], tx: Tx) -> Card:
    profile = profile_or_new(turn, tx)
    return Card(
        tuple(_line(profile, what) for what in RESETS),
        title=text("mine-settings"),
        choices=_OPENS,
    )


def _save(turn: Turn[Any], tx: Tx, what: tuple[str, ...], changes: Mapping[str, Any]) -> Card:
    """Save what was given, if anything was, and show what it is now."""
    given = {name: value for name, value in changes.items() if value is not None}
    if not given:
        return Card((text("mine-unchanged"),), choices=(Choice("mine settings", text("choice-mine-settings")),))
    profile = replace(profile_of(turn, tx), **given)
    tx.members.save(profile)
    return Card(
        (text("mine-saved"), *(_line(profile, one) for one in what)),
        choices=(
            Choice("mine settings", text("choice-mine-settings")),
            *(Choice("mine reset", _BACK[one], subject=one) for one in what),
        ),
    )


@dataclass(frozen=True, slots=True)
class Language:
    """How the bot speaks, and whose clock it speaks by."""

    language: str | None = param(Pick(SPOKEN), default=None)
    zone: str | None = param(Zone(), default=None)


def _language(turn: Turn[Language], tx: Tx) -> Card:
    saved = _save(turn, tx, ("language", "zone"), {"language": turn.args.language, "zone": turn.args.zone})
    return replace(saved, lines=(*saved.lines, *_clocks(turn, tx))) if turn.args.zone is not None else saved


def _clocks(turn: Turn[Any], tx: Tx) -> tuple[Text, ...]:
    """Say what clock changes do soon to somebody's circles by the clock of their zone now; later ones are planned."""
    return circle_notes.zone_changed(turn, tx, profile_of(turn, tx))


def _language_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    profile = profile_or_new(turn, tx)
    options = tuple(Option(code, text(f"option-language-{code}")) for code in SPOKEN)
    spoken = profile.language.split("-")[0]  # it may have begun as the platform's own, such as en-GB
    return Prepared({"language": spoken, "zone": profile.zone}, {"language": options})


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when until when no question comes."""

    quiet_from: time | None = param(OfDay(), default=None)
    quiet_to: time | None = param(OfDay(), default=None)


def _quiet(turn: Turn[Quiet], tx: Tx) -> Card:
    now = profile_or_new(turn, tx)
    start = turn.args.quiet_from if turn.args.quiet_from is not None else now.quiet_from
    end = turn.args.quiet_to if turn.args.quiet_to is not None else now.quiet_to
    given = turn.args.quiet_from is not None or turn.args.quiet_to is not None
    if given and (start is None or end is None):
        raise Refusal("quiet-half")
    if given and start == end:
        raise Refusal("quiet-same")
    return _save(turn, tx, ("quiet",), {"quiet_from": start, "quiet_to": end} if given else {})


def _quiet_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    profile = profile_or_new(turn, tx)
    if profile.quiet_from is None or profile.quiet_to is None:
        return Prepared()
    return Prepared({"quiet_from": f"{profile.quiet_from:%H:%M}", "quiet_to": f"{profile.quiet_to:%H:%M}"})


@dataclass(frozen=True, slots=True)
class Called:
    """How a member wishes to be called."""

    called: str = param(Words(40))


def _called(turn: Turn[Called], tx: Tx) -> Card:
    return _save(turn, tx, ("called",), {"called": turn.args.called})


def _called_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"called": profile_or_new(turn, tx).called})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot says on its own, and how early."""

    budget: int | None = param(Whole(0, 20), default=None)
    lead: int | None = param(Whole(5, 10_080), default=None)


def _limits(turn: Turn[Limits], tx: Tx) -> Card:
    return _save(turn, tx, ("limits",), {"budget": turn.args.budget, "lead": turn.args.lead})


def _limits_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    profile = profile_or_new(turn, tx)
    return Prepared({"budget": str(profile.budget), "lead": str(profile.lead)})


@dataclass(frozen=True, slots=True)
class Usual:
    """What a request usually says."""

    languages: tuple[str, ...] | None = param(Picks(TALKED, most=3), default=None)
    way: str | None = param(Pick(WAYS), default=None)
    place: str | None = param(Pick(PLACES), default=None)
    span: str | None = param(Pick(SPANS), default=None)


def _usual(turn: Turn[Usual], tx: Tx) -> Card:
    args = turn.args
    changes = {"languages": args.languages or None, "way": args.way, "place": args.place, "span": args.span}
    return _save(turn, tx, ("usual",), changes)


def _usual_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    profile = profile_or_new(turn, tx)
    return Prepared(
        {"languages": profile.languages, "way": profile.way, "place": profile.place, "span": profile.span},
        {"languages": tuple(Option(code, text(f"language-{code}")) for code in TALKED)},
    )


@dataclass(frozen=True, slots=True)
class Wishes:
    """Whom a member likes to meet, and how often their light may be asked."""

    someone_new: bool | None = param(YesNo(), default=None)
    ask_first: bool | None = param(YesNo(), default=None)
    questions: int | None = param(Whole(1, 20), default=None)


def _wishes(turn: Turn[Wishes], tx: Tx) -> Card:
    args = turn.args
    changes = {"someone_new": args.someone_new, "ask_first": args.ask_first, "questions": args.questions}
    return _save(turn, tx, ("wishes",), changes)


def _wishes_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    profile = profile_or_new(turn, tx)
    return Prepared(
        {
            "someone_new": _yes(profile.someone_new),
            "ask_first": _yes(profile.ask_first),
            "questions": str(profile.questions),
        }
    )


def _community(turn: Turn[NoArgs], tx: Tx) -> Card:
    return _save(turn, tx, ("community",), {"usual_community": turn.community})


@dataclass(frozen=True, slots=True)
class Reset:
    """What is brought back. A pressed choice names it as its subject."""

    what: str = param(Pick(RESETS), default="")


def _reset(turn: Turn[Reset], tx: Tx) -> Card:
    what = turn.args.what or turn.subject
    if what not in RESETS:
        return Card(
            (text("mine-reset-which"),),
            choices=tuple(Choice("mine reset", _BACK[one], subject=one) for one in RESETS),
        )
    profile = tx.members.find(turn.asker)
    first = profile_or_new(turn, tx) if profile is None else Profile("", turn.asker, b"", turn.now)
    if profile is not None:
        columns = {
            "quiet": ("quiet_from", "quiet_to"),
            "limits": ("budget", "lead"),
            "usual": ("languages", "way", "place", "span"),
            "wishes": ("someone_new", "ask_first", "questions"),
            "community": ("usual_community",),
        }.get(what, (what,))
        tx.members.save(replace(profile, **{column: getattr(first, column) for column in columns}))
    clocks = _clocks(turn, tx) if profile is not None and what == "zone" else ()
    return Card(
        (text("mine-reset-done"), _line(first, what), *clocks),
        choices=(Choice("mine settings", text("choice-mine-settings")),),
    )


# --- All of it ----------------------------------------------------------------------------------------------------


def commands(jobs: tuple[Job, ...]) -> tuple[Command[Any], ...]:
    """Return the commands.

    Args:
        jobs: All jobs there are: ``mine next`` lists what is planned in their words.
    """

    def mine(name: str, run: Callable[[Turn[Any], Tx], Card], **more: Any) -> Command[Any]:
        return Command(name, run, right=Right.NONE, community=False, **more)

    return (
        mine("mine data", _data, reads=True),
        mine("mine next", _next(jobs), reads=True),
        mine("mine stop", _stop),
        mine("mine forget", _forget, reads=True),
        mine("mine.forget-yes", _forget_yes, again=True),
        mine("mine.keep", _keep, reads=True),
        mine("mine settings", _settings, reads=True),
        mine("mine language", _language, args=Language, form=True, prepare=_language_now),
        mine("mine quiet", _quiet, args=Quiet, form=True, prepare=_quiet_now),
        mine("mine called", _called, args=Called, form=True, prepare=_called_now),
        mine("mine limits", _limits, args=Limits, form=True, prepare=_limits_now),
        mine("mine usual", _usual, args=Usual, form=True, prepare=_usual_now),
        mine("mine wishes", _wishes, args=Wishes, form=True, prepare=_wishes_now),
        mine("mine reset", _reset, args=Reset),
        Command("mine community", _community),
    )


JOBS: Final[tuple[Job, ...]] = (Job("peer.left", _left),)
AFTERS: Final[tuple[After, ...]] = ()
