"""The cards of agreements: each says where what it shows stands; numbers and names only where they may."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.contract.agreements import Agreement, ConsentRound, Version
from bot.contract.card import Card
from bot.contract.place import Member
from bot.contract.text import Plain, Voice
from bot.domain import agreement as a
from bot.i18n import Fluent
from commands import agreement_words as cards
from tests.commands.desk import SPEAKER

NOW: Final = datetime(2027, 3, 4, 23, 30, tzinfo=UTC)
DAY: Final = timedelta(days=1)
BERLIN: Final = "Europe/Berlin"
EVENINGS: Final = Agreement("a", "c", "Quiet evenings")
LINES: Final = ("We ask before giving advice.", "After ten we are quiet.")
VERSION: Final = Version("v", "a", 3, a.CONSENT, LINES, NOW, NOW)
STANDS: Final = replace(VERSION, state=a.ADOPTED, stood_at=NOW, review_at=NOW + 92 * DAY)
ROUND: Final = ConsentRound("r", "v", "room", NOW, NOW + 3 * DAY, 3, NOW + 92 * DAY)
LANGUAGES: Final = sorted(Fluent().locales)


def spoken(card: Card, locale: str = "en") -> str:
    """Return what a card says, without isolates."""
    voice = Voice(locale, BERLIN)
    texts = (*((card.title,) if card.title else ()), *card.lines, *(choice.label for choice in card.choices))
    shows = Plain(name=lambda _: "Ash")
    said = "\n".join(SPEAKER.say(one, voice, NOW, shows) for one in texts)
    return said.replace("\u2068", "").replace("\u2069", "")


def test_a_round_says_for_whom_until_when_how_many_and_what_silence_means() -> None:
    card = cards.asks(EVENINGS, VERSION, ROUND, BERLIN)
    said = spoken(card)
    for part in (
        "Quiet evenings",
        *LINES,
        "Version 3, for those in this room, until",
        "It needs 3 consents.",
        "Silence is not a yes.",
        "looked at again on",
    ):
        assert part in said
    assert [choice.action for choice in card.choices] == [
        "agreement.consent",
        "agreement.concern",
        "agreement.aside",
        "agreement.later",
    ]
    assert {choice.subject for choice in card.choices} == {"r"}
    assert not any(choice.destroys for choice in card.choices)


def test_a_round_in_which_silence_counts_says_so_and_one_that_ends_an_agreement_has_no_review() -> None:
    said = spoken(
        cards.asks(
            EVENINGS,
            replace(VERSION, statements=()),
            replace(ROUND, silence=True, whom="everyone", review_at=None),
            BERLIN,
        )
    )
    assert "silence counts as a yes" in said
    assert "for everyone here" in said
    assert "let this agreement go" in said
    assert "looked at again" not in said


@pytest.mark.parametrize(
    ("version", "says"),
    [
        (replace(VERSION, state=a.DRAFT), "Only you can see it."),
        (replace(VERSION, state=a.QUESTIONS), "ask what it means"),
        (replace(VERSION, state=a.AMEND), "change it until it may fit"),
        (VERSION, "The group is asked where it stands, until"),
        (STANDS, "agreed together on 5 March. Review on 5 June."),
        (replace(STANDS, state=a.REVIEW), "Its review date was 5 June."),
        (replace(STANDS, state=a.BROUGHT, brought=True), "not yet agreed together. Review on 5 June."),
        (replace(STANDS, state=a.REVIEW, brought=True), "not yet agreed together. Its review date was 5 June."),
        (replace(STANDS, state=a.REPLACED, brought=True), "does not stand any more"),
    ],
)
def test_what_is_read_says_where_it_stands(version: Version, says: str) -> None:
    said = spoken(cards.read(EVENINGS, version, BERLIN, until=NOW + DAY))
    assert says in said
    assert "Line 1: We ask before giving advice." in said
    assert ("agreed together on" in said) == (version.state in {a.ADOPTED, a.REVIEW} and not version.brought)


@pytest.mark.parametrize(
    ("version", "says"),
    [
        (replace(STANDS, state=a.BROUGHT, brought=True), "not yet agreed together"),
        (STANDS, "agreed together on"),
    ],
)
def test_whatever_brings_it_back_says_where_it_stands(version: Version, says: str) -> None:
    for card in (
        cards.recall(version, LINES[0], BERLIN, None),
        cards.reminder(EVENINGS, version, BERLIN, None),
        cards.reminder(EVENINGS, version, BERLIN, 1),
        cards.review(EVENINGS, version, BERLIN),
    ):
        assert says in spoken(card)


def test_what_an_agreement_changes_about_making_agreements_can_be_read() -> None:
    assert "count silence as a yes" in spoken(cards.read(EVENINGS, replace(STANDS, allows=a.SILENCE), BERLIN))
    assert "open for 14 days" in spoken(cards.asks(EVENINGS, replace(VERSION, allows=a.ANSWERING), ROUND, BERLIN))
    assert "14 days" not in spoken(cards.read(EVENINGS, STANDS, BERLIN))


def test_a_recall_names_who_asked_only_if_they_wish() -> None:
    unnamed = cards.recall(STANDS, LINES[0], BERLIN, None)
    assert "A member asked me to bring this back: We ask before giving advice." in spoken(unnamed)
    assert "Ash" not in spoken(unnamed)
    assert "Ash asked me" in spoken(cards.recall(STANDS, LINES[0], BERLIN, Member("local", "ash")))
    assert [choice.action for choice in unnamed.choices] == ["agreement.quiet"]


def test_a_reminder_brings_the_whole_or_one_line_and_says_how_to_stop_it() -> None:
    whole, one = (spoken(cards.reminder(EVENINGS, STANDS, BERLIN, which)) for which in (None, 1))
    assert all(line in whole for line in LINES)
    assert LINES[1] in one
    assert LINES[0] not in one
    assert "Stop these reminders" in one


@pytest.mark.parametrize(
    ("version", "why", "says"),
    [
        (STANDS, "", "Version 3 is agreed. It is looked at again on 5 June."),
        (replace(VERSION, state=a.REPLACED), "", "lets this agreement go"),
        (replace(VERSION, state=a.AMEND), "concern", "A concern is open"),
        (replace(VERSION, state=a.AMEND), "few", "fewer consents than it needs"),
        (replace(VERSION, state=a.AMEND), "late", "Its review date went by"),
    ],
)
def test_how_a_round_ended_is_told_without_numbers_unless_they_may_be_told(
    version: Version, why: str, says: str
) -> None:
    small = spoken(cards.ended(EVENINGS, version, why=why, zone=BERLIN))
    assert says in small
    assert "consented" not in small
    large = spoken(cards.ended(EVENINGS, replace(version, consents=4, aside=1), why=why, zone=BERLIN))
    assert "4 consented, and one stood aside." in large


def test_what_changed_is_told_line_by_line() -> None:
    changed = cards.changed(LINES, ("After nine we are quiet.", "No photos of others."))
    said = spoken(Card(changed))
    assert "Gone: We ask before giving advice." in said
    assert "Changed from: After ten we are quiet. To: After nine we are quiet." in said
    assert "New: No photos of others." in said
    assert "No line is as it was." in said
    assert spoken(Card(cards.changed(LINES, LINES))) == "All lines are as they were."


def test_where_nearly_all_changed_the_lines_are_shown_as_they_are_now() -> None:
    before, after = (tuple(f"{number} {letter * 150}" for number in range(12)) for letter in "ab")
    said = spoken(Card(cards.changed(before, after)))
    assert "Much is different" in said
    assert all(line in said for line in after)
    assert not any(line in said for line in before)
    assert "Gone: 0 aaa" in spoken(Card(cards.changed(before, ()))), "to let all of it go is told line by line"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_what_the_bot_itself_says_on_a_card_is_sixty_words_at_most(locale: str) -> None:
    version = replace(STANDS, statements=("x",), allows=a.SILENCE)
    for card in (
        cards.read(EVENINGS, version, BERLIN),
        cards.asks(EVENINGS, replace(version, allows=""), replace(ROUND, silence=True), BERLIN),
        cards.ended(EVENINGS, replace(version, state=a.AMEND, consents=4, aside=0), why="few", zone=BERLIN),
        cards.recall(version, "x", BERLIN, None),
        cards.reminder(EVENINGS, version, BERLIN, 0),
        cards.review(EVENINGS, version, BERLIN),
    ):
        words = spoken(Card(card.lines), locale).split()
        assert len(words) <= 66, " ".join(words)  # sixty of its own, and the line that people wrote
