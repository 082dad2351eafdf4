"""How two people find each other: slots, questions, yeses, introductions. All of it nameless until both said yes.

`commands.peer` opens and ends openings; what happens in between is here, driven by the agenda. Three habits keep
secrets secret (FEATURES P6). A question goes out only when a slot begins. A no is stored nowhere, so it cannot differ
from silence. Whoever said yes and of whom nothing came hears so at a time that was fixed when they said it, in words
that fit every cause.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.contract.card import Card
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Accepted, Edit, Invite, Leave, MakeRoom, Refused, Say, Then
from bot.contract.facts import NAMING_AGE, Right, Standing
from bot.contract.intent import Done, Due
from bot.contract.place import Member, Room
from bot.contract.ports import Capability
from bot.contract.tables import Profile, Tx
from bot.contract.text import text
from bot.domain import matching
from bot.domain.openings import MET_FOR, Opening, Question
from commands import notes, peer_words

ENTER_WITHIN = timedelta(days=3)
"""How long the choice to enter a room for two works. Nothing is stored for it: it is sealed into the choice."""

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


def take_back(tx: Tx, member: str, now: datetime) -> None:
    """Take every question away from a member, and every yes they gave. To others it is as if they had stayed silent."""
    for asked in tx.questions.to(member):
        tx.outbox.recall(asked.id)
        tx.agenda.cancel(asked.id)
        if asked.opening:
            tx.questions.save(replace(asked, yes=False, ends_at=min(asked.ends_at, now)))
        else:
            tx.questions.remove(asked.id)
    tx.scrub()


def withdraw_all(tx: Tx, profile: Profile, now: datetime) -> None:
    """End all openings of a member and take back every yes."""
    for opening in tx.openings.of_member(profile.id):
        end(tx, opening)
    take_back(tx, profile.id, now)


# Who may be brought together


def standing(turn: Turn[object], tx: Tx, member: Member, community: str) -> Standing:
    """Return a member's standing, as of now: used wherever somebody is about to be asked or named."""
    return turn.live.standing(member, tx.communities.spaces(community), NAMING_AGE)


def _ready(turn: Turn[object], tx: Tx, community: str, who: Profile) -> bool:
    """Return whether somebody may be brought together with anybody now.

    Paused, gone and timed out are all the same here, and change nothing that others can see: what they have open rests.
    """
    paused = who.paused_until is not None and who.paused_until > turn.now
    now = standing(turn, tx, who.member, community)
    if now.right is Right.NONE and not tx.agenda.of_member(who.id, "peer.left"):
        tx.agenda.put("peer.left", who.id, turn.now + LEFT_FOR, member=who.id)
    return now.right >= Right.MEMBER and now.able and not paused


def _keeps_apart(turn: Turn[object], tx: Tx, owner: Profile) -> Callable[[Profile], bool]:
    """Return a test whether two keep apart, either way."""
    own = {entry.hash for entry in tx.aparts.of(owner.id)}

    def apart(other: Profile) -> bool:
        theirs = {entry.hash for entry in tx.aparts.of(other.id)}
        return (
            turn.sealer.one_sided(owner.salt, other.member) in own
            or turn.sealer.one_sided(other.salt, owner.member) in theirs
        )

    return apart


def _may_meet(turn: Turn[object], tx: Tx, community: str, one: Profile, other: Profile) -> bool:
    """Return whether, at this moment, nothing stands against introducing these two."""
    return (
        not _keeps_apart(turn, tx, one)(other)
        and _ready(turn, tx, community, one)
        and _ready(turn, tx, community, other)
    )


def _ranked(turn: Turn[object], tx: Tx, opening: Opening, owner: Profile) -> list[tuple[Opening, Profile]]:
    """Return the openings that might answer this one, the one to ask first at the front."""
    found = {other.member: tx.members.get(other.member) for other in tx.openings.others(opening, turn.now)}
    people = {id_: profile for id_, profile in found.items() if profile is not None}
    pairs = {id_: turn.sealer.pair(owner.salt, profile.salt) for id_, profile in people.items()}
    known = tx.met.known(pairs.values(), turn.now)
    apart = _keeps_apart(turn, tx, owner)
    ranked = matching.candidates(
        opening,
        (other for other in tx.openings.others(opening, turn.now) if other.member in people),
        now=turn.now,
        apart=lambda other: apart(people[other.member]),
        met=lambda other: pairs[other.member] in known,
    )
    return [(other, people[other.member]) for other in ranked]


# Slots and questions


def slot(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Begin a slot of an opening: ask the next candidate, if there is one."""
    opening = tx.openings.get_for_change(due.subject)
    if opening is None or opening.ends_at <= turn.now:
        return
    tx.agenda.put("peer.slot", opening.id, opening.next_slot(turn.now), community=opening.community)
    _ask_somebody(turn, tx, opening)


def _ask_somebody(turn: Turn[NoArgs], tx: Tx, opening: Opening) -> None:
    owner = tx.members.get(opening.member)
    if owner is None:
        return
    asked = [one for one in tx.questions.about(opening.id) if one.ends_at > turn.now]
    if any(one.second for one in asked) or not _ready(turn, tx, opening.community, owner):
        return
    waiting = [one for one in asked if one.yes]
    if waiting:
        if notes.may_be_asked(turn, tx, owner, opening.community):
            _ask(turn, tx, opening, owner, opening, waiting[0])
        return
    for other, candidate in _ranked(turn, tx, opening, owner):
        if notes.may_be_asked(turn, tx, candidate, opening.community) and _ready(
            turn, tx, opening.community, candidate
        ):
            _ask(turn, tx, opening, candidate, other, None)
            return


def _ask(
    turn: Turn[NoArgs], tx: Tx, opening: Opening, whom: Profile, through: Opening, second_to: Question | None
) -> None:
    """Put a question to somebody: to a candidate, or to the owner of the opening about a peer who said yes."""
    place = second_to.place if second_to is not None else matching.shared_place(opening, through) or "room"
    shared = matching.shared_languages(opening, through)
    asked = Question(
        id=turn.chance.new_id(),
        opening=opening.id,
        member=whom.id,
        with_member=second_to.member if second_to is not None else opening.member,
        asked_at=turn.now,
        ends_at=opening.next_slot(turn.now),
        place=place,
        second=second_to is not None,
    )
    tx.questions.add(asked)
    tx.openings.spend(through.id)
    tx.agenda.put("peer.question-over", asked.id, asked.ends_at, community=opening.community)
    tx.outbox.put(
        Say(whom.member, peer_words.question(tx, opening, asked, shared, through), keep=asked.id),
        subject=asked.id,
        expires_at=asked.ends_at,
        then=Then("peer.asked", (asked.id,)),
    )
    notes.count(turn, tx, whom, opening.community)


def asked_or_not(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Go on to the next candidate at once if this one cannot be reached: that is the same as absence."""
    if not isinstance(done.result, Refused):
        return
    asked = tx.questions.get_for_change(str(done.facts[0]))
    opening = tx.openings.get_for_change(asked.opening) if asked is not None and asked.opening else None
    if asked is None or opening is None or asked.ends_at <= turn.now:
        return
    tx.agenda.cancel(asked.id)
    tx.questions.save(replace(asked, ends_at=turn.now))
    if not asked.second:
        _ask_somebody(turn, tx, opening)


def question_over(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Say that nothing came of a question, in the same words to everyone and whatever the cause."""
    asked = tx.questions.get_for_change(due.subject)
    if asked is None:
        return
    late = asked if asked.opening and not asked.yes and not asked.second else None
    for post in tx.outbox.posts(asked.id):
        tx.outbox.put(Edit(post, peer_words.over(late)), subject=asked.id)
    if asked.yes:
        profile = tx.members.get(asked.member)
        if profile is not None:
            notes.note(turn, tx, profile, text("peer-question-over"))
    if asked.opening and not asked.second:
        tx.questions.save(replace(asked, yes=False))
    else:
        tx.outbox.release(asked.id)
        tx.questions.remove(asked.id)


# Answers


def _answered(turn: Turn[NoArgs], tx: Tx) -> tuple[Question, Opening, Profile] | None:
    """Return the question that was pressed, its opening and the asker, if all of them still stand."""
    me = tx.members.find(turn.asker)
    asked = tx.questions.get_for_change(turn.subject)
    if me is None or asked is None or asked.member != me.id or not asked.opening:
        return None
    opening = tx.openings.get_for_change(asked.opening)
    return (asked, opening, me) if opening is not None and opening.ends_at > turn.now else None


def say_yes(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Hear a yes. A late one counts while the opening is open."""
    found = _answered(turn, tx)
    if found is None:
        return peer_words.over()
    asked, opening, me = found
    if asked.second:
        return _say_second_yes(turn, tx, asked, opening, me)
    asked = replace(asked, yes=True, ends_at=opening.next_slot(turn.now) + opening.slot)
    tx.questions.save(asked)
    tx.agenda.put("peer.question-over", asked.id, asked.ends_at, member=me.id, community=opening.community)
    own = next((one for one in tx.openings.of_member(me.id) if one.community == opening.community), None)
    if matching.implied_yes(opening, own, turn.now):
        _introduce(turn, tx, opening, asked)
    return peer_words.yes_heard(asked.ends_at)


def _say_second_yes(turn: Turn[NoArgs], tx: Tx, asked: Question, opening: Opening, me: Profile) -> Card:
    for theirs in tx.questions.about(opening.id):
        if theirs.member == asked.with_member and theirs.yes and not theirs.second:
            tx.questions.save(replace(asked, yes=True))
            tx.agenda.put("peer.question-over", asked.id, asked.ends_at, member=me.id, community=opening.community)
            _introduce(turn, tx, opening, theirs)
            return peer_words.yes_heard(asked.ends_at)
    return peer_words.over()


def say_no(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - a no is stored nowhere
    """Hear a no. Nothing is written: to everybody else it is the same as silence."""
    return Card((text("peer-no-heard"),))


# Introductions


def _introduce(turn: Turn[NoArgs], tx: Tx, opening: Opening, asked: Question) -> None:
    """Introduce the two if nothing stands against it now. Afterwards only the keyed hash of the pair is kept."""
    owner, other = tx.members.get(opening.member), tx.members.get(asked.member)
    if owner is None or other is None or not _may_meet(turn, tx, opening.community, owner, other):
        return
    tx.met.add(turn.sealer.pair(owner.salt, other.salt), turn.now + MET_FOR)
    tx.outbox.recall(asked.id)
    tx.agenda.cancel(asked.id)
    tx.questions.remove(asked.id)
    end(tx, opening)
    for one in (owner, other):
        lights = tx.openings.of_member(one.id)
        for light in lights:
            if not light.stays:
                end(tx, light)
        if not any(light.stays for light in lights):
            take_back(tx, one.id, turn.now)
    pair = (owner.member, other.member) if turn.chance.flip() else (other.member, owner.member)
    if asked.place == "room" and Capability.ROOMS in turn.can.get(opening.platform, frozenset()):
        space = next(s for s in tx.communities.spaces(opening.community) if s.platform == opening.platform)
        tx.outbox.put(
            MakeRoom(space, text("peer-room-name")),
            then=Then("peer.room-made", (*pair, opening.way, opening.community)),
            urgent=True,
        )
        return
    _tell_both(tx, pair, peer_words.introduced(tx, *pair, opening.way))


def _tell_both(tx: Tx, pair: tuple[Member, Member], card: Card) -> None:
    for one in pair:
        tx.outbox.put(Say(one, card), urgent=True)


def room_made(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Introduce two whose room is made, after looking who can read it. Without a room they get each other's handle."""
    one, other, way, _ = done.facts
    assert isinstance(one, Member) and isinstance(other, Member)  # noqa: S101, PT018 - as `_introduce` put them
    if not isinstance(done.result, Accepted):
        _tell_both(tx, (one, other), peer_words.introduced(tx, one, other, str(way), no_room=True))
        return
    room = Room(one.platform, done.result.id)
    readers = turn.live.readers(room)
    if readers.wider:
        tx.outbox.put(Leave(room))
        _tell_both(tx, (one, other), peer_words.introduced(tx, one, other, str(way), no_room=True))
        return
    sealed = turn.sealer.seal(room.id, turn.now + ENTER_WITHIN)
    _tell_both(tx, (one, other), peer_words.introduced_in_room(tx, one, other, str(way), readers, sealed))


def enter(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Let one of the two into their room."""
    room = turn.sealer.unseal(turn.subject, turn.now)
    if room is None:
        return Card((text("peer-room-closed"),))
    tx.outbox.put(Invite(Room(turn.asker.platform, room), turn.asker), urgent=True)
    return Card((text("peer-room-entered"),))


def stay_out(turn: Turn[NoArgs], tx: Tx) -> Card:  # noqa: ARG001 - nothing is counted
    """Hear that somebody does not want to go in. Nothing is written."""
    return Card((text("peer-room-stayed-out"),))


# Ends


def ended(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """End an opening whose time is over, and say so once, in the same words whatever the cause."""
    opening = tx.openings.get_for_change(due.subject)
    if opening is None:
        return
    profile = tx.members.get(opening.member)
    end(tx, opening)
    if profile is not None:
        notes.note(turn, tx, profile, text("peer-ended", at=opening.ends_at), community=opening.community)


def left(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Forget somebody who left every community, once nothing of theirs is open that others could see vanish."""
    profile = tx.members.get(due.subject)
    if profile is None:
        return
    for community in tx.communities.on(profile.member.platform):
        if standing(turn, tx, profile.member, community.id).right > Right.NONE:
            return
    openings = tx.openings.of_member(profile.id)
    if openings:
        last = max(opening.ends_at for opening in openings)
        tx.agenda.put("peer.left", profile.id, max(last, turn.now + LEFT_FOR), member=profile.id)
        return
    take_back(tx, profile.id, turn.now)
    tx.forget(profile.member, turn.now)


COMMANDS = (
    Command("peer.yes", say_yes, right=Right.NONE, community=False),
    Command("peer.no", say_no, right=Right.NONE, community=False, reads=True),
    Command("peer.enter", enter, right=Right.NONE, community=False),
    Command("peer.stay-out", stay_out, right=Right.NONE, community=False, reads=True),
)

JOBS = (
    Job("peer.slot", slot),
    Job("peer.question-over", question_over, announces="coming-peer-question-over"),
    Job("peer.ends", ended, announces="coming-peer-ends"),
    Job("peer.light-ends", ended, announces="coming-peer-light-ends"),
    Job("peer.left", left),
)

AFTERS = (After("peer.asked", asked_or_not), After("peer.room-made", room_made))
