"""The cards of `commands.peer` and `commands.introducing`: what members read when peers find each other."""

from collections.abc import Mapping

from bot.contract.card import Card, Choice
from bot.contract.facts import Readers
from bot.contract.place import Member, Room
from bot.contract.tables import Tx
from bot.contract.text import Fact, Said, Text, text
from bot.domain.openings import Opening, Question
from commands import talk


def languages(codes: tuple[str, ...]) -> tuple[Text, ...]:
    """Return languages as their names."""
    return tuple(text("language-" + code) for code in codes)


def chosen(tx: Tx, opening: Opening) -> tuple[Said, ...]:
    """Return the community's words that were chosen for an opening, in the community's order."""
    return tuple(Said(entry.words) for entry in tx.communities.words(opening.community) if entry.id in opening.words)


def details(tx: Tx, opening: Opening) -> Mapping[str, Fact]:
    """Return what an opening says of itself: the facts that its sentences share."""
    words = chosen(tx, opening)
    return {
        "languages": languages(opening.languages),
        "way": opening.way,
        "place": opening.place,
        "until": opening.ends_at,
        "words": words,
        "some": len(words),
    }


def ready(tx: Tx, opening: Opening, *, first: bool, card: bool = False) -> Card:
    """Return the request as it would be asked, before anything is stored.

    Args:
        tx: The transaction.
        opening: What it would be.
        first: They never asked before.
        card: It may stand on a card without a name, too.
    """
    choices = (
        Choice("peer.open", text("choice-ask-like-this"), opening.community),
        *((Choice("peer.card", text("choice-look-at-card"), opening.community),) if card else ()),
        Choice("peer request", text("choice-change-details"), opening.community),
        Choice("peer.stop-here", text("choice-stop-here")),
    )
    lines = (text("peer-ready", **details(tx, opening)),)
    if not first:
        return Card(lines, choices=choices)
    return Card(
        (*lines, text("peer-ready-apart")),
        choices=(*choices, Choice("peer apart", text("choice-keep-apart"))),
    )


def with_card(opening: Opening, lines: tuple[Text, ...]) -> Card:
    """Return what a card without a name would show, before it is asked with it or without."""
    return Card(
        lines,
        choices=(
            Choice("peer.open-card", text("choice-ask-with-card"), opening.community),
            Choice("peer.open", text("choice-ask-without-card"), opening.community),
            Choice("peer request", text("choice-change-details"), opening.community),
            Choice("peer.stop-here", text("choice-stop-here")),
        ),
    )


def opened(tx: Tx, opening: Opening, room: Room | None = None) -> Card:
    """Return the card of an opening that is open: what will happen, and the way out.

    ``room``: where its card without a name is about to be posted.
    """
    if opening.asks:
        ask_first = "yes" if opening.ask_first else "no"
        posted = (post.place for post in tx.outbox.posts(opening.id) if isinstance(post.place, Room))
        rooms = (room,) if room is not None else tuple(posted)
        return Card(
            (
                text("peer-open", **details(tx, opening), ask_first=ask_first),
                *(text("peer-open-card", room=one) for one in rooms),
            ),
            choices=(
                Choice("peer.keep", text("choice-keep-open")),
                Choice("peer withdraw", text("choice-withdraw"), opening.id),
            ),
        )
    return Card(
        (text("peer-light", **details(tx, opening), questions=opening.questions or 0),),
        choices=(
            Choice("peer.keep", text("choice-keep-light")),
            Choice("peer light off", text("choice-light-off"), opening.id),
        ),
    )


def question(tx: Tx, opening: Opening, asked: Question, shared: tuple[str, ...], own: Opening | None) -> Card:
    """Return the question, the same for whoever is asked first and whoever is asked again.

    Args:
        tx: The transaction.
        opening: The opening it is about.
        asked: The question.
        shared: Languages that both talk in.
        own: The opening through which the reader is asked; the last choice ends it.
    """
    facts = {**details(tx, opening), "languages": languages(shared), "place": asked.place}
    stop = (
        Choice("peer light off", text("choice-light-off"), own.id)
        if own is not None and not own.asks
        else Choice("peer withdraw", text("choice-withdraw-mine"), own.id if own is not None else "")
    )
    return Card(
        (text("peer-question", **facts),),
        choices=(
            Choice("peer.yes", text("choice-say-yes"), asked.id),
            Choice("peer.no", text("choice-not-this-time"), asked.id),
            stop,
        ),
    )


def over(asked: Question | None = None) -> Card:
    """Return what everybody reads of whom nothing came, whatever the cause. With a question: a late yes is possible."""
    late = (Choice("peer.yes", text("choice-say-yes-after-all"), asked.id),) if asked is not None else ()
    return Card((text("peer-question-over"),), choices=late)


def yes_heard(asked: Question) -> Card:
    """Return the answer to every yes, whether an introduction follows at once or never."""
    return Card(
        (text("peer-yes-heard", at=asked.ends_at),), choices=(Choice("peer.no", text("choice-take-back"), asked.id),)
    )


def named(tx: Tx, who: Member) -> Fact:
    """Return how somebody is named: as they wish to be called, beside the name by which they can be found here."""
    profile = tx.members.find(who)
    return text("peer-named", name=Said(profile.called), member=who) if profile is not None and profile.called else who


def names(tx: Tx, who: tuple[Member, ...]) -> Text:
    """Return the sentence that names two to each other; the same for both."""
    one, other = who
    return text("peer-introduced", one=named(tx, one), other=named(tx, other))


def introduced(names: Text, way: str, *no_room: Text) -> Card:
    """Return the introduction for those who write to each other directly; the same card for all of them."""
    return Card((names, *no_room, text("peer-introduced-direct", way=way)), choices=(talk.BEGIN,))


def introduced_in_room(names: Text, room: tuple[Text, ...], readers: Readers, sealed_room: str) -> Card:
    """Return the introduction for those with a room of their own; the same card for all of them."""
    return Card(
        (names, *room, *readers.lines),
        choices=(
            Choice("peer.enter", text("choice-enter"), sealed_room),
            Choice("peer.stay-out", text("choice-stay-out")),
            talk.BEGIN,
        ),
    )
