"""Asking for a peer to talk with, and leaving a light on for whoever asks.

An opening says "I'd be glad to talk". `/peer ask` makes one that looks for a peer, `/peer light on` one that waits
to be asked. What happens between two openings is in `commands.introducing`; what members read is in
`commands.peer_words`.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice, Option
from bot.contract.command import Command, Job, NoArgs, Prepared, Turn
from bot.contract.effect import Accepted, Relay, Say
from bot.contract.facts import Right, WhoIs
from bot.contract.intent import Due
from bot.contract.params import Pick, Picks, Someone, Until, Whole, YesNo, param
from bot.contract.place import Member, Room
from bot.contract.tables import Apart, Community, Profile, Tx
from bot.contract.text import Fact, Said, Text, text
from bot.domain.errors import Refusal
from bot.domain.languages import TALKED
from bot.domain.openings import LONGEST_LIGHT, PLACES, SPANS, WAYS, Opening, ends_at
from commands import cards, introducing, notes, peer_words

LONGEST_PAUSE = 365
"""Days."""


@dataclass(frozen=True, slots=True)
class Request:
    """The details of a request. What is not given is taken from the member's own usual request."""

    span: str = param(Pick(SPANS), default="")
    languages: tuple[str, ...] = param(Picks(TALKED, most=3), default=())
    way: str = param(Pick(WAYS), default="")
    place: str = param(Pick(PLACES), default="")
    someone_new: bool | None = param(YesNo(), default=None)
    ask_first: bool | None = param(YesNo(), default=None)
    words: tuple[str, ...] = param(Picks(most=5), default=())
    card: bool = param(YesNo(), default=False)


@dataclass(frozen=True, slots=True)
class WithCard(Request):
    """The details of a request that stands on a card without a name, too."""

    card: bool = param(YesNo(), default=True)


@dataclass(frozen=True, slots=True)
class Light:
    """How long a porch light burns and how often its owner may be asked through it."""

    hours: int = param(Whole(1, LONGEST_LIGHT), default=4)
    questions: int | None = param(Whole(1, 10), default=None)
    words: tuple[str, ...] = param(Picks(most=5), default=())
    stays: bool = param(YesNo(), default=False)


@dataclass(frozen=True, slots=True)
class Whom:
    """A member."""

    member: Member = param(Someone())


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when nobody is introduced."""

    day: date | int = param(Until(LONGEST_PAUSE))


# Who asks


def _group(turn: Turn[Any], tx: Tx, profile: Profile, community: Community) -> str:
    """Return the asker's introduction group, after making sure that they may open anything here.

    Raises:
        Refusal: ``paused``, ``too-new`` or ``no-group``.
    """
    if profile.paused_until is not None and profile.paused_until > turn.now:
        raise Refusal("paused", until=profile.paused_until)
    theirs = introducing.standing(turn, tx, turn.asker, community.id)
    if not theirs.able:
        raise Refusal("timed-out")
    since = community.open_from(theirs)
    if since is not None and turn.now < since:
        raise Refusal("too-new", days=community.wait_days, at=since)
    group = community.group(theirs)
    if group is None:
        raise Refusal("no-group")
    return group


# Requests


def word_ids(tx: Tx, community: Community, given: tuple[str, ...]) -> frozenset[str]:
    """Return the ids of words given as ids, or as they are written.

    Raises:
        Refusal: ``word-unknown``: one of them is not among the community's words.
    """
    entries = tx.communities.words(community.id)
    by_name = {entry.id: entry.id for entry in entries} | {entry.words.casefold(): entry.id for entry in entries}
    found = frozenset(by_name.get(one, by_name.get(one.casefold(), "")) for one in given)
    if "" in found:
        raise Refusal("word-unknown")
    return found


def wished(turn: Turn[Any], tx: Tx, args: Request) -> tuple[Opening, Profile]:
    """Return the opening that would be made, and whose: what was given, else what is usual for them."""
    community, profile = notes.community_of(tx, turn.community), notes.profile_or_new(turn, tx)
    marks = tx.comforts.of(profile.id) if profile.id else {}
    zone = notes.zone_of(tx, profile, community.id)
    return Opening(
        id=turn.chance.new_id(),
        community=community.id,
        member=profile.id,
        platform=turn.asker.platform,
        asks=True,
        languages=args.languages or profile.languages or (community.language,),
        way=args.way or profile.way,
        place=args.place or profile.place,
        opened_at=turn.now,
        ends_at=ends_at(args.span or profile.span, turn.now, zone),
        someone_new=profile.someone_new if args.someone_new is None else args.someone_new,
        ask_first=profile.ask_first if args.ask_first is None else args.ask_first,
        group=_group(turn, tx, profile, community),
        words=word_ids(tx, community, args.words),
        not_today=frozenset(word for word, mark in marks.items() if mark == "not"),
        ask_about=frozenset(word for word, mark in marks.items() if mark == "ask"),
    ), profile


def _already(tx: Tx, profile: Profile, community: str, *, asks: bool) -> Card | None:
    """Return the card of what is open already: one request and one light a community."""
    for opening in tx.openings.of_member(profile.id) if profile.id else ():
        if opening.community == community and opening.asks is asks:
            return peer_words.opened(tx, opening)
    return None


def ask(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show a ready request from the asker's own usual one. Nothing is stored yet."""
    opening, profile = wished(turn, tx, Request())
    card = cards.room_of(turn, tx) is not None
    ready = peer_words.ready(tx, opening, first=not profile.id, card=card)
    return _already(tx, profile, turn.community, asks=True) or ready


def look_at_card(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show the card without a name that the asker's usual request could stand on. Nothing is stored yet."""
    opening, profile = wished(turn, tx, Request())
    already = _already(tx, profile, turn.community, asks=True)
    return already or peer_words.with_card(opening, cards.preview(turn, tx, opening))


def show_card(turn: Turn[Request], tx: Tx) -> tuple[Text, ...]:
    """Show the card that was asked for in the details, before it is posted."""
    if not turn.args.card:
        return ()
    opening, profile = wished(turn, tx, turn.args)
    return () if _already(tx, profile, turn.community, asks=True) else cards.preview(turn, tx, opening)


def request(turn: Turn[Any], tx: Tx) -> Card | Relay:
    """Take a request, once it is known that its owner can be written to privately."""
    args = turn.args if isinstance(turn.args, Request) else Request()
    _, profile = wished(turn, tx, args)
    if args.card:
        cards.needed_room(turn, tx)
    return _already(tx, profile, turn.community, asks=True) or notes.hello(turn, "peer.opened")


def opened(turn: Turn[Request], tx: Tx) -> Card:
    """Open the request, or say what to do when private messages are closed."""
    if not isinstance(turn.outcome, Accepted):
        return Card((text("peer-closed"),))
    opening, _ = wished(turn, tx, turn.args)
    return _opened(turn, tx, opening, cards.needed_room(turn, tx) if turn.args.card else None)


def _opened(turn: Turn[Any], tx: Tx, opening: Opening, room: Room | None = None) -> Card:
    profile = notes.profile_of(turn, tx)
    already = _already(tx, profile, opening.community, asks=opening.asks)
    if already is not None:
        return already
    opening = replace(opening, member=profile.id)
    introducing.open_up(turn, tx, opening)
    card = peer_words.opened(tx, opening, room)
    tx.outbox.put(Say(turn.asker, card, keep=opening.id), subject=opening.id, urgent=True)
    if room is not None:
        cards.post(tx, opening, room)
    return Card((text("peer-opened", kind="ask" if opening.asks else "light", until=opening.ends_at),))


def details(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Return what stands in the form of a request: the asker's usual one, and the community's words."""
    profile = notes.profile_or_new(turn, tx)
    community = notes.community_of(tx, turn.community)
    return Prepared(
        values={
            "span": profile.span,
            "languages": profile.languages or (community.language,),
            "way": profile.way,
            "place": profile.place,
            "someone_new": "yes" if profile.someone_new else "no",
            "ask_first": "yes" if profile.ask_first else "no",
            "card": "no",
        },
        options={"languages": _language_options(), "words": word_options(tx, community.id)},
        without=frozenset() if cards.room_of(turn, tx) is not None else frozenset({"card"}),
    )


def _language_options() -> tuple[Option, ...]:
    return tuple(Option(code, text("language-" + code)) for code in TALKED)


def word_options(tx: Tx, community: str) -> tuple[Option, ...]:
    """Return a community's words as options."""
    return tuple(
        Option(entry.id, text("peer-word", word=Said(entry.words))) for entry in tx.communities.words(community)
    )


# Lights


def light_on(turn: Turn[Light], tx: Tx) -> Card | Relay:
    """Turn the asker's porch light on, once it is known that they can be written to privately."""
    opening, profile = wished(turn, tx, Request(words=turn.args.words))
    return _already(tx, profile, opening.community, asks=False) or notes.hello(turn, "peer.lit")


def light_details(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Return what can be chosen for a light: the community's words."""
    return Prepared(options={"words": word_options(tx, notes.community_of(tx, turn.community).id)})


def lit(turn: Turn[Light], tx: Tx) -> Card:
    """Open the light, or say what to do when private messages are closed."""
    if not isinstance(turn.outcome, Accepted):
        return Card((text("peer-closed"),))
    opening, profile = wished(turn, tx, Request(words=turn.args.words))
    return _opened(
        turn,
        tx,
        replace(
            opening,
            asks=False,
            ends_at=turn.now + timedelta(hours=turn.args.hours),
            questions=profile.questions if turn.args.questions is None else turn.args.questions,
            stays=turn.args.stays,
        ),
    )


# Ways out


def _end_own(turn: Turn[NoArgs], tx: Tx, done: str, *, asks: bool) -> Card:
    """End the asker's own openings of a kind, or the one that was pressed, and take back every yes they gave.

    Whoever turns away wants peace: a yes that still stood would introduce them all the same.
    """
    profile = tx.members.find(turn.asker)
    mine = [
        opening
        for opening in (tx.openings.of_member(profile.id) if profile is not None else ())
        if (opening.id == turn.subject if turn.subject else opening.asks is asks)
    ]
    for opening in mine:
        introducing.end(tx, opening)
    lines = [text(done)] if mine else []
    if profile is not None and introducing.take_back(tx, profile.id, turn.now):
        lines.append(text("peer-yes-taken-back"))
    return Card(tuple(lines) or (text("peer-nothing-open"),))


def withdraw(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Withdraw the asker's request, without a trace."""
    return _end_own(turn, tx, "peer-withdrawn", asks=True)


def light_off(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Put the asker's light out."""
    return _end_own(turn, tx, "peer-light-out", asks=False)


def stop_here(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - there is nothing to undo
    """Leave a request unasked. Nothing was stored."""
    return Card((text("peer-stopped-here"),))


def keep(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Leave things as they are."""
    return status(turn, tx)


def status(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show everything about the asker's own openings."""
    profile = tx.members.find(turn.asker)
    if profile is None:
        return Card((text("peer-status-none"),))
    lines: list[Text] = []
    choices: list[Choice] = []
    if profile.paused_until is not None and profile.paused_until > turn.now:
        lines.append(text("peer-status-paused", until=profile.paused_until))
        choices.append(Choice("peer resume", text("choice-resume")))
    for opening in tx.openings.of_member(profile.id):
        card = peer_words.opened(tx, opening)
        lines += card.lines
        choices += [choice for choice in card.choices if choice.action != "peer.keep"]
    for asked in tx.questions.to(profile.id):
        if asked.second and not asked.ask_owner:
            continue  # stands for the request's own yes while an introduction is on its way
        if asked.yes:
            lines.append(text("peer-status-yes", at=asked.ends_at))
        elif asked.ends_at > turn.now and not asked.pressed:
            lines.append(text("peer-status-asked", at=asked.ends_at))
    return Card(tuple(lines) or (text("peer-status-none"),), choices=tuple(choices))


# Not with this person


def apart(turn: Turn[Whom], tx: Tx) -> Card:
    """Keep apart from a member, silently. It is the asker's own list; the other is neither asked nor told."""
    if turn.args.member == turn.asker:
        raise Refusal("apart-self")
    profile = notes.profile_of(turn, tx)
    hashed = turn.sealer.one_sided(profile.salt, turn.args.member)
    tx.aparts.add(profile.id, Apart(turn.chance.new_id(), hashed, turn.now))
    introducing.call_off(tx, profile, turn.args.member)
    return Card((text("peer-apart-added"),), choices=(Choice("peer apart-list", text("choice-show-apart")),))


def apart_list(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show the asker's own list. Names are found again among who is here; else the day stands alone."""
    profile = tx.members.find(turn.asker)
    entries = tx.aparts.of(profile.id) if profile is not None else ()
    if profile is None or not entries:
        return Card((text("peer-apart-none"),))
    here = _who_is_here(turn, tx)
    names = {turn.sealer.one_sided(profile.salt, member): member for member in here}
    lines: list[Text] = [text("peer-apart-list")]
    choices: list[Choice] = []
    for number, entry in enumerate(entries, 1):
        facts: dict[str, Fact] = {"number": number, "added": entry.added_at}
        if entry.hash in names:
            lines.append(text("peer-apart-entry", **facts, member=names[entry.hash]))
        else:
            lines.append(text("peer-apart-entry-unnamed", **facts))
        choices.append(Choice("peer.together", text("choice-together", number=number), entry.id))
    return Card(tuple(lines), choices=tuple(choices))


def _who_is_here(turn: Turn[NoArgs], tx: Tx) -> tuple[Member, ...]:
    """Return the members of the communities that the asker is in at this moment: nobody else's presence is shown."""
    platform = turn.asker.platform
    spaces = {
        community.id: tuple(space for space in tx.communities.spaces(community.id) if space.platform == platform)
        for community in tx.communities.on(platform)
    }
    turn.live.expect(WhoIs(turn.asker, these) for these in spaces.values())
    shared = tuple(
        space
        for these in spaces.values()
        if turn.live.standing(turn.asker, these).right >= Right.MEMBER
        for space in these
    )
    return (turn.live.present(shared) or ()) if shared else ()


def together(turn: Turn[Whom], tx: Tx) -> Card:
    """Take a member off the asker's own list."""
    profile = tx.members.find(turn.asker)
    for entry in tx.aparts.of(profile.id) if profile is not None else ():
        if profile is not None and entry.hash == turn.sealer.one_sided(profile.salt, turn.args.member):
            tx.aparts.remove(profile.id, entry.id)
            tx.scrub()
            return Card((text("peer-apart-removed"),))
    return Card((text("peer-apart-not-there"),))


def together_again(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take the pressed entry off the asker's own list."""
    profile = tx.members.find(turn.asker)
    if profile is not None and tx.aparts.remove(profile.id, turn.subject):
        tx.scrub()
        return Card((text("peer-apart-removed"),))
    return Card((text("peer-apart-not-there"),))


# Pause


def pause(turn: Turn[Pause], tx: Tx) -> Card:
    """Pause: until then nobody is introduced to the asker.

    What they have open rests and stays as it is, because others could tell a pause by what vanishes.
    """
    found = notes.profile_or_new(turn, tx)
    until = _pause_ends(turn, notes.zone_of(tx, found))
    profile = replace(notes.profile_of(turn, tx), paused_until=until)
    tx.members.save(profile)
    introducing.call_off(tx, profile)
    introducing.take_back(tx, profile.id, turn.now)
    tx.agenda.put("peer.pause-ends", profile.id, until, member=profile.id)
    return Card((text("peer-paused", until=until),), choices=(Choice("peer resume", text("choice-resume")),))


def _pause_ends(turn: Turn[Pause], zone: str) -> datetime:
    """Return the beginning, in the member's zone, of the day on which a pause ends."""
    here = ZoneInfo(zone)
    today = turn.now.astimezone(here).date()
    day = today + timedelta(days=turn.args.day) if isinstance(turn.args.day, int) else turn.args.day
    if not timedelta(0) < day - today <= timedelta(days=LONGEST_PAUSE):
        raise Refusal("pause-between", days=LONGEST_PAUSE)
    return datetime.combine(day, time(), here).astimezone(UTC)


def resume(turn: Turn[NoArgs], tx: Tx) -> Card:
    """End the asker's pause."""
    profile = tx.members.find(turn.asker)
    if profile is None or profile.paused_until is None:
        return Card((text("peer-not-paused"),))
    tx.members.save(replace(profile, paused_until=None))
    tx.agenda.cancel(profile.id, "peer.pause-ends")
    return Card((text("peer-resumed"),))


def pause_ends(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """End a pause whose time is over, and say so once."""
    profile = tx.members.get(due.subject)
    if profile is None or profile.paused_until is None or profile.paused_until > turn.now:
        return
    profile = replace(profile, paused_until=None)
    tx.members.save(profile)
    notes.note(turn, tx, profile, text("peer-pause-over"))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("peer ask", ask, reads=True, feature="requests"),
    Command("peer.open", request, args=Request, feature="requests"),
    Command("peer request", request, args=Request, form=True, prepare=details, echo=show_card, feature="requests"),
    Command("peer.card", look_at_card, reads=True, feature=cards.FEATURE),
    Command("peer.open-card", request, args=WithCard, feature=cards.FEATURE),
    Command("peer.opened", opened, args=Request),
    Command("peer.stop-here", stop_here, right=Right.NONE, community=False, reads=True),
    Command("peer.keep", keep, right=Right.NONE, community=False, reads=True),
    Command("peer withdraw", withdraw, right=Right.NONE, community=False),
    Command("peer light on", light_on, args=Light, prepare=light_details, feature="lights"),
    Command("peer.lit", lit, args=Light),
    Command("peer light off", light_off, right=Right.NONE, community=False),
    Command("peer status", status, right=Right.NONE, community=False, reads=True),
    Command("peer apart", apart, args=Whom, right=Right.NONE, community=False, form=True),
    Command("peer apart-list", apart_list, right=Right.NONE, community=False, reads=True),
    Command("peer together", together, args=Whom, right=Right.NONE, community=False, form=True),
    Command("peer.together", together_again, right=Right.NONE, community=False),
    Command("peer pause", pause, args=Pause, right=Right.NONE, community=False, form=True),
    Command("peer resume", resume, right=Right.NONE, community=False),
    *cards.COMMANDS,
    *introducing.COMMANDS,
)

JOBS = (Job("peer.pause-ends", pause_ends, announces="coming-peer-pause-ends"), *introducing.JOBS)

AFTERS = (*cards.AFTERS, *introducing.AFTERS)
