"""The first steps of setting a community up, for its moderators: language, zone, words, limits, groups, elsewhere.

Moderators have settings and nothing else: no command here shows anything about a member. Nothing is made before a
moderator presses *Set up here*. What is not given stays as it is; ``setup clear`` empties a list.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from bot.contract.card import Card, Choice, Option
from bot.contract.command import After, Command, Job, NoArgs, Prepared, Turn
from bot.contract.facts import Right
from bot.contract.params import Pick, Roles, Whole, Words, Zone, param
from bot.contract.place import Space
from bot.contract.tables import Community, Tx
from bot.contract.text import Said, text
from bot.domain.errors import Refusal
from bot.domain.languages import SPOKEN
from commands import (
    checkin_words,
    setup_check,
    setup_door,
    setup_features,
    setup_proposals,
    setup_rooms,
    setup_undo,
    setup_walk,
)
from commands.setup_proposals import LONGEST_WORD, MOST_WORDS
from commands.setup_shared import community_of, entries, moderator, of_the_platform, present, saved

MOST_PLACES: Final = 12
"""Lines of the list of other places."""

LONGEST_ID: Final = 255
"""Letters of an id; Matrix allows the longest ones."""

SET_UP_WITHIN: Final = timedelta(hours=1)
"""How long the choice to set up works."""

LISTS: Final = ("words", "groups", "elsewhere", "moderators", *checkin_words.LISTS)
"""What can be emptied."""


def _here(turn: Turn[Any], tx: Tx) -> Community | None:
    return tx.communities.of_space(turn.space) if turn.space is not None else None


def _setup(turn: Turn[NoArgs], tx: Tx) -> Card:
    community = _here(turn, tx)
    if community is None:
        return Card(
            (text("setup-new"), text("setup-new-keeps")),
            title=text("setup-title"),
            choices=(
                Choice("setup.here", text("choice-setup-here"), subject=_sealed_space(turn)),
                Choice("setup.not", text("choice-setup-not")),
            ),
        )
    return present(turn, tx, community)


def _shown(turn: Turn[NoArgs], tx: Tx) -> Card:
    return present(turn, tx, community_of(turn, tx))


def _not(_: Turn[NoArgs], __: Tx) -> Card:
    return Card((text("setup-not"),))


def _sealed_space(turn: Turn[NoArgs]) -> str:
    """Return where this was asked, as a subject: the answer may be pressed in private, where no space is."""
    return turn.sealer.seal(turn.space.id, turn.now + SET_UP_WITHIN) if turn.space is not None else ""


def _set_up_here(turn: Turn[NoArgs], tx: Tx) -> Card:
    id_ = turn.sealer.unseal(turn.subject, turn.now)
    if id_ is None:
        raise Refusal("only-in-space")
    space = Space(turn.asker.platform, id_)
    if turn.live.standing(turn.asker, (space,)).right < Right.MODERATOR:
        raise Refusal("right-moderator")
    community = tx.communities.of_space(space)
    if community is None:
        language = turn.locale.split("-")[0]
        community = Community(turn.chance.new_id(), turn.now, language=language if language in SPOKEN else "en")
        tx.communities.add(community, space)
    return present(turn, tx, community)


@dataclass(frozen=True, slots=True)
class Language:
    """The language and the clock of posts in the community's rooms."""

    language: str | None = param(Pick(SPOKEN), default=None)
    zone: str | None = param(Zone(), default=None)


def _language(turn: Turn[Language], tx: Tx) -> Card:
    now = community_of(turn, tx)
    changed = replace(now, language=turn.args.language or now.language, zone=turn.args.zone or now.zone)
    tx.communities.save(changed)
    return saved(turn, tx, changed)


def _language_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    community = community_of(turn, tx)
    options = tuple(Option(code, text(f"option-language-{code}")) for code in SPOKEN)
    return Prepared({"language": community.language, "zone": community.zone}, {"language": options})


@dataclass(frozen=True, slots=True)
class Limits:
    """How long somebody is in the community before they may ask or light."""

    wait_days: int = param(Whole(0, 90))


def _limits(turn: Turn[Limits], tx: Tx) -> Card:
    changed = replace(community_of(turn, tx), wait_days=turn.args.wait_days)
    tx.communities.save(changed)
    return saved(turn, tx, changed)


def _limits_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"wait_days": str(community_of(turn, tx).wait_days)})


@dataclass(frozen=True, slots=True)
class Groups:
    """The roles within which people meet."""

    groups: tuple[str, ...] = param(Roles())


def _groups(turn: Turn[Groups], tx: Tx) -> Card:
    if any(len(role) > LONGEST_ID for role in turn.args.groups):
        raise Refusal("option-unknown")
    changed = replace(community_of(turn, tx), groups=turn.args.groups)
    tx.communities.save(changed)
    return saved(turn, tx, changed)


def _groups_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"groups": community_of(turn, tx).groups})


@dataclass(frozen=True, slots=True)
class Moderators:
    """The roles whose members moderate here, besides those whom the platform lets."""

    moderator_roles: tuple[str, ...] = param(Roles())


def _moderators(turn: Turn[Moderators], tx: Tx) -> Card:
    of_the_platform(turn, tx)
    if any(len(role) > LONGEST_ID for role in turn.args.moderator_roles):
        raise Refusal("option-unknown")
    changed = replace(community_of(turn, tx), moderators=turn.args.moderator_roles)
    tx.communities.save(changed)
    return saved(turn, tx, changed)


def _moderators_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"moderator_roles": community_of(turn, tx).moderators})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The community's words, one a line."""

    word_list: tuple[str, ...] = param(Words(LONGEST_WORD, lines=MOST_WORDS))


def _words(turn: Turn[Vocabulary], tx: Tx) -> Card:
    community = community_of(turn, tx)
    listed = entries(turn, turn.args.word_list, tx.communities.words(community.id))
    tx.communities.set_words(community.id, listed)
    return Card(
        (text("setup-saved"), text("setup-preview"), *(text("setup-word", word=Said(one.words)) for one in listed)),
        choices=(Choice("setup words", text("choice-setup-words"), subject=community.id),),
    )


def _words_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"word_list": "\n".join(entry.words for entry in tx.communities.words(turn.community))})


@dataclass(frozen=True, slots=True)
class Places:
    """Other places to turn, one a line. Links are shown as text."""

    elsewhere: tuple[str, ...] = param(Words(200, lines=MOST_PLACES))


def _elsewhere(turn: Turn[Places], tx: Tx) -> Card:
    community = community_of(turn, tx)
    listed = entries(turn, turn.args.elsewhere, tx.communities.elsewhere(community.id))
    tx.communities.set_elsewhere(community.id, listed)
    return Card(
        (text("setup-saved"), text("elsewhere"), *(text("elsewhere-line", line=Said(one.words)) for one in listed)),
        choices=(Choice("setup elsewhere", text("choice-setup-elsewhere"), subject=community.id),),
    )


def _elsewhere_now(turn: Turn[NoArgs], tx: Tx) -> Prepared:
    return Prepared({"elsewhere": "\n".join(entry.words for entry in tx.communities.elsewhere(turn.community))})


@dataclass(frozen=True, slots=True)
class Clear:
    """Which list is emptied."""

    which: str = param(Pick(LISTS))


def _clear(turn: Turn[Clear], tx: Tx) -> Card:
    community = community_of(turn, tx)
    match turn.args.which:
        case which if which in checkin_words.LISTS:
            return checkin_words.clear(turn, tx, which)
        case "words":
            tx.communities.set_words(community.id, ())
        case "elsewhere":
            tx.communities.set_elsewhere(community.id, ())
        case "moderators":
            of_the_platform(turn, tx)
            community = replace(community, moderators=())
            tx.communities.save(community)
        case _:
            community = replace(community, groups=())
            tx.communities.save(community)
    return saved(turn, tx, community)


COMMANDS: Final = (
    Command("setup", _setup, right=Right.MODERATOR, community=False, reads=True),
    Command("setup.here", _set_up_here, right=Right.NONE, community=False),
    Command("setup.shown", _shown, right=Right.MODERATOR, reads=True),
    Command("setup.not", _not, right=Right.NONE, community=False, reads=True),
    moderator("setup language", _language, args=Language, form=True, prepare=_language_now),
    moderator("setup words", _words, args=Vocabulary, form=True, prepare=_words_now),
    moderator("setup limits", _limits, args=Limits, form=True, prepare=_limits_now),
    moderator("setup groups", _groups, args=Groups, form=True, prepare=_groups_now),
    moderator("setup elsewhere", _elsewhere, args=Places, form=True, prepare=_elsewhere_now),
    moderator("setup moderators", _moderators, args=Moderators, form=True, prepare=_moderators_now),
    moderator("setup clear", _clear, args=Clear, form=True),
    *setup_features.COMMANDS,
    *setup_rooms.COMMANDS,
    *setup_door.COMMANDS,
    *setup_proposals.COMMANDS,
    *setup_walk.COMMANDS,
    *setup_check.COMMANDS,
    *setup_undo.COMMANDS,
)
JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = setup_door.AFTERS
