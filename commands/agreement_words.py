"""The cards of agreements: what a group reads of them, and what it can press.

Every card that shows what an agreement says also says where that stands: agreed together, brought in by moderators and
not yet agreed, or on its way. Numbers come only with the end of a round, and never those of a small one.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.contract.agreements import Agreement, ConsentRound, Suggestion, Version
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

MUCH: Final = 2000
"""Letters of changes up to which each is told. With more, a platform would break the card in two."""


def lines(version: Version) -> tuple[Text, ...]:
    """Return what a version says, a statement a line."""
    if not version.statements:
        return (text("agreement-nothing"),)
    return numbered(version.statements)


def numbered(statements: tuple[str, ...]) -> tuple[Text, ...]:
    """Return statements, a line each."""
    return tuple(text("agreement-line", number=number, words=Said(words)) for number, words in enumerate(statements, 1))


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


def copy(agreement: Agreement, version: Version, zone: str) -> Card:
    """Return the copy of what stands: what it says, where it stands, and what anybody can do about it."""
    card = read(agreement, version, zone)
    return replace(card, lines=(*card.lines, text("agreement-how-to-change")), choices=standing_choices(version))


def standing_choices(version: Version) -> tuple[Choice, ...]:
    """Return what anybody can do about what stands. What the group has not agreed on, or not lately, is taken up."""
    take_up = Choice("agreement.take-up", text("choice-agreement-take-up"), version.id)
    suggest = Choice("agreement.suggest", text("choice-agreement-suggest"), version.id)
    return (suggest,) if version.state == a.ADOPTED else (take_up, suggest)


def talk(
    agreement: Agreement, version: Version, zone: str, *, who: Member | None = None, asks_again: bool = False
) -> Card:
    """Return the card of a version that the group talks about, before it is asked.

    Args:
        agreement: The agreement.
        version: The version.
        zone: The zone of the community.
        who: Who proposes it, if they wish to be named.
        asks_again: Its meaning changed in the middle of a round, which is therefore over.
    """
    again = (text("agreement-asks-again"),) if asks_again else ()
    named = () if who is None else (text("agreement-proposed-by", who=who),)
    said = (*again, *named, *lines(version), stands(version, zone), *_allows(version), text("agreement-talk"))
    return Card(said, title=text("agreement-title", title=Said(agreement.title)), choices=talk_choices(version))


def talk_choices(version: Version) -> tuple[Choice, ...]:
    """Return what anybody can do about a version before the group is asked."""
    turns = ("agreement.discuss", "choice-agreement-discuss")
    if version.state == a.AMEND:
        turns = ("agreement.ask", "choice-agreement-ask")
    return (
        Choice("agreement.suggest", text("choice-agreement-suggest"), version.id),
        Choice(turns[0], text(turns[1]), version.id),
        Choice("agreement.open-round", text("choice-agreement-open-round"), version.id),
    )


def suggested(agreement: Agreement, version: Version, suggestion: Suggestion) -> Card:
    """Return a change that somebody suggests, for a second member to look at."""
    kind = "meaning" if suggestion.meaning else "wording"
    return Card(
        (
            *changed(version.statements, suggestion.statements),
            *(() if suggestion.statements else (text("agreement-nothing"),)),
            text("agreement-suggested", kind=kind, number=version.number),
        ),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=(
            Choice("agreement.just-wording", text("choice-agreement-just-wording"), suggestion.id),
            Choice("agreement.meaning", text("choice-agreement-meaning"), suggestion.id),
        ),
    )


def reworded(agreement: Agreement, before: Version, after: Version) -> Card:
    """Return what is said when the wording of what stands was changed."""
    return Card(
        (*changed(before.statements, after.statements), text("agreement-reworded", number=after.number)),
        title=text("agreement-title", title=Said(agreement.title)),
    )


def gone(agreement: Agreement, line: Text) -> Card:
    """Return what is said when something about an agreement was taken back."""
    return Card((line,), title=text("agreement-title", title=Said(agreement.title)))


def totals(version: Version) -> tuple[Text, ...]:
    """Return what may be told of how many consented; nothing where that is not kept."""
    if version.consents is None or version.aside is None:
        return ()
    return (text("agreement-totals", consents=version.consents, aside=version.aside),)


def round_says(version: Version, round_: ConsentRound, zone: str) -> tuple[Text, ...]:
    """Return what a round says of itself."""
    said = text(
        "agreement-round",
        number=version.number,
        until=round_.ends_at,
        whom=round_.whom,
        needs=round_.needs,
        silence="yes" if round_.silence else "no",
    )
    review = () if round_.review_at is None else (text("agreement-round-review", review=_day(round_.review_at, zone)),)
    return (said, *review)


def round_choices(round_: ConsentRound) -> tuple[Choice, ...]:
    """Return where one may stand in a round."""
    return tuple(Choice(action, text(label), round_.id) for action, label in ROUND_CHOICES)


def asks(agreement: Agreement, version: Version, round_: ConsentRound, zone: str) -> Card:
    """Return the card of a consent round: for whom, until when, how many consents it needs, and what silence means."""
    return Card(
        (*lines(version), *_allows(version), *round_says(version, round_, zone)),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=round_choices(round_),
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
    said = text("agreement-ended", why=why, number=version.number, review=review)
    return Card(
        (said, *totals(version)),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=talk_choices(version) if version.state == a.AMEND else (),
    )


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
        choices=standing_choices(version),
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
    """Return what changed between two versions, a statement a line; what stayed is told in one line at the end.

    Where that is `MUCH`, the lines are shown as they are now.
    """
    told = differences(before, after)
    if sum(len(one.before) + len(one.after) for one in told if one.kind != KEPT) > MUCH:
        return (text("agreement-differs"), *numbered(after))
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
