"""Cards as Matrix events: said twice from one sentence, harmless whatever they speak of, and small enough."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from adapters.matrix import parse
from adapters.matrix.heard import words_of
from adapters.matrix.parse import keycap, number
from adapters.matrix.render import LARGEST, Content, Render, canonical
from bot.contract.button import Buttons
from bot.contract.card import Card, Choice, Document
from bot.contract.place import Member, Place, Room
from bot.contract.text import Fact, Literal, Said, Voice, text
from bot.i18n import Fluent
from commands import CATALOGUE

NOW = datetime(2027, 3, 4, 18, tzinfo=UTC)
OWN = "@lamp:localhost"
BIRCH = Member("matrix", "@birch:localhost")
ROWAN = Member("matrix", "@rowan:localhost")
ROOM = Room("matrix", "!porch:localhost")
VOICE = Voice("en", "UTC")
NAMES: dict[str, str] = {BIRCH.id: "Birch", ROWAN.id: "Rowan", ROOM.id: "porch"}
BUTTONS = Buttons(b"k" * 32)
SPEAKER = Fluent()
TAGS = {"p", "strong", "ol", "li", "code", "a", "br"}


def render(**names: str) -> Render:
    shown = {f"@{name}:localhost": words for name, words in names.items()}
    return Render(SPEAKER, BUTTONS, lambda who: {**NAMES, **shown}.get(who.id, ""), lambda: OWN)


def say(
    card: Card, place: Place = BIRCH, voice: Voice = VOICE, *, loud: bool = False, by: Render | None = None
) -> Content:
    made = (by or render()).say(card, place, voice, NOW, loud=loud)
    assert len(made.contents) == 1
    return made.contents[0]


def spoken(fact: Fact, **names: str) -> tuple[str, str]:
    """Return a sentence with this in it, as plain text and as HTML, without what is around it."""
    content = say(Card((text("elsewhere-line", line=fact),)), by=render(**names))
    assert content["body"].startswith("• ")
    assert content["formatted_body"].startswith("<p>• ")
    return content["body"].removeprefix("• "), content["formatted_body"].removeprefix("<p>• ").removesuffix("</p>")


class Strict(HTMLParser):
    """Reads HTML and notes every tag; what is open must be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Strict:
    """Return what a browser makes of it, after making sure that nothing but the fixed tags is in it."""
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert {tag for tag, _ in parser.tags} <= TAGS
    for tag, attributes in parser.tags:
        assert set(attributes) <= ({"href"} if tag == "a" else {"start"} if tag == "ol" else set())
        assert (attributes.get("href") or "https://").startswith("https://")
    return parser


def fits(made: tuple[Content, ...]) -> None:
    for content in made:
        # An encrypted event: a third more, and what stands around it.
        assert len(canonical(content)) <= LARGEST
        assert len(canonical(content)) * 4 / 3 + 2_000 < 60_000


CHOICES = (
    Choice("peer.open", text("choice-ask-like-this"), "abc"),
    Choice("peer withdraw", text("choice-withdraw"), "abc"),
    Choice("peer.stop-here", text("choice-stop-here")),
)


def test_a_card_is_said_twice_with_its_title_lines_and_numbered_choices() -> None:
    card = Card((text("peer-withdrawn"), text("peer-opened", kind="ask", until=NOW)), text("help-title"), CHOICES)
    made = render().say(card, BIRCH, VOICE, NOW, loud=True)
    (content,) = made.contents
    assert content == {
        "msgtype": "m.text",
        "body": (
            "What you can ask for\n"
            "Withdrawn and erased. Somebody may have seen a question without your name. You can ask again any time.\n"
            "Your request is open until 18:00. Its card is in our private conversation. You can end it there with one "
            "tap, at any time.\n"
            "1. Ask like this\n2. Withdraw (!peer withdraw)\n3. Stop here\n"
            "To choose, write a number here, or press it below."
        ),
        "format": "org.matrix.custom.html",
        "formatted_body": (
            "<p><strong>What you can ask for</strong></p>"
            "<p>Withdrawn and erased. Somebody may have seen a question without your name. "
            "You can ask again any time.</p>"
            "<p>Your request is open until 18:00. Its card is in our private conversation. You can end it there with "
            "one tap, at any time.</p>"
            "<ol><li>Ask like this</li><li>Withdraw (<code>!peer withdraw</code>)</li><li>Stop here</li></ol>"
            "<p>To choose, write a number here, or press it below.</p>"
        ),
        "m.mentions": {},
    }
    assert made.reactions == (keycap(1), keycap(2), keycap(3))
    assert [BUTTONS.read(one, BIRCH) for one in made.ids] == [
        ("peer.open", "abc"), ("peer withdraw", "abc"), ("peer.stop-here", "")
    ]  # fmt: skip


def test_the_number_of_a_reaction_is_that_of_its_choice() -> None:
    made = render().say(Card((text("peer-withdrawn"),), choices=CHOICES), BIRCH, VOICE, NOW, loud=False)
    assert [number(key) for key in made.reactions] == [1, 2, 3]


def test_many_choices_are_numbered_without_reactions() -> None:
    choices = tuple(Choice("peer.together", text("choice-together", number=one), f"s{one}") for one in range(26))
    made = render().say(Card((text("peer-apart-list"),), choices=choices), BIRCH, VOICE, NOW, loud=False)
    assert made.reactions == ()
    assert len(made.ids) == 26
    assert "26. Take 25 off my list" in made.contents[0]["body"]
    assert "press it below" not in made.contents[0]["body"]


def test_a_path_that_would_be_that_of_several_choices_is_not_shown() -> None:
    choices = tuple(Choice("help", text(f"choice-help-{one}"), one) for one in ("peer", "mine"))
    assert "!help" not in say(Card((text("help-title"),), choices=choices))["body"]


def test_a_card_without_choices_is_its_lines_alone() -> None:
    made = render().say(Card((text("draft-left"),)), BIRCH, VOICE, NOW, loud=False)
    assert (made.ids, made.reactions, made.document) == ((), (), None)
    assert made.contents[0]["body"] == "Left out. I have dropped what you wrote, and nothing was sent."


@pytest.mark.parametrize(
    ("place", "loud", "kind"),
    [(BIRCH, True, "m.text"), (BIRCH, False, "m.notice"), (ROOM, True, "m.notice"), (ROOM, False, "m.notice")],
)
def test_only_what_comes_by_itself_to_one_person_may_be_heard(place: Place, loud: bool, kind: str) -> None:
    assert say(Card((text("draft-left"),), choices=CHOICES), place, loud=loud)["msgtype"] == kind


def test_in_a_room_no_choice_stands_but_the_ways_to_answer_privately() -> None:
    made = render().say(Card((text("draft-left"),), choices=CHOICES), ROOM, VOICE, NOW, loud=True)
    assert made.contents[0]["body"].splitlines()[1:] == [
        "Withdraw: !peer withdraw",
        "To answer, write to me privately: https://matrix.to/#/@lamp:localhost. The wave below does the same.",
    ]
    assert '<a href="https://matrix.to/#/@lamp:localhost">' in made.contents[0]["formatted_body"]
    assert made.ids == ()
    assert made.reactions == (parse.WAVE,)
    assert parse.waves(made.reactions[0])


def test_in_a_room_a_card_that_asks_nothing_carries_nothing() -> None:
    made = render().say(Card((text("draft-left"),)), ROOM, VOICE, NOW, loud=False)
    assert made.contents[0]["body"].count("\n") == 0
    assert made.reactions == ()


def test_an_introduction_names_both_by_pill_and_address_and_calls_nobody() -> None:
    card = Card((text("peer-introduced", one=text("peer-named", name=Said("B"), member=BIRCH), other=ROWAN),))
    content = say(card)
    assert (
        "\u2068B\u2069 (\u2068Birch\u2069 (@birch:localhost)) and \u2068Rowan\u2069 (@rowan:localhost), you both"
        in content["body"]
    )
    assert '<a href="https://matrix.to/#/@rowan:localhost">Rowan</a>' in content["formatted_body"]
    assert "<code>!peer apart</code>" in content["formatted_body"]
    assert content["m.mentions"] == {}


@pytest.mark.parametrize("shown", ["", "@rowan:localhost"])
def test_who_shows_no_name_is_shown_by_address_once(shown: str) -> None:
    plain, html = spoken(ROWAN, rowan=shown)
    assert plain == "@rowan:localhost"
    assert html == '<a href="https://matrix.to/#/@rowan:localhost">@rowan:localhost</a>'


def test_a_name_that_says_it_is_somebody_else_stands_beside_the_address() -> None:
    plain, html = spoken(ROWAN, rowan="@moderator:localhost")
    assert plain == "\u2068@moderator:localhost\u2069 (@rowan:localhost)"
    assert 'href="https://matrix.to/#/@rowan:localhost"' in html


def test_a_room_is_a_link_that_other_servers_can_follow() -> None:
    plain, html = spoken(ROOM)
    assert plain == "\u2068porch\u2069"
    assert html == '<a href="https://matrix.to/#/!porch:localhost?via=localhost">porch</a>'


def test_an_odd_address_stays_in_its_link() -> None:
    who = Member("matrix", '@a"><img src=x>&b/c?d#e%:localhost')
    plain, html = spoken(who)
    assert plain == who.id
    (tag,) = read(html).tags
    assert tag == ("a", {"href": "https://matrix.to/#/@a%22%3E%3Cimg%20src%3Dx%3E%26b%2Fc%3Fd%23e%25:localhost"})


BAD = [
    "@everyone",
    "@here",
    "@room",
    "<@&role>",
    "<@!1>",
    "<#1>",
    "</help:1>",
    "<t:9999999999999:R>",
    "@\u200beveryone",
    "```\ncode\n```",
    "`code`",
    "[masked](https://example.org)",
    "||spoiler||",
    "# heading",
    "discord.gg/abc",
    "**b**",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<font color=red>x</font>",
    "<details><summary>x",
    "</p></li></ol></code>",
    "<div>" * 101 + "x",
    "<mx-reply>x</mx-reply>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "<!-- x",
    "<![CDATA[x",
    '"><a href="javascript:x">',
    "{ $line }",
    "{$x}",
    "\ue0100\ue011",
    "\ue010\ue011",
    "\ue000line\ue001",
    "\ue002help\ue003",
    "\u202etxet",
    "a\u2069b\u2068c\u2066d",
    "a\u2029b\u2028c\x85d\re\nf",
    "x\n1. Say yes\n2. No",
    "a\x00b\x1b[31mc",
    "\u200b\u200f\u2060\ufeffx",
    "e" + "\u0301" * 2_000,
    "\ud83d x",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f1e9\U0001f1ea",
    "\U0001f3ee" * 1_000,
    "x" * 2_001,
    "y" * 4_001,
    "z" * 6_001,
    "\u05d0\u05d1 1. \u05d2",
]


@pytest.mark.parametrize("words", BAD)
@pytest.mark.parametrize("kind", ["said", "name", "room", "literal"])
def test_nothing_that_somebody_wrote_is_a_tag_a_mark_or_another_line(words: str, kind: str) -> None:
    literal = re.sub(r"[\n\r\ud800-\udfff]", "", words)
    facts: dict[str, Fact] = {"said": Said(words), "name": ROWAN, "room": ROOM, "literal": Literal(literal)}
    fact = facts[kind]
    card = Card((text("elsewhere-line", line=fact), text("draft-left")), choices=CHOICES)
    maker = Render(SPEAKER, BUTTONS, lambda _: words, lambda: OWN)
    (content,) = maker.say(card, BIRCH, VOICE, NOW, loud=True).contents
    fits((content,))
    json.dumps(content).encode()
    html = read(content["formatted_body"])
    assert sum(tag == "li" for tag, _ in html.tags) == 3
    assert sum(tag == "p" for tag, _ in html.tags) == 3
    assert content["m.mentions"] == {}
    if kind != "literal":  # those are ours, and copied exactly
        assert len(content["body"].splitlines()) == 6
        assert not re.search("[\u202a-\u202e\u2066\u2067\x00-\x08\x1b\ud800-\udfff]", content["body"])
        for line_of in content["body"].split("\n"):
            assert line_of.count("\u2068") == line_of.count("\u2069") <= 1
    assert words_of(content) is not None


@pytest.mark.parametrize(
    "words",
    ["new in town", "Zo\u00eb & Co <3", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"],
)
def test_harmless_words_arrive_as_they_are(words: str) -> None:
    plain, html = spoken(Said(words))
    assert plain == f"\u2068{words}\u2069"
    assert unescape(html) == f"\u2068{words}\u2069"


def test_a_decomposed_title_and_a_composed_one_are_shown_alike() -> None:
    assert spoken(Said("Zoe\u0308")) == spoken(Said("Zo\u00eb"))


def test_a_technical_text_can_be_copied_and_an_address_followed() -> None:
    assert spoken(Literal("Europe/Berlin")) == ("Europe/Berlin", "<code>Europe/Berlin</code>")
    plain, html = spoken(Literal('https://example.org/?a=1&b="'))
    assert plain == 'https://example.org/?a=1&b="'
    assert read(html).tags == [("a", {"href": 'https://example.org/?a=1&b="'})]
    assert "<a" not in spoken(Literal("javascript:alert(1)"))[1]
    assert "<a" not in spoken(Literal("http://example.org"))[1]


def test_lists_times_and_sentences_in_sentences_are_spoken() -> None:
    facts: tuple[Fact, ...] = (Said("a"), text("draft-left"), NOW + timedelta(hours=4), 4_000)
    plain, html = spoken(facts)
    assert plain == "\u2068a\u2069, Left out. I have dropped what you wrote, and nothing was sent., 22:00 and 4,000"
    assert unescape(html) == plain


def test_a_sentence_and_its_tokens_are_escaped_as_well() -> None:
    assert spoken("a < b & c") == ("a < b & c", "a &lt; b &amp; c")


def test_a_sentence_of_two_lines_stays_one_block() -> None:
    content = say(Card((text("draft-shown", words=Said("a < b")),)))
    assert content["body"].count("\n") == 1
    assert "\u2068a &lt; b\u2069<br>I have not" in content["formatted_body"]
    assert content["formatted_body"].count("<p>") == 1


def test_what_stands_between_backticks_is_code() -> None:
    content = say(Card((text("refusal-community-missing"),)))
    assert "<code>setup</code>" in content["formatted_body"]
    assert "<code>" not in spoken(Said("`setup`"))[1]


def test_it_speaks_the_readers_language() -> None:
    content = say(Card((text("draft-left"),), choices=CHOICES), voice=Voice("de", "Europe/Berlin"))
    assert "Zum Wählen schreib hier eine Zahl" in content["body"]


def test_an_edit_says_the_new_card_twice_as_the_specification_wants() -> None:
    made = render().edit(Card((text("draft-left"),), choices=CHOICES), BIRCH, "$before", VOICE, NOW)
    (content,) = made.contents
    new = content["m.new_content"]
    assert new == say(Card((text("draft-left"),), choices=CHOICES), loud=True)
    assert content["body"] == "* " + new["body"]
    assert content["formatted_body"] == "* " + new["formatted_body"]
    assert content["msgtype"] == new["msgtype"]
    assert content["m.mentions"] == new["m.mentions"] == {}
    assert content["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$before"}
    assert len(made.ids) == 3


def test_an_edit_in_a_room_stays_a_notice() -> None:
    (content,) = render().edit(Card((text("draft-left"),)), ROOM, "$before", VOICE, NOW).contents
    assert content["msgtype"] == content["m.new_content"]["msgtype"] == "m.notice"


def whole(contents: tuple[Content, ...]) -> str:
    return "".join("".join(content["body"] for content in contents).split()).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    "words",
    ["porch " * 2_000, "porch" * 3_999, "<&>" * 6_000, '"\\' * 9_000, "\U0001f3ee" * 9_000, "e\u0301\u0302 " * 4_000],
)
@pytest.mark.parametrize("edits", [False, True])
def test_what_is_long_is_split_and_arrives_whole(words: str, edits: bool) -> None:
    card = Card((text("elsewhere-line", line=Said(words)),) * 9, choices=CHOICES)
    maker = render()
    made = maker.edit(card, BIRCH, "$a", VOICE, NOW) if edits else maker.say(card, BIRCH, VOICE, NOW, loud=True)
    assert len(made.contents) > 1
    fits(made.contents)
    for content in made.contents:
        read(content["formatted_body"].removeprefix("* "))
        assert content["body"].strip()
    told: tuple[Any, ...] = (made.contents[0].get("m.new_content", made.contents[0]), *made.contents[1:])
    once = "".join(maker.words(text("elsewhere-line", line=Said(words)), VOICE, NOW).split())
    assert whole(told).startswith(once.replace("\u2068", "").replace("\u2069", "") * 9)
    assert "3. Stop here" in made.contents[-1]["body"]


def test_a_list_of_choices_goes_on_counting_in_the_next_event() -> None:
    choices = tuple(
        Choice("peer.together", text("choice-community", place=Said(f"{one}" + "x" * 4_000)), f"s{one}")
        for one in range(26)
    )
    made = render().say(Card((text("draft-left"),), choices=choices), BIRCH, VOICE, NOW, loud=False)
    fits(made.contents)
    assert len(made.contents) > 2
    seen = 0
    for content in made.contents:
        tags = read(content["formatted_body"]).tags
        lists = [attributes for tag, attributes in tags if tag == "ol"]
        assert lists == [{} if seen == 0 else {"start": str(seen + 1)}]
        seen += sum(tag == "li" for tag, _ in tags)
    assert seen == 26


def test_what_fits_is_one_event() -> None:
    card = Card((text("elsewhere-line", line=Said("x" * 9_000)), text("elsewhere-line", line=Said("y" * 9_000))))
    assert len(render().say(card, BIRCH, VOICE, NOW, loud=False).contents) == 1


def test_a_document_goes_along() -> None:
    document = Document("mine.json", "application/json", "{}")
    made = render().say(Card((text("draft-left"),), document=document), BIRCH, VOICE, NOW, loud=False)
    assert made.document == document
    assert "{}" not in made.contents[0]["body"]


def test_every_choice_of_every_command_is_numbered_and_its_path_is_read_again() -> None:
    for command in CATALOGUE.all_commands:
        choice = Choice(command.name, text("choice-withdraw"), "s")
        body = say(Card((text("draft-left"),), choices=(choice,)))["body"]
        typed = re.search(r"1\. Withdraw(?: \((!.*)\))?$", body, re.MULTILINE)
        assert typed is not None
        if command.typed:
            assert parse.line(typed[1], CATALOGUE, SPEAKER).command == command.name
        else:
            assert typed[1] is None


def test_nothing_rendered_is_in_a_repr() -> None:
    made = render().say(Card((text("elsewhere-line", line=Said("4127")),)), BIRCH, VOICE, NOW, loud=False)
    assert "4127" not in repr(made)


def test_the_name_of_a_room_is_plain_text() -> None:
    assert render().words(text("peer-room-name"), VOICE, NOW) == "a room for two"
