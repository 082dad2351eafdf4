"""What the bot is, what it keeps, where else to turn, and the one answer to everything else."""

from collections.abc import Mapping
from typing import Final

from bot.contract.card import Card, Choice
from bot.contract.command import After, Command, Job, NoArgs, Turn
from bot.contract.facts import Right, WhatIsKept
from bot.contract.tables import Entry, Tx
from bot.contract.text import Said, Text, text

FREE_TEXT: Final = (
    ("word", "words"),
    ("elsewhere", "words"),
    ("proposal", "words"),
    ("checkin_words", "opens_with"),
    ("checkin_words", "closes_with"),
    ("prompt", "words"),
    ("agreement", "title"),
    ("agreement_version", "statements"),
    ("suggestion", "statements"),
    ("circle", "title"),
    ("circle_search", "title"),
    ("community_before", "settings"),
    ("member", "called"),
    ("plan", "link"),
)
"""Table and column of every text that people write and the bot keeps. A test holds it against the database."""

CHOICES: Final = (
    Choice("help", text("choice-about-help")),
    Choice("about privacy", text("choice-about-privacy")),
    Choice("elsewhere", text("choice-about-elsewhere")),
)


def _about(_: Turn[NoArgs], __: Tx) -> Card:
    return Card((text("about-what"), text("about-how")), choices=CHOICES)


def _unknown(_: Turn[NoArgs], __: Tx) -> Card:
    """Return the same card to everybody, whatever they wrote and wherever (FEATURES M17)."""
    return Card((text("about-unknown"),))


def _old_button(_: Turn[NoArgs], __: Tx) -> Card:
    return Card((text("about-old-button"),))


def privacy_page(tx: Tx, kept: Mapping[str, tuple[Text, ...]]) -> tuple[Text, ...]:
    """Return what is kept, for how long, and who could read it: from the registry and the tables as they are.

    Args:
        tx: A transaction.
        kept: What the adapter of each platform itself keeps, and how it listens (`bot.contract.facts.WhatIsKept`).
    """
    stays = {lifetime.table: Text(lifetime.text, lifetime.facts) for lifetime in tx.lifetimes()}
    tables = tuple(
        text(
            "privacy-table",
            table=text(f"table-{table}"),
            columns=tuple(text(f"column-{column}") for column in columns),
            stays=stays.get(table, text("privacy-stays")),
        )
        for table, columns in tx.columns().items()
    )
    written = tuple(
        text("privacy-column", column=text(f"column-{column}"), table=text(f"table-{table}"))
        for table, column in FREE_TEXT
    )
    return (
        text("privacy-ears"),
        text("privacy-free", columns=written),
        text("privacy-tables"),
        *tables,
        *(text(lifetime.text, **lifetime.facts) for lifetime in tx.lifetimes() if lifetime.table not in tx.columns()),
        text("privacy-sealed"),
        text("privacy-apart"),
        text("privacy-moderators"),
        text("privacy-operator"),
        *(line for platform in sorted(kept) for line in (text(f"privacy-platform-{platform}"), *kept[platform])),
        text("privacy-yours"),
    )


def _privacy(turn: Turn[NoArgs], tx: Tx) -> Card:
    turn.live.expect(WhatIsKept(platform) for platform in sorted(turn.can))
    return Card(
        privacy_page(tx, {platform: turn.live.kept(platform) for platform in turn.can}),
        title=text("privacy-title"),
        choices=(Choice("mine data", text("choice-about-data")), Choice("mine forget", text("choice-mine-forget"))),
    )


def _elsewhere(turn: Turn[NoArgs], tx: Tx) -> Card:
    """Show what communities listed: that of the space, else those the asker is in. The same to everyone there."""
    listed: dict[str, Entry] = {}
    for community in _communities(turn, tx):
        for entry in tx.communities.elsewhere(community):
            listed.setdefault(entry.words, entry)
    if not listed:
        return Card((text("elsewhere-nothing"),))
    return Card((text("elsewhere"), *(text("elsewhere-line", line=Said(words)) for words in listed)))


def _who_can_see(turn: Turn[NoArgs], _: Tx) -> Card:
    """Say who can read where this was asked, from its permissions at this moment; in private, who can read that."""
    if turn.room is not None:
        return Card((text("who-can-see"), *turn.live.readers(turn.room).lines))
    return Card((text("who-can-see-private"), text(f"privacy-platform-{turn.asker.platform}")))


def _communities(turn: Turn[NoArgs], tx: Tx) -> tuple[str, ...]:
    if turn.space is not None:
        here = tx.communities.of_space(turn.space)
        return (here.id,) if here is not None else ()
    return tuple(
        community.id
        for community in tx.communities.on(turn.asker.platform)
        if turn.live.standing(turn.asker, tx.communities.spaces(community.id)).right >= Right.MEMBER
    )


COMMANDS: Final = (
    Command("about", _about, right=Right.NONE, community=False, reads=True),
    Command("about privacy", _privacy, right=Right.NONE, community=False, reads=True),
    Command("about.unknown", _unknown, right=Right.NONE, community=False, reads=True, personal=False),
    Command("about.old-button", _old_button, right=Right.NONE, community=False, reads=True, personal=False),
    Command("elsewhere", _elsewhere, right=Right.NONE, community=False, reads=True),
    Command("who-can-see", _who_can_see, right=Right.NONE, community=False, reads=True),
)
JOBS: Final[tuple[Job, ...]] = ()
AFTERS: Final[tuple[After, ...]] = ()
