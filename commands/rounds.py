"""Rounds: a community offers to bring everybody who joins together, two or three at a time.

Moderators choose a rhythm and nothing else. Each round asks again and nobody is carried over. A yes to a round is a yes
to be introduced in it; whether something stands against that is looked at again right before. Who stays alone hears so
at a time that was fixed when they joined, in words that fit every cause: nobody fitted, somebody keeps apart, took
their yes back, left, cannot be reached.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Sealer, Turn
from bot.contract.effect import Accepted, Relay, Say
from bot.contract.facts import Right, Standing, Unreachable, WhoIs
from bot.contract.intent import Due
from bot.contract.params import OfDay, Pick, Picks, Until, YesNo, param
from bot.contract.place import Member
from bot.contract.tables import Guest, Party, Profile, Round, RoundYes, Tx
from bot.contract.text import Text, text
from bot.domain.errors import Refusal
from bot.domain.languages import TALKED
from bot.domain.openings import PLACES, WAYS, Opening
from bot.domain.rhythm import RHYTHMS, next_time
from bot.domain.rounds import Joined, bring_together
from commands import introducing, notes, peer, peer_words
from commands.meeting import Kind, Meeting, begin, break_off, leave_rounds

OPEN_FOR: Final = timedelta(days=3)
"""How long before it introduces people a round may be joined."""

TOLD_WITHIN: Final = timedelta(minutes=30)
"""How long after that whoever stays alone is told, all of them at once."""

LEFT_OUT_FOR: Final = timedelta(days=40)
"""How long it is remembered at most that somebody stayed alone: until the next round is over."""

FARTHEST: Final = 90
"""Days until the first round of a rhythm."""

PAGE: Final = 50
"""How many introductions of a round are written down in one transaction."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When rounds are, in the community's zone."""

    rhythm: str = param(Pick(RHYTHMS))
    first_day: date | int = param(Until(FARTHEST))
    wall: time = param(OfDay())


@dataclass(frozen=True, slots=True)
class Wishes:
    """A member's wishes for one round. What is not given is taken from their own usual request."""

    languages: tuple[str, ...] = param(Picks(TALKED, most=3), default=())
    way: str = param(Pick(WAYS), default="")
    place: str = param(Pick(PLACES), default="")
    someone_new: bool | None = param(YesNo(), default=None)
    trio: bool = param(YesNo(), default=False)
    words: tuple[str, ...] = param(Picks(most=5), default=())


# What moderators choose


def _schedule(tx: Tx, round_: Round) -> None:
    """Store a round and plan all that happens in it."""
    tx.rounds.put(round_)
    steps = {
        "round.opens": round_.opens_at,
        "round.meets": round_.meets_at,
        "round.over": round_.meets_at + TOLD_WITHIN,
    }
    for kind, at in steps.items():
        tx.agenda.put(kind, round_.id, at, community=round_.community)


def _plan(turn: Turn[Rhythm], tx: Tx) -> Card:
    """Let there be rounds from a day on."""
    community = notes.community_of(tx, turn.community)
    before = tx.rounds.of(community.id)
    if before is not None and before.opens_at <= turn.now:
        raise Refusal("round-open", at=before.meets_at)
    args = turn.args
    today = turn.now.astimezone(ZoneInfo(community.zone)).date()
    first = today + timedelta(days=args.first_day) if isinstance(args.first_day, int) else args.first_day
    meets_at = next_time(args.rhythm, first, args.wall, community.zone, turn.now)
    if meets_at is None or not timedelta(0) <= first - today <= timedelta(days=FARTHEST):
        raise Refusal("round-past", days=FARTHEST)
    id_ = before.id if before is not None else turn.chance.new_id()
    opens_at = max(turn.now, meets_at - OPEN_FOR)
    _schedule(tx, Round(id_, community.id, args.rhythm, first, args.wall, opens_at, meets_at))
    return Card(
        (text("round-planned", rhythm=args.rhythm, opens=opens_at, at=meets_at),),
        choices=(Choice("round stop", text("choice-round-stop"), community.id),),
    )


def _stop(turn: Turn[NoArgs], tx: Tx) -> Card:
    """End the rounds."""
    return Card((text("round-stopped" if end(turn, tx, turn.community) else "round-none"),))


def end(turn: Turn[Any], tx: Tx, community: str, *, joined_no_more: bool = False) -> bool:
    """End the rounds of a community, if it has any. One that is open still takes place: whoever joined was told so.

    Args:
        turn: The turn.
        tx: The transaction.
        community: Its id.
        joined_no_more: Nobody else can join the one that is open, so the card that offers it goes.
    """
    round_ = tx.rounds.of(community)
    if round_ is None:
        return False
    if joined_no_more:
        tx.outbox.recall(round_.id)
    if round_.opens_at <= turn.now:
        tx.rounds.put(replace(round_, rhythm="once"))
    else:
        tx.agenda.cancel(round_.id)
        tx.rounds.remove(round_.id)
    return True


def _opens(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Say in the community's rooms that a round may be joined. Nothing there says who does."""
    round_ = tx.rounds.get(due.subject)
    if round_ is None or round_.meets_at <= turn.now or "rounds" in notes.community_of(tx, round_.community).off:
        return
    card = Card(
        (text("round-card", at=round_.meets_at),),
        choices=(Choice("round join", text("choice-round-look"), round_.community),),
    )
    for room in tx.communities.rooms(round_.community).get("peers", ()):
        tx.outbox.put(
            Say(room, card, keep=round_.id),
            subject=round_.id,
            expires_at=round_.meets_at,
            community=round_.community,
        )


# Joining and leaving


def _open(turn: Turn[Any], tx: Tx) -> Round:
    """Return the community's round that may be joined now.

    Raises:
        Refusal: ``round-none`` or ``round-not-yet``.
    """
    round_ = tx.rounds.of(turn.community)
    if round_ is None:
        raise Refusal("round-none")
    if not round_.opens_at <= turn.now < round_.meets_at:
        raise Refusal("round-not-yet")
    return round_


def _wished(turn: Turn[Any], tx: Tx) -> tuple[Opening, Profile]:
    """Return what the asker wishes for this round, as far as it is what a request wishes, and who they would be.

    Raises:
        Refusal: What stands against a request stands against joining a round.
    """
    args = turn.args if isinstance(turn.args, Wishes) else Wishes()
    as_request = peer.Request("1d", args.languages, args.way, args.place, args.someone_new, False, args.words)
    return peer.wished(turn, tx, as_request)


def _trio(turn: Turn[Any]) -> bool:
    return isinstance(turn.args, Wishes) and turn.args.trio


def _mine(tx: Tx, round_: Round, profile: Profile) -> RoundYes | None:
    yeses = tx.rounds.yeses_of(profile.id) if profile.id else ()
    return next((yes for yes in yeses if yes.round == round_.id), None)


def _joined(round_: Round) -> Card:
    return Card(
        (text("round-joined", at=round_.meets_at, told=round_.meets_at + TOLD_WITHIN),),
        choices=(
            Choice("round.stay", text("choice-round-stay")),
            Choice("round leave", text("choice-round-leave")),
        ),
    )


def _look(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show the yes that the asker could give, from their own usual wishes. Nothing is stored yet."""
    round_ = _open(turn, tx)
    wished, profile = _wished(turn, tx)
    if _mine(tx, round_, profile) is not None:
        return _joined(round_)
    return Card(
        (text("round-ready", **{**peer_words.details(tx, wished), "until": round_.meets_at}),),
        choices=(
            Choice("round.yes", text("choice-round-yes"), turn.community),
            Choice("round wishes", text("choice-change-details"), turn.community),
            Choice("round.not", text("choice-not-this-time")),
        ),
    )


def _join(turn: Turn[Any], tx: Tx) -> Card | Relay:
    """Take a yes, once it is known that its owner can be written to privately."""
    round_ = _open(turn, tx)
    _, profile = _wished(turn, tx)
    if _mine(tx, round_, profile) is not None:
        return _joined(round_)
    return notes.hello(turn, "round.joined")


def _take(turn: Turn[Wishes], tx: Tx) -> Card:
    """Keep a yes, or say what to do when private messages are closed."""
    if not isinstance(turn.outcome, Accepted):
        return Card((text("round-closed"),))
    round_ = _open(turn, tx)
    wished, _ = _wished(turn, tx)
    profile = notes.profile_of(turn, tx)
    if _mine(tx, round_, profile) is None:
        yes = RoundYes(
            wished.id, round_.id, profile.id, turn.now, round_.meets_at + TOLD_WITHIN, wished.languages, wished.way,
            wished.place, wished.someone_new, _trio(turn), wished.group, words=wished.words,
        )  # fmt: skip
        tx.rounds.join(yes)
        tx.agenda.put("round.yours", yes.id, yes.ends_at, member=profile.id, community=round_.community)
    return _joined(round_)


def _wishes(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    """Return what stands in the form: the asker's usual wishes, and the community's words."""
    usual = peer.details(turn, tx)
    values = {name: value for name, value in usual.values.items() if name not in {"span", "ask_first"}}
    return Prepared({**values, "trio": "no"}, usual.options)


def _leave(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Take the asker's yes back. To everybody else it is as if they had not joined."""
    profile = tx.members.find(turn.asker)
    left = profile is not None and leave_rounds(tx, profile.id)
    return Card((text("round-left" if left else "round-not-joined"),))


def _stay(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - nothing changes
    """Leave things as they are."""
    return Card((text("round-stays"),))


def _not(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - nothing is stored
    """Hear that somebody does not join. Nothing is written."""
    return Card((text("round-not-joined"),))


# The round


def _work_out(turn: Turn[NoArgs], tx: Tx, due: Due) -> Callable[[], object]:
    """Read who joined; return what works out who is brought together, as ids of yeses."""
    round_ = tx.rounds.get(due.subject)
    party = tx.rounds.party(due.subject, turn.now)
    community = round_.community if round_ is not None else ""
    party = replace(party, guests=_here(turn, tx, community, party.guests))
    now, sealer, seed = turn.now, turn.sealer, turn.chance.salt()
    return lambda: _worked_out(party, community, now, sealer, seed)


def _here(turn: Turn[NoArgs], tx: Tx, community: str, guests: tuple[Guest, ...]) -> tuple[Guest, ...]:
    """Return those who are here and may speak: who left is as if they had not joined, like who pauses.

    It is looked at once more when they are introduced; noticed only then, it would leave somebody alone who could have
    met another, and that somebody left would look different from a pause.

    Raises:
        Unreachable: Nothing can be said of anybody: the platform is away. The round waits for it.
    """
    spaces = tx.communities.spaces(community)
    asked = {
        one: WhoIs(one.member, tuple(space for space in spaces if space.platform == one.member.platform))
        for one in guests
    }
    turn.live.expect(asked.values(), TOLD_WITHIN)

    found: dict[Guest, Standing] = {}
    for one in guests:
        with suppress(Unreachable):
            found[one] = turn.live.standing(one.member, asked[one].spaces, TOLD_WITHIN)
    if guests and not found:
        raise Unreachable
    return tuple(one for one, now in found.items() if now.right >= Right.MEMBER and now.able)


def _worked_out(
    party: Party, community: str, now: datetime, sealer: Sealer, seed: bytes
) -> tuple[tuple[str, ...], ...]:
    """Return who is brought together. Runs in a thread."""
    there = {
        guest.yes.member: guest for guest in party.guests if guest.paused_until is None or guest.paused_until <= now
    }

    def keeps(owner: Joined, other: Joined) -> bool:
        hashes = party.apart.get(owner.member)
        return hashes is not None and sealer.one_sided(there[owner.member].salt, there[other.member].member) in hashes

    def apart(one: Joined, other: Joined) -> bool:
        return keeps(one, other) or keeps(other, one)

    def met(one: Joined, other: Joined) -> bool:
        return bool(party.met) and sealer.pair(there[one.member].salt, there[other.member].salt) in party.met

    joined = [
        Joined(
            yes.member, guest.member.platform, yes.languages, yes.way, yes.place, yes.group,
            someone_new=yes.someone_new,
            trio=yes.trio,
            left_out=_mark(sealer, guest, community) in party.left_out,
            words=yes.words,
            # Nobody can be asked in a round, so what somebody wants to be asked about is not for today.
            not_today=party.shunned.get(yes.member, frozenset()),
        )
        for guest in there.values()
        for yes in (guest.yes,)
    ]  # fmt: skip
    result = bring_together(joined, apart=apart, met=met, seed=seed)
    return tuple(tuple(there[one.member].yes.id for one in some) for some in result.together)


def _mark(sealer: Sealer, who: Guest | Profile, community: str) -> bytes:
    """Return the keyed mark of a member who stayed alone in a community. It means nothing without their salt."""
    return sealer.one_sided(who.salt + community.encode(), who.member)


def _meets(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Close the round, and plan its introductions, page by page."""
    tx.outbox.recall(due.subject)
    together = turn.worked_out
    assert isinstance(together, tuple)  # noqa: S101 - as `_work_out` made it
    for start in range(0, len(together), PAGE):
        tx.agenda.put("round.page", f"{due.subject}-{start}", turn.now, facts=together[start : start + PAGE])


def _page(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Write down who is brought together, as far as their yeses still stand."""
    for some in due.facts:
        assert isinstance(some, tuple)  # noqa: S101 - as `_meets` put it
        ids = [str(one) for one in some]
        yeses = [yes for one in ids if (yes := tx.rounds.yes(one)) is not None and not yes.meeting]
        if len(yeses) == len(ids):
            id_ = turn.chance.new_id()
            tx.rounds.bring_together(id_, ids)
            tx.agenda.put("round.meet", id_, turn.now)


def _meet(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Begin to introduce some."""
    begin(ROUND, turn, tx, due.subject)


def _find(turn: Turn[NoArgs], tx: Tx, id_: str, look: bool) -> Meeting | None:
    yeses = tx.rounds.together(id_)
    people = [profile for yes in yeses if (profile := tx.members.get(yes.member)) is not None]
    round_ = tx.rounds.get(yeses[0].round) if yeses else None
    if round_ is None:
        return None
    if len(people) < 2:  # noqa: PLR2004 - somebody cannot be introduced to nobody
        return None
    for one, other in combinations(people, 2):
        if introducing.keeps_apart(turn, tx, one)(other):
            return None
        if look and not introducing.may_meet(turn, tx, round_.community, one, other):
            return None
    place = next(iter({yes.place for yes in yeses} - {"either"}), "room")
    return Meeting(id_, round_.community, yeses[0].way, place, tuple(people))


def _off(turn: Turn[NoArgs], tx: Tx, id_: str) -> None:  # noqa: ARG001 - as `Kind.off` says
    """Bring these together no more. They hear at their time, as everybody who stays alone."""
    tx.rounds.part(id_)


def _over(turn: Turn[NoArgs], tx: Tx, id_: str) -> None:  # noqa: ARG001 - as `Kind.over` says
    """Erase the yeses that led to an introduction."""
    for yes in tx.rounds.together(id_):
        tx.agenda.cancel(yes.id)
        tx.rounds.leave(yes.id)
    tx.scrub()


def _names(tx: Tx, who: tuple[Member, ...]) -> Text:
    return text("round-introduced", people=tuple(peer_words.named(tx, one) for one in who))


ROUND: Final = Kind(
    "round",
    find=_find,
    off=_off,
    gone=_off,
    over=_over,
    names=_names,
    room="round-introduced-room",
    no_room="round-no-room",
    room_name="round-room-name",
)


def _yours(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Tell somebody that they stayed alone."""
    yes = tx.rounds.yes(due.subject)
    round_ = tx.rounds.get(yes.round) if yes is not None else None
    if yes is not None and round_ is not None:
        _alone(turn, tx, round_, yes)


def _alone(turn: Turn[NoArgs], tx: Tx, round_: Round, yes: RoundYes) -> None:
    """End a yes of which nothing came, in the same words whatever the cause.

    Promised for this moment when they joined, so neither budget nor quiet hours hold it back.
    """
    break_off(tx, yes)
    profile = tx.members.get(yes.member)
    assert profile is not None  # noqa: S101 - a yes goes with its member
    tx.rounds.leave_out(_mark(turn.sealer, profile, round_.community), _until_the_next(turn, tx, round_))
    tx.outbox.put(Say(profile.member, Card((text("round-alone"), notes.STOP))), subject=profile.id)
    tx.agenda.cancel(yes.id)
    tx.rounds.leave(yes.id)
    tx.scrub()


def _next(tx: Tx, round_: Round, now: datetime) -> datetime | None:
    zone = notes.community_of(tx, round_.community).zone
    return next_time(round_.rhythm, round_.begins_on, round_.wall, zone, max(now, round_.meets_at))


def _until_the_next(turn: Turn[NoArgs], tx: Tx, round_: Round) -> datetime:
    """Return when the next round is over: until then it is remembered who stayed alone in this one."""
    then = _next(tx, round_, turn.now)
    longest = turn.now + LEFT_OUT_FOR
    return longest if then is None else min(then + TOLD_WITHIN, longest)


def _round_over(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Go on to the next round, if there is one. Nobody is carried over."""
    round_ = tx.rounds.get(due.subject)
    if round_ is None:
        return
    tx.outbox.recall(round_.id)
    for guest in tx.rounds.party(round_.id, turn.now).guests:
        _alone(turn, tx, round_, guest.yes)
    meets_at = _next(tx, round_, turn.now)
    if meets_at is None:
        tx.rounds.remove(round_.id)
        return
    opens_at = max(turn.now, meets_at - OPEN_FOR)
    _schedule(tx, replace(round_, opens_at=opens_at, meets_at=meets_at))


def _personal(name: str, run: Callable[[Turn[Any], Tx], Card | Relay], **more: Any) -> Command[Any]:
    return Command(name, run, right=Right.NONE, community=False, **more)


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("round plan", _plan, args=Rhythm, right=Right.MODERATOR, form=True, feature="rounds"),
    Command("round stop", _stop, right=Right.MODERATOR),
    Command("round join", _look, reads=True, personal=False, feature="rounds"),
    Command("round wishes", _join, args=Wishes, form=True, prepare=_wishes, feature="rounds"),
    Command("round.yes", _join, args=Wishes, feature="rounds"),
    Command("round.joined", _take, args=Wishes),
    _personal("round leave", _leave),
    _personal("round.stay", _stay, reads=True),
    _personal("round.not", _not, reads=True),
)

JOBS: Final[tuple[Job, ...]] = (
    Job("round.opens", _opens),
    Job("round.meets", _meets, grace=TOLD_WITHIN, heavy=_work_out),
    Job("round.page", _page),
    Job("round.meet", _meet),
    Job("round.yours", _yours, announces="coming-round-yours"),
    Job("round.over", _round_over),
)

AFTERS: Final[tuple[After, ...]] = ROUND.afters
