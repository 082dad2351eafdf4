"""What time asks of agreements: rounds end, review dates come, what nobody touches rests; and the pinned copy.

In each room of an agreement a copy of the version that stands is pinned, and kept in step with it. A copy that somebody
deleted or that cannot be edited any more is noticed when it is looked at, once a day at the latest, and offered again.
An agreement whose room is gone moves to the room that moderators chose for agreements, with the next thing to be said.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from bot.contract.agreements import Agreement, Home, Version
from bot.contract.card import Card
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.effect import Accepted, Delete, Edit, Pin, Refused, Say, Then
from bot.contract.facts import Right
from bot.contract.intent import Done, Due
from bot.contract.place import Post
from bot.contract.tables import Tx
from bot.contract.text import text
from bot.domain import agreement as a
from commands import agreement_words as cards
from commands.agreement_steps import CLOSES, LAPSES, REVIEWS, happen

DOES: Final = "agreements"
"""What the room does in which agreements stand that were proposed in private, or whose own room is gone."""

CHECKS: Final = "agreement.checks"
"""The daily job that looks whether the copies still stand; its subject is the agreement."""
EVERY: Final = timedelta(days=1)


def zone(tx: Tx, agreement: Agreement) -> str:
    """Return the zone of the community: days are meant there."""
    community = tx.communities.get(agreement.community)
    return "UTC" if community is None else community.zone


def standing(tx: Tx, agreement: Agreement) -> Version | None:
    """Return the version that stands."""
    return next((one for one in tx.agreements.versions(agreement.id) if one.state in a.STANDING), None)


def tell(tx: Tx, agreement: Agreement, card: Card, keep: str = "", until: datetime | None = None) -> None:
    """Say something in every room of an agreement; ``keep`` names what it goes with, and ``until`` when it is over."""
    for home in tx.agreements.homes(agreement.id):
        _say(tx, agreement, home, card, keep, until)


def _say(tx: Tx, agreement: Agreement, home: Home, card: Card, keep: str = "", until: datetime | None = None) -> None:
    tx.outbox.put(
        Say(home.room, card, keep=keep),
        then=Then("agreement.told", (agreement.id, keep, "" if until is None else until)),
        subject=keep,
        expires_at=until,
        community=agreement.community,
    )


def _moved(tx: Tx, agreement: Agreement, home: Home, done: Done) -> Home | None:
    """Give an agreement the room that moderators chose where its own is gone; None where there is none to give."""
    if not isinstance(done.result, Refused) or done.result.reason != "gone":
        return None
    room = tx.communities.room(agreement.community, DOES, home.room.platform)
    if room is None or room == home.room:
        return None
    moved = Home(agreement.id, room)
    tx.agreements.settle(moved)
    return moved


def _told(_: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Say it again where the agreement is now, if its room is not there any more."""
    found = _home(tx, done)
    if found is None:
        return
    agreement, home = found
    moved = _moved(tx, agreement, home, done)
    assert isinstance(done.effect, Say)  # noqa: S101 - as `_say` put it
    keep, until = done.facts[1:]
    if moved is not None:
        _say(tx, agreement, moved, done.effect.card, str(keep), until if isinstance(until, datetime) else None)


def keep_copies(turn: Turn[Any], tx: Tx, agreement: Agreement) -> None:
    """Let the copies show the version that stands; where none does, take them away."""
    version = standing(tx, agreement)
    tx.agenda.cancel(agreement.id, CHECKS)
    for home in tx.agreements.homes(agreement.id):
        if version is not None and home.post is not None:
            tx.outbox.supersede(_subject(home))
            _edit(tx, agreement, version, home, home.post)
            continue
        tx.outbox.recall(_subject(home))
        if version is None:
            _take(tx, home)
        else:
            _post(tx, agreement, version, home)
    if version is not None:
        tx.agenda.put(CHECKS, agreement.id, turn.now + EVERY, community=agreement.community)


def _subject(home: Home) -> str:
    return f"copy-{home.agreement}-{home.room.platform}"


def _take(tx: Tx, home: Home) -> None:
    if home.post is not None:
        tx.outbox.put(Pin(home.post, pinned=False))
        tx.outbox.put(Delete(home.post))
        tx.agreements.settle(Home(home.agreement, home.room))


def _post(tx: Tx, agreement: Agreement, version: Version, home: Home) -> None:
    tx.outbox.put(
        Say(home.room, cards.copy(agreement, version, zone(tx, agreement))),
        then=Then("agreement.copied", (agreement.id, version.number)),
        subject=_subject(home),
        community=agreement.community,
    )


def _edit(tx: Tx, agreement: Agreement, version: Version, home: Home, post: Post) -> None:
    tx.outbox.put(
        Edit(post, cards.copy(agreement, version, zone(tx, agreement))),
        then=Then("agreement.looked", (agreement.id, version.number)),
        subject=_subject(home),
        community=agreement.community,
    )


def _home(tx: Tx, done: Done) -> tuple[Agreement, Home] | None:
    """Return the agreement and the room that an effect was for."""
    agreement = tx.agreements.get(str(done.facts[0]))
    assert isinstance(done.effect, Say | Edit)  # noqa: S101 - nothing else is continued so
    place = done.effect.to if isinstance(done.effect, Say) else done.effect.post.place
    homes = () if agreement is None else tx.agreements.homes(agreement.id)
    home = next((one for one in homes if one.room == place), None)
    return None if agreement is None or home is None else (agreement, home)


def _shown(done: Done) -> int:
    """Return the number of the version that a copy shows."""
    number = done.facts[1]
    assert isinstance(number, int)  # noqa: S101 - what `_post` and `_edit` gave along
    return number


def _copied(_: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Keep where the copy stands, and pin it. Where pinning is not allowed, it stands all the same."""
    found = _home(tx, done)
    if found is None:
        return
    agreement, home = found
    if isinstance(done.result, Accepted):
        post = Post(home.room, done.result.id)
        tx.agreements.settle(Home(agreement.id, home.room, post, _shown(done)))
        tx.outbox.put(Pin(post))
        return
    moved, version = _moved(tx, agreement, home, done), standing(tx, agreement)
    if moved is not None and version is not None:
        _post(tx, agreement, version, moved)


def _looked(_: Turn[NoArgs], tx: Tx, done: Done) -> None:
    """Keep which version a copy shows; offer it again where it is gone."""
    found = _home(tx, done)
    if found is None:
        return
    agreement, home = found
    if isinstance(done.result, Accepted):
        tx.agreements.settle(Home(agreement.id, home.room, home.post, _shown(done)))
    elif isinstance(done.result, Refused) and done.result.reason == "gone" and home.post is not None:
        tx.agreements.settle(Home(agreement.id, home.room))
        _say(tx, agreement, home, cards.copy_gone(agreement))


def _check(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Look at the copies that stand. One that was gone and is not wanted back stays away."""
    agreement = tx.agreements.get(due.subject)
    version = None if agreement is None else standing(tx, agreement)
    if agreement is None or version is None:
        return
    for home in tx.agreements.homes(agreement.id):
        if home.post is not None:
            _edit(tx, agreement, version, home, home.post)
    tx.agenda.put(CHECKS, agreement.id, turn.now + EVERY, community=agreement.community)


def _look_again(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Look at the copies of a room at once, where a platform hears that something was taken away there."""
    for agreement in () if turn.room is None else tx.agreements.of_room(turn.room):
        version = standing(tx, agreement)
        for home in tx.agreements.homes(agreement.id):
            if version is not None and home.room == turn.room and home.post is not None:
                _edit(tx, agreement, version, home, home.post)
    return Card((text("agreement-looked"),))


def _copy(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Post the copy again where it is gone."""
    agreement = tx.agreements.get(turn.subject)
    if agreement is None or standing(tx, agreement) is None:
        return Card((text("agreement-copy-none"),))
    keep_copies(turn, tx, agreement)
    return Card((text("agreement-copy-posted"),))


def _closes(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """End a round, take its card away, and say how it ended."""
    round_ = tx.agreements.round(due.subject)
    version = None if round_ is None else tx.agreements.version(round_.version)
    agreement = None if version is None else tx.agreements.get(version.agreement)
    if round_ is None or version is None or agreement is None:
        return
    late = round_.review_at is not None and round_.review_at <= turn.now
    why = "concern" if tx.agreements.concerns(agreement.id) else "late" if late else "few"
    after = happen(turn, tx, version, a.CLOSE)
    assert after is not None  # noqa: S101 - no round leaves nothing
    tell(tx, agreement, cards.ended(agreement, after, why=why, zone=zone(tx, agreement)))
    if after.state != a.AMEND:
        keep_copies(turn, tx, agreement)


def _reviews(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Ask the group, once, whether what stands still fits."""
    version = tx.agreements.version(due.subject)
    agreement = None if version is None else tx.agreements.get(version.agreement)
    if version is None or agreement is None or version.state not in {a.BROUGHT, a.ADOPTED}:
        return
    after = happen(turn, tx, version, a.COME_DUE)
    assert after is not None  # noqa: S101 - a review leaves what stands
    tell(tx, agreement, cards.review(agreement, after, zone(tx, agreement)))
    keep_copies(turn, tx, agreement)


def _lapses(turn: Turn[NoArgs], tx: Tx, due: Due) -> None:
    """Erase a draft that nobody touched; let a version under way rest, and say so."""
    version = tx.agreements.version(due.subject)
    agreement = None if version is None else tx.agreements.get(version.agreement)
    if version is None or agreement is None:
        return
    if happen(turn, tx, version, a.LAPSE) is not None:
        tell(tx, agreement, cards.rests(agreement))


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("agreement.copy", _copy, personal=False),
    Command("agreement.look-again", _look_again, right=Right.NONE, community=False),
)
JOBS: Final[tuple[Job, ...]] = (
    Job(CLOSES, _closes),
    Job(REVIEWS, _reviews),
    Job(LAPSES, _lapses),
    Job(CHECKS, _check),
)
AFTERS: Final[tuple[After, ...]] = (
    After("agreement.told", _told),
    After("agreement.copied", _copied),
    After("agreement.looked", _looked),
)
