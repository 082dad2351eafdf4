"""The cards of agreements: what a group reads of them, and what it can press.

Every card that shows what an agreement says also says where that stands: agreed together, brought in by moderators and
not yet agreed, or on its way. Numbers come only with the end of a round, and never those of a small one.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.contract.agreements import Agreement, ConsentRound, Version
from bot.contract.card import Card, Choice
from bot.contract.place import Member
from bot.contract.text import Fact, Said, Text, text
from bot.domain import agreement as a
from bot.domain.statements import KEPT, differences

ROUND_CHOICES: Final = (
    ("agreement.consent", "choice-agreement-consent"),
    ("agreement.concern", "choice-agreement-concern"),
    ("agreement.aside", "choice-agreement-aside"),
    ("agreement.later", "choice-agreement-later"),
)
"""Where one may stand, all alike."""


def lines(version: Version) -> tuple[Text, ...]:
    """Return what a version says, a statement a line."""
    if not version.statements:
        return (text("agreement-nothing"),)
    return tuple(
        text("agreement-line", number=number, words=Said(words)) for number, words in enumerate(version.statements, 1)
    )


def stands(version: Version, zone: str, *, until: datetime | None = None) -> Text:
    """Return where a version stands.

    Args:
        version: The version.
        zone: The zone of the community: days are meant there.
        until: When its round is over, if one is open.
    """
    facts: dict[str, Fact] = {
        "state": _token("brought in" if version.brought and version.state in a.STANDING else version.state),
        "number": version.number,
        "due": "yes" if version.state == a.REVIEW else "no",
    }
    for name, at in (("stood", version.stood_at), ("review", version.review_at)):
        facts[name] = "" if at is None else _day(at, zone)
    return text("agreement-stands", **facts, until="" if until is None else until)


def read(agreement: Agreement, version: Version, zone: str, *, until: datetime | None = None) -> Card:
    """Return a version to be read."""
    return Card(
        (*lines(version), stands(version, zone, until=until), *_allows(version)),
        title=text("agreement-title", title=Said(agreement.title)),
    )


def asks(agreement: Agreement, version: Version, round_: ConsentRound, zone: str) -> Card:
    """Return the card of a consent round: for whom, until when, how many consents it needs, and what silence means."""
    said = text(
        "agreement-round",
        number=version.number,
        until=round_.ends_at,
        whom=round_.whom,
        needs=round_.needs,
        silence="yes" if round_.silence else "no",
    )
    review = () if round_.review_at is None else (text("agreement-round-review", review=_day(round_.review_at, zone)),)
    return Card(
        (*lines(version), *_allows(version), said, *review),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=tuple(Choice(action, text(label), round_.id) for action, label in ROUND_CHOICES),
    )


def ended(agreement: Agreement, version: Version, *, why: str, zone: str) -> Card:
    """Return how a round ended, with numbers only where they name nobody.

    Args:
        agreement: The agreement.
        version: The version as the round left it.
        why: Why it is not agreed, where it is not: ``concern``, ``few``, or ``late`` (its review date went by).
        zone: The zone of the community.
    """
    why = {a.ADOPTED: "adopted", a.REPLACED: "gone"}.get(version.state, why)
    review = "" if version.review_at is None else _day(version.review_at, zone)
    said = [text("agreement-ended", why=why, number=version.number, review=review)]
    if version.consents is not None and version.aside is not None:
        said.append(text("agreement-totals", consents=version.consents, aside=version.aside))
    return Card(tuple(said), title=text("agreement-title", title=Said(agreement.title)))


def recall(version: Version, statement: str, zone: str, who: Member | None) -> Card:
    """Return what is said when somebody asked for a statement; ``who`` only if they wish to be named."""
    said = text("agreement-recall", words=Said(statement))
    if who is not None:
        said = text("agreement-recall-named", who=who, words=Said(statement))
    return Card(
        (said, stands(version, zone)),
        choices=(Choice("agreement.quiet", text("choice-agreement-quiet"), version.agreement),),
    )


def reminder(agreement: Agreement, version: Version, zone: str, statement: int | None) -> Card:
    """Return a reminder: of one statement, counted from 0, or of the whole."""
    said = lines(version) if statement is None else (lines(version)[statement],)
    return Card(
        (text("agreement-reminder"), *said, stands(version, zone)),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=(Choice("agreement.no-reminders", text("choice-agreement-no-reminders"), agreement.id),),
    )


def review(agreement: Agreement, version: Version, zone: str) -> Card:
    """Return what is asked, once, when the review date has come."""
    return Card(
        (*lines(version), stands(version, zone), text("agreement-review")),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=(
            Choice("agreement.take-up", text("choice-agreement-take-up"), version.id),
            Choice("agreement.suggest", text("choice-agreement-suggest"), version.id),
        ),
    )


def copy_gone(agreement: Agreement) -> Card:
    """Return what is said when the pinned copy is not there any more."""
    return Card(
        (text("agreement-copy-gone"),),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=(Choice("agreement.copy", text("choice-agreement-copy"), agreement.id),),
    )


def rests(agreement: Agreement) -> Card:
    """Return what is said when a version under way makes room for another."""
    return Card(
        (text("agreement-rests", days=a.RESTS_AFTER.days),),
        title=text("agreement-title", title=Said(agreement.title)),
    )


def changed(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Text, ...]:
    """Return what changed between two versions, a statement a line; what stayed is told in one line at the end."""
    told = differences(before, after)
    kept = sum(one.kind == KEPT for one in told)
    said = [
        text("agreement-difference", kind=one.kind, before=Said(one.before), after=Said(one.after))
        for one in told
        if one.kind != KEPT
    ]
    return (*said, text("agreement-kept", kept=kept, all="no" if said else "yes"))


def _allows(version: Version) -> tuple[Text, ...]:
    return (text("agreement-allows", what=version.allows, days=a.ANSWERED_AFTER.days),) if version.allows else ()


def _token(state: str) -> str:
    return state.replace(" ", "-")


def _day(at: datetime, zone: str) -> Fact:
    return at.astimezone(ZoneInfo(zone)).date()
