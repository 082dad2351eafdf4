"""Messages that the bot sends on its own: told now, or held for the morning.

Each of them counts against the day's budget that its reader set. In quiet hours, or once the budget is spent, a
note is held; what is held by then comes as one message, a digest. Introductions are not notes: two people waiting for
each other are outside any budget. A note about what begins before it could be told is not held by the budget either:
who asked to be written to before it would not be.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.contract.card import Card, Choice
from bot.contract.command import Job, NoArgs, Turn
from bot.contract.effect import Relay, Say
from bot.contract.intent import Due
from bot.contract.tables import Community, Profile, Tx
from bot.contract.text import Text, text
from bot.domain.errors import Refusal
from bot.domain.quiet import budget_left, is_quiet, local_day, morning, quiet_ends

HELD: Final = "mine.note"
"""Agenda kind of a note that is held. Its facts: whose (our id), the line, the community's id or empty, since when; and
where that line is true only until an instant: that, and what is said from then on."""

STOP: Final = text("note-stop")
"""How to stop what the bot sends on its own; the last line of every note."""


def profile_of(turn: Turn[Any], tx: Tx) -> Profile:
    """Return the asker's profile, made now if there is none.

    Only for handlers that do what the asker said yes to: the profile is the first row about them. It starts with the
    language that their platform shows them.
    """
    profile = tx.members.find(turn.asker)
    if profile is None:
        profile = Profile(turn.chance.new_id(), turn.asker, turn.chance.salt(), turn.now, language=turn.locale)
        tx.members.add(profile)
    return profile


def profile_or_new(turn: Turn[Any], tx: Tx) -> Profile:
    """Return the asker's profile; without one, what it would be, not stored and with an empty id."""
    return tx.members.find(turn.asker) or Profile("", turn.asker, b"", turn.now, language=turn.locale)


def community_of(tx: Tx, id_: str) -> Community:
    """Return a community.

    Raises:
        Refusal: ``community-missing``.
    """
    community = tx.communities.get(id_)
    if community is None:
        raise Refusal("community-missing")
    return community


def hello(turn: Turn[Any], then: str) -> Relay:
    """Write to the asker privately. Whether that works is only known by doing it; without it nothing is begun."""
    return Relay(Say(turn.asker, Card((text("peer-hello"),))), then)


def zone_of(tx: Tx, profile: Profile, community: str = "") -> str:
    """Return the zone a member's days are counted in: their own, else the community's, else UTC.

    Args:
        tx: The transaction.
        profile: Whose.
        community: Id of the community it is about; empty: the one they usually mean, or the only one there is.
    """
    if profile.zone:
        return profile.zone
    found = tx.communities.get(community or profile.usual_community)
    if found is None and len(everywhere := tx.communities.on(profile.member.platform)) == 1:
        found = everywhere[0]
    return found.zone if found is not None else "UTC"


def _left(turn: Turn[Any], tx: Tx, profile: Profile, community: str) -> int:
    today = local_day(turn.now, zone_of(tx, profile, community))
    return budget_left(profile.budget, profile.sent_on, profile.sent, today)


def may_be_asked(turn: Turn[Any], tx: Tx, profile: Profile, community: str) -> bool:
    """Return whether a question may reach a member now: not paused, not in quiet hours, and budget left today."""
    paused = profile.paused_until is not None and turn.now < profile.paused_until
    quiet = is_quiet(turn.now, zone_of(tx, profile, community), profile.quiet_from, profile.quiet_to)
    return not paused and not quiet and _left(turn, tx, profile, community) > 0


def free_at(turn: Turn[Any], tx: Tx, profile: Profile, community: str, by: datetime | None = None) -> datetime:
    """Return when the bot may write to a member on its own; ``turn.now``: at once.

    Args:
        turn: The turn.
        tx: The transaction.
        profile: Whom.
        community: As for `zone_of`.
        by: When it would be too late. A budget that is spent does not hold until then: it spares people what they did
            not ask for at that moment, and this would be lost. Quiet hours do hold.
    """
    zone, quiet = zone_of(tx, profile, community), (profile.quiet_from, profile.quiet_to)
    awake = quiet_ends(turn.now, zone, *quiet)
    if _left(turn, tx, profile, community) > 0:
        return awake
    told = morning(turn.now, zone, *quiet)
    return awake if by is not None and told >= by else told


def count(turn: Turn[Any], tx: Tx, profile: Profile, community: str = "") -> Profile:
    """Count one message that the bot sends on its own; return the profile as it is saved now.

    ``community`` as for `zone_of`: pass the one that `may_be_asked` was given, so that both mean the same day.
    """
    today = local_day(turn.now, zone_of(tx, profile, community))
    sent = profile.sent + 1 if profile.sent_on == today else 1
    counted = replace(profile, sent_on=today, sent=sent)
    tx.members.save(counted)
    return counted


def note(
    turn: Turn[Any],
    tx: Tx,
    profile: Profile,
    line: Text,
    *,
    choices: Iterable[Choice] = (),
    community: str = "",
    subject: str = "",
    by: datetime | None = None,
    after: Text | None = None,
    until: datetime | None = None,
) -> None:
    """Tell a member something they did not ask for this moment: now, or held.

    Args:
        turn: The turn.
        tx: The transaction.
        profile: Whom to tell; read again here, so that a count made meanwhile stands.
        line: What to tell. It is kept sealed while it is held.
        choices: What may be pressed; a note that was held comes without.
        community: Id of the community it is about; empty for none.
        subject: What it is about, so that `Outbox.recall` and `Agenda.cancel` take it back; a note that is held about
            the same subject gives way to this one. Empty: the member, so that ``/mine stop`` takes it back.
        by: When what it is about begins, as for `free_at`.
        after: What to tell instead, once that has begun.
        until: When it is worth nothing any more, where it could not be sent before; None: it always is.
    """
    profile = tx.members.get(profile.id) or profile
    told = free_at(turn, tx, profile, community, by)
    if told > turn.now:
        _hold(turn, tx, profile, line, told, community=community, subject=subject, by=by, after=after)
        return
    count(turn, tx, profile, community)
    card = Card((line, STOP), choices=tuple(choices))
    tx.outbox.put(Say(profile.member, card), subject=subject or profile.id, expires_at=until, community=community)


def gather(
    turn: Turn[Any], tx: Tx, profile: Profile, line: Text, *, community: str, subject: str, by: datetime | None = None
) -> None:
    """Tell a member something as `note` does, as one message with all else that is gathered for them at this moment."""
    profile = tx.members.get(profile.id) or profile
    told = free_at(turn, tx, profile, community, by)
    _hold(turn, tx, profile, line, told, community=community, subject=subject)


def _hold(
    turn: Turn[Any],
    tx: Tx,
    profile: Profile,
    line: Text,
    told: datetime,
    *,
    community: str,
    subject: str,
    by: datetime | None = None,
    after: Text | None = None,
) -> None:
    about = subject or turn.chance.new_id()
    then = () if by is None or after is None else (by, after)
    facts = (profile.id, line, community, turn.now, *then)
    tx.agenda.put(HELD, about, told, member=profile.id, community=community, facts=facts)


def _says(held: Due, now: datetime) -> Text:
    """Return what is held, in words that are true by now."""
    line, *after = (fact for fact in held.facts if isinstance(fact, Text))
    begun = any(isinstance(fact, datetime) and fact <= now for fact in held.facts[4:])
    return after[0] if after and begun else line


def _tell_held(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Tell everything that is held for a member by now, as one message."""
    mine, _, community, *_ = due.facts
    profile = tx.members.get(str(mine))
    if profile is None:
        return
    waiting = [due]
    waiting += [other for other in tx.agenda.of_member(profile.id, HELD) if other.due_at <= turn.now]
    ends = quiet_ends(turn.now, zone_of(tx, profile, str(community)), profile.quiet_from, profile.quiet_to)
    if ends > turn.now:
        # The quiet hours were changed since.
        for held in waiting:
            tx.agenda.put(HELD, held.subject, ends, member=profile.id, community=str(held.facts[2]), facts=held.facts)
        return
    waiting.sort(key=lambda held: str(held.facts[3]))  # as they happened; ISO instants of one zone sort by time
    for held in waiting:
        tx.agenda.cancel(held.subject, HELD)
    count(turn, tx, profile, str(community))
    lines: list[Text] = []
    for held in waiting:
        if (line := _says(held, turn.now)) not in lines:  # the same words twice tell nothing more
            lines.append(line)
    tx.outbox.put(Say(profile.member, Card((*lines, STOP))), subject=profile.id)


COMMANDS: Final = ()
JOBS: Final = (Job(HELD, _tell_held, announces="coming-mine-note"),)
AFTERS: Final = ()
