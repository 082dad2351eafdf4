"""How two people find each other: slots, questions, yeses, introductions. All of it nameless until both said yes.

`commands.peer` opens and ends openings; what happens in between is here, driven by the agenda. Three habits keep
secrets secret (FEATURES P6). A question goes out only when a slot begins. A no is stored nowhere, so it cannot differ
from silence. Whoever said yes and of whom nothing came hears so at a time that was fixed when they said it, in words
that fit every cause.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from bot.contract.card import Card
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Edit, Invite, Refused, Say, Then
from bot.contract.facts import NAMING_AGE, USUAL_AGE, Right, Standing, Unreachable, WhoIs
from bot.contract.intent import Done, Due
from bot.contract.place import Member, Room, Space
from bot.contract.tables import Profile, Tx
from bot.contract.text import text
from bot.domain import matching
from bot.domain.openings import Opening, Question
from commands import cards, notes, peer_words, talk
from commands.meeting import Kind, Meeting, begin, break_off, leave_rounds, room_of_theirs, under_way

AT_ONCE = 16
"""How many candidates are looked up on their platform side by side."""

AT_THE_START = timedelta(minutes=1)
"""How long a slot counts as just begun: later, somebody who cannot be reached leaves it empty."""

LEFT_FOR = timedelta(hours=24)
"""How long after it is noticed that somebody left everything about them goes."""


# Opening and ending


def open_up(turn: Turn[object], tx: Tx, opening: Opening) -> None:
    """Store an opening and plan what it needs. One that asks has its first slot now."""
    tx.openings.add(opening)
    tx.agenda.put(
        "peer.ends" if opening.asks else "peer.light-ends",
        opening.id,
        opening.ends_at,
        member=opening.member,
        community=opening.community,
    )
    if opening.asks:
        tx.agenda.put("peer.slot", opening.id, turn.now, community=opening.community)


def end(tx: Tx, opening: Opening) -> None:
    """Erase an opening and everything that speaks of it.

    Questions about it are taken away from those who were asked. Somebody who said yes still hears at their time that
    nothing came of it: their question stays until then, without what it was about.
    """
    for asked in tx.questions.about(opening.id):
        _call_off(tx, asked)
        tx.outbox.recall(asked.id)
        if asked.yes and not asked.second:
            tx.questions.save(replace(asked, opening="", with_member=""))
        else:
            tx.agenda.cancel(asked.id)
            tx.questions.remove(asked.id)
    tx.outbox.recall(opening.id)
    tx.agenda.cancel(opening.id)
    tx.openings.remove(opening.id)
    tx.scrub()


def take_back(tx: Tx, member: str, now: datetime, community: str = "") -> bool:
    """Close every question to a member: take it away, and with it the yes they gave. Return whether there was a yes.

    To everybody else it is as if they had stayed silent. The yes that a request itself is belongs to the request.

    ``community``: what is open in another one stays. Where a request was withdrawn, it is not known which it was.
    """
    questions = [asked for asked in tx.questions.to(member) if asked.ask_owner or not asked.second]
    if community:
        found = {asked.id: tx.openings.get(asked.opening) for asked in questions}
        elsewhere = {id_ for id_, opening in found.items() if opening is not None and opening.community != community}
        questions = [asked for asked in questions if asked.id not in elsewhere]
    for asked in questions:
        _call_off(tx, asked)
        tx.outbox.recall(asked.id)
        tx.agenda.cancel(asked.id)
        if asked.opening:
            tx.questions.save(replace(asked, yes=False, with_member="", ends_at=min(asked.ends_at, now)))
        else:
            tx.questions.remove(asked.id)
    tx.scrub()
    return any(asked.yes for asked in questions)


def _call_off(tx: Tx, asked: Question) -> None:
    """Call back an introduction that is on its way, when either of the two takes their yes back."""
    first = _first_of(tx, asked)
    if first is None or not asked.yes:
        return
    tx.outbox.recall(under_way(first.id))
    for one in tx.questions.about(first.opening) if first.opening else ():
        if one.second and not one.ask_owner and one.with_member == first.member:
            tx.questions.remove(one.id)


def call_off(tx: Tx, profile: Profile, other: Member | None = None) -> None:
    """Call back every introduction of a member that is on its way; with one other only, if given. The yeses stay."""
    for asked in tx.questions.to(profile.id):
        who = tx.members.get(asked.with_member)
        if other is None or (who is not None and who.member == other):
            _call_off(tx, asked)
    theirs = tx.members.find(other) if other is not None else None
    for yes in tx.rounds.yeses_of(profile.id):
        if other is None or (
            theirs is not None and any(one.member == theirs.id for one in tx.rounds.together(yes.meeting))
        ):
            break_off(tx, yes)


def withdraw_all(tx: Tx, profile: Profile, now: datetime) -> None:
    """End all openings of a member and take back every yes."""
    leave_rounds(tx, profile.id)
    for opening in tx.openings.of_member(profile.id):
        end(tx, opening)
    take_back(tx, profile.id, now)


def forget(tx: Tx, profile: Profile, now: datetime) -> None:
    """Withdraw all, and forget the member. Whoever is being asked about them hears at their time, as ever."""
    withdraw_all(tx, profile, now)
    for asked in tx.questions.naming(profile.id):
        tx.questions.save(replace(asked, with_member=""))
    tx.forget(profile.member, now)


# Who may be brought together


def _spaces(tx: Tx, member: Member, community: str) -> tuple[Space, ...]:
    return tuple(space for space in tx.communities.spaces(community) if space.platform == member.platform)


def standing(turn: Turn[object], tx: Tx, member: Member, community: str, age: timedelta = NAMING_AGE) -> Standing:
    """Return a member's standing; as of now, where somebody is about to be asked or named."""
    return turn.live.standing(member, _spaces(tx, member, community), age)


def group_now(turn: Turn[object], tx: Tx, community: str, who: Profile, age: timedelta = NAMING_AGE) -> str | None:
    """Return the introduction group in which somebody may be brought together with others at this moment.

    None: with nobody. Paused, gone, timed out, in none of the groups and out of sight are all the same here, and change
    nothing that others can see: what they have open rests.
    """
    try:
        now = standing(turn, tx, who.member, community, age)
    except Unreachable:
        return None
    if now.right is Right.NONE and not tx.agenda.of_member(who.id, "peer.left"):
        tx.agenda.put("peer.left", who.id, turn.now + LEFT_FOR, member=who.id)
    paused = who.paused_until is not None and who.paused_until > turn.now
    if now.right < Right.MEMBER or not now.able or paused:
        return None
    here = tx.communities.get(community)
    return "" if here is None else here.group(now)


def keeps_apart(
    turn: Turn[object], tx: Tx, owner: Profile, people: Iterable[Profile] = ()
) -> Callable[[Profile], bool]:
    """Return a test whether two keep apart, either way; the lists of ``people`` are asked all at once."""
    own = {entry.hash for entry in tx.aparts.of(owner.id)}

    def listing(others: Iterable[Profile]) -> frozenset[str]:
        return tx.aparts.among({other.id: turn.sealer.one_sided(other.salt, owner.member) for other in others})

    asked = {other.id: other for other in people}
    theirs = listing(asked.values())

    def apart(other: Profile) -> bool:
        mine = turn.sealer.one_sided(owner.salt, other.member) in own
        return other.id in (theirs if other.id in asked else listing([other])) or mine

    return apart


def may_meet(turn: Turn[object], tx: Tx, community: str, one: Profile, other: Profile) -> bool:
    """Return whether, at this moment, nothing stands against introducing these two."""
    # Both are looked up in any case, so that keeping apart is no quicker than anything else.
    group, theirs = group_now(turn, tx, community, one), group_now(turn, tx, community, other)
    return group is not None and group == theirs and not keeps_apart(turn, tx, one)(other)


def _ranked(turn: Turn[object], tx: Tx, opening: Opening, owner: Profile) -> Iterator[tuple[Opening, Profile]]:
    """Yield the openings that might answer this one, the one to ask first at the front, and who may be asked now.

    They come page by page, and nobody is looked at before they are wanted. What is looked up of a page is looked up of
    all in it, so that who keeps apart from whom costs no more and no less than who is there.
    """
    people: dict[str, Profile] = {}
    met: set[str] = set()
    apart: set[str] = set()

    def others() -> Iterator[Opening]:
        for page in tx.openings.others(opening, turn.now):
            here = {profile.id: profile for _, profile in page}
            people.update(here)
            met.update(_met(turn, tx, owner, here))
            keeps = keeps_apart(turn, tx, owner, here.values())
            apart.update(id_ for id_, profile in here.items() if keeps(profile))
            yield from (other for other, _ in page)

    ranked = matching.one_by_one(
        opening,
        others(),
        now=turn.now,
        apart=lambda other: other.member in apart,
        met=lambda other: other.member in met,
    )
    for other in ranked:
        profile = people[other.member]
        # Whose day is the community's was looked at by the store.
        if not profile.zone or notes.may_be_asked(turn, tx, profile, opening.community):
            yield other, profile


def _met(turn: Turn[object], tx: Tx, owner: Profile, people: Mapping[str, Profile]) -> frozenset[str]:
    """Return who of these was introduced to somebody lately."""
    pairs = {id_: turn.sealer.pair(owner.salt, profile.salt) for id_, profile in people.items()}
    known = tx.met.known(pairs.values(), turn.now)
    return frozenset(id_ for id_, pair in pairs.items() if pair in known)


# Slots and questions


def slot(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Begin a slot of an opening: ask the next candidate, if there is one."""
    opening = tx.openings.get_for_change(due.subject)
    if opening is None or opening.ends_at <= turn.now:
        return
    tx.agenda.put("peer.slot", opening.id, opening.next_slot(turn.now), community=opening.community)
    _ask_somebody(turn, tx, opening)


def _ask_somebody(turn: Turn[NoArgs], tx: Tx, opening: Opening) -> None:
    """Ask the owner about a peer who said yes; else the next candidate; else nobody."""
    owner = tx.members.get(opening.member)
    if owner is None or group_now(turn, tx, opening.community, owner) is None:
        return
    asked = tx.questions.about(opening.id)
    if any(one.second and one.ends_at > turn.now for one in asked):
        return
    for one in _yeses(turn, tx, opening, owner, asked):
        if _bring_to_owner(turn, tx, opening, owner, one):
            return
    for batch in _batches(_ranked(turn, tx, opening, owner)):
        turn.live.expect(
            [WhoIs(candidate.member, _spaces(tx, candidate.member, opening.community)) for _, candidate in batch]
        )
        for other, candidate in batch:
            if (
                notes.may_be_asked(turn, tx, candidate, opening.community)
                and group_now(turn, tx, opening.community, candidate, USUAL_AGE) is not None
                and may_meet(turn, tx, opening.community, owner, candidate)
            ):
                _ask(turn, tx, opening, candidate, matching.shared_place(opening, other) or "room", through=other)
                return


def _batches(ranked: Iterator[tuple[Opening, Profile]]) -> Iterator[list[tuple[Opening, Profile]]]:
    while batch := list(islice(ranked, AT_ONCE)):
        yield batch


def _yeses(
    turn: Turn[NoArgs], tx: Tx, opening: Opening, owner: Profile, asked: Iterable[Question]
) -> Iterator[Question]:
    """Give the yeses that stand: of those who were asked, then of those who pressed the card, the best first."""
    standing_now = [one for one in asked if _standing_yes(one, turn.now)]
    yield from (one for one in standing_now if not one.pressed)
    ranked = cards.best(turn, tx, opening, owner, standing_now)
    for start in range(0, len(ranked), AT_ONCE):
        batch = ranked[start : start + AT_ONCE]
        people = {one.id: profile for one in batch if (profile := tx.members.get(one.member)) is not None}
        turn.live.expect([WhoIs(who.member, _spaces(tx, who.member, opening.community)) for who in people.values()])
        keeps = keeps_apart(turn, tx, owner, people.values())
        yield from (one for one in batch if one.id in people and _might_do(turn, tx, opening, people[one.id], keeps))


def _might_do(turn: Turn[NoArgs], tx: Tx, opening: Opening, who: Profile, apart: Callable[[Profile], bool]) -> bool:
    """Return whether it is worth looking, as of now, whether somebody who pressed can be introduced.

    Any number of people may press. Were each of them looked up as of now, whoever was first would have to be looked up
    again before the last was, and it would never end.
    """
    group = group_now(turn, tx, opening.community, who, USUAL_AGE)
    return group is not None and _long_enough_here(turn, tx, opening.community, who, USUAL_AGE) and not apart(who)


def _long_enough_here(turn: Turn[NoArgs], tx: Tx, community: str, who: Profile, age: timedelta = NAMING_AGE) -> bool:
    """Return whether somebody has been in a community as long as one has to be there to open anything."""
    since = notes.community_of(tx, community).open_from(standing(turn, tx, who.member, community, age))
    return since is None or turn.now >= since


def _standing_yes(asked: Question, now: datetime) -> bool:
    """Return whether a candidate's yes stands."""
    return asked.yes and not asked.second and bool(asked.with_member) and asked.ends_at > now


def _bring_to_owner(turn: Turn[NoArgs], tx: Tx, opening: Opening, owner: Profile, first: Question) -> bool:
    """Ask the owner about a peer who said yes, once; return False where it has to be as if they had said nothing."""
    candidate = tx.members.get(first.member)
    if candidate is None or not may_meet(turn, tx, opening.community, owner, candidate):
        return False
    if first.pressed and not _long_enough_here(turn, tx, opening.community, candidate):
        return False
    if matching.implied_yes(opening, first, turn.now):
        _introduce(turn, tx, opening, first)
        return True
    asked_before = any(one.second and one.with_member == first.member for one in tx.questions.about(opening.id))
    # Nobody has two questions before them at a time; that another asks them is a secret like any other.
    busy = any(one.ends_at > turn.now and not one.yes and not one.pressed for one in tx.questions.to(owner.id))
    if asked_before or busy or not notes.may_be_asked(turn, tx, owner, opening.community):
        return False
    _ask(turn, tx, opening, owner, first.place, second_to=first)
    return True


def _ask(
    turn: Turn[NoArgs],
    tx: Tx,
    opening: Opening,
    whom: Profile,
    place: str,
    *,
    through: Opening | None = None,
    second_to: Question | None = None,
) -> None:
    """Put a question to a candidate (through their opening), or to the owner about a peer who said yes."""
    own = through or opening
    asked = Question(
        id=turn.chance.new_id(),
        opening=opening.id,
        member=whom.id,
        with_member=second_to.member if second_to is not None else opening.member,
        asked_at=turn.now,
        ends_at=opening.next_slot(turn.now),
        place=place,
        second=second_to is not None,
        ask_owner=second_to is not None or matching.asks_owner(opening, own),
    )
    tx.questions.add(asked)
    tx.openings.spend(own.id)
    tx.agenda.put("peer.question-over", asked.id, asked.ends_at, community=opening.community)
    shared = matching.shared_languages(opening, own)
    tx.outbox.put(
        Say(whom.member, peer_words.question(tx, opening, asked, shared, own), keep=asked.id),
        subject=asked.id,
        expires_at=asked.ends_at,
        then=Then("peer.asked", (asked.id,)),
        community=opening.community,
    )
    notes.count(turn, tx, whom, opening.community)


def asked_or_not(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Go on to the next candidate at once if this one cannot be reached: that is the same as absence.

    Their light goes out. Tried again at every slot of every request, it would be the only absence that takes time.
    """
    if not isinstance(done.result, Refused):
        return
    asked = tx.questions.get_for_change(str(done.facts[0]))
    opening = tx.openings.get_for_change(asked.opening) if asked is not None and asked.opening else None
    if asked is None or opening is None or asked.ends_at <= turn.now:
        return
    tx.agenda.cancel(asked.id)
    tx.questions.save(replace(asked, ends_at=turn.now))
    if done.result.reason == "closed" and not asked.second:
        for light in tx.openings.of_member(asked.member):
            if light.community == opening.community and not light.asks:
                end(tx, light)
    if turn.now - asked.asked_at < AT_THE_START:
        _ask_somebody(turn, tx, opening)


def question_over(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Say that nothing came of a question, in the same words to everyone and whatever the cause."""
    asked = tx.questions.get_for_change(due.subject)
    if asked is None:
        return
    if asked.yes:
        _call_off(tx, asked)
    open_still = bool(asked.opening and asked.with_member) and not asked.yes and not asked.second
    for post in tx.outbox.posts(asked.id):
        tx.outbox.put(Edit(post, peer_words.over(asked if open_still else None)), subject=asked.id)
    profile = tx.members.get(asked.member)
    if asked.yes and profile is not None:
        # Promised for this moment when they said yes, so neither budget nor quiet hours hold it back.
        tx.outbox.put(Say(profile.member, Card((text("peer-question-over"), notes.STOP))), subject=profile.id)
    if not asked.opening:
        tx.outbox.release(asked.id)
        tx.questions.remove(asked.id)
        return
    tx.questions.save(replace(asked, yes=False, ends_at=min(asked.ends_at, turn.now)))


# Answers


def _pressed(turn: Turn[NoArgs], tx: Tx) -> tuple[Question, Opening, Profile] | None:
    """Return the question that was pressed, its opening and the asker, if all of them still stand.

    A candidate's late yes counts while the opening is open; a second question is over at its end.
    """
    me = tx.members.find(turn.asker)
    asked = tx.questions.get_for_change(turn.subject)
    if me is None or asked is None or asked.member != me.id or not asked.opening:
        return None
    closed = asked.ends_at <= turn.now if asked.second else not asked.with_member
    opening = None if closed else tx.openings.get_for_change(asked.opening)
    return (asked, opening, me) if opening is not None and opening.ends_at > turn.now else None


def say_yes(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Hear a yes. The answer is the same whether an introduction follows at once or never."""
    found = _pressed(turn, tx)
    if found is None:
        return peer_words.over()
    asked, opening, me = found
    if not asked.yes:
        ends_at = asked.ends_at if asked.second else opening.next_slot(turn.now) + opening.slot
        asked = replace(asked, yes=True, ends_at=ends_at)
        tx.questions.save(asked)
        tx.agenda.put("peer.question-over", asked.id, ends_at, member=me.id, community=opening.community)
        first = _first_of(tx, asked)
        both = asked.second or matching.implied_yes(opening, asked, turn.now) or _owner_said_yes(turn, tx, asked)
        if both and first is not None and _standing_yes(first, turn.now):
            _introduce(turn, tx, opening, first)
    return peer_words.yes_heard(asked)


def _owner_said_yes(turn: Turn[NoArgs], tx: Tx, first: Question) -> bool:
    """Return whether the owner, asked about this peer, has said yes and waits."""
    about = tx.questions.about(first.opening)
    return any(one.second and one.yes and one.with_member == first.member and one.ends_at > turn.now for one in about)


def _first_of(tx: Tx, asked: Question) -> Question | None:
    """Return the candidate's question: this one, or the one whose yes this one is about."""
    if not asked.second or not asked.opening:
        return None if asked.second else asked
    about = tx.questions.about(asked.opening)
    return next((one for one in about if one.member == asked.with_member and not one.second), None)


def say_no(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Hear a no. It is stored nowhere; a yes that was given before is taken back, and then it is silence."""
    found = _pressed(turn, tx)
    if found is not None and found[0].yes:
        asked, opening, _ = found
        _call_off(tx, asked)
        tx.questions.save(replace(asked, yes=False))
        tx.agenda.put("peer.question-over", asked.id, asked.ends_at, community=opening.community)
        return Card((text("peer-yes-taken-back"),))
    return Card((text("peer-no-heard"),))


# Introductions


@dataclass(frozen=True, slots=True)
class _Pending:
    """An introduction that is on its way: the two yeses, the opening, and whose they are."""

    first: Question
    second: Question
    opening: Opening
    owner: Profile
    candidate: Profile


def _pending(turn: Turn[NoArgs], tx: Tx, first_id: str, *, look: bool = True) -> _Pending | None:
    """Return an introduction that is on its way, if at this moment both yeses stand and nothing stands against it.

    Without ``look`` the platform is not asked again: one of the two has just been told, so the other must be, too.
    """
    first = tx.questions.get_for_change(first_id)
    if first is None or not _standing_yes(first, turn.now):
        return None
    opening = tx.openings.get_for_change(first.opening) if first.opening else None
    owner = tx.members.get(first.with_member)
    candidate = tx.members.get(first.member)
    if opening is None or owner is None or candidate is None:
        return None
    about = tx.questions.about(opening.id)
    second = next((one for one in about if one.second and one.yes and one.with_member == first.member), None)
    if second is None or keeps_apart(turn, tx, owner)(candidate):
        return None
    if look and not may_meet(turn, tx, opening.community, owner, candidate):
        return None
    return _Pending(first, second, opening, owner, candidate)


def _introduce(turn: Turn[NoArgs], tx: Tx, opening: Opening, first: Question) -> None:
    """Begin to introduce two who both said yes, unless something stands against it at this moment.

    Until the introduction has arrived, both yeses stay rows, so that either can take theirs back, and everything is
    looked at again before each step.
    """
    if not any(one.second and one.with_member == first.member for one in tx.questions.about(opening.id)):
        implied = Question(
            turn.chance.new_id(), opening.id, opening.member, first.member, turn.now, first.ends_at, first.place,
            yes=True, second=True,
        )  # fmt: skip
        tx.questions.add(implied)
    begin(TWO, turn, tx, first.id)


def _meeting(turn: Turn[NoArgs], tx: Tx, first_id: str, look: bool) -> Meeting | None:
    """Return an introduction that is on its way as the meeting it leads to."""
    found = _pending(turn, tx, first_id, look=look)
    if found is None:
        return None
    # The one whose yes is older is told first.
    pair = (found.owner, found.candidate) if not found.second.ask_owner else (found.candidate, found.owner)
    return Meeting(first_id, found.opening.community, found.opening.way, found.first.place, pair)


def _off(turn: Turn[NoArgs], tx: Tx, first_id: str) -> None:  # noqa: ARG001 - as `Kind.off` says
    """Call an introduction off; the yeses stay."""
    first = tx.questions.get_for_change(first_id)
    if first is not None:
        _call_off(tx, first)


def _over(turn: Turn[NoArgs], tx: Tx, first_id: str) -> None:
    """Erase what led to an introduction: the opening, its questions, and whatever of the two does not stay open."""
    found = _pending(turn, tx, first_id, look=False)
    assert found is not None  # noqa: S101 - it has just been found
    tx.outbox.recall(found.first.id)
    tx.agenda.cancel(found.first.id)
    tx.questions.remove(found.first.id)
    end(tx, found.opening)
    for one in (found.owner, found.candidate):
        here = [light for light in tx.openings.of_member(one.id) if light.community == found.opening.community]
        for light in here:
            if not light.stays:
                end(tx, light)
        if not any(light.stays for light in here):
            take_back(tx, one.id, turn.now, found.opening.community)


TWO: Final = Kind(
    "peer",
    find=_meeting,
    off=_off,
    gone=lambda turn, tx, first_id: None,  # noqa: ARG005 - both still hear at their time that nothing came of it
    over=_over,
    names=peer_words.names,
)


def enter(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Let one of the two into their room."""
    room = turn.sealer.unseal(turn.subject, turn.now)
    if room is None:
        return Card((text("peer-room-closed"),))
    invite = Invite(Room(turn.asker.platform, room), turn.asker)
    tx.outbox.put(invite, then=Then("peer.entered"), urgent=True)
    return Card((text("peer-room-entered"),))


def entered(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Tell somebody whose room could not be opened for them; where the bot stays, one that is gone has been closed."""
    if isinstance(done.result, Refused) and isinstance(done.effect, Invite):
        who = done.effect.member
        ended = done.result.reason == "gone" and talk.stays(turn, who.platform)
        tx.outbox.put(Say(who, talk.over() if ended else Card((text("peer-room-closed"),))), urgent=True)


def stay_out(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - nothing is counted
    """Hear that somebody does not want to go in. Nothing is written."""
    return Card((text("peer-room-stayed-out"),))


# Ends


def ended(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """End an opening whose time is over, and say so once, in the same words whatever the cause.

    A light that stays may have led to introductions, which nobody noted; so its words leave that open.
    """
    opening = tx.openings.get_for_change(due.subject)
    if opening is None:
        return
    profile = tx.members.get(opening.member)
    end(tx, opening)
    if profile is not None:
        says = "peer-light-ended" if opening.stays else "peer-ended"
        notes.note(turn, tx, profile, text(says, at=opening.ends_at), community=opening.community)


def gone(turn: Turn[NoArgs], tx: Tx, due: Due) -> Profile | None:
    """Return somebody who is to be forgotten: they left every community, and nothing of theirs is open.

    What others could see vanish ends first; then they are looked for again.
    """
    profile = tx.members.get(due.subject)
    if profile is None:
        return None
    communities = tx.communities.on(profile.member.platform)
    turn.live.expect([WhoIs(profile.member, _spaces(tx, profile.member, one.id)) for one in communities])
    if any(standing(turn, tx, profile.member, one.id, USUAL_AGE).right > Right.NONE for one in communities):
        return None
    openings = tx.openings.of_member(profile.id)
    if openings:
        last = max(opening.ends_at for opening in openings)
        tx.agenda.put("peer.left", profile.id, max(last, turn.now + LEFT_FOR), member=profile.id)
        return None
    return profile


COMMANDS = (
    Command("peer.yes", say_yes, right=Right.NONE, community=False),
    Command("peer.no", say_no, right=Right.NONE, community=False),
    Command("peer.enter", enter, right=Right.NONE, community=False),
    Command("peer.stay-out", stay_out, right=Right.NONE, community=False, reads=True),
)

JOBS = (
    Job("peer.slot", slot),
    Job("peer.question-over", question_over, announces="coming-peer-question-over"),
    Job("peer.ends", ended, announces="coming-peer-ends"),
    Job("peer.light-ends", ended, announces="coming-peer-light-ends"),
    Job("peer.room", room_of_theirs),
)

AFTERS = (
    After("peer.asked", asked_or_not),
    *TWO.afters,
    After("peer.entered", entered),
)
