"""Agreements: proposed by anybody, read by everybody.

A proposal begins as a draft that its author alone sees. What a group has shared can be read by every member, privately:
what stands, what is under way, and each version that ever was, with what changed.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from bot.contract.agreements import Agreement, Version
from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.facts import Right
from bot.contract.params import Pick, Until, Whole, Words, param
from bot.contract.tables import Tx
from bot.contract.text import Said, Text, text
from bot.domain import agreement as a
from bot.domain import statements
from bot.domain.agreement import Terms
from bot.domain.errors import Refusal
from commands import agreement_making, agreement_time
from commands import agreement_words as cards
from commands.agreement_rooms import (
    FEATURE,
    meant,
    member_of,
    missing,
    private,
    review_at,
    room_for,
    settle_everywhere,
    show,
    under_way,
)
from commands.agreement_steps import About, bring_in, happen, propose
from commands.agreement_time import keep_copies, standing, zone

DRAFTS: Final = 3
"""Drafts that somebody may have at a time."""

MOST: Final = 20
"""Agreements of a community that stand or are under way at a time."""

SHOWN: Final = 8
"""Versions that a history shows at once."""

NOTHING: Final = "nothing"
"""What most agreements allow about how agreements are made."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an agreement is called, and what it says, a statement a line."""

    title: str = param(Words(statements.TITLE))
    statements: tuple[str, ...] = param(Words(statements.LONGEST, lines=statements.MOST))


@dataclass(frozen=True, slots=True)
class Brought:
    """As `Proposal`, with the day on which it is looked at again."""

    title: str = param(Words(statements.TITLE))
    statements: tuple[str, ...] = param(Words(statements.LONGEST, lines=statements.MOST))
    review_day: date | int = param(Until(a.REVIEW_WITHIN.days))


@dataclass(frozen=True, slots=True)
class Allowing:
    """What an agreement says about how agreements are made."""

    allows: str = param(Pick((NOTHING, *a.WRITTEN)))


@dataclass(frozen=True, slots=True)
class Which:
    """One of the agreements, by its number in the list; 0 for none."""

    agreement: int = param(Whole(1, MOST), default=0)


# A draft


def _propose(turn: Turn[Proposal], tx: Tx) -> Card:
    """Keep a proposal as a draft, which its author alone sees."""
    if len(tx.agreements.drafts_of(turn.asker)) >= DRAFTS:
        raise Refusal("agreement-drafts-many", limit=DRAFTS)
    room = room_for(turn, tx)
    wrong = missing(turn, room)
    if wrong:
        return Card((text("agreement-cannot"), *wrong))
    return _draft_card(tx, propose(turn, tx, turn.args.title, turn.args.statements, room))


def _draft_card(tx: Tx, version: Version) -> Card:
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None  # noqa: S101 - a version goes with its agreement
    card = cards.read(agreement, version, zone(tx, agreement))
    rooms = tuple(text("agreement-draft", room=home.room) for home in tx.agreements.homes(agreement.id))
    return replace(
        card,
        lines=(*card.lines, *rooms),
        choices=(
            Choice("agreement.share", text("choice-agreement-share"), version.id),
            Choice("agreement.share-named", text("choice-agreement-share-named"), version.id),
            Choice("agreement.anew", text("choice-agreement-anew"), version.id),
            Choice("agreement.allows", text("choice-agreement-allows"), version.id),
            Choice("agreement.drop", text("choice-agreement-drop"), version.id),
        ),
    )


def _draft(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show a draft again."""
    _, version = meant(turn, tx)
    return _draft_card(tx, version) if version.state == a.DRAFT else _version_card(turn, tx, version)


def _anew(turn: Turn[Proposal], tx: Tx) -> Card:
    """Write a draft anew."""
    agreement, version = meant(turn, tx)
    after = happen(turn, tx, version, a.REWRITE, About(statements=turn.args.statements))
    assert after is not None  # noqa: S101 - a draft that is rewritten stays
    tx.agreements.put(replace(agreement, title=turn.args.title))
    return _draft_card(tx, after)


def _anew_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    agreement, version = meant(turn, tx)
    return Prepared({"title": agreement.title, "statements": "\n".join(version.statements)})


def _allows(turn: Turn[Allowing], tx: Tx) -> Card:
    """Mark a draft as one that says how agreements are made."""
    _, version = meant(turn, tx)
    after = happen(turn, tx, version, a.REWRITE, About(statements=version.statements))
    assert after is not None  # noqa: S101 - a draft that is rewritten stays
    after = replace(after, allows="" if turn.args.allows == NOTHING else turn.args.allows)
    tx.agreements.write(after)
    return _draft_card(tx, after)


def _drop(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Erase a draft."""
    _, version = meant(turn, tx)
    happen(turn, tx, version, a.DROP)
    return Card((text("agreement-dropped"),))


def _share(turn: Turn[NoArgs], tx: Tx, *, named: bool) -> Card:
    """Share a draft with the group, with its author's name or without."""
    agreement, version = meant(turn, tx)
    turn = member_of(turn, tx, agreement.community, posts=True)
    _room_for_one_more(turn, tx)
    wrong = tuple(line for home in tx.agreements.homes(agreement.id) for line in missing(turn, home.room))
    if wrong:
        return Card((text("agreement-cannot"), *wrong))
    after = happen(turn, tx, version, a.SHARE)
    assert after is not None  # noqa: S101 - what is shared stays
    settle_everywhere(tx, agreement)
    show(tx, agreement, after, who=turn.asker if named else None)
    return Card(
        (text("agreement-shared", named="yes" if named else "no"),),
        choices=(Choice("agreement.withdraw", text("choice-agreement-withdraw"), after.id),),
    )


def _room_for_one_more(turn: Turn[Any], tx: Tx) -> None:
    if len(_live_ones(tx, turn.community)) >= MOST:
        raise Refusal("agreement-many", limit=MOST)


# What moderators bring in


def _brought_terms(turn: Turn[Brought], tx: Tx) -> Terms:
    here = tx.communities.get(turn.community)
    assert here is not None  # noqa: S101 - dispatch found it
    at = review_at(turn, turn.args.review_day, here.zone)
    if not turn.now < at <= turn.now + a.REVIEW_WITHIN:
        raise Refusal("agreement-review-day", days=a.REVIEW_WITHIN.days)
    return Terms(turn.now, a.FEWEST, at)


def _bring_in_echo(turn: Turn[Brought], tx: Tx) -> tuple[Text, ...]:
    """Show a text back, with what is always said of it."""
    of, room = _brought_terms(turn, tx), room_for(turn, tx)
    assert of.review_at is not None  # noqa: S101 - as `_brought_terms` made it
    lines = (text("agreement-title", title=Said(turn.args.title)), *cards.numbered(turn.args.statements))
    return (*lines, text("agreement-bring-in", room=room, review=of.review_at.date()))


def _bring_in(turn: Turn[Brought], tx: Tx) -> Card:
    """Let a text stand that moderators bring in. It says so, always."""
    _room_for_one_more(turn, tx)
    room = room_for(turn, tx)
    wrong = missing(turn, room)
    if wrong:
        return Card((text("agreement-cannot"), *wrong))
    args = turn.args
    version = bring_in(turn, tx, args.title, args.statements, room, _brought_terms(turn, tx))
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None  # noqa: S101 - a version goes with its agreement
    settle_everywhere(tx, agreement)
    keep_copies(turn, tx, agreement)
    take_out = Choice("agreement.take-out", text("choice-agreement-take-out"), version.id)
    return Card((text("agreement-brought-in", room=room),), choices=(take_out,))


# Reading


def _live_ones(tx: Tx, community: str) -> tuple[Agreement, ...]:
    """Return the agreements that stand or are under way."""
    return tuple(
        one
        for one in tx.agreements.of_community(community)
        if any(version.state in a.STANDING | a.UNDER_WAY for version in tx.agreements.versions(one.id))
    )


def _shared_ones(tx: Tx, community: str) -> tuple[Agreement, ...]:
    """Return every agreement that was ever shared, the living ones first."""
    living = _live_ones(tx, community)
    others = (
        one
        for one in tx.agreements.of_community(community)
        if one not in living and tx.agreements.versions(one.id)[0].state != a.DRAFT
    )
    return (*living, *others)


def _now(tx: Tx, agreement: Agreement) -> Version:
    """Return what is read of an agreement first: what stands, else what is under way, else what was last."""
    return standing(tx, agreement) or under_way(tx, agreement) or tx.agreements.versions(agreement.id)[0]


def _choose(tx: Tx, found: tuple[Agreement, ...], action: str, more: tuple[Version, ...] = ()) -> Card:
    """Return a list to choose from, with the asker's drafts after it."""
    lines: list[Text] = [text("agreement-list")]
    choices: list[Choice] = []
    for number, one in enumerate(found, 1):
        version = _now(tx, one)
        says = cards.stands(version, zone(tx, one), until=_until(tx, version))
        lines.append(text("agreement-listed", number=number, title=Said(one.title), says=says))
        choices.append(Choice(action, text("choice-agreement-look", number=number), one.id))
    for version in more:
        agreement = tx.agreements.get(version.agreement)
        assert agreement is not None  # noqa: S101 - a version goes with its agreement
        lines.append(text("agreement-your-draft", title=Said(agreement.title)))
        choices.append(Choice("agreement.draft", text("choice-agreement-draft"), version.id))
    return Card(tuple(lines), choices=tuple(choices))


def _until(tx: Tx, version: Version) -> Any:
    round_ = tx.agreements.round_about(version.id)
    return None if round_ is None else round_.ends_at


def _drafts(turn: Turn[Any], tx: Tx) -> tuple[Version, ...]:
    """Return the asker's drafts in this community."""
    here = {one.id for one in tx.agreements.of_community(turn.community)}
    return tuple(one for one in tx.agreements.drafts_of(turn.asker) if one.agreement in here)


def _read(turn: Turn[Which], tx: Tx) -> Card:
    """Show an agreement, to the asker alone; where there are several, ask which."""
    found, drafts = _live_ones(tx, turn.community), _drafts(turn, tx)
    if not found and not drafts:
        return Card((text("agreement-none"),))
    if found and (turn.args.agreement or (len(found) == 1 and not drafts)):
        number = turn.args.agreement or 1
        if number <= len(found):
            return view(turn, tx, found[number - 1])
    return _choose(tx, found, "agreement.look", drafts)


def view(turn: Turn[Any], tx: Tx, agreement: Agreement) -> Card:
    """Return an agreement as it is read privately, with what the reader can do about it."""
    return _version_card(turn, tx, _now(tx, agreement))


def _version_card(turn: Turn[Any], tx: Tx, version: Version) -> Card:
    agreement = tx.agreements.get(version.agreement)
    assert agreement is not None  # noqa: S101 - a version goes with its agreement
    versions = tx.agreements.versions(agreement.id)
    round_ = tx.agreements.round_about(version.id)
    card = cards.read(agreement, version, zone(tx, agreement), until=None if round_ is None else round_.ends_at)
    lines = (*card.lines, *cards.totals(version))
    choices: list[Choice] = []
    working = under_way(tx, agreement)
    if version.state in a.STANDING:
        lines += (text("agreement-how-to-change"),)
        choices += cards.standing_choices(version)
        choices.append(Choice("agreement.suggest-end", text("choice-agreement-end"), version.id))
        if version.brought and turn.right >= Right.MODERATOR:
            choices.append(Choice("agreement.take-out", text("choice-agreement-take-out"), version.id))
        if working is not None:
            lines += (text("agreement-also-under-way", number=working.number),)
            choices.append(Choice("agreement.version", text("choice-agreement-under-way"), working.id))
    elif version.state in a.UNDER_WAY:
        choices += cards.talk_choices(version) if round_ is None else cards.round_choices(round_)
        if version.author == turn.asker and round_ is None:
            choices.append(Choice("agreement.withdraw", text("choice-agreement-withdraw"), version.id))
    before = next((one for one in versions if one.number == version.follows), None)
    if before is not None:
        lines += cards.changed(before.statements, version.statements)
        choices.append(Choice("agreement.version", text("choice-agreement-before"), before.id))
    if len(versions) > 1:
        choices.append(Choice("agreement.past", text("choice-agreement-past"), agreement.id))
    return replace(card, lines=lines, choices=tuple(choices))


def _agreement(turn: Turn[Any], tx: Tx) -> tuple[Turn[Any], Agreement]:
    """Return the agreement that was pressed.

    Raises:
        Refusal: ``agreement-gone`` or ``right-member``.
    """
    agreement = tx.agreements.get(turn.subject)
    if agreement is None or tx.agreements.versions(agreement.id)[0].state == a.DRAFT:
        raise Refusal("agreement-gone")
    return member_of(turn, tx, agreement.community), agreement


def _look(turn: Turn[NoArgs], tx: Tx) -> Card:
    turn, agreement = _agreement(turn, tx)
    return view(turn, tx, agreement)


def _version(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show one version, with what changed."""
    agreement, version = meant(turn, tx)
    return _version_card(member_of(turn, tx, agreement.community), tx, version)


def _history(turn: Turn[Which], tx: Tx) -> Card:
    """Show the versions of an agreement; where there are several, ask of which."""
    found = _shared_ones(tx, turn.community)
    if not found:
        return Card((text("agreement-none"),))
    number = turn.args.agreement or (1 if len(found) == 1 else 0)
    if 0 < number <= len(found):
        return _past_card(tx, found[number - 1])
    return _page(tx, found)


def _page(tx: Tx, found: tuple[Agreement, ...]) -> Card:
    """Return as many as are listed at once, with a choice that leads to the others."""
    card = _choose(tx, found[:MOST], "agreement.past")
    if len(found) <= MOST:
        return card
    others = Choice("agreement.others", text("choice-agreement-others"), found[MOST - 1].id)
    return replace(card, choices=(*card.choices, others))


def _others(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show the agreements that come after the one that was pressed."""
    turn, last = _agreement(turn, tx)
    found = _shared_ones(tx, last.community)
    return _page(tx, found[found.index(last) + 1 :])


def _past(turn: Turn[NoArgs], tx: Tx) -> Card:
    _, agreement = _agreement(turn, tx)
    return _past_card(tx, agreement)


def _earlier(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show the versions before the one that was pressed."""
    agreement, version = meant(turn, tx)
    member_of(turn, tx, agreement.community)
    return _past_card(tx, agreement, version.number)


def _past_card(tx: Tx, agreement: Agreement, before: int | None = None) -> Card:
    """Return the latest versions, or the latest before a number; and a choice that leads to those before them."""
    versions = tx.agreements.versions(agreement.id)
    found = tuple(one for one in versions if before is None or one.number < before)
    latest = found[:SHOWN]
    choices = tuple(
        Choice("agreement.version", text("choice-agreement-version", number=one.number), one.id) for one in latest
    )
    if len(found) > SHOWN:
        choices += (Choice("agreement.earlier", text("choice-agreement-earlier"), latest[-1].id),)
    return Card(
        tuple(cards.stands(one, zone(tx, agreement), until=_until(tx, one)) for one in latest),
        title=text("agreement-title", title=Said(agreement.title)),
        choices=choices,
    )


def _amend(turn: Turn[Which], tx: Tx) -> Card:
    """Show what can be changed, with the choice to suggest a change."""
    found = _live_ones(tx, turn.community)
    if not found:
        return Card((text("agreement-none"),))
    number = turn.args.agreement or (1 if len(found) == 1 else 0)
    if not 0 < number <= len(found):
        return _choose(tx, found, "agreement.amends")
    return _amend_card(tx, found[number - 1])


def _amends(turn: Turn[NoArgs], tx: Tx) -> Card:
    _, agreement = _agreement(turn, tx)
    return _amend_card(tx, agreement)


def _amend_card(tx: Tx, agreement: Agreement) -> Card:
    """Return the version on which a change is suggested: the one under way, where there is one."""
    version = under_way(tx, agreement) or _now(tx, agreement)
    card = cards.read(agreement, version, zone(tx, agreement), until=_until(tx, version))
    return replace(card, choices=(Choice("agreement.suggest", text("choice-agreement-suggest"), version.id),))


def _review(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show what can be taken up again: first what is due, then what was brought in, then the rest by its date."""
    stand = ((one, standing(tx, one)) for one in _live_ones(tx, turn.community))
    found = [(one, version) for one, version in stand if version is not None]
    if not found:
        return Card((text("agreement-none-stands"),))
    order = (a.REVIEW, a.BROUGHT, a.ADOPTED)
    found.sort(key=lambda pair: (order.index(pair[1].state), pair[1].review_at or turn.now))
    if len(found) == 1:
        return view(turn, tx, found[0][0])
    return _choose(tx, tuple(one for one, _ in found), "agreement.look")


COMMANDS: Final[tuple[Command[Any], ...]] = (
    Command("agreement read", _read, args=Which, reads=True),
    Command("agreement propose", _propose, args=Proposal, form=True, feature=FEATURE),
    Command("agreement amend", _amend, args=Which, reads=True, feature=FEATURE),
    Command("agreement review", _review, reads=True, feature=FEATURE),
    Command("agreement history", _history, args=Which, reads=True),
    Command("agreement bring-in", _bring_in, args=Brought, right=Right.MODERATOR, form=True, echo=_bring_in_echo,
            feature=FEATURE),
    private("agreement.draft", _draft, reads=True),
    private("agreement.anew", _anew, args=Proposal, form=True, prepare=_anew_now),
    private("agreement.allows", _allows, args=Allowing, form=True),
    private("agreement.drop", _drop),
    private("agreement.share", lambda turn, tx: _share(turn, tx, named=False)),
    private("agreement.share-named", lambda turn, tx: _share(turn, tx, named=True)),
    private("agreement.look", _look, reads=True),
    private("agreement.version", _version, reads=True),
    private("agreement.past", _past, reads=True),
    private("agreement.earlier", _earlier, reads=True),
    private("agreement.others", _others, reads=True),
    private("agreement.amends", _amends, reads=True),
    *agreement_making.COMMANDS,
    *agreement_time.COMMANDS,
)  # fmt: skip
JOBS: Final[tuple[Job, ...]] = agreement_time.JOBS
AFTERS: Final[tuple[After, ...]] = agreement_time.AFTERS
