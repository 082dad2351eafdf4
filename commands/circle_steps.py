"""How a circle goes on: its next meeting is posted, starts, is over; its line of those who wait moves up.

Of a circle one post stands at a time. When a meeting is over, who came to it is forgotten at once, and the next one is
posted: it asks anew, but for those who said that they come to every one. Whatever a power cut left undone and is over
by then is passed over in silence.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.circles import Answer, Circle, Meeting
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Edit, Refused, Say, Then
from bot.contract.facts import USUAL_AGE, Right, Unreachable, WhoIs
from bot.contract.intent import Done, Due
from bot.contract.place import Member, Space
from bot.contract.searches import Search
from bot.contract.tables import Tx
from bot.contract.text import Text, text
from bot.domain import circle as life
from bot.domain.errors import Refusal
from bot.domain.rhythm import next_meeting
from commands import circle_mirror, introducing, notes
from commands import circle_words as words
from commands.circle_feed import coming, in_feeds

FEATURE: Final = "circles"
DOES: Final = "circles"
"""What the room does in which circles are posted that are planned in private."""

STARTS: Final = "circle.starts"
OVER: Final = "circle.over"
OFFERS: Final = "circle.offers"
NOTE: Final = "circle.note"
"""Agenda kinds. Of `OVER` the subject is the circle, of a note the meeting and whose it is, else the meeting."""

LATEST: Final = timedelta(minutes=15)
"""How late it is still said that a meeting starts."""


def present(turn: Turn[Any], tx: Tx, circle: Circle | Search) -> None:
    """Let pass whoever is a member where the circle, or the search for a time, is.

    Raises:
        Refusal: ``right-member``.
    """
    if introducing.standing(turn, tx, turn.asker, circle.community).right < Right.MEMBER:
        raise Refusal("right-member")


def pressed_meeting(turn: Turn[Any], tx: Tx) -> tuple[Circle, Meeting]:
    """Return the meeting that was pressed, before it starts, and its circle.

    Raises:
        Refusal: ``circle-over``, or as `present`.
    """
    meeting = tx.circles.meeting(turn.subject)
    circle = tx.circles.get(meeting.circle) if meeting is not None else None
    if meeting is None or circle is None or meeting.state != life.PLANNED or meeting.starts_at <= turn.now:
        raise Refusal("circle-over")
    present(turn, tx, circle)
    return circle, meeting


def current(tx: Tx, circle: Circle) -> Meeting | None:
    """Return the meeting that is posted or going on."""
    held = (one for one in tx.circles.meetings(circle.id) if one.state == life.PLANNED)
    return min(held, key=lambda one: one.starts_at, default=None)


def still_here(turn: Turn[Any], tx: Tx, circle: Circle, whom: Iterable[Member]) -> frozenset[Member]:
    """Return of some people who is still a member where the circle is. Who left comes to nothing, and has no role."""
    spaces = tx.communities.spaces(circle.community)
    where = {one: tuple(space for space in spaces if space.platform == one.platform) for one in whom}
    turn.live.expect((WhoIs(one, here) for one, here in where.items()), USUAL_AGE)
    return frozenset(one for one, here in where.items() if _is_here(turn, one, here))


def _is_here(turn: Turn[Any], member: Member, spaces: tuple[Space, ...]) -> bool:
    try:
        return turn.live.standing(member, spaces).right >= Right.MEMBER
    except Unreachable:
        # A platform that is away says of nobody that they left; and the others' circle goes on without it.
        return True


# Going on


def go_on(turn: Turn[Any], tx: Tx, circle: Circle, since: datetime | None = None) -> Meeting | None:
    """Post the next meeting, and return it; where there is none any more, the circle is over.

    ``since``: from when on it would have been posted, had nothing been late. Notes before it come no earlier.
    """
    # The one before was over in time for this one, however late that is noticed.
    after = turn.now if since is None else min(turn.now, max(since, turn.now - LATEST))
    following = next_meeting(words.planned_series(circle, tx), after)
    if following is None:
        finish(turn, tx, circle)
        return None
    held = next((one for one in tx.circles.meetings(circle.id) if one.day == following.day), None)
    ends_at = following.at + circle.length
    meeting = Meeting(turn.chance.new_id(), circle.id, following.day, following.at, ends_at, sequence=circle.sequence)
    if held is not None:
        meeting = replace(held, starts_at=following.at, ends_at=ends_at, state=life.PLANNED)
    tx.circles.hold(meeting)
    schedule(tx, circle, meeting)
    regulars = tx.circles.regulars(circle.id)
    here = still_here(turn, tx, circle, regulars)
    for number, member in enumerate(regulars):
        if member in here:
            # All at this instant, and yet one after the other: the line keeps to who said so first.
            said_at = turn.now - timedelta(microseconds=len(regulars) - number)
            seat(turn, tx, circle, meeting, member, said_at)
        else:
            tx.circles.come_no_more(circle.id, member)
    _hand_back_gone(turn, tx, circle, meeting)
    for id_, lead in tx.circles.wishes(circle.id):
        plan_note(turn, tx, circle, meeting, id_, lead, since or turn.now)
    _post(turn, tx, circle, meeting)
    return meeting


def _hand_back_gone(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
    """Free the roles of whoever is not there any more."""
    lent = tx.circles.roles(meeting.id)
    here = still_here(turn, tx, circle, (one.member for one in lent))
    for one in lent:
        if one.member not in here:
            tx.circles.hand_back(meeting.id, one.role)


def schedule(tx: Tx, circle: Circle, meeting: Meeting) -> None:
    """Plan the start and the end of a meeting."""
    tx.agenda.put(STARTS, meeting.id, meeting.starts_at, community=circle.community)
    tx.agenda.put(OVER, circle.id, meeting.ends_at, community=circle.community)
    circle_mirror.follow(tx, circle, meeting)


def _post(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
    tx.outbox.put(
        Say(circle.room, words.post(turn, tx, circle, meeting), keep=meeting.id),
        then=Then("circle.posted", (meeting.id, words.state(tx, circle, meeting))),
        subject=meeting.id,
        expires_at=meeting.starts_at,
        community=circle.community,
    )


def _posted(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Let a post that was on its way while something changed say so; end a circle whose room is gone."""
    meeting = tx.circles.meeting(str(done.facts[0]))
    circle = tx.circles.get(meeting.circle) if meeting is not None else None
    if circle is not None and isinstance(done.result, Refused) and done.result.reason == "gone":
        _end_without_room(turn, tx, circle)
    elif meeting is not None and circle is not None and words.state(tx, circle, meeting) != str(done.facts[1]):
        show(turn, tx, circle, meeting)


def _end_without_room(turn: Turn[Any], tx: Tx, circle: Circle) -> None:
    """End a circle that has no room any more, and tell those who come: nothing could be said of it where it was."""
    held = tx.circles.to_come(circle.id)
    come = {*tx.circles.regulars(circle.id), *(one.member for each in held for one in tx.circles.answers(each.id))}
    come |= {one.member for each in held for one in tx.circles.roles(each.id)}
    soon = min((each.starts_at for each in held), default=turn.now)
    tell(turn, tx, circle, sorted(come), lambda *_: text("circle-told-no-room"), soon)
    finish(turn, tx, replace(circle, sequence=circle.sequence + 1))


def show(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
    """Let the post say how it is now, in its place."""
    subject = f"look-{meeting.id}"
    tx.outbox.supersede(subject)
    for one in tx.outbox.posts(meeting.id):
        tx.outbox.put(
            Edit(one, words.post(turn, tx, circle, meeting)),
            subject=subject,
            expires_at=meeting.starts_at,
            community=circle.community,
        )


def say(tx: Tx, circle: Circle, card: Card, until: datetime) -> None:
    """Say something in the circle's room."""
    tx.outbox.put(Say(circle.room, card), expires_at=until, community=circle.community)


def _starts(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Take the invitation away and let the meeting begin."""
    meeting = tx.circles.meeting(due.subject)
    circle = tx.circles.get(meeting.circle) if meeting is not None else None
    if meeting is None or circle is None or meeting.state != life.PLANNED:
        return
    take_down(tx, meeting)
    if turn.now - due.due_at <= LATEST:
        _hand_back_gone(turn, tx, circle, meeting)
        say(tx, circle, words.begun(tx, circle, meeting), meeting.ends_at)
    else:
        # What was not opened is not closed.
        tx.agenda.put(OVER, circle.id, meeting.ends_at, community=circle.community, facts=(False,))


def take_down(tx: Tx, meeting: Meeting) -> None:
    """Take a post away, and what is planned until the start."""
    tx.outbox.recall(meeting.id)
    tx.outbox.recall(f"look-{meeting.id}")
    for one in tx.circles.answers(meeting.id):
        call_back(tx, one)
    tx.agenda.cancel(meeting.id)


def _over(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Close a meeting, forget who came, and go on to the next."""
    circle = tx.circles.get(due.subject)
    if circle is None or circle.ended_at is not None:
        return
    meeting = current(tx, circle)
    assert meeting is not None  # noqa: S101 - a circle that goes on has one, and it is kept until this closes it
    if circle.speaks and False not in due.facts and turn.now - due.due_at <= LATEST:
        say(tx, circle, words.closed(circle), turn.now + LATEST)
    clear(tx, meeting, life.OVER)
    go_on(turn, tx, circle, due.due_at)


def clear(tx: Tx, meeting: Meeting, state: str, sequence: int | None = None) -> None:
    """Let a meeting be over, or not take place: nothing is planned about it, and nobody's answer is kept."""
    take_down(tx, meeting)
    circle_mirror.take_out(tx, meeting.id)
    for id_, _ in tx.circles.wishes(meeting.circle):
        tx.agenda.cancel(note_subject(meeting.id, id_))
    tx.circles.finish(meeting.id)
    tx.circles.hold(replace(meeting, state=state, sequence=meeting.sequence if sequence is None else sequence))
    tx.scrub()


def call_off(turn: Turn[Any], tx: Tx, meeting: Meeting, sequence: int) -> None:
    """Let a meeting not take place. In the feed of whoever came it then stands as called off."""
    stays = in_feeds(tx, meeting) if meeting.starts_at > turn.now else ()
    clear(tx, meeting, life.SKIPPED, sequence)
    for one in stays:
        tx.circles.answer(one)


def finish(turn: Turn[Any], tx: Tx, circle: Circle) -> None:
    """End a circle: nobody comes any more, and nobody is written to. It stays a while, so that calendars hear of it.

    Who came to every meeting and has a feed is kept as long: in it, what was to come stands as called off.
    """
    for meeting in tx.circles.to_come(circle.id):
        if meeting.state == life.PLANNED and meeting.starts_at <= turn.now:
            clear(tx, meeting, life.OVER, circle.sequence)
        else:
            call_off(turn, tx, meeting, circle.sequence)
    told = coming(tx, circle, turn.now) is not None
    for member in tx.circles.regulars(circle.id):
        if not told or tx.feeds.of_member(member) is None:
            tx.circles.come_no_more(circle.id, member)
    for id_, _ in tx.circles.wishes(circle.id):
        tx.circles.unwish(circle.id, id_)
        tx.agenda.cancel(clocks_subject(circle.id, id_))
    proposal = tx.circles.proposal_about(circle.id)
    if proposal is not None:
        settle(tx, proposal.id)
    tx.agenda.cancel(circle.id)
    tx.circles.put(replace(circle, ended_at=turn.now))
    tx.scrub()


def settle(tx: Tx, proposal: str) -> None:
    """Let a wish to change a circle go, with the card that asks for a second one. It may be gone itself by then."""
    tx.outbox.recall(proposal)
    tx.agenda.cancel(proposal)
    tx.circles.unpropose(proposal)


# Telling those who come


def note_subject(meeting: str, member: str) -> str:
    """Return what a note before a meeting is planned under."""
    return f"{meeting}-{member}"


def clocks_subject(circle: str, member: str) -> str:
    """Return what a note before clocks are set is planned under."""
    return f"clocks-{circle}-{member}"


def tell(
    turn: Turn[Any],
    tx: Tx,
    circle: Circle,
    whom: Iterable[Member],
    says: Callable[[Member, bool], Text],
    by: datetime,
    choices: tuple[Choice, ...] = (),
) -> None:
    """Tell people once what changed, privately, each in their own words. Who is not there any more is told nothing.

    Nobody shall come in vain: a day's budget that is spent does not hold back what would be told too late. Quiet hours
    do; what comes after them is said as what has been.

    Args:
        turn: The turn.
        tx: The transaction.
        circle: Which circle.
        whom: Who is told, but for who asks.
        says: Returns the words for one of them, and for whether it is said after ``by``.
        by: When the meeting begins, or would have, whichever comes first.
        choices: What may be pressed.
    """
    people = [one for one in whom if one != turn.member]
    spaces = tx.communities.spaces(circle.community)
    here = {one: tuple(space for space in spaces if space.platform == one.platform) for one in people}
    turn.live.expect((WhoIs(one, where) for one, where in here.items()), USUAL_AGE)
    for one in people:
        if turn.live.standing(one, here[one]).right < Right.MEMBER:
            continue
        profile = tx.members.find(one)
        if profile is not None:
            told, late = says(one, False), says(one, True)
            notes.note(turn, tx, profile, told, choices=choices, community=circle.community, by=by, after=late)
        else:
            card = Card((says(one, False), text("circle-stop")), choices=choices)
            tx.outbox.put(Say(one, card), community=circle.community)


def plan_note(
    turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting, member: str, lead: int, since: datetime | None = None
) -> None:
    """Plan somebody's note before a meeting, unless it is too near for one.

    ``since``: the meeting was not posted earlier, so whoever wishes a note longer before it than that has it then.
    """
    subject, at = note_subject(meeting.id, member), meeting.starts_at - timedelta(minutes=lead)
    tx.agenda.cancel(subject)
    at = at if since is None else max(at, since)
    if at > turn.now or since is not None:
        tx.agenda.put(NOTE, subject, at, member=member, community=circle.community, facts=(meeting.id, member))


# Seats and the line


def seat(
    turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting, member: Member, said_at: datetime | None = None
) -> str:
    """Give somebody a seat, or the last place in the line, and return which (`life.COME` or `life.WAIT`)."""
    answers = tx.circles.answers(meeting.id)
    mine = next((one for one in answers if one.member == member), None)
    held = mine is not None and (mine.answer == life.COME or mine.offered_until is not None)
    if held or life.free(circle.seats, answers) != 0:
        if mine is not None:
            call_back(tx, mine)
        tx.circles.answer(Answer(meeting.id, member, life.COME, said_at or turn.now))
        return life.COME
    if mine is None or mine.answer != life.WAIT:
        tx.circles.answer(Answer(meeting.id, member, life.WAIT, said_at or turn.now))
    return life.WAIT


def move_up(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting) -> None:
    """Offer free seats to those who wait, who came first in the line at the front.

    Whoever has quiet hours is not asked in them, nor on a day whose budget is spent, and keeps their place. A seat that
    is free meanwhile is there for whoever comes, those who wait included. Who left has no place in the line.
    """
    lapsed = [one for one in tx.circles.answers(meeting.id) if one.offered_until and one.offered_until <= turn.now]
    for one in lapsed:
        tx.circles.unanswer(meeting.id, one.member)
    until = life.answer_by(turn.now, meeting.starts_at)
    answers = tx.circles.answers(meeting.id)
    left = life.free(circle.seats, answers) or 0
    later: list[datetime] = [one.offered_until for one in answers if one.offered_until is not None]
    waiting = [one for one in answers if one.answer == life.WAIT and one.offered_until is None and left and until]
    here = still_here(turn, tx, circle, (one.member for one in waiting))
    for one in waiting:
        if one.member not in here:
            tx.circles.unanswer(meeting.id, one.member)
            continue
        profile = tx.members.find(one.member)
        free = turn.now if profile is None else notes.free_at(turn, tx, profile, circle.community)
        if left and free > turn.now:
            later.append(free)
        elif left and until is not None:
            left -= 1
            later.append(until)
            if profile is not None:
                notes.count(turn, tx, profile, circle.community)
            _offer(turn, tx, circle, meeting, replace(one, offered_until=until))
    tx.agenda.cancel(meeting.id, OFFERS)
    soon = min(later, default=meeting.starts_at)
    if soon < meeting.starts_at:
        tx.agenda.put(OFFERS, meeting.id, soon, community=circle.community)


def _offer_subject(answer: Answer) -> str:
    # Nobody's id stands in a subject: when somebody answered tells one offer from another.
    return f"offer-{answer.meeting}-{answer.said_at.timestamp()}"


def call_back(tx: Tx, answer: Answer) -> None:
    """Call back the offer of a seat that has not left yet."""
    if answer.offered_until is not None:
        tx.outbox.recall(_offer_subject(answer))


def _offer(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting, answer: Answer) -> None:
    assert answer.offered_until is not None  # noqa: S101 - `move_up` sets it
    tx.circles.answer(answer)
    at, until = (
        words.to_member(turn, tx, circle, answer.member, instant)
        for instant in (meeting.starts_at, answer.offered_until)
    )
    card = Card(
        (text("circle-offer", at=at, until=until), text("circle-stop")),
        choices=(
            Choice("circle.come", text("choice-circle-take"), meeting.id),
            Choice("circle.skip", text("choice-circle-pass"), meeting.id),
            Choice("circle.more", text("choice-circle-more"), meeting.id),
        ),
    )
    tx.outbox.put(
        Say(answer.member, card),
        then=Then("circle.offered", (meeting.id, answer.member)),
        subject=_offer_subject(answer),
        expires_at=answer.offered_until,
        urgent=True,
        community=circle.community,
    )


def offer_anew(turn: Turn[Any], tx: Tx, meeting: Meeting) -> None:
    """Take back what was offered for longer than a meeting that starts earlier now leaves time for.

    Whoever was offered it is the first of those who wait again, so that `move_up` offers it anew.
    """
    until = life.answer_by(turn.now, meeting.starts_at)
    for one in tx.circles.answers(meeting.id):
        if one.offered_until is not None and (until is None or one.offered_until > until):
            call_back(tx, one)
            tx.circles.answer(replace(one, offered_until=None))


def _offered(turn: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Pass a seat on at once that could not be offered."""
    meeting = tx.circles.meeting(str(done.facts[0]))
    circle = tx.circles.get(meeting.circle) if meeting is not None else None
    member = done.facts[1]
    assert isinstance(member, Member)  # noqa: S101 - as `_offer` put it
    if meeting is not None and circle is not None and isinstance(done.result, Refused):
        if any(one.member == member and one.offered_until is not None for one in tx.circles.answers(meeting.id)):
            tx.circles.unanswer(meeting.id, member)
        move_up(turn, tx, circle, meeting)


def _offers(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Pass on what was offered and not answered."""
    meeting = tx.circles.meeting(due.subject)
    circle = tx.circles.get(meeting.circle) if meeting is not None else None
    if meeting is not None and circle is not None and meeting.state == life.PLANNED:
        changing(turn, tx, circle, meeting)


def changing(turn: Turn[Any], tx: Tx, circle: Circle, meeting: Meeting, before: str = "") -> None:
    """Let the line move up, and the post say what it says now; ``before`` is what it said."""
    move_up(turn, tx, circle, meeting)
    if words.state(tx, circle, meeting) != before:
        show(turn, tx, circle, meeting)


def answered(tx: Tx, member: Member) -> bool:
    """Return whether somebody said that they come anywhere, or may, or waits, or has a role: so is told of changes."""
    return any((tx.circles.regular_in(member), tx.circles.answers_of(member), tx.circles.roles_of(member)))


def leave_all(turn: Turn[Any], tx: Tx, member: Member) -> None:
    """Take somebody out of every meeting and every role, so that others can have their seats; and their wishes."""
    for proposal in tx.circles.proposals_of(member):
        settle(tx, proposal.id)
    for id_ in tx.circles.regular_in(member):
        tx.circles.come_no_more(id_, member)
    roles, answers = tx.circles.roles_of(member), tx.circles.answers_of(member)
    for lent in roles:
        tx.circles.hand_back(lent.meeting, lent.role)
    for one in answers:
        tx.circles.unanswer(one.meeting, member)
    for id_ in sorted({one.meeting for one in roles} | {one.meeting for one in answers}):
        meeting = tx.circles.meeting(id_)
        circle = tx.circles.get(meeting.circle) if meeting is not None else None
        if (
            circle is not None
            and meeting is not None
            and meeting.state != life.SKIPPED
            and meeting.starts_at > turn.now
        ):
            changing(turn, tx, circle, meeting)


def _about(tx: Tx, subject: str) -> str:
    """Return the community of a circle, of a meeting, of a change that is wished, or of a search for a time."""
    search = tx.searches.get(subject.partition("-")[0])
    if search is not None:
        return search.community
    part = tx.circles.meeting(subject) or tx.circles.proposal(subject)
    circle = tx.circles.get(subject.partition("-")[0] if part is None else part.circle)
    return "" if circle is None else circle.community


def pressed(name: str, run: Any, *, personal: bool = False, **more: Any) -> Command[Any]:
    """Return a command that whoever sees its choice may press; what they may do is looked at when they do."""
    return Command(name, run, right=Right.NONE, community=False, personal=personal, about=_about, **more)


JOBS: Final[tuple[Job, ...]] = (
    Job(STARTS, _starts, together=True),
    Job(OVER, _over, together=True),
    Job(OFFERS, _offers),
)
AFTERS: Final[tuple[After, ...]] = (After("circle.posted", _posted), After("circle.offered", _offered))
